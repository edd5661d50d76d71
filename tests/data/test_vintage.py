"""The collection as known on a day: twelve vintages counted by hand in the files, what is always there, and
how a run, a command and Python ask for one.
"""

import csv
import json
from datetime import date
from functools import partial

import pytest

import spacesec as ss
from spacesec.collection.questions import all_questions
from spacesec.data import appeared, sources, tables, vintage
from spacesec.errors import DataError, ParameterError, RunError
from spacesec.policy_evolution import recommendations
from spacesec.run import record
from tests.conftest import ROOT

BUDGET, PARTNERS = "budgets/government_space", "regional_cooperation/partners"
ADVICE, LAUNCHES = "policy_evolution/recommendations", "missile_warning/launch_record"
# Counted by hand in the tables and the store of sources: day, question, result, value.
VINTAGES = [
    ("2021-06-30", BUDGET, "last_amount", 449.6),  # FY2021, Yomiuri of December 2020
    ("2023-12-31", BUDGET, "last_amount", 611.9),  # FY2023; FY2022 was never found
    ("2025-06-30", BUDGET, "last_amount", 900.0),  # FY2024: 600 by Kyodo, and the fund's 300
    ("2020-12-31", PARTNERS, "acts", 64),
    ("2023-06-30", PARTNERS, "acts", 93),
    ("2023-12-31", PARTNERS, "acts", 99),
    ("2020-12-31", ADVICE, "documents", 16),
    ("2023-06-30", ADVICE, "documents", 21),
    ("2023-12-31", ADVICE, "asked", 78),
    ("2020-12-31", LAUNCHES, "launches", 145),  # whole years, to 2019
    ("2023-06-30", LAUNCHES, "launches", 229),  # to 2022
    ("2023-12-31", "regional_cooperation/maritime_awareness", "vessels_last_year", 1199),  # of 2022
]


@pytest.mark.parametrize(("day", "question", "result", "value"), VINTAGES)
def test_vintages_counted_by_hand(day, question, result, value):
    assert ss.answer(question, as_known_on=day)[result] == pytest.approx(value)


def test_no_row_is_there_before_its_source():
    """By the files themselves, without the code that is tested."""
    day, store = "2022-06-30", json.loads((ROOT / "data" / "sources.json").read_text(encoding="utf-8"))
    issued = {item["id"]: item for item in store}
    with (ROOT / "data" / "regional_cooperation" / "acts.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = []
    for row in rows:
        item = issued[row["source_id"]]
        parts = item.get("issued", {}).get("date-parts", [[]])[0]
        running = item["type"] == "dataset" or not parts
        year, month, number = (*parts, 12, 31)[:3] if len(parts) < 3 else parts
        known = row["date"] if running else f"{year:04d}-{month:02d}-{number:02d}"
        expected += [row["row_id"]] if known <= day else []
    with vintage.known_on(day):
        found = list(tables.load("regional_cooperation/acts")["row_id"])
    assert found == expected and 0 < len(found) < len(rows)


@pytest.mark.parametrize(
    ("issued", "day"),
    [
        ([2020], "2020-12-31"),
        ([2020, 2], "2020-02-29"),
        ([2019, 12], "2019-12-31"),
        ([2020, 2, 3], "2020-02-03"),
    ],
)
def test_a_source_appeared_on_the_last_day_that_its_date_may_mean(issued, day):
    item = {"type": "report", "issued": {"date-parts": [issued]}}
    assert appeared.by(item) == date.fromisoformat(day)
    assert appeared.by(item | {"type": "dataset"}) is None


def test_places_and_rules_are_always_there():
    with vintage.known_on("2000-01-01"):
        assert len(tables.load("missile_warning/cities")) == len(
            tables.raw_rows(ROOT / "data/missile_warning/cities.csv")
        )


def test_whole_tables_are_read_again_afterwards():
    before = len(tables.load("policy_evolution/events"))
    with vintage.known_on("2015-01-01"):
        assert len(tables.load("policy_evolution/events")) < before
    assert len(tables.load("policy_evolution/events")) == before


def test_who_says_a_row_is_told_also_before_it_was_known():
    with vintage.known_on("2020-12-31"):  # the article is of August 2024
        said = str(sources.who_says("defense-space-target-constellation-2025-request"))
    assert "Jiji Press / nippon.com. 2024." in said


def default_answer(module):
    return module.answer(module.Parameters.of({}))


@pytest.mark.parametrize(
    ("day", "among"),
    [("2018-12-31", "policy_evolution/hedging"), ("2023-12-31", "policy_evolution/timeline")],
)
def test_what_can_be_shown_can_be_checked(day, among):
    """A check of rows that came later does not hold; it is never an error of the program."""
    shown = set()
    with vintage.known_on(day):
        for question in all_questions():
            try:
                answer = vintage.shown(question.name, partial(default_answer, question.module))
            except (RunError, ParameterError, DataError):
                continue
            assert isinstance(question.module.checks(answer), list), question.name
            shown.add(question.name)
    assert {"regional_cooperation/partners", among} <= shown


def test_a_question_that_cannot_be_shown_says_so():
    with pytest.raises(RunError, match="cannot be shown as known on 2012-01-01"):
        ss.answer("budgets/strategy_fund", as_known_on="2012-01-01")


@pytest.mark.parametrize("day", ["2020-13-01", "soon", 2020, "2199-01-01"])
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(ParameterError, match="as_known_on"):
        ss.answer(BUDGET, as_known_on=day)
    assert vintage.in_force() is None


def test_a_run_as_known_on_a_day_writes_only_where_it_is_told(tmp_path):
    run = record.start(recommendations, {"as_known_on": "2020-12-31"})
    try:
        assert run.folder is None
        run = record.start(
            recommendations, {"as_known_on": "2020-12-31", "output_dir": str(tmp_path / "then")}
        )
        assert run.folder == tmp_path / "then"
        run.answer()
        assert run.record()["as_known_on"] == "2020-12-31"
        assert record.start(recommendations, {}).folder is not None and vintage.in_force() is None
    finally:
        vintage.use(None)


def test_the_command_asks_for_a_day_and_a_folder(collection):
    refused = collection.spacesec("run", BUDGET, "--as-known-on", "2023-12-31")
    assert refused.returncode and "needs --output-dir" in refused.stderr
    where = collection.root / "then"
    made = collection.spacesec("run", BUDGET, "--as-known-on", "2023-12-31", "--output-dir", str(where))
    assert made.returncode == 0, made.stderr
    kept = json.loads((where / "run.json").read_text(encoding="utf-8"))
    assert kept["as_known_on"] == "2023-12-31" and kept["results"]["last_amount"]["value"] == 611.9


def test_a_check_whose_rows_came_later_stops_no_vintage(tmp_path):
    from spacesec.regional_cooperation import interoperability as question

    run = record.start(question, {"as_known_on": "2022-12-31", "output_dir": str(tmp_path / "then")})
    try:
        checks = question.checks(run.answer())
        assert not all(check.holds for check in checks)  # Italy's agreement of 2024 is not known yet
        run.check(checks)
        assert run.checks == [check for check in checks if check.holds]
    finally:
        vintage.use(None)
