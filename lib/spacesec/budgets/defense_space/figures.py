"""Figures of the question ``defense_space``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets import words
from spacesec.budgets.defense_space.model import (
    BOTH_COUNTS,
    BOTH_SCOPES,
    CLAIM_YEAR,
    FUNCTIONS,
    PLAN,
    SCOPES,
    alone,
)
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, STATES, Picture

MARKS = {  # stage -> marker, its face where it is hollow, words
    "request": ("D", "none", "request"),
    "initial": ("o", None, "initial budget"),
    "combined": ("s", None, "with last year's supplementary"),
}
PANELS = {  # count -> title, colour, ticks
    "ministry": ("The ministry's own total, contract basis", COLOURS["blue"], [50, 100, 200, 400, 800]),
    "cabinet_office": (
        "The Cabinet Office's count of the ministry, probably expenditure basis",
        COLOURS["vermilion"],
        [25, 35, 50, 70],
    ),
}


@figures.house
def two_counts(answer: Answer) -> Picture:
    """The ministry's own total above, the Cabinet Office's count below, each with its own breaks and gaps;
    nothing joins them.
    """
    from matplotlib.lines import Line2D

    p, r = answer.parameters, answer.results
    both = answer.tables["counts"]
    both = both[both["fiscal_year"].between(p.first_year, p.last_year)].reset_index(drop=True)
    fig, panels = figures.canvas(2, 1, height=6.2, sharex=True)
    for ax, (count, (title, colour, ticks)) in zip(panels, PANELS.items()):
        rows = both[both["count"] == count]
        for year in sorted(set(range(p.first_year, p.last_year + 1)) - set(rows["fiscal_year"])):
            ax.axvspan(year - 0.5, year + 0.5, facecolor="#F4F5F6", lw=0)
        _totals(ax, rows, colour)
        ax.set_title(title, color=colour)
        ax.set_yscale("log")
        ax.set_yticks(ticks, [str(tick) for tick in ticks])
        ax.set_yticks([], minor=True)
        top = max(ticks[-1] * 1.1, 1.2 * rows["amount_bn_jpy"].max())
        ax.set(ylim=(ticks[0] * 0.8, top), ylabel="billion yen (log)")
    _break(panels[1], answer.tables["counts"], "cabinet_office", 21, "\n")
    _break(panels[0], answer.tables["counts"], "ministry", 400, " ")
    _scopes(panels[0], both, p.first_year)
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
    panels[1].legend(handles=handles, loc="lower right", handletextpad=0.3)
    panels[1].set_xlim(p.first_year - 0.6, p.last_year + 1)
    panels[1].set_xticks(range(p.first_year, p.last_year + 1, 2 if p.last_year - p.first_year > 9 else 1))
    panels[1].set_xlabel("fiscal year; gray: no figure could be read")
    ratio = r["two_counts_ratio_2019"].value
    title = "Two counts, never joined"
    if ratio and p.first_year <= BOTH_COUNTS <= p.last_year:
        title += f": in FY{BOTH_COUNTS} the ministry's own was {ratio:.1f} times the Cabinet Office's"
    every = answer.tables["counts"]
    own, office = (every[every["count"] == count] for count in PANELS)
    most = own.loc[own["amount_bn_jpy"].idxmax(), "fiscal_year"]
    return Picture(
        fig,
        "two_counts",
        title,
        "Space spending of the Ministry of Defense, nominal; hollow diamonds are requests",
        "The ministry counts a contract of several years in the year of signature; its FY2024 request was"
        " read without a basis. That the Cabinet Office counts expenditure is inferred from the size of its"
        " figures.",
        "Two panels with points by fiscal year: the ministry's own totals, rising to several hundred billion"
        f" yen in FY{most}, and the Cabinet Office's count between about {office['amount_bn_jpy'].min():.0f}"
        f" and {office['amount_bn_jpy'].max():.0f} billion yen.",
        both,
        figures.used(both),
    )


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
        lift = -3.5
        if near.between(0.7, 1).any():
            lift = 3
        elif near.between(1, 1.4, inclusive="right").any():
            lift = -10
        alone = not near.between(0.7, 1.4).any()  # above the line; beside the mark where two share a year
        ax.annotate(
            f"{row.amount_bn_jpy:.0f}" if row.amount_bn_jpy >= 100 else f"{row.amount_bn_jpy:.1f}",
            (row.fiscal_year, row.amount_bn_jpy),
            xytext=(0, 8) if alone else (8, lift),
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
    ax.text(
        edge - 0.15, height, f"with missile{joint}defense", ha="right", va="bottom", size=10, color="#555b60"
    )
    ax.text(edge + 0.15, height, "without", va="bottom", size=10, color="#555b60")


def _scopes(ax, both: pd.DataFrame, first_year: int) -> None:
    """What the two totals of the last year with both scopes count, in words beside them."""
    own = both[(both["count"] == "ministry") & (both["stage"] == "initial")]
    own = own.pivot_table(index="fiscal_year", columns="scope", values="amount_bn_jpy", aggfunc="first")
    own = own.reindex(columns=list(SCOPES)).dropna()
    if own.empty:
        return
    year = own.index[-1]
    for said, amount in zip(("with items that also\ncount elsewhere", "without them"), own.loc[year]):
        beside = {"ha": "right", "va": "center", "size": 10}
        if first_year < year - 3:  # room for the words in the years before
            line = {"arrowstyle": "-", "lw": 0.8, "color": COLOURS["grey"]}
            ax.annotate(said, (year, amount), xytext=(year - 2.7, amount), arrowprops=line, **beside)
        else:
            ax.annotate(said, (year, amount), xytext=(-10, 0), textcoords="offset points", **beside)


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
            f"{about}{row.granted_percent:.0f} %",
            ha="right",
            va="center",
            color=COLOURS["ink"] if row.approximate else "white",
            weight=600,
        )
        amounts = f"asked {row.request:.4g}, granted {row.initial:.4g}"
        if row.contract == row.contract:
            amounts += f", contract {row.contract:.5g}"
        ax.text(102, place, amounts, va="center", size=11)
    ax.set_yticks(range(len(table)), names)
    ax.set(
        xlim=(0, 185),
        ylim=(len(table) - 0.5, -0.6),
        xlabel="initial budget in percent of the request (dashed)",
    )
    ax.set_xticks([0, 25, 50, 75, 100])
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    r = answer.results
    shares = {
        "the constellation": r["granted_percent_constellation"].value,
        "the communications satellite": r["granted_percent_communications"].value,
    }
    told = [f"{share:.0f} percent of {what}" for what, share in shares.items() if share is not None]
    used = tables.load("budgets/defense_space")
    used = used[
        used["item"].isin(table["item"])
        & used["fiscal_year"].isin(table["fiscal_year"])
        & used["stage"].isin(["request", "initial", "contract"])
    ]
    return Picture(
        fig,
        "request_granted",
        f"{words.listed(told)} were granted" if told else "What was asked and what was granted",
        "Requests against initial budgets, billion yen; blue: all space items, red: single items; paler:"
        " rounded in the source",
        "Only pairs on one basis. The FY2021 total is worked out from a stated growth rate.",
        f"Horizontal bars for {len(table)} pairs of request and initial budget, between"
        f" {table['granted_percent'].min():.0f} and {table['granted_percent'].max():.0f} percent.",
        table,
        figures.used(used),
    )


@figures.house
def five_year_plan(answer: Answer) -> Picture:
    """The five years of the plan on both scopes; years without a figure are dotted boxes of the height that
    would fill the plan.
    """
    table, p = answer.tables["envelope"].set_index("fiscal_year"), answer.parameters
    fig, panels = figures.canvas(1, 2, sharey=True)
    known, tops = {}, []
    for ax, (scope, said) in zip(panels, SCOPES.items()):
        series = table[scope]
        known[scope] = 100 * series.sum() / p.envelope_bn_jpy
        needed = max(0.0, p.envelope_bn_jpy - series.sum()) / max(1, series.isna().sum())
        tops.append(max(needed, series.max()))
        for year, amount in series.items():
            if np.isnan(amount):
                ax.bar(year, needed, 0.66, **STATES["unknown"])
                ax.text(
                    year,
                    needed + 8,
                    f"{needed:.0f}\nneeded" if year == series.index[series.isna()][0] else f"{needed:.0f}",
                    ha="center",
                    va="bottom",
                    size=11,
                    color="#555b60",
                )
            else:
                ax.bar(year, amount, 0.66, color=COLOURS["blue"])
                ax.text(year, amount + 8, f"{amount:.1f}", ha="center", va="bottom", weight=600)
        ax.set_title(said)
        ax.set_xticks(list(series.index), [f"FY{year}" for year in series.index])
    top = max(680, 1.2 * max(tops))
    for ax, scope in zip(panels, SCOPES):
        ax.text(
            PLAN[0] - 0.4,
            top - 20,
            f"known: {table[scope].sum():.0f} billion yen, {known[scope]:.0f} percent",
            size=12.5,
            va="top",
        )
    panels[0].set(ylabel="billion yen, contract basis", ylim=(0, top))
    both = answer.tables["counts"]
    rows = both[(both["count"] == "ministry") & (both["stage"] == "initial") & both["fiscal_year"].isin(PLAN)]
    plan = tables.load("budgets/defense_space")
    plan = plan[plan["series"] == "five_year_plan"]
    found = table.dropna(subset="with_other_pillars").index
    vague = rows[rows["scope"] == "overlap_not_stated"].itertuples()
    vague = "".join(
        f" FY{row.fiscal_year} is about {row.amount_bn_jpy:.0f} and its scope is not stated." for row in vague
    )
    years = "known year makes" if len(found) == 1 else "known years make"
    return Picture(
        fig,
        "five_year_plan",
        f"{words.spelled(len(found)).capitalize()} {years} {known['with_other_pillars']:.0f} or"
        f" {known['without_other_pillars']:.0f}"
        f" percent of the {p.envelope_bn_jpy:,.0f} billion yen for space",
        f"Initial budgets of the ministry for space, FY{PLAN[0]}-{PLAN[-1] % 100}; dotted: no total could be"
        " read, height is what would fill the plan evenly",
        "Whether the constellation, booked under stand-off defense, counts toward the space heading decides"
        f" between the two panels.{vague}",
        f"Two bar charts of five fiscal years. Known are {words.fiscal_years(found)}; the others are dotted"
        f" boxes. Known money is {known['with_other_pillars']:.0f} percent of the plan in one and"
        f" {known['without_other_pillars']:.0f} in the other.",
        answer.tables["envelope"],
        (*figures.used(rows), *figures.used(plan)),
    )


@figures.house
def paid(answer: Answer) -> Picture:
    """Payments by function and item, year by year; the budget book's item apart from the review's."""
    rows, p = answer.tables["payments"], answer.parameters
    first, last = int(rows["fiscal_year"].min()), int(rows["fiscal_year"].max())
    rows = rows[rows["function"].isin(p.functions)].reset_index(drop=True)
    looks = [("o", "-"), ("s", "--"), ("^", "-."), ("v", ":")]
    fig, panels = figures.canvas(1, len(p.functions), squeeze=False, height=5.0)
    for ax, function in zip(panels[0], p.functions):
        part = rows[rows["function"] == function]
        part = part[part.groupby("item")["amount_bn_jpy"].transform("max") > 0.1]
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
    r = answer.results["paid_by_function"].value
    told = [
        function for function in ("situational_awareness", "missile_warning") if function in p.functions
    ] or ["communications"]
    units = [" billion yen", *[""] * (len(told) - 1)]
    amounts = ", ".join(
        f"{r[function]:.0f}{unit} for {function.replace('_', ' ')}" for function, unit in zip(told, units)
    )
    return Picture(
        fig,
        "paid",
        f"Paid so far: {amounts} in the project review",
        "Amounts paid by the Ministry of Defense for space projects, by function and fiscal year; panels have"
        " their own scales",
        "Expenditure basis. Filled marks: project review; hollow marks: one item of the budget book. The two"
        " are not added. Contracts of hundreds of billions signed since FY2025 are not yet payments.",
        "Line charts of payments by project in panels for communications, situational awareness and missile"
        " warning.",
        rows,
        figures.used(rows),
    )


@figures.house
def share_of_defense(answer: Answer) -> Picture:
    """Space over defense spending for each count and denominator; mixed bases are hollow."""
    from matplotlib.lines import Line2D

    share, p = answer.tables["shares"], answer.parameters
    share = share[share["fiscal_year"].between(p.first_year, p.last_year)].reset_index(drop=True)
    colours = {
        "with_saco": COLOURS["blue"],
        "without_saco": COLOURS["green"],
        "new_contracts": COLOURS["vermilion"],
    }
    marker = {"ministry": "o", "cabinet_office": "s"}
    fig, ax = figures.canvas()
    for row in share[share["denominator"] != "without_saco"].itertuples():
        colour = colours[row.denominator]
        figures.mark(
            row.Index,
            *ax.plot(
                row.fiscal_year,
                row.share_percent,
                ls="",
                marker=marker[row.count],
                ms=10,
                mfc=colour if row.like_with_like else "white",
                mec=colour,
                mew=2,
            ),
        )
        ax.annotate(
            f"{row.share_percent:.1f}",
            (row.fiscal_year, row.share_percent),
            xytext=(10, 1 if row.denominator == "new_contracts" else -9),
            textcoords="offset points",
            size=11,
        )
    handles = [
        Line2D(
            [],
            [],
            ls="",
            marker="s",
            ms=9,
            color=COLOURS["blue"],
            label="Cabinet Office count over the defense budget",
        ),
        Line2D(
            [],
            [],
            ls="",
            marker="o",
            ms=9,
            mfc="white",
            mec=COLOURS["blue"],
            mew=2,
            label="ministry's contracts over the defense budget (mixed bases)",
        ),
        Line2D(
            [],
            [],
            ls="",
            marker="o",
            ms=9,
            color=COLOURS["vermilion"],
            label="ministry's contracts over new contracts",
        ),
    ]
    ax.legend(handles=handles, loc="upper left")
    years = sorted(set(share["fiscal_year"]))
    ax.set(
        ylabel="percent",
        ylim=(0, max(8.5, 1.15 * share["share_percent"].max())),
        xlim=(years[0] - 0.6, years[-1] + 1),
    )
    ax.set_xticks(years, [f"FY{year}" for year in years], rotation=0 if len(years) < 11 else 45)
    one = answer.results["space_share_2020_percent"].value
    matched = share[share["like_with_like"] & (share["count"] == "ministry")]
    parts = []
    if one is not None:
        parts.append(f"About {one:.0f} percent of the defense budget in FY{CLAIM_YEAR}")
    if len(matched):
        part, year = matched[["share_percent", "fiscal_year"]].iloc[-1]
        parts.append(f"{part:.1f} percent of the contracts of FY{year:.0f}")
    title = "; ".join(parts) or "Space in the defense budget"
    return Picture(
        fig,
        "share_of_defense",
        title,
        f"Space in percent of defense spending; FY{BOTH_SCOPES} {alone(p.scope)}",
        "A contract total over a yearly budget mixes bases and overstates the share in years of large"
        " contracts; it is drawn hollow.",
        "Points by fiscal year for three ways of dividing space spending by defense spending, from below one"
        " to several percent.",
        share,
        (*figures.used(share), *figures.used(share, "defense_source_id")),
    )


FIGURES = (two_counts, request_granted, five_year_plan, paid, share_of_defense)
