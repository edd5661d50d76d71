"""The claim ledger: what became of every checkable claim of the five documents, and on what independent
ground.

A verdict is never stored. It is computed from the rules of ``policy_evolution/claim_rules`` (see
``claim_rules``) or stands with its reason in ``policy_evolution/claim_reasons``. Its basis is rows that do
not come from the document that makes the claim, or a named result of a recorded run of any question.
"""

from typing import Literal

import pandas as pd

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.parameters import value
from spacesec.policy_evolution.claims.rules import (
    Evidence,
    Finding,
    MissingReference,
    Row,
    evaluate,
    is_row,
    references,
    verdict,
)

VERDICTS = (
    "supported",
    "partly",
    "contested",
    "contradicted",
    "plan not kept",
    "open",
    "unverified",
    "not testable",
)


DECIDED = ("supported", "partly", "contested", "contradicted", "plan not kept")


DOCUMENTS = {
    "fatton": "fatton-2020",
    "csis_digest": "csis-uchu-digest-2024",
    "umeda_wilson": "umeda-wilson-2025",
    "wilson": "wilson-2025",
    "fang": "fang-2024",
}


# A digest retells another text, which therefore cannot confirm it.
RETELLS = {"csis-uchu-digest-2024": {"csis-uchu-report-2024"}}


INDEPENDENT = ("independent", "derived")


QUALITIES = ("A", "B", "C")


DocumentName = Literal["fatton", "csis_digest", "umeda_wilson", "wilson", "fang"]


KindName = Literal["date", "number", "comparative", "causal", "forecast", "text"]


ThemeName = Literal["policy_evolution", "budgets", "missile_warning", "regional_cooperation", "space_systems"]


class Parameters(parameters.Parameters):
    """What the reader may vary: which claims to show, and how weak a source may be that decides one."""

    documents: list[DocumentName] = value(list(DOCUMENTS), "documents whose claims are shown", min_length=1)
    kinds: list[KindName] = value(
        ["date", "number", "comparative", "causal", "forecast", "text"], "kinds of claim shown", min_length=1
    )
    themes: list[ThemeName] = value(
        ["policy_evolution", "budgets", "missile_warning", "regional_cooperation", "space_systems"],
        "themes shown",
        min_length=1,
    )
    weakest_quality: Literal["A", "B", "C"] = value(
        "C",
        "weakest source that may decide a claim: A official, B named press or scholarly, C reposts and"
        " encyclopedias too",
    )
    tolerance_factor: float = value(
        1.0, "tolerances of the number and date rules are multiplied by this", "times", ge=0, le=5
    )


def findings(evidence: Evidence, weakest_quality: str = "C", tolerance_factor: float = 1.0) -> pd.DataFrame:
    """Every rule with what it found: ``outcome``, ``found``; a rule whose rows are all weaker than allowed
    has no source.
    """
    rules = tables.load("policy_evolution/claim_rules").copy()
    rules["tolerance"] = rules["tolerance"] * tolerance_factor
    found = []
    for rule in rules.to_dict("records"):
        finding = _evaluated(rule, evidence)
        allowed = QUALITIES[: QUALITIES.index(weakest_quality) + 1]
        rows = [
            row
            for reference in references(rule["operands"])
            if is_row(reference)
            for _, row in evidence.rows(reference)
        ]
        if (
            rows
            and finding.outcome in ("holds", "fails", "slipped")
            and not all(row["quality"] in allowed for row in rows)
        ):
            found.append(("no source", "only a weaker source"))
        else:
            found.append((finding.outcome, finding.found))
    rules[["outcome", "found"]] = found
    return rules


def _evaluated(rule: Row, evidence: Evidence) -> Finding:
    """What the rule finds, looked up once for each tolerance.

    A result that its question no longer gives waits for it, and `problems` names it; a row that is missing
    stops the board.
    """
    key = rule["row_id"], None if pd.isna(rule["tolerance"]) else float(rule["tolerance"])
    if key not in evidence.found:
        try:
            evidence.found[key] = evaluate(rule, evidence)
        except MissingReference:
            if rule["rule"] != "result":
                raise
            evidence.found[key] = Finding("open", f"waits for {rule['operands'].partition(':')[0]}")
    return evidence.found[key]


