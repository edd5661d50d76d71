"""Small multiples of a sweep: one result over one parameter, a line for each value of a second, a panel for
each of a third.
"""

from pathlib import Path
from typing import Any

import pandas as pd

from spacesec.answers import Answer
from spacesec.collection.sweep_file import Sweep
from spacesec.drawing import figures, kinds
from spacesec.drawing.figures import Picture
from spacesec.machine import files
from spacesec.words.sentences import Value, Words, counted, drawn, named, say

MOST_PANELS = 12


def publish(sweep: Sweep, rows: list[dict[str, Any]], units: dict[str, str], folder: Path) -> dict[str, str]:
    """Draw ``y`` over ``x`` with ``colour`` and ``panel`` as the sweep's ``plot`` says, and write the three
    files; returns their SHA-256.
    """
    table = pd.DataFrame(rows)
    made = figures.publish(_draw(sweep, table, units), sweep.question.name, {"sweep": sweep.plot})
    for kind, content in made.files.items():
        files.write_bytes(folder / f"{made.name}.{kind}", content)
    return made.entry()["files"]


@figures.house
def _draw(sweep: Sweep, table: pd.DataFrame, units: dict[str, str]) -> Picture:
    x, y, colour, panel = (sweep.plot.get(role) for role in ("x", "y", "colour", "panel"))
    table = table[pd.to_numeric(table[y], errors="coerce").notna()].assign(
        **{y: lambda d: pd.to_numeric(d[y])}
    )
    if table.empty:
        raise ValueError("no point has a number there")
    panels = list(table.groupby(panel, sort=True))[:MOST_PANELS] if panel else [("", table)]
    columns = min(len(panels), 3)
    fig, axes = figures.canvas(
        -(-len(panels) // columns),
        columns,
        height=5.625 if len(panels) <= 3 else 7.5,
        sharex=True,
        sharey=True,
        squeeze=False,
    )
    for ax in axes.flat[len(panels) :]:
        ax.set_visible(False)
    for ax, (title, part) in zip(axes.flat, panels):
        kinds.lines(ax, part, x, y, colour)
        if panel:
            ax.set_title(f"{panel} {title}")
        ax.set_xlabel(x)
        ax.set_ylabel("")
    axes[0, 0].set_ylabel(f"{y}, {units[y]}" if units.get(y) else y)
    shown = [name for name in (*sweep.varied, y) if name in table]
    return figures.picture(
        fig, "multiples", _words(sweep, x, y), table[shown], _sources(sweep), Answer({}, {})
    )


def _words(sweep: Sweep, x: str, y: str) -> Words:
    def text(value: str) -> Value:
        """A name of the sweep's, which may hold digits."""
        quoted = value.replace("'", "''")
        return named(drawn(f"'{quoted}'"))

    column = y.replace('"', '""')
    low, high = (drawn(f"printf('%.4g', {end}(\"{column}\")) FROM drawn") for end in ("min", "max"))
    return Words(
        title=say(
            "{y} runs from {low} to {high} over {points}",
            y=text(y),
            low=named(low),
            high=named(high),
            points=counted(drawn("count(*) FROM drawn"), "{n} point", "{n} points"),
        ),
        subtitle=say("{question}", question=text(sweep.question.title)),
        caption=say(
            "Sweep over {varied}; where several points share a place the median is drawn, in a band from the"
            " least to the most.",
            varied=text(", ".join(sweep.varied)),
        ),
        alt=say(
            "Lines of {y} over {x}, from {low} to {high}.",
            x=text(x),
            y=text(y),
            low=named(low),
            high=named(high),
        ),
        note=say(""),
    )


def _sources(sweep: Sweep) -> tuple[str, ...]:
    """The sources of the question's default figures stand for those of its sweep."""
    from spacesec.run import records

    found = records.read(sweep.question.folder).figures
    return tuple(dict.fromkeys(source for figure in found for source in figure.sources))
