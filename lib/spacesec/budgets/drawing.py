"""What the budget figures share."""

import numpy as np

from spacesec.data import tables
from spacesec.drawing import figures


def apart(levels: list[float], least: float) -> np.ndarray:
    """Heights of labels near their values and at least ``least`` apart: moved up, in rising order."""
    placed = np.array(levels, dtype=float)
    order = np.argsort(placed)
    for below, above in zip(order, order[1:]):
        placed[above] = max(placed[above], placed[below] + least)
    return placed


def rate_sources() -> tuple[str, ...]:
    """The sources of the exchange rates."""
    return figures.used(tables.load("budgets/exchange_rates"))


def money_sources() -> tuple[str, ...]:
    """The sources of the exchange rates and of Japan's deflator."""
    gdp = tables.load("budgets/gdp")
    return *rate_sources(), *figures.used(gdp[gdp["country"] == "Japan"])
