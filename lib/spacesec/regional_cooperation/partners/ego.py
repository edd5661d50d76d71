"""Japan's own network of cooperation: weights of ties, strength by layer, participation, time to operation,
co-participation.

Everything here is seen from Japan. Acts among partners without Japan are not collected, so nothing computed
here ranks partners against Japan or against each other in the network of all states.
"""

import numpy as np
import pandas as pd

from spacesec.regional_cooperation import told_twice

LAYERS = (
    "situational_awareness",
    "missile_warning",
    "reconnaissance",
    "maritime",
    "positioning",
    "communications",
    "exploration",
    "industry",
    "governance",
)


def load() -> pd.DataFrame:
    """One row an act and partner with the act's columns beside it (``act_id``, ``title``, ``when``,
    ``domains`` as lists).

    ``when`` is the middle of the month or year where no day is known.
    """
    from spacesec.data import tables

    acts = tables.settled("regional_cooperation/acts").rename(columns={"row_id": "act_id"})
    half = acts["date_precision"].astype(str).map({"day": 0, "month": 14, "year": 181})
    acts["when"] = acts["date"] + pd.to_timedelta(half, unit="D")
    acts["year"] = acts["date"].dt.year
    acts["domains"] = acts["domains"].str.split(";")
    ties, _ = ties_once()
    return ties[["act_id", "partner", "partner_kind"]].merge(acts, on="act_id", how="inner")


def ties_once() -> tuple[pd.DataFrame, list[str]]:
    """The rows of `ties`, one an act and partner, and the ``row_id`` of those that say a pair again."""
    from spacesec.data import tables

    return told_twice.once(tables.settled("regional_cooperation/ties"), ["act_id", "partner"])


def acts_without_partner() -> pd.DataFrame:
    """Acts of which no partner is recorded, so that no tie can be counted: rows of `acts` with ``year``."""
    from spacesec.data import tables

    acts = tables.settled("regional_cooperation/acts").assign(year=lambda t: t["date"].dt.year)
    return acts[~acts["row_id"].isin(ties_once()[0]["act_id"])]


def weigh(ties: pd.DataFrame, weights: dict[str, float], multilateral: str = "inverse") -> pd.DataFrame:
    """Ties with their ``weight``: the weight of the act's bindingness, and for multilateral acts 1/(n-1) of
    it.

    A text with n parties makes a clique of n(n-1)/2 pairs; 1/(n-1) gives each party the same total as one
    bilateral text gives.
    multilateral: ``inverse`` does that, ``full`` counts every pair in full, ``exclude`` drops acts with three
    or more parties.
    """
    ties = ties[ties["parties"] == 2] if multilateral == "exclude" else ties
    factor = 1.0 / (ties["parties"].astype(float) - 1) if multilateral == "inverse" else 1.0
    return ties.assign(weight=ties["bindingness"].astype(str).map(weights).astype(float) * factor)


def fading(when: pd.Series, as_of: pd.Timestamp, half_life_years: float) -> pd.Series:
    """Factor by which an act's weight has faded at ``as_of`` when it halves every so many years; 1 for acts
    of that day or later.
    """
    return 0.5 ** ((as_of - when).dt.days.clip(lower=0) / 365.25 / half_life_years)


def by_layer(ties: pd.DataFrame, layers=LAYERS) -> pd.DataFrame:
    """Strength of each partner in each layer: the weight of an act is split evenly among its layers that are
    asked for.
    """
    kept = ties.assign(domains=[[d for d in domains if d in layers] for domains in ties["domains"]])
    kept = kept[np.array([bool(d) for d in kept["domains"]], bool)]
    kept = kept.assign(weight=kept["weight"] / kept["domains"].str.len()).explode("domains")
    return kept.pivot_table(
        index="partner", columns="domains", values="weight", aggfunc="sum", fill_value=0.0, observed=True
    ).reindex(columns=list(layers), fill_value=0.0)


def participation(strength: pd.DataFrame) -> pd.Series:
    """Participation coefficient of each row over the layers in the columns (Battiston, Nicosia and Latora
    2014).

    P = L/(L-1) (1 - sum over layers of the squared share): 0 when all lies in one layer, 1 when all layers
    hold the same. NaN for a row without any weight; refuses fewer than two layers, for which it has no
    meaning.
    """
    count = strength.shape[1]
    if count < 2:
        raise ValueError("participation needs at least two layers: with one layer no tie can spread.")
    total = strength.sum(axis=1)
    share = strength.div(total.where(total > 0), axis=0)
    return (count / (count - 1) * (1 - (share**2).sum(axis=1, min_count=1))).clip(lower=0.0)


