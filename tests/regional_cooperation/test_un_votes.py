"""How Japan votes: agreement measures against closed forms, the collected roll calls against what was
printed.
"""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from spacesec.answers import Result
from spacesec.errors import ParameterError
from spacesec.importing.found import Unplaced
from spacesec.regional_cooperation import told_twice, un_votes
from spacesec.words.sentences import Context

YES, ABSTAIN, NO = "yes", "abstain", "no"


def votes(*given):
    return pd.Series(list(given))


def test_agreement_counts_an_abstention_apart_or_half():
    japan, other = votes(YES, YES, YES, ABSTAIN, NO), votes(YES, ABSTAIN, NO, NO, NO)
    assert un_votes.model.agree(japan, other, "distinct").tolist() == [1, 0, 0, 0, 1]
    assert un_votes.model.agree(japan, other, "half").tolist() == [
        1,
        0.5,
        0,
        0.5,
        1,
    ]  # Lijphart's index: 1 - |a - b|


def test_an_interval_with_no_agreement_is_the_closed_form():
    found = un_votes.model.rate(np.zeros(9))
    assert found.estimate == 0 and found.low == 0
    assert found.high == pytest.approx(100 * (1 - 0.025 ** (1 / 9)))


def test_kappa_is_one_for_equal_and_zero_for_independent_voters():
    mixed = votes(YES, ABSTAIN, NO, YES)
    assert un_votes.model.kappa(mixed, mixed) == pytest.approx(1)
    assert un_votes.model.kappa(votes(YES, YES, NO, NO), votes(YES, NO, YES, NO)) == pytest.approx(0)
    assert np.isnan(un_votes.model.kappa(votes(YES, YES), votes(YES, YES)))


def test_change_splits_into_votes_and_mix():
    before = pd.DataFrame({"topic": ["a"] * 3 + ["b"], "score": [0, 0, 0, 1.0]})
    after = pd.DataFrame({"topic": ["a"] + ["b"] * 3, "score": [1, 1, 1, 1.0]})
    from_votes, from_mix = un_votes.model.split_change(before, after)
    assert from_votes == pytest.approx(
        50
    )  # topic a rose from 0 to 100 at a mean share of (75 + 25) / 2 percent
    assert from_votes + from_mix == pytest.approx(75)


def test_no_state_count_exceeds_the_printed_total():
    ballots = un_votes.model.ballots()
    texts = un_votes.model.tables.load("regional_cooperation/un_resolutions").set_index("resolution")
    counted = (
        ballots.dropna(subset="vote")
        .groupby(["resolution", "vote"], observed=True)
        .size()
        .unstack(fill_value=0)
    )
    for vote in (YES, ABSTAIN, NO):
        total = texts[f"total_{vote}"].reindex(counted.index).dropna()
        assert (counted.loc[total.index, vote] <= total).all(), vote


def test_no_state_votes_twice_on_a_text():
    assert not un_votes.model.ballots().duplicated(["resolution", "state"]).any()


def test_first_placement_as_the_roll_calls_print_it():
    answer = un_votes.answer(un_votes.Parameters())
    printed = {**{str(y): ABSTAIN for y in range(2014, 2020)}, "2020": NO, "2021": NO, "2023": NO}
    assert printed.items() <= answer["first_placement_japan"].items()
    assert (
        answer["first_placement_south_korea"]["2020"] == ABSTAIN
    )  # resolution 75/37: South Korea still abstained
    assert answer["first_no_south_korea"] == 2021


def test_washington_never_voted_for_first_placement():
    ballots = un_votes.model.ballots()
    against = ballots[(ballots["topic"] == "no_first_placement") & (ballots["state"] == "United States")]
    printed = against[against["year"] <= 2023]["vote"]
    assert set(printed) == {NO} and len(printed) >= 9


def test_two_bodies_in_one_year_leave_the_plenary_s_vote_on_first_placement():
    row = {"state": "Japan", "year": 2026, "topic": "no_first_placement"}
    given = pd.DataFrame(
        [
            {**row, "body": "first_committee", "vote": ABSTAIN},
            {**row, "body": "plenary", "vote": NO},
            {**row, "body": "first_committee", "vote": ABSTAIN, "year": 2027},
            {**row, "body": "plenary", "vote": None, "year": 2028},
        ]
    )
    found = un_votes.model.first_placement(given)
    assert dict(zip(found["year"], found["vote"])) == {2026: NO, 2027: ABSTAIN}


