"""The search for the smallest pattern: against Walker's own minima, published exploratory values and an
independent simulation.
"""

import numpy as np
import pytest

from spacesec.astrodynamics import coverage, earth, frames, orbits, search, visibility
from spacesec.errors import SpacesecError

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
def test_published_rosettes_are_proven_at_their_radius_and_have_a_hole_below_it(
    satellites, planes, phasing, inclination, radius
):
    pattern, globe = (satellites, planes, phasing, inclination), (-90.0, 90.0)
    assert search.covers(*pattern, radius + 0.01, globe)
    assert not search.covers(*pattern, radius - 0.01, globe)
    # From above, by no more than a twentieth of the degree that is spared.
    assert radius - 0.01 <= search.needed_deg(*pattern, radius + 1, globe) <= radius + 0.06


@pytest.mark.parametrize("fold", [1, 2, 3])
def test_one_plane_covers_its_street_and_no_more(fold):
    # Street of coverage: S satellites of one plane keep k in view within c of it, cos(lam) = cos(c) cos(k
    # pi/S).
    each, band = 12, 9.0
    angle = np.degrees(np.arccos(np.cos(np.radians(band)) * np.cos(fold * np.pi / each)))
    assert search.covers(each, 1, 0, 0.0, angle + 0.02, (-band, band), fold)
    assert not search.covers(each, 1, 0, 0.0, angle - 0.02, (-band, band), fold)
    needed = search.needed_deg(each, 1, 0, 0.0, angle + 0.4, (-band, band), fold)
    assert angle <= needed <= angle + 0.4 / 20 + 1e-6


def test_arcs_on_a_circle_against_counting_on_a_fine_one():
    chance, circle = np.random.default_rng(5), 40.0
    place = np.arange(0, circle, 0.02)
    start, length = chance.uniform(-100, 100, (200, 6)), chance.uniform(0, 30, (200, 6)) ** 1.3
    for fold in (1, 2, 3):
        behind = (place - start[..., None]) % circle
        number = (np.floor(length / circle)[..., None] + (behind <= (length % circle)[..., None])).sum(axis=1)
        found, counted = search.covered(start, length, circle, fold), (number >= fold).all(axis=-1)
        assert not (found & ~counted).any() and 0 < found.sum() < 200
        # A hole narrower than the step escapes the counting, not the arcs.
        assert (found != counted).mean() <= 0.01


def holes(pattern, angle, fold, latitudes, longitudes, phases) -> int:
    """Points and phases of a grid over one sector that fewer than ``fold`` footprints hold, by vectors."""
    satellites, planes, phasing, inclination = pattern
    track = orbits.walker_delta(satellites, planes, phasing, 1000, inclination)
    lat, lon = (np.radians(a).ravel() for a in np.meshgrid(latitudes, longitudes))
    points = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]).astype(np.float32)
    node, tilt, found = np.radians(track.node_deg), np.radians(inclination), 0
    for phase in np.arange(phases) / phases * 360 * planes / satellites:
        u = np.radians(track.anomaly_deg + phase)
        x = np.cos(u) * np.cos(node) - np.sin(u) * np.cos(tilt) * np.sin(node)
        y = np.cos(u) * np.sin(node) + np.sin(u) * np.cos(tilt) * np.cos(node)
        place = np.stack([x, y, np.sin(u) * np.sin(tilt)], axis=1).astype(np.float32)
        found += int(((place @ points >= np.cos(np.radians(angle))).sum(axis=0) < fold).sum())
    return found


# Patterns that pass a grid of 1.25 degrees and 24 phases: angle, fold, whether they hold.
SIFTED = [
    ((16, 8, 4, 45.0), 35.4056265, 1, True),
    ((16, 8, 4, 50.0), 35.4056265, 1, False),
    ((27, 9, 3, 50.0), 35.4056265, 2, True),
    ((44, 22, 4, 45.0), 27.06949497, 2, False),
]


