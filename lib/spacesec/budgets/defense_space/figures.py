"""Figures of the question ``defense_space``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets.defense_space import words as own
from spacesec.budgets.defense_space.model import FUNCTIONS, PLAN, SCOPES
from spacesec.budgets.defense_space.strike_figure import strike_support
from spacesec.data import tables
from spacesec.drawing import amounts, figures
from spacesec.drawing.figures import COLOURS, KEPT, STATES, TEXT, Picture

MARKS = {  # stage -> marker, its face where it is hollow, words
    "request": ("D", "none", "request"),
    "initial": ("o", None, "initial budget"),
    "combined": ("s", None, "with last year's supplementary"),
}
PANELS = {  # count -> title, colour, ticks
    "ministry": ("The ministry's own total, contract basis", KEPT["MoD"], [50, 100, 200, 400, 800]),
    "cabinet_office": (
        "The Cabinet Office's count of the ministry, probably expenditure basis",
        KEPT["Cabinet Office"],
        [25, 35, 50, 70],
    ),
}


LIFTS = {0: (-3.5,), 1: (3, -10), 2: (7, -6, -9)}  # points, of one, two or three labels beside one another


@figures.house
def two_counts(answer: Answer) -> Picture:
    """The ministry's own total above, the Cabinet Office's count below, each with its own breaks and gaps;
    nothing joins them.
    """
    from matplotlib.lines import Line2D

    p = answer.parameters
    both = answer.tables["counts"]
    both = both[both["fiscal_year"].between(p.first_year, p.last_year)].reset_index(drop=True)
    fig, panels = figures.canvas(2, 1, height=6.2, sharex=True)
    for ax, (count, (title, colour, ticks)) in zip(panels, PANELS.items()):
        rows = both[both["count"] == count]
        for year in sorted(set(range(p.first_year, p.last_year + 1)) - set(rows["fiscal_year"])):
            ax.axvspan(year - 0.5, year + 0.5, facecolor="#F4F5F6", lw=0)
        _totals(ax, rows, COLOURS[colour])
        ax.set_title(title, color=TEXT[colour])
        ax.set_yscale("log")
        ax.set_yticks(ticks, [str(tick) for tick in ticks])
        ax.set_yticks([], minor=True)
        top = max(ticks[-1] * 1.1, 1.2 * rows["amount_bn_jpy"].max())
        ax.set(ylim=(ticks[0] * 0.8, top), ylabel="billion yen (log)")
    _break(panels[1], answer.tables["counts"], "cabinet_office", 21, "\n")
    _break(panels[0], answer.tables["counts"], "ministry", 400, " ")
    _scopes(panels[0], both)
    handles = [
        Line2D(
            [],
            [],
            ls="",
            marker=m,
            ms=8,
            mfc=face or COLOURS["grey"],
            mec=COLOURS["grey"],
            mew=1.6,
            label=label,
        )
        for m, face, label in MARKS.values()
    ]
    panels[1].set_xlim(p.first_year - 0.6, p.last_year + 1)
    spots = (
        panels[1]
        .transAxes.inverted()
        .transform(panels[1].transData.transform(rows[["fiscal_year", "amount_bn_jpy"]].to_numpy(float)))
    )
    x, y = spots.T
    corners = {
        "lower right": (x > 0.7) & (y < 0.55),
        "upper right": (x > 0.7) & (y > 0.4),
        "lower left": (x < 0.35) & (y < 0.6),
    }
    free = [corner for corner, taken in corners.items() if not taken.any()]
    place = {"loc": free[0]} if free else {"loc": "upper right", "bbox_to_anchor": (1, -0.2), "ncols": 3}
    panels[1].legend(handles=handles, handletextpad=0.3, **place)
    panels[1].set_xticks(range(p.first_year, p.last_year + 1, 2 if p.last_year - p.first_year > 9 else 1))
    panels[1].set_xlabel("fiscal year; gray: no figure could be read")
    return figures.picture(fig, "two_counts", own.two_counts(answer), both, figures.used(both), answer)


def _totals(ax, rows: pd.DataFrame, colour: str) -> None:
    """The points of one count with their amounts, and lines along initial budgets of one scope."""
    from matplotlib.patheffects import withStroke

    drawn = rows[rows["stage"] == "initial"].drop_duplicates(["fiscal_year", "scope"])
    for scope in ("with_missile_defense", "without_missile_defense"):
        line = drawn[drawn["scope"] == scope].set_index("fiscal_year")["amount_bn_jpy"]
        if len(line):
            line = line.reindex(range(int(line.index.min()), int(line.index.max()) + 1))
            ax.plot(line.index, line, color=colour, lw=1.6)
    for row in rows.itertuples():
        marker, face, _ = MARKS[row.stage]
        figures.mark(
            row.Index,
            *ax.plot(
                row.fiscal_year,
                row.amount_bn_jpy,
                ls="",
                marker=marker,
                ms=10 if face else 7,
                mfc=face or colour,
                mec=colour,
                mew=1.5,
            ),
        )
        others = rows[(rows["fiscal_year"] == row.fiscal_year) & (rows["row_id"] != row.row_id)]
        near = others["amount_bn_jpy"] / row.amount_bn_jpy
        close = others[near.between(0.7, 1.4)]["amount_bn_jpy"]
        above = int((close > row.amount_bn_jpy).sum())
        lift = LIFTS.get(len(close), LIFTS[2])[min(above, len(close), 2)]
        alone = not near.between(0.7, 1.4).any()  # above the line; beside the mark where two share a year
        ax.annotate(
            amounts.short(
                f"{row.amount_bn_jpy:.0f}" if row.amount_bn_jpy >= 100 else f"{row.amount_bn_jpy:.1f}"
            ),
            (row.fiscal_year, row.amount_bn_jpy),
            xytext=(0, -18 if row.stage == "request" else 8) if alone else (8, lift),
            textcoords="offset points",
            size=10,
            ha="center" if alone else "left",
            path_effects=[withStroke(linewidth=3, foreground="white")],
        )


def _break(ax, counts: pd.DataFrame, count: str, height: float, joint: str) -> None:
    """A dashed line half way between the last figure with missile defense and the first without, where both
    are shown.
    """
    rows = counts[counts["count"] == count]
    last = rows[rows["scope"] == "with_missile_defense"]["fiscal_year"].max()
    first = rows[rows["scope"] == "without_missile_defense"]["fiscal_year"].min()
    edge = (last + first) / 2
    low, high = ax.get_xlim()
    if not low < edge < high:
        return
    ax.axvline(edge, color=COLOURS["ink"], lw=1, ls=(0, (6, 4)))
    if edge - low > 0.2 * (high - low):  # else no room between the axis and the line
        ax.text(
            edge - 0.15,
            height,
            f"with missile{joint}defense",
            ha="right",
            va="bottom",
            size=10,
            color=figures.TEXT["grey"],
        )
    ax.text(edge + 0.15, height, "without", va="bottom", size=10, color="#555b60")


def _scopes(ax, both: pd.DataFrame) -> None:
    """What the two totals of the last year with both scopes count, in words beside them."""
    own = both[(both["count"] == "ministry") & (both["stage"] == "initial")]
    own = own.pivot_table(index="fiscal_year", columns="scope", values="amount_bn_jpy", aggfunc="first")
    own = own.reindex(columns=list(SCOPES)).dropna()
    if own.empty:
        return
    year = own.index[-1]
    for said, amount in zip(("with items that also\ncount elsewhere", "without them"), own.loc[year]):
        ax.annotate(
            said,
            (year, amount),
            xytext=(-10, 0),
            textcoords="offset points",
            ha="right",
            va="center",
            size=10,
        )


@figures.house
def request_granted(answer: Answer) -> Picture:
    """What was granted of what was asked, item by item, as a percentage; amounts beside it."""
    table = answer.tables["granted"].sort_values(["item", "fiscal_year"])
    table = pd.concat(
        [
            table[table["item"] == "total"],
            table[table["item"] != "total"].sort_values("request", ascending=False),
        ],
        ignore_index=True,
    )
    names = [
        ", ".join(filter(None, (row.label, SCOPES.get(row.scope), f"FY{row.fiscal_year}")))
        for row in table.itertuples()
    ]
    fig, ax = figures.canvas(height=2.2 + 0.48 * len(table))
    for place, row in enumerate(table.itertuples()):
        colour = COLOURS["blue"] if row.item == "total" else COLOURS["vermilion"]
        about = "about " if row.approximate else ""
        ax.barh(place, 100, 0.5, facecolor="white", edgecolor=colour, ls="--", lw=1)
        figures.mark(
            row.Index,
            *ax.barh(place, row.granted_percent, 0.5, color=colour, alpha=0.55 if row.approximate else 1),
        )
        ax.text(
            row.granted_percent - 1,
            place,
            f"{about}{row.granted_percent:.0f}%",
            ha="right",
            va="center",
            color=COLOURS["ink"] if row.approximate else "white",
            weight=600,
        )
        told = f"asked {row.request:.4g}, granted {row.initial:.4g}"
        if row.contract == row.contract:
            told += f", contract {row.contract:.5g}"
        ax.text(102, place, told, va="center", size=11)
    ax.set_yticks(range(len(table)), names)
    ax.set(
        xlim=(0, 185),
        ylim=(len(table) - 0.5, -0.6),
        xlabel="initial budget, % of the request (dashed)",
    )
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    used = tables.load("budgets/defense_space")
    used = used[
        used["item"].isin(table["item"])
        & used["fiscal_year"].isin(table["fiscal_year"])
        & used["stage"].isin(["request", "initial", "contract"])
    ]
    return figures.picture(
        fig, "request_granted", own.request_granted(answer), table, figures.used(used), answer
    )


@figures.house
def five_year_plan(answer: Answer) -> Picture:
    """The five years of the plan on both scopes; years without a figure are dotted boxes of the height that
    would fill the plan, with the request where one is known.
    """
    data = answer.tables["plan_by_scope"]
    fig, panels = figures.canvas(1, 2, sharey=True)
    high = data[["amount_bn_jpy", "needed_bn_jpy", "request_bn_jpy"]].max(axis=1)
    top = 1.28 * high.max()
    for ax, (scope, said) in zip(panels, SCOPES.items()):
        part = data[data["scope"] == scope]
        for row in part.itertuples():
            marks = _plan_year(ax, row, 0.012 * top)
            if (
                isinstance(row.row_ids, str) and row.row_ids
            ):  # a year without a figure or a request has no row to lead to
                figures.mark(row.Index, *marks)
        known = part["amount_bn_jpy"].sum()
        share = 100 * known / answer.parameters.envelope_bn_jpy
        ax.text(
            PLAN[0] - 0.4, 0.97 * top, f"known: {known:,.0f} billion yen, {share:.0f}%", size=12.5, va="top"
        )
        ax.set_title(said)
        ax.set_xticks(part["fiscal_year"], [f"FY{year}" for year in part["fiscal_year"]])
        ax.set_xlim(PLAN[0] - 0.6, PLAN[-1] + 0.6)
    panels[0].set(ylabel="billion yen, contract basis", ylim=(0, top))
    both = answer.tables["counts"]
    rows = both[both["row_id"].isin(set(";".join(data["row_ids"]).split(";")))]
    plan = tables.load("budgets/defense_space")
    plan = plan[plan["series"] == "five_year_plan"]
    used = (*figures.used(rows), *figures.used(plan))
    return figures.picture(fig, "five_year_plan", own.five_year_plan(answer), data, used, answer)


def _plan_year(ax, row, gap: float) -> list:
    """A year's budget, or the box of what it would have to bring and the request that is known of it."""
    about = "about " if row.approximate is True else ""
    if not np.isnan(row.amount_bn_jpy):
        bar = ax.bar(row.fiscal_year, row.amount_bn_jpy, 0.66, color=COLOURS["blue"])
        digits = 0 if about else 1
        text = amounts.short(f"{row.amount_bn_jpy:.{digits}f}")
        text = f"about\n{text}" if about else text
        ax.text(row.fiscal_year, row.amount_bn_jpy + gap, text, ha="center", va="bottom", weight=600)
        return list(bar)
    grey = {"size": 11, "color": figures.TEXT["grey"], "ha": "center", "va": "bottom"}
    marks = list(ax.bar(row.fiscal_year, row.needed_bn_jpy, 0.66, **STATES["unknown"]))
    text, level = f"{row.needed_bn_jpy:.0f}\nneeded", row.needed_bn_jpy
    if not np.isnan(row.request_bn_jpy):
        marks += ax.plot(
            row.fiscal_year,
            row.request_bn_jpy,
            ls="",
            marker="D",
            ms=9,
            mfc="white",
            mec=COLOURS["blue"],
            mew=1.6,
        )
        text += f"\nasked:\n{about}{row.request_bn_jpy:.4g}"
        level = max(level, row.request_bn_jpy + 2 * gap)
    ax.text(row.fiscal_year, level + gap, text, **grey)
    return marks


