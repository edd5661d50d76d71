"""Figures of the question ``programmes``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets.programmes import projects
from spacesec.budgets.programmes import words as own
from spacesec.budgets.programmes.model import SATELLITES
from spacesec.data import tables
from spacesec.drawing import amounts, figures
from spacesec.drawing.figures import COLOURS, Picture


@figures.house
def where_money_goes(answer: Answer) -> Picture:
    """Projects by year as a grid of amounts, totals at the right; a cell without a printed amount is hatched,
    not zero.
    """
    from matplotlib.colors import LinearSegmentedColormap, LogNorm
    from matplotlib.patches import Rectangle

    p, wide = answer.parameters, answer.tables["projects"]
    grid = wide.pivot(index="project_id", columns="fiscal_year", values="shown").reindex(
        columns=range(p.first_year, p.last_year + 1)
    )
    grid = grid.loc[grid.sum(axis=1).sort_values(ascending=False).index]
    names = wide.groupby("project_id")["project"].first()
    lines = {(row.project_id, row.fiscal_year): row.Index for row in wide.itertuples()}
    count = len(grid)
    fig, ax = figures.canvas(height=max(3.2, 2.1 + 0.33 * count))
    colours = LinearSegmentedColormap.from_list("house", ["#EAF3F9", "#56B4E9", "#0072B2", "#003A5C"])
    norm = LogNorm(0.1, max(150.0, float(grid.max().max())))
    size = 10.5 if count <= 14 else 8
    for place, row in enumerate(row for _, row in grid.iterrows()):
        for year, amount in row.items():
            if np.isnan(amount):
                ax.add_patch(
                    Rectangle(
                        (year - 0.48, place - 0.44),
                        0.96,
                        0.88,
                        facecolor="white",
                        edgecolor=COLOURS["pale"],
                        hatch="....",
                        lw=0.3,
                    )
                )
                continue
            colour = colours(norm(max(amount, 0.1)))
            figures.mark(
                lines[row.name, year],
                ax.add_patch(Rectangle((year - 0.48, place - 0.44), 0.96, 0.88, facecolor=colour)),
            )
            ax.text(
                year,
                place,
                amounts.short(_amount(amount)),
                ha="center",
                va="center",
                size=size,
                color="white" if sum(colour[:3]) < 1.75 else COLOURS["ink"],
            )
        ax.text(
            p.last_year + 1.55,
            place,
            amounts.short(f"{row.sum():,.1f}"),
            ha="right",
            va="center",
            size=size + 0.5,
            weight=600,
        )
    ax.text(p.last_year + 1.55, -0.72, "total", ha="right", va="center", size=10.5, color="#555b60")
    ax.set(xlim=(p.first_year - 0.55, p.last_year + 1.6), ylim=(count - 0.5, -1.0))
    ax.set_yticks(range(count), [names[project] for project in grid.index])
    years = range(p.first_year, p.last_year + 1)
    ax.set_xticks(years, [f"FY{years[0]}", *(f"{year % 100:02d}" for year in years[1:])])
    ax.tick_params(length=0)
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    stages = ["request", "initial", "supplementary", "available", "paid", "shown"]
    data = wide[["project_id", "project", "fiscal_year", *stages, "row_ids"]]
    return figures.picture(
        fig, "where_money_goes", own.where_money_goes(answer), data, _sources(wide), answer
    )


@figures.house
def reconnaissance(answer: Answer) -> Picture:
    """The reconnaissance satellites in the budget book: initial and supplementary stacked, paid beside them;
    open years marked.
    """
    table = answer.tables["igs"]
    fig, ax = figures.canvas()
    x = table["fiscal_year"].to_numpy()
    extra = table["supplementary"].fillna(0)
    voted = ax.bar(x, table["initial"], 0.62, color=COLOURS["blue"])
    added = ax.bar(
        x,
        extra,
        0.62,
        bottom=table["initial"],
        facecolor="white",
        edgecolor=COLOURS["blue"],
        hatch="////",
        lw=1,
    )
    for line, bars in enumerate(zip(voted, added)):
        figures.mark(line, *bars)
    both = table.dropna(subset=["initial", "supplementary"])["fiscal_year"]
    for year, initial, more in zip(x, table["initial"], table["supplementary"]):
        if initial != initial:
            continue
        text = amounts.short(f"{initial:.1f}")
        ax.text(year, initial / 2, text, ha="center", va="center", color="white", size=11)
        if more == more:
            ax.text(
                year,
                initial + 3.6,
                amounts.short(f"{more:.1f}")
                + (f"\n({100 * more / (initial + more):.0f}%)" if year == both.min() else ""),
                ha="center",
                va="center",
                size=11,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
    paid = table.dropna(subset="paid")
    ax.plot(paid["fiscal_year"], paid["paid"], color=COLOURS["vermilion"], marker="o", ms=7, lw=1.5, zorder=5)
    for row in paid.itertuples():
        figures.mark_point(ax, row.fiscal_year, row.paid, row.Index)
    ax.annotate(
        "paid\n" + amounts.short(f"{paid['paid'].iloc[-1]:.1f}"),
        (paid["fiscal_year"].iloc[-1], paid["paid"].iloc[-1]),
        xytext=(0, 9),
        textcoords="offset points",
        ha="center",
        color=COLOURS["vermilion"],
        weight=600,
    )
    end, height = float(x[-1]), table["initial"].dropna().iloc[-1]
    ax.text(
        end + 0.42,
        height / 2,
        "initial\nbudget",
        va="center",
        color=COLOURS["blue"],
        weight=600,
    )
    last = table.dropna(subset=["initial", "supplementary"]).iloc[-1]
    share = 100 * last["supplementary"] / (last["initial"] + last["supplementary"])
    ax.text(
        end + 0.42,
        last["initial"] + last["supplementary"] / 2,
        f"supplementary\nbudget: {share:.0f}%\nin FY{last['fiscal_year']:.0f}",
        va="center",
        color=COLOURS["blue"],
        weight=600,
    )
    for row in table[table["fiscal_year"] > last["fiscal_year"]].dropna(subset="initial").itertuples():
        ax.text(
            row.fiscal_year,
            row.initial + 2,
            "none\nyet",
            ha="center",
            va="bottom",
            size=10.5,
            color="#555b60",
        )
    ax.set_xticks(x, [f"FY{year}" for year in x])
    top = max(122, 1.15 * table[["initial", "supplementary"]].sum(axis=1).max(), 1.15 * table["paid"].max())
    ax.set(xlim=(x[0] - 0.6, end + 1.75), ylim=(0, top), ylabel="billion yen, nominal")
    used = figures.used(_book_rows("igs"))
    return figures.picture(fig, "reconnaissance", own.reconnaissance(answer), table, used, answer)


PARTS = {  # of the money that could be spent -> how its bar looks
    "execution_percent": {"color": COLOURS["blue"]},
    "carried_percent": {"facecolor": "white", "edgecolor": COLOURS["orange"], "hatch": "\\\\\\\\", "lw": 1},
    "unused_percent": {"color": COLOURS["grey"]},
}


@figures.house
def reliance(answer: Answer) -> Picture:
    """Supplementary share of money voted, and what became of the spendable money, by project."""
    from matplotlib.patches import Patch

    share = answer.tables["reliance"].set_index("project_id")["supplementary_share_percent"].clip(lower=0)
    done = answer.tables["execution"].set_index("project_id")
    names = answer.tables["projects"].groupby("project_id")["project"].first()
    order = share.sort_values(na_position="first").index
    fig, (left, right) = figures.canvas(
        1, 2, height=max(3.6, 2.3 + 0.3 * len(order)), sharey=True, gridspec_kw={"width_ratios": [1, 1.25]}
    )
    for place, project in enumerate(order):
        if np.isnan(share[project]):
            left.text(1, place, "nothing voted", va="center", size=10, color="#555b60")
        else:
            left.barh(
                place, share[project], 0.62, facecolor="white", edgecolor=COLOURS["blue"], hatch="////", lw=1
            )
            left.text(share[project] + 1.5, place, f"{share[project]:.0f}", va="center", size=11)
        _spent(right, place, done.loc[project])
    left.set_yticks(range(len(order)), [names[project] for project in order])
    left.set(xlim=(0, 112), xlabel="% of money voted")
    left.set_title("voted in supplementary budgets", size=12, color=COLOURS["blue"])
    right.set(xlim=(0, 100.5), xlabel="% of what could be spent in a year")
    right.legend(
        handles=[
            Patch(color=COLOURS["blue"], label="paid"),
            Patch(facecolor="white", edgecolor=COLOURS["orange"], hatch="\\\\\\\\", label="carried over"),
            Patch(color=COLOURS["grey"], label="unused"),
        ],
        loc="lower left",
        bbox_to_anchor=(-0.03, 0.98),
        ncols=3,
        handlelength=1.2,
        columnspacing=1.2,
        handletextpad=0.5,
    )
    for ax in (left, right):
        ax.grid(False)
        ax.tick_params(axis="y", length=0)
    data = answer.tables["reliance"].merge(answer.tables["execution"], on="project_id")
    used = _sources(answer.tables["projects"])
    return figures.picture(fig, "reliance", own.reliance(answer), data, used, answer)


def _spent(ax, place: int, row: pd.Series) -> None:
    """One project's bar of what was paid, carried over and unused."""
    if not row["years"]:
        ax.text(1, place, "no usable sheet", va="center", size=10, color="#555b60")
        return
    start = 0.0
    for part, look in PARTS.items():
        ax.barh(place, row[part], 0.62, left=start, **look)
        paid = part == "execution_percent"
        if row[part] >= 9:
            ax.text(
                start + row[part] / 2,
                place,
                f"{row[part]:.0f}",
                ha="center",
                va="center",
                size=11,
                color="white" if paid else COLOURS["ink"],
                bbox=None if paid else {"facecolor": "white", "edgecolor": "none", "pad": 1},
            )
        start += row[part]


