"""Figures of the launch question."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from spacesec.answers import Answer
from spacesec.data import sources
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.space_systems.launch_and_industry import words
from spacesec.space_systems.launch_and_industry.model import DAMAGE, months_late

OUTCOMES = {
    "success": (COLOURS["blue"], "o"),
    "partial": (COLOURS["orange"], "s"),
    "failure": (COLOURS["vermilion"], "X"),
}


LAUNCHED = {
    **{
        state: COLOURS[figures.KEPT[state]]
        for state in ("Japan", "New Zealand", "United States", "Russia", "France", "India")
    },
    "not read": COLOURS["grey"],
    "not yet": "white",
}


CODES = {
    "Japan": "JP",
    "New Zealand": "NZ",
    "United States": "US",
    "Russia": "RU",
    "France": "FR",
    "India": "IN",
    "not read": "?",
}


KINDS = {
    "defence": COLOURS["vermilion"],
    "civil": COLOURS["blue"],
    "business": COLOURS["orange"],
    "amateur or academic": COLOURS["sky"],
}


# A legend that no line of the grid strikes.
ON_WHITE = {"frameon": True, "framealpha": 1, "facecolor": "white", "edgecolor": "none"}


ROWS = (
    "IGS",
    "QZSS",
    "Kirameki",
    "MoD SDA",
    "ALOS",
    "Himawari",
    "iQPS",
    "Synspective",
    "Axelspace",
    "ASNARO",
)


NAMES = {
    "IGS": "Imaging satellites (IGS)",
    "Kirameki": "Defense communications",
    "MoD SDA": "Defense awareness",
    "QZSS": "Positioning (QZSS)",
    "ALOS": "Land observation (ALOS)",
    "Himawari": "Weather (Himawari)",
    "New Zealand": "New Zealand (Electron)",
}


@figures.house
def attempts(answer: Answer) -> Picture:
    """Attempts at orbit by year and outcome."""
    table = answer.tables["flights"]
    count = (
        table.groupby([table["date"].dt.year, "outcome"])
        .size()
        .unstack(fill_value=0)
        .reindex(range(table["date"].dt.year.min(), table["date"].dt.year.max() + 1), fill_value=0)
    )
    data = (
        count.rename_axis("year")
        .assign(row_ids=table.groupby(table["date"].dt.year)["row_id"].agg(";".join))
        .reset_index()
    )
    fig, ax = figures.canvas(height=5.0)
    base = np.zeros(len(count))
    for outcome in ("success", "partial", "failure"):
        level = count.get(outcome, pd.Series(0, index=count.index)).to_numpy()
        bars = ax.bar(
            count.index,
            level,
            0.78,
            bottom=base,
            color=OUTCOMES[outcome][0],
            label=outcome,
            hatch="" if outcome == "success" else "////" if outcome == "failure" else "..",
            edgecolor="white",
            lw=0,
        )
        for line, bar in enumerate(bars):
            if level[line]:
                figures.mark(line, bar)
        base = base + level
    ax.legend(loc="upper left", ncols=3, **ON_WHITE)
    ax.set(
        ylabel="attempts at orbit in the year",
        xlim=(count.index[0] - 1, count.index[-1] + 1),
        ylim=(0, base.max() + 1.6),
    )
    return figures.picture(fig, "attempts", words.ATTEMPTS, data, figures.used(table), answer)


@figures.house
def record(answer: Answer) -> Picture:
    """Every flight in order, by launcher, and the exact interval of its success beside it."""
    table, rows, p = (
        answer.tables["flights"],
        answer.tables["records"].iloc[::-1].reset_index(drop=True),
        answer.parameters,
    )
    fig, (ax, side) = figures.canvas(1, 2, height=6.4, sharey=True, gridspec_kw={"width_ratios": [2.1, 1]})
    place = {v: k for k, v in enumerate(rows["vehicle"])}
    for outcome, (colour, marker) in OUTCOMES.items():
        part = table[table["outcome"] == outcome]
        ax.plot(
            part["attempt"],
            part["vehicle"].map(place),
            ls="",
            marker=marker,
            ms=5.5 if outcome == "success" else 9,
            color=colour,
            mec="white",
            mew=0.5,
            label=outcome,
            zorder=3 if outcome != "success" else 2,
        )
    for row in table.itertuples():
        figures.mark_point(ax, row.attempt, place[row.vehicle], row.Index, size=7)
    ax.legend(loc="lower right", ncols=1)
    ax.set(
        yticks=range(len(rows)),
        ylim=(-0.7, len(rows) - 0.3),
        xlabel="flight of the launcher, in order",
        xlim=(0, table["attempt"].max() + 1.5),
    )
    ax.set_yticklabels(
        [
            (
                f"{r.vehicle}, {r.first:%Y}–{r.last:%y}"
                if r.first.year != r.last.year
                else f"{r.vehicle}, {r.first:%Y}"
            )
            for r in rows.itertuples()
        ]
    )
    ax.grid(axis="y", visible=False)
    for k, r in enumerate(rows.itertuples()):
        colour = {p.vehicle: "vermilion", p.compare_with: "ink"}.get(r.vehicle, "grey")
        side.plot(
            [r.low, r.high],
            [k, k],
            color=COLOURS[colour],
            lw=3.2 if r.vehicle in (p.vehicle, p.compare_with) else 1.8,
            solid_capstyle="butt",
        )
        side.plot(r.share, k, marker="o", ms=7, color=COLOURS[colour])
        side.annotate(
            f"{r.successes} of {r.attempts}",
            (105, k),
            va="center",
            size=10.5,
            color=figures.TEXT[colour],
            annotation_clip=False,
        )
    side.set(xlim=(0, 130), xlabel="share of successes, %")
    side.set_xticks(range(0, 101, 25))
    side.grid(axis="y", visible=False)
    side.grid(axis="x")
    columns = ["vehicle", "attempt", "date", "flight", "outcome", "row_id"]
    data = table[columns].merge(rows[["vehicle", "share", "low", "high"]], on="vehicle")
    return figures.picture(fig, "record", words.RECORD, data, figures.used(table), answer)


@figures.house
def autonomy(answer: Answer) -> Picture:
    """Satellites by programme and by the state that launched them; lost ones hatched, planned ones
    outlined.
    """
    table = answer.tables["launchers"]
    rows = [*ROWS, *sorted(set(table["programme"]) - {*ROWS, "other"})]
    table = table[table["programme"].isin(rows)]
    count = (
        table.groupby(["programme", "launched_by", "lost"])["row_id"]
        .agg(satellites="size", row_ids=";".join)
        .reset_index()
    )
    fig, ax = figures.canvas(height=5.9)
    for k, name in enumerate(reversed(rows)):
        left = 0
        for state, colour in LAUNCHED.items():
            for lost in (False, True):
                for line, n in count[
                    (count["programme"] == name) & (count["launched_by"] == state) & (count["lost"] == lost)
                ]["satellites"].items():
                    figures.mark(
                        line,
                        *ax.barh(
                            k,
                            n,
                            0.68,
                            left=left,
                            color=colour,
                            hatch="xxx" if lost else "",
                            edgecolor="#8a8f94" if state == "not yet" else "white",
                            ls="--" if state == "not yet" else "-",
                            lw=1.0 if state == "not yet" else 0.6,
                        ),
                    )
                    if CODES.get(state) and not lost:
                        ax.annotate(
                            CODES[state],
                            (left + n / 2, k),
                            ha="center",
                            va="center",
                            size=9.5,
                            color=figures.over(colour),
                        )
                    left += n
    ax.set(
        yticks=range(len(rows)),
        yticklabels=[NAMES.get(n, n) for n in reversed(rows)],
        xlabel="satellites",
        ylim=(-0.6, len(rows) - 0.4),
    )
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    keys = [
        Patch(
            facecolor=c,
            edgecolor="#8a8f94" if s == "not yet" else "white",
            ls="--" if s == "not yet" else "-",
            lw=1.0,
            label={"not yet": "planned", "not read": "launcher not read"}.get(s, NAMES.get(s, s)),
        )
        for s, c in LAUNCHED.items()
        if (count["launched_by"] == s).any()
    ]
    ax.legend(
        handles=[
            *keys,
            Patch(facecolor=COLOURS["grey"], hatch="xxx", edgecolor="white", label="hatched: lost at launch"),
        ],
        title="launch state",
        loc="lower right",
    )
    return figures.picture(fig, "autonomy", words.AUTONOMY, count, figures.used(table), answer)


@figures.house
def radar(answer: Answer) -> Picture:
    """Build-up of the two commercial radar fleets, what was lost, ended or is unknown drawn apart."""
    table, built = answer.tables["radar"], answer.tables["built"]
    first, last = table["date"].min(), table["date"].max()
    years = range(first.year + 1, last.year + 1, 2)
    fig, axes = figures.canvas(1, 2, height=5.0, sharey=True)
    for ax, (name, part) in zip(axes, table.groupby("programme")):
        part = pd.concat(
            [part, part.tail(1).assign(date=part["date"].max() + pd.Timedelta(days=75))], ignore_index=True
        )  # so that the last step has a tread
        base = np.zeros(len(part))
        for column, colour, hatch, label in (
            ("working", COLOURS["blue"], "", "flying"),
            ("unknown", COLOURS["orange"], "...", "not known today"),
            ("ended", COLOURS["pale"], "", "ended"),
            ("lost", COLOURS["vermilion"], "////", "lost at launch"),
        ):
            level = part[column].to_numpy(float)
            ax.fill_between(
                part["date"],
                base,
                base + level,
                step="post",
                facecolor=colour,
                hatch=hatch,
                edgecolor="white",
                lw=0,
                label=label,
            )
            base = base + level
        ax.set_title(
            f"{name}: {int(part['working'].iloc[-1])} of {int(part['launched'].iloc[-1])} launched are flying"
        )
        ax.set_xticks([pd.Timestamp(year, 1, 1) for year in years], [str(year) for year in years])
        ax.set_xlim(first.to_period("Q").start_time, part["date"].max())
        ax.set_ylim(0, table["launched"].max() + 1)
    axes[0].set_ylabel("radar satellites launched")
    axes[0].legend(loc="upper left", **ON_WHITE)
    data = table[["date", "programme", "launched", "working", "unknown", "ended", "lost"]]
    return figures.picture(fig, "radar", words.RADAR_FLEETS, data, figures.used(built), answer)


@figures.house
def payloads(answer: Answer) -> Picture:
    """Classes of payloads by state: shares as bars, numbers beside them."""
    table = answer.tables["payloads"]
    wide = table.pivot(index="state", columns="payload_class", values="share")
    count = table.pivot(index="state", columns="payload_class", values="payloads")
    wide = wide.loc[wide["defence"].sort_values(kind="stable").index]
    fig, ax = figures.canvas(height=6.0)
    left = np.zeros(len(wide))
    for name, colour in KINDS.items():
        ax.barh(
            range(len(wide)),
            wide[name],
            0.7,
            left=left,
            color=colour,
            label=name.replace("defence", "defense"),
            edgecolor="white",
            lw=0.6,
        )
        for k, state in enumerate(wide.index):
            text = f"{int(count.loc[state, name]):,}"
            if wide.loc[state, name] >= 1.3 * len(text):  # as wide as its digits
                ax.annotate(
                    text,
                    (left[k] + wide.loc[state, name] / 2, k),
                    ha="center",
                    va="center",
                    size=10,
                    color=figures.over(colour),
                )
        left = left + wide[name].to_numpy()
    ax.set(
        yticks=range(len(wide)),
        xlim=(0, 100),
        xlabel="share of the state's payloads, %",
        ylim=(-0.6, len(wide) - 0.4),
    )
    ax.set_yticklabels([f"{s} ({int(count.loc[s].sum()):,})" for s in wide.index])
    for label, state in zip(ax.get_yticklabels(), wide.index):
        label.set_fontweight(600 if state == "Japan" else 400)
    ax.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=4)
    ax.grid(axis="y", visible=False)
    data = table[["state", "payload_class", "payloads", "share"]]
    return figures.picture(fig, "payloads", words.PAYLOADS, data, figures.used(table), answer)


def _nothing(ax, y: int, r, date: pd.Timestamp, lines: dict[str, int]) -> None:
    """An event that has no bar of its own."""


def _announced(ax, y: int, r, what: str, lines: dict[str, int]) -> None:
    """The period that was announced, dashed, and what it is."""
    figures.mark(
        lines[r.row_id],
        *ax.barh(y, r.days, 0.32, left=r.date, facecolor="white", edgecolor=COLOURS["ink"], ls="--", lw=1),
    )
    middle = r.date + pd.Timedelta(days=183)
    ax.annotate(what, (middle, y + 0.22), ha="center", va="bottom", size=10.5)


def _tender(ax, y: int, r, date: pd.Timestamp, lines: dict[str, int]) -> None:
    if date == date:
        ax.plot([r.date, date], [y, y], color=COLOURS["grey"], lw=1.5, zorder=1)
    _announced(ax, y, r, "tender", lines)


def _plan(ax, y: int, r, date: pd.Timestamp, lines: dict[str, int]) -> None:
    said = sources.get(r.source_id)["issued"]["date-parts"][0][0]
    _announced(ax, y, r, f"year planned in {said}", lines)
    end = r.date + pd.Timedelta(days=r.days)
    if date > end:
        ax.plot([end, date], [y, y], color=COLOURS["vermilion"], lw=3, zorder=1)
        ax.annotate(
            f"{months_late(r.date, date):.0f} months late",
            (r.date + (date - r.date) * 0.68, y - 0.2),
            ha="center",
            va="top",
            size=10.5,
            color=figures.TEXT["vermilion"],
        )


def _in_orbit(ax, y: int, satellite: pd.Series, lines: dict[str, int]) -> None:
    date, state = satellite["launch_date"], satellite["launch_state"]
    colour = COLOURS["blue"] if state == "Japan" else COLOURS["vermilion"]
    figures.mark(lines[satellite["row_id"]], *ax.plot(date, y, marker="o", ms=10, color=colour))
    ax.annotate(
        f"{date.day} {date:%B %Y}\nlaunched by {state}",
        (date, y),
        xytext=(12, 0),
        textcoords="offset points",
        va="center",
        size=10.5,
    )


def _event(ax, y: int, r, flown: pd.DataFrame, lines: dict[str, int]) -> None:
    """A delay, or a day of launch that is not the one of the satellite's own row."""
    if r.event == "delay":
        what = "damaged on its way" if r.row_id == DAMAGE else "delayed"
        figures.mark(lines[r.row_id], *ax.plot(r.date, y, marker="v", ms=9, color=COLOURS["orange"]))
        ax.annotate(what, (r.date, y + 0.18), ha="center", va="bottom", size=10.5, color=COLOURS["ink"])
    elif not (flown["launch_date"] == r.date).any():
        figures.mark(lines[r.row_id], *ax.plot(r.date, y, marker="o", ms=10, mfc="none", mec=COLOURS["ink"]))
        ax.annotate("another day", (r.date, y - 0.2), ha="center", va="top", size=10.5)


