"""What a reader's machine brings along - settings, kernels, folders, rights, line ends - reaches no run."""

import contextlib
import importlib.util
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile

import pytest

from spacesec.collection import execution, kernels, processes
from spacesec.data import validation
from spacesec.errors import RunError
from spacesec.machine import arithmetic, files, limits
from tests import tiny
from tests.conftest import QUESTION, ROOT
from tests.test_warm_kernels import executed

posix = pytest.mark.skipif(os.name != "posix", reason="signals and modes of files are POSIX")
LOOK = """
import os, sys
import pandas as pd
print(sys.executable, pd.get_option("display.max_rows"), "STARTED" in os.environ)
"""


def own_profile(folder, monkeypatch):
    startup = folder / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00.py").write_text("import pandas as pd; pd.set_option('display.max_rows', 3)")
    monkeypatch.setenv("IPYTHONDIR", str(folder))


def own_startup(folder, monkeypatch):
    (folder / "start.py").write_text("import os; os.environ['STARTED'] = '1'")
    monkeypatch.setenv("PYTHONSTARTUP", str(folder / "start.py"))
    arithmetic.fix()  # as every command does first


def other_kernel(folder, monkeypatch):
    place = folder / "kernels" / "python3"
    place.mkdir(parents=True)
    spec = {"argv": ["/bin/false", "{connection_file}"], "display_name": "Python 3", "language": "python"}
    (place / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(folder))


def long_folder(folder, monkeypatch):
    deep = folder / ("scratch-of-a-cluster-" * 4) / "job"
    deep.mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(deep))
    monkeypatch.setattr(tempfile, "tempdir", str(deep))


@pytest.mark.parametrize("bring", [own_profile, own_startup, other_kernel, long_folder])
@pytest.mark.parametrize("kind", kernels.KINDS)
def test_a_kernel_is_the_collections_own(tmp_path, monkeypatch, bring, kind):
    if kind == "ordinary":
        monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "local-provisioner")
    bring(tmp_path, monkeypatch)
    ((output,),) = executed(LOOK)
    assert output["text"].split() == [sys.executable, "60", "False"]


