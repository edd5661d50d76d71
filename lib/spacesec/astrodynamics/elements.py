"""Real element sets through SGP4 (the sgp4 package, Vallado's corrected code), turned into the Earth-fixed
frame.
"""

from __future__ import annotations

import numpy as np

from spacesec.astrodynamics.earth import WGS84, Earth
from spacesec.astrodynamics.frames import sidereal_angle, to_earth_fixed
from spacesec.astrodynamics.orbits import Constellation, Track, secular_rates
from spacesec.data import lines
from spacesec.errors import SpacesecError


def read_lines(text: str):
    """Satellites of the sgp4 package from two-line (or titled three-line) element sets in one text.

    Raises SpacesecError for lines that are no whole sets: see `spacesec.data.lines.pairs`.
    """
    from sgp4.api import WGS72, Satrec

    return [Satrec.twoline2rv(first, second, WGS72) for first, second in lines.pairs(text)]


def from_constellation(constellation: Constellation, julian_date: float, earth: Earth = WGS84):
    """The same satellites as SGP4 objects whose mean motion is the Kepler mean motion of their axis (no
    drag).
    """
    from sgp4.api import WGS72, Satrec

    _, _, motion = secular_rates(constellation, earth, j2=False)
    out = []
    for k in range(len(constellation)):
        satellite = Satrec()
        angle = [
            np.radians(getattr(constellation, name)[k])
            for name in ("perigee_deg", "inclination_deg", "anomaly_deg", "node_deg")
        ]
        satellite.sgp4init(
            WGS72,
            "i",
            k + 1,
            julian_date - 2433281.5,
            0.0,
            0.0,
            0.0,
            float(constellation.eccentricity[k]),
            angle[0],
            angle[1],
            angle[2],
            motion[k] * 60.0,
            angle[3],
        )
        out.append(satellite)
    return out


def track(satellites, julian_date: float, earth: Earth = WGS84) -> Track:
    """Earth-fixed positions (N, T, 3) of SGP4 objects as a function of seconds after ``julian_date`` (UTC
    taken as UT1).

    Refuses a satellite SGP4 cannot carry to the wanted time (decayed, or elements out of range).
    """
    from sgp4.api import SGP4_ERRORS, SatrecArray

    if not satellites:
        raise SpacesecError("At least one satellite is needed.")
    fleet = SatrecArray(satellites)
    start = float(sidereal_angle(julian_date))

    def positions(times_s) -> np.ndarray:
        times = np.atleast_1d(np.asarray(times_s, dtype=float))
        error, teme, _ = fleet.sgp4(np.full(times.shape, julian_date), times / 86400.0)
        if error.any():
            which, when = np.argwhere(error)[0]
            raise SpacesecError(
                f"SGP4 cannot carry satellite {satellites[which].satnum} to {times[when]:g} s:"
                f" {SGP4_ERRORS[int(error[which, when])]}."
            )
        return to_earth_fixed(teme, times, earth, start)

    return positions
