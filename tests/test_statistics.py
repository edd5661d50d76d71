"""Closed forms, published values and identities for the shared statistics."""

import math

import numpy as np
import pytest
from scipy import optimize, stats

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


@pytest.mark.parametrize("times", [[1, 2, 3, 4], [0.5, 3, 8, 9, 9, 20], [4, 4, 6, 6]])
def test_without_censoring_the_median_is_that_of_the_sample(times):
    curve = statistics.kaplan_meier(times, [True] * len(times))
    assert statistics.survival_median(curve).estimate == np.median(times)


@pytest.mark.parametrize(
    "times, seen, median",
    [
        ([1, 2, 5, 8], [1, 1, 0, 0], 2),
        ([1, 2, 5, 8, 9], [1, 1, 0, 1, 1], 8),
        ([1, 2, 3, 6, 8, 9], [1, 1, 1, 0, 1, 0], 5.5),
    ],
)
def test_a_stretch_at_one_half_is_read_as_r_reads_it(times, seen, median):
    """R 4.2.2, package survival 3.5.3: survfit(Surv(times, seen) ~ 1)."""
    assert statistics.survival_median(statistics.kaplan_meier(times, seen)).estimate == median


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


def lagged_deviance(counts, exposure, rate):
    """Twice the fall of the log-likelihood from its best to that at this rate, by brute force with scipy."""

    def negative(log_shape, mean):
        shape = math.exp(log_shape)
        return -stats.nbinom.logpmf(counts, shape, shape / (shape + mean * exposure)).sum()

    def best(mean):
        return min(
            optimize.minimize_scalar(negative, args=(mean,), bounds=ends, method="bounded").fun
            for ends in ((-4.6, 0), (0, 3), (3, 9))
        )

    return 2 * (best(rate) - best(counts.sum() / exposure.sum()))


@pytest.mark.parametrize(
    "counts, exposure",
    [
        ([6, 0, 1, 0, 0, 0, 2, 1, 1, 4, 0], [1.0] * 10 + [0.5]),
        ([2, 6, 19, 15, 24, 21, 0, 27, 9, 6, 69, 33, 41, 11], [1.0] * 14),
        ([12, 7, 9, 14, 3, 8], [1.0, 0.5, 1.0, 1.0, 0.25, 1.0]),
    ],
)
def test_limits_of_a_clustered_rate_are_where_the_deviance_is_t_squared(counts, exposure):
    found = statistics.count_rate_interval(counts, exposure)
    counts, exposure = np.array(counts), np.array(exposure)
    assert found.estimate == pytest.approx(counts.sum() / exposure.sum())
    wanted = stats.t.ppf(0.975, len(counts) - 1) ** 2
    for limit in (found.low, found.high):
        assert lagged_deviance(counts, exposure, limit) == pytest.approx(wanted, abs=0.02)


def test_counts_that_do_not_scatter_give_the_limits_of_one_poisson_count():
    found = statistics.count_rate_interval([5] * 12)
    total, wanted = 60, stats.t.ppf(0.975, 11) ** 2
    for limit in (found.low, found.high):
        # Deviance of one Poisson count: 2 [x ln(x / m) - (x - m)].
        mean = 12 * limit
        assert 2 * (total * math.log(total / mean) - total + mean) == pytest.approx(wanted, rel=0.01)
    ratio = statistics.count_rate_ratio([5] * 12, [10] * 10)
    assert ratio.estimate == pytest.approx(2)
    for limit in (ratio.low, ratio.high):
        pooled = 160 / (12 + 10 * limit)
        deviance = 2 * (60 * math.log(5 / pooled) + 100 * math.log(10 / (pooled * limit)))
        assert deviance == pytest.approx(stats.t.ppf(0.975, 20) ** 2, rel=0.01)


def test_clustered_counts_have_wider_limits_than_poisson_and_turn_round_with_the_ratio():
    before, after = [0, 0, 7, 0, 0, 8, 0, 0, 1, 0], [2, 6, 19, 15, 24, 21, 0, 27]
    rate, exact = statistics.count_rate_interval(after), statistics.poisson_rate_interval(sum(after), 8)
    assert rate.low < exact.low and rate.high > exact.high
    one, other = statistics.count_rate_ratio(before, after), statistics.count_rate_ratio(after, before)
    assert one.low == pytest.approx(1 / other.high, rel=1e-3)
    assert one.high == pytest.approx(1 / other.low, rel=1e-3)


def test_what_counts_cannot_give_is_nan():
    none = statistics.count_rate_interval([0, 0, 0])
    assert (none.estimate, none.low) == (0, 0) and math.isnan(none.high)
    single = statistics.count_rate_interval([4], [2.0])
    assert single.estimate == 2 and math.isnan(single.low) and math.isnan(single.high)
    assert math.isnan(statistics.count_rate_ratio([0, 0], [1, 2]).estimate)
    assert math.isnan(statistics.count_rate_ratio([3], [1, 2]).high)
    for counts, exposure in (([], None), ([1, -1], None), ([1, 2], [1.0]), ([1, 2], [1.0, 0.0])):
        with pytest.raises(ValueError, match="counts"):
            statistics.count_rate_interval(counts, exposure)


