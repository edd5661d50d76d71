"""Expected values: textbook games (Littlechild and Owen, the Talmud's estates of Aumann and Maschler), closed
forms, printed prices.
"""

from math import log

import numpy as np
import pandas as pd
import pytest

from spacesec.errors import ParameterError
from spacesec.methods import games
from spacesec.missile_warning import joint_or_independent as question
from spacesec.missile_warning.joint_or_independent import cost, prices, sharing
from spacesec.words.sentences import Context

NEEDS = {"a": 20, "b": 40, "c": 72}


def game_of(needs):
    return {s: float(max(needs[i] for i in s)) for s in games.coalitions(needs)}


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters(draws=4000))


# ---- learning


def test_crawford_total_of_28_units():
    assert cost.crawford_total(1, 1.0, 28) == 28
    assert cost.crawford_total(1, 0.95, 28) == pytest.approx(23.446, abs=0.0005)


def test_wright_average_falls_by_the_ratio_at_each_doubling():
    assert cost.wright_total(10, 0.9, 64) / 64 == pytest.approx(0.9 * cost.wright_total(10, 0.9, 32) / 32)
    assert cost.wright_total(10, 0.9, 64) < cost.crawford_total(10, 0.9, 64)


def test_batches_continue_the_curve():
    for total in cost.TOTALS.values():
        assert total(5, 0.93, 30) == pytest.approx(total(5, 0.93, 12) + total(5, 0.93, 18, after=12))


def test_l3harris_prices_nominal():
    # 194/4, 700/14, 919/18, 843/18 million dollars, rounded to 48.5, 50, 51.1, 46.8.
    fit = cost.fit_learning([48.5, 50.0, 51.1, 46.8], [4, 18, 36, 54])
    assert (round(fit.exponent, 4), round(fit.standard_error, 4), round(fit.ratio, 3)) == (
        -0.0016,
        0.0236,
        0.999,
    )
    assert (round(fit.low, 2), round(fit.high, 2)) == (0.93, 1.07)


def test_programme_means_and_a_set_of_deflators():
    assert cost.fit_learning([42.9, 47.0, 47.2, 48.8], [8, 36, 90, 162]).ratio == pytest.approx(
        1.029, abs=0.0006
    )
    real = np.array([48.5, 50.0, 51.06, 46.83]) / [1.00, 1.10, 1.16, 1.22]
    assert cost.fit_learning(real, [4, 18, 36, 54]).ratio == pytest.approx(0.949, abs=0.0006)


@pytest.mark.parametrize(
    "fit, words",
    [
        ([0.95, 0.88, 1.01], "learning neither shown nor ruled out"),
        ([1.0, 0.93, 1.07], "learning neither shown nor ruled out"),
        ([0.9, 0.85, 0.95], "10% less a doubling"),
        ([1.03, 1.01, 1.05], "prices 3% up a doubling"),
    ],
)
def test_an_interval_that_holds_one_shows_no_learning_and_rules_none_out(fit, words):
    context = Context({"learning_ratio": {"L3Harris, real": fit}}, {})
    assert question.words.learned("L3Harris, real").tell(context)[0] == words


def test_layer_without_learning_is_plain_arithmetic():
    plain = dict(
        unit_price=50.0,
        learning_ratio=1.0,
        model="crawford",
        nonrecurring=600.0,
        launch_per_satellite=10.0,
        ground=200.0,
        operations_per_year=20.0,
        life_years=5,
        years=15,
    )
    assert cost.layer_cost(40, **plain) == pytest.approx(600 + 200 + 3 * 40 * 60 + 15 * 20)
    assert cost.layer_cost(40, **{**plain, "premium": 0.1}) == pytest.approx(
        660 + 200 + 3 * 40 * 65 + 15 * 20
    )
    assert cost.layer_cost(0, **plain) == 0
    # At 2 % inflation: batches at the start, after 5 and after 10 years; operations at the start of each
    # year.
    spent = 40 * 60 * (1 + 1.02**5 + 1.02**10) + 20 * (1.02**15 - 1) / 0.02
    assert cost.layer_cost(40, **{**plain, "rate": 1.02}) == pytest.approx(800 + spent)


