"""The words of the question ``comparison``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets import words
from spacesec.budgets.comparison.model import COUNTS, ESTIMATORS, GDP_YEAR, Parameters
from spacesec.budgets.money import Loose
from spacesec.budgets.rows import Newer

LEFT_OUT = {
    "budgets/government_space": "no total yet",
    "budgets/strategy_fund": "no tranche that a total books",
    "budgets/comparators": "no estimator's total",
    "budgets/countries": "no estimator's total to divide",
    "budgets/defense_totals": "not the year held against the threshold",
    "budgets/ministries": "parts without a total beside them",
    "budgets/gdp_usd": "the government's rule fixes an earlier year",
    "budgets/budget_book": "after the year that is compared with Taiwan",
}


def answer(
    p: Parameters,
    results: dict[str, Result],
    shares: pd.DataFrame,
    carried: dict[str, list[int]],
    newer: dict[str, Newer | None],
    disputes: dict[str, list[str]],
    loose: Loose,
) -> str:
    r = {name: result.value for name, result in results.items()}
    members = [*r["nato_members_at_two_percent"].items()]
    (start, few), (end, many) = members[0], members[-1]
    return "\n\n".join(
        [
            _burden(p, shares),
            f"That FY{p.defense_year} defense spending is {p.threshold_percent:g} percent of GDP holds under"
            f" **{r['two_percent_true']} of {r['two_percent_definitions']} definitions**, which give"
            f" {r['two_percent_lowest']:.2f} to {r['two_percent_highest']:.2f} percent. A revision alone"
            f" raised the GDP of {GDP_YEAR} by {r['two_percent_vintage_effect']:.1f} percent.",
            f"From FY{p.first_year} to FY{p.last_year} the space budget grew {r['yen_multiple']:.1f} times in"
            f" yen and {r['dollar_multiple']:.1f} times in dollars.",
            *words.standing_in(carried),
            *_security(p, r["security_share_percent"]),
            f"As for exceeding NATO members at two percent: {few} members were there in {start}, {many} in"
            f" {end}.",
            f"JAXA's operating grant alone is {r['jaxa_over_taiwan']:.0f} times Taiwan's space programme per"
            " year.",
            *words.left_out(newer, LEFT_OUT),
            *words.disputed(disputes),
            *words.loose_ends(loose),
        ]
    )


def _burden(p: Parameters, shares: pd.DataFrame) -> str:
    what = p.denominator.replace("_", " ").replace("gdp", "GDP")
    japan = shares[shares["country"] == "Japan"]
    if japan.empty:
        return (
            f"{ESTIMATORS[p.estimator]}'s lists that could be read do not hold Japan with a known {what};"
            f" others range from {shares['share_percent'].min():.2f} to {shares['share_percent'].max():.2f}"
            " percent."
        )
    row = japan.iloc[-1]
    others = shares[(shares["year"] == row["year"]) & (shares["country"] != "Japan")]
    digits = 2 if p.denominator == "gdp" else 1
    beside = ", ".join(f"{other.country} {other.share_percent:.{digits}f}" for other in others.itertuples())
    return (
        f"{ESTIMATORS[p.estimator]} puts Japan's space spending of {row['year']} at"
        f" **{row['share_percent']:.{digits}f} percent of {what}**"
        + (f", beside {beside}." if beside else ".")
    )


def _security(p: Parameters, shares: dict[str, float]) -> list[str]:
    if not shares:
        return []
    first, last = min(shares, key=shares.get), max(shares, key=shares.get)
    return [
        f"Security ({COUNTS[p.security_count]}, {p.security_count} count) took {shares[first]:.0f} percent"
        f" ({first}) to {shares[last]:.0f} percent ({last}) of the space budget in the years whose parts are"
        " published."
    ]
