"""Figures of the question ``government_space``."""

from typing import Any

import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets import drawing, money, words
from spacesec.budgets.government_space import words as own
from spacesec.budgets.government_space.model import CLAIM_MULTIPLE, CLAIM_SOURCE, CLAIM_WINDOWS
from spacesec.drawing import amounts, figures
from spacesec.drawing.figures import COLOURS, KEPT, Picture

TOGETHER = "#7f97a8"
FUND = {"facecolor": "white", "edgecolor": COLOURS["vermilion"], "hatch": "////", "linewidth": 1.0}
GROUPS = {
    "MEXT": "MEXT (JAXA)",
    "Cabinet Secretariat": "Cabinet Secretariat (IGS)",
    "MoD": "Defense",
    "Cabinet Office": "Cabinet Office (QZSS)",
    "MLIT": "Transport (weather)",
}
OTHERS = "other ministries"
SHADES = [COLOURS[KEPT[name]] for name in GROUPS] + [COLOURS["pale"]]  # of the groups, in their order


@figures.house
def series(answer: Answer) -> Picture:
    """Every total that could be read, with its stage: initial and supplementary stacked, the fund apart, gaps
    and the older count marked.
    """
    p = answer.parameters
    data, stages = answer.tables["drawn"], answer.tables["stages"]
    fig, ax = figures.canvas()
    bars = _bars(ax, stages)
    older = data[(data["count"] == "with_missile_defence") & (data["stage"] == "initial")]
    older = older.drop_duplicates("fiscal_year").set_index("fiscal_year")["amount"]
    whole = older.reindex(
        range(int(older.index.min()), int(older.index.max()) + 1)
    )  # never over a missing year
    ax.plot(whole.index, whole, ls="--", lw=1.2, marker="D", ms=4.5, mfc="white", color=COLOURS["ink"])
    request = data[(data["count"] == "narrow") & (data["stage"] == "request")]
    request = request.set_index("fiscal_year")["amount"]
    ax.plot(request.index, request, ls="", marker="_", ms=15, mew=2.2, color=COLOURS["orange"])
    total = stages["combined"].dropna()
    top = max(total.max(), request.max())
    _gaps(ax, stages, answer["years_without_total"], 0.015 * top)
    _amounts(ax, total, stages)
    ax.legend(
        handles=_keys(older.index.max()),
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=2,
        columnspacing=1.2,
        fontsize=10.5,
    )
    _compared(ax, answer)
    first, last = (
        int(min(stages.index.min(), older.index.min())),
        int(max(stages.index.max(), older.index.max())),
    )
    ax.set(
        xlim=(first - 0.6, last + 0.6),
        ylim=(0, 1.17 * top),
        ylabel=money.words(p.currency, p.deflator, p.price_base_year),
        xlabel="fiscal year (April to March)",
    )
    ax.set_xticks(range(first, last + 1, 2))
    ax.yaxis.set_major_formatter("{x:,g}")
    for row in data.itertuples():
        if row.count == "narrow" and (row.stage, row.fiscal_year) in bars:
            figures.mark(row.Index, bars[row.stage, row.fiscal_year])
        elif (row.count, row.stage) in (("narrow", "request"), ("with_missile_defence", "initial")):
            figures.mark_point(ax, row.fiscal_year, row.amount, row.Index)
    return figures.picture(fig, "series", own.series(answer), data, figures.used(data), answer)


def _bars(ax, stages: pd.DataFrame) -> dict[tuple[str, int], Any]:
    """The bars of each year, with the parts that are known apart; stage and year -> bar."""
    whole, apart = stages["combined"].notna(), stages[["initial", "supplementary"]].notna().all(axis=1)
    split, only = stages[whole & apart], stages[whole & ~apart]
    alone = stages[stages["initial"].notna() & ~whole]
    drawn = [
        ("initial", split, split["initial"], {"color": COLOURS["blue"]}),
        (
            "supplementary",
            split,
            split["supplementary"],
            {"bottom": split["initial"], "color": COLOURS["sky"]},
        ),
        ("combined", only, only["combined"] - only["fund"], {"color": TOGETHER}),
        ("initial", alone, alone["initial"], {"color": COLOURS["blue"]}),
    ]
    bars = {}
    for stage, rows, heights, look in drawn:
        bars |= {
            (stage, year): bar for year, bar in zip(rows.index, ax.bar(rows.index, heights, 0.72, **look))
        }
    booked = stages[stages["fund"] > 0]
    ax.bar(booked.index, booked["fund"], 0.72, bottom=booked["combined"] - booked["fund"], **FUND)
    return bars


def _gaps(ax, stages: pd.DataFrame, years: list[int], height: float) -> None:
    """Words where a total is missing among the years that have one, or an initial budget alone."""
    for year in years:
        alone = year in stages.index and pd.notna(stages.loc[year, "initial"])
        ax.text(
            year,
            height,
            "rest not\nfound" if alone else "no total\nfound",
            rotation=90,
            ha="center",
            va="bottom",
            size=9.5,
            color="white" if alone else figures.TEXT["grey"],
        )


