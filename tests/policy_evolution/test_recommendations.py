"""What was asked and what came of it, against hand-made cases, a published trial, arithmetic on the tables'
own files and documents' own counts.
"""

import csv
import functools
from collections import Counter
from datetime import date
from math import isnan

import pandas as pd
import pytest

from spacesec.collection.site import build, demands
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.machine import paths
from spacesec.policy_evolution import recommendations

DAY = date(2024, 1, 1)
MONTH = 365.25 / 12


def _rows(name):
    with (paths.data() / "policy_evolution" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@functools.cache
def _answer(**chosen):
    return recommendations.answer(recommendations.Parameters(**chosen))


@pytest.fixture
def hand_made():
    """Seven demands of one day, of which six have facts, and a fact of each kind that must not count."""
    names = ["met", "part", "start", "gone", "after", "quiet", "hidden"]
    asked = pd.DataFrame(
        {
            "row_id": names,
            "demand_id": names,
            "asked_until": pd.Timestamp(2020, 1, 1),
            "measurable": [True] * 6 + [False],
            "due_until": pd.to_datetime(["2021-12-31", None, None, None, None, "2022-12-31", None]),
        }
    )
    facts = [
        ("met", "2019-06-01", "done"),  # before the document
        ("met", "2021-01-01", "begun"),
        ("met", "2022-01-01", "done"),
        ("met", "2023-01-01", "overtaken"),  # too late to undo it
        ("part", "2021-01-01", "partly"),
        ("part", "2022-01-01", "begun"),
        ("start", "2021-01-01", "begun"),
        ("start", "2021-02-01", "none"),
        ("gone", "2021-01-01", "partly"),
        ("gone", "2022-01-01", "overtaken"),
        ("gone", "2023-01-01", "done"),
        ("after", "2024-06-01", "done"),  # after the day of the account
        ("quiet", "2021-01-01", "none"),
    ]
    came = pd.DataFrame(facts, columns=["demand_id", "date", "state_first"])
    came["date"] = pd.to_datetime(came["date"])
    came["state_second"] = came["state_first"]
    came["row_id"] = [f"fact-{n}" for n in range(len(came))]
    return asked, came


def test_states_and_waits_of_hand_made_demands(hand_made):
    made = recommendations.model.board(*hand_made, DAY).set_index("row_id")
    assert made["state"].to_dict() == {
        "met": "done",
        "part": "partly",
        "start": "begun",
        "gone": "overtaken",
        "after": "no sign",
        "quiet": "no sign",
        "hidden": "cannot be told",
    }
    assert made["done_months"].dropna().to_dict() == pytest.approx({"met": 731 / MONTH, "gone": 1096 / MONTH})
    assert made["partly_months"].dropna().to_dict() == pytest.approx(
        {"met": 731 / MONTH, "part": 366 / MONTH, "gone": 366 / MONTH}
    )
    assert made["heard"].sum() == 2 and made["due"].sum() == 2 and made["met"].sum() == 0


def test_what_comes_later_or_was_asked_later_does_not_count(hand_made):
    asked, came = hand_made
    assert recommendations.model.board(asked, came, date(2021, 6, 1))["state"].tolist()[0] == "begun"
    assert recommendations.model.board(asked, came, date(2019, 12, 31)).empty


def test_the_second_coding_counts_where_it_is_chosen(hand_made):
    asked, came = hand_made
    came["state_second"] = "none"
    states = recommendations.model.board(asked, came, DAY, "second")["state"]
    assert set(states) == {"no sign", "cannot be told"}


def test_waits_reproduce_the_leukemia_trial_of_1963():
    """Freireich and others, 6-MP arm, as every textbook prints it: S(6) 0.857, S(10) 0.753, S(23) 0.448."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    open_ = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    made = pd.DataFrame(
        {
            "row_id": [f"patient-{n}" for n in range(21)],
            "measurable": True,
            "done_months": [*map(float, ended), *[float("nan")] * len(open_)],
            "waited_months": [100.0] * len(ended) + [float(n) for n in open_],
        }
    )
    curve = recommendations.model.survival(made, "done").set_index("time")
    for time, published in ((6, 0.857), (7, 0.807), (10, 0.753), (13, 0.690), (22, 0.538), (23, 0.448)):
        assert curve["survival"][time] == pytest.approx(published, abs=0.0006)


def test_every_demand_is_in_one_state_and_the_shares_add_up():
    found = _answer()
    assert found["asked"] == len(_rows("recommendations"))
    assert sum(found["states"].values()) == found["asked"]
    assert sum(found["asked_by_asker"].values()) == found["asked"]
    assert sum(found["heard_by_asker"].values()) == found["heard"]
    assert found["heard"] == found["states"]["done"] + found["states"]["partly"]
    assert found["demands"] == len(_rows("recommendation_demands"))


def test_the_codings_agree_as_counted_on_the_file():
    rows = _rows("recommendation_outcomes")
    found = _answer()
    same = sum(row["state_first"] == row["state_second"] for row in rows)
    first, second = (Counter(row[f"state_{n}"] for row in rows) for n in ("first", "second"))
    chance = sum(first[state] * second[state] for state in first) / len(rows) ** 2
    assert found["facts_agreed"] == same
    assert found["kappa"] == pytest.approx((same / len(rows) - chance) / (1 - chance))


def test_demands_made_again_are_those_of_two_documents():
    by_demand = Counter((row["demand_id"], row["document_id"]) for row in _rows("recommendations"))
    assert max(by_demand.values()) == 1
    documents = Counter(demand for demand, _ in by_demand)
    found = _answer()
    assert found["recurring"] == sum(count > 1 for count in documents.values())


def test_documents_that_number_their_demands_are_held_to_it():
    """As their own pages number them (see counted_at): riders of three and five points, three and three."""
    asked = Counter(row["document_id"] for row in _rows("recommendations"))
    numbered = {
        "advice-resolution-1968": 3,
        "advice-resolution-2023": 5,
        "advice-rand-2024": 3,
        "advice-gao-2025": 3,
    }
    told = {row["row_id"]: row["items_counted"] for row in _rows("recommendation_documents")}
    assert {name: asked[name] for name in numbered} == numbered
    assert {name: int(told[name]) for name in numbered} == numbered


def test_keidanrens_six_measures_of_2022_have_all_been_read():
    measures = {
        row["locator"]
        for row in _rows("recommendations")
        if row["document_id"] == "advice-keidanren-2022" and "digest, measure" in row["locator"]
    }
    assert len(measures) == 6


def test_facts_taken_from_other_tables_stand_there_with_the_same_source():
    for row in _rows("recommendation_outcomes"):
        if row["table"]:
            told = tables.raw_rows(paths.data() / f"{row['table']}.csv")
            source = next(one["source_id"] for one in told if one["row_id"] == row["table_row"])
            assert source == row["source_id"], row["row_id"]


def test_nine_rows_of_ten_rest_on_sources_of_grade_a_or_b():
    for name in ("recommendation_documents", "recommendations", "recommendation_outcomes"):
        grades = Counter(row["quality"] for row in _rows(name))
        assert grades["C"] <= 0.1 * grades.total(), name


def test_one_addressee_leaves_only_its_demands():
    found = recommendations.answer(recommendations.Parameters(addressee=["United States"]))
    asked = sum(row["addressee"] == "United States" for row in _rows("recommendations"))
    assert found["asked"] == asked
    assert set(found.tables["board"]["addressee"]) == {"United States"}


def test_a_choice_with_nothing_in_it_is_refused_in_a_sentence():
    settings = recommendations.Parameters(askers=["auditor"], addressee=["Taiwan"])
    with pytest.raises(ParameterError, match="nothing that a public sign could show was asked"):
        recommendations.answer(settings)


def test_no_estimate_reaches_beyond_what_was_watched():
    """The five documents' demands are of 2024 and 2025: by the end of 2025 none was watched two years."""
    settings = recommendations.Parameters(documents="the five", act="partly", as_of="2025-12-31")
    found = recommendations.answer(settings)
    assert isnan(found["median_months"]) and 12 < found["waiting_months"] < 24
    words = recommendations.figures.time_to_act(found)
    assert "five years" not in f"{words.title} {words.caption}" and "after 1.9 years" in words.title


def test_checks_hold():
    found = _answer()
    checks = recommendations.checks(found)
    assert len(checks) == 7 and all(check.holds for check in checks)


def test_the_site_has_a_page_for_every_demand_with_what_became_of_it():
    states = _answer().tables["board"].set_index("row_id")["state"]
    found = build.render(demands.pages())
    shown = {
        row["row_id"]: found[f"recommendations/{row['row_id']}.html"] for row in _rows("recommendations")
    }
    for row, page in shown.items():
        assert f"<h2>{states[row].capitalize()}</h2>" in page.decode("utf-8"), row
    listed = found["recommendations/index.html"].decode("utf-8")
    assert all(f"recommendations/{row}.html" in listed for row in shown)


def test_days_at_the_edge_of_the_account_and_of_the_time_asked_for(hand_made):
    asked, came = hand_made
    asked["due_until"] = pd.to_datetime(["2022-01-01", "2024-01-01", "2024-01-02", *[None] * 4])
    came = came[came["demand_id"] == "met"].iloc[[2]]  # done on 1 January 2022
    same_day = came.assign(demand_id="quiet", date=pd.Timestamp(2020, 1, 1), row_id="same")
    last_day = came.assign(demand_id="part", date=pd.Timestamp(DAY), row_id="last")
    made = recommendations.model.board(asked, pd.concat([came, same_day, last_day]), DAY)
    made = made.set_index("row_id")
    assert made["state"][["met", "part", "quiet"]].tolist() == ["done", "done", "no sign"]
    assert made["due"].tolist() == [True, True, False, False, False, False, False]  # asked for by 1 January
    assert made["met"].tolist() == [True, True, False, False, False, False, False]  # and done on that day
    assert made["waited_months"].tolist() == pytest.approx([1461 / MONTH] * 7)
    assert len(recommendations.model.board(asked, came, date(2020, 1, 1))) == 7


def test_the_share_heard_has_the_exact_interval_of_its_counts():
    from scipy.stats import binomtest

    found = _answer()
    exact = binomtest(found["heard"], found["asked"]).proportion_ci(method="exact")
    assert found["heard_percent"] == pytest.approx(100 * found["heard"] / found["asked"])
    assert found["heard_percent_interval"] == pytest.approx([100 * exact.low, 100 * exact.high])
    for name in ("groups", "alternatives"):
        for row in found.tables[name].itertuples():
            exact = binomtest(row.heard, row.asked).proportion_ci(method="exact")
            assert (row.low, row.high) == pytest.approx((100 * exact.low, 100 * exact.high))
            assert row.percent == pytest.approx(100 * row.heard / row.asked)
            assert row.row_ids.count(";") + 1 == row.asked


@pytest.mark.parametrize("documents", ["all", "the five"])
def test_a_documents_demands_divide_among_the_states(documents):
    found = _answer(documents=documents)
    told = found.tables["documents"]
    states = list(recommendations.model.STATES)
    assert (told[states].sum(axis=1) == told["asked"]).all()
    assert told[states].sum().to_dict() == found["states"]
    assert (told["heard"] == told["done"] + told["partly"]).all()
    asked = Counter(row["document_id"] for row in _rows("recommendations"))
    assert all(row.asked == asked[row.document_id] for row in told.itertuples())
    assert told["date"].is_monotonic_increasing
    # A state in which no demand is has noughts.
    made = found.tables["board"]
    done = recommendations.model.by_document(made[made["state"] == "done"])
    assert (done["done"] == done["asked"]).all() and not done[states[1:]].any(axis=None)


def test_groups_divide_the_demands_on_every_side():
    found = _answer()
    sides = found.tables["groups"].groupby("by")
    for column in ("asked", "done", "heard"):
        whole = {"asked": found["asked"], "done": found["states"]["done"], "heard": found["heard"]}[column]
        assert (sides[column].sum() == whole).all()
    body = sides.get_group("body").set_index("group")
    assert body.loc["no body named", "asked"] == sum(
        r["body"] == "not named" for r in _rows("recommendations")
    )


def test_pairs_of_the_codings_are_counted_on_the_file():
    pairs = Counter((row["state_first"], row["state_second"]) for row in _rows("recommendation_outcomes"))
    table = _answer().tables["codings"]
    assert len(table) == 25 and table["facts"].sum() == pairs.total()
    for row in table.itertuples():
        assert row.facts == pairs[row.first, row.second] == len([*filter(None, row.row_ids.split(";"))])


def test_choices_that_a_reader_may_defend_are_parts_of_the_board():
    found = _answer()
    other = _answer(coding="second")
    asked = found.tables["alternatives"].set_index("choice")["asked"]
    heard = found.tables["alternatives"].set_index("choice")["heard"]
    assert asked["as chosen"] == found["asked"] and heard["as chosen"] == found["heard"]
    assert heard["by the second coding"] == other["heard"]
    assert other.tables["alternatives"].set_index("choice")["heard"]["by the first coding"] == found["heard"]
    assert asked["each demand once"] == found["demands"]
    assert asked["watched for five years or more"] == found["long_asked"]
    assert asked["only the five documents"] + asked["only the others"] == found["asked"]
    assert heard["only the five documents"] == found["five_heard"]
    measured = {row["row_id"]: row["measurable"] == "true" for row in _rows("recommendation_demands")}
    rows = _rows("recommendations")
    assert asked["only what a sign could show"] == sum(measured[row["demand_id"]] for row in rows)
    assert asked["without sources of grade C"] == sum(row["quality"] != "C" for row in rows)


def test_what_is_asked_again_is_told_from_the_first_time_to_the_last():
    days = pd.to_datetime(["2001-01-01", "2005-01-01", "2009-01-02", "2002-01-01", "2002-01-01"])
    made = pd.DataFrame(
        {
            "row_id": ["a1", "a2", "a3", "b1", "b2"],
            "demand_id": ["a", "a", "a", "b", "b"],
            "document_id": ["x", "y", "z", "x", "x"],
            "demand": ["one", "one", "one", "other", "other"],
            "asker_kind": ["press", "industry", "press", "press", "press"],
            "asked_until": days,
            "state": ["partly", "no sign", "done", "done", "done"],
            "done_on": pd.NaT,
        }
    )
    found = recommendations.model.recurring(made)  # the other demand stands twice in one document
    assert len(found) == 1
    row = found.iloc[0]
    assert (row["documents"], row["askers"], row["state"]) == (3, "industry, press", "partly")
    assert row["years"] == pytest.approx(2923 / 365.25) and row["row_ids"] == "a1;a2;a3"
