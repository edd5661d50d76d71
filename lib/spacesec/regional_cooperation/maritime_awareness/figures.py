"""The five figures of `maritime_awareness`."""

import itertools

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures, maps
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.regional_cooperation.maritime_awareness import swath, words
from spacesec.regional_cooperation.maritime_awareness.model import (
    BOARD_CHANCES,
    BOARD_SATELLITES,
    BOARD_SWATHS_KM,
    BOARD_TASKING,
    NATIONALISATION,
    SITES,
    SWATHS_KM,
)

BOXES = {"senkaku": "southwestern_islands", "luzon_strait": "luzon_strait", "sea_of_japan": "korea_japan"}


SITE_NAMES = {site: name for site, (name, _, _) in SITES.items()}


# Names written on the map: longitude and latitude of the words.
NEIGHBOURS = {
    "senkaku": {"Taiwan": (121.0, 23.9), "Okinawa": (128.1, 26.6), "China": (120.2, 29.3)},
    "luzon_strait": {"Taiwan": (121.0, 23.3), "Luzon": (121.2, 17.6)},
    "sea_of_japan": {"Honshu": (138.0, 36.2), "Korea": (128.0, 36.5), "Kyushu": (131.0, 32.6)},
}


# Where the series starts anew, on the axis of years.
START = NATIONALISATION.year + 253 / 366


@figures.house
def pressure(answer: Answer) -> Picture:
    """Days and vessel-days by year with the break of 2012, missing years open, and unbroken runs below."""
    days, vessels, runs = answer.tables["days"], answer.tables["vessels"], answer.tables["streaks"]
    fig, (ax, low) = figures.canvas(2, 1, height=6.6, sharex=True, gridspec_kw={"height_ratios": [2.4, 1]})
    right = ax.twinx()
    oldest_first = runs.sort_values("first").assign(year=lambda t: t["first"].dt.year, value=runs["days"])
    data = pd.concat(
        [
            days.assign(series="days"),
            answer.tables["all_vessels"].assign(series="vessel-days"),
            oldest_first.assign(series="unbroken run in days, from this year on"),
        ],
        ignore_index=True,
    )[["series", "year", "value", "first", "last", "open", "count_basis", "row_id", "source_id"]]
    widths = np.where(days["year"] == NATIONALISATION.year, 0.3, 0.7)
    bars = right.bar(_middle(days["year"]), days["value"], widths, color=COLOURS["pale"])
    for row, bar in enumerate(bars):
        figures.mark(row, bar)
    for row in data[data["series"] == "vessel-days"].itertuples():
        figures.mark_point(ax, float(_middle(row.year)), row.value, row.Index)
    known = _vessel_line(ax, vessels, answer.tables["all_vessels"])
    top = known.max()
    for axis in (ax, low):
        axis.axvline(START, color=COLOURS["ink"], lw=1, ls="--")
    ax.text(
        START - 0.12,
        top * 1.02,
        "counting starts anew\n11 September 2012",
        ha="right",
        va="top",
        size=10,
    )
    ax.annotate(
        f"{int(known.iloc[-1]):,}",
        (known.index[-1] + 0.5, known.iloc[-1]),
        xytext=(0, 7),
        textcoords="offset points",
        ha="center",
        size=11,
        color=COLOURS["blue"],
        weight=600,
    )
    ax.set_zorder(right.get_zorder() + 1)
    ax.patch.set_visible(False)
    ax.set(ylabel="vessel-days", ylim=(0, top * 1.16))
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.yaxis.label.set_color(COLOURS["blue"])
    right.set(ylabel="days of the year (bars)", ylim=(0, 366 * 1.16), yticks=[0, 100, 200, 300, 365])
    right.grid(False)
    first, last = int(vessels["year"].min()), int(max(days["year"].max(), vessels["year"].max()))
    _runs(low, oldest_first, first, len(data) - len(runs))
    low.set(xlim=(first, max(last + 1.4, runs["last"].max().year + 1)), xticks=range(first, last + 2, 2))
    right.text(
        _middle(days["year"])[-1],
        12,
        f"{int(days['value'].iloc[-1])}",
        ha="center",
        size=10,
    )
    return figures.picture(
        fig, "pressure", words.pressure(), data, figures.used(pd.concat([days, vessels, runs])), answer
    )


