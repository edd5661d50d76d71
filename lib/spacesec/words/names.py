"""Names of things in another language: satellites, places, bodies, laws, each as ``data/glossary.csv`` has it
from a source. Sentences stand in the catalogues; a name of a table stands there once, for every place that
shows it.
"""

import functools
from pathlib import Path

from spacesec.data import tables
from spacesec.machine import paths

TERM = "term"  # the one kind that is no name: sentences use it, no cell is told by it
COLUMNS = {"ja": "japanese"}


def told(language: str) -> dict[str, str]:
    """English name -> the name in this language; one that it writes in Latin letters is its own."""
    return _names(language)[0]


def latin(language: str) -> frozenset[str]:
    """The names that this language writes in Latin letters, alone or beside their own."""
    return _names(language)[1]


def _names(language: str) -> tuple[dict[str, str], frozenset[str]]:
    path = paths.data() / "glossary.csv"
    if language not in COLUMNS or not path.is_file():
        return {}, frozenset()
    return _read(path, path.stat().st_mtime_ns, COLUMNS[language])


@functools.lru_cache(maxsize=2)
def _read(path: Path, changed: int, column: str) -> tuple[dict[str, str], frozenset[str]]:
    rows = [row for row in tables.raw_rows(path) if row.get("kind", TERM) != TERM]
    forms = {form for row in rows for form in (row[column], *row["also"].split("|"))}
    return (
        {row["english"]: row[column] for row in rows},
        frozenset(form for form in forms if form and form.isascii()),
    )
