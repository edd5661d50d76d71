"""Figures of the question ``flight_time``."""

import re

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures, kinds
from spacesec.missile_warning import warning_chain
from spacesec.missile_warning.flight_time import words


@figures.house
def ellipse_and_clock(found: Answer) -> figures.Picture:
    rows, bands = found.tables["residuals"], found.tables["bands"].set_index("missile_class")
    order = (
        rows.drop_duplicates("launch_id").sort_values(["missile_class", "flight_date"]).reset_index(drop=True)
    )
    place = {launch: i for i, launch in enumerate(order["launch_id"])}
    figure, axes = figures.canvas(height=max(6.2, 0.44 * len(order)))
    looks = {
        "DPRK": ("D", figures.KEPT["North Korea"], "Pyongyang"),
        "JP": ("o", figures.KEPT["Japan"], "Tokyo"),
        "US": ("s", figures.KEPT["United States"], "Washington"),
        "CNS": ("^", "sky", "the launch database"),
    }
    for observer, (marker, colour, label) in looks.items():
        part = rows[rows["observer"] == observer]
        if part.empty:
            continue
        y = part["launch_id"].map(place).astype(float)
        spread = (part["minutes_high"] - part["minutes_low"]) / 2
        for line, at in y.items():
            figures.mark_point(axes, part.loc[line, "residual_min"], at, line)
        axes.errorbar(
            part["residual_min"],
            y,
            xerr=spread.where(spread > 0),
            fmt=marker,
            color=figures.COLOURS[colour],
            markersize=8,
            capsize=3,
            label=f"time from {label}",
            alpha=0.9,
        )
    half = (rows["minutes_high"] - rows["minutes_low"]) / 2
    low, high = (rows["residual_min"] - half).min(), (rows["residual_min"] + half).max()
    for kind, colour in (("icbm", "ink"), ("irbm", "ink")):
        own = [place[launch] for launch in order.loc[order["missile_class"] == kind, "launch_id"]]
        axes.fill_betweenx(
            [min(own) - 0.4, max(own) + 0.4],
            bands.loc[kind, "low"],
            bands.loc[kind, "high"],
            color=figures.COLOURS["pale"],
            linewidth=0,
            zorder=0,
        )
        axes.plot(
            [bands.loc[kind, "mean"]] * 2,
            [min(own) - 0.4, max(own) + 0.4],
            color=figures.COLOURS[colour],
            linewidth=1.4,
        )
        axes.annotate(
            f"mean {bands.loc[kind, 'mean']:.1f} min",
            (bands.loc[kind, "mean"], min(own) - 0.45),
            ha="center",
            va="bottom",
            fontsize=10.5,
        )
    axes.axvline(0, color=figures.COLOURS["grey"], linewidth=1, linestyle="--")
    axes.set(
        yticks=range(len(order)),
        yticklabels=order["flight_label"],
        ylim=(len(order) - 0.4, -1.2),
        xlim=(min(-0.2, low - 0.2), max(4.6, high + 0.2)),
        xlabel="reported minus elliptical flight time, minutes",
    )
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    axes.legend(loc="upper left", bbox_to_anchor=(0.05, 0.62))
    columns = [
        "row_id",
        "launch_id",
        "flight_label",
        "missile_class",
        "observer",
        "apogee_km",
        "range_km",
        "reported_min",
        "ellipse_min",
        "residual_min",
        "residual_low_min",
        "residual_high_min",
        "main",
        "source_id",
    ]
    return figures.picture(
        figure, "ellipse_and_clock", words.ellipse_and_clock(), rows[columns], figures.used(rows), found
    )


