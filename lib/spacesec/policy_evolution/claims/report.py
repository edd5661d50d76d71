"""The ledger in a terminal: the board, and one claim with its verdict, its tests, its rows, its sources and
the figure that shows it.
"""

import csv
import difflib
import textwrap

import pandas as pd

from spacesec.answers import shown
from spacesec.data import sources, tables
from spacesec.errors import DataError
from spacesec.machine import paths
from spacesec.policy_evolution.claims import model as question
from spacesec.policy_evolution.claims.rules import Evidence, is_row, references

WIDTH = 110
MOST_ROWS = 12
# Columns that say where a row comes from, or how pictures name it.
NO_FACTS = {
    *("row_id", "source_id", "locator", "evidence", "quality", "also_source_ids", "note"),
    *("landmark", "branch", "short_name"),
}


def board_text() -> str:
    """The claim board by document and verdict, and the claims that independent rows contradict or that
    sources contest.
    """
    board = question.ledger(question.findings(Evidence()))
    names = [name for name in question.VERDICTS if (board["verdict"] == name).any()]
    head = ["document", *names, "all"]
    lines = [head]
    for document, source in question.DOCUMENTS.items():
        part = board[board["document"] == document]
        lines.append([sources.short(source), *((part["verdict"] == name).sum() for name in names), len(part)])
    lines.append(["all", *((board["verdict"] == name).sum() for name in names), len(board)])
    widths = [max(len(str(line[i])) for line in lines) for i in range(len(head))]
    rows = [
        "  ".join(
            str(cell).ljust(w) if i == 0 else str(cell).rjust(w)
            for i, (cell, w) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    decided = board["verdict"].isin(question.DECIDED).sum()
    parts = [
        (
            f"{len(board)} claims, {decided} with an independent basis; {board['computed'].sum()} verdicts"
            f" computed by a rule, {(~board['computed']).sum()} argued."
        ),
        "\n".join(rows),
    ]
    for name in ("contradicted", "plan not kept", "contested"):
        part = board[board["verdict"] == name]
        if len(part):
            parts.append(
                f"{name.capitalize()}:\n"
                + "\n".join(f"  {claim.claim_id}  {claim.claim}" for claim in part.itertuples())
            )
    parts.append("One claim: spacesec claims C3-045")
    return "\n\n".join(parts)


def claim_text(claim_id: str) -> str:
    """One claim in full; raises DataError for a claim that does not exist, with the nearest ids."""
    evidence = Evidence()
    found = question.findings(evidence)
    board = question.ledger(found).set_index("claim_id")
    wanted = claim_id.strip().upper()
    if wanted not in board.index:
        near = difflib.get_close_matches(wanted, board.index, n=3, cutoff=0.5)
        hint = (
            f"near it are {', '.join(near)}"
            if near
            else f"claims run from {board.index[0]} to {board.index[-1]}"
        )
        raise DataError(f"there is no claim {claim_id!r}; {hint}")
    claim = board.loc[wanted]
    tests = found[found["claim_id"] == wanted]
    how = "computed by the rules below" if claim["computed"] else "argued"
    parts = [
        (
            f"{wanted}  {claim['claim']}\n{sources.short(claim['source_id'])}, {claim['locator']}"
            f" ({claim['kind']}, {claim['topic'].replace('_', ' ')})"
        ),
        f"Verdict: {claim['verdict']} ({how})",
    ]
    if claim["computed"]:
        parts.append("Tests:\n" + "\n".join(_test(test) for test in tests.itertuples()))
    else:
        parts.append(_wrapped("Reason: " + claim["reason"], ""))
    basis = references(claim["basis"])
    rows = [pair for reference in basis if is_row(reference) for pair in evidence.rows(reference)]
    if rows:
        parts.append(
            "Rows:\n"
            + "\n".join(_row(name, row) for name, row in rows[:MOST_ROWS])
            + (f"\n  and {len(rows) - MOST_ROWS} more rows" if len(rows) > MOST_ROWS else "")
        )
        used = dict.fromkeys(row["source_id"] for _, row in rows)
        parts.append(
            "Sources:\n"
            + "\n".join(_wrapped(sources.cite(source), "  ") for source in list(used)[:MOST_ROWS])
        )
    results = _results(wanted, basis, evidence)
    if results:
        parts.append("Results:\n" + "\n".join(results))
    figures = _figures(
        {row["row_id"] for _, row in rows}, [r for r in basis if not is_row(r)], wanted, evidence
    )
    parts.append("Figures:\n" + "\n".join(f"  {figure}" for figure in figures))
    return "\n\n".join(parts)


def _wrapped(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _test(test) -> str:
    sign = {"holds": "+", "fails": "-", "slipped": ">", "open": "?", "no source": "."}[test.outcome]
    unit = "" if pd.isna(test.unit) or test.rule in ("due", "date") else f" {test.unit}"
    compared = "" if pd.isna(test.comparator) or test.comparator in ("=", "within") else f"{test.comparator} "
    wants = "" if pd.isna(test.expected) else f"; the claim wants {compared}{test.expected}{unit}"
    slack_in = "days" if test.rule in ("due", "date") else "%"
    slack = "" if pd.isna(test.tolerance) else f", give or take {shown(test.tolerance)} {slack_in}"
    return _wrapped(f"{sign} {test.tests}: {test.outcome} (found {test.found}{wants}{slack})", "  ")


def _cell(value) -> str:
    return str(value.date()) if isinstance(value, pd.Timestamp) else shown(value)


def _row(name: str, row: pd.Series) -> str:
    facts = ", ".join(
        f"{key} {_cell(value)}" for key, value in row.items() if key not in NO_FACTS and not pd.isna(value)
    )
    return _wrapped(
        f"{name}:{row['row_id']}: {facts} [{row['evidence']}, {row['quality']};"
        f" {sources.short(row['source_id'])}, {row['locator']}]",
        "  ",
    )


def _results(claim_id: str, basis: list[str], evidence: Evidence) -> list[str]:
    """Recorded results that the verdict rests on or that say they bear on the claim."""
    lines = []
    for question_name in evidence.recorded():
        record = evidence.record(question_name)
        for name, result in record.results.items():
            reference = f"{question_name}:{name}"
            if reference in basis or claim_id in result.claims:
                lines.append(
                    _wrapped(f"{reference} = {shown(result.value)} {result.unit}: {result.meaning}", "  ")
                )
    waiting = [
        f"  {reference}: not recorded yet"
        for reference in basis
        if not is_row(reference) and evidence.record(reference.partition(":")[0]) is None
    ]
    return lines + waiting


def _figures(row_ids: set[str], results: list[str], claim_id: str, evidence: Evidence) -> list[str]:
    """Figures that draw one of the rows, then those of questions whose results bear on the claim, then the
    board.
    """
    drawn, bearing = [], []
    for question_name in evidence.recorded():
        record = evidence.record(question_name)
        folder = paths.figures() / question_name
        bears = any(r.startswith(question_name + ":") for r in results) or any(
            claim_id in r.claims for r in record.results.values()
        )
        for figure in record.figures:
            file = folder / f"{figure.name}.csv"
            line = f"figures/{question_name}/{figure.name}.png  {figure.title}"
            if question_name != "policy_evolution/claims" and row_ids and _holds(file, row_ids):
                drawn.append(line)
            elif bears:
                bearing.append(line)
    board = "figures/policy_evolution/claims/board.png  the board of all claims"
    return [*drawn[:3], *bearing[: 3 - min(len(drawn), 3)], board]


def _holds(file, row_ids: set[str]) -> bool:
    if not file.is_file():
        return False
    with file.open(encoding="utf-8", newline="") as text:
        return any(row.get("row_id") in row_ids for row in csv.DictReader(text))


def names() -> list[str]:
    """All claim ids, for completion."""
    return tables.load("policy_evolution/claims")["claim_id"].tolist()
