"""What a program may ask. Every answer says as of when it is, and carries the sources and grades it rests on.

Nothing is guessed: what the collection does not hold is refused in a sentence, or found empty and said so.
Docstrings here are what the asking program reads.
"""

import difflib
import inspect
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from spacesec import answers
from spacesec.collection import lead
from spacesec.collection.asked.bounded import within
from spacesec.collection.questions import Question, all_questions, named
from spacesec.collection.site.behind import drawn
from spacesec.collection.site.claims import MEANINGS, Claim, ledger
from spacesec.collection.site.rows import Row, records, rows
from spacesec.collection.site.told import each_value
from spacesec.data import grades, sources, tables
from spacesec.errors import DataError, ParameterError, did_you_mean
from spacesec.machine import paths

MOST = 50  # entries of one list
NOTHING = "the collection holds nothing with these words"


def questions() -> dict[str, Any]:
    """List every question of the collection: name, wording, and the answer of its default run."""
    return _dated(
        questions=[
            {"name": question.name, "question": run.question, "answer": run.answer.split("\n")[0]}
            for question, run in _recorded()
        ]
    )


def search(words: str, limit: int = 10) -> dict[str, Any]:
    """Find questions, claims, rows and sources that hold all these words, in English or Japanese.

    Questions come first; then whatever has most of the words in its title.
    """
    wanted = _folded(words).split()
    if not wanted:
        raise ParameterError("words must hold at least one word to search for.")
    hits = [
        (entry["kind"] != "question", -sum(word in title for word in wanted), place, entry)
        for place, (title, text, entry) in enumerate(_texts())
        if all(word in text for word in wanted)
    ]
    found = [entry for *_, entry in sorted(hits, key=lambda hit: hit[:3])]
    shown = _first(found, limit)
    return _dated(found=shown, count=len(found), said="" if found else NOTHING)


def describe(question: str) -> dict[str, Any]:
    """Say what a question takes (parameters with type, bounds, unit) and gives (results, figures)."""
    one, run = _run(question)
    return _dated(
        name=one.name,
        question=run.question,
        parameters=one.module.Parameters.describe(),
        results={name: {"unit": r.unit, "meaning": r.meaning} for name, r in run.results.items()},
        figures={figure.name: figure.title for figure in run.figures},
    )


def answer(question: str, parameters: dict[str, Any] | None = None) -> dict[str, Any]:
    """Answer a question, by its stored default run or computed anew with other parameters.

    Grades and sources are those of the default run in either case, as ``sources_of`` says.
    """
    one, run = _run(question)
    given = one.module.Parameters.of(parameters or {}).plain()
    if given == one.module.Parameters.defaults():
        results = {name: _result(r.value, r.unit, r.meaning) for name, r in run.results.items()}
        text = run.answer
    else:
        text, results = within(_computed, one.name, given)
    used = sorted({identifier for figure in run.figures for identifier in figure.sources})
    return _dated(
        name=one.name,
        question=run.question,
        parameters=given,
        answer=text,
        results=results,
        sources_of="default run",
        rests_on=_basis(one),
        sources=[_source(identifier) for identifier in _first(used, MOST)],
        sources_left_out=max(0, len(used) - MOST),
    )


def trace(question: str, number: str) -> dict[str, Any]:
    """Say where a number printed in a question's default answer or figures comes from."""
    one, run = _run(question)
    told = [("answer", record) for record in run.told]
    told += [(f"{f.name}.{part}", record) for f in run.figures for part, record in f.told.items()]
    found = [
        {"where": where, "sentence": record["shown"], "shown": value["shown"], "from": value["from"]}
        for where, record in told
        for value in each_value(record)
        if value["shown"].strip("*") == number.strip()
    ]
    if not found:
        raise DataError(f"no sentence of {one.name} shows {number!r}; give a number as it is printed")
    meant = {name for entry in found for name in entry["from"].get("result", [])[:1]}
    return _dated(
        name=one.name,
        found=_first(found, MOST),
        results={
            name: _result(r.value, r.unit, r.meaning) for name, r in run.results.items() if name in meant
        },
        tables=sorted({path.split("#")[0] for path in run.inputs if path.endswith(".csv")}),
        rests_on=_basis(one),
    )


