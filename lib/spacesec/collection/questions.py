"""The questions of the collection: which there are, and their modules."""

import difflib
import importlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType

from spacesec import paths
from spacesec.errors import DataError, ParameterError

# Themes in the order in which a reader meets them, with the words for them.
THEMES = {"policy_evolution": "Policy evolution", "budgets": "Budgets", "missile_warning": "Missile warning",
          "regional_cooperation": "Regional cooperation", "space_systems": "Space systems"}


@dataclass(frozen=True)
class Question:
    """One notebook with its module; ``name`` is ``<theme>/<question>``."""

    name: str

    @property
    def theme(self) -> str:
        return self.name.split("/")[0]

    @property
    def notebook(self) -> Path:
        return paths.notebooks() / f"{self.name}.ipynb"

    @property
    def folder(self) -> Path:
        return paths.figures() / self.name

    @cached_property
    def module(self) -> ModuleType:
        return importlib.import_module("spacesec." + self.name.replace("/", "."))

    @property
    def title(self) -> str:
        return self.module.QUESTION

    @property
    def reads_records(self) -> bool:
        """Whether its answer rests on other questions' records, so that it runs after them; read off the source, since importing is slow."""
        source = Path(__file__).resolve().parents[1] / f"{self.name}.py"
        return source.is_file() and "\nREADS_RECORDS = True" in source.read_text(encoding="utf-8")

    def stored(self) -> dict:
        """The notebook as JSON; raises DataError when it does not read as one."""
        try:
            return json.loads(self.notebook.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise DataError(f"notebooks/{self.name}.ipynb does not read as a notebook ({error}); restore it from the repository") from None


def all_questions() -> list[Question]:
    """Every notebook under a theme's folder, in the order of the themes."""
    found = [path.relative_to(paths.notebooks()).with_suffix("").as_posix() for theme in THEMES for path in sorted((paths.notebooks() / theme).glob("*.ipynb"))]
    return [Question(name) for name in found]


def named(names: list[str]) -> list[Question]:
    """The questions with these names, all when none is given; raises ParameterError for a name that is no notebook of the collection."""
    known = {question.name: question for question in all_questions()}
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.4)
            raise ParameterError(f"there is no question {name!r}; " + (f"did you mean {near[0]}?" if near else "`spacesec list` shows them all."))
    return [known[name] for name in dict.fromkeys(names)] if names else list(known.values())
