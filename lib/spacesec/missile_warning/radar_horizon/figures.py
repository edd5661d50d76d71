"""Figures of the question ``radar_horizon``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.missile_warning import warning_chain
from spacesec.missile_warning.radar_horizon import horizon
from spacesec.missile_warning.radar_horizon.model import PATHS, rays_of
from spacesec.missile_warning.radar_horizon.words import _gained, bending
from spacesec.words.numerals import counted

PYONGYANG = (125.7, 39.2)  # longitude and latitude, degrees


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
    axes.annotate("below the radar's horizon", (p.range_km * 0.13, 0.04 * top), fontsize=11, color="#555b60")
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
        if y <= top:
            axes.scatter([x], [y], s=60, color=figures.COLOURS[colour], zorder=4, edgecolors="white")
        axes.annotate(
            f"{name}: first seen after {at.first_seen_min:.1f} min, {at.left_min:.1f} min left",
            (x, top * 0.95) if name == "ballistic" else (min(x, p.range_km * 0.55), min(y, top * 0.9)),
            xytext=(64 if name == "ballistic" else 10, {"ballistic": 0, "depressed": -4, "glide": -19}[name]),
            textcoords="offset points",
            va="top" if name == "ballistic" else "baseline",
            color=figures.COLOURS[colour],
            fontweight=600,
            fontsize=11,
        )
    axes.set(
        xlim=(0, p.range_km * 1.01),
        ylim=(0, top),
        xlabel="ground range from the launch, km (the radar stands at the end)",
        ylabel="altitude, km",
    )
    title = (
        f"A glider at {p.glide_altitude_km:g} km stays unseen for {seen.loc['glide'].unseen_percent:.0f} % of"
        f" its flight, a ballistic missile for {seen.loc['ballistic'].unseen_percent:.0f} %"
    )
    return figures.Picture(
        figure,
        "line_of_sight",
        title,
        f"Altitude against ground range; gray: below the line of sight of a radar {p.radar_height_m:,.0f} m"
        f" up, {bending(p)}",
        "Dots mark first sight. The ballistic path leaves the picture at the top. The glide is level flight"
        " at one speed, a drawing aid and not a vehicle.",
        "Three paths over a gray region that a radar at the end cannot see: "
        + ", ".join(f"{n} seen after {seen.loc[n].first_seen_min:.1f} minutes" for n in PATHS)
        + ".",
        flights[flights.index % 6 == 0].reset_index(drop=True),
        (*figures.used(found.tables["detections"]), *figures.used(found.tables["atmosphere"])),
    )


@figures.house
def minutes_gained(found: Answer) -> figures.Picture:
    p, rows = found.parameters, found.tables["sensitivity"]
    base = found.tables["first_seen"].set_index("path")["gained_min"]
    words = {
        "glide_altitude_km": "glide height, km",
        "glide_speed_km_s": "glide speed, km/s",
        "radar_height_m": "radar height, m",
        "rays": "bending of rays",
        "space_sight_minutes": "satellite's first sight, min",
        "range_km": "range, km",
        "boost_minutes": "boost phase, min",
    }
    order = (
        rows[rows["path"] == "glide"]
        .groupby("assumption")["gained_min"]
        .agg(np.ptp)
        .sort_values(ascending=False)
        .index
    )
    figure, panels = figures.canvas(1, 2, sharey=True)
    for axes, path in zip(panels, ("glide", "ballistic")):
        colour = figures.COLOURS[PATHS[path][0]]
        for i, name in enumerate(order):
            part = rows[(rows["assumption"] == name) & (rows["path"] == path)].set_index("end")
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
        axes.set_title(f"{path}: {_gained(base[path])} min")
        low, high = rows[rows["path"] == path]["gained_min"].agg(["min", "max"])
        pad = max(0.25 * (high - low), 0.6)
        axes.set(xlim=(min(low, 0) - pad, max(high, 0) + pad), xlabel="minutes gained from space")
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
    panels[0].set(
        yticks=range(len(order)), yticklabels=[words[n] for n in order], ylim=(len(order) - 0.4, -0.6)
    )
    sign, sign_ballistic = ("gains" if base[path] > 0 else "loses" for path in ("glide", "ballistic"))
    other = "" if sign == sign_ballistic else f"{sign_ballistic} "
    title = (
        f"Space {sign} {abs(base['glide']):.1f} minutes of sight on a glider,"
        f" {other}{abs(base['ballistic']):.1f} on a ballistic missile"
    )
    detections = found.tables["detections"]
    longest = detections.loc[detections["minutes"].idxmax()]
    stated = f"the {longest['minutes']:g} minutes to the report stated for {longest['event_date'].year}"
    if len(detections) > 1:
        stated += f", the longest of {len(detections)}"
    return figures.Picture(
        figure,
        "minutes_gained",
        title,
        "First sight by radar minus first sight by satellite, minutes; bars: one assumption moved to either"
        " end, all else as chosen",
        "Vertical line: the chosen values; dashed: no gain. The satellite's first sight,"
        f" {p.space_sight_minutes:g} min after launch, is an assumption; its upper end is {stated}. No"
        f" sensor is modelled here, and {warning_chain.others('detection')} stated links of the warning"
        " chain other than detection are left out.",
        "Two panels of bars: minutes gained on the glide and the ballistic path as assumptions vary.",
        rows,
        figures.used(found.tables["detections"]),
    )


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
    shown = radars.drop_duplicates(["latitude_deg", "longitude_deg"])
    chart.places(
        [s.replace(" (US)", "") for s in shown["site"]],
        shown["longitude_deg"],
        shown["latitude_deg"],
        marker="^",
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
    title = f"Over Pyongyang no Japanese radar has line of sight below {at:.0f} km"
    data = pd.DataFrame(
        {
            "longitude_deg": grid[0][::8, ::8].ravel(),
            "latitude_deg": grid[1][::8, ::8].ravel(),
            "lowest_visible_km": own[::8, ::8].ravel(),
        }
    )
    return figures.Picture(
        figure,
        "visible_from",
        title,
        "Lowest altitude that any of five Japanese surface radars has in line of sight; triangles: radar"
        " sites, including two US ones",
        f"Map: {chart.statement}. Geometry only ({bending(found.parameters)}), with public site heights and"
        " no range limit, terrain or ships; the two US sites have no stated height and are not in the field.",
        f"Map of Japan and Korea; lowest visible altitude rises from zero around Japan to {at:.0f} km over"
        " Pyongyang.",
        data,
        (*figures.used(radars), *figures.used(found.tables["atmosphere"]), maps.SOURCE),
    )


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
    panels[0].xaxis.set_major_formatter(lambda v, _: f"{v:,.0f}")
    high = float(cases["gap_km"].max()) * 1.1
    panels[1].plot([0, high], [0, high], color=figures.COLOURS["green"], linewidth=1.4, linestyle="-.")
    panels[1].annotate(
        "all that the horizon\nwould take away",
        (0.75 * high, 0.75 * high),
        xytext=(6, -30),
        textcoords="offset points",
        fontsize=10,
        color=figures.COLOURS["green"],
    )
    r = found.results
    title = (
        "No shortfall of that size is on record"
        if r["explained_percent"].value is None
        else (
            f"The horizon hides {r['explained_percent'].value:.0f} % of what Tokyo's"
            f" {r['shortfall_cases'].value} short ranges lack"
        )
    )
    return figures.Picture(
        figure,
        "reported_gaps",
        title,
        f"Range stated by Seoul minus range stated by Tokyo for the same launch; dashed: {p.shortfall_km:g}"
        " km; diamonds: beyond it",
        f"Rank correlation with the hidden end {r['rank_correlation'].value:.2f} (one-sided permutation p"
        f" {r['permutation_p'].value:.2f}); power for a true 0.3 is {r['power_percent'].value:.0f} %. Paths"
        " are parabolas through Seoul's apogee and range; Tokyo rounds and sometimes states lower bounds,"
        " and the capitals share data since December 2023.",
        "Two scatter plots of the reported range gap, against apogee and against the hidden end of the path;"
        f" {counted(int(cases['shortfall'].sum()), 'gap')} beyond {p.shortfall_km:g} km against the line of"
        " what the horizon could hide.",
        cases,
        (*figures.used(cases), *figures.used(cases, "source_id_jp"), *figures.used(found.tables["radars"])),
    )


FIGURES = (line_of_sight, minutes_gained, visible_from, reported_gaps)
