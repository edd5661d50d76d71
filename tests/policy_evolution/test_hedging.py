"""Expected values: properties that any hedging index must have, counts that sources state, planted rows."""

from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.policy_evolution import hedging as question


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def test_index_is_bounded_zero_without_one_side_and_the_value_where_equal():
    generator = np.random.default_rng(1)
    a, g = generator.random((2, 1000))
    found = question.model.hedging_index(a, g)
    assert ((found >= 0) & (found <= 1)).all()
    assert question.model.hedging_index(0, 0.9) == 0 == question.model.hedging_index(0.9, 0)
    assert question.model.hedging_index(0.6, 0.6) == 0.6
    assert (found <= np.sqrt(a * g) + 1e-12).all()  # never above the geometric mean
    with pytest.raises(ValueError, match="between 0 and 1"):
        question.model.hedging_index(1.1, 0.2)


def test_weights_are_flat_dirichlet():
    weights = question.model.weight_cloud(7, 20_000)
    np.testing.assert_allclose(weights.sum(axis=1), 1)
    # Mean 1/7 and variance (1/7)(6/7)/8 of each weight.
    np.testing.assert_allclose(weights.mean(axis=0), 1 / 7, atol=0.003)
    np.testing.assert_allclose(weights.var(axis=0), (1 / 7) * (6 / 7) / 8, rtol=0.06)


def test_rank_stability_limits():
    rising = np.arange(10.0)
    assert question.model.rank_stability(rising, np.tile(rising, (50, 1))) == 1
    assert question.model.rank_stability(rising, np.tile(rising[::-1], (50, 1))) == 0
    shuffled = np.random.default_rng(2).permuted(np.tile(np.arange(25.0), (2000, 1)), axis=1)
    assert question.model.rank_stability(np.arange(25.0), shuffled) < 0.01


@pytest.mark.parametrize(
    "change, name",
    [
        ((0.2, 0.1), "hedging"),
        ((0.2, -0.1), "substitution"),
        ((0.2, 0.0), "autonomy alone"),
        ((0.0, 0.3), "integration alone"),
        ((-0.1, 0.3), "integration alone"),
        ((-0.1, 0.0), "retreat"),
        ((0.0, -0.1), "retreat"),
        ((0.0, 0.0), "no change"),
    ],
)
def test_movements(change, name):
    assert question.model.movement(*change) == name


def test_rows_of_the_documents_alone_are_held_against_no_count():
    assert question.checks(question.answer(question.Parameters(evidence=["seed"]))) == []


def test_scores_are_thirds_of_three_answers(answer):
    scores = answer.tables["scores"]
    assert (
        scores[[*question.model.AUTONOMY, *question.model.INTEGRATION]].to_numpy().min() >= 0
        and scores[[*question.model.AUTONOMY, *question.model.INTEGRATION]].to_numpy().max() <= 1
    )
    np.testing.assert_allclose(scores["autonomy"], scores[list(question.model.AUTONOMY)].sum(axis=1) / 3)
    np.testing.assert_allclose(
        scores["integration"], scores[list(question.model.INTEGRATION)].sum(axis=1) / 3
    )


def test_known_moments_of_the_rule(answer):
    at = answer.tables["scores"].set_index(["function", "year"])
    # First satellites of March 2003; no Japanese warning satellite; one X-band satellite of two rode on
    # Ariane in 2018 (GCAT).
    assert at.loc[("reconnaissance", 2002), "owned"] == 0 and at.loc[("reconnaissance", 2003), "owned"] == 1
    assert at.loc["warning"]["owned"].max() == 0
    assert at.loc[("communications", 2018), "own_ride"] == pytest.approx(0.5)
    # Agreement on situational-awareness data of May 2013 and US sensor aboard QZS-6 from February 2025.
    assert at.loc[("awareness", 2012), "committed"] == 0 and at.loc[("awareness", 2013), "committed"] == 1
    assert at.loc[("positioning", 2024), "connected"] == 0 and at.loc[("positioning", 2025), "connected"] == 1


