"""Names of things in another language: satellites, places, bodies, laws, each as ``data/glossary.csv`` has it
from a source. Sentences stand in the catalogues; a name of a table stands there once, for every place that
shows it.
"""

import functools
import re
from pathlib import Path

from spacesec.data import tables
from spacesec.machine import paths

TERM = "term"  # the one kind that is no name: sentences use it, no cell is told by it
COLUMNS = {"ja": "japanese"}


def told(language: str) -> dict[str, str]:
    """English name -> the name in this language; one that it writes in Latin letters is its own."""
    if language not in COLUMNS:
        return {}
    path = paths.data() / "glossary.csv"
    return _read(path, path.stat().st_mtime_ns, COLUMNS[language]) if path.is_file() else {}


@functools.lru_cache(maxsize=4)
def _read(path: Path, changed: int, column: str) -> dict[str, str]:
    rows = tables.raw_rows(path)
    return {row["english"]: row[column] for row in rows if row.get("kind", TERM) != TERM}


def latin(language: str) -> frozenset[str]:
    """The names that this language writes in Latin letters alone."""
    return frozenset(name for name in told(language).values() if not re.search("[^\x00-\xff]", name))
