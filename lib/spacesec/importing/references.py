"""References as libraries and reference managers write them (RIS, BibTeX and BibLaTeX, CSL-JSON), to and from
items of the source store.

What a format says that the store does not keep (abstracts, key words, attachments) is set aside and counted.
"""

import json
import re
from pathlib import Path

from spacesec.importing import biblatex, csl, decoded, ris
from spacesec.importing.found import Found, Row, Unplaced, digest, tallied
from spacesec.importing.reference_items import Reader
from spacesec.words.language import noted, said

COUNTED = noted("{what} ({count})")
COLUMNS = ("id", "type", "title", "original-title", "author", "publisher", "container-title", "issued", "URL")
FORMS = {"ris": ris, "bib": biblatex, "csl": csl}
_ENTRY = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,}]+)")


def read(path: Path, language: str = "", accessed: str = "") -> Found:
    """The references of a .ris, .bib or CSL-JSON file as items of the source store.

    language, accessed: what to take where an item names none (a code of two letters; an ISO day). Raises
    Unplaced for a file of another kind, or the first item that cannot be placed.
    """
    whole, encoding = decoded.text(path)
    reader = Reader(path, language, accessed)
    kind = _kind(whole)
    if not kind:
        raise Unplaced(
            path, None, None, "it is neither RIS, BibTeX nor CSL-JSON; export it anew as one of them"
        )
    rows, seen = [], {}
    for line, item in FORMS[kind].read(reader, whole):
        item = reader.finished(line, item)
        key = item.get("id") or item.get("citation-key") or json.dumps(item, sort_keys=True)
        if key in seen and seen[key] != item:
            raise reader.Unplaced(line, str(key), "two items have this key and differ; give one another key")
        if key in seen or item in seen.values():
            reader.settled[noted("left out an item that stands in the file again")] += 1
            continue
        seen[key] = item
        rows.append(Row(f"{path.name}, line {line}", item))
    if not rows:
        raise Unplaced(path, None, None, "it holds no reference; export it anew")
    aside = ", ".join(tallied(reader.aside, COUNTED))
    notes = [said("set aside what the store does not keep: {aside}", aside=aside)] if aside else []
    notes += tallied(reader.settled, COUNTED)
    notes += [said("read as {encoding}", encoding=encoding)] if encoding != "utf-8" else []
    return Found(rows, COLUMNS, path.name, digest(path), "", notes)


def _kind(whole: str) -> str:
    start = whole.lstrip("\ufeff \n\t")
    if start[:1] in "[{":
        return "csl"
    if re.search(r"^\s*TY {0,2}-", whole, re.MULTILINE):
        return "ris"
    return "bib" if _ENTRY.search(whole) else ""
