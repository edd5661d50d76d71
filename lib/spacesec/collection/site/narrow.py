"""The lead figures as a phone shows them, drawn for the site alone and kept under ``build/`` as long as
nothing they rest on has changed.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from spacesec.collection import cache, processes
from spacesec.collection.questions import LIBRARY, Question
from spacesec.machine import files, paths
from spacesec.run import records
from spacesec.words.language import ERRORS, LANGUAGES, domains, in_force, path_of, speaking

MEDIA = "screen and (max-width: 480px)"
FOLDER = "build/phone"
NOTE = ".txt"  # beside a drawing: what it rests on and, line by line, what its layout lacks
OWN = tuple(LIBRARY / "drawing" / f"{one}.py" for one in ("phone", "settling", "layout", "svg"))


def file(question: Question) -> Path:
    """Where the drawing lies that a phone shows of a question, in the language in force."""
    return _path(question.name, in_force())


def draw(questions: Iterable[Question]) -> None:
    """Draw what is missing or no longer what it would be; a question is answered once for all languages."""
    stale = {}
    for question in questions:
        rests = _rests_on(question)
        if any(_noted(_path(question.name, language)) != rests for language in LANGUAGES):
            stale[question.name] = (question.name, rests)
    for _ in processes.each(_draw, stale, os.cpu_count() or 1):
        pass


def _draw(name: str, rests: str) -> None:
    from spacesec.drawing import layout, phone

    question = Question(name)
    lead = records.read(question.folder).figures[0].name
    parameters = question.module.Parameters.of({})
    answer = question.module.answer(parameters)
    for language in LANGUAGES:
        with speaking(language):
            drawn = next(phone.draw(one, answer) for one in question.module.FIGURES if one.__name__ == lead)
            path = _path(name, language)
            path.parent.mkdir(parents=True, exist_ok=True)
            files.write_bytes(path, phone.drawing(drawn, {"Title": drawn.title, "Description": drawn.alt}))
            files.write_text(path.with_suffix(NOTE), "\n".join([rests, *layout.clashes(drawn.figure)]))


def _path(name: str, language: str) -> Path:
    return paths.root() / FOLDER / language / f"{name}.svg"


def _noted(path: Path) -> str:
    """What the drawing rested on when it was made; empty where there is none."""
    note = path.with_suffix(NOTE)
    return note.read_text(encoding="utf-8").split("\n")[0] if path.is_file() and note.is_file() else ""


def _rests_on(question: Question) -> str:
    """Digest of code, data and catalogs behind a question's narrow drawings."""
    told = [path_of(language, one) for language in LANGUAGES for one in (*domains(question.name), ERRORS)]
    held = [path.read_bytes() for path in (*OWN, *told) if path.is_file()]
    lead = records.read(question.folder).figures[0].name
    parts = [cache.fingerprint(question), lead, *(hashlib.sha256(content).hexdigest() for content in held)]
    return hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()