@figures.house
def paid(answer: Answer) -> Picture:
    """Payments by function and item, year by year; the budget book's item apart from the review's."""
    rows, p = answer.tables["payments"], answer.parameters
    first, last = int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max())
    rows = rows[rows["function"].isin(p.functions)]
    largest = rows.groupby("item")["amount_bn_jpy"].transform("max")
    rows = rows[largest > 0.1].reset_index(drop=True)  # smaller ones lie on the axis
    looks = [("o", "-"), ("s", "--"), ("^", "-."), ("v", ":")]
    fig, panels = figures.canvas(1, len(p.functions), squeeze=False, height=5.0)
    for ax, function in zip(panels[0], p.functions):
        part = rows[rows["function"] == function]
        order = part.groupby(["item", "label", "basis"])["amount_bn_jpy"].sum().sort_values(ascending=False)
        handles = []
        for (item, label, basis), (marker, line), colour in zip(
            order.index, looks, ("vermilion", "blue", "green", "purple")
        ):
            for row in part[part["item"] == item].itertuples():
                figures.mark_point(ax, row.fiscal_year, row.amount_bn_jpy, row.Index)
            one = (
                part[part["item"] == item]
                .set_index("fiscal_year")["amount_bn_jpy"]
                .reindex(range(first, last + 1))
            )
            colour = COLOURS[colour]
            handles += ax.plot(
                one.index,
                one,
                marker=marker,
                ls=line,
                color=colour,
                mfc="white" if basis == "budget book" else colour,
                mew=1.5,
                lw=1.5,
                ms=6,
                clip_on=False,
                label=label.replace("Situational-awareness (SDA) satellite", "SDA satellite")
                .replace("X-band satellites: yearly payment", "X-band satellites (budget book)")
                .replace(" (HTV-X infrared test and others)", ""),
            )
        ax.set_title(FUNCTIONS[function])
        ax.set(xlim=(first - 0.6, last + 0.8), ylim=(0, 1.42 * part["amount_bn_jpy"].max()))
        ax.set_xticks(range(first, last + 1, 4))
        ax.legend(handles=handles, loc="upper left", handlelength=2.2, borderaxespad=0.1, fontsize=10.5)
    panels[0][0].set_ylabel("billion yen paid, nominal")
    return figures.picture(fig, "paid", own.paid(answer), rows, figures.used(rows), answer)


