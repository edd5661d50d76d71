"""Figures of the promise score-card: the board, the delay, the worth of the wording, and other choices."""

import math
import textwrap

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.policy_evolution.promises import words

# State of a promise on a day -> colour, marker and hatch of its mark; never colour alone.
MARKS = {
    "early": (COLOURS["green"], "<", "kept early"),
    "on time": (COLOURS["green"], "o", "kept in time"),
    "late": (COLOURS["orange"], ">", "kept late"),
    "overdue": (COLOURS["vermilion"], "o", "overdue"),
    "dropped": (COLOURS["vermilion"], "X", "given up by the rule"),
    "lost": (COLOURS["vermilion"], "P", "lost"),
    "not due": (COLOURS["blue"], "D", "not due yet"),
}


def _sources(answer: Answer, rows: pd.DataFrame) -> tuple[str, ...]:
    outcomes = answer.tables["outcomes"]
    outcomes = outcomes[outcomes["promise_id"].isin(rows["row_id"])]
    return figures.used(pd.concat([rows[["source_id"]], outcomes[["source_id"]]]))


def _draw_promise(axes, y: int, row: pd.Series, as_of: pd.Timestamp) -> list:
    """The promised window as a bar, the wait after it as a line, the state as a marker; returns what it
    drew.
    """
    colour, marker, _ = MARKS[row["state"]]
    start = row["due_from"] if not pd.isna(row["due_from"]) else row["promised_date"]
    waiting = row["state"] == "not due"
    drawn = [
        *axes.barh(
            y,
            row["due_until"] - start,
            left=start,
            height=0.5,
            facecolor="white" if waiting else COLOURS["pale"],
            edgecolor=COLOURS["blue"] if waiting else COLOURS["pale"],
            linestyle="--" if waiting else "-",
            linewidth=0.9,
        )
    ]
    if waiting:
        return drawn
    end = next((row[name] for name in ("delivered", "lost") if not pd.isna(row[name])), as_of)
    if row["state"] in ("late", "overdue", "dropped", "lost"):
        open_end = pd.isna(row["delivered"])
        drawn += axes.plot(
            [row["due_until"], end], [y, y], color=colour, linewidth=1.4, linestyle=":" if open_end else "-"
        )
    return drawn + axes.plot(
        [end],
        [y],
        marker=marker,
        color=colour,
        markersize=7,
        linestyle="none",
        markerfacecolor=colour if row["state"] != "overdue" else "none",
    )