@pytest.mark.parametrize("pattern, angle, fold, holds", SIFTED)
def test_proof_agrees_with_a_grid_ten_times_finer(pattern, angle, fold, holds):
    sector = 360 / pattern[1]
    coarse = (np.arange(20, 50.1, 1.25), np.arange(0, sector, 1.25), 24)
    fine = (np.arange(20, 50.01, 0.125), np.arange(0, sector, 0.125), 240)
    assert holes(pattern, angle, fold, *coarse) == 0
    assert search.covers(*pattern, angle, (20.0, 50.0), fold) is holds
    assert (holes(pattern, angle, fold, *fine) == 0) is holds


def test_fifty_one_satellites_leave_gaps_over_the_turning_earth_and_fifty_four_none():
    # 17/4 at 45 degrees from 1,000 km, elevation of 5 degrees at 50 km: two-fold cover with gaps of half a
    # minute.
    seen = visibility.Rule(5.0)
    angle = float(visibility.central_angle_deg(seen, 1000, 50, earth.SPHERE))
    assert not search.covers(51, 17, 4, 45.0, angle, (20.0, 50.0), 2)
    assert search.covers(54, 6, 0, 45.0, angle, (20.0, 50.0), 2)
    points = frames.grid(np.arange(20, 50.1, 0.5), np.arange(0, 21, 0.5), 50.0, earth.SPHERE)
    times = np.arange(0, 7200, 10.0)
    for satellites, planes, phasing, gaps in ((51, 17, 4, True), (54, 6, 0, False)):
        pattern = orbits.walker_delta(satellites, planes, phasing, 1000, 45.0)
        count = coverage.count_in_view(
            orbits.track(pattern, earth.SPHERE, j2=False), times, points, seen, earth.SPHERE
        )
        assert (count < 2).any() == gaps


# Published exploratory search, band 20-50 N, sphere of 6,371 km: central angle, fold, satellites (upper
# bounds on a coarse grid).
EXPLORED = [(24.8, 1, 30), (24.8, 2, 48), (35.4, 1, 16), (35.4, 2, 24), (27.1, 1, 24), (20.2, 1, 45)]


@pytest.mark.parametrize("angle, fold, explored", EXPLORED)
def test_search_agrees_with_the_exploratory_one(angle, fold, explored):
    found = search.smallest(angle, (20, 50), fold)
    # A coarse grid lets patterns with small holes pass, so a proof may ask for up to an eighth more.
    assert found.bound <= found.satellites <= 1.125 * explored


@pytest.mark.parametrize(
    "angle, fold", [(11.48348466, 1), (16.4057857, 2), (24.7815001, 1), (41.23225938, 1)]
)
def test_a_found_pattern_leaves_no_hole_at_points_drawn_by_lot(angle, fold):
    found = search.smallest(angle, (20.0, 50.0), fold)
    pattern = (found.satellites, found.planes, found.phasing, found.inclination_deg)
    chance = np.random.default_rng(11)
    latitudes, longitudes = chance.uniform(20, 50, 100), chance.uniform(0, 360 / found.planes, 60)
    assert holes(pattern, angle, fold, latitudes, longitudes, 100) == 0
    assert found.spare_deg > 0 and not search.covers(
        *pattern, angle - 1.06 * found.spare_deg - 0.002, (20.0, 50.0), fold
    )


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


def test_the_nearest_place_of_an_orbit_is_found_as_by_trying_all():
    chance, u = np.random.default_rng(13), np.radians(np.arange(0, 360, 0.01))
    for _ in range(20):
        node, lat, tilt = chance.uniform(0, 360), chance.uniform(-90, 90), chance.uniform(0, 180)
        n, p, i = np.radians([node, lat, tilt])
        path = np.stack(
            [
                np.cos(u) * np.cos(n) - np.sin(u) * np.cos(i) * np.sin(n),
                np.cos(u) * np.sin(n) + np.sin(u) * np.cos(i) * np.cos(n),
                np.sin(u) * np.sin(i),
            ]
        )
        cosine = np.array([np.cos(p), 0, np.sin(p)]) @ path
        middle, nearest = search.arcs(node, lat, tilt)
        assert nearest == pytest.approx(cosine.max(), abs=1e-7)
        off = (middle - 0.01 * cosine.argmax() + 180) % 360 - 180
        assert abs(off) < 0.011
        # The share of the orbit from which the point is seen.
        angle = chance.uniform(5, 80)
        share = (cosine >= np.cos(np.radians(angle))).mean()
        assert search.half_width_deg(nearest, angle) / 180 == pytest.approx(share, abs=1e-4)


