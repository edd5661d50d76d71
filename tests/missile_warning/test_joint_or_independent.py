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


# ---- the whole bill by hand


# In the middle of every range; what a layer of so many satellites costs is worked out below, unit by unit.
MIDDLE = dict(
    needs={"JPN": 40, "USA": 72, "KOR": 20},
    price=51.0,
    ratio=0.95,
    model="crawford",
    nonrecurring=600.0,
    premium=0.15,
    overlap=0.75,
    ground=244.0,
    operations=23.0,
    launch=81.5 / 7,
    life=5.0,
    years=15,
    inflation=0.0,
    discount=0.0,
    pro_rata=False,
    growth=0.0,
)


def bill(satellites, joint, case):
    b, premium = log(case["ratio"]) / log(2), 1 + case["premium"] * joint
    yearly = (1 + case["inflation"] / 100) / (1 + case["discount"] / 100)

    def first_units(n):
        if case["model"] == "wright":
            return n ** (1 + b)
        whole = int(n)
        return sum(unit**b for unit in range(1, whole + 1)) + (n - whole) * (whole + 1) ** b

    total, batch, start = premium * case["nonrecurring"], 0, 0.0
    size = (satellites / 166) ** case["growth"]
    while start < case["years"] - 1e-9:
        share = min(1.0, (case["years"] - start) / case["life"]) if case["pro_rata"] else 1.0
        built = first_units((batch + 1) * satellites) - first_units(batch * satellites)
        spent = premium * case["price"] * built + satellites * case["launch"]
        total, batch, start = total + share * spent * yearly**start, batch + 1, start + case["life"]
    return total + size * (
        case["ground"] + case["operations"] * sum(yearly**year for year in range(case["years"]))
    )


def game_by_hand(case):
    game = {frozenset(): 0.0}
    for coalition in games.coalitions(case["needs"]):
        wanted = sorted(case["needs"][i] for i in coalition)
        number = wanted[-1] + (1 - case["overlap"]) * sum(wanted[:-1])
        game[coalition] = bill(number, len(wanted) > 1, case)
    return game


def mean_over_orders(game, player, players):
    from itertools import permutations

    added = []
    for order in permutations(players):
        before = frozenset(order[: order.index(player)])
        added.append(game[before | {player}] - game[before])
    return sum(added) / len(added)


def own_and_joint(case):
    game = game_by_hand(case)
    return game[frozenset({"JPN"})], mean_over_orders(game, "JPN", case["needs"])


@pytest.fixture(scope="module")
def pinned():
    """Every range a point, so that every draw is the same case."""
    ends = dict(
        unit_price_musd=51, learning_ratio=0.95, nonrecurring_musd=600, integration_premium=0.15, overlap=0.75
    )
    values = {
        f"{name}_{end}": x for name, x in (ends | {"ground_musd": 244}).items() for end in ("low", "high")
    }
    return question.answer(question.Parameters(draws=2000, seed=0, jpy_per_usd=150, **values))


def test_a_case_without_doubt_is_the_bill_by_hand(pinned):
    game, players = game_by_hand(MIDDLE), tuple(MIDDLE["needs"])
    alone, joint = own_and_joint(MIDDLE)
    whole = game[frozenset(players)]
    single = sum(game[frozenset({i})] for i in players)
    let_down = 0.9 * joint + 0.1 * (0.5 * joint + 1.2 * alone)
    limit = (alone - joint) / (0.5 * joint + 1.2 * alone - joint)
    for name, value in {
        "independent_cost_musd": alone,
        "joint_cost_musd": joint,
        "joint_total_musd": whole,
        "independent_cost_bn_jpy": alone * 150 / 1000,
        "joint_cost_bn_jpy": joint * 150 / 1000,
        "saving_percent": 100 * (alone - joint) / alone,
        "group_saving_percent": 100 * (single - whole) / single,
        "expected_saving_percent": 100 * (alone - let_down) / alone,
        "abandonment_probability_break_even": limit,
    }.items():
        assert pinned[name] == pytest.approx([value] * 3), name
    assert pinned["chance_of_saving_percent"] == 100
    assert pinned["risk_dominance"] == pytest.approx(log((1 - limit) / limit))
    assert pinned["shapley_share"] == pytest.approx(
        {i: 100 * mean_over_orders(game, i, players) / whole for i in players}
    )
    # Each step of need in equal parts by those who need it, then scaled to the whole.
    step = [bill(n, True, MIDDLE) for n in (20, 40, 72)]
    third, half, rest = step[0] / 3, (step[1] - step[0]) / 2, step[2] - step[1]
    airport = {"KOR": third, "JPN": third + half, "USA": third + half + rest}
    assert pinned["airport_share"] == pytest.approx({i: 100 * x / step[2] for i, x in airport.items()})


