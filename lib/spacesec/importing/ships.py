"""Positions of ships as receivers report them, AIS as NMEA sentences or CSV, streamed; and a track's dark
hours.

A file with more than one damaged sentence in a hundred is refused. Position, speed, course and heading that
are not available are none, not the numbers that stand for it, and a ship without a position has no row.
"""

import math
import re
from collections.abc import Iterator
from pathlib import Path

from spacesec.errors import ParameterError
from spacesec.importing import decoded, report_columns, sentences, tracks
from spacesec.importing.found import Found, Row, Unplaced, digest
from spacesec.importing.reports import Fixes, Reader, shown_time
from spacesec.words.language import said

COLUMNS = (
    "mmsi",
    "time_utc",
    "latitude_deg",
    "longitude_deg",
    "speed_kn",
    "course_deg",
    "heading_deg",
    "status",
    "name",
    "message",
    "locator",
)
GAP_COLUMNS = (
    "mmsi",
    "start_utc",
    "end_utc",
    "hours",
    "from_latitude_deg",
    "from_longitude_deg",
    "to_latitude_deg",
    "to_longitude_deg",
    "locator",
)


def read(path: Path, mmsi: str = "") -> Found:
    """The positions of a file, one row a report, read as they are asked for.

    mmsi: of one ship alone. Raises Unplaced, also while rows are read, for a line, number or time that cannot
    be placed; ``notes`` are whole when the rows are.
    """
    if mmsi and not re.fullmatch(r"\d{9}", mmsi):
        raise Unplaced(path, None, mmsi, "an MMSI has nine digits, zeros at its beginning among them")
    notes: list[str] = []
    return Found(_rows(path, mmsi, notes), COLUMNS, path.name, digest_of(path), "", notes)


def digest_of(path: Path) -> str:
    decoded.opened(path).close()
    return digest(path)


def _rows(path: Path, mmsi: str, notes: list[str]) -> Iterator[Row]:
    reader = Reader(path)
    count = 0
    for chunk in fixes(reader):
        if mmsi:
            chunk = chunk.where(chunk.mmsi == int(mmsi))
        columns = zip(*(values.tolist() for values in vars(chunk).values()))
        for ship, time, lat, lon, speed, course, heading, status, kind, line in columns:
            count += 1
            yield Row(
                f"{path.name}, line {line}",
                {
                    "mmsi": f"{ship:09d}",
                    "time_utc": shown_time(time),
                    "latitude_deg": f"{lat:.6f}",
                    "longitude_deg": f"{lon:.6f}",
                    "speed_kn": "" if speed != speed else f"{speed:.1f}",
                    "course_deg": "" if course != course else f"{course:.1f}",
                    "heading_deg": "" if heading != heading else f"{heading:.0f}",
                    "status": "" if status < 0 else str(status),
                    "name": reader.names.get(ship, ""),
                    "message": str(kind) if kind else "",
                    "locator": f"line {line}",
                },
            )
    notes += reader.notes()
    if not count:
        raise Unplaced(path, None, None, "it holds no position of a ship; give the file of the reports")


def fixes(reader: Reader) -> Iterator[Fixes]:
    """The reports of ships with a position, in pieces, one after another as the file has them."""
    with decoded.opened(reader.path) as file:
        head = file.read(100_000)
    told = re.search(rb"(?:^|[\r\n])[^\r\n]{0,200}![A-Z]{2}VD[MO],", head)
    source = sentences if told and b"\x00" not in head else report_columns
    for piece in source.read(reader):
        piece = reader.sieve(piece)
        reader.reports += len(piece)
        if len(piece):
            yield piece
    reader.refuse_alone()


def dark(reader: Reader, least_hours: float = 6.0) -> dict[int, tracks.Track]:
    """The ships of a file with their gaps of so many hours or more; raises Unplaced as `read` does."""
    return tracks.dark(fixes(reader), least_hours)


def dark_hours(path: Path, least_hours: float = 6.0) -> Found:
    """The gaps of every ship of a file, longest first, a row each; raises Unplaced as `read` does."""
    reader = Reader(path)
    ships = dark(reader, _hours(least_hours))
    if not ships:
        raise Unplaced(path, None, None, "it holds no position of a ship; give the file of the reports")
    gaps = sorted((gap for track in ships.values() for gap in track.gaps), key=lambda g: (-g.hours, g.mmsi))
    rows = []
    for gap in gaps:
        start, end = shown_time(gap.start), shown_time(gap.end)
        places = [f"{value:.6f}" for value in (*gap.before, *gap.after)]
        cells = (f"{gap.mmsi:09d}", start, end, f"{gap.hours:.4f}", *places, f"reports of {start} and {end}")
        rows.append(Row(f"{path.name}, ship {cells[0]}", dict(zip(GAP_COLUMNS, cells))))
    last = shown_time(max(track.last[0] for track in ships.values()))[:10]
    extent = said("{n1} reports of {n2} ships", n1=f"{reader.reports:,}", n2=f"{len(ships):,}")
    return Found(rows, GAP_COLUMNS, path.name, digest(path), last, [extent, *reader.notes()])


def _hours(given: float | str) -> float:
    try:
        hours = float(given)
    except ValueError:
        hours = math.nan
    if not 0 < hours < math.inf:
        raise ParameterError(f"least_hours = {given} is not possible; give hours above 0, as in 6.")
    return hours
