"""Yen and dollars, nominal and real, by Japanese fiscal year (April to March)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from spacesec.budgets import rows
from spacesec.data import tables
from spacesec.errors import DataError

Currency = Literal["JPY", "USD"]
Deflator = Literal["gdp", "cpi", "none"]

UNITS = {"JPY": "billion yen", "USD": "billion US dollars"}
INDICES = {"gdp": "GDP deflator by fiscal year", "cpi": "consumer prices by calendar year"}
_COUNTRY = {"JPY": "Japan", "USD": "United States"}


def fiscal_year(dates: pd.Series) -> pd.Series:
    """The Japanese fiscal year of each date: April to December belong to their own year, January to March to
    the one before.
    """
    return dates.dt.year - (dates.dt.month < 4)


@tables.remembered
def exchange_rate() -> pd.Series:
    """Yen per US dollar by fiscal year: the mean of the monthly means at hand (the running year rests on
    fewer than twelve).
    """
    rates = rows.facts("budgets/exchange_rates")
    return rates.groupby(fiscal_year(rates["month"]))["jpy_per_usd"].mean().rename("jpy_per_usd")


def rate_months(year: int) -> pd.Series:
    """The months of a fiscal year whose exchange rate is known."""
    months = rows.facts("budgets/exchange_rates")["month"]
    return months[fiscal_year(months) == year]


def exchange_rate_at(year: int) -> float:
    """Yen per US dollar in a fiscal year; the last known rate for later years."""
    return float(_for_years(exchange_rate(), [year], "exchange rate")[0])


@tables.remembered
def price_index(currency: Currency, deflator: Deflator) -> pd.Series:
    """A price index by year, of the country whose money it is; its level is arbitrary.

    gdp: implicit deflator, nominal over real GDP summed over the fiscal year's quarters for which both are
    known. cpi: consumer prices chained from yearly changes, by the calendar year in which the fiscal year
    begins, as far as no year is missing.
    """
    if deflator == "gdp":
        quarters = _quarters(_COUNTRY[currency]).dropna()
        by_year = quarters.groupby(fiscal_year(quarters.index.to_series()).to_numpy()).sum()
        return by_year["nominal"] / by_year["real"]
    changes = _changes(_COUNTRY[currency])
    return (1 + changes[: _unbroken(changes)] / 100).cumprod()


@tables.remembered
def _quarters(country: str) -> pd.DataFrame:
    """Nominal and real GDP (billions of the country's money) by the first day of the quarter; NaN where not
    known.
    """
    gdp = rows.facts("budgets/gdp")
    gdp = gdp[gdp["country"] == country].astype({"measure": str})
    return gdp.pivot(index="quarter", columns="measure", values="amount_bn_local")


@tables.remembered
def _changes(country: str) -> pd.Series:
    """Yearly changes of consumer prices in percent, by calendar year."""
    prices = rows.facts("budgets/prices")
    prices = prices[(prices["country"] == country) & (prices["index"] == "cpi")].astype({"year": int})
    return prices.sort_values("year").set_index("year")["change_percent"]


def _unbroken(changes: pd.Series) -> int:
    """How many of the first changes follow year on year."""
    steps = pd.Series(changes.index).diff().fillna(1)
    return int((steps == 1).cumprod().sum())


@dataclass(frozen=True)
class Loose:
    """What is known in part and so enters no price index: quarters with one of two GDPs, years after a
    gap.
    """

    quarters: list[str]
    years: list[str]


def loose_ends(deflators: Iterable[Deflator] = ("gdp", "cpi")) -> Loose:
    """GDP and price changes of both countries that no index can use."""
    quarters, years = [], []
    for country in _COUNTRY.values():
        if "gdp" in deflators:
            both = _quarters(country)
            quarters += [f"{day:%B %Y} ({country})" for day in both.index[both.isna().any(axis=1)]]
        if "cpi" in deflators:
            changes = _changes(country)
            years += [f"{year} ({country})" for year in changes.index[_unbroken(changes) :]]
    return Loose(quarters, years)


def standing_in(years: Iterable[int], currency: Currency, deflator: Deflator) -> dict[str, list[int]]:
    """What is not known yet for which of these fiscal years, so that its last known value stands in:
    ``{"exchange rate": [2027]}``; empty where all is known.
    """
    known = {"exchange rate": exchange_rate} if currency == "USD" else {}
    if deflator != "none":
        known["price index"] = lambda: price_index(currency, deflator)
    found = {what: [int(y) for y in years if y > series().index.max()] for what, series in known.items()}
    return {what: missing for what, missing in found.items() if missing}


def convert(
    amount_bn_jpy: pd.Series,
    currency: Currency = "JPY",
    deflator: Deflator = "none",
    price_base_year: int = 2020,
) -> pd.Series:
    """Nominal yen by fiscal year (the index) in another currency and in the prices of a base year.

    Dollars: each year at that year's mean rate, then United States prices; so a real dollar amount says what
    the money bought in the United States. After the last known rate or price the last one stands in
    (`standing_in` says where). Raises DataError for a year before the first.
    """
    years = amount_bn_jpy.index
    amount = amount_bn_jpy.astype(float)
    if currency == "USD":
        amount = amount / _for_years(exchange_rate(), years, "exchange rate")
    if deflator != "none":
        index = price_index(currency, deflator)
        base = _for_years(index, [price_base_year], "price index")[0]
        amount = amount * base / _for_years(index, years, "price index")
    return amount


def words(currency: Currency, deflator: Deflator, price_base_year: int) -> str:
    """``billion yen, nominal`` or ``billion US dollars at FY2015 prices (GDP deflator by fiscal year)``."""
    return UNITS[currency] + (
        ", nominal" if deflator == "none" else f" at FY{price_base_year} prices ({INDICES[deflator]})"
    )


def _for_years(series: pd.Series, years: Iterable[int], what: str) -> np.ndarray:
    """The values of a series at these years, its last known one carried forward."""
    wanted = [int(year) for year in years]
    first, last = int(series.index.min()), int(series.index.max())
    if missing := [year for year in wanted if year < first]:
        raise DataError(
            f"there is no {what} for {', '.join(map(str, missing))}; choose years from {first} to {last}"
        )
    return series.reindex(range(first, max([last, *wanted]) + 1)).ffill().loc[wanted].to_numpy()
