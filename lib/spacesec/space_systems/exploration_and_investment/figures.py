"""Figures of the exploration question."""

import textwrap

import numpy as np
import pandas as pd
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from spacesec.answers import Answer
from spacesec.data import extent
from spacesec.drawing import amounts, figures
from spacesec.drawing.figures import COLOURS, GREY_TEXT, TEXT, Picture
from spacesec.methods.statistics import kaplan_meier
from spacesec.space_systems.exploration_and_investment import words

LOOKS = {
    "met": ("green", "o"),
    "late": ("orange", "s"),
    "not met": ("vermilion", ">"),
    "failed": ("vermilion", "X"),
    "overtaken": ("purple", "D"),
    "open": ("blue", "o"),
}
NAMES = {
    "met": "met",
    "late": "done late",
    "not met": "window past, not done",
    "failed": "lost",
    "overtaken": "dropped by a partner",
    "open": "open",
}
PARTS = {  # of the promises: color, line
    "all": ("ink", "-"),
    "civil": ("blue", "--"),
    "with a security side": ("vermilion", "-."),
}
COUNTS = {"narrow": ("blue", "-"), "wide": ("orange", "--")}
EARLY = -30.0  # months before the end of the window at which the curves begin


def _mark(status: str, size: float = 8) -> dict:
    """How a status is marked: filled, but hollow while open."""
    colour, marker = COLOURS[LOOKS[status][0]], LOOKS[status][1]
    open_ = status == "open"
    face, edge = ("white", colour) if open_ else (colour, "white")
    return {
        "marker": marker,
        "ls": "",
        "ms": size,
        "color": colour,
        "mfc": face,
        "mec": edge,
        "mew": 1.4 if open_ else 0.6,
    }


def _keys(statuses) -> list[Line2D]:
    return [
        Line2D([], [], label=NAMES[status], **_mark(status)) for status in NAMES if status in set(statuses)
    ]


@figures.house
def ledger(answer: Answer) -> Picture:
    """Promised windows and what became of them, one row a promise."""
    day = pd.Timestamp(answer.parameters.as_of)
    table = answer.tables["ledger"].sort_values(
        ["window_end", "promised_on"], ascending=False, kind="stable", na_position="first", ignore_index=True
    )
    fig, ax = figures.canvas(height=max(3.6, 1.6 + 0.29 * len(table)))
    for k, promise in enumerate(table.itertuples()):
        figures.mark(k, *_promise(ax, k, promise, day))
    ax.axvline(day, color=COLOURS["grey"], lw=1, ls=":", zorder=0)
    ax.set(
        yticks=range(len(table)),
        yticklabels=table["item"],
        ylim=(-0.7, len(table) - 0.3),
        xlim=_years(table, day),
    )
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    window = Patch(facecolor="white", edgecolor=COLOURS["ink"], ls="--", lw=1, label="promised")
    ax.legend(
        handles=[window, *_keys(table["outcome"])],
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=7,
        columnspacing=1.2,
        handletextpad=0.5,
    )
    columns = ["row_id", "item", "commitment_class", "promised_on", "window_start", "window_end"]
    data = table[[*columns, "actual_date", "outcome"]]
    return figures.picture(fig, "ledger", words.ledger(answer), data, figures.used(table), answer)


def _promise(ax, k: int, promise, day: pd.Timestamp) -> list:
    """One promise on line k: its window, the delay after it, the mark of its outcome."""
    start, end, status = promise.window_start, promise.window_end, promise.outcome
    drawn = []
    if pd.notna(end):
        drawn += ax.barh(
            k,
            max((end - start).days, 20),
            0.5,
            left=start,
            facecolor="white",
            edgecolor=COLOURS["ink"],
            ls="--",
            lw=1,
        )
    else:
        ax.annotate(
            "no date promised",
            (day, k),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=10,
            color=TEXT[LOOKS[status][0]],
        )
    at = _ended(promise)
    if pd.isna(at):
        at = start + (end - start) / 2 if pd.notna(end) else day
    elif pd.notna(end) and at > end:
        line = "-" if promise.delivered else ":"
        drawn += ax.plot([end, at], [k, k], color=COLOURS[LOOKS[status][0]], lw=2.2, ls=line, zorder=1)
    return [*drawn, *ax.plot(at, k, **_mark(status))]


def _ended(promise) -> pd.Timestamp:
    """The day of delivery, loss or end, or to which what is not met was followed; NaT while open."""
    if promise.delivered:
        return promise.actual_date
    if promise.outcome in ("failed", "overtaken"):
        return promise.ended_on
    return promise.seen_on if promise.outcome == "not met" else pd.NaT


