"""Situational awareness: published counts, identities of the belt's geometry, and refusals."""

import csv

import numpy as np
import pandas as pd
import pytest
from tests.conftest import ROOT

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.space_systems import situational_awareness as question
from spacesec.space_systems.situational_awareness import figures as situational_awareness_figures
from spacesec.space_systems.snapshots import middle, newest_whole


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_pieces_of_the_2007_test_are_the_largest_family_and_those_of_2021_fell_first(answer):
    peaks, last = answer["family_peaks"], answer["family_last"]
    assert (
        max(peaks, key=peaks.get) == "fengyun-1c"
        and last["fengyun-1c"] / peaks["fengyun-1c"] > 0.6 > 0.01 > last["cosmos-1408"] / peaks["cosmos-1408"]
    )
    assert (
        peaks["usa-193"] == 1 and last["usa-193"] == 0
    )  # its last fragment fell in October 2008, eight months after the test


def test_model_survival_falls_with_time_and_with_density(answer):
    model = answer.tables["model"]
    for name in ("dense", "mean", "thin"):
        assert model[name].iloc[0] == 1 and (np.diff(model[name]) <= 1e-12).all()
    assert (model["dense"] <= model["mean"]).all() and (model["mean"] <= model["thin"]).all()


def test_denser_pieces_stay_longer():
    light = question.model.modelled(question.Parameters(area_to_mass_m2_kg=0.2))["mean"].iloc[-1]
    heavy = question.model.modelled(question.Parameters(area_to_mass_m2_kg=0.02))["mean"].iloc[-1]
    assert heavy > light


def test_shell_counts_never_exceed_the_fragments_counted():
    shells, counted = (
        tables.load("space_systems/shell_counts"),
        tables.load("space_systems/fengyun_counts").set_index("set")["objects"],
    )
    assert shells["objects_time_mean"].sum() <= counted.max()


def test_a_steady_sun_is_worth_its_years(monkeypatch):
    # Were every year as dense as the layers say (1.170e-14 kg/m3 at 800 km), years would count as years.
    table = tables.load("space_systems/thermosphere").assign(density_kg_m3=1.170e-14)
    settled = tables.settled
    monkeypatch.setattr(
        tables, "settled", lambda name, *a: table if name.endswith("thermosphere") else settled(name, *a)
    )
    assert question.model.at_mean_density([1.0, 10.0]) == pytest.approx([1.0, 10.0], rel=1e-3)


def test_what_the_shares_ask_for_gives_them_back(answer):
    asked = answer.tables["asked"].iloc[-1]
    age = (asked["date"] - question.model.EVENT).days / 365.25
    p = question.Parameters(area_to_mass_m2_kg=asked["area_to_mass_m2_kg"])
    under_sun = question.model.modelled(p).dropna().set_index("years")["sun"]
    assert 100 * np.interp(age, under_sun.index, under_sun) == pytest.approx(
        answer["fengyun_in_orbit_percent"], abs=1.5
    )


def test_chance_of_a_hit_is_linear_in_area_and_years_when_small(answer):
    double = question.answer(question.Parameters(area_m2=40, years=10))
    assert double["hit_percent"] == pytest.approx(4 * answer["hit_percent"], rel=1e-3)


def test_gap_grows_with_elevation_and_sensors_never_widen_it(answer):
    table = answer.tables["gaps"].pivot(index="minimum_elevation_deg", columns="sensors", values="width_deg")
    assert (np.diff(table["US telescopes"]) >= -1e-9).all()
    for name in ("with Exmouth (2022)", "with Japan", "all partners"):
        assert (table[name] <= table["US telescopes"] + 1e-9).all()
    assert (table["all partners"] <= table["with Japan"] + 1e-9).all()


def test_gap_of_two_equatorial_sensors_has_its_closed_form():
    # At 0 degrees the belt is seen to arccos(R / 42164 km) = 81.3 degrees either side: two sensors 180
    # degrees apart leave 180 - 162.6 degrees.
    sensors = (
        question.model.belt_sensors()
        .query("ground")
        .head(2)
        .assign(latitude_deg=0.0, longitude_deg=[45.0, 225.0])
    )
    low, high = question.model.gap(question.model.heights_deg(sensors), 0.0)
    half = np.degrees(np.arccos(6378.137 / 42164.17))
    assert low == pytest.approx(45 + half, abs=0.1) and high == pytest.approx(225 - half, abs=0.1)


