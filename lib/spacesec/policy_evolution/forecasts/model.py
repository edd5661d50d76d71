"""What do these notebooks expect, and how well did they expect? Frozen forecasts beside base rates: how many
should come true, what came of those that fell due, and how much their score can tell.
"""

from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from spacesec import answers, parameters
from spacesec.data import extent, tables, vintage
from spacesec.errors import ParameterError
from spacesec.methods import statistics

FORECASTS, PLEDGES = "policy_evolution/forecasts", "space_systems/asat_pledges"
TAILS = (0.05, 0.95)  # nine tenths lie between
SURE_PERCENT = 95  # a lead is customarily called shown from here

# What may have become of a forecast on a day.
STATES = ("open", "came true", "did not", "void", "overdue")
DECIDED = ("came true", "did not")

GroupName = Literal["launch and satellites", "threat", "money", "institutions", "votes and ties"]


def days_known() -> tuple[date, date]:
    """The first day on which forecasts were frozen, and the newest on which they were frozen or decided."""
    rows = extent.rows(FORECASTS)
    days = [row[column] for row in rows for column in ("frozen_on", "decided_on") if row[column]]
    first = date.fromisoformat(min(row["frozen_on"] for row in rows))
    newest = max(vintage.as_of(), *map(date.fromisoformat, days))
    return first, newest if vintage.in_force() is None else vintage.as_of()


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    as_of: date = parameters.value(
        "latest",
        "day of the account; what was frozen or decided later does not count",
        "ISO date",
        between=days_known,
    )
    groups: list[GroupName] = parameters.value(
        ["launch and satellites", "threat", "money", "institutions", "votes and ties"],
        "kind of thing forecast",
        min_length=1,
    )


