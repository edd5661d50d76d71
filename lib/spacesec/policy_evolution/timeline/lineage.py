"""Pictures of descent: institutions that became others, documents that replaced others. Used by the question
``timeline``.
"""

import itertools
import re
import textwrap
from dataclasses import dataclass

import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.policy_evolution import known
from spacesec.policy_evolution.timeline import words

# Parts of the picture of bodies, top down, by the column ``branch``; bodies of other states have none.
BRANCHES = {
    "research and agency": "blue",
    "advice": "green",
    "cabinet": "purple",
    "defense": "vermilion",
}
APART = 1.6  # from the last lane of one branch to the first of the next; lanes of one branch stand 1 apart
BESIDE = 0.16  # a document above its line, and the line below the middle
STRETCHED_FROM = 2006  # most documents are younger than the space law of 2008


@dataclass(frozen=True)
class Line:
    """A line of documents: families in it, colour, letters a label's line holds, the part of an edition that
    is told inside the mark, and room over it for labels of several lines.
    """

    families: tuple[str, ...]
    colour: str
    wide: int = 30
    inside: str = ""
    room: float = 0.0


LINES = {
    "laws and readings": Line(("resolution", "legal reading", "law"), "grey"),
    "Basic Plans": Line(("basic plan",), "blue", inside=r"(\d+)(st|nd|rd|th)"),
    "roadmaps and strategy": Line(("roadmap", "plan"), "sky"),
    "security strategies": Line(("security strategy",), "vermilion", wide=10, room=0.7),
    "defense guidelines": Line(("defence guidelines",), "orange", inside=r"\d\d(\d\d)"),
    "alliance texts": Line(("alliance",), "green", inside=r"\d\d(\d\d)"),
}
MIDDLES = list(itertools.accumulate((1 + line.room for line in LINES.values()), initial=-1))[1:]


def year_of(day: pd.Timestamp) -> float:
    """A day as a year and its fraction."""
    return day.year + (day.day_of_year - 1) / 365.25


