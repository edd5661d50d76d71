"""One style and one way out for every figure: PNG (300 dpi), SVG and the CSV of what is drawn, the same bytes
each time.
"""

import functools
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacesec import answers
from spacesec.answers import Answer
from spacesec.data import vintage
from spacesec.drawing import kept, labels, png, stamp, svg
from spacesec.words import language
from spacesec.words.sentences import Words, of_answer

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

ASSETS = Path(__file__).parents[1] / "assets"
DPI = 300
DPI_OF_RASTERS_IN_SVG = 100  # a field of colors or a map inside the drawing
PRINT_SCALE = 0.55  # laid out 10 inches wide, printed 5.5 inches (140 mm) wide: a journal's column and a half
AXIS_ROOM = 0.5  # inches that the numbers and the label left of an axes take
INLINE_PIXELS = 720  # across the picture inside a notebook
SCREEN_DPI = 100  # of a picture that is looked at and thrown away
COLOURS_IN_FILE, COLOURS_INLINE = 256, 64

# Okabe and Ito's colours, safe for the common kinds of colour blindness; never the only sign of a difference.
COLOURS = {
    "blue": "#0072B2",
    "vermilion": "#D55E00",
    "green": "#009E73",
    "purple": "#CC79A7",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "ink": "#222222",
    "grey": "#8A8F94",
    "pale": "#D5D9DC",
}
GREY_TEXT = "#555b60"
# The same colours as text on white, dark enough to read: a contrast of 4.5 and more (WCAG 2.2, 1.4.3).
TEXT = {
    "blue": "#0072B2",
    "vermilion": "#B34E00",
    "green": "#007A59",
    "purple": "#A2497A",
    "orange": "#8F6200",
    "sky": "#23719C",
    "ink": "#222222",
    "grey": "#555B60",
    "pale": "#555B60",
}
# What keeps one colour in every figure, by the names in COLOURS and TEXT: countries, ministries, postures.
# Two that are never drawn beside one another may share one.
KEPT = {
    "Japan": "blue",
    "United States": "orange",
    "China": "vermilion",
    "Russia": "purple",
    "South Korea": "green",
    "North Korea": "ink",
    "India": "sky",
    "Australia": "sky",
    "New Zealand": "green",
    "France": "ink",
    "MEXT": "blue",
    "METI": "purple",
    "MIC": "sky",
    "MLIT": "ink",
    "Cabinet Office": "orange",
    "Cabinet Secretariat": "vermilion",
    "MoD": "green",
    "peaceful": "green",
    "non-offensive": "sky",
    "security-use": "blue",
    "warfighting": "vermilion",
    "none": "grey",
}
# How the four states of a thing are drawn, everywhere alike: patch keywords for bars and areas.
STATES = {
    "flying": {"facecolor": COLOURS["blue"], "edgecolor": COLOURS["blue"], "hatch": None},
    "planned": {
        "facecolor": "white",
        "edgecolor": COLOURS["blue"],
        "hatch": None,
        "linestyle": "--",
        "linewidth": 1.2,
    },
    "lost": {"facecolor": "white", "edgecolor": COLOURS["vermilion"], "hatch": "xxxx", "linewidth": 1.0},
    "unknown": {
        "facecolor": "white",
        "edgecolor": COLOURS["grey"],
        "hatch": "....",
        "linestyle": ":",
        "linewidth": 1.0,
    },
}


@dataclass(frozen=True)
class Picture:
    """A drawn figure with all a reader needs beside it, as `picture` makes it.

    name: file name without ending; title to until: its `Words` as told; data: exactly what is drawn;
    source_ids: the sources of the rows drawn; told: the record of each sentence, by part; answer: the one it
    shows; domain: the question whose catalogue has its words in another language; drawn_by: the name of the
    function that drew it.
    """

    figure: "Figure"
    name: str
    title: str
    subtitle: str
    caption: str
    alt: str
    data: "pd.DataFrame"
    source_ids: tuple[str, ...]
    note: str
    until: str
    told: Mapping[str, Any]
    answer: Answer
    domain: str = ""
    drawn_by: str = ""


