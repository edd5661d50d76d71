"""The house keeps its shape: who imports whom, the form of notebooks, one list of versions, generated text up
to date.
"""

import ast
import json
import re
import subprocess
import sys
import tomllib

import networkx as nx
import pytest

from spacesec.collection import readme
from spacesec.collection.questions import THEMES, all_questions
from spacesec.machine import paths, untrusted
from spacesec.parameters import span_of
from spacesec.words.language import LANGUAGES, speaking
from tests.conftest import ROOT

LIBRARY = ROOT / "lib" / "spacesec"
SECTIONS = [
    "Question",
    "Parameters",
    "Answer",
    "Data",
    "Method",
    "Figures",
    "Checks",
    "What would change the answer",
    "What the data cannot say",
    "References",
]
MOST_LET_OFF = 5  # files, or folders of them, that break a rule for a reason
QUESTIONS = all_questions()
MODULES = sorted(LIBRARY.rglob("*.py"))


# The order of the house, from the ground up: a module imports from its own room and from floors below its
# own.
FLOORS = (
    {"errors"},
    {"machine"},
    {"data"},
    {"answers", "parameters"},
    {"astrodynamics", "methods", "words"},
    {"drawing", "importing"},
    {"explore"},
    {"run"},
    set(THEMES),
    {"lessons"},
    {"collection"},
)