def test_means_of_scores_have_the_limits_of_as_many_answers_as_scatter_so():
    # Yes-or-no scores scatter as their own number less one, because the variance is taken with n - 1.
    found = statistics.mean_score_interval([1, 1, 1, 0, 0, 1, 0, 1, 1])
    exact = stats.beta.ppf([0.025, 0.975], [16 / 3, 16 / 3 + 1], [8 - 16 / 3 + 1, 8 - 16 / 3])
    assert (found.low, found.high) == pytest.approx(tuple(exact))
    alike = statistics.mean_score_interval([1.0] * 9)
    assert alike.high == 1 and alike.low == pytest.approx(0.025 ** (1 / 9))
    halves = statistics.mean_score_interval([0.5, 1, 0.5, 0, 0.5, 0.5, 1, 0.5])
    assert halves.low > statistics.clopper_pearson(4, 8).low  # halves scatter less than yes or no
    with pytest.raises(ValueError, match="from 0 to 1"):
        statistics.mean_score_interval([0.5, 2])


# What the measured coverage is measured on: years, mean and shape of their yearly counts.
YEARS = [(10, 12, 1.2), (14, 20, 1.2), (17, 17, 1.0), (17, 1.0, 0.2), (11, 1.4, 0.7), (17, 5, 50)]
PERIODS = [((17, 1.5, 0.5), (14, 12, 1.2)), ((14, 4, 1.0), (17, 4, 1.0)), ((17, 1, 0.2), (14, 20, 1.0))]


def yearly(generator, kind, years, mean, shape):
    if kind == "negative binomial":
        rates = generator.gamma(shape, mean / shape, years)
    else:  # log-normal rates of the same mean and variance
        spread = math.log(1 + 1 / shape)
        rates = np.exp(generator.normal(math.log(mean) - spread / 2, math.sqrt(spread), years))
    return generator.poisson(rates)


def covered(interval, truth):
    return not interval.low > truth and not interval.high < truth  # an open end holds whatever lies there


def measured(draws, hits, least, most):
    """The share of hits lies in the stated range, give or take three standard errors of the simulation."""
    slack = 3 * math.sqrt(0.95 * 0.05 / draws)
    assert least / 100 - slack <= hits / draws <= min(1, most / 100 + slack)


@pytest.mark.parametrize("kind", ["negative binomial", "heavier tails"])
@pytest.mark.parametrize("years, mean, shape", YEARS)
def test_coverage_of_clustered_rates_is_as_stated(kind, years, mean, shape):
    generator = np.random.default_rng(7)
    drawn = [counts for _ in range(400) if (counts := yearly(generator, kind, years, mean, shape)).sum()]
    hits = sum(covered(statistics.count_rate_interval(counts), mean) for counts in drawn)
    measured(len(drawn), hits, *statistics.COVERAGE_PERCENT["count_rate_interval"][kind])


@pytest.mark.parametrize("kind", ["negative binomial", "heavier tails"])
@pytest.mark.parametrize("before, after", PERIODS)
def test_coverage_of_clustered_ratios_is_as_stated(kind, before, after):
    generator = np.random.default_rng(8)
    pairs = [(yearly(generator, kind, *before), yearly(generator, kind, *after)) for _ in range(80)]
    pairs = [pair for pair in pairs if pair[0].sum() and pair[1].sum()]
    hits = sum(covered(statistics.count_rate_ratio(*pair), after[1] / before[1]) for pair in pairs)
    measured(len(pairs), hits, *statistics.COVERAGE_PERCENT["count_rate_ratio"][kind])


@pytest.mark.parametrize("size", [5, 10, 17, 56])
@pytest.mark.parametrize("chances", [(0.5, 0.4, 0.1), (0.1, 0.2, 0.7), (0.02, 0.08, 0.9), (0.2, 0.8, 0)])
def test_coverage_of_mean_scores_is_as_stated(size, chances):
    generator = np.random.default_rng(9)
    truth = float(np.dot((0, 0.5, 1), chances))
    drawn = generator.choice([0, 0.5, 1], (1000, size), p=chances)
    hits = sum(covered(statistics.mean_score_interval(scores), truth) for scores in drawn)
    measured(1000, hits, *statistics.COVERAGE_PERCENT["mean_score_interval"]["scores"])


def test_a_level_of_all_or_nothing_is_refused():
    for level in (0, 1):
        with pytest.raises(ValueError, match="lies between 0 and 1"):
            statistics.poisson_interval(3, level=level)
    assert statistics.poisson_interval(3, level=0.001).high > statistics.poisson_interval(3, level=0.001).low


