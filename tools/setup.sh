#!/bin/sh
# Make .venv anew from requirements.lock: called by the Makefile when the lock changed. $1 is the file that says it is done.
set -eu
ready=$1

usable() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

python=
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if usable "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "This collection needs Python 3.11, 3.12 or 3.13: install one (on Debian: apt install python3 python3-venv), or name it with make PYTHON=/path/to/python." >&2
    exit 1
fi

mkdir -p build
if ! mkdir build/setup.lock 2>/dev/null; then
    echo "Another make is setting up this folder: wait for its end; if there is none, remove build/setup.lock and run make again." >&2
    exit 1
fi
trap 'rmdir build/setup.lock' EXIT
trap 'exit 1' HUP INT TERM

rm -rf .venv
"$python" -m venv .venv || { echo "$python has no venv module: install it (on Debian: apt install python3-venv) and run make again." >&2; exit 1; }
# The installer as it is locked, whatever a reader's own settings make pip do by itself.
sed -n '/^uv==/,/[^\\]$/p' requirements.lock > .venv/uv.txt
PIP_USER=0 .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt
.venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes --requirement requirements.lock
.venv/bin/uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation --editable .
touch "$ready"
