"""Launch record: published totals, closed forms of the exact intervals, identities of counts, refusals."""

import csv

import pandas as pd
import pytest
from scipy.stats import beta, hypergeom
from tests.conftest import ROOT

from spacesec.data import tables
from spacesec.space_systems import launch_and_industry as question
from spacesec.space_systems.launch_and_industry import figures

figure_of = {draw.__name__: draw for draw in question.FIGURES}


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_interval_of_no_success_has_its_closed_form(answer):
    # Clopper and Pearson: with 0 of n the upper bound is 1 - (alpha/2)^(1/n); with n of n the lower bound is
    # (alpha/2)^(1/n).
    rows = answer.tables["records"]
    never, always = rows[rows["successes"] == 0], rows[rows["successes"] == rows["attempts"]]
    assert (never["low"] == 0).all() and (always["high"] == 100).all()
    assert never["high"].to_numpy() == pytest.approx(100 * (1 - 0.025 ** (1 / never["attempts"].to_numpy())))
    assert always["low"].to_numpy() == pytest.approx(100 * 0.025 ** (1 / always["attempts"].to_numpy()))
    assert "H-IIB" in set(always["vehicle"])  # nine flights, all good, its last in 2020


def test_flights_to_show_have_their_closed_form_without_failures():
    # n of n: (alpha/2)^(1/n) > 0.9 needs n > ln 0.025 / ln 0.9 = 35.01.
    assert question.model.flights_to_show(0, 0 + 1, 90, 0.95) > 36
    assert question.model.flights_to_show(9, 9, 90, 0.95) == 36 - 9


def test_fisher_probability_is_the_sum_of_the_hypergeometric_tail(answer):
    # Two failures in the nine flights that 7 of 9 against 49 of 50 leaves: 59 flights, 3 failures in all.
    (good, tries), (their_good, their_tries) = answer["record"], answer["compared_record"]
    failed = tries - good + their_tries - their_good
    chance = hypergeom(tries + their_tries, failed, tries).pmf(range(failed + 1))
    seen = chance[tries - good]
    assert answer["p_value_all"] == pytest.approx(chance[chance <= seen * (1 + 1e-9)].sum())


def test_record_counts_add_up(answer):
    assert (
        sum(answer["outcomes"].values()) == answer["attempts"] == answer.tables["records"]["attempts"].sum()
    )
    lenient = (
        question.answer(question.Parameters(partial_counts_as="success")).tables["records"]["successes"].sum()
    )
    assert lenient - answer.tables["records"]["successes"].sum() == answer["outcomes"]["partial"]


def test_attempts_are_numbered_without_holes(answer):
    for _, part in answer.tables["flights"].groupby("vehicle"):
        assert list(part["attempt"]) == list(range(1, len(part) + 1)) and part["date"].is_monotonic_increasing


def test_planned_satellites_have_no_launcher_and_lost_ones_are_kept_apart(answer):
    owners = answer.tables["launchers"]
    assert (owners[owners["state"] == "planned"]["launched_by"] == "not yet").all()
    assert set(answer["lost_on_own_launchers"]) >= {"QZS-5", "ALOS-3"}


def test_only_kirameki_1_among_security_satellites_was_launched_abroad_by_september_2026(answer):
    owners = answer.tables["launchers"].query("sector == 'government security'")
    abroad = owners[~owners["launched_by"].isin(["Japan", "not yet", "not read"])]
    assert list(abroad.loc[abroad["launch_date"] <= "2026-09-28", "name"]) == ["Kirameki-1"]
    own, launched = answer["own_launch_security"]
    assert launched - own == len(abroad)


def test_years_not_over_when_they_were_counted_are_left_out(answer):
    # The catalogue of 30 July 2025 holds no whole year after 2024.
    counted = tables.load("space_systems/payloads_by_state_year").groupby("year")["counted_to"].min()
    whole = counted[counted.dt.year > counted.index]
    assert answer.parameters.last_year == whole.index.max() >= 2024
    left = len(whole) < len(counted)
    assert ("left out" in figure_of["payloads"](answer).caption) == left


def test_every_state_that_launches_and_every_programme_has_a_place_in_the_figure():
    fields = {f["name"]: f for f in tables.describe("space_systems/satellites")["schema"]["fields"]}
    assert set(fields["launch_state"]["constraints"]["enum"]) <= set(figures.LAUNCHED)
    assert set(fields["programme"]["constraints"]["enum"]) - {"other"} <= set(figures.ROWS)


