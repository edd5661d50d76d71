"""The questions of the collection: which there are, and their modules."""

import ast
import difflib
import importlib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any

from spacesec.errors import DataError, ParameterError, RunError, did_you_mean
from spacesec.machine import files, paths, untrusted
from spacesec.parameters import RUN_PARAMETERS
from spacesec.words.language import ENGLISH

# Themes in the order in which a reader meets them, with the words for them.
THEMES = {
    "policy_evolution": "Policy evolution",
    "budgets": "Budgets",
    "missile_warning": "Missile warning",
    "regional_cooperation": "Regional cooperation",
    "space_systems": "Space systems",
}
LIBRARY = Path(__file__).resolve().parents[1]
_TEXT = (str, [str])
# As far as the collection reads a notebook itself. Which kernel it names means nothing: it runs in ours.
SHAPE = {
    "nbformat": untrusted.exactly(4),
    "metadata": {"spacesec?": {"run": str}},
    "cells": [
        {
            "cell_type": str,
            "source": _TEXT,
            "metadata": {"tags?": [str]},
            "outputs?": [
                {
                    "output_type": str,
                    "data?": {"text/plain?": _TEXT, "text/markdown?": _TEXT, "image/png?": _TEXT},
                }
            ],
        }
    ],
}


# What JupyterLab would put into a notebook when it opens one, with a version that no machine's Python moves:
# the kernels of `spacesec lab` say the same, so that nothing is left to save.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {
        "codemirror_mode": {"name": "ipython", "version": 3},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": "3",
    },
}


@dataclass(frozen=True)
class Question:
    """One notebook with its module; ``name`` is ``<theme>/<question>``. In another language than English it
    is what the default run in that language left.
    """

    name: str
    language: str = ENGLISH

    @property
    def theme(self) -> str:
        return self.name.split("/")[0]

    @property
    def notebook(self) -> Path:
        if self.language != ENGLISH:
            return self.folder / f"{self.name.split('/')[1]}.ipynb"
        return paths.notebooks() / f"{self.name}.ipynb"

    @property
    def folder(self) -> Path:
        home = paths.figures() if self.language == ENGLISH else paths.told_in(self.language)
        return home / self.name

    @cached_property
    def module(self) -> ModuleType:
        return importlib.import_module("spacesec." + self.name.replace("/", "."))

    def told_in(self, language: str) -> "Question":
        return Question(self.name, language)

    @property
    def title(self) -> str:
        """The question in words."""
        return self._said["QUESTION"]

    @property
    def reads_records(self) -> bool:
        """Whether its answer rests on other questions' records, so that it runs after them."""
        return self._said.get("READS_RECORDS", False)

    @cached_property
    def _said(self) -> dict[str, Any]:
        """The values that its module gives names to; read off the source, since importing is slow."""
        return {
            one.targets[0].id: ast.literal_eval(one.value)
            for one in ast.parse(self._source()).body
            if isinstance(one, ast.Assign)
            and isinstance(one.targets[0], ast.Name)
            and isinstance(one.value, ast.Constant)
        }

    def stored(self) -> dict:
        """The notebook as JSON, to be read alone; raises DataError when it does not read as one."""
        try:
            return _notebook(self.notebook.read_bytes())
        except OSError as error:
            raise DataError(
                f"notebooks/{self.name}.ipynb cannot be read ({files.reason(error)}); restore it or mend its"
                " permissions"
            ) from None
        except ValueError as error:
            raise DataError(
                f"notebooks/{self.name}.ipynb does not read as a notebook ({error}); restore it from the"
                " repository"
            ) from None

    def refuse_edited(self) -> None:
        """Raises RunError when the notebook's own parameters are not the question's defaults: what is asked
        for would not be what runs.
        """
        shown = f"notebooks/{self.name}.ipynb"
        if self._tagged("injected-parameters"):
            raise RunError(
                f"{shown} holds parameters that papermill wrote into it; delete its cell tagged"
                " injected-parameters"
            )
        if len(cells := self._tagged("parameters")) != 1:
            raise RunError(
                f"{shown} must have exactly one cell tagged parameters; tag the cell that holds the defaults."
            )
        model = self.module.Parameters
        try:
            held = untrusted.assignments("".join(cells[0]["source"]))
            run = {name: held.pop(name, None) for name in RUN_PARAMETERS}
            own, defaults = model.of(held).plain() | run, model.defaults() | dict.fromkeys(run)
        except ValueError as error:
            raise RunError(
                f"the parameter cell of {shown} does not hold the question's defaults ({error}); restore it"
                " from the repository"
            ) from None
        for name, value in defaults.items():
            if own[name] != value:
                raise RunError(
                    f"the parameter cell of {shown} has {name} = {own[name]!r}, and the question's default is"
                    f" {value!r}; put that back, and give another value with -p and --output-dir"
                )

    def _tagged(self, tag: str) -> list[dict]:
        return [cell for cell in self.stored()["cells"] if tag in cell["metadata"].get("tags", [])]

    def stranger(self) -> str:
        """Why this notebook is none of the collection's, as a sentence; empty when it is one.

        Its name must be the name of a question's module, so that no name leads to another file, and it must
        be a file of its own under ``notebooks/``.
        """
        shown = f"notebooks/{self.name}.ipynb"
        if (
            not all(part.isidentifier() for part in self.name.split("/"))
            or "\nQUESTION = " not in self._source()
        ):
            return (
                f"{shown} belongs to no question, since lib/spacesec/{self.name}.py is none; write its"
                " module, or keep the notebook elsewhere"
            )
        try:
            untrusted.below(paths.notebooks(), f"{self.name}.ipynb")
        except ValueError:
            return f"{shown} is a link out of notebooks/; put the notebook itself there"
        return ""

    def _source(self) -> str:
        path = LIBRARY / self.name / "__init__.py"
        return path.read_text(encoding="utf-8") if path.is_file() else ""


@lru_cache(maxsize=4)  # one question's is asked for several times on end
def _notebook(content: bytes) -> dict:
    return untrusted.shaped(untrusted.parse(content), SHAPE)


def stored_notebooks() -> list[Question]:
    """Every notebook under a theme's folder, in the order of the themes, whether it is a question's
    or not.
    """
    found = [
        path.relative_to(paths.notebooks()).with_suffix("").as_posix()
        for theme in THEMES
        for path in sorted((paths.notebooks() / theme).glob("*.ipynb"))
    ]
    return [Question(name) for name in found]


def all_questions() -> list[Question]:
    """Every question with its notebook, in the order of the themes. Other notebooks that lie there are none:
    nothing runs or shows them.
    """
    return [question for question in stored_notebooks() if not question.stranger()]


def named(names: list[str]) -> list[Question]:
    """The questions with these names, all when none is given; raises ParameterError for a name that is no
    notebook of the collection.
    """
    known = {question.name: question for question in all_questions()}
    strangers = {
        question.name: question.stranger() for question in stored_notebooks() if question.name in names
    }
    for name in names:
        if strangers.get(name):
            raise ParameterError(strangers[name])
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            hint = did_you_mean(near, "`spacesec list` shows them all.")
            raise ParameterError(f"there is no question {name!r}; {hint}")
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())
