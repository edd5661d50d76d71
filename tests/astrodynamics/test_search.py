"""The search for the smallest pattern: against Walker's own minima, published exploratory values and an
independent simulation.
"""

import numpy as np
import pytest

from spacesec.astrodynamics import coverage, earth, frames, orbits, search, visibility
from spacesec.errors import SpacesecError


def test_five_satellites_suffice_for_the_globe_with_walkers_radius():
    # Walker (1977): 5/5/1 at 43.66 degrees covers the whole Earth from a radius of 69.15 degrees, and no four
    # satellites in circles do.
    assert search.covers(5, 5, 1, 43.66, 69.4, (-89.0, 89.0))
    assert not search.covers(5, 5, 1, 43.66, 68.6, (-89.0, 89.0))


# Published exploratory search, band 20-50 N, sphere of 6,371 km: central angle, fold, satellites (upper
# bounds on a coarse grid).
EXPLORED = [(24.8, 1, 30), (24.8, 2, 48), (35.4, 1, 16), (35.4, 2, 24), (27.1, 1, 24), (20.2, 1, 45)]


@pytest.mark.parametrize("angle, fold, explored", EXPLORED)
def test_search_agrees_with_the_exploratory_one(angle, fold, explored):
    found = search.smallest(angle, (20, 50), fold)
    # A coarse grid lets patterns with small holes pass, so the finer grid may ask for up to an eighth more.
    assert found.bound <= found.satellites <= 1.125 * explored


def test_found_pattern_holds_in_a_simulation_over_the_turning_earth():
    angle = float(visibility.central_angle_deg(visibility.Rule(5), 1000, 50, earth.SPHERE))
    found = search.smallest(angle, (20, 50))
    pattern = orbits.walker_delta(found.satellites, found.planes, found.phasing, 1000, found.inclination_deg)
    points = frames.grid(np.arange(20, 51, 2.5), np.arange(0, 360, 10), 50.0, earth.SPHERE)
    counts = coverage.count_in_view(
        orbits.track(pattern, earth.SPHERE),
        np.arange(0, 86400, 60.0),
        points,
        visibility.Rule(5),
        earth.SPHERE,
    )
    assert (counts >= 1).mean() > 0.9999


def test_bound_over_the_pole_by_hand():
    # Only polar orbits serve the pole best; each is within 50 degrees of it for 100/360 of its time: 3.6 of
    # them for a mean of one.
    assert search.least(50.0, (89.9, 90.0), 1) == 4
    assert search.least(50.0, (89.9, 90.0), 3) == 11


def test_bad_band_is_refused():
    with pytest.raises(SpacesecError, match="upward"):
        search.smallest(30, (50, 20))


def test_a_footprint_too_small_to_be_counted_is_refused_in_one_sentence():
    with pytest.raises(SpacesecError, match="lower the minimum elevation"):
        search.least(0.0001, (20.0, 50.0))
