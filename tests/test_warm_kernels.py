"""Warm kernels give what ordinary ones give, leave nothing behind, and step aside by themselves."""

import ast
import asyncio
import contextlib
import importlib.util
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import tomllib
from pathlib import Path

import nbformat
import psutil
import pytest
from nbclient import NotebookClient

import warm_kernels
from spacesec.collection import kernels
from tests.conftest import LONG, QUESTION, ROOT

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"),
    reason="only Linux has what a fork needs here; elsewhere kernels are ordinary",
)
QUICK = "ipykernel.kernelapp ipykernel.ipkernel"  # what tests of life and death preload


@pytest.fixture
def alone(monkeypatch):
    """No zygote but the test's own, and no ordinary kernel in place of a warm one."""
    monkeypatch.delenv(warm_kernels.SOCKET, raising=False)
    monkeypatch.setenv(warm_kernels.STRICT, "1")
    monkeypatch.delenv("SPACESEC_OUTPUTS", raising=False)


@pytest.fixture
def quick(alone, monkeypatch):
    monkeypatch.setenv("WARM_KERNELS_PRELOAD", QUICK)


def executed(*cells: str, kind: str = "warm", folder: Path | None = None) -> list[list]:
    """The outputs of code cells run in a new kernel."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    with kernels.managers() as managers:
        NotebookClient(
            notebook,
            kernel_manager_class=managers,
            resources={"metadata": {"path": str(folder or ROOT)}},
            shutdown_kernel="immediate",
            coalesce_streams=True,  # how a busy machine parts what is printed says nothing of a kernel
        ).execute()
    return [cell.outputs for cell in notebook.cells]


def printed(*cells: str) -> str:
    return "".join(
        output["text"] for outputs in executed(*cells) for output in outputs if output.get("name") == "stdout"
    ).strip()


def gone(*pids: int, seconds: float = LONG) -> bool:
    """Whether all these processes end within so many seconds."""
    until = time.monotonic() + seconds
    while alive := [
        pid for pid in pids if psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    ]:
        if time.monotonic() > until:
            for pid in alive:
                os.kill(pid, signal.SIGKILL)
            return False
        time.sleep(0.02)
    return True


def waited_for(path: Path, process: subprocess.Popen) -> str:
    while not (path.is_file() and path.read_text().endswith("\n")):
        assert process.poll() is None, process.communicate()
        time.sleep(0.05)
    return path.read_text()


# The same as an ordinary kernel

PORTRAIT = [
    """
    import json, os, signal, sys, warnings, locale, logging, random, resource, threading
    import matplotlib, numpy, pandas, scipy.stats
    with warnings.catch_warnings(action="ignore"):
        options = {k: str(pandas.get_option(k)).lower() for k in pandas._config.config._registered_options}
    here = {
        "path": sys.path, "argument": sys.argv[0], "main": __name__, "folder": os.getcwd(),
        "umask": os.umask(0o22), "recursion": sys.getrecursionlimit(),
        "signals": [str(signal.getsignal(n)).split(" at ")[0] for n in range(1, 32)],
        "mask": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, [])),
        "filters": sorted(str(f) for f in warnings.filters), "locale": locale.getlocale(),
        "errors": numpy.geterr(), "print": numpy.get_printoptions(),
        "style": dict(matplotlib.rcParams), "pandas": options,
        "level": logging.getLogger().level, "handlers": len(logging.getLogger().handlers),
        "limits": resource.getrlimit(resource.RLIMIT_NOFILE),
        "environment": {k: v for k, v in os.environ.items()
                        if not k.startswith(("WARM_", "JUPYTER_", "JPY_", "JE_", "IPYTHONDIR"))},
        "flags": str(sys.flags),
        "children": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0,
        "leader": os.getpgid(0) == os.getpid(), "hash": hash("seed"),
    }
    print(json.dumps(here, indent=1, default=str))
    """,
    """
    import sys, subprocess, multiprocessing
    print("to stderr", file=sys.stderr)
    code = "import sys; print(sys.path[1:], sys.stdin.read())"
    print(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout)
    !echo from the shell
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(abs, [-1]))
    """,
    """
    import matplotlib.pyplot as plt
    plt.plot([1, 3, 2]); plt.title("inline $x^2$")
    """,
    """
    pandas.DataFrame(numpy.arange(60).reshape(2, 30)).add_prefix("a long name ")
    """,
]


def test_a_warm_kernel_looks_like_an_ordinary_one_and_shows_inline_figures(alone):
    cells = [textwrap.dedent(cell) for cell in PORTRAIT]
    seen = {}
    for kind in kernels.KINDS:
        # In a process of its own: jupyter_client reads once which provisioner is the default.
        code = (
            "import json, sys; from tests.test_warm_kernels import executed, kernels\nwith"
            f" kernels.served({kind!r}): print(json.dumps(executed(*json.load(sys.stdin))))"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(cells),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=LONG,
        )
        assert done.returncode == 0, done.stderr
        seen[kind] = json.loads(done.stdout)
    assert seen["warm"] == seen["ordinary"]
    assert "image/png" in seen["warm"][2][-1]["data"] and "from the shell" in str(seen["warm"][1])


def test_a_question_gives_the_same_notebook_and_figures(alone, collection):
    seen = {}
    for kind in kernels.KINDS:
        done = collection.spacesec("run", QUESTION, "--force", "--kernel", kind)
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
        seen[kind] = collection.state()
    assert seen["warm"] == seen["ordinary"]
    notebook = nbformat.reads(seen["warm"][f"notebooks/{QUESTION}.ipynb"].decode(), 4)
    assert (
        sum(
            "image/png" in output.get("data", {})
            for cell in notebook.cells
            for output in cell.get("outputs", [])
        )
        >= 3
    )


def test_kernels_draw_random_numbers_of_their_own(quick, monkeypatch):
    monkeypatch.setenv("WARM_KERNELS_PRELOAD", f"{QUICK} numpy.random random")
    draw = "import random, uuid, numpy; print(random.random(), numpy.random.random(), uuid.uuid4())"
    with warm_kernels.served():
        one, other = (printed(draw).split() for _ in range(2))
    assert not set(one) & set(other)


def test_a_warm_kernel_answers_on_sockets_of_its_own_and_leaves_none(quick, tmp_path):
    """As nbval starts one, with jupyter_client's own manager; in a process of its own, which reads once which
    provisioner is the default.
    """
    code = textwrap.dedent("""
        import os, warm_kernels
        from jupyter_client.manager import start_new_kernel
        with warm_kernels.served():
            manager, client = start_new_kernel(kernel_name="python3")
            folder, name = os.path.split(manager.ip)
            print(manager.transport, len([file for file in os.listdir(folder) if file.startswith(name)]))
            client.execute_interactive("print(6 * 7)")
            manager.restart_kernel()
            client.wait_for_ready(timeout=60)
            client.stop_channels()
            manager.shutdown_kernel()
            print([file for file in os.listdir(folder) if file.startswith(name)])
        """)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=LONG)
    assert (done.returncode, done.stdout) == (0, "ipc 5\n42\n[]\n"), (done.stdout, done.stderr)


def test_every_module_imports_what_it_uses():
    """A preloaded library would hide a missing import: a submodule that a file reaches through its package
    must be there after the file's imports alone.
    """
    reached: dict[str, set[str]] = {}
    code = {path: path.read_text(encoding="utf-8") for path in (ROOT / "lib" / "spacesec").rglob("*.py")}
    for path in (ROOT / "notebooks").rglob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code[path] = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    for source in code.values():
        for lines, chain in hidden(ast.parse(source)):
            reached.setdefault(lines, set()).add(chain)
    assert "import numpy" in str(reached)  # np.linalg and the like
    for lines, chains in reached.items():
        done = subprocess.run(
            [sys.executable, "-c", f"{lines}\n" + "\n".join(sorted(chains))],
            capture_output=True,
            text=True,
            timeout=LONG,
        )
        assert done.returncode == 0, f"{lines}: {done.stderr}"


def hidden(tree: ast.Module) -> list[tuple[str, str]]:
    """Pairs of a file's plain imports and a submodule reached through one of the names they bind."""
    plain = [
        alias
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
        if not alias.name.startswith("spacesec")
    ]
    bound = {
        alias.asname or alias.name.split(".")[0]: alias.name if alias.asname else alias.name.split(".")[0]
        for alias in plain
    }
    lines = "\n".join(
        sorted({f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else "") for alias in plain})
    )
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in bound:
            with contextlib.suppress(ModuleNotFoundError):
                if importlib.util.find_spec(f"{bound[node.value.id]}.{node.attr}"):
                    found.append((lines, f"{node.value.id}.{node.attr}"))
    return found


