"""Does a test see it? One sign, comparison or constant of the library's arithmetic is changed at a time,
drawn by lot, and tried against the tests of its own theme.

    python benchmarks/mutants.py [--count 300] [--seed 1] [--jobs 2] [--page benchmarks/mutants.md] [--again]

The files of tests that execute the changed line are run, as `coverage` saw them. The page says how many
changes were seen and lists each that was not, with the reason that `mutants.csv` gives. Each result is kept
under ``build/mutants`` as it comes; with ``--again`` a change that was seen is not tried once more while its
line stands: for a run that was stopped, and after tests were added.
"""

import argparse
import ast
import contextlib
import csv
import importlib
import importlib.abc
import importlib.util
import os
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
# This folder's files would otherwise hide packages of their names.
sys.path[:] = [folder for folder in sys.path if Path(folder or ".").resolve() != ROOT / "benchmarks"]
LIBRARY = ROOT / "lib" / "spacesec"
REASONS = Path(__file__).with_suffix(".csv")
FOLDER = ROOT / "build" / "mutants"
# A room of the library and the tests that hold it.
THEMES = {
    "astrodynamics": ["tests/astrodynamics"],
    "budgets": ["tests/budgets"],
    "methods": ["tests/test_statistics.py", "tests/test_games.py", "tests/test_maps.py"],
    "missile_warning": ["tests/missile_warning"],
    "policy_evolution": ["tests/policy_evolution"],
    "regional_cooperation": ["tests/regional_cooperation"],
    "space_systems": ["tests/space_systems"],
}
NO_ARITHMETIC = ("words.py", "figures.py", "drawing.py", "__init__.py")
SIGNS = {ast.Add: ("+", "-"), ast.Sub: ("-", "+"), ast.Mult: ("*", "/"), ast.Div: ("/", "*")}
COMPARISONS = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
}
OPTIONS = ["-q", "-x", "-n", "0", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"]
# Lets coverage tell which file of tests a line is executed for: fixtures of a file belong to it.
CONTEXTS = """
import coverage
def pytest_runtest_logstart(nodeid, location):
    coverage.Coverage.current().switch_context(nodeid.partition("::")[0])
"""
LONGEST = 300  # seconds; a change that makes a test run on is seen
BEFORE = "numpy pandas matplotlib.pyplot scipy.stats networkx pydantic frictionless seaborn sgp4.api".split()


@dataclass(frozen=True)
class Mutant:
    """One change: what stands in a line of a file, and what is put there."""

    theme: str
    file: str
    line: int
    column: int
    kind: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.old} -> {self.new}"

    @property
    def text(self) -> str:
        """The line as it stands, by which a reason finds it when lines move."""
        return (ROOT / self.file).read_text(encoding="utf-8").splitlines()[self.line - 1].strip()

    def source(self) -> str:
        lines = (ROOT / self.file).read_text(encoding="utf-8").splitlines(keepends=True)
        line = lines[self.line - 1]
        assert line[self.column :].startswith(self.old), self
        lines[self.line - 1] = line[: self.column] + self.new + line[self.column + len(self.old) :]
        return "".join(lines)


def candidates() -> list[Mutant]:
    """Every change that could be made, in order."""
    found = []
    for theme in THEMES:
        for path in sorted((LIBRARY / theme).rglob("*.py")):
            if path.name not in NO_ARITHMETIC:
                source = path.read_text(encoding="utf-8")
                name = path.relative_to(ROOT).as_posix()
                found += [Mutant(theme, name, *change) for change in sorted(set(_changes(source)))]
    return found


def _changes(source: str) -> Iterator[tuple[int, int, str, str, str]]:
    lines = source.splitlines()
    for function in ast.walk(ast.parse(source)):
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for statement in function.body:
                for node in _numbers(statement):
                    yield from _of_node(node, lines)


def _numbers(node: ast.AST) -> Iterator[ast.AST]:
    """The node and all below it, but for what is only told: texts and errors."""
    if not isinstance(node, (ast.JoinedStr, ast.Raise)):
        yield node
        for inner in ast.iter_child_nodes(node):
            yield from _numbers(inner)


