"""Pictures of the question ``hedging``."""

import numpy as np
import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, TEXT, Picture
from spacesec.policy_evolution.hedging import words
from spacesec.policy_evolution.hedging.model import HOLDS

ORDER = ("reconnaissance", "positioning", "communications", "awareness", "maritime", "warning", "launch")


MOVES = {
    "hedging": ("green", "o"),
    "autonomy alone": ("blue", "s"),
    "substitution": ("purple", "P"),
    "integration alone": ("vermilion", "^"),
    "retreat": ("orange", "v"),
    "no change": ("grey", "D"),
}


# Years of events, for orientation: named beside the path, and with their names over the index.
ON_THE_PATH = (2003, 2010, 2013, 2014, 2017, 2023)
TURNS = (
    (1998, "Taepodong"),
    (2003, "first IGS"),
    (2008, "Basic Space Law"),
    (2013, "SSA agreement"),
    (2017, "Kirameki-2"),
    (2020, "Fatton writes"),
    (2025, "US sensor flies"),
)


def _rounded_years(first: int, last: int, every: int) -> range:
    """The multiples of ``every`` among the years from first to last."""
    return range(-(-first // every) * every, last + 1, every)


@figures.house
def phase(answer: Answer) -> Picture:
    """Autonomy against integration, year by year, with the cloud of weightings at the base and the last
    year.
    """
    from matplotlib.patheffects import withStroke

    p, series, cloud = answer.parameters, answer.tables["series"], answer.tables["cloud"]
    fig, ax = figures.canvas(height=6.2)
    thin = cloud.iloc[::10]
    for a, g, colour in (("autonomy_base", "integration_base", "sky"), ("autonomy", "integration", "orange")):
        ax.scatter(
            thin[a], thin[g], s=5, color=COLOURS[colour], alpha=0.22, linewidth=0, zorder=1, rasterized=True
        )
    ax.plot(
        series["autonomy"], series["integration"], color=COLOURS["ink"], lw=1.6, marker="o", ms=4.5, zorder=3
    )
    shown = {
        p.first_year,
        p.base_year,
        p.last_year,
        *[y for y in ON_THE_PATH if p.first_year < y < p.last_year],
    }
    placed = []
    for row in series.itertuples():
        if row.year in shown and all(
            abs(row.autonomy - x) > 0.05 or abs(row.integration - y) > 0.035 for x, y in placed
        ):
            placed.append((row.autonomy, row.integration))
            bold = row.year in (p.first_year, p.base_year, p.last_year)
            right, below = series["autonomy"] - row.autonomy, series["integration"] - row.integration
            # At the left where another year's point stands by the label's place at the right.
            there = right.between(-0.01, 0.06) & below.between(-0.07, 0.01) & (right**2 + below**2 > 0)
            crowded = bool(there.any())
            ax.annotate(
                str(row.year),
                (row.autonomy, row.integration),
                xytext=(-8, -2) if crowded else (8, 4 if row.integration < 0.03 else -11),
                ha="right" if crowded else "left",
                textcoords="offset points",
                size=12 if bold else 10.5,
                weight=600 if bold else 400,
                zorder=4,
                path_effects=[withStroke(linewidth=3, foreground="white")],
            )
    limit = 1.0
    ax.plot([0, limit], [0, limit], color="#8a8f94", lw=0.9, ls="--", zorder=0)
    ax.text(0.745, 0.775, "equal", size=10, color="#555b60", ha="right")
    for level in (0.2, 0.4, 0.6):
        ax.plot([level, level, limit], [limit, level, level], color="#c9cdd0", lw=0.8, zorder=0)
        ax.text(limit, level + 0.008, f"index {level:.1f}", size=9.5, color="#6b7176", ha="right")
    ax.text(0.02, limit - 0.02, "integrated, dependent", size=11, color="#555b60", va="top")
    ax.text(limit, 0.02, "autonomous, apart", size=11, color="#555b60", ha="right")
    ax.set(
        xlim=(0, limit),
        ylim=(0, limit),
        xlabel="autonomy (0 to 1)",
        ylabel="integration with the United States (0 to 1)",
    )
    ax.grid(False)
    clouds = [
        thin[[a, g]].set_axis(["autonomy", "integration"], axis=1).assign(part="cloud", year=when)
        for a, g, when in (
            ("autonomy_base", "integration_base", p.base_year),
            ("autonomy", "integration", p.last_year),
        )
    ]
    path = series[["year", "autonomy", "integration"]].assign(part="path")
    data = pd.concat([path, *clouds], ignore_index=True)[["part", "year", "autonomy", "integration"]]
    return figures.picture(
        fig, "phase", words.phase(answer), data.round(4), figures.used(answer.tables["rows"]), answer
    )


@figures.house
def functions(answer: Answer) -> Picture:
    """Autonomy and integration of each function as two lines."""
    p, scores = answer.parameters, answer.tables["scores"]
    labels = answer.tables["functions"].set_index("function")["label"]
    moves = answer.results["moves"].value
    fig, panels = figures.canvas(2, 4, height=6.0, sharex=True, sharey=True)
    flat = panels.ravel()
    for ax, name in zip(flat, ORDER):
        part = scores[scores["function"] == name]
        ax.fill_between(
            part["year"],
            np.minimum(part["autonomy"], part["integration"]),
            step="mid",
            color=COLOURS["pale"],
            alpha=0.8,
            linewidth=0,
        )
        ax.step(part["year"], part["autonomy"], where="mid", color=COLOURS["blue"], lw=2.2)
        ax.step(
            part["year"],
            part["integration"] - 0.012,
            where="mid",
            color=COLOURS["vermilion"],
            lw=2.2,
            ls=(0, (5, 1.6)),
        )
        ax.axvline(p.base_year, color="#8a8f94", lw=0.8, ls=":")
        ax.set_title(labels[name], size=12)
        holds = bool((part[["autonomy", "integration"]].iloc[-1] >= HOLDS).all())
        ax.text(
            p.first_year,
            1.055,
            f"{moves[name]}; holds both" if holds else moves[name],
            size=10,
            color="#555b60",
            weight=600 if holds else 400,
            va="bottom",
            bbox={"boxstyle": "square,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        )
        ax.set(ylim=(-0.04, 1.2), xlim=(p.first_year - 0.5, p.last_year + 0.5))
        ax.set_xticks(_rounded_years(p.first_year, p.last_year, 10))
        ax.set_yticks([0, 1 / 3, 2 / 3, 1], ["0", "1/3", "2/3", "1"])
    flat[3].tick_params(labelbottom=True)  # the key stands below it
    key = flat[7]
    key.axis("off")
    key.plot([0.02, 0.2], [0.78, 0.78], color=COLOURS["blue"], lw=2.4, transform=key.transAxes)
    key.text(0.26, 0.78, "autonomy", transform=key.transAxes, va="center", size=11.5, color=TEXT["blue"])
    key.plot(
        [0.02, 0.2],
        [0.62, 0.62],
        color=COLOURS["vermilion"],
        lw=2.4,
        ls=(0, (5, 1.6)),
        transform=key.transAxes,
    )
    key.text(
        0.26, 0.62, "integration", transform=key.transAxes, va="center", size=11.5, color=TEXT["vermilion"]
    )
    key.fill_between([0.02, 0.2], 0.40, 0.50, color=COLOURS["pale"], transform=key.transAxes)
    key.text(0.26, 0.45, "both: the hedge", transform=key.transAxes, va="center", size=11.5)
    return figures.picture(
        fig, "functions", words.functions(), scores, figures.used(answer.tables["rows"]), answer
    )


@figures.house
def index(answer: Answer) -> Picture:
    """The index by year with its range over weightings."""
    p, series = answer.parameters, answer.tables["series"]
    fig, ax = figures.canvas()
    looks = (
        ("autonomy", "blue", "-", "autonomy"),
        ("integration", "vermilion", (0, (5, 1.6)), "integration"),
        ("hedging_index", "ink", "-", "hedging index"),
    )
    for name, colour, line, _ in looks:
        if name == "autonomy":
            ax.fill_between(
                series["year"],
                series[f"{name}_low"],
                series[f"{name}_high"],
                color=COLOURS[colour],
                alpha=0.10,
                linewidth=0,
            )
        index = name == "hedging_index"
        ax.plot(
            series["year"],
            series[name],
            color=COLOURS[colour],
            ls=line,
            lw=5.0 if index else 2.0,
            alpha=0.55 if index else 1,
            zorder=3 if index else 4,
            solid_capstyle="butt",
        )
    ax.fill_between(
        series["year"],
        series["hedging_index_low"],
        series["hedging_index_high"],
        facecolor="none",
        edgecolor=COLOURS["grey"],
        hatch="////",
        linewidth=0,
        alpha=0.6,
    )
    ends = sorted((series[name].iloc[-1], label, colour) for name, colour, _, label in looks)
    level = -1.0
    for value, label, colour in ends:
        level = max(value, level + 0.045)
        ax.text(
            p.last_year + 0.4,
            level,
            f"{label} {value:.2f}",
            va="center",
            size=11.5,
            color=TEXT[colour],
            weight=600,
        )
    top = series[["autonomy_high", "integration_high"]].max().max()
    for year, text in TURNS:
        if p.first_year <= year <= p.last_year:
            ax.axvline(year, color="#c9cdd0", lw=0.8, zorder=0)
            ax.text(
                year + 0.15,
                top + 0.03,
                text,
                size=9.6,
                color="#555b60",
                va="bottom",
            )
    ax.set(xlim=(p.first_year - 0.3, p.last_year + 4.6), ylim=(0, top + 0.12), ylabel="0 to 1, equal weights")
    ax.set_xticks(_rounded_years(p.first_year, p.last_year, 5))
    return figures.picture(
        fig, "index", words.index(answer), series, figures.used(answer.tables["rows"]), answer
    )


@figures.house
def thesis(answer: Answer) -> Picture:
    """Change of autonomy against change of integration by function: what would refute the thesis."""
    p, changes, cloud = answer.parameters, answer.tables["changes"], answer.tables["cloud"]
    labels = answer.tables["functions"].set_index("function")["label"]
    fig, ax = figures.canvas(height=5.9)
    ends = changes[["autonomy_change", "integration_change"]]
    low = min(-0.32, float(ends.min().min()) - 0.2)
    ax.fill_between([0, 1.22], 0, 1.22, color=COLOURS["green"], alpha=0.13, linewidth=0)
    ax.axhline(0, color="#555b60", lw=0.9)
    ax.axvline(0, color="#555b60", lw=0.9)
    thin = cloud[["autonomy_change", "integration_change"]].iloc[::10]
    ax.scatter(
        thin["autonomy_change"],
        thin["integration_change"],
        s=4,
        color=COLOURS["orange"],
        alpha=0.25,
        linewidth=0,
        rasterized=True,
        zorder=1,
    )
    ax.plot(
        ends["autonomy_change"].mean(),
        ends["integration_change"].mean(),
        marker="*",
        ms=17,
        color=COLOURS["ink"],
        zorder=4,
    )
    spots = changes.round({"autonomy_change": 2, "integration_change": 2}).groupby(
        ["autonomy_change", "integration_change"], sort=False
    )
    line = 0.055 * (1.24 - low)  # a line of text, in points of change
    wide = 0.24 * (1.22 - low)  # the longest name
    placed: list[tuple[float, float]] = []  # left end and height of the names that stand
    for (x, y), part in sorted(spots, key=lambda item: item[0][::-1]):
        colour, marker = MOVES[part["move"].iloc[0]]
        ax.plot(x, y, marker=marker, ms=12, color=COLOURS[colour], mec="white", zorder=5)
        for row in part.index:
            figures.mark_point(ax, x, y, row, size=12)
        # A function that one side alone moved stands on an axis: its name stays out of the field of hedging.
        right = x > 0.8 or -0.05 < x <= 0
        left = x - wide if right else x
        bottom = max([y + 0.02, *(top for other, top in placed if abs(other - left) < wide)])
        placed.append((left, bottom + line * len(part)))
        ax.annotate(
            "\n".join(labels[f] for f in part["function"]),
            (x, bottom),
            xytext=(-12 if right else 11, 0),
            textcoords="offset points",
            size=11,
            color=TEXT[colour],
            ha="right" if right else "left",
            va="bottom",
            linespacing=1.05,
        )
    top = max(1.24, max(height for _, height in placed) + 0.04)
    # What a corner means; the upper ones over the axes, where no name of a function can reach.
    for x, y, side, text in (
        (1.22, top + 0.03, "right", "hedging: both rise"),
        (low, top + 0.03, "left", "integration alone"),
        (1.2, low + 0.05, "right", "substitution: autonomy instead of integration"),
        (low + 0.02, low + 0.05, "left", "retreat"),
    ):
        ax.text(x, y, text, ha=side, va="center", size=11, color="#555b60")
    ax.set(
        xlim=(low, 1.22),
        ylim=(low, top),
        xlabel=f"change of autonomy, {p.base_year} to {p.last_year}",
        ylabel="change of integration",
    )
    ax.grid(False)
    star = ends.mean().to_frame().T.assign(part="all")
    data = pd.concat([changes.assign(part="function"), star, thin.assign(part="cloud")], ignore_index=True)
    columns = ["part", "function", "autonomy_change", "integration_change", "move", "row_ids"]
    return figures.picture(
        fig, "thesis", words.thesis(), data[columns].round(4), figures.used(answer.tables["rows"]), answer
    )


@figures.house
def variants(answer: Answer) -> Picture:
    """The outcome under other readings of the rule."""
    table = answer.tables["variants"].iloc[::-1].reset_index(drop=True)
    fig, (ax, side) = figures.canvas(1, 2, gridspec_kw={"width_ratios": [2.2, 1]}, sharey=True)
    for i, row in table.iterrows():
        ax.plot(
            [row["autonomy_change"], row["integration_change"]], [i, i], color="#c9cdd0", lw=1.4, zorder=1
        )
        ax.plot(row["autonomy_change"], i, marker="s", ms=10, color=COLOURS["blue"], zorder=2)
        ax.plot(row["integration_change"], i, marker="o", ms=10, color=COLOURS["vermilion"], zorder=2)
        side.barh(i, row["index_last"], 0.55, color=COLOURS["pale"])
        side.text(row["index_last"] + 0.01, i, f"{row['index_last']:.2f}", va="center", size=10.5)
        side.text(1.0, i, f"{row['hedging_functions']} of {len(ORDER)}", va="center", ha="right", size=10.5)
    last = len(table) - 1
    for name, marker, colour in (("autonomy", "s", "blue"), ("integration", "o", "vermilion")):
        ax.plot([], [], ls="", marker=marker, ms=10, color=COLOURS[colour], label=name)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, borderaxespad=0.2)
    ax.axvline(0, color="#555b60", lw=0.9)
    ax.set_yticks(range(len(table)), table["variant"])
    ax.set(
        xlabel=f"change to {answer.parameters.last_year} on a scale from 0 to 1",
        ylim=(-0.6, last + 0.6),
        xlim=(
            min(-0.05, table[["autonomy_change", "integration_change"]].min().min() - 0.05),
            table[["autonomy_change", "integration_change"]].max().max() + 0.06,
        ),
    )
    side.set(xlabel="index in the last year", xlim=(0, 1.02))
    side.set_title("functions hedging", loc="right", size=10, weight=400, color="#555b60")
    side.grid(False)
    side.spines["left"].set_visible(False)
    ax.spines["left"].set_visible(False)
    return figures.picture(
        fig, "variants", words.variants(), table.iloc[::-1], figures.used(answer.tables["rows"]), answer
    )


FIGURES = (phase, functions, index, thesis, variants)
METHOD = (thesis, variants)
