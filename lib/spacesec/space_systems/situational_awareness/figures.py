"""Figures of the situational-awareness question."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.importing import own
from spacesec.space_systems import COMMERCIAL_RADAR
from spacesec.space_systems.situational_awareness import debris, words
from spacesec.space_systems.situational_awareness.model import (
    COLLISION_EVENT,
    EVENT,
    PARTNERS,
    TARGET_KM,
    US,
)

BELT_DEG = (20, 260)  # longitudes drawn
MARK = 9.0  # points, of a strike that left nothing
SHADES = ((0, 0.18), (10, 0.32), (20, 0.55), (30, 0.9))  # least elevation, strength of the colour


LINES = {
    "fengyun-1c": ("FENGYUN 1C", "vermilion", "-", "o"),
    "cosmos-2251": ("Cosmos 2251", "blue", "-", "s"),
    "iridium-33": ("Iridium 33", "sky", "-", "^"),
    "cosmos-1408": ("Cosmos 1408", "purple", "-", "D"),
    "microsat-r": ("Microsat-R", "green", "-", "v"),
}


def _note(event) -> str:
    if event.event == COLLISION_EVENT:
        return "Cosmos 2251 and\nIridium 33 collide"
    does = "destroys" if event.kind == "destructive test" else "accident of"
    return f"{event.state} {does}\n{event.target}"


@figures.house
def families(answer: Answer) -> Picture:
    """Counts of five families on a log scale, with the events."""
    table, events = answer.tables["families"], answer.tables["events"]
    final, drawn_lines = table["snapshot_date"].max(), table[table["family"].isin(LINES)]
    fig, ax = figures.canvas(height=5.6)
    ends = []
    for name, (label, colour, line, marker) in LINES.items():
        every = table[table["family"] == name]
        gone, part = every["objects"].iloc[-1] == 0, every[every["objects"] > 0]
        ax.plot(
            part["snapshot_date"],
            part["objects"],
            color=COLOURS[colour],
            ls=line,
            marker=marker,
            ms=2.6,
            lw=1.4,
        )
        value = float(part["objects"].iloc[-1])
        label = f"{label}: none by {final.year}" if gone else f"{label}: {value:,.0f}"
        ends.append((part["snapshot_date"].iloc[-1], value, label, figures.TEXT[colour]))
    level = 0.0
    for date, value, label, colour in sorted(ends, key=lambda e: e[1]):
        at = max(value, level * 1.45)
        ax.annotate(
            label,
            (date, value),
            xytext=(pd.Timestamp(final.year + 1, 1, 1), at),
            textcoords="data",
            color=colour,
            size=11,
            va="center",
        )
        level = at
    shown = events[events["event"].isin([*LINES, COLLISION_EVENT]) | (events["date"] > final)]
    for place, r in enumerate(shown.sort_values("date").itertuples()):
        ax.axvline(r.date, color="#8a8f94", lw=0.8, ls=":")
        right = place % 2 == 1  # of two events that lie close, one note on either side
        ax.annotate(
            _note(r),
            (r.date, 9000),
            xytext=(4 if right else -4, 0),
            textcoords="offset points",
            size=10,
            va="top",
            ha="left" if right else "right",
            color="#555b60",
        )
    ax.set_yscale("log")
    ax.set(
        ylim=(0.8, 10000),
        xlim=(
            pd.Timestamp(table["snapshot_date"].min().year - 3, 1, 1),
            pd.Timestamp(max(final, events["date"].max()).year + 5, 6, 1),
        ),
        ylabel="objects with element sets (log scale)",
    )
    ax.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
    ax.minorticks_off()
    ax.set_xticks(
        [pd.Timestamp(y, 1, 1) for y in range(2006, final.year + 2, 4)],
        [str(y) for y in range(2006, final.year + 2, 4)],
    )
    data = pd.concat(
        [
            drawn_lines[["family", "snapshot_date", "objects", "source_id"]],
            shown[["row_id", "date", "target", "source_id"]].rename(columns={"date": "snapshot_date"}),
        ],
        ignore_index=True,
    ).astype({"objects": "Int64"})
    return figures.picture(
        fig,
        "families",
        words.FAMILIES,
        data,
        (*figures.used(table), *figures.used(answer.tables["events"])),
        answer,
    )


@figures.house
def struck(answer: Answer) -> Picture:
    """Destroyed satellites by date and height, with what is left of each, and the norms that followed."""
    events, norms, last = answer.tables["events"], answer.tables["norms"], answer["family_last"]
    events = events[events["kind"] == "destructive test"].reset_index(drop=True)
    known = events[events["altitude_low_km"].notna()]
    final, left = answer.tables["families"]["snapshot_date"].max(), events["date"].min()
    beside = max(norms["date"].max(), events["date"].max()) + pd.DateOffset(months=9, day=1)
    looks = {
        "United States": (figures.KEPT["United States"], "s"),
        "China": (figures.KEPT["China"], "o"),
        "India": (figures.KEPT["India"], "^"),
        "Russia": (figures.KEPT["Russia"], "D"),
    }
    fig, ax = figures.canvas(height=5.2)
    for r in known.itertuples():
        colour, marker = looks.get(r.state, ("grey", "P"))
        middle = (r.altitude_low_km + r.altitude_high_km) / 2
        heights = ax.plot(
            [r.date, r.date], [r.altitude_low_km, r.altitude_high_km], color=COLOURS[colour], lw=3
        )
        size = MARK + 0.3 * np.sqrt(last.get(r.event, 0))
        look = {"color": COLOURS[colour], "mec": "white"}
        if r.event not in last:
            look = {"color": "white", "mec": COLOURS[colour]}
        figures.mark(r.Index, *heights, *ax.plot(r.date, middle, marker=marker, ms=size, ls="", **look))
        pieces = (
            f"{last[r.event]:,} pieces tracked in {final.year}" if r.event in last else "pieces not counted"
        )
        near = r.date > pd.Timestamp(2008, 1, 1)  # older ones stand by the left edge
        ax.annotate(
            f"{r.target}, {r.date.year} ({r.state})\n{pieces}",
            (r.date, middle),
            xytext=((-1 if near else 1) * (7 + size / 2), 0),
            textcoords="offset points",
            ha="right" if near else "left",
            va="center",
            size=10.5,
        )
    for k, r in enumerate(norms.itertuples()):
        ax.axvline(r.date, color=COLOURS["grey"], lw=1, ls=":")
        ax.annotate(
            f"{r.date.day} {r.date:%B %Y}:\n{r.label}",
            (beside, 820 - 150 * k),
            ha="left",
            va="center",
            size=10.5,
            color="#555b60",
            annotation_clip=False,
        )
    ax.set(
        xlim=(pd.Timestamp(left.year - 1, 1, 1), pd.Timestamp(beside.year + 10, 6, 1)),
        ylim=(min(150, known["altitude_low_km"].min() - 90), max(950, known["altitude_high_km"].max() + 80)),
        ylabel="height of the target, km",
    )
    ax.set_xticks(
        [pd.Timestamp(y, 1, 1) for y in range(left.year, beside.year + 3, 5)],
        [str(y) for y in range(left.year, beside.year + 3, 5)],
    )
    data = pd.concat(
        [
            events[["row_id", "date", "state", "target", "altitude_low_km", "altitude_high_km"]].assign(
                pieces=events["event"].map(last).astype("Int64")
            ),
            norms[["date", "label"]],
        ],
        ignore_index=True,
    )
    return figures.picture(
        fig,
        "struck",
        words.STRUCK,
        data,
        (*figures.used(events), *figures.used(norms), *figures.used(answer.tables["families"])),
        answer,
    )


@figures.house
def gabbard(answer: Answer) -> Picture:
    """Perigee and apogee against period, and beside it how many fragments fly at each height where Japanese
    satellites do.
    """
    sample, shells, low = answer.tables["sample"], answer.tables["shells"], answer.tables["low"]
    fig, (ax, side, groups) = figures.canvas(
        1, 3, height=6.2, sharey=True, gridspec_kw={"width_ratios": [1.75, 0.9, 0.8]}
    )
    ax.plot(
        sample["period_min"],
        sample["apogee_km"],
        ls="",
        marker="^",
        ms=3.6,
        color=COLOURS["vermilion"],
        alpha=0.7,
        mew=0,
        rasterized=True,
    )
    ax.plot(
        sample["period_min"],
        sample["perigee_km"],
        ls="",
        marker="v",
        ms=3.6,
        color=COLOURS["blue"],
        alpha=0.7,
        mew=0,
        rasterized=True,
    )
    impulse = np.linspace(-190, 330, 200)
    perigee, apogee, period = debris.after_impulse(TARGET_KM, impulse)
    ax.plot(period, apogee, color=COLOURS["ink"], lw=0.9)
    ax.plot(period, perigee, color=COLOURS["ink"], lw=0.9)
    ax.annotate("apogee", (107.6, 1560), color=TEXT["vermilion"], size=12, ha="right")
    ax.annotate("perigee", (110.5, 720), color=TEXT["blue"], size=12, ha="left")
    ax.annotate(
        f"lines: one tangential\nimpulse at {int(TARGET_KM)} km",
        (96.2, 1130),
        size=10.5,
        color="#333333",
        va="center",
        ha="center",
    )
    ax.set(xlabel="period, minutes", ylabel="height, km", xlim=(90, 117), ylim=(150, 2000))
    ax.set_title(f"{len(sample)} fragments, {sample['epoch_date'].iloc[0]:%B %Y}")
    ax.yaxis.set_major_formatter("{x:,.0f}")
    side.fill_betweenx(
        (shells["altitude_low_km"] + shells["altitude_high_km"]) / 2,
        shells["objects_time_mean"],
        color=COLOURS["pale"],
        lw=0,
        step="mid",
    )
    side.step(
        shells["objects_time_mean"],
        (shells["altitude_low_km"] + shells["altitude_high_km"]) / 2,
        where="mid",
        color=COLOURS["grey"],
        lw=1.2,
    )
    bands = {
        "imaging\nsatellites": ("blue", low["programme"] == "IGS"),
        "commercial\nradar": ("green", low["programme"].isin(COMMERCIAL_RADAR)),
        "ALOS": ("orange", low["programme"] == "ALOS"),
    }
    for k, (colour, mask) in enumerate(bands.values()):
        low_km, high_km = low.loc[mask, "perigee_km"].min(), low.loc[mask, "apogee_km"].max()
        groups.plot(
            [k, k], [min(low_km, high_km - 16), high_km], color=COLOURS[colour], lw=12, solid_capstyle="butt"
        )
    crossed = answer["crossed_km"]
    for panel in (side, groups):
        panel.axhspan(*crossed, color=COLOURS["sky"], alpha=0.25, lw=0, zorder=0)
    groups.annotate(
        f"{answer['crossing_480_630_km']} fragments cross\n{crossed[0]} to {crossed[1]} km",
        (1, crossed[1] + 45),
        size=11,
        ha="center",
        va="bottom",
    )
    most = shells["objects_time_mean"].max()
    groups.set(xlim=(-0.6, 2.6))
    groups.set_xticks(range(len(bands)), list(bands), size=10)
    groups.grid(axis="x", visible=False)
    groups.set_title("Where Japan flies")
    side.set(xlabel=f"fragments in each {_step(shells):.0f} km", xlim=(0, 1.06 * most))
    side.set_title("Where they fly")
    numbers = [
        "period_min",
        "perigee_km",
        "apogee_km",
        "altitude_low_km",
        "altitude_high_km",
        "objects_time_mean",
    ]
    data = pd.concat(
        [sample.assign(part="sample"), shells.assign(part="shells"), low.assign(part="satellites")],
        ignore_index=True,
    )
    data = data[["part", *numbers, "name", "programme"]].astype(dict.fromkeys(numbers, float))
    source_ids = (*figures.used(sample), *figures.used(low))
    return figures.picture(
        fig, "gabbard", own.noted(words.GABBARD, "elements_file", answer), data, source_ids, answer
    )


def _step(shells: pd.DataFrame) -> float:
    """Thickness of the shells, km."""
    return float((shells["altitude_high_km"] - shells["altitude_low_km"]).iloc[0])


@figures.house
def decay(answer: Answer) -> Picture:
    """Share still up: observed against circular decay with bounds of the density."""
    model, seen, p = answer.tables["model"], answer.tables["observed"], answer.parameters
    fig, ax = figures.canvas(height=5.4)
    ax.fill_between(
        model["years"], 100 * model["dense"], 100 * model["thin"], color=COLOURS["blue"], alpha=0.16, lw=0
    )
    ax.plot(model["years"], 100 * model["mean"], color=COLOURS["blue"], ls="--")
    ax.plot(model["years"], 100 * model["sun"], color=COLOURS["green"], ls="-.")
    ax.annotate("circular decay, density by the Sun's own course", (10.2, 93), color=TEXT["green"], size=11)
    line = seen[seen["kind"].str.startswith("element")]
    end = float(model["years"].max())
    side = end + 0.1
    dots = seen[seen["kind"] == "published share"]
    most = int(line["share"].to_numpy().argmax())  # until then the count grows by late listing
    for part, alpha in ((line.iloc[: most + 1], 0.35), (line.iloc[most:], 1.0)):
        ax.plot(
            part["years"],
            100 * part["share"],
            color=COLOURS["vermilion"],
            marker="o",
            ms=3,
            lw=1.2,
            alpha=alpha,
        )
    ax.plot(
        dots["years"],
        100 * dots["share"],
        ls="",
        marker="D",
        ms=9,
        color="white",
        mec=COLOURS["ink"],
        mew=1.6,
    )
    for r in dots.itertuples():
        ax.annotate(
            f"{100 * r.share:.0f}% of those listed by {r.date.year}",
            (r.years, 100 * r.share),
            xytext=(9, 4),
            textcoords="offset points",
            size=10.5,
        )
    ax.annotate("element sets, of all ever listed", (6.2, 65.5), color=TEXT["vermilion"], size=11)
    thin, mean, dense = (100 * model[kind].iloc[-1] for kind in ("thin", "mean", "dense"))
    low = max(min(dense, mean - 5), 4)  # what is written stays above the axis
    mean = max(mean, low + 5)
    ax.annotate(
        "circular decay, mean density",
        (side, mean),
        color=TEXT["blue"],
        size=11,
        va="center",
    )
    if p.solar_factor > 1:
        ax.annotate(
            f"{p.solar_factor:g} times thinner",
            (side, max(thin, mean + 5)),
            color=TEXT["blue"],
            size=10.5,
            va="center",
        )
        ax.annotate(
            f"{p.solar_factor:g} times denser",
            (side, low),
            color=TEXT["blue"],
            size=10.5,
            va="center",
        )
    ax.set(
        xlim=(0, end + 6),
        ylim=(0, 104),
        xlabel=f"years after {EVENT.day} {EVENT:%B %Y}",
        ylabel="pieces still in orbit, %",
    )
    ax.set_xticks(range(0, int(end) + 1, 4))
    data = pd.concat(
        [model.melt("years", var_name="kind", value_name="share"), seen[["years", "kind", "share"]]],
        ignore_index=True,
    )
    tables = (seen, answer.tables["densities"], answer.tables["sample"])
    source_ids = [source for table in tables for source in figures.used(table)]
    return figures.picture(fig, "decay", words.DECAY, data, source_ids, answer)


@figures.house
def belt(answer: Answer) -> Picture:
    """What each sensor sees of the belt, by elevation; sensors in orbit and those not yet in use drawn apart;
    satellites below.
    """
    sensors, p = answer.tables["sensors"].copy(), answer.parameters
    order = {
        "United States": 0,
        "Australia and United States": 1,
        "Australia, United Kingdom and United States": 2,
        "Japan": 3,
        "Japan and United States": 4,
        "India": 5,
    }
    sensors["order"] = sensors["state"].astype(str).map(order)
    sensors = sensors.sort_values(["order", "name"]).reset_index(drop=True)
    fig, (ax, below) = figures.canvas(2, 1, height=7.2, sharex=True, gridspec_kw={"height_ratios": [3.2, 1]})
    (west, east), data = BELT_DEG, []
    for k, r in enumerate(sensors.itertuples()):
        lost = r.sensor_id in p.without
        centre = r.longitude_deg % 360
        if not r.ground:
            ax.plot(centre, k, marker="*", ms=15, color=COLOURS["orange"], ls="", alpha=0.35 if lost else 1)
            ax.annotate(
                "in orbit; what it sees is not public",
                (centre, k),
                xytext=(12, 0),
                textcoords="offset points",
                va="center",
                size=10,
                path_effects=[withStroke(linewidth=3, foreground="white")],
                zorder=5,
            )
        for elevation, strength in SHADES if r.ground else ():
            half = float(debris.belt_half_width_deg(r.latitude_deg, elevation))
            data.append(
                {
                    "sensor": r.name,
                    "state": r.state,
                    "elevation_deg": elevation,
                    "from_deg": centre - half,
                    "to_deg": centre + half,
                    "row_id": r.row_id,
                }
            )
            for shift in (s for s in (0, -360) if centre + half + s > west and centre - half + s < east):
                if r.ready and not lost:
                    figures.mark(
                        len(data) - 1,
                        *ax.barh(
                            k,
                            2 * half,
                            0.66,
                            left=centre - half + shift,
                            color=COLOURS["blue"],
                            alpha=strength,
                            lw=0,
                        ),
                    )
                elif elevation in (0, 20):
                    figures.mark(
                        len(data) - 1,
                        *ax.barh(
                            k,
                            2 * half,
                            0.66,
                            left=centre - half + shift,
                            facecolor="none",
                            edgecolor=COLOURS["blue"],
                            ls="--" if not r.ready else ":",
                            lw=1.1,
                        ),
                    )
    ax.axvline(135, color=COLOURS["vermilion"], lw=1.4)
    ax.set(yticks=range(len(sensors)), ylim=(len(sensors) - 0.4, -0.7), xlim=(west, east))
    state = np.where(sensors["ready"], "", ", building")
    state = np.where(sensors["sensor_id"].isin(p.without), ", lost", state)
    ax.set_yticklabels(sensors["name"].astype(str) + state)
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    ax.legend(
        handles=[
            *(Patch(color=COLOURS["blue"], alpha=s, label=f"{e}° or higher") for e, s in SHADES),
            Patch(facecolor="none", edgecolor=COLOURS["blue"], ls="--", lw=1.1, label="not in use yet"),
        ],
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=5,
        fontsize=10.5,
        columnspacing=1.4,
        handlelength=1.6,
    )
    count = answer.tables["belt"]
    for line, bar in enumerate(
        below.bar(count["longitude_from_deg"] + 2.5, count["objects"], 4.6, color=COLOURS["grey"]),
        start=len(data),
    ):
        figures.mark(line, bar)
    below.set(ylabel="satellites\nin 5 degrees", xlabel="longitude of the geostationary belt, degrees east")
    below.axvline(135, color=COLOURS["vermilion"], lw=1.4)
    below.set_ylim(0, 1.25 * count["objects"].max())
    below.annotate(
        "135° E", (136, 1.22 * count["objects"].max()), color=COLOURS["vermilion"], va="top", size=11
    )
    below.set_xticks(range(30, 261, 30))
    count = count.assign(sensor="satellites")[["sensor", "longitude_from_deg", "objects", "row_id"]]
    data = pd.concat([pd.DataFrame(data), count], ignore_index=True)
    source_ids = (*figures.used(sensors), *figures.used(answer.tables["belt"]))
    return figures.picture(fig, "belt", words.BELT, data, source_ids, answer)


@figures.house
def gaps(answer: Answer) -> Picture:
    """How wide the stretch without a sensor is, over the least elevation, for each step of the network."""
    table, p = answer.tables["gaps"], answer.parameters
    looks = {
        US: ("vermilion", "-", "o"),
        "with Exmouth (2022)": ("orange", "--", "s"),
        "with Japan": ("blue", "-.", "^"),
        PARTNERS: ("green", ":", "D"),
    }
    fig, ax = figures.canvas(height=5.2)
    for name, (colour, line, marker) in looks.items():
        part = table[table["sensors"] == name]
        ax.plot(
            part["minimum_elevation_deg"],
            part["width_deg"],
            color=COLOURS[colour],
            ls=line,
            marker=marker,
            markevery=8,
            ms=6,
            clip_on=False,
        )
    end = float(table["minimum_elevation_deg"].max())
    step = 0.075 * max(table["width_deg"].max(), 45)  # the height of a name
    level = -step
    for width, name in sorted(
        (float(table[table["sensors"] == name]["width_deg"].iloc[-1]), name) for name in reversed(looks)
    ):
        level = max(width, level + step)
        ax.annotate(
            name, (end + 0.6, level), color=TEXT[looks[name][0]], size=11, va="center", annotation_clip=False
        )
    american = table[table["sensors"] == US]
    here = float(american[american["minimum_elevation_deg"] == p.minimum_elevation_deg]["width_deg"].iloc[0])
    ax.plot(p.minimum_elevation_deg, here, marker="o", ms=11, mfc="none", mec=COLOURS["ink"], mew=1.6)
    left = p.minimum_elevation_deg < 0.2 * end  # near the axis the words stand on the other side
    ax.annotate(
        f"{here:.0f}° at {p.minimum_elevation_deg:g}°",
        (p.minimum_elevation_deg, here),
        xytext=(10, -16 if here > step else 8) if left else (-10, 10),
        textcoords="offset points",
        ha="left" if left else "right",
        size=11,
    )
    ax.set(
        xlabel="least elevation at which a sensor watches the belt, degrees",
        ylabel="stretch without a sensor, degrees",
        xlim=(0, 1.25 * end),
        ylim=(0, None),
    )
    ax.set_xticks(range(0, int(end) + 1, 5))
    source_ids = figures.used(answer.tables["sensors"])
    return figures.picture(fig, "gaps", words.GAPS, table, source_ids, answer)


METHOD = (gaps,)  # how far the gap hangs on the elevation asked for
FIGURES = (families, struck, gabbard, decay, belt, *METHOD)
