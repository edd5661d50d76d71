"""Tests and nbval write no figure into the real folder, and their notebooks run in kernels of one source,
whatever the number of workers.
"""

import contextlib
import os
import tempfile

from spacesec.collection import kernels
from spacesec.machine import arithmetic

os.environ["SPACESEC_OUTPUTS"] = tempfile.mkdtemp(prefix="spacesec-outputs-")
arithmetic.fix()
KERNELS = contextlib.ExitStack()


def pytest_configure(config):
    if not hasattr(config, "workerinput"):  # the process that the workers belong to
        KERNELS.enter_context(kernels.served(eager=False))


def pytest_unconfigure(config):
    import shutil

    KERNELS.close()
    shutil.rmtree(os.environ["SPACESEC_OUTPUTS"], ignore_errors=True)
