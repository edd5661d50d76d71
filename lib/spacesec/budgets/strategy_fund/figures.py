"""Figures of the question ``strategy_fund``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets import drawing, money, words
from spacesec.budgets.government_space import model as government_space
from spacesec.budgets.strategy_fund.model import (
    DOUBLING_SINCE,
    EARLY_2030S,
    MINISTRIES,
    SCOPES,
    TREATMENTS,
    growth_needed,
)
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, STATES, Picture
from spacesec.words.numerals import counted


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
    years = parts.groupby("tranche")["fiscal_year"].first()
    place = int(years.index.max()) + 1
    ax.barh(place, rest, 0.6, **STATES["planned"])
    ax.text(rest / 2, place, f"not yet voted, no date: {rest:.0f}", ha="center", va="center")
    ax.set_yticks(
        [*years.index, place],
        [
            *(f"phase {tranche}\nFY{year} supplementary" for tranche, year in years.items()),
            "rest of the plan",
        ],
    )
    widest = max(rest, parts.groupby("tranche")["amount_bn_jpy"].sum().max())
    ax.set(ylim=(place + 0.6, 0.45), xlim=(0, max(340, 1.1 * widest)), xlabel="billion yen, nominal")
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    return Picture(
        fig,
        "tranches",
        f"{r['voted_percent'].value:.0f} percent of the {words.trillions(r['plan'].value)} was voted in"
        f" {words.spelled(len(years))} winters",
        "Money voted for the fund at JAXA; MEXT: science, METI: industry, MIC: communications ministry;"
        " dashed: planned",
        "The split of the third tranche between MEXT and MIC could not be read. All of it was voted in"
        " supplementary budgets.",
        f"Stacked bars of {words.spelled(len(years))} tranches by ministry and a dashed bar for the part of"
        " the plan that is not yet voted.",
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
        ylim=(0, 1.12 * table[list(looks)].max().max()),
        ylabel=money.words(p.currency, p.deflator, p.price_base_year),
        xlabel="fiscal year (supplementary of the year before plus initial budget)",
    )
    ax.set_xticks([year for year in every if year % 2 == 0])
    jump = r["largest_step_year"].value
    carried = "".join(f" {sentence}" for sentence in words.standing_in(answer.facts["carried"]))
    return Picture(
        fig,
        "series",
        f"Booked at once, the fund puts the jump in FY{jump['booked']}; without it the largest rise comes in"
        f" FY{jump['without']}",
        "Government space budget with the fund booked when voted, spread over"
        f" {counted(p.life_years, 'year')}, or left out; dotted across years whose total was not found",
        f"{_rounded(table.index)}{_inside(table.index)}{carried}".strip(),
        _lines(table),
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
    data = answer.tables["lives"]
    fig, ax = figures.canvas()
    ax.plot(data["life_years"], data["annual_growth_percent"], color=COLOURS["blue"], marker="o", ms=8)
    for row in data.itertuples():
        text = f"{row.annual_growth_percent:.1f}"
        if row.break_year and row.break_year == row.break_year:
            text += f"\nbend FY{row.break_year:.0f}"
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
    ax.set_xticks(data["life_years"])
    title = f"The budget grew {high:.0f} percent a year since FY{p.base_year}, whenever the fund counts"
    if round(low) != round(high):
        title = (
            f"The budget grew {low:.0f} to {high:.0f} percent a year since FY{p.base_year}, depending on when"
            " the fund counts"
        )
    return Picture(
        fig,
        "breaks",
        title,
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
    goals = answer.tables["goals"]
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
        rate = f"{rates[0]:.1f} to {rates[1]:.1f}" if rates[1] - rates[0] > 0.05 else f"{rates[0]:.1f}"
        ax.text(
            ends[1] + 0.6,
            level,
            f"{goal.amount_bn_jpy / 1000:.1f} trillion (goal of {goal.year}): {rate} % a year",
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
    first, end = int(table["year"].min()), int(table[["year", "target_last_year"]].max().max())
    ax.set(
        xlim=(first - 1.5, end + 13.5),  # room for the words at the right
        ylim=(480, max(21000, 1.3 * table["amount_bn_jpy"].max())),
        ylabel="trillion yen (log scale)",
        xlabel="year",
    )
    ax.set_xticks(range(first, end + 1, 4))
    for height, scope in (
        (5000, "with_downstream_users"),
        (1500, "equipment_and_services"),
        (590, "information_and_communications"),
    ):
        ax.text(first - 1, height, SCOPES[scope], color=colours[scope], size=11.5)
    needed = r["industry_growth_needed_percent"].value
    sizes = table[(table["kind"] == "size") & (table["year"] >= DOUBLING_SINCE)]["amount_bn_jpy"] / 1000
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


def _rounded(years: pd.Index) -> str:
    """The sentence on totals that their source rounds."""
    rows = _drawn()
    rows = rows[(rows["precision"] == "rounded") & rows["fiscal_year"].isin(years)]
    sentences = []
    for row in rows.itertuples():
        fund = " without the fund" if row.strategy_fund == "excluded" else ""
        sentences.append(
            f"The FY{row.fiscal_year} total is rounded by its source (about {row.amount_bn_jpy:.0f} billion"
            f" yen{fund}). "
        )
    return "".join(sentences)


def _inside(years: pd.Index) -> str:
    """The sentence on totals of which their publisher says that they hold the fund."""
    rows = _drawn()
    held = rows[(rows["strategy_fund"] == "included") & rows["fiscal_year"].isin(years)]["fiscal_year"]
    if held.empty:
        return ""
    many = len(held) > 1
    totals, whose = ("totals", "their") if many else ("total", "its")
    return (
        f"That the fund lies inside the {totals} of {words.fiscal_years(held)} is {whose} publisher's word."
    )


def _lines(table: pd.DataFrame) -> str:
    """What the three lines do, from where they part to the last year; ``table``: the trend by fiscal year."""
    apart = table.index[table["booked"] != table["without"]]
    if apart.empty:
        return f"Three lines that lie on one another to FY{table.index[-1]}."
    names = {"booked": "booked", "spread": "spread", "without": "left out"}
    highest, middle, lowest = (
        table.loc[apart[0], list(names)].astype(float).sort_values(ascending=False).index
    )
    last = table[list(names)].diff().iloc[-1]
    rising = [names[name] for name in names if last[name] > 0]
    end = (
        "all three rise"
        if len(rising) == len(names)
        else f"{words.listed(rising) if rising else 'none'} rise"
    )
    return (
        f"Three lines that part in FY{apart[0]}: {names[highest]} highest, {names[middle]} in the middle,"
        f" {names[lowest]} lowest; {end} in FY{table.index[-1]}."
    )


def _drawn() -> pd.DataFrame:
    """Rows of the totals behind the trend."""
    totals = tables.settled("budgets/government_space")
    return totals[totals["row_id"].isin(government_space.totals("combined", True)["row_id"])]


FIGURES = (tranches, series, industry, investor, breaks)
