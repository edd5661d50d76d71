"""What changed is run again, and nothing else. No kernel starts here: the fingerprint is asked directly."""

import json

import pytest

from spacesec.collection import cache, execution
from spacesec.collection.questions import Question
from tests.conftest import QUESTION


@pytest.fixture
def remembered(collection, monkeypatch):
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    cache.remember(Question(QUESTION))
    assert cache.fresh(Question(QUESTION))
    return collection


def edit(collection, change) -> None:
    path = collection.root / "notebooks" / f"{QUESTION}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    change(notebook["cells"])
    path.write_text(json.dumps(notebook), encoding="utf-8")


def first(cells, kind):
    return next(cell for cell in cells if cell["cell_type"] == kind and cell.get("outputs", True))


def test_prose_reruns_nothing(remembered):
    edit(remembered, lambda cells: first(cells, "markdown")["source"].append("More words."))
    assert cache.fresh(Question(QUESTION))


def test_code_reruns(remembered):
    edit(remembered, lambda cells: first(cells, "code")["source"].append("\n1 + 1"))
    assert not cache.fresh(Question(QUESTION))


def test_an_edited_output_reruns(remembered):
    edit(remembered, lambda cells: first(cells, "code").update(outputs=[]))
    assert not cache.fresh(Question(QUESTION))


def test_a_table_reruns_its_readers_and_no_others(remembered):
    inputs = json.loads((remembered.figures / "run.json").read_text())["inputs"]
    assert "data/budgets/gdp_usd.csv" not in inputs
    (remembered.root / "data" / "budgets" / "gdp_usd.csv").write_text("another table")
    assert cache.fresh(Question(QUESTION))
    with (remembered.root / "data" / "budgets" / "government_space.csv").open("a") as file:
        file.write("another row\n")
    assert not cache.fresh(Question(QUESTION))


def test_another_source_in_the_store_reruns_nothing_and_an_edited_one_its_readers(remembered):
    path = remembered.root / "data" / "sources.json"
    items = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps([*items, {"id": "somebody-new"}]), encoding="utf-8")
    assert cache.fresh(Question(QUESTION))
    next(item for item in items if item["id"] == "cabinet-office-2015-space-budget")["title"] = (
        "Another title"
    )
    path.write_text(json.dumps(items), encoding="utf-8")
    assert not cache.fresh(Question(QUESTION))


@pytest.mark.parametrize("name", ["series.png", "growth.csv", "run.json"])
def test_a_lost_or_edited_output_file_reruns(remembered, name):
    (remembered.figures / name).write_bytes(b"edited")
    assert not cache.fresh(Question(QUESTION))


def test_packages_rerun(remembered):
    (remembered.root / "requirements.lock").write_text("pandas==99")
    assert not cache.fresh(Question(QUESTION))


def test_the_library_that_code_can_reach():
    found = {path.relative_to(cache.LIBRARY).as_posix() for path in cache.reachable(Question(QUESTION))}
    assert {
        "budgets/government_space/__init__.py",
        "budgets/government_space/model.py",
        "budgets/government_space/words.py",
        "budgets/money.py",
        "drawing/figures.py",
        "run/record.py",
        "data/tables.py",
        "drawing/labels.py",
    } <= found
    assert not any(
        path.startswith(("collection/", "policy_evolution/", "budgets/programmes")) for path in found
    )


def test_an_unchanged_question_starts_no_kernel_and_force_does(remembered, monkeypatch):
    started = []
    monkeypatch.setattr(
        execution, "_run_one", lambda task, *_: started.append(task.name) or execution.Outcome(task.name, 1.0)
    )
    question = Question(QUESTION)
    assert [outcome.seconds for outcome in execution.run([question], {}, None)] == [None]
    assert started == []
    execution.run([question], {}, None, force=True)
    assert started == [QUESTION]


def test_watching_reruns_what_an_edit_touches_and_waits_out_a_broken_table(remembered, monkeypatch, capsys):
    from spacesec.collection import watch

    table = remembered.root / "data" / "budgets" / "government_space.csv"
    good = table.read_text(encoding="utf-8")
    edits = iter(
        [
            lambda: None,
            lambda: table.write_text(good + "half a row", encoding="utf-8"),
            lambda: table.write_text(good, encoding="utf-8"),
            lambda: edit(remembered, lambda cells: first(cells, "code")["source"].append("\n1 + 1")),
        ]
    )
    started = []

    def stop() -> bool:
        change = next(edits, None)
        if change is None:
            return True
        change()
        return False

    def run(task, *_):
        started.append(task.name)
        cache.remember(Question(task.name))
        return execution.Outcome(task.name, 1.0)

    monkeypatch.setattr(execution, "_run_one", run)
    monkeypatch.setattr(watch, "PAUSE_SECONDS", 0)
    watch.follow([Question(QUESTION)], {}, None, 1, stop)
    assert started == [QUESTION]
    assert "data/budgets/government_space.csv" in capsys.readouterr().err
