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
from spacesec.budgets import money, rows
from spacesec.budgets.government_space import model as government_space
from spacesec.data import tables
from spacesec.parameters import value

READ = ("budgets/government_space", "budgets/strategy_fund", "budgets/projects", "budgets/industry_size")
# Rows that results and checks name.
DIGEST_RATES = ("seed-figure-strategy-fund", "seed-figure-industry-value")
MIC_SIZE, MIC_TARGET = "industry-size-2014-mic", "industry-size-2014-mic-target"
MIC_YEARS = 16  # from 2014 to 2030, the years of the ministry's own arithmetic
FIRST_TRANCHE, THREE_TRANCHES = "strategy-fund-2023-tranche-1-total", "strategy-fund-2025-cumulative-total"

TREATMENTS = {"booked": "booked when voted", "spread": "spread over its life", "without": "left out"}


MINISTRIES = ("MEXT", "METI", "MIC", "MEXT and MIC")


# The words of the target, "early 2030s", leave these years.
EARLY_2030S = (2030, 2033)


# Sizes stated from this year on are compared; the size of 2010 belongs to an older goal.
DOUBLING_SINCE = 2016


SCOPES = {
    "equipment_and_services": "equipment and services",
    "with_downstream_users": "with downstream users",
    "information_and_communications": "information and communications",
}


