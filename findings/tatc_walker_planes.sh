#!/usr/bin/env bash
# tatc builds five planes when twenty satellites in six are asked for.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "tatc==3.6.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from collections import Counter
from importlib.metadata import version

from tatc.schemas import CircularOrbit, Instrument, WalkerConstellation

print("tatc", version("tatc"))
print("Guess: twenty satellites in six planes are refused, or six planes hold three or four each.")
pattern = WalkerConstellation(
    name="example",
    orbit=CircularOrbit(altitude=1_200_000, inclination=55),
    instruments=[Instrument(name="example")],
    configuration="delta",
    number_satellites=20,
    number_planes=6,
    relative_spacing=0,
)
planes = Counter(round(m.orbit.right_ascension_ascending_node, 3) for m in pattern.generate_members())
print("Seen: satellites by node in degrees:", dict(planes))
assert planes == {0.0: 4, 60.0: 4, 120.0: 4, 180.0: 4, 240.0: 4}, planes
print("Matters: one sixth of the circle stays empty, and the answer shows no sign of it.")
PY
