"""The coverage kernel against the exact rule, published statistics, Iridium, rosettes and closed forms."""

import numpy as np
import pytest

from spacesec.astrodynamics import coverage, earth, elements, frames, orbits, theory, visibility
from spacesec.errors import SpacesecError

DAY = np.arange(1440) * 60.0
REFERENCE_DATE = 2460676.5  # 2025-01-01T00:00 UTC
# Walker 24/6/1, 1,000 km, 55 degrees, one day of minutes, 25 x 40 lattice over 20-50 N, 110-150 E, elevation
# 10 degrees:
# availability, two-fold availability, mean in view, mean and longest gap in minutes, number of gaps
# (independent float64 run).
REFERENCE = {
    "kepler sphere": (0.8623, 0.1761, 1.0384, 3.5486, 17, 55885),
    "kepler": (0.8656, 0.1816, 1.0471, 3.5259, 17, 54908),
    "j2": (0.8652, 0.1815, 1.0468, 3.5296, 17, 54989),
    "sgp4": (0.8625, 0.1784, 1.0409, 3.5557, 18, 55686),
}


def lattice(on=earth.WGS84):
    return frames.grid(np.linspace(20, 50, 25), np.linspace(110, 150, 40), earth=on)


def three_days(pattern, latitude, longitude, rule, on=earth.SPHERE, altitude=0.0, step=30.0):
    """Share of instants (percent) with one and with two satellites, and the mean number."""
    counts = coverage.count_in_view(
        orbits.track(pattern, on, j2=False),
        np.arange(0, 3 * 86400, step),
        frames.points(latitude, longitude, altitude, on),
        rule,
        on,
    )
    return (
        100 * coverage.availability(counts)[0],
        100 * coverage.availability(counts, 2)[0],
        coverage.mean_in_view(counts)[0],
    )


@pytest.mark.parametrize("model", REFERENCE)
def test_reference_statistics(model):
    on = earth.SPHERE if model == "kepler sphere" else earth.WGS84
    pattern = orbits.walker_delta(24, 6, 1, 1000, 55)
    track = (
        elements.track(elements.from_constellation(pattern, REFERENCE_DATE), REFERENCE_DATE)
        if model == "sgp4"
        else orbits.track(
            pattern, on, j2=model == "j2", angle_at_start_rad=float(frames.sidereal_angle(REFERENCE_DATE))
        )
    )
    counts = coverage.count_in_view(track, DAY, lattice(on), visibility.Rule(10), on)
    gaps = coverage.gaps(counts, 60.0)
    one, two, mean, gap, longest, number = REFERENCE[model]
    assert coverage.availability(counts).mean() == pytest.approx(one, abs=6e-5)
    assert coverage.availability(counts, 2).mean() == pytest.approx(two, abs=6e-5)
    assert counts.mean() == pytest.approx(mean, abs=6e-5)
    assert gaps.length_s.mean() / 60 == pytest.approx(gap, abs=6e-5)
    assert gaps.length_s.max() / 60 == longest
    assert abs(len(gaps.point) - number) <= 2  # one cell at a float32 edge makes or breaks a gap


@pytest.mark.parametrize(
    "rule, altitude",
    [
        (visibility.Rule(10), 0.0),
        (visibility.Rule(0), 0.0),
        (visibility.Rule(None, 20.0), 50.0),
        (visibility.Rule(5, 20.0), 50.0),
        (visibility.Rule(None, 20.0, 3000.0), 60.0),
        (visibility.Rule(5, maximum_off_nadir_deg=40.0), 0.0),
    ],
)
def test_kernel_agrees_with_the_exact_rule(rule, altitude):
    """Over the globe in many tiles, with low, eccentric and geostationary orbits together; edges may differ
    in 1 of 100,000 tests.
    """
    fleet = (
        orbits.walker_delta(40, 8, 3, 1000, 65)
        + orbits.elements(26600, 0.72, 63.4, [0, 90, 180], 270, [0, 120, 240])
        + orbits.geostationary([140, -100])
    )
    points, times = frames.points(*frames.sphere_lattice(2500), altitude), np.arange(12) * 1000.0
    track = orbits.track(fleet)
    counts = coverage.count_in_view(track, times, points, rule)
    exact = sum(
        visibility.sees(one[:, None, :], points.position_km, points.up, rule).astype(int)
        for one in track(times)
    )
    assert counts.shape == exact.shape and counts.max() > 2
    assert np.abs(counts.astype(int) - exact).sum() <= 1e-5 * len(fleet) * counts.size