def test_an_orbit_that_keeps_its_distance_sees_always_or_never():
    # From the pole of an equatorial orbit every place is 90 degrees away.
    _, nearest = search.arcs(0.0, 90.0, 0.0)
    assert search.half_width_deg(nearest, 89.0) == 0 and search.half_width_deg(nearest, 91.0) == 180


@pytest.mark.parametrize(
    "start, length, fold, whole",
    [
        ([0, 20], [20, 20], 1, True),  # end to end
        ([0, 20], [20, 19.99], 1, False),
        ([0, 20], [20.01, 20], 1, True),
        ([30], [40], 1, True),  # once round
        ([30], [80], 2, True),
        ([30], [80], 3, False),
        ([30], [79.99], 2, False),
        ([0, 30, -75], [40, 15, 25], 2, True),
        ([0, 30, -74], [40, 15, 25], 2, False),
    ],
)
def test_arcs_by_hand_on_a_circle_of_forty(start, length, fold, whole):
    assert search.covered(np.array(start, float), np.array(length, float), 40.0, fold) == whole


def test_no_smaller_pattern_of_the_list_covers():
    """Every smaller one is asked for its proof, without the shortcuts of the search."""
    angle, band, tilts = 45.0, (20.0, 50.0), (40, 50, 60)
    found = search.smallest(angle, band, 1, tilts)
    patterns = [
        (satellites, planes, phasing, float(tilt))
        for satellites in range(1, found.satellites)
        for planes in range(1, satellites + 1)
        if satellites % planes == 0
        for phasing in range(planes)
        for tilt in tilts
    ]
    assert not any(search.covers(*pattern, angle, band) for pattern in patterns)
    mine = (found.satellites, found.planes, found.phasing, found.inclination_deg)
    assert search.covers(*mine, angle, band) and search.covers(*mine, angle - found.spare_deg, band)
    assert found.bound == search.least(angle, band)
    # Asked were patterns from the bound on, and none twice.
    asked = [p for p in patterns if p[0] >= found.bound]
    here = [p for p in range(1, found.planes + 1) if found.satellites % p == 0]
    assert 1 <= found.tried <= len(asked) + sum(here) * len(tilts)


def test_the_bound_over_the_globe_is_just_above_the_share_of_a_footprint():
    # Over the whole sphere the mean in view is the footprint's share, so no mixture gives every latitude
    # more; one that gives nearly as much exists.
    for angle in (20.0, 40.0):
        least = search._balance(angle, (-90.0, 90.0)) / search.theory.cap_share(angle)
        assert 0.999 < least < 1.05


def test_the_bound_is_kept_by_every_orbit_of_the_band():
    # No single inclination keeps more over all of the band than the bound allows.
    band, angle = (20.0, 50.0), 25.0
    most = search._balance(angle, band)
    for tilt in np.arange(0, 90.1, 2.5):
        thinnest = search.theory.mean_in_view(1, angle, tilt, np.linspace(*band, 61)).min()
        assert thinnest <= most
    # With three times the fold at least three times as many, less rounding up.
    assert search.least(angle, band, 3) >= 3 * search.least(angle, band) - 2


@pytest.mark.parametrize("band", [(20, 20), (50, 20), (-91, 20), (20, 91)])
def test_bands_that_do_not_run_upward_on_the_globe_are_refused(band):
    with pytest.raises(SpacesecError, match="upward"):
        search.smallest(30, band)


def test_a_search_that_may_not_go_far_enough_says_so():
    found = search.smallest(45.0, (20.0, 50.0), 1, (40, 50, 60))
    again = search.smallest(45.0, (20.0, 50.0), 1, (40, 50, 60), 24, found.satellites)
    assert again == found  # the last number is still tried
    with pytest.raises(SpacesecError, match=f"up to {found.satellites - 1} satellites"):
        search.smallest(45.0, (20.0, 50.0), 1, (40, 50, 60), 24, found.satellites - 1)
