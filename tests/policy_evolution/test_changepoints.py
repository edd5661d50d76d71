"""Expected values: closed forms, brute force over all cuts, textbook series, published simulation results."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from scipy.stats import nbinom

from spacesec.policy_evolution.turning_points import changepoints as cp
from spacesec.policy_evolution.turning_points.model import COAL


def test_one_year_evidence_is_the_negative_binomial():
    # Greenwood and Yule 1920: a gamma mixture of Poisson counts is negative binomial; the model leaves out
    # y!.
    from math import lgamma

    for y in (0, 1, 4, 11):
        ours = float(cp.log_evidence_poisson(y, 1, 2.5, 0.8)) - lgamma(y + 1)
        assert ours == pytest.approx(nbinom.logpmf(y, 2.5, 0.8 / 1.8), abs=1e-12)


def test_evidence_obeys_the_chain_rule():
    # p(a, b) = p(a) p(b | a): the second year is scored under the posterior of the first.
    both = cp.log_evidence_poisson(7, 2, 1.3, 0.4)
    assert float(both) == pytest.approx(
        float(cp.log_evidence_poisson(3, 1, 1.3, 0.4) + cp.log_evidence_poisson(4, 1, 1.3 + 3, 0.4 + 1)),
        abs=1e-12,
    )


def test_mix_evidence_is_the_polya_urn():
    # Codes a, a, b from an urn with one ball of each of two colours: 1/2 · 2/3 · 1/4.
    assert float(np.exp(cp.log_evidence_mix(np.array([2.0, 1.0]), 1.0))) == pytest.approx(
        1 / 2 * 2 / 3 * 1 / 4, abs=1e-12
    )


@pytest.mark.parametrize("most, shortest", [(1, 1), (2, 2), (3, 1)])
def test_posterior_equals_brute_force(most, shortest):
    counts = np.array([2, 3, 1, 0, 7, 6, 8, 2])
    shape, rate, n = 0.7, 0.3, 8
    cuts = [
        (k, cut)
        for k in range(most + 1)
        for cut in combinations(range(1, n), k)
        if min(np.diff((0, *cut, n))) >= shortest
    ]
    number = [sum(k == c[0] for c in cuts) for k in range(most + 1)]
    weight = np.array(
        [
            np.exp(
                sum(
                    cp.log_evidence_poisson(counts[a:b].sum(), b - a, shape, rate)
                    for a, b in zip((0, *cut), (*cut, n))
                )
            )
            / number[k]
            for k, cut in cuts
        ]
    )
    weight /= weight.sum()
    at = np.array([sum(w for w, (_, cut) in zip(weight, cuts) if year in cut) for year in range(n)])
    mean = np.zeros(n)
    for w, (_, cut) in zip(weight, cuts):
        for a, b in zip((0, *cut), (*cut, n)):
            mean[a:b] += w * (shape + counts[a:b].sum()) / (rate + b - a)
    found = cp.poisson_posterior(counts, most, shortest, shape, rate)
    np.testing.assert_allclose(found.at, at, atol=1e-12)
    np.testing.assert_allclose(found.rate, mean, rtol=1e-12)
    np.testing.assert_allclose(
        found.number,
        [sum(w for w, (k, _) in zip(weight, cuts) if k == j) for j in range(most + 1)],
        atol=1e-12,
    )
    assert found.at.sum() == pytest.approx(float(found.number @ np.arange(most + 1)), abs=1e-12)


def test_forty_zeros_then_forty_fives():
    generator = np.random.default_rng(5)
    for after in (np.full(40, 5), generator.poisson(5, 40)):
        found = cp.poisson_posterior(np.r_[np.zeros(40), after], most=3)
        assert found.at[39:42].sum() > 0.99
        assert found.breaks[0] in (39, 40, 41)


def test_coal_mining_disasters():
    # Carlin, Gelfand and Smith 1992: the three largest spikes are at 1891, 1890 and 1889; rates about 3.1 and
    # 0.9 a year.
    found = cp.poisson_posterior(np.array(COAL), 1, 1, 1.0, 1.0)
    assert len(COAL) == 112 and sum(COAL) == 191
    last_of_old = 1851 + np.argsort(found.at)[::-1][:3] - 1
    assert last_of_old.tolist() == [1891, 1890, 1889]
    assert found.rate[0] == pytest.approx(3.1, abs=0.1) and found.rate[-1] == pytest.approx(0.92, abs=0.05)


def test_reversed_series_gives_mirrored_breaks():
    counts = np.array([1, 0, 2, 1, 6, 7, 5, 9, 3, 2])
    one, other = cp.poisson_posterior(counts, 2), cp.poisson_posterior(counts[::-1], 2)
    np.testing.assert_allclose(one.at[1:], other.at[1:][::-1], atol=1e-12)


def test_mix_ignores_how_many_and_sees_how_divided():
    steady = np.column_stack([np.arange(1, 21), np.arange(1, 21)])
    turned = np.array([[5, 0]] * 10 + [[0, 5]] * 10)
    assert cp.mix_posterior(steady, 1).number[0] > 0.5
    assert cp.mix_posterior(turned, 1).at[10] > 0.99


def test_interrupted_fit_recovers_level_and_slope():
    t = np.arange(25.0)
    series = 2 + 0.3 * t + np.where(t >= 9, 4 + 0.5 * (t - 9), 0) + 1e-6 * np.sin(t)
    fit = cp.interrupted_fit(series, 9)
    assert fit["level"][0] == pytest.approx(4, abs=1e-4) and fit["slope"][0] == pytest.approx(0.5, abs=1e-5)


@pytest.mark.parametrize("correlation, level, slope", [(0.0, 4.7, 5.0), (0.3, 12.0, 13.7), (0.6, 23.0, 29.0)])
def test_false_alarms_of_least_squares(correlation, level, slope):
    # Simulation of others for 25 yearly points with a break after nine, nominal 5 percent; cf. Turner et al.
    # 2021.
    found = cp.false_alarms(25, 9, correlation, seed=1)
    assert found[0] * 100 == pytest.approx(level, abs=1.5) and found[1] * 100 == pytest.approx(slope, abs=1.5)


def test_detectable_level_step():
    # The same simulation: 2.54 residual standard deviations for 80 percent power.
    assert cp.detectable_level(25, 9) == pytest.approx(2.54, abs=0.03)


def test_power_rises_from_the_false_alarm_rate():
    found = cp.step_power(3.0, 15, 15, np.array([1.0, 2.0, 4.0]), seed=3, draws=1500)
    assert found.power[0] == pytest.approx(0.05, abs=0.025)
    assert found.power[0] < found.power[1] < found.power[2] and found.power[2] > 0.99
    assert 1.0 < found.smallest < 4.0


def test_bayes_factor_agrees_with_the_posterior():
    counts = np.array([1, 2, 0, 3, 1, 6, 4, 7, 5, 8])
    found = cp.poisson_posterior(counts, 1)
    assert float(cp.log_bayes_factor(counts)[0]) == pytest.approx(
        found.log_evidence[1] - found.log_evidence[0], abs=1e-10
    )


def test_impossible_series_are_refused():
    with pytest.raises(ValueError, match="fewer breaks"):
        cp.poisson_posterior(np.array([1, 2, 3]), most=3)
    with pytest.raises(ValueError, match="zero or more"):
        cp.poisson_posterior(np.array([1, -2, 3]), most=1)


# Expected: ruptures 1.1.10, Pelt and Dynp with jump 1, fewest years 3, and a cost of twice the negative
# log-likelihood.
PACE = [
    1,
    0,
    0,
    0,
    0,
    1,
    0,
    1,
    1,
    1,
    0,
    1,
    2,
    5,
    3,
    1,
    1,
    4,
    2,
    1,
    3,
    1,
    6,
    8,
    7,
    7,
    6,
    7,
    11,
    11,
    11,
    6,
    8,
    15,
    18,
    20,
]


@pytest.mark.parametrize(
    ("penalty", "years"),
    [(np.log(36), [2002, 2012, 2023]), (2 * np.log(36), [2002, 2012, 2023]), (4 * np.log(36), [2012, 2023])],
)
def test_penalised_breaks_are_those_of_ruptures(penalty, years):
    found = cp.penalised_breaks(cp.poisson_cost(np.array(PACE), 3), penalty)
    assert [1990 + position for position in found] == years


def test_penalised_breaks_of_the_coal_mines_are_those_of_ruptures():
    cost = cp.poisson_cost(np.array(COAL), 3)
    assert [1851 + position for position in cp.penalised_breaks(cost, 2 * np.log(112))] == [
        1892,
        1948,
    ]


def test_no_cut_costs_less_than_the_penalised_one():
    """Every cut of twelve years tried, for counts and for mixes."""
    generator = np.random.default_rng(11)
    for _ in range(20):
        counts = generator.poisson(np.r_[np.full(5, 2.0), np.full(7, generator.choice([2.0, 6.0]))])
        table = generator.multinomial(5, generator.dirichlet(np.ones(3)), 12)
        for cost in (cp.poisson_cost(counts, 2), cp.mix_cost(table, 2)):

            def total(cut, cost=cost):
                ends = [0, *cut, 12]
                return sum(cost[a, b - 1] for a, b in pairwise(ends)) + 2.5 * len(cut)

            every = [cut for k in range(6) for cut in combinations(range(1, 12), k)]
            found = cp.penalised_breaks(cost, 2.5)
            assert total(found) == pytest.approx(min(map(total, every)), abs=1e-9)


def test_costs_are_twice_the_negative_log_likelihood_up_to_what_all_cuts_share():
    from scipy.stats import multinomial, poisson

    counts, table = np.array([3, 0, 4, 9]), np.array([[2, 1], [0, 3], [4, 0], [1, 1]])
    cost = cp.poisson_cost(counts)
    halves = [-2 * poisson.logpmf(part, part.mean()).sum() for part in (counts[:3], counts[3:])]
    whole = -2 * poisson.logpmf(counts, counts.mean()).sum()
    assert cost[0, 3] - cost[0, 2] - cost[3, 3] == pytest.approx(whole - sum(halves))
    mixes = cp.mix_cost(table)

    def likelihood(rows):
        share = rows.sum(axis=0) / rows.sum()
        return -2 * sum(multinomial.logpmf(row, row.sum(), share) for row in rows)

    gain = likelihood(table) - likelihood(table[:2]) - likelihood(table[2:])
    assert mixes[0, 3] - mixes[0, 1] - mixes[2, 3] == pytest.approx(gain)


def _every_cut(n, most, shortest):
    """Starts of the later segments, for every way to cut n years so."""
    return [
        cut
        for k in range(most + 1)
        for cut in combinations(range(1, n), k)
        if min(np.diff((0, *cut, n))) >= shortest
    ]


def test_a_mix_is_weighed_as_by_brute_force():
    table = np.array([[2, 0, 1], [1, 1, 0], [3, 0, 0], [0, 2, 2], [0, 4, 1], [1, 3, 0], [0, 0, 5], [1, 0, 2]])
    weight, most, shortest, n = 0.7, 3, 2, 8

    def urn(rows):
        """A Pólya urn, ball by ball: each colour's chance is its balls over all balls."""
        balls, chance = np.full(3, weight), 1.0
        for colour in np.repeat(np.arange(3), rows.sum(axis=0)):
            chance *= balls[colour] / balls.sum()
            balls[colour] += 1
        return chance

    cuts = _every_cut(n, most, shortest)
    ways = np.bincount([len(cut) for cut in cuts])
    chance = np.array(
        [np.prod([urn(table[a:b]) for a, b in pairwise((0, *cut, n))]) / ways[len(cut)] for cut in cuts]
    )
    chance /= chance.sum()
    found = cp.mix_posterior(table, most, shortest, weight)
    for k in range(most + 1):
        own = [(one, cut) for one, cut in zip(chance, cuts) if len(cut) == k]
        assert found.number[k] == pytest.approx(sum(one for one, _ in own), abs=1e-12)
        assert found.best[k] == max(own)[1]
    at = [sum(one for one, cut in zip(chance, cuts) if year in cut) for year in range(n)]
    np.testing.assert_allclose(found.at, at, atol=1e-12)
    assert found.rate is None


