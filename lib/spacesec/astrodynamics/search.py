"""The smallest Walker delta pattern that covers a band of latitudes without a break, proven, and a bound that
no circular orbits can beat.

A point sees a satellite of one plane over an arc of its orbit, so that over the whole period the cover of a
point is told by one arc a plane on a circle of 360/S degrees, exactly. Between points the proof is geometry:
a footprint that is smaller by the distance to a neighbor and holds the point holds the neighbor too. The band
is cut into cells; a cell stands when its middle is covered by footprints smaller by the cell's radius, falls
when its middle is not covered at all, and is cut up when neither is so.

A pattern repeats itself under a turn by 360/P degrees with a shift along the orbit, and under a reflection
that runs time backward (node to 180 degrees minus node, place along the orbit likewise): node offsets of 90
to 90 + 180/P degrees and all places along the orbit stand for every longitude and time, whatever the rotation
of the Earth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from spacesec.astrodynamics import theory
from spacesec.errors import SpacesecError

CELLS = 12  # rows of cells that a band is first cut into
SPLIT = 3  # rows and columns that an undecided cell is cut into
FINEST_DEG = 0.001  # radius of a cell below which no proof is looked for: less than that to spare is none
PROBES = (5, 3)  # latitudes and node offsets at which most candidates are thrown out
MOST_SPARE_DEG = 4.0
BETWEEN = 1.001  # what the bound leaves for inclinations between its steps of half a degree


@dataclass(frozen=True)
class Found:
    """A pattern T/P/F of the search: satellites, planes, phasing, inclination_deg; spare_deg: by how much the
    central angle of its footprints may shrink before a hole opens, from below; bound: fewest that any
    mixture of circular orbits needs; tried: patterns asked.
    """

    satellites: int
    planes: int
    phasing: int
    inclination_deg: float
    spare_deg: float
    bound: int
    tried: int


def arcs(node_offset_deg, latitude_deg, inclination_deg) -> tuple[np.ndarray, np.ndarray]:
    """Where along a circular orbit a satellite passes a point, and how near: middle of the arc in degrees
    from the ascending node, and cosine of the least angle from the point; arguments broadcast.

    node_offset_deg: ascending node minus the point's longitude.
    """
    node, tilt, lat = (np.radians(a) for a in (node_offset_deg, inclination_deg, latitude_deg))
    along = np.cos(lat) * np.cos(node)
    across = np.sin(lat) * np.sin(tilt) - np.cos(lat) * np.sin(node) * np.cos(tilt)
    return np.degrees(np.arctan2(across, along)), np.hypot(along, across)


def half_width_deg(nearest, central_angle_deg) -> np.ndarray:
    """Half the arc over which the point lies in the footprint: cos(half) = cos(central angle) /
    ``nearest``.
    """
    ratio = np.cos(np.radians(central_angle_deg)) / np.maximum(nearest, 1e-12)
    return np.degrees(np.arccos(np.clip(ratio, -1.0, 1.0)))


def covered(start, length, circle: float, fold: int) -> np.ndarray:
    """Whether arcs (..., P) cover every place of a circle ``fold`` times, for each leading index.

    The number over a place falls only where an arc ends. Behind the j-th end it is the number of whole turns
    and of arcs over zero, plus the starts and minus the ends up to there; so it is enough to compare the j-th
    end with the start that must come before it.
    """
    *shape, planes = np.broadcast_shapes(np.shape(start), np.shape(length))
    turns = np.floor(length / circle)
    start = start % circle
    end = start + (length - turns * circle)
    over_zero = end >= circle
    base = (turns.sum(axis=-1) + over_zero.sum(axis=-1)).astype(int)
    start, end = np.sort(start, axis=-1), np.sort(end - circle * over_zero, axis=-1)
    edges = np.full((*shape, planes + 2), np.inf)
    edges[..., 0], edges[..., 1:-1] = -np.inf, start
    needed = np.clip(np.arange(1, planes + 1) + fold - base[..., None], 0, planes + 1)
    rows = np.arange(0, edges.size, planes + 2).reshape(*shape, 1)
    return (edges.ravel()[rows + needed] <= end).all(axis=-1)


def needed_deg(
    satellites: int,
    planes: int,
    phasing: int,
    inclination_deg: float,
    at_most_deg: float,
    band_deg: tuple[float, float],
    fold: int = 1,
) -> float:
    """A central angle of footprints that is proven to keep ``fold`` of them over every point of the band at
    every instant; infinite where ``at_most_deg`` leaves a hole, or less than FINEST_DEG to spare.

    It is above the least such angle by no more than FINEST_DEG or a twentieth of what is spared, and saves no
    more than MOST_SPARE_DEG.
    """
    (low, high), circle = band_deg, 360 * planes / satellites
    plane = np.arange(planes)
    shift = 360 / satellites * phasing * plane
    tall = (high - low) / CELLS
    columns = int(np.ceil(180 / planes / tall))
    wide = 180 / planes / columns
    latitude, node = _middles(low + tall / 2, 90 + wide / 2, tall, wide, CELLS, columns)
    hole, top = max(at_most_deg - MOST_SPARE_DEG, 0.0), at_most_deg

    def slack(hole):
        return max(FINEST_DEG, (at_most_deg - hole) / 20)

    while True:
        middle, nearest = arcs(node[:, None] + 360 / planes * plane, latitude[:, None], inclination_deg)

        def stand(angle, middle=middle - shift, nearest=nearest):
            half = half_width_deg(nearest, angle)
            return covered(middle - half, 2 * half, circle, fold)

        if not stand(at_most_deg).all():
            return np.inf
        # The greatest angle that a middle needs lies between the last one and what its cell's radius allows.
        while top - hole > slack(hole) / 2:
            half_way = (hole + top) / 2
            hole, top = (hole, half_way) if stand(half_way).all() else (half_way, top)
        enough = hole + slack(hole)
        if enough > at_most_deg:
            return np.inf
        # A parallel is longest where the cell comes nearest to the equator.
        widest = np.cos(np.radians(np.maximum(np.abs(latitude) - tall / 2, 0)))
        radius = np.hypot(tall / 2, wide / 2 * widest)
        open_ = ~stand((enough - radius - 1e-9)[:, None])
        if not open_.any():
            return enough
        top = min(at_most_deg, top + float(radius.max()))
        tall, wide = tall / SPLIT, wide / SPLIT
        first = (1 - SPLIT) / 2
        down, across = _middles(first * tall, first * wide, tall, wide, SPLIT, SPLIT)
        latitude, node = (latitude[open_, None] + down).ravel(), (node[open_, None] + across).ravel()


def _middles(first: float, second: float, tall: float, wide: float, rows: int, columns: int):
    """Middles of the cells of a block, from those of its first: (latitudes, node offsets)."""
    down, across = np.meshgrid(first + tall * np.arange(rows), second + wide * np.arange(columns))
    return down.ravel(), across.ravel()


def covers(*pattern) -> bool:
    """Whether a pattern (arguments of `needed_deg`) is proven to cover the band without a break."""
    return bool(np.isfinite(needed_deg(*pattern)))


@lru_cache(maxsize=1024)
def _probes(
    planes: int, central_angle_deg: float, band_deg: tuple[float, float], inclinations_deg: tuple[float, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Starts and lengths of the arcs at a few points (I, Q, P), and the least sum of them over the points
    (I,): what no phasing can mend.
    """
    rows, columns = PROBES
    latitude, node = (
        a.ravel()
        for a in np.meshgrid(
            np.linspace(*band_deg, rows), 90 + 180 / planes * (np.arange(columns) + 0.5) / columns
        )
    )
    middle, nearest = arcs(
        node[:, None] + 360 / planes * np.arange(planes),
        latitude[:, None],
        np.array(inclinations_deg)[:, None, None],
    )
    half = half_width_deg(nearest, central_angle_deg)
    return middle - half, 2 * half, 2 * half.sum(axis=-1).min(axis=1)