def _middle(years) -> np.ndarray:
    """The middle of each year; of the series' first year, which holds 16 weeks, that of those weeks."""
    years = np.asarray(years)
    return np.where(years == NATIONALISATION.year, NATIONALISATION.year + 0.85, years.astype(float) + 0.5)


def _vessel_line(ax, vessels: pd.DataFrame, everything: pd.DataFrame) -> pd.Series:
    """Vessel-days by year: gaps dotted and named, the years before the break and rival counts apart; gives
    the counts that are known since.
    """
    first, last = NATIONALISATION.year, int(vessels["year"].max())
    line = vessels[vessels["year"] >= first].set_index("year")["value"].reindex(range(first, last + 1))
    ax.plot(_middle(line.index), line, color=COLOURS["blue"], marker="o", zorder=5, clip_on=False)
    known = line.dropna()
    for a, b in zip(known.index, known.index[1:]):
        if b - a > 1:
            ax.plot([a + 0.5, b + 0.5], [known[a], known[b]], color=COLOURS["blue"], lw=1.2, ls=":", zorder=4)
            ax.annotate(
                f"{_years(a + 1, b - 1)}: no vessel\ncount found",
                ((a + b) / 2 + 0.5, (known[a] + known[b]) / 2),
                xytext=(-14, 26),
                textcoords="offset points",
                ha="right",
                size=9.5,
                color="#555b60",
                arrowprops={"arrowstyle": "-", "color": "#8a8f94", "lw": 0.8},
            )
    before = vessels[vessels["year"] < first]
    ax.plot(
        before["year"] + 0.5,
        before["value"],
        color=COLOURS["blue"],
        marker="o",
        mfc="white",
        ls="--",
        lw=1.2,
        zorder=5,
        clip_on=False,
    )
    rejected = everything[~everything["row_id"].isin(vessels["row_id"])]
    ax.plot(
        rejected["year"] + 0.5,
        rejected["value"],
        ls="",
        marker="x",
        color=COLOURS["vermilion"],
        ms=7,
        mew=1.6,
        zorder=6,
    )
    for row in rejected.itertuples():
        ax.annotate(
            "another source,\nnot used",
            (row.year + 0.5, row.value),
            xytext=(9, -24),
            textcoords="offset points",
            size=9.5,
            color=figures.TEXT["vermilion"],
        )
    return known


def _years(first: int, last: int) -> str:
    if last - first < 2:
        return " and ".join(map(str, range(first, last + 1)))
    return f"{first} to {last}"


def _runs(low, runs: pd.DataFrame, first_year: int, first_row: int) -> None:
    """The longest unbroken runs as bars in time, oldest lowest; open ones hollow."""
    for y, row in enumerate(runs.itertuples()):
        a, b = (d.year + (d.day_of_year - 1) / 365.25 for d in (row.first, row.last))
        bar = low.barh(
            y,
            b - a,
            0.62,
            left=a,
            facecolor="white" if row.open else COLOURS["vermilion"],
            edgecolor=COLOURS["vermilion"],
            linewidth=1.2,
            linestyle="--" if row.open else "-",
        )
        figures.mark(first_row + y, *bar)
        low.text(
            a - 0.12,
            y,
            f"{row.days} days" + (" and running" if row.open else ""),
            ha="right",
            va="center",
            size=10,
        )
    low.set(ylim=(-0.7, len(runs) - 0.3), yticks=[])
    low.text(first_year + 0.1, len(runs) - 0.55, "unbroken runs of days", size=10.5, va="top", weight=600)
    low.grid(axis="y", visible=False)


