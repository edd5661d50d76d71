"""Is Japan hedging inside the alliance? Autonomy and integration by function and year, coded from dated rows
by a written rule.

The rule (RULE below) asks three questions of each function and year on each side; a third of a point for
each. Weights of the seven functions are drawn 10,000 times from a flat Dirichlet distribution, so that no
conclusion hangs on one choice of weights. Fatton's thesis of intra-alliance hedging predicts that autonomy
and integration rise together; autonomy up and integration down would be substitution, integration up alone is
dependence where autonomy is low, and both rising in different functions a division of labour.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables, vintage
from spacesec.parameters import value

FUNCTIONS = ("warning", "reconnaissance", "communications", "positioning", "awareness", "launch", "maritime")


RULE = {
    "owned": (
        "autonomy: a working Japanese satellite (for awareness also a ground system) of the function at the"
        " end of the year"
    ),
    "own_ride": "autonomy: share of these that flew on a Japanese rocket (ground systems count as own)",
    "spare": (
        "autonomy: a second one, so that the loss of one does not end the service (graded variant: share of"
        " the number a stand-alone service needs)"
    ),
    "committed": (
        "integration: a binding or operational text or body with the United States that covers the function"
        " is in force"
    ),
    "connected": "integration: data, hardware or people of both sides work together in the function",
    "kept_up": (
        "integration: the two sides dealt with the function within the last years (talk, text or operation)"
    ),
}


LAUNCH_RULE = {
    "owned": "a Japanese orbital launch succeeded within the last years",
    "own_ride": "share of Japanese government satellites of the last years that flew from Japan",
    "spare": "a second family of Japanese rockets succeeded within the last years",
}


GATHERED = {
    "space_specific",
    "through_groups",
    "commercial",
    "evidence",
}  # parameters that say which rows count; the others say how


AUTONOMY, INTEGRATION = ("owned", "own_ride", "spare"), ("committed", "connected", "kept_up")


DRAWS, SEED = 10_000, 2020


HOLDS = 2 / 3 - 1e-9  # two of three questions answered yes


STABLE = 0.9  # share of weight draws that must agree before a ranking of years is claimed


# States of a cooperation act that was made, whatever became of it later.
MADE = ("in_force", "continuing", "done", "superseded", "lapsed")


# What the rule reads: table, column of its days, rows that tell of what happened.
DATED = (
    ("regional_cooperation/acts", "date", {"status": MADE}),
    ("space_systems/satellites", "launch_date", {"outcome": "success"}),
    ("space_systems/launches", "date", {}),
)


# Years of other starts from which change may be measured: after the Taepodong, first reconnaissance
# satellites, first National Security Strategy.
OTHER_BASES = (1999, 2003, 2013)


def years_known() -> tuple[int, int]:
    """The year of the first cooperation act, and the last year with an act, a satellite or a launch."""
    spans = [extent.years(name, column, **where) for name, column, where in DATED]
    return spans[0][0], max(last for _, last in spans)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value(1998, "first year", unit="calendar year", between=years_known)
    last_year: int = value(
        "latest", "last year, as far as the data go", unit="calendar year", between=years_known
    )
    base_year: int = value(
        2008,
        "year against which change is measured: the Basic Space Law",
        unit="calendar year",
        between=years_known,
    )
    spare: Literal["two", "graded"] = value(
        "two",
        "third question on autonomy: a second asset, or the share of the number that a stand-alone service"
        " needs",
    )
    memory_years: int = value(3, "how long a talk, or a launch, counts as recent", unit="years", ge=1, le=10)
    space_specific: bool = value(True, "count only cooperation acts that are about space")
    through_groups: bool = value(
        True, "count acts with the United States in groups (Quad, trilateral) beside bilateral ones"
    )
    commercial: bool = value(False, "count commercial imaging satellites for reconnaissance")
    evidence: list[Literal["independent", "seed"]] = value(
        ["independent", "seed"],
        "rows to use: read in a source of their own, or said only by one of the five documents",
        min_length=1,
    )

    @model_validator(mode="after")
    def _in_order(self):
        if not self.first_year < self.base_year < self.last_year:
            raise ValueError(
                f"base_year = {self.base_year} is not possible with first_year = {self.first_year} and"
                f" last_year = {self.last_year}: it must lie between them."
            )
        return self


def hedging_index(autonomy: np.ndarray, integration: np.ndarray) -> np.ndarray:
    """min(A, G): no hedge without both. Arrays of any shape, values from 0 to 1; raises ValueError
    outside.
    """
    a, g = np.asarray(autonomy, dtype=float), np.asarray(integration, dtype=float)
    if ((a < 0) | (a > 1) | (g < 0) | (g > 1)).any():
        raise ValueError("autonomy and integration lie between 0 and 1.")
    return np.minimum(a, g)


def weight_cloud(functions: int, draws: int = DRAWS, seed: int = SEED) -> np.ndarray:
    """Random weights, one row a draw, each summing to one: flat Dirichlet."""
    return np.random.default_rng(seed).dirichlet(np.ones(functions), draws)


def rank_stability(equal: np.ndarray, cloud: np.ndarray, least: float = 0.9) -> float:
    """Share of draws whose ranking of years has a Spearman correlation of at least ``least`` with the ranking
    under equal weights.

    ``equal``: one value a year; ``cloud``: draws by years.
    """
    from scipy.stats import rankdata

    reference = rankdata(equal)
    ranks = rankdata(cloud, axis=1)
    reference = reference - reference.mean()
    ranks = ranks - ranks.mean(axis=1, keepdims=True)
    norm = np.sqrt((reference**2).sum() * (ranks**2).sum(axis=1))
    rho = np.divide(ranks @ reference, norm, out=np.zeros(len(ranks)), where=norm > 0)
    return float((rho >= least).mean())


def movement(autonomy: float, integration: float, least: float = 1e-9) -> str:
    """What a change of autonomy and of integration amounts to."""
    up, down = autonomy > least, autonomy < -least
    tied, cut = integration > least, integration < -least
    if up and tied:
        return "hedging"
    if up:
        return "substitution" if cut else "autonomy alone"
    if tied:
        return "integration alone"
    return "retreat" if down or cut else "no change"


def satellites(p: Parameters) -> pd.DataFrame:
    """Japanese satellites that reached orbit: function of this question, first and last year of work,
    launched from Japan or not.
    """
    table = tables.settled("space_systems/satellites", list(p.evidence))
    table = table[(table["outcome"] == "success") & table["launch_date"].notna()]
    rows = []
    for f in tables.load("policy_evolution/functions").itertuples():
        if not isinstance(f.satellite_functions, str):
            continue
        sectors = f.satellite_sectors.split(";") + (
            ["commercial"] if p.commercial and f.function == "reconnaissance" else []
        )
        part = table[table["function"].isin(f.satellite_functions.split(";")) & table["sector"].isin(sectors)]
        rows.append(
            pd.DataFrame(
                {
                    "function": f.function,
                    "row_id": part["row_id"],
                    "asset": part["name"],
                    "first_year": part["launch_date"].dt.year,
                    "last_year": part["end_date"].dt.year.astype("Int64"),
                    "own_ride": (part["launch_state"] == "Japan").fillna(False).to_numpy(dtype=bool),
                    "source_id": part["source_id"],
                    "quality": part["quality"],
                }
            )
        )
    ground = tables.settled("policy_evolution/ground_assets", list(p.evidence))
    rows.append(
        pd.DataFrame(
            {
                "function": "awareness",
                "row_id": ground["row_id"],
                "asset": ground["name"],
                "first_year": ground["start_date"].dt.year,
                "last_year": pd.array([pd.NA] * len(ground), dtype="Int64"),
                "own_ride": True,
                "source_id": ground["source_id"],
                "quality": ground["quality"],
            }
        )
    )
    return pd.concat(rows, ignore_index=True)


def acts(p: Parameters) -> pd.DataFrame:
    """Cooperation acts with the United States, one row an act and function: stage, whether it binds, first
    year, still in force.
    """
    table = tables.settled("regional_cooperation/acts", list(p.evidence))
    ties = tables.load("regional_cooperation/ties")
    table = table[
        table["row_id"].isin(ties[ties["partner"] == "United States"]["act_id"]) & table["status"].isin(MADE)
    ]
    if p.space_specific:
        table = table[table["space_specific"].astype(bool)]
    if not p.through_groups:
        table = table[table["framework"] == "bilateral"]
    domain = tables.load("policy_evolution/functions").set_index("function")["act_domain"]
    rows = []
    for function in FUNCTIONS:
        part = table[[domain[function] in names.split(";") for names in table["domains"]]]
        rows.append(
            pd.DataFrame(
                {
                    "function": function,
                    "row_id": part["row_id"],
                    "act": part["title"],
                    "year": part["date"].dt.year,
                    "stage": part["stage"].astype(str),
                    "binds": part["bindingness"].isin(["binding", "operational"]).to_numpy(dtype=bool),
                    "lasting": part["status"].isin(["in_force", "continuing"]).to_numpy(dtype=bool),
                    "source_id": part["source_id"],
                    "quality": part["quality"],
                }
            )
        )
    return pd.concat(rows, ignore_index=True)


def launches(p: Parameters) -> pd.DataFrame:
    """Japanese orbital launches with year, rocket family and success."""
    table = tables.settled("space_systems/launches", list(p.evidence))
    return pd.DataFrame(
        {
            "row_id": table["row_id"],
            "year": table["date"].dt.year,
            "family": table["vehicle"].astype(str),
            "success": (table["outcome"] == "success").to_numpy(dtype=bool),
            "source_id": table["source_id"],
            "quality": table["quality"],
        }
    )


def gathered(p: Parameters) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Satellites, acts and launches that count; only the parameters of GATHERED decide which."""
    return satellites(p), acts(p), launches(p)


