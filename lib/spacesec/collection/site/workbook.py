"""A table as an Excel workbook that explains itself: what it is, the rows with their types, the sources they
rest on.
"""

import io
from datetime import datetime

from spacesec.collection.exports import workbooks
from spacesec.collection.exports.workbooks import WIDEST
from spacesec.collection.site.rows import Row
from spacesec.data import sources, tables
from spacesec.words import language
from spacesec.words.language import SITE, TABLES, said


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
    """The file's bytes, in the language in force: headings, values of which a column allows a few and notes
    are told in it, all else is as the table has it. The same table gives the same bytes.
    """
    buffer = io.BytesIO()
    title, about = (language.known(resource[part], TABLES) for part in ("title", "description"))
    with workbooks.opened(title, about, buffer) as (book, styles):
        _about(book.add_worksheet(said("About", SITE)), resource, len(rows), styles)
        _rows(book.add_worksheet(resource["name"].split("/")[-1][:31]), resource, rows, styles)
        if used := dict.fromkeys(source for row in rows for source in row.sources):
            _sources(book.add_worksheet(said("Sources", SITE)), sorted(used), styles)
    return buffer.getvalue()


def _about(sheet, resource: dict, count: int, styles: dict) -> None:
    terms = licence(resource)
    lines = [
        (said("Table", SITE), resource["name"]),
        (said("What it holds", SITE), language.known(resource["description"], TABLES)),
        (said("Rows", SITE), str(count)),
        (said("Data as of", SITE), tables.package()["as_of"]),
        (said("License", SITE), f"{language.known(terms['title'], TABLES)} ({terms['path']})"),
        (said("How to cite", SITE), citation(resource)),
        (
            said("Facts", SITE),
            said(
                "Cite a fact by its source: source_id and locator in its row, the full reference in the sheet"
                " Sources.",
                SITE,
            ),
        ),
        (
            said("Dates", SITE),
            said(
                "A date is the first day of the period that its precision column names (day, month, year,"
                " fiscal year).",
                SITE,
            ),
        ),
        (said("Empty cells", SITE), said("Not known, or does not apply; never zero.", SITE)),
    ]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, WIDEST)
    sheet.set_column(2, 4, 28)
    sheet.write_string(0, 0, language.known(resource["title"], TABLES), styles["title"])
    for line, (name, text) in enumerate(lines, start=2):
        sheet.write_string(line, 0, name, styles["wrap"])
        sheet.write_string(line, 1, text, styles["wrap"])
    _codebook(sheet, len(lines) + 3, resource, styles)


def _codebook(sheet, first: int, resource: dict, styles: dict) -> None:
    head = (
        *(said("Column", SITE), said("What it says", SITE), said("Type", SITE), said("Unit", SITE)),
        said("Allowed values", SITE),
    )
    for column, name in enumerate(head):
        sheet.write_string(first, column, name, styles["head"])
    for line, field in enumerate(resource["schema"]["fields"], start=first + 1):
        name, allowed = field["name"], field.get("constraints", {}).get("enum", [])
        heading = language.heading(name, resource["name"])
        cells = (
            name if heading == name else f"{heading}（{name}）",
            language.known(field["description"], TABLES),
            language.known(field["type"], SITE),
            language.known(field.get("unit", ""), TABLES),
            ", ".join(language.cell(field, str(value)) for value in allowed),
        )
        for column, text in enumerate(cells):
            sheet.write_string(line, column, text, styles["wrap"])


def _rows(sheet, resource: dict, rows: list[Row], styles: dict) -> None:
    fields = resource["schema"]["fields"]
    for column, field in enumerate(fields):
        name, kind = language.heading(field["name"], resource["name"]), field["type"]
        told = {row.place: row.told(field["name"]) for row in rows}
        longest = max(map(len, told.values()), default=0)
        sheet.set_column(column, column, min(max(longest, len(name)) + 2, WIDEST))
        sheet.write_string(0, column, name, styles["head"])
        for line, text in told.items():
            if text:
                _cell(sheet, line, column, text, kind, styles)
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
    head = (language.heading("source_id"), said("reference", SITE), said("address", SITE))
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, styles["head"])
    for line, identifier in enumerate(used, start=1):
        for column, text in enumerate(
            (identifier, sources.cite(identifier), sources.get(identifier).get("URL", ""))
        ):
            sheet.write_string(line, column, text, styles["wrap"] if column == 1 else styles["plain"])
