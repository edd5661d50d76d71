"""Japan's own network: weights, participation, time to operation and null rosters against closed forms;
counts against the press.
"""

import dataclasses

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from spacesec.answers import Result
from spacesec.errors import ParameterError
from spacesec.regional_cooperation import partners
from spacesec.regional_cooperation.partners import ego
from spacesec.words.sentences import Context


@pytest.fixture(scope="module")
def answer():
    return partners.answer(partners.Parameters())


def strength(*rows):
    return pd.DataFrame(list(rows), columns=[f"layer{i}" for i in range(len(rows[0]))])


def tie(act, partner, when, stage, domains, parties=2, binding="political", carries=None):
    return {
        "act_id": act,
        "title": act,
        "partner": partner,
        "when": pd.Timestamp(when),
        "stage": stage,
        "domains": domains.split(),
        "parties": parties,
        "bindingness": binding,
        "carries_out": carries,
    }


def test_participation_is_zero_in_one_layer_and_one_over_equal_layers():
    found = ego.participation(strength((5, 0, 0), (2, 2, 2), (1, 1, 0)))
    assert found.tolist() == pytest.approx([0, 1, 3 / 2 * (1 - 1 / 2)])
    with pytest.raises(ValueError, match="two layers"):
        ego.participation(strength((1,)))


def test_a_multilateral_text_gives_each_party_what_a_bilateral_one_gives():
    ties = pd.DataFrame(
        [
            tie("pair", "a", "2020", "talk", "industry"),
            *(tie("clique", p, "2020", "talk", "industry", parties=5) for p in "abcd"),
        ]
    )
    weights = {"political": 1.0}
    inverse = ego.weigh(ties, weights, "inverse").groupby("act_id")["weight"].sum()
    assert inverse.to_dict() == {"pair": pytest.approx(1), "clique": pytest.approx(1)}
    assert ego.weigh(ties, weights, "full")["weight"].sum() == 5
    assert set(ego.weigh(ties, weights, "exclude")["act_id"]) == {"pair"}


def test_an_act_fades_by_half_in_its_half_life():
    when = pd.Series(pd.to_datetime(["2016-01-01", "2006-01-01", "2030-01-01"]))
    assert ego.fading(when, pd.Timestamp("2026-01-01"), 10.0).tolist() == pytest.approx(
        [0.5, 0.25, 1.0], abs=2e-4
    )


def test_layers_split_an_act_and_keep_its_weight():
    ties = ego.weigh(
        pd.DataFrame([tie("x", "a", "2020", "talk", "industry governance positioning")]), {"political": 1.0}
    )
    table = ego.by_layer(ties, ("industry", "governance"))
    assert table.loc["a"].tolist() == pytest.approx([0.5, 0.5])


def test_time_to_operation_follows_its_rule():
    ties = pd.DataFrame(
        [
            tie("text", "a", "2010-01-01", "instrument", "maritime"),
            tie("unrelated", "a", "2011-01-01", "operation", "industry"),
            tie("drill", "a", "2014-01-01", "operation", "maritime"),
            tie("ship", "a", "2016-01-01", "operation", "positioning", carries="text;other"),
        ]
    )
    same = ego.time_to_operation(ties, pd.Timestamp("2020-01-01"), "same_domain").iloc[0]
    named = ego.time_to_operation(ties, pd.Timestamp("2020-01-01"), "named").iloc[0]
    assert (same["operation_id"], named["operation_id"]) == ("drill", "ship")
    assert (same["years"], named["years"]) == (pytest.approx(4.0, abs=0.01), pytest.approx(6.0, abs=0.01))
    waiting = ego.time_to_operation(ties, pd.Timestamp("2012-01-01"), "named").iloc[0]
    assert not waiting["observed"] and waiting["years"] == pytest.approx(2.0, abs=0.01)


def test_co_participation_adds_one_for_every_exercise_with_others():
    seats = pd.DataFrame(
        [("e1", s) for s in "abcd"] + [("e2", "a"), ("e2", "b")], columns=["exercise_id", "participant"]
    )
    together = ego.co_participation(seats)
    assert together.sum().to_dict() == pytest.approx({"a": 2, "b": 2, "c": 1, "d": 1})
    assert (together.to_numpy() == together.to_numpy().T).all()


def test_two_separate_cliques_have_modularity_one_half():
    block = np.ones((4, 4)) - np.eye(4)
    together = pd.DataFrame(np.block([[block, np.zeros((4, 4))], [np.zeros((4, 4)), block]]))
    quality, groups = ego.best_modularity(together)
    assert quality == pytest.approx(0.5) and sorted(map(len, groups)) == [4, 4]


