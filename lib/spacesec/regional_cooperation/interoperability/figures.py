"""The figures of the question ``interoperability``."""

import itertools
from typing import Any

import pandas as pd

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, KEPT, TEXT, Picture
from spacesec.regional_cooperation.interoperability import words
from spacesec.regional_cooperation.interoperability.model import (
    EXISTS,
    KINDS,
    NONE,
    PART,
    REFUSED,
)

SHADES = {EXISTS: COLOURS["blue"], PART: "#cfe3f2", NONE: "white"}
# Names of kinds at the head of a column, in two lines.
HEADS = {kind: kind[::-1].replace(" ", "\n", 1)[::-1] for kind in KINDS}
STYLES = ("-", "--", "-.", ":")
SIZE = 8.5
MOST_IN_WORDS = 5  # partners beside one another whose cells hold words; of more only the year
HELD_SHADES = ("#d6e8f5", "#9ccae8", COLOURS["sky"], COLOURS["blue"])


def _cell(
    ax: Any, place: tuple[int, int], shade: str, text: str, row: int | None, refused: bool = False
) -> None:
    """A cell of a matrix with its words; dotted where there is no sign, with a red edge where refused."""
    from matplotlib.patches import Rectangle

    look: dict[str, Any] = {"facecolor": shade, "edgecolor": COLOURS["grey"], "linewidth": 0.8}
    if refused:
        look |= {"edgecolor": COLOURS["vermilion"], "linewidth": 1.4}
    elif shade == "white":
        look |= {"edgecolor": COLOURS["pale"], "linestyle": ":"}
    x, y = place
    patch = ax.add_patch(Rectangle((x - 0.47, y - 0.44), 0.94, 0.88, **look))
    if row is not None:
        figures.mark(row, patch)
    colour = TEXT["vermilion"] if refused else figures.over(shade)
    ax.text(x, y, text, ha="center", va="center", fontsize=SIZE, color=colour, linespacing=1.1)


def _line(line: int, cell: Any) -> int | None:
    """The line of a cell's data, where a row stands behind it."""
    return line if isinstance(cell.row_ids, str) and cell.row_ids else None


def _grid(ax: Any, columns: list[str], rows: list[str]) -> None:
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    ax.set_xticks(range(len(columns)), columns, fontsize=9)
    ax.set_yticks(range(len(rows)), rows)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(False)
    for spine in ax.spines.values():
        spine.set_visible(False)


def _sources(answer: Answer) -> tuple[str, ...]:
    return figures.used(answer.tables["evidence"]) or figures.used(answer.tables["needs"])


def _text(cell: Any) -> str:
    """The year of a cell; a word where no year says it."""
    if cell.state == REFUSED and cell.verdict == NONE:
        return "refused"
    return "" if pd.isna(cell.since) else str(cell.since)


@figures.house
def matrix(answer: Answer) -> Picture:
    """Partners against kinds of link: which exist, and since when."""
    from matplotlib.patches import Patch

    data = answer.tables["matrix"]
    partners, kinds = list(dict.fromkeys(data["partner"])), list(dict.fromkeys(data["kind"]))
    fig, ax = figures.canvas(width=13.33, height=max(4.2, 2.3 + 0.37 * len(partners)))
    counts = answer["by_partner"]
    _grid(ax, [HEADS[kind] for kind in kinds], [f"{name}: {counts[name]}" for name in partners])
    for line, cell in enumerate(data.itertuples()):
        place = kinds.index(cell.kind), partners.index(cell.partner)
        refused = cell.verdict == NONE and cell.state == REFUSED
        _cell(ax, place, SHADES[cell.verdict], _text(cell), _line(line, cell), refused)
    handles = [
        Patch(facecolor=SHADES[name], edgecolor=COLOURS["grey"], linewidth=0.8, label=name) for name in SHADES
    ]
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 0), ncols=3, frameon=False)
    return figures.picture(fig, "matrix", words.MATRIX, data, _sources(answer), answer)


@figures.house
def beside(answer: Answer) -> Picture:
    """One partner beside others, kind by kind."""
    data, p = answer.tables["beside"], answer.parameters
    partners = sorted(dict.fromkeys(data["partner"]), key=lambda name: name != p.focus)
    kinds = list(dict.fromkeys(data["kind"]))
    worded = len(partners) <= MOST_IN_WORDS
    fig, ax = figures.canvas(width=10 if worded else 13.33, height=max(3.8, 2.0 + 0.34 * len(kinds)))
    heads = partners if worded else [name.replace(" ", "\n") for name in partners]
    _grid(ax, heads, kinds)
    ax.get_xticklabels()[0].set_fontweight("semibold")
    for line, cell in enumerate(data.itertuples()):
        place = partners.index(cell.partner), kinds.index(cell.kind)
        refused = cell.verdict == NONE and cell.state == REFUSED
        told = "refused or denied" if refused else cell.verdict
        full = told if pd.isna(cell.since) else f"{told}, {cell.since}"
        said = full if worded else _text(cell)
        _cell(ax, place, SHADES[cell.verdict], said, _line(line, cell), refused)
    return figures.picture(fig, "beside", words.BESIDE, data, _sources(answer), answer)


