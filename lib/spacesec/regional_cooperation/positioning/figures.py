"""Figures of the positioning question; each takes its answer."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures, kinds, maps
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.regional_cooperation.positioning import words
from spacesec.regional_cooperation.positioning.fleets import MAP_REGION, USABLE_PDOP
from spacesec.regional_cooperation.positioning.model import FIFTH, SEVENTH
from spacesec.words import language
from spacesec.words.language import said
from spacesec.words.numerals import spelled

DOMAIN = "regional_cooperation/positioning"

NAME_WIDTH_DEG, NAME_HEIGHT_DEG = 30.0, 5.0  # of a place's name on the map


LEVELS = (1, 1.5, 2, 3, 4, 6, 10, 20)


LOOKS = {
    "QZSS": (COLOURS["blue"], "o", None),
    "NavIC": (COLOURS["vermilion"], "s", "///"),
    "GPS": (COLOURS["green"], "^", "..."),
}


STATE_MARKS = {
    "flying": ("o", "full"),
    "as designed": ("s", "none"),
    "in orbit": ("D", "none"),
    "lost": ("X", "full"),
    "silent": ("P", "none"),
}


MOST_LEVEL = 6  # names of places that a row of columns has room for, written level


def _sources(answer: Answer) -> tuple[str, ...]:
    rows = figures.used(answer.tables["published_orbits"])
    real = figures.used(answer.tables["element_sets"]) if answer.parameters.orbits == "elements" else ()
    gps = figures.used(answer.tables["gps_slots"]) if "GPS" in answer.parameters.systems else ()
    return (*real, *gps, *rows)


@figures.house
def sites(answer: Answer) -> Picture:
    """Median PDOP and usable share of every compared fleet at every site, as a board."""
    from matplotlib.colors import LinearSegmentedColormap

    table = answer.tables["steps"]
    names = list(answer.parameters.sites)
    rows = list(dict.fromkeys(zip(table["fleet"], table["orbits"])))
    wide = table.set_index(["fleet", "orbits", "site"])
    more = sum(orbits == "broadcast" for _, orbits in rows)
    fig, ax = figures.canvas(height=5.9 + 0.5 * more)
    shade = LinearSegmentedColormap.from_list("usable", ["#f4f1ec", "#9cc7e4", COLOURS["blue"]])
    cells = [[wide.loc[(*row, site)] for site in names] for row in rows]
    share = pd.DataFrame([[cell["usable_percent"] for cell in line] for line in cells], columns=names)
    kinds.heat(ax, share, [[_cell(cell) for cell in line] for line in cells], shade, 0, 100, 10.5)
    ax.set_yticklabels(_step_labels(answer, rows), rotation=0)
    ax.xaxis.tick_top()
    if len(names) > MOST_LEVEL:
        ax.set_xticklabels(names, rotation=35, ha="left", rotation_mode="anchor")
    ax.tick_params(length=0)
    for edge in (5, 7):
        ax.axhline(edge, color="white", lw=5)
    if more:  # a file of the reader's own stands apart
        ax.axhline(len(rows) - more, color=COLOURS["ink"], lw=1.4, ls=":")
    ax.spines[:].set_visible(False)
    sources = (*figures.used(answer.tables["element_sets"]), *figures.used(answer.tables["published_orbits"]))
    told = words.with_file(words.sites(), answer)
    return figures.picture(fig, "sites", told, table, sources, answer)


def _cell(cell: pd.Series) -> str:
    """Median dilution and usable share of one fleet at one site, as a cell tells them."""
    dilution = f"{cell['median_pdop']:.1f}" if np.isfinite(cell["median_pdop"]) else "no fix"
    return f"{dilution}\n{cell['usable_percent']:.0f}%"


def _step_labels(answer: Answer, rows: list[tuple[str, str]]) -> list[str]:
    """Names of the rows (fleet, orbits) of the board."""
    now = answer["serving"]
    five = spelled(len(now))
    states = answer.tables["states"].set_index("satellite")["state"].astype(str)
    nominal = {
        f"now and {FIFTH}": f"{five} and {FIFTH} ({states.get(FIFTH, 'lost')})",
        f"now and {SEVENTH}": f"{five} and {SEVENTH} ({states.get(SEVENTH, 'not flown')})",
        f"now without {SEVENTH}": f"{five} without {SEVENTH}",
        "planned seven": "all seven (one lost)",
        "QZSS now and NavIC": f"{five} and NavIC as designed",
        "planned seven and NavIC": "all seven and NavIC as designed",
    }
    real_steps = answer.tables["steps"][lambda t: t["orbits"] == "elements"].set_index("fleet")["satellites"]
    flown = spelled(int(real_steps.drop("QZSS now and NavIC").iloc[0]))
    alone = f"{flown}, real orbits of {pd.Timestamp(answer['elements_day']):%B %Y}"
    real = {"QZSS now and NavIC": f"{flown} and NavIC in service, real orbits"}
    named = {
        "nominal": lambda fleet: nominal.get(fleet, fleet),
        "elements": lambda fleet: real.get(fleet, alone),
        "broadcast": lambda fleet: said("{systems} of the file", systems=language.text(fleet, DOMAIN)),
    }
    return [named[orbits](fleet) for fleet, orbits in rows]


def _apart(table: pd.DataFrame) -> list[str]:
    """The places' names, empty where a name would lie over that of an earlier place."""
    named: list[tuple[float, float]] = []
    told = []
    for name, at in zip(table.index, zip(table["longitude_deg"], table["latitude_deg"])):
        free = all(abs(at[0] - x) > NAME_WIDTH_DEG or abs(at[1] - y) > NAME_HEIGHT_DEG for x, y in named)
        told.append(name if free else "")
        named += [at] if free else []
    return told


