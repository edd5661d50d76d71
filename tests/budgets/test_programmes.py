"""Expected values: the budget book and the review sheets as printed, the press, and identities of
accounting.
"""

import pandas as pd
import pytest
from tests import recounted
from tests.budgets.test_recounted import views

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


def years_of(project: str, first_year: int, **columns) -> pd.DataFrame:
    """Years of a made-up project as `projects.by_stage` gives them."""
    count = len(next(iter(columns.values())))
    index = pd.MultiIndex.from_tuples(
        [(project, first_year + place) for place in range(count)], names=["project_id", "fiscal_year"]
    )
    given = {"initial": 0.0, "supplementary": 0.0, "available_rule": "gross_of_carry_out"} | columns
    return pd.DataFrame(given, index=index)


def test_a_year_is_used_from_2014_up_to_half_a_percent_above_its_money():
    nan = float("nan")
    made = years_of(
        "a",
        2013,
        available=[100.0, 4200.0, 4200.0, 0.0, nan, 4200.0],
        paid=[50.0, 4000.0, 4001.0, 0.0, 5.0, nan],
        carried_out=[0.0, 221.0, 221.0, 0.0, 0.0, 0.0],
    )
    done = projects.execution(made).loc["a"]
    # FY2013 is too early; 4,221 is exactly 1.005 times 4,200 and 4,222 is beyond; nothing cannot be executed;
    # what is not printed says nothing.
    assert (done["years"], done["years_set_aside"]) == (1, 4)
    assert done["spendable"] == 4200
    assert done["execution_percent"] == pytest.approx(100 * 4000 / 4200)
    assert done["carried_percent"] == pytest.approx(100 * 221 / 4200)
    assert done["unused_percent"] == 0  # never less than nothing


def test_what_no_sheet_prints_as_carried_out_is_nothing():
    rules = ["net_of_carry_out", "gross_of_carry_out"]
    made = years_of(
        "a", 2020, available=[10.0] * 2, paid=[8.0] * 2, carried_out=[float("nan")] * 2, available_rule=rules
    )
    done = projects.execution(made).loc["a"]
    assert (
        done["spendable"],
        done["execution_percent"],
        done["carried_percent"],
        done["unused_percent"],
    ) == (pytest.approx((20.0, 80.0, 0.0, 20.0)))


def test_a_share_of_little_money_is_told_and_one_of_none_is_not():
    little = years_of("a", 2020, initial=[0.3], supplementary=[0.1])
    none = years_of("b", 2020, initial=[5.0], supplementary=[-5.0])  # all of it taken back
    told = projects.reliance(pd.concat([little, none]))["supplementary_share_percent"]
    assert told["a"] == pytest.approx(25.0) and pd.isna(told["b"])
    one = projects.voted(years_of("c", 2020, initial=[float("nan")] * 2, supplementary=[2.0, float("nan")]))
    assert one.iloc[0] == 2.0 and pd.isna(one.iloc[1])


def test_years_of_made_up_satellites(monkeypatch):
    # A fiscal year of 365 days: one satellite flies all of it, one comes after a hundred days, one goes after
    # thirty, one of unknown state goes after 73, one came and went before.
    made = pd.DataFrame(
        {
            "row_id": list("abcde"),
            "launch_date": pd.to_datetime(
                ["2010-01-01", "2021-07-10", "2010-01-01", "2010-01-01", "2010-01-01"]
            ),
            "end_date": pd.to_datetime([None, None, "2021-05-01", "2021-06-13", "2015-01-01"]),
            "state": ["active", "active", "retired", "unknown", "retired"],
        }
    )
    monkeypatch.setattr(projects, "fleet", lambda *given: made)
    count = projects.satellite_years("any", ("any",), 2020, 2022)
    assert count.index.tolist() == [2020, 2021, 2022]
    assert count.loc[2021, "low"] == pytest.approx(1 + 265 / 365 + 30 / 365)
    assert count.loc[2021, "high"] == pytest.approx(1 + 265 / 365 + 30 / 365 + 73 / 365)
    assert count.loc[2020].tolist() == [2.0, 3.0] and count.loc[2022].tolist() == [2.0, 2.0]


def test_a_satellite_of_the_last_day_of_march_counts_and_one_of_the_first_of_april_does_not(monkeypatch):
    made = pd.DataFrame(
        {"row_id": ["in", "out"], "launch_date": pd.to_datetime(["2021-03-31", "2021-04-01"])}
    )
    monkeypatch.setattr(projects, "fleet", lambda *given: made)
    assert projects.counted_satellites(2020) == {"in"}


