"""Labels that would lie over other words or over an edge, on a drawing narrower than they were placed for:
broken, or moved to the nearest free place.
"""

from typing import TYPE_CHECKING, Any

from spacesec.drawing import figures, labels, layout

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

FEW = 9  # faults that moving labels may mend
LEAST_ROOM = 0.7  # inches: no label is broken to less
# A moved label may lie on a line.
BEHIND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.5}
EDGE = 4  # pixels that a label keeps from the edge
# Points by which a label may be moved, the nearest first; rather up and down than sideways.
STEPS = sorted(
    ((3 * x, 3 * y) for x in range(-14, 15) for y in range(-14, 15)),
    key=lambda by: (abs(2 * by[0]) + abs(by[1]), by),
)


def wrap(words: str, weight: Any, room: float, size: float) -> list[str]:
    """Lines no wider than ``room`` inches."""
    return labels.lines(words, lambda line: figures.width_of(line, size, weight), room)


def wide(line: str, text: "Text") -> float:
    """Inches that a line takes in the look of a text."""
    return figures.width_of(line, text.get_fontsize(), text.get_weight())


def break_lines(text: "Text", room: float) -> None:
    """Break a text's lines so that none is wider than ``room`` inches."""
    words = text.get_text()
    if any(wide(line, text) > room for line in words.split("\n")):
        text.set_text("\n".join(wrap(words.replace("\n", " "), text.get_weight(), room, text.get_fontsize())))


def settle(figure: "Figure", boards: list["Axes"], last: bool = False) -> int:
    """Lay out and move the few labels that lie over other words or over an edge; how many faults of the
    layout are left. What was moved in vain goes back, but for the last time; the words in the cells of
    boards stay in them.
    """
    figure.set_dpi(layout.CHECK_DPI)
    figure.draw_without_rendering()
    for axes in figure.axes:
        for text in axes.texts:
            _held(figure, text)
    faults = len(layout.clashes(figure))
    if not faults or (faults > FEW and not last):
        return faults
    moved = _Moved(figure, boards)
    moved.away()
    rest = len(layout.clashes(figure))
    if rest and not last:
        moved.back()
    return rest


def _held(figure: "Figure", text: "Text") -> None:
    """Break a label that would reach over the drawing's edge or out of its axes."""
    if not text.get_visible() or not text.get_text().strip() or text.get_rotation():
        return
    box, edge, inside = layout.letters(text), figure.bbox, text.axes.bbox
    room = min(box.width, inside.width)
    if text.get_ha() == "left" and box.x1 > edge.x1 - EDGE:
        room = edge.x1 - EDGE - box.x0
    elif text.get_ha() == "right" and box.x0 < edge.x0 + EDGE:
        room = box.x1 - EDGE - edge.x0
    elif text.get_ha() == "right" and box.x0 < inside.x0 < box.x1 and text.axes.axison:
        room = min(room, box.x1 - EDGE - inside.x0)
    elif text.get_ha() == "center" and box.x0 < inside.x0 < (box.x0 + box.x1) / 2 and text.axes.axison:
        room = min(room, box.x0 + box.x1 - 2 * inside.x0 - 8)
    if room < box.width - 1:
        break_lines(text, max(room / figure.dpi, LEAST_ROOM))


class _Moved:
    """Labels moved to the nearest place where they lie over nothing."""

    def __init__(self, figure: "Figure", boards: list["Axes"]) -> None:
        import numpy as np

        self.points, self.edge = figure.dpi / 72, figure.bbox
        self.texts = list(layout.texts(figure))
        self.boxes = np.array([layout.letters(text).extents for text in self.texts])
        self.free = {id(text) for axes in figure.axes if axes not in boards for text in axes.texts}
        self.steps = np.array(STEPS) * self.points
        self.moved: list[tuple[Text, float, float]] = []

    def away(self) -> None:
        for at, text in enumerate(self.texts):
            if id(text) not in self.free or text.get_color() == "white":
                continue
            clear = self._clear(at)
            if not clear[0] and clear.any():
                step = int(clear.argmax())
                _shift(text, *STEPS[step])
                self.moved.append((text, *STEPS[step]))
                text.set_bbox(BEHIND)
                self.boxes[at] += [*self.steps[step], *self.steps[step]]

    def back(self) -> None:
        for text, across, up in self.moved:
            _shift(text, -across, -up)
            text.set_bbox(None)

    def _clear(self, at: int) -> Any:
        """For each step, the first of which is none, whether the label would lie over nothing there."""
        import numpy as np

        x0, y0, x1, y1 = (self.boxes[at][side] + self.steps[:, side % 2, None] for side in range(4))
        others = np.delete(self.boxes, at, axis=0)
        over = (x0 < others[:, 2]) & (x1 > others[:, 0]) & (y0 < others[:, 3]) & (y1 > others[:, 1])
        inside = (x0 >= self.edge.x0 + 2) & (x1 <= self.edge.x1 - 2)
        return inside[:, 0] & ~over.any(axis=1)


def _shift(text: "Text", across: float, up: float) -> None:
    """Move a label by so many points, whatever it is placed by."""
    from matplotlib.text import Annotation
    from matplotlib.transforms import ScaledTranslation

    by = ScaledTranslation(across / 72, up / 72, text.figure.dpi_scale_trans)
    if isinstance(text, Annotation):
        placed = text.anncoords
        text.anncoords = lambda renderer: text._get_xy_transform(renderer, placed) + by
    else:
        text.set_transform(text.get_transform() + by)
