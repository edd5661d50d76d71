"""Do the files under ``figures/`` still follow from what the collection holds?"""

import base64
import binascii
import contextlib
import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from spacesec.collection.questions import Question, all_questions, stored_notebooks
from spacesec.data import tables, validation
from spacesec.errors import DataError, SpacesecError
from spacesec.machine import paths, untrusted
from spacesec.run import records
from spacesec.words.sentences import Context, retold

_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{64}")


def problems() -> list[str]:
    """One sentence for each file that is missing, edited by hand, stale or owned by no question; empty when
    all follow.
    """
    questions = all_questions()
    faults = [
        fault
        for question in questions
        for fault in (
            *_figures(question),
            *_bound(question),
            *_parameters(question),
            *_notebook(question),
            *sentences(question).faults,
        )
    ]
    faults += filter(None, (notebook.stranger() for notebook in stored_notebooks()))
    owned = {question.folder for question in questions}
    for path in sorted(paths.figures().rglob("*")):
        name = path.relative_to(paths.figures())
        if (
            path.is_file()
            and path.parent not in owned
            and not any(part.startswith(".") for part in name.parts)
        ):
            faults.append(f"figures/{name.as_posix()} belongs to no question; remove it")
    return faults


def tables_problems() -> list[str]:
    """One sentence for each fault of the tables, the sources, the conflicts and the claims' rules."""
    from spacesec.collection import lead
    from spacesec.policy_evolution import claims

    faults = validation.check()
    if not faults and "policy_evolution/claims" in tables.names():
        faults = [*claims.model.problems(), *lead.problems()]
    return faults


def follows(question: Question) -> bool:
    """Whether one question's notebook, record and figures are those of one run, and its inputs the ones that
    run read; cheap, no library of the theme is loaded.
    """
    return not (_figures(question) or _bound(question))


def bound(notebook: dict, folder: Path) -> str:
    """The digest of a run: of what a notebook shows (as its file has it) and of the record in a folder."""
    shown = json.dumps([cell.get("outputs") for cell in notebook["cells"]], sort_keys=True)
    record = (folder / records.NAME).read_bytes()
    return "sha256:" + hashlib.sha256(shown.encode("utf-8") + record).hexdigest()


def _figures(question: Question) -> list[str]:
    try:
        found = records.read(question.folder)
    except SpacesecError as error:
        return [f"{question.name}: {error}"]
    shown = f"figures/{question.name}"
    again = f"run `spacesec run {question.name}`"
    listed = {name: digest for figure in found.figures for name, digest in figure.files.items()}
    faults = []
    for name, digest in listed.items():
        path = question.folder / name
        if not path.is_file():
            faults.append(f"{shown}/{name} is missing; {again}")
        elif tables.digest(path) != digest:
            faults.append(f"{shown}/{name} is not the file the run wrote (edited or replaced); {again}")
    faults += [
        f"{shown}/{path.name} is listed in no record; remove it"
        for path in sorted(question.folder.iterdir())
        if path.name not in {*listed, records.NAME}
        and path != question.notebook
        and not path.name.startswith(".")
    ]
    for name, digest in found.inputs.items():
        if present(name) != digest:
            faults.append(f"{shown} is stale: {name} changed since the run; {again}")
            break
    return faults


def _bound(question: Question) -> list[str]:
    stored = question.stored()
    with contextlib.suppress(OSError):  # no record: told already
        if stored["metadata"].get("spacesec", {}).get("run") != bound(stored, question.folder):
            return [
                f"notebooks/{question.name}.ipynb and figures/{question.name}/{records.NAME} are not of one"
                f" run, or were edited since; run `spacesec run {question.name}`"
            ]
    return []


def _parameters(question: Question) -> list[str]:
    faults = []
    try:
        question.refuse_edited()
    except SpacesecError as error:
        faults.append(str(error))
    with contextlib.suppress(SpacesecError):
        if records.read(question.folder).parameters != question.module.Parameters.defaults():
            faults.append(
                f"figures/{question.name}/{records.NAME} holds other parameters than the question's defaults;"
                f" run `spacesec run {question.name}`"
            )
    return faults


