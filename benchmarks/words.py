"""The long property run: every sentence and every label of all questions at parameters drawn by lot.

    python benchmarks/words.py [--points 100] [--seed 1] [--jobs 2] [--page benchmarks/words.md]

Each point is asked as `tests/test_words.py` asks its few: every sentence of the answer and of the figures is
told again from results, parameters and the figure's CSV, no digit is typed, no label lies over another. The
page says how many were held, with which seed and in what time; exit code 1 and the points where one failed.
"""

import argparse
import contextlib
import os
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
# This folder's files would otherwise hide packages of their names.
others = [folder for folder in sys.path if Path(folder or ".").resolve() != ROOT / "benchmarks"]
sys.path[:] = [str(ROOT), *others]

from spacesec.collection import processes  # noqa: E402
from spacesec.collection.questions import Question, all_questions  # noqa: E402
from spacesec.errors import SpacesecError  # noqa: E402


def hold(name: str, points: int, seed: int) -> tuple[Counter, list[str]]:
    """One question at so many points: what was counted, and the faults."""
    from tests import lots, test_words

    module, counted, faults = Question(name).module, Counter(), []
    began = time.process_time()
    for parameters in lots.points(module.Parameters, points, seed):
        counted["points"] += 1
        try:
            counted.update(test_words.told(module, parameters))
        except SpacesecError:
            counted["refused in a sentence"] += 1
        except Exception as error:  # whatever fails is a fault to be listed, and the run goes on
            faults.append(f"{name} {parameters}: {type(error).__name__}: {error}")
    counted["processor seconds"] = round(time.process_time() - began)
    return counted, faults


def page(found: dict[str, Counter], faults: list[str], points: int, seed: int) -> str:
    names = ("points", "refused in a sentence", "sentences", "values", "figures", "processor seconds")
    total = sum(found.values(), Counter())
    lines = [
        "# The long property run",
        "",
        "Written by `make words`; do not edit by hand.",
        "",
        f"Seed {seed}, {points} points a question: {total['points']:,} points, {total['figures']:,} figures"
        f" drawn, {total['sentences']:,} sentences with {total['values']:,} values told again,"
        f" **{len(faults)} false or colliding**.",
        "",
        f"| question | {' | '.join(names)} |",
        f"| --- |{' --- |' * len(names)}",
    ]
    lines += [
        f"| {name} | {' | '.join(f'{counted[one]:,}' for one in names)} |" for name, counted in found.items()
    ]
    lines += ["", *[f"- {fault}" for fault in faults]] if faults else []
    return "\n".join([*lines, ""])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--points", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args()
    tasks = {one.name: (one.name, given.points, given.seed) for one in all_questions()}
    found, faults = {}, []
    with contextlib.closing(processes.each(hold, tasks, given.jobs)) as each:
        for name, (counted, wrong) in each:
            found[name] = counted
            faults += wrong
            print(f"{name}: {counted['points']} points, {len(wrong)} faults", *wrong, sep="\n", flush=True)
    text = page({name: found[name] for name in tasks}, faults, given.points, given.seed)
    print(text)
    if given.page:
        given.page.write_text(text, encoding="utf-8")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
