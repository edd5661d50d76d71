# /// script
# requires-python = ">=3.11"
# dependencies = ["lifelines==0.30.0", "scikit-survival==0.28.0", "numpy==2.4.6", "pandas==3.0.2"]
# ///
"""Medians, intervals and tests of durations, by R's survival package, lifelines and scikit-survival."""

from peers.compare import Row, peer, r, r_release, serve


def rows():
    from peers.ours import answered, recorded

    def compared(question, inputs, ours, times, seen, unit):
        """Median and limits by all three; the limits by R and lifelines on the log-log scale."""
        given = {"times": [float(t) for t in times], "seen": [bool(s) for s in seen]}
        for name in ("r_median", "lifelines_median"):
            yield Row(question, "median with 95 % interval", inputs, ours, unit, name, given, 1e-6)
        yield Row(question, "median", inputs, ours[0], unit, "sksurv_median", given, 1e-6)

    from spacesec.methods.statistics import kaplan_meier, survival_median

    def median(times, seen):
        found = survival_median(kaplan_meier(times, seen))
        return [found.estimate, found.low, found.high]

    q = "policy_evolution/promises"
    from spacesec.policy_evolution.promises import model as promises

    for words, change in (
        ("default", {}),
        (
            "promises of hardware, given up after 12 months",
            {"groups": ["hardware"], "dropped_after_months": 12.0},
        ),
    ):
        answer = answered(q, **change)
        board = answer.tables["board"]
        ours = [answer["median_slip_months"], *answer["median_slip_interval"]]
        yield from compared(q, words, ours, *promises.durations(board[board["due"]]), "months")

    q = "policy_evolution/recommendations"
    for words, change in (("default", {}), ("done or partly done", {"act": "partly"})):
        answer = answered(q, **change)
        ours = [answer["median_months"], *answer["median_interval"]]
        board = answer.tables["board"]
        board = board[board["measurable"]]
        came = board[f"{change.get('act', 'done')}_months"]
        yield from compared(q, words, ours, came.fillna(board["waited_months"]), came.notna(), "months")

    q = "regional_cooperation/partners"
    for words, change in (("default", {}), ("operations that name their text", {"operation_rule": "named"})):
        answer = answered(q, **change)
        ours = [answer[f"median_years{end}"] for end in ("_to_operation", "_low", "_high")]
        lags = answer.tables["lags"]
        yield from compared(q, words, ours, lags["years"], lags["observed"], "years")

    q = "space_systems/reconnaissance"
    from spacesec.space_systems.reconnaissance import model as reconnaissance

    for words, end in (
        ("default", "end in the catalogue"),
        ("end at the last known operation", "last operation"),
    ):
        lives = reconnaissance.lifetimes(end)
        ours = (
            [recorded(q, "median_life_years"), *recorded(q, "median_life_interval_years")]
            if words == "default"
            else median(lives["years"], lives["ended"])
        )
        yield from compared(q, words, ours, lives["years"], lives["ended"], "years")
    lives = reconnaissance.lifetimes("end in the catalogue")
    given = {"times": lives["years"].tolist(), "seen": lives["ended"].tolist(), "at": 5.0}
    ours = recorded(q, "five_year_survival_percent")
    yield Row(
        q, "still in service after five years", "default", ours, "percent", "sksurv_percent", given, 1e-6
    )

    given = {"times": [1.0, 2.0, 3.0, 4.0], "seen": [True] * 4}
    why = "the curve lies at one half between two times: R takes their middle, the others the first"
    for name in ("r_median", "lifelines_median"):
        words = "made up: 1, 2, 3 and 4 years, all ended"
        ours = median(given["times"], given["seen"])
        yield Row(q, "median on a plateau", words, ours, "years", name, given, 1e-6, why)

    q = "space_systems/exploration_and_investment"
    for words, change in (("default", {}), ("plans as last revised", {"plans": "latest"})):
        answer = answered(q, **change)
        ledger = answer.tables["ledger"]
        dated = ledger[ledger["slip_months"].notna()]
        ours = [answer["median_slip_months"], *answer["median_slip_interval_months"]]
        yield from compared(q, words, ours, dated["slip_months"], dated["delivered"], "months")
        given = {
            "times": dated["slip_months"].tolist(),
            "seen": dated["delivered"].tolist(),
            "civil": (dated["commitment_class"] == "civil").tolist(),
        }
        for name in ("r_log_rank", "lifelines_log_rank"):
            yield Row(
                q, "log-rank p, civil against the rest", words, answer["log_rank_p"], "", name, given, 1e-6
            )


@peer("R survival", r_release("survival"))
def r_median(times, seen):
    program = """library(survival)
    f <- survfit(Surv(numbers(1), numbers(2)) ~ 1, conf.type = 'log-log'); t <- summary(f)$table
    say(t['median'], t['0.95LCL'], t['0.95UCL'])"""
    return r(program, times, [int(s) for s in seen])


@peer("R survival", r_release("survival"))
def r_log_rank(times, seen, civil):
    program = """library(survival)
    d <- survdiff(Surv(numbers(1), numbers(2)) ~ numbers(3)); say(pchisq(d$chisq, 1, lower.tail = FALSE))"""
    return r(program, times, [int(s) for s in seen], [int(c) for c in civil])[0]


@peer("lifelines")
def lifelines_median(times, seen):
    from lifelines import KaplanMeierFitter
    from lifelines.utils import median_survival_times

    fit = KaplanMeierFitter().fit(_later(times), seen)
    shift = min(0.0, *times)
    limits = median_survival_times(fit.confidence_interval_).to_numpy()[0]
    return [fit.median_survival_time_ + shift, *(limits + shift)]


@peer("lifelines")
def lifelines_log_rank(times, seen, civil):
    import numpy as np
    from lifelines.statistics import logrank_test

    t, s, c = np.array(_later(times)), np.array(seen), np.array(civil)
    return logrank_test(t[c], t[~c], s[c], s[~c]).p_value


@peer("scikit-survival")
def sksurv_median(times, seen):
    import numpy as np
    from sksurv.nonparametric import kaplan_meier_estimator

    at, survival = kaplan_meier_estimator(np.array(seen), np.array(_later(times)))
    reached = at[survival <= 0.5 + 1e-12]
    return float(reached[0]) + min(0.0, *times) if len(reached) else None


@peer("scikit-survival")
def sksurv_percent(times, seen, at):
    import numpy as np
    from sksurv.nonparametric import kaplan_meier_estimator

    when, survival = kaplan_meier_estimator(np.array(seen), np.array(times))
    return 100 * survival[when <= at][-1]


def _later(times):
    """Early deliveries have negative times, which these packages refuse: all are moved by the earliest."""
    first = min(0.0, *times)
    return [t - first for t in times]


if __name__ == "__main__":
    serve()
