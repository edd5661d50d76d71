"""Rows that come later, in a copy: a total, a request, a withdrawal, a second source, prices known in part.

Expected values: arithmetic on the rows planted, and the identities of growth and of exchange.
"""

import csv
import io

import pandas as pd
import pytest
from tests import tomorrow

from spacesec.budgets import money, rows
from spacesec.budgets.government_space import model as government_space
from spacesec.data import tables

TABLE = "budgets/government_space"
LAST = government_space.total_years()[1]
NEXT = LAST + 1


def planted(
    tmp_path, *new: dict, without: str = "", questions=("budgets/government_space", "budgets/comparison")
):
    """What the questions say with new rows like the last total but for what is given, and without a row."""
    root = tomorrow.copy(tmp_path)
    known = tomorrow.rows_of(root, TABLE)
    last = next(
        row
        for row in known
        if (row["fiscal_year"], row["count"], row["stage"]) == (str(LAST), "narrow", "combined")
    )
    added = [last | {"row_id": f"planted-{place}"} | row for place, row in enumerate(new)]
    tomorrow.write(root, TABLE, [row for row in known + added if row["row_id"] != without])
    told = tomorrow.told(root, list(questions))
    assert not [said["error"] for said in told.values() if "error" in said]
    return told


def drawn(said: dict, figure: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(said["figures"][figure]["data"]))


def test_a_total_without_an_exchange_rate_is_drawn_and_the_rate_is_carried(tmp_path):
    told = planted(
        tmp_path,
        {"fiscal_year": str(NEXT), "amount_bn_jpy": "1234.0", "strategy_fund": "none"},
        questions=("budgets/government_space", "budgets/comparison", "budgets/strategy_fund"),
    )
    said = told["budgets/government_space"]
    first, rates = government_space.totals("combined", True)["amount_bn_jpy"].iloc[0], money.exchange_rate()
    assert f"to 1,234.0: **{1234 / first:.2f} times**" in said["answer"]
    assert (
        f"The exchange rate of FY{NEXT} is not known yet; the latest known one stands in." in said["answer"]
    )
    growth = drawn(said, "growth").set_index(["currency", "deflator", "fiscal_year"])[
        "multiple_of_first_year"
    ]
    assert growth["JPY", "none", NEXT] == pytest.approx(1234 / first, rel=1e-9)
    # Yen growth times what a yen is worth, at the last rate known.
    assert growth["USD", "none", NEXT] == pytest.approx(1234 / first * rates[2009] / rates.iloc[-1], rel=1e-9)
    series = drawn(said, "series").query("fiscal_year == @NEXT")
    assert series["amount"].tolist() == [1234.0]
    assert said["figures"]["series"]["beyond"] == said["figures"]["growth"]["beyond"] == 0
    assert said["figures"]["series"]["words"][0].endswith(f"from FY2009 to FY{NEXT}")
    other = told["budgets/comparison"]
    assert f"The space budget of FY{NEXT} was " in other["answer"]
    assert f"The exchange rate of FY{NEXT} is not known yet" in other["answer"]
    assert f"FY{NEXT} at the latest rate known" in other["figures"]["yen_dollar"]["words"][1]
    assert f"In FY{NEXT} the government space budget" in told["budgets/strategy_fund"]["answer"]


def test_a_request_is_drawn_and_told_and_enters_no_growth(tmp_path):
    request = {"fiscal_year": str(NEXT), "stage": "request", "amount_bn_jpy": "1345.0", "strategy_fund": ""}
    said = planted(tmp_path, request)["budgets/government_space"]
    assert f"FY{NEXT} request, 1,345.0 billion yen" in said["answer"]
    assert f"Between FY2009 and FY{LAST} " in said["answer"]
    series = drawn(said, "series").query("fiscal_year == @NEXT")
    assert series["amount"].tolist() == [1345.0] and said["figures"]["series"]["beyond"] == 0
    assert "exchange rate" not in said["answer"]


