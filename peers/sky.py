# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "skyfield==1.55", "astropy==8.0.2", "astropy-iers-data==0.2026.11.2.0.34.55", "brahe==1.8.0",
#     "pyproj==3.7.2", "geographiclib==2.1", "numpy==2.4.6",
# ]
# ///
"""Passes and stationary belt by Skyfield, Sun by Astropy, distances by pyproj and GeographicLib; brahe."""

from peers.compare import Row, peer, serve


def rows():
    yield from _passes()
    yield from _belt()
    yield from _distances()
    yield from _brahe()


def _passes():
    from peers.ours import answered
    from spacesec.astrodynamics import elements
    from spacesec.data import lines, tables
    from spacesec.space_systems.reconnaissance import model, revisit

    q = "space_systems/reconnaissance"
    areas = tables.load("space_systems/watch_areas").set_index("area")
    other = areas.index[-1]
    wide = {"off_nadir_deg": 45.0, "days": 7, "area": other}
    for words, change in (
        ("default: Sunan, 30° off nadir, 14 days", {}),
        (f"{other}, 45° off nadir, 7 days", wide),
    ):
        p = answered(q, **change).parameters
        sets, start = model.scenarios({year: model.held(year) for year in ("2021", "2026")})["held in 2026"]
        place = [float(areas.loc[p.area, name]) for name in ("latitude_deg", "longitude_deg")]
        looks = revisit.passes(sets, start, p.days, *place, p.off_nadir_deg)
        given = {
            "sets": [list(lines.of_fields(cells)) for cells in elements.of_table(sets)],
            "start": start.isoformat(),
            "days": p.days,
        }
        given |= {"place": place, "off_nadir_deg": p.off_nadir_deg}
        why = "a pass at the very edge of the cone falls inside for one and outside for the other"
        yield Row(q, "passes within the cone", words, len(looks), "passes", "skyfield_passes", given, 1, why)
        hours = looks["hours"].tolist()
        given = {"hours": hours, "start": start.isoformat(), "place": place}
        ours = looks["sun_deg"].tolist()
        yield Row(q, "elevation of the Sun at each pass", words, ours, "degrees", "astropy_sun", given, 0.03)


def _belt():
    from peers.ours import recorded
    from spacesec.space_systems.situational_awareness import debris, model

    q = "space_systems/situational_awareness"
    sensors = model.belt_sensors().set_index("name")
    found = recorded(q, "elevation_at_135e")
    for words, belt in (("default", 135.0), ("of a satellite at 100° E", 100.0)):
        for name in list(found)[:4]:
            row = sensors.loc[name]
            place = [float(row["latitude_deg"]), float(row["longitude_deg"])]
            ours = found[name] if words == "default" else float(debris.belt_elevation_deg(*place, belt))
            why = "sphere here, ellipsoid and its normal there"
            given = {"place": place, "longitude_deg": belt}
            yield Row(q, f"elevation over {name}", words, ours, "degrees", "skyfield_belt", given, 0.2, why)


