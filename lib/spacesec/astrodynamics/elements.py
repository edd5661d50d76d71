"""Real element sets through SGP4 (the sgp4 package, Vallado's corrected code), turned into the Earth-fixed
frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from spacesec.astrodynamics.earth import WGS84, Earth
from spacesec.astrodynamics.frames import sidereal_angle, to_earth_fixed
from spacesec.astrodynamics.orbits import Constellation, Track, secular_rates
from spacesec.data import lines
from spacesec.errors import SpacesecError

if TYPE_CHECKING:
    from pandas import DataFrame

DECAYED = 6  # among SGP4's errors
# Nothing above the first decays while its element set is of use; nothing above the second whose drag is this
# strong or stronger (B*, in inverse Earth radii).
LOW_PERIGEE_KM, DRAGGED_PERIGEE_KM, DRAGGED = 300.0, 500.0, 0.001


def read_lines(text: str):
    """Satellites of the sgp4 package from two-line (or titled three-line) element sets in one text.

    Raises SpacesecError for lines that are no whole sets: see `spacesec.data.lines.pairs`.
    """
    from sgp4.api import WGS72, Satrec

    return [Satrec.twoline2rv(first, second, WGS72) for first, second in lines.pairs(text)]


def from_fields(rows: Iterable[Mapping[str, str]]):
    """Satellites of the sgp4 package from element sets by their fields, with the columns of
    `spacesec.data.lines.fields`, as texts.

    Where two lines hold the set to the last digit it is read from them, so that both forms of one set fly
    alike; else by the package's own reader of OMM, which is given what it takes: an epoch with microseconds,
    and no number above Alpha-5 (the satellite's is then 0).
    """
    return [_satellite(cells) for cells in rows]


def of_table(sets: DataFrame) -> list[dict[str, str]]:
    """The rows of a table of element sets as `from_fields` takes them."""
    frame = sets[list(lines.FIELDS)].astype(object)
    frame = frame.where(frame.notna(), "")
    return [dict(zip(lines.FIELDS, map(str, row))) for row in frame.itertuples(index=False)]


def _satellite(cells: Mapping[str, str]):
    from sgp4 import omm
    from sgp4.api import WGS72, Satrec

    try:
        return Satrec.twoline2rv(*lines.of_fields(cells), WGS72)
    except ValueError:  # more digits than columns
        pass
    whole, _, part = cells["epoch_utc"].removesuffix("Z").partition(".")
    number = int(cells["norad_id"] or 0)
    satellite = Satrec()
    given = {
        "CLASSIFICATION_TYPE": cells["classification"] or "U",
        "OBJECT_ID": cells["cospar_id"],
        "EPHEMERIS_TYPE": cells["ephemeris_type"] or 0,
        "ELEMENT_SET_NO": cells["element_set_no"] or 0,
        "REV_AT_EPOCH": cells["rev_at_epoch"] or 0,
        "EPOCH": f"{whole}.{part[:6] or 0}",
        "ARG_OF_PERICENTER": cells["arg_perigee_deg"],
        "BSTAR": cells["bstar_per_er"],
        "ECCENTRICITY": cells["eccentricity"],
        "INCLINATION": cells["inclination_deg"],
        "MEAN_ANOMALY": cells["mean_anomaly_deg"],
        "MEAN_MOTION_DDOT": cells["mean_motion_ddot_rev_day3"] or 0,
        "MEAN_MOTION_DOT": cells["mean_motion_dot_rev_day2"] or 0,
        "MEAN_MOTION": cells["mean_motion_rev_day"],
        "RA_OF_ASC_NODE": cells["raan_deg"],
        "NORAD_CAT_ID": number if number <= lines.LAST_ALPHA5 else 0,
    }
    omm.initialize(satellite, given, WGS72)
    return satellite


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


def refuse_decayed(satellite, until: float) -> None:
    """Look at every minute from a low satellite's epoch to a Julian date; SpacesecError where SGP4 has it
    decayed on the way, though it may have it up again later.
    """
    from sgp4.api import SGP4_ERRORS

    if satellite.altp * satellite.radiusearthkm >= (
        DRAGGED_PERIGEE_KM if satellite.bstar >= DRAGGED else LOW_PERIGEE_KM
    ):
        return
    minutes = np.arange(0.0, (until - satellite.jdsatepoch - satellite.jdsatepochF) * 1440.0 + 1.0)
    fractions = satellite.jdsatepochF + minutes / 1440.0
    error, _, _ = satellite.sgp4_array(np.full(minutes.shape, satellite.jdsatepoch), fractions)
    if (decayed := np.flatnonzero(error == DECAYED)).size:
        raise SpacesecError(
            f"SGP4 cannot carry satellite {_called(satellite)} past minute {decayed[0]} after its epoch:"
            f" {SGP4_ERRORS[DECAYED]}."
        )


def _called(satellite) -> str:
    """The catalog number; of a number that SGP4 cannot hold, the international designator."""
    return str(satellite.satnum or satellite.intldesg or "without a number")


def track(satellites, julian_date: float, earth: Earth = WGS84) -> Track:
    """Earth-fixed positions (N, T, 3) of SGP4 objects as a function of seconds after ``julian_date`` (UTC
    taken as UT1).

    Refuses a satellite SGP4 cannot carry to the wanted time (decayed, or elements out of range), and one that
    decays on the way there, though SGP4 has it up again at that time.
    """
    from sgp4.api import SGP4_ERRORS, SatrecArray

    if not satellites:
        raise SpacesecError("At least one satellite is needed.")
    fleet = SatrecArray(satellites)
    start = float(sidereal_angle(julian_date))

    def positions(times_s) -> np.ndarray:
        times = np.atleast_1d(np.asarray(times_s, dtype=float))
        for satellite in satellites:
            refuse_decayed(satellite, julian_date + times.max(initial=0.0) / 86400.0)
        error, teme, _ = fleet.sgp4(np.full(times.shape, julian_date), times / 86400.0)
        if error.any():
            which, when = np.argwhere(error)[0]
            raise SpacesecError(
                f"SGP4 cannot carry satellite {_called(satellites[which])} to {times[when]:g} s:"
                f" {SGP4_ERRORS[int(error[which, when])]}."
            )
        return to_earth_fixed(teme, times, earth, start)

    return positions
