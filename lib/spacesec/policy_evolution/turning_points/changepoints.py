"""Exact change points in yearly counts: gamma-Poisson and Dirichlet-multinomial segments, every placement
weighed.

A series of n years is cut into k + 1 segments; inside a segment the years share one rate (or one mix of
categories) with a conjugate prior, so a segment's evidence is a closed form. All placements of k breaks are
summed by the recursions of Fearnhead (2006, Statistics and Computing 16), which is enumeration without a
sampler: the posterior is exact.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Posterior:
    """What the data say about breaks in one series.

    number: probability of 0, 1, … breaks; at: probability, for each year, that a segment starts there (first
    entry 0);
    best: for each number of breaks, the start years (as positions) of its most probable cut; rate: posterior
    mean of the rate in each year, all cuts weighed (None for mixes); log_evidence: one per number of breaks.
    """

    number: np.ndarray
    at: np.ndarray
    best: tuple[tuple[int, ...], ...]
    rate: np.ndarray | None
    log_evidence: np.ndarray

    @property
    def breaks(self) -> tuple[int, ...]:
        """Positions of the most probable cut at the most probable number of breaks."""
        return self.best[int(self.number.argmax())]

    def near(self, position: int, tolerance: int) -> float:
        """Expected number of breaks within ``tolerance`` years of a position, cut at 1: an upper bound of the
        chance of one.
        """
        low, high = max(position - tolerance, 0), position + tolerance + 1
        return float(min(self.at[low:high].sum(), 1.0))


def log_evidence_poisson(
    total: float | np.ndarray, years: float | np.ndarray, shape: float, rate: float
) -> np.ndarray:
    """log of ∫ ∏ Poisson(y | λ) Gamma(λ | shape, rate) dλ, without the ∏ y! that all cuts share.

    ``total`` events in ``years`` years. With S events in m years this is a ln b − ln Γ(a) + ln Γ(a + S) − (a
    + S) ln(b + m); for one year it is the negative binomial (Greenwood and Yule 1920).
    """
    from scipy.special import gammaln

    return (
        shape * np.log(rate)
        - gammaln(shape)
        + gammaln(shape + total)
        - (shape + total) * np.log(rate + years)
    )


def log_evidence_mix(totals: np.ndarray, weight: float) -> np.ndarray:
    """log of the Dirichlet-multinomial chance of an ordered list of codes whose totals are ``totals`` (last
    axis: categories).
    """
    from scipy.special import gammaln

    categories = totals.shape[-1]
    return (
        gammaln(categories * weight)
        - gammaln(categories * weight + totals.sum(-1))
        + (gammaln(weight + totals) - gammaln(weight)).sum(-1)
    )


def poisson_posterior(
    counts: np.ndarray, most: int = 3, shortest: int = 1, shape: float = 1.0, rate: float | None = None
) -> Posterior:
    """Breaks in a series of yearly counts.

    ``most``: largest number of breaks, all numbers up to it equally likely beforehand, all placements of one
    number equally likely; ``shortest``: fewest years a segment may have; ``shape`` and ``rate``: the gamma
    prior of a segment's yearly rate. Without ``rate`` the prior's mean is the mean of the whole series, which
    carries the weight of ``shape`` events.
    """
    counts = np.asarray(counts, dtype=float)
    _check(counts, most, shortest)
    rate = _rate(counts, shape) if rate is None else rate
    segment = poisson_segments(counts, shortest, shape, rate)
    number, weights, log_evidence = _cuts(segment, most, shortest)
    total, years = _totals(counts), _lengths(len(counts))
    height = np.zeros(weights.shape)
    allowed = years >= shortest
    height[allowed] = (shape + total[allowed]) / (rate + years[allowed]) * weights[allowed]
    means = np.array([height[: year + 1, year:].sum() for year in range(len(counts))])
    return Posterior(number, _starts(weights), _best(segment, most), means, log_evidence)


def mix_posterior(table: np.ndarray, most: int = 3, shortest: int = 1, weight: float = 1.0) -> Posterior:
    """Breaks in the mix of categories: ``table`` has one row a year and one column a category, of counts.

    How many events a year has does not matter, only how they divide; ``weight`` is the prior count of each
    category.
    """
    table = np.asarray(table, dtype=float)
    _check(table, most, shortest)
    segment = mix_segments(table, shortest, weight)
    number, weights, log_evidence = _cuts(segment, most, shortest)
    return Posterior(number, _starts(weights), _best(segment, most), None, log_evidence)


def poisson_segments(
    counts: np.ndarray, shortest: int = 1, shape: float = 1.0, rate: float | None = None
) -> np.ndarray:
    """log evidence of every segment, [..., i, j] for years i … j, minus infinity where shorter than
    ``shortest``; ``counts``: [..., n], many series at once; the prior as in :func:`poisson_posterior`.
    """
    counts = np.asarray(counts, dtype=float)
    b = (_rate(counts, shape) if rate is None else np.asarray(rate, dtype=float))[..., None]
    allowed = (years := _lengths(counts.shape[-1])) >= shortest
    segment = np.full((*counts.shape, counts.shape[-1]), -np.inf)
    segment[..., allowed] = log_evidence_poisson(_totals(counts)[..., allowed], years[allowed], shape, b)
    return segment


def mix_segments(tables: np.ndarray, shortest: int = 1, weight: float = 1.0) -> np.ndarray:
    """The same for mixes of categories; ``tables``: [..., n, categories]."""
    tables = np.asarray(tables, dtype=float)
    sums = np.insert(tables.cumsum(axis=-2), 0, 0.0, axis=-2)
    totals = sums[..., None, 1:, :] - sums[..., :-1, None, :]
    n = tables.shape[-2]
    allowed = _lengths(n) >= shortest
    segment = np.full((*tables.shape[:-2], n, n), -np.inf)
    segment[..., allowed] = log_evidence_mix(totals[..., allowed, :], weight)
    return segment


def break_chances(segment: np.ndarray, most: int = 3, shortest: int = 1) -> np.ndarray:
    """Probability, [..., n], that a segment starts in each year (first entry 0), of many series at once by
    the log evidence of their segments.
    """
    return _starts(_cuts(segment, most, shortest)[1])


def _rate(counts: np.ndarray, shape: float) -> np.ndarray:
    """The rate of the gamma prior whose mean is that of the whole series."""
    return shape / np.maximum(counts.mean(axis=-1), 1 / counts.shape[-1])


def _totals(counts: np.ndarray) -> np.ndarray:
    """Events of every segment, [..., i, j] for years i … j."""
    sums = np.insert(counts.cumsum(axis=-1), 0, 0.0, axis=-1)
    return sums[..., None, 1:] - sums[..., :-1, None]


def _check(counts: np.ndarray, most: int, shortest: int) -> None:
    if not np.isfinite(counts).all() or (counts < 0).any():
        raise ValueError("counts holds a value that is negative or not a number; a count is zero or more.")
    if most < 0 or shortest < 1 or len(counts) < (most + 1) * shortest:
        raise ValueError(
            f"{len(counts)} years cannot hold {most} breaks with at least {shortest} years between them; ask"
            " for fewer breaks."
        )


def _cuts(segment: np.ndarray, most: int, shortest: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Probability of each number of breaks, weight of each segment [..., i, j] over all numbers and cuts, log
    evidence of each number.
    """
    n = segment.shape[-1]
    # forward[k][j]: log sum over all cuts of years 0 … j into k + 1 segments; backward[k][i]: of years i … n
    # − 1.
    # No year before the first or after the last: the sums over an empty set of cuts stay at minus infinity.
    forward, backward = [segment[..., 0, :]], [segment[..., -1]]
    sure = np.zeros((*segment.shape[:-2], 1))
    with np.errstate(divide="ignore"):
        for _ in range(most):
            before = np.concatenate([sure - np.inf, forward[-1][..., :-1]], axis=-1)
            forward.append(_logsumexp(before[..., :, None] + segment, axis=-2))
            after = np.concatenate([backward[-1][..., 1:], sure - np.inf], axis=-1)
            backward.append(_logsumexp(segment + after[..., None, :], axis=-1))
    cuts = np.stack([forward[k][..., -1] for k in range(most + 1)], axis=-1)
    log_evidence = cuts - np.array([_log_placements(n, k, shortest) for k in range(most + 1)])
    number = np.exp(log_evidence - _logsumexp(log_evidence, axis=-1)[..., None])

    weights = np.zeros(segment.shape)
    for k in range(most + 1):
        for left in range(k + 1):
            # A segment with no cut before it starts in the first year, one with none after it ends in the
            # last.
            starts, head = (slice(1, None), forward[left - 1][..., :-1]) if left else (slice(1), sure)
            ends, tail = (slice(-1), backward[k - left - 1][..., 1:]) if k - left else (slice(-1, None), sure)
            weights[..., starts, ends] += number[..., k, None, None] * np.exp(
                head[..., :, None]
                + segment[..., starts, ends]
                + tail[..., None, :]
                - cuts[..., k, None, None]
            )
    return number, weights, log_evidence


