"""One question over many parameters: the question's own ``answer`` in a pool of processes, or on a Dask
cluster, into one tidy table.
"""

import contextlib
import csv
import hashlib
import io
import itertools
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context, parent_process
from pathlib import Path
from typing import Any

from spacesec import answers
from spacesec.collection import cache, execution
from spacesec.collection.questions import Question, named
from spacesec.errors import DataError, ParameterError, RunError, SpacesecError
from spacesec.machine import arithmetic, files, untrusted
from spacesec.run import record, records

LOG = (  # every finished point, appended as it comes: what an interrupted sweep does not run again
    ".points.jsonl"
)
MOST_POINTS = 100_000
RECORD = "sweep.json"
_OUTPUTS = ("results.csv", RECORD, *(f"multiples.{kind}" for kind in ("png", "svg", "csv")))
_OUTCOME = {"code": str, "key": str, "outcome": {"results": dict, "units": {str: str}}}
_KINDS = ("grid", "list", "table")


@dataclass(frozen=True)
class Sweep:
    """A checked sweep: one question, its points as complete sets of parameters, and what its small multiples
    show.
    """

    question: Question
    varied: tuple[str, ...]
    points: tuple[dict[str, Any], ...]
    plot: dict[str, str]


def read(path: Path) -> Sweep:
    """Read a sweep file and check all of it, every point included, before anything runs.

    YAML with ``question``; one of ``grid`` (name -> list of values, all combinations), ``list`` (of mappings)
    or ``table`` (a CSV file beside it, one column a parameter); optionally ``fixed`` (name -> value) and
    ``plot`` (``x``, ``y``, ``colour``). Raises ParameterError in one sentence that names the point.
    """
    import yaml

    class Loader(yaml.SafeLoader):
        """Without aliases: a few lines of them stand for more values than any machine holds, or for a list
        that holds itself.
        """

        def compose_node(self, parent, index):
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("it takes no aliases, as in *name")
            return super().compose_node(parent, index)

    try:
        content = yaml.load(
            path.read_text(encoding="utf-8"), Loader
        )  # what a SafeLoader reads are values, never objects
    except (OSError, UnicodeDecodeError) as error:
        raise ParameterError(
            f"the sweep file {path.name} cannot be read"
            f" ({getattr(error, 'strerror', None) or 'not UTF-8 text'}); name one that exists."
        ) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ParameterError(
            f"the sweep file {path.name} is not YAML ({' '.join(str(error).split())[:120]})."
        ) from None
    if not isinstance(content, dict) or not isinstance(content.get("question"), str):
        raise ParameterError(
            f"the sweep file {path.name} must name one question, as in `question: budgets/government_space`."
        )
    if unknown := set(map(str, content)) - {"question", "fixed", "plot", *_KINDS}:
        raise ParameterError(
            f"the sweep file {path.name} has the unknown entry {sorted(unknown)[0]!r}; it takes question,"
            f" fixed, plot and one of {', '.join(_KINDS)}."
        )
    question = named([content["question"]])[0]
    given = _points(path, content)
    if len(given) > MOST_POINTS:
        raise ParameterError(f"{path.name} has {len(given):,} points; at most {MOST_POINTS:,} are possible.")
    model = question.module.Parameters
    points = []
    for number, values in enumerate(given, start=1):
        try:
            points.append(model.of({**_mapping(content, "fixed"), **values}).plain())
        except ParameterError as error:
            raise ParameterError(f"point {number} of {path.name}: {error}") from None
    seen: set[str] = set()
    for number, point in enumerate(points, start=1):
        if (key := _key(point)) in seen:
            raise ParameterError(f"point {number} of {path.name} repeats an earlier point; remove one.")
        seen.add(key)
    varied = tuple(dict.fromkeys(name for values in given for name in values))
    plot = {str(role): str(name) for role, name in _mapping(content, "plot").items()}
    _check_plot(plot, varied, question)
    return Sweep(question, varied, tuple(points), plot)


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
            key: point for key, point in ((_key(point), point) for point in sweep.points) if key not in done
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
    return _finish(sweep, folder, [done[_key(point)] for point in sweep.points])


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
        if _recorded(Path(place)) != (point, outcomes.get(_key(point), {}).get("results"))
    }
    held, started, faults = len(wanted) - len(todo), time.monotonic(), []
    for number, (place, outcome) in enumerate(
        execution.run_points(sweep.question, todo, jobs, kernel), start=1
    ):
        if outcome.error:
            faults.append(f"{Path(place).name} failed: {outcome.error}")
        elif _recorded(Path(place))[1] != outcomes.get(_key(todo[place]), {}).get("results"):
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


def _points(path: Path, content: dict) -> list[dict[str, Any]]:
    kinds = [kind for kind in _KINDS if kind in content]
    if len(kinds) != 1:
        raise ParameterError(f"the sweep file {path.name} must have exactly one of {', '.join(_KINDS)}.")
    if kinds == ["grid"]:
        grid = _mapping(content, "grid")
        if not grid or not all(isinstance(values, list) and values for values in grid.values()):
            raise ParameterError(
                f"grid in {path.name} takes a list of values for each parameter, as in `satellites: [24,"
                " 36]`."
            )
        count = 1
        for values in grid.values():
            count *= len(values)
        if count > MOST_POINTS:
            raise ParameterError(
                f"grid in {path.name} has {count:,} points; at most {MOST_POINTS:,} are possible."
            )
        return [dict(zip(grid, values)) for values in itertools.product(*grid.values())]
    if kinds == ["list"]:
        found = content["list"]
        if not isinstance(found, list) or not found or not all(isinstance(item, dict) for item in found):
            raise ParameterError(f"list in {path.name} takes one mapping of parameters for each point.")
        return [{str(name): value for name, value in item.items()} for item in found]
    return _table(path, content["table"])


