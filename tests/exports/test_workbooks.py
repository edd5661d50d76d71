"""Runs and sweeps as workbooks: what their sheets hold, read back from the workbook's own XML."""

import html
import io
import json
import re
import zipfile
from decimal import Decimal

import pytest
from tests import tiny
from tests.conftest import QUESTION

from spacesec.collection.exports import workbooks
from spacesec.errors import ParameterError
from spacesec.machine import paths
from spacesec.run import records

pytest.importorskip("xlsxwriter")
FLIGHT = "missile_warning/flight_time"


def cells(content: bytes) -> dict[str, list[list[tuple[str, str]]]]:
    """Sheets by name: rows of (type, text); numbers as the digits that stand there."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        shared = list(map(html.unescape, texts))
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
        found = {}
        for number, name in enumerate(names, start=1):
            xml = book.read(f"xl/worksheets/sheet{number}.xml").decode()
            assert "<f>" not in xml and "<hyperlink" not in xml
            found[name] = [
                [
                    ("s", shared[int(text)]) if kind == "s" else (kind or "n", text)
                    for kind, text in re.findall(r'<c [^>]*?(?:t="(\w+)")?><v>(.*?)</v></c>', row)
                ]
                for row in re.findall(r"<row [^>]*>(.*?)</row>", xml, re.S)
            ]
    return found


def test_a_run_is_told_with_a_codebook_and_its_sources():
    folder = paths.figures() / QUESTION
    sheets, record = cells(workbooks.of_folder(folder)), records.read(folder)
    results = {row[0][1]: row[1] for row in sheets["Results"][1:] if len(row) > 1}
    alone = {name: one.value for name, one in record.results.items() if type(one.value) in (int, float)}
    assert alone and all(results[name] == ("n", results[name][1]) for name in alone)
    assert {name: float(results[name][1]) for name in alone} == alone
    book = {row[0][1]: [text for _, text in row] for row in sheets["Codebook"][1:]}
    for name, one in record.results.items():
        assert one.meaning in book[name] if name in book else f"{name}." in str(book)
    assert set(record.parameters) <= set(book) and len(sheets["Checks"]) == len(record.checks) + 1
    assert sheets["Sources"][1:] and workbooks.of_folder(folder) == workbooks.of_folder(folder)


def swept(folder, head: str, *rows: str):
    entry = {"notebook": FLIGHT, "points": len(rows), "failed": 0, "varied": ["apogee_km"], "fixed": {}}
    (folder / "sweep.json").write_text(json.dumps(entry))
    (folder / "results.csv").write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return cells(workbooks.of_folder(folder))


def test_a_sweeps_cells_are_what_its_table_says(tmp_path):
    digits = "0.12345678901234567890"
    rows = (f"300.0,{digits},=1+1,", "-1e-07,7.5,@SUM(A1),", ',9007199254740993,"[2.0, 6.0]",x')
    sheets = swept(tmp_path, "apogee_km,flight_minutes,unheard,result.apogee_km", *rows)
    first, second, third = sheets["Points"][1:]
    assert first == [("n", "300"), ("s", digits), ("s", "=1+1")]  # no digit is lost, no formula comes alive
    assert Decimal(second[0][1]) == Decimal("-1e-07") and second[1:] == [("n", "7.5"), ("s", "@SUM(A1)")]
    assert third == [("s", "9007199254740993"), ("s", "[2.0, 6.0]"), ("s", "x")]  # null is an empty cell
    book = {row[0][1]: row[1][1] for row in sheets["Codebook"][1:]}
    assert book == {"apogee_km": "parameter"} | dict.fromkeys(
        ("flight_minutes", "unheard", "result.apogee_km"), "result"
    )


def test_another_folder_is_told(tmp_path):
    with pytest.raises(ParameterError, match="holds no run and no sweep; name the folder"):
        workbooks.of_folder(tmp_path)
    assert tiny.SOURCE in str(cells(workbooks.of_folder(paths.figures() / QUESTION))["Sources"])
