"""Ledger of promises: agreement with the table, closed forms, what was known on earlier days, refusals."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from spacesec.data import tables
from spacesec.space_systems import exploration_and_investment as question
from spacesec.space_systems.exploration_and_investment import figures


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_growth_that_doubles_has_its_closed_form():
    # The acceptance numbers of the method: 7.18 % a year over ten years, 5.48 % over thirteen.
    assert question.model.needed_growth_percent(2, 10) == pytest.approx(
        7.18, abs=0.005
    ) and question.model.needed_growth_percent(2, 13) == pytest.approx(5.48, abs=0.005)
    assert question.model.needed_growth_percent(8 / 4, 10) == question.model.needed_growth_percent(
        2.4 / 1.2, 10
    )


def test_survival_of_the_textbook_case():
    # {5, 8+, 12, 12, 20+} months: 4/5 after 5 and 4/5 x 1/3 after 12.
    rows = pd.DataFrame({"slip_months": [5.0, 8, 12, 12, 20], "delivered": [True, False, True, True, False]})
    curve = question.model.survival(rows).set_index("time")["survival"]
    assert curve[5] == pytest.approx(0.8) and curve[12] == pytest.approx(0.8 / 3)


def test_outcomes_computed_from_dates_are_those_of_the_table():
    rows = question.model.ledger(question.Parameters(plans="all"))
    assert list(rows["outcome"]) == list(rows["status"]) and len(rows) == len(
        tables.load("space_systems/commitments")
    )


def test_slip_of_alos_4_counts_from_the_end_of_the_fiscal_year(answer):
    # 31 March 2021 to 1 July 2024: 39 months and a day.
    slip = answer.tables["ledger"].set_index("row_id").loc["commitment-alos-4", "slip_months"]
    assert slip == pytest.approx(1188 / (365.25 / 12)) and 39 < slip < 39.1


def test_an_earlier_day_knows_less():
    early = question.model.ledger(question.Parameters(as_of=dt.date(2023, 1, 1)))
    assert (
        early["promised_on"].max() <= pd.Timestamp("2023-01-01")
        and not (early["actual_date"][early["delivered"]] > pd.Timestamp("2023-01-01")).any()
    )
    known = early.set_index("row_id")["outcome"]
    assert (
        known["commitment-alos-3"] == "not met"
        and known["commitment-gateway-first"] == "open"
        and known["commitment-hayabusa2"] == "met"
    )


def test_first_and_latest_plans_hold_each_thing_once():
    table = tables.load("space_systems/commitments")
    first, latest = (
        set(question.model.ledger(question.Parameters(plans=plans))["row_id"])
        for plans in ("first", "latest")
    )
    assert first ^ latest == set(table["replaces"].dropna()) | set(
        table.loc[table["replaces"].notna(), "row_id"]
    )
    assert set(table["replaces"].dropna()) <= set(table["row_id"])


def test_more_grace_never_makes_a_kept_promise_late():
    kept = [
        question.answer(question.Parameters(grace_months=g))["outcomes"]["met"] for g in (0, 1, 12, 24, 36)
    ]
    assert kept == sorted(kept) and kept[0] < kept[-1]


def test_outcomes_and_exchange_add_up(answer):
    assert sum(answer["outcomes"].values()) == answer["promises"]
    assert sum(answer["japan_gives"].values()) + sum(answer["japan_gets"].values()) == len(
        answer.tables["exchange"]
    )


def test_years_to_the_pledge_have_their_closed_form(answer):
    # 819.2 billion dollars at the end of 2024, 1,000 spoken of, 4.6 % a year.
    stock = answer["direct_investment_bn_usd"]["japan"]
    assert stock * 1.046 ** answer["pledge_years"] == pytest.approx(stock + answer["pledge_gap_bn_usd"])


def test_domains_without_a_dated_promise_still_answer():
    few = question.answer(question.Parameters(domains=["crew seats"], plans="latest", as_of="2026-09-28"))
    assert few["promises"] == 3 and np.isnan(few["log_rank_p"])


def test_a_promise_last_looked_at_earlier_is_followed_to_that_look_only(monkeypatch):
    table = tables.load("space_systems/commitments")
    callisto = table["row_id"] == "commitment-callisto"  # due by 31 December 2022, not delivered
    table.loc[callisto, "followed_to"] = pd.Timestamp("2024-01-31")
    monkeypatch.setattr(tables, "load", lambda name: table.copy())
    rows = question.model.ledger(question.Parameters()).set_index("row_id")
    assert rows.loc["commitment-callisto", "slip_months"] == pytest.approx(396 / (365.25 / 12))
    assert question.model.unseen(rows, question.Parameters()) == 1


def test_promises_are_told_of_those_that_fell_due(answer):
    rows = tables.load("space_systems/commitments")
    day = pd.Timestamp(answer.parameters.as_of)
    due = rows[rows["replaces"].isna() & (rows["window_end"] <= day)]
    met = int((due["status"] == "met").sum())
    picture = figures.ledger(answer)
    assert picture.title.startswith(f"{met} of {len(due)} promises due were met; ")
    assert sum(answer["due_outcomes"].values()) == len(due) and answer["due_outcomes"]["met"] == met


@pytest.mark.parametrize(
    "as_of, title",
    [
        ("2020-08-01", "No barter in space had been signed by 1 August 2020"),
        ("2022-06-01", "Japan gives 2 things and gets 1 in 1 arrangement; none was dropped"),
        # The Gateway was dropped on 24 March 2026.
        ("2026-03-23", "Japan gives 7 things and gets 5 in 4 arrangements; none was dropped"),
        ("2026-03-24", "4 of 7 things that Japan gives and 2 of 5 that it gets fell with the Gateway"),
    ],
)
def test_barter_knows_what_was_known_on_the_day(as_of, title):
    assert figures.barter(question.answer(question.Parameters(as_of=as_of))).title == title


def test_doubling_is_drawn_for_the_years_asked_for():
    fast = figures.doubling(question.answer(question.Parameters(doubling_years=3)))
    # The cube root of two is 1.2599.
    assert "26.0% a year" in fast.title and fast.figure.axes[0].get_ylim()[1] > 26


def test_few_dated_promises_tell_no_delay():
    few = question.answer(question.Parameters(as_of="2020-08-01", domains=["exploration"]))
    dated = few["promises"] - few["undated"]
    assert 0 < dated < 5 and "tell nothing of delays" in few.text
    assert figures.slips(few).title.startswith(f"Of {dated} ")


REFUSED = [
    ({"domains": ["Mars base"]}, "Artemis, Gateway"),
    ({"as_of": "2130-01-01"}, "from 2020-07-01 to"),
    ({"as_of": "2019-01-01"}, "2020-07-01"),
    ({"plans": "middle"}, "latest"),
    ({"grace_months": -1}, "grace_months"),
    ({"domains": ["Gateway"], "as_of": "2020-07-02"}, "choose a later day"),
    ({"as_of": "tomorrow"}, "as_of"),
]


@pytest.mark.parametrize(
    "as_of, later",
    # Signed on 12 January 2021, 17 November 2022, 9 April 2024 and 29 August 2025, by the rows' sources.
    [("2021-01-11", 4), ("2021-01-12", 3), ("2024-06-30", 1), ("latest", 0)],
)
def test_what_was_signed_after_the_day_is_told_to_be_left_out(as_of, later):
    found = question.answer(question.Parameters.of({"as_of": as_of}))
    assert found["arrangements_later"] == later
    told = "1 arrangement was" if later == 1 else f"{later} arrangements were"
    told += " signed after"
    assert (told in found.text) == ("signed after" in found.text) == (later > 0)


def test_promises_of_one_domain_are_told_as_such_and_one_as_one():
    one = question.answer(
        question.Parameters(as_of=dt.date(2024, 3, 31), domains=["Gateway"], grace_months=12)
    )
    assert one["promises"] - one["undated"] == one["due"] == 1
    assert "0 of 1 promise due of the chosen domains by 31 March 2024 was met" in one.text
    slips = figures.slips(one)
    assert (
        " of the chosen domains " in slips.subtitle and slips.note == "1 promise: of others it tells nothing."
    )


def test_a_curve_that_ends_before_a_window_closes_is_told_so():
    early = figures.slips(question.answer(question.Parameters(as_of=dt.date(2020, 7, 1))))
    last = early.data.loc[early.data["part"] == "all", "time"].max()
    assert last < 0 and early.alt.endswith(f"ends at 100% {-last:.0f} months before that of the last.")


def test_the_log_rank_probability_is_that_of_expected_and_observed_deliveries(answer):
    """Mantel: at each delivery the expected share of the civil ones among all still to come; the squared sum
    of differences over the hypergeometric variance is chi-squared with one degree of freedom.
    """
    rows = answer.tables["ledger"].dropna(subset="slip_months")
    civil, slip = rows["commitment_class"] == "civil", rows["slip_months"]
    apart = variance = 0.0
    for month in slip[rows["delivered"]].unique():
        at_risk, here = slip >= month, (slip == month) & rows["delivered"]
        n, a, d = at_risk.sum(), (at_risk & civil).sum(), here.sum()
        apart += (here & civil).sum() - d * a / n
        variance += d * (a / n) * (1 - a / n) * (n - d) / max(n - 1, 1)
    assert answer["log_rank_p"] == pytest.approx(stats.chi2.sf(apart**2 / variance, 1), rel=1e-9)


def test_growth_paths_double_by_their_year(answer):
    paths = answer.tables["paths"]
    assert set(paths["count"]) == {"narrow", "wide"} and set(paths["target_year"]) == set(range(2028, 2037))
    doubled = (1 + paths["growth_percent"] / 100) ** (paths["target_year"] - paths["base_year"])
    assert doubled.to_numpy() == pytest.approx(2)


def test_sums_are_told_as_they_are_spoken_of():
    assert question.model.in_billions(1000) == "one trillion"
    assert question.model.in_billions(1001) == "1,001 billion"


def test_the_lower_limit_of_the_median_slip_is_where_the_lower_curve_reaches_half(answer):
    # Log-log limits with Greenwood's variance, worked out from the slips of the ledger.
    rows = answer.tables["ledger"].dropna(subset="slip_months").sort_values("slip_months")
    left, survival, summed, reached = len(rows), 1.0, 0.0, []
    for month, part in rows.groupby("slip_months"):
        done = int(part["delivered"].sum())
        if done and left > done:
            survival *= 1 - done / left
            summed += done / (left * (left - done))
            spread = 1.959963984540054 * summed**0.5 / np.log(survival)
            reached += [month] if survival ** np.exp(-spread) <= 0.5 else []
        left -= len(part)
    assert answer["median_slip_interval_months"][0] == pytest.approx(reached[0])


def test_a_slip_of_just_the_grace_is_kept_and_one_so_long_is_not_yet_missed():
    # Whatever promise is late or overdue by less than three years: with a grace as long it is neither.
    rows = question.model.ledger(question.Parameters()).set_index("row_id")
    for outcome, becomes in (("late", "met"), ("not met", "open")):
        slips = rows.loc[rows["outcome"].eq(outcome) & (rows["slip_months"] <= 36), "slip_months"]
        assert len(slips)
        name, slip = slips.idxmin(), float(slips.min())
        same = question.model.ledger(question.Parameters(grace_months=slip)).set_index("row_id")
        less = question.model.ledger(question.Parameters(grace_months=slip - 0.01)).set_index("row_id")
        assert (same.loc[name, "outcome"], less.loc[name, "outcome"]) == (becomes, outcome)


def test_two_days_a_month_apart_are_a_month_apart():
    assert question.model.months("2024-12-31", "2023-12-31") == pytest.approx(366 / 365.25 * 12)
    assert question.model.months("2023-12-31", "2023-12-31") == 0


def test_published_values_are_those_of_their_sources(answer):
    # MMX from 2024 to 2026; the capsule landed on 5 December 2020 (6 December in Australia); Japan first.
    checks = question.checks(answer)
    assert [check.published for check in checks] == [2, 5, 1, 1] and all(check.holds for check in checks)


@pytest.mark.parametrize("ahead, rank", [(0.5, 1), (2.0, 2)])
def test_the_rank_of_japan_counts_canada_where_it_invests_more(ahead, rank, answer, monkeypatch):
    whole = tables.load

    def moved(name, *more, **options):
        found = whole(name, *more, **options).copy()
        if name == "space_systems/investment":
            value = found.set_index("row_id")["value"]
            of_canada = found["row_id"] == "investment-fdi-canada-2024"
            found.loc[of_canada, "value"] = ahead * value["investment-fdi-japan-2024"]
        return found

    monkeypatch.setattr(tables, "load", moved)
    checks = {check.what: check.ours for check in question.checks(answer)}
    assert checks["rank of Japan among the two largest direct investors, end of 2024"] == rank