@dataclass(frozen=True)
class Published:
    """A figure's files as bytes, and how it shows itself in a notebook."""

    name: str
    title: str
    caption: str
    alt: str
    sources: tuple[str, ...]
    files: dict[str, bytes]
    inline: bytes
    note: str
    until: str
    told: Mapping[str, Any]
    drawn_by: str = ""

    def entry(self) -> dict[str, Any]:
        """The figure's part of the record."""
        return {
            "name": self.name,
            "title": self.title,
            "caption": self.caption,
            "alt": self.alt,
            "subtitle": self.told["subtitle"]["shown"],
            "note": self.note,
            "until": self.until,
            "told": dict(self.told),
            "sources": list(self.sources),
            "files": {f"{self.name}.{kind}": _sha256(content) for kind, content in self.files.items()},
        }

    def _repr_mimebundle_(self, include=None, exclude=None):
        import base64

        # The text names the picture's fingerprint, so that a stored picture that is not the one drawn is
        # found by comparing text.
        text = f"{self.title}\n{self.caption}\n[{self.name}.png shown smaller, {_sha256(self.inline)}]"
        return {"text/plain": text, "image/png": base64.b64encode(self.inline).decode()}, {
            "image/png": {"alt": self.alt}
        }


PARTS = ("title", "subtitle", "caption", "alt", "note", "until")


def picture(
    figure: "Figure", name: str, words: Words, data: "pd.DataFrame", source_ids: Iterable[str], answer: Answer
) -> Picture:
    """A figure with its words told from the answer and from the data drawn; see `Picture` and `Words`."""
    context = of_answer(answer.results, answer.parameters, csv_of(data))
    told = {part: getattr(words, part).tell(context) for part in PARTS}
    texts = {part: text for part, (text, _) in told.items()}
    kept = {part: record for part, (text, record) in told.items() if text}
    made = {"data": data, "source_ids": tuple(source_ids), "told": kept, "answer": answer}
    return Picture(figure, name, **made, **texts, domain=context.domain)


def house(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """Decorate a figure function: it draws in the house style, whatever the reader's own settings are."""

    @functools.wraps(draw)
    def drawn(*arguments, **keywords) -> Picture:
        with _style():
            made = vintage.shown(draw.__name__, lambda: draw(*arguments, **keywords))
        domain = made.domain or language.domain_of(draw.__module__)
        return replace(made, domain=domain, drawn_by=draw.__name__)

    return drawn


def canvas(rows: int = 1, columns: int = 1, width: float = 10, height: float = 5.625, **subplots: Any):
    """A figure with its axes, in inches (16:9 by default, for slides); drawn without pyplot, so that nothing
    global is left behind.

    Keywords go to ``Figure.subplots`` (``sharex``, ``width_ratios`` through ``gridspec_kw``, ``squeeze`` …).
    """
    return SHAPE.get()(rows, columns, width, height, **subplots)


def narrow() -> bool:
    """Whether a figure is drawn for a phone, where what stands side by side has little room."""
    return SHAPE.get() is not _wide


def _wide(rows: int, columns: int, width: float, height: float, **subplots: Any):
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns, **subplots)


# What makes the canvas: another maker gives the same figures another shape.
SHAPE: ContextVar[Callable[..., Any]] = ContextVar("shape", default=_wide)


def over(color: Any) -> str:
    """The text colour, white or ink, of the higher contrast on a filled area of this colour (WCAG 2.2,
    relative luminance).
    """
    from matplotlib.colors import to_rgb

    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    luminance = 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    ink = 0.016  # of COLOURS["ink"]
    return "white" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / (ink + 0.05) else COLOURS["ink"]


def mark(row: int, *artists: Any) -> None:
    """Say that these artists draw one line of the figure's data (0 is the first), whose ``row_id`` or
    ``row_ids`` names rows of the tables.

    Their elements in the SVG get the ids ``row-<line>``, ``row-<line>.1`` …, by which a page finds the rows
    behind what a reader points at.
    """
    for artist in artists:
        artist.set_gid(f"row-{row}")


