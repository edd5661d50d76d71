"""A difference between two states of the tables, told: as text, as lines of a changelog in
Markdown, as JSON.
"""

import math
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from spacesec import answers
from spacesec.collection.difference import Difference, Figure
from spacesec.collection.moves import Move, Rows
from spacesec.words import language
from spacesec.words.language import noted, said

MOST_ROWS = 12  # of a table or a figure, in the text; JSON has them all
DIGITS = (4, 6, 8, answers.DIGITS)
COUNTED = {
    "verdict": (noted("{n} verdict"), noted("{n} verdicts")),
    "check": (noted("{n} check"), noted("{n} checks")),
    "result": (noted("{n} result"), noted("{n} results")),
    "sentence": (noted("{n} sentence"), noted("{n} sentences")),
    "figure": (noted("{n} figure"), noted("{n} figures")),
    "row": (noted("{n} row"), noted("{n} rows")),
    "cell": (noted("{n} cell"), noted("{n} cells")),
    "question": (noted("{n} question"), noted("{n} questions")),
}


def summary(found: Difference) -> str:
    """``3 rows change 2 verdicts, 4 sentences, 7 figures``, without what does not move."""
    parts = (
        ("verdict", found.verdicts),
        ("check", found.checks),
        ("result", found.results),
        ("sentence", found.sentences),
        ("figure", found.figures),
    )
    rows = _count(found.rows, "row")
    moved = said(", ").join(_count(len(every), word) for word, every in parts if every)
    moved = moved or said("nothing that is computed")
    one, many = noted("{rows} changes {moved}"), noted("{rows} change {moved}")
    told = said(one if found.rows == 1 else many, rows=rows, moved=moved)
    if not found.failed:
        return told
    failed = _count(len(found.failed), "question")
    return said("{told}; {questions} cannot be computed", told=told, questions=failed)


def text(found: Difference) -> str:
    """Everything that moved, for a terminal: old and new side by side, the largest moves first."""
    told = {"told": summary(found), "against": found.against}
    blocks = [said("{told} (the tables here beside those of {against})", **told)]
    blocks += ["\n".join([f"{name}: {_rows(rows)}", *_listed(rows)]) for name, rows in found.tables.items()]
    blocks += [
        said("{question} cannot be computed: {why}", question=name, why=language.error(why))
        for name, why in found.failed.items()
    ]
    sections = (
        (said("Verdicts"), [line for move in found.verdicts for line in _valued(move)]),
        (said("Checks"), [line for move in found.checks for line in _valued(move)]),
        (said("Results"), [line for move in found.results for line in _valued(move)]),
        (said("Sentences"), [line for move in found.sentences for line in _reworded(move)]),
        (said("Figures"), [line for figure in found.figures for line in _drawn(figure)]),
    )
    blocks += ["\n".join([title, *lines]) for title, lines in sections if lines]
    return "\n\n".join(blocks)


def changelog(found: Difference) -> str:
    """The same as lines of a changelog in Markdown."""
    lines = [f"- `{name}`: {_rows(rows)}" for name, rows in found.tables.items()]
    for move in (*found.verdicts, *found.checks, *found.results):
        old, new = _pair(move.old, move.new)
        lines.append(f"- {move.question}, `{move.name}`: {old} → {new}{_unit(move)}{_percent(move)}")
    for move in found.sentences:
        lines.append(f"- {move.question}: {_quoted(move.old)} → {_quoted(move.new)}")
    for figure in found.figures:
        title = "".join(f", title “{old}” → “{new}”" for old, new in [figure.texts.get("title", ())] if old)
        lines.append(f"- figure {figure.question}/{figure.name}: {_rows(figure.rows)}{title}")
    return "\n".join(lines)


def plain(found: Difference) -> dict[str, Any]:
    """The same as JSON holds it, every row and cell of it; an infinite size is null."""
    return {"summary": summary(found), **_finite(asdict(found))}


def _finite(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and math.isinf(value) else value


def _valued(move: Move) -> Iterator[str]:
    old, new = _pair(move.old, move.new)
    yield f"  {move.question} {move.name}: {old} -> {new}{_unit(move)}{_percent(move)}"


def _reworded(move: Move) -> Iterator[str]:
    yield f"  {move.question}"
    yield from (f"    {sign} {told}" for sign, told in (("-", move.old), ("+", move.new)) if told is not None)


def _drawn(figure: Figure) -> Iterator[str]:
    yield f"  {figure.question} {figure.name}: {_rows(figure.rows)}"
    for name, (old, new) in figure.texts.items():
        yield f"    {name} - {old}"
        yield f"    {name} + {new}"
    yield from (f"  {line}" for line in _listed(figure.rows))


def _rows(rows: Rows) -> str:
    told = [
        said("{rows} more", rows=_count(len(rows.added), "row")) if rows.added else "",
        said("{rows} less", rows=_count(len(rows.removed), "row")) if rows.removed else "",
        _count(len(rows.cells), "cell") if rows.cells else "",
    ]
    return said(", ").join(filter(None, told)) or said("no row moved")


def _listed(rows: Rows) -> list[str]:
    lines = [f"  + {name}" for name in rows.added] + [f"  - {name}" for name in rows.removed]
    lines += [f"  {cell.row}, {cell.column}: {cell.old or '–'} -> {cell.new or '–'}" for cell in rows.cells]
    left = len(lines) - MOST_ROWS
    return lines[:MOST_ROWS] + (["  " + said("and {n} more", n=left)] if left > 0 else [])


def _pair(old: Any, new: Any) -> tuple[str, str]:
    """Both values as a reader wants them, with as many digits as it takes to tell them apart."""
    told = answers.shown(old), answers.shown(new)
    if told[0] == told[1] and isinstance(old, float) and isinstance(new, float):
        digits = next((n for n in DIGITS if f"{old:.{n}g}" != f"{new:.{n}g}"), answers.DIGITS)
        return f"{old:.{digits}g}", f"{new:.{digits}g}"
    return told


def _unit(move: Move) -> str:
    return f" {move.note}" if isinstance(move.new, (int, float)) and not isinstance(move.new, bool) else ""


def _percent(move: Move) -> str:
    numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) for one in (move.old, move.new))
    return f" ({100 * (move.new - move.old) / abs(move.old):+.2g} %)" if numbers and move.old else ""


def _quoted(told: str | None) -> str:
    return "nothing" if told is None else f"“{told}”"


def _count(number: int, word: str) -> str:
    return said(COUNTED[word][number != 1], n=f"{number:,}")
