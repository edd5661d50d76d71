"""Figures of the reconnaissance question."""

import re

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.data import sources
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.space_systems.reconnaissance import words
from spacesec.words.numerals import counted

LOOK = {
    "optical imaging": (COLOURS["blue"], "o"),
    "radar imaging": (COLOURS["vermilion"], "s"),
    "technology demonstration": (COLOURS["grey"], "D"),
}


LABELLED = (2008, 2013, 2020, 2024)  # years whose number of satellites is written, with the first and last


ENDS = {"end in the catalogue": "end in the catalog", "last operation": "last operation"}


LABEL_STEP = 0.026  # turns a day: the height of a name in the figure of planes


AMATEUR = (
    "Orbits are fitted by amateur observers; no official set is published, and station-keeping is inferred"
    " from equal mean motions."
)


def _planned(r, now: float) -> tuple[float, str]:
    """Where the bar of a planned satellite starts, and what was said of it when."""
    said = sources.get(r.source_id)["issued"]["date-parts"][0][0]
    if pd.isna(r.planned_fiscal_year):
        return now, f"planned in {said} without a year"
    return r.planned_fiscal_year + 0.25, f"planned in {said} for FY{r.planned_fiscal_year}"


def year(day: pd.Timestamp) -> float:
    """A day as a year and its part."""
    return day.year + (day.day_of_year - 1) / 365.25


def _satellite(ax, k: int, r, now: float) -> None:
    """One satellite on line k: a cross where it was lost, else a bar from launch to end, or as planned."""
    colour, _ = LOOK[r.function]
    name = re.sub(r" \(lost \d+\)$", "", r.name.removeprefix("IGS "))
    if r.state == "lost":
        figures.mark(
            k,
            *ax.plot(
                year(r.launch_date), k, marker="X", ms=8, color=COLOURS["vermilion"], mec="white", ls=""
            ),
        )
        ax.annotate(
            f"{name}, lost at launch",
            (year(r.launch_date), k),
            xytext=(8, 0),
            textcoords="offset points",
            va="center",
            size=10,
        )
    elif r.state == "planned":
        at, words = _planned(r, now)
        figures.mark(
            k,
            *ax.barh(k, 1, 0.62, left=at, facecolor="white", edgecolor=colour, ls="--", lw=1.2),
        )
        ax.annotate(
            f"{name}, {words}",
            (at, k),
            xytext=(-5, 0),
            textcoords="offset points",
            va="center",
            ha="right",
            size=10,
        )
    else:
        start, end = year(r.launch_date), year(r.end_date) if pd.notna(r.end_date) else now
        style = {
            "retired": {"facecolor": colour, "alpha": 0.38},
            "flying": {"facecolor": colour},
            "unknown": {"facecolor": "white", "edgecolor": colour, "hatch": "...", "lw": 1.0, "ls": ":"},
        }[r.state]
        figures.mark(k, *ax.barh(k, end - start, 0.62, left=start, **style))
        ax.annotate(
            name, (start, k), xytext=(-5, 0), textcoords="offset points", va="center", ha="right", size=10
        )


