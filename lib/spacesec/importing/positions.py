"""Files of navigation satellites: broadcast orbits (RINEX 3 and 4), precise orbits (SP3), almanacs (YUMA)."""

from datetime import date
from pathlib import Path

from spacesec.importing import almanacs, found, navigation, precise
from spacesec.importing.found import Found, Unplaced


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
    dated = max(row.cells["epoch_utc"] for row in rows)[:10]
    return Found(rows, columns, path.name, found.digest(path), dated, notes)


def _refuse_day(path: Path, near: str) -> None:
    try:
        if date.fromisoformat(near) < almanacs.GPS_BEGINS.date():
            raise ValueError
    except ValueError:
        raise Unplaced(path, None, near, "the option near takes a day such as 2026-11-05") from None
