"""A lead figure for a phone: drawn anew by its own function on a narrow canvas, then fitted to it.

What a narrow drawing changes: panels stand one below another, every text has one readable size and wraps,
keys stand above the axes, names at the ticks wrap or are thinned, the axes get the height that their names
need, and labels that would lie over others move to the nearest free place. Data, marks and words stay what
they are.
"""

import contextlib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from spacesec.drawing import figures, labels, settling
from spacesec.drawing.figures import Picture
from spacesec.drawing.settling import break_lines, wide, wrap
from spacesec.words import language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text

PIXELS = 360  # of the phone's screen, all of which a lead figure takes
LEAST = 11  # pixels of the smallest letters there
WIDTH = 4.4  # inches of the drawing
SIZE = LEAST * WIDTH * 72 / PIXELS + 0.02  # points: `LEAST` pixels
TITLE, HEAD = 14.0, 10.5
MARGIN = 0.12
PANEL = 3.6  # inches at least that an axes is high
LINE = 1.25 * SIZE / 72
NAMES = 1.35  # inches that the names at an upright axis take at most
NUMBER = re.compile(r"^\D{0,3}\d[\d.,]*\D{0,2}$")  # 2019, FY2019, 1,000 km, 2019年
GROWN = (1.0, 1.25, 1.5, 1.8, 2.2)  # how much higher the axes may become for labels to keep clear


def draw(function: Any, answer: Any) -> Picture:
    """The picture as its function draws it on a narrow canvas."""
    with _narrow():
        return function(answer)


def drawing(picture: Picture, metadata: dict[str, str]) -> bytes:
    """The fitted picture as SVG, the same bytes each time."""
    return figures.fitted(picture, fit, metadata)


@contextlib.contextmanager
def _narrow() -> Iterator[None]:
    token = figures.SHAPE.set(canvas)
    try:
        yield
    finally:
        figures.SHAPE.reset(token)


def canvas(rows: int, columns: int, width: float, height: float, **subplots: Any):
    """A narrow figure with its axes; those that stood side by side stand one below another."""
    from matplotlib.figure import Figure

    grid = dict(subplots.pop("gridspec_kw", {}))
    across = columns if rows == 1 else 1
    if across > 1:
        grid.pop("width_ratios", None)
    figure = Figure(figsize=(WIDTH, height), layout="constrained")
    if across == 1:
        return figure, figure.subplots(rows, columns, gridspec_kw=grid, **subplots)
    squeeze = subplots.pop("squeeze", True)
    axes = figure.subplots(across, 1, squeeze=False, gridspec_kw=grid, **subplots)
    return figure, axes[:, 0] if squeeze else axes.reshape(1, across)


def fit(picture: Picture) -> None:
    """Fit the drawn picture to its width, with its words above and below, as high as its labels need."""
    figure = picture.figure
    labels.translate(figure, picture.domain)
    _sized(figure)
    _thinned(figure)
    boards = []
    for axes in figure.axes:
        _ticks(axes)
        _heads(axes)
        boards += [axes] if _cells(axes) else []
        _inside(axes)
    keys = [_key(axes) for axes in figure.axes if axes.get_legend() is not None]
    sheet = _Sheet(figure, _write(figure, _above(picture), _below(picture)), keys, _heights(figure))
    left = {}
    for grown in GROWN:
        sheet.lay(grown)
        left[grown] = settling.settle(figure, boards)
        if not left[grown]:
            return
    sheet.lay(min(left, key=lambda grown: (left[grown], grown)))
    settling.settle(figure, boards, last=True)


class _Sheet:
    """The drawing from top to bottom: words, keys, axes, words.

    written: the lines of words, each with its place in inches from the top (negative) or the bottom.
    panels: inches for the axes.
    """

    def __init__(self, figure: "Figure", written: "Written", keys: list[Any], panels: float) -> None:
        self.figure, self.written, self.keys, self.panels = figure, written, keys, panels
        self.tall = [_tall(key) for key in keys]
        self.top = max((-at for _, at in written if at < 0), default=MARGIN) + TITLE * 1.25 / 72 + 0.08
        self.bottom = max((at for _, at in written if at > 0), default=MARGIN) + LINE + 0.08

    def lay(self, grown: float) -> None:
        """Everything at its place, the axes so many times as high as they must be."""
        height = self.top + sum(self.tall) + grown * self.panels + self.bottom
        self.figure.set_size_inches(WIDTH, height)
        for text, at in self.written:
            text.set_y(at / height if at > 0 else 1 + at / height)
        at = self.top
        for key, tall in zip(self.keys, self.tall):
            key.set_bbox_to_anchor((MARGIN / WIDTH, 1 - at / height), transform=self.figure.transFigure)
            at += tall
        low, high = self.bottom / height, 1 - at / height
        self.figure.get_layout_engine().set(rect=(0, low, 1, high - low))


