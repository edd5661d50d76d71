#!/usr/bin/env bash
# kanjize loses one yen where a decimal stands before 兆 or 億.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "kanjize==1.6.1"
"$work/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from kanjize import kanji2number

print("kanjize", version("kanjize"))
print("Guess: 8.2兆 is 8,200,000,000,000 yen to the last digit.")
seen = {text: kanji2number(text) for text in ("8.1兆", "8.2兆", "8兆2000億")}
for text, number in seen.items():
    print("Seen:", text, "->", f"{number:,}")
assert seen == {"8.1兆": 8_100_000_000_000, "8.2兆": 8_199_999_999_999, "8兆2000億": 8_200_000_000_000}, seen
print("Matters: budget totals given as decimals of a trillion fail checks of equality; use Decimal.")
PY
