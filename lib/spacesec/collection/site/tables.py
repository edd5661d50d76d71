"""The tables: an index, a page for each with its codebook, all its rows and who reads them, and the files to
take away.
"""

import functools
from collections.abc import Iterator

from spacesec.collection.questions import THEMES
from spacesec.collection.site import programs, words, workbook
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import ABOUT, PLAIN_UNITS, ids, named_rows, records, rows
from spacesec.collection.site.words import counted, noted, said
from spacesec.data import freshness, tables
from spacesec.machine import paths
from spacesec.words import language
from spacesec.words.language import ENGLISH, in_force

GEOGRAPHY, WHOLE = "geography", "collection"
TYPES = [noted("string"), noted("number"), noted("integer"), noted("boolean"), noted("date"), noted("year")]
MOVES = {
    "weekly": noted("the world moves it weekly"),
    "monthly": noted("the world moves it monthly"),
    "quarterly": noted("the world moves it quarterly"),
    "yearly": noted("the world moves it yearly"),
    "once": noted("the world moves it once"),
}
# Columns that stand together at the end of a page's table, whatever their place in the file.
LAST = ("note", "source_id", "evidence", "quality")  # the source with its locator and with who says the same


def pages() -> Iterator[Page | File]:
    """The index of tables, every table's page, every data file as the repository holds it, every table as a
    workbook.
    """
    listed = [tables.describe(name) for name in tables.names()]
    read_by = readers()
    shown = {"groups": _groups(listed), "headings": headings(), "package": tables.package()}
    yield Page("tables/index.html", "tables.html", said("Tables"), shown)
    for resource in listed:
        name, found = resource["name"], rows().tables[resource["name"]]
        book = _book(name, tables.digest(paths.data() / resource["path"]), in_force())
        context = {
            "resource": resource,
            "columns": [(field, _target(resource, field["name"])) for field in _columns(resource)],
            "rows": found,
            "ids": ids,
            "plain_units": PLAIN_UNITS,
            "short": rows().short,
            "questions": read_by.get(resource["path"], []),
            "licence": workbook.licence(resource),
            "citation": workbook.citation(resource),
            "as_of": tables.package()["as_of"],
            "fresh": freshness.of(name),
            "theme": headings()[theme(name)],
            "moves": MOVES,
            "linked": programs.data_set(
                language.known(resource["title"], words.TABLES),
                language.known(resource["description"], words.TABLES),
                "../" * (name.count("/") + 1 + (in_force() != ENGLISH)),
                [f"data/{name}.{kind}" for kind in ("csv", "xlsx", "json")],
            ),
            "sizes": {"csv": (paths.data() / resource["path"]).stat().st_size, "xlsx": len(book)},
        }
        yield Page(
            f"tables/{name}.html",
            "table.html",
            language.known(resource["title"], words.TABLES),
            context,
            "table",
            f"{name} {language.known(resource['description'], words.TABLES)}",
            counted(len(found), "{n} row", "{n} rows"),
        )
        yield File(f"data/{name}.xlsx", book)
        if in_force() == ENGLISH:
            yield File(f"data/{name}.json", programs.table(name), shared=True)
    yield File("data/datapackage.json", paths.data() / "datapackage.json", shared=True)
    for resource in tables.package()["resources"]:
        yield File(f"data/{resource['path']}", tables.sealed_path(resource, note=False), shared=True)


@functools.cache
def _book(name: str, sealed: str, told_in: str) -> bytes:
    """A table's workbook in a language, made once while the table does not change."""
    return workbook.workbook(tables.describe(name), rows().tables[name])


def theme(name: str) -> str:
    """The heading under which a table stands: a theme, or one of the two others."""
    first = name.split("/")[0]
    return first if first in THEMES else GEOGRAPHY if "/" in name else WHOLE


def headings() -> dict[str, str]:
    """The words for the headings, in their order."""
    return {**words.themes(), GEOGRAPHY: said("Geography"), WHOLE: said("The whole collection")}


def readers() -> dict[str, list[tuple[str, str]]]:
    """Data file -> the questions whose recorded run read it, each as its name and its wording."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, run in records().items():
        for path in dict.fromkeys(read.split("#")[0] for read in run.inputs):
            found.setdefault(path.removeprefix("data/"), []).append((name, run.question))
    return found


def _target(resource: dict, column: str):
    """What a column's ids name, as a function from an id to its page; None for a column of plain values."""
    for key in resource["schema"].get("foreignKeys", []):
        reference = key["reference"]
        named = reference["resource"] or resource["name"]
        if (
            key["fields"] == [column]
            and named in tables.names()
            and reference["fields"] == tables.describe(named)["schema"]["primaryKey"]
        ):
            return lambda identifier: f"tables/{named}.html#{identifier}"
    if column in ("claim_id", "claim_ids"):
        return lambda identifier: f"claims/{identifier}.html"
    if named_rows(column) and [column] != resource["schema"]["primaryKey"]:
        return lambda identifier: rows()[identifier].link
    return None


def _columns(resource: dict) -> list[dict]:
    """The fields in the order of the page: the facts, then the note, the source, evidence and quality."""
    key = resource["schema"]["primaryKey"][0]
    fields = {field["name"]: field for field in resource["schema"]["fields"] if field["name"] != key}
    facts = [field for name, field in fields.items() if name not in ABOUT]
    return facts + [fields[name] for name in LAST if name in fields]


def _groups(listed: list[dict]) -> dict[str, list[tuple[dict, int]]]:
    """Tables with their number of rows under the heading of their theme."""
    groups: dict[str, list[tuple[dict, int]]] = {heading: [] for heading in headings()}
    for resource in listed:
        groups[theme(resource["name"])].append((resource, len(rows().tables[resource["name"]])))
    return {heading: found for heading, found in groups.items() if found}