def board(forecasts: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """One row a forecast frozen by ``as_of``, by the day on which it falls due, with its ``state`` then."""
    day = pd.Timestamp(as_of)
    made = forecasts[forecasts["frozen_on"] <= day].sort_values(["due", "row_id"], ignore_index=True)
    decided = made["decided_on"].le(day) & made["outcome"].notna()
    waiting = pd.Series(np.where(made["due"] < day, "overdue", "open"), index=made.index)
    return made.assign(state=made["outcome"].astype(object).where(decided, waiting))


def count_interval(probabilities: pd.Series) -> tuple[float, int, int]:
    """How many of independent statements come true: the mean, and between what nine tenths of the chance lie.

    Poisson's binomial distribution, by SciPy.
    """
    if probabilities.empty:
        return 0.0, 0, 0
    low, high = (int(stats.poisson_binom.ppf(tail, probabilities.to_numpy())) for tail in TAILS)
    return float(probabilities.sum()), low, high


def calendar(rows: pd.DataFrame) -> pd.DataFrame:
    """By day on which forecasts fall due: how many are due by then, how many came true, and how many are
    expected to by our probabilities and by base rates, each with the bounds of nine tenths.
    """
    made = []
    for due in rows["due"].drop_duplicates():
        part = rows[rows["due"] <= due]
        ours, base = (count_interval(part[column]) for column in ("probability", "base_rate"))
        made.append(
            {
                "due": due,
                "fallen_due": len(part),
                "came_true": int((part["state"] == "came true").sum()),
                **dict(zip(("expected", "low", "high"), ours, strict=True)),
                **dict(zip(("base", "base_low", "base_high"), base, strict=True)),
            }
        )
    return pd.DataFrame(made)


def lead(rows: pd.DataFrame) -> pd.DataFrame:
    """By number of forecasts decided, in the order in which they fall due: by how much our Brier score would
    be better than that of base rates if our probabilities are right, with its standard deviation.

    The lead is the mean of (b - o)^2 - (p - o)^2. With o true by chance p its mean is that of (p - b)^2, and
    each term's deviation 2 |p - b| sqrt(p (1 - p)).
    """
    p, b = (rows[name].to_numpy(float) for name in ("probability", "base_rate"))
    count = np.arange(1, len(rows) + 1)
    return pd.DataFrame(
        {
            "decided": count,
            "lead": np.cumsum((p - b) ** 2) / count,
            "deviation": 2 * np.sqrt(np.cumsum((p - b) ** 2 * p * (1 - p))) / count,
        }
    ).assign(chance_percent=lambda made: 100 * stats.norm.cdf(made["lead"] / made["deviation"]))


def answer(parameters: Parameters) -> answers.Answer:
    """The account of the chosen forecasts on the chosen day."""
    rows = board(tables.settled(FORECASTS), parameters.as_of)
    rows = rows[rows["group"].isin(parameters.groups)].reset_index(drop=True)
    if rows.empty:
        raise ParameterError(
            f"no forecast of {', '.join(parameters.groups)} was frozen by {parameters.as_of}; choose another"
            " group."
        )
    found = {"board": rows, "calendar": calendar(rows), "lead": lead(rows)}
    return answers.Answer(_results(found), found, parameters)


def checks(answer: answers.Answer) -> list[answers.Check]:
    """What a forecast sets out from, counted from its rows beside what its source prints."""
    pledged = int(tables.settled(PLEDGES)["states"].sum())
    source, where = "secure-world-2026-global-counterspace-capabilities", "p. 01-50: 38 countries in all"
    return [
        answers.Check(
            "States that have pledged not to test, from the rows of those that did",
            pledged,
            38,
            0,
            "states",
            source,
            where,
        )
    ]


def _results(found: dict[str, pd.DataFrame]) -> dict[str, answers.Result]:
    rows = found["board"]
    decided = rows[rows["state"].isin(DECIDED)]
    true = (decided["state"] == "came true").to_numpy()
    ours, low, high = count_interval(rows["probability"])
    base, base_low, base_high = count_interval(rows["base_rate"])
    scores = [
        statistics.brier_score(decided[name].astype(float), true) if len(decided) else None
        for name in ("probability", "base_rate")
    ]
    waiting = rows[rows["state"] == "open"]
    far = rows.loc[(rows["probability"] - rows["base_rate"]).abs().idxmax()]
    last = found["lead"].iloc[-1]
    values = {
        "forecasts": (len(rows), "forecasts", "forecasts frozen by the day, of the chosen groups"),
        "by_group": (
            {group: count for group, count in rows["group"].value_counts().items() if count},
            "forecasts",
            "forecasts by kind of thing",
        ),
        "expected": (ours, "forecasts", "sum of the probabilities: how many should come true"),
        "expected_interval": ([low, high], "forecasts", "between what nine tenths of the chance lie"),
        "base": (base, "forecasts", "sum of the base rates"),
        "base_interval": ([base_low, base_high], "forecasts", "the same by base rates"),
        "decided": (len(decided), "forecasts", "forecasts decided by the day"),
        "came_true": (int(true.sum()), "forecasts", "of those, came true"),
        "void": (
            int((rows["state"] == "void").sum()),
            "forecasts",
            "forecasts whose rule could not be applied",
        ),
        "overdue": (int((rows["state"] == "overdue").sum()), "forecasts", "fallen due and not decided here"),
        "brier": (scores[0], "score", "Brier score of our probabilities; null: none decided"),
        "brier_base": (scores[1], "score", "Brier score of the base rates; null: none decided"),
        "next_due": (
            waiting["due"].min().date().isoformat() if len(waiting) else None,
            "date",
            "day on which the next open forecasts fall due; null: none is open",
        ),
        "next_count": (
            int((waiting["due"] == waiting["due"].min()).sum()),
            "forecasts",
            "how many fall due on that day",
        ),
        "last_due": (rows["due"].max().date().isoformat(), "date", "day on which the last falls due"),
        "bolder": (
            int((rows["probability"] > rows["base_rate"]).sum()),
            "forecasts",
            "forecasts given more chance than the base rate gives",
        ),
        "furthest": (far["statement"], "statement", "forecast furthest from its base rate"),
        "furthest_percent": (100 * float(far["probability"]), "%", "chance given to it"),
        "furthest_base_percent": (100 * float(far["base_rate"]), "%", "chance that its base rate gives"),
        "lead": (
            float(last["lead"]),
            "score",
            "how far our score beats that of base rates once all are decided, if our probabilities are right",
        ),
        "lead_percent": (
            float(last["chance_percent"]),
            "%",
            "chance that it beats them at all, if our probabilities are right (normal approximation)",
        ),
    }
    return {name: answers.Result(*value) for name, value in values.items()}
