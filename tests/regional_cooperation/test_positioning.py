"""Positioning: the published acceptance table on nominal orbits, identities of combined fleets, real
satellites, bad input.
"""

import numpy as np
import pandas as pd
import pytest

from spacesec.answers import Answer, Result
from spacesec.astrodynamics import frames
from spacesec.regional_cooperation import positioning
from spacesec.regional_cooperation.positioning import fleets
from spacesec.words.sentences import Context

FOUR, FIVE = ["QZS-1R", "QZS-2", "QZS-4", "QZS-3"], ["QZS-1R", "QZS-2", "QZS-4", "QZS-3", "QZS-6"]
SEVEN = [*FIVE, "QZS-5", "QZS-7"]
NAVIC = ["IRNSS-1A", "IRNSS-1B", "IRNSS-1C", "IRNSS-1D", "IRNSS-1E", "IRNSS-1F", "IRNSS-1G"]
# Median PDOP and percent of the day below 6, mask 10 degrees, common clock: computed independently of this
# code on the same nominal orbits.
TABLE = {
    ("Tokyo", "five"): (15.8, 37),
    ("Tokyo", "six"): (3.31, 100),
    ("Tokyo", "seven"): (3.07, 100),
    ("Tokyo", "navic"): (21.7, 13),
    ("Tokyo", "four+navic"): (4.68, 69),
    ("Tokyo", "five+navic"): (4.30, 73),
    ("Tokyo", "seven+navic"): (2.21, 100),
    ("Taipei", "four"): (12.8, 0),
    ("Taipei", "five"): (4.73, 91),
    ("Taipei", "six"): (3.13, 100),
    ("Taipei", "seven"): (2.88, 100),
    ("Taipei", "navic"): (5.20, 79),
    ("Taipei", "four+navic"): (2.44, 100),
    ("Taipei", "five+navic"): (2.30, 100),
    ("Taipei", "seven+navic"): (1.60, 100),
    ("Spratly Islands", "four"): (12.9, 0),
    ("Spratly Islands", "five"): (4.66, 93),
    ("Spratly Islands", "six"): (3.10, 100),
    ("Spratly Islands", "seven"): (2.85, 100),
    ("Spratly Islands", "navic"): (4.03, 100),
    ("Spratly Islands", "four+navic"): (2.23, 100),
    ("Spratly Islands", "five+navic"): (2.06, 100),
    ("Spratly Islands", "seven+navic"): (1.44, 100),
}
FLEETS = {"four": FOUR, "five": FIVE, "six": [*FIVE, "QZS-7"], "seven": SEVEN, "navic": NAVIC}


@pytest.fixture(scope="module")
def nominal():
    return fleets.fleet("nominal")


def names(label):
    return [name for part in label.split("+") for name in FLEETS[part]]


@pytest.mark.parametrize("site, label", TABLE)
def test_acceptance_table(nominal, site, label):
    values, visible = positioning.model.pdop(
        nominal.keep(names(label)), positioning.model.ground([site]), 10, "common"
    )
    row = positioning.model.summary(values, visible, [site]).iloc[0]
    median, share = TABLE[site, label]
    # Site coordinates and time steps of the table are not known to the digit: 2 percent, 4 where the geometry
    # is nearly singular.
    assert row["median_pdop"] == pytest.approx(median, rel=0.04 if median > 10 else 0.02)
    assert row["usable_percent"] == pytest.approx(share, abs=1.6)


def test_four_over_tokyo_have_no_fix_half_the_day(nominal):
    values, _ = positioning.model.pdop(nominal.keep(FOUR), positioning.model.ground(["Tokyo"]), 10, "common")
    assert np.isinf(values).mean() >= 0.45


def test_india_over_delhi(nominal):
    values, visible = positioning.model.pdop(
        nominal.keep(NAVIC), positioning.model.ground(["New Delhi"]), 10, "common"
    )
    assert visible.mean() == 7.0 and np.median(values) == pytest.approx(3.04, abs=0.02)


@pytest.mark.parametrize("label", ["five", "six", "seven"])
def test_joining_never_hurts_at_any_instant(nominal, label):
    points = positioning.model.ground(positioning.model.SITES)
    joint = positioning.model.pdop(nominal.keep(names(label + "+navic")), points, 10, "common")[0]
    for part in (label, "navic"):
        assert (
            joint <= positioning.model.pdop(nominal.keep(names(part)), points, 10, "common")[0] + 1e-9
        ).all()


def test_separate_clocks_cost_but_never_beat_a_common_one(nominal):
    chosen, points = nominal.keep([*FIVE, *NAVIC]), positioning.model.ground(positioning.model.SITES)
    common, apart = (
        positioning.model.pdop(chosen, points, 10, clock)[0] for clock in ("common", "per_system")
    )
    assert (apart >= common - 1e-9).all() and (apart > common + 0.01).any()
    best = np.minimum(
        *(positioning.model.pdop(nominal.keep(part), points, 10, "common")[0] for part in (FIVE, NAVIC))
    )
    assert (apart <= best + 1e-9).all()


def test_gps_slots_meet_the_gps_standard(nominal):
    gps = nominal.keep([n for n in nominal.names if n.startswith("GPS")])
    values, _ = positioning.model.pdop(gps, frames.points(*frames.sphere_lattice(200)), 5, "common")
    assert len(gps) == 24 and (values <= 6).mean() >= 0.98  # standard: 98 percent of globe and day


def test_nominal_quasi_zenith_orbit_spends_thirteen_hours_in_the_north(nominal):
    north = nominal.keep(["QZS-2"]).positions_km[0, :, 2] > 0
    assert 24 * north.mean() == pytest.approx(13, abs=0.3)  # Cabinet Office: about 13 hours north, 11 south