def _years(table: pd.DataFrame, day: pd.Timestamp) -> tuple[pd.Timestamp, pd.Timestamp]:
    """From before the first window of all plans to after the last event, the same for every choice of
    plans.
    """
    first = extent.years("space_systems/commitments", "window_start")[0]
    last = extent.years("space_systems/commitments", "window_end")[1]
    last = max(
        last, day.year, table["actual_date"].max().year if table["actual_date"].notna().any() else last
    )
    return pd.Timestamp(first - 1, 10, 1), pd.Timestamp(last + 1, 6, 1)


@figures.house
def slips(answer: Answer) -> Picture:
    """Share of promises not delivered by months after their window."""
    rows = answer.tables["ledger"]
    rows = rows[rows["slip_months"].notna()]
    fig, ax = figures.canvas(height=5.2)
    right = 12.0 * np.ceil(max(60.0, rows["slip_months"].max() if len(rows) else 0.0) / 12) + 6
    civil = rows["commitment_class"] == "civil"
    curves, before = [], 0
    for name, part in zip(PARTS, (rows, rows[civil], rows[~civil]), strict=True):
        if part.empty:
            continue
        steps = kaplan_meier(
            part["slip_months"].to_numpy(float), part["delivered"].to_numpy(bool), row_ids=part["row_id"]
        )
        _curve(ax, name, steps, f"{name} ({len(part)})")
        for line, row in enumerate(steps.itertuples(), start=before):
            if EARLY < row.time < right:
                figures.mark_point(ax, row.time, 100 * row.survival, line)
        before += len(steps)
        curves.append(steps.assign(part=name))
    ax.axvline(0, color=COLOURS["grey"], lw=1, ls=":")
    ax.annotate("end of the promised window", (0.8, 3), size=10.5, color=GREY_TEXT)
    ax.set(
        xlim=(EARLY, right),
        ylim=(0, 103),
        xlabel="months after the end of the promised window (in brackets: promises still followed)",
        ylabel="promises not yet delivered, %",
    )
    ticks = range(-24, int(right), 12)
    followed = [int((rows["slip_months"] >= tick).sum()) for tick in ticks]
    ax.set_xticks(ticks, [f"{tick}\n({count})".replace("-", "−") for tick, count in zip(ticks, followed)])
    if curves:
        ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, handlelength=2.6)
    columns = ["part", "time", "at_risk", "events", "censored", "survival", "low", "high", "row_ids"]
    data = pd.concat([pd.DataFrame(columns=columns), *curves])[columns] if not curves else pd.concat(curves)
    source_ids = figures.used(rows if len(rows) else answer.tables["ledger"])
    return figures.picture(fig, "slips", words.slips(), data[columns], source_ids, answer)


def _curve(ax, name: str, steps: pd.DataFrame, label: str) -> None:
    """One curve of the share not delivered; that of all with its band and its ticks."""
    colour, line = PARTS[name]
    times = [EARLY, *steps["time"]]
    looks = {"color": COLOURS[colour], "ls": line, "lw": 2 if name == "all" else 1.5}
    ax.step(times, [100, *(100 * steps["survival"])], where="post", label=label, **looks)
    if name != "all":
        return
    low, high = ([100, *(100 * steps[limit])] for limit in ("low", "high"))
    ax.fill_between(times, low, high, step="post", color=COLOURS[colour], alpha=0.1, lw=0)
    open_ = steps[steps["censored"] > 0]
    ax.plot(open_["time"], 100 * open_["survival"], ls="", marker="|", ms=10, color=COLOURS[colour])


@figures.house
def barter(answer: Answer) -> Picture:
    """What Japan gives and what it gets, arrangement by arrangement."""
    table = answer.tables["exchange"]
    fig, ax = figures.canvas(height=6.0)
    y, ticks, edges = 0.0, [], []
    for _, part in table.groupby("arrangement", sort=False):
        label, deep = f"{part['agreement'].iloc[0]}, {part['date'].iloc[0]:%B %Y}", 0.0
        for side, x in (("Japan gives", 0.0), ("Japan gets", 1.0)):
            at = y
            for r in part[part["side"] == side].itertuples():
                lines = textwrap.wrap(r.item, 44)
                figures.mark(r.Index, *ax.plot(x + 0.03, at + 0.28, **_mark(r.status)))
                ax.annotate(
                    "\n".join(lines),
                    (x + 0.065, at + 0.28 if len(lines) == 1 else at + 0.06),
                    va="center" if len(lines) == 1 else "top",
                    size=11,
                )
                at += 0.62 + 0.42 * (len(lines) - 1)
            deep = max(deep, at - y)
        ticks.append((y + deep / 2, label))
        y += deep + 0.3
        edges.append(y - 0.17)
    for edge in edges[:-1]:
        ax.axhline(edge, color=COLOURS["pale"], lw=1)
    ax.axvline(1.0, color=COLOURS["pale"], lw=1)
    for side, x in (("Japan gives", 0.03), ("Japan gets", 1.03)):
        ax.annotate(
            side,
            (x, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, 4),
            textcoords="offset points",
            size=12,
            weight=600,
            va="bottom",
            annotation_clip=False,
        )
    deepest = 6.0  # of all arrangements known today, so that rows keep their height with fewer
    ax.set(xlim=(0, 2), ylim=(max(y - 0.1, deepest), -0.15), xticks=[], yticks=[t for t, _ in ticks])
    ax.set_yticklabels([textwrap.fill(n, 16) for _, n in ticks])
    ax.grid(visible=False)
    if len(table):
        ax.legend(handles=_keys(table["status"]), loc="upper right", bbox_to_anchor=(1.0, -0.01), ncols=2)
    data = table[["row_id", "arrangement", "agreement", "date", "side", "item", "domain", "status"]]
    source_ids = figures.used(table if len(table) else answer.tables["ledger"])
    return figures.picture(fig, "barter", words.barter(), data, source_ids, answer)


