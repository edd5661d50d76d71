"""JupyterLab itself, in a browser: the start page, and the panel of two questions as a reader turns it."""

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from spacesec import answers
from spacesec.collection.questions import THEMES, all_questions, named
from spacesec.data import tables
from spacesec.run import records
from tests.browser.conftest import CHROMIUM
from tests.conftest import ROOT

LIGHT, HEAVY = "budgets/government_space", "missile_warning/coverage"
LONG = 120_000  # milliseconds that two busy processors may take
# JupyterLab shows a cell's Markdown before it looks for the attachments in it, and asks the browser for each
# by its bare name.
NOT_OURS = ("attachment:",)


class Lab:
    """A JupyterLab on a copy of the collection, as `spacesec lab` starts it."""

    def __init__(self, folder):
        self.root, state = folder / "collection", folder / "state"
        for kind in ("data", "figures", "notebooks"):
            shutil.copytree(
                ROOT / kind, self.root / kind, ignore=shutil.ignore_patterns(".ipynb_checkpoints")
            )
        shutil.copy(ROOT / "README.md", self.root)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        token = secrets.token_hex(16)
        self.address, self._token = f"http://127.0.0.1:{port}", token
        self.environment = {
            **os.environ,
            "SPACESEC_HOME": str(self.root),
            "HOME": str(state),
            "IPYTHONDIR": str(state / "ipython"),
            **{f"JUPYTER_{kind}_DIR": str(state / kind.lower()) for kind in ("CONFIG", "DATA", "RUNTIME")},
            **{f"JUPYTERLAB_{kind}_DIR": str(state / kind.lower()) for kind in ("SETTINGS", "WORKSPACES")},
        }
        for of_these_tests in (
            "SPACESEC_OUTPUTS",
            "JUPYTER_DEFAULT_PROVISIONER_NAME",
        ):  # a reader's JupyterLab starts its kernels itself
            self.environment.pop(of_these_tests, None)
        self._log = (folder / "log").open("w+")
        # A session of its own: kernels and what they start end with it.
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "spacesec.collection",
                "lab",
                "--no-browser",
                "--allow-root",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.port={port}",
                "--ServerApp.port_retries=0",
                f"--IdentityProvider.token={token}",
            ],
            env=self.environment,
            cwd=folder,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + LONG / 1000
        while not self._answers():
            assert self._process.poll() is None and time.monotonic() < end, self.said()
            time.sleep(0.1)
        self.first = self.state()

    def _answers(self) -> bool:
        with contextlib.suppress(OSError):
            return self.get("/api/status") is not None
        return False

    def get(self, path: str, method: str = "GET"):
        asked = urllib.request.Request(
            self.address + path, headers={"Authorization": f"token {self._token}"}, method=method
        )
        with urllib.request.urlopen(asked, timeout=10) as answer:
            return json.loads(answer.read() or "null")

    def url(self, path: str = "") -> str:
        return f"{self.address}{path or '/'}?token={self._token}"

    def notebook(self, question: str) -> str:
        """In a workspace of its own: JupyterLab opens again what was open in the last one."""
        return self.url(f"/lab/workspaces/{question.replace('/', '-')}/tree/notebooks/{question}.ipynb")

    def said(self) -> str:
        self._log.seek(0)
        return self._log.read()

    def state(self) -> dict[str, bytes]:
        """Every file of the collection but hidden ones, and those in hidden folders: JupyterLab's
        checkpoints, what the cache notes.
        """
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(self.root).parts)
        }

    def shut(self) -> None:
        """End the kernels, as a reader does who shuts a notebook down."""
        for kernel in self.get("/api/kernels"):
            self.get(f"/api/kernels/{kernel['id']}", "DELETE")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.shut()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._log.close()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    if CHROMIUM is None:
        pytest.skip("no Chromium here: JupyterLab was not tested (on Debian: apt install chromium)")
    running = Lab(tmp_path_factory.mktemp("lab"))
    yield running
    running.close()


@pytest.fixture
def page(browser, lab):
    """A reader's window; an error on its console that is not JupyterLab's own fails the test."""
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(LONG)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on(
        "console",
        lambda message: (
            errors.append(message.text)
            if message.type == "error" and not message.location["url"].startswith(NOT_OURS)
            else None
        ),
    )
    yield opened
    context.close()
    lab.shut()
    assert errors == []


