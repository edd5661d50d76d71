"""Slides as PPTX, the same bytes for the same run."""

import io
import zipfile
from datetime import datetime

from spacesec.collection.slides.deck import Slide
from spacesec.data import tables

# Inches of a wide slide.
WIDE, HIGH, MARGIN = 13.333, 7.5, 0.7
TITLE_POINTS, TEXT_POINTS, LIST_POINTS = 32, 22, 14
TITLE_ONLY, BLANK = 5, 6  # places among the layouts of the library's own template
FACE = "Source Sans Pro"


def made(slides: list[Slide]) -> bytes:
    """The file's bytes."""
    from pptx import Presentation
    from pptx.util import Inches

    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    day = datetime.fromisoformat(tables.package()["as_of"])
    deck.core_properties.title, deck.core_properties.author = slides[0].title, tables.package()["title"]
    deck.core_properties.created = deck.core_properties.modified = day
    deck.core_properties.last_modified_by = ""
    for slide in slides:
        (_picture if slide.picture else _text)(deck, slide)
    file = io.BytesIO()
    deck.save(file)
    return _dated(file.getvalue(), day)


def _picture(deck, slide: Slide) -> None:
    """The figure on the whole slide; its title stands off the page, for outlines and screen readers."""
    from pptx.util import Inches

    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = page.shapes.title
    title.text = slide.title
    title.left, title.top, title.width, title.height = Inches(0), Inches(-1), Inches(WIDE), Inches(0.9)
    picture = page.shapes.add_picture(str(slide.picture), 0, 0, width=deck.slide_width)
    if picture.height > deck.slide_height:
        picture.width, picture.height = (
            round(picture.width * deck.slide_height / picture.height),
            deck.slide_height,
        )
    picture.left = (deck.slide_width - picture.width) // 2
    picture.top = (deck.slide_height - picture.height) // 2
    picture._element.nvPicPr.cNvPr.set("descr", slide.alt)
    _notes(page, slide)


def _text(deck, slide: Slide) -> None:
    from pptx.util import Inches, Pt

    page = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    title = page.shapes.title
    title.left, title.top = Inches(MARGIN), Inches(0.5)
    title.width, title.height = Inches(WIDE - 2 * MARGIN), Inches(1.6)
    _fill(title.text_frame, (slide.title,), Pt(TITLE_POINTS))
    box = page.shapes.add_textbox(
        Inches(MARGIN), Inches(2.3), Inches(WIDE - 2 * MARGIN), Inches(HIGH - 2.3 - MARGIN)
    )
    small = len(slide.paragraphs) > 2
    _fill(box.text_frame, slide.paragraphs, Pt(LIST_POINTS if small else TEXT_POINTS))
    _notes(page, slide)


def _fill(frame, paragraphs: tuple[str, ...], size) -> None:
    from pptx.enum.text import PP_ALIGN

    frame.word_wrap = True
    for place, words in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.space_after = PP_ALIGN.LEFT, size // 2
        run = paragraph.add_run()
        run.text, run.font.size, run.font.name = words, size, FACE


def _notes(page, slide: Slide) -> None:
    if slide.notes:
        page.notes_slide.notes_text_frame.text = "\n".join(slide.notes)


def _dated(content: bytes, day: datetime) -> bytes:
    """The archive with its files dated by the data, not by the clock."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return packed.getvalue()
