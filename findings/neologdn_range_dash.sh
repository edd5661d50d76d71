#!/usr/bin/env bash
# neologdn deletes the wave dash between two years, so that a span becomes one long number.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "neologdn==0.5.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import neologdn

print("neologdn", version("neologdn"))
print("Guess: normalising 2023〜2027年度 changes the form of the dash and keeps two years.")
texts = ("2023〜2027年度", "2023～2027年度", "2023-2027年度")
seen = {text: neologdn.normalize(text) for text in texts}
for text, result in seen.items():
    print("Seen:", text, "->", result)
assert list(seen.values()) == ["20232027年度", "20232027年度", "2023-2027年度"], seen
print("Matters: periods of plans and ranges of amounts are lost before any reader of dates sees them.")
PY
