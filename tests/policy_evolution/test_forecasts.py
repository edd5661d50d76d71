"""Forecasts: base rates counted again from the tables, how many come true, and what a score can tell."""

import itertools
import math
from datetime import date
from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from tests.conftest import ROOT

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.machine import paths
from spacesec.policy_evolution import forecasts as question
from spacesec.policy_evolution import promises
from spacesec.policy_evolution.forecasts import model, report

# Forecasts whose starting row has another place in its source since: the frozen row keeps the old one.
PLACE_CORRECTED = {"forecast-space-unit-880-fy2026"}


@pytest.fixture(scope="module")
def table():
    return tables.settled(model.FORECASTS)


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


# --- base rates, counted again


def chance_of_any(events: float, years: float, ahead: float = 1.0) -> float:
    """Of at least one event in so many years to come, single ones coming at random."""
    return 1 - math.exp(-events / years * ahead)


def years_with(name: str, column: str, least: int = 1, **where) -> int:
    """Years of 2012 to 2025 with so many different days of a table."""
    rows = tables.settled(name)
    for key, value in where.items():
        rows = rows[rows[key] == value]
    days = pd.to_datetime(rows[column])
    count = days.dt.normalize().drop_duplicates().dt.year.value_counts()
    return sum(count.get(year, 0) >= least for year in range(2012, 2026))


def base_rates() -> dict[str, float]:
    falls = "missile_warning/overflights_and_falls"
    launches = "missile_warning/launches"
    results = promises.answer(promises.Parameters.of({"as_of": "2026-11-22"}))
    days = tables.settled("regional_cooperation/maritime").query(
        "indicator == 'days' and zone == 'contiguous' and date_precision == 'year'"
    )
    near = days[days["date"].dt.year.between(2020, 2025)].groupby(days["date"].dt.year)["value"].max()
    tries = tables.settled("space_systems/launches")["date"].dt.year.value_counts()
    book = tables.settled("budgets/budget_book").query(
        "item == 'igs' and stage == 'initial' and fiscal_year <= 2026"
    )
    igs = tables.settled("space_systems/satellites")
    flown = igs[igs["row_id"].str.startswith("sat-igs-") & igs["launch_date"].notna()]["launch_date"].dt.year
    met, due = results["met_by_group"], results["due_by_group"]
    return {
        "nk-eight-days-2027": years_with(launches, "launch_date", 8) / 14,
        "nk-over-japan-2027": years_with(falls, "event_date", event="overflight") / 14,
        "nk-eez-2027": years_with(falls, "event_date", event="eez_fall") / 14,
        "nk-icbm-2027": years_with(launches, "launch_date", missile_type="ICBM") / 14,
        "nk-space-launch-2027": years_with(launches, "launch_date", missile_type="SLV") / 14,
        "senkaku-350-days-2026": (near >= 350).sum() / 6,
        "destructive-test-2027": chance_of_any(5, 41.2, 1.09),
        "cable-suspect-2027": chance_of_any(4, 2.07),
        "case-japanese-target-2027": chance_of_any(8, 14),
        "six-attempts-2027": sum(tries.get(year, 0) >= 6 for year in range(2016, 2026)) / 10,
        "igs-launch-2027": len(set(flown) & set(range(2016, 2026))) / 10,
        "h3-next-three": math.prod((7.5 + k) / (10 + k) for k in range(3)),
        "forty-pledges-2027": 1 - math.exp(-1.84 / 2.33) * (1 + 1.84 / 2.33),
        "commercial-on-japanese-2027": 1 - (42 / 43) ** 10,
        "kairos-orbit-2027": 1 - (3.5 / 4) * (4.5 / 5),
        "three-documents-2026": results["met"] / results["due"],
        "sda-satellite-fy2026": met["hardware"] / due["hardware"],
        "asdf-renamed-fy2026": met["institutions"] / due["institutions"],
        "igs-initial-fy2027": (book["amount_bn_jpy"].between(61.5, 63.0).sum() + 0.5) / (len(book) + 1),
    }


def test_base_rates_are_what_the_tables_count(table):
    given = table.set_index("row_id")["base_rate"]
    for name, value in base_rates().items():
        assert given[f"forecast-{name}"] == pytest.approx(value, abs=0.0051), name


def test_every_forecast_sets_out_from_a_row_and_a_question(table):
    for row in table.itertuples():
        name, _, row_id = row.starts_from.partition(":")
        [start] = [one for one in tables.raw_rows(paths.data() / f"{name}.csv") if one["row_id"] == row_id]
        assert start["source_id"] == row.source_id
        assert start["locator"] == row.locator or row.row_id in PLACE_CORRECTED
        assert (ROOT / "notebooks" / f"{row.question}.ipynb").is_file()


