"""Links between Japan and its partners: lists and dates as their sources print them, the rule of the verdict
on rows made by hand, joins with acts and exercises.
"""

import csv

import pandas as pd
import pytest
from tests.conftest import ROOT

from spacesec.errors import ParameterError
from spacesec.regional_cooperation import interoperability as question
from spacesec.regional_cooperation.interoperability import figures, model

FOLDER = ROOT / "data" / "regional_cooperation"
NEW = ("links", "link_acts", "link_needs")
# The foreign ministry's list of agreements in force, in its release of 22 March 2021.
LISTED = {
    "United States": 2007,
    "NATO": 2010,
    "France": 2011,
    "Australia": 2013,
    "United Kingdom": 2014,
    "India": 2015,
    "Italy": 2016,
    "South Korea": 2016,
}


def printed(name: str) -> list[dict[str, str]]:
    """A table as it stands, without the library."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def cell(found, partner: str, kind: str):
    rows = found.tables["matrix"]
    return rows[(rows["partner"] == partner) & (rows["kind"] == kind)].iloc[0]


def made(*rows: tuple[int, str, str]) -> list[model.Fact]:
    """Facts of one partner and kind: year, state, channel."""
    return [
        model.Fact("Australia", model.SECRETS, state, channel, year, "", "", f"row-{place}")
        for place, (year, state, channel) in enumerate(rows)
    ]


def judged(rows: list[model.Fact], year: int, **chosen) -> str:
    return model.verdict(rows, question.Parameters(**chosen), year)[0]


def test_nine_of_ten_rows_are_of_the_better_grades():
    for name in NEW:
        grades = [row["quality"] for row in printed(name)]
        assert sum(grade in "AB" for grade in grades) >= 0.9 * len(grades), name


def test_agreements_on_secrets_are_those_that_the_ministry_lists():
    rows = model.evidence(question.Parameters())
    works = rows[(rows["kind"] == model.SECRETS) & (rows["state"] == model.WORKS)]
    assert {**works.groupby("partner")["year"].min()[list(LISTED)]} == LISTED
    assert set(works[works["year"] <= 2016]["partner"]) == set(LISTED)


def test_seoul_put_its_agreement_in_doubt_and_back():
    # Signed in November 2016; notice of its end in August 2019, withdrawn on 21 March 2023.
    rows = model.facts(model.evidence(question.Parameters()))["South Korea", model.SECRETS]
    said = [judged(rows, year) for year in (2015, 2016, 2019, 2022, 2023)]
    assert said == [model.NONE, model.EXISTS, model.PART, model.PART, model.EXISTS]


def test_warning_in_real_time_since_december_2023(answer):
    assert answer["warning_since"]["South Korea"] == 2023
    assert (
        cell(answer, "South Korea", model.WARNING)["row_ids"]
        == "linked-kr-us-2023-warning-data-missile-warning"
    )
    before = question.answer(question.Parameters(as_of=2022))
    assert "South Korea" not in before["warning_since"]


def test_sensors_ride_on_japanese_satellites_for_one_partner(answer):
    # QZS-6 with the first of them went up on 2 February 2025.
    rows = answer.tables["matrix"]
    rows = rows[(rows["kind"] == "hosted payload") & (rows["verdict"] == model.EXISTS)]
    assert list(zip(rows["partner"], rows["since"])) == [("United States", 2025)]


def test_taiwan_has_drills_of_coast_guards_and_an_official_in_place_of_an_officer(answer):
    assert answer["focus_exist"] == ["coast guard drill"]
    assert cell(answer, "Taiwan", "liaison officers")["state"] == "stands in"
    assert answer["focus_refused"] == ["air and sea picture"]
    assert answer["held_by_partner"]["Taiwan"] == 2  # the second since 1972, Taipei Times, October 2025


@pytest.mark.parametrize(
    "rows, verdict",
    [
        ([], model.NONE),
        ([(2020, "refused", "bilateral")], model.NONE),
        ([(2020, "talks", "bilateral")], model.PART),
        ([(2020, "stands in", "bilateral"), (2021, "refused", "bilateral")], model.PART),
        ([(2020, "works", "bilateral")], model.EXISTS),
        ([(2020, "works", "bilateral"), (2021, "in doubt", "bilateral")], model.PART),
        ([(2020, "in doubt", "bilateral"), (2021, "works", "bilateral")], model.EXISTS),
        ([(2027, "works", "bilateral")], model.NONE),
    ],
)
def test_the_rule(rows, verdict):
    assert judged(made(*rows), 2025) == verdict


def test_links_of_a_group_count_as_asked():
    rows = made((2020, "works", "group"))
    assert judged(rows, 2025) == model.EXISTS and judged(rows, 2025, groups=False) == model.PART


def test_an_exercise_fades_and_an_agreement_does_not():
    rows = made((2020, "works", "bilateral"))
    drill = [row._replace(kind="space exercise") for row in rows]
    assert judged(rows, 2026) == model.EXISTS
    assert [judged(drill, year) for year in (2024, 2025)] == [model.EXISTS, model.PART]
    assert judged(drill, 2025, held_within=6) == model.EXISTS


def test_counts_add_up(answer):
    rows = answer.tables["matrix"]
    assert len(rows) == answer["pairs"] == len(model.PARTNERS) * len(model.KINDS)
    assert answer["exist"] + answer["in_part"] + answer["no_sign"] == answer["pairs"]
    for name in ("by_partner", "by_kind"):
        assert sum(answer[name].values()) == answer["exist"]
    other = question.answer(question.Parameters(groups=False))
    assert other["exist"] == answer["exist_other_groups"] and other["exist_other_groups"] == answer["exist"]


def test_growth_ends_at_the_matrix(answer):
    last = answer.tables["growth"].groupby("partner")["exist"].last()
    assert dict(last) == {name: answer["by_partner"][name] for name in last.index}


def test_a_seat_at_an_exercise_without_japan_is_no_link(answer):
    # Japan first took part in the Schriever Wargame in 2018, and is not listed for 2019.
    rows = answer.tables["evidence"]
    schriever = rows[rows["title"] == "Schriever Wargame"]
    assert set(schriever["year"]) == {2020, 2025}


def test_observers_do_not_count(answer):
    rows = answer.tables["evidence"]
    assert set(rows[rows["state"] == model.OBSERVED]["title"]) >= {"AsterX"}
    assert 2022 not in {
        int(year) for year in rows[(rows["title"] == "AsterX") & (rows["state"] == model.WORKS)]["year"]
    }


def test_no_act_and_no_exercise_stands_twice():
    acts = {row["row_id"] for row in printed("acts")}
    linked = [(row["act_id"], row["kind"]) for row in printed("link_acts")]
    assert {act for act, _ in linked} <= acts and len(set(linked)) == len(linked)
    days = {
        (row["exercise"].split()[0], row["start_date"]) for row in printed("exercises") if row["start_date"]
    }
    own = {(row["title"].split()[0], row["date"]) for row in printed("links") if row["kind"] in model.DRILLS}
    assert not days & own


def test_demands_name_a_recommendation_and_its_partners(answer):
    needs = answer.tables["needs"]
    assert answer["demands"] == needs["recommendation_id"].nunique()
    # Fang 2024: joint training and real-time sharing of Japan and Taiwan.
    fang = needs[needs["recommendation_id"].str.startswith("rec-fang")]
    assert set(fang["partners"]) == {"Taiwan"} and set(fang["kind"]) == {
        "forces' exercise",
        "air and sea picture",
    }
    assert "air and sea picture, Taiwan" in answer["pairs_unmet"]


def test_first_year_after_the_last_is_refused():
    with pytest.raises(ParameterError, match="first_year = 2025 is after as_of = 2020"):
        question.answer(question.Parameters(first_year=2025, as_of=2020))


def test_every_verdict_and_kind_has_a_look():
    assert set(figures.SHADES) == set(model.VERDICTS)
    assert {row["kind"] for name in NEW for row in printed(name)} <= set(model.KINDS) == set(figures.HEADS)
    assert {row["partner"] for row in printed("links")} == set(model.PARTNERS)


def test_outside_values_hold(answer):
    assert all(check.holds for check in question.checks(answer))
    early = question.answer(question.Parameters(as_of=2012, kinds=["hosted payload"]))
    assert all(check.holds for check in question.checks(early))


def test_counts_that_others_printed_leave_no_room(answer):
    # A number of agreements or exercises is whole: one more or fewer is another number.
    assert all(check.tolerance == 0 for check in question.checks(answer))


def seats_of(size: int, nations: int | None) -> str:
    """How a seat is told at an exercise at which so many are named, and so many are said to have been."""
    others = ["Australia", "India", "Canada"][: size - 1]
    held = pd.DataFrame(
        [
            {
                "row_id": "drill",
                "exercise": "Drill",
                "domain": "maritime",
                "year": 2020,
                "nations": nations,
                "japan_role": "participant",
            }
        ]
    )
    seats = pd.DataFrame(
        [
            {"exercise_id": "drill", "participant": name, "role": "participant", "row_id": f"seat-{name}"}
            for name in ["Japan", *others]
        ]
    ).assign(source_id="source")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model.tables, "settled", {model.EXERCISES: held, model.SEATS: seats}.__getitem__)
        found = model._exercises()
    assert len(found) == size - 1 and set(found["kind"]) == {"coast guard drill"}
    return found["channel"].iloc[0]


@pytest.mark.parametrize(
    "size, nations, channel",
    [
        (2, None, "bilateral"),
        (3, None, "trilateral"),
        (4, None, "group"),
        (2, 3, "trilateral"),  # more nations are said to have come than are named
        (2, 4, "group"),
        (4, 2, "group"),
    ],
)
def test_two_are_alone_three_are_three_and_four_are_a_group(size, nations, channel):
    assert seats_of(size, nations) == channel


def test_the_matrix_is_ordered_by_what_exists_then_by_what_is_in_part(answer):
    rows = answer.tables["matrix"]
    counts = [
        tuple(
            -(rows[rows["partner"] == name]["verdict"] == judged).sum()
            for judged in (model.EXISTS, model.PART)
        )
        for name in dict.fromkeys(rows["partner"])
    ]
    assert counts == sorted(counts)


def test_a_link_is_told_by_its_first_year_and_an_exercise_by_its_last():
    years = made(*((year, "works", "bilateral") for year in (2011, 2015, 2019)))
    assert model._told_year(model.SECRETS, model.EXISTS, years) == 2011
    assert model._told_year("space exercise", model.EXISTS, years) == 2019
    assert model._told_year(model.SECRETS, model.PART, years) == 2019
    assert model._told_year(model.SECRETS, model.NONE, years[:0]) is None


def test_growth_counts_each_year_from_the_first_asked_for():
    p = question.Parameters(first_year=2015, as_of=2017)
    growth = model.growth(model.evidence(p), p, ["India", "United States"])
    assert list(growth["year"]) == 2 * [2015, 2016, 2017]
    for row in growth.itertuples():
        then = p.model_copy(update={"as_of": row.year})
        cells = model.matrix(model.evidence(then), then, [row.partner])
        assert row.exist == (cells["verdict"] == model.EXISTS).sum()
