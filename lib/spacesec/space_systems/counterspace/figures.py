"""The figures of the question ``counterspace``."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from spacesec.answers import Answer
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.space_systems.counterspace import words
from spacesec.space_systems.counterspace.model import (
    FAR,
    INCIDENTS,
    KINDS,
    ORBITS,
    REPORTS,
    UNKNOWN,
)

SHADES = {
    "operational": COLOURS["vermilion"],
    "tested": COLOURS["orange"],
    "research": COLOURS["sky"],
    "shown outside space": "#b9d9ee",
    "stage unclear": COLOURS["pale"],
    "none reported": "white",
}
LABELS = {
    "operational": "fielded or used",
    "tested": "tested",
    "research": "research",
    "shown outside space": "other targets only",
    "stage unclear": "stage unclear",
    "none reported": "no data told",
    UNKNOWN: "unknown",
}
REACH_SHADES = {"shown": COLOURS["orange"], "suggested": "#f6dfb0", "said not to reach": "white"}
INCIDENT_SHADES = {
    "GNSS jamming": COLOURS["blue"],
    "GNSS spoofing": COLOURS["sky"],
    "satellite link interference": COLOURS["green"],
    "laser illumination": COLOURS["orange"],
    "close approach": COLOURS["purple"],
    "cyber intrusion": COLOURS["ink"],
}
HATCH = "////"
SIZE = 8.5


def _cell(ax: Any, x: float, y: float, shade: str | None, text: str, row: int) -> None:
    """A cell of a matrix with its words; hatched where nothing is known."""
    from matplotlib.patches import Rectangle

    look: dict[str, Any] = {"facecolor": shade or "white", "edgecolor": COLOURS["grey"], "linewidth": 0.8}
    if shade is None:
        look |= {"hatch": "....", "edgecolor": COLOURS["pale"], "linestyle": ":"}
    patch = ax.add_patch(Rectangle((x - 0.48, y - 0.45), 0.96, 0.9, **look))
    if shade is not None:  # what is unknown stands in no row
        figures.mark(row, patch)
    ax.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        fontsize=SIZE,
        color=figures.over(shade or "white"),
        linespacing=1.1,
    )


def _grid(ax: Any, columns: Sequence[str], rows: Sequence[str]) -> None:
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    ax.set_xticks(range(len(columns)), columns)
    ax.set_yticks(range(len(rows)), rows)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)


@figures.house
def matrix(answer: Answer) -> Picture:
    """States against kinds: what the deciding report says, with the year of its edition."""
    data = answer.tables["matrix"][
        ["state", "kind", "status", "report", "edition_year", "source_id", "row_id", "note"]
    ]
    states, kinds = list(dict.fromkeys(data["state"])), list(dict.fromkeys(data["kind"]))
    fig, ax = figures.canvas(height=max(4.2, 1.9 + 0.37 * len(states)))
    _grid(ax, kinds, states)
    far = set(data.loc[data["status"].isin(FAR), "state"])
    for name, label in zip(states, ax.get_yticklabels()):
        label.set_fontweight("semibold" if name in far else "normal")
    for line, cell in enumerate(data.itertuples()):
        label = LABELS[cell.status]
        text = label if cell.status == UNKNOWN else f"{label}, {cell.edition_year}"
        _cell(ax, kinds.index(cell.kind), states.index(cell.state), SHADES.get(cell.status), text, line)
    sources = figures.used(data) or figures.used(answer.tables["editions"])
    return figures.picture(fig, "matrix", words.MATRIX, data, sources, answer)


@figures.house
def incidents(answer: Answer) -> Picture:
    """Dated cases by year and kind; those with a Japanese target hatched."""
    from matplotlib.patches import Patch
    from matplotlib.ticker import MaxNLocator

    columns = ["year", "kind", "japan", "orbit", "actor", "target", "target_state", "source_id", "row_id"]
    data = (
        answer.tables["incidents"]
        .sort_values(["year", "kind", "japan"], kind="stable")[columns]
        .reset_index(drop=True)
    )
    fig, ax = figures.canvas()
    heights: dict[int, int] = {}
    for line, case in enumerate(data.itertuples()):
        bottom = heights.get(case.year, 0)
        heights[case.year] = bottom + 1
        shade = INCIDENT_SHADES[case.kind]
        look = {"facecolor": shade, "edgecolor": "white"}
        if case.japan:
            look = {"facecolor": "white", "edgecolor": shade, "hatch": HATCH}
        [bar] = ax.bar(case.year, 1, bottom=bottom, width=0.8, linewidth=0.8, **look)
        figures.mark(line, bar)
    p = answer.parameters
    ax.set_xlim(p.first_year - 0.6, p.last_year + 0.6)
    ax.set_ylim(0, max([*heights.values(), 3]) * 1.3)
    ax.set_ylabel("cases")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    shown = [kind for kind in INCIDENT_SHADES if kind in set(data["kind"])]
    handles = [Patch(facecolor=INCIDENT_SHADES[kind], label=kind) for kind in shown]
    if data["japan"].any():
        handles.append(
            Patch(facecolor="white", edgecolor=COLOURS["ink"], hatch=HATCH, label="Japanese target")
        )
    if handles:
        ax.legend(handles=handles, loc="upper left", ncols=2, frameon=True, facecolor="white", framealpha=1)
    sources = figures.used(data) or figures.used(tables.settled(INCIDENTS))
    return figures.picture(fig, "incidents", words.INCIDENTS, data, sources, answer)


@figures.house
def assets(answer: Answer) -> Picture:
    """Japan's satellites by class of orbit, and what was shown to reach it."""
    counts, reach = answer["satellites_by_orbit"], answer.tables["reach"]
    data = reach.assign(satellites=reach["orbit"].map(counts))
    orbits, kinds = (
        [o for o in ORBITS if o in set(data["orbit"])],
        [k for k in KINDS if k in set(data["kind"])],
    )
    fig, ax = figures.canvas(height=max(3.6, 2.2 + 0.62 * len(orbits)))
    rows = [f"{orbit}\n{counts[orbit]} satellites" for orbit in orbits]
    _grid(ax, kinds, rows)
    for line, cell in enumerate(data.itertuples()):
        at = cell.acts_on.replace(";", "\n")
        text = "\n".join(filter(None, (cell.reach, at)))
        _cell(ax, kinds.index(cell.kind), orbits.index(cell.orbit), REACH_SHADES.get(cell.reach), text, line)
    rows_read = pd.concat([_rows_of(data["row_ids"], "counterspace_reach"), answer.tables["assets"]])
    return figures.picture(fig, "assets", words.ASSETS, data, figures.used(rows_read), answer)


