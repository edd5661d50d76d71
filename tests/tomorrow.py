"""The collection one period on: a copy whose tables hold a row that nobody knew today, and what its questions
then say.

A row is made from a table's newest one: its dates are moved, its identifiers are new, all else stays, so that
it is as valid as the row it comes from. Which column dates a table stands in ``data/datapackage.json``
(``dated``).
"""

import csv
import functools
import importlib
import json
import multiprocessing
import os
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

from spacesec.machine import lean
from tests.conftest import ROOT

PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {resource["name"]: resource for resource in PACKAGE["resources"]}
DATED = {name: resource["dated"] for name, resource in TABLES.items() if "dated" in resource}
SECOND = "-by-another"  # how the row of a source that disagrees ends, and the entry about it
COUNTS = (
    "objects",
    "payloads",
    "people",
    "nations",
    "minutes_low",
    "total_yes",
)  # integers that are measured
IMPORTED = ("frictionless", "jsonschema", "matplotlib.backends.backend_agg", "pandas", "scipy.stats")
MONTHS = {"month": 1, "quarter": 3}  # how long a period is, by the column's name; a year where none is given


def rows_of(root: Path, table: str) -> list[dict[str, str]]:
    with (root / "data" / TABLES[table]["path"]).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(root: Path, table: str, rows: list[dict[str, str]]) -> None:
    path = root / "data" / TABLES[table]["path"]
    path.unlink()  # the copy shares its files with the checkout
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def later(text: str, periods: int, column: str) -> str:
    """A year, or an ISO date, that many periods on."""
    if not text:
        return text
    if len(text) == 4:
        return str(int(text) + periods)
    year, month, day = map(int, text.split("-"))
    months = (year * 12 + month - 1) + periods * MONTHS.get(column, 12)
    return f"{months // 12:04d}-{months % 12 + 1:02d}-{min(day, 28):02d}"


def next_row(rows: list[dict[str, str]], table: str, periods: int = 1) -> dict[str, str]:
    """The newest row of a table again, with every date and year of it that many periods on and identifiers of
    its own.
    """
    column = DATED[table]
    fields = {field["name"]: field for field in _fields(table)}
    newest = _newest(rows, table)
    moved = {
        name: later(text, periods, column)
        if fields[name]["type"] in ("date", "year") or is_year(name)
        else text
        for name, text in newest.items()
    }
    for name, field in fields.items():
        if field["type"] == "string" and field.get("constraints", {}).get("unique"):
            moved[name] = f"{newest[name]}-tomorrow-{periods}" if len(newest[name]) > 3 else "ZZZ"
    return moved


def _newest(rows: list[dict[str, str]], table: str) -> dict[str, str]:
    return max((row for row in rows if row[DATED[table]]), key=lambda row: row[DATED[table]])


def measure(table: str, row: dict[str, str]) -> str | None:
    """The first column of a row that holds a number which is no date, place or identifier."""
    numbers = [
        field["name"] for field in _fields(table) if field["type"] == "number" or field["name"] in COUNTS
    ]
    return next((name for name in numbers if row[name] and float(row[name])), None)


def one_on(rows: list[dict[str, str]], table: str) -> list[dict[str, str]]:
    """One more row, one period on."""
    return [*rows, next_row(rows, table)]


def five_on(rows: list[dict[str, str]], table: str) -> list[dict[str, str]]:
    """One more row, five periods on."""
    return [*rows, next_row(rows, table, 5)]


def corrected(rows: list[dict[str, str]], table: str) -> list[dict[str, str]]:
    """The newest row with another number, a hundredth larger or by one."""
    newest = _newest(rows, table)
    return [row | _changed(row, table) if row is newest else row for row in rows]


def withdrawn(rows: list[dict[str, str]], table: str) -> list[dict[str, str]]:
    """The newest row that no other row names is gone."""
    gone = _newest(unnamed(rows, table), table)
    return [row for row in rows if row is not gone]


def unnamed(rows: list[dict[str, str]], table: str) -> list[dict[str, str]]:
    """The dated rows that no cell of any table names."""
    return [row for row in rows if row[DATED[table]] and _named()[row["row_id"]] == 1]  # by itself


@functools.cache
def _named() -> Counter[str]:
    """How often an identifier stands in the cells of all tables."""
    return Counter(
        part.rpartition(":")[2]
        for name, resource in TABLES.items()
        if "schema" in resource
        for row in rows_of(ROOT, name)
        for text in row.values()
        for part in text.split(";")
    )


def disputed(rows: list[dict[str, str]], table: str) -> list[dict[str, str]]:
    """A second source gives another number for what the newest row tells."""
    newest = _newest(rows, table)
    other = next(
        (row["source_id"] for row in reversed(rows) if row["source_id"] != newest["source_id"]),
        newest["source_id"],
    )
    return [
        *rows,
        newest | _changed(newest, table) | {"row_id": newest["row_id"] + SECOND, "source_id": other},
    ]


