"""The words of the question ``government_space``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets import money
from spacesec.budgets.government_space.model import CLAIM_MULTIPLE, Parameters

BASES = {
    "combined": "supplementary of the year before plus initial budget",
    "initial": "initial budget alone",
}


def answer(p: Parameters, results: dict[str, Result], world: pd.DataFrame, unit: str, fund: float) -> str:
    r = {name: result.value for name, result in results.items()}
    digits = 1 if p.currency == "JPY" else 2
    carried = money.carried_years(pd.Index([r["last_amount_year"]]), p.currency, p.deflator)
    tranche = (
        f" ({fund:,.{digits}f} of it a tranche of the Space Strategy Fund, meant for ten years)"
        if fund
        else ""
    )
    lines = [
        f"Between FY{r['first_amount_year']} and FY{r['last_amount_year']} the government space budget"
        f" ({BASES[p.basis]}, without missile defense and aviation; {unit})"
        f" {'grew' if r['growth_multiple'] >= 1 else 'fell'} from {r['first_amount']:,.{digits}f} to"
        f" {r['last_amount']:,.{digits}f}{tranche}: **{r['growth_multiple']:.2f} times**, or"
        f" {r['annual_growth_percent']:.1f} percent a year."
    ]
    if carried:
        lines.append(f"The price index of FY{carried[0]} is not known yet; the latest known one stands in.")
    window = "FY2019 to FY2024"
    if r["doubling_claim_holds"] is None:
        lines.append(
            'Whether it "more than doubled in five years" cannot be said on this basis: the totals for'
            f" {window} could not both be read."
        )
    else:
        lines.append(
            '"More than doubled in five years"'
            f" **{'holds' if r['doubling_claim_holds'] else 'does not hold'}** on this basis: {window} gives"
            f" {r['claim_multiple']:.2f} times."
        )
    known = world.dropna(subset="multiple")
    share = {
        name: part["multiple"] > CLAIM_MULTIPLE
        for name, part in known.groupby(known["include_strategy_fund"].map({True: "with", False: "without"}))
    }
    lines.append(
        f"Over all {len(known)} definitions for which totals could be read, the sentence is true under"
        f" {r['definitions_true']}: {int(share['with'].sum())} of {len(share['with'])} with the Space"
        f" Strategy Fund counted when booked, {int(share['without'].sum())} of {len(share['without'])}"
        " without it."
    )
    return "\n\n".join(lines)
