"""Tomorrow's rows: checked in a copy of the tables, sealed there with their sources, and put in place all at
once.
"""

import csv
import difflib
import io
import json
import re
import tempfile
from collections.abc import Iterable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacesec.collection import processes, readme, states, verification
from spacesec.collection.handed_in import Row
from spacesec.data import cells, frozen, row_ids, sources, tables, validation
from spacesec.errors import ParameterError, RunError, SpacesecError
from spacesec.machine import files, paths
from spacesec.words.language import LANGUAGES

STORE = "sources"  # the sources themselves in place of a table
MOST_FAULTS = 20  # told at a time
TITLE_WORDS = 5  # of a source's title, in its id


@dataclass(frozen=True)
class Addition:
    """What was added: the ids of rows and sources, and the files that changed, under the
    collection's folder.
    """

    row_ids: list[str]
    source_ids: list[str]
    changed: list[str]
    uncommitted: list[str] = field(default_factory=list)

    @property
    def undo(self) -> str:
        return f"git checkout -- {' '.join(self.changed)}"


class Refused(SpacesecError):
    """Rows or sources that cannot be added as they are; ``faults`` has one sentence for each reason."""

    def __init__(self, faults: list[str]):
        more = [f"and {len(faults) - MOST_FAULTS} more faults"] if len(faults) > MOST_FAULTS else []
        self.faults = faults[:MOST_FAULTS] + more
        super().__init__(self.faults[0])