def test_index_is_the_smaller_side_every_year(answer):
    for year, value in answer["hedging_index"].items():
        assert value == pytest.approx(min(answer["autonomy"][year], answer["integration"][year]), abs=1e-9)


def test_bilateral_acts_never_give_more_integration_than_all(answer):
    p = question.Parameters(through_groups=False)
    fewer = question.model.score(p, question.model.gathered(p))
    assert (
        fewer["integration"].to_numpy() <= answer.tables["scores"]["integration"].to_numpy() + 1e-12
    ).all()


def test_planted_refutation(monkeypatch):
    # With no act of cooperation after the base year integration cannot rise, and the thesis must fall.
    real = question.model.acts
    monkeypatch.setattr(question.model, "acts", lambda p: real(p).query("year <= 2004"))
    assert question.answer(question.Parameters())["thesis"] == "refuted"


def test_no_satellites_means_no_autonomy_outside_launch(monkeypatch):
    monkeypatch.setattr(
        question.model,
        "satellites",
        lambda p: pd.DataFrame(
            {
                "function": [],
                "row_id": [],
                "asset": [],
                "first_year": [],
                "last_year": [],
                "own_ride": [],
                "source_id": [],
                "quality": [],
            }
        ),
    )
    scores = question.model.score(question.Parameters(), question.model.gathered(question.Parameters()))
    assert scores[scores["function"] != "launch"]["autonomy"].max() == 0


REFUSED = [
    ({"base_year": 1995}, "base_year = 1995"),
    ({"spare": "three"}, "one of two, graded"),
    ({"memory_years": 0}, "from 1 to 10"),
    ({"evidence": []}, "at least 1"),
    ({"base_yaer": 2010}, "did you mean base_year"),
]


def test_an_index_that_fell_is_not_said_to_have_risen():
    fell = question.answer(question.Parameters(first_year=2015, base_year=2016, last_year=2018))
    series = fell.tables["series"]["hedging_index"]
    title = next(draw for draw in question.FIGURES if draw.__name__ == "index")(fell).title
    assert series.iloc[-1] < series.iloc[0] and "did not rise" in title


def test_the_acts_that_do_not_count_are_told(answer):
    acts, ties = (tables.load(f"regional_cooperation/{name}") for name in ("acts", "ties"))
    ours = acts[acts["row_id"].isin(ties.loc[ties["partner"] == "United States", "act_id"])]
    ours = ours[ours["space_specific"].astype(bool) & ~ours["status"].isin(["pending", "failed"])]
    domains = set(tables.load("policy_evolution/functions")["act_domain"])
    counted = sum(bool(domains & set(names.split(";"))) for names in ours["domains"])
    assert f"{counted} of the {len(acts)} cooperation acts known" in answer.text


def test_autonomy_that_came_first_is_counted_among_functions_that_reached_both(answer):
    # Counted from the yearly scores: two thirds or more of autonomy in an earlier year than of integration.
    scores = answer.tables["scores"]
    reached = [
        scores[scores[side] > 0.66].groupby("function")["year"].min() for side in ("autonomy", "integration")
    ]
    both = pd.concat(reached, axis=1, join="inner").set_axis(["autonomy", "integration"], axis=1)
    ahead = int((both["autonomy"] < both["integration"]).sum())
    assert f"autonomy came first in {ahead} of the {len(both)} that ever reached both." in answer.text


def test_a_thesis_that_is_refuted_names_no_rise_and_a_hedge_of_nothing_no_part():
    seed = question.answer(question.Parameters(first_year=2000, base_year=2020, evidence=["seed"]))
    assert seed["thesis"] == "refuted" and "burden-sharing" not in seed.text
    early = question.answer(question.Parameters(first_year=1990, base_year=1991, last_year=1992))
    assert early["index_last"] == 0 and "no hedge to part" in early.text


def test_a_side_that_fell_is_not_said_to_have_risen_with_the_other():
    # From 2015 to 2016 integration fell with a memory of one year, and autonomy stayed where it was.
    fell = question.answer(
        question.Parameters(first_year=1990, base_year=2015, last_year=2016, memory_years=1)
    )
    picture = question.figures.phase(fell)
    assert fell["integration_change"] < 0 and "integration fell from" in picture.title
    assert "rose together" not in picture.title and fell["both_rise_share"] == 0