def test_a_total_that_fills_a_known_gap_is_drawn_and_the_gap_is_named_no_more(tmp_path):
    today, said = (
        planted(tmp_path / name, *new, questions=["budgets/government_space"])["budgets/government_space"]
        for name, new in {
            "today": (),
            "filled": ({"fiscal_year": "2022", "amount_bn_jpy": "700.0", "strategy_fund": "none"},),
        }.items()
    )
    first = government_space.totals("combined", True)["amount_bn_jpy"].iloc[0]
    growth = drawn(said, "growth").set_index(["currency", "deflator", "fiscal_year"])
    assert growth["multiple_of_first_year"]["JPY", "none", 2022] == pytest.approx(700 / first, rel=1e-9)
    assert 2022 not in set(drawn(today, "growth")["fiscal_year"])
    named = {
        name: figures["figures"]["series"]["words"][3]
        for name, figures in (("today", today), ("filled", said))
    }
    assert "FY2022" in named["today"] and "FY2022" not in named["filled"]


def test_a_withdrawn_total_leaves_a_gap_that_is_named(tmp_path):
    said = planted(tmp_path, without="space-budget-2013-combined")["budgets/government_space"]
    assert "FY2013" in said["figures"]["series"]["words"][3]
    assert 2013 not in set(drawn(said, "growth")["fiscal_year"])


def test_a_second_source_is_never_averaged_and_the_answer_says_that_they_differ(tmp_path):
    other = {"fiscal_year": str(LAST), "amount_bn_jpy": "777.0"}
    said = planted(tmp_path, other)["budgets/government_space"]
    amount = government_space.totals("combined", True)["amount_bn_jpy"][LAST]
    assert f"to {amount:,.1f}" in said["answer"]
    assert f"Sources disagree on {LAST} narrow combined in {TABLE}" in said["answer"]


def test_no_row_of_today_is_in_open_dispute():
    assert rows.disputes(rows.FACTS) == {}


def test_facts_name_real_columns():
    for name, (keys, value) in rows.FACTS.items():
        with (tomorrow.ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert {*keys, value} <= set(next(csv.reader(file))), name


def with_row(name: str, **values):
    """The tables with one more row in one of them."""
    table = tables.settled(name)
    longer = pd.concat([table, table.iloc[[-1]].assign(row_id="planted", **values)], ignore_index=True)
    real = rows.facts
    return lambda wanted: longer if wanted == name else real(wanted)


def test_a_quarter_with_nominal_gdp_alone_moves_no_deflator(monkeypatch):
    before = money.price_index("USD", "gdp")
    quarter = tables.load("budgets/gdp")["quarter"].max() + pd.DateOffset(months=3)
    more = with_row(
        "budgets/gdp", country="United States", measure="nominal", quarter=quarter, amount_bn_local=99999.0
    )
    monkeypatch.setattr(rows, "facts", more)
    assert money.price_index("USD", "gdp").to_dict() == before.to_dict()
    assert money.loose_ends().quarters == [f"{quarter:%B %Y} (United States)"]


def test_prices_after_a_gap_are_not_chained_over_it(monkeypatch):
    before = money.price_index("USD", "cpi")
    later = int(before.index.max()) + 3
    more = with_row("budgets/prices", country="United States", index="cpi", year=later, change_percent=50.0)
    monkeypatch.setattr(rows, "facts", more)
    assert money.price_index("USD", "cpi").to_dict() == before.to_dict()
    assert money.loose_ends().years == [f"{later} (United States)"]


def test_a_rate_is_carried_only_after_the_last():
    rates = money.exchange_rate()
    last = int(rates.index.max())
    worth = money.convert(pd.Series([1.0, 1.0], index=[last, last + 5]), "USD")
    assert worth[last + 5] == worth[last] == pytest.approx(1 / rates[last], rel=1e-12)
    assert money.standing_in([last, last + 1], "USD", "none") == {"exchange rate": [last + 1]}
    assert money.standing_in([last + 1], "JPY", "none") == {}