def test_wide_counts_do_not_wrap():
    fleet = orbits.elements(np.full(300, 42164.17), anomaly_deg=np.linspace(-5, 5, 300))
    assert (
        coverage.count_in_view(
            orbits.track(fleet, j2=False), [0.0], frames.points(0, 0), visibility.Rule(5)
        ).max()
        == 300
    )


def test_iridium_is_66_in_6_planes_of_11():
    angle = float(visibility.central_angle_deg(visibility.Rule(8.2), 780, earth=earth.MEAN_SPHERE))
    assert theory.streets(angle) == (66, 6, 11)
    rule = visibility.Rule(8.2)
    equal = orbits.street_star(66, 6, 780, 86.4, 30.0, earth=earth.MEAN_SPHERE)
    assert three_days(equal, 0, 0, rule, earth.MEAN_SPHERE)[0] == pytest.approx(99.72, abs=0.1)
    wide = orbits.street_star(66, 6, 780, 86.4, 31.6, earth=earth.MEAN_SPHERE)
    for latitude in (0, 25, 45, 60):
        assert three_days(wide, latitude, 0, rule, earth.MEAN_SPHERE)[0] == 100


# Fewest satellites of streets of coverage (N, planes, per plane), sphere of 6,371 km: altitude, elevation,
# whole Earth, poleward of 25 degrees.
STREETS = [
    (400, 0, (70, 7, 10), (65, 5, 13)),
    (500, 5, (91, 7, 13), (78, 6, 13)),
    (780, 10, (77, 7, 11), (72, 6, 12)),
    (1000, 0, (32, 4, 8), (28, 4, 7)),
    (1000, 5, (45, 5, 9), (40, 5, 8)),
    (1000, 15, (84, 7, 12), (72, 6, 12)),
    (2000, 10, (28, 4, 7), (27, 3, 9)),
    (10000, 10, (10, 2, 5), (8, 2, 4)),
    (20000, 0, (6, 2, 3), (4, 1, 4)),
]


@pytest.mark.parametrize("altitude, elevation, everywhere, poleward", STREETS)
def test_streets_of_coverage_table(altitude, elevation, everywhere, poleward):
    angle = float(visibility.central_angle_deg(visibility.Rule(elevation), altitude, earth=earth.MEAN_SPHERE))
    assert theory.streets(angle) == everywhere and theory.streets(angle, 25) == poleward


def test_street_of_iridium_spans_half_the_equator():
    angle = float(visibility.central_angle_deg(visibility.Rule(8.2), 780, earth=earth.SPHERE))
    half = theory.street_half_width_deg(angle, 11)
    assert angle == pytest.approx(19.925, abs=1e-3) and half == pytest.approx(11.527, abs=1e-3)
    assert 5 * (angle + half) + 2 * half == pytest.approx(180.31, abs=0.01)


def test_rule_of_thumb():
    for altitude, elevation, rule in ((500, 0, 55.0), (780, 10, 76.0), (1000, 5, 40.9), (2000, 10, 27.2)):
        assert theory.rule_of_thumb(
            float(visibility.central_angle_deg(visibility.Rule(elevation), altitude, earth=earth.MEAN_SPHERE))
        ) == pytest.approx(rule, abs=0.06)


# Walker (1977) and Ballard (1980): T/P/F, inclination, radius for continuous whole-Earth cover, degrees.
ROSETTES = [
    (5, 5, 1, 43.66, 69.15),
    (6, 6, 4, 53.13, 66.42),
    (7, 7, 5, 55.69, 60.26),
    (8, 8, 6, 61.86, 56.52),
    (9, 9, 7, 70.54, 54.81),
    (10, 5, 2, 57.12, 52.24),
    (10, 10, 7, 47.93, 51.53),
    (11, 11, 4, 53.79, 47.62),
]


@pytest.mark.parametrize("satellites, planes, phasing, inclination, radius", ROSETTES)
def test_rosettes(satellites, planes, phasing, inclination, radius):
    assert theory.pattern_radius_deg(
        orbits.walker_delta(satellites, planes, phasing, 1000, inclination)
    ) == pytest.approx(radius, abs=0.01)


# Inclination, elevation: latitude-density integral and simulated mean in view, 150 satellites at 600 km over
# 23.7 N.
INTEGRAL = [
    (30, 25, 2.302, 2.312),
    (40, 25, 1.225, 1.224),
    (53, 25, 0.873, 0.869),
    (97.8, 25, 0.661, 0.661),
    (97.8, 15, 1.364, 1.367),
]


