"""What the tests in a browser share: the kinds of pages, ways to them, and what a reader meets there."""

import csv
import json
import time
from pathlib import Path

from tests.conftest import ROOT

QUESTION, FIGURE, TABLE = "budgets/government_space", "series", "budgets/government_space"
KINDS = {
    "front": "index.html",
    "search results": "index.html?q=early+warning",
    "about": "about.html",
    "question": f"questions/{QUESTION}.html",
    "figure to share": f"figures/{QUESTION}/{FIGURE}.html",
    "question without marks": "questions/missile_warning/coverage.html",
    "claim board": "claims/index.html",
    "computed claim": "claims/C1-015.html",
    "argued claim": "claims/C3-003.html",
    "table index": "tables/index.html",
    "table": f"tables/{TABLE}.html",
    "wide table": "tables/space_systems/satellites.html",
    "source list": "sources/index.html",
    "source": "sources/cabinet-office-2015-space-budget.html",
    "disagreements": "disagreements.html",
}
# The same pages in Japanese.
JAPANESE = {f"{kind} in Japanese": f"ja/{path}" for kind, path in KINDS.items()}
JAPANESE["search results in Japanese"] = "ja/index.html?q=早期警戒"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


def raw(path: str) -> list[dict[str, str]]:
    """A table of the repository, read without the collection."""
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def record(question: str) -> dict:
    return json.loads((ROOT / "figures" / question / "run.json").read_text(encoding="utf-8"))


def becomes(page, expression: str, arg=None, seconds: float = 30.0) -> None:
    """Wait until an expression holds in the page. It is asked from outside each time: a page that forbids
    evaluated text answers `wait_for_function` only if the expression holds at once.
    """
    until = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < until, f"after {seconds:g} s still not: {expression}"
        page.wait_for_timeout(50)


def go(page, site: Path, path: str) -> None:
    """Open a page from the folder and wait for what its scripts add."""
    page.goto(f"{site.as_uri()}/{path}")
    if "?q=" in path:
        page.locator("#results li").first.wait_for()


def barriers(page) -> list[tuple[str, list]]:
    """What axe-core finds against WCAG 2.1 A and AA."""
    from axe_playwright_python.sync_playwright import Axe

    found = (
        Axe()
        .run(page, options={"runOnly": {"type": "tag", "values": RULES}, "preload": False})
        .response["violations"]
    )
    return [(fault["id"], [node["target"] for node in fault["nodes"]][:3]) for fault in found]


def lines(page, figure: str = FIGURE) -> list[int]:
    """Lines of a figure's file that have a mark in the drawing, in order."""
    found = page.locator(f"[id^='{figure}-row-']").evaluate_all("marks => marks.map(mark => mark.id)")
    return sorted({int(name.removeprefix(f"{figure}-row-").split(".")[0]) for name in found})
