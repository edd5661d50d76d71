"""Orbits and frames against outside numbers: sun-synchronous design tables, GEO, SGP4's own
verification set.
"""

import importlib.resources

import numpy as np
import pytest

from spacesec.astrodynamics import earth, elements, frames, orbits
from spacesec.data import lines
from spacesec.errors import SpacesecError

# Inclinations of circular sun-synchronous orbits (J2 only), altitude km -> deg.
SUN_SYNCHRONOUS = {
    300: 96.6720,
    400: 97.0300,
    500: 97.4018,
    550: 97.5930,
    600: 97.7877,
    705: 98.2084,
    800: 98.6031,
    1000: 99.4793,
}


def test_sun_synchronous_inclination_and_period():
    for altitude, inclination in SUN_SYNCHRONOUS.items():
        assert orbits.sun_synchronous_inclination(altitude) == pytest.approx(inclination, abs=1e-4)
    # Aerovia's published designer: a = 7083.1 km gives 98.208 degrees and 98.88 minutes.
    assert orbits.sun_synchronous_inclination(7083.1 - 6378.137) == pytest.approx(98.208, abs=1e-3)
    assert earth.WGS84.period_s(7083.1 - 6378.137) / 60 == pytest.approx(98.88, abs=0.005)


def test_node_of_sun_synchronous_orbit_turns_once_a_year():
    orbit = orbits.elements(6378.137 + 550, inclination_deg=float(orbits.sun_synchronous_inclination(550)))
    node_rate, _, _ = orbits.secular_rates(orbit)
    assert np.degrees(node_rate[0]) * 86400 * 365.2421897 == pytest.approx(360, rel=1e-9)


def test_node_rate_of_space_station_like_orbit():
    orbit = orbits.elements(6378.137 + 420, inclination_deg=51.6)
    assert np.degrees(orbits.secular_rates(orbit)[0][0]) * 86400 == pytest.approx(-4.9510, abs=1e-4)


def test_geostationary_satellite_stands_still():
    assert earth.WGS84.synchronous_radius_km == pytest.approx(42164.170, abs=1e-3)
    start = 1.234
    seat = orbits.track(
        orbits.geostationary([135.0], angle_at_start_rad=start), j2=False, angle_at_start_rad=start
    )
    latitude, longitude, height = frames.geodetic(seat(np.linspace(0, 86400, 7))[0])
    assert np.allclose(latitude, 0, atol=1e-9) and np.allclose(longitude, 135, atol=1e-6)
    assert np.allclose(height, 35786.033, atol=1e-3)


def test_kepler_closes_and_keeps_energy():
    orbit = orbits.elements(26600.0, 0.74, 63.4, 40.0, 270.0, 10.0)
    period = 2 * np.pi * np.sqrt(26600.0**3 / earth.WGS84.mu_km3_s2)
    path = orbits.propagate(orbit, [0.0, period], j2=False)[0]
    assert np.allclose(path[0], path[1], atol=1e-5)
    radius = np.linalg.norm(orbits.propagate(orbit, np.linspace(0, period, 20001), j2=False)[0], axis=1)
    assert radius.min() == pytest.approx(26600 * 0.26, abs=0.1) and radius.max() == pytest.approx(
        26600 * 1.74, abs=0.1
    )
    # Time-averaged 1/r of a Kepler orbit is 1/a.
    assert np.mean(1 / radius[:-1]) == pytest.approx(1 / 26600, rel=1e-6)


def test_kepler_equation_holds_at_high_eccentricity():
    mean = np.linspace(-np.pi, np.pi, 1001)
    for e in (0.0, 0.3, 0.9, 0.99):
        big = orbits.solve_kepler(mean, e)
        assert np.allclose(np.exp(1j * (big - e * np.sin(big))), np.exp(1j * mean), atol=1e-9)


def test_walker_pattern_geometry():
    pattern = orbits.walker_delta(24, 6, 1, 1000, 55)
    assert sorted(set(pattern.node_deg)) == [0, 60, 120, 180, 240, 300]
    assert pattern.anomaly_deg[4] - pattern.anomaly_deg[0] == pytest.approx(360 / 24)
    star = orbits.walker_star(66, 6, 0, 780, 86.4)
    assert sorted(set(star.node_deg)) == pytest.approx([0, 30, 60, 90, 120, 150])
    assert (
        len(pattern.without([0, 5])) == 22
        and len(pattern + star) == 90
        and (pattern + star).plane.max() == 11
    )