def test_limits_of_a_poisson_count_leave_half_the_rest_on_either_side():
    # Garwood's limits by their meaning: at the lower mean so many or more come with the tail's probability.
    for count, level in ((1, 0.95), (4, 0.8), (30, 0.99)):
        found = statistics.poisson_interval(count, level=level)
        assert stats.poisson.sf(count - 1, found.low) == pytest.approx((1 - level) / 2)
        assert stats.poisson.cdf(count, found.high) == pytest.approx((1 - level) / 2)
        assert (found.estimate, found.level) == (count, level)
    with pytest.raises(ValueError, match="whole number"):
        statistics.poisson_interval(0.5)


def test_a_rate_is_the_count_and_its_limits_over_the_exposure():
    one, rate = statistics.poisson_interval(6, level=0.9), statistics.poisson_rate_interval(6, 0.4, level=0.9)
    assert (rate.estimate, rate.low, rate.high) == pytest.approx((15, one.low / 0.4, one.high / 0.4))
    assert rate.level == 0.9


def test_limits_of_a_share_leave_half_the_rest_on_either_side():
    for successes, trials, level in ((1, 1, 0.95), (0, 1, 0.95), (3, 17, 0.8)):
        found = statistics.clopper_pearson(successes, trials, level=level)
        assert found.estimate == successes / trials
        if successes:
            assert stats.binom.sf(successes - 1, trials, found.low) == pytest.approx((1 - level) / 2)
        if successes < trials:
            assert stats.binom.cdf(successes, trials, found.high) == pytest.approx((1 - level) / 2)
    for successes, trials in ((0, 0), (-1, 5), (6, 5)):
        with pytest.raises(ValueError, match="at least one trial"):
            statistics.clopper_pearson(successes, trials)


def test_survival_of_censored_durations_is_the_product_by_hand():
    # At risk 6, 5, 3, 2: (5/6)(3/5)... with a duration censored at an event time still at risk there.
    curve = statistics.kaplan_meier([1, 2, 2, 4, 7, 9], [1, 1, 0, 1, 0, 1])
    assert curve["events"].tolist() == [1, 1, 1, 0, 1] and curve["censored"].tolist() == [0, 1, 0, 1, 0]
    assert curve["at_risk"].tolist() == [6, 5, 3, 2, 1]
    wanted = np.cumprod([5 / 6, 4 / 5, 2 / 3, 1, 0])
    assert curve["survival"].tolist() == pytest.approx(wanted.tolist())
    # Greenwood: S squared times the sum of d / (n (n - d)).
    sums = np.cumsum([1 / (6 * 5), 1 / (5 * 4), 1 / (3 * 2), 0])
    assert curve["standard_error"].tolist()[:4] == pytest.approx((wanted[:4] * np.sqrt(sums)).tolist())
    assert curve["standard_error"].iloc[-1] == 0 and math.isnan(curve["low"].iloc[-1])
    plain = statistics.kaplan_meier([1, 2, 2, 4, 7, 9], [1, 1, 0, 1, 0, 1], method="greenwood")
    assert plain["low"].min() >= 0 and plain["high"].max() <= 1


def test_limits_of_a_median_are_where_the_limits_of_the_curve_pass_one_half():
    curve = statistics.kaplan_meier(REMISSION_WEEKS, RELAPSED)
    found = statistics.survival_median(curve)
    assert found.low == curve.loc[curve["low"] <= 0.5, "time"].iloc[0] and found.low < found.estimate
    # A shorter record whose upper limit passes one half too.
    times = list(range(1, 31))
    curve = statistics.kaplan_meier(times, [True] * 30)
    found = statistics.survival_median(curve)
    assert found.estimate == 15.5
    assert found.high == curve.loc[curve["high"] <= 0.5, "time"].iloc[0]


@pytest.mark.parametrize("counts", [[2, 6, 19, 15, 24, 21, 0, 27], [0, 0, 7, 0, 0, 8, 0, 0, 1, 0]])
def test_the_profile_of_a_clustered_rate_is_exact_to_a_thousandth(counts):
    # The shapes are tried on a grid with a parabola between; the deviance must not show the grid.
    found = statistics.count_rate_interval(counts, level=0.9)
    wanted = stats.t.ppf(0.95, len(counts) - 1) ** 2
    for limit in (found.low, found.high):
        reached = lagged_deviance(np.array(counts), np.ones(len(counts)), limit)
        assert reached == pytest.approx(wanted, abs=1e-3)
    assert found.level == 0.9


def test_counts_of_more_than_one_dimension_are_refused():
    with pytest.raises(ValueError, match="flat sequences"):
        statistics.count_rate_interval([[1, 2], [3, 4]])
    with pytest.raises(ValueError, match="flat sequence"):
        statistics.mean_score_interval([[0.5, 1], [0, 1]])


