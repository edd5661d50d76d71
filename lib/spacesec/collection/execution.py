"""Run notebooks through papermill: checked before a kernel starts, stored only when the whole run
succeeded.
"""

import contextlib
import copy
import functools
import itertools
import json
import logging
import time
import uuid
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacesec.collection import cache, prose, usage, verification
from spacesec.collection.questions import METADATA, Question, all_questions
from spacesec.data import tables, validation, vintage
from spacesec.errors import DataError, ParameterError, RunError, SpacesecError, sentence
from spacesec.machine import files, limits, paths, untrusted
from spacesec.run import record, records
from spacesec.words.language import ENGLISH

FAILED = "build/failed"  # where the notebook of a failed run is kept, for looking
# how long each question took last time: the longest runs first, so that none is left over at the end
SECONDS = "build/seconds.json"
DRAWN = "build/drawn"


@dataclass(frozen=True)
class Task:
    """One run to make: the question's name, the parameters that are not defaults, the folder it writes to
    (None: its own under figures/), the language of its words, the folder of drawings that need not be made
    anew (empty: none).
    """

    name: str
    parameters: dict[str, Any]
    output_dir: str | None
    language: str = ENGLISH
    drawn: str = ""


@dataclass(frozen=True)
class Outcome:
    """How one run ended: ``seconds`` is None when nothing had changed; ``error`` is None, or the sentence
    that says what failed and where.
    """

    name: str
    seconds: float | None
    error: str | None = None


def run(
    questions: list[Question],
    parameters: dict[str, Any],
    output_dir: str | None,
    jobs: int = 1,
    force: bool = False,
    report: Callable[[Outcome, int, int], None] = lambda *_: None,
    kernel: str = "warm",
    language: str = ENGLISH,
    redraw: bool = False,
) -> list[Outcome]:
    """Run questions with these parameters, ``jobs`` at a time, in kernels of the kind ``kernel``; all is
    checked before the first kernel starts.

    Default runs whose code, data and packages have not changed are not run again unless ``force`` says so; in
    another language nor those whose prose and catalogues are as they were. A
    default run replaces the stored notebook and ``figures/``; a run with ``output_dir`` leaves both alone and
    puts figures, record and notebook there (into ``<output_dir>/<theme>/<question>`` when there are several
    questions). In another language a run goes to ``build/<language>/<theme>/<question>`` where no folder is
    given. A drawing of a default run that would be the one of the last is taken from there, but for ordinary
    kernels and where ``redraw`` says so. Raises SpacesecError for bad input.
    """
    if language != ENGLISH and output_dir is None:
        folders: dict[str, str | None] = {q.name: str(q.told_in(language).folder) for q in questions}
    else:
        folders = _folders(questions, output_dir)
    preflight(questions, parameters, folders)
    default = not parameters and output_dir is None
    keeps = not (parameters or redraw or vintage.in_force() or kernel == "ordinary")
    drawn = str(paths.root() / DRAWN) if keeps else ""
    outcomes: list[Outcome] = []
    with contextlib.ExitStack() as kernels:
        for wave in (
            [q for q in questions if not q.reads_records],
            [q for q in questions if q.reads_records],
        ):
            unchanged = [q for q in wave if cache.fresh(q.told_in(language))] if default and not force else []
            ran = _wave(
                [
                    Task(q.name, parameters, folders[q.name], language, drawn)
                    for q in wave
                    if q not in unchanged
                ],
                jobs,
                kernel,
                kernels,
            )
            for outcome in itertools.chain(
                (Outcome(q.name, None) for q in unchanged), (outcome for _, outcome in ran)
            ):
                outcomes.append(outcome)
                report(outcome, len(outcomes), len(questions))
    if not parameters:
        _note_seconds(outcomes)
    return outcomes


def run_points(
    question: Question, points: dict[str, dict[str, Any]], jobs: int = 1, kernel: str = "warm"
) -> Iterator[tuple[str, Outcome]]:
    """Run one question's notebook with each of these sets of parameters into the folder that is its key;
    gives folder and outcome as they end.
    """
    for folder, parameters in points.items():
        preflight([question], parameters, {question.name: folder})
    with contextlib.ExitStack() as kernels:
        for task, outcome in _wave(
            [Task(question.name, parameters, folder) for folder, parameters in points.items()],
            jobs,
            kernel,
            kernels,
        ):
            yield task.output_dir, outcome


def preflight(questions: list[Question], parameters: dict[str, Any], folders: dict[str, str | None]) -> None:
    """Everything that can be wrong before a kernel starts; raises SpacesecError in one sentence."""
    if "output_dir" in parameters:
        raise ParameterError("give the folder as --output-dir DIR, not as a parameter.")
    if "output_language" in parameters:
        raise ParameterError("give the language as --language LANGUAGE, not as a parameter.")
    if "as_known_on" in parameters:
        raise ParameterError("give the day as --as-known-on DAY, not as a parameter.")
    if (parameters or vintage.in_force()) and not any(folders.values()):
        raise ParameterError(
            "a run with other parameters needs --output-dir DIR: figures/ holds the default run."
        )
    for resource in _inputs(questions):
        _usable(resource)
    for question in questions:
        if parameters:
            question.module.Parameters.of(parameters)
        question.stored()
    for folder in filter(None, folders.values()):
        files.staging_folder(record.destination(folder)).rmdir()


