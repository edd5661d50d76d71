"""What a radar on the ground can see: line of sight over a sphere, with the bending of its rays by an
enlarged Earth radius.

The 4/3 rule (Skolnik 2008, *Radar Handbook*, chapter 26) replaces the Earth's radius by k times it and takes
rays as straight; the horizon of a target is then sqrt(2 k R h). It holds for the lower air and is generous
for targets far above it.
"""

import numpy as np
import pandas as pd

from spacesec.astrodynamics.earth import MEAN_SPHERE, Earth
from spacesec.methods.sphere import great_circle_km

REFRACTION = 4 / 3


def horizon_km(altitude_km, radar_height_km=0.0, refraction: float = REFRACTION, earth: Earth = MEAN_SPHERE):
    """Ground distance at which a target (km above ground) comes over the horizon of a radar (km above
    ground), parabolic form.
    """
    reach = 2 * refraction * earth.equatorial_radius_km
    return np.sqrt(reach * np.maximum(altitude_km, 0)) + np.sqrt(reach * np.asarray(radar_height_km, float))


def straight_horizon_km(altitude_km, earth: Earth = MEAN_SPHERE):
    """The same from sea level without refraction, exact on the sphere: R arccos(R / (R + h))."""
    radius = earth.equatorial_radius_km
    return radius * np.arccos(radius / (radius + np.asarray(altitude_km, float)))


def lowest_visible_km(
    distance_km, radar_height_km=0.0, refraction: float = REFRACTION, earth: Earth = MEAN_SPHERE
):
    """Lowest target altitude (km) that a radar sees at a ground distance; 0 inside its own sea horizon.
    Inverse of `horizon_km`.
    """
    reach = 2 * refraction * earth.equatorial_radius_km
    return (
        np.maximum(np.asarray(distance_km, float) - np.sqrt(reach * np.asarray(radar_height_km, float)), 0)
        ** 2
        / reach
    )


def lowest_visible_from(
    radars: pd.DataFrame, longitude_deg, latitude_deg, refraction: float = REFRACTION
) -> np.ndarray:
    """Lowest altitude (km) that any of the radars sees over points; radars: longitude_deg, latitude_deg,
    height_m (missing: sea level).
    """
    best = None
    for radar in radars.itertuples():
        height = 0.0 if pd.isna(radar.height_m) else radar.height_m / 1000
        low = lowest_visible_km(
            great_circle_km(radar.longitude_deg, radar.latitude_deg, longitude_deg, latitude_deg),
            height,
            refraction,
        )
        best = low if best is None else np.minimum(best, low)
    return best


def first_seen_s(
    seconds: np.ndarray,
    ground_km: np.ndarray,
    altitude_km: np.ndarray,
    range_km: float,
    radar_height_km: float,
    refraction: float = REFRACTION,
) -> float:
    """Seconds after launch at which a path first rises over the horizon of a radar standing at its end; nan
    if it never does.

    seconds, ground_km, altitude_km: the path in even or uneven steps. Between steps the crossing is
    interpolated.
    """
    above = altitude_km - lowest_visible_km(range_km - ground_km, radar_height_km, refraction)
    seen = np.flatnonzero(above >= 0)
    if not len(seen):
        return float("nan")
    i = seen[0]
    if i == 0:
        return float(seconds[0])
    share = -above[i - 1] / (above[i] - above[i - 1])
    return float(seconds[i - 1] + share * (seconds[i] - seconds[i - 1]))