def _of_node(node: ast.AST, lines: list[str]) -> Iterator[tuple[int, int, str, str, str]]:
    if isinstance(node, ast.BinOp) and type(node.op) in SIGNS:
        yield from _between(node.left, node.right, *SIGNS[type(node.op)], "sign", lines)
    elif isinstance(node, ast.Compare):
        for left, operator, right in zip(
            [node.left, *node.comparators], node.ops, node.comparators, strict=False
        ):
            if type(operator) in COMPARISONS:
                yield from _between(left, right, *COMPARISONS[type(operator)], "comparison", lines)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        old = ast.get_source_segment("\n".join(lines), node) or ""
        new = str(node.value + 1) if type(node.value) is int else repr(node.value * 1.1 or 0.1)
        kind = "off by one" if type(node.value) is int else "constant"
        yield node.lineno, _column(lines, node.lineno, node.col_offset), kind, old, new


def _between(left, right, old: str, new: str, kind: str, lines: list[str]):
    """The operator that stands between two operands of one line, or after the first of two lines."""
    line = left.end_lineno
    start = _column(lines, line, left.end_col_offset)
    end = _column(lines, line, right.col_offset) if right.lineno == line else len(lines[line - 1])
    place = lines[line - 1].find(old, start, end)
    if place < 0 and right.lineno > line:  # the operator begins the next line
        line, place = right.lineno, lines[right.lineno - 1].find(old)
        if place > _column(lines, line, right.col_offset):
            return
    if place >= 0:
        yield line, place, kind, old, new


def _column(lines: list[str], line: int, offset: int) -> int:
    """Characters, where the parser counts bytes."""
    return len(lines[line - 1].encode()[:offset].decode())


def tests_of_lines(theme: str, folder: Path) -> dict[str, dict[int, list[str]]]:
    """File -> line -> the files of a theme's tests that execute it, in a test or in what prepares one."""
    import coverage

    rc, data = folder / f"{theme}.rc", folder / f"{theme}.coverage"
    rc.write_text(f"[run]\ndata_file = {data}\nsource = {LIBRARY}\n")
    (folder / "contexts.py").write_text(CONTEXTS)
    options = [*(one for one in OPTIONS if one != "-x"), "-p", "contexts"]
    words = [sys.executable, "-m", "coverage", "run", f"--rcfile={rc}", "-m", "pytest", *options]
    path = os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH"))))
    subprocess.run(
        [*words, *THEMES[theme]],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": path},
    )
    measured = coverage.CoverageData(str(data))
    measured.read()
    return {
        Path(file).relative_to(ROOT).as_posix(): {
            line: sorted(filter(None, contexts))
            for line, contexts in measured.contexts_by_lineno(file).items()
        }
        for file in measured.measured_files()
    }


class Changed(importlib.abc.MetaPathFinder):
    """Lets one module be imported from another text."""

    def __init__(self, mutant: Mutant):
        self.name = Path(mutant.file).with_suffix("").as_posix().removeprefix("lib/").replace("/", ".")
        self.path, self.text = ROOT / mutant.file, mutant.source()

    def find_spec(self, name, path=None, target=None):
        if name != self.name:
            return None
        spec = importlib.util.spec_from_file_location(name, self.path)
        spec.loader.get_data = lambda _: self.text.encode()
        spec.loader.get_code = lambda _: compile(self.text, str(self.path), "exec")
        return spec


def seen(mutant: Mutant, tests: list[str]) -> bool:
    """Whether a test fails, in a process of its own."""
    import pytest

    sys.meta_path.insert(0, Changed(mutant))
    import signal

    signal.alarm(LONGEST)
    return bool(tests) and bool(pytest.main([*OPTIONS, *tests]))


