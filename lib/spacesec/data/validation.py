"""Checks of the tables: one sentence a fault, naming file, row and column.

frictionless holds each file against its schema (labels, types, constraints, primary and foreign keys); what
it does not know is
checked here: identifiers unique over the whole collection, duplicate facts, sources, conflicts, units, sealed
hashes.
"""

import codecs
import csv
import json
import re
from collections import Counter
from pathlib import Path

from spacesec.data import (
    cells,
    contradictions,
    extent,
    freshness,
    frozen,
    grades,
    locators,
    orders,
    owed,
    passages,
    redundancy,
    repeats,
    scales,
    sources,
    tables,
    totals,
)
from spacesec.errors import sentence
from spacesec.machine import lean, paths

# What is held against each other once every table is in order by itself: one idea a module.
AGAINST_EACH_OTHER = (
    contradictions,
    totals,
    orders,
    scales,
    redundancy,
    repeats,
    grades,
    locators,
    passages,
    owed,
    frozen,
    freshness,
)
# Rows alike in all other columns say the same thing twice; two sources of one fact are two rows.
PROVENANCE = repeats.PROVENANCE - {"source_id"}
_README = re.compile(r"README(\.[a-z]{2})?\.md")
UNIT_ENDINGS = (
    "_bn_jpy",
    "_jpy",
    "_usd",
    "_musd",
    "_km",
    "_deg",
    "_minutes",
    "_s",
    "_kg",
    "_percent",
    "_m",
    "_hours",
    "_gbps",
    "_mbps",
    "_days",
)


def problems(resource: dict) -> list[str]:
    """What is wrong with one resource's file, as sentences; an empty list when nothing is."""
    path, shown = paths.data() / resource["path"], f"data/{resource['path']}"
    if not path.is_file():
        return [f"{shown} is missing; restore it (git checkout {shown})"]
    if resource["name"] == "sources":
        return sources.problems()
    if "schema" not in resource:
        return []
    faults = _header(resource, path, shown) or _frictionless(resource, path, shown)
    if not faults:
        rows = tables.raw_rows(path)
        faults = [
            *_other_forms(resource, rows, shown),
            *_duplicates(rows, shown),
            *_also_sources(rows, shown),
            *_units(resource, shown),
            *_patterns(resource),
        ]
    return [sentence(fault) for fault in faults]


def unsealed(resource: dict) -> list[str]:
    """Why a resource's file may not be used, as sentences: its faults, or that it is not the sealed one."""
    found = problems(resource)
    if not found and tables.digest(paths.data() / resource["path"]) != resource.get("hash"):
        found = [
            f"data/{resource['path']} differs from the file that was sealed; run `spacesec seal` if the"
            " change is meant"
        ]
    return found


def check() -> list[str]:
    """Every fault in ``data/``: tables, their hashes, identifiers across tables, the source store,
    conflicts.
    """
    resources = tables.package()["resources"]
    # What is no table comes first, and alone where it is broken: the rest is held against it.
    faults = [fault for one in resources if "schema" not in one for fault in unsealed(one)]
    faults = faults or [fault for one in resources if "schema" in one for fault in unsealed(one)]
    listed = {r["path"] for r in resources} | {"datapackage.json"}
    for path in sorted(paths.data().rglob("*")):
        own = path.relative_to(paths.data())
        name, hidden = own.as_posix(), any(part.startswith(".") for part in own.parts)  # such as checkpoints
        if path.is_file() and name not in listed and not hidden and not _README.fullmatch(path.name):
            faults.append(f"data/{name} is not listed in data/datapackage.json; list it or remove it")
    if faults:
        return faults
    return _identifiers(resources) or held()


def held() -> list[str]:
    """What tables that are in order by themselves say against each other; the declarations of data/checks
    first, since nothing is held by a broken one. A collection without them holds nothing.
    """
    faults = _conflicts()
    if "checks/columns" not in tables.names():
        return faults
    faults += _declared()
    return faults or [fault for module in AGAINST_EACH_OTHER for fault in module.problems()]


