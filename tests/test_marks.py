"""Click to source: a mark in a figure's SVG is a line of its CSV, and the line names rows of the tables."""

import functools
import re
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest

from spacesec.answers import Answer
from spacesec.collection.questions import all_questions
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import Picture
from spacesec.machine import paths
from spacesec.words.sentences import Words, say

NUMBER = re.compile(r"-?\d+(\.\d+)?")
SVG = "{http://www.w3.org/2000/svg}"
PURELY_MODELLED = {
    "missile_warning/coverage": "what constellations would see: geometry, no rows",
    "missile_warning/glide_tracking": "what sensors would make of a modelled flight: no rows",
}


@functools.cache
def known_rows() -> dict[str, dict[str, str]]:
    return {
        row["row_id"]: row
        for name in tables.names()
        for row in tables.raw_rows(paths.data() / tables.describe(name)["path"])
        if "row_id" in row
    }


def named_rows(line: dict[str, str]) -> list[str]:
    return [
        row
        for column, cell in line.items()
        if column.endswith(("row_id", "row_ids"))
        for row in cell.split(";")
        if row
    ]


def drawing(mark: ElementTree.Element) -> list[ElementTree.Element]:
    """The shapes that an element shows; what it only defines for later use is none."""
    defined = {id(shape) for place in mark.iter(f"{SVG}defs") for shape in place.iter()}
    return [
        shape
        for shape in mark.iter()
        if id(shape) not in defined and (shape.tag == f"{SVG}use" or shape.get("d"))
    ]


@pytest.mark.parametrize("question", [question.name for question in all_questions()])
def test_every_mark_leads_to_rows_of_the_tables(question):
    marked = 0
    for path in sorted((paths.figures() / question).glob("*.svg")):
        lines = tables.raw_rows(path.with_suffix(".csv"))
        assert not (missing := {row for line in lines for row in named_rows(line)} - known_rows().keys()), (
            f"{path.name} names {missing}, which no table has"
        )
        marks = [
            element for element in ElementTree.parse(path).iter() if element.get("id", "").startswith("row-")
        ]
        assert len({mark.get("id") for mark in marks}) == len(marks), f"{path.name} gives an id twice"
        for mark in marks:
            where = f"{path.name}, {mark.get('id')}"
            assert (found := re.fullmatch(r"row-(\d+)(\.[1-9]\d*)?", mark.get("id"))) and int(found[1]) < len(
                lines
            ), f"{where} is no line of the CSV"
            assert named_rows(lines[int(found[1])]), f"{where} names no row"
            assert drawing(mark), f"{where} shows nothing"
        marked += len(marks)
    assert bool(marked) != (question in PURELY_MODELLED), f"{question} has {marked} marks"


@pytest.mark.parametrize("question", [question.name for question in all_questions()])
def test_a_line_says_the_numbers_of_the_row_that_it_names(question):
    for path in sorted((paths.figures() / question).glob("*.csv")):
        for line in tables.raw_rows(path):
            row = known_rows().get(line.get("row_id", ""), {})
            for column in line.keys() & row.keys():
                if line[column] and NUMBER.fullmatch(line[column]) and NUMBER.fullmatch(row[column]):
                    assert float(line[column]) == pytest.approx(float(row[column]), rel=1e-9), (
                        f"{path.name}, {line['row_id']}: {column}"
                    )


@figures.house
def picture(points: bool) -> Picture:
    fig, (ax, other) = figures.canvas(1, 2)
    ax.plot(["a", "b", "c"], [1.0, 10.0, 4.0], ls="", marker="s", label="seen")
    ax.set_yscale("log")
    ax.legend()
    bars = other.bar([1, 2, 3], [1.0, 10.0, 4.0])
    for line, (x, y) in enumerate((("a", 1.0), ("b", 10.0), ("c", 4.0)) if points else ()):
        figures.mark_point(ax, x, y, line)
        figures.mark(line, bars[line])
    return figures.picture(
        fig,
        "marked",
        Words(say("Three points and three bars"), say("an example"), say("Points."), say("Points."), say("")),
        pd.DataFrame({"amount": [1.0, 10.0, 4.0]}),
        ("cabinet-office-2015-space-budget",),
        Answer({}, {}),
    )


def test_marks_change_no_picture_and_lie_on_the_points_drawn():
    plain, marked = (figures.publish(picture(points), "x", {}).files for points in (False, True))
    assert marked["png"] == plain["png"] and marked["csv"] == plain["csv"]
    groups = {element.get("id"): element for element in ElementTree.fromstring(marked["svg"]).iter(f"{SVG}g")}
    drawn = [
        use
        for use in drawing(groups["axes_1"])
        if use.get("style", "").startswith("fill: #0072b2") and "opacity" not in use.get("style")
    ]
    assert [(use.get("x"), use.get("y")) for line in range(3) for use in drawing(groups[f"row-{line}"])] == [
        (use.get("x"), use.get("y")) for use in drawn[:3]
    ]
    # The second element of a line has a number of its own: here the bar of the other panel.
    heights = [
        max(values) - min(values)
        for line in range(3)
        for values in [
            [float(y) for y in re.findall(r"[\d.]+ ([\d.]+)", drawing(groups[f"row-{line}.1"])[0].get("d"))]
        ]
    ]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 10, 4], rel=0.002)
