"""The prose of a notebook in another language: its Markdown cells, block by block, from the catalogues."""

from spacesec.collection.questions import Question
from spacesec.words import language


def translated(question: Question, into: str) -> dict:
    """The stored notebook with its Markdown cells in this language; code cells and outputs as they are."""
    notebook = question.stored()
    with language.LOCK, language.speaking(into):
        for cell in notebook["cells"]:
            if cell["cell_type"] == "markdown":
                cell["source"] = language.prose("".join(cell["source"]), question.name)
    return notebook
