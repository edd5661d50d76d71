"""Dilution of precision against closed forms and identities."""

import numpy as np
import pytest

from spacesec.astrodynamics import dilution, earth, frames
from spacesec.errors import SpacesecError


def sky(*directions):
    """A Sight of one point at one instant from (azimuth, elevation) pairs in degrees."""
    az, el = np.radians(np.array(directions, float)).T
    u = np.column_stack([np.cos(el) * np.sin(az), np.cos(el) * np.cos(az), np.sin(el)])
    return dilution.Sight(u[:, None, None, :], np.ones((len(u), 1, 1), bool))


def direct(view, clocks):
    """PDOP straight from the geometry matrix with one clock column a system."""
    u = view.direction[view.seen[:, 0, 0], 0, 0]
    labels = np.asarray(clocks)[view.seen[:, 0, 0]]
    g = np.column_stack([u, *[(labels == name).astype(float) for name in np.unique(labels)]])
    q = np.linalg.inv(g.T @ g)
    return np.sqrt(np.trace(q[:3, :3])), np.sqrt(np.trace(q))


def test_zenith_and_three_on_the_horizon():
    view = sky((0, 90), (0, 0), (120, 0), (240, 0))
    pdop, gdop = dilution.pdop(view), dilution.gdop(view)
    assert gdop[0, 0] == pytest.approx(np.sqrt(3), abs=1e-9)
    assert pdop[0, 0] == pytest.approx(1.632993, abs=1e-6)


def test_zenith_and_three_at_thirty_degrees():
    # Closed form quoted with the GPS standard: PDOP 8/3, GDOP 3.0732
    view = sky((0, 90), (0, 30), (120, 30), (240, 30))
    pdop, gdop = dilution.pdop(view), dilution.gdop(view)
    assert pdop[0, 0] == pytest.approx(8 / 3, abs=1e-9) and gdop[0, 0] == pytest.approx(3.0732, abs=5e-5)


def test_eliminated_clocks_equal_the_full_matrix():
    rng = np.random.default_rng(7)
    for _ in range(20):
        view = sky(*zip(rng.uniform(0, 360, 9), rng.uniform(5, 90, 9)))
        clocks = ["a", "a", "a", "b", "b", "b", "b", "c", "c"]
        assert dilution.pdop(view, clocks)[0, 0] == pytest.approx(direct(view, clocks)[0], rel=1e-8)
        assert dilution.gdop(view)[0, 0] == pytest.approx(direct(view, ["a"] * 9)[1], rel=1e-8)


def test_a_lone_satellite_with_its_own_clock_adds_nothing():
    four = [(0, 90), (0, 10), (120, 10), (240, 10)]
    assert dilution.pdop(sky(*four, (60, 40)), [0, 0, 0, 0, 1])[0, 0] == pytest.approx(
        dilution.pdop(sky(*four))[0, 0]
    )


def test_more_satellites_never_hurt_and_turning_changes_nothing():
    rng = np.random.default_rng(11)
    directions = list(zip(rng.uniform(0, 360, 10), rng.uniform(5, 90, 10)))
    values = [dilution.pdop(sky(*directions[:n]))[0, 0] for n in range(4, 11)]
    assert all(b <= a + 1e-12 for a, b in zip(values, values[1:]))
    turned = [(a + 77, e) for a, e in directions]
    assert dilution.pdop(sky(*turned))[0, 0] == pytest.approx(values[-1])


def test_three_satellites_or_a_flat_geometry_give_no_fix():
    assert np.isinf(dilution.pdop(sky((0, 50), (120, 50), (240, 50)))[0, 0])
    assert np.isinf(
        dilution.pdop(sky((0, 30), (90, 30), (180, 30), (270, 30)))[0, 0]
    )  # all on one cone around the vertical


