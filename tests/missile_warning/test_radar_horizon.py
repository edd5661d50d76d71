"""Expected values: the federal standard's rule, published horizon tables, geometry, and statements of the two
capitals.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from spacesec.drawing import figures, layout
from spacesec.errors import ParameterError
from spacesec.missile_warning import radar_horizon as question
from spacesec.missile_warning.radar_horizon import horizon


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


@pytest.mark.parametrize(
    "altitude, sea_level, half_km, straight",
    [
        (1, 130, 223, 113),
        (5, 291, 384, 252),
        (10, 412, 504, 357),
        (20, 583, 675, 504),
        (30, 714, 806, 617),
        (40, 824, 917, 712),
        (50, 922, 1014, 796),
        (60, 1010, 1102, 871),
        (100, 1303, 1396, 1121),
        (150, 1596, 1689, 1369),
        (300, 2258, 2350, 1918),
        (1000, 4122, 4214, 3357),
        (2000, 5829, 5921, 4497),
    ],
)
def test_table_of_horizons(altitude, sea_level, half_km, straight):
    assert horizon.horizon_km(altitude) == pytest.approx(sea_level, abs=1)
    assert horizon.horizon_km(altitude, 0.5) == pytest.approx(half_km, abs=1)
    assert horizon.straight_horizon_km(altitude) == pytest.approx(straight, abs=1)


AIR = horizon.Atmosphere(315.0, 0.1361)


@pytest.mark.parametrize(
    "altitude, half_km, low",
    [
        # SciPy 1.17.1 through the exponential atmosphere of ITU-R P.453 (scale height 7.35 km): radar at 500
        # m, at 50 m.
        (20, 656.084, 592.268),
        (40, 871.617, 807.800),
        (60, 1033.908, 970.092),
        (100, 1287.819, 1224.002),
        (300, 2089.101, 2025.284),
    ],
)
def test_traced_horizons_of_a_peer(altitude, half_km, low):
    assert horizon.horizon_km(altitude, 0.5, AIR) == pytest.approx(half_km, abs=0.2)
    assert horizon.horizon_km(altitude, 0.05, AIR) == pytest.approx(low, abs=0.2)


@pytest.mark.parametrize("altitude", [0.01, 0.5, 12, 40, 300, 5000])
def test_rays_without_air_are_straight(altitude):
    straight = horizon.straight_horizon_km(altitude)
    assert horizon.Atmosphere(0.0, 0.1361).reach_km(altitude) == pytest.approx(straight, rel=1e-6)


@pytest.mark.parametrize("altitude", [12, 40, 300, 5000])
def test_high_targets_are_seen_less_far_than_by_the_four_thirds_rule(altitude):
    straight, rule = horizon.straight_horizon_km(altitude), horizon.EnlargedEarth().reach_km(altitude)
    assert straight < AIR.reach_km(altitude) < rule


def test_near_the_sea_the_traced_ray_has_the_radius_of_its_gradient():
    # An effective radius of 1 / (1/R + dn/dh) = R / (1 - 315e-6 * 0.1361 * 6371): k = 1.376.
    k = 1 / (1 - 315e-6 * 0.1361 * 6371)
    assert AIR.reach_km(0.001) == pytest.approx(horizon.EnlargedEarth(k).reach_km(0.001), rel=1e-3)


def test_a_traced_ray_obeys_the_equation_of_rays():
    # Snell's law on a sphere as an equation of motion, n r cos(elevation) constant, stepped along the ground.
    from scipy.integrate import solve_ivp

    radius = horizon.RADIUS_KM
    index = lambda h: 1 + 315e-6 * np.exp(-0.1361 * h)  # noqa: E731
    slope = lambda h: -315e-6 * 0.1361 * np.exp(-0.1361 * h)  # noqa: E731

    def step(s, y):
        height, elevation = y
        bend = (radius + height) / radius * slope(height) / index(height)
        return [(radius + height) / radius * np.tan(elevation), 1 / radius + bend]

    path = solve_ivp(step, (0, 1500), [0.0, 0.0], rtol=1e-10, atol=1e-12, dense_output=True)
    for distance in (100.0, 800.0, 1500.0):
        assert AIR.rise_km(distance) == pytest.approx(path.sol(distance)[0], rel=1e-4)


def test_nothing_beyond_the_top_of_a_traced_ray_is_in_sight():
    assert np.isinf(horizon.lowest_visible_km(12_000.0, 0.0, AIR))


def test_an_unknown_atmosphere_is_refused_with_those_there_are():
    with pytest.raises(ParameterError, match="Mars.*choose among.*ITU-R P.834"):
        question.answer(question.Parameters(atmosphere="Mars"))


def test_the_four_thirds_rule_understates_what_space_gains(answer):
    rule = question.answer(question.Parameters(rays="enlarged Earth"))
    assert "the 4/3 rule says" in answer.text and "the 4/3 rule says" not in rule.text
    for path in ("ballistic", "depressed", "glide"):
        assert rule["minutes_gained"][path] < answer["minutes_gained"][path]
    assert rule["rule_excess_km"] == pytest.approx({f"{h} km": 0 for h in (20, 40, 60, 100, 300)}, abs=1e-9)
    straight = question.answer(question.Parameters(rays="enlarged Earth", refraction_factor=1))
    moved = answer.tables["sensitivity"].query("assumption == 'rays' and path == 'glide'").set_index("value")
    assert moved.loc["4/3 rule", "gained_min"] == pytest.approx(rule["minutes_gained"]["glide"])
    assert moved.loc["straight", "gained_min"] == pytest.approx(straight["minutes_gained"]["glide"])


@pytest.mark.parametrize("altitude, km", [(20, 583), (40, 825), (60, 1010)])
def test_horizons_at_sea_level(altitude, km):
    assert float(horizon.horizon_km(altitude)) == pytest.approx(km, abs=1)


def test_lowest_visible_is_the_inverse():
    for rays in (horizon.EnlargedEarth(), AIR):
        for altitude in (1.0, 40.0, 300.0):
            reach = horizon.horizon_km(altitude, 0.5, rays)
            assert horizon.lowest_visible_km(reach, 0.5, rays) == pytest.approx(altitude)
        assert horizon.lowest_visible_km(50.0, 0.5, rays) == 0


@pytest.mark.parametrize("speed, seconds", [(2, 458), (3, 306), (4, 229)])
def test_time_to_go_of_a_level_glider(speed, seconds):
    # 40 km high, radar 500 m up at the end: level all the way, so that the climb does not matter.
    ground = np.linspace(0, 1500, 3001)
    at = horizon.first_seen_s(ground / speed, ground, np.full_like(ground, 40.0), 1500, 0.5)
    assert 1500 / speed - at == pytest.approx(seconds, abs=1)


def test_ballistic_flight_is_above_the_horizon_early(answer):
    seen = answer.tables["first_seen"].set_index("path")
    assert (
        seen.loc["ballistic", "unseen_percent"]
        < seen.loc["depressed", "unseen_percent"]
        < seen.loc["glide", "unseen_percent"]
    )


def test_path_always_below_is_never_seen():
    ground = np.linspace(0, 10, 11)
    assert np.isnan(horizon.first_seen_s(ground, ground, np.full(11, -1.0), 2000, 0.0))


def test_three_large_gaps_are_the_known_ones(answer):
    # Seoul against Tokyo, as read to the end of 2024: 1,000 and at least 500 km (2024-01-14), 600 and 400
    # (2022-09-25 in Japan), 570 and 400 (2023-12-17).
    cases = answer.tables["cases"].query("report_date < '2025-01-01'")
    gaps = cases.query("shortfall").set_index("launch_id")["gap_km"]
    assert gaps.to_dict() == {"nk-2022-09-24-1": 200.0, "nk-2023-12-17-1": 170.0, "nk-2024-01-14-1": 500.0}
    assert (cases["gap_km"] >= -100).all()


def test_above_100_km_the_capitals_agree(answer):
    high = answer.tables["cases"].query("apogee_km > 100 and report_date < '2025-01-01'")
    assert ((high["gap_km"].abs() <= 60) | (high["gap_km"].abs() <= 0.03 * high["range_km"])).all()


def test_a_capitals_second_statement_on_a_launch_makes_no_second_pair():
    def row(row_id, observer, km):
        return {
            "row_id": row_id,
            "launch_id": "a",
            "report_date": pd.Timestamp(2024, 1, 14),
            "missile_label": "IRBM",
            "observer": observer,
            "apogee_km": 50.0,
            "range_km": km,
            "bound": "about",
            "source_id": "s",
        }

    reports = pd.DataFrame([row("kr", "KR", 1000.0), row("jp", "JP", 500.0), row("kr-2", "KR", 900.0)])
    first = question.model.first_statements(reports)
    assert first["row_id"].tolist() == ["kr", "jp"]
    assert question.model.reported_pairs(first, 100)["gap_km"].tolist() == [500.0]


def test_association_finds_what_is_there_and_not_what_is_not():
    rng = np.random.default_rng(1)
    hidden = rng.uniform(0, 300, 40)
    linked = question.model.association(
        pd.DataFrame({"gap_km": hidden + rng.normal(0, 20, 40), "hidden_end_km": hidden})
    )
    assert linked["rho"] > 0.9 and linked["p"] < 0.001
    against = question.model.association(pd.DataFrame({"gap_km": -hidden, "hidden_end_km": hidden}))
    assert against["rho"] == pytest.approx(-1) and against["p"] == pytest.approx(1)


def test_power_of_forty_pairs():
    # Fisher's z with standard error 1/sqrt(37): 0.3095 * 6.083 - 1.645 = 0.238, one-sided power 59.4 %.
    rng = np.random.default_rng(2)
    found = question.model.association(
        pd.DataFrame({"gap_km": rng.normal(size=40), "hidden_end_km": rng.normal(size=40)})
    )
    assert found["power"] == pytest.approx(59.4, abs=0.1)


def test_later_satellite_gains_less():
    early, late = (
        question.answer(question.Parameters(space_sight_minutes=m))["minutes_gained"]["glide"]
        for m in (0.5, 3.0)
    )
    assert early - late == pytest.approx(2.5)


REFUSED = [
    ({"depressed_apogee_km": 900}, "a depressed flight has an apogee from"),
    ({"range_km": 9000}, "from 200 to 5000"),
    ({"radar_height_m": -3}, "from 0 to 4000"),
    ({"glide_altitude_km": 200}, "from 20 to 80"),
]


CHOICES = [
    {"rays": "enlarged Earth"},
    {"atmosphere": "CRPL 313"},
    {"shortfall_km": 500},
    {"range_km": 600, "depressed_apogee_km": 60, "radar_height_m": 0},
]


def test_a_horizon_that_hides_nearly_all_is_said_to_explain_it():
    # Straight lines of sight from sea level hide the most; a shortfall of 20 km takes small gaps in.
    low = question.answer(
        question.Parameters(
            range_km=200,
            depressed_apogee_km=20,
            glide_altitude_km=20,
            radar_height_m=0,
            rays="enlarged Earth",
            refraction_factor=1,
            shortfall_km=20,
        )
    )
    assert (
        low["explained_percent"] > 90
        and "could explain them" in low.text
        and "does not explain" not in low.text
    )


def test_a_loss_that_rounds_to_nothing_has_no_sign():
    from spacesec.words.sentences import of_answer

    answer = question.answer(question.Parameters())
    results = {**answer.results}
    results["minutes_gained"] = replace(
        results["minutes_gained"], value={"ballistic": -0.04, "depressed": 0.04, "glide": -0.4}
    )
    results["excess_cases"] = replace(results["excess_cases"], value=1)
    [paragraph] = question.words.answer(answer)
    said = paragraph.tell(of_answer(results, answer.parameters))[0]
    assert "ballistic 0.0, depressed 0.0, glide \u22120.4" in said and "the reverse happened once." in said


@pytest.mark.parametrize("boost", [0, 1.2, 5])
def test_the_share_unseen_is_that_of_the_labels(boost):
    # A title of 29 percent stood over "first seen after 3.3 of 8.4 min": the boost phase is in both now.
    answer = question.answer(question.Parameters(boost_minutes=boost))
    rows = question.figures.line_of_sight(answer).data.query("part == 'first sight'").set_index("path")
    shares = 100 * rows["first_seen_min"] / rows["flight_min"]
    assert shares.to_dict() == pytest.approx(answer["unseen_percent"])
    # A level glide at one speed: 1,300 km at 3 km/s are 7 minutes and 13 seconds, the boost phase comes on
    # top.
    assert rows.loc["glide", "flight_min"] == pytest.approx(1300 / 3 / 60 + boost)


def test_the_upper_end_of_an_assumption_is_the_longest_stated_or_the_one_chosen(answer):
    late = question.answer(question.Parameters(space_sight_minutes=10))
    assert "its upper end is 10 min, the one chosen." in question.figures.minutes_gained(late).caption
    assert "its upper end is 3 min, the longest stated." in question.figures.minutes_gained(answer).caption


def test_labels_of_a_short_low_flight_keep_clear_of_the_ticks():
    low = question.answer(
        question.Parameters(
            range_km=200,
            depressed_apogee_km=20,
            glide_altitude_km=20,
            glide_speed_km_s=1,
            radar_height_m=0,
            rays="enlarged Earth",
            refraction_factor=1,
        )
    )
    for draw in (question.figures.line_of_sight, question.figures.visible_from):
        picture = draw(low)
        with figures._style():
            figures._frame(picture)
            assert layout.clashes(picture.figure) == []


# ---- worked by hand


def refraction_integral(air, height_km, of):
    """Integral of ``of(r, n, root)`` over the ray from the sea to a height, in the square root of height; the
    small n r - C near the sea in 40 decimals.
    """
    from decimal import Decimal, getcontext

    getcontext().prec = 40
    big, decay = Decimal(air.surface_refractivity) / 10**6, Decimal(str(air.decay_per_km))
    radius = Decimal(horizon.RADIUS_KM)
    grazing, total = (1 + big) * radius, 0.0
    nodes, weights = np.polynomial.legendre.leggauss(50)
    edges = [x for x in (0.0, 1.0, 2.0, 4.0, 8.0, 16.0, 40.0, 80.0) if x < height_km**0.5] + [height_km**0.5]
    for low, high in zip(edges, edges[1:]):
        for node, weight in zip(nodes, weights):
            u = Decimal((high - low) / 2 * node + (high + low) / 2)
            h = u * u
            part = big * (-decay * h).exp()
            root = ((1 + part) ** 2 * (radius + h) ** 2 - grazing**2).sqrt()
            value = of(radius + h, part, root, grazing, decay) * 2 * u
            total += weight * (high - low) / 2 * float(value)
    return total


@pytest.mark.parametrize("air", [AIR, horizon.Atmosphere(450.0, 0.2233), horizon.Atmosphere(0.0, 1.0)])
def test_the_reach_of_a_traced_ray_is_the_integral_of_snells_law(air):
    # At whole hundredths of a root of a kilometre nothing is interpolated.
    for height in (1.0, 4.0, 25.0, 100.0, 400.0, 10_000.0):
        angle = refraction_integral(air, height, lambda r, part, root, c, b: c / (r * root))
        assert air.reach_km(height) == pytest.approx(horizon.RADIUS_KM * angle, rel=1e-9)


def test_the_bending_of_a_traced_ray_is_the_integral_of_its_curvature():
    # The angle by which a ray turns: -dn/n over the tangent of its elevation (Snell), C / root.
    turned = refraction_integral(
        AIR, horizon.HIGHEST_KM, lambda r, part, root, c, b: b * part / (1 + part) * c / root
    )
    assert horizon.bending_deg(AIR) == pytest.approx(np.degrees(turned), rel=1e-6)


def test_a_crossing_between_two_steps_is_found_in_proportion():
    # Inside its own sea horizon a radar sees down to the ground: 0.5 km below at 10 s, 1 km above at 40 s.
    seconds, ground, height = (
        np.array([0.0, 10.0, 40.0]),
        np.array([0.0, 10, 30]),
        np.array([-1.0, -0.5, 1.0]),
    )
    assert horizon.first_seen_s(seconds, ground, height, 50.0, 0.5) == pytest.approx(20.0)
    assert horizon.first_seen_s(seconds + 7, ground, np.zeros(3), 50.0, 0.5) == 7.0  # on the horizon is seen


def test_the_lowest_height_over_a_point_is_that_of_the_best_placed_radar():
    radars = pd.DataFrame(
        {"longitude_deg": [0.0, 10.0], "latitude_deg": [0.0, 0.0], "height_m": [np.nan, 2000.0]}
    )
    rays = horizon.EnlargedEarth(1.0)
    degree, sea = np.radians(1) * horizon.RADIUS_KM, np.sqrt(2 * horizon.RADIUS_KM * 2)
    found = horizon.lowest_visible_from(radars, np.array([1.0, 5.0, 9.0]), np.zeros(3), rays)
    expected = [degree**2, max(5 * degree - sea, 0) ** 2, 0]
    assert found == pytest.approx(np.array(expected) / (2 * horizon.RADIUS_KM), rel=1e-5)


def test_the_glide_climbs_at_45_degrees_and_flies_level_at_one_speed():
    p = question.Parameters(range_km=1440, glide_speed_km_s=2, glide_altitude_km=40)
    path = question.model.model_flights(p).query("path == 'glide'").set_index("ground_km")
    assert len(path) == 721 and path.index[1] - path.index[0] == pytest.approx(2)
    for ground, height in ((0, 0), (20, 20), (40, 40), (720, 40), (1400, 40), (1410, 30), (1440, 0)):
        row = path.iloc[ground // 2]
        assert row["altitude_km"] == pytest.approx(height) and row["second"] == pytest.approx(ground / 2)


def test_the_other_two_paths_are_ellipses_of_their_apogees():
    from spacesec.astrodynamics import ballistic

    p = question.Parameters()
    flights = question.model.model_flights(p).groupby("path")
    half = 1300 / 6371 / 2
    least = 6371 * (np.sin(half) + np.cos(half) - 1) / 2  # the empty focus halves the chord
    for name, apogee in (("ballistic", least), ("depressed", 100.0)):
        path = flights.get_group(name)
        assert path["altitude_km"].max() == pytest.approx(apogee)
        time = ballistic.from_apogee_and_range(apogee, 1300).time_s
        assert path["second"].iloc[-1] == pytest.approx(time)
        assert path["second"].iloc[360] == pytest.approx(time / 2)


@pytest.mark.parametrize("height, speed, radar, boost, sight", [(40, 3, 500, 1.2, 1), (30, 2, 0, 0.5, 2.5)])
def test_first_sight_of_a_level_glide_in_closed_form(height, speed, radar, boost, sight):
    # Seen from sqrt(2 k R H) + sqrt(2 k R h) away; between steps of 1.8 km the parabola is nearly straight.
    p = question.Parameters(
        rays="enlarged Earth",
        glide_altitude_km=height,
        glide_speed_km_s=speed,
        radar_height_m=radar,
        boost_minutes=boost,
        space_sight_minutes=sight,
    )
    glide = question.model.first_seen(question.model.model_flights(p), p).set_index("path").loc["glide"]
    away = np.sqrt(2 * 4 / 3 * 6371) * (np.sqrt(height) + np.sqrt(radar / 1000))
    first, whole = (1300 - away) / speed / 60 + boost, 1300 / speed / 60 + boost
    assert glide["flight_min"] == pytest.approx(whole)
    assert glide["first_seen_min"] == pytest.approx(first, abs=2e-5)
    assert glide["left_min"] == pytest.approx(away / speed / 60, abs=2e-5)
    assert glide["gained_min"] == pytest.approx(first - sight, abs=2e-5)
    assert glide["unseen_percent"] == pytest.approx(100 * first / whole, abs=2e-3)


def test_each_bar_is_the_answer_with_that_one_assumption(answer):
    p = answer.parameters
    rows = answer.tables["sensitivity"]
    chosen = rows[rows["assumption"] == "as chosen"].set_index("path")["gained_min"]
    assert chosen.to_dict() == pytest.approx(answer["minutes_gained"])
    moved = rows[~rows["assumption"].isin(["as chosen", "rays"])]
    for (name, value), bar in moved.groupby(["assumption", "value"]):
        other = p.model_copy(update={name: float(value.replace(",", ""))})
        seen = question.model.first_seen(question.model.model_flights(other), other)
        assert bar.set_index("path")["gained_min"].to_dict() == pytest.approx(
            seen.set_index("path")["gained_min"].to_dict()
        )


def test_the_ends_of_the_assumptions_are_those_on_record_or_written(answer):
    from spacesec.data import tables
    from spacesec.missile_warning import flight_time, warning_chain

    rows = (
        answer.tables["sensitivity"].set_index(["assumption", "end"])["value"].groupby(level=[0, 1]).first()
    )
    ends = {
        name: (rows[name, "low"], rows[name, "high"]) for name in rows.index.unique(0) if name != "as chosen"
    }
    highest = tables.load("missile_warning/radar_sites")["height_m"].max()
    boost = flight_time.answer(flight_time.Parameters())["residual_minutes_range"]["irbm"]
    longest = warning_chain.durations("detection")["minutes"].max()
    assert ends == {
        "glide_altitude_km": ("25", "60"),
        "glide_speed_km_s": ("2", "4"),
        "radar_height_m": ("0", f"{highest:,g}"),
        "space_sight_minutes": ("0.5", f"{longest:g}"),
        "range_km": ("1,000", "1,600"),
        "boost_minutes": tuple(f"{x:.1f}" for x in boost),
        "rays": ("straight", "4/3 rule"),
    }


def test_a_gap_of_the_chosen_distance_is_no_shortfall_yet():
    def row(launch, observer, km, apogee):
        return {
            "row_id": f"{launch}-{observer}",
            "key": launch,
            "launch_id": launch,
            "report_date": pd.Timestamp(2024, 1, 14),
            "missile_label": "IRBM",
            "observer": observer,
            "apogee_km": apogee,
            "range_km": km,
            "bound": "about",
            "source_id": "s",
        }

    stated = [
        row("a", "KR", 600, 50),
        row("a", "JP", 500, 40),
        row("b", "KR", 601, None),
        row("b", "JP", 500, 60),
    ]
    cases = question.model.reported_pairs(pd.DataFrame(stated), 100).set_index("launch_id")
    assert cases["gap_km"].to_dict() == {"a": 100, "b": 101}
    assert cases["shortfall"].to_dict() == {"a": False, "b": True}
    assert cases["apogee_km"].to_dict() == {"a": 50, "b": 60}  # Seoul's, or Tokyo's where it gave none


def test_shortfalls_among_low_flights_by_counting_hands():
    # Two shortfalls among four flights, both with an apogee of 60 km or less, as two of the four have: one
    # way in six.
    cases = pd.DataFrame({"apogee_km": [60.0, 30.0, 61.0, 500.0], "shortfall": [True, True, False, False]})
    assert question.model.low_flight_p(cases) == pytest.approx(1 / 6)
    assert question.model.low_flight_p(cases.assign(shortfall=[False, False, True, True])) == 1


@pytest.mark.parametrize("cases", [3, 4, 12, 103])
def test_power_by_fishers_transform(cases):
    from statistics import NormalDist

    normal, rng = NormalDist(), np.random.default_rng(3)
    drawn = pd.DataFrame({"gap_km": rng.normal(size=cases), "hidden_end_km": rng.normal(size=cases)})
    found = question.model.association(drawn, draws=10)
    expected = normal.cdf(np.arctanh(0.3) * max(cases - 3, 1) ** 0.5 - normal.inv_cdf(0.95))
    assert found["power"] == pytest.approx(100 * expected) and found["n"] == cases


def test_the_share_of_shuffles_as_strong_counts_the_case_itself():
    # In one order of six three ranks agree in full: about a sixth of the shuffles, and the case at hand.
    cases = pd.DataFrame({"gap_km": [1.0, 2.0, 3.0], "hidden_end_km": [10.0, 20.0, 30.0]})
    found = question.model.association(cases, draws=6000)
    assert found["rho"] == 1 and found["p"] == pytest.approx(1 / 6, abs=0.02)
    assert question.model.association(cases, draws=1)["p"] in (0.5, 1.0)  # of the case and one shuffle


def test_a_path_over_the_horizon_to_its_end_hides_nothing_and_one_always_below_it_all():
    launches = pd.DataFrame({"row_id": ["a", "b"], "site_id": ["s", "s"], "bearing_deg": [90.0, np.nan]})
    sites = pd.DataFrame({"row_id": ["s"], "latitude_deg": [0.0], "longitude_deg": [0.0]})
    cases = pd.DataFrame({"launch_id": ["a", "b"], "apogee_km": [100.0, 100.0], "range_km": [400.0, 400.0]})
    rays = horizon.EnlargedEarth(1.0)

    def hidden(longitude, operator="JP"):
        radars = pd.DataFrame(
            {
                "operator": [operator, "US"],
                "longitude_deg": [longitude, 3.0],
                "latitude_deg": [0.0, 0.0],
                "height_m": [0.0, 9000.0],
            }
        )
        found = question.model.with_hidden_end(cases, launches, sites, radars, rays)["hidden_end_km"]
        assert np.isnan(found[1])  # without a bearing nothing is known
        return found[0]

    degree = np.radians(1) * horizon.RADIUS_KM
    assert hidden(400 / degree) == pytest.approx(1.0)  # the last of 400 steps ends on the ground
    assert hidden(120) == 400
    # Half way round a quarter of the Earth: where a parabola of height and one of sight meet.
    away = 900.0
    x = np.linspace(0, 400, 401)
    above = 4 * 100 * x / 400 * (1 - x / 400) > (away - x) ** 2 / (2 * horizon.RADIUS_KM)
    assert hidden(away / degree) == pytest.approx(400 - x[np.flatnonzero(above)[-1]])


def test_published_horizons_and_bending_are_met(answer):
    found = question.checks(answer)
    assert len(found) == 3 and all(check.holds for check in found)
    # 10,000 and 100 feet are 3.048 and 0.03048 km; a nautical mile is 1.852 km.
    reach = np.sqrt(2 * 4 / 3 * 6371) * (np.sqrt(3.048) + np.sqrt(0.03048))
    assert found[0].ours == pytest.approx(reach / 1.852)
    assert found[1].ours == pytest.approx(horizon.horizon_km(10.0, 0.5) / 1.852)


def test_a_depressed_flight_may_have_just_the_lowest_and_the_highest_apogee(monkeypatch):
    from spacesec.missile_warning.radar_horizon import model

    monkeypatch.setattr(model.ballistic, "lowest_apogee_km", lambda range_km: 40.0)
    highest = model.ballistic.minimum_energy(1000).apogee_km
    monkeypatch.setattr(
        model.ballistic, "minimum_energy", lambda range_km: type("Flight", (), {"apogee_km": 240.0})
    )
    assert highest == pytest.approx(240, abs=25)  # about a quarter of the range, as the flat Earth has it
    for apogee in (40, 240):
        assert model.Parameters(range_km=1000, depressed_apogee_km=apogee).depressed_apogee_km == apogee
    for apogee in (39.9, 240.1):
        with pytest.raises(ParameterError, match="a depressed flight has an apogee from"):
            model.Parameters.of({"range_km": 1000, "depressed_apogee_km": apogee})
