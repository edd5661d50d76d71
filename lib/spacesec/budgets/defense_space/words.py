"""The words of the question ``defense_space``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets import words
from spacesec.budgets.defense_space.model import (
    BOTH_COUNTS,
    BOTH_SCOPES,
    DENOMINATORS,
    PLAN,
    Parameters,
    alone,
)
from spacesec.budgets.rows import Newer

LEFT_OUT = {
    "budgets/defense_space": "neither a total nor a pair of request and grant nor a payment",
    "budgets/ministries": "other ministries, or the ministry's own figure again",
    "budgets/defense_totals": "no space total to divide",
    "budgets/projects": "not paid yet, or another ministry's",
    "policy_evolution/unit_strength": "planned",
}


def answer(
    p: Parameters,
    results: dict[str, Result],
    plan: dict[str, pd.Series],
    newer: dict[str, Newer | None],
    disputes: dict[str, list[str]],
) -> str:
    r = {name: result.value for name, result in results.items()}
    first, last = r["personnel_growth"]
    return "\n\n".join(
        [
            *_total(p, r),
            *_two_counts(r),
            *_granted(r),
            _plan(p, r),
            *_share(p, r),
            f"The space units grew from {first} to {last} people.",
            *words.left_out(newer, LEFT_OUT),
            *words.disputed(disputes),
        ]
    )


def _total(p: Parameters, r: dict) -> list[str]:
    if r["overlap_2025"] is None:
        return []
    return [
        f"The ministry put its space spending for FY{BOTH_SCOPES} at **{r['space_total_2025']:.1f} billion"
        f" yen** on contract basis, {alone(p.scope)} ({r['overlap_2025']:.1f} billion yen count twice in its"
        " programme)."
    ]


def _two_counts(r: dict) -> list[str]:
    if r["two_counts_ratio_2019"] is None:
        return []
    return [
        f"The Cabinet Office counts far less: in FY{BOTH_COUNTS} the ministry's own total was"
        f" {r['two_counts_ratio_2019']:.1f} times as high. The two are never joined."
    ]


def _granted(r: dict) -> list[str]:
    constellation, communications = r["granted_percent_constellation"], r["granted_percent_communications"]
    if constellation is None or communications is None:
        return []
    return [
        f"Of what was asked, {constellation:.0f} percent was granted for the"
        f" target-tracking constellation and {communications:.0f} percent for the"
        " next communications satellite."
    ]


def _plan(p: Parameters, r: dict) -> str:
    known = (
        f"Toward the plan's {p.envelope_bn_jpy:,.0f} billion yen for FY{PLAN[0]}-{PLAN[-1] % 100},"
        f" {r['envelope_known']:.0f} billion yen are known, **{r['envelope_known_percent']:.0f} percent**"
    )
    if not r["envelope_unknown_years"]:
        return f"{known}, of all its years."
    needed = r["envelope_needed_per_unknown_year"]
    rest = f"have to bring {needed:.0f} billion yen each" if needed else "not have to bring any more"
    asked = "".join(
        f" For {year} the request alone could be read: about {amount:.1f}."
        for year, amount in r["envelope_unknown_years_requests"].items()
    )
    years = words.fiscal_years(r["envelope_unknown_years"])
    return f"{known}; no total could be read for {years}, which would {rest}.{asked}"


def _share(p: Parameters, r: dict) -> list[str]:
    if not r["space_share_percent"]:
        return []
    year, share = list(r["space_share_percent"].items())[-1]
    mixed = "" if p.denominator == "new_contracts" else " (contracts over a yearly budget)"
    return [
        f"In {year} the ministry's own total came to {share:.1f} percent of:"
        f" {DENOMINATORS[p.denominator]}{mixed}."
    ]