def able(change, table: str) -> bool:
    """Whether a table has a row that can be changed so."""
    rows = rows_of(ROOT, table)
    if change not in (one_on, five_on) and any(field.get("frozen") for field in _fields(table)):
        return False  # nobody may
    if change is withdrawn:
        return bool(unnamed(rows, table))
    names_once = sum(bool(field.get("constraints", {}).get("unique")) for field in _fields(table)) > 1
    if change is disputed and names_once:  # what it tells of stands in one row by its schema
        return False
    return change in (one_on, five_on) or measure(table, _newest(rows, table)) is not None


def _fields(table: str) -> list[dict[str, Any]]:
    return TABLES[table]["schema"]["fields"]


def _changed(row: dict[str, str], table: str) -> dict[str, str]:
    column = measure(table, row)
    number = float(row[column])
    return {column: str(int(number) + 1) if column in COUNTS else f"{number * 1.01:.6g}"}


def decide_for_the_first(root: Path, table: str) -> None:
    """Enter the dispute over a table's newest row in the conflicts, decided for that row."""
    second = rows_of(root, table)[-1]["row_id"]
    first = second.removesuffix(SECOND)
    entry = {
        "conflict_id": second,
        "table": table,
        "fact": "what the newest row tells",
        "row_ids": f"{first};{second}",
        "values": "two numbers",
        "rule": "The first source decides",
        "decided_row_id": first,
        "note": "",
    }
    write(root, "conflicts", [*rows_of(root, "conflicts"), entry])


def is_year(name: str) -> bool:
    return name == "year" or name.endswith("_year")


def copy(folder: Path) -> Path:
    """A copy of the checkout's data that shares every file until it is written; records and notebooks are the
    checkout's.
    """
    root = folder / "collection"
    for path in (ROOT / "data").rglob("*"):
        if path.is_file():
            target = root / path.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, target)
    package = root / "data" / "datapackage.json"
    text = package.read_text(encoding="utf-8")
    package.unlink()
    package.write_text(text, encoding="utf-8")
    for name in ("figures", "notebooks", "lib", "requirements.lock", "README.md"):
        (root / name).symlink_to(ROOT / name)
    return root


def readers(table: str) -> list[str]:
    """The questions whose stored record says that their default run read the table."""
    path = f"data/{TABLES[table]['path']}"
    return [question for question, inputs in _inputs().items() if path in inputs]


@functools.cache
def _inputs() -> dict[str, set[str]]:
    """The files that each stored record says its run read."""
    return {
        "/".join(record.parts[-3:-1]): set(json.loads(record.read_text(encoding="utf-8"))["inputs"])
        for record in sorted((ROOT / "figures").glob("*/*/run.json"))
    }


def told(root: Path, questions: list[str]) -> dict[str, Any]:
    """What the default answers say on a copy's tables, in a process of its own: question -> words and data,
    or the error.

    Raises AssertionError where the tables are not sealed without a fault.
    """
    lean.imports()
    for name in IMPORTED:  # once, for all that begin here
        importlib.import_module(name)
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(root, questions, sender))
    process.start()
    sender.close()
    try:
        found = receiver.recv()
    finally:
        process.join()
    assert not found.get("faults"), found["faults"]
    return found["told"]


def _tell(root: Path, questions: list[str], sender) -> None:
    os.environ["SPACESEC_HOME"] = str(root)
    from spacesec.data import tables, validation

    tables.forget_reads()  # those of the process that this one began in
    if faults := validation.seal():
        sender.send({"faults": faults})
        return
    sender.send({"told": said(questions)})


def said(questions: list[str]) -> dict[str, Any]:
    """What the default answers say in this process: question -> words and data, or the error."""
    from spacesec.collection.questions import Question

    answers = {}
    for name in questions:
        try:
            answers[name] = _words_and_data(Question(name).module)
        except Exception as error:
            answers[name] = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
    return answers


def _words_and_data(module) -> dict[str, Any]:
    answer = module.answer(module.Parameters.of({}))
    pictures = [draw(answer) for draw in module.FIGURES]
    return {
        "answer": answer.text,
        "figures": {
            picture.name: {
                "words": [
                    str(picture.title),
                    str(picture.subtitle),
                    str(picture.caption),
                    str(picture.alt),
                    picture.note,
                ],
                "data": picture.data.to_csv(index=False),
                "beyond": beyond(picture.figure),
            }
            for picture in pictures
        },
    }


def beyond(figure) -> int:
    """How many points of lines and how many bars lie outside the axes that draw them, left or right
    of them.
    """
    from matplotlib.patches import Rectangle

    count = 0
    for axes in figure.axes:
        low, high = sorted(axes.get_xlim())
        places = [
            x
            for line in axes.lines
            if line.get_transform() == axes.transData
            for x in line.get_xdata(orig=False)
        ]
        places += [
            bar.get_x() + bar.get_width() / 2
            for bar in axes.patches
            if isinstance(bar, Rectangle)
            and bar.get_transform() == bar.get_patch_transform() + axes.transData
        ]
        slack = 1e-9 * max(abs(low), abs(high), 1)
        count += sum(not low - slack <= float(x) <= high + slack for x in places if x == x)
    return count