def test_taking_a_sensor_away_opens_the_gap():
    assert (
        question.answer(question.Parameters(minimum_elevation_deg=10, without=["maui"]))["gap_deg"][1] > 150
    )


def test_sensors_not_in_use_see_nothing(answer):
    names = {
        name for group in question.model.groups(question.Parameters()).values() for name in group["sensor_id"]
    }
    assert "darc-1" not in names and names <= set(answer.tables["sensors"]["sensor_id"])


REFUSED = [
    ({"satellite": "IGS Optical-99"}, "it holds IGS"),
    ({"satellite": "MMX"}, "low orbit"),
    ({"without": ["arecibo"]}, "diego-garcia"),
    ({"area_m2": 0}, "area_m2"),
    ({"minimum_elevation_deg": 95}, "60"),
    ({"years": -1}, "years"),
]


def test_all_sensors_taken_away_is_refused():
    with pytest.raises(ParameterError, match="keep at least one"):
        question.Parameters.of({"without": list(question.model.belt_sensors()["sensor_id"])})


def test_destroyed_satellites_by_state_and_the_norm_of_2022(answer):
    # Solwind 1985 and USA-193 2008 by the United States; one each by China (2007), India (2019) and Russia
    # (2021); none by Japan.
    events = tables.settled("space_systems/destructive_events")
    early = events[(events["kind"] == "destructive test") & (events["date"] < "2022-01-01")]
    assert dict(early["state"].value_counts()) == {"China": 1, "India": 1, "Russia": 1, "United States": 2}
    assert sum(answer["destructive_tests"].values()) == (events["kind"] == "destructive test").sum()
    assert list(answer.tables["norms"]["date"].dt.strftime("%Y-%m-%d")) == [
        "2022-04-25",
        "2022-09-12",
        "2022-12-07",
    ]


def test_an_atmosphere_once_as_dense_has_no_bounds():
    steady = question.answer(question.Parameters(solar_factor=1))
    assert "denser or thinner" not in steady.text
    assert not any(
        "1 times" in text.get_text()
        for axes in situational_awareness_figures.decay(steady).figure.axes
        for text in axes.texts
    )


def test_the_newest_snapshot_counts_only_when_it_is_whole(monkeypatch):
    old = pd.DataFrame({"row_id": [f"a{k}" for k in range(20)], "epoch_date": pd.Timestamp("2026-07-23")})
    for rows, whole in ((17, False), (18, True)):  # nine tenths of twenty are eighteen
        new = pd.DataFrame(
            {"row_id": [f"b{k}" for k in range(rows)], "epoch_date": pd.Timestamp("2027-07-23")}
        )
        monkeypatch.setattr(tables, "settled", lambda name, new=new: pd.concat([old, new]))
        chosen, left = newest_whole("space_systems/shell_counts")
        assert (len(chosen), len(left)) == ((rows, 0) if whole else (20, rows))


def test_a_date_stands_for_the_middle_of_its_period():
    assert middle(pd.Timestamp("2010-09-01"), "month") == pd.Timestamp("2010-09-15")
    assert middle(pd.Timestamp("2017-01-01"), "year") == pd.Timestamp("2017-07-01")
    assert middle(pd.Timestamp("2007-01-11"), "day") == pd.Timestamp("2007-01-11")


def test_title_of_the_strikes_counts_what_is_drawn_and_calls_no_strike_a_test(answer):
    picture = situational_awareness_figures.struck(answer)
    strikes = picture.data[picture.data["target"].notna()].set_index("target")
    share = 100 * strikes.loc["FENGYUN 1C", "pieces"] / strikes["pieces"].sum()
    assert (
        picture.title.startswith(f"{len(strikes)} direct-ascent strikes") and f"{share:.1f}%" in picture.title
    )
    assert "co-orbital tests are not in the table" in picture.note and "tests;" not in picture.title