def test_a_part_of_a_satellite_costs_that_part_of_the_next():
    # 2.5 units after one, at a ratio of 0.8 (unit n costs n**log2(0.8) of the first): units 2, 3 and half of
    # 4.
    b = log(0.8) / log(2)
    assert cost.crawford_total(10.0, 0.8, 2.5, after=1) == pytest.approx(10 * (0.8 + 3**b + 0.64 / 2))
    assert cost.crawford_total(10.0, 0.8, np.array([1.0, 2.5]), after=np.array([0, 1])) == pytest.approx(
        [10.0, 10 * (0.8 + 3**b + 0.64 / 2)]
    )
    assert cost.wright_total(10.0, 0.8, 4) == pytest.approx(10 * 4 * 0.64)
    # Bought in pieces it costs the same as at once.
    whole = cost.crawford_total(10.0, 0.9, 7.4)
    first, rest = cost.crawford_total(10.0, 0.9, 3.3), cost.crawford_total(10.0, 0.9, 4.1, after=3.3)
    assert first + rest == pytest.approx(whole)


def test_the_last_batch_is_paid_whole_or_for_the_years_it_serves():
    assert cost.batches(15, 5) == [(0, 1), (5, 1), (10, 1)] == cost.batches(15, 5, "pro rata")
    assert cost.batches(15, 4) == [(0, 1), (4, 1), (8, 1), (12, 1)]
    assert cost.batches(15, 4, "pro rata") == [(0, 1), (4, 1), (8, 1), (12, pytest.approx(3 / 4))]


def test_mixed_satellites_cost_more_than_mixed_costs_where_there_is_learning():
    def layer_cost(satellites, joint):
        return cost.crawford_total(50.0, 0.9, satellites)

    needs = {"a": 40, "b": 72}
    half = question.model.costs(needs, 0.5, layer_cost)[frozenset(needs)]
    assert half == pytest.approx(cost.crawford_total(50.0, 0.9, 92))  # 72 and half of 40
    assert half > (cost.crawford_total(50.0, 0.9, 72) + cost.crawford_total(50.0, 0.9, 112)) / 2
    # At full and at no overlap there is nothing to mix.
    for overlap, satellites in ((1.0, 72), (0.0, 112)):
        game = question.model.costs(needs, overlap, layer_cost)
        assert game[frozenset(needs)] == pytest.approx(cost.crawford_total(50.0, 0.9, satellites))


def test_discounting_by_hand():
    # Without learning: 4 % on batches after 0, 5 and 10 years and on 15 yearly payments.
    values = dict(
        learning_ratio_low=1,
        learning_ratio_high=1,
        unit_price_musd_low=50,
        unit_price_musd_high=50,
        nonrecurring_musd_low=600,
        nonrecurring_musd_high=600,
        ground_musd_low=200,
        ground_musd_high=200,
        draws=200,
    )
    own = question.answer(question.Parameters(discount_percent=4, **values))["independent_cost_musd"][0]
    batch = 40 * (50 + 81.5 / 7)
    spent = batch * (1 + 1.04**-5 + 1.04**-10) + 23 * (1 - 1.04**-15) / (1 - 1 / 1.04)
    assert own == pytest.approx(800 + spent)


def test_four_percent_lowers_the_own_layer_by_about_15(answer):
    rows = answer.tables["variants"].set_index("choice")
    assert rows.loc["discounted at 4% a year", "own_change_percent"] == pytest.approx(-15, abs=1)


def test_ground_that_grows_is_the_stated_one_at_the_stated_number():
    flat, grown = (
        question.Parameters(ground_growth=growth, ground_satellites=80, draws=200) for growth in (0.0, 1.0)
    )
    case = question.model.case_of_draws(flat)
    at_stated = (question.model.layer(p, case, 80, joint=False) for p in (flat, grown))
    assert np.allclose(*at_stated)
    forty = [question.model.layer(p, case, 40, joint=False) for p in (flat, grown)]
    assert np.allclose(forty[0] - forty[1], (case.ground + 15 * 23) / 2)


# ---- prices


def test_contract_years_after_the_last_deflator_stand_on_it():
    deflator = prices.Deflator(pd.Series({2024: 1.0, 2025: 1.02}), 2025)
    assert deflator.of([2024, 2025, 2027]).tolist() == [1.0, 1.02, 1.02]
    assert deflator.carried([2024, 2025, 2027, 2027]) == [2027]
    none, one = (
        question.words.CARRIED.tell(Context({"carried_price_years": years, "prices_known_to": 2025}, {}))[0]
        for years in ([], [2027])
    )
    assert none == "" and "2027 are taken as those of 2025" in one


def test_an_older_gdp_is_named():
    same, older = (
        question.words.GDP_YEARS.tell(Context({"gdp_years": {"JPN": own, "USA": 2023}}, {}))[0]
        for own in (2023, 2024)
    )
    assert same == "2023" and older == "2024 (USA of 2023, the last on record)"


