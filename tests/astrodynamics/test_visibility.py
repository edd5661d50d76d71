"""Rules of seeing against closed forms and published horizon tables."""

import numpy as np
import pytest

from spacesec.astrodynamics import earth, frames, orbits, visibility
from spacesec.errors import SpacesecError

# Central angle at elevation 0 and 10 degrees, slant range at 0, sphere of 6378.137 km (closed forms evaluated
# independently).
HORIZON = {
    400: (19.7821, 12.0753, 2294.0),
    600: (23.9335, 15.8247, 2830.9),
    1000: (30.1784, 21.6432, 3708.9),
    2000: (40.4225, 31.4341, 5432.5),
    20180: (76.1042, 66.3194, 25780.9),
}
# Largest central angle from 1,000 km to a target at this height, line of sight grazing the sphere.
GRAZING = {10: 33.3847, 30: 35.7247, 50: 37.3293, 80: 39.2061, 100: 40.2587}


def place(radius_km, angle_deg):
    """A satellite at this angle from the x axis."""
    return radius_km * np.array([np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg)), 0.0])


def test_horizon_table():
    for altitude, (at_0, at_10, slant) in HORIZON.items():
        assert visibility.central_angle_deg(
            visibility.Rule(0), altitude, earth=earth.SPHERE
        ) == pytest.approx(at_0, abs=1e-4)
        assert visibility.central_angle_deg(
            visibility.Rule(10), altitude, earth=earth.SPHERE
        ) == pytest.approx(at_10, abs=1e-4)
        ground = frames.points(0, 0, earth=earth.SPHERE)
        assert visibility.look(place(6378.137 + altitude, at_0), ground.position_km, ground.up).range_km[
            0
        ] == pytest.approx(slant, abs=0.1)


def test_grazing_table_and_acceptance_value():
    for target, angle in GRAZING.items():
        assert visibility.central_angle_deg(
            visibility.Rule(None, 0.0), 1000, target, earth.SPHERE
        ) == pytest.approx(angle, abs=1e-4)
    assert visibility.central_angle_deg(visibility.Rule(None, 0.0), 1000, 30, earth.SPHERE) == pytest.approx(
        35.72, abs=0.01
    )


def test_limb_with_tangent_altitude():
    # Public geometry table: 1,000 km, target 50 km, tangent 20 km: 35.4 degrees on the 6,371 km sphere.
    assert visibility.central_angle_deg(
        visibility.Rule(None, 20.0), 1000, 50, earth.MEAN_SPHERE
    ) == pytest.approx(35.4, abs=0.05)


def test_footprint_shares_of_the_globe():
    # 1,000 km: 6.8/4.9/3.5/2.6/1.9 % of the Earth at elevation 0/5/10/15/20 degrees.
    for elevation, share in zip((0, 5, 10, 15, 20), (6.8, 4.9, 3.5, 2.6, 1.9)):
        angle = np.radians(
            visibility.central_angle_deg(visibility.Rule(elevation), 1000, earth=earth.MEAN_SPHERE)
        )
        assert 100 * (1 - np.cos(angle)) / 2 == pytest.approx(share, abs=0.06)


def test_geostationary_limits():
    seat = orbits.track(orbits.geostationary([0.0]), j2=False)(0.0)[0, 0]
    # 81.3 degrees = arccos(6378/42164) on the sphere; 81.3282 degrees of geodetic latitude on WGS 84.
    assert visibility.central_angle_deg(visibility.Rule(0), 35786.033, earth=earth.SPHERE) == pytest.approx(
        81.2995, abs=1e-4
    )
    for latitude, seen in ((81.327, True), (81.329, False)):
        point = frames.points(latitude, 0)
        assert visibility.sees(seat, point.position_km, point.up, visibility.Rule(0))[0] == seen


