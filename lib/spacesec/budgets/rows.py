"""Rows of the budget tables: one for each fact, what sources say differently of it, and what is newer than
what a question uses.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from spacesec.answers import Result
from spacesec.data import tables

# What makes a row's fact (two rows alike in these columns are about one thing) and the column that holds its
# value.
FACTS = {
    "budgets/budget_book": (("fiscal_year", "item", "ministry", "stage"), "amount_bn_jpy"),
    "budgets/comparators": (
        ("year", "country", "series", "estimator", "scope", "component", "stage"),
        "amount_bn_usd",
    ),
    "budgets/countries": (("year", "country", "quantity"), "amount_bn_usd"),
    "budgets/defense_space": (
        ("fiscal_year", "series", "scope", "item", "recipient", "stage"),
        "amount_bn_jpy",
    ),
    "budgets/defense_totals": (
        ("fiscal_year", "definition", "component", "stage", "gdp_denominator"),
        "amount_bn_jpy",
    ),
    "budgets/exchange_rates": (("month",), "jpy_per_usd"),
    "budgets/gdp": (("quarter", "country", "measure"), "amount_bn_local"),
    "budgets/gdp_usd": (("year", "country"), "amount_bn_usd"),
    "budgets/government_space": (("fiscal_year", "count", "stage"), "amount_bn_jpy"),
    "budgets/industry_size": (("year", "scope", "kind"), "amount_bn_jpy"),
    "budgets/ministries": (("fiscal_year", "ministry", "count", "stage"), "amount_bn_jpy"),
    "budgets/nato_guideline": (("year",), "members_meeting"),
    "budgets/prices": (("year", "country", "index"), "change_percent"),
    "budgets/projects": (("fiscal_year", "project_id", "stage"), "amount_bn_jpy"),
    "budgets/strike_support": (("fiscal_year", "item", "stage", "basis"), "amount_bn_jpy"),
    "budgets/strategy_fund": (("fiscal_year", "ministry", "tranche", "stage"), "amount_bn_jpy"),
}


@dataclass(frozen=True)
class Newer:
    """How many rows of a table are newer than what a question uses, and the years they are of."""

    count: int
    first: int
    last: int


@tables.remembered
def facts(name: str) -> pd.DataFrame:
    """A table with one row for each fact: what ``data/conflicts.csv`` decided, and else the row that stands
    first.
    """
    table = tables.settled(name)
    return table.drop_duplicates(list(FACTS[name][0])).reset_index(drop=True)


def disputes(names: Iterable[str]) -> dict[str, list[str]]:
    """Facts on which rows differ and ``data/conflicts.csv`` is silent: table -> the facts in words."""
    found = {name: _disputed(name) for name in names}
    return {name: words for name, words in found.items() if words}


@tables.remembered
def _disputed(name: str) -> list[str]:
    keys, value = FACTS[name]
    table = tables.settled(name)
    known = {row for rows in tables.conflicts(name)["row_ids"] for row in rows.split(";")}
    groups = table[~table["row_id"].isin(known)].groupby(list(keys), observed=True, dropna=False)[value]
    differing = groups.nunique()
    return [
        " ".join(_shown(part) for part in (fact if isinstance(fact, tuple) else (fact,)) if pd.notna(part))
        for fact in differing.index[differing > 1]
    ]


def _shown(part) -> str:
    return f"{part:%B %Y}" if isinstance(part, pd.Timestamp) else str(part).replace("_", " ")


def newer(name: str, column: str, last: int, used: Collection[str] = ()) -> Newer | None:
    """The rows of a table whose year (a column of years or of dates) lies after ``last``, without those whose
    ``row_id`` is used; None where there are none.
    """
    table = tables.load(name)
    dates = table[~table["row_id"].isin(used)][column].dropna()
    years = dates.dt.year if dates.dtype.kind == "M" else dates.astype(int)
    late = years[years > last]
    return Newer(len(late), int(late.min()), int(late.max())) if len(late) else None


def loose_ends(newer: Mapping[str, Newer | None], names: Iterable[str]) -> dict[str, Result]:
    """The results that every budget question ends with: what is newer than what it uses (`newer`, by
    table), and what sources say differently in these tables.
    """
    return {
        "rows_left_out": Result(
            {name: [late.count, late.first, late.last] for name, late in newer.items() if late},
            "rows",
            "rows newer than what is used here, by table: how many, their first and their last year",
        ),
        "facts_disputed": Result(
            disputes(names), "facts", "facts that sources tell differently and no decision settles, by table"
        ),
    }


def at(series: pd.Series, key) -> float | None:
    """The value of a series at a key; None where the row that held it is not there."""
    return float(series[key]) if key in series.index and pd.notna(series[key]) else None