def test_a_contract_that_was_dropped_and_a_sum_of_contracts_are_no_vendors_price():
    # The fifth plane of Tranche 1 was not built; 28 satellites of Tranche 1 for 1.317 bn dollars by two
    # vendors.
    found = prices.tracking_prices()
    assert "Raytheon" not in set(found["recipient"])
    first = found[found["series"] == f"{prices.LAYER} 1"].set_index("recipient")["nominal_musd"]
    assert first[prices.SUM] == pytest.approx(1317 / 28) and len(first) == 3
    assert prices.tranche_numbers(found)[0] == 1


# ---- sharing


def test_nested_needs_of_20_40_72():
    shares = sharing.airport(NEEDS, float)
    assert shares == pytest.approx({"a": 20 / 3, "b": 50 / 3, "c": 146 / 3}, abs=1e-9)
    assert sharing.in_core(shares, game_of(NEEDS))


def test_airport_rule_spares_the_idle_and_treats_equals_alike():
    assert sharing.airport({"idle": 0, "one": 30, "two": 30}, float) == {"idle": 0, "one": 15, "two": 15}


@pytest.mark.parametrize(
    "estate, expected", [(100, (100 / 3, 100 / 3, 100 / 3)), (200, (50, 75, 75)), (300, (50, 100, 150))]
)
def test_nucleolus_of_the_talmud(estate, expected):
    claims = {1: 100, 2: 200, 3: 300}
    game = {
        s: -max(estate - sum(c for i, c in claims.items() if i not in s), 0.0)
        for s in games.coalitions(claims)
    }
    found = sharing.nucleolus(claims, game)
    assert [-found[i] for i in claims] == pytest.approx(expected, abs=1e-5)


def test_empty_core_is_seen():
    # Three players for whom pairs are cheap and the whole is dear: every pair would leave.
    game = {s: {1: 1.0, 2: 1.0, 3: 2.0}[len(s)] for s in games.coalitions("xyz")}
    assert not sharing.core_is_nonempty("xyz", game) and len(sharing.core_corners("xyz", game)) == 0
    assert sharing.core_is_nonempty(NEEDS, game_of(NEEDS))


def test_core_corners_lie_in_the_core_and_on_its_edge():
    game = game_of(NEEDS)
    corners = sharing.core_corners(NEEDS, game)
    assert len(corners) == 4
    for corner in corners:
        assert sharing.in_core(dict(zip(NEEDS, corner)), game)


def test_risk_dominance_of_two_equal_players():
    assert sharing.risk_dominance(2 / 3) == pytest.approx(log(2)) == pytest.approx(0.693, abs=0.0005)
    assert sharing.risk_dominance(0.5) == 0


# ---- the question


def test_shares_add_up_and_saving_is_one_minus_the_ratio(answer):
    for rule in ("shapley", "airport", "nucleolus", "gdp"):
        assert sum(answer[f"{rule}_share"].values()) == pytest.approx(100, abs=1e-6)
    assert answer["saving_percent"][1] < answer["saving_percent"][0] < answer["saving_percent"][2]


def test_full_overlap_without_premium_is_the_airport_game():
    pinned = question.Parameters(
        overlap_low=1, overlap_high=1, integration_premium_low=0, integration_premium_high=0, draws=200
    )
    found = question.answer(pinned)
    assert found["shapley_share"] == pytest.approx(found["airport_share"], abs=1e-6)
    assert found["core_nonempty"] and "shapley" in found["rules_in_core"]


def test_no_overlap_and_a_premium_make_partnering_a_loss():
    pinned = question.Parameters(
        overlap_low=0,
        overlap_high=0,
        integration_premium_low=0.3,
        integration_premium_high=0.3,
        learning_ratio_low=1,
        learning_ratio_high=1,
        draws=200,
    )
    found = question.answer(pinned)
    assert found["saving_percent"][0] < 0 and found["abandonment_probability_break_even"][0] == 0


def test_break_even_risk_makes_both_choices_cost_the_same():
    p = question.Parameters()
    alone, joint = 7000.0, 4000.0
    risk = float(cost.break_even_risk(alone, joint, p.sunk_share, p.rebuild_premium))
    assert (1 - risk) * joint + risk * (
        p.sunk_share * joint + (1 + p.rebuild_premium) * alone
    ) == pytest.approx(alone)


def test_premium_at_the_break_even_saves_nothing():
    p = question.Parameters()
    edge = question.model.premium_break_even(p)
    assert question.model.middle_saving(
        p.model_copy(update={"integration_premium_low": edge, "integration_premium_high": edge})
    ) == pytest.approx(0, abs=1e-9)


