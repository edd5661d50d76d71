"""Closed forms, published values and identities for the shared statistics."""

import math

import numpy as np
import pytest

from spacesec.methods import statistics

# Remission times in weeks under 6-mercaptopurine (Freireich et al. 1963), the textbook example of censoring.
REMISSION_WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]


def test_kaplan_meier_of_five_durations_by_hand():
    curve = statistics.kaplan_meier(
        [5, 8, 12, 12, 20], [True, False, True, True, False], row_ids=["a", "b", "c", "d", "e"]
    )
    assert curve["row_ids"].tolist() == ["a", "b", "c;d", "e"]
    assert statistics.survival_at(curve, 4.9) == 1.0
    assert statistics.survival_at(curve, 5) == pytest.approx(4 / 5)
    assert statistics.survival_at(curve, 11.9) == pytest.approx(4 / 5)
    assert statistics.survival_at(curve, 12) == pytest.approx(4 / 5 * 1 / 3)
    assert statistics.survival_at(curve, 400) == pytest.approx(0.26667, abs=5e-6)
    assert curve["at_risk"].tolist() == [5, 4, 3, 1]
    assert statistics.survival_median(curve).estimate == 12


def test_kaplan_meier_reproduces_the_remission_data():
    """Survival and Greenwood standard errors as in Kleinbaum and Klein, Survival Analysis, table 2.2."""
    curve = statistics.kaplan_meier(REMISSION_WEEKS, RELAPSED).set_index("time")
    published = {
        6: (0.8571, 0.0764),
        7: (0.8067, 0.0869),
        10: (0.7529, 0.0963),
        13: (0.6902, 0.1068),
        16: (0.6275, 0.1141),
        22: (0.5378, 0.1282),
        23: (0.4482, 0.1346),
    }
    for week, (survival, error) in published.items():
        assert curve.loc[week, "survival"] == pytest.approx(survival, abs=6e-5)
        assert curve.loc[week, "standard_error"] == pytest.approx(error, abs=6e-5)
    assert statistics.survival_median(curve.reset_index()).estimate == 23
    assert math.isnan(statistics.survival_median(curve.reset_index()).high)


@pytest.mark.parametrize("week", [6, 13, 23])
def test_survival_intervals_follow_their_formulas(week):
    z = 1.959963984540054
    plain = statistics.kaplan_meier(REMISSION_WEEKS, RELAPSED, method="greenwood").set_index("time").loc[week]
    assert plain["low"] == pytest.approx(plain["survival"] - z * plain["standard_error"])
    assert plain["high"] == pytest.approx(min(1, plain["survival"] + z * plain["standard_error"]))
    loglog = statistics.kaplan_meier(REMISSION_WEEKS, RELAPSED).set_index("time").loc[week]
    s = loglog["survival"]
    width = z * loglog["standard_error"] / (s * abs(math.log(s)))
    assert loglog["low"] == pytest.approx(s ** math.exp(width))
    assert loglog["high"] == pytest.approx(s ** math.exp(-width))


def test_without_censoring_survival_is_the_share_still_waiting():
    times = [-3.0, 1.0, 4.0, 4.0, 9.0]
    curve = statistics.kaplan_meier(times, [True] * 5)
    for t in times:
        assert statistics.survival_at(curve, t) == pytest.approx(np.mean(np.array(times) > t))
    assert statistics.survival_median(curve).estimate == 4
    assert curve.iloc[-1]["standard_error"] == 0 and math.isnan(curve.iloc[-1]["high"])


def test_a_curve_that_stays_above_one_half_has_no_median():
    curve = statistics.kaplan_meier([2, 5, 5, 5], [True, False, False, False])
    assert math.isnan(statistics.survival_median(curve).estimate)


def test_everything_censored_keeps_survival_at_one():
    curve = statistics.kaplan_meier([3, 7], [False, False])
    assert curve["survival"].tolist() == [1, 1] and curve["low"].tolist() == [1, 1]


