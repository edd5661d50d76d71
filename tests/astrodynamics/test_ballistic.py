"""Ballistic flight against published tables, closed forms and a numerical integration."""

from math import inf

import numpy as np
import pytest

from spacesec.astrodynamics import ballistic
from spacesec.astrodynamics.earth import MEAN_SPHERE, SPHERE
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
