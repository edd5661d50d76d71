"""Figures of the question ``coverage``."""

import numpy as np

from spacesec.answers import Answer
from spacesec.drawing import figures, maps
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.importing import real_layers
from spacesec.missile_warning.constellations import STEREO_DEG, sources
from spacesec.missile_warning.coverage import words
from spacesec.missile_warning.coverage.model import BAND_DEG, LAYERS, REGION, rule

PATTERN = (
    "royal-aircraft-1977-continuous-whole-earth",
)  # what the pattern is; nothing else in such a figure is a datum


STATES = {
    "geostationary pair": "geostationary pair, what-if",
    "Tracking Layer": "Tracking Layer, planned",
    "own layer": "own layer, what-if",
}


@figures.house
def watch_map(answer: Answer) -> Picture:
    """Where and how often two satellites watch, by either rule."""
    from matplotlib import colormaps

    p, data = answer.parameters, answer.tables["map"]
    fig, axes = figures.canvas(1, 2, width=10, height=5.9)
    west, east, south, north = REGION
    inside = west < p.longitude_deg < east and south < p.latitude_deg < north
    for ax, view in zip(axes, ("limb", "elevation")):
        rows = data[data["view"] == view]
        ground = colormaps["cividis"](rows["fold_2_percent"].max() / 100)  # where the coast is hardest to see
        chart = maps.draw(
            ax, (west, east, south, north), land="outline", step_deg=10, outline=figures.over(ground)
        )
        latitudes, longitudes = np.unique(rows["latitude_deg"]), np.unique(rows["longitude_deg"])
        field = rows["fold_2_percent"].to_numpy().reshape(len(latitudes), -1)
        mesh = chart.heat(longitudes, latitudes, field, cmap="cividis", vmin=0, vmax=100)
        levels = [
            level for level in (10, 20, 30, 40, 50, 60, 70, 80, 90) if field.min() < level < field.max()
        ]
        if levels:
            chart.contour(longitudes, latitudes, field, levels, label="%g", colors="white")
        if inside:
            chart.points(
                [p.longitude_deg],
                [p.latitude_deg],
                s=110,
                marker="*",
                color=COLOURS["vermilion"],
                edgecolors="white",
            )
        ax.set_title(rule(p, view).words())
    fig.colorbar(mesh, ax=axes, fraction=0.035, pad=0.02, aspect=30).set_label(
        "% of time with two or more in view"
    )
    sources_ = (maps.SOURCE, *PATTERN)
    return figures.picture(fig, "watch_map", words.watch_map(), data, sources_, answer)


@figures.house
def latitudes(answer: Answer) -> Picture:
    """Availability by latitude under both rules."""
    p, data = answer.parameters, answer.tables["profile"]
    fig, axes = figures.canvas(1, 2, sharey=True)
    for ax, view in zip(axes, ("limb", "elevation")):
        ax.axvspan(*BAND_DEG, color="#f0f2f4", zorder=0)
        for fold, colour, marker in ((1, "blue", "o"), (2, "vermilion", "s"), (3, "green", "^")):
            line = data[(data["view"] == view) & (data["fold"] == fold)]
            ax.plot(
                line["latitude_deg"],
                line["percent"],
                color=COLOURS[colour],
                marker=marker,
                markevery=2,
                clip_on=False,
                label=f"{fold} or more in view",
            )
        ax.set(xlabel="latitude (degrees north)", ylim=(-3, 104), xlim=(0, 80))
        ax.set_title(rule(p, view).words())
    axes[0].set_ylabel("% of time")
    axes[0].legend(
        loc="upper left",
        bbox_to_anchor=(-0.03, -0.13),
        ncols=3,
        columnspacing=1.0,
        handletextpad=0.4,
        handlelength=1.6,
    )
    return figures.picture(fig, "latitudes", words.latitudes(), data, PATTERN, answer)


LEAST = 5.5  # satellites, where the axis begins


