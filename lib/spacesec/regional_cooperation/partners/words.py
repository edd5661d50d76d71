"""The words of the question ``partners``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.regional_cooperation import told_twice as twice
from spacesec.regional_cooperation.partners.model import TECHNICAL_UNTIL, Parameters
from spacesec.words.numerals import counted


def _the(name: str) -> str:
    return f"the {name}" if name.startswith(("United", "European")) else name


def answer(
    p: Parameters,
    results: dict[str, Result],
    ranking: pd.DataFrame,
    without_partner: pd.DataFrame,
    told_twice: list[str],
) -> str:
    r = {name: result.value for name, result in results.items()}
    top = ranking.iloc[:4]
    total = ranking["depth"].sum()
    others = ", ".join(
        f"{_the(row.partner)} ({100 * row.depth / total:.0f})" for row in top.iloc[1:].itertuples()
    )
    first = _the(top["partner"].iloc[0])
    lines = [
        f"From {p.start_year} to {p.end_year} the collection holds {counted(r['acts'], 'act')} and"
        f" {counted(r['ties'], 'tie')} with {counted(r['partners'], 'partner')}."
        f" **{first[0].upper() + first[1:]} holds {100 * top['depth'].iloc[0] / total:.0f} percent of the"
        " weight**" + (f", ahead of {others} percent." if len(top) > 1 else ".")
    ]
    rule = (
        "a later act with the same partner in the same layer"
        if p.operation_rule == "same_domain"
        else "an act that sources tie to the text"
    )
    if not r["texts_signed"]:
        lines.append("No signed text that could be carried out is among them.")
    elif r["median_years_to_operation"] is None:
        lines.append(
            f"Of {r['texts_signed']} signed texts {r['texts_carried_out']} were followed by {rule}; fewer"
            " than half, so that **no median time to operation exists**."
        )
    else:
        high = "open" if r["median_years_high"] is None else f"{r['median_years_high']:.1f}"
        lines.append(
            f"Of {r['texts_signed']} signed texts {r['texts_carried_out']} were followed by {rule}: **median"
            f" {r['median_years_to_operation']:.1f} years** (95 percent interval {r['median_years_low']:.1f}"
            f" to {high}). Sources tie an operation to only {r['carried_out_named']} of them."
        )
    before = (
        f"{r['us_policy_acts_before_2010'] or 'none'} of {counted(r['us_acts_before_2010'], 'act')} with the"
        f" United States {'was' if r['us_acts_before_2010'] == 1 else 'were'} on space awareness or rules"
        if r["us_acts_before_2010"]
        else "none of the acts is with the United States"
    )
    since = r["us_policy_acts_from_2010"]
    verb = "is" if since == 1 else "are"
    kind = "" if r["us_acts_before_2010"] else " on space awareness or rules"
    lines.append(f"Before {TECHNICAL_UNTIL} {before}; from then on there {verb} {since}{kind}.")
    if len(without_partner):
        acts = "; ".join(
            f"{title} ({year})" for title, year in zip(without_partner["title"], without_partner["year"])
        )
        lines.append(f"Left out, because no partner is recorded: {acts}.")
    return "\n\n".join(filter(None, [*lines, twice.sentence(told_twice)]))
