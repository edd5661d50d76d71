"""Which dated plans came true? Score-card, time to delivery with censoring, and how much the wording was
worth.
"""

import math
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd

from spacesec import answers, parameters
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.methods import statistics
from spacesec.policy_evolution import known

DAYS_PER_MONTH = 365.25 / 12


TABLES = ("policy_evolution/promises", "policy_evolution/promise_outcomes")


# Delays as catalogues and official pages print them: promise, what, months, source, place.
PUBLISHED = (
    (
        "promise-alos-4",
        "ALOS-4, wanted by 31 March 2021, flew on 1 July 2024",
        39,
        "gcat-payloads-2025",
        "row ALOS-4, launch date",
    ),
    (
        "promise-kirameki-3",
        "Kirameki-3, wanted by 31 March 2023, flew on 4 November 2024",
        19,
        "gcat-payloads-2025",
        "row DSN-3, launch date",
    ),
    (
        "promise-igs-radar-7",
        "Radar-7, wanted by 31 March 2022, flew on 26 January 2023",
        10,
        "gcat-payloads-2025",
        "row IGS Radar-7, launch date",
    ),
    (
        "promise-qzss-us-payloads",
        "Second American payload, wanted by 31 March 2024, flew on 10 August 2026",
        28,
        "gcat-launches-2026",
        "row 2026-182A",
    ),
    (
        "promise-second-maya",
        "Haguro, wanted in March 2021, commissioned on 19 March 2021",
        0,
        "stars-stripes-2021-maritime-self-defense-force",
        "opening paragraph",
    ),
)


# What may have become of a promise on a day.
STATES = ("early", "on time", "late", "overdue", "dropped", "lost", "not due")


# The verbal map under which forecasts are scored: what a reader may take each wording to promise.
PROBABILITY = {"will": 0.95, "plans": 0.80, "expected": 0.70, "may": 0.40}


SourceName = Literal["ifri2020", "uchu2024", "csis2025", "official"]


GroupName = Literal["hardware", "institutions", "weapons", "money"]


def days_known() -> tuple[date, date]:
    """New Year of the first promise, and the day up to which the tables know outcomes."""
    first, _ = extent.years("policy_evolution/promises", "promised_date")
    return date(first, 1, 1), known.until("policy_evolution/promise_outcomes")


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    as_of: date = parameters.value(
        "latest", "day of the score; what happened later does not count", "ISO date", between=days_known
    )
    sources: list[SourceName] = parameters.value(
        ["ifri2020", "uchu2024", "csis2025", "official"], "where the promise was stated", min_length=1
    )
    groups: list[GroupName] = parameters.value(
        ["hardware", "institutions", "weapons", "money"], "kind of thing promised", min_length=1
    )
    dropped_after_months: float = parameters.value(
        24,
        "a promise this long overdue, with nothing heard of it for as long, counts as given up for good",
        "months",
        ge=0,
        le=120,
    )


def board(
    promises: pd.DataFrame, outcomes: pd.DataFrame, as_of: date, dropped_after_months: float
) -> pd.DataFrame:
    """One row per promise made by ``as_of``, with its state on that day.

    ``slip_months`` is 0 for delivery inside the promised window, negative before its first day, positive
    after its last one, and missing while nothing is delivered. ``overdue_months`` is the time since the
    window closed, ``silent_months`` the time since the last dated event about it. ``due`` says that the
    window had closed; ``met`` that delivery had come by then. A promise is dropped when it is overdue and
    silent for ``dropped_after_months``.
    """
    day = pd.Timestamp(as_of)
    made = promises[promises["promised_date"] <= day].copy()
    seen = outcomes[outcomes["date"] <= day]
    made["delivered"] = _when(made, seen[seen["state"] == "delivered"].groupby("promise_id")["date"].min())
    made["lost"] = _when(made, seen[seen["state"] == "lost"].groupby("promise_id")["date"].min())
    heard = _when(made, seen.groupby("promise_id")["date"].max())
    made["silent_months"] = ((day - heard).dt.days / DAYS_PER_MONTH).fillna(math.inf)

    made["due"] = made["due_until"] <= day
    made["met"] = made["delivered"].notna() & (made["delivered"] <= made["due_until"])
    made["overdue_months"] = (day - made["due_until"]).dt.days / DAYS_PER_MONTH
    late = (made["delivered"] - made["due_until"]).dt.days / DAYS_PER_MONTH
    early = (made["delivered"] - made["due_from"]).dt.days / DAYS_PER_MONTH
    made["slip_months"] = late.clip(lower=0).where(~(early < 0), early)
    made["state"] = [_state(row, dropped_after_months) for row in made.to_dict("records")]
    return made.reset_index(drop=True)