@figures.house
def where(answer: Answer) -> Picture:
    """Median PDOP on the map: the first system alone beside the whole fleet."""
    from matplotlib.colors import BoundaryNorm, LinearSegmentedColormap

    p = answer.parameters
    panels = [
        (f"{p.systems[0]} alone", answer.tables["map_one"]),
        (" and ".join(p.systems), answer.tables["map"]),
    ]
    panels = panels if len(p.systems) > 1 else panels[1:]
    # Blue below the dilution that counts as usable, orange above; gray where half the day has no fix.
    colours = LinearSegmentedColormap.from_list(
        "pdop", ["#08306b", "#2268a4", "#4f9bc7", "#8cc3de", "#d3e6f1", "#f0b27a", "#c2672f"], len(LEVELS) - 1
    ).with_extremes(over="#7a2f10", bad=COLOURS["grey"])
    fig, axes = figures.canvas(1, len(panels), squeeze=False, height=5.7)
    for ax, (name, grid) in zip(axes[0], panels):
        chart = maps.draw(ax, MAP_REGION, land="outline")
        lon, lat = np.unique(grid["longitude_deg"]), np.unique(grid["latitude_deg"])
        field = grid["median_pdop"].to_numpy().reshape(len(lat), len(lon))
        mesh = chart.heat(lon, lat, field, cmap=colours, norm=BoundaryNorm(LEVELS, colours.N))
        chart.contour(lon, lat, np.minimum(field, 1e3), [USABLE_PDOP], colors=COLOURS["ink"], linewidths=1.6)
        table = answer.tables["places"].loc[list(p.sites)]
        chart.places(_apart(table), table["longitude_deg"], table["latitude_deg"])
        ax.set_title(name)
    bar = fig.colorbar(
        mesh,
        ax=axes[0].tolist(),
        orientation="horizontal",
        shrink=0.6,
        aspect=40,
        extend="max",
        ticks=LEVELS,
        pad=0.03,
    )
    bar.set_label(f"median PDOP over a day; the black line is {USABLE_PDOP:g}")
    bar.ax.set_xticklabels([f"{level:g}" for level in LEVELS])
    data = pd.concat([grid.assign(fleet=name) for name, grid in panels], ignore_index=True)
    data["area_weight"] = np.cos(np.radians(data["latitude_deg"])).round(6)
    told = words.where(answer, chart.region.centre[1])
    return figures.picture(fig, "where", told, data, (*_sources(answer), maps.SOURCE), answer)