@figures.house
def stages(answer: Answer) -> Picture:
    """The four projects with the largest payments, each through request, initial, supplementary, available
    and paid.
    """
    wide = answer.tables["projects"]
    largest = wide.groupby("project_id")["paid"].sum().sort_values(ascending=False).index[:4]
    rows, columns = (len(largest) + 1) // 2, min(len(largest), 2)
    fig, panels = figures.canvas(rows, columns, height=1.6 + 2.4 * rows, sharex=True, squeeze=False)
    p, net = answer.parameters, projects.last_net_year()
    for ax in panels.flat[len(largest) :]:
        ax.set_axis_off()
        panels[0, 1].tick_params(labelbottom=True)  # the years under the panel above the empty place
    for ax, project in zip(panels.flat, largest):
        rows = (
            wide[wide["project_id"] == project]
            .set_index("fiscal_year")
            .reindex(range(p.first_year, p.last_year + 1))
        )
        x = rows.index
        ax.bar(x, rows["initial"].fillna(0), 0.6, color=COLOURS["sky"])
        ax.bar(
            x,
            rows["supplementary"].fillna(0).clip(lower=0),
            0.6,
            bottom=rows["initial"].fillna(0),
            facecolor="white",
            edgecolor=COLOURS["sky"],
            hatch="////",
            lw=1,
        )
        for part in (rows.loc[:net], rows.loc[net + 1 :]):
            ax.plot(
                part.index,
                part["available"],
                color=COLOURS["ink"],
                lw=1.2,
                ls=(0, (3, 2)),
                drawstyle="steps-mid",
            )
        ax.plot(x, rows["request"], ls="", marker="D", ms=5.5, mfc="white", mec=COLOURS["purple"], mew=1.4)
        ax.plot(x, rows["paid"], ls="", marker="o", ms=6, color=COLOURS["vermilion"])
        if p.first_year <= net < p.last_year:
            ax.axvline(net + 0.5, color=COLOURS["ink"], lw=0.8, ls=(0, (6, 4)))
        ax.set_title(rows["project"].dropna().iloc[0])
        ax.set_ylim(bottom=0)
        ax.set_xticks([year for year in x if year % 2 == 0])
    for ax in panels[:, 0]:
        ax.set_ylabel("billion yen, nominal")
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles = [
        Line2D([], [], ls="", marker="D", mfc="white", mec=COLOURS["purple"], mew=1.4, label="request"),
        Patch(facecolor=COLOURS["sky"], label="initial"),
        Patch(facecolor="white", edgecolor=COLOURS["sky"], hatch="////", lw=1, label="supplementary"),
        Line2D([], [], color=COLOURS["ink"], lw=1.2, ls=(0, (3, 2)), label="available after carry-over"),
        Line2D([], [], ls="", marker="o", color=COLOURS["vermilion"], label="paid"),
    ]
    # An empty text above the panels keeps room for the key, which spans them all.
    panels[0, 0].annotate(
        "\u00a0", (0, 1), xycoords="axes fraction", xytext=(0, 44), textcoords="offset points"
    )
    panels[0, 0].legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.16),
        ncols=5,
        handlelength=1.6,
        columnspacing=1.6,
    ).set_in_layout(False)
    shown = wide[wide["project_id"].isin(largest)]
    drawn = ["project_id", "project", "fiscal_year", "request", "initial", "supplementary", "available"]
    data = shown[[*drawn, "available_rule", "paid", "row_ids"]]
    return figures.picture(fig, "stages", own.stages(answer), data, _sources(shown), answer)


