"""What were Japan and its partners told to do, and was it done? Outcomes of what documents asked, the time
until they came, who is heard, what is asked again, and how far two codings agree.
"""

from datetime import date, timedelta
from typing import Literal

import numpy as np
import pandas as pd

from spacesec import answers, parameters
from spacesec.data import days, extent, tables
from spacesec.errors import ParameterError
from spacesec.methods import statistics
from spacesec.policy_evolution import known
from spacesec.policy_evolution.turning_points.agreement import cohen_kappa

DAYS_PER_MONTH = 365.25 / 12
LONG_MONTHS = 60.0  # demands watched for so long are told apart: the newer ones had less time

DOCUMENTS, ASKED = "policy_evolution/recommendation_documents", "policy_evolution/recommendations"
DEMANDS, CAME = "policy_evolution/recommendation_demands", "policy_evolution/recommendation_outcomes"

# What may have become of a demand on a day, from the best to what nobody can know.
STATES = ("done", "partly", "begun", "overtaken", "no sign", "cannot be told")
ACTS = {"done": ("done",), "partly": ("done", "partly")}
UNNAMED = "not named"

AskerName = Literal[
    "think tank", "industry", "ruling party", "parliament", "government panel", "auditor", "press"
]
AddresseeName = Literal[
    "Japan",
    "United States",
    "Japan and United States",
    "Japan and Taiwan",
    "Taiwan",
    "more than two",
]
KindName = Literal[
    "law",
    "institution",
    "plan",
    "money",
    "system",
    "data sharing",
    "training",
    "dialogue",
    "rules",
    "study",
    "people",
]

# Documents that number single demands and were read so; others number headings, or were read in a digest.
NUMBERED = ("advice-resolution-1968", "advice-resolution-2023", "advice-rand-2024", "advice-gao-2025")
# Waits between days that two sources print: which, what, months, source and place of the later day.
WAITED = (
    (
        "rec-screening-2009-gx-stop",
        "GX rocket, put off on 17 November 2009, given up on 16 December 2009",
        1,
        "j-cast-2009-gx-rocket-cancelled",
        "first sentence",
    ),
    (
        "rec-ldp-2014-space-law-activities",
        "Space Activities Act, asked for on 26 August 2014, passed on 9 November 2016",
        26,
        "house-councillors-2016-space-activities-act",
        "参議院本会議経過",
    ),
    (
        "rec-armitage-nye-2024-clearance-law",
        "Law on clearances, asked for on 4 April 2024, enacted on 10 May 2024",
        1,
        "jiji-nippon-2024-security-clearance-law",
        "first paragraph",
    ),
)


def days_known() -> tuple[date, date]:
    """New Year of the first document, and the day up to which the tables know outcomes."""
    first, _ = extent.years(DOCUMENTS, "date")
    return date(first, 1, 1), known.until(CAME)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    as_of: date = parameters.value(
        "latest",
        "day of the account; what was asked or happened later does not count",
        "ISO date",
        between=days_known,
    )
    documents: Literal["all", "the five", "others"] = parameters.value(
        "all", "which documents count: all, the five examined, or the others"
    )
    askers: list[AskerName] = parameters.value([], "kind of asker; none: all of them")
    addressee: list[AddresseeName] = parameters.value([], "whose act is asked for; none: anybody's")
    kind: list[KindName] = parameters.value([], "kind of act asked for; none: all of them")
    act: Literal["done", "partly"] = parameters.value(
        "done", "what ends the wait in the estimate of time: done, or at least partly done"
    )
    coding: Literal["first", "second"] = parameters.value("first", "which of the two codings counts")


def asked() -> pd.DataFrame:
    """One row a demand of a document, with the columns of both; ``asked_until`` is the last day on which it
    may have been published.
    """
    documents = tables.settled(DOCUMENTS).rename(columns={"row_id": "document_id", "title": "document"})
    demands = tables.settled(DEMANDS).rename(columns={"row_id": "demand_id"})
    rows = tables.settled(ASKED).merge(
        documents[
            ["document_id", "document", "asker", "asker_kind", "date", "date_precision", "one_of_five"]
        ],
        on="document_id",
        validate="many_to_one",
    )
    rows["asked_until"] = [
        _last_day(day, precision) for day, precision in zip(rows["date"], rows["date_precision"], strict=True)
    ]
    return rows.merge(demands, on="demand_id", validate="many_to_one").sort_values(
        ["date", "document_id", "row_id"], ignore_index=True
    )


def _last_day(day: pd.Timestamp, precision: str) -> pd.Timestamp:
    end = days.span(day.date().isoformat(), str(precision)).last
    return pd.Timestamp(end - timedelta(days=1))


