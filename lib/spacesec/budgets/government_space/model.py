"""How fast did Japan's government space budget grow, and does "more than doubled in five years" hold?

Amounts are the Cabinet Office's totals. "combined" follows its 15-month convention: the supplementary budget
of the previous fiscal year plus this year's initial budget. Only the narrow count (without missile defence
and aviation) is used for growth; the older count, which ends with FY2015, is drawn beside it and never
joined.
"""

from collections.abc import Iterable
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.budgets import money, rows
from spacesec.data import extent, tables
from spacesec.parameters import value

TABLE = "budgets/government_space"
READ = (
    TABLE,
    "budgets/ministries",
    "budgets/strategy_fund",
    "budgets/exchange_rates",
    "budgets/gdp",
    "budgets/prices",
)

CLAIM = ("C1-015",)
CLAIM_SOURCE = "csis-uchu-digest-2024"


# The digest of CSIS's report of August 2024 says "over the past five years": the fiscal year then running
# against the fifth before it,
# and the same window a year earlier and later, since the sentence does not name its years.
CLAIM_WINDOWS = ((2019, 2024), (2018, 2023), (2020, 2025))


CLAIM_MULTIPLE = 2.0

# The Cabinet Office's papers whose tables of all ministries the checks add up.
PAPERS = {2012: "cabinet-office-2012-space-budget", 2015: "cabinet-office-2015-space-budget"}


# "About 600 billion yen": half of the last digit that the source gives.
ROUNDING_BN_JPY = 50.0


# Parts printed to a tenth may miss their printed total by half of it each.
PART_ROUNDING_BN_JPY = 0.05


def total_years() -> tuple[int, int]:
    """The first and last fiscal year with a combined total on the narrow count."""
    return extent.years(TABLE, "fiscal_year", count="narrow", stage="combined")


def _years() -> tuple[int, int]:
    """From the first total to the newest row, which may be a request."""
    return total_years()[0], extent.years(TABLE, "fiscal_year")[1]


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value("first", "first year of the comparison", unit="fiscal year", between=_years)
    last_year: int = value(
        "latest",
        "last year of the comparison",
        unit="fiscal year",
        between=_years,
        latest=lambda: total_years()[1],
    )
    price_base_year: int = value(
        2020,
        "year whose prices real amounts are in",
        unit="fiscal year",
        between=lambda: (extent.years(TABLE, "fiscal_year")[0], total_years()[1] - 1),
    )
    deflator: money.Deflator = value(
        "none", "price index for real amounts: implicit GDP deflator, consumer prices, or none (nominal)"
    )
    currency: money.Currency = value("JPY", "yen, or US dollars at each fiscal year's mean rate")
    basis: Literal["combined", "initial"] = value(
        "combined", "supplementary of the year before plus initial budget, or initial budget alone"
    )
    include_strategy_fund: bool = value(
        True, "count the Space Strategy Fund's tranches in the year in which they are booked"
    )

    @model_validator(mode="after")
    def _in_order(self):
        if self.first_year >= self.last_year:
            raise ValueError(
                f"first_year = {self.first_year} is not possible with last_year = {self.last_year}: the first"
                " year must come before the last."
            )
        known = totals(self.basis, True).index
        if known.to_series().between(self.first_year, self.last_year).sum() < 2:
            years = ", ".join(f"FY{year}" for year in known)
            raise ValueError(
                f"between first_year = {self.first_year} and last_year = {self.last_year} fewer than two"
                f" {self.basis} totals could be read; they are known for {years}."
            )
        return self


@tables.remembered
def totals(basis: str, include_strategy_fund: bool) -> pd.DataFrame:
    """The narrow count by fiscal year: one row a year with ``amount_bn_jpy`` (nominal), ``fund_bn_jpy`` (the
    tranche booked in it), ``rounded``, ``row_id`` and ``source_id``; years whose total could not be read have
    no row.

    Where the source's total leaves the fund out, the tranche is added when it is wanted; where it holds it,
    it is taken out when not.
    """
    table = rows.facts(TABLE)
    table = table[(table["count"] == "narrow") & (table["stage"] == basis)].set_index("fiscal_year")
    fund = tranches().reindex(table.index).fillna(0.0)
    held = (table["strategy_fund"] == "included").fillna(False)
    booked = fund.where(table["strategy_fund"].isin(["included", "excluded"]), 0.0)
    without = table["amount_bn_jpy"] - booked.where(held, 0.0)
    amount = without + booked if include_strategy_fund else without
    return pd.DataFrame(
        {
            "amount_bn_jpy": amount,
            "fund_bn_jpy": booked if include_strategy_fund else 0.0,
            "rounded": table["precision"] != "exact",
            "row_id": table["row_id"],
            "source_id": table["source_id"],
        }
    ).sort_index()


