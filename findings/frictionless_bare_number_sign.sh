#!/usr/bin/env bash
# frictionless loses the minus sign of Japanese tables together with the rest of the text.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "frictionless==5.21.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from frictionless import fields

print("frictionless", version("frictionless"))
print("Guess: with bareNumber false, △5 (minus five in Japanese accounts) is -5 or an error.")
column = fields.IntegerField(name="change", bare_number=False)
texts = ("△5", "▲5", "－5", "(5)", "-5")
seen = {text: column.read_cell(text) for text in texts}
for text, (value, notes) in seen.items():
    print("Seen:", text, "->", value, "errors:", notes)
assert [value for value, _ in seen.values()] == [5, 5, 5, 5, -5], seen
assert all(notes is None for _, notes in seen.values()), seen
print("Matters: cuts in a budget become rises in a table that passes its check.")
PY
