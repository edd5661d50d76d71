"""Ballistic flight against published tables, closed forms and a numerical integration."""

from math import inf

import numpy as np
import pytest

from spacesec.astrodynamics import ballistic
from spacesec.astrodynamics.earth import MEAN_SPHERE, SPHERE, Earth
from spacesec.errors import ParameterError


# Textbook minimum-energy values for six ranges (km/s, degrees, km, minutes), rounded as printed.
@pytest.mark.parametrize(
    "range_km, speed, elevation, apogee, minutes",
    [
        (500, 2.17, 43.9, 123, 5.5),
        (1000, 3.02, 42.8, 240, 7.9),
        (1300, 3.40, 42.1, 308, 9.1),
        (1500, 3.63, 41.6, 352, 9.9),
        (2000, 4.11, 40.5, 459, 11.7),
        (4500, 5.67, 34.9, 905, 19.3),
    ],
)
def test_minimum_energy_table(range_km, speed, elevation, apogee, minutes):
    flight = ballistic.minimum_energy(range_km)
    assert flight.speed_km_s == pytest.approx(speed, abs=0.006)
    assert flight.elevation_deg == pytest.approx(elevation, abs=0.06)
    assert flight.apogee_km == pytest.approx(apogee, abs=0.6)
    assert flight.time_min == pytest.approx(minutes, abs=0.06)


@pytest.mark.parametrize("range_km, minutes", [(500, 5.46), (1000, 7.91), (1300, 9.15)])
def test_minimum_energy_minutes_on_the_equatorial_sphere(range_km, minutes):
    assert ballistic.minimum_energy(range_km, SPHERE).time_min == pytest.approx(minutes, abs=0.006)


def test_elevation_of_least_speed_is_a_quarter_of_what_is_left_to_half_a_turn():
    angle = 3000 / MEAN_SPHERE.equatorial_radius_km
    assert np.radians(ballistic.minimum_energy(3000).elevation_deg) == pytest.approx(
        (np.pi - angle) / 4, abs=1e-12
    )


def test_least_speed_is_least_among_all_apogees():
    best = ballistic.minimum_energy(1300)
    others = [ballistic.from_apogee_and_range(h, 1300).speed_km_s for h in np.linspace(60, 3000, 400)]
    assert best.speed_km_s <= min(others) + 1e-12
    assert min(others) - best.speed_km_s < 1e-4


@pytest.mark.parametrize(
    "apogee, range_km, speed, elevation, minutes, full",
    [
        (2111.5, 787, 5.605, 82.93, 27.93, 4356),
        (2802, 933, 6.204, 83.16, 34.42, 5865),
        (3724.9, 998, 6.81, 83.94, 43.12, 8022),
        (4475, 950, 7.195, 84.83, 50.28, 9983),
        (6040.9, 999.2, 7.811, 85.39, 65.78, 16024),
        (5768.5, 989, 7.718, 85.33, 63.03, 14525),
        (550, 2700, 4.668, 36.77, 13.44, 2708),
        (1000, 4600, 5.72, 36.63, 20.3, 4611),
        (910, 450, 3.985, 81.96, 16.09, 1858),
        (1400, 400, 4.76, 85.02, 21.06, 2841),
    ],
)
def test_flights_of_the_record(apogee, range_km, speed, elevation, minutes, full):
    flight = ballistic.from_apogee_and_range(apogee, range_km)
    assert flight.speed_km_s == pytest.approx(speed, abs=0.001)
    assert flight.elevation_deg == pytest.approx(elevation, abs=0.01)
    assert flight.time_min == pytest.approx(minutes, abs=0.01)
    assert ballistic.full_range_km(flight.speed_km_s) == pytest.approx(full, abs=2)


def test_beyond_circular_speed_any_point_is_in_reach():
    assert ballistic.full_range_km(ballistic.from_apogee_and_range(7687, 1001).speed_km_s) == inf


def test_straight_up():
    assert ballistic.straight_up_s(6518, SPHERE) / 60 == pytest.approx(70.6, abs=0.05)
    assert ballistic.straight_up_s(6518) == pytest.approx(
        ballistic.from_apogee_and_range(6518, 0.01).time_s, rel=1e-5
    )


def test_time_against_numerical_integration():
    flight = ballistic.from_apogee_and_range(800, 2500)
    radius, mu = MEAN_SPHERE.equatorial_radius_km, MEAN_SPHERE.mu_km3_s2
    from scipy.integrate import solve_ivp

    angle = np.radians(flight.elevation_deg)
    start = [radius, 0, flight.speed_km_s * np.sin(angle), flight.speed_km_s * np.cos(angle)]

    def down(t, y):
        return np.hypot(y[0], y[1]) - radius + (1e-3 if t < 1 else 0)

    down.terminal, down.direction = True, -1
    run = solve_ivp(
        lambda t, y: [y[2], y[3], *(-mu * y[:2] / np.hypot(*y[:2]) ** 3)],
        (0, 5000),
        start,
        events=down,
        rtol=1e-10,
        atol=1e-9,
    )
    x, y = run.y[:2, -1]
    assert run.t[-1] == pytest.approx(flight.time_s, rel=1e-6)
    assert np.arctan2(y, x) * radius == pytest.approx(2500, rel=1e-6)


