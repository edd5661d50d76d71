"""Figures of what was asked: outcomes by document, the wait, who is heard, what is asked again, other
choices, and the two codings.
"""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures, kinds
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.policy_evolution.recommendations import model, words

# State of a demand -> how its part of a bar is drawn; never colour alone.
LOOKS = {
    "done": {"facecolor": COLOURS["green"], "edgecolor": "white"},
    "partly": {"facecolor": COLOURS["sky"], "edgecolor": "white", "hatch": "//"},
    "begun": {"facecolor": COLOURS["pale"], "edgecolor": "white"},
    "overtaken": {"facecolor": COLOURS["purple"], "edgecolor": "white", "hatch": "xx"},
    "no sign": {"facecolor": "white", "edgecolor": COLOURS["vermilion"], "linewidth": 1.1},
    "cannot be told": {
        "facecolor": "white",
        "edgecolor": COLOURS["grey"],
        "hatch": "....",
        "linestyle": ":",
        "linewidth": 1.0,
    },
}
MARKERS = {
    "think tank": ("o", "blue"),
    "industry": ("s", "orange"),
    "ruling party": ("^", "vermilion"),
    "parliament": ("D", "purple"),
    "government panel": ("v", "green"),
    "auditor": ("P", "sky"),
    "press": ("X", "grey"),
}
SIDES = {"asker": "By who asks", "act": "By kind of act", "body": "By whom it names"}
BESIDE = {"loc": "upper left", "bbox_to_anchor": (1.0, 1.0), "frameon": False}  # never over data
ENDED = {"done": "done", "partly": "done or partly"}


def _sources(answer: Answer) -> tuple[str, ...]:
    came = answer.tables["came"]
    came = came[came["demand_id"].isin(answer.tables["board"]["demand_id"])]
    return figures.used(pd.concat([answer.tables["board"][["source_id"]], came[["source_id"]]]))


@figures.house
def outcomes(answer: Answer) -> Picture:
    """Every document as a bar of its demands, by what became of them."""
    from matplotlib.patches import Patch

    table = answer.tables["documents"]
    figure, axes = figures.canvas(width=13.33, height=max(5.2, 2.2 + 0.2 * len(table)))
    for y, row in enumerate(table.to_dict("records")):
        left, drawn = 0, []
        for state in model.STATES:
            if row[state]:
                drawn += axes.barh(y, row[state], left=left, height=0.72, **LOOKS[state])
                left += row[state]
        figures.mark(y, *drawn)
        axes.annotate(
            f"{row['heard']} of {row['asked']}",
            (left, y),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=9.5,
            color=TEXT["green"] if row["heard"] else TEXT["grey"],
        )
    axes.set_yticks(
        range(len(table)), [f"{row.asker} {row.date.year}" for row in table.itertuples()], fontsize=9.5
    )
    axes.set(ylim=(len(table) - 0.4, -0.6), xlim=(0, 1.1 * table["asked"].max() + 1), xlabel="Demands")
    axes.grid(axis="y", visible=False)
    states = answer["states"]
    axes.legend(
        handles=[
            Patch(label=f"{state}: {states[state]}", **LOOKS[state])
            for state in model.STATES
            if states[state]
        ],
        title=f"{answer['heard']} of {answer['asked']} done or partly",
        title_fontproperties={"size": 13, "weight": 600},
        alignment="left",
        **BESIDE,
        fontsize=12,
    )
    return figures.picture(figure, "outcomes", words.outcomes(answer), table, _sources(answer), answer)


@figures.house
def time_to_act(answer: Answer) -> Picture:
    """Share still waiting against years since the asking, for both readings of an act."""
    curves = answer.tables["survival"]
    table = curves.assign(years=curves["time"] / 12)
    figure, axes = figures.canvas()
    end = min(float(table["years"].max()), words.SHOWN_YEARS)
    shown = table[table["years"] <= end]
    for act, line, colour in (("done", "-", "ink"), ("partly", "--", "blue")):
        part = shown[shown["act"] == act]
        x = np.concatenate([[0], part["years"], [end]])
        if act == answer.parameters.act:
            axes.fill_between(
                x, _steps(part["low"]), _steps(part["high"]), step="post", color=COLOURS["pale"]
            )
        axes.step(
            x,
            _steps(part["survival"]),
            where="post",
            color=COLOURS[colour],
            linestyle=line,
            linewidth=2,
            label=ENDED[act],
        )
        for row in part.itertuples():
            figures.mark_point(axes, row.years, 100 * row.survival, row.Index)
        left = part[part["censored"] > 0]
        axes.plot(left["years"], 100 * left["survival"], "|", color=COLOURS[colour], markersize=7)
    axes.axhline(50, color=COLOURS["grey"], linewidth=0.8, linestyle=":")
    axes.legend(title="The wait ends when it is", **BESIDE, fontsize=11)
    axes.set(
        xlabel="Years since the document",
        ylabel="Still waiting (%)",
        ylim=(0, 104),
        xlim=(0, end),
    )
    return figures.picture(figure, "time_to_act", words.time_to_act(answer), table, _sources(answer), answer)


def _steps(share: pd.Series) -> np.ndarray:
    """A curve in percent from the whole at the start to its last value at the end of the axis."""
    values = np.concatenate([[1.0], share])
    return 100 * np.append(values, values[-1])


