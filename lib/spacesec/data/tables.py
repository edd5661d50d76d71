"""Sourced tables: ``load("budgets/government_space")`` gives a typed DataFrame.

Types, units, allowed values, keys and licences stand in ``data/datapackage.json`` (Data Package v2) and
nowhere else. A file is used only if it is the one that was sealed there (SHA-256); ``check`` says what is
wrong with it otherwise.
"""

import csv
import functools
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from spacesec.data import appeared
from spacesec.errors import DataError
from spacesec.machine import paths, untrusted

if TYPE_CHECKING:
    import pandas as pd

EVIDENCE = ("independent", "seed", "derived")
MOST_MADE = 2048
DTYPES = {"integer": "Int64", "number": "float64", "boolean": "boolean", "year": "Int64"}
SHAPE = {
    "name": str,
    "title": str,
    "description": str,
    "version": str,
    "as_of": str,
    "licenses": [{"name": str, "path": str, "title": str}],
    "resources": [
        {
            "name": untrusted.relative,
            "path": untrusted.relative,
            "title": str,
            "description": str,
            "hash?": str,
            "dated?": str,
            "looked_on?": str,
            "moves?": str,
            "licenses?": [{"name": str, "path": str, "title": str}],
            "schema?": {
                "fields": [
                    {
                        "name": str,
                        "type": str,
                        "description": str,
                        "unit?": str,
                        "constraints?": {"enum?": [object]},
                    }
                ],
                "foreignKeys?": [{"reference": {"resource": str}}],
            },
        }
    ],
}
_read: dict[str, str] = {}  # every data file read since `forget_reads`: path under data/ -> SHA-256
# The same of what each function under way that is `remembered` has read.
_hearing: ContextVar[tuple[dict[str, str], ...]] = ContextVar("hearing", default=())
# What remembered functions made: function, package, arguments -> stamp of the package, what was read, result.
_made: dict[tuple, tuple[tuple[int, int], dict[str, str], Any]] = {}
Made = TypeVar("Made", "pd.DataFrame", "pd.Series", list)


def load(name: str, evidence: str | Iterable[str] | None = None) -> "pd.DataFrame":
    """Read a table by its name, ``"<theme>/<table>"``.

    evidence: keep only rows of these kinds (``independent``, ``seed``, ``derived``); all rows when None.
    Integers are Int64, numbers float64, enumerations ordered as in the schema, dates datetime64 (the first
    day of the period that ``date_precision`` names). Raises DataError for an unknown table, a missing, broken
    or tampered file, an unknown evidence kind.
    """
    resource = describe(name)
    table = _parse(sealed_path(resource), resource["hash"], json.dumps(resource["schema"])).copy()
    if appeared.held(resource):
        there = had_appeared(table["source_id"], table[resource["dated"]].astype(str))
        table = table[there].reset_index(drop=True)
    if evidence is None:
        return table
    wanted = {evidence} if isinstance(evidence, str) else set(evidence)
    if unknown := wanted - set(EVIDENCE):
        raise DataError(
            f"evidence {', '.join(sorted(unknown))!r} does not exist; choose among {', '.join(EVIDENCE)}"
        )
    return table[table["evidence"].isin(wanted)].reset_index(drop=True)


def had_appeared(source_ids: Iterable[str], dates: Iterable[str]) -> list[bool]:
    """Which rows had appeared by the day as known on which tables are read, by their sources or own dates."""
    path = sealed_path(describe("sources"), note=False)
    store = _parts(path, _stamp(path))
    return [
        appeared.known(store.get(source_id, [{}])[0], str(when))
        for source_id, when in zip(source_ids, dates, strict=True)
    ]


@lru_cache(maxsize=256)
def _parse(path: Path, sealed: str, schema: str) -> "pd.DataFrame":
    import pandas as pd

    fields = json.loads(schema)["fields"]
    dates = [f["name"] for f in fields if f["type"] == "date"]
    try:
        table = pd.read_csv(
            path,
            dtype={f["name"]: DTYPES.get(f["type"], "string") for f in fields if f["type"] != "date"},
            keep_default_na=False,
            na_values=[""],
            true_values=["true"],
            false_values=["false"],
        )
        if list(table.columns) != [f["name"] for f in fields]:
            raise ValueError("its columns are others")
        for column in dates:
            table[column] = pd.to_datetime(table[column], format="%Y-%m-%d")
        for column, allowed in _enumerations(fields):
            if strange := set(table[column].dropna()) - set(allowed):  # pandas would drop them
                raise ValueError(f"{column} may not be {min(strange)!r}")
            table[column] = table[column].astype(pd.CategoricalDtype(allowed))
    except (ValueError, LookupError, TypeError) as error:  # sealed by hand
        raise DataError(
            f"{_shown(path)} is not as data/datapackage.json describes it ({error}); `spacesec check` says"
            " where"
        ) from None
    return table