def test_sgp4_verification_set():
    """Vallado's verification set as shipped with the sgp4 package: worst coordinate within 1 mm, and within
    10 m through our track.

    The track's epoch is one float64 Julian date, good to 40 microseconds: a third of a metre along a low
    orbit, and 5 m for the made-up satellite 33333, whose eccentricity of 0.995 strains SGP4.
    """
    from sgp4.api import WGS72, Satrec

    package = importlib.resources.files("sgp4")
    lines = [
        line for line in package.joinpath("SGP4-VER.TLE").read_text().splitlines() if line[:2] in ("1 ", "2 ")
    ]
    satellites = {int(a[2:7]): Satrec.twoline2rv(a, b[:69], WGS72) for a, b in zip(lines[::2], lines[1::2])}
    worst, worst_track, epochs, refused, numbers = 0.0, 0.0, 0, 0, set()
    for row in package.joinpath("tcppver.out").read_text().splitlines():
        parts = row.split()
        if parts[-1] == "xx":
            satellite = satellites[int(parts[0])]
            numbers.add(int(parts[0]))
            date = satellite.jdsatepoch + satellite.jdsatepochF
            track = elements.track([satellite], date)
            continue
        seconds, published = 60 * float(parts[0]), np.array([float(v) for v in parts[1:4]])
        error, position, _ = satellite.sgp4_tsince(float(parts[0]))
        if error:
            refused += 1
            with pytest.raises(SpacesecError, match="SGP4 cannot carry"):
                track([seconds])
            continue
        angle = frames.sidereal_angle(date) + earth.WGS84.rotation_rad_s * seconds
        x, y, z = track([seconds])[0, 0]
        inertial = np.array([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle), z])
        worst, worst_track = (
            max(worst, np.abs(position - published).max()),
            max(worst_track, np.abs(inertial - published).max()),
        )
        epochs += 1
    assert len(numbers) == 32 and epochs == 666 and refused == 1
    assert worst < 1e-6 and worst_track < 1e-2


def test_a_satellite_that_decays_between_two_samples_is_refused():
    """Set 28872 of the verification file, whose published ephemeris ends at minute 50: SGP4 says "decayed"
    from minute 52 to 69 and gives a position again from minute 70.
    """
    from sgp4.api import WGS72, Satrec

    text = importlib.resources.files("sgp4").joinpath("SGP4-VER.TLE").read_text()
    first, second = (line[:69] for line in text.splitlines() if line[2:7] == "28872")
    satellite = Satrec.twoline2rv(first, second, WGS72)
    track = elements.track([satellite], satellite.jdsatepoch + satellite.jdsatepochF)
    assert np.isfinite(track([0.0, 50 * 60.0])).all()
    assert satellite.sgp4_tsince(80.0)[0] == 0  # SGP4 itself sees nothing
    with pytest.raises(SpacesecError, match="satellite 28872 past minute 52 after its epoch: .*decayed"):
        track([0.0, 80 * 60.0])


def test_element_track_turns_sgp4_into_the_earth_fixed_frame():
    from sgp4.api import WGS72, Satrec

    satellite = Satrec.twoline2rv(
        "1 25544U 98067A   19343.69339541  .00001764  00000-0  40967-4 0  9990",
        "2 25544  51.6439 211.2001 0007417  17.6667  85.6398 15.50103472202482",
        WGS72,
    )
    date = satellite.jdsatepoch + satellite.jdsatepochF
    times = np.array([0.0, 3600.0])
    fixed = elements.track([satellite], date)(times)[0]
    for time, place in zip(times, fixed):
        _, teme, _ = satellite.sgp4(date, time / 86400)
        angle = frames.sidereal_angle(date + time / 86400)
        turned = [
            teme[0] * np.cos(angle) + teme[1] * np.sin(angle),
            teme[1] * np.cos(angle) - teme[0] * np.sin(angle),
            teme[2],
        ]
        assert np.allclose(place, turned, atol=1e-3)


def test_sidereal_angle_at_published_instant():
    # Meeus, Astronomical Algorithms, example 12.b: 1987 April 10, 19h21m UT -> 8h34m57.0896s = 128.7378734
    # degrees.
    assert np.degrees(frames.sidereal_angle(2446896.30625)) == pytest.approx(128.7378734, abs=1e-6)


def test_points_and_geodetic_agree():
    latitude, longitude = frames.sphere_lattice(200)
    for height in (0.0, 50.0, 35786.0):
        back = frames.geodetic(frames.points(latitude, longitude, height).position_km)
        assert (
            np.allclose(back[0], latitude, atol=1e-9)
            and np.allclose(back[1], longitude, atol=1e-9)
            and np.allclose(back[2], height, atol=1e-6)
        )
    # WGS 84: the pole lies 6356.7523 km from the centre.
    assert frames.points(90, 0).position_km[0, 2] == pytest.approx(6356.752314, abs=1e-6)


