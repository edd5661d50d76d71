"""Who can see whom: rules of seeing, exact in float64, and the geometry of a look.

A rule may ask for a least elevation above the target's horizon, for a line of sight that stays above a
tangent altitude (the limb rule, for targets above the ground), for a longest range and for a widest angle off
the satellite's nadir.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spacesec.astrodynamics.earth import WGS84, Earth
from spacesec.errors import SpacesecError


@dataclass(frozen=True)
class Rule:
    """What must hold for a satellite to see a target; at least one of the first two is needed, all given ones
    must hold.

    minimum_elevation_deg: of the satellite above the target's horizon (the plane square to the ellipsoid's
    normal).
    tangent_altitude_km: no part of the line of sight may pass below this height; the target must not be below
    it either.
    maximum_range_km: between satellite and target. maximum_off_nadir_deg: between the line of sight and the
    line from the satellite to the Earth's centre.
    """

    minimum_elevation_deg: float | None = None
    tangent_altitude_km: float | None = None
    maximum_range_km: float | None = None
    maximum_off_nadir_deg: float | None = None

    def __post_init__(self):
        if self.minimum_elevation_deg is None and self.tangent_altitude_km is None:
            raise SpacesecError("A rule of seeing needs a minimum elevation or a tangent altitude.")
        if self.minimum_elevation_deg is not None and not 0 <= self.minimum_elevation_deg < 90:
            raise SpacesecError(
                "Minimum elevation must be 0 or more and below 90 degrees, not"
                f" {self.minimum_elevation_deg:g}."
            )
        if self.tangent_altitude_km is not None and not 0 <= self.tangent_altitude_km < 1000:
            raise SpacesecError(
                f"Tangent altitude must be 0 or more and below 1,000 km, not {self.tangent_altitude_km:g}."
            )
        if self.maximum_range_km is not None and not self.maximum_range_km > 0:
            raise SpacesecError(f"Maximum range must be above 0 km, not {self.maximum_range_km:g}.")
        if self.maximum_off_nadir_deg is not None and not 0 < self.maximum_off_nadir_deg <= 90:
            raise SpacesecError(
                "Maximum angle off nadir must be above 0 and at most 90 degrees, not"
                f" {self.maximum_off_nadir_deg:g}."
            )

    def check_targets(self, lowest_altitude_km: float) -> None:
        """Refuses targets below the tangent altitude: no line of sight to them could stay above it."""
        if self.tangent_altitude_km is not None and lowest_altitude_km < self.tangent_altitude_km - 1e-6:
            raise SpacesecError(
                f"The limb rule with a tangent altitude of {self.tangent_altitude_km:g} km needs targets at"
                f" or above that height, not at {lowest_altitude_km:g} km."
            )

    def words(self) -> str:
        """The rule as a phrase for captions."""
        parts = []
        if self.minimum_elevation_deg is not None:
            parts.append(f"elevation of {self.minimum_elevation_deg:g}° or more")
        if self.tangent_altitude_km is not None:
            parts.append(f"line of sight above {self.tangent_altitude_km:g} km")
        if self.maximum_range_km is not None:
            parts.append(f"range up to {self.maximum_range_km:,.0f} km")
        if self.maximum_off_nadir_deg is not None:
            parts.append(f"up to {self.maximum_off_nadir_deg:g}° off nadir")
        return ", ".join(parts)


def _dot(a, b):
    return np.einsum("...i,...i->...", a, b)


def sees(satellites_km, target_km, up, rule: Rule, earth: Earth = WGS84) -> np.ndarray:
    """True where a satellite sees a target, exact in float64.

    satellites_km (..., 3), target_km and up (..., 3) broadcast against each other: (N, T, 1, 3) with (M, 3)
    gives all ground points, (N, T, 3) with (T, 3) gives one moving target. All positions Earth-fixed.
    """
    satellites, target = np.asarray(satellites_km, float), np.asarray(target_km, float)
    gap = satellites - target
    distance = np.sqrt(_dot(gap, gap))
    seen = np.ones(distance.shape, dtype=bool)
    if rule.minimum_elevation_deg is not None:
        seen &= _dot(gap, up) >= np.sin(np.radians(rule.minimum_elevation_deg)) * distance
    if rule.tangent_altitude_km is not None:
        scale, radius = limb_sphere(rule, earth)
        s, p = satellites * scale, target * scale
        # On the sphere the ray grazes when the central angle is arccos(R/|s|) + arccos(R/|p|); this is its
        # cosine.
        seen &= _dot(s, p) >= radius**2 - np.sqrt(np.maximum(_dot(s, s) - radius**2, 0)) * np.sqrt(
            np.maximum(_dot(p, p) - radius**2, 0)
        )
    if rule.maximum_range_km is not None:
        seen &= distance <= rule.maximum_range_km
    if rule.maximum_off_nadir_deg is not None:
        seen &= _dot(gap, satellites) >= np.cos(np.radians(rule.maximum_off_nadir_deg)) * distance * np.sqrt(
            _dot(satellites, satellites)
        )
    return seen


def limb_sphere(rule: Rule, earth: Earth) -> tuple[np.ndarray, float]:
    """Scale (3,) that makes the ellipsoid at the tangent altitude a sphere, and that sphere's radius in km.

    Whether a segment meets an ellipsoid does not change when space is stretched along the axis.
    """
    equator, pole = (
        earth.equatorial_radius_km + rule.tangent_altitude_km,
        earth.polar_radius_km + rule.tangent_altitude_km,
    )
    return np.array([1.0, 1.0, equator / pole]), equator


@dataclass(frozen=True)
class Look:
    """Geometry of lines of sight, arrays of one broadcast shape: range_km, elevation_deg at the target,
    off_nadir_deg.
    """

    range_km: np.ndarray
    elevation_deg: np.ndarray
    off_nadir_deg: np.ndarray


def look(satellites_km, target_km, up) -> Look:
    """Range, elevation and off-nadir angle between satellites (..., 3) and targets (..., 3) that
    broadcast.
    """
    gap = np.asarray(satellites_km, float) - np.asarray(target_km, float)
    distance = np.sqrt(_dot(gap, gap))
    radius = np.sqrt(_dot(satellites_km, satellites_km))
    elevation = np.degrees(np.arcsin(np.clip(_dot(gap, up) / distance, -1, 1)))
    nadir = np.degrees(np.arccos(np.clip(_dot(gap, satellites_km) / (distance * radius), -1, 1)))
    return Look(distance, elevation, nadir)


def crossing_angle_deg(first_km, second_km, target_km) -> np.ndarray:
    """Angle in degrees (0 to 90) at the target between the lines to two satellites, all (..., 3).

    Two lines that meet head-on fix a position no better than two that coincide, so angles beyond 90 count
    back from 180.
    """
    a, b = np.asarray(first_km, float) - target_km, np.asarray(second_km, float) - target_km
    cross = np.cross(a, b)
    return np.degrees(np.arctan2(np.sqrt(_dot(cross, cross)), np.abs(_dot(a, b))))


def best_crossing_deg(satellites_km, seen, target_km) -> np.ndarray:
    """Widest crossing angle (T,) among the satellites that see one target; 0 where fewer than two do.

    satellites_km (N, T, 3), seen (N, T), target_km (T, 3) moving or (3,) fixed.
    """
    target = np.broadcast_to(target_km, np.shape(satellites_km)[1:])
    # Sightings in order of time: those of one instant stand together, and pairs are neighbors at distance 1,
    # 2, ...
    when, which = np.nonzero(np.transpose(seen))
    line = np.asarray(satellites_km)[which, when] - target[when]
    line /= np.sqrt(_dot(line, line))[:, None]
    flattest = np.ones(np.shape(seen)[1])
    for apart in range(1, int(np.bincount(when).max(initial=0))):
        same = np.flatnonzero(when[:-apart] == when[apart:])
        np.minimum.at(flattest, when[same], np.abs(_dot(line[same], line[same + apart])))
    return np.degrees(np.arccos(np.minimum(flattest, 1.0)))


def central_angle_deg(rule: Rule, altitude_km, target_altitude_km=0.0, earth: Earth = WGS84) -> np.ndarray:
    """Largest Earth-central angle at which the rule holds on the sphere of the equatorial radius; heights
    broadcast.

    Elevation: arccos(R cos(el)/r) - el with R the target's radius. Limb: arccos(Rt/r) + arccos(Rt/R).
    """
    satellite = earth.equatorial_radius_km + np.asarray(altitude_km, dtype=float)
    target = earth.equatorial_radius_km + np.asarray(target_altitude_km, dtype=float)
    if np.any(satellite <= target):
        raise SpacesecError("The satellite must be higher than its target.")
    rule.check_targets(float(np.min(target_altitude_km)))
    angle = np.full(np.broadcast(satellite, target).shape, np.pi)
    if rule.minimum_elevation_deg is not None:
        el = np.radians(rule.minimum_elevation_deg)
        angle = np.minimum(angle, np.arccos(target * np.cos(el) / satellite) - el)
    if rule.tangent_altitude_km is not None:
        graze = earth.equatorial_radius_km + rule.tangent_altitude_km
        angle = np.minimum(
            angle, np.arccos(np.minimum(graze / satellite, 1)) + np.arccos(np.minimum(graze / target, 1))
        )
    if rule.maximum_range_km is not None:
        cosine = (satellite**2 + target**2 - rule.maximum_range_km**2) / (2 * satellite * target)
        angle = np.where(cosine > 1, 0.0, np.minimum(angle, np.arccos(np.clip(cosine, -1, 1))))
    if rule.maximum_off_nadir_deg is not None:
        sine = satellite / target * np.sin(np.radians(rule.maximum_off_nadir_deg))
        reach = np.arcsin(np.minimum(sine, 1)) - np.radians(rule.maximum_off_nadir_deg)
        angle = np.where(sine < 1, np.minimum(angle, reach), angle)
    return np.degrees(angle)
