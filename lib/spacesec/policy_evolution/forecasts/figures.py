"""Figures of the forecasts: the calendar of what is expected, every forecast, and what a score can tell."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.policy_evolution.forecasts import model, words

# Kind of thing -> marker and colour; never colour alone.
LOOKS = {
    "launch and satellites": ("o", "blue"),
    "threat": ("s", "vermilion"),
    "money": ("D", "green"),
    "institutions": ("^", "purple"),
    "votes and ties": ("v", "ink"),
}


def _sources(answer: Answer) -> tuple[str, ...]:
    rows = answer.tables["board"]
    decided = rows.loc[rows["outcome_source_id"].notna(), ["outcome_source_id"]]
    return figures.used(
        pd.concat([rows[["source_id"]], decided.rename(columns={"outcome_source_id": "source_id"})])
    )


@figures.house
def calendar(answer: Answer) -> Picture:
    """How many forecasts have fallen due by each day, and how many should have come true by then."""
    table = answer.tables["calendar"].assign(
        row_ids=[
            ";".join(answer.tables["board"].query("due <= @due")["row_id"])
            for due in answer.tables["calendar"]["due"]
        ]
    )
    figure, axes = figures.canvas()
    first = answer.tables["board"]["frozen_on"].min()
    days = [first, *table["due"]]

    def steps(column: str) -> np.ndarray:
        return np.concatenate([[0], table[column]])

    axes.step(days, steps("fallen_due"), where="post", color=COLOURS["grey"], linewidth=1.4)
    axes.fill_between(
        days, steps("low"), steps("high"), step="post", color=COLOURS["sky"], alpha=0.35, linewidth=0
    )
    axes.step(days, steps("expected"), where="post", color=COLOURS["blue"], linewidth=2.4)
    axes.step(days, steps("base"), where="post", color=COLOURS["orange"], linewidth=1.6, linestyle="--")
    for row in table.itertuples():
        figures.mark_point(axes, row.due, row.expected, row.Index)
    end = table.iloc[-1]
    ends = {
        f"fallen due: {end.fallen_due}": (end.fallen_due, TEXT["grey"]),
        f"expected: {end.expected:.0f} ({end.low} to {end.high})": (end.expected, TEXT["blue"]),
        f"by base rates: {end.base:.0f}": (end.base, TEXT["orange"]),
    }
    if answer["decided"]:
        decided = table[table["due"] <= pd.Timestamp(answer.parameters.as_of)]
        axes.step(
            [first, *decided["due"]],
            np.concatenate([[0], decided["came_true"]]),
            where="post",
            color=COLOURS["ink"],
            linewidth=2.4,
        )
        ends[f"came true: {answer['came_true']}"] = (answer["came_true"], TEXT["ink"])
    step, level = 0.065 * max(end.fallen_due, 1), -np.inf
    for words_, (value, colour) in sorted(ends.items(), key=lambda one: one[1][0]):
        level = max(value, level + step)
        axes.annotate(
            words_,
            (days[-1], level),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            weight=600,
            fontsize=12,
            annotation_clip=False,
        )
    axes.set(
        ylim=(0, 1.06 * max(end.fallen_due, level)),
        xlim=(first, days[-1] + 0.01 * (days[-1] - first)),
        ylabel="Forecasts",
    )
    return figures.picture(figure, "calendar", words.calendar(answer), table, _sources(answer), answer)


@figures.house
def board(answer: Answer) -> Picture:
    """Every forecast: our probability as a mark, the base rate as a ring, the day on which it falls due."""
    rows = answer.tables["board"].sort_values(["group", "probability", "row_id"], ignore_index=True)
    figure, axes = figures.canvas(width=13.33, height=2.6 + 0.22 * len(rows))
    for y, row in rows.iterrows():
        marker, colour = LOOKS[row["group"]]
        ours, base = 100 * row["probability"], 100 * row["base_rate"]
        figures.mark(
            y,
            *axes.plot([ours, base], [y, y], color=COLOURS["pale"], linewidth=3),
            *axes.plot(base, y, "|", color=COLOURS["ink"], markersize=11, markeredgewidth=1.6),
            *axes.plot(ours, y, marker, color=COLOURS[colour], markersize=8),
        )
        axes.annotate(
            row["due"].strftime("%Y-%m"),
            (101.5, y),
            annotation_clip=False,
            va="center",
            fontsize=9.5,
            color=TEXT["grey"],
        )
    axes.set_yticks(range(len(rows)), rows["statement"], fontsize=9.5)
    axes.set(ylim=(len(rows) - 0.4, -0.6), xlim=(-2, 101), xlabel="Chance that it comes true (%)")
    axes.grid(axis="y", visible=False)
    _key(axes, rows)
    shown = rows[
        ["row_id", "statement", "group", "question", "probability", "base_rate", "due", "state", "decided_on"]
    ]
    return figures.picture(figure, "board", words.board(answer), shown, _sources(answer), answer)


def _key(axes, rows: pd.DataFrame) -> None:
    from matplotlib.lines import Line2D

    keys = [
        Line2D([], [], ls="", marker=marker, color=COLOURS[colour], markersize=8, label=group)
        for group, (marker, colour) in LOOKS.items()
        if (rows["group"] == group).any()
    ]
    keys.append(Line2D([], [], ls="", marker="|", color=COLOURS["ink"], markersize=11, label="base rate"))
    axes.legend(
        handles=keys, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, fontsize=10.5
    )


@figures.house
def tell(answer: Answer) -> Picture:
    """The chance that our score leads that of base rates, against how many forecasts are decided."""
    table = answer.tables["lead"]
    figure, axes = figures.canvas()
    axes.plot(table["decided"], table["chance_percent"], color=COLOURS["blue"], linewidth=2.2)
    axes.axhline(model.SURE_PERCENT, color=COLOURS["ink"], linewidth=0.9, linestyle="--")
    axes.set(
        xlabel="Forecasts decided, in the order in which they fall due",
        ylabel="Chance that our score is the better one (%)",
        xlim=(0, len(table) + 1),
        ylim=(45, 102),
    )
    return figures.picture(figure, "tell", words.tell(answer), table, _sources(answer), answer)


METHOD = (tell,)
FIGURES = (calendar, board, *METHOD)