@tables.remembered
def tranches() -> pd.Series:
    """The fund's tranches (billion yen) by the fiscal year with whose initial budget the supplementary is
    combined.
    """
    fund = rows.facts("budgets/strategy_fund")
    fund = fund[(fund["ministry"] == "total") & (fund["stage"] == "supplementary")]
    return fund.groupby("fiscal_year")["amount_bn_jpy"].first().rename(lambda year: year + 1)


def untold_tranches() -> list[int]:
    """Fiscal years whose combined total is said to hold the fund, or to leave it out, while no tranche is
    known.
    """
    table = rows.facts(TABLE)
    table = table[(table["count"] == "narrow") & (table["stage"] == "combined")]
    said = table[table["strategy_fund"].isin(["included", "excluded"])]["fiscal_year"]
    return sorted(int(year) for year in set(said) - set(tranches().index))


def without_total() -> pd.DataFrame:
    """Rows of years after the last combined total, which no growth can use: ``fiscal_year``, ``count``,
    ``stage``, ``amount_bn_jpy``; in order of the year.
    """
    table = rows.facts(TABLE)
    late = table[table["fiscal_year"] > total_years()[1]]
    return late[["fiscal_year", "count", "stage", "amount_bn_jpy"]].sort_values("fiscal_year", kind="stable")


def unbooked() -> rows.Newer | None:
    """Rows of the fund that are newer than the last tranche which a combined total books."""
    booked = [year for year in tranches().index if year <= total_years()[1]]
    return rows.newer("budgets/strategy_fund", "fiscal_year", max(booked, default=0) - 1)


@tables.remembered
def full_tables() -> pd.DataFrame:
    """Initial budgets by ministry in the years whose parts, from one source, add up to the total of their
    count.

    Columns of ``budgets/ministries``, in its order, and its first line as the index.
    """
    parts = tables.load("budgets/ministries")
    parts = parts[parts["stage"] == "initial"]
    whole = rows.facts(TABLE)
    whole = whole[whole["stage"] == "initial"].set_index(["fiscal_year", "count"])["amount_bn_jpy"]
    found = []
    for (year, count, _), table in parts.groupby(["fiscal_year", "count", "source_id"], observed=True):
        total = rows.at(whole, (year, count))
        slack = PART_ROUNDING_BN_JPY * (len(table) + 1)
        if total is not None and abs(table["amount_bn_jpy"].sum() - total) <= slack:
            found.append(table)
    return pd.concat(found).sort_index()


def drawn(p: Parameters) -> pd.DataFrame:
    """Every row that no conflict rejected, with its ``amount`` in the chosen money."""
    table = tables.settled(TABLE)[
        [
            "fiscal_year",
            "count",
            "stage",
            "amount_bn_jpy",
            "precision",
            "strategy_fund",
            "row_id",
            "source_id",
        ]
    ]
    return table.assign(amount=table["amount_bn_jpy"].to_numpy() * _worth(table["fiscal_year"], p).to_numpy())


def stages(p: Parameters) -> pd.DataFrame:
    """The narrow count by fiscal year in the chosen money: request, initial, supplementary, combined (with
    the fund), ``fund`` (the tranche in it) and whether the total is ``rounded``; NaN where not known.
    """
    table = rows.facts(TABLE)
    table = table[table["count"] == "narrow"].astype({"stage": str, "fiscal_year": int})
    wide = table.pivot(index="fiscal_year", columns="stage", values="amount_bn_jpy")
    whole = totals("combined", True)
    wide = wide.reindex(columns=["request", "initial", "supplementary"]).assign(
        combined=whole["amount_bn_jpy"], fund=whole["fund_bn_jpy"]
    )
    rounded = whole["rounded"].astype(bool).reindex(wide.index, fill_value=False)
    return wide.mul(_worth(wide.index, p), axis=0).assign(rounded=rounded)


def _worth(years: Iterable[int], p: Parameters) -> pd.Series:
    """What one billion yen of each year is in the chosen money."""
    index = pd.Index([int(year) for year in years])
    one = money.convert(pd.Series(1.0, index=index.unique()), p.currency, p.deflator, p.price_base_year)
    return one.reindex(index)


