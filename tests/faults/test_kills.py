"""Kills, all for real: outputs are as before or wholly new, and one sentence says why."""

import contextlib
import os
import random
import shutil
import signal
import time
from collections.abc import Callable

import psutil
import pytest

from spacesec.collection import sweep, verification
from tests.conftest import LONG, QUESTION
from tests.faults.place import ROUNDS, SITE, STALE, SWEEP, Place, without_progress
from tests.faults.starter import Started


def problems(here: Place, monkeypatch) -> list[str]:
    monkeypatch.setenv("SPACESEC_HOME", str(here.root))
    return verification.problems()


def gone(processes: list[psutil.Process], seconds: float = LONG) -> bool:
    """Whether all of these end within so many seconds; a zombie has ended."""
    until = time.monotonic() + seconds
    while alive := [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]:
        if time.monotonic() > until:
            for process in alive:
                process.kill()
            return False
        time.sleep(0.05)
    return True


def struck(
    process: Started,
    number: int,
    writing: Callable[[], bool] | bool,
    delay: float,
    group: bool = False,
) -> tuple[int, str]:
    """Send a signal so many seconds after the command is ready or, where ``writing`` is given, after that is
    true; what the command returned and said. Nothing that it started lives on.
    """
    while not process.ready():
        assert process.poll() is None
        time.sleep(0.001)
    while writing and not writing() and process.poll() is None:
        time.sleep(0.002)
    time.sleep(delay)
    family: list[psutil.Process] = []
    with contextlib.suppress(psutil.NoSuchProcess):
        family = psutil.Process(process.pid).children(recursive=True)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number) if group else process.send_signal(number)
    _, said = process.communicate(timeout=LONG)
    assert gone(family)
    return process.returncode, said


def told(number: int, returned: int, said: str) -> None:
    """A stopped command says one sentence and returns what a shell expects; one that was killed says nothing;
    one that was faster is well.
    """
    if returned == 0:
        assert said == ""
    elif number == signal.SIGKILL:
        assert (
            returned == -signal.SIGKILL and "Traceback" not in said
        )  # Python's tracker of semaphores may say that it cleared some away
    else:
        assert (returned, said) == (
            128 + number,
            "spacesec: stopped; what had finished is in place, all else is as it was\n",
        )


SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def strikes(seed: int, count: int, whole: float, writing: float):
    """Signals in turn, every other at a random moment of the run (``whole`` seconds) and of its imports, the
    others once it has begun to write (for ``writing`` seconds).
    """
    draw = random.Random(seed)
    for number in range(count * ROUNDS):
        late = number % 2 == 1
        yield SIGNALS[number // 2 % 3], late, draw.uniform(0.05, writing if late else whole), number % 4 == 3


@pytest.mark.parametrize(
    "words, kinds",
    [((), ("figures", "notebooks")), (("--output-dir", "out", "-p", "currency", "USD"), ("out",))],
)
def test_a_run_struck_at_any_moment_leaves_the_old_or_the_new(changed, monkeypatch, words, kinds):
    here, states = changed, [changed.before, changed.after]
    if words:
        states = []
        for amount in ("1001.0", "1002.0"):
            here.change(amount)
            here.fine("run", QUESTION, *words)
            states.append(here.seen(*kinds))
        assert states[0].keys() == states[1].keys() and states[0] != states[1]
    outcomes, staged = [], here.root if words else here.root / "figures" / "budgets"

    def writing() -> bool:
        return any(staged.glob(".*.partial/run.json"))

    for number, late, delay, group in strikes(len(words), 4 if words else 8, 2.5, 0.4):
        here.restore(states[0], *kinds)
        process = here.start("run", QUESTION, "--force", *words, cold=not late)
        returned, said = struck(process, number, late and writing, delay, group and number == signal.SIGKILL)
        told(number, returned, said)
        state = here.seen(*kinds)
        assert state in states
        outcomes.append(states.index(state))
        if not words:
            assert problems(here, monkeypatch) == ([] if outcomes[-1] else [STALE])
    assert set(outcomes) == {0, 1} or outcomes.count(0) == len(outcomes)
    here.restore(states[0], *kinds)
    here.fine("run", QUESTION, *words)
    assert here.seen(*kinds) == states[1]
    assert here.leavings() == []


def test_a_kill_between_figures_and_notebook_is_mended_by_the_next_run(changed, monkeypatch):
    """The one moment that no file system covers, made by hand: verify names it, and the next run does not
    think that all is well.
    """
    here = changed
    here.restore(here.before, "figures", "notebooks")
    here.fine("run")
    notebook = f"notebooks/{QUESTION}.ipynb"
    (here.root / notebook).write_bytes(here.before[notebook])
    (here.root / "figures" / QUESTION / ".fingerprint").unlink()  # record.place leaves none
    assert problems(here, monkeypatch) == [
        f"{notebook} and figures/{QUESTION}/run.json are not of one run, or were edited since; run"
        f" `spacesec run {QUESTION}`",
        f"{notebook} stores another answer than figures/{QUESTION}/run.json; run `spacesec run {QUESTION}`",
    ]
    here.fine("run")
    assert here.seen("figures", "notebooks") == here.after


def test_a_sweep_struck_at_any_moment_leaves_the_old_or_the_new_and_goes_on(changed):
    here = changed
    plan = here.folder / "sweep.yml"
    states = []
    for text in (SWEEP.replace("2012", "2013"), SWEEP):
        plan.write_text(text)
        here.fine("sweep", str(plan), "--output-dir", "s", "--jobs", "1")
        states.append(here.seen("s"))
        shutil.rmtree(here.root / "s")
    log = here.root / "s" / sweep.LOG

    def writing() -> bool:
        return log.is_file() and log.stat().st_size > 0

    for number, late, delay, group in strikes(5, 6, 2.0, 0.8):
        here.restore(states[0], "s")
        log.unlink(missing_ok=True)
        process = here.start("sweep", str(plan), "--output-dir", "s", "--jobs", "2", cold=not late)
        returned, said = struck(process, number, late and writing, delay, group)
        told(number, returned, without_progress(said))
        assert here.seen("s") in states
    here.fine("sweep", str(plan), "--output-dir", "s")
    assert here.seen("s") == states[1]
    assert here.leavings() == []


def test_sealing_and_building_struck_at_any_moment_leave_the_old_or_the_new(changed):
    here = changed
    here.change("1001.0")
    here.fine("seal")
    package = here.root / "data" / "datapackage.json"
    states = [package.read_bytes()]
    here.edit("1002.0")
    here.fine("seal")
    states.append(package.read_bytes())
    for number, late, delay, group in strikes(7, 6, 0.9, 0.9):
        package.write_bytes(states[0])
        process = here.start("seal", cold=not late)
        told(number, *struck(process, number, False, delay, group and number == signal.SIGKILL))
        assert package.read_bytes() in states
    here.fine("seal")
    assert package.read_bytes() == states[1]
    sites = []
    for word in ("new", "old"):
        here.fine("site", "--output-dir", "site", word, code=SITE)
        sites.append(here.seen("site"))

    def writing() -> bool:
        return any(here.root.glob(".site.*.partial/page-0.txt"))

    for number, late, delay, _ in strikes(9, 8, 0.6, 0.1):
        here.restore(sites[1], "site")
        process = here.start("site", "--output-dir", "site", "new", code=SITE, cold=not late)
        told(number, *struck(process, number, late and writing, delay))
        assert here.seen("site") in sites
    here.fine("site", "--output-dir", "site", "new", code=SITE)
    assert here.seen("site") == sites[0]
    assert here.leavings() == []
