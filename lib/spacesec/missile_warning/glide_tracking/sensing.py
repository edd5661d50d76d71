"""The infrared light of a gliding body and how far a sensor of a stated noise level sees it.

The body is the simple one in public use for HTV-2: a wedge of two angles with a pointed planform. Heating:
engineering correlations in Anderson, Hypersonic and High-Temperature Gas Dynamics (section 6.8), laminar or
turbulent; the wall radiates what it receives. Planck's law gives the light in a band. Laminar and turbulent
flow are bounds: nobody outside knows where the flow turns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spacesec.astrodynamics.glide import air_density, air_temperature_k
from spacesec.errors import SpacesecError

STEFAN_BOLTZMANN = 5.670374419e-8
FLOWS = ("laminar", "turbulent")
# Bands in use for missile warning, micrometers.
BANDS = {
    "2.69-2.95": (2.69, 2.95),
    "1.4-3.0": (1.4, 3.0),
    "3-5": (3.0, 5.0),
    "4.2-4.45": (4.2, 4.45),
    "8-12": (8.0, 12.0),
}


@dataclass(frozen=True)
class Body:
    """Nose radius, emissivity, lengths of front and whole body (m), upper angles of front and rear,
    half-angle of the nose's planform.
    """

    nose_radius_m: float = 0.034
    emissivity: float = 0.85
    front_m: float = 2.9
    length_m: float = 3.67
    front_angle_deg: float = 11.3
    rear_angle_deg: float = 7.6
    planform_angle_deg: float = 22.3
    rear_width_m: float = 2.2

    @property
    def side_share(self) -> float:
        """Area seen from the side over area seen from above: what is left of the light at a grazing look."""
        rise, tail = self.front_m * np.tan(np.radians(self.front_angle_deg)), self.length_m - self.front_m
        side = rise * self.front_m / 2 + tail * (rise + tail * np.tan(np.radians(self.rear_angle_deg)) / 2)
        return side / (
            np.tan(np.radians(self.planform_angle_deg)) * self.front_m**2 + self.rear_width_m * tail
        )


def band_radiance(temperature_k, band_um: tuple[float, float]) -> np.ndarray:
    """Radiance of a black body in a band, W/(m2 sr), of the temperatures' shape (Planck's law, Gauss-Legendre
    quadrature).
    """
    nodes, weights = np.polynomial.legendre.leggauss(40)
    low, high = (1e-6 * v for v in band_um)
    wavelength = (high - low) / 2 * nodes + (high + low) / 2
    x = 1.438776877e-2 / (wavelength * np.asarray(temperature_k, dtype=float)[..., None])
    return (
        (high - low)
        / 2
        * (weights * 1.191042972e-16 / wavelength**5 / np.expm1(np.minimum(x, 700))).sum(axis=-1)
    )


def wall_temperature_k(
    speed_km_s, altitude_km, distance_m: float, angle_deg: float, flow: str, body: Body = Body()
) -> np.ndarray:
    """Temperature at which the wall radiates the heat it receives, at a distance along a surface inclined to
    the flow.
    """
    if flow not in FLOWS:
        raise SpacesecError(f"The boundary layer is laminar or turbulent, not {flow}.")
    speed, rho = 1e3 * np.asarray(speed_km_s, dtype=float), air_density(altitude_km)
    c, s, enthalpy = (
        np.cos(np.radians(angle_deg)),
        np.sin(np.radians(angle_deg)),
        speed**2 / 2 + 1e3 * air_temperature_k(altitude_km),
    )
    if flow == "laminar":

        def heat(t):
            return (
                2.53e-5
                * c**0.5
                * s
                / np.sqrt(distance_m)
                * np.sqrt(rho)
                * speed**3.2
                * (1 - 1e3 * t / enthalpy)
            )

    else:
        fast = 2.2e-5 * c**2.08 * s**1.6 / distance_m**0.2 * rho**0.8 * speed**3.7
        slow = 3.89e-4 * c**1.78 * s**1.6 / distance_m**0.2 * rho**0.8 * speed**3.37

        def heat(t):
            return np.where(speed > 3962, fast, slow * (556 / t) ** 0.25) * (1 - 1.11e3 * t / enthalpy)

    return _balance(heat, np.broadcast(speed, rho).shape, body)


def stagnation_temperature_k(speed_km_s, altitude_km, body: Body = Body()) -> np.ndarray:
    """Temperature of the nose in the same balance."""
    speed, rho = 1e3 * np.asarray(speed_km_s, dtype=float), air_density(altitude_km)
    enthalpy = speed**2 / 2 + 1e3 * air_temperature_k(altitude_km)
    return _balance(
        lambda t: 1.83e-4 / np.sqrt(body.nose_radius_m) * np.sqrt(rho) * speed**3 * (1 - 1e3 * t / enthalpy),
        np.broadcast(speed, rho).shape,
        body,
    )


def _balance(heat, shape, body: Body) -> np.ndarray:
    low, high = np.full(shape, 150.0), np.full(shape, 6000.0)
    for _ in range(50):
        middle = (low + high) / 2
        hot = body.emissivity * STEFAN_BOLTZMANN * middle**4 > heat(middle)
        low, high = np.where(hot, low, middle), np.where(hot, middle, high)
    return (low + high) / 2


def intensity_w_sr(
    speed_km_s, altitude_km, flow: str, band: str = "2.69-2.95", body: Body = Body()
) -> np.ndarray:
    """Radiant intensity in W/sr seen from straight above, of the shape of the speeds.

    Wall temperature falls along the body as heat does to the power of a quarter: with the eighth root of the
    distance in laminar flow, the twentieth in turbulent flow.
    """
    if band not in BANDS:
        raise SpacesecError(f"band is one of {', '.join(BANDS)}, not {band}.")
    power = {"laminar": -0.125, "turbulent": -0.05}[flow]
    front = wall_temperature_k(speed_km_s, altitude_km, 1.0, body.front_angle_deg, flow, body)
    rear = wall_temperature_k(speed_km_s, altitude_km, 3.5, body.rear_angle_deg, flow, body)
    nodes, weights = np.polynomial.legendre.leggauss(12)

    def strip(low, high, temperature, along, width):
        x = (high - low) / 2 * nodes + (high + low) / 2
        light = band_radiance(temperature[..., None] * along(x) ** power, BANDS[band])
        return (high - low) / 2 * (weights * light * width(x)).sum(axis=-1)

    c1, c2 = np.cos(np.radians(body.front_angle_deg)), np.cos(np.radians(body.rear_angle_deg))
    total = strip(
        body.nose_radius_m,
        body.front_m,
        front,
        lambda x: x / c1,
        lambda x: 2 * x * np.tan(np.radians(body.planform_angle_deg)),
    )
    total = total + strip(
        body.front_m,
        body.length_m,
        rear,
        lambda x: (body.front_m + (x - body.front_m) / c2) / 3.5,
        lambda x: body.rear_width_m,
    )
    return body.emissivity * total


def aspect(elevation_deg, body: Body = Body()) -> np.ndarray:
    """Share of the light seen from above that reaches a satellite at this elevation: upper and side area,
    each foreshortened.
    """
    angle = np.radians(np.asarray(elevation_deg, dtype=float))
    return np.maximum(np.sin(angle), 0) + body.side_share * np.cos(angle)


def detection_range_km(
    intensity, noise_w_m2: float, signal_to_noise: float, transmission: float = 1.0
) -> np.ndarray:
    """Distance at which irradiance tau I / r^2 is ``signal_to_noise`` times the noise-equivalent irradiance;
    of intensity's shape.
    """
    return 1e-3 * np.sqrt(transmission * np.asarray(intensity, dtype=float) / (signal_to_noise * noise_w_m2))
