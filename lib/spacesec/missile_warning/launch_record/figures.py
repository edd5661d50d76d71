"""Figures of the question ``launch_record``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.astrodynamics import ballistic
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.missile_warning.launch_record import words
from spacesec.missile_warning.launch_record.model import GROUPS

FLATTER, STEEPER = 0.75, 1.5  # times the apogee of least speed: flown much lower, much higher

LOOKS = {
    "short range": ("sky", ""),
    "medium, intermediate, glide": ("blue", ""),
    "intercontinental": ("vermilion", ""),
    "from submarines": ("green", "//"),
    "space launchers": ("purple", "\\\\"),
    "type unknown": ("pale", ".."),
}


@figures.house
def tempo(found: Answer) -> figures.Picture:
    annual, periods = found.tables["annual"], found.tables["leaders"]
    figure, axes = figures.canvas()
    base = pd.Series(0, index=sorted(annual["year"].unique()))
    drawn = annual[annual["launches"] > 0].reset_index(drop=True)
    for name, (colour, hatch) in LOOKS.items():
        for status in ("record", "preliminary"):
            lines = drawn.index[(drawn["group"] == name) & (drawn["record_status"] == status)]
            part = drawn.loc[lines].set_index("year")["launches"]
            if part.empty:
                continue
            fill = figures.COLOURS[colour]
            look = (
                dict(facecolor=fill, edgecolor="white", linewidth=0.4, hatch=hatch)
                if status == "record"
                else dict(
                    facecolor="white",
                    edgecolor=figures.COLOURS["grey"] if colour == "pale" else fill,
                    linewidth=1.1,
                    hatch=hatch,
                    linestyle="--",
                )
            )
            for line, bar in zip(
                lines,
                axes.bar(
                    part.index,
                    part,
                    bottom=base.loc[part.index],
                    width=0.82,
                    label=name if status == "record" else None,
                    **look,
                ),
            ):
                figures.mark(line, bar)
            base = base + part.reindex(base.index, fill_value=0)
    top = max(base.max() * 1.16, 5)
    for row in periods.itertuples():
        a, b = (
            row.first_date.year + (row.first_date.day_of_year - 1) / 366 - 0.5,
            row.last_date.year + row.last_date.day_of_year / 366 - 0.5,
        )
        axes.fill_between(
            [a, b], row.low, row.high, color=figures.COLOURS["ink"], alpha=0.13, linewidth=0, zorder=0.5
        )
        axes.plot(
            [a, b], [row.launches_per_year] * 2, color=figures.COLOURS["ink"], linewidth=1.4, zorder=0.6
        )
        short = b - a < 6
        axes.text(
            (a + b) / 2,
            top * 0.985,
            f"{row.leader}\n{row.launches_per_year:.1f} a year"
            + (f" ({row.low:.1f} to {row.high:.1f})" if np.isfinite([row.low, row.high]).all() else ""),
            ha="center",
            va="top",
            fontsize=10 if short else 11,
        )
        axes.axvline(b, color=figures.COLOURS["grey"], linewidth=0.8, linestyle=":")
    if (annual["record_status"].eq("preliminary") & annual["launches"].gt(0)).any():
        axes.bar(
            [np.nan],
            [np.nan],
            facecolor="white",
            edgecolor=figures.COLOURS["blue"],
            linestyle="--",
            linewidth=1.1,
            label="preliminary rows (any type)",
        )
    axes.set(ylim=(0, top), ylabel="launches a year", xlim=(base.index[0] - 0.7, base.index[-1] + 0.7))
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    if annual["launches"].sum():
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.07), ncols=4, fontsize=10.5)
    means = periods[["leader", "first_date", "last_date", "launches_per_year", "low", "high"]]
    data = (
        drawn.reindex(columns=[*drawn.columns, *means.columns]) if means.empty else pd.concat([drawn, means])
    )
    data = data.astype({"year": "Int64", "launches": "Int64"})
    sources = (*figures.used(found.tables["launches"]), *figures.used(periods))
    return figures.picture(figure, "tempo", words.tempo(), data, sources, found)


@figures.house
def japan_events(found: Answer) -> figures.Picture:
    events = found.tables["events"].sort_values("event_date").reset_index(drop=True)
    figure, axes = figures.canvas()
    spread = events.assign(order=events.groupby(["event", "year"]).cumcount() + 1)
    looks = {
        "overflight": ("^", "vermilion", 1, "passed over Japan"),
        "eez_fall": ("o", "blue", -1, "fell inside the exclusive economic zone"),
    }
    for kind, (marker, colour, sign, label) in looks.items():
        part = spread[spread["event"] == kind]
        sure = part["which_missile"].eq("identified")
        axes.scatter(
            part["year"][sure],
            sign * part["order"][sure],
            marker=marker,
            s=95,
            color=figures.COLOURS[colour],
            zorder=3,
        )
        axes.scatter(
            part["year"][~sure],
            sign * part["order"][~sure],
            marker=marker,
            s=95,
            facecolor="white",
            edgecolor=figures.COLOURS[colour],
            linewidth=1.4,
            zorder=3,
        )
        for row in part.itertuples():
            figures.mark_point(axes, row.year, sign * row.order, row.Index)
        axes.annotate(
            f"{len(part)} {label}",
            (0.01, 1.01 if sign > 0 else 0.03),  # above the names, which may reach the top
            xycoords="axes fraction",
            va="bottom",
            color=figures.TEXT[colour],
            fontweight=600,
        )
    for year, crossing in spread[spread["event"].eq("overflight")].groupby("year"):
        axes.annotate(
            ", ".join(dict.fromkeys(crossing["missile_name"])),
            (year, len(crossing)),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=10,
            rotation=90,
        )
    axes.axhline(0, color=figures.COLOURS["grey"], linewidth=1)
    counts = spread.groupby("event", observed=True)["order"].max()
    high, over = max(counts.max() if len(spread) else 1, 3), max(int(counts.get("overflight", 0)), 3)
    ticks = range(-high, over + 1)
    axes.set(
        ylim=(-high - 1.2, max(high * 0.55 + 2.2, over + 0.85)),
        yticks=ticks,
        xlim=(
            max(found.parameters.start_year, int(spread["year"].min()) - 2 if len(spread) else 0) - 0.5,
            found.parameters.end_year + 0.9,
        ),
        ylabel="missiles in the year",
    )
    axes.set_yticklabels([abs(t) for t in ticks])
    axes.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    columns = [
        "row_id",
        "launch_id",
        "event_date",
        "event",
        "missile_name",
        "which_missile",
        "year",
        "source_id",
    ]
    sources = figures.used(events if len(events) else tables.load("missile_warning/overflights_and_falls"))
    return figures.picture(figure, "japan_events", words.japan_events(), spread[columns], sources, found)


@figures.house
def apogee_and_range(found: Answer) -> figures.Picture:
    from matplotlib.ticker import FixedLocator, NullLocator

    launches = found.tables["launches"]
    group = {t: name for name, members in GROUPS.items() for t in members}
    known = launches.dropna(subset=["apogee_km", "range_km"])
    known = known.assign(group=known["missile_type"].astype(str).map(group))
    figure, axes = figures.canvas()
    markers = dict(zip(GROUPS, "osD^v."))
    for name, (colour, _) in LOOKS.items():
        part = known[known["group"] == name]
        if len(part):
            pale = colour == "pale"
            axes.scatter(
                part["range_km"],
                part["apogee_km"],
                s=46,
                marker="X" if pale else markers[name],
                color=figures.COLOURS["grey" if pale else colour],
                alpha=0.75,
                linewidths=0,
                label=f"{name} ({len(part)})",
                zorder=3,
            )
    low_x, low_y = 20, 6.5
    far, high = (
        max(usual, 1.15 * launches[column].max())
        for usual, column in ((6000, "range_km"), (10500, "apogee_km"))
    )
    ranges = np.geomspace(25, far * 11 / 12, 80)
    axes.plot(
        ranges,
        [ballistic.minimum_energy(x).apogee_km for x in ranges],
        color=figures.COLOURS["ink"],
        linewidth=1.4,
    )
    axes.annotate(
        "least speed for the range",
        (1200, ballistic.minimum_energy(1200).apogee_km),
        xytext=(0, 9),
        textcoords="offset points",
        fontsize=10.5,
        rotation=28,
        rotation_mode="anchor",
    )
    only_range, only_apogee = (
        launches[launches["apogee_km"].isna() & launches["range_km"].notna()],
        launches[launches["apogee_km"].notna() & launches["range_km"].isna()],
    )
    axes.scatter(
        only_range["range_km"],
        [low_y] * len(only_range),
        marker="|",
        s=70,
        color=figures.COLOURS["grey"],
        zorder=2,
    )
    axes.scatter(
        [low_x] * len(only_apogee),
        only_apogee["apogee_km"],
        marker="_",
        s=70,
        color=figures.COLOURS["grey"],
        zorder=2,
    )
    for row in (
        launches[launches["apogee_km"].notna() | launches["range_km"].notna()]
        .fillna({"range_km": low_x, "apogee_km": low_y})
        .itertuples()
    ):
        figures.mark_point(axes, row.range_km, row.apogee_km, row.Index, size=7)
    axes.annotate(
        f"apogee unknown: {len(only_range)}",
        (far * 13 / 15, low_y),
        xytext=(0, 6),
        textcoords="offset points",
        ha="right",
        fontsize=10,
        color="#555b60",
    )
    axes.annotate(
        f"range unknown: {len(only_apogee)}",
        (low_x, high * 6 / 7),
        xytext=(6, -2),
        textcoords="offset points",
        va="top",
        fontsize=10,
        color="#555b60",
    )
    axes.set(
        xscale="log",
        yscale="log",
        xlim=(18, far),
        ylim=(5.5, high),
        xlabel="ground range, km",
        ylabel="apogee, km",
    )
    for axis, ticks in (
        (axes.xaxis, (30, 100, 300, 1000, 3000)),
        (axes.yaxis, (10, 30, 100, 300, 1000, 3000, 10000)),
    ):
        axis.set_major_locator(FixedLocator(ticks))
        axis.set_major_formatter("{x:,.0f}")
        axis.set_minor_locator(NullLocator())
    axes.grid(True, axis="both")
    if len(known):
        axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=3)
    easy = known["range_km"].map(lambda km: ballistic.minimum_energy(km).apogee_km)
    shape = np.select(
        [known["apogee_km"] < FLATTER * easy, known["apogee_km"] > STEEPER * easy],
        ["flatter", "steeper"],
        "between",
    )
    columns = [
        "row_id",
        "launch_date",
        "missile_name",
        "missile_type",
        "range_km",
        "apogee_km",
        "record_status",
        "source_id",
    ]
    data = launches[columns].assign(
        least_speed_apogee_km=easy, shape=pd.Series(shape, index=known.index, dtype=object)
    )
    return figures.picture(
        figure, "apogee_and_range", words.apogee_and_range(), data, figures.used(launches), found
    )


@figures.house
def paths(found: Answer) -> figures.Picture:
    from spacesec.drawing import maps

    launches, sites = found.tables["launches"], tables.load("missile_warning/launch_sites")
    placed = launches.merge(
        sites[["row_id", "site_name", "latitude_deg", "longitude_deg", "precision"]],
        left_on="site_id",
        right_on="row_id",
        suffixes=("", "_site"),
    )
    aimed = placed.dropna(subset=["bearing_deg", "range_km"])
    aimed = aimed.assign(
        **dict(
            zip(
                ("end_longitude_deg", "end_latitude_deg"),
                ballistic.destination(
                    aimed["longitude_deg"], aimed["latitude_deg"], aimed["bearing_deg"], aimed["range_km"]
                ),
            )
        )
    )
    over = set(found.tables["events"].query("event == 'overflight'")["launch_id"])
    falls = set(found.tables["events"].query("event == 'eez_fall'")["launch_id"])
    figure, axes = figures.canvas(height=6.6)
    chart = maps.draw(axes, (118, 182, 11, 52), "lambert_conformal")
    others = aimed[~aimed["row_id"].isin(over | falls)]
    chart.points(
        others["end_longitude_deg"],
        others["end_latitude_deg"],
        s=9,
        marker="o",
        color=figures.COLOURS["grey"],
        alpha=0.6,
        linewidths=0,
    )
    inside = aimed[aimed["row_id"].isin(falls)]
    chart.points(
        inside["end_longitude_deg"],
        inside["end_latitude_deg"],
        s=34,
        marker="s",
        color=figures.COLOURS["blue"],
        edgecolors="white",
        linewidths=0.5,
    )
    crossing = aimed[aimed["row_id"].isin(over)].sort_values("launch_date")
    for row in crossing.itertuples():
        chart.arc(
            row.longitude_deg,
            row.latitude_deg,
            *_last_on(chart.region, row),
            color=figures.COLOURS["vermilion"],
            linewidth=1.2,
        )
    chart.points(
        crossing["end_longitude_deg"],
        crossing["end_latitude_deg"],
        s=44,
        marker="^",
        color=figures.COLOURS["vermilion"],
        edgecolors="white",
        linewidths=0.5,
    )
    used = placed.drop_duplicates("site_id")
    chart.points(
        used["longitude_deg"],
        used["latitude_deg"],
        s=12,
        marker="D",
        color=figures.COLOURS["ink"],
        linewidths=0,
    )
    shown = crossing[chart.region.contains(crossing["end_longitude_deg"], crossing["end_latitude_deg"])]
    if len(shown):
        chart.places(
            [f"{row.launch_date:%Y-%m}" for row in shown.itertuples()],
            shown["end_longitude_deg"],
            shown["end_latitude_deg"],
            marker=None,
            text_color=figures.TEXT["vermilion"],
            font_size=10,
        )
    chart.scale_bar(1000, (0.42, 0.13))
    handles = [
        axes.scatter([], [], s=s, marker=m, color=figures.COLOURS[c], label=label)
        for s, m, c, label in (
            (20, "D", "ink", f"launch sites named ({len(used)})"),
            (14, "o", "grey", f"computed ends of flights ({len(others)})"),
            (34, "s", "blue", f"fell inside Japan's EEZ ({len(inside)} of {len(falls)})"),
            (44, "^", "vermilion", f"passed over Japan ({len(crossing)})"),
        )
    ]
    axes.legend(
        handles=handles,
        loc="upper center",
        bbox_to_anchor=(0.5, -0.04),
        ncols=4,
        columnspacing=1.0,
        handletextpad=0.4,
        fontsize=10,
    )
    data = aimed[
        [
            "row_id",
            "launch_date",
            "missile_name",
            "site_name",
            "bearing_deg",
            "range_km",
            "end_longitude_deg",
            "end_latitude_deg",
            "source_id",
        ]
    ].assign(
        kind=np.select(
            [aimed["row_id"].isin(over), aimed["row_id"].isin(falls)], ["overflight", "eez_fall"], "other"
        )
    )
    data["on_map"] = chart.region.contains(aimed["end_longitude_deg"], aimed["end_latitude_deg"])
    sites_drawn = used.rename(
        columns={"longitude_deg": "end_longitude_deg", "latitude_deg": "end_latitude_deg"}
    ).assign(kind="launch site", on_map=True, row_id=used["row_id_site"])
    data = pd.concat(
        [
            data,
            sites_drawn[["row_id", "site_name", "end_longitude_deg", "end_latitude_deg", "kind", "on_map"]],
        ],
        ignore_index=True,
    )
    sources = (*figures.used(launches), *figures.used(found.tables["events"]), maps.SOURCE)
    return figures.picture(figure, "paths", words.paths(), data, sources, found)


def _last_on(region, flight) -> tuple[float, float]:
    """Longitude and latitude (degrees) of a flight's end, or of the last point of its path on the map."""
    if region.contains(flight.end_longitude_deg, flight.end_latitude_deg):
        return flight.end_longitude_deg, flight.end_latitude_deg
    path = ballistic.destination(
        flight.longitude_deg, flight.latitude_deg, flight.bearing_deg, np.linspace(0, flight.range_km, 501)
    )
    last = np.flatnonzero(region.contains(*path))[-1]
    return float(path[0][last]), float(path[1][last])


