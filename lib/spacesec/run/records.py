"""The record of a run as ``run.json`` holds it, typed: what other rooms read of it has a name and a kind."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.machine import files, paths, untrusted
from spacesec.words.language import ENGLISH

NAME = "run.json"


def _file_name(name: str) -> str:
    if "/" in untrusted.relative(name) or name.startswith("."):
        raise ValueError("it is not the name of a file in this folder")
    return name


def _input(name: str) -> str:
    if untrusted.relative(name.split("#")[0]).split("/")[0] not in ("data", "figures"):
        raise ValueError("it is no file under data/ or figures/")
    return name


FileName = Annotated[str, AfterValidator(_file_name)]
Input = Annotated[str, AfterValidator(_input)]


class Kept(BaseModel):
    """Base of all parts: nothing is guessed or turned into another kind; further entries stay and are not
    read.
    """

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class KeptResult(Kept):
    """A named result: its value as JSON holds it, its unit, its meaning in one line, the claims it bears
    on.
    """

    value: Any
    unit: str
    meaning: str
    claims: list[str]


class KeptCheck(Kept):
    """A published value beside ours, in the same unit."""

    what: str
    ours: float | None
    published: float | None
    tolerance: float | None
    unit: str
    source_id: str
    locator: str


class KeptFigure(Kept):
    """A figure: its words, what told them (`spacesec.words.sentences`), its sources, its files with their
    SHA-256.
    """

    name: FileName
    title: str
    caption: str
    alt: str
    subtitle: str = ""
    note: str = ""
    until: str = ""
    told: dict[str, dict] = Field(default_factory=dict)
    sources: list[str]
    files: dict[FileName, str]


class Record(Kept):
    """One run: parameters, answer, results, checks, figures, and the SHA-256 of every input it read."""

    notebook: str
    language: str = ENGLISH
    as_known_on: str = ""
    question: str
    answer: str
    told: list[dict] = Field(default_factory=list)
    parameters: dict[str, Any]
    results: dict[str, KeptResult]
    checks: list[KeptCheck]
    figures: list[KeptFigure]
    inputs: dict[Input, str]


def read(folder: Path) -> Record:
    """The record in a run's folder, its shape checked, and that the files it names lie in the folder; raises
    DataError when it is missing or broken.
    """
    path = folder / NAME
    shown = f"{folder.parent.name}/{folder.name}/{NAME}"
    try:
        found = Record.model_validate(untrusted.parse(path.read_bytes()))
        for figure in found.figures:
            for name in figure.files:
                if not name.startswith(f"{figure.name}."):
                    raise ValueError(f"the figure {figure.name} has the file {name}")
                untrusted.below(folder, name)
        return found
    except FileNotFoundError:
        raise DataError(f"{folder.name} has no {NAME}; run the question first") from None
    except OSError as error:
        raise DataError(
            f"{shown} cannot be read ({files.reason(error)}); mend its permissions or run the question again"
            " (spacesec run)"
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        reason = (
            f"{'.'.join(map(str, first['loc'])) or 'the whole'}: {first['msg'][0].lower()}{first['msg'][1:]}"
        )
        raise DataError(f"{shown} is broken ({reason}); run the question again (spacesec run)") from None
    except ValueError as error:
        raise DataError(f"{shown} is broken ({error}); run the question again (spacesec run)") from None


def recorded(name: str) -> Record:
    """The record of another question's default run; a run that asks for it rests on its results. Raises
    DataError as `read` does.
    """
    found = read(paths.figures() / name)
    tables.note_results(name)
    return found