def test_leaving_one_out_equals_computing_without_it():
    view = sky((0, 90), (10, 20), (100, 35), (200, 15), (300, 50), (250, 70))
    each = dilution.drop_each(view)
    for k in range(6):
        rest = np.delete(np.arange(6), k)
        assert each[k, 0, 0] == pytest.approx(
            dilution.pdop(dilution.Sight(view.direction[rest], view.seen[rest]))[0, 0], rel=1e-7
        )


def test_subsets_hold_every_fleet():
    view = sky((0, 90), (10, 20), (100, 35), (200, 15), (300, 50))
    found = dict(dilution.subsets(view, [[0], [1, 2], [3, 4]]))
    assert len(found) == 8 and np.isinf(found[frozenset({0, 1})][0, 0])
    assert found[frozenset({0, 1, 2})][0, 0] == pytest.approx(dilution.pdop(view)[0, 0])


def test_bad_masks_and_no_satellites_are_refused():
    with pytest.raises(SpacesecError, match="below 90 degrees, not 95"):
        dilution.sight(np.zeros((1, 1, 3)), frames.points(0, 0), 95)
    with pytest.raises(SpacesecError, match="At least one satellite"):
        dilution.sight(np.zeros((0, 1, 3)), frames.points(0, 0), 10)


@pytest.mark.parametrize("half_angle", [20, 5, 3, 2])
def test_satellites_close_together_are_poor_but_not_without_a_fix(half_angle):
    # Five in a narrow cone: the determinant is down to 1e-12 and PDOP in the hundreds or thousands.
    view = sky((0, 90), *((azimuth, 90 - half_angle) for azimuth in (0, 80, 170, 260)))
    expected = direct(view, ["a"] * 5)
    assert dilution.pdop(view)[0, 0] == pytest.approx(expected[0], rel=1e-5) and expected[0] < 1e4
    assert dilution.gdop(view)[0, 0] == pytest.approx(expected[1], rel=1e-5)


@pytest.mark.parametrize("clocks", [[0, 0, 0, 1, 1], [0, 0, 1, 1, 2]])
def test_fewer_satellites_than_unknowns_have_no_fix(clocks):
    # Three places and two or three clocks: five satellites solve for two clocks, never for three.
    view = sky((0, 80), (70, 20), (150, 35), (220, 10), (300, 50))
    enough = 3 + len(set(clocks)) <= len(clocks)
    assert np.isfinite(dilution.pdop(view, clocks)[0, 0]) == enough


def test_no_rounding_makes_a_fix_of_satellites_in_one_plane():
    generator = np.random.default_rng(5)
    for _ in range(50):
        azimuth = generator.uniform(0, 360)
        view = sky(*((azimuth, elevation) for elevation in generator.uniform(5, 90, 6)))
        assert np.isinf(dilution.pdop(view)[0, 0]) and np.isinf(dilution.gdop(view)[0, 0])


def scattered(seed, count):
    """A sky with several points and instants, in which some satellites are not in view."""
    rng = np.random.default_rng(seed)
    u = rng.normal(size=(count, 2, 3, 3))
    u[..., 2] = np.abs(u[..., 2])
    u /= np.linalg.norm(u, axis=-1, keepdims=True)
    return dilution.Sight(u, rng.random((count, 2, 3)) < 0.85)


def part(view, keep, time, point):
    """The chosen satellites of one point and instant."""
    return dilution.Sight(
        view.direction[keep, time : time + 1, point : point + 1],
        view.seen[keep, time : time + 1, point : point + 1],
    )


def test_leaving_one_out_holds_with_clocks_of_several_systems_and_satellites_out_of_view():
    view, clocks = scattered(3, 12), np.array([0, 1] * 6)
    each = dilution.drop_each(view, clocks)
    for k in range(12):
        rest = np.delete(np.arange(12), k)
        for time in range(2):
            for point in range(3):
                wanted = direct(part(view, rest, time, point), clocks[rest])[0]
                assert each[k, time, point] == pytest.approx(wanted, rel=1e-7)


