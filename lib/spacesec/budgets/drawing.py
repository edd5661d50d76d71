"""What the budget figures share."""

import numpy as np


def apart(levels: list[float], least: float) -> np.ndarray:
    """Heights of labels near their values and at least ``least`` apart: moved up, in rising order."""
    placed = np.array(levels, dtype=float)
    order = np.argsort(placed)
    for below, above in zip(order, order[1:]):
        placed[above] = max(placed[above], placed[below] + least)
    return placed
