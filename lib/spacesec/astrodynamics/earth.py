"""Earth models: radius, shape, gravity and rotation in one value that every function is handed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import pi, sqrt

from spacesec.errors import SpacesecError

STELLAR_DAY_S = 86164.0905  # one turn of the Earth against the mean equinox (mean sidereal day)
TROPICAL_YEAR_DAYS = 365.2421897


@dataclass(frozen=True)
class Earth:
    """An Earth to compute on.

    equatorial_radius_km: radius of the equator; flattening: 0 for a sphere; mu_km3_s2: gravity; j2:
    oblateness of the gravity field, used only where a propagator is asked for it; rotation_rad_s: turn rate
    against inertial space.
    """

    name: str
    equatorial_radius_km: float
    flattening: float
    mu_km3_s2: float = 398600.4418
    j2: float = 1.08262668e-3
    rotation_rad_s: float = 2 * pi / STELLAR_DAY_S

    def __post_init__(self):
        if not self.equatorial_radius_km > 0:
            raise SpacesecError(f"The Earth's radius must be above 0 km, not {self.equatorial_radius_km}.")
        if not 0 <= self.flattening < 1:
            raise SpacesecError(
                f"The flattening must be 0 (a sphere) or more and below 1, not {self.flattening}."
            )

    @property
    def polar_radius_km(self) -> float:
        """From the center to a pole, in km."""
        return self.equatorial_radius_km * (1 - self.flattening)

    @property
    def synchronous_radius_km(self) -> float:
        """Radius of the circular orbit that keeps pace with the ground (42,164 km)."""
        return (self.mu_km3_s2 / self.rotation_rad_s**2) ** (1 / 3)

    def still(self) -> Earth:
        """The same Earth without rotation."""
        return replace(self, name=f"{self.name}, not turning", rotation_rad_s=0.0)

    def period_s(self, altitude_km: float) -> float:
        """Period of a circular two-body orbit at this height above the equatorial radius."""
        a = self.equatorial_radius_km + altitude_km
        return 2 * pi * sqrt(a**3 / self.mu_km3_s2)


WGS84 = Earth("WGS 84 ellipsoid", 6378.137, 1 / 298.257223563)
SPHERE = Earth("sphere of 6378.137 km", 6378.137, 0.0)
MEAN_SPHERE = Earth("sphere of 6371 km", 6371.0, 0.0)
