"""Figures of the question ``timeline``."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, KEPT, TEXT, Picture
from spacesec.policy_evolution.timeline import words
from spacesec.policy_evolution.timeline.lineage import documents, institutions
from spacesec.policy_evolution.timeline.model import DOMAINS, POSTURES, VIEWS, fields_from
from spacesec.policy_evolution.timeline.words import NAMES

WORDS = {
    "peaceful": "peaceful: military use barred or avoided",
    "non-offensive": "non-offensive: passive or defensive support only",
    "security-use": "security use: national security is the aim",
    "warfighting": "operational domain: a domain of operations",
    "none": "no posture found in it",
}


MARKERS = {"peaceful": "o", "non-offensive": "D", "security-use": "s", "warfighting": "^", "none": "."}
LOOKS = {name: (KEPT[name], marker) for name, marker in MARKERS.items()}


@dataclass(frozen=True)
class Rungs:
    """Measures of the ladder: the years it holds, points a year, rows of marks its axes hold, years left
    of the first.
    """

    start: int
    end: int
    years: int
    margin: float
    pitch: float
    rows: float

    @classmethod
    def of(cls, start: int, end: int, tallest: int) -> "Rungs":
        """Measures for these years, of which one holds ``tallest`` marks."""
        years = end - start + 1
        margin = max(1.0, 0.055 * years)  # room for the word at the left of the shocks
        pitch = min(9.4 * 72 / (years + 0.9 + margin), 15.0, 3.2 * 72 / (tallest + 3))
        return cls(start, end, years, margin, pitch, 3.2 * 72 / pitch)

    def early(self, year: int) -> bool:
        """Whether a year stands in the first half of a long time, where few marks are."""
        return year - self.start < 0.5 * self.years and self.years > 60

    @property
    def below(self) -> float:
        """One line of text under the axis."""
        return self.rows / 13


@figures.house
def ladder(answer: Answer) -> Picture:
    """Every event one mark, stacked by year; landmarks on a ladder of labels, shocks under the axis."""
    p, table = answer.parameters, answer.tables["events"]
    fig, ax = figures.canvas()
    acts = table[~table["external_shock"]].copy()
    rungs = Rungs.of(p.start_year, p.end_year, int(acts["year"].value_counts().max() if len(acts) else 0))
    acts = _stack(ax, acts, rungs)
    _landmarks(ax, acts, rungs)
    _shocks(ax, table[table["external_shock"]].sort_values("date", kind="stable"), rungs)
    _years(ax, rungs)
    _key(ax, above=rungs.years <= 60)  # a short time has marks everywhere
    ax.set(xlim=(p.start_year - rungs.margin, p.end_year + 0.9), ylim=(-5.6 * rungs.below, rungs.rows))
    ax.axis("off")
    return figures.picture(
        fig,
        "ladder",
        words.ladder(answer),
        table[
            [
                "row_id",
                "date",
                "date_precision",
                "year",
                "title",
                "kind",
                "domain",
                "posture",
                "agreed",
                "external_shock",
                "evidence",
                "source_id",
            ]
        ],
        figures.used(table),
        answer,
    )


def _stack(ax, acts: pd.DataFrame, rungs: Rungs) -> pd.DataFrame:
    """Draws one mark an act, stacked by year in the order of the postures; gives the acts with their
    ``height``.
    """
    acts["order"] = acts["posture"].map({name: i for i, name in enumerate((*POSTURES, "none"))})
    acts = acts.sort_values(
        ["year", "order", "agreed", "date", "row_id"],
        ascending=[True, True, False, True, True],
        kind="stable",
    )
    acts["height"] = acts.groupby("year").cumcount() + 0.6
    sizes = {"^": 1.15, "D": 0.8, ".": 0.55}  # so that all marks look alike in area
    for posture, (colour, marker) in LOOKS.items():
        for both, face in ((True, COLOURS[colour]), (False, "white")):
            part = acts[(acts["posture"] == posture) & (acts["agreed"] == both)]
            none = posture == "none"
            ax.scatter(
                part["year"],
                part["height"],
                s=(0.68 * rungs.pitch) ** 2 * sizes.get(marker, 1),
                marker=marker,
                facecolor=COLOURS["grey"] if none else face,
                edgecolor=COLOURS[colour],
                linewidth=0 if none else 1.1,
                zorder=3,
            )
    for row in acts.itertuples():
        figures.mark_point(ax, row.year, row.height, row.Index, size=0.68 * rungs.pitch)
    return acts


def _landmarks(ax, acts: pd.DataFrame, rungs: Rungs) -> None:
    """Labels of the landmarks, in their order in time, each on a rung of its own."""
    marked = acts[acts["landmark"]].sort_values("date", kind="stable")
    names = marked["short_title"].fillna(marked["title"])
    for row, name, height in zip(marked.itertuples(), names, _heights(acts, marked, names, rungs)):
        room = (row.year - rungs.start + rungs.margin) * 9.4 * 72 / (rungs.years + rungs.margin)
        left = rungs.early(row.year) or room < 5.6 * (len(name) + 6)  # run to the right, where there is room
        colour, ink = (kind[LOOKS[row.posture][0]] for kind in (COLOURS, TEXT))
        ax.plot([row.year, row.year], [row.height + 0.5, height], color=colour, lw=0.6, alpha=0.75, zorder=1)
        ax.text(
            row.year + (0.35 if left else -0.35),
            height,
            f"{row.year}  {name}" if left else f"{name}  {row.year}",
            ha="left" if left else "right",
            va="center",
            size=9.6,
            color=ink,
            weight=600 if row.agreed else 400,
        )


def _heights(acts: pd.DataFrame, marked: pd.DataFrame, names: pd.Series, rungs: Rungs) -> list[float]:
    """Height of each label: over the marks of its year, and of late ones each over the one before and over
    the marks of the years that it runs back over.
    """
    tall = acts.groupby("year")["height"].max()
    low, spare = 3.2, max(12 - len(marked), 0)
    step = (rungs.rows - 1.2 - low) / max(len(marked), 12)
    heights, last = [], 0.0
    for i, (year, name) in enumerate(zip(marked["year"], names)):
        if rungs.early(year):
            heights.append(tall[year] + 1.2)
            continue
        highest = rungs.rows - 0.9 * step * (len(marked) - i)  # leaves room for those that follow
        back = year - 5 * (len(name) + 6) / rungs.pitch  # 5 points a letter
        under = max([0.0, *tall.loc[back : year - 1]])
        last = max(
            low + (i + spare) * step, min(max(tall[year] + 1.4, last + 0.9 * step), highest), under + 0.9
        )
        heights.append(last)
    return heights


def _shocks(ax, shocks: pd.DataFrame, rungs: Rungs) -> None:
    """Shocks under the axis, named where one of three lines has room."""
    right = rungs.end + 0.9
    ends = [-np.inf, -np.inf, -np.inf]
    for row in shocks.itertuples():
        drawn = ax.plot(row.year, -2.1 * rungs.below, marker="v", color=COLOURS["ink"], ms=6, zorder=4)
        figures.mark(row.Index, *drawn)
        name = row.short_title if isinstance(row.short_title, str) else ""
        reach = len(name) * 4.3 / rungs.pitch / 2
        left = min(row.year - reach, right - 2 * reach)  # a label at the edge is set flush right
        level = next((k for k, end in enumerate(ends) if left > end + 0.3), None)
        if not name or level is None:
            continue
        ends[level] = row.year + reach
        edge = row.year + reach > rungs.end + 1
        ax.text(
            right if edge else row.year,
            -(3.0 + 1.0 * level) * rungs.below,
            name,
            ha="right" if edge else "center",
            va="center",
            size=8.8,
            color=COLOURS["ink"],
        )


def _years(ax, rungs: Rungs) -> None:
    """The axis of years and the word at the left of the shocks."""
    ax.axhline(0, color="#8a8f94", lw=0.8)
    every = 10 if rungs.years > 30 else 5 if rungs.years > 10 else 1
    for year in range(rungs.start - rungs.start % 10, rungs.end + 1, every):
        if year >= rungs.start:
            ax.text(year, -0.75 * rungs.below, str(year), ha="center", va="center", size=11, color="#333333")
            ax.plot([year, year], [0, -0.2 * rungs.below], color="#8a8f94", lw=0.8)
    ax.text(
        rungs.start - rungs.margin,
        -2.1 * rungs.below,
        "external\nshocks" if rungs.years > 25 else "shocks",
        size=9.2,
        color=COLOURS["ink"],
        va="center",
        ha="left",
        linespacing=1.0,
    )


def _key(ax, above: bool) -> None:
    from matplotlib.lines import Line2D

    keys = [
        Line2D(
            [],
            [],
            ls="",
            marker="o" if name == "none" else mark,
            ms=4 if name == "none" else 7.5,
            color=COLOURS[colour],
            label=NAMES[name],
        )
        for name, (colour, mark) in LOOKS.items()
    ]
    keys.append(
        Line2D([], [], ls="", marker="s", ms=7, mfc="white", mec="#333333", label="hollow: one coder only")
    )
    ax.legend(
        handles=keys,
        loc="lower left" if above else "upper left",
        bbox_to_anchor=(0.0, 1.0),
        ncols=len(keys) if above else 1,
        columnspacing=0.9,
        borderaxespad=0.1,
        handletextpad=0.3,
        labelspacing=0.4,
        fontsize=10.5,
    )


@figures.house
def fields(answer: Answer) -> Picture:
    """Events by field and year: area is the count, colour the furthest posture in the cell."""
    p, table, cells = answer.parameters, answer.tables["events"], answer.tables["cells"]
    start = fields_from(p)
    part = table[(table["year"] >= start) & ~table["external_shock"]]
    totals = part["domain"].astype(str).value_counts()
    lanes = [name for name in DOMAINS if totals.get(name, 0)]
    fig, ax = figures.canvas()
    for row in cells.itertuples():
        colour, marker = LOOKS[row.posture]
        figures.mark(
            row.Index,
            ax.scatter(
                row.year,
                lanes.index(row.domain),
                s=46 * row.events,
                marker="o" if row.posture == "none" else marker,
                color=COLOURS[colour],
                alpha=0.9,
                linewidth=0,
                zorder=3,
            ),
        )
        if row.events > 2:
            ax.text(
                row.year,
                lanes.index(row.domain),
                str(row.events),
                ha="center",
                va="center",
                size=8.5,
                color="white",
                weight=600,
                zorder=4,
            )
    for lane, name in enumerate(lanes):
        ax.text(p.end_year + 1.0, lane, f"{totals[name]}", va="center", size=11)
        for year in cells[(cells["domain"] == name) & cells["reached"]]["year"]:
            ax.plot([year] * 2, [lane - 0.46, lane + 0.46], color=COLOURS["ink"], lw=1.4, zorder=2)
    ax.text(p.end_year + 1.0, -0.95, "events", va="center", size=10, color="#555b60")
    ax.set_yticks(range(len(lanes)), [name.replace("-", " ") for name in lanes])
    ax.set(xlim=(start - 0.8, p.end_year + 2.4), ylim=(len(lanes) - 0.4, -1.3))
    ax.xaxis.get_major_locator().set_params(integer=True)
    ax.spines["left"].set_visible(False)
    from matplotlib.lines import Line2D

    keys = [
        Line2D(
            [],
            [],
            ls="",
            marker="o" if n == "none" else m,
            ms=7,
            color=COLOURS[c],
            label={**NAMES, "none": "no posture"}[n],
        )
        for n, (c, m) in LOOKS.items()
    ]
    keys.append(
        Line2D(
            [],
            [],
            ls="",
            marker="|",
            ms=13,
            mew=1.4,
            color=COLOURS["ink"],
            label="first one both coders agree on",
        )
    )
    ax.legend(
        handles=keys,
        loc="lower left",
        bbox_to_anchor=(-0.2, 1.0),
        ncols=6,
        columnspacing=0.9,
        handletextpad=0.2,
        fontsize=10.5,
    )
    return figures.picture(fig, "fields", words.fields(), cells, figures.used(part), answer)


@figures.house
def codings(answer: Answer) -> Picture:
    """Sensitivity: when each posture is coded, by coder, by agreement and by evidence."""
    drawn = answer.tables["codings"]
    fig, ax = figures.canvas()
    place, ticks = 0.0, []
    for posture in POSTURES:
        colour, marker = LOOKS[posture]
        for view in VIEWS:
            years = drawn[(drawn["posture"] == posture) & (drawn["view"] == view)]["date"]
            when = years.dt.year + (years.dt.day_of_year - 1) / 365.25
            ax.plot(
                when, [place] * len(when), ls="", marker="|", ms=12, mew=1.3, color=COLOURS[colour], alpha=0.8
            )
            if len(when):
                ax.plot(
                    when.median(),
                    place,
                    marker=marker,
                    ms=8.5,
                    color=COLOURS[colour],
                    mec=COLOURS["ink"],
                    mew=0.8,
                    zorder=3,
                )
            ax.text(answer.parameters.end_year + 1.3, place, f"{len(when)}", va="center", size=11)
            ticks.append((place, view))
            place += 1
        ax.text(
            answer.parameters.start_year - 0.2,
            place - 4.6,
            WORDS[posture],
            size=11,
            weight=600,
            va="bottom",
            color=TEXT[colour],
        )
        place += 1.25
    ax.set_yticks([t for t, _ in ticks], [name for _, name in ticks], size=10)
    ax.set(
        xlim=(answer.parameters.start_year - 0.5, answer.parameters.end_year + 3.2), ylim=(place - 1.3, -1.6)
    )
    ax.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    ax.spines["left"].set_visible(False)
    ax.grid(False)
    return figures.picture(
        fig, "codings", words.codings(answer), drawn, figures.used(answer.tables["events"]), answer
    )


FIGURES = (ladder, fields, institutions, documents, codings)
METHOD = (codings,)
