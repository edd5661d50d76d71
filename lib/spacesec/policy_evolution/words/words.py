"""The words of the question ``words``."""

import math


def answer(measured, labels, target, key, power) -> str:
    strong = key[(key["p_adjusted"] < 0.05) & (key["log_ratio"] > 0)]["word"].head(6)
    whole = sum(m.tokens for m in measured.values())
    share = 100 * measured[target].tokens / whole
    ratios = power[power["per_1000"] == 2.0].set_index("document")["ratio"]
    worst = ratios.idxmax()
    limit = (
        f"only if it is {ratios[worst]:.0f} times as frequent as elsewhere"
        if math.isfinite(ratios[worst])
        else "at no ratio that occurs"
    )
    best = ratios.idxmin()
    told = ", ".join(strong) if len(strong) else "none that passes the test"
    return (
        f"**{len(measured)} documents with {whole:,} words can be compared; {labels[target]} alone is"
        f" {share:.0f} % of them.** Against the others it is marked by: {told}. That is little to build on: a"
        f" term at 2 per 1,000 words would be found in {labels[worst]} {limit}, and even in {labels[best]}"
        f" only from {ratios[best]:.1f} times. The official plans and strategies are not counted here;"
        " `texts_dir` points this analysis at them."
    )