@figures.house
def tracks(answer: Answer) -> Picture:
    """Where the satellites stand over the ground through the day, each in its state."""
    from matplotlib.lines import Line2D

    p, table = answer.parameters, answer.tables["tracks"]
    members = answer.tables["members"].set_index("satellite")
    fig, ax = figures.canvas(height=6.0)
    chart = maps.draw(ax, (25, 200, -48, 58))
    names, lon, lat, seen = [], [], [], []
    drawn = set(members.loc[table["satellite"].unique(), "system"].astype(str))
    for name, track in table.groupby("satellite", sort=False, observed=True):
        colour = LOOKS[members["system"][name]][0]
        state = members["state"][name]
        absent = not members["flown"][name]
        x = track["longitude_deg"].to_numpy() % 360
        chart.line(x, track["latitude_deg"], color=colour, lw=1.1, ls=":" if absent else "-", alpha=0.9)
        marker, fill = STATE_MARKS[state]
        if chart.region.contains(x[0], track["latitude_deg"].iloc[0]):
            ax.plot(
                *chart.project(x[0], track["latitude_deg"].iloc[0]),
                marker=marker,
                ms=8,
                color=colour,
                mfc=colour if fill == "full" else "white",
                mew=1.6,
                ls="",
                zorder=6,
            )
        seen.append((state, marker, fill))
        if chart.region.contains(x[0], track["latitude_deg"].iloc[0]):
            (
                names.append(name.removeprefix("GPS ")),
                lon.append(x[0]),
                lat.append(track["latitude_deg"].iloc[0]),
            )
    chart.places(names, lon, lat, marker=None, font_size=10)
    keys = [
        Line2D(
            [],
            [],
            ls="",
            marker=m,
            ms=8,
            color="#444444",
            mfc="#444444" if f == "full" else "white",
            mew=1.6,
            label=words.STATES[s],
        )
        for s, m, f in dict.fromkeys(seen)
    ]
    keys += [Line2D([], [], color=LOOKS[s][0], lw=2, label=s) for s in p.systems if s in drawn]
    keys += [Line2D([], [], color="#444444", lw=1.1, ls=":", label="not in the fleet")]
    ax.legend(handles=keys, loc="upper left", bbox_to_anchor=(0, -0.01), ncols=4, fontsize=10)
    data = table.assign(
        east_deg=table["longitude_deg"] % 360,
        state=table["satellite"].map(members["state"]).map(words.STATES),
        flown=table["satellite"].map(members["flown"]).astype(bool),
    )
    sources = (*_sources(answer), *figures.used(answer.tables["states"]), maps.SOURCE)
    return figures.picture(fig, "tracks", words.tracks(answer, chart.region.centre[1]), data, sources, answer)


