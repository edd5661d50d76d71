"""Taiwan's connectivity: coverage against independent simulations, exact probabilities of cuts, published
sums, bad input.
"""

import re
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from spacesec.astrodynamics import coverage as counted
from spacesec.astrodynamics import frames, orbits, visibility
from spacesec.drawing import figures, layout
from spacesec.errors import DataError
from spacesec.regional_cooperation import taiwan_connectivity as taiwan
from spacesec.regional_cooperation.taiwan_connectivity import phased_coverage as coverage
from spacesec.words.sentences import Context

LATITUDE = 23.7


def shell(inclination, elevation, altitude=600.0, pattern="delta"):
    return coverage.Shell(inclination, altitude, elevation, pattern)


@pytest.mark.parametrize(
    "inclination, elevation, integral, simulated",
    [
        (30, 25, 2.302, 2.312),
        (40, 25, 1.225, 1.224),
        (53, 25, 0.873, 0.869),
        (97.8, 25, 0.661, 0.661),
        (97.8, 15, 1.364, 1.367),
    ],
)
def test_mean_in_view_of_150(inclination, elevation, integral, simulated):
    # Both columns were computed apart from this code: the latitude-density integral, and a simulation.
    mean = coverage.mean_in_view(shell(inclination, elevation), 150, LATITUDE)
    assert mean == pytest.approx(integral, abs=0.0015) and mean == pytest.approx(simulated, rel=0.01)


def test_reach_has_its_closed_form():
    assert shell(30, 10).reach_deg == pytest.approx(15.8247, abs=1e-3) and shell(
        30, 0
    ).reach_deg == pytest.approx(23.9335, abs=1e-3)


@pytest.mark.parametrize(
    "count, planes, phasing, inclination, elevation, percent, tolerance",
    [(100, 10, 1, 30, 25, 49, 0.7), (100, 10, 4, 30, 25, 100, 0), (48, 6, 2, 30, 15, 100, 0.5)],
)
def test_the_trap_of_phasing(count, planes, phasing, inclination, elevation, percent, tolerance):
    found = 100 * coverage.availability(shell(inclination, elevation), count, planes, phasing, LATITUDE)[0]
    assert found == pytest.approx(percent, abs=tolerance + 1e-9)


@pytest.mark.parametrize(
    "pattern, count, planes, phasing, inclination, elevation",
    [
        ("delta", 100, 10, 1, 30, 25),
        ("delta", 60, 6, 2, 40, 15),
        ("delta", 72, 8, 5, 53, 20),
        ("star", 60, 6, 1, 97.8, 15),
        ("star", 66, 6, 0, 86.4, 20),
    ],
)
def test_closed_form_equals_flying_it(pattern, count, planes, phasing, inclination, elevation):
    maker = orbits.walker_delta if pattern == "delta" else orbits.walker_star
    track = orbits.track(maker(count, planes, phasing, 613.0, inclination))
    counts = counted.count_in_view(
        track,
        np.arange(0, 6 * 86400, 60.0),
        frames.points(LATITUDE, 121.0),
        visibility.Rule(float(elevation)),
    )
    found = coverage.availability(
        shell(inclination, elevation, 613.0, pattern), count, planes, phasing, LATITUDE
    )[0]
    assert (counts >= 1).mean() == pytest.approx(
        found, abs=0.012
    )  # days that do not fill the torus evenly, and the flattened Earth


def test_walkers_five_cover_the_earth_and_four_do_not():
    # Walker, RAE TR 70211 (1970) and TR 77044 (1977): 5/5/1 at 43.66 degrees needs a coverage radius of 69.15
    # degrees, no more.
    def least(radius_deg, count, planes):
        altitude = 6378.137 * (1 / np.cos(np.radians(radius_deg)) - 1)
        return min(
            coverage.availability(coverage.Shell(43.66, altitude, 0.0), count, planes, 1, latitude, 0.1)[0]
            for latitude in np.arange(-90, 90.1, 1)
        )

    assert least(69.25, 5, 5) == pytest.approx(1.0, abs=1e-9) and least(68.5, 5, 5) < 0.9999
    assert least(80, 4, 4) < 0.999