def _folders(questions: list[Question], output_dir: str | None) -> dict[str, str | None]:
    return {
        q.name: (
            None
            if output_dir is None
            else str(Path(output_dir, q.name) if len(questions) > 1 else Path(output_dir))
        )
        for q in questions
    }


def _inputs(questions: list[Question]) -> list[dict]:
    """The resources these questions read when they last ran; all resources when the whole collection runs."""
    resources = tables.package()["resources"]
    if len(questions) == len(all_questions()):
        return resources
    read: set[str] = set()
    for question in questions:
        with contextlib.suppress(DataError):
            read |= {name.split("#")[0] for name in records.read(question.folder).inputs}
    return [resource for resource in resources if f"data/{resource['path']}" in read]


def _usable(resource: dict) -> None:
    try:
        tables.sealed_path(resource, note=False)
    except (
        DataError
    ) as error:  # what is wrong with it is slow to find, and told here, before any kernel starts
        faults = validation.problems(resource) if (paths.data() / resource["path"]).is_file() else []
        raise DataError(faults[0] if faults else str(error)) from None


def _wave(
    tasks: list[Task], jobs: int, kernel: str, context: contextlib.ExitStack
) -> Iterator[tuple[Task, Outcome]]:
    """Run these at once, as many at a time as ``jobs`` says; ``context`` keeps the kernels' source until the
    last wave has run.
    """
    if not tasks:
        return
    from spacesec.collection import kernels

    limits.suffice(min(jobs, len(tasks)))
    context.enter_context(kernels.served(kernel))
    _papermill()
    seconds = _last_seconds()
    longest_first = sorted(tasks, key=lambda task: -seconds.get(task.name, float("inf")))
    # Threads: papermill is imported once, and its own work is small beside the kernels', which are processes.
    with kernels.managers() as managers, ThreadPoolExecutor(max(1, jobs)) as pool:
        running = {pool.submit(_run_one, task, managers): task for task in longest_first}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            managers.stop()
            raise


def _run_one(task: Task, managers: type) -> Outcome:
    name, started = task.name, time.monotonic()
    try:
        _execute(task, managers)
        return Outcome(name, time.monotonic() - started)
    except SpacesecError as error:
        return Outcome(name, time.monotonic() - started, str(error))
    except Exception as error:  # whatever it is, it stops no other question
        return Outcome(
            name,
            time.monotonic() - started,
            sentence(
                f"{name} could not be run ({type(error).__name__}: {error}); run it again, or restore its"
                " notebook"
            ),
        )


@functools.cache  # what it does to warnings would reach other threads
def _papermill():
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # papermill's imports warn of their own future; the notebook's warnings stay in its outputs
        import papermill
    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what went wrong stands in the outcome
    return papermill


def _execute(task: Task, managers: type) -> None:
    papermill = _papermill()
    import nbformat
    from jupyter_client.kernelspec import NoSuchKernel
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    question, output_dir = Question(task.name), task.output_dir
    question.refuse_edited()
    folder = paths.outputs() / question.name if output_dir is None else record.destination(output_dir)
    given = _given(task, folder)
    kept = paths.root() / FAILED / f"{question.name}.ipynb"
    with files.staged(folder) as staged:
        attempt = Path(managers.folder) / f"{uuid.uuid4().hex}.ipynb"
        environment = managers.environment | {paths.GATHER: str(staged), paths.DRAWN: task.drawn}
        gathering = type("GatheringKernelManager", (managers,), {"environment": environment})

        def execute():
            # papermill would fill in what stands between braces in a path.
            source, target = (
                str(path).replace("{", "{{").replace("}", "}}")
                for path in (_in_language(question, task.language, attempt), attempt)
            )
            return papermill.execute_notebook(
                source,
                target,
                given,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                kernel_manager_class=gathering,
                shutdown_kernel="immediate",
                start_timeout=180,
            )

        try:
            try:
                notebook = execute()
            except (
                DeadKernelError,
                RuntimeError,
            ):  # killed from outside, or with the process it was forked from: once more
                notebook = execute()
        except PapermillExecutionError as error:
            failure = _failure(question, attempt, error)
            with contextlib.suppress(SpacesecError):  # kept for looking; the sentence counts
                files.write_bytes(kept, attempt.read_bytes())
            raise RunError(failure) from None
        except (DeadKernelError, CellTimeoutError, NoSuchKernel, RuntimeError) as error:
            raise RunError(
                f"{question.name}: the kernel stopped ({type(error).__name__}: {str(error).splitlines()[0]});"
                " run it again"
            ) from None
        except OSError as error:
            raise RunError(
                f"{question.name}: {files.reason(error)} while running; make room and run it again"
            ) from None
        _refuse_other(question, task, staged)
        stored = (nbformat.writes(signed(normalised(notebook), staged)) + "\n").encode("utf-8")
        with files.alone(folder):
            _put(task, staged, folder, stored)
    with contextlib.suppress(OSError):
        kept.unlink(missing_ok=True)


