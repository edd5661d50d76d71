# /// script
# requires-python = ">=3.11"
# dependencies = ["statsmodels==0.15.0", "scipy==1.17.1", "numpy==2.4.6"]
# ///
"""Exact intervals of counts, shares and ratios of rates, by R's own tests, statsmodels and SciPy."""

from peers.compare import Row, peer, r, r_release, serve


def rows():
    from peers.ours import answered, recorded

    q = "missile_warning/launch_record"
    for words, change in (("default", {}), ("1994 to 2023", {"start_year": 1994, "end_year": 2023})):
        ratios = answered(q, **change).tables["ratios"].set_index("counted")
        for counted in ("launch days", "launches"):
            row = ratios.loc[counted]
            given = {name: float(row[name]) for name in ("before", "after")} | _spans(answered(q, **change))
            ours = [row["ratio"], row["low"], row["high"]]
            what = f"ratio of rates by leader, {counted}"
            why = "the peer takes launches as independent; ours takes years as clusters, hence wider limits"
            yield Row(q, what, words, ours, "times", "r_ratio", given, 1e-6, why)

    ours = recorded(q, "launches_per_year", "Kim Jong Un")
    given = {"seed": 1} | _years(answered(q), "Kim Jong Un")
    why = "intervals of few, clustered years hang on the method; this one is bias-corrected and accelerated"
    for method in ("percentile", "BCa"):
        words = f"default; {method} limits"
        asked = given | {"method": method}
        yield Row(
            q, "launches a year, Kim Jong Un", words, ours, "a year", "scipy_bootstrap", asked, 0.5, why
        )

    q = "policy_evolution/recommendations"
    ours = [recorded(q, "heard_percent"), *recorded(q, "heard_percent_interval")]
    given = {"successes": recorded(q, "heard"), "trials": recorded(q, "asked"), "level": 0.95}
    yield from _shares(q, "share of demands heard", "default", ours, given)

    q = "policy_evolution/forecasts"
    ours = [recorded(q, "expected"), *recorded(q, "expected_interval")]
    given = {"chances": answered(q).tables["board"]["probability"].tolist()}
    yield Row(q, "how many should come true, nine tenths", "default", ours, "", "r_convolved", given, 1e-9)

    q = "regional_cooperation/partners"
    ours = [recorded(q, f"acts_rate_ratio_{end}") for end in ("2008", "low")]
    given = _acts(answered(q))
    what = "acts a year from 2008 over before, lower limit"
    why = "the peer takes acts as independent; ours takes years as clusters and gives a lower limit"
    yield Row(q, what, "default", ours, "times", "r_ratio_low", given, 1e-6, why)

    q = "regional_cooperation/taiwan_connectivity"
    ours = list(recorded(q, "failures_per_cable_year").values())
    facts = answered(q).tables["facts"].set_index("row_id")["value"]
    count = int(facts["connectivity-failures-2019-2023"])
    given = {"count": count, "exposure": count / ours[0]}
    for name in ("r_rate", "statsmodels_rate"):
        yield Row(q, "cable failures a cable and year", "default", ours, "a year", name, given, 1e-6)
    ladder = answered(q).tables["ladder"].set_index("cables_cut")
    sizes = answered(q).tables["landings"].set_index("landing")["cables"]
    for cut in (6, 10):
        given = {"sizes": [int(n) for n in sizes], "cut": cut}
        ours = [float(ladder.loc[cut, name]) for name in ("south_dark", "any_landing_dark")]
        given["first"] = list(sizes.index).index("Fangshan")
        yield Row(
            q,
            "chance that the south, that some landing goes dark",
            f"{cut} cables cut",
            ours,
            "",
            "dark",
            given,
            1e-9,
        )

    q = "policy_evolution/promises"
    for words, change in (("default", {}), ("as of 31 March 2024", {"as_of": "2024-03-31"})):
        answer = answered(q, **change)
        given = {"successes": answer["met"], "trials": answer["due"], "level": 0.95}
        ours = [answer["met_percent"], *answer["met_percent_interval"]]
        yield from _shares(q, "share of promises met", words, ours, given)

    q = "regional_cooperation/un_votes"
    share, n = (recorded(q, f"agreement_{k}", "United States", "arms_race") for k in ("percent", "n"))
    ours = [share, *(recorded(q, f"agreement_{k}", "United States", "arms_race") for k in ("low", "high"))]
    given = {"successes": round(share * n / 100), "trials": n, "level": 0.95}
    yield from _shares(q, "agreement with the United States, arms race", "default", ours, given)

    q = "space_systems/launch_and_industry"
    change = {"vehicle": "H-IIA", "compare_with": "H-IIB", "confidence_percent": 90.0}
    for words, changed in (("default: H3", {}), ("H-IIA beside H-IIB, 90 %", change)):
        answer = answered(q, **changed)
        good, tried = answer["record"]
        given = {"successes": good, "trials": tried, "level": changed.get("confidence_percent", 95.0) / 100}
        ours = [answer["success_percent"], *answer["success_interval_percent"]]
        yield from _shares(q, "share of successes", words, ours, given)
        other, of = answer["compared_record"]
        given = {"table": [good, tried - good, other, of - other]}
        for name in ("r_fisher", "scipy_fisher"):
            yield Row(q, "Fisher's exact p", words, answer["p_value_all"], "", name, given, 1e-6)

    q = "missile_warning/radar_horizon"
    cases = answered(q).tables["cases"].dropna(subset=["hidden_end_km"])
    given = {"first": cases["gap_km"].tolist(), "second": cases["hidden_end_km"].tolist()}
    ours = recorded(q, "rank_correlation")
    yield Row(q, "Spearman's rho of gap and hidden path", "default", ours, "", "r_spearman", given, 1e-6)
    ours, why = recorded(q, "permutation_p"), ""
    yield Row(q, "its one-sided permutation p", "default", ours, "", "scipy_permutation", given, 0.02, why)