def test_one_plane_of_many_covers_what_its_street_does():
    # So many satellites in one plane that they leave no gap: the share of node offsets whose plane passes
    # within the reach.
    s = shell(90, 20)
    share = coverage.availability(s, 400, 1, 0, 0.0, step_deg=0.05)[0]
    assert share == pytest.approx(4 * s.reach_deg / 360, abs=2e-3)


def test_availability_never_exceeds_the_mean_and_turns_into_it_when_sparse():
    for _, _, share in coverage.every_pattern(shell(40, 25), 90, LATITUDE, step_deg=0.25):
        assert share <= coverage.mean_in_view(shell(40, 25), 90, LATITUDE) + 1e-3
    assert coverage.availability(shell(97.8, 40), 2, 1, 0, LATITUDE, 0.05)[0] == pytest.approx(
        coverage.mean_in_view(shell(97.8, 40), 2, LATITUDE), rel=0.02
    )


def test_needed_is_enough_and_higher_elevation_needs_more():
    few = coverage.needed(shell(30, 15), LATITUDE, 0.999, 300, 1)
    more = coverage.needed(shell(30, 25), LATITUDE, 0.999, 300, 1)
    assert few[0] <= 48 < more[0]  # 48 satellites suffice at 15 degrees in six planes
    count, planes, phasing = more
    track = orbits.track(orbits.walker_delta(count, planes, phasing, 600.0, 30.0))
    counts = counted.count_in_view(
        track, np.arange(0, 3 * 86400, 120.0), frames.points(LATITUDE, 121.0), visibility.Rule(25.0)
    )
    assert (counts >= 1).mean() > 0.995
    assert coverage.needed(shell(0, 60), LATITUDE, 0.999, 100, 1) is None


def test_chances_of_dark_landings_equal_counting_all_cuts():
    landed = taiwan.model.landings(7)
    table = taiwan.model.cable_ladder(7, 70.0, landed).set_index("cables_cut")
    owner = [name for name, count in landed.items() for _ in range(count)]
    for cut in range(8):
        ways = [set(range(7)) - set(gone) for gone in combinations(range(7), cut)]
        south = np.mean([not any(owner[c] == "Fangshan" for c in left) for left in ways])
        some = np.mean([len({owner[c] for c in left}) < 4 for left in ways])
        assert table["south_dark"][cut] == pytest.approx(south) and table["any_landing_dark"][
            cut
        ] == pytest.approx(some)
    assert table["capacity_tbps"][0] == 70 and table["capacity_tbps"][7] == 0


def test_the_newest_row_of_an_indicator_counts(monkeypatch):
    def row(row_id, indicator, date, value, unit="cables", network=None):
        return {
            "row_id": row_id,
            "indicator": indicator,
            "date": pd.Timestamp(date),
            "value": value,
            "unit": unit,
            "network": network,
        }

    table = pd.DataFrame(
        [
            row("old", "international cables", "2024-09-19", 15),
            row("new", "international cables", "2027-01-01", 16),
            row("rival", "international cables", "2027-01-01", 19),
            row("five", taiwan.model.DAMAGE, "2019-01-01", 36, taiwan.model.FIVE_YEARS),
            row("one", taiwan.model.DAMAGE, "2023-01-01", 12, "cases a year"),
        ]
    )
    monkeypatch.setattr(taiwan.model.tables, "settled", lambda name: table)
    assert taiwan.model.fact("international cables") == 16 and taiwan.model.facts()[1] == ["rival"]
    assert taiwan.model.newest(taiwan.model.DAMAGE, unit=taiwan.model.FIVE_YEARS)["row_id"] == "five"
    with pytest.raises(DataError, match="has no row of 'domestic cables'"):
        taiwan.model.fact("domestic cables")


def test_a_landing_without_a_number_holds_at_least_one_cable(monkeypatch):
    landed = pd.DataFrame(
        {"landing": ["Fangshan", "Bali"], "coast": ["south", "north"], "international_cables": [9, pd.NA]}
    ).astype({"international_cables": "Int64"})
    monkeypatch.setattr(taiwan.model.tables, "load", lambda name: landed)
    monkeypatch.setattr(taiwan.model, "fact", lambda indicator: 8.0)
    assert taiwan.model.cables_known() == 10
    assert taiwan.model.landings(10).to_dict() == {"Fangshan": 9, "Bali": 1}
    monkeypatch.setattr(taiwan.model, "fact", lambda indicator: 14.0)
    assert taiwan.model.cables_known() == 14


