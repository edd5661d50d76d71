"""The five figures of `partners`."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.methods import statistics
from spacesec.regional_cooperation.partners import words
from spacesec.regional_cooperation.partners.model import SOURCES
from spacesec.words.numerals import counted

LAYER_NAMES = {
    "situational_awareness": "Space\nawareness",
    "missile_warning": "Missile\nwarning",
    "reconnaissance": "Imaging",
    "maritime": "Sea",
    "positioning": "Positioning",
    "communications": "Communi-\ncations",
    "exploration": "Exploration",
    "industry": "Industry",
    "governance": "Rules",
}


GROUPS = {
    "watching space, missiles, ground and sea": (
        ("situational_awareness", "missile_warning", "reconnaissance", "maritime"),
        COLOURS["blue"],
        "-",
    ),
    "positioning and communications": (("positioning", "communications"), COLOURS["green"], "--"),
    "exploration and industry": (("exploration", "industry"), COLOURS["orange"], "-."),
    "rules": (("governance",), COLOURS["vermilion"], ":"),
}


# Partners around the compass in every snapshot, by region, so that a partner keeps its place through time.
ORDER = (
    "United States",
    "Canada",
    "Argentina",
    "United Kingdom",
    "France",
    "Germany",
    "Italy",
    "Luxembourg",
    "European Union",
    "European Space Agency",
    "NATO",
    "Eutelsat",
    "United Arab Emirates",
    "India",
    "Vietnam",
    "Indonesia",
    "Philippines",
    "Taiwan",
    "South Korea",
    "Australia",
    "New Zealand",
    "United Nations",
)


# Series of exercises whose own names are too long to stand over a column.
SERIES = {
    "schriever": "Schriever",
    "talisman-sabre-space": "Talisman Sabre",
    "japan-taiwan-coast-guard": "Taiwan coast guard",
    "us-japan-philippines-coast-guard": "Trilateral coast guard",
}


MOST_STATES = 19  # rows beside Japan's, but for ties with the last


SHORT = {
    "United States": "US",
    "United Kingdom": "UK",
    "European Union": "EU",
    "European Space Agency": "ESA",
    "United Arab Emirates": "UAE",
    "New Zealand": "New Zealand",
    "United Nations": "UN",
}


@figures.house
def layers(answer: Answer) -> Picture:
    """Partners against layers: how many acts, and whether any of them is more than words."""
    from matplotlib.lines import Line2D

    ties = answer.tables["ties"].explode("domains")
    names = list(answer.tables["ranking"]["partner"])
    wanted = [layer for layer in LAYER_NAMES if layer in set(ties["domains"])]
    ties["hard"] = ties["bindingness"].isin(["binding", "operational"]) & (ties["stage"] != "talk")
    cells = (
        ties.groupby(["partner", "domains"])
        .agg(acts=("act_id", "size"), hard=("hard", "sum"), row_ids=("act_id", ";".join))
        .reset_index()
    )
    fig, ax = figures.canvas(height=max(4.6, 1.9 + 0.29 * len(names)))
    biggest = cells["acts"].max()
    for row in cells.itertuples():
        x, y = wanted.index(row.domains), names.index(row.partner)
        size = 55 + 400 * row.acts / biggest
        figures.mark(
            row.Index,
            ax.scatter(
                x,
                y,
                s=size,
                facecolor=COLOURS["blue"] if row.hard else "white",
                edgecolor=COLOURS["blue"],
                linewidth=1.2,
                zorder=3,
            ),
        )
        ax.text(
            x,
            y + 0.02,
            str(row.acts),
            ha="center",
            va="center",
            size=9.5,
            color="white" if row.hard else COLOURS["ink"],
            zorder=4,
        )
    ax.set_xticks(range(len(wanted)), [LAYER_NAMES[layer] for layer in wanted], size=10.5)
    ax.xaxis.tick_top()
    ax.set_yticks(range(len(names)), names, size=10.5)
    ax.set(xlim=(-0.6, len(wanted) - 0.4), ylim=(len(names) - 0.4, -0.7))
    ax.tick_params(length=0)
    ax.grid(axis="both", visible=True)
    for side in ax.spines.values():
        side.set_visible(False)
    keys = [
        Line2D(
            [],
            [],
            ls="",
            marker="o",
            ms=11,
            mfc=COLOURS["blue"],
            mec=COLOURS["blue"],
            label="at least one binding or operational act",
        ),
        Line2D(
            [],
            [],
            ls="",
            marker="o",
            ms=11,
            mfc="white",
            mec=COLOURS["blue"],
            label="talk and political texts only",
        ),
    ]
    ax.legend(handles=keys, loc="upper left", bbox_to_anchor=(0, -0.005), ncols=2, borderaxespad=0.3)
    sources = (*figures.used(answer.tables["ties"]), SOURCES["participation"])
    return figures.picture(fig, "layers", words.layers(), cells, sources, answer)


@figures.house
def depth_by_partner(answer: Answer) -> Picture:
    """Share of the whole weight by partner, with the range over all ways of counting."""
    ranking = answer.tables["ranking"]
    world = answer.tables["multiverse"]
    names = list(ranking["partner"].iloc[:14])
    span = world.groupby("partner")["share"].agg(["min", "max"])
    ranks = world.groupby("partner")["rank"].agg(["min", "max"])
    share = 100 * ranking.set_index("partner")["depth"] / ranking["depth"].sum()
    table = ranking.set_index("partner")
    fig, ax = figures.canvas(height=max(4.2, 1.7 + 0.3 * len(names)))
    bars = ax.barh(
        range(len(names)),
        share[names],
        0.62,
        color=[COLOURS["blue"] if table.loc[n, "partner_kind"] == "state" else COLOURS["sky"] for n in names],
        hatch=None,
        edgecolor="white",
    )
    for y, name in enumerate(names):
        figures.mark(y, bars[y])
        if table.loc[name, "partner_kind"] != "state":
            figures.mark(
                y, *ax.barh(y, share[name], 0.62, color="none", hatch="////", edgecolor="white", linewidth=0)
            )
        low, high = span.loc[name] if name in span.index else (share[name], share[name])
        ax.plot([low, high], [y, y], color=COLOURS["ink"], lw=1.4, solid_capstyle="butt", zorder=4)
        ax.plot([low, high], [y, y], ls="", marker="|", color=COLOURS["ink"], ms=8, zorder=4)
        best, worst = (int(v) for v in ranks.loc[name]) if name in ranks.index else (0, 0)
        text = f"rank {best}" if best == worst else f"rank {best} to {worst}"
        ax.text(
            max(high, share[name]) + 0.8,
            y,
            f"{text} · {counted(table.loc[name, 'acts'], 'act')}",
            va="center",
            size=9.8,
            color="#555b60",
        )
    ax.set_yticks(range(len(names)), names)
    ax.set(
        ylim=(len(names) - 0.4, -0.6),
        xlim=(0, max(span["max"].max(), share.max()) * 1.3),
        xlabel="percent of the weight of all ties",
        xticks=range(0, 101, 10),
    )
    ax.set_xlim(0, max(span["max"].max(), share.max()) * 1.3)
    ax.grid(axis="x", visible=True)
    ax.grid(axis="y", visible=False)
    ax.tick_params(axis="y", length=0)
    acts = answer.tables["ties"].groupby("partner")["act_id"].agg(";".join)
    data = ranking.iloc[: len(names)].assign(
        share_percent=share[names].to_numpy(),
        share_low=span["min"].reindex(names).to_numpy(),
        share_high=span["max"].reindex(names).to_numpy(),
        rank_low=ranks["min"].reindex(names).to_numpy(),
        rank_high=ranks["max"].reindex(names).to_numpy(),
        ways=world.groupby("partner").size().reindex(names).to_numpy(),
        row_ids=acts[names].to_numpy(),
    )
    return figures.picture(
        fig, "depth_by_partner", words.depth_by_partner(), data, figures.used(answer.tables["ties"]), answer
    )


@figures.house
def through_time(answer: Answer) -> Picture:
    """Three snapshots of Japan's own ties, each partner in its fixed place."""
    from matplotlib.lines import Line2D
    from matplotlib.transforms import blended_transform_factory

    ties = answer.tables["ties"]
    first, last = int(ties["year"].min()), answer.parameters.end_year
    years = sorted({int(y) for y in np.round(np.linspace(max(first, last - 16), last, 3))})
    seen = set(ties["partner"])
    order = [name for name in ORDER if name in seen] + sorted(seen - set(ORDER))
    angle = {name: np.pi / 2 - 2 * np.pi * i / len(order) for i, name in enumerate(order)}
    fig, axes = figures.canvas(1, len(years), height=5.3, squeeze=False)
    group_of = {layer: name for name, (members, _, _) in GROUPS.items() for layer in members}
    rows = []
    for ax, year in zip(axes[0], years):
        past = ties[ties["year"] <= year]
        total, behind = (
            past.groupby("partner")["weight"].sum(),
            past.groupby("partner")["act_id"].agg(";".join),
        )
        parts = past.assign(weight=past["weight"] / past["domains"].str.len()).explode("domains")
        lead = (
            parts.assign(group=parts["domains"].map(group_of))
            .groupby(["partner", "group"])["weight"]
            .sum()
            .reset_index()
            .sort_values("weight")
            .groupby("partner")["group"]
            .last()
        )
        for name in order:
            x, y = np.cos(angle[name]), np.sin(angle[name])
            known = name in total.index
            if known:
                _, colour, line = GROUPS[lead[name]]
                width = 0.8 + 1.2 * np.sqrt(total[name])
                figures.mark(
                    len(rows),
                    *ax.plot(
                        [0.13 * x, 0.9 * x],
                        [0.13 * y, 0.9 * y],
                        color=colour,
                        lw=width,
                        ls=_dashes(line, width),
                        solid_capstyle="butt",
                        dash_capstyle="butt",
                        zorder=1,
                    ),
                )
                rows.append(
                    {
                        "year": year,
                        "partner": name,
                        "depth": total[name],
                        "leading_group": lead[name],
                        "row_ids": behind[name],
                    }
                )
            ax.plot(
                0.93 * x,
                0.93 * y,
                marker="o",
                ms=4.5,
                mfc=COLOURS["ink"] if known else "white",
                mec=COLOURS["ink"] if known else "#b8bdc1",
                zorder=3,
            )
            turn = np.degrees(angle[name])
            flip = not -90 <= (turn + 180) % 360 - 180 <= 90
            ax.text(
                1.0 * x,
                1.0 * y,
                f" {SHORT.get(name, name)} ",
                rotation=turn + 180 if flip else turn,
                rotation_mode="anchor",
                ha="right" if flip else "left",
                va="center",
                size=9,
                color=COLOURS["ink"] if known else "#6b7176",
            )
        ax.plot(0, 0, marker="o", ms=15, color=COLOURS["ink"], zorder=4)
        ax.text(0, 0, "J", color="white", ha="center", va="center", size=9, weight=600, zorder=5)
        ax.set_title(
            f"to {year}: {counted(past['act_id'].nunique(), 'act')},"
            f" {counted(past['partner'].nunique(), 'partner')}",
            loc="center",
            size=11,
        )
        ax.set(xlim=(-1.68, 1.68), ylim=(-2.0, 1.68), aspect="equal")
        ax.set_axis_off()
    keys = [
        Line2D([], [], color=colour, ls=line, lw=2.6, label=name)
        for name, (_, colour, line) in GROUPS.items()
    ]
    # The legend is wider than its panel: it stands in the strip that the panels leave free below, and outside
    # the layout.
    axes[0][len(years) // 2].legend(
        handles=keys,
        loc="lower center",
        bbox_to_anchor=(0.5, -0.02),
        # The middle of the picture, whatever number of panels it has.
        bbox_transform=blended_transform_factory(fig.transFigure, axes[0][0].transAxes),
        ncols=4,
        columnspacing=1.4,
        handlelength=2.4,
    ).set_in_layout(False)
    data = pd.DataFrame(rows)
    sources = (*figures.used(ties), SOURCES["blocs of all states"])
    return figures.picture(fig, "through_time", words.through_time(len(order)), data, sources, answer)


