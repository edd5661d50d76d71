#!/usr/bin/env bash
# SGP4's velocity is not the derivative of SGP4's own position.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "sgp4==2.27" "numpy==2.3.4"
"$work/venv/bin/python" - <<'PY'
from importlib.metadata import version

import numpy as np
from sgp4.api import Satrec

# Vanguard 1, the elements of the theory's own test set (Spacetrack Report 3 as verified by Vallado et al., 2006).
satellite = Satrec.twoline2rv(
    "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
    "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
)
print("sgp4", version("sgp4"))
print("Guess: the velocity returned beside a position is how fast that position changes.")


def position(minutes):
    code, place, _ = satellite.sgp4_tsince(minutes)
    assert code == 0
    return np.array(place)


STEP = 1 / 60  # minutes: central differences of four points, whose own error is below a millimeter a second
apart = []
for minutes in range(0, 1440, 10):
    near, far = (position(minutes + n * STEP) - position(minutes - n * STEP) for n in (1, 2))
    derivative = (8 * near - far) / (12 * STEP) / 60
    apart.append(1000 * np.linalg.norm(derivative - np.array(satellite.sgp4_tsince(float(minutes))[2])))
print(f"Seen: over a day they are {min(apart):.2f} to {max(apart):.2f} m/s apart, {np.median(apart):.2f} in the middle.")
assert 0.8 < max(apart) < 1.3, apart
print(
    "Matters: an ephemeris that carries both (OEM, STK) does not join up when a reader interpolates by position and"
    " velocity: a meter a second over a step of a minute bends the path by some ten meters."
)
PY