def board(rows: pd.DataFrame, came: pd.DataFrame, as_of: date, coding: str = "first") -> pd.DataFrame:
    """The demands asked by ``as_of``, each with its state on that day.

    rows: as `asked` gives them; came: the facts, with ``state_first`` and ``state_second``. A fact counts
    that came after the document and by that day, and that the coding does not call ``none``. Done once is
    done; what was overtaken before it was done stays so; else the furthest step counts. With no fact at all
    a demand that a public sign could show has ``no sign``, any other ``cannot be told``. ``waited_months``
    is the time from the document to the day, ``done_months`` and ``partly_months`` the time to the first
    fact of that rank or a better one, missing where none came.
    """
    day = pd.Timestamp(as_of)
    made = rows[rows["asked_until"] <= day].reset_index(drop=True)
    facts = came[(came["date"] <= day) & (came[f"state_{coding}"] != "none")]
    by_demand: dict[str, list[dict]] = {}
    for fact in facts.sort_values("date", kind="stable").to_dict("records"):
        by_demand.setdefault(fact["demand_id"], []).append(fact)
    told = [_told(row, by_demand.get(row["demand_id"], []), coding) for row in made.to_dict("records")]
    made = pd.concat([made, pd.DataFrame(told, columns=["state", "done_on", "partly_on", "facts"])], axis=1)
    made["waited_months"] = (day - made["asked_until"]).dt.days / DAYS_PER_MONTH
    for rank in ACTS:
        reached = pd.to_datetime(made[f"{rank}_on"])
        made[f"{rank}_months"] = (reached - made["asked_until"]).dt.days / DAYS_PER_MONTH
    made["heard"] = made["state"].isin(ACTS["partly"])
    late = made["due_until"].notna() & (made["due_until"] <= day)
    made["due"] = late
    made["met"] = late & (pd.to_datetime(made["done_on"]) <= made["due_until"])
    return made


def _told(row: dict, facts: list[dict], coding: str) -> tuple:
    """State, days of the first fact that is done and at least partly done, and the facts' row ids; facts in
    the order of their dates.
    """
    after = [fact for fact in facts if fact["date"] > row["asked_until"]]
    if not after:
        return ("no sign" if row["measurable"] else "cannot be told"), pd.NaT, pd.NaT, ""
    states = [str(fact[f"state_{coding}"]) for fact in after]
    final = [state for state in states if state in ("done", "overtaken")]
    state = final[0] if final else "partly" if "partly" in states else "begun"
    days_of = [
        next((fact["date"] for fact, one in zip(after, states) if one in ranks), pd.NaT)
        for ranks in ACTS.values()
    ]
    return state, *days_of, ";".join(fact["row_id"] for fact in after)


def survival(made: pd.DataFrame, act: str) -> pd.DataFrame:
    """Share still waiting by months after the document (Kaplan-Meier, log-log interval), for demands that a
    public sign could show; what was overtaken waits on until it is done after all.
    """
    rows = made[made["measurable"]]
    reached = rows[f"{act}_months"]
    return statistics.kaplan_meier(
        reached.fillna(rows["waited_months"]).to_numpy(dtype=float),
        reached.notna().to_numpy(),
        row_ids=rows["row_id"],
    )


def share(rows: pd.DataFrame) -> dict[str, float]:
    """How many were asked, done and heard (done or partly), the share heard and its exact 95% interval."""
    found = statistics.clopper_pearson(int(rows["heard"].sum()), len(rows))
    return {
        "asked": len(rows),
        "done": int((rows["state"] == "done").sum()),
        "heard": int(rows["heard"].sum()),
        "percent": 100 * found.estimate,
        "low": 100 * found.low,
        "high": 100 * found.high,
        "row_ids": ";".join(rows["row_id"]),
    }


def groups(made: pd.DataFrame) -> pd.DataFrame:
    """`share` by kind of asker, by kind of act and by whether a body is named."""
    named = np.where(made["body"] == UNNAMED, "no body named", "body named")
    sides = {"asker": made["asker_kind"].astype(str), "act": made["kind"].astype(str), "body": named}
    rows = [
        {"by": by, "group": str(name), **share(part)}
        for by, side in sides.items()
        for name, part in made.groupby(np.asarray(side))
    ]
    return pd.DataFrame(rows).sort_values(["by", "percent", "group"], ignore_index=True)


