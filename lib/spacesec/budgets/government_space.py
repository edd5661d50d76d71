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

from spacesec import figures, parameters, tables
from spacesec.budgets import money
from spacesec.figures import COLOURS, Picture
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = (
    'How fast did Japan\'s government space budget grow, and does "more than doubled in five years" hold?'
)
CLAIM = ("C1-015",)
# The digest of CSIS's report of August 2024 says "over the past five years": the fiscal year then running
# against the fifth before it,
# and the same window a year earlier and later, since the sentence does not name its years.
CLAIM_WINDOWS = ((2019, 2024), (2018, 2023), (2020, 2025))
CLAIM_MULTIPLE = 2.0
# "About 600 billion yen": half of the last digit that the source gives.
ROUNDING_BN_JPY = 50.0
BASES = {
    "combined": "supplementary of the year before plus initial budget",
    "initial": "initial budget alone",
}
GROUPS = {
    "MEXT": "MEXT (JAXA)",
    "Cabinet Secretariat": "Cabinet Secretariat (IGS)",
    "MoD": "Defense",
    "Cabinet Office": "Cabinet Office (QZSS)",
    "MLIT": "Transport (weather)",
}


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
        _text(p, results, world, unit, tranche),
        results,
        {
            "series": series.reset_index(),
            "all_rows": tables.settled("budgets/government_space"),
            "ministries": tables.load("budgets/ministries"),
            "multiverse": world,
        },
        parameters,
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