@figures.house
def tempo_by_count(found: Answer) -> figures.Picture:
    from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

    ratios = found.tables["ratios"]
    figure, axes = figures.canvas(height=4.6)
    for i, row in enumerate(ratios.itertuples()):
        main = row.counted == "launch days"
        colour = figures.COLOURS["vermilion" if main else "blue"]
        axes.plot([row.low, row.high], [i, i], color=colour, linewidth=2.4)
        axes.scatter([row.ratio], [i], color=colour, s=60, marker="D" if main else "o", zorder=3)
        axes.annotate(
            f"{row.ratio:.1f}",
            (row.ratio, i),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            fontsize=10.5,
        )
    axes.axvline(1, color=figures.COLOURS["ink"], linewidth=1, linestyle="--")
    axes.annotate("equal", (1, -0.6), xytext=(4, 0), textcoords="offset points", fontsize=10)
    axes.set(
        yticks=range(len(ratios)),
        yticklabels=ratios["counted"],
        ylim=(len(ratios) - 0.3, -0.9),
        xscale="log",
        xlabel="tempo under Kim Jong Un over tempo under Kim Jong Il (logarithmic)",
    )
    ticks = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FixedFormatter([f"{tick:,}" for tick in ticks]))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    sources = figures.used(found.tables["launches"])
    return figures.picture(figure, "tempo_by_count", words.tempo_by_count(), ratios, sources, found)


METHOD = (tempo_by_count,)
FIGURES = (tempo, japan_events, paths, apogee_and_range, *METHOD)
