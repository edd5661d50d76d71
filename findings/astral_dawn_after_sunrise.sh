#!/usr/bin/env bash
# astral gives a morning twilight in Japan that begins 23.5 hours after it ends.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "astral==3.2"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from datetime import date
from importlib.metadata import version

from astral import Observer, SunDirection
from astral.sun import dawn, twilight

print("astral", version("astral"))
print("Guess: the start of a morning's twilight comes before its end, on the day asked for.")


def morning(latitude, longitude, zone):
    span = twilight(
        Observer(latitude, longitude), date=date(2024, 6, 1), direction=SunDirection.RISING, tzinfo=zone
    )
    return [moment.isoformat(timespec="minutes") for moment in span]


seen = {"Tango": morning(35.77, 135.2, "Asia/Tokyo"), "Paris": morning(48.85, 2.35, "Europe/Paris")}
for place, span in seen.items():
    print("Seen:", place, *span)
alone = dawn(Observer(35.77, 135.2), date=date(2024, 6, 1), tzinfo="Asia/Tokyo").isoformat(timespec="minutes")
print("Seen: dawn() of the same day at the same place:", alone)
assert seen["Tango"] == ["2024-06-02T04:14+09:00", "2024-06-01T04:44+09:00"], seen
assert seen["Paris"] == ["2024-06-01T05:09+02:00", "2024-06-01T05:51+02:00"], seen
assert alone == "2024-06-01T04:14+09:00", alone
print("Matters: windows in which satellites can be seen in the morning come out empty in Japan.")
PY
