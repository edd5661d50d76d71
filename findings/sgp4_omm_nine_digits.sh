#!/usr/bin/env bash
# sgp4's own reader of OMM refuses the nine-digit numbers that OMM was brought in for.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "sgp4==2.27"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from sgp4 import omm
from sgp4.api import Satrec

FIELDS = {
    "OBJECT_NAME": "EXAMPLE", "OBJECT_ID": "2026-001A", "EPOCH": "2026-10-27T12:00:00.000000",
    "MEAN_MOTION": "15.5", "ECCENTRICITY": ".0004", "INCLINATION": "51.64", "RA_OF_ASC_NODE": "120",
    "ARG_OF_PERICENTER": "80", "MEAN_ANOMALY": "280", "EPHEMERIS_TYPE": "0", "CLASSIFICATION_TYPE": "U",
    "NORAD_CAT_ID": "339999", "ELEMENT_SET_NO": "999", "REV_AT_EPOCH": "1", "BSTAR": ".00022",
    "MEAN_MOTION_DOT": ".00012", "MEAN_MOTION_DDOT": "0",
}  # fmt: skip


def read(number):
    satellite = Satrec()
    try:
        omm.initialize(satellite, {**FIELDS, "NORAD_CAT_ID": number})
    except ValueError as refusal:
        return str(refusal)
    return satellite.satnum


print("sgp4", version("sgp4"))
print("Guess: OMM has no columns, so a catalogue number of six or nine digits is read as it stands.")
seen = {number: read(number) for number in ("339999", "340000", "100001234")}
for number, result in seen.items():
    print("Seen:", number, "->", result)
limit = "satellite number cannot exceed 339999, whose Alpha 5 encoding is 'Z9999'"
assert seen == {"339999": 339999, "340000": limit, "100001234": limit}, seen
print("Matters: analyst objects of nine digits need the number kept apart from the propagator.")
PY
