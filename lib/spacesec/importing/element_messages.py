"""Orbit mean-elements messages as records of keywords, in the four forms in which they are published.

Standard: CCSDS 502.0-B-3, Orbit Data Messages (2023), section 4 (the message), and 505.0-B-3 for XML;
publishers' CSV and JSON have its keywords as columns. Every value stays the text that the file holds.
"""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacesec.importing.found import Unplaced

BEGINS = "CCSDS_OMM_VERS"
OTHER_MESSAGES = re.compile(
    r"CCSDS_(OPM|OEM|OCM|AEM|APM|TDM|CDM|RDM)_VERS|<(opm|oem|ocm|aem|apm|tdm|cdm|rdm)\b"
)
# What every element set of the public catalogue has in every form: CSV is known by them.
TEXTS = {"OBJECT_NAME", "OBJECT_ID", "ORIGINATOR", "MESSAGE_ID"}
SIGNS = {"EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION"}


@dataclass
class Record:
    """One message: the line or the words that say where it begins, keyword -> text, keyword -> unit."""

    place: int | str
    fields: dict[str, str]
    units: dict[str, str] = field(default_factory=dict)


def form_of(text: str) -> str:
    """``xml``, ``json``, ``kvn``, ``csv``, or ``lines`` for a text that is none of these."""
    head = text.lstrip()[:1]
    if head == "<":
        return "xml"
    if head in ("{", "["):
        return "json"
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lstrip().startswith(BEGINS) or re.match(r"\s*[A-Z_]+\s*=", first):
        return "kvn"
    named = {cell.strip().strip('"').upper() for cell in re.split(r"[,;\t]", first)}
    return "csv" if len(named & SIGNS) >= 2 or len(named) > 9 else "lines"


def records(path: Path, text: str) -> Iterator[Record]:
    """The messages of a text in one of the four forms; raises Unplaced for one that does not read as such."""
    if other := OTHER_MESSAGES.search(text[:4000]):
        name = next(filter(None, other.groups())).upper()
        raise Unplaced(
            path, None, name, "it holds other messages than mean elements (OMM); name a file of those"
        )
    return {"xml": _xml, "json": _json, "kvn": _kvn, "csv": _csv}[form_of(text)](path, text)


def _csv(path: Path, text: str) -> Iterator[Record]:
    first = next(line for line in text.splitlines() if line.strip())
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=separator, strict=True)
    skipped = len(text) - len(text.lstrip("\r\n"))
    skipped = text[:skipped].count("\n")
    header: list[str] = []
    try:
        for cells in reader:
            line = reader.line_num + skipped
            cells = [cell.strip() for cell in cells]
            if not any(cells):
                continue
            if not header:
                header = [cell.upper() for cell in cells]
                if twice := next((name for name in header if name and header.count(name) > 1), None):
                    raise Unplaced(path, line, twice, "it stands there twice; keep one")
            elif [cell.upper() for cell in cells] == header:
                continue  # two files in one: the second has its header too
            elif len(cells) != len(header):
                why = f"it has {len(cells)} cells where the header has {len(header)}; download it again"
                raise Unplaced(path, line, None, why)
            elif not cells[-1] and not text.endswith("\n") and line == skipped + text.strip().count("\n") + 1:
                raise Unplaced(path, line, None, "its last cell is empty and no line end follows: it was cut")
            else:
                yield Record(line, dict(zip(header, cells)))
    except csv.Error as error:
        why = f"it does not read as CSV ({error}); download it again"
        raise Unplaced(path, reader.line_num + skipped, None, why) from None


def _json(path: Path, text: str) -> Iterator[Record]:
    def once(pairs: list[tuple]) -> dict:
        if twice := next((name for name, _ in pairs if [n for n, _ in pairs].count(name) > 1), None):
            raise Unplaced(path, None, twice, "it stands there twice; keep one")
        return dict(pairs)

    try:
        held = json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        why = f"it does not read as JSON ({error.msg}); download it again"
        raise Unplaced(path, error.lineno, None, why) from None
    except RecursionError:
        raise Unplaced(path, None, None, "it is nested too deeply; download it again") from None
    for number, entry in enumerate(held if isinstance(held, list) else [held], start=1):
        if not isinstance(entry, dict) or not SIGNS & {str(name).upper() for name in entry}:
            raise Unplaced(path, f"entry {number}", None, "it is no element set; name a file of OMM as JSON")
        plain = {name.upper(): "" if cell is None else cell for name, cell in entry.items()}
        if nested := next((name for name, cell in plain.items() if not isinstance(cell, str)), None):
            raise Unplaced(path, f"entry {number}", nested, "it holds no plain value; download it again")
        yield Record(f"entry {number}", {name: cell.strip() for name, cell in plain.items()})


def _kvn(path: Path, text: str) -> Iterator[Record]:
    record: Record | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith("COMMENT") or line in ("META_START", "META_STOP"):
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*(?:\[([^\]]*)\])?", line)
        if not match:
            raise Unplaced(path, number, line, "it is no KEYWORD = VALUE; download it again")
        name, value, unit = match.groups()
        if unit is not None and name in TEXTS:  # STARLINK-11071 [DTC] is a name
            value, unit = line.partition("=")[2].strip(), None
        if name == BEGINS or (record is None and name in ("OBJECT_NAME", "CREATION_DATE")):
            if record:
                yield record
            record = Record(number, {})
        if record is None:
            raise Unplaced(path, number, name, f"it stands before {BEGINS}; take the message whole")
        if name in record.fields:
            raise Unplaced(path, number, name, "it stands there twice; keep one")
        record.fields[name] = value
        if unit is not None:
            record.units[name] = unit.strip()
    if record:
        yield record


def _xml(path: Path, text: str) -> Iterator[Record]:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    number = 0
    encoded = re.sub(r"^(\s*<\?xml[^>]*?)\s+encoding=[\"'][^\"']*[\"']", r"\1", text).strip().encode("utf-8")
    try:
        for _, element in iterparse(io.BytesIO(encoded)):
            name = element.tag.rpartition("}")[2]
            if name.lower() == "html":
                raise Unplaced(
                    path, None, None, "it is a web page, not the data it should hold; download it again"
                )
            if name == "omm":
                number += 1
                yield _message(path, element, f"message {number}")
                element.clear()
    except ParseError as error:
        why = f"it does not read as XML ({str(error).partition(':')[0]}); download it again"
        raise Unplaced(path, error.position[0], None, why) from None
    except DefusedXmlException:
        why = "its XML declares entities of its own, which no element set needs; take it from its publisher"
        raise Unplaced(path, None, None, why) from None
    if not number:
        raise Unplaced(path, None, None, "it is XML without an OMM in it; name a file of mean elements")


def _message(path: Path, element, place: str) -> Record:
    record = Record(place, {BEGINS: element.get("version", "")})
    for part in element.iter():
        name = part.tag.rpartition("}")[2]
        if name == "COMMENT" or len(part) or not name.isupper():
            continue
        name = part.get("parameter", name) if name == "USER_DEFINED" else name
        if name in record.fields:
            raise Unplaced(path, place, name, "it stands there twice; keep one")
        record.fields[name] = (part.text or "").strip()
        if part.get("units") is not None:
            record.units[name] = part.get("units")
    return record
