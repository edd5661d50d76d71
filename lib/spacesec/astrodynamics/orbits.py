"""Constellations and their motion: Walker patterns, free planes, Kepler's orbit with or without the secular
J2 drift.

Patterns after J. G. Walker, "Continuous whole-Earth coverage by circular-orbit satellite patterns", RAE TR
77044 (1977); secular rates after Vallado, Fundamentals of Astrodynamics and Applications, section on J2
perturbations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from spacesec.astrodynamics.earth import TROPICAL_YEAR_DAYS, WGS84, Earth
from spacesec.astrodynamics.frames import to_earth_fixed
from spacesec.errors import SpacesecError

Track = Callable[[np.ndarray], np.ndarray]
"""Earth-fixed positions (N, T, 3) in km at times (T,) in seconds."""


@dataclass(frozen=True)
class Constellation:
    """Mean Kepler elements of N satellites at time 0; every array is (N,).

    semi_major_axis_km, eccentricity, inclination_deg, node_deg (right ascension), perigee_deg (argument),
    anomaly_deg (mean anomaly), plane (number of the orbital plane, from 0).
    """

    semi_major_axis_km: np.ndarray
    eccentricity: np.ndarray
    inclination_deg: np.ndarray
    node_deg: np.ndarray
    perigee_deg: np.ndarray
    anomaly_deg: np.ndarray
    plane: np.ndarray

    def __len__(self) -> int:
        return len(self.semi_major_axis_km)

    def keep(self, index) -> Constellation:
        """Only these satellites: integers or a boolean mask (N,)."""
        return Constellation(*(getattr(self, name)[index] for name in self.__dataclass_fields__))

    def without(self, lost) -> Constellation:
        """All but the satellites numbered in ``lost``."""
        lost = np.atleast_1d(np.asarray(lost, dtype=int))
        if lost.size and (lost.min() < 0 or lost.max() >= len(self)):
            other = lost.max() if lost.max() >= len(self) else lost.min()
            raise SpacesecError(
                f"Satellites to lose are numbered 0 to {len(self) - 1}; {other} is not among them."
            )
        return self.keep(~np.isin(np.arange(len(self)), lost))

    def __add__(self, other: Constellation) -> Constellation:
        """Both constellations flown together; planes of the second are numbered after those of the first."""
        parts = {
            name: np.concatenate([getattr(self, name), getattr(other, name)])
            for name in self.__dataclass_fields__
        }
        parts["plane"] = np.concatenate(
            [self.plane, other.plane + (self.plane.max() + 1 if len(self) else 0)]
        )
        return Constellation(**parts)


def elements(
    semi_major_axis_km,
    eccentricity=0.0,
    inclination_deg=0.0,
    node_deg=0.0,
    perigee_deg=0.0,
    anomaly_deg=0.0,
    plane=0,
    earth: Earth = WGS84,
) -> Constellation:
    """A constellation from Kepler elements that broadcast to (N,). Refuses orbits that meet the ground or do
    not close.
    """
    arrays = [
        np.atleast_1d(v).copy()
        for v in np.broadcast_arrays(
            *(
                np.asarray(v, dtype=float)
                for v in (
                    semi_major_axis_km,
                    eccentricity,
                    inclination_deg,
                    node_deg,
                    perigee_deg,
                    anomaly_deg,
                )
            ),
            np.asarray(plane, dtype=int),
        )
    ]
    a, e, i = arrays[:3]
    if not all(np.all(np.isfinite(v)) for v in arrays):
        raise SpacesecError("Orbital elements must be finite numbers.")
    if np.any((e < 0) | (e >= 1)):
        raise SpacesecError("Eccentricity must be 0 or more and below 1: other orbits do not close.")
    if np.any((i < 0) | (i > 180)):
        raise SpacesecError(
            f"Inclination must lie between 0 and 180 degrees, not {i[(i < 0) | (i > 180)][0]:g}."
        )
    low = a * (1 - e) - earth.equatorial_radius_km
    if np.any(low <= 0):
        raise SpacesecError(f"Orbit altitude must be above 0 km at its lowest point, not {low.min():g} km.")
    return Constellation(*arrays[:6], arrays[6].astype(int))


def _pattern(satellites, planes, phasing, altitude_km, inclination_deg, nodes_deg, earth) -> Constellation:
    for name, value in (("satellites", satellites), ("planes", planes)):
        if int(value) != value or value < 1:
            raise SpacesecError(f"{name} must be a whole number of at least 1, not {value}.")
    if satellites % planes:
        near = [p for p in range(1, satellites + 1) if satellites % p == 0]
        raise SpacesecError(
            f"{satellites} satellites do not divide evenly into {planes} planes; planes may be"
            f" {', '.join(map(str, near))}."
        )
    if int(phasing) != phasing or not 0 <= phasing < planes:
        raise SpacesecError(
            f"phasing must be a whole number from 0 to {planes - 1} for {planes} planes, not {phasing}."
        )
    if not altitude_km > 0:
        raise SpacesecError(f"altitude_km must be above 0, not {altitude_km}.")
    each = satellites // planes
    plane = np.repeat(np.arange(planes), each)
    place = np.tile(np.arange(each), planes)
    anomaly = 360.0 * place / each + 360.0 * phasing * plane / satellites
    return elements(
        earth.equatorial_radius_km + altitude_km,
        0.0,
        inclination_deg,
        np.asarray(nodes_deg, float)[plane],
        0.0,
        anomaly % 360.0,
        plane,
        earth,
    )


def walker_delta(
    satellites: int,
    planes: int,
    phasing: int,
    altitude_km: float,
    inclination_deg: float,
    node_deg: float = 0.0,
    earth: Earth = WGS84,
) -> Constellation:
    """Walker delta pattern T/P/F: nodes spread over 360 degrees, neighbours in adjacent planes shifted by 360
    F/T degrees.
    """
    nodes = node_deg + 360.0 * np.arange(max(int(planes), 1)) / max(int(planes), 1)
    return _pattern(satellites, planes, phasing, altitude_km, inclination_deg, nodes, earth)


def walker_star(
    satellites: int,
    planes: int,
    phasing: float,
    altitude_km: float,
    inclination_deg: float,
    node_deg: float = 0.0,
    spacing_deg: float | None = None,
    earth: Earth = WGS84,
) -> Constellation:
    """Walker star: nodes over 180 degrees, so that planes go up on one side and down on the other.

    spacing_deg, the node step between neighbouring planes, is 180/P when not given. Iridium-like patterns
    need a wider step, because the first and last planes counter-rotate and cover less between them (about
    31.6 degrees for six planes).
    """
    count = max(int(planes), 1)
    step = 180.0 / count if spacing_deg is None else float(spacing_deg)
    if not 0 < step <= 180:
        raise SpacesecError(
            f"The spacing of star planes must be above 0 and at most 180 degrees, not {step:g}."
        )
    return _pattern(
        satellites, planes, phasing, altitude_km, inclination_deg, node_deg + step * np.arange(count), earth
    )


def street_star(
    satellites: int,
    planes: int,
    altitude_km: float,
    inclination_deg: float,
    spacing_deg: float,
    node_deg: float = 0.0,
    earth: Earth = WGS84,
) -> Constellation:
    """A star of streets: co-rotating neighbours are shifted by half a place, so that one's gap meets the
    other's middle.
    """
    base = _pattern(
        satellites,
        planes,
        0,
        altitude_km,
        inclination_deg,
        node_deg + float(spacing_deg) * np.arange(planes),
        earth,
    )
    shift = 180.0 / (satellites // planes) * base.plane
    return Constellation(
        base.semi_major_axis_km,
        base.eccentricity,
        base.inclination_deg,
        base.node_deg,
        base.perigee_deg,
        (base.anomaly_deg + shift) % 360.0,
        base.plane,
    )


def free_planes(
    nodes_deg, per_plane: int, altitude_km: float, inclination_deg, phase_deg=0.0, earth: Earth = WGS84
) -> Constellation:
    """Planes with nodes (P,) wherever wanted, ``per_plane`` satellites evenly in each; inclination and phase
    broadcast to (P,).
    """
    nodes = np.atleast_1d(np.asarray(nodes_deg, dtype=float))
    if int(per_plane) != per_plane or per_plane < 1:
        raise SpacesecError(f"per_plane must be a whole number of at least 1, not {per_plane}.")
    if not altitude_km > 0:
        raise SpacesecError(f"altitude_km must be above 0, not {altitude_km}.")
    plane = np.repeat(np.arange(len(nodes)), per_plane)
    inclination, phase = (
        np.broadcast_to(np.asarray(v, dtype=float), nodes.shape)[plane] for v in (inclination_deg, phase_deg)
    )
    anomaly = np.tile(360.0 * np.arange(per_plane) / per_plane, len(nodes)) + phase
    return elements(
        earth.equatorial_radius_km + altitude_km,
        0.0,
        inclination,
        nodes[plane],
        0.0,
        anomaly % 360.0,
        plane,
        earth,
    )


def geostationary(longitudes_deg, earth: Earth = WGS84, angle_at_start_rad: float = 0.0) -> Constellation:
    """Satellites standing over these longitudes (N,) of the equator, for an Earth turned by this angle at
    time 0.
    """
    longitudes = np.atleast_1d(np.asarray(longitudes_deg, dtype=float))
    return elements(
        earth.synchronous_radius_km,
        anomaly_deg=(longitudes + np.degrees(angle_at_start_rad)) % 360.0,
        plane=np.arange(len(longitudes)),
        earth=earth,
    )


def solve_kepler(mean_anomaly_rad, eccentricity) -> np.ndarray:
    """Eccentric anomaly in radians by Newton's steps from a start that converges for every closed orbit."""
    m = np.asarray(mean_anomaly_rad, dtype=float)
    e = np.asarray(eccentricity, dtype=float)
    m = (m + np.pi) % (2 * np.pi) - np.pi
    # Starting from pi (with the sign of m) keeps Newton's steps on one side of the root at high eccentricity.
    big = np.where(e > 0.8, np.pi * np.sign(m), m + e * np.sin(m))
    for _ in range(50):
        step = (big - e * np.sin(big) - m) / (1 - e * np.cos(big))
        big = big - step
        if np.all(np.abs(step) < 1e-13):
            break
    return big


