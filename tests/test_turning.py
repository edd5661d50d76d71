"""Parameters turned on a page: which, to what values, in what time; every point as the kernel gives it; a
refusal in the command's own words.
"""

import json
import math
import re
import shlex

import pytest

from spacesec.collection import cli, knobs, points, processes
from spacesec.collection.questions import Question, all_questions
from spacesec.collection.site import build, text, turning
from spacesec.drawing import figures, svg
from spacesec.parameters import as_given
from spacesec.words.language import LANGUAGES, speaking
from tests.conftest import QUESTION, ROOT

BUILDING = 6 * 60 * 2  # seconds of two processors that all points may take
LARGEST = 2_000_000  # bytes of a question's points in one language
BEGINNING, END = "var turnedPoints = ", ";\n"


def held(site, language: str) -> dict:
    """The points that a site has for the question, read without the collection."""
    folder = site if language == "en" else site / language
    content = (folder / "questions" / f"{QUESTION}.turned.js").read_bytes()
    assert len(content) <= LARGEST
    written = content.decode("utf-8")
    assert written.startswith(BEGINNING) and written.endswith(END)
    return json.loads(written[len(BEGINNING) : -len(END)])


# --- which parameters, which values
# ---------------------------------------------------------------------------------------------------------


def test_the_light_questions_are_most_and_built_in_time():
    assert set(knobs.paces()) <= {question.name for question in all_questions()}
    assert len(knobs.light()) >= 20, "most of the collection turns"
    seconds = {name: knobs.paces()[name].seconds for name in knobs.light()}
    counted = {
        name: math.prod(len(knob.values) for knob in knobs.of(Question(name))) for name in knobs.light()
    }
    assert all(counted[name] > 1 for name in counted)
    assert sum(seconds[name] * counted[name] for name in seconds) <= BUILDING


@pytest.mark.parametrize("name", knobs.light())
def test_the_values_are_few_possible_and_hold_the_default(name):
    model = Question(name).module.Parameters
    for knob in knobs.of(Question(name)):
        assert 1 < len(knob.values) <= knobs.MOST_VALUES
        assert knob.values[knob.usual] == model.defaults()[knob.name]
        assert len({json.dumps(value) for value in knob.values}) == len(knob.values)
        for value in knob.values:
            assert model.of({knob.name: value}).plain()[knob.name] == value


@pytest.mark.parametrize(
    ("kind", "default", "low", "high", "values"),
    [
        (float, 1.0, 0.0, 5.0, [0.5, 1.0, 3.0]),  # half-way to either bound
        (float, 0.0, 0.0, 15.0, [0.0, 5.0, 10.0]),  # at a bound: a third and two thirds of the way
        (int, 10, 1, 20, [6, 10, 15]),
        (float, 100.0, 1.0, 1e6, [10.0, 100.0, 10000.0]),  # by the logarithm where the range is wide
        (float, 8.0, None, None, [6.0, 8.0, 10.0]),
        (int, 0, None, None, [0]),
    ],
)
def test_a_number_is_turned_to_what_lies_around_it(kind, default, low, high, values):
    assert knobs._around(kind, default, low, high) == values


def test_combinations_are_all_of_them_and_name_what_differs():
    made = dict(knobs.combinations((knobs.Knob("a", (1, 2), 1), knobs.Knob("b", ("x", "y", "z"), "y"))))
    assert len(made) == 2 * 3
    assert made[0, 1] == {} and made[1, 1] == {"a": 2} and made[1, 2] == {"a": 2, "b": "z"}


# --- as the kernel gives them
# ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_point_of_the_page_is_what_the_question_answers_says_and_draws(site, language):
    """Computed again by the way of a run: answered in the language, published as files."""
    found, module = held(site, language), Question(QUESTION).module
    combinations = dict(knobs.combinations(knobs.of(Question(QUESTION))))
    assert set(found["points"]) == {",".join(map(str, places)) for places in combinations}
    with speaking(language):
        for places, values in combinations.items():
            point = found["points"][",".join(map(str, places))]
            answer = module.answer(module.Parameters.of(values))
            picture = module.FIGURES[0](answer)
            drawn = figures.publish(picture, QUESTION, values).files["svg"].decode("utf-8")
            assert point["answer"] == text.html(answer.text, "../../")
            assert "\n".join(found["lines"][at] for at in point["drawing"]) == svg.bare(drawn)
            assert point["alt"] == picture.alt
            assert len(point["results"]) == len(answer.results)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_kernel_itself_gives_the_same(collection, site, language):
    found = held(site, language)
    places, values = list(knobs.combinations(knobs.of(Question(QUESTION))))[-1]
    given = [word for name, value in values.items() for word in ("-p", name, str(value))]
    done = collection.spacesec("run", QUESTION, *given, "--output-dir", "out", "--language", language)
    assert values and done.returncode == 0, done.stderr
    record = json.loads((collection.root / "out" / "run.json").read_text(encoding="utf-8"))
    point = found["points"][",".join(map(str, places))]
    assert point["answer"] == text.html(record["answer"], "../../")
    lead = record["figures"][0]
    drawn = (collection.root / "out" / f"{lead['name']}.svg").read_text(encoding="utf-8")
    assert "\n".join(found["lines"][at] for at in point["drawing"]) == svg.bare(drawn)
    assert (point["alt"], len(point["results"])) == (lead["alt"], len(record["results"]))


