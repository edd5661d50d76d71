"""Kills, full disks, folders that cannot be written, two runs at once, all for real: outputs are as before or
wholly new, and one sentence says why.
"""

import contextlib
import csv
import ctypes
import hashlib
import json
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import psutil
import pytest

from spacesec.collection import sweep, verification
from tests.conftest import LONG, QUESTION, ROOT, Collection

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="signals and limits as these tests use them are POSIX"
)
START = "import sys; from spacesec.collection.cli import main; print('ready', flush=True); sys.exit(main())"
STALE = (
    f"figures/{QUESTION} is stale: data/{QUESTION}.csv changed since the run; run `spacesec run {QUESTION}`"
)
SWEEP = (
    f"question: {QUESTION}\ngrid: {{first_year: [2009, 2010, 2011, 2012], currency: [JPY, USD]}}\nplot: {{x:"
    " first_year, y: growth_multiple, colour: currency}\n"
)
# The site's own builder on pages that cost nothing.
SITE = textwrap.dedent("""
    import sys
    from types import SimpleNamespace
    from spacesec.collection import cli
    from spacesec.collection.site import build
    from spacesec.collection.site.page import File
    content = sys.argv.pop().encode() * 3_000
    build.ROOMS = (SimpleNamespace(pages=lambda: [File(f"page-{n}.txt", content) for n in range(60)]),)
    print("ready", flush=True)
    sys.exit(cli.main())
    """)


class Place:
    """A small collection whose one notebook draws one figure, its table as it was or changed, and whatever a
    run needs, in a folder with a short name.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.collection = Collection(folder / "c")
        self.root = self.collection.root
        shutil.copy(ROOT / "README.md", self.root)
        shutil.copy(ROOT / "CITATION.cff", self.root)
        self.table = self.root / "data" / f"{QUESTION}.csv"
        (folder / "t").mkdir()
        self.environment = {
            **self.collection.environment,
            "TMPDIR": str(folder / "t"),
            "WARM_KERNELS_STRICT": "",
            "HOME": str(folder),
        }
        self.environment.pop("WARM_KERNELS", None)
        self.shorten()

    def shorten(self) -> None:
        path = self.root / "notebooks" / f"{QUESTION}.ipynb"
        notebook = nbformat.read(path, 4)
        wanted = (
            "first_year = ",
            "from spacesec.run import record",
            "answer = ",
            "run.publish(question.figures.series",
            "run.finish",
        )
        notebook.cells = [
            cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith(wanted)
        ]
        nbformat.write(notebook, path)

    def edit(self, amount: str) -> None:
        """Another amount in the table, which its package does not know yet."""
        text = re.sub(
            r"(?m)^(space-budget-2026-combined,2026,narrow,combined,)[^,]+",
            rf"\g<1>{amount}",
            self.table.read_text(encoding="utf-8"),
        )
        self.table.write_text(text, encoding="utf-8")

    def change(self, amount: str) -> None:
        """The same, sealed by hand: 1001.0 is what stands there."""
        self.edit(amount)
        text = self.table.read_text(encoding="utf-8")
        path = self.root / "data" / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        next(r for r in package["resources"] if r["name"] == QUESTION)["hash"] = (
            "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        )
        path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")

    def start(self, *words: str, code: str = START, **more) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-c", code, *words],
            env=self.environment,
            cwd=self.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            **more,
        )

    def done(self, *words: str, code: str = START, **more) -> tuple[int, str, str]:
        process = self.start(*words, code=code, **more)
        out, err = process.communicate(timeout=LONG)
        return process.returncode, out, without_progress(err)

    def fine(self, *words: str, code: str = START) -> None:
        returned, out, err = self.done(*words, code=code)
        assert (returned, err) == (0, ""), out

    def seen(self, *kinds: str) -> dict[str, bytes]:
        """All that a reader sees in these folders of the collection."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for kind in kinds
            for path in (self.root / kind).rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(self.root).parts)
        }

    def restore(self, state: dict[str, bytes], *kinds: str) -> None:
        for name in self.seen(*kinds).keys() - state.keys():
            (self.root / name).unlink()
        for name, content in state.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(content)

    def leavings(self) -> list[str]:
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.suffix in (".partial", ".old")
        )