def test_a_fact_told_twice_keeps_its_earlier_row_and_names_the_other():
    rows = pd.DataFrame({"row_id": ["a", "b", "c"], "state": ["x", "y", "x"], "vote": [YES, YES, NO]})
    kept, left_out = told_twice.once(rows, ["state"])
    assert list(kept["row_id"]) == ["a", "b"] and left_out == ["c"]


def test_what_is_left_out_is_named():
    found = un_votes.answer(un_votes.Parameters())
    twice = {"told_twice": Result(["a", "b"], "row ids", "left out")}
    [paragraph] = told_twice.paragraphs(dataclasses.replace(found, results=twice))
    assert paragraph.tell(Context({"told_twice": ["a", "b"]}, {}))[0].endswith("a, b are left out.")
    assert "left out." not in found.text


def test_no_first_placement_keeps_to_the_years_asked_for():
    found = un_votes.answer(un_votes.Parameters(end_year=2019))
    assert max(found["first_placement_japan"]) == "2019" and found["first_no_japan"] is None
    assert set(un_votes.figures.first_placement(found).data["year"]) == set(range(2014, 2020))


def test_every_text_has_a_mark_of_its_own_and_is_counted_as_drawn():
    found = un_votes.answer(un_votes.Parameters())
    picture = un_votes.figures.with_washington(found)
    drawn = picture.data
    assert len(drawn) == 66 and not drawn.duplicated(["year", "y"]).any()
    late = drawn[drawn["year"] >= 2020]
    assert f"{(late['japan'] == late['other']).sum()} of {len(late)} since" in picture.title


def test_a_half_credit_is_not_called_alike():
    found = un_votes.answer(un_votes.Parameters(abstention="half", break_year=1990, end_year=2019))
    late = un_votes.figures.with_washington(found)
    assert (
        "on 0 of 46 since" in late.title
        and not (late.data["kind"][late.data["year"] >= 1990] == "alike").any()
    )
    assert "same vote" not in un_votes.figures.agreement(found).subtitle + found.text


def test_the_years_offered_are_those_of_the_texts():
    dates = un_votes.model.tables.load("regional_cooperation/un_resolutions")["date"].dt.year
    asked = un_votes.Parameters()
    assert (asked.start_year, asked.end_year) == (dates.min(), dates.max())


def test_states_in_neither_list_count_only_when_asked():
    for rule, expected in (("exclude", None), ("as_yes", YES)):
        row = un_votes.model.ballots(rule).query("resolution == '77/41' and state == 'Japan'").iloc[0]
        assert row["vote"] == expected if expected else pd.isna(row["vote"])


def test_results_hold_together():
    answer = un_votes.answer(un_votes.Parameters())
    us = answer.tables["pairs"].query("partner == 'United States'")
    assert (
        answer["agreement_n"]["United States"]["all"]
        == len(us)
        == sum(v for k, v in answer["agreement_n"]["United States"].items() if k != "all")
    )
    change = answer["washington_after_percent"] - answer["washington_before_percent"]
    assert answer["change_from_votes"] + answer["change_from_mix"] == pytest.approx(change)
    for partner, shares in answer["agreement_percent"].items():
        for topic, percent in shares.items():
            assert (
                0
                <= answer["agreement_low"][partner][topic]
                <= percent
                <= answer["agreement_high"][partner][topic]
                <= 100
            )


REFUSED = [
    ({"partners": ["Atlantis"]}, "votes are collected for Australia, Canada"),
    ({"start_year": 2020, "end_year": 2010}, "must not come after"),
    ({"topics": ["cyber"]}, "no_first_placement"),
]


def test_a_choice_without_votes_is_refused_with_what_is_known():
    with pytest.raises(ParameterError, match="votes are known for"):
        un_votes.answer(un_votes.Parameters.of({"topics": ["test_ban"]}))


def test_every_figure_is_drawn():
    answer = un_votes.answer(
        un_votes.Parameters.of({"partners": ["India", "Italy"], "start_year": 2014, "abstention": "half"})
    )
    for draw in un_votes.FIGURES:
        picture = draw(answer)
        assert picture.title and picture.alt and len(picture.data)