def _starts(weights: np.ndarray) -> np.ndarray:
    at = weights.sum(axis=-1)
    at[..., 0] = 0.0  # the first segment's start is no break
    return at


def _best(segment: np.ndarray, most: int) -> tuple[tuple[int, ...], ...]:
    """The most probable cut for each number of breaks."""
    best, reach = [()], segment[0]
    chains = [[() for _ in range(len(segment))]]
    for _ in range(most):
        before = np.concatenate([[-np.inf], reach[:-1]])
        choice = before[:, None] + segment
        first = choice.argmax(axis=0)
        reach = choice.max(axis=0)
        chains.append([(*chains[-1][start - 1], int(start)) if start else () for start in first])
        best.append(chains[-1][-1])
    return tuple(best)


def _logsumexp(values: np.ndarray, axis: int) -> np.ndarray:
    top = values.max(axis=axis)
    safe = np.where(np.isfinite(top), top, 0.0)
    return np.where(
        np.isfinite(top), safe + np.log(np.exp(values - np.expand_dims(safe, axis)).sum(axis=axis)), -np.inf
    )


def _log_placements(n: int, breaks: int, shortest: int) -> float:
    """log of the number of ways to cut n years into breaks + 1 segments of at least ``shortest`` years."""
    from math import comb, log

    return log(comb(n - (breaks + 1) * (shortest - 1) - 1, breaks))


