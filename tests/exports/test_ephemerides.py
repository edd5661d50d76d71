"""Positions leave in UTC and fixed to the Earth, times are converted, rings are those of RFC 7946."""

import importlib.resources
import json
import re
from datetime import datetime, timedelta
from xml.etree import ElementTree

import numpy as np
import pytest
from tests.importing.test_orbits import VANGUARD

from spacesec.astrodynamics import frames
from spacesec.collection.exports import ephemerides, orbits, shapes
from spacesec.data import lines
from spacesec.errors import ParameterError, SpacesecError
from spacesec.methods import sphere

CELLS = {**lines.fields(*VANGUARD), "name": "VANGUARD 1"}
START = ephemerides.utc("2000-06-28T06:00:00.25+09:00")
SPAN = ephemerides.Span(START, 0.5, 300.0)


@pytest.fixture(scope="module")
def theirs():
    """Earth-fixed positions (km) of the same set by skyfield, at times in UTC."""
    from skyfield.api import EarthSatellite, load
    from skyfield.framelib import itrs

    scale = load.timescale(builtin=True)
    satellite = EarthSatellite(*VANGUARD, ts=scale)

    def positions(times):
        parts = [(*time.timetuple()[:5], time.second + time.microsecond / 1e6) for time in times]
        return np.array([satellite.at(scale.utc(*part)).frame_xyz(itrs).km for part in parts])

    return positions


def test_a_start_in_japanese_time_is_turned_to_utc_with_its_fraction():
    assert START == datetime(2000, 6, 27, 21, 0, 0, 250000)
    assert ephemerides.utc("2000-06-27T21:00:00.25") == ephemerides.utc("2000-06-27T21:00:00.25Z") == START
    with pytest.raises(ParameterError, match="is no time"):
        ephemerides.utc("tomorrow")


def test_czml_is_fixed_to_the_earth_where_skyfield_has_the_satellite(theirs):
    document, packet = json.loads(ephemerides.czml([CELLS], SPAN))
    assert document["id"] == "document" and document["version"] == "1.0"
    position = packet["position"]
    assert (position["referenceFrame"], position["epoch"]) == ("FIXED", "2000-06-27T21:00:00.25Z")
    assert packet["availability"] == "2000-06-27T21:00:00.25Z/2000-06-27T21:30:00.25Z"
    numbers = np.array(position["cartesian"]).reshape(-1, 4)
    times = [START + timedelta(seconds=float(second)) for second in numbers[:, 0]]
    assert len(times) == 7
    # UT1 and the pole: up to 0.9 s of the Earth's turning, 0.4 km here, where nine hours are thousands.
    assert np.abs(numbers[:, 1:] / 1000 - theirs(times)).max() < 0.4


@pytest.mark.parametrize(("scale", "ahead"), [("UTC", 0.0), ("TAI", 32.0), ("GPS", 13.0), ("TT", 64.184)])
def test_oem_states_its_time_system_and_its_times_are_converted(scale, ahead):
    text = ephemerides.oem([CELLS], SPAN, scale)
    assert f"TIME_SYSTEM = {scale}" in text and "REF_FRAME = TEME" in text
    rows = [line.split() for line in text.splitlines() if re.match(r"2000-\d\d-\d\dT", line)]
    assert len(rows) == 7
    # TAI was 32 s ahead of UTC from 1999 to 2005, GPS 13 s, TT 32.184 s more than TAI.
    assert datetime.fromisoformat(rows[0][0]) == START + timedelta(seconds=ahead)
    from sgp4.api import Satrec

    satellite = Satrec.twoline2rv(*VANGUARD)
    _, position, velocity = satellite.sgp4(2451722.5, (21 * 3600 + 0.25) / 86400)
    assert [float(one) for one in rows[0][1:4]] == pytest.approx(position, abs=1e-6)
    assert [float(one) for one in rows[0][4:]] == pytest.approx(velocity, abs=1e-9)
    with pytest.raises(ParameterError, match="no time system"):
        ephemerides.oem([CELLS], SPAN, "TDB")


