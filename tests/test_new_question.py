"""A question added as the README says appears everywhere by itself: module, notebook, one run, nothing else
touched.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.conftest import ROOT

NAME, CLAIM = "budgets/yen_in_a_year", "C1-015"
QUESTION = (  # a word that nothing else here has
    "Of how many yen did the largest zebra-striped budget consist?"
)
MODULE = f'''"""{QUESTION}"""

from spacesec import figures, parameters, tables
from spacesec.figures import COLOURS, Picture
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = "{QUESTION}"
SOURCE = "cabinet-office-2015-space-budget"


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    last_year: int = value(2015, "last year that counts", unit="fiscal year", ge=2010, le=2015)


def answer(parameters: Parameters) -> Answer:
    table = tables.settled("budgets/government_space")
    rows = table[(table["count"] == "narrow") & (table["stage"] == "combined") & (table["fiscal_year"] <= parameters.last_year)]
    most = rows["amount_bn_jpy"].max()
    return Answer(f"It was **{{most:.1f}} billion yen**.", {{"most": Result(most, "billion yen", "largest total of a year", ("{CLAIM}",))}}, {{"rows": rows}}, parameters)


def checks(answer: Answer) -> list[Check]:
    return [Check("FY2015 total", float(answer.tables["rows"].set_index("fiscal_year")["amount_bn_jpy"][2015]), 324.5, 0.05, "billion yen", SOURCE, "total row")]


@figures.house
def amounts(answer: Answer) -> Picture:
    rows = answer.tables["rows"].reset_index(drop=True)
    fig, ax = figures.canvas()
    for line, bar in enumerate(ax.bar(rows["fiscal_year"], rows["amount_bn_jpy"], color=COLOURS["blue"])):
        figures.mark(line, bar)
    ax.set_ylabel("billion yen")
    return Picture(fig, "amounts", "The largest total was that of FY2014", "an example", "Bars: totals.", "Bars of totals by year.", rows, (SOURCE,))


FIGURES = {{"amounts": amounts}}
'''


def cells() -> list:
    """A notebook in the order of all."""
    text, code = new_markdown_cell, new_code_cell
    return [
        text(f"# {QUESTION}\n\n## Question\n\nWhat was the most in one year?"),
        text("## Parameters"),
        code("last_year = 2015  # fiscal year\noutput_dir = None", metadata={"tags": ["parameters"]}),
        code(
            "from spacesec import record\nfrom spacesec.budgets import yen_in_a_year as question\n\nrun ="
            " record.start(question, globals())\nrun.settings"
        ),
        text("## Answer"),
        code("answer = run.answer()\nanswer"),
        code("run.results"),
        text("## Data\n\nTotals of all ministries."),
        text("## Method\n\nThe maximum."),
        text("## Figures"),
        code("run.publish(question.amounts(answer))"),
        text("## Checks"),
        code("run.check(question.checks(answer))"),
        text("## What would change the answer\n\nThe last year."),
        text("## What the data cannot say\n\nThe future."),
        text("## References"),
        code("run.finish()\nrun.references()"),
    ]


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """A copy of the whole collection in which the question has been added and run; gives a function that runs
    Python there.
    """
    root = tmp_path_factory.mktemp("copy") / "collection"
    for part in ("lib", "data", "figures", "notebooks"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for file in ("README.md", "CITATION.cff", "pyproject.toml", "requirements.lock"):
        shutil.copy(ROOT / file, root)
    (root / "lib" / "spacesec" / f"{NAME}.py").write_text(MODULE, encoding="utf-8")
    nbformat.write(
        new_notebook(
            cells=cells(),
            metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        ),
        root / "notebooks" / f"{NAME}.ipynb",
    )
    environment = {
        name: text for name, text in os.environ.items() if name not in ("SPACESEC_HOME", "SPACESEC_OUTPUTS")
    } | {"PYTHONPATH": str(root / "lib")}

    def python(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=600,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    python("-m", "spacesec.collection", "run", NAME)
    python.root = root
    return python


def test_it_was_run_and_leaves_a_record(added):
    run = json.loads((added.root / "figures" / NAME / "run.json").read_text(encoding="utf-8"))
    assert run["results"]["most"]["value"] == 332.9 and run["results"]["most"]["claims"] == [CLAIM]


def test_it_is_listed(added):
    assert f"  {NAME} " in (listed := added("-m", "spacesec.collection", "list")) and QUESTION in listed
    assert "last_year [fiscal year] = 2015" in added("-m", "spacesec.collection", "describe", NAME)


def test_it_stands_on_the_start_page_of_jupyterlab(added):
    added("-c", "from spacesec.collection import lab; lab.write()")
    start = nbformat.read(added.root / "build" / "start.ipynb", 4)
    [cell] = [cell for cell in start.cells if QUESTION in cell.source]
    assert (
        cell.source.startswith("## Budgets")
        and f"(../notebooks/{NAME}.ipynb)" in cell.source
        and f"{NAME.replace('/', '-')}.png" in cell.attachments
    )


def test_it_stands_in_the_readme(added):
    added("-m", "spacesec.collection", "readme")
    assert f"| [{QUESTION}](notebooks/{NAME}.ipynb) | It was **332.9 billion yen**. |" in (
        added.root / "README.md"
    ).read_text(encoding="utf-8")
    assert (added.root / "data" / "README.md").read_bytes() == (ROOT / "data" / "README.md").read_bytes()


def test_it_stands_on_the_site_in_its_search_and_on_the_pages_of_its_claim_table_and_source(added):
    added("-m", "spacesec.collection", "site")
    site = added.root / "build" / "site"
    page = (site / "questions" / f"{NAME}.html").read_text(encoding="utf-8")
    assert 'id="amounts-row-0"' in page and "332.9 billion yen" in page
    assert (
        f'href="questions/{NAME}.html"' in (site / "index.html").read_text(encoding="utf-8")
        and (site / "thumbnails" / f"{NAME}.webp").is_file()
    )
    index = json.loads(
        (site / "static" / "search-index.js")
        .read_text(encoding="utf-8")
        .removeprefix("window.searchDocuments = ")
        .removesuffix(";\n")
    )
    assert [entry["id"] for entry in index if "zebra" in entry["title"]] == [f"questions/{NAME}.html"]
    for path in (
        f"claims/{CLAIM}.html",
        "tables/budgets/government_space.html",
        "sources/cabinet-office-2015-space-budget.html",
    ):
        assert f"questions/{NAME}.html" in (site / path).read_text(encoding="utf-8"), path
    assert re.search(
        rf"questions/{NAME}\.html#result-most",
        (site / "claims" / f"{CLAIM}.html").read_text(encoding="utf-8"),
    )


def test_nothing_else_was_touched(added):
    allowed = {"README.md", f"lib/spacesec/{NAME}.py", f"notebooks/{NAME}.ipynb"}
    for path in added.root.rglob("*"):
        name = path.relative_to(added.root).as_posix()
        if (
            path.is_file()
            and not any(part.startswith(".") or part == "__pycache__" for part in path.parts)
            and not name.startswith(("build/", f"figures/{NAME}/"))
            and name not in allowed
        ):
            assert path.read_bytes() == (ROOT / name).read_bytes(), name