def test_exactly_one_half_is_a_median():
    curve = statistics.kaplan_meier([1, 2, 3, 4], [True] * 4)
    assert statistics.survival_median(curve).estimate == 2


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904)],
)
def test_poisson_limits_are_garwoods(count, low, high):
    interval = statistics.poisson_interval(count)
    assert interval.low == pytest.approx(low, abs=6e-5) and interval.high == pytest.approx(high, abs=6e-5)


def test_no_event_gives_the_rule_of_three():
    one_sided = statistics.poisson_interval(0, level=0.90)
    assert one_sided.high == pytest.approx(-math.log(0.05))
    assert statistics.poisson_rate_interval(0, 10, level=0.90).high == pytest.approx(-math.log(0.05) / 10)


def test_binomial_limits_have_their_closed_forms():
    none = statistics.clopper_pearson(0, 10)
    assert none.low == 0 and none.high == pytest.approx(1 - 0.025 ** (1 / 10))
    everything = statistics.clopper_pearson(10, 10)
    assert everything.high == 1 and everything.low == pytest.approx(0.025 ** (1 / 10))
    # Printed in textbook tables of exact limits: 7 of 20.
    assert statistics.clopper_pearson(7, 20).low == pytest.approx(0.1539, abs=6e-5)
    assert statistics.clopper_pearson(7, 20).high == pytest.approx(0.5922, abs=6e-5)


def test_bootstrap_repeats_with_its_seed_and_has_the_normal_width():
    values = np.linspace(-1, 1, 200)
    first = statistics.bootstrap_interval(values, seed=1, draws=4000)
    assert first == statistics.bootstrap_interval(values, seed=1, draws=4000)
    assert first.estimate == pytest.approx(0, abs=1e-12)
    assert first.high == pytest.approx(1.96 * values.std() / math.sqrt(200), rel=0.05)
    assert first.low == pytest.approx(-1.96 * values.std() / math.sqrt(200), rel=0.05)


def test_bootstrap_keeps_rows_together():
    rows = np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])
    ratio = statistics.bootstrap_interval(rows, lambda s: s[:, 1].sum() / s[:, 0].sum(), seed=3, draws=200)
    assert (ratio.low, ratio.estimate, ratio.high) == (10, 10, 10)


def test_brier_landmarks():
    assert statistics.brier_score([0.5] * 7, [1, 0, 1, 1, 0, 0, 0]) == 0.25
    assert statistics.brier_score([1, 0, 1], [True, False, True]) == 0
    assert statistics.brier_score([1, 0], [False, True]) == 1
    assert statistics.brier_skill(0.1, 0.25) == pytest.approx(0.6)
    assert statistics.brier_skill(0.25, 0.25) == 0
    assert math.isnan(statistics.brier_skill(0.1, 0.0))


def test_forecasting_the_base_rate_scores_its_variance():
    outcomes = [1, 1, 1, 0]
    assert statistics.brier_score([0.75] * 4, outcomes) == pytest.approx(0.75 * 0.25)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: statistics.kaplan_meier([], []), "durations is empty"),
        (lambda: statistics.kaplan_meier([1, 2], [True]), "same length"),
        (lambda: statistics.kaplan_meier([1.0, math.nan], [True, True]), "finite"),
        (lambda: statistics.kaplan_meier([1.0], [True], level=95), "level is 95"),
        (lambda: statistics.poisson_interval(-1), "count is -1"),
        (lambda: statistics.poisson_rate_interval(1, 0), "exposure is 0"),
        (lambda: statistics.clopper_pearson(3, 2), "3 of trials 2"),
        (lambda: statistics.brier_score([1.2], [True]), "outside 0 to 1"),
        (lambda: statistics.brier_score([0.2], [0.4]), "neither true nor false"),
        (lambda: statistics.bootstrap_interval([], seed=1), "values is empty"),
    ],
)
def test_bad_input_is_refused_in_one_sentence(call, said):
    with pytest.raises(ValueError, match=said):
        call()