def time_to_operation(ties: pd.DataFrame, as_of: pd.Timestamp, rule: str = "same_domain") -> pd.DataFrame:
    """Years from each signed text to the first thing done under it, right-censored at ``as_of``.

    Subjects are acts of stage ``instrument``; events are acts of stage ``operation``. rule ``named``: the
    operation names the text among those it carries out. rule ``same_domain``: the first later operation with
    one of the same partners in one of the same layers.
    Columns: ``act_id``, ``title``, ``signed``, ``operation_id``, ``years``, ``observed``.
    """
    acts = (
        ties.groupby("act_id", sort=False)
        .agg(
            title=("title", "first"),
            when=("when", "first"),
            stage=("stage", "first"),
            domains=("domains", "first"),
            carries_out=("carries_out", "first"),
            partners=("partner", frozenset),
        )
        .reset_index()
    )
    acts = acts[acts["when"] <= as_of]
    done = acts[acts["stage"] == "operation"].sort_values("when", kind="stable")
    rows = []
    for text in acts[acts["stage"] == "instrument"].sort_values("when", kind="stable").itertuples():
        if rule == "named":
            hits = done[
                np.array(
                    [isinstance(c, str) and text.act_id in c.split(";") for c in done["carries_out"]], bool
                )
            ]
        else:
            hits = done[
                (done["when"] >= text.when)
                & np.array(
                    [
                        bool(text.partners & p) and bool(set(text.domains) & set(d))
                        for p, d in zip(done["partners"], done["domains"])
                    ],
                    bool,
                )
            ]
        hit = hits.iloc[0] if len(hits) else None
        end = as_of if hit is None else hit["when"]
        rows.append(
            {
                "act_id": text.act_id,
                "title": text.title,
                "signed": text.when,
                "operation_id": None if hit is None else hit["act_id"],
                "years": max((end - text.when).days, 0) / 365.25,
                "observed": hit is not None,
            }
        )
    return pd.DataFrame(rows, columns=["act_id", "title", "signed", "operation_id", "years", "observed"])


def seats() -> pd.DataFrame:
    """One row a state and exercise: participants with the exercise's name, year, domain and whether its list
    is complete.
    """
    from spacesec.data import tables

    exercises = tables.settled("regional_cooperation/exercises").rename(columns={"row_id": "exercise_id"})
    people = tables.settled("regional_cooperation/exercise_participants")
    return people[["exercise_id", "participant", "role", "row_id", "source_id", "evidence"]].merge(
        exercises[["exercise_id", "exercise", "series", "domain", "year", "japan_role", "list_complete"]],
        on="exercise_id",
    )


def exercises_without_seats() -> pd.DataFrame:
    """Exercises of which no participant is recorded: the rows of `exercises`, oldest first."""
    from spacesec.data import tables

    people = tables.settled("regional_cooperation/exercise_participants")
    exercises = tables.settled("regional_cooperation/exercises")
    return exercises[~exercises["row_id"].isin(people["exercise_id"])].sort_values("year", kind="stable")


def co_participation(seats: pd.DataFrame) -> pd.DataFrame:
    """Square table of states: for each pair the sum over shared exercises of 1/(n-1), n being the exercise's
    named states.
    """
    incidence = pd.crosstab(seats["participant"], seats["exercise_id"]).clip(upper=1)
    size = incidence.sum()
    incidence = incidence.loc[:, size >= 2]
    values = incidence.to_numpy(float)
    together = (values / (values.sum(axis=0) - 1)) @ values.T
    np.fill_diagonal(together, 0.0)
    return pd.DataFrame(together, index=incidence.index, columns=incidence.index)


def best_modularity(together: pd.DataFrame, seeds=range(5)) -> tuple[float, list[set[str]]]:
    """Highest modularity over Louvain runs from several seeds, with its groups (networkx; Newman and Girvan
    2004, weighted).
    """
    import networkx as nx

    graph = nx.from_pandas_adjacency(together)
    found = [nx.community.louvain_communities(graph, weight="weight", seed=seed) for seed in seeds]
    scored = [(nx.community.modularity(graph, groups, weight="weight"), groups) for groups in found]
    quality, groups = max(scored, key=lambda item: item[0])
    return quality, sorted(groups, key=lambda group: (-len(group), sorted(group)))


def shuffled(seats: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Seats dealt anew so that every exercise keeps its size and every state its number of exercises.

    Curveball trades between pairs of exercises (Strona et al. 2014), twenty for each exercise.
    """
    generator = np.random.default_rng(seed)
    tables_ = {key: set(part) for key, part in seats.groupby("exercise_id", sort=True)["participant"]}
    keys = list(tables_)
    for _ in range(20 * len(keys)):
        a, b = generator.choice(len(keys), 2, replace=False)
        first, second = tables_[keys[a]], tables_[keys[b]]
        loose = sorted(first ^ second)
        generator.shuffle(loose)
        common, take = first & second, len(first - second)
        tables_[keys[a]], tables_[keys[b]] = common | set(loose[:take]), common | set(loose[take:])
    return pd.DataFrame(
        [(key, state) for key, states in tables_.items() for state in sorted(states)],
        columns=["exercise_id", "participant"],
    )
