"""Results told again by SQL over the tables, without the library: for each question a file of named queries.

    -- attempts
    SELECT count(*) FROM space_systems.launches
    -- payloads_last_year with {"last_year": 2020}
    SELECT sum(payloads) FROM space_systems.payloads_by_state_year WHERE year = 2020

A query of one row and column is a value, of one row its columns by name; of several rows the first column
names the second, or rows of one column are a list. What a query cannot find it must not guess: it is written
from what a result means (`spacesec describe`) and the table's codebook, never from the model's code.
"""

import datetime
import functools
import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from spacesec.collection.questions import named
from tests.conftest import ROOT

TYPES = {"number": "DOUBLE", "integer": "BIGINT", "year": "BIGINT", "date": "DATE", "boolean": "BOOLEAN"}
HEAD = re.compile(r"^-- (\w+)(?: with (\{.*\}))?$", re.MULTILINE)
CLOSE = 1e-9  # relative; records keep ten digits


def cases(theme: str) -> list[Any]:
    """(question, result, parameters, query) of every query of a theme."""
    found = []
    for path in sorted((ROOT / "tests" / theme / "recounted").glob("*.sql")):
        _, *parts = HEAD.split(path.read_text(encoding="utf-8"))
        for name, changed, query in zip(parts[::3], parts[1::3], parts[2::3]):
            case = (f"{theme}/{path.stem}", name, changed or "{}", query)
            found.append(pytest.param(*case, id=f"{path.stem}-{name}{changed or ''}"))
    return found


def holds(question: str, result: str, changed: str, query: str) -> None:
    """Raises AssertionError where the query does not give the result."""
    told, counted = plain(results(question, changed)[result]), told_by(query)
    assert equal(told, counted), f"{result} is {told}, counted again {counted}"


@functools.lru_cache(maxsize=64)
def results(question: str, changed: str) -> dict[str, Any]:
    module = named([question])[0].module
    answer = module.answer(module.Parameters.of(json.loads(changed)))
    return {name: one.value for name, one in answer.results.items()}


def told_by(query: str) -> Any:
    found = database().execute(query)
    names = [column[0] for column in found.description]
    rows = [tuple(map(plain, row)) for row in found.fetchall()]
    if len(names) == 1:
        return rows[0][0] if len(rows) == 1 else [row[0] for row in rows]
    if len(rows) == 1 and names[0] != "key":
        return dict(zip(names, rows[0]))
    return {row[0]: row[1] if len(row) == 2 else dict(zip(names[1:], row[1:])) for row in rows}


@functools.cache
def database() -> Any:
    """Every table as a view of its CSV file with the types of its schema: ``budgets.gdp``, ``conflicts``."""
    import duckdb

    made = duckdb.connect(config={"threads": 1})
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        theme, _, name = resource["name"].rpartition("/")
        if "schema" not in resource:
            continue
        columns = {
            field["name"]: TYPES.get(field["type"], "VARCHAR") for field in resource["schema"]["fields"]
        }
        made.execute(f"CREATE SCHEMA IF NOT EXISTS {theme or 'main'}")
        made.execute(
            f'CREATE VIEW {theme or "main"}."{name}" AS SELECT * FROM read_csv('
            f"'{ROOT / 'data' / resource['path']}', header=true, delim=',', quote='\"', nullstr='',"
            f" columns={columns})"
        )
    return made


def plain(value: Any) -> Any:
    """As JSON has it."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (datetime.date, Path)):
        return str(value)
    return value.item() if hasattr(value, "item") else value


def equal(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == {str(key) for key in other} and all(
            equal(one[str(key)], value) for key, value in other.items()
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(equal, one, other))
    if isinstance(one, bool) or isinstance(other, bool) or None in (one, other):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-12)
    return one == other
