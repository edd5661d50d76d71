"""Make .venv anew from requirements.lock, with nothing but Python: ``python tools/setup.py``.

``make setup`` ends here too, by way of tools/setup.sh, which looks for a Python; its argument is the file
that says it is done.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = ((3, 11), (3, 13))  # first and last that the locked packages are tried with
PLACE = ROOT / ".venv"
BIN = PLACE / ("Scripts" if os.name == "nt" else "bin")
LOCK = ROOT / "build" / "setup.lock"
GIGABYTES = 1.3  # of .venv on Linux, compiled


def main(ready: str | None = None) -> None:
    """Ends with one sentence where it cannot be done."""
    if not VERSIONS[0] <= sys.version_info[:2] <= VERSIONS[1]:
        sys.exit("This collection needs Python 3.11, 3.12 or 3.13: install one, and run this with it.")
    # The Python that this environment was made of, should it be the one that runs this.
    python = getattr(sys, "_base_executable", None) or sys.executable
    with alone():
        began, packages = time.monotonic(), len(re.findall(r"^\S+==", _lock(), re.MULTILINE))
        say(f"making .venv, about {GIGABYTES} GB; the network decides how many minutes it takes")
        shutil.rmtree(PLACE, ignore_errors=True)
        if subprocess.run([python, "-m", "venv", str(PLACE)]).returncode:
            sys.exit(
                f"{python} has no venv module: install it (on Debian: apt install python3-venv) and set up"
                " again."
            )
        told = ("the installer", f"up to {packages} packages", "the collection")
        for number, (what, words) in enumerate(zip(told, steps(), strict=True), 1):
            say(f"[{number}/{len(told)}] {what}")
            if returned := subprocess.run(words, cwd=ROOT, env={**os.environ, "PIP_USER": "0"}).returncode:
                sys.exit(returned)
        if ready:
            (ROOT / ready).touch()
        say(f".venv is ready after {(time.monotonic() - began) / 60:.1f} minutes")


def say(words: str) -> None:
    print(words, flush=True)


def _lock() -> str:
    return (ROOT / "requirements.lock").read_text(encoding="utf-8")


def steps() -> list[list[str]]:
    """The commands that fill the environment, the locked installer first: whatever a reader's own settings
    make pip do by itself, it takes no other.
    """
    installer = PLACE / "uv.txt"
    installer.write_text(pinned(_lock()), encoding="utf-8")
    python, uv = str(BIN / "python"), str(BIN / "uv")
    install = [uv, "pip", "install", "--quiet", "--python", python]
    return [
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes"]
        + ["--requirement", str(installer)],
        [*install, "--compile-bytecode", "--require-hashes", "--requirement", "requirements.lock"],
        [*install, "--no-deps", "--no-build-isolation", "--editable", "."],
    ]


def pinned(lock: str) -> str:
    """The installer's own lines of the lock, hashes and all."""
    return re.search(r"^uv==(.*\\\n)*.*\n", lock, re.MULTILINE)[0]


@contextmanager
def alone():
    """Keeps a second set-up of this folder out."""
    LOCK.parent.mkdir(exist_ok=True)
    try:
        LOCK.mkdir()
    except FileExistsError:
        sys.exit(
            "Another set-up of this folder is under way: wait for its end; if there is none, remove"
            " build/setup.lock and set up again."
        )
    for name in ("SIGHUP", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda *_: sys.exit(1))
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(1)
    finally:
        LOCK.rmdir()


if __name__ == "__main__":
    main(*sys.argv[1:2])