def _whole_years() -> tuple[int, int]:
    """From the first total to the year before the last one."""
    first, last = government_space.total_years()
    return first, last - 1


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value(
        "first", "first year of the trend", unit="fiscal year", between=government_space.total_years
    )
    last_year: int = value(
        "latest", "last year of the trend", unit="fiscal year", between=government_space.total_years
    )
    base_year: int = value(
        2020,
        "year from which growth is counted",
        unit="fiscal year",
        between=_whole_years,
    )
    life_years: int = value(10, "years over which each tranche is spread", unit="years", ge=1, le=20)
    currency: money.Currency = value("JPY", "yen, or US dollars at each fiscal year's mean rate")
    deflator: money.Deflator = value(
        "none", "price index for real amounts: implicit GDP deflator, consumer prices, or none (nominal)"
    )
    price_base_year: int = value(
        2020,
        "year whose prices real amounts are in",
        unit="fiscal year",
        between=_whole_years,
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
                f" {', '.join(map(str, known[:-1]))}."
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


def growth_needed(ratio, years):
    """Yearly growth in percent that multiplies by ``ratio`` in ``years`` years; numbers, or columns
    of them.
    """
    return 100 * (ratio ** (1 / years) - 1)


def by_ministry() -> pd.DataFrame:
    """Tranches by ministry: tranche, fiscal_year, ministry, amount_bn_jpy; a fact from two sources counts
    once.
    """
    fund = rows.facts("budgets/strategy_fund")
    fund = fund[(fund["stage"] == "supplementary") & (fund["ministry"] != "total")].astype(
        {"ministry": str, "fiscal_year": int, "tranche": int}
    )
    return fund[["tranche", "fiscal_year", "ministry", "amount_bn_jpy", "row_id", "source_id"]].reset_index(
        drop=True
    )


def plan() -> float:
    """The fund's size over its ten years as last announced (billion yen)."""
    fund = rows.facts("budgets/strategy_fund")
    return float(
        fund[fund["stage"] == "plan"].sort_values("fiscal_year", kind="stable")["amount_bn_jpy"].iloc[-1]
    )


def planned_payout(year: int | None = None) -> pd.DataFrame:
    """The total of a year (None: the newest) with and without what funds plan to pay out: two rows of
    ``budgets/government_space``, indexed by ``count``; no row where it is not known on both.
    """
    both = rows.facts("budgets/government_space")
    both = both[(both["stage"] == "combined") & both["count"].isin(["narrow", "narrow_with_fund_execution"])]
    both = both[both.groupby("fiscal_year")["count"].transform("nunique") == 2]
    wanted = year or both["fiscal_year"].max()
    return both[both["fiscal_year"] == wanted].astype({"count": str}).set_index("count")


def payout(planned: pd.DataFrame) -> float | None:
    """What funds plan to pay out (billion yen), from the two rows of `planned_payout`."""
    amounts = planned["amount_bn_jpy"]
    return float(amounts["narrow_with_fund_execution"] - amounts["narrow"]) if len(planned) else None


def paid_in() -> pd.DataFrame:
    """Rows of the project review on money paid into the fund."""
    review = rows.facts("budgets/projects")
    return review[
        review["project_id"].astype(str).str.startswith("strategy-fund") & (review["stage"] == "paid")
    ]


def goals() -> pd.DataFrame:
    """One row for each stated size of the industry, with the target set from it where there is one:
    that of the same scope and year.

    Columns: row_ids, year, scope, evidence, source_id, size_bn_jpy, target_low_bn_jpy, target_high_bn_jpy,
    target_first_year, target_last_year, growth_low_percent, growth_high_percent (a year: the lower
    target at the last year, the higher one at the first), older_goal (stated before `DOUBLING_SINCE`,
    and again after it).
    """
    table = industry_sizes()
    keys = ["year", "scope"]
    sizes, targets = (
        table[table["kind"] == kind].drop_duplicates(keys).set_index(keys, drop=False)
        for kind in ("size", "target")
    )
    aims = targets.reindex(sizes.index)
    low, high = aims["amount_bn_jpy"], aims["amount_high_bn_jpy"].fillna(aims["amount_bn_jpy"])
    first, last = (aims[end].astype(float) for end in ("target_first_year", "target_last_year"))
    size, stated = sizes["amount_bn_jpy"], sizes["year"]
    found = {
        "row_ids": (
            sizes["row_id"].astype(str) + (";" + aims["row_id"].astype(str)).where(aims["row_id"].notna(), "")
        ),
        **{name: sizes[name] for name in ("year", "scope", "evidence", "source_id")},
        "size_bn_jpy": size,
        "target_low_bn_jpy": low,
        "target_high_bn_jpy": high,
        "target_first_year": first,
        "target_last_year": last,
        "growth_low_percent": growth_needed(low / size, last - stated),
        "growth_high_percent": growth_needed(high / size, first - stated),
        # Counted again later for another goal: two counts under one name.
        "older_goal": (
            (stated < DOUBLING_SINCE)
            & (sizes.groupby(level="scope")["year"].transform("max") >= DOUBLING_SINCE)
        ),
    }
    return pd.DataFrame(found).reset_index(drop=True)


def industry_sizes() -> pd.DataFrame:
    """Stated sizes and targets of the industry, one row a fact."""
    return rows.facts("budgets/industry_size").astype({"scope": str, "kind": str, "year": int})


def lives(p: "Parameters") -> pd.DataFrame:
    """Growth and bend of the budget by the years over which each tranche is spread: ``life_years``,
    ``annual_growth_percent``, ``break_year`` (None for fewer than seven totals).
    """
    found = []
    for life in sorted({1, 3, 5, 8, 10, 15, 20, p.life_years}):
        table = trend(life, p.last_year).loc[p.first_year :, "spread"]
        amounts = money.convert(table, p.currency, p.deflator, p.price_base_year)
        found.append(
            {
                "life_years": life,
                "annual_growth_percent": growth_needed(
                    amounts.iloc[-1] / amounts[p.base_year], amounts.index[-1] - p.base_year
                ),
                "break_year": knot(amounts)[0] if len(amounts) >= 7 else None,
            }
        )
    return pd.DataFrame(found)


def newer(parts: pd.DataFrame, paid: pd.DataFrame) -> dict[str, rows.Newer | None]:
    """Rows newer than what the answer uses, by table."""
    used = {
        "budgets/government_space": government_space.total_years()[1],
        "budgets/strategy_fund": max(parts["fiscal_year"].max(), government_space.tranches().index.max() - 1),
        "budgets/projects": paid["fiscal_year"].max(),
    }
    return {name: rows.newer(name, "fiscal_year", int(last)) for name, last in used.items()}


def disclosure() -> pd.DataFrame:
    """What an investor would ask and what published rows answer: question, state (known | partly | unknown),
    answer, rows.
    """
    parts, facts = by_ministry(), tables.settled("budgets/fund_facts").astype({"topic": str})
    totals, whole = rows.facts("budgets/strategy_fund"), plan()
    voted = totals[(totals["ministry"] == "total") & (totals["stage"] == "supplementary")]
    paid, planned = paid_in(), planned_payout()
    split = parts.groupby("tranche")["ministry"].apply(lambda m: "MEXT and MIC" not in set(m))
    themes, awards = (
        facts[facts["topic"] == topic].drop_duplicates("tranche") for topic in ("themes", "awards_planned")
    )
    size = industry_sizes()
    size = size[
        (size["kind"] == "size") & (size["year"] >= DOUBLING_SINCE) & (size["evidence"] == "independent")
    ]
    out = ""
    if len(planned):
        out = f"planned FY{planned['fiscal_year'].iloc[0]}, all funds: {payout(planned):.1f} billion yen; "

    def ids(*frames: pd.DataFrame) -> str:
        return ";".join(row for frame in frames for row in frame["row_id"])

    asked = [
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
            f"up to {facts[facts['topic'] == 'longest_support']['value'].max():.0f} years",
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
            f"{out}sheets show only the {paid['amount_bn_jpy'].sum():.0f} paid in",
            ids(planned, paid),
        ),
        ("Who won, and how much?", "unknown", "no table of awards could be read", ""),
        (
            f"When does the rest of {whole:,.0f} come?",
            "unknown",
            f"{whole - voted['amount_bn_jpy'].sum():.0f} billion yen are not dated",
            "",
        ),
        (
            "How large is the industry?",
            "partly",
            f"{size['amount_bn_jpy'].min():,.0f} or {size['amount_bn_jpy'].max():,.0f} billion yen, by scope",
            ids(size),
        ),
    ]
    return pd.DataFrame(asked, columns=["question", "state", "answer", "row_ids"])


