"""Small statistics that more than one theme needs: survival, exact intervals, bootstrap, forecast scores.

Everything takes plain sequences or arrays, draws nothing, reads nothing and is deterministic: where chance is
involved the seed is an argument. Wrong input raises ``ValueError`` with one plain sentence.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np
import pandas as pd

__all__ = [
    "Interval",
    "bootstrap_interval",
    "brier_score",
    "brier_skill",
    "clopper_pearson",
    "kaplan_meier",
    "poisson_interval",
    "poisson_rate_interval",
    "survival_at",
    "survival_median",
]

SurvivalMethod = Literal["log-log", "greenwood"]


@dataclass(frozen=True)
class Interval:
    """A point estimate and its two limits; a limit the data cannot give is NaN (never zero)."""

    estimate: float
    low: float
    high: float
    level: float


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise ValueError(f"level is {level}, but a confidence level lies between 0 and 1.")


# --- survival
# ---------------------------------------------------------------------------------------------------


def kaplan_meier(
    durations: Sequence[float],
    observed: Sequence[bool],
    *,
    level: float = 0.95,
    method: SurvivalMethod = "log-log",
    row_ids: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Product-limit estimate of the survival function of right-censored durations.

    S(t) is the product over event times u <= t of (1 - d_u / n_u) (Kaplan and Meier 1958). A duration
    censored at an event time counts as still at risk there. Durations may be negative (early deliveries are).

    ``method`` names the pointwise interval: ``"greenwood"`` is S +- z s.e. with Greenwood's variance, cut to
    [0, 1]; ``"log-log"`` is the exponential Greenwood interval, which stays inside [0, 1] by itself and is
    undefined (NaN) where S is 0.

    Returns one row per distinct duration, ascending, with columns ``time``, ``at_risk``, ``events``,
    ``censored``, ``survival``, ``standard_error`` (Greenwood), ``low``, ``high``; with the ``row_ids`` of the
    durations also those that end then, joined by semicolons.
    """
    from scipy import stats

    _check_level(level)
    if method not in ("log-log", "greenwood"):
        raise ValueError(f"method is {method!r}, but a survival interval is 'log-log' or 'greenwood'.")
    times = np.asarray(durations, dtype=float)
    seen = np.asarray(observed, dtype=bool)
    if times.ndim != 1 or times.shape != seen.shape:
        raise ValueError("durations and observed must be two flat sequences of the same length.")
    if times.size == 0:
        raise ValueError("durations is empty, but a survival curve needs at least one duration.")
    if not np.isfinite(times).all():
        raise ValueError("durations holds a value that is not a finite number.")

    curve = stats.ecdf(stats.CensoredData.right_censored(times, ~seen)).sf
    with warnings.catch_warnings():
        # scipy warns where S is 1 or 0 and the formula is undefined; those places are handled below.
        warnings.simplefilter("ignore", RuntimeWarning)
        limits = curve.confidence_interval(level, method="linear" if method == "greenwood" else method)
    at = np.asarray(curve.quantiles, dtype=float)
    events = np.array([np.count_nonzero(seen & (times == t)) for t in at])
    censored = np.array([np.count_nonzero(~seen & (times == t)) for t in at])
    at_risk = np.array([np.count_nonzero(times >= t) for t in at])
    survival = np.asarray(curve.probabilities, dtype=float)
    left = at_risk - events
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = np.where(events > 0, events / (at_risk * left), 0.0)
        error = np.where(survival > 0, survival * np.sqrt(np.cumsum(terms)), 0.0)
    low = np.array(limits.low.probabilities, dtype=float)
    high = np.array(limits.high.probabilities, dtype=float)
    before_first = survival == 1.0
    low[before_first] = high[before_first] = 1.0
    if method == "log-log":
        low[survival == 0.0] = high[survival == 0.0] = np.nan
    curve = pd.DataFrame(
        {
            "time": at,
            "at_risk": at_risk,
            "events": events,
            "censored": censored,
            "survival": survival,
            "standard_error": error,
            "low": low,
            "high": high,
        }
    )
    return (
        curve
        if row_ids is None
        else curve.assign(row_ids=[";".join(np.asarray(row_ids)[times == t]) for t in at])
    )


def survival_at(curve: pd.DataFrame, time: float) -> float:
    """S(time) read from a :func:`kaplan_meier` table: 1 before the first duration, flat between steps."""
    past = curve.loc[curve["time"] <= time, "survival"]
    return float(past.iloc[-1]) if len(past) else 1.0


def survival_median(curve: pd.DataFrame, *, level: float = 0.95) -> Interval:
    """Median duration with its interval, from a :func:`kaplan_meier` table made at the same ``level``.

    The median is the smallest time with S(t) <= 1/2; the limits are the smallest times at which the lower and
    the upper limit of S reach 1/2 (Brookmeyer and Crowley 1982, by inversion). What is never reached is NaN:
    a curve that stays above one half has no median, and most small samples have no upper limit.
    """
    _check_level(level)

    def first(column: str) -> float:
        # Half is reached by products such as (4/5)(5/8), which floating point may leave a hair above one
        # half.
        reached = curve.loc[curve[column] <= 0.5 + 1e-12, "time"]
        return float(reached.iloc[0]) if len(reached) else math.nan

    return Interval(estimate=first("survival"), low=first("low"), high=first("high"), level=level)


