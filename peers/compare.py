"""One row of the comparison, and how a script answers for the software it runs (standard library only).

A script here has two halves. ``rows()`` runs in the collection's environment and says what is compared, what
this collection finds and which inputs go out. The functions marked with ``peer`` run in an environment of the
script's own, made from the pinned list at its top, in which this collection is not installed.
"""

import json
import math
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

_PEERS: dict[str, tuple[Callable, str, Callable[[], str]]] = {}


@dataclass(frozen=True)
class Row:
    """One number, or one list of numbers, on both sides.

    question: whose number it is; what: the quantity; inputs: what went in, in words; ours: the value here
    (None where there is none); peer: name of the function that answers for the peer; given: its arguments, as
    JSON can hold them; tolerance: largest difference taken as agreement, in ``unit``; reason: why a larger
    one is expected.
    """

    question: str
    what: str
    inputs: str
    ours: float | list | None
    unit: str
    peer: str
    given: dict = field(default_factory=dict)
    tolerance: float = 0.0
    reason: str = ""

    def difference(self, theirs) -> float:
        """Largest distance of the two values; infinite where one side has none, or another number of them."""
        a, b = ([_number(v) for v in (x if isinstance(x, list) else [x])] for x in (self.ours, theirs))
        if len(a) != len(b):
            return math.inf
        return max(0.0 if u == v else math.inf if None in (u, v) else abs(u - v) for u, v in zip(a, b))


def _number(value) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def peer(name: str, release: Callable[[], str] | None = None):
    """Mark a function as answering for a peer; ``release`` tells the version of what is no Python package."""

    def mark(function: Callable) -> Callable:
        _PEERS[function.__name__] = function, name, release or (lambda: version(name))
        return function

    return mark


def serve() -> None:
    """Answer the questions in the file named first on the command line, into the file named second."""
    asked, told = map(Path, sys.argv[1:])
    answers = []
    for name, given in json.loads(asked.read_text(encoding="utf-8")):
        function, label, release = _PEERS[name]
        answers.append({"value": _plain(function(**given)), "peer": f"{label} {release()}"})
    told.write_text(json.dumps(answers), encoding="utf-8")


def _plain(value):
    """Numbers of any package as JSON holds them; what is not a finite number is null."""
    if value is None or isinstance(value, str):
        return value
    if hasattr(value, "__len__"):
        return [_plain(v) for v in value]
    return float(value) if math.isfinite(value) else None


def r(program: str, *arguments) -> list[float | None]:
    """Numbers that an R program prints with ``say``; ``numbers(i)`` in it is the i-th argument, a vector."""
    texts = [",".join(map(str, a)) if isinstance(a, list) else str(a) for a in arguments]
    head = (
        "args <- commandArgs(trailingOnly = TRUE);"
        "numbers <- function(i) as.numeric(strsplit(args[i], ',')[[1]]);"
        "say <- function(...) cat(sprintf('%.15g\\n', c(...)), sep = '');"
    )
    numbers = _rscript(head + program, *texts).split()
    return [None if text in ("NA", "NaN", "Inf") else float(text) for text in numbers]


def r_release(package: str) -> Callable[[], str]:
    """Version of an R package with R's own."""
    program = f"cat(as.character(packageVersion('{package}')), paste0('(R ', getRversion(), ')'))"
    return lambda: _rscript(program)


def _rscript(program: str, *arguments: str) -> str:
    if not shutil.which("Rscript"):
        raise RuntimeError("R is missing: apt-get install r-base-core r-cran-survival.")
    command = ["Rscript", "-e", program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"R says: {done.stderr.strip()}")
    return done.stdout