def test_the_most_probable_cut_of_each_number_is_that_of_brute_force():
    counts, n = np.array([2, 3, 1, 0, 7, 6, 8, 2, 2]), 9
    found = cp.poisson_posterior(counts, 4, 1, 0.7, 0.3)

    def chance(cut):
        return sum(
            float(cp.log_evidence_poisson(counts[a:b].sum(), b - a, 0.7, 0.3))
            for a, b in pairwise((0, *cut, n))
        )

    for k in range(5):
        assert found.best[k] == max((cut for cut in _every_cut(n, 4, 1) if len(cut) == k), key=chance)
    assert found.breaks == found.best[int(np.argmax(found.number))]


def test_the_priors_mean_is_the_mean_of_the_series_or_less_than_one_event_in_all_of_it():
    counts = np.array([4, 1, 0, 3])
    mean, told = (cp.poisson_posterior(counts, 1, 1, 3.0, rate) for rate in (None, 3.0 / 2.0))
    np.testing.assert_allclose(mean.log_evidence, told.log_evidence)
    empty, told = (cp.poisson_posterior(np.zeros(5), 1, 1, 2.0, rate) for rate in (None, 2.0 * 5))
    np.testing.assert_allclose(empty.log_evidence, told.log_evidence)


def test_what_falls_near_a_year_is_a_sum_cut_at_one():
    at = np.array([0.0, 0.1, 0.2, 0.3, 0.5, 0.4])
    posterior = cp.Posterior(np.array([1.0]), at, ((),), None, np.zeros(1))
    assert posterior.near(3, 0) == pytest.approx(0.3)
    assert posterior.near(2, 1) == pytest.approx(0.1 + 0.2 + 0.3)
    assert posterior.near(1, 3) == 1.0  # 1.1 breaks are expected there
    assert posterior.near(1, 2) == pytest.approx(0.6)  # no year before the first
    assert posterior.near(5, 1) == pytest.approx(0.9)  # none after the last


