"""Figures of the question ``glide_tracking``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.importing import real_layers
from spacesec.missile_warning import constellations
from spacesec.missile_warning.constellations import STEREO_DEG
from spacesec.missile_warning.glide_tracking import words
from spacesec.missile_warning.glide_tracking.model import FLOWS, LAYERS, PROGRAM
from spacesec.words.language import said

STATES = {
    "geostationary pair": "geostationary pair, what-if",
    "Tracking Layer T1": "T1, planned",
    "Tracking Layer T1 + T2": "T1 + T2, planned",
    "own layer": "own layer, what-if",
    "T1 + own layer": "T1 + own layer",
}


def _drawn(answer: Answer) -> list[str]:
    """The layers in their order, the real one of a file of the reader's own last."""
    return [*LAYERS, *([real_layers.LAYER] if real_layers.PARAMETER in answer.results else [])]


def _name(answer: Answer, layer: str) -> str:
    return real_layers.label(answer) if layer == real_layers.LAYER else STATES[layer]


def _first(answer: Answer, layer: str, flow: str) -> str:
    """The name beside a layer's first row, with its flow."""
    if layer == real_layers.LAYER:
        return said("{layer}: laminar", layer=real_layers.label(answer))
    return f"{STATES[layer]}: {flow}"


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
    data = answer.tables["paths"]
    fig, axes = figures.canvas(1, 2)
    for kind, colour, style in (("equilibrium", "blue", "-"), ("integrated", "vermilion", "--")):
        rows = data[data["kind"] == kind]
        axes[0].plot(
            rows["range_km"], rows["altitude_km"], color=COLOURS[colour], ls=style, label=f"{kind} glide"
        )
        axes[1].plot(rows["time_s"] / 60, rows["speed_km_s"], color=COLOURS[colour], ls=style)
    axes[0].set(xlabel="range from the start of the glide (km)", ylabel="altitude (km)", ylim=(0, None))
    axes[0].xaxis.set_major_formatter("{x:,g}")
    axes[1].set(xlabel="minutes after the start of the glide", ylabel="speed (km/s)", ylim=(0, None))
    axes[0].legend(loc="lower left")
    return figures.picture(fig, "path", words.path(), data, _credit(answer, PROGRAM), answer)


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
    shown = [data]
    for column, colour in (
        ("intensity_2_69_2_95_um_kw_sr", "vermilion" if p.band == "2.69-2.95" else "blue"),
        ("intensity_1_4_3_0_um_kw_sr", {"2.69-2.95": "blue", "1.4-3.0": "vermilion"}.get(p.band, "green")),
    ):
        band = column.removeprefix("intensity_").removesuffix("_um_kw_sr")
        shown.append(
            public[["row_id", "speed_km_s", column]]
            .rename(columns={column: "intensity_kw_sr"})
            .assign(flow="public program", band_um={"2_69_2_95": "2.69-2.95", "1_4_3_0": "1.4-3.0"}[band])
        )
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
    rows = pd.concat(shown, ignore_index=True)
    return figures.picture(fig, "light", words.light(), rows, _credit(answer, PROGRAM), answer)