def test_what_a_killed_run_leaves_lies_where_the_next_one_sweeps(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(kernels, "SHORT", str(tmp_path))
    with kernels.managers() as kind:
        manager = kind(kernel_name="python3")
        manager.write_connection_file()
        assert manager.connection_file.startswith(kind.folder)
        left = tmp_path / ".spacesec.4194305.abcdefgh.partial"  # no process has so high a number
        shutil.copytree(kind.folder, left)
    with kernels.managers():
        assert not left.exists()
    assert not list(tmp_path.iterdir())


LIMITED = """
import resource, sys
from spacesec.errors import RunError
from spacesec.machine import limits
resource.setrlimit(getattr(resource, sys.argv[1]), (int(sys.argv[2]), int(sys.argv[3])))
try:
    limits.suffice(int(sys.argv[4]))
except RunError as error:
    print(error)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""


@posix
@pytest.mark.parametrize(
    "limit, soft, hard, runs, said",
    [
        ("RLIMIT_NOFILE", 64, 64, 1, "open 64 files, and this takes 96; run `ulimit -n 96`"),
        ("RLIMIT_NOFILE", 150, 150, 4, "open 150 files, and this takes 192; run `ulimit -n 192`"),
        ("RLIMIT_NOFILE", 64, 128, 1, None),
        ("RLIMIT_AS", 500_000_000, 500_000_000, 1, "take 488281 KB of memory, and a run takes 1200000"),
    ],
)
def test_a_limit_that_no_run_fits_in_is_told_before_it_begins(limit, soft, hard, runs, said):
    words = [sys.executable, "-c", LIMITED, limit, str(soft), str(hard), str(runs)]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT)
    told, *allowed = done.stdout.splitlines()
    if said is None:
        assert (told, allowed) == ("96", [])  # raised by itself, as far as the system allows
    else:
        assert said in told, done.stderr


def test_limits_are_looked_at_before_a_kernel_or_a_process_begins(monkeypatch):
    def told(runs):
        raise RunError(f"{runs} at once")

    monkeypatch.setattr(limits, "suffice", told)
    with pytest.raises(RunError, match="2 at once"):
        next(processes.each(print, {n: () for n in "abc"}, 2))
    task = execution.Task(QUESTION, {}, None)
    with pytest.raises(RunError, match="1 at once"), contextlib.ExitStack() as context:
        next(execution._wave([task], 4, "ordinary", context))


@posix
@pytest.mark.parametrize("mask, file, folder", [(0o002, 0o664, 0o775), (0o077, 0o600, 0o700)])
def test_new_files_are_as_the_reader_has_them_and_old_ones_keep_their_rights(tmp_path, mask, file, folder):
    def mode(path) -> int:
        return path.stat().st_mode & 0o7777

    before = os.umask(mask)
    try:
        files.write_text(tmp_path / "new.txt", "x")
        staged = files.staging_folder(tmp_path / "out")
        assert mode(staged) == 0o700  # nobody looks in while it is made
        files.exchange(staged, tmp_path / "out")
        assert (mode(tmp_path / "new.txt"), mode(tmp_path / "out")) == (file, folder)
        (tmp_path / "new.txt").chmod(0o640)
        (tmp_path / "out").chmod(0o2775)
        files.write_text(tmp_path / "new.txt", "y")
        files.exchange(files.staging_folder(tmp_path / "out"), tmp_path / "out")
        assert (mode(tmp_path / "new.txt"), mode(tmp_path / "out")) == (0o640, 0o2775)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["new.txt", "out"]
    finally:
        os.umask(before)


@posix
def test_a_folder_made_in_a_groups_folder_is_the_groups(tmp_path):
    tmp_path.chmod(0o2775)
    files.exchange(files.staging_folder(tmp_path / "out"), tmp_path / "out")
    assert (tmp_path / "out").stat().st_mode & 0o2000


def test_checkpoints_of_an_editor_beside_a_table_are_no_fault(collection, monkeypatch):
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    before = validation.check()
    table = collection.root / "data" / f"{QUESTION}.csv"
    (table.parent / ".ipynb_checkpoints").mkdir()
    shutil.copy(table, table.parent / ".ipynb_checkpoints" / "government_space-checkpoint.csv")
    assert validation.check() == before


@pytest.mark.parametrize(
    "words",
    [
        "from spacesec.data import tables, validation as v; v.problems(tables.describe('budgets/gdp'))",
        "from spacesec.collection.execution import _papermill; _papermill()",
        "import spacesec.collection.new",
    ],
)
def test_no_command_builds_the_grammars_that_jsonschema_builds_where_it_can(words):
    told = f"{words}; import sys, jsonschema; print('lark' in sys.modules, bool(jsonschema.__version__))"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", told], capture_output=True, text=True)
    assert done.stdout == "False True\n", done.stderr
    assert importlib.util.find_spec("lark") and importlib.util.find_spec("rfc3987_syntax")  # could be built


def test_an_interrupt_before_the_first_process_stands_stays_an_interrupt(monkeypatch):
    def stopped(*arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(processes, "ProcessPoolExecutor", stopped)
    with pytest.raises(KeyboardInterrupt):
        list(processes.each(len, {"a": ([],)}, 1))


def test_a_checkout_that_turns_line_ends_has_the_bytes_as_they_are_stored(tmp_path):
    """As Git for Windows is set up by itself."""
    names = [".gitattributes", "tools/setup.sh", "Makefile", "data/conflicts.csv", "requirements.lock"]
    for name in names:
        (tmp_path / "here" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "here" / name)
    me = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "-A"], [*me, "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(tmp_path / "here"), *words], check=True, capture_output=True)
    turned = [
        "git",
        "clone",
        "-q",
        "-c",
        "core.autocrlf=true",
        str(tmp_path / "here"),
        str(tmp_path / "there"),
    ]
    subprocess.run(turned, check=True, capture_output=True)
    for name in names:
        assert (tmp_path / "there" / name).read_bytes() == (ROOT / name).read_bytes(), name


@posix
def test_tests_begun_in_the_background_hear_an_interrupt():
    """A shell starts what it puts in the background deaf to SIGINT, and so would be all that this starts."""
    look = "import conftest, signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
    )
    assert done.stdout == "True\n", done.stderr


@pytest.mark.parametrize(
    "spec", [{"name": ".venv", "display_name": ".venv"}, {"name": "bash"}, None], ids=str
)
def test_a_notebook_saved_with_another_kernel_runs_in_ours(collection, spec):
    path = collection.root / "notebooks" / f"{QUESTION}.ipynb"
    before = path.read_bytes()
    notebook = json.loads(before)
    notebook["metadata"].pop("kernelspec")
    notebook["metadata"] |= {"kernelspec": spec} if spec else {}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    done = collection.spacesec("run", "--force", QUESTION)
    assert done.returncode == 0, done.stdout
    assert path.read_bytes() == before


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp932", "utf-8"])
@pytest.mark.parametrize(
    "words", [("list",), ("cite", QUESTION), ("who", "space-budget-2015-combined")], ids=" ".join
)
def test_words_reach_a_stream_of_any_encoding(encoding, words):
    done = subprocess.run(
        [sys.executable, "-m", "spacesec.collection", *words],
        env={**os.environ, "PYTHONIOENCODING": encoding, "SPACESEC_HOME": str(ROOT), "LC_ALL": "ja_JP.UTF-8"},
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (0, b"") and done.stdout.decode(encoding)


@posix
def test_a_copied_checkout_works_on_itself_or_not_at_all(tmp_path):
    """An environment leads to the folder it was made for; here folders of links stand in for both."""
    for name in ("first", "second"):
        (tmp_path / name / "data").mkdir(parents=True)
        shutil.copytree(ROOT / "lib", tmp_path / name / "lib", ignore=shutil.ignore_patterns("__pycache__"))
        (tmp_path / name / "data" / "datapackage.json").write_text('{"resources": []}')
        (tmp_path / name / ".venv" / "bin").mkdir(parents=True)
        (tmp_path / name / ".venv" / "bin" / "spacesec").write_text(
            "from spacesec.collection.cli import main; import sys; sys.exit(main())"
        )

    def told(command: str, library: str, *words: str, **more) -> subprocess.CompletedProcess:
        apart = ("SPACESEC_HOME", "PYTHONPATH")
        environment = {name: os.environ[name] for name in os.environ if name not in apart} | more
        script, lib = tmp_path / command / ".venv" / "bin" / "spacesec", tmp_path / library / "lib"
        # The prefix of the tests' own environment is none of these folders'.
        run = (
            f"import runpy, sys; sys.path.insert(0, {str(lib)!r}); sys.prefix = {str(script.parents[1])!r};"
            " sys.argv = sys.argv[1:]; runpy.run_path(sys.argv[0])"
        )
        return subprocess.run(
            [sys.executable, "-c", run, str(script), *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
        )

    assert told("first", "first", "list").returncode == 0
    for words in (["tables"], ["seal"], ["list"], ["run", "--force"]):
        done = told("second", "first", *words)
        assert done.returncode == 1
        assert done.stderr == (
            f"spacesec: the environment in {tmp_path / 'second'} was made for the collection in"
            f" {tmp_path / 'first'}; run `make setup` in {tmp_path / 'second'}\n"
        )
    for meant in (
        {"SPACESEC_HOME": str(tmp_path / "first")},
        {"PYTHONPATH": str(tmp_path / "first" / "lib")},
    ):
        assert told("second", "first", "list", **meant).returncode == 0
    (tmp_path / "first" / "data" / "datapackage.json").unlink()
    done = told("first", "first", "list")
    assert done.returncode == 1 and "or set SPACESEC_HOME to it" in done.stderr


@posix
@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_a_copied_environment_is_made_anew_and_one_setup_keeps_another_out(tmp_path):
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "tools/setup.sh", "tools/setup.py"):
        (tmp_path / "first" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / "first" / name)

    def planned(folder: str) -> str:
        return subprocess.run(
            ["make", "-n", "setup"], cwd=tmp_path / folder, capture_output=True, text=True
        ).stdout

    ready = planned("first").split('"')[-2]
    (tmp_path / "first" / ".venv").mkdir()
    (tmp_path / "first" / ready).touch()
    assert "setup.sh" not in planned("first")
    shutil.copytree(tmp_path / "first", tmp_path / "second")
    shutil.move(tmp_path / "first", tmp_path / "third")
    assert "setup.sh" in planned("second") and "setup.sh" in planned("third")
    (tmp_path / "second" / "build" / "setup.lock").mkdir(parents=True)
    done = subprocess.run(["make", "setup"], cwd=tmp_path / "second", capture_output=True, text=True)
    assert done.returncode and "wait for its end" in done.stderr and (tmp_path / "second" / ready).exists()


def set_up():
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "tools" / "setup.py")
    spec.loader.exec_module(module := importlib.util.module_from_spec(spec))
    return module


def test_the_installer_is_the_locked_one(tmp_path, monkeypatch):
    tool = set_up()
    first, *rest = tool.pinned((ROOT / "requirements.lock").read_text(encoding="utf-8")).splitlines()
    assert first.startswith("uv==") and rest and all("--hash=sha256:" in line for line in rest)
    monkeypatch.setattr(tool, "PLACE", tmp_path)
    steps = tool.steps()
    assert [("--require-hashes" in words, "--no-deps" in words) for words in steps] == [
        (True, False),
        (True, False),
        (False, True),
    ]


@posix
@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
@pytest.mark.parametrize("way", ["make setup", "python tools/setup.py", "python -m spacesec setup"])
def test_every_way_of_setting_up_is_one(tmp_path, way):
    """With a folder of its own for the environment's Python, whose installers note what they were asked."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    (tmp_path / "lib" / "spacesec").mkdir(parents=True)
    for name in ("__main__.py", "__init__.py"):
        shutil.copy(ROOT / "lib" / "spacesec" / name, tmp_path / "lib" / "spacesec")
    noted, fake = tmp_path / "noted", tmp_path / "fake"
    (fake / "venv").mkdir(parents=True)
    note = f'#!/bin/sh\necho "${{0##*/}} $*" >> {shlex.quote(str(noted))}\n'
    make = (
        "import os, sys, pathlib\n"
        "folder = pathlib.Path(sys.argv[1], 'bin')\n"
        "folder.mkdir(parents=True)\n"
        f"for name in ('python', 'uv'): (folder / name).write_text({note!r}); (folder / name).chmod(0o755)\n"
    )
    (fake / "venv" / "__init__.py").write_text("")
    (fake / "venv" / "__main__.py").write_text(make)
    words = [sys.executable if word == "python" else word for word in way.split()]
    done = subprocess.run(
        words,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{fake}:{tmp_path / 'lib'}", "PYTHON": sys.executable},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    asked = [line.split(" --quiet")[0] for line in noted.read_text().splitlines()]
    assert asked == ["python -m pip install", "uv pip install", "uv pip install"]
    assert not list((tmp_path / "build").iterdir())
    # What is done and how far it is, with its size before and its time after.
    told = [line for line in done.stdout.splitlines() if re.match(r"making|\[\d|\.venv", line)]
    assert [line.split()[0] for line in told] == ["making", "[1/3]", "[2/3]", "[3/3]", ".venv"]
    assert "GB" in told[0] and told[-1].endswith(" minutes")
    assert bool(list((tmp_path / ".venv").glob(".locked-*"))) == (way == "make setup")


def test_a_system_that_opens_no_folder_and_has_no_locks_writes_all_the_same(tmp_path, monkeypatch):
    """As Windows is: simulated, since none is here."""
    opened = os.open

    def refusing(path, *rest, **more):
        if os.path.isdir(path):
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *rest, **more)

    monkeypatch.setattr(files, "fcntl", None)
    monkeypatch.setattr(files, "_swap", lambda *_: False)
    monkeypatch.setattr(os, "open", refusing)
    monkeypatch.setattr(shutil, "_use_fd_functions", False)
    for size in (2, 3):
        tiny.whole(size=size, output_dir=str(tmp_path / "out")).finish()
    assert json.loads((tmp_path / "out" / "run.json").read_text())["parameters"] == {"size": 3}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
