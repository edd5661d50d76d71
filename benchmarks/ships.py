"""Ten million reports of ships beside pyais: what each costs, and that both give the same.

    python benchmarks/ships.py [--sentences 1000000] [--repeats 3] [--json results.json]

The file is made here: sentences of class A with tag blocks, in the order of time, of 2,000 ships. Each reader
runs in a process of its own, in turn and then again (interleaved); the cost is the median of the CPU seconds
and the greatest memory. Ours checks every checksum and finds the dark hours of every ship; pyais decodes a
tenth of the file, message by message. Positions of a sample are compared before any time is printed.
pyais has to be installed for it.
"""

import argparse
import functools
import json
import operator
import os
import random
import statistics
import subprocess
import sys
import tempfile

START, SHIPS, SHARE = 1_796_040_000, 2000, 10
READERS = {
    "pyais": """
import itertools, json, resource, sys, time
from pyais.stream import FileReaderStream
path, count = sys.argv[1], int(sys.argv[2])
begin, found = time.process_time(), []
for number, message in enumerate(itertools.islice(FileReaderStream(path), count)):
    told = message.decode()
    if number < 1000:
        found.append([told.mmsi, told.lat, told.lon])
cost = time.process_time() - begin
print(json.dumps([count, cost, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found]))
""",
    "ours": """
import itertools, json, resource, sys, time
from pathlib import Path
from spacesec.importing import ships
path = Path(sys.argv[1])
found = [[int(row.cells["mmsi"]), float(row.cells["latitude_deg"]), float(row.cells["longitude_deg"])]
         for row in itertools.islice(ships.read(path).rows, 1000)]
begin, reader = time.process_time(), ships.Reader(path)
ships.dark(reader)
cost = time.process_time() - begin
print(json.dumps([reader.sentences, cost, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, found]))
""",
}


def payload(mmsi: int, lat: float, lon: float, speed: int, course: int, heading: int) -> str:
    """Message 1 of Recommendation ITU-R M.1371, as characters."""
    fields = [(1, 6), (0, 2), (mmsi, 30), (0, 4), (0, 8), (speed, 10), (0, 1)]
    fields += [(round(lon * 600_000), 28), (round(lat * 600_000), 27), (course, 12), (heading, 9), (0, 31)]
    bits = "".join(f"{value % (1 << count):0{count}b}" for value, count in fields)
    six = (int(bits[place : place + 6], 2) for place in range(0, 168, 6))
    return "".join(chr(value + 48 if value < 40 else value + 56) for value in six)


def checked(body: str) -> str:
    return f"{body}*{functools.reduce(operator.xor, body.encode(), 0):02X}"


def made(path: str, count: int) -> None:
    draw = random.Random(20261129)
    pool = [
        "!"
        + checked(
            "AIVDM,1,1,,A,"
            + payload(
                431_000_000 + k % SHIPS,
                draw.uniform(20, 40),
                draw.uniform(120, 140),
                draw.randrange(300),
                draw.randrange(3600),
                draw.randrange(360),
            )
            + ",0"
        )
        for k in range(10 * SHIPS)
    ]
    with open(path, "w") as file:
        for k in range(count):
            print(f"\\{checked(f'c:{START + k // 4}')}\\{pool[k % len(pool)]}", file=file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sentences", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--json", metavar="FILE")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "month.nmea")
        made(path, given.sentences)
        told: dict[str, list] = {name: [] for name in READERS}
        for _ in range(given.repeats):
            for name, code in READERS.items():
                count = given.sentences // SHARE
                done = subprocess.run(
                    [sys.executable, "-c", code, path, str(count)], capture_output=True, text=True, check=True
                )
                told[name].append(json.loads(done.stdout))
    for (mmsi, lat, lon), other in zip(*(runs[0][3] for runs in told.values()), strict=True):
        assert mmsi == other[0] and abs(lat - other[1]) < 1e-5 and abs(lon - other[2]) < 1e-5
    results = {
        name: {
            "sentences_per_second": statistics.median(count / cost for count, cost, *_ in runs),
            "memory_mb": max(run[2] for run in runs),
        }
        for name, runs in told.items()
    }
    ratio = results["ours"]["sentences_per_second"] / results["pyais"]["sentences_per_second"]
    for name, one in results.items():
        print(f"{name:6} {one['sentences_per_second']:>12,.0f} a second, {one['memory_mb']:,.0f} MB")
    print(f"ours reads {ratio:.1f} times as fast")
    if given.json:
        with open(given.json, "w") as file:
            json.dump({"sentences": given.sentences, "repeats": given.repeats, "results": results}, file)


if __name__ == "__main__":
    main()