def test_a_hidden_import_is_found():
    assert hidden(ast.parse("import matplotlib as m\nm.pyplot.plot([1])\nm.rcParams")) == [
        ("import matplotlib as m", "m.pyplot")
    ]
    assert (
        subprocess.run(
            [sys.executable, "-c", "import matplotlib as m\nm.pyplot"], capture_output=True
        ).returncode
        == 1
    )


# Many starts

STARTS = int(os.environ.get("KERNEL_STARTS", "40"))  # two hundred for a night


class Life:
    """One kernel with its client."""

    def __init__(self, managers: type):
        self.manager, self.heard = managers(), asyncio.Event()

    async def said(self, code: str) -> dict:
        told = self.client.execute_interactive(code, output_hook=self._hear)
        return (await asyncio.wait_for(told, LONG))["content"]

    def _hear(self, message: dict) -> None:
        if message["msg_type"] == "stream":
            self.heard.set()

    async def begin(self) -> None:
        await asyncio.wait_for(self.manager.start_kernel(), LONG)
        self.client = self.manager.client()
        self.client.start_channels()

    async def ready(self) -> None:
        await self.client.wait_for_ready(timeout=LONG)

    async def is_killed_while_it_runs(self, number: int) -> None:
        task = asyncio.ensure_future(self.said("import time; time.sleep(30)"))
        await asyncio.sleep(random.Random(number).random() * 0.2)
        os.kill(self.manager.provisioner.pid, signal.SIGKILL)
        process = self.manager.provisioner.process
        until = time.monotonic() + LONG
        while await self.manager.is_alive():
            assert time.monotonic() < until
            await asyncio.sleep(0.01)
        assert process.returncode == -signal.SIGKILL
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task

    async def is_interrupted(self, number: int) -> None:
        task = asyncio.ensure_future(self.said(f"import time; print(0, flush=True); time.sleep({LONG})"))
        await asyncio.wait_for(self.heard.wait(), LONG)
        # Printing is over, too: ipykernel can lose an interrupt that meets it there.
        await asyncio.sleep(0.2)
        await self.manager.interrupt_kernel()
        assert (await task)["ename"] == "KeyboardInterrupt"
        assert (await self.said("x"))["status"] == "ok"

    async def is_restarted(self, number: int) -> None:
        before = self.manager.provisioner.pid
        await asyncio.wait_for(self.manager.restart_kernel(), LONG)
        await self.ready()
        assert (await self.said("assert 'x' not in globals()"))["status"] == "ok"
        assert self.manager.provisioner.pid != before

    async def leaves_a_child_behind(self, number: int) -> None:
        told = await self.said("import subprocess; child = subprocess.Popen(['sleep', '600'])")
        assert told["status"] == "ok"

    async def just_ends(self, number: int) -> None:
        pass