def multiples(amounts: pd.Series, price_base_year: int) -> pd.DataFrame:
    """Nominal yen by fiscal year as ``multiple_of_first_year`` in each ``currency`` and with each
    ``deflator``.
    """
    found = []
    for currency, deflator in product(("JPY", "USD"), ("none", "gdp", "cpi")):
        worth = money.convert(amounts, currency, deflator, price_base_year)
        found += [
            {
                "fiscal_year": int(year),
                "currency": currency,
                "deflator": deflator,
                "multiple_of_first_year": value,
            }
            for year, value in (worth / worth.iloc[0]).items()
        ]
    return pd.DataFrame(found)


def doublings(amounts: pd.Series, most_years: int = 5) -> list[list[int]]:
    """Pairs of fiscal years at most ``most_years`` apart between which the amount at least doubled."""
    return [
        [int(a), int(b)]
        for a in amounts.index
        for b in amounts.index
        if 0 < b - a <= most_years and amounts[b] >= 2 * amounts[a]
    ]


@tables.remembered
def multiverse(price_base_year: int = 2020) -> pd.DataFrame:
    """The claim under every definition: one row for each basis, fund, window, currency and deflator, with the
    multiple (NaN where a total could not be read), the bounds that rounding leaves, the ``fund``
    (counted, left out, or either) and whether the row is the ``twin`` of the one that counts the
    fund.
    """
    rows = []
    known = {choice: totals(*choice) for choice in product(("combined", "initial"), (True, False))}
    one_yen = pd.Series(1.0, index=sorted({year for window in CLAIM_WINDOWS for year in window}))
    worth = {
        (currency, deflator): money.convert(one_yen, currency, deflator, price_base_year)
        for currency, deflator in product(("JPY", "USD"), ("none", "gdp", "cpi"))
    }
    for (basis, fund), (first, last), (currency, deflator) in product(known, CLAIM_WINDOWS, worth):
        series = known[basis, fund]
        multiple = low = high = np.nan
        if {first, last} <= set(series.index):
            amount, yen = series["amount_bn_jpy"], worth[currency, deflator]
            multiple = amount[last] * yen[last] / (amount[first] * yen[first])
            slack = (
                ROUNDING_BN_JPY / series.loc[last, "amount_bn_jpy"] if series.loc[last, "rounded"] else 0.0
            )
            low, high = multiple * (1 - slack), multiple * (1 + slack)
        rows.append(
            {
                "basis": basis,
                "include_strategy_fund": fund,
                "first_year": first,
                "last_year": last,
                "currency": currency,
                "deflator": deflator,
                "multiple": multiple,
                "multiple_low": low,
                "multiple_high": high,
            }
        )
    world = pd.DataFrame(rows)
    # Where no tranche falls on either year, counting the fund and leaving it out are one definition.
    same = world.duplicated(
        ["basis", "first_year", "last_year", "currency", "deflator", "multiple"], keep=False
    )
    same &= world["multiple"].notna()
    world["fund"] = np.where(same, "either", np.where(world["include_strategy_fund"], "counted", "left out"))
    return world.assign(twin=same & ~world["include_strategy_fund"])


