"""Reports of ships as CSV: MarineCadastre's, the Danish authority's and like ones, streamed."""

import re
from collections.abc import Iterator

import numpy as np

from spacesec.importing import decoded
from spacesec.importing.reports import (
    FASTEST_KN,
    NO_LATITUDE,
    NO_LONGITUDE,
    Fixes,
    Reader,
    stamp,
)
from spacesec.words.language import noted

RECORDS = 50_000  # lines of CSV at a time
# "Not available" as publishers scale it or do not.
NO_SPEEDS, NO_COURSES, NO_HEADINGS = (102.3, 1023.0), (360.0, 409.5, 3600.0), (360.0, 511.0)
KNOWN = {
    "mmsi": "mmsi",
    "source_mmsi": "mmsi",
    "basedatetime": "time",
    "base_date_time": "time",
    "timestamp": "time",
    "time": "time",
    "datetime": "time",
    "date_time_utc": "time",
    "time_utc": "time",
    "lat": "lat",
    "latitude": "lat",
    "latitude_deg": "lat",
    "lon": "lon",
    "long": "lon",
    "longitude": "lon",
    "longitude_deg": "lon",
    "sog": "speed",
    "speed": "speed",
    "speed_kn": "speed",
    "speed_knots": "speed",
    "cog": "course",
    "course": "course",
    "course_deg": "course",
    "heading": "heading",
    "true_heading": "heading",
    "heading_deg": "heading",
    "vesselname": "name",
    "vessel_name": "name",
    "name": "name",
    "shipname": "name",
    "日時": "time",
    "緯度": "lat",
    "経度": "lon",
    "速力": "speed",
    "針路": "course",
    "船首方位": "heading",
    "船名": "name",
}
_DANISH = re.compile(r"(\d{2})/(\d{2})/(\d{4}) (\d{2}:\d{2}:\d{2})")


def read(reader: Reader) -> Iterator[Fixes]:
    table = decoded.table(reader.path, KNOWN, ("mmsi", "time", "lat", "lon"))
    with decoded.opened(reader.path) as file:
        danish = file.read(20).lstrip(b"\xef\xbb\xbf").startswith(b"# Timestamp")
    made: list[tuple] = []
    for line, cells in table:
        if row := _record(reader, line, cells, danish):
            made.append(row)
            if len(made) == RECORDS:
                yield _arrays(made)
                made = []
    if made:
        yield _arrays(made)


def _arrays(made: list[tuple]) -> Fixes:
    columns = list(zip(*made))
    whole = [0, 7, 8, 9]
    return Fixes(*(np.array(one, np.int64 if place in whole else float) for place, one in enumerate(columns)))


def _record(reader: Reader, line: int, cells: dict[str, str], danish: bool) -> tuple | None:
    ship = cells["mmsi"].strip("'\" ").removesuffix(".0")
    if not re.fullmatch(r"\d{1,9}", ship):
        raise reader.Unplaced(
            line, cells["mmsi"], "it is no MMSI, which has nine digits; save the column as text"
        )
    if len(ship) < 9:
        reader.aside[noted("nothing; put back zeros at the beginning of an MMSI")] += 1
    try:
        time = _time(cells["time"], danish)
    except ValueError as error:
        raise reader.Unplaced(line, cells["time"], f"{error}") from None
    lat, lon = (_number(reader, line, cells[name], name) for name in ("lat", "lon"))
    if lat is None or lon is None or lat == NO_LATITUDE or abs(lon) == NO_LONGITUDE:
        reader.aside[noted("reports without a position")] += 1
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        value = cells["lat"] if abs(lat) > 90 else cells["lon"]
        raise reader.Unplaced(line, value, "it lies on no map; latitude and longitude may be swapped")
    told = []
    for name, none, most in (
        ("speed", NO_SPEEDS, 1022 if ship.startswith("111") else FASTEST_KN),  # of aircraft in whole knots
        ("course", NO_COURSES, 360),
        ("heading", NO_HEADINGS, 360),
    ):
        value = _number(reader, line, cells.get(name, ""), name)
        if value is not None and value not in none and not 0 <= value <= most:
            raise reader.Unplaced(line, cells[name], f"it is no {name}; the columns may be swapped")
        told.append(float("nan") if value is None or value in none else value)
    if name := cells.get("name", ""):
        reader.names[int(ship)] = name
    return int(ship), time, lat, lon, *told, -1, 0, line


def _time(text: str, danish: bool) -> float:
    found = _DANISH.fullmatch(text) if danish else None
    return stamp((f"{found[3]}-{found[2]}-{found[1]}T{found[4]}" if found else text).encode())


def _number(reader: Reader, line: int, text: str, name: str) -> float | None:
    if text.casefold() in ("", "na", "n/a", "null", "none", "unknown"):
        return None
    if not re.fullmatch(r"[+-]?\d{1,4}(\.\d+)?", text):
        raise reader.Unplaced(line, text, f"it is no {name} in degrees or knots; correct it")
    return float(text)
