#!/usr/bin/env bash
# Babel rounds up to 10000億 and does not go on to 1兆.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "babel==2.18.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from babel.numbers import format_compact_decimal

print("babel", version("babel"))
print("Guess: 999,999,999,999 yen in compact Japanese is 1兆, as 1,000,000,000,000 is.")
numbers = (99_999_999, 100_000_000, 999_999_999_999, 1_000_000_000_000)
seen = {number: format_compact_decimal(number, locale="ja") for number in numbers}
for number, text in seen.items():
    print("Seen:", f"{number:,}", "->", text)
assert list(seen.values()) == ["10000万", "1億", "10000億", "1兆"], seen
print("Matters: axis labels and sentences about sums just under a round figure use a unit nobody writes.")
PY
