"""The five figures of `un_votes`."""

import textwrap

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.regional_cooperation.un_votes import words
from spacesec.regional_cooperation.un_votes.model import FEW_TEXTS, SEOUL, SOURCES, TOPICS, WASHINGTON

BETWEEN = 0.3  # rows, from one text to the next of the same topic and year


LOOKS = {
    "yes": (COLOURS["blue"], "o", "in favor"),
    "abstain": (COLOURS["orange"], "s", "abstained"),
    "no": (COLOURS["vermilion"], "X", "against"),
    "yes_or_absent": ("white", "o", "in favor or absent"),
}


@figures.house
def agreement(answer: Answer) -> Picture:
    """Partners against topics: share of equal votes, with the number of texts in every cell."""
    from matplotlib.colors import LinearSegmentedColormap

    table, whole = (
        answer.tables["by_topic"],
        answer.tables["whole"].sort_values("percent", ascending=False, kind="stable"),
    )
    topics = [t for t in TOPICS if t in set(table["topic"].astype(str))]
    names = list(whole["partner"])
    cells = table.assign(topic=table["topic"].astype(str)).set_index(["partner", "topic"])
    data = pd.concat(
        [table.assign(topic=table["topic"].astype(str)), whole.assign(topic="all")], ignore_index=True
    )
    years = answer.tables["pairs"].groupby("partner")["year"].agg(["min", "max"])
    data = data.assign(
        first_year=data["partner"].map(years["min"]), last_year=data["partner"].map(years["max"])
    )
    lines = {cell: line for line, cell in enumerate(zip(data["partner"], data["topic"]))}
    fig, ax = figures.canvas(height=max(4.6, 1.9 + 0.36 * len(names)))
    shade = LinearSegmentedColormap.from_list(
        "agreement", [COLOURS["vermilion"], "#f6e8dd", "white", "#d8e8f3", COLOURS["blue"]]
    )
    for y, name in enumerate(names):
        for x, topic in enumerate(["all", *topics]):
            row = (
                whole.set_index("partner").loc[name]
                if topic == "all"
                else cells.loc[(name, topic)]
                if (name, topic) in cells.index
                else None
            )
            left = x + (0.15 if x else 0)
            if row is None:
                ax.text(left, y, "–", ha="center", va="center", color="#8a8f94")
                continue
            colour = np.array(shade(row["percent"] / 100)[:3])
            if row["n"] < FEW_TEXTS:
                colour = 1 - 0.35 * (1 - colour)
            figures.mark(
                lines[name, topic],
                *ax.barh(
                    y,
                    0.94,
                    0.88,
                    left=left - 0.47,
                    color=colour,
                    edgecolor="#c9cdd0",
                    linewidth=0.6,
                ),
            )
            ax.text(
                left,
                y - 0.02,
                f"{row['percent']:.0f}%",
                ha="center",
                va="center",
                size=11.5,
                weight=600 if not x else 400,
                color=figures.over(colour),
            )
            ax.text(
                left + 0.43,
                y + 0.36,
                f"{int(row['n'])}",
                ha="right",
                va="bottom",
                size=8.5,
                color=figures.over(colour),
            )
    ax.set_xticks(
        [0, *(x + 1.15 for x in range(len(topics)))],
        ["All topics", *(_in_lines(TOPICS[t], len(topics)) for t in topics)],
        size=10,
    )
    ax.set_yticks(range(len(names)), names)
    ax.xaxis.tick_top()
    ax.set(xlim=(-0.55, len(topics) + 0.7), ylim=(len(names) - 0.45, -0.55))
    ax.tick_params(length=0)
    ax.grid(False)
    for side in ax.spines.values():
        side.set_visible(False)
    return figures.picture(
        fig, "agreement", words.agreement(answer), data, figures.used(answer.tables["pairs"]), answer
    )


def _in_lines(topic: str, columns: int) -> str:
    return textwrap.fill(topic, 13) if columns > len(TOPICS) - 1 else topic.replace(" ", "\n", 1)


