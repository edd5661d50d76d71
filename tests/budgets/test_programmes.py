"""Expected values: the budget book and the review sheets as printed, the press, and identities of
accounting.
"""

import pandas as pd
import pytest

from spacesec.budgets import programmes as question
from spacesec.budgets.programmes import projects
from spacesec.data import tables


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_reconnaissance_stood_still_while_supplementaries_grew():
    # Budget book FY2017-26 and settlements FY2017-24, printed to a hundredth or a tenth of a billion yen.
    igs = projects.book("igs").loc[2017:2026]
    assert igs["initial"].tolist() == pytest.approx(
        [61.95, 62.00, 62.07, 62.53, 62.53, 62.52, 62.51, 62.25, 62.24, 62.23], abs=0.0051
    )
    assert igs["supplementary"].loc[:2025].tolist() == pytest.approx(
        [13.5, 16.7, 16.0, 17.6, 17.5, 17.5, 27.5, 32.5, 32.8], abs=0.0501
    )
    assert igs["paid"].loc[:2024].tolist() == pytest.approx(
        [76.2, 71.5, 76.2, 81.1, 75.3, 70.6, 92.3, 99.6], abs=0.0501
    )


def test_shares_of_supplementaries(answer):
    # 13.491 beside 61.951 in FY2017; 32.8 beside 62.24 in FY2025.
    assert answer["igs_supplementary_share_first_percent"] == pytest.approx(18, abs=0.5)
    igs = projects.book("igs").loc[2025]
    share = 100 * igs["supplementary"] / (igs["initial"] + igs["supplementary"])
    assert share == pytest.approx(35, abs=0.5)


def test_totals_executed():
    paid = projects.by_stage(["qzss", "two-wavelength-sensor"], 2012, 2024)["paid"]
    assert paid["qzss"].sum() == pytest.approx(305.1, abs=0.05)
    assert paid["two-wavelength-sensor"].sum() == pytest.approx(8.604, abs=0.0005)
    sensor = projects.by_stage(["two-wavelength-sensor"], 2016, 2019)["paid"]
    assert sensor.sum() == pytest.approx(4.753, abs=0.0005)


def test_grant_is_paid_out_as_voted(answer):
    # An operating grant is handed over whole: initial plus supplementary equals paid, to the rounding of
    # three printed amounts.
    assert answer["jaxa_grant_gap"] <= 0.0016


def test_situational_awareness_satellite_by_year():
    initial = projects.by_stage(["sda-satellite"], 2020, 2024).loc["sda-satellite"]["initial"]
    assert initial.round(2).tolist() == [0.27, 1.36, 4.78, 27.28, 6.70]


def test_available_money_closes_the_account():
    # Net rule: initial + supplementary + carried in - carried out; gross rule: without the last. Sheets with
    # reserve money differ.
    wide = projects.by_stage(list(question.model.PROJECTS), 2014, 2024).dropna(subset=["available"])
    expected = (
        projects.voted(wide).fillna(0)
        + wide["carried_in"]
        - wide["carried_out"].where(wide["available_rule"] == "net_of_carry_out", 0)
    )
    closed = (wide["available"] - expected).abs() < 0.0055
    assert len(wide) > 150
    assert closed.mean() > 0.95


def test_carry_over_arrives_in_the_next_year():
    qzss = projects.by_stage(["qzss"], 2014, 2024).loc["qzss"]
    sent, received = qzss["carried_out"].loc[2014:2023], qzss["carried_in"].loc[2015:2024]
    assert received.to_numpy() == pytest.approx(sent.to_numpy(), abs=0.0025)


def test_execution_parts_add_up_and_impossible_sheets_are_set_aside():
    done = projects.execution(projects.by_stage(list(question.model.PROJECTS), 2014, 2024)).dropna()
    assert done[["execution_percent", "carried_percent", "unused_percent"]].sum(
        axis=1
    ).to_numpy() == pytest.approx(100, abs=0.5)
    assert (done["execution_percent"] <= 100.5).all()
    assert (
        done.loc["two-wavelength-sensor", "years_set_aside"] == 1
    )  # FY2023: 1.174 paid out of 0.645 "available"


def test_hand_made_project():
    rows = pd.DataFrame(
        {
            "initial": [10.0, 10.0],
            "supplementary": [float("nan"), 5.0],
            "available": [6.0, 19.0],
            "paid": [6.0, 12.0],
            "carried_in": [0.0, 4.0],
            "carried_out": [4.0, 7.0],
            "available_rule": ["net_of_carry_out", "gross_of_carry_out"],
        },
        index=pd.MultiIndex.from_tuples([("a", 2022), ("a", 2023)], names=["project_id", "fiscal_year"]),
    )
    assert projects.reliance(rows).loc["a", "supplementary_share_percent"] == pytest.approx(20.0)
    done = projects.execution(rows).loc["a"]
    assert done["spendable"] == pytest.approx(29.0)  # 10 voted; then 15 voted and 4 carried in
    assert (done["execution_percent"], done["carried_percent"], done["unused_percent"]) == pytest.approx(
        (100 * 18 / 29, 100 * 11 / 29, 0.0)
    )


