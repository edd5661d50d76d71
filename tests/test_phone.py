"""A figure drawn for a phone: narrow, its words whole and large enough, nothing over anything, the same bytes
from process to process; the figure that is stored stays what it was.
"""

import os
import re
import subprocess
import sys

import pandas as pd
import pytest

from spacesec.answers import Answer
from spacesec.drawing import figures, layout, phone
from spacesec.drawing.figures import Picture
from spacesec.words.sentences import Words, say
from tests.conftest import ROOT

TITLE = "Two panels that stand side by side on paper stand one below the other on a phone"
NAMES = [f"a name of a row that is long, the {n}th" for n in range(12)]


@figures.house
def sides(answer: Answer) -> Picture:
    """Rows with long names beside lines whose labels stand close at their right ends."""
    fig, (left, right) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [2, 1]})
    left.barh(range(len(NAMES)), range(len(NAMES)), label="a bar whose key is long enough to need two lines")
    left.set_yticks(range(len(NAMES)), NAMES)
    left.legend(loc="lower right")
    for level in (3.0, 3.05):
        right.plot([2000, 2020], [0, level])
        right.annotate(f"a label at the end, {level:.2f}", (2020, level), size=8)
    return figures.picture(
        fig,
        "sides",
        Words(say(TITLE), say("an example"), say("Bars."), say("Bars and lines."), say("a note")),
        pd.DataFrame({"a": [1]}),
        ("cabinet-office-2015-space-budget",),
        answer,
    )


@pytest.fixture(scope="module")
def drawn() -> tuple[Picture, str]:
    picture = phone.draw(sides, Answer({}, {}))
    return picture, phone.drawing(picture, {"Title": picture.title}).decode("utf-8")


def test_it_is_as_wide_as_the_phone_and_nothing_lies_over_anything(drawn):
    picture, svg = drawn
    assert re.search(r'viewBox="0 0 ([\d.]+) ', svg)[1] == f"{72 * phone.WIDTH:g}"
    assert layout.clashes(picture.figure) == []


def test_panels_stand_one_below_the_other(drawn):
    upper, lower = (axes.get_position() for axes in drawn[0].figure.axes)
    assert lower.y1 < upper.y0 and min(lower.width, upper.width) > 0.4


def test_no_letter_is_smaller_than_eleven_pixels(drawn):
    """A text of so many points is drawn by outlines of a hundredth of it: ``scale(0.1)`` is 10 points."""
    sizes = [100 * float(scale) for scale in re.findall(r"scale\(([\d.]+) -[\d.]+\)", drawn[1])]
    assert len(sizes) > 20
    assert min(sizes) * phone.PIXELS / (72 * phone.WIDTH) >= phone.LEAST == 11


def test_every_word_is_still_there(drawn):
    told = " ".join(" ".join(layout.written(drawn[0].figure)).split())
    for words in (TITLE, *NAMES, "a bar whose key is long enough to need two lines", "Note: a note"):
        assert words in told
    assert told.count("a label at the end") == 2


def test_the_stored_figure_is_what_it_was():
    def stored() -> dict[str, bytes]:
        return figures.publish(sides(Answer({}, {})), "theme/question", {}).files

    before = stored()
    phone.drawing(phone.draw(sides, Answer({}, {})), {})
    assert stored() == before and not figures.narrow()


def test_another_process_with_another_seed_gives_the_same_bytes():
    code = """
import hashlib
from spacesec.budgets import government_space as question
from spacesec.drawing import phone
from spacesec.words.language import speaking
answer = question.answer(question.Parameters.of({}))
for language in ("en", "ja"):
    with speaking(language):
        picture = phone.draw(question.FIGURES[0], answer)
        print(hashlib.sha256(phone.drawing(picture, {"Title": picture.title})).hexdigest())
"""
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "4242")
    }
    assert len(made) == 1 and len(set(made.pop().split())) == 2, "one drawing a language"