def tried(mutants: list[Mutant], lines: dict[str, dict], jobs: int) -> Iterator[tuple[Mutant, bool, float]]:
    """Each mutant with whether it was seen and the seconds that took, as they come."""
    waiting, running = list(reversed(mutants)), {}
    while waiting or running:
        while waiting and len(running) < jobs:
            mutant = waiting.pop()
            tests = lines[mutant.theme].get(mutant.file, {}).get(mutant.line, [])
            if not (pid := os.fork()):
                null = os.open(os.devnull, os.O_RDWR)
                for stream in (0, 1, 2):
                    os.dup2(null, stream)
                failed = True  # an import that breaks is seen too
                with contextlib.suppress(BaseException):
                    failed = seen(mutant, tests)
                os._exit(int(failed))
            running[pid] = mutant, time.monotonic()
        pid, status = os.wait()
        mutant, began = running.pop(pid)
        yield mutant, status != 0, time.monotonic() - began


def reasons() -> dict[tuple[str, str, str, str], str]:
    with REASONS.open(encoding="utf-8", newline="") as file:
        return {(r["file"], r["text"], r["old"], r["new"]): r["reason"] for r in csv.DictReader(file)}


def page(results: list[tuple[Mutant, bool]], seed: int, of: int, taken: int = 0) -> str:
    """taken: how many were seen in a run before and not tried again."""
    known = reasons()
    total, caught = Counter(), Counter()
    for mutant, found in results:
        for key in (mutant.theme, mutant.kind, "all"):
            total[key] += 1
            caught[key] += found
    lines = [
        "# Changes that a test sees",
        "",
        "Written by `python benchmarks/mutants.py --page benchmarks/mutants.md`; do not edit by hand.",
        "",
        f"Seed {seed}: {len(results)} of {of:,} possible changes of a sign, a comparison or a constant in the"
        f" functions of the library's arithmetic, each alone. The tests of their own theme saw"
        f" **{caught['all']} of {total['all']} ({100 * caught['all'] / max(1, total['all']):.1f}%)**.",
        *([f"{taken} of them were seen in an earlier run and not tried again."] if taken else []),
        "",
        "| part | seen | of |",
        "| --- | --- | --- |",
        *[f"| {key} | {caught[key]} | {total[key]} |" for key in total if key != "all"],
        "",
        "## Not seen",
        "",
        "| where | line | change | reason |",
        "| --- | --- | --- | --- |",
    ]
    for mutant, found in results:
        if not found:
            reason = known.get((mutant.file, mutant.text, mutant.old, mutant.new), "")
            text = mutant.text.replace("|", "\\|")
            lines.append(
                f"| {mutant.file.removeprefix('lib/spacesec/')} | `{text}` | `{mutant.old}` to"
                f" `{mutant.new}` | {reason} |"
            )
    return "\n".join([*lines, ""])


def key(mutant: Mutant) -> list[str]:
    """What a result is kept by: lines may move, their text may not."""
    return [mutant.file, mutant.text, str(mutant.column), mutant.old, mutant.new]


def seen_before(path: Path) -> list[list[str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row[:-1] for row in csv.reader(file) if row[-1] == "seen"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--again", action="store_true", help="only what was not seen before")
    given = parser.parse_args()
    every = candidates()
    drawn = random.Random(given.seed).sample(every, min(given.count, len(every)))
    FOLDER.mkdir(parents=True, exist_ok=True)
    kept = FOLDER / "results.csv"
    before = seen_before(kept) if given.again else []
    results = {mutant: True for mutant in drawn if key(mutant) in before}
    left = [mutant for mutant in drawn if mutant not in results]
    lines = {theme: tests_of_lines(theme, FOLDER) for theme in sorted({mutant.theme for mutant in left})}
    for name in BEFORE:
        importlib.import_module(name)
    with kept.open("a" if given.again else "w", encoding="utf-8", newline="") as file:
        for mutant, found, seconds in tried(left, lines, given.jobs):
            results[mutant] = found
            word = "seen" if found else "NOT SEEN"
            csv.writer(file).writerow([*key(mutant), word])
            file.flush()
            print(f"{word} after {seconds:.0f} s: {mutant}", flush=True)
    told = [(mutant, results[mutant]) for mutant in drawn]
    text = page(told, given.seed, len(every), len(drawn) - len(left))
    print(text)
    if given.page:
        given.page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
