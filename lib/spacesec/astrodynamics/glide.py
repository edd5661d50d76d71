"""Boost-glide flight after boost: equilibrium glide in quasi-closed form and the equations of motion
integrated, on a sphere at rest.

A point mass with constant lift-to-drag ratio and constant ballistic coefficient, no thrust; formulas after
Eggers, Allen and Neice, NACA Report 1382 (1958), and Regan, Re-Entry Vehicle Dynamics (1984). Speeds in km/s,
heights in km, times in s.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from spacesec.astrodynamics.earth import MEAN_SPHERE, Earth
from spacesec.errors import SpacesecError

# U.S. Standard Atmosphere 1976: base geopotential height (km), temperature (K), gradient (K/km).
_LAYERS = np.array(
    [
        (0, 288.15, -6.5),
        (11, 216.65, 0.0),
        (20, 216.65, 1.0),
        (32, 228.65, 2.8),
        (47, 270.65, 0.0),
        (51, 270.65, -2.8),
        (71, 214.65, -2.0),
    ]
)
CEILING_KM = 120.0  # up to which an equilibrium is sought
FASTEST_KM_S = 7.4  # a glide starts below the speed of a circular orbit
_TOP_KM, _GEOPOTENTIAL_RADIUS_KM, _G_OVER_R = 86.0, 6356.766, 34.16319  # K per geopotential km


def _base_pressures() -> np.ndarray:
    pressure = [101_325.0]
    for (low, temperature, slope), (high, above, _) in zip(_LAYERS[:-1], _LAYERS[1:]):
        pressure.append(
            pressure[-1]
            * (
                (temperature / above) ** (_G_OVER_R / slope)
                if slope
                else np.exp(-_G_OVER_R * (high - low) / temperature)
            )
        )
    return np.array(pressure)


_PRESSURES = _base_pressures()


def _layer(height_km):
    height = np.minimum(np.asarray(height_km, dtype=float), _TOP_KM)
    geopotential = _GEOPOTENTIAL_RADIUS_KM * height / (_GEOPOTENTIAL_RADIUS_KM + height)
    which = np.clip(np.searchsorted(_LAYERS[:, 0], geopotential, side="right") - 1, 0, None)
    base, start, slope = np.moveaxis(_LAYERS[which], -1, 0)
    return geopotential - base, start, slope, _PRESSURES[which]


def air_temperature_k(height_km) -> np.ndarray:
    """Temperature in K (any shape) of the U.S. Standard Atmosphere 1976 up to 86 km, constant above."""
    above, start, slope, _ = _layer(height_km)
    return start + slope * above


def air_density(height_km) -> np.ndarray:
    """Density in kg/m3 (any shape) of the U.S. Standard Atmosphere 1976 up to 86 km, falling off
    exponentially above.
    """
    above, start, slope, pressure = _layer(height_km)
    temperature = start + slope * above
    safe = np.where(slope == 0, 1.0, slope)
    pressure = pressure * np.where(
        slope == 0, np.exp(-_G_OVER_R * above / start), (start / temperature) ** (_G_OVER_R / safe)
    )
    return (
        pressure
        / (287.053 * temperature)
        * np.exp(-np.maximum(np.asarray(height_km, dtype=float) - _TOP_KM, 0) / 5.6)
    )


@dataclass(frozen=True)
class Glider:
    """lift_to_drag; ballistic_coefficient_kg_m2: mass over drag coefficient times area. Defaults: the set in
    public use for HTV-2.
    """

    lift_to_drag: float = 2.6
    ballistic_coefficient_kg_m2: float = 13_000.0

    def __post_init__(self):
        if not self.lift_to_drag > 0 or not self.ballistic_coefficient_kg_m2 > 0:
            raise SpacesecError("Lift-to-drag ratio and ballistic coefficient must be above 0.")


@dataclass(frozen=True)
class Path:
    """A glide, arrays (n,): time_s, ground range_km, altitude_km, speed_km_s; angle_deg of the path above the
    horizontal.
    """

    time_s: np.ndarray
    range_km: np.ndarray
    altitude_km: np.ndarray
    speed_km_s: np.ndarray
    angle_deg: np.ndarray

    def at(self, times_s) -> Path:
        """The path at these times (t,), held at its ends."""
        return Path(
            np.asarray(times_s, float),
            *(
                np.interp(times_s, self.time_s, getattr(self, name))
                for name in ("range_km", "altitude_km", "speed_km_s", "angle_deg")
            ),
        )


def equilibrium_altitude_km(speed_km_s, glider: Glider = Glider(), earth: Earth = MEAN_SPHERE) -> np.ndarray:
    """Height (any shape) where lift carries what the curve of the path does not: K rho V^2 / (2 beta) = g -
    V^2 / r.

    Refuses speeds of a circular orbit and more, which no lift need carry.
    """
    speed = np.asarray(speed_km_s, dtype=float)

    def surplus(height: np.ndarray) -> np.ndarray:
        """Lift less what weight asks for beyond the path's curve, m/s2."""
        r = earth.equatorial_radius_km + height
        lift = glider.lift_to_drag * air_density(height) * (1e3 * speed) ** 2
        return lift / (2 * glider.ballistic_coefficient_kg_m2) - 1e3 * (earth.mu_km3_s2 / r**2 - speed**2 / r)

    low, high = np.zeros_like(speed), np.full_like(speed, CEILING_KM)
    if np.any(speed <= 0) or np.any(surplus(high) >= 0):
        orbital = np.sqrt(earth.mu_km3_s2 / (earth.equatorial_radius_km + CEILING_KM))
        raise SpacesecError(
            f"Glide speed must lie above 0 and below orbital speed ({orbital:.2f} km/s), not"
            f" {np.max(speed):g} km/s."
        )
    for _ in range(60):
        middle = (low + high) / 2
        lifted = surplus(middle) > 0
        low, high = np.where(lifted, middle, low), np.where(lifted, high, middle)
    return (low + high) / 2


