"""A run and the one record it leaves: named results, figures, inputs and checks in ``run.json``."""

import contextlib
import copy
import hashlib
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from spacesec.answers import Answer, Check, Listing, Text, plain, shown
from spacesec.data import tables, vintage
from spacesec.errors import DataError, RunError
from spacesec.machine import files, paths
from spacesec.parameters import RUN_PARAMETERS
from spacesec.run.records import NAME, read
from spacesec.words import language
from spacesec.words.language import ENGLISH, UNIT, said

if TYPE_CHECKING:
    from spacesec.drawing.figures import Picture, Published

UNTRACKED = (".fingerprint",)  # what the cache notes beside a record: it goes with the run


@dataclass
class Run:
    """One run of a question's notebook; nothing is written before ``finish``, and then all of it at once."""

    question: ModuleType
    parameters: Any
    folder: Path | None
    namespace: Mapping[str, Any] = field(default_factory=dict)  # the notebook's variables
    begun: Mapping[str, Any] = field(default_factory=dict)  # what they asked for when the run began
    published: dict[str, "Published"] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)
    _answer: Answer | None = None

    @property
    def name(self) -> str:
        """``<theme>/<question>``, from the module's own name."""
        return "/".join(self.question.__name__.split(".")[-2:])

    @property
    def settings(self) -> Listing:
        """The parameters with their units and meaning, to show."""
        values = self.parameters.plain()
        rows = [
            (f"`{p['name']}`", values[p["name"]], self._text(p["unit"], UNIT), self._text(p["help"]))
            for p in self.parameters.describe()
        ]
        return Listing((said("parameter"), said("value"), said("unit"), said("meaning")), rows)

    def _text(self, english: str, context: str = "") -> str:
        return language.text(english, self.name, context)

    def answer(self) -> Answer:
        """The question's answer to the run's parameters; what was drawn of an earlier one counts no more.
        Raises RunError where the notebook's parameters are others by now.
        """
        self._refuse_changed()
        self._answer, self.published, self.checks = None, {}, []
        self._answer = vintage.shown(self.name, self.question.answer, self.parameters)
        return self._answer

    def _answered(self) -> Answer:
        if self._answer is None:
            raise RunError(f"{self.name}: the run has no answer yet; run the notebook from its top")
        return self._answer

    def _refuse_changed(self) -> None:
        """Raises RunError when the notebook's variables no longer ask for the run that was begun."""
        now = _asked(self.question, self.namespace)
        if changed := [name for name, value in self.begun.items() if now[name] != value]:
            raise RunError(
                f"{self.name}: {', '.join(changed)} changed after the run began; run the notebook from its"
                " top"
            )

    def _refuse_partial(self) -> None:
        """Raises RunError when the run is not the whole of what the question has for its answer."""
        self._refuse_changed()
        drawn = {made.drawn_by for made in self.published.values()}
        if lacking := [draw.__name__ for draw in self.question.FIGURES if draw.__name__ not in drawn]:
            raise RunError(
                f"{self.name}: figures of this answer are not drawn yet: {', '.join(lacking)}; run the"
                " notebook from its top"
            )
        if self.checks != _carried(self.question.checks(self._answered())):
            raise RunError(
                f"{self.name}: the checks of this answer are not made yet; run the notebook from its top"
            )

    @property
    def results(self) -> Listing:
        """The named results, to show."""
        rows = [
            (f"`{name}`", r.value, self._text(r.unit, UNIT), self._text(r.meaning))
            for name, r in self._answered().results.items()
        ]
        return Listing((said("result"), said("value"), said("unit"), said("meaning")), rows)

    def publish(self, picture: "Picture") -> "Published":
        """Draw a picture to its files' bytes and show it; ``finish`` puts the files in place. Raises RunError
        for a picture of another answer than the run's.
        """
        from spacesec.drawing import figures

        self._refuse_changed()
        if picture.answer is not self._answered():
            raise RunError(
                f"{self.name}: the figure {picture.name} shows an earlier answer; run the notebook from its"
                " top"
            )
        made = figures.publish(picture, self.name, self.parameters.plain(), paths.drawn())
        self.published[made.name] = made
        return made

    def check(self, checks: list[Check]) -> Listing:
        """Hold our values against published ones; raises RunError naming the first that is out of
        tolerance.
        """
        from spacesec.data import sources

        checks = _carried(checks)
        for check in checks:
            if not check.holds:
                raise RunError(
                    f"{check.what}: {shown(check.ours)} {check.unit} against the published"
                    f" {shown(check.published)} (tolerance {shown(check.tolerance)},"
                    f" {sources.short(check.source_id)}, {check.locator})"
                )
        self.checks = list(checks)
        rows = [
            (
                self._text(c.what),
                c.ours,
                c.published,
                c.tolerance,
                self._text(c.unit, UNIT),
                f"{sources.short(c.source_id)}, {language.place(c.locator)}",
            )
            for c in checks
        ]
        heads = said("check"), said("here"), said("published"), said("tolerance"), said("unit")
        return Listing((*heads, said("published in")), rows)

    def references(self) -> "Text":
        """The reference list of all that the published figures and the checks rest on."""
        from spacesec.data import sources

        cited = {identifier for made in self.published.values() for identifier in made.sources} | {
            check.source_id for check in self.checks
        }
        return Text(sources.references(cited))

    def explore(self) -> Any:
        """The panel that turns the parameters, in JupyterLab; one quiet sentence where nobody is there to
        turn them. The run must have its answer.
        """
        if not _read_by_someone():
            return Text(said("Run all cells in JupyterLab to turn the parameters here."))
        from spacesec.explore import panel

        return panel.show(self)

    def default_results(self) -> dict[str, dict] | None:
        """The named results of the default run: this run's if it is that, else those on record, if
        there are.
        """
        own = self.record()
        if own["parameters"] == self.question.Parameters.defaults():
            return own["results"]
        try:
            return {name: one.model_dump() for name, one in read(paths.figures() / self.name).results.items()}
        except DataError:
            return None

    def finish(self) -> "Text | None":
        """Write figures and record into the run's folder, whole or not at all; files there that no run made
        are kept. Raises RunError where the question has figures or checks that the run has not.

        A run with other parameters than the defaults writes only where ``output_dir`` says, and nothing
        without it.
        """
        if self.folder is None:
            return Text(
                said(
                    "Nothing was written: the parameters are not the defaults. Set `output_dir` to keep this"
                    " run."
                )
            )
        self._refuse_partial()
        contents = {
            f"{made.name}.{kind}": content
            for made in self.published.values()
            for kind, content in made.files.items()
        }
        contents[NAME] = (json.dumps(self.record(), ensure_ascii=False, indent=1) + "\n").encode("utf-8")
        gathered = paths.gathered()
        with files.staged(self.folder) if gathered is None else contextlib.nullcontext(gathered) as staged:
            try:
                for name, content in contents.items():
                    (staged / name).write_bytes(content)
            except OSError as error:
                raise RunError(
                    f"{self.name}: its outputs could not be written ({files.reason(error)}); what stood there"
                    " is unchanged"
                ) from None
            if gathered is None:
                with files.alone(self.folder):
                    place(staged, self.folder)
        if lacking := language.lacking():
            return Text(said("{count} texts have no translation yet and stay English.", count=len(lacking)))
        return None

    def record(self) -> dict[str, Any]:
        """The record as JSON holds it: no clock, no machine, nothing that two equal runs would tell
        differently.
        """
        answer = self._answered()
        return {
            "notebook": self.name,
            **({"language": language.in_force()} if language.in_force() != ENGLISH else {}),
            **({"as_known_on": vintage.in_force().isoformat()} if vintage.in_force() else {}),
            "question": self._text(self.question.QUESTION),
            "answer": answer.text,
            "told": list(answer.told),
            "parameters": self.parameters.plain(),
            "results": {
                name: {
                    "value": plain(r.value),
                    "unit": self._text(r.unit, UNIT),
                    "meaning": self._text(r.meaning),
                    "claims": list(r.claims),
                }
                for name, r in answer.results.items()
            },
            "checks": [
                {
                    **{k: plain(v) for k, v in vars(c).items()},
                    "what": self._text(c.what),
                    "unit": self._text(c.unit, UNIT),
                }
                for c in self.checks
            ],
            "figures": [made.entry() for made in self.published.values()],
            "inputs": tables.files_read(),
        }


