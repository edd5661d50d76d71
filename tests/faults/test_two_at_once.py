"""Two runs and two sweeps at once, for real, while a reader reads: they leave what one leaves."""

import contextlib
import csv
import hashlib
import shutil
import threading

from tests.conftest import LONG, QUESTION
from tests.faults.place import ROUNDS, SWEEP, without_progress


def test_two_runs_at_once_leave_what_one_leaves_while_a_reader_reads(changed):
    here = changed
    here.change("1002.0")
    here.fine("run", "--output-dir", "alone")
    alone = here.seen("alone")
    whole = {
        hashlib.sha256(content).hexdigest()
        for state in (here.before, here.after)
        for content in state.values()
    }
    read, torn = 0, []

    def reader(stop: threading.Event) -> None:
        nonlocal read
        while not stop.wait(0.001):
            for path in [
                *(here.root / "figures" / QUESTION).glob("[!.]*"),
                here.root / "notebooks" / f"{QUESTION}.ipynb",
            ]:
                with contextlib.suppress(
                    FileNotFoundError, NotADirectoryError
                ):  # the folder was exchanged since it was listed
                    if hashlib.sha256(path.read_bytes()).hexdigest() not in whole:
                        torn.append(path)
                    read += 1

    for words in (["--force"], ["--output-dir", "both"]) * 2 * ROUNDS:
        here.restore(here.before, "figures", "notebooks")
        shutil.rmtree(here.root / "both", ignore_errors=True)
        stop = threading.Event()
        thread = threading.Thread(target=reader, args=(stop,))
        thread.start()
        try:
            two = [here.start("run", QUESTION, *words) for _ in range(2)]
            for process in two:
                out, err = process.communicate(timeout=LONG)
                assert (process.returncode, err) == (0, ""), out
        finally:
            stop.set()
            thread.join()
        if "both" in words:
            assert {
                name.replace("both/", "alone/"): content.replace(b"/both", b"/alone")
                for name, content in here.seen("both").items()
            } == alone
        else:
            assert here.seen("figures", "notebooks") == here.after
    assert torn == [] and read > 1000
    assert here.leavings() == []


def test_two_sweeps_at_once_leave_what_one_leaves(changed):
    here = changed
    plan = here.folder / "two.yml"
    plan.write_text(SWEEP)
    here.fine("sweep", str(plan), "--output-dir", "one-sweep", "--jobs", "1")
    for _ in range(2 * ROUNDS):
        two = [here.start("sweep", str(plan), "--output-dir", "two-sweeps", "--jobs", "1") for _ in range(2)]
        for process in two:
            out, err = process.communicate(timeout=LONG)
            assert (process.returncode, without_progress(err)) == (0, ""), out
        assert {
            name.replace("two-sweeps", "one-sweep"): content
            for name, content in here.seen("two-sweeps").items()
        } == here.seen("one-sweep")
        with (here.root / "two-sweeps" / "results.csv").open(newline="") as file:
            assert len(list(csv.DictReader(file))) == 4
        shutil.rmtree(here.root / "two-sweeps")
    assert here.leavings() == []
