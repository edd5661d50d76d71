"""The words of the question ``claims``."""

import pandas as pd

from spacesec.policy_evolution.claims.model import DECIDED
from spacesec.words.numerals import counted

LISTED = 4  # contradicted claims that the answer names


def answer(claims: pd.DataFrame, counts: dict[str, int], waiting: list[str]) -> str:
    decided = sum(counts[name] for name in DECIDED)
    told = ", ".join(f"{n} {name}" for name, n in counts.items() if n)
    computed = int(claims["computed"].sum())
    wrong = claims[claims["verdict"] == "contradicted"]
    listed = "; ".join(f"{c.claim_id} “{c.claim}”" for c in wrong.head(LISTED).itertuples())
    tail = f" Rules wait for the records of {', '.join(waiting)}." if waiting else ""
    return (
        f"**Of {counted(len(claims), 'claim')}, {counted(decided, 'has', 'have')} an independent basis and"
        f" {counted(counts['supported'], 'of those is', 'of those are')} supported.** In all: {told}. "
        + (
            f"{counted(computed, 'verdict is', 'verdicts are')} computed by a rule, the rest are argued in a"
            " sentence."
            if 0 < computed < len(claims)
            else f"All verdicts are {'computed by a rule' if computed else 'argued in a sentence'}."
        )
        + (f" Contradicted{', among others' if len(wrong) > LISTED else ''}: {listed}." if len(wrong) else "")
        + tail
    )
