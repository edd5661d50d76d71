"""One question over many parameters: the question's own ``answer`` in a pool of processes, or on a Dask
cluster, into one tidy table.
"""

import csv
import hashlib
import io
import json
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from spacesec import answers
from spacesec.collection import cache, execution, processes, sweep_file, usage
from spacesec.collection.questions import Question
from spacesec.collection.sweep_file import Sweep
from spacesec.errors import DataError, RunError, SpacesecError
from spacesec.machine import files, untrusted
from spacesec.run import record, records

# Every finished point, appended as it comes: what an interrupted sweep does not run again.
LOG = ".points.jsonl"
RECORD = "sweep.json"
NO_WORKER_SECONDS = 60  # without a worker, until a sweep on a cluster ends
_OUTPUTS = ("results.csv", RECORD, *(f"multiples.{kind}" for kind in ("png", "svg", "csv")))
_OUTCOME = {"code": str, "key": str, "outcome": {"results": dict, "units": {str: str}}}


def run(
    sweep: Sweep,
    folder: Path,
    jobs: int = 1,
    scheduler: str | None = None,
    report: Callable[[int, int, float], None] = lambda *_: None,
) -> list[str]:
    """Run the points that the folder's log does not hold yet, then write ``results.csv``, ``sweep.json`` and
    the small multiples.

    Returns one sentence for each point that failed; the others are in the table. Stopping at any moment loses
    at most the points under way.
    """
    folder = record.destination(folder, (LOG, RECORD))
    files.staging_folder(folder).rmdir()
    code = cache.fingerprint(sweep.question)
    started = time.monotonic()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        done = _logged(folder / LOG, code)
        todo = {
            key: point
            for key, point in ((sweep_file.key(point), point) for point in sweep.points)
            if key not in done
        }
        held = len(sweep.points) - len(todo)
        with (folder / LOG).open("a", encoding="utf-8") as log:
            for number, (key, outcome) in enumerate(
                _outcomes(sweep.question.name, todo, jobs, scheduler), start=1
            ):
                done[key] = outcome
                log.write(
                    json.dumps({"code": code, "key": key, "outcome": outcome}, ensure_ascii=False) + "\n"
                )
                log.flush()
                report(held + number, len(sweep.points), time.monotonic() - started)
    except OSError as error:
        raise RunError(
            f"the sweep's folder {folder.name} cannot be written ({files.reason(error)}); make room and run"
            " it again, finished points are kept."
        ) from None
    return _finish(sweep, folder, [done[sweep_file.key(point)] for point in sweep.points])


def run_notebooks(
    sweep: Sweep,
    folder: Path,
    jobs: int = 1,
    kernel: str = "warm",
    report: Callable[[int, int, float], None] = lambda *_: None,
) -> list[str]:
    """Also run the notebook of every point of a sweep that `run` has finished, each into a folder of its own;
    those that stand already are kept.

    Returns one sentence for each that failed, or whose record has other results than the sweep's table.
    """
    outcomes = _logged(folder / LOG, cache.fingerprint(sweep.question))
    wanted = {
        str(folder / f"point-{number:05d}"): point for number, point in enumerate(sweep.points, start=1)
    }
    todo = {
        place: point
        for place, point in wanted.items()
        if _recorded(Path(place)) != (point, outcomes.get(sweep_file.key(point), {}).get("results"))
    }
    held, started, faults = len(wanted) - len(todo), time.monotonic(), []
    for number, (place, outcome) in enumerate(
        execution.run_points(sweep.question, todo, jobs, kernel), start=1
    ):
        if outcome.error:
            faults.append(f"{Path(place).name} failed: {outcome.error}")
        elif _recorded(Path(place))[1] != outcomes.get(sweep_file.key(todo[place]), {}).get("results"):
            faults.append(
                f"{Path(place).name}: the notebook's record has other results than the sweep; run both again"
            )
        report(held + number, len(wanted), time.monotonic() - started)
    return faults


