"""The words of the question ``exploration_and_investment``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.space_systems.exploration_and_investment.model import Parameters, in_billions
from spacesec.words.numerals import counted


def answer(
    p: Parameters,
    results: dict[str, Result],
    other: str,
    pledge: pd.Series,
    unseen: int,
    alone: list[tuple[str, int]],
) -> str:
    r = {name: result.value for name, result in results.items()}
    out = r["outcomes"]
    middle, (low, high) = r["median_slip_months"], r["median_slip_interval_months"]
    slip = (
        "no median slip can be told"
        if middle != middle
        else f"the median slip is {middle:.0f} months"
        + (f" ({low:.0f} to {high:.0f})" if high == high else f" ({low:.0f} or more)" if low == low else "")
    )
    chance = r["log_rank_p"]
    sides = (
        "cannot be compared"
        if chance != chance
        else (
            f"differ (p = {chance:.2f})"
            if chance < 0.05
            else f"do not differ beyond chance (p = {chance:.2f})"
        )
    )
    gives, gets = r["japan_gives"], r["japan_gets"]
    stock, their = r["direct_investment_bn_usd"]["japan"], r["direct_investment_bn_usd"][other.lower()]
    place = "ahead of" if stock > their else "behind"
    return "\n\n".join(
        [
            (
                f"**{out['met']} of {r['promises']} promises met, {out['late']} late, {out['not met']} past"
                f" their window, {out['failed'] + out['overtaken']} lost or overtaken, {out['open']} open.**"
                f" Counting those undelivered as still going, {slip}; civil promises and those with a"
                f" security side {sides}."
            ),
            (
                f"**What Japan gives and gets is bartered, not paid.** Of {sum(gives.values())} things given"
                f" {gives.get('overtaken', 0)} were overtaken when the Gateway was dropped, of"
                f" {sum(gets.values())} things to be got {gets.get('overtaken', 0)}; the seats on landing"
                " flights are open and have no date. No sum stands in the sources for the rover or the"
                " modules, so who gave most cannot be told."
            ),
            (
                f"Japan's {stock:,.1f} billion dollars of direct investment lie {place} {other}'s"
                f" {their:,.1f};"
                f" the {in_billions(pledge['value']).removeprefix('one ')} spoken of is"
                f" {r['pledge_gap_bn_usd']:,.1f} billion away, {r['pledge_years']:.1f} years at"
                f" {p.direct_investment_growth_percent:g} % a year. To double in {p.doubling_years:g} years"
                f" the space industry must grow {r['doubling_growth_percent']:.2f} % a year, from"
                f" {r['industry_counts_tn_jpy']['narrow']:g} trillion yen by one count or"
                f" {r['industry_counts_tn_jpy']['wide']:g} by another."
            ),
            *left_out(p, unseen, alone),
        ]
    )


def left_out(p: Parameters, unseen: int, alone: list[tuple[str, int]]) -> list[str]:
    """What the tables hold and the answer does not use, and why: a sentence a reason."""
    said = [
        f"The stock of direct investment of {investor} at the end of {year} is left out: no other stands"
        " beside"
        " it."
        for investor, year in alone
    ]
    if unseen:
        known = counted(unseen, "promise not delivered was", "promises not delivered were")
        said.append(f"{known} last looked at before {p.as_of}: the slip counts to that look.")
    return [" ".join(said)] if said else []