def ledger(found: pd.DataFrame) -> pd.DataFrame:
    """One row a claim: the claim with ``verdict``, ``computed`` (by a rule), ``reason`` in words and
    ``basis`` (references).
    """
    claims = tables.load("policy_evolution/claims")
    reasons = {
        row["claim_id"]: row for row in tables.load("policy_evolution/claim_reasons").to_dict("records")
    }
    tests: dict[str, list[dict]] = {}
    for rule in found.to_dict("records"):
        tests.setdefault(rule["claim_id"], []).append(rule)
    made = [_judged(tests.get(claim_id), reasons.get(claim_id)) for claim_id in claims["claim_id"]]
    for place, name in enumerate(("verdict", "computed", "reason")):
        claims[name] = [row[place] for row in made]
    claims["basis"] = [" ; ".join(dict.fromkeys(row[3])) for row in made]
    claims["document"] = claims["source_id"].map({source: name for name, source in DOCUMENTS.items()})
    claims["verdict"] = pd.Categorical(claims["verdict"], VERDICTS)
    return claims


def _judged(tests: list[dict] | None, reason: dict | None) -> tuple[str, bool, str, list[str]]:
    """Verdict, whether a rule computed it, the reason in words, the references behind it."""
    if not tests and not reason:
        return "unverified", False, "No rule and no reason has been written for it yet.", []
    if not tests:
        return str(reason["verdict"]), False, reason["reason"], references(reason["basis"])
    told = "; ".join(
        f"{test['tests']}: {test['outcome']}"
        + (f" ({test['found']})" if test["outcome"] != "no source" else "")
        for test in tests
    )
    behind = [
        reference
        for test in tests
        if test["outcome"] != "no source"
        for reference in references(test["operands"])
    ]
    return verdict([(test["part"], test["outcome"]) for test in tests]), True, told, behind


def problems() -> list[str]:
    """What is wrong with the ledger, one sentence a fault; an empty list when nothing is.

    A basis must exist, must be independent, and must not come from the document that makes the claim; a
    verdict that decides needs one.
    """
    evidence, faults = Evidence(), []
    claims = tables.load("policy_evolution/claims").set_index("claim_id")
    rules, reasons = (
        tables.load("policy_evolution/claim_rules"),
        tables.load("policy_evolution/claim_reasons"),
    )
    for claim_id in claims.index.difference([*rules["claim_id"], *reasons["claim_id"]]):
        faults.append(f"claim {claim_id} has neither a rule nor a reason; add one to data/policy_evolution")
    for claim_id in set(rules["claim_id"]) & set(reasons["claim_id"]):
        faults.append(f"claim {claim_id} has rules and a reason; keep one of them")
    for rule in rules.to_dict("records"):
        faults += _basis_faults(rule["row_id"], rule["claim_id"], rule["operands"], claims, evidence)
        faults += _rule_faults(rule, evidence)
    for _, reason in reasons.iterrows():
        faults += _basis_faults(reason["row_id"], reason["claim_id"], reason["basis"], claims, evidence)
        if reason["verdict"] in DECIDED and not references(reason["basis"]):
            faults.append(
                f"{reason['row_id']}: {reason['claim_id']} is called {reason['verdict']} without a basis;"
                " name the rows or results behind it"
            )
    return faults


def _basis_faults(
    where: str, claim_id: str, text: str, claims: pd.DataFrame, evidence: Evidence
) -> list[str]:
    faults, document = [], claims.loc[claim_id, "source_id"]
    for reference in references(text):
        try:
            if not is_row(reference):
                evidence.result(reference)
                continue
            for name, row in evidence.rows(reference):
                if row["source_id"] in {document} | RETELLS.get(document, set()):
                    faults.append(
                        f"{where}: {claim_id} rests on {name}:{row['row_id']}, which comes from the document"
                        " that makes the claim; find another basis"
                    )
                elif row["evidence"] not in INDEPENDENT:
                    faults.append(
                        f"{where}: {claim_id} rests on {name}:{row['row_id']}, whose evidence is"
                        f" {row['evidence']}; a basis must be independent or derived"
                    )
        except MissingReference as error:
            faults.append(f"{where}: {claim_id} names {reference}, but {error}; mend the reference")
    return faults