def _table(path: Path, name: Any) -> list[dict[str, Any]]:
    from spacesec.parameters import as_given

    try:
        place = untrusted.below(path.parent, name)
    except ValueError:
        raise ParameterError(f"table in {path.name} must lie beside the sweep file, not at {name}.") from None
    try:
        with place.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ParameterError(
            f"table {name} of {path.name} cannot be read ({getattr(error, 'strerror', None) or error})."
        ) from None
    if (
        not rows
        or len(set(reader.fieldnames)) < len(reader.fieldnames)
        or any(None in row or None in row.values() for row in rows)
    ):
        raise ParameterError(
            f"table {name} of {path.name} takes a header of parameter names, each once, and full rows"
            " below it."
        )
    return [{column: as_given(text) for column, text in row.items()} for row in rows]


def _check_plot(plot: dict[str, str], varied: tuple[str, ...], question: Question) -> None:
    results = tuple(
        _flat({name: result.value for name, result in records.read(question.folder).results.items()})
    )
    allowed = {"x": varied, "y": results, "colour": varied, "panel": varied}
    for role, name in plot.items():
        if name not in allowed.get(role, ()):
            takes = (
                f"{role} takes one of {', '.join(allowed[role])}"
                if role in allowed
                else f"it takes {', '.join(allowed)}"
            )
            raise ParameterError(f"plot in the sweep file cannot show {role} = {name!r}; {takes}.")
    if plot and not {"x", "y"} <= set(plot):
        raise ParameterError("plot in the sweep file needs x (a varied parameter) and y (a result).")


def _mapping(content: dict, name: str) -> dict[str, Any]:
    found = content.get(name) or {}
    if not isinstance(found, dict):
        raise ParameterError(f"{name} in the sweep file takes a mapping, as in `{name}: {{currency: USD}}`.")
    return {str(key): value for key, value in found.items()}


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
        with ProcessPoolExecutor(
            min(jobs, len(todo)), mp_context=get_context("spawn"), initializer=_serve
        ) as pool:
            try:
                with _deaf():
                    waiting = {pool.submit(_point, name, point): key for key, point in todo.items()}
                while waiting:
                    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                        yield waiting.pop(future), future.result()
            except BrokenProcessPool:
                raise RunError(
                    "a process of the sweep was killed from outside; run it again, finished points are kept."
                ) from None
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                for child in active_children():  # a point under way may take minutes more
                    child.kill()
                raise


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Processes started here hear no SIGINT or SIGTERM, which Ctrl-C sends to all of them: the driver hears
    it and ends them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve() -> None:
    """What a process of the pool does first: it must not outlive a killed driver."""
    arithmetic.fix()
    driver = parent_process()
    threading.Thread(target=lambda: (driver.join(), os._exit(1)), daemon=True).start()


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
        for future in as_completed(list(futures)):
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
    rows = [
        {
            **{name: point[name] for name in sweep.varied},
            **_flat(outcome.get("results", {})),
            "error": outcome.get("error", ""),
        }
        for point, outcome in zip(sweep.points, outcomes)
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
    entry = {
        "notebook": sweep.question.name,
        "points": len(sweep.points),
        "failed": len(failed),
        "varied": list(sweep.varied),
        "fixed": {name: value for name, value in sweep.points[0].items() if name not in sweep.varied},
        "units": units,
        "plot": sweep.plot,
        "results_sha256": hashlib.sha256(buffer.getvalue().encode("utf-8")).hexdigest(),
    }
    with files.staged(folder) as staged:
        try:
            (staged / "results.csv").write_text(buffer.getvalue(), encoding="utf-8", newline="")
            if sweep.plot and len(failed) < len(outcomes):
                from spacesec.collection import multiples

                try:
                    entry["figures"] = multiples.publish(sweep, rows, units, staged)
                except (ArithmeticError, KeyError, TypeError, ValueError) as error:
                    raise RunError(
                        f"y = {sweep.plot['y']} cannot be drawn ({type(error).__name__}: {error}); leave"
                        f" `plot` out, or remove {LOG} and run it again."
                    ) from None
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


def _flat(results: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Results with one value a column: a mapping becomes ``name.key``."""
    flat: dict[str, Any] = {}
    for name, value in results.items():
        flat |= _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else {f"{prefix}{name}": value}
    return flat


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


def _key(point: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(point, sort_keys=True).encode("utf-8")).hexdigest()[:32]


def show(done: int, total: int, seconds: float, stream=sys.stderr) -> None:
    """Progress with the time left: one line that renews itself on a terminal, every tenth part otherwise."""
    left = seconds / done * (total - done)
    line = f"{done}/{total} points, about {left:.0f} s left"
    if stream.isatty():
        print(f"\r{line}\x1b[K", end="" if done < total else "\n", file=stream, flush=True)
    elif done == total or done * 10 // total > (done - 1) * 10 // total:
        print(line, file=stream, flush=True)