def test_as_many_breaks_as_just_fit_are_taken():
    found = cp.poisson_posterior(np.array([0, 1, 9, 8, 2, 3]), most=2, shortest=2)
    assert found.best[2] == (2, 4)
    with pytest.raises(ValueError, match="fewer breaks"):
        cp.poisson_posterior(np.array([0, 1, 9, 8, 2]), most=2, shortest=2)


def test_a_segment_of_just_the_fewest_years_has_a_cost_and_a_shorter_one_has_none():
    table = np.array([[1, 2], [3, 0], [0, 4], [2, 2], [5, 1]])
    length = np.arange(1, 6)[None, :] - np.arange(5)[:, None]
    for cost in (cp.poisson_cost(table[:, 0], 3), cp.mix_cost(table, 3)):
        assert np.array_equal(np.isfinite(cost), length >= 3)
    # Six events in three years, and a mix of 4 and 6 among ten: by hand.
    assert cp.poisson_cost(np.array([1, 2, 3]), 3)[0, 2] == pytest.approx(-2 * 6 * np.log(2))
    assert cp.mix_cost(table, 3)[0, 2] == pytest.approx(-2 * (4 * np.log(0.4) + 6 * np.log(0.6)))


def test_bayes_factors_of_many_series_are_those_of_each_alone():
    series = np.array([[1, 2, 0, 3, 1, 6, 4, 7, 5, 8], [0] * 10, [3, 3, 2, 4, 3, 3, 2, 4, 3, 3]])
    together = cp.log_bayes_factor(series, 2.0, 3)
    for one, factor in zip(series, together):
        alone = cp.poisson_posterior(one, 1, 3, 2.0).log_evidence
        assert factor == pytest.approx(alone[1] - alone[0], abs=1e-10)