def test_destination_and_bearing_undo_each_other():
    latitude, longitude = frames.destination(39.0, 125.8, 100.0, 11.6)
    assert frames.central_angle_deg(39.0, 125.8, latitude, longitude) == pytest.approx(11.6, abs=1e-9)
    assert frames.bearing_deg(39.0, 125.8, latitude, longitude) == pytest.approx(100.0, abs=1e-9)


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: orbits.walker_delta(7, 3, 0, 1000, 55), "7 satellites do not divide evenly into 3 planes"),
        (lambda: orbits.walker_delta(24, 6, 6, 1000, 55), "from 0 to 5"),
        (lambda: orbits.walker_delta(24, 6, 1, -5, 55), "above 0"),
        (lambda: orbits.walker_delta(24, 6, 1, 1000, 200), "between 0 and 180"),
        (lambda: orbits.elements(7000, 0.5), "lowest point"),
        (lambda: orbits.elements(7000, 1.0), "below 1"),
        (lambda: frames.points(95, 0), "between -90 and 90"),
        (lambda: orbits.sun_synchronous_inclination(9000), "No inclination"),
        (lambda: orbits.walker_delta(24, 6, 1, 1000, 55).without([24]), "0 to 23"),
        (lambda: elements.read_lines("nothing"), "two-line"),
    ],
)
def test_impossible_input_is_refused_in_a_sentence(make, words):
    with pytest.raises(SpacesecError, match=words):
        make()


# Two sets of the published verification file of SGP4 (Vallado, Crawford, Hujsak and Kelso, AIAA 2006-6753),
# as issued.
VANGUARD = (
    "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
    "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
)
DELTA = (
    "1 06251U 62025E   06176.82412014  .00008885  00000-0  12808-3 0  3985",
    "2 06251  58.0579  54.0425 0030035 139.1568 221.1854 15.56387291  6774",
)


def test_a_published_set_is_whole_and_says_what_its_columns_say():
    first, second = lines.pairs("\n".join(("VANGUARD 1", *VANGUARD, *DELTA)))
    assert first == VANGUARD and second == DELTA
    told = lines.fields(*VANGUARD)
    assert (told["norad_id"], told["cospar_id"], told["eccentricity"]) == ("5", "1958-002B", "0.1859667")
    assert told["epoch_utc"] == "2000-06-27T18:50:19.733568Z"  # 0.78495062 of a day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ((VANGUARD[0], DELTA[1]), "catalogue numbers 00005 and 06251"),
        ((VANGUARD[0], DELTA[0], DELTA[1]), "without its other half"),
        ((VANGUARD[0], VANGUARD[1], DELTA[1]), "without its other half"),
        ((*VANGUARD, DELTA[0]), "without its other half"),
        ((VANGUARD[1], VANGUARD[0]), "without its other half"),
        ((VANGUARD[0][:-1] + "4", VANGUARD[1]), "checksum 4, but its digits give 3"),
        ((VANGUARD[0], VANGUARD[1].replace("34.2682", "34.2683")), "checksum 7, but its digits give 8"),
        ((VANGUARD[0][:-1], VANGUARD[1]), "checksum none"),
    ],
)
def test_lines_that_are_no_whole_set_are_refused(text, words):
    with pytest.raises(SpacesecError, match=words):
        elements.read_lines("\n".join(text))


def test_an_earth_has_a_radius_and_may_be_a_sphere():
    ball = earth.Earth("ball", 0.5, 0.0, mu_km3_s2=1.0, rotation_rad_s=2.0)
    assert ball.polar_radius_km == 0.5 and ball.synchronous_radius_km == pytest.approx(0.25 ** (1 / 3))
    assert ball.period_s(0.5) == pytest.approx(2 * np.pi)
    assert earth.Earth("egg", 2.0, 0.25).polar_radius_km == 1.5
    still = ball.still()
    assert still.rotation_rad_s == 0 and still.equatorial_radius_km == 0.5 and "not turning" in still.name
    for radius, flattening in ((0.0, 0.0), (1.0, -0.1), (1.0, 1.0)):
        with pytest.raises(SpacesecError, match="must be"):
            earth.Earth("none", radius, flattening)


def test_losing_satellites_is_by_their_numbers_and_refuses_others():
    pattern = orbits.walker_delta(4, 2, 0, 1000, 55)
    assert pattern.without([0, 3]).anomaly_deg.tolist() == [180, 0]
    assert len(pattern.without([])) == 4 and len(pattern.without(2)) == 3
    assert pattern.keep(np.array([False, True, False, False])).anomaly_deg.tolist() == [180]
    for lost, named in (([-1, 2], "-1 is not"), ([1, 4], "4 is not")):
        with pytest.raises(SpacesecError, match=named):
            pattern.without(lost)


