"""How much of the time a patterned constellation of circular orbits covers a latitude, without flying it.

Unless its track repeats, a constellation meets a point on the turning Earth in every relative position alike.
Availability is then the
share of a torus: node offset of the first plane against the point, and phase along the orbit. Along the phase
the covered part is a union of intervals, one for each plane, and is exact; over the node offset the mean is
taken on a fine grid. Spherical Earth, no J2: a common drift of all planes changes nothing, and phasing is
what decides.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from spacesec.astrodynamics import search
from spacesec.astrodynamics.earth import WGS84
from spacesec.errors import ParameterError

NODE_STEP_DEG = 0.5
MOST_PLANES = {"delta": 30, "star": 15}
BOARD_STEP_DEG = 2.0  # coarser grid for searches over thousands of patterns


@dataclass(frozen=True)
class Shell:
    """What all satellites share: inclination_deg, altitude_km, minimum_elevation_deg, pattern (``delta`` or
    ``star``).
    """

    inclination_deg: float
    altitude_km: float
    minimum_elevation_deg: float
    pattern: str = "delta"

    @property
    def reach_deg(self) -> float:
        """Half-angle of the cap that a satellite sees: arccos(R cos(el) / (R + h)) - el."""
        el, radius = np.radians(self.minimum_elevation_deg), WGS84.equatorial_radius_km
        return float(np.degrees(np.arccos(radius * np.cos(el) / (radius + self.altitude_km)) - el))

    @property
    def span_deg(self) -> float:
        """Over how much of the equator the ascending nodes are spread."""
        return 360.0 if self.pattern == "delta" else 180.0


def visibility(shell: Shell, node_offset_deg, latitude_deg: float) -> tuple[np.ndarray, np.ndarray]:
    """Where along its orbit a satellite sees a point: middle and half-width in degrees, each shaped like the
    node offsets.

    node_offset_deg: node minus the point's longitude. Half-width 0 where the plane passes out of reach.
    """
    middle, nearest = search.arcs(node_offset_deg, latitude_deg, shell.inclination_deg)
    return middle, search.half_width_deg(nearest, shell.reach_deg)


def availability(
    shell: Shell, satellites: int, planes: int, phasing, latitude_deg: float, step_deg: float = NODE_STEP_DEG
) -> np.ndarray:
    """Share of time (0 to 1) with a satellite in view, shaped like ``phasing`` (a number or an array of
    them).

    Raises ParameterError where the satellites do not divide evenly into the planes.
    """
    _divides(satellites, planes)
    phasing = np.atleast_1d(np.asarray(phasing, dtype=float))
    between = shell.span_deg / planes
    turn = between if shell.pattern == "delta" else 360.0  # the pattern looks the same again after this turn
    count = max(4, int(np.ceil(turn / step_deg)))
    offsets = (np.arange(count) + 0.5) * turn / count
    middle, half = visibility(shell, offsets[:, None] + between * np.arange(planes), latitude_deg)
    spacing = 360.0 * planes / satellites
    shift = 360.0 / satellites * phasing[:, None] * np.arange(planes)
    start = (middle[:, None, :] - half[:, None, :] - shift) % spacing
    open_share = _uncovered(start, np.broadcast_to(2 * half[:, None, :], start.shape), spacing) / spacing
    return 1.0 - open_share.mean(axis=0)


def mean_in_view(shell: Shell, satellites: int, latitude_deg: float) -> float:
    """Mean number of satellites in view; it does not depend on planes or phasing."""
    _, half = visibility(shell, (np.arange(7200) + 0.5) * 0.05, latitude_deg)
    return satellites * float(np.mean(2 * half)) / 360.0


@lru_cache(maxsize=4096)  # an interactive reader asks most of the same again
def every_pattern(
    shell: Shell, satellites: int, latitude_deg: float, step_deg: float = BOARD_STEP_DEG
) -> tuple[tuple[int, int, float], ...]:
    """(planes, phasing, availability) for every way to arrange the satellites in equal planes, up to
    MOST_PLANES of the pattern.
    """
    found, most_planes = [], MOST_PLANES[shell.pattern]
    for planes in (p for p in range(1, min(satellites, most_planes) + 1) if satellites % p == 0):
        shares = availability(shell, satellites, planes, np.arange(planes), latitude_deg, step_deg)
        found += [(planes, phasing, float(share)) for phasing, share in enumerate(shares)]
    return tuple(found)


def best(shell: Shell, satellites: int, latitude_deg: float, target: float) -> tuple[int, int, float]:
    """(planes, phasing, availability) of the best arrangement; near the target the three best of the coarse
    search are computed finely, and only what is fine is told there.
    """
    coarse = (
        BOARD_STEP_DEG if shell.pattern == "delta" else 3 * BOARD_STEP_DEG
    )  # a star is sampled over the whole turn
    first = sorted(
        every_pattern(shell, satellites, latitude_deg, step_deg=coarse), key=lambda found: -found[2]
    )[:3]
    if first[0][2] < target - 0.01:
        return first[0]
    fine = [
        (planes, phasing, float(availability(shell, satellites, planes, phasing, latitude_deg)[0]))
        for planes, phasing, rough in first
        if rough >= target - 0.01
    ]
    # The first that suffices, as the search has always told it; else the best.
    return next((found for found in fine if found[2] >= target), max(fine, key=lambda found: found[2]))


@lru_cache(maxsize=512)
def needed(
    shell: Shell, latitude_deg: float, target: float, most: int, step: int
) -> tuple[int, int, int] | None:
    """Fewest satellites (in steps), with planes and phasing, that reach the target share; None when ``most``
    do not suffice.

    The mean number in view bounds the availability, so that counts below target / mean per satellite are
    skipped.
    """
    least = target / max(mean_in_view(shell, 1, latitude_deg), 1e-9)
    for count in range(max(step, int(np.ceil(least / step)) * step), most + 1, step):
        planes, phasing, share = best(shell, count, latitude_deg, target)
        if share >= target:
            return count, planes, phasing
    return None


def _uncovered(start, length, circle: float) -> np.ndarray:
    """Length of a circle that no interval covers, over the last axis; starts lie in [0, circle)."""
    order = np.argsort(start, axis=-1)
    start, length = (np.take_along_axis(np.asarray(a), order, axis=-1) for a in (start, length))
    end = np.where(length > 0, start + length, 0.0)  # an interval of no length closes no gap
    wrapped = np.maximum(end.max(axis=-1, keepdims=True) - circle, 0.0)
    front = np.maximum(np.maximum.accumulate(end, axis=-1), wrapped)
    before = np.concatenate([wrapped, front[..., :-1]], axis=-1)
    begin = np.where(length > 0, start, before)
    gaps = np.maximum(begin - before, 0.0).sum(axis=-1) + np.maximum(circle - front[..., -1], 0.0)
    return np.minimum(gaps, circle)


def _divides(satellites: int, planes: int) -> None:
    if satellites % planes:
        possible = ", ".join(str(p) for p in range(1, satellites + 1) if satellites % p == 0)
        raise ParameterError(
            f"{satellites} satellites do not divide evenly into planes = {planes}; possible are {possible}."
        )
