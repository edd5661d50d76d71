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


def test_the_ends_of_what_a_rule_may_ask_for():
    assert visibility.Rule(0.5).minimum_elevation_deg == 0.5
    assert visibility.Rule(89.5, 999.5, 0.5, 90).maximum_off_nadir_deg == 90
    assert visibility.Rule(0, 0.5, maximum_off_nadir_deg=0.5).tangent_altitude_km == 0.5
    for bad in (
        dict(minimum_elevation_deg=90),
        dict(minimum_elevation_deg=-0.1),
        dict(tangent_altitude_km=1000),
        dict(minimum_elevation_deg=5, maximum_range_km=0),
        dict(minimum_elevation_deg=5, maximum_off_nadir_deg=0),
        dict(minimum_elevation_deg=5, maximum_off_nadir_deg=90.5),
    ):
        with pytest.raises(SpacesecError):
            visibility.Rule(**bad)


def test_a_target_at_the_tangent_altitude_is_allowed_and_a_millimeter_below_is_rounding():
    rule = visibility.Rule(None, 20.0)
    rule.check_targets(20.0)
    rule.check_targets(20.0 - 1e-6)
    with pytest.raises(SpacesecError, match="at or above that height"):
        rule.check_targets(20.0 - 1.05e-6)
    visibility.Rule(5.0).check_targets(-0.5)
    # Rounding leaves the angle that of a target at the very height.
    angle = visibility.central_angle_deg(rule, 1000, 20.0 - 5e-7, earth.SPHERE)
    assert angle == pytest.approx(np.degrees(np.arccos(6398.137 / 7378.137)), abs=1e-6)


def test_a_rule_is_told_in_words():
    assert visibility.Rule(5, 20, 3000, 45).words() == (
        "elevation of 5° or more, line of sight above 20 km, range up to 3,000 km, up to 45° off nadir"
    )


def test_the_edges_of_a_rule_themselves_count():
    point = np.array([6378.137, 0.0, 0.0])
    up = np.array([1.0, 0.0, 0.0])
    level = point + [0.0, 800.0, 0.0]
    assert visibility.sees(level, point, up, visibility.Rule(0))
    assert not visibility.sees(level - [1e-6, 0, 0], point, up, visibility.Rule(0))
    far = point + [300.0, 400.0, 0.0]  # at 500 km
    assert visibility.sees(far, point, up, visibility.Rule(0, maximum_range_km=500.0))
    assert not visibility.sees(far, point, up, visibility.Rule(0, maximum_range_km=499.999))


@pytest.mark.parametrize("longitude", [0.0, 30.0, 90.0])
@pytest.mark.parametrize("target", [20.0, 20.5, 400.0])
def test_the_limb_rule_turns_at_two_arcs_around_the_equator(longitude, target):
    """On the ellipsoid's equator too, which is a circle: arccos(Rt / r) of both ends."""
    rule = visibility.Rule(None, 20.0)
    edge = np.degrees(np.arccos(6398.137 / 7378.137) + np.arccos(6398.137 / (6378.137 + target)))
    point = frames.points(0, longitude, target)
    for angle, seen in ((edge - 1e-5, True), (edge + 1e-5, False)):
        satellite = place(7378.137, longitude + angle)
        assert visibility.sees(satellite, point.position_km, point.up, rule)[0] == seen
        # A line of sight is the same from either end.
        assert visibility.sees(point.position_km, satellite, point.up, rule)[0] == seen


def test_over_the_pole_the_limb_rule_keeps_to_the_polar_radius():
    # Two high satellites across the pole whose line passes at just above or below 20 km.
    rule, up = visibility.Rule(None, 20.0), np.array([0.0, 0.0, 1.0])
    for height, seen in ((20.01, True), (19.99, False)):
        z = earth.WGS84.polar_radius_km + height
        ends = np.array([-5000.0, 0, z]), np.array([5000.0, 0, z])
        assert visibility.sees(*ends, up, rule) == seen


def test_looks_close_the_triangle_with_the_earths_center():
    point = frames.points(0, 0, 10.0, earth.SPHERE)
    for angle in (0.0, 3.0, 20.0, 35.0):
        satellite = place(7378.137, angle)
        found = visibility.look(satellite, point.position_km, point.up)
        ground = 6388.137
        square = ground**2 + 7378.137**2 - 2 * ground * 7378.137 * np.cos(np.radians(angle))
        assert found.range_km[0] == pytest.approx(np.sqrt(square))
        assert found.off_nadir_deg[0] + found.elevation_deg[0] + angle == pytest.approx(90, abs=1e-5)
    assert visibility.look(place(7378.137, 0), point.position_km, point.up).elevation_deg[0] == 90


def test_the_widest_crossing_is_the_widest_of_all_pairs_that_see():
    from itertools import combinations

    chance = np.random.default_rng(6)
    satellites, target = chance.normal(size=(5, 40, 3)) * 9000, chance.normal(size=(40, 3)) * 10
    seen = chance.random((5, 40)) < 0.5
    found = visibility.best_crossing_deg(satellites, seen, target)
    for t in range(40):
        pairs = combinations(np.flatnonzero(seen[:, t]), 2)
        angles = [
            visibility.crossing_angle_deg(satellites[i, t], satellites[j, t], target[t]) for i, j in pairs
        ]
        assert found[t] == pytest.approx(max(angles, default=0.0), abs=1e-5)
    assert visibility.best_crossing_deg(satellites, np.zeros((5, 40), bool), target).tolist() == [0] * 40


def test_each_limit_alone_gives_its_own_central_angle():
    near = visibility.Rule(0, maximum_range_km=999.0)
    assert visibility.central_angle_deg(near, 1000, earth=earth.SPHERE) == 0  # not even straight below
    # Range by the law of cosines, off nadir by the law of sines.
    rule = visibility.Rule(0, maximum_range_km=2000.0)
    angle = np.radians(visibility.central_angle_deg(rule, 1000, 50, earth.SPHERE))
    square = 6428.137**2 + 7378.137**2 - 2 * 6428.137 * 7378.137 * np.cos(angle)
    assert np.sqrt(square) == pytest.approx(2000)
    rule = visibility.Rule(0, maximum_off_nadir_deg=40.0)
    angle = visibility.central_angle_deg(rule, 1000, 50, earth.SPHERE)
    beyond = 180 - 40 - angle  # the angle at the target
    assert np.sin(np.radians(beyond)) / 7378.137 == pytest.approx(np.sin(np.radians(40)) / 6428.137)
    # A wide sensor sees to the horizon, and the least of all limits counts.
    open_ = visibility.Rule(0, maximum_off_nadir_deg=89.0)
    assert visibility.central_angle_deg(open_, 1000, earth=earth.SPHERE) == pytest.approx(30.1784, abs=1e-4)
    both = visibility.Rule(0, maximum_range_km=1500.0, maximum_off_nadir_deg=40.0)
    singles = [
        visibility.central_angle_deg(
            visibility.Rule(0, **{name: getattr(both, name)}), 1000, 50, earth.SPHERE
        )
        for name in ("maximum_range_km", "maximum_off_nadir_deg")
    ]
    assert visibility.central_angle_deg(both, 1000, 50, earth.SPHERE) == pytest.approx(min(singles))


def test_a_satellite_must_be_above_its_target():
    with pytest.raises(SpacesecError, match="higher than its target"):
        visibility.central_angle_deg(visibility.Rule(5), 200.0, 200.0)
    assert visibility.central_angle_deg(visibility.Rule(0), 200.5, 200.0, earth.SPHERE) > 0
