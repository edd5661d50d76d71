"""The figures of the question ``workforce_and_supply``."""

from typing import Any

import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.space_systems.workforce_and_supply import words
from spacesec.space_systems.workforce_and_supply.model import AGENCY, COMPANY, INDUSTRY, UNIT

SHADES = ("blue", "green", "orange", "purple", "sky", "vermilion", "ink", "grey")
OWN = {UNIT: "blue", AGENCY: "ink", INDUSTRY: "green"}
KIND_SHADES = {
    "dependence": "vermilion",
    "disruption": "orange",
    "capacity": "blue",
    "target": "purple",
    "support": "green",
    "rule": "ink",
    "link": "sky",
}
STATE_SHADES = {"in force": "blue", "held": "sky", "replaced": "grey", "proposed": "orange"}
GAP_DAYS, STEP = 250, 0.26  # marks nearer than this in a row stand one above the other


def _shade(organization: str, place: int) -> str:
    spare = [name for name in SHADES if name not in OWN.values()]
    return OWN.get(organization, spare[place % len(spare)])


@figures.house
def people(answer: Answer) -> Picture:
    """Head counts of Japan's organizations over time, on a scale of ratios; plans hollow."""
    from matplotlib.ticker import MaxNLocator

    data = answer.tables["heads"]
    data = _several(data[data["country"] == "Japan"])
    p = answer.parameters
    fig, ax = figures.canvas(height=6)
    for place, (name, part) in enumerate(data.groupby("organization", sort=False)):
        shade = _shade(str(name), place)
        real = part[part["kind"] != "planned"]
        when = real["year"] + (real["date"].dt.day_of_year - 1) / 366
        ax.plot(when, real["people"], color=COLOURS[shade], lw=1.8)
        _points(ax, part, COLOURS[shade])
        last = part.iloc[-1]
        ax.annotate(
            f"{name}: {last['people']:,}",
            (_time(last["date"]), last["people"]),
            (9, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=TEXT.get(shade, COLOURS["ink"]),
        )
    if len(data):
        ax.set_yscale("log")
        ax.set_ylim(data["people"].min() / 1.6, data["people"].max() * 1.8)
    first = int(data["year"].min()) if len(data) else p.first_year
    span = max(2, p.as_of + 1 - first)
    ax.set_xlim(first - 0.03 * span - 0.5, p.as_of + 1.5 + 0.5 * span)
    ax.set_xticks([tick for tick in MaxNLocator(integer=True).tick_values(first, p.as_of + 1)
                   if first <= tick <= p.as_of + 1])  # fmt: skip
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.set_ylabel("people (log scale)")
    return figures.picture(fig, "people", words.PEOPLE, data, figures.used(data), answer)


def _several(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of organizations, but companies, that have several counts; all of them where none has."""
    size = rows.groupby("organization")["row_id"].transform("size")
    several = rows[(size > 1) & (rows["group"] != COMPANY)]
    return (several if len(several) else rows).reset_index(drop=True)


def _time(date: pd.Timestamp) -> float:
    return date.year + (date.day_of_year - 1) / 366


def _points(ax: Any, part: pd.DataFrame, shade: str) -> None:
    """A point a count, hollow where it is a plan."""
    for line, one in part.sort_values("kind", ascending=False, kind="stable").iterrows():
        face = "white" if one["kind"] == "planned" else shade
        [point] = ax.plot(_time(one["date"]), one["people"], "o", color=shade, mfc=face, ms=6, mew=1.4)
        figures.mark(line, point)


@figures.house
def sizes(answer: Answer) -> Picture:
    """The newest count of each organization, the largest first, on a scale of ratios."""
    data = answer.tables["newest"]
    fig, ax = figures.canvas(height=max(3.6, 1.9 + 0.36 * len(data)))
    for line, one in enumerate(data.itertuples()):
        shade = COLOURS["blue"] if one.country == "Japan" else COLOURS["grey"]
        [point] = ax.plot(one.people, line, "o", color=shade, ms=8)
        figures.mark(line, point)
        ax.text(one.people * 1.15, line, f"{one.people:,} ({one.year})", va="center")
    ax.set_yticks(range(len(data)), data["organization"])
    ax.set_ylim(max(len(data), 1) - 0.5, -0.5)
    if len(data):
        ax.set_xscale("log")
        ax.set_xlim(max(1, data["people"].min() / 3), data["people"].max() * 8)
        ax.xaxis.set_major_formatter("{x:,.0f}")
    ax.minorticks_off()
    ax.set_xlabel("people (log scale)")
    return figures.picture(fig, "sizes", words.SIZES, data, figures.used(data), answer)


def _levels(dates: pd.Series) -> list[int]:
    """How high each mark of a lane stands, so that none lies on one that is close in time."""
    found: list[tuple[pd.Timestamp, int]] = []
    for date in dates:
        taken = {level for before, level in found if (date - before).days < GAP_DAYS}
        found.append((date, next(level for level in range(len(taken) + 1) if level not in taken)))
    return [level for _, level in found]


def _lanes(ax: Any, data: pd.DataFrame, lane: str, colour: str, shades: dict[str, str]) -> None:
    """A mark a row on the lane that it belongs to, the fullest lane on top; those close in time one above the
    other.
    """
    from matplotlib.lines import Line2D

    lanes = list(data.groupby(lane).size().sort_values(ascending=False, kind="stable").index)
    floor, floors = 0.0, []
    for name in lanes:
        part = data[data[lane] == name]
        levels = _levels(part["date"])
        floor += max(1.0, (max(levels) + 1) * STEP + 0.5)
        floors.append(floor)
        for (line, one), level in zip(part.iterrows(), levels):
            shade = COLOURS[shades[one[colour]]]
            face = "white" if one.get("side", "Japan") != "Japan" else shade
            [mark] = ax.plot(
                _time(one["date"]), floor - level * STEP, "o", color=shade, mfc=face, ms=7, mew=1.5
            )
            figures.mark(line, mark)
    ax.set_yticks(floors, lanes)
    ax.set_ylim(floor + 0.5, 0)
    ax.grid(axis="y", visible=False)
    shown = [name for name in shades if name in set(data[colour])]
    handles = [Line2D([], [], marker="o", ls="", color=COLOURS[shades[name]], label=name) for name in shown]
    if handles:
        ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)


def _years(ax: Any, data: pd.DataFrame, last: int) -> None:
    from matplotlib.ticker import MaxNLocator

    first = int(data["year"].min()) if len(data) else last
    ax.set_xlim(first - 0.6, last + 1.2)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))


@figures.house
def supply(answer: Answer) -> Picture:
    """Facts about supply by stage and year; hollow where they are Taiwan's, or of both."""
    columns = ["title", "side", "stage", "kind", "supplier", "value", "unit", "year", "date"]
    data = answer.tables["supply"][[*columns, "source_id", "row_id"]]
    fig, ax = figures.canvas(height=6)
    _lanes(ax, data, "stage", "kind", KIND_SHADES)
    _years(ax, data, answer.parameters.as_of)
    return figures.picture(fig, "supply", words.SUPPLY, data, figures.used(data), answer)


@figures.house
def shares(answer: Answer) -> Picture:
    """Shares that sources print: what is bought elsewhere, and what is aimed at."""
    columns = ["title", "side", "kind", "value", "bound", "year", "source_id", "row_id"]
    data = answer.tables["shares"][columns]
    fig, ax = figures.canvas(height=max(3.6, 1.8 + 0.45 * len(data)))
    for line, one in enumerate(data.itertuples()):
        shade = COLOURS[KIND_SHADES[one.kind]]
        face = "white" if one.kind == "target" else shade
        [bar] = ax.barh(line, one.value, color=face, edgecolor=shade, height=0.6, linewidth=1.4)
        figures.mark(line, bar)
        bound = "" if one.bound == "exact" else f"{one.bound} "
        ax.text(one.value + 1, line, f"{bound}{one.value:.4g}% ({one.year})", va="center", fontsize=9)
    ax.set_yticks(range(len(data)), data["title"])
    ax.set_ylim(max(len(data), 1) - 0.5, -0.5)
    ax.set_xlim(0, 125)
    ax.set_xticks(range(0, 101, 25))
    ax.set_xlabel("percent")
    ax.grid(axis="y", visible=False)
    return figures.picture(fig, "shares", words.SHARES, data, figures.used(data), answer)


@figures.house
def measures(answer: Answer) -> Picture:
    """Measures by kind and year."""
    columns = ["title", "kind", "maker", "state", "year", "date", "source_id", "row_id"]
    data = answer.tables["measures"][columns]
    fig, ax = figures.canvas(height=6)
    _lanes(ax, data, "kind", "state", STATE_SHADES)
    _years(ax, data, answer.parameters.as_of)
    return figures.picture(fig, "measures", words.MEASURES, data, figures.used(data), answer)


FIGURES = (people, sizes, supply, shares, measures)