@pytest.mark.parametrize("inclination, elevation, integral, simulated", INTEGRAL)
def test_mean_in_view_integral(inclination, elevation, integral, simulated):
    angle = float(visibility.central_angle_deg(visibility.Rule(elevation), 600, earth=earth.SPHERE))
    value = float(theory.mean_in_view(150, angle, inclination, 23.7))
    assert value == pytest.approx(integral, abs=1e-3)
    mean = three_days(
        orbits.walker_delta(150, 10, 1, 600, inclination), 23.7, 121, visibility.Rule(elevation)
    )[2]
    assert mean == pytest.approx(simulated, rel=0.01) and mean == pytest.approx(value, rel=0.01)


def test_mean_over_the_sphere_is_the_footprint_share():
    angle = float(visibility.central_angle_deg(visibility.Rule(10), 1000, earth=earth.SPHERE))
    assert 24 * theory.cap_share(angle) == pytest.approx(0.846019, abs=1e-6)
    points = frames.points(*frames.sphere_lattice(20_000), earth=earth.SPHERE)
    counts = coverage.count_in_view(
        orbits.track(orbits.walker_delta(24, 6, 1, 1000, 55), earth.SPHERE),
        np.arange(24) * 3600.0,
        points,
        visibility.Rule(10),
        earth.SPHERE,
    )
    assert counts.mean() == pytest.approx(0.846019, rel=1e-3)
    latitudes = np.degrees(np.arcsin(np.linspace(-1, 1, 2001)))
    assert np.mean(theory.mean_in_view(24, angle, 55, latitudes)) == pytest.approx(0.846019, rel=1e-3)


def test_phasing_decides_not_the_mean():
    rule = visibility.Rule(25)
    poor = three_days(orbits.walker_delta(100, 10, 1, 600, 30), 23.7, 121, rule)
    assert poor[0] == pytest.approx(49, abs=1) and poor[2] == pytest.approx(1.53, abs=0.02)
    assert three_days(orbits.walker_delta(100, 10, 4, 600, 30), 23.7, 121, rule)[0] == 100


def test_48_satellites_at_30_degrees():
    assert three_days(orbits.walker_delta(48, 6, 2, 600, 30), 23.7, 121, visibility.Rule(15))[
        0
    ] == pytest.approx(100, abs=0.5)


def test_tracking_layer_like_star_over_39_north():
    """28 satellites, 4 planes, 1,000 km; 80 degrees, the inclination published for the first tranche."""
    star = orbits.walker_star(28, 4, 2, 1000, 80)
    one, two, _ = three_days(star, 39, 126, visibility.Rule(None, 0.0), altitude=30.0)
    assert one == 100 and two == pytest.approx(90, abs=1)
    one, two, _ = three_days(star, 39, 126, visibility.Rule(20))
    assert one == pytest.approx(44, abs=1) and two == pytest.approx(0, abs=1)


def test_gaps_by_hand():
    counts = np.array([[0, 1, 0], [0, 1, 1], [1, 1, 0], [0, 1, 0]])
    gaps = coverage.gaps(counts, 30.0)
    assert (
        gaps.point.tolist() == [0, 0, 2, 2]
        and gaps.start_s.tolist() == [0, 90, 0, 60]
        and gaps.length_s.tolist() == [60, 30, 30, 60]
    )
    assert gaps.longest_s(3).tolist() == [60, 0, 60]
    assert coverage.gaps(counts, 30.0, fold=2).length_s.sum() == counts.size * 30


def test_losing_satellites_never_helps():
    pattern, points, rule = orbits.walker_delta(24, 6, 1, 1000, 55), lattice(), visibility.Rule(10)
    whole = coverage.count_in_view(orbits.track(pattern), DAY[:200], points, rule)
    part = coverage.count_in_view(orbits.track(pattern.without([1, 2, 7])), DAY[:200], points, rule)
    assert np.all(part <= whole) and part.sum() < whole.sum()


def test_refusals():
    track = orbits.track(orbits.walker_delta(24, 6, 1, 1000, 55))
    with pytest.raises(SpacesecError, match="at or above that height"):
        coverage.count_in_view(track, [0.0], frames.points(30, 130), visibility.Rule(None, 20.0))
    with pytest.raises(SpacesecError, match="rule of thumb"):
        theory.rule_of_thumb(30, fold=2)


