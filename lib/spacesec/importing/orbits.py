"""Element sets of satellites: two-line and titled three-line sets, and orbit mean-elements messages (OMM) as
CSV, JSON, XML and KVN, as CelesTrak and Space-Track publish them.

Every number stays the text that the file holds. What SGP4 does not carry (another theory, frame or time
scale) is refused, not converted. Of several sets of one object the newest epoch counts (`settled`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from spacesec.data import lines
from spacesec.data.redundancy import heights_km
from spacesec.importing import element_messages, found
from spacesec.importing.element_fields import (
    ANALYSTS,
    BOUNDS,
    CARRIED,
    COLUMNS,
    KEYWORDS,
    LOWEST_KM,
    MEASURED,
    NEEDED,
    POWER,
    RATES,
    SILENT,
    finished,
    rounded,
)
from spacesec.importing.element_messages import Record
from spacesec.importing.found import Found, Row, Unplaced
from spacesec.words.language import said

if TYPE_CHECKING:
    import pandas as pd

NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,2})?", re.ASCII)
WHOLE = {"NORAD_CAT_ID": 999_999_999, "ELEMENT_SET_NO": 9_999_999, "REV_AT_EPOCH": 999_999}
# A blank for the T is a program's own form where it keeps microseconds; without, a spreadsheet has cut them.
EPOCH = re.compile(
    r"(\d{4})-(?:(\d\d)-(\d\d)|(\d{3}))(?:T| (?=[\d:]{8}\.\d{6}))(\d\d):(\d\d):(\d\d)(?:\.(\d{1,12}))?"
    r"(?:Z|\+00:00)?",
    re.ASCII,
)
DESIGNATOR = re.compile(r"\d{4}-\d{3}[A-Z]{0,3}", re.ASCII)
BIG = 200_000  # bytes of a file that is read by columns
LINE = re.compile(r"[12] [ \dA-Z][ \d]{4}[ A-Z]", re.ASCII)  # what a title such as 1 KUNS-PF is not
# What stands above sets in mails, pages and answers of servers, and in no satellite's name.
NOTICE = re.compile(r": |:$|://|<|&#?\w+;|^\W+$|^no gp data|\bas of\b|\d{4}[-/]\d\d[-/]\d\d", re.IGNORECASE)


def read(path: Path, epochs: str = "newest") -> Found:
    """The element sets of a file; ``epochs`` is ``newest`` (one set an object) or ``all``.

    Raises Unplaced for the first thing that cannot be placed.
    """
    if epochs not in ("newest", "all"):
        raise Unplaced(path, None, epochs, "the option epochs takes newest or all")
    if by_columns := _whole_catalog(path):
        return by_columns
    text = found.text(path)
    notes: list[str] = []
    rows = list(_rows(path, text, notes))
    if not rows:
        raise Unplaced(path, None, None, "it holds no element set; name a file of TLE or OMM")
    kept = list(settled(path, rows, notes, every=epochs == "all"))
    _tell_numbers(notes, [row.cells["norad_id"] for row in kept])
    if len(kept) > 1 and all(rounded(row.cells["mean_motion_rev_day"]) for row in kept):
        notes.append(said("no MEAN_MOTION has more than four decimals: a program may have rounded them"))
    dated = max(row.cells.get("created") or row.cells["epoch_utc"] for row in rows)[:10]
    return Found(kept, COLUMNS, path.name, found.digest(path), dated, notes)


def _whole_catalog(path: Path) -> Found | None:
    """A big file of OMM as CSV by its columns, where all of it is as publishers write it."""
    from spacesec.importing import element_columns

    if not path.is_file() or path.stat().st_size < BIG or not (sets := element_columns.whole(path)):
        return None
    notes: list[str] = []
    _tell(notes, {name for name in SILENT if name not in sets.header}, set(sets.header) - set(KEYWORDS))
    _tell_numbers(notes, sets.texts["NORAD_CAT_ID"])
    dated = max(sets.texts["EPOCH"])[:10]
    return Found(sets, COLUMNS, path.name, found.digest(path), dated, notes)


def frame(rows: Iterable[Row]) -> pd.DataFrame:
    """The sets of a file as a table of the kinds that the collection's own has: numbers, days."""
    import pandas as pd

    from spacesec.importing.element_columns import Sets

    if isinstance(rows, Sets):
        return rows.frame()
    table = pd.DataFrame([row.cells for row in rows], columns=list(COLUMNS), dtype=object).replace("", pd.NA)
    numbers = [column for column, unit in KEYWORDS.values() if unit]
    for column in (*numbers, "eccentricity", "perigee_km", "apogee_km"):
        table[column] = pd.to_numeric(table[column])
    for column in ("norad_id", "ephemeris_type", "element_set_no", "rev_at_epoch"):
        table[column] = pd.to_numeric(table[column]).astype("Int64")
    return table.assign(epoch_date=pd.to_datetime(table["epoch_date"]))


