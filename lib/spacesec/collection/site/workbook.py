"""A table as an Excel workbook that explains itself: what it is, the rows with their types, the sources they
rest on.
"""

import io
from datetime import datetime

from spacesec.collection.exports import workbooks
from spacesec.collection.exports.workbooks import WIDEST
from spacesec.collection.site.rows import Row
from spacesec.data import sources, tables


def citation(resource: dict) -> str:
    """How to cite one table."""
    package = tables.package()
    return (
        f"{package['title']}. Table “{resource['title']}” ({resource['name']}), version {package['version']},"
        f" data as of {package['as_of']}. {licence(resource)['name']}."
    )


def licence(resource: dict) -> dict:
    return (resource.get("licenses") or tables.package()["licenses"])[0]


def workbook(resource: dict, rows: list[Row]) -> bytes:
    """The file's bytes; the same table gives the same bytes."""
    buffer = io.BytesIO()
    with workbooks.opened(resource["title"], resource["description"], buffer) as (book, styles):
        _about(book.add_worksheet("About"), resource, len(rows), styles)
        _rows(
            book.add_worksheet(resource["name"].split("/")[-1][:31]),
            resource["schema"]["fields"],
            rows,
            styles,
        )
        if used := dict.fromkeys(source for row in rows for source in row.sources):
            _sources(book.add_worksheet("Sources"), sorted(used), styles)
    return buffer.getvalue()


def _about(sheet, resource: dict, count: int, styles: dict) -> None:
    said = [
        ("Table", resource["name"]),
        ("What it holds", resource["description"]),
        ("Rows", str(count)),
        ("Data as of", tables.package()["as_of"]),
        ("Licence", f"{licence(resource)['title']} ({licence(resource)['path']})"),
        ("How to cite", citation(resource)),
        (
            "Facts",
            (
                "Cite a fact by its source: source_id and locator in its row, the full reference in the sheet"
                " Sources."
            ),
        ),
        (
            "Dates",
            (
                "A date is the first day of the period that its precision column names (day, month, year,"
                " fiscal year)."
            ),
        ),
        ("Empty cells", "Not known, or does not apply; never zero."),
    ]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDEST)
    sheet.set_column(2, 4, 28)
    sheet.write_string(0, 0, resource["title"], styles["title"])
    for line, (name, text) in enumerate(said, start=2):
        sheet.write_string(line, 0, name, styles["wrap"])
        sheet.write_string(line, 1, text, styles["wrap"])
    first = len(said) + 3
    for column, name in enumerate(("Column", "What it says", "Type", "Unit", "Allowed values")):
        sheet.write_string(first, column, name, styles["head"])
    for line, field in enumerate(resource["schema"]["fields"], start=first + 1):
        allowed = ", ".join(map(str, field.get("constraints", {}).get("enum", [])))
        for column, text in enumerate(
            (field["name"], field["description"], field["type"], field.get("unit", ""), allowed)
        ):
            sheet.write_string(line, column, text, styles["wrap"])


def _rows(sheet, fields: list[dict], rows: list[Row], styles: dict) -> None:
    for column, field in enumerate(fields):
        name, kind = field["name"], field["type"]
        longest = max((len(row.cells[name]) for row in rows), default=0)
        sheet.set_column(column, column, min(max(longest, len(name)) + 2, WIDEST))
        sheet.write_string(0, column, name, styles["head"])
        for row in rows:
            if text := row.cells[name]:
                _cell(sheet, row.place, column, text, kind, styles)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(fields) - 1)


def _cell(sheet, line: int, column: int, text: str, kind: str, styles: dict) -> None:
    if kind in ("integer", "number", "year"):
        workbooks.number(sheet, line, column, text)
    elif kind == "boolean":
        sheet.write_boolean(line, column, text == "true")
    elif kind == "date":
        sheet.write_datetime(line, column, datetime.fromisoformat(text), styles["date"])
    else:
        sheet.write_string(line, column, text)


def _sources(sheet, used: list[str], styles: dict) -> None:
    sheet.set_column(0, 0, 40)
    sheet.set_column(1, 2, WIDEST)
    for column, name in enumerate(("source_id", "reference", "address")):
        sheet.write_string(0, column, name, styles["head"])
    for line, identifier in enumerate(used, start=1):
        for column, text in enumerate(
            (identifier, sources.cite(identifier), sources.get(identifier).get("URL", ""))
        ):
            sheet.write_string(line, column, text, styles["wrap"] if column == 1 else styles["plain"])