# --- a second method: penalised likelihood


def poisson_cost(counts: np.ndarray, shortest: int = 1) -> np.ndarray:
    """Twice the negative log-likelihood of each segment at its own rate, −2 S ln(S/m), without what all
    cuts share.

    ``counts``: n yearly counts. Gives n × n, [i, j] for years i … j; infinite where shorter than
    ``shortest``.
    """
    from scipy.special import xlogy

    sums = np.concatenate([[0.0], np.cumsum(np.asarray(counts, dtype=float))])
    total, years = sums[None, 1:] - sums[:-1, None], _lengths(len(counts))
    return np.where(years >= shortest, -2 * xlogy(total, total / np.maximum(years, 1)), np.inf)


def mix_cost(table: np.ndarray, shortest: int = 1) -> np.ndarray:
    """The same for the mix of categories, −2 Σ n_c ln(n_c/N); ``table``: n years by categories."""
    from scipy.special import xlogy

    table = np.asarray(table, dtype=float)
    sums = np.vstack([np.zeros(table.shape[1]), table.cumsum(axis=0)])
    totals = np.maximum(sums[None, 1:] - sums[:-1, None], 0.0)  # below the diagonal there is no segment
    whole = np.maximum(totals.sum(axis=-1, keepdims=True), 1.0)
    return np.where(_lengths(len(table)) >= shortest, -2 * xlogy(totals, totals / whole).sum(axis=-1), np.inf)


def penalised_breaks(cost: np.ndarray, penalty: float) -> tuple[int, ...]:
    """Positions of the breaks that minimise the segments' cost plus ``penalty`` for each break.

    Optimal partitioning (Jackson and others 2005): the best cut up to a year needs only the best cuts before
    it. PELT finds the same cut faster on long series.
    """
    best, before = [-penalty], [0]
    for stop in range(1, len(cost) + 1):
        ways = [best[start] + cost[start, stop - 1] + penalty for start in range(stop)]
        before.append(int(np.argmin(ways)))
        best.append(min(ways))
    found, stop = [], len(cost)
    while before[stop]:
        stop = before[stop]
        found.append(stop)
    return tuple(reversed(found))


def _lengths(n: int) -> np.ndarray:
    return np.arange(1, n + 1)[None, :] - np.arange(n)[:, None]


# --- could these data show it?


def log_bayes_factor(series: np.ndarray, shape: float = 1.0, shortest: int = 1) -> np.ndarray:
    """log evidence of one break against none, for many series at once (one row each), as in
    :func:`poisson_posterior`.
    """
    from math import log

    series = np.atleast_2d(np.asarray(series, dtype=float))
    n = series.shape[1]
    rate = _rate(series, shape)
    sums = np.cumsum(series, axis=1)
    places = np.arange(shortest, n - shortest + 1)
    head, total = sums[:, places - 1], sums[:, -1:]
    b = rate[:, None]
    one = log_evidence_poisson(head, places, shape, b) + log_evidence_poisson(
        total - head, n - places, shape, b
    )
    none = log_evidence_poisson(total, n, shape, b)
    return _logsumexp(one, axis=1) - log(len(places)) - none[:, 0]


@dataclass(frozen=True)
class Power:
    """How large a step has to be to show: ``steps`` (rate after over rate before) and the ``power`` at each;
    ``smallest`` reaches 80 %.
    """

    steps: np.ndarray
    power: np.ndarray
    smallest: float
    threshold: float