def test_an_unfinished_year_is_said_to_be_unfinished(answer):
    last = answer.parameters.last_year
    assert not answer["last_year_over"] and f"{last} is not over" in answer.text
    for draw in (question.figures.phase, question.figures.index):
        assert f"{last} is not over" in draw(answer).note
    over = question.answer(question.Parameters(last_year=last - 1))
    assert "is not over" not in over.text + question.figures.phase(over).note


def test_the_cloud_that_is_drawn_stands_in_the_table(answer):
    picture = question.figures.phase(answer)
    drawn = sum(len(one.get_offsets()) for one in picture.figure.axes[0].collections)
    assert drawn == (picture.data["part"] == "cloud").sum()


# --- counted again


@pytest.fixture(scope="module")
def drawn(answer):
    """Scores by year and function, and the same under 10,000 flat Dirichlet weightings, drawn here."""
    scores = answer.tables["scores"]
    a, g = (
        scores.pivot(index="year", columns="function", values=side)[list(question.model.FUNCTIONS)]
        for side in ("autonomy", "integration")
    )
    weights = np.random.default_rng(2020).dirichlet([1] * 7, 10_000)
    return a, g, weights, weights @ a.to_numpy().T, weights @ g.to_numpy().T


def test_what_hangs_on_the_weights_is_drawn_again(answer, drawn):
    a, g, weights, cloud_a, cloud_g = drawn
    base = list(a.index).index(answer.parameters.base_year)
    rise = (cloud_a[:, -1] > cloud_a[:, base]) & (cloud_g[:, -1] > cloud_g[:, base])
    assert answer["both_rise_share"] == rise.mean()
    last = np.minimum(cloud_a[:, -1], cloud_g[:, -1])
    assert answer["index_last_range"] == pytest.approx([np.percentile(last, 5), np.percentile(last, 95)])
    within = [weight @ np.minimum(a.iloc[-1], g.iloc[-1]) for weight in weights]
    assert answer["index_within_functions"] == pytest.approx(np.mean(within))
    assert answer["draws"] == len(weights)


def test_the_bands_of_the_series_hold_nine_tenths_of_the_draws(answer, drawn):
    a, g, _, cloud_a, cloud_g = drawn
    series = answer.tables["series"].set_index("year")
    assert series.index.tolist() == a.index.tolist()
    for name, cloud in (
        ("autonomy", cloud_a),
        ("integration", cloud_g),
        ("hedging_index", np.minimum(cloud_a, cloud_g)),
    ):
        for end, percent in (("low", 5), ("high", 95)):
            np.testing.assert_allclose(series[f"{name}_{end}"], np.percentile(cloud, percent, axis=0))
    np.testing.assert_allclose(series["autonomy"], a.mean(axis=1))
    np.testing.assert_allclose(series["integration"], g.mean(axis=1))
    np.testing.assert_allclose(series["geometric_mean"] ** 2, a.mean(axis=1) * g.mean(axis=1), atol=1e-12)


def test_the_cloud_holds_both_years_of_both_sides_and_their_differences(answer, drawn):
    a, _, _, cloud_a, cloud_g = drawn
    base = list(a.index).index(answer.parameters.base_year)
    cloud = answer.tables["cloud"]
    for side, draws in (("autonomy", cloud_a), ("integration", cloud_g)):
        np.testing.assert_allclose(cloud[side], draws[:, -1])
        np.testing.assert_allclose(cloud[f"{side}_base"], draws[:, base])
        change = cloud[side] - cloud[f"{side}_base"]
        np.testing.assert_allclose(cloud[f"{side}_change"], change, atol=1e-12)


