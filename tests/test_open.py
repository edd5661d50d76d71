"""Opened without installing: what a container, Codespaces and Binder read agrees with what it names."""

import json
import os
import re
import subprocess

from spacesec.collection import lab
from tests.conftest import ROOT


def test_codespaces_builds_a_stage_that_sets_nothing_up_and_opens_the_port_once():
    stated = json.loads((ROOT / ".devcontainer/devcontainer.json").read_text(encoding="utf-8"))
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    first, second = re.split(r"^FROM ", dockerfile, flags=re.MULTILINE)[1:]
    assert first.splitlines()[0].endswith(f" AS {stated['build']['target']}")
    assert second.startswith(f"{stated['build']['target']}\n")
    assert "make setup" not in first and "make setup" in second  # else it is done twice
    [port] = stated["forwardPorts"]
    assert f"--port={port} " in stated["postStartCommand"] and f"EXPOSE {port}\n" in second
    assert stated["portsAttributes"][str(port)]["onAutoForward"] == "openBrowserOnce"


def test_binder_takes_the_locked_packages_and_shows_the_start_page():
    folder = ROOT / "binder"  # where it stands, Binder's builder reads it alone
    lines = (folder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    [taken] = [line.removeprefix("--requirement ") for line in lines if not line.startswith("#")]
    assert (folder / taken).resolve() == ROOT / "requirements.lock"
    python = (folder / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f"FROM python:{python}-" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert os.access(folder / "postBuild", os.X_OK)
    assert subprocess.run(["sh", "-n", str(folder / "postBuild")]).returncode == 0
    for name in ("README.md", "README.ja.md", "binder/postBuild"):
        assert f"?urlpath=lab/tree/{lab.START}" in (ROOT / name).read_text(encoding="utf-8")