def test_planes_of_a_second_constellation_are_numbered_on():
    two, three = orbits.walker_delta(4, 2, 0, 1000, 55), orbits.walker_delta(3, 3, 0, 700, 98)
    both = two + three
    assert both.plane.tolist() == [0, 0, 1, 1, 2, 3, 4]
    assert (two.keep([]) + three).plane.tolist() == [0, 1, 2]
    assert both.semi_major_axis_km.tolist() == [7378.137] * 4 + [7078.137] * 3


def test_orbits_just_above_the_ground_and_at_the_ends_of_inclination_are_orbits():
    radius = earth.WGS84.equatorial_radius_km
    assert orbits.elements(radius + 0.5).eccentricity.tolist() == [0]
    assert orbits.elements(8000, inclination_deg=[0, 0.5, 180]).inclination_deg.tolist() == [0, 0.5, 180]
    for bad in (
        lambda: orbits.elements(radius),
        lambda: orbits.elements(8000, -0.01),
        lambda: orbits.elements(8000, inclination_deg=-0.1),
        lambda: orbits.elements(8000, inclination_deg=180.5),
        lambda: orbits.elements(float("nan")),
    ):
        with pytest.raises(SpacesecError):
            bad()


def test_patterns_by_hand():
    delta = orbits.walker_delta(6, 3, 2, 1000, 55, node_deg=10)
    # Places half a turn apart; planes shifted by 360 F / T = 120 degrees each.
    assert delta.anomaly_deg.tolist() == [0, 180, 120, 300, 240, 60]
    assert delta.node_deg.tolist() == [10, 10, 130, 130, 250, 250]
    assert delta.plane.tolist() == [0, 0, 1, 1, 2, 2]
    star = orbits.walker_star(6, 3, 1, 1000, 90, node_deg=5)
    assert star.node_deg.tolist() == [5, 5, 65, 65, 125, 125]
    assert star.anomaly_deg.tolist() == [0, 180, 60, 240, 120, 300]
    wide = orbits.walker_star(4, 2, 0, 1000, 90, spacing_deg=100.0)
    assert wide.node_deg.tolist() == [0, 0, 100, 100]
    street = orbits.street_star(6, 3, 1000, 90, 50.0, node_deg=1.0)
    # Two a plane: half a place is 90 degrees.
    assert street.anomaly_deg.tolist() == [0, 180, 90, 270, 180, 0]
    assert street.node_deg.tolist() == [1, 1, 51, 51, 101, 101]
    free = orbits.free_planes([7, 200], 3, 500, [50, 60], [0, 30])
    assert free.anomaly_deg.tolist() == [0, 120, 240, 30, 150, 270]
    assert (
        free.node_deg.tolist() == [7] * 3 + [200] * 3 and free.inclination_deg.tolist() == [50] * 3 + [60] * 3
    )
    assert free.plane.tolist() == [0] * 3 + [1] * 3 and set(free.semi_major_axis_km) == {6878.137}
    turned = orbits.free_planes([0], 2, 500, 50, 350.0)
    assert turned.anomaly_deg.tolist() == [350, 170]


def test_the_smallest_patterns_are_patterns():
    one = orbits.walker_delta(1, 1, 0, 0.5, 55)
    assert (len(one), one.node_deg[0], one.semi_major_axis_km[0]) == (1, 0, 6378.637)
    assert orbits.walker_star(1, 1, 0, 1000, 90).node_deg.tolist() == [0]  # a step of 180 degrees
    assert orbits.walker_star(2, 2, 0, 1000, 90, spacing_deg=0.5).node_deg.tolist() == [0, 0.5]
    assert len(orbits.free_planes(0, 1, 0.5, 50)) == 1
    for bad in (
        lambda: orbits.walker_delta(0, 1, 0, 1000, 55),
        lambda: orbits.walker_delta(1, 0, 0, 1000, 55),
        lambda: orbits.walker_delta(4, 2, 0.5, 1000, 55),
        lambda: orbits.walker_delta(4, 2, -1, 1000, 55),
        lambda: orbits.walker_delta(4, 2, 0, 0, 55),
        lambda: orbits.walker_delta(4.5, 2, 0, 1000, 55),
        lambda: orbits.walker_star(2, 2, 0, 1000, 90, spacing_deg=0),
        lambda: orbits.walker_star(2, 2, 0, 1000, 90, spacing_deg=180.5),
        lambda: orbits.free_planes([0], 0, 500, 50),
        lambda: orbits.free_planes([0], 1.5, 500, 50),
        lambda: orbits.free_planes([0], 1, 0, 50),
    ):
        with pytest.raises(SpacesecError):
            bad()


