"""The collection as tools for programs, asked by a real client: a hundred questions whose answers stand in
its files, thirty that must be refused.
"""

import csv
import json
import os
import random
import socket
import subprocess
import sys
import time

import pytest

from spacesec.collection.asked import bounded, server
from spacesec.collection.questions import all_questions
from spacesec.data import tables
from spacesec.errors import ParameterError, RunError
from tests.conftest import LONG, ROOT, awaited

pytestmark = pytest.mark.filterwarnings("ignore")  # of what the protocol's library imports
DEFAULTS, ROWS, CLAIMS, SEARCHES = len(all_questions()), 30, 20, 24
# Words of readers -> the kind and a part of the name of what must be among the first three found.
SEARCHED = {
    "Golden Dome": ("claim", "C4-008"),
    "golden dome tracking": ("claim", "C4-008"),
    "宇宙作戦群": ("row", "glossary-space-operations-group"),
    "QZSS": ("question", "positioning"),
    "みちびき": ("row", "glossary-michibiki"),
    "Senkaku": ("question", "maritime_awareness"),
    "senkaku contiguous zone": ("question", "maritime_awareness"),
    "Kirameki-2": ("row", "kirameki"),
    "FENGYUN 1C": ("question", "situational_awareness"),
    "hedging": ("question", "hedging"),
    "peaceful purposes": ("question", "timeline"),
    "Strategy Fund": ("question", "strategy_fund"),
    "missile defense and aviation": ("question", "government_space"),
    "Shapley": ("question", "joint_or_independent"),
    "radar 500 m": ("question", "radar_horizon"),
    "cables": ("question", "taiwan_connectivity"),
    "QZS-5": ("question", "positioning"),
    "Washington vote": ("question", "un_votes"),
    "glider": ("question", "glide_tracking"),
    "Novaspace": ("question", "comparison"),
    "one trillion yen": ("question", "defense_space"),
    "North Korea launch": ("question", "launch_record"),
    "ＩＧＳ Optical-1": ("row", "igs-optical-1"),
    "dated plans": ("question", "promises"),
}
# What must be refused -> words of the sentence that says why.
REFUSED = [
    ("answer", {"question": "budgets/nothing"}, "there is no question"),
    ("answer", {"question": "../../etc"}, "there is no question"),
    ("answer", {"question": ""}, "there is no question"),
    ("answer", {"question": "budgets"}, "there is no question"),
    ("answer", {"question": "budgets/government_space", "parameters": {"currency": "EUR"}}, "currency"),
    ("answer", {"question": "budgets/government_space", "parameters": {"first_year": 1950}}, "first_year"),
    ("answer", {"question": "budgets/government_space", "parameters": {"last_year": 2099}}, "last_year"),
    ("answer", {"question": "budgets/government_space", "parameters": {"deflator": 3}}, "deflator"),
    ("answer", {"question": "budgets/government_space", "parameters": {"colour": "red"}}, "colour"),
    ("answer", {"question": "budgets/government_space", "parameters": {"first_year": "soon"}}, "first_year"),
    ("answer", {"question": "missile_warning/coverage", "parameters": {"satellites": -1}}, "satellites"),
    (
        "answer",
        {"question": "budgets/gdp", "parameter": {"last_year": 2012}},
        "answer takes no 'parameter'; it takes question, parameters",
    ),
    ("claims", {"verdct": "open"}, "claims takes no 'verdct'; it takes"),
    ("search", {"words": "radar", "limits": 2}, "search takes no 'limits'; it takes"),
    ("questions", {"zzz": 1}, "questions takes no 'zzz'; it takes"),
    ("answer", {"question": "missile_warning/coverage", "parameters": {"planes": 7}}, "planes"),
    (
        "answer",
        {"question": "regional_cooperation/un_votes", "parameters": {"first_year": "x"}},
        "first_year",
    ),
    ("answer", {"question": "policy_evolution/claims", "parameters": {"documents": ["X"]}}, "documents"),
    ("describe", {"question": "space_systems/lasers"}, "there is no question"),
    ("describe", {"question": "spacesec.data"}, "there is no question"),
    ("trace", {"question": "budgets/government_space", "number": "99.9"}, "no sentence"),
    ("trace", {"question": "budgets/none", "number": "1"}, "there is no question"),
    ("row", {"row_id": "sat-igs-optical-99"}, "no table has a row"),
    ("row", {"row_id": ""}, "no table has a row"),
    ("table", {"name": "budgets/secrets"}, "there is no table"),
    ("table", {"name": "sources"}, "is no table"),
    ("table", {"name": "../README"}, "there is no table"),
    ("table", {"name": "budgets/gdp", "where": {"planet": "Mars"}}, "has no column"),
    ("table", {"name": "budgets/gdp", "limit": 0}, "limit must be 1 or more"),
    ("search", {"words": "   "}, "at least one word"),
    ("search", {"words": "QZSS", "limit": -3}, "limit must be 1 or more"),
    ("claim", {"claim_id": "C9-999"}, "there is no claim"),
    ("claims", {"verdict": "probably"}, "there is no verdict"),
    ("cite", {"source_id": "wikipedia"}, "there is no source"),
]


def asked(calls: list[tuple[str, dict]], where=None) -> list:
    """The results of calls in one session, with the server in this process unless another is named."""
    from mcp import Client

    async def ask() -> list:
        async with Client(where or server.made()) as client:
            return [await client.call_tool(name, arguments) for name, arguments in calls]

    return awaited(ask())