def answer(parameters: Parameters) -> Answer:
    """The growth between the first and last year of the range whose totals could be read, the doublings, and
    the claim under every definition.
    """
    p = parameters
    series = totals(p.basis, p.include_strategy_fund)
    series["amount"] = money.convert(series["amount_bn_jpy"], p.currency, p.deflator, p.price_base_year)
    within = series.loc[p.first_year : p.last_year]
    first, last = int(within.index[0]), int(within.index[-1])
    multiple = within["amount"].iloc[-1] / within["amount"].iloc[0]
    growth = (multiple ** (1 / (last - first)) - 1) * 100
    world = multiverse(p.price_base_year)
    chosen = world[
        (world["basis"] == p.basis)
        & (world["include_strategy_fund"] == p.include_strategy_fund)
        & (world["currency"] == p.currency)
        & (world["deflator"] == p.deflator)
        & (world["first_year"] == CLAIM_WINDOWS[0][0])
    ].iloc[0]
    holds = None if np.isnan(chosen["multiple"]) else bool(chosen["multiple"] > CLAIM_MULTIPLE)
    known = world[~world["twin"]].dropna(subset="multiple")
    true = int((known["multiple"] > CLAIM_MULTIPLE).sum())
    counted = known[known["fund"] == "counted"]["multiple"] > CLAIM_MULTIPLE
    other = known[known["fund"] != "counted"]["multiple"] > CLAIM_MULTIPLE
    unit = money.words(p.currency, p.deflator, p.price_base_year)
    tranche = within["fund_bn_jpy"].iloc[-1] * within["amount"].iloc[-1] / within["amount_bn_jpy"].iloc[-1]
    results = {
        "first_amount": Result(
            within["amount"].iloc[0], unit, f"amount in FY{first}, the first year whose total could be read"
        ),
        "last_amount": Result(
            within["amount"].iloc[-1], unit, f"amount in FY{last}, the last year whose total could be read"
        ),
        "first_amount_year": Result(
            first, "fiscal year", "first year in the range whose total on the narrow count could be read"
        ),
        "last_amount_year": Result(
            last, "fiscal year", "last year in the range whose total on the narrow count could be read"
        ),
        "growth_multiple": Result(multiple, "times", "last amount over first amount", CLAIM),
        "annual_growth_percent": Result(growth, "percent a year", "compound growth between the two years"),
        "doubling_years": Result(
            doublings(within["amount"]),
            "pairs of fiscal years",
            "pairs at most five years apart between which the amount at least doubled",
            CLAIM,
        ),
        "claim_multiple": Result(
            None if holds is None else chosen["multiple"],
            "times",
            f"FY{CLAIM_WINDOWS[0][1]} over FY{CLAIM_WINDOWS[0][0]}, the window of the claim, in the chosen"
            " money",
            CLAIM,
        ),
        "doubling_claim_holds": Result(
            holds,
            "true or false",
            f"FY{CLAIM_WINDOWS[0][1]} is more than twice FY{CLAIM_WINDOWS[0][0]} in the chosen money; null"
            " where a total could not be read",
            CLAIM,
        ),
        "definitions_true": Result(true, "definitions", "definitions under which the claim is true", CLAIM),
        "definitions_decidable": Result(
            len(known), "definitions", "definitions for which both totals could be read", CLAIM
        ),
    }
    results |= {
        "last_tranche": Result(
            float(tranche), unit, "what the last amount holds of the Space Strategy Fund, booked at once"
        ),
        "growth_multiple_without_last_tranche": Result(
            float((within["amount"].iloc[-1] - tranche) / within["amount"].iloc[0]),
            "times",
            "last amount without that tranche over first amount",
            CLAIM,
        ),
        "definitions_with_fund_true": Result(
            int(counted.sum()), "definitions", "of those that count the fund, true"
        ),
        "definitions_with_fund_known": Result(len(counted), "definitions", "definitions that count the fund"),
        "definitions_without_fund_true": Result(int(other.sum()), "definitions", "of the others, true"),
        "definitions_without_fund_known": Result(
            len(other), "definitions", "definitions that leave the fund out, or end before there was one"
        ),
        "definitions_twins": Result(
            int(world["twin"].sum()), "definitions", "pairs that the fund does not tell apart, counted once"
        ),
        "definitions_unknown": Result(
            int(world["multiple"].isna().sum()),
            "definitions",
            "definitions for which a total could not be read",
        ),
        **_told(p, first, last),
    }
    return Answer(
        results,
        {
            "series": series.reset_index(),
            "drawn": drawn(p),
            "stages": stages(p),
            "growth": multiples(within["amount_bn_jpy"], p.price_base_year),
            "ministries": tables.load("budgets/ministries"),
            "full_tables": full_tables(),
            "multiverse": world,
        },
        parameters,
    )


