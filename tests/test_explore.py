"""The panel without a browser: a control for every parameter, the process that computes, a saved run, the
quiet note.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import ipywidgets as widgets
import pytest

from spacesec.collection.questions import all_questions, named
from spacesec.errors import ParameterError
from spacesec.explore import panel, saving
from spacesec.explore.computing import Computer, Wanted
from spacesec.explore.controls import Ticks, controls, labelled
from spacesec.parameters import span_of, value
from spacesec.run import record, records
from tests.conftest import LONG, QUESTION, ROOT

QUESTIONS = all_questions()


# --- controls
# ----------------------------------------------------------------------------------------------------------


def at_nearest_step(slider) -> float:
    """Where a browser puts a slider as soon as it shows it."""
    steps = round((slider.value - slider.min) / slider.step)
    return min(slider.max, slider.min + steps * slider.step + 1e-12)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_parameter_has_a_control_that_reads_back_its_default(question):
    model = question.module.Parameters
    made = controls(model, model.defaults())
    assert [control.name for control in made] == list(model.model_fields)
    assert model.of({control.name: control.value for control in made}).plain() == model.defaults()
    for control in made:
        if isinstance(control.widget, widgets.FloatSlider):
            control.widget.value = at_nearest_step(control.widget)
        elif isinstance(control.widget, widgets.IntSlider):
            assert (control.widget.value - control.widget.min) % control.widget.step == 0
    assert model.of({control.name: control.value for control in made}).plain() == model.defaults()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_turned_slider_gives_round_numbers_and_can_be_put_back(question):
    model = question.module.Parameters
    for control in controls(model, model.defaults()):
        slider = control.widget
        if not isinstance(slider, (widgets.FloatSlider, widgets.IntSlider)):
            continue
        slider.value = (
            slider.value + slider.step
            if slider.value + slider.step <= slider.max
            else slider.value - slider.step
        )
        turned = control.value
        assert (
            turned != model.defaults()[control.name]
            and len(f"{turned:g}") <= 7
            and float(f"{turned:g}") == turned
        )
        control.value = model.defaults()[control.name]
        assert control.value == model.defaults()[control.name]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_control_stands_between_its_name_with_unit_and_its_help(question):
    import html

    model = question.module.Parameters
    for control, entry in zip(controls(model, model.defaults()), model.describe()):
        head, middle, foot = labelled(control, entry).children
        assert middle is control.widget
        assert (
            entry["name"] in head.value
            and html.escape(entry["unit"]) in head.value
            and html.escape(entry["help"]) in foot.value
        )


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_bounds_of_sliders_and_fields_are_the_models(question):
    model = question.module.Parameters
    for control in controls(model, model.defaults()):
        schema = model.model_json_schema()["properties"][control.name]
        span = span_of(model.model_fields[control.name])
        low, high = (
            (span.ge, span.le)
            if span
            else (
                schema.get("minimum", schema.get("exclusiveMinimum")),
                schema.get("maximum", schema.get("exclusiveMaximum")),
            )
        )
        if isinstance(control.widget, (widgets.FloatSlider, widgets.IntSlider)):
            assert (control.widget.min, control.widget.max) == (low, high)
        elif isinstance(control.widget, widgets.FloatLogSlider):
            assert (10**control.widget.min, 10**control.widget.max) == pytest.approx((low, high))


def test_names_to_choose_from_are_those_that_the_model_takes():
    asked = 0
    for question in QUESTIONS:
        model = question.module.Parameters
        for control in controls(model, model.defaults()):
            if type(control.widget) is widgets.TagsInput:  # IntsInput is one as well
                assert set(control.widget.value) <= set(control.widget.allowed_tags)
                asked += 1
            if (
                isinstance(control.widget, widgets.Dropdown)
                and model.model_fields[control.name].annotation is str
            ):
                for name in control.widget.options:
                    try:
                        model.of({**model.defaults(), control.name: name})
                    except ParameterError as error:
                        assert "both" in str(error)  # the other parameter holds this name
                asked += 1
    assert asked >= 12


def test_ticks_keep_the_order_of_the_options_and_follow_their_value():
    ticks = Ticks(("a", "b", "c"), ("a", "b", "c"), "some")
    first, second, _ = ticks.children
    first.value = False
    assert ticks.value == ("b", "c")
    second.value, first.value = False, True
    assert ticks.value == ("a", "c")
    ticks.value = ("b",)
    assert [box.value for box in ticks.children] == [False, True, False]


def test_a_text_may_be_empty_where_null_is_allowed():
    from spacesec.parameters import Parameters

    class Model(Parameters):
        """Two numbers that need not be given."""

        above: float | None = value(None, "some number", gt=0)
        names: dict[str, int] = value({"JPN": 1}, "some numbers by name")

    above, names = controls(Model, Model.defaults())
    assert above.widget.value == "" and above.value is None
    above.widget.value, names.widget.value = "2.5", '{"USA": 3}'
    assert (above.value, names.value) == (2.5, {"USA": 3})
    above.value = None
    assert above.widget.value == ""


# --- the process that computes
# --------------------------------------------------------------------------------------------


class Told:
    """What a computer tells, to wait for."""

    def __init__(self, question: str):
        self.all: list[tuple[str, object]] = []
        self._came = threading.Condition()
        self.computer = Computer(question, self._note)

    def _note(self, kind: str, content: object) -> None:
        with self._came:
            self.all.append((kind, content))
            self._came.notify_all()

    def ends(self) -> list[tuple[str, object]]:
        return [(kind, content) for kind, content in self.all if kind in ("result", "refused")]

    def wait(self, ready, what: str):
        with self._came:
            assert self._came.wait_for(lambda: ready(self), LONG), (
                f"{what} did not come; there came {[kind for kind, _ in self.ends()]}"
            )

    def end(self, number: int) -> tuple[str, object]:
        self.wait(lambda told: len(told.ends()) >= number, f"end {number}")
        return self.ends()[number - 1]


@pytest.fixture
def told():
    made = []

    def start(question: str) -> Told:
        made.append(Told(question))
        return made[-1]

    yield start
    for one in made:
        one.computer.close()


def wanted(question: str, **changed) -> Wanted:
    module = named([question])[0].module
    return Wanted(
        module.Parameters.of({**module.Parameters.defaults(), **changed}).plain(), module.FIGURES[0].__name__
    )


ENDLESS = {"satellites": 400, "planes": 40, "phasing": 3, "days": 2.8, "step_s": 5.0}


def test_it_computes_what_the_notebook_does(told):
    kind, content = _ordered(told(QUESTION), wanted(QUESTION))
    stored = records.read(ROOT / "figures" / QUESTION)
    assert (
        kind == "result" and content["answer"] == stored.answer and content["parameters"] == stored.parameters
    )
    assert {name: result["value"] for name, result in content["results"].items()} == {
        name: result.value for name, result in stored.results.items()
    }
    assert (content["alt"], content["caption"]) == (
        stored.figures[0].alt,
        stored.figures[0].caption,
    )
    assert content["png"].startswith(b"\x89PNG")


def _ordered(one: Told, order: Wanted, number: int = 1) -> tuple[str, object]:
    one.computer.order(order)
    return one.end(number)


def test_the_newest_order_wins(told):
    one, years = told(QUESTION), range(2009, 2016)
    for year in years:
        one.computer.order(wanted(QUESTION, first_year=year))
    one.wait(
        lambda told: told.ends() and told.ends()[-1][1]["parameters"]["first_year"] == years[-1], "the newest"
    )
    assert len(one.ends()) <= 2  # the first, which was under way, and the newest


def test_it_cancels_and_goes_on(told):
    one = told("missile_warning/coverage")
    one.computer.order(wanted("missile_warning/coverage", **ENDLESS))
    one.wait(lambda told: any(kind == "seconds" and content > 0.5 for kind, content in told.all), "progress")
    before = time.monotonic()
    one.computer.cancel()
    kind, sentence = one.end(1)
    assert (
        kind == "refused" and sentence.startswith("Cancelled after ") and time.monotonic() - before < LONG / 4
    )
    assert _ordered(one, wanted("missile_warning/coverage", days=1.0), 2)[0] == "result"


@pytest.mark.parametrize("after", (0.1, 0.2, 0.3))
def test_it_cancels_an_order_that_has_not_begun(told, after):
    """A newer order replaces the process of a long one and rests for a moment before its own begins: on a
    slow machine the hand is at Cancel by then.
    """
    one = told("missile_warning/coverage")
    one.computer.order(wanted("missile_warning/coverage", **ENDLESS))
    one.wait(lambda told: any(kind == "seconds" and content > 0.5 for kind, content in told.all), "progress")
    one.computer.order(wanted("missile_warning/coverage", **ENDLESS, altitude_km=1100.0))
    one.wait(
        lambda told: any(kind == "seconds" and content > 1.9 for kind, content in told.all), "more progress"
    )
    time.sleep(after)
    one.computer.cancel()
    kind, sentence = one.end(1)
    assert kind == "refused" and sentence.startswith("Cancelled after ")


def test_a_newer_order_does_not_wait_for_a_long_one(told):
    one = told("missile_warning/coverage")
    one.computer.order(wanted("missile_warning/coverage", **ENDLESS))
    one.wait(lambda told: any(kind == "seconds" and content > 0.5 for kind, content in told.all), "progress")
    kind, content = _ordered(one, wanted("missile_warning/coverage", days=1.0))
    assert kind == "result" and content["parameters"]["days"] == 1.0


def test_what_only_the_answer_can_refuse_is_refused_in_its_sentence(told):
    from spacesec.missile_warning import flight_time

    impossible = wanted("missile_warning/flight_time", sites=["Nowhere"])
    with pytest.raises(ParameterError) as refused:
        flight_time.answer(flight_time.Parameters.of(impossible.parameters))
    one = told("missile_warning/flight_time")
    assert _ordered(one, impossible) == ("refused", str(refused.value))
    assert _ordered(one, wanted("missile_warning/flight_time"), 2)[0] == "result"


def test_it_survives_that_its_process_is_killed(told):
    one = told(QUESTION)
    assert _ordered(one, wanted(QUESTION))[0] == "result"
    first = one.computer._process.pid
    os.kill(first, signal.SIGKILL)
    assert _ordered(one, wanted(QUESTION, first_year=2012), 2)[0] == "result"
    assert one.computer._process.pid != first


def test_closing_ends_the_process(told):
    one = told(QUESTION)
    assert _ordered(one, wanted(QUESTION))[0] == "result"
    process = one.computer._process
    one.computer.close()
    process.join(LONG)
    assert not process.is_alive()


# --- the panel
# ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(collection, monkeypatch):
    """A collection of one question, which this process takes for its own."""
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    monkeypatch.delenv("SPACESEC_OUTPUTS", raising=False)
    return collection


@pytest.fixture
def shown(small):
    """The panel of the question's notebook."""
    from spacesec.budgets import government_space

    run = record.start(government_space, government_space.Parameters.defaults())
    run.publish(government_space.FIGURES[0](run.answer()))
    panel.show(run)
    yield panel._open[-1]
    panel._open.pop().computer.close()


