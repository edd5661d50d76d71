"""Names of things in another language: satellites, places, bodies, laws, each as ``data/glossary.csv`` has it
from a source. Sentences stand in the catalogues; a name of a table stands there once, for every place that
shows it.
"""

import functools
import os
from pathlib import Path

from spacesec.data import tables
from spacesec.machine import paths

TERM = "term"  # the one kind that is no name: sentences use it, no cell is told by it
COLUMNS = {"ja": "japanese"}


def path() -> Path:
    return paths.data() / "glossary.csv"


def told(language: str) -> dict[str, str]:
    """English name -> the name in this language; one that it writes in Latin letters is its own."""
    return _names(language)[0]


def latin(language: str) -> frozenset[str]:
    """The names that this language writes in Latin letters, alone or beside their own."""
    return _names(language)[1]


def _names(language: str) -> tuple[dict[str, str], frozenset[str]]:
    return _read(language, os.environ.get("SPACESEC_HOME", ""))


@functools.lru_cache(maxsize=4)
def _read(language: str, home: str) -> tuple[dict[str, str], frozenset[str]]:
    """Read once, as the catalogues are, for each collection that this process works on."""
    if language not in COLUMNS or not path().is_file():
        return {}, frozenset()
    column = COLUMNS[language]
    rows = [row for row in tables.raw_rows(path()) if row.get("kind", TERM) != TERM]
    forms = {form for row in rows for form in (row[column], *row["also"].split("|"))}
    return (
        {row["english"]: row[column] for row in rows},
        frozenset(form for form in forms if form and form.isascii()),
    )