@figures.house
def smallest_patterns(answer: Answer) -> Picture:
    """Smallest pattern found and its bound, by altitude."""
    p, data = answer.parameters, answer.tables["smallest"]
    # The key stands over the altitudes above 450 km: the highest there stays below three quarters.
    below = data.loc[data["altitude_km"] > 450, ["satellites", "bound"]].max().max()
    top = max(700.0, LEAST * (below / LEAST) ** (4 / 3))
    fig, axes = figures.canvas(1, 2, sharey=True)
    for ax, fold in zip(axes, (1, 2)):
        for view, colour, marker in (("elevation", "vermilion", "s"), ("limb", "blue", "o")):
            line = data[(data["view"] == view) & (data["fold"] == fold)]
            ax.plot(line["altitude_km"], line["satellites"], color=COLOURS[colour], marker=marker)
            ax.plot(line["altitude_km"], line["bound"], color=COLOURS[colour], ls=":", lw=1.3)
            ax.fill_between(
                line["altitude_km"],
                line["bound"],
                line["satellites"],
                color=COLOURS[colour],
                alpha=0.13,
                lw=0,
            )
            for _, row in line[
                line["altitude_km"].isin([300, 1000, 2000]) & line["satellites"].notna()
            ].iterrows():
                ax.annotate(
                    f"{row['satellites']:.0f}",
                    (row["altitude_km"], row["satellites"]),
                    xytext=(2, 6),
                    textcoords="offset points",
                    size=10.5,
                    color=figures.TEXT[colour],
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.8},
                )
        ax.set(xscale="log", yscale="log", xlabel="altitude of the orbits (km)")
        ax.set_xticks([300, 500, 1000, 2000], ["300", "500", "1,000", "2,000"])
        ticks = [n * ten for ten in (10, 100, 1000) for n in (1, 2, 5)]
        ax.set_yticks(ticks, [f"{n:,}" for n in ticks])
        ax.set_ylim(LEAST, top)  # ticks beyond do not stretch it
        ax.minorticks_off()
        ax.set_title("one in view, always" if fold == 1 else "two in view, always")
    axes[0].set_ylabel("satellites (log scale)")
    for view, colour, marker in (("elevation", "vermilion", "s"), ("limb", "blue", "o")):
        axes[1].plot(
            [], [], color=COLOURS[colour], marker=marker, label=f"smallest found: {rule(p, view).words()}"
        )
    axes[1].plot([], [], color="#555b60", ls=":", lw=1.3, label="bound: no circular orbits do with fewer")
    axes[1].legend(loc="upper right", borderaxespad=0.1)
    return figures.picture(fig, "smallest_patterns", words.smallest_patterns(), data, PATTERN, answer)


@figures.house
def loss(answer: Answer) -> Picture:
    """What losses do to two-fold and one-fold cover at the place."""
    data = answer.tables["losses"]
    fig, ax = figures.canvas()
    order = (
        [("none", 0)]
        + [
            (kind, n)
            for n in sorted(data[data["loss"] == "random"]["lost"].unique())
            for kind in ("random", "worst found")
        ]
        + [("one plane", int(data[data["loss"] == "one plane"]["lost"].iloc[0]))]
    )
    marks = {"none": "o", "random": "o", "worst found": "v", "one plane": "s"}
    for fold, colour, shift in ((1, "blue", -0.13), (2, "vermilion", 0.13)):
        for place, (kind, number) in enumerate(order):
            row = data[(data["fold"] == fold) & (data["loss"] == kind) & (data["lost"] == number)].iloc[0]
            ax.plot(
                [row["low"], row["high"]],
                [place + shift] * 2,
                color=COLOURS[colour],
                lw=5,
                alpha=0.35,
                solid_capstyle="butt",
            )
            ax.plot(
                row["median"],
                place + shift,
                color=COLOURS[colour],
                marker=marks[kind],
                ms=8,
                mfc="white" if kind == "worst found" else COLOURS[colour],
                mew=1.6,
                clip_on=False,
            )
            if fold == 2 or row["median"] < 99.95:
                near = row["low"] < 12
                ax.annotate(
                    f"{row['median']:.1f}",
                    (row["high" if near else "low"], place + shift),
                    xytext=(9 if near else -9, 0),
                    textcoords="offset points",
                    ha="left" if near else "right",
                    va="center",
                    size=10.5,
                    color=figures.TEXT[colour],
                )
    names = {
        "none": "whole",
        "random": "{} lost at random",
        "worst found": "{} lost, worst found",
        "one plane": "one plane lost ({})",
    }
    ax.set_yticks(range(len(order)), [names[kind].format(n) for kind, n in order])
    ax.invert_yaxis()
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    low = data["low"].min()
    ax.set(xlabel="% of time", xlim=(max(0, low - 6), 101.5))
    ax.plot([], [], color=COLOURS["blue"], marker="o", label="one or more in view")
    ax.plot([], [], color=COLOURS["vermilion"], marker="o", label="two or more in view")
    ax.plot([], [], color=COLOURS["grey"], marker="v", mfc="white", mew=1.6, ls="", label="worst found")
    ax.plot([], [], color=COLOURS["grey"], marker="s", ls="", label="one plane")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=4)
    return figures.picture(fig, "loss", words.loss(), data, PATTERN, answer)