def _rows_of(row_ids: pd.Series, table: str) -> pd.DataFrame:
    wanted = {one for ids in row_ids for one in ids.split(";")}
    rows = tables.settled(f"space_systems/{table}")
    return rows[rows["row_id"].isin(wanted)]


@figures.house
def vintages(answer: Answer) -> Picture:
    """States and kinds against years: what the edition of the year that puts it furthest says."""
    columns = ["state", "kind", "edition_year", "status", "report", "source_id", "row_id"]
    data = answer.tables["vintages"][columns]
    pairs = list(dict.fromkeys(zip(data["state"], data["kind"])))
    years = sorted(set(data["edition_year"])) or [answer.parameters.edition]
    fig, ax = figures.canvas(height=max(3.6, 1.9 + 0.36 * len(pairs)))
    _grid(ax, [str(year) for year in years], [f"{state}, {kind}" for state, kind in pairs])
    for line, one in enumerate(data.itertuples()):
        place = years.index(one.edition_year), pairs.index((one.state, one.kind))
        _cell(ax, *place, SHADES[one.status], LABELS[one.status], line)
    sources = figures.used(data) or figures.used(answer.tables["editions"])
    return figures.picture(fig, "vintages", words.VINTAGES, data, sources, answer)


@figures.house
def coverage(answer: Answer) -> Picture:
    """States against editions: who is covered since when."""
    named = answer.tables["coverage"]
    order = named.groupby("state").agg(n=("edition_year", "size"), since=("edition_year", "min"))
    states = list(order.sort_values(["n", "since"], ascending=[False, True], kind="stable").index)
    named = named.assign(place=named["report"].map(REPORTS.index)).sort_values(
        ["place", "edition_year"], kind="stable"
    )
    data = named[["report", "edition_year", "state", "source_id", "row_id"]].reset_index(drop=True)
    editions = list(dict.fromkeys(zip(data["report"], data["edition_year"])))
    fig, ax = figures.canvas(height=max(4.0, 1.9 + 0.3 * len(states)))
    _grid(ax, [str(year) for _, year in editions], states)
    gaps = [at - 0.5 for at in range(1, len(editions)) if editions[at][0] != editions[at - 1][0]]
    for x in gaps:
        ax.axvline(x, color=COLOURS["pale"], lw=1)
    for line, one in enumerate(data.itertuples()):
        shade = COLOURS["blue"] if one.state == "Japan" else COLOURS["ink"]
        [mark] = ax.plot(
            editions.index((one.report, one.edition_year)), states.index(one.state), "o", color=shade, ms=7
        )
        figures.mark(line, mark)
    for start, end, report in _spans(editions):
        ax.text((start + end) / 2, len(states) - 0.2, "\n".join(report.split(" ", 1)), ha="center", va="top")
    ax.set_ylim(len(states) + 0.9, -0.5)
    return figures.picture(fig, "coverage", words.COVERAGE, data, figures.used(data), answer)