def test_at_least_forty_forecasts_nine_tenths_of_them_on_sources_of_grade_a_or_b(table):
    assert len(table) >= 40 and table["quality"].isin(["A", "B"]).mean() >= 0.9
    assert table["statement"].is_unique and table["probability"].between(0.01, 0.99).all()


# --- how many come true, and what a score can tell


def test_how_many_come_true_by_counting_every_case():
    chances = pd.Series([0.1, 0.5, 0.8, 0.35])
    by_count = [0.0] * 5
    for case in itertools.product((0, 1), repeat=4):
        by_count[sum(case)] += math.prod(p if o else 1 - p for p, o in zip(chances, case, strict=True))
    reached = np.cumsum(by_count)
    low, high = (next(k for k in range(5) if reached[k] >= tail) for tail in model.TAILS)
    assert model.count_interval(chances) == (pytest.approx(sum(chances)), low, high)


def test_equal_chances_give_the_binomial():
    # 20 tosses of a fair coin: tables of the binomial give 6 and 14 for the 5% and 95% points.
    assert model.count_interval(pd.Series([0.5] * 20)) == (10.0, 6, 14)


def test_the_lead_over_base_rates_by_counting_every_case():
    rows = pd.DataFrame({"probability": [0.9, 0.2, 0.6], "base_rate": [0.5, 0.4, 0.7]})
    leads, weights = [], []
    for case in itertools.product((0, 1), repeat=3):
        p, b = rows["probability"], rows["base_rate"]
        leads.append(float(((b - case) ** 2 - (p - case) ** 2).mean()))
        weights.append(math.prod(x if o else 1 - x for x, o in zip(p, case, strict=True)))
    mean = sum(w * x for w, x in zip(weights, leads, strict=True))
    deviation = math.sqrt(sum(w * (x - mean) ** 2 for w, x in zip(weights, leads, strict=True)))
    last = model.lead(rows).iloc[-1]
    assert (last["lead"], last["deviation"]) == (pytest.approx(mean), pytest.approx(deviation))


def test_the_chance_to_lead_is_what_draws_give(answer):
    rows = answer.tables["board"]
    lot = np.random.default_rng(20261129)
    p, b = rows["probability"].to_numpy(), rows["base_rate"].to_numpy()
    came = lot.random((20_000, len(p))) < p
    ahead = ((b - came) ** 2 - (p - came) ** 2).mean(axis=1) > 0
    assert 100 * ahead.mean() == pytest.approx(answer["lead_percent"], abs=3)  # a normal approximation


def test_groups_and_days_choose_forecasts(answer, table):
    found = question.answer(question.Parameters.of({"groups": ["money"]}))
    assert found["forecasts"] == (table["group"] == "money").sum() < answer["forecasts"]
    assert sum(answer["by_group"].values()) == answer["forecasts"] == len(table)
    with pytest.raises(ParameterError, match="2026"):
        question.Parameters.of({"as_of": date(2026, 11, 1).isoformat()})


def test_a_forecast_is_overdue_the_day_after_it_fell_due(table):
    rows = model.board(table, date(2027, 1, 1)).set_index("row_id")["state"]
    assert rows["forecast-three-documents-2026"] == "overdue"
    rows = model.board(table, date(2026, 12, 31)).set_index("row_id")["state"]
    assert rows["forecast-three-documents-2026"] == "open"


def test_the_checks_agree(answer):
    assert all(check.holds for check in question.checks(answer))


def test_the_command_tells_each_forecast_with_its_chance(answer):
    told = report.text()
    for row in answer.tables["board"].itertuples():
        assert f"{row.due:%Y-%m-%d}  {100 * row.probability:3.0f}% ({100 * row.base_rate:.0f}%)" in told
        assert row.statement in told
    assert "**" not in told and told.startswith(f"Of {answer['forecasts']} forecasts")


# --- by hand


@pytest.fixture
def planted(monkeypatch):
    """Eight forecasts on 30 June 2027: each state once or twice, and one not frozen yet."""
    columns = ["row_id", "group", "probability", "base_rate", "frozen_on", "due", "outcome", "decided_on"]
    rows = pd.DataFrame(
        [
            ("a", "money", 0.8, 0.5, "2026-11-29", "2027-03-31", "came true", "2027-04-01"),
            ("b", "money", 0.3, 0.4, "2026-11-29", "2027-03-31", "did not", "2027-06-30"),  # on the day
            ("c", "threat", 0.6, 0.6, "2026-11-29", "2027-05-31", "void", "2027-06-01"),
            ("d", "threat", 0.5, 0.4, "2026-11-29", "2027-06-30", None, None),  # may come true today
            ("e", "money", 0.9, 0.7, "2026-11-29", "2027-06-29", None, None),
            ("f", "money", 0.2, 0.6, "2026-11-29", "2028-03-31", "came true", "2027-07-01"),  # not yet
            ("g", "threat", 0.4, 0.5, "2027-06-30", "2028-03-31", None, None),
            ("h", "threat", 0.9, 0.1, "2027-07-01", "2028-06-30", None, None),
        ],
        columns=columns,
    )
    for name in ("frozen_on", "due", "decided_on"):
        rows[name] = pd.to_datetime(rows[name])
    rows["statement"] = "statement " + rows["row_id"]
    monkeypatch.setattr(tables, "settled", lambda name: rows)
    return lambda groups: model.answer(
        question.Parameters.model_construct(as_of=date(2027, 6, 30), groups=groups)
    )