@figures.house
def fleet(answer: Answer) -> Picture:
    """Every satellite from launch to end; lost, planned and unsettled ones drawn apart; the number in service
    below.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    sats = answer.tables["fleet"].copy()
    fig, (ax, below) = figures.canvas(
        2, 1, width=10, height=8.6, sharex=True, gridspec_kw={"height_ratios": [4.2, 1]}
    )
    planned = sats["planned_fiscal_year"].fillna(sats["planned_fiscal_year"].max()).astype(int)
    sats["order"] = sats["launch_date"].fillna(pd.to_datetime(planned.astype(str) + "-04-01"))
    sats = sats.sort_values(["order", "name"]).reset_index(drop=True)
    when = answer.facts["when"]
    now = round(year(when.as_of), 2)
    for k, r in enumerate(sats.itertuples()):
        _satellite(ax, k, r, now)
    ax.set(ylim=(len(sats) - 0.4, -0.8), yticks=[])
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    keys = [
        Patch(color=COLOURS["blue"], label="optical"),
        Patch(color=COLOURS["vermilion"], label="radar"),
        Patch(color=COLOURS["grey"], label="demonstrator"),
        Patch(facecolor=COLOURS["blue"], alpha=0.38, label="pale: ended"),
        Patch(
            facecolor="white",
            edgecolor="#333333",
            hatch="...",
            ls=":",
            lw=1,
            label="dotted: sources do not settle it",
        ),
        Patch(
            facecolor="white",
            edgecolor="#333333",
            ls="--",
            lw=1.2,
            label="hollow: planned, not found in orbit",
        ),
        Line2D([], [], marker="X", ls="", ms=8, color=COLOURS["vermilion"], label="lost at launch"),
    ]
    ax.legend(handles=keys, loc="lower left", labelspacing=0.35, bbox_to_anchor=(0.0, 0.0))
    counts = answer.tables["in_service"].pivot(index="year", columns="function", values="in_service")
    unsure = answer.tables["in_service"].groupby("year")["unknown"].sum()
    below.bar(counts.index + 0.5, counts["optical imaging"], 0.7, color=COLOURS["blue"])
    below.bar(
        counts.index + 0.5,
        counts["radar imaging"],
        0.7,
        bottom=counts["optical imaging"],
        color=COLOURS["vermilion"],
    )
    total = counts.sum(axis=1)
    if unsure.any():
        some = unsure[unsure > 0]
        below.bar(
            some.index + 0.5,
            some,
            0.7,
            bottom=total[some.index],
            facecolor="white",
            edgecolor=COLOURS["vermilion"],
            hatch="...",
            lw=1.0,
            ls=":",
        )
    for at, high in total.items():
        if at in (*LABELLED, total.index[0], total.index[-1]):
            below.annotate(
                str(high),
                (at + 0.5, high),
                ha="center",
                va="bottom",
                size=10,
                xytext=(0, 2 if not unsure.get(at) else 12),
                textcoords="offset points",
            )
    left, right = total.index[0] - 3.5, int(max(sats["planned_fiscal_year"].max(), now)) + 2
    below.set(ylabel="in service\nat year's end", ylim=(0, total.max() + 3), xlim=(left, right))
    below.set_xticks(range(total.index[0], right, 3))
    r = answer.results
    return Picture(
        fig,
        "fleet",
        f"{r['in_service'].value} imaging satellites in service, {r['lost_at_launch'].value} lost,"
        f" {r['planned'].value} planned and not yet found in orbit",
        "Japan's information-gathering satellites from launch to end, by state; imaging satellites in service"
        " at each year's end",
        "Ends are those of the catalog, or a press report where it is earlier known. The last bar is for"
        f" {when.as_of:%B %Y}; bars of satellites in service run to that month, though their state was last"
        f" read in {' to '.join(when.read)}.",
        f"Timeline of {len(sats)} satellites since {total.index[0]} above a bar chart of those in service,"
        f" which rises from {total.iloc[0]} in {total.index[0]} to {total.max()} in {total.idxmax()}.",
        sats[
            [
                "row_id",
                "name",
                "function",
                "state",
                "launch_date",
                "end_date",
                "planned_fiscal_year",
                "source_id",
            ]
        ],
        figures.used(sats),
    )


@figures.house
def survival(answer: Answer) -> Picture:
    """Kaplan-Meier curve of the time in service, with its band, censoring marks and the other reading of the
    ends.
    """
    p, other = answer.parameters, answer.tables["other_lifetimes"]
    other_end = other["reading"].iloc[0]
    curves = {p.lifetime_end: answer.tables["survival"], other_end: other.drop(columns="reading")}
    longest = float(answer.tables["survival"]["time"].max())
    side = np.ceil(10 * longest) / 10
    fig, ax = figures.canvas(height=5.2)
    data = []
    for (name, curve), (colour, line) in zip(
        curves.items(), ((COLOURS["blue"], "-"), (COLOURS["orange"], "--"))
    ):
        t, s = np.append(0, curve["time"]), 100 * np.append(1, curve["survival"])
        ax.step(t, s, where="post", color=colour, ls=line, lw=2.2 if line == "-" else 1.6)
        for number, row in enumerate(curve.itertuples(), start=sum(map(len, data))):
            figures.mark_point(ax, row.time, 100 * row.survival, number)
        if line == "-":
            low, high = (
                100 * np.append(1, curve["low"].fillna(0)),
                100 * np.append(1, curve["high"].fillna(0)),
            )
            ax.fill_between(t, low, high, step="post", color=colour, alpha=0.14, lw=0)
            cut = curve[curve["censored"] > 0]
            ax.plot(cut["time"], 100 * cut["survival"], ls="", marker="|", ms=11, mew=1.6, color=colour)
        data.append(curve.assign(reading=name))
    ax.axvline(5, color="#555b60", lw=1, ls=":")
    ax.annotate("five years", (5, 4), xytext=(4, 0), textcoords="offset points", size=11, color="#555b60")
    ax.annotate(
        ENDS[p.lifetime_end],
        (side, 100 * answer.tables["survival"]["survival"].iloc[-1]),
        xytext=(4, 0),
        textcoords="offset points",
        size=11,
        color=COLOURS["blue"],
        va="center",
    )
    last = curves[other_end]["survival"].iloc[-1] * 100
    mine = 100 * answer.tables["survival"]["survival"].iloc[-1]
    ax.annotate(
        ENDS[other_end],
        (side, last),
        xytext=(4, 0 if abs(last - mine) > 6 else -14),
        textcoords="offset points",
        size=11,
        color="#b57a00",
        va="center",
    )
    read = " to ".join(answer.facts["when"].read)
    ax.annotate(f"ticks: still in service in {read}", (0.3, 12), size=11, color="#555b60")
    ax.set(
        xlim=(0, side + 2.8),
        ylim=(0, 103),
        xlabel="years after launch",
        ylabel="satellites still in service, %",
    )
    r = answer.results
    life = answer.tables["lifetimes"]
    low, high = r["median_life_interval_years"].value
    reach = f"{low:.1f} to {high:.1f}" if high == high else f"{low:.1f} or more"
    return Picture(
        fig,
        "survival",
        f"Half of the satellites served {r['median_life_years'].value:.0f} years or longer, and"
        f" {r['five_year_survival_percent'].value:.0f} % served at least five",
        f"Share of {len(life)} satellites in orbit still in service (Kaplan-Meier, 95 % band); median"
        f" {r['median_life_years'].value:.1f} years, interval {reach}",
        "Solid: ends by the reading chosen; dashed: by the other one, on which two satellites differ by three"
        " and four years. Demonstrators are counted.",
        f"Falling step curve from 100 % at launch to {mine:.0f} % at {longest:.1f} years with a wide"
        " band, crossing"
        " one half near nine years.",
        pd.concat(data, ignore_index=True),
        figures.used(life),
    )


@figures.house
def planes(answer: Answer) -> Picture:
    """Local time of the node against mean motion in both years: two planes, three slots, and who left
    them.
    """
    table = answer.tables["planes"]
    fig, panels = figures.canvas(1, 2, height=5.4, sharey=True)
    when = answer.facts["when"]
    for ax, year in zip(panels, (when.first, when.latest)):
        part = table[table["year"] == year].copy()
        part["x"] = (part["node_hours"] - 12) % 24 + 12
        for r in part.itertuples():
            colour, marker = LOOK[r.function]
            figures.mark(
                r.Index,
                *ax.plot(
                    r.x,
                    r.mean_motion_rev_day,
                    marker=marker,
                    ms=6,
                    color=colour if r.held else "white",
                    mec=colour,
                    mew=1.2,
                    ls="",
                ),
            )
        _beside(ax, part)
        ax.set_title(f"{year}: {int(part['held'].sum())} held in a slot")
        left, right = min(15.5, part["x"].min() - 0.5), max(31.5, part["x"].max() + 0.5)
        ax.set(xlim=(left, right), xlabel="mean local time of the ascending node, hours")
        ax.set_xticks([16, 18, 20, 22, 24, 26, 28, 30], ["16", "18", "20", "22", "0", "2", "4", "6"])
    motion = table["mean_motion_rev_day"]
    low, high = min(14.9, motion.min() - 0.02), max(15.46, motion.max() + 0.02)
    panels[0].set(ylabel="mean motion, turns a day", ylim=(low, high))
    columns = ["row_id", "name", "function", "year", "epoch_utc", "node_hours", "mean_motion_rev_day", "held"]
    data = table[[*columns, "source_id"]]
    return figures.picture(fig, "planes", words.PLANES, data, figures.used(table), answer)


def _beside(ax, part: pd.DataFrame) -> None:
    """Names beside points that lie close: one column a cluster, spread to keep clear of each other."""
    for column, rows in (
        (20.7, part[(part["x"] > 20) & (part["x"] < 24)]),
        (26.9, part[(part["x"] >= 24) & (part["x"] < 28)]),
        (None, part[(part["x"] <= 20) | (part["x"] >= 28)]),
    ):
        level = -np.inf
        # Of one slot the nearest stands lowest, so that no line runs through another's mark.
        rows = rows.assign(slot=rows["mean_motion_rev_day"].round(3), away=(rows["x"] - (column or 24)).abs())
        for r in rows.sort_values(["slot", "away"]).itertuples():
            level = max(level + LABEL_STEP, r.mean_motion_rev_day)
            left = column == 20.7 or (column is None and r.x > 24)
            side = -1 if left else 1
            at = column if column else r.x + 0.6 * side
            ax.text(
                at, level, r.name.replace("IGS ", ""), size=10, va="center", ha="right" if left else "left"
            )
            ax.plot([at - 0.1 * side, r.x], [level, r.mean_motion_rev_day], lw=0.6, color=COLOURS["ink"])


@figures.house
def waits(answer: Answer) -> Picture:
    """How long a moment picked at random waits for the next look, by fleet and kind of look."""
    table = answer.tables["looks"]
    kinds = {
        "radar": (COLOURS["vermilion"], "s", "radar, day and night"),
        "radar, night": (COLOURS["purple"], "v", "radar, night only"),
        "optical, clear day": (COLOURS["sky"], "^", "optical, clear sky"),
        "optical, cloud": (COLOURS["blue"], "o", "optical through cloud"),
        "both, cloud": (COLOURS["ink"], "D", "both, optical through cloud"),
    }
    fleets = list(dict.fromkeys(table["fleet"]))
    fig, ax = figures.canvas(height=5.9)
    labels, keyed, longest = [], set(), 0.0
    for row, name in enumerate(fleets):
        part = table[(table["fleet"] == name) & table["mean_wait_hours"].notna()]
        labels.append(f"{name}\n{int(table.loc[table['fleet'] == name, 'satellites'].iloc[0])} satellites")
        if part.empty:
            ax.text(
                0.5, row, f"no look in {answer.parameters.days} days", va="center", size=10.5, color="#555b60"
            )
        part = part[
            part["kind"].isin(kinds if not name.startswith("commercial") else ["radar", "radar, night"])
        ]
        for r, (kind, (colour, marker, text)) in [
            (part[part["kind"] == k].iloc[0], (k, kinds[k])) for k in kinds if (part["kind"] == k).any()
        ]:
            y = row + 0.15 * (list(kinds).index(kind) - 2)
            if r["phase_low_hours"] == r["phase_low_hours"]:
                ax.plot(
                    [r["phase_low_hours"], r["phase_high_hours"]],
                    [y, y],
                    color=colour,
                    lw=5,
                    alpha=0.25,
                    solid_capstyle="butt",
                )
            ax.plot(
                r["mean_wait_hours"],
                y,
                marker=marker,
                ms=8,
                color=colour,
                ls="",
                label=None if kind in keyed else text,
            )
            keyed.add(kind)
            edge = max(
                r["mean_wait_hours"],
                r["phase_high_hours"] if r["phase_high_hours"] == r["phase_high_hours"] else 0,
            )
            longest = max(longest, edge)
            ax.annotate(
                f"{r['mean_wait_hours']:.1f} h",
                (edge, y),
                xytext=(8, 0),
                textcoords="offset points",
                va="center",
                size=10.5,
                color=colour,
            )
    ax.set_xscale("log")
    ax.set(
        yticks=range(len(fleets)),
        ylim=(len(fleets) - 0.5, -0.5),
        xlim=(0.4, 130 if longest < 100 else 1.8 * longest),
        xlabel="mean wait for the next look, hours (log scale)",
    )
    ax.set_yticklabels(labels)
    ax.set_xticks([0.5, 1, 2, 5, 10, 20, 50, 100], ["0.5", "1", "2", "5", "10", "20", "50", "100"])
    ax.minorticks_off()
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    for k in range(1, len(fleets)):
        ax.axhline(k - 0.5, color="#e3e6e8", lw=0.8)
    if keyed:
        ax.legend(loc="lower right", bbox_to_anchor=(1.0, 0.0))
    p, when = answer.parameters, answer.facts["when"]
    mine, firms = (
        answer["mean_wait_hours"].get(f"held in {when.latest}"),
        answer["radar_wait_hours"].get(f"commercial radar {when.firms}"),
    )
    missing = len(answer.tables["firms_unseen"])
    have = counted(
        missing, "commercial radar satellite that flies has", "commercial radar satellites that fly have"
    )
    unseen = f" {have} no element set here." if missing else ""
    away = (
        f"is {mine:.0f} hours away with the fleet of {when.latest}"
        if mine is not None
        else f"does not come in {p.days} days with the fleet of {when.latest}"
    )
    return Picture(
        fig,
        "waits",
        f"The next look at {p.area} {away}"
        + (f", {firms:.1f} with the commercial radars" if mine is not None and firms is not None else ""),
        f"Mean wait over {p.days} days; pale bars: satellites at random places along their orbits; looks"
        f" within {p.off_nadir_deg:g}° of nadir, optical ones with the Sun at {p.sun_elevation_deg:g}° and"
        f" {p.cloud_percent:g} % failing",
        f"{AMATEUR} Pale bars: the range when the places along the orbits are drawn by lot. The eighth"
        " satellite of the plan is put where a plane has room: an assumption. Nothing is said of what an"
        f" image shows.{unseen}",
        "Dot chart of mean waits on a log scale for four fleets; radar waits are near six hours for the"
        " government fleets and under one for the commercial ones.",
        table,
        (*figures.used(answer.tables["planes"]), *figures.used(answer.tables["commercial"])),
    )


@figures.house
def worth(answer: Answer) -> Picture:
    """What each satellite adds, and how the wait depends on the assumed angle of view."""
    table, spread, p = answer.tables["worth"], answer.tables["sensitivity"], answer.parameters
    fig, (left, right) = figures.canvas(1, 2, height=5.2)
    shown = table.iloc[::-1].reset_index(drop=True)
    for k, r in shown.iterrows():
        colour = LOOK[r["function"]][0]
        if not np.isfinite(r["added_hours"]):
            left.text(0, k, f"  no look in {p.days} days", va="center", size=10.5, color="#555b60")
            continue
        stale = r["age_days"] > 30
        left.barh(
            k,
            r["added_hours"],
            0.66,
            **(
                {"facecolor": "white", "edgecolor": colour, "hatch": "////", "lw": 1.0}
                if stale
                else {"color": colour}
            ),
        )
        left.annotate(
            f"{round(r['added_hours'], 1) + 0:.1f}",
            (r["added_hours"], k),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            size=10.5,
        )
    left.set(
        yticks=range(len(shown)),
        xlabel="hours added to the mean wait when it is lost",
        xlim=(0, 1.15 * np.nanmax([0.1, *shown["added_hours"].replace(np.inf, np.nan)])),
    )
    left.set_yticklabels(shown["name"].str.replace("IGS ", ""))
    left.grid(axis="x")
    left.grid(axis="y", visible=False)
    left.set_title(f"Fleet of {p.fleet}, one lost at a time")
    part = spread[spread["kind"] == "both, cloud"]
    looks = {
        "sky": ("v", "--"),
        "ink": ("D", "-"),
        "green": ("o", ":"),
        "orange": ("s", "-."),
    }
    for name, (colour, (marker, line)) in zip(part["fleet"].unique(), looks.items()):
        row = part[(part["fleet"] == name) & part["mean_wait_hours"].notna()]
        right.plot(
            row["off_nadir_deg"],
            row["mean_wait_hours"],
            marker=marker,
            color=COLOURS[colour],
            ls=line,
            label=name,
        )
    right.set_yscale("log")
    right.set_yticks([0.5, 1, 2, 5, 10, 20, 50], ["0.5", "1", "2", "5", "10", "20", "50"])
    right.minorticks_off()
    right.set(xlabel="widest angle off nadir, degrees (assumed)", ylabel="mean wait, hours (log scale)")
    right.set_ylim(0.4, 60)
    right.legend(loc="upper right")
    right.set_title("All fleets, over the assumed angle")
    first = (answer["most_valuable"] or "").replace("IGS ", "")
    mine = part[part["fleet"] == f"held in {p.fleet}"]["mean_wait_hours"].dropna()
    moves = mine.max() - mine.min()
    second = (
        f"the assumed angle of view moves the wait by {moves:.0f} hours"
        if moves > table["added_hours"].max()
        else "that matters more than the assumed angle of view"
    )
    title = (
        f"{first} is the hardest to lose, and {second}"
        if first
        else (
            f"Within {p.off_nadir_deg:g}° of nadir no look at {p.area} comes in {p.days} days, whoever is"
            " lost"
        )
    )
    return Picture(
        fig,
        "worth",
        title,
        f"Mean wait for the next look at {p.area}, both kinds of satellite, optical through"
        f" {p.cloud_percent:g} % cloud; hatched: its place is uncertain",
        "Orange bars: radar; blue: optical; hatched: the satellite's element set is old and its place along"
        " the orbit unknown. Losses are taken one at a time.",
        "Left, bars of hours added by the loss of each satellite, radar ones longest; right, waits falling"
        " with the angle for four fleets.",
        pd.concat([table.assign(panel="loss"), part.assign(panel="angle")], ignore_index=True),
        (*figures.used(answer.tables["planes"]), *figures.used(answer.tables["commercial"])),
    )


FIGURES = (fleet, survival, planes, waits, worth)
