#!/usr/bin/env bash
# price-parser reads yen amounts written with 兆 and 億 as a few yen.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "price-parser==0.5.1"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

from price_parser import Price

print("price-parser", version("price-parser"))
print("Guess: the units 兆 (10^12) and 億 (10^8) multiply the number, or no amount is found.")
texts = ("1兆2,345億円", "1,234億円", "8.2兆円", "1,234百万円")
seen = {text: (str(Price.fromstring(text).amount), Price.fromstring(text).currency) for text in texts}
for text, result in seen.items():
    print("Seen:", text, "->", result)
assert seen == {
    "1兆2,345億円": ("1", "円"),
    "1,234億円": ("1234", "円"),
    "8.2兆円": ("8.2", "円"),
    "1,234百万円": ("1234", "円"),
}, seen
print("Matters: budgets of different sizes lose twelve, eight or six powers of ten, with a currency beside.")
PY