def test_rank_stability_is_the_share_of_spearmans_coefficients_that_reach_the_least():
    lot = np.random.default_rng(3)
    equal = np.round(lot.random(12), 1)  # with ties
    cloud = np.round(equal + lot.normal(0, 0.3, (200, 12)), 1)
    rho = np.array([stats.spearmanr(equal, row).statistic for row in cloud])
    for least in (0.3, 0.6, 0.8):
        assert question.model.rank_stability(equal, cloud, least) == (rho >= least).mean()


def test_a_coefficient_that_just_reaches_the_least_counts():
    # Ranks 1, 2, 3 and 1, 3, 2 correlate at one half; two years alone at one; nothing with a flat row.
    assert question.model.rank_stability(np.array([1, 2, 3]), np.array([[1, 3, 2]]), 0.5) == 1
    assert question.model.rank_stability(np.array([1, 2]), np.array([[5, 9]]), 0.99) == 1
    assert question.model.rank_stability(np.array([1, 2, 3]), np.array([[4, 4, 4]]), 0.0) == 1
    assert question.model.rank_stability(np.array([1, 2, 3]), np.array([[4, 4, 4]]), 0.01) == 0


@pytest.mark.parametrize("wrong", [(-0.1, 0.5), (0.5, -0.1), (1.5, 0.5), (0.5, 1.5)])
def test_sides_outside_nought_and_one_are_refused_and_the_ends_are_not(wrong):
    with pytest.raises(ValueError, match="between 0 and 1"):
        question.model.hedging_index(*wrong)
    assert question.model.hedging_index(0, 0) == 0 and question.model.hedging_index(1, 1) == 1


def test_a_change_of_just_the_least_is_none():
    assert question.model.movement(0.1, 0.1, least=0.1) == "no change"
    assert question.model.movement(-0.1, -0.1, least=0.1) == "no change"
    assert question.model.movement(0.2, -0.1, least=0.1) == "autonomy alone"
    assert question.model.movement(0.2, -0.2, least=0.1) == "substitution"
    assert question.model.movement(0.1, 0.2, least=0.1) == "integration alone"


@pytest.fixture
def planted(monkeypatch):
    """Answers to hand-made scores of the years 2000 to 2002, with the change counted from 2001."""

    def answered(autonomy, integration):
        rows = [
            {"function": f, "year": 2000 + y, "autonomy": a, "integration": g}
            for y, (one, other) in enumerate(zip(autonomy, integration, strict=True))
            for f, a, g in zip(question.model.FUNCTIONS, one, other, strict=True)
        ]
        monkeypatch.setattr(question.model, "score", lambda p, counted: pd.DataFrame(rows))
        return question.model.answer(question.Parameters(first_year=2000, base_year=2001, last_year=2002))

    return answered


RISING = ([0.1] * 7, [0.4] * 7, [0.8] * 7)


def test_a_side_that_stays_as_it_was_refutes(planted):
    flat = ([0.2] * 7, [0.0] * 7, [0.0] * 7)
    for sides in ((flat, RISING), (RISING, flat)):
        found = planted(*sides)
        assert (found["thesis"], found["both_rise_share"]) == ("refuted", 0)
        assert found["functions_hedging"] == 0 and found["index_last"] == 0


def test_all_that_rise_together_in_one_year_hedge_and_none_came_first(planted, monkeypatch):
    found = planted(RISING, RISING)
    assert found["thesis"] == "not refuted"
    assert (found["both_rise_share"], found["rank_stability"]) == (1, 1)
    assert set(found["moves"].values()) == {"hedging"} and found["functions_hedging"] == 7
    assert (found["holding_both_base"], found["holding_both_last"]) == (0, 7)
    assert (found["autonomy_first"], found["reached_both"]) == (0, 7)
    assert found["index_last"] == pytest.approx(0.8) == found["index_within_functions"]
    assert found["autonomy_change"] == pytest.approx(0.4) == found["integration_change"]
    cloud = found.tables["cloud"]  # of the last year, and of the base
    assert [
        cloud[f"{side}{year}"].mean() for side in ("autonomy", "integration") for year in ("", "_base")
    ] == (pytest.approx([0.8, 0.4, 0.8, 0.4]))
    monkeypatch.setattr(question.model, "STABLE", 1.0)  # a share that is just enough is enough
    assert planted(RISING, RISING)["thesis"] == "not refuted"