def _put(task: Task, staged: Path, folder: Path, notebook: bytes) -> None:
    """Put a run's files and its notebook in place; a default run's fingerprint is noted beside them."""
    question, own = Question(task.name), Question(task.name, task.language)
    if task.output_dir is None:
        with files.prepared(question.notebook, notebook) as put:
            record.place(staged, folder, put)
        cache.remember(question)
        return
    files.write_bytes(staged / question.notebook.name, notebook)
    record.place(staged, folder)
    if not task.parameters and folder == own.folder.resolve():
        cache.remember(own)


def _refuse_other(question: Question, task: Task, staged: Path) -> None:
    """Raises RunError when the notebook ran through and left no record of what was asked for."""
    try:
        found = records.read(staged).parameters
    except DataError:
        found = None
    if found != question.module.Parameters.of(task.parameters).plain():
        raise RunError(
            f"{question.name}: the notebook ran and left no record of the parameters asked for; restore"
            f" notebooks/{question.name}.ipynb from the repository"
        )


def _given(task: Task, folder: Path) -> dict[str, Any]:
    """The parameters that papermill injects: what is not as the notebook has it."""
    where = {} if task.output_dir is None else {"output_dir": str(folder)}
    known_on = vintage.in_force()
    return {
        **task.parameters,
        **where,
        **({"as_known_on": known_on.isoformat()} if known_on else {}),
        **({} if task.language == ENGLISH else {"output_language": task.language}),
    }


def _in_language(question: Question, language: str, attempt: Path) -> Path:
    """The notebook to run: the stored one, or one beside the attempt with its prose in this language."""
    if language == ENGLISH:
        return question.notebook
    path = attempt.with_suffix(f".{language}.ipynb")
    path.write_text(json.dumps(prose.translated(question, language)), encoding="utf-8")
    return path


def _last_seconds() -> dict[str, float]:
    try:
        return untrusted.shaped(untrusted.parse((paths.root() / SECONDS).read_bytes()), {str: float})
    except (OSError, ValueError):
        return {}


def _note_seconds(outcomes: list[Outcome]) -> None:
    ran = {
        outcome.name: round(outcome.seconds, 1)
        for outcome in outcomes
        if outcome.seconds is not None and outcome.error is None
    }
    with contextlib.suppress(SpacesecError):  # only the order of the next run hangs on it
        if ran:
            files.write_text(
                paths.root() / SECONDS,
                json.dumps({**_last_seconds(), **ran}, indent=0, sort_keys=True) + "\n",
            )


def signed(notebook, folder: Path):
    """The notebook with the digest that binds it to the record in this folder."""
    import nbformat

    notebook.metadata["spacesec"] = {"run": verification.bound(json.loads(nbformat.writes(notebook)), folder)}
    return notebook


def normalised(notebook):
    """The executed notebook without clocks, machine paths and versions, so that the same run stores the same
    bytes.
    """
    notebook.metadata = copy.deepcopy(METADATA)
    for cell in notebook.cells:
        cell.metadata = {"tags": list(cell.metadata["tags"])} if cell.metadata.get("tags") else {}
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill draws one
            # Where a default run in another language went, from the collection's own folder.
            cell.source = cell.source.replace(f'"{paths.root() / "build"}/', '"build/')
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop("needs_background", None)
    return notebook


def _failure(question: Question, attempt: Path, error) -> str:
    heading, first_line = question.name, ""
    for cell in json.loads(attempt.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = next(
                (
                    line.lstrip("# ")
                    for line in reversed(source.splitlines())
                    if line.startswith("#") and "papermill" not in line
                ),
                heading,
            )
        elif any(output["output_type"] == "error" for output in cell["outputs"]):
            first_line = source.strip().splitlines()[0]
            break
    else:  # nothing was said: its kernel or its messages were lost on the way
        return f"{question.name}: the kernel stopped within a cell; run it again with --kernel ordinary"
    said = str(error.evalue).strip().splitlines()[0] if str(error.evalue).strip() else error.ename
    if not error.ename.endswith(("ParameterError", "DataError", "RunError", "SpacesecError")):
        said = f"{error.ename}: {said}"
    return f'{question.name}, under "{heading}", cell `{first_line}`: {said}'


def show(outcome: Outcome, done: int, total: int, stream=None) -> None:
    """One line a notebook."""
    if outcome.seconds is None:
        usage.tell(f"[{done}/{total}] {outcome.name}  unchanged", stream, mark="")
    elif outcome.error is None:
        usage.tell(f"[{done}/{total}] {outcome.name}  {outcome.seconds:.1f} s", stream, mark="")
    else:
        usage.tell(f"[{done}/{total}] {outcome.name}  {outcome.seconds:.1f} s  FAILED", stream, mark="")
        usage.tell(outcome.error, stream, mark="  ")
