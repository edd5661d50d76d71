"""Every sentence holds, with parameters drawn by lot: told again from its CSV, no digit typed, no label over
another.

``SPACESEC_LOTS`` sets how many points a question is tried at, ``SPACESEC_SEED`` which; `make words` asks for
many.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.container import BarContainer, Container

from spacesec.collection.questions import all_questions
from spacesec.drawing import figures, layout
from spacesec.errors import SpacesecError
from spacesec.words.sentences import of_answer, retold
from tests import lots
from tests.test_language_style import jargon

QUESTIONS = all_questions()
COUNT, SEED = int(os.environ.get("SPACESEC_LOTS", 2)), int(os.environ.get("SPACESEC_SEED", 1))
# Digits that belong to a name or to a definition in words, not to a datum.
NAMES = re.compile(
    r"WGS 84|H-IIA?B?|H3|C4ISR|QZS-\d|GSAT|FENGYUN 1C|Cosmos \d+|Iridium 33|USA-193|J-Alert|F-35B|KC-46A"
    r"|M-V|S-520|SS-520|P\.\d+|STK-1|ALOS-\d|Hayabusa2|Kirameki-\d|T[0-3]\b|Tranche \d|MEO|\bG7\b|1\.5°|95%"
    r"|2/3|4/3 rule|L3Harris|90%"
)
# What a sentence becomes when its numbers turn: a span of one year told as two ("2019 to 2019"), a bound that
# bounds nothing ("at least 100%"), the other article ("a 18,000 km").
SLIPS = re.compile(
    r"\b(?:FY)?((?:19|20)\d\d) to (?:FY)?\1\b|\bat least 100%|\b(?:at most|up to) 0%"
    r"|\ba (?:8|1[18]\b)|\ban (?:[2-79]|10)"
)
# A number on an axis or beside a mark whose thousands have no comma; years have none.
BARE_THOUSANDS = re.compile(r"(?!(?:19|20)\d\d$)[\u2212-]?\d{4,}(?:\.\d+)?")


def typed_digits(record: dict) -> list[str]:
    """Templates in a record that hold a digit which is no name."""
    inner = [*record.get("values", {}).values(), *record.get("parts", [])]
    own = [record["template"]] if re.search(r"\d", NAMES.sub("", record.get("template", ""))) else []
    return own + [template for one in inner for template in typed_digits(one)]


def leaves(record: dict) -> Iterator[dict]:
    """The values of a told sentence, those of its parts included."""
    inner = [*record.get("values", {}).values(), *record.get("parts", [])]
    for one in inner:
        yield from leaves(one)
    if "from" in record:
        yield record


def rounded_parameters(record: dict) -> list[str]:
    """Parameters that a sentence tells as whole numbers and are none: what was asked for is told as given."""
    return [
        f"{leaf['from']} is {leaf['value']}, told as {leaf['shown']}"
        for leaf in leaves(record)
        if "parameter" in leaf["from"]
        and leaf["form"] in ("number", "percent")
        and "digits" not in leaf
        and leaf["value"] != int(leaf["value"])
    ]


def values(record: dict) -> int:
    """How many values a told sentence holds, those of its parts included."""
    inner = [*record.get("values", {}).values(), *record.get("parts", [])]
    return sum(values(one) for one in inner) if inner else 1


def other_colours(figure) -> list[str]:
    """Names in a legend that keep one colour in all figures and are drawn here in another."""
    pairs = [
        (handle, name)
        for axes in figure.axes
        for handle, name in zip(*axes.get_legend_handles_labels())
        if name in figures.KEPT
    ]
    return [name for handle, name in pairs if kept_colour(name) not in drawn_colours(handle)]


def bars_without_zero(figure) -> list[str]:
    """Axes whose scale of ratios carries bars, which would begin nowhere."""
    scales = {"log", "symlog"}
    return [
        axes.get_xlabel() or axes.get_ylabel()
        for axes in figure.axes
        if scales & {axes.get_xscale(), axes.get_yscale()}
        and any(isinstance(one, BarContainer) for one in axes.containers)
    ]


def kept_colour(name: str) -> str:
    return to_hex(figures.COLOURS[figures.KEPT[name]])


def drawn_colours(handle) -> set[str]:
    """Fill and line of a line, a patch, points or the bars of a container."""
    first = handle[0] if isinstance(handle, Container) else handle
    ways = ("get_color", "get_facecolor", "get_edgecolor", "get_markeredgecolor")
    found = [getattr(first, way)() for way in ways if hasattr(first, way)]
    return {to_hex(colour) for colours in found for colour in to_rgba_array(colours)}


def told(module, parameters: dict) -> Counter:
    """Hold one point and count what was held: raises AssertionError naming the sentence or the figure."""
    answer = module.answer(module.Parameters.of(parameters))
    plain = of_answer(answer.results, answer.parameters)
    held = Counter(sentences=len(answer.told), values=sum(map(values, answer.told)))
    for kept in answer.told:
        assert retold(kept, plain) == kept["shown"]
        assert not (found := SLIPS.search(kept["shown"])), found
        assert not typed_digits(kept), typed_digits(kept)
        assert not rounded_parameters(kept), rounded_parameters(kept)
    for draw in module.FIGURES:
        picture = draw(answer)
        context = of_answer(answer.results, answer.parameters, figures.csv_of(picture.data))
        for part, kept in picture.told.items():
            assert retold(kept, context) == kept["shown"] == getattr(picture, part), f"{picture.name}: {part}"
            assert not typed_digits(kept), f"{picture.name}: {part} types {typed_digits(kept)}"
            assert not rounded_parameters(kept), f"{picture.name}: {part}: {rounded_parameters(kept)}"
        assert not (found := jargon(picture.title)), f"{picture.name}: {found}"
        for part in picture.told:
            assert not (found := SLIPS.search(getattr(picture, part))), f"{picture.name}: {part}: {found}"
        with figures._style():
            figures._frame(picture)
            assert not (found := layout.clashes(picture.figure)), f"{picture.name}: {found}"
        assert not (found := other_colours(picture.figure)), f"{picture.name}: {found} in another colour"
        assert not bars_without_zero(picture.figure), f"{picture.name}: bars on a scale of ratios"
        bare = [text for text in layout.written(picture.figure) if BARE_THOUSANDS.fullmatch(text)]
        assert not bare, f"{picture.name}: {bare} without a comma"
        held.update(figures=1, sentences=len(picture.told), values=sum(map(values, picture.told.values())))
    return held


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_sentences_and_labels_at_the_defaults(question):
    told(question.module, {})


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_sentences_and_labels_with_parameters_drawn_by_lot(question):
    faults = []
    for parameters in lots.points(question.module.Parameters, COUNT, SEED):
        try:
            told(question.module, parameters)
        except SpacesecError:
            continue  # refused in a sentence
        except Exception as error:
            faults.append(f"{parameters}: {type(error).__name__}: {error}")
    assert not faults, "\n".join(faults)