WAYS = (
    Life.just_ends,
    Life.is_killed_while_it_runs,
    Life.is_interrupted,
    Life.is_restarted,
    Life.leaves_a_child_behind,
)


async def life(number: int, managers: type) -> None:
    """One kernel's life, in one of five ways."""
    one = Life(managers)
    await one.begin()
    try:
        await one.ready()
        assert (await one.said("import numpy, pandas; x = numpy.ones(1000).sum()"))["status"] == "ok"
        await WAYS[number % len(WAYS)](one, number)
    finally:
        one.client.stop_channels()
        await asyncio.wait_for(one.manager.shutdown_kernel(now=number % 2 == 0), LONG)


async def lives(numbers: range, managers: type) -> None:
    two = asyncio.Semaphore(2)

    async def next_one(number: int) -> None:
        async with two:
            await asyncio.wait_for(life(number, managers), 2 * LONG)

    await asyncio.gather(*(next_one(number) for number in numbers))


def live_and_compare() -> None:
    """Many kernels' lives; processes, descriptors, sockets, shared memory and the zygote's memory are
    then what they were before. The shared memory of others, who may drop theirs meanwhile, does not count.
    """
    me, known = psutil.Process(), set(os.listdir("/dev/shm"))

    def standing() -> dict:
        return {
            "descriptors": me.num_fds(),
            "zygote's descriptors": zygote.num_fds(),
            "children": [p.pid for p in me.children(recursive=True)],
            "shared memory": sorted(
                name for name in {*os.listdir("/dev/shm")} - known if not name.startswith(".org.chromium")
            ),
            "sockets": os.listdir(managers.folder),
            "threads": zygote.num_threads(),
        }

    with warm_kernels.served(), kernels.managers() as managers:
        asyncio.run(lives(range(10), managers))
        zygote = next(p for p in me.children() if "zygote.py" in " ".join(p.cmdline()))
        before, memory = standing(), zygote.memory_info().rss
        asyncio.run(lives(range(STARTS), managers))
        until = time.monotonic() + LONG
        while (after := standing()) != before and time.monotonic() < until:
            time.sleep(0.05)
        assert after == before, (before, after)
        assert zygote.memory_info().rss - memory < 8e6
    assert gone(zygote.pid)


