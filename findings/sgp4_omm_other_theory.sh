#!/usr/bin/env bash
# sgp4's reader of OMM does not look at the theory, frame or time system that a message states.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "sgp4==2.27"
"$work/venv/bin/python" - <<'PY'
import io
from importlib.metadata import version

from sgp4 import omm
from sgp4.api import Satrec

HEAD = (
    "OBJECT_NAME,OBJECT_ID,CENTER_NAME,REF_FRAME,TIME_SYSTEM,MEAN_ELEMENT_THEORY,EPOCH,MEAN_MOTION,"
    "ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,MEAN_ANOMALY,EPHEMERIS_TYPE,"
    "CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
)
ROW = (
    "EXAMPLE,2026-001A,EARTH,{frame},{scale},{theory},2026-10-27T12:00:00.000000,15.5,.0004,51.64,120,80,280,"
    "{kind},U,70001,999,1,.00022,.00012,0"
)


def flown(frame, scale, theory, kind):
    text = HEAD + "\n" + ROW.format(frame=frame, scale=scale, theory=theory, kind=kind) + "\n"
    satellite = Satrec()
    omm.initialize(satellite, next(omm.parse_csv(io.StringIO(text))))
    code, position, _ = satellite.sgp4(satellite.jdsatepoch, satellite.jdsatepochF + 0.5)
    return code, tuple(round(one, 3) for one in position)


print("sgp4", version("sgp4"))
print("Guess: a message whose elements are means of another theory, or in another time system, is refused.")
plain = flown("TEME", "UTC", "SGP4", 0)
others = {
    "theory DSST": flown("TEME", "UTC", "DSST", 0),
    "type 4 (SGP4-XP)": flown("TEME", "UTC", "SGP4", 4),
    "time system GPS": flown("TEME", "GPS", "SGP4", 0),
    "frame EME2000": flown("EME2000", "UTC", "SGP4", 0),
}
print("Seen: SGP4, TEME, UTC ->", plain)
for name, result in others.items():
    print("Seen:", name, "->", result)
assert plain[0] == 0 and all(result == plain for result in others.values()), (plain, others)
print("Matters: 18 s of GPS time is 137 km along a low orbit; whoever reads OMM must read those four fields.")
PY