def _sized(figure: "Figure") -> None:
    from matplotlib.text import Text

    for text in figure.findobj(Text):
        text.set_fontsize(SIZE)
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.set_tick_params(labelsize=SIZE)


def _thinned(figure: "Figure") -> None:
    """Dotted areas with fewer dots: each dot of a pattern weighs, and on a small area they run together."""
    from matplotlib.patches import Patch

    for patch in figure.findobj(Patch):
        if patch.get_hatch() and set(patch.get_hatch()) == {"."}:
            patch.set_hatch("..")


def _heads(axes: "Axes") -> None:
    """Titles and names of axes, wrapped to the drawing."""
    for where in ("left", "center", "right"):
        if axes.get_title(where):
            title = {"left": axes._left_title, "center": axes.title, "right": axes._right_title}[where]
            title.set_fontsize(HEAD)
            break_lines(title, WIDTH - 0.9)
    break_lines(axes.xaxis.label, _room(axes))
    break_lines(axes.yaxis.label, PANEL - 0.3)


def _ticks(axes: "Axes") -> None:
    """Names at the ticks: wrapped at an upright axis, wrapped or upright at a lying one; fewer numbers."""
    from matplotlib.dates import AutoDateLocator
    from matplotlib.ticker import FixedFormatter, MaxNLocator

    if not axes.axison:
        return
    if _named(axes.yaxis):
        axes.yaxis.set_major_formatter(FixedFormatter(_names(axes.yaxis, NAMES)))
    locator = axes.xaxis.get_major_locator()
    if _named(axes.xaxis):
        _lying(axes)
    elif isinstance(locator, AutoDateLocator):
        locator.minticks = 2
        locator.maxticks.update(dict.fromkeys(locator.maxticks, 4))
    elif isinstance(locator, MaxNLocator):
        locator.set_params(nbins=5)