def module_of(path) -> str:
    parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path) -> set[str]:
    """The modules of the library that a file names in import statements, wherever in the file they stand."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "spacesec":
            named = {f"{node.module}.{name.name}" for name in node.names}
            found |= {name if name in NAMES else node.module for name in named}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found & NAMES - {module_of(path)}


NAMES = {module_of(path) for path in MODULES}
ROOM_FLOORS = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_who_may_import_whom(path):
    own = module_of(path).split(".")[1:2]
    own = own if own not in ([], ["__main__"]) else ["collection"]  # the front stands on the top floor
    for name in imports(path):
        room = name.split(".")[1:2]
        assert room == own or ROOM_FLOORS[room[0]] < ROOM_FLOORS[own[0]], name


def test_no_import_leads_back_to_where_it_started():
    house = nx.DiGraph((module_of(path), name) for path in MODULES for name in imports(path))
    assert [sorted(circle) for circle in nx.strongly_connected_components(house) if len(circle) > 1] == []


def test_modules_are_imported_by_statements_that_can_be_read():
    # But for the questions, whose names stand in the notebooks' names.
    found = {
        module_of(path)
        for path in MODULES
        if re.search(r"\bimport_module\b", path.read_text(encoding="utf-8"))
    }
    assert found == {"spacesec.collection.questions", "spacesec.explore.computing"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(LIBRARY).as_posix())
def test_only_the_collection_knows_papermill(path):
    text = path.read_text(encoding="utf-8")
    if path.parent.name != "collection":
        assert not re.search(r"^\s*(import|from) papermill", text, re.MULTILINE)


def test_importing_the_package_costs_nothing():
    code = (
        "import sys, spacesec; print([name for name in ('pandas', 'numpy', 'matplotlib', 'scipy', 'pydantic')"
        " if name in sys.modules])"
    )
    assert (
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.strip()
        == "[]"
    )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_whole(question):
    module = question.module
    assert module.QUESTION.endswith("?")
    assert len(module.FIGURES) >= 2
    assert callable(module.answer) and callable(module.checks)
    assert (ROOT / "tests" / question.theme / f"test_{question.name.split('/')[1]}.py").is_file()
    for entry in module.Parameters.describe():
        assert entry["help"], entry["name"]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_notebook_has_the_shape_of_all(question):
    notebook = question.stored()
    cells = notebook["cells"]
    assert 15 <= len(cells) <= 37
    headings = [
        line[3:].strip()
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).splitlines()
        if re.match(r"## ", line)
    ]
    assert headings == SECTIONS
    # The panel ends the section on what would change the answer.
    after = next(
        at
        for at, cell in enumerate(cells)
        if "".join(cell["source"]).startswith("## What the data cannot say")
    )
    assert (
        "".join(cells[after - 1]["source"]) == "run.explore()"
        and sum("explore()" in "".join(cell["source"]) for cell in cells) == 1
    )
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    lengths = sorted(len("".join(cell["source"]).splitlines()) for cell in code)
    # The cell of parameters is one line a parameter, as many as the question has.
    assert lengths[len(lengths) // 2] <= 4
    assert all(
        len("".join(cell["source"]).splitlines()) <= 15
        for cell in code
        if "parameters" not in cell["metadata"].get("tags", [])
    )
    for cell in code:
        assert not re.search(r"^\s*(def|class) ", "".join(cell["source"]), re.MULTILINE)
        assert cell["execution_count"] is not None
        assert not any(
            output["output_type"] == "error" or output.get("name") == "stderr" for output in cell["outputs"]
        )
    assert not re.search(r"/(work|root|home|tmp)/", json.dumps(cells))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_parameters_cell_holds_the_models_defaults(question):
    tagged = [cell for cell in question.stored()["cells"] if "parameters" in cell["metadata"].get("tags", [])]
    assert len(tagged) == 1
    question.refuse_edited()
    given = untrusted.assignments("".join(tagged[0]["source"]))
    assert given.pop("output_dir") is None
    model = question.module.Parameters
    # As the model has them: a parameter that follows a table is "first" or "latest" in the cell too.
    for name, field in model.model_fields.items():
        assert given[name] == field.default if span_of(field) else True, name
    assert set(given) == set(model.model_fields)


def test_the_code_passes_its_linter():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--no-cache",
            ".",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def test_few_files_are_let_off_the_linters_rules_and_each_says_why():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    let_off = tomllib.loads(text)["tool"]["ruff"]["lint"]["per-file-ignores"]
    assert len(let_off) <= MOST_LET_OFF
    for name in let_off:
        assert re.search(rf'(?m)^# .+\n"{re.escape(name)}" = ', text), f"{name}: say why above it"


def test_no_condition_stands_inside_an_f_string():
    found = [
        f"{path.relative_to(ROOT)}, line {inner.lineno}"
        for folder in ("lib", "tests", "benchmarks", "peers")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FormattedValue)
        for inner in ast.walk(node)
        if isinstance(inner, ast.IfExp)
    ]
    assert found == []


def test_environment_yml_and_pyproject_name_the_same_bounds():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {*project["dependencies"], *project["optional-dependencies"]["test"]}
    lines = [
        line.split("#")[0].strip()[2:]
        for line in (ROOT / "environment.yml").read_text().splitlines()
        if line.strip().startswith("- ")
    ]
    conda = {line.replace("matplotlib-base", "matplotlib") for line in lines} - {
        "conda-forge",
        "nodefaults",
        "pip",
        "pip:",
        own := next(line for line in lines if line.startswith("--editable .")),
    }
    extras = {"test", *re.search(r"\[(.*)\]", own)[1].split(",")}
    assert extras == set(project["optional-dependencies"])
    assert conda - {"python>=3.11,<3.14"} == wanted
    assert "python" + project["requires-python"] in "python>=3.11,<3.14"


def test_the_lock_pins_with_hashes_and_names_no_address():
    lock = (ROOT / "requirements.lock").read_text()
    assert not re.search(r"https?://|index-url|find-links|file:", lock)
    for block in re.split(r"\n(?=[A-Za-z0-9])", lock.strip()):
        assert re.match(r"[A-Za-z0-9_.-]+==\S+", block) and "--hash=sha256:" in block, block.splitlines()[0]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in lock.splitlines() if "==" in line}
    wanted = [
        name
        for group in [project["dependencies"], *project["optional-dependencies"].values()]
        for name in group
    ]
    assert {re.match(r"[\w.-]+", name)[0].lower() for name in wanted} <= names


def test_generated_text_is_up_to_date():
    assert readme.filled((ROOT / "README.md").read_text(encoding="utf-8")) == (ROOT / "README.md").read_text(
        encoding="utf-8"
    )
    for into in LANGUAGES:
        with speaking(into):
            assert readme.codebook() == readme.codebook_path(into).read_text(encoding="utf-8")


def test_the_codebook_in_japanese_has_the_same_tables_fields_and_numbers():
    own, other = (readme.codebook_path(into).read_text(encoding="utf-8").splitlines() for into in LANGUAGES)
    assert len(own) == len(other)
    named = [[re.findall(r"`[^`]+`|\]\([^)]+\)", line) for line in lines] for lines in (own, other)]
    assert [sorted(one) for one in named[0]] == [sorted(one) for one in named[1]]
    rows = [[re.findall(r"\| (\d+)(?= \|)", line) for line in lines] for lines in (own, other)]
    assert rows[0] == rows[1]
    # A word of Japanese in every line that is more than names and numbers.
    told = [line for line in other if re.search("[a-z]{3} [a-z]{2}", re.sub("`[^`]+`", "", line))]
    assert all(re.search("[\u3040-\u30ff\u4e00-\u9fff]", line) for line in told)


def test_every_theme_has_its_folders():
    for theme in {question.theme for question in QUESTIONS}:
        for folder in (LIBRARY, paths.notebooks(), paths.data(), paths.figures(), ROOT / "tests"):
            assert (folder / theme).is_dir()


def test_figures_follow_from_their_records():
    from spacesec.collection import verification

    assert verification.problems() == []


def test_the_readme_in_japanese_has_the_same_commands_and_generated_parts():
    own, other = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ja.md"))
    with speaking("ja"):
        assert readme.filled(other) == other, "run `spacesec readme`"
    # Comments behind a command are words; the commands themselves, paths and links are not.
    blocks = [re.findall(r"^```\w*\n(.*?)^```$", text, re.DOTALL | re.MULTILINE) for text in (own, other)]
    commands = [[re.sub(r"\s+#\s.*", "", block) for block in found] for found in blocks]
    assert commands[0] == commands[1] and len(commands[0]) > 8
    outside = [
        re.sub(r"<!-- (\w+):begin -->.*?<!-- \1:end -->", "", text, flags=re.DOTALL) for text in (own, other)
    ]
    named = [
        set(re.findall(r"`([^`\n]+)`|\]\(([^)]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)))
        for text in outside
    ]
    assert {one for one in named[0] ^ named[1] if one[0]} == set()
    assert len(re.findall(r"^## ", own, re.MULTILINE)) == len(re.findall(r"^## ", other, re.MULTILINE))
