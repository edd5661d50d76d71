"""How did "peaceful purposes" become space security? Every dated event, the institutions and the documents,
by posture and domain.

Two coders gave each event a posture; a filled mark is a posture both gave, a hollow one a posture that only
one gave.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.parameters import value

POSTURES = ("peaceful", "non-offensive", "security-use", "warfighting")


Domain = Literal[
    "governance",
    "reconnaissance",
    "missile-warning",
    "situational-awareness",
    "positioning",
    "communications",
    "maritime",
    "counterspace",
    "cyber",
    "industry",
    "exploration",
]


DOMAINS = (
    "governance",
    "reconnaissance",
    "missile-warning",
    "situational-awareness",
    "positioning",
    "communications",
    "maritime",
    "counterspace",
    "cyber",
    "industry",
    "exploration",
)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    start_year: int = value(1951, "first year shown", unit="calendar year", ge=1950, le=2025)
    end_year: int = value(
        2026, "last year shown; the data end in the course of 2026", unit="calendar year", ge=1951, le=2026
    )
    domains: list[Domain] = value(
        list(DOMAINS), "fields whose events are shown, main or further field", min_length=1
    )
    evidence: list[Literal["independent", "seed"]] = value(
        ["independent", "seed"],
        "rows to show: read in a source of their own, or said only by one of the five documents",
        min_length=1,
    )

    @model_validator(mode="after")
    def _in_order(self):
        if self.start_year >= self.end_year:
            raise ValueError(
                f"start_year = {self.start_year} is not possible with end_year = {self.end_year}: the first"
                " year must come before the last."
            )
        return self


def events(evidence: list[str] | None = None) -> pd.DataFrame:
    """All events with ``year``, ``posture`` (shown), ``agreed`` (both coders gave it) and ``fields`` (set of
    domains); planned ones left out.
    """
    table = tables.settled("policy_evolution/events", evidence)
    table = table[table["status"] == "happened"].copy()
    first, second = table["posture_first"].astype("string"), table["posture_second"].astype("string")
    one = first.where(first.isin(POSTURES), second.where(second.isin(POSTURES), "none"))
    table["year"] = table["date"].dt.year
    table["posture"] = one.fillna("none")
    table["agreed"] = (first.isin(POSTURES) & (first == second)).fillna(False).astype(bool)
    table["fields"] = [
        {main, *(more.split(";") if isinstance(more, str) else ())}
        for main, more in zip(table["domain"].astype(str), table["other_domains"])
    ]
    return table.reset_index(drop=True)


def answer(parameters: Parameters) -> Answer:
    """Counts by posture and year, first years, growth of the unit, rhythm of the plans; the rows behind every
    figure.
    """
    p = parameters
    shown = events(list(p.evidence))
    wanted = np.array([bool(names & set(p.domains)) for names in shown["fields"]], dtype=bool)
    shown = shown[shown["year"].between(p.start_year, p.end_year) & wanted].reset_index(drop=True)
    if shown.empty:
        raise ParameterError(
            f"between start_year = {p.start_year} and end_year = {p.end_year} there is no event in the chosen"
            " domains and evidence; widen one of them."
        )
    acts = shown[~shown["external_shock"]]
    agreed = acts[acts["agreed"]]
    counts = {posture: int((acts["posture"] == posture).sum()) for posture in (*POSTURES, "none")}
    both = {posture: int((agreed["posture"] == posture).sum()) for posture in POSTURES}
    firsts = {posture: _first(agreed[agreed["posture"] == posture]["year"]) for posture in POSTURES}
    by_year = shown["year"].value_counts()
    bodies, papers, people = (
        tables.load("policy_evolution/institutions"),
        tables.load("policy_evolution/documents"),
        tables.load("policy_evolution/unit_strength"),
    )
    standing = people[people["status"] == "reported"].sort_values("date")
    plans = papers[papers["family"] == "basic plan"].sort_values("date")
    numbered = plans[plans["edition"] != "forerunner"]["date"]
    gaps = numbered.diff().dt.days.dropna() / 365.25
    half = shown["year"].sort_values().iloc[len(shown) // 2]
    results = {
        "events": Result(len(shown), "events", "dated events shown"),
        "external_shocks": Result(int(shown["external_shock"].sum()), "events", "of these, external shocks"),
        "by_posture": Result(
            counts,
            "events",
            "acts by the posture shown: both coders' where they agree, else the one that gave a posture",
        ),
        "agreed_by_posture": Result(both, "events", "acts to which both coders gave this posture"),
        "first_agreed_year": Result(
            firsts,
            "calendar year",
            "first year with an act to which both coders gave this posture",
            ("C3-001", "C3-028"),
        ),
        "half_since": Result(
            int(half), "calendar year", "half of all events shown fall in this year or later"
        ),
        "busiest_year": Result(int(by_year.sort_index().idxmax()), "calendar year", "year with most events"),
        "independent_percent": Result(
            float((shown["evidence"] == "independent").mean() * 100),
            "percent",
            "events that rest on a source other than the five documents",
        ),
        "unit_first_people": Result(
            int(standing["people"].iloc[0]),
            "people",
            f"strength of the space unit in {standing['date'].iloc[0].year}",
            ("C3-095",),
        ),
        "unit_last_people": Result(
            int(standing["people"].iloc[-1]),
            "people",
            f"strength reported for {standing['date'].iloc[-1].year}",
            ("C3-096", "C3-097"),
        ),
        "unit_growth_multiple": Result(
            float(standing["people"].iloc[-1] / standing["people"].iloc[0]),
            "times",
            "last over first reported strength",
            ("C3-097",),
        ),
        "jaxa_forerunners": Result(
            int((bodies["successor_row_id"] == "institution-jaxa").sum()),
            "bodies",
            "bodies merged into JAXA",
            ("C1-001", "C1-002"),
        ),
        "basic_plans": Result(len(numbered), "plans", "Basic Plans under the law of 2008"),
        "basic_plan_gap_years": Result(
            gaps.round(2).tolist(), "years", "years between one Basic Plan and the next"
        ),
    }
    return Answer(
        results,
        {
            "events": (
                shown.drop(columns="fields").assign(fields=[";".join(sorted(f)) for f in shown["fields"]])
            ),
            "institutions": bodies,
            "documents": papers,
            "unit_strength": people,
        },
        p,
        facts={"results": results, "p": p},
    )


def _first(years: pd.Series) -> int | None:
    return int(years.min()) if len(years) else None


def checks(answer: Answer) -> list[Check]:
    """Intervals and sums that a source states itself."""
    plans = answer.tables["documents"].set_index("row_id")["date"]
    bodies = answer.tables["institutions"]
    people = answer.tables["unit_strength"].set_index("row_id")["people"]

    def years(one: str, other: str) -> float:
        return (plans[f"document-{other}"] - plans[f"document-{one}"]).days / 365.25

    group = "tokyo-sports-kyodo-2022-space-operations-group-starts"
    return [
        Check(
            "fourth to fifth Basic Plan",
            years("basic-plan-2020", "basic-plan-2023"),
            3.0,
            0.25,
            "years",
            "prime-minister-2022-strategic-headquarters-space",
            "prime minister's words: first revision in three years",
        ),
        Check(
            "second to third Basic Plan",
            years("basic-plan-2013", "basic-plan-2015"),
            2.0,
            0.25,
            "years",
            "weblio-wikipedia-2022-basic-plan-space-policy",
            "paragraph on January 2015: after only two years",
        ),
        Check(
            "bodies merged into JAXA",
            float((bodies["successor_row_id"] == "institution-jaxa").sum()),
            3.0,
            0.0,
            "bodies",
            "japan-aerospace-2016-basic-information-history",
            "first paragraph",
        ),
        Check(
            "people in the Space Operations Group at its start: headquarters, command post and squadron",
            float(people["unit-strength-group-2022"]),
            20.0 + 30.0 + 20.0,
            0.0,
            "people",
            group,
            "third paragraph: about 20, 30 and 20",
        ),
    ]


def in_order(drawn: pd.DataFrame) -> str:
    """Under how many codings (``view``) the first acts of the postures follow one another in their order; a
    posture without acts is passed over.
    """
    firsts = drawn.groupby(["view", "posture"])["date"].min().unstack().reindex(columns=list(POSTURES))
    held = (
        int(firsts.apply(lambda row: row.dropna().is_monotonic_increasing, axis=1).sum())
        if len(firsts)
        else 0
    )
    return f"all {held}" if held == len(firsts) else f"{held} of {len(firsts)}"