@figures.house
def who_is_heard(answer: Answer) -> Picture:
    """Share heard with its exact interval: by asker, by kind of act, by whether a body is named."""
    table = answer.tables["groups"]
    sizes = [max(1, int((table["by"] == by).sum())) for by in SIDES]
    figure, panels = figures.canvas(
        3, 1, height=3.6 + 0.25 * sum(sizes), sharex=True, gridspec_kw={"height_ratios": sizes}
    )
    for axes, (by, title) in zip(panels, SIDES.items(), strict=True):
        part = table[table["by"] == by]
        for y, row in enumerate(part.itertuples()):
            axes.plot([row.low, row.high], [y, y], color=COLOURS["pale"], linewidth=6, solid_capstyle="butt")
            figures.mark(row.Index, *axes.plot([row.percent], [y], "o", color=COLOURS["blue"], markersize=8))
        axes.set_yticks(
            range(len(part)), [f"{row.group} ({row.heard} of {row.asked})" for row in part.itertuples()]
        )
        axes.set(ylim=(-0.6, len(part) - 0.4), xlim=(-2, 102))
        axes.set_title(title, loc="left", fontsize=11)
        axes.grid(axis="y", visible=False)
    panels[-1].set_xlabel("Heard: done or partly done (%)")
    return figures.picture(
        figure, "who_is_heard", words.who_is_heard(answer), table, _sources(answer), answer
    )


@figures.house
def asked_again(answer: Answer) -> Picture:
    """Demands that several documents make, on a line of time, with the day they were done."""
    from matplotlib.lines import Line2D

    table, made = answer.tables["recurring"], answer.tables["board"]
    figure, axes = figures.canvas(width=12, height=max(3.6, 2.4 + 0.26 * len(table)))
    end = pd.Timestamp(answer.parameters.as_of)
    seen = set()
    for y, row in enumerate(table.itertuples()):
        done = not pd.isna(row.done_on)
        stop = row.done_on if done else end
        colour = COLOURS["green"] if done else COLOURS["grey"]
        axes.plot([row.first, stop], [y, y], color=colour, linewidth=1.4, linestyle="-" if done else ":")
        if done:
            axes.plot([stop], [y], "*", color=COLOURS["green"], markersize=12, zorder=5)
        asks = made[made["demand_id"] == row.demand_id]
        drawn = []
        for ask in asks.itertuples():
            marker, name = MARKERS[str(ask.asker_kind)]
            seen.add(str(ask.asker_kind))
            drawn += axes.plot([ask.asked_until], [y], marker, color=COLOURS[name], markersize=7)
        figures.mark(y, *drawn)
    axes.set_yticks(range(len(table)), table["demand"], fontsize=9.5)
    axes.set(ylim=(max(len(table), 1) - 0.4, -0.6))
    axes.grid(axis="y", visible=False)
    handles = [
        Line2D([], [], marker=MARKERS[kind][0], color=COLOURS[MARKERS[kind][1]], linestyle="none", label=kind)
        for kind in MARKERS
        if kind in seen
    ]
    handles.append(
        Line2D([], [], marker="*", color=COLOURS["green"], linestyle="none", markersize=11, label="done")
    )
    axes.legend(handles=handles, **BESIDE, fontsize=10.5)
    return figures.picture(figure, "asked_again", words.asked_again(answer), table, _sources(answer), answer)


@figures.house
def other_choices(answer: Answer) -> Picture:
    """The share heard under other choices."""
    table = answer.tables["alternatives"]
    figure, axes = figures.canvas(height=1.8 + 0.42 * len(table))
    for y, row in enumerate(table.itertuples()):
        axes.plot([row.low, row.high], [y, y], color=COLOURS["pale"], linewidth=7, solid_capstyle="butt")
        figures.mark(y, *axes.plot([row.percent], [y], "o", color=COLOURS["blue"], markersize=9))
    axes.set_yticks(
        range(len(table)), [f"{row.choice} ({row.heard} of {row.asked})" for row in table.itertuples()]
    )
    axes.set(ylim=(len(table) - 0.4, -0.6), xlim=(-2, 102), xlabel="Heard: done or partly done (%)")
    axes.grid(axis="y", visible=False)
    return figures.picture(
        figure, "other_choices", words.other_choices(answer), table, _sources(answer), answer
    )


@figures.house
def codings(answer: Answer) -> Picture:
    """What the first coding calls a fact against what the second does."""
    table = answer.tables["codings"]
    cells = table.pivot(index="first", columns="second", values="facts")
    order = [name for name in (*model.STATES, "none") if name in cells.index]
    cells = cells.loc[order, order]
    figure, axes = figures.canvas(width=8, height=5.2)
    kinds.heat(axes, cells, cells.astype(str).to_numpy(), "Blues", 0, max(1, int(cells.to_numpy().max())), 12)
    for row in table[table["facts"] > 0].itertuples():
        figures.mark_point(
            axes, order.index(row.second) + 0.5, order.index(row.first) + 0.5, row.Index, size=24
        )
    axes.set(xlabel="second coding", ylabel="first coding")
    axes.tick_params(axis="y", rotation=0)
    return figures.picture(
        figure,
        "codings",
        words.codings(answer),
        table,
        figures.used(answer.tables["came"]),
        answer,
    )


FIGURES = (outcomes, time_to_act, who_is_heard, asked_again, other_choices, codings)
METHOD = (other_choices, codings)
