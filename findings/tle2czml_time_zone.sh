#!/usr/bin/env bash
# tle2czml places a satellite nine hours late when the start is given in Japan time.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "tle2czml==0.3" "pygeoif==0.7" "sgp4==2.27" "pytz==2026.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
import json
from datetime import datetime, timedelta, timezone
from importlib.metadata import version

from tle2czml import tles_to_czml

LINES = [
    "1 90001U 26001A   26300.50000000  .00012000  00000+0  22000-3 0  999",
    "2 90001  51.6400 120.0000 0004000  80.0000 280.0000 15.50000000    1",
]
SET = "\n".join(
    ["EXAMPLE", *(f"{line}{sum(int(c) if c.isdigit() else c == '-' for c in line) % 10}" for line in LINES)]
)


def first_place(start):
    packet = json.loads(tles_to_czml(SET + "\n", start, start + timedelta(hours=1), silent=True))[1]
    return packet["position"]["epoch"], [round(x / 1000) for x in packet["position"]["cartesian"][1:4]]


print("tle2czml", version("tle2czml"))
print("Guess: 21:00+09:00 and 12:00 UTC are one instant and give one place.")
utc = first_place(datetime(2026, 10, 27, 12, tzinfo=timezone.utc))
japan = first_place(datetime(2026, 10, 27, 21, tzinfo=timezone(timedelta(hours=9))))
late = first_place(datetime(2026, 10, 27, 21, tzinfo=timezone.utc))
for row in (utc, japan, late):
    print("Seen: epoch in the file, place in km:", *row)
assert japan[0] == "2026-10-27T21:00:00+09:00" and japan[1] == late[1] != utc[1], (utc, japan, late)
assert utc[1] == [-3388, 5890, -13], utc
print("Matters: a globe shows the pass at the wrong time with a label that looks right; use UTC.")
PY