def _recorded(folder: Path) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Parameters and results of the run in a folder; None where there is none."""
    try:
        found = records.read(folder)
    except DataError:
        return None
    return found.parameters, {name: result.value for name, result in found.results.items()}


def _outcomes(
    name: str, todo: dict[str, dict], jobs: int, scheduler: str | None
) -> Iterator[tuple[str, dict]]:
    if not todo:
        return
    if scheduler is not None:
        yield from _on_cluster(name, todo, scheduler)
    elif jobs <= 1:
        yield from ((key, _point(name, point)) for key, point in todo.items())
    else:
        try:
            yield from processes.each(_point, {key: (name, point) for key, point in todo.items()}, jobs)
        except BrokenProcessPool:
            raise RunError(
                "a process of the sweep was killed from outside; run it again, finished points are kept."
            ) from None


def _on_cluster(name: str, todo: dict[str, dict], address: str) -> Iterator[tuple[str, dict]]:
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise RunError("--scheduler needs the extra `sweep`: pip install 'spacesec[sweep]'.") from None
    try:
        client = Client(address, timeout=20)
    except (OSError, ValueError, TimeoutError) as error:
        raise RunError(
            f"no Dask scheduler answers at {address} ({type(error).__name__}); start one, or leave"
            " --scheduler out to use this machine."
        ) from None
    with client:
        # A worker that dies takes its points along; the scheduler hands them to another, as often as it takes
        # within reason.
        futures = {
            client.submit(_point, name, point, key=f"spacesec-{key}", retries=3, pure=False): key
            for key, point in todo.items()
        }
        for future in _ended(client, as_completed(list(futures)), len(futures), address):
            key = futures.pop(future)
            yield (
                key,
                (
                    {"error": f"the cluster gave the point up ({type(future.exception()).__name__})"}
                    if future.status == "error"
                    else future.result()
                ),
            )
            future.release()


def _ended(client: Any, waiting: Any, count: int, address: str) -> Iterator[Any]:
    """The futures as they end; raises RunError where the scheduler has had no worker for so long that nobody
    is to come.
    """
    alone = time.monotonic()
    while count:
        ended = waiting.next_batch(block=False)
        yield from ended
        count -= len(ended)
        if ended or client.scheduler_info()["workers"]:
            alone = time.monotonic()
        elif time.monotonic() - alone > NO_WORKER_SECONDS:
            raise RunError(
                f"the Dask scheduler at {address} has had no worker for {NO_WORKER_SECONDS} s; start one"
                " (dask worker) and run it again, finished points are kept."
            )
        time.sleep(0 if ended else 0.1)


def _point(name: str, values: dict[str, Any]) -> dict[str, Any]:
    """One point: the results by name, or the sentence that says why not."""
    question = Question(name)
    try:
        answer = question.module.answer(question.module.Parameters.of(values))
        return {
            "results": {key: answers.plain(result.value) for key, result in answer.results.items()},
            "units": {key: result.unit for key, result in answer.results.items()},
        }
    except SpacesecError as error:
        return {"error": str(error)}
    except Exception as error:  # a failed point is reported and does not stop the rest
        return {"error": f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"}


def _finish(sweep: Sweep, folder: Path, outcomes: list[dict]) -> list[str]:
    results = sweep_file.named_apart([outcome.get("results", {}) for outcome in outcomes], sweep.varied)
    rows = [
        {**{name: point[name] for name in sweep.varied}, **found, "error": outcome.get("error", "")}
        for point, found, outcome in zip(sweep.points, results, outcomes)
    ]
    columns = [
        *sweep.varied,
        *sorted({name for row in rows for name in row} - set(sweep.varied) - {"error"}),
        "error",
    ]
    buffer = io.StringIO()
    table = csv.DictWriter(buffer, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(
        {name: json.dumps(value) if isinstance(value, (list, dict)) else value for name, value in row.items()}
        for row in rows
    )
    failed = [
        f"point {number} failed: {outcome['error']}"
        for number, outcome in enumerate(outcomes, start=1)
        if "error" in outcome
    ]
    units = next((outcome["units"] for outcome in outcomes if "units" in outcome), {})
    units = {f"result.{name}" if name in sweep.varied else name: unit for name, unit in units.items()}
    entry = {
        "notebook": sweep.question.name,
        "points": len(sweep.points),
        "failed": sum("error" in outcome for outcome in outcomes),
        "varied": list(sweep.varied),
        "fixed": {name: value for name, value in sweep.points[0].items() if name not in sweep.varied},
        "units": units,
        "plot": sweep.plot,
        "results_sha256": hashlib.sha256(buffer.getvalue().encode("utf-8")).hexdigest(),
    }
    with files.staged(folder) as staged:
        try:
            (staged / "results.csv").write_text(buffer.getvalue(), encoding="utf-8", newline="")
            if sweep.plot and entry["failed"] < len(outcomes):
                from spacesec.collection import multiples

                try:
                    entry["figures"] = multiples.publish(sweep, rows, units, staged)
                except SpacesecError:  # no room for it
                    raise
                except (ArithmeticError, KeyError, TypeError, ValueError) as error:
                    failed.append(
                        f"y = {sweep.plot['y']} is not drawn ({error}); name another result under `plot`: the"
                        " table is there, and no point runs again"
                    )
            (staged / RECORD).write_text(
                json.dumps(entry, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
            )
            with files.alone(folder):
                files.keep_others(folder, staged, _OUTPUTS)
                files.exchange(staged, folder)
        except OSError as error:
            raise RunError(
                f"the sweep's results could not be written ({files.reason(error)}); make room and run it"
                " again, finished points are kept."
            ) from None
    return failed


def _logged(path: Path, code: str) -> dict[str, dict]:
    """Finished points of the same code; a line that a kill cut short is passed over, and so is a failed
    point, which is tried again.
    """
    done = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            try:
                entry = untrusted.shaped(untrusted.parse(line.encode("utf-8")), _OUTCOME)
            except ValueError:
                continue
            if entry["code"] == code:
                done[entry["key"]] = entry["outcome"]
        if path.stat().st_size and not path.read_bytes().endswith(b"\n"):
            with path.open("a", encoding="utf-8") as log:
                log.write("\n")
    return done


def show(done: int, total: int, seconds: float, stream=None) -> None:
    """Progress with the time left: one line that renews itself on a terminal, every tenth part otherwise."""
    left = seconds / done * (total - done)
    stream = stream or sys.stderr
    renewed = stream.isatty()
    if renewed or done == total or done * 10 // total > (done - 1) * 10 // total:
        mark, end = ("\r\x1b[K", "" if done < total else "\n") if renewed else ("", "\n")
        usage.tell(f"{done}/{total} points, about {left:.0f} s left", stream, mark, end)