def _rule_faults(rule: Row, evidence: Evidence) -> list[str]:
    try:
        finding = evaluate(rule, evidence)
        if rule["rule"] == "awaits" and finding.outcome != "open":
            return [
                f"{rule['row_id']}: {rule['claim_id']} could not be decided before {rule['expected']}, which"
                " has passed; decide it from rows"
            ]
        if rule["rule"] == "number" and not rule["take"].startswith(("ratio", "count")):
            unit = evidence.unit(rule["operands"], rule["column"])
            meant = "" if pd.isna(rule["unit"]) else rule["unit"]
            if unit and meant and unit != meant:
                return [
                    f"{rule['row_id']}: {rule['claim_id']} compares {meant} with rows in {unit}; use one unit"
                ]
    except MissingReference:
        return []  # named by the check of its basis
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        return [
            f"{rule['row_id']}: {rule['claim_id']} cannot be evaluated ({type(error).__name__}: {error});"
            " mend the rule"
        ]
    return []


def answer(parameters: Parameters) -> Answer:
    """The board for the claims chosen, with the rules' findings and the board under other ways of judging."""
    p = parameters
    evidence = Evidence()
    found = findings(evidence, p.weakest_quality, p.tolerance_factor)
    claims = ledger(found)
    others = int(claims["document"].isna().sum())
    chosen = (
        claims["document"].isin(p.documents) & claims["kind"].isin(p.kinds) & claims["theme"].isin(p.themes)
    )
    claims = claims[chosen].reset_index(drop=True)
    if claims.empty:
        raise ParameterError(
            f"no claim of {', '.join(p.documents)} is of the kinds {', '.join(p.kinds)} in"
            f" {', '.join(p.themes)}; choose more of one of them."
        )
    shown = found[found["claim_id"].isin(claims["claim_id"])]
    counts = {name: int((claims["verdict"] == name).sum()) for name in VERDICTS}
    waiting = sorted(
        {
            text.removeprefix("waits for ")
            for text in shown.loc[shown["outcome"] == "open", "found"]
            if text.startswith("waits for ")
        }
    )
    results = _results(claims, counts, waiting, others)
    tables_ = {
        "board": claims,
        "findings": shown.reset_index(drop=True),
        "judging": judgings(evidence, chosen, p),
        "basis": basis_rows(claims, evidence),
    }
    return Answer(results, tables_, p)


def judgings(evidence: Evidence, chosen: pd.Series, p: Parameters) -> pd.DataFrame:
    """Counts of verdicts as chosen, and under stricter and looser ways of judging, one row a way and
    verdict; each way changes one thing of what is chosen.
    """
    quality, factor = p.weakest_quality, p.tolerance_factor
    ways = {
        "as chosen": (quality, factor),
        "no reposts or encyclopedias": ("B", factor),
        "official sources only": ("A", factor),
        "tolerances halved": (quality, factor / 2),
        "tolerances doubled": (quality, factor * 2),
        "no tolerance": (quality, 0.0),
    }
    rows = []
    for way, (quality, factor) in ways.items():
        verdicts = ledger(findings(evidence, quality, factor)).loc[chosen, "verdict"]
        rows += [{"way": way, "verdict": name, "claims": int((verdicts == name).sum())} for name in VERDICTS]
    return pd.DataFrame(rows)


