"""Dilution of precision against closed forms and identities."""

import numpy as np
import pytest

from spacesec.astrodynamics import dilution, frames
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
