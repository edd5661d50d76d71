# /// script
# requires-python = ">=3.11"
# dependencies = ["coopgame-py==0.3.0", "statsmodels==0.15.0", "numpy==2.4.6"]
# ///
"""Shares of a joint layer (Shapley value, nucleolus, airport rule), and how prices fall with numbers."""

from peers.compare import Row, peer, serve


def rows():
    from peers.ours import answered, recorded

    q = "missile_warning/joint_or_independent"
    from functools import partial

    import numpy as np

    from spacesec.missile_warning.joint_or_independent import model

    four = {
        "needs": {"JPN": 24, "USA": 60, "KOR": 16, "AUS": 12},
        "overlap_low": 0.0,
        "learning_model": "wright",
    }
    for words, change in (
        ("default, at mean costs", {}),
        ("four partners, Wright's curve, less overlap", four),
    ):
        answer = answered(q, **change)
        p = answer.parameters
        drawn = model.case_of_draws(p)
        game = model.costs(p.needs, drawn.overlap, partial(model.layer, p, drawn))
        given = {
            "players": list(p.needs),
            "costs": [["+".join(sorted(s)), float(np.mean(c))] for s, c in game.items()],
        }
        names = ", ".join(p.needs)
        for rule, tolerance in (("shapley", 1e-6), ("nucleolus", 1e-4)):
            ours = [answer[f"{rule}_share"][player] for player in p.needs]
            yield Row(
                q, f"{rule} shares of {names}", words, ours, "percent", f"coop_{rule}", given, tolerance
            )
    # The airport rule is defined where the largest need serves all.
    answer = answered(q, overlap_low=1.0, overlap_high=1.0)
    p = answer.parameters
    cost_of = partial(model.layer, p, model.case_of_draws(p))
    given = {"costs": [float(np.mean(cost_of(need, joint=True))) for need in p.needs.values()]}
    ours = [answer["airport_share"][player] for player in p.needs]
    words = "largest need serves all, at mean costs"
    yield Row(
        q, f"airport rule for {', '.join(p.needs)}", words, ours, "percent", "coop_airport", given, 1e-6
    )

    prices = answered(q).tables["prices"]
    primes = prices[prices["recipient"].eq("L3Harris")]
    for basis in ("nominal", "real"):
        given = {"prices": primes[f"{basis}_musd"].tolist(), "units": primes["vendor_units"].tolist()}
        ours = recorded(q, "learning_ratio", f"L3Harris, {basis}")
        yield Row(
            q, "price ratio a doubling, L3Harris, 95 %", basis, ours, "times", "ols_learning", given, 1e-6
        )


def _game(players, costs):
    """The game in the peer's own form: costs of all coalitions but the empty, in the order of bits."""
    import coopgame

    known = {frozenset(s.split("+")): v for s, v in costs}
    size = len(players)
    order = [frozenset(p for k, p in enumerate(players) if code >> k & 1) for code in range(1, 2**size)]
    return coopgame, coopgame.Game([known[s] for s in order]), known[frozenset(players)]


@peer("coopgame-py")
def coop_shapley(players, costs):
    coopgame, game, whole = _game(players, costs)
    return [100 * x / whole for x in coopgame.shapley(game)]


@peer("coopgame-py")
def coop_nucleolus(players, costs):
    coopgame, game, whole = _game(players, costs)
    return [100 * x / whole for x in coopgame.cost_nucleolus(game)]


@peer("coopgame-py")
def coop_airport(costs):
    import coopgame

    return [100 * x / max(costs) for x in coopgame.airport(costs)["shapley"]]


@peer("statsmodels")
def ols_learning(prices, units):
    import numpy as np
    import statsmodels.api as sm

    fit = sm.OLS(np.log2(prices), sm.add_constant(np.log2(units))).fit()
    return [2**v for v in (fit.params[1], *fit.conf_int()[1])]


if __name__ == "__main__":
    serve()
