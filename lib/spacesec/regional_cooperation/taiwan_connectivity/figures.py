"""Figures of the question on Taiwan's connectivity; each takes its answer."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures, maps
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.importing import real_layers
from spacesec.regional_cooperation.taiwan_connectivity import words
from spacesec.regional_cooperation.taiwan_connectivity.model import (
    GATEWAY_ELEVATION_DEG,
    GATEWAYS,
    MOST,
    READERS,
    southern,
)
from spacesec.words import forms
from spacesec.words.numerals import spelled

KNOWN_AS = {"Hagatna": "Guam"}  # places by the name that a reader knows
LOOKS = (("blue", "o"), ("green", "s"), ("orange", "^"), ("vermilion", "D"), ("purple", "v"), ("ink", "P"))


def _need_sources(answer: Answer) -> tuple[str, ...]:
    facts = answer.tables["facts"]
    return figures.used(facts[facts["indicator"].str.contains("satellites the agency|planned altitude")])


@figures.house
def needed(answer: Answer) -> Picture:
    """Availability against the number of satellites by inclination: the best arrangement as a line, down to
    the middle one as a band.
    """
    from matplotlib.lines import Line2D

    table = answer.tables["counts"][["inclination_deg", "satellites", "best"]]
    target, wanted = 100 * answer["target"], answer["wanted"]
    fig, ax = figures.canvas()
    keys = []
    for (inclination, part), (name, marker) in zip(table.groupby("inclination_deg"), LOOKS):
        ax.plot(part["satellites"], part["best"], color=COLOURS[name])
        enough = part[part["best"] >= target].head(1)
        ax.plot(
            enough["satellites"], enough["best"], ls="", color=COLOURS[name], marker=marker, ms=10, zorder=5
        )
        told = f"{enough['satellites'].iloc[0]:.0f}" if len(enough) else "more"
        keys.append(
            Line2D([], [], color=COLOURS[name], marker=marker, ms=9, label=f"at {inclination:g}°: {told}")
        )
    ax.legend(handles=keys, loc="upper left", bbox_to_anchor=(1.0, 1.0), title="fewest that\nsuffice")
    ax.axvline(wanted, color=COLOURS["ink"], lw=1.2, ls="--")
    ax.annotate(
        f"{wanted}: the agency's number", (wanted, 6), xytext=(6, 0), textcoords="offset points", size=11.5
    )
    ax.axhline(target, color="#8a8f94", lw=0.8, ls=":")
    ax.set(
        xlabel="satellites",
        ylabel="time with a satellite in view, %",
        xlim=(10, max(wanted, table["satellites"].max()) + 2),
        ylim=(0, 112),
        yticks=range(0, 101, 20),
    )
    return figures.picture(fig, "needed", words.needed(), table, _need_sources(answer), answer)


def _the_south(landings: list[str]) -> str:
    return (
        "the south's only landing"
        if len(landings) == 1
        else f"all {spelled(len(landings))} southern landings"
    )


@figures.house
def trap(answer: Answer) -> Picture:
    """Every arrangement of the same number of satellites: planes against availability, one mark a phasing."""
    p, table = answer.parameters, answer.tables["board"]
    fig, ax = figures.canvas(height=5.2)
    planes = sorted(table["planes"].unique())
    rng = np.random.default_rng(0)
    for place, count in enumerate(planes):
        part = table[table["planes"] == count]
        spread = rng.uniform(-0.22, 0.22, len(part)) if len(part) > 1 else np.zeros(1)
        ax.plot(
            place + spread,
            part["availability_percent"],
            ls="",
            marker="o",
            ms=6,
            mfc="white",
            mec=COLOURS["blue"],
            mew=1.3,
        )
    mine = answer.results["availability_percent"].value
    if p.planes in planes:
        ax.plot(
            planes.index(p.planes),
            mine,
            ls="",
            marker="*",
            ms=17,
            color=COLOURS["vermilion"],
            mec="white",
            zorder=5,
        )
        ax.annotate(
            f"chosen: phasing {p.phasing}",
            (planes.index(p.planes), mine),
            xytext=(0, -18 if mine > 20 else 12),
            textcoords="offset points",
            ha="center",
            color=figures.TEXT["vermilion"],
            size=11,
        )
    ax.set_xticks(range(len(planes)), [f"{count}\n({p.satellites // count} each)" for count in planes])
    ax.set(
        xlabel="planes (satellites in each); one circle for each phasing",
        ylabel="time with a satellite in view, percent",
        ylim=(min(0, table["availability_percent"].min()), 104),
    )
    return figures.picture(fig, "trap", words.trap(), table, _need_sources(answer), answer)


@figures.house
def ladder(answer: Answer) -> Picture:
    """Capacity left after cuts, with the satellites' bound as a sliver beside it, and the chance that
    landings go dark.
    """
    p = answer.parameters
    landed = answer.tables["landing_rows"]
    table = answer.tables["ladder"].assign(
        landings_dark_when_aimed=lambda t: 1 - t["landings_lit_when_aimed"] / len(answer.tables["landings"]),
        fallback_tbps=answer["fallback_gbps"] / 1000,
        need_tbps=answer["need_tbps"],
    )
    fig, (ax, side) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [1.45, 1]}, height=5.8)
    chosen = table["cables_cut"] == p.cables_cut
    colours = np.where(chosen, COLOURS["vermilion"], COLOURS["blue"])
    for line, bar in enumerate(ax.bar(table["cables_cut"], table["capacity_tbps"], 0.7, color=colours)):
        figures.mark(line, bar)
    ax.bar(table["cables_cut"], table["fallback_tbps"], 0.7, color=COLOURS["orange"])
    most = forms.number(answer["fallback_gbps"], 1, "up")
    last, top = int(table["cables_cut"].max()), float(table["capacity_tbps"].max())
    ax.annotate(
        f"by satellite at most\n{most} Gbps, even\nwith every cable cut",
        (last, table["fallback_tbps"].iloc[0]),
        xytext=(last + 0.4, 0.62 * top),
        ha="right",
        va="bottom",
        size=11,
        color=figures.TEXT["orange"],
        arrowprops={"arrowstyle": "->", "color": figures.TEXT["orange"], "lw": 1.2},
    )
    ax.set(
        ylim=(0, 1.08 * top),
        xlim=(-0.7, last + 0.7),
        xlabel="international cables cut",
        ylabel="Tbps left",
        xticks=range(0, last + 1, 3),
    )
    ax.set_title("What is left")
    looks = (
        ("south_dark", f"{_the_south(southern())} dark", COLOURS["blue"], "o", "-"),
        ("any_landing_dark", "some landing dark", COLOURS["vermilion"], "s", "-"),
        ("landings_dark_when_aimed", "share dark, smallest landings first", COLOURS["grey"], None, "--"),
    )
    for column, name, colour, marker, line in looks:
        steps = "default" if marker else "steps-post"
        side.plot(
            table["cables_cut"],
            100 * table[column],
            color=colour,
            marker=marker,
            ms=5,
            ls=line,
            drawstyle=steps,
            label=name,
        )
    side.legend(loc="upper left", fontsize=10.5)
    side.set(
        xlabel="international cables cut",
        ylabel="%",
        ylim=(-2, 138),
        yticks=range(0, 101, 20),
        xticks=range(0, last + 1, 3),
    )
    side.set_title("Who goes dark")
    told = words.ladder(int(landed["international_cables"].isna().sum()))
    sources = (*figures.used(answer.tables["facts"]), *figures.used(landed))
    return figures.picture(fig, "ladder", told, table, sources, answer)


@figures.house
def together(answer: Answer) -> Picture:
    """Who else the network covers, and which neighbour's gateway could carry it."""
    p = answer.parameters
    gates, table, places = (
        answer.tables["gateways"],
        answer.tables["readers"],
        answer.tables["places"].set_index("place"),
    )
    fig, (ax, side) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [1.15, 1]}, height=6.0)
    chart = maps.draw(ax, (97, 149, 9, 42))
    for gate in gates.itertuples():
        if gate.distance_km:
            at = places.loc[gate.gateway]
            chart.arc(
                places["longitude_deg"]["Taipei"],
                places["latitude_deg"]["Taipei"],
                at["longitude_deg"],
                at["latitude_deg"],
                color=COLOURS["blue"],
                lw=0.6 + 4.5 * gate.percent / 100,
                alpha=0.75,
                ls="-" if gate.percent >= 1 else ":",
                solid_capstyle="round",
            )
    named = [g for g in gates["gateway"] if g in places.index]
    shown = places.loc[["Taipei", *named]]
    share = gates.set_index("gateway")["percent"]
    labels = [
        name if name == "Taipei" else f"{KNOWN_AS.get(name, name)} {share[name]:.0f}%" for name in shown.index
    ]
    chart.places(labels, shown["longitude_deg"], shown["latitude_deg"], font_size=11)
    ax.set_title("Gateways that a satellite over Taipei also sees")
    rows = table.iloc[::-1].reset_index(drop=True)
    for i, row in rows.iterrows():
        side.plot([row["planned"], row["chosen"]], [i, i], color="#c9cdd0", lw=1.2, zorder=1)
    six = answer["planned"]
    own = spelled(six)
    marks = (
        ("chosen", f"{p.satellites} satellites (wanted)", "o", "white", COLOURS["blue"]),
        ("doubled", f"{spelled(2 * six)}: Taiwan's {own} and {own} more", "D", "white", COLOURS["vermilion"]),
        ("planned", f"the planned {own}", "s", "white", COLOURS["blue"]),
    )
    for column, name, marker, fill, edge in marks:
        side.plot(
            rows[column], rows.index, ls="", marker=marker, ms=9, mfc=fill, mec=edge, mew=1.6, label=name
        )
    real = answer.tables.get("real")
    if real is not None:  # real satellites beside patterns: another mark, filled
        share = real.set_index("place").loc[rows["place"], "percent"].to_numpy()
        side.plot(
            share,
            rows.index,
            ls="",
            marker="P",
            ms=9,
            color=COLOURS["purple"],
            label=real_layers.label(answer),
        )
    for i, row in rows.iterrows():
        side.annotate(
            f"{row['chosen']:.0f}%",
            (row["chosen"], i),
            xytext=(0, 9),
            textcoords="offset points",
            ha="center",
            size=10.5,
        )
    side.set_yticks(rows.index, rows["place"])
    side.set(xlim=(-3, 106), ylim=(-0.6, len(rows) + 0.9), xlabel="time with a satellite in view, percent")
    side.legend(loc="upper left", fontsize=10.5, ncols=1)
    side.grid(axis="x", visible=True)
    side.set_title("Whom the same network serves")
    data = pd.concat(
        [
            gates[gates["distance_km"] > 0]
            .rename(columns={"gateway": "place"})
            .assign(panel="gateway", place=lambda t: t["place"].replace(KNOWN_AS)),
            table.assign(panel="reader"),
        ],
        ignore_index=True,
    )[["panel", "place", "percent", "distance_km", "planned", "doubled", "chosen"]]
    if real is not None:
        data = pd.concat([data, _real_rows(real)], ignore_index=True)
    told = real_layers.noted(words.together(chart.region.centre[1], GATEWAY_ELEVATION_DEG), answer)
    sources = (*_need_sources(answer), *figures.used(answer.tables["programmes"]), maps.SOURCE)
    return figures.picture(fig, "together", told, data, sources, answer)