def settled(path: Path, rows: Iterable[Row], notes: list[str], every: bool = False) -> Iterator[Row]:
    """One set an object, that of the newest epoch (or one an epoch, where ``every`` is wanted); of equal sets
    one. Raises Unplaced for two sets of one object and epoch that differ.
    """
    newest: dict[tuple, Row] = {}
    twice = older = 0
    for row in rows:
        cells = row.cells
        thing = cells["norad_id"] or cells["cospar_id"] or cells["name"]
        key = (thing, _later(cells["epoch_utc"])) if every else (thing,)
        held = newest.get(key)
        if held and (other := held.cells["cospar_id"]) != cells["cospar_id"] and other and cells["cospar_id"]:
            why = f"{held.place} has OBJECT_ID {other} for the same catalog number; keep the right sets"
            raise Unplaced(path, row.place.partition(", ")[2], cells["cospar_id"], why)
        if held is None:
            newest[key] = row
        elif _later(held.cells["epoch_utc"]) == _later(cells["epoch_utc"]):
            if moved := _apart(held, row):
                why = f"{held.place} has another value for the same object and epoch; keep the right set"
                raise Unplaced(path, row.place.partition(", ")[2], cells[moved], why)
            twice += 1
        else:
            older += 1
            if _later(cells["epoch_utc"]) > _later(held.cells["epoch_utc"]):
                newest[key] = row
    if twice:
        notes.append(said("sets that stand there twice, of which one is kept: {count}", count=twice))
    if older:
        notes.append(
            said("sets left out because the file has a newer one of the object: {count}", count=older)
        )
    yield from newest.values()


def _later(epoch: str) -> tuple[str, str]:
    """Sorts epochs, whatever the digits of their seconds."""
    whole, _, part = epoch.removesuffix("Z").partition(".")
    return whole, part.rstrip("0")


def _apart(one: Row, other: Row) -> str | None:
    """The first column in which two sets differ by value; a name may be written in two ways."""
    for column, unit in KEYWORDS.values():
        pair = one.cells[column], other.cells[column]
        if column in ("name", "epoch_utc"):  # epochs are the same here, in whatever digits
            continue
        if pair[0] != pair[1] and not (unit and all(pair) and Decimal(pair[0]) == Decimal(pair[1])):
            return column
    return None


def _rows(path: Path, text: str, notes: list[str]) -> Iterator[Row]:
    form = element_messages.form_of(text)
    if form == "lines":
        yield from _two_lines(path, text)
        return
    silent: set[str] = set()
    beyond: set[str] = set()
    before: set[str] = set()
    for record in element_messages.records(path, text):
        if form == "kvn" and (lost := sorted((before & MEASURED) - set(record.fields))):
            why = f"it lacks {', '.join(lost)}, which the one before has: it was cut; download it again"
            raise Unplaced(path, record.place, None, why)
        before = set(record.fields)
        silent |= {name for name in SILENT if not record.fields.get(name)}
        beyond |= {name for name in record.fields if name not in KEYWORDS} - {"CREATION_DATE", "ORIGINATOR"}
        yield row_of(path, record)
    beyond -= {element_messages.BEGINS, "COMMENT", ""}
    if form in ("csv", "kvn") and not text.endswith("\n"):
        notes.append(said("the file ends without a line end: its last number may have been cut"))
    _tell(notes, silent, beyond)


def _tell(notes: list[str], silent: set[str], beyond: set[str]) -> None:
    """What a file does not state, and what of it is left out."""
    if silent:
        assumed = ", ".join(SILENT[name] for name in SILENT if name in silent)
        notes.append(
            said("the file does not state, and its publishers' format means: {assumed}", assumed=assumed)
        )
    if beyond:
        notes.append(
            said(
                "fields that are no mean elements and are left out: {names}", names=", ".join(sorted(beyond))
            )
        )


