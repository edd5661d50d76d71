"""References as CSL-JSON, to and from items of the source store."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from spacesec.data import sources
from spacesec.importing import dates, reference_names
from spacesec.importing.reference_items import Reader
from spacesec.importing.reference_types import CSL_TYPES
from spacesec.machine import untrusted

FIELDS = {name.removesuffix("?") for name in sources.SHAPE} | {
    "collection-title",
    "publisher-place",
    "ISSN",
    "editor",
    "citation-key",
}
CROSSREF_TYPES = {
    "journal-article": "article-journal",
    "book-chapter": "chapter",
    "proceedings-article": "paper-conference",
    "posted-content": "article",
    "monograph": "book",
    "edited-book": "book",
    "dissertation": "thesis",
    "reference-entry": "entry-encyclopedia",
    "peer-review": "review",
}
PEOPLE = ("author", "editor")
NO_DATE = (None, "", {}, *({"date-parts": parts} for parts in ([], [[]], [[None]])))
PERSON = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")


def read(reader: Reader, whole: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        held = untrusted.parse(whole.encode())
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise reader.Unplaced(line, None, f"it is no JSON ({error}); export it anew") from None
    held = held.get("items", [held]) if isinstance(held, dict) else held
    lines = _lines(whole)
    for number, item in enumerate(held):
        line = lines[number] if number < len(lines) else 1
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise reader.Unplaced(line, None, "it is no CSL-JSON item, which has a type; export it anew")
        yield line, _item(reader, line, item)


def _lines(whole: str) -> list[int]:
    """The line on which each item of the list begins."""
    decoder, place, lines = json.JSONDecoder(), whole.find("["), []
    if whole.lstrip()[:1] == "{" and '"items"' not in whole[: max(place, 0)]:
        return [1]
    place += 1
    while (start := re.compile(r"[\s,]*").match(whole, place).end()) < len(whole) and whole[start] == "{":
        lines.append(whole.count("\n", 0, start) + 1)
        _, place = decoder.raw_decode(whole, start)
    return lines


def _item(reader: Reader, line: int, item: dict[str, Any]) -> dict[str, Any]:
    item |= {"type": CROSSREF_TYPES.get(item["type"], item["type"])}
    if item["type"] not in CSL_TYPES:
        raise reader.Unplaced(line, item["type"], "CSL has no such type; correct it")
    made: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("issued", "accessed"):
            if told := _date(reader, line, value):
                made[name] = told
        elif name in PEOPLE:
            if not isinstance(value, list | None):
                raise reader.Unplaced(
                    line, str(value), "these are no names, which stand in a list; correct it"
                )
            made[name] = [one for person in value or () for one in _people(reader, line, person)]
        elif name == "custom":
            made[name] = value
        elif name in FIELDS and isinstance(value, (str, int)) and str(value).strip():
            made[name] = " ".join(f"{value}".split()) if isinstance(value, str) or "title" in name else value
        elif value not in ("", None, [], {}):
            reader.aside[name] += 1
    key = str(made.pop("id", ""))
    return made | ({"citation-key": made.get("citation-key", key)} if key else {})


def _people(reader: Reader, line: int, person: Any) -> list[dict[str, str]]:
    try:
        named = (
            {name: person[name] for name in person if name in PERSON} if isinstance(person, dict) else person
        )
        untrusted.shaped(named, {f"{part}?": str for part in PERSON})
    except ValueError as error:
        raise reader.Unplaced(
            line, None, f"it has an author who is no CSL name ({error}); correct it"
        ) from None
    made = {part: " ".join(person[part].split()) for part in PERSON if person.get(part)}
    if not (made.get("family") or made.get("literal")):
        raise reader.Unplaced(line, str(person), "an author has a family name or, as a body, a literal one")
    if "literal" in made:
        return [made]
    if re.search("[;；]", made["family"] + made.get("given", "")):
        raise reader.Unplaced(line, ", ".join(made.values()), str(reference_names.doubtful()))
    return [made] if "given" in made else reader.people(line, made["family"])


def _date(reader: Reader, line: int, value: Any) -> dict:
    if value in NO_DATE:
        return {}
    if isinstance(value, str):
        return reader.date(line, value, dates.of_edtf)
    if isinstance(value, dict) and (told := value.get("edtf")):
        return reader.date(line, str(told), dates.of_edtf)
    if isinstance(value, dict) and (told := value.get("raw") or value.get("literal")):
        return reader.date(line, str(told))
    try:
        parts = [[int(part) for part in side] for side in value["date-parts"]]
        made: dict[str, Any] = {"date-parts": parts}
        if season := value.get("season"):
            made["season"] = dates.SEASONS.get(str(season).casefold()) or int(season)
        if value.get("circa"):
            made["circa"] = True
        return dates.of_edtf(dates.edtf(made))
    except (KeyError, TypeError, ValueError, IndexError):
        told = json.dumps(value, ensure_ascii=False)
        raise reader.Unplaced(line, told, "it is no date that can be placed; correct it") from None


def written(items: Iterable[dict[str, Any]]) -> str:
    """The items as CSL-JSON, as they stand in the store."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"
