"""Who should pay: airport rule, core and nucleolus of cost games (`spacesec.methods.games` has the Shapley
value).

A game maps every coalition (frozenset of players, also single ones) to the cost of serving it; the empty one
costs nothing.
"""

from itertools import combinations
from math import log

import numpy as np
import pandas as pd

from spacesec.methods.games import Game, coalitions


def airport(needs: dict, cost_of_need) -> dict:
    """Airport rule (Littlechild and Owen 1973): each increment of need is paid in equal parts by all who need
    at least that much.

    needs: player -> need; cost_of_need: cost of serving a need (may return arrays). A player who needs
    nothing pays nothing.
    """
    order = sorted((need, player) for player, need in needs.items())
    shares, paid, before = {player: 0.0 for player in needs}, 0.0, 0
    for i, (need, _) in enumerate(order):
        if need <= before:
            continue
        whole = cost_of_need(need)
        for _, player in order[i:]:
            shares[player] = shares[player] + (whole - paid) / (len(order) - i)
        paid, before = whole, need
    return shares


def core_is_nonempty(players, cost: Game) -> bool:
    """Whether some split of the whole cost leaves no coalition paying more than its own cost (Bondareva 1963,
    Shapley 1967; by linear programme).
    """
    from scipy.optimize import linprog

    players = tuple(players)
    rows = [s for s in coalitions(players) if len(s) < len(players)]
    found = linprog(
        np.zeros(len(players)),
        A_ub=_matrix(rows, players),
        b_ub=[cost[s] for s in rows],
        A_eq=np.ones((1, len(players))),
        b_eq=[cost[frozenset(players)]],
        bounds=[(None, None)] * len(players),
        method="highs",
    )
    return bool(found.status == 0)


def in_core(shares: dict, cost: Game, tolerance: float = 1e-9) -> bool:
    whole = frozenset(shares)
    scale = max(1.0, abs(cost[whole]))
    return abs(sum(shares.values()) - cost[whole]) <= tolerance * scale and all(
        sum(shares[i] for i in s) <= cost[s] + tolerance * scale for s in coalitions(shares)
    )


def core_corners(players, cost: Game) -> np.ndarray:
    """Corners of the core of a game of three, as rows of shares in the order of `players`, anticlockwise;
    empty when the core is.
    """
    players = tuple(players)
    if len(players) != 3:
        raise ValueError(f"a core of {len(players)} players is not a polygon; only three can be drawn.")
    total = cost[frozenset(players)]
    # x_i <= c(i), and the other two pay at most c(j, k), so x_i >= total - c(j, k).
    high = [cost[frozenset({i})] for i in players]
    low = [total - cost[frozenset(players) - {i}] for i in players]
    lines = [(i, bound) for i in range(3) for bound in (low[i], high[i])]
    corners = []
    for (i, a), (j, b) in combinations(lines, 2):
        if i == j:
            continue
        point = np.empty(3)
        point[i], point[j] = a, b
        point[3 - i - j] = total - a - b
        if all(low[k] - 1e-9 * abs(total) <= point[k] <= high[k] + 1e-9 * abs(total) for k in range(3)):
            corners.append(point)
    if not corners:
        return np.empty((0, 3))
    corners = np.unique(np.round(corners, 9), axis=0)
    centre = corners.mean(axis=0)
    return corners[np.argsort(np.arctan2(corners[:, 1] - centre[1], corners[:, 0] - centre[0]))]


def nucleolus(players, cost: Game, tolerance: float = 1e-7) -> dict:
    """Nucleolus (Schmeidler 1969): the split whose sorted complaints x(S) - c(S) are lexicographically least;
    by successive linear programmes.

    After each programme every coalition whose complaint cannot fall below the worst is held there.
    """
    from scipy.optimize import linprog

    players = tuple(players)
    n, whole = len(players), frozenset(players)
    scale = max(1.0, max(abs(v) for v in cost.values()))
    left = [s for s in coalitions(players) if s != whole]
    equal, target = [np.append(np.ones(n), 0.0)], [cost[whole] / scale]
    while left:
        limits = np.hstack([_matrix(left, players), -np.ones((len(left), 1))])
        costs = np.array([cost[s] / scale for s in left])
        goal = np.append(np.zeros(n), 1.0)
        bounds = [(None, None)] * (n + 1)
        best = linprog(
            goal, A_ub=limits, b_ub=costs, A_eq=np.array(equal), b_eq=target, bounds=bounds, method="highs"
        )
        worst, x = best.x[-1], best.x[:n]
        stuck = []
        for k, s in enumerate(left):
            if _matrix([s], players)[0] @ x - costs[k] < worst - tolerance:
                continue
            # Can this coalition's complaint be lowered without raising the worst one?
            lower = linprog(
                np.append(_matrix([s], players)[0], 0.0),
                A_ub=limits,
                b_ub=costs,
                A_eq=np.vstack([np.array(equal), goal]),
                b_eq=[*target, worst],
                bounds=bounds,
                method="highs",
            )
            if lower.fun - costs[k] > worst - tolerance:
                stuck.append(k)
        for k in stuck:
            equal.append(np.append(_matrix([left[k]], players)[0], 0.0))
            target.append(costs[k] + worst)
        if np.linalg.matrix_rank(np.array(equal)[:, :n]) == n:
            break
        left = [s for k, s in enumerate(left) if k not in stuck]
    return dict(
        zip(
            players,
            (
                float(v)
                for v in np.linalg.lstsq(np.array(equal)[:, :n], np.array(target), rcond=None)[0] * scale
            ),
        )
    )


def risk_dominance(loss: float) -> float:
    """ln(u / (1 - u)) for two equal players who lose the share u from being let down (Selten 1995); positive:
    going alone is the safer choice.
    """
    if not 0 < loss < 1:
        raise ValueError(f"loss = {loss} is not possible: a normalized loss lies between 0 and 1.")
    return log(loss / (1 - loss))


def share_table(split: dict, mean: Game) -> pd.DataFrame:
    """One row a rule and player: share in money and percent of the whole, and the cost of going alone."""
    whole = mean[frozenset(next(iter(split.values())))]
    rows = [
        (rule, country, x, 100 * x / whole, mean[frozenset({country})])
        for rule, own in split.items()
        for country, x in own.items()
    ]
    return pd.DataFrame(rows, columns=["rule", "country", "musd", "percent", "alone_musd"])


def corner_table(players, mean: Game) -> pd.DataFrame:
    """Corners of the core in percent of the whole cost, one column a player; empty unless there are three."""
    if len(players) != 3:
        return pd.DataFrame(columns=list(players))
    return pd.DataFrame(100 * core_corners(players, mean) / mean[frozenset(players)], columns=list(players))


def _matrix(rows: list[frozenset], players: tuple) -> np.ndarray:
    return np.array([[1.0 if p in s else 0.0 for p in players] for s in rows])