def test_costs_of_three_systems_are_told_by_sql(answer):
    views()
    costs = answer.tables["costs"].set_index("system")
    igs = "(SELECT min(y) FROM told.book WHERE item = 'igs' AND paid > 0) AND (" + (
        "SELECT max(y) FROM told.book WHERE item = 'igs' AND paid > 0)"
    )
    paid = {
        projects.RECONNAISSANCE: "SELECT y, paid FROM told.book WHERE item = 'igs'",
        "Positioning (QZSS)": "SELECT y, paid FROM told.project WHERE key = 'qzss'",
        "X-band communications": "SELECT fiscal_year AS y, amount_bn_jpy AS paid FROM budgets.defense_space"
        " WHERE item = 'x-band-payment' AND stage = 'paid'",
    }
    flown = {
        projects.RECONNAISSANCE: "programme = 'IGS' AND function LIKE '% imaging'",
        "Positioning (QZSS)": "programme = 'QZSS' AND function = 'positioning'",
        "X-band communications": "name IN ('Kirameki-1', 'Kirameki-2') AND function = 'communications'",
    }
    for system, row in costs.iterrows():
        told = recounted.told_by(
            "SELECT min(y) AS first_year, max(y) AS last_year, sum(paid) AS paid_bn_jpy,"
            " sum(low) AS satellite_years_low, sum(high) AS satellite_years_high,"
            " sum(paid) / sum(high) AS low, sum(paid) / sum(low) AS high"
            f" FROM ({paid[system]}) JOIN (SELECT y, sum(part) AS high, sum(part)"
            f" FILTER (state <> 'unknown') AS low FROM told.flown WHERE {flown[system]} GROUP BY y)"
            f" USING (y) WHERE paid IS NOT NULL AND y BETWEEN {igs}"
        )
        assert {name: row[name] for name in told} == pytest.approx(told, rel=1e-9), system
    last = int(costs["last_year"].max())
    rows = recounted.told_by(
        "SELECT row_id FROM budgets.defense_space WHERE item = 'x-band-payment' AND stage = 'paid'"
        f" AND fiscal_year <= {last} OR item = 'target-constellation' AND stage = 'contract'"
    )
    assert projects.costed_rows(last) == set(rows)
    contract = answer.tables["constellation"].iloc[0]
    assert contract["per_year"] * contract["years"] == pytest.approx(contract["total"])


def test_each_check_sets_a_printed_figure_beside_the_books(answer):
    # Figures printed to a tenth against amounts to a thousandth: half a tenth, and a thousandth for ours.
    views()
    made = {check.what: (check.ours, check.published, check.tolerance) for check in question.checks(answer)}
    igs = {
        f"reconnaissance satellites {words}{year}": (
            f"SELECT {column} FROM told.book WHERE item = 'igs' AND y = {year}",
            print_,
        )
        for words, column, year, print_ in (
            ("paid, FY", "paid", 2019, 76.2),
            ("paid, FY", "paid", 2020, 81.1),
            ("paid, FY", "paid", 2021, 75.3),
        )
    }
    igs |= {
        f"reconnaissance satellites, initial budget FY{year}": (
            f"SELECT initial FROM told.book WHERE item = 'igs' AND y = {year}",
            62.5,
        )
        for year in (2020, 2023)
    }
    science = (
        "SELECT (SELECT sum(initial) FROM told.book WHERE y = {0} AND item IN ('jaxa-grant',"
        " 'jaxa-facilities', 'space-core-technology')) + (SELECT sum(amount_bn_jpy) FROM budgets.projects"
        " WHERE project_id = 'earth-observation-system' AND fiscal_year = {0} AND stage = '{1}')"
    )
    igs |= {
        f"MEXT space and aviation FY{year}, rebuilt from four items": (science.format(year, stage), print_)
        for year, stage, print_ in ((2022, "initial", 155.8), (2025, "request", 155.0))
    }
    assert made.keys() == igs.keys()
    for what, (query, print_) in igs.items():
        assert made[what] == pytest.approx((recounted.told_by(query), print_, 0.051), rel=1e-9), what


def test_one_year_is_no_range_and_two_are():
    with pytest.raises(ValueError, match="must come before the last"):
        question.Parameters(first_year=2020, last_year=2020)
    assert question.Parameters(first_year=2020, last_year=2021).last_year == 2021