def score(p: Parameters, counted: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """The rule applied to what was ``gathered``: one row a function and year with the six tests (0 to 1),
    ``autonomy`` and ``integration``.
    """
    owned, ties, flights = counted
    needed = tables.load("policy_evolution/functions").set_index("function")["needed"]
    government = tables.settled("space_systems/satellites", list(p.evidence))
    government = government[
        (government["sector"] != "commercial")
        & (government["outcome"] == "success")
        & government["launch_date"].notna()
    ]
    years = np.arange(p.first_year, p.last_year + 1)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "function": function,
                    "year": years,
                    **_autonomy(function, years, p, owned, flights, government, needed[function]),
                    **_integration(ties[ties["function"] == function], years, p),
                }
            )
            for function in FUNCTIONS
        ],
        ignore_index=True,
    ).assign(
        autonomy=lambda t: t[list(AUTONOMY)].sum(axis=1) / 3,
        integration=lambda t: t[list(INTEGRATION)].sum(axis=1) / 3,
    )


def _recent(when: pd.Series, years: np.ndarray, memory: int) -> np.ndarray:
    """Years by rows: the row's year is one of the last ``memory`` years."""
    age = years[:, None] - when.to_numpy(dtype=float)[None, :]
    return (age >= 0) & (age < memory)


