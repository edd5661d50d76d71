"""Grades, locators, freshness, lead answers and the cross-table conflicts, each by itself."""

import hashlib
import subprocess
import sys
from datetime import date

import pytest

from spacesec.collection import lead, readme
from spacesec.collection.questions import all_questions
from spacesec.data import contradictions, extent, freshness, grades, locators, repeats, sources, tables
from tests.conftest import ROOT
from tests.data.vague_on_28_november_2026 import VAGUE

CHECKS = {
    "columns", "links", "words", "sums", "apart", "owed", "orders", "frozen", "scales", "source_kinds",
    "better_grades", "provisional", "vague_locators",
}  # fmt: skip


def test_every_declaration_is_part_of_the_package():
    assert {name.split("/")[1] for name in tables.names() if name.startswith("checks/")} == CHECKS


def test_a_conflict_over_two_tables_excuses_its_rows_and_no_others(copy):
    copy.change("regional_cooperation/navigation_satellites", "nav-qzs-3", state="lost")
    copy.change("regional_cooperation/navigation_satellites", "nav-qzs-4", state="lost")
    copy.write(
        "conflicts",
        [
            *copy.rows("conflicts"),
            {
                "conflict_id": "qzs-3-state",
                "table": "regional_cooperation/navigation_satellites;space_systems/satellites",
                "fact": "Whether QZS-3 flies",
                "row_ids": "nav-qzs-3;sat-qzs-3",
                "values": "lost; flying",
                "rule": "Both stand",
                "decided_row_id": "",
                "note": "",
            },
        ],
    )
    faults = contradictions.problems()
    assert faults and all("qzs-4" in fault for fault in faults)
    # No row is taken from either table: each keeps its own word.
    assert "nav-qzs-3" in set(tables.settled("regional_cooperation/navigation_satellites")["row_id"])


@pytest.mark.parametrize(
    ("table", "row", "words"),
    [
        ("nowhere/at_all", "nav-qzs-3", "names the table nowhere/at_all"),
        (
            "regional_cooperation/navigation_satellites;space_systems/satellites",
            "sat-none",
            "names the row sat-none",
        ),
    ],
)
def test_a_conflict_names_tables_and_rows_that_exist(copy, table, row, words):
    conflicts = copy.rows("conflicts")
    conflicts[0] |= {"table": table, "row_ids": row, "decided_row_id": ""}
    copy.write("conflicts", conflicts)
    assert any(words in fault for fault in copy.faults())


SOURCE = {
    "id": "a",
    "title": "T",
    "author": [{"literal": "Somebody"}],
    "publisher": "Somebody",
    "language": "en",
}


@pytest.mark.parametrize(
    ("item", "kind", "way", "grade", "weak"),
    [
        ({"URL": "https://www.mod.go.jp/j/budget.pdf"}, "official", None, "A", False),
        (
            {"URL": "https://expydoc.com/doc/1", "author": [{"literal": "Cabinet Office"}]},
            "official",
            "mirrored",
            "A",
            True,
        ),
        ({"URL": "https://spacenews.com/x"}, "press", None, "B", False),
        (
            {"URL": "https://example.com/x", "author": [{"literal": "SpaceNews (reposted)"}]},
            "press",
            "reposted",
            "C",
            True,
        ),
        (
            {"URL": "https://a.blogspot.com/x", "author": [{"literal": "Ministry of Defense (quoted)"}]},
            "official",
            "quoted",
            "C",
            False,
        ),
        ({"URL": "https://ja.wikipedia.org/wiki/X"}, "encyclopaedia", None, "C", True),
        ({"URL": "https://mevius.5ch.net/test/1"}, "forum", None, "C", True),
        ({"URL": "https://www.hanna-ai.com/x"}, "aggregator", None, "C", True),
        (
            {"URL": "https://planet4589.org/x.tsv", "note": "Read in a copy: github.com/a/b at 1f2e"},
            "data",
            "pinned",
            "B",
            False,
        ),
        (
            {"URL": "https://news.livedoor.com/x", "author": [{"literal": "Jiji Press via livedoor"}]},
            "press",
            "carried",
            "B",
            False,
        ),
        # A name that only begins like an agency's, and a magazine that is called so.
        (
            {"URL": "https://example.com/x", "author": [{"literal": "NASASpaceflight"}]},
            "press",
            None,
            "B",
            False,
        ),
        (
            {"URL": "https://example.com/x", "author": [{"literal": "Via Satellite"}]},
            "press",
            None,
            "B",
            False,
        ),
    ],
)
def test_the_grade_follows_from_author_address_and_way(item, kind, way, grade, weak):
    item = {**SOURCE, **item}
    assert (grades.kind(item), grades.passed_on(item), grades.proposed(item), grades.weak(item)) == (
        kind,
        way,
        grade,
        weak,
    )