@figures.house
def sight(answer: Answer) -> Picture:
    """One satellite's looks at the place in one cycle: the swaths that cover it, on a map."""
    p = answer.parameters
    latitude, longitude = SITES[p.site][1:]
    times, under, right = swath.frame()
    near = swath.near_edge_km(swath.altitude_km())
    fig, (left, ax) = figures.canvas(1, 2, height=5.9, gridspec_kw={"width_ratios": [1.35, 1]})
    chart = maps.draw(left, BOXES[p.site])
    rows = []
    for look in answer.tables["looks"].itertuples():
        step = int(round(look.time_s / swath.STEP_S))
        part = np.arange(step - 30, step + 31) % len(times)
        rising = under[part[40], 2] > under[part[20], 2]
        colour = COLOURS["blue"] if rising else COLOURS["orange"]
        edges = [_aside(under[part], right[part], d) for d in (near, near + p.swath_km)]
        lon = np.concatenate([edges[0][0], edges[1][0][::-1]])
        lat = np.concatenate([edges[0][1], edges[1][1][::-1]])
        x, y = chart.project(lon, lat)
        from matplotlib.patches import Polygon

        band = left.add_patch(
            Polygon(
                np.column_stack([x, y]),
                closed=True,
                facecolor=colour,
                edgecolor=colour,
                alpha=0.28,
                linewidth=1.0,
                hatch=None if rising else "//",
                zorder=3,
            )
        )
        band.set_clip_path(chart.frame)
        rows.append(
            {
                "panel": "look",
                "look": look.Index + 1,
                "day_of_cycle": look.time_s / 86400,
                "direction": "northbound" if rising else "southbound",
                "distance_right_of_track_km": look.distance_km,
            }
        )
    chart.places(
        [SITE_NAMES[p.site]], [longitude], [latitude], marker="*", size=90, color=COLOURS["vermilion"]
    )
    around = NEIGHBOURS[p.site]
    chart.places(
        list(around),
        [place[0] for place in around.values()],
        [place[1] for place in around.values()],
        marker=None,
        color="#5b6670",
    )
    base = swath.look_times(latitude, longitude, p.swath_km)
    shifts = answer["track_spacing_km"] * np.arange(len(base)) / len(base)
    for shift, own in zip(shifts, base):
        ax.plot(
            own / 86400,
            [shift] * len(own),
            ls="",
            marker="o",
            ms=4,
            color=COLOURS["ink"] if shift else COLOURS["blue"],
        )
    ax.set(
        xlim=(0, swath.CYCLE_DAYS),
        xlabel=f"day of the {swath.CYCLE_DAYS}-day cycle",
        ylabel="grid of tracks moved to the west by, km",
        xticks=range(0, swath.CYCLE_DAYS + 1, 2),
    )
    ax.grid(axis="x", visible=True)
    ax.set_title("days of looks, by where the tracks lie", size=11.5)
    grid = [
        {"panel": "grid", "shift_km": shift, "day_of_cycle": day}
        for shift, own in zip(shifts, base)
        for day in (own / 86400 if len(own) else [None])
    ]
    columns = ["panel", "look", "shift_km", "day_of_cycle", "direction", "distance_right_of_track_km"]
    table = pd.DataFrame([*rows, *grid], columns=columns).astype({"look": "Int64"})
    return figures.picture(
        fig,
        "sight",
        words.sight(chart.region.centre[1]),
        table.assign(site=p.site, swath_from_km=near, swath_to_km=near + p.swath_km),
        figures.used(answer.tables["radars"][answer.tables["radars"]["swath_km"].notna()]),
        answer,
    )


