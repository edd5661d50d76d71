"""`import spacesec` offers what a researcher in Python asks for first; apart, it finds the collection."""

import os
import re
import shutil
import subprocess
import sys
import tomllib

import pytest

import spacesec as ss
from spacesec.collection import cli
from spacesec.collection.questions import all_questions
from spacesec.data import sources, tables
from spacesec.errors import ParameterError
from tests.conftest import ROOT

QUESTION = "budgets/government_space"


def test_it_names_questions_tables_answers_and_claims():
    assert set(ss.questions()) == {question.name for question in all_questions()}
    assert ss.load(QUESTION).equals(tables.load(QUESTION))
    # 1,001.0 billion yen for FY2026 as Sorabatake reports it, 308.4 for FY2009 on the Cabinet Office's chart.
    assert ss.answer(QUESTION)["growth_multiple"] == pytest.approx(1001.0 / 308.4, rel=1e-9)
    claims = ss.claims()
    assert set(claims["claim_id"]) == set(tables.load("policy_evolution/claims")["claim_id"])
    assert claims["verdict"].notna().all()


def test_a_figure_is_drawn_with_the_parameters_given():
    assert "US dollars" in ss.draw(QUESTION, currency="USD").subtitle
    assert ss.draw(QUESTION, "series").name == "series"
    with pytest.raises(ParameterError, match="has no figure 'pie'; choose among"):
        ss.draw(QUESTION, "pie")
    with pytest.raises(ParameterError, match="there is no question"):
        ss.answer("budgets/nothing")


def test_a_source_is_cited_in_both_forms():
    identifier = next(iter(sources.store()))
    assert ss.cite(identifier) == sources.cite(identifier)
    assert ss.cite(identifier, bibtex=True).startswith("@")


def test_the_version_is_that_of_the_citation():
    assert re.search(
        rf"^version: {re.escape(ss.__version__)}$", (ROOT / "CITATION.cff").read_text(), re.MULTILINE
    )
    with pytest.raises(AttributeError, match="has no attribute 'anwser'"):
        ss.anwser  # noqa: B018


def test_the_lines_of_its_docstring_run():
    lines = re.findall(r"^    (.+)$", ss.__doc__, re.MULTILINE)
    assert len(lines) > 6
    exec("\n".join(lines), {})


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """The package as a wheel's user has it: in a folder of its own, its third parties from here."""
    folder = tmp_path_factory.mktemp("apart")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
        + ["--target", str(folder / "site"), str(_source(folder))],
        check=True,
    )
    return folder / "site"


def _source(folder):
    """What a wheel is built of, so that building leaves nothing in the checkout."""
    shutil.copytree(
        ROOT / "lib", folder / "source" / "lib", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    for part in ("README.md", "LICENSE", "pyproject.toml"):
        shutil.copy(ROOT / part, folder / "source")
    return folder / "source"


def listed(apart, where, **more):
    environment = {name: value for name, value in os.environ.items() if name != "SPACESEC_HOME"}
    return subprocess.run(
        [sys.executable, "-P", "-m", "spacesec.collection", "list"],
        env=environment | {"PYTHONPATH": str(apart)} | more,
        cwd=where,
        capture_output=True,
        text=True,
    )


def test_installed_apart_it_works_inside_a_checkout_or_with_its_folder_named(apart, tmp_path):
    here = listed(apart, ROOT / "notebooks" / "budgets")
    named = listed(apart, tmp_path, SPACESEC_HOME=str(ROOT))
    assert here.returncode == named.returncode == 0, here.stderr + named.stderr
    assert here.stdout == named.stdout and QUESTION in here.stdout


def test_where_no_collection_lies_it_says_so_and_what_to_do(apart, tmp_path):
    lost = listed(apart, tmp_path)
    assert lost.returncode == 1 and lost.stdout == ""
    assert lost.stderr == (
        "spacesec: the collection's folder is not known, since this package was installed apart from it; go"
        " into the folder of the checkout, or set SPACESEC_HOME to it\n"
    )
    wrong = listed(apart, ROOT, SPACESEC_HOME=str(tmp_path))
    assert wrong.returncode == 1 and wrong.stdout == ""
    assert wrong.stderr == (
        f"spacesec: SPACESEC_HOME names {tmp_path}, where no collection lies; name its checkout's folder\n"
    )


def test_the_python_of_the_readme_runs():
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    exec(code, {})


@pytest.mark.parametrize(
    ("package", "words", "extra"),
    [
        ("duckdb", ["release"], "release"),
        ("mcp", ["mcp"], "mcp"),
        ("pptx", ["slides", QUESTION], "slides"),
        ("fpdf", ["slides", QUESTION], "slides"),
    ],
)
def test_a_command_whose_package_is_missing_names_the_extra(tmp_path, package, words, extra):
    where = [] if words == ["mcp"] else ["--output-dir", str(tmp_path / "out")]
    code = (
        f"import sys; sys.modules[{package!r}] = None; from spacesec.collection.cli import main; exit(main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words, *where],
        cwd=ROOT,
        env=os.environ | {"LC_ALL": "C"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"spacesec: this needs {package}, which is not installed; install it with pip install"
        f" 'spacesec[{extra}]'\n"
    )
    assert not (tmp_path / "out").exists()


def test_the_extras_that_are_named_bring_their_packages():
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    for package, extra in cli.EXTRAS.items():
        named = {"pptx": "python-pptx", "fpdf": "fpdf2"}.get(package, package)
        assert any(line.startswith(f"{named}>=") for line in extras[extra]), package