def _distances():
    from peers.ours import answered
    from spacesec.data import tables
    from spacesec.methods.sphere import great_circle_km

    q = "missile_warning/flight_time"
    cities = tables.load("missile_warning/cities").set_index("city")
    sites = tables.load("missile_warning/launch_sites").set_index("site_name")
    matrix = answered(q).tables["matrix"]
    for row in matrix.iloc[[0, len(matrix) // 2, -1]].itertuples():
        a, b = sites.loc[row.site], cities.loc[row.city]
        ends = [
            float(v) for v in (a["longitude_deg"], a["latitude_deg"], b["longitude_deg"], b["latitude_deg"])
        ]
        ours = float(great_circle_km(*ends))
        why = "mean sphere here, ellipsoid there: up to half a percent"
        for name, tolerance in (("pyproj_sphere_km", 1e-6), ("geodesic_km", 0.005 * ours)):
            words = f"{row.site} to {row.city}"
            given = {"ends": ends}
            yield Row(q, "distance over ground", words, ours, "km", name, given, tolerance, why)


def _brahe():
    from spacesec.astrodynamics import frames, orbits
    from spacesec.astrodynamics.earth import WGS84

    q = "missile_warning/coverage"
    for altitude in (500.0, 1000.0):
        ours = float(orbits.sun_synchronous_inclination(altitude))
        given = {"altitude_km": altitude}
        words = f"circular orbit at {altitude:,.0f} km"
        yield Row(q, "sun-synchronous inclination", words, ours, "degrees", "brahe_inclination", given, 1e-3)
    point = frames.points(39.0, 126.0, 50.0, WGS84)
    given = {"place": [39.0, 126.0, 50.0]}
    yield Row(
        q,
        "default place, Earth-fixed",
        "39° N 126° E, 50 km",
        point.position_km[0].tolist(),
        "km",
        "brahe_point",
        given,
        1e-6,
    )


@peer("skyfield")
def skyfield_passes(sets, start, days, place, off_nadir_deg):
    """Runs of 5 s steps in which the place is above the horizon of the point and within the cone."""
    import numpy as np
    from skyfield.api import EarthSatellite, load, wgs84

    scale = load.timescale()
    seconds = np.arange(0, days * 86400, 5.0)
    when = scale.utc(*_calendar(start)[:5], seconds)
    site = wgs84.latlon(*place)
    here = site.at(when).position.km
    count = 0
    for line1, line2 in sets:
        flown = EarthSatellite(line1, line2, ts=scale).at(when).position.km
        gap = here - flown
        norm = lambda v: np.sqrt((v**2).sum(axis=0))  # noqa: E731
        angle = np.degrees(np.arccos((gap * -flown).sum(axis=0) / norm(gap) / norm(flown)))
        inside = (angle <= off_nadir_deg) & (norm(gap) < 3000)
        count += int((np.diff(np.concatenate([[0], inside.astype(int)])) == 1).sum())
    return count


@peer("astropy")
def astropy_sun(hours, start, place):
    import numpy as np
    from astropy import units
    from astropy.coordinates import AltAz, EarthLocation, get_sun
    from astropy.time import Time
    from astropy.utils import iers

    iers.conf.auto_download = False
    when = Time(start) + np.array(hours) * units.hour
    site = EarthLocation.from_geodetic(place[1], place[0])
    return get_sun(when).transform_to(AltAz(obstime=when, location=site)).alt.deg


def _calendar(text):
    from datetime import datetime

    d = datetime.fromisoformat(text)
    return d.year, d.month, d.day, d.hour, d.minute, d.second


@peer("skyfield")
def skyfield_belt(place, longitude_deg):
    import math

    from skyfield.api import load, wgs84

    when = load.timescale().utc(2026, 7, 24)
    height_m = 1000 * (42164.17 - 6378.137)
    satellite = wgs84.latlon(0.0, longitude_deg, elevation_m=height_m)
    altitude, _, _ = (satellite - wgs84.latlon(*place)).at(when).altaz()
    return altitude.degrees if not math.isnan(altitude.degrees) else None


@peer("pyproj")
def pyproj_sphere_km(ends):
    from pyproj import Geod

    return Geod(a=6371008.8, f=0).inv(*ends)[2] / 1000


@peer("geographiclib")
def geodesic_km(ends):
    from geographiclib.geodesic import Geodesic

    lon1, lat1, lon2, lat2 = ends
    return Geodesic.WGS84.Inverse(lat1, lon1, lat2, lon2)["s12"] / 1000


@peer("brahe")
def brahe_inclination(altitude_km):
    import brahe

    return brahe.sun_synchronous_inclination(
        brahe.R_EARTH + 1000 * altitude_km, 0.0, angle_format=brahe.AngleFormat.DEGREES
    )


@peer("brahe")
def brahe_point(place):
    import brahe

    latitude, longitude, height = place
    found = brahe.position_geodetic_to_ecef([longitude, latitude, 1000 * height], brahe.AngleFormat.DEGREES)
    return [x / 1000 for x in found]


if __name__ == "__main__":
    serve()
