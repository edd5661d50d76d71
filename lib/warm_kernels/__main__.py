"""``python -m warm_kernels COMMAND ...``: run a command whose kernels are warm."""

import subprocess
import sys

from warm_kernels import served

if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("usage: python -m warm_kernels COMMAND [ARGUMENT ...]")
    with served():
        sys.exit(subprocess.call(sys.argv[1:]))
