#!/usr/bin/env bash
# The density that nrlmsise00 gives by default leaves out the oxygen that satellites feel high up.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "nrlmsise00==0.1.2" "numpy==2.4.6" "setuptools==80.9.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from datetime import datetime
from importlib.metadata import version

from nrlmsise00 import msise_model

print("nrlmsise00", version("nrlmsise00"))
print("Guess: the total mass density at satellite heights includes anomalous oxygen.")


def ratio(when, latitude, longitude):
    place = (when, 850, latitude, longitude, 70, 70, 4)
    default = msise_model(*place)[0][5]
    return round(msise_model(*place, method="gtd7d")[0][5] / default, 2)


seen = (ratio(datetime(2009, 6, 21, 12), 80, 0), ratio(datetime(2009, 1, 21, 3), 35, 135))
print("Seen: density for drag over the default, 850 km, quiet sun: 80 N in June", seen[0])
print("Seen: the same over Japan in January", seen[1])
assert seen == (2.0, 1.01), seen
print("Matters: lifetimes of debris in polar orbits come out too long; ask for method gtd7d.")
PY
