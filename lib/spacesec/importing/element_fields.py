"""The fields of an element set: keywords of OMM and the columns that hold them, what they may be, and what
publishers leave out.
"""

import re
from pathlib import Path

from spacesec.data.redundancy import heights_km
from spacesec.importing.element_messages import Record
from spacesec.importing.found import Row

# Keyword of the standard -> column and unit.
KEYWORDS = {
    "OBJECT_NAME": ("name", ""),
    "OBJECT_ID": ("cospar_id", ""),
    "NORAD_CAT_ID": ("norad_id", ""),
    "CENTER_NAME": ("center", ""),
    "REF_FRAME": ("ref_frame", ""),
    "TIME_SYSTEM": ("time_system", ""),
    "MEAN_ELEMENT_THEORY": ("theory", ""),
    "EPOCH": ("epoch_utc", ""),
    "MEAN_MOTION": ("mean_motion_rev_day", "rev/day"),
    "ECCENTRICITY": ("eccentricity", ""),
    "INCLINATION": ("inclination_deg", "deg"),
    "RA_OF_ASC_NODE": ("raan_deg", "deg"),
    "ARG_OF_PERICENTER": ("arg_perigee_deg", "deg"),
    "MEAN_ANOMALY": ("mean_anomaly_deg", "deg"),
    "EPHEMERIS_TYPE": ("ephemeris_type", ""),
    "CLASSIFICATION_TYPE": ("classification", ""),
    "ELEMENT_SET_NO": ("element_set_no", ""),
    "REV_AT_EPOCH": ("rev_at_epoch", ""),
    "BSTAR": ("bstar_per_er", "1/ER"),
    "MEAN_MOTION_DOT": ("mean_motion_dot_rev_day2", "rev/day**2"),
    "MEAN_MOTION_DDOT": ("mean_motion_ddot_rev_day3", "rev/day**3"),
}
MEASURED = {keyword for keyword, (_, unit) in KEYWORDS.items() if unit}
COLUMNS = (*(column for column, _ in KEYWORDS.values()), "epoch_date", "perigee_km", "apogee_km", "locator")
NEEDED = ("EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER")
NEEDED += ("MEAN_ANOMALY", "BSTAR")
# What publishers leave out of CSV and JSON, and what it then is (CelesTrak's GP data formats).
SILENT = {"CENTER_NAME": "EARTH", "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC", "MEAN_ELEMENT_THEORY": "SGP4"}
CARRIED = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME", "TEMEOFDATE"),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4"),
    "EPHEMERIS_TYPE": ("0", ""),
}
# Keyword -> least and most that it may be.
BOUNDS = {
    "MEAN_MOTION": (0.03, 17.5),  # a month; a radius of 6,267 km
    "ECCENTRICITY": (0, 0.999999),
    "INCLINATION": (0, 180),
    "RA_OF_ASC_NODE": (0, 360),
    "ARG_OF_PERICENTER": (0, 360),
    "MEAN_ANOMALY": (0, 360),
    "BSTAR": (-10, 10),
    "MEAN_MOTION_DOT": (-0.99999999, 0.99999999),  # what two lines hold
    "MEAN_MOTION_DDOT": (-10, 10),
}
# Publishers write these rates with a power of ten, and no other number with one that is not negative.
RATES = ("BSTAR", "MEAN_MOTION_DOT", "MEAN_MOTION_DDOT")
POWER = re.compile(r"[+-]?[\d.]+[eE]\+?\d+", re.ASCII)
# A line without a number of the public catalog, or with one of those kept for analysts.
ANALYSTS = re.compile(r"^0*(?:8\d{4}|2[7-9]\d{4}|[3-9]\d{5}|[1-9]\d{6,})?$", re.ASCII | re.MULTILINE)
LOWEST_KM = -150.0  # mean perigee: sets of objects that are coming down reach below the ground


def rounded(motion: str | float) -> bool:
    """Whether a mean motion has fewer than five decimals; sets are published with eight."""
    return float(motion) == round(float(motion), 4)


def finished(path: Path, record: Record, cells: dict[str, str]) -> Row:
    """A row of a set's cells with what follows from them: its day, its place in the file, and perigee and
    apogee over the equator's radius by Kepler's third law.
    """
    place = f"line {record.place}" if isinstance(record.place, int) else record.place
    heights = heights_km(float(cells["mean_motion_rev_day"]), float(cells["eccentricity"]))
    cells |= {
        "epoch_date": cells["epoch_utc"][:10],
        "created": record.fields.get("CREATION_DATE", ""),
        "locator": f"{place}, set of {cells['norad_id'] or cells['cospar_id'] or cells['name']}",
        **{name: f"{height:.1f}" for name, height in heights.items()},
    }
    return Row(f"{path.name}, {place}", cells)