def recurring(made: pd.DataFrame) -> pd.DataFrame:
    """Demands that more than one document made: how often, over how many years, and what came of the
    first.
    """
    rows = []
    for name, part in made.groupby("demand_id", observed=True):
        if part["document_id"].nunique() > 1:
            first, last = part.iloc[0], part.iloc[-1]
            rows.append(
                {
                    "demand_id": str(name),
                    "demand": first["demand"],
                    "documents": int(part["document_id"].nunique()),
                    "askers": ", ".join(sorted(set(part["asker_kind"].astype(str)))),
                    "first": first["asked_until"],
                    "last": last["asked_until"],
                    "years": (last["asked_until"] - first["asked_until"]).days / 365.25,
                    "state": first["state"],
                    "done_on": first["done_on"],
                    "row_ids": ";".join(part["row_id"]),
                }
            )
    columns = ["demand_id", "demand", "documents", "askers", "first", "last", "years", "state", "done_on"]
    found = pd.DataFrame(rows, columns=[*columns, "row_ids"])
    return found.sort_values(["years", "demand_id"], ascending=[False, True], ignore_index=True)


def codings(came: pd.DataFrame) -> pd.DataFrame:
    """Facts by what the first and the second coding say, every pair of the two."""
    steps = ["done", "partly", "begun", "overtaken", "none"]
    found = pd.crosstab(came["state_first"].astype(str), came["state_second"].astype(str))
    found = found.reindex(index=steps, columns=steps, fill_value=0)
    found.index.name, found.columns.name = "first", "second"
    pairs = came.groupby(["state_first", "state_second"], observed=True)["row_id"].agg(";".join)
    table = found.stack().rename("facts").reset_index()
    table["row_ids"] = [pairs.get((one, two), "") for one, two in zip(table["first"], table["second"])]
    return table


def by_document(made: pd.DataFrame) -> pd.DataFrame:
    """One row a document in the order of time, with the number of its demands in each state."""
    counts = pd.crosstab(made["document_id"].astype(str), made["state"]).reindex(
        columns=list(STATES), fill_value=0
    )
    about = made.groupby(made["document_id"].astype(str)).agg(
        document=("document", "first"),
        asker=("asker", "first"),
        asker_kind=("asker_kind", "first"),
        date=("date", "first"),
        source_id=("source_id", "first"),
        asked=("row_id", "size"),
        heard=("heard", "sum"),
        row_ids=("row_id", ";".join),
    )
    found = about.join(counts).reset_index(names="document_id")
    return found.sort_values(["date", "document_id"], ignore_index=True)


def alternatives(chosen: pd.DataFrame, came: pd.DataFrame, settings: "Parameters") -> pd.DataFrame:
    """The share heard under other choices a reader might defend, one row a choice."""
    made = board(chosen, came, settings.as_of, settings.coding)
    other = {"first": "second", "second": "first"}[settings.coding]
    cases = {
        "as chosen": made,
        f"by the {other} coding": board(chosen, came, settings.as_of, other),
        "each demand once": made.drop_duplicates("demand_id"),
        "only what a sign could show": made[made["measurable"]],
        "watched for five years or more": made[made["waited_months"] >= LONG_MONTHS],
        "only the five documents": made[made["one_of_five"]],
        "only the others": made[~made["one_of_five"]],
        "without sources of grade C": made[made["quality"].astype(str) != "C"],
    }
    return pd.DataFrame([{"choice": name, **share(rows)} for name, rows in cases.items() if len(rows)])


def _chosen(rows: pd.DataFrame, settings: Parameters) -> pd.DataFrame:
    wanted = {"all": rows["one_of_five"].notna(), "the five": rows["one_of_five"]}
    wanted["others"] = ~rows["one_of_five"]
    kept = wanted[settings.documents]
    sides = {"asker_kind": settings.askers, "addressee": settings.addressee, "kind": settings.kind}
    for column, names in sides.items():
        kept &= rows[column].isin(names) if names else True
    return rows[kept]


def answer(settings: Parameters) -> answers.Answer:
    """What became of the chosen demands by the chosen day."""
    rows, came = asked(), tables.settled(CAME)
    chosen = _chosen(rows, settings)
    made = board(chosen, came, settings.as_of, settings.coding)
    if made.empty or not made["measurable"].any():
        raise ParameterError(
            f"nothing that a public sign could show was asked so by {settings.as_of}; choose a later as_of,"
            " more askers, more kinds or more addressees."
        )
    curves = pd.concat([survival(made, act).assign(act=act) for act in ACTS], ignore_index=True)
    seen = came[came["date"] <= pd.Timestamp(settings.as_of)]
    found = {
        "board": made,
        "came": seen,
        "documents": by_document(made),
        "survival": curves,
        "groups": groups(made),
        "recurring": recurring(made),
        "codings": codings(seen),
        "alternatives": alternatives(chosen, came, settings),
        "rows_of_documents": rows.groupby("document_id", observed=True)["row_id"].size().reset_index(),
    }
    return answers.Answer(_results(found, settings), found, settings)


