#!/usr/bin/env bash
# geopy takes the seconds of a latitude for whole degrees when spaces part the figures.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "geopy==2.5.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from geopy.point import Point

print("geopy", version("geopy"))
print("Guess: 25 44 36 N 123 28 25 E is 25.743 N 123.474 E, or is refused.")
texts = ("25 44 36 N 123 28 25 E", "25 44 36 N, 123 28 25 E", "25°44′36″N 123°28′25″E")
seen = {text: tuple(round(part, 3) for part in Point(text))[:2] for text in texts}
for text, point in seen.items():
    print("Seen:", text, "->", point)
assert list(seen.values()) == [(28.0, 25.0), (28.0, 25.0), (25.743, 123.474)], seen
print("Matters: notices to mariners and airmen part with spaces; the place lands in another continent.")
PY
