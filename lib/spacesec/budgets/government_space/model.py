"""How fast did Japan's government space budget grow, and does "more than doubled in five years" hold?

Amounts are the Cabinet Office's totals. "combined" follows its 15-month convention: the supplementary budget
of the previous fiscal year plus this year's initial budget. Only the narrow count (without missile defence
and aviation) is used for growth; the older count, which ends with FY2015, is drawn beside it and never
joined.
"""

from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.budgets import money
from spacesec.data import tables
from spacesec.parameters import value

CLAIM = ("C1-015",)


# The digest of CSIS's report of August 2024 says "over the past five years": the fiscal year then running
# against the fifth before it,
# and the same window a year earlier and later, since the sentence does not name its years.
CLAIM_WINDOWS = ((2019, 2024), (2018, 2023), (2020, 2025))


CLAIM_MULTIPLE = 2.0


# "About 600 billion yen": half of the last digit that the source gives.
ROUNDING_BN_JPY = 50.0


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value(2009, "first year of the comparison", unit="fiscal year", ge=2008, le=2026)
    last_year: int = value(2026, "last year of the comparison", unit="fiscal year", ge=2008, le=2026)
    price_base_year: int = value(
        2020, "year whose prices real amounts are in", unit="fiscal year", ge=2008, le=2025
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


def totals(basis: str, include_strategy_fund: bool) -> pd.DataFrame:
    """The narrow count by fiscal year: one row a year with ``amount_bn_jpy`` (nominal), ``fund_bn_jpy`` (the
    tranche booked in it), ``rounded``, ``row_id`` and ``source_id``; years whose total could not be read have
    no row.

    Where the source's total leaves the fund out, the tranche is added when it is wanted; where it holds it,
    it is taken out when not.
    """
    table = tables.settled("budgets/government_space")
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


def tranches() -> pd.Series:
    """The fund's tranches (billion yen) by the fiscal year with whose initial budget the supplementary is
    combined.
    """
    fund = tables.load("budgets/strategy_fund")
    fund = fund[(fund["ministry"] == "total") & (fund["stage"] == "supplementary")]
    return fund.groupby("fiscal_year")["amount_bn_jpy"].first().rename(lambda year: year + 1)


def doublings(amounts: pd.Series, most_years: int = 5) -> list[list[int]]:
    """Pairs of fiscal years at most ``most_years`` apart between which the amount at least doubled."""
    return [
        [int(a), int(b)]
        for a in amounts.index
        for b in amounts.index
        if 0 < b - a <= most_years and amounts[b] >= 2 * amounts[a]
    ]


def multiverse(price_base_year: int = 2020) -> pd.DataFrame:
    """The claim under every definition: one row for each basis, fund, window, currency and deflator, with the
    multiple (NaN where a total could not be read) and the bounds that rounding leaves.
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
    return pd.DataFrame(rows)


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
    known = world.dropna(subset="multiple")
    true = int((known["multiple"] > CLAIM_MULTIPLE).sum())
    unit = money.words(p.currency, p.deflator, p.price_base_year)
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
            "FY2024 over FY2019, the window of the claim, in the chosen money",
            CLAIM,
        ),
        "doubling_claim_holds": Result(
            holds,
            "true or false",
            "FY2024 is more than twice FY2019 in the chosen money; null where a total could not be read",
            CLAIM,
        ),
        "definitions_true": Result(true, "definitions", "definitions under which the claim is true", CLAIM),
        "definitions_decidable": Result(
            len(known), "definitions", "definitions for which both totals could be read", CLAIM
        ),
    }
    tranche = within["fund_bn_jpy"].iloc[-1] * within["amount"].iloc[-1] / within["amount_bn_jpy"].iloc[-1]
    return Answer(
        results,
        {
            "series": series.reset_index(),
            "all_rows": tables.settled("budgets/government_space"),
            "ministries": tables.load("budgets/ministries"),
            "multiverse": world,
        },
        parameters,
        facts={"p": p, "results": results, "world": world, "unit": unit, "fund": tranche},
    )


def checks(answer: Answer) -> list[Check]:
    """Printed totals reproduced from their parts."""
    rows, parts = answer.tables["all_rows"], answer.tables["ministries"]
    paper = "cabinet-office-2015-space-budget"

    def amount(year: int, stage: str, count: str = "narrow") -> float:
        return float(
            rows[(rows["fiscal_year"] == year) & (rows["stage"] == stage) & (rows["count"] == count)][
                "amount_bn_jpy"
            ].iloc[0]
        )

    def ministries(year: int, stage: str) -> float:
        chosen = parts[
            (parts["fiscal_year"] == year)
            & (parts["stage"] == stage)
            & (parts["source_id"].isin([paper, "cabinet-office-2012-space-budget"]))
        ]
        return float(chosen["amount_bn_jpy"].sum())

    return [
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
            "cabinet-office-2012-space-budget",
            "table by ministry, total row",
        ),
        Check(
            "FY2014 on both counts: missile defence and aviation",
            amount(2014, "initial", "with_missile_defence") - amount(2014, "initial"),
            50.2,
            0.1,
            "billion yen",
            paper,
            "note 2: 324.2 against 274.0",
        ),
        Check(
            "FY2014 initial implied by FY2015's printed rise of 18.5 percent",
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
