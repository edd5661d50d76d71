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


def test_a_node_of_the_afternoon_is_told_by_the_hours_of_one_day():
    # A node 270 degrees west of the mean Sun crosses 18 hours before noon, which is 18 h of the day before.
    assert revisit.local_time_of_node(280.46 - 270, 2451545.0) == pytest.approx(18.0)
    # One 30 degrees east of it crosses two hours after noon.
    assert revisit.local_time_of_node(280.46 + 30, 2451545.0) == pytest.approx(14.0)
    # The mean Sun moves east by 360 degrees in a tropical year of 365.2422 days: a node that stands still
    # crosses at the same hour a year later, and half a day off after half of it.
    year = 365.2422
    assert revisit.local_time_of_node(280.46, 2451545.0 + year) == pytest.approx(12.0, abs=0.001)
    assert revisit.local_time_of_node(280.46 + 90, 2451545.0 + year / 2) == pytest.approx(6.0, abs=0.001)


def test_the_sun_stands_where_a_textbook_has_it():
    # Meeus, Astronomical Algorithms, example 25.a: 13 October 1992, 0 h: right ascension 198.38083 and
    # declination -7.78507 degrees. Seen from the pole its height is the declination; from the equator a
    # quarter turn west of the meridian it stands on the horizon.
    day = 2448908.5
    assert revisit.sun_elevation_deg(day, 90, 0) == pytest.approx(-7.78507, abs=0.01)
    sidereal = 280.46061837 + 360.98564736629 * (day - 2451545.0)
    west = 198.38083 + 90 - sidereal
    assert revisit.sun_elevation_deg(day, 0, west) == pytest.approx(0, abs=0.015)
    assert revisit.sun_elevation_deg(day, 0, west - 90) == pytest.approx(90 - 7.78507, abs=0.01)
    assert revisit.sun_elevation_deg(day, -7.78507, west - 90) == pytest.approx(90, abs=0.02)


def test_julian_dates_count_days_from_noon():
    assert revisit.julian(pd.Timestamp("2000-01-01T12:00")) == 2451545.0
    assert revisit.julian(pd.Timestamp("1992-10-13")) == 2448908.5


def test_the_sun_of_a_look_is_that_of_its_moment():
    sets = tables.load("space_systems/elements")
    sets = sets[sets["name"] == "ALOS-2 (Daichi-2)"]
    start = pd.Timestamp("2026-07-24")
    looks = revisit.passes(sets, start, 3, 39.2, 125.7, 45)
    moments = [revisit.julian(start + pd.Timedelta(hours=hours)) for hours in looks["hours"]]
    assert looks["sun_deg"].to_numpy() == pytest.approx(revisit.sun_elevation_deg(moments, 39.2, 125.7))


def test_a_pass_cut_by_the_first_or_the_last_moment_is_a_look(monkeypatch):
    # A day of 4,320 steps: in view at the first two, in the middle and at the last three; a view at just
    # the widest angle counts.
    def angles(track, times, place):
        angle = np.full(times.shape, 180.0)
        angle[:2], angle[1800:1803], angle[-3:] = (9, 20), (30, 12, 31), (25, 15, 10)
        return angle

    monkeypatch.setattr(revisit, "_off_nadir", angles)
    cells = elements.of_table(tables.load("space_systems/elements").iloc[:1])[0]
    looks = revisit._looks.__wrapped__(tuple(cells.items()), 2461245.5, 1, 39.2, 125.7, 30.0)
    assert [round(hours * 180) for hours, _ in looks] == [0, 1801, 4319]
    assert [angle for _, angle in looks] == [9, 12, 10]


def test_a_look_at_the_very_end_of_the_time_counts(monkeypatch):
    # Half a day is searched as a whole one: what comes later than its last moment is left out, and no more.
    monkeypatch.setattr(revisit, "_looks", lambda *_: ((3.0, 5.0), (12.0, 6.0), (12.01, 7.0)))
    sets = tables.load("space_systems/elements").iloc[:1]
    assert list(revisit.passes(sets, pd.Timestamp("2026-07-24"), 0.5, 39.2, 125.7, 30)["hours"]) == [3, 12]


