"""Run notebooks through papermill: checked before a kernel starts, stored only when the whole run succeeded."""

import contextlib
import itertools
import json
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from spacesec import arithmetic, files, paths, record, tables
from spacesec.collection import cache
from spacesec.collection.questions import Question, all_questions
from spacesec.errors import DataError, ParameterError, RunError, SpacesecError

FAILED = "build/failed"  # where the notebook of a failed run is kept, for looking


@dataclass(frozen=True)
class Outcome:
    """How one run ended: ``seconds`` is None when nothing had changed; ``error`` is None, or the sentence that says what failed and where."""

    name: str
    seconds: float | None
    error: str | None = None


def run(questions: list[Question], parameters: dict[str, Any], output_dir: str | None, jobs: int = 1, force: bool = False,
        report: Callable[[Outcome, int, int], None] = lambda *_: None) -> list[Outcome]:
    """Run questions with these parameters; all is checked before the first kernel starts.

    Default runs whose code, data and packages have not changed are not run again unless ``force`` says so. A default run replaces the stored notebook and ``figures/``; a run with ``output_dir`` leaves both alone and puts figures, record and
    notebook there (into ``<output_dir>/<theme>/<question>`` when there are several questions). Raises SpacesecError for bad input.
    """
    preflight(questions, parameters, output_dir)
    folders = {q.name: None if output_dir is None else str(Path(output_dir, q.name) if len(questions) > 1 else Path(output_dir)) for q in questions}
    outcomes: list[Outcome] = []
    for wave in ([q for q in questions if not q.reads_records], [q for q in questions if q.reads_records]):
        unchanged = [] if force or parameters or output_dir else [q for q in wave if cache.fresh(q)]
        ran = _wave([q for q in wave if q not in unchanged], parameters, folders, jobs)
        for outcome in itertools.chain((Outcome(q.name, None) for q in unchanged), ran):
            outcomes.append(outcome)
            report(outcome, len(outcomes), len(questions))
    return outcomes


def preflight(questions: list[Question], parameters: dict[str, Any], output_dir: str | None) -> None:
    """Everything that can be wrong before a kernel starts; raises SpacesecError in one sentence."""
    if "output_dir" in parameters:
        raise ParameterError("give the folder as --output-dir DIR, not as a parameter.")
    if parameters and output_dir is None:
        raise ParameterError("a run with other parameters needs --output-dir DIR: figures/ holds the default run.")
    for resource in _inputs(questions):
        tables.sealed_path(resource)
    for question in questions:
        if parameters:
            question.module.Parameters.of(parameters)
        cells = question.stored()["cells"]
        if sum("parameters" in cell["metadata"].get("tags", []) for cell in cells) != 1:
            raise RunError(f"notebooks/{question.name}.ipynb must have exactly one cell tagged parameters; tag the cell that holds the defaults.")
    if output_dir is not None:
        target = Path(output_dir).expanduser().absolute()
        if target.is_relative_to(paths.figures()):
            raise ParameterError("--output-dir lies inside figures/, which holds the default runs; give another folder.")
        if target.exists() and not target.is_dir():
            raise ParameterError(f"--output-dir {output_dir} is a file; give a folder.")
        files.staging_folder(target).rmdir()


def _inputs(questions: list[Question]) -> list[dict]:
    """The resources these questions read when they last ran; all resources when the whole collection runs."""
    resources = tables.package()["resources"]
    if len(questions) == len(all_questions()):
        return resources
    read: set[str] = set()
    for question in questions:
        with contextlib.suppress(DataError):
            read |= {name.split("#")[0] for name in record.read(question.folder)["inputs"]}
    return [resource for resource in resources if f"data/{resource['path']}" in read]


def _wave(questions: list[Question], parameters: dict[str, Any], folders: dict[str, str | None], jobs: int):
    if jobs <= 1 or len(questions) <= 1:
        yield from (_run_one(q.name, parameters, folders[q.name]) for q in questions)
        return
    with ProcessPoolExecutor(min(jobs, len(questions)), mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(_run_one, q.name, parameters, folders[q.name]) for q in questions]):
            yield done.result()


def _run_one(name: str, parameters: dict[str, Any], output_dir: str | None) -> Outcome:
    started = time.monotonic()
    question = Question(name)
    try:
        _execute(question, parameters, output_dir)
        return Outcome(name, time.monotonic() - started)
    except SpacesecError as error:
        return Outcome(name, time.monotonic() - started, str(error))


def _execute(question: Question, parameters: dict[str, Any], output_dir: str | None) -> None:
    import nbformat
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    from spacesec.collection.kernels import LocalKernelManager

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # papermill's imports warn of their own future; the notebook's warnings stay in its outputs
        import papermill
        from papermill.exceptions import PapermillExecutionError

    arithmetic.fix()
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else the kernel's debugger warns of frozen modules
    given = dict(parameters) if output_dir is None else {**parameters, "output_dir": str(Path(output_dir).expanduser().absolute())}
    attempt = paths.root() / FAILED / f"{question.name}.ipynb"
    attempt.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="spacesec-") as LocalKernelManager.folder:
            notebook = papermill.execute_notebook(str(question.notebook), str(attempt), given, progress_bar=False, request_save_on_cell_execute=False,
                                                  kernel_manager_class=LocalKernelManager, shutdown_kernel="immediate", start_timeout=180)
    except PapermillExecutionError as error:
        raise RunError(_failure(question, attempt, error)) from None
    except (DeadKernelError, CellTimeoutError, NoSuchKernel, RuntimeError) as error:
        raise RunError(f"{question.name}: the kernel stopped ({type(error).__name__}: {str(error).splitlines()[0]}); run it again") from None
    except OSError as error:
        raise RunError(f"{question.name}: {files.reason(error)} while running; make room and run it again") from None
    target = question.notebook if output_dir is None else Path(given["output_dir"]) / question.notebook.name
    files.write_text(target, nbformat.writes(normalised(notebook)) + "\n")
    attempt.unlink(missing_ok=True)
    if output_dir is None:
        cache.remember(question)


def normalised(notebook):
    """The executed notebook without clocks, machine paths and versions, so that the same run stores the same bytes."""
    notebook.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {"tags": list(cell.metadata["tags"])} if cell.metadata.get("tags") else {}
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("needs_background", None)
    return notebook


def _failure(question: Question, attempt: Path, error) -> str:
    heading, first_line = question.name, ""
    for cell in json.loads(attempt.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = next((line.lstrip("# ") for line in reversed(source.splitlines()) if line.startswith("#") and "papermill" not in line), heading)
        elif any(output["output_type"] == "error" for output in cell["outputs"]):
            first_line = source.strip().splitlines()[0]
            break
    said = str(error.evalue).strip().splitlines()[0] if str(error.evalue).strip() else error.ename
    where = f"{question.name}, under \"{heading}\", cell `{first_line}`"
    return f"{where}: {said}" if error.ename.endswith(("ParameterError", "DataError", "RunError", "SpacesecError")) else f"{where}: {error.ename}: {said}"


def show(outcome: Outcome, done: int, total: int, stream=sys.stdout) -> None:
    """One line a notebook."""
    line = f"[{done}/{total}] {outcome.name}  " + ("unchanged" if outcome.seconds is None else f"{outcome.seconds:.1f} s")
    print(line if outcome.error is None else f"{line}  FAILED\n  {outcome.error}", file=stream, flush=True)
