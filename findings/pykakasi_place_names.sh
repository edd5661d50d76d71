#!/usr/bin/env bash
# pykakasi cuts the name of a launch site and gives a reading that nobody uses.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "pykakasi==2.3.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import pykakasi

print("pykakasi", version("pykakasi"))
print("Guess: 種子島 is read Tanegashima and 大樹町 Taiki-cho, as on every map.")
converter = pykakasi.kakasi()
names = ("種子島", "大樹町", "経ヶ岬", "内之浦")
seen = {name: [part["hepburn"] for part in converter.convert(name)] for name in names}
for name, reading in seen.items():
    print("Seen:", name, "->", reading)
assert seen == {
    "種子島": ["shushi", "shima"],
    "大樹町": ["taiju", "machi"],
    "経ヶ岬": ["kei", "ke", "misaki"],
    "内之浦": ["uchinoura"],
}, seen
print("Matters: sites joined to foreign catalogues by their romanised names do not match; keep a table.")
PY