def seal() -> list[str]:
    """Record the hash and size of every resource whose file changed and holds no fault, after freezing the
    new rows of frozen tables; returns the faults of the others.
    """
    from spacesec.machine.files import write_text

    package = json.loads(json.dumps(tables.package()))
    faults = []
    # What is no table comes first and is written at once: a new row may name a new source.
    for kind in (False, True):
        if faults:  # no table can be held against a broken store of sources
            break
        if kind and frozen.LINES in tables.names() and not any(map(problems, frozen.resources())):
            frozen.freeze()
        for resource in (r for r in package["resources"] if ("schema" in r) == kind):
            path = paths.data() / resource["path"]
            if path.is_file() and tables.digest(path) == resource.get("hash"):
                continue
            found = problems(resource)
            faults += found
            if not found:
                resource |= {"hash": tables.digest(path), "bytes": path.stat().st_size}
        write_text(
            paths.data() / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n"
        )
    return faults


def _as_saved(content: bytes, rows: list[list[str]], shown: str) -> str:
    """How a spreadsheet saved a table that is otherwise none, and how to save it; empty where it did not."""
    if content.startswith(codecs.BOM_UTF8):
        return f"{shown} begins with a byte order mark; save it as UTF-8 without one"
    for sign, words in ((";", "semicolons"), ("\t", "tabs")):
        if len(rows[0]) == 1 and sign in rows[0][0]:
            return f"{shown} is divided by {words}; save it divided by commas"
    if b"\r" in content:
        return f"{shown} has other line ends than line feeds; save it with the line ends of Unix"
    if "" in rows[0]:
        return f"{shown} has a column without a name, the {rows[0].index('') + 1}th; remove it"
    empty = (number for number, row in enumerate(rows, start=1) if not any(row))
    if blank := next(empty, None):
        return f"{shown}, line {blank}: the row is empty; remove it"
    return ""


def _header(resource: dict, path: Path, shown: str) -> list[str]:
    """Missing, unknown or misplaced columns, by name: frictionless compares labels by place and would blame
    the neighbours.
    """
    try:
        content = path.read_bytes()
        rows = list(csv.reader(content.decode("utf-8").splitlines(keepends=True)))
    except OSError as error:
        return [f"{shown} cannot be read ({error.strerror}); restore it or mend its permissions"]
    except UnicodeDecodeError:
        return [f"{shown} is not UTF-8 text; save it as UTF-8"]
    except csv.Error as error:
        return [f"{shown} does not read as CSV ({error}); restore it from the repository"]
    wanted = [field["name"] for field in resource["schema"]["fields"]]
    if not rows:
        return [f"{shown} is empty; restore it from the repository"]
    if fault := _as_saved(content, rows, shown):
        return [fault]
    found = rows[0]
    if missing := [name for name in wanted if name not in found]:
        return [
            f"{shown} lacks the column {', '.join(missing)}; restore it as data/datapackage.json describes it"
        ]
    if unknown := [name for name in found if name not in wanted]:
        return [
            f"{shown} has the unknown column {', '.join(unknown)}; describe it in data/datapackage.json or"
            " remove it"
        ]
    return (
        []
        if found == wanted
        else [f"{shown} has its columns in another order than data/datapackage.json; put them back"]
    )


def _frictionless(resource: dict, path: Path, shown: str) -> list[str]:
    lean.imports()
    from frictionless import FrictionlessException, Package, Resource, Schema, system

    schema = json.loads(json.dumps(resource["schema"]))
    schema.pop("$schema", None)
    lookups = {key["reference"]["resource"] for key in schema.get("foreignKeys", [])} - {""}
    cells = (value for row in tables.raw_rows(path) for value in row.values())
    named = {value for value in cells if isinstance(value, str)}
    others = [Resource(name=name, data=_lookup(name, named)) for name in sorted(lookups)]
    try:
        with system.use_context(trusted=True):
            table = Resource(
                name=resource["name"],
                path=str(path),
                format="csv",
                encoding="utf-8",
                schema=Schema.from_descriptor(schema),
            )
            Package(resources=[table, *others])
            report = table.validate()
    except FrictionlessException as error:
        return [f"{shown} cannot be checked: {error.error.note}; mend its schema in data/datapackage.json"]
    fields = {field["name"]: field for field in schema["fields"]}
    return [_sentence(error, fields, shown) for task in report.tasks for error in task.errors]


