"""Expected values: Federal Reserve monthly rates averaged by hand, Cabinet Office GDP, World Bank
inflation.
"""

import pandas as pd
import pytest
from tests import recounted

from spacesec.budgets import money
from spacesec.errors import DataError


def test_fiscal_year_runs_from_april_to_march():
    dates = pd.Series(pd.to_datetime(["2024-03-31", "2024-04-01", "2025-01-15"]))
    assert money.fiscal_year(dates).tolist() == [2023, 2024, 2024]


def test_exchange_rate_is_the_mean_of_the_fiscal_years_months():
    # Federal Reserve's monthly means, averaged by hand over April to March: FY2012 83.05, FY2024 152.41 yen
    # per dollar.
    rates = money.exchange_rate()
    assert rates[2012] == pytest.approx(83.0549, abs=5e-4)
    assert rates[2024] == pytest.approx(152.407, abs=5e-4)


def test_nominal_gdp_of_fiscal_2022_is_591_trillion_yen():
    # Cabinet Office, 2026 vintage: 591.3 trillion yen. Quarters are at annual rates, so the year is their
    # mean.
    from spacesec.data import tables

    gdp = tables.load("budgets/gdp").query("country == 'Japan' and measure == 'nominal'")
    year = gdp[money.fiscal_year(gdp["quarter"]) == 2022]["amount_bn_local"]
    assert len(year) == 4
    assert year.mean() / 1000 == pytest.approx(591.3, abs=0.1)


def test_consumer_prices_chain_the_published_changes():
    index = money.price_index("JPY", "cpi")
    # World Bank: 2.4977 percent in 2022, 3.2681 percent in 2023.
    assert index[2023] / index[2021] == pytest.approx(1.024977 * 1.032681, rel=1e-5)


def test_conversion_without_prices_is_division_by_the_rate():
    amount = pd.Series([100.0], index=[2012])
    assert money.convert(amount, "USD").iloc[0] == pytest.approx(100 / money.exchange_rate()[2012], rel=1e-12)


def test_base_year_keeps_its_own_amount():
    amount = pd.Series([100.0, 100.0], index=[2012, 2020])
    assert money.convert(amount, "JPY", "gdp", 2012).loc[2012] == pytest.approx(100.0, rel=1e-12)


def test_a_year_without_a_rate_is_named():
    with pytest.raises(DataError, match="1950"):
        money.convert(pd.Series([1.0], index=[1950]), "USD")


def test_the_first_year_with_a_rate_is_possible_and_the_year_before_is_not():
    rates = money.exchange_rate()
    first = int(rates.index.min())
    worth = money.convert(pd.Series([3.0], index=[first]), "USD")
    assert worth[first] == pytest.approx(3.0 / rates[first], rel=1e-12)
    with pytest.raises(DataError, match=str(first - 1)):
        money.convert(pd.Series([3.0], index=[first - 1]), "USD")


def test_price_levels_of_small_made_up_tables(monkeypatch):
    # Prices that rise by a tenth twice: 1.1 and 1.21. Nominal 2 + 4 over real 1 + 1: twice the price.
    made = {
        "budgets/prices": pd.DataFrame(
            {"country": "Japan", "index": "cpi", "year": [2001, 2000], "change_percent": [10.0, 10.0]}
        ),
        "budgets/gdp": pd.DataFrame(
            {
                "country": "Japan",
                "measure": ["nominal", "real"] * 2,
                "quarter": pd.to_datetime(["2001-04-01"] * 2 + ["2002-01-01"] * 2),
                "amount_bn_local": [2.0, 1.0, 4.0, 1.0],
            }
        ),
    }
    monkeypatch.setattr(money.rows, "facts", made.__getitem__)
    assert money.price_index("JPY", "cpi").to_dict() == pytest.approx({2000: 1.1, 2001: 1.21})
    assert money.price_index("JPY", "gdp").to_dict() == pytest.approx({2001: 3.0})


def test_money_is_named_with_its_prices():
    assert money.words("JPY", "none", 2020) == "billion yen, nominal"
    assert (
        money.words("USD", "gdp", 2015) == "billion US dollars at FY2015 prices (GDP deflator by fiscal year)"
    )


def test_months_after_a_day_are_newer_and_those_of_its_year_are_not():
    # Counted by hand in SQL over the rows; a column of dates counts by its calendar year.
    late = money.rows.newer("budgets/exchange_rates", "month", 2023)
    months = recounted.told_by(
        "SELECT [count(*), min(year(month)), max(year(month))] FROM budgets.exchange_rates"
        " WHERE month >= DATE '2024-01-01'"
    )
    assert [late.count, late.first, late.last] == months
    assert money.rows.newer("budgets/exchange_rates", "month", months[2]) is None