MEASURES = {  # count, whether over new contracts -> panel's title, colour
    ("ministry", True): ("contracts over new contracts", KEPT["MoD"]),
    ("ministry", False): ("contracts over the yearly budget\n(two bases mixed)", "grey"),
    ("cabinet_office", False): (
        "Cabinet Office's count\nover the yearly budget",
        KEPT["Cabinet Office"],
    ),
}


@figures.house
def share_of_defense(answer: Answer) -> Picture:
    """Space over defense spending, a panel for each measure; both scopes of a year are joined by a bar."""
    data, p = answer.tables["shares_by_scope"], answer.parameters
    fig, panels = figures.canvas(1, 3, sharey=True, sharex=True)
    years = range(max(p.first_year, int(data["fiscal_year"].min()) - 1), p.last_year + 1)
    for ax, ((count, over_contracts), (title, name)) in zip(panels, MEASURES.items()):
        colour = COLOURS[name]
        part = data[(data["count"] == count) & ((data["denominator"] == "new_contracts") == over_contracts)]
        for year in set(years) - set(part["fiscal_year"]):
            ax.axvspan(year - 0.5, year + 0.5, facecolor="#F4F5F6", lw=0)
        for _, one in part.groupby("fiscal_year"):
            if len(one) > 1:
                ends = [one["share_percent"].min(), one["share_percent"].max()]
                ax.plot(one["fiscal_year"].iloc[:2], ends, color=colour, lw=4, alpha=0.35)
        highest = part.groupby("fiscal_year")["share_percent"].max()
        for row in part.itertuples():
            point = ax.plot(
                row.fiscal_year,
                row.share_percent,
                ls="",
                marker="o" if count == "ministry" else "s",
                ms=9,
                mfc=colour if row.like_with_like else "white",
                mec=colour,
                mew=2,
            )
            figures.mark(row.Index, *point)
            ax.annotate(
                f"{row.share_percent:.1f}",
                (row.fiscal_year, row.share_percent),
                # The lower of two stands below its mark, clear of the bar that joins them.
                xytext=(0, -18 if row.share_percent < highest[row.fiscal_year] else 9),
                textcoords="offset points",
                ha="center",
                size=10.5,
            )
        ax.set_title(title, size=12)
        ax.grid(axis="x", visible=False)
    step = max(1, round(len(years) / 4))
    panels[0].set_xticks(years[::-step][::-1], [f"FY{year}" for year in years[::-step][::-1]], size=10.5)
    panels[0].set(
        xlim=(years[0] - 0.8, years[-1] + 0.8),
        ylim=(0, 1.2 * data["share_percent"].max()),
        ylabel="% of defense spending",
    )
    used = (*figures.used(data), *figures.used(data, "defense_source_id"))
    return figures.picture(fig, "share_of_defense", own.share_of_defense(answer), data, used, answer)


FIGURES = (five_year_plan, two_counts, request_granted, paid, strike_support, share_of_defense)
METHOD = ()  # every figure here is a finding
