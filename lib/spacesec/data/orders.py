"""Does each row keep the order that its own cells must have: begun before ended, low below high, told after
it happened?

``data/checks/orders.csv`` says of each table which side may not exceed which. A side is a number, a column
(``date:4``: its first four characters), another row's (``promise_id>policy_evolution/promises.date``), the
day of the data (``as_of``), the latest day on which a source of the row appeared or was read (``issued``,
``accessed``), or several of them joined by ``+``, ``-`` or ``/``, from left to right; two days less one
another are the days between.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache

from spacesec.data import days, extent, sources, tables

Value = float | days.Span
_DAYS = ("as_of", "issued", "accessed")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_PARTS = re.compile(r"\s([-+/])\s")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_COUNT: dict[str, Callable[[float, float], float]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "/": lambda one, other: one / other if other else float("inf"),
}
HOLDS: dict[str, Callable[[Value, Value], bool]] = {
    "at most": lambda one, other: not _later(one, other),
    "equal": lambda one, other: not (_later(one, other) or _later(other, one)),
}
NEAR = 1e-9  # of numbers that count as equal


def problems() -> list[str]:
    """Rows whose cells break an order, as sentences."""
    return [fault for declared in extent.rows("checks/orders") for fault in _faults(declared)]


def unknown(words: str, table: str, columns: dict[str, set[str]]) -> list[str]:
    """Columns that a side names and the tables have not."""
    faults = []
    for word in _PARTS.split(words)[::2]:
        key, points, rest = word.partition(">")
        other, _, name = rest.rpartition(".")
        named = [(table, key), (other, name)] if points else [(table, word.partition(":")[0])]
        faults += [
            f"{where}.{column}"
            for where, column in named
            if column not in columns.get(where, ()) | {*_DAYS, ""} and not _NUMBER.fullmatch(column)
        ]
    return faults


def _faults(declared: dict[str, str]) -> list[str]:
    faults = []
    for row in extent.rows(declared["table"]):
        if not extent.meets(row, declared["where"]):
            continue
        sides = [_side(declared[side], row) for side in ("side", "other")]
        if None not in sides and not HOLDS[declared["relation"]](*sides):
            name, (one, other) = row["row_id"], map(_shown, sides)
            file, side, beside = f"data/{declared['table']}.csv", declared["side"], declared["other"]
            faults.append(
                f"{file}, {name}: {side} ({one}) must be equal {beside} ({other}); mend one of them"
                if declared["relation"] == "equal"
                else f"{file}, {name}: {side} ({one}) must be at most {beside} ({other}); mend one of them"
            )
    return faults


def _side(words: str, row: dict[str, str]) -> Value | None:
    """What a side says of a row; None where a cell that it needs is empty."""
    first, *rest = _PARTS.split(words)
    value = _term(first, row)
    for sign, word in zip(rest[::2], rest[1::2], strict=True):
        other = _term(word, row)
        if value is None or other is None:
            return None
        if isinstance(value, days.Span) and isinstance(other, days.Span):
            value = float((value.first - other.first).days)
        else:
            value = _COUNT[sign](value, other)
    return value


def _term(word: str, row: dict[str, str]) -> Value | None:
    if word == "as_of":
        return days.span(tables.package()["as_of"])
    if word in ("issued", "accessed"):
        return _of_sources(word, row)
    key, points, rest = word.partition(">")
    if points:
        table, _, word = rest.rpartition(".")
        row = _by_id(table).get(row[key], {})
        return _term(word, row) if row else None
    return _read(word, row)


def _read(word: str, row: dict[str, str]) -> Value | None:
    column = word.partition(":")[0]
    text = extent.part(row, word) if column in row else word
    if not text:
        return None
    if clock := _CLOCK.fullmatch(text):
        return float(clock[1]) * 60 + float(clock[2])
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return days.span(text, days.precision(row, column))
    return float(text)


def _of_sources(word: str, row: dict[str, str]) -> Value | None:
    """The latest day, anywhere on Earth, that a row's sources have; None where one has none, or was made by
    counting for this collection.
    """
    found = []
    for identifier in filter(None, (row["source_id"], *row.get("also_source_ids", "").split(";"))):
        if word not in (item := sources.store()[identifier]):
            return None
        found.append(days.span(*sources.day(item[word]), "local"))
    return max(found, key=lambda span: span.last)


def _by_id(table: str) -> dict[str, dict[str, str]]:
    return _indexed(table, tables.describe(table)["hash"])


@cache
def _indexed(table: str, sealed: str) -> dict[str, dict[str, str]]:
    return {row["row_id"]: row for row in extent.rows(table)}


def _later(one: Value, other: Value) -> bool:
    """Whether one lies wholly beyond the other."""
    if isinstance(one, days.Span) and isinstance(other, days.Span):
        return one.first >= other.last
    return one > other + NEAR * max(1.0, abs(other))


def _shown(value: Value) -> str:
    if isinstance(value, days.Span):
        last = (value.last - timedelta(seconds=1)).date()
        return value.first.date().isoformat() if value.first.date() == last else f"to {last}"
    return f"{value:g}"