def test_single_failures_are_told_from_the_first_to_the_last():
    known = pd.DataFrame(
        {
            "date": pd.to_datetime(["2025-02-25", "2023-02-02", "2031-12-01"]),
            "cause": ["wear", "ship suspected", "wear"],
        }
    )
    context = Context({"failures": taiwan.model.failures_told(known)}, {})
    assert taiwan.words._failures().tell(context)[0] == (
        "Of 3 single failures on record, from 2 February 2023 to 1 December 2031, a ship is suspected in 1."
    )


def test_the_numbers_told_are_marks_of_the_curves():
    found = taiwan.answer(taiwan.Parameters())
    drawn = taiwan.figures.needed(found).data.set_index(["inclination_deg", "satellites"])["best"]
    for inclination, count in found["needed_by_inclination"].items():
        assert drawn[float(inclination), count] >= 99.9
        assert (drawn[float(inclination)].loc[: count - 1] < 99.9).all()
    assert drawn[found["agency_inclination_deg"], found["wanted"]] >= 99.9


def test_the_share_that_comes_back_is_a_bound_and_no_bar_stands_on_a_log_axis():
    picture = taiwan.figures.ladder(taiwan.answer(taiwan.Parameters()))
    row = picture.data.iloc[0]
    share = 100 * row["fallback_tbps"] / row["capacity_tbps"]
    [told] = re.findall(r"at most ([\d.]+)%", picture.title)
    assert share <= float(told) < share + 0.001
    assert {axes.get_yscale() for axes in picture.figure.axes} == {"linear"}


def test_fifteen_cables_land_as_published():
    landed = taiwan.model.landings(15)
    assert (
        landed["Fangshan"] == 3
        and landed.sum() == 15
        and len(landed) == 4
        and landed.max() - landed.drop("Fangshan").min() <= 1
    )


def test_answer_by_default():
    answer = taiwan.answer(taiwan.Parameters(altitude_km=600))
    assert answer["satellite_limit_gbps"]["Telesat-like"] == pytest.approx(
        2.302 * taiwan.model.newest(taiwan.model.RATE, network="Telesat")["value"], rel=2e-3
    )
    speed = taiwan.model.fact("mean download speed of a terminal")
    assert answer["terminal_limit_gbps"] == pytest.approx(answer.parameters.terminals * speed / 1000)
    assert (
        answer["fallback_gbps"]
        <= min(answer["terminal_limit_gbps"], max(answer["satellite_limit_gbps"].values())) + 1e-9
    )
    assert answer["capacity_left_tbps"] == 0 and answer["south_dark_percent"] == 100
    assert (
        answer["needed_by_inclination"]["30"]
        < answer["needed_by_inclination"]["40"]
        < answer["needed_by_inclination"]["53"]
        < answer["needed_by_inclination"]["97.8"]
    )
    assert answer["gateway_percent"]["none needed"] >= max(
        v for k, v in answer["gateway_percent"].items() if k != "none needed"
    )
    for check in taiwan.checks(answer):
        assert check.holds, check.what


REFUSED = [
    ({"satellites": 7, "planes": 3}, "7 satellites planes may be 1, 7"),
    ({"satellites": 0}, "from 1 to 1000"),
    ({"phasing": 10}, "from 0 to 9"),
    ({"cables_cut": 101}, "cables_cut = 101 is not possible … from 0 to "),
    ({"minimum_elevation_deg": 95}, "from 0 to 80"),
    ({"pattern": "ring"}, "delta, star"),
    ({"altitude_km": 100}, "from 300 to 2000"),
    ({"terminals": -1}, "terminals = -1 is not possible … 0"),
]


def test_reach_begins_where_the_satellites_pass_over_taiwan():
    # On the equator nothing passes over 23.7 degrees north, so that no number suffices there.
    def told(needed):
        results = {"needed_by_inclination": needed, "agency_inclination_deg": 40, "wanted": 150}
        return taiwan.words.REACH.tell(Context(results, {}))[0]

    assert told({"0": None, "30": 78, "40": 150}) == "from 30° up to an inclination of 40°"
    assert told({"30": 78, "40": 150}) == "up to an inclination of 40°"


