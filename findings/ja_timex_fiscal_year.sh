#!/usr/bin/env bash
# ja-timex puts a Western fiscal year into January of the year in which the program runs.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "ja-timex==0.2.8" "pendulum==3.0.0b1"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from datetime import date
from importlib.metadata import version

from ja_timex import TimexParser

print("ja-timex", version("ja-timex"))
print("Guess: 2019年度 (April 2019 to March 2020) gives a day in that year, or no day at all.")
found = TimexParser().parse("2019年度")[0]
moment = found.to_datetime()
print("Seen:", found.text, "->", found.value, "->", moment.date())
assert found.value == "FY2019", found.value
assert moment.date() == date(date.today().year, 1, 1), moment
era = TimexParser().parse("令和元年度")[0]
print("Seen: 令和元年度 ->", era.text, "->", era.value, "(the 度 of the fiscal year is left over)")
assert (era.text, era.value) == ("令和元年", "2019-XX-XX"), era
print("Matters: a budget series dated so ends up on one day; take the value and add April yourself.")
PY
