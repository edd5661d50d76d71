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

from spacesec import figures, parameters, tables
from spacesec.budgets import drawing, government_space, money
from spacesec.figures import COLOURS, STATES, Picture
from spacesec.numerals import counted
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = (
    "What does the one-trillion-yen Space Strategy Fund do to Japan's space budget, and what can an investor"
    " tell from it?"
)
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
        _text(p, results, last, unit),
        results,
        {
            "tranches": parts,
            "trend": real.rename_axis("fiscal_year").reset_index(),
            "industry": industry,
            "disclosure": board,
        },
        p,
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


@figures.house
def tranches(answer: Answer) -> Picture:
    """The three tranches by ministry, and the undated rest of the plan as a planned box."""
    parts, r = answer.tables["tranches"], answer.results
    looks = {
        "MEXT": (COLOURS["blue"], None),
        "METI": (COLOURS["vermilion"], None),
        "MIC": (COLOURS["green"], None),
        "MEXT and MIC": (COLOURS["sky"], "////"),
    }
    fig, ax = figures.canvas()
    for tranche, group in parts.groupby("tranche"):
        left = 0.0
        for ministry in MINISTRIES:
            for line, amount in group[group["ministry"] == ministry]["amount_bn_jpy"].items():
                colour, hatch = looks[ministry]
                figures.mark(
                    line,
                    *ax.barh(
                        tranche,
                        amount,
                        0.6,
                        left=left,
                        facecolor="white" if hatch else colour,
                        edgecolor=colour if hatch else "white",
                        hatch=hatch,
                        lw=1,
                    ),
                )
                ax.text(
                    left + amount / 2,
                    tranche,
                    f"{ministry}\n{amount:.0f}",
                    ha="center",
                    va="center",
                    size=11,
                    color=COLOURS["ink"] if hatch else "white",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5} if hatch else None,
                )
                left += amount
        ax.text(left + 4, tranche, f"{left:.0f}", va="center", weight=600)
    rest = r["plan"].value - r["voted"].value
    ax.barh(4, rest, 0.6, **STATES["planned"])
    ax.text(rest / 2, 4, f"not yet voted, no date: {rest:.0f}", ha="center", va="center")
    years = parts.groupby("tranche")["fiscal_year"].first()
    ax.set_yticks(
        [1, 2, 3, 4], [*(f"phase {t}\nFY{years[t]} supplementary" for t in (1, 2, 3)), "rest of the plan"]
    )
    ax.set(ylim=(4.6, 0.45), xlim=(0, 340), xlabel="billion yen, nominal")
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    return Picture(
        fig,
        "tranches",
        f"{r['voted_percent'].value:.0f} percent of the one trillion yen was voted in three winters",
        "Money voted for the fund at JAXA; MEXT: science, METI: industry, MIC: communications ministry;"
        " dashed: planned",
        "The split of the third tranche between MEXT and MIC could not be read. All of it was voted in"
        " supplementary budgets.",
        "Stacked bars of three tranches by ministry and a dashed bar for the part of the plan that is not yet"
        " voted.",
        parts,
        figures.used(parts),
    )


@figures.house
def series(answer: Answer) -> Picture:
    """The combined total with the fund booked, spread and left out; years without a published total are
    dotted across.
    """
    table, p, r = answer.tables["trend"].set_index("fiscal_year"), answer.parameters, answer.results
    looks = {
        "booked": (COLOURS["vermilion"], "s"),
        "spread": (COLOURS["blue"], "o"),
        "without": (COLOURS["green"], "^"),
    }
    fig, ax = figures.canvas()
    every = range(int(table.index[0]), int(table.index[-1]) + 1)
    for name, (colour, marker) in looks.items():
        ax.plot(table.index, table[name], ls=":", lw=1.2, color=colour)
        whole = table[name].reindex(every)
        ax.plot(
            whole.index,
            whole,
            color=colour,
            marker=marker,
            ms=6,
            lw=2,
            mfc="white" if name == "without" else colour,
        )
    levels = drawing.apart([table[name].iloc[-1] for name in looks], 0.12 * table["booked"].max())
    for level, (name, (colour, _)) in zip(levels, looks.items()):
        ax.annotate(
            f"{TREATMENTS[name]}\n{r['growth_multiple'].value[name]:.1f} times FY{p.base_year}",
            (table.index[-1], table[name].iloc[-1]),
            xytext=(table.index[-1] + 0.45, level),
            va="center",
            color=colour,
            size=11,
            linespacing=1.05,
        )
    ax.axvline(p.base_year, color=COLOURS["grey"], lw=0.8, ls="--")
    ax.annotate(
        f"FY{p.base_year}: base of the multiples",
        (p.base_year, 0),
        xytext=(4, 5),
        textcoords="offset points",
        size=10,
        color="#555b60",
    )
    ax.set(
        xlim=(every[0] - 0.5, every[-1] + 0.26 * len(every) + 0.8),
        ylim=(0, 1.12 * table["booked"].max()),
        ylabel=money.words(p.currency, p.deflator, p.price_base_year),
        xlabel="fiscal year (supplementary of the year before plus initial budget)",
    )
    ax.set_xticks([year for year in every if year % 2 == 0])
    jump = r["largest_step_year"].value
    return Picture(
        fig,
        "series",
        f"Booked at once, the fund puts the jump in FY{jump['booked']}; without it the largest rise comes in"
        f" FY{jump['without']}",
        "Government space budget with the fund booked when voted, spread over"
        f" {counted(p.life_years, 'year')}, or left out; dotted across years whose total was not found",
        "The FY2024 total is rounded by its source (about 600 billion yen without the fund). That the fund"
        " lies inside the totals of FY2025 and FY2026 is their publisher's word.",
        "Three lines that part in FY2024: booked highest, spread in the middle, left out lowest; all three"
        " rise in FY2026.",
        answer.tables["trend"],
        (*figures.used(_drawn()), *figures.used(answer.tables["tranches"])),
    )