def until(condition, what: str) -> None:
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.02)


def control(shown, name: str):
    return next(one for one in shown.controls if one.name == name)


def settled(shown) -> None:
    def there() -> bool:
        with shown.lock:  # what a reply changes, it changes as one
            return shown.computing is None and bool(
                shown.refusal or shown.said or shown.shown == shown.ordered
            )

    until(there, "the answer")


def words(output) -> str:
    return output.outputs[0]["data"]["text/markdown"]


def test_a_turned_control_changes_answer_figure_and_comparison_and_reset_brings_them_back(shown):
    settled(shown)
    answer, picture = words(shown.answer), shown.picture.value
    assert (
        "None of the" in words(shown.changes)
        and "defaults" in shown.status.value
        and picture.count("<img") == 1
    )
    control(shown, "first_year").widget.value = 2012
    settled(shown)
    assert words(shown.answer) != answer and shown.picture.value != picture
    assert "| result | default | now | unit |" in words(shown.changes)
    assert "first_year 2009 → 2012" in shown.status.value
    shown.reset.click()
    settled(shown)
    assert (
        words(shown.answer) == answer
        and "None of the" in words(shown.changes)
        and "defaults" in shown.status.value
    )


def test_another_figure_of_the_same_answer(shown):
    settled(shown)
    before, answer = shown.picture.value, words(shown.answer)
    shown.figure.value = "ministries"
    settled(shown)
    assert shown.picture.value != before and words(shown.answer) == answer