def _real_rows(real: pd.DataFrame) -> pd.DataFrame:
    """A real network over the places drawn, and over Taipei and the gateways at once."""
    over = real[real["place"].isin(READERS)][["place", "percent"]].assign(panel="real reader")
    gates = real[real["place"].isin(GATEWAYS)][["place", "gateway_percent"]]
    gates = gates.rename(columns={"gateway_percent": "percent"}).assign(panel="real gateway")
    return pd.concat([gates.assign(place=gates["place"].replace(KNOWN_AS)), over], ignore_index=True)


WIDTH_PT, HEIGHT_PT, LETTER_PT = 610, 258, 4.3  # of all panels, and of a letter of the words above a column


def _beyond(table: pd.DataFrame) -> tuple[str, int, float]:
    """How what no number reaches is said above a column: the words between elevation and number, the points
    from one name to the next above it, and the height of the panel over the highest number.
    """
    each = table.groupby(["altitude_km", "inclination_deg"])["satellites_needed"]
    longest = max(len(f"{elevation:g}°") for elevation in table["minimum_elevation_deg"].unique())
    room = WIDTH_PT / each.ngroups / LETTER_PT
    between = next((one for one in (": over ", ": >") if longest + len(f"{one}{MOST}") <= room), "\n>")
    step = 12 * (1 + between.count("\n"))
    lines = int(each.agg(lambda needed: needed.isna().sum()).max())
    return between, step, max(1.2, 1 / (1 - (lines * step + 6) / HEIGHT_PT)) if lines else 1.1


