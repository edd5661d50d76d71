"""The smallest Walker delta pattern that covers a band of latitudes without a break, and a bound no pattern
can beat.

The search asks every division into planes, every phasing and a list of inclinations, from the bound upward. A
pattern repeats itself under a turn by 360/P degrees and a shift along the orbit by 360/S, so that one such
sector and one such shift stand for all longitudes and all times, whatever the rotation of the Earth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from spacesec.astrodynamics import theory
from spacesec.errors import SpacesecError

COARSE = (5.0, 5.0, 4)  # steps in latitude and longitude (degrees), phases: throws out most candidates
FINE = (1.25, 1.25, 24)  # what a pattern must pass to be reported


@dataclass(frozen=True)
class Found:
    """A pattern T/P/F of the search: satellites, planes, phasing, inclination_deg; bound: fewest that any
    mixture of circular orbits needs.
    """

    satellites: int
    planes: int
    phasing: int
    inclination_deg: float
    bound: int
    tried: int


@lru_cache(maxsize=512)
def _sector(planes: int, band_deg: tuple[float, float], steps: tuple[float, float, int]) -> np.ndarray:
    """Unit vectors (3, M) of the grid over one sector of the band."""
    (low, high), (latitude_step, longitude_step, _) = band_deg, steps
    latitude = np.radians(np.linspace(low, high, max(2, int(np.ceil((high - low) / latitude_step)) + 1)))
    longitude = np.radians(
        np.linspace(0, 360 / planes, max(2, int(np.ceil(360 / planes / longitude_step)) + 1))
    )
    lat, lon = (v.ravel() for v in np.meshgrid(latitude, longitude))
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]).astype(np.float32)


def covers(
    satellites: int,
    planes: int,
    phasing: int,
    inclination_deg: float,
    central_angle_deg: float,
    band_deg: tuple[float, float],
    fold: int = 1,
    steps: tuple[float, float, int] = FINE,
) -> bool:
    """Whether the pattern keeps ``fold`` footprints over every point of the band at every instant, on a grid
    of the given steps.
    """
    each, phases = satellites // planes, steps[2]
    points = _sector(planes, band_deg, steps)
    plane, place = np.repeat(np.arange(planes), each), np.tile(np.arange(each), planes)
    node, start, tilt = (
        2 * np.pi * plane / planes,
        2 * np.pi * (place / each + phasing * plane / satellites),
        np.radians(inclination_deg),
    )
    bound = np.float32(np.cos(np.radians(central_angle_deg)))
    for shift in 2 * np.pi / each * np.arange(phases) / phases:
        u = start + shift
        track = np.stack(
            [
                np.cos(u) * np.cos(node) - np.sin(u) * np.cos(tilt) * np.sin(node),
                np.cos(u) * np.sin(node) + np.sin(u) * np.cos(tilt) * np.cos(node),
                np.sin(u) * np.sin(tilt),
            ],
            axis=1,
        )
        if ((track.astype(np.float32) @ points >= bound).sum(axis=0, dtype=np.int16) < fold).any():
            return False
    return True


def mean_per_satellite(
    central_angle_deg: float, band_deg: tuple[float, float], inclinations_deg
) -> np.ndarray:
    """Mean footprints one circular orbit keeps over each latitude of the band: (inclinations, latitudes)."""
    latitudes = np.linspace(*band_deg, 31)
    return np.stack(
        [theory.mean_in_view(1, central_angle_deg, i, latitudes, samples=1000) for i in inclinations_deg]
    )


def least(central_angle_deg: float, band_deg: tuple[float, float], fold: int = 1) -> int:
    """Fewest satellites for unbroken cover by any mixture of circular orbits of one altitude whose tracks do
    not repeat.

    Unbroken k-fold cover needs a mean of k in view at every latitude; a linear program spreads the satellites
    over inclinations so that the thinnest latitude has the most.
    """
    from scipy.optimize import linprog

    inclinations = np.arange(0.0, 90.1, 2.5)
    mean = mean_per_satellite(central_angle_deg, band_deg, inclinations)
    cost = np.append(np.zeros(len(inclinations)), -1.0)
    run = linprog(
        cost,
        A_ub=np.column_stack([-mean.T, np.ones(mean.shape[1])]),
        b_ub=np.zeros(mean.shape[1]),
        A_eq=np.append(np.ones(len(inclinations)), 0.0)[None, :],
        b_eq=[1.0],
        bounds=[(0, None)] * (len(inclinations) + 1),
    )
    if not run.fun < 0:
        raise SpacesecError(
            f"A footprint of {central_angle_deg:.2g} degrees about the point below is too small for counting"
            " satellites; lower the minimum elevation."
        )
    return int(np.ceil(fold / -run.fun - 1e-9))


@lru_cache(maxsize=256)  # an interactive reader asks the same again
def smallest(
    central_angle_deg: float,
    band_deg: tuple[float, float] = (20.0, 50.0),
    fold: int = 1,
    inclinations_deg: tuple[float, ...] = tuple(range(30, 76, 5)),
    most_planes: int = 24,
    most: int = 400,
) -> Found:
    """Fewest satellites of a Walker delta pattern that the search finds for unbroken ``fold``-fold cover of a
    band.

    An upper bound: patterns outside the list of inclinations, or not Walker's, may do with fewer, down to
    ``bound``. Raises SpacesecError when none up to ``most`` satellites is found.
    """
    low, high = band_deg
    if not -90 <= low < high <= 90:
        raise SpacesecError(
            f"A band of latitudes must run upward within -90 to 90 degrees, not from {low:g} to {high:g}."
        )
    inclinations = np.asarray(inclinations_deg, dtype=float)
    thinnest = mean_per_satellite(central_angle_deg, band_deg, inclinations).min(axis=1)
    bound, tried = least(central_angle_deg, band_deg, fold), 0
    for satellites in range(bound, most + 1):
        able = inclinations[satellites * thinnest >= fold]
        # The inclinations that leave most to spare come first: where one exists they find it soonest.
        able = able[np.argsort(-thinnest[np.isin(inclinations, able)], kind="stable")]
        for planes in (p for p in range(1, min(satellites, most_planes) + 1) if satellites % p == 0):
            for phasing in range(planes):
                for inclination in able:
                    tried += 1
                    pattern = (
                        satellites,
                        planes,
                        phasing,
                        float(inclination),
                        central_angle_deg,
                        band_deg,
                        fold,
                    )
                    if covers(*pattern, COARSE) and covers(*pattern, FINE):
                        return Found(satellites, planes, phasing, float(inclination), bound, tried)
    raise SpacesecError(
        f"No Walker pattern of up to {most} satellites was found to cover {low:g} to {high:g} degrees"
        f" {fold}-fold."
    )