def _tell_numbers(notes: list[str], numbers: Iterable[str]) -> None:
    """How many objects are an analyst's: tracked, but of no launch that is settled."""
    if count := len(ANALYSTS.findall("\n".join(numbers))):
        notes.append(
            said(
                "objects without a number of the public catalog or with an analyst's (80,000 to 89,999,"
                " 270,000 and more): {count}",
                count=count,
            )
        )


def _two_lines(path: Path, text: str) -> Iterator[Row]:
    """The sets of a text of two-line or three-line sets."""
    title, first = "", None
    at = 0
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.rstrip()
        if not line:
            continue
        if line.startswith("#"):
            continue  # a comment
        begins = line[:2] if len(line) > 24 and LINE.match(line) else ""
        if first is not None:
            if begins != "2 ":
                raise Unplaced(path, at, first[:24], "line 1 of a set stands without its line 2; give both")
            yield _set(path, at, title, first, line)
            title, first = "", None
        elif begins == "1 ":
            first, at = line, number
        elif begins == "2 ":
            raise Unplaced(path, number, line[:24], "line 2 of a set stands without its line 1; give both")
        elif title or NOTICE.search(line):
            raise Unplaced(path, number, line, "it is no line of an element set; remove it or mend the file")
        else:
            title = re.sub(r"^0(\s+|$)", "", line).strip()
            if len(title) > 60:
                raise Unplaced(
                    path, number, line, "it is no line of an element set; name a file of TLE or OMM"
                )
    if first is not None:
        raise Unplaced(path, at, first[:24], "line 1 of a set stands without its line 2; give both")
    if title:
        raise Unplaced(path, None, title, "a title stands at its end without a set; download it again")


def _set(path: Path, number: int, title: str, first: str, second: str) -> Row:
    for at, line in enumerate((first, second), start=1):
        if len(line) != 69:
            why = f"line {at} of a set has 69 signs, this one {len(line)}; download it again"
            raise Unplaced(path, number, line[:24], why)
        if line[68] != (right := str(lines.checksum(line))):
            why = f"the checksum of line {at} is {line[68]} and its digits give {right}; take it anew"
            raise Unplaced(path, number, line[:24], why)
    if first[2:7] != second[2:7]:
        why = f"the lines of {first[2:7].strip()} and {second[2:7].strip()} stand as one set; mend the pairs"
        raise Unplaced(path, number, second[:24], why)
    if not re.fullmatch(r"\d{7}", second[26:33], re.ASCII):
        why = "the eccentricity of line 2 has seven digits without a point; download it again"
        raise Unplaced(path, number, second[26:33], why)
    try:
        held = lines.fields(first, second)
    except ValueError as error:
        raise Unplaced(path, number, first[:24], f"{error}; download it again") from None
    named = {keyword: held[column] for keyword, (column, _) in KEYWORDS.items() if column in held}
    return row_of(path, Record(number, {"OBJECT_NAME": title, **named}))