def test_a_rate_of_two_units_is_enough_and_less_than_one_count_a_unit_too():
    # Student's t of one degree of freedom is 1 at one half; at 95 percent it is so large that no limit is
    # found.
    pair = statistics.count_rate_interval([3, 4], level=0.5)
    for limit in (pair.low, pair.high):  # two counts that hardly scatter are one Poisson count
        assert 2 * (7 * math.log(3.5 / limit) - 7 + 2 * limit) == pytest.approx(1, rel=0.01)
    assert math.isnan(statistics.count_rate_interval([3, 4]).low)
    rare = statistics.count_rate_interval([1, 0, 0, 0, 1, 0, 0, 1], [0.5] * 8)
    assert rare.estimate == 0.75 and 0 < rare.low < 0.75 < rare.high
    # Periods of two units each are enough for a ratio; half the exposure makes twice the rate.
    ratio = statistics.count_rate_ratio([5, 6], [9, 14], [1, 1], [0.5, 0.5], level=0.5)
    assert ratio.estimate == pytest.approx(23 / 11 * 2) and ratio.low < ratio.estimate < ratio.high


def test_scores_that_hardly_scatter_count_as_at_most_four_answers_each():
    # Ten halves and a one: the mean (6/11) would scatter as more than four times eleven answers.
    found = statistics.mean_score_interval([0.5] * 10 + [1.0])
    hits, trials = 6 / 11 * 44, 44
    assert found.low == pytest.approx(stats.beta.ppf(0.025, hits, trials - hits + 1))
    assert found.high == pytest.approx(stats.beta.ppf(0.975, hits + 1, trials - hits))
    alone = statistics.mean_score_interval([0.5], level=0.8)  # as one answer
    assert alone.low == pytest.approx(stats.beta.ppf(0.1, 0.5, 1.5)) and alone.level == 0.8
    assert alone.high == pytest.approx(stats.beta.ppf(0.9, 1.5, 0.5))
    zero = statistics.mean_score_interval([0.0] * 4)
    assert zero.low == 0 and zero.high == pytest.approx(1 - 0.025 ** (1 / 4))
    # Two scores are enough for a scatter: 0 and 1 have the variance of one half, so of one answer.
    two = statistics.mean_score_interval([0, 1])
    assert two.high == pytest.approx(stats.beta.ppf(0.975, 1.5, 0.5))


def test_a_bootstrap_is_the_quantiles_of_statistics_of_resamples():
    values, generator = np.array([1.0, 2.0, 5.0, 11.0, 3.0]), np.random.default_rng(42)
    means = [values[generator.integers(0, 5, 5)].mean() for _ in range(300)]
    found = statistics.bootstrap_interval(values, seed=42, draws=300, level=0.8)
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(means, [0.1, 0.9])))
    assert found.estimate == pytest.approx(4.4) and found.level == 0.8


def test_a_bootstrap_leaves_out_draws_without_a_value_and_may_have_one_draw():
    # The statistic knows only resamples that hold a positive number.
    values = np.array([-1.0, 2.0])
    found = statistics.bootstrap_interval(
        values, lambda s: s[s > 0].mean() if (s > 0).any() else math.nan, seed=5, draws=50
    )
    assert (found.low, found.high) == (2, 2)
    none = statistics.bootstrap_interval(values, lambda s: math.nan, seed=5, draws=3)
    assert math.isnan(none.low) and math.isnan(none.high)
    one = statistics.bootstrap_interval([4.0, 4.0], seed=5, draws=1)
    assert (one.low, one.high) == (4, 4)
    with pytest.raises(ValueError, match="at least one draw"):
        statistics.bootstrap_interval(values, seed=5, draws=0)


def test_forecasts_of_certainty_are_allowed_and_negative_ones_are_not():
    assert statistics.brier_score([0.0, 1.0, 0.3], [0, 1, 1]) == pytest.approx(0.49 / 3)
    with pytest.raises(ValueError, match="outside 0 to 1"):
        statistics.brier_score([-0.01], [0])
    with pytest.raises(ValueError, match="flat sequences"):
        statistics.brier_score([[0.5], [0.5]], [[1], [0]])
    assert statistics.brier_skill(0.5, 0.25) == -1


def test_measured_coverage_of_several_intervals_is_their_widest_range():
    table = statistics.COVERAGE_PERCENT
    both = [bound for name in ("count_rate_interval", "count_rate_ratio") for bound in table[name].values()]
    assert statistics.coverage_percent("count_rate_interval", "count_rate_ratio") == [
        min(low for low, _ in both),
        max(high for _, high in both),
    ]
    assert statistics.coverage_percent("mean_score_interval") == list(table["mean_score_interval"]["scores"])