def test_the_premium_at_which_nothing_is_saved_is_that_of_the_bill_by_hand(pinned):
    edge = pinned["premium_break_even"]
    alone, joint = own_and_joint(MIDDLE | {"premium": edge})
    assert joint == pytest.approx(alone)


@pytest.mark.parametrize(
    "changed, paid, years",
    [
        ({}, 3, 15),
        # 4 % a year: batches at the start, after 4, 8 and 12 years, the last one for three of its four
        # years.
        (
            {"discount_percent": 4, "life_years": 4, "last_batch": "pro rata"},
            1 + 1.04**-4 + 1.04**-8 + 0.75 * 1.04**-12,
            (1 - 1.04**-15) / (1 - 1 / 1.04),
        ),
    ],
)
def test_hosted_sensors_and_geostationary_satellites_cost_what_the_japanese_amounts_say(
    pinned, changed, paid, years
):
    p = pinned.parameters
    rows = question.answer(p.model_copy(update=changed)).tables["options"].set_index("option")
    sensor = prices.sensor_price()["amount_bn_jpy"].iloc[0] * 1000 / 150
    least, most = prices.geostationary_estimates()["amount_bn_jpy"].agg(["min", "max"]) * 1000 / 150
    # A uniform draw has its median in the middle and 95 % of it within 2.5 to 97.5 % of its width.
    hosted, pair = rows.loc["hosted payloads on partners' satellites"], rows.loc["2 geostationary satellites"]
    for column, part in (("musd", 0.5), ("musd_low", 0.025), ("musd_high", 0.975)):
        one = sensor * (0.7 + 0.6 * part) + 5
        assert hosted[column] == pytest.approx(300 + 40 * paid * one + 23 * years, rel=0.02)
        each = least + part * (most - least)
        assert pair[column] == pytest.approx(2 * each + 244 + 23 * years, rel=0.02)
    for end in ("", "_low", "_high"):
        assert (rows[f"bn_jpy{end}"] / rows[f"musd{end}"]).to_numpy() == pytest.approx(0.15)


def test_every_rule_of_sharing_is_an_option_at_its_share(pinned):
    rows = pinned.tables["options"].set_index("option")["musd"]
    whole = pinned["joint_total_musd"][0]
    for rule, label in question.model.RULES.items():
        share = pinned[f"{rule}_share"]["JPN"]
        assert rows[f"joint layer, {label}"] == pytest.approx(whole * share / 100)
    assert rows["own layer in low orbit"] == pytest.approx(pinned["independent_cost_musd"][0])


# Driver of the tornado -> what its value changes in the case by hand.
MOVED = {
    "overlap of needs": lambda v: {"overlap": v},
    "unit price": lambda v: {"price": v},
    "learning ratio": lambda v: {"ratio": v},
    "non-recurring cost": lambda v: {"nonrecurring": v},
    "integration premium": lambda v: {"premium": v},
    "ground": lambda v: {"ground": v},
    "Japan's need": lambda v: {"needs": MIDDLE["needs"] | {"JPN": v}},
    "partners' needs": lambda v: {"needs": {"JPN": 40, "USA": 72 * v, "KOR": 20 * v}},
    "satellite life": lambda v: {"life": v},
    "years of service": lambda v: {"years": round(v)},
    "discount rate": lambda v: {"discount": v},
    "growth of ground": lambda v: {"growth": v},
}


def test_each_bar_of_the_tornado_is_the_bill_by_hand(answer):
    def saved(case):
        alone, joint = own_and_joint(case)
        return 100 * (1 - joint / alone)

    rows = answer.tables["tornado"]
    assert rows["base_percent"].to_numpy() == pytest.approx(saved(MIDDLE))
    for row in rows.itertuples():
        assert row.saving_percent == pytest.approx(saved(MIDDLE | MOVED[row.driver](row.value))), row
    assert rows["swing"].is_monotonic_decreasing
    for _, bar in rows.groupby("driver"):
        assert bar["swing"].to_numpy() == pytest.approx(
            bar["saving_percent"].max() - bar["saving_percent"].min()
        )


def test_the_tornado_goes_to_both_ends(answer):
    p = answer.parameters
    rows = answer.tables["tornado"].set_index(["driver", "end"])["value"]
    for driver, names in question.model.DRIVERS.items():
        assert (rows[driver, "low"], rows[driver, "high"]) == tuple(getattr(p, name) for name in names)
    # Half the need and half as much more; 3 to 7 years of life; 10 to 20 years of service; the rest is as
    # written.
    for driver, low, high in (
        ("Japan's need", 20, 60),
        ("partners' needs", 0.5, 1.5),
        ("satellite life", 3, 7),
        ("years of service", 10, 20),
        ("discount rate", 0, 7),
        ("growth of ground", 0, 1),
    ):
        assert (rows[driver, "low"], rows[driver, "high"]) == pytest.approx((low, high)), driver


