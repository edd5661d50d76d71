"""Tests and nbval write no figure into the real folder: default runs go to a folder of their own."""

import os
import tempfile

from spacesec import arithmetic

os.environ["SPACESEC_OUTPUTS"] = tempfile.mkdtemp(prefix="spacesec-outputs-")
arithmetic.fix()


def pytest_unconfigure(config):
    import shutil

    shutil.rmtree(os.environ["SPACESEC_OUTPUTS"], ignore_errors=True)