RULES = {
    "same_domain": ("domain", "any later act, same partner and layer", COLOURS["blue"], "-"),
    "named": ("named", "tied to the text by a source", COLOURS["vermilion"], "--"),
}


@figures.house
def operation(answer: Answer) -> Picture:
    """Share of signed texts put into operation by years since signature, under both rules."""
    fig, (ax, side) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [1.55, 1]})
    longest = max(answer.tables[f"lags_{key}"]["years"].max() for key, *_ in RULES.values())
    limit = float(np.ceil(longest)) if longest > 0 else 1.0
    data, drawn = [], 0
    for rule, (key, label, colour, line) in RULES.items():
        lags, curve = answer.tables[f"lags_{key}"], answer.tables[f"curve_{key}"]
        data.append(curve.assign(rule=rule, panel="curve"))
        if lags.empty:  # nothing was signed
            continue
        _rising(ax, curve, lags, colour, line, drawn)
        drawn += len(curve)
        spot = (0.02 * limit, 80) if rule == "same_domain" else (0.45 * limit, 4)
        ax.text(
            *spot,
            f"{label}:\n{int(lags['observed'].sum())} of {len(lags)} texts",
            color=colour,
            size=10.5,
            va="bottom",
        )
    ax.axhline(50, color="#8a8f94", lw=0.8, ls=":")
    ax.text(0.02 * limit, 51, "half", ha="left", va="bottom", size=10, color="#555b60")
    ax.set(
        xlim=(0, 1.03 * limit), ylim=(0, 100), xlabel="years since signature", ylabel="% put into operation"
    )
    data.append(_carried_out(side, answer.tables["lags_named"]))
    return figures.picture(
        fig,
        "operation",
        words.operation(),
        pd.concat(data, ignore_index=True),
        figures.used(answer.tables["ties"]),
        answer,
    )


