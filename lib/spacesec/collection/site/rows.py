"""The rows of all tables as their files hold them, and where on the site each of them stands."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from spacesec.collection.questions import Question, all_questions
from spacesec.collection.site import words
from spacesec.data import tables
from spacesec.data.validation import PROVENANCE
from spacesec.errors import DataError
from spacesec.machine import paths
from spacesec.run.records import NAME, Record, read
from spacesec.words import language
from spacesec.words.language import ENGLISH, LANGUAGES, in_force

# What tells where a fact stands, not what it is.
ABOUT = PROVENANCE | {"source_id"}
TITLE_FACTS, TITLE_LENGTH = 5, 110
# Units that a reader sees from the value itself.
PLAIN_UNITS = ("", "year", "fiscal year")
# Units of money -> the style in which another language than English writes such an amount; of years -> form.
MONEY = {
    "billion yen": "十億円",
    "bn JPY": "十億円",
    "tn JPY": "兆円",
    "bn USD": "十億ドル",
    "billion US dollars": "十億ドル",
    "million US dollars": "百万ドル",
}
YEARS = {"year": "year", "fiscal year": "fiscal_year"}
# Values that tell a reader nothing about which row it is.
UNSAID = ("not_stated", "unknown")


@dataclass(frozen=True)
class Row:
    """One row: the table that holds it, its place there from 1, its cells as text, and the fields that
    describe them.
    """

    table: str
    place: int
    cells: dict[str, str]
    fields: tuple[dict, ...]
    keys: tuple[str, ...]

    @property
    def key(self) -> str:
        return self.keys[0]

    @property
    def id(self) -> str:
        return "-".join(self.cells[name] for name in self.keys)

    @property
    def link(self) -> str:
        """Where the row stands, from the site's root."""
        return f"tables/{self.table}.html#{self.id}"

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """Name, value and unit of what the row says; empty cells left out."""
        return [
            (f["name"], self.cells[f["name"]], f.get("unit", ""))
            for f in self.fields
            if f["name"] not in ABOUT and f["name"] != self.key and self.cells[f["name"]]
        ]

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {}

    @property
    def title(self) -> str:
        """The first facts in one line, by which a reader knows the row; its first measured number is among
        them.
        """
        if in_force() not in self._titles:
            self._titles[in_force()] = self._title()
        return self._titles[in_force()]

    def _title(self) -> str:
        numbers = {field["name"] for field in self.fields if field["type"] == "number"}
        said: dict[
            str, tuple[bool, str]
        ] = {}  # what is said: whether it is a measured number, its cell as told
        for name, value, unit in self.facts:
            if not name.endswith("precision") and value not in UNSAID:
                told = value if unit in PLAIN_UNITS else f"{value} {unit}"
                said.setdefault(told.replace("_", " "), (name in numbers, self.told_with_unit(name)))
        first = list(said)[:TITLE_FACTS]
        measured = next((one for one, (number, _) in said.items() if number), "")
        first = first if measured in ("", *first) else [*first[:-1], measured]
        told = [said[one][1] for one in first]
        if in_force() == ENGLISH or any(map(_in_english, told)):
            told = first  # all in one language; names and codes of one word stand in both
        text = " · ".join(told)
        return text if len(text) <= TITLE_LENGTH else text[: TITLE_LENGTH - 1].rsplit(" ", 1)[0] + "…"

    def told(self, name: str) -> str:
        """A cell as the language in force tells it."""
        return language.cell(self._fields[name], self.cells[name], self.table) if name in self.cells else ""

    def told_with_unit(self, name: str) -> str:
        """The same with its unit: ``50.2 billion yen``, 502億円; years and days as the language has them."""
        value, unit = self.told(name), self._fields[name].get("unit", "")
        if in_force() == ENGLISH:
            return value if unit in PLAIN_UNITS else f"{value} {unit}"
        forms = language.FORMS[in_force()]
        if unit in MONEY:
            return forms["given"](float(value), MONEY[unit])
        form = YEARS.get(unit or name.replace("_", " "))
        if form and value.isdecimal():
            return forms[form](value)
        return f"{value}{language.known(unit, words.TABLES)}" if unit else words.day(value)

    @cached_property
    def _fields(self) -> dict[str, dict]:
        return {field["name"]: field for field in self.fields}

    @property
    def locator(self) -> str:
        return self.cells.get("locator", "")

    @property
    def note(self) -> str:
        return self.told("note")

    @property
    def evidence(self) -> str:
        return self.cells.get("evidence", "")

    @property
    def sources(self) -> list[str]:
        """The source first, then those that say the same."""
        return [
            identifier
            for column in ("source_id", "also_source_ids")
            for identifier in ids(self.cells.get(column, ""))
        ]