def closed_form_range_km(
    start_km_s: float, end_km_s: float, glider: Glider = Glider(), earth: Earth = MEAN_SPHERE
) -> float:
    """Range of an equilibrium glide between two speeds, height change left out: s = (K R / 2) ln[(1 - u2^2) /
    (1 - u1^2)], u = V / sqrt(g R).
    """
    square = earth.mu_km3_s2 / earth.equatorial_radius_km
    return float(
        glider.lift_to_drag
        * earth.equatorial_radius_km
        / 2
        * np.log((1 - end_km_s**2 / square) / (1 - start_km_s**2 / square))
    )


def equilibrium_glide(
    start_km_s: float,
    end_km_s: float,
    glider: Glider = Glider(),
    earth: Earth = MEAN_SPHERE,
    points: int = 800,
) -> Path:
    """A glide that keeps to equilibrium: drag spends kinetic and potential energy as the height follows the
    speed.
    """
    if not start_km_s > end_km_s > 0:
        raise SpacesecError(
            f"A glide slows down: its start at {start_km_s:g} km/s must be faster than its end at"
            f" {end_km_s:g} km/s."
        )
    speed = np.linspace(start_km_s, end_km_s, points)
    altitude = equilibrium_altitude_km(speed, glider, earth)
    r = earth.equatorial_radius_km + altitude
    drag = (earth.mu_km3_s2 / r**2 - speed**2 / r) / glider.lift_to_drag
    energy = speed**2 / 2 - earth.mu_km3_s2 / r
    # Energy falls by drag times the way flown: trapezoids over the sampled speeds.
    way = np.append(0, np.cumsum(-np.diff(energy) / ((drag[1:] + drag[:-1]) / 2)))
    time = np.append(0, np.cumsum(np.diff(way) / ((speed[1:] + speed[:-1]) / 2)))
    climb = np.gradient(altitude, way)
    ground = np.append(
        0,
        np.cumsum(
            np.diff(way)
            * np.cos(np.arcsin((climb[1:] + climb[:-1]) / 2))
            * earth.equatorial_radius_km
            * 2
            / (r[1:] + r[:-1])
        ),
    )
    return Path(time, ground, altitude, speed, np.degrees(np.arcsin(np.clip(climb, -1, 1))))


@lru_cache(maxsize=64)  # asked for each check of a path and again for the path
def start_speed_km_s(range_km: float, end_km_s: float, glider: Glider = Glider()) -> float:
    """Speed, up to FASTEST_KM_S, from which an equilibrium glide to the end speed covers this range; by
    halving.
    """
    low, high = end_km_s + 0.02, FASTEST_KM_S
    for _ in range(30):
        speed = (low + high) / 2
        low, high = (
            (speed, high)
            if equilibrium_glide(speed, end_km_s, glider, points=200).range_km[-1] < range_km
            else (low, speed)
        )
    return speed


def integrated_glide(
    start_km_s: float,
    end_km_s: float,
    glider: Glider = Glider(),
    altitude_km: float | None = None,
    angle_deg: float = 0.0,
    earth: Earth = MEAN_SPHERE,
) -> Path:
    """The equations of motion in the plane of a great circle, from equilibrium height unless told, until the
    end speed or the ground.

    dV/dt = -rho V^2/(2 beta) - g sin(gamma); V dgamma/dt = K rho V^2/(2 beta) - (g - V^2/r) cos(gamma). A
    start out of equilibrium makes the path skip.
    """
    from scipy.integrate import solve_ivp

    if not start_km_s > end_km_s > 0:
        raise SpacesecError(
            f"A glide slows down: its start at {start_km_s:g} km/s must be faster than its end at"
            f" {end_km_s:g} km/s."
        )
    height = float(equilibrium_altitude_km(start_km_s, glider, earth)) if altitude_km is None else altitude_km

    def motion(_, state):
        speed, gamma, z, _ = state
        r = earth.equatorial_radius_km + z
        push = 1e3 * float(air_density(z)) * speed**2 / (2 * glider.ballistic_coefficient_kg_m2)  # km/s2
        g = earth.mu_km3_s2 / r**2
        return [
            -push - g * np.sin(gamma),
            (glider.lift_to_drag * push - (g - speed**2 / r) * np.cos(gamma)) / speed,
            speed * np.sin(gamma),
            speed * np.cos(gamma) * earth.equatorial_radius_km / r,
        ]

    def slow(_, state):
        return state[0] - end_km_s

    def ground(_, state):
        return state[2]

    slow.terminal = ground.terminal = True
    run = solve_ivp(
        motion,
        (0, 7200),
        [start_km_s, np.radians(angle_deg), height, 0.0],
        events=(slow, ground),
        rtol=1e-8,
        atol=1e-8,
        max_step=5.0,
    )
    return Path(run.t, run.y[3], run.y[2], run.y[0], np.degrees(run.y[1]))
