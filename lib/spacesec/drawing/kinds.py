"""Figures of a common kind, made from an answer's table by naming its columns."""

from collections.abc import Callable

from spacesec.answers import Answer
from spacesec.drawing import figures
from spacesec.drawing.figures import COLOURS, Picture
from spacesec.words.sentences import Words

INCHES_A_ROW = 0.3


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