def lanes(bodies: pd.DataFrame) -> dict[str, float]:
    """Height of each body's bar, by row id: a body stands where the one it follows stood (the middle one
    of several), any other in the first lane of its branch that is free when it begins.

    bodies: the institutions, indexed by row id; those without a branch in the picture, or without a first
    day, get no lane.
    """
    placed, top = {}, 0.0
    followers = bodies["successor_row_id"].fillna("")
    dated = bodies[bodies["start_date"].notna()]
    # By years, for the day of some beginnings is not known: within a year the table's order counts.
    dated = dated.loc[dated["start_date"].dt.year.sort_values(kind="stable").index]
    for branch in BRANCHES:
        free: list[pd.Timestamp] = []  # lane -> the day from which nothing stands in it
        own: dict[str, int] = {}
        for identifier, row in dated[dated["branch"] == branch].iterrows():
            before = sorted(lane for body, lane in own.items() if followers[body] == identifier)
            begins = row["start_date"]
            empty = [lane for lane, day in enumerate(free) if day <= begins]
            lane = before[len(before) // 2] if before else (empty or [len(free)])[0]
            free += [pd.Timestamp.min] * (lane + 1 - len(free))
            free[lane] = row["end_date"] if pd.notna(row["end_date"]) else pd.Timestamp.max
            own[identifier] = lane
        placed |= {identifier: round(top + lane, 1) for identifier, lane in own.items()}
        top += max(len(free) - 1, 0) + APART
    return placed


@figures.house
def institutions(answer: Answer) -> Picture:
    """Bars of bodies with the lines of descent; beside them the strength of the space unit."""
    bodies = answer.tables["institutions"].set_index("row_id")
    # A plan that came true to the month and the number would lie under the report of it.
    people = (
        answer.tables["unit_strength"]
        .sort_values("date")
        .sort_values("status", kind="stable")
        .drop_duplicates(["date", "people"])
        .sort_values("date", kind="stable")
    )
    fig, (ax, ladder) = figures.canvas(1, 2, height=5.9, gridspec_kw={"width_ratios": [3.1, 1]})
    places = lanes(bodies)
    bars = _bars(ax, bodies, places)
    _strength(ladder, people)
    missing = left_out(bodies, set(bars))
    data = pd.concat(
        [
            answer.tables["institutions"].assign(table="institutions", left_out=missing),
            people.assign(table="unit_strength"),
        ],
        ignore_index=True,
    )
    for row in data.itertuples():
        if row.table == "unit_strength":
            figures.mark_point(ladder, year_of(row.date), row.people, row.Index)
        elif row.row_id in bars:
            figures.mark(row.Index, *bars[row.row_id])
    return figures.picture(
        fig,
        "institutions",
        words.institutions(),
        data[
            [
                "table",
                "row_id",
                "name",
                "start_date",
                "end_date",
                "successor_row_id",
                "date",
                "people",
                "status",
                "left_out",
                "source_id",
            ]
        ],
        (*figures.used(answer.tables["institutions"]), *figures.used(people)),
        answer,
    )


def left_out(bodies: pd.DataFrame, placed: set[str]) -> list[str | None]:
    """Why each body (indexed by row id, with ``start_date``, ``status``) has no bar; None where it has."""
    reasons = [
        "no source read gives a first day"
        if pd.isna(row["start_date"])
        else "planned"
        if row["status"] == "planned"
        else "of another state, or without a place in the picture"
        for _, row in bodies.iterrows()
    ]
    return [None if identifier in placed else reason for identifier, reason in zip(bodies.index, reasons)]


def _bars(ax, bodies: pd.DataFrame, places: dict[str, float]) -> dict[str, object]:
    """Draws the bodies that were established, with names, descent, branches and years; gives row id -> its
    bar.
    """
    last = known.until("policy_evolution/institutions", "policy_evolution/events")
    first_year, end_year = bodies["start_date"].min().year - 2, last.year + 1
    bars = {}
    for identifier, row in bodies[bodies["status"] != "planned"].iterrows():
        if identifier not in places:
            continue
        place, colour = places[identifier], COLOURS[BRANCHES[row["branch"]]]
        end = row["end_date"] if pd.notna(row["end_date"]) else pd.Timestamp(last)
        left, right = year_of(row["start_date"]), year_of(end)
        bars[identifier] = ax.barh(
            place,
            right - left,
            0.62,
            left=left,
            color=colour,
            alpha=0.9,
            edgecolor="white",
            linewidth=1.2,
            zorder=2,
        )
        if row["kind"] != "force unit":
            taken = any(places[b] == place and b != identifier for b in bars)
            _name(ax, row, place, left, right, 5.9 * 74 / (end_year - first_year), taken)
        follower = row["successor_row_id"]
        if isinstance(follower, str) and places.get(follower, place) != place:
            ax.plot(
                [right, right + 0.25, right + 0.25],
                [place, place, places[follower]],
                color=colour,
                lw=1.6,
                zorder=1,
                solid_joinstyle="round",
            )
    _units(ax, bodies, places, bars)
    _branches(ax, bodies, places, first_year + 0.4)
    ax.set(xlim=(first_year, end_year), ylim=(max(places.values()) + 0.6, -1.1), yticks=[])
    ax.set_xticks(range(-(-first_year // 10) * 10, end_year, 10))
    ax.grid(True, axis="x")
    ax.grid(False, axis="y")
    ax.spines["left"].set_visible(False)
    return bars


def _name(ax, row, place: float, left: float, right: float, pitch: float, taken: bool) -> None:
    """The name inside a bar that is long enough for it, else with its year beside it; over it, where
    another body's bar stands at its left. pitch: points a year.
    """
    name = row["short_name"] if isinstance(row["short_name"], str) else row["name"]
    wide = (right - left) * pitch > len(name) * 4.5
    over = taken and not wide
    ax.text(
        left + 0.5 if wide else right if over else left - 0.5,
        place - 0.3 if over else place,
        name if wide else f"{name} {row['start_date'].year}",
        ha="left" if wide else "right",
        va="bottom" if over else "center",
        size=9.8,
        color=figures.over(COLOURS[BRANCHES[row["branch"]]]) if wide else COLOURS["ink"],
        zorder=3,
    )


def _units(ax, bodies: pd.DataFrame, places: dict[str, float], bars: dict) -> None:
    """Units of the forces carry one label a lane, left of the first: their bars are too short for names."""
    units = bodies.loc[list(bars)].query("kind == 'force unit'").sort_values("start_date", kind="stable")
    for place, chain in units.groupby(units.index.map(places)):
        names = ", ".join(chain["short_name"].fillna(chain["name"]))
        ax.text(
            year_of(chain["start_date"].iloc[0]) - 0.5,
            place,
            f"space unit {chain['start_date'].iloc[0].year}: {names}",
            ha="right",
            va="center",
            size=9.8,
        )


def _branches(ax, bodies: pd.DataFrame, places: dict[str, float], left: float) -> None:
    for name, colour in BRANCHES.items():
        heights = [place for identifier, place in places.items() if bodies.loc[identifier, "branch"] == name]
        if heights:
            ax.text(
                left,
                min(heights) - 0.62,
                name,
                ha="left",
                va="center",
                size=11,
                weight=600,
                color=TEXT[colour],
            )


def _strength(ladder, people: pd.DataFrame) -> None:
    """People in the space unit as reported and as planned."""
    ladder.set_title("People in the space unit")
    standing, planned = people[people["status"] == "reported"], people[people["status"] == "planned"]
    ladder.plot(
        standing["date"].map(year_of), standing["people"], color=COLOURS["vermilion"], marker="o", ms=7, lw=2
    )
    ladder.plot(
        planned["date"].map(year_of),
        planned["people"],
        ls="",
        marker="o",
        ms=8,
        mfc="white",
        mec=COLOURS["vermilion"],
        mew=1.6,
    )
    for row in standing.itertuples():
        # The number goes right and below where the mark of a plan stands on its left.
        taken = (
            (planned["date"] < row.date)
            & (planned["date"] > row.date - pd.DateOffset(years=1))
            & ((planned["people"] - row.people).abs() < 50)
        ).any()
        ladder.annotate(
            f"{row.people:,}",
            (year_of(row.date), row.people),
            xytext=(8, -9) if taken else (-7, 5),
            textcoords="offset points",
            ha="left" if taken else "right",
            size=10.5,
            color=TEXT["vermilion"],
        )
    for row in planned.itertuples():
        last = row.date == people["date"].max()
        ladder.annotate(
            f"{row.people:,} planned",
            (year_of(row.date), row.people),
            xytext=(2, -15) if last else (-8, 4),
            textcoords="offset points",
            ha="center" if last else "right",
            size=10.5,
            color="#8a5a3c",
        )
    first, last = people["date"].min().year, people["date"].max().year
    top = -(-people["people"].max() * 11 // 1000) * 100  # a tenth above the most, in whole hundreds
    ladder.set(xlim=(first - 1.4, last + 1), ylim=(0, int(top)))
    ladder.yaxis.set_major_formatter("{x:,.0f}")
    ladder.set_xticks(range(first, last + 1, max(2, -(-(last - first) // 4))))


@figures.house
def documents(answer: Answer) -> Picture:
    """Documents by line: what replaced what, and what stands under what."""
    papers = answer.tables["documents"].set_index("row_id")
    fig, ax = figures.canvas(height=6.3)
    height = heights(papers)
    spot = {
        identifier: (_stretched(year_of(row["date"])), height[identifier])
        for identifier, row in papers.iterrows()
    }
    _descent(ax, papers, spot)
    _papers(ax, papers, spot)
    _stretched_axis(ax, papers)
    return figures.picture(
        fig,
        "documents",
        words.documents(answer),
        papers.reset_index()[
            [
                "row_id",
                "title",
                "title_ja",
                "family",
                "edition",
                "date",
                "date_precision",
                "replaces_row_id",
                "under_row_id",
                "evidence",
                "source_id",
            ]
        ],
        figures.used(answer.tables["documents"]),
        answer,
    )


def heights(papers: pd.DataFrame) -> dict[str, float]:
    """Height of each document's mark, by row id: those that replace one another stand on their line, the
    others of the line over it, so that no thick line runs through what it does not replace.

    papers: the documents, indexed by row id.
    """
    middle = {family: _middle(family) for family in papers["family"].unique()}
    papers = papers.sort_values("date", kind="stable")
    chained = set(papers["replaces_row_id"].dropna()) | set(papers.index[papers["replaces_row_id"].notna()])
    placed: dict[str, float] = {}
    for line, part in papers.groupby(papers["family"].map(middle)):
        both = 0 < part.index.isin(chained).sum() < len(part)
        placed |= {
            identifier: line + BESIDE * (1 if identifier in chained else -1) * both
            for identifier in part.index
        }
    return placed | {
        identifier: placed[row["under_row_id"]]
        for identifier, row in papers.iterrows()
        if _carried(papers, row)
    }


def _carried(papers: pd.DataFrame, row: pd.Series) -> bool:
    """Whether a document is of the same day and line as the one it carries out, whose mark shows both."""
    above = row["under_row_id"]
    return (
        above in papers.index
        and papers.loc[above, "date"] == row["date"]
        and _line(papers.loc[above, "family"]) == _line(row["family"])
    )


def _line(family: str) -> Line:
    return next(line for line in LINES.values() if family in line.families)


def _middle(family: str) -> float:
    return next(y for y, line in zip(MIDDLES, LINES.values()) if family in line.families)


def _descent(ax, papers: pd.DataFrame, spot: dict[str, tuple[float, int]]) -> None:
    """Thick lines to what a document replaces, thin ones to what it stands under in another line."""
    for identifier, row in papers.iterrows():
        x, y = spot[identifier]
        if row["replaces_row_id"] in spot:
            a, b = spot[row["replaces_row_id"]]
            ax.plot([a, x], [b, y], color=COLOURS[_line(row["family"]).colour], lw=2.4, zorder=2, alpha=0.85)
        above = row["under_row_id"]
        if above in spot and _line(papers.loc[above, "family"]) != _line(row["family"]):
            ax.annotate(
                "",
                (x, y),
                spot[above],
                arrowprops={"arrowstyle": "-", "color": "#9aa0a5", "lw": 0.7, "shrinkA": 4, "shrinkB": 4},
                zorder=1,
            )


def _papers(ax, papers: pd.DataFrame, spot: dict[str, tuple[float, int]]) -> None:
    """A mark a document, with its number inside or its short title beside it: under what stands on its
    line, over what stands above it.
    """
    for identifier, row in papers.sort_values("date").iterrows():
        x, y = spot[identifier]
        if _carried(papers, row):
            continue
        line = _line(row["family"])
        number = re.fullmatch(line.inside, row["edition"]) if isinstance(row["edition"], str) else None
        size = 15 if number else 7 if row["family"] == "roadmap" else 9
        figures.mark(
            papers.index.get_loc(identifier),
            *ax.plot(x, y, marker="o", ms=size, color=COLOURS[line.colour], mec="white", mew=1.2, zorder=3),
        )
        if number:
            ax.text(
                x,
                y,
                number[1],
                ha="center",
                va="center_baseline",
                size=9.2,
                weight=600,
                color=figures.over(COLOURS[line.colour]),
                zorder=4,
            )
        elif row["family"] != "roadmap":
            _label(ax, row, x, y, -1 if y >= _middle(row["family"]) else 1, line.wide)


def _label(ax, row, x: float, y: float, side: int, wide: int) -> None:
    name = row["short_title"] if isinstance(row["short_title"], str) else row["title"]
    ax.text(
        x,
        y - 0.17 * side,
        textwrap.fill(name, wide),
        ha="center",
        va="bottom" if side > 0 else "top",
        size=9.6,
        color="#333333",
        linespacing=0.95,
        zorder=4,
        bbox={
            "boxstyle": "square,pad=0.08",
            "facecolor": "white",
            "edgecolor": "none",
            "alpha": 0.85,
        },
    )


def _stretched_axis(ax, papers: pd.DataFrame) -> None:
    """Names of the lines, years, and the break from which time is stretched: nine in ten documents stand
    after it.
    """
    ax.axvline(_stretched(STRETCHED_FROM), color="#8a8f94", lw=0.9, ls=(0, (2, 3)))
    ax.text(
        _stretched(STRETCHED_FROM + 0.3),
        -0.95,
        f"time stretched from {STRETCHED_FROM}",
        size=9.2,
        ha="left",
        va="center",
        color="#6b7176",
        zorder=4,
    )
    ax.set_yticks(MIDDLES, list(LINES))
    for tick, line in zip(ax.get_yticklabels(), LINES.values()):
        tick.set_color(TEXT[line.colour])
        tick.set_fontweight(600)
    first = papers["date"].min().year
    last = known.until("policy_evolution/documents", "policy_evolution/events").year
    ticks = [*range(-(-first // 10) * 10, STRETCHED_FROM, 10), *range(STRETCHED_FROM + 2, last + 1, 3)]
    ax.set_xticks([_stretched(t) for t in ticks], [str(t) for t in ticks])
    ax.set(xlim=(_stretched(first - 3), _stretched(last + 1.2)), ylim=(MIDDLES[-1] + 0.6, -1.15))
    ax.grid(False)
    ax.spines["left"].set_visible(False)


def _stretched(year: float) -> float:
    return year if year <= STRETCHED_FROM else STRETCHED_FROM + (year - STRETCHED_FROM) * 4.0
