"""The prose of a notebook in another language: its Markdown cells, block by block, from the catalogues."""

import json
from typing import Any

from spacesec import lessons
from spacesec.collection.questions import Question
from spacesec.machine import paths
from spacesec.words import language


def translated(question: Question, into: str) -> dict:
    """The stored notebook with its Markdown cells in this language; code cells and outputs as they are."""
    with language.LOCK, language.speaking(into):
        return told(question.stored(), question.name)


def told(notebook: dict[str, Any], domain: str) -> dict[str, Any]:
    """The same of any notebook, in the language in force."""
    cells = [
        {**cell, "source": language.prose("".join(cell["source"]), domain)}
        if cell["cell_type"] == "markdown"
        else cell
        for cell in notebook["cells"]
    ]
    return {**notebook, "cells": cells}


def all_lessons() -> dict[str, dict[str, Any]]:
    """The lessons of the collection in their order, by what their catalogues are called
    (``lessons/1_sources``); none in a collection without them.
    """
    folder = paths.root() / "docs" / lessons.NAME
    return {
        f"{lessons.NAME}/{path.stem}": json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.ipynb"))
    }
