"""Expected values: properties that any hedging index must have, counts that sources state, planted rows."""

import numpy as np
import pandas as pd
import pytest

from spacesec.data import tables
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