@pytest.mark.parametrize("years", [{"end_year": 1981}, {"start_year": 2024}])
def test_years_of_one_period_leave_nothing_to_compare_and_say_so(years):
    answer = un_votes.answer(un_votes.Parameters.of(years))
    titles = {draw.__name__: draw(answer).title for draw in un_votes.FIGURES}
    assert "nothing to compare" in titles["counting_rules"] and not any(
        "nan" in title for title in titles.values()
    )
    assert titles["agreement"].count("Washington") == 1 or not titles["agreement"].startswith(
        "Japan votes like Washington"
    )


def test_nobody_is_named_where_nobody_is_nearest_beyond_chance():
    # On two texts of 2024 nobody varies the vote, so that chance alone would explain all of it.
    one = un_votes.answer(
        un_votes.Parameters(
            partners=["Indonesia", "Germany"],
            topics=["mass_destruction", "test_ban"],
            bodies=["plenary", "security_council"],
            start_year=2024,
            break_year=1982,
        )
    )
    assert one["closest_beyond_chance"] is None
    assert "None" not in one.text and "and nothing can be said of any beyond chance" in one.text


def test_few_texts_are_told_as_counts_and_the_years_are_those_of_the_texts():
    # Nine texts of 2014 to 2023 on no first placement; in 2019 to 2021 nine texts on all topics.
    one = un_votes.answer(un_votes.Parameters(topics=["no_first_placement"]))
    texts = one.tables["votes"]
    ours = texts[(texts["state"] == "Japan") & (texts["topic"] == "no_first_placement")]
    assert f"texts of {ours['year'].min()} to {ours['year'].max()} Japan" in one.text
    assert "arms race" not in un_votes.figures.with_washington(one).caption
    few = un_votes.answer(un_votes.Parameters(start_year=2019, end_year=2021, partners=["India"]))
    alike, n = few["agreement_percent"]["India"]["all"], few["agreement_n"]["India"]["all"]
    assert n < 20
    assert (
        f"like India on {round(alike * n / 100)} of {n} space texts" in un_votes.figures.agreement(few).title
    )
    rules = un_votes.figures.counting_rules(few)
    wide = rules.data.pivot_table(
        index=["abstention", "unlisted", "bodies", "break_year"], columns="period", values="percent"
    )
    assert f"{len(wide.dropna())} counting rules with texts in both periods" in rules.title
    late = wide.dropna()["later"]
    assert f"later: {np.floor(late.min()):.0f}% to {np.ceil(late.max()):.0f}%" in rules.title


def test_washington_among_the_nearest_is_not_told_apart_from_them():
    last = un_votes.answer(un_votes.Parameters(start_year=2024, break_year=2024))
    assert "United States" in last["closest_partners"] and len(last["closest_partners"]) > 1
    picture = un_votes.figures.agreement(last)
    assert "Washington among them" in picture.title and "year after year" not in picture.note
    assert " of 2024 Japan" in last.text


# --- a reader's own file of votes
# -------------------------------------------------------------------------------------------------


def own_votes(folder, *lines):
    path = folder / "votes.csv"
    head = "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,title\n"
    path.write_text(head + "".join(f"{one}\n" for one in lines), "utf-8")
    return un_votes.Parameters.of({"votes_file": str(path)})


PLACEMENT = "2025-12-01,80,A/RES/80/19,No first placement of weapons in outer space"


def test_a_file_adds_its_texts_and_is_named(tmp_path):
    p = own_votes(
        tmp_path,
        f"4094642,JPN,JAPAN,N,{PLACEMENT}",
        f"4094642,USA,UNITED STATES,N,{PLACEMENT}",
        f"4094642,RUS,RUSSIAN FEDERATION,Y,{PLACEMENT}",
    )
    default, found = un_votes.answer(un_votes.Parameters.of({})), un_votes.answer(p)
    assert found["votes"] == default["votes"] + 1 and found["last_text_year"] == 2025
    assert found["first_placement_japan"]["2025"] == "no"
    assert "votes_file" not in default.results
    assert found["votes_file"]["name"] == "votes.csv" and found["votes_file"]["rows"] == 3
    told = found["votes_file"]["sha256"][:12]
    for draw in un_votes.FIGURES:
        assert told in draw(found).note and "votes.csv" in draw(found).note


