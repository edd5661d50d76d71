"""What edited tables change is told before they are sealed, with numbers that arithmetic gives, and nothing
in the collection is touched.
"""

import json
import math
import re
import shutil
import subprocess

import pytest

from spacesec.collection import moves
from tests.conftest import QUESTION, ROOT, Collection

# Combined totals of FY2009 and FY2026 as the Cabinet Office printed them, and what FY2026 is made here.
FIRST, LAST, EDITED = 308.4, 1001.0, 1101.0


def edit(collection, year: int, amount: float) -> None:
    table = collection.root / "data" / f"{QUESTION}.csv"
    text, count = re.subn(
        rf"(?m)^(space-budget-{year}-combined,{year},narrow,combined,)[^,]+",
        rf"\g<1>{amount}",
        table.read_text(encoding="utf-8"),
    )
    assert count == 1
    table.write_text(text, encoding="utf-8")


def everything(folder) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".git" not in path.parts
    }


def git(folder, *words: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *words],
        cwd=folder,
        check=True,
        capture_output=True,
    )


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """One question's collection, committed, whose FY2026 total was then raised by 100 billion yen."""
    here = Collection(tmp_path_factory.mktemp("edited") / "collection")
    table = here.root / "data" / f"{QUESTION}.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    rows = [line for line in lines[1:] if int(line.split(",")[1]) <= 2026]  # whatever was added since
    table.write_text("".join([lines[0], *rows]), encoding="utf-8")
    git(here.root, "init", "-q")
    git(here.root, "add", "-A")
    git(here.root, "commit", "-qm", "as it was")
    edit(here, 2026, EDITED)
    return here


@pytest.fixture(scope="module")
def told(edited) -> dict:
    before = everything(edited.root)
    done = edited.spacesec("diff", "--json")
    assert done.returncode == 0, done.stderr
    assert everything(edited.root) == before
    return json.loads(done.stdout)


def test_one_cell_is_one_row(told):
    cell = {"row": "space-budget-2026-combined", "column": "amount_bn_jpy", "old": "1001.0", "new": "1101.0"}
    assert told["tables"] == {QUESTION: {"added": [], "removed": [], "cells": [cell]}}
    assert told["against"] == "HEAD" and told["summary"].startswith("1 row changes ")


def test_results_move_by_what_arithmetic_says(told):
    moved = {move["name"]: move for move in told["results"]}
    years = 2026 - 2009
    expected = {
        "last_amount": (LAST, EDITED),
        "growth_multiple": (LAST / FIRST, EDITED / FIRST),
        "annual_growth_percent": tuple(100 * ((last / FIRST) ** (1 / years) - 1) for last in (LAST, EDITED)),
    }
    for name, (old, new) in expected.items():
        assert moved[name]["old"] == pytest.approx(old, rel=1e-9)
        assert moved[name]["new"] == pytest.approx(new, rel=1e-9)
        assert moved[name]["size"] == pytest.approx((new - old) / old, rel=1e-8)
    assert "first_amount" not in moved and "claim_multiple" not in moved


def test_each_list_has_its_largest_move_first(told):
    for name in ("verdicts", "checks", "results", "sentences", "figures"):
        sizes = [math.inf if move["size"] is None else move["size"] for move in told[name]]
        assert sizes == sorted(sizes, reverse=True), name


def test_a_published_check_that_would_stop_the_run_is_told(told):
    # The sum of supplementary and initial budget is published beside the total: 1,101 is not it.
    assert [(move["old"], move["new"]) for move in told["checks"]] == [(True, False)]


def test_figures_tell_title_and_cells(told):
    [series] = [figure for figure in told["figures"] if figure["name"] == "series"]
    old, new = (re.findall(r"([\d.]+)-fold", title) for title in series["texts"]["title"])
    assert (old[-1], new[-1]) == tuple(f"{amount / FIRST:.1f}" for amount in (LAST, EDITED))
    assert {(cell["row"], cell["old"], cell["new"]) for cell in series["rows"]["cells"]} == {
        ("space-budget-2026-combined", "1001.0", "1101.0")
    }
    assert "ministries" not in {figure["name"] for figure in told["figures"]}


def test_the_text_sets_old_and_new_side_by_side(edited):
    said = edited.spacesec("diff", "HEAD").stdout
    assert "growth_multiple: 3.246 -> 3.57 times (+10 %)" in said
    assert re.search(r"(?m)^    - Between FY2009.*3\.25 times.*\n    \+ Between FY2009.*3\.57 times", said)