@figures.house
def alerts_on_record(found: Answer) -> figures.Picture:
    rows = found.tables["alerts"].reset_index(drop=True)
    figure, axes = figures.canvas(height=max(6.0, 0.5 * len(rows)))
    end = max(16.0, rows[["detection_min", "passage_min"]].max().max() + 1)
    for i, row in enumerate(rows.itertuples()):
        colour = figures.COLOURS["blue" if row.announced else "vermilion"]
        figures.mark(
            i,
            *axes.barh(
                i,
                min(row.alert_min, end),
                height=0.55,
                facecolor=colour if row.announced else "white",
                edgecolor=colour,
                hatch=None if row.announced else "////",
                linewidth=1.2,
            ),
        )
        if row.alert_min > end:
            # Two strokes across the bar: it goes on beyond the axis.
            axes.plot(
                [0.9 * end, 0.9 * end + 0.15], [i - 0.35, i + 0.35], color="white", linewidth=5, zorder=3
            )
            axes.annotate(
                f"alert after {row.alert_min:.0f} min  >",
                (end, i),
                xytext=(-6, 0),
                textcoords="offset points",
                ha="right",
                va="center",
                fontsize=10.5,
                bbox=dict(facecolor="white", edgecolor="none", pad=1.5),
            )
        else:
            axes.annotate(
                f"{row.alert_min:.0f}",
                (row.alert_min, i),
                xytext=(10 if abs(row.passage_min - row.alert_min) < 0.5 else 4, 0),
                textcoords="offset points",
                va="center",
                fontsize=10.5,
            )
        if not np.isnan(row.detection_min):
            figures.mark(
                i,
                axes.scatter(
                    [row.detection_min],
                    [i],
                    marker="|",
                    s=240,
                    color=figures.COLOURS["ink"],
                    linewidths=2,
                    zorder=4,
                ),
            )
            axes.annotate(
                "satellite report",
                (row.detection_min, i),
                xytext=(0, 11),
                textcoords="offset points",
                ha="center",
                fontsize=9.5,
            )
        if not np.isnan(row.passage_min):
            sure = row.passage_kind == "overflight"
            figures.mark(
                i,
                axes.scatter(
                    [row.passage_min],
                    [i],
                    marker="^",
                    s=80,
                    facecolor=figures.COLOURS["ink"] if sure else "white",
                    edgecolor=figures.COLOURS["ink"],
                    linewidth=1.4,
                    zorder=5,
                ),
            )
    # Where one launch alerted several areas, the first place of each tells them apart.
    several = rows.duplicated("event_date", keep=False)
    labels = [
        f"{r.event_date:%Y-%m-%d}" + (f", {re.split(' and|,', r.alert_area)[0]}" if several[r.Index] else "")
        for r in rows.itertuples()
    ]
    axes.set(
        yticks=range(len(rows)),
        yticklabels=labels,
        ylim=(len(rows) - 0.4, -0.9),
        xlim=(0, end),
        xlabel="minutes after launch",
    )
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    import matplotlib.patches as patches

    marks = [
        patches.Patch(facecolor=figures.COLOURS["blue"], label="to the alert, launch announced"),
        patches.Patch(
            facecolor="white",
            edgecolor=figures.COLOURS["vermilion"],
            hatch="////",
            label="to the alert, not announced",
        ),
        axes.scatter([], [], marker="^", s=80, color=figures.COLOURS["ink"], label="passage over Japan"),
        axes.scatter(
            [],
            [],
            marker="^",
            s=80,
            facecolor="white",
            edgecolor=figures.COLOURS["ink"],
            linewidth=1.4,
            label="passage predicted, withdrawn",
        ),
    ]
    axes.legend(
        handles=marks,
        loc="upper right",
        bbox_to_anchor=(1.0, 0.93),
        frameon=True,
        framealpha=1,
        edgecolor="none",
    )
    columns = [
        "row_id",
        "event_date",
        "label",
        "alert_area",
        "announced",
        "detection_min",
        "alert_min",
        "passage_min",
        "passage_kind",
        "left_min",
        "source_id",
    ]
    data = rows.assign(label=labels)[columns]
    return figures.picture(
        figure, "alerts_on_record", words.alerts_on_record(), data, figures.used(rows), found
    )


