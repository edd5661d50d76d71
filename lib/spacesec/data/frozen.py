"""Are the rows that nobody may edit still as they were frozen?

A table whose schema marks columns as ``frozen`` has one line a row in ``data/checks/frozen.csv``. The digest
of a line rests on the frozen cells and on the digest of the line before, so that a row cannot be edited,
taken out or put in between unseen, not even by somebody who makes the lines anew: the last digest would be
another. Sealing freezes the rows that are new.
"""

import csv
import hashlib
import io
import json

from spacesec.data import extent, tables
from spacesec.machine import files, paths

LINES = "checks/frozen"
START = "0" * 64  # stands where the first line has none before it


def columns(table: str) -> list[str]:
    """The columns of a table whose cells may not change, in its order."""
    return [one["name"] for one in tables.describe(table)["schema"]["fields"] if one.get("frozen")]


def chained(before: str, cells: dict[str, str]) -> str:
    """The digest (SHA-256, hexadecimal) of a row's frozen cells after the digest of the line before."""
    text = json.dumps([before, *cells.items()], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def problems() -> list[str]:
    """Frozen rows that are others now or are gone, and rows that were never frozen, as sentences."""
    lines, faults = extent.rows(LINES), []
    rows = {table: {row["row_id"]: row for row in extent.rows(table)} for table in _tables()}
    before = START
    for line in lines:
        table, row = line["table"], rows.get(line["table"], {}).get(line["row"])
        if row is None:
            faults.append(f"data/{table}.csv lacks {line['row']}, which is frozen; restore it (git checkout)")
        elif chained(before, _cells(table, row)) != line["sha256"]:
            faults.append(
                f"data/{table}.csv, {line['row']}, is not as it was frozen, or data/{LINES}.csv is not;"
                " restore both (git checkout) and add a new row instead"
            )
        before = line["sha256"]
    known = {(line["table"], line["row"]) for line in lines}
    return faults + [
        f"data/{table}.csv, {name}, is not frozen yet; run `spacesec seal`"
        for table, found in rows.items()
        for name in found
        if (table, name) not in known
    ]


def freeze() -> None:
    """Add a line for every row that has none, in the order of the tables; what stands is never written
    anew.
    """
    path = paths.data() / tables.describe(LINES)["path"]
    standing = tables.raw_rows(path)
    known = {(line["table"], line["row"]) for line in standing}
    before, made = (standing[-1]["sha256"] if standing else START), io.StringIO()
    write = csv.writer(made, lineterminator="\n").writerow
    for table in _tables():
        for row in tables.raw_rows(paths.data() / tables.describe(table)["path"]):
            if (table, row["row_id"]) not in known:
                before = chained(before, _cells(table, row))
                write([f"frozen-{row['row_id']}", table, row["row_id"], before])
    if made.getvalue():
        files.write_text(path, path.read_text(encoding="utf-8") + made.getvalue())


def resources() -> list[dict]:
    """The descriptions of the tables that have frozen columns."""
    return [tables.describe(name) for name in _tables()]


def _tables() -> list[str]:
    return [name for name in tables.names() if columns(name)]


def _cells(table: str, row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in columns(table)}
