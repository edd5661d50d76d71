#!/usr/bin/env bash
# searoute shortens a voyage when one strait is closed: the list replaces the closed Arctic route.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "searoute==1.6.0" "networkx==3.6.1" "geojson==3.3.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import searoute

print("searoute", version("searoute"))
print("Guess: Shanghai to Rotterdam without the Strait of Malacca is longer than with it.")
ports = ([121.5, 31.2], [4.0, 52.0])


def voyage(**options):
    properties = searoute.searoute(*ports, return_passages=True, **options).properties
    return round(properties["length"]), sorted(properties["traversed_passages"])


seen = [voyage(), voyage(restrictions=["malacca"]), voyage(restrictions=["malacca", "northwest"])]
for label, row in zip(("no list", "malacca", "malacca and northwest"), seen, strict=True):
    print("Seen:", label, "->", *row)
assert seen == [
    (19580, ["babalmandab", "gibraltar", "malacca", "suez"]),
    (15473, ["bering", "northwest"]),
    (20634, ["babalmandab", "gibraltar", "suez", "sunda"]),
], seen
print("Matters: studies of closed straits must name the northwest passage in every list.")
PY
