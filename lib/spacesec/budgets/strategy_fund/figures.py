"""Figures of the question ``strategy_fund``."""

import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets import drawing, money
from spacesec.budgets.government_space import model as government_space
from spacesec.budgets.strategy_fund import words as own
from spacesec.budgets.strategy_fund.model import MINISTRIES, SCOPES, TREATMENTS
from spacesec.data import tables
from spacesec.drawing import amounts, figures
from spacesec.drawing.figures import COLOURS, KEPT, STATES, Picture

INDUSTRY = {
    "equipment_and_services": COLOURS["blue"],
    "with_downstream_users": COLOURS["vermilion"],
    "information_and_communications": COLOURS["green"],
}


@figures.house
def tranches(answer: Answer) -> Picture:
    """The three tranches by ministry, and the undated rest of the plan as a planned box."""
    parts, r = answer.tables["tranches"], answer.results
    looks = {
        "MEXT": (COLOURS[KEPT["MEXT"]], None),
        "METI": (COLOURS[KEPT["METI"]], None),
        "MIC": (COLOURS[KEPT["MIC"]], None),
        "MEXT and MIC": (COLOURS[KEPT["MIC"]], "////"),
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
                    f"{ministry}\n" + amounts.short(f"{amount:.0f}"),
                    ha="center",
                    va="center",
                    size=11,
                    color=COLOURS["ink"] if hatch else figures.over(colour),
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5} if hatch else None,
                )
                left += amount
        ax.text(left + 4, tranche, amounts.short(f"{left:.0f}"), va="center", weight=600)
    rest = r["plan"].value - r["voted"].value
    years = parts.groupby("tranche")["fiscal_year"].first()
    place = int(years.index.max()) + 1
    ax.barh(place, rest, 0.6, **STATES["planned"])
    ax.text(
        rest / 2,
        place,
        f"not yet voted, no date: {rest:.0f} of {r['plan'].value:,.0f}",
        ha="center",
        va="center",
    )
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
    planned = pd.DataFrame({"ministry": ["not yet voted"], "amount_bn_jpy": [rest]})
    data = pd.concat([parts.astype({"tranche": "Int64", "fiscal_year": "Int64"}), planned], ignore_index=True)
    return figures.picture(fig, "tranches", own.tranches(answer), data, figures.used(parts), answer)


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
    ax.yaxis.set_major_formatter("{x:,g}")
    used, rows = (*figures.used(_drawn()), *figures.used(answer.tables["tranches"])), _drawn()
    about = rows[rows["precision"] == "rounded"]["fiscal_year"]
    data = answer.tables["trend"].merge(
        rows.groupby("fiscal_year")["row_id"].agg(";".join).rename("row_ids"), on="fiscal_year", how="left"
    )
    data = data.assign(rounded=data["fiscal_year"].isin(about))
    for row in data[data["rounded"]].itertuples():
        ax.annotate(
            "about",
            (row.fiscal_year, row.booked),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            size=9.5,
            color=figures.TEXT["grey"],
        )
    return figures.picture(fig, "series", own.series(answer), data, used, answer)


@figures.house
def breaks(answer: Answer) -> Picture:
    """Growth by the years over which each tranche is spread, between booking it at once and leaving
    it out.
    """
    r = answer.results
    lives = answer.tables["lives"]
    fig, ax = figures.canvas()
    ax.plot(lives["life_years"], lives["annual_growth_percent"], color=COLOURS["blue"], marker="o", ms=8)
    before = -9
    for row in lives.itertuples():
        if row.life_years - before > 1:  # two lives a year apart have no room for two labels
            ax.annotate(
                f"{row.annual_growth_percent:.1f}",
                (row.life_years, row.annual_growth_percent),
                xytext=(0, 9),
                textcoords="offset points",
                ha="center",
                size=10.5,
            )
            before = row.life_years
    end = int(lives["life_years"].iloc[-1])
    lines = {name: r["annual_growth_percent"].value[name] for name in ("booked", "without")}
    every = [*lives["annual_growth_percent"], *lines.values()]
    pad = max(0.4, 0.25 * (max(every) - min(every)))
    levels = drawing.apart(list(lines.values()), 0.4 * pad)
    for (name, value), level, colour in zip(lines.items(), levels, ("vermilion", "green")):
        ax.plot(
            [0.2, end + 0.3],
            [value] * 2,
            color=COLOURS[colour],
            lw=1.6,
            ls="--" if name == "booked" else "-.",
        )
        ax.text(
            end + 0.6,
            level,
            f"{TREATMENTS[name]}: {value:.1f}",
            color=figures.TEXT[colour],
            va="center",
            weight=600,
        )
    ax.set(
        xlim=(0.2, 1.35 * end),
        ylim=(min(every) - pad, max(every) + 1.6 * pad),
        xlabel="years over which each tranche is spread",
        ylabel="% a year",
    )
    ax.set_xticks(lives["life_years"][lives["life_years"].diff().fillna(9) > 1])
    flat = pd.DataFrame(
        {
            "treatment": [*lines],
            "annual_growth_percent": [*lines.values()],
            "break_year": [r["break_year"].value[name] for name in lines],
        }
    )
    data = pd.concat([lives.assign(treatment="spread"), flat], ignore_index=True)
    data = data[["treatment", "life_years", "annual_growth_percent", "break_year"]].astype(
        {"life_years": "Int64", "break_year": "Int64"}
    )
    used = (*figures.used(_drawn()), *figures.used(answer.tables["tranches"]))
    return figures.picture(fig, "breaks", own.breaks(answer), data, used, answer)


