"""Reconnaissance: what others count, identities of the analysis, and refusals."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from spacesec.astrodynamics.earth import WGS84
from spacesec.drawing import figures as house
from spacesec.drawing import layout
from spacesec.space_systems import reconnaissance
from spacesec.space_systems.reconnaissance import figures as reconnaissance_figures
from spacesec.space_systems.reconnaissance import revisit


@pytest.fixture(scope="module")
def answer():
    return reconnaissance.answer(reconnaissance.Parameters(days=3))


def test_fleet_of_2021_is_the_one_the_2020_report_names():
    # Fatton 2020: four radar satellites and a spare, three optical ones.
    held = reconnaissance.model.held("2021")
    assert held["function"].value_counts().to_dict() == {"radar imaging": 5, "optical imaging": 3}
    assert "IGS Radar spare" in set(held["name"])


def test_satellites_that_failed_are_not_held_though_their_rates_agree():
    # Optical-3 (lost power in 2017) and Optical-4 share a mean motion in the sets of 2021.
    assert not {"IGS Optical-3", "IGS Optical-4"} & set(reconnaissance.model.held("2021")["name"])


def test_lost_and_planned_satellites_enter_no_lifetime(answer):
    life = answer.tables["lifetimes"]
    flown = life[life["launch_date"] <= reconnaissance.model.CATALOGUE]
    assert len(flown) == 19 and not life["state"].isin(["lost", "planned"]).any()
    assert (life["years"] > 0).all()


def test_radar_gap_is_the_one_between_radar_2_and_radar_3(answer):
    # Radar-2 failed on 23 August 2010 and Radar-3 flew on 12 December 2011: 475 full days between.
    assert answer["days_without_radar"] == (pd.Timestamp("2011-12-12") - pd.Timestamp("2010-08-23")).days - 1


def test_losing_a_satellite_never_shortens_the_wait(answer):
    assert (answer.tables["worth"]["added_hours"] >= -1e-9).all()


def test_wider_view_and_both_kinds_never_lengthen_the_wait(answer):
    spread = answer.tables["sensitivity"]
    for (fleet, _), rows in spread[spread["kind"].isin(["both, cloud"])].groupby(["fleet", "kind"]):
        waits = rows.sort_values("off_nadir_deg")["mean_wait_hours"].dropna().to_numpy()
        assert (np.diff(waits) <= 0.35).all(), (
            fleet
        )  # merging looks a quarter of an hour apart moves an occasion by at most that
    looks = answer.tables["looks"].set_index(["fleet", "kind"])["mean_wait_hours"]
    for fleet in (*(f"held in {year}" for year in reconnaissance.model.compared()), "eight of the plan"):
        assert looks[fleet, "both, cloud"] <= looks[fleet, "radar"] + 1e-9


def test_cloud_thins_optical_looks_to_their_share():
    sets = reconnaissance.model.held("2026")
    looks = revisit.passes(sets, reconnaissance.model.start("2026"), 3, 39.2, 125.7, 45)
    found = revisit.summary(looks, sets.set_index("name")["function"], 72.0, 10.0, 80.0)
    assert (
        found["optical, cloud"]["looks_per_day"]
        == pytest.approx(0.2 * found["optical, clear day"]["looks_per_day"])
        and found["optical, cloud"]["looks_per_day"] > 0
    )


def test_shifted_anomalies_have_the_decimals_of_an_element_set():
    assert list(reconnaissance.model.shifted([350.1234, 10.0], 90.00004)) == [80.1234, 100.0]
    assert list(reconnaissance.model.shifted([350.1234], 0.0)) == [350.1234]


def test_sun_synchronous_passes_come_at_two_local_hours():
    # The nodes lie near 22 h and 1.5 h: northern Korea is crossed southward near 10 to 14 h and northward
    # near 22 to 2 h local time.
    sets = reconnaissance.model.held("2026")
    looks = revisit.passes(sets, reconnaissance.model.start("2026"), 5, 39.2, 125.7, 30)
    local = (looks["hours"] + 125.7 / 15) % 24
    assert (((local > 9.5) & (local < 14.5)) | (local > 21.5) | (local < 2.5)).all()


REFUSED = [
    ({"area": "Atlantis"}, "the areas are Sunan"),
    ({"without": ["IGS Optical-99"]}, "it has IGS Optical-5"),
    ({"days": 90}, "from 3 to 28"),
    ({"off_nadir_deg": 0}, "from 5"),
    ({"fleet": "2019"}, "2021"),
    (
        {
            "fleet": "2021",
            "without": [
                f"IGS {n}"
                for n in (
                    "Optical-5",
                    "Optical-6",
                    "Optical-7",
                    "Radar spare",
                    "Radar-3",
                    "Radar-4",
                    "Radar-5",
                    "Radar-6",
                )
            ],
        },
        "keep at least one",
    ),
]


def test_a_view_so_narrow_that_no_look_comes_is_told_and_drawn():
    narrow = reconnaissance.answer(reconnaissance.Parameters(days=3, off_nadir_deg=5))
    assert (
        f"held in {reconnaissance.model.compared()[1]}" not in narrow["mean_wait_hours"]
        and "waits more than 36 hours" in narrow.text  # half of three days, in the mean
        and " nan" not in narrow.text
    )
    titles = {draw.__name__: draw(narrow).title for draw in reconnaissance.FIGURES}
    assert (
        "does not come in 3 days" in titles["waits"] and "no look at Sunan comes in 3 days" in titles["worth"]
    )


def test_a_satellite_without_which_no_look_comes_is_the_hardest_to_lose():
    scarce = reconnaissance.answer(reconnaissance.Parameters(days=3, off_nadir_deg=8, fleet="2021"))
    only = scarce.tables["worth"].query("wait_without_hours.isna()")["name"].tolist()
    assert only and scarce["most_valuable"] == only[0]


def test_hours_that_round_to_nothing_have_no_sign(answer):
    tiny = replace(
        answer, tables={**answer.tables, "worth": answer.tables["worth"].assign(added_hours=-0.01)}
    )
    labels = [
        text.get_text() for axes in reconnaissance_figures.worth(tiny).figure.axes for text in axes.texts
    ]
    assert "0.0" in labels and "-0.0" not in labels


def test_long_waits_stay_inside_the_axes(answer):
    # A wait of 200 hours, longer than the axes hold by default.
    long = replace(
        answer, tables={**answer.tables, "looks": answer.tables["looks"].assign(mean_wait_hours=200.0)}
    )
    assert all(axes.get_xlim()[1] > 200 for axes in reconnaissance_figures.waits(long).figure.axes)


def test_a_year_with_few_sets_makes_no_fleet():
    # Ten satellites with a set in one year; five are half of them, four are not.
    sets = pd.DataFrame(
        {"year": ["2021"] * 10 + ["2026"] * 5 + ["2027"] * 4, "name": [*range(10), *range(5), *range(4)]}
    )
    assert reconnaissance.model.full_years(sets) == ["2021", "2026"]


def test_planes_tell_the_satellites_drawn_and_no_name_lies_over_another(answer):
    picture = reconnaissance_figures.planes(answer)
    held = picture.data.groupby("year")["held"].sum()
    first, latest = sorted(held.index)
    assert picture.title.startswith(f"{held[latest]} ") and picture.title.endswith(
        f"{held[first]} in {first}"
    )
    off = picture.data[(picture.data["year"] == latest) & ~picture.data["held"]]["name"]
    assert all(name.removeprefix("IGS ") in picture.caption for name in off)
    house.publish(picture, "planes", {})
    assert layout.clashes(picture.figure) == []


def test_heights_of_the_planes_are_those_of_keplers_third_law(answer):
    rows = reconnaissance_figures.planes(answer).data
    turns = [86_400 / WGS84.period_s(height) for height in rows["mean_height_km"]]
    assert turns == pytest.approx(list(rows["mean_motion_rev_day"]), rel=1e-9)


def test_what_was_not_read_since_is_not_told_as_now(answer):
    # The catalog of 30 July 2025: six radar and four optical satellites flying; the plan is of 2014.
    picture = reconnaissance_figures.fleet(answer)
    assert picture.title.startswith("10 imaging satellites in service when last read, in July 2025;")
    assert picture.title.endswith("planned in 2014") and picture.until == "July 2025"


def test_a_draw_without_a_look_leaves_no_upper_limit():
    p = reconnaissance.Parameters(days=3, off_nadir_deg=5)
    kept = {year: reconnaissance.model.held(year) for year in reconnaissance.model.compared()}
    fleets = dict(list(reconnaissance.model.scenarios(kept).items())[:1])
    place = pd.Series({"latitude_deg": 39.2, "longitude_deg": 125.7})
    spread = reconnaissance.model.phase_spread(p, fleets, place, 72.0, 45.0).set_index("kind")
    # Two optical looks in three days at the most: some of the draws bring none.
    assert spread["max"].isna().any() and spread["min"].notna().all()


def test_a_year_may_be_given_as_a_number():
    assert reconnaissance.Parameters.of({"fleet": 2021}).fleet == "2021"


def test_no_look_in_all_days_means_a_wait_of_more_than_half_of_them():
    # A look may come as the days end: who begins to wait at any moment of 72 hours waits 36 in the mean.
    narrow = reconnaissance.answer(reconnaissance.Parameters(days=3, off_nadir_deg=5, cloud_percent=95))
    assert narrow["mean_wait_hours"].get("held in 2021") is None
    assert "waits more than 36 hours" in narrow.text and "more than 72" not in narrow.text
