"""What the tables that lie here change beside those of a commit or a folder: verdicts, sentences, results,
figures.

Both states are sealed in folders of their own and computed with the code that lies here, straight through the
library; only questions whose inputs differ are computed, and nothing is written into the collection.
"""

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacesec import answers
from spacesec.collection import moves, processes, readme, states
from spacesec.collection.moves import Move, Rows
from spacesec.collection.questions import Question, all_questions
from spacesec.data import tables
from spacesec.errors import DataError, RunError, SpacesecError, sentence
from spacesec.machine import untrusted
from spacesec.run import records

CLAIMS = "policy_evolution/claims"
SIDES = ("old", "new")
_TEXTS = ("title", "subtitle", "caption", "alt", "note")


@dataclass(frozen=True)
class Figure:
    """What moved in one figure: its texts by name, old and new, and the rows of what is drawn."""

    question: str
    name: str
    texts: dict[str, tuple[str, str]]
    rows: Rows
    size: float


@dataclass(frozen=True)
class Difference:
    """All that moved between two states of the tables; each list has its largest moves first.

    tables: rows by table. failed: questions that the new tables stop, with the sentence that says why.
    """

    against: str
    tables: dict[str, Rows]
    computed: tuple[str, ...] = ()
    verdicts: list[Move] = field(default_factory=list)
    checks: list[Move] = field(default_factory=list)
    results: list[Move] = field(default_factory=list)
    sentences: list[Move] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return sum(rows.touched for rows in self.tables.values())


def difference(given: str, jobs: int, report: Callable[[str], None] = lambda _: None) -> Difference:
    """What the tables that lie here change beside those of ``given``, a commit or a folder.

    report is told each question when both its sides are computed. Raises SpacesecError in one sentence for
    a state that does not exist, or whose tables have a fault.
    """
    with tempfile.TemporaryDirectory(prefix="spacesec-diff-") as folder:
        homes = dict(zip(SIDES, (Path(folder, side) for side in SIDES)))
        states.named(given, homes["old"])
        states.here(homes["new"])
        try:
            return _between(given, homes, jobs, report)
        except BrokenProcessPool:
            raise RunError("a process was killed from outside; run it again") from None


def _between(given: str, homes: dict[str, Path], jobs: int, report: Callable[[str], None]) -> Difference:
    questions = all_questions()
    inputs = {question.name: _inputs(question) for question in questions}
    named = {name for found in inputs.values() for name in found or ()}
    names = sorted(name for name in named if name.startswith("data/"))
    prepared = dict(processes.each(states.sealed, {side: (names,) for side in SIDES}, 2, homes))
    for side, where in zip(SIDES, (f"the tables of {given}", "the tables here")):
        if faults := prepared[side][0]:
            if len(faults) > 1:
                raise DataError(
                    f"{where} cannot be compared: {faults[0]} (and {len(faults) - 1} more faults)"
                )
            raise DataError(f"{where} cannot be compared: {faults[0]}")
    moved = {name for name in names if prepared["old"][1][name] != prepared["new"][1][name]}
    changed = _tables(homes)
    moved |= {f"data/{name}.csv" for name in changed}  # its description may have moved alone
    first = [q.name for q in questions if not q.reads_records and _rests_on(inputs[q.name], moved)]
    found = _computed(first, homes, jobs, report)
    moved |= {f"figures/{name}/run.json#results" for name, sides in found.items() if _results_differ(sides)}
    then = [q.name for q in questions if q.reads_records and _rests_on(inputs[q.name], moved)]
    for side, home in homes.items() if then else ():
        states.with_records(home, [question.name for question in questions])
        for name, sides in found.items():
            _record(home, name, sides[side])
    found |= _computed(then, homes, jobs, report)
    return _moved(given, changed, found)


def _inputs(question: Question) -> list[str] | None:
    """What the question read when it last ran; None where that is not known."""
    try:
        return list(records.read(question.folder).inputs)
    except DataError:
        return None


def _rests_on(inputs: list[str] | None, moved: set[str]) -> bool:
    return inputs is None or not moved.isdisjoint(inputs)


def _computed(
    names: list[str], homes: dict[str, Path], jobs: int, report: Callable[[str], None]
) -> dict[str, dict[str, dict]]:
    """Question -> side -> what `_default` gives there."""
    tasks = {(name, side): (name,) for name in names for side in homes}
    found: dict[str, dict[str, dict]] = {name: {} for name in names}
    where = {(name, side): homes[side] for name, side in tasks}
    for (name, side), made in processes.each(_default, tasks, jobs, where):
        found[name][side] = made
        if len(found[name]) == len(homes):
            report(name)
    return found