@figures.house
def series(answer: Answer) -> Picture:
    """Every total that could be read, with its stage: initial and supplementary stacked, the fund apart, gaps
    and the older count marked.
    """
    p = answer.parameters
    rows = answer.tables["all_rows"].set_index("fiscal_year")
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    scale = money.convert(pd.Series(1.0, index=range(2008, 2027)), p.currency, p.deflator, p.price_base_year)
    narrow = rows[rows["count"] == "narrow"]
    stage = {
        name: (
            narrow[narrow["stage"] == name]["amount_bn_jpy"]
            * scale.reindex(narrow[narrow["stage"] == name].index)
        )
        for name in ("request", "initial", "supplementary")
    }
    whole = totals("combined", True)
    fund = whole["fund_bn_jpy"] * scale.reindex(whole.index)
    total = whole["amount_bn_jpy"] * scale.reindex(whole.index)
    older = rows[(rows["count"] == "with_missile_defence") & (rows["stage"] == "initial")]["amount_bn_jpy"]
    older = older * scale.reindex(older.index)
    fig, ax = figures.canvas()
    split = [
        year
        for year in total.index
        if year in stage["initial"].index and year in stage["supplementary"].index
    ]
    only = [year for year in total.index if year not in split]
    alone = [year for year in stage["initial"].index if year not in total.index]
    bars = {
        ("initial", year): bar
        for year, bar in zip(split, ax.bar(split, stage["initial"].loc[split], 0.72, color=COLOURS["blue"]))
    }
    bars |= {
        ("supplementary", year): bar
        for year, bar in zip(
            split,
            ax.bar(
                split,
                stage["supplementary"].loc[split],
                0.72,
                bottom=stage["initial"].loc[split],
                color=COLOURS["sky"],
            ),
        )
    }
    bars |= {
        ("combined", year): bar
        for year, bar in zip(only, ax.bar(only, (total - fund).loc[only], 0.72, color="#7f97a8"))
    }
    bars |= {
        ("initial", year): bar
        for year, bar in zip(alone, ax.bar(alone, stage["initial"].loc[alone], 0.72, color=COLOURS["blue"]))
    }
    booked = fund[fund > 0]
    ax.bar(
        booked.index,
        booked,
        0.72,
        bottom=(total - fund).loc[booked.index],
        facecolor="white",
        edgecolor=COLOURS["vermilion"],
        hatch="////",
        linewidth=1.0,
    )
    ax.plot(older.index, older, ls="--", lw=1.2, marker="D", ms=4.5, mfc="white", color=COLOURS["ink"])
    request = stage["request"]
    ax.plot(request.index, request, ls="", marker="_", ms=15, mew=2.2, color=COLOURS["orange"])
    top = max(total.max(), request.max())
    for year in range(2009, 2027):
        if year not in total.index:
            ax.text(
                year,
                0.015 * top,
                "supplementary\nnot found" if year in alone else "no total\nfound",
                rotation=90,
                ha="center",
                va="bottom",
                size=9.5,
                color="white" if year in alone else "#6b7176",
            )
    for year in (2015, 2021, 2023, 2026):
        ax.annotate(
            f"{total[year]:,.1f}",
            (year, total[year]),
            xytext=(0, 4),
            textcoords="offset points",
            ha="center",
            size=10.5,
        )
    ax.annotate(
        "about",
        (2024, total[2024]),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        size=9.5,
        color="#555b60",
    )
    keys = [
        Patch(color=COLOURS["blue"], label="initial budget"),
        Patch(color=COLOURS["sky"], label="supplementary of the year before"),
        Patch(color="#7f97a8", label="initial and supplementary, not found apart"),
        Patch(
            facecolor="white",
            edgecolor=COLOURS["vermilion"],
            hatch="////",
            label="Space Strategy Fund, booked at once for ten years",
        ),
        Line2D([], [], ls="", marker="_", ms=15, mew=2.2, color=COLOURS["orange"], label="request"),
        Line2D(
            [],
            [],
            ls="--",
            lw=1.2,
            marker="D",
            ms=4.5,
            mfc="white",
            color=COLOURS["ink"],
            label="older count with missile defense and aviation, initial budget; ends with FY2015",
        ),
    ]
    ax.legend(handles=keys, loc="upper left", borderaxespad=0.2, labelspacing=0.45)
    ax.set(
        xlim=(2007.4, 2026.6),
        ylim=(0, 1.09 * top),
        ylabel=money.words(p.currency, p.deflator, p.price_base_year),
        xlabel="fiscal year (April to March)",
    )
    ax.set_xticks(range(2008, 2027, 2))
    data = rows.reset_index()[
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
    ].assign(amount=lambda d: d["amount_bn_jpy"].to_numpy() * scale.reindex(d["fiscal_year"]).to_numpy())
    for row in data.itertuples():
        if row.count == "narrow" and (row.stage, row.fiscal_year) in bars:
            figures.mark(row.Index, bars[row.stage, row.fiscal_year])
        elif (row.count, row.stage) in (("narrow", "request"), ("with_missile_defence", "initial")):
            figures.mark_point(ax, row.fiscal_year, row.amount, row.Index)
    r = answer.results
    return Picture(
        fig,
        "series",
        "The budget"
        f" {f'grew {multiple:.2f}-fold' if (multiple := r['growth_multiple'].value) >= 1 else f'fell to {multiple:.2f} of its size'}"
        f" between FY{r['first_amount_year'].value} and FY{r['last_amount_year'].value}",
        f"Japan's government space budget by stage, {money.words(p.currency, p.deflator, p.price_base_year)};"
        " two counts that must not be joined",
        "Bars: supplementary budget of the previous fiscal year plus this year's initial budget, narrow"
        " count. Hatched: tranches of the Space Strategy Fund. Dashes: requests. Diamonds: the older count,"
        " which held missile defense and aviation. The FY2024 total is rounded by its source.",
        f"Bar chart of yearly budgets FY2009 to FY2026 rising to {total[2026]:,.0f}, with no total found for"
        f" {' and '.join(f'FY{year}' for year in range(2009, 2027) if year not in total.index)} and the"
        " fund's tranches apart from FY2024.",
        data,
        figures.used(data),
    )


