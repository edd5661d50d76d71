"""What the lead answer of each question rests on: its rows by grade, how many are primary, how old, what is
provisional.

The rows behind a lead answer are those that the data of a question's first figure name (the basis of the
claims among them), without those of the five documents, which are what is examined; where they name none, its
sources count in their place.
"""

import csv
import functools
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from spacesec.collection.questions import Question, all_questions
from spacesec.data import extent, grades, sources, tables
from spacesec.errors import DataError
from spacesec.machine import paths
from spacesec.run import records
from spacesec.words.language import said

PRIMARY = {"official", "data"}


@dataclass
class Basis:
    """What one lead answer rests on."""

    question: str
    grades: dict[str, int] = field(default_factory=lambda: dict.fromkeys(grades.GRADES, 0))
    rows: dict[str, list[str]] = field(default_factory=dict)  # source id -> rows on it
    named: bool = True  # whether the figure's data name rows

    @property
    def count(self) -> int:
        return sum(self.grades.values())

    def share(self, grade: str) -> str:
        return f"{100 * self.grades[grade] / self.count:.0f}" if self.count else ""

    def primary(self) -> int:
        """Rows on a source that made the fact itself, as it published it or as a pinned file of it."""
        return self._on(
            lambda item: grades.kind(item) in PRIMARY and grades.passed_on(item) in (None, "pinned")
        )

    def provisional(self) -> int:
        """Rows on a mirror, copy, repost, encyclopaedia, forum or aggregator, or marked: primary not read."""
        marked = _marked()
        return self._on(lambda item: grades.weak(item) or item["id"] in marked)

    def _on(self, which) -> int:
        store = sources.store()
        return sum(len(rows) for source, rows in self.rows.items() if which(store[source]))

    def years(self) -> list[int]:
        """The years in which the sources appeared, one a row."""
        store = sources.store()
        return [
            store[source]["issued"]["date-parts"][0][0]
            for source, rows in self.rows.items()
            if store[source].get("issued")
            for _ in rows
        ]


def of(question: Question, known: dict[str, dict[str, str]] | None = None) -> Basis | None:
    """What a recorded question's lead answer rests on; None while it has no record."""
    try:
        lead = records.read(question.folder).figures[0]
    except (DataError, IndexError):
        return None
    basis = Basis(question.name)
    known = known or _rows()
    for row_id in sorted(_named(question, lead)):
        if row := known.get(row_id):
            basis.rows.setdefault(row["source_id"], []).append(row_id)
            basis.grades[row["quality"]] += 1
    if not basis.rows:
        basis.named = False
        for source in filter(sources.store().__contains__, lead.sources):
            basis.rows[source] = [source]
            basis.grades[grades.proposed(sources.store()[source])] += 1
    return basis


def problems() -> list[str]:
    """Weak sources under a lead answer that no row of data/checks/provisional.csv holds, as sentences."""
    if not _kinds_known():
        return []
    marked = _marked()
    store = sources.store()
    return [
        f"{basis.question}: {rows[0]} under its lead answer rests on {source} ({grades.kind(store[source])},"
        f" {grades.passed_on(store[source]) or 'as published'}); give the primary, or name it in"
        " data/checks/provisional.csv"
        for basis in _all()
        for source, rows in basis.rows.items()
        if grades.weak(store[source]) and source not in marked
    ]


def _marked() -> set[str]:
    return {row["source_id"] for row in extent.rows("checks/provisional")}


def behind() -> set[str]:
    """The sources behind all lead answers."""
    return {source for basis in _all() for source in basis.rows}


def table() -> list[str]:
    """The generated table of the codebook, in Markdown lines."""
    heads = said(
        "| question | rows | grade A, % | grade B, % | grade C, % | primary, % | provisional, % | median"
        " year |"
    )
    lines = [
        heads,
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for basis in _all():
        years = basis.years()
        shares = (f"{100 * part / basis.count:.0f}" for part in (basis.primary(), basis.provisional()))
        count = str(basis.count) if basis.named else said("{n} sources", n=basis.count)
        age = f"{statistics.median(years):.0f}" if years else ""
        cells = [
            basis.question,
            count,
            *map(basis.share, grades.GRADES),
            *shares,
            age,
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def provisional(question: Question) -> str:
    """A mark for the answer in a list of answers: empty where nothing under it is weak."""
    basis = of(question) if _kinds_known() else None
    if basis is None or not basis.provisional():
        return ""
    weak = {"weak": basis.provisional(), "all": basis.count}
    if basis.named:
        return said("Provisional: {weak} of {all} rows stand on a copy whose primary was not read.", **weak)
    return said("Provisional: {weak} of {all} sources stand on a copy whose primary was not read.", **weak)


def _all() -> list[Basis]:
    if not _kinds_known():
        return []
    known = _rows()
    return [basis for question in all_questions() if (basis := of(question, known)) is not None]


def _kinds_known() -> bool:
    """Whether this collection says what its sources are; a part of it need not."""
    return "checks/source_kinds" in tables.names()


def _named(question: Question, lead: dict) -> set[str]:
    """Row ids in the CSV of the lead figure: columns that end in row_id or row_ids."""
    path = paths.figures() / question.name / f"{lead.name}.csv"
    if not path.is_file():
        return set()
    with path.open(encoding="utf-8", newline="") as file:
        return {
            name
            for row in csv.DictReader(file)
            for column, text in row.items()
            if column.endswith(("row_id", "row_ids"))
            for name in (text or "").split(";")
            if name
        }


def _rows() -> dict[str, dict[str, str]]:
    """The rows that a lead answer may rest on, by their ids; read once while no table changes."""
    return _read(paths.data(), tables.digest(paths.data() / "datapackage.json"))


@functools.lru_cache(maxsize=1)
def _read(folder: Path, sealed: str) -> dict[str, dict[str, str]]:
    return {
        row["row_id"]: row
        for name in tables.names()
        for row in extent.rows(name)
        if row.get("source_id") and row.get("quality") and row["evidence"] != "seed"
    }
