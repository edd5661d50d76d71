"""Kinds of drawing that seaborn does best, in the house style: fields of numbers in cells, and lines
over points that share a place.

Each draws on axes it is given and changes nothing global; text in a cell is white or ink by the
cell's luminance.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.words.sentences import Words

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

MARKERS = "os^DvPX*<>"
INCHES_A_ROW = 0.3


def heat(
    axes: "Axes", values: "pd.DataFrame", words: Any, shade: Any, low: float, high: float, size: float
) -> None:
    """A field of numbers as colored cells, rows from the top, with its words in the cells.

    values: the numbers, rows and columns named as the axes shall be, NaN where unknown; words: texts
    of the same shape;
    low, high: the numbers at the ends of the colors; size: of the text, in points.
    """
    import numpy as np
    import seaborn

    seaborn.heatmap(
        values.astype(float),
        annot=words,
        fmt="",
        cmap=shade,
        vmin=low,
        vmax=high,
        cbar=False,
        annot_kws={"size": size},
        ax=axes,
    )
    known = ~np.ma.getmaskarray(axes.collections[-1].get_array()).ravel()
    for text, cell in zip(axes.texts, axes.collections[-1].get_facecolors()[known]):
        text.set_color(figures.over(cell[:3]))
    axes.set(xlabel="", ylabel="")
    axes.tick_params(length=0)
    axes.grid(False)


def lines(axes: "Axes", table: "pd.DataFrame", x: str, y: str, colour: str | None) -> None:
    """The median of y over x, one line a value of ``colour``, in a band from the least to the most
    where several points share a place.
    """
    import seaborn

    table = table.reset_index(drop=True)
    names = sorted(table[colour].unique()) if colour else []
    shades = [name for name in COLOURS if name not in ("ink", "pale")]
    looks: dict[str, Any] = {"color": COLOURS[shades[0]], "marker": MARKERS[0]}
    if colour:
        looks = {
            "hue": colour,
            "style": colour,
            "hue_order": names,
            "style_order": names,
            "palette": [COLOURS[shades[place % len(shades)]] for place in range(len(names))],
            "markers": [MARKERS[place % len(MARKERS)] for place in range(len(names))],
            "dashes": False,
            "legend": axes.get_subplotspec().is_first_col() and axes.get_subplotspec().is_first_row(),
        }
    seaborn.lineplot(table, x=x, y=y, estimator="median", errorbar=("pi", 100), ax=axes, **looks)


def bars(
    name: str, words: Words, table: str, at: str, size: str, unit: str, lying: bool = False
) -> Callable[[Answer], Picture]:
    """A question's figure: a bar for each row of the answer's table, labelled by one column, as long as
    another says.

    lying: the bars lie, the first row at the top; else they stand at the values of ``at``, which are numbers.
    unit: of ``size``, along the axis. The table has a column ``source_id``.
    """

    def draw(answer: Answer) -> Picture:
        rows = answer.tables[table]
        fig, ax = figures.canvas(height=max(5.625, 1.5 + INCHES_A_ROW * len(rows)) if lying else 5.625)
        if lying:
            drawn = ax.barh(range(len(rows)), rows[size], color=COLOURS["blue"])
            ax.set_yticks(range(len(rows)), rows[at].astype(str))
            ax.grid(axis="x", visible=True)
            ax.grid(axis="y", visible=False)
            ax.set(xlabel=unit, ylim=(len(rows) - 0.4, -0.6))
        else:
            drawn = ax.bar(rows[at], rows[size], color=COLOURS["blue"])
            ax.xaxis.get_major_locator().set_params(integer=True)
            ax.set_ylabel(unit)
        for line, bar in enumerate(drawn):
            figures.mark(line, bar)
        return figures.picture(fig, name, words, rows, rows["source_id"], answer)

    draw.__name__ = name
    return figures.house(draw)
