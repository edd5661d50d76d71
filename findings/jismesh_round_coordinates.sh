#!/usr/bin/env bash
# jismesh puts round coordinates, which lie on mesh edges, into the neighbouring mesh.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "jismesh==2.1.0" "numpy==2.4.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import jismesh.utils


def exact(tenths_lat, tenths_lon):
    """The third mesh in whole numbers: 30 seconds of latitude by 45 seconds of longitude."""
    first_lat, row = divmod(tenths_lat * 12, 80)
    first_lon, column = divmod((tenths_lon - 1000) * 8, 80)
    return int(f"{first_lat}{first_lon:02}{row // 10}{column // 10}{row % 10}{column % 10}")


print("jismesh", version("jismesh"))
print("Guess: a point on the south-western corner of a mesh belongs to that mesh, as the standard has it.")
one = (int(jismesh.utils.to_meshcode(35.1, 139.1, 3)), exact(351, 1391))
print("Seen: 35.1 N 139.1 E ->", one[0], "- by whole numbers:", one[1])
grid = [(lat, lon) for lat in range(240, 456) for lon in range(1230, 1540)]
wrong = sum(int(jismesh.utils.to_meshcode(a / 10, o / 10, 3)) != exact(a, o) for a, o in grid)
print(f"Seen: of {len(grid)} points on a grid of 0.1 degrees, {wrong} come out in another mesh.")
assert one == (52395027, 52395028), one
assert (wrong, len(grid)) == (32364, 66960), (wrong, len(grid))
print("Matters: gridded data joined to the census by mesh shift by a kilometre in half of the cells.")
PY