def _short(amount: float) -> str:
    return f"{amount:,.1f}".removesuffix(".0")


@figures.house
def money(answer: Answer) -> Picture:
    """Direct investment in the United States, Japan beside the largest other investor, and the sum spoken
    of.
    """
    fig, ax = figures.canvas(height=5.2)
    looks = {"Japan": (-0.2, "blue"), answer["compared_investor"]: (0.2, "grey")}
    stocks, table = answer.tables["stocks"], answer.tables["investment"]
    stocks = stocks[stocks["investor"].isin(looks)]
    pledge = table[table["row_id"] == answer.tables["pledge"]["row_id"].iloc[0]]
    data = pd.concat([stocks, pledge], ignore_index=True)
    years = sorted(stocks["year"].unique())
    for line, r in enumerate(stocks.itertuples()):
        shift, colour = looks[r.investor]
        k = years.index(r.year) + shift
        figures.mark(line, *ax.bar(k, r.value, 0.36, color=COLOURS[colour]))
        ax.annotate(
            f"{r.investor}\n" + amounts.short(_short(r.value), "billion dollars"),
            (k, r.value),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=11,
            color=TEXT[colour],
        )
    height, said = float(pledge["value"].iloc[0]), pledge["date"].iloc[0]
    figures.mark(len(stocks), ax.axhline(height, color=COLOURS["vermilion"], ls="--"))
    ax.annotate(
        f"{_short(height)}, spoken of in {said:%B %Y}",
        (-0.47, height),
        xytext=(0, 3),
        textcoords="offset points",
        va="bottom",
        color=TEXT["vermilion"],
        size=11,
    )
    ax.set(
        xticks=range(len(years)),
        xticklabels=[f"end of {year}" for year in years],
        ylim=(0, 1.15 * max(height, stocks["value"].max())),
        ylabel="billion dollars",
        xlim=(-0.5, len(years) - 0.5),
    )
    ax.yaxis.set_major_formatter("{x:,.0f}")
    source_ids = figures.used(data)
    data = data[["row_id", "measure", "investor", "date", "value", "unit"]]
    return figures.picture(fig, "money", words.money(), data, source_ids, answer)


@figures.house
def doubling(answer: Answer) -> Picture:
    """The growth that doubles the space industry by a year, from either count of it."""
    paths, needed = answer.tables["paths"], answer["doubling_growth_percent"]
    fig, ax = figures.canvas(height=4.8)
    for name, part in paths.groupby("count"):
        (colour, line), row = COUNTS[name], part.iloc[0]
        ax.plot(
            part["target_year"],
            part["growth_percent"],
            color=COLOURS[colour],
            ls=line,
            marker="o",
            ms=5,
            label=f"from {row['base_tn_jpy']:g} trillion yen in {row['base_year']}",
        )
        for point in part.itertuples():
            figures.mark_point(ax, point.target_year, point.growth_percent, point.Index)
    ax.axhline(needed, color=COLOURS["ink"], lw=1, ls=(0, (5, 4)))
    ax.annotate(
        f"{needed:.1f}% a year",
        (1, needed),
        xycoords=("axes fraction", "data"),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        size=11,
        annotation_clip=False,
    )
    ax.axvspan(2029.5, 2033.5, color=COLOURS["pale"], alpha=0.5, lw=0, zorder=0)
    ax.annotate(
        "early 2030s",
        (2031.5, 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, 4),
        textcoords="offset points",
        ha="center",
        size=11,
        color=GREY_TEXT,
    )
    ax.set(
        ylim=(0, 1.1 * max(needed, paths["growth_percent"].max())),
        xlabel="year in which it has doubled",
        ylabel="growth needed, % a year",
    )
    ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2, handlelength=2.6)
    columns = ["row_id", "count", "base_year", "base_tn_jpy", "target_year", "growth_percent"]
    return figures.picture(fig, "doubling", words.doubling(), paths[columns], figures.used(paths), answer)


FIGURES = (ledger, slips, barter, money, doubling)
METHOD = ()  # every figure here is a finding
