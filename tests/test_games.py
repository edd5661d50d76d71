"""Coalitional games against closed forms and the axioms that define the Shapley value."""

import numpy as np
import pytest

from spacesec.methods import games


def nested(needs):
    """What it costs to serve the largest need of each coalition."""
    return {s: float(max(needs[i] for i in s)) for s in games.coalitions(needs)}


def random_game(players, seed):
    rng = np.random.default_rng(seed)
    return {frozenset(): 0.0, **{s: float(rng.uniform(-1, 1)) for s in games.coalitions(players)}}


def test_coalitions_are_all_but_the_empty_one():
    found = games.coalitions("abcd")
    assert len(found) == len(set(found)) == 15 and [len(s) for s in found] == sorted(len(s) for s in found)


def test_a_pure_public_good_is_paid_in_equal_parts():
    assert games.shapley("xyz", {s: 1.0 for s in games.coalitions("xyz")}) == pytest.approx(
        {"x": 1 / 3, "y": 1 / 3, "z": 1 / 3}, abs=1e-12
    )


@pytest.mark.parametrize(
    "needs, shares",
    [((20, 40, 72), (6.6667, 16.6667, 48.6667)), ((72, 72, 72), (24, 24, 24)), ((0, 10, 10), (0, 5, 5))],
)
def test_nested_needs(needs, shares):
    # Each step is shared equally by those who need it (Littlechild and Owen 1973).
    found = games.shapley(range(3), nested(dict(enumerate(needs))))
    assert [found[i] for i in range(3)] == pytest.approx(shares, abs=5e-5)


def test_the_glove_game():
    # One left glove, two right ones, a pair is worth 1: the lone glove earns two thirds.
    game = {s: float("left" in s and len(s) > 1) for s in games.coalitions(["left", "right", "other"])}
    assert games.shapley(["left", "right", "other"], game) == pytest.approx(
        {"left": 2 / 3, "right": 1 / 6, "other": 1 / 6}, abs=1e-12
    )


@pytest.mark.parametrize("seed", range(3))
def test_efficiency_and_additivity(seed):
    one, two = random_game("abcde", seed), random_game("abcde", seed + 10)
    first, second = games.shapley("abcde", one), games.shapley("abcde", two)
    assert sum(first.values()) == pytest.approx(one[frozenset("abcde")], abs=1e-12)
    both = games.shapley("abcde", {s: one[s] + two[s] for s in one})
    assert both == pytest.approx({i: first[i] + second[i] for i in "abcde"}, abs=1e-12)


def test_a_dummy_gets_what_it_brings_alone():
    base = random_game("abc", 5)
    game = {s: base[s - {"d"}] + (0.25 if "d" in s else 0.0) for s in games.coalitions("abcd")}
    found = games.shapley("abcd", game)
    assert found["d"] == pytest.approx(0.25, abs=1e-12)
    assert {i: found[i] for i in "abc"} == pytest.approx(games.shapley("abc", base), abs=1e-12)


def test_players_who_can_be_swapped_get_the_same():
    game = random_game("abc", 9)
    for rest in ("", "c"):
        game[frozenset({"b", *rest})] = game[frozenset({"a", *rest})]
    found = games.shapley("abc", game)
    assert found["a"] == pytest.approx(found["b"], abs=1e-12) and found["a"] != pytest.approx(
        found["c"], abs=1e-3
    )


def test_a_worth_of_the_empty_coalition_is_taken_off():
    game = {frozenset(): 2.0, **{s: 2.0 + len(s) for s in games.coalitions("ab")}}
    assert games.shapley("ab", game) == pytest.approx({"a": 1.0, "b": 1.0})


def test_arrays_are_many_games_at_once():
    games_of = [random_game("abc", seed) for seed in (1, 2)]
    found = games.shapley("abc", {s: np.array([g[s] for g in games_of]) for s in games_of[0]})
    for k, game in enumerate(games_of):
        assert {i: x[k] for i, x in found.items()} == pytest.approx(games.shapley("abc", game), abs=1e-12)


def test_doubled_players_and_missing_coalitions_are_refused():
    with pytest.raises(ValueError, match="a, b, a are not all different"):
        games.shapley("aba", {})
    with pytest.raises(ValueError, match="no value to the coalition of a, b"):
        games.shapley("ab", {frozenset("a"): 1.0, frozenset("b"): 1.0})


def test_two_players_share_what_they_bring_together_half_and_half():
    # v(a) = 1, v(b) = 3, v(ab) = 10: each keeps its own and half of the six that only both bring.
    game = {frozenset("a"): 1.0, frozenset("b"): 3.0, frozenset("ab"): 10.0}
    assert games.shapley("ab", game) == pytest.approx({"a": 4.0, "b": 6.0})
    assert games.shapley("a", {frozenset("a"): 7.0}) == {"a": 7.0}


def test_the_mean_over_all_orders_of_joining_is_the_same_as_the_sum():
    from itertools import permutations

    game = random_game("abcd", 3)
    wanted = dict.fromkeys("abcd", 0.0)
    for order in permutations("abcd"):
        for place, player in enumerate(order):
            before = frozenset(order[:place])
            wanted[player] += (game[before | {player}] - game[before]) / 24
    assert games.shapley("abcd", game) == pytest.approx(wanted, abs=1e-12)
