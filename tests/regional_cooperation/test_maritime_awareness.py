"""Pressure and sight at sea: published totals, the calendar, closed forms of the repeat cycle and of random
looks.
"""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from spacesec.answers import Result
from spacesec.astrodynamics import frames, orbits
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing.found import Unplaced
from spacesec.regional_cooperation import maritime_awareness as question
from spacesec.regional_cooperation.maritime_awareness import swath
from spacesec.words.sentences import Context

SENKAKU = (25.75, 123.5)


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_spacing_and_looks_of_the_fourteen_day_cycle():
    # As Orekit 13.1 flies the orbit over the turning ellipsoid, measured square to the track; without the
    # Earth's turn the formula gives 172.3, 191.8 and 145.9.
    for latitude, flown in ((25.745, 170.559), (0.0, 189.571), (40.0, 144.585)):
        assert swath.track_spacing_km(latitude) == pytest.approx(flown, abs=0.02)
    looks = [swath.looks_per_cycle(25.75, w) for w in (50, 200, 700)]
    assert looks == pytest.approx([0.586, 2.345, 8.209], abs=0.002)


def test_spacing_at_the_equator_of_a_polar_orbit_is_the_circumference_shared_out():
    at_rest = swath.track_spacing_km(0.0, revolutions=100, days=0, inclination_deg=90.0)
    assert at_rest == pytest.approx(2 * np.pi * 6378.137 / 100)
    # The Earth turns below a polar orbit by `days` turns in `revolutions`: the track leans by atan(15 / 100).
    turning = swath.track_spacing_km(0.0, revolutions=100, days=15, inclination_deg=90.0)
    assert turning == pytest.approx(at_rest * np.cos(np.arctan(0.15)))
    with pytest.raises(ParameterError, match="does not reach 85 degrees"):
        swath.track_spacing_km(85.0)


@pytest.mark.parametrize("place", [SENKAKU, (20.5, 121.0), (39.5, 134.5), (0.0, 100.0)])
def test_spacing_is_the_gap_between_flown_tracks(place):
    """Flown under a turning Earth: gaps between the tracks that pass a place, going up and going down."""
    times, under, _ = swath.frame()
    gaps = []
    for moved in np.linspace(0, 360 / swath.REVOLUTIONS, 6, endpoint=False):
        at, distance = swath.passes(place[0], place[1] + moved)
        step = (at / swath.STEP_S).astype(int)
        rising = under[(step + 3) % len(times), 2] > under[step, 2]
        for way in (rising, ~rising):
            near = np.sort(distance[way])
            gaps += list(np.diff(near[np.abs(near) < 450]))
    # `passes` measures on a sphere, which costs 0.1 percent at 39.5 degrees; leaving out the turn costs 1.1.
    assert swath.track_spacing_km(place[0]) == pytest.approx(np.mean(gaps), rel=2e-3)


def test_the_orbit_that_closes_has_the_published_altitude_and_cycle():
    axis, cycle = swath.repeating_orbit()
    assert axis - 6378.137 == pytest.approx(628, abs=1)  # JAXA: ALOS-2 at 628 km
    assert cycle / 86400 == pytest.approx(14, abs=0.001)  # sun-synchronous: nodal days are solar days


def test_the_ground_track_closes():
    times, under = swath.ground_track()
    _, cycle = swath.repeating_orbit()
    late = cycle - times[-1]
    step = np.linalg.norm(under[1] - under[0])
    assert np.linalg.norm(under[-1] - under[0]) == pytest.approx(step * late / swath.STEP_S, rel=0.01)


@pytest.mark.parametrize("wide", [50, 200, 700])
@pytest.mark.parametrize("place", [SENKAKU, (20.5, 121.0), (39.5, 134.5)])
def test_simulated_looks_agree_with_twice_the_swath_over_the_spacing(place, wide):
    simulated = np.mean([len(own) for own in swath.look_times(*place, wide)])
    assert simulated == pytest.approx(swath.looks_per_cycle(place[0], wide), rel=0.03, abs=2 / swath.OFFSETS)


