"""The search for the smallest pattern beside a search that samples a grid: what each finds, what it costs.

    python benchmarks/search.py [--repeats 5] [--json results.json]

Twelve footprints, once and twice over 20 to 50 degrees north. The sampled search asks the same patterns in
the same order and takes the first that has no hole on a grid of 1.25 degrees and 24 phases; whether its find
holds between the points is then asked of the proof. Both run in this process on one BLAS thread, in turn and
then again (interleaved); the cost is the median of the CPU seconds.
"""

import argparse
import json
import os
import statistics
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

# This folder's files would otherwise hide packages of their names.
sys.path[:] = [
    folder
    for folder in sys.path
    if os.path.realpath(folder or ".") != os.path.dirname(os.path.realpath(__file__))
]

import numpy as np  # noqa: E402

from spacesec.astrodynamics import search, theory, visibility  # noqa: E402
from spacesec.astrodynamics.earth import SPHERE  # noqa: E402

BAND = (20.0, 50.0)
INCLINATIONS = (35.0, 40.0, 45.0, 50.0, 55.0, 60.0)
RULES = (visibility.Rule(5.0), visibility.Rule(None, 20.0))
ALTITUDES_KM = (300.0, 500.0, 700.0, 1000.0, 1500.0, 2000.0)
TARGET_KM, MOST_PLANES, MOST = 50.0, 24, 400
COARSE, FINE = (5.0, 5.0, 4), (1.25, 1.25, 24)  # steps in latitude and longitude (degrees), phases


def asked() -> list[tuple[float, int]]:
    """Central angle and fold of every search."""
    angles = [
        float(visibility.central_angle_deg(rule, altitude, TARGET_KM, SPHERE))
        for altitude in ALTITUDES_KM
        for rule in RULES
    ]
    return [(angle, fold) for angle in angles for fold in (1, 2)]


def proven() -> list[tuple[int, int, int, float]]:
    for cached in (search.smallest, search._probes, search._balance):
        cached.cache_clear()
    found = [search.smallest(angle, BAND, fold, INCLINATIONS) for angle, fold in asked()]
    return [(one.satellites, one.planes, one.phasing, one.inclination_deg) for one in found]


def sampled() -> list[tuple[int, int, int, float]]:
    search._balance.cache_clear()
    sectors: dict = {}
    return [sampled_search(angle, fold, sectors) for angle, fold in asked()]


def sampled_search(angle: float, fold: int, sectors: dict) -> tuple[int, int, int, float]:
    latitudes = np.linspace(*BAND, 31)
    thinnest = np.array(
        [theory.mean_in_view(1, angle, tilt, latitudes, samples=1000).min() for tilt in INCLINATIONS]
    )
    for satellites in range(search.least(angle, BAND, fold), MOST + 1):
        able = [k for k in np.argsort(-thinnest, kind="stable") if satellites * thinnest[k] >= fold]
        for planes in (p for p in range(1, min(satellites, MOST_PLANES) + 1) if satellites % p == 0):
            for phasing in range(planes):
                for place in able:
                    pattern = (satellites, planes, phasing, INCLINATIONS[place])
                    if all(holds(*pattern, angle, fold, steps, sectors) for steps in (COARSE, FINE)):
                        return pattern
    raise SystemExit(f"no pattern up to {MOST} satellites")


def holds(satellites, planes, phasing, inclination, angle, fold, steps, sectors) -> bool:
    """Whether no point of the grid is without ``fold`` footprints at any of the phases."""
    each, tilt = satellites // planes, np.radians(inclination)
    points = sectors.setdefault((planes, steps), None)
    if points is None:
        points = sectors[planes, steps] = sector(planes, steps)
    plane, place = np.repeat(np.arange(planes), each), np.tile(np.arange(each), planes)
    node = 2 * np.pi * plane / planes
    start = 2 * np.pi * (place / each + phasing * plane / satellites)
    bound = np.float32(np.cos(np.radians(angle)))
    for shift in 2 * np.pi / each * np.arange(steps[2]) / steps[2]:
        u = start + shift
        x = np.cos(u) * np.cos(node) - np.sin(u) * np.cos(tilt) * np.sin(node)
        y = np.cos(u) * np.sin(node) + np.sin(u) * np.cos(tilt) * np.cos(node)
        track = np.stack([x, y, np.sin(u) * np.sin(tilt)], axis=1).astype(np.float32)
        if ((track @ points >= bound).sum(axis=0, dtype=np.int16) < fold).any():
            return False
    return True


def sector(planes: int, steps: tuple[float, float, int]) -> np.ndarray:
    """Unit vectors (3, M) of the grid over one sector of the band."""
    tall, wide = BAND[1] - BAND[0], 360 / planes
    latitude = np.radians(np.linspace(*BAND, max(2, int(np.ceil(tall / steps[0])) + 1)))
    longitude = np.radians(np.linspace(0, wide, max(2, int(np.ceil(wide / steps[1])) + 1)))
    lat, lon = (a.ravel() for a in np.meshgrid(latitude, longitude))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]).astype(np.float32)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    ours, theirs, seconds = proven(), sampled(), {proven: [], sampled: []}
    print(f"{'angle':>7}{'fold':>6}{'sampled':>10}{'holds':>7}{'proven':>9}")
    for (angle, fold), first, second in zip(asked(), theirs, ours):
        stands = "yes" if search.covers(*first, angle, BAND, fold) else "no"
        print(f"{angle:7.2f}{fold:6}{first[0]:10}{stands:>7}{second[0]:9}")
    for _ in range(max(1, options.repeats)):
        for run, spent in seconds.items():
            begin = time.process_time()
            run()
            spent.append(time.process_time() - begin)
    cost = {run.__name__: statistics.median(spent) for run, spent in seconds.items()}
    ratio = cost["proven"] / cost["sampled"]
    print(
        f"\nmedian CPU seconds: proven {cost['proven']:.3f}, sampled {cost['sampled']:.3f}; ratio {ratio:.2f}"
    )
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump({"cpu_s": cost, "ratio": ratio, "patterns": {"proven": ours, "sampled": theirs}}, out)
            out.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
