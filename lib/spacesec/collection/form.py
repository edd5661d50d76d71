"""Rows and sources typed at the prompt, each value checked as soon as it stands there."""

import sys
from collections.abc import Callable
from typing import Any

from spacesec.collection import addition, usage
from spacesec.collection.handed_in import Row
from spacesec.data import cells, row_ids, sources, tables
from spacesec.errors import ParameterError, SpacesecError
from spacesec.machine import paths
from spacesec.words import language
from spacesec.words.language import noted

SOURCE_FIELDS = (
    {"name": "type", "constraints": {"required": True}},
    {"name": "title", "constraints": {"required": True}},
    {"name": "original-title"},
    {"name": "author", "constraints": {"required": True}},
    {"name": "publisher", "constraints": {"required": True}},
    {"name": "issued", "constraints": {"pattern": r"\d{4}(-\d{2}(-\d{2})?)?"}},
    {"name": "URL"},
    {"name": "language", "constraints": {"required": True, "pattern": "[a-z]{2}"}},
)
SOURCE_HELP = {
    "type": "webpage, report, article-newspaper, article-journal, dataset, legislation …",
    "title": noted("in English"),
    "original-title": noted("in its own language, where that is another"),
    "author": noted("a body's name, or Family, Given; several with a semicolon between them"),
    "issued": noted("a day such as 2026-11-22, or its month or year alone"),
    "language": noted("two letters, such as en or ja"),
}


def filled_in(
    table: str, new: list[dict[str, Any]], ask: Callable[[str], str] | None = None
) -> tuple[list[Row], list]:
    """The rows that a reader types for a table, and the sources made on the way; nothing is written.

    ask: what shows a prompt and gives the line typed. Raises ParameterError where nobody is there to type.
    """
    if ask is None:
        if not sys.stdin.isatty():
            raise ParameterError("nobody is there to type rows; give them as --from FILE.csv.")
        ask = _line
    resource = tables.described(table)
    with usage.telling():
        print(
            *(language.known(resource[part], language.TABLES) for part in ("title", "description")), sep="\n"
        )
    usage.tell("Empty where nothing is known; Ctrl-D stops, and writes nothing.", mark="")
    standing = tables.raw_rows(paths.data() / resource["path"])
    store = {**sources.store(), **{item["id"]: item for item in new if item.get("id")}}
    rows, made = [], []
    while not rows or ask(usage.line("another row? [y/N] ")).strip().lower() in ("y", "yes"):
        number = f"row {len(rows) + 1}"
        filled = _row(resource["schema"]["fields"], ask, store, made)
        if "row_id" in filled:
            filled["row_id"] = _row_id(resource, standing, filled, {row.cells["row_id"] for row in rows}, ask)
        rows.append(Row(number, filled))
    return rows, made


def _line(prompt: str) -> str:
    try:
        return input(prompt)
    except EOFError:
        print()
        raise SpacesecError("stopped; nothing was written") from None


def _row(
    fields: list[dict], ask: Callable[[str], str], store: dict[str, dict], made: list[dict]
) -> dict[str, str]:
    filled = {}
    for field in fields:
        name = field["name"]
        if name == "row_id":  # made of the others
            filled[name] = ""
            continue
        _ask_for(field)
        filled[name] = _value(field, ask)
        while name == "source_id" and filled[name] not in store:
            usage.tell(addition.unknown_source(filled[name], store, "make it here."), mark="  ")
            if ask(f"  {usage.line('make it now? [y/N] ')}").strip().lower() in ("y", "yes"):
                made.append(_source(filled[name], ask, store))
                store[made[-1]["id"]] = made[-1]
                filled[name] = made[-1]["id"]
            else:
                filled[name] = _value(field, ask)
    return filled


def _value(field: dict[str, Any], ask: Callable[[str], str]) -> str:
    while told := cells.fault(field, text := ask(f"{field['name']} = ").strip()):
        usage.tell(told, mark="  ")
    return text


def _ask_for(field: dict[str, Any]) -> None:
    """A column's name and unit, what it means and what it takes."""
    with usage.telling():
        unit = f" [{language.known(field['unit'], language.TABLES)}]" if field.get("unit") else ""
        meaning = language.known(field["description"], language.TABLES)
        takes = language.said(", ").join(map(language.error, cells.allowed(field)))
        print(f"\n{field['name']}{unit}: {meaning} ({takes})")


def _row_id(
    resource: dict[str, Any],
    standing: list[dict],
    filled: dict[str, str],
    given: set[str],
    ask: Callable[[str], str],
) -> str:
    taken = given | {row["row_id"] for row in standing}
    try:
        made = row_ids.made(standing, filled, taken)
    except ValueError as error:
        usage.tell(f"{error}; give one such as {standing[-1]['row_id']}", mark="\nrow_id: ")
        made = ""
    field = next(field for field in resource["schema"]["fields"] if field["name"] == "row_id")
    while True:
        text = ask(f"row_id [{made}] = " if made else "row_id = ").strip() or made
        if told := cells.fault(field, text):
            usage.tell(told, mark="  ")
        elif text in taken:
            usage.tell(f"{text} is the id of another row; give another", mark="  ")
        else:
            return text


def _source(wanted: str, ask: Callable[[str], str], store: dict[str, dict]) -> dict[str, Any]:
    """A source as CSL-JSON, asked for until it can stand in the store."""
    while True:
        typed = {}
        for field in SOURCE_FIELDS:
            usage.tell(SOURCE_HELP.get(field["name"], ""), mark=f"  {field['name']}: ")
            typed[field["name"]] = _value({"type": "string", **field}, ask)
        item = {name: text for name, text in typed.items() if text}
        item["author"] = [_author(name.strip()) for name in typed["author"].split(";") if name.strip()]
        if typed["issued"]:
            item["issued"] = {"date-parts": [[int(part) for part in typed["issued"].split("-")]]}
        item["id"] = wanted or addition.source_id(item)
        if not (faults := addition.source_faults(item, store)):
            return item
        for fault in faults:
            usage.tell(fault, mark="  ")


def _author(name: str) -> dict[str, str]:
    family, comma, given = (part.strip() for part in name.partition(","))
    return {"family": family, "given": given} if comma and given else {"literal": name}