def test_tiles_hold_every_point_once_and_only_neighbors():
    for count, tile_deg in ((30_000, 10.0), (2500, 30.0)):
        points = frames.points(*frames.sphere_lattice(count))
        tiles = coverage._tiles(points)
        assert np.array_equal(np.sort(np.concatenate([index for index, _, _ in tiles])), np.arange(count))
        # As many as tiles of this size fit on the sphere, 129,600 / pi square degrees, give or take a tenth.
        assert len(tiles) == pytest.approx(129_600 / np.pi / tile_deg**2, rel=0.1)
        unit = points.position_km / np.linalg.norm(points.position_km, axis=1)[:, None]
        for index, middle, radius in tiles:
            assert np.linalg.norm(middle) == pytest.approx(1)
            assert np.degrees(radius) < tile_deg
            # From the cosine, which is blind for a hundred-millionth of a radian.
            assert (unit[index] @ middle).min() >= np.cos(radius) - 1e-12


def test_a_few_points_near_each_other_are_one_tile_and_far_ones_are_not():
    assert len(coverage._tiles(lattice())) == 1
    assert len(coverage._tiles(frames.points([0, 0], [0, 180]))) == 2
    assert len(coverage._tiles(frames.points([0, 0], [0, 100]))) == 2
    ((index, middle, radius),) = coverage._tiles(frames.points([0, 0, 0], [10, 20, 30]))
    assert index.tolist() == [0, 1, 2] and np.degrees(radius) == pytest.approx(10)
    assert np.degrees(np.arctan2(middle[1], middle[0])) == pytest.approx(20)


@pytest.mark.parametrize(
    "rule, altitude",
    [(visibility.Rule(10), 0.0), (visibility.Rule(None, 20.0), 50.0), (visibility.Rule(5, 20.0), 50.0)],
)
@pytest.mark.parametrize("on, slack", [(earth.SPHERE, 0.06), (earth.WGS84, 3.0)])
def test_what_is_left_out_lies_beyond_the_reach_and_hardly_more(rule, altitude, on, slack):
    """Never below the largest central angle, and no more than the margin (degrees) above it."""
    angle = float(visibility.central_angle_deg(rule, 1000, altitude, on))
    points = frames.points([0, 0, 0], [0, 1, 2], altitude, on)
    reach = np.degrees(coverage._reach(np.array([on.equatorial_radius_km + 1000]), points, rule, on)[0])
    assert angle < reach < angle + slack


def test_counts_are_bytes_up_to_255_satellites():
    point, rule = frames.points(0, 0), visibility.Rule(5)
    for number, kind in ((255, np.uint8), (256, np.uint16)):
        fleet = orbits.elements(np.full(number, 42164.17), anomaly_deg=np.linspace(-5, 5, number))
        counts = coverage.count_in_view(orbits.track(fleet, j2=False), [0.0], point, rule)
        assert counts.dtype == kind and counts.tolist() == [[number]]


@pytest.mark.parametrize(
    "points", [frames.points(*frames.sphere_lattice(300)), lattice()], ids=["globe", "one"]
)
def test_blocks_of_any_size_give_the_same_counts(monkeypatch, points):
    track, times = orbits.track(orbits.walker_delta(24, 6, 1, 1000, 55)), np.arange(11) * 300.0
    whole = coverage.count_in_view(track, times, points, visibility.Rule(5))
    exact = sum(
        visibility.sees(one[:, None, :], points.position_km, points.up, visibility.Rule(5)).astype(int)
        for one in track(times)
    )
    assert np.abs(whole.astype(int) - exact).sum() <= 1
    for positions, tests in ((1, 1), (50, 700), (24 * 11, 3000)):
        monkeypatch.setattr(coverage, "BLOCK_POSITIONS", positions)
        monkeypatch.setattr(coverage, "BLOCK_TESTS", tests)
        found = coverage.count_in_view(track, times, points, visibility.Rule(5))
        assert np.abs(found.astype(int) - whole.astype(int)).sum() <= 1  # a product may round otherwise


def test_no_point_is_refused_and_targets_at_the_tangent_altitude_are_not():
    track = orbits.track(orbits.walker_delta(4, 2, 0, 1000, 55))
    with pytest.raises(SpacesecError, match="at least one point"):
        coverage.count_in_view(track, [0.0], frames.points([], []), visibility.Rule(5))
    rule = visibility.Rule(None, 20.0)
    assert coverage.count_in_view(track, [0.0], frames.points(0, 0, 20.0), rule).shape == (1, 1)