def test_a_rise_of_one_function_among_falling_ones_hangs_on_the_weights(planted):
    found = planted(([0.2] * 7, [0.5] * 7, [1.0] + [0.45] * 6), RISING)
    assert found["autonomy_change"] > 0 and found["both_rise_share"] < 0.9
    assert found["thesis"] == "open: it hangs on the weights"
    assert found["functions_hedging"] == 1


def test_a_year_is_over_on_its_last_day(monkeypatch, planted):
    for day, over in (("2002-12-30", False), ("2002-12-31", True), ("2003-01-01", True)):
        monkeypatch.setattr(question.model.vintage, "as_of", lambda day=day: date.fromisoformat(day))
        assert planted(RISING, RISING)["last_year_over"] is over


def test_years_are_known_from_the_first_act_to_the_last_thing_that_happened():
    acts = tables.load("regional_cooperation/acts")
    acts = acts[~acts["status"].isin(["pending", "failed"])]["date"]
    satellites = tables.load("space_systems/satellites").query("outcome == 'success'")["launch_date"]
    launches = tables.load("space_systems/launches")["date"]
    last = max(days.max().year for days in (acts, satellites, launches))
    assert question.model.years_known() == (acts.min().year, last)


@pytest.mark.parametrize("years", [(2008, 2008, 2010), (2007, 2010, 2010)])
def test_the_base_year_lies_between_the_ends_and_is_none_of_them(years):
    names = ("first_year", "base_year", "last_year")
    with pytest.raises(ParameterError, match="must lie between"):
        question.Parameters.of(dict(zip(names, years, strict=True)))


def test_other_bases_and_choices_are_told_only_where_they_change_something():
    chosen = question.Parameters(first_year=2003, base_year=2008, last_year=2013, spare="graded")
    names = question.answer(chosen).tables["variants"]["variant"].tolist()
    # 2003 and 2013 are the ends and 1999 lies before them; need is what was chosen.
    assert not [name for name in names if name.startswith("change since")]
    assert "spare graded by need" not in names and "commercial imaging counted" in names


def _outcome(scores, base_year):
    """Mean changes, functions that hedge, and the index of the last year, from yearly scores."""
    a, g = (scores.pivot(index="year", columns="function", values=s) for s in ("autonomy", "integration"))
    da, dg = (side.iloc[-1] - side.loc[base_year] for side in (a, g))
    hedging = int(((da > 1e-9) & (dg > 1e-9)).sum())
    return [da.mean(), dg.mean(), hedging, min(a.iloc[-1].mean(), g.iloc[-1].mean())]


def test_variants_are_what_the_scores_give_under_their_choice(answer):
    rows = answer.tables["variants"].set_index("variant")
    columns = ["autonomy_change", "integration_change", "hedging_functions", "index_last"]
    scores, p = answer.tables["scores"], answer.parameters
    told = {"as chosen": (scores, p.base_year)}
    told |= {f"change since {year}": (scores, year) for year in (1999, 2003, 2013)}
    for name, change in (
        ("talks count for one year", {"memory_years": 1}),
        ("talks count for six years", {"memory_years": 6}),
        ("spare graded by need", {"spare": "graded"}),
    ):
        q = question.Parameters(**change)
        told[name] = question.model.score(q, question.model.gathered(q)), p.base_year
    for name, (one, base_year) in told.items():
        assert rows.loc[name, columns].tolist() == pytest.approx(_outcome(one, base_year)), name
    assert rows.loc["as chosen", "move"] == "hedging"
    assert rows.loc["as chosen", "index_last"] == pytest.approx(answer["index_last"])


