"""With whom does Japan cooperate in space, in what, and how deep?

The collection was made from Japan's side. It can say with whom Japan's ties are many, binding or carried out;
it cannot compare Japan's centrality with that of partners whose own ties were not collected, nor find the
blocs of all states.
"""

import functools
import math
from itertools import product
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, vintage
from spacesec.errors import ParameterError
from spacesec.methods import statistics
from spacesec.parameters import value
from spacesec.regional_cooperation.partners import ego

Layer = Literal[
    "situational_awareness",
    "missile_warning",
    "reconnaissance",
    "maritime",
    "positioning",
    "communications",
    "exploration",
    "industry",
    "governance",
]


# Ben-Itzhak (2025) finds blocs among all states from this year on.
BLOC_YEAR = 2008


# Fatton: cooperation with the United States stayed technical "until the early 2010s".
TECHNICAL_UNTIL = 2010


# What published checks rest on.
SOURCES = {
    "founders of the Artemis Accords": "spacewatch-global-2020-opinion-eight-nations",
    "Global Sentinel 2022": "u-space-command-2022-25-nations-participate-global",
    "AsterX 2024": "nikkei-asia-copy-2024-japan-take-part-asterx-space",
    "karate club": "gonum-2015-louvain-undirected-test",
    "participation": "battiston-2014",
    "blocs of all states": "ben-itzhak-2025",
    "shuffled rosters": "strona-2014",
}
ARTEMIS = "act-artemis-2020-accords"


NULL_DRAWS = 60


# A curve of no text: nothing was signed.
NO_CURVE = pd.DataFrame(
    columns=["time", "at_risk", "events", "censored", "survival", "low", "high", "row_ids"]
)


SEED = 2008


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    start_year: int = value("first", "first year of acts", unit="year", between=lambda: years_known())
    end_year: int = value("latest", "last year of acts", unit="year", between=lambda: years_known())
    layers: list[Layer] = value(list(ego.LAYERS), "layers of cooperation to count", min_length=2)
    multilateral_weight: Literal["inverse", "full", "exclude"] = value(
        "inverse", "a text of n parties counts 1/(n-1) for each partner, in full, or not at all"
    )
    evidence: Literal["all", "independent"] = value(
        "all", "all rows, or only those with a source beside the five documents"
    )
    space_specific_only: bool = value(
        False, "leave out acts on wider security or the sea that only bear on space"
    )
    operation_rule: Literal["same_domain", "named"] = value(
        "same_domain",
        "what counts as the first operational act: any later one with the same partner in the same layer, or"
        " one that carries out this text",
    )
    weight_binding: float = value(3.0, "weight of an act that binds in law", unit="points", gt=0, le=100)
    weight_operational: float = value(
        2.0, "weight of an act between services or agencies", unit="points", gt=0, le=100
    )
    weight_political: float = value(
        1.0, "weight of a political or commercial act", unit="points", gt=0, le=100
    )

    half_life_years: float | None = value(
        None,
        "years in which the weight of an act halves, since ends are rarely recorded; null: nothing fades",
        unit="years",
        gt=0,
        le=200,
    )

    @model_validator(mode="after")
    def _in_order(self):
        if self.start_year > self.end_year:
            raise ValueError(
                f"start_year = {self.start_year} is not possible with end_year = {self.end_year}: the first"
                " year must not come after the last."
            )
        if len(set(self.layers)) < 2:
            raise ValueError(
                f"layers = {self.layers} is not possible: name at least two different ones of"
                f" {', '.join(ego.LAYERS)}."
            )
        return self

    @property
    def weights(self) -> dict[str, float]:
        return {
            "binding": self.weight_binding,
            "operational": self.weight_operational,
            "political": self.weight_political,
            "commercial": self.weight_political,
        }


def years_known() -> tuple[int, int]:
    """The first and last year of an act or an exercise."""
    acts = extent.years("regional_cooperation/acts", "date")
    exercises = extent.years("regional_cooperation/exercises", "year")
    return min(acts[0], exercises[0]), max(acts[1], exercises[1])