def _rising(ax, curve: pd.DataFrame, lags: pd.DataFrame, colour: str, line: str, first_row: int) -> None:
    """A survival curve as the percent put into operation, with its band and a tick a waiting text."""
    for number, row in enumerate(curve.itertuples(), start=first_row):
        figures.mark_point(ax, row.time, 100 * (1 - row.survival), number)
    x = np.concatenate([[0], curve["time"]])
    done, low, high = (
        100 * (1 - np.concatenate([[1.0], column]))
        for column in (curve["survival"], curve["high"], curve["low"].fillna(0))
    )
    ax.step(x, done, where="post", color=colour, ls=line)
    ax.fill_between(x, low, high, step="post", color=colour, alpha=0.13, linewidth=0)
    waiting = lags[~lags["observed"]]
    at = [100 * (1 - statistics.survival_at(curve, t)) for t in waiting["years"]]
    ax.plot(waiting["years"], at, ls="", marker="|", color=colour, ms=7, mew=1)


def _carried_out(side, lags: pd.DataFrame) -> pd.DataFrame:
    """One line a text whose first operational act a source names, as long as it took; gives what is drawn."""
    named = lags[lags["observed"].astype(bool)].sort_values("years")
    for y, row in enumerate(named.itertuples()):
        side.plot([0, row.years], [y, y], color=COLOURS["vermilion"], lw=2)
        side.plot(row.years, y, marker="o", color=COLOURS["vermilion"], ms=7)
        side.text(0.05, y - 0.28, f"{row.title} ({row.signed.year})", size=9, va="bottom")
        side.annotate(
            f"{row.years:.1f}",
            (row.years, y),
            xytext=(7, 0),
            textcoords="offset points",
            size=9.5,
            va="center",
            color=COLOURS["vermilion"],
        )
    side.set(
        ylim=(len(named) - 0.5, -0.9),
        xlim=(0, max(float(named["years"].max()) * 1.16, 1.0) if len(named) else 1),
        xlabel="years to the act that carried it out",
        yticks=[],
    )
    if named.empty:
        side.text(
            0.5, 0.5, "none by a source", transform=side.transAxes, ha="center", va="center", color="#555b60"
        )
    side.grid(False)
    side.spines["left"].set_visible(False)
    drawn = named[["title", "years", "act_id"]].rename(columns={"years": "time", "act_id": "row_ids"})
    return drawn.assign(rule="named", panel="text")


