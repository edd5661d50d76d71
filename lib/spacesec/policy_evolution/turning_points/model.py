"""When did the pace and the posture of Japan's space security change, and could these data show it?

The pace is the number of Japanese acts a year, the posture the way the coded acts divide among four postures.
Breaks are placed by the exact posterior of a gamma-Poisson and of a Dirichlet-multinomial change-point model
(``changepoints``); the two codings of posture are compared by Cohen's kappa and Krippendorff's alpha
(``agreement``).
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
from spacesec.policy_evolution.turning_points import agreement, changepoints
from spacesec.words.numerals import counted

POSTURES = ("peaceful", "non-offensive", "security-use", "warfighting")


CODERS = ("first", "second", "agreed")


SERIES = ("pace", "mix", "security-use", "warfighting")


STEPS = np.array([1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 8.0, 10.0, 13.0, 16.0, 20.0])


TOGETHER = 25  # resamples reckoned at once: their segments fit the processor's own memory
SEED = 20261122


EARLIER = 20  # years by which one other choice starts sooner


RARE = 0.2  # acts a year at which a code that hardly occurs is taken to start, for the power statement


# Disasters a year in British coal mines, 1851 to 1962 (Jarrett 1979, as tabulated by Foote 2021).
COAL = [
    *map(
        int,
        "4541043406334026335453144155342522342132211113001011003103220111010100021000110233112111"
        "123300014000100000100101",
    )
]


HAPPENED = {"status": "happened"}  # planned events are in no series


def years_known() -> tuple[int, int]:
    """The first and the last calendar year with an event that happened."""
    return extent.years("policy_evolution/events", "date", **HAPPENED)


def last_whole_year() -> int:
    """The last year that is over, as far as the events tell."""
    return extent.last_whole_year("policy_evolution/events", "date", **HAPPENED)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    first_year: int = value(1990, "first year of the series", unit="calendar year", between=years_known)
    last_year: int = value(
        "latest",
        "last year of the series; the latest is the last that is over",
        unit="calendar year",
        between=years_known,
        latest=last_whole_year,
    )
    coder: Literal["first", "second", "agreed"] = value(
        "agreed", "whose coding of posture: one coder's, or only rows to which both gave the same posture"
    )
    evidence: list[Literal["independent", "seed"]] = value(
        ["independent", "seed"],
        "rows to use: read in a source of their own, or said only by one of the five documents",
        min_length=1,
    )
    merge: Literal["none", "non-offensive with security-use", "peaceful with non-offensive"] = value(
        "none", "postures counted as one"
    )
    named_years: list[int] = value(
        [1998, 2003, 2008, 2012, 2018, 2020, 2022],
        "years that the five documents name as turns",
        unit="calendar year",
        min_length=1,
        max_length=12,
    )
    tolerance_years: int = value(
        1, "how near a break must fall to a named year to count for it", unit="years", ge=0, le=3
    )
    most_breaks: int | None = value(
        None,
        "largest number of breaks, all numbers equally likely beforehand; null: as many as the years hold",
        unit="breaks",
        ge=1,
    )
    shortest_years: int = value(3, "fewest years between two breaks", unit="years", ge=1, le=6)
    prior_weight: float = value(
        1.0, "weight of the prior: events in a segment, and acts of each posture", unit="events", gt=0, le=20
    )
    draws: int = value(200, "bootstrap samples of events", unit="samples", ge=50, le=5000)

    @model_validator(mode="after")
    def _fits(self):
        years = self.last_year - self.first_year + 1
        held = max(years // self.shortest_years - 1, 0)
        if held < (self.most_breaks or 1):
            raise ValueError(
                f"most_breaks = {self.most_breaks or 1} is not possible with shortest_years ="
                f" {self.shortest_years}: {years} years hold at most {held} breaks."
            )
        if outside := [y for y in self.named_years if not self.first_year < y <= self.last_year]:
            raise ValueError(
                f"named_years holds {outside[0]}, which is not possible: a break needs a year before it in"
                f" the series, so name years from {self.first_year + 1} to {self.last_year}."
            )
        return self

    @property
    def most(self) -> int:
        """Largest number of breaks tried."""
        return self.most_breaks or (self.last_year - self.first_year + 1) // self.shortest_years - 1


def coded(evidence: list[str] | None = None) -> pd.DataFrame:
    """Events that happened, conflicts settled, with ``year`` and the columns ``first``, ``second``,
    ``agreed`` (posture or None).
    """
    table = tables.settled("policy_evolution/events", evidence)
    table = table[table["status"] == "happened"].copy()
    table["year"] = table["date"].dt.year
    for coder in ("first", "second"):
        code = table[f"posture_{coder}"].astype("string")
        table[coder] = code.where(code.isin(POSTURES)).astype(object).where(lambda c: c.notna(), None)
    table["agreed"] = [
        a if a is not None and a == b else None for a, b in zip(table["first"], table["second"])
    ]
    return table.reset_index(drop=True)


def merged(posture: pd.Series, merge: str) -> pd.Series:
    """Postures with two of them counted as one."""
    swap = {
        "none": {},
        "non-offensive with security-use": {"non-offensive": "security-use"},
        "peaceful with non-offensive": {"non-offensive": "peaceful"},
    }[merge]
    return posture.replace(swap) if swap else posture


def members(table: pd.DataFrame, coder: str, merge: str) -> dict[str, pd.DataFrame]:
    """The events that each series counts: ``pace`` (Japanese acts, coded or not), every posture by that
    coder, and their ``mix``.
    """
    posture = merged(table[coder], merge)
    return {
        "pace": table[~table["external"].astype(bool)],
        **{name: table[posture == name] for name in POSTURES},
        "mix": table[posture.isin(POSTURES)],
    }


def yearly(table: pd.DataFrame, years: np.ndarray, coder: str, merge: str) -> pd.DataFrame:
    """One row a year: how many events ``pace`` and each posture count."""
    counted = members(table, coder, merge)
    return pd.DataFrame(
        {
            name: counted[name].groupby("year").size().reindex(years, fill_value=0)
            for name in ("pace", *POSTURES)
        },
        index=years,
    )


def posteriors(counts: pd.DataFrame, p: Parameters) -> dict[str, changepoints.Posterior]:
    """The posterior of each of SERIES; a mix needs at least two postures that occur."""
    present = [name for name in POSTURES if counts[name].sum()]
    made = {
        name: changepoints.poisson_posterior(
            counts[name].to_numpy(), p.most, p.shortest_years, p.prior_weight
        )
        for name in ("pace", "security-use", "warfighting")
    }
    made["mix"] = changepoints.mix_posterior(
        counts[present].to_numpy(), p.most, p.shortest_years, p.prior_weight
    )
    return {name: made[name] for name in SERIES}


def penalised(counts: pd.DataFrame, p: Parameters) -> dict[str, list[int]]:
    """Break years of each of SERIES by penalised likelihood: ln n for each parameter that a break adds, its
    place among them (Schwarz's criterion, for change points Yao 1988).
    """
    present = [name for name in POSTURES if counts[name].sum()]
    log_years = np.log(len(counts))
    found = {}
    for name in SERIES:
        if name == "mix":
            cost = changepoints.mix_cost(counts[present].to_numpy(), p.shortest_years)
            positions = changepoints.penalised_breaks(cost, len(present) * log_years)
        else:
            cost = changepoints.poisson_cost(counts[name].to_numpy(), p.shortest_years)
            positions = changepoints.penalised_breaks(cost, 2 * log_years)
        found[name] = [int(counts.index[position]) for position in positions]
    return found


def break_table(
    own: dict[str, changepoints.Posterior], second: dict[str, list[int]], p: Parameters
) -> pd.DataFrame:
    """Every break that one of the two methods finds: ``series``, ``year``, its ``chance`` in that very year
    and ``near`` it (within the tolerance), whether the ``cut`` of the most probable number holds it, the
    ``penalised`` likelihood finds it, and it is ``robust`` (more likely than not in that very year).
    """
    rows = []
    for name, posterior in own.items():
        cut = [p.first_year + position for position in posterior.breaks]
        for year in sorted({*cut, *second[name]}):
            chance = float(posterior.at[year - p.first_year])
            rows.append(
                {
                    "series": name,
                    "year": year,
                    "chance": chance,
                    "near": posterior.near(year - p.first_year, p.tolerance_years),
                    "cut": year in cut,
                    "penalised": year in second[name],
                    "robust": chance > 0.5,
                }
            )
    return pd.DataFrame(rows, columns=["series", "year", "chance", "near", "cut", "penalised", "robust"])


def supported(number: np.ndarray) -> list[int]:
    """The most probable number of breaks, and the numbers between which nine tenths of the chance lie."""
    total = np.cumsum(number)
    return [int(number.argmax()), int(np.searchsorted(total, 0.05)), int(np.searchsorted(total, 0.95))]


def scales(table: pd.DataFrame) -> pd.DataFrame:
    """Agreement of the two codings in five readings: units, raw agreement, Cohen's kappa, Krippendorff's
    alpha nominal and ordinal.
    """
    both = table[table["posture_first"].notna() & table["posture_second"].notna()]
    first, second = both["posture_first"].astype(str), both["posture_second"].astype(str)
    folded = second.replace("external-shock", "not-coded")
    posture = first.isin(POSTURES) & second.isin(POSTURES)
    military = lambda code: code.isin(POSTURES[1:])  # noqa: E731
    readings = (
        ("six labels as coded", first, second),
        ("shock counted as not coded", first, folded),
        ("both give a posture", first[posture], second[posture]),
        ("coded or not coded", first.isin(POSTURES), second.isin(POSTURES)),
        ("any military posture", military(first), military(second)),
    )
    rows = []
    for name, a, b in readings:
        ordinal = (
            agreement.krippendorff_alpha([a, b], POSTURES, "ordinal")
            if name == "both give a posture"
            else np.nan
        )
        rows.append(
            {
                "reading": name,
                "units": len(a),
                "raw": float((a == b).mean()),
                "kappa": agreement.cohen_kappa(a, b),
                "alpha": agreement.krippendorff_alpha([a, b]),
                "alpha_ordinal": ordinal,
            }
        )
    return pd.DataFrame(rows)


def named_mass(
    posterior: changepoints.Posterior, years: np.ndarray, named: list[int], tolerance: int
) -> float:
    """Share of the expected breaks that fall within the tolerance of a named year."""
    near = (np.abs(years[:, None] - np.asarray(named)) <= tolerance).any(axis=1)
    total = posterior.at.sum()
    return float(posterior.at[near].sum() / total) if total > 0 else float("nan")


def placebo(
    posterior: changepoints.Posterior, years: np.ndarray, named: list[int], tolerance: int, draws: int = 4000
) -> tuple[float, float, float]:
    """Share of breaks near the named years, its mean for as many years drawn at random, and the chance of
    doing as well by luck.
    """
    generator = np.random.default_rng(SEED)
    found = named_mass(posterior, years, named, tolerance)
    luck = np.array(
        [
            named_mass(
                posterior, years, generator.choice(years[1:], len(named), replace=False).tolist(), tolerance
            )
            for _ in range(draws)
        ]
    )
    return found, float(luck.mean()), float((luck >= found - 1e-12).mean())


def bootstrap(table: pd.DataFrame, years: np.ndarray, p: Parameters, name: str) -> np.ndarray:
    """Probability of a break in each year, averaged over resamples of the events: how far the place hangs on
    single rows.
    """
    generator = np.random.default_rng(SEED)
    inside = table[table["year"].between(years[0], years[-1])]
    codes, external = merged(inside[p.coder], p.merge).to_numpy(), inside["external"].astype(bool).to_numpy()
    column = inside["year"].to_numpy() - years[0]
    counted = [codes == k for k in POSTURES if (codes == k).any()] if name == "mix" else [codes == name]
    if name == "pace":
        counted = [~external]
    total = np.zeros(len(years))
    for first in range(0, p.draws, TOGETHER):
        grid = np.zeros((min(TOGETHER, p.draws - first), len(years), len(counted)))
        for sample in grid:
            pick = generator.integers(0, len(inside), len(inside))
            for place, wanted in enumerate(counted):
                sample[:, place] = np.bincount(column[pick][wanted[pick]], minlength=len(years))
        if name == "mix":
            segments = changepoints.mix_segments(grid, p.shortest_years, p.prior_weight)
        else:
            segments = changepoints.poisson_segments(grid[..., 0], p.shortest_years, p.prior_weight)
        total += changepoints.break_chances(segments, p.most, p.shortest_years).sum(axis=0)
    return total / p.draws


def answer(parameters: Parameters) -> Answer:
    """Break years and their probabilities by series, agreement of the codings, placebo, power and
    sensitivity.
    """
    p = parameters
    years = np.arange(p.first_year, p.last_year + 1)
    table = coded(list(p.evidence))
    counts = {coder: yearly(table, years, coder, p.merge) for coder in CODERS}
    if sum(counts[p.coder][name].sum() > 0 for name in POSTURES) < 2:
        raise ParameterError(
            f"coder = {p.coder} with this evidence leaves fewer than two postures between first_year ="
            f" {p.first_year} and last_year = {p.last_year}; widen one of them."
        )
    found = {
        coder: posteriors(counts[coder], p)
        for coder in CODERS
        if sum(counts[coder][name].sum() > 0 for name in POSTURES) > 1
    }
    own = found[p.coder]
    breaks = {name: [int(years[i]) for i in own[name].breaks] for name in SERIES}
    second = penalised(counts[p.coder], p)
    found_breaks = break_table(own, second, p)
    near = {
        name: {
            int(y): round(own[name].near(int(y) - p.first_year, p.tolerance_years), 4) for y in p.named_years
        }
        for name in SERIES
    }
    luck = {
        name: placebo(own[name], years, list(p.named_years), p.tolerance_years) for name in ("pace", "mix")
    }
    covered = len(
        {y + d for y in p.named_years for d in range(-p.tolerance_years, p.tolerance_years + 1)}
        & set(years[1:].tolist())
    ) / (len(years) - 1)
    power = {
        "pace": _power(_first_rate(counts[p.coder]["pace"].to_numpy(), p), len(years), p),
        "rare": _power(RARE, len(years), p),
    }
    judged = tables.load(
        "policy_evolution/events", list(p.evidence)
    )  # the coders also judged plans and a row since overruled
    agreements = scales(judged)
    agreed_on = {key: float(value) for key, value in agreements.set_index("reading").stack().items()}
    variants = _variants(p, years)
    after = interrupted(counts[p.coder]["pace"].to_numpy(), years)
    turn = {name: int(years[own[name].at.argmax()]) for name in SERIES}
    results = {
        "break_years": Result(
            breaks,
            "calendar year",
            "first years of new segments in the most probable cut, by series",
            ("C3-001",),
        ),
        "break_chances": Result(
            {
                name: {y: round(float(own[name].at[y - p.first_year]), 4) for y in breaks[name]}
                for name in SERIES
            },
            "probability",
            "chance that a new segment starts in that very year, for each of the break years",
            ("C3-001",),
        ),
        "robust_years": Result(
            {
                name: found_breaks[(found_breaks["series"] == name) & found_breaks["robust"]]["year"].tolist()
                for name in SERIES
            },
            "calendar year",
            "break years that are more likely than not, by series",
            ("C3-001",),
        ),
        "breaks_supported": Result(
            {name: supported(own[name].number) for name in SERIES},
            "breaks",
            "most probable number of breaks, and the numbers between which nine tenths of the chance lie",
        ),
        "penalised_years": Result(
            second,
            "calendar year",
            "break years by a second method, the likelihood penalized by Schwarz's criterion",
        ),
        "break_probability": Result(
            near,
            "probability",
            f"chance of a break within {counted(p.tolerance_years, 'year')} of each year that the documents"
            " name, by series",
            ("C3-001", "C1-011"),
        ),
        "most_probable_year": Result(
            turn, "calendar year", "year with the largest chance of a break, by series", ("C3-028",)
        ),
        "most_breaks": Result(p.most, "breaks", "largest number of breaks tried"),
        "late_acts": Result(
            _late(table, p), "acts", "Japanese acts of the year that is not over, left out of the series"
        ),
        "any_break_probability": Result(
            {name: round(float(1 - own[name].number[0]), 4) for name in SERIES},
            "probability",
            "chance that there is at least one break",
        ),
        "smallest_detectable_step": Result(
            power["pace"].smallest,
            "times",
            "smallest ratio of rates after and before that the pace shows with 80% chance, step in the"
            " middle; null where no step up to 20 times shows",
        ),
        "smallest_detectable_steps": Result(
            {name: power[name].smallest for name in power},
            "times",
            f"the same for the pace and for a rare code that starts at {RARE:g} acts a year",
        ),
        "named_share_percent": Result(
            {name: luck[name][0] * 100 for name in luck},
            "percent",
            "share of expected breaks near a named year",
        ),
        "placebo_share_percent": Result(
            {name: luck[name][1] * 100 for name in luck},
            "percent",
            "the same for as many years drawn at random",
        ),
        "placebo_probability": Result(
            {name: luck[name][2] for name in luck},
            "probability",
            "chance that random years do as well as the named ones",
        ),
        "named_coverage_percent": Result(
            covered * 100, "percent", "share of all years that lie near a named one"
        ),
        "interrupted_significant_percent": Result(
            float((after["level_p"] < 0.05).mean() * 100),
            "percent",
            "placebo years at which a least-squares level change looks significant",
        ),
        "detectable_level": Result(
            changepoints.detectable_level(len(years), len(years) // 2),
            "residual standard deviations",
            "level step that an interrupted series of this length shows with 80% chance",
        ),
        "kappa_coded_or_not": Result(
            agreed_on["coded or not coded", "kappa"],
            "kappa",
            "agreement of the coders on whether to code an event at all",
        ),
        "alpha_coded_or_not": Result(
            agreed_on["coded or not coded", "alpha"],
            "alpha",
            "nominal agreement of the coders on whether to code an event at all",
        ),
        "alpha_posture": Result(
            agreed_on["both give a posture", "alpha_ordinal"],
            "alpha",
            "ordinal agreement of the coders on the posture where both gave one",
        ),
        "agreed_events": Result(
            int(table["agreed"].notna().sum()), "events", "events to which both coders gave the same posture"
        ),
    }
    boot = {name: bootstrap(table, years, p, name) for name in SERIES}
    behind = {
        name: rows.groupby("year")["row_id"].agg(";".join).reindex(years)
        for name, rows in members(table, p.coder, p.merge).items()
    }
    by_year = pd.concat(
        [
            pd.DataFrame(
                {
                    "coder": coder,
                    "series": name,
                    "year": years,
                    "break_probability": post[name].at,
                    "count": (
                        counts[coder][name] if name != "mix" else counts[coder][list(POSTURES)].sum(axis=1)
                    ),
                    "rate": post[name].rate if post[name].rate is not None else np.nan,
                    "bootstrap_probability": boot[name] if coder == p.coder else np.nan,
                    "penalised": [year in second[name] for year in years] if coder == p.coder else None,
                    "row_ids": behind[name] if coder == p.coder else None,
                }
            )
            for coder, post in found.items()
            for name in SERIES
        ],
        ignore_index=True,
    )
    power_rows = pd.concat(
        [
            pd.DataFrame({"series": name, "step": made.steps, "power": made.power})
            for name, made in power.items()
        ],
        ignore_index=True,
    )
    return Answer(
        results,
        {
            "by_year": by_year,
            "breaks": found_breaks,
            "counts": counts[p.coder].reset_index(names="year"),
            "agreement": agreements,
            "power": power_rows,
            "variants": variants,
            "cross": _cross(judged),
            "interrupted": after,
            "events": table,
        },
        p,
    )


def _late(table: pd.DataFrame, p: Parameters) -> int:
    """Japanese acts of the year that is not over, which a series up to the last whole year leaves out."""
    if p.last_year != last_whole_year():
        return 0
    return int((~table.loc[table["year"] > p.last_year, "external"].astype(bool)).sum())


def _first_rate(counts: np.ndarray, p: Parameters) -> float:
    """Yearly rate before the series' own most probable single break, at least that of a rare code."""
    split = changepoints.poisson_posterior(counts, 1, p.shortest_years, p.prior_weight).best[1][0]
    return max(float(counts[:split].mean()), RARE)


def _power(rate: float, years: int, p: Parameters) -> changepoints.Power:
    half = years // 2
    return changepoints.step_power(
        rate, half, years - half, STEPS, seed=SEED, shape=p.prior_weight, shortest=p.shortest_years
    )


def _variants(p: Parameters, years: np.ndarray) -> pd.DataFrame:
    """Most probable break of the mix, of security use and of the operational domain under other choices, with
    the years that hold nine tenths of the chance.
    """
    sooner = max(p.first_year - EARLIER, years_known()[0])
    choices = [
        ("as chosen", {}),
        ("first coder", {"coder": "first"}),
        ("second coder", {"coder": "second"}),
        ("both coders", {"coder": "agreed"}),
        ("independent rows only", {"evidence": ["independent"]}),
        ("non-offensive counted as security", {"merge": "non-offensive with security-use"}),
        ("non-offensive counted as peaceful", {"merge": "peaceful with non-offensive"}),
        ("one break only", {"most_breaks": 1}),
        ("at most four breaks", {"most_breaks": 4}),
        ("prior of five events", {"prior_weight": 5.0}),
        ("two years between breaks", {"shortest_years": 2}),
        (f"from {sooner}", {"first_year": sooner}),
    ]
    rows = []
    for name, change in choices:
        q = p.model_copy(update=change)
        span = np.arange(q.first_year, q.last_year + 1)
        # The choice made already must not vouch for itself; a short series holds no more breaks than fit.
        if change and (q == p or q.most > len(span) // q.shortest_years - 1):
            continue
        counts = yearly(coded(list(q.evidence)), span, q.coder, q.merge)
        for series, posterior in posteriors(counts, q).items():
            place = posterior.at / max(posterior.at.sum(), 1e-300)
            total = np.cumsum(place)
            rows.append(
                {
                    "variant": name,
                    "series": series,
                    "year": int(span[place.argmax()]),
                    "low": int(span[np.searchsorted(total, 0.05)]),
                    "high": int(span[min(np.searchsorted(total, 0.95), len(span) - 1)]),
                    "any_break_probability": float(1 - posterior.number[0]),
                    "events": int(
                        counts[series].sum() if series != "mix" else counts[list(POSTURES)].to_numpy().sum()
                    ),
                }
            )
    return pd.DataFrame(rows)


def interrupted(counts: np.ndarray, years: np.ndarray) -> pd.DataFrame:
    """A least-squares level and slope change tried at every year with five years on each side."""
    tried = range(5, len(years) - 4)
    fits = [changepoints.interrupted_fit(counts, i) for i in tried]
    return pd.DataFrame(
        {
            "year": [int(years[i]) for i in tried],
            **{key: [float(f[key][0]) for f in fits] for key in ("level", "level_p", "slope", "slope_p")},
        }
    )


def _cross(table: pd.DataFrame) -> pd.DataFrame:
    both = table[table["posture_first"].notna() & table["posture_second"].notna()]
    labels = [*POSTURES, "not-coded"]
    second = both["posture_second"].astype(str).replace("external-shock", "not-coded")
    return pd.crosstab(both["posture_first"].astype(str), second).reindex(
        index=labels, columns=labels, fill_value=0
    )


def checks(answer: Answer) -> list[Check]:
    """Published worked examples of the two statistics, and a change point every textbook agrees on."""
    nan = None
    ordinal = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, nan, nan, nan],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, nan, 3],
        [nan, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, nan],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, nan],
    ]
    nominal = [
        [nan] * 5 + [3, 4, 1, 2, 1, 1, 3, 3, nan, 3],
        [1, nan, 2, 1, 3, 3, 4, 3] + [nan] * 7,
        [nan, nan, 2, 1, 3, 4, 4, nan, 2, 1, 1, 3, 3, nan, 4],
    ]
    coal = changepoints.poisson_posterior(np.array(COAL), 1, 1, 1.0, 1.0)
    tests = "fast-krippendorff-tests"
    return [
        Check(
            "Krippendorff's alpha, ordinal, four coders with gaps",
            agreement.krippendorff_alpha(ordinal, [1, 2, 3, 4, 5], "ordinal"),
            0.815,
            0.0005,
            "alpha",
            tests,
            "test_ordinal_metric",
        ),
        Check(
            "Krippendorff's alpha, nominal, three coders with gaps",
            agreement.krippendorff_alpha(nominal),
            0.691358,
            0.000001,
            "alpha",
            tests,
            "test_nominal_metric_reliability_data",
        ),
        Check(
            "British coal mining disasters: year of the drop",
            float(1851 + coal.at.argmax() - 1),
            1890.0,
            1.0,
            "calendar year",
            "w-g-foote-2021-gibbs-coal-mining-disasters",
            "plot: marked difference before the 1890s and after",
        ),
    ]
