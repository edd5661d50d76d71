"""The lessons in docs/lessons: each has a goal and exercises with folded solutions and checks, asks for
nothing but the library, runs quickly, and is told in Japanese. Their stored outputs are nbval's.
"""

import ast
import subprocess
import sys

import pytest

from spacesec import lessons
from spacesec.collection import messages, prose
from spacesec.words import language

LESSONS = prose.all_lessons()
MAY_IMPORT = {"math", "matplotlib", "pandas", "spacesec"}
UNITS = {1, 2, 24, 60, 100}  # numbers that a check may hold: hours, minutes, percent, the second of a fold
MOST_S = 10.0  # of a processor


@pytest.fixture(params=LESSONS)
def cells(request):
    return LESSONS[request.param]["cells"]


def source(cell) -> str:
    return "".join(cell["source"])


def tags(cell) -> list[str]:
    return cell["metadata"].get("tags", [])


def code(cells, tag: str = "") -> list[str]:
    return [source(one) for one in cells if one["cell_type"] == "code" and (not tag or tag in tags(one))]


def test_there_are_five_in_their_order():
    assert [name.split("/")[1][0] for name in LESSONS] == list("12345")


def test_a_lesson_begins_with_its_goal_and_ends_with_what_to_do_next(cells):
    assert source(cells[0]).startswith("# Lesson ")
    assert "\n\n**Goal.** After this lesson you can " in source(cells[0])
    assert source(cells[-1]).startswith("## Before you go on")


def test_every_exercise_has_an_empty_cell_a_folded_solution_and_a_check(cells):
    places = [at for at, cell in enumerate(cells) if "exercise" in tags(cell)]
    assert 4 <= len(places) <= 7
    for number, at in enumerate(places, 1):
        asked, empty, solution, check = cells[at - 1 : at + 3]
        assert source(asked).startswith(f"### Exercise {number}\n\n")
        name = source(empty).removesuffix(" = ...")
        assert name.isidentifier()
        assert tags(solution) == ["solution"] and solution["metadata"]["jupyter"] == {"source_hidden": True}
        assert source(solution).startswith(f"if {name} is ...:\n") and f"\n    {name} = " in source(solution)
        assert tags(check) == ["check"] and source(check).startswith(f"check({name}, ")
        [shown] = check["outputs"]
        assert "".join(shown["data"]["text/markdown"]).startswith("Right: ")


def test_no_expected_number_is_typed(cells):
    for check in code(cells, "check"):
        numbers = {one.value for one in ast.walk(ast.parse(check)) if isinstance(one, ast.Constant)}
        assert {one for one in numbers if isinstance(one, (int, float))} <= UNITS, check


def test_cells_are_small_and_import_nothing_but_the_library(cells):
    for text in code(cells):
        assert len(text.splitlines()) <= 11
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                named = (
                    [node.module] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
                )
                assert {one.split(".")[0] for one in named} <= MAY_IMPORT


def test_a_lesson_runs_within_seconds(cells, tmp_path):
    script = tmp_path / "lesson.py"
    script.write_text(
        "\n".join([*code(cells), "import time", "print(time.process_time())"]), encoding="utf-8"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert float(done.stdout.splitlines()[-1]) < MOST_S


@pytest.mark.parametrize("name", LESSONS)
def test_a_lesson_is_told_in_japanese_whole_and_nothing_stale(name):
    with language.speaking("ja"):
        told = prose.told(LESSONS[name], name)["cells"]
        asked = {message for _, message in language.asked}
        assert language.lacking() == []
    for cell in told:
        if cell["cell_type"] == "markdown":
            assert all(language.OTHER_LETTERS.search(body) for _, _, body in language.blocks(source(cell)))
    assert set(language.catalogue("ja", name)) <= asked


def test_what_the_lessons_share_is_nothing_stale():
    said = {text for domain, text, _ in messages.written() if domain == lessons.NAME}
    with language.speaking("ja"):
        for name, lesson in prose.all_lessons().items():
            prose.told(lesson, name)
        asked = {message for _, message in language.asked}
    assert said <= set(language.catalogue("ja", lessons.NAME)) <= said | asked


@pytest.mark.parametrize(
    "given, known, begins",
    [
        (..., 1, "Still empty"),
        (2, 2, "Right"),
        (2.5, 2.502, "Right"),  # rounded by the reader
        (2.4, 2.502, "Not yet: 2.4 is too little"),
        (-1.0, -2.0, "Not yet: -1 is too much"),
        (0.0, 0, "Right"),
        ("a", "a", "Right"),
        ("a", "b", "Not yet: the library finds something else than a"),
        (["a"], 1, "Not yet: the library"),
        (True, 1.0, "Right"),
        (float("nan"), 1.0, "Not yet: the library"),
    ],
)
def test_an_answer_is_judged_in_one_sentence(given, known, begins):
    assert lessons.check(given, known).markdown.startswith(begins)


def test_the_sentence_is_told_in_japanese():
    with language.speaking("ja"):
        assert lessons.check(3, 2).markdown == "まだ：3は大きすぎる。"