def test_near_edge_follows_the_law_of_sines():
    near = swath.near_edge_km(628, 30.0) / 6378.137
    # In the triangle of Earth's centre, satellite and ground point: sin(30 deg) / R = sin(30 deg + near) / (R
    # + h).
    assert np.sin(np.radians(30) + near) == pytest.approx((6378.137 + 628) / 6378.137 * 0.5)


def test_two_day_transit_by_poisson_and_by_passes():
    looks = swath.looks_per_cycle(25.75, 200) * 2 / 14
    assert looks == pytest.approx(0.335, abs=0.001)
    closed = swath.poisson_catch(looks, 0.9)
    assert closed == pytest.approx(0.2605, abs=0.001)
    simulated = swath.catch_probability(list(swath.look_times(*SENKAKU, 200)), 48, 0.9)
    assert abs(simulated - closed) < 0.05


def test_one_look_a_cycle_gives_the_share_of_the_cycle():
    _, cycle = swath.repeating_orbit()
    one = [np.array([1000.0])]
    assert swath.catch_probability(one, cycle / 4 / 3600, 1.0) == pytest.approx(0.25, abs=0.001)
    assert swath.catch_probability(one, 2 * cycle / 3600, 0.5) == pytest.approx(
        0.75
    )  # two looks, each a coin
    assert swath.catch_probability([np.array([])], 100, 1.0) == 0


def test_gaps_fill_the_cycle():
    _, cycle = swath.repeating_orbit()
    looks = swath.fleet_looks(swath.look_times(*SENKAKU, 200), 5, "random", 3)
    assert swath.gaps_hours(looks).sum() * 3600 == pytest.approx(len(looks) * cycle)


@pytest.mark.parametrize("arrangement", ["even", "same_track", "random"])
def test_a_fleet_looks_as_often_as_its_satellites_together(arrangement):
    base = swath.look_times(*SENKAKU, 350)
    single = np.mean([len(own) for own in base])
    fleet = np.mean([len(own) for own in swath.fleet_looks(base, 8, arrangement, 1)])
    assert fleet == pytest.approx(8 * single, rel=0.12 if arrangement == "random" else 1e-9)


def test_odds_never_fall_with_time_chance_or_tasking():
    looks = list(swath.look_times(*SENKAKU, 200))
    by_time = [swath.catch_probability(looks, h, 0.9) for h in (12, 24, 48, 96, 200, 400)]
    by_chance = [swath.catch_probability(looks, 48, c) for c in (0, 0.2, 0.5, 1.0)]
    assert by_time == sorted(by_time) and by_chance == sorted(by_chance) and by_chance[0] == 0


def test_runs_are_as_long_as_the_calendar_says():
    table = tables.load("regional_cooperation/maritime")
    runs = table[table["indicator"] == "streak"]
    assert ((runs["period_end"] - runs["date"]).dt.days + 1 == runs["value"]).all()
    assert {64, 111, 157, 158, 215, 335} <= set(runs["value"].astype(int))


def test_years_are_the_sums_of_the_ministry_s_periods():
    table = tables.load("regional_cooperation/maritime").set_index("row_id")["value"]
    for what in ("days", "vessels"):
        for year in range(2018, 2023):
            assert table[f"senkaku-ts-{what}-{year}"] == sum(
                table[f"senkaku-ts-{what}-{year}-{part}"] for part in "abc"
            )


def test_the_series_gives_the_totals_printed_in_2017_and_2020(answer):
    assert all(check.holds for check in question.checks(answer))
    # Asahi Shimbun, 17 June 2020: 1,097 ships on 282 days in 2019, 126 ships on 32 days in the territorial
    # sea.
    for zone, indicator, value in (
        ("contiguous", "vessels", 1097),
        ("contiguous", "days", 282),
        ("territorial", "vessels", 126),
        ("territorial", "days", 32),
    ):
        assert question.model.yearly(zone, indicator).set_index("year")["value"][2019] == value


