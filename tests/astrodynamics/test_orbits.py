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