@figures.house
def satellite_years(answer: Answer) -> Picture:
    """Money per satellite-year of three systems, and of the constellation as a curve over its number of
    satellites, for which no source was found.
    """
    costs, contract = answer.tables["costs"], answer.tables["constellation"].iloc[0]
    fig, (left, right) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [1, 1.15]}, sharey=True)
    for place, row in costs.iterrows():
        left.bar(place, row["high"], 0.55, color=COLOURS["blue"])
        if row["high"] - row["low"] > 0.05:
            left.errorbar(
                place,
                row["high"],
                yerr=[[row["high"] - row["low"]], [0]],
                color=COLOURS["ink"],
                capsize=5,
                lw=1.5,
            )
        low = f"{row['low']:.1f} to " if row["high"] - row["low"] > 0.05 else ""
        text = amounts.short(f"{low}{row['high']:.1f}")
        left.text(place, row["high"] + 0.35, text, ha="center", weight=600)
    left.set_xticks(
        costs.index,
        [
            f"{row['system']}\n{row['satellite_years_high']:.0f} satellite-years".replace(
                "communications", "radio"
            )
            for _, row in costs.iterrows()
        ],
        size=10,
    )
    left.set_ylabel("billion yen per satellite and year, nominal")
    left.set_title(f"paid, FY{costs['first_year'].min()}-{costs['last_year'].max()}")
    counts = np.arange(3, 61)
    curve = contract["per_year"] / counts
    right.plot(counts, curve, color=COLOURS["vermilion"], ls="--", lw=2)
    reference = costs.iloc[0]
    right.axhspan(reference["low"], reference["high"], color=COLOURS["blue"], alpha=0.25, lw=0)
    right.text(
        60,
        reference["high"] + 0.25,
        "a reconnaissance satellite",
        ha="right",
        color=COLOURS["blue"],
        weight=600,
    )
    right.annotate(
        f"contract, {contract['per_year']:.0f} billion yen a year,\nover a number not found here",
        (20, contract["per_year"] / 20),
        xytext=(25, contract["per_year"] / 20 + 1.9),
        color=COLOURS["vermilion"],
        arrowprops={"arrowstyle": "-", "lw": 0.8, "color": COLOURS["vermilion"]},
    )
    right.set(
        xlim=(2, 61),
        ylim=(0, max(14.0, costs["high"].max() * 1.25)),
        xlabel="satellites in the constellation, if it were so many",
    )
    right.set_title("planned: target-tracking constellation")
    right.set_xticks([int(counts[0]), 5, 10, 20, 30, 40, 50, 60])
    left.grid(False)
    data = pd.concat(
        [
            costs,
            pd.DataFrame(
                {
                    "system": "Target-tracking constellation",
                    "basis": "contract",
                    "satellites": counts,
                    "low": curve,
                    "high": curve,
                }
            ),
        ]
    )
    used = (*figures.used(_book_rows("igs")), *figures.used(_contract_rows()), SATELLITES)
    return figures.picture(fig, "satellite_years", own.satellite_years(answer), data, used, answer)


def _amount(amount: float) -> str:
    """Billions of yen in as few digits as tell them."""
    if amount >= 9.95:
        return f"{amount:.0f}"
    if amount >= 0.095:
        return f"{amount:.1f}"
    return "<0.01" if 0 < amount < 0.01 else f"{amount:.2f}"


def _book_rows(item: str) -> pd.DataFrame:
    table = tables.load("budgets/budget_book")
    return table[table["item"] == item]


def _contract_rows() -> pd.DataFrame:
    table = tables.load("budgets/defense_space")
    return table[
        table["item"].isin(["target-constellation", "x-band-payment"])
        & table["stage"].isin(["contract", "paid"])
    ]


def _sources(wide: pd.DataFrame) -> tuple[str, ...]:
    """Sources of the rows of the projects and years drawn."""
    table = tables.load("budgets/projects")
    return figures.used(
        table[table["project_id"].isin(wide["project_id"]) & table["fiscal_year"].isin(wide["fiscal_year"])]
    )


FIGURES = (reconnaissance, where_money_goes, reliance, stages, satellite_years)
METHOD = (satellite_years,)  # how much a price says while the number of satellites is not known