@figures.house
def odds(answer: Answer) -> Picture:
    """Chance of a catch by time in reach, for three published swaths and the one asked for: simulation
    against the closed form.
    """
    p = answer.parameters
    table = answer.tables["odds"]
    looks = dict(zip(SWATHS_KM, (("orange", "^"), ("blue", "o"), ("green", "s"))))
    fig, ax = figures.canvas()
    ends = []
    for wide, part in table.groupby("swath_km", sort=False):
        name, marker = looks.get(wide, ("vermilion", "D"))
        colour = COLOURS[name]
        closed, found = part["closed_form_percent"], part["simulated_percent"]
        ax.plot(part["transit_hours"] / 24, closed, color=colour, lw=1.6)
        ax.plot(
            part["transit_hours"] / 24,
            found,
            ls="",
            marker=marker,
            ms=5.5,
            color=colour,
            mfc="white",
            mew=1.4,
        )
        ends.append(((closed.iloc[-1] + found.iloc[-1]) / 2, f"{wide:g} km", TEXT[name]))
    level = -6.0
    rising = sorted(ends)  # lowest first; no label below the axis or over another
    for place, (end, label, colour) in enumerate(rising):
        level = max(level + 6, min(end, 106 - 6 * (len(rising) - place)))
        ax.text(14.15, level, label, color=colour, va="center", size=11.5, weight=600)
    if p.transit_hours <= table["transit_hours"].max():
        ax.axvline(p.transit_hours / 24, color=COLOURS["ink"], lw=0.9, ls="--")
        ax.text(
            p.transit_hours / 24 + 0.08,
            101,
            _hours(p.transit_hours),
            size=10,
            va="bottom",
        )
    table = _with_dark_hours(ax, table, answer.tables["dark_hours"])
    ax.plot([], [], color="#555b60", lw=1.6, label="closed form: looks at random")
    ax.plot([], [], ls="", marker="o", mfc="white", mec="#555b60", mew=1.4, label="simulated passes")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, borderaxespad=0.2)
    ax.set(
        xlim=(0, 14.9),
        ylim=(0, 108),
        xlabel="days for which the ship is in reach",
        ylabel="percent chance of at least one catch",
        xticks=range(0, 15, 2),
        yticks=range(0, 101, 20),
    )
    used = figures.used(answer.tables["radars"][answer.tables["radars"]["swath_km"].notna()])
    return figures.picture(fig, "odds", words.odds(answer), table, used, answer)


def _with_dark_hours(ax, table: pd.DataFrame, gaps: pd.DataFrame) -> pd.DataFrame:
    """The table with the dark hours of a reader's own file that lie within the axis, drawn as marks."""
    gaps = gaps[gaps["transit_hours"] < table["transit_hours"].max()]
    if gaps.empty:
        return table
    ax.plot(
        gaps["transit_hours"] / 24,
        gaps["simulated_percent"],
        ls="",
        marker="|",
        ms=14,
        mew=1.6,
        color=COLOURS["ink"],
        label="dark hours of the file's ships",
    )
    return pd.concat([table, gaps], ignore_index=True)


@figures.house
def fleets(answer: Answer) -> Picture:
    """Passes a day within reach of Japan's flying radars, by owner and place, from real element sets."""
    table = answer.tables["reach"]
    sites = list(SITE_NAMES)
    owners = list(table.groupby("operator")["passes_per_day"].sum().sort_values(ascending=False).index)
    styles = ((COLOURS["blue"], None), (COLOURS["sky"], "///"), (COLOURS["orange"], "..."))
    looks = dict(zip(owners, itertools.cycle(styles)))
    fig, ax = figures.canvas(height=4.6)
    for y, site in enumerate(sites):
        left = 0.0
        for owner in owners:
            row = table[(table["site"] == site) & (table["operator"] == owner)].iloc[0]
            colour, hatch = looks[owner]
            ax.barh(y, row["passes_per_day"], 0.6, left=left, color=colour, hatch=hatch, edgecolor="white")
            if row["passes_per_day"] > 1:
                ax.text(
                    left + row["passes_per_day"] / 2,
                    y,
                    f"{row['passes_per_day']:.1f}",
                    ha="center",
                    va="center",
                    size=11,
                    color="white" if colour == COLOURS["blue"] else COLOURS["ink"],
                    bbox={"facecolor": colour, "edgecolor": "none", "pad": 1.5},
                )
            left += row["passes_per_day"]
        ax.text(left + 0.25, y, f"{left:.1f} a day", va="center", size=11, weight=600)
    ax.barh([], [], color="none")
    from matplotlib.patches import Patch

    sizes = table.drop_duplicates("operator").set_index("operator")["satellites"]
    ax.legend(
        handles=[
            Patch(
                facecolor=looks[o][0],
                hatch=looks[o][1],
                edgecolor="white",
                label=f"{o} ({sizes[o]} satellites)",
            )
            for o in owners
        ],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=3,
        borderaxespad=0.2,
    )
    ax.set_yticks(range(len(sites)), [SITE_NAMES[s] for s in sites])
    totals = table.groupby("site")["passes_per_day"].sum()
    ax.set(
        ylim=(len(sites) - 0.4, -0.6),
        xlim=(0, totals.max() * 1.18),
        xlabel="passes a day with the place 15 to 45 degrees off nadir",
    )
    ax.grid(axis="x", visible=True)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    oldest = answer.tables["element_sets"].groupby("operator", observed=True)["epoch_date"].min()
    missing = ", ".join(answer.tables["without_elements"]["name"])
    data = table.assign(
        place=table["site"].map(SITE_NAMES),
        oldest_epoch=table["operator"].map(oldest),
        without_elements=missing or None,
    )
    return figures.picture(fig, "fleets", words.fleets(), data, figures.used(table), answer)


