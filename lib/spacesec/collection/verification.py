"""Do the files under ``figures/`` still follow from what the collection holds?"""

import base64
import binascii
import contextlib
import hashlib
import re

from spacesec.collection.questions import Question, all_questions, stored_notebooks
from spacesec.data import tables, validation
from spacesec.errors import DataError, SpacesecError
from spacesec.machine import paths, untrusted
from spacesec.run import record

_FINGERPRINT = re.compile(r"sha256:[0-9a-f]{64}")


def problems() -> list[str]:
    """One sentence for each file that is missing, edited by hand, stale or owned by no question; empty when
    all follow.
    """
    questions = all_questions()
    faults = [
        fault
        for question in questions
        for fault in (*_figures(question), *_parameters(question), *_notebook(question))
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
    from spacesec.policy_evolution import claims

    faults = validation.check()
    if not faults and "policy_evolution/claims" in tables.names():
        faults = claims.model.problems()
    return faults


def follows(question: Question) -> bool:
    """Whether one question's figures are the ones its record lists, and its inputs the ones the run read;
    cheap, no library of the theme is loaded.
    """
    return not _figures(question)


def _figures(question: Question) -> list[str]:
    try:
        found = record.read(question.folder)
    except SpacesecError as error:
        return [f"{question.name}: {error}"]
    shown = f"figures/{question.name}"
    again = f"run `spacesec run {question.name}`"
    listed = {name: digest for figure in found["figures"] for name, digest in figure["files"].items()}
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
        if path.name not in {*listed, record.NAME} and not path.name.startswith(".")
    ]
    for name, digest in found["inputs"].items():
        if present(name) != digest:
            faults.append(f"{shown} is stale: {name} changed since the run; {again}")
            break
    return faults


def _parameters(question: Question) -> list[str]:
    with contextlib.suppress(SpacesecError):
        if record.read(question.folder)["parameters"] != question.module.Parameters.defaults():
            return [
                f"figures/{question.name}/{record.NAME} holds other parameters than the question's defaults;"
                f" run `spacesec run {question.name}`"
            ]
    return []


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
        if record.read(question.folder)["answer"] not in told:
            faults.append(
                f"notebooks/{question.name}.ipynb stores another answer than"
                f" figures/{question.name}/{record.NAME}; {again}"
            )
    return faults


def _drawn(picture: str) -> str | None:
    try:
        return "sha256:" + hashlib.sha256(base64.b64decode(picture)).hexdigest()
    except (binascii.Error, ValueError):
        return None