def mark_point(axes: Any, x: Any, y: Any, row: int, size: float = 9) -> None:
    """The same where one artist draws many points: an invisible mark of ``size`` points at data position (x,
    y), which changes no picture and no layout. A narrow drawing is an image, which nobody points into.
    """
    if narrow():
        return
    from matplotlib.lines import Line2D

    target = Line2D([x], [y], ls="", marker="o", markersize=size, alpha=0, transform=axes.transData)
    target.set_in_layout(False)
    axes.add_artist(target)
    mark(row, target)


def publish(
    picture: Picture, question: str, parameters: dict[str, Any], keep: Path | None = None
) -> Published:
    """Finish a picture (title, subtitle, source line, as-of date) and make its files.

    question and parameters go into the files' own metadata: the file in a slide deck says where it came from.
    keep: a folder of earlier drawings, from which one that would be the same is taken (`kept.made`).
    """
    for part in ("name", "title", "subtitle", "caption", "alt", "source_ids"):
        if not getattr(picture, part):
            raise ValueError(f"the figure {picture.name or '(unnamed)'} has no {part}")
    metadata = {
        "Title": picture.title,
        "Description": picture.alt,
        "Source": (
            f"{question} {json.dumps(parameters, ensure_ascii=False, sort_keys=True)}; "
            + "; ".join(picture.source_ids)
        ),
    }
    with _style():
        _frame(picture)
        raster, inline, vector = kept.made(
            picture.figure,
            metadata,
            keep and keep / language.in_force() / question / picture.name,
            lambda: _files(picture.figure, metadata),
        )
    return Published(
        picture.name,
        picture.title,
        picture.caption,
        picture.alt,
        tuple(dict.fromkeys(picture.source_ids)),
        {"png": raster, "svg": vector, "csv": csv_of(picture.data)},
        inline,
        picture.note,
        picture.until,
        picture.told,
        picture.drawn_by,
    )


def fitted(picture: Picture, fit: Callable[[Picture], None], metadata: dict[str, str]) -> bytes:
    """The picture as SVG, finished by ``fit`` instead of the frame that every published one has."""
    with _style():
        fit(picture)
        picture.figure.set_layout_engine("none")
        return _svg(picture.figure, metadata, coarse=True)


def preview(picture: Picture) -> bytes:
    """The finished picture as a PNG for the screen, made for speed and not to be kept."""
    with _style():
        _frame(picture)
        buffer = io.BytesIO()
        _pixels(picture.figure, SCREEN_DPI).convert("RGB").save(buffer, "png", compress_level=1)
    return buffer.getvalue()


