#!/usr/bin/env bash
# pyais decodes sentences whose checksum is wrong or missing like any other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "pyais==3.3.1"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from pyais import decode

print("pyais", version("pyais"))
print("Guess: a sentence with one letter changed, or without its checksum, is refused or left out.")
sound = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C"
changed, cut = sound.replace("K>RA", "K>VA"), sound.removesuffix("*5C")
seen = [(one.mmsi, one.lat, one.lon) for one in map(decode, (sound, changed, cut))]
print("Seen:", *seen)
assert seen[0][0] == seen[1][0] and seen[0] != seen[1] and seen[2] == seen[0], seen
print("Matters: one flipped letter moves a ship, with no error; ask every sentence whether it is_valid.")
PY
