# /// script
# requires-python = ">=3.11"
# dependencies = ["scikit-learn==1.9.1", "properscoring==0.1", "scipy==1.17.1", "numpy==2.4.6"]
# ///
"""Scores of forecasts, and how stable a ranking of years is under other weights."""

from peers.compare import Row, peer, serve


def rows():
    from peers.ours import answered
    from spacesec.policy_evolution.hedging import model as hedging
    from spacesec.policy_evolution.promises import model as promises

    q = "policy_evolution/promises"
    for words, change in (("default", {}), ("official plans as of 31 March 2025", _OFFICIAL)):
        answer = answered(q, **change)
        board = answer.tables["board"]
        due = board[board["due"]]
        stated = due["wording"].astype(str).map(promises.PROBABILITY).tolist()
        given = {"stated": stated, "met": [int(m) for m in due["met"]]}
        for name in ("sklearn_brier", "properscoring_brier"):
            yield Row(q, "Brier score of the wording", words, answer["brier"], "", name, given, 1e-9)

    q = "policy_evolution/hedging"
    other = {"base_year": 2012, "first_year": 2003, "commercial": True, "spare": "graded"}
    for words, change in (("default", {}), ("2003 on, commercial satellites too, graded spares", other)):
        answer = answered(q, **change)
        sides = [hedging.wide(answer.tables["scores"], side) for side in ("autonomy", "integration")]
        given = {"autonomy": sides[0].tolist(), "integration": sides[1].tolist()}
        ours = answer["rank_stability"]
        why = "other random weights"
        yield Row(q, "share of weights that keep the ranking", words, ours, "", "stability", given, 0.02, why)
        ours = list(answer["index_last_range"])
        yield Row(
            q,
            "index of the last year over the weights, nine tenths",
            words,
            ours,
            "",
            "spread",
            given,
            0.02,
            why,
        )
        ours = list(answer["hedging_index"].values())
        yield Row(q, "index of every year, equal weights", words, ours, "", "index", given, 1e-4)


_OFFICIAL = {"sources": ["official"], "as_of": "2025-03-31"}


@peer("scikit-learn")
def sklearn_brier(stated, met):
    from sklearn.metrics import brier_score_loss

    return brier_score_loss(met, stated)


@peer("properscoring")
def properscoring_brier(stated, met):
    import numpy as np
    import properscoring

    return float(np.mean(properscoring.brier_score(np.array(met), np.array(stated))))


def _drawn(autonomy, integration):
    """The index of every year under 4,000 weights drawn evenly from all that sum to one."""
    import numpy as np
    from scipy.stats import dirichlet

    weights = dirichlet.rvs(np.ones(len(autonomy[0])), 4000, random_state=2026)
    return np.minimum(weights @ np.array(autonomy).T, weights @ np.array(integration).T)


@peer("scipy")
def stability(**given):
    import numpy as np
    from scipy.stats import spearmanr

    equal = np.array(index(**given))
    return float(np.mean([spearmanr(equal, drawn).statistic >= 0.9 for drawn in _drawn(**given)]))


@peer("scipy")
def spread(**given):
    from scipy.stats.mstats import mquantiles

    return mquantiles(_drawn(**given)[:, -1], [0.05, 0.95]).tolist()


@peer("scipy")
def index(autonomy, integration):
    return [min(sum(a) / len(a), sum(g) / len(g)) for a, g in zip(autonomy, integration)]


if __name__ == "__main__":
    serve()