def test_a_changelog_is_lines_of_markdown(edited):
    said = edited.spacesec("diff", "--changelog").stdout
    assert all(line.startswith("- ") for line in said.splitlines())
    assert f"- {QUESTION}, `last_amount`: 1,001 → 1,101 billion yen, nominal (+10 %)" in said


def test_a_folder_stands_for_a_commit(edited, collection, told):
    # The other way round: the folder holds the edited table, this collection the old one.
    back = json.loads(collection.spacesec("diff", str(edited.root), "--json").stdout)
    one, other = ({move["name"]: move for move in side["results"]} for side in (told, back))
    assert one.keys() == other.keys()
    for name in one:
        assert (one[name]["old"], one[name]["new"]) == (other[name]["new"], other[name]["old"])


def test_nothing_edited_is_nothing_moved(collection):
    done = collection.spacesec("diff", str(collection.root / "data"))
    assert done.returncode == 0
    assert done.stdout.startswith("0 rows change nothing that is computed (")


@pytest.mark.parametrize("given", ["no-such-commit", "--version", "HEAD:data", "lib"])
def test_what_is_neither_commit_nor_folder_is_said_in_one_sentence(edited, given):
    done = edited.spacesec("diff", "--", given)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1
    assert f"{given!r} is neither a folder" in done.stderr


def test_a_table_with_a_fault_is_said_with_its_line(collection):
    shutil.copytree(collection.root / "data", collection.root / "before")
    edit(collection, 2026, "1,101")
    done = collection.spacesec("diff", "before")
    assert (done.returncode, done.stdout) == (1, "") and done.stderr.count("\n") == 1
    assert f"the tables here cannot be compared: data/{QUESTION}.csv, line " in done.stderr


def test_a_question_that_the_new_tables_stop_is_told(collection):
    shutil.copytree(collection.root / "data", collection.root / "before")
    table = collection.root / "data" / f"{QUESTION}.csv"
    lines = table.read_text(encoding="utf-8").splitlines(keepends=True)
    table.write_text("".join(line for line in lines if ",narrow,combined," not in line), encoding="utf-8")
    done = collection.spacesec("diff", "before")
    assert done.returncode == 1 and f"\n{QUESTION} cannot be computed: " in done.stdout


def test_verdicts_move_as_their_rules_say(tmp_path):
    """Claim C1-015, doubled in five years: FY2024 over FY2019 without and with the fund's first tranche of
    300.

    Printed totals: 600 / 359.7 < 2 and 900 / 359.7 > 2, witnesses that disagree; were FY2019's total 280,
    both would hold.
    """
    here = Collection(tmp_path / "collection")
    for part in ("data", "figures", "notebooks"):
        shutil.rmtree(here.root / part)
        shutil.copytree(ROOT / part, here.root / part, ignore=shutil.ignore_patterns(".*", "*.png", "*.svg"))
    edit(here, 2019, 280)
    done = here.spacesec("diff", str(ROOT), "--json")
    assert done.returncode == 0, done.stderr
    moved = {move["name"]: (move["old"], move["new"]) for move in json.loads(done.stdout)["verdicts"]}
    assert moved["C1-015"] == ("contested", "supported")


@pytest.mark.parametrize(
    "old, new, size",
    [
        (2.0, 3.0, 0.5),
        (-2.0, 1.0, 1.5),
        (0, 1, math.inf),
        (True, False, math.inf),
        (None, 1.0, math.inf),
        ([1, 10], [1, 11], 0.1),
        ([1], [1, 2], math.inf),
        (5, 5, 0),
    ],
)
def test_the_size_of_a_change_is_relative_to_the_old_value(old, new, size):
    assert moves.relative(old, new) == pytest.approx(size)


def test_sentences_are_paired_where_they_stand():
    found = moves.of_sentences("q", ["One.", "Two is 2.", "Three."], ["One.", "Two is 3.", "Three.", "Four."])
    assert [(move.old, move.new) for move in found] == [("Two is 2.", "Two is 3."), (None, "Four.")]
    assert found[0].size == pytest.approx(1 / 3)  # of three words one is another


def test_rows_without_an_id_are_paired_in_their_order():
    old = [{"year": "2024", "n": "1"}, {"year": "2025", "n": "2"}]
    found = moves.of_rows(old, [old[0], {"year": "2025", "n": "3"}, {"year": "2026", "n": "4"}])
    assert [(cell.column, cell.old, cell.new) for cell in found.cells] == [("n", "2", "3")]
    assert len(found.added) == 1 and found.removed == () and found.touched == 2