@figures.house
def exercises(answer: Answer) -> Picture:
    """Who sat at which exercise: Japan first, then the states it met most often."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    shared = answer["exercises_shared"]
    states = _drawn_states(answer.tables["seats"], shared)
    seats = answer.tables["seats"]
    seats = seats[seats["participant"].isin(states)]
    data = seats[
        ["exercise_id", "exercise", "year", "participant", "role", "list_complete", "row_id", "source_id"]
    ].sort_values(["exercise_id", "participant"])
    lines = {row: line for line, row in enumerate(data["row_id"])}
    columns = seats.drop_duplicates("exercise_id").sort_values(["series", "year"])
    order = columns.assign(first=columns.groupby("series")["year"].transform("min")).sort_values(
        ["first", "series", "year"]
    )
    keys = list(order["exercise_id"])
    fig, ax = figures.canvas(height=max(4.8, 2.5 + 0.235 * len(states)))
    place = {key: i for i, key in enumerate(keys)}
    for row in order.itertuples():
        if not bool(row.list_complete):
            ax.bar(
                place[row.exercise_id],
                len(states),
                1.0,
                bottom=-0.5,
                facecolor="white",
                edgecolor="#c9cdd0",
                hatch="....",
                linewidth=0,
                zorder=0,
            )
    ax.axhspan(-0.5, 0.5, color="#eef1f3", zorder=0.5)
    for row in seats[seats["participant"].isin(states)].itertuples():
        full = row.role == "participant"
        figures.mark(
            lines[row.row_id],
            *ax.plot(
                place[row.exercise_id],
                states.index(row.participant),
                marker="s" if full else "D",
                ms=7,
                mfc=COLOURS["blue"] if full else "white",
                mec=COLOURS["blue"],
                ls="",
                zorder=3,
            ),
        )
    for row in order.itertuples():
        if row.japan_role == "absent":
            ax.plot(
                place[row.exercise_id],
                0,
                marker="x",
                ms=7,
                color=COLOURS["vermilion"],
                ls="",
                mew=1.6,
                zorder=3,
            )
    start = 0
    for _, part in order.groupby("series", sort=False):
        names = SERIES.get(part["series"].iloc[0], part["exercise"].iloc[0])
        ax.text(
            start + (0.1 if len(part) < 3 else 0.0),
            -0.75,
            names,
            rotation=50 if len(part) < 4 else 0,
            rotation_mode="anchor",
            ha="left",
            va="bottom",
            size=9.5,
        )
        start += len(part)
        ax.plot([start - 0.5] * 2, [-0.5, len(states) - 0.5], color="#b8bdc1", lw=0.9)
    ax.set_xticks(range(len(keys)), [f"’{int(y) % 100:02d}" for y in order["year"]], size=9.5)
    ax.set_yticks(
        range(len(states)),
        [state if state == "Japan" else f"{state} ({shared.get(state, 0)})" for state in states],
        size=10,
    )
    ax.set(xlim=(-0.5, max(len(keys), 1) - 0.5), ylim=(len(states) - 0.4, -5.2))
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    for side in ax.spines.values():
        side.set_visible(False)
    marks = [
        Line2D([], [], ls="", marker="s", ms=7, mfc=COLOURS["blue"], mec=COLOURS["blue"], label="took part"),
        Line2D([], [], ls="", marker="D", ms=7, mfc="white", mec=COLOURS["blue"], label="observer"),
        Line2D(
            [],
            [],
            ls="",
            marker="x",
            ms=7,
            mew=1.6,
            color=COLOURS["vermilion"],
            label="Japan not in a published list",
        ),
        Patch(
            facecolor="white", edgecolor="#b8bdc1", hatch="....", label="list incomplete: gaps are unknown"
        ),
    ]
    ax.legend(handles=marks, loc="upper center", bbox_to_anchor=(0.45, -0.05), ncols=4, columnspacing=1.4)
    sources = (*figures.used(seats), SOURCES["shuffled rosters"])
    return figures.picture(fig, "exercises", words.exercises(answer), data, sources, answer)


def _drawn_states(seats: pd.DataFrame, shared: dict[str, int]) -> list[str]:
    """Japan, the states that it met most often, with all that met it as often as the last of them, and
    whoever else sat at an exercise that would stand without a partner.
    """
    least = sorted(shared.values(), reverse=True)[:MOST_STATES][-1] if shared else 0
    states = ["Japan", *(state for state, count in shared.items() if count >= least)]
    for _, part in seats.groupby("exercise_id", sort=False):
        if not set(part["participant"]) & set(states[1:]):
            states += [state for state in part["participant"] if state not in states]
    return states


def _dashes(line: str, width: float):
    """A dash pattern of one length in points, whatever the line's width, so that thick short lines keep
    theirs.
    """
    pattern = {"--": (8, 4), "-.": (8, 3, 2.5, 3), ":": (2.5, 3)}.get(line)
    return line if pattern is None else (0, tuple(length / width for length in pattern))


METHOD = ()  # none of them tests the method alone
FIGURES = (layers, depth_by_partner, through_time, operation, exercises)