def test_every_cloud_named_in_the_title_keeps_the_share_that_its_line_shows(answer):
    picture = situational_awareness_figures.families(answer)
    lines = picture.data.dropna(subset="objects").sort_values("snapshot_date").groupby("family")["objects"]
    kept = 100 * lines.last() / lines.max()
    assert "stays" not in picture.title and set(kept.index) == set(situational_awareness_figures.LINES)
    for family, said in (("fengyun-1c", "1C keeps {:.0f}%"), ("iridium-33", "Iridium 33 {:.0f}%")):
        assert said.format(kept[family]) in picture.title
    assert kept["iridium-33"] < kept["cosmos-2251"] / 1.5  # one collision, one height, two fates


def test_a_telescope_taken_away_is_not_counted_and_lines_reach_the_chosen_elevation():
    few = question.answer(question.Parameters(without=["maui"], minimum_elevation_deg=60))
    pictures = {draw.__name__: draw(few) for draw in question.FIGURES}
    assert few["us_telescopes"] == ["GEODSS Diego Garcia", "GEODSS Socorro"]
    assert all(pictures[name].title.startswith("2 US telescopes") for name in ("belt", "gaps"))
    assert "see above" not in pictures["belt"].title  # nothing is said of elevations that sensors do not have
    drawn = pictures["gaps"].data["minimum_elevation_deg"].unique()
    assert drawn.max() == 60 and np.diff(drawn).max() == 0.5


@pytest.mark.parametrize("factor, word", [(1, "fewer than"), (2, "within"), (10, "within")])
def test_the_share_seen_is_held_to_the_bounds_that_are_drawn(factor, word):
    steady = question.answer(question.Parameters(solar_factor=factor))
    ends, seen = steady["modelled_in_orbit_percent"], steady["fengyun_in_orbit_percent"]
    assert (ends["dense"] <= seen <= ends["thin"]) == (word == "within")
    assert word in situational_awareness_figures.decay(steady).title


def test_heights_that_fragments_cross_are_drawn_where_the_title_has_them(answer):
    picture = situational_awareness_figures.gabbard(answer)
    low, high = answer["crossed_km"]
    assert picture.title.endswith(f"{answer['crossing_480_630_km']} pieces cross {low} to {high} km")
    flying = picture.data[picture.data["part"] == "satellites"]
    assert flying["perigee_km"].min() >= low - 45 and flying["apogee_km"].max() <= high + 5


