"""Tests and nbval write no figure into the real folder, and their notebooks run in kernels of one source,
whatever the number of workers.
"""

import contextlib
import os
import signal
import sys
import tempfile

import pytest

from spacesec.collection import execution, kernels
from spacesec.machine import arithmetic, paths

# Hundreds of processes import the library, which is compiled once, whatever the machine prefers.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
os.environ["SPACESEC_OUTPUTS"] = tempfile.mkdtemp(prefix="spacesec-outputs-")
os.environ["IPYTHONDIR"] = os.path.join(os.environ["SPACESEC_OUTPUTS"], "ipython")  # nobody's own settings
arithmetic.fix()
# A suite that was begun in the background is deaf to an interrupt, and so would be all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)
KERNELS = contextlib.ExitStack()
# What takes longest begins first, so that no worker is left alone with it; notebooks come last.
LONG = (
    "tests/test_new_question.py",
    "tests/test_tomorrow.py",
    "tests/test_words.py",
    "tests/faults/test_disks.py",
    "tests/test_warm_kernels.py",
    "tests/faults/test_kills.py",
    "tests/test_diff.py",
    "tests/test_explore.py",
    "tests/faults/test_two_at_once.py",
    "tests/",
)


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # the process that the workers belong to
        KERNELS.enter_context(kernels.served(eager=False))


def pytest_collection_modifyitems(items):
    items.sort(
        key=lambda item: next((n for n, path in enumerate(LONG) if item.nodeid.startswith(path)), len(LONG))
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Notebooks take what the last run drew where they would draw the same; nothing else here does."""
    if type(item).__name__ == "IPyNbCell":
        os.environ[paths.DRAWN] = str(paths.root() / execution.DRAWN)
    else:
        os.environ.pop(paths.DRAWN, None)


def pytest_unconfigure(config):
    import shutil

    KERNELS.close()
    shutil.rmtree(os.environ["SPACESEC_OUTPUTS"], ignore_errors=True)
