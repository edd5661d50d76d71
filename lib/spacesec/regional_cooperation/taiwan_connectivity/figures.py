"""Figures of the question on Taiwan's connectivity; each takes its answer."""

import numpy as np

from spacesec.answers import Answer
from spacesec.drawing import figures, maps
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.regional_cooperation.taiwan_connectivity.model import MOST
from spacesec.regional_cooperation.taiwan_connectivity.words import (
    SMALLEST_SHARE,
    reach,
    share_in_words,
    the_south,
)
from spacesec.words.numerals import counted, spelled

LOOKS = (
    (COLOURS["blue"], "o"),
    (COLOURS["green"], "s"),
    (COLOURS["orange"], "^"),
    (COLOURS["vermilion"], "D"),
    (COLOURS["purple"], "v"),
    (COLOURS["ink"], "P"),
)


def _need_sources(answer: Answer) -> tuple[str, ...]:
    facts = answer.tables["facts"]
    return figures.used(facts[facts["indicator"].str.contains("satellites the agency|planned altitude")])


@figures.house
def needed(answer: Answer) -> Picture:
    """Availability against the number of satellites by inclination: the best arrangement as a line, down to
    the middle one as a band.
    """
    p, table = answer.parameters, answer.tables["counts"]
    fig, ax = figures.canvas()
    for (inclination, part), (colour, marker) in zip(table.groupby("inclination_deg"), LOOKS):
        ax.fill_between(part["satellites"], part["middle"], part["best"], color=colour, alpha=0.16, lw=0)
        ax.plot(part["satellites"], part["best"], color=colour, marker=marker, ms=5, markevery=4)
        under = part[part["best"] < 82]
        at = under.iloc[-1] if len(under) else part.iloc[0]
        ax.annotate(
            f"{inclination:g}°",
            (at["satellites"], at["best"]),
            xytext=(-7, 6),
            textcoords="offset points",
            ha="right",
            color=colour,
            size=13,
            weight=600,
        )
    agency, wanted = answer["agency_inclination_deg"], answer.facts["wanted"]
    ax.axvline(wanted, color=COLOURS["ink"], lw=1.2, ls="--")
    ax.annotate(
        f"{wanted}: the agency's number", (wanted, 6), xytext=(6, 0), textcoords="offset points", size=11.5
    )
    ax.axhline(99.9, color="#8a8f94", lw=0.8, ls=":")
    ax.set(
        xlabel="satellites",
        ylabel="time with a satellite in view, percent",
        xlim=(10, max(wanted, table["satellites"].max()) + 2),
        ylim=(0, 103),
    )
    by = answer.results["needed_by_inclination"].value
    low, high = list(by)[0], list(by)[-1]
    chosen = (
        f"{by[low] or f'not even {MOST}'} would do at {low}°, {by[high] or f'more than {MOST}'} at {high}°"
    )
    title = (
        f"{wanted} satellites suffice {reach(by, agency, wanted)}"
        if agency
        else f"{wanted} satellites suffice at no inclination"
    )
    return Picture(
        fig,
        "needed",
        f"{title}; {chosen}",
        f"Time with a satellite above {p.minimum_elevation_deg:g}° over central Taiwan by inclination;"
        f" {p.pattern} patterns at {p.altitude_km:g} km; bands: best to middle arrangement",
        "Lines: the best arrangement of each number in three planes or more; bands reach down to the middle"
        " arrangement. Satellites above the horizon are not yet capacity.",
        "Lines rising toward 100 percent: low inclinations reach it with about half as many satellites as"
        " polar ones.",
        table,
        _need_sources(answer),
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
            xytext=(0, -18),
            textcoords="offset points",
            ha="center",
            color=COLOURS["vermilion"],
            size=11,
        )
    ax.set_xticks(range(len(planes)), [f"{count}\n({p.satellites // count} each)" for count in planes])
    ax.set(
        xlabel="planes (satellites in each); one circle for each phasing",
        ylabel="time with a satellite in view, percent",
        ylim=(min(0, table["availability_percent"].min()), 104),
    )
    low, high = table["availability_percent"].min(), table["availability_percent"].max()
    title = (
        f"The same {p.satellites} satellites give {low:.0f}% or {high:.0f}%: what counts is how they are"
        " arranged"
    )
    return Picture(
        fig,
        "trap",
        (
            title
            if high - low >= 1
            else (
                f"However arranged, {counted(p.satellites, 'satellite gives', 'satellites give')} {high:.0f}%"
            )
        ),
        f"Every arrangement of {counted(p.satellites, 'satellite')} over central Taiwan,"
        f" {p.inclination_deg:g}°, {p.altitude_km:g} km, above {p.minimum_elevation_deg:g}°; mean in view"
        f" {answer['mean_in_view']:.2f} in all of them",
        "The mean number in view is the same for all; badly phased planes bunch their satellites and leave"
        " gaps. Marks are spread sideways only to be told apart.",
        f"Columns of circles for {counted(len(planes), 'number')} of planes, "
        + (
            f"between {low:.0f} and {high:.0f} percent."
            if round(low) != round(high)
            else f"all at {high:.0f} percent."
        ),
        table,
        _need_sources(answer),
    )


