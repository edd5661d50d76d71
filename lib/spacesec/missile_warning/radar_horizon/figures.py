"""Figures of the question ``radar_horizon``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.missile_warning.radar_horizon import horizon, words
from spacesec.missile_warning.radar_horizon.model import PATHS, rays_of
from spacesec.words import forms

PYONGYANG = (125.7, 39.2)  # longitude and latitude, degrees

LINE = 0.065  # of the axes, that a label takes


@figures.house
def line_of_sight(found: Answer) -> figures.Picture:
    p, flights, seen = found.parameters, found.tables["flights"], found.tables["first_seen"].set_index("path")
    figure, axes = figures.canvas()
    ground = np.linspace(0, p.range_km, 400)
    shadow = horizon.lowest_visible_km(p.range_km - ground, p.radar_height_m / 1000, rays_of(p))
    top = max(120.0, 1.25 * p.depressed_apogee_km, 1.4 * p.glide_altitude_km)
    axes.fill_between(
        ground, 0, np.minimum(shadow, top), color=figures.COLOURS["pale"], linewidth=0, zorder=0
    )
    if np.interp(p.range_km * 0.13, ground, shadow) > 0.1 * top:  # the words stand in what they speak of
        axes.annotate(
            "below the radar's horizon",
            (p.range_km * 0.13, 0.04 * top),
            fontsize=11,
            color=figures.TEXT["grey"],
        )
    spots, beside = [], -top
    for name, path in flights.groupby("path", sort=False):
        colour, style = PATHS[name]
        axes.plot(
            path["ground_km"],
            path["altitude_km"].where(path["altitude_km"] <= top),
            color=figures.COLOURS[colour],
            linestyle=style,
        )
        at = seen.loc[name]
        i = int((path["second"] / 60 + p.boost_minutes - at.first_seen_min).abs().to_numpy().argmin())
        x, y = path["ground_km"].iloc[i], path["altitude_km"].iloc[i]
        spots.append((x, y))
        # Above the ticks of the ground, below the words on the ballistic path.
        level = np.clip(y, 0.14 * top if name == "glide" else 0, 0.9 * top)
        if name == "glide" and abs(level - 0.05 * top - beside) < LINE * top:  # in a line of its own
            level = 0.05 * top + beside + (LINE if beside < 2 * LINE * top else -LINE) * top
        beside = level
        if y <= top:
            axes.scatter([x], [y], s=60, color=figures.COLOURS[colour], zorder=4, edgecolors="white")
        axes.annotate(
            f"{name}: first seen after {at.first_seen_min:.1f} of {at.flight_min:.1f} min"
            f" ({forms.percent(at.unseen_percent)})",
            (x, top * 0.95) if name == "ballistic" else (min(x, p.range_km * 0.55), level),
            xytext=(64 if name == "ballistic" else 10, {"ballistic": 0, "depressed": -4, "glide": -19}[name]),
            textcoords="offset points",
            va="top" if name == "ballistic" else "baseline",
            color=figures.TEXT[colour],
            fontweight=600,
            fontsize=11,
        )
    axes.set(
        xlim=(0, p.range_km * 1.01),
        ylim=(0, top),
        xlabel="ground range from the launch, km (the radar stands at the end)",
        ylabel="altitude, km",
    )
    axes.xaxis.set_major_formatter("{x:,.0f}")
    first = seen.loc[list(dict.fromkeys(flights["path"]))].reset_index()
    first[["ground_km", "altitude_km"]] = spots
    data = pd.concat(
        [
            flights[flights.index % 6 == 0].assign(part="path"),
            first.assign(part="first sight").drop(columns="gained_min"),
            pd.DataFrame({"part": "horizon", "ground_km": ground, "altitude_km": np.minimum(shadow, top)}),
        ],
        ignore_index=True,
    )
    sources = (*figures.used(found.tables["detections"]), *figures.used(found.tables["atmosphere"]))
    return figures.picture(figure, "line_of_sight", words.line_of_sight(), data, sources, found)


@figures.house
def minutes_gained(found: Answer) -> figures.Picture:
    rows = found.tables["sensitivity"].query("path != 'depressed'")
    moved = rows[rows["assumption"].ne("as chosen")]
    base = found.tables["first_seen"].set_index("path")["gained_min"]
    names = {
        "glide_altitude_km": "glide height, km",
        "glide_speed_km_s": "glide speed, km/s",
        "radar_height_m": "radar height, m",
        "rays": "bending of rays",
        "space_sight_minutes": "satellite's first sight, min",
        "range_km": "range, km",
        "boost_minutes": "boost phase, min",
    }
    order = (
        moved[moved["path"] == "glide"]
        .groupby("assumption")["gained_min"]
        .agg(np.ptp)
        .sort_values(ascending=False)
        .index
    )
    figure, panels = figures.canvas(1, 2, sharex=True, sharey=True)
    low, high = (getattr(rows["gained_min"], end)() for end in ("min", "max"))
    pad = max(0.22 * (high - low), 0.6)
    for axes, path in zip(panels, ("glide", "ballistic")):
        colour = figures.COLOURS[PATHS[path][0]]
        for i, name in enumerate(order):
            part = moved[(moved["assumption"] == name) & (moved["path"] == path)].set_index("end")
            ends = part["gained_min"]
            axes.plot(
                [ends.min(), ends.max()], [i, i], color=colour, linewidth=7, solid_capstyle="butt", alpha=0.35
            )
            for end, marker in (("low", "o"), ("high", "o")):
                if end in part.index:
                    axes.scatter(
                        [part.loc[end, "gained_min"]], [i], marker=marker, color=colour, s=48, zorder=3
                    )
                    if ends.max() - ends.min() > 0.05:
                        left = part.loc[end, "gained_min"] <= ends.min()
                        axes.annotate(
                            part.loc[end, "value"],
                            (part.loc[end, "gained_min"], i),
                            xytext=(-8 if left else 8, 0),
                            textcoords="offset points",
                            ha="right" if left else "left",
                            va="center",
                            fontsize=10,
                        )
        axes.axvline(base[path], color=figures.COLOURS["ink"], linewidth=1.2)
        axes.axvline(0, color=figures.COLOURS["grey"], linewidth=1, linestyle="--")
        axes.set_title(f"{path}: {forms.number(float(base[path]), 1, sign=True)} min")
        axes.set(xlim=(min(low, 0) - pad, max(high, 0) + pad), xlabel="minutes gained from space")
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
    panels[0].set(
        yticks=range(len(order)), yticklabels=[names[n] for n in order], ylim=(len(order) - 0.4, -0.6)
    )
    sources = figures.used(found.tables["detections"])
    return figures.picture(figure, "minutes_gained", words.minutes_gained(), rows, sources, found)


@figures.house
def visible_from(found: Answer) -> figures.Picture:
    from spacesec.drawing import maps

    radars, rays = found.tables["radars"], rays_of(found.parameters)
    lon, lat = np.linspace(114, 152, 305), np.linspace(25, 46, 169)
    grid = np.meshgrid(lon, lat)
    own = horizon.lowest_visible_from(radars[radars["operator"] == "JP"], *grid, rays)
    figure, axes = figures.canvas(height=6.4)
    chart = maps.draw(axes, (114, 152, 25, 46), land="outline", outline="white")
    mesh = chart.heat(lon, lat, own, cmap="cividis", vmin=0, vmax=100)
    chart.contour(
        lon,
        lat,
        own,
        [20, 40, 60, 100],
        label="%g km",
        colors=["white", "white", "white", figures.COLOURS["ink"]],
        linewidths=1.1,
    )
    bar = figure.colorbar(mesh, ax=axes, shrink=0.8, extend="max", pad=0.02)
    bar.set_label("lowest altitude in sight, km")
    # A Japanese radar may stand where a US one does.
    shown = radars.sort_values("operator").drop_duplicates(["latitude_deg", "longitude_deg"])
    for operator, marker in (("JP", "^"), ("US", "s")):
        part = shown[shown["operator"] == operator]
        chart.places(
            [site.replace(" (US)", "") for site in part["site"]],
            part["longitude_deg"],
            part["latitude_deg"],
            marker=marker,
            size=60,
            color="white",
            text_color=figures.COLOURS["ink"],
            font_size=10,
        )
    chart.places(
        ["Pyongyang"],
        [PYONGYANG[0]],
        [PYONGYANG[1]],
        marker="o",
        size=40,
        color="white",
        text_color=figures.COLOURS["ink"],
        font_size=10,
    )
    at = float(
        horizon.lowest_visible_from(
            radars[radars["operator"] == "JP"],
            *np.array(PYONGYANG)[:, None],
            rays,
        )[0]
    )
    field = pd.DataFrame(
        {
            "longitude_deg": grid[0][::8, ::8].ravel(),
            "latitude_deg": grid[1][::8, ::8].ravel(),
            "lowest_visible_km": own[::8, ::8].ravel(),
        }
    )
    city = {
        "place": "Pyongyang",
        "longitude_deg": PYONGYANG[0],
        "latitude_deg": PYONGYANG[1],
        "lowest_visible_km": at,
    }
    sites = radars.rename(columns={"site": "place"})[
        ["row_id", "place", "operator", "longitude_deg", "latitude_deg"]
    ]
    data = pd.concat([sites, pd.DataFrame([city]), field], ignore_index=True)
    sources = (*figures.used(radars), *figures.used(found.tables["atmosphere"]), maps.SOURCE)
    return figures.picture(figure, "visible_from", words.visible_from(), data, sources, found)


@figures.house
def reported_gaps(found: Answer) -> figures.Picture:
    cases, p = found.tables["cases"], found.parameters
    figure, panels = figures.canvas(1, 2, sharey=True)
    for axes, column, label in (
        (panels[0], "apogee_km", "apogee, km (logarithmic)"),
        (panels[1], "hidden_end_km", "end of the path below every Japanese radar's horizon, km"),
    ):
        part = cases.dropna(subset=[column])
        for row in part.itertuples():
            figures.mark_point(axes, getattr(row, column), row.gap_km, row.Index)
        for flag, colour, marker in ((False, "blue", "o"), (True, "vermilion", "D")):
            chosen = part[part["shortfall"] == flag]
            axes.scatter(
                chosen[column],
                chosen["gap_km"],
                color=figures.COLOURS[colour],
                marker=marker,
                s=52,
                alpha=0.75,
                linewidths=0,
                zorder=3,
            )
        axes.axhline(0, color=figures.COLOURS["grey"], linewidth=1)
        axes.axhline(p.shortfall_km, color=figures.COLOURS["ink"], linewidth=1, linestyle="--")
        axes.set(xlabel=label, ylim=(min(-150, cases["gap_km"].min() - 40), cases["gap_km"].max() * 1.15))
        for row in (
            part[part["shortfall"]].nlargest(4, "gap_km").itertuples()
        ):  # more dates would cover one another
            axes.annotate(
                f"{row.report_date:%Y-%m-%d}",
                (getattr(row, column), row.gap_km),
                xytext=(9, -4),
                textcoords="offset points",
                fontsize=10,
            )
    panels[0].set_xscale("log")
    panels[0].set_ylabel("Seoul's range minus Tokyo's, km")
    panels[0].xaxis.set_major_formatter("{x:,.0f}")
    high = float(cases["gap_km"].max()) * 1.1
    panels[1].plot([0, high], [0, high], color=figures.COLOURS["green"], linewidth=1.4, linestyle="-.")
    panels[1].annotate(
        "all that the horizon\nwould take away",
        (0.75 * high, 0.75 * high),
        xytext=(6, -30),
        textcoords="offset points",
        fontsize=10,
        color=figures.TEXT["green"],
    )
    sources = (
        *figures.used(cases),
        *figures.used(cases, "source_id_jp"),
        *figures.used(found.tables["radars"]),
    )
    return figures.picture(figure, "reported_gaps", words.reported_gaps(), cases, sources, found)


METHOD = (minutes_gained,)
FIGURES = (line_of_sight, visible_from, reported_gaps, *METHOD)
