#!/usr/bin/env bash
# CurrencyConverter raises on days without trading although its fallback for wrong dates is on.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "CurrencyConverter==0.18.23"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from datetime import date
from importlib.metadata import version

from currency_converter import CurrencyConverter, RateNotFoundError

print("CurrencyConverter", version("CurrencyConverter"))
print("Guess: with fallback_on_wrong_date, the last day of the fiscal year 2023, a Sunday, has a rate.")
converter = CurrencyConverter(fallback_on_wrong_date=True)
try:
    wrong_date = converter.convert(1, "USD", "JPY", date=date(2024, 3, 31))
except RateNotFoundError as refusal:
    wrong_date = str(refusal)
print("Seen: that flag alone:", wrong_date)
filled = CurrencyConverter(fallback_on_missing_rate=True)
rates = [round(filled.convert(1, "USD", "JPY", date=date(2024, m, d)), 2) for m, d in ((3, 28), (3, 31), (4, 2))]
print("Seen: with fallback_on_missing_rate, 28 March, 31 March, 2 April:", *rates)
assert wrong_date == "USD has no rate for 2024-03-31", wrong_date
assert rates[0] < rates[1] < rates[2], rates
print("Matters: the other flag fills with a mean of both sides, so a rate of next year enters a year's end.")
PY
