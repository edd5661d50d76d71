"""Yen and dollars, nominal and real, by Japanese fiscal year (April to March)."""

from typing import Literal

import pandas as pd

from spacesec.data import tables
from spacesec.errors import DataError

Currency = Literal["JPY", "USD"]
Deflator = Literal["gdp", "cpi", "none"]

UNITS = {"JPY": "billion yen", "USD": "billion US dollars"}
_COUNTRY = {"JPY": "Japan", "USD": "United States"}


def fiscal_year(dates: pd.Series) -> pd.Series:
    """The Japanese fiscal year of each date: April to December belong to their own year, January to March to
    the one before.
    """
    return dates.dt.year - (dates.dt.month < 4)


def exchange_rate() -> pd.Series:
    """Yen per US dollar by fiscal year: the mean of the monthly means at hand (the running year rests on
    fewer than twelve).
    """
    rates = tables.load("budgets/exchange_rates")
    return rates.groupby(fiscal_year(rates["month"]))["jpy_per_usd"].mean().rename("jpy_per_usd")


def price_index(currency: Currency, deflator: Deflator) -> pd.Series:
    """A price index by year, of the country whose money it is; its level is arbitrary.

    gdp: implicit deflator, nominal over real GDP summed over the fiscal year's quarters. cpi: consumer prices
    chained from yearly changes, by the calendar year in which the fiscal year begins.
    """
    if deflator == "gdp":
        gdp = tables.load("budgets/gdp")
        gdp = gdp[gdp["country"] == _COUNTRY[currency]]
        by_year = gdp.pivot_table(
            index=fiscal_year(gdp["quarter"]),
            columns="measure",
            values="amount_bn_local",
            aggfunc="sum",
            observed=True,
        )
        return by_year["nominal"] / by_year["real"]
    prices = tables.load("budgets/prices")
    prices = prices[(prices["country"] == _COUNTRY[currency]) & (prices["index"] == "cpi")].sort_values(
        "year"
    )
    return pd.Series(
        (1 + prices["change_percent"] / 100).cumprod().to_numpy(), index=prices["year"].astype(int)
    )


def carried_years(years: pd.Index, currency: Currency, deflator: Deflator) -> list[int]:
    """The years among ``years`` whose index is not known yet, so that the last known one stands in."""
    return (
        []
        if deflator == "none"
        else [int(year) for year in years if year > price_index(currency, deflator).index.max()]
    )


def convert(
    amount_bn_jpy: pd.Series,
    currency: Currency = "JPY",
    deflator: Deflator = "none",
    price_base_year: int = 2020,
) -> pd.Series:
    """Nominal yen by fiscal year (the index) in another currency and in the prices of a base year.

    Dollars: each year at that year's mean rate, then United States prices; so a real dollar amount says what
    the money bought in the United States. Raises DataError where a year has no exchange rate or no price.
    """
    years = amount_bn_jpy.index
    amount = amount_bn_jpy.astype(float)
    if currency == "USD":
        amount = amount / _for_years(exchange_rate(), years, "exchange rate")
    if deflator != "none":
        index = price_index(currency, deflator)
        index = index.reindex(
            range(int(index.index.min()), max(int(index.index.max()), *map(int, years), price_base_year) + 1)
        ).ffill()
        amount = (
            amount
            * _for_years(index, [price_base_year], "price index").iloc[0]
            / _for_years(index, years, "price index")
        )
    return amount


def words(currency: Currency, deflator: Deflator, price_base_year: int) -> str:
    """``billion yen, nominal`` or ``billion US dollars at FY2015 prices (GDP deflator)``."""
    names = {"gdp": "GDP deflator", "cpi": "consumer prices"}
    return UNITS[currency] + (
        ", nominal" if deflator == "none" else f" at FY{price_base_year} prices ({names[deflator]})"
    )


def _for_years(series: pd.Series, years, what: str) -> pd.Series:
    missing = [int(year) for year in years if year not in series.index]
    if missing:
        raise DataError(
            f"there is no {what} for {', '.join(map(str, missing))}; choose years from"
            f" {int(series.index.min())} to {int(series.index.max())}"
        )
    return series.loc[list(years)]