def test_every_subset_of_fleets_is_what_its_satellites_alone_give():
    # Satellites 10 and 11 are in no group and always there.
    view, clocks = scattered(4, 12), np.array([0] * 5 + [1] * 5 + [0, 1])
    groups = [[0, 1, 2], [3, 4, 5, 6], [7, 8, 9]]
    found = list(dilution.subsets(view, groups, clocks))
    assert len(found) == len({members for members, _ in found}) == 8
    for members, value in found:
        keep = np.array(sorted([10, 11, *(k for g in members for k in groups[g])]))
        for time in range(2):
            for point in range(3):
                chosen = part(view, keep, time, point)
                labels = clocks[keep][chosen.seen[:, 0, 0]]
                if len(labels) >= 3 + len(set(labels)):
                    wanted = direct(chosen, clocks[keep])[0]
                    assert value[time, point] == pytest.approx(wanted, rel=1e-6)
                else:
                    assert np.isinf(value[time, point])


def test_gdop_of_several_points_and_instants_is_that_of_the_full_matrix():
    view = scattered(5, 9)
    found = dilution.gdop(view)
    assert (view.visible == view.seen.sum(axis=0)).all() and view.visible.shape == (2, 3)
    for time in range(2):
        for point in range(3):
            chosen = part(view, np.arange(9), time, point)
            assert found[time, point] == pytest.approx(direct(chosen, ["a"] * 9)[1], rel=1e-8)


def test_without_a_satellite_in_view_there_is_no_fix():
    view = sky((0, 90), (0, 30), (120, 30), (240, 30))
    blind = dilution.Sight(view.direction, np.zeros_like(view.seen))
    assert np.isinf(dilution.pdop(blind)).all() and np.isinf(dilution.gdop(blind)).all()


def test_a_fix_is_one_up_to_a_pdop_of_ten_thousand():
    for half_angle, fixed in ((1.0, True), (0.9, True), (0.8, False), (0.5, False)):
        view = sky((0, 90), *((azimuth, 90 - half_angle) for azimuth in (0, 90, 180, 270)))
        # Cone of four around a fifth: by symmetry the vertical and its clock are worst.
        height = 1 - np.cos(np.radians(half_angle))
        wide = np.sin(np.radians(half_angle)) ** 2
        closed = np.sqrt(1 / (2 * wide) * 2 + 5 / (4 * height**2))
        assert (closed < dilution.LARGEST_PDOP) == fixed
        found = dilution.pdop(view)[0, 0]
        assert found == pytest.approx(closed, rel=1e-4) if fixed else np.isinf(found)


def test_sight_lines_run_from_the_point_and_the_mask_itself_counts():
    point = frames.points(0, 0, earth=earth.SPHERE)
    radius = earth.SPHERE.equatorial_radius_km
    places = np.array([[radius + 100, 0, 0], [radius, 500, 0], [radius - 1, 500, 0], [np.nan] * 3])
    view = dilution.sight(places[:, None, :], point, 0)
    assert view.seen[:, 0, 0].tolist() == [True, True, False, False]
    np.testing.assert_allclose(view.direction[0, 0, 0], [1, 0, 0], atol=1e-12)
    np.testing.assert_allclose(view.direction[1, 0, 0], [0, 1, 0], atol=1e-12)
    assert view.direction[3, 0, 0].tolist() == [0, 0, 0]
    # Half a degree is a mask too, and 90 degrees none.
    raised = place_at(radius, 0.4), place_at(radius, 0.6)
    assert dilution.sight(np.array(raised)[:, None, :], point, 0.5).seen.ravel().tolist() == [False, True]
    for mask in (-0.1, 90):
        with pytest.raises(SpacesecError, match="mask"):
            dilution.sight(places[:, None, :], point, mask)


def place_at(radius, elevation):
    """A place 1,000 km from the point on the x axis at this elevation."""
    angle = np.radians(elevation)
    return [radius + 1000 * np.sin(angle), 1000 * np.cos(angle), 0.0]