def _share(part: np.ndarray, whole: np.ndarray, otherwise: float | np.ndarray = 0.0) -> np.ndarray:
    return np.where(whole > 0, part / np.maximum(whole, 1), otherwise)


def _autonomy(
    function: str,
    years: np.ndarray,
    p: Parameters,
    owned: pd.DataFrame,
    flights: pd.DataFrame,
    government: pd.DataFrame,
    needed,
) -> dict[str, np.ndarray]:
    """The three tests of autonomy by year, and the assets they rest on."""
    if function == "launch":
        good = flights[flights["success"]]
        recent = _recent(good["year"], years, p.memory_years)
        assets = np.array([good["family"][row].nunique() for row in recent])
        rides = _recent(government["launch_date"].dt.year, years, p.memory_years)
        home = (government["launch_state"] == "Japan").fillna(False).to_numpy(dtype=bool)
        own = _share((rides & home).sum(axis=1), rides.sum(axis=1), recent.any(axis=1).astype(float))
        return {
            "assets": assets,
            "owned": recent.any(axis=1).astype(float),
            "own_ride": own,
            "spare": (assets > 1).astype(float),
        }
    mine = owned[owned["function"] == function]
    end = mine["last_year"].astype("Float64").fillna(9999).to_numpy(dtype=float)
    working = (mine["first_year"].to_numpy(dtype=float) <= years[:, None]) & (end > years[:, None])
    count = working.sum(axis=1)
    spare = (
        np.minimum(count / needed, 1.0)
        if p.spare == "graded" and pd.notna(needed)
        else (count > 1).astype(float)
    )
    return {
        "assets": count,
        "owned": (count > 0).astype(float),
        "own_ride": _share((working & mine["own_ride"].to_numpy(dtype=bool)).sum(axis=1), count),
        "spare": np.asarray(spare, dtype=float),
    }