def test_shares_and_means_by_hand():
    counts = np.array([[0, 2], [1, 2], [3, 1], [1, 0]], dtype=np.uint8)
    assert coverage.availability(counts).tolist() == [0.75, 0.75]
    assert coverage.availability(counts, 2).tolist() == [0.25, 0.5]
    assert coverage.mean_in_view(counts).tolist() == [1.25, 1.25]
    assert coverage.gaps(counts, 10.0, 2).longest_s(2).tolist() == [20, 20]


def test_the_mean_number_has_its_closed_form_over_the_pole_and_along_the_equator():
    # Over the pole a polar orbit passes within the footprint for 2 lambda of 360 degrees.
    assert float(theory.mean_in_view(36, 20.0, 90.0, 90.0)) == pytest.approx(36 * 40 / 360, rel=1e-3)
    # From the equator's orbit a site sees arccos(cos lam / cos lat) to either side.
    half = np.degrees(np.arccos(np.cos(np.radians(30.0)) / np.cos(np.radians(10.0))))
    assert float(theory.mean_in_view(12, 30.0, 0.0, 10.0)) == pytest.approx(12 * half / 180, rel=1e-9)
    assert float(theory.mean_in_view(12, 30.0, 0.0, 31.0)) == 0
    both = theory.mean_in_view(5, 25.0, np.array([40.0, 98.0])[:, None], np.array([-35.0, 0.0, 35.0]))
    assert both.shape == (2, 3) and both[:, 0] == pytest.approx(both[:, 2], rel=1e-6)


def test_caps_and_their_limits():
    assert theory.cap_share(90) == pytest.approx(0.5) and theory.cap_share(60) == pytest.approx(0.25)
    assert theory.cap_share(0.5) == pytest.approx(np.radians(0.5) ** 2 / 4, rel=1e-4)
    assert theory.cap_share(179.5) > 0.99
    for angle in (0, 180, 180.5):
        with pytest.raises(SpacesecError, match="between 0 and 180"):
            theory.cap_share(angle)


def test_a_plane_has_a_street_only_when_its_footprints_meet():
    # Three a plane stand 120 degrees apart: footprints of 60 degrees just touch.
    assert theory.street_half_width_deg(59.0, 3) == 0 and theory.street_half_width_deg(61.0, 3) > 0
    assert theory.street_half_width_deg(89.0, 2) == 0 and theory.street_half_width_deg(89.0, 1) == 0
    # cos c = cos 70 / cos 60.
    assert np.cos(np.radians(theory.street_half_width_deg(70.0, 3))) == pytest.approx(
        2 * np.cos(np.radians(70))
    )


def test_streets_keep_to_the_most_a_plane_may_hold():
    angle = float(visibility.central_angle_deg(visibility.Rule(8.2), 780, earth=earth.MEAN_SPHERE))
    assert theory.streets(angle, most=11) == (66, 6, 11)
    assert theory.streets(angle, most=10)[2] <= 10 and theory.streets(angle, most=10)[0] > 66
    with pytest.raises(SpacesecError, match="No pattern of up to 3"):
        theory.streets(20.0, most=3)
    # Footprints of more than 60 degrees: three a plane are the least there are.
    assert theory.streets(85.0)[2] == 3


def test_the_rule_of_thumb_by_hand():
    # 1 - cos 60 = 1/2; at 60 degrees of latitude half as many.
    assert theory.rule_of_thumb(60.0) == pytest.approx(8) and theory.rule_of_thumb(
        60.0, fold=3
    ) == pytest.approx(22)
    assert theory.rule_of_thumb(60.0, 60.0) == pytest.approx(4)


def test_the_radius_of_two_crossed_polar_planes_by_hand():
    # Four a plane: when all stand 45 degrees from the equator, the places on it between the planes see four
    # of them at cos 45 cos 45 = 1/2.
    star = orbits.walker_star(8, 2, 0, 1000, 90)
    assert theory.pattern_radius_deg(star, phases=8) == pytest.approx(60, abs=1e-6)
    # At the first instant alone they are the corners of an octahedron.
    assert theory.pattern_radius_deg(star, phases=1) == pytest.approx(np.degrees(np.arccos(3**-0.5)))


def test_a_pattern_of_unlike_orbits_has_no_radius():
    for e, a in ((0.001, 8000.0), (0.0, [8000.0, 8001.0, 8000.0, 8000.0])):
        fleet = orbits.elements(a, e, 60.0, [0, 90, 180, 270], 0.0, [0, 90, 180, 270])
        with pytest.raises(SpacesecError, match="circular orbits of one altitude"):
            theory.pattern_radius_deg(fleet)
