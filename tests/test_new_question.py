"""A question made by ``spacesec new`` is whole at once: it has run, passes the tests of the house, and
appears everywhere by itself; a name or a table that cannot be is refused in one sentence.
"""

import csv
import json
import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.conftest import ROOT

NAME, TABLE = "budgets/most_in_a_year", "budgets/government_space"
FOLDER, TEST = f"lib/spacesec/{NAME}", "tests/budgets/test_most_in_a_year.py"
QUESTION = "In which year was the budget the largest zebra of all?"  # a word that nothing else here has
MOST_LINES = 89  # of the folder and its test, with an answer and two figures


class Copy:
    """A copy of the whole collection, in which commands run."""

    def __init__(self, root):
        self.root = root
        for part in ("lib", "data", "figures", "notebooks", "tests", "benchmarks", "peers", "tools"):
            shutil.copytree(
                ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
            )
        for file in (
            "README.md",
            "README.ja.md",
            "CHANGELOG.md",
            "CITATION.cff",
            "pyproject.toml",
            "requirements.lock",
            "environment.yml",
            "conftest.py",
        ):
            shutil.copy(ROOT / file, root)
        dropped = ("SPACESEC_HOME", "SPACESEC_OUTPUTS")
        kept = {name: text for name, text in os.environ.items() if name not in dropped}
        self.environment = kept | {"PYTHONPATH": str(root / "lib")}

    def python(self, *words: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=600,
        )

    def spacesec(self, *words: str) -> subprocess.CompletedProcess:
        return self.python("-m", "spacesec.collection", *words)

    def fine(self, *words: str) -> str:
        done = self.spacesec(*words)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def files(self) -> dict[str, bytes]:
        """What git would see, but for what is built."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file()
            and not any(
                part.startswith((".", "__pycache__", "build")) for part in path.relative_to(self.root).parts
            )
        }


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    here = Copy(tmp_path_factory.mktemp("copy") / "collection")
    here.before = here.files()
    here.said = here.fine("new", NAME, "--table", TABLE, "--question", QUESTION)
    return here


def printed(until: int) -> tuple[float, int]:
    """The largest narrow combined total up to a year, read from the table without the library."""
    with (ROOT / "data" / f"{TABLE}.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["count"], row["stage"]) == ("narrow", "combined")]
    return max(
        (float(row["amount_bn_jpy"]), int(row["fiscal_year"]))
        for row in rows
        if int(row["fiscal_year"]) <= until
    )


def test_it_has_run_and_leaves_a_record(added):
    run = json.loads((added.root / "figures" / NAME / "run.json").read_text(encoding="utf-8"))
    found = tuple(run["results"][name]["value"] for name in ("largest", "largest_year"))
    assert found == printed(9999)
    assert len(run["figures"]) == 2 and len(run["checks"]) == 1


def test_it_takes_few_lines(added):
    made = [added.root / TEST, *(added.root / FOLDER).glob("*.py")]
    assert {path.name for path in made[1:]} == {"__init__.py", "model.py", "figures.py", "words.py"}
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in made)
    assert lines <= MOST_LINES and f"has run ({lines} lines and its notebook)" in added.said


def test_it_passes_every_test_of_the_house(added):
    own = ["test_worked.py", "test_marks.py", "test_sentences.py", "test_explore.py", "test_questions.py"]
    others = [*(f"tests/{suite}" for suite in own), "-k", "most_in_a_year"]
    for words in (["tests/test_house.py"], others, [TEST]):
        done = added.python(
            "-m", "pytest", "-q", "-o", "addopts=--import-mode=importlib -p no:cacheprovider", *words
        )
        assert done.returncode == 0 and " passed" in done.stdout, done.stdout[-3000:]


def test_its_notebook_gives_again_what_it_stores(added):
    done = added.python(
        "-m", "pytest", "-q", "-o", "addopts=-p no:cacheprovider", "--nbval", f"notebooks/{NAME}.ipynb"
    )
    assert done.returncode == 0, done.stdout[-3000:]


def test_its_figures_follow_from_its_record(added):
    assert "evaluated again" in added.fine("verify")


def test_it_is_listed(added):
    assert f"  {NAME} " in (listed := added.fine("list")) and QUESTION in listed
    assert "last_year [year] = " in added.fine("describe", NAME)


def test_it_stands_on_the_start_page_of_jupyterlab(added):
    assert added.python("-c", "from spacesec.collection import lab; lab.write()").returncode == 0
    start = nbformat.read(added.root / "build" / "start.ipynb", 4)
    [cell] = [cell for cell in start.cells if QUESTION in cell.source]
    assert (
        cell.source.startswith("## Budgets")
        and f"(../notebooks/{NAME}.ipynb)" in cell.source
        and f"{NAME.replace('/', '-')}.png" in cell.attachments
    )


def test_it_stands_in_the_readme_and_among_the_grades_of_answers(added):
    amount, year = printed(9999)
    assert (
        f"| [{QUESTION}](notebooks/{NAME}.ipynb) | The largest amount was **{amount:,.1f} billion yen**, that"
        f" of FY{year}."
    ) in (added.root / "README.md").read_text(encoding="utf-8")


def test_it_stands_on_the_site_in_its_search_and_on_the_pages_of_its_table_and_source(added, site):
    assert site.is_dir()  # what it ran in Japanese, drew for phones and turned is not made again
    for made in ("ja", "phone", "turned"):
        shutil.copytree(ROOT / "build" / made, added.root / "build" / made)
    ran = added.fine("site", "--turned", "budgets/government_space").splitlines()[:-1]
    assert len(ran) == 1 and NAME in ran[0]
    site = added.root / "build" / "site"
    told = (site / "ja" / "questions" / f"{NAME}.html").read_text(encoding="utf-8")
    assert '<html lang="ja">' in told and 'id="amounts-row-0"' in told
    page = (site / "questions" / f"{NAME}.html").read_text(encoding="utf-8")
    assert 'id="amounts-row-0"' in page and f"{printed(9999)[0]:,.1f}</button> billion yen" in page
    assert (
        f'href="questions/{NAME}.html"' in (site / "index.html").read_text(encoding="utf-8")
        and (site / "thumbnails" / f"{NAME}.webp").is_file()
    )
    index = json.loads(
        (site / "static" / "search-index.js")
        .read_text(encoding="utf-8")
        .split(";\nwindow.")[0]
        .removeprefix("window.searchDocuments = ")
    )
    assert [entry["id"] for entry in index if "zebra" in entry["title"]] == [f"questions/{NAME}.html"]
    for path in (f"tables/{TABLE}.html", "sources/cabinet-office-2015-space-budget.html"):
        assert f"questions/{NAME}.html" in (site / path).read_text(encoding="utf-8"), path


def test_nothing_else_was_touched(added):
    codebooks = ("data/README.md", "data/README.ja.md")
    own = ("README.md", "README.ja.md", *codebooks, TEST, f"notebooks/{NAME}.ipynb")
    after = added.files()
    changed = {
        name for name in after.keys() | added.before.keys() if after.get(name) != added.before.get(name)
    }
    assert {name for name in changed if not name.startswith((f"{FOLDER}/", f"figures/{NAME}/"))} == set(own)


@pytest.mark.parametrize(
    "words, said",
    [
        (("budget/x",), "'budget' is no theme; did you mean budgets?"),
        (("weather/x",), "'weather' is no theme; the themes are policy_evolution, budgets,"),
        (("budgets",), "'' is no name for a question; take small letters, digits and single underscores"),
        (("budgets/LargestYear",), "'LargestYear' is no name for a question"),
        (("budgets/../x",), "'../x' is no name for a question"),
        (("budgets/class",), "'class' is no name for a question"),
        (("budgets/government_space",), "is taken: lib/spacesec/budgets/government_space is there"),
        (("budgets/money",), "is taken: lib/spacesec/budgets/money.py is there"),
        (("budgets/x", "--table", "budgets/none"), "there is no table 'budgets/none'"),
        (("budgets/x", "--table", "policy_evolution/events"), "has no series of amounts by year to begin"),
        (("budgets/x", "--question", "No question"), "'No question' is no question; write it in one line"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_one_sentence_and_leaves_nothing(added, words, said):
    before = added.files()
    done = added.spacesec("new", *words)
    assert done.returncode in (1, 2) and said in done.stderr and done.stderr.count("\n") == 1
    assert added.files() == before


def test_a_question_that_does_not_run_leaves_nothing(added):
    skeleton = added.root / "lib" / "spacesec" / "collection" / "skeleton" / "model.py.txt"
    good = skeleton.read_text(encoding="utf-8")
    skeleton.write_text(good.replace("ranked[AMOUNT][0]", "ranked[AMOUNT][10_000]"), encoding="utf-8")
    before = added.files()
    done = added.spacesec("new", "budgets/broken")
    assert (
        done.returncode == 1 and 'budgets/broken, under "Answer", cell `answer = run.answer()`' in done.stderr
    )
    assert added.files() == before
    skeleton.write_text(good, encoding="utf-8")
