"""The one door by which public files come in: read, held against what stands, and added whole or not at all.

Writes only through `spacesec.collection.addition.add`.
"""

import csv
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from spacesec.collection import usage
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing.found import Found, Row
from spacesec.importing.kinds import Kind
from spacesec.machine import paths
from spacesec.words.language import said

NEW, SAME, OTHER = "new", "same", "other"
PROGRESS = 20_000  # rows between two words on a big file
MOST_TOLD = 20  # rows that a comparison tells one by one


@dataclass
class Beside:
    """Candidates beside a table: how many are new, stand already or stand otherwise (``counts``), the new
    rows, and for those that stand otherwise the cells as (id, column, standing, given).
    """

    counts: Counter = field(default_factory=Counter)
    new: list[Row] = field(default_factory=list)
    others: list[tuple[str, str, str, str]] = field(default_factory=list)


def read(kind: Kind, path: Path, options: Mapping[str, str]) -> Found:
    """What the file holds; raises Unplaced for what it cannot place, ParameterError for an option that the
    kind has not.
    """
    known = [name for name in inspect.signature(kind.read).parameters if name != "path"]
    if unknown := [name for name in options if name not in known]:
        takes = ", ".join(known) or "no option"
        raise ParameterError(f"there is no option {unknown[0]!r} for this kind of file; it takes {takes}.")
    return kind.read(path, **options)


def target(kind: Kind, named: str | None) -> dict[str, Any] | None:
    """The description of the table that candidates are held against; None where the kind has none. Raises
    ParameterError for a table that its rows do not go into.
    """
    if named and named not in kind.tables:
        can = ", ".join(kind.tables) or "no table yet: use them as a file of a question"
        raise ParameterError(f"rows of this kind do not go into {named}; they go into {can}.")
    name = named or next(iter(kind.tables), None)
    return tables.described(name) if name else None


def fitted(rows: Iterable[Row], resource: Mapping[str, Any], given: Mapping[str, str]) -> Iterator[Row]:
    """The rows with the table's columns, those that a row lacks empty; ``given`` cells stand on every row."""
    columns = [column["name"] for column in resource["schema"]["fields"]]
    if unknown := [name for name in given if name not in columns]:
        raise ParameterError(f"there is no column {unknown[0]!r}; the table has {', '.join(columns)}.")
    numbers = [one["name"] for one in resource["schema"]["fields"] if one["type"] == "number"]
    for row in rows:
        cells = {**row.cells, **given}
        made = {column: cells.get(column, "") for column in columns}
        yield Row(row.place, made | {name: plain(made[name]) for name in numbers})


def plain(text: str) -> str:
    """A number as tables write it: a nought before its point, no plus; any other text as it is."""
    return re.sub(r"^[+]?(-?)(?=\.\d)", r"\g<1>0", text).removeprefix("+")


def alike(one: str, other: str) -> bool:
    """Whether two cells say the same: the same text, or the same number."""
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def beside(rows: Iterable[Row], resource: Mapping[str, Any], key: tuple[str, ...], keep: bool) -> Beside:
    """Hold rows against a table's own by the columns of the key; only cells that a row fills are compared."""
    standing = {
        tuple(row[name] for name in key): row for row in tables.raw_rows(paths.data() / resource["path"])
    }
    made = Beside()
    for row in rows:
        there = standing.get(tuple(row.cells[name] for name in key))
        moved = [
            (there["row_id"], column, there[column], cell)
            for column, cell in row.cells.items()
            if there and cell and not alike(cell, there[column]) and column not in ("locator", "source_id")
        ]
        state = NEW if there is None else OTHER if moved else SAME
        made.counts[state] += 1
        if state == NEW and keep:
            made.new.append(row)
        made.others += moved[: max(0, MOST_TOLD - len(made.others))]
    return made


