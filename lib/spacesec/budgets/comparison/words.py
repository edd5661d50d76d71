"""The words of the question ``comparison``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets.comparison.model import COUNTS, ESTIMATORS, Parameters


def answer(p: Parameters, results: dict[str, Result], shares: pd.DataFrame) -> str:
    r = {name: result.value for name, result in results.items()}
    what = p.denominator.replace("_", " ").replace("gdp", "GDP")
    japan = shares[shares["country"] == "Japan"]
    lines = []
    if len(japan):
        row = japan.iloc[-1]
        others = shares[(shares["year"] == row["year"]) & (shares["country"] != "Japan")]
        digits = 2 if p.denominator == "gdp" else 1
        lines.append(
            f"{ESTIMATORS[p.estimator]} puts Japan's space spending of {row['year']} at"
            f" **{row['share_percent']:.{digits}f} percent of {what}**, beside "
            + ", ".join(f"{o.country} {o.share_percent:.{digits}f}" for o in others.itertuples())
            + "."
        )
    else:
        lines.append(
            f"{ESTIMATORS[p.estimator]}'s lists that could be read do not hold Japan with a known {what};"
            f" others range from {shares['share_percent'].min():.2f} to {shares['share_percent'].max():.2f}"
            " percent."
        )
    lines += [
        (
            f"That FY{p.defense_year} defense spending is {p.threshold_percent:g} percent of GDP holds under"
            f" **{r['two_percent_true']} of {r['two_percent_definitions']} definitions**, which give"
            f" {r['two_percent_lowest']:.2f} to {r['two_percent_highest']:.2f} percent. A revision alone"
            f" raised the GDP of 2022 by {r['two_percent_vintage_effect']:.1f} percent."
        ),
        (
            f"From FY{p.first_year} to FY{p.last_year} the space budget grew {r['yen_multiple']:.1f} times in"
            f" yen and {r['dollar_multiple']:.1f} times in dollars."
        ),
    ]
    if r["security_share_percent"]:
        (first, low), (last, high) = (
            min(r["security_share_percent"].items(), key=lambda i: i[1]),
            max(r["security_share_percent"].items(), key=lambda i: i[1]),
        )
        lines.append(
            f"Security ({COUNTS[p.security_count]}, {p.security_count} count) took {low:.0f} percent"
            f" ({first}) to {high:.0f} percent ({last}) of the space budget in the years whose parts are"
            " published."
        )
    (start, few), (end, many) = (
        list(r["nato_members_at_two_percent"].items())[0],
        list(r["nato_members_at_two_percent"].items())[-1],
    )
    lines.append(
        f"As for exceeding NATO members at two percent: {few} members were there in {start}, {many} in {end}."
    )
    lines.append(
        f"JAXA's operating grant alone is {r['jaxa_over_taiwan']:.0f} times Taiwan's space programme per"
        " year."
    )
    return "\n\n".join(lines)