def test_rejected_counts_stay_out_of_the_series(answer):
    assert answer.tables["vessels"]["year"].is_unique and not answer.tables["all_vessels"]["year"].is_unique
    known = set(answer.tables["vessels"]["year"])
    assert set(answer["years_without_vessel_count"]) == set(range(2013, answer["last_year"])) - known


def a_count(year, coverage, indicator="vessels", zone="contiguous"):
    return {
        "row_id": f"{zone}-{indicator}-{year}-{coverage}",
        "zone": zone,
        "indicator": indicator,
        "coverage": coverage,
        "year": year,
        "date": pd.Timestamp(year, 1, 1),
        "period_end": pd.Timestamp(year, 11, 20),
        "value": 7.0,
    }


def test_counts_newer_than_what_is_told_are_named(monkeypatch, answer):
    rows = pd.DataFrame(
        [
            a_count(2025, "complete"),
            a_count(2026, "partial"),
            a_count(2026, "complete", "days"),
            a_count(2027, "complete", "cases", "territorial"),
            a_count(2027, "partial", "streak"),
        ]
    )
    monkeypatch.setattr(question.model, "counts", lambda settled=True: rows)
    newer = question.model.left_out({"vessels": 2025, "days": 2026})
    assert list(newer["row_id"]) == ["contiguous-vessels-2026-partial", "territorial-cases-2027-complete"]
    newest = [
        {
            "indicator": str(r.indicator),
            "zone": str(r.zone),
            "first": "2026-01-01",
            "last": "2026-11-20",
            "value": 7.0,
        }
        for r in newer.itertuples()
    ]
    plain = {name: one.value for name, one in answer.results.items()}
    told = {**plain, "newer_counts": newest, "last_year_of_days": 2026}
    given = dataclasses.replace(
        answer, results={name: Result(value, "", "as given") for name, value in told.items()}
    )
    context = Context(told, answer.parameters.plain())
    words = "\n\n".join(paragraph.tell(context)[0] for paragraph in question.words.answer(given))
    assert "vessel-days in the contiguous zone from 1 January 2026 to 20 November 2026: 7" in words
    assert f"on {answer['days_last_year']} days of 2026" in words


def test_the_longest_run_stands_with_its_two_dates(answer):
    # 19 November 2024 to 19 October 2025, by the calendar 335 days, 43 of them in 2024.
    picture = question.figures.pressure(answer)
    longest = picture.data[picture.data["series"].str.startswith("unbroken")].sort_values("value").iloc[-1]
    assert (longest["last"] - longest["first"]).days + 1 == longest["value"] == 335
    assert "19 November 2024 to 19 October 2025" in picture.note and "2025 and once" not in picture.title


def test_chances_told_add_up_to_what_is_drawn(answer):
    picture = question.figures.fleets(answer)
    here = picture.data[picture.data["site"] == "senkaku"]
    commercial = here[here["operator"] != "JAXA"]["passes_per_day"].sum()
    assert f"{commercial:.1f} of {here['passes_per_day'].sum():.1f} daily chances" in picture.title
    assert all(f"{n:.1f}" in picture.alt for n in picture.data.groupby("site")["passes_per_day"].sum())


def test_one_satellite_fewer_than_the_board_names_does_not_do(answer):
    board = answer.tables["board"]
    found = board[(board["panel"] == "fewest") & board["satellites"].notna()]
    assert len(found) >= 4
    for row in found.itertuples():
        odds = [
            100
            * question.model.sight_of(answer.parameters, None, row.swath_km, int(count))["catch_probability"]
            for count in (row.satellites - 1, row.satellites)
            if count
        ]
        assert odds[-1] >= 90 and all(one < 90 for one in odds[:-1])
    assert question.figures.board(answer).title.endswith("or 25 with 50 km")


def test_a_year_told_twice_keeps_the_earlier_row(monkeypatch):
    rows = pd.DataFrame([a_count(2025, "complete"), {**a_count(2025, "complete"), "row_id": "z", "value": 9}])
    monkeypatch.setattr(question.model, "counts", lambda settled=True: rows)
    assert list(question.model.yearly("contiguous", "vessels")["value"]) == [7]
    assert question.model.again() == ["z"]