def test_radar_states_add_up_to_what_was_launched(answer):
    table = answer.tables["radar"]
    assert (
        table["working"] + table["unknown"] + table["ended"] + table["lost"] == table["launched"]
    ).all() and (table["working"] >= 0).all()


def test_class_shares_add_up_to_one_hundred(answer):
    assert answer.tables["payloads"].groupby("state")["share"].sum().to_numpy() == pytest.approx(100)


def test_comparison_works_the_other_way_round_and_at_the_first_year():
    assert question.answer(
        question.Parameters(vehicle="Lambda", compare_with="H3", first_year=1957, last_year=1957)
    ).text


REFUSED = [
    ({"vehicle": "H4"}, "it holds Lambda"),
    ({"compare_with": "H3"}, "choose two of"),
    ({"first_year": 2020, "last_year": 2010}, "payloads runs from 1957"),
    ({"confidence_percent": 100}, "99.9"),
    ({"partial_counts_as": "half"}, "success"),
    ({"vehicle": ""}, "H-IIA"),
]


def test_title_of_the_payloads_tells_the_measure_that_is_drawn(answer):
    picture = figure_of["payloads"](answer)
    share = picture.data[picture.data["payload_class"] == "defence"].set_index("state")["share"]
    japan = picture.data[picture.data["state"] == "Japan"].set_index("payload_class")["payloads"]
    assert f"{100 * japan['defence'] / japan.sum():.0f}%" in picture.title
    assert (
        f"number {int(share.rank(ascending=False, method='min')['Japan'])} of {len(share)} " in picture.title
    )


@pytest.mark.parametrize(
    "years, name", [((1992, 2024), "Russia"), ((1957, 1991), "USSR"), ((1991, 1992), "Russia and USSR")]
)
def test_the_years_say_which_state_flew(years, name):
    # The USSR was dissolved on 26 December 1991.
    drawn = question.model.payloads(question.Parameters(first_year=years[0], last_year=years[1]))
    assert [state for state in drawn["state"].unique() if "USSR" in state or "Russia" in state] == [name]


def test_a_time_without_payloads_of_japan_is_said():
    # Ohsumi, the first, flew in February 1970.
    early = question.answer(question.Parameters(first_year=1957, last_year=1969))
    assert figure_of["payloads"](early).title == "Japan flew no payload from 1957 to 1969"


def test_the_fullest_years_and_the_empty_ones_are_those_drawn(answer):
    picture = figure_of["attempts"](answer)
    bars = picture.data.set_index("year")[["failure", "partial", "success"]].sum(axis=1)
    best, empty = bars[bars == bars.max()].index, bars[(bars == 0) & (bars.index > 1970)].index
    assert f"{bars.max()}, in {' and '.join(map(str, best))}." in picture.caption
    assert len(empty) and f"none in {' and '.join(map(str, empty))}." in picture.alt


def test_launches_of_the_last_year_are_counted_by_the_day(answer):
    # A year before the newest launch, not the quarter's end before that.
    table = tables.load("space_systems/satellites")
    flown = table.loc[table["programme"].isin(["iQPS", "Synspective"]), "launch_date"].dropna().sort_values()
    newest = flown.iloc[-1]
    recent = sum((newest - day).days < 365 for day in flown)
    assert f"; {recent} went up in the year to {newest:%B %Y}" in figure_of["radar"](answer).title


def test_satellites_lost_at_launch_stand_beside_those_launched(answer):
    # IGS Optical-2 and Radar-2 in November 2003, QZS-5 in December 2025.
    assert answer["security_lost_on_own"] == 3 and "(3 lost)" in figure_of["autonomy"](answer).title


def test_the_first_defense_satellite_in_orbit_is_the_one_of_the_title(answer):
    # Tender of 2012; Kirameki-2 flew on 24 January 2017, Kirameki-1 on 5 April 2018.
    assert "Kirameki-2 flew 5 years after" in figure_of["kirameki"](answer).title


def test_a_chance_smaller_than_its_digits_is_not_told_as_none():
    # 49 of 50 good against 1 of 5: Fisher's exact test by the hypergeometric distribution.
    far = question.answer(question.Parameters(vehicle="H-IIA", compare_with="Lambda"))
    chance = hypergeom(55, 50, 5).cdf(1)
    assert chance < 0.005 and far["p_value_all"] == pytest.approx(chance, rel=1e-6)
    assert "p = 0.00)" not in far.text and "p < 0.01" in far.text