def _spans(editions: Sequence[tuple[str, int]]) -> list[tuple[int, int, str]]:
    """Where the editions of each report begin and end."""
    places: dict[str, list[int]] = {}
    for at, (report, _) in enumerate(editions):
        places.setdefault(report, []).append(at)
    return [(min(found), max(found), report) for report, found in places.items()]


@figures.house
def answers(answer: Answer) -> Picture:
    """Pledges in steps, destructive tests above, Japan's acts below."""
    parts = {
        "test": answer.tables["tests"].assign(label=lambda t: t["state"]),
        "pledge": answer.tables["pledges"].assign(label=lambda t: t["state"], date=lambda t: t["by"]),
        "act": answer.tables["acts"].assign(label=lambda t: t["short_title"].fillna(t["title"])),
    }
    data = pd.concat([part.assign(series=name) for name, part in parts.items()], ignore_index=True)
    data = data[["series", "date", "label", "in_all", "source_id", "row_id"]]
    fig, ax = figures.canvas()
    sworn, top = data[data["series"] == "pledge"], float(data["in_all"].max())
    last = data["date"].max()
    ax.step([*sworn["date"], last], [*sworn["in_all"], top], where="post", color=COLOURS["blue"], lw=2)
    heights = {"test": 1.18 * top, "act": -0.12 * top}
    looks = {
        "test": ("X", COLOURS["vermilion"]),
        "pledge": ("o", COLOURS["blue"]),
        "act": ("|", COLOURS["ink"]),
    }
    for line, one in data.iterrows():
        y = heights.get(one["series"], one["in_all"])
        sign, shade = looks[one["series"]]
        small = 3.5 if one["series"] == "pledge" else 9
        [mark] = ax.plot(one["date"], y, sign, color=shade, ms=small, mew=2 if sign == "|" else None)
        figures.mark(line, mark)
    _tests_named(ax, data[data["series"] == "test"], heights["test"] + 0.06 * top)
    japan = sworn[sworn["label"] == "Japan"].iloc[0]
    ax.annotate(
        "Japan",
        (japan["date"], japan["in_all"]),
        (-8, 12),
        textcoords="offset points",
        ha="right",
        color=figures.TEXT["blue"],
    )
    start = data.loc[data["series"] == "act", "date"].min()
    ax.text(start, heights["act"] - 0.05 * top, "Japan's acts", va="top", color=COLOURS["ink"])
    ax.text(last, top, f" {top:.0f}", va="center", color=figures.TEXT["blue"])
    ax.set_xmargin(0.08)  # the first name reaches left of its mark
    ax.set_ylim(-0.3 * top, 1.4 * top)
    ax.set_yticks([tick for tick in ax.get_yticks() if 0 <= tick <= top])
    ax.set_ylabel("states that pledged not to test")
    return figures.picture(fig, "answers", words.ANSWERS, data, figures.used(data), answer)


def _tests_named(ax: Any, tests: pd.DataFrame, y: float) -> None:
    """The state of each test above its mark, the near ones one above the other."""
    before, lift = None, 0
    for one in tests.itertuples():
        near = before is not None and (one.date - before).days < 1200
        lift = 1 - lift if near else 0
        ax.annotate(one.label, (one.date, y), (0, 12 * lift), textcoords="offset points", ha="center")
        before = one.date


FIGURES = (matrix, incidents, assets, vintages, coverage, answers)
