"""The claim board and a page for every claim: verdict, how it was reached, and the rows, results and sources
behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from spacesec import answers
from spacesec.collection.questions import THEMES
from spacesec.collection.site import citation, programs, words
from spacesec.collection.site.behind import drawn
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import MONEY, Row, Rows, records, rows, stamps
from spacesec.collection.site.words import SITE, TABLES, noted, own, said
from spacesec.data import sources, tables
from spacesec.words import language
from spacesec.words.language import ENGLISH, in_force

# What the verdicts mean, after the rule that gives them (policy_evolution.claim_rules.verdict).
MEANINGS = {
    "supported": noted("every part of it holds on independent ground"),
    "partly": noted("some parts hold; others fail or have no independent source"),
    "contested": noted("independent sources disagree on the same part"),
    "contradicted": noted("independent rows or results speak against it"),
    "plan not kept": noted("it reports a plan rightly, and the plan was not kept"),
    "open": noted("it waits for a day or a result that has not come"),
    "unverified": noted("nothing independent bears on it"),
    "not testable": noted("nothing public could decide it"),
}
COMPARATORS = {
    "=": noted("{expected}"),
    "within": noted("within {expected}"),
    "between": noted("between {expected}"),
    "<": noted("less than {expected}"),
    "<=": noted("at most {expected}"),
    ">": noted("more than {expected}"),
    ">=": noted("at least {expected}"),
    "before": noted("before {expected}"),
    "contains": noted("text containing {expected}"),
    "equals": noted("the text {expected}"),
    "until": noted("not before {expected}"),
}
# Kinds of claims, outcomes of tests, names of rules; the verdicts themselves are words of the question.
NAMES = [
    noted("causal"),
    noted("comparative"),
    noted("forecast"),
    noted("date"),
    noted("text"),
    noted("number"),
    noted("holds"),
    noted("fails"),
    noted("slipped"),
    noted("no source"),
    noted("result"),
    noted("order"),
    noted("more"),
    noted("due"),
    noted("flying"),
    noted("awaits"),
    noted("before"),
]
# What the rules say they found, where it is no cell of a table.
FOUND = [
    noted("no independent source"),
    noted("not delivered"),
    noted("{n1} against {n2}"),
    noted("{n1} on {iso1}"),
    noted("{iso1} and {iso2}"),
    noted("{iso1} and {n1}"),
    noted("not before {iso1}"),
]
VERDICTS = "policy_evolution/claims"  # the catalogue of that question
DATED = ("due", "date", "more")  # rules that speak of periods
POINT = re.compile(r"(?P<fiscal>FY)?(?P<when>\d{4}(?:-\d\d){0,2})")  # as rules write a time


@dataclass(frozen=True)
class Claim:
    """A claim with its verdict and everything behind it, as the ledger has it."""

    id: str
    text: str
    source: str
    locator: str
    kind: str
    topic: str
    theme: str
    note: str
    verdict: str
    computed: bool
    reason: str
    tests: list[dict[str, Any]]
    rows: list[Row]
    results: list[tuple[str, str]]  # question and name of those the verdict rests on
    bearing: list[tuple[str, str]]  # of those that say they bear on the claim

    @property
    def sources(self) -> list[str]:
        """The sources of the rows behind the verdict."""
        return list(dict.fromkeys(source for row in self.rows for source in row.sources))


def pages() -> Iterator[Page | File]:
    """The board and the claims' pages."""
    board, figures = ledger(), drawn()
    short = rows().short
    documents = {source: short(source) for source in dict.fromkeys(claim.source for claim in board)}
    counts = {
        (source, verdict): sum(claim.source == source and claim.verdict == verdict for claim in board)
        for source in documents
        for verdict in MEANINGS
    }
    titles = {name: tables.describe(name)["title"] for name in tables.names()}
    shared = {
        "titles": titles,
        "records": records(),
        "short": short,
        "themes": words.themes(),
        "names": THEMES,
        "meanings": MEANINGS,
        "verdict": verdict_words,
        "shown": answers.shown,
        "as_of": tables.package()["as_of"],
    }
    yield Page(
        "claims/index.html",
        "claims.html",
        said("Claims"),
        shared
        | {
            "board": board,
            "documents": documents,
            "keys": {source: sources.short(source) for source in documents},
            "counts": counts,
        },
    )
    for place, claim in enumerate(board):
        near = {
            "before": board[place - 1] if place else None,
            "after": board[place + 1] if place + 1 < len(board) else None,
        }
        drawing = list(
            {
                (question, figure.name): (question, figure)
                for row in claim.rows
                for question, figure in figures.get(row.id, [])
            }.values()
        )
        told = (claim.reason, *(test["tests"] for test in claim.tests))
        yield Page(
            f"claims/{claim.id}.html",
            "claim.html",
            f"{claim.id}: {language.known(claim.text, TABLES)}",
            shared
            | near
            | {
                "claim": claim,
                "found": found,
                "wanted": wanted,
                "figures": drawing,
                "cite": citation.claim(claim.id, claim.text, claim.verdict),
            },
            "claim",
            " ".join([claim.topic.replace("_", " "), *(language.known(one, TABLES) for one in told)]),
            f"{verdict_words(claim.verdict)} · {short(claim.source)}",
        )
        if in_force() == ENGLISH:
            yield File(f"claims/{claim.id}.json", as_json(claim), shared=True)


def as_json(one: Claim) -> bytes:
    """A claim: its verdict, what it rests on, and the tests or the reason."""
    return programs.as_json(
        {
            "claim": one.id,
            "text": one.text,
            "page": f"claims/{one.id}.html",
            "source": one.source,
            "locator": one.locator,
            "kind": one.kind,
            "topic": one.topic,
            "verdict": one.verdict,
            "as_of": tables.package()["as_of"],
            "reason": one.reason,
            "tests": one.tests,
            "rows": [{"table": row.table, "id": row.id, "page": row.link} for row in one.rows],
            "results": [f"{question}: {name}" for question, name in one.results],
            "sources": {source: programs.address(source) for source in one.sources},
        }
    )


