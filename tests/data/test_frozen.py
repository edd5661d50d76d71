"""Rows that nobody may edit: an edit, a removal and lines made anew are seen; outcomes and new rows go in."""

import pytest

from spacesec.data import frozen, validation
from spacesec.policy_evolution import forecasts as question

TABLE = "policy_evolution/forecasts"
FIRST = "forecast-three-documents-2026"
# The digest of the last row frozen on 29 November 2026: whoever edits one of those rows and makes the lines
# anew has to edit this one too.
FIRST_FROZEN = 47
LAST_OF_FIRST_FREEZING = "8e4b60ebc1655ecd190c9092b6c9436c9c205df3d9241a8d3d7e15c8f282533e"


def test_the_rows_of_the_first_freezing_are_what_they_were(copy):
    first = copy.rows("checks/frozen")[:FIRST_FROZEN]
    assert {line["table"] for line in first} == {TABLE}
    assert first[-1]["sha256"] == LAST_OF_FIRST_FREEZING


@pytest.mark.parametrize(
    "cells",
    [
        {"probability": "0.76"},
        {"statement": "Something easier"},
        {"due": "2027-01-31"},
        {"rule": "Anything."},
        {"base_rate": "0.29"},
        {"locator": "elsewhere"},
    ],
    ids=lambda cells: next(iter(cells)),
)
def test_nobody_may_edit_a_frozen_forecast(cells, copy):
    copy.change(TABLE, FIRST, **cells)
    [fault] = frozen.problems()
    assert "is not as it was frozen" in fault and FIRST in fault


def test_lines_made_anew_end_in_another_digest(copy):
    copy.change(TABLE, FIRST, probability="0.76")
    lines = copy.rows("checks/frozen")
    before = frozen.START
    rows = {row["row_id"]: row for row in copy.rows(TABLE)}
    for line in lines:
        cells = {name: rows[line["row"]][name] for name in frozen.columns(TABLE)}
        before = line["sha256"] = frozen.chained(before, cells)
    copy.write("checks/frozen", lines)
    assert frozen.problems() == [] and before != LAST_OF_FIRST_FREEZING


def test_a_frozen_forecast_may_not_be_taken_out(copy):
    copy.without(TABLE, "row_id", FIRST)
    assert f"lacks {FIRST}" in frozen.problems()[0]


def test_a_forecast_may_not_be_put_in_between(copy):
    lines = copy.rows("checks/frozen")
    copy.write("checks/frozen", [lines[0], *lines[2:]])
    told = frozen.problems()
    assert any("is not as it was frozen" in fault for fault in told)
    assert any("is not frozen yet" in fault for fault in told)


def test_an_outcome_is_added_to_a_frozen_forecast(copy):
    source = next(row for row in copy.rows(TABLE) if row["row_id"] == FIRST)["source_id"]
    copy.change(
        TABLE,
        FIRST,
        outcome="did not",
        decided_on="2027-01-05",
        outcome_source_id=source,
        outcome_locator="all of it",
    )
    assert frozen.problems() == []
    found = question.answer(question.Parameters.of({"as_of": "2027-01-05"}))
    assert (found["decided"], found["came_true"]) == (1, 0)
    assert found["brier"] == pytest.approx(0.75**2)  # (p - 0)^2, by the definition, of a chance of 75%


def test_sealing_freezes_a_new_forecast_and_touches_no_old_line(copy):
    before = copy.rows("checks/frozen")
    copy.add(TABLE, FIRST, row_id="forecast-a-new-one", statement="Another thing")
    assert "forecast-a-new-one, is not frozen yet" in frozen.problems()[0]
    assert validation.seal() == [] and frozen.problems() == []
    assert copy.rows("checks/frozen")[:-1] == before
    assert copy.rows("checks/frozen")[-1]["row"] == "forecast-a-new-one"
