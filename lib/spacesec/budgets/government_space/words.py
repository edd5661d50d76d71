"""The words of the question ``government_space``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets import words
from spacesec.budgets.government_space.model import CLAIM_MULTIPLE, CLAIM_WINDOWS, Parameters
from spacesec.budgets.money import Loose
from spacesec.budgets.rows import Newer

BASES = {
    "combined": "supplementary of the year before plus initial budget",
    "initial": "initial budget alone",
}


LEFT_OUT = {"budgets/strategy_fund": "no tranche that a total books"}
COUNTS = {
    "narrow": "",
    "with_missile_defence": ", count with missile defense",
    "narrow_with_fund_execution": ", count with what funds pay out",
}


def answer(
    p: Parameters,
    results: dict[str, Result],
    world: pd.DataFrame,
    unit: str,
    fund: float,
    carried: dict[str, list[int]],
    carried_rate: dict[str, list[int]],
    without_total: pd.DataFrame,
    untold: list[int],
    newer: dict[str, Newer | None],
    disputes: dict[str, list[str]],
    loose: Loose,
) -> str:
    r = {name: result.value for name, result in results.items()}
    return "\n\n".join(
        [
            _growth(p, r, unit, fund),
            *words.standing_in(carried | (carried_rate if p.currency == "JPY" else {})),
            *words.untold(untold),
            *_without_total(without_total),
            _claim(r),
            _definitions(r, world),
            *words.left_out(newer, LEFT_OUT),
            *words.disputed(disputes),
            *words.loose_ends(loose),
        ]
    )


def _growth(p: Parameters, r: dict, unit: str, fund: float) -> str:
    digits = 1 if p.currency == "JPY" else 2
    verb = "grew" if r["growth_multiple"] >= 1 else "fell"
    tranche = (
        f" ({fund:,.{digits}f} of it a tranche of the Space Strategy Fund, meant for ten years)"
        if fund
        else ""
    )
    return (
        f"Between FY{r['first_amount_year']} and FY{r['last_amount_year']} the government space budget"
        f" ({BASES[p.basis]}, without missile defense and aviation; {unit})"
        f" {verb} from {r['first_amount']:,.{digits}f} to"
        f" {r['last_amount']:,.{digits}f}{tranche}: **{r['growth_multiple']:.2f} times**, or"
        f" {r['annual_growth_percent']:.1f} percent a year."
    )


def _without_total(rows: pd.DataFrame) -> list[str]:
    """What is known of years after the last total: drawn, and in no growth."""
    if rows.empty:
        return []
    known = [
        f"FY{row.fiscal_year} {row.stage}{COUNTS[row.count]}, {row.amount_bn_jpy:,.1f} billion yen"
        for row in rows.itertuples(index=False, name="Row")
    ]
    return [f"No total is known yet for what comes after, which enters no growth: {'; '.join(known)}."]


def _claim(r: dict) -> str:
    first, last = CLAIM_WINDOWS[0]
    window = f"FY{first} to FY{last}"
    if r["doubling_claim_holds"] is None:
        return (
            'Whether it "more than doubled in five years" cannot be said on this basis: the totals for'
            f" {window} could not both be read."
        )
    verdict = "holds" if r["doubling_claim_holds"] else "does not hold"
    return (
        f'"More than doubled in five years" **{verdict}** on this basis: {window} gives'
        f" {r['claim_multiple']:.2f} times."
    )


def _definitions(r: dict, world: pd.DataFrame) -> str:
    known = world.dropna(subset="multiple")
    true = known["multiple"] > CLAIM_MULTIPLE
    fund = known["include_strategy_fund"].astype(bool)
    return (
        f"Over all {len(known)} definitions for which totals could be read, the sentence is true under"
        f" {r['definitions_true']}: {int(true[fund].sum())} of {int(fund.sum())} with the Space"
        f" Strategy Fund counted when booked, {int(true[~fund].sum())} of {int((~fund).sum())}"
        " without it."
    )
