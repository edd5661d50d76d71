"""Do element sets agree with themselves: the day of the epoch, the heights over the ground?"""

import math

from spacesec.data import extent, lines, tables

EARTH_RADIUS_KM, EARTH_MU = 6378.137, 398600.4418  # WGS 84, over whose equator the heights of the table stand
HEIGHT_TOLERANCE_KM = 1.0


def problems() -> list[str]:
    """Faults of every table that holds the fields of an element set, as sentences."""
    holding = [
        name
        for name in tables.names()
        if set(lines.FIELDS) <= {field["name"] for field in tables.describe(name)["schema"]["fields"]}
    ]
    return [
        f"data/{name}.csv, row {row['row_id']}: {fault}"
        for name in holding
        for row in extent.rows(name)
        for fault in _faults(row)
    ]


def _faults(row: dict[str, str]) -> list[str]:
    faults = []
    if row["epoch_date"] != row["epoch_utc"][:10]:
        faults.append(f"column epoch_date has {row['epoch_date']}, the epoch is {row['epoch_utc']}; mend one")
    for column, said in heights_km(float(row["mean_motion_rev_day"]), float(row["eccentricity"])).items():
        if row[column] and abs(float(row[column]) - said) > HEIGHT_TOLERANCE_KM:
            faults.append(
                f"column {column} has {row[column]}, mean motion and eccentricity say {said:.1f}; mend one"
            )
    return faults


def heights_km(motion_rev_day: float, eccentricity: float) -> dict[str, float]:
    """Perigee and apogee over the equator by mean motion and eccentricity (Kepler's third law)."""
    axis = (EARTH_MU / (2 * math.pi * motion_rev_day / 86400) ** 2) ** (1 / 3)
    return {
        "perigee_km": axis * (1 - eccentricity) - EARTH_RADIUS_KM,
        "apogee_km": axis * (1 + eccentricity) - EARTH_RADIUS_KM,
    }
