"""Cells in any order, in real kernels: what stands in a run's folder is a whole run of the parameters that
the notebook shows, or what stood there before.
"""

import contextlib
import json
import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from hypothesis.strategies import integers, sampled_from
from jupyter_client.manager import start_new_kernel

from tests.conftest import ROOT

ORDERS = int(os.environ.get("SPACESEC_ORDERS", "6"))  # tried here; 500 before a release
PARAMETERS = "size, output_dir = {size}, {where!r}"
CELLS = (
    "from tests import tiny as question\nfrom spacesec.run import record\n"
    "run = record.start(question, globals())\nrun.settings",
    "answer = run.answer()\nanswer",
    "run.results",
    "run.publish(question.line(answer))",
    "run.publish(question.again(answer))",
    "run.check(question.checks(answer))",
)
FINISH = "wrote = run.finish() is None"
# What a reader may do besides: look without keeping, keep what is old and bring it back, change a variable.
STRAY = (
    "run.answer()",
    "kept_run, kept_answer = run, answer",
    "run = kept_run",
    "answer = kept_answer",
    "size = 3",
    "del size",
    "run.check([])",
    "run.published.clear()",
    "1 / 0",
)
NAMES = {f"{name}.{kind}" for name in ("line", "once_more") for kind in ("png", "svg", "csv")} | {"run.json"}


class Kernel:
    """A kernel with a client; cells are executed one after another."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(cwd=str(ROOT))

    def run(self, cell: str, **wanted: str) -> tuple[str, dict[str, str]]:
        """The error's name and words, nothing when there was none, and the wanted expressions' values."""
        asked, reply = self.client.execute(cell, user_expressions=wanted, stop_on_error=False), None
        while reply is None or reply["parent_header"].get("msg_id") != asked:  # a restart leaves others
            reply = self.client.get_shell_msg(timeout=120)
        reply = reply["content"]
        while self.client.iopub_channel.msg_ready():
            self.client.get_iopub_msg()
        if reply["status"] != "ok":
            return f"{reply['ename']}: {reply['evalue']}", {}
        return "", {name: one["data"]["text/plain"] for name, one in reply["user_expressions"].items()}

    def restart(self) -> None:
        self.manager.restart_kernel(now=True)
        self.client.wait_for_ready(timeout=120)


def held(folder: Path) -> dict[str, bytes]:
    """What a run's folder holds; the order in which figures were drawn is the reader's."""
    files = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.is_dir() else {}
    if "run.json" in files:
        record = json.loads(files["run.json"])
        record["figures"].sort(key=lambda figure: figure["name"])
        files["run.json"] = json.dumps(record).encode()
    return files


@pytest.fixture(scope="module")
def kernel():
    one = Kernel()
    yield one
    one.client.stop_channels()
    one.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def whole(kernel, tmp_path_factory):
    """Size -> what a run from the top writes."""
    found = {}
    for size in (2, 3):
        folder = tmp_path_factory.mktemp("whole") / "out"
        for cell in (PARAMETERS.format(size=size, where=str(folder)), *CELLS, FINISH):
            assert kernel.run(cell) == ("", {})
        found[size] = held(folder)
        assert set(found[size]) == NAMES
    assert json.loads(found[3]["run.json"])["results"]["twice"]["value"] == 6
    return found


class Orders(RuleBasedStateMachine):
    kernel: Kernel
    whole: dict[int, dict[str, bytes]]  # as the fixture has it

    def __init__(self):
        super().__init__()
        self.left = contextlib.ExitStack()
        folder = Path(self.left.enter_context(tempfile.TemporaryDirectory()))
        self.own, self.out = folder / "outputs" / "tests" / "tiny", folder / "out"
        self.began = True
        self.begin()
        self.parameters(2, "own")

    def begin(self):
        self.kernel.run(
            "get_ipython().reset(new_session=True)\nimport os, sys\nsys.path.insert(0, os.getcwd())\n"
            f"os.environ['SPACESEC_OUTPUTS'] = {str(self.own.parents[1])!r}"
        )

    @rule(size=sampled_from([2, 3, 0]), where=sampled_from(["own", "out"]))
    def parameters(self, size, where):
        self.kernel.run(PARAMETERS.format(size=size, where=str(self.out) if where == "out" else None))

    @rule(first=integers(0, len(CELLS) - 1), last=integers(0, len(CELLS) - 1))
    def cells(self, first, last):
        """One cell after another; an earlier last means the first alone. Errors are passed over."""
        for cell in CELLS[first : max(first, last) + 1]:
            self.kernel.run(cell)

    @rule()
    def all_cells(self):
        self.cells(0, len(CELLS) - 1)

    @rule(cell=sampled_from(STRAY))
    def stray(self, cell):
        self.kernel.run(cell)

    @invariant()
    def finish_is_whole_or_refused(self):
        before = held(self.own), held(self.out)
        asked = "[globals().get('size', 2), output_dir]"
        error, said = self.kernel.run(FINISH, asked=asked, wrote="wrote")
        after = held(self.own), held(self.out)
        assert not error or error.startswith(("NameError", "RunError", "ParameterError")), error
        if error or said["wrote"] == "False":
            assert after == before
            return
        size, where = eval(said["asked"])  # our own words, from our own kernel
        written, other = (1, 0) if where else (0, 1)
        assert after[written] == self.whole[size]
        assert after[other] == before[other]

    @precondition(lambda self: self.began)
    @rule()
    def restart(self):
        self.began = False  # once an order: it takes as long as all the rest
        self.kernel.restart()
        self.begin()
        self.parameters(2, "own")

    def teardown(self):
        """From whatever state, all cells from the top make the run."""
        try:
            self.parameters(3, "out")
            for cell in (*CELLS, FINISH):
                assert self.kernel.run(cell) == ("", {})
            assert held(self.out) == self.whole[3]
        finally:
            self.left.close()


def test_any_order_of_cells_leaves_a_whole_run_or_nothing(kernel, whole):
    run_state_machine_as_test(
        type("Orders", (Orders,), {"kernel": kernel, "whole": whole}),
        settings=settings(
            max_examples=ORDERS,
            stateful_step_count=10,
            deadline=None,
            derandomize=ORDERS < 100,
            suppress_health_check=list(HealthCheck),
            database=None,
            phases=[Phase.generate],  # making a failing order shorter takes hundreds of others
        ),
    )