def test_satellite_years_count_days_in_orbit():
    # IGS Optical-9 and later do not fly; a year in which no satellite came or went counts each whole
    # satellite.
    count = projects.satellite_years(
        "Kirameki", ("communications",), 2019, 2022, ("Kirameki-1", "Kirameki-2")
    )
    assert count["low"].tolist() == [2.0] * 4 and count["high"].tolist() == [2.0] * 4
    first = projects.satellite_years("QZSS", ("positioning",), 2010, 2010)["high"].iloc[0]
    assert first == pytest.approx(202 / 365, abs=1e-9)  # launched 11 September 2010, to 31 March 2011


def test_every_satellite_year_is_at_least_the_cautious_count(answer):
    costs = answer.tables["costs"]
    assert (costs["low"] <= costs["high"]).all()
    assert answer["parity_satellites"] == pytest.approx(
        answer["constellation_per_year"] / answer["igs_per_satellite_year"][1]
    )


def test_real_amounts_only_rescale():
    nominal, real = (
        question.answer(question.Parameters()),
        question.answer(question.Parameters(deflator="gdp", price_base_year=2024)),
    )
    assert real["supplementary_share_percent"] == nominal["supplementary_share_percent"]
    assert all(real["paid_total"][name] > nominal["paid_total"][name] for name in nominal["paid_total"])


REFUSED = [
    ({"projects": ["igs"]}, "igs-development"),
    ({"projects": []}, "at least"),
    ({"projects": ["qzss", "qzss"]}, "twice"),
    ({"stage": "request"}, "one of paid, initial, voted"),
    ({"first_year": 2020, "last_year": 2018}, "before the last"),
    ({"projects": ["sda-satellite"], "first_year": 2012, "last_year": 2016}, "no amount paid"),
    ({"price_base_year": 1950}, "from 2012 to "),
]


CHOICES = [
    {"projects": list(question.model.PROJECTS), "first_year": 2012, "last_year": 2025, "stage": "voted"},
    {
        "projects": ["command-system", "qzss"],
        "first_year": 2023,
        "last_year": 2025,
        "stage": "initial",
        "deflator": "cpi",
    },
]


def test_bases_stay_apart():
    assert set(tables.load("budgets/projects")["basis"]) == {"project_review"}
    assert set(tables.load("budgets/budget_book").columns) & {"basis", "project_id"} == set()


def test_one_project_without_requests_is_told_as_one():
    # No sheet of these years prints a request, so no share of requests can be said.
    one = question.answer(
        question.Parameters(projects=["gosat-observation"], first_year=2012, last_year=2014)
    )
    titles = {draw.__name__: draw(one).title for draw in question.FIGURES}
    assert titles["stages"] == "Money asked, voted and paid: the largest project"
    assert titles["reliance"].startswith("The one project with money voted drew ")
    assert "the one chosen project" in one.text and "1 chosen projects" not in one.text


def test_both_shares_of_the_largest_projects_divide_by_what_was_asked():
    made = question.figures.stages(question.answer(question.Parameters()))
    known = made.data.dropna(subset=["request", "initial", "paid"])
    paid, initial = (100 * known[stage].sum() / known["request"].sum() for stage in ("paid", "initial"))
    assert (
        made.title
        == f"Of the money asked for the 4 largest projects, {paid:.0f}% was paid; initial budgets gave"
        f" {initial:.0f}%"
    )
    # The year that lifts the share most is named, and what the share is without it.
    most = (known["paid"] - known["request"]).idxmax()
    rest = known.drop(index=most)
    assert f"FY{known['fiscal_year'][most]} ({known['paid'][most]:.1f} paid" in made.note
    assert f"share paid is {100 * rest['paid'].sum() / rest['request'].sum():.0f}%" in made.note


def test_one_project_is_told_without_a_superlative():
    one = question.answer(
        question.Parameters(projects=("qzss",), first_year=2020, last_year=2022, stage="voted")
    )
    assert " most " not in one.text and "The largest" not in one.text
    share = one["supplementary_share_percent"]["qzss"]
    assert f"*QZSS* carries {one['carried_percent']['qzss']:.0f}% " in one.text
    title = question.figures.reliance(one).title
    assert title == f"The one project with money voted drew {share:.0f}% of it from supplementary budgets"
    assert "budget basis" in question.figures.where_money_goes(one).caption


def test_nothing_is_not_told_as_the_most():
    # No supplementary budget ever went into these two.
    none = question.answer(question.Parameters(projects=("sda-satellite", "two-wavelength-sensor")))
    assert set(none["supplementary_share_percent"].values()) == {0}
    assert "leans most" not in none.text and "None of the 2 chosen projects" in none.text
