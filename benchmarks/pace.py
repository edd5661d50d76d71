"""Measure how long a point of each question's parameters takes and write lib/spacesec/collection/pace.csv,
which says whose parameters turn on their pages: the processor's seconds in one process, both languages, the
mean of three points after the first.
"""

import csv
import sys

from spacesec.collection import knobs, points, processes
from spacesec.collection.questions import all_questions, named


def main(names: list[str]) -> None:
    """Measure these questions, all where none is named; a question's ``turned`` stays as it stands."""
    questions = named(names) if names else all_questions()
    found = {name: (pace.seconds, pace.names) for name, pace in knobs.paces().items()}
    for name, seconds in processes.each(
        points.measured, {one.name: (one,) for one in questions}, 1 if names else 2
    ):
        found[name] = (seconds, found[name][1] if name in found else ())
        print(f"{name}: {seconds:.1f} s")
    with knobs.PACE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("question", "seconds", "turned"))
        order = [one.name for one in all_questions()]
        for name in sorted(found, key=order.index):
            seconds, turned = found[name]
            writer.writerow((name, f"{seconds:.1f}", " ".join(turned)))


if __name__ == "__main__":
    main(sys.argv[1:])