@figures.house
def worths(answer: Answer) -> Picture:
    """What each satellite is worth: Shapley value as bars, leave-one-out as marks."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    table = answer.tables["worth"].sort_values("shapley").reset_index(drop=True)
    table["row_id"] = table["player"].map(answer.tables["states"].set_index("satellite")["row_id"])
    fig, ax = figures.canvas(height=max(4.2, 2.2 + 0.32 * len(table)))
    for system, part in table.groupby("system", sort=False, observed=True):
        colour, _, hatch = LOOKS[system]
        bars = ax.barh(
            part.index,
            part["shapley"],
            0.68,
            facecolor=colour if hatch is None else "white",
            edgecolor=colour,
            hatch=hatch,
            linewidth=1,
        )
        for line, bar in zip(part.index, bars):
            if table["row_id"].notna()[line]:
                figures.mark(line, bar)
    ax.plot(
        table["leave_one_out"],
        table.index,
        ls="",
        marker="D",
        ms=7,
        mfc="white",
        mec=COLOURS["ink"],
        mew=1.4,
        clip_on=False,
        zorder=5,
    )
    for i, row in table.iterrows():
        ax.text(
            max(row["shapley"], row["leave_one_out"]) + 0.02 * table["shapley"].max(),
            i,
            f"{row['shapley']:.1f}",
            va="center",
            size=10.5,
        )
    keys = [
        Patch(
            facecolor=LOOKS[s][0] if LOOKS[s][2] is None else "white",
            edgecolor=LOOKS[s][0],
            hatch=LOOKS[s][2],
            label=f"{s}: Shapley value",
        )
        for s in dict.fromkeys(table["system"])
    ]
    keys.append(
        Line2D(
            [],
            [],
            ls="",
            marker="D",
            ms=7,
            mfc="white",
            mec=COLOURS["ink"],
            mew=1.4,
            label="lost alone (leave-one-out)",
        )
    )
    ax.legend(handles=keys, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    ax.set_yticks(table.index, table["player"])
    ax.tick_params(axis="y", pad=9)  # a mark may stand at zero
    ax.set(
        xlim=(0, 1.12 * max(table["shapley"].max(), table["leave_one_out"].max(), 1)),
        xlabel="percentage points of usable time, mean over the sites",
    )
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x", visible=True)
    return figures.picture(fig, "worths", words.worths(), table, _sources(answer), answer)


@figures.house
def masks(answer: Answer) -> Picture:
    """Usable share against the mask for combinations of systems; dashes where each has its own clock."""
    table = answer.tables["masks"]
    fig, ax = figures.canvas()
    looks = {
        "QZSS": (COLOURS["blue"], "o"),
        "NavIC": (COLOURS["vermilion"], "s"),
        "QZSS and NavIC": (COLOURS["purple"], "D"),
        "GPS": (COLOURS["green"], "^"),
        "QZSS and GPS": (COLOURS["sky"], "v"),
        "QZSS and NavIC and GPS": (COLOURS["ink"], "P"),
    }
    for (systems, clock), part in table.groupby(["systems", "clock"], sort=False):
        colour, marker = looks[systems]
        ax.plot(
            part["mask_deg"],
            part["usable_percent"],
            color=colour,
            marker=marker,
            ms=6,
            ls="-" if clock == "common" else "--",
            mfc=colour if clock == "common" else "white",
        )
    from matplotlib.lines import Line2D

    keys = [
        Line2D([], [], color=c, marker=m, ms=6, label=name.replace(" and ", " + "))
        for name, (c, m) in reversed(looks.items())
    ]
    keys += [
        Line2D([], [], color="#555b60", ls=ls, label=name)
        for ls, name in (("-", "one common clock"), ("--", "a clock for each system"))
    ]
    ax.legend(handles=keys, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    chosen = answer.parameters.mask_deg
    first, last = min(4, chosen - 1), max(51, chosen + 1)
    right = chosen > (first + last) / 2  # of the picture: the words stand on the other side
    ax.axvline(chosen, color="#8a8f94", lw=1, ls=":")
    ax.annotate(
        f"mask chosen: {chosen:g}°",
        (chosen, 2),
        xytext=(-4 if right else 4, 0),
        textcoords="offset points",
        ha="right" if right else "left",
        size=10,
        color="#555b60",
    )
    ax.set(
        xlabel="mask: elevation below which satellites are hidden (degrees)",
        ylabel="usable time, percent of the day, mean over the sites",
        ylim=(0, 104),
        xlim=(first, last),
    )
    ax.set_xticks(range(5, int(last) + 1, 5))
    sources = (*figures.used(answer.tables["published_orbits"]), *figures.used(answer.tables["gps_slots"]))
    return figures.picture(fig, "masks", words.masks(), table, sources, answer)


METHOD = (worths, masks)
FIGURES = (sites, where, tracks, *METHOD)
