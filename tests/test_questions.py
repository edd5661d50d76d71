"""What every question owes: published values reproduced, figures that say what they show, and one sentence
for each parameter that cannot be.

Refusals that only one question knows stand as ``REFUSED`` in its own tests: values, and words of the
sentence in their order, with an ellipsis for what stands between them. Choices at which all its figures have
to be drawn besides the defaults stand there as ``CHOICES``.
"""

import functools
import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest

from spacesec.answers import Answer
from spacesec.collection.questions import Question, all_questions
from spacesec.errors import LONGEST, ParameterError
from spacesec.parameters import span_of
from spacesec.run import records
from tests.conftest import ROOT

QUESTIONS = all_questions()
ENDINGS = (".", ".)", ".”", '."')


@functools.cache
def answered(question: Question) -> Answer:
    """The answer of the default run."""
    return question.module.answer(question.module.Parameters.of({}))


def impossible(question: Question) -> Iterator[tuple[dict[str, Any], str]]:
    """Values that the question's model cannot take, by its own description, with words of the sentence."""
    model = question.module.Parameters
    schema = model.model_json_schema()["properties"]
    yield {"no_such_parameter": 1}, "there is no parameter 'no_such_parameter'"
    for name, field in model.model_fields.items():
        yield {name: [[["not", "this"]]]}, f"{name}"
        span = span_of(field)
        low, high = (span.ge, span.le) if span else (schema[name].get("minimum"), schema[name].get("maximum"))
        for bound, beyond in ((low, -1), (high, 1)):
            if isinstance(bound, (int, float)):
                yield {name: bound + beyond}, f"{name} = "


def in_own_tests(question: Question, name: str) -> list:
    """A table of a question's own tests."""
    theme, own = question.name.split("/")
    return getattr(importlib.import_module(f"tests.{theme}.test_{own}"), name, [])


def refusals() -> Iterator[tuple[str, dict[str, Any], str]]:
    for question in QUESTIONS:
        for values, words in (*impossible(question), *in_own_tests(question, "REFUSED")):
            yield question.name, values, words


def choices() -> Iterator[tuple[Question, dict[str, Any]]]:
    for question in QUESTIONS:
        for values in ({}, *in_own_tests(question, "CHOICES")):
            yield question, values


@pytest.mark.parametrize("name, values, words", refusals())
def test_what_cannot_be_is_refused_in_one_sentence(name, values, words):
    with pytest.raises(ParameterError) as caught:
        Question(name).module.Parameters.of(values)
    told = str(caught.value)
    assert re.search(".*".join(map(re.escape, words.split(" … "))), told)
    assert "\n" not in told and len(told) <= LONGEST and told.endswith((".", "?", ")", "…"))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_published_values_are_reproduced(question):
    checks = question.module.checks(answered(question))
    assert checks and [check.what for check in checks if not check.holds] == []
    assert len(checks) == len(records.read(ROOT / "figures" / question.name).checks)  # none was lost


@pytest.mark.parametrize("question, values", choices(), ids=lambda one: getattr(one, "name", ""))
def test_figures_show_something_and_say_it_in_sentences(question, values):
    answer = question.module.answer(question.module.Parameters.of(values)) if values else answered(question)
    names = []
    for draw in question.module.FIGURES:
        picture = draw(answer)
        names.append(picture.name)
        assert len(picture.data) and picture.source_ids, picture.name
        assert picture.title and picture.subtitle, picture.name
        assert picture.caption.endswith(ENDINGS) and picture.alt.endswith(ENDINGS), picture.name
    assert len(set(names)) == len(names) >= 2


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_result_has_its_meaning_and_its_unit(question):
    for name, result in answered(question).results.items():
        assert result.meaning and isinstance(result.unit, str), name
