"""The page that sets this collection beside others' software is whole, and no older than its records."""

import re

import pytest
from peers import ours
from peers.__main__ import NO_PEER, SCRIPTS

from spacesec.collection.questions import all_questions
from tests.conftest import ROOT

TOLD = ours.told(ours.PAGE.read_text(encoding="utf-8"))
AGAIN = "run `make peers`"


def test_the_page_names_every_question_and_no_other():
    assert list(TOLD) == [question.name for question in all_questions()], AGAIN


@pytest.mark.parametrize("question", [question.name for question in all_questions()])
def test_a_question_has_a_compared_number_or_says_that_no_peer_exists(question):
    verdicts = {verdict for verdict, _ in TOLD[question]}
    allowed = {"no peer"} if question in NO_PEER else {"agrees", "differs", "differs, reason below"}
    assert verdicts and verdicts <= allowed, AGAIN


@pytest.mark.parametrize("question", [question.name for question in all_questions()])
def test_no_row_is_older_than_the_record_it_speaks_of(question):
    assert {record for _, record in TOLD[question]} == {ours.fingerprint(question)}, AGAIN


def test_another_recorded_value_makes_the_page_old(monkeypatch):
    question = "missile_warning/flight_time"
    record, before = ours.record(question), ours.fingerprint(question)
    monkeypatch.setattr(ours, "record", lambda _: record | {"speed_km_s": record["speed_km_s"] + 1e-9})
    assert ours.fingerprint(question) != before


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_pins_every_peer(script):
    text = (ROOT / "peers" / f"{script}.py").read_text(encoding="utf-8")
    listed = re.findall(r'"([\w-]+[^"]*)"', text.partition("# dependencies = [")[2].partition("]")[0])
    assert listed and all(re.fullmatch(r"[\w-]+==[\w.]+", one) for one in listed)
