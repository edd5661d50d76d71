"""Great circles and three map projections on the sphere of the IUGG mean radius.

Longitudes and latitudes are in degrees (east and north positive), map coordinates and distances in
kilometres. Projection formulas are the spherical ones of Snyder (1987), *Map Projections: A Working Manual*,
USGS Professional Paper 1395.
"""

from dataclasses import dataclass

import numpy as np

from spacesec.errors import ParameterError

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(lon1, lat1, lon2, lat2):
    """Great-circle distance in km between points in degrees (arrays broadcast); haversine formula, mean
    radius.
    """
    lon1, lat1, lon2, lat2 = (np.radians(np.asarray(v, float)) for v in (lon1, lat1, lon2, lat2))
    h = np.sin((lat2 - lat1) / 2) ** 2 + np.cos(lat1) * np.cos(lat2) * np.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(h, 0, 1)))


def great_circle(
    lon1: float, lat1: float, lon2: float, lat2: float, points: int = 101
) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes (unwrapped) and latitudes in degrees at even steps along the shorter arc between two points.

    Raises ParameterError for antipodal points, between which every great circle is as short.
    """
    a, b = _unit(lon1, lat1), _unit(lon2, lat2)
    angle = np.arctan2(np.linalg.norm(np.cross(a, b)), a @ b)
    if angle > np.pi - 1e-9:
        raise ParameterError(
            "the two ends of an arc are antipodal, so that no single shortest path exists; move one of them"
        )
    if angle == 0:
        return np.full(points, float(lon1)), np.full(points, float(lat1))
    t = np.linspace(0, 1, points)[:, None]
    return _lonlat((np.sin((1 - t) * angle) * a + np.sin(t * angle) * b) / np.sin(angle))


def small_circle(
    lon: float, lat: float, radius_km: float, points: int = 181
) -> tuple[np.ndarray, np.ndarray]:
    """Longitudes (unwrapped) and latitudes in degrees of the closed circle at `radius_km` along the ground
    around a point.
    """
    angle, bearing = radius_km / EARTH_RADIUS_KM, np.linspace(0, 2 * np.pi, points)[:, None]
    centre = _unit(lon, lat)
    east = np.array([-np.sin(np.radians(lon)), np.cos(np.radians(lon)), 0.0])
    north = np.cross(centre, east)
    return _lonlat(
        np.cos(angle) * centre + np.sin(angle) * (np.sin(bearing) * east + np.cos(bearing) * north)
    )


def _unit(lon, lat) -> np.ndarray:
    lon, lat = np.radians(lon), np.radians(lat)
    return np.array([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


def _lonlat(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    lon = np.unwrap(np.arctan2(vectors[:, 1], vectors[:, 0]))
    return np.degrees(lon), np.degrees(np.arcsin(np.clip(vectors[:, 2], -1, 1)))


# ---- projections: degrees to kilometres


@dataclass(frozen=True)
class Equirectangular:
    """x = R cos(p1) (lon - lon0), y = R (lat - lat0): scale is true along every meridian and along the
    parallel `true_lat`.
    """

    lon0: float
    lat0: float
    true_lat: float

    @property
    def statement(self) -> str:
        """What a map's note says of it."""
        return f"equirectangular, true to scale along {degrees(self.true_lat, 'NS')}"

    def __call__(self, lon, lat):
        lon, lat = _turn(lon, self.lon0), np.asarray(lat, float)
        return (
            EARTH_RADIUS_KM * np.cos(np.radians(self.true_lat)) * np.radians(lon - self.lon0),
            EARTH_RADIUS_KM * np.radians(lat - self.lat0),
        )


@dataclass(frozen=True)
class AzimuthalEquidistant:
    """Distances and directions from the centre are true (Snyder eqs. 22-4, 22-5, 25-2)."""

    lon0: float
    lat0: float

    @property
    def statement(self) -> str:
        """What a map's note says of it."""
        return f"azimuthal equidistant around {degrees(self.lat0, 'NS')}, {degrees(self.lon0, 'EW')}"

    def __call__(self, lon, lat):
        dlon, lat, lat0 = (
            np.radians(np.asarray(lon, float) - self.lon0),
            np.radians(np.asarray(lat, float)),
            np.radians(self.lat0),
        )
        east = np.cos(lat) * np.sin(dlon)
        north = np.cos(lat0) * np.sin(lat) - np.sin(lat0) * np.cos(lat) * np.cos(dlon)
        c = np.arctan2(
            np.hypot(east, north), np.sin(lat0) * np.sin(lat) + np.cos(lat0) * np.cos(lat) * np.cos(dlon)
        )
        k = EARTH_RADIUS_KM / np.sinc(c / np.pi)
        return k * east, k * north


@dataclass(frozen=True)
class LambertConformal:
    """Angles are true; scale is true along the two parallels `lat1`, `lat2` (Snyder eqs. 15-1 to 15-3)."""

    lon0: float
    lat0: float
    lat1: float
    lat2: float

    @property
    def statement(self) -> str:
        """What a map's note says of it."""
        return (
            f"Lambert conformal conic, true to scale along {degrees(self.lat1, 'NS')} and"
            f" {degrees(self.lat2, 'NS')}"
        )

    def __call__(self, lon, lat):
        p0, p1, p2 = np.radians([self.lat0, self.lat1, self.lat2])
        n = (
            np.sin(p1)
            if abs(p1 - p2) < 1e-9
            else np.log(np.cos(p1) / np.cos(p2)) / np.log(_half(p2) / _half(p1))
        )
        scale = EARTH_RADIUS_KM * np.cos(p1) * _half(p1) ** n / n
        rho, rho0 = scale / _half(np.radians(np.asarray(lat, float))) ** n, scale / _half(p0) ** n
        theta = n * np.radians(_turn(lon, self.lon0) - self.lon0)
        return rho * np.sin(theta), rho0 - rho * np.cos(theta)


def _half(lat):
    return np.tan(np.pi / 4 + lat / 2)


def _turn(lon, lon0: float) -> np.ndarray:
    """Longitudes in the turn around `lon0`, so that a map across the antimeridian is one piece; two degrees
    past its seam stay there, so that land drawn a little beyond the frame does not jump across a map of the
    world.
    """
    lon = np.asarray(lon, float)
    return np.where(np.abs(lon - lon0) > 182, lon - 360 * np.round((lon - lon0) / 360), lon)


def degrees(value: float, letters: str) -> str:
    """``degrees(-5, "EW")`` is ``5° W``."""
    value = round(float(value), 4)
    letter = letters[0] if value > 0 else letters[1]
    return f"{abs(value):g}°" + ("" if value in (0, 180, -180) else f" {letter}")