@figures.house
def growth(answer: Answer) -> Picture:
    """Growth from the first year under each price basis, yen beside dollars."""
    p = answer.parameters
    amounts = (
        answer.tables["series"].set_index("fiscal_year")["amount_bn_jpy"].loc[p.first_year : p.last_year]
    )
    names = {"none": "nominal", "gdp": "GDP deflator", "cpi": "consumer prices"}
    looks = {
        "none": (COLOURS["blue"], "o", "-"),
        "gdp": (COLOURS["vermilion"], "s", "-"),
        "cpi": (COLOURS["green"], "^", "-"),
    }
    worth = {
        (currency, deflator): money.convert(amounts, currency, deflator, p.price_base_year)
        for currency in ("JPY", "USD")
        for deflator in looks
    }
    top = max((series / series.iloc[0]).max() for series in worth.values())
    fig, panels = figures.canvas(1, 2, sharey=True)
    data = []
    for ax, (currency, title) in zip(panels, (("JPY", "in yen"), ("USD", "in US dollars"))):
        ends = []
        for deflator, (colour, marker, line) in looks.items():
            index = worth[currency, deflator] / worth[currency, deflator].iloc[0]
            ax.plot(index.index, index, ls=":", lw=1.2, color=colour)
            ax.plot(index.index, index, ls="", marker=marker, ms=5, color=colour)
            whole = index.reindex(range(int(index.index[0]), int(index.index[-1]) + 1))
            ax.plot(whole.index, whole, ls=line, color=colour)
            ends.append((index.iloc[-1], names[deflator], colour))
            data += [
                {
                    "fiscal_year": int(y),
                    "currency": currency,
                    "deflator": deflator,
                    "multiple_of_first_year": v,
                }
                for y, v in index.items()
            ]
        for level, (end, name, colour) in zip(_spread([e[0] for e in ends], 0.05 * top), ends):
            ax.annotate(
                f"{name} {end:.2f}×",
                (index.index[-1], end),
                xytext=(index.index[-1] + 0.5, level),
                textcoords="data",
                color=colour,
                va="center",
                size=11,
            )
        ax.axhline(1, color="#555b60", lw=0.8)
        ax.set_title(title)
        ax.set_xlabel("fiscal year")
        ax.set_xlim(index.index[0] - 0.5, index.index[-1] + 0.36 * (index.index[-1] - index.index[0]))
        ax.set_xticks([year for year in range(2008, 2027, 4) if index.index[0] <= year <= index.index[-1]])
    panels[0].set_ylabel(f"multiple of FY{int(amounts.index[0])}")
    panels[0].set_ylim(0, 1.08 * top)
    data = pd.DataFrame(data)
    last = data[data["fiscal_year"] == data["fiscal_year"].max()].set_index(["currency", "deflator"])[
        "multiple_of_first_year"
    ]
    used = answer.tables["series"]
    return Picture(
        fig,
        "growth",
        f"{last['JPY', 'none']:.2f} times the yen, {last['USD', 'none']:.2f} times the dollars: the yen"
        f" {'fell' if last['USD', 'none'] < last['JPY', 'none'] else 'rose'} meanwhile",
        f"Budget as a multiple of FY{int(amounts.index[0])}, {p.basis} basis,"
        f" {'with' if p.include_strategy_fund else 'without'} the Space Strategy Fund; dotted across years"
        " whose total was not found",
        "Real yen use Japan's prices; real dollars use each year's mean exchange rate and United States"
        " prices. Where the last year's index is not known yet, the latest one stands in.",
        f"Two line charts. In yen the budget reaches {last['JPY', 'none']:.1f} times its first year"
        f" nominally; in dollars {last['USD', 'none']:.1f} times.",
        data,
        (*figures.used(used), "federal-reserve-h10", "fred-jpnngdp", "fred-jpnrgdpexp"),
    )