def test_a_file_takes_the_place_of_the_table_for_its_texts(tmp_path):
    text = "2021-12-06,76,A/RES/76/23,No first placement of weapons in outer space"
    p = own_votes(tmp_path, f"3950574,JPN,JAPAN,Y,{text}", f"3950574,USA,UNITED STATES,N,{text}")
    votes, _ = un_votes.model.roll_calls(p.votes_file)
    held = votes[votes["resolution_id"] == "resolution-76-23"]
    assert dict(zip(held["state"], held["vote"])) == {"Japan": "yes", "United States": "no"}
    default, _ = un_votes.model.roll_calls()
    assert len(votes) == len(default) - (default["resolution_id"] == "resolution-76-23").sum() + 2


def test_a_file_without_such_votes_is_refused(tmp_path):
    with pytest.raises(ParameterError, match="no such file"):
        un_votes.Parameters.of({"votes_file": str(tmp_path / "none.csv")})
    p = own_votes(tmp_path, f"1,FJI,FIJI,Y,{PLACEMENT}")
    with pytest.raises(Unplaced, match="no vote of these states"):
        un_votes.answer(p)
    other = "2025-12-01,80,A/RES/80/19,Oceans and the law of the sea"
    with pytest.raises(Unplaced, match="no vote of these states on these subjects"):
        un_votes.answer(own_votes(tmp_path, f"1,JPN,JAPAN,Y,{other}"))
    p = own_votes(tmp_path, f"1,JPN,JAPAN,Q,{PLACEMENT}")
    with pytest.raises(Unplaced, match="line 2: 'Q'"):
        un_votes.answer(p)


def test_the_printed_counts_of_votes_leave_no_room():
    found = un_votes.model.checks(un_votes.answer(un_votes.Parameters(start_year=2014)))
    assert found and all(check.holds and check.tolerance == 0 for check in found)


def test_the_bounds_of_a_share_are_quantiles_of_the_beta_distribution():
    from scipy.stats import beta

    found = un_votes.answer(un_votes.Parameters(partners=["India", "China", "France"]))
    for partner, counts in found["agreement_n"].items():
        for topic, n in counts.items():
            hits = round(found["agreement_percent"][partner][topic] * n / 100)
            low = beta.ppf(0.025, hits, n - hits + 1) if hits else 0
            high = beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1
            assert found["agreement_low"][partner][topic] == pytest.approx(100 * low)
            assert found["agreement_high"][partner][topic] == pytest.approx(100 * high)


def test_every_way_of_counting_splits_at_the_break_year_itself():
    p = un_votes.Parameters(break_year=2014)
    rows = un_votes.model.multiverse(p)
    assert len(rows) == 2 * 2 * 2 * 2 * 2 and set(rows["break_year"]) == {2014, 2020}
    for chosen in ({}, {"abstention": "half"}, {"unlisted": "as_yes"}, {"bodies": ["plenary"]}):
        q = p.model_copy(update=chosen)
        scored = un_votes.model.scored_pairs(q, ["United States"])
        one = rows[
            (rows["abstention"] == q.abstention)
            & (rows["unlisted"] == q.unlisted)
            & (rows["bodies"] == ("plenary" if len(q.bodies) == 1 else "all bodies"))
        ]
        for row in one.itertuples():
            late = scored["year"] >= row.break_year
            part = scored[late if row.period == "later" else ~late]["score"]
            assert (row.n, row.percent) == (len(part), pytest.approx(100 * part.mean()))


def test_the_period_of_a_text_of_the_break_year_is_the_later_one():
    scored = un_votes.model.scored_pairs(un_votes.Parameters(break_year=2014), ["United States"])
    years = scored.groupby("period")["year"].agg(["min", "max"])
    assert years.loc["from 2014", "min"] == 2014 and years.loc["before 2014", "max"] < 2014


def test_a_file_reaches_beyond_the_table_only_with_the_latest_year(tmp_path):
    p = own_votes(tmp_path, f"1,JPN,JAPAN,N,{PLACEMENT}", f"1,USA,UNITED STATES,N,{PLACEMENT}")
    last = un_votes.model.years_known()[1]
    assert p.last_year > 2025 and un_votes.Parameters().last_year == last
    assert p.model_copy(update={"end_year": last - 1}).last_year == last - 1