def test_real_satellites_stand_where_reports_put_them():
    real = fleets.fleet("elements", 1800.0)
    lon = {}
    for name in ("QZS-3", "QZS-6", "IRNSS-1C", "IRNSS-1B"):
        lon[name] = frames.geodetic(real.keep([name]).positions_km[0])[1].mean()
    assert lon["QZS-3"] == pytest.approx(127, abs=0.3) and lon["QZS-6"] == pytest.approx(90.5, abs=0.3)
    assert lon["IRNSS-1C"] == pytest.approx(83, abs=0.5) and lon["IRNSS-1B"] == pytest.approx(55, abs=0.5)


def test_shapley_values_sum_to_the_fleet_and_losses_fit():
    answer = positioning.answer(
        positioning.Parameters(sites=["Tokyo", "Taipei"], systems=["QZSS"], added=["QZS-7"])
    )
    whole = np.mean(list(answer["usable_percent"].values()))
    assert sum(answer["shapley_points"].values()) == pytest.approx(
        whole, abs=1.0
    )  # the worth is computed on every second instant
    assert answer["satellites"] == 6 and answer["usable_percent"]["Tokyo"] == 100
    assert all(v >= 0 for v in answer["leave_one_out_points"].values())


def test_what_qzs_5_and_7_would_add():
    answer = positioning.answer(positioning.Parameters(sites=["Tokyo", "Taipei"]))
    assert answer["qzs7_usable_points"]["Tokyo"] == pytest.approx(100 - 37, abs=2)
    assert answer["qzs5_usable_points"]["Taipei"] == pytest.approx(9, abs=1.5)
    for check in positioning.checks(answer):
        assert check.holds, check.what


def test_the_fleets_follow_what_serves():
    five = positioning.model.nominal_steps(FIVE)
    assert five["QZSS now (five)"] == (set(FIVE), False) and five["QZSS now and NavIC"] == (set(FIVE), True)
    assert five["now and QZS-7"][0] == {*FIVE, "QZS-7"} and five["planned seven"][0] == set(SEVEN)
    six = positioning.model.nominal_steps([*FIVE, "QZS-7"])
    assert six["QZSS now (six)"][0] == {*FIVE, "QZS-7"} and six["now without QZS-7"][0] == set(FIVE)


def row(name, **given):
    return {
        "satellite": name,
        "system": "QZSS",
        "orbit": "quasi-zenith",
        "middle_longitude_deg": 140.0,
        "state": "flying",
        "in_service": True,
        **given,
    }


def test_a_satellite_in_no_fleet_is_named(monkeypatch):
    known = pd.DataFrame(
        [
            row("QZS-2"),
            row("QZS-8"),
            row("QZS-9", orbit="geostationary", middle_longitude_deg=135.0, in_service=False),
            row("QZS-10", state="lost", in_service=False),
            row("NVS-03", system="NavIC", orbit="geostationary"),
            row("NVS-04", system="NavIC", state="silent", in_service=False),
        ]
    )
    monkeypatch.setattr(fleets.tables, "settled", lambda name: known)
    assert fleets.qzss_belt()["QZS-9"] == 135.0 and fleets.qzss_belt()["QZS-3"] == 127.0
    no_place, no_set = fleets.without_orbit()
    assert no_place == ["QZS-8"] and no_set == ["QZS-8", "NVS-03", "NVS-04"]
    told = {"without_orbit": no_place, "without_elements": no_set}
    given = Answer({name: Result(names, "", "left out") for name, names in told.items()}, {}, None)
    [paragraph] = positioning.words._left_out(given)
    words = paragraph.tell(Context(told, {}))[0]
    assert "No nominal orbit is assumed for QZS-8." in words and "of QZS-8, NVS-03, NVS-04." in words
    none = Answer({name: Result([], "", "left out") for name in told}, {}, None)
    assert positioning.words._left_out(none) == []


def test_real_orbits_are_those_of_the_day_after_the_newest_set():
    epochs = fleets.regional_epochs()
    assert (fleets.elements_day() - epochs.max()).days == 1 and epochs.min() <= epochs.max()


REFUSED = [
    ({"mask_deg": 95}, "from 0 to 80"),
    ({"sites": ["Atlantis"]}, "there is no such place; choose among Tokyo"),
    ({"systems": []}, "at least 1"),
    ({"lost": ["QZS-9"]}, "no such satellite; nominal orbits know QZS-1R, QZS-2"),
    ({"systems": ["BeiDou"]}, "QZSS, NavIC, GPS"),
    ({"systems": ["QZSS"], "lost": FIVE}, "lost leaves no satellite of QZSS"),
    ({"systems": ["QZSS"], "added": ["IRNSS-1A"]}, "belongs to none of systems = QZSS"),
    ({"orbits": "elements", "lost": [], "added": ["QZS-5"]}, "has no elements orbit"),
    ({"added": ["QZS-5"]}, "lost and added both name QZS-5"),
    ({"sites": ["Tokyo", "Tokyo"]}, "names something twice"),
]


def test_one_site_has_no_mean_and_no_gain_raises_nothing():
    one = positioning.answer(positioning.Parameters(sites=["New Delhi"]))
    assert "mean over the sites" not in one.text and "of the day at New Delhi" in one.text
    none = positioning.answer(positioning.Parameters(sites=["Tokyo", "Naha"], mask_deg=80.0))
    assert set(none["india_usable_points"].values()) == {0.0}
    assert "leave the usable time" in none.text and "it stays at 0%" in none.text
