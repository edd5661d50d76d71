"""The ledger in a terminal: the board, and one claim with its verdict, its tests, its rows, its sources and
the figure that shows it.
"""

import csv
import difflib
import textwrap

import pandas as pd

from spacesec.answers import shown
from spacesec.data import sources, tables
from spacesec.drawing import labels
from spacesec.errors import DataError
from spacesec.machine import paths
from spacesec.policy_evolution.claims import model as question
from spacesec.policy_evolution.claims.rules import Evidence, Row, is_row, references
from spacesec.words import forms, language
from spacesec.words.language import SITE, TABLES, noted, said

DOMAIN = "policy_evolution/claims"
TOPICS = (
    *(noted("policy"), noted("missile warning"), noted("cooperation"), noted("situational awareness")),
    *(noted("institutions"), noted("budgets"), noted("reconnaissance"), noted("industry")),
    *(noted("positioning"), noted("counterspace"), noted("threat"), noted("exploration")),
    *(noted("maritime"), noted("taiwan"), noted("hedging"), noted("launch"), noted("communications")),
    *(noted("missile defense"), noted("norms"), noted("strike")),
)
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
    head = [said("document", DOMAIN), *map(_word, names), said("all", DOMAIN)]
    lines = [head]
    for document, source in question.DOCUMENTS.items():
        part = board[board["document"] == document]
        lines.append([_short(source), *((part["verdict"] == name).sum() for name in names), len(part)])
    lines.append([head[-1], *((board["verdict"] == name).sum() for name in names), len(board)])
    parts = [
        said(
            "{claims} claims, {decided} with an independent basis; {computed} verdicts computed by a rule,"
            " {argued} argued.",
            DOMAIN,
            claims=len(board),
            decided=board["verdict"].isin(question.DECIDED).sum(),
            computed=board["computed"].sum(),
            argued=(~board["computed"]).sum(),
        ),
        "\n".join(_aligned([[str(cell) for cell in line] for line in lines])),
    ]
    for name in ("contradicted", "plan not kept", "contested"):
        part = board[board["verdict"] == name]
        if len(part):
            told = [f"  {claim.claim_id}  {_table(claim.claim)}" for claim in part.itertuples()]
            parts.append("\n".join([_headed(_word(name).capitalize()), *told]))
    parts.append(said("One claim: {command}", DOMAIN, command="spacesec claims C3-045"))
    return "\n\n".join(parts)


def _aligned(lines: list[list[str]]) -> list[str]:
    """Columns of a terminal: the first to the left, all others to the right."""
    widths = [max(map(forms.columns, cells)) for cells in zip(*lines, strict=True)]
    gaps = [[" " * (wide - forms.columns(cell)) for cell, wide in zip(line, widths)] for line in lines]
    return [
        "  ".join([line[0] + gap[0], *(before + cell for before, cell in zip(gap[1:], line[1:]))])
        for line, gap in zip(lines, gaps)
    ]


def _word(name: str) -> str:
    """A verdict, an outcome, a kind of claim or of evidence."""
    told = language.known(name, DOMAIN)
    return language.known(name, SITE) if told == name else told


def _table(text: str) -> str:
    """A text of a table."""
    return language.known(text, TABLES)


def _short(source: str) -> str:
    author, year = sources.short(source).rsplit(" ", 1)
    return f"{language.known(author)} {year}"


def _headed(heading: str) -> str:
    return said("{heading}:", DOMAIN, heading=heading)


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
    verdict = _word(claim["verdict"])
    where = said(
        "{source}, {locator} ({kind}, {topic})",
        DOMAIN,
        source=_short(claim["source_id"]),
        locator=claim["locator"],
        kind=_word(claim["kind"]),
        topic=_word(claim["topic"].replace("_", " ").replace("defence", "defense")),
    )
    parts = [f"{wanted}  {_table(claim['claim'])}\n{where}"]
    if claim["computed"]:
        parts.append(said("Verdict: {verdict} (computed by the rules below)", DOMAIN, verdict=verdict))
        parts.append("\n".join([said("Tests:", DOMAIN), *map(_test, tests.itertuples())]))
    else:
        parts.append(said("Verdict: {verdict} (argued)", DOMAIN, verdict=verdict))
        parts.append(_wrapped(said("Reason: {reason}", DOMAIN, reason=_table(claim["reason"])), ""))
    basis = references(claim["basis"])
    rows = [pair for reference in basis if is_row(reference) for pair in evidence.rows(reference)]
    if rows:
        told = [_row(name, row) for name, row in rows[:MOST_ROWS]]
        if len(rows) > MOST_ROWS:
            told.append("  " + said("and {n} more rows", DOMAIN, n=len(rows) - MOST_ROWS))
        parts.append("\n".join([said("Rows:", DOMAIN), *told]))
        used = list(dict.fromkeys(row["source_id"] for _, row in rows))[:MOST_ROWS]
        parts.append(
            "\n".join([said("Sources:", DOMAIN), *(_wrapped(sources.cite(one), "  ") for one in used)])
        )
    results = _results(wanted, basis, evidence)
    if results:
        parts.append("\n".join([said("Results:", DOMAIN), *results]))
    figures = _figures(
        {row["row_id"] for _, row in rows}, [r for r in basis if not is_row(r)], wanted, evidence
    )
    parts.append("\n".join([said("Figures:", DOMAIN), *(f"  {figure}" for figure in figures)]))
    return "\n\n".join(parts)