@figures.house
def breaks(answer: Answer) -> Picture:
    """Growth and the year in which it changes, under each treatment and several lives: the sensitivity of the
    trend.
    """
    from matplotlib.patheffects import withStroke

    p, r = answer.parameters, answer.results
    lives = sorted({1, 3, 5, 8, 10, 15, 20, p.life_years})
    rows = []
    for life in lives:
        table = trend(life, p.last_year).loc[p.first_year :, "spread"]
        amounts = money.convert(table, p.currency, p.deflator, p.price_base_year)
        rows.append(
            {
                "life_years": life,
                "annual_growth_percent": growth_needed(
                    amounts.iloc[-1] / amounts[p.base_year], amounts.index[-1] - p.base_year
                ),
                "break_year": knot(amounts)[0] if len(amounts) >= 7 else None,
            }
        )
    data = pd.DataFrame(rows)
    fig, ax = figures.canvas()
    ax.plot(data["life_years"], data["annual_growth_percent"], color=COLOURS["blue"], marker="o", ms=8)
    for row in data.itertuples():
        text = f"{row.annual_growth_percent:.1f}" + (
            f"\nbend FY{row.break_year:.0f}" if row.break_year == row.break_year and row.break_year else ""
        )
        place = {
            data["life_years"].iloc[0]: ((9, -26), "left"),
            data["life_years"].iloc[-1]: ((2, 11), "right"),
        }.get(row.life_years, ((9, 5), "left"))
        ax.annotate(
            text,
            (row.life_years, row.annual_growth_percent),
            xytext=place[0],
            textcoords="offset points",
            ha=place[1],
            size=10.5,
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )
    for name, colour in (("booked", COLOURS["vermilion"]), ("without", COLOURS["green"])):
        level = r["annual_growth_percent"].value[name]
        ax.axhline(level, color=colour, lw=1.6, ls="--" if name == "booked" else "-.")
        ax.text(
            20.7,
            level + 0.12,
            f"{TREATMENTS[name]}: {level:.1f}",
            color=colour,
            ha="right",
            va="bottom",
            weight=600,
        )
    low, high = (
        min(data["annual_growth_percent"].min(), r["annual_growth_percent"].value["without"]),
        max(data["annual_growth_percent"].max(), r["annual_growth_percent"].value["booked"]),
    )
    pad = max(0.4, 0.25 * (high - low))
    ax.set(
        xlim=(0.2, 20.9),
        ylim=(low - pad, high + 1.6 * pad),
        xlabel="years over which each tranche is spread",
        ylabel="percent a year",
    )
    ax.set_xticks(lives)
    return Picture(
        fig,
        "breaks",
        (
            f"The budget grew {low:.0f} to {high:.0f} percent a year since FY{p.base_year}, depending on when"
            " the fund counts"
            if round(low) != round(high)
            else f"The budget grew {high:.0f} percent a year since FY{p.base_year}, whenever the fund counts"
        ),
        f"Compound growth FY{p.base_year} to FY{int(answer.tables['trend']['fiscal_year'].iloc[-1])},"
        f' {money.words(p.currency, p.deflator, p.price_base_year)}, percent a year; "bend": year in which it'
        " changes most",
        "Spreading over one year is booking. The bend is the best single change of the growth rate by least"
        " squares; with so few years neighboring bends fit nearly as well.",
        "A falling curve of yearly growth against the years over which the fund is spread, between two"
        " horizontal lines for booking it at once and leaving it out.",
        data,
        (*figures.used(_drawn()), *figures.used(answer.tables["tranches"])),
    )