def _when(made: pd.DataFrame, dates: pd.Series) -> pd.Series:
    return dates.reindex(made["row_id"]).set_axis(made.index).astype("datetime64[ns]")


def _state(row: dict, dropped_after_months: float) -> str:
    if not pd.isna(row["delivered"]):
        return "early" if row["slip_months"] < 0 else "late" if row["slip_months"] > 0 else "on time"
    if not pd.isna(row["lost"]):
        return "lost"
    if not row["due"]:
        return "not due"
    return (
        "dropped" if min(row["overdue_months"], row["silent_months"]) >= dropped_after_months else "overdue"
    )


def durations(
    due: pd.DataFrame, lost_or_dropped: Literal["never", "censored"] = "never"
) -> tuple[np.ndarray, np.ndarray]:
    """Months from the end of the window to delivery, and whether delivery was seen, for promises that were
    due.

    An overdue promise is censored on the day of the score. A lost or dropped one will not be delivered: with
    ``"never"`` it stays at risk beyond every other duration (the honest reading, equal to a cumulative
    incidence); with ``"censored"`` it leaves when the score is taken, as if it could still come.
    """
    delivered = due["delivered"].notna().to_numpy()
    times = np.where(delivered, due["slip_months"], due["overdue_months"]).astype(float)
    if lost_or_dropped == "never":
        gone = due["state"].isin(["lost", "dropped"]).to_numpy()
        times = np.where(gone, np.nanmax(np.append(times, 0.0)) + 1, times)
    return times, delivered


def survival(due: pd.DataFrame, lost_or_dropped: Literal["never", "censored"] = "never") -> pd.DataFrame:
    """Share still undelivered by months after the promised window (Kaplan-Meier, log-log interval)."""
    return statistics.kaplan_meier(*durations(due, lost_or_dropped), row_ids=due["row_id"])


def forecast_scores(due: pd.DataFrame, probability: dict[str, float] = PROBABILITY) -> dict[str, float]:
    """Brier score (half-form, 0 to 1) of the wording, of the base rate, and the skill of the first over the
    second.
    """
    met = due["met"].to_numpy(dtype=bool)
    stated = due["wording"].astype(str).map(probability).to_numpy(dtype=float)
    base = float(met.mean())
    score, reference = (
        statistics.brier_score(stated, met),
        statistics.brier_score(np.full(len(met), base), met),
    )
    return {"brier": score, "brier_base_rate": reference, "skill": statistics.brier_skill(score, reference)}


def summary(
    scored: pd.DataFrame, lost_or_dropped: Literal["never", "censored"] = "never"
) -> dict[str, float]:
    """The numbers of the score-card for one choice of promises: shares in percent, slips in months."""
    due = scored[scored["due"]]
    if due.empty:
        return {"due": 0, "met": 0, "delivered": 0}
    share = statistics.clopper_pearson(int(due["met"].sum()), len(due))
    slip = statistics.survival_median(survival(due, lost_or_dropped))
    return {
        "due": len(due),
        "met": int(due["met"].sum()),
        "delivered": int(due["delivered"].notna().sum()),
        "met_percent": 100 * share.estimate,
        "met_percent_low": 100 * share.low,
        "met_percent_high": 100 * share.high,
        "median_slip_months": slip.estimate,
        "median_slip_low": slip.low,
        "median_slip_high": slip.high,
        **forecast_scores(due),
    }


def alternatives(
    promises: pd.DataFrame, outcomes: pd.DataFrame, chosen: pd.DataFrame, as_of: date, months: float
) -> pd.DataFrame:
    """The score-card under other choices a reader might defend, one row per choice."""

    def score(
        label: str, rows: pd.DataFrame, day: date = as_of, after: float = months, lost: str = "never"
    ) -> dict:
        return {"choice": label, **summary(board(rows, outcomes, day, after), lost)}

    seeds = promises["evidence"] == "seed"
    rows = [
        score("as chosen", chosen),
        score("only the five documents", promises[seeds]),
        score("only official plans", promises[~seeds]),
        score("without repeats", chosen[chosen["repeats"].isna()]),
        score("only promises of Japan", chosen[chosen["promiser"] == "Japan"]),
        score("never given up", chosen, after=math.inf),
        score("given up after 12 months", chosen, after=12),
        score("losses could still come", chosen, lost="censored"),
        *(
            score(f"as of 31 March {year}", chosen, date(year, 3, 31))
            for year in range(as_of.year - 3, as_of.year)
        ),
    ]
    return pd.DataFrame(rows)


