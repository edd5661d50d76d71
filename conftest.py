"""Tests and nbval write no figure into the real folder: default runs go to a folder of their own."""

import os
import tempfile

os.environ["SPACESEC_OUTPUTS"] = tempfile.mkdtemp(prefix="spacesec-outputs-")
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["PYTHONHASHSEED"] = "0"


def pytest_unconfigure(config):
    import shutil

    shutil.rmtree(os.environ["SPACESEC_OUTPUTS"], ignore_errors=True)
