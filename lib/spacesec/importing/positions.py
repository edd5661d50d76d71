"""Files of navigation satellites: broadcast orbits (RINEX 3 and 4), precise orbits (SP3), almanacs (YUMA)."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from spacesec.importing import almanacs, found, navigation, precise
from spacesec.importing.found import Found, Row, Unplaced

# The day of a file in its name, as the IGS gives it: year and day of it, or week and day of GPS time.
NAMES = (
    re.compile(r"_(?P<year>20\d\d)(?P<day>\d{3})\d{4}_(?P<count>\d\d)(?P<unit>[MHDY])_"),
    re.compile(r"^\w{4}(?P<day>\d{3})[0a-x]\.(?P<year>\d\d)[nglfqhip]$", re.IGNORECASE),
    re.compile(r"^\w{3}(?P<week>\d{4})(?P<weekday>[0-6])(?:_\d\d)?\.sp3$", re.IGNORECASE),
)
DAYS = {"D": 1, "Y": 366}  # of a unit of time in such a name; hours and minutes are of one day
NEAR = timedelta(days=2)  # by which messages and predictions lie around the day


def read(path: Path, near: str = "") -> Found:
    """The orbits of a file, by its own first line. near: for almanacs, see `spacesec.importing.almanacs`.

    Raises Unplaced for the first thing that cannot be placed.
    """
    text = found.text(path).lstrip("\r\n")
    first = text.splitlines()[0]
    notes: list[str] = []
    if first[60:80].strip() == navigation.MARK:
        rows, columns = list(navigation.rows(path, text, notes)), navigation.COLUMNS
    elif first.startswith("#"):
        rows, columns = list(precise.rows(path, text, notes)), precise.COLUMNS
    elif almanacs.BEGINS.fullmatch(first.strip()):
        if near:
            _refuse_day(path, near)
        rows, columns = list(almanacs.rows(path, text, notes, near)), almanacs.COLUMNS
    else:
        why = "it begins like no RINEX navigation file, SP3 or YUMA almanac; name one of these"
        raise Unplaced(path, 1, first.strip()[:40], why)
    if not rows:
        raise Unplaced(path, None, None, "it holds no orbit that is read here; name another file")
    _refuse_other_days(path, rows)
    dated = max(row.cells["epoch_utc"] for row in rows)[:10]
    return Found(rows, columns, path.name, found.digest(path), dated, notes)


def _refuse_other_days(path: Path, rows: list[Row]) -> None:
    """Raises Unplaced for an epoch far from the day in the file's name, or from all other epochs."""
    days = {row.place: date.fromisoformat(row.cells["epoch"][:10]) for row in rows if row.cells["epoch"]}
    lone = found.alone(Counter(day.toordinal() for day in days.values()))
    first, last = _named(path.name)
    for place, day in days.items():
        if day.toordinal() == lone:
            why = "the others lie more than a year from it: correct its time, or import them apart"
            raise Unplaced(path, place.partition(", ")[2], f"{day}", why)
        if not first <= day <= last:
            why = f"by its name the file is of {first + NEAR}; give it its own name, or download it again"
            raise Unplaced(path, place.partition(", ")[2], f"{day}", why)


def _named(name: str) -> tuple[date, date]:
    """The first and last day that a file of such a name may have; any for another name."""
    told = next((match.groupdict() for form in NAMES if (match := form.search(name))), None)
    if told is None:
        return date.min, date.max
    if "week" in told:
        first = almanacs.GPS_BEGINS.date() + timedelta(weeks=int(told["week"]), days=int(told["weekday"]))
    else:
        first = date(2000 + int(told["year"]) % 100, 1, 1) + timedelta(days=int(told["day"]) - 1)
    count = int(told.get("count") or 1) * DAYS.get(told.get("unit"), 1)
    return first - NEAR, first + timedelta(days=count) + NEAR


def _refuse_day(path: Path, near: str) -> None:
    try:
        if date.fromisoformat(near) < almanacs.GPS_BEGINS.date():
            raise ValueError
    except ValueError:
        raise Unplaced(path, None, near, "the option near takes a day such as 2026-11-05") from None
