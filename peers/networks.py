# /// script
# requires-python = ">=3.11"
# dependencies = ["bctpy==0.6.1", "igraph==1.0.0", "numpy==2.4.6", "scipy==1.17.1"]
# ///
"""Japan's network: spread of ties over layers, states in shared exercises, by bctpy and igraph."""

from peers.compare import Row, peer, serve


def rows():
    from peers.ours import answered, recorded
    from spacesec.regional_cooperation.partners import ego

    q = "regional_cooperation/partners"
    heavy = {
        "weight_binding": 1.0,
        "weight_operational": 1.0,
        "multilateral_weight": "full",
        "start_year": 2008,
    }
    for words, change in (("default", {}), ("all acts alike, groups in full, from 2008", heavy)):
        answer = answered(q, **change)
        ties = answer.tables["ties"]
        strength = ego.by_layer(ties)
        for partner in ("United States", "France", "India"):
            given = {"strength": strength.loc[partner].tolist()}
            ours = answer["participation_coefficient"][partner]
            yield Row(
                q, f"participation of {partner}", words, ours, "0 to 1", "bct_participation", given, 1e-9
            )
        given = {"strength": strength.sum().tolist()}
        ours = answer["japan_participation"]
        yield Row(q, "participation of Japan", words, ours, "0 to 1", "bct_participation", given, 1e-9)
        given = {"partner": ties["partner"].tolist(), "act": ties["act_id"].tolist()}
        given["wanted"] = "United States"
        ours = answer["acts_by_partner"]["United States"]
        yield Row(
            q, "degree of the United States in the graph of acts", words, ours, "acts", "igraph_degree", given
        )
    seats = answered(q).tables["seats"]
    together = ego.co_participation(seats[seats["list_complete"].astype(bool)])
    words, why = (
        "default: lists that are complete",
        "a search that finds a better cut than Louvain from our seeds",
    )
    given = {"weights": together.to_numpy().tolist()}
    ours = recorded(q, "exercise_modularity")
    for name in ("bct_modularity", "igraph_modularity"):
        yield Row(q, "best modularity of shared exercises", words, ours, "", name, given, 1e-6, why)
    _, groups = ego.best_modularity(together)
    member = [next(k for k, group in enumerate(groups) if state in group) for state in together.index]
    given = given | {"member": member}
    yield Row(q, "modularity of our own groups", "default", ours, "", "igraph_modularity_of", given, 1e-9)


@peer("bctpy")
def bct_participation(strength):
    """The partner is tied to one node a layer, each a community; the package leaves L/(L-1) to the reader."""
    import bct
    import numpy as np

    size = len(strength)
    graph = np.zeros((size + 1, size + 1))
    graph[0, 1:] = graph[1:, 0] = strength
    communities = np.append(1, np.arange(1, size + 1))
    return bct.participation_coef(graph, communities)[0] * size / (size - 1)


@peer("igraph")
def igraph_degree(partner, act, wanted):
    import igraph

    graph = igraph.Graph.TupleList([(p, f"act {a}") for p, a in sorted(set(zip(partner, act)))])
    return graph.degree(graph.vs.find(name=wanted))


@peer("bctpy")
def bct_modularity(weights):
    import bct
    import numpy as np

    return max(bct.modularity_louvain_und(np.array(weights), seed=seed)[1] for seed in range(20))


def _graph(weights):
    import igraph

    return igraph.Graph.Weighted_Adjacency(weights, mode="undirected", loops=False)


@peer("igraph")
def igraph_modularity(weights):
    import random

    random.seed(1)  # igraph draws from Python's generator
    graph = _graph(weights)
    found = [graph.community_leiden("modularity", weights="weight", n_iterations=-1) for _ in range(50)]
    return max(graph.modularity(part, weights="weight") for part in found)


@peer("igraph")
def igraph_modularity_of(weights, member):
    return _graph(weights).modularity(member, weights="weight")


if __name__ == "__main__":
    serve()
