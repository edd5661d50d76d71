#!/usr/bin/env bash
# BudouX, asked where a line of Japanese may break, cuts a strait's name, a counter and a word of two kanji in two.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "budoux==0.10.1"
cd "$work"
venv/bin/python - <<'PY'
from importlib.metadata import version

import budoux

parser = budoux.load_default_japanese_parser()
print("budoux", version("budoux"))
print("Guess: phrases end after particles; no name, no number with its counter, no word is cut.")
EXPECTED = {
    "台湾海峡を通過した": ["台", "湾海峡を", "通過した"],  # the Taiwan Strait
    "6か所": ["6か", "所"],  # six places
    "135度上空": ["135度", "上", "空"],  # above 135 degrees
    "台湾の衛星": ["台湾の", "衛星"],  # as one would guess
}
seen = {text: parser.parse(text) for text in EXPECTED}
for text, phrases in seen.items():
    print(text, "->", " | ".join(phrases))
assert seen == EXPECTED, seen
print("Matters: labels of figures are broken at these places; joints between two kanji and after digits have to be closed.")
PY