def vector(picture: Picture) -> str:
    """The finished picture as its drawing alone, without metadata: that of `publish`, without the cost of
    pixels.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with _style():
        _frame(picture)
        picture.figure.set_dpi(DPI * PRINT_SCALE)
        FigureCanvasAgg(picture.figure)
        picture.figure.draw_without_rendering()
        picture.figure.set_layout_engine("none")
        return svg.bare(_svg(picture.figure, {}).decode("utf-8"))


def words_drawn(picture: Picture) -> None:
    """Let every word of the finished picture be asked for, without finishing it."""
    with _style():
        labels.translate(picture.figure, picture.domain)
        below(picture)
        for axes in picture.figure.axes:
            for axis in (axes.xaxis, axes.yaxis):
                axis.get_ticklabels(which="both")


def used(table: "pd.DataFrame", column: str = "source_id") -> tuple[str, ...]:
    """The sources of the rows of a table, official ones first where it says the quality, then by how many
    rows rest on them.
    """
    import pandas as pd

    rows = table.dropna(subset=column)
    quality = rows["quality"].astype(str) if "quality" in rows else pd.Series("A", index=rows.index)
    order = quality.groupby(rows[column].astype(str)).agg(["min", "size"])
    return tuple(order.sort_values(["min", "size"], ascending=[True, False], kind="stable").index)


def _style():
    from matplotlib import style

    _register_fonts(language.ENGLISH)
    _register_fonts(language.in_force())
    return style.context(
        ["default", ASSETS / "house.mplstyle", {"font.family": labels.FACES[language.in_force()]}]
    )


@functools.cache
def _register_fonts(of: str) -> None:
    from matplotlib import font_manager

    folder = ASSETS / "fonts"
    for path in sorted((folder if of == language.ENGLISH else folder / of).glob("*.ttf")):
        font_manager.fontManager.addfont(path)


def _frame(picture: Picture) -> None:
    """Title and subtitle above the axes, source line below, each wrapped to the figure's width."""
    figure = picture.figure
    labels.translate(figure, picture.domain)
    width, height = figure.get_size_inches()
    margin = 0.12
    blocks = [
        (picture.title, 17, 600, COLOURS["ink"], 1.2),
        (picture.subtitle, 12.5, 400, GREY_TEXT, 1.25),
    ]
    top = margin
    for text, size, weight, colour, leading in blocks:
        lines = _balanced(text, size, weight, width - 2 * margin)
        for line in lines:
            figure.text(
                margin / width,
                1 - top / height,
                line,
                size=size,
                weight=weight,
                color=colour,
                va="top",
                ha="left",
            )
            top += size * leading / 72
    bottom = margin
    for text, color in zip(below(picture), (GREY_TEXT, COLOURS["ink"])):
        for line in reversed(_wrap(text, 9.5, 400, width - 2 * margin)):
            figure.text(margin / width, bottom / height, line, size=9.5, color=color, va="bottom", ha="left")
            bottom += 9.5 * 1.25 / 72
    if engine := figure.get_layout_engine():
        low, high = (bottom + 0.06) / height, 1 - (top + 0.08) / height
        engine.set(rect=(0, low, 1, high - low))
        _break_titles(figure, width)
        _break_upright(figure, low * height, high * height)


def below(picture: Picture) -> tuple[str, str]:
    """What stands under a picture, from below: who says it, and above that the caveat that goes wherever the
    picture goes, empty where there is none.
    """
    credit = stamp.credit(picture.source_ids, picture.data, picture.until)
    return credit, language.said("Note: {note}", note=picture.note) if picture.note else ""


def _break_titles(figure: "Figure", width: float) -> None:
    """Break the titles of axes that would reach over the figure's right edge: the layout keeps no room
    sideways for them.
    """
    for axes in figure.axes:
        place, title = axes.get_subplotspec(), axes.get_title("left")
        if not title or place is None or place.colspan.stop < place.get_gridspec().ncols:
            continue
        label = axes._left_title  # no public name; `get_title` gives its text
        ratios = place.get_gridspec().get_width_ratios()
        room = width * sum(ratios[place.colspan.start :]) / sum(ratios) - AXIS_ROOM
        if _inches(title, label) > room:
            label.set_text("\n".join(_wrap(title, label.get_size(), label.get_weight(), room)))


def _break_upright(figure: "Figure", low: float, high: float) -> None:
    """Break the upright labels that would reach into the words below (at ``low`` inches) or above (at
    ``high``): the layout gives an axis's label no more length than its axis has, and does not break it.
    """
    upright = [
        (axes, axes.yaxis.label)
        for axes in figure.axes
        if axes.get_visible()
        and _inches(axes.get_ylabel(), axes.yaxis.label) > 0.7 * (high - low) / _rows(axes)
    ]
    if not upright:  # to lay out twice takes time, and moves the axes by a little
        return
    figure.get_layout_engine().execute(figure)
    height = figure.get_size_inches()[1]
    for axes, label in upright:
        box, half = axes.get_position(), _inches(label.get_text(), label) / 2
        middle = (box.y0 + box.y1) / 2 * height
        if middle - half < low or middle + half > high:
            room = (box.y1 - box.y0) * height
            lines = _wrap(label.get_text(), label.get_size(), label.get_weight(), room)
            label.set_text("\n".join(lines))


def _rows(axes: "Axes") -> int:
    """How many axes stand one upon another."""
    place = axes.get_subplotspec()
    return place.get_gridspec().nrows if place else 1