def test_the_smallest_step_is_read_on_a_straight_line():
    steps = np.array([1.0, 1.5, 2.0, 3.0, 5.0])
    found = cp.step_power(4.0, 10, 8, steps, seed=2, draws=400, shortest=2)
    i = int(np.argmax(found.power >= 0.8))
    share = (0.8 - found.power[i - 1]) / (found.power[i] - found.power[i - 1])
    assert 0 < i and found.smallest == pytest.approx(steps[i - 1] + share * (steps[i] - steps[i - 1]))
    assert cp.step_power(4.0, 10, 8, steps[3:], seed=2, draws=400).smallest == 3.0
    assert np.isnan(cp.step_power(0.2, 5, 5, steps[:2], seed=2, draws=400).smallest)


def test_the_threshold_is_passed_by_the_steady_series_as_often_as_is_allowed():
    found = cp.step_power(3.0, 6, 9, np.array([1.0]), seed=8, draws=1000, false_alarm=0.2, shape=2.0)
    steady = np.random.default_rng(8).poisson(3.0, (1000, 15))
    assert (cp.log_bayes_factor(steady, 2.0) > found.threshold).mean() == pytest.approx(0.2, abs=0.002)
    # A step down after six of fifteen years is not one after nine.
    one, other = (
        cp.step_power(6.0, a, b, np.array([0.3]), seed=8, draws=1000).power[0] for a, b in ((2, 13), (13, 2))
    )
    assert one > other  # the long part with few events tells more


