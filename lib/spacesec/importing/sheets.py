"""Tables as grids of cells: sheets of a workbook (XLSX), CSV, and text pasted from a page.

The workbook is read from its own XML: numbers as the digits that stand there, not as binary fractions, in the
form that their format gives them (days, percent, thousands); readings set above words (furigana) left out;
merged cells filled; formulas by the value last shown.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import InvalidOperation
from pathlib import Path
from xml.etree import ElementTree

from spacesec.importing import amounts, decoded, number_formats, packed
from spacesec.importing.found import Unplaced, content, refuse_misread

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_HEAD = re.compile(r"年|予算|要求|決算|補正|増△?減|伸び?率|^合?計$")  # what words of headings hold
_GAP = re.compile(r"\t|[ \u3000]{2,}|\u3000")


@dataclass
class Grid:
    """Cells by (row, column) from 1; ``name`` says where a row stands, as in ``sheet 予算`` or nothing for
    lines; ``merged`` are the cells that a merged one fills.
    """

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: set[tuple[int, int]] = field(default_factory=set)

    def rows(self) -> Iterator[tuple[int, dict[int, str]]]:
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in sorted(self.cells.items()):
            if text.strip():
                found.setdefault(row, {})[column] = text.strip()
        yield from found.items()

    def place(self, row: int, column: int | None = None) -> int | str:
        if not self.name:
            return row
        return f"{self.name}, " + (f"cell {letters(column)}{row}" if column else f"row {row}")


def grids(path: Path) -> list[Grid]:
    """The tables of a file; raises Unplaced for one that is none."""
    held = content(path)
    if held.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unplaced(path, None, None, "it is a workbook of the old form or is locked; save it as .xlsx")
    if held.startswith(b"PK"):
        return _workbook(path)
    whole, _ = decoded.text(path)
    records = list(decoded.records(path, whole))
    if path.suffix.lower() == ".csv" or sum(len(cells) > 1 for _, cells in records) > len(records) / 2:
        pasted = [(line, cells) for line, cells in records]
        if max((len(cells) for _, cells in pasted), default=0) > 1 and not _grouped(whole, path):
            return [_grid(pasted)]
    return [_grid([(line, _split(text)) for line, text in enumerate(whole.split("\n"), 1) if text.strip()])]


def _grouped(whole: str, path: Path) -> bool:
    """Whether the commas of a text are those of thousands, not of columns."""
    return path.suffix.lower() != ".csv" and "\t" not in whole and ";" not in whole


def _split(line: str) -> list[str]:
    if "\t" in line:
        return line.split("\t")
    parts = [part for part in _GAP.split(line.strip()) if part]
    if len(parts) == 1 and sum(bool(_HEAD.search(word)) for word in parts[0].split(" ")) > 1:
        return parts[0].split(" ")
    # A page's text has one space between amounts: the last words that are amounts are cells of their own.
    tail: list[str] = []
    head = parts[-1].split(" ") if len(parts) == 1 else []
    while len(head) > 1 and re.fullmatch(r"[\d０-９,，.．△▲−－\-()（）%％+*※…―－注]+[^\W\d_]{0,3}", head[-1]):
        tail.insert(0, head.pop())
    return [" ".join(head), *tail] if tail else parts


def _grid(records: list[tuple[int, list[str]]]) -> Grid:
    grid = Grid("")
    for line, cells in records:
        grid.cells |= {(line, column): cell for column, cell in enumerate(cells, 1) if cell.strip()}
    return grid


# --- XLSX


@dataclass(frozen=True)
class Workbook:
    """What the sheets of a workbook share: strings by number, formats by that of a style, the first day."""

    path: Path
    strings: list[str]
    formats: list[str]
    first_day: date


def _workbook(path: Path) -> list[Grid]:
    try:
        with zipfile.ZipFile(path) as file:
            parts = {
                name.lower(): packed.part(path, file, name)
                for name in file.namelist()
                if name.lower().endswith((".xml", ".rels"))
            }
    except packed.DAMAGED as error:
        raise Unplaced(path, None, None, f"it is a damaged workbook ({error}); download it again") from None
    if "xl/workbook.xml" not in parts:
        raise Unplaced(
            path, None, None, "it is packed, but no workbook (.xlsx); save the table as .xlsx or CSV"
        )
    book = parts["xl/workbook.xml"]
    told = book.find("m:workbookPr", NAMES)
    old = told is not None and told.get("date1904") in ("1", "true")
    shared = Workbook(
        path,
        [_words(one) for one in parts.get("xl/sharedstrings.xml", ())],
        _formats(parts.get("xl/styles.xml")),
        number_formats.FIRST_DAY_1904 if old else number_formats.FIRST_DAY,
    )
    links = {one.get("Id"): one.get("Target") for one in parts.get("xl/_rels/workbook.xml.rels", ())}
    found = []
    for sheet in book.iter(f"{{{NAMES['m']}}}sheet"):
        target = (links.get(sheet.get(LINKS)) or "").lower().removeprefix("/xl/").removeprefix("xl/")
        if f"xl/{target}" in parts and sheet.get("state", "visible") == "visible":
            found.append(_sheet(shared, f"sheet {sheet.get('name')}", parts[f"xl/{target}"]))
    return found


def _formats(styles: ElementTree.Element | None) -> list[str]:
    """The format of numbers of every style of cells."""
    if styles is None:
        return []
    own = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in styles.iterfind("m:numFmts/m:numFmt", NAMES)
    }
    numbers = [int(one.get("numFmtId", "0")) for one in styles.iterfind("m:cellXfs/m:xf", NAMES)]
    return [own.get(number) or number_formats.BUILT_IN.get(number, "General") for number in numbers]


def _words(text: ElementTree.Element) -> str:
    """The words of a string with its runs, without the readings above them."""
    return "".join(one.text or "" for one in (*text.findall("m:t", NAMES), *text.findall("m:r/m:t", NAMES)))


def _sheet(book: Workbook, name: str, sheet: ElementTree.Element) -> Grid:
    grid, row = Grid(name), 0
    for line in sheet.iterfind("m:sheetData/m:row", NAMES):
        row, column = _reference(book.path, f"A{line.get('r', row + 1)}")[0], 0
        for cell in line.iterfind("m:c", NAMES):
            # A writer may leave out where a cell stands: then it follows the one before.
            row, column = _reference(book.path, cell.get("r", f"{letters(column + 1)}{row}"))
            text = _text(book, grid.place(row, column), cell)
            if text is not None:
                grid.cells[row, column] = text
    for one in sheet.iterfind("m:mergeCells/m:mergeCell", NAMES):
        first, _, last = one.get("ref", "").partition(":")
        (top, left), (bottom, right) = _reference(book.path, first), _reference(book.path, last or first)
        if (top, left) in grid.cells and (bottom - top) * (right - left) < 10_000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        grid.cells[row, column] = grid.cells[top, left]
                        grid.merged.add((row, column))
    return grid


def _text(book: Workbook, place: str, cell: ElementTree.Element) -> str | None:
    """The text of a cell, None for an empty one."""
    value, kind = cell.find("m:v", NAMES), cell.get("t", "n")
    if kind == "inlineStr" and (inline := cell.find("m:is", NAMES)) is not None:
        text = _words(inline)
    elif value is not None and value.text is not None:
        text = _shown(book, place, cell, value.text)
    elif cell.find("m:f", NAMES) is not None and kind != "str":
        raise Unplaced(book.path, place, None, "a formula was never computed; open and save the workbook")
    else:
        return None
    refuse_misread(book.path, place, text)
    return text


def _shown(book: Workbook, place: str, cell: ElementTree.Element, text: str) -> str:
    """What a cell holds: a shared string, a truth, a number in its format, or the text itself."""
    kind, style = cell.get("t", "n"), int(cell.get("s", "0"))
    try:
        if kind == "s":
            return book.strings[int(text)]
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind == "d":
            return text.removesuffix("Z").removesuffix("T00:00:00")
        if kind != "n":
            return text
        code = book.formats[style] if book.formats else "General"
        return number_formats.shown(amounts.kept(text), code, book.first_day)
    except (ValueError, IndexError, InvalidOperation):
        why = "this cell of the workbook is damaged; open it in a spreadsheet and save it anew"
        raise Unplaced(book.path, place, text, why) from None


def _reference(path: Path, text: str) -> tuple[int, int]:
    try:
        return reference(text)
    except TypeError:
        why = "the workbook names a cell that is none; open it in a spreadsheet and save it anew"
        raise Unplaced(path, None, text, why) from None


def reference(text: str) -> tuple[int, int]:
    """Row and column of ``B3``."""
    found = re.fullmatch(r"([A-Z]{1,3})(\d+)", text)
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def letters(column: int) -> str:
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