def step_power(
    rate_before: float,
    years_before: int,
    years_after: int,
    steps: np.ndarray,
    *,
    seed: int,
    draws: int = 2000,
    false_alarm: float = 0.05,
    wanted: float = 0.8,
    shape: float = 1.0,
    shortest: int = 1,
) -> Power:
    """Chance that a step in a Poisson series is found, when a steady series is called broken ``false_alarm``
    of the time.

    The threshold on the Bayes factor is set on simulated steady series of the same length and first rate;
    ``smallest`` is read between the simulated steps by a straight line (NaN when none reaches ``wanted``).
    """
    generator = np.random.default_rng(seed)
    n = years_before + years_after
    steady = generator.poisson(rate_before, (draws, n))
    threshold = float(np.quantile(log_bayes_factor(steady, shape, shortest), 1 - false_alarm))
    power = []
    for step in steps:
        means = np.r_[np.full(years_before, rate_before), np.full(years_after, rate_before * step)]
        power.append(
            float(
                (log_bayes_factor(generator.poisson(means, (draws, n)), shape, shortest) > threshold).mean()
            )
        )
    power = np.array(power)
    reached = np.flatnonzero(power >= wanted)
    smallest = float("nan")
    if reached.size:
        i = reached[0]
        smallest = (
            float(steps[0])
            if i == 0
            else float(np.interp(wanted, power[i - 1 : i + 1], steps[i - 1 : i + 1]))
        )
    return Power(np.asarray(steps, dtype=float), power, smallest, threshold)


# --- interrupted time series


def interrupted_design(years: int, first_after: int) -> np.ndarray:
    """Columns 1, t, D, D (t − t0): the interaction is centred at t0, or the third coefficient is not the
    level change.
    """
    t = np.arange(years, dtype=float)
    after = (t >= first_after).astype(float)
    return np.column_stack([np.ones(years), t, after, after * (t - first_after)])


def interrupted_fit(values: np.ndarray, first_after: int) -> dict[str, np.ndarray]:
    """Ordinary least squares of an interrupted series: level and slope change with their t values and
    two-sided p values.

    ``values``: one series, or one row a series. Returns arrays under level, slope, level_t, slope_t, level_p,
    slope_p.
    """
    from scipy.stats import t as student

    values = np.atleast_2d(np.asarray(values, dtype=float))
    design = interrupted_design(values.shape[1], first_after)
    inverse = np.linalg.inv(design.T @ design)
    beta = values @ design @ inverse
    residual = values - beta @ design.T
    freedom = values.shape[1] - design.shape[1]
    error = np.sqrt((residual**2).sum(axis=1) / freedom)
    found = {}
    for name, column in (("level", 2), ("slope", 3)):
        t = beta[:, column] / (error * np.sqrt(inverse[column, column]))
        found |= {name: beta[:, column], f"{name}_t": t, f"{name}_p": 2 * student.sf(np.abs(t), freedom)}
    return found


def detectable_level(years: int, first_after: int, false_alarm: float = 0.05, wanted: float = 0.8) -> float:
    """Level step, in residual standard deviations, that an interrupted series shows with chance ``wanted``
    (noncentral t).
    """
    from scipy.optimize import brentq
    from scipy.stats import nct
    from scipy.stats import t as student

    design = interrupted_design(years, first_after)
    scale = float(np.sqrt(np.linalg.inv(design.T @ design)[2, 2]))
    freedom = years - design.shape[1]
    critical = student.ppf(1 - false_alarm / 2, freedom)

    def lacking(step: float) -> float:
        # The chance of a significant step of the wrong sign is left out: it is below one in a thousand where
        # it matters.
        return nct.sf(critical, freedom, step / scale) - wanted

    return float(brentq(lacking, 0.1 * scale, 5.0 * scale))


def false_alarms(
    years: int, first_after: int, correlation: float, *, seed: int, draws: int = 20_000, nominal: float = 0.05
) -> tuple[float, float]:
    """Share of trendless AR(1) series in which least squares reports a level change, and a slope change, at
    ``nominal``.
    """
    generator = np.random.default_rng(seed)
    noise = generator.standard_normal((draws, years))
    series = np.empty_like(noise)
    series[:, 0] = noise[:, 0]
    for year in range(1, years):
        series[:, year] = correlation * series[:, year - 1] + np.sqrt(1 - correlation**2) * noise[:, year]
    fit = interrupted_fit(series, first_after)
    return float((fit["level_p"] < nominal).mean()), float((fit["slope_p"] < nominal).mean())