def test_a_bad_combination_is_refused_in_the_command_lines_sentence(shown, small):
    settled(shown)
    answer = words(shown.answer)
    control(shown, "first_year").widget.value = 2026
    control(shown, "last_year").widget.value = 2010
    said = small.spacesec(
        "run", QUESTION, "-p", "first_year", "2026", "-p", "last_year", "2010", "--output-dir", "out"
    )
    assert said.returncode == 2 and said.stderr == f"spacesec: {shown.refusal}\n"
    import html

    assert html.escape(shown.refusal) in shown.status.value and 'class="refused"' in shown.status.value
    assert (
        words(shown.answer) == answer and "spacesec-old" in shown.results._dom_classes and shown.save.disabled
    )
    shown.reset.click()
    settled(shown)
    assert "spacesec-old" not in shown.results._dom_classes and not shown.save.disabled


def test_an_answer_that_a_newer_order_has_overtaken_is_shown_and_not_called_old(shown):
    settled(shown)
    shown.computer.order = lambda order: None
    control(shown, "first_year").widget.value = 2012
    overtaken = {
        "parameters": {**shown.wanted, "first_year": 2011},
        "figure": shown.figure.value,
        "answer": "The middle one.",
        "results": {},
    }
    shown._told("refused", "Something before that.")
    shown._turned()
    shown._told("result", overtaken)
    assert words(shown.answer) == "The middle one." and shown.computing == 0.0 and not shown.cancel.disabled
    assert "spacesec-old" not in shown.results._dom_classes and "Something" not in shown.status.value


