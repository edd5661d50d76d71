#!/usr/bin/env bash
# global-land-mask calls an inhabited island and two large airports sea.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "global-land-mask==1.0.0" "numpy==2.4.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from global_land_mask import globe

print("global-land-mask", version("global-land-mask"))
print("Guess: with cells of one arc minute, an island that carries an airfield is land.")
places = {
    "Woody Island": (16.834, 112.340),
    "Kansai airport": (34.432, 135.230),
    "Chubu airport": (34.858, 136.805),
    "Haneda airport": (35.552, 139.785),
    "Minamitorishima": (24.288, 153.979),
}
seen = {name: bool(globe.is_land(lat, lon)) for name, (lat, lon) in places.items()}
for name, land in seen.items():
    print("Seen:", name, "-> land" if land else "-> sea")
assert list(seen.values()) == [False, False, False, True, True], seen
print("Matters: a filter that keeps ships by dropping land keeps fixed sites, and images of them, as sea.")
PY
