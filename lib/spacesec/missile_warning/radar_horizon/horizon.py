"""What a radar on the ground can see: line of sight over a sphere, with the bending of its rays.

Two ways to bend them. `Atmosphere` traces the ray through an exponential reference atmosphere.
`EnlargedEarth` replaces the Earth's radius by k times it and takes rays as straight (the 4/3 rule; Skolnik
2008, *Radar Handbook*, chapter 26), in the usual parabolic form: made for the lower air, and generous for
targets far above it.
"""

import functools
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from spacesec.astrodynamics.earth import MEAN_SPHERE
from spacesec.methods.sphere import great_circle_km

RADIUS_KM = MEAN_SPHERE.equatorial_radius_km
REFRACTION = 4 / 3
HIGHEST_KM, STEP = 20_000.0, 0.01  # top of a traced ray; its step in the square root of height, km**0.5


class Rays(Protocol):
    """How far, along the ground, the ray that grazes the sea is from where it does so, and how high it is
    there.
    """

    def reach_km(self, altitude_km): ...

    def rise_km(self, distance_km): ...


@dataclass(frozen=True)
class EnlargedEarth:
    """Straight rays over an Earth of ``factor`` times its radius, parabolic: d = sqrt(2 k R h)."""

    factor: float = REFRACTION

    def reach_km(self, altitude_km):
        return np.sqrt(2 * self.factor * RADIUS_KM * np.maximum(altitude_km, 0))

    def rise_km(self, distance_km):
        return np.asarray(distance_km, float) ** 2 / (2 * self.factor * RADIUS_KM)


@dataclass(frozen=True)
class Atmosphere:
    """Rays through air of refractive index n(h) = 1 + N exp(-b h) / 1e6 on a sphere.

    surface_refractivity: N, in N-units; 0 gives straight rays. decay_per_km: b. Snell's law on a sphere keeps
    n r cos(elevation); the ray that grazes the sea has n(0) R. Up to HIGHEST_KM; infinitely high beyond.
    """

    surface_refractivity: float
    decay_per_km: float

    def reach_km(self, altitude_km):
        roots, reach = _grazing(self)
        return np.interp(np.sqrt(np.maximum(altitude_km, 0)), roots, reach)

    def rise_km(self, distance_km):
        roots, reach = _grazing(self)
        return np.interp(distance_km, reach, roots, right=np.inf) ** 2


@functools.lru_cache(maxsize=8)
def _grazing(air: Atmosphere) -> tuple[np.ndarray, np.ndarray]:
    """Square roots of height (km**0.5), in which the ray is smooth where it grazes, and the ground distance
    (km).

    The ground distance is the integral of C R dr / (r sqrt(n²r² - C²)) with C = n(0) R, by Gauss's rule of
    four points a step; n r - C is written without the difference of large numbers.
    """
    edges = np.arange(0.0, np.sqrt(HIGHEST_KM) + STEP, STEP)
    nodes, weights = np.polynomial.legendre.leggauss(4)
    root = edges[:-1, None] + STEP / 2 * (1 + nodes)
    height, surface = root**2, 1e-6 * air.surface_refractivity
    grazing = (1 + surface) * RADIUS_KM
    index = 1 + surface * np.exp(-air.decay_per_km * height)
    excess = height * index + RADIUS_KM * surface * np.expm1(-air.decay_per_km * height)
    slope = 2 * root * grazing / ((RADIUS_KM + height) * np.sqrt(excess * (excess + 2 * grazing)))
    steps = RADIUS_KM * STEP / 2 * (slope * weights).sum(axis=1)
    return edges, np.concatenate([[0.0], np.cumsum(steps)])


def bending_deg(air: Atmosphere) -> float:
    """How much the ray that grazes the sea bends on its way out, degrees: angle at the Earth's centre less
    the elevation at the top.
    """
    grazing = (1 + 1e-6 * air.surface_refractivity) * RADIUS_KM
    at_top = np.arccos(grazing / (RADIUS_KM + HIGHEST_KM))
    return float(np.degrees(air.reach_km(HIGHEST_KM) / RADIUS_KM - at_top))


def horizon_km(altitude_km, radar_height_km=0.0, rays: Rays = EnlargedEarth()):
    """Ground distance (km) at which a target (km above ground) comes over the horizon of a radar (km above
    ground).
    """
    return rays.reach_km(altitude_km) + rays.reach_km(radar_height_km)


def straight_horizon_km(altitude_km):
    """The same from sea level without refraction, exact on the sphere: R arccos(R / (R + h))."""
    return RADIUS_KM * np.arccos(RADIUS_KM / (RADIUS_KM + np.asarray(altitude_km, float)))


def lowest_visible_km(distance_km, radar_height_km=0.0, rays: Rays = EnlargedEarth()):
    """Lowest target altitude (km) that a radar sees at a ground distance; 0 inside its own sea horizon.
    Inverse of `horizon_km`.
    """
    return rays.rise_km(np.maximum(np.asarray(distance_km, float) - rays.reach_km(radar_height_km), 0))


def lowest_visible_from(radars: pd.DataFrame, longitude_deg, latitude_deg, rays: Rays) -> np.ndarray:
    """Lowest altitude (km) that any of the radars sees over points; radars: longitude_deg, latitude_deg,
    height_m (missing: sea level).
    """
    best = None
    for radar in radars.itertuples():
        height = 0.0 if pd.isna(radar.height_m) else radar.height_m / 1000
        low = lowest_visible_km(
            great_circle_km(radar.longitude_deg, radar.latitude_deg, longitude_deg, latitude_deg),
            height,
            rays,
        )
        best = low if best is None else np.minimum(best, low)
    return best


def first_seen_s(
    seconds: np.ndarray,
    ground_km: np.ndarray,
    altitude_km: np.ndarray,
    range_km: float,
    radar_height_km: float,
    rays: Rays = EnlargedEarth(),
) -> float:
    """Seconds after launch at which a path first rises over the horizon of a radar standing at its end; nan
    if it never does.

    seconds, ground_km, altitude_km: the path in even or uneven steps. Between steps the crossing is
    interpolated.
    """
    above = altitude_km - lowest_visible_km(range_km - ground_km, radar_height_km, rays)
    seen = np.flatnonzero(above >= 0)
    if not len(seen):
        return float("nan")
    i = seen[0]
    if i == 0:
        return float(seconds[0])
    share = -above[i - 1] / (above[i] - above[i - 1])
    return float(seconds[i - 1] + share * (seconds[i] - seconds[i - 1]))