@figures.house
def board(answer: Answer) -> Picture:
    """Sensitivity: odds by number of satellites and swath, and by tasking and chance in one look."""
    p = answer.parameters
    from matplotlib.colors import LinearSegmentedColormap

    shade = LinearSegmentedColormap.from_list("odds", ["white", "#bcd9ea", COLOURS["blue"]])
    fig, (ax, side) = figures.canvas(1, 2, height=5.4, gridspec_kw={"width_ratios": [1.5, 1]})
    table = answer.tables["board"]
    widths, fleets_ = list(BOARD_SWATHS_KM), list(BOARD_SATELLITES)
    chances, shares = list(BOARD_CHANCES), list(BOARD_TASKING)
    for row in table[table["panel"] == "fleet"].itertuples():
        _cell(ax, widths.index(row.swath_km), fleets_.index(row.satellites), row.percent, shade)
    for row in table[table["panel"] == "assumptions"].itertuples():
        x, y = chances.index(row.detection_probability), shares.index(row.tasking)
        _cell(side, x, y, row.percent, shade)
    top = len(fleets_) + 0.25
    for row in table[table["panel"] == "fewest"].itertuples():
        told = "–" if pd.isna(row.satellites) else f"{row.satellites:.0f}"
        ax.text(widths.index(row.swath_km), top, told, ha="center", va="center", size=13, weight=600)
    ax.set_xticks(range(len(widths)), [str(w) for w in widths])
    ax.set_yticks(
        [*range(len(fleets_)), top],
        [*(str(f) for f in fleets_), f"fewest for {answer['board_target_percent']:.0f}%"],
    )
    ax.set(xlabel="swath, km", ylabel="satellites")
    side.set_xticks(range(len(chances)), [f"{c:g}" for c in chances])
    side.set_yticks(range(len(shares)), [f"{100 * s:g}%" for s in shares])
    side.set(xlabel="chance that a look finds the ship", ylabel="possible looks taken")
    side.set_title(f"{p.satellites} × {p.swath_km:g} km", size=11.5)
    ax.set_title(f"chance {p.detection_probability:g}, {100 * p.tasking:g}% of looks taken", size=11.5)
    for axis in (ax, side):
        axis.set(xlim=(-0.5, len(axis.get_xticks()) - 0.5), ylim=(-0.5, max(axis.get_yticks()) + 0.5))
        axis.grid(False)
        axis.tick_params(length=0)
        for spine in axis.spines.values():
            spine.set_visible(False)
    radars = answer.tables["radars"]
    used = figures.used(radars[radars["swath_km"].notna()])
    return figures.picture(fig, "board", words.board(), table, used, answer)


def _hours(hours: float) -> str:
    return f"{hours:g} hour" if hours == 1 else f"{hours:g} hours"


def _cell(ax, x: int, y: int, percent: float, shade) -> None:
    ax.barh(y, 0.96, 0.94, left=x - 0.48, color=shade(percent / 100), edgecolor="#d5d9dc", linewidth=0.6)
    ax.text(
        x,
        y,
        f"{percent:.0f}",
        ha="center",
        va="center",
        size=12,
        color=figures.over(shade(percent / 100)),
    )


def _aside(under: np.ndarray, right: np.ndarray, distance_km: float) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes and latitudes (T,) in degrees of the points at a ground distance right of the track."""
    angle = distance_km / 6378.137
    v = np.cos(angle) * under + np.sin(angle) * right
    return np.degrees(np.arctan2(v[:, 1], v[:, 0])), np.degrees(
        np.arctan2(v[:, 2], np.hypot(v[:, 0], v[:, 1]) * (1 - 1 / 298.257223563) ** 2)
    )


METHOD = (odds, board)
FIGURES = (pressure, fleets, sight, *METHOD)