def _sentence(error, fields: dict[str, dict], shown: str) -> str:
    place = f"{shown}, line {error.row_number}" if getattr(error, "row_number", None) else shown
    if column := getattr(error, "field_name", None) or getattr(error, "label", None):
        place = f"{place}, column {column}"
    note = error.note.rstrip(".")
    told = (
        cells.fault(fields[column], error.cell or "") if column in fields and hasattr(error, "cell") else ""
    )
    if told and error.type in ("type-error", "constraint-error"):
        return f"{place}: {told}"
    texts = {
        "primary-key": f"{place}: the row is there twice ({note}); remove one",
        "foreign-key": f"{place}: {note}; name one that exists or add it to the store",
    }
    return texts.get(error.type, f"{place}: {note}; mend the value")


def _lookup(name: str, named: set[str]) -> list[dict]:
    """What a foreign key may name, as far as a table names it: reading every source for each table takes its
    time.
    """
    if name == "sources":
        known = sources.store()
        return [{"id": one} for one in known if one in named] or [{"id": one} for one in known]
    return tables.raw_rows(paths.data() / tables.describe(name)["path"])


def _other_forms(resource: dict, rows: list[dict[str, str]], shown: str) -> list[str]:
    """Numbers, days and truth values in forms that some programs read and others do not: full-width digits,
    ``1_000``, ``nan``, ``TRUE``.
    """
    fields = [field for field in resource["schema"]["fields"] if field["type"] not in ("string", "any")]
    return [
        f"{shown}, line {number}, column {field['name']}: {told}"
        for number, row in enumerate(rows, start=2)
        for field in fields
        if (told := cells.fault(field, row[field["name"]]))
    ]


def _patterns(resource: dict) -> list[str]:
    """Patterns that hold only the beginning or the end of a cell: an alternative outside all brackets."""
    found = []
    for field in resource["schema"]["fields"]:
        plain = re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", field.get("constraints", {}).get("pattern", ""))
        while (outer := re.sub(r"\([^()]*\)", "", plain)) != plain:
            plain = outer
        if "|" in plain:
            name, table = field["name"], resource["name"]
            found.append(
                f"data/datapackage.json: the pattern of {name} in {table} has an alternative outside"
                " brackets, which some programs hold for a part of a cell; write (?:…) around it"
            )
    return found


def _duplicates(rows: list[dict[str, str]], shown: str) -> list[str]:
    facts = Counter()
    faults = []
    for line, row in enumerate(rows, start=2):
        fact = tuple(value for column, value in row.items() if column not in PROVENANCE)
        facts[fact] += 1
        if facts[fact] == 2:
            faults.append(
                f"{shown}, line {line}: {row.get('row_id', 'the row')} repeats an earlier row in every fact;"
                " remove one of them"
            )
    return faults


def _also_sources(rows: list[dict[str, str]], shown: str) -> list[str]:
    known = sources.store()
    return [
        f"{shown}, line {line}, column also_source_ids: {name!r} is no id in data/sources.json; add the"
        " source or drop the id"
        for line, row in enumerate(rows, start=2)
        for name in (row.get("also_source_ids") or "").split(";")
        if name and name not in known
    ] + [
        f"{shown}, line {line}, column also_source_ids: {name!r} counts as a further source and is named"
        " already; drop it"
        for line, row in enumerate(rows, start=2)
        for name, times in Counter(_named_sources(row)).items()
        if times > 1
    ]


def _named_sources(row: dict[str, str]) -> list[str]:
    return [name for name in (row.get("source_id"), *(row.get("also_source_ids") or "").split(";")) if name]