@figures.house
def warning_budget(found: Answer) -> figures.Picture:
    p = found.parameters
    flight, left = found["flight_minutes"], found["minutes_left"]
    newest = pd.DataFrame([warning_chain.durations(link).iloc[-1] for link in ("detection", "message")])
    detection, message = newest["minutes"]
    middle = max(p.alert_minutes - detection - message, 0)
    first = min(detection, p.alert_minutes)
    figure, axes = figures.canvas(height=4.6)
    end = flight["with_boost_high"]
    axes.barh(2, flight["ellipse"], left=0, height=0.5, facecolor=figures.COLOURS["pale"])
    axes.barh(
        2,
        flight["with_boost_low"] - flight["ellipse"],
        left=flight["ellipse"],
        height=0.5,
        facecolor=figures.COLOURS["grey"],
    )
    axes.barh(
        2,
        end - flight["with_boost_low"],
        left=flight["with_boost_low"],
        height=0.5,
        facecolor="white",
        edgecolor=figures.COLOURS["grey"],
        hatch="////",
        linewidth=1,
    )
    inside = flight["ellipse"] > 0.25 * max(end, p.alert_minutes)
    axes.annotate(
        f"ellipse {flight['ellipse']:.1f} min",
        (flight["ellipse"] if inside else end, 2),
        xytext=(-8 if inside else 8, 0),
        textcoords="offset points",
        ha="right" if inside else "left",
        va="center",
    )
    axes.annotate(
        f"boost {flight['with_boost_low'] - flight['ellipse']:.1f} to {end - flight['ellipse']:.1f}",
        (end, 2.32),
        ha="right",
        va="bottom",
        fontsize=10.5,
    )
    parts = (
        (0, first, "blue", "detection"),
        (first, middle, "sky", "track and prediction"),
        (first + middle, p.alert_minutes - first - middle, "purple", "message"),
    )
    for i, (start, length, colour, label) in enumerate(parts):
        if length > 0:
            axes.barh(
                1,
                length,
                left=start,
                height=0.5,
                facecolor=figures.COLOURS[colour],
                edgecolor="white",
                hatch=(None, "..", "\\\\\\\\")[i],
            )
            scale = max(end, p.alert_minutes)
            # The words fit at the bar; else they run from its start, to its end or, for the message, on from
            # its end.
            wide = length > (0.2 if i == 1 else 0.14) * scale
            ending = i == 1 and not wide and start + length > 0.3 * scale
            beside = i == 2 and start + length < 0.18 * scale  # below the bar stands the word on detection
            axes.annotate(
                f"{label} {length:.1f}",
                (
                    start + length if i == 2 or ending else start + length / 2 if wide else start,
                    1 if beside else 0.7 if i != 1 else 1.3,
                ),
                xytext=(4 if i == 2 else 0, 0),
                textcoords="offset points",
                ha="right" if ending else "center" if wide and i != 2 else "left",
                va="center" if beside else "top" if i != 1 else "bottom",
                fontsize=10.5,
            )
    low, high = max(left["least"], 0), max(left["most"], 0)
    axes.barh(0, low, left=p.alert_minutes, height=0.5, facecolor=figures.COLOURS["green"])
    axes.barh(
        0,
        high - low,
        left=p.alert_minutes + low,
        height=0.5,
        facecolor="white",
        edgecolor=figures.COLOURS["green"],
        hatch="////",
        linewidth=1,
    )
    axes.annotate(
        (
            f"{left['least']:.1f} to {left['most']:.1f} min"
            if high > 0
            else "none: the alert comes after the flight"
        ),
        (p.alert_minutes + max(high, 0.1), 0),
        xytext=(8, 0),
        textcoords="offset points",
        va="center",
        fontweight=600,
    )
    axes.axvline(p.alert_minutes, color=figures.COLOURS["ink"], linewidth=1.2, linestyle="--")
    axes.set(
        yticks=(2, 1, 0),
        yticklabels=("flight", "warning chain", "left to act"),
        ylim=(-0.5, 2.75),
        xlim=(0, max(end, p.alert_minutes) * 1.22),
        xlabel="minutes after launch",
    )
    axes.grid(True, axis="x")
    axes.grid(False, axis="y")
    data = pd.DataFrame(
        [
            ("flight", "ellipse", 0, flight["ellipse"]),
            ("flight", "boost, least", flight["ellipse"], flight["with_boost_low"]),
            ("flight", "boost, most", flight["ellipse"], end),
        ]
        + [("chain", label, start, start + length) for start, length, _, label in parts]
        + [
            ("left", "least", p.alert_minutes, p.alert_minutes + left["least"]),
            ("left", "most", p.alert_minutes, p.alert_minutes + left["most"]),
        ],
        columns=["row", "part", "from_min", "to_min"],
    )
    sources = (*figures.used(newest), *figures.used(found.tables["residuals"]))
    return figures.picture(figure, "warning_budget", words.warning_budget(), data, sources, found)