def _inches(text: str, label: "Text") -> float:
    """How long the longest line of a label is."""
    return max(width_of(line, label.get_size(), label.get_weight()) for line in text.split("\n"))


def width_of(text: str, size: float, weight: int | str) -> float:
    """How wide a line is in the face in force, in inches."""
    from matplotlib import rcParams

    return _measured(text, size, weight, tuple(rcParams["font.family"]))


@functools.lru_cache(maxsize=4096)  # finding where lines break asks for the same beginnings again
def _measured(text: str, size: float, weight: int | str, family: tuple[str, ...]) -> float:
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.font_manager import FontProperties

    ruler = RendererAgg(1, 1, DPI * PRINT_SCALE)
    font = FontProperties(family=list(family), weight=weight, size=size)
    return ruler.get_text_width_height_descent(text, font, ismath=False)[0] / (DPI * PRINT_SCALE)


def _wrap(text: str, size: float, weight: int | str, inches: float) -> list[str]:
    """Lines no wider than ``inches``, each as full as it can be; a word too wide for a line has one of its
    own.
    """
    return labels.lines(text, lambda line: width_of(line, size, weight), inches)


def _balanced(text: str, size: float, weight: int, inches: float) -> list[str]:
    """The same lines; where one word would stand alone in the last, lines as even as their number allows."""
    lines = _wrap(text, size, weight, inches)
    if len(lines) < 2 or len(labels.pieces(lines[-1])) > 1:
        return lines
    for share in range(95, 45, -5):
        narrower = _wrap(text, size, weight, inches * share / 100)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _files(figure: "Figure", metadata: dict[str, str]) -> tuple[bytes, bytes, bytes]:
    """PNG, its smaller copy and SVG, in the one layout: finding it again takes longer than drawing."""
    raster, inline = _png(figure, metadata)
    figure.set_layout_engine("none")
    return raster, inline, _svg(figure, metadata)


def _png(figure: "Figure", metadata: dict[str, str]) -> tuple[bytes, bytes]:
    """The PNG file and its smaller copy for the notebook, both with a palette of colours (a fifth of the
    size, no visible loss).
    """
    from PIL import Image

    full = _pixels(figure, DPI * PRINT_SCALE)
    small = full.resize(
        (INLINE_PIXELS, round(INLINE_PIXELS * full.height / full.width)), Image.Resampling.BOX
    )
    return (
        png.file(*png.paletted(full, COLOURS_IN_FILE), metadata, DPI),
        png.file(*png.paletted(small, COLOURS_INLINE), {}),
    )


def _pixels(figure: "Figure", dpi: float):
    """The raster's own buffer as an RGBX image: what is opaque has no use for its fourth byte."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    figure.set_dpi(dpi)
    agg = FigureCanvasAgg(figure)
    agg.draw()
    return Image.frombuffer("RGBX", agg.get_width_height(), agg.buffer_rgba(), "raw", "RGBX", 0, 1)


def _svg(figure: "Figure", metadata: dict[str, str], coarse: bool = False) -> bytes:
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    figure.set_dpi(DPI_OF_RASTERS_IN_SVG)
    buffer = io.BytesIO()
    # The canvas itself lays out and draws in one go; ``savefig`` would draw everything once more to find the
    # layout.
    FigureCanvasSVG(figure).print_svg(
        buffer, metadata={**metadata, "Date": None, "Creator": None, "Rights": "CC BY 4.0"}
    )
    return svg.numbered(svg.lighter(buffer.getvalue().decode("utf-8"), coarse)).encode("utf-8")


def csv_of(data: "pd.DataFrame") -> bytes:
    """The CSV of what a picture draws, the same bytes each time."""
    rounded = data.copy()
    for column in rounded.select_dtypes("floating"):
        rounded[column] = [
            None if missing else answers.plain(float(value))
            for value, missing in zip(rounded[column], rounded[column].isna())
        ]
    return rounded.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d").encode("utf-8")


def _sha256(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
