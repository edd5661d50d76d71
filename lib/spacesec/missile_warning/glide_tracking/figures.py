"""Figures of the question ``glide_tracking``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.missile_warning import constellations
from spacesec.missile_warning.constellations import STEREO_DEG
from spacesec.missile_warning.glide_tracking.model import FLOWS, LAYERS, PROGRAM

STATES = {
    "geostationary pair": "geostationary pair, what-if",
    "Tracking Layer T1": "T1, planned",
    "Tracking Layer T1 + T2": "T1 + T2, planned",
    "own layer": "own layer, what-if",
    "T1 + own layer": "T1 + own layer",
}


def _credit(answer: Answer, *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*more, *figures.used(answer.tables["origins"]))))


def _flow_line(ax, rows: pd.DataFrame, x: str, y: str, colour: str, label: str) -> None:
    low, high = (rows[rows["flow"] == flow].set_index(x)[y] for flow in FLOWS)
    ax.fill_between(low.index, low, high, color=COLOURS[colour], alpha=0.2, lw=0)
    ax.plot(low.index, low, color=COLOURS[colour], lw=1.5, ls="--")
    ax.plot(high.index, high, color=COLOURS[colour], lw=1.8, label=label)


@figures.house
def path(answer: Answer) -> Picture:
    """The glide by both models."""
    p, data = answer.parameters, answer.tables["paths"]
    fig, axes = figures.canvas(1, 2)
    for kind, colour, style in (("equilibrium", "blue", "-"), ("integrated", "vermilion", "--")):
        rows = data[data["kind"] == kind]
        axes[0].plot(
            rows["range_km"], rows["altitude_km"], color=COLOURS[colour], ls=style, label=f"{kind} glide"
        )
        axes[1].plot(rows["time_s"] / 60, rows["speed_km_s"], color=COLOURS[colour], ls=style)
    axes[0].set(xlabel="range from the start of the glide (km)", ylabel="altitude (km)", ylim=(0, None))
    axes[1].set(xlabel="minutes after the start of the glide", ylabel="speed (km/s)", ylim=(0, None))
    axes[0].legend(loc="lower left")
    low = data["altitude_km"].min()
    return Picture(
        fig,
        "path",
        f"The glider stays between {low:.0f} and {data['altitude_km'].max():.0f} km for"
        f" {answer['glide_minutes']:.0f} minutes",
        f"What-if glide from the center of {p.origin} toward {p.toward}; lift to drag {p.lift_to_drag:g},"
        f" ballistic coefficient {p.ballistic_coefficient_kg_m2:,.0f} kg/m²",
        "Sphere at rest, U.S. Standard Atmosphere 1976, no maneuver. The integrated path starts level at the"
        " equilibrium altitude.",
        "Two line charts of altitude against range and speed against time for the equilibrium and the"
        " integrated glide, which nearly coincide.",
        data,
        _credit(answer, PROGRAM),
    )


@figures.house
def light(answer: Answer) -> Picture:
    """Infrared light along the glide with its bounds."""
    p, data = answer.parameters, answer.tables["light"]
    fig, ax = figures.canvas()
    for band, colour in zip(data["band_um"].unique(), ("vermilion", "blue", "green")):
        _flow_line(ax, data[data["band_um"] == band], "speed_km_s", "intensity_kw_sr", colour, f"{band} μm")
    public = answer.tables["public_light"]
    public = public[
        public["speed_km_s"].between(data["speed_km_s"].min() - 0.1, data["speed_km_s"].max() + 0.1)
    ]
    for column, colour in (
        ("intensity_2_69_2_95_um_kw_sr", "vermilion" if p.band == "2.69-2.95" else "blue"),
        ("intensity_1_4_3_0_um_kw_sr", {"2.69-2.95": "blue", "1.4-3.0": "vermilion"}.get(p.band, "green")),
    ):
        ax.plot(
            public["speed_km_s"], public[column], ls="", marker="D", ms=6, mfc="white", mec=COLOURS[colour]
        )
    ax.plot([], [], color="#555b60", lw=1.8, label="turbulent flow")
    ax.plot([], [], color="#555b60", lw=1.5, ls="--", label="laminar flow")
    ax.plot([], [], ls="", marker="D", ms=6, mfc="white", mec="#555b60", label="a public program, turbulent")
    ax.set(
        yscale="log",
        xlabel="speed (km/s): the flight runs from right to left",
        ylabel="kW/sr, seen from above (log scale)",
    )
    ax.legend(loc="lower right", ncols=2)
    ratio = answer["intensity_end_kw_sr"]["turbulent"] / answer["intensity_end_kw_sr"]["laminar"]
    return Picture(
        fig,
        "light",
        "The state of the boundary layer alone changes the light"
        f" {answer['intensity_start_kw_sr']['turbulent'] / answer['intensity_start_kw_sr']['laminar']:.0f} to"
        f" {ratio:.0f}-fold",
        "Radiant intensity of the gliding body along the path, with laminar and turbulent flow as bounds",
        "Body in public use for HTV-2 (emissivity 0.85), upper surface seen from above; correlations for"
        " stagnation point and flat plates, wall in radiative balance, Planck's law. The step near 4 km/s is"
        " where the turbulent correlation changes.",
        "Bands of radiant intensity against speed on a log scale, one for each infrared band; the lower edge"
        " is laminar, the upper turbulent flow; diamonds of a public program lie on the upper edge.",
        data,
        _credit(answer, PROGRAM),
    )


@figures.house
def detection_range(answer: Answer) -> Picture:
    """How far a sensor of the stated noise sees the glider."""
    p, data = answer.parameters, answer.tables["reach"]
    fig, ax = figures.canvas()
    rows = data.assign(minutes=data["time_s"] / 60)
    _flow_line(ax, rows, "minutes", "range_km", "blue", "")
    for flow, where in (("laminar", -22), ("turbulent", 8)):
        line = rows[rows["flow"] == flow]
        ax.annotate(
            f"{flow} flow",
            (line["minutes"].iloc[3 * len(line) // 8], line["range_km"].iloc[3 * len(line) // 8]),
            xytext=(0, where),
            textcoords="offset points",
            color=COLOURS["blue"],
        )
    limb = np.sqrt((6378.137 + p.own_altitude_km) ** 2 - (6378.137 + p.tangent_altitude_km) ** 2)
    marks = [
        (p.own_altitude_km, f"{p.own_altitude_km:,.0f} km: straight down from the own layer"),
        (limb, f"{limb:,.0f} km: from the own layer to the limb"),
        (37_500, "about 37,500 km: geostationary orbit"),
    ]
    for distance, label in marks:
        ax.axhline(distance, color=COLOURS["vermilion"], lw=1, ls=":")
        ax.text(0.12, distance * 1.04, label, va="bottom", size=10.5, color=COLOURS["vermilion"])
    ax.set(
        yscale="log",
        xlabel="minutes after the start of the glide",
        ylabel="km (log scale)",
        xlim=(0, rows["minutes"].max()),
        ylim=(min(rows["range_km"].min() * 0.7, p.own_altitude_km * 0.6), 70_000),
    )
    ticks = [tick for tick in (0.1, 1, 10, 100) if ax.get_ylim()[0] <= tick] + [
        300,
        1000,
        3000,
        10_000,
        30_000,
    ]
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    first, last = (rows.groupby("flow")["range_km"].agg(how) for how in ("first", "last"))
    return Picture(
        fig,
        "detection_range",
        "Detection reaches {:,.0f} to {:,.0f} km at the start and {:,.0f} to {:,.0f} km at the end".format(
            *(float(f"{end[flow]:.2g}") for end in (first, last) for flow in FLOWS)
        ),
        f"Distance at which the light is {p.signal_to_noise:g} times the noise of {p.noise_w_m2:g} W/m²"
        f" ({p.band} μm), seen from above",
        "The noise level is an assumption; distance goes with the inverse root of it. Dotted: distances that"
        " the layers look over.",
        "A band of detection range falling along the glide, with horizontal lines at the distances of low and"
        " geostationary orbits.",
        data,
        _credit(answer, PROGRAM),
    )


@figures.house
def timeline(answer: Answer) -> Picture:
    """Who holds the glider when, for one launch time."""
    p, data = answer.parameters, answer.tables["timeline"]
    fig, ax = figures.canvas(height=6.0)
    place, ticks, names = 0.0, [], []
    for name in LAYERS:
        for flow in FLOWS:
            rows = data[(data["layer"] == name) & (data["flow"] == flow)]
            minutes, width = rows["time_s"].to_numpy() / 60, p.step_s / 60
            one, two = rows["detecting"].to_numpy() >= 1, rows["crossing_deg"].to_numpy() >= STEREO_DEG
            ax.barh([place], [minutes[-1] + width], 0.62, color="#f0f2f4")
            for mask, style in (
                (
                    one & ~two,
                    {"facecolor": "white", "edgecolor": COLOURS["blue"], "hatch": "/////", "linewidth": 0.8},
                ),
                (two, {"color": COLOURS["blue"]}),
            ):
                edge = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
                ax.broken_barh(
                    [(minutes[a], (b - a) * width) for a, b in zip(edge[::2], edge[1::2])],
                    (place - 0.31, 0.62),
                    **style,
                )
            ticks.append(place)
            names.append(f"{STATES[name]}: {flow}" if flow == FLOWS[0] else flow)
            place += 0.8
        place += 0.45
    ax.set_yticks(ticks, names)
    ax.set_ylim(place - 0.5, -0.6)
    ax.set(xlabel="minutes after the start of the glide", xlim=(0, data["time_s"].max() / 60 + p.step_s / 60))
    ax.grid(False)
    from matplotlib.patches import Patch

    ax.legend(
        handles=[
            Patch(color=COLOURS["blue"], label=f"two or more, crossing at {STEREO_DEG:g}° or more (stereo)"),
            Patch(facecolor="white", edgecolor=COLOURS["blue"], hatch="/////", label="detected, no stereo"),
            Patch(color="#f0f2f4", label="not detected"),
        ],
        loc="upper left",
        bbox_to_anchor=(-0.2, -0.11),
        ncols=3,
    )
    share = data.assign(held=data["detecting"] >= 1).groupby(["layer", "flow"])["held"].mean()
    low, high = (100 * share[("own layer", flow)] for flow in FLOWS)
    share_held = f"{high:.0f}" if round(low) == round(high) else f"{low:.0f} to {high:.0f}"
    return Picture(
        fig,
        "timeline",
        f"One launch time: an own layer of {p.own_satellites} holds the glider"
        f" {share_held} percent of the way",
        f"Detection along the what-if glide from {p.origin} toward {p.toward}, launch at the middle of the"
        " simulated day",
        f"Noise {p.noise_w_m2:g} W/m², {p.view} rule. T1 planned, orbits as published with T0's inclination;"
        " T2 planned, planes assumed; geostationary seats what-if, with the same sensor.",
        "Bars along the flight for five layers and two states of flow: not detected, detected, detected in"
        " stereo.",
        data,
        _credit(answer, *constellations.sources()),
    )


@figures.house
def held(answer: Answer) -> Picture:
    """Custody by layer, with the bounds of the flow."""
    p, data = answer.parameters, answer.tables["custody"]
    fig, ax = figures.canvas()
    mean = data.groupby(["layer", "flow"])[["custody_percent", "stereo_percent"]].mean()
    for place, name in enumerate(LAYERS):
        for column, colour, shift, marker in (
            ("custody_percent", "blue", -0.14, "o"),
            ("stereo_percent", "vermilion", 0.14, "s"),
        ):
            low, high = (mean.loc[(name, flow), column] for flow in FLOWS)
            ax.plot(
                [low, high],
                [place + shift] * 2,
                color=COLOURS[colour],
                lw=6,
                alpha=0.3,
                solid_capstyle="butt",
            )
            ax.plot(low, place + shift, marker=marker, mfc="white", mec=COLOURS[colour], mew=1.8, ms=8.5)
            ax.plot(high, place + shift, marker=marker, color=COLOURS[colour], ms=8.5)
            text = f"{low:.0f}" if round(low) == round(high) else f"{low:.0f} to {high:.0f}"
            ax.annotate(
                text,
                (high, place + shift),
                xytext=(9, 0),
                textcoords="offset points",
                va="center",
                size=10.5,
                color=COLOURS[colour],
            )
    ax.set_yticks(range(len(LAYERS)), [STATES[name] for name in LAYERS])
    ax.invert_yaxis()
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="percent of the glide, mean over launch times", xlim=(-2, 114), xticks=range(0, 101, 20))
    for label, colour, marker, face in (
        ("custody, turbulent", "blue", "o", None),
        ("custody, laminar", "blue", "o", "white"),
        ("stereo, turbulent", "vermilion", "s", None),
        ("stereo, laminar", "vermilion", "s", "white"),
    ):
        ax.plot(
            [],
            [],
            ls="",
            marker=marker,
            ms=8.5,
            mec=COLOURS[colour],
            mfc=face or COLOURS[colour],
            mew=1.8,
            label=label,
        )
    ax.legend(loc="upper left", bbox_to_anchor=(-0.16, -0.13), ncols=4, columnspacing=1.2)
    both, own, first = (
        answer["stereo_custody_percent"][name]
        for name in ("T1 + own layer", "own layer", "Tracking Layer T1")
    )
    best = max(own["laminar"], first["laminar"])
    return Picture(
        fig,
        "held",
        f"Dimmest case: T1 and an own layer together hold stereo {both['laminar']:.0f} percent of the way,"
        f" alone {best:.0f}",
        f"Share of the what-if glide in custody and in stereo, {p.launch_times} launch times; T1, T2:"
        " tranches of the US Tracking Layer",
        f"Noise {p.noise_w_m2:g} W/m², signal to noise {p.signal_to_noise:g}, {p.view} rule; stereo: lines of"
        f" sight that cross at {STEREO_DEG:g}° or more. T2's planes are assumed; the geostationary pair is"
        " given the same sensor.",
        "Range chart of custody and stereo custody for five layers between laminar and turbulent flow.",
        data,
        _credit(answer, PROGRAM, *constellations.sources()),
    )


@figures.house
def noise(answer: Answer) -> Picture:
    """Custody against the noise level."""
    p, data = answer.parameters, answer.tables["sweep"]
    fig, axes = figures.canvas(1, 2, sharey=True)
    looks = {
        "geostationary pair": ("ink", "D"),
        "Tracking Layer T1": ("vermilion", "s"),
        "Tracking Layer T1 + T2": ("orange", "v"),
        "own layer": ("blue", "o"),
        "T1 + own layer": ("green", "^"),
    }
    for ax, flow in zip(axes, FLOWS):
        for name, (colour, marker) in looks.items():
            line = data[(data["layer"] == name) & (data["flow"] == flow)]
            ax.plot(
                line["noise_w_m2"],
                line["custody_percent"],
                color=COLOURS[colour],
                marker=marker,
                label=STATES[name],
            )
        ax.axvline(p.noise_w_m2, color="#555b60", lw=1, ls=":")
        ax.set(
            xscale="log",
            xlabel="noise-equivalent irradiance (W/m²)",
            ylim=(-3, 104),
            xlim=(7e-14, 2e-8),
            xticks=[10.0**power for power in range(-13, -8)],
        )
        ax.set_title(f"{flow} flow")
    axes[0].set_ylabel("custody, percent of the glide")
    axes[0].legend(loc="upper right", borderaxespad=0.0, fontsize=10.5)
    whole = (
        data[(data["layer"] == "geostationary pair") & (data["custody_percent"] > 50)]
        .groupby("flow")["noise_w_m2"]
        .max()
    )
    tail = (
        f"; from geostationary orbit it takes {p.noise_w_m2 / whole.min():,.0f} times less than assumed"
        if len(whole) == 2 and whole.min() < p.noise_w_m2
        else ""
    )
    return Picture(
        fig,
        "noise",
        f"Custody hangs on noise{tail}",
        f"Mean custody against the sensor's noise level; dotted: the assumed {p.noise_w_m2:g} W/m²",
        "Half a decade between marks. The same sensor is given to all layers, so the difference is distance"
        " and number alone.",
        "Two panels, laminar and turbulent flow, of custody against noise for five layers; all fall with"
        " noise, the geostationary pair earliest.",
        data,
        _credit(answer, PROGRAM, *constellations.sources()),
    )


FIGURES = (path, light, detection_range, timeline, held, noise)
