"""Figures of the reconnaissance question."""

import re

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.importing import own
from spacesec.space_systems.reconnaissance import words
from spacesec.space_systems.reconnaissance.model import STALE_DAYS

LOOK = {
    "optical imaging": (COLOURS["blue"], "o"),
    "radar imaging": (COLOURS["vermilion"], "s"),
    "technology demonstration": (COLOURS["grey"], "D"),
}


LABELLED = (2008, 2013, 2020, 2024)  # years whose number of satellites is written, with the first and last


ENDS = {"end in the catalogue": "end in the catalog", "last operation": "last operation"}


LABEL_KM = 7.8  # the height of a name in the figure of planes


def _planned(r, now: float) -> tuple[float, str]:
    """Where the bar of a planned satellite starts, and what was said of it when."""
    if pd.isna(r.planned_fiscal_year):
        return now, f"planned in {r.plan_of} without a year"
    return r.planned_fiscal_year + 0.25, f"planned in {r.plan_of} for FY{r.planned_fiscal_year}"


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
        start, read = year(r.launch_date), min(year(r.state_as_of), now)
        end = year(r.end_date) if pd.notna(r.end_date) else read
        style = {
            "retired": {"facecolor": colour, "alpha": 0.38},
            "flying": {"facecolor": colour},
            "unknown": {"facecolor": "white", "edgecolor": colour, "hatch": "...", "lw": 1.0, "ls": ":"},
        }[r.state]
        bars = [*ax.barh(k, end - start, 0.62, left=start, **style)]
        if r.state == "flying":
            bars += ax.barh(k, now - read, 0.62, left=read, facecolor="white", edgecolor=colour, lw=1)
        figures.mark(k, *bars)
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
    now, read = (pd.Timestamp(day) for day in (answer["known_to"], answer["states_read"][-1]))
    unread = f"hollow after {read:%B %Y}: not read since"
    now = round(year(now), 2)
    for k, r in enumerate(sats.itertuples()):
        _satellite(ax, k, r, now)
    ax.set(ylim=(len(sats) - 0.4, -0.8), yticks=[])
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    keys = [
        Patch(color=COLOURS["blue"], label="optical"),
        Patch(color=COLOURS["vermilion"], label="radar"),
        Patch(color=COLOURS["grey"], label="demonstrator"),
        Patch(facecolor="white", edgecolor=COLOURS["blue"], lw=1, label=unread),
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
            label="dashed: planned, not found in orbit",
        ),
        Line2D([], [], marker="X", ls="", ms=8, color=COLOURS["vermilion"], label="lost at launch"),
    ]
    ax.legend(handles=keys, loc="lower left", labelspacing=0.35, bbox_to_anchor=(0.0, 0.0))
    counts = answer.tables["in_service"].pivot(index="year", columns="function", values="in_service")
    unsure = answer.tables["in_service"].groupby("year")["unknown"].sum()
    seen, base = counts.index < read.year + (read.month == 12), 0
    for kind in ("optical imaging", "radar imaging"):
        colour = LOOK[kind][0]
        faces = [colour if known else "white" for known in seen]
        below.bar(counts.index + 0.5, counts[kind], 0.7, bottom=base, color=faces, edgecolor=colour, lw=1)
        base = base + counts[kind]
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
    columns = ["row_id", "name", "function", "state", "state_as_of", "launch_date", "end_date"]
    columns += ["planned_fiscal_year", "plan_of", "source_id"]
    data = pd.concat([sats[columns], answer.tables["in_service"]], ignore_index=True)
    whole = ["planned_fiscal_year", "plan_of", "year", "in_service", "unknown"]
    data = data.astype(dict.fromkeys(whole, "Int64"))
    return figures.picture(fig, "fleet", words.FLEET, data, figures.used(sats), answer)


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
        color=TEXT["orange"],
        va="center",
    )
    read = pd.Timestamp(answer["states_read"][-1])
    ax.annotate(f"ticks: still in service in {read:%B %Y}", (0.3, 12), size=11, color="#555b60")
    ax.set(
        xlim=(0, side + 2.8),
        ylim=(0, 103),
        xlabel="years after launch",
        ylabel="satellites still in service, %",
    )
    data = pd.concat(data, ignore_index=True)
    source_ids = figures.used(answer.tables["lifetimes"])
    return figures.picture(fig, "survival", words.SURVIVAL, data, source_ids, answer)