@figures.house
def ladder(answer: Answer) -> Picture:
    """Capacity left after cuts on a logarithmic scale with the fallbacks under it, and the chance that
    landings go dark.
    """
    p, table, r = answer.parameters, answer.tables["ladder"], answer.results
    fig, (ax, side) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [1.45, 1]}, height=5.8)
    lit = table[table["capacity_tbps"] > 0]
    bars = ax.bar(
        lit["cables_cut"],
        lit["capacity_tbps"] * 1000,
        0.7,
        color=[COLOURS["vermilion"] if k == p.cables_cut else COLOURS["blue"] for k in lit["cables_cut"]],
    )
    for line, bar in zip(lit.index, bars):
        figures.mark(line, bar)
    ax.set_yscale("log")
    ax.text(
        table["cables_cut"].max(),
        1.6,
        "none",
        ha="center",
        size=10.5,
        color=COLOURS["vermilion"] if p.cables_cut == table["cables_cut"].max() else "#555b60",
    )
    limits = [
        ("all users as on Matsu", r["need_tbps"].value * 1000, COLOURS["ink"], "-"),
        ("terminals", r["terminal_limit_gbps"].value, COLOURS["green"], "--"),
    ]
    limits += [
        (f"{name} satellites", v, COLOURS["orange"], ":")
        for name, v in sorted(r["satellite_limit_gbps"].value.items(), key=lambda x: -x[1])
    ]
    for _, level, colour, line in limits:
        if level > 0:
            ax.axhline(level, color=colour, lw=1.6, ls=line)
    last, spread = table["cables_cut"].max(), -np.inf
    for name, level, colour, _ in sorted((item for item in limits if item[1] > 0), key=lambda item: item[1]):
        spread = max(np.log10(level), spread + 0.24)
        ax.text(last + 1, 10**spread, f"{level:,.0f}  {name}", color=colour, size=10.5, va="center")
    ax.set(
        ylim=(1, 3000 * table["capacity_tbps"].max()),
        xlim=(-0.7, last + 0.8),
        xlabel="international cables cut",
        ylabel="Gbps left (logarithmic)",
        xticks=range(0, last + 1, 3),
    )
    ax.yaxis.set_major_formatter("{x:,.0f}")
    ax.set_title("What is left")
    looks = (
        ("south_dark", f"{the_south(answer.facts['southern'])} dark", COLOURS["blue"], "o"),
        ("any_landing_dark", "some landing dark", COLOURS["vermilion"], "s"),
    )
    for column, name, colour, marker in looks:
        side.plot(table["cables_cut"], 100 * table[column], color=colour, marker=marker, ms=5, label=name)
    side.plot(
        table["cables_cut"],
        100 * (1 - table["landings_lit_when_aimed"] / len(answer.tables["landings"])),
        color="#8a8f94",
        drawstyle="steps-post",
        lw=1.6,
        ls="--",
        label="share of landings dark when aimed",
    )
    side.legend(loc="upper left", fontsize=10.5)
    side.set(
        xlabel="international cables cut",
        ylabel="percent",
        ylim=(-2, 130),
        yticks=range(0, 101, 20),
        xticks=range(0, last + 1, 3),
    )
    side.set_title("Who goes dark")
    share = r["fallback_share_percent"].value
    return Picture(
        fig,
        "ladder",
        f"When all cables are cut {'at most ' if share >= SMALLEST_SHARE else ''}{share_in_words(share)}"
        " comes back by satellite",
        "International capacity after cuts with upper bounds of the fallback; chances for random cuts and for"
        " landings cut one by one",
        f"Total capacity is a published lower bound shared equally. {_shared(answer)}Satellite bounds:"
        f" {counted(p.satellites, 'satellite')}, their mean number in view, published mean rates of three"
        " networks. Gateways, spectrum and consent are left out.",
        "Bars of remaining capacity falling to none at the last cable, far above lines for terminals and"
        " satellites; curves of the chance that landings go dark.",
        table,
        (*figures.used(answer.tables["facts"]), *figures.used(answer.tables["landing_rows"])),
    )