def without_progress(said: str) -> str:
    return "".join(line for line in said.splitlines(keepends=True) if " points, about " not in line)


@contextlib.contextmanager
def place(where: str | None = None):
    folder = Path(tempfile.mkdtemp(prefix="sf", dir=where))
    try:
        folder.chmod(0o755)
        yield Place(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def changed():
    """A collection with the outputs of a run from before its table changed, and both states of its
    outputs.
    """
    with place() as here:
        here.fine("run", "--force")
        before = here.seen("figures", "notebooks")
        here.change("1002.0")
        here.fine("run")
        after = here.seen("figures", "notebooks")
        assert before.keys() == after.keys() and all(
            before[name] != after[name] for name in before if not name.endswith("svg")
        )
        here.before, here.after = before, after
        yield here


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
    process: subprocess.Popen,
    number: int,
    writing: Callable[[], bool] | bool,
    delay: float,
    group: bool = False,
) -> tuple[int, str]:
    """Send a signal so many seconds after the command is ready or, where ``writing`` is given, after that is
    true; what the command returned and said. Nothing that it started lives on.
    """
    assert process.stdout.readline() == "ready\n"
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


# Kills

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))  # more of them for a night
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)


def strikes(seed: int, count: int, whole: float, writing: float):
    """Signals in turn, every other at a random moment of the run (``whole`` seconds), the others once it has
    begun to write (for ``writing`` seconds).
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
        process = here.start("run", QUESTION, "--force", *words)
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
        f"{notebook} stores another answer than figures/{QUESTION}/run.json; run `spacesec run {QUESTION}`"
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
        process = here.start("sweep", str(plan), "--output-dir", "s", "--jobs", "2")
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
    for number, _, delay, group in strikes(7, 6, 0.9, 0.9):
        package.write_bytes(states[0])
        told(number, *struck(here.start("seal"), number, False, delay, group and number == signal.SIGKILL))
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
        process = here.start("site", "--output-dir", "site", "new", code=SITE)
        told(number, *struck(process, number, late and writing, delay))
        assert here.seen("site") in sites
    here.fine("site", "--output-dir", "site", "new", code=SITE)
    assert here.seen("site") == sites[0]
    assert here.leavings() == []


# Full disks, read-only folders, unwritable files

COMMANDS = {
    "seal": ("seal",),
    "run": ("run", QUESTION, "--force"),
    "run elsewhere": ("run", QUESTION, "--output-dir", "out"),
    "sweep": ("sweep", "sweep.yml", "--output-dir", "s", "--jobs", "1"),
    "site": ("site", "--output-dir", "site"),
}


def call(here: Place, name: str, **more) -> tuple[int, str, str]:
    if name == "site":
        return here.done(*COMMANDS[name], f"turn-{here.turn}", code=SITE, **more)
    return here.done(*COMMANDS[name], **more)


def turn(here: Place) -> None:
    """Give every command something else to write."""
    here.turn += 1
    here.edit(f"{here.turn}.0")
    (here.root / "sweep.yml").write_text(SWEEP.replace("2012", str(2012 + here.turn % 2)))


@pytest.fixture(scope="module")
def filled():
    """A collection where all that the commands would replace stands there."""
    with place() as here:
        yield fill(here)


def fill(here: Place) -> Place:
    here.turn = 1001
    turn(here)
    succeed(here, *COMMANDS)
    return here


def refused(here: Place, name: str, said: str, **more) -> None:
    """The command fails in one sentence with these words in it, and all that stood there stands there."""
    before = here.seen(".")
    returned, out, err = call(here, name, **more)
    assert returned == 1, (out, err)
    lines = (out.split("FAILED\n")[1] if "FAILED\n" in out else err).splitlines()
    assert len(lines) == 1 and said in lines[0] and "Traceback" not in out + err, (out, err)
    after = here.seen(".")
    assert {
        path
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path) and not path.startswith("build/")
    } == set()


def succeed(here: Place, *names: str) -> None:
    for name in names:
        before = here.seen(".")
        returned, out, err = call(here, name)
        assert (returned, err) == (0, ""), out
        assert here.seen(".") != before
    assert here.leavings() == []


def test_a_limit_on_file_size_stops_a_command_in_one_sentence(filled):
    """What stands in for a full disk where none can be mounted; every write past the first 4,000 bytes of a
    file fails.
    """

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    turn(filled)
    for name in COMMANDS:
        refused(filled, name, "the limit on file size is reached", preexec_fn=limit)
        succeed(filled, name)


@pytest.fixture
def small_disk():
    """A disk of a few megabytes."""
    folder = tempfile.mkdtemp(prefix="sd")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        os.rmdir(folder)
        pytest.skip(
            f"no right to mount a small disk ({mounted.stderr.strip()}); the limit on file size is tested all"
            " the same"
        )
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
    os.rmdir(folder)


def test_a_full_disk_stops_every_command_in_one_sentence(small_disk):
    with place(small_disk) as here:
        here.environment["TMPDIR"] = tempfile.gettempdir()
        turn(fill(here))
        ballast = Path(small_disk) / "ballast"
        for name in COMMANDS:
            for free in (0, 8_000 if name == "seal" else 60_000):
                ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free - free))
                refused(here, name, "the disk is full")
                ballast.unlink()
            succeed(here, name)


def obey() -> None:
    """Before the command starts: root gives up the right to pass over permissions; others never had it."""
    if os.geteuid() == 0:
        for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            if ctypes.CDLL(None, use_errno=True).prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
                raise OSError(ctypes.get_errno(), "no right to give up rights")


def obeying() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o555)
        try:
            return (
                subprocess.run(["touch", f"{folder}/file"], preexec_fn=obey, capture_output=True).returncode
                != 0
            )
        except (OSError, subprocess.SubprocessError):
            return False


PROTECTED = {
    "seal": ["data", "data/datapackage.json"],
    "run": [
        "figures/budgets",
        f"figures/{QUESTION}",
        f"figures/{QUESTION}/series.png",
        f"notebooks/{QUESTION}.ipynb",
    ],
    "run elsewhere": ["out", "out/run.json", "."],
    "sweep": ["s", "s/results.csv", f"s/{sweep.LOG}"],
    "site": ["site"],
}


def test_what_is_write_protected_is_not_written_and_one_sentence_says_so(filled):
    if not obeying():
        pytest.skip("this process passes over permissions and has no right to give that up")
    turn(filled)
    for name, names in PROTECTED.items():
        for path in (filled.root / part for part in names):
            mode = path.stat().st_mode & 0o777
            path.chmod(mode & 0o555)
            try:
                refused(filled, name, "no permission", preexec_fn=obey)
            finally:
                path.chmod(mode)
        succeed(filled, name)


def test_a_folder_mounted_read_only_is_said_in_one_sentence(filled):
    turn(filled)
    for folder, name in (("data", "seal"), ("figures", "run"), ("notebooks", "run")):
        path = filled.root / folder
        mounted = subprocess.run(["mount", "--bind", "-o", "ro", path, path], capture_output=True, text=True)
        if mounted.returncode:
            pytest.skip(
                f"no right to mount a folder read-only ({mounted.stderr.strip()}); permissions are tested all"
                " the same"
            )
        try:
            refused(filled, name, "the folder is read-only")
        finally:
            subprocess.run(["umount", "-l", path], check=True)
        if name == "seal":
            succeed(filled, name)
    succeed(filled, "run")


# Two at once


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
            assert len(list(csv.DictReader(file))) == 8
        shutil.rmtree(here.root / "two-sweeps")
    assert here.leavings() == []