def test_many_starts_two_at_a_time_leave_nothing(alone, monkeypatch):
    monkeypatch.setenv("WARM_KERNELS_PRELOAD", f"{QUICK} numpy pandas")
    # In a process of its own: what is counted is this test's alone, whatever else this worker has open.
    done = subprocess.run(
        [sys.executable, "-c", "from tests.test_warm_kernels import live_and_compare; live_and_compare()"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr[-4000:]


# Stepping aside

THREAD = "import threading, time; threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
FILE = "kept = open(__file__)"


@pytest.mark.parametrize(
    "code, variable, said",
    [
        (THREAD, None, "started threads"),
        (FILE, None, "keeps odd_library.py open"),
        ("", "OMP_NUM_THREADS", "OMP_NUM_THREADS differs"),
    ],
)
def test_what_is_unsafe_gives_ordinary_kernels_and_one_line(
    quick, monkeypatch, tmp_path, code, variable, said
):
    (tmp_path / "odd_library.py").write_text(code)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("WARM_KERNELS_PRELOAD", f"{QUICK} odd_library")
    script = (
        "import os; from tests.test_warm_kernels import printed, warm_kernels\nwith warm_kernels.served():\n"
        f"    os.environ.update({{{variable!r}: '2'}} if {variable!r} else {{}})\n   "
        " print(printed('print(1)'), printed('print(2)'))"
    )
    strict = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=LONG
    )
    assert (
        strict.returncode == 1 and "NoWarmKernel: no warm kernel (" in strict.stderr and said in strict.stderr
    )
    monkeypatch.delenv(warm_kernels.STRICT)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=LONG
    )
    assert (done.returncode, done.stdout) == (0, "1 2\n")
    lines = [line for line in done.stderr.splitlines() if "ordinary kernels instead" in line]
    assert len(lines) == 1 and said in lines[0]


def test_without_the_folder_the_collection_runs_on_ordinary_kernels(quick, small):
    """A copy of the library without ``warm_kernels``, while the installed package still names it."""
    shutil.copytree(
        ROOT / "lib" / "spacesec",
        small.root / "lib" / "spacesec",
        ignore=shutil.ignore_patterns("__pycache__"),
    )
    small.cells("import os; print(open(f'/proc/{os.getppid()}/cmdline').read())")
    script = (
        f"import sys; sys.path = [{str(small.root / 'lib')!r}, *(p for p in sys.path if p !="
        f" {str(ROOT / 'lib')!r})]\nfrom spacesec.collection.cli import main; sys.exit(main(['run',"
        " '--force']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=small.environment,
        cwd=small.root,
        capture_output=True,
        text=True,
        timeout=LONG,
    )
    assert done.returncode == 0, done.stdout
    assert done.stderr == "spacesec: ordinary kernels instead (warm ones are not installed)\n"
    assert "zygote" not in small.state()[f"notebooks/{QUESTION}.ipynb"].decode()


# Life and death


@pytest.fixture
def small(collection):
    """The small collection with cells of the test's own in its one notebook."""
    collection.environment = {**os.environ, "SPACESEC_HOME": str(collection.root)}

    def cells(*sources: str) -> None:
        first = nbformat.v4.new_code_cell("output_dir = None", metadata={"tags": ["parameters"]})
        record = collection.root / "figures" / QUESTION / "run.json"
        last = f"""
            import shutil
            from spacesec.machine import paths
            paths.gathered() and shutil.copy({str(record)!r}, paths.gathered()) and None  # what a run leaves
            """
        notebook = nbformat.v4.new_notebook(
            cells=[first, *(nbformat.v4.new_code_cell(textwrap.dedent(one)) for one in (*sources, last))]
        )
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(notebook, collection.root / "notebooks" / f"{QUESTION}.ipynb")

    collection.cells = cells
    return collection


