"""What does the one-trillion-yen Space Strategy Fund do to Japan's space budget, and what can an investor
tell from it?

The fund is voted in supplementary budgets and paid into JAXA at once, for projects of up to ten years. A
series that books it when it is voted jumps; one that spreads it over its life does not. Years follow the
15-month convention of `government_space`.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.budgets import money
from spacesec.budgets.government_space import model as government_space
from spacesec.data import tables
from spacesec.parameters import value

TREATMENTS = {"booked": "booked when voted", "spread": "spread over its life", "without": "left out"}


MINISTRIES = ("MEXT", "METI", "MIC", "MEXT and MIC")


# The words of the target, "early 2030s", leave these years.
EARLY_2030S = (2030, 2033)


SCOPES = {
    "equipment_and_services": "equipment and services",
    "with_downstream_users": "with downstream users",
    "information_and_communications": "information and communications",
}


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value(2009, "first year of the trend", unit="fiscal year", ge=2009, le=2026)
    last_year: int = value(2026, "last year of the trend", unit="fiscal year", ge=2009, le=2026)
    base_year: int = value(2020, "year from which growth is counted", unit="fiscal year", ge=2009, le=2025)
    life_years: int = value(10, "years over which each tranche is spread", unit="years", ge=1, le=20)
    currency: money.Currency = value("JPY", "yen, or US dollars at each fiscal year's mean rate")
    deflator: money.Deflator = value(
        "none", "price index for real amounts: implicit GDP deflator, consumer prices, or none (nominal)"
    )
    price_base_year: int = value(
        2020, "year whose prices real amounts are in", unit="fiscal year", ge=2009, le=2025
    )
    industry_scope: Literal["equipment_and_services", "with_downstream_users"] = value(
        "with_downstream_users", 'what "the space industry" counts'
    )

    @model_validator(mode="after")
    def _in_order(self):
        if not self.first_year <= self.base_year < self.last_year:
            raise ValueError(
                f"base_year = {self.base_year} is not possible with first_year = {self.first_year} and"
                f" last_year = {self.last_year}: it must lie between them, before the last."
            )
        known = government_space.totals("combined", True).index
        if self.base_year not in known:
            raise ValueError(
                f"base_year = {self.base_year} has no sourced total here; choose among"
                f" {', '.join(map(str, known[known <= 2025]))}."
            )
        if known.to_series().between(self.base_year + 1, self.last_year).sum() < 1:
            raise ValueError(
                f"last_year = {self.last_year} leaves no sourced total after base_year = {self.base_year};"
                " choose a later last_year."
            )
        return self


def spread(tranches: pd.Series, life_years: int, last_year: int) -> pd.Series:
    """Each tranche (billion yen by the year in which it is counted) in equal parts over ``life_years`` years,
    added up to ``last_year``.
    """
    years = range(int(tranches.index.min()), last_year + 1)
    return pd.Series(
        {
            year: sum(
                amount / life_years
                for start, amount in tranches.items()
                if start <= year < start + life_years
            )
            for year in years
        },
        dtype=float,
    )


def trend(life_years: int, last_year: int) -> pd.DataFrame:
    """The combined total by fiscal year under each treatment of the fund (billion yen, nominal); years
    without a published total have no row.
    """
    booked, without = (government_space.totals("combined", kept)["amount_bn_jpy"] for kept in (True, False))
    parts = spread(government_space.tranches(), life_years, max(last_year, int(booked.index.max())))
    return pd.DataFrame(
        {"booked": booked, "spread": without + parts.reindex(without.index).fillna(0.0), "without": without}
    ).loc[:last_year]


def knot(amounts: pd.Series, least: int = 3) -> tuple[int, list[int]]:
    """The year in which the growth rate changes most: least squares of the logarithm on a line bent once,
    over all years that leave ``least`` points on either side. Returns the best year and all years whose BIC
    is within 2 of it (equal parameters: of its fit).
    """
    years, levels = amounts.index.to_numpy(dtype=float), np.log(amounts.to_numpy(dtype=float))
    errors = {}
    for year in years[least - 1 : len(years) - least + 1]:
        design = np.column_stack([np.ones_like(years), years - year, np.clip(years - year, 0, None)])
        left = levels - design @ np.linalg.lstsq(design, levels, rcond=None)[0]
        errors[int(year)] = float(left @ left)
    best = min(errors, key=errors.get)
    bic = {year: len(years) * np.log(max(error, 1e-300) / len(years)) for year, error in errors.items()}
    return best, [year for year, score in bic.items() if score - bic[best] <= 2]


def growth_needed(ratio: float, years: float) -> float:
    """Yearly growth in percent that multiplies by ``ratio`` in ``years`` years."""
    return 100 * (ratio ** (1 / years) - 1)


def by_ministry() -> pd.DataFrame:
    """Tranches by ministry: tranche, fiscal_year, ministry, amount_bn_jpy; a fact from two sources counts
    once.
    """
    fund = tables.settled("budgets/strategy_fund")
    fund = fund[(fund["stage"] == "supplementary") & (fund["ministry"] != "total")].astype(
        {"ministry": str, "fiscal_year": int, "tranche": int}
    )
    return fund.drop_duplicates(["tranche", "ministry", "amount_bn_jpy"])[
        ["tranche", "fiscal_year", "ministry", "amount_bn_jpy", "row_id", "source_id"]
    ].reset_index(drop=True)


def disclosure() -> pd.DataFrame:
    """What an investor would ask and what published rows answer: question, state (known | partly | unknown),
    answer, rows.
    """
    parts, facts = by_ministry(), tables.settled("budgets/fund_facts").astype({"topic": str})
    totals = tables.settled("budgets/strategy_fund")
    plan = totals[totals["stage"] == "plan"]["amount_bn_jpy"].iloc[0]
    voted = totals[(totals["ministry"] == "total") & (totals["stage"] == "supplementary")].drop_duplicates(
        "tranche"
    )
    review = tables.load("budgets/projects")
    paid_in = review[
        review["project_id"].astype(str).str.startswith("strategy-fund") & (review["stage"] == "paid")
    ]
    planned = (
        tables.load("budgets/government_space")
        .query("fiscal_year == 2026 and stage == 'combined'")
        .set_index("count")
    )
    out = planned.loc["narrow_with_fund_execution"]["amount_bn_jpy"] - planned.loc["narrow"]["amount_bn_jpy"]
    split = parts.groupby("tranche")["ministry"].apply(lambda m: "MEXT and MIC" not in set(m))
    themes, awards = (
        facts[facts["topic"] == topic].drop_duplicates("tranche") for topic in ("themes", "awards_planned")
    )
    size = tables.load("budgets/industry_size")
    size = size[(size["kind"] == "size") & (size["year"] >= 2016) & (size["evidence"] == "independent")]

    def ids(*frames: pd.DataFrame) -> str:
        return ";".join(row for frame in frames for row in frame["row_id"])

    rows = [
        (
            "How much was voted, and when?",
            "known",
            ", ".join(f"{a:.0f} (FY{y})" for y, a in zip(voted["fiscal_year"], voted["amount_bn_jpy"]))
            + " billion yen",
            ids(voted),
        ),
        (
            "Which ministry commands it?",
            "known" if split.all() else "partly",
            f"split known for {int(split.sum())} of {len(split)} tranches",
            ids(parts),
        ),
        (
            "How long does support last?",
            "known",
            f"up to {facts[facts['topic'] == 'longest_support']['value'].iloc[0]:.0f} years",
            ids(facts[facts["topic"] == "longest_support"]),
        ),
        (
            "May a foreign firm apply?",
            "known",
            "only as partner of one incorporated in Japan",
            ids(facts[facts["topic"] == "applicants"]),
        ),
        (
            "How many themes?",
            "known" if len(themes) == len(voted) else "partly",
            " + ".join(f"{v:.0f}" for v in themes["value"]),
            ids(themes),
        ),
        (
            "How many awards?",
            "partly",
            "foreseen: " + " + ".join(f"{v:.0f}" for v in awards["value"]),
            ids(awards),
        ),
        (
            "What was paid out of it?",
            "partly",
            (
                f"planned FY2026, all funds: {out:.1f} billion yen; sheets show only the"
                f" {paid_in['amount_bn_jpy'].sum():.0f} paid in"
            ),
            ids(planned, paid_in),
        ),
        ("Who won, and how much?", "unknown", "no table of awards could be read", ""),
        (
            f"When does the rest of {plan:,.0f} come?",
            "unknown",
            f"{plan - voted['amount_bn_jpy'].sum():.0f} billion yen are not dated",
            "",
        ),
        (
            "How large is the industry?",
            "partly",
            f"{size['amount_bn_jpy'].min():,.0f} or {size['amount_bn_jpy'].max():,.0f} billion yen, by scope",
            ids(size),
        ),
    ]
    return pd.DataFrame(rows, columns=["question", "state", "answer", "row_ids"])


def answer(parameters: Parameters) -> Answer:
    """Tranches, the trend under three treatments of the fund, the growth the industry target implies, and
    what is public.
    """
    p = parameters
    parts, board = by_ministry(), disclosure()
    totals = tables.settled("budgets/strategy_fund")
    plan = float(totals[totals["stage"] == "plan"]["amount_bn_jpy"].iloc[0])
    tranches = government_space.tranches()
    series = trend(p.life_years, p.last_year).loc[p.first_year :]
    real = series.apply(lambda column: money.convert(column, p.currency, p.deflator, p.price_base_year))
    last = int(real.index[-1])
    multiple = real.loc[last] / real.loc[p.base_year]
    knots = {name: knot(real[name]) if len(real) >= 7 else (None, []) for name in TREATMENTS}
    steps = real.diff().iloc[1:]
    industry = tables.load("budgets/industry_size").astype({"scope": str, "kind": str})
    chosen = industry[
        (industry["scope"] == p.industry_scope)
        & (industry["evidence"] != "seed")
        & (industry["year"] >= 2016)
    ]
    size, target = (
        chosen[chosen["kind"] == kind].sort_values("year").iloc[-1] for kind in ("size", "target")
    )
    ratio = float(target["amount_bn_jpy"] / size["amount_bn_jpy"])
    needed = [growth_needed(ratio, end - int(size["year"])) for end in EARLY_2030S]
    narrow = industry[
        (industry["scope"] == "equipment_and_services") & (industry["kind"] == "size")
    ].sort_values("year")["amount_bn_jpy"]
    wide = industry[
        (industry["scope"] == "with_downstream_users")
        & (industry["kind"] == "size")
        & (industry["year"] >= 2016)
    ]["amount_bn_jpy"]
    seed = tables.load("budgets/seed_figures").set_index("row_id")
    planned = (
        tables.load("budgets/government_space")
        .query("fiscal_year == 2026 and stage == 'combined'")
        .set_index("count")["amount_bn_jpy"]
    )
    unit = money.words(p.currency, p.deflator, p.price_base_year)
    results = {
        "plan": Result(
            plan, "billion yen", "the fund's size over ten years as announced (about)", ("C1-016",)
        ),
        "voted": Result(
            float(tranches.sum()), "billion yen", "voted in three supplementary budgets", ("C1-016",)
        ),
        "voted_percent": Result(
            100 * float(tranches.sum()) / plan, "percent", "share of the plan voted so far", ("C1-016",)
        ),
        "ministry_percent": Result(
            {
                m: 100 * float(parts[parts["ministry"] == m]["amount_bn_jpy"].sum()) / float(tranches.sum())
                for m in MINISTRIES
            },
            "percent",
            "share of the money voted, by ministry; MEXT and MIC together where no split was found",
        ),
        "growth_multiple": Result(
            {name: float(multiple[name]) for name in TREATMENTS},
            "times",
            f"FY{last} over FY{p.base_year}, {unit}, by treatment of the fund",
        ),
        "annual_growth_percent": Result(
            {name: growth_needed(float(multiple[name]), last - p.base_year) for name in TREATMENTS},
            "percent a year",
            f"compound growth FY{p.base_year}-{last}, by treatment",
        ),
        "largest_step_year": Result(
            {name: int(steps[name].idxmax()) for name in TREATMENTS},
            "fiscal year",
            "published year with the largest rise on the published year before, by treatment",
        ),
        "break_year": Result(
            {name: knots[name][0] for name in TREATMENTS},
            "fiscal year",
            "year in which the growth rate changes most, by treatment",
        ),
        "break_years_possible": Result(
            {name: knots[name][1] for name in TREATMENTS},
            "fiscal years",
            "years that fit nearly as well (BIC within 2)",
        ),
        "spread_last": Result(
            float(spread(tranches, p.life_years, last).get(last, 0.0)),
            "billion yen",
            f"part of the fund that falls on FY{last} when spread",
        ),
        "planned_payout_2026": Result(
            float(planned["narrow_with_fund_execution"] - planned["narrow"]),
            "billion yen",
            "what funds plan to pay out in FY2026, as published",
        ),
        "industry_size": Result(
            float(size["amount_bn_jpy"]),
            "billion yen",
            f"stated size of the industry, {SCOPES[p.industry_scope]}",
            ("C1-018",),
        ),
        "industry_growth_needed_percent": Result(
            needed,
            "percent a year",
            f"growth that the target needs from {int(size['year'])} to {EARLY_2030S[0]} and to"
            f" {EARLY_2030S[1]}",
            ("C1-019",),
        ),
        "industry_scope_ratio": Result(
            float(wide.max() / narrow.max()),
            "times",
            "the wider stated size over the narrower, both called the space industry",
            ("C1-018",),
        ),
        "industry_growth_stated_percent": Result(
            100 * float(narrow.iloc[-1] / narrow.iloc[0] - 1),
            "percent",
            "change between the first and last stated size of equipment and services",
            ("C1-019",),
        ),
        "digest_rates": Result(
            [
                float(seed.loc["seed-figure-strategy-fund", "implied_jpy_per_usd"]),
                float(seed.loc["seed-figure-industry-value", "implied_jpy_per_usd"]),
            ],
            "yen per US dollar",
            "exchange rates that the digest's yen and dollar amounts imply for the fund and for the industry",
            ("C1-016", "C1-018"),
        ),
        "questions_known": Result(
            int((board["state"] == "known").sum()),
            "questions",
            "investor's questions that published rows answer",
        ),
        "questions_asked": Result(len(board), "questions", "investor's questions asked"),
    }
    return Answer(
        results,
        {
            "tranches": parts,
            "trend": real.rename_axis("fiscal_year").reset_index(),
            "industry": industry,
            "disclosure": board,
        },
        p,
        facts={"p": p, "results": results, "last": last, "unit": unit},
    )


def checks(answer: Answer) -> list[Check]:
    """Sums of the tranches, and the growth arithmetic of a ministry's own target."""
    parts = answer.tables["tranches"]
    totals = tables.load("budgets/strategy_fund").set_index("row_id")
    size = tables.load("budgets/industry_size").set_index("row_id")
    start, goal = size.loc["industry-size-2014-mic"], size.loc["industry-size-2014-mic-target"]
    first = totals.loc["strategy-fund-2023-tranche-1-total"]
    whole = totals.loc["strategy-fund-2025-cumulative-total"]
    return [
        Check(
            "first tranche, sum of three ministries",
            float(parts[parts["tranche"] == 1]["amount_bn_jpy"].sum()),
            float(first["amount_bn_jpy"]),
            0.5,
            "billion yen",
            first["source_id"],
            first["locator"],
        ),
        Check(
            "three tranches together",
            answer["voted"],
            float(whole["amount_bn_jpy"]),
            5.0,
            "billion yen",
            whole["source_id"],
            whole["locator"],
        ),
        Check(
            "800 growing by 5 percent a year to 2030 (MIC's target)",
            start["amount_bn_jpy"] * 1.05**16,
            float(goal["amount_bn_jpy"]),
            10.0,
            "billion yen",
            goal["source_id"],
            "first and third paragraph",
        ),
        Check(
            "800 growing by 7.9 percent a year to 2030 (MIC's wish)",
            start["amount_bn_jpy"] * 1.079**16,
            2700.0,
            50.0,
            "billion yen",
            goal["source_id"],
            "third paragraph",
        ),
    ]
