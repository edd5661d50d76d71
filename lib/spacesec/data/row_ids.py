"""Identifiers of new rows, made as the table's own rows have theirs.

An id such as ``nk-2026-04-18-5`` is read as words and columns (``nk``, ``launch_date``,
``number_in_period``); the reading that gives back the most ids of the table is its pattern. A table may have
several, as ``space-budget-2015-initial`` and ``space-budget-2015-initial-with-missile-defence``: a row takes
the one whose rows it is like in every column that the words may stand for.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping

Cells = Mapping[str, str]
# A part of an id: a word of its own, or a column and the way in which its value is written.
Part = tuple[str, str]
WORD = ""
# Columns that say where a fact comes from: no id is made of them.
ASIDE = {"row_id", "source_id", "also_source_ids", "locator", "evidence", "quality", "note"}
MOST_READINGS = 80
LEAST_ROWS = 2  # that a reading gives back, to be a pattern
LEAST_SHARE = 0.05  # of the table's rows, likewise
_DATE = re.compile(r"(\d{4})-(\d{2})-\d{2}")


def made(rows: list[dict[str, str]], cells: Cells, taken: Collection[str]) -> str:
    """The id of a new row with these cells, in the pattern of the table's rows.

    taken: ids that stand already. Raises ValueError in a few words where no pattern is found, where none fits
    the new row, or where its id is taken.
    """
    patterns = _patterns(rows)
    if not patterns:
        raise ValueError("the ids of this table follow no pattern that its columns give")
    fitting = (pattern for pattern, alike in patterns if _alike(rows, alike, pattern, cells))
    found = next((text for pattern in fitting if (text := _written(pattern, cells))), None)
    if found is None:
        raise ValueError("no row of this table is like it in what its id says")
    if found in taken:
        raise ValueError(f"{found}, which the table's pattern gives, is taken")
    return found


def slug(text: str) -> str:
    """Lower-case letters and digits, all else a hyphen."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _patterns(rows: list[dict[str, str]]) -> list[tuple[tuple[Part, ...], list[dict[str, str]]]]:
    """Readings of the newest rows' ids, each with the rows whose ids it gives back, most rows first."""
    readings = dict.fromkeys(_reading(row) for row in reversed(rows[-MOST_READINGS:]))
    found = [
        (reading, [row for row in rows if _written(reading, row) == row["row_id"]]) for reading in readings
    ]
    least = max(LEAST_ROWS, LEAST_SHARE * len(rows))
    kept = [(reading, like) for reading, like in found if len(like) >= least and _columns(reading)]
    return sorted(kept, key=lambda pair: -len(pair[1]))


def _reading(row: dict[str, str]) -> tuple[Part, ...]:
    """The id from left to right, the longest value first; what is no column's value is a word."""
    left, parts = row["row_id"].split("-"), []
    values = sorted(_values(row), key=lambda value: -len(value[1]))
    while left:
        match = next(((part, value) for part, value in values if left[: len(value)] == value), None)
        part, value = match or ((WORD, left[0]), left[:1])
        parts.append(part)
        left = left[len(value) :]
    return tuple(parts)


def _values(cells: Cells) -> Iterator[tuple[Part, list[str]]]:
    for column, text in cells.items():
        if column not in ASIDE and text:
            for way, written in _ways(text).items():
                if written:
                    yield (column, way), written.split("-")


def _ways(text: str) -> dict[str, str]:
    """The ways in which ids write a value; a date may be its month, its quarter or its year."""
    ways = {"whole": slug(text)}
    if text.isdigit():
        ways |= {"two digits": text.zfill(2), "three digits": text.zfill(3)}
    if date := _DATE.fullmatch(text):
        quarter = (int(date[2]) + 2) // 3
        ways |= {"month": text[:7], "quarter": f"{date[1]}-q{quarter}", "year": date[1]}
    return ways


def _written(reading: Iterable[Part], cells: Cells) -> str:
    """The id that a reading gives a row; empty where a column that it needs is."""
    words = [name if column == WORD else _ways(cells.get(column, "")).get(name) for column, name in reading]
    return "-".join(words) if all(words) else ""


def _columns(reading: Iterable[Part]) -> set[str]:
    return {column for column, _ in reading} - {WORD}


def _alike(rows: list[dict], like: list[dict], reading: tuple[Part, ...], cells: Cells) -> bool:
    """Whether the new row has what all rows of the pattern share and other rows of the table have not.

    Words that not all ids of the table hold must stand for something of that kind, unless most rows do.
    """
    shared = {
        column: like[0][column]
        for column in set(rows[0]) - ASIDE - _columns(reading)
        if len({row[column] for row in like}) == 1 < len({row[column] for row in rows})
    }
    common = set.intersection(*(set(row["row_id"].split("-")) for row in rows))
    telling = [column == WORD and name not in common for column, name in reading]
    runs = sum(is_one and not before for is_one, before in zip(telling, [False, *telling]))
    explained = runs <= len(shared) or len(like) > len(rows) / 2
    return explained and all(cells.get(column, "") == text for column, text in shared.items())
