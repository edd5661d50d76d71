"""Pictures of the question ``turning_points``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, KEPT, TEXT, Picture
from spacesec.policy_evolution.turning_points import words
from spacesec.policy_evolution.turning_points.model import POSTURES

HATCHES = {"peaceful": None, "non-offensive": "....", "security-use": None, "warfighting": "////"}


NAMES = {
    "pace": "pace",
    "mix": "posture mix",
    "security-use": "security use",
    "warfighting": "operational domain",
}


LOOKS = {
    "pace": ("ink", "o"),
    "mix": ("purple", "P"),
    "security-use": (KEPT["security-use"], "s"),
    "warfighting": (KEPT["warfighting"], "^"),
}


NAME_PT, WIDTH_PT = 26, 555  # of a year's name, and of the panel that it stands in
VARIED = ("mix", "security-use", "warfighting")  # series whose likeliest years are tried under other choices


@figures.house
def breaks(answer: Answer) -> Picture:
    """Acts a year with the posterior rate; below, the chance of a break in each year for four series."""
    p, counts = answer.parameters, answer.tables["counts"].set_index("year")
    rows = answer.tables["by_year"]
    rows = rows[rows["coder"] == p.coder].reset_index(drop=True)
    fig, (top, low) = figures.canvas(2, 1, height=6.4, sharex=True, gridspec_kw={"height_ratios": [1, 1.15]})
    _acts(top, counts, rows)
    _chances(low, rows)
    top_lane = _named(low, p)
    low.set_yticks(
        [-1.3, *np.arange(len(LOOKS)) - 0.3], ["named in the documents", *(NAMES[n] for n in LOOKS)]
    )
    low.get_yticklabels()[0].set_color(TEXT["orange"])
    low.set(
        ylim=(3.12, top_lane - 0.25), xlim=(p.first_year - 0.8, p.last_year + 0.8), ylabel="chance of a break"
    )
    low.grid(False)
    low.spines["left"].set_visible(False)
    return figures.picture(
        fig, "breaks", words.breaks(answer), rows, figures.used(answer.tables["events"]), answer
    )


def _mark(rows: pd.DataFrame, series: str, years: pd.Index, bars) -> None:
    """Mark the bars of a series that have a height with their lines of the data."""
    lines = rows[rows["series"] == series].dropna(subset="row_ids").reset_index().set_index("year")["index"]
    for year, bar in zip(years, bars):
        if year in lines.index and bar.get_height():
            figures.mark(lines[year], bar)


def _acts(top, counts: pd.DataFrame, rows: pd.DataFrame) -> None:
    """Acts a year: all of them behind, those with a posture stacked before them, and the rate as a step
    line.
    """
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    _mark(
        rows,
        "pace",
        counts.index,
        top.bar(counts.index, counts["pace"], 0.8, color=COLOURS["pale"], zorder=1),
    )
    base = np.zeros(len(counts))
    for posture in POSTURES:
        bars = top.bar(
            counts.index,
            counts[posture],
            0.5,
            bottom=base,
            color=COLOURS[KEPT[posture]],
            hatch=HATCHES[posture],
            edgecolor="white",
            linewidth=0.6,
            zorder=2,
        )
        _mark(rows, posture if posture in LOOKS else "mix", counts.index, bars)
        base += counts[posture].to_numpy()
    rate = rows[rows["series"] == "pace"].set_index("year")["rate"]
    top.step(rate.index, rate, where="mid", color=COLOURS["ink"], lw=1.8, zorder=3)
    keys = [
        Patch(color=COLOURS["pale"], label="Japanese acts"),
        Line2D([], [], color=COLOURS["ink"], lw=1.8, label="their rate, all cuts weighed"),
    ]
    keys += [
        Patch(
            facecolor=COLOURS[KEPT[n]],
            hatch=HATCHES[n],
            edgecolor="white",
            label=n.replace("warfighting", "operational domain").replace("-use", " use"),
        )
        for n in POSTURES
    ]
    top.legend(handles=keys, loc="upper left", ncols=1, fontsize=10, labelspacing=0.3)
    top.set_ylabel("events a year")


def _chances(low, rows: pd.DataFrame) -> None:
    """A lane a series: bars that rise with the chance of a break in a year, the larger ones with their
    number.
    """
    for lane, (name, (colour, _)) in enumerate(LOOKS.items()):
        part = rows[rows["series"] == name].set_index("year")["break_probability"]
        _mark(
            rows,
            name,
            part.index,
            low.bar(part.index, -0.86 * part, 0.8, bottom=lane, color=COLOURS[colour], zorder=2),
        )
        for year, chance in part[
            (part > 0.28) & (part >= part.shift(1, fill_value=0)) & (part > part.shift(-1, fill_value=0))
        ].items():  # of neighbors the likelier
            low.text(
                year,
                lane - 0.86 * chance - 0.05,
                f"{chance:.0%}",
                ha="center",
                va="bottom",
                size=9.2,
                color=TEXT[colour],
                zorder=4,
                bbox={"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"},
            )
        low.axhline(lane, color="#c9cdd0", lw=0.8, zorder=1)
        second = rows[(rows["series"] == name) & (rows["penalised"] == True)]["year"]  # noqa: E712
        low.plot(
            second, [lane] * len(second), "o", ms=6.5, mfc="white", mec=COLOURS[colour], mew=1.3, zorder=5
        )


def _named(low, p) -> float:
    """The years that the documents name, dashed, in a lane of their own, or in two where they stand close;
    gives the height of the upper one.
    """
    close = NAME_PT * (p.last_year - p.first_year + 1.6) / WIDTH_PT  # years that a name takes
    last = dict.fromkeys((-1.3, -1.66), -np.inf)
    for year in sorted(p.named_years):
        lane = next((y for y, before in last.items() if year - before > close), -1.3)
        last[lane] = year
        low.plot([year, year], [lane + 0.18, 3.12], color=COLOURS["orange"], lw=1.1, ls=(0, (4, 3)), zorder=0)
        low.text(year, lane, str(year), ha="center", va="center", size=9.8, color=TEXT["orange"])
    return min(lane for lane, year in last.items() if year > 0 or lane == -1.3)


@figures.house
def coders(answer: Answer) -> Picture:
    """Where two coders agree: the table of their codes, and the coefficients in five readings."""
    cross, table = answer.tables["cross"], answer.tables["agreement"]
    fig, (ax, dots) = figures.canvas(1, 2, height=5.2, gridspec_kw={"width_ratios": [1, 1.2]})
    size = np.sqrt(cross.to_numpy() / cross.to_numpy().max())
    labels = [name.replace("-", " ").replace("warfighting", "operational") for name in cross.index]
    for i in range(len(cross)):
        for j in range(len(cross)):
            count = int(cross.iloc[i, j])
            if count:
                same = i == j
                ax.scatter(
                    j,
                    i,
                    s=1500 * size[i, j] ** 2,
                    color=COLOURS["blue"] if same else COLOURS["orange"],
                    marker="s" if same else "o",
                    linewidth=0,
                )
                small = 1500 * size[i, j] ** 2 < 150  # the number stands above the mark
                ax.annotate(
                    str(count),
                    (j, i),
                    xytext=(0, 11 if small else 0),
                    textcoords="offset points",
                    ha="center",
                    va="center",
                    size=10.5,
                    color="white" if same and not small else COLOURS["ink"],
                    weight=600,
                )
    ax.set_xticks(range(len(labels)), labels, rotation=30, ha="right")
    ax.set_yticks(range(len(labels)), labels)
    ax.set(
        xlim=(-0.6, len(labels) - 0.4),
        ylim=(len(labels) - 0.4, -0.6),
        xlabel="second coder",
        ylabel="first coder",
    )
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    for x, text in ((words.TENTATIVE, "tentative"), (words.RELIABLE, "reliable")):
        dots.axvline(x, color="#8a8f94", lw=0.9, ls="--")
        dots.text(
            x + (0.012 if text == "reliable" else -0.012),
            -0.62,
            text,
            size=9.5,
            color="#555b60",
            va="center",
            ha="left" if text == "reliable" else "right",
        )
    for i, row in enumerate(table.itertuples()):
        for name, marker, colour in (
            ("kappa", "s", "blue"),
            ("alpha", "o", "vermilion"),
            ("alpha_ordinal", "D", "green"),
        ):
            x = getattr(row, name)
            if x == x:
                dots.plot(x, i, marker=marker, ms=9, color=COLOURS[colour], ls="", alpha=0.9)
        dots.text(1.03, i, f"{row.units}", va="center", size=10.5, color="#555b60")
    from matplotlib.lines import Line2D

    dots.legend(
        handles=[
            Line2D([], [], ls="", marker=m, ms=9, color=COLOURS[c], label=n)
            for n, m, c in (
                ("Cohen's kappa", "s", "blue"),
                ("Krippendorff's alpha", "o", "vermilion"),
                ("alpha, ordinal", "D", "green"),
            )
        ],
        loc="lower left",
        bbox_to_anchor=(-0.42, 1.0),
        ncols=3,
        columnspacing=1.0,
        handletextpad=0.2,
        fontsize=10.5,
    )
    dots.text(1.03, -0.62, "events", size=9.5, color="#555b60", va="center")
    dots.set_yticks(range(len(table)), table["reading"])
    dots.set(
        xlim=(-0.04, 1.14), ylim=(len(table) - 0.3, -0.95), xlabel="agreement beyond chance (1 is perfect)"
    )
    dots.spines["left"].set_visible(False)
    data = pd.concat(
        [
            table.assign(table="agreement"),
            cross.reset_index(names="first")
            .melt("first", var_name="second", value_name="events")
            .assign(table="cross"),
        ],
        ignore_index=True,
    )
    return figures.picture(fig, "coders", words.coders(), data, figures.used(answer.tables["events"]), answer)


@figures.house
def sensitivity(answer: Answer) -> Picture:
    """Most probable break and its nine-tenths range for three series under other choices."""
    table, p = answer.tables["variants"], answer.parameters
    table = table[table["series"].isin(VARIED)].reset_index(drop=True)
    left, right = p.first_year - 2, p.last_year + 2
    names = list(dict.fromkeys(table["variant"]))
    fig, panels = figures.canvas(1, 3, sharey=True)
    for ax, series in zip(panels, VARIED):
        colour, marker = LOOKS[series]
        part = table[table["series"] == series].set_index("variant")
        for i, name in enumerate(names):
            row = part.loc[name]
            weak = row["any_break_probability"] < 0.5
            ax.plot(
                [max(row["low"], left), row["high"]],
                [i, i],
                color=COLOURS[colour],
                lw=3,
                alpha=0.25,
                solid_capstyle="butt",
            )
            ax.plot(
                row["year"],
                i,
                marker=marker,
                ms=9,
                color=COLOURS[colour],
                mfc="white" if weak else COLOURS[colour],
                mew=1.4,
            )
            ax.text(
                row["year"],
                i - 0.4,
                str(int(row["year"])),
                ha="center",
                va="center",
                size=8.8,
                color=TEXT[colour],
                bbox={"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none"},
            )
        ax.axvline(part.loc["as chosen", "year"], color="#8a8f94", lw=0.8, ls="--", zorder=0)
        ax.set_title(NAMES[series])
        ax.set(xlim=(left, right), ylim=(len(names) - 0.4, -0.8))
        ax.set_xticks(range(-(-left // 10) * 10, right + 1, 10))
        ax.spines["left"].set_visible(False)
    panels[0].set_yticks(range(len(names)), names)
    return figures.picture(
        fig, "sensitivity", words.sensitivity(), table, figures.used(answer.tables["events"]), answer
    )


@figures.house
def power_curves(answer: Answer) -> Picture:
    """How large a step must be for these series to show it."""
    table, r = answer.tables["power"], answer.results
    fig, ax = figures.canvas()
    steps = r["smallest_detectable_steps"].value
    labelled = []
    for series, name in (("pace", "pace"), ("rare", "a code that starts at one act in five years")):
        colour, marker = {"pace": ("ink", "o"), "rare": ("blue", "s")}[series]
        part = table[table["series"] == series]
        ax.plot(part["step"], part["power"] * 100, marker=marker, color=COLOURS[colour], ms=6)
        smallest = steps[series]
        for double in part[part["step"] == 2].itertuples():
            ax.plot(2, double.power * 100, "o", ms=13, mfc="none", mec=COLOURS[colour], mew=1.2)
            ax.annotate(
                f"doubling: {double.power:.0%}",
                (2, double.power * 100),
                xytext={"pace": (-11, 6), "rare": (11, -9)}[series],
                textcoords="offset points",
                ha={"pace": "right", "rare": "left"}[series],
                size=10.5,
                color=TEXT[colour],
            )
        if smallest == smallest:
            ax.plot([smallest, smallest], [0, 80], color=COLOURS[colour], lw=0.9, ls=":")
        at = part.iloc[(part["power"] - 0.62).abs().argmin()]
        label = (
            f"{name}: {smallest:.1f} times"
            if smallest == smallest
            else f"{name}: not below {table['step'].max():.0f} times"
        )
        place = (np.fmax(at["step"], smallest), at["power"] * 100)
        crowded = any(abs(np.log(place[0] / x)) < 0.5 and abs(place[1] - y) < 6 for x, y in labelled)
        labelled.append(place)
        ax.annotate(
            label,
            place,
            xytext=(8, -24 if crowded else -6),
            textcoords="offset points",
            color=TEXT[colour],
            size=11.5,
            va="center",
            weight=600,
        )
    ax.axhline(80, color="#8a8f94", lw=0.9, ls="--")
    ax.text(table["step"].min(), 81.5, "80%", size=10, color="#555b60")
    ax.axhline(5, color="#8a8f94", lw=0.9, ls="--")
    ax.text(table["step"].max(), 6.2, "false alarms set to 5%", size=10, color="#555b60", ha="right")
    ax.set_xscale("log")
    ticks = [1.25, 1.5, 2, 3, 4, 6, 10, 20]
    ax.set_xticks(ticks, [f"{t:g}×" for t in ticks])
    ax.minorticks_off()
    ax.set(
        xlabel="true step: rate after over rate before, in the middle of the period",
        ylabel="chance that it is found (%)",
        ylim=(0, 103),
    )
    return figures.picture(
        fig, "power", words.power(answer), table, figures.used(answer.tables["events"]), answer
    )


@figures.house
def placebo_years(answer: Answer) -> Picture:
    """Do the named years do better than random ones, and does least squares tell them apart?"""
    p, r, tried = answer.parameters, answer.results, answer.tables["interrupted"]
    fig, (ax, its) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [1, 1.7]})
    rows = []
    for i, name in enumerate(("pace", "mix")):
        named, random = r["named_share_percent"].value[name], r["placebo_share_percent"].value[name]
        colour = COLOURS[LOOKS[name][0]]
        ax.bar(i - 0.19, named, 0.36, color=colour)
        ax.bar(i + 0.19, random, 0.36, facecolor="white", edgecolor=colour, hatch="////", linewidth=1)
        ax.text(i - 0.19, named + 1, f"{named:.0f}", ha="center", va="bottom", size=11)
        ax.text(
            i + 0.19,
            random - 1.5,
            f"{random:.0f}",
            ha="center",
            va="top",
            size=11,
            bbox={"boxstyle": "square,pad=0.15", "facecolor": "white", "edgecolor": "none"},
        )
        ax.text(
            i,
            -11,
            f"luck does as well\nin {r['placebo_probability'].value[name]:.0%} of draws",
            ha="center",
            va="top",
            size=10,
            color="#555b60",
        )
        rows += [
            {"panel": "share", "series": name, "years": "named", "value": named},
            {"panel": "share", "series": name, "years": "random", "value": random},
        ]
    ax.axhline(r["named_coverage_percent"].value, color=COLOURS["orange"], lw=1.2, ls="--")
    ax.text(
        1.46,
        118,
        "dashed: share of all years\nthat lie near a named one",
        ha="right",
        va="center",
        size=9.8,
        color=TEXT["orange"],
    )
    ax.set_xticks([0, 1], ["pace", "posture mix"])
    ax.set(
        ylabel="share of expected breaks, percent", ylim=(0, 126), xlim=(-0.5, 1.5), yticks=range(0, 101, 20)
    )
    ax.set_title("near named years (filled) and random ones")
    named = tried["year"].isin(p.named_years)
    for part, marker, colour, face in (
        (tried[~named], "o", COLOURS["grey"], "white"),
        (tried[named], "s", COLOURS["orange"], COLOURS["orange"]),
    ):
        its.plot(part["year"], part["level_p"], ls="", marker=marker, ms=8, color=colour, mfc=face)
    its.axhline(0.05, color=COLOURS["ink"], lw=0.9, ls="--")
    its.text(tried["year"].max() + 0.4, 0.054, "0.05", size=10, ha="right", va="bottom")
    its.set_yscale("log")
    its.set_yticks([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0], ["0.01", "0.02", "", "0.1", "0.2", "0.5", "1"])
    its.minorticks_off()
    its.xaxis.get_major_locator().set_params(integer=True, min_n_ticks=1)
    its.set(
        ylabel="p value of the level change",
        xlabel="year tried",
        ylim=(min(0.03, tried["level_p"].min() * 0.8), 1.15),
    )
    its.set_title("least squares at every year: named (squares) and placebo (rings)")
    data = pd.concat([pd.DataFrame(rows), tried.assign(panel="interrupted")], ignore_index=True)
    return figures.picture(
        fig, "placebo", words.placebo(), data, figures.used(answer.tables["events"]), answer
    )


FIGURES = (breaks, placebo_years, coders, sensitivity, power_curves)
METHOD = (placebo_years, coders, sensitivity, power_curves)
