#!/usr/bin/env bash
# A position report that pyais builds without a position lies at 0 N 0 E, and not at "not available".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "pyais==3.3.1"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

from pyais import decode, encode_dict

print("pyais", version("pyais"))
print("Guess: fields left out get the codes that AIS keeps for it: 181, 91, course 360, heading 511.")
message = encode_dict({"type": 1, "mmsi": 431000001})[0]
report = decode(message).asdict()
seen = {key: report[key] for key in ("lon", "lat", "course", "heading", "speed", "turn", "status")}
print("Seen:", message, "->", seen)
numbers = [float(seen[key]) for key in ("lon", "lat", "course", "heading", "speed")]
assert numbers == [0.0, 0.0, 0.0, 0.0, 0.0], numbers
assert (float(seen["turn"]), int(seen["status"])) == (-128.0, 15), seen
print("Seen: rate of turn and status do get their codes (-128 and 15), so the rest looks measured.")
print("Matters: test traffic built so puts ships, stopped and heading north, into the Gulf of Guinea.")
PY
