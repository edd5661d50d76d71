"""The claim board and a page for every claim: verdict, how it was reached, and the rows, results and sources
behind it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from spacesec import answers
from spacesec.collection.questions import THEMES
from spacesec.collection.site import citation
from spacesec.collection.site.behind import drawn
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import Row, Rows, records, rows, stamps
from spacesec.data import tables

# What the verdicts mean, after the rule that gives them (policy_evolution.claim_rules.verdict).
MEANINGS = {
    "supported": "every part of it holds on independent ground",
    "partly": "some parts hold; others fail or have no independent source",
    "contested": "independent sources disagree on the same part",
    "contradicted": "independent rows or results speak against it",
    "plan not kept": "it reports a plan rightly, and the plan was not kept",
    "open": "it waits for a day or a result that has not come",
    "unverified": "nothing independent bears on it",
    "not testable": "nothing public could decide it",
}
COMPARATORS = {
    "=": "",
    "within": "within ",
    "between": "between ",
    "<": "less than ",
    "<=": "at most ",
    ">": "more than ",
    ">=": "at least ",
    "contains": "text containing ",
    "equals": "the text ",
    "until": "not before ",
}


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
    results: list[tuple[str, str, dict]]  # question, name, result: those the verdict rests on
    bearing: list[tuple[str, str, dict]]  # those that say they bear on the claim

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
    questions = {name: run.question for name, run in records().items()}
    shared = {
        "titles": titles,
        "questions": questions,
        "short": short,
        "themes": THEMES,
        "meanings": MEANINGS,
        "as_of": tables.package()["as_of"],
    }
    yield Page(
        "claims/index.html",
        "claims.html",
        "Claims",
        shared | {"board": board, "documents": documents, "counts": counts},
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
        yield Page(
            f"claims/{claim.id}.html",
            "claim.html",
            f"{claim.id}: {claim.text}",
            shared
            | near
            | {
                "claim": claim,
                "figures": drawing,
                "cite": citation.claim(claim.id, claim.text, claim.verdict),
            },
            "claim",
            " ".join([claim.topic.replace("_", " "), claim.reason, *(test["tests"] for test in claim.tests)]),
            f"{claim.verdict} · {short(claim.source)}",
        )


def ledger() -> list[Claim]:
    """Every claim, judged by the same functions as in the notebook; none where the collection holds no
    claims; judged once while no table and no record changes.
    """
    if "policy_evolution/claims" not in tables.names():
        return []
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
        tests.setdefault(test["claim_id"], []).append(test | {"wanted": _wanted(test)})
    bearing: dict[str, list[tuple[str, str, dict]]] = {}
    for name, run in records().items():
        for key, result in run.results.items():
            for claim_id in result.claims:
                bearing.setdefault(claim_id, []).append(
                    (name, key, result.model_dump() | {"shown": answers.shown(result.value)})
                )
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
        if not is_row(reference) and (result := evidence.result(reference)):
            question, _, name = reference.partition(":")
            results.append((question, name, result.model_dump() | {"shown": answers.shown(result.value)}))
    others = [entry for entry in bearing if entry[:2] not in [known[:2] for known in results]]
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


def _wanted(test: dict) -> str:
    """What the claim says this test must find, in words."""
    if test["expected"] == "":
        return test["comparator"]
    if test["unit"] == "true or false":
        return "yes" if float(test["expected"]) else "no"
    expected = (
        " and ".join(test["expected"].split(".."))
        if test["comparator"] == "between"
        else " to ".join(filter(None, test["expected"].split("..")))
    )
    unit = (
        f" {test['unit']}"
        if test["unit"] not in ("", "ratio") and test["rule"] not in ("due", "date")
        else ""
    )
    measure = "days" if test["rule"] in ("due", "date") else "%"
    slack = f", give or take {answers.shown(test['tolerance'])} {measure}" if test["tolerance"] != "" else ""
    return f"{COMPARATORS.get(test['comparator'], test['comparator'] + ' ')}{expected}{unit}{slack}"