def test_the_default_point_is_the_committed_figure(site):
    found = held(site, "en")
    usual = ",".join(str(knob.usual) for knob in knobs.of(Question(QUESTION)))
    drawing = "\n".join(found["lines"][at] for at in found["points"][usual]["drawing"])
    stored = json.loads((ROOT / "figures" / QUESTION / "run.json").read_text(encoding="utf-8"))
    committed = (ROOT / "figures" / QUESTION / f"{stored['figures'][0]['name']}.svg").read_text(
        encoding="utf-8"
    )
    assert drawing == svg.bare(committed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_combination_says_what_the_command_says(collection, language):
    values = {"first_year": 2020, "last_year": 2012}
    given = [word for name, value in values.items() for word in ("-p", name, str(value))]
    done = collection.spacesec("run", QUESTION, *given, "--output-dir", "out", "--language", language)
    [refused] = points.point(Question(QUESTION), values)[language].values()
    assert done.returncode and done.stderr.strip().removeprefix("spacesec: ") == refused


def test_the_line_for_what_the_page_lacks_is_understood(site):
    for language in LANGUAGES:
        folder = site if language == "en" else site / language
        page = (folder / "questions" / f"{QUESTION}.html").read_text(encoding="utf-8")
        line = re.search('data-line="([^"]+)"', page)[1] + re.search('data-option="([^"]*)"', page)[1]
        words = shlex.split(line)
        assert words[0].endswith("papermill") and (ROOT / words[1]).is_file()
        assert ("output_language" in words) == (language != "en")
        for knob in re.findall('<option(?: lang="en")? value="([^"]+)"', page):
            assert as_given(knob) is not None


# --- what is kept, what is too much
# ---------------------------------------------------------------------------------------------------------


def few(monkeypatch, tmp_path) -> list[Question]:
    """One question with one parameter of two values, its points kept in a folder of their own."""
    monkeypatch.setattr(knobs, "of", lambda question: (knobs.Knob("currency", ("JPY", "USD"), "JPY"),))
    monkeypatch.setattr(points, "_place", lambda question: tmp_path / "points.json")
    return [Question(QUESTION)]


def test_what_has_not_changed_is_not_computed_again(monkeypatch, tmp_path):
    questions, told = few(monkeypatch, tmp_path), []
    monkeypatch.setattr(
        processes, "each", lambda work, tasks, jobs: [(n, work(*t)) for n, t in tasks.items()]
    )
    first = points.of(questions, 1, lambda *told_of: told.append(told_of))
    assert told == [(QUESTION, 0, 1, 1)] and set(first[QUESTION]) == {"0", "1"}
    assert points.of(questions, 1, lambda *_: pytest.fail("computed again")) == first
    kept = json.loads((tmp_path / "points.json").read_text(encoding="utf-8"))
    read = {name for name in kept["inputs"] if name.endswith(".csv")}
    assert "data/budgets/government_space.csv" in read and "data/budgets/exchange_rates.csv" in read
    kept["inputs"]["data/budgets/exchange_rates.csv"] = "sha256:" + "0" * 64  # as if the table had changed
    (tmp_path / "points.json").write_text(json.dumps(kept), encoding="utf-8")
    assert points.of(questions, 1, lambda *told_of: told.append(told_of)) == first
    assert len(told) == 2


def test_more_than_a_reader_should_load_is_left_out(monkeypatch):
    figure = {"title": "", "caption": "", "alt": ""}
    made = {
        place: {"en": {"answer": place, "results": {}, "figure": figure | {"svg": place * 800_000}}}
        for place in "abc"
    }
    written = turning.script(made)
    assert len(written) <= LARGEST
    assert list(json.loads(written[len(BEGINNING) : -len(END)])["points"]) == ["a", "b"]


def test_a_point_that_fails_is_left_out_and_counted(monkeypatch, tmp_path):
    questions, told = few(monkeypatch, tmp_path), []
    real = points.point

    def faulty(question, values):
        return real(question, values) if not values else 1 / 0

    monkeypatch.setattr(points, "point", faulty)
    monkeypatch.setattr(
        processes, "each", lambda work, tasks, jobs: [(n, work(*t)) for n, t in tasks.items()]
    )
    assert set(points.of(questions, 1, lambda *told_of: told.append(told_of))[QUESTION]) == {"0"}
    assert told == [(QUESTION, 1, 1, 1)]


@pytest.mark.parametrize(
    ("words", "turned"), [([], knobs.light()), (["--turned", QUESTION], [QUESTION]), (["--turned"], [])]
)
def test_all_light_questions_turn_where_none_is_named(monkeypatch, words, turned):
    asked = []
    monkeypatch.setattr(build, "build", lambda folder, address, names: asked.append(list(names)) or 0)
    assert cli.main(["site", "--output-dir", "nowhere", *words]) == 0
    assert asked == [turned]