def row(row_id: str) -> dict[str, Any]:
    """Give one row: its facts, its source, the place in the source, the figures that draw it."""
    found = rows().by_id.get(row_id)
    if found is None:
        raise DataError(f"no table has a row {row_id!r}; {_near(row_id, rows().by_id)}")
    figures = [f"{question}: {figure.title}" for question, figure in drawn().get(row_id, [])]
    return _dated(**_row(found), figures=figures)


def table(name: str, where: dict[str, str] | None = None, limit: int = 20) -> dict[str, Any]:
    """Give the rows of a table whose columns have these values (as text)."""
    resource = tables.described(name)
    columns = {field["name"]: field for field in resource["schema"]["fields"]}
    if unknown := [column for column in where or {} if column not in columns]:
        raise DataError(f"{name} has no column {unknown[0]!r}; {_near(unknown[0], columns)}")
    wanted = {column: str(value) for column, value in (where or {}).items()}
    found = [one for one in rows().tables[name] if all(one.cells[c] == v for c, v in wanted.items())]
    shown = _first(found, limit)
    return _dated(
        name=name,
        title=resource["title"],
        description=resource["description"],
        columns={c: {k: f[k] for k in ("description", "unit") if k in f} for c, f in columns.items()},
        rows=[one.cells for one in shown],
        count=len(found),
        sources=[_source(s) for s in dict.fromkeys(s for one in shown for s in one.sources)],
        said="" if found else "no row",
    )


def claims(verdict: str = "", words: str = "") -> dict[str, Any]:
    """List checkable claims of the five documents, by verdict or by words in them."""
    if verdict and verdict not in MEANINGS:
        raise ParameterError(f"there is no verdict {verdict!r}; choose among {', '.join(MEANINGS)}.")
    wanted = _folded(words).split()
    found = [
        {"claim_id": one.id, "claim": one.text, "verdict": one.verdict}
        for one in ledger()
        if verdict in ("", one.verdict) and all(word in _folded(one.text) for word in wanted)
    ]
    return _dated(
        claims=_first(found, MOST), count=len(found), verdicts=MEANINGS, said="" if found else NOTHING
    )


def claim(claim_id: str) -> dict[str, Any]:
    """Give one claim: its words, its verdict and how that was reached, the rows and sources behind it."""
    board = {one.id: one for one in ledger()}
    if claim_id not in board:
        raise DataError(f"there is no claim {claim_id!r}; {_near(claim_id, board)}")
    return _dated(**_claim(board[claim_id]))


def cite(source_id: str) -> dict[str, Any]:
    """Give a source's reference (Chicago style and BibTeX), address, grade, and how it came to be read."""
    if source_id not in sources.store():
        raise DataError(f"there is no source {source_id!r}; {_near(source_id, sources.store())}")
    return _dated(**_source(source_id), bibtex=sources.bibtex([source_id]))


TOOLS: tuple[Callable[..., dict[str, Any]], ...] = (
    questions,
    search,
    describe,
    answer,
    trace,
    row,
    table,
    claims,
    claim,
    cite,
)


def _dated(**parts: Any) -> dict[str, Any]:
    return {"as_of": tables.package()["as_of"], **parts}


def refuse_unknown(name: str, arguments: Iterable[str]) -> None:
    """ParameterError for the first of these names of arguments that the tool does not take."""
    for tool in (one for one in TOOLS if one.__name__ == name):
        taken = inspect.signature(tool).parameters
        for unknown in (one for one in arguments if one not in taken):
            raise ParameterError(f"{name} takes no {unknown!r}; it takes {', '.join(taken)}.")


def _first(found: list, limit: int) -> list:
    if limit < 1:
        raise ParameterError(f"limit must be 1 or more, not {limit}.")
    return found[: min(limit, MOST)]


