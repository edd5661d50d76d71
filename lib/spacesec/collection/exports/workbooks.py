"""Runs and sweeps as Excel workbooks that explain themselves, and how all workbooks here are written.

A cell holds what the record or the table says: a number only where the workbook keeps all its digits, an
empty cell for null, and text that stays text.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from math import isfinite
from pathlib import Path
from typing import Any

from spacesec import answers
from spacesec.collection.questions import named
from spacesec.data import sources, tables
from spacesec.errors import ParameterError
from spacesec.machine import untrusted
from spacesec.run import records

WIDEST = 60  # characters
# Text is never read as a formula, a number or a link.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")
SWEEP = "sweep.json"


@contextmanager
def opened(title: str, comments: str, buffer: io.BytesIO) -> Iterator[tuple[Any, dict[str, Any]]]:
    """A new workbook and the styles of its cells; the same contents give the same bytes."""
    import xlsxwriter

    created = datetime.fromisoformat(tables.package()["as_of"])
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        book.set_properties({"title": title, "comments": comments, "created": created})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "date": book.add_format({"num_format": "yyyy-mm-dd"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
            "plain": None,
        }
        yield book, styles


class Exact(float):
    """A number that is written into the file with all its digits; the writer would take sixteen."""

    def __format__(self, form: str) -> str:
        short = float.__format__(self, form)
        return short if float(short) == self else repr(float(self))


def number(sheet: Any, line: int, column: int, text: str) -> None:
    """A number, or its text where it has more digits than a spreadsheet keeps."""
    kept = Exact(text)
    exact = isfinite(kept) and Decimal(repr(float(kept))) == Decimal(text)
    sheet.write_number(line, column, kept) if exact else sheet.write_string(line, column, text)


def value(sheet: Any, line: int, column: int, given: Any, style: Any = None) -> None:
    """What JSON holds: null as an empty cell, a list or a mapping as its text."""
    if given is None:
        return
    if isinstance(given, bool):
        sheet.write_boolean(line, column, given)
    elif isinstance(given, (int, float, Decimal)):
        number(sheet, line, column, str(given))
    else:
        text = given if isinstance(given, str) else json.dumps(given, ensure_ascii=False)
        sheet.write_string(line, column, text, style)


def table(book: Any, styles: Mapping, name: str, head: Sequence[str], rows: Iterable[Sequence]) -> None:
    """A sheet with a head and rows of values."""
    sheet, kept = book.add_worksheet(name), list(rows)
    for column, words in enumerate(head):
        longest = max((len(str(row[column])) for row in kept), default=0)
        sheet.set_column(column, column, min(max(longest, len(words)) + 2, WIDEST))
        sheet.write_string(0, column, words, styles["head"])
        for line, row in enumerate(kept, start=1):
            value(sheet, line, column, row[column], styles["wrap"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(kept), len(head) - 1)


def of_folder(folder: Path) -> bytes:
    """The workbook of a run's folder or of a sweep's. Raises ParameterError for a folder that is neither,
    DataError for a broken record.
    """
    if (folder / SWEEP).is_file():
        return _of_sweep(folder)
    if (folder / records.NAME).is_file():
        return _of_run(records.read(folder))
    raise ParameterError(f"{folder} holds no run and no sweep; name the folder that one was written to.")


def _of_run(record: records.Record) -> bytes:
    buffer = io.BytesIO()
    with opened(record.question, record.notebook, buffer) as (book, styles):
        _about(book, styles, record.question, record.notebook, record.answer)
        table(book, styles, "Results", ("result", "value"), _spread(record.results).items())
        parameters = _parameters(record.notebook, record.parameters)
        table(book, styles, "Parameters", ("parameter", "value"), record.parameters.items())
        said = [
            (c.what, c.ours, c.published, c.tolerance, c.unit, c.source_id, c.locator) for c in record.checks
        ]
        head = ("check", "computed", "published", "tolerance", "unit", "source_id", "locator")
        table(book, styles, "Checks", head, said)
        _codebook(book, styles, [*_results(record, _spread(record.results)), *parameters])
        used = sorted({name for figure in record.figures for name in figure.sources})
        cited = [(name, sources.cite(name), sources.get(name).get("URL")) for name in used]
        table(book, styles, "Sources", ("source_id", "reference", "address"), cited)
    return buffer.getvalue()


def _of_sweep(folder: Path) -> bytes:
    entry = untrusted.parse((folder / SWEEP).read_bytes())
    with (folder / "results.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    (question,) = named([entry["notebook"]])
    record = records.read(question.folder)
    buffer = io.BytesIO()
    with opened(record.question, entry["notebook"], buffer) as (book, styles):
        said = f"{entry['points']} points, of which {entry['failed']} failed; each row is one."
        _about(book, styles, record.question, entry["notebook"], said)
        known = {**_spread(record.results), **record.parameters}
        texts = [isinstance(known.get(name), str) for name in head]
        points = [[text if kept else _read(text) for text, kept in zip(row, texts)] for row in rows]
        table(book, styles, "Points", head, points)
        table(book, styles, "Fixed", ("parameter", "value"), entry["fixed"].items())
        given = {name: None for name in (*entry["varied"], *entry["fixed"])}
        varied = [line for line in _parameters(entry["notebook"], given)]
        results = [name for name in head if name not in entry["varied"]]
        _codebook(book, styles, [*varied, *_results(record, results)])
    return buffer.getvalue()


def _read(text: str) -> Any:
    """A cell of a sweep's table: empty is null, digits are a number, all else is text."""
    return Decimal(text) if NUMBER.fullmatch(text) else text or None


