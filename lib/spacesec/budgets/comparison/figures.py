"""Figures of the question ``comparison``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets import drawing
from spacesec.budgets.comparison import words as own
from spacesec.budgets.comparison.model import COUNTS, DEFENSE, ESTIMATORS, GDP_YEAR, ROUNDING, Parameters
from spacesec.budgets.government_space import model as government_space
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, KEPT, TEXT, Picture

SHOWN_FROM = 2015  # before it the lists that could be read hold a world total or two
OWN_NOTE = (2015.1, 2.05)  # where the words on Japan's own count find room


@figures.house
def estimators(answer: Answer) -> Picture:
    """National totals by year, one panel an estimator; Japan's own count hollow beside them, joined with
    nothing.
    """
    world, counted = answer.tables["estimates"], answer.tables["own_usd"]
    world = world[world["year"] >= SHOWN_FROM].reset_index(drop=True)
    counted = counted[counted["fiscal_year"] >= SHOWN_FROM]
    end = max(world["year"].max(), counted["fiscal_year"].max())
    fig, panels = figures.canvas(1, 2, sharey=True, gridspec_kw={"width_ratios": [1.7, 1]})
    highest = world["amount_bn_usd"].max()
    looks = {
        "World": ("ink", "s"),
        "United States": (KEPT["United States"], "o"),
        "China": (KEPT["China"], "^"),
        "Japan": (KEPT["Japan"], "D"),
    }
    for ax, (estimator, name) in zip(panels, ESTIMATORS.items()):
        rows = world[world["estimator"] == estimator]
        for row in rows.itertuples():
            figures.mark_point(ax, row.year, row.amount_bn_usd, row.Index)
        for country, part in rows.groupby("country"):
            colour, marker = looks.get(country, ("grey", "o"))
            ax.plot(
                part["year"],
                part["amount_bn_usd"],
                color=COLOURS[colour],
                marker=marker,
                ms=7 if country in looks else 4.5,
                lw=1.4 if country in looks else 0,
                ls=":",
            )
            last = part.iloc[-1]
            if country in looks:
                ax.annotate(
                    country,
                    (last["year"], last["amount_bn_usd"]),
                    xytext=(4, 8) if country == "Japan" else (9, -4),
                    textcoords="offset points",
                    color=TEXT[colour],
                    size=11,
                    weight=600,
                )
        others = rows[~rows["country"].isin(list(looks))]
        for year, part in others.groupby("year"):
            part = part.sort_values("amount_bn_usd")
            levels = 10 ** drawing.apart(np.log10(part["amount_bn_usd"]).tolist(), 0.092)
            for (_, row), level in zip(part.iterrows(), levels * 0.86):
                ax.annotate(
                    row["country"],
                    (year, row["amount_bn_usd"]),
                    xytext=(year + 0.25, level),
                    va="center",
                    size=9.5,
                    color="#555b60",
                )
        if estimator == "novaspace":
            ax.plot(
                counted["fiscal_year"],
                counted["amount_bn_usd"],
                ls="",
                marker="D",
                ms=6,
                mfc="white",
                mec=COLOURS[KEPT["Japan"]],
                mew=1.4,
            )
            ax.annotate(
                "Japan's own count",
                tuple(counted[["fiscal_year", "amount_bn_usd"]].iloc[1]),
                xytext=OWN_NOTE,
                size=10.5,
                color=COLOURS[KEPT["Japan"]],
                arrowprops={"arrowstyle": "-", "lw": 0.7, "color": COLOURS[KEPT["Japan"]]},
            )
        ax.set_title(name)
        ax.set_yscale("log")
        room = 1.4 if estimator == "novaspace" else 1.8
        ax.set(xlim=(SHOWN_FROM - 0.4, end + room), ylim=(1.1, max(260, 1.2 * highest)), xlabel="year")
        ax.set_xticks([year for year in range(SHOWN_FROM, end + 1) if year % 4 == 0])
    panels[0].set_yticks([2, 5, 10, 20, 50, 100, 200], ["2", "5", "10", "20", "50", "100", "200"])
    panels[0].set_yticks([], minor=True)
    panels[0].set_ylabel("billion US dollars (log scale)")
    hollow = counted.rename(columns={"fiscal_year": "year"}).assign(estimator="own count", country="Japan")
    data = pd.concat([world, hollow], ignore_index=True)
    return figures.picture(fig, "estimators", own.estimators(answer), data, figures.used(world), answer)


@figures.house
def burdens(answer: Answer) -> Picture:
    """Space spending over GDP or military expenditure, bars by country within each year."""
    shares, p = answer.tables["burden"], answer.parameters
    years = sorted(set(shares["year"]))
    unlisted = set(years) - set(shares.loc[shares["country"] == "Japan", "year"])
    unknown = pd.DataFrame({"country": "Japan", "year": sorted(unlisted), "estimator": p.estimator})
    shares = pd.concat([shares, unknown], ignore_index=True) if unlisted else shares
    fig, panels = figures.canvas(
        1,
        len(years),
        squeeze=False,
        sharey=True,
        gridspec_kw={"width_ratios": [1 + (shares["year"] == year).sum() for year in years]},
    )
    for ax, year in zip(panels[0], years):
        part = shares[shares["year"] == year].reset_index(names="line")
        for place, row in part.iterrows():
            japan = row["country"] == "Japan"
            if np.isnan(row["share_percent"]):
                ax.bar(place, 0, 0.68)  # keeps the place of a bar
                ax.text(place, 0, "?", ha="center", va="bottom", size=14, color=figures.TEXT["grey"])
                continue
            figures.mark(
                row["line"],
                *ax.bar(
                    place,
                    row["share_percent"],
                    0.68,
                    color=COLOURS[KEPT.get(row["country"], "grey")],
                    hatch="//" if japan else None,
                    edgecolor="white",
                    lw=0.5,
                ),
            )
            ax.text(
                place,
                row["share_percent"],
                ("~" if row["approximate"] else "")
                + (
                    f"{row['share_percent']:.2f}" if p.denominator == "gdp" else f"{row['share_percent']:.1f}"
                ),
                ha="center",
                va="bottom",
                size=10.5,
            )
        ax.set_xticks(
            range(len(part)),
            [
                name.replace("United ", "United\n")
                .replace("European ", "European\n")
                .replace("South ", "South\n")
                for name in part["country"]
            ],
            rotation=90 if len(shares) > 12 else 0,
            size=10,
        )
        ax.set_title(str(year))
        ax.grid(False)
        ax.tick_params(axis="x", length=0)
    panels[0][0].set_ylabel("%")
    panels[0][0].set_ylim(0, 1.14 * shares["share_percent"].max())
    used = (*figures.used(shares), *figures.used(shares, "source_id_below"))
    return figures.picture(fig, "burdens", own.burdens(answer), shares, used, answer)


@figures.house
def two_percent(answer: Answer) -> Picture:
    """The claimed share under each count and each denominator: a board of percentages."""
    from matplotlib.patches import Rectangle

    cells, p = answer.tables["board"], answer.parameters
    vintage = tables.load("budgets/gdp")["vintage"].max()
    denominators = {
        "2022_older": f"{GDP_YEAR} as known then",
        "fy2022_2026": f"FY{GDP_YEAR}, as known in {vintage}",
        "own_2026": f"its own fiscal year, as known in {vintage}",
    }
    grid = cells.pivot(index="definition", columns="denominator", values="percent")
    grid = grid.reindex(
        index=[d for d in DEFENSE if d in grid.index], columns=[g for g in denominators if g in grid.columns]
    )
    lines = (
        cells.reset_index()
        .pivot(index="definition", columns="denominator", values="index")
        .reindex_like(grid)
    )
    fig, ax = figures.canvas(height=1.9 + 0.85 * len(grid))
    for y, row in enumerate(grid.to_numpy()):
        for x, percent in enumerate(row):
            true = percent >= p.threshold_percent - ROUNDING
            cell = Rectangle(
                (x - 0.47, y - 0.42),
                0.94,
                0.84,
                facecolor=COLOURS["blue"] if true else "white",
                edgecolor=COLOURS["blue"] if true else COLOURS["vermilion"],
                hatch=None,
                lw=1.6,
                ls="-" if true else "--",
            )
            figures.mark(lines.iloc[y, x], ax.add_patch(cell))
            # As many digits as show on which side of the rounded bound the share lies.
            digits = next(
                n for n in range(2, 13) if (round(percent, n) >= p.threshold_percent - ROUNDING) == true
            )
            ax.text(
                x,
                y,
                f"{percent:.{digits}f}%",
                ha="center",
                va="center",
                size=14,
                weight=600,
                color="white" if true else COLOURS["ink"],
            )
    amounts = cells.drop_duplicates("definition").set_index("definition")["amount_bn_jpy"]
    below = cells.drop_duplicates("denominator").set_index("denominator")["gdp_bn_jpy"]
    ax.set_yticks(
        range(len(grid)), [f"{DEFENSE[d]}\n{amounts[d] / 1000:.1f} trillion yen" for d in grid.index]
    )
    ax.set_xticks(
        range(grid.shape[1]), [f"{denominators[g]}\n{below[g] / 1000:.0f} trillion yen" for g in grid.columns]
    )
    ax.xaxis.set_ticks_position("top")
    ax.set(xlim=(-0.55, grid.shape[1] - 0.45), ylim=(len(grid) - 0.5, -0.5))
    ax.tick_params(length=0)
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    data = cells.assign(rounds_to_bound=cells["percent"] >= p.threshold_percent - ROUNDING)
    used = (*figures.used(cells), *figures.used(_nominal()), *figures.used(tables.load("budgets/gdp_usd")))
    return figures.picture(fig, "two_percent", own.two_percent(answer), data, used, answer)


@figures.house
def yen_dollar(answer: Answer) -> Picture:
    """Growth of the space budget in four kinds of money."""
    steps, p = answer.tables["steps"], answer.parameters
    fig, ax = figures.canvas(height=4.6)
    colours = [COLOURS["blue"], COLOURS["blue"], COLOURS["vermilion"], COLOURS["vermilion"]]
    for place, (row, colour) in enumerate(zip(steps.itertuples(), colours)):
        realised = "real" in row.step
        ax.barh(
            place,
            row.multiple,
            0.6,
            facecolor="white" if realised else colour,
            edgecolor=colour,
            hatch="////" if realised else None,
            lw=1,
        )
        ax.text(row.multiple + 0.03, place, f"{row.multiple:.2f}", va="center", weight=600)
    ax.axvline(1, color=COLOURS["ink"], lw=1)
    ax.set_yticks(range(len(steps)), steps["step"])
    ax.set(
        ylim=(3.5, -0.5),
        xlim=(0, 1.12 * steps["multiple"].max()),
        xlabel=f"FY{p.last_year} as a multiple of FY{p.first_year}",
    )
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    used = (*figures.used(_totals(p)), *drawing.money_sources())
    return figures.picture(fig, "yen_dollar", own.yen_dollar(answer), steps, used, answer)


@figures.house
def security_and_civil(answer: Answer) -> Picture:
    """Security space under three counts, by year; the change of count and the two stages are kept apart."""
    table = answer.tables["security"]
    table = (
        table.assign(old=table["count"] == "with_missile_defence")
        .sort_values(["stage", "fiscal_year"], ascending=[False, True])
        .reset_index(drop=True)
    )
    fig, ax = figures.canvas()
    looks = {
        "narrow": {"facecolor": COLOURS["vermilion"]},
        "middle": {"facecolor": COLOURS["blue"]},
        "wide": {"facecolor": "white", "edgecolor": COLOURS["blue"], "hatch": "////", "lw": 1},
    }
    place, places, edges, previous = 0.0, [], [], None
    for row in table.itertuples():
        group = (row.stage, row.old)
        if previous is not None and group != previous:
            edges.append(place + 0.2)
            place += 0.9
        previous = group
        start = 0.0
        for name, keywords in looks.items():
            level = getattr(row, name)
            if np.isnan(level):
                ax.text(place, start + 0.8, "?", ha="center", size=12, color="#555b60")
                break
            ax.bar(place, level - start, 0.66, bottom=start, **keywords)
            if level - start > 1.5:
                ax.text(
                    place,
                    (start + level) / 2,
                    f"{level - start:.0f}",
                    ha="center",
                    va="center",
                    size=10.5,
                    color=COLOURS["ink"] if name == "wide" else "white",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if name == "wide" else None,
                )
            start = level
        places.append(place)
        place += 1
    for edge in edges:
        ax.axvline(edge - 0.25, color=COLOURS["ink"], lw=1, ls=(0, (6, 4)))
    ax.set_xticks(places, [f"FY{year}" for year in table["fiscal_year"]])
    heads = table.assign(place=places).groupby(["stage", "old"], sort=False)["place"].mean()
    said = {
        ("initial", True): "initial budget,\nwith missile defense",
        ("initial", False): "initial budget,\nwithout missile defense",
        ("combined", False): "with supplementary,\nwithout missile defense",
        ("combined", True): "with supplementary,\nwith missile defense",
    }
    top = max(50.0, 1.2 * table[list(looks)].max().max())
    for group, middle in heads.items():
        ax.text(middle, 0.98 * top, said[group], ha="center", va="top", size=11, color="#555b60")
    from matplotlib.patches import Patch

    handles = [
        Patch(**{"edgecolor": "white", **keywords}, label=COUNTS[name]) for name, keywords in looks.items()
    ]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, handlelength=1.2)
    ax.set(ylim=(0, top), ylabel="% of the government's space budget")
    ax.grid(False)
    data = table.drop(columns="old")
    words_of = own.security_and_civil(answer)
    return figures.picture(fig, "security_and_civil", words_of, data, figures.used(table), answer)


def _nominal() -> pd.DataFrame:
    """Rows of Japan's nominal GDP."""
    gdp = tables.load("budgets/gdp")
    return gdp[(gdp["country"] == "Japan") & (gdp["measure"] == "nominal")]


def _totals(p: Parameters) -> pd.DataFrame:
    totals = tables.settled("budgets/government_space")
    return totals[
        totals["row_id"].isin(
            government_space.totals("combined", True).loc[[p.first_year, p.last_year], "row_id"]
        )
    ]


FIGURES = (burdens, estimators, yen_dollar, security_and_civil, two_percent)
METHOD = ()  # the board of definitions is itself the answer on the claim
