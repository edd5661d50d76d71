#!/bin/sh
# Find a Python that tools/setup.py runs with: called by the Makefile when the lock changed. $1 says it is done.
set -eu

usable() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; }

for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if usable "$candidate"; then exec "$candidate" tools/setup.py "$1"; fi
done
echo "This collection needs Python 3.11, 3.12 or 3.13: install one (on Debian: apt install python3 python3-venv), or name it with make PYTHON=/path/to/python." >&2
exit 1
