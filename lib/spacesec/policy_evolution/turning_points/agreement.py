"""How far two coders agree: Cohen's kappa and Krippendorff's alpha."""

from collections.abc import Sequence
from typing import Literal

import numpy as np


def cohen_kappa(first: Sequence, second: Sequence) -> float:
    """(p_o − p_e) / (1 − p_e) over units that both coded (Cohen 1960); NaN when chance alone would agree
    always.
    """
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if not (_missing(a) or _missing(b))]
    if not pairs:
        raise ValueError("no unit was coded by both coders.")
    values = sorted({value for pair in pairs for value in pair}, key=str)
    table = np.zeros((len(values), len(values)))
    for a, b in pairs:
        table[values.index(a), values.index(b)] += 1
    table /= table.sum()
    by_chance = float(table.sum(axis=1) @ table.sum(axis=0))
    return (float(table.trace()) - by_chance) / (1 - by_chance) if by_chance < 1 else float("nan")


def krippendorff_alpha(
    coders: Sequence[Sequence],
    order: Sequence | None = None,
    level: Literal["nominal", "ordinal"] = "nominal",
) -> float:
    """1 − D_o / D_e from the coincidence matrix (Krippendorff 2011): any number of coders, gaps (None or NaN)
    allowed.

    ``order``: all values from lowest to highest, needed at the ordinal level. Units with one code only are
    left out.
    """
    units = [[value for value in unit if not _missing(value)] for unit in zip(*coders, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    if not units:
        raise ValueError("no unit was coded by two coders.")
    values = list(order) if order is not None else sorted({v for unit in units for v in unit}, key=str)
    if level == "ordinal" and order is None:
        raise ValueError("order is missing, but the ordinal level needs all values from lowest to highest.")
    together = np.zeros((len(values), len(values)))
    for unit in units:
        for i, a in enumerate(unit):
            for j, b in enumerate(unit):
                if i != j:
                    together[values.index(a), values.index(b)] += 1 / (len(unit) - 1)
    totals = together.sum(axis=1)
    if level == "nominal":
        distance = 1.0 - np.eye(len(values))
    else:
        reach = np.cumsum(totals) - totals / 2  # counts up to the middle of each value
        distance = (reach[:, None] - reach[None, :]) ** 2
    observed = (together * distance).sum()
    expected = (np.outer(totals, totals) * distance).sum() / (totals.sum() - 1)
    return float(1 - observed / expected) if expected > 0 else float("nan")


def _missing(value) -> bool:
    return value is None or value != value