def _wrapped(text: str, indent: str) -> str:
    if language.in_force() != language.ENGLISH:
        first, *others = labels.lines(text, forms.columns, WIDTH - len(indent) - 2)
        return "\n".join([indent + first, *(f"{indent}  {line}" for line in others)])
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent + "  ")


def _test(test) -> str:
    sign = {"holds": "+", "fails": "-", "slipped": ">", "open": "?", "no source": "."}[test.outcome]
    dated = test.rule in ("due", "date")
    unit = "" if pd.isna(test.unit) or dated else f" {_table(test.unit)}"
    compared = "" if pd.isna(test.comparator) or test.comparator in ("=", "within") else f"{test.comparator} "
    told = said("found {found}", DOMAIN, found=language.known(str(test.found), SITE))
    if not pd.isna(test.expected):
        expected = f"{compared}{test.expected}{unit}"
        told = said("{found}; the claim wants {expected}", DOMAIN, found=told, expected=expected)
    if not pd.isna(test.tolerance):
        slack = said("{n} days", DOMAIN, n=shown(test.tolerance)) if dated else f"{shown(test.tolerance)} %"
        told = said("{found}, give or take {slack}", DOMAIN, found=told, slack=slack)
    outcome = _word(test.outcome)
    told = said("{tests}: {outcome} ({found})", DOMAIN, tests=_table(test.tests), outcome=outcome, found=told)
    return _wrapped(f"{sign} {told}", "  ")


def _cell(field: dict, value, table: str) -> str:
    told = str(value.date()) if isinstance(value, pd.Timestamp) else shown(value)
    return language.cell(field, told, table)


def _row(name: str, row: Row) -> str:
    fields = {field["name"]: field for field in tables.describe(name)["schema"]["fields"]}
    facts = said(", ", SITE).join(
        f"{language.heading(key, name)} {_cell(fields[key], value, name)}"
        for key, value in row.items()
        if key in fields and key not in NO_FACTS and not pd.isna(value)
    )
    return _wrapped(
        f"{name}:{row['row_id']}: {facts} [{_word(row['evidence'])}, {row['quality']};"
        f" {_short(row['source_id'])}, {row['locator']}]",
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
                unit = language.known(result.unit, question_name)
                meaning = language.known(result.meaning, question_name)
                lines.append(_wrapped(f"{reference} = {shown(result.value)} {unit}: {meaning}", "  "))
    waiting = [
        "  " + said("{reference}: not recorded yet", DOMAIN, reference=reference)
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
            line = (
                f"figures/{question_name}/{figure.name}.png  {_titled(question_name, record, figure.title)}"
            )
            if question_name != "policy_evolution/claims" and row_ids and _holds(file, row_ids):
                drawn.append(line)
            elif bears:
                bearing.append(line)
    board = f"figures/{DOMAIN}/board.png  {said('the board of all claims', DOMAIN)}"
    return [*drawn[:3], *bearing[: 3 - min(len(drawn), 3)], board]


def _titled(question_name: str, record, title: str) -> str:
    """A figure's title as it was told; in another language, where it was told in English, the question."""
    if language.in_force() in (language.ENGLISH, record.language):
        return title
    return language.known(record.question, question_name)


def _holds(file, row_ids: set[str]) -> bool:
    if not file.is_file():
        return False
    with file.open(encoding="utf-8", newline="") as text:
        return any(row.get("row_id") in row_ids for row in csv.DictReader(text))


def names() -> list[str]:
    """All claim ids, for completion."""
    return tables.load("policy_evolution/claims")["claim_id"].tolist()
