"""The same run outside the panel: as a papermill command, and as a folder that the command line fills."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

from spacesec.machine import arithmetic, paths
from spacesec.parameters import as_typed


def papermill_command(question: str, changed: dict[str, Any]) -> str:
    """What to type in the collection's folder for this run; a YAML mapping, since papermill reads no list
    after ``-p``.
    """
    given = json.dumps({**changed, "output_dir": "out"}, ensure_ascii=False)
    own = ".venv/bin/papermill"
    command = own if (paths.root() / own).is_file() else "papermill"
    return shlex.join([command, f"notebooks/{question}.ipynb", "out.ipynb", "-y", given])


def free_folder(question: str) -> str:
    """The first folder ``runs/<theme>/<question>-N`` that is not there yet."""
    number = 1
    while (paths.root() / (folder := f"runs/{question}-{number}")).exists():
        number += 1
    return folder


def save(question: str, changed: dict[str, Any], folder: str) -> tuple[Path, str]:
    """Have ``spacesec run`` run the notebook into the folder (relative to the collection's); returns it, and
    why it failed or nothing.
    """
    target = paths.root() / Path(folder).expanduser()
    words = [part for name, value in changed.items() for part in ("-p", name, as_typed(value))]
    done = subprocess.run(
        [sys.executable, "-m", "spacesec.collection", "run", question, *words, "--output-dir", str(target)],
        cwd=paths.root(),
        env={**os.environ, **arithmetic.ENVIRONMENT},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode == 0:
        return target, ""
    said = (done.stdout.partition("FAILED\n")[2] or done.stderr).strip().splitlines() or [
        f"the run ended with status {done.returncode}"
    ]
    return target, said[0].strip().removeprefix("spacesec: ")
