"""Do two tables that speak of the same thing say the same?

``data/checks/columns.csv`` declares which column of which table speaks of which aspect of what: a new table
joins by a row there. What a row speaks of is found by its keys (a catalogue number, a name, the row that it
points to) and by ``data/checks/links.csv``, which names rows of one thing that share no key.
``data/checks/words.csv`` says what the words of one table mean in another. Disagreements stand where a row of
``data/conflicts.csv`` holds both rows.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from spacesec.data import days, extent, sources, tables

UNKNOWN = "?"
YEAR = 4  # letters of a cell that holds a year
_ORDER = tuple(days.MONTHS)


@dataclass(frozen=True)
class Said:
    """What one cell says of one aspect of one thing."""

    table: str
    row_id: str
    aspect: str
    column: str
    kind: str
    text: str
    meaning: object
    precision: str = ""
    tolerance: str = ""

    def __str__(self) -> str:
        return f"data/{self.table}.csv, {self.row_id}, has {self.column} {self.text or 'empty'}"


def problems() -> list[str]:
    """Disagreements, and cells that say "unknown" or a coarse date where another table knows, as
    sentences.
    """
    excused = [set(row["row_ids"].split(";")) for row in extent.rows("conflicts")]
    faults = []
    for (aspect, _), cells in _by_thing().items():
        for one, other in combinations(cells, 2):
            fault = _fault(one, other, aspect)
            if fault and not any({one.row_id, other.row_id} <= rows for rows in excused):
                faults.append(fault)
    return list(dict.fromkeys(faults))


def _fault(one: Said, other: Said, aspect: str) -> str | None:
    if (one.table, one.row_id, one.column) == (other.table, other.row_id, other.column):
        return None
    mend = "mend one, or hold both rows in data/conflicts.csv"
    if UNKNOWN in (one.meaning, other.meaning):
        knows = [cell for cell in (one, other) if cell.meaning != UNKNOWN]
        lacks = next(cell for cell in (one, other) if cell.meaning == UNKNOWN)
        return f"{lacks} ({aspect}), but {knows[0]}; fill it from there, or {mend}" if knows else None
    if not _agree(one, other):
        return f"{one}, but {other} ({aspect}); {mend}"
    told = {one.precision, other.precision}
    if len(told) > 1 and "" not in told and one.row_id != other.row_id:
        coarse, fine = sorted((one, other), key=lambda cell: -_ORDER.index(cell.precision))
        return (
            f"{coarse} to the {coarse.precision} only ({aspect}), but {fine}; fill it from there, or {mend}"
        )
    return None


def _agree(one: Said, other: Said) -> bool:
    if one.kind == "day":
        minutes = float(one.tolerance or 0) + float(other.tolerance or 0)
        return one.meaning.within(minutes).meets(other.meaning)
    if one.kind == "number":
        most = max(map(_allowed, (one, other)))
        return abs(one.meaning - other.meaning) <= most * (1 + 1e-9)
    return bool(one.meaning & other.meaning)


def _allowed(said: Said) -> float:
    """By how much another may differ: a number of the column's unit, or a share of the value (``50%``)."""
    share, percent, _ = said.tolerance.partition("%")
    return abs(said.meaning) * float(share) / 100 if percent else float(share or 0)


def _by_thing() -> dict[tuple[str, str], list[Said]]:
    """What is said, by aspect and thing."""
    words, things = _words(), {}
    by_aspect: dict[str, list[dict[str, str]]] = defaultdict(list)
    for declared in extent.rows("checks/columns"):
        by_aspect[declared["aspect"]].append(declared)
    for aspect, declarations in by_aspect.items():
        joined = _Joined()
        for link in extent.rows("checks/links"):
            if link["aspect"] in ("", aspect):
                joined.join(link["row"], f"link {link['thing']}")
        found = []
        for declared in declarations:
            for row in _rows(declared):
                names = list(_names(declared, row))
                joined.join(*names)
                found += [(names[0], said) for said in _said(declared, row, words) if names]
        for name, said in found:
            things.setdefault((aspect, joined.root(name)), []).append(said)
    return things


class _Joined:
    """Names that mean one thing: joined directly or through others."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def root(self, name: str) -> str:
        while self._parent.setdefault(name, name) != name:
            name = self._parent[name]
        return name

    def join(self, *names: str) -> None:
        for name in names[1:]:
            self._parent[self.root(name)] = self.root(names[0])


def _rows(declared: dict[str, str]) -> list[dict[str, str]]:
    """The rows of which a declared column is taken: those that meet ``where``, the newest of a key where only
    that one counts.
    """
    rows = [row for row in extent.rows(declared["table"]) if extent.meets(row, declared["where"])]
    if declared["take"] == "newest":
        dated = tables.describe(declared["table"])["dated"]
        rows = list({row[declared["key"]]: row for row in sorted(rows, key=lambda row: row[dated])}.values())
    return rows


def _names(declared: dict[str, str], row: dict[str, str]) -> Iterator[str]:
    """The names under which a row's thing is known, one for each part of the key."""
    for name in declared["key"].split(";"):
        if text := extent.part(row, name).strip().casefold():
            yield text if declared["subject"] == "thing" else f"{declared['subject']} {text}"


def _said(declared: dict[str, str], row: dict[str, str], words: dict) -> Iterator[Said]:
    text, kind = row[declared["column"]], declared["kind"]
    precision = ""
    if not text and kind != "day":
        return
    if not text:
        if declared["must"] != "true":
            return
        meaning: object = UNKNOWN
    elif kind == "day":
        precision, meaning = _day(declared, row)
    elif kind == "number":
        meaning = float(text)
    else:
        means = words.get((declared["table"], declared["column"], text), text.casefold())
        meaning = UNKNOWN if means == UNKNOWN else frozenset(means.split("|"))
    said = Said(
        declared["table"],
        row["row_id"],
        declared["aspect"],
        declared["column"],
        kind,
        text,
        meaning,
        precision,
        declared["tolerance"],
    )
    yield said
    if kind == "day" and declared["titles"] == "true":
        yield from _titles(said, row)


def _day(declared: dict[str, str], row: dict[str, str]) -> tuple[str, days.Span]:
    """The precision of a day, none of a column that holds years only, and the moments that it may mean."""
    text, zone = row[declared["column"]], declared["zone"]
    if len(text) == YEAR:
        return "", days.span(f"{text}-01-01", "year", zone)
    precision = row[declared["precision_column"]] if declared["precision_column"] else "day"
    clock = row[declared["time_column"]] if declared["time_column"] else ""
    return precision, days.span(text, precision, zone, clock)


def _titles(said: Said, row: dict[str, str]) -> Iterator[Said]:
    """The day that the title of a row's Japanese source names, where it is the row's own or next to it."""
    for identifier in filter(None, (row["source_id"], *row["also_source_ids"].split(";"))):
        item = sources.store()[identifier]
        title = f"{item['title']} {item.get('original-title', '')}"
        for day in days.named(title):
            if item["language"] == "ja" and abs((day - date.fromisoformat(said.text)).days) <= 1:
                meaning = days.span(day.isoformat(), "day", "Asia/Tokyo")
                yield Said(
                    said.table,
                    row["row_id"],
                    said.aspect,
                    f"the title of its source {identifier} with",
                    "day",
                    day.isoformat(),
                    meaning,
                    "day",
                )


def _words() -> dict[tuple[str, str, str], str]:
    return {(row["table"], row["column"], row["word"]): row["means"] for row in extent.rows("checks/words")}
