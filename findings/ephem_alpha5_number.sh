#!/usr/bin/env bash
# PyEphem reads Alpha-5 element sets, and gives all of them the catalogue number 0.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "ephem==4.2.1"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import ephem


def element_set(number):
    lines = (
        f"1 {number}U 26001A   26300.50000000  .00012000  00000+0  22000-3 0  999",
        f"2 {number}  51.6400 120.0000 0004000  80.0000 280.0000 15.50000000    1",
    )
    return [f"{line}{sum(int(c) if c.isdigit() else c == '-' for c in line) % 10}" for line in lines]


print("ephem", version("ephem"))
print("Guess: A1234 is read as 101234 or refused.")
seen = {}
for number in ("99999", "A1234", "B5678"):
    body = ephem.readtle(number, *element_set(number))
    body.compute("2026/10/27 12:00:00")
    seen[number] = (body.catalog_number, round(body.elevation / 1000))
    print("Seen:", number, "-> catalogue number, height in km:", seen[number])
assert [value[0] for value in seen.values()] == [99999, 0, 0], seen
assert len({value[1] for value in seen.values()}) == 1, seen
print("Matters: a catalogue keyed by this number folds every object above 99,999 into one.")
PY