def test_a_pattern_that_cannot_be_names_the_planes_that_can():
    with pytest.raises(SpacesecError, match="planes may be 1, 2, 3, 4, 6, 12"):
        orbits.walker_delta(12, 5, 0, 1000, 55)


def test_keplers_equation_is_solved_in_the_turn_around_perigee():
    mean = np.linspace(-3, 3, 61)
    for e in (0.0, 0.2, 0.79, 0.81, 0.95):
        found = orbits.solve_kepler(mean, e)
        np.testing.assert_allclose(found - e * np.sin(found), mean, atol=1e-12)
        np.testing.assert_allclose(orbits.solve_kepler(mean + 4 * np.pi, e), found, atol=1e-10)


def test_secular_rates_are_those_that_sgp4_starts_from():
    """SGP4 adds terms in J4 and the square of J2, some thousandths of these."""
    from sgp4.api import WGS72, Satrec

    wgs72 = earth.Earth("WGS 72", 6378.135, 1 / 298.26, 398600.8, 1.082616e-3)
    for e, tilt in ((0.001, 98.0), (0.2, 40.0), (0.3, 70.0)):
        satellite = Satrec()
        satellite.sgp4init(WGS72, "i", 1, 20000.0, 0.0, 0.0, 0.0, e, 0.3, np.radians(tilt), 0.1, 0.035, 0.2)
        orbit = orbits.elements(satellite.a * satellite.radiusearthkm, e, tilt)
        node, perigee, anomaly = (60 * float(rate[0]) for rate in orbits.secular_rates(orbit, wgs72))
        even = 60 * float(orbits.secular_rates(orbit, wgs72, j2=False)[2][0])
        assert node == pytest.approx(satellite.nodedot, rel=5e-3)
        assert perigee == pytest.approx(satellite.argpdot, rel=5e-3)
        assert anomaly - even == pytest.approx(satellite.mdot - even, rel=5e-3)


def test_a_perigee_stands_still_at_the_critical_inclination():
    orbit = orbits.elements(26600, 0.7, float(np.degrees(np.arcsin(np.sqrt(0.8)))))
    node, perigee, _ = orbits.secular_rates(orbit)
    assert abs(perigee[0]) < 1e-9 * abs(node[0]) and node[0] < 0
    assert [float(rate[0]) for rate in orbits.secular_rates(orbit, j2=False)[:2]] == [0, 0]


def test_places_are_keplers_turned_by_three_angles():
    from scipy.spatial.transform import Rotation

    a, e, tilt, node, perigee = 12_000.0, 0.4, 50.0, 70.0, 130.0
    for anomaly in (0.0, 1.0, np.pi, 5.0):  # eccentric
        mean = np.degrees(anomaly - e * np.sin(anomaly))
        flat = a * np.array([np.cos(anomaly) - e, np.sqrt(1 - e**2) * np.sin(anomaly), 0])
        wanted = Rotation.from_euler("ZXZ", [node, tilt, perigee], degrees=True).apply(flat)
        found = orbits.propagate(orbits.elements(a, e, tilt, node, perigee, mean), 0.0, j2=False)[0, 0]
        np.testing.assert_allclose(found, wanted, atol=1e-7)
    assert np.linalg.norm(orbits.propagate(orbits.elements(a, e), 0.0)[0, 0]) == pytest.approx(a * (1 - e))


@pytest.mark.parametrize("e", [0.0, 0.3])
def test_with_and_without_drift_time_moves_the_elements_at_their_rates(e):
    orbit = orbits.elements(9500.0, e, 60.0, 20.0, 40.0, 80.0)
    for j2 in (True, False):
        later = 5000.0
        turn = [np.degrees(float(rate[0]) * later) for rate in orbits.secular_rates(orbit, j2=j2)]
        moved = orbits.elements(9500.0, e, 60.0, 20.0 + turn[0], 40.0 + turn[1], 80.0 + turn[2])
        np.testing.assert_allclose(
            orbits.propagate(orbit, later, j2=j2), orbits.propagate(moved, 0.0, j2=False), atol=1e-6
        )