def _shades(partners: list[str]) -> dict[str, str]:
    """A colour a partner: the one it keeps in all figures; for others those that neither a partner here keeps
    nor Japan or China.
    """
    kept = {partner: KEPT[partner] for partner in partners if partner in KEPT}
    taken = {*kept.values(), KEPT["Japan"], KEPT["China"], "pale"}
    spare = itertools.cycle([name for name in COLOURS if name not in taken] or ["grey"])
    return {partner: COLOURS[kept.get(partner) or next(spare)] for partner in partners}


@figures.house
def growth(answer: Answer) -> Picture:
    """Kinds of link that exist by the end of each year, a step line a partner."""
    from matplotlib.ticker import MaxNLocator

    data = answer.tables["growth"]
    fig, ax = figures.canvas()
    shades = _shades(list(dict.fromkeys(data["partner"])))
    for style, (partner, part) in zip(itertools.cycle(STYLES), data.groupby("partner", sort=False)):
        ax.step(
            part["year"], part["exist"], where="post", color=shades[partner], ls=style, lw=2, label=partner
        )
    p = answer.parameters
    ax.set_xlim(p.first_year - 0.5, p.as_of + 0.5)
    ax.set_ylim(-0.3, max(3, data["exist"].max()) * 1.1)
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.set_ylabel("kinds of link that exist")
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    return figures.picture(fig, "growth", words.GROWTH, data, _sources(answer), answer)


@figures.house
def exercises(answer: Answer) -> Picture:
    """Exercises that Japan and each partner took part in, by year."""
    data, p = answer.tables["held"], answer.parameters
    partners = list(dict.fromkeys(data["partner"]))
    years = list(range(int(data["year"].min()), p.as_of + 1)) if len(data) else [p.as_of]
    fig, ax = figures.canvas(height=max(3.6, 2.0 + 0.36 * len(partners)))
    counts = answer["held_by_partner"]
    _grid(ax, [str(year) for year in years], [f"{name}: {counts[name]}" for name in partners])
    for line, row in enumerate(data.itertuples()):
        shade = HELD_SHADES[min(row.held, len(HELD_SHADES)) - 1]
        _cell(ax, (years.index(row.year), partners.index(row.partner)), shade, str(row.held), line)
    return figures.picture(fig, "exercises", words.EXERCISES, data, _sources(answer), answer)


@figures.house
def demands(answer: Answer) -> Picture:
    """Demands for a kind of link beside the partners with whom it exists."""
    asked = answer.tables["needs"]
    counts, exist = answer["demands_by_kind"], answer["by_kind"]
    kinds = sorted(exist, key=lambda kind: (-counts.get(kind, 0), KINDS.index(kind)))
    ids = asked.groupby("kind")["row_id"].agg(";".join)
    data = pd.DataFrame(
        {
            "kind": kinds,
            "demands": [counts.get(kind, 0) for kind in kinds],
            "partners": [exist[kind] for kind in kinds],
            "row_ids": [ids.get(kind) for kind in kinds],
        }
    )
    fig, axes = figures.canvas(1, 2, height=max(3.8, 1.8 + 0.33 * len(kinds)), sharey=True)
    for ax, column, shade, label in zip(
        axes,
        ("demands", "partners"),
        ("orange", "blue"),
        ("demands for it", "partners with whom it exists"),
    ):
        bars = ax.barh(range(len(data)), data[column], color=COLOURS[shade], height=0.7)
        for line, bar in enumerate(bars):
            if _line(line, data.iloc[line]) is not None:
                figures.mark(line, bar)
            ax.text(bar.get_width(), line, f" {data[column].iloc[line]}", va="center", fontsize=9)
        ax.set_xlim(0, max(3, data[column].max()) * 1.15)
        ax.set_xticks([])
        ax.set_xlabel(label)
        ax.grid(False)
    axes[0].set_yticks(range(len(data)), data["kind"])
    axes[0].set_ylim(len(data) - 0.5, -0.5)
    sources = figures.used(asked) or _sources(answer)
    return figures.picture(fig, "demands", words.DEMANDS, data, sources, answer)


FIGURES = (matrix, beside, growth, exercises, demands)