def _units(resource: dict, shown: str) -> list[str]:
    return [
        f"{shown}, column {field['name']}: its name ends in a unit that data/datapackage.json does not state;"
        " add `unit`"
        for field in resource["schema"]["fields"]
        if field["name"].endswith(UNIT_ENDINGS)
        and not field.get("unit")
        and field["type"] in ("number", "integer")
    ]


def _identifiers(resources: list[dict]) -> list[str]:
    owner: dict[str, str] = {}
    faults = []
    for resource in resources:
        if "row_id" not in [f["name"] for f in resource.get("schema", {}).get("fields", [])]:
            continue
        for row in tables.raw_rows(paths.data() / resource["path"]):
            first = owner.setdefault(row["row_id"], resource["path"])
            if first != resource["path"]:
                faults.append(
                    f"row_id {row['row_id']} stands in data/{first} and in data/{resource['path']};"
                    " rename one"
                )
    return faults


def _declared() -> list[str]:
    """Rows of data/checks that name a table, a column or a row that does not exist: nothing would be held
    then.
    """
    faults, present = [], [name for name in tables.names() if name.startswith("checks/") or name == "gaps"]
    known = {row["row_id"] for name in tables.names() for row in extent.rows(name) if "row_id" in row}
    columns = {
        name: {f["name"] for f in tables.describe(name)["schema"]["fields"]} for name in tables.names()
    }
    for name in present:
        for row in extent.rows(name):
            for field, text in row.items():
                faults += [
                    f"data/{name}.csv: {field} names {wrong}, which does not exist; mend it"
                    for wrong in _unknown(field, text, row, known, columns)
                ]
    return faults


def _unknown(
    field: str, text: str, row: dict[str, str], known: set[str], columns: dict[str, set[str]]
) -> list[str]:
    """What a cell of data/checks names and nothing has."""
    if not text:
        return []
    if field in ("table", "parts_table"):
        return [text] if text not in columns else []
    if field in ("column", "precision_column", "time_column") and row.get("table") in columns:
        return [f"{row['table']}.{name}" for name in text.split("+") if name not in columns[row["table"]]]
    if field in ("where", "closed_by") and row.get("table") in columns:
        named = (part.partition("=")[0].removesuffix("!") for part in text.split(";"))
        return [f"{row['table']}.{name}" for name in named if name not in columns[row["table"]]]
    if field in ("side", "other") and row.get("table") in columns:
        return orders.unknown(text, row["table"], columns)
    if field in ("row", "row_ids"):
        return [name for name in text.split(";") if name not in known]
    return [text] if field == "source_id" and text not in sources.store() else []


def _conflicts() -> list[str]:
    faults = []
    for conflict in extent.rows("conflicts"):
        names = conflict["table"].split(";")
        if unknown := [name for name in names if name not in tables.names()]:
            faults.append(
                f"data/conflicts.csv: {conflict['conflict_id']} names the table {unknown[0]}, which does not"
                " exist; name one that data/datapackage.json lists"
            )
            continue
        rows = {row["row_id"]: row for name in names for row in extent.rows(name)}
        known = set(rows)
        named = {*conflict["row_ids"].split(";"), *filter(None, [conflict["decided_row_id"]])}
        if conflict["decided_row_id"] not in {"", *conflict["row_ids"].split(";")}:
            faults.append(
                f"data/conflicts.csv: {conflict['conflict_id']} is decided by {conflict['decided_row_id']},"
                " which is none of its rows; name it among them"
            )
        faults += [
            f"data/conflicts.csv: {conflict['conflict_id']} names the row {row}, which"
            f" {', '.join(f'data/{name}.csv' for name in names)} does not have"
            for row in sorted(named - known)
        ]
        decided = rows.get(conflict["decided_row_id"], {}).get("cospar_id")
        faults += [
            f"data/conflicts.csv: {conflict['conflict_id']} sets aside {row}, which is another object than"
            f" {conflict['decided_row_id']}; name only rows that tell the same one"
            for row in sorted(named & known)
            if decided and rows[row].get("cospar_id") not in {None, "", decided}
        ]
    return faults