def test_path_ends_on_the_ground_and_peaks_at_the_apogee():
    flight = ballistic.from_apogee_and_range(550, 2700)
    seconds, ground, altitude = flight.path(181)
    assert altitude[[0, -1]].tolist() == [0, 0] and altitude.max() == pytest.approx(550, abs=0.01)
    assert seconds[0] == 0 and seconds[-1] == pytest.approx(flight.time_s) and (np.diff(seconds) > 0).all()
    assert ground[-1] == 2700


def test_destination_comes_back():
    lon, lat = ballistic.destination(125.7, 39.2, 90.0, 0.0)
    assert (float(lon), float(lat)) == pytest.approx((125.7, 39.2))
    lon, lat = ballistic.destination(0.0, 0.0, 90.0, ballistic.half_circumference_km() / 2)
    assert (float(lon), float(lat)) == pytest.approx((90.0, 0.0), abs=1e-9)
    lon, lat = ballistic.destination(140.0, 0.0, 0.0, ballistic.half_circumference_km() / 2)
    assert float(lat) == pytest.approx(90.0)


def test_flight_reported_as_73_minutes_is_a_few_percent_shorter_without_boost():
    """Vice-minister's 73 minutes for an apogee of 6,518 km: the ellipse lies at most 5 % below and never
    above.
    """
    assert 0.95 * 73 <= ballistic.straight_up_s(6518) / 60 <= 73


@pytest.mark.parametrize("range_km", [0, -5, 20_100])
def test_range_beyond_half_the_earth_is_refused(range_km):
    with pytest.raises(ParameterError, match="half way round the Earth"):
        ballistic.minimum_energy(range_km)


def test_apogee_below_what_the_range_allows_is_refused():
    with pytest.raises(ParameterError, match="at least"):
        ballistic.from_apogee_and_range(10, 2000)
    lowest = ballistic.lowest_apogee_km(2000)
    assert ballistic.from_apogee_and_range(lowest, 2000).elevation_deg == pytest.approx(
        ballistic.LOWEST_LAUNCH_ELEVATION_DEG
    )


UNIT = Earth("unit sphere", 1.0, 0.0, mu_km3_s2=1.0)


def test_the_path_is_the_one_that_gravity_flies():
    """Places at the path's own seconds against an integration of the motion from the start."""
    from scipy.integrate import solve_ivp

    flight = ballistic.from_apogee_and_range(400, 3000)
    seconds, ground, altitude = flight.path()
    assert len(seconds) == 181
    radius, mu = MEAN_SPHERE.equatorial_radius_km, MEAN_SPHERE.mu_km3_s2
    angle = np.radians(flight.elevation_deg)
    start = [radius, 0, flight.speed_km_s * np.sin(angle), flight.speed_km_s * np.cos(angle)]
    run = solve_ivp(
        lambda t, y: [y[2], y[3], *(-mu * y[:2] / np.hypot(*y[:2]) ** 3)],
        (0, seconds[-1] * (1 + 1e-9)),
        start,
        t_eval=seconds,
        rtol=1e-11,
        atol=1e-10,
    )
    x, y = run.y[:2]
    np.testing.assert_allclose(np.hypot(x, y) - radius, altitude, atol=1e-4)
    np.testing.assert_allclose(np.arctan2(y, x) * radius, ground, atol=1e-4)


def test_the_path_down_mirrors_the_path_up():
    flight = ballistic.minimum_energy(1000)
    seconds, ground, altitude = flight.path(41)
    np.testing.assert_allclose(altitude, altitude[::-1], atol=1e-8)
    np.testing.assert_allclose(seconds + seconds[::-1], flight.time_s, rtol=1e-9)
    assert altitude[20] == pytest.approx(flight.apogee_km) and ground[20] == pytest.approx(500)


def test_time_straight_up_is_the_integral_of_the_slowness():
    from scipy.integrate import quad

    mu, radius, apogee = MEAN_SPHERE.mu_km3_s2, MEAN_SPHERE.equatorial_radius_km, 2000.0
    # With r = top - s^2 the end at the apogee, where the speed is zero, is smooth.
    top = radius + apogee
    slow = quad(
        lambda s: 2 * s / np.sqrt(2 * mu * (1 / (top - s**2) - 1 / top)) if s else 0, 0, np.sqrt(apogee)
    )[0]
    assert ballistic.straight_up_s(apogee) == pytest.approx(2 * slow, rel=1e-7)


