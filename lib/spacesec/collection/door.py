"""The one door by which public files come in: read, held against what stands, and added whole or not at all.

Writes only through `spacesec.collection.addition.add`.
"""

import csv
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from types import MappingProxyType
from typing import Any

from spacesec.collection import usage
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing.found import Found, Row
from spacesec.importing.kinds import Kind
from spacesec.importing.targets import Target, refuse_other_money
from spacesec.machine import paths
from spacesec.words import names as glossary
from spacesec.words.language import said

NEW, SAME, OTHER = "new", "same", "other"
PROGRESS = 20_000  # rows between two words on a big file
NONE: Mapping[str, str] = MappingProxyType({})
MOST_TOLD = 20  # rows that a comparison tells one by one
PLACE = re.compile(r"\{(\w+)(?::\.\d+)?\}")  # of a file's cell, or of its first characters


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


def target(
    kind: Kind, named: str | None, key: Iterable[str] = (), columns: Iterable[str] = ()
) -> tuple[dict[str, Any], Target] | None:
    """The description of the table that candidates with these columns are held against, and how they stand in
    it; None where there is none. Raises ParameterError for a table that its rows do not go into.

    named: the table; any, where a ``key`` tells the columns by which its rows are known.
    """
    if named is None:
        named = next((one for one, to in kind.targets.items() if needed(to) <= set(columns)), None)
    if named is None:
        return None
    to = kind.targets.get(named)
    if to is None and not key:
        can = ", ".join(kind.targets) or "no table by themselves; a question may take them as its file"
        raise ParameterError(
            f"rows of this kind do not go into {named} without --key COLUMN and --cell COLUMN '{{name}}';"
            f" they go into {can}."
        )
    resource = tables.described(named)
    _refuse_no_column(resource, key)
    if key:
        fits = to is not None and needed(to) <= set(columns)
        to = replace(to if fits else Target(()), key=tuple(key))
    return resource, to


def _refuse_no_column(resource: Mapping[str, Any], names: Iterable[str]) -> None:
    columns = [column["name"] for column in resource["schema"]["fields"]]
    if unknown := [name for name in names if name not in columns]:
        raise ParameterError(f"there is no column {unknown[0]!r}; the table has {', '.join(columns)}.")


def needed(to: Target) -> set[str]:
    """The columns of a file that the templates name, and those by which its rows belong there."""
    return {*to.where, *(name for text in to.cells.values() for name in PLACE.findall(text))}


def fitted(
    rows: Iterable[Row],
    resource: Mapping[str, Any],
    to: Target,
    given: Mapping[str, str],
    only: Mapping[str, str] = NONE,
) -> Iterator[Row]:
    """The rows that belong into the table, with its columns; those that a row lacks are empty.

    given: cells of every row, in which ``{name}`` is the file's own cell. only: cells that a row of the file
    must have. Raises ParameterError for a column that is not there.
    """
    schema = resource["schema"]["fields"]
    columns = [column["name"] for column in schema]
    _refuse_no_column(resource, given)
    if odd := next((text for text in given.values() if re.search("[{}]", PLACE.sub("", text))), None):
        raise ParameterError(
            f"{odd!r} names no cell of the file; in braces stands its name, alone or with :.4 for four signs."
        )
    numbers = [one["name"] for one in schema if one["type"] == "number"]
    templates = {name: text for name, text in {**to.cells, **given}.items() if name in columns}
    words = {**_japanese(resource), **to.words}
    like = {column: _told_by(resource, column, by) for column, by in to.like.items()}
    for row in rows:
        chosen = {**to.where, **only}
        _refuse_unknown(row.cells, [*templates.values()], chosen)
        if any(row.cells[name] != text for name, text in chosen.items()):
            continue
        refuse_other_money(row, templates)
        made = {column: row.cells.get(column, "") for column in columns}
        made |= {column: _filled(text, row.cells) for column, text in templates.items()}
        made |= {column: words[column].get(made[column], made[column]) for column in words}
        made |= {column: made[column] or told.get(made[to.like[column]], "") for column, told in like.items()}
        yield Row(row.place, made | {name: plain(made[name]) for name in numbers})


def _filled(template: str, cells: Mapping[str, str]) -> str:
    return PLACE.sub(lambda place: place[0].format_map(cells), template)


def _refuse_unknown(cells: Mapping[str, str], templates: Iterable[str], only: Mapping[str, str]) -> None:
    named = [*only, *(name for text in templates for name in PLACE.findall(text))]
    if unknown := [name for name in named if name not in cells]:
        raise ParameterError(f"the file has no column {unknown[0]!r}; it has {', '.join(cells)}.")


