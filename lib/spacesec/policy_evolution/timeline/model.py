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
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.parameters import value

# Rows that the question speaks of by name.
ROWS = {
    "agency": "institution-jaxa",
    "group": "institution-sog",
    "law": "document-basic-space-law-2008",
    "strategy": "document-nss-2013",
}


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


def years_known() -> tuple[int, int]:
    """The first and the last calendar year with an event that happened."""
    return extent.years("policy_evolution/events", "date", status="happened")


# Field by field the picture starts with the decade of the general-use view, whatever the list holds before.
FIELDS_FROM = 1985


VIEWS = ("first coder", "second coder", "both coders", "both, independent rows")


# What sources say themselves of the rows: two intervals between Basic Plans, the forerunners of JAXA, the
# people of the Space Operations Group at its start.
PLAN_INTERVALS = (
    (
        "fourth to fifth Basic Plan",
        "4th",
        "5th",
        3.0,
        "prime-minister-2022-strategic-headquarters-space",
        "prime minister's words: first revision in three years",
    ),
    (
        "second to third Basic Plan",
        "2nd",
        "3rd",
        2.0,
        "weblio-wikipedia-2022-basic-plan-space-policy",
        "paragraph on January 2015: after only two years",
    ),
)
FORERUNNERS = (3.0, 0.0, "bodies", "japan-aerospace-2016-basic-information-history", "first paragraph")
GROUP = (
    "people in the Space Operations Group at its start: headquarters, command post and squadron",
    20.0 + 30.0 + 20.0,
    0.0,
    "people",
    "tokyo-sports-kyodo-2022-space-operations-group-starts",
    "third paragraph: about 20, 30 and 20",
)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    start_year: int = value("first", "first year shown", unit="calendar year", between=years_known)
    end_year: int = value(
        "latest", "last year shown, as far as the data go", unit="calendar year", between=years_known
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
    table["landmark"] = table["landmark"].fillna(False).astype(bool)
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
    bodies, papers = (
        tables.settled("policy_evolution/institutions"),
        tables.settled("policy_evolution/documents"),
    )
    people = tables.settled("policy_evolution/unit_strength")
    standing = people[people["status"] == "reported"].sort_values("date", kind="stable")
    plans = papers[papers["family"] == "basic plan"].drop_duplicates("edition").sort_values("date")
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
            int(half), "calendar year", "at least half of all events shown fall in this year or later"
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
            _merged(bodies),
            "bodies",
            "bodies merged into JAXA",
            ("C1-001", "C1-002"),
        ),
        "basic_plans": Result(len(numbered), "plans", "Basic Plans under the law of 2008"),
        "basic_plan_gap_years": Result(
            gaps.round(2).tolist(), "years", "years between one Basic Plan and the next"
        ),
        "law_year": Result(_year_of_law(papers), "calendar year", "year of the Basic Space Law"),
        "planned": Result(_planned(p), "events", "planned events of the choice, left out until they happen"),
        "cuts_first": Result(
            any(year != _first_ever(name) for name, year in firsts.items() if year),
            "yes or no",
            "whether the choice leaves out a first act to which both coders gave a posture",
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
            "cells": by_field(shown, p),
            "codings": codings(shown),
        },
        p,
    )


def _planned(p: Parameters) -> int:
    """How many events of the fields chosen are planned and therefore not shown; none where the years chosen
    end before today.
    """
    if p.end_year < years_known()[1]:
        return 0
    table = tables.settled("policy_evolution/events", list(p.evidence))
    table = table[(table["status"] == "planned") & (table["date"].dt.year >= p.start_year)]
    fields = table["domain"].astype(str) + ";" + table["other_domains"].fillna("")
    return sum(bool(set(names.split(";")) & set(p.domains)) for names in fields)


def fields_from(p: Parameters) -> int:
    """First year of the picture of fields: FIELDS_FROM, or a decade before the end where that is earlier."""
    return max(p.start_year, min(FIELDS_FROM, p.end_year - 10))


def by_field(shown: pd.DataFrame, p: Parameters) -> pd.DataFrame:
    """Acts by main field and year: ``events`` (how many), ``posture`` (the furthest), ``reached`` (whether
    both coders see the field's first act of security use or beyond there), ``row_ids``.
    """
    part = shown[(shown["year"] >= fields_from(p)) & ~shown["external_shock"]].copy()
    part["order"] = part["posture"].map({name: order for order, name in enumerate(("none", *POSTURES))})
    cells = part.groupby(["domain", "year"], observed=True).agg(
        events=("row_id", "size"), row_ids=("row_id", ";".join), order=("order", "max")
    )
    secured = part[part["agreed"] & part["posture"].isin(["security-use", "warfighting"])]
    first = secured.groupby("domain", observed=True)["year"].min()
    return cells.reset_index().assign(
        posture=lambda t: [("none", *POSTURES)[o] for o in t.pop("order")],
        reached=lambda t: [first.get(d) == y for d, y in zip(t["domain"], t["year"])],
    )


def codings(shown: pd.DataFrame) -> pd.DataFrame:
    """Acts by ``posture`` under each coding (``view``): by one coder, by both, by both in rows with a
    source of their own.
    """
    first, second = (shown[f"posture_{coder}"].astype("string") for coder in ("first", "second"))
    independent = shown["evidence"] == "independent"
    rows = []
    for name in POSTURES:
        both = (first == name) & (second == name)
        for view, chosen in zip(VIEWS, (first == name, second == name, both, both & independent)):
            found = shown[chosen.fillna(False).astype(bool) & ~shown["external_shock"]]
            rows.append(found[["row_id", "date"]].assign(posture=name, view=view))
    return pd.concat(rows, ignore_index=True)[["posture", "view", "row_id", "date"]]


def _merged(bodies: pd.DataFrame) -> int:
    return int((bodies["successor_row_id"] == ROWS["agency"]).sum())


def _year_of_law(papers: pd.DataFrame) -> int | None:
    return _first(papers[papers["row_id"] == ROWS["law"]]["date"].dt.year)


def _first_ever(posture: str) -> int | None:
    """First year with an act to which both coders gave this posture, whatever the reader chose."""
    table = events()
    return _first(table[table["agreed"] & ~table["external_shock"] & (table["posture"] == posture)]["year"])


def _first(years: pd.Series) -> int | None:
    return int(years.min()) if len(years) else None


def checks(answer: Answer) -> list[Check]:
    """Intervals and sums that a source states itself; one whose rows are withdrawn is left out."""
    papers, people = answer.tables["documents"], answer.tables["unit_strength"]
    plan = papers[papers["family"] == "basic plan"].drop_duplicates("edition").set_index("edition")["date"]
    group = people[(people["institution_row_id"] == ROWS["group"]) & (people["status"] == "reported")]
    found = [
        Check(what, (plan[other] - plan[one]).days / 365.25, published, 0.25, "years", *source)
        for what, one, other, published, *source in PLAN_INTERVALS
        if {one, other} <= set(plan.index)
    ]
    found.append(
        Check("bodies merged into JAXA", float(_merged(answer.tables["institutions"])), *FORERUNNERS)
    )
    if len(group):
        found.append(Check(GROUP[0], float(group.sort_values("date")["people"].iloc[0]), *GROUP[1:]))
    return found