def _near(name: str, known: Iterable[str]) -> str:
    return did_you_mean(
        difflib.get_close_matches(name, list(known), n=1, cutoff=0.6), "search finds its name."
    )


def _recorded() -> list[tuple[Question, Any]]:
    run = records()
    return [(question, run[question.name]) for question in all_questions() if question.name in run]


def _run(question: str) -> tuple[Question, Any]:
    one = named([question])[0]
    if one.name not in records():
        raise DataError(f"{one.name} has no stored run; run it first (spacesec run {one.name})")
    return one, records()[one.name]


def _computed(name: str, given: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    module = Question(name).module
    made = module.answer(module.Parameters.of(given))
    return made.text, {
        key: _result(answers.plain(one.value), one.unit, one.meaning) for key, one in made.results.items()
    }


def _result(value: Any, unit: str, meaning: str) -> dict[str, Any]:
    return {"value": value, "unit": unit, "meaning": meaning}


def _basis(question: Question) -> dict[str, Any]:
    """What the lead answer rests on: its rows by grade, and how many stand on a copy."""
    basis = lead.of(question)
    return {"rows_by_grade": basis.grades, "said": lead.provisional(question)} if basis else {}


def _source(identifier: str) -> dict[str, Any]:
    item = sources.store()[identifier]
    return {
        "source_id": identifier,
        "reference": sources.cite(identifier),
        "address": item.get("URL", ""),
        "language": item["language"],
        "kind": grades.kind(item),
        "passed_on": grades.passed_on(item) or "as published",
        "best_grade": grades.proposed(item),
    }


def _row(one: Row) -> dict[str, Any]:
    return {
        "row_id": one.id,
        "table": one.table,
        "facts": {name: f"{value} {unit}".strip() for name, value, unit in one.facts},
        "locator": one.locator,
        "evidence": one.evidence,
        "grade": one.cells.get("quality", ""),
        "note": one.note,
        "sources": [_source(identifier) for identifier in one.sources],
    }


def _claim(one: Claim) -> dict[str, Any]:
    behind = _first(one.rows, MOST) if one.rows else []
    return {
        "claim_id": one.id,
        "claim": one.text,
        "document": _source(one.source),
        "locator": one.locator,
        "verdict": one.verdict,
        "meaning": MEANINGS[one.verdict],
        "computed": one.computed,
        "reason": one.reason,
        "tests": one.tests,
        "rows": [{"row_id": r.id, "table": r.table, "title": r.title, "locator": r.locator} for r in behind],
        "results": [{"question": q, "result": name} for q, name in one.results],
        "sources": [_source(identifier) for identifier in one.sources[:MOST]],
    }


def _texts() -> list[tuple[str, str, dict[str, str]]]:
    """Title, all text (both folded) and the entry, for what search finds; the same while the tables are."""
    return _searched(tables.digest(paths.data() / "datapackage.json"))


@lru_cache(maxsize=1)
def _searched(sealed: str) -> list[tuple[str, str, dict[str, str]]]:
    found: list[tuple[str, str, str, str]] = []  # kind, id, title, more text
    for question, run in _recorded():
        more = [run.answer, *(one.title for one in run.figures), *(r.meaning for r in run.results.values())]
        found.append(("question", question.name, run.question, " ".join(more)))
    found += [("claim", one.id, one.text, f"{one.verdict} {one.reason}") for one in ledger()]
    claimed = {one.id for one in ledger()}
    for one in rows().by_id.values():
        if one.cells.get("claim_id") not in claimed:
            found.append(("row", one.id, one.title, " ".join(one.cells.values())))
    for identifier, item in sources.store().items():
        title = " ".join(filter(None, (item.get("original-title"), item["title"])))
        found.append(
            ("source", identifier, title, f"{sources.short(identifier)} {item.get('publisher', '')}")
        )
    return [
        (_folded(title), _folded(f"{name} {title} {more}"), {"kind": kind, "id": name, "title": title})
        for kind, name, title, more in found
    ]


def _folded(text: str) -> str:
    """Without differences of width, case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))
