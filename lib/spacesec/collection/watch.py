"""Stay and rerun what an edit touches."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from spacesec.collection import cache, execution, kernels, usage
from spacesec.collection.questions import Question
from spacesec.errors import ParameterError, SpacesecError
from spacesec.machine import paths

PAUSE_SECONDS = 0.5


def follow(
    questions: list[Question],
    parameters: dict[str, Any],
    output_dir: str | None,
    jobs: int,
    stop: Callable[[], bool] = lambda: False,
    kernel: str = "warm",
) -> int:
    """Run what is stale, then again after every edit of data, library or notebooks, until interrupted;
    kernels stay warm between the runs.

    A broken table or a failing notebook is told and waited out: the next edit may mend it. Raises
    ParameterError for a run that is not the default one.
    """
    if parameters or output_dir is not None:
        raise ParameterError("--watch follows the default runs; leave -p and --output-dir out.")
    seen: dict[Path, int] = {}
    with kernels.served(kernel):
        while not stop():
            now = dict(_stamps())
            if now != seen:
                try:
                    execution.run(
                        [q for q in questions if not cache.fresh(q)],
                        {},
                        None,
                        jobs,
                        report=execution.show,
                        kernel=kernel,
                    )
                except SpacesecError as error:
                    usage.tell(str(error), sys.stderr)
                seen = dict(_stamps())  # the runs themselves write notebooks
            time.sleep(PAUSE_SECONDS)
    return 0


def _stamps() -> Iterator[tuple[Path, int]]:
    for folder, pattern in ((paths.data(), "*.*"), (cache.LIBRARY, "*.py"), (paths.notebooks(), "*.ipynb")):
        for path in folder.rglob(pattern):
            if not path.name.startswith(".") and ".ipynb_checkpoints" not in path.parts:
                try:
                    yield path, path.stat().st_mtime_ns
                except FileNotFoundError:  # replaced at this moment; the next look sees it
                    continue