def _lying(axes: "Axes") -> None:
    """Names at a lying axis: numbers thinned, words wrapped where that is enough and upright elsewhere."""
    from matplotlib.ticker import FixedFormatter, FixedLocator

    axis = axes.xaxis
    places, names = list(axis.get_ticklocs()), [label.get_text() for label in axis.get_ticklabels()]
    room = _room(axes) / max(len(places), 1)
    widths = [max(figures.width_of(line, SIZE, 400) for line in name.split("\n")) for name in names]
    if not places or max(widths) + 0.06 <= room:
        axis.set_tick_params(rotation=0)
        return
    if all(NUMBER.search(name) for name in names if name):
        step = -(-(max(widths) + 0.12) // room)
        kept = list(zip(places, names))[:: int(step)]
        axis.set_major_locator(FixedLocator([place for place, _ in kept]))
        axis.set_major_formatter(FixedFormatter([name for _, name in kept]))
        axis.set_tick_params(rotation=0)
        return
    broken = [_broken(name, room - 0.06) for name in names]
    fits = all(
        figures.width_of(line, SIZE, 400) <= room - 0.04 for name in broken for line in name.split("\n")
    )
    upright = not fits or max(name.count("\n") for name in broken) > 2
    axis.set_major_formatter(FixedFormatter(_upright(names, room) if upright else broken))
    for label in axis.get_ticklabels():
        label.set(rotation=90 if upright else 0, ha="center", rotation_mode="default")


def _upright(names: list[str], room: float) -> list[str]:
    """The names in as many lines as stand side by side in so many inches."""
    whole = [_joined(name) for name in names]
    for length in (NAMES, 1.3 * NAMES, 1.7 * NAMES):
        broken = [_broken(name, length) for name in whole]
        if max(name.count("\n") + 1 for name in broken) * LINE <= room + 0.05:
            return broken
    return whole


def _joined(words: str) -> str:
    """Words in one line that were broken for another width."""
    between = " " if language.in_force() == language.ENGLISH else ""
    return words.replace("-\n", "").replace("\n", between)


def _room(axes: "Axes") -> float:
    """Inches that the axes is wide, about."""
    names = _names(axes.yaxis, NAMES) if _named(axes.yaxis) else ["1,000"]
    beside = max(
        (figures.width_of(line, SIZE, 400) for name in names for line in name.split("\n")), default=0
    )
    return WIDTH - beside - (0.5 if axes.get_ylabel() else 0.25)


def _names(axis: "Axis", room: float) -> list[str]:
    return [_broken(label.get_text(), room) for label in axis.get_ticklabels()]


def _named(axis: "Axis") -> bool:
    """Whether its ticks stand at given places with given words."""
    from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter

    return isinstance(axis.get_major_formatter(), (FixedFormatter, FuncFormatter)) and isinstance(
        axis.get_major_locator(), FixedLocator
    )


def _worded(axis: "Axis") -> bool:
    """Whether it has names, and not numbers alone."""
    return _named(axis) and not all(NUMBER.search(label.get_text()) for label in axis.get_ticklabels())


def _broken(words: str, room: float) -> str:
    if max(figures.width_of(line, SIZE, 400) for line in words.split("\n")) <= room:
        return words
    return "\n".join(wrap(_joined(words), 400, room, SIZE))


def _cells(axes: "Axes") -> bool:
    """The words in the cells of a board, wrapped to the cell, or all upright where a word is wider; whether
    it is a board. What stands in brackets has a line of its own.
    """
    inside = [text for text in axes.texts if text.get_text().strip() and not text.get_rotation()]
    if not (
        axes.axison and _worded(axes.xaxis) and _worded(axes.yaxis) and len(inside) > len(axes.get_xticks())
    ):
        return False
    room = _room(axes) / len(axes.get_xticks()) - 0.05
    words = [_in_cell(text.get_text(), room) for text in inside]
    widest = max(wide(line, text) for text, told in zip(inside, words) for line in told.split("\n"))
    upright = widest > room + 0.05
    for text, told in zip(inside, words):
        if upright:
            text.set_rotation(90)
        else:
            text.set_text(told)
    return True


def _in_cell(words: str, room: float) -> str:
    if max(figures.width_of(line, SIZE, 400) for line in words.split("\n")) > room:
        words = words.replace("（", "\n").replace("）", "")
    lines = [part for line in words.split("\n") for part in _broken(line, room).split("\n")]
    return "\n".join(part for line in lines for part in _cut(line, room))


def _cut(line: str, room: float) -> list[str]:
    """A line of Japanese that has no place to break, in even parts."""
    parts = -(-figures.width_of(line, SIZE, 400) // room)
    if parts < 2 or not line or line.isascii():
        return [line]
    length = int(-(-len(line) // parts))
    return [line[at : at + length] for at in range(0, len(line), length)]


def _inside(axes: "Axes") -> None:
    """White words in a bar too narrow for them stand upright in it, in one line."""
    from matplotlib.patches import Rectangle

    low, high = axes.get_xlim()
    inch = _room(axes) / (high - low) if high > low else 0.0
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    for text in axes.texts:
        if text.get_color() not in ("white", "w"):
            continue
        x, y = getattr(text, "xy", text.get_position())
        rooms = [bar.get_width() * inch for bar in bars if bar.get_bbox().contains(x, y)]
        taken = [wide(line, text) for line in text.get_text().split("\n")]
        across = len(taken) * LINE if text.get_rotation() else max(taken)
        if rooms and max(rooms) < across:
            text.set(text=text.get_text().replace("\n", " "), rotation=90, ha="center")


def _key(axes: "Axes") -> Any:
    """The axes's legend made anew at the drawing's left edge, in as many columns as fit."""
    old = axes.get_legend()
    texts = [text.get_text().replace("\n", " ") for text in old.get_texts()]
    title = old.get_title().get_text().replace("\n", " ")
    texts = ["\n".join(wrap(text, 400, WIDTH - 0.75, SIZE)) for text in texts]
    widest = max(
        (figures.width_of(line, SIZE, 400) for text in texts for line in text.split("\n")), default=0
    )
    fits = int((WIDTH - 2 * MARGIN) // (widest + 0.5))
    made = axes.legend(
        handles=old.legend_handles,
        labels=texts,
        title=title or None,
        loc="upper left",
        ncols=max(1, min(fits, 3, len(texts))),
        fontsize=SIZE,
        title_fontsize=SIZE,
        alignment="left",
        borderpad=0,
        borderaxespad=0,
        labelspacing=0.3,
        handlelength=1.4,
        columnspacing=1.0,
        frameon=False,
        bbox_to_anchor=(0, 1),
        bbox_transform=axes.figure.transFigure,
    )
    made.set_in_layout(False)
    return made


def _tall(key: Any) -> float:
    """Inches that a legend takes, with the room under it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = key.figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    return key.get_window_extent(renderer).height / figure.dpi + 0.1


def _heights(figure: "Figure") -> float:
    """Inches for all axes together: each at least `PANEL`, or what its names or its map need."""
    placed = [axes for axes in figure.axes if axes.get_subplotspec() is not None]
    rows = max((_place(axes)[0] for axes in placed), default=1)
    return max([_needed(axes) / _place(axes)[1] for axes in placed] + [PANEL if rows == 1 else 2.4 * rows])


def _place(axes: "Axes") -> tuple[int, float]:
    """How many rows its grid has, and which share of the height is its own."""
    grid, span = axes.get_subplotspec().get_gridspec(), axes.get_subplotspec().rowspan
    ratios = grid.get_height_ratios()
    return len(ratios), sum(ratios[span.start : span.stop]) / sum(ratios)


def _needed(axes: "Axes") -> float:
    """Inches that the axes needs: a map its shape, names at an upright axis room for each."""
    if axes.get_aspect() != "auto":
        return (WIDTH - 0.8) * axes.get_data_ratio() * float(axes.get_aspect()) + 0.6
    if not _named(axes.yaxis) or not axes.axison or axes.get_yscale() != "linear":
        return 0.0
    low, high = sorted(axes.get_ylim())
    at = sorted(
        (place, label.get_text().count("\n") + 1)
        for place, label in zip(axes.yaxis.get_ticklocs(), axes.yaxis.get_ticklabels())
        if low <= place <= high and label.get_text()
    )
    needs = [
        ((one + other) / 2 * LINE + 0.05) * (high - low) / (b - a)
        for (a, one), (b, other) in zip(at, at[1:])
        if b > a
    ]
    if _worded(axes.xaxis) and _worded(axes.yaxis):
        cells = [text.get_text().count("\n") + 1 for text in axes.texts if not text.get_rotation()]
        needs.append((1.15 * max(cells, default=1) * LINE + 0.06) * (high - low))
    return max(needs, default=0.0) + 0.6


Line = tuple[str, float, int, str, float]
Written = list[tuple["Text", float]]


def _above(picture: Picture) -> list[Line]:
    """The lines of title and subtitle with size, weight, color and leading."""
    blocks = [
        (picture.title, TITLE, 600, figures.COLOURS["ink"], 1.2),
        (picture.subtitle, SIZE + 0.8, 400, figures.GREY_TEXT, 1.25),
    ]
    return [
        (line, size, weight, color, leading)
        for words, size, weight, color, leading in blocks
        for line in wrap(words, weight, WIDTH - 2 * MARGIN, size)
    ]


def _below(picture: Picture) -> list[tuple[str, str]]:
    """The lines of note and credit with their colors, from below."""
    credit, note = figures.below(picture)
    colors = (figures.GREY_TEXT, figures.COLOURS["ink"])
    return [
        (line, color)
        for words, color in zip((credit, note), colors)
        for line in reversed(wrap(words, 400, WIDTH - 2 * MARGIN, SIZE))
    ]


def _write(figure: "Figure", above: list[Line], below: list[tuple[str, str]]) -> "Written":
    """The words above and below, each with its place in inches from the top (negative) or the bottom."""
    written, at = [], -MARGIN
    for line, size, weight, color, leading in above:
        look = {"size": size, "weight": weight, "color": color, "va": "top"}
        written.append((figure.text(MARGIN / WIDTH, 1, line, **look), at))
        at -= size * leading / 72
    for place, (line, color) in enumerate(below):
        text = figure.text(MARGIN / WIDTH, 0, line, size=SIZE, color=color, va="bottom")
        written.append((text, MARGIN + place * LINE))
    return written
