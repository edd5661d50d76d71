"""What a reader of the notebook sees: the parameters to turn, the answer beside a figure, what changed, and
how to keep it.

Nothing is computed here: the question's own functions answer and draw in a process of their own, and
``spacesec run`` saves.
"""

import base64
import html
import threading
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from spacesec import answers
from spacesec.errors import ParameterError
from spacesec.explore import saving
from spacesec.explore.computing import Computer, Wanted
from spacesec.explore.controls import controls, labelled

STYLE = Path(__file__).with_name("panel.css")
QUIET_SECONDS = 0.7  # what takes less shows no progress
MOST_CHARACTERS = 160  # of a value in the comparison

_open: list["Panel"] = []


def show(run: Any) -> widgets.Widget:
    """The panel of a notebook's run (`spacesec.run.record.Run`); one at a time, since running the cell again
    replaces it. Raises RunError where the run has no answer yet.
    """
    while _open:
        _open.pop().computer.close()
    _open.append(Panel(run))
    return _open[-1].widget


class Panel:
    """Follows the controls: each change is checked at once and answered by the computer, whose replies are
    shown as they come.
    """

    def __init__(self, run: Any):
        self.question, self.model = run.name, run.question.Parameters
        shown = run.record()
        self.defaults = (
            self.model.defaults()
        )  # once: making a model may fly a whole path to see whether it is possible
        self.default_results = run.default_results()
        self.wanted = shown["parameters"]  # what the controls say
        self.shown = self.ordered = Wanted(
            self.wanted, ""
        )  # what is on the screen, and what the computer was asked for last
        self.refusal = ""  # why the controls' values are not possible
        self.said = ""  # why there is no answer to them
        self.computing: float | None = None  # seconds
        self.took = 0.0  # seconds of the last answer
        self.saving = False
        self.lock = (
            threading.RLock()
        )  # the reader's events, the computer's and a saved run's come in threads of their own
        self._lay_out(run)
        made = run.published.get(self.figure.value)
        self._show(
            {
                **shown,
                "figure": self.figure.value,
                **({"png": made.inline, "alt": made.alt, "caption": made.caption} if made else {}),
            }
        )
        self.computer = Computer(self.question, self._told)
        self._turned()

    def _lay_out(self, run: Any) -> None:
        described = self.model.describe()
        self.controls = controls(self.model, run.parameters.plain())
        self.figure = widgets.Dropdown(
            options=[
                (draw.__name__.replace("_", " ").capitalize(), draw.__name__) for draw in run.question.FIGURES
            ],
            layout=widgets.Layout(width="auto"),
            tooltip="the figure that follows the parameters",
        )
        self.status, self.command, self.picture, self.saved = (
            widgets.HTML(layout=widgets.Layout(margin="0", flex="1 1 auto", width="auto")) for _ in range(4)
        )
        self.answer, self.changes = widgets.Output(), widgets.Output()
        self.folder = widgets.Text(
            saving.free_folder(self.question),
            layout=widgets.Layout(width="320px"),
            tooltip="folder, in the collection's, where the run is saved",
        )
        self.cancel, self.reset, self.save = (
            widgets.Button(
                description=words, tooltip=tip, layout=widgets.Layout(width="auto", flex="0 0 auto")
            )
            for words, tip in (
                ("Cancel", "throw away what is being computed"),
                ("Reset", "all parameters back to their defaults"),
                ("Save this run", "run the notebook with these parameters into the folder"),
            )
        )
        for control in self.controls:
            control.widget.observe(self._turned, "value")
        self.figure.observe(self._turned, "value")
        self.reset.on_click(self._reset)
        self.cancel.on_click(lambda _: self.computer.cancel())
        self.save.on_click(self._save)
        grid = widgets.GridBox(
            [labelled(control, entry) for control, entry in zip(self.controls, described)],
            layout=widgets.Layout(
                grid_template_columns="repeat(auto-fill, minmax(215px, 1fr))",
                grid_gap="10px 20px",
                max_height="min(264px, 22vh)",  # controls and figure stand in one window of 1366 x 768
                overflow="auto",
            ),
        )
        answer = widgets.VBox(
            [widgets.HTML("<h4>Answer</h4>"), self.answer],
            layout=widgets.Layout(flex="1 1 270px", min_width="0", max_height="500px", overflow="auto"),
        )
        figure = widgets.VBox(
            [self.figure, self.picture], layout=widgets.Layout(flex="2.3 1 480px", min_width="0")
        )
        beside = widgets.HBox([answer, figure], layout=widgets.Layout(flex_flow="row wrap", grid_gap="22px"))
        changes = widgets.VBox([widgets.HTML("<h4>What changed</h4>"), self.changes])
        self.results = widgets.VBox([beside, changes])
        row = widgets.Layout(align_items="center", grid_gap="8px", overflow="visible")
        parts = {
            "parameters": grid,
            "status": widgets.HBox([self.status, self.cancel, self.reset], layout=row),
            "results": self.results,
            "answer": answer,
            "changes": changes,
            "figure": figure,
            "saving": widgets.VBox(
                [self.command, widgets.HBox([self.save, self.folder, self.saved], layout=row)]
            ),
        }
        for name, part in parts.items():
            part.add_class(f"spacesec-{name}")
        self.widget = widgets.VBox(
            [
                widgets.HTML(
                    f"<style>{STYLE.read_text(encoding='utf-8')}</style>",
                    layout=widgets.Layout(display="none"),
                ),
                *(parts[name] for name in ("parameters", "status", "results", "saving")),
            ],
            layout=widgets.Layout(grid_gap="10px", width="100%"),
        )
        self.widget.add_class("spacesec")

    # What the reader does.

    def _turned(self, _: Any = None) -> None:
        """A control or the choice of figure changed: refuse in a sentence, or order the answer."""
        with self.lock:
            self._order()
            self._settle()

    def _order(self) -> None:
        try:
            self.wanted, self.refusal, self.said = (
                self.model.of({control.name: control.value for control in self.controls}).plain(),
                "",
                "",
            )
        except ParameterError as error:
            self.refusal = str(error)
            return
        if self.ordered != Wanted(
            self.wanted, self.figure.value
        ):  # a slider that a browser moves to its nearest step asks for nothing new
            self.ordered, self.computing = Wanted(self.wanted, self.figure.value), 0.0
            self.computer.order(self.ordered)

    def _reset(self, _: widgets.Button) -> None:
        for control in self.controls:  # as one change, not one after the other
            control.widget.unobserve(self._turned, "value")
            control.value = self.defaults[control.name]
            control.widget.observe(self._turned, "value")
        self._turned()

    def _save(self, _: widgets.Button) -> None:
        self.saving = True
        self.saved.value = "Running the notebook …"
        self._settle()
        threading.Thread(target=self._keep, args=(self._changed(), self.folder.value), daemon=True).start()

    def _keep(self, changed: dict[str, Any], folder: str) -> None:
        target, failure = saving.save(self.question, changed, folder)
        with self.lock:
            self.saving = False
            self.saved.value = (
                f'<span class="refused">{html.escape(failure)}</span>'
                if failure
                else (
                    f"Saved in <code>{html.escape(str(target))}</code> with its record <code>run.json</code>."
                )
            )
            if not failure:
                self.folder.value = saving.free_folder(self.question)
            self._settle()

    # What the computer tells, in a thread of its own.

    def _told(self, kind: str, content: Any) -> None:
        with self.lock:
            if kind == "seconds":
                self.computing = content
            elif kind == "result":
                self.took, self.said = self.computing or 0.0, ""
                self._show(content)
                self.computing = None if self.ordered in (None, self.shown) else 0.0  # a newer order waits
            elif kind == "refused":
                self.said, self.computing, self.ordered = content, None, None
            self._settle()

    # What is shown.

    def _show(self, content: dict[str, Any]) -> None:
        """An answer with its results, and the figure where there is one."""
        self.shown = Wanted(content["parameters"], content["figure"])
        self.answer.outputs = (_markdown(content["answer"]),)
        self.changes.outputs = (_markdown(self._comparison(content["results"])),)
        if "png" in content:
            picture = base64.b64encode(content["png"]).decode()
            self.picture.value = (
                f'<figure><img alt="{html.escape(content["alt"])}" src="data:image/png;base64,{picture}"'
                ' decoding="sync">'
                f"<figcaption>{html.escape(content['caption'])}</figcaption></figure>"
            )

    def _settle(self) -> None:
        """Status, buttons and command as the state has them; what is shown is marked as old where it answers
        other parameters.
        """
        busy = self.computing is not None and self.shown != self.ordered
        slow = busy and self.computing > QUIET_SECONDS
        changed = self._changed()
        if self.refusal or (self.said and self.computing is None):
            words = f'<span class="refused">{html.escape(self.refusal or self.said)}</span>'
        elif slow:
            known = self.took > QUIET_SECONDS
            words = f"Computing, {self.computing:.0f} s" + (
                f' (the last answer took {self.took:.0f} s)<progress max="{self.took:.0f}"'
                f' value="{self.computing:.0f}"></progress>'
                if known
                else "<progress></progress>"
            )
        elif changed:
            words = "Changed: " + html.escape(
                "; ".join(
                    f"{name} {answers.shown(self.defaults[name])} → {answers.shown(value)}"
                    for name, value in changed.items()
                )
            )
        else:
            words = "All parameters are at their defaults."
        old = bool(self.refusal) or (self.shown.parameters != self.wanted and (slow or not busy))
        self.cancel.disabled, self.save.disabled = not busy, self.saving or bool(self.refusal)
        self.status.value = (
            f'<span role="status">{words}'
            + (" <em>Below: the last answer, to other parameters.</em>" if old else "")
            + "</span>"
        )
        (self.results.add_class if old else self.results.remove_class)("spacesec-old")
        command = "" if self.refusal else html.escape(saving.papermill_command(self.question, changed))
        self.command.value = (
            '<div class="command"><input readonly aria-label="this run as a papermill command"'
            f' value="{command}"><button class="jupyter-button"'
            " onclick=\"this.previousElementSibling.select(); document.execCommand('copy');"
            " this.textContent = 'Copied'\">Copy as a papermill command</button></div>"
        )

    def _changed(self) -> dict[str, Any]:
        return {name: value for name, value in self.wanted.items() if value != self.defaults[name]}

    def _comparison(self, results: dict[str, dict]) -> str:
        """The results that are not the default run's, as a Markdown table."""
        if self.default_results is None:
            return f"There is no default run to compare with; `spacesec run {self.question}` makes one."
        before = self.default_results
        rows = [
            (
                result["meaning"],
                _short(before.get(name, {}).get("value")),
                _short(result["value"]),
                result["unit"],
            )
            for name, result in results.items()
            if result["value"] != before.get(name, {}).get("value")
        ]
        return (
            answers.Listing(("result", "default", "now", "unit"), rows)._repr_markdown_()
            if rows
            else f"None of the {len(results)} results differs from the default run's."
        )


def _markdown(text: str) -> dict[str, Any]:
    return {
        "output_type": "display_data",
        "metadata": {},
        "data": {"text/markdown": text, "text/plain": text},
    }


def _short(value: Any) -> str:
    words = answers.shown(value)
    return words if len(words) <= MOST_CHARACTERS else words[:MOST_CHARACTERS] + " …"
