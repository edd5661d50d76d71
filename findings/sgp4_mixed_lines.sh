#!/usr/bin/env bash
# sgp4's compiled reader joins line 1 of one satellite to line 2 of another.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "sgp4==2.27"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from sgp4.api import Satrec
from sgp4.model import Satrec as PurePython


def with_checksum(line):
    digits = sum(int(c) if c.isdigit() else c == "-" for c in line)
    return f"{line}{digits % 10}"


low_line_1 = with_checksum("1 90001U 26001A   26300.50000000  .00012000  00000+0  22000-3 0  999")
high_line_2 = with_checksum("2 90002  40.9000 270.0000 0740000 270.0000  90.0000  1.00270000    1")

print("sgp4", version("sgp4"))
print("Guess: two lines with the catalogue numbers 90001 and 90002 are refused.")
satellite = Satrec.twoline2rv(low_line_1, high_line_2)
error, position, _ = satellite.sgp4(satellite.jdsatepoch, satellite.jdsatepochF)
compiled = (satellite.satnum, satellite.intldesg, error, round(sum(x * x for x in position) ** 0.5))
print("Seen: the compiled reader gives number, designator, error code, distance in km:", compiled)
try:
    PurePython.twoline2rv(low_line_1, high_line_2)
    pure = "accepted"
except ValueError as refusal:
    pure = str(refusal)
print("Seen: the pure Python reader of the same release says:", pure)
assert compiled == (90002, "26001A", 0, 42389), compiled
assert pure == "Object numbers in lines 1 and 2 do not match", pure
print("Matters: one lost line in a file shifts every later pair; compare columns 3-7 before reading.")
PY
