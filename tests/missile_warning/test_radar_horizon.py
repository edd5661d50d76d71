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
