"""Frames and points: from inertial to Earth-fixed, from latitude and longitude to kilometres.

The Earth-fixed frame turns about the z axis at the model's constant rate. Precession, nutation, polar motion
and UT1-UTC
are left out on purpose: together they move a ground point by far less than a satellite's footprint, and the
coverage benchmark shows by how much. TEME, the frame of SGP4, meets the same rotation through
``sidereal_angle``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spacesec.astrodynamics.earth import WGS84, Earth
from spacesec.errors import SpacesecError


def sidereal_angle(julian_date) -> np.ndarray:
    """Greenwich mean sidereal angle in radians, (n,) or scalar, of a Julian date in UT1 (IAU 1982).

    Meeus, Astronomical Algorithms, 2nd ed., eq. 12.4.
    """
    days = np.asarray(julian_date, dtype=float) - 2451545.0
    century = days / 36525.0
    degrees = 280.46061837 + 360.98564736629 * days + 0.000387933 * century**2 - century**3 / 38710000.0
    return np.radians(degrees % 360.0)


def to_earth_fixed(positions, times_s, earth: Earth = WGS84, angle_at_start_rad: float = 0.0) -> np.ndarray:
    """Turn inertial positions (..., T, 3) at times (T,) in seconds into the Earth-fixed frame.

    angle_at_start_rad is the sidereal angle at time 0: 0 puts Greenwich on the inertial x axis.
    """
    angle = angle_at_start_rad + earth.rotation_rad_s * np.asarray(times_s, dtype=float)
    cosine, sine = np.cos(angle), np.sin(angle)
    positions = np.asarray(positions)
    x, y, z = positions[..., 0], positions[..., 1], positions[..., 2]
    return np.stack([x * cosine + y * sine, y * cosine - x * sine, z], axis=-1)


@dataclass(frozen=True)
class Points:
    """Points fixed to the Earth: where they are and which way is up.

    position_km (M, 3), up (M, 3) unit normals of the ellipsoid; latitude_deg, longitude_deg, altitude_km
    (M,).
    """

    position_km: np.ndarray
    up: np.ndarray
    latitude_deg: np.ndarray
    longitude_deg: np.ndarray
    altitude_km: np.ndarray

    def __len__(self) -> int:
        return len(self.position_km)


def points(latitude_deg, longitude_deg, altitude_km=0.0, earth: Earth = WGS84) -> Points:
    """Points from geodetic latitude, longitude (degrees) and height (km); scalars and arrays broadcast to
    (M,).

    On a sphere geodetic and geocentric latitude are the same. Refuses latitudes beyond 90 degrees and heights
    under -1 km.
    """
    latitude, longitude, altitude = (
        np.atleast_1d(np.asarray(v, dtype=float)).ravel()
        for v in np.broadcast_arrays(latitude_deg, longitude_deg, altitude_km)
    )
    if not np.all(np.isfinite(latitude) & np.isfinite(longitude) & np.isfinite(altitude)):
        raise SpacesecError("Latitudes, longitudes and heights of points must be finite numbers.")
    if np.any(np.abs(latitude) > 90):
        raise SpacesecError(
            f"Latitude must lie between -90 and 90 degrees, not {latitude[np.argmax(np.abs(latitude))]:g}."
        )
    if np.any(np.abs(longitude) > 360):
        raise SpacesecError(
            "Longitude must lie between -360 and 360 degrees, not"
            f" {longitude[np.argmax(np.abs(longitude))]:g}."
        )
    if np.any(altitude < -1):
        raise SpacesecError(f"The height of a point must be -1 km or more, not {altitude.min():g} km.")
    phi, lam = np.radians(latitude), np.radians(longitude)
    up = np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)], axis=-1)
    e2 = earth.flattening * (2 - earth.flattening)
    prime_vertical = earth.equatorial_radius_km / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    position = up * (prime_vertical + altitude)[:, None]
    position[:, 2] -= e2 * prime_vertical * np.sin(phi)
    return Points(position, up, latitude, longitude, altitude)


def grid(latitudes_deg, longitudes_deg, altitude_km: float = 0.0, earth: Earth = WGS84) -> Points:
    """Every crossing of the given parallels (A,) and meridians (B,), parallel by parallel: M = A * B."""
    latitude, longitude = np.meshgrid(
        np.asarray(latitudes_deg, float), np.asarray(longitudes_deg, float), indexing="ij"
    )
    return points(latitude.ravel(), longitude.ravel(), altitude_km, earth)


def sphere_lattice(count: int) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes (count,) in degrees of a Fibonacci lattice: nearly equal areas over the whole
    sphere.
    """
    if count < 1:
        raise SpacesecError(f"A lattice needs at least 1 point, not {count}.")
    k = np.arange(count) + 0.5
    return np.degrees(np.arcsin(1 - 2 * k / count)), (np.degrees(np.pi * (1 + 5**0.5) * k) + 180) % 360 - 180


