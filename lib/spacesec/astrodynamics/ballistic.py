"""Ballistic flight in closed form: an ellipse between two points of a sphere that does not turn, started at
once on its surface.

No thrust phase, no drag: flight times are floors, and a real missile takes its boost phase longer. Formulas:
Bate, Mueller and White (1971), *Fundamentals of Astrodynamics*, chapter 6. Kilometres, seconds, degrees;
minutes where the name says so.
"""

from dataclasses import dataclass
from math import acos, asin, atan2, cos, degrees, inf, pi, radians, sin, sqrt, tan

import numpy as np

from spacesec.astrodynamics.earth import MEAN_SPHERE, Earth
from spacesec.errors import ParameterError

# Flatter than this at launch the whole path lies in air that brakes it, and no ellipse describes it.
LOWEST_LAUNCH_ELEVATION_DEG = 5.0


@dataclass(frozen=True)
class Flight:
    """One ballistic flight: ground range, apogee above the ground, speed and elevation at the start, time to
    impact.
    """

    range_km: float
    apogee_km: float
    speed_km_s: float
    elevation_deg: float
    time_s: float
    semi_major_axis_km: float
    eccentricity: float
    earth: Earth = MEAN_SPHERE

    @property
    def time_min(self) -> float:
        """Minutes to impact."""
        return self.time_s / 60

    def path(self, points: int = 181) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Seconds since launch, ground range in km and altitude in km at even steps of ground range."""
        radius, e, a = self.earth.equatorial_radius_km, self.eccentricity, self.semi_major_axis_km
        ground = np.linspace(0, self.range_km, points)
        anomaly = pi - self.range_km / radius / 2 + ground / radius
        altitude = a * (1 - e**2) / (1 + e * np.cos(anomaly)) - radius
        eccentric = np.mod(
            2 * np.arctan2(np.sqrt(1 - e) * np.sin(anomaly / 2), np.sqrt(1 + e) * np.cos(anomaly / 2)), 2 * pi
        )
        mean = eccentric - e * np.sin(eccentric)
        seconds = (mean - mean[0]) * sqrt(a**3 / self.earth.mu_km3_s2)
        altitude[[0, -1]] = 0.0
        return seconds, ground, altitude


def half_circumference_km(earth: Earth = MEAN_SPHERE) -> float:
    """Half way round the Earth along its surface, in km."""
    return pi * earth.equatorial_radius_km


def lowest_apogee_km(range_km: float, earth: Earth = MEAN_SPHERE) -> float:
    """Apogee of the flattest flight that still counts as ballistic here: launched at
    LOWEST_LAUNCH_ELEVATION_DEG.
    """
    half, slope = _half_angle(range_km, earth), tan(radians(LOWEST_LAUNCH_ELEVATION_DEG))
    e = slope / (sin(half) + slope * cos(half))
    return earth.equatorial_radius_km * e * (1 - cos(half)) / (1 - e)


def minimum_energy(range_km: float, earth: Earth = MEAN_SPHERE) -> Flight:
    """The flight that needs the least speed for a ground range: elevation (pi - Phi) / 4, a = R (1 +
    sin(Phi/2)) / 2.

    Raises ParameterError for a range of zero or less, or beyond half way round the Earth.
    """
    half, radius = _half_angle(range_km, earth), earth.equatorial_radius_km
    a = radius * (1 + sin(half)) / 2
    # The empty focus halves the chord: focal distance is R cos(Phi/2), the eccentricity cos(Phi/2) / (1 +
    # sin(Phi/2)).
    return _flight(range_km, a * (1 + cos(half) / (1 + sin(half))) - radius, earth)


def from_apogee_and_range(apogee_km: float, range_km: float, earth: Earth = MEAN_SPHERE) -> Flight:
    """The flight through a reported apogee and ground range, lofted or depressed.

    With Phi = range/R the two conditions a(1+e) = R+h and r(pi - Phi/2) = R give e = h / (h + R (1 -
    cos(Phi/2))). Raises ParameterError for a range beyond half the Earth and for an apogee below
    `lowest_apogee_km`.
    """
    lowest = lowest_apogee_km(range_km, earth)
    if not apogee_km >= lowest:
        cheapest, digits = minimum_energy(range_km, earth).apogee_km, 0 if lowest >= 10 else 1
        advice = f", and {cheapest:.0f} km costs the least speed" if cheapest > lowest else ""
        raise ParameterError(
            f"apogee_km = {apogee_km:g} is not possible for range_km = {range_km:g}: a ballistic flight that"
            f" far needs an apogee of at least {lowest:.{digits}f} km (flatter than"
            f" {LOWEST_LAUNCH_ELEVATION_DEG:g} degrees at launch it never leaves the air){advice}."
        )
    return _flight(range_km, apogee_km, earth)


def full_range_km(speed_km_s: float, earth: Earth = MEAN_SPHERE) -> float:
    """Largest ground range of a start speed: sin(Phi/2) = q / (2 - q) with q = v^2 R / mu; infinite from q =
    1 (any point).
    """
    q = speed_km_s**2 * earth.equatorial_radius_km / earth.mu_km3_s2
    return 2 * earth.equatorial_radius_km * asin(q / (2 - q)) if q < 1 else inf


def straight_up_s(apogee_km: float, earth: Earth = MEAN_SPHERE) -> float:
    """Time up and down to an apogee with no ground range: 2 sqrt(ra^3 / 2 mu) [sqrt(x(1-x)) + arccos sqrt x],
    x = R / ra.
    """
    if not apogee_km > 0:
        raise ParameterError(f"apogee_km = {apogee_km:g} is not possible: an apogee lies above 0 km.")
    top = earth.equatorial_radius_km + apogee_km
    x = earth.equatorial_radius_km / top
    return 2 * sqrt(top**3 / (2 * earth.mu_km3_s2)) * (sqrt(x * (1 - x)) + acos(sqrt(x)))


def destination(
    longitude_deg, latitude_deg, bearing_deg, distance_km, earth: Earth = MEAN_SPHERE
) -> tuple[np.ndarray, np.ndarray]:
    """Longitude and latitude (degrees) reached along a great circle from a start, by initial bearing and
    distance (arrays broadcast).
    """
    lon, lat, bearing = (np.radians(np.asarray(v, float)) for v in (longitude_deg, latitude_deg, bearing_deg))
    arc = np.asarray(distance_km, float) / earth.equatorial_radius_km
    sin_lat = np.sin(lat) * np.cos(arc) + np.cos(lat) * np.sin(arc) * np.cos(bearing)
    new_lon = lon + np.arctan2(
        np.sin(bearing) * np.sin(arc) * np.cos(lat), np.cos(arc) - np.sin(lat) * sin_lat
    )
    return np.degrees((new_lon + pi) % (2 * pi) - pi), np.degrees(np.arcsin(np.clip(sin_lat, -1, 1)))


def _half_angle(range_km: float, earth: Earth) -> float:
    if not 0 < range_km < half_circumference_km(earth):
        raise ParameterError(
            f"range_km = {range_km:g} is not possible: a ground range lies above 0 and below"
            f" {half_circumference_km(earth):,.0f} km, half way round the Earth."
        )
    return range_km / earth.equatorial_radius_km / 2


def _flight(range_km: float, apogee_km: float, earth: Earth) -> Flight:
    half, radius, mu = _half_angle(range_km, earth), earth.equatorial_radius_km, earth.mu_km3_s2
    e = apogee_km / (apogee_km + radius * (1 - cos(half)))
    a = (radius + apogee_km) / (1 + e)
    eccentric = acos(max(-1.0, min(1.0, (1 - radius / a) / e)))
    return Flight(
        range_km=float(range_km),
        apogee_km=float(apogee_km),
        speed_km_s=sqrt(mu * (2 / radius - 1 / a)),
        elevation_deg=degrees(atan2(e * sin(half), 1 - e * cos(half))),
        time_s=2 * sqrt(a**3 / mu) * (pi - eccentric + e * sin(eccentric)),
        semi_major_axis_km=a,
        eccentricity=e,
        earth=earth,
    )