def test_gravity_bends_the_path_as_newton_has_it():
    """Second differences of places over a second against -mu r / r^3."""
    orbit = orbits.elements([8000.0, 20_000.0], [0.0, 0.6], 40.0, 50.0, 60.0, [70.0, 20.0])
    before, here, after = np.moveaxis(orbits.propagate(orbit, [99.0, 100.0, 101.0], j2=False), 1, 0)
    radius = np.linalg.norm(here, axis=1)[:, None]
    np.testing.assert_allclose(
        before - 2 * here + after, -earth.WGS84.mu_km3_s2 * here / radius**3, atol=1e-8
    )


def test_an_eccentric_sun_synchronous_orbit_turns_once_a_year_too():
    tilt = float(orbits.sun_synchronous_inclination(1500.0, 0.1))
    rate = orbits.secular_rates(orbits.elements(6378.137 + 1500, 0.1, tilt))[0][0]
    assert np.degrees(rate) * 86400 * 365.2421897 == pytest.approx(360, rel=1e-9)
    assert np.isfinite(orbits.sun_synchronous_inclination(0.5))
    with pytest.raises(SpacesecError, match="altitude above 0"):
        orbits.sun_synchronous_inclination(0.0)


def test_the_sidereal_angle_is_that_of_the_sgp4_package_over_millennia():
    from sgp4.propagation import gstime

    dates = 2451545.0 + np.array([-36525.0 * 20, -1234.25, 0.0, 9000.125, 36525.0 * 20])
    found = frames.sidereal_angle(dates)
    for date, angle in zip(dates, found):
        off = (angle - gstime(date) + np.pi) % (2 * np.pi) - np.pi
        assert abs(off) < 1e-7  # the printed digits of a day's turn are good to so much over 20 centuries
    assert found.min() >= 0 and found.max() < 2 * np.pi


def test_turning_to_the_earth_fixed_frame_is_a_turn_about_the_axis():
    from scipy.spatial.transform import Rotation

    ball = earth.Earth("ball", 6000.0, 0.0, rotation_rad_s=1e-3)
    places = np.random.default_rng(1).normal(size=(2, 3, 3)) * 8000
    found = frames.to_earth_fixed(places, [0.0, 500.0, 900.0], ball, 0.3)
    for k, time in enumerate((0.0, 500.0, 900.0)):
        turned = Rotation.from_euler("z", -(0.3 + 1e-3 * time)).apply(places[:, k])
        np.testing.assert_allclose(found[:, k], turned, atol=1e-9)


def test_points_at_the_ends_of_what_is_allowed_are_points():
    found = frames.points([90, -90, 0, 0, 0.5], [0, 0, 360, -360, 0], [0, 0, 0, -1, -0.5])
    assert found.altitude_km.tolist() == [0, 0, 0, -1, -0.5] and len(found) == 5
    assert found.position_km[2] == pytest.approx([6378.137, 0, 0], abs=1e-9)
    for latitude, longitude, height in ((90.5, 0, 0), (0, 360.5, 0), (0, 0, -1.5), (float("inf"), 0, 0)):
        with pytest.raises(SpacesecError):
            frames.points(latitude, longitude, height)


def test_a_published_place_has_its_published_latitude_and_height():
    # Vallado, Fundamentals of Astrodynamics and Applications, example 3-3 (radius 6,378.1363 km, e
    # 0.081819221456).
    vallado = earth.Earth("Vallado", 6378.1363, 1 - np.sqrt(1 - 0.081819221456**2))
    latitude, longitude, height = frames.geodetic([6524.834, 6862.875, 6448.296], vallado)
    assert float(latitude) == pytest.approx(34.352496, abs=2e-6)
    assert float(longitude) == pytest.approx(46.4464, abs=5e-5)
    assert float(height) == pytest.approx(5085.22, abs=0.006)
    back = frames.points(latitude, longitude, height, vallado)
    assert back.position_km[0] == pytest.approx([6524.834, 6862.875, 6448.296], abs=1e-6)


def test_points_on_the_ground_lie_on_the_ellipsoid_and_up_is_its_gradient():
    latitude, longitude = frames.sphere_lattice(50)
    found = frames.points(latitude, longitude)
    axes = np.array([6378.137, 6378.137, earth.WGS84.polar_radius_km])
    np.testing.assert_allclose(((found.position_km / axes) ** 2).sum(axis=1), 1, atol=1e-12)
    gradient = found.position_km / axes**2
    np.testing.assert_allclose(found.up, gradient / np.linalg.norm(gradient, axis=1)[:, None], atol=1e-12)
    raised = frames.points(latitude, longitude, 12.0)
    np.testing.assert_allclose(raised.position_km - found.position_km, 12.0 * found.up, atol=1e-9)
    poles = frames.geodetic([[0, 0, axes[2] + 3], [0, 0, -axes[2] - 3]])
    assert poles[0] == pytest.approx([90, -90]) and poles[2] == pytest.approx([3, 3], abs=1e-9)