@figures.house
def industry(answer: Answer) -> Picture:
    """Stated sizes and targets by scope, with the growth that each target needs."""
    table, r = answer.tables["industry"], answer.results
    colours = {
        "equipment_and_services": COLOURS["blue"],
        "with_downstream_users": COLOURS["vermilion"],
        "information_and_communications": COLOURS["green"],
        "not_stated": COLOURS["grey"],
    }
    fig, ax = figures.canvas()
    goals = (
        table[table["kind"] == "target"]
        .reset_index(names="line")
        .merge(
            table[table["kind"] == "size"][["scope", "year", "amount_bn_jpy"]],
            on=["scope", "year"],
            suffixes=("", "_start"),
        )
    )
    levels = 10 ** drawing.apart(np.log10(goals["amount_bn_jpy"]).tolist(), 0.085)
    for goal, level in zip(goals.itertuples(), levels):
        colour, ends = colours[goal.scope], (goal.target_first_year, goal.target_last_year)
        for end in ends:
            ax.plot(
                [goal.year, end], [goal.amount_bn_jpy_start, goal.amount_bn_jpy], color=colour, lw=1, ls="--"
            )
        wedge = ax.fill(
            [goal.year, *ends],
            [goal.amount_bn_jpy_start, goal.amount_bn_jpy, goal.amount_bn_jpy],
            color=colour,
            alpha=0.14,
            lw=0,
        )
        figures.mark(
            goal.line,
            *wedge,
            *ax.plot(ends, [goal.amount_bn_jpy] * 2, color=colour, lw=4, marker="|", ms=10, mew=3, alpha=0.8),
        )
        rates = sorted(
            growth_needed(goal.amount_bn_jpy / goal.amount_bn_jpy_start, end - goal.year) for end in ends
        )
        words = f"{rates[0]:.1f} to {rates[1]:.1f}" if rates[1] - rates[0] > 0.05 else f"{rates[0]:.1f}"
        ax.text(
            ends[1] + 0.6,
            level,
            f"{goal.amount_bn_jpy / 1000:.1f} trillion (goal of {goal.year}): {words} % a year",
            color=colour,
            va="center",
            size=10.5,
        )
    for size in table[table["kind"] == "size"].itertuples():
        seed = size.scope == "not_stated"
        crossed = (
            (goals["scope"] == size.scope)
            & (goals["year"] < size.year)
            & (goals["target_last_year"] > size.year)
        ).any()  # an older goal's lines pass above
        figures.mark(
            size.Index,
            *ax.plot(
                size.year,
                size.amount_bn_jpy,
                ls="",
                marker="X" if seed else "o",
                ms=9,
                color=colours[size.scope],
            ),
        )
        ax.annotate(
            f"{size.amount_bn_jpy / 1000:.1f}" + (" (digest, scope not stated)" if seed else ""),
            (size.year, size.amount_bn_jpy),
            xytext=(2, -17) if seed else (0, -19) if crossed else (0, 9),
            textcoords="offset points",
            ha="left" if seed else "center",
            size=11,
            color="#555b60" if seed else colours[size.scope],
            weight=600,
        )
    ax.set_yscale("log")
    ticks = [500, 1000, 2000, 4000, 8000, 16000]
    ax.set_yticks(ticks, [f"{tick / 1000:g}" for tick in ticks])
    ax.set_yticks([], minor=True)
    ax.set(xlim=(2008.5, 2046.5), ylim=(480, 21000), ylabel="trillion yen (log scale)", xlabel="year")
    ax.set_xticks(range(2010, 2034, 4))
    for x, y, scope in (
        (2009, 5000, "with_downstream_users"),
        (2009, 1500, "equipment_and_services"),
        (2009, 590, "information_and_communications"),
    ):
        ax.text(x, y, SCOPES[scope], color=colours[scope], size=11.5)
    needed, sizes = (
        r["industry_growth_needed_percent"].value,
        table[(table["kind"] == "size") & (table["year"] >= 2016)]["amount_bn_jpy"] / 1000,
    )
    return Picture(
        fig,
        "industry",
        f'"The space industry" is worth {sizes.min():.1f} or {sizes.max():g} trillion yen; doubling it takes'
        f" {min(needed):.1f} to {max(needed):.1f} percent a year",
        'Stated sizes (points) and targets (bars) with the growth they need; years of "early 2030s" taken as'
        f" {EARLY_2030S[0]} to {EARLY_2030S[1]}",
        "Scopes differ and are never joined. The stated size of equipment and services was the same in 2016"
        " and 2020. The size of 2010 had been set to double within ten years.",
        "Points for stated sizes of the industry in four scopes and dashed wedges to their targets.",
        table[
            [
                "row_id",
                "year",
                "scope",
                "kind",
                "amount_bn_jpy",
                "amount_high_bn_jpy",
                "target_first_year",
                "target_last_year",
                "source_id",
            ]
        ],
        figures.used(table),
    )