def test_a_share_is_told_as_a_bound_in_words_where_it_is_too_small_to_write():
    told = taiwan.words._at_most()
    assert [
        told.tell(Context({"fallback_share_percent": share}, {}))[0] for share in (0.0521, 0.00009, 0, 2.31)
    ] == ["0.053%", "less than 0.001%", "nothing", "2.4%"]


def test_one_satellite_is_told_in_the_singular():
    one = taiwan.answer(taiwan.Parameters(satellites=1, planes=1, phasing=0, terminals=1))
    assert "1 satellite in 1 plane " in one.text and "less than 0.001% of the cables" in one.text
    assert taiwan.figures.trap(one).title.startswith("However arranged, 1 satellite gives")


def test_an_elevation_out_of_reach_everywhere_is_named_once_a_height():
    # Above 80 degrees no pattern of 600 covers central Taiwan from any height shown.
    labels = [
        [text.get_text() for text in axes.texts if text.get_text().startswith("80°")]
        for axes in taiwan.figures.constellation(
            taiwan.answer(taiwan.Parameters(minimum_elevation_deg=80))
        ).figure.axes
    ]
    assert all(named == ["80°: over 600 everywhere"] for named in labels)


def test_a_bound_is_not_rounded_below_itself():
    # "At most 52.3 Gbps" stood in the picture for 52.347, and 52.4 in the answer.
    answer = taiwan.answer(taiwan.Parameters())
    [label] = [
        text.get_text()
        for axes in taiwan.figures.ladder(answer).figure.axes
        for text in axes.texts
        if "at most" in text.get_text()
    ]
    told = float(re.search(r"at most\s+([\d.,]+) Gbps", label)[1].replace(",", ""))
    assert answer["fallback_gbps"] <= told < answer["fallback_gbps"] + 0.1
    assert f"At most {told:.1f} Gbps" in answer.text


def test_one_share_is_told_alike_and_what_lies_beyond_the_search_is_told():
    found = taiwan.answer(
        taiwan.Parameters(
            satellites=300, planes=20, inclination_deg=90.0, pattern="star", minimum_elevation_deg=60.0
        )
    )
    trap, together, sizes = (
        getattr(taiwan.figures, name)(found) for name in ("trap", "together", "constellation")
    )
    most = f"{np.floor(trap.data['availability_percent'].max() + 0.5):.0f}%"
    assert f"or {most}:" in trap.title and f"and {most}." in trap.alt and f"to {most}." in found.text
    best = re.search(r"(\d+%) of the time", together.title)[1]
    assert best in together.alt
    beyond = int(sizes.data["satellites_needed"].isna().sum())
    assert beyond and f"more than {found['most']}" in sizes.title
    suffice = int((sizes.data["satellites_needed"] <= found["wanted"]).sum())
    assert f"suffice in {suffice} of {len(sizes.data)} cases" in sizes.caption


@pytest.mark.parametrize("elevation", [13.5, 15.5])
def test_elevations_that_need_nearly_the_same_number_keep_their_names_apart(elevation):
    answer = taiwan.answer(taiwan.Parameters.of({"minimum_elevation_deg": elevation}))
    picture = taiwan.figures.constellation(answer)
    with figures._style():
        figures._frame(picture)
        assert layout.clashes(picture.figure) == []
    written = layout.written(picture.figure)
    assert all(written.count(f"{each:g}°") >= 2 for each in (15, elevation, 25, 35))  # once a panel


def test_one_fewer_than_the_fewest_does_not_do():
    fewest, planes, phasing = coverage.needed(shell(30, 25), LATITUDE, 0.999, 600, 1)
    assert coverage.needed(shell(30, 25), LATITUDE, 0.999, fewest, 1) == (fewest, planes, phasing)
    assert coverage.needed(shell(30, 25), LATITUDE, 0.999, fewest - 1, 1) is None
    assert coverage.availability(shell(30, 25), fewest, planes, phasing, LATITUDE)[0] >= 0.999


