#!/usr/bin/env bash
# edtf turns the quarters of launch catalogues into the months January to April.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "edtf==5.0.2"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from edtf import text_to_edtf

print("edtf", version("edtf"))
print("Guess: 2003 Q2 becomes a span from April to June, or None, as text it cannot read does.")
seen = {text: text_to_edtf(text) for text in ("2003 Q1", "2003 Q2", "2003 Q3", "2003 Q4", "2003 Apr")}
for text, result in seen.items():
    print("Seen:", text, "->", result)
assert list(seen.values()) == ["2003-01", "2003-02", "2003-03", "2003-04", "2003-04"], seen
print("Matters: vague dates of failures and first flights move by up to eight months, and look exact.")
PY
