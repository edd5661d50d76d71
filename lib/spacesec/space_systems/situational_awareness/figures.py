"""Figures of the situational-awareness question."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch
from matplotlib.patheffects import withStroke

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.space_systems import COMMERCIAL_RADAR
from spacesec.space_systems.situational_awareness import debris, words
from spacesec.space_systems.situational_awareness.model import COLLISION_EVENT, TARGET_KM
from spacesec.words.numerals import counted

BELT_DEG = (20, 260)  # longitudes drawn
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
        figures.mark(
            r.Index,
            *heights,
            *ax.plot(r.date, middle, marker=marker, ms=11, color=COLOURS[colour], mec="white", ls=""),
        )
        pieces = (
            f"{last[r.event]:,} pieces tracked in {final.year}" if r.event in last else "pieces not counted"
        )
        near = r.date > pd.Timestamp(2008, 1, 1)  # older ones stand by the left edge
        ax.annotate(
            f"{r.target}, {r.date.year} ({r.state})\n{pieces}",
            (r.date, middle),
            xytext=(-12 if near else 12, 0),
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
    fig, (ax, side) = figures.canvas(1, 2, height=6.2, sharey=True, gridspec_kw={"width_ratios": [1.75, 1]})
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
    ax.annotate("apogee", (107.6, 1560), color=COLOURS["vermilion"], size=12, ha="right")
    ax.annotate("perigee", (110.5, 720), color=COLOURS["blue"], size=12, ha="left")
    ax.annotate(
        "lines: one tangential\nimpulse at 852 km",
        (96.2, 1130),
        size=10.5,
        color="#333333",
        va="center",
        ha="center",
    )
    ax.set(xlabel="period, minutes", ylabel="height, km", xlim=(90, 117), ylim=(150, 2000))
    ax.set_title(f"Gabbard picture of {len(sample)} fragments, {sample['epoch_date'].iloc[0]:%B %Y}")
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
        "imaging satellites": low["programme"] == "IGS",
        "commercial radar": low["programme"].isin(COMMERCIAL_RADAR),
        "ALOS": low["programme"] == "ALOS",
    }
    most = shells["objects_time_mean"].max()
    for k, (label, mask) in enumerate(bands.items()):
        part = low[mask]
        colour = [COLOURS["blue"], COLOURS["green"], COLOURS["orange"]][k]
        x = most * (0.52 + 0.16 * k)
        low_km, high_km = part["perigee_km"].min(), part["apogee_km"].max()
        side.plot([x, x], [min(low_km, high_km - 16), high_km], color=colour, lw=6, solid_capstyle="butt")
        side.annotate(
            label, (x, low_km - 22 - (70 if k == 0 else 0)), size=10.5, color=colour, ha="center", va="top"
        )
    side.set(xlabel="fragments in each 20 km", xlim=(0, 1.06 * most))
    side.set_title("Where they fly")
    count, missing = answer["crossing_480_630_km"], answer.facts["unread"]
    are = counted(missing, "of their satellites is", "of their satellites are")
    unread = f" {are} left out: no orbit was read." if missing else ""
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
    return Picture(
        fig,
        "gabbard",
        f"Most fragments fly above Japan's satellites, but {count} still cross the heights of 480 to 630 km",
        "FENGYUN 1C fragments: perigee and apogee by period (left); time-mean number in shells of 20 km, with"
        " Japanese satellites (right)",
        f"Every fourth fragment is drawn on the left; shells count all {answer['fragments']:,}. Bars on the"
        f" right span the lowest perigee to the highest apogee of each group.{unread}",
        "Gabbard scatter forming a cross at 852 km and 102 minutes, beside a profile of fragments that peaks"
        " between 750 and 850 km.",
        data[["part", *numbers, "name", "programme"]].astype(dict.fromkeys(numbers, float)),
        (*figures.used(sample), *figures.used(low)),
    )


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
    ax.annotate(
        "circular decay, density by the Sun's own course", (10.2, 93), color=COLOURS["green"], size=11
    )
    line = seen[seen["kind"].str.startswith("element")]
    end = float(model["years"].max())
    side = end + 0.1
    dots = seen[seen["kind"] == "published share"]
    ax.plot(line["years"], 100 * line["share"], color=COLOURS["vermilion"], marker="o", ms=3, lw=1.2)
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
            f"{100 * r.share:.0f} % of those listed by {r.date.year}",
            (r.years, 100 * r.share),
            xytext=(9, 4),
            textcoords="offset points",
            size=10.5,
        )
    ax.annotate("element sets, of all ever listed", (6.2, 65.5), color=COLOURS["vermilion"], size=11)
    ax.annotate(
        "circular decay, mean density",
        (side, 100 * model["mean"].iloc[-1]),
        color=COLOURS["blue"],
        size=11,
        va="center",
    )
    thin, mean, dense = (100 * model[kind].iloc[-1] for kind in ("thin", "mean", "dense"))
    if p.solar_factor > 1:
        ax.annotate(
            f"{p.solar_factor:g} times thinner",
            (side, max(thin, mean + 5)),
            color=COLOURS["blue"],
            size=10.5,
            va="center",
        )
        ax.annotate(
            f"{p.solar_factor:g} times denser",
            (side, min(dense, mean - 5)),
            color=COLOURS["blue"],
            size=10.5,
            va="center",
        )
    ax.set(
        xlim=(0, end + 6),
        ylim=(0, 104),
        xlabel="years after 11 January 2007",
        ylabel="pieces still in orbit, %",
    )
    ax.set_xticks(range(0, int(end) + 1, 4))
    top = line.loc[line["share"].idxmax()]
    ends = answer["modelled_in_orbit_percent"]
    inside = ends["dense"] <= answer["fengyun_in_orbit_percent"] <= ends["thin"]
    word = "within" if inside else "outside"
    data = pd.concat(
        [model.melt("years", var_name="kind", value_name="share"), seen[["years", "kind", "share"]]],
        ignore_index=True,
    )
    return Picture(
        fig,
        "decay",
        (
            f"{answer['fengyun_in_orbit_percent']:.0f} % of the pieces were left after"
            f" {line['years'].iloc[-1]:.0f} years, {word} what drag at half and twice the mean density gives"
            if p.solar_factor == 2
            else (
                f"{answer['fengyun_in_orbit_percent']:.0f} % of the pieces were left after"
                f" {line['years'].iloc[-1]:.0f} years, {word} the bounds of the decay model"
            )
        ),
        f"Share of FENGYUN 1C pieces in orbit; model: area to mass {p.area_to_mass_m2_kg:g} m²/kg (median),"
        f" impulse spread {answer['impulse_spread_m_s']:.0f} m/s read off today's periods",
        "The observed line starts low because pieces were cataloged late: its denominator is every piece ever"
        " listed. The band takes density as steady; the green line lets it follow the Sun as observed."
        " Winds and"
        " further break-ups are left out.",
        f"Observed share rising to {100 * top['share']:.0f} % by {top['date'].year} and falling to"
        f" {100 * line['share'].iloc[-1]:.0f} %, inside a widening band of modelled survival.",
        data,
        (
            *figures.used(seen),
            *figures.used(answer.tables["densities"]),
            *figures.used(answer.tables["sample"]),
        ),
    )


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
    low, high = answer["gap_deg"]
    width = high - low if low == low else 0
    digits = 0 if width >= 1 else 1
    others = sensors[
        sensors["ready"]
        & sensors["ground"]
        & (sensors["state"].isin(["Japan", "Australia and United States"]))
    ]
    height = 5 * int(min(answer["elevation_at_135e"][name] for name in others["name"]) // 5)
    title = (
        f"At {p.minimum_elevation_deg:g}° the three US telescopes miss {width:.{digits}f}"
        f" degrees of the belt near 135° E, which Exmouth and Japan see above {height}°"
        if width
        else f"At {p.minimum_elevation_deg:g}° the three US telescopes miss nothing of the belt near 135° E"
    )
    return Picture(
        fig,
        "belt",
        title,
        "Stretch of the geostationary belt over the horizon of each sensor, by elevation; below: station-kept"
        f" satellites per five degrees, {count['epoch_date'].iloc[0]:%B %Y}",
        "Geometry only: weather, daylight, aperture and tasking are left out, and the network has further"
        " sensors whose positions are not used here. Sites to a kilometre or worse.",
        "Bar chart of longitudes seen by each sensor: Diego Garcia and Maui reach 135° E only at low"
        " elevation, Exmouth and Japan see it high.",
        pd.concat(
            [
                pd.DataFrame(data),
                count.assign(sensor="satellites")[["sensor", "longitude_from_deg", "objects", "row_id"]],
            ],
            ignore_index=True,
        ),
        (*figures.used(sensors), *figures.used(count)),
    )


@figures.house
def gaps(answer: Answer) -> Picture:
    """How wide the stretch without a sensor is, over the least elevation, for each step of the network."""
    table, p = answer.tables["gaps"], answer.parameters
    looks = {
        "three US telescopes": (COLOURS["vermilion"], "-", "o"),
        "with Exmouth (2022)": (COLOURS["orange"], "--", "s"),
        "with Japan": (COLOURS["blue"], "-.", "^"),
        "all partners": (COLOURS["green"], ":", "D"),
    }
    fig, ax = figures.canvas(height=5.2)
    for name, (colour, line, marker) in looks.items():
        part = table[table["sensors"] == name]
        ax.plot(
            part["minimum_elevation_deg"],
            part["width_deg"],
            color=colour,
            ls=line,
            marker=marker,
            markevery=8,
            ms=6,
            clip_on=False,
        )
    step = 0.075 * max(table["width_deg"].max(), 45)  # the height of a name
    level = -step
    for end, name in sorted(
        (float(table[table["sensors"] == name]["width_deg"].iloc[-1]), name) for name in reversed(looks)
    ):
        level = max(end, level + step)
        ax.annotate(name, (40.6, level), color=looks[name][0], size=11, va="center", annotation_clip=False)
    american = table[table["sensors"] == "three US telescopes"]
    here = float(american[american["minimum_elevation_deg"] == p.minimum_elevation_deg]["width_deg"].iloc[0])
    ax.plot(p.minimum_elevation_deg, here, marker="o", ms=11, mfc="none", mec=COLOURS["ink"], mew=1.6)
    ax.annotate(
        f"{here:.0f}° at {p.minimum_elevation_deg:g}°",
        (p.minimum_elevation_deg, here),
        xytext=(-10, 10),
        textcoords="offset points",
        ha="right",
        size=11,
    )
    ax.set(
        xlabel="least elevation at which a sensor watches the belt, degrees",
        ylabel="stretch without a sensor, degrees",
        xlim=(0, 50),
        ylim=(0, None),
    )
    ax.set_xticks(range(0, 41, 5))
    opens = [
        answer["gap_opens_with_deg"][name]
        for name in ("with Exmouth (2022)", "with Japan")
        if answer["gap_opens_with_deg"][name] == answer["gap_opens_with_deg"][name]
    ]
    return Picture(
        fig,
        "gaps",
        (
            f"The US telescopes alone leave a gap near 135° E from {answer['gap_opens_at_deg']:g}° upward,"
            f" with Exmouth or Japan only from {min(opens):g}°"
            if opens
            else (
                f"The US telescopes alone leave a gap near 135° E from {answer['gap_opens_at_deg']:g}° upward"
            )
        ),
        "Width of the stretch of the belt nearest to 135° E that no ground sensor sees, by the least"
        " elevation it works at",
        "At low elevations a telescope looks through several times as much air; radar fares better. The three"
        " US telescopes are those at Diego Garcia, Maui and Socorro.",
        f"Four lines over elevation; the US line leaves zero at {answer['gap_opens_at_deg']:g} degrees and"
        f" rises to {american['width_deg'].max():.0f}, the others stay at zero or start later.",
        table,
        figures.used(answer.tables["sensors"]),
    )


FIGURES = (families, struck, gabbard, decay, belt, gaps)
