"""A question as slides and as a handout: other people's libraries find in them what the stored run holds."""

import io
import logging

import pytest

from spacesec.collection.questions import Question
from spacesec.collection.slides import build, deck, pdf, pptx
from spacesec.data import sources
from spacesec.drawing import labels
from spacesec.errors import DataError, ParameterError
from spacesec.run import records
from spacesec.words import language

NAME = "budgets/government_space"


@pytest.fixture(scope="module")
def slides():
    return deck.of(Question(NAME), "en")


@pytest.fixture(scope="module")
def opened(slides):
    from pptx import Presentation

    return Presentation(io.BytesIO(pptx.made(slides)))


def test_first_the_answer_then_every_figure_then_every_source(slides, opened):
    run = records.read(Question(NAME).folder)
    titles = [page.shapes.title.text for page in opened.slides]
    assert titles[0] == run.question
    assert titles[1 : 1 + len(run.figures)] == [figure.title for figure in run.figures]
    cited = {sources.cite(one) for figure in run.figures for one in figure.sources}
    listed = [words for slide in slides[1 + len(run.figures) :] for words in slide.paragraphs]
    assert sorted(cited) == listed
    # The number that leads the answer stands on the first slide, without the marks of Markdown.
    assert "3.25 times" in slides[0].paragraphs[0] and "**" not in slides[0].paragraphs[0]


def test_a_picture_fills_its_slide_has_its_alternative_text_and_is_spoken_to(opened):
    run = records.read(Question(NAME).folder)
    for figure, page in zip(run.figures, list(opened.slides)[1:]):
        [picture] = [shape for shape in page.shapes if shape.shape_type == 13]
        assert picture._element.nvPicPr.cNvPr.get("descr") == figure.alt
        assert 0 <= picture.left and picture.left + picture.width <= opened.slide_width
        assert 0 <= picture.top and picture.top + picture.height <= opened.slide_height
        assert max(picture.width / opened.slide_width, picture.height / opened.slide_height) > 0.999
        notes = page.notes_slide.notes_text_frame.text
        assert figure.caption in notes and figure.note in notes


def test_the_handout_holds_the_answer_the_notes_and_the_sources(slides, caplog):
    from pypdf import PdfReader

    with caplog.at_level(logging.WARNING, logger="fpdf"):
        read = PdfReader(io.BytesIO(pdf.made(slides, "en")))
    assert not caplog.records, caplog.text  # no sign is missing, Japanese titles included
    text = " ".join(" ".join(page.extract_text() for page in read.pages).split())
    run = records.read(Question(NAME).folder)
    for words in (run.question, *(figure.caption for figure in run.figures)):
        assert words in text
    assert "宇宙" in text
    assert sum(len(page.images) for page in read.pages) == len(run.figures)


def test_the_same_run_gives_the_same_bytes(tmp_path):
    first = [path.read_bytes() for path in build.build(NAME, tmp_path / "a", "en")]
    again = build.build(NAME, tmp_path / "b", "en")
    assert [path.read_bytes() for path in again] == first
    assert [path.name for path in again] == ["budgets-government_space.pptx", "budgets-government_space.pdf"]


def test_what_there_is_no_run_of_is_refused_in_a_sentence(tmp_path, monkeypatch):
    with pytest.raises(ParameterError, match="there is no question"):
        build.build("budgets/nothing", tmp_path, "en")
    monkeypatch.setattr(deck.paths, "root", lambda: tmp_path)
    with pytest.raises(DataError, match="run the question first"):
        deck.of(Question(NAME), "ja")
    assert not list(tmp_path.iterdir())


def test_a_japanese_paragraph_breaks_where_japanese_may(monkeypatch):
    from fpdf import FPDF

    page = FPDF(format="A4")
    page.set_font("Helvetica", size=pdf.TEXT_POINTS)
    monkeypatch.setattr(page, "get_string_width", len)  # every sign as wide as every other
    words = "北朝鮮はどの指導者の下で、何を、どれほどの頻度で発射し、又は日本の水域に落下したか。"
    with language.speaking("ja"):
        for room in range(12, 40):
            monkeypatch.setattr(type(page), "epw", room + 2 * page.c_margin)
            lines = pdf._broken(page, words)
            assert "".join(lines) == words and max(map(len, lines)) <= room
            assert not any(line[0] in labels.NO_BEGINNING or line[-1] in labels.NO_END for line in lines)