def _spans(answer):
    """Years under each leader, as the table of leaders has them."""
    leaders = answer.tables["leaders"].set_index("leader")
    return {
        f"years_{when}": float(leaders.loc[name, "years"])
        for when, name in (("before", "Kim Jong Il"), ("after", "Kim Jong Un"))
    }


def _years(answer, name):
    """Launches of every calendar year under a leader, and the part of the year that was the leader's."""
    import pandas as pd

    leader = answer.tables["leaders"].set_index("leader").loc[name]
    first, last = leader["first_date"], leader["last_date"]
    dates = answer.tables["launches"]["launch_date"]
    count = dates[dates.between(first, last)].dt.year.value_counts()
    years = range(first.year, last.year + 1)
    ends = [(max(first, pd.Timestamp(y, 1, 1)), min(last, pd.Timestamp(y, 12, 31))) for y in years]
    spans = [((end - start).days + 1) / 365.25 for start, end in ends]
    return {"counts": [int(count.get(y, 0)) for y in years], "spans": spans}


def _acts(answer):
    """Acts and calendar years before and from 2008, of the last year the part that is over."""
    from spacesec.regional_cooperation.partners.model import as_of

    acts, p = answer.tables["ties"].drop_duplicates("act_id"), answer.parameters
    day = as_of(p)
    left = 1 - day.day_of_year / (366 if day.is_leap_year else 365)
    before = int((acts["year"] < 2008).sum())
    years = {"years_before": 2008 - p.start_year, "years_after": p.end_year - 2007 - left}
    return {"before": before, "after": len(acts) - before} | years


def _shares(q, what, words, ours, given):
    for name in ("r_share", "statsmodels_share"):
        yield Row(q, what, words, ours, "percent", name, given, 1e-6)


@peer("R stats", r_release("stats"))
def r_ratio(before, after, years_before, years_after):
    program = (
        """b <- numbers(1); t <- poisson.test(c(b[2], b[1]), c(b[4], b[3])); say(t$estimate, t$conf.int)"""
    )
    return r(program, [before, after, years_before, years_after])


@peer("R stats", r_release("stats"))
def r_ratio_low(**counts):
    return r_ratio(**counts)[:2]


@peer("R stats", r_release("stats"))
def r_rate(count, exposure):
    return r("t <- poisson.test(numbers(1), numbers(2)); say(t$estimate, t$conf.int)", count, exposure)


@peer("statsmodels")
def statsmodels_rate(count, exposure):
    from statsmodels.stats.rates import confint_poisson

    return [count / exposure, *confint_poisson(count, exposure, method="exact-c")]


@peer("R stats", r_release("stats"))
def r_share(successes, trials, level):
    program = """t <- binom.test(numbers(1), numbers(2), conf.level = numbers(3))
    say(100 * t$estimate, 100 * t$conf.int)"""
    return r(program, successes, trials, level)


@peer("statsmodels")
def statsmodels_share(successes, trials, level):
    from statsmodels.stats.proportion import proportion_confint

    limits = proportion_confint(successes, trials, 1 - level, method="beta")
    return [100 * v for v in (successes / trials, *limits)]


@peer("R stats", r_release("stats"))
def r_fisher(table):
    return r("say(fisher.test(matrix(numbers(1), 2))$p.value)", table)[0]


@peer("scipy")
def scipy_bootstrap(counts, spans, method, seed):
    import numpy as np
    from scipy.stats import bootstrap

    found = bootstrap(
        (np.array(counts, float), np.array(spans)),
        lambda c, s, axis=-1: c.sum(axis=axis) / s.sum(axis=axis),
        paired=True,
        n_resamples=20_000,
        method=method,
        rng=np.random.default_rng(seed),
    )
    return [sum(counts) / sum(spans), *found.confidence_interval]


@peer("scipy")
def dark(sizes, cut, first):
    from itertools import product

    from scipy.stats import hypergeom, multivariate_hypergeom

    lit = [range(size) for size in sizes]
    some_left = sum(multivariate_hypergeom.pmf(x, sizes, cut) for x in product(*lit) if sum(x) == cut)
    return [hypergeom.pmf(sizes[first], sum(sizes), sizes[first], cut), 1 - some_left]


@peer("scipy")
def scipy_fisher(table):
    from scipy.stats import fisher_exact

    return fisher_exact([table[:2], table[2:]]).pvalue


@peer("R stats", r_release("stats"))
def r_convolved(chances):
    """Mean, 5% and 95% points of a sum of unlike yes-or-no cases, by R's convolution."""
    return r(
        """
        p <- numbers(1); d <- 1
        for (one in p) d <- convolve(d, rev(c(1 - one, one)), type = "open")
        k <- seq_along(d) - 1
        say(sum(k * d), k[which(cumsum(d) >= 0.05)[1]], k[which(cumsum(d) >= 0.95)[1]])
        """,
        chances,
    )


@peer("R stats", r_release("stats"))
def r_spearman(first, second):
    return r("say(cor(numbers(1), numbers(2), method = 'spearman'))", first, second)[0]


@peer("scipy")
def scipy_permutation(first, second):
    from scipy.stats import permutation_test, rankdata, spearmanr

    return permutation_test(
        (rankdata(first),),
        lambda x: spearmanr(x, second).statistic,
        permutation_type="pairings",
        alternative="greater",
        n_resamples=20_000,
        random_state=1,
    ).pvalue


if __name__ == "__main__":
    serve()
