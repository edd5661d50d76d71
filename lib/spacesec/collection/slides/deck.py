"""What the slides of a question hold: the answer, its figures as published, the sources."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from spacesec.collection.questions import Question
from spacesec.data import sources, tables
from spacesec.drawing import stamp
from spacesec.machine import paths
from spacesec.run import records
from spacesec.words import language
from spacesec.words.language import said

SOURCES_A_SLIDE = 8


@dataclass(frozen=True)
class Slide:
    """A title with paragraphs, or a picture that fills the slide; notes are what a speaker reads."""

    title: str
    paragraphs: tuple[str, ...] = ()
    picture: Path | None = None
    alt: str = ""
    notes: tuple[str, ...] = field(default=())


def of(question: Question, into: str) -> list[Slide]:
    """The slides of a question's default run in one language; raises DataError where it has none."""
    folder = question.folder if into == language.ENGLISH else paths.root() / "build" / into / question.name
    run = records.read(folder)
    with language.speaking(into):
        as_of = said("Data as of {date}", date=tables.package()["as_of"])
        answer = tuple(_plain(part) for part in run.answer.split("\n\n") if part.strip())
        opening = Slide(_plain(run.question), (answer[0], as_of), notes=answer)
        figures = [
            Slide(
                one.title,
                picture=folder / f"{one.name}.png",
                alt=one.alt,
                notes=_notes(one),
            )
            for one in run.figures
        ]
        used = sorted({sources.cite(name) for one in run.figures for name in one.sources})
        closing = [
            Slide(said("Sources"), tuple(used[at : at + SOURCES_A_SLIDE]))
            for at in range(0, len(used), SOURCES_A_SLIDE)
        ]
    return [opening, *figures, *closing]


def _notes(figure: records.KeptFigure) -> tuple[str, ...]:
    """What is to be said of a figure, its title first."""
    note = said("Note: {note}", note=figure.note) if figure.note else ""
    named = said("; ").join(map(stamp.cited, dict.fromkeys(map(sources.short, figure.sources))))
    credit = said("Sources: {sources}.", sources=named)
    return tuple(filter(None, (figure.title, figure.subtitle, figure.caption, note, credit)))


def _plain(markdown: str) -> str:
    """Text without the marks of Markdown: bold, links, escapes, bullets."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"(\*\*|__|`)(.+?)\1", r"\2", text)
    return re.sub(r"\\([^\w\s])", r"\1", text).strip()