def selected(p: Parameters) -> pd.DataFrame:
    """The ties that the parameters ask for, with weights; each act's ``domains`` hold only the layers asked
    for.
    """
    return weighed(p, asked_for(p, ego.load()), as_of(p))


def asked_for(p: Parameters, ties: pd.DataFrame) -> pd.DataFrame:
    if p.evidence == "independent":
        ties = ties[ties["evidence"] == "independent"]
    if p.space_specific_only:
        ties = ties[ties["space_specific"].astype(bool)]
    ties = in_years(p, ties)
    ties = ties.assign(domains=[[d for d in domains if d in p.layers] for domains in ties["domains"]])
    return ties[np.array([bool(d) for d in ties["domains"]], bool)]


def in_years(p: Parameters, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows whose ``year`` lies in the years asked for."""
    return rows[rows["year"].between(p.start_year, p.end_year)]


def weighed(p: Parameters, ties: pd.DataFrame, over: pd.Timestamp) -> pd.DataFrame:
    """Ties with their weight, faded by the day ``over``."""
    ties = ego.weigh(ties, p.weights, p.multilateral_weight)
    return (
        ties
        if p.half_life_years is None
        else ties.assign(weight=ties["weight"] * ego.fading(ties["when"], over, p.half_life_years))
    )


def depth(ties: pd.DataFrame) -> pd.DataFrame:
    """Partners by total weight: ``depth``, number of ``acts`` and how many were binding, operational, or
    things done.
    """
    more = ties.groupby("partner").agg(
        binding=("bindingness", lambda b: int((b == "binding").sum())),
        operations=("stage", lambda s: int((s == "operation").sum())),
        talks=("stage", lambda s: int((s == "talk").sum())),
        partner_kind=("partner_kind", "first"),
    )
    return _deepest_first(ties).join(more, on="partner")


def _deepest_first(ties: pd.DataFrame) -> pd.DataFrame:
    partners = ties.groupby("partner")
    found = pd.DataFrame({"depth": partners["weight"].sum(), "acts": partners.size()})
    return found.sort_values(["depth", "acts"], ascending=False, kind="stable").reset_index()


def multiverse(p: Parameters) -> pd.DataFrame:
    """Depth and rank of every partner under each choice of multilateral weight, evidence, scope, bindingness
    weights and fading.
    """
    rows, everything, over = [], ego.load(), as_of(p)
    scales = {"3-2-1": (3, 2, 1), "1-1-1": (1, 1, 1), "9-3-1": (9, 3, 1)}
    scopes = {
        (evidence, narrow): asked_for(
            p.model_copy(update={"evidence": evidence, "space_specific_only": narrow}), everything
        )[["partner", "parties", "bindingness", "when"]]
        for evidence, narrow in product(("all", "independent"), (False, True))
    }
    for multilateral, (evidence, narrow), name, half in product(
        ("inverse", "full", "exclude"), scopes, scales, (None, 10.0)
    ):
        binding, operational, political = scales[name]
        q = p.model_copy(
            update={
                "multilateral_weight": multilateral,
                "half_life_years": half,
                "weight_binding": binding,
                "weight_operational": operational,
                "weight_political": political,
            }
        )
        found = _deepest_first(weighed(q, scopes[evidence, narrow], over))
        found["rank"] = found["depth"].rank(ascending=False, method="min").astype(int)
        found["share"] = 100 * found["depth"] / found["depth"].sum()
        rows.append(
            found[["partner", "depth", "rank", "share"]].assign(
                multilateral_weight=multilateral,
                evidence=evidence,
                space_specific_only=narrow,
                weights=name,
                fading="none" if half is None else f"half in {half:g} years",
            )
        )
    return pd.concat(rows, ignore_index=True)


def rate_ratio(p: Parameters, acts: pd.DataFrame) -> statistics.Interval:
    """Acts a year from BLOC_YEAR on over acts a year before, from yearly counts, as acts come in clusters;
    a year that is not over counts with the part of it that is.
    """
    years = np.arange(p.start_year, p.end_year + 1)
    counts = acts.groupby("year").size().reindex(years, fill_value=0).to_numpy(float)
    over = as_of(p)
    part = np.where(years == over.year, over.day_of_year / (366 if over.is_leap_year else 365), 1.0)
    counts, part, years = (values[years <= over.year] for values in (counts, part, years))
    later = years >= BLOC_YEAR
    if later.all() or not later.any():
        return statistics.Interval(float("nan"), float("nan"), float("nan"), 0.95)
    return statistics.count_rate_ratio(counts[~later], counts[later], part[~later], part[later])


def as_of(p: Parameters) -> pd.Timestamp:
    """The day at which what has not happened is censored: the end of the last year asked for, or the day of
    the data, which is the newest act's where that is later.
    """
    newest = max(pd.Timestamp(vintage.as_of()), ego.load()["when"].max())
    return min(pd.Timestamp(p.end_year, 12, 31), newest)


def answer(parameters: Parameters) -> Answer:
    """Depth by partner and layer, time from signature to operation, exercises shared, and what this network
    cannot say.
    """
    p = parameters
    ties, over = selected(p), as_of(p)
    if ties.empty:
        raise ParameterError(
            f"no act is known for layers = {p.layers}, {p.start_year} to {p.end_year} with evidence ="
            f" {p.evidence!r}; acts are known from {' to '.join(map(str, years_known()))} in"
            f" {', '.join(ego.LAYERS)}."
        )
    acts = ties.drop_duplicates("act_id")
    ranking = depth(ties)
    strength = ego.by_layer(ties, tuple(dict.fromkeys(p.layers)))
    spread = ego.participation(strength)
    lags = {rule: ego.time_to_operation(ties, over, rule) for rule in ("same_domain", "named")}
    chosen = lags[p.operation_rule]
    curves = {
        rule: statistics.kaplan_meier(found["years"], found["observed"], row_ids=found["act_id"])
        for rule, found in lags.items()
        if len(found)
    }
    median = (
        statistics.survival_median(curves[p.operation_rule])
        if p.operation_rule in curves
        else statistics.Interval(float("nan"), float("nan"), float("nan"), 0.95)
    )
    other = "named" if p.operation_rule == "same_domain" else "same_domain"
    other_median = statistics.survival_median(curves[other]).estimate if other in curves else float("nan")
    seats = ego.seats()
    seats = in_years(p, seats)
    shared = _shared(seats)
    listed = seats[seats["list_complete"].astype(bool)]
    quality, null_share = _exercise_blocs(tuple(zip(listed["exercise_id"], listed["participant"])))
    us = acts[acts["act_id"].isin(ties[ties["partner"] == "United States"]["act_id"])]
    policy = us[
        np.array([bool({"situational_awareness", "governance"} & set(d)) for d in us["domains"]], bool)
        & us["space_specific"].to_numpy(bool)
    ]
    dialogues = ties[ties["instrument"] == "dialogue"].sort_values("date").groupby("partner")
    first_dialogue = {partner: _precise(part.iloc[0]) for partner, part in dialogues}
    ratio = rate_ratio(p, acts)
    world = multiverse(p)
    spans = world.groupby("partner")["rank"].agg(["min", "max"])
    null = lambda x: None if x != x or x in (float("inf"),) else float(x)  # noqa: E731
    results = {
        "acts": Result(len(acts), "acts", "acts of cooperation counted"),
        "ties": Result(len(ties), "ties", "ties of one act with one partner"),
        "partners": Result(int(ties["partner"].nunique()), "partners", "partners with at least one act"),
        "deepest_partner": Result(
            str(ranking["partner"].iloc[0]), "partner", "partner with the largest weight of acts", ("C3-115",)
        ),
        "depth": Result(
            dict(zip(ranking["partner"], ranking["depth"].astype(float))),
            "points",
            "weight of acts by partner",
            ("C3-115", "C0-008"),
        ),
        "depth_share_percent": Result(
            dict(zip(ranking["partner"], (100 * ranking["depth"] / ranking["depth"].sum()).astype(float))),
            "percent",
            "each partner's part of the whole weight",
            ("C3-115",),
        ),
        "acts_by_partner": Result(
            dict(zip(ranking["partner"], ranking["acts"].astype(int))),
            "acts",
            "acts by partner",
            ("C3-115", "C0-008"),
        ),
        "operations_by_partner": Result(
            dict(zip(ranking["partner"], ranking["operations"].astype(int))),
            "acts",
            "exercises, data flows and flights by partner",
            ("C0-008", "C1-024"),
        ),
        "rank_range": Result(
            {partner: [int(row["min"]), int(row["max"])] for partner, row in spans.iterrows()},
            "rank",
            "best and worst rank of depth over all ways of counting",
            ("C3-115",),
        ),
        "acts_by_layer": Result(
            {layer: int(sum(layer in d for d in acts["domains"])) for layer in p.layers},
            "acts",
            "acts that touch each layer",
        ),
        "participation_coefficient": Result(
            {k: null(v) for k, v in spread.items()},
            "0 to 1",
            "spread of each partner's weight over the layers: 0 all in one, 1 even; a few acts make it jumpy",
        ),
        "japan_participation": Result(
            float(ego.participation(strength.sum().to_frame().T).iloc[0]),
            "0 to 1",
            "spread of all of Japan's weight over the layers",
        ),
        "texts_signed": Result(
            len(chosen), "texts", "signed texts, bodies and programs that could be carried out"
        ),
        "texts_carried_out": Result(
            int(chosen["observed"].sum()),
            "texts",
            "those with a later operational act under the chosen rule",
            ("C0-008",),
        ),
        "median_years_to_operation": Result(
            null(median.estimate),
            "years",
            "Kaplan-Meier median from signature to first operational act; null where fewer than half were"
            " carried out",
            ("C0-008",),
        ),
        "median_years_low": Result(null(median.low), "years", "lower end of its 95% interval"),
        "median_years_high": Result(
            null(median.high), "years", "upper end of its 95% interval; null where the data give none"
        ),
        "median_years_other_rule": Result(null(other_median), "years", f"the same under the rule {other}"),
        "carried_out_named": Result(
            int(lags["named"]["observed"].sum()),
            "texts",
            "texts with an operational act that sources tie to them",
        ),
        "exercises_shared": Result(
            shared,
            "exercises",
            "exercises attended by Japan and each state, as far as lists are published",
            ("C3-111",),
        ),
        "exercise_modularity": Result(
            null(quality), "modularity", "best modularity of co-participation in exercises"
        ),
        "exercise_modularity_null_share": Result(
            null(null_share), "share", f"part of {NULL_DRAWS} shuffled rosters with a lower modularity"
        ),
        "acts_rate_ratio_2008": Result(
            null(ratio.estimate),
            "times",
            f"acts a year from {BLOC_YEAR} on over acts a year before; not a test of blocs",
        ),
        "acts_rate_ratio_low": Result(
            null(ratio.low), "times", "lower end of its 95% interval, years taken as clusters"
        ),
        "first_dialogue": Result(
            first_dialogue,
            "date",
            "date of the earliest dialogue known with each partner",
            ("C3-104", "C3-114"),
        ),
        "us_policy_acts_before_2010": Result(
            int((policy["year"] < TECHNICAL_UNTIL).sum()),
            "acts",
            f"acts with the United States before {TECHNICAL_UNTIL} on space awareness or rules",
            ("C3-102",),
        ),
        "us_policy_acts_from_2010": Result(
            int((policy["year"] >= TECHNICAL_UNTIL).sum()),
            "acts",
            f"the same from {TECHNICAL_UNTIL} on",
            ("C3-102",),
        ),
        "us_acts_before_2010": Result(
            int((us["year"] < TECHNICAL_UNTIL).sum()),
            "acts",
            f"all acts with the United States before {TECHNICAL_UNTIL}",
            ("C3-102",),
        ),
        "not_comparable": Result(
            ["degree", "betweenness", "closeness", "eigenvector centrality", "modularity of all states"],
            "measures",
            "measures that this Japan-centered collection cannot compare between Japan and its partners",
        ),
        "technical_until": Result(TECHNICAL_UNTIL, "year", "first year of the later of two periods"),
        "without_partner": Result(
            [
                {"title": str(row.title), "year": int(row.year)}
                for row in in_years(p, ego.acts_without_partner()).itertuples()
            ],
            "acts",
            "acts left out, because no partner is recorded",
        ),
        "unseated": Result(
            [
                {"exercise": str(row.exercise), "year": int(row.year)}
                for row in in_years(p, ego.exercises_without_seats()).itertuples()
            ],
            "exercises",
            "exercises of which no participant is recorded",
        ),
        "told_twice": Result(
            ego.ties_once()[1], "row ids", "rows that say a fact again, undecided; left out"
        ),
    }
    return Answer(
        results,
        {
            "ties": ties,
            "ranking": ranking,
            "strength": strength,
            "lags": chosen,
            "lags_named": lags["named"],
            "lags_domain": lags["same_domain"],
            "curve_named": curves.get("named", NO_CURVE),
            "curve_domain": curves.get("same_domain", NO_CURVE),
            "seats": seats,
            "multiverse": world,
            "spans": spans.reset_index(),
        },
        parameters,
    )


def checks(answer: Answer) -> list[Check]:
    """Published counts that the collection and the network measures must give."""
    import networkx as nx

    everything = ego.load()
    karate = nx.to_pandas_adjacency(nx.karate_club_graph(), weight=None)
    seats = ego.seats()
    founders = everything.loc[everything["act_id"] == ARTEMIS, "parties"]
    return [
        Check(
            "Founding signatories of the Artemis Accords, Japan included",
            float(next(iter(founders), math.nan)),
            8.0,
            0.0,
            "agencies",
            SOURCES["founders of the Artemis Accords"],
            "headline",
        ),
        Check(
            "Nations at Global Sentinel 2022",
            float(((seats["series"] == "global-sentinel") & (seats["year"] == 2022)).sum()),
            25.0,
            0.0,
            "nations",
            SOURCES["Global Sentinel 2022"],
            "headline",
        ),
        Check(
            "Nations at AsterX 2024",
            float(((seats["series"] == "asterx") & (seats["year"] == 2024)).sum()),
            16.0,
            0.0,
            "nations",
            SOURCES["AsterX 2024"],
            "second paragraph",
        ),
        Check(
            "Best modularity of the karate club",
            ego.best_modularity(karate, range(10))[0],
            0.4198,
            0.0005,
            "modularity",
            SOURCES["karate club"],
            "case zachary, resolution 1: 0.4198, noted as the optimum; Newman 2006, table 1, is said to print"
            " 0.419 and was not read",
        ),
    ]


def _shared(seats: pd.DataFrame) -> dict[str, int]:
    with_japan = set(seats[seats["participant"] == "Japan"]["exercise_id"])
    found = seats[seats["exercise_id"].isin(with_japan) & (seats["participant"] != "Japan")].drop_duplicates(
        ["exercise_id", "participant"]
    )
    counts = found["participant"].value_counts()
    return {state: int(n) for state, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))}


@functools.lru_cache(maxsize=8)
def _exercise_blocs(seats: tuple[tuple[str, str], ...]) -> tuple[float, float]:
    """Best modularity of co-participation from (exercise, state) pairs, and the part of shuffled rosters
    below it.
    """
    known = pd.DataFrame(seats, columns=["exercise_id", "participant"])
    if known["exercise_id"].nunique() < 3:
        return float("nan"), float("nan")
    quality, _ = ego.best_modularity(ego.co_participation(known), range(3))
    null = [
        ego.best_modularity(ego.co_participation(ego.shuffled(known, SEED + draw)), range(1))[0]
        for draw in range(NULL_DRAWS)
    ]
    return quality, float(np.mean(np.array(null) < quality - 1e-12))


def _precise(row: pd.Series) -> str:
    return row["date"].strftime(
        {"day": "%Y-%m-%d", "month": "%Y-%m", "year": "%Y"}[str(row["date_precision"])]
    )