def _spread(results: Mapping[str, records.KeptResult]) -> dict[str, Any]:
    """Each result by its name; one of [median, low, high] in three, one that is empty as null."""
    (row,) = answers.columns([{name: one.value for name, one in results.items()}])
    return row | {name: None for name, one in results.items() if one.value in ({}, [])}


def _results(record: records.Record, names: Iterable[str]) -> Iterator[tuple]:
    """Lines of the codebook: a result's column has the unit and meaning of the result it came from."""
    for name in names:
        own = name.removeprefix("result.")
        known = max((one for one in record.results if f"{own}.".startswith(f"{one}.")), key=len, default="")
        kept = record.results.get(known)
        part = own[len(known) + 1 :] if known else ""
        meaning = kept.meaning if kept else ""
        yield name, "result", kept.unit if kept else "", f"{meaning}: {part}" if part else meaning, ""


def _parameters(question: str, given: Mapping[str, Any]) -> list[tuple]:
    model = named([question])[0].module.Parameters
    return [
        (one["name"], "parameter", one["unit"], one["help"], f"{one['type']}, {one['allowed']}".rstrip(", "))
        for one in model.describe()
        if one["name"] in given
    ]


def _codebook(book: Any, styles: Mapping, lines: Iterable[tuple]) -> None:
    table(book, styles, "Codebook", ("name", "what it is", "unit", "meaning", "takes"), lines)


def _about(book: Any, styles: Mapping, title: str, question: str, said: str) -> None:
    package = tables.package()
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDEST * 2)
    sheet.write_string(0, 0, title, styles["title"])
    lines = {
        "Question": question,
        "What was found": said,
        "Data as of": package["as_of"],
        "License": "; ".join(f"{one['title']} ({one['path']})" for one in package["licenses"]),
        "How to cite": f"{package['title']}, version {package['version']}, {question}.",
        "Empty cells": "No value (null); never zero.",
        "Names with .low and .high": "The ends of an interval; the name alone is its median.",
    }
    for line, (name, text) in enumerate(lines.items(), start=2):
        sheet.write_string(line, 0, name, styles["wrap"])
        sheet.write_string(line, 1, text, styles["wrap"])