def test_forecasts_on_a_later_day_by_hand(planted):
    found = planted(["money", "threat"])
    states = found.tables["board"].set_index("row_id")["state"].to_dict()
    assert states == {
        "a": "came true",
        "b": "did not",
        "c": "void",
        "d": "open",
        "e": "overdue",
        "f": "open",
        "g": "open",
    }
    names = ["forecasts", "decided", "came_true", "void", "overdue", "next_due", "next_count", "last_due"]
    counted = [7, 2, 1, 1, 1, "2027-06-30", 1, "2028-03-31"]
    assert [found[name] for name in names] == counted
    assert found["brier"] == pytest.approx((0.2**2 + 0.3**2) / 2)
    assert found["brier_base"] == pytest.approx((0.5**2 + 0.4**2) / 2)
    assert found["bolder"] == 3  # a, d and e; c is as bold as its base rate
    assert (found["furthest"], found["furthest_percent"], found["furthest_base_percent"]) == (
        "statement f",
        pytest.approx(20),
        pytest.approx(60),
    )
    assert found["expected"] == pytest.approx(3.7) and found["base"] == pytest.approx(3.7)


def test_the_lead_of_all_is_told_with_its_chance(planted):
    found = planted(["money", "threat"])
    pairs = [(0.8, 0.5), (0.3, 0.4), (0.6, 0.6), (0.5, 0.4), (0.9, 0.7), (0.2, 0.6), (0.4, 0.5)]
    lead = sum((p - b) ** 2 for p, b in pairs) / 7
    deviation = math.sqrt(sum(4 * (p - b) ** 2 * p * (1 - p) for p, b in pairs)) / 7
    assert found["lead"] == pytest.approx(lead)
    assert found["lead_percent"] == pytest.approx(100 * NormalDist().cdf(lead / deviation))
    assert found.tables["lead"]["decided"].tolist() == [1, 2, 3, 4, 5, 6, 7]


def test_the_calendar_counts_all_that_fell_due_by_each_day(planted):
    calendar = planted(["money", "threat"]).tables["calendar"]
    assert calendar["due"].dt.strftime("%m-%d").tolist() == ["03-31", "05-31", "06-29", "06-30", "03-31"]
    assert calendar["fallen_due"].tolist() == [2, 3, 4, 5, 7]
    assert calendar["came_true"].tolist() == [1, 1, 1, 1, 1]
    assert calendar["expected"].tolist() == pytest.approx([1.1, 1.7, 2.6, 3.1, 3.7])
    assert calendar["base"].tolist() == pytest.approx([0.9, 1.5, 2.2, 2.6, 3.7])
    # Of two with chances 0.8 and 0.3: none in 14 of 100 cases, both in 24.
    assert calendar.loc[0, ["low", "high"]].tolist() == [0, 2]


def test_with_none_decided_there_is_no_score(planted):
    found = planted(["threat"])
    assert (found["decided"], found["brier"], found["brier_base"]) == (0, None, None)
    assert found["void"] == 1 and found["forecasts"] == 3


def test_nothing_comes_true_of_nothing():
    assert model.count_interval(pd.Series([], dtype=float)) == (0.0, 0, 0)


@pytest.mark.parametrize("count", [37, 38, 39])
def test_pledges_must_be_as_many_as_the_source_prints(monkeypatch, count):
    monkeypatch.setattr(tables, "settled", lambda name: pd.DataFrame({"states": [count - 1, 1]}))
    [check] = question.checks(None)
    assert (check.ours, check.holds) == (count, count == 38)


def test_what_became_of_a_forecast_is_told_only_of_those_that_are_not_open(monkeypatch, answer):
    board = answer.tables["board"].head(2).assign(state=["open", "came true"])
    monkeypatch.setattr(question, "answer", lambda p: SimpleNamespace(text="Told.", tables={"board": board}))
    monkeypatch.setattr(report.question, "answer", question.answer)
    _, _, still_open, decided = report.text().splitlines()
    assert still_open.endswith(board["statement"].iloc[0]) and decided.endswith(" [came true]")
