"""Counterspace: counts and lists as their authors printed them, the rule of deciding, unknown kept apart
from none, joins with the tables of tests and satellites.
"""

import csv

import pytest
from tests.conftest import ROOT

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.space_systems import counterspace as question
from spacesec.space_systems.counterspace import figures, model

FOLDER = ROOT / "data" / "space_systems"
NEW = (
    "asat_pledges",
    "counterspace_capabilities",
    "counterspace_editions",
    "counterspace_incidents",
    "counterspace_reach",
)
# The Secure World Foundation's page of the report of 2026, section The 2026 Report.
COVERED = {
    "United States",
    "Russia",
    "China",
    "India",
    "Australia",
    "France",
    "Germany",
    "Iran",
    "Israel",
    "Japan",
    "North Korea",
    "South Korea",
    "United Kingdom",
}


def printed(name: str) -> list[dict[str, str]]:
    """A table as it stands, without the library."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def cell(found, state: str, kind: str):
    rows = found.tables["matrix"]
    return rows[(rows["state"] == state) & (rows["kind"] == kind)].iloc[0]


def drawn(found, name: str):
    draw = next(draw for draw in question.FIGURES if draw.__name__ == name)
    return draw(found).data


def test_nine_of_ten_rows_are_of_the_better_grades():
    grades = [row["quality"] for name in NEW for row in printed(name)]
    assert len(grades) > 180
    assert sum(grade in "AB" for grade in grades) >= 0.9 * len(grades)


def test_the_matrix_has_the_states_of_the_newest_report(answer):
    assert set(answer.tables["matrix"]["state"]) == COVERED
    assert answer["widest_states"] == 13 and answer["widest_edition"] == 2026
    assert answer["cells"] == 13 * 5


def test_germany_came_with_the_edition_of_2026():
    # "Germany (added this year)"
    rows = {row["row_id"]: set(row["states"].split(";")) for row in printed("counterspace_editions")}
    added = rows["counterspace-edition-swf-2026"] - rows["counterspace-edition-swf-2025"]
    assert added == {"Germany"} and len(rows["counterspace-edition-swf-2025"]) == 12


def test_australia_south_korea_and_britain_came_with_that_of_2022():
    # The foundation's release of April 2022: "adds three new countries to the report".
    rows = {row["row_id"]: set(row["states"].split(";")) for row in printed("counterspace_editions")}
    added = rows["counterspace-edition-swf-2022"] - rows["counterspace-edition-swf-2020"]
    assert added == {"Australia", "South Korea", "United Kingdom"}


def test_direct_ascent_was_tested_by_the_four_that_destroyed_a_satellite(answer):
    rows = answer.tables["matrix"]
    tested = set(rows[(rows["kind"] == "direct ascent") & rows["status"].isin(model.FAR)]["state"])
    assert tested == set(answer["testers"]) == {"China", "India", "Russia", "United States"}
    low = answer.tables["reach"].set_index(["orbit", "kind"]).loc[("low", "direct ascent")]
    assert set(low["states"].split(";")) == tested


def test_no_destructive_test_was_above_the_height_that_the_report_gives():
    rows = {row["row_id"]: row for row in printed("counterspace_reach")}
    height = float(rows["counterspace-reach-direct-ascent-low"]["altitude_km"])
    tests = tables.settled("space_systems/destructive_events")
    tests = tests[tests["kind"] == model.TEST]
    assert height == 880 and tests["altitude_high_km"].max() <= height


def test_the_rule_decides_where_reports_differ():
    # Lasers of China: "multiple ground-based laser weapons" (DIA 2022), research (2026).
    newest = question.answer(question.Parameters(rule="newest"))
    furthest = question.answer(question.Parameters(rule="furthest"))
    one, other = (cell(found, "China", "directed energy") for found in (newest, furthest))
    assert (one["status"], one["edition_year"]) == ("research", 2026)
    assert (other["status"], other["edition_year"]) == ("operational", 2022)
    assert newest["kinds_far_other_rule"] == furthest["kinds_far"]


def test_vintages_keep_the_furthest_of_a_year(answer):
    # Lasers of China: to come by 2020 (DIA 2019) and under trial (white paper of 2019), several (DIA 2022).
    rows = answer.tables["vintages"]
    china = rows[(rows["state"] == "China") & (rows["kind"] == "directed energy")]
    said = dict(zip(china["edition_year"], china["status"]))
    assert said == {2019: "tested", 2022: "operational", 2026: "research"}
    assert not rows.duplicated(["state", "kind", "edition_year"]).any()
    assert 0 < answer["pairs_moved"] <= answer["pairs_of_years"]


def test_an_edition_hides_what_came_later():
    found = question.answer(question.Parameters(edition=2019))
    assert found.tables["matrix"]["edition_year"].max() == 2019
    assert "Japan" not in set(found.tables["coverage"]["state"]) and found["japan_covered_since"] is None


def test_unknown_is_not_none(answer):
    assert cell(answer, "United Kingdom", "electronic")["status"] == model.UNKNOWN
    assert cell(answer, "United Kingdom", "co-orbital")["status"] == "none reported"
    rows = drawn(answer, "matrix")
    assert (
        (rows["status"] == model.UNKNOWN).sum()
        == answer["cells_unknown"]
        == 65 - rows["row_id"].notna().sum()
    )


def test_a_state_without_a_row_is_drawn_as_unknown():
    found = question.answer(question.Parameters(states=["United Kingdom"], kinds=["cyber"]))
    assert list(drawn(found, "matrix")["status"]) == [model.UNKNOWN]


def test_pledges_add_up_as_their_sources_count(answer):
    sworn = {row["state"]: int(row["states"]) for row in printed("asat_pledges")}
    # 27 members of the European Union, five of which had pledged before.
    before = {"Austria", "France", "Germany", "Italy", "Netherlands"}
    assert before <= set(sworn) and sworn["other members of the European Union"] == 27 - len(before)
    assert answer["pledged"] == 38  # the report of 2026, p. 01-50
    rows = answer.tables["pledges"]
    assert rows["in_all"].is_monotonic_increasing and rows["in_all"].iloc[-1] == 38
    assert rows["by"].is_monotonic_increasing and (rows["by"] >= rows["date"]).all()


def test_a_pledge_of_the_year_counts_from_its_end(answer):
    rows = answer.tables["pledges"].set_index("state")
    assert f"{rows.loc['France', 'by']:%m-%d}" == "12-31" and f"{rows.loc['Norway', 'by']:%m-%d}" == "10-31"
    assert rows.loc["Japan", "by"] == rows.loc["Japan", "date"]


def test_satellites_are_those_that_fly(answer):
    flying = [row for row in printed("satellites") if row["state"] == "flying"]
    counts = answer["satellites_by_orbit"]
    assert sum(counts.values()) == answer["satellites"] == len(flying)
    assert counts["low"] == sum(row["orbit"].startswith("low") for row in flying)
    assert counts["unknown"] == sum(not row["orbit"] for row in flying)


def test_no_row_tells_of_a_japanese_satellite(answer):
    japan = [row for row in printed("counterspace_incidents") if row["target_state"] == "Japan"]
    assert {row["orbit"] for row in japan} == {"ground"} and answer["incidents_japan"] == len(japan)
    assert answer["incidents_japan_orbit"] == 0


def test_every_case_is_drawn_once(answer):
    rows = drawn(answer, "incidents")
    assert sorted(rows["row_id"]) == sorted(row["row_id"] for row in printed("counterspace_incidents"))
    assert answer["incidents"] == sum(answer["incidents_by_kind"].values()) == len(rows)


def test_destructive_tests_are_joined_and_not_repeated(answer):
    days = {f"{day:%Y-%m-%d}" for day in answer.tables["tests"]["date"]}
    assert answer["destructive_tests"] == len(days) == 5
    assert not days & {row["date"] for row in printed("counterspace_incidents")}


def test_years_in_the_wrong_order_are_refused():
    with pytest.raises(ParameterError, match="first_year = 2020 is after last_year = 2015"):
        question.answer(question.Parameters(first_year=2020, last_year=2015))


def test_a_state_that_no_report_speaks_of_is_refused():
    with pytest.raises(ParameterError, match="no report speaks of a state 'Chima'; did you mean China"):
        question.answer(question.Parameters(states=["Chima"]))


def test_every_status_and_reach_has_a_look():
    assert set(figures.SHADES) == set(model.STATUSES)
    assert set(figures.LABELS) == {*model.STATUSES, model.UNKNOWN}
    assert {*figures.REACH_SHADES, model.UNKNOWN} == set(model.REACHES)
    assert set(figures.INCIDENT_SHADES) == {row["kind"] for row in printed("counterspace_incidents")}


def test_outside_values_hold(answer):
    assert all(check.holds for check in question.checks(answer))
    assert answer["vote"] == [155, 9, 9]


def test_published_counts_are_those_that_the_reports_print_and_are_met_to_the_last_one(answer):
    checks = question.checks(answer)
    assert [check.published for check in checks] == [13, 13, 5, 13, 37, 155]
    assert all(check.tolerance == 0 for check in checks)


def test_states_that_went_furthest_with_most_means_stand_first(answer):
    rows = answer.tables["matrix"]
    counts = rows[rows["status"].isin(model.FAR)].groupby("state").size()
    order = [int(counts.get(name, 0)) for name in rows["state"].drop_duplicates()]
    assert order == sorted(order, reverse=True) and order[0] == max(answer["kinds_far"].values())


def test_reach_names_those_who_are_said_to_have_it_and_no_others(answer):
    said = printed("counterspace_reach")
    for row in answer.tables["reach"].itertuples():
        rows = [one for one in said if (one["orbit"], one["kind"]) == (row.orbit, row.kind)]
        best = min((model.REACHES.index(one["reach"]) for one in rows), default=len(model.REACHES) - 1)
        states = {name for one in rows if one["reach"] == row.reach for name in one["states"].split(";")}
        assert row.reach == model.REACHES[best]
        assert set(filter(None, row.states.split(";"))) == set(filter(None, states))


def test_one_year_of_cases_is_a_choice():
    found = question.answer(question.Parameters(first_year=2022, last_year=2022))
    rows = [row for row in printed("counterspace_incidents") if row["date"].startswith("2022")]
    assert found["incidents"] == len(rows) and found["incidents_years"] == [2022, 2022]