WORDS = ("title", "subtitle", "caption", "alt", "note")  # of a figure: each is told by a record


@dataclass
class Retold:
    """How many sentences of a question, and values in them, were evaluated again, and what did not hold."""

    sentences: int = 0
    values: int = 0
    faults: list[str] = field(default_factory=list)


def sentences(question: Question) -> Retold:
    """Evaluate every sentence of a question's record again from the record's results and parameters and from
    the CSV files beside it: the answer's paragraphs, and each figure's title, subtitle, caption, alternative
    text and note.
    """
    found = Retold()
    with contextlib.suppress(SpacesecError):  # a broken record is told already
        kept = records.read(question.folder)
        results = {name: one.value for name, one in kept.results.items()}
        where = f"figures/{question.name}"
        told_in = {"language": kept.language, "domain": kept.notebook}
        context = Context(results, kept.parameters, **told_in)
        parts = [(f"{where}: the answer", told, None, context) for told in kept.told]
        if "\n\n".join(told.get("shown", "") for told in kept.told) != kept.answer:
            found.faults.append(f"{where}: the answer is not what its sentences say")
        for figure in kept.figures:
            path = question.folder / f"{figure.name}.csv"
            table = path.read_bytes() if path.is_file() else None
            drawn = Context(results, kept.parameters, table, **told_in)
            untold = [part for part in WORDS if getattr(figure, part) and part not in figure.told]
            found.faults += [
                f"{where}/{figure.name}: nothing tells where the {part} comes from" for part in untold
            ]
            for part, told in figure.told.items():
                parts.append((f"{where}/{figure.name}: the {part}", told, getattr(figure, part, None), drawn))
        for place, told, text, context in parts:
            found.sentences += 1
            found.values += _values(told)
            try:
                again = retold(told, context)
            except (ValueError, KeyError, IndexError, TypeError) as error:
                found.faults.append(f"{place} does not hold: {error}; run `spacesec run {question.name}`")
                continue
            if again != told.get("shown") or text not in (None, again):
                found.faults.append(
                    f"{place} says {text or told.get('shown')!r} where the files give {again!r}; run"
                    f" `spacesec run {question.name}`"
                )
    return found


def _values(told: dict) -> int:
    inner = [*told.get("values", {}).values(), *told.get("parts", [])]
    return int("value" in told) + sum(_values(one) for one in inner)


def present(name: str) -> str | None:
    """The digest that an input has now; None when its file is gone."""
    try:
        path = untrusted.below(paths.root(), name.split("#")[0])
    except ValueError as error:
        raise DataError(
            f"an input of a run is {error}; restore the file, or run the question again"
        ) from None
    if not path.is_file():
        return None
    return tables.part_digest(name.removeprefix("data/")) if "#" in name else tables.digest(path)


def _notebook(question: Question) -> list[str]:
    """The pictures stored in the notebook are those its text names, and its answer is the record's."""
    again = f"run `spacesec run {question.name}`"
    faults, told = [], set()
    for cell in question.stored()["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            told.add("".join(data.get("text/markdown", "")))
            if "image/png" not in data:
                continue
            named = _FINGERPRINT.search("".join(data.get("text/plain", "")))
            if named is None or named.group() != _drawn("".join(data["image/png"])):
                faults.append(
                    f"notebooks/{question.name}.ipynb stores a picture that its run did not draw; {again}"
                )
    with contextlib.suppress(SpacesecError):  # a broken record is told already
        if records.read(question.folder).answer not in told:
            faults.append(
                f"notebooks/{question.name}.ipynb stores another answer than"
                f" figures/{question.name}/{records.NAME}; {again}"
            )
    return faults


def _drawn(picture: str) -> str | None:
    try:
        return "sha256:" + hashlib.sha256(base64.b64decode(picture)).hexdigest()
    except (binascii.Error, ValueError):
        return None