def test_the_karate_club_reaches_its_known_best_modularity():
    karate = nx.to_pandas_adjacency(nx.karate_club_graph(), weight=None)
    assert ego.best_modularity(karate, range(10))[0] == pytest.approx(0.4198, abs=5e-5)


def test_shuffled_rosters_keep_sizes_and_attendance():
    seats = ego.seats()
    dealt = ego.shuffled(seats, seed=1)
    for column in ("exercise_id", "participant"):
        assert dealt[column].value_counts().to_dict() == seats[column].value_counts().to_dict()
    assert not dealt.duplicated().any()
    assert set(map(tuple, dealt.to_numpy())) != set(zip(seats["exercise_id"], seats["participant"]))


def test_rate_ratio_is_the_ratio_of_yearly_rates(monkeypatch):
    monkeypatch.setattr(partners.model, "as_of", lambda p: pd.Timestamp("2012-07-01"))
    acts = pd.DataFrame({"year": [2004, 2006, *[2008] * 9, *[2010] * 9]})
    asked = partners.Parameters(start_year=2004, end_year=2013)
    found = partners.model.rate_ratio(asked, acts)
    # Two acts in four years; eighteen in four and the half of 2012, of which 2013 is none.
    assert found.estimate == pytest.approx(18 / (4 + 183 / 366) / (2 / 4)) and found.low < 8 < found.high
    only_later = partners.Parameters(start_year=2009, end_year=2013)
    assert np.isnan(partners.model.rate_ratio(only_later, acts).estimate)


def test_what_has_not_happened_is_censored_at_the_newest_act(monkeypatch):
    later = pd.DataFrame([tie("text", "a", "2031-05-02", "instrument", "maritime")])
    monkeypatch.setattr(ego, "load", lambda: later)
    asked = partners.Parameters()
    end = pd.Timestamp(asked.end_year, 12, 31)
    assert partners.model.as_of(asked) == end
    assert partners.model.as_of(asked.model_copy(update={"end_year": 2031})) == pd.Timestamp("2031-05-02")


def test_acts_without_partner_are_named(answer):
    plain = {name: one.value for name, one in answer.results.items()}
    told = {
        **plain,
        "without_partner": [{"title": "Treaty of Nowhere", "year": 2027}],
        "told_twice": ["tie-b"],
    }
    given = dataclasses.replace(
        answer, results={name: Result(value, "", "as given") for name, value in told.items()}
    )
    context = Context(told, answer.parameters.plain())
    words = "\n\n".join(paragraph.tell(context)[0] for paragraph in partners.words.answer(given))
    assert "no partner is recorded: Treaty of Nowhere (2027)." in words and "tie-b is left out" in words


def test_no_exercise_drawn_stands_without_a_partner_of_japan(answer):
    drawn = partners.figures.exercises(answer).data
    attended = answer.tables["seats"].query("participant == 'Japan'")["exercise_id"]
    for exercise in attended:
        assert (drawn[drawn["exercise_id"] == exercise]["participant"] != "Japan").any(), exercise
    assert "Taiwan" in set(drawn["participant"])
    # Of states that met Japan equally often, all are drawn or none.
    shared = answer["exercises_shared"]
    least = min(shared[state] for state in set(drawn["participant"]) - {"Japan"})
    assert {state for state, count in shared.items() if count > least} <= set(drawn["participant"])


def test_the_curve_ends_where_its_alt_text_says(answer):
    picture = partners.figures.operation(answer)
    curves = picture.data[picture.data["panel"] == "curve"]
    for name, rule in (("blue ends at", "same_domain"), ("red at", "named")):
        reached = 100 * (1 - curves[curves["rule"] == rule]["survival"].min())
        assert f"{name} {np.floor(reached + 0.5):.0f}%" in picture.alt
    assert curves["time"].max() < picture.figure.axes[0].get_xlim()[1]
    at_half = curves[(curves["rule"] == "same_domain") & (curves["survival"] <= 0.5)].sort_values("time")
    assert f"rests on {at_half['at_risk'].iloc[0]:.0f} texts" in picture.note


def test_every_act_has_as_many_ties_as_parties_allow():
    ties = ego.load()
    assert (
        ties.groupby("act_id")["partner"].size() == ties.groupby("act_id")["parties"].first().astype(int) - 1
    ).all()
    assert not ties.duplicated(["act_id", "partner"]).any()


def test_named_operations_come_after_the_texts_they_carry_out():
    ties = ego.load().drop_duplicates("act_id").set_index("act_id")
    named = [
        (row.when, ties.loc[text, "when"])
        for row in ties.itertuples()
        if isinstance(row.carries_out, str)
        for text in row.carries_out.split(";")
    ]
    assert len(named) >= 8 and all(later >= earlier for later, earlier in named)