def test_an_interrupted_fit_is_two_lines_and_its_p_values_are_those_of_nested_models():
    from scipy.stats import f

    generator = np.random.default_rng(4)
    series, first = generator.normal(size=17) + 0.2 * np.arange(17), 6
    fit = cp.interrupted_fit(series, first)
    t = np.arange(17.0)
    before, after = np.polyfit(t[:first], series[:first], 1), np.polyfit(t[first:], series[first:], 1)
    assert fit["slope"][0] == pytest.approx(after[0] - before[0])
    assert fit["level"][0] == pytest.approx(np.polyval(after, first) - np.polyval(before, first))
    step = (t >= first).astype(float)
    columns = {"level": step, "slope": step * (t - first)}

    def rest(names):
        design = np.column_stack([np.ones(17), t, *(columns[name] for name in names)])
        return np.linalg.lstsq(design, series)[1][0]

    full = rest(columns)
    for name, other in (("level", "slope"), ("slope", "level")):
        ratio = (rest([other]) - full) / (full / 13)
        assert fit[f"{name}_t"][0] ** 2 == pytest.approx(ratio)
        assert fit[f"{name}_p"][0] == pytest.approx(f.sf(ratio, 1, 13))


@pytest.mark.parametrize("years, first", [(25, 9), (36, 18), (12, 5)])
def test_the_detectable_level_is_found_four_times_in_five_by_the_noncentral_f(years, first):
    from scipy.stats import f, ncf

    # The level change is one line's end against another's begin; a line's variance at x is 1/m + (x − x̄)²/S.
    scale = 0.0
    for part in (np.arange(first), np.arange(first, years)):
        away = part - part.mean()
        scale += 1 / len(part) + (first - part.mean()) ** 2 / (away @ away)
    power = ncf.sf(f.isf(0.05, 1, years - 4), 1, years - 4, cp.detectable_level(years, first) ** 2 / scale)
    assert power == pytest.approx(0.8, abs=1e-4)  # the wrong sign's chance is left out by the model


def test_false_alarms_are_counted_on_the_series_that_a_filter_gives():
    from scipy.signal import lfilter

    noise = np.random.default_rng(6).standard_normal((500, 14))
    driven = np.column_stack([noise[:, 0], np.sqrt(1 - 0.5**2) * noise[:, 1:]])
    fit = cp.interrupted_fit(lfilter([1.0], [1.0, -0.5], driven), 5)
    found = cp.false_alarms(14, 5, 0.5, seed=6, draws=500, nominal=0.1)
    assert found == (float((fit["level_p"] < 0.1).mean()), float((fit["slope_p"] < 0.1).mean()))


def test_a_segment_of_one_event_costs_nothing():
    # The mix of one event is told by its one category: ln(1/1) = 0, and so is that of no event.
    assert cp.mix_cost(np.array([[0, 1, 0]]))[0, 0] == 0
    assert cp.mix_cost(np.array([[0, 0, 0]]))[0, 0] == 0
