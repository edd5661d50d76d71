"""Debris: circular decay in a layered atmosphere, the Gabbard picture in closed form, flux through a shell.

Formulas: vis-viva and the tangential impulse (any textbook of astrodynamics); circular decay da/dt = -(Cd
A/m) rho sqrt(mu a) (King-Hele 1987); Poisson risk 1 - exp(-F A T). The density is the mean atmosphere of
``space_systems/atmosphere`` times a factor for solar activity that the caller states.
"""

import numpy as np
import pandas as pd

RADIUS_KM, MU = 6378.137, 398600.4418
YEAR_S = 365.25 * 86400
DRAG_COEFFICIENT = 2.2


def density_kg_m3(altitude_km, layers: pd.DataFrame) -> np.ndarray:
    """Density (n,) at heights (n,) km, by exponential layers; above the last layer its scale height goes on,
    below the first NaN.
    """
    height = np.atleast_1d(np.asarray(altitude_km, float))
    base = layers["base_altitude_km"].to_numpy(float)
    at = np.searchsorted(base, height, side="right") - 1
    out = layers["density_kg_m3"].to_numpy(float)[at] * np.exp(
        -(height - base[at]) / layers["scale_height_km"].to_numpy(float)[at]
    )
    return np.where(at >= 0, out, np.nan)


def lifetime_years(
    altitude_km,
    layers: pd.DataFrame,
    area_to_mass_m2_kg: float = 1.0,
    density_factor: float = 1.0,
    end_km: float = 150.0,
) -> np.ndarray:
    """Years (n,) a circular orbit takes to fall from heights (n,) to ``end_km``; inversely proportional to
    both factors.

    Integrates dt = da / [(Cd A/m) rho sqrt(mu a)] downward in steps of 2 km by the midpoint rule.
    """
    height = np.atleast_1d(np.asarray(altitude_km, float))
    edges = np.arange(end_km, max(float(height.max()), end_km) + 2.0, 2.0)
    middle = (edges[1:] + edges[:-1]) / 2
    rate = (
        DRAG_COEFFICIENT
        * area_to_mass_m2_kg
        * density_factor
        * density_kg_m3(middle, layers)
        * 1e3
        * np.sqrt(MU * (RADIUS_KM + middle))
    )  # km/s
    years = np.concatenate([[0.0], np.cumsum(2.0 / rate)]) / YEAR_S
    return np.interp(height, edges, years)


def after_impulse(altitude_km: float, tangential_m_s) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Perigee and apogee heights (km) and period (min) of a circular orbit at this height after a tangential
    impulse (m/s).
    """
    r = RADIUS_KM + altitude_km
    speed = np.sqrt(MU / r) + np.asarray(tangential_m_s, float) / 1e3
    a = 1 / (2 / r - speed**2 / MU)
    other = 2 * a - r
    return (
        np.minimum(r, other) - RADIUS_KM,
        np.maximum(r, other) - RADIUS_KM,
        2 * np.pi * np.sqrt(a**3 / MU) / 60,
    )


def cloud_lives(
    layers: pd.DataFrame,
    altitude_km: float,
    impulse_m_s: float,
    spread_factor: float,
    seed: int,
    fragments: int = 4000,
) -> np.ndarray:
    """Years (n,) that the fragments of a cloud stay up at mean density if their median area to mass is 1
    m2/kg.

    Fragments get a tangential impulse (normal, this standard deviation, kept within the -190 to +550 m/s of
    the first catalogued ones) and an area-to-mass ratio (log-normal: the factor of one standard deviation).
    Each decays as a circular orbit at the height of its perigee plus a quarter of the way to its apogee: a
    stand-in for drag along an ellipse, which works near its lowest part.
    """
    rng = np.random.default_rng(seed)
    impulse = rng.normal(0, impulse_m_s, 4 * fragments)
    impulse = impulse[(impulse > -190) & (impulse < 550)][:fragments]
    ratio = np.exp(rng.normal(0, np.log(spread_factor), len(impulse)))
    perigee, apogee, _ = after_impulse(altitude_km, impulse)
    return lifetime_years(np.maximum(perigee + (apogee - perigee) / 4, 151.0), layers) / ratio


def survival(lives: np.ndarray, years, area_to_mass_m2_kg: float = 1.0) -> np.ndarray:
    """Share (n,) of a cloud still up after years (n,) at mean density. Density and area to mass enter as one
    product with time: years at f times the density count f times.
    """
    return np.array([(lives > area_to_mass_m2_kg * t).mean() for t in np.atleast_1d(years)])


def needed_area_to_mass(lives: np.ndarray, share: float, years: float) -> float:
    """Median area to mass (m2/kg) at which this share of the cloud is up after years at mean density."""
    return float(np.quantile(lives, 1 - share) / years)


def shell_volume_km3(low_km: float, high_km: float) -> float:
    return 4 / 3 * np.pi * ((RADIUS_KM + high_km) ** 3 - (RADIUS_KM + low_km) ** 3)


def flux_per_m2_year(objects: float, low_km: float, high_km: float, speed_km_s: float) -> float:
    """Crossings of a square metre a year by objects spread evenly over a shell, all at one relative speed."""
    return objects / shell_volume_km3(low_km, high_km) * speed_km_s * 1e-6 * YEAR_S


def hit_percent(flux_per_m2_year: float, area_m2: float, years: float) -> float:
    """Chance of at least one hit, in percent: 100 (1 - exp(-F A T))."""
    return float(-100 * np.expm1(-flux_per_m2_year * area_m2 * years))


def belt_half_width_deg(latitude_deg, minimum_elevation_deg) -> np.ndarray:
    """Half the stretch of the geostationary belt that a site sees at this elevation or more, degrees of
    longitude; NaN where it sees none.

    cos(dl) = cos(c) / cos(latitude) with c = arccos(R cos(e) / r) - e on the sphere.
    """
    e = np.radians(np.asarray(minimum_elevation_deg, float))
    c = np.arccos(RADIUS_KM * np.cos(e) / 42164.17) - e
    cosine = np.cos(c) / np.cos(np.radians(np.asarray(latitude_deg, float)))
    return np.degrees(np.arccos(np.where(cosine <= 1, cosine, np.nan)))


def belt_elevation_deg(latitude_deg, longitude_deg, belt_longitude_deg) -> np.ndarray:
    """Elevation of a point of the geostationary belt over a site on the sphere; negative below the horizon;
    arguments broadcast.
    """
    cosine = np.cos(np.radians(latitude_deg)) * np.cos(
        np.radians(np.asarray(belt_longitude_deg, float) - longitude_deg)
    )
    return np.degrees(np.arctan2(cosine - RADIUS_KM / 42164.17, np.sqrt(np.maximum(1 - cosine**2, 0))))