def test_variants_move_the_way_they_must(answer):
    rows = answer.tables["variants"].set_index("choice")
    own = rows["own_musd"]
    assert own["as chosen"] == own["real prices, crawford learning"]
    assert own["nominal prices, crawford learning"] > own["real prices, crawford learning"]
    assert own["real prices, wright learning"] < own["real prices, crawford learning"]
    by_rate = [own[f"discounted at {rate}% a year"] for rate in (2, 4, 7)]
    assert own["as chosen"] > by_rate[0] > by_rate[1] > by_rate[2]
    assert own["life 4 years, last batch pro rata"] < own["life 4 years, last batch whole"]
    # What does not grow with satellites is what partners share: in proportion, less is saved.
    saving = rows["saving_percent"]
    assert saving["ground and operations grow in proportion"] < saving["as chosen"]


def test_same_seed_same_numbers_other_seed_other_numbers(answer):
    again = question.answer(question.Parameters(draws=4000))
    other = question.answer(question.Parameters(draws=4000, seed=8))
    assert again["saving_percent"] == answer["saving_percent"] != other["saving_percent"]


REFUSED = [
    ({"needs": {}}, "at least 2"),
    ({"needs": {"JPN": 0, "USA": 0}}, "nobody needs"),
    ({"needs": {"JPN": 40, "USA": 0}}, "nothing to share"),
    ({"needs": {"KOR": 20, "USA": 72}}, "JPN"),
    ({"needs": {"JPN": -4, "USA": 72}}, "from 0 to 500"),
    ({"unit_price_musd_low": 80}, "low end"),
    ({"learning_ratio_low": 0.2}, "from 0.6 to 1.2"),
    ({"abandonment_probability": 2}, "from 0 to 1"),
]


def test_unknown_partner_is_refused_with_the_countries_there_are():
    with pytest.raises(ParameterError, match="ATL.*choose among.*KOR"):
        question.answer(question.Parameters(needs={"JPN": 40, "ATL": 20}, draws=200))


CHOICES = [
    {"needs": {"JPN": 40, "USA": 72}},
    {
        "needs": {"JPN": 30, "USA": 72, "KOR": 20, "AUS": 10},
        "price_basis": "nominal",
        "learning_model": "wright",
    },
]


def test_a_partnership_that_costs_more_is_not_said_to_save():
    # Three times the cost for two needs that do not overlap: nothing can be saved, let down or not.
    dear = question.answer(
        question.Parameters(
            integration_premium_low=1.9, integration_premium_high=2, overlap_low=0, overlap_high=0, draws=200
        )
    )
    assert (
        dear["saving_percent"][0] < 0
        and "Partnering costs Japan" in dear.text
        and "saves Japan" not in dear.text
    )
    assert "cheaper choice even where nobody is let down" in dear.text


def test_thousands_are_written_out():
    assert [cost.short(number) for number in (0.5, 41.0, 162.5, 5000.0, 12000.0)] == [
        "0.5",
        "41",
        "162",
        "5,000",
        "12,000",
    ]


def test_the_splits_drawn_are_whole_and_the_stable_ones_marked():
    # The title's "fair share from 13 percent" was the rule which the same picture put outside the core.
    answer = question.answer(question.Parameters(draws=300))
    picture = question.figures.who_pays(answer)
    rows = picture.data
    assert rows.groupby("rule")["percent"].sum().to_list() == pytest.approx([100.0] * 4)
    assert set(rows.loc[rows["in_core"], "rule"]) == set(answer["rules_in_core"])
    # In the core nobody pays more than alone.
    assert (rows[rows["in_core"]]["musd"] <= rows[rows["in_core"]]["alone_musd"] * (1 + 1e-6)).all()
    assert "nobody is better off apart" in picture.title


def test_one_of_a_kind_is_told_in_the_singular():
    small = question.answer(
        question.Parameters(needs={"JPN": 2, "USA": 1}, years=1, geostationary_satellites=1, draws=400)
    )
    options, pays = question.figures.options(small), question.figures.who_pays(small)
    assert "1 geostationary satellite" in set(options.data["option"])
    assert "over one year" in options.figure.axes[0].get_xlabel()
    # With two states the Shapley value splits the gain in halves, and so does the nucleolus: one share.
    assert (
        pays.title.endswith(f"apart at {100 * small['shapley_share']['JPN']:.0f}%") or " at 53%" in pays.title
    )


def test_a_joint_layer_that_is_dearer_in_all_draws_is_not_called_open():
    dear = question.answer(
        question.Parameters(
            integration_premium_low=1.9, integration_premium_high=2, overlap_high=0.6, draws=400
        )
    )
    title = question.figures.options(dear).title
    assert dear["saving_percent"][2] < 0 and " more than its own (" in title
    assert (
        question.figures.tornado_chart(dear).title
        == "No one quantity drawn makes a joint layer cheaper for Japan"
    )
