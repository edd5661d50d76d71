"""Reconnaissance: what others count, identities of the analysis, and refusals."""

import csv
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from tests.conftest import ROOT

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


def told(name: str) -> list[dict[str, str]]:
    """A table as it stands, without the library."""
    with (ROOT / "data" / "space_systems" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_eight_of_the_plan_are_four_of_each_kind_with_one_place_for_a_satellite_unseen(monkeypatch):
    # Two radar satellites without a set: the newer one of them stands in for the oldest of the four.
    sats = reconnaissance.model.fleet_rows()
    missing = pd.DataFrame(
        {
            "name": ["Radar-98", "Radar-99"],
            "function": "radar imaging",
            "launch_date": pd.Timestamp("2026-01-01"),
        }
    )
    monkeypatch.setattr(reconnaissance.model, "unseen", lambda *_: missing)
    flown = sats[sats["launch_date"].notna() & (sats["outcome"] == "success")]
    names = {
        kind: flown[flown["function"] == kind].nlargest(5, "launch_date")
        for kind in reconnaissance.model.IMAGING
    }
    sets = pd.concat(
        [
            rows.assign(mean_anomaly_deg=10.0, node_hours=[22.0, 1.5, 22.0, 22.0, 22.0])
            for rows in names.values()
        ]
    )[["name", "function", "mean_anomaly_deg", "node_hours"]].astype({"function": str})
    chosen = reconnaissance.model.planned_fleet(sets, "2026")
    assert chosen["function"].value_counts().to_dict() == {"radar imaging": 4, "optical imaging": 4}
    assert list(chosen["name"])[:7] == [
        *names["optical imaging"]["name"][:4],
        *names["radar imaging"]["name"][:3],
    ]
    # It takes the plane that holds one radar satellite only, half a turn from that one.
    last = chosen.iloc[-1]
    assert (last["name"], last["mean_anomaly_deg"], last["node_hours"]) == ("Radar-99 (assumed)", 190.0, 1.5)


def test_a_plane_of_the_forenoon_begins_at_midnight_and_ends_at_noon(monkeypatch):
    missing = pd.DataFrame(
        {"name": ["Radar-99"], "function": "radar imaging", "launch_date": pd.Timestamp("2026-01-01")}
    )
    monkeypatch.setattr(reconnaissance.model, "unseen", lambda *_: missing)
    radars = [f"IGS Radar-{n}" for n in (5, 6, 7)]
    sets = pd.DataFrame(
        {
            "name": radars,
            "function": "radar imaging",
            "mean_anomaly_deg": 350.0,
            "node_hours": [12.0, 11.9, 11.8],  # noon itself is no forenoon: its plane holds one only
        }
    )
    last = reconnaissance.model.planned_fleet(sets, "2026").iloc[-1]
    assert (last["node_hours"], last["mean_anomaly_deg"]) == (12.0, 170.0)


def test_a_set_of_thirty_days_is_flown_and_an_older_one_is_not(monkeypatch):
    newest = pd.Timestamp("2026-07-22")  # the simulation starts two days later
    known = reconnaissance.model.fleet_rows().dropna(subset=["norad_id"])
    known = known[known["function"].isin(reconnaissance.model.IMAGING)].head(3)
    days = [newest, newest - pd.Timedelta(days=28), newest - pd.Timedelta(days=29)]
    sets = pd.DataFrame({"norad_id": known["norad_id"].to_numpy(), "epoch_date": days})
    monkeypatch.setattr(reconnaissance.model.own, "read", lambda *_: SimpleNamespace(rows=[]))
    monkeypatch.setattr(reconnaissance.model.element_files, "frame", lambda _: sets)
    flown, begin = reconnaissance.model.of_file("mine.tle")
    assert begin == pd.Timestamp("2026-07-24")
    assert sorted(flown["age_days"]) == [2, 30] and set(flown["name"]) == set(known["name"].iloc[:2])


def test_service_is_counted_at_the_end_of_each_year(answer):
    rows = [
        row
        for row in told("satellites")
        if row["programme"] == "IGS" and row["function"].endswith("imaging") and row["outcome"] == "success"
    ]
    table = answer.tables["in_service"]
    assert table["year"].min() == min(int(row["launch_date"][:4]) for row in rows)
    for one in table.itertuples():
        day = min(f"{one.year}-12-31", answer["known_to"])
        up = [
            row
            for row in rows
            if row["function"] == one.function
            and row["launch_date"] <= day
            and (not row["end_date"] or row["end_date"] > day)
        ]
        unsure = [row for row in up if row["state"] == "unknown" and row["state_as_of"] < day]
        assert (one.in_service, one.unknown) == (len(up) - len(unsure), len(unsure))


def test_lifetimes_by_the_last_operation_take_the_earlier_of_two_readings():
    ends: dict[str, str] = {}
    for row in told("service_ends"):
        if row["kind"] == "last operation":
            ends[row["satellite_id"]] = min(row["date"], ends.get(row["satellite_id"], "9999"))
    rows = {row["row_id"]: row for row in told("satellites")}
    life = reconnaissance.model.lifetimes("last operation").set_index("row_id")
    for name, one in life.iterrows():
        end = ends.get(name) or rows[name]["state_as_of"]
        days = (pd.Timestamp(end) - pd.Timestamp(rows[name]["launch_date"])).days
        assert one["years"] == pytest.approx(days / 365.25) and one["ended"] == (name in ends)


def test_what_a_satellite_adds_is_the_wait_without_it_less_the_wait_with_it(answer):
    worth = answer.tables["worth"]
    whole = answer["mean_wait_hours"][f"held in {answer.parameters.fleet}"]
    assert worth["wait_with_hours"].to_numpy() == pytest.approx(whole)
    added = worth["wait_without_hours"] - worth["wait_with_hours"]
    assert worth["added_hours"].to_numpy() == pytest.approx(added.to_numpy())
    assert worth["name"].iloc[0] == answer["most_valuable"] and (np.diff(added) <= 1e-12).all()


def test_a_set_is_as_old_as_the_days_to_the_start():
    for year in reconnaissance.model.compared():
        sets, begin = reconnaissance.model.element_sets(year), reconnaissance.model.start(year)
        assert list(sets["age_days"]) == [(begin - day).days for day in sets["epoch_date"]]
        assert sets["age_days"].min() == 2 and not sets["name"].duplicated().any()
        # A year back, not more.
        assert (sets["epoch_date"] >= begin - pd.DateOffset(years=1)).all()


def test_the_relay_stands_where_the_catalog_of_the_belt_has_it():
    # JDRS-1 at 90.75 degrees east.
    assert reconnaissance.model.relay_longitude() == pytest.approx(90.75, abs=0.2)


def test_a_wait_by_lot_lies_between_its_least_and_greatest(answer):
    looks = answer.tables["looks"].dropna(subset="phase_median_hours")
    assert len(looks) and (looks["phase_low_hours"] <= looks["phase_median_hours"]).all()
    known = looks.dropna(subset="phase_high_hours")
    assert (known["phase_median_hours"] <= known["phase_high_hours"]).all()


def test_published_counts_are_met_to_the_last_one(answer):
    # Five radar and three optical satellites, eight in all (Fatton 2020); 19 and 11 in the catalog.
    checks = reconnaissance.checks(answer)
    assert [check.published for check in checks] == [5, 3, 8, 19, 11]
    assert all(check.tolerance == 0 and check.holds for check in checks)


def test_a_satellite_is_unsure_from_the_day_after_its_state_was_last_known():
    known = pd.Timestamp("2023-12-31")
    sats = pd.DataFrame(
        {
            "launch_date": [pd.Timestamp("2023-05-01"), pd.Timestamp("2024-05-01")],
            "end_date": [pd.NaT, pd.Timestamp("2100-01-01")],
            "outcome": "success",
            "function": ["radar imaging", "optical imaging"],
            "state": ["unknown", "flying"],
            "state_as_of": [known, known],
        }
    )
    radar = reconnaissance.model.in_service(sats).query("function == 'radar imaging'").set_index("year")
    assert radar.loc[2023, ["in_service", "unknown"]].tolist() == [1, 0]
    assert radar.loc[2024, ["in_service", "unknown"]].tolist() == [0, 1]
