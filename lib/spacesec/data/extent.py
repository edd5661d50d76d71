"""What a table knows of time: its first and last year, the last year that is over, its newest day.

Bounds, defaults, axes and captions take their years from here, so that tomorrow's row needs no code. Rows are
read as text, without pandas: ``spacesec describe`` asks for dozens of extents and shall answer at once.
"""

import functools
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from spacesec.data import appeared, tables
from spacesec.errors import DataError


def years(table: str, column: str, **where: str | Collection[str]) -> tuple[int, int]:
    """The first and last year in a column of years, fiscal years or ISO dates (whose calendar year counts).

    where: column -> the value, or the values, that a row must have to count. Raises DataError where no row is
    left.
    """
    try:
        found = [int(text[:4]) for text in _texts(table, column, where)]
    except ValueError:
        raise DataError(
            f"data/{table}.csv has a {column} that is no year; `spacesec check` says where"
        ) from None
    return min(found), max(found)


def last_whole_year(table: str, column: str, **where: str | Collection[str]) -> int:
    """The last year that is over by the newest day in a column of ISO dates: the year before, or its own on
    31 December.
    """
    newest = last_day(table, column, **where)
    return newest.year if (newest.month, newest.day) == (12, 31) else newest.year - 1


def last_day(table: str, column: str, **where: str | Collection[str]) -> date:
    """The newest day in a column of ISO dates."""
    newest = max(_texts(table, column, where))
    try:
        return date.fromisoformat(newest)
    except ValueError:
        raise DataError(
            f"data/{table}.csv has a {column} that is no day; `spacesec check` says where"
        ) from None


def rows(table: str) -> list[dict[str, str]]:
    """All rows of a table as text; the file is the sealed one, and on the list of files read."""
    resource = tables.describe(table)
    found = _rows(tables.sealed_path(resource), resource["hash"])
    if not appeared.held(resource):
        return found
    columns = ([row[name] for row in found] for name in ("source_id", resource["dated"]))
    return [row for row, there in zip(found, tables.had_appeared(*columns), strict=True) if there]


def meets(row: dict[str, str], where: str) -> bool:
    """Whether a row has what ``column=value|value;column!=value`` asks; an empty text asks nothing."""
    for part in filter(None, where.split(";")):
        column, _, values = part.partition("=")
        if (row[column.removesuffix("!")] in values.split("|")) == column.endswith("!"):
            return False
    return True


def part(row: dict[str, str], name: str) -> str:
    """The text of a column; ``date:4`` is its first four characters, ``year+state`` two columns as one."""
    texts = []
    for column in name.split("+"):
        column, _, length = column.partition(":")
        texts.append(row[column][: int(length) if length else None])
    return " ".join(texts)


def _texts(table: str, column: str, where: dict[str, str | Collection[str]]) -> list[str]:
    wanted = {name: {given} if isinstance(given, str) else set(given) for name, given in where.items()}
    found = [
        row[column]
        for row in _matching(rows(table), wanted)
        if isinstance(row.get(column), str) and row[column]
    ]
    if not found:
        chosen = "".join(f", {name} {' or '.join(sorted(given))}" for name, given in wanted.items())
        raise DataError(f"data/{table}.csv has no row with a {column}{chosen}; restore it, or add the row")
    return found


def _matching(among: list[dict[str, str]], wanted: dict[str, set[str]]) -> Iterator[dict[str, str]]:
    return (row for row in among if all(str(row.get(name)) in given for name, given in wanted.items()))


@functools.lru_cache(maxsize=256)  # more than there are tables: what reads all of them reads them once
def _rows(path: Path, sealed: str) -> list[dict[str, str]]:
    return tables.raw_rows(path)