@figures.house
def kirameki(answer: Answer) -> Picture:
    """Defence communications satellites from plan to orbit."""
    events, flown = answer.tables["communications"], answer.tables["kirameki"].set_index("name")
    planned = [name for names in events["names"] for name in names if name not in flown.index]
    rows = list(dict.fromkeys([*flown.index, *planned]))
    fig, ax = figures.canvas(height=4.4)
    data = pd.concat(
        [
            events[["row_id", "date", "satellite", "event"]],
            flown.reset_index()[["row_id", "name", "launch_date", "launch_state"]]
            .rename(columns={"name": "satellite", "launch_date": "date"})
            .assign(event="in orbit"),
        ],
        ignore_index=True,
    )
    lines = {row: line for line, row in enumerate(data["row_id"])}
    for y, name in zip(range(len(rows) - 1, -1, -1), rows):
        date = flown.loc[name, "launch_date"] if name in flown.index else pd.NaT
        for r in events[[name in names for names in events["names"]]].itertuples():
            {"tender": _tender, "planned launch": _plan}.get(r.event, _nothing)(ax, y, r, date, lines)
        if name in flown.index:
            _in_orbit(ax, y, flown.loc[name], lines)
    for r in events[events["event"].isin(["delay", "launch"])].itertuples():
        for name in r.names:
            _event(ax, len(rows) - 1 - rows.index(name), r, flown, lines)
    ax.set(
        yticks=range(len(rows) - 1, -1, -1),
        yticklabels=rows,
        ylim=(-0.6, len(rows) - 0.3),
        xlim=(
            data["date"].min() - pd.DateOffset(months=6),
            pd.Timestamp(data["date"].max().year + 4, 1, 1),
        ),
    )
    ax.grid(axis="y", visible=False)
    ax.grid(axis="x")
    source_ids = (*figures.used(events), *figures.used(flown.reset_index()))
    return figures.picture(fig, "kirameki", words.KIRAMEKI, data, source_ids, answer)


FIGURES = (record, autonomy, kirameki, radar, payloads, attempts)
METHOD = ()  # every figure here is a finding
