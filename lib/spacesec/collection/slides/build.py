"""Write the slides and the handout of a question."""

from pathlib import Path

from spacesec.collection.questions import named
from spacesec.collection.slides import deck, pdf, pptx
from spacesec.machine import files


def build(name: str, folder: Path, into: str) -> list[Path]:
    """Write ``<theme>-<question>.pptx`` and ``.pdf`` into ``folder``; gives the two paths."""
    slides = deck.of(named([name])[0], into)
    stem = folder / name.replace("/", "-")
    contents = {".pptx": pptx.made(slides), ".pdf": pdf.made(slides, into)}
    for ending, content in contents.items():
        files.write_bytes(stem.with_suffix(ending), content)
    return [stem.with_suffix(ending) for ending in contents]