@figures.house
def industry(answer: Answer) -> Picture:
    """A row for each stated size, with its target at the left and the growth that takes at the right."""
    data = answer.tables["goals"].sort_values(
        ["older_goal", "scope", "year"], kind="stable", ignore_index=True
    )
    fig, (left, right) = figures.canvas(1, 2, sharey=True, gridspec_kw={"width_ratios": [1.5, 1]})
    for place, row in enumerate(data.itertuples()):
        colour = INDUSTRY.get(row.scope, COLOURS["grey"])
        marks = left.plot(
            row.size_bn_jpy, place, ls="", marker="o" if row.scope in SCOPES else "X", ms=9, color=colour
        )
        right_of, size = row.size_bn_jpy, f"{row.size_bn_jpy:,.0f}"
        if row.target_low_bn_jpy == row.target_low_bn_jpy:
            low, high = row.target_low_bn_jpy, row.target_high_bn_jpy
            marks += left.plot([row.size_bn_jpy, low], [place] * 2, color=colour, lw=1, ls="--")
            marks += left.plot([low, high], [place] * 2, color=colour, lw=5, marker="|", ms=12, mew=3)
            right_of = high
            text = f"{size} to {low:,.0f}" + (f"\u2013{high:,.0f}" if high > low else "")
            slow, fast = row.growth_low_percent, row.growth_high_percent
            marks += right.plot([slow, fast], [place] * 2, color=colour, lw=5, marker="|", ms=12, mew=3)
            rate = f"{slow:.1f} to {fast:.1f}%" if round(fast, 1) > round(slow, 1) else f"{fast:.1f}%"
            right.annotate(
                rate, (fast, place), xytext=(9, 0), textcoords="offset points", va="center", size=11
            )
        else:
            text = amounts.short(size)
            right.text(0.2, place, "no target stated", va="center", size=11, color=figures.TEXT["grey"])
        left.annotate(
            text, (right_of, place), xytext=(9, 0), textcoords="offset points", va="center", size=11
        )
        figures.mark(place, *marks)
    names = [f"{row.year}: {SCOPES.get(row.scope, 'scope not stated')}" for row in data.itertuples()]
    left.set_yticks(
        range(len(data)),
        [
            f"{name}\n(an older goal's count)" if older else name
            for name, older in zip(names, data["older_goal"])
        ],
    )
    widest = data[["size_bn_jpy", "target_high_bn_jpy"]].max().max()
    left.set(xlim=(0, 1.45 * widest), ylim=(len(data) - 0.4, -0.6), xlabel="billion yen, as stated")
    left.xaxis.set_major_formatter("{x:,.0f}")
    most = data["growth_high_percent"].max()
    right.set(xlim=(0, 1.6 * most), xlabel="% a year needed")
    right.set_xticks([tick for tick in right.get_xticks() if tick <= 1.4 * most])  # none at the edge
    for ax in (left, right):
        ax.grid(axis="y", visible=False)
        ax.tick_params(axis="y", length=0)
    return figures.picture(
        fig, "industry", own.industry(answer), data, figures.used(answer.tables["industry"]), answer
    )


@figures.house
def investor(answer: Answer) -> Picture:
    """The investor's board: each question with its state and what is known."""
    from matplotlib.patches import Rectangle

    board = answer.tables["disclosure"]
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
    data = order[["question", "state", "answer", "row_ids"]]
    used = (*figures.used(facts), *figures.used(answer.tables["tranches"]))
    return figures.picture(fig, "investor", own.investor(answer), data, used, answer)


def _drawn() -> pd.DataFrame:
    """Rows of the totals behind the trend."""
    totals = tables.settled("budgets/government_space")
    return totals[totals["row_id"].isin(government_space.totals("combined", True)["row_id"])]


FIGURES = (tranches, series, industry, investor, breaks)
METHOD = (breaks,)  # how far the trend hangs on the life of the fund