def test_a_search_in_steps_tries_multiples_from_the_step_on():
    # At this height one satellite is in view nearly always: five do, and multiples of four are tried.
    high = coverage.Shell(43.66, 35786.0, 0.0)
    found = coverage.needed(high, LATITUDE, 0.999, 40, 4)
    assert found[0] % 4 == 0 and coverage.needed(high, LATITUDE, 0.999, found[0] - 1, 4) is None
    assert coverage.needed(high, LATITUDE, 0.2, 40, 4)[0] == 4


@pytest.mark.parametrize("satellites, planes, minutes", [(300, 20, 1), (310, 10, 3)])
def test_a_day_is_flown_by_the_minute_and_by_three_for_a_big_network(
    monkeypatch, satellites, planes, minutes
):
    flown = []
    track = orbits.track

    def noted(*given):
        fly = track(*given)
        return lambda times: flown.append(times) or fly(times)

    monkeypatch.setattr(taiwan.model.orbits, "track", noted)
    taiwan.model.gateways(taiwan.Parameters(satellites=satellites, planes=planes))
    assert list(flown[0]) == list(np.arange(0, 24 * 60, minutes) * 60.0)


def test_a_gateway_is_of_use_only_while_a_satellite_is_over_taipei():
    p = taiwan.Parameters(satellites=12, planes=3, inclination_deg=40.0)
    table = taiwan.model.gateways(p).set_index("gateway")
    place = taiwan.model.tables.load("geography/places").set_index("place")
    times = np.arange(0.0, 86400.0, 60.0)
    track = orbits.track(orbits.walker_delta(12, 3, 1, p.altitude_km, 40.0))

    def seen(name, elevation):
        point = frames.points(place["latitude_deg"][name], place["longitude_deg"][name])
        return visibility.sees(track(times), point.position_km[0], point.up[0], visibility.Rule(elevation))

    over = seen("Taipei", 25.0)
    assert table["percent"]["none needed"] == pytest.approx(100 * (over.sum(axis=0) > 0).mean())
    for name in ("Naha", "Tokyo", "Bangkok"):
        both = (over & seen(name, 10.0)).sum(axis=0) > 0
        assert table["percent"][name] == pytest.approx(100 * both.mean())
    assert table["distance_km"]["none needed"] == 0
    assert table["distance_km"]["Naha"] == pytest.approx(630, abs=20)  # by any atlas


def test_every_arrangement_of_the_same_number_is_told_in_percent():
    p = taiwan.Parameters(satellites=12, planes=3)
    table = taiwan.model.board(p, 12)
    assert set(table["planes"]) == {2, 3, 4, 6, 12} and len(table) == 2 + 3 + 4 + 6 + 12
    for row in table.itertuples():
        fine = coverage.availability(p.shell, 12, row.planes, row.phasing, LATITUDE, 1.0)[0]
        assert row.availability_percent == pytest.approx(100 * fine)
    assert len(taiwan.model.board(taiwan.Parameters(satellites=1, planes=1, phasing=0), 1)) == 1


def test_a_walker_pattern_does_not_depend_on_where_its_nodes_begin():
    # A finer grid of node offsets changes little, and a reach of nothing covers nothing.
    coarse, fine = (coverage.availability(shell(40, 25), 60, 6, 2, LATITUDE, step)[0] for step in (0.5, 0.05))
    assert coarse == pytest.approx(fine, abs=2e-3)
    assert coverage.availability(shell(5, 60), 60, 6, 2, 60.0)[0] == 0


def test_the_mean_in_view_at_the_pole_of_polar_orbits_is_the_share_of_the_arc():
    polar = shell(90, 20)
    assert coverage.mean_in_view(polar, 36, 90.0) == pytest.approx(36 * 2 * polar.reach_deg / 360)
    assert coverage.mean_in_view(polar, 72, 90.0) == pytest.approx(2 * coverage.mean_in_view(polar, 36, 90.0))