def _left(least: float, most: float) -> str:
    """Minutes left, from least to most, as a cell tells them."""
    if least > 0:
        return f"{least:.1f} to {most:.1f}"
    return f"0 to {most:.1f}" if most > 0 else "none"


@figures.house
def left_by_city(found: Answer) -> figures.Picture:
    rows = found.tables["matrix"]
    sites, cities = (
        list(dict.fromkeys(rows["site"])),
        list(rows.groupby("city")["ellipse_min"].mean().sort_values().index),
    )
    low = rows.pivot(index="site", columns="city", values="left_low_min").loc[sites, cities]
    high = rows.pivot(index="site", columns="city", values="left_high_min").loc[sites, cities]
    figure, axes = figures.canvas(height=max(4.2, 1.7 + 0.62 * len(sites)))
    told = [[_left(a, b) for a, b in zip(low.loc[site], high.loc[site])] for site in sites]
    size = 11 if len(cities) <= 9 else 8.5
    kinds.heat(axes, low, told, "YlGnBu", 0, max(9, float(low.max().max())), size)
    axes.set_xticklabels(
        cities, rotation=0 if len(cities) <= 9 else 40, ha="center" if len(cities) <= 9 else "right"
    )
    axes.set_yticklabels(
        [
            s.replace(" International Airport", "")
            .replace(" Satellite Launching Station", "")
            .replace(" Satellite Launching Ground", "")
            .replace(" Arms Plant", "")
            for s in sites
        ]
    )
    axes.grid(False)
    axes.tick_params(length=0)
    axes.set_ylabel("launch site")
    sources = (
        *figures.used(rows),
        *figures.used(rows, "city_source_id"),
        *figures.used(found.tables["residuals"]),
    )
    return figures.picture(figure, "left_by_city", words.left_by_city(), rows, sources, found)


@figures.house
def left_by_range(found: Answer) -> figures.Picture:
    rows, events = found.tables["curve"], found.tables["alerts"]
    alerts, top = events["alert_min"], float(rows["high_min"].max()) * 1.03
    figure, axes = figures.canvas()
    for shape, colour, style in (
        ("lofted", "green", "--"),
        ("least speed", "blue", "-"),
        ("depressed", "vermilion", "-."),
    ):
        part = rows[rows["shape"] == shape]
        axes.fill_between(
            part["range_km"],
            part["low_min"],
            part["high_min"],
            color=figures.COLOURS[colour],
            alpha=0.18,
            linewidth=0,
        )
        axes.plot(part["range_km"], part["ellipse_min"], color=figures.COLOURS[colour], linestyle=style)
        axes.annotate(
            shape,
            (part["range_km"].iloc[-1], (part["low_min"] + part["high_min"]).iloc[-1] / 2),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=figures.TEXT[colour],
            fontweight=600,
        )
    inside = events[alerts <= top]
    lines = [(alerts.min(), "fastest alert", "top"), (alerts.median(), "median alert", "bottom")]
    lines += [
        (late.alert_min, f"alert of {late.event_date:%B %Y}", "center")
        for late in inside.nlargest(2, "alert_min").itertuples()
    ]
    for minutes, label, where in lines:
        axes.plot([300, 5000], [minutes] * 2, color=figures.COLOURS["ink"], linewidth=1, linestyle=":")
        axes.annotate(
            f"{label}: {minutes:g}",
            (5000, minutes),
            xytext=(6, 0),
            textcoords="offset points",
            va=where,
            fontsize=10.5,
        )
    axes.set(
        xlim=(300, 6250),
        ylim=(0, top),
        xlabel="ground range, km",
        ylabel="minutes after launch",
        xticks=(300, 1000, 2000, 3000, 4000, 5000),
    )
    axes.xaxis.set_major_formatter("{x:,.0f}")
    dotted = pd.DataFrame([{"shape": "alert", "low_min": minutes} for minutes, _, _ in lines])
    dotted["event_date"] = events["event_date"].max()
    sources = (*figures.used(found.tables["residuals"]), *figures.used(found.tables["alerts"]))
    data = pd.concat([rows, dotted], ignore_index=True)
    return figures.picture(figure, "left_by_range", words.left_by_range(), data, sources, found)


METHOD = (ellipse_and_clock,)
FIGURES = (alerts_on_record, warning_budget, left_by_city, left_by_range, *METHOD)
