"""The long property run: every sentence and every label of all questions at parameters drawn by lot.

    python benchmarks/words.py [QUESTION …] [--points 100] [--seed 2] [--jobs 2]

Each point is asked as `tests/test_words.py` asks its few: every sentence of the answer and of the figures is
told again from results, parameters and the figure's CSV, no digit is typed, no label lies over another. What
was counted is kept in `benchmarks/words.csv`, a row a question, so that the run can be done in pieces; the
page `benchmarks/words.md` is made of it. Exit code 1, and the points, where one failed.
"""

import argparse
import contextlib
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[1]
# This folder's files would otherwise hide packages of their names.
others = [folder for folder in sys.path if Path(folder or ".").resolve() != ROOT / "benchmarks"]
sys.path[:] = [str(ROOT), *others]

from spacesec.collection import processes  # noqa: E402
from spacesec.collection.questions import Question, all_questions  # noqa: E402
from spacesec.errors import SpacesecError  # noqa: E402

COUNTS = ROOT / "benchmarks" / "words.csv"
PAGE = ROOT / "benchmarks" / "words.md"
COUNTED = ["points", "refused", "sentences", "values", "figures", "faults", "processor_s"]


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
            counted["refused"] += 1
        except Exception as error:  # whatever fails is a fault to be listed, and the run goes on
            faults.append(f"{name} {parameters}: {type(error).__name__}: {error}")
    return counted + Counter(faults=len(faults), processor_s=round(time.process_time() - began)), faults


def page(counts: pd.DataFrame) -> str:
    """The page of the counts; frame of the columns of `words.csv`."""
    total = counts[COUNTED].sum()
    heads = [column.replace("_", " ") for column in counts]
    lines = [
        "# The long property run",
        "",
        "Written by `make words`; do not edit by hand.",
        "",
        f"{total['points']:,} points of {len(counts)} questions, {total['figures']:,} figures drawn,"
        f" {total['sentences']:,} sentences with {total['values']:,} values told again:"
        f" **{total['faults']:,} false or colliding**. Each row was counted on the commit that it names;"
        " a point that is refused is one that the question answers with one sentence.",
        "",
        f"| {' | '.join(heads)} |",
        f"| {' | '.join('---' for _ in heads)} |",
        *[f"| {' | '.join(map(str, row))} |" for row in counts.itertuples(index=False)],
    ]
    return "\n".join([*lines, ""])


def keep(name: str, row: dict) -> None:
    """Put one question's counts in the place of its older ones, and make the page anew."""
    counts = pd.read_csv(COUNTS) if COUNTS.exists() else pd.DataFrame(columns=["question", *row])
    counts = counts[counts["question"] != name]
    counts = pd.concat([counts, pd.DataFrame([{"question": name, **row}])], ignore_index=True)
    counts = counts.sort_values("question")
    counts.to_csv(COUNTS, index=False)
    PAGE.write_text(page(counts), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    every = [one.name for one in all_questions()]
    parser.add_argument("questions", nargs="*", help="none: all of them", choices=[[], *every], metavar="Q")
    parser.add_argument("--points", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    names = given.questions or every
    tasks = {name: (name, given.points, given.seed) for name in names}
    commit = subprocess.run(
        ["git", "rev-parse", "--short=10", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    failed = 0
    with contextlib.closing(processes.each(hold, tasks, given.jobs)) as each:
        for name, (counted, wrong) in each:
            keep(name, {**{one: counted[one] for one in COUNTED}, "seed": given.seed, "commit": commit})
            print(f"{name}: {counted['points']} points, {len(wrong)} faults", *wrong, sep="\n", flush=True)
            failed += len(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
