"""Broadcast elements to places: closed forms, and the standard's own NavIC record by other code."""

import numpy as np
import pytest

from spacesec.astrodynamics import broadcast

PLAIN = dict.fromkeys(
    ("crs_m", "delta_n_rad_s", "cuc_rad", "cus_rad", "cic_rad", "cis_rad", "crc_m")
    + ("node_rate_rad_s", "inclination_rate_rad_s", "arg_perigee_rad", "mean_anomaly_rad"),
    0.0,
)
# RINEX 4.02, table A32.
NAVIC = {
    "crs_m": -5.793750000000e02,
    "delta_n_rad_s": 4.834487090078e-09,
    "mean_anomaly_rad": -4.281979621524e-01,
    "cuc_rad": -1.904368400574e-05,
    "eccentricity": 2.015684265643e-03,
    "cus_rad": -3.430992364883e-06,
    "sqrt_axis_sqrt_m": 6.493289550781e03,
    "toe_s": 1.803360000000e05,
    "cic_rad": 2.495944499969e-07,
    "node_rad": -1.337499015334e00,
    "cis_rad": 7.450580596924e-08,
    "inclination_rad": 5.022043764738e-01,
    "crc_m": 1.946250000000e02,
    "arg_perigee_rad": -2.970970345572e00,
    "node_rate_rad_s": -4.461614415577e-09,
    "inclination_rate_rad_s": -9.578970431139e-10,
    "week": 2123.0,
}


def test_a_geostationary_satellite_stands_still_over_its_longitude():
    axis = (broadcast.GM_M3_S2 / broadcast.TURN_RAD_S**2) ** (1 / 3)
    assert axis == pytest.approx(42_164.17e3, rel=1e-6)
    toe, longitude = 345_600.0, np.radians(127.0)
    message = PLAIN | {
        "eccentricity": 0.0,
        "sqrt_axis_sqrt_m": np.sqrt(axis),
        "inclination_rad": 0.0,
        "node_rad": longitude + broadcast.TURN_RAD_S * toe,
        "toe_s": toe,
        "week": 2443.0,
    }
    begin = broadcast.epoch_s(message)
    assert begin == 2443 * 604_800 + toe
    places = broadcast.positions_km(message, begin + np.arange(-7200.0, 7201.0, 600))
    wanted = axis / 1000 * np.array([np.cos(longitude), np.sin(longitude), 0])
    np.testing.assert_allclose(places, np.broadcast_to(wanted, places.shape), atol=1e-3)


def test_perigee_and_apogee_lie_where_kepler_has_them():
    message = NAVIC | PLAIN | {"eccentricity": 0.075, "mean_anomaly_rad": 0.0}
    axis = message["sqrt_axis_sqrt_m"] ** 2
    period = 2 * np.pi * np.sqrt(axis**3 / broadcast.GM_M3_S2)
    times = broadcast.epoch_s(message) + period * np.array([0, 0.5, 1])
    radius = np.linalg.norm(broadcast.positions_km(message, times), axis=1)
    np.testing.assert_allclose(radius, axis / 1000 * np.array([0.925, 1.075, 0.925]), rtol=1e-12)


@pytest.mark.parametrize(
    ("later_s", "peer_km"),
    [
        (0, (22_855.3426610536, 34_955.51840466281, 5_193.731666861257)),
        (3600, (24_085.62962651835, 34_504.091057982326, -86.79604052404467)),
        (-5400, (21_000.758512965534, 34_346.383845555276, 12_336.142154904256)),
    ],
)
def test_the_standards_navic_record_is_where_other_code_has_it(later_s, peer_km):
    # gnss_lib_py 1.1.0 of the same record; it repeats the correction of the argument of latitude, some
    # centimeters. georinex 1.16.2 takes one step of Kepler's equation and is 65 m off.
    place = broadcast.positions_km(NAVIC, [broadcast.epoch_s(NAVIC) + later_s])[0]
    np.testing.assert_allclose(place, peer_km, atol=2e-4, rtol=0)


def test_keplers_equation_holds_for_every_closed_orbit_a_system_flies():
    mean = np.linspace(-7, 7, 57)
    for e in (0.0, 0.002, 0.075, 0.3, 0.5):
        found = broadcast._eccentric(mean, e)
        np.testing.assert_allclose(found - e * np.sin(found), mean, atol=1e-12)


def test_a_turned_node_and_a_tilt_turn_the_place_as_matrices_do():
    """Perifocal place by Kepler, turned by the argument of latitude, the inclination and the node."""
    from scipy.spatial.transform import Rotation

    message = PLAIN | {
        "eccentricity": 0.1,
        "sqrt_axis_sqrt_m": 6500.0,
        "inclination_rad": 0.7,
        "inclination_rate_rad_s": 2e-7,
        "node_rad": 1.1,
        "node_rate_rad_s": -3e-7,
        "arg_perigee_rad": 2.2,
        "mean_anomaly_rad": 0.4,
        "delta_n_rad_s": 4e-7,
        "toe_s": 10_000.0,
        "week": 2000.0,
    }
    later, axis = 1234.0, 6500.0**2
    mean = 0.4 + (np.sqrt(broadcast.GM_M3_S2 / axis**3) + 4e-7) * later
    low, high = mean - 1, mean + 1  # the eccentric anomaly, by halving
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if middle - 0.1 * np.sin(middle) < mean else (low, middle)
    flat = axis / 1000 * np.array([np.cos(low) - 0.1, np.sqrt(0.99) * np.sin(low), 0])
    node = 1.1 - 3e-7 * later - broadcast.TURN_RAD_S * (10_000 + later)
    turned = Rotation.from_euler("ZXZ", [node, 0.7 + 2e-7 * later, 2.2]).apply(flat)
    place = broadcast.positions_km(message, [broadcast.epoch_s(message) + later])[0]
    np.testing.assert_allclose(place, turned, atol=1e-6)


@pytest.mark.parametrize("anomaly", [0.0, 0.6, 2.0])
def test_each_correction_moves_a_circular_orbit_in_its_own_direction(anomaly):
    """In the plane of the node's turn at rest: radius, argument of latitude and tilt by cosine and sine of
    twice the argument.
    """
    rest = PLAIN | {
        "eccentricity": 0.0,
        "sqrt_axis_sqrt_m": 6500.0,
        "inclination_rad": 0.9,
        "node_rad": 0.0,
        "toe_s": 0.0,
        "week": 2000.0,
        "mean_anomaly_rad": anomaly,
        "arg_perigee_rad": 0.3,
    }
    argument, axis = anomaly + 0.3, 6500.0**2 / 1000
    wave = {"c": np.cos(2 * argument), "s": np.sin(2 * argument)}

    def place(radius, turn, tilt):
        return radius * np.array([np.cos(turn), np.sin(turn) * np.cos(tilt), np.sin(turn) * np.sin(tilt)])

    for letter, size in wave.items():
        for name, wanted in (
            (f"cr{letter}_m", place(axis + 0.5 * size, argument, 0.9)),
            (f"cu{letter}_rad", place(axis, argument + 1e-4 * size, 0.9)),
            (f"ci{letter}_rad", place(axis, argument, 0.9 + 1e-4 * size)),
        ):
            message = rest | {name: 500.0 if name.endswith("_m") else 1e-4}
            found = broadcast.positions_km(message, [broadcast.epoch_s(message)])[0]
            np.testing.assert_allclose(found, wanted, atol=1e-7)