class Panel:
    """A question's panel, as a reader finds it: the notebook opened and all its cells run."""

    def __init__(self, page):
        self.page = page
        page.locator(".jp-Notebook .jp-RenderedMarkdown h1").first.wait_for()
        page.get_by_text("| Idle").first.wait_for()  # the kernel is there
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel", has_text=re.compile("^Run All Cells$")).click()
        # `state`: the panel may lie outside what the window shows. The last cell's number says that all have
        # run.
        page.locator(".spacesec figure img").wait_for(state="attached")
        page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()
        self.all = page.locator(".spacesec")
        self.all.scroll_into_view_if_needed()
        self.settled()

    def part(self, name: str):
        return self.page.locator(f".spacesec-{name}")

    @property
    def answer(self) -> str:
        return self.part("answer").inner_text()

    @property
    def picture(self) -> str:
        return self.page.locator(".spacesec figure img").get_attribute("src")

    @property
    def status(self) -> str:
        return self.part("status").get_by_role("status").inner_text()

    def button(self, name: str):
        return self.all.get_by_role("button", name=name, exact=True)

    def slider(self, name: str):
        return self.page.locator(f".spacesec-parameter-{name} [role=slider]")

    def turn(self, name: str, key: str = "ArrowRight", times: int = 1) -> None:
        self.slider(name).scroll_into_view_if_needed()
        for _ in range(times):
            self.slider(name).press(key)

    def settled(self) -> None:
        """Nothing is being computed and what is shown answers the controls (Cancel can be pressed as long as
        that is not so).
        """
        self.page.wait_for_function(
            """() => {
            const cancel = [...document.querySelectorAll('.spacesec button')].find(
                one => one.textContent === 'Cancel');
            return cancel.disabled && !document.querySelector('.spacesec-old')
                && document.querySelector('.spacesec-status').textContent; }"""
        )

    def another_picture(self, than: str) -> None:
        self.page.wait_for_function(
            "old => { const now = document.querySelector('.spacesec figure img'); return now.src !== old &&"
            " now.complete && now.naturalWidth > 500; }",
            arg=than,
        )

    def is_old(self) -> None:
        """What is shown is marked as the answer to other parameters; the mark comes in a message of
        its own.
        """
        self.page.locator(".spacesec-old").wait_for()

    def says(self, words: str) -> None:
        self.part("status").get_by_text(words).wait_for()


