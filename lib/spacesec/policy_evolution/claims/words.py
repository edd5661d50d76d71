"""The words of the question ``claims``."""

import pandas as pd

from spacesec.policy_evolution.claims.model import DECIDED
from spacesec.words.numerals import counted

LISTED = 4  # contradicted claims that the answer names


def answer(claims: pd.DataFrame, counts: dict[str, int], waiting: list[str], others: int) -> str:
    decided = sum(counts[name] for name in DECIDED)
    told = ", ".join(f"{n} {name}" for name, n in counts.items() if n)
    computed = int(claims["computed"].sum())
    wrong = claims[claims["verdict"] == "contradicted"]
    text = (
        f"**Of {counted(len(claims), 'claim')}, {counted(decided, 'has', 'have')} an independent basis and"
        f" {counted(counts['supported'], 'of those is', 'of those are')} supported.** In all: {told}."
    )
    if 0 < computed < len(claims):
        verdicts = counted(computed, "verdict is", "verdicts are")
        text += f" {verdicts} computed by a rule, the rest are argued in a sentence."
    else:
        text += (
            " All verdicts are computed by a rule." if computed else " All verdicts are argued in a sentence."
        )
    if len(wrong):
        listed = "; ".join(f"{c.claim_id} “{c.claim}”" for c in wrong.head(LISTED).itertuples())
        text += (
            f" Contradicted, among others: {listed}." if len(wrong) > LISTED else f" Contradicted: {listed}."
        )
    if waiting:
        text += f" Rules wait for the records of {', '.join(waiting)}."
    if others:
        text += (
            f" {counted(others, 'claim is', 'claims are')} left out: of a document that is none of the five."
        )
    return text