@pytest.mark.parametrize("percent", [80.0, 95.0])
def test_intervals_are_those_of_the_beta_distribution(percent):
    # Clopper and Pearson: quantiles of beta(k, n - k + 1) and beta(k + 1, n - k).
    found = question.answer(question.Parameters(confidence_percent=percent))
    tail = (1 - percent / 100) / 2
    for name, interval in (
        ("own_launch_security", "own_launch_security_interval_percent"),
        ("record", "success_interval_percent"),
        ("compared_record", "compared_interval_percent"),
    ):
        good, tries = found[name]
        assert 0 < good < tries
        limits = [beta.ppf(tail, good, tries - good + 1), beta.ppf(1 - tail, good + 1, tries - good)]
        assert found[interval] == pytest.approx([100 * limit for limit in limits], rel=1e-9)
    good, tries = found["record"]
    bounds = [beta.ppf(tail, good + more, tries - good + 1) for more in range(500)]
    assert found["flights_to_show_target"] == next(more for more, low in enumerate(bounds) if low > 0.9)


def test_radar_satellites_are_counted_quarter_by_quarter(answer):
    with (ROOT / "data" / "space_systems" / "satellites.csv").open(encoding="utf-8", newline="") as file:
        every = list(csv.DictReader(file))
    rows = [row for row in every if row["programme"] in ("iQPS", "Synspective") and row["launch_date"]]
    table = answer.tables["radar"]
    assert set(table["programme"]) == {"iQPS", "Synspective"}
    days = table["date"].drop_duplicates()
    assert f"{days.iloc[-1]:%Y-%m-%d}" == max(row["launch_date"] for row in rows)
    assert set(days.iloc[:-1].dt.strftime("%m-%d")) <= {"03-31", "06-30", "09-30", "12-31"}
    for told in table.itertuples():
        day = f"{told.date:%Y-%m-%d}"
        up = [row for row in rows if row["programme"] == told.programme and row["launch_date"] <= day]
        lost = [row for row in up if row["state"] == "lost"]
        unknown = [row for row in up if row["state"] == "unknown"]
        ended = [row for row in up if row["state"] != "lost" and "" < row["end_date"] <= day]
        assert (told.launched, told.lost, told.unknown, told.ended) == tuple(
            map(len, (up, lost, unknown, ended))
        )
        assert told.working == len(up) - len(lost) - len(unknown) - len(ended)


def test_shares_of_classes_are_of_the_state_that_flew_them(answer):
    japan = answer.tables["payloads"].query("state == 'Japan'").set_index("payload_class")
    flown = answer["payloads_by_class"]
    for name, count in flown.items():
        assert japan.loc[name, "share"] == pytest.approx(100 * count / sum(flown.values()))


def test_a_launch_on_the_last_day_of_the_year_planned_is_not_late():
    # A plan for the fiscal year from 1 April 2022 runs to 31 March 2023.
    plan = pd.Timestamp("2022-04-01")
    assert question.model.last_day(plan) == pd.Timestamp("2023-03-31")
    assert question.model.months_late(plan, pd.Timestamp("2023-03-31")) == 0
    assert question.model.months_late(plan, pd.Timestamp("2024-03-31")) == pytest.approx(366 / 365.25 * 12)


def test_a_partial_success_is_one_only_where_it_is_said_to_be():
    outcome = pd.Series(["success", "partial", "failure"])
    assert list(question.model._good(outcome, "failure")) == [True, False, False]
    assert list(question.model._good(outcome, "success")) == [True, True, False]


def test_published_values_are_those_that_the_sources_print(answer):
    # Flights and successes of the H-IIA, failures of Kairos, 24 January 2017, 11 February 1970.
    checks = question.checks(answer)
    assert [check.published for check in checks] == [50, 49, 3, 24, 11]
    assert all(check.holds for check in checks)
    assert all(check.tolerance == 0 for check in checks if check.unit == "launches")


def test_a_comparison_over_one_year_is_a_choice_and_the_years_of_its_states_are_told():
    one = question.answer(question.Parameters(first_year=2017, last_year=2017))
    with (ROOT / "data" / "space_systems" / "payloads_by_state_year.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == "2017" and row["state"] == "Japan"]
    assert sum(one["payloads_by_class"].values()) == sum(int(row["payloads"]) for row in rows) > 0
