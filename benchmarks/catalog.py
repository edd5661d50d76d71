"""A whole public catalog read beside sgp4's own reader of OMM: what each costs, and that both give the same.

    python benchmarks/catalog.py [--sets 60000] [--repeats 5] [--json results.json]

The file is made here, in the shape of CelesTrak's GP data as CSV with numbers past 99,999. Each reader runs
in a process of its own, in turn and then again (interleaved); the cost is the median of the CPU seconds and
the greatest memory. ``sgp4``: its reader, which makes no check, and a satellite of every set. ``ours``: the
table that the commands and questions have, with all checks of `spacesec.importing.orbits`; they make
satellites of the sets they fly. ``made``: the checks and a satellite of every set. Positions are compared
bit for bit before any time is printed.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile

HEADER = (
    "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,"
    "MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,"
    "MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
)
# Each reader, as a program that prints CPU seconds and greatest memory (MB) and, if asked, positions.
COMMON = """
import json, resource, sys, time
path, compare = sys.argv[1], sys.argv[2] == "compare"
def told(satellites, begin):
    cost = time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    flown = [one.sgp4(2461374.5, 0.25)[1] for one in satellites[::97]] if compare else []
    print(json.dumps([len(satellites), *cost, flown]))
"""
READERS = {
    "sgp4": """
from sgp4 import omm
from sgp4.api import Satrec
begin, made = time.process_time(), []
with open(path) as file:
    for fields in omm.parse_csv(file):
        satellite = Satrec()
        omm.initialize(satellite, fields)
        made.append(satellite)
told(made, begin)
""",
    "ours": """
from pathlib import Path
import pandas
from spacesec.importing import element_columns, orbits
begin = time.process_time()
table = orbits.frame(orbits.read(Path(path)).rows)
cost = time.process_time() - begin
from spacesec.importing import catalogue
told(catalogue.read(Path(path)).satellites if compare else table, time.process_time() - cost)
""",
    "made": """
from pathlib import Path
import pandas
from spacesec.importing import catalogue
begin = time.process_time()
told(catalogue.read(Path(path)).satellites, begin)
""",
}


def made(path: str, sets: int) -> None:
    draw = random.Random(20261129)
    with open(path, "w") as file:
        print(HEADER, file=file)
        for k in range(sets):
            number = k + 1 if k < 0.8 * sets else 100_000 + k
            epoch = (
                f"2026-11-{k % 20 + 1:02}T{k % 24:02}:{k % 60:02}:{7 * k % 60:02}.{864 * k % 1_000_000:06}"
            )
            angles = ",".join(f"{draw.uniform(0, 360):.4f}" for _ in range(3))
            print(
                f"OBJECT {k},{1960 + k % 66}-{k % 200 + 1:03}A,{epoch},{draw.uniform(12, 15.6):.8f},"
                f".{draw.randrange(1, 200_000):07},{draw.uniform(0, 110):.4f},{angles},0,U,{number},999,{k},"
                f".{draw.randrange(10_000, 99_999)}E-3,.{draw.randrange(100, 999)}E-5,0",
                file=file,
            )


def run(name: str, path: str, compare: bool = False) -> list:
    command = [sys.executable, "-c", COMMON + READERS[name], path, "compare" if compare else ""]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sets", type=int, default=60_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--json")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "catalog.csv")
        made(path, given.sets)
        flown = {name: run(name, path, compare=True)[3] for name in READERS}
        if not flown["made"] == flown["ours"] == flown["sgp4"]:
            sys.exit("the two readers' satellites fly apart")
        costs = {name: [] for name in READERS}
        for _ in range(given.repeats):
            for name in READERS:
                costs[name].append(run(name, path)[:3])
    found = {
        name: {"cpu_s": statistics.median(one[1] for one in each), "mb": max(one[2] for one in each)}
        for name, each in costs.items()
    }
    for name, cost in found.items():
        rate = given.sets / cost["cpu_s"]
        print(f"{name:6} {cost['cpu_s']:.2f} s  {rate:,.0f} sets a second  {cost['mb']:.0f} MB at most")
    ratio, whole = (found["sgp4"]["cpu_s"] / found[name]["cpu_s"] for name in ("ours", "made"))
    told = f"ours is {ratio:.2f} times as fast with checks, {whole:.2f} with a satellite of every set"
    print(f"{len(flown['made'])} satellites compared, equal; {told}")
    if given.json:
        with open(given.json, "w") as file:
            json.dump({"sets": given.sets, "ratio": ratio, **found}, file, indent=1)


if __name__ == "__main__":
    main()