@pytest.mark.parametrize("times, code", [(1, 0), (2, 1)])
def test_a_killed_zygote_is_replaced_and_the_run_tried_once_more(quick, small, tmp_path, times, code):
    log = tmp_path / "log"
    small.cells(f"""
        import os, pathlib, time
        log = pathlib.Path({str(log)!r})
        with log.open("a") as file:
            file.write(f"{{os.getppid()}}\\n")
        if len(log.read_text().splitlines()) <= {times}:
            os.kill(os.getppid(), 9)
            time.sleep(60)
        """)
    done = small.spacesec("run", "--force")
    zygotes = log.read_text().splitlines()
    assert len(zygotes) == len(set(zygotes)) == 2
    assert done.returncode == code
    assert ("the kernel stopped" in done.stdout) == (code == 1)


@pytest.mark.parametrize(
    "number, kind", [(signal.SIGKILL, "warm"), (signal.SIGINT, "warm"), (signal.SIGINT, "ordinary")]
)
def test_a_stopped_driver_takes_its_kernels_along(quick, small, tmp_path, number, kind):
    small.cells(f"""
        import os, pathlib, subprocess, time
        child = subprocess.Popen(["sleep", "600"])
        numbers = f"{{os.getpid()}} {{os.getppid()}} {{child.pid}}\\n"
        pathlib.Path({str(tmp_path / "pids")!r}).write_text(numbers)
        while True:
            pass
        """)
    command = [sys.executable, "-m", "spacesec.collection", "run", "--force", "--kernel", kind]
    driver = subprocess.Popen(
        command,
        env=small.environment,
        cwd=small.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    kernel, parent, child = map(int, waited_for(tmp_path / "pids", driver).split())
    assert (parent == driver.pid) == (kind == "ordinary")
    driver.send_signal(number)
    _, said = driver.communicate(timeout=LONG)
    assert gone(kernel, parent, child)
    if number == signal.SIGINT:
        assert (driver.returncode, said) == (
            130,
            "spacesec: stopped; what had finished is in place, all else is as it was\n",
        )


def test_a_changed_library_or_a_long_rest_ends_a_zygote_and_another_takes_over(quick, monkeypatch, tmp_path):
    (tmp_path / "odd_library.py").write_text("VALUE = 1")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("WARM_KERNELS_PRELOAD", f"{QUICK} odd_library")
    monkeypatch.setenv("WARM_KERNELS_IDLE", "5")
    look = (
        "import os, sys; held = 'odd_library' in sys.modules; import odd_library; print(os.getppid(), held,"
        " odd_library.VALUE)"
    )
    with warm_kernels.served():
        first, second = printed(look).split(), printed(look).split()
        assert first == second and first[1:] == ["True", "1"]
        (tmp_path / "odd_library.py").write_text("VALUE = 1_000")
        third = printed(look).split()
        assert third[0] != first[0] and third[1:] == ["True", "1000"]
        assert gone(int(third[0]))
        fourth = printed(look).split()
        assert fourth[0] != third[0] and fourth[1:] == third[1:]
    assert gone(int(fourth[0]), seconds=0.1)


def test_nbval_on_all_workers_shares_one_zygote_and_runs_every_notebook_once(quick, tmp_path):
    shutil.copy(ROOT / "conftest.py", tmp_path)
    for name in ("one", "two", "three"):
        cells = [
            nbformat.v4.new_code_cell(
                f"import os\nwith open('log', 'a') as file:\n    print({name!r}, os.getpid(), os.getppid(),"
                " file=file)"
            ),
            nbformat.v4.new_code_cell(
                "6 * 7",
                execution_count=2,
                outputs=[nbformat.v4.new_output("execute_result", {"text/plain": "42"}, execution_count=2)],
            ),
            nbformat.v4.new_code_cell(
                "7 * 6",
                execution_count=3,
                outputs=[nbformat.v4.new_output("execute_result", {"text/plain": "42"}, execution_count=3)],
            ),
        ]
        cells[0].execution_count = 1
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3",
            "language": "python",
        }
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    options = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"][
        "ini_options"
    ]["addopts"].split()
    command = [
        sys.executable,
        "-m",
        "pytest",
        *options,
        "-n",
        "2",
        "--rootdir",
        str(tmp_path),
        "-c",
        os.devnull,
        str(tmp_path),
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=LONG)
    assert "9 passed" in done.stdout, done.stdout
    log = [line.split() for line in (tmp_path / "log").read_text().splitlines()]
    assert sorted(name for name, _, _ in log) == ["one", "three", "two"]
    assert len({zygote for _, _, zygote in log}) == 1
    assert gone(*(int(pid) for _, *pids in log for pid in pids), seconds=0.1)