def test_an_ephemeris_of_stk_has_utcg_teme_and_elapsed_seconds(theirs):
    lines_ = ephemerides.stk([CELLS], SPAN).splitlines()
    # Keywords of its documentation (help.agi.com/stk, Ephemeris File Format).
    assert lines_[0] == "stk.v.11.0" and lines_[-1] == "END Ephemeris"
    assert "ScenarioEpoch 27 Jun 2000 21:00:00.250000" in lines_
    assert {"CoordinateSystem TEMEOfDate", "DistanceUnit Kilometers", "CentralBody Earth"} <= set(lines_)
    rows = np.array([line.split() for line in lines_ if re.match(r"\d+\.\d{6} ", line)], dtype=float)
    assert f"NumberOfEphemerisPoints {len(rows)}" in lines_ and rows[:, 0].tolist() == [
        300.0 * k for k in range(7)
    ]
    # The frame is inertial: turned to the Earth by sidereal time it is where skyfield has the satellite.
    times = [START + timedelta(seconds=float(second)) for second in rows[:, 0]]
    midnight = float(frames.sidereal_angle(2451722.5))
    seconds = np.array([(time - datetime(2000, 6, 27)).total_seconds() for time in times])
    fixed = frames.to_earth_fixed(rows[:, 1:4], seconds, angle_at_start_rad=midnight)
    assert np.abs(fixed - theirs(times)).max() < 0.4
    from sgp4.api import Satrec

    _, position, velocity = Satrec.twoline2rv(*VANGUARD).sgp4(2451722.5, (21 * 3600 + 0.25) / 86400)
    assert rows[0, 1:].tolist() == pytest.approx([*position, *velocity], abs=1e-6)


def test_elapsed_seconds_count_a_leap_second():
    cells = {**CELLS, "epoch_utc": "2016-12-31T12:00:00Z"}
    span = ephemerides.Span(datetime(2016, 12, 31, 23, 59), 1 / 30, 60.0)
    rows = [line for line in ephemerides.stk([cells], span).splitlines() if re.match(r"\d+\.\d{6} ", line)]
    # 2016-12-31 had 86,401 s (IERS Bulletin C 52): from 23:59 to 00:00 it took 61.
    assert [float(row.split()[0]) for row in rows] == [0, 61, 121]


def test_an_ephemeris_of_stk_holds_one_satellite():
    with pytest.raises(ParameterError, match="holds one satellite, and 2 are asked for; name one"):
        ephemerides.stk([CELLS, CELLS], SPAN)


def test_kml_has_absolute_altitudes_in_meters():
    root = ElementTree.fromstring(ephemerides.kml([CELLS], SPAN))
    names = {"k": "http://www.opengis.net/kml/2.2", "gx": "http://www.google.com/kml/ext/2.2"}
    assert root.find(".//k:altitudeMode", names).text == "absolute"
    when = [one.text for one in root.findall(".//k:when", names)]
    coordinates = [[float(one) for one in each.text.split()] for each in root.findall(".//gx:coord", names)]
    assert when[0] == "2000-06-27T21:00:00.25Z" and len(when) == len(coordinates) == 7
    fixed = next(ephemerides._fixed([CELLS], SPAN.times))
    for (lon, lat, meters), position in zip(coordinates, fixed):
        again = frames.points(lat, lon, meters / 1000).position_km[0]
        assert again == pytest.approx(position, abs=0.01)
    assert min(one[2] for one in coordinates) > 600_000  # its perigee lies at 650 km


def inside(geometry, longitude, latitude):
    """Whether a point lies in a MultiPolygon, by the crossings of a ray."""
    found = False
    for [outer] in geometry["coordinates"]:
        for (x1, y1), (x2, y2) in zip(outer, outer[1:]):
            if (y1 > latitude) != (y2 > latitude) and longitude < x1 + (latitude - y1) * (x2 - x1) / (
                y2 - y1
            ):
                found = not found
    return found