def _integration(ties: pd.DataFrame, years: np.ndarray, p: Parameters) -> dict[str, np.ndarray]:
    """The three tests of integration by year."""
    past = ties["year"].to_numpy() <= years[:, None]
    lasting = ties["lasting"].to_numpy(dtype=bool)
    text = (ties["stage"] == "instrument").to_numpy() & ties["binds"].to_numpy(dtype=bool) & lasting
    work = (ties["stage"] == "operation").to_numpy() & lasting
    return {
        "committed": (past & text).any(axis=1).astype(float),
        "connected": (past & work).any(axis=1).astype(float),
        "kept_up": _recent(ties["year"], years, p.memory_years).any(axis=1).astype(float),
    }


def wide(scores: pd.DataFrame, side: str) -> np.ndarray:
    """Years by functions."""
    return scores.pivot(index="year", columns="function", values=side)[list(FUNCTIONS)].to_numpy()


def answer(parameters: Parameters) -> Answer:
    """Autonomy, integration and index by year under equal weights and in the cloud; what each function did;
    what would refute the thesis.
    """
    p = parameters
    assets, ties, flights = counted = gathered(p)
    scores = score(p, counted)
    years = np.arange(p.first_year, p.last_year + 1)
    a, g = wide(scores, "autonomy"), wide(scores, "integration")
    weights = weight_cloud(len(FUNCTIONS))
    cloud_a, cloud_g = weights @ a.T, weights @ g.T
    cloud = hedging_index(cloud_a, cloud_g)
    equal_a, equal_g = a.mean(axis=1), g.mean(axis=1)
    equal = hedging_index(equal_a, equal_g)
    base = p.base_year - p.first_year
    change_a, change_g = a[-1] - a[base], g[-1] - g[base]
    moves = {name: movement(x, y) for name, x, y in zip(FUNCTIONS, change_a, change_g)}
    both_up = float(((cloud_a[:, -1] > cloud_a[:, base]) & (cloud_g[:, -1] > cloud_g[:, base])).mean())
    inside = float((weights * np.minimum(a[-1], g[-1])).sum(axis=1).mean())  # a hedge within each function
    stability = rank_stability(equal, cloud)
    holds = lambda year: int(((a[year] >= HOLDS) & (g[year] >= HOLDS)).sum())  # noqa: E731
    reached = [
        (_first(years, a[:, f] >= HOLDS), _first(years, g[:, f] >= HOLDS)) for f in range(len(FUNCTIONS))
    ]
    both = [(x, y) for x, y in reached if x is not None and y is not None]
    count = {
        kind: sum(m == kind for m in moves.values())
        for kind in ("hedging", "autonomy alone", "substitution", "integration alone", "retreat", "no change")
    }
    refuted = bool(change_a.mean() <= 0 or change_g.mean() <= 0)
    verdict = (
        "refuted"
        if refuted
        else "not refuted"
        if stability >= STABLE and both_up >= STABLE
        else "open: it hangs on the weights"
    )
    series = pd.DataFrame(
        {
            "year": years,
            "autonomy": equal_a,
            "integration": equal_g,
            "hedging_index": equal,
            "geometric_mean": np.sqrt(equal_a * equal_g),
            **{
                f"{side}_{name}": np.quantile(draws, level, axis=0)
                for side, draws in (("autonomy", cloud_a), ("integration", cloud_g), ("hedging_index", cloud))
                for name, level in (("low", 0.05), ("high", 0.95))
            },
        }
    )
    claims = ("C3-002", "C3-007", "C3-008")
    by_year = lambda values: {int(y): round(float(v), 4) for y, v in zip(years, values)}  # noqa: E731
    results = {
        "autonomy": Result(
            by_year(equal_a), "0 to 1", "autonomy by year, functions weighted equally", claims
        ),
        "integration": Result(
            by_year(equal_g),
            "0 to 1",
            "integration with the United States by year, functions weighted equally",
            claims,
        ),
        "hedging_index": Result(by_year(equal), "0 to 1", "the smaller of the two, by year", claims),
        "rank_stability": Result(
            stability,
            "share of draws",
            "weight draws that rank the years as equal weights do (Spearman at least 0.9)",
        ),
        "both_rise_share": Result(
            both_up,
            "share of draws",
            f"weight draws in which autonomy and integration both rose from {p.base_year} to {p.last_year}",
            claims,
        ),
        "autonomy_change": Result(
            float(change_a.mean()),
            "points of 1",
            f"from {p.base_year} to {p.last_year}, equal weights",
            claims,
        ),
        "integration_change": Result(
            float(change_g.mean()),
            "points of 1",
            f"from {p.base_year} to {p.last_year}, equal weights",
            claims,
        ),
        "moves": Result(
            moves, "kind of change", f"what each function did from {p.base_year} to {p.last_year}"
        ),
        "functions_hedging": Result(
            count["hedging"], "functions", "functions in which autonomy and integration both rose"
        ),
        "holding_both_base": Result(
            holds(base),
            "functions",
            f"functions with two thirds or more on both sides in {p.base_year}",
            claims,
        ),
        "holding_both_last": Result(
            holds(-1),
            "functions",
            f"functions with two thirds or more on both sides in {p.last_year}",
            claims,
        ),
        "autonomy_first": Result(
            sum(x < y for x, y in both),
            "functions",
            "functions in which autonomy reached two thirds before integration did",
        ),
        "reached_both": Result(
            len(both), "functions", "functions in which each side reached two thirds in some year"
        ),
        "index_last": Result(float(equal[-1]), "0 to 1", f"index in {p.last_year}"),
        "index_last_range": Result(
            [float(np.quantile(cloud[:, -1], q)) for q in (0.05, 0.95)],
            "0 to 1",
            "the same over nine tenths of the weight draws",
        ),
        "index_within_functions": Result(
            inside,
            "0 to 1",
            f"mean of the smaller of the two taken function by function, {p.last_year}: how much of the hedge"
            " lies inside functions",
        ),
        "thesis": Result(
            verdict,
            "verdict",
            "whether the thesis of hedging is refuted by the rule's reading of these rows",
            claims,
        ),
    }
    results |= {
        "acts_counted": Result(
            ties["row_id"].nunique(), "acts", "cooperation acts that count as integration"
        ),
        "acts_known": Result(
            len(tables.settled("regional_cooperation/acts", list(p.evidence))),
            "acts",
            "cooperation acts known",
        ),
        "functions": Result(len(FUNCTIONS), "functions", "functions of security space that are scored"),
        "draws": Result(len(weights), "weightings", "random weightings of the functions"),
        "last_year_over": Result(
            vintage.as_of().isoformat() > f"{p.last_year}-12-30",
            "yes or no",
            "whether the last year is over on the day of the tables",
        ),
    }
    rows = pd.concat([assets, ties, flights.assign(function="launch")], ignore_index=True)[
        ["function", "row_id", "source_id", "quality"]
    ]
    return Answer(
        results,
        {
            "scores": scores,
            "series": series,
            "functions": tables.load("policy_evolution/functions"),
            "assets": assets,
            "acts": ties,
            "rows": rows,
            "cloud": pd.DataFrame(
                {
                    "autonomy_change": cloud_a[:, -1] - cloud_a[:, base],
                    "integration_change": cloud_g[:, -1] - cloud_g[:, base],
                    "autonomy": cloud_a[:, -1],
                    "integration": cloud_g[:, -1],
                    "autonomy_base": cloud_a[:, base],
                    "integration_base": cloud_g[:, base],
                }
            ),
            "changes": pd.DataFrame(
                {
                    "function": FUNCTIONS,
                    "autonomy_change": change_a,
                    "integration_change": change_g,
                    "move": [moves[f] for f in FUNCTIONS],
                    "row_ids": rows.groupby("function")["row_id"].agg(";".join).reindex(FUNCTIONS).to_numpy(),
                }
            ),
            "variants": _variants(p, scores, counted),
        },
        p,
    )