def _carried(checks: list[Check]) -> list[Check]:
    """The checks that a run is held to: all of them, or as known on a day those that the rows then known
    carry.
    """
    return [check for check in checks if check.holds or vintage.in_force() is None]


def start(question: ModuleType, namespace: Mapping[str, Any]) -> Run:
    """Begin a notebook's run: read its parameters from the namespace (``globals()``), refuse bad ones, make
    sure the folder can be written.

    Raises ParameterError or RunError in one sentence.
    """
    _show_frames_as_listings()
    tables.forget_reads()
    vintage.use(namespace.get("as_known_on"))
    parameters = vintage.shown(question.__name__, question.Parameters.from_notebook, namespace)
    language.use(namespace.get("output_language") or ENGLISH)
    run = Run(question, parameters, None, namespace, _asked(question, namespace))
    given = namespace.get("output_dir")
    given = str(given) if type(given) is int else given  # a name of digits, as papermill reads it
    if not (given is None or isinstance(given, (str, Path))):
        raise RunError(
            f"output_dir = {given!r} is not possible: it takes a folder's name, or null for the question's"
            " own folder under figures/"
        )
    others = parameters.plain() != question.Parameters.defaults() or language.in_force() != ENGLISH
    if not given and (others or vintage.in_force()):
        return run  # a default folder holds the default run in English and nothing else
    run.folder = destination(given) if given else paths.outputs() / run.name
    files.staging_folder(run.folder).rmdir()
    return run


