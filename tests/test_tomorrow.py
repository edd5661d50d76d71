"""Tomorrow's row goes in by itself: for every dated table a row one period on is shown, or told to be left
out and why.
"""

import os
import random
from collections.abc import Callable, Iterator
from unittest import mock

import pytest

from spacesec.collection.questions import all_questions
from tests import tomorrow
from tests.conftest import ROOT

ALL = os.environ.get("SPACESEC_TOMORROW") == "all"
SEED = int(os.environ.get("SPACESEC_SEED", "1"))
SAMPLE = 3  # tables for each change but the first

# Readers that such a row does not concern, and why; every other reader has to move.
OTHER_ROWS = {
    ("space_systems/asat_pledges", "policy_evolution/forecasts"): "its check alone counts the pledges",
    ("*", "policy_evolution/claims"): "its verdicts rest on the rows that its rules name or count",
    ("missile_warning/partner_gdp", "missile_warning/joint_or_independent"): "the newest is Australia's",
    (
        "missile_warning/warning_delays",
        "missile_warning/flight_time",
    ): "the newest is an announced saving, no link of the chain",
    (
        "missile_warning/warning_delays",
        "missile_warning/radar_horizon",
    ): "the newest is an announced saving, no link of the chain",
    ("budgets/gdp", "missile_warning/joint_or_independent"): "it deflates by the United States' GDP alone",
    (
        "regional_cooperation/acts",
        "regional_cooperation/maritime_awareness",
    ): "it counts acts at sea; the newest act is on missile warning",
    (
        "space_systems/elements",
        "regional_cooperation/maritime_awareness",
    ): "it follows Japan's radars; the newest set is of a GPS satellite",
    (
        "space_systems/elements",
        "regional_cooperation/positioning",
    ): "its default flies GPS on the published slots; the newest set is of a GPS satellite",
    (
        "policy_evolution/events",
        "space_systems/counterspace",
    ): "it draws acts about counterspace; the newest is not",
    (
        "regional_cooperation/un_resolutions",
        "space_systems/counterspace",
    ): "it tells the vote on one text of 2022",
    (
        "policy_evolution/recommendation_documents",
        "policy_evolution/recommendations",
    ): "it counts demands; the new document has none yet",
    (
        "policy_evolution/recommendation_documents",
        "regional_cooperation/interoperability",
    ): "it counts demands for links; the new document has none yet",
    (
        "regional_cooperation/acts",
        "regional_cooperation/interoperability",
    ): "it draws the acts that its table of links names",
    ("policy_evolution/events", "space_systems/situational_awareness"): "it draws three steps of 2022 alone",
    (
        "policy_evolution/unit_strength",
        "space_systems/situational_awareness",
    ): "a result, in no sentence or figure",
    ("space_systems/commitments", "space_systems/situational_awareness"): "the newest is of another domain",
    ("space_systems/elements", "space_systems/reconnaissance"): "the newest is of a satellite of others",
    ("space_systems/service_ends", "space_systems/reconnaissance"): "the newest is of a firm's satellite",
    (
        "space_systems/satellites",
        "space_systems/workforce_and_supply",
    ): "it counts rides up to the last year of its own tables",
}

# The same for a number that is corrected in a row whose identifier a figure holds.
OTHER_NUMBERS = {
    ("*", "policy_evolution/claims"): "a claim names its rows; only some of their numbers decide it",
    (
        "regional_cooperation/maritime",
        "regional_cooperation/maritime_awareness",
    ): "the newest is a run that still lasts, drawn from its first day to its last",
}


def concerned(table: str) -> list[str]:
    return [
        question
        for question in tomorrow.readers(table)
        if not {(table, question), ("*", question)} & set(OTHER_ROWS)
    ]


@pytest.fixture(scope="module")
def today():
    """What every question says on the tables as they are; drawn once a worker, in this process: the
    processes that tell of changed tables begin with all that was imported and reckoned for it.
    """
    with mock.patch.dict(os.environ, SPACESEC_HOME=str(ROOT)):
        return tomorrow.said([question.name for question in all_questions()])


def cases() -> Iterator[tuple[Callable, str]]:
    """A row one period on for every dated table; what else may happen to one for some, or all."""
    for table in sorted(tomorrow.DATED):
        yield tomorrow.one_on, table
    for change in (tomorrow.five_on, tomorrow.corrected, tomorrow.withdrawn, tomorrow.disputed):
        able = sorted(table for table in tomorrow.DATED if tomorrow.able(change, table))
        lot = random.Random(f"{change.__name__} {SEED}")
        for table in able if ALL else sorted(lot.sample(able, SAMPLE)):
            yield change, table


def touched(before: list[dict], after: list[dict]) -> set[str]:
    """The rows of a table that a change corrected or took away."""
    kept = {row["row_id"]: row for row in after}
    return {row["row_id"] for row in before if kept.get(row["row_id"]) != row}


def has_to_move(change: Callable, question: str, table: str, rows: set[str], figures: dict) -> bool:
    """Whether a question has to show what happened, or say why it does not: a new row always, another one
    where a figure draws it.
    """
    if change in (tomorrow.one_on, tomorrow.five_on):
        return question in concerned(table)
    return not {(table, question), ("*", question)} & set(OTHER_NUMBERS) and any(
        row in figure["data"] for figure in figures.values() for row in rows
    )


@pytest.mark.parametrize("change, table", cases(), ids=lambda one: getattr(one, "__name__", one))
def test_what_happens_to_a_table(change, table, today, tmp_path):
    root = tomorrow.copy(tmp_path)
    before = tomorrow.rows_of(root, table)
    after = change(before, table)
    tomorrow.write(root, table, after)
    if change is tomorrow.disputed:
        tomorrow.decide_for_the_first(root, table)
    rows = touched(before, after)
    for question, now in tomorrow.told(root, tomorrow.readers(table)).items():
        told = now.get("error", "").removeprefix("DataError: ").removeprefix("MissingReference: ")
        if change is tomorrow.withdrawn and told.startswith(f"data/{table}.csv "):
            continue  # a sentence tells which row the question cannot do without
        assert "error" not in now, f"{question}: {now['error']}"
        then = today[question]
        for name, figure in now["figures"].items():
            known = then["figures"][name]
            assert figure["beyond"] <= known["beyond"], f"{question}: {name} draws beyond its axes"
            if change is tomorrow.disputed:
                assert figure["data"] == known["data"], f"{question}: {name} draws what was decided against"
        if has_to_move(change, question, table, rows, then["figures"]):
            assert now != then, f"{question} neither shows nor mentions what happened to {table}"


def test_every_table_with_a_period_says_which_column_dates_it():
    undated = {
        "budgets/seed_figures": "figures of the five documents",
        "missile_warning/leaders": "reigns",
        "policy_evolution/recommendations": "days by which something is asked; its documents are dated",
        "gaps": "days on which somebody looked",
        "checks/provisional": "days on which somebody looked",
    }
    for name, resource in tomorrow.TABLES.items():
        fields = resource.get("schema", {}).get("fields", [])
        if any(field["type"] in ("date", "year") or tomorrow.is_year(field["name"]) for field in fields):
            assert (
                name in tomorrow.DATED or name in undated or name == "regional_cooperation/taiwan_programmes"
            ), name
