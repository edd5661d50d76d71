"""Running the whole collection, side by side with what a user would otherwise use: equal outputs first, then
the time.

    python benchmarks/collection.py [--rounds 2] [--theme budgets] [--json FILE] [--page FILE]

All ways run on one copy of the collection, in turn and then again (interleaved), so that all meet the same
machine, and every file a way writes is compared with the stored one before its time counts. Seconds are wall
time, medians over the rounds; ratios are of these. Ordinary kernels get the same arithmetic as ours
(spacesec.machine.arithmetic), without which their bytes differ. Nothing here is a test: speeds belong to the
machine.
"""

import argparse
import contextlib
import csv
import heapq
import itertools
import json
import os
import platform
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

import panel
import psutil

os.environ["WARM_KERNELS_STRICT"] = "1"  # an ordinary kernel must not be measured as a warm one

from spacesec.collection import execution, kernels
from spacesec.collection.questions import Question, all_questions
from spacesec.machine import arithmetic, paths
from spacesec.run import records
from spacesec.words.language import ENGLISH

CORES = os.cpu_count() or 1
TABLE = "budgets/government_space"  # the table that changes
LIGHT = "budgets/government_space"  # the question that is swept
GRID = {"first_year": range(2009, 2019), "price_base_year": range(2010, 2020), "deflator": ("gdp", "cpi")}
SAMPLE = 8  # of the sweep's points run by papermill; the rest would take as long each
# What the issue of this benchmark set out to reach: way -> other way -> at most this share of its time.
AIMS = {
    "ours, cold": {"papermill CLI, one after another": 0.16, "papermill API, parallel": 0.42},
    "ours, hot": {"papermill CLI, one after another": 0.15, "papermill API, parallel": 0.40},
    "ours, one table changed": {"ours, its readers alone": 1.2},
    "ours, one sentence edited": {"ours, that notebook anew": 0.3},
    "nbval, ours": {"nbval, plain": 0.3},
    "sweep, ours": {"sweep, papermill in parallel": 0.02},
}
# Short commands -> what is measured of them: at most so many processor seconds.
SHORT = {
    "nothing changed": (("run",), 0.3),
    "list": (("list",), 0.2),
    "describe": (("describe", LIGHT), 0.2),
    "a bad parameter refused": (("run", LIGHT, "-p", "first_year", "1800", "--output-dir", "refused"), 0.2),
}
TIMES = 3  # that each is run a round
STEPS = {"median of the questions": 0.2, "slowest at the defaults": 0.4, "slowest slider": 0.7}  # of a panel
WORKERS = (1, 2, 4, 8, 16)


@dataclass
class Way:
    """What was measured of one way: wall seconds and processor seconds of each round, the most memory at any
    time.
    """

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    memory_mb: float = 0.0