def raw(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_default_answer_is_the_published_one():
    names = [question.name for question in all_questions()]
    for name, given in zip(names, asked([("answer", {"question": name}) for name in names])):
        published = json.loads((ROOT / "figures" / name / "run.json").read_text(encoding="utf-8"))
        found = given.structured_content
        assert found["answer"] == published["answer"]
        assert {key: one["value"] for key, one in found["results"].items()} == {
            key: one["value"] for key, one in published["results"].items()
        }
        assert found["as_of"] and found["sources"] and found["rests_on"]["rows_by_grade"]


def test_rows_come_as_their_tables_hold_them_with_source_and_place():
    lots = random.Random(18)
    named = [name for name in tables.names() if "/" in name and raw(name)[0].get("row_id")]
    wanted = [(name, lots.choice(raw(name))) for name in lots.sample(named, ROWS)]
    for (name, row), given in zip(wanted, asked([("row", {"row_id": row["row_id"]}) for _, row in wanted])):
        found = given.structured_content
        assert (found["table"], found["locator"]) == (name, row.get("locator", ""))
        assert found["grade"] == row.get("quality", "")
        if row.get("source_id"):
            assert found["sources"][0]["source_id"] == row["source_id"] and found["sources"][0]["reference"]
        facts = {column: value.split(" ")[0] for column, value in found["facts"].items()}
        assert all(row[column].startswith(value) for column, value in facts.items())


def test_claims_have_the_verdicts_of_the_published_board():
    with (ROOT / "figures/policy_evolution/claims/board.csv").open(encoding="utf-8", newline="") as file:
        board = {row["claim_id"]: row["verdict"] for row in csv.DictReader(file)}
    lots = random.Random(18).sample(sorted(board), CLAIMS)
    for claim, given in zip(lots, asked([("claim", {"claim_id": claim}) for claim in lots])):
        found = given.structured_content
        assert found["verdict"] == board[claim] and found["meaning"]
        assert found["rows"] or found["results"] or found["reason"], claim


def test_what_readers_search_for_is_among_the_first_three():
    missed = []
    results = asked([("search", {"words": words, "limit": 3}) for words in SEARCHED])
    for (words, (kind, part)), given in zip(SEARCHED.items(), results):
        found = given.structured_content["found"]
        if not any(hit["kind"] == kind and part in hit["id"] for hit in found):
            missed.append((words, found))
    assert not missed


def test_a_hundred_are_asked():
    assert DEFAULTS + ROWS + CLAIMS + SEARCHES >= 100 and len(SEARCHED) == SEARCHES and len(REFUSED) == 34


def test_what_the_collection_cannot_answer_is_refused_in_a_sentence():
    wrong = []
    for (name, arguments, words), given in zip(REFUSED, asked([call[:2] for call in REFUSED])):
        text = given.content[0].text
        if not given.is_error or words not in text or "Traceback" in text or "\n" in text:
            wrong.append((name, arguments, text[:300]))
    assert not wrong


def test_what_is_not_held_is_said_and_not_guessed():
    nothing, no_row = asked(
        [
            ("search", {"words": "unobtainium reactor"}),
            ("table", {"name": "budgets/government_space", "where": {"fiscal_year": "1901"}}),
        ]
    )
    assert nothing.structured_content["said"] == "the collection holds nothing with these words"
    assert no_row.structured_content["said"] == "no row" and no_row.structured_content["rows"] == []


def test_other_parameters_are_computed_and_numbers_traced():
    question = "budgets/government_space"
    computed, traced = asked(
        [
            ("answer", {"question": question, "parameters": {"last_year": 2012}}),
            ("trace", {"question": question, "number": "3.25"}),
        ]
    )
    amounts = {
        row["fiscal_year"]: float(row["amount_bn_jpy"])
        for row in raw(question)
        if (row["count"], row["stage"]) == ("narrow", "combined")
    }
    found, origin = computed.structured_content, traced.structured_content
    assert found["parameters"]["last_year"] == 2012 and found["sources_of"] == "default run"
    assert found["results"]["growth_multiple"]["value"] == pytest.approx(amounts["2012"] / amounts["2009"])
    growth = amounts["2026"] / amounts["2009"]
    assert origin["results"]["growth_multiple"]["value"] == pytest.approx(growth)
    assert all(float(entry["shown"]) == round(growth, 2) for entry in origin["found"])


def test_a_computation_that_takes_too_long_ends_in_a_sentence(monkeypatch):
    monkeypatch.setenv(bounded.LONGEST, "0.5")
    began = time.monotonic()
    with pytest.raises(RunError, match="it takes longer than 0.5 seconds here"):
        bounded.within(time.sleep, 600)
    assert time.monotonic() - began < LONG
    with pytest.raises(ParameterError, match="not a year"):
        monkeypatch.delenv(bounded.LONGEST)
        bounded.within(_refuse)


def _refuse() -> None:
    raise ParameterError("this is not a year")


def test_a_program_starts_it_on_standard_input_and_output():
    from mcp import StdioServerParameters

    command = StdioServerParameters(
        command=sys.executable, args=["-m", "spacesec.collection", "mcp"], cwd=ROOT, env=dict(os.environ)
    )
    [given] = asked([("cite", {"source_id": "federal-reserve-h10"})], command)
    assert "Federal Reserve" in given.structured_content["reference"]


def test_over_http_it_answers_this_machine():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "spacesec.collection", "mcp", "--port", str(port)],
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        ends = time.monotonic() + LONG
        while time.monotonic() < ends and socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.2)
        [given] = asked([("claims", {"verdict": "contradicted"})], f"http://127.0.0.1:{port}/mcp")
        assert given.structured_content["count"] > 0
    finally:
        process.terminate()
        process.wait(LONG)


@pytest.mark.parametrize("port", ["taken", 70000])
def test_a_port_that_cannot_be_used_is_told_in_a_sentence(port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        number = other.getsockname()[1] if port == "taken" else port
        with pytest.raises(RunError, match=f"port {number} cannot be used .*; choose another"):
            server.serve(number)
