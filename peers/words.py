# /// script
# requires-python = ">=3.11"
# dependencies = ["scipy==1.17.1", "nltk==3.10.4", "numpy==2.4.6"]
# ///
"""Log-likelihood of key words and Jensen-Shannon divergence of documents, by SciPy and NLTK."""

from peers.compare import Row, peer, serve


def rows():
    from itertools import combinations

    import numpy as np

    from peers.ours import answered, recorded
    from spacesec.policy_evolution.words import model

    q = "policy_evolution/words"
    texts = model.stored()
    for words, change in (
        ("default: Fatton against the rest", {}),
        ("Fang against the rest", {"target": "fang"}),
    ):
        key = answered(q, **change).tables["key_words"]
        part = key.head(12)
        target = change.get("target", recorded(q, "target"))
        tokens = [texts[target].tokens, sum(t.tokens for name, t in texts.items() if name != target)]
        given = {"first": part["target"].tolist(), "second": part["reference"].tolist(), "tokens": tokens}
        for name in ("scipy_g2", "nltk_g2"):
            ours = part["g2"].tolist()
            yield Row(q, "G2 of the twelve foremost words", words, ours, "", name, given, 1e-6)
    for words, least in (("default", 6), ("words of 20 or more", 20)):
        distance = answered(q, minimum_count=least)["mean_divergence"]
        vocabulary = sorted(
            word
            for word in set().union(*(t.words for t in texts.values()))
            if sum(t.words[word] for t in texts.values()) >= least
        )
        counts = [np.array([t.words[word] for word in vocabulary]).tolist() for t in texts.values()]
        given = {"pairs": list(combinations(counts, 2))}
        yield Row(
            q, "mean Jensen-Shannon divergence", words, distance, "bits", "scipy_divergence", given, 1e-6
        )


@peer("scipy")
def scipy_g2(first, second, tokens):
    from scipy.stats import chi2_contingency

    tables = ([[a, b], [tokens[0] - a, tokens[1] - b]] for a, b in zip(first, second))
    return [chi2_contingency(t, correction=False, lambda_="log-likelihood").statistic for t in tables]


@peer("nltk")
def nltk_g2(first, second, tokens):
    from nltk.metrics import BigramAssocMeasures

    score = BigramAssocMeasures.likelihood_ratio
    return [score(a, (a + b, tokens[0]), sum(tokens)) for a, b in zip(first, second)]


@peer("scipy")
def scipy_divergence(pairs):
    from scipy.spatial.distance import jensenshannon

    found = [jensenshannon(a, b, base=2) ** 2 for a, b in pairs]
    return sum(found) / len(found)


if __name__ == "__main__":
    serve()
