"""What moved between an old and a new state of a table, a text or a set of results, the largest
moves first.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from spacesec import answers


@dataclass(frozen=True)
class Move:
    """One thing that moved: its old and its new state, and by how much.

    size: a number's relative change, the share of a sentence's words or of a figure's cells that are others;
    infinite for what came, went or changed its kind.
    """

    question: str
    name: str
    old: Any
    new: Any
    size: float
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """One cell that moved, by its row and column."""

    row: str
    column: str
    old: str
    new: str


@dataclass(frozen=True)
class Rows:
    """What moved in a table: rows that came, rows that went, cells of the others."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    cells: tuple[Cell, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.cells)

    @property
    def touched(self) -> int:
        """How many rows came, went or changed."""
        return len(self.added) + len(self.removed) + len({cell.row for cell in self.cells})


def largest_first(found: Iterable[Move]) -> list[Move]:
    return sorted(found, key=lambda move: (-move.size, move.question, move.name))


def relative(old: Any, new: Any) -> float:
    """The size of a value's change relative to the old one; of a list's, that of the item that moved most."""
    if old == new:
        return 0.0
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        return max(relative(one, other) for one, other in zip(old, new))
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (old, new))
    return abs(new - old) / abs(old) if numbers and old else math.inf


def of_values(question: str, old: Mapping[str, Any], new: Mapping[str, Any], notes: Mapping) -> list[Move]:
    """Named values, one a move; a mapping's entries count as values of their own."""
    before, after = answers.flattened(old), answers.flattened(new)
    return [
        Move(
            question,
            name,
            before.get(name),
            after.get(name),
            relative(before.get(name), after.get(name)),
            notes.get(name.split(".")[0], ""),
        )
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name) or (name in before) != (name in after)
    ]


def of_sentences(question: str, old: list[str], new: list[str]) -> list[Move]:
    """Sentences of a text, each beside the one that stands in its place; None where there is none."""
    pairs = [
        pair
        for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if change != "equal"
        for pair in zip_longest(old[a:b], new[c:d])
    ]
    return [Move(question, "", one, other, _reworded(one, other)) for one, other in pairs]


def of_rows(old: list[dict[str, str]], new: list[dict[str, str]], key: str = "row_id") -> Rows:
    """Rows paired by their key where each has one of its own, else in their order."""
    if all(_keyed(rows, key) for rows in (old, new)):
        before, after = ({row[key]: row for row in rows} for rows in (old, new))
        pairs = [(name, before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after))]
    else:
        pairs = list(_in_order(old, new))
    return Rows(
        tuple(name for name, one, _ in pairs if one is None),
        tuple(name for name, _, other in pairs if other is None),
        tuple(
            Cell(name, column, one.get(column, ""), other.get(column, ""))
            for name, one, other in pairs
            if one is not None and other is not None
            for column in dict.fromkeys((*one, *other))
            if one.get(column, "") != other.get(column, "")
        ),
    )


def _reworded(old: str | None, new: str | None) -> float:
    if old is None or new is None:
        return math.inf
    return 1 - SequenceMatcher(None, old.split(), new.split(), autojunk=False).ratio()


def _keyed(rows: list[dict[str, str]], key: str) -> bool:
    found = [row.get(key) for row in rows]
    return all(found) and len(set(found)) == len(found)


def _in_order(old: list[dict[str, str]], new: list[dict[str, str]]):
    """Rows that follow each other alike are pairs; of those between, the first with the first and so on."""
    texts = [[tuple(row.items()) for row in rows] for rows in (old, new)]
    for change, a, b, c, d in SequenceMatcher(None, *texts, autojunk=False).get_opcodes():
        if change == "equal":
            continue
        for line, (one, other) in enumerate(zip_longest(old[a:b], new[c:d]), start=c + 2):
            column, value = next(iter((one if other is None else other).items()))
            yield f"line {line} ({column} {value})", one, other