def _shared(answer: Answer) -> str:
    unknown = int(answer.tables["landing_rows"]["international_cables"].isna().sum())
    if not unknown:
        return ""
    return (
        f"Cables at the {spelled(unknown)} northern landings are shared as evenly as can be, which is an"
        " assumption. "
    )


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
        name if name == "Taipei" else f"{'Guam' if name == 'Hagatna' else name} {share[name]:.0f}%"
        for name in shown.index
    ]
    chart.places(labels, shown["longitude_deg"], shown["latitude_deg"], font_size=11)
    ax.set_title("Gateways that a satellite over Taipei also sees")
    rows = table.iloc[::-1].reset_index(drop=True)
    for i, row in rows.iterrows():
        side.plot([row["planned"], row["chosen"]], [i, i], color="#c9cdd0", lw=1.2, zorder=1)
    six = answer.facts["planned"]
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
    best = gates.loc[gates[gates["distance_km"] > 0]["percent"].idxmax()]
    who = "Guam" if best["gateway"] == "Hagatna" else best["gateway"]
    return Picture(
        fig,
        "together",
        f"A gateway at {who} would carry Taipei {best['percent']:.0f}% of the time; Naha is served"
        f" {table.set_index('place')['chosen']['Naha']:.0f}%, Tokyo"
        f" {table.set_index('place')['chosen']['Tokyo']:.0f}%",
        f"{counted(p.satellites, 'satellite')} in {counted(p.planes, 'plane')}, {p.inclination_deg:g}°,"
        f" {p.altitude_km:g} km; terminals above {p.minimum_elevation_deg:g}°, gateways above 10°, no links"
        " between satellites",
        f"Left: width of the arc is the share of a day; projection: {chart.statement}. Right: planned and"
        " doubled networks in their best arrangement; hollow marks are not flying.",
        "Map of arcs from Taipei to gateways in Japan, the Philippines, Guam and Thailand; dot plot of"
        " coverage from Taipei to Tokyo.",
        gates,
        (*_need_sources(answer), *figures.used(answer.tables["programmes"]), maps.SOURCE),
    )


@figures.house
def constellation(answer: Answer) -> Picture:
    """Satellites needed by inclination, elevation and altitude: what would change the answer."""
    p, table = answer.parameters, answer.tables["searches"]
    altitudes = sorted(table["altitude_km"].unique())
    fig, axes = figures.canvas(1, len(altitudes), sharey=True, squeeze=False)
    top, wanted = table["satellites_needed"].max(), answer.facts["wanted"]
    for ax, altitude in zip(axes[0], altitudes):
        part = table[table["altitude_km"] == altitude]
        inclinations, beyond = sorted(part["inclination_deg"].unique()), {}
        for (elevation, line), (colour, marker) in zip(part.groupby("minimum_elevation_deg"), LOOKS):
            x = [inclinations.index(i) for i in line["inclination_deg"]]
            y = line["satellites_needed"].astype(float)
            ax.plot(x, y, color=colour, marker=marker, ms=7)
            known = y.dropna()
            everywhere = "" if len(known) else " everywhere"
            if len(known):
                ax.annotate(
                    f"{elevation:g}°",
                    (x[list(y.index).index(known.index[-1])], known.iloc[-1]),
                    xytext=(8, -6 if wanted - 20 < known.iloc[-1] < wanted else 0),
                    textcoords="offset points",
                    color=colour,
                    va="center",
                    size=12,
                )
            else:  # said once, in the middle
                x, y = [x[len(x) // 2]], y.iloc[:1]
            for a, b in zip(x, y):
                if np.isnan(b):
                    beyond[a] = beyond.get(a, 0) + 1
                    ax.annotate(
                        f"{elevation:g}°: over {MOST}{everywhere}",
                        (a, top),
                        xytext=(0, 12 * beyond[a] - 4),
                        textcoords="offset points",
                        ha="center",
                        size=9,
                        color=colour,
                    )
        ax.axhline(wanted, color=COLOURS["ink"], lw=1.1, ls="--")
        ax.text(-0.35, wanted + 6, f"{wanted}", size=11)
        ax.set_xticks(range(len(inclinations)), [f"{i:g}°" for i in inclinations])
        ax.set(xlim=(-0.4, len(inclinations) - 0.45), xlabel="inclination")
        ax.set_title(f"{altitude:,.0f} km")
    axes[0][0].set(
        ylabel="satellites needed", ylim=(0, (1.2 if table["satellites_needed"].isna().any() else 1.1) * top)
    )
    low, high = table["satellites_needed"].min(), table["satellites_needed"].max()
    return Picture(
        fig,
        "constellation",
        f"From {low:.0f} to {high:.0f} satellites: the elevation a terminal needs and the inclination decide",
        f"Fewest satellites for 99.9% over central Taiwan, best {p.pattern} pattern; a line for each lowest"
        " elevation",
        "Searches over every arrangement in up to 30 planes (15 for star patterns). No inclination or"
        " elevation of the agency's was found; its number fits several lines.",
        "Lines rising with inclination in one panel for each altitude, highest for the highest elevation.",
        table,
        _need_sources(answer),
    )


FIGURES = (needed, trap, ladder, together, constellation)