class Stopwatch:
    """Wall time, processor time of ended children and the peak of the process tree's memory (shared pages
    counted once).
    """

    def __init__(self, way: Way):
        self.way, self.done = way, threading.Event()

    def __enter__(self):
        self.sampler = threading.Thread(target=self._sample, daemon=True)
        self.sampler.start()
        self.processor, self.started = _processor_seconds(), time.monotonic()

    def __exit__(self, *_):
        self.way.seconds.append(time.monotonic() - self.started)
        self.way.processor.append(_processor_seconds() - self.processor)
        self.done.set()
        self.sampler.join()

    def _sample(self):
        me = psutil.Process()
        while not self.done.wait(1.0):
            total = 0
            for process in [me, *me.children(recursive=True)]:
                with contextlib.suppress(psutil.Error, OSError):
                    total += process.memory_full_info().pss
            self.way.memory_mb = max(self.way.memory_mb, total / 1e6)


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def copied(target: Path, questions: list[Question]) -> Path:
    """The collection in a folder of its own, library and all, with the notebooks of these questions alone."""
    shutil.copytree(paths.HERE / "lib", target / "lib", ignore=shutil.ignore_patterns("*.egg-info"))
    shutil.copytree(paths.data(), target / "data", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(paths.figures(), target / "figures", ignore=shutil.ignore_patterns(".*"))
    for question in questions:
        (target / "notebooks" / question.theme).mkdir(parents=True, exist_ok=True)
        shutil.copy(question.notebook, target / "notebooks" / question.theme)
    for name in ("requirements.lock", "conftest.py", "pyproject.toml"):
        shutil.copy(paths.root() / name, target / name)
    return target


def files_below(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def outputs(notebook: Path) -> list:
    """What every code cell shows, without the number of its run."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [
        [
            {key: value for key, value in output.items() if key not in ("execution_count", "metadata")}
            for output in cell["outputs"]
        ]
        for cell in cells
        if cell["cell_type"] == "code"
    ]


class Bench:
    def __init__(self, root: Path, scratch: Path, questions: list[Question]):
        self.root, self.scratch, self.questions = root, scratch, questions
        self.names = [question.name for question in questions]
        self.stored = {
            name: content
            for name, content in files_below(root / "figures").items()
            if "/".join(name.split("/")[:2]) in self.names
        }
        self.notebooks = {name: outputs(root / "notebooks" / f"{name}.ipynb") for name in self.names}
        self.ways: dict[str, Way] = {}
        self.steps: dict[str, panel.Steps] = {}
        self.seconds: list[float] = []
        self.environment = {
            **os.environ,
            **arithmetic.ENVIRONMENT,
            "SPACESEC_HOME": str(root),
            "PYTHONPATH": str(root / "lib"),
            "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        }
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # as most machines have it

    @contextlib.contextmanager
    def measured(self, name: str):
        """Time one run of a way; its figures go to a folder of their own, which must then hold the stored
        files.
        """
        folder = Path(tempfile.mkdtemp(dir=self.scratch))
        self.environment["SPACESEC_OUTPUTS"] = str(folder)
        with Stopwatch(self.ways.setdefault(name, Way())):
            yield folder
        del self.environment["SPACESEC_OUTPUTS"]
        print(f"  {name:36} {self.ways[name].seconds[-1]:7.1f} s", flush=True)

    def same(self, name: str, figures: Path, notebooks: Path) -> None:
        made = {file: content for file, content in files_below(figures).items() if file in self.stored}
        assert made == self.stored, f"{name}: figures or records differ from the stored ones"
        for question in self.names:
            assert outputs(notebooks / f"{question}.ipynb") == self.notebooks[question], (
                f"{name}: {question} shows something else than is stored"
            )

    def anew(self, name: str = "") -> None:
        """No drawing of an earlier run is left, of one question or of all."""
        shutil.rmtree(self.root / execution.DRAWN / ENGLISH / name, ignore_errors=True)

    def call(self, *words: str, **more) -> str:
        done = subprocess.run(
            [sys.executable, "-m", *words],
            cwd=self.root,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, f"{' '.join(words)}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    def spacesec(self, *words: str) -> str:
        return self.call("spacesec.collection", *words)

    # The ways.

    def papermill_cli(self) -> None:
        with self.measured("papermill CLI, one after another") as folder:
            for name in self.names:
                target = folder / "notebooks" / f"{name}.ipynb"
                target.parent.mkdir(parents=True, exist_ok=True)
                self.call(
                    "papermill",
                    str(self.root / "notebooks" / f"{name}.ipynb"),
                    str(target),
                    "--no-progress-bar",
                )
        self._notebooks_apart("papermill CLI", folder)

    def papermill_api(self) -> None:
        with self.measured("papermill API, parallel") as folder:
            tasks = [
                (
                    str(self.root / "notebooks" / f"{name}.ipynb"),
                    str(folder / "notebooks" / f"{name}.ipynb"),
                    {},
                )
                for name in self.names
            ]
            papermill_in_processes(tasks, self.environment)
        self._notebooks_apart("papermill API", folder)

    def _notebooks_apart(self, name: str, folder: Path) -> None:
        apart = folder.with_name(folder.name + "-notebooks")
        (folder / "notebooks").rename(apart)
        self.same(name, folder, apart)

    def cold(self) -> None:
        self.anew()
        with self.measured("ours, cold") as folder:
            self.spacesec("run", "--force")
        self.same("ours, cold", folder, self.root / "notebooks")

    def hot(self) -> None:
        """As `--watch` does it: the process that drives and the one that kernels are forked from are there
        already, and so is what the last run drew.
        """
        before = dict(os.environ)
        os.environ.update(self.environment)
        with kernels.served():
            execution.run([Question(LIGHT)], {}, str(self.scratch / "warm-up"), CORES)
            with self.measured("ours, hot") as folder:
                os.environ["SPACESEC_OUTPUTS"] = str(folder)
                outcomes = execution.run(self.questions, {}, None, CORES, force=True)
        os.environ.clear()
        os.environ.update(before)
        self.ways["ours, hot"].processor[-1] = float(
            "nan"
        )  # the kernels' time is known only when the process they come from has ended
        assert not [outcome.error for outcome in outcomes if outcome.error]
        self.same("ours, hot", folder, self.root / "notebooks")

    def short(self) -> None:
        self.spacesec("run")  # the figures of the copy are remembered as made here
        for name, (words, _) in SHORT.items():
            for _ in range(TIMES):
                with Stopwatch(self.ways.setdefault(name, Way())):
                    done = subprocess.run(
                        [sys.executable, "-m", "spacesec.collection", *words],
                        cwd=self.root,
                        env=self.environment,
                        capture_output=True,
                        text=True,
                    )
            assert (done.returncode == 0) == ("refused" not in name), done.stdout + done.stderr
            if name == "nothing changed":
                assert done.stdout.count("unchanged") == len(self.names), done.stdout

    def edited(self) -> None:
        """A remark behind the code of a question's words: its notebook is stale, and shows what it showed."""
        words = self.root / "lib" / "spacesec" / LIGHT / "words.py"
        good = words.read_bytes()
        with self.measured("ours, that notebook anew"):
            del self.environment["SPACESEC_OUTPUTS"]
            self.anew(LIGHT)
            self.spacesec("run", "--force", LIGHT)
            self.environment["SPACESEC_OUTPUTS"] = ""
        words.write_bytes(good + b"# a remark\n")
        with self.measured("ours, one sentence edited"):
            del self.environment["SPACESEC_OUTPUTS"]
            said = self.spacesec("run", LIGHT)
            self.environment["SPACESEC_OUTPUTS"] = ""
        assert "unchanged" not in said, said
        self.same("one sentence edited", self.root / "figures", self.root / "notebooks")
        words.write_bytes(good)

    def table_changed(self) -> None:
        """A remark in one row changes: no number, so that the run can be compared, but the file is
        another.
        """
        table = self.root / "data" / f"{TABLE}.csv"
        good = table.read_bytes()
        readers = [
            name
            for name in self.names
            if f"data/{TABLE}.csv" in records.read(self.root / "figures" / name).inputs
        ]
        (self.root / "README.md").write_text("# Copy\n", encoding="utf-8")
        rows = list(csv.reader(good.decode("utf-8").splitlines()))
        rows[1][rows[0].index("note")] += " (remark of a benchmark)"
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)
        self.spacesec("seal")
        with self.measured("ours, one table changed"):
            del self.environment["SPACESEC_OUTPUTS"]
            said = self.spacesec("run")
            self.environment["SPACESEC_OUTPUTS"] = ""
        assert {line.split()[1] for line in said.splitlines() if not line.endswith("unchanged")} == set(
            readers
        ), said
        table.write_bytes(good)
        self.spacesec("seal")
        with self.measured("ours, its readers alone") as folder:
            self.spacesec("run", "--force", *readers)
        assert files_below(folder) == {
            name: content for name, content in self.stored.items() if "/".join(name.split("/")[:2]) in readers
        }
        self.spacesec("run")

    def nbval(self) -> None:
        cells = sum(len(shown) for shown in self.notebooks.values())
        plain = [
            "pytest",
            "-q",
            "--noconftest",
            "-c",
            os.devnull,
            "--rootdir",
            ".",
            "-p",
            "no:xdist",
            "-p",
            "no:cacheprovider",
            "--nbval",
            "--nbval-kernel-startup-timeout=180",
        ]
        for name, words in (("nbval, plain", plain), ("nbval, ours", ["pytest", "-q"])):
            with self.measured(name):
                said = self.call(*words, "notebooks")
            assert re.search(rf"\b{cells} passed", said), f"{name}: {said[-2000:]}"

    def sweep(self) -> None:
        """The same points through the library and through papermill; the latter a sample, scaled to all."""
        points = [dict(zip(GRID, values)) for values in itertools.product(*GRID.values())]
        sample = points[:: len(points) // SAMPLE][:SAMPLE]
        plan = self.scratch / "sweep.yml"
        plan.write_text(
            json.dumps({"question": LIGHT, "grid": {name: list(values) for name, values in GRID.items()}}),
            encoding="utf-8",
        )
        with self.measured("sweep, ours") as folder:
            self.spacesec("sweep", str(plan), "--output-dir", str(folder / "sweep"))
        with self.measured("sweep, papermill in parallel") as apart:
            source = str(self.root / "notebooks" / f"{LIGHT}.ipynb")
            papermill_in_processes(
                [
                    (source, str(apart / f"{n}.ipynb"), {**point, "output_dir": str(apart / f"{n}")})
                    for n, point in enumerate(sample)
                ],
                self.environment,
            )
        way = self.ways["sweep, papermill in parallel"]
        way.seconds[-1] *= len(points) / len(sample)
        way.processor[-1] *= len(points) / len(sample)
        with (folder / "sweep" / "results.csv").open(encoding="utf-8", newline="") as file:
            rows = {tuple(row[name] for name in GRID): row for row in csv.DictReader(file)}
        assert len(rows) == len(points)
        for number, point in enumerate(sample):
            row = rows[tuple(str(point[name]) for name in GRID)]
            for name, result in records.read(apart / f"{number}").results.items():
                if isinstance(result.value, float):
                    assert float(row[name]) == result.value, (point, name)


def papermill_in_processes(tasks: list[tuple[str, str, dict]], environment: dict[str, str]) -> None:
    """papermill's own function in as many processes as cores, saving once: the best that a user can do with
    it alone.
    """
    with ProcessPoolExecutor(
        CORES, mp_context=get_context("spawn"), initializer=_enter, initargs=(environment,)
    ) as pool:
        list(pool.map(_papermill, tasks))


def _enter(environment: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(
        os.open(os.devnull, os.O_WRONLY), 2
    )  # every kernel warns that it listens on the network; what fails is raised all the same


def _papermill(task: tuple[str, str, dict]) -> None:
    import papermill

    source, target, parameters = task
    Path(target).parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        source, target, parameters, progress_bar=False, request_save_on_cell_execute=False
    )


def report(bench: Bench, rounds: int) -> dict:
    """What was measured, as the JSON file holds it."""
    medians = {name: statistics.median(way.seconds) for name, way in bench.ways.items()}
    ratios = [
        {
            "of": name,
            "to": other,
            "measured": round(medians[name] / medians[other], 4),
            "aim": aim,
            "reached": medians[name] / medians[other] <= aim,
        }
        for name, others in AIMS.items()
        for other, aim in others.items()
    ]
    short = {name: statistics.median(bench.ways.pop(name).processor) for name in SHORT}
    steps = panel.summary(bench.steps)
    seconds = [
        *((f"{name} (command)", short[name], most) for name, (_, most) in SHORT.items()),
        *((f"a panel's step, {name}", steps[name], most) for name, most in STEPS.items()),
    ]
    return {
        "machine": f"{platform.machine()}, {CORES} cores",
        "python": platform.python_version(),
        "notebooks": len(bench.names),
        "rounds": rounds,
        "ways": {
            name: {
                "seconds": round(medians[name], 2),
                "all_seconds": [round(value, 2) for value in way.seconds],
                "processor_seconds": (
                    None
                    if way.processor[-1] != way.processor[-1]
                    else round(statistics.median(way.processor), 2)
                ),
                "peak_memory_mb": round(way.memory_mb),
            }
            for name, way in bench.ways.items()
        },
        "ratios": ratios,
        "processor_seconds": [
            {"of": name, "measured": round(found, 2), "aim": most, "reached": found <= most}
            for name, found, most in seconds
        ],
        "workers": {str(count): round(makespan(bench.seconds, count), 1) for count in WORKERS},
        "panels": panel.page(bench.steps),
    }


def makespan(seconds: list[float], workers: int) -> float:
    """How long tasks of these lengths take, the longest first, each to the first worker that is free."""
    free = [0.0] * workers
    for length in sorted(seconds, reverse=True):
        heapq.heapreplace(free, free[0] + length)
    return max(free)


def page(entry: dict) -> str:
    """The same as Markdown."""
    ways = [
        (
            name,
            f"{way['seconds']:.1f}",
            "–" if way["processor_seconds"] is None else f"{way['processor_seconds']:.1f}",
            str(way["peak_memory_mb"] or "–"),
        )
        for name, way in entry["ways"].items()
    ]
    ratios = [
        (
            f"{ratio['of']} / {ratio['to']}",
            f"{ratio['measured']:.3f}",
            str(ratio["aim"]),
            "yes" if ratio["reached"] else "**no**",
        )
        for ratio in entry["ratios"]
    ]
    seconds = [
        (one["of"], f"{one['measured']:.2f}", str(one["aim"]), "yes" if one["reached"] else "**no**")
        for one in entry["processor_seconds"]
    ]
    workers = [(count, f"{found:.1f}") for count, found in entry["workers"].items()]
    return "\n".join(
        [
            "# Running the collection, measured",
            "",
            "Written by `make bench`; do not edit by hand.",
            "",
            (
                f"{entry['notebooks']} notebooks, {entry['machine']}, Python {entry['python']}, medians"
                f" over interleaved rounds ({entry['rounds']}); all outputs equal."
            ),
            "",
            *_table(("ratio of wall times", "measured", "aim", "reached"), ratios),
            "",
            *_table(("processor seconds", "measured", "aim", "reached"), seconds),
            "",
            *_table(("way", "wall s", "processor s", "peak MB"), ways),
            "",
            "The last run's notebooks laid out on more workers, longest first, each as long as it took here:",
            "",
            *_table(("workers", "wall s"), workers),
            "",
            "What a reader waits for at each question's panel:",
            "",
            *entry["panels"],
            "",
        ]
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    return ["| " + " | ".join(line) + " |" for line in (head, ("---", *("---:" for _ in head[1:])), *rows)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure running the collection beside papermill and nbval.")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument(
        "--theme", help="only the notebooks of one theme (a quick look; the aims are meant for all)"
    )
    parser.add_argument("--json", type=Path, default=paths.root() / "build" / "benchmark-collection.json")
    parser.add_argument("--page", type=Path, help="write the tables as Markdown, too")
    given = parser.parse_args()
    questions = [question for question in all_questions() if given.theme in (None, question.theme)]
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        scratch = Path(folder)
        bench = Bench(copied(scratch / "collection", questions), scratch, questions)
        for number in range(given.rounds):
            print(f"round {number + 1}", flush=True)
            for way in (
                bench.papermill_cli,
                bench.cold,
                bench.papermill_api,
                bench.hot,
                bench.short,
                bench.edited,
                bench.table_changed,
                bench.nbval,
                bench.sweep,
            ):
                way()
        bench.steps = panel.every([] if given.theme is None else bench.names)
        bench.seconds = list(
            json.loads((bench.root / execution.SECONDS).read_text(encoding="utf-8")).values()
        )
        entry = report(bench, given.rounds)
    print(f"\n{page(entry)}")
    given.json.parent.mkdir(parents=True, exist_ok=True)
    given.json.write_text(json.dumps(entry, indent=1) + "\n", encoding="utf-8")
    if given.page:
        given.page.write_text(page(entry), encoding="utf-8")


if __name__ == "__main__":
    main()
