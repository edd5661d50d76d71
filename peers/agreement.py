# /// script
# requires-python = ">=3.11"
# dependencies = ["krippendorff==0.9.0", "scikit-learn==1.9.1", "statsmodels==0.15.0", "numpy==2.4.6"]
# ///
"""How far two coders, or two voters, agree: Krippendorff's alpha and Cohen's kappa."""

from peers.compare import Row, peer, serve


def rows():
    from peers.ours import answered, recorded
    from spacesec.data import tables
    from spacesec.policy_evolution.turning_points import model

    q = "policy_evolution/turning_points"
    judged = tables.load("policy_evolution/events")
    both = judged[judged["posture_first"].notna() & judged["posture_second"].notna()]
    first, second = both["posture_first"].astype(str), both["posture_second"].astype(str)
    gave = [first.isin(model.POSTURES), second.isin(model.POSTURES)]
    posture = {"first": first[gave[0] & gave[1]].tolist(), "second": second[gave[0] & gave[1]].tolist()}
    readings = model.scales(judged).set_index("reading")
    ordered = posture | {"order": list(model.POSTURES), "level": "ordinal"}
    ours = recorded(q, "alpha_posture")
    yield Row(
        q, "ordinal alpha", "default: acts to which both gave a posture", ours, "", "alpha", ordered, 1e-9
    )
    ours = float(readings.loc["both give a posture", "alpha"])
    words = "the same acts, order of postures left out"
    yield Row(q, "nominal alpha", words, ours, "", "alpha", ordered | {"level": "nominal"}, 1e-9)
    labels = {"first": first.tolist(), "second": second.tolist(), "order": sorted({*first, *second})}
    ours = float(readings.loc["six labels as coded", "alpha"])
    yield Row(
        q, "nominal alpha", "six labels as coded", ours, "", "alpha", labels | {"level": "nominal"}, 1e-9
    )
    coded = {"first": gave[0].astype(int).tolist(), "second": gave[1].astype(int).tolist()}
    for name in ("sklearn_kappa", "statsmodels_kappa"):
        ours = float(readings.loc["coded or not coded", "kappa"])
        yield Row(q, "kappa: coded or not", "default", ours, "", name, coded, 1e-9)
        ours = float(readings.loc["both give a posture", "kappa"])
        yield Row(q, "kappa: which posture", "both give a posture", ours, "", name, posture, 1e-9)

    q = "policy_evolution/recommendations"
    facts = answered(q).tables["came"]
    codes = {name: facts[f"state_{name}"].astype(str).tolist() for name in ("first", "second")}
    for name in ("sklearn_kappa", "statsmodels_kappa"):
        yield Row(
            q, "kappa of two codings of the facts", "default", recorded(q, "kappa"), "", name, codes, 1e-9
        )

    q = "regional_cooperation/un_votes"
    for words, change in (
        ("default", {}),
        ("plenary votes since 2000", {"bodies": ["plenary"], "start_year": 2000}),
    ):
        answer = answered(q, **change)
        pairs = answer.tables["pairs"]
        for partner in ("South Korea", "United States"):
            part = pairs[pairs["partner"] == partner]
            votes = {
                "first": part["japan"].astype(str).tolist(),
                "second": part["other"].astype(str).tolist(),
            }
            ours = answer["agreement_kappa"][partner]
            for name in ("sklearn_kappa", "statsmodels_kappa"):
                yield Row(q, f"kappa of Japan and {partner}", words, ours, "", name, votes, 1e-9)


@peer("krippendorff")
def alpha(first, second, order, level):
    import krippendorff

    data = [[order.index(v) for v in coder] for coder in (first, second)]
    return krippendorff.alpha(
        reliability_data=data, value_domain=range(len(order)), level_of_measurement=level
    )


@peer("scikit-learn")
def sklearn_kappa(first, second):
    from sklearn.metrics import cohen_kappa_score

    return cohen_kappa_score(first, second)


@peer("statsmodels")
def statsmodels_kappa(first, second):
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    values = sorted({*first, *second})
    table = np.zeros((len(values), len(values)))
    for a, b in zip(first, second):
        table[values.index(a), values.index(b)] += 1
    return cohens_kappa(table).kappa


if __name__ == "__main__":
    serve()