def test_a_grid_runs_parallel_by_parallel():
    found = frames.grid([10, 20], [130, 140, 150], 5.0)
    assert found.latitude_deg.tolist() == [10] * 3 + [20] * 3
    assert found.longitude_deg.tolist() == [130, 140, 150] * 2 and set(found.altitude_km) == {5}


def test_a_lattice_steps_evenly_in_height_and_by_the_golden_angle():
    latitude, longitude = frames.sphere_lattice(20)
    np.testing.assert_allclose(np.sin(np.radians(latitude)), 1 - (2 * np.arange(20) + 1) / 20, atol=1e-12)
    golden = 180 * (3 - np.sqrt(5))  # 137.5 degrees
    np.testing.assert_allclose(np.diff(longitude) % 360, 360 - golden, atol=1e-9)
    assert longitude[0] % 360 == pytest.approx((360 - golden) / 2 + 180)  # half of a step of 582.5 degrees
    assert longitude.min() >= -180 and longitude.max() < 180
    assert frames.sphere_lattice(1)[0].tolist() == [0]
    with pytest.raises(SpacesecError, match="at least 1 point"):
        frames.sphere_lattice(0)


def test_angles_bearings_and_destinations_agree_with_vectors():
    chance = np.random.default_rng(3)
    lat, lon = chance.uniform(-85, 85, (2, 40)), chance.uniform(-180, 180, (2, 40))
    unit = frames.points(lat, lon, 0.0, earth.SPHERE).up.reshape(2, 40, 3)
    angle = frames.central_angle_deg(lat[0], lon[0], lat[1], lon[1])
    np.testing.assert_allclose(np.cos(np.radians(angle)), np.einsum("ij,ij->i", *unit), atol=1e-12)
    bearing = frames.bearing_deg(lat[0], lon[0], lat[1], lon[1])
    assert bearing.min() >= 0 and bearing.max() < 360 and bearing.max() > 180
    l, p = np.radians(lon[0]), np.radians(lat[0])
    east = np.stack([-np.sin(l), np.cos(l), 0 * l], axis=1)
    north = np.stack([-np.sin(p) * np.cos(l), -np.sin(p) * np.sin(l), np.cos(p)], axis=1)
    right, ahead = np.einsum("ij,ij->i", unit[1], east), np.einsum("ij,ij->i", unit[1], north)
    np.testing.assert_allclose(bearing, np.degrees(np.arctan2(right, ahead)) % 360, atol=1e-9)
    found = frames.destination(lat[0], lon[0], bearing, angle)
    np.testing.assert_allclose(found[0], lat[1], atol=1e-9)
    np.testing.assert_allclose(found[1], lon[1], atol=1e-9)
    assert frames.central_angle_deg(10, 20, -10, 200) == pytest.approx(180)
    assert frames.central_angle_deg(10, 20, 10, 20 + 1e-9) == pytest.approx(1e-9 * np.cos(np.radians(10)))


def test_satellites_made_of_a_constellation_are_numbered_from_one_and_have_no_drag():
    pattern = orbits.elements([7000, 8000.0], [0.001, 0.02], 55, 10, 20, [30, 40])
    date = 2460676.25
    first, second = elements.from_constellation(pattern, date)
    assert (first.satnum, second.satnum) == (1, 2)
    for satellite in (first, second):
        assert satellite.jdsatepoch + satellite.jdsatepochF == pytest.approx(date, abs=1e-9)
        assert (satellite.bstar, satellite.ndot, satellite.nddot) == (0, 0, 0)
    # Mean motion in radians a minute, of Kepler's third law.
    motion = 60 * np.sqrt(earth.WGS84.mu_km3_s2 / 8000.0**3)
    assert (second.no_kozai, second.ecco) == pytest.approx((motion, 0.02))
    angles = np.degrees([second.inclo, second.nodeo, second.argpo, second.mo])
    assert angles.tolist() == pytest.approx([55, 10, 20, 40])


def decaying():
    """Set 28872 of SGP4's verification file, "decayed" from minute 52 on, and a track from its epoch."""
    from sgp4.api import WGS72, Satrec

    text = importlib.resources.files("sgp4").joinpath("SGP4-VER.TLE").read_text()
    first, second = (line[:69] for line in text.splitlines() if line[2:7] == "28872")
    satellite = Satrec.twoline2rv(first, second, WGS72)
    return elements.track([satellite], satellite.jdsatepoch + satellite.jdsatepochF)