def _asked(question: ModuleType, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """What a notebook's variables ask for, as they stand: the question's parameters and the run's."""
    names = (*question.Parameters.model_fields, *RUN_PARAMETERS)
    return {name: copy.deepcopy(namespace.get(name)) for name in names}


def _show_frames_as_listings() -> None:
    """In a notebook pandas' tables are shown as every other table: as a Listing, the same wherever it is
    read.
    """
    if "ipykernel" not in sys.modules:
        return
    import pandas as pd
    from IPython import get_ipython

    if (shell := get_ipython()) is None:
        return
    shown_as = shell.display_formatter.formatters
    shown_as["text/html"].for_type(pd.DataFrame, lambda frame: None)
    shown_as["text/markdown"].for_type(pd.DataFrame, lambda frame: repr(Listing.of(frame)))
    shown_as["text/plain"].for_type(
        pd.DataFrame, lambda frame, printer, cycle: printer.text(repr(Listing.of(frame)))
    )


def destination(given: str | Path, marks: tuple[str, ...] = (NAME,)) -> Path:
    """The folder that ``output_dir`` means, links followed; raises RunError for one that a run may not fill.

    A folder that is not empty must hold one of the files ``marks``, which tell that a run filled it.
    """
    shown = str(given) if len(str(given)) <= 100 else f"{str(given)[:99]}…"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://?", str(given)):  # a path takes two slashes for one
        raise RunError(f"output_dir {shown} is an address; give a folder of this machine")
    try:
        folder = Path(given).expanduser().resolve()
        if folder.is_relative_to(paths.figures().resolve()):
            raise RunError(
                f"output_dir {shown} lies inside figures/, which holds the default runs; give another folder"
            )
        if folder.exists() and not folder.is_dir():
            raise RunError(f"output_dir {shown} is a file; give a folder")
        held = {path.name for path in folder.iterdir()} if folder.exists() else set()
        if held and held.isdisjoint(marks):
            raise RunError(
                f"output_dir {shown} holds other files; give a new or empty folder, or one that a run filled"
            )
    except RunError:
        raise
    except (
        OSError,
        RuntimeError,
        ValueError,
    ) as error:  # no such home, a loop of links, a name too long, no permission
        why = files.reason(error) if isinstance(error, OSError) else error
        raise RunError(f"output_dir {shown} is not possible ({why}); give another folder") from None
    return folder


def place(staged: Path, folder: Path, then: Callable[[], None] = lambda: None) -> None:
    """Put a run's files in the place of those of the run before, in one step; what else the folder holds
    stays. The caller holds off other processes.

    Where the files are the same the folder is not touched. ``then`` follows at once and is part of it. Raises
    RunError in one sentence; what stood there is then unchanged.
    """
    try:
        new = {path.name: path.read_bytes() for path in staged.iterdir()}
        own = _own(folder) if NAME in new else set()
        if new == {
            name: (folder / name).read_bytes()
            for name in {*own, *new}
            if (folder / name).is_file() and name not in UNTRACKED
        }:
            return then()
        files.keep_others(folder, staged, own)
    except OSError as error:
        raise RunError(
            f"{folder.name} could not be replaced ({files.reason(error)}); what stood there is unchanged"
        ) from None
    files.exchange(staged, folder, then)


def _read_by_someone() -> bool:
    """Whether a reader's notebook runs this cell: it names the cell in its request, as papermill, nbval and
    nbconvert do not.
    """
    if "ipykernel" not in sys.modules:
        return False
    from IPython import get_ipython

    shell = get_ipython()
    return hasattr(shell, "get_parent") and "cellId" in shell.get_parent().get("metadata", {})


def _own(folder: Path) -> set[str]:
    """The files in a folder that the run recorded there wrote, as it wrote them, and what goes with them;
    others are the reader's.
    """
    try:
        files_of = {name: digest for figure in read(folder).figures for name, digest in figure.files.items()}
    except DataError:
        files_of = {}
    own = {
        name
        for name, digest in files_of.items()
        if (folder / name).is_file()
        and "sha256:" + hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    }
    return own | {NAME, *UNTRACKED}
