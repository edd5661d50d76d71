#!/usr/bin/env bash
# timezonefinder gives the Senkaku Islands a zone of the open sea, an hour behind Japan.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "timezonefinder==9.0.0" "timezonefinder-data==3.2026.3.post1"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from timezonefinder import TimezoneFinder

print("timezonefinder", version("timezonefinder"), "data", version("timezonefinder-data"))
print("Guess: all three islands lie in a named zone, such as Asia/Tokyo.")
finder = TimezoneFinder()
places = {"Uotsuri": (25.7461, 123.4736), "Yonaguni": (24.456, 122.99), "Minamitorishima": (24.288, 153.979)}
seen = {name: finder.timezone_at(lat=lat, lng=lng) for name, (lat, lng) in places.items()}
for name, zone in seen.items():
    print("Seen:", name, "->", zone)
assert seen == {"Uotsuri": "Etc/GMT-8", "Yonaguni": "Asia/Tokyo", "Minamitorishima": "Asia/Tokyo"}, seen
print("Matters: passes and incidents there get local times an hour off those of Japanese reports.")
PY
