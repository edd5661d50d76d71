"""Almanacs in YUMA form, of GPS and QZSS.

Format: US Coast Guard Navigation Center, "GPS Almanac (YUMA)"; QZSS satellites have the numbers 193 to 202.
Weeks below 1,024 count from one of the rollovers of 1999, 2019 …; ``near`` says which is meant.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from spacesec.data import time_scales
from spacesec.importing.found import Row, Unplaced, ahead
from spacesec.importing.navigation import refuse_axis
from spacesec.words.language import said

BEGINS = re.compile(r"\*+ Week\s+(\d+) almanac for PRN-(\d+) \*+")
FIELDS = {  # as the file names them, without the brackets' content
    "ID": "number",
    "Health": "health",
    "Eccentricity": "eccentricity",
    "Time of Applicability": "toa_s",
    "Orbital Inclination": "inclination_rad",
    "Rate of Right Ascen": "node_rate_rad_s",
    "SQRT": "sqrt_axis_sqrt_m",
    "Right Ascen at Week": "node_rad",
    "Argument of Perigee": "arg_perigee_rad",
    "Mean Anom": "mean_anomaly_rad",
    "Af0": "clock_bias_s",
    "Af1": "clock_drift",
    "week": "week",
}
COLUMNS = ("satellite", "healthy", "epoch", "time_system", "epoch_utc", *FIELDS.values(), "locator")
BOUNDS = {
    "eccentricity": (0, 0.5),
    "toa_s": (0, 604_800),
    "inclination_rad": (0, 1.4),
    "sqrt_axis_sqrt_m": (2500, 8000),
    "node_rad": (-6.4, 6.4),
    "arg_perigee_rad": (-6.4, 6.4),
    "mean_anomaly_rad": (-6.4, 6.4),
    "health": (0, 511),
    "week": (0, 9999),
}
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
WHOLE = re.compile(r"\d+", re.ASCII)
COUNTED, HEADED = ("number", "week", "health"), ("week", "number")
GPS_BEGINS, ROLLOVER = datetime(1980, 1, 6), 1024
QZSS = range(193, 203)


def rows(path: Path, text: str, notes: list[str], near: str) -> Iterator[Row]:
    """One row a satellite. near: an ISO day, for weeks that count from a rollover. Raises Unplaced."""
    block: dict[str, str] = {}
    begin, seen, whole, headed = 0, set(), True, ("", "")
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        if match := BEGINS.fullmatch(line.strip()):
            headed = match.groups()
            if block:
                yield _row(path, begin, block, near, seen)
            begin, block = number, {}
            continue
        if not line.strip():
            continue
        name, colon, value = line.partition(":")
        column = FIELDS.get(name.partition("(")[0].strip())
        if not begin or not colon or column is None or column in block:
            why = "it is no line of a YUMA almanac, or stands there twice; download it again"
            raise Unplaced(path, number, line.strip()[:40], why)
        if not (WHOLE if column in COUNTED else NUMBER).fullmatch(value.strip()):
            raise Unplaced(path, number, value.strip(), f"{column} is a number; download it again")
        block[column] = value.strip()
        low, high = BOUNDS.get(column, (-1e13, 1e13))
        if not low <= float(value) <= high:
            why = f"{column} lies from {low:g} to {high:g}; look at its unit"
            raise Unplaced(path, number, value.strip(), why)
        if column in HEADED and int(value) != int(headed[HEADED.index(column)]):
            why = "its heading has another one: lines are lost; download it again"
            raise Unplaced(path, number, value.strip(), why)
        whole = whole and not (column == "week" and int(value) < ROLLOVER)
    if block:
        yield _row(path, begin, block, near, seen)
    if not whole and not near:
        notes.append(
            said("weeks below 1,024 count from a rollover: give the option near, a day of that time")
        )


def _row(path: Path, number: int, block: dict[str, str], near: str, seen: set[str]) -> Row:
    if lacking := [name for name in FIELDS.values() if name not in block]:
        raise Unplaced(path, number, None, f"the almanac lacks {', '.join(lacking)}; download it again")
    identity = int(block["number"])
    satellite = f"J{identity - 192:02}" if identity in QZSS else f"G{identity:02}"
    if not (1 <= identity <= 63 or identity in QZSS) or satellite in seen:
        why = "the number is no satellite of GPS or QZSS, or stands there twice; look at the file"
        raise Unplaced(path, number, block["number"], why)
    seen.add(satellite)
    week = int(block["week"])
    if near and week < ROLLOVER:
        wanted = (datetime.combine(date.fromisoformat(near), datetime.min.time()) - GPS_BEGINS).days // 7
        week += round((wanted - week) / ROLLOVER) * ROLLOVER
    epoch = GPS_BEGINS + timedelta(weeks=week, seconds=float(block["toa_s"]))
    known = week >= ROLLOVER or bool(near)
    if known and ahead(epoch.date()):
        why = "it lies more than a month ahead of today; look at its year"
        raise Unplaced(path, number, block["week"], why)
    refuse_axis(path, number, satellite, block["sqrt_axis_sqrt_m"])
    return Row(
        f"{path.name}, line {number}",
        {
            "satellite": satellite,
            "healthy": "true" if int(float(block["health"])) == 0 else "false",
            "epoch": epoch.isoformat() if known else "",
            "time_system": "GPS",
            "epoch_utc": f"{time_scales.to_utc(epoch, 'GPS').isoformat()}Z" if known else "",
            **block,
            "locator": f"line {number}, {satellite}",
        },
    )