def test_geostationary_elevation_seen_from_39_north():
    # Published angles at longitude offsets 0/20/40/60 degrees: 44.9/40.3/28.9/14.5 degrees (sphere of 6,371
    # km).
    for offset, elevation in zip((0, 20, 40, 60), (44.9, 40.3, 28.9, 14.5)):
        point = frames.points(39, 0, earth=earth.MEAN_SPHERE)
        angle = visibility.look(place(6371 + 35786, offset), point.position_km, point.up).elevation_deg[0]
        assert angle == pytest.approx(elevation, abs=0.06)  # printed to 0.1; the first is 44.85


@pytest.mark.parametrize(
    "rule, target",
    [
        (visibility.Rule(10), 0.0),
        (visibility.Rule(0), 0.0),
        (visibility.Rule(None, 0.0), 30.0),
        (visibility.Rule(None, 20.0), 50.0),
        (visibility.Rule(None, 20.0, maximum_range_km=2500.0), 50.0),
        (visibility.Rule(0, maximum_off_nadir_deg=45.0), 0.0),
        (visibility.Rule(5, maximum_range_km=2000.0), 10.0),
    ],
)
def test_exact_rule_turns_at_the_closed_form(rule, target):
    edge = float(visibility.central_angle_deg(rule, 1000, target, earth.SPHERE))
    point = frames.points(0, 0, target, earth.SPHERE)
    for angle, seen in ((edge - 1e-6, True), (edge + 1e-6, False)):
        assert (
            visibility.sees(place(7378.137, angle), point.position_km, point.up, rule, earth.SPHERE)[0]
            == seen
        )


def test_limb_rule_on_the_ellipsoid_is_the_height_of_the_ray():
    """A ray is followed in small steps and its lowest geodetic height compared with the tangent altitude."""
    rule, random = visibility.Rule(None, 20.0), np.random.default_rng(4)
    wrong = 0
    for _ in range(300):
        target = frames.points(random.uniform(-70, 70), random.uniform(-180, 180), 50.0)
        latitude, longitude = frames.destination(
            target.latitude_deg[0], target.longitude_deg[0], random.uniform(0, 360), random.uniform(30, 40)
        )
        satellite = frames.points(latitude, longitude, 1000.0).position_km[0]
        along = np.linspace(0, 1, 4001)[:, None]
        lowest = frames.geodetic(target.position_km + along * (satellite - target.position_km))[2].min()
        if abs(lowest - 20.0) > 0.1:
            wrong += visibility.sees(satellite, target.position_km, target.up, rule)[0] != (lowest > 20.0)
    assert wrong == 0


def test_crossing_angle():
    target = np.zeros(3)
    assert visibility.crossing_angle_deg([1.0, 0, 0], [1.0, 1.0, 0], target) == pytest.approx(45)
    assert visibility.crossing_angle_deg([1.0, 0, 0], [-1.0, 0.2, 0], target) == pytest.approx(
        np.degrees(np.arctan(0.2))
    )
    satellites = np.array([[[1.0, 0, 0]] * 2, [[1.0, 1.0, 0]] * 2, [[0.0, 1.0, 0]] * 2])
    seen = np.array([[True, True], [True, False], [True, False]])
    assert np.allclose(visibility.best_crossing_deg(satellites, seen, target), [90, 0])


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: visibility.Rule(95), "below 90 degrees"),
        (lambda: visibility.Rule(), "needs a minimum elevation"),
        (lambda: visibility.Rule(None, -3), "Tangent altitude"),
        (lambda: visibility.Rule(5, maximum_range_km=0), "above 0 km"),
        (
            lambda: visibility.central_angle_deg(visibility.Rule(None, 20.0), 1000, 10.0),
            "at or above that height",
        ),
        (lambda: visibility.central_angle_deg(visibility.Rule(5), 100, 200.0), "higher than its target"),
    ],
)
def test_impossible_rules_are_refused(make, words):
    with pytest.raises(SpacesecError, match=words):
        make()