def _japanese(resource: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Column -> what the glossary calls its words in Japanese -> the word that stands in the table."""
    names, found = glossary.told("ja"), {}
    for row in tables.raw_rows(paths.data() / resource["path"]):
        for column, word in row.items():
            if word in names:
                found.setdefault(column, {})[names[word]] = word
    return found


def _told_by(resource: Mapping[str, Any], column: str, by: str) -> dict[str, str]:
    """What standing rows have in one column for the words of another, where they agree."""
    found: dict[str, set[str]] = {}
    for row in tables.raw_rows(paths.data() / resource["path"]):
        found.setdefault(row[by], set()).add(row[column])
    return {word: next(iter(told)) for word, told in found.items() if len(told) == 1}


def plain(text: str) -> str:
    """A number as tables write it: a nought before its point, no plus; any other text as it is."""
    return re.sub(r"^[+]?(-?)(?=\.\d)", r"\g<1>0", text).removeprefix("+")


def alike(one: str, other: str) -> bool:
    """Whether two cells say the same: the same text, or the same number."""
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def beside(
    rows: Iterable[Row],
    resource: Mapping[str, Any],
    to: Target,
    keep: bool,
    seen: dict[tuple[str, ...], Row] | None = None,
) -> Beside:
    """Hold rows against a table's own by the columns of the key; only cells that a row fills are compared.

    seen: the rows of files before, which these join. Raises ParameterError for a second new row of one key to
    keep, where it is not said that the first counts, and for one without a key.
    """
    rows_there = tables.raw_rows(paths.data() / resource["path"])
    standing = {key: row for row in rows_there if any(key := tuple(row[name] for name in to.key))}
    made, seen = Beside(), {} if seen is None else seen
    apart = ("locator", "source_id", *to.told_once)
    for row in rows:
        key = tuple(row.cells[name] for name in to.key)
        if to.first and key in seen:
            continue
        there = standing.get(key)
        moved = [
            (there["row_id"], column, there[column], cell)
            for column, cell in row.cells.items()
            if there and cell and not alike(cell, there[column]) and column not in apart
        ]
        state = NEW if there is None else OTHER if moved else SAME
        made.counts[state] += 1
        if state == NEW and keep:
            if not any(key):
                raise ParameterError(
                    f"{row.place} has no {', '.join(to.key)}, by which the table's rows are told apart;"
                    " choose rows with --only COLUMN VALUE, or name other columns with --key COLUMN."
                )
            if key in seen:
                what = ", ".join(key)
                raise ParameterError(
                    f"{row.place} is {what}, as {seen[key].place} is; choose rows with --only COLUMN VALUE."
                )
            made.new.append(row)
        if to.first or keep:
            seen[key] = row
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


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the door: the table to add to (nothing is written without), cells for every row,
    options of the kind, cells that a row must have, the columns that tell rows, and only to look.
    """

    into: str | None = None
    cells: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, str] = field(default_factory=dict)
    key: tuple[str, ...] = ()
    check: bool = False


def come_in(kind: Kind, files: list[Path], asked: Asked, sources: list[dict[str, Any]]) -> list[str]:
    """Read files, hold them against the table, add the new rows where one is named; the words on it.

    Without a table the candidates go to standard output as CSV, unless only to look. Nothing is added where a
    row stands otherwise: a correction edits the table.
    """
    from spacesec.collection import addition

    _refuse_twice(files)
    if addition.STORE in kind.targets:
        return _sources_in(kind, files, asked)
    words, new, seen = [], [], {}
    for path in files:
        found = read(kind, path, asked.options)
        rows = counted(found.rows, found.file, lambda word: usage.tell(word, sys.stderr, mark=""))
        held = target(kind, asked.into, asked.key, found.columns) if asked.into or asked.check else None
        if held is None:
            kept = (row for row in rows if _has(row, asked.only))
            if asked.check:
                words += told(found, sum(1 for _ in kept))
                words.append(said("no table takes these columns by itself; name one with --into and --key"))
            else:
                words += told(found, listed(kept, found.columns, sys.stdout))
            continue
        resource, to = held
        candidates = fitted(rows, resource, to, asked.cells, asked.only)
        made = beside(candidates, resource, to, not asked.check, seen.setdefault(resource["name"], {}))
        words += told(found, made.counts.total()) + compared(made, resource["name"])
        new += made.new
    if asked.into and not asked.check:
        added = addition.add(asked.into, new, sources) if new else None
        words.append(addition.told(asked.into, added) if added else "nothing is new")
    return words


def _refuse_twice(files: list[Path]) -> None:
    whole = [path.resolve() for path in files]
    if twice := next((path for path in files if whole.count(path.resolve()) > 1), None):
        raise ParameterError(f"{twice} is named twice; name each file once.")


def _has(row: Row, only: Mapping[str, str]) -> bool:
    _refuse_unknown(row.cells, (), only)
    return all(row.cells[name] == text for name, text in only.items())


def _selected(item: Mapping[str, Any], only: Mapping[str, str]) -> bool:
    """Whether an item has these values; a field that no item of the store may have is refused."""
    from spacesec.importing import csl

    _refuse_unknown(dict.fromkeys(sorted(csl.FIELDS), ""), (), only)
    return all(str(item.get(name, "")) == value for name, value in only.items())


def _sources_in(kind: Kind, files: list[Path], asked: Asked) -> list[str]:
    """The same for references, held against the store of sources; without ``into`` as CSL-JSON."""
    from spacesec.collection import addition
    from spacesec.data import sources
    from spacesec.importing import csl

    into, check = asked.into, asked.check
    if asked.key or asked.cells:
        raise ParameterError("references go by their own keys and fields; leave --key and --cell out.")
    if into not in (None, addition.STORE):
        raise ParameterError(f"references do not go into {into}; they go into {addition.STORE}.")
    words, new, store = [], [], sources.store()
    pages = {sources.address(one["URL"]): name for name, one in store.items() if one.get("URL")}
    for path in files:
        found = read(kind, path, asked.options)
        items = [row.cells for row in found.rows if _selected(row.cells, asked.only)]
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
        print(csl.written(new), end="")
    return words