def _default(name: str) -> dict[str, Any]:
    """One question's default run as far as it can move, or the sentence that says why there is none."""
    from spacesec.drawing import figures

    try:
        module = Question(name).module
        answer = module.answer(module.Parameters.of({}))
        pictures = [draw(answer) for draw in module.FIGURES]
        board = answer.tables["board"] if name == CLAIMS else None
        return {
            "text": answer.text,
            "parameters": answer.parameters.plain(),
            "results": {
                key: {
                    "value": answers.plain(result.value),
                    "unit": result.unit,
                    "meaning": result.meaning,
                    "claims": list(result.claims),
                }
                for key, result in answer.results.items()
            },
            "checks": {check.what: check.holds for check in module.checks(answer)},
            "figures": {
                picture.name: {
                    **{text: getattr(picture, text) for text in _TEXTS},
                    "rows": _rows(figures.csv_of(picture.data).decode("utf-8")),
                }
                for picture in pictures
            },
            "verdicts": {} if board is None else dict(zip(board["claim_id"], map(str, board["verdict"]))),
            "claims": {} if board is None else dict(zip(board["claim_id"], board["claim"])),
        }
    except SpacesecError as error:
        return {"error": str(error)}
    except Exception as error:  # one question that fails hides none of the others' moves
        return {"error": sentence(f"{type(error).__name__}: {error}")}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _results_differ(sides: dict[str, dict]) -> bool:
    return sides["old"].get("results") != sides["new"].get("results")


def _record(home: Path, name: str, made: dict[str, Any]) -> None:
    """Put the computed results into the record that other questions read on this side."""
    path = home / "figures" / name / records.NAME
    if path.is_file() and "results" in made:
        stored = untrusted.parse(path.read_bytes())
        path.write_text(json.dumps({**stored, "results": made["results"]}), encoding="utf-8")


def _tables(homes: dict[str, Path]) -> dict[str, Rows]:
    """The tables whose rows moved, by name; also one whose description alone did, with no rows."""
    found = {}
    texts = [(home / "data" / states.PACKAGE).read_text(encoding="utf-8") for home in homes.values()]
    packages = [{one["name"]: one for one in json.loads(text)["resources"]} for text in texts]
    for name in dict.fromkeys(key for package in packages for key, one in package.items() if "schema" in one):
        old, new = (package.get(name) for package in packages)
        if old is None or new is None or any(old[key] != new[key] for key in ("hash", "schema")):
            key = ((new or old)["schema"].get("primaryKey") or ["row_id"])[0]
            before, after = (
                [] if one is None else tables.raw_rows(home / "data" / one["path"])
                for one, home in zip((old, new), homes.values())
            )
            found[name] = moves.of_rows(before, after, key)
    return found


def _moved(given: str, changed: dict[str, Rows], found: dict[str, dict[str, dict]]) -> Difference:
    failed = {name: sides["new"]["error"] for name, sides in found.items() if "error" in sides["new"]}
    made = Difference(given, changed, tuple(found), failed=failed)
    for name, sides in found.items():
        if name not in failed:
            _add(made, name, _lacking(sides["old"]), sides["new"])
    for every in (made.verdicts, made.checks, made.results, made.sentences, made.figures):
        every.sort(key=lambda move: (-move.size, move.question, move.name))
    return made


def _lacking(old: dict[str, Any]) -> dict[str, Any]:
    """An old side on which the question could not be computed has nothing: all of the new is new."""
    empty = {"text": "", **{part: {} for part in ("results", "parameters", "checks", "figures", "verdicts")}}
    return empty if "error" in old else old


def _add(made: Difference, name: str, old: dict[str, Any], new: dict[str, Any]) -> None:
    units = {key: result["unit"] for key, result in new["results"].items()}
    values = [{key: one["value"] for key, one in side["results"].items()} for side in (old, new)]
    made.results.extend(moves.of_values(name, *values, units))
    made.results.extend(
        moves.of_values(
            name, old["parameters"], new["parameters"], dict.fromkeys(new["parameters"], "parameter")
        )
    )
    made.verdicts.extend(moves.of_values(name, old["verdicts"], new["verdicts"], new["claims"]))
    made.checks.extend(moves.of_values(name, old["checks"], new["checks"], {}))
    made.sentences.extend(moves.of_sentences(name, *(list(_sentences(side["text"])) for side in (old, new))))
    for key in dict.fromkeys((*old["figures"], *new["figures"])):
        figure = _figure(name, key, old["figures"].get(key), new["figures"].get(key))
        if figure.texts or figure.rows:
            made.figures.append(figure)


def _sentences(text: str) -> Iterable[str]:
    for paragraph in text.split("\n\n"):
        yield from filter(None, readme.sentences(paragraph.strip().replace("\n", " ")))


def _figure(question: str, name: str, old: dict | None, new: dict | None) -> Figure:
    empty = {**dict.fromkeys(_TEXTS, ""), "rows": []}
    before, after = old or empty, new or empty
    rows = moves.of_rows(before["rows"], after["rows"])
    cells = sum(len(row) for row in after["rows"]) or 1
    came = sum(len(row) for row in after["rows"][:1]) * (len(rows.added) + len(rows.removed))
    return Figure(
        question,
        name,
        {text: (before[text], after[text]) for text in _TEXTS if before[text] != after[text]},
        rows,
        (came + len(rows.cells)) / cells,
    )