def _amounts(ax, total: pd.Series, stages: pd.DataFrame) -> None:
    """Amounts over the last total before each gap, before the fund, and of all; "about" where one is
    rounded.
    """
    fund = stages["fund"].reindex(total.index).fillna(0)
    ends = [
        year
        for year in total.index
        if year + 1 not in total.index or (fund[year] == 0 and fund.get(year + 1, 0) > 0)
    ]
    labels = [(year, amounts.short(f"{total[year]:,.1f}"), {"size": 10.5}) for year in ends]
    labels += [
        (year, "about", {"size": 9.5, "color": "#555b60"}) for year in _rounded(stages) if year not in ends
    ]
    first = total.index[0]  # inside its bar: the older count passes above
    ax.annotate(
        amounts.short(f"{total[first]:,.1f}"),
        (first, total[first]),
        xytext=(0, -4),
        textcoords="offset points",
        ha="center",
        va="top",
        size=9,
        color="white",
    )
    for year, text, look in labels:
        ax.annotate(text, (year, total[year]), xytext=(0, 4), textcoords="offset points", ha="center", **look)


def _compared(ax, answer: Answer) -> None:
    """The multiples that the title names, at the bar they belong to: with the fund above, without it
    inside.
    """
    if not answer["last_tranche"] or answer.parameters.basis != "combined":
        return
    year, amount = answer["last_amount_year"], answer["last_amount"]
    below = amount - answer["last_tranche"]
    for level, name, lift, side in (
        (amount, "growth_multiple", 18, "bottom"),
        (below, "growth_multiple_without_last_tranche", -3, "top"),
    ):
        ax.annotate(
            f"{answer[name]:.1f}\u00d7",
            (year, level),
            xytext=(0, lift),
            textcoords="offset points",
            ha="center",
            va=side,
            weight=600,
            color=COLOURS["ink"],
        )


def _rounded(stages: pd.DataFrame) -> list[int]:
    """Years whose total is rounded by its source."""
    return [int(year) for year in stages.index[stages["rounded"] & stages["combined"].notna()]]


def _keys(older_end: int) -> list:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return [
        Patch(color=COLOURS["blue"], label="initial budget"),
        Patch(color=COLOURS["sky"], label="supplementary of the year before"),
        Patch(color=TOGETHER, label="initial and supplementary, not found apart"),
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
            label=f"older count with missile defense and aviation, initial budget; ends with FY{older_end}",
        ),
    ]


@figures.house
def growth(answer: Answer) -> Picture:
    """Growth from the first year under each price basis, yen beside dollars."""
    data = answer.tables["growth"]
    looks = {
        "none": (COLOURS["blue"], "o", "nominal"),
        "gdp": (COLOURS["vermilion"], "s", "GDP deflator"),
        "cpi": (COLOURS["green"], "^", "consumer prices"),
    }
    top = data["multiple_of_first_year"].max()
    first, end = int(data["fiscal_year"].min()), int(data["fiscal_year"].max())
    carried = answer["years_at_last_rate"]
    rate = f", {words.fiscal_years(carried)} at the latest rate known" if carried else ""
    fig, panels = figures.canvas(1, 2, sharey=True)
    for ax, (currency, title) in zip(panels, (("JPY", "in yen"), ("USD", f"in US dollars{rate}"))):
        ends = []
        for deflator, (colour, marker, name) in looks.items():
            rows = data[(data["currency"] == currency) & (data["deflator"] == deflator)]
            index = rows.set_index("fiscal_year")["multiple_of_first_year"]
            ax.plot(index.index, index, ls=":", lw=1.2, color=colour)
            ax.plot(index.index, index, ls="", marker=marker, ms=5, color=colour)
            whole = index.reindex(range(first, end + 1))
            ax.plot(whole.index, whole, ls="-", color=colour)
            ends.append((index.iloc[-1], name, colour))
        levels = drawing.apart([level for level, _, _ in ends], 0.05 * top)
        for level, (last, name, colour) in zip(levels, ends):
            ax.annotate(
                f"{name} {last:.2f}×",
                (end, last),
                xytext=(end + min(0.5, 0.03 * (end - first)), level),
                textcoords="data",
                color=colour,
                va="center",
                size=11,
            )
        ax.axhline(1, color="#555b60", lw=0.8)
        ax.set_title(title)
        ax.set_xlabel("fiscal year")
        ax.set_xlim(first - 0.5, end + 0.36 * (end - first))
        inner = [
            year for year in range(first, end + 1) if year % 4 == 0 and min(year - first, end - year) > 2
        ]
        ax.set_xticks([first, *inner, end])  # the two years that the title compares are always named
    panels[0].set_ylabel(f"multiple of FY{first}")
    panels[0].set_ylim(0, 1.08 * top)
    used = (*figures.used(answer.tables["series"]), *drawing.money_sources())
    return figures.picture(fig, "growth", own.growth(answer), data, used, answer)