@figures.house
def ministries(answer: Answer) -> Picture:
    """Who spends it, in the four years with a full table; the change of count between FY2012 and FY2014 is
    drawn as a break.
    """
    from matplotlib.patches import Patch

    table = answer.tables["ministries"]
    papers = ["cabinet-office-2012-space-budget", "cabinet-office-2015-space-budget"]
    full = table[
        table["fiscal_year"].isin([2011, 2012, 2014, 2015])
        & (table["stage"] == "initial")
        & table["source_id"].isin(papers)
    ]
    full = full.assign(group=full["ministry"].astype(str).map(GROUPS).fillna("other ministries")).reset_index(
        drop=True
    )
    amounts = full.pivot_table(index="fiscal_year", columns="group", values="amount_bn_jpy", aggfunc="sum")[
        [*GROUPS.values(), "other ministries"]
    ]
    colours = [
        COLOURS["blue"],
        COLOURS["vermilion"],
        COLOURS["green"],
        COLOURS["orange"],
        COLOURS["sky"],
        COLOURS["pale"],
    ]
    fig, ax = figures.canvas()
    places = {2011: 3.35, 2012: 2.35, 2014: 1.0, 2015: 0.0}
    for year, row in amounts.iterrows():
        left = 0.0
        for (group, amount), colour in zip(row.items(), colours):
            bar = ax.barh(places[year], amount, 0.72, left=left, color=colour, edgecolor="white", linewidth=1)
            behind = full.index[(full["fiscal_year"] == year) & (full["group"] == group)]
            if len(behind) == 1:
                figures.mark(behind[0], *bar)
            if amount > 7:
                ax.text(
                    left + amount / 2,
                    places[year],
                    f"{amount:.0f}",
                    ha="center",
                    va="center",
                    size=10.5,
                    color=(
                        "white"
                        if colour not in (COLOURS["pale"], COLOURS["sky"], COLOURS["orange"])
                        else COLOURS["ink"]
                    ),
                )
            left += amount
        ax.text(left + 2, places[year], f"{left:.1f}", va="center", size=11, weight=600)
    ax.axhline(1.68, color=COLOURS["ink"], lw=1, ls=(0, (6, 4)))
    ax.text(
        amounts.sum(axis=1).max() + 24,
        1.72,
        "above: with missile defense and aviation",
        va="bottom",
        ha="right",
        size=10,
        color="#555b60",
    )
    ax.text(
        amounts.sum(axis=1).max() + 24,
        1.64,
        "below: without them",
        va="top",
        ha="right",
        size=10,
        color="#555b60",
    )
    ax.legend(
        handles=[Patch(color=colour, label=group) for group, colour in zip(amounts, colours)],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=6,
        handlelength=1,
        columnspacing=1.3,
        handletextpad=0.5,
    )
    ax.set_yticks(list(places.values()), [f"FY{year}" for year in places])
    ax.set(
        xlim=(0, amounts.sum(axis=1).max() + 25),
        ylim=(-0.5, 3.85),
        xlabel="billion yen, nominal, initial budget",
    )
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    share = amounts["MEXT (JAXA)"] / amounts.sum(axis=1) * 100
    return Picture(
        fig,
        "ministries",
        f"The science ministry held {share.min():.0f} to {share.max():.0f} percent of the budget in every"
        " year with a full table",
        "Initial budget by ministry in the four years for which a table of all ministries could be read; the"
        " count changed between FY2012 and FY2014",
        "Later years give only single ministries, so no later split is drawn. Amounts of the older count hold"
        " missile-defence cost in the Defense part and aviation in the MEXT part.",
        "Stacked bars for FY2011, FY2012, FY2014 and FY2015; MEXT is the largest part, the reconnaissance"
        " satellites of the Cabinet Secretariat second.",
        full[["fiscal_year", "ministry", "group", "count", "amount_bn_jpy", "row_id", "source_id"]],
        figures.used(full),
    )


@figures.house
def multiverse_board(answer: Answer) -> Picture:
    """The claim's multiple under every definition, sorted, with the choices below each."""
    world = (
        answer.tables["multiverse"]
        .dropna(subset="multiple")
        .sort_values(["multiple", "first_year"], kind="stable")
        .reset_index(drop=True)
    )
    missing = answer.tables["multiverse"]["multiple"].isna().sum()
    fig, (ax, grid) = figures.canvas(2, 1, height=6.6, sharex=True, gridspec_kw={"height_ratios": [1.1, 1]})
    true = world["multiple"] > CLAIM_MULTIPLE
    for found, colour, marker in ((true, COLOURS["blue"], "o"), (~true, COLOURS["vermilion"], "X")):
        part = world[found]
        ax.vlines(part.index, part["multiple_low"], part["multiple_high"], color=colour, lw=5, alpha=0.3)
        ax.plot(part.index, part["multiple"], ls="", marker=marker, color=colour, ms=7)
    ax.axhline(CLAIM_MULTIPLE, color=COLOURS["ink"], lw=1, ls="--")
    ax.text(0, CLAIM_MULTIPLE + 0.03, "doubled", va="bottom", size=11)
    ax.set_ylabel("last over first year")
    ax.set_ylim(0.8, world["multiple_high"].max() * 1.12)
    ax.annotate(
        "bar: what rounding of\nthe FY2024 total allows",
        (len(world) - 3, world["multiple_high"].iloc[-3]),
        xytext=(len(world) * 0.66, world["multiple_high"].max() * 1.02),
        size=10,
        color="#555b60",
        va="center",
        arrowprops={"arrowstyle": "-", "color": "#8a8f94", "lw": 0.8},
    )
    choices = [(f"FY{a} to FY{b}", world["first_year"] == a) for a, b in CLAIM_WINDOWS]
    choices += [
        ("fund counted", world["include_strategy_fund"]),
        ("fund left out", ~world["include_strategy_fund"]),
        ("yen", world["currency"] == "JPY"),
        ("US dollars", world["currency"] == "USD"),
        ("nominal", world["deflator"] == "none"),
        ("GDP deflator", world["deflator"] == "gdp"),
        ("consumer prices", world["deflator"] == "cpi"),
    ]
    for place, (_, found) in enumerate(choices):
        grid.plot(world.index, [place] * len(world), ls="", marker="s", ms=5, color="#e3e6e8")
        for where, colour in ((found & true, COLOURS["blue"]), (found & ~true, COLOURS["vermilion"])):
            grid.plot(world.index[where], [place] * where.sum(), ls="", marker="s", ms=5, color=colour)
    for edge in (2.5, 4.5, 6.5):
        grid.axhline(edge, color="#c9cdd0", lw=0.8)
    grid.set_yticks(range(len(choices)), [name for name, _ in choices])
    grid.set(
        ylim=(len(choices) - 0.5, -0.5), xlabel="definitions, sorted by the multiple they give", xticks=[]
    )
    grid.grid(False)
    ax.grid(axis="x", visible=False)
    grid.spines[["bottom", "left"]].set_visible(False)
    r = answer.results
    return Picture(
        fig,
        "multiverse",
        f'"More than doubled in five years" is true under {r["definitions_true"].value} of'
        f" {r['definitions_decidable'].value} definitions",
        "Combined budget at the end of a five-year window as a multiple of its start; blue dots: the claim is"
        " true, red crosses: false",
        f"All definitions for which totals could be read; {missing} more, all on the initial budget alone or"
        " with a year whose total was not found, cannot be computed.",
        f"Sorted dots of {len(world)} definitions from {world['multiple'].min():.1f} to"
        f" {world['multiple'].max():.1f} times, with a grid of the choices below.",
        answer.tables["multiverse"],
        (
            *figures.used(answer.tables["series"][answer.tables["series"]["fiscal_year"] >= 2018]),
            "federal-reserve-h10",
            "csis-uchu-digest-2024",
        ),
    )