def test_the_codebook_prints_the_rule_and_what_lead_answers_rest_on():
    text = readme.codebook()
    assert all(f"| {kind} | {grade} | {words} |" in text for kind, (grade, words) in grades.RULE.items())
    assert all(f"| {question.name} |" in text for question in all_questions())


@pytest.mark.parametrize(
    ("locator", "is_vague"),
    [
        ("opening paragraphs", True),
        ("body text, opening paragraphs", True),
        ("text", True),
        ("", True),
        ("see article", True),
        ("web page", True),
        ("passim", True),
        ("n/a", True),
        ("the relevant section", True),
        ("somewhere near the end of the text", True),
        ("table", True),
        ("section 2", False),
        ("last paragraph", False),
        ("article text: Radar satellite, FY2025 request", True),
        ("article text: 12.4 billion yen for the radar", False),
        ("page 3", False),
        ("table by ministry, total row", False),
        ('third paragraph, "The Committee approved"', False),
        ("headline", False),
    ],
)
def test_a_locator_names_a_place_or_is_vague(locator, is_vague):
    row = {"locator": locator, "label": "Radar satellite", "fiscal_year": "2025", "stage": "request"}
    assert locators.vague(row) is is_vague


def test_the_list_of_vague_locators_only_shrinks():
    listed = {
        hashlib.sha256(row["row"].encode()).hexdigest()[:8] for row in extent.rows("checks/vague_locators")
    }
    assert listed <= VAGUE


def test_a_mended_locator_leaves_the_list(copy):
    row = extent.rows("checks/vague_locators")[0]["row"]
    table = next(name for name in tables.names() if any(r.get("row_id") == row for r in extent.rows(name)))
    copy.change(table, row, locator="fourth paragraph: 5.1")
    assert [fault for fault in locators.problems() if row in fault and "take the row out" in fault]


def test_a_table_is_due_when_its_time_has_come(copy):
    def looked(resources):
        resources["missile_warning/launches"] |= {"looked_on": "2026-11-01", "moves": "weekly"}
        resources["budgets/government_space"] |= {"looked_on": "2026-11-01", "moves": "yearly"}
        resources["geography/places"] |= {"looked_on": "2020-01-01", "moves": "once"}

    copy.package(looked)
    due = {one.table: one for one in freshness.overdue(date(2026, 11, 9))}
    assert due["missile_warning/launches"].due == date(2026, 11, 8)
    assert due["missile_warning/launches"].address == "https://github.com/nagix/nk-missile-tests"
    assert "budgets/government_space" not in due and "geography/places" not in due
    assert "missile_warning/launches" not in {one.table for one in freshness.overdue(date(2026, 11, 7))}


def test_the_newest_row_is_no_plan(copy):
    copy.add(
        "policy_evolution/events",
        "event-223-qzs-7-orbit-second-us-payload",
        row_id="event-901-planned",
        date="2031-01-01",
        status="planned",
    )
    assert freshness.of("policy_evolution/events").newest == "2026-08-10"


def test_fresh_lists_tables_addresses_and_gaps():
    done = subprocess.run(
        [sys.executable, "-m", "spacesec.collection", "fresh"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "tables are due for a look" in done.stdout
    assert all(gap["row_id"] in done.stdout for gap in extent.rows("gaps"))


def test_what_a_lead_answer_rests_on_adds_up():
    for question in all_questions():
        basis = lead.of(question)
        assert basis.count == sum(map(len, basis.rows.values())) > 0
        assert 0 <= basis.primary() <= basis.count and 0 <= basis.provisional() <= basis.count


def test_addresses_are_one_page_without_what_does_not_tell_pages_apart():
    same = [
        "https://www.example.org/a/b/?utm_source=x&id=3#top",
        "http://m.Example.org/a/b?id=3",
        "https://example.org./a/b?id=3&fbclid=9",
    ]
    assert {sources.address(url) for url in same} == {"example.org/a/b?id=3"}
    assert sources.address("https://example.org/a/b?id=4") != sources.address(same[0])


def test_two_facts_with_other_numbers_are_no_repeat(copy):
    copy.add(
        "policy_evolution/events",
        "event-094-reconnaissance-satellite-optical-6",
        row_id="event-902-optical-8",
        title="Reconnaissance satellite Optical-8 in orbit",
    )
    assert not any("event-902" in fault for fault in repeats.problems())


def test_every_source_is_behind_a_row_a_model_or_another_source():
    cited = {
        row[key] for name in tables.names() for row in extent.rows(name) for key in row if key == "source_id"
    }
    also = {one for name in tables.names() for row in extent.rows(name) for one in _also(row)}
    models = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "lib").rglob("*.py"))
    assert [name for name in sources.store() if name not in cited | also and f'"{name}"' not in models] == []


def _also(row):
    return (row.get("also_source_ids") or "").split(";")
