"""A stored notebook is the question's default run, or the command says what it is instead."""

import json

import nbformat
import pytest

from spacesec.collection import execution, verification
from spacesec.collection.questions import Question
from spacesec.errors import RunError
from spacesec.machine import untrusted
from tests.conftest import QUESTION

ASKED = Question(QUESTION)
NOTEBOOK = f"notebooks/{QUESTION}.ipynb"


@pytest.fixture
def stored(collection, monkeypatch):
    """The notebook's path in a collection that this process works on; its run is known to be whole."""
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    monkeypatch.delenv("SPACESEC_OUTPUTS", raising=False)
    assert verification.follows(ASKED)
    return collection.root / NOTEBOOK


def edit(path, change) -> None:
    notebook = nbformat.read(path, 4)
    change(notebook, next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])))
    nbformat.write(notebook, path)


def inject(notebook, cell) -> None:
    cell = nbformat.v4.new_code_cell(
        '# Parameters\ncurrency = "USD"', metadata={"tags": ["injected-parameters"]}
    )
    notebook.cells.insert(3, cell)


EDITS = {
    "another value": (
        lambda _, cell: cell.update(source=cell.source.replace('"JPY"', '"USD"')),
        "has currency = 'USD', and the question's default is 'JPY'",
    ),
    "a value that is no value": (
        lambda _, cell: cell.update(source=cell.source.replace('"JPY"', '"EUR"')),
        'currency = "EUR" is not possible',
    ),
    "a folder": (
        lambda _, cell: cell.update(source=cell.source.replace("output_dir = None", 'output_dir = "out"')),
        "has output_dir = 'out', and the question's default is None",
    ),
    "a language": (
        lambda _, cell: cell.update(source=f'{cell.source}\noutput_language = "ja"'),
        "has output_language = 'ja'",
    ),
    "an unknown name": (
        lambda _, cell: cell.update(source=f"{cell.source}\nfirst_yaer = 2012"),
        "there is no parameter 'first_yaer'; did you mean first_year?",
    ),
    "code": (
        lambda _, cell: cell.update(source=f"{cell.source}\nimport os"),
        r"line \d+ gives no plain value to a name",
    ),
    "no code": (lambda _, cell: cell.update(source="first_year ="), "it is not Python"),
    "no such cell": (lambda _, cell: cell.metadata.clear(), "exactly one cell tagged parameters"),
    "papermill over its input": (inject, "delete its cell tagged injected-parameters"),
}


@pytest.mark.parametrize("kind", EDITS)
def test_other_parameters_in_the_stored_notebook_are_told_before_a_kernel_starts(stored, kind):
    change, said = EDITS[kind]
    edit(stored, change)
    with pytest.raises(RunError, match=f"{NOTEBOOK}.*{said}"):
        execution._execute(execution.Task(QUESTION, {"first_year": 2012}, None), type("None", (), {}))
    assert any(NOTEBOOK in fault for fault in verification.problems())


def test_a_fraction_and_a_sign_are_plain_values():
    source = "refraction_factor = 4 / 3\nlongitude_deg = -126.5\nnames = ['a', 2, None]\nneeds = {'JPN': 40}"
    assert untrusted.assignments(source) == {
        "refraction_factor": 4 / 3,
        "longitude_deg": -126.5,
        "names": ["a", 2, None],
        "needs": {"JPN": 40},
    }


@pytest.mark.parametrize(
    "source",
    ["a = f()", "a = 9 ** 9", "a, b = 1, 2", "a.b = 1", "a = 1 / 0", "a = [b]", "a = {[]: 1}", "a: int"],
)
def test_what_is_no_plain_value_is_refused(source):
    with pytest.raises(ValueError, match="no plain value|not Python"):
        untrusted.assignments(source)


def test_the_refusal_of_a_saved_parameter_and_its_mend(collection):
    edit(collection.root / NOTEBOOK, EDITS["another value"][0])
    before = collection.state()
    done = collection.spacesec("run", QUESTION, "-p", "first_year", "2012", "--output-dir", "out")
    assert done.returncode == 1 and "put that back" in done.stdout
    assert collection.state() == before and not (collection.root / "out").exists()
    edit(
        collection.root / NOTEBOOK,
        lambda _, cell: cell.update(source=cell.source.replace('"USD"', '"JPY"')),
    )
    done = collection.spacesec("run", QUESTION, "-p", "currency", "USD", "--output-dir", "out")
    assert done.returncode == 0, done.stdout
    assert json.loads((collection.root / "out" / "run.json").read_text())["parameters"]["currency"] == "USD"


@pytest.mark.parametrize("cell", ["run.finish()", "run.references()"])
def test_a_notebook_that_leaves_no_record_of_what_was_asked_fails(collection, cell):
    """Without its last cell, or with one that overwrites a parameter and starts anew."""
    path = collection.root / NOTEBOOK
    notebook = nbformat.read(path, 4)
    notebook.cells[-1].source = cell.replace("run.finish()", "run.folder = None\nrun.finish()")
    nbformat.write(notebook, path)
    before = collection.state()
    done = collection.spacesec("run", QUESTION)
    assert done.returncode == 1 and "left no record of the parameters asked for" in done.stdout
    assert collection.state() == before


def in_record(change):
    def tamper(collection):
        path = collection.figures / "run.json"
        record = json.loads(path.read_text(encoding="utf-8"))
        change(record)
        path.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    return tamper


def in_outputs(kind, old, new):
    def tamper(collection):
        path = collection.root / NOTEBOOK
        notebook = nbformat.read(path, 4)
        for cell in notebook.cells:
            for output in cell.get("outputs", []):
                if old in output.get("data", {}).get(kind, ""):
                    output["data"][kind] = output["data"][kind].replace(old, new)
                    nbformat.write(notebook, path)
                    return
        raise AssertionError(f"no output of the kind {kind} holds {old}")

    return tamper


TAMPERED = {
    "caption": in_record(lambda record: record["figures"][0].update(caption="Another.")),
    "published value": in_record(lambda record: record["checks"][0].update(published=1.0)),
    "check left out": in_record(lambda record: record["checks"].pop()),
    "figure left out": in_record(lambda record: record["figures"].pop()),
    "source left out": in_record(lambda record: record["figures"][0]["sources"].pop()),
    "inputs": in_record(lambda record: record["inputs"].clear()),
    "result": in_record(lambda record: next(iter(record["results"].values())).update(meaning="x")),
    "table shown": in_outputs("text/markdown", "1,001.0", "1,002.0"),
    "caption shown": in_outputs("text/plain", "png shown smaller", "png shown large"),
}


@pytest.mark.parametrize("kind", TAMPERED)
def test_what_a_reader_sees_is_not_edited_without_notice(collection, stored, kind):
    TAMPERED[kind](collection)
    assert any("are not of one run, or were edited since" in fault for fault in verification.problems())
    assert not verification.follows(ASKED)  # so that the command that is advised makes it anew