def add(table: str, given: list[Row], new_sources: list[dict[str, Any]]) -> Addition:
    """Add rows to a table, and sources to the store (alone where the table is STORE), and seal: all of it or
    nothing.

    A row without ``row_id`` gets one as the table's rows have theirs; one without ``source_id`` the new
    source's, where there is one. Raises Refused with every fault found, SpacesecError for a state that cannot
    be added to.
    """
    resource = None if table == STORE else tables.described(table)
    with files.alone(paths.data()):
        if edited := [one["path"] for one in tables.package()["resources"] if _edited(one)]:
            raise ParameterError(
                f"data/{edited[0]} has changes that are not sealed; run `spacesec seal` or restore it first."
            )
        store, made_sources = _store(new_sources)
        rows = _rows(resource, given, store, [item["id"] for item in made_sources]) if resource else []
        contents = {resource["path"]: _appended(resource, rows)} if resource else {}
        if made_sources:
            items = sorted(store.values(), key=lambda item: item["id"])
            contents["sources.json"] = (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()
        with tempfile.TemporaryDirectory(prefix="spacesec-add-") as folder:
            changed = _proved(Path(folder), contents, resource, rows)
            uncommitted = states.uncommitted(list(changed))
            _put(changed)
    return Addition(
        [row.cells.get("row_id", "") for row in rows],
        [item["id"] for item in made_sources],
        list(changed),
        uncommitted,
    )


def told(table: str, made: Addition) -> str:
    """What was added, how to see what it moves, how to undo it."""
    if table == STORE:
        return f"in data/sources.json and sealed: {', '.join(made.source_ids)}; undo with `{made.undo}`"
    new = ", ".join(made.row_ids)
    if made.source_ids:
        new = f"{new}, with the source {', '.join(made.source_ids)}"
    rows = f"{len(made.row_ids)} rows are" if len(made.row_ids) != 1 else "1 row is"
    also = ", ".join(made.uncommitted)
    undo = f"`{made.undo}`"
    if also:
        undo = f"{undo} (it also drops what was not committed before in {also})"
    return (
        f"{rows} in data/{table}.csv and sealed: {new}; `spacesec diff` tells what moves, `spacesec run`"
        f" renews it; undo with {undo}"
    )


def source_id(item: dict[str, Any]) -> str:
    """An id as the store's sources have theirs: who, when, the first words of what."""
    author = (item.get("author") or [{}])[0]
    who = author.get("family") or author.get("literal") or ""
    year = str((item.get("issued") or {}).get("date-parts", [[""]])[0][0])
    title = row_ids.slug(str(item.get("title", ""))).split("-")[:TITLE_WORDS]
    return "-".join(filter(None, (row_ids.slug(who), year, *title)))


def source_faults(item: dict[str, Any], store: dict[str, dict]) -> list[str]:
    """Why an item cannot be a new source, as sentences."""
    name = item.get("id") or "the new source"
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", str(item.get("id", ""))):
        return [f"{name}: its id is made of lower-case letters, digits and hyphens; mend it"]
    if item["id"] in store:
        return [
            f"the source {name} stands in data/sources.json with other words; give the new one another id"
        ]
    twin = next(
        (one["id"] for one in store.values() if item.get("URL") and one.get("URL") == item["URL"]), None
    )
    same = [f"{name}: its address is that of the source {twin}; name that one in source_id"] if twin else []
    return [fault.replace("data/sources.json: ", "") for fault in sources.faults_of([item])] + same


def unknown_source(name: str, store: Iterable[str], or_else: str = "") -> str:
    """What to do about an id that names no source: another id, or else what ``or_else`` says."""
    or_else = or_else or "add it with --source FILE.json"
    if near := difflib.get_close_matches(name, store, n=1, cutoff=0.6):
        return f"{name!r} is no source in data/sources.json; did you mean {near[0]}? Else {or_else}"
    return f"{name!r} is no source in data/sources.json; name one that does, or {or_else}"


def _edited(resource: dict[str, Any]) -> bool:
    return tables.digest(paths.data() / resource["path"]) != resource.get("hash")


def _store(new: list[dict[str, Any]]) -> tuple[dict[str, dict], list[dict[str, Any]]]:
    """The store with the new items, and those of them that it did not have; raises Refused."""
    store, made, faults = dict(sources.store()), [], []
    for given in new:
        item = {**given, "id": given.get("id") or source_id(given)}
        if store.get(item["id"]) == item:
            continue
        if found := source_faults(item, store):
            faults += found
        else:
            store[item["id"]] = item
            made.append(item)
    if faults:
        raise Refused(faults)
    return store, made


def _rows(resource: dict[str, Any], given: list[Row], store: dict[str, dict], new: list[str]) -> list[Row]:
    """The rows with ids and sources filled in, each cell checked; raises Refused."""
    standing = tables.raw_rows(paths.data() / resource["path"])
    taken = {row["row_id"] for row in standing if "row_id" in row}
    faults, made = [], []
    for row in given:
        filled = dict(row.cells)
        if filled.get("source_id") == "" and len(new) == 1:
            filled["source_id"] = new[0]
        found = _faults(resource, Row(row.place, filled), store)
        if not found and filled.get("row_id") == "":
            try:
                filled["row_id"] = row_ids.made(standing, filled, taken)
            except ValueError as error:
                found = [f"{row.place}, column row_id: {error}; give an id such as {standing[-1]['row_id']}"]
        if not found and filled.get("row_id") in taken:
            found = [
                f"{row.place}, column row_id: {filled['row_id']} is the id of another row; a correction edits"
                " that row in its file, a new row needs an id of its own"
            ]
        taken.add(filled.get("row_id"))
        faults += found
        made.append(Row(row.place, filled))
    if faults:
        raise Refused(faults)
    return made


def _faults(resource: dict[str, Any], row: Row, store: dict[str, dict]) -> list[str]:
    wrong = {
        column["name"]: told
        for column in resource["schema"]["fields"]
        if (told := cells.fault(column, row.cells[column["name"]]))
        and not (column["name"] == "row_id" and not row.cells["row_id"])
    }
    if "source_id" in wrong:
        wrong["source_id"] = "is empty; name a source, or give a new one with --source FILE.json"
    named = [("source_id", row.cells.get("source_id"))]
    named += [("also_source_ids", name) for name in row.cells.get("also_source_ids", "").split(";")]
    wrong |= {column: unknown_source(name, store) for column, name in named if name and name not in store}
    return [f"{row.place}, column {column}: {told}" for column, told in wrong.items()]


def _appended(resource: dict[str, Any], rows: list[Row]) -> bytes:
    text = io.StringIO()
    columns = [column["name"] for column in resource["schema"]["fields"]]
    csv.DictWriter(text, columns, lineterminator="\n").writerows(row.cells for row in rows)
    before = (paths.data() / resource["path"]).read_bytes()
    return before + b"\n" * (not before.endswith(b"\n")) + text.getvalue().encode("utf-8")


def _proved(
    home: Path, contents: dict[str, bytes], resource: dict[str, Any] | None, rows: list[Row]
) -> dict[str, bytes]:
    """Seal and check a copy that holds the new contents; gives every file that is another there. Raises
    Refused.
    """
    states.here(home)
    for name in ("figures", "notebooks"):
        (home / name).symlink_to((paths.root() / name).resolve())
    if (paths.root() / readme.FILE).is_file():
        (home / readme.FILE).write_bytes((paths.root() / readme.FILE).read_bytes())
    for name, content in contents.items():
        (home / "data" / name).write_bytes(content)
    try:
        [(_, faults)] = processes.each(_sealed, {"copy": ()}, 1, {"copy": home})
    except BrokenProcessPool:
        raise RunError(
            "the process that checks was killed from outside; run it again, nothing was written"
        ) from None
    if faults and resource is None:
        raise Refused(faults)
    if faults:
        first = len(tables.raw_rows(paths.data() / resource["path"])) + 2
        raise Refused([_placed(fault, resource, rows, first) for fault in faults])
    codebooks = (readme.codebook_path(into).name for into in LANGUAGES)
    written = (*contents, f"{frozen.LINES}.csv", states.PACKAGE, *codebooks)
    made = {name: home / "data" / name for name in written}
    made = {f"data/{name}": path for name, path in made.items()} | {readme.FILE: home / readme.FILE}
    return {
        name: path.read_bytes()
        for name, path in made.items()
        if path.is_file() and path.read_bytes() != _bytes(paths.root() / name)
    }


def _sealed() -> list[str]:
    """Seal, check and describe the tables where this process works; gives the faults."""
    try:
        faults = validation.seal() or verification.tables_problems()
        if not faults:
            readme.renew()
        return faults
    except SpacesecError as error:
        return [str(error)]


def _placed(fault: str, resource: dict[str, Any], rows: list[Row], first: int) -> str:
    """The sentence with the line of the file that was handed in, in place of the table's."""

    def place(found: re.Match) -> str:
        at = int(found[1]) - first
        return rows[at].place if 0 <= at < len(rows) else found[0]

    return re.sub(rf"data/{re.escape(resource['path'])}, line (\d+)", place, fault)


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _put(changed: dict[str, bytes]) -> None:
    """All files in one step: the folder of the data is exchanged, what did not change is linked into the new
    one.
    """
    inside = {
        name.removeprefix("data/"): content for name, content in changed.items() if name.startswith("data/")
    }
    with files.staged(paths.data()) as staged:
        try:
            files.keep_others(paths.data(), staged, ())
        except OSError as error:
            raise RunError(
                f"data/ could not be written ({files.reason(error)}); nothing was changed"
            ) from None
        for name, content in inside.items():
            files.write_bytes(staged / name, content)
        if readme.FILE in changed:
            with files.prepared(paths.root() / readme.FILE, changed[readme.FILE]) as put:
                files.exchange(staged, paths.data(), put)
        else:
            files.exchange(staged, paths.data())