@figures.house
def first_placement(answer: Answer) -> Picture:
    """Every state's votes on no first placement, year by year; the year without a roll call is left open."""
    from matplotlib.lines import Line2D

    placement = answer.tables["placement"]
    texts = answer.tables["texts"]
    texts = texts[texts["topic"] == "no_first_placement"]
    p = answer.parameters
    texts = texts[texts["date"].dt.year.between(p.start_year, p.last_year)]
    years = sorted(set(texts["date"].dt.year))
    wanted = list(dict.fromkeys(["Japan", SEOUL, *answer.parameters.partners, WASHINGTON]))
    grid = placement[placement["state"].isin(wanted)].pivot_table(
        index="state", columns="year", values="vote", aggfunc="first", observed=True
    )
    order = (
        grid.assign(
            no=(grid == "no").sum(axis=1),
            first=(grid == "no").idxmax(axis=1),
            yes=(grid == "yes").sum(axis=1),
        )
        .sort_values(["yes", "no"], ascending=[True, False], kind="stable")
        .index
    )
    order = [s for s in order if s in wanted]
    data = placement[placement["state"].isin(order)][
        ["year", "resolution", "state", "vote", "row_id", "source_id"]
    ].sort_values(["year", "state"])
    lines = {cell: line for line, cell in enumerate(zip(data["state"], data["year"]))}
    fig, ax = figures.canvas(height=max(4.4, 1.7 + 0.33 * len(order)))
    for y, state in enumerate(order):
        marked = state in ("Japan", SEOUL)
        if marked:
            ax.axhspan(y - 0.5, y + 0.5, color="#eef1f3", zorder=0)
        for year in years:
            vote = grid.loc[state].get(year)
            if isinstance(vote, str):
                colour, marker, _ = LOOKS[vote]
                figures.mark(
                    lines[state, year],
                    *ax.plot(year, y, marker=marker, ms=10, color=colour, mec="white", mew=0.8),
                )
    unknown = [year for year in years if year not in grid.columns]
    for year in unknown:
        ax.axvspan(
            year - 0.4,
            year + 0.4,
            facecolor="white",
            edgecolor=COLOURS["grey"],
            hatch="....",
            linestyle=":",
            linewidth=0.8,
            zorder=0.5,
        )
        ax.text(
            year,
            (len(order) - 1) / 2,
            textwrap.fill(
                _totals(texts[texts["date"].dt.year == year].iloc[0]), 60 if len(order) > 8 else 28
            ),
            rotation=90,
            ha="center",
            va="center",
            size=9.5,
            color="#555b60",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2},
        )
    ax.set_yticks(range(len(order)), [f"{s}" for s in order])
    for label in ax.get_yticklabels():
        if label.get_text() in ("Japan", SEOUL):
            label.set_weight(600)
    ax.set_xticks(years, [str(y) for y in years])
    if not order:
        ax.text(0.5, 0.5, "no vote in these years", transform=ax.transAxes, ha="center", va="center", size=11)
    ax.set(
        ylim=(max(len(order), 1) - 0.4, -0.6),
        xlim=(min(years, default=p.start_year) - 0.6, max(years, default=p.end_year) + 0.6),
    )
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    keys = [
        Line2D([], [], ls="", marker=m, ms=9, color=c, label=t)
        for c, m, t in (LOOKS["yes"], LOOKS["abstain"], LOOKS["no"])
    ]
    ax.legend(handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    return figures.picture(
        fig, "first_placement", words.first_placement(answer), data, figures.used(placement), answer
    )


def _totals(text: pd.Series) -> str:
    """What a text without a roll call is told by: its totals, as far as they are printed."""
    totals = {"in favor": text["total_yes"], "against": text["total_no"], "abstained": text["total_abstain"]}
    known = ", ".join(f"{int(count)} {word}" for word, count in totals.items() if pd.notna(count))
    return f"no roll call found: {known}" if known else "no roll call found"


@figures.house
def with_washington(answer: Answer) -> Picture:
    """Every text on which both voted: alike or apart, by topic and year."""
    from matplotlib.lines import Line2D

    us = answer.tables["pairs"]
    us = us[us["partner"] == WASHINGTON].sort_values("date", ignore_index=True)
    topics = [t for t in TOPICS if t in set(us["topic"].astype(str))]
    fig, ax = figures.canvas(height=max(4.4, 2.1 + 0.42 * len(topics)))
    styles = {
        "alike": (COLOURS["blue"], "o"),
        "one abstained": (COLOURS["orange"], "s"),
        "opposed": (COLOURS["vermilion"], "X"),
    }
    kind = np.where(
        us["japan"] == us["other"],
        "alike",
        np.where((us["japan"] == "abstain") | (us["other"] == "abstain"), "one abstained", "opposed"),
    )
    us = us.assign(kind=kind, row=us["topic"].astype(str).map({t: i for i, t in enumerate(topics)}))
    alike = us.groupby(["row", "year"])
    us["y"] = us["row"] + BETWEEN * (alike.cumcount() - (alike["kind"].transform("size") - 1) / 2)
    for name, (colour, marker) in styles.items():
        part = us[us["kind"] == name]
        ax.plot(
            part["year"] + 0.0, part["y"], ls="", marker=marker, ms=7.5, color=colour, mec="white", mew=0.5
        )
        for row in part.itertuples():
            figures.mark_point(ax, row.year, row.y, row.Index)
    if answer.parameters.break_year > us["year"].min():
        ax.axvline(answer.parameters.break_year - 0.5, color=COLOURS["ink"], lw=0.9, ls="--")
        ax.text(
            answer.parameters.break_year - 0.7,
            -0.62,
            f"before {answer.parameters.break_year}",
            ha="right",
            va="center",
            size=10,
            color="#555b60",
        )
    counts = us.groupby(["row", "kind"]).size().unstack(fill_value=0)
    ax.set_yticks(
        range(len(topics)),
        [
            f"{TOPICS[t]}\n{counts.loc[i].get('alike', 0)} of {int(counts.loc[i].sum())} alike"
            for i, t in enumerate(topics)
        ],
        size=10.5,
    )
    ax.set(
        ylim=(len(topics) - 0.5, -0.85),
        xlim=(
            us["year"].min() - 1,
            max(
                us["year"].max(),
                answer.parameters.break_year if answer.parameters.break_year > us["year"].min() else 0,
            )
            + 1,
        ),
    )
    ax.grid(axis="y", visible=True)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    ax.legend(
        handles=[Line2D([], [], ls="", marker=m, ms=8, color=c, label=n) for n, (c, m) in styles.items()],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=3,
        borderaxespad=0.2,
    )
    columns = [
        "year",
        "resolution",
        "topic",
        "japan",
        "other",
        "kind",
        "y",
        "row_id",
        "japan_row_id",
        "source_id",
    ]
    return figures.picture(
        fig, "with_washington", words.with_washington(answer), us[columns], figures.used(us), answer
    )


@figures.house
def periods(answer: Answer) -> Picture:
    """Agreement before and from the break year, by partner, with intervals."""
    table = answer.tables["periods"]
    p = answer.parameters
    names = [f"before {p.break_year}", f"from {p.break_year}"]
    wide = table.pivot(index="partner", columns="period", values="percent")
    if set(names) <= set(wide.columns):
        wide = wide.assign(change=wide[names[1]] - wide[names[0]]).sort_values("change")
    fig, ax = figures.canvas(height=max(4.2, 1.9 + 0.36 * len(wide)))
    looks = {names[0]: (COLOURS["grey"], "o", -0.14), names[1]: (COLOURS["blue"], "D", 0.14)}
    for y, partner in enumerate(wide.index):
        for row in table[table["partner"] == partner].itertuples():
            colour, marker, shift = looks[row.period]
            ax.plot(
                [row.low, row.high], [y + shift] * 2, color=colour, lw=2.2, alpha=0.45, solid_capstyle="butt"
            )
            figures.mark(row.Index, *ax.plot(row.percent, y + shift, marker=marker, ms=7.5, color=colour))
        found = table[table["partner"] == partner].set_index("period")["n"]
        ax.text(
            103,
            y,
            " and ".join(str(found[name]) for name in names if name in found),
            va="center",
            ha="left",
            size=9.5,
            color="#555b60",
        )
    ax.text(103, len(wide) - 0.45, "texts", size=9.5, color="#555b60", va="center")
    for name, (colour, marker, _) in looks.items():
        ax.plot([], [], ls="", marker=marker, color=colour, ms=7.5, label=name)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    ax.set_yticks(range(len(wide)), wide.index)
    ax.set(
        xlim=(-2, 111),
        ylim=(-0.6, len(wide) - 0.2),
        xlabel="agreement in % (bars: 95% interval, as if texts were independent)",
        xticks=range(0, 101, 20),
    )
    ax.grid(axis="x", visible=True)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    return figures.picture(
        fig, "periods", words.periods(answer), table, figures.used(answer.tables["pairs"]), answer
    )


@figures.house
def counting_rules(answer: Answer) -> Picture:
    """Agreement with Washington in both periods under every rule of counting."""
    world = answer.tables["multiverse"]
    shown = world[world["period"] == "later"].sort_values("percent").reset_index(drop=True)
    fig, ax = figures.canvas(height=6.4)
    keys = ["abstention", "unlisted", "bodies", "break_year"]
    earlier = world[world["period"] == "earlier"].set_index(keys)
    names = {"distinct": "exact", "half": "graded", "exclude": "unlisted out", "as_yes": "unlisted for"}
    labels = []
    for y, row in shown.iterrows():
        before = earlier["percent"].get(tuple(row[k] for k in keys), np.nan)
        ax.plot([before, row["percent"]], [y, y], color="#c9cdd0", lw=1.2, zorder=1)
        ax.plot(
            [row["low"], row["high"]], [y, y], color=COLOURS["blue"], lw=4, alpha=0.3, solid_capstyle="butt"
        )
        ax.plot(before, y, marker="o", color=COLOURS["grey"], ms=7)
        ax.plot(row["percent"], y, marker="D", color=COLOURS["blue"], ms=7)
        labels.append(
            f"{names[row['abstention']]}, {names[row['unlisted']]}, {row['bodies']}, from {row['break_year']}"
            f" (n = {row['n']})"
        )
    ax.plot([], [], ls="", marker="o", color=COLOURS["grey"], label="earlier period")
    ax.plot([], [], ls="", marker="D", color=COLOURS["blue"], label="later period, with interval")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    ax.set_yticks(range(len(labels)), labels, size=9.5)
    ax.set(xlim=(0, 100), xlabel="agreement of Japan and the United States, %")
    ax.grid(axis="x", visible=True)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    named = ("graded rule", "agreement beyond chance", "split of a change")
    sources = (*figures.used(answer.tables["pairs"]), *(SOURCES[name] for name in named))
    return figures.picture(fig, "counting_rules", words.counting_rules(answer), world, sources, answer)


METHOD = (counting_rules,)
FIGURES = (agreement, with_washington, first_placement, periods, *METHOD)