@figures.house
def detection_range(answer: Answer) -> Picture:
    """How far a sensor of the stated noise sees the glider."""
    p, data = answer.parameters, answer.tables["reach"]
    fig, ax = figures.canvas()
    rows = data.assign(minutes=data["time_s"] / 60)
    _flow_line(ax, rows, "minutes", "range_km", "blue", "")
    for flow, where, eighth in (("laminar", -22, 5), ("turbulent", 8, 3)):
        line = rows[rows["flow"] == flow]
        ax.annotate(
            f"{flow} flow",
            (line["minutes"].iloc[eighth * len(line) // 8], line["range_km"].iloc[eighth * len(line) // 8]),
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
        ax.text(0.12, distance * 1.04, label, va="bottom", size=10.5, color=figures.TEXT["vermilion"])
    ax.set(
        yscale="log",
        xlabel="minutes after the start of the glide",
        ylabel="km (log scale)",
        xlim=(0, rows["minutes"].max()),
        ylim=(
            min(rows["range_km"].min() * 0.7, p.own_altitude_km * 0.6),
            max(70_000, 1.5 * rows["range_km"].max()),
        ),
    )
    ticks = (
        [tick for tick in (0.1, 1, 10, 100) if ax.get_ylim()[0] <= tick]
        + [
            300,
            1000,
            3000,
            10_000,
            30_000,
        ]
        + [tick for tick in (100_000, 300_000, 1_000_000) if tick <= ax.get_ylim()[1]]
    )
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    return figures.picture(
        fig, "detection_range", words.detection_range(), data, _credit(answer, PROGRAM), answer
    )


@figures.house
def timeline(answer: Answer) -> Picture:
    """Who holds the glider when, for one launch time."""
    p, data = answer.parameters, answer.tables["timeline"]
    fig, ax = figures.canvas(height=6.0)
    place, ticks, names = 0.0, [], []
    for name in _drawn(answer):
        if name == real_layers.LAYER:  # real satellites stand apart from patterns
            ax.axhline(place - 0.62, color=COLOURS["ink"], lw=1.2, ls=":")
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
            names.append(flow if flow != FLOWS[0] else _first(answer, name, flow))
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
    sources = _credit(answer, *constellations.sources())
    told = real_layers.noted(words.timeline(), answer)
    return figures.picture(fig, "timeline", told, data, sources, answer)


@figures.house
def held(answer: Answer) -> Picture:
    """Custody by layer, with the bounds of the flow."""
    data = answer.tables["custody"]
    fig, ax = figures.canvas()
    mean = data.groupby(["layer", "flow"])[["custody_percent", "stereo_percent"]].mean()
    drawn = _drawn(answer)
    if len(drawn) > len(LAYERS):  # real satellites stand apart from patterns
        ax.axhline(len(LAYERS) - 0.5, color=COLOURS["ink"], lw=1.2, ls=":")
    for place, name in enumerate(drawn):
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
                color=figures.TEXT[colour],
            )
    ax.set_yticks(range(len(drawn)), [_name(answer, name) for name in drawn])
    ax.invert_yaxis()
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="% of the glide, mean over launch times", xlim=(-2, 114), xticks=range(0, 101, 20))
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
    sources = _credit(answer, PROGRAM, *constellations.sources())
    told = real_layers.noted(words.held(), answer)
    return figures.picture(fig, "held", told, mean.reset_index(), sources, answer)


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
        real_layers.LAYER: ("purple", "P"),
    }
    ends = np.array([*data["noise_w_m2"].agg(["min", "max"]), p.noise_w_m2])
    for ax, flow in zip(axes, FLOWS):
        for name in _drawn(answer):
            colour, marker = looks[name]
            line = data[(data["layer"] == name) & (data["flow"] == flow)]
            ax.plot(
                line["noise_w_m2"],
                line["custody_percent"],
                color=COLOURS[colour],
                marker=marker,
                ls="--" if name == real_layers.LAYER else "-",
                label=_name(answer, name),
            )
        ax.axvline(p.noise_w_m2, color="#555b60", lw=1, ls=":")
        ax.set(
            xscale="log",
            xlabel="noise-equivalent irradiance (W/m²)",
            ylim=(-3, 104),
            xlim=(0.7 * ends.min(), 1.4 * ends.max()),
            xticks=[
                10.0**power
                for power in range(-15, -5)
                if ends.min() <= 1.01 * 10.0**power <= 1.02 * ends.max()
            ],
        )
        ax.set_title(f"{flow} flow")
    axes[0].set_ylabel("custody, % of the glide")
    handles, names = axes[0].get_legend_handles_labels()
    for ax, part, columns in ((axes[0], slice(0, 3), 2), (axes[1], slice(3, None), 1)):
        ax.legend(
            handles[part],
            names[part],
            loc="upper left",
            bbox_to_anchor=(-0.05, -0.16),
            ncols=columns,
            fontsize=10.5,
        )
    sources = _credit(answer, PROGRAM, *constellations.sources())
    told = real_layers.noted(words.noise(), answer)
    return figures.picture(fig, "noise", told, data, sources, answer)


METHOD = (noise,)
FIGURES = (held, detection_range, timeline, path, light, *METHOD)
