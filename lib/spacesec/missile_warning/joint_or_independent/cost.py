"""What a layer of satellites costs: learning curves and the bill over the years, for one case or many draws
at once.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class LearningFit:
    """Log-log fit of price on cumulative units: exponent, its standard error, and 2**exponent with its 95 %
    interval.
    """

    exponent: float
    standard_error: float
    ratio: float
    low: float
    high: float
    points: int


def fit_learning(prices, cumulative_units, level: float = 0.95) -> LearningFit:
    """Ordinary least squares of log2 price on log2 cumulative units; the interval is Student's with n - 2
    degrees of freedom.
    """
    from scipy import stats

    x, y = np.log2(np.asarray(cumulative_units, float)), np.log2(np.asarray(prices, float))
    if len(x) < 3 or np.ptp(x) == 0:
        raise ValueError("a learning ratio needs at least three prices at different cumulative units.")
    line = stats.linregress(x, y)
    half = stats.t.ppf(0.5 + level / 2, len(x) - 2) * line.stderr
    return LearningFit(
        float(line.slope),
        float(line.stderr),
        float(2**line.slope),
        float(2 ** (line.slope - half)),
        float(2 ** (line.slope + half)),
        len(x),
    )


def crawford_total(first_price, ratio, units, after=0):
    """Cost of `units` units after `after` earlier ones when unit n costs first_price * n**log2(ratio)
    (Crawford 1944). A part of a unit costs that part of the next one. Arrays broadcast.
    """
    numbers = not any(np.ndim(given) for given in (ratio, units, after))
    return first_price * (_learnt_once if numbers else _learnt)(ratio, units, after)


def _learnt(ratio, units, after):
    """The same in prices of the first unit."""
    exponent, last = np.log2(ratio), after + units
    total = 0.0
    for n in range(int(np.min(after)) + 1, ceil(np.max(last)) + 1):
        bought = _part(last - (n - 1)) - _part(after - (n - 1))
        total = total + bought * float(n) ** exponent
    return total


_learnt_once = lru_cache(maxsize=4096)(_learnt)  # the variants of an answer share most of their layers


def _part(units):
    """How much of one unit so many are; a number alone is cut by hand, in a hundredth of the time."""
    return np.clip(units, 0, 1) if np.ndim(units) else min(max(units, 0), 1)


def wright_total(first_price, ratio, units, after=0):
    """The same when the average of the first n units costs first_price * n**log2(ratio) (Wright 1936): the
    total is first_price * n**(1 + b).
    """
    power = 1 + np.log2(ratio)
    return first_price * (np.float64(after + units) ** power - np.float64(after) ** power)


TOTALS = {"crawford": crawford_total, "wright": wright_total}


def batches(years: float, life_years: float, last: str = "whole") -> list[tuple[float, float]]:
    """When a layer is built and replaced, in years from the start, and what share of each batch is paid.

    last: ``whole``, or ``pro rata``, which pays of the last batch the share of its life that the years still
    hold.
    """
    number = ceil(years / life_years - 1e-9)
    used = years / life_years - (number - 1) if last == "pro rata" else 1.0
    return [(batch * life_years, used if batch == number - 1 else 1.0) for batch in range(number)]


def yearly(years: float, rate: float) -> float:
    """Sum of ``rate`` to the power of each year: what one dollar a year counts, paid at the start of each."""
    return sum(rate**year for year in range(round(years)))


def layer_cost(
    satellites,
    *,
    unit_price,
    learning_ratio,
    model: str,
    nonrecurring,
    launch_per_satellite,
    ground,
    operations_per_year,
    life_years: float,
    years: float,
    premium=0.0,
    rate: float = 1.0,
    last_batch: str = "whole",
):
    """Bill of a layer over `years`, in the money of the prices given; arrays of draws broadcast.

    The layer is built at the start and replaced every `life_years` until the years are over (`batches`);
    learning runs on through all batches. premium raises non-recurring and satellite cost. rate: what is spent
    a year later counts by this much more or less (inflation over discount; 1: neither).
    """
    if np.ndim(satellites) == 0 and satellites == 0:
        return 0.0 * (unit_price + nonrecurring)
    bill = nonrecurring * (1 + premium) + ground
    for number, (start, share) in enumerate(batches(years, life_years, last_batch)):
        built = TOTALS[model](unit_price, learning_ratio, satellites, after=number * satellites)
        bill = bill + share * (built * (1 + premium) + satellites * launch_per_satellite) * rate**start
    return bill + operations_per_year * yearly(years, rate)


def break_even_risk(alone, share, sunk_share: float, rebuild_premium: float):
    """Risk of being let down at which the expected cost of joining equals the own layer: (A - x) / (l x + (1
    + w) A - x), cut to 0 and 1.

    Let down, a country has lost the part l of its share x and builds alone at (1 + w) times the cost A. Where
    that costs no more than the share itself, joining is the dearer way at any risk: 0.
    """
    loss = sunk_share * share + (1 + rebuild_premium) * alone - share
    return np.clip(np.where(loss > 0, (alone - share) / np.where(loss > 0, loss, 1), 0.0), 0, 1)


def risk_curve(alone, share, sunk_share: float, rebuild_premium: float) -> pd.DataFrame:
    """Expected cost of joining over the own layer against the risk of being let down: medians and 95 % ranges
    of draws.
    """
    rows = []
    for risk in np.linspace(0, 1, 51):
        expected = (1 - risk) * share + risk * (sunk_share * share + (1 + rebuild_premium) * alone)
        rows.append((float(risk), *band(expected / alone)))
    return pd.DataFrame(rows, columns=["risk", "relative_cost", "low", "high"])


def band(draws) -> list[float]:
    """Median and 95 % range of draws."""
    return [float(v) for v in np.percentile(np.asarray(draws, float), [50, 2.5, 97.5])]


def short(number: float) -> str:
    """Three digits of a number, its thousands written out."""
    return f"{number:,.0f}" if abs(number) >= 1000 else f"{number:.3g}"