def test_a_summary_of_a_few_looks_is_worked_out_by_hand():
    """One day: an optical look at 1 h, two that come in too low a Sun, radar looks at 6 h by night and at
    12 h with the Sun just on the horizon, which is no night.
    """
    looks = pd.DataFrame(
        {
            "name": ["eye", "eye", "eye", "radar", "radar"],
            "hours": [1.0, 3.0, 4.0, 6.0, 12.0],
            "sun_deg": [10.0, 9.9, -4.0, -0.1, 0.0],
        }
    )
    kinds = pd.Series({"eye": "optical imaging", "radar": "radar imaging"})
    found = revisit.summary(looks, kinds, 24.0, 10.0, 25.0)
    # Half the squared gaps over the span: gaps of 6 and 18 hours, or of 24.
    assert found["radar"] == pytest.approx(
        {"looks_per_day": 2, "mean_wait_hours": (6**2 + 18**2) / 48, "longest_gap_hours": 18}
    )
    assert found["radar, night"] == pytest.approx(
        {"looks_per_day": 1, "mean_wait_hours": 12, "longest_gap_hours": 24}
    )
    assert found["optical, clear day"] == pytest.approx(
        {"looks_per_day": 1, "mean_wait_hours": 12, "longest_gap_hours": 24}
    )
    # Three looks of four succeed: to the half day comes a third of a day of failed looks.
    cloud = found["optical, cloud"]
    assert cloud["looks_per_day"] == pytest.approx(0.75) and cloud["longest_gap_hours"] is None
    assert cloud["mean_wait_hours"] == pytest.approx(12 + 24 * 0.25 / 0.75)
    # From 12 h to the look at 1 h are 13 hours; a quarter of them waits 5 hours more, for the radar.
    both = found["both, cloud"]
    assert both["looks_per_day"] == pytest.approx(2.75) and both["longest_gap_hours"] == 18
    assert both["mean_wait_hours"] == pytest.approx((5**2 + 6**2 + 13**2 + 2 * 13 * 0.25 * 5) / 48)
    half = revisit.summary(looks, kinds, 48.0, 10.0, 0.0)
    assert half["radar"]["looks_per_day"] == 1 and half["both, cloud"]["looks_per_day"] == 1.5


def test_looks_within_a_quarter_of_an_hour_are_one_occasion():
    assert list(revisit.merge([5.0, 0.0, 0.2, 0.5])) == [0.0, 0.5, 5.0]
    assert list(revisit.merge([])) == [] and list(revisit.merge([7.0])) == [7.0]


def test_a_span_without_a_look_is_one_gap():
    assert list(revisit.gaps([], 72.0)) == [72.0]
    assert list(revisit.gaps([20.0, 2.0], 24.0)) == [18.0, 6.0]


def test_contact_with_a_station_near_the_pole_has_its_closed_form():
    # At 5 degrees a satellite is seen within l = arccos(R cos 5 / (R + h)) - 5 of the station. Of an orbit
    # that passes the pole at 7.4 degrees the share arccos(cos l / cos 7.4) / pi lies within l of it.
    sets = tables.load("space_systems/elements")
    sets = sets[(sets["name"] == "IGS Optical-6") & (sets["epoch_date"] > "2026-01-01")].iloc[:1]
    height = (sets["perigee_km"].iloc[0] + sets["apogee_km"].iloc[0]) / 2
    reach = np.arccos(6356.75 * np.cos(np.radians(5)) / (6371 + height)) - np.radians(5)
    off = np.radians(abs(90 - sets["inclination_deg"].iloc[0]))
    share = 100 * np.arccos(np.cos(reach) / np.cos(off)) / np.pi
    start = sets["epoch_date"].iloc[0]
    assert revisit.contact_percent(sets, start, ((90.0, 0.0),), ()) == pytest.approx(share, rel=0.06)
    assert revisit.contact_percent(sets, start, (), ()) == 0