def told(name):
    """A table as it stands, without the library."""
    with (ROOT / "data" / "space_systems" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_published_shares_are_percents_or_counts_over_the_list_of_their_date():
    rows = told("fengyun_milestones")
    listed = {row["date"]: float(row["value"]) for row in rows if row["measure"] == "catalogued"}
    wanted = [float(row["value"]) / 100 for row in rows if row["measure"] == "in orbit percent"]
    wanted += [
        float(row["value"]) / listed[row["date"]]
        for row in rows
        if row["measure"] == "in orbit" and row["date"] in listed
    ]
    assert sorted(question.model.published_shares()["share"]) == pytest.approx(sorted(wanted))


def test_the_count_of_2010_is_held_against_what_was_published(answer):
    said = {
        row["measure"]: float(row["value"]) for row in told("fengyun_milestones") if "2010" in row["date"]
    }
    near = question.checks(answer)[0]
    assert near.published == pytest.approx(said["in orbit percent"] / 100 * said["catalogued"])


def test_the_bounds_are_the_mean_course_at_another_pace(answer):
    # Twice as dense: in one year what takes two; half as dense: in two years what takes one.
    model = answer.tables["model"].set_index("years")
    whole = [years for years in model.index if years % 2 == 0]
    assert list(model.loc[whole, "thin"]) == list(model.loc[[years / 2 for years in whole], "mean"])
    early = [years for years in model.index if 2 * years in model.index]
    assert list(model.loc[early, "dense"]) == list(model.loc[[2 * years for years in early], "mean"])


def test_a_year_that_ends_as_the_pieces_are_set_free_is_worth_nothing(monkeypatch):
    # An event at midnight of New Year's Eve: the course begins with the next year, whole.
    monkeypatch.setattr(question.model, "EVENT", pd.Timestamp("2008-01-01"))
    course = question.model.sun_years()
    assert list(course["years"][:3]) == pytest.approx([0, 366 / 365.25, 731 / 365.25])
    density = {row["year"]: float(row["density_kg_m3"]) for row in told("thermosphere")}
    steady = next(
        float(row["density_kg_m3"]) for row in told("atmosphere") if row["base_altitude_km"] == "800"
    )
    worth = np.cumsum([366 * density["2008"], 365 * density["2009"]]) / steady / 365.25
    assert list(course["worth"][:3]) == pytest.approx([0, *worth])


def test_what_is_seen_at_just_the_elevation_is_seen():
    belt = question.model.WINDOW
    heights = np.where((belt > 129.97) & (belt < 140.03), 20.0, 60.0)[np.newaxis]
    assert all(np.isnan(question.model.gap(heights, 20.0)))
    assert question.model.gap(heights, 20.5) == pytest.approx((130, 140))


@pytest.mark.parametrize("low, high, held", [(174.9, 180, True), (175.1, 180, False), (60, 95.1, True)])
def test_a_stretch_counts_when_it_begins_within_forty_degrees(low, high, held):
    belt = question.model.WINDOW
    heights = np.where((belt > low - 0.01) & (belt < high + 0.01), 0.0, 60.0)[np.newaxis]
    found = question.model.gap(heights, 10.0)
    assert found == pytest.approx((low, high)) if held else np.isnan(found[0])


def test_of_two_stretches_the_nearer_counts():
    belt = question.model.WINDOW
    blind = ((belt > 104.99) & (belt < 120.01)) | ((belt > 147.99) & (belt < 150.01))
    assert question.model.gap(np.where(blind, 0.0, 60.0)[np.newaxis], 10.0) == pytest.approx((148, 150))


def test_shares_seen_are_counts_over_all_ever_listed(answer):
    seen = answer.tables["observed"]
    last = seen[seen["kind"].str.startswith("element sets")].iloc[-1]
    assert 100 * last["share"] == pytest.approx(answer["fengyun_in_orbit_percent"])
    assert last["years"] == pytest.approx((last["date"] - pd.Timestamp("2007-01-11")).days / 365.25)


def test_modelled_shares_are_read_off_the_course_at_the_last_count(answer):
    model, day = answer.tables["model"], pd.Timestamp(answer["debris_counted"])
    age = (day - pd.Timestamp("2007-01-11")).days / 365.25
    before, after = model[model["years"] <= age].iloc[-1], model[model["years"] > age].iloc[0]
    part = (age - before["years"]) / (after["years"] - before["years"])
    for name, percent in answer["modelled_in_orbit_percent"].items():
        assert percent == pytest.approx(100 * (before[name] + part * (after[name] - before[name])))


def test_a_factor_on_density_and_on_area_to_mass_say_the_same(answer):
    # Under a steady density the factor times the area assumed; under the Sun's course divided by its mean.
    for month, factor in answer["needed_density_factor"].items():
        assert factor * 0.07 == pytest.approx(
            answer["needed_area_to_mass_m2_kg"][month] * answer["sun_density_factor"][month]
        )


def test_published_values_are_those_of_their_sources(answer):
    # Debris between 165 and 3,500 km in the first weeks; about 20,000 objects in 2020.
    checks = question.checks(answer)
    assert [check.published for check in checks][1:] == [3500, 165, 20000]
    assert all(check.holds for check in checks)


def test_the_fullest_shell_has_the_whole_of_the_peak(answer):
    shells = answer.tables["shells"]
    fluxes = [
        question.model.debris.flux_per_m2_year(
            row.objects_time_mean, row.altitude_low_km, row.altitude_high_km, 10.0
        )
        for row in shells.itertuples()
    ]
    assert answer["share_of_peak_percent"] == pytest.approx(100 * answer["flux_per_m2_year"] / max(fluxes))


def test_rows_of_newer_counts_that_are_not_whole_are_told_by_their_day(monkeypatch):
    # Two tables with a newer day each, of one row and of two: three rows in all are left out.
    day = pd.Timestamp("2031-01-01")
    newer = {"fengyun_counts": 1, "shell_counts": 2}

    def halves(name):
        rows = newer.get(name.split("/")[1], 0)
        return pd.DataFrame({"epoch_date": []}), pd.DataFrame({"epoch_date": [day] * rows})

    monkeypatch.setattr(question.model, "newest_whole", halves)
    chosen, left = question.model.snapshots()
    assert left == {"2031-01-01": 3} and len(chosen) == 4
