"""A small collection of one question, to break on purpose."""

import asyncio
import hashlib
import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
QUESTION = "budgets/government_space"
LONG = 120.0  # seconds that two busy processors may take for what takes a second


def awaited(coroutine):
    """What a coroutine gives, in a thread of its own: a browser's tests leave a running loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, coroutine).result()


class Collection:
    """A copy of one question with all its data, in a folder of its own."""

    def __init__(self, folder: Path):
        self.root = folder
        self._copy_data(folder / "data")
        for kind in ("notebooks", "figures"):
            (folder / kind / "budgets").mkdir(parents=True)
        shutil.copy(ROOT / "notebooks" / f"{QUESTION}.ipynb", folder / "notebooks" / "budgets")
        shutil.copytree(
            ROOT / "figures" / QUESTION, folder / "figures" / QUESTION, ignore=shutil.ignore_patterns(".*")
        )
        self.environment = {**os.environ, "SPACESEC_HOME": str(folder)}
        self.environment.pop("SPACESEC_OUTPUTS", None)

    @staticmethod
    def _copy_data(target: Path) -> None:
        """The tables the question read, the sources and the conflicts about those tables, as a data package
        of their own.
        """
        inputs = {
            name.split("#")[0].removeprefix("data/")
            for name in json.loads((ROOT / "figures" / QUESTION / "run.json").read_text())["inputs"]
        }
        package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
        package["resources"] = [resource for resource in package["resources"] if resource["path"] in inputs]
        for resource in package["resources"]:
            (target / resource["path"]).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / "data" / resource["path"], target / resource["path"])
        lines = (target / "conflicts.csv").read_text(encoding="utf-8").splitlines(keepends=True)
        held = [resource["name"] for resource in package["resources"]]
        kept = lines[:1] + [line for line in lines[1:] if line.split(",")[1] in held]
        (target / "conflicts.csv").write_text("".join(kept), encoding="utf-8")
        for resource in package["resources"]:
            resource["hash"] = (
                "sha256:" + hashlib.sha256((target / resource["path"]).read_bytes()).hexdigest()
            )
        (target / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")

    @property
    def figures(self) -> Path:
        return self.root / "figures" / QUESTION

    def spacesec(self, *words: str, **more) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "-m", "spacesec.collection", *words],
            env={**self.environment, **more},
            cwd=self.root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=600,
        )

    def state(self) -> dict[str, bytes]:
        """Every stored notebook and figure, by path."""
        return {
            p.relative_to(self.root).as_posix(): p.read_bytes()
            for kind in ("notebooks", "figures")
            for p in (self.root / kind).rglob("[!.]*")
            if p.is_file()
        }


@pytest.fixture(autouse=True)
def _made_apart(request):
    """What is made of tables while a test exchanges code is that test's own, and made anew after each
    exchange.
    """
    if "monkeypatch" not in request.fixturenames:
        return
    from spacesec.data import tables

    patch = request.getfixturevalue("monkeypatch")
    exchange = patch.setattr
    exchange(tables, "_made", {})

    def and_forget(*given, **more) -> None:
        exchange(*given, **more)
        tables._made.clear()

    patch.setattr = and_forget


@pytest.fixture
def collection(tmp_path) -> Collection:
    return Collection(tmp_path / "collection")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Path:
    """The whole site, built once for all tests of all workers, by the command: it may run notebooks."""
    from spacesec.machine import files

    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "site" / "pages"
    folder.parent.mkdir(exist_ok=True)
    with files.alone(folder.parent):
        if not folder.is_dir():
            command = [sys.executable, "-m", "spacesec.collection", "site", "--output-dir", str(folder)]
            command += ["--turned", QUESTION]
            subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return folder