def answer(parameters: Parameters) -> Answer:
    """Tranches, the trend under three treatments of the fund, the growth the industry target implies, and
    what is public.
    """
    p = parameters
    parts, board = by_ministry(), disclosure()
    whole, tranches = plan(), government_space.tranches()
    series = trend(p.life_years, p.last_year).loc[p.first_year :]
    real = series.apply(lambda column: money.convert(column, p.currency, p.deflator, p.price_base_year))
    last = int(real.index[-1])
    multiple = real.loc[last] / real.loc[p.base_year]
    knots = {name: knot(real[name]) if len(real) >= 7 else (None, []) for name in TREATMENTS}
    steps = real.diff().iloc[1:]
    industry = industry_sizes()
    chosen = industry[
        (industry["scope"] == p.industry_scope)
        & (industry["evidence"] != "seed")
        & (industry["year"] >= DOUBLING_SINCE)
    ]
    size, target = (
        chosen[chosen["kind"] == kind].sort_values("year", kind="stable").iloc[-1]
        for kind in ("size", "target")
    )
    ratio = float(target["amount_bn_jpy"] / size["amount_bn_jpy"])
    needed = [growth_needed(ratio, end - int(size["year"])) for end in EARLY_2030S]
    sizes = industry[industry["kind"] == "size"].sort_values("year", kind="stable")
    narrow = sizes[sizes["scope"] == "equipment_and_services"]["amount_bn_jpy"]
    narrow_years = sizes[sizes["scope"] == "equipment_and_services"]["year"]
    wide = sizes[(sizes["scope"] == "with_downstream_users") & (sizes["year"] >= DOUBLING_SINCE)][
        "amount_bn_jpy"
    ]
    seed = tables.load("budgets/seed_figures").set_index("row_id")["implied_jpy_per_usd"]
    planned = planned_payout()
    unit = money.words(p.currency, p.deflator, p.price_base_year)
    support = tables.settled("budgets/fund_facts").astype({"topic": str})
    support = support[support["topic"] == "longest_support"]["value"].max()
    results = {
        "plan": Result(
            whole, "billion yen", "the fund's size over ten years as announced (about)", ("C1-016",)
        ),
        "voted": Result(
            float(tranches.sum()),
            "billion yen",
            f"voted in {len(tranches)} supplementary budgets",
            ("C1-016",),
        ),
        "voted_percent": Result(
            100 * float(tranches.sum()) / whole, "percent", "share of the plan voted so far", ("C1-016",)
        ),
        "tranches_voted": Result(
            len(tranches), "supplementary budgets", "budgets in which the fund was voted"
        ),
        "longest_support_years": Result(
            float(support), "years", "longest support that a call of the fund foresees"
        ),
        "last_total_year": Result(last, "fiscal year", "last year of the trend with a published total"),
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
        "largest_step": Result(
            {name: float(steps[name].max()) for name in TREATMENTS},
            unit,
            "that rise, by treatment; negative where no published year lies above the one before",
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
            payout(planned_payout(2026)),
            "billion yen",
            "what funds plan to pay out in FY2026, as published",
        ),
        "planned_payout": Result(
            payout(planned),
            "billion yen",
            "what funds plan to pay out in the newest year known, as published",
        ),
        "planned_payout_year": Result(
            int(planned["fiscal_year"].max()) if len(planned) else None, "fiscal year", "that year"
        ),
        "industry_size": Result(
            float(size["amount_bn_jpy"]),
            "billion yen",
            f"stated size of the industry, {SCOPES[p.industry_scope]}",
            ("C1-018",),
        ),
        "industry_size_year": Result(int(size["year"]), "year", "year for which that size is stated"),
        "industry_target_years": Result(
            list(EARLY_2030S), "years", "what the target's words, early 2030s, are taken to leave"
        ),
        "industry_narrow_years": Result(
            [int(narrow_years.iloc[0]), int(narrow_years.iloc[-1])],
            "years",
            "first and last year for which the size of equipment and services is stated",
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
            [float(seed[row]) for row in DIGEST_RATES],
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
        "years_carried": Result(
            money.standing_in([last], p.currency, p.deflator),
            "fiscal years",
            "years for which the last known exchange rate or price index stands in",
        ),
        "years_of_unknown_tranches": Result(
            [year for year in government_space.untold_tranches() if p.first_year <= year <= last],
            "fiscal years",
            "years whose total is said to hold the fund or leave it out, by an unknown tranche",
        ),
        **rows.loose_ends(newer(parts, paid_in()), READ),
    }
    return Answer(
        results,
        {
            "tranches": parts,
            "trend": real.rename_axis("fiscal_year").reset_index(),
            "industry": industry,
            "goals": goals(),
            "lives": lives(p),
            "disclosure": board,
        },
        p,
    )


def checks(answer: Answer) -> list[Check]:
    """Sums of the tranches, and the growth arithmetic of a ministry's own target."""
    parts = answer.tables["tranches"]
    totals = tables.load("budgets/strategy_fund").set_index("row_id")
    size = tables.load("budgets/industry_size").set_index("row_id")
    made = []
    if FIRST_TRANCHE in totals.index:
        made.append(
            _sum(
                "first tranche, sum of three ministries",
                parts[parts["tranche"] == 1],
                totals,
                FIRST_TRANCHE,
                0.5,
            )
        )
    if THREE_TRANCHES in totals.index:
        by_then = government_space.tranches()
        by_then = by_then[by_then.index <= totals.loc[THREE_TRANCHES, "fiscal_year"] + 1].to_frame()
        made.append(_sum("three tranches together", by_then, totals, THREE_TRANCHES, 5.0))
    if {MIC_SIZE, MIC_TARGET} <= set(size.index):
        start, goal = size.loc[MIC_SIZE], size.loc[MIC_TARGET]
        made += [
            Check(
                "800 growing by 5% a year to 2030 (MIC's target)",
                start["amount_bn_jpy"] * 1.05**MIC_YEARS,
                float(goal["amount_bn_jpy"]),
                10.0,
                "billion yen",
                goal["source_id"],
                "first and third paragraph",
            ),
            Check(
                "800 growing by 7.9% a year to 2030 (MIC's wish)",
                start["amount_bn_jpy"] * 1.079**MIC_YEARS,
                2700.0,
                50.0,
                "billion yen",
                goal["source_id"],
                "third paragraph",
            ),
        ]
    return made


def _sum(what: str, parts: pd.DataFrame, totals: pd.DataFrame, row_id: str, tolerance: float) -> Check:
    row = totals.loc[row_id]
    ours, published = float(parts["amount_bn_jpy"].sum()), float(row["amount_bn_jpy"])
    return Check(what, ours, published, tolerance, "billion yen", row["source_id"], row["locator"])