def _results(found: dict[str, pd.DataFrame], settings: Parameters) -> dict[str, answers.Result]:
    made, seen, again = found["board"], found["came"], found["recurring"]
    curve = found["survival"][found["survival"]["act"] == settings.act]
    median = statistics.survival_median(curve)
    whole = share(made)
    seen_months = min(float(LONG_MONTHS), float(curve["time"].max()))
    old, unnamed = made[made["waited_months"] >= LONG_MONTHS], made[made["body"] == UNNAMED]
    five = made[made["one_of_five"]]
    kappa = (
        cohen_kappa(seen["state_first"].astype(str), seen["state_second"].astype(str)) if len(seen) else None
    )
    agreed = (seen["state_first"].astype(str) == seen["state_second"].astype(str)).sum()
    side = found["groups"].groupby("by")
    values = {
        "asked": (
            whole["asked"],
            "demands",
            "demands of the chosen documents, one asked twice counted twice",
        ),
        "documents": (len(found["documents"]), "documents", "documents that make them"),
        "demands": (made["demand_id"].nunique(), "demands", "different demands among them"),
        "states": (
            {state: int((made["state"] == state).sum()) for state in STATES},
            "demands",
            "demands by what had become of them on that day",
        ),
        "silent": (int((made["state"] == "no sign").sum()), "demands", "demands with no sign at all"),
        "heard": (whole["heard"], "demands", "done or partly done after they were asked"),
        "heard_percent": (whole["percent"], "%", "share of all that were heard"),
        "heard_percent_interval": (
            [whole["low"], whole["high"]],
            "%",
            "exact 95% interval of that share, as if demands were independent",
        ),
        "long_asked": (len(old), "demands", "demands watched for five years or more"),
        "long_heard": (int(old["heard"].sum()), "demands", "of those, heard"),
        "median_months": (
            median.estimate,
            "months",
            "estimated time until half are done, or partly done as chosen (Kaplan-Meier); null: never half",
        ),
        "median_interval": (
            [median.low, median.high],
            "months",
            "95% interval of that time; null: not reached",
        ),
        "waiting_months": (
            seen_months,
            "months",
            "five years, or as long as any demand was watched where that is less",
        ),
        "waiting_percent": (
            100 * statistics.survival_at(curve, seen_months),
            "%",
            "estimated share still waiting so long after the asking",
        ),
        "recurring": (len(again), "demands", "demands that more than one document makes"),
        "recurring_done": (int((again["state"] == "done").sum()), "demands", "of those, done"),
        "unnamed": (len(unnamed), "demands", "demands that name no body to act"),
        "unnamed_heard": (int(unnamed["heard"].sum()), "demands", "of those, heard"),
        "due": (int(made["due"].sum()), "demands", "demands with a date that had passed"),
        "met": (int(made["met"].sum()), "demands", "of those, done by that date"),
        "five_asked": (len(five), "demands", "demands of the five documents"),
        "five_heard": (int(five["heard"].sum()), "demands", "of those, heard"),
        "five_silent": (int((five["state"] == "no sign").sum()), "demands", "of those, with no sign at all"),
        "heard_by_asker": (_of(side, "asker", "heard"), "demands", "demands heard, by kind of asker"),
        "asked_by_asker": (_of(side, "asker", "asked"), "demands", "demands asked, by kind of asker"),
        "facts": (len(seen), "facts", "dated facts known by that day"),
        "facts_agreed": (int(agreed), "facts", "facts that both codings call the same"),
        "kappa": (kappa, "kappa", "Cohen's kappa of the two codings of the facts; null: not defined"),
    }
    return {name: answers.Result(*told) for name, told in values.items()}


def _of(side, by: str, column: str) -> dict[str, int]:
    part = side.get_group(by)
    return dict(zip(part["group"], part[column].astype(int), strict=True))


def checks(answer: answers.Answer) -> list[answers.Check]:
    """Documents' own counts of what they ask, and waits recounted from days that sources print."""
    rows = answer.tables["rows_of_documents"].set_index("document_id")["row_id"]
    own = tables.settled(DOCUMENTS)
    own = own[own["row_id"].isin(NUMBERED)]
    counted = [
        answers.Check(
            f"what it asks: {one.asker}, {one.title}",
            float(rows[one.row_id]),
            float(one.items_counted),
            0,
            "demands",
            one.source_id,
            one.counted_at,
        )
        for one in own.itertuples()
    ]
    months = answer.tables["board"].set_index("row_id")["done_months"]
    return counted + [
        answers.Check(what, float(months[name]), published, 1.0, "months", source, where)
        for name, what, published, source, where in WAITED
        if name in months.index and not np.isnan(months[name])
    ]