FIGURES = (series, growth, ministries, multiverse_board)


def _text(p: Parameters, results: dict[str, Result], world: pd.DataFrame, unit: str, fund: float) -> str:
    r = {name: result.value for name, result in results.items()}
    digits = 1 if p.currency == "JPY" else 2
    carried = money.carried_years(pd.Index([r["last_amount_year"]]), p.currency, p.deflator)
    tranche = (
        f" ({fund:,.{digits}f} of it a tranche of the Space Strategy Fund, meant for ten years)"
        if fund
        else ""
    )
    lines = [
        f"Between FY{r['first_amount_year']} and FY{r['last_amount_year']} the government space budget"
        f" ({BASES[p.basis]}, without missile defense and aviation; {unit})"
        f" {'grew' if r['growth_multiple'] >= 1 else 'fell'} from {r['first_amount']:,.{digits}f} to"
        f" {r['last_amount']:,.{digits}f}{tranche}: **{r['growth_multiple']:.2f} times**, or"
        f" {r['annual_growth_percent']:.1f} percent a year."
    ]
    if carried:
        lines.append(f"The price index of FY{carried[0]} is not known yet; the latest known one stands in.")
    window = "FY2019 to FY2024"
    if r["doubling_claim_holds"] is None:
        lines.append(
            'Whether it "more than doubled in five years" cannot be said on this basis: the totals for'
            f" {window} could not both be read."
        )
    else:
        lines.append(
            '"More than doubled in five years"'
            f" **{'holds' if r['doubling_claim_holds'] else 'does not hold'}** on this basis: {window} gives"
            f" {r['claim_multiple']:.2f} times."
        )
    known = world.dropna(subset="multiple")
    share = {
        name: part["multiple"] > CLAIM_MULTIPLE
        for name, part in known.groupby(known["include_strategy_fund"].map({True: "with", False: "without"}))
    }
    lines.append(
        f"Over all {len(known)} definitions for which totals could be read, the sentence is true under"
        f" {r['definitions_true']}: {int(share['with'].sum())} of {len(share['with'])} with the Space"
        f" Strategy Fund counted when booked, {int(share['without'].sum())} of {len(share['without'])}"
        " without it."
    )
    return "\n\n".join(lines)


def _spread(levels: list[float], least: float) -> list[float]:
    """Label heights near their values, at least ``least`` apart."""
    order = np.argsort(levels)
    placed = np.array(levels, dtype=float)
    for below, above in zip(order, order[1:]):
        placed[above] = max(placed[above], placed[below] + least)
    return placed.tolist()