def test_a_decay_in_the_last_minute_asked_for_is_seen_and_one_after_it_is_not():
    track = decaying()
    with pytest.raises(SpacesecError, match="past minute 52 after its epoch"):
        track([0.0, 52 * 60.0])
    assert np.isfinite(track([0.0, 50.95 * 60.0])).all()


def test_strong_drag_ends_a_flight_from_above_300_km_and_is_seen_between_samples():
    """A circular orbit at 330 km whose B* is a hundred times a station's: SGP4 has it down for minutes and up
    again later, 6 km above the ground.
    """
    cells = lines.fields(*VANGUARD) | {
        "mean_motion_rev_day": "15.8",
        "eccentricity": "0.0001",
        "bstar_per_er": "0.01",
    }
    [satellite] = elements.from_fields([cells])
    minutes = np.arange(20_000.0)
    day = np.full(minutes.shape, satellite.jdsatepoch)
    down = satellite.sgp4_array(day, satellite.jdsatepochF + minutes / 1440)[0] == elements.DECAYED
    first = int(np.flatnonzero(down)[0])
    again = first + int(np.flatnonzero(~down[first:])[0])
    track = elements.track([satellite], satellite.jdsatepoch + satellite.jdsatepochF)
    assert np.isfinite(track([0.0, 60.0 * (first - 2)])).all()
    with pytest.raises(SpacesecError, match=f"satellite 5 past minute {first} after its epoch"):
        track([0.0, 60.0 * again])


def test_a_satellite_whose_number_sgp4_cannot_hold_is_called_by_its_designator():
    cells = lines.fields(*VANGUARD) | {"norad_id": "799501234", "mean_motion_rev_day": "17.3"}
    [satellite] = elements.from_fields([cells])
    track = elements.track([satellite], satellite.jdsatepoch + satellite.jdsatepochF)
    with pytest.raises(SpacesecError, match="satellite 58002B "):
        track([0.0, 86400.0 * 30])


def test_no_satellite_is_no_track():
    with pytest.raises(SpacesecError, match="At least one satellite"):
        elements.track([], 2460676.5)


def test_a_set_with_more_digits_than_lines_hold_flies_as_the_lines_do():
    """One digit more in the mean motion takes the other reader; the elements are the same to that digit."""
    cells = lines.fields(*VANGUARD)
    (plain,) = elements.from_fields([cells])
    more = cells | {"mean_motion_rev_day": cells["mean_motion_rev_day"] + "04"}
    (long,) = elements.from_fields([more])
    assert long.satnum == plain.satnum == 5 and long.classification == "U"
    for name in ("ecco", "inclo", "nodeo", "argpo", "mo", "bstar", "ndot", "nddot"):
        assert getattr(long, name) == pytest.approx(getattr(plain, name), rel=1e-12), name
    assert (long.elnum, long.revnum, long.ephtype) == (475, 41366, 0)
    assert long.jdsatepoch + long.jdsatepochF == pytest.approx(plain.jdsatepoch + plain.jdsatepochF, abs=1e-9)
    assert long.no_kozai == pytest.approx(plain.no_kozai + 4e-10 * 2 * np.pi / 1440, rel=1e-13)


@pytest.mark.parametrize(("number", "kept"), [("", 0), ("339999", 339_999), ("340000", 0)])
def test_numbers_above_alpha_5_are_left_out(number, kept):
    cells = lines.fields(*VANGUARD) | {"mean_motion_rev_day": "10.8241915704", "norad_id": number}
    blank = dict.fromkeys(("ephemeris_type", "element_set_no", "rev_at_epoch"), "")
    rates = dict.fromkeys(("mean_motion_dot_rev_day2", "mean_motion_ddot_rev_day3"), "")
    (satellite,) = elements.from_fields([cells | blank | rates])
    assert satellite.satnum == kept
    assert (satellite.ephtype, satellite.elnum, satellite.revnum) == (0, 0, 0)
    assert (satellite.ndot, satellite.nddot) == (0, 0)


def test_an_epoch_keeps_six_digits_of_its_second():
    cells = lines.fields(*VANGUARD) | {"epoch_utc": "2000-06-27T18:50:19.7335689Z"}
    whole = cells | {"epoch_utc": "2000-06-27T18:50:19Z", "mean_motion_rev_day": "10.8241915704"}
    long, short = elements.from_fields([cells, whole])
    midnight = 2451722.5  # 27 June 2000
    for satellite, second in ((long, 19.733568), (short, 19.0)):
        day = satellite.jdsatepoch - midnight + satellite.jdsatepochF
        assert day * 86400 == pytest.approx(18 * 3600 + 50 * 60 + second, abs=5e-5)