@figures.house
def layers(answer: Answer) -> Picture:
    """What an own layer adds."""
    p, data = answer.parameters, answer.tables["added"]
    order = list(dict.fromkeys(data["layer"]))
    fig, axes = figures.canvas(1, 2, sharey=True)
    for ax, view in zip(axes, ("limb", "elevation")):
        rows = data[data["view"] == view].set_index("layer").loc[order]
        for place, (_, row) in enumerate(rows.iterrows()):
            ax.barh(place, row["stereo_percent"], 0.55, color=COLOURS["blue"])
            ax.barh(
                place,
                row["fold_2_percent"] - row["stereo_percent"],
                0.55,
                left=row["stereo_percent"],
                facecolor="white",
                edgecolor=COLOURS["blue"],
                hatch="////",
                linewidth=0.8,
            )
            ax.plot(
                row["fold_1_percent"], place, marker="|", ms=22, mew=2.4, color=COLOURS["vermilion"], ls=""
            )
            beside = row["stereo_percent"] <= 8 and row["fold_2_percent"] > 0  # no room in the bar
            ax.text(
                row["fold_2_percent"] + 2 if beside else 2,
                place,
                f"{row['stereo_percent']:.0f}",
                color="white" if row["stereo_percent"] > 8 else COLOURS["ink"],
                va="center",
                size=11,
            )
        ax.set_yticks(
            range(len(order)),
            [
                real_layers.label(answer)
                if name == real_layers.LAYER
                else f"{STATES.get(name, name)} ({int(rows.loc[name, 'satellites'])})"
                for name in order
            ],
        )
        if len(order) > len(LAYERS):  # real sets stand apart from patterns
            ax.axhline(len(LAYERS) - 0.5, color=COLOURS["ink"], lw=1.2, ls=":")
        ax.set(xlabel="% of time", xlim=(0, 102))
        ax.set_title(rule(p, view).words())
        ax.grid(axis="x")
        ax.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys = [
        Patch(color=COLOURS["blue"], label=f"two, crossing at {STEREO_DEG:g}° or more (stereo)"),
        Patch(facecolor="white", edgecolor=COLOURS["blue"], hatch="////", label="two, crossing flatter"),
        Line2D([], [], ls="", marker="|", ms=14, mew=2.4, color=COLOURS["vermilion"], label="one or more"),
    ]
    axes[0].legend(handles=keys, loc="upper left", bbox_to_anchor=(-0.7, -0.16), ncols=3)
    told = real_layers.noted(words.layers(), answer)
    return figures.picture(fig, "layers", told, data, sources(), answer)


@figures.house
def what_changes(answer: Answer) -> Picture:
    """One change at a time."""
    data = answer.tables["variations"]
    fig, ax = figures.canvas(height=max(5.6, 0.27 * len(data) + 1.9))
    place, ticks, names = 0.0, [], []
    for kind, rows in data.groupby("varied", sort=False):
        for _, row in rows.iterrows():
            ax.plot(
                [row["fold_2_percent"], row["fold_1_percent"]],
                [place, place],
                color=COLOURS["pale"],
                lw=3,
                zorder=1,
            )
            ax.plot(
                row["fold_1_percent"], place, marker="o", color=COLOURS["blue"], mfc="white", mew=1.6, ms=11
            )
            ax.plot(row["fold_2_percent"], place, marker="s", color=COLOURS["vermilion"], ms=7)
            ticks.append(place)
            names.append(f"{kind}: {row['choice']}" + (" (chosen)" if row["chosen"] else ""))
            place += 1
        place += 0.6
    ax.set_yticks(ticks, names, size=10.5)
    ax.set_ylim(place - 0.4, -0.8)
    ax.set(
        xlabel="% of time",
        xlim=(min(0.0 if data["fold_2_percent"].min() < 30 else data["fold_2_percent"].min() - 8, 92), 102),
    )
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    ax.plot(
        [],
        [],
        marker="o",
        color=COLOURS["blue"],
        mfc="white",
        mew=1.6,
        ms=11,
        ls="",
        label="one or more in view",
    )
    ax.plot([], [], marker="s", color=COLOURS["vermilion"], ls="", label="two or more in view")
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.09), ncols=2)
    return figures.picture(fig, "what_changes", words.what_changes(), data, PATTERN, answer)


METHOD = (what_changes,)
FIGURES = (watch_map, latitudes, smallest_patterns, layers, loss, *METHOD)