def test_each_choice_of_the_cost_model_is_the_bill_by_hand(answer):
    def changes(choice):
        if "learning" in choice:
            return {
                "inflation": 2.5 * choice.startswith("nominal"),
                "model": choice.split(", ")[1].split()[0],
            }
        if choice.startswith("discounted"):
            return {"discount": float(choice.split()[2].rstrip("%"))}
        if choice.startswith("ground"):
            return {"growth": 0.5 if "root" in choice else 1.0}
        return {"life": 4.0, "pro_rata": "pro rata" in choice} if choice.startswith("life 4 ") else {}

    base, _ = own_and_joint(MIDDLE)
    rows = answer.tables["variants"]
    assert len(rows) == 12 and rows["choice"].is_unique
    for row in rows.itertuples():
        own, joint = own_and_joint(MIDDLE | changes(row.choice))
        assert (row.own_musd, row.joint_musd) == pytest.approx((own, joint)), row.choice
        assert row.saving_percent == pytest.approx(100 * (own - joint) / own)
        assert row.own_change_percent == pytest.approx(100 * (own - base) / base, abs=1e-9)


def test_learning_is_the_line_of_least_squares_through_the_contracts(answer):
    from scipy import stats

    found = prices.tracking_prices()
    for series, recipient in (("L3Harris", "L3Harris"), ("all vendors", prices.SUM)):
        own = found[found["recipient"] == recipient].sort_values("fiscal_year")
        units = np.cumsum(own["satellites"].astype(float).to_numpy())
        for basis in ("nominal", "real"):
            x, y = np.log2(units), np.log2(own[f"{basis}_musd"].to_numpy(float))
            (slope, cut), n = np.polyfit(x, y, 1), len(x)
            error = np.sqrt(((y - slope * x - cut) ** 2).sum() / (n - 2) / ((x - x.mean()) ** 2).sum())
            wide = stats.t(n - 2).ppf(0.975) * error
            expected = [2**slope, 2 ** (slope - wide), 2 ** (slope + wide)]
            assert answer["learning_ratio"][f"{series}, {basis}"] == pytest.approx(expected)


def test_real_prices_are_nominal_ones_in_dollars_of_the_newest_contract():
    import duckdb
    from tests.conftest import ROOT

    index = dict(
        duckdb.sql(
            f"""WITH whole AS (
                SELECT quarter, sum(amount_bn_local) FILTER (WHERE measure = 'nominal') AS nominal,
                    sum(amount_bn_local) FILTER (WHERE measure = 'real') AS real
                FROM read_csv('{ROOT}/data/budgets/gdp.csv') WHERE country = 'United States' GROUP BY quarter
            )
            SELECT year(quarter), sum(nominal) / sum(real) FROM whole
            WHERE nominal IS NOT NULL AND real IS NOT NULL GROUP BY ALL"""
        ).fetchall()
    )
    found, last = prices.tracking_prices(), max(index)
    level = [index[min(int(year), last)] for year in found["fiscal_year"]]
    assert found["real_musd"].to_numpy() == pytest.approx(
        found["nominal_musd"].to_numpy() * max(zip(found["fiscal_year"], level))[1] / np.array(level)
    )


def test_corners_of_the_core_of_nested_needs_in_percent():
    # a pays at most 20 and b at most 40; a and b together at most 40; c the rest, 32 at least.
    game = game_of(NEEDS)
    table = sharing.corner_table(NEEDS, game)
    corners = {tuple(round(x * 72 / 100, 6) for x in row) for row in table.to_numpy()}
    assert corners == {(0, 0, 72), (20, 0, 52), (20, 20, 32), (0, 40, 32)}
    assert table.sum(axis=1).to_numpy() == pytest.approx(100) and list(table) == list(NEEDS)
    assert sharing.corner_table(["a", "b"], game).empty


def test_shares_are_told_in_money_and_percent_beside_going_alone():
    game = game_of(NEEDS)
    rows = sharing.share_table({"rule": {"a": 18.0, "b": 36.0, "c": 18.0}}, game).set_index("country")
    assert rows["percent"].to_dict() == pytest.approx({"a": 25, "b": 50, "c": 25})
    assert rows["alone_musd"].to_dict() == NEEDS and rows["musd"].sum() == 72


def test_a_split_on_the_edge_of_the_core_is_in_it_and_one_beyond_is_not():
    game = game_of(NEEDS)
    assert sharing.in_core({"a": 20.0, "b": 20.0, "c": 32.0}, game)
    assert not sharing.in_core({"a": 20.1, "b": 19.9, "c": 32.0}, game)  # a alone is cheaper
    assert not sharing.in_core({"a": 10.0, "b": 20.0, "c": 32.0}, game)  # not all is paid


