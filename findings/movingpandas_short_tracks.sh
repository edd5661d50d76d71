#!/usr/bin/env bash
# movingpandas leaves out every vessel whose fixes share one time stamp, without a word.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "movingpandas==0.23.0" "pandas==3.1.1" "geopandas==1.2.0"
"$work/venv/bin/python" - 2>"$work/stderr" <<'PY'
from importlib.metadata import version

import movingpandas
import pandas

fixes = pandas.DataFrame(
    [
        (431000001, "2026-10-27 00:00", 139.0, 35.0),
        (431000001, "2026-10-27 01:00", 139.2, 35.1),
        (431000002, "2026-10-27 00:30", 140.0, 35.0),
        (431000003, "2026-10-27 00:40", 141.0, 36.0),
        (431000003, "2026-10-27 00:40", 141.1, 36.1),
    ],
    columns=["mmsi", "t", "lon", "lat"],
)
fixes["t"] = pandas.to_datetime(fixes["t"])
print("movingpandas", version("movingpandas"))
print("Guess: three vessels in the table give three trajectories, or a warning.")
collection = movingpandas.TrajectoryCollection(fixes, "mmsi", t="t", x="lon", y="lat", crs=4326)
kept = [track.id for track in collection]
print("Seen: vessels in the table", fixes["mmsi"].nunique(), "- trajectories of", kept)
assert kept == [431000001], kept
print("Matters: counts of ships seen by satellite AIS, often one fix a pass, come out too small.")
PY
if grep -iE "431000002|431000003|dropp|skipp|discard" "$work/stderr"; then exit 1; fi