def test_a_slider_put_on_its_step_by_a_browser_asks_for_nothing(shown):
    settled(shown)
    ordered = []
    shown.computer.order = ordered.append
    shown._turned()
    assert ordered == []


def test_a_saved_run_is_the_command_lines_and_so_is_the_papermill_command(shown, small):
    settled(shown)
    before = small.state()
    control(shown, "currency").widget.value = "USD"
    control(shown, "first_year").widget.value = 2012
    folder = shown.folder.value
    shown.save.click()
    until(lambda: not shown.saving, "the saved run")
    assert (
        "Saved in" in shown.saved.value
        and folder == f"runs/{QUESTION}-1"
        and shown.folder.value == f"runs/{QUESTION}-2"
    )
    saved = (small.root / folder / records.NAME).read_bytes()
    assert json.loads(saved)["parameters"] == {
        **shown.model.defaults(),
        "currency": "USD",
        "first_year": 2012,
    }
    assert (
        small.spacesec(
            "run", QUESTION, "-p", "currency", "USD", "-p", "first_year", "2012", "--output-dir", "typed"
        ).returncode
        == 0
    )
    assert (small.root / "typed" / records.NAME).read_bytes() == saved
    assert {path.name for path in (small.root / folder).iterdir()} == {
        path.name for path in (small.root / "typed").iterdir()
    }
    bin = os.path.dirname(sys.executable)
    done = subprocess.run(
        saving.papermill_command(QUESTION, shown._changed()),
        shell=True,
        cwd=small.root,
        capture_output=True,
        text=True,
        timeout=600,
        env={**small.environment, "PATH": bin + os.pathsep + os.environ["PATH"]},
    )
    assert done.returncode == 0, done.stderr
    assert (small.root / "out" / records.NAME).read_bytes() == saved
    assert small.state() == before


def test_a_run_that_cannot_be_saved_says_why(shown, small):
    (small.root / "taken").mkdir()
    (small.root / "taken" / "mine.txt").write_text("mine")
    control(shown, "first_year").widget.value = 2012
    shown.folder.value = "taken"
    shown.save.click()
    until(lambda: not shown.saving, "the refusal")
    assert "holds other files" in shown.saved.value and 'class="refused"' in shown.saved.value
    assert [path.name for path in (small.root / "taken").iterdir()] == ["mine.txt"]


def test_the_panel_needs_an_answer():
    from spacesec.budgets import government_space
    from spacesec.errors import RunError

    run = record.Run(government_space, government_space.Parameters(), None)
    with pytest.raises(RunError, match="has no answer yet"):
        panel.show(run)


# --- where nobody turns it
# ------------------------------------------------------------------------------------------------


def note_of(notebook: dict) -> dict:
    cell = next(cell for cell in notebook["cells"] if "".join(cell["source"]) == "run.explore()")
    return {kind: "".join(content) for kind, content in cell["outputs"][0]["data"].items()}


def test_every_stored_notebook_holds_the_same_quiet_note():
    notes = [note_of(question.stored()) for question in QUESTIONS]
    assert (
        all(note == notes[0] for note in notes)
        and notes[0]["text/markdown"] == "Run all cells in JupyterLab to turn the parameters here."
    )


@pytest.mark.parametrize(
    "tool",
    [["nbconvert", "--to", "notebook", "--execute", "--output", "made"], ["execute", "--output", "made"]],
    ids=["nbconvert", "nbclient"],
)
def test_the_note_is_the_same_whoever_runs_the_notebook(small, tool):
    notebook = small.root / "notebooks" / f"{QUESTION}.ipynb"
    done = subprocess.run(
        [sys.executable, "-m", "jupyter", *tool, notebook.name],
        cwd=notebook.parent,
        env={**small.environment, "SPACESEC_OUTPUTS": str(small.root / "outputs")},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    made = json.loads((notebook.parent / "made.ipynb").read_text(encoding="utf-8"))
    assert note_of(made) == note_of(named([QUESTION])[0].stored())
    assert "widgets" not in made["metadata"]
