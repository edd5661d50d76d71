"""One SQLite file: every table with its types and keys, a codebook, views by date, full text."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacesec.collection.questions import THEMES
from spacesec.collection.release.table import Table, flat
from spacesec.collection.site.rows import Row, rows
from spacesec.data import tables
from spacesec.errors import RunError

NAME = "japan-space-security.sqlite"
# How a column of the data package stands in the database.
KINDS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "string": ("TEXT", str),
    "date": ("TEXT", str),
    "integer": ("INTEGER", int),
    "number": ("REAL", float),
    "boolean": ("INTEGER", "true".__eq__),
}
HERE = Path(__file__).parent


def write(path: Path, found: list[Table]) -> None:
    """Write the database; the same tables and the same SQLite give the same bytes. Raises RunError where
    a key leads nowhere.
    """
    connection = sqlite3.connect(path)
    try:
        with connection:
            connection.execute("PRAGMA journal_mode = OFF")
            for table in found:
                _fill(connection, table)
            connection.executescript((HERE / "facts.sql").read_text(encoding="utf-8"))
            connection.executemany(f"INSERT INTO facts VALUES ({_places(11)})", _facts())
            connection.executemany(f"INSERT INTO codebook VALUES ({_places(6)})", _codebook(found))
            connection.executescript((HERE / "views.sql").read_text(encoding="utf-8"))
            connection.execute("INSERT INTO search SELECT kind, id, title, words FROM texts")
        if broken := connection.execute("PRAGMA foreign_key_check").fetchone():
            raise RunError(
                f"{broken[0]} names something that {broken[2]} lacks; `spacesec check` says which row"
            )
        connection.execute("VACUUM")
    finally:
        connection.close()


def _fill(connection: sqlite3.Connection, table: Table) -> None:
    columns = [
        " ".join([f'"{field["name"]}"', KINDS[field["type"]][0], *_held(field.get("constraints", {}))])
        for field in table.fields
    ]
    keys = [f"PRIMARY KEY ({_quoted(table.keys)})"]
    keys += [
        f'FOREIGN KEY ({_quoted(own)}) REFERENCES "{target}" ({_quoted(there)})'
        for own, target, there in table.links
    ]
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join([*columns, *keys])}) STRICT')
    kinds = [(field["name"], KINDS[field["type"]][1]) for field in table.fields]
    connection.executemany(
        f'INSERT INTO "{table.name}" VALUES ({_places(len(kinds))})',
        ([kind(row[name]) if row[name] else None for name, kind in kinds] for row in table.rows()),
    )


def _held(constraints: dict) -> list[str]:
    return [sql for name, sql in (("required", "NOT NULL"), ("unique", "UNIQUE")) if constraints.get(name)]


def _quoted(names: list[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _places(count: int) -> str:
    return ", ".join("?" * count)


def _facts() -> Iterator[tuple]:
    for row in rows().by_id.values():
        date = _date(row)
        yield (
            row.id,
            flat(row.table),
            row.table.split("/")[0] if row.table.split("/")[0] in THEMES else "",
            date,
            date and int(date[:4]),
            row.title,
            row.cells.get("source_id") or None,
            row.locator or None,
            row.evidence or None,
            row.cells.get("quality") or None,
            row.note or None,
        )


def _date(row: Row) -> str | None:
    """The day of a row's fact, a period's first day: of the column by which its table is dated."""
    column = tables.describe(row.table).get("dated", "")
    text = row.cells.get(column, "")
    start = "-04-01" if column == "fiscal_year" else "-01-01"
    return (text if "-" in text else text + start) if text else None


def _codebook(found: list[Table]) -> Iterator[tuple]:
    for table in found:
        for place, field in enumerate(table.fields, start=1):
            yield table.name, place, field["name"], field["type"], field.get("unit"), field["description"]