def verdict_words(verdict: str) -> str:
    """A verdict, an outcome or a kind of claim in the language in force."""
    words = language.known(verdict, SITE)
    return language.known(verdict, VERDICTS) if words == verdict else words


def ledger() -> list[Claim]:
    """Every claim, judged by the same functions as in the notebook; none where the collection holds no
    claims; judged once while no table and no record changes.
    """
    if "policy_evolution/claims" not in tables.names():
        return []
    with language.speaking(ENGLISH):
        return _ledger(rows(), stamps())


@lru_cache(maxsize=1)
def _ledger(held: Rows, recorded: tuple) -> list[Claim]:
    from spacesec.policy_evolution import claims as question
    from spacesec.policy_evolution.claims.rules import Evidence

    evidence = Evidence()
    found = question.model.findings(evidence)
    board = _plain(question.model.ledger(found))
    tests: dict[str, list[dict]] = {}
    for test in _plain(found):
        tests.setdefault(test["claim_id"], []).append(test)
    bearing: dict[str, list[tuple[str, str]]] = {}
    for name, run in records().items():
        for key, result in run.results.items():
            for claim_id in result.claims:
                bearing.setdefault(claim_id, []).append((name, key))
    return [
        _claim(claim, tests.get(claim["claim_id"], []), bearing.get(claim["claim_id"], []), evidence)
        for claim in board
    ]


def _claim(claim: dict, tests: list[dict], bearing: list, evidence) -> Claim:
    from spacesec.policy_evolution.claims.rules import is_row, references

    named = references(claim["basis"])
    behind = dict.fromkeys(
        row["row_id"] for reference in named if is_row(reference) for _, row in evidence.rows(reference)
    )
    results = []
    for reference in named:
        if not is_row(reference) and evidence.result(reference):
            question, _, name = reference.partition(":")
            results.append((question, name))
    others = [entry for entry in bearing if entry not in results]
    return Claim(
        claim["claim_id"],
        claim["claim"],
        claim["source_id"],
        claim["locator"],
        claim["kind"],
        claim["topic"],
        claim["theme"],
        claim["note"],
        claim["verdict"],
        bool(claim["computed"]),
        claim["reason"],
        tests,
        [rows()[name] for name in behind],
        results,
        others,
    )


def _plain(frame) -> list[dict[str, Any]]:
    """The rows of a data frame; what is missing is an empty text."""
    return frame.astype(object).where(frame.notna(), "").to_dict("records")


def wanted(test: dict) -> Markup:
    """What the claim says this test must find, in words."""
    if test["expected"] == "":
        return own(test["comparator"], SITE)
    if test["unit"] == "true or false":
        return said("yes") if float(test["expected"]) else said("no")
    found = _compared(test, _measured(test))
    if test["tolerance"] == "":
        return found
    slack = answers.shown(test["tolerance"])
    if test["rule"] in DATED:
        return said("{wanted}, give or take {slack} days", wanted=found, slack=slack)
    return said("{wanted}, give or take {slack}%", wanted=found, slack=slack)


def _measured(test: dict) -> Markup:
    """What is expected, with its unit."""
    expected = _span(test["expected"], test)
    in_steps = test["unit"] in MONEY and language.in_force() != ENGLISH
    if test["rule"] in DATED or test["unit"] in ("", "ratio", "year") or in_steps:
        return expected
    return said("{number} {unit}", number=expected, unit=own(test["unit"]))


def _compared(test: dict, expected: Markup) -> Markup:
    """How what is found must stand to it."""
    if test["rule"] == "more":
        period = _span(test["comparator"].removeprefix("more than in "), test)
        return said("more in {expected} than in {period}", expected=expected, period=period)
    low, joint, high = test["expected"].partition("..")
    if test["comparator"] == "within" and joint and not high:
        return said("from {expected} on", expected=expected)
    if test["comparator"] == "within" and joint and not low:
        return said("by {expected}", expected=expected)
    return said(COMPARATORS[test["comparator"]], expected=expected)


def found(test: dict) -> Markup:
    """What this test found, in words."""
    return own(_value(str(test["found"]), test), SITE)


def _span(expected: str, test: dict) -> Markup:
    """A value, or both ends of a span, as the rules write it: ``1992..2012``."""
    low, _, high = expected.partition("..")
    ends = {"low": _value(low, test), "high": _value(high, test)}
    if not (low and high):
        return escape(ends["low"] or ends["high"])
    if test["comparator"] == "between":
        return said("{low} and {high}", **ends)
    return said("{low} to {high}", **ends)


def _value(text: str, test: dict) -> str:
    """What a rule expects or found: numbers with their commas; points in time and amounts of money as another
    language than English writes them.
    """
    dated = test["rule"] in DATED or test["unit"] == "year"
    if not dated and text.isdecimal():
        text = f"{int(text):,}"
    if language.in_force() == ENGLISH:
        return text
    forms = language.FORMS[language.in_force()]
    if test["unit"] in MONEY and re.fullmatch(r"[\d.,]+", text):
        return forms["given"](float(text.replace(",", "")), MONEY[test["unit"]])
    return POINT.sub(lambda point: forms[_form(point)](f"{point['when']}-01"), text) if dated else text


def _form(point: re.Match[str]) -> str:
    """The form in which a language tells a point in time, as exactly as the rule has it."""
    return "fiscal_year" if point["fiscal"] else ("year", "month", "day")[point["when"].count("-")]
