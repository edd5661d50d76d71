"""Coalitional games: who brings, or costs, how much when players may join in any order.

A game maps every coalition (a frozenset of players) to its worth or its cost; the empty one is worth nothing
unless the game says otherwise.
"""

from collections.abc import Hashable, Iterable, Mapping
from itertools import combinations
from math import factorial
from typing import Any

Game = Mapping[frozenset, Any]


def coalitions(players: Iterable[Hashable]) -> list[frozenset]:
    """All 2**n - 1 coalitions of n players but the empty one, small ones first."""
    players = tuple(players)
    return [frozenset(c) for size in range(1, len(players) + 1) for c in combinations(players, size)]


def shapley(players: Iterable[Hashable], game: Game) -> dict:
    """Shapley value of each player, exact: the mean of what it adds over all orders of joining (Shapley
    1953).

        phi_i = sum over S without i of |S|! (n - |S| - 1)! / n! [v(S with i) - v(S)]

    game: coalition -> number, or array of any one shape (one game a draw); the values returned have that
    shape. The sum runs over 2**(n - 1) coalitions a player: keep n below about 16. Raises ValueError for a
    player named twice or a coalition without a value.
    """
    players = tuple(players)
    count = len(players)
    if len(set(players)) < count:
        raise ValueError(f"the players {', '.join(map(str, players))} are not all different; name each once.")
    weights = [factorial(size) * factorial(count - size - 1) / factorial(count) for size in range(count)]
    values = {}
    for player in players:
        others = [other for other in players if other != player]
        joined = (frozenset(c) for size in range(count) for c in combinations(others, size))
        values[player] = sum(weights[len(s)] * (_worth(game, s | {player}) - _worth(game, s)) for s in joined)
    return values


def _worth(game: Game, coalition: frozenset):
    if coalition in game:
        return game[coalition]
    if not coalition:
        return 0.0
    raise ValueError(
        f"the game gives no value to the coalition of {', '.join(sorted(map(str, coalition)))}; every"
        " coalition needs one."
    )