def test_change_of_a_series_with_one_step_is_found():
    days = pd.Series([100] * 6 + [300] * 6, index=range(2001, 2013))
    assert question.model.change_year(days)[0] == 2007
    assert question.model.change_year(pd.Series([100, 100], index=[2001, 2002]))[0] is None


def test_results_hold_together(answer):
    assert answer["mean_revisit_hours"] == pytest.approx(14 * 24 / answer["looks_per_cycle"], rel=1e-4)
    assert answer["catch_probability_by_site"]["senkaku"] == answer["catch_probability"]
    n = answer["satellites_for_even_odds"]
    rate = swath.looks_per_cycle(25.75, 200) * 2 / 14
    assert swath.poisson_catch(n * rate, 0.9) >= 0.5 > swath.poisson_catch((n - 1) * rate, 0.9)


def test_half_the_tasking_doubles_the_wait():
    full, half = (
        question.model.sight_of(question.Parameters.of({"tasking": t}))["mean_revisit_hours"]
        for t in (1.0, 0.5)
    )
    assert half == pytest.approx(2 * full)


REFUSED = [
    ({"site": "atlantis"}, "the places are senkaku, luzon_strait, sea_of_japan"),
    ({"satellites": 0}, "satellites = 0 is not possible … from 1 to 60"),
    ({"detection_probability": 1.5}, "detection_probability = 1.5 is not possible … from 0 to 1"),
    ({"transit_hours": -1}, "above 0"),
    ({"swath": 200}, "did you mean swath_km"),
]


def test_every_figure_is_drawn_for_another_choice():
    found = question.answer(
        question.Parameters.of(
            {
                "site": "sea_of_japan",
                "swath_km": 10,
                "satellites": 3,
                "arrangement": "random",
                "detection_probability": 0,
                "transit_hours": 400,
            }
        )
    )
    assert found["catch_probability"] == 0 and found["satellites_for_even_odds"] is None
    for draw in question.FIGURES:
        picture = draw(found)
        assert picture.title and picture.alt


def test_a_fleet_beyond_telling_is_not_told_by_its_number():
    # A swath of 5 km used one time in a hundred: even odds within an hour would take millions.
    made = question.answer(question.Parameters(swath_km=5, tasking=0.01, transit_hours=1))
    assert "for even odds it takes more than 1,000." in made.text and "for 1 hour with" in made.text
    assert question.figures.odds(made).title.startswith("1 hour in reach")


# --- a reader's own file of reports
# -------------------------------------------------------------------------------------------------


def test_dark_hours_of_a_file_stand_beside_the_odds(tmp_path, answer):
    path = tmp_path / "reports.csv"
    path.write_text(
        "mmsi,timestamp,lat,lon\n"
        "412000001,2026-11-01T00:00:00Z,25.7,123.5\n"
        "412000001,2026-11-01T12:00:00Z,25.8,123.5\n"  # 12 hours
        "412000001,2026-11-03T12:00:00Z,26.8,123.5\n"  # 48 hours, one degree of latitude
        "412000002,2026-11-03T12:00:00Z,26.8,123.5\n"
        "412000002,2026-11-03T17:00:00Z,26.8,123.5\n"  # 5 hours: not dark
    )
    found = question.answer(question.Parameters.of({"tracks_file": str(path)}))
    gaps = found.tables["dark_hours"]
    assert list(gaps["transit_hours"]) == [48, 12] and set(gaps["mmsi"]) == {"412000001"}
    assert gaps["apart_km"].iloc[0] == pytest.approx(np.radians(1) * 6371, rel=1e-3)
    # The odds of 48 hours are those of a ship in reach for 48 hours, the question's own default.
    assert gaps["simulated_percent"].iloc[0] == pytest.approx(100 * answer["catch_probability"])
    assert found["tracks_ships"] == 2 and found["dark_gaps"] == 2
    assert "reports.csv holds reports of 2 ships with 2 gaps of 6 hours or more" in found.text
    picture, plain = question.figures.odds(found), question.figures.odds(answer)
    assert found["tracks_file"]["sha256"][:12] in picture.note and "5 rows of the file" in picture.note
    assert len(picture.data) == len(plain.data) + 2 and "mmsi" not in plain.data
    assert "tracks_file" not in answer.results and answer.text in found.text.replace(
        found.text.split("\n\n")[3] + "\n\n", ""
    )


