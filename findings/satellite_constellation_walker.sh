#!/usr/bin/env bash
# satellite-constellation steps by whole degrees, so an eighth place at 357 degrees spoils planes of seven.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "satellite-constellation==0.2.2" "numpy==2.4.6" "matplotlib==3.11.2"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from satellite_constellation.Constellation import WalkerConstellation

print("satellite-constellation", version("satellite-constellation"))
print("Guess: in a Walker pattern 28/4/1 the seven satellites of each plane are 51.43 degrees apart.")
pattern = WalkerConstellation(28, 4, 1, 55, 1200, 0, 10).satellites
planes = [[satellite.perigee for satellite in pattern[i : i + 7]] for i in (0, 7)]
print("Seen: places in the first plane:", planes[0])
print("Seen: places in the second plane:", planes[1], "(3 degrees apart at 357 and 0, none at 306)")
assert planes == [[0, 51, 102, 153, 204, 255, 306], [357, 0, 51, 102, 153, 204, 255]], planes
print("Matters: gaps in coverage and shares of time with a view are those of another pattern.")
PY