def command_line(lab, *words: str) -> str:
    """What `spacesec run` says when it refuses."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "spacesec.collection",
            "run",
            *words,
            "--output-dir",
            str(lab.root / "refused"),
        ],
        env=lab.environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=LONG / 1000,
    )
    assert done.returncode == 2
    return done.stderr.strip().removeprefix("spacesec: ")


def test_the_start_page_shows_every_question_and_leads_to_it(page, lab):
    page.goto(lab.url())
    page.locator(
        ".jp-Notebook .jp-RenderedMarkdown h1", has_text="Japan Space Security Collection"
    ).wait_for()
    page.wait_for_function(
        "count => [...document.querySelectorAll('.jp-Notebook td img')].filter(one => one.naturalWidth >"
        " 100).length === count",
        arg=len(all_questions()),
    )
    expect(page.locator(".jp-Notebook h2")).to_have_text(
        [re.compile(rf"^\s*{re.escape(one)}\s*¶?\s*$") for one in [*THEMES.values(), "Tables"]], timeout=LONG
    )  # the cell of the tables is the last one laid out
    widths = page.locator(".jp-Notebook td img").evaluate_all("all => all.map(one => one.width)")
    assert len(set(widths)) == 1 and widths[0] >= 180, "pictures of one width"
    assert page.locator(".jp-Notebook td img").evaluate_all("all => all.every(one => one.alt.length > 10)")
    for question in all_questions():
        row = page.locator(".jp-Notebook tr", has=page.get_by_role("link", name=question.title, exact=True))
        assert row.count() == 1
        first = " ".join(row.text_content().split())  # what is not in sight is not laid out
        assert len(first) > len(question.title) + 20, "an answer beside the question"
    for name in tables.names():
        assert page.get_by_role("link", name=name, exact=True).count() == 1
    # The page is as it was written: nothing to save, and no question about news over it.
    assert (
        page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0
        and page.get_by_text("Would you like").count() == 0
    )
    page.get_by_role("link", name=named([LIGHT])[0].title, exact=True).click()
    page.locator(".lm-TabBar-tabLabel", has_text="government_space.ipynb").wait_for()
    page.locator(".jp-Notebook .jp-RenderedMarkdown h1", has_text="How fast did").wait_for()


def test_a_notebook_has_nothing_to_save_when_it_is_opened(page, lab):
    before = lab.state()
    page.goto(lab.notebook(LIGHT))
    page.locator(".jp-Notebook .jp-RenderedMarkdown h1", has_text="How fast did").wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first.wait_for()
    page.wait_for_timeout(1000)  # what the kernel says of itself is written into the notebook now
    assert page.locator(".lm-TabBar-tab.jp-mod-dirty").count() == 0
    assert lab.state() == before
    lab.shut()


def test_a_light_question_is_turned_refused_reset_copied_and_saved(page, lab):
    before = lab.state()
    page.goto(lab.notebook(LIGHT))
    panel = Panel(page)
    assert (
        panel.status == "All parameters are at their defaults."
        and "None of the" in panel.part("changes").inner_text()
    )
    answer, picture = panel.answer, panel.picture
    page.set_viewport_size({"width": 1366, "height": 768})
    controls, figure, window = (
        page.locator(part).bounding_box()
        for part in (".spacesec-parameters", ".spacesec figure img", ".jp-WindowedPanel-outer")
    )
    assert figure["y"] + figure["height"] - controls["y"] <= window["height"], "turned and seen at once"
    page.set_viewport_size({"width": 1440, "height": 900})

    panel.turn("first_year", times=3)
    panel.says("Changed: first_year 2009 → 2012")
    panel.another_picture(picture)
    panel.settled()
    assert "FY2012" in panel.answer and panel.answer != answer
    changed = [line.split("\t") for line in panel.part("changes").inner_text().splitlines() if "\t" in line]
    stored = records.read(ROOT / "figures" / LIGHT).results
    multiple = next(cells for cells in changed if cells[0].strip() == stored["growth_multiple"].meaning)
    assert multiple[1].strip() == answers.shown(stored["growth_multiple"].value) != multiple[2].strip()

    # As a hand drags it.
    picture, handle = panel.picture, panel.slider("last_year").bounding_box()
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(handle["x"] - 20, handle["y"] + handle["height"] / 2, steps=4)
    page.mouse.up()
    panel.says("; last_year 2026 → ")
    panel.another_picture(picture)
    panel.settled()

    panel.turn("last_year", "Home")
    sentence = command_line(lab, LIGHT, "-p", "first_year", "2012", "-p", "last_year", "2009")
    panel.says(sentence)
    panel.is_old()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.spacesec button')].find(one => one.textContent === 'Save this"
        " run').disabled"
    )

    panel.button("Reset").click()
    panel.says("All parameters are at their defaults.")
    panel.settled()
    assert panel.answer == answer

    picture = panel.picture
    page.locator(".spacesec-parameter-currency select").select_option("USD")
    panel.says("Changed: currency JPY → USD")
    panel.another_picture(picture)
    panel.settled()
    panel.part("saving").scroll_into_view_if_needed()
    panel.button("Copy as a papermill command").click()
    panel.button("Copied").wait_for()
    command = page.evaluate("navigator.clipboard.readText()")
    assert command == panel.part("saving").get_by_label("this run as a papermill command").input_value()
    assert (
        command.startswith(f"papermill notebooks/{LIGHT}.ipynb out.ipynb -y ")
        and '"currency": "USD"' in command
    )

    panel.button("Save this run").click()
    panel.part("saving").get_by_text("with its record").wait_for()
    folder = lab.root / "runs" / f"{LIGHT}-1"
    saved = records.read(folder)
    assert saved.parameters["currency"] == "USD" and saved.parameters["first_year"] == 2009
    assert {path.name for path in folder.iterdir()} >= {
        "run.json",
        "government_space.ipynb",
        "series.png",
        "series.svg",
        "series.csv",
    }
    assert str(folder) in panel.part("saving").inner_text()
    # Nothing else was written: the run with unchanged parameters left its figures as they were.
    after = lab.state()
    assert {name for name in {*before, *after} if before.get(name) != after.get(name)} == {
        f"runs/{LIGHT}-1/{path.name}" for path in folder.iterdir()
    }


def test_a_heavy_question_shows_progress_and_can_be_cancelled(page, lab):
    page.goto(lab.notebook(HEAVY))
    panel = Panel(page)
    answer = panel.answer
    panel.turn("satellites", "End")  # 400 in 8 planes
    panel.turn("step_s", "Home")  # 3 days by 5 seconds are more steps than it takes
    panel.says(command_line(lab, HEAVY, "-p", "satellites", "400", "-p", "step_s", "5"))
    panel.turn("step_s", "ArrowRight", 2)
    panel.says("Computing")
    panel.part("status").locator("progress").wait_for()
    panel.is_old()
    panel.button("Cancel").click()
    panel.says("Cancelled after")
    panel.is_old()
    assert panel.answer == answer
    panel.button("Reset").click()
    panel.says("All parameters are at their defaults.")
    panel.settled()
    assert panel.answer == answer
    picture = panel.picture
    panel.turn("altitude_km", "ArrowRight")
    panel.says("Changed: altitude_km 1,000 → 1,100")
    panel.another_picture(picture)
    panel.settled()
    assert panel.answer != answer