def _first(years: np.ndarray, reached: np.ndarray) -> int | None:
    return int(years[reached.argmax()]) if reached.any() else None


def _variants(
    p: Parameters, chosen: pd.DataFrame, counted: tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]
) -> pd.DataFrame:
    """The outcome under other readings of the rule; ``chosen`` and ``counted`` are the score and its rows as
    chosen, for choices that leave them as they are.
    """
    choices = [
        ("as chosen", {}),
        ("spare graded by need", {"spare": "graded"}),
        ("talks count for one year", {"memory_years": 1}),
        ("talks count for six years", {"memory_years": 6}),
        ("bilateral acts only", {"through_groups": False}),
        ("acts not about space too", {"space_specific": False}),
        ("commercial imaging counted", {"commercial": True}),
        ("independent rows only", {"evidence": ["independent"]}),
        *((f"change since {year}", {"base_year": year}) for year in OTHER_BASES),
    ]
    rows = []
    for name, change in choices:
        q = p.model_copy(update=change)
        if (change and q == p) or not q.first_year < q.base_year < q.last_year:
            continue
        scores = (
            score(q, gathered(q) if GATHERED & set(change) else counted)
            if set(change) - {"base_year"}
            else chosen
        )
        a, g = wide(scores, "autonomy"), wide(scores, "integration")
        base = q.base_year - q.first_year
        da, dg = a[-1] - a[base], g[-1] - g[base]
        rows.append(
            {
                "variant": name,
                "autonomy_change": da.mean(),
                "integration_change": dg.mean(),
                "hedging_functions": sum(movement(x, y) == "hedging" for x, y in zip(da, dg)),
                "index_last": float(min(a[-1].mean(), g[-1].mean())),
                "move": movement(float(da.mean()), float(dg.mean())),
            }
        )
    return pd.DataFrame(rows)


# What sources say of the number of satellites at a moment: function, year, number, tolerance, source, place.
PUBLISHED = (
    (
        "positioning satellites when the service opened",
        "positioning",
        2018,
        4.0,
        0.0,
        "prime-minister-2018-ceremony-commemorate-launch",
        "four-satellite service, headline",
    ),
    (
        "reconnaissance satellites in 2020: four radar, a spare, three optical",
        "reconnaissance",
        2020,
        8.0,
        1.0,
        "fatton-2020",
        "section Keeping track of missile activities; the catalog keeps Optical-4 open until 2023",
    ),
)


def checks(answer: Answer) -> list[Check]:
    """The rule's counts against what sources say of the same moments; none where the choice leaves out
    what they count (the documents alone name few satellites).
    """
    scores = answer.tables["scores"].set_index(["function", "year"])["assets"]
    p = answer.parameters
    comparable = not p.commercial and "independent" in p.evidence
    return [
        Check(what, float(scores[function, year]), published, tolerance, "satellites", source, locator)
        for what, function, year, published, tolerance, source, locator in PUBLISHED
        if comparable and p.first_year <= year <= p.last_year
    ]
