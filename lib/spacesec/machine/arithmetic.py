"""One arithmetic for every run of the collection: the same inputs give the same bytes, whatever the
processor.

Linear algebra sums in another order with another number of threads, and the newest vector instructions round
the last bits of a logarithm or a sine differently from older ones. Both reach the bytes of a picture. Every
process that the collection starts therefore computes with one thread and with the instructions that all
x86-64 processors since 2013 share. The variables are read when NumPy is imported: set them before.
"""

import os
import platform

ENVIRONMENT = {
    "PYTHONHASHSEED": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
}
if platform.machine() in ("x86_64", "AMD64"):
    # NumPy names the sets that it is not to use; OpenBLAS the processor that it is to take this one for
    # (NumPy, "CPU build options"; OpenBLAS, USAGE.md).
    ENVIRONMENT |= {
        "NPY_DISABLE_CPU_FEATURES": "X86_V4,AVX512_ICL,AVX512_SPR",
        "OPENBLAS_CORETYPE": "Haswell",
    }


def fix() -> None:
    """Set the variables in this process, for itself and for what it starts; a reader's own beginning of every
    Python session is none of a run's.
    """
    os.environ.update(ENVIRONMENT)
    os.environ.pop("PYTHONSTARTUP", None)