@figures.house
def investor(answer: Answer) -> Picture:
    """The investor's board: each question with its state and what is known."""
    from matplotlib.patches import Rectangle

    board, r = answer.tables["disclosure"], answer.results
    looks = {
        "known": {"facecolor": COLOURS["blue"], "edgecolor": COLOURS["blue"]},
        "partly": {"facecolor": "white", "edgecolor": COLOURS["orange"], "hatch": "////", "lw": 1},
        "unknown": STATES["unknown"],
    }
    order = (
        board.assign(rank=board["state"].map({"known": 0, "partly": 1, "unknown": 2}))
        .sort_values("rank", kind="stable")
        .reset_index(drop=True)
    )
    fig, ax = figures.canvas()
    for place, row in order.iterrows():
        state = ax.add_patch(Rectangle((0, place - 0.32), 1.35, 0.64, **looks[row["state"]]))
        if row["row_ids"]:
            figures.mark(place, state)
        ax.text(
            0.675,
            place,
            row["state"],
            ha="center",
            va="center",
            size=11,
            color="white" if row["state"] == "known" else COLOURS["ink"],
            bbox=None if row["state"] == "known" else {"facecolor": "white", "edgecolor": "none", "pad": 1.2},
        )
        ax.text(1.55, place, row["question"], va="center", size=12, weight=600)
        ax.text(5.6, place, row["answer"], va="center", size=11)
    ax.set(xlim=(0, 13), ylim=(len(order) - 0.4, -0.6))
    ax.set_axis_off()
    facts = tables.load("budgets/fund_facts")
    return Picture(
        fig,
        "investor",
        f"An investor finds answers to {r['questions_known'].value} of {r['questions_asked'].value} questions"
        " about the fund, none on who won",
        "Questions to the Space Strategy Fund, and what published rows answer",
        '"Unknown" means that nothing could be read here, not that nothing exists. Awards are those foreseen'
        " in the calls.",
        "A list of ten questions with their state: known, partly or unknown, and a short answer.",
        order[["question", "state", "answer", "row_ids"]],
        (*figures.used(facts), *figures.used(answer.tables["tranches"])),
    )


FIGURES = (tranches, series, industry, investor, breaks)


def _text(p: Parameters, results: dict[str, Result], last: int, unit: str) -> str:
    r = {name: result.value for name, result in results.items()}
    grown = r["growth_multiple"]
    needed = r["industry_growth_needed_percent"]
    return "\n\n".join(
        [
            (
                f"Of about {r['plan']:,.0f} billion yen, **{r['voted']:.0f} ({r['voted_percent']:.0f}"
                " percent) were voted in three supplementary budgets**; no date was found for the rest."
            ),
            (
                f"From FY{p.base_year} to FY{last} the government space budget ({unit}) grew"
                f" {grown['booked']:.2f} times with the fund booked when voted, {grown['spread']:.2f} times"
                f" with it spread over {counted(p.life_years, 'year')} and {grown['without']:.2f} times"
                f" without it. The largest rise falls in FY{r['largest_step_year']['booked']} when booked and"
                f" in FY{r['largest_step_year']['without']} without the fund."
            ),
            (
                f"Spread over {counted(p.life_years, 'year')}, {r['spread_last']:.0f} billion yen of the fund"
                f" fall on FY{last}; funds planned to pay out {r['planned_payout_2026']:.1f} in FY2026."
            ),
            (
                f"To meet its target in the early 2030s the industry ({SCOPES[p.industry_scope]}) must grow"
                f" {min(needed):.1f} to {max(needed):.1f} percent a year. Its two stated sizes differ"
                f" {r['industry_scope_ratio']:.1f} times, and the narrower one had not grown between its"
                f" first and last statement ({r['industry_growth_stated_percent']:.0f} percent)."
            ),
            (
                f"Published rows answer {r['questions_known']} of an investor's {r['questions_asked']}"
                " questions."
            ),
        ]
    )


def _drawn() -> pd.DataFrame:
    """Rows of the totals behind the trend."""
    totals = tables.settled("budgets/government_space")
    return totals[totals["row_id"].isin(government_space.totals("combined", True)["row_id"])]