def secular_rates(
    constellation: Constellation, earth: Earth = WGS84, j2: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates of node, argument of perigee and mean anomaly in rad/s, each (N,); with j2=False the first two
    are 0.
    """
    a, e = constellation.semi_major_axis_km, constellation.eccentricity
    inclination = np.radians(constellation.inclination_deg)
    n = np.sqrt(earth.mu_km3_s2 / a**3)
    if not j2:
        return np.zeros_like(n), np.zeros_like(n), n
    k = 1.5 * earth.j2 * n * (earth.equatorial_radius_km / (a * (1 - e**2))) ** 2
    cosine = np.cos(inclination)
    return -k * cosine, 0.5 * k * (5 * cosine**2 - 1), n + 0.5 * k * np.sqrt(1 - e**2) * (3 * cosine**2 - 1)


def propagate(constellation: Constellation, times_s, earth: Earth = WGS84, j2: bool = True) -> np.ndarray:
    """Inertial positions (N, T, 3) in km at times (T,) in seconds after the elements' epoch."""
    times = np.atleast_1d(np.asarray(times_s, dtype=float))
    node_rate, perigee_rate, anomaly_rate = secular_rates(constellation, earth, j2)
    node = np.radians(constellation.node_deg)[:, None]
    if j2:  # otherwise the node stands still, and its sine and cosine are needed once
        node = node + node_rate[:, None] * times
    cos_i, sin_i = (f(np.radians(constellation.inclination_deg))[:, None] for f in (np.cos, np.sin))
    perigee = np.radians(constellation.perigee_deg)[:, None] + perigee_rate[:, None] * times
    mean = np.radians(constellation.anomaly_deg)[:, None] + anomaly_rate[:, None] * times
    if np.any(constellation.eccentricity > 0):
        e = constellation.eccentricity[:, None]
        big = solve_kepler(mean, e)
        u = perigee + np.arctan2(np.sqrt(1 - e**2) * np.sin(big), np.cos(big) - e)
        radius = constellation.semi_major_axis_km[:, None] * (1 - e * np.cos(big))
    else:
        u, radius = perigee + mean, constellation.semi_major_axis_km[:, None]
    along, across = radius * np.cos(u), radius * np.sin(u)
    cos_node, sin_node = np.cos(node), np.sin(node)
    out = np.empty(u.shape + (3,))
    np.subtract(along * cos_node, across * cos_i * sin_node, out=out[..., 0])
    np.add(along * sin_node, across * cos_i * cos_node, out=out[..., 1])
    np.multiply(across, sin_i, out=out[..., 2])
    return out


def track(
    constellation: Constellation, earth: Earth = WGS84, j2: bool = True, angle_at_start_rad: float = 0.0
) -> Track:
    """The constellation as a function of time: Earth-fixed positions (N, T, 3) at times (T,) in seconds."""

    def positions(times_s) -> np.ndarray:
        return to_earth_fixed(
            propagate(constellation, times_s, earth, j2), times_s, earth, angle_at_start_rad
        )

    return positions


def sun_synchronous_inclination(altitude_km, eccentricity: float = 0.0, earth: Earth = WGS84) -> np.ndarray:
    """Inclination in degrees at which J2 turns the node once a tropical year; refuses heights where none
    does.
    """
    a = earth.equatorial_radius_km + np.asarray(altitude_km, dtype=float)
    if np.any(a <= earth.equatorial_radius_km):
        raise SpacesecError("A sun-synchronous orbit needs an altitude above 0 km.")
    wanted = 2 * np.pi / (TROPICAL_YEAR_DAYS * 86400.0)
    cosine = -wanted / (
        1.5
        * earth.j2
        * np.sqrt(earth.mu_km3_s2 / a**3)
        * (earth.equatorial_radius_km / (a * (1 - eccentricity**2))) ** 2
    )
    if np.any(cosine < -1):
        raise SpacesecError(
            "No inclination is sun-synchronous at this altitude: the node turns too slowly above about"
            " 5,970 km."
        )
    return np.degrees(np.arccos(cosine))
