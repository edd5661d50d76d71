"""Full disks, folders and files that cannot be written, all for real: outputs are as before, and one sentence
says why.
"""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from spacesec.collection import sweep
from tests.conftest import QUESTION
from tests.faults.place import SITE, SWEEP, Place, place
from tests.faults.starter import obey

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

    turn(filled)
    for name in COMMANDS:
        refused(filled, name, "the limit on file size is reached", before="limit_files")
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
                refused(filled, name, "no permission", before="obey")
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
