"""`import spacesec` offers what a researcher in Python asks for first; apart, it finds the collection."""

import contextlib
import csv
import hashlib
import importlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

import spacesec as ss
from spacesec.collection import cli
from spacesec.collection.questions import all_questions
from spacesec.collection.site import python
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


def built(folder: Path, umask: int = 0o022) -> Path:
    """A wheel, built of a copy, so that nothing is left in the checkout and every file has its own time."""
    source = folder / "source"
    for part in ("lib", "data", "notebooks", "figures"):
        ignored = shutil.ignore_patterns("__pycache__", "*.egg-info", ".*")
        shutil.copytree(ROOT / part, source / part, ignore=ignored, copy_function=shutil.copyfile)
    for path in (path for path in ROOT.iterdir() if path.is_file() and not path.name.startswith(".")):
        shutil.copyfile(path, source / path.name)
    before = os.umask(umask)
    try:
        words = ["wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(folder)]
        subprocess.run([sys.executable, "-m", "pip", *words, "--quiet", str(source)], check=True)
    finally:
        os.umask(before)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("built"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The Python of a new environment that holds the wheel; its third parties come from here."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    words = ["install", "--no-deps", "--no-index", "--no-compile", "--quiet", str(wheel)]
    subprocess.run([sys.executable, "-m", "pip", "--python", str(python), *words], check=True)
    [packages] = folder.rglob("site-packages")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"))  # editable installs there stay out
    return python


def run(python: Path, where: Path, *words: str, **more: str) -> subprocess.CompletedProcess:
    """What a reader's own shell gives, which knows nothing of this checkout."""
    ours = ("SPACESEC_HOME", "SPACESEC_OUTPUTS", "PYTHONPATH")
    environment = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [str(python), *words],
        env=environment | {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"} | more,
        cwd=where,
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
    )


def command(python: Path, where: Path, *words: str, **more: str) -> subprocess.CompletedProcess:
    return run(python, where, str(python.with_name("spacesec")), *words, **more)


def test_a_wheel_holds_every_table_and_record_as_sealed_and_no_picture(wheel):
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        for one in package["resources"]:
            found = hashlib.sha256(archive.read(f"spacesec/held/data/{one['path']}")).hexdigest()
            assert one["hash"] == f"sha256:{found}"
    own = (path.relative_to(ROOT / "lib") for path in (ROOT / "lib").rglob("*.*") if path.is_file())
    made = ("__pycache__", "spacesec.egg-info")
    missing = {path.as_posix() for path in own if not any(part in made for part in path.parts)} - set(names)
    assert missing == {"spacesec/words/locale/README.md"}  # all else that the library reads is there
    assert not [name for name in names if "/figures/" in name and not name.endswith((".csv", "run.json"))]
    assert wheel.stat().st_size < 10_000_000


def test_the_same_checkout_gives_the_same_wheel(wheel, tmp_path):
    assert built(tmp_path, umask=0o077).read_bytes() == wheel.read_bytes()


def test_a_wheel_answers_in_an_empty_folder(installed, tmp_path):
    listed = command(installed, tmp_path, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert all(f"  {question.name} " in listed.stdout for question in all_questions())
    assert listed.stdout.splitlines()[-1].startswith(
        f"spacesec: of the collection that came with the installed package, version {ss.__version__}, data"
    )
    code = (
        "import json, spacesec as ss; from pathlib import Path;"
        f" drawn = ss.draw({QUESTION!r}, 'series'); drawn.figure.savefig('series.png');"
        f" print(json.dumps([ss.__version__, len(ss.load({QUESTION!r})), ss.answer({QUESTION!r})"
        "['growth_multiple'], len(drawn.data), ss.cite('federal-reserve-h10'), len(ss.claims())]))"
    )
    done = run(installed, tmp_path, "-c", code)
    assert (done.returncode, done.stderr) == (0, "")
    version, rows, multiple, drawn, cited, claims = json.loads(done.stdout)
    with (ROOT / "data" / f"{QUESTION}.csv").open(encoding="utf-8", newline="") as file:
        assert rows == sum(1 for _ in csv.DictReader(file))
    # As above: Sorabatake's FY2026 over the Cabinet Office's FY2009.
    assert multiple == pytest.approx(1001.0 / 308.4, rel=1e-9)
    assert "Federal Reserve" in cited and version == ss.__version__
    assert drawn and claims == len(tables.load("policy_evolution/claims"))
    assert [path.name for path in tmp_path.iterdir()] == ["series.png"]


@pytest.mark.parametrize(
    "words",
    [
        ["run", QUESTION],
        ["import", "orbits", "gp.csv", "--into", "space_systems/elements"],
        ["new", "budgets/largest_year"],
        ["add", QUESTION],
        ["slides", QUESTION],
        *([name] for name in ("audit", "lab", "messages", "readme", "release", "seal", "site", "verify")),
    ],
    ids=" ".join,
)
def test_what_an_installed_copy_cannot_do_ends_in_a_sentence(installed, tmp_path, words):
    done = command(installed, tmp_path, *words)
    assert done.returncode == 1 and done.stdout == "" and done.stderr.count("\n") == 1
    assert "came with the installed package is for reading alone; name a checkout's" in done.stderr
    assert not list(tmp_path.iterdir())


def test_it_says_so_in_japanese_too(installed, tmp_path):
    done = command(installed, tmp_path, "run", QUESTION, "--language", "ja")
    assert done.returncode == 1 and "読み取り専用である" in done.stderr and done.stderr.count("\n") == 1


def test_nothing_writes_into_an_installed_copy(installed, tmp_path):
    [held] = installed.parents[1].rglob("held")
    code = (
        "from spacesec.machine import files, paths; from spacesec.errors import RunError\n"
        "for write in (lambda: files.write_text(paths.data() / 'new.csv', ''),"
        " lambda: files.staging_folder(paths.figures())):\n"
        "    try: write()\n"
        "    except RunError as error: print(error)\n"
    )
    before = sorted(held.rglob("*"))
    done = run(installed, tmp_path, "-c", code)
    assert done.stdout.count("for reading alone") == 2, done.stderr
    assert sorted(held.rglob("*")) == before


def test_a_wheel_takes_the_checkout_that_it_is_in_or_that_is_named(installed, tmp_path):
    here = command(installed, ROOT / "notebooks" / "budgets", "list")
    named = command(installed, tmp_path, "list", SPACESEC_HOME=str(ROOT))
    assert here.returncode == named.returncode == 0, here.stderr + named.stderr
    assert here.stdout == named.stdout
    assert here.stdout.splitlines()[-1] == f"spacesec: of the collection in {ROOT}"
    # Others' data packages are no collection of ours.
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "datapackage.json").write_text('{"resources": []}')
    assert "that came with the installed package" in command(installed, tmp_path, "list").stdout
    (tmp_path / "empty").mkdir()
    wrong = command(installed, ROOT, "list", SPACESEC_HOME=str(tmp_path / "empty"))
    assert wrong.returncode == 1 and wrong.stdout == ""
    assert wrong.stderr == (
        f"spacesec: SPACESEC_HOME names {tmp_path / 'empty'}, where no collection lies; name its"
        " checkout's folder\n"
    )


def test_the_worked_page_shows_what_its_code_prints(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (Path(python.__file__).parent / "python.md").read_text(encoding="utf-8")
    shown = re.findall(r"```python\n(.*?)```\n\n```text\n(.*?)```", page, re.DOTALL)
    assert len(shown) == page.count("```python") >= 10
    names: dict = {}
    for code, wanted in shown:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(code, names)
        assert printed.getvalue() == wanted, code
    # By hand: the Cabinet Office's 331.6 for FY2012 over its 308.4 for FY2009.
    assert f"{331.6 / 308.4:.4f} | times" in page


def test_code_stands_on_the_site_as_code_that_scrolls():
    worked, reference = python.pages()
    page = (Path(python.__file__).parent / "python.md").read_text(encoding="utf-8")
    found = worked.context["worked"]
    assert found.count('<pre tabindex="0"><code') == page.count("```") // 2 and "&lt;pre" not in found
    assert "&lt;pre" not in str(reference.context)


def test_the_reference_has_every_public_function_with_words_of_its_own():
    rooms = {room: {one.name: one for one in entries} for room, _, entries in python.reference()}
    assert set(ss.__all__) == set(rooms["spacesec"])
    for room, entries in rooms.items():
        module = importlib.import_module(room)
        for entry in entries.values():
            assert getattr(module, entry.name).__doc__, entry.name
            assert all(part.said for part in (entry, *entry.parts)), f"{room}.{entry.name}"
            assert "'pd." not in entry.head
    assert all("aises" in entry.said for entry in rooms["spacesec"].values())
    flight = rooms["spacesec.astrodynamics.ballistic"]["minimum_energy"]
    assert flight.head == "minimum_energy(range_km: float, earth: Earth=MEAN_SPHERE) -> Flight"


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