def basis_rows(claims: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Every row or result behind a decided verdict: claim, reference, table, source, quality."""
    rows = []
    for claim in claims[claims["verdict"].isin(DECIDED)].itertuples():
        for reference in references(claim.basis):
            if is_row(reference):
                rows += [
                    {
                        "claim_id": claim.claim_id,
                        "theme": claim.theme,
                        "table": name,
                        "row_id": row["row_id"],
                        "source_id": row["source_id"],
                        "quality": row["quality"],
                    }
                    for name, row in evidence.rows(reference)
                ]
            else:
                rows.append(
                    {
                        "claim_id": claim.claim_id,
                        "theme": claim.theme,
                        "table": reference,
                        "row_id": None,
                        "source_id": None,
                        "quality": None,
                    }
                )
    return pd.DataFrame(rows, columns=["claim_id", "theme", "table", "row_id", "source_id", "quality"])


def _results(
    claims: pd.DataFrame, counts: dict[str, int], waiting: list[str], others: int
) -> dict[str, Result]:
    decided = sum(counts[name] for name in DECIDED)

    def ids(name: str) -> list[str]:
        return claims.loc[claims["verdict"] == name, "claim_id"].tolist()

    by_document = {
        name: {v: int(n) for v, n in part["verdict"].value_counts(sort=False).items()}
        for name, part in claims.groupby("document", sort=False)
    }
    return {
        "claims": Result(len(claims), "claims", "claims shown"),
        "computed": Result(
            int(claims["computed"].sum()),
            "claims",
            "of those, verdicts computed by a rule; the others are argued",
        ),
        "decided": Result(
            decided,
            "claims",
            "claims with a basis: supported, partly, contested, contradicted or a plan not kept",
        ),
        "verdicts": Result(counts, "claims", "claims by verdict"),
        "supported_percent": Result(
            100 * counts["supported"] / decided if decided else None, "%", "supported among the decided"
        ),
        "contradicted": Result(ids("contradicted"), "claim ids", "claims that independent rows contradict"),
        "contradicted_claims": Result(
            claims.loc[claims["verdict"] == "contradicted", "claim"].tolist(),
            "claims",
            "what these claims say",
        ),
        "left_out": Result(others, "claims", "claims of a document that is none of the five, left out"),
        "plans_not_kept": Result(
            ids("plan not kept"), "claim ids", "claims that report a plan rightly which was not kept"
        ),
        "contested": Result(ids("contested"), "claim ids", "claims on which independent sources disagree"),
        "waiting_for": Result(waiting, "questions", "questions whose recorded result a rule waits for"),
        "verdicts_by_document": Result(by_document, "claims", "claims by document and verdict"),
    }


# What is printed in yen and in dollars: words, yen a dollar, month of the rate.
PRINTED = (
    ("Fatton: 3.3 bn yen as 31 million dollars, request of August 2019", 3300 / 31, "2019-08"),
    ("Fatton: 52.4 bn yen as 488 million dollars, request of August 2019", 52400 / 488, "2019-08"),
    ("Fatton: 365 bn yen as 3.4 bn dollars, mid-2020", 365 / 3.4, "2020-06"),
    ("Digest: one trillion yen as 6.9 bn dollars, August 2024", 1000 / 6.9, "2024-08"),
)


def checks(answer: Answer) -> list[Check]:
    """Yen and dollar amounts that the documents print imply exchange rates; the Federal Reserve's monthly
    means are the outside value.
    """
    rates = tables.load("budgets/exchange_rates").set_index("row_id")["jpy_per_usd"]
    return [
        Check(
            what,
            ours,
            float(rates[f"jpy-per-usd-{month}"]),
            2.0,
            "JPY per USD",
            "federal-reserve-h10",
            f"Japan, {month}",
        )
        for what, ours, month in PRINTED
        if f"jpy-per-usd-{month}" in rates.index
    ]


def listing(claims: pd.DataFrame, verdicts: tuple[str, ...] = VERDICTS, most: int = 40):
    """The claims of some verdicts as a table to show, ``most`` at most."""
    from spacesec.answers import Listing

    part = claims[claims["verdict"].isin(verdicts)].head(most)
    return Listing(
        ("claim", "what it says", "verdict", "what decides it"),
        [(c.claim_id, c.claim, str(c.verdict), c.reason) for c in part.itertuples()],
    )
