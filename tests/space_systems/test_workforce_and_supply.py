"""People, supply and measures: numbers as their sources print them, plans told apart from counts, choices
that leave nothing.
"""

import csv

import pandas as pd
import pytest
from tests.conftest import ROOT

from spacesec.errors import ParameterError
from spacesec.space_systems import workforce_and_supply as question
from spacesec.space_systems.workforce_and_supply import figures, model

FOLDER = ROOT / "data" / "space_systems"
NEW = ("workforce", "supply", "workforce_measures")


def printed(name: str) -> list[dict[str, str]]:
    """A table as it stands, without the library."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_nine_of_ten_rows_are_of_the_better_grades():
    for name in NEW:
        grades = [row["quality"] for row in printed(name)]
        assert sum(grade in "AB" for grade in grades) >= 0.9 * len(grades), name


def test_every_published_value_holds(answer):
    checks = question.checks(answer)
    assert len(checks) >= 8 and all(check.holds for check in checks)


def test_the_unit_grew_as_the_press_told(answer):
    # 20 on 18 May 2020 (Japan Times), 670 by March 2026 (Xinhua), 880 planned within FY2026 (economic.jp).
    span = answer["span"][model.UNIT]
    assert (span["first"], span["first_year"], span["last"], span["last_year"]) == (20, 2020, 670, 2026)
    assert answer["planned"][model.UNIT] == 880


def test_jaxa_counts_fewer_than_at_its_start(answer):
    # 1,772 at the start in FY2003 by its own slide, 1,580 at the beginning of 2023 by The Space Report.
    span = answer["span"][model.AGENCY]
    assert (span["first"], span["last"]) == (1772, 1580)


def test_plans_are_no_counts():
    found = question.answer(question.Parameters(kinds=["planned"]))
    assert found["span"] == {} and not len(found.tables["newest"])
    early = question.answer(question.Parameters(as_of=2021))
    # Planned in April 2020 for FY2022, the year after the last that counts.
    assert early["planned"][model.UNIT] == 100 and early["span"][model.UNIT]["last"] == 20


def test_parts_and_spans_stand_for_no_organization(answer):
    rows = answer.tables["heads"]
    assert not rows["row_id"].str.contains("engineers|concurrent|posts|civilians|said").any()


def test_satellites_became_critical_products_on_24_december_2025(answer):
    # Jiji Press, 19 December 2025: in force on the 24th, 16 products in all.
    assert (answer["critical_since"], answer["critical_products"]) == ("2025-12-24", 16)
    assert question.answer(question.Parameters(as_of=2024))["critical_since"] is None


def test_rides_are_counted_by_hand_over_the_table_of_satellites(answer):
    rows = [row for row in printed("satellites") if row["launch_state"] and row["launch_date"]]
    commercial = [row for row in rows if row["sector"] == "commercial" and row["launch_date"] >= "1994"]
    abroad = [row for row in commercial if row["launch_state"] != "Japan"]
    assert answer["rides"]["commercial"] == {"all": len(commercial), "foreign": len(abroad)}


def test_sides_part_the_facts():
    one = [len(question.answer(question.Parameters(sides=[side])).tables["supply"]) for side in model.SIDES]
    assert sum(one) == len(printed("supply"))


def test_a_year_after_the_last_is_refused():
    with pytest.raises(ParameterError, match=r"first_year = 2024 is after as_of = 2020; choose one"):
        question.answer(question.Parameters(first_year=2024, as_of=2020))


@pytest.mark.parametrize(
    "chosen",
    [
        {"organizations": ["ispace"]},
        {"organizations": ["US Space Force"], "sides": ["Taiwan"]},
        {"kinds": ["estimate"], "sides": ["Japan and Taiwan"]},
        {"first_year": 1995, "as_of": 1996},
        {"as_of": 2015},
    ],
)
def test_every_choice_is_drawn(chosen):
    found = question.answer(question.Parameters(**chosen))
    for draw in question.FIGURES:
        picture = draw(found)
        assert picture.title and picture.alt


def test_marks_close_in_time_stand_one_above_the_other():
    days = pd.to_datetime(pd.Series(["2020-01-01", "2020-02-01", "2020-03-01", "2023-01-01"]))
    assert figures._levels(days) == [0, 1, 2, 0]


def test_published_values_are_those_that_the_sources_print(answer):
    # In the order of the checks: growth and falls of heads, shares, people, billions of yen, satellites,
    # products; as each source prints them.
    printed_values = [53.7, 17, 71, 330, 184, 5.4, 5, 335.4, 71, 74, 19, 16]
    checks = question.checks(answer)
    assert [check.published for check in checks] == printed_values
    # What is counted is met to the last one; what was rounded, to half of its last digit or one of it.
    for check in checks:
        whole = check.unit in ("people", "satellites", "products")
        assert check.tolerance == 0 if whole else 0 < check.tolerance <= 0.5


def test_a_first_year_may_be_the_year_asked_for():
    assert question.answer(question.Parameters(first_year=2024, as_of=2024)).tables["heads"] is not None