@figures.house
def ministries(answer: Answer) -> Picture:
    """Who spends it, in the years with a full table; where the count changes from one to the next, a break
    is drawn.
    """
    from matplotlib.patches import Patch

    full = answer.tables["full_tables"]
    full = full.assign(group=full["ministry"].astype(str).map(GROUPS).fillna(OTHERS)).reset_index(drop=True)
    sums = full.pivot_table(index="fiscal_year", columns="group", values="amount_bn_jpy", aggfunc="sum")
    sums = sums.reindex(columns=[*GROUPS.values(), OTHERS])
    counts = full.groupby("fiscal_year")["count"].first()
    places = _places(counts)
    fig, ax = figures.canvas()
    for year, row in sums.iterrows():
        left = 0.0
        for (group, amount), colour in zip(row.items(), SHADES):
            bar = ax.barh(places[year], amount, 0.72, left=left, color=colour, edgecolor="white", linewidth=1)
            behind = full.index[(full["fiscal_year"] == year) & (full["group"] == group)]
            if len(behind) == 1:
                figures.mark(behind[0], *bar)
            if amount > 7:
                ax.text(
                    left + amount / 2,
                    places[year],
                    amounts.short(f"{amount:.0f}")
                    + (f" ({100 * amount / row.sum():.0f}%)" if group == GROUPS["MEXT"] else ""),
                    ha="center",
                    va="center",
                    size=10.5,
                    color=figures.over(colour),
                )
            left += amount
        ax.text(left + 2, places[year], amounts.short(f"{left:.1f}"), va="center", size=11, weight=600)
    widest = sums.sum(axis=1).max()
    _breaks(ax, counts, places, widest + 24)
    ax.legend(
        handles=[Patch(color=colour, label=group) for group, colour in zip(sums, SHADES)],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=6,
        handlelength=1,
        columnspacing=1.3,
        handletextpad=0.5,
    )
    ax.set_yticks(list(places.values()), [f"FY{year}" for year in places])
    ax.set(
        xlim=(0, widest + 25),
        ylim=(-0.5, max(places.values()) + 0.5),
        xlabel="billion yen, nominal, initial budget",
    )
    ax.grid(False)
    ax.spines["left"].set_visible(False)
    data = full[["fiscal_year", "ministry", "group", "count", "amount_bn_jpy", "row_id", "source_id"]]
    return figures.picture(fig, "ministries", own.ministries(answer), data, figures.used(full), answer)


def _places(counts: pd.Series) -> dict[int, float]:
    """Heights of the bars, the newest lowest, with a wider step where the count changes; in order of the
    years.
    """
    height, places, newer = 0.0, {}, None
    for year, count in counts[::-1].items():
        if newer is not None:
            height += 1.0 if count == newer else 1.35
        places[year], newer = height, count
    return dict(reversed(places.items()))


def _breaks(ax, counts: pd.Series, places: dict[int, float], right: float) -> None:
    """A dashed line between years of different counts."""
    said = {"with_missile_defence": "with missile defense and aviation", "narrow": "without them"}
    for before, after in zip(counts.index, counts.index[1:]):
        if counts[before] != counts[after]:
            edge = places[after] + 0.68
            ax.axhline(edge, color=COLOURS["ink"], lw=1, ls=(0, (6, 4)))
            for lift, side, year in ((0.04, "above", before), (-0.04, "below", after)):
                ax.text(
                    right,
                    edge + lift,
                    f"{side}: {said[counts[year]]}",
                    va="bottom" if lift > 0 else "top",
                    ha="right",
                    size=10,
                    color="#555b60",
                )


@figures.house
def multiverse_board(answer: Answer) -> Picture:
    """The claim's multiple under every definition, sorted, with the choices below each."""
    world = answer.tables["multiverse"]
    world = (
        world[~world["twin"]]
        .dropna(subset="multiple")
        .sort_values(["multiple", "first_year"], kind="stable")
        .reset_index(drop=True)
    )
    series = answer.tables["series"]
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
    loose = world.index[world["multiple_high"] > world["multiple_low"]]
    if len(loose):
        rounded = sorted(set(world.loc[loose, "last_year"]))
        spot = len(world) - 3 if len(world) - 3 in loose else loose[-1]  # near the words
        ax.annotate(
            f"bar: what rounding of\nthe {words.fiscal_years(rounded)} total allows",
            (spot, world["multiple_high"][spot]),
            xytext=(len(world) * 0.66, world["multiple_high"].max() * 1.02),
            size=10,
            color="#555b60",
            va="center",
            arrowprops={"arrowstyle": "-", "color": "#8a8f94", "lw": 0.8},
        )
    choices = [(f"FY{a} to FY{b}", world["first_year"] == a) for a, b in CLAIM_WINDOWS]
    choices += [
        ("fund counted", world["fund"] != "left out"),
        ("fund left out", world["fund"] != "counted"),
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
    used = (
        *figures.used(series[series["fiscal_year"] >= min(first for first, _ in CLAIM_WINDOWS)]),
        *drawing.rate_sources(),
        CLAIM_SOURCE,
    )
    data = world.drop(columns=["include_strategy_fund", "twin"])
    return figures.picture(fig, "multiverse", own.multiverse_board(answer), data, used, answer)


FIGURES = (series, growth, ministries, multiverse_board)
METHOD = (multiverse_board,)  # how far the verdict hangs on the definition