def row_of(path: Path, record: Record) -> Row:
    """A message as a row; raises Unplaced for a value that it may not have."""
    given = record.fields
    texts = {name: given.get(name) or SILENT.get(name, "") for name in KEYWORDS}
    for name, carried in CARRIED.items():
        if texts[name].upper() not in carried:
            why = f"{name} must be {carried[0]} for SGP4; take sets that are"
            raise Unplaced(path, record.place, texts[name], why)
    if given.get("EPOCH_MICROSECONDS"):
        why = "its epoch stands in two columns, as in files of old; take OMM, which has it in one"
        raise Unplaced(path, record.place, "EPOCH_MICROSECONDS", why)
    if lacking := [name for name in NEEDED if not given.get(name)]:
        if "SEMI_MAJOR_AXIS" in given and lacking == ["MEAN_MOTION"]:
            why = "it gives a semi-major axis, SGP4 needs the mean motion; take sets of theory SGP4"
            raise Unplaced(path, record.place, "SEMI_MAJOR_AXIS", why)
        raise Unplaced(path, record.place, None, f"it lacks {', '.join(lacking)}; take the message whole")
    _refuse_units(path, record)
    _refuse_numbers(path, record.place, texts)
    cells = {column: texts[name] for name, (column, _) in KEYWORDS.items()}
    cells["epoch_utc"] = _epoch(path, record.place, texts["EPOCH"])
    cells["norad_id"] = cells["norad_id"].lstrip("0") if cells["norad_id"].strip("0") else ""
    if cells["cospar_id"].upper() in ("UNKNOWN", "NONE"):
        cells["cospar_id"] = ""
    if cells["cospar_id"] and not DESIGNATOR.fullmatch(cells["cospar_id"]):
        why = "OBJECT_ID is written as 1998-067A; look whether columns changed places"
        raise Unplaced(path, record.place, cells["cospar_id"], why)
    if cells["cospar_id"][:4] > cells["epoch_utc"][:4]:
        why = f"an object of that launch has no set of {cells['epoch_utc'][:4]}; look at both columns"
        raise Unplaced(path, record.place, cells["cospar_id"], why)
    if not (cells["norad_id"] or cells["cospar_id"] or cells["name"]):
        raise Unplaced(path, record.place, None, "it names no object; give its number, designator or name")
    if not re.fullmatch("[A-Z]?", cells["classification"]):
        why = "CLASSIFICATION_TYPE is one letter; look whether columns changed places"
        raise Unplaced(path, record.place, cells["classification"], why)
    heights = heights_km(float(texts["MEAN_MOTION"]), float(texts["ECCENTRICITY"]))
    if heights["perigee_km"] < LOWEST_KM:
        why = f"with MEAN_MOTION {texts['MEAN_MOTION']} its perigee lies in the ground; look at both columns"
        raise Unplaced(path, record.place, texts["ECCENTRICITY"], why)
    return finished(path, record, cells)


def _refuse_units(path: Path, record: Record) -> None:
    for name, unit in record.units.items():
        wanted = KEYWORDS[name][1] if name in KEYWORDS else unit
        if unit.lower() != wanted.lower():
            why = f"{name} is in {wanted or 'no unit'}; convert it or take it from its publisher"
            raise Unplaced(path, record.place, unit, why)


def _refuse_numbers(path: Path, place: int | str, texts: dict[str, str]) -> None:
    for name, (low, high) in BOUNDS.items():
        if name not in RATES and POWER.fullmatch(texts[name]):
            why = f"{name} has a power of ten, with which a spreadsheet cuts digits; take the file anew"
            raise Unplaced(path, place, texts[name], why)
        if (text := texts[name]) and not NUMBER.fullmatch(text):
            raise Unplaced(
                path, place, text, f"{name} is a number with a point; take the set from its publisher"
            )
        if text and not low <= float(text) <= high:
            raise Unplaced(
                path, place, text, f"{name} lies from {low} to {high}; look at its unit and column"
            )
    for name, most in WHOLE.items():
        if (text := texts[name]) and not (re.fullmatch("[0-9]+", text) and int(text) <= most):
            raise Unplaced(path, place, text, f"{name} is a whole number up to {most}; look at its column")


def _epoch(path: Path, place: int | str, text: str) -> str:
    """ISO with the file's own digits of the second, and Z."""
    match = EPOCH.fullmatch(text)
    if not match:
        why = "EPOCH is UTC as in 2026-11-05T12:00:00.123456 or 2026-309T12:00:00; write it so"
        raise Unplaced(path, place, text, why)
    year, month, day, ordinal, hour, minute, second, part = match.groups()
    try:
        if ordinal:
            date = datetime(int(year), 1, 1) + timedelta(days=int(ordinal) - 1)
            if ordinal == "000" or date.year != int(year):
                raise ValueError
        else:
            date = datetime(int(year), int(month), int(day))
        date.replace(hour=int(hour), minute=int(minute), second=int(second))
    except ValueError:
        why = "EPOCH is no time of the calendar (a leap second has no place in SGP4); take another set"
        raise Unplaced(path, place, text, why) from None
    if not 1957 <= date.year < 2100:
        raise Unplaced(path, place, text, "EPOCH lies outside 1957 to 2099; look at its century")
    if found.ahead(date.date()):
        raise Unplaced(path, place, text, "EPOCH lies more than a month ahead of today; look at its year")
    fraction = f".{part}" if part else ""
    return f"{date:%Y-%m-%d}T{hour}:{minute}:{second}{fraction}Z"