@pytest.mark.parametrize(
    ("longitude", "latitude", "radius_km"),
    [
        (125.75, 39.02, 5500),
        (179.5, 0, 1000),
        (-170, -75, 3000),
        (0, 89, 500),
        (30, 40, 800),
        (-180, 20, 2000),
    ],
)
def test_a_ring_holds_the_points_within_its_radius_and_no_others(longitude, latitude, radius_km):
    geometry = ephemerides.around(longitude, latitude, radius_km)
    rng = np.random.default_rng(20261129)
    for lon, lat in zip(rng.uniform(-180, 180, 400), rng.uniform(-90, 90, 400)):
        away = sphere.great_circle_km(longitude, latitude, lon, lat)
        if abs(away - radius_km) > 40:  # chords of two degrees, drawn straight in latitude and longitude
            assert inside(geometry, lon, lat) == (away < radius_km), (lon, lat)
    for [outer] in geometry["coordinates"]:
        assert outer[0] == outer[-1] and len(outer) >= 4
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in outer)
        # Counterclockwise: twice the signed area is positive.
        assert sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(outer, outer[1:])) > 0


def test_tokyo_lies_in_5500_km_round_pyongyang():
    assert inside(ephemerides.around(125.75, 39.02, 5500), 139.69, 35.69)


def test_a_path_is_cut_at_the_date_line_and_no_piece_leaps():
    geometry = shapes.line([(170.0, 0.0), (190.0, 10.0), (200.0, 10.0), (175.0, 0.0)])
    assert geometry["coordinates"] == [
        [[170.0, 0.0], [180.0, 5.0]],
        [[-180.0, 5.0], [-170.0, 10.0], [-160.0, 10.0], [-180.0, 2.0]],
        [[180.0, 2.0], [175.0, 0.0]],
    ]
    collection = json.loads(ephemerides.geojson([CELLS], ephemerides.Span(START, 6.0, 60.0)))
    for feature in collection["features"]:
        if feature["geometry"]["type"] == "MultiLineString":
            for piece in feature["geometry"]["coordinates"]:
                assert all(abs(a[0] - b[0]) < 30 for a, b in zip(piece, piece[1:]))


def test_old_sets_are_told_and_sgp4s_end_is_refused():
    assert ephemerides.old([CELLS], SPAN) == []
    assert ephemerides.old([CELLS], ephemerides.Span(datetime(2000, 7, 20), 1, 60)) == ["VANGUARD 1"]
    falling = {**CELLS, "bstar_per_er": "0.1", "mean_motion_rev_day": "16.2", "eccentricity": "0.0005"}
    with pytest.raises(ParameterError, match="SGP4 cannot carry VANGUARD 1"):
        ephemerides.oem([falling], ephemerides.Span(datetime(2000, 7, 20), 24, 600))


@pytest.mark.parametrize("form", ["oem", "stk", "czml", "kml"])
def test_a_set_that_decays_between_two_samples_does_not_go_out(form):
    """Set 28872 of SGP4's verification file: down from minute 52 to 69, up again at minute 80."""
    text = importlib.resources.files("sgp4").joinpath("SGP4-VER.TLE").read_text()
    cells = lines.fields(*(line[:69] for line in text.splitlines() if line[2:7] == "28872")) | {"name": "X"}
    span = ephemerides.Span(ephemerides.utc(cells["epoch_utc"]), 80 / 60, 4800.0)
    with pytest.raises(SpacesecError, match="past minute 52 after its epoch"):
        orbits.written(form, [cells], span, "UTC")


def test_the_tables_sets_go_out_and_come_back():
    rows = orbits.sets(None, [("constellation", "GPS")])
    assert len(orbits.newest(rows)) == len({cells["norad_id"] for cells in rows})
    for form in orbits.FORMS:
        text, told = orbits.written(form, rows[: 1 if form == "stk" else 3], None, "UTC")
        assert text and told == []
    with pytest.raises(ParameterError, match="no form"):
        orbits.written("satrec", rows, None, "UTC")
    with pytest.raises(ParameterError, match="no element set"):
        orbits.sets(None, [("name", "NONE")])


def test_a_ring_with_a_corner_on_the_date_line_is_cut_without_a_point_twice():
    """A triangle from 178 to 182 degrees, cut at 180 by hand."""
    whole = [(180.0, 72.0), (178.0, 70.0), (182.0, 71.0), (180.0, 72.0)]
    assert shapes.ring(whole)["coordinates"] == [
        [[[180.0, 72.0], [178.0, 70.0], [180.0, 70.5], [180.0, 72.0]]],
        [[[-180.0, 72.0], [-180.0, 70.5], [-178.0, 71.0], [-180.0, 72.0]]],
    ]