def test_break_even_of_a_share_as_dear_as_the_own_layer_and_of_a_free_one():
    assert cost.break_even_risk(100.0, 100.0, 0.5, 0.2) == 0
    assert cost.break_even_risk(100.0, 120.0, 0.5, 0.2) == 0
    assert cost.break_even_risk(100.0, 0.0, 0.5, 0.2) == pytest.approx(100 / 120)


def test_the_curve_of_risk_is_a_straight_line_in_every_draw():
    alone, share = np.array([100.0, 200.0, 400.0]), np.array([50.0, 80.0, 240.0])
    rows = cost.risk_curve(alone, share, 0.5, 0.2)
    assert rows["risk"].to_numpy() == pytest.approx(np.arange(51) / 50)
    # From 50, 40 and 60 percent of the own layer to half of that and 120 percent.
    line = 0.5 + rows["risk"] * (0.25 + 1.2 - 0.5)
    assert rows["relative_cost"].to_numpy() == pytest.approx(line.to_numpy())
    assert rows["low"].iloc[0] == pytest.approx(0.4 + 0.05 * 0.1)
    assert rows["high"].iloc[0] == pytest.approx(0.5 + 0.95 * 0.1)


def test_where_joining_costs_more_the_trust_it_needs_is_told_as_all_but_certain():
    dear = question.answer(
        question.Parameters(
            integration_premium_low=1, integration_premium_high=1, overlap_low=0, overlap_high=0, draws=200
        )
    )
    assert dear["abandonment_probability_break_even"] == [0, 0, 0]
    assert dear["risk_dominance"] == pytest.approx(log(1e9), rel=1e-6)


@pytest.mark.parametrize("loss", [0.0, 1.0])
def test_a_loss_of_nothing_or_all_has_no_odds(loss):
    with pytest.raises(ValueError, match="between 0 and 1"):
        sharing.risk_dominance(loss)


def test_three_prices_are_enough_for_a_ratio_and_two_are_not():
    assert cost.fit_learning([8.0, 4.0, 2.0], [1, 2, 4]).ratio == pytest.approx(0.5)
    with pytest.raises(ValueError, match="at least three"):
        cost.fit_learning([8.0, 4.0], [1, 2])


def test_the_largest_need_is_possible_and_one_more_is_not():
    assert question.Parameters(needs={"JPN": 500, "USA": 1}).needs["JPN"] == 500
    with pytest.raises(ParameterError, match="from 0 to 500"):
        question.Parameters.of({"needs": {"JPN": 501, "USA": 1}})


def test_one_satellite_is_paid_like_any_other_and_none_costs_nothing():
    plain = dict(
        unit_price=50.0,
        learning_ratio=0.9,
        model="wright",
        nonrecurring=600.0,
        launch_per_satellite=10.0,
        ground=200.0,
        operations_per_year=20.0,
        life_years=10,
        years=10,
    )
    assert cost.layer_cost(1, **plain) == pytest.approx(600 + 200 + 50 + 10 + 200)
    assert cost.layer_cost(0, **plain) == 0
    assert cost.band([1.0, 2.0, 3.0, 4.0, 5.0]) == pytest.approx([3.0, 1.1, 4.9])


def test_published_figures_are_met(answer):
    found = question.checks(answer)
    assert len(found) == 3 and all(check.holds for check in found)


def test_the_tornado_of_one_year_of_service_ends_at_one_year():
    rows = question.answer(question.Parameters(years=1, draws=200)).tables["tornado"]
    years = rows[rows["driver"] == "years of service"].set_index("end")["value"]
    assert years.to_dict() == {"low": 1, "high": 1}  # a third less and a third more than a year, rounded


def test_one_geostationary_satellite_more_costs_the_middle_of_the_estimates():
    """Prices are drawn evenly between the lowest and the highest Japanese estimate; all else stays."""
    p = question.Parameters()
    more = question.Parameters(geostationary_satellites=p.geostationary_satellites + 1)
    yen = prices.geostationary_estimates()["amount_bn_jpy"]
    rate = prices.yen_per_dollar()
    label = "{} geostationary satellite{}"
    one, two = (
        question.answer(x)
        .tables["options"]
        .set_index("option")
        .loc[label.format(x.geostationary_satellites, "s" * (x.geostationary_satellites > 1)), "musd"]
        for x in (p, more)
    )
    middle = 1000 * (yen.min() + yen.max()) / 2 / rate  # of draws between the two, evenly
    spread = 1000 * (yen.max() - yen.min()) / rate / np.sqrt(12 * p.draws)
    assert two - one == pytest.approx(middle, abs=5 * spread)