def counted(rows: Iterable[Row], name: str, report: Callable[[str], None]) -> Iterator[Row]:
    """The rows as they come, with a word now and then."""
    for number, row in enumerate(rows, start=1):
        if number % PROGRESS == 0:
            report(f"{name}: {number:,} rows")
        yield row


def listed(rows: Iterable[Row], columns: Iterable[str], file) -> int:
    """Write rows as CSV; gives how many."""
    writer = csv.DictWriter(file, list(columns), extrasaction="ignore", lineterminator="\n", restval="")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row.cells)
        count += 1
    return count


def told(found: Found, count: int) -> list[str]:
    """What was read, for who reads along: rows, date and hash of the file, and the reader's notes."""
    values = {"file": found.file, "count": f"{count:,}", "hash": found.sha256, "dated": found.dated}
    if found.dated:
        head = said("{file}: rows {count}, dated {dated}, SHA-256 {hash}", **values)
    else:
        head = said("{file}: rows {count}, SHA-256 {hash}", **values)
    return [head, *found.notes]


def compared(made: Beside, name: str) -> list[str]:
    """How the candidates stand beside the table, one sentence a row that stands otherwise."""
    counts = {key: f"{made.counts[key]:,}" for key in (NEW, OTHER, SAME)}
    return [
        said(
            "beside data/{name}.csv: new {new}, standing otherwise {other}, standing {same}",
            name=name,
            **counts,
        ),
        *(
            said("{row}, column {column}: {old} there, {new} here", row=row, column=column, old=old, new=new)
            for row, column, old, new in made.others
        ),
    ]


def come_in(
    kind: Kind,
    files: list[Path],
    into: str | None,
    given: Mapping[str, str],
    options: Mapping[str, str],
    sources: list[dict[str, Any]],
    check: bool,
) -> list[str]:
    """Read files, hold them against the table, add the new rows where ``into`` names one; the words on it.

    Without ``into`` the candidates go to standard output as CSV, unless ``check``. Nothing is added where a
    row stands otherwise: a correction edits the table.
    """
    from spacesec.collection import addition

    if addition.STORE in kind.tables:
        return _sources_in(kind, files, into, options, check)
    words, new, resource = [], [], target(kind, into)
    for path in files:
        found = read(kind, path, options)
        rows = counted(found.rows, found.file, lambda word: usage.tell(word, sys.stderr, mark=""))
        if resource is None or not (into or check):
            words += told(found, listed(rows, found.columns, sys.stdout))
            continue
        made = beside(fitted(rows, resource, given), resource, kind.key, keep=bool(into) and not check)
        words += told(found, made.counts.total()) + compared(made, resource["name"])
        new += made.new
    if into and not check:
        words.append(addition.told(into, addition.add(into, new, sources)) if new else "nothing is new")
    return words


def _sources_in(
    kind: Kind, files: list[Path], into: str | None, options: Mapping[str, str], check: bool
) -> list[str]:
    """The same for references, held against the store of sources; without ``into`` as CSL-JSON."""
    from spacesec.collection import addition
    from spacesec.data import sources
    from spacesec.importing import references

    if into not in (None, addition.STORE):
        raise ParameterError(f"references do not go into {into}; they go into {addition.STORE}.")
    words, new, store = [], [], sources.store()
    pages = {sources.address(one["URL"]): name for name, one in store.items() if one.get("URL")}
    for path in files:
        found = read(kind, path, options)
        items = [row.cells for row in found.rows]
        words += told(found, len(items))
        for item in items:
            name = item.get("id") if item.get("id") in store else None
            name = name or pages.get(sources.address(item.get("URL", "")))
            if name is None:
                new.append(item)
            elif any(store[name].get(key) != value for key, value in item.items() if key != "id"):
                words.append(
                    f"{name} stands in data/sources.json with other words; correct it there if need be"
                )
    words.append(f"beside data/sources.json: {len(new):,} new")
    if into and not check:
        words.append(addition.told(into, addition.add(into, [], new)) if new else "nothing is new")
    elif not check:
        print(references.csl_json(new), end="")
    return words
