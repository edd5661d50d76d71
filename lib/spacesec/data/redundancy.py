"""Do element sets agree with themselves: checksums, both catalogue numbers, the columns that repeat the
lines?
"""

import math
from datetime import datetime, timedelta

from spacesec.data import extent, lines, tables

EARTH_RADIUS_KM, EARTH_MU = 6378.135, 398600.8  # WGS-72, of which the sets are made
HEIGHT_TOLERANCE_KM = 1.0
SECOND = timedelta(seconds=1)  # the last place of the epoch column


def problems() -> list[str]:
    """Faults of every table that holds both lines of an element set, as sentences."""
    holding = [
        name
        for name in tables.names()
        if {"line1", "line2"} <= {field["name"] for field in tables.describe(name)["schema"]["fields"]}
    ]
    return [
        f"data/{name}.csv, {row['row_id']}: {fault}"
        for name in holding
        for row in extent.rows(name)
        for fault in _faults(row)
    ]


def _faults(row: dict[str, str]) -> list[str]:
    if fault := lines.fault_of(row["line1"], row["line2"]):
        return [fault]
    faults = []
    for column, said in {**lines.columns(row["line1"], row["line2"]), **_heights(row)}.items():
        if column in row and row[column] and not _alike(column, row[column], said):
            faults.append(f"column {column} has {row[column]}, the lines say {said}; take it from the lines")
    return faults


def _heights(row: dict[str, str]) -> dict[str, float]:
    """Perigee and apogee over the equator's radius, from mean motion and eccentricity (Kepler's third
    law).
    """
    said = lines.columns(row["line1"], row["line2"])
    axis = (EARTH_MU / (2 * math.pi * said["mean_motion_rev_day"] / 86400) ** 2) ** (1 / 3)
    return {
        "perigee_km": axis * (1 - said["eccentricity"]) - EARTH_RADIUS_KM,
        "apogee_km": axis * (1 + said["eccentricity"]) - EARTH_RADIUS_KM,
    }


def _alike(column: str, text: str, said: float | int | str) -> bool:
    if column == "epoch_utc":
        return abs(datetime.fromisoformat(text) - datetime.fromisoformat(said)) <= SECOND
    if isinstance(said, str):
        return text == said
    tolerance = HEIGHT_TOLERANCE_KM if column.endswith("_km") else 1e-9
    return math.isclose(float(text), said, rel_tol=0, abs_tol=tolerance)
