"""Tables as grids of cells: sheets of a workbook (XLSX), CSV, and text pasted from a page.

The workbook is read from its own XML: numbers as the digits that stand there, not as binary fractions;
readings set above words (furigana) left out; merged cells filled; formulas by the value last shown.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import InvalidOperation
from pathlib import Path
from xml.etree import ElementTree

from spacesec.importing import amounts, decoded
from spacesec.importing.found import Unplaced, content

NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MOST_XML = 100_000_000  # bytes of a part when unpacked
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


def _workbook(path: Path) -> list[Grid]:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = {
                name: _part(path, packed, name)
                for name in packed.namelist()
                if name.endswith((".xml", ".rels"))
            }
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise Unplaced(path, None, None, f"it is a damaged workbook ({error}); download it again") from None
    if "xl/workbook.xml" not in parts:
        raise Unplaced(
            path, None, None, "it is packed, but no workbook (.xlsx); save the table as .xlsx or CSV"
        )
    strings = (
        [_words(one) for one in parts["xl/sharedStrings.xml"].findall("m:si", NAMES)]
        if ("xl/sharedStrings.xml" in parts)
        else []
    )
    links = {one.get("Id"): one.get("Target") for one in parts.get("xl/_rels/workbook.xml.rels", ())}
    found = []
    for sheet in parts["xl/workbook.xml"].iter(f"{{{NAMES['m']}}}sheet"):
        target = (links.get(sheet.get(LINKS)) or "").removeprefix("/xl/").removeprefix("xl/")
        if f"xl/{target}" in parts and sheet.get("state", "visible") == "visible":
            found.append(_sheet(path, f"sheet {sheet.get('name')}", parts[f"xl/{target}"], strings))
    return found


def _part(path: Path, packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if packed.getinfo(name).file_size > MOST_XML:
        raise Unplaced(path, None, name, "this part of the workbook is too large; save the one sheet as CSV")
    try:
        text = packed.read(name)
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise Unplaced(path, None, name, "a workbook declares no entities; get it from its publisher")
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:
        raise Unplaced(path, None, name, f"this part of the workbook is damaged ({error})") from None


def _words(text: ElementTree.Element) -> str:
    """The words of a string with its runs, without the readings above them."""
    return "".join(one.text or "" for one in (*text.findall("m:t", NAMES), *text.findall("m:r/m:t", NAMES)))


def _sheet(path: Path, name: str, sheet: ElementTree.Element, strings: list[str]) -> Grid:
    grid = Grid(name)
    for cell in sheet.iter(f"{{{NAMES['m']}}}c"):
        row, column = _reference(path, cell.get("r", "A1"))
        value = cell.find("m:v", NAMES)
        kind = cell.get("t", "n")
        if kind == "inlineStr" and (inline := cell.find("m:is", NAMES)) is not None:
            grid.cells[row, column] = _words(inline)
        elif value is None or value.text is None:
            if cell.find("m:f", NAMES) is not None:
                raise Unplaced(
                    path,
                    grid.place(row, column),
                    None,
                    "a formula was never computed; open and save the workbook",
                )
        else:
            grid.cells[row, column] = _shown(path, grid.place(row, column), kind, value.text, strings)
    for one in sheet.iter(f"{{{NAMES['m']}}}mergeCell"):
        first, _, last = one.get("ref", "").partition(":")
        (top, left), (bottom, right) = _reference(path, first), _reference(path, last or first)
        if (top, left) in grid.cells and (bottom - top) * (right - left) < 10_000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        grid.cells[row, column] = grid.cells[top, left]
                        grid.merged.add((row, column))
    return grid


def _shown(path: Path, place: str, kind: str, text: str, strings: list[str]) -> str:
    """What a cell of that kind holds: a shared string, a truth, a number, or the text itself."""
    try:
        if kind == "s":
            return strings[int(text)]
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        return amounts.written(amounts.kept(text)) if kind == "n" else text
    except (ValueError, IndexError, InvalidOperation):
        why = "this cell of the workbook is damaged; open it in a spreadsheet and save it anew"
        raise Unplaced(path, place, text, why) from None


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
