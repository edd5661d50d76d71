"""The figure of strike support in the question ``defense_space``."""

import pandas as pd

from spacesec.answers import Answer
from spacesec.budgets.defense_space import words as own
from spacesec.budgets.defense_space.strike import PANELS, TABLE
from spacesec.data import tables
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture

MARKS = {  # stage -> marker, colour, its face where it is hollow, words
    "request": ("D", "blue", "none", "request"),
    "initial": ("o", "blue", None, "draft of the initial budget"),
    "contract": ("s", "purple", None, "contract signed"),
    "paid": ("^", "vermilion", None, "paid (project review)"),
}


@figures.house
def strike_support(answer: Answer) -> Picture:
    """Nine programs, each with its own scale; a gray year is one with nothing to draw."""
    from matplotlib.lines import Line2D

    data = answer.tables["strike"]
    first, last = _years(data)
    fig, panels = figures.canvas(3, 3, height=8.2, sharex=True)
    for ax, title in zip(panels.flat, PANELS):
        part = data[data["panel"] == title]
        for year in sorted(set(range(first, last + 1)) - set(part["fiscal_year"])):
            ax.axvspan(year - 0.5, year + 0.5, facecolor="#F0F1F2", lw=0)
        _program(ax, part)
        ax.set_title(title, size=12)
        ax.set(xlim=(first - 0.6, last + 0.6))
        ax.grid(axis="x", visible=False)
    ticks = list(range(last, first - 1, -3))[::-1]
    panels[-1][0].set_xticks(ticks, [f"FY{year}" for year in ticks], size=10.5)
    for ax in panels[:, 0]:
        ax.set_ylabel("billion yen, nominal")
    handles = [
        Line2D([], [], ls="", marker=m, ms=8, mfc=face or COLOURS[c], mec=COLOURS[c], mew=1.5, label=label)
        for m, c, face, label in MARKS.values()
    ]
    panels[-1][-1].legend(handles=handles, loc="center left", handletextpad=0.3, fontsize=10)
    used = figures.used(data) if len(data) else figures.used(tables.load(TABLE))
    return figures.picture(fig, "strike_support", own.strike_support(answer), data, used, answer)


def _years(data: pd.DataFrame) -> tuple[int, int]:
    """From the first year that is drawn to the last of the table, also where its row is not drawn."""
    known = tables.load(TABLE)["fiscal_year"]
    first = data["fiscal_year"].min() if len(data) else known.min()
    return int(first), int(max(known.max(), data["fiscal_year"].max() if len(data) else 0))


def _program(ax, part: pd.DataFrame) -> None:
    """The marks of one program and the amount of the largest."""
    top = float(part["amount_bn_jpy"].max()) if len(part) else 1.0
    for row in part.itertuples():
        marker, colour, face, _ = MARKS[row.stage]
        look = {"marker": marker, "mec": COLOURS[colour], "mfc": face or COLOURS[colour]}
        figures.mark(row.Index, *ax.plot(row.fiscal_year, row.amount_bn_jpy, ls="", ms=7, mew=1.4, **look))
    ax.set_ylim(-0.06 * top, 1.32 * top)
    if len(part):
        largest = part.loc[part["amount_bn_jpy"].idxmax()]
        ax.annotate(
            f"{largest['amount_bn_jpy']:.4g}",
            (largest["fiscal_year"], largest["amount_bn_jpy"]),
            xytext=(0, 8),
            textcoords="offset points",
            ha="center",
            size=10.5,
        )
