"""What has not changed is not run again.

A question's fingerprint covers its notebook's code cells, every file of the library that its code can reach,
the style and fonts, the locked packages and the Python that runs them. It stands untracked beside the record
of the run it belongs to, with a digest of the stored outputs and of that record, which names the data that
the run read. Prose is in neither: editing it reruns nothing. In another language, where the run tells the
prose too, the fingerprint also covers prose and catalogues.
"""

import hashlib
import json
import re
import sys
from functools import lru_cache
from pathlib import Path

from spacesec.collection.questions import LIBRARY, Question
from spacesec.collection.verification import bound, follows, present
from spacesec.machine import files, paths
from spacesec.run import record, records
from spacesec.words.language import ENGLISH, ERRORS, domains, path_of

(NAME,) = record.UNTRACKED
PANEL = LIBRARY / "explore"
FRONT = LIBRARY / "__init__.py"  # what it offers is loaded when it is asked for, and no notebook asks
_IMPORT = re.compile(
    r"^\s*(?:from\s+(spacesec[\w.]*)\s+import\s+(\([^)]*\)|[^\n#]+)|import\s+(spacesec[\w.]*))", re.MULTILINE
)


def fresh(question: Question) -> bool:
    """Whether the stored notebook, figures and record are what a default run would give now."""
    try:
        stored = (question.folder / NAME).read_bytes()
    except OSError:
        return False
    return stored == _content(question).encode() and follows(question)


def remember(question: Question) -> None:
    """Note the fingerprint of a default run that just succeeded."""
    files.write_text(question.folder / NAME, _content(question))


def reachable(question: Question) -> list[Path]:
    """Every library file that the notebook's code imports, directly or through others, wherever in a file the
    import stands; but for the panel's, since what the panel looks like makes no stored run stale.
    """
    todo = _imported("\n".join(_cells(question, "code")))
    found: set[Path] = set()
    while todo:
        path = todo.pop()
        if path not in found and path != FRONT and PANEL not in path.parents:
            found.add(path)
            todo |= _imports_of(path, path.stat().st_mtime_ns)
    return sorted(found)


def fingerprint(question: Question) -> str:
    """Digest of what the question's answer rests on besides its parameters: the code it can reach, packages,
    and the data it last read.
    """
    inputs = sorted({name for name in records.read(question.folder).inputs})
    parts = [_library(question), [[name, present(name)] for name in inputs], sys.version]
    return hashlib.sha256(json.dumps(parts).encode("utf-8")).hexdigest()


def _library(question: Question) -> dict[str, str]:
    return {
        path.relative_to(LIBRARY).as_posix(): _digest(path, path.stat().st_mtime_ns)
        for path in (*reachable(question), *_assets())
    }


def _content(question: Question) -> str:
    lock = paths.root() / "requirements.lock"
    own = question.told_in(ENGLISH)  # what is run
    parts = {
        "code": _cells(own, "code"),
        "library": _library(own),
        "python": sys.version,
        "lock": _digest(lock, lock.stat().st_mtime_ns) if lock.is_file() else None,
    }
    if question.language != ENGLISH:
        parts["told"] = _told(own, question.language)
    rests_on = hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8")).hexdigest()
    return f"{rests_on}\n{bound(question.stored(), question.folder)}\n"


def _cells(question: Question, kind: str) -> list[str]:
    return ["".join(cell["source"]) for cell in question.stored()["cells"] if cell["cell_type"] == kind]


def _told(question: Question, into: str) -> list[str]:
    """What a run in another language tells besides: its prose, and the catalogues that it looks into."""
    return [*_cells(question, "markdown"), *catalogues(question, into)]


def catalogues(question: Question, into: str) -> list[str]:
    """Digests of the catalogues that a question's words in another language are looked for in."""
    found = [path_of(into, domain) for domain in (*domains(question.name), ERRORS)]
    return [_digest(path, path.stat().st_mtime_ns) for path in found if path.is_file()]


def _assets() -> list[Path]:
    return sorted(path for path in (LIBRARY / "assets").rglob("*") if path.is_file())


@lru_cache(maxsize=1024)
def _imports_of(path: Path, stamp: int) -> set[Path]:
    return _imported(path.read_text(encoding="utf-8"))


def _imported(source: str) -> set[Path]:
    """Files of the modules named in import statements; a package counts with its ``__init__``."""
    found = set()
    for module, names, whole in _IMPORT.findall(source):
        dotted = (
            [whole or module]
            if whole
            else [
                module,
                *(
                    f"{module}.{name.split(' as ')[0].strip(' ()')}"
                    for name in names.replace("\n", " ").split(",")
                ),
            ]
        )
        found.update(*map(_files_of, dotted))
    return found


@lru_cache(maxsize=4096)
def _files_of(module: str) -> tuple[Path, ...]:
    place = LIBRARY.joinpath(*module.split(".")[1:])
    return tuple(path for path in (place.with_suffix(".py"), place / "__init__.py") if path.is_file())


@lru_cache(maxsize=1024)
def _digest(path: Path, stamp: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