@figures.house
def planes(answer: Answer) -> Picture:
    """Local time of the node against mean motion in both years: two planes, three slots, and who left
    them.
    """
    table = answer.tables["planes"]
    fig, panels = figures.canvas(1, 2, height=5.4, sharey=True)
    for ax, year in zip(panels, answer["compared_years"]):
        part = table[table["year"] == year].copy()
        part["x"] = (part["node_hours"] - 12) % 24 + 12
        for r in part.itertuples():
            colour, marker = LOOK[r.function]
            figures.mark(
                r.Index,
                *ax.plot(
                    r.x,
                    r.mean_height_km,
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
    height = table["mean_height_km"]
    panels[0].set(ylabel="mean height, km", ylim=(min(428, height.min() - 6), max(602, height.max() + 6)))
    columns = ["row_id", "name", "function", "year", "epoch_utc", "node_hours", "mean_motion_rev_day"]
    data = table[[*columns, "mean_height_km", "held", "source_id"]]
    data = data.assign(epoch_utc=data["epoch_utc"].str[:19] + "Z")
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
        rows = rows.assign(
            slot=-rows["mean_motion_rev_day"].round(3), away=(rows["x"] - (column or 24)).abs()
        )
        for r in rows.sort_values(["slot", "away"]).itertuples():
            level = max(level + LABEL_KM, r.mean_height_km)
            left = column == 20.7 or (column is None and r.x > 24)
            side = -1 if left else 1
            at = column if column else r.x + 0.6 * side
            ax.text(
                at, level, r.name.replace("IGS ", ""), size=10, va="center", ha="right" if left else "left"
            )
            ax.plot([at - 0.1 * side, r.x], [level, r.mean_height_km], lw=0.6, color=COLOURS["ink"])


@figures.house
def waits(answer: Answer) -> Picture:
    """How long a moment picked at random waits for the next look, by fleet and kind of look."""
    table = answer.tables["looks"]
    kinds = {
        "radar": ("vermilion", "s", "radar, day and night"),
        "radar, night": ("purple", "v", "radar, night only"),
        "optical, clear day": ("sky", "^", "optical, clear sky"),
        "optical, cloud": ("blue", "o", "optical through cloud"),
        "both, cloud": ("ink", "D", "both, optical through cloud"),
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
                high = (
                    24.0 * answer.parameters.days
                    if np.isnan(r["phase_high_hours"])
                    else r["phase_high_hours"]
                )
                ax.plot(
                    [r["phase_low_hours"], high],
                    [y, y],
                    color=COLOURS[colour],
                    lw=5,
                    alpha=0.25,
                    solid_capstyle="butt",
                )
            ax.plot(
                r["mean_wait_hours"],
                y,
                marker=marker,
                ms=8,
                color=COLOURS[colour],
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
                color=TEXT[colour],
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
        ax.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=3, columnspacing=1.4)
    source_ids = (*figures.used(answer.tables["planes"]), *figures.used(answer.tables["commercial"]))
    return figures.picture(
        fig, "waits", own.noted(words.WAITS, "elements_file", answer), table, source_ids, answer
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
            left.barh(k, 0, 0.66)  # keeps the place of a bar
            left.text(0, k, f"  no look in {p.days} days", va="center", size=10.5, color="#555b60")
            continue
        stale = r["age_days"] > STALE_DAYS
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
        "purple": ("^", (0, (1, 1))),
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
    known = part["mean_wait_hours"].dropna()
    right.set_ylim(min([0.4, *0.8 * known]), max([60, *1.3 * known]))
    right.legend(loc="upper right")
    right.set_title("All fleets, over the assumed angle")
    data = pd.concat([table.assign(panel="loss"), part.assign(panel="angle")], ignore_index=True)
    source_ids = (*figures.used(answer.tables["planes"]), *figures.used(answer.tables["commercial"]))
    return figures.picture(
        fig, "worth", own.noted(words.WORTH, "elements_file", answer), data, source_ids, answer
    )


METHOD = (worth,)  # how far the wait hangs on one satellite and on the angle assumed
FIGURES = (fleet, survival, planes, waits, *METHOD)