def remembered(make: Callable[..., Made]) -> Callable[..., Made]:
    """Decorate a function that makes something of tables and plain arguments alone (hashable ones): for the
    same arguments it is made once, until a file that it read changes. Each caller has a copy of its own (of a
    list: the list, not what stands in it), and the reads are noted each time. As known on a day it is made
    every time.
    """

    @functools.wraps(make)
    def again(*given: Any) -> Made:
        if appeared.in_force():
            return make(*given)
        package = paths.below(paths.data(), "datapackage.json")
        key, stamp = (make, package, *given), _stamp(package)
        then, read, found = _made.get(key, (None, {}, None))
        if then == stamp and all(_now(name) == was for name, was in read.items()):
            for name, was in read.items():
                _note(name, was)
            return found.copy()
        read = {}
        outer = _hearing.set((*_hearing.get(), read))
        try:
            found = make(*given)
        finally:
            _hearing.reset(outer)
        if len(_made) >= MOST_MADE:
            _made.clear()
        _made[key] = stamp, read, found
        return found.copy()

    return again


def _now(name: str) -> str:
    """The digest that a file, or a part of one, has now."""
    return part_digest(name) if "#" in name else digest(paths.below(paths.data(), name))


def _note(name: str, found: str) -> None:
    for heard in (_read, *_hearing.get()):
        heard[name] = found


def conflicts(name: str) -> "pd.DataFrame":
    """The disagreements between sources about the rows of one table; a run then rests on these, not on the
    whole file.
    """
    resource = describe("conflicts")
    every = _parse(sealed_path(resource, note=False), resource["hash"], json.dumps(resource["schema"]))
    _note(f"conflicts.csv#{name}", part_digest(f"conflicts.csv#{name}"))
    return every[every["table"] == name].reset_index(drop=True)


def settled(name: str, evidence: str | Iterable[str] | None = None) -> "pd.DataFrame":
    """The table without the rows against which ``data/conflicts.csv`` decided."""
    return _settled(name, evidence if evidence is None or isinstance(evidence, str) else tuple(evidence))


@remembered
def _settled(name: str, evidence: str | tuple[str, ...] | None) -> "pd.DataFrame":
    table = load(name, evidence)
    return table[~table["row_id"].isin(rejected(name))].reset_index(drop=True)


def rejected(name: str) -> set[str]:
    """The identifiers of the rows of a table against which ``data/conflicts.csv`` decided."""
    found = conflicts(name)
    decided = found[found["decided_row_id"].notna()]
    return {row for rows in decided["row_ids"] for row in rows.split(";")} - set(decided["decided_row_id"])


def read_json(name: str, note: bool = True):
    """Read a resource that is not a table (sources, geography) by its name; recorded like a table unless
    ``note`` is False.
    """
    return parsed(sealed_path(describe(name), note))


def parsed(path: Path):
    """What a file of JSON holds, read anew when it changed; raises DataError for one that is broken."""
    return _parse_json(path, _stamp(path))


def names() -> list[str]:
    """Names of all tables, in order."""
    return [name for name, resource in _resources().items() if "schema" in resource]


def describe(name: str) -> dict:
    """A resource of the data package, with its schema where it is a table."""
    if name in (resources := _resources()):
        return resources[name]
    raise DataError(f"there is no table {name!r}; data/datapackage.json lists {', '.join(names())}")


def described(name: str) -> dict:
    """The same of a table; raises DataError for a resource that is none, too."""
    if "schema" not in (resource := describe(name)):
        raise DataError(f"{name} is no table; data/datapackage.json lists {', '.join(names())}")
    return resource


def package() -> dict:
    """The data package, read anew when the file changed."""
    path = paths.below(paths.data(), "datapackage.json")
    return _package(path, _stamp(path))


def _resources() -> dict[str, dict]:
    path = paths.below(paths.data(), "datapackage.json")
    return _by_name(path, _stamp(path))


def sealed_path(resource: dict, note: bool = True) -> Path:
    """The path of a resource whose file is the sealed one, which is then on the list of files read.

    Raises DataError for any other file.
    """
    path = paths.below(paths.data(), resource["path"])
    found = digest(path)
    if found != resource.get("hash"):
        raise DataError(
            f"data/{resource['path']} is not the file that data/datapackage.json lists (its SHA-256 differs);"
            " restore it, or run `spacesec seal` if the change is meant"
        )
    if note:
        _note(resource["path"], found)
    return path


def files_read() -> dict[str, str]:
    """What was read since the last `forget_reads`: path -> ``sha256:…``; a part of a file is
    ``path#part``.
    """
    return {
        name if name.startswith("figures/") else f"data/{name}": digest
        for name, digest in sorted(_read.items())
    }