@lru_cache(maxsize=64)
def _balance(central_angle_deg: float, band_deg: tuple[float, float]) -> float:
    """Most footprints that circular orbits, whatever their mixture, can keep over the thinnest latitude of
    the band, in the mean and for each satellite; from above.

    A linear program spreads satellites over inclinations; its prices of the latitudes (weights w that sum to
    one) bound every mixture: the thinnest latitude has no more than the greatest of sum(w mean) over all
    inclinations.
    """
    from scipy.optimize import linprog

    latitudes, coarse = np.linspace(*band_deg, 31), np.arange(0.0, 90.1)
    mean = theory.mean_in_view(1, central_angle_deg, coarse[:, None], latitudes, samples=200)
    run = linprog(
        np.append(np.zeros(len(coarse)), -1.0),
        A_ub=np.column_stack([-mean.T, np.ones(mean.shape[1])]),
        b_ub=np.zeros(mean.shape[1]),
        A_eq=np.append(np.ones(len(coarse)), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * (len(coarse) + 1),
    )
    if not run.fun < 0:
        raise SpacesecError(
            f"A footprint of {central_angle_deg:.2g} degrees about the point below is too small for counting"
            " satellites; lower the minimum elevation."
        )
    price = np.maximum(-run.ineqlin.marginals, 0)
    paid, fine = price > 1e-6, np.arange(0.0, 90.1, 0.5)
    mean = theory.mean_in_view(1, central_angle_deg, fine[:, None], latitudes[paid], samples=1000)
    return float((mean @ price[paid]).max() / price[paid].sum()) * BETWEEN


def least(central_angle_deg: float, band_deg: tuple[float, float], fold: int = 1) -> int:
    """Fewest satellites for unbroken cover by any mixture of circular orbits of one altitude whose tracks do
    not repeat: unbroken k-fold cover needs a mean of k in view at every latitude.
    """
    return int(np.ceil(fold / _balance(central_angle_deg, band_deg) - 1e-9))


@lru_cache(maxsize=256)  # an interactive reader asks the same again
def smallest(
    central_angle_deg: float,
    band_deg: tuple[float, float] = (20.0, 50.0),
    fold: int = 1,
    inclinations_deg: tuple[float, ...] = tuple(range(30, 76, 5)),
    most_planes: int = 24,
    most: int = 400,
) -> Found:
    """Fewest satellites of a Walker delta pattern that is proven to cover a band ``fold``-fold without a
    break.

    An upper bound: patterns outside the list of inclinations, or not Walker's, may do with fewer, down to
    ``bound``. Raises SpacesecError when none up to ``most`` satellites is found.
    """
    low, high = band_deg
    if not -90 <= low < high <= 90:
        raise SpacesecError(
            f"A band of latitudes must run upward within -90 to 90 degrees, not from {low:g} to {high:g}."
        )
    bound, tried = least(central_angle_deg, band_deg, fold), 0
    for satellites in range(bound, most + 1):
        for planes in (p for p in range(1, min(satellites, most_planes) + 1) if satellites % p == 0):
            start, length, sums = _probes(planes, central_angle_deg, band_deg, inclinations_deg)
            circle = 360 * planes / satellites
            # The inclinations that leave most to spare come first: where one exists they find it soonest.
            able = [k for k in np.argsort(-sums, kind="stable") if sums[k] >= fold * circle]
            if not able:
                continue
            phasing, place = (a.ravel() for a in np.meshgrid(np.arange(planes), able, indexing="ij"))
            order = np.arange(phasing.size)
            for part in (slice(None, PROBES[0]), slice(PROBES[0], None)):
                shift = 360 / satellites * phasing[order, None, None] * np.arange(planes)
                arc = start[place[order], part] - shift
                order = order[covered(arc, length[place[order], part], circle, fold).all(axis=-1)]
            for k in order:
                pattern = (satellites, planes, int(phasing[k]), float(inclinations_deg[place[k]]))
                enough = needed_deg(*pattern, central_angle_deg, band_deg, fold)
                if enough < np.inf:
                    spare = np.floor(1000 * (central_angle_deg - enough)) / 1000
                    return Found(*pattern, float(spare), bound, tried + int(k) + 1)
            tried += phasing.size
    raise SpacesecError(
        f"No Walker pattern of up to {most} satellites is proven to cover {low:g} to {high:g} degrees"
        f" {fold}-fold."
    )
