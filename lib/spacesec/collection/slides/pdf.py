"""A handout as PDF: the answer, each figure with what is to be said of it, the sources; A4, upright."""

from datetime import UTC, datetime

from spacesec.collection.slides.deck import Slide
from spacesec.data import tables
from spacesec.drawing import labels
from spacesec.drawing.figures import ASSETS
from spacesec.words import language

# Millimetres of the page; points of the letters.
MARGIN, GAP = 18, 4
KEPT_TOGETHER = 30  # a heading with the first lines under it
TITLE_POINTS, TEXT_POINTS, SMALL_POINTS = 18, 11, 9.5
LEADING = 1.35
# The second holds what the first has no signs for.
FACES = {
    "en": {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Semibold.ttf"},
    "ja": {"": "ja/NotoSansJP-Regular.ttf", "B": "ja/NotoSansJP-SemiBold.ttf"},
}


def made(slides: list[Slide], into: str) -> bytes:
    """The file's bytes, the same for the same run."""
    from fpdf import FPDF

    page = FPDF(format="A4")
    page.set_creation_date(datetime.fromisoformat(tables.package()["as_of"]).replace(tzinfo=UTC))
    page.set_title(slides[0].title)
    page.set_lang(into)
    page.set_margin(MARGIN)
    page.set_auto_page_break(True, MARGIN)
    for family, faces in FACES.items():
        for style, file in faces.items():
            page.add_font(family, style, ASSETS / "fonts" / file)
    page.set_fallback_fonts(["ja"], exact_match=False)
    page.add_page()
    before = ""
    with language.speaking(into):
        for slide in slides:
            if slide.picture:
                _figure(page, slide)
            else:
                _text(page, slide, slide.title != before)
            before = slide.title
    return bytes(page.output())


def _text(page, slide: Slide, titled: bool) -> None:
    if titled:
        if page.get_y() + KEPT_TOGETHER > page.h - MARGIN:
            page.add_page()
        _words(page, slide.title, TITLE_POINTS, "B")
    size = SMALL_POINTS if len(slide.paragraphs) > 2 else TEXT_POINTS
    for words in slide.paragraphs:
        _words(page, words, size)


def _figure(page, slide: Slide) -> None:
    """The picture with its notes below, on one page together."""
    from PIL import Image

    with Image.open(slide.picture) as picture:
        height = page.epw * picture.height / picture.width
    told = slide.notes[1:]  # the title stands in the picture
    needed = height + GAP * (len(told) + 1) + sum(_lines(page, words) for words in told)
    if page.get_y() + needed > page.h - MARGIN:
        page.add_page()
    page.image(slide.picture, w=page.epw, alt_text=slide.alt)
    page.ln(GAP)
    for words in told:
        _words(page, words, SMALL_POINTS)


def _lines(page, words: str) -> float:
    """The height of a paragraph in small letters."""
    page.set_font("en", "", SMALL_POINTS)
    return len(_broken(page, words)) * _height(SMALL_POINTS)


def _words(page, words: str, points: float, style: str = "") -> None:
    page.set_font("en", style, points)
    lines = "\n".join(_broken(page, words))
    page.multi_cell(0, _height(points), lines, align="L", new_x="LMARGIN", new_y="NEXT")
    page.ln(GAP / 2)


def _broken(page, words: str) -> list[str]:
    """The lines of a paragraph, broken where the language in force may break."""
    return labels.lines(words, page.get_string_width, page.epw - 2 * page.c_margin)


def _height(points: float) -> float:
    return points * 25.4 / 72 * LEADING