def answer(parameters: Parameters) -> answers.Answer:
    """The score-card for the chosen promises on the chosen day."""
    promises, outcomes = (tables.settled(name) for name in TABLES)
    chosen = promises[
        promises["stated_in"].isin(parameters.sources) & promises["group"].isin(parameters.groups)
    ]
    scored = board(chosen, outcomes, parameters.as_of, parameters.dropped_after_months)
    due = scored[scored["due"]]
    if due.empty:
        raise ParameterError(
            f"no promise from {', '.join(parameters.sources)} about {', '.join(parameters.groups)} was due by"
            f" {parameters.as_of}; choose a later as_of, more sources or more groups."
        )
    numbers = summary(scored)
    groups = _by_group(due)
    wordings = _by_wording(due)
    curves = pd.concat(
        [survival(part).assign(group=name) for name, part in [("all", due), *_grouped(due)]],
        ignore_index=True,
    )
    ahead = scored[~scored["due"] & scored["delivered"].notna()]
    later = int((chosen["promised_date"] > pd.Timestamp(parameters.as_of)).sum())
    results = _results(numbers, groups, scored, len(ahead), later)
    return answers.Answer(
        results,
        {
            "board": scored,
            "outcomes": outcomes,
            "survival": curves,
            "groups": groups,
            "wordings": wordings,
            "alternatives": alternatives(
                promises, outcomes, chosen, parameters.as_of, parameters.dropped_after_months
            ),
        },
        parameters,
    )


def checks(answer: answers.Answer) -> list[answers.Check]:
    """Delays of well-known cases, recounted from the dates that catalogues and official pages print."""
    slips = answer.tables["board"].set_index("row_id")["slip_months"]
    return [
        answers.Check(what, float(slips[promise]), published, 1.0, "months", source, where)
        for promise, what, published, source, where in PUBLISHED
        if promise in slips.index and not math.isnan(slips[promise])
    ]


def _grouped(due: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), part) for name, part in due.groupby("group", observed=True)]


def _by_group(due: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame([{"group": name, **summary(part)} for name, part in _grouped(due)])


def _by_wording(due: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for word, stated in PROBABILITY.items():
        part = due[due["wording"].astype(str) == word]
        if len(part):
            share = statistics.clopper_pearson(int(part["met"].sum()), len(part))
            rows.append(
                {
                    "wording": word,
                    "stated_percent": 100 * stated,
                    "due": len(part),
                    "met": int(part["met"].sum()),
                    "met_percent": 100 * share.estimate,
                    "low": 100 * share.low,
                    "high": 100 * share.high,
                    "row_ids": ";".join(part["row_id"]),
                }
            )
    return pd.DataFrame(rows)


def _results(
    numbers: dict, groups: pd.DataFrame, scored: pd.DataFrame, ahead: int, later: int
) -> dict[str, answers.Result]:
    made = answers.Result
    by_group = dict(zip(groups["group"], groups["met_percent"], strict=True))
    return {
        "due": made(numbers["due"], "promises", "promises whose window had closed on the day of the score"),
        "met": made(numbers["met"], "promises", "of those, delivered by the end of the window", ("C1-026",)),
        "met_percent": made(numbers["met_percent"], "%", "share of due promises met", ("C1-026",)),
        "met_percent_interval": made(
            [numbers["met_percent_low"], numbers["met_percent_high"]],
            "%",
            "exact 95% interval of that share",
        ),
        "met_percent_by_group": made(by_group, "%", "share met, by kind of thing promised"),
        "met_by_group": made(
            {row.group: int(row.met) for row in groups.itertuples()},
            "promises",
            "promises met in time, by kind of thing promised",
        ),
        "due_by_group": made(
            {row.group: int(row.due) for row in groups.itertuples()},
            "promises",
            "promises due, by kind of thing promised",
        ),
        "made_later": made(later, "promises", "promises made after the day of the score, left out"),
        "delivered": made(numbers["delivered"], "promises", "due promises delivered at all, in time or late"),
        "delivered_ahead": made(
            ahead,
            "promises",
            "promises kept although their window has not closed; they are no part of the shares",
        ),
        "median_slip_months": made(
            numbers["median_slip_months"],
            "months",
            "estimated time after the promised window by which half are delivered (Kaplan-Meier, no count);"
            " null: never half",
            ("C1-026",),
        ),
        "median_slip_interval": made(
            [numbers["median_slip_low"], numbers["median_slip_high"]],
            "months",
            "95% interval of that time; null: not reached",
        ),
        "brier": made(
            numbers["brier"],
            "score, 0 to 1",
            "mean squared error of the wording read as a probability (half-form: always one half gives 0.25)",
        ),
        "brier_base_rate": made(
            numbers["brier_base_rate"],
            "score, 0 to 1",
            "the same for forecasting the share met, known afterwards",
        ),
        "brier_skill": made(
            numbers["skill"], "1 - ratio", "skill of the wording over the base rate; below zero: worse"
        ),
        "states": made(
            {state: int((scored["state"] == state).sum()) for state in STATES},
            "promises",
            "promises by state on that day",
        ),
    }