def test_an_apogee_of_half_a_kilometer_is_one_and_none_is_refused():
    # Under even gravity: up and down take 2 sqrt(2 h / g).
    gravity = MEAN_SPHERE.mu_km3_s2 / MEAN_SPHERE.equatorial_radius_km**2
    assert ballistic.straight_up_s(0.5) == pytest.approx(2 * np.sqrt(2 * 0.5 / gravity), rel=1e-3)
    with pytest.raises(ParameterError, match="above 0 km"):
        ballistic.straight_up_s(0.0)


def test_at_circular_speed_itself_any_point_is_in_reach():
    assert ballistic.full_range_km(1.0, UNIT) == inf
    # Just below it the reach nears half the way round; q = 1/2 reaches 2 asin(1/3).
    assert ballistic.full_range_km(np.sqrt(1 - 1e-9), UNIT) == pytest.approx(np.pi, abs=1e-3)
    assert ballistic.full_range_km(np.sqrt(0.5), UNIT) == pytest.approx(2 * np.arcsin(1 / 3))


def test_full_range_undoes_the_least_speed():
    for range_km in (300, 5000, 15000):
        speed = ballistic.minimum_energy(range_km).speed_km_s
        assert ballistic.full_range_km(speed) == pytest.approx(range_km, rel=1e-9)


def test_half_way_round_is_refused_itself():
    assert ballistic.half_circumference_km(UNIT) == pytest.approx(np.pi)
    with pytest.raises(ParameterError, match="half way round"):
        ballistic.minimum_energy(ballistic.half_circumference_km())
    assert ballistic.minimum_energy(0.5).apogee_km == pytest.approx(0.125, rel=1e-3)  # a quarter of the range


@pytest.mark.parametrize(
    "range_km, digits, advice",
    # The flattest flights of 300, 480 and 2,000 km rise to some 6.6, 10.5 and 45 km; one to nearly the other
    # side of the Earth costs the least speed when flatter than five degrees.
    [(300, 1, True), (480, 0, True), (2000, 0, True), (19_000, 0, False)],
)
def test_a_refused_apogee_is_told_what_would_do(range_km, digits, advice):
    lowest = ballistic.lowest_apogee_km(range_km)
    with pytest.raises(ParameterError) as told:
        ballistic.from_apogee_and_range(lowest * 0.5, range_km)
    assert f"at least {lowest:.{digits}f} km" in str(told.value)
    assert ("costs the least speed" in str(told.value)) == advice
    if advice:
        assert f"{ballistic.minimum_energy(range_km).apogee_km:.0f} km costs" in str(told.value)
    # The least itself is possible.
    assert ballistic.from_apogee_and_range(lowest, range_km).apogee_km == lowest


def test_a_flight_ends_where_its_ellipse_meets_the_sphere_again():
    """Focal equation at the ground and vis-viva with the angle at the start, of Bate, Mueller and White."""
    flight = ballistic.from_apogee_and_range(1500, 6000)
    radius, mu = MEAN_SPHERE.equatorial_radius_km, MEAN_SPHERE.mu_km3_s2
    a, e, half = flight.semi_major_axis_km, flight.eccentricity, 3000 / radius
    assert a * (1 + e) == pytest.approx(radius + 1500)
    assert a * (1 - e**2) / (1 - e * np.cos(half)) == pytest.approx(radius)
    assert flight.speed_km_s**2 / 2 - mu / radius == pytest.approx(-mu / 2 / a)
    spin = radius * flight.speed_km_s * np.cos(np.radians(flight.elevation_deg))
    assert spin**2 / mu == pytest.approx(a * (1 - e**2))
    assert flight.time_min == pytest.approx(flight.time_s / 60)


def test_destinations_are_what_a_turn_about_the_pole_of_the_way_gives():
    from scipy.spatial.transform import Rotation

    chance = np.random.default_rng(8)
    lon, lat = chance.uniform(-180, 180, 30), chance.uniform(-80, 80, 30)
    bearing, way = chance.uniform(0, 360, 30), chance.uniform(10, 19_000, 30)
    found = ballistic.destination(lon, lat, bearing, way)
    for k in range(30):
        l, p, b = np.radians([lon[k], lat[k], bearing[k]])
        out = np.array([np.cos(p) * np.cos(l), np.cos(p) * np.sin(l), np.sin(p)])
        east, north = np.array([-np.sin(l), np.cos(l), 0]), np.array([0.0, 0.0, 1.0])
        north = north - out * out[2]
        ahead = np.cos(b) * north / np.linalg.norm(north) + np.sin(b) * east
        axis = np.cross(out, ahead) * way[k] / MEAN_SPHERE.equatorial_radius_km
        x, y, z = Rotation.from_rotvec(axis).apply(out)
        assert found[0][k] == pytest.approx(np.degrees(np.arctan2(y, x)), abs=1e-7)
        assert found[1][k] == pytest.approx(np.degrees(np.arcsin(z)), abs=1e-7)
    # Over the antimeridian longitudes go on from -180.
    lon, lat = ballistic.destination(170.0, 0.0, 90.0, ballistic.half_circumference_km() / 9)
    assert (float(lon), float(lat)) == pytest.approx((-170, 0), abs=1e-9)