@figures.house
def promise_board(answer: Answer) -> Picture:
    """Every promise with its window and what came of it: due ones left, open ones right."""
    from matplotlib.dates import DAILY, MONTHLY
    from matplotlib.lines import Line2D

    rows = answer.tables["board"].sort_values(
        ["due_until", "row_id"], ascending=[False, False], ignore_index=True
    )
    outcomes = answer.tables["outcomes"].groupby("promise_id")["row_id"].agg(";".join)
    as_of = pd.Timestamp(answer.parameters.as_of)
    parts = [("Window closed", rows[rows["due"]]), ("Window still open", rows[~rows["due"]])]
    figure, panels = figures.canvas(1, 2, width=13.33, height=8.4)
    for axes, (name, part) in zip(panels, parts, strict=True):
        for y, (line, row) in enumerate(part.iterrows()):
            figures.mark(line, *_draw_promise(axes, y, row, as_of))
        labels = [
            text if len(text) < 58 else textwrap.fill(text, len(text) // 2 + 8) for text in part["promise"]
        ]
        axes.set_yticks(range(len(part)), labels, fontsize=9, linespacing=0.9)
        axes.axvline(as_of, color=COLOURS["ink"], linewidth=0.8)
        dates = axes.xaxis.get_major_locator()
        dates.minticks = 2
        dates.maxticks.update({MONTHLY: 5, DAILY: 6})  # their labels are longer than a year's
        axes.set_title(f"{name}: {len(part)}", fontsize=11, loc="left")
        axes.set_ylim(-0.7, max(len(part), 1) - 0.3)
        axes.grid(axis="y", visible=False)
    panels[0].annotate(
        "day of the score",
        (as_of, 1),
        xycoords=("data", "axes fraction"),
        xytext=(-3, 3),
        textcoords="offset points",
        ha="right",
        fontsize=8.5,
        color=COLOURS["ink"],
    )
    shown = [state for state in MARKS if (rows["state"] == state).any() and state != "not due"]
    handles = [
        Line2D(
            [],
            [],
            color=MARKS[s][0],
            marker=MARKS[s][1],
            markerfacecolor="none" if s == "overdue" else MARKS[s][0],
            linestyle="none",
            markersize=7,
            label=MARKS[s][2],
        )
        for s in shown
    ]
    panels[0].legend(
        handles=handles,
        loc="upper left",
        bbox_to_anchor=(0, -0.03),
        ncols=2,
        columnspacing=1.2,
        handletextpad=0.2,
        frameon=False,
        fontsize=9.5,
    )
    return figures.picture(
        figure,
        "promise_board",
        words.promise_board(answer),
        rows.assign(outcome_row_ids=rows["row_id"].map(outcomes))[
            [
                "row_id",
                "promise",
                "promiser",
                "group",
                "stated_in",
                "wording",
                "promised_date",
                "due_from",
                "due_until",
                "delivered",
                "state",
                "slip_months",
                "overdue_months",
                "due",
                "met",
                "outcome_row_ids",
            ]
        ],
        _sources(answer, rows),
        answer,
    )


@figures.house
def slip_survival(answer: Answer) -> Picture:
    """Share still undelivered against months after the window, all together with band, kinds beside it."""
    curves = answer.tables["survival"]
    styles = {
        "hardware": ("blue", "-", "s"),
        "institutions": ("purple", "--", "^"),
        "weapons": ("vermilion", "-.", "v"),
        "money": ("orange", ":", "D"),
    }
    names = [name for name, due in answer["due_by_group"].items() if due >= words.FEW]
    curves = curves[curves["group"].isin(["all", *names])].reset_index(drop=True)
    figure, panels = figures.canvas(1, 2, sharey=True, gridspec_kw={"width_ratios": [1.25, 1]})
    panels[1].set_visible(bool(names))
    everything = curves[curves["group"] == "all"]
    first = min(everything["time"].min(), 0) - 6
    last = float(everything["time"].max())
    x = np.concatenate([[first], everything["time"]])
    panels[0].fill_between(
        x,
        np.concatenate([[100], 100 * everything["low"]]),
        np.concatenate([[100], 100 * everything["high"]]),
        step="post",
        color=COLOURS["pale"],
        label="95% interval",
    )
    panels[0].step(
        x,
        np.concatenate([[100], 100 * everything["survival"]]),
        where="post",
        color=COLOURS["ink"],
        linewidth=2,
    )
    for row in everything.itertuples():
        figures.mark_point(panels[0], row.time, 100 * row.survival, row.Index)
    censored = everything[everything["censored"] > 0]
    panels[0].plot(censored["time"], 100 * censored["survival"], "|", color=COLOURS["ink"], markersize=9)
    panels[0].axhline(50, color=COLOURS["grey"], linewidth=0.8, linestyle=":")
    panels[0].annotate(
        "half delivered",
        (last, 50),
        xytext=(0, -12),
        textcoords="offset points",
        fontsize=9.5,
        ha="right",
        color="#555b60",
    )
    panels[0].set_title(f"All due promises ({answer['due']})", loc="left", fontsize=11)
    panels[0].set_ylabel("Not yet delivered (%)")
    ends = []
    for name in names:
        part = curves[curves["group"] == name]
        name_of_colour, line, marker = styles[name]
        colour = COLOURS[name_of_colour]
        px, py = (
            np.concatenate([[first], part["time"], [last]]),
            100 * np.concatenate([[1], part["survival"], [part["survival"].iloc[-1]]]),
        )
        panels[1].step(px, py, where="post", color=colour, linestyle=line, linewidth=1.8)
        panels[1].plot(
            part["time"],
            100 * part["survival"],
            marker,
            color=colour,
            markersize=5,
            linestyle="none",
            clip_on=False,
        )
        for row in part.itertuples():
            figures.mark_point(panels[1], row.time, 100 * row.survival, row.Index)
        ends.append((float(py[-1]), f"{name} ({int(part['at_risk'].iloc[0])})", TEXT[name_of_colour]))
    below = -math.inf
    for end, text, colour in sorted(ends):  # labels at least seven points apart
        below = max(end, below + 7, 4)
        panels[1].annotate(
            text,
            (last, below),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            fontsize=10,
            annotation_clip=False,
        )
    panels[1].set_title("By kind (number due)", loc="left", fontsize=11)
    for axes in panels:
        axes.set(
            xlabel="Months after the promised window (negative: before it)", ylim=(0, 104), xlim=(first, last)
        )
    panels[1].set_xlim(first, last + 0.33 * (last - first))
    return figures.picture(
        figure,
        "slip_survival",
        words.slip_survival(answer),
        curves,
        _sources(answer, answer.tables["board"].query("due")),
        answer,
    )


@figures.house
def wording(answer: Answer) -> Picture:
    """Probability that each wording suggests against the share that came true."""
    rows = answer.tables["wordings"]
    figure, axes = figures.canvas(width=10, height=4.8)
    for y, row in enumerate(rows.itertuples()):
        axes.plot(
            [row.low, row.high], [y, y], color=COLOURS["grey"], linewidth=5, solid_capstyle="butt", alpha=0.45
        )
        figures.mark(y, *axes.plot([row.met_percent], [y], "o", color=COLOURS["blue"], markersize=10))
        axes.plot(
            [row.stated_percent],
            [y],
            "D",
            markerfacecolor="white",
            markeredgecolor=COLOURS["vermilion"],
            markersize=9,
        )
        axes.annotate(
            f"{row.met} of {row.due} met",
            (row.met_percent, y),
            xytext=(-5 if row.met_percent < 5 else 5 if row.met_percent > 95 else 0, 9),
            textcoords="offset points",
            ha="left" if row.met_percent < 5 else "right" if row.met_percent > 95 else "center",
            color=COLOURS["blue"],
            fontsize=10.5,
        )
        axes.annotate(
            f"read as {row.stated_percent:.0f}%",
            (row.stated_percent, y),
            xytext=(0, -18),
            textcoords="offset points",
            ha="center",
            color=TEXT["vermilion"],
            fontsize=10.5,
        )
    axes.set_yticks(range(len(rows)), [f"“{row.wording}”" for row in rows.itertuples()], fontsize=12)
    axes.set(xlim=(-3, 103), ylim=(-0.6, len(rows) - 0.4), xlabel="Met in time (%)")
    axes.grid(axis="y", visible=False)
    return figures.picture(
        figure,
        "wording",
        words.wording(answer),
        rows,
        _sources(answer, answer.tables["board"].query("due")),
        answer,
    )


@figures.house
def other_choices(answer: Answer) -> Picture:
    """Share met and median delay under other defensible choices."""
    rows = answer.tables["alternatives"].query("due > 0").reset_index(drop=True)
    figure, panels = figures.canvas(1, 2, width=11, sharey=True)
    y = np.arange(len(rows))[::-1]
    panels[0].hlines(
        y, rows["met_percent_low"], rows["met_percent_high"], color=COLOURS["grey"], linewidth=5, alpha=0.45
    )
    panels[0].plot(rows["met_percent"], y, "o", color=COLOURS["blue"], markersize=8)
    for at, row in zip(y, rows.itertuples(), strict=True):
        panels[0].annotate(
            f"{row.met}/{row.due}",
            (row.met_percent, at),
            xytext=(0, 7),
            textcoords="offset points",
            ha="center",
            fontsize=9,
        )
    panels[0].set(xlabel="Met in time (%)", xlim=(0, 100))
    panels[0].set_yticks(y, rows["choice"])
    limit = (
        float(np.nanmax(rows[["median_slip_months", "median_slip_high", "median_slip_low"]].to_numpy()))
        * 1.15
        + 6
    )
    for at, row in zip(y, rows.itertuples(), strict=True):
        high = limit if math.isnan(row.median_slip_high) else row.median_slip_high
        if not math.isnan(row.median_slip_low):
            panels[1].hlines(at, row.median_slip_low, high, color=COLOURS["grey"], linewidth=5, alpha=0.45)
        if math.isnan(row.median_slip_high):
            panels[1].plot([limit], [at], ">", color=COLOURS["grey"], markersize=7, clip_on=False)
        if math.isnan(row.median_slip_months):
            panels[1].annotate(
                "never half delivered",
                (limit, at),
                xytext=(-8, 7),
                textcoords="offset points",
                ha="right",
                fontsize=9,
                color=TEXT["vermilion"],
            )
        else:
            panels[1].plot([row.median_slip_months], [at], "s", color=COLOURS["vermilion"], markersize=8)
            panels[1].annotate(
                f"{row.median_slip_months:.0f}",
                (row.median_slip_months, at),
                xytext=(0, 7),
                textcoords="offset points",
                ha="center",
                fontsize=9,
            )
    low = min(
        float(np.nanmin(rows["median_slip_low"])) if rows["median_slip_low"].notna().any() else 0.0, 0.0
    )
    panels[1].set(xlabel="Median delay after the window (months)", xlim=(low - 3, limit))
    for axes in panels:
        axes.grid(axis="y", visible=False)
        axes.set_ylim(-0.6, len(rows) - 0.2)
    return figures.picture(
        figure,
        "other_choices",
        words.other_choices(answer),
        rows,
        _sources(answer, answer.tables["board"].query("due")),
        answer,
    )


FIGURES = (promise_board, slip_survival, wording, other_choices)
METHOD = (other_choices,)