# --- exact intervals for counts
# -----------------------------------------------------------------------------------


def poisson_interval(count: int, *, level: float = 0.95) -> Interval:
    """Exact (Garwood 1936) interval for the mean of a Poisson variable seen once as ``count``.

    The limits are half the chi-square quantiles with 2k and 2k + 2 degrees of freedom; the lower one is 0 at
    k = 0.
    """
    from scipy.stats import chi2

    _check_level(level)
    if count < 0 or count != int(count):
        raise ValueError(f"count is {count}, but a count is a whole number, zero or more.")
    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * count) / 2) if count else 0.0
    return Interval(float(count), low, float(chi2.ppf(1 - tail, 2 * count + 2) / 2), level)


def poisson_rate_interval(count: int, exposure: float, *, level: float = 0.95) -> Interval:
    """Exact interval for a rate: :func:`poisson_interval` over ``exposure`` (years, satellites, ...)."""
    if not exposure > 0:
        raise ValueError(f"exposure is {exposure}, but a rate needs an exposure above zero.")
    raw = poisson_interval(count, level=level)
    return Interval(raw.estimate / exposure, raw.low / exposure, raw.high / exposure, level)


@lru_cache(maxsize=4096)  # the search for the limits is slow, and small counts come again
def clopper_pearson(successes: int, trials: int, *, level: float = 0.95) -> Interval:
    """Exact (Clopper and Pearson 1934) interval for a proportion, as shares between 0 and 1."""
    from scipy.stats import binomtest

    _check_level(level)
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(
            f"successes is {successes} of trials {trials}, but a proportion needs at least one trial and"
            " between none and all of them successful."
        )
    limits = binomtest(int(successes), int(trials)).proportion_ci(level, method="exact")
    return Interval(successes / trials, float(limits.low), float(limits.high), level)


# --- bootstrap
# ------------------------------------------------------------------------------------------------------


def bootstrap_interval(
    values: Sequence[float] | np.ndarray,
    statistic: Callable[[np.ndarray], float] = np.mean,
    *,
    seed: int,
    draws: int = 10_000,
    level: float = 0.95,
) -> Interval:
    """Percentile interval of ``statistic`` over ``draws`` resamples with replacement (Efron 1979).

    ``values`` has one unit per row (a flat sequence, or a two-dimensional array whose rows stay together).
    ``statistic`` gets an array of the same shape and returns one number; draws for which it is NaN are left
    out. The same seed gives the same limits.
    """
    _check_level(level)
    sample = np.asarray(values)
    if sample.shape[0] == 0:
        raise ValueError("values is empty, but a bootstrap needs at least one unit.")
    if draws < 1:
        raise ValueError(f"draws is {draws}, but a bootstrap needs at least one draw.")
    generator = np.random.default_rng(seed)
    size = sample.shape[0]
    found = np.array(
        [statistic(sample[generator.integers(0, size, size)]) for _ in range(draws)], dtype=float
    )
    found = found[~np.isnan(found)]
    tail = (1 - level) / 2
    low, high = np.quantile(found, [tail, 1 - tail]) if found.size else (math.nan, math.nan)
    return Interval(float(statistic(sample)), float(low), float(high), level)


# --- forecast scores
# ------------------------------------------------------------------------------------------------


def brier_score(probabilities: Sequence[float], outcomes: Sequence[bool]) -> float:
    """Mean of (p - o)^2 over yes-or-no forecasts, o being 1 or 0.

    This is the half-form of Brier (1950): 0 is perfect, 1 is certain and always wrong, always saying one half
    gives 0.25. (Brier's own sum over both classes is twice as large.)
    """
    forecast = np.asarray(probabilities, dtype=float)
    outcome = np.asarray(outcomes, dtype=float)
    if forecast.shape != outcome.shape or forecast.ndim != 1 or forecast.size == 0:
        raise ValueError(
            "probabilities and outcomes must be two flat sequences of the same length, not empty."
        )
    if not ((forecast >= 0) & (forecast <= 1)).all():
        raise ValueError("probabilities holds a value outside 0 to 1.")
    if not np.isin(outcome, (0.0, 1.0)).all():
        raise ValueError("outcomes holds a value that is neither true nor false.")
    return float(np.mean((forecast - outcome) ** 2))


def brier_skill(score: float, reference: float) -> float:
    """1 - score / reference: 1 is perfect, 0 as good as the reference forecast, below 0 worse.

    NaN where the reference is itself perfect (score 0), against which skill is undefined.
    """
    return math.nan if reference == 0 else 1.0 - score / reference
