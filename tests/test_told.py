"""On a question's page each number of a sentence opens where it comes from: the lines that its expression
reads, found here by hand.
"""

import re

import pytest

from spacesec.collection.questions import Question
from spacesec.collection.site import told
from spacesec.run import records
from spacesec.words.sentences import Context

TABLE = b"year,state,amount\n2020,JPN,3\n2021,JPN,5\n2021,USA,9\n2022,JPN,4\n"
NAME = "budgets/government_space"


@pytest.mark.parametrize(
    "expression, lines",
    [
        ("max(amount) FROM drawn", [2]),  # the one line that has it
        ("min(amount) FROM drawn WHERE year > 2020", [3]),
        ("sum(amount) FROM drawn WHERE state = 'JPN'", [0, 1, 3]),
        ("state FROM drawn ORDER BY amount DESC LIMIT 1", [2]),
        ("count(*) FROM drawn WHERE year >= :first", [1, 2, 3]),
        (":first + 1", []),  # of results alone: no line
    ],
)
def test_lines_that_an_expression_reads(expression, lines):
    assert Context({"first": 2021}, {}, TABLE).lines(expression) == lines


@pytest.fixture(scope="module")
def teller():
    folder = Question(NAME).folder
    return told.Teller(records.read(folder), folder)


def leaves(record: dict) -> int:
    inner = [*record.get("values", {}).values(), *record.get("parts", [])]
    return sum(map(leaves, inner)) if inner else int("from" in record)


def test_every_value_of_the_answer_can_be_pressed(teller):
    made = teller.answer("../../")
    opens = re.findall(r'popovertarget="([^"]+)"', made.words)
    assert len(opens) == sum(map(leaves, teller.run.told)) > 0
    assert opens == re.findall(r'<div id="([^"]+)" class="told-from" popover>', made.origins)
    assert "\ue000" not in made.words and "\ue001" not in made.words


def test_what_a_value_opens_shows_it_and_leads_to_its_result(teller):
    made = teller.answer("../../")
    [shown] = re.findall(r'popovertarget="from-answer-0">([^<]+)<', made.words)
    [opened] = re.findall(r'<div id="from-answer-0"[^>]*>(.*?)</div>', made.origins, re.DOTALL)
    [name] = re.findall(r'href="#result-(\w+)"', opened)[:1]
    assert f"<strong>{shown}</strong>" in opened and name in teller.run.results


def test_a_figures_value_shows_the_lines_of_its_data(teller):
    [figure] = [one for one in teller.run.figures if one.name == "series"]
    tables = [made.origins for part in figure.told if (made := teller.figure(figure, part)).origins]
    assert tables and any(re.search(r"<td>\d+</td>", one) for one in tables)


def test_words_without_a_record_stay_as_they_are(teller):
    figure = teller.run.figures[0].model_copy(update={"told": {}, "caption": 'A "plain" line < 5'})
    assert teller.figure(figure, "caption") == told.Pressed("A “plain” line &lt; 5")
