"""Results told again by SQL over the tables, without the library: for each question a file of named queries.

    -- let flown
    SELECT * FROM space_systems.launches WHERE date IS NOT NULL
    -- let flown with {"vehicle": "H3"}
    SELECT * FROM space_systems.launches WHERE vehicle = 'H3'
    -- attempts
    -- attempts with {"vehicle": "H3"}
    SELECT count(*) FROM flown

A query of one row and column is a value, of one row its columns by name; of several rows the first column
names the second, or rows of one column are a list; a first column ``key`` always names. Heads above one
another share a query. What is ``let`` stands before every query of its parameters, of the defaults where they
have none of its name.

A query is written from what a result means (`spacesec describe`) and the table's codebook; numbers of a
record are never its source.
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
HEAD = re.compile(r"^-- (let )?(\w+)(?: with (\{.*\}))?\n", re.MULTILINE)
OWN = re.compile(
    r"(?:^WITH|,)\s+(?:RECURSIVE\s+)?(\w+)(?:\s*\([^)]*\))? AS (?:MATERIALIZED )?\(", re.MULTILINE
)
CLOSE = 1e-9  # relative; records keep ten digits


def cases(theme: str) -> list[Any]:
    """(question, result, parameters, query) of every query of a theme."""
    found = []
    for path in sorted((ROOT / "tests" / theme / "recounted").glob("*.sql")):
        for name, changed, query in queries(path.read_text(encoding="utf-8")):
            case = (f"{theme}/{path.stem}", name, changed, query)
            found.append(pytest.param(*case, id=f"{path.stem}-{name}{changed}"))
    return found


def queries(text: str) -> list[tuple[str, str, str]]:
    """(result, parameters, whole query) of a file."""
    lets: dict[str, dict[str, str]] = {}
    asked, heads = [], []
    _, *parts = HEAD.split(text)
    for let, name, changed, body in zip(parts[::4], parts[1::4], parts[2::4], parts[3::4]):
        body = "\n".join(line for line in body.splitlines() if not line.startswith("--")).strip()
        if let:
            lets.setdefault(name, {})[changed or "{}"] = body
            continue
        heads.append((name, changed or "{}"))
        if body:
            asked += [(*head, body) for head in heads]
            heads = []
    assert not heads, f"{heads} has no query"
    return [(name, changed, _whole(body, changed, lets)) for name, changed, body in asked]


def _whole(query: str, changed: str, lets: dict[str, dict[str, str]]) -> str:
    """The query below what is let for its parameters and named in it, but for names of its own."""
    own = set(OWN.findall(query)) if query.startswith("WITH") else set()
    bodies = {name: let.get(changed, let.get("{}")) for name, let in lets.items() if name not in own}
    needed: dict[str, str] = {}

    def need(text: str, of: frozenset[str] = frozenset()) -> None:
        for name, body in bodies.items():
            if body and name not in (*needed, *of) and re.search(rf"\b{name}\b", text):
                need(body, of | {name})
                needed[name] = f"{name} AS ({body})"

    need(query)
    if not needed:
        return query
    told = "WITH " + ", ".join(needed.values())
    return f"{told}, {query.removeprefix('WITH ')}" if own else f"{told} {query}"


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
