#!/usr/bin/env bash
# The decay code of SGP4 is no last word: it goes away again at later times.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "sgp4==2.27"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version
from itertools import groupby

from sgp4.api import Satrec


def with_checksum(line):
    digits = sum(int(c) if c.isdigit() else c == "-" for c in line)
    return f"{line}{digits % 10}"


satellite = Satrec.twoline2rv(
    with_checksum("1 90001U 26001A   26300.50000000  .00000000  00000+0  50000-2 0  999"),
    with_checksum("2 90001  97.0000 120.0000 0000000  80.0000 280.0000 16.40000000    1"),
)
print("sgp4", version("sgp4"))
print("Guess: once code 6 (decayed) has come, every later minute has an error code.")
codes = [satellite.sgp4_tsince(float(minute))[0] for minute in range(1000)]
runs = [(code, len(list(group))) for code, group in groupby(codes)]
print("Seen: (code, minutes in a row) =", runs)
assert runs == [
    (0, 613), (6, 26), (0, 53), (6, 37), (0, 43), (6, 46), (0, 35), (6, 54), (0, 26), (6, 62), (0, 5),
], runs  # fmt: skip
sparse = codes[600::90]
print("Seen: every 90 minutes from minute 600, so that the first decay at 613 is missed:", sparse)
assert sparse == [0, 0, 6, 6, 6], sparse
print("Matters: a sparse grid gives finite positions of a fallen object; stop at the first code 6.")
PY