def test_dates_the_ministries_and_the_press_print(answer):
    first = answer["first_dialogue"]
    assert first["India"] == "2019-03"  # first Japan-India Space Dialogue
    assert first["European Union"] == "2014-10-07"
    assert first["France"] == "2016-03-11"


def test_results_hold_together(answer):
    assert sum(answer["acts_by_partner"].values()) == answer["ties"]
    assert sum(answer["depth_share_percent"].values()) == pytest.approx(100)
    assert answer["partners"] == len(answer["depth"])
    assert answer.tables["strength"].to_numpy().sum() == pytest.approx(sum(answer["depth"].values()))
    assert all(0 <= value <= 1 for value in answer["participation_coefficient"].values())
    until_2025 = partners.answer(partners.Parameters(end_year=2025))
    # All acts with South Korea to 2025 are on missile warning.
    assert until_2025["participation_coefficient"]["South Korea"] == 0
    assert answer["carried_out_named"] <= answer["texts_carried_out"] <= answer["texts_signed"]
    low, high = answer["rank_range"][answer["deepest_partner"]]
    assert low <= 1 <= high


def test_seed_rows_can_be_left_out():
    everything, independent = (
        partners.answer(partners.Parameters.of({"evidence": e}))["acts"] for e in ("all", "independent")
    )
    assert independent == len(ego.load().query("evidence == 'independent'")["act_id"].unique()) < everything


REFUSED = [
    ({"layers": ["sea", "industry"]}, "situational_awareness"),
    ({"layers": ["industry", "industry"]}, "at least two different ones of situational_awareness"),
    ({"start_year": 2020, "end_year": 2000}, "must not come after"),
    ({"weight_binding": 0}, "above 0"),
    ({"half_life_years": -5}, "half_life_years = -5 is not possible"),
    ({"multilateral_weight": "half"}, "inverse, full, exclude"),
]


def test_a_choice_without_acts_is_refused_with_what_is_known():
    with pytest.raises(ParameterError, match="acts are known from 1990 to 20"):
        partners.answer(partners.Parameters.of({"start_year": 1991, "end_year": 1992}))


CHOICES = [
    {
        "start_year": 2012,
        "layers": ["maritime", "reconnaissance", "missile_warning"],
        "operation_rule": "named",
    }
]


def test_titles_of_a_year_with_one_partner_claim_no_comparison():
    titles = {
        draw.__name__: draw(partners.answer(partners.Parameters(end_year=1990))).title
        for draw in (partners.FIGURES[1], partners.FIGURES[2])
    }
    assert titles == {
        "depth_by_partner": "The United States is the only partner",
        "through_time": "Partners with whom Japan had acts by 1990: 1",
    }


def test_years_without_a_signed_text_are_drawn_and_told_plainly():
    # In 2026 the one act on space awareness and missile warning is no text that could be carried out.
    bare = partners.answer(
        partners.Parameters(
            start_year=2026, end_year=2026, layers=["situational_awareness", "missile_warning"]
        )
    )
    assert bare["texts_signed"] == 0
    assert (
        "1 act and 1 tie with 1 partner." in bare.text
        and "No signed text" in bare.text
        and "of 0" not in bare.text
    )
    assert partners.figures.operation(bare).title.startswith("No text that could be carried out")
    assert all(figure(bare).source_ids for figure in partners.FIGURES)


def test_a_window_without_two_sides_sets_none_beside_each_other():
    late = partners.answer(partners.Parameters(start_year=2025))
    assert "Before 2010" not in late.text and "from then on" not in late.text
    early = partners.answer(partners.Parameters(end_year=2005, layers=["exploration", "positioning"]))
    assert "from then on" not in early.text
    assert "1 signed text has been followed" in partners.figures.operation(early).title


def test_a_share_that_few_texts_reach_names_the_rule_it_was_counted_by():
    found = partners.answer(partners.Parameters(operation_rule="named", end_year=2020))
    title = partners.figures.operation(found).title
    assert found["median_years_to_operation"] is None and "an act that sources tie to it" in title


def test_only_the_modularity_has_room_beside_its_published_value(answer):
    room = {check.unit: check.tolerance for check in partners.checks(answer)}
    assert room.pop("modularity") <= 0.001 and set(room.values()) == {0.0}


@pytest.mark.parametrize("acts, exercises", [((2000, 2010), (1990, 2020)), ((1990, 2020), (2000, 2010))])
def test_the_years_known_span_acts_and_exercises(monkeypatch, acts, exercises):
    known = {"regional_cooperation/acts": acts, "regional_cooperation/exercises": exercises}
    monkeypatch.setattr(partners.model.extent, "years", lambda table, column: known[table])
    assert partners.model.years_known() == (1990, 2020)