def test_a_file_without_reports_is_refused(tmp_path):
    path = tmp_path / "reports.csv"
    path.write_text("mmsi,timestamp,lat,lon\n")
    with pytest.raises(Unplaced, match="no position of a ship"):
        question.answer(question.Parameters.of({"tracks_file": str(path)}))


def test_nobody_at_sea_is_none_and_not_one(monkeypatch):
    none = question.model.cooperation().iloc[:0]
    monkeypatch.setattr(question.model, "cooperation", lambda: none)
    found = question.answer(question.Parameters())
    assert [found[f"maritime_{what}"] for what in ("acts_india", "acts_taiwan", "operations_taiwan")] == [
        0
    ] * 3


def test_acts_at_sea_are_those_of_the_table(answer):
    with_partner = tables.settled("regional_cooperation/ties").merge(
        tables.settled("regional_cooperation/acts"), left_on="act_id", right_on="row_id"
    )
    ours = with_partner[[("maritime" in one.split(";")) for one in with_partner["domains"]]]
    found = answer.tables["cooperation"].set_index("partner")
    for partner, part in ours.groupby("partner"):
        assert found.loc[partner, "acts"] == len(part)
        assert found.loc[partner, "operations"] == (part["stage"] == "operation").sum()
        assert found.loc[partner, "first"] == part["date"].min()
        assert found.loc[partner, "last"] == part["date"].max()


def test_odds_stand_at_quarters_of_the_first_day_and_then_twice_a_day():
    p = question.Parameters(swath_km=200, satellites=3, tasking=0.5)
    table = question.model.odds(p)
    assert set(table["swath_km"]) == {50, 200, 700} and len(table) == 3 * 30
    one = table[table["swath_km"] == 200].set_index("transit_hours")
    assert list(one.index) == [6, 12, 18, *range(24, 337, 12)]
    looks = 3 * swath.looks_per_cycle(25.75, 200)
    closed = [100 * swath.poisson_catch(looks * hours / (14 * 24), 0.45) for hours in one.index]
    assert list(one["closed_form_percent"]) == pytest.approx(closed)
    asked = question.model.sight_of(p)
    assert one.loc[48, "simulated_percent"] == pytest.approx(100 * asked["catch_probability"])
    assert one.loc[48, "closed_form_percent"] == pytest.approx(100 * asked["catch_probability_poisson"])


def test_the_closed_form_of_the_odds_counts_days_of_the_cycle():
    # Two looks of a satellite in 14 days give one in seven of a look a day.
    p = question.Parameters(transit_hours=24, detection_probability=0.7, satellites=5)
    looks = 5 * swath.looks_per_cycle(25.75, 200) / 14
    assert question.model.sight_of(p)["catch_probability_poisson"] == pytest.approx(1 - np.exp(-0.7 * looks))


def test_the_near_edge_below_the_satellite_is_the_track_and_grows_to_the_horizon():
    assert swath.near_edge_km(628, 0.0) == 0
    horizon = np.degrees(np.arcsin(6378.137 / (6378.137 + 628)))
    # The line of sight that touches the sphere meets it at right angles to the radius there.
    assert swath.near_edge_km(628, horizon) == pytest.approx(6378.137 * np.radians(90 - horizon))


def test_a_place_is_looked_at_from_every_place_of_the_grid():
    # Moving the tracks by a whole gap brings the same tracks back, so that four places of the grid are every
    # sixth of twenty-four.
    four, all_of_them = (swath.look_times(*SENKAKU, 200, offsets) for offsets in (4, 24))
    assert len(four) == 4 and len(all_of_them) == 24
    for place, own in enumerate(four):
        assert np.array_equal(own, all_of_them[6 * place])


