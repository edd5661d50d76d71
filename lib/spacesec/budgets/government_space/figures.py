"""Figures of the question ``government_space``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets import money
from spacesec.budgets.government_space.model import CLAIM_MULTIPLE, CLAIM_WINDOWS, totals
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture

GROUPS = {
    "MEXT": "MEXT (JAXA)",
    "Cabinet Secretariat": "Cabinet Secretariat (IGS)",
    "MoD": "Defense",
    "Cabinet Office": "Cabinet Office (QZSS)",
    "MLIT": "Transport (weather)",
}


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


def _spread(levels: list[float], least: float) -> list[float]:
    """Label heights near their values, at least ``least`` apart."""
    order = np.argsort(levels)
    placed = np.array(levels, dtype=float)
    for below, above in zip(order, order[1:]):
        placed[above] = max(placed[above], placed[below] + least)
    return placed.tolist()


FIGURES = (series, growth, ministries, multiverse_board)
