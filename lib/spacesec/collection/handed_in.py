"""Rows and sources as people hand them in: a CSV file that a spreadsheet may have saved, CSL-JSON.

How the file is written (byte order mark, semicolons, line ends, blank rows and columns) is read as it was
meant; what stands in its cells is never altered.
"""

import csv
import difflib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacesec.errors import ParameterError
from spacesec.importing.found import Row
from spacesec.machine import files, untrusted

SEPARATORS = ",;\t"
MADE = ("row_id", "source_id")  # columns that are filled in where the file lacks them


def rows(path: Path, fields: list[dict[str, Any]]) -> tuple[list[Row], list[str]]:
    """The rows of a CSV file for a table with these fields, and its faults as sentences; columns that the
    file lacks are empty.

    Raises ParameterError for a file that cannot be read as rows of this table at all.
    """
    columns = [field["name"] for field in fields]
    text = _text(path)
    if text.startswith("sep="):  # a spreadsheet's own first line
        text = "\n" + text.partition("\n")[2]
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(
        SEPARATORS, key=lambda one: len(set(next(csv.reader([head], delimiter=one), [])) & {*columns})
    )
    try:
        lines = list(_lines(text, separator))
    except csv.Error as error:
        raise ParameterError(
            f"{path.name} does not read as CSV ({error}); save it anew as CSV UTF-8."
        ) from None
    filled = [(number, cells) for number, cells in lines if any(cell.strip() for cell in cells)]
    if len(filled) < 2:
        raise ParameterError(f"{path.name} has no row below its header; write one, or save the right sheet.")
    header = _header(path.name, filled[0][1], filled[1:], columns)
    needed = [field["name"] for field in fields if field.get("constraints", {}).get("required")]
    if lacking := [name for name in needed if name not in (*header, *MADE)]:
        raise ParameterError(
            f"{path.name} lacks what every row needs: {', '.join(lacking)}; add these columns."
        )
    faults, found = [], []
    for number, cells in filled[1:]:
        place = f"{path.name}, line {number}"
        if beyond := [cell for cell in cells[len(header) :] if cell.strip()]:
            faults.append(
                f"{place}: {beyond[0]!r} stands beyond the last column; put quotation marks around a text"
                " with the separator in it, or remove it"
            )
        named = dict(zip(header, [*cells, *[""] * len(header)]))
        found.append(Row(place, {column: named.get(column, "") for column in columns}))
    return found, faults


def sources(path: Path) -> list[dict[str, Any]]:
    """The CSL-JSON items of a file, one or a list; raises ParameterError for anything else."""
    try:
        found = untrusted.parse(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        return untrusted.shaped(found if isinstance(found, list) else [found], [dict])
    except OSError as error:
        raise ParameterError(
            f"{path.name} cannot be read ({files.reason(error)}); name one that exists."
        ) from None
    except ValueError as error:
        example = json.dumps(
            {"type": "webpage", "title": "…", "author": [{"literal": "…"}], "URL": "…"}, ensure_ascii=False
        )
        raise ParameterError(
            f"{path.name} holds no CSL-JSON ({error}); it takes items such as {example}."
        ) from None


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ParameterError(
            f"{path.name} cannot be read ({files.reason(error)}); name one that exists."
        ) from None
    if content.startswith(b"PK"):
        raise ParameterError(f"{path.name} is a workbook; save the sheet with the rows as CSV UTF-8.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in content:
        raise ParameterError(f"{path.name} is UTF-16 text; save it as CSV UTF-8.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ParameterError(
            f"{path.name} is not UTF-8 text (line {line} is the first that is not); save it as CSV UTF-8."
        ) from None


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _header(
    name: str, header: list[str], below: list[tuple[int, list[str]]], columns: list[str]
) -> list[str]:
    """The columns' names without blank ones at the end; raises ParameterError for one that the
    table has not.
    """
    names = [cell.strip() for cell in header]
    while (
        names
        and not names[-1]
        and not any(cell.strip() for _, cells in below for cell in cells[len(names) - 1 :])
    ):
        names.pop()
    for number, column in enumerate(names, start=1):
        if column not in columns:
            near = difflib.get_close_matches(column.lower(), columns, n=1, cutoff=0.5)
            mend = f"did you mean {near[0]}?" if near else f"the table has {', '.join(columns)}."
            raise ParameterError(f"{name}, line 1: column {number} is called {column!r}; {mend}")
        if column in names[: number - 1]:
            raise ParameterError(f"{name}, line 1: the column {column} stands there twice; remove one.")
    return names