class Rows:
    """Every row by its table and, where the table gives its rows the ids of facts (``row_id``), by its id."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {
            name: list(_rows(tables.describe(name))) for name in tables.names()
        }
        self._shorts: dict[tuple[str, str], str] = {}
        self.by_id = {row.id: row for rows in self.tables.values() for row in rows if row.key == "row_id"}

    def __getitem__(self, row_id: str) -> Row:
        try:
            return self.by_id[row_id]
        except KeyError:
            raise DataError(f"no table has a row {row_id!r}; `spacesec check` says what names it") from None

    @cached_property
    def claims(self) -> set[str]:
        return {row.cells["claim_id"] for row in self.tables.get("policy_evolution/claims", [])}

    def page(self, word: str) -> str:
        """Where the id of a row or of a claim leads, from the site's root; empty for any other word."""
        return (
            self.by_id[word].link
            if word in self.by_id
            else f"claims/{word}.html"
            if word in self.claims
            else ""
        )

    def short(self, source: str) -> str:
        """A source's short name, in the language in force."""
        key = in_force(), source
        if key not in self._shorts:
            self._shorts[key] = words.short(source)
        return self._shorts[key]

    @cached_property
    def by_source(self) -> dict[str, list[Row]]:
        """The rows that rest on each source, in the order of the tables."""
        found: dict[str, list[Row]] = {}
        for row in self.by_id.values():
            for source in dict.fromkeys(row.sources):
                found.setdefault(source, []).append(row)
        return found


def rows() -> Rows:
    """The rows of the tables as they are sealed; read once while none changes."""
    return _read(paths.data(), tables.digest(paths.data() / "datapackage.json"))


def _in_english(words_of_cell: str) -> bool:
    return " " in words_of_cell and bool(words.foreign(words_of_cell))


def ids(text: str) -> list[str]:
    """The single ids in a cell that may hold several."""
    return [part for part in text.split(";") if part]


def named_rows(column: str) -> bool:
    """Whether a column's cells name rows of some table."""
    return column.endswith(("row_id", "row_ids"))


def questions() -> list[Question]:
    """The questions that have a record, in the order of the themes, as told in the language in force."""
    return [one.told_in(in_force()) for one in all_questions() if (one.folder / NAME).is_file()]


def records() -> dict[str, Record]:
    """The record of every question that has one, in the language in force; read once while none changes.

    Raises DataError for a file that a record names and that is not there.
    """
    return _records(tuple((one, tables.digest(one.folder / NAME)) for one in questions()))


def stamps() -> tuple[tuple[str, str], ...]:
    """Every recorded question with the fingerprint of its record."""
    found = (one.told_in(ENGLISH) for one in questions())
    return tuple((one.name, tables.digest(one.folder / NAME)) for one in found)


@lru_cache(maxsize=len(LANGUAGES))
def _records(stamps: tuple[tuple[Question, str], ...]) -> dict[str, Record]:
    found = {}
    for one, _ in stamps:
        found[one.name] = read(one.folder)
        for file in (file for figure in found[one.name].figures for file in figure.files):
            if not (one.folder / file).is_file():
                raise DataError(
                    f"figures/{one.name} lacks {file}, which its record names; restore it or run {one.name}"
                    " again"
                )
    return found


@lru_cache(maxsize=1)
def _read(folder: Path, sealed: str) -> Rows:
    return Rows()


def _rows(resource: dict) -> Iterator[Row]:
    fields = tuple(resource["schema"]["fields"])
    keys = tuple(resource["schema"]["primaryKey"])
    with tables.sealed_path(resource, note=False).open(encoding="utf-8", newline="") as file:
        for place, cells in enumerate(csv.DictReader(file), start=1):
            yield Row(resource["name"], place, cells, fields, keys)
