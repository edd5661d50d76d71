"""The points of a question's knobs: for each combination what the question's own functions answer, say and
draw, in every language, or the sentence that refuses it.

A point is computed by ``Parameters``, ``answer`` and the lead figure's function, as a run of the notebook
computes it. Computed points lie under ``build/turned``, with a digest of the code and the data that each was
made from; what has not changed is not computed again.
"""

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

from spacesec import answers
from spacesec.collection import cache, knobs, processes
from spacesec.collection.questions import Question
from spacesec.collection.verification import present
from spacesec.errors import RunError, SpacesecError
from spacesec.machine import files, paths, untrusted
from spacesec.words import language
from spacesec.words.language import LANGUAGES

KEPT = "build/turned"
_POINT = {"refused?": str, "answer?": str, "results?": {str: dict}, "figure?": {str: str}}
_SHAPE = {"code": str, "inputs": {str: str}, "points": {str: {str: _POINT}}}

# Language -> what is told there: `refused`, or `answer`, `results` and `figure` (title, caption, alt, svg).
Point = dict[str, dict[str, Any]]


def of(
    questions: list[Question], jobs: int, report: Callable[[str, int, int, int], None]
) -> dict[str, dict[str, Point]]:
    """Question -> key of a combination -> its point; what is not held yet is computed in processes.

    A point that fails otherwise than by a refusal is left out: its page does not hold it.
    """
    held = {question.name: _held(question) for question in questions}
    todo = {name: _wanted(Question(name)) for name, points in held.items() if points is None}
    order = sorted(todo, key=lambda name: -_cost(name, todo[name]))  # the longest first
    tasks = {name: (name, todo[name]) for name in order}
    try:
        for done, (name, made) in enumerate(processes.each(_computed, tasks, jobs) if tasks else ()):
            held[name] = made["points"]
            _keep(Question(name), made)
            report(name, len(todo[name]) - len(made["points"]), done + 1, len(tasks))
    except BrokenProcessPool:
        raise RunError(
            "a process of the site was killed from outside; build it again, finished questions are kept"
        ) from None
    return {name: points for name, points in held.items() if points}


def key(places: tuple[int, ...]) -> str:
    """The name of a combination: the places of its values."""
    return ",".join(map(str, places))


def point(question: Question, values: Mapping[str, Any]) -> Point:
    """What the question tells with these parameters, in every language."""
    module = question.module
    try:
        parameters = module.Parameters.of(values)
        answer = module.answer(parameters)
    except SpacesecError as refusal:
        return {spoken: _refused(refusal, spoken) for spoken in LANGUAGES}
    told = {}
    for spoken in LANGUAGES:
        with language.speaking(spoken):
            told[spoken] = _told(question, module.answer.tell(answer, parameters))
    return told


def _refused(refusal: SpacesecError, spoken: str) -> dict[str, Any]:
    """The sentence that the command would print."""
    with language.speaking(spoken):
        return {"refused": language.error(str(refusal))}


def _told(question: Question, answer: answers.Answer) -> dict[str, Any]:
    from spacesec.drawing import figures

    picture = question.module.FIGURES[0](answer)
    return {
        "answer": answer.text,
        "results": {
            name: {
                "shown": _shown(one),
                "unit": language.text(one.unit, question.name, language.UNIT),
                "meaning": language.text(one.meaning, question.name),
            }
            for name, one in answer.results.items()
        },
        "figure": {
            "title": picture.title,
            "caption": picture.caption,
            "alt": picture.alt,
            "svg": figures.vector(picture),
        },
    }


def _shown(result: answers.Result) -> str:
    """A value as a page shows it: years without commas."""
    value = answers.plain(result.value)
    year = isinstance(value, int) and not isinstance(value, bool) and "year" in result.unit
    return str(value) if year else answers.shown(value)


def _wanted(question: Question) -> dict[str, dict[str, Any]]:
    return {key(places): values for places, values in knobs.combinations(knobs.of(question))}


def _cost(name: str, wanted: Mapping[str, Any]) -> float:
    pace = knobs.paces().get(name)
    return len(wanted) * (pace.seconds if pace else knobs.SECONDS)


def _computed(name: str, wanted: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The points of one question, with the data that they read; in a process of its own."""
    from spacesec.data import tables

    question = Question(name)
    tables.forget_reads()
    points: dict[str, Point] = {}
    for place, values in wanted.items():
        try:
            points[place] = point(question, values)
        except Exception:  # a fault of the collection, told by its number; without the default none is shown
            if not values:
                return {"points": {}, "inputs": tables.files_read()}
    return {"points": points, "inputs": tables.files_read()}


def measured(question: Question) -> float:
    """The processor's seconds that a point takes where its process has computed one before."""
    point(question, {})
    turned = list(_wanted(question).values())[:3]
    started = time.process_time()
    for values in turned:
        point(question, values)
    return (time.process_time() - started) / len(turned)


def _place(question: Question) -> Path:
    return paths.root() / KEPT / f"{question.name}.json"


def _code(question: Question) -> str:
    """Digest of what a point rests on besides the data: code, packages, words, and the combinations."""
    parts = [cache.fingerprint(question), *_catalogues(question), _wanted(question)]
    own = [Path(__file__).read_text(encoding="utf-8")]
    return hashlib.sha256(json.dumps([*parts, *own], sort_keys=True).encode("utf-8")).hexdigest()


def _catalogues(question: Question) -> list[str]:
    return [digest for spoken in LANGUAGES for digest in cache.catalogues(question, spoken)]


def _held(question: Question) -> dict[str, Point] | None:
    """The points that lie there, where they are those that would be computed now."""
    try:
        kept = untrusted.shaped(untrusted.parse(_place(question).read_bytes()), _SHAPE)
    except (OSError, ValueError):
        return None
    inputs = kept["inputs"].items()
    same = kept["code"] == _code(question) and all(present(name) == digest for name, digest in inputs)
    return kept["points"] if same else None


def _keep(question: Question, made: dict[str, Any]) -> None:
    kept = json.dumps({"code": _code(question), **made}, ensure_ascii=False)
    files.write_text(_place(question), kept)