def _told(p: Parameters, first: int, last: int) -> dict[str, Result]:
    """The results that only the words need: what is not known yet, and what stands in for it."""
    carried, rate = (
        money.standing_in([last], p.currency, p.deflator),
        money.standing_in([last], "USD", "none"),
    )
    every = sorted(set(drawn(p)["fiscal_year"]))
    support = tables.settled("budgets/fund_facts").astype({"topic": str})
    months = money.rate_months(last)
    untold = [] if p.include_strategy_fund else [y for y in untold_tranches() if first <= y <= last]
    years, late = "fiscal years", without_total().itertuples(index=False, name=None)
    return {
        "fund_years": Result(
            float(support[support["topic"] == "longest_support"]["value"].max()),
            "years",
            "longest support that a call of the Space Strategy Fund foresees",
        ),
        "claim_bound": Result(CLAIM_MULTIPLE, "times", "what the claim says the budget exceeded"),
        "claim_years": Result(list(CLAIM_WINDOWS[0]), years, "window of the claim"),
        "without_total": Result(
            [[int(year), str(count), str(stage), float(amount)] for year, count, stage, amount in late],
            "year, count, stage, billion yen",
            "what is known of years after the last total",
        ),
        "years_without_total": Result(
            _gaps(stages(p)), years, "years between totals whose own could not be read"
        ),
        "years_carried": Result(
            carried | (rate if p.currency == "JPY" else {}),
            years,
            "years for which the last known exchange rate or price index stands in",
        ),
        "years_at_last_rate": Result(
            [year for found in rate.values() for year in found],
            years,
            "years at the latest exchange rate known",
        ),
        "years_at_last_rate_drawn": Result(
            sorted({y for found in money.standing_in(every, p.currency, p.deflator).values() for y in found}),
            years,
            "years drawn for which the last known exchange rate or price index stands in",
        ),
        "last_ministry_year": Result(
            int(tables.load("budgets/ministries")["fiscal_year"].max()),
            "fiscal year",
            "newest table of ministries",
        ),
        "rate_months_known": Result(
            len(months), "months", "months of the last year whose exchange rate is known"
        ),
        "rate_months": Result(
            [f"{month:%Y-%m-%d}" for month in (months.min(), months.max())] if len(months) else [],
            "months",
            "first and last of them",
        ),
        "years_of_unknown_tranches": Result(
            untold, years, "years whose total is said to hold the fund or leave it out, by an unknown tranche"
        ),
        "index_gaps": Result(
            {"quarters": (loose := money.loose_ends()).quarters, "years": loose.years},
            "periods",
            "GDP and price changes that are known in part and enter no index",
        ),
        **rows.loose_ends({"budgets/strategy_fund": unbooked()}, READ),
    }


def _gaps(table: pd.DataFrame) -> list[int]:
    """Years without a combined total among those that have one, or an initial budget alone."""
    known = table.dropna(subset=["combined", "initial"], how="all").index
    whole = table["combined"].dropna().index
    return [year for year in range(int(whole.min()), int(known.max()) + 1) if year not in whole]


def checks(answer: Answer) -> list[Check]:
    """Printed totals reproduced from their parts."""
    totals_known, parts = rows.facts(TABLE), answer.tables["ministries"]
    totals_known = totals_known.set_index(["fiscal_year", "count", "stage"])["amount_bn_jpy"]
    paper = PAPERS[2015]

    def amount(year: int, stage: str, count: str = "narrow") -> float:
        return totals_known.get((year, count, stage), np.nan)

    def ministries(year: int, stage: str) -> float:
        chosen = parts[
            (parts["fiscal_year"] == year)
            & (parts["stage"] == stage)
            & (parts["source_id"].isin(PAPERS.values()))
        ]
        return float(chosen["amount_bn_jpy"].sum())

    made = [
        Check(
            "FY2015 supplementary plus initial, sum of eleven ministries",
            ministries(2015, "combined"),
            324.5,
            0.5,
            "billion yen",
            paper,
            "table by ministry, total row",
        ),
        Check(
            "FY2014 initial, narrow count, sum of eleven ministries",
            ministries(2014, "initial"),
            274.0,
            0.5,
            "billion yen",
            paper,
            "table by ministry, total row",
        ),
        Check(
            "FY2012 initial, older count, sum of eleven ministries",
            ministries(2012, "initial"),
            298.0,
            0.5,
            "billion yen",
            PAPERS[2012],
            "table by ministry, total row",
        ),
        Check(
            "FY2014 on both counts: missile defense and aviation",
            amount(2014, "initial", "with_missile_defence") - amount(2014, "initial"),
            50.2,
            0.1,
            "billion yen",
            paper,
            "note 2: 324.2 against 274.0",
        ),
        Check(
            "FY2014 initial implied by FY2015's printed rise of 18.5%",
            amount(2015, "combined") / 1.185,
            274.0,
            0.3,
            "billion yen",
            paper,
            "headline of the first page",
        ),
        Check(
            "FY2026 over FY2025, supplementary plus initial",
            (amount(2026, "combined") / amount(2025, "combined") - 1) * 100,
            12.0,
            0.5,
            "percent",
            "sorabatake-2026-space-budget",
            "second paragraph",
        ),
    ]
    return [check for check in made if not np.isnan(check.ours)]  # none where a row was withdrawn