def test_satellites_of_a_fleet_share_out_the_cycle_in_time():
    _, cycle = swath.repeating_orbit()
    base = (np.array([100.0]),)
    for name in ("even", "same_track"):
        [looks] = swath.fleet_looks(base, 4, name, 0)
        assert list(looks) == pytest.approx([100 + cycle * k / 4 for k in range(4)])


def test_interleaved_grids_move_by_the_golden_section():
    _, cycle = swath.repeating_orbit()
    base = tuple(np.array([float(place)]) for place in range(10))
    looks = swath.fleet_looks(base, 3, "even", 0)
    golden = (5**0.5 - 1) / 2
    for place, own in enumerate(looks):
        moved = [int(10 * (k * golden % 1)) for k in range(3)]
        assert list(own) == pytest.approx([(place + m) % 10 + cycle * k / 3 for k, m in enumerate(moved)])


def test_a_gap_without_a_look_is_the_whole_cycle_and_two_looks_leave_two():
    _, cycle = swath.repeating_orbit()
    assert list(swath.gaps_hours([np.array([])])) == [cycle / 3600]
    two = swath.gaps_hours([np.array([0.0, 7200.0])])
    assert list(two) == pytest.approx([2, cycle / 3600 - 2])


def test_passages_to_the_right_lie_to_the_east_of_a_northbound_track():
    times, under, right = swath.frame()
    assert np.einsum("ti,ti->t", under, right) == pytest.approx(np.zeros(len(times)), abs=1e-12)
    rising = np.gradient(under[:, 2]) > 0
    low = np.abs(under[:, 2]) < 0.5
    east = np.cross([0.0, 0.0, 1.0], under)
    toward_east = np.einsum("ti,ti->t", right, east)
    assert (toward_east[rising & low] > 0).all() and (toward_east[~rising & low] < 0).all()


def test_the_share_of_days_changes_where_the_likelihood_says():
    from scipy.stats import binom

    days = pd.Series([100, 150, 120, 200, 300, 310, 305, 290], index=range(2004, 2012))
    length = [366 if year % 4 == 0 else 365 for year in days.index]

    def likelihood(part):
        share = days.iloc[part].sum() / sum(length[part])
        return binom.logpmf(days.iloc[part], length[part], share).sum()

    gain = {
        2004 + at: likelihood(slice(0, at)) + likelihood(slice(at, None)) - likelihood(slice(None))
        for at in range(2, 7)
    }
    found, gained = question.model.change_year(days)
    assert found == max(gain, key=gain.get) == 2008 and gained == pytest.approx(gain[2008])
    # At least two years stand on each side: a jump in the last year alone is not told.
    late = pd.Series([100, 100, 100, 100, 300], index=range(2004, 2009))
    assert question.model.change_year(late)[0] == 2007
    assert question.model.change_year(late.iloc[:3])[0] is None


def test_the_grid_is_moved_in_even_steps_over_one_gap_between_tracks(monkeypatch):
    asked = []

    def noted(latitude_deg, longitude_deg):
        asked.append(longitude_deg)
        return np.array([1.0]), np.array([1e4])

    monkeypatch.setattr(swath, "passes", noted)
    assert [len(own) for own in swath.look_times.__wrapped__(25.75, 123.5, 200.0, 24)] == [0] * 24
    # Neighboring tracks of 207 revolutions are 360 / 207 degrees apart at the equator.
    assert asked == pytest.approx([123.5 + place / 24 * 360 / 207 for place in range(24)])


def test_a_pass_is_abeam_when_the_satellite_is_nearest():
    """Against a search in tenths of a second, for twenty passages of one place."""
    axis, _ = swath.repeating_orbit()
    track = orbits.track(orbits.elements(axis, inclination_deg=swath.INCLINATION_DEG))
    place = frames.points(*SENKAKU).position_km[0]
    up = place / np.linalg.norm(place)
    for at in swath.passes(*SENKAKU)[0][:20]:
        times = at + np.arange(-swath.STEP_S, swath.STEP_S, 0.1)
        under = track(times)[0]
        nearest = times[np.argmax(under @ up / np.linalg.norm(under, axis=1))]
        assert at == pytest.approx(nearest, abs=0.05 * swath.STEP_S)
