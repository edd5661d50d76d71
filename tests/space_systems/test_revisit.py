"""Revisit: closed forms for waits, the Sun at known instants, a pass where a track says it must be."""

import numpy as np
import pandas as pd
import pytest

from spacesec.astrodynamics import elements, frames, visibility
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.space_systems.reconnaissance import revisit


def test_even_looks_wait_half_a_gap():
    at = np.arange(0, 240, 6.0)
    assert revisit.mean_wait(at, 240) == pytest.approx(3.0)
    assert revisit.gaps(at, 240).sum() == pytest.approx(240)


def test_bunched_looks_wait_longer_than_even_ones():
    # Two looks 12 h apart in 24 h: 6 h; two looks at once: 12 h.
    assert revisit.mean_wait([0, 12], 24) == pytest.approx(6)
    assert revisit.mean_wait([5, 5], 24) == pytest.approx(12)


@pytest.mark.parametrize("share", [1.0, 0.5, 0.1])
def test_thinned_even_looks_have_the_geometric_wait(share):
    # Wait to the next look is g/2 on average, then a geometric number of further gaps with mean (1-p)/p.
    at, g = np.arange(0, 600, 4.0), 4.0
    assert revisit.thinned_wait((), at, share, 600) == pytest.approx(
        g / 2 + g * (1 - share) / share, rel=1e-6
    )


def test_thinning_agrees_with_drawing_lots():
    rng = np.random.default_rng(7)
    sure, maybe = np.sort(rng.uniform(0, 240, 9)), np.sort(rng.uniform(0, 240, 30))
    drawn = [revisit.mean_wait(np.concatenate([sure, maybe[rng.random(30) < 0.4]]), 240) for _ in range(4000)]
    assert revisit.thinned_wait(sure, maybe, 0.4, 240) == pytest.approx(np.mean(drawn), rel=0.02)


def test_no_look_can_succeed():
    assert revisit.thinned_wait((), [1, 2], 0.0, 24) is None


def test_sun_overhead_at_equinox_and_at_its_greatest_declination():
    # March equinox of 2026: 20 March, 14:46 UTC; the Sun then stands over the equator: elevation at the pole
    # is 0.
    moment = revisit.julian(pd.Timestamp("2026-03-20T14:46"))
    assert revisit.sun_elevation_deg(moment, 90, 0) == pytest.approx(0, abs=0.02)
    # June solstice of 2026: 21 June, 08:24 UTC; declination equals the obliquity, 23.44 degrees.
    assert revisit.sun_elevation_deg(
        revisit.julian(pd.Timestamp("2026-06-21T08:24")), 90, 0
    ) == pytest.approx(23.44, abs=0.02)


def test_local_time_of_node_follows_the_mean_sun():
    # At 2000 January 1.5 the mean Sun's longitude is 280.46 degrees: a node there crosses at noon.
    assert revisit.local_time_of_node(280.46, 2451545.0) == pytest.approx(12.0)
    assert revisit.local_time_of_node(280.46 - 180, 2451545.0) % 24 == pytest.approx(0.0, abs=1e-9)


def test_every_look_lies_within_the_angle_and_a_wider_angle_never_gives_fewer():
    sets = tables.load("space_systems/elements")
    sets = sets[(sets["name"] == "ALOS-2 (Daichi-2)")]
    start = pd.Timestamp("2026-07-24")
    wide = revisit.passes(sets, start, 3, 39.2, 125.7, 45)
    narrow = revisit.passes(sets, start, 3, 39.2, 125.7, 30)
    assert (wide["off_nadir_deg"] <= 45).all() and (narrow["off_nadir_deg"] <= 30).all()
    assert set(narrow["hours"]) <= set(wide["hours"]) and len(wide) >= len(narrow) > 0


def test_alos_2_crosses_near_noon_and_midnight():
    # The operator's orbit is a 12:00 local-time sun-synchronous one; passes over Korea are near 03 h and 15 h
    # UTC.
    sets = tables.load("space_systems/elements")
    sets = sets[(sets["name"] == "ALOS-2 (Daichi-2)")]
    looks = revisit.passes(sets, pd.Timestamp("2026-07-24"), 7, 39.2, 125.7, 40)
    local = (looks["hours"] + 125.7 / 15) % 24
    assert (np.minimum(abs(local - 12), np.minimum(local, 24 - local)) < 1.0).all()


def test_an_empty_fleet_is_refused():
    sets = tables.load("space_systems/elements").iloc[:0]
    with pytest.raises(ParameterError, match="no satellite is left"):
        revisit.passes(sets, pd.Timestamp("2026-07-24"), 1, 39, 126, 30)


def test_contact_with_a_relay_matches_a_polar_orbit_in_closed_form():
    # Seen past a limb of 100 km within t = arccos(6478/6864) + arccos(6478/42164) of the relay. On a polar
    # orbit whose plane lies an
    # angle d from the relay, the angle to the relay has cosine cos(u) cos(d); over a day d takes every value
    # alike.
    sets = tables.load("space_systems/elements")
    sets = sets[sets["name"].isin(["IGS Optical-6", "IGS Optical-7"]) & (sets["epoch_date"] > "2026-01-01")]
    share = revisit.contact_percent(sets, pd.Timestamp("2026-07-24"), (), (90.0,))
    limit = -np.cos(np.arccos(6478.137 / 6864) + np.arccos(6478.137 / 42164.17))
    d = np.radians(np.arange(0.05, 360, 0.1))
    hidden = np.arccos(np.minimum(limit / np.abs(np.cos(d)), 1)) / np.pi
    assert share == pytest.approx(100 * (1 - hidden.mean()), abs=2)
    assert revisit.contact_percent(sets, pd.Timestamp("2026-07-24"), (), (90.0, 270.0)) == pytest.approx(
        100, abs=0.5
    )


def test_leaving_out_the_far_side_of_the_earth_leaves_out_no_look():
    """The same angles as at every single time, over three days, for every satellite and for a place at the
    edge of its reach.
    """
    sets = tables.load("space_systems/elements").drop_duplicates("name").head(6)
    times = np.arange(0, 3 * revisit.DAY_S, revisit.STEP_S)
    for place in (frames.points(39.2, 125.7), frames.points(-82.0, 10.0)):
        for cells, day in zip(elements.of_table(sets), sets["epoch_date"]):
            track = elements.track(elements.from_fields([cells]), revisit.julian(pd.Timestamp(day)))
            positions = track(times)[0]
            seen = visibility.sees(
                positions, place.position_km[0], place.up[0], visibility.Rule(minimum_elevation_deg=0)
            )
            wanted = np.where(
                seen, visibility.look(positions, place.position_km[0], place.up[0]).off_nadir_deg, 180.0
            )
            assert seen.any()
            np.testing.assert_array_equal(revisit._off_nadir(track, times, place), wanted)