def note_source(source_id: str) -> None:
    """Put one source on the list of what a run rests on: adding another source to the store then makes no
    figure stale.
    """
    _note(f"sources.json#{source_id}", part_digest(f"sources.json#{source_id}"))


def note_results(question: str) -> None:
    """Put another question's recorded results on the list; its figures and wording may change without making
    this run stale.
    """
    name = f"figures/{question}/run.json#results"
    _note(name, part_digest(name))


def part_digest(name: str) -> str:
    """``sha256:…`` of one source (``sources.json#<id>``), of one table's conflicts
    (``conflicts.csv#<table>``) or of a record's results (``figures/<question>/run.json#results``); an empty
    part has a digest too.
    """
    file, part = name.split("#", 1)
    path = (paths.root() if file.startswith("figures/") else paths.data()) / file
    return "sha256:" + _part_digest(path, _stamp(path), part)


def forget_reads() -> None:
    """Begin the list of files read anew."""
    _read.clear()


def digest(path: Path) -> str:
    """``sha256:<hex>`` of a file's bytes; raises DataError when it cannot be read."""
    try:
        return "sha256:" + _digest(path, _stamp(path))
    except OSError as error:
        raise DataError(
            f"{_shown(path)} cannot be read ({error.strerror}); restore it or mend its permissions"
        ) from None


def raw_rows(path: Path) -> list[dict[str, str]]:
    """All rows as text, for checks that must not depend on types; raises DataError when the file does not
    read as CSV.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except (OSError, ValueError, csv.Error) as error:
        raise DataError(
            f"{_shown(path)} cannot be read ({getattr(error, 'strerror', None) or error}); restore it from"
            " the repository"
        ) from None


def _enumerations(fields: list[dict]) -> Iterator[tuple[str, list[str]]]:
    """The columns of texts that the schema lists, with these."""
    for field in fields:
        if field["type"] == "string" and (allowed := field.get("constraints", {}).get("enum")):
            yield field["name"], allowed


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError as error:
        raise DataError(
            f"{_shown(path)} cannot be read ({error.strerror}); restore it from the repository"
        ) from None
    return status.st_mtime_ns, status.st_size


def _shown(path: Path) -> str:
    return path.relative_to(paths.root()).as_posix() if path.is_relative_to(paths.root()) else path.name


@lru_cache(maxsize=256)
def _digest(path: Path, stamp: tuple[int, int]) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@lru_cache(maxsize=2048)
def _part_digest(path: Path, stamp: tuple[int, int], part: str) -> str:
    try:
        found = (
            untrusted.shaped(_parse_json(path, stamp), {part: object})[part]
            if path.name == "run.json"
            else _parts(path, stamp).get(part, [])
        )
    except DataError:
        raise
    except ValueError as error:
        raise DataError(f"{_shown(path)} is broken ({error}); restore it from the repository") from None
    return hashlib.sha256(json.dumps(found, ensure_ascii=False, sort_keys=True).encode("utf-8")).hexdigest()


@lru_cache(maxsize=4)
def _parts(path: Path, stamp: tuple[int, int]) -> dict[str, list[dict]]:
    """The sources of a store by their ids, or the rows of a table by the table that they are about; raises
    ValueError where one does not say.
    """
    key, items = ("id", _parse_json(path, stamp)) if path.suffix == ".json" else ("table", raw_rows(path))
    parts: dict[str, list[dict]] = {}
    for item in untrusted.shaped(items, [{key: str}]):
        parts.setdefault(item[key], []).append(item)
    return parts


@lru_cache(maxsize=4)
def _package(path: Path, stamp: tuple[int, int]) -> dict:
    found = _parse_json(path, stamp)
    try:
        for resource in untrusted.shaped(found, SHAPE)["resources"]:
            untrusted.below(path.parent, resource["path"])
    except ValueError as error:
        raise DataError(
            f"data/{path.name} does not describe tables ({error}); restore it from the repository"
        ) from None
    return found


@lru_cache(maxsize=4)
def _by_name(path: Path, stamp: tuple[int, int]) -> dict[str, dict]:
    """The resources by their names, the first of each name."""
    found: dict[str, dict] = {}
    for resource in _package(path, stamp)["resources"]:
        found.setdefault(resource["name"], resource)
    return found


@lru_cache(maxsize=8)
def _parse_json(path: Path, stamp: tuple[int, int]):
    try:
        return untrusted.parse(path.read_bytes())
    except OSError as error:
        raise DataError(
            f"{_shown(path)} cannot be read ({error.strerror}); restore it or mend its permissions"
        ) from None
    except ValueError as error:
        raise DataError(
            f"{_shown(path)} is not valid JSON ({error}); restore it from the repository"
        ) from None