def test_an_operation_of_the_day_of_the_text_counts_and_one_before_does_not():
    ties = pd.DataFrame(
        [
            tie("text", "a", "2010-01-01", "instrument", "maritime"),
            tie("before", "a", "2009-12-31", "operation", "maritime"),
            tie("same day", "a", "2010-01-01", "operation", "maritime"),
            tie("later", "a", "2012-01-01", "operation", "maritime"),
        ]
    )
    found = ego.time_to_operation(ties, pd.Timestamp("2020-01-01")).iloc[0]
    assert (found["operation_id"], found["years"]) == ("same day", 0)
    without = ego.time_to_operation(ties[ties["act_id"] != "same day"], pd.Timestamp("2012-01-01")).iloc[0]
    assert without["operation_id"] == "later"  # done on the day of the data itself
    assert without["years"] == (pd.Timestamp("2012-01-01") - pd.Timestamp("2010-01-01")).days / 365.25
    none = ego.time_to_operation(ties[ties["act_id"] != "same day"], pd.Timestamp("2011-12-31")).iloc[0]
    assert not none["observed"]


def test_an_exercise_of_one_state_joins_nobody_and_of_two_counts_one():
    seats = pd.DataFrame(
        [("alone", "a"), ("pair", "a"), ("pair", "b"), ("pair", "b")], columns=["exercise_id", "participant"]
    )
    together = ego.co_participation(seats)
    assert together.loc["a", "b"] == together.loc["b", "a"] == 1 and together.to_numpy().sum() == 2


def test_dates_known_to_the_month_or_year_stand_in_their_middle():
    ties = ego.load()
    moved = (ties["when"] - ties["date"]).dt.days.groupby(ties["date_precision"].astype(str)).unique()
    assert {name: list(days) for name, days in moved.items()} == {"day": [0], "month": [14], "year": [181]}


def test_the_rate_ratio_begins_with_the_year_of_the_blocs(monkeypatch):
    monkeypatch.setattr(partners.model, "as_of", lambda p: pd.Timestamp("2011-12-31"))
    acts = pd.DataFrame({"year": [2006, 2007, 2008, 2008, 2008, 2011, 2011, 2011]})
    found = partners.model.rate_ratio(partners.Parameters(start_year=2006, end_year=2011), acts)
    assert found.estimate == pytest.approx((6 / 4) / (2 / 2))


def test_fewer_than_three_exercises_have_no_blocs():
    two = (("e1", "a"), ("e1", "b"), ("e2", "c"), ("e2", "d"))
    assert all(np.isnan(value) for value in partners.model._exercise_blocs(two))
    # Two cliques that never met: no shuffled roster does better, and some do worse.
    three = (*two, ("e3", "c"), ("e3", "d"))
    quality, share = partners.model._exercise_blocs(three)
    assert quality == pytest.approx(1 - (1 / 3) ** 2 - (2 / 3) ** 2) and 0 <= share < 1


def test_an_act_fades_whole_days_over_a_year_of_365_and_a_quarter():
    when = pd.Series(pd.to_datetime(["2020-01-01"]))
    after = pd.Timestamp("2020-01-01") + pd.Timedelta(days=1461)
    assert ego.fading(when, after, 4.0).iloc[0] == pytest.approx(0.5, rel=1e-12)


@pytest.mark.parametrize("weights", [(3, 2, 1), (1, 1, 1), (9, 3, 1)])
def test_a_choice_of_weights_has_the_depths_of_a_run_with_them(answer, weights):
    p = partners.Parameters(
        **dict(zip(("weight_binding", "weight_operational", "weight_political"), weights))
    )
    board = answer.tables["multiverse"]
    chosen = {
        "multilateral_weight": p.multilateral_weight,
        "evidence": p.evidence,
        "space_specific_only": p.space_specific_only,
        "weights": "{}-{}-{}".format(*weights),
        "fading": "none" if p.half_life_years is None else f"half in {p.half_life_years:g} years",
    }
    own = board[np.logical_and.reduce([board[name] == value for name, value in chosen.items()])]
    depths = partners.answer(p).tables["ranking"].set_index("partner")["depth"]
    assert own.set_index("partner")["depth"].to_dict() == pytest.approx(depths.to_dict())


def test_shares_of_depth_sum_to_a_hundred_in_each_choice(answer):
    choice = ["multilateral_weight", "evidence", "space_specific_only", "weights", "fading"]
    assert answer.tables["multiverse"].groupby(choice)["share"].sum().to_numpy() == pytest.approx(100)