def geodetic(position_km, earth: Earth = WGS84) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Geodetic latitude, longitude (degrees) and height (km), each (...,), of Earth-fixed positions (..., 3).

    Bowring's start with fixed-point steps; better than a millimetre from the surface to beyond GEO.
    """
    x, y, z = np.moveaxis(np.asarray(position_km, dtype=float), -1, 0)
    a, e2 = earth.equatorial_radius_km, earth.flattening * (2 - earth.flattening)
    distance = np.hypot(x, y)
    phi = np.arctan2(z, distance * (1 - e2))
    for _ in range(6):
        prime_vertical = a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
        phi = np.arctan2(z + e2 * prime_vertical * np.sin(phi), distance)
    prime_vertical = a / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    # This form of the height holds at the poles too, where distance / cos(phi) does not.
    height = distance * np.cos(phi) + z * np.sin(phi) - a * np.sqrt(1 - e2 * np.sin(phi) ** 2)
    return np.degrees(phi), np.degrees(np.arctan2(y, x)), height


def central_angle_deg(latitude_1, longitude_1, latitude_2, longitude_2) -> np.ndarray:
    """Angle at the Earth's centre between points in spherical degrees (broadcast); steady for near and far
    points alike.
    """
    p1, l1, p2, l2 = (
        np.radians(np.asarray(v, dtype=float)) for v in (latitude_1, longitude_1, latitude_2, longitude_2)
    )
    d = l2 - l1
    cross = np.hypot(np.cos(p2) * np.sin(d), np.cos(p1) * np.sin(p2) - np.sin(p1) * np.cos(p2) * np.cos(d))
    return np.degrees(np.arctan2(cross, np.sin(p1) * np.sin(p2) + np.cos(p1) * np.cos(p2) * np.cos(d)))


def destination(latitude_deg, longitude_deg, bearing_deg, angle_deg) -> tuple[np.ndarray, np.ndarray]:
    """Latitude and longitude (degrees) after going an angle along the great circle from a point on a bearing
    from north.
    """
    phi, lam, brg, ang = (
        np.radians(np.asarray(v, dtype=float)) for v in (latitude_deg, longitude_deg, bearing_deg, angle_deg)
    )
    sine = np.sin(phi) * np.cos(ang) + np.cos(phi) * np.sin(ang) * np.cos(brg)
    out = lam + np.arctan2(np.sin(brg) * np.sin(ang) * np.cos(phi), np.cos(ang) - np.sin(phi) * sine)
    return np.degrees(np.arcsin(np.clip(sine, -1, 1))), (np.degrees(out) + 180) % 360 - 180


def bearing_deg(latitude_1, longitude_1, latitude_2, longitude_2) -> np.ndarray:
    """Bearing from north (0 to 360 degrees) at the first point of the great circle to the second."""
    p1, l1, p2, l2 = (
        np.radians(np.asarray(v, dtype=float)) for v in (latitude_1, longitude_1, latitude_2, longitude_2)
    )
    d = l2 - l1
    return (
        np.degrees(
            np.arctan2(np.cos(p2) * np.sin(d), np.cos(p1) * np.sin(p2) - np.sin(p1) * np.cos(p2) * np.cos(d))
        )
        % 360
    )