@pytest.mark.parametrize(
    ("years", "checked"),
    [((2018, 2020), [2018, 2020]), ((2019, 2020), [2020]), ((2018, 2019), [2018]), ((2019, 2019), [])],
)
def test_counts_are_checked_for_every_year_of_the_choice(answer, years, checked):
    p = answer.parameters.model_copy(update={"first_year": years[0], "last_year": years[1]})
    known = {year: published for _, _, year, published, *_ in question.model.PUBLISHED}
    one = SimpleNamespace(tables=answer.tables, parameters=p)
    assert [check.published for check in question.checks(one)] == [known[year] for year in checked]
    assert all(check.holds for check in question.checks(one))
    other = SimpleNamespace(tables=answer.tables, parameters=p.model_copy(update={"commercial": True}))
    assert question.checks(other) == []


# --- the rule on planted rows


def _satellites(*rows):
    names = ["function", "first_year", "last_year", "own_ride"]
    return pd.DataFrame(rows, columns=names).astype({"last_year": "Int64"})


def _autonomy(function, years, p, owned=(), flights=(), government=(), needed=pd.NA):
    launched = pd.DataFrame(flights, columns=["year", "family", "success"]).astype({"success": bool})
    flown = pd.DataFrame(government, columns=["launch_date", "launch_state"])
    flown["launch_date"] = pd.to_datetime(flown["launch_date"])
    return question.model._autonomy(
        function, np.array(years), p, _satellites(*owned), launched, flown, needed
    )


def test_a_satellite_works_from_its_first_year_to_the_one_before_its_last():
    owned = [("maritime", 2010, 2013, True), ("maritime", 2012, pd.NA, False), ("warning", 2000, pd.NA, True)]
    found = _autonomy("maritime", range(2009, 2015), question.Parameters(), owned)
    assert found["assets"].tolist() == [0, 1, 1, 2, 1, 1]
    assert found["owned"].tolist() == [0, 1, 1, 1, 1, 1]
    assert found["spare"].tolist() == [0, 0, 0, 1, 0, 0]
    assert found["own_ride"].tolist() == [0, 1, 1, 0.5, 0, 0]


def test_a_spare_is_graded_by_what_a_service_needs_up_to_one():
    owned = [("maritime", year, pd.NA, True) for year in (2010, 2011, 2012)]
    graded = question.Parameters(spare="graded")
    found = _autonomy("maritime", range(2009, 2013), graded, owned, needed=2)
    assert found["spare"].tolist() == [0, 0.5, 1, 1]
    assert _autonomy("maritime", range(2009, 2013), graded, owned)["spare"].tolist() == [0, 0, 1, 1]
    two = _autonomy("maritime", range(2009, 2013), question.Parameters(), owned, needed=3)
    assert two["spare"].tolist() == [0, 0, 1, 1]


def test_launches_are_remembered_for_the_years_of_memory_their_own_included():
    p = question.Parameters(memory_years=2)
    flights = [(2010, "H-IIA", True), (2011, "Epsilon", True), (2013, "H3", False)]
    government = [("2011-05-01", "Japan"), ("2011-06-01", "France")]
    found = _autonomy("launch", range(2009, 2015), p, flights=flights, government=government)
    assert found["owned"].tolist() == [0, 1, 1, 1, 0, 0]
    assert found["assets"].tolist() == [0, 1, 2, 1, 0, 0]
    assert found["spare"].tolist() == [0, 0, 1, 0, 0, 0]
    # In 2010 nobody needed a ride, and Japan could have given one.
    assert found["own_ride"].tolist() == [0, 1, 0.5, 0.5, 0, 0]


def test_a_text_binds_and_a_talk_is_remembered():
    ties = pd.DataFrame(
        [
            ("instrument", 2010, True, True),
            ("instrument", 2005, False, True),  # of politics alone
            ("instrument", 2006, True, False),  # lapsed since
            ("operation", 2012, True, True),
            ("operation", 2007, True, False),
            ("talk", 2003, False, True),
        ],
        columns=["stage", "year", "binds", "lasting"],
    )
    p = question.Parameters(memory_years=2)
    found = question.model._integration(ties, np.arange(2002, 2015), p)
    assert found["committed"].tolist() == [0] * 8 + [1] * 5
    assert found["connected"].tolist() == [0] * 10 + [1] * 3
    assert found["kept_up"].tolist() == [0, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 0]