@figures.house
def constellation(answer: Answer) -> Picture:
    """Satellites needed by inclination, elevation and altitude: what would change the answer."""
    table = answer.tables["searches"]
    altitudes = sorted(table["altitude_km"].unique())
    fig, axes = figures.canvas(1, len(altitudes), sharey=True, squeeze=False)
    top, wanted = table["satellites_needed"].max(), answer["wanted"]
    low, high = table["satellites_needed"].min(), top
    left = -0.4 * max(1, len(altitudes) - 1)  # room for a number beside the first marks
    between, step, headroom = _beyond(table)
    for ax, altitude in zip(axes[0], altitudes):
        part = table[table["altitude_km"] == altitude]
        inclinations, beyond, labelled = sorted(part["inclination_deg"].unique()), {}, {}
        numbered = set()  # places whose number stands there already
        for (elevation, line), (name, marker) in zip(part.groupby("minimum_elevation_deg"), LOOKS):
            x = [inclinations.index(i) for i in line["inclination_deg"]]
            y = line["satellites_needed"].astype(float)
            ax.plot(x, y, ls="", color=COLOURS[name], marker=marker, ms=9)
            known = y.dropna()
            for a, b in zip(x, y):
                if b in (low, high) and (a, b) not in numbered:
                    numbered.add((a, b))
                    ax.annotate(
                        f"{b:.0f}",
                        (a, b),
                        xytext=(-9, 0),
                        textcoords="offset points",
                        ha="right",
                        va="center",
                    )
            everywhere = "" if len(known) else " everywhere"
            if len(known):
                end = x[list(y.index).index(known.index[-1])]
                # The names of two elevations that end in one place stand one above the other.
                labelled[end] = max(known.iloc[-1], labelled.get(end, -top) + 0.06 * top)
                near = labelled[end] - wanted
                off_line = (6 if near >= 0 else -6) if abs(near) < 20 else 0
                ax.annotate(
                    f"{elevation:g}°",
                    (end, labelled[end]),
                    xytext=(8, off_line),
                    textcoords="offset points",
                    color=figures.TEXT[name],
                    va="center",
                    size=12,
                )
            else:  # said once, in the middle, over what stands beside it
                x, y = [x[len(x) // 2]], y.iloc[:1]
                beyond[x[0]] = max(beyond.values(), default=0)
            for a, b in zip(x, y):
                if np.isnan(b):
                    beyond[a] = beyond.get(a, 0) + 1
                    ax.annotate(
                        f"{elevation:g}°{between}{MOST}{everywhere}",
                        (a, top),
                        xytext=(0, step * beyond[a] - step + 8),
                        textcoords="offset points",
                        ha="center",
                        size=9,
                        color=figures.TEXT[name],
                    )
        ax.axhline(wanted, color=COLOURS["ink"], lw=1.1, ls="--")
        ax.text(left + 0.05, wanted + 6, f"{wanted}", size=11)
        ax.set_xticks(range(len(inclinations)), [f"{i:g}°" for i in inclinations])
        ax.set(xlim=(left, len(inclinations) - 0.45), xlabel="inclination")
        ax.set_title(f"{altitude:,.0f} km")
    axes[0][0].set(ylabel="satellites needed", ylim=(0, headroom * top))
    return figures.picture(fig, "constellation", words.constellation(), table, _need_sources(answer), answer)


METHOD = (constellation,)
FIGURES = (needed, ladder, trap, together, *METHOD)
