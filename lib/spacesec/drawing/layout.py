"""Do labels keep clear of one another, of the edge and of the data? Held on the boxes as drawn, not by
eye.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING

from spacesec.drawing import figures

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text
    from matplotlib.transforms import Bbox

CHECK_DPI = figures.DPI * figures.PRINT_SCALE  # of the file: how many ticks an axis takes depends on it
# Boxes hold room above and below the letters: what overlaps by less than this share of a line's height does
# not touch.
SLACK = 0.22


def clashes(figure: "Figure") -> list[str]:
    """What is wrong with a finished figure's layout, one sentence a fault: text over text, text cut by the
    figure's edge, a legend over data.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(CHECK_DPI)
    FigureCanvasAgg(figure)
    figure.draw_without_rendering()  # boxes need no raster
    found = [(text, letters(text)) for text in texts(figure)]
    return [*_overlaps(found), *_struck(found), *_cut(figure, found), *_legends(figure)]


def written(figure: "Figure") -> list[str]:
    """What is written in a finished figure, text by text."""
    return [text.get_text().strip() for text in texts(figure)]


def texts(figure: "Figure") -> Iterator["Text"]:
    """Every text that is drawn: of figure, axes, titles, labels, legends and the ticks in view."""
    from matplotlib.legend import Legend
    from matplotlib.text import Text

    yield from (text for text in figure.texts if _shown(text))
    for axes in figure.axes:
        if not axes.get_visible():
            continue
        own = [child for child in axes.get_children() if isinstance(child, Text)]
        yield from (text for text in own if _shown(text))
        for axis in (axes.xaxis, axes.yaxis):
            if axes.axison and axis.get_visible():
                yield from (text for text in (axis.label, *_ticks(axis)) if _shown(text))
        for legend in (child for child in axes.get_children() if isinstance(child, Legend)):
            yield from (text for text in legend.get_texts() if _shown(text))


def _ticks(axis: "Axis") -> list["Text"]:
    low, high = sorted(axis.get_view_interval())
    slack = 1e-9 * max(abs(low), abs(high), 1e-12)
    return [
        label
        for tick in axis.get_major_ticks()
        for label in (tick.label1, tick.label2)
        if low - slack <= tick.get_loc() <= high + slack
    ]


def _shown(text: "Text") -> bool:
    return text.get_visible() and bool(text.get_text().strip()) and text.get_alpha() != 0


def letters(text: "Text") -> "Bbox":
    """The box of the letters, without the room around them and without a leader (see `_struck`)."""
    from matplotlib.text import Text

    box = Text.get_window_extent(text)
    line = text.get_fontsize() * CHECK_DPI / 72
    trim = min(SLACK * line, box.height / 3, box.width / 3)
    across, along = (trim, 0) if text.get_rotation() % 180 == 90 else (0, trim)  # room is beside lines alone
    return box.padded(-across, -along)


def _overlaps(texts: list[tuple["Text", "Bbox"]]) -> list[str]:
    return [
        f"{_quoted(a)} lies over {_quoted(b)}"
        for (a, one), (b, two) in combinations(texts, 2)
        # The upright boxes of two slanted texts say nothing of the letters.
        if one.overlaps(two) and not (a.get_rotation() % 90 and b.get_rotation() % 90)
    ]


def _struck(texts: list[tuple["Text", "Bbox"]]) -> list[str]:
    """Letters that the leader of another label runs through."""
    found = []
    for label, _ in texts:
        leader = getattr(label, "arrow_patch", None)
        if leader is not None and leader.get_visible():
            path = leader.get_path().transformed(leader.get_transform())
            found += [
                f"the leader of {_quoted(label)} runs through {_quoted(text)}"
                for text, box in texts
                if text is not label and path.intersects_bbox(box, filled=False)
            ]
    return found


def _cut(figure: "Figure", texts: list[tuple["Text", "Bbox"]]) -> list[str]:
    """Boxes have room above and below the letters and none beside them: sideways a pixel counts."""
    edge = figure.bbox
    return [
        f"{_quoted(text)} runs over the figure's edge"
        for text, box in texts
        if (whole := text.get_window_extent()).x0 < edge.x0 - 1
        or whole.x1 > edge.x1 + 1
        or box.y0 < edge.y0
        or box.y1 > edge.y1
    ]


def _legends(figure: "Figure") -> list[str]:
    return [
        f"the legend that begins {_quoted(legend.get_texts()[0])} lies over data"
        for axes in figure.axes
        if (legend := axes.get_legend()) is not None
        and legend.get_texts()
        and any(map(legend.get_window_extent().padded(-2).overlaps, _marks(axes)))
    ]


def _marks(axes: "Axes") -> Iterator["Bbox"]:
    """Boxes of the points and bars drawn on data coordinates."""
    from matplotlib.transforms import Bbox

    for line in axes.lines:
        if line.get_transform().contains_branch(axes.transData) and line.get_marker() not in (
            "None",
            None,
            "",
            " ",
        ):
            for x, y in line.get_transform().transform(line.get_xydata()):
                yield Bbox.from_bounds(x - 1, y - 1, 2, 2)
    for patch in axes.patches:
        if patch.get_transform().contains_branch(axes.transData) and patch.get_alpha() != 0:
            yield patch.get_window_extent()


def _quoted(text: "Text") -> str:
    words = " ".join(text.get_text().split())
    return repr(words if len(words) <= 40 else f"{words[:39]}…")