@pytest.mark.parametrize(
    "start, length, open_length",
    [
        ([0.0], [0.0], 10.0),
        ([0.0], [10.0], 0.0),
        ([8.0], [4.0], 6.0),  # over the seam
        ([1.0, 5.0], [2.0, 2.0], 6.0),
        ([1.0, 2.0], [2.0, 2.0], 7.0),  # overlapping
        ([1.0, 2.0], [8.0, 1.0], 2.0),  # one within the other
        ([0.5, 9.0], [1.0, 3.0], 7.0),
        ([3.0, 6.0], [0.0, 2.0], 8.0),
    ],
)
def test_what_no_interval_of_a_circle_covers(start, length, open_length):
    found = coverage._uncovered(np.array([start]), np.array([length]), 10.0)
    assert found[0] == pytest.approx(open_length)


def test_satellite_limits_are_the_number_in_view_times_each_rate():
    found = taiwan.answer(taiwan.Parameters(satellites=12, planes=3, terminals=10**6))
    rates = {
        name.removesuffix("-like"): taiwan.model.newest(taiwan.model.RATE, network=name[:-5])["value"]
        for name in found["satellite_limit_gbps"]
    }
    for name, rate in rates.items():
        assert found["satellite_limit_gbps"][f"{name}-like"] == pytest.approx(found["mean_in_view"] * rate)
    assert found["fallback_gbps"] == max(found["satellite_limit_gbps"].values())
    total = taiwan.model.fact(taiwan.model.BANDWIDTH)
    assert found["fallback_share_percent"] == pytest.approx(found["fallback_gbps"] / total / 10)
    places = found.tables["readers"].set_index("place")
    for name, latitude in places["latitude_deg"].items():
        share = coverage.availability(found.parameters.shell, 12, 3, 1, latitude)[0]
        assert found["reader_percent"][name] == pytest.approx(100 * share)


def test_failures_a_cable_and_year_have_garwoods_bounds():
    from scipy.stats import chi2

    found = taiwan.answer(taiwan.Parameters(satellites=12, planes=3, terminals=10**6))
    five = taiwan.model.newest(taiwan.model.DAMAGE, unit=taiwan.model.FIVE_YEARS)["value"]
    years = 5 * taiwan.model.fact(taiwan.model.DOMESTIC)
    told = found["failures_per_cable_year"]
    assert told["rate"] == pytest.approx(five / years)
    assert told["low"] == pytest.approx(chi2.ppf(0.025, 2 * five) / 2 / years)
    assert told["high"] == pytest.approx(chi2.ppf(0.975, 2 * five + 2) / 2 / years)


def test_the_agency_s_number_suffices_up_to_its_inclination_and_not_one_degree_further():
    p = taiwan.Parameters()
    wanted = int(taiwan.model.fact(taiwan.model.WANTED))
    highest = taiwan.model._agency(p, wanted)
    at, beyond = (
        coverage.best(shell(inclination, 25), wanted, LATITUDE, 0.999)[2]
        for inclination in (highest, highest + 1)
    )
    assert at >= 0.999 > beyond
    assert taiwan.model._agency(p, 2) is None


@pytest.fixture(scope="module")
def answer():
    return taiwan.answer(taiwan.Parameters())


def test_every_pattern_found_is_a_walker_pattern(answer):
    """Walker 1984: t satellites in p planes of as many, phased by one of 0 to p - 1 steps."""
    found = answer.tables["searches"].dropna(subset="satellites_needed")
    assert len(found) and (found["satellites_needed"] % found["planes"] == 0).all()
    assert found["phasing"].between(0, found["planes"] - 1).all()


def test_availability_is_drawn_up_to_three_hundred_satellites_or_the_number_wanted(answer):
    most = answer.tables["counts"].groupby("inclination_deg")["satellites"].max()
    assert (most == max(300, taiwan.Parameters().satellites)).all()


def test_patterns_of_even_planes_are_searched_one_satellite_at_a_time(answer):
    """Neither one nor two fewer than the fewest suffice, in the best of all arrangements."""
    p = taiwan.Parameters()
    for row in answer.tables["searches"].dropna(subset="satellites_needed").itertuples():
        shell = coverage.Shell(row.inclination_deg, row.altitude_km, row.minimum_elevation_deg, p.pattern)
        for fewer in (1, 2):
            count = int(row.satellites_needed) - fewer
            share = coverage.best(shell, count, taiwan.model.CENTRE_LATITUDE_DEG, taiwan.model.TARGET)[2]
            assert share < taiwan.model.TARGET
