"""Each kind of fault, planted in several tables at once: every one is told, and nothing else is."""

import pytest

from spacesec.collection import lead
from spacesec.collection.questions import all_questions
from spacesec.data import passages, sources, tables, validation

NEW, WEAK = "told-again", "wikipedia-nd-lunar-cruiser"
ELEMENTS, SOURCE = "space_systems/elements", "kyodo-news-2020-opinion-japan-studying-missile"
SHA256 = "ef3f5636b80aa9944ea8e1e9573d4a6114aa03a8bd7e4fb5ac7ce18455462fbd"

# Two tables that must agree: one of them is changed.
CONTRADICTIONS = {
    "regional_cooperation/navigation_satellites": ("nav-qzs-4", {"state": "lost"}),
    "regional_cooperation/radar_satellites": ("radar-alos-2-stripmap", {"state": "lost"}),
    "policy_evolution/documents": ("document-fundamental-policy-1978", {"date": "1978-03-28"}),
    "regional_cooperation/acts": ("act-eu-2018-strategic-partnership", {"date": "2018-07-27"}),
    "regional_cooperation/un_resolutions": ("resolution-77-41", {"date": "2022-12-17"}),
    "space_systems/launches": ("jlaunch-2018-052", {"outcome": "failure"}),
    "missile_warning/flight_times": ("flight-2017-11-28-jp", {"apogee_km": "1200"}),
}

# A day told in one zone as if it were in the other.
SLIPS = {
    "missile_warning/launches": ("nk-2017-07-04-1", {"launch_date": "2017-07-03"}),
    "missile_warning/jalert_events": ("jalert-2023-08-24", {"event_date": "2023-08-23"}),
    "missile_warning/overflights_and_falls": ("nk-over-2017-09-14-1", {"event_date": "2017-09-15"}),
    "missile_warning/flight_times": ("flight-2022-10-03-jp", {"flight_date": "2022-10-04"}),
    "space_systems/satellites": ("sat-igs-radar-6", {"launch_date": "2018-06-13"}),
}

# A total that is not the sum of its parts.
SUMS = {
    "budgets/government_space": ("space-budget-2011-combined", {"amount_bn_jpy": "321.5"}),
    "budgets/strategy_fund": ("strategy-fund-2025-cumulative-total", {"amount_bn_jpy": "801"}),
    "regional_cooperation/maritime": ("senkaku-ts-days-2021", {"value": "41"}),
    "regional_cooperation/exercises": ("exercise-schriever-2019", {"nations": "6"}),
}


@pytest.mark.parametrize("plants", [CONTRADICTIONS, SLIPS, SUMS], ids=["contradictions", "slips", "sums"])
def test_what_two_rows_say_of_one_thing_must_agree(copy, plants):
    for table, (row, cells) in plants.items():
        copy.change(table, row, **cells)
    _all_told(copy, {row for row, _ in plants.values()})


def test_a_vague_locator_is_refused_in_every_table(copy):
    listed = {row["row"] for row in copy.rows("checks/vague_locators")}
    planted = set()
    for name in tables.names():
        row = next((row for row in _with_a_place(copy, name) if row["row_id"] not in listed), None)
        if row:
            copy.change(name, row["row_id"], locator="body text, opening paragraphs")
            planted.add(row["row_id"])
    assert len(planted) > 40
    _all_told(copy, planted)


def test_a_fact_in_other_words_is_found_in_every_table_that_words_facts(copy):
    planted = set()
    for name in tables.names():
        wording = [field["name"] for field in tables.describe(name)["schema"]["fields"] if "wording" in field]
        if wording:
            planted.add(f"{NEW}-{len(planted)}")
            like = _with_a_place(copy, name)[-1]["row_id"]
            words = {"row_id": f"{NEW}-{len(planted) - 1}", "locator": "line 7", wording[0]: "Other words"}
            copy.add(name, like, **words)
    assert len(planted) > 10
    _all_told(copy, planted)
    faults = [fault for fault in copy.faults() if "tells the fact" in fault]
    assert all(any(row in fault for fault in faults) for row in planted)


def test_an_encyclopaedia_is_found_under_every_lead_answer(copy):
    """One row of each answer, in as many tables as there are."""
    places = {row["row_id"]: name for name in tables.names() for row in _with_a_place(copy, name)}
    planted, moved = set(), set()
    for question in all_questions():
        basis = lead.of(question)
        row = next((row for rows in basis.rows.values() for row in rows if row in places), None)
        if basis.named and row:
            planted.add(question.name)
            if row not in moved:
                copy.change(places[row], row, source_id=WEAK, quality="C")
                moved.add(row)
    assert len({places[row] for row in moved}) > 8
    faults = [fault for fault in copy.faults() if "as it was frozen" not in fault]
    assert {fault.partition(":")[0] for fault in faults} >= planted
    assert all(WEAK in fault for fault in faults)


def test_the_heights_of_an_element_set_follow_from_its_motion(copy):
    rows = copy.rows(ELEMENTS)
    for row in rows[::40]:
        row["mean_motion_rev_day"] = str(float(row["mean_motion_rev_day"]) * 1.01)
    copy.write(ELEMENTS, rows)
    _all_told(copy, {row["row_id"] for row in rows[::40]})


@pytest.mark.parametrize("name", ["policy_evolution/events", "budgets/defense_space", "sources"])
def test_a_file_that_is_not_the_sealed_one_is_refused(copy, name):
    resource = tables.describe(name)
    path = copy.root / "data" / resource["path"]
    path.write_bytes(path.read_bytes() + b"\n")
    assert any(resource["path"] in fault for fault in validation.unsealed(resource))


def test_a_passage_has_the_hash_of_its_letters_and_digits():
    """As `printf %s onjune25defenseministertarokono | sha256sum` gives it."""
    made = passages.fingerprint("On June 25, Defense\nMinister “Taro Kono”.")
    assert made == {"begins": "On June 25, Defense Minister Taro Kono.", "sha256": SHA256}
    assert made["sha256"] == passages.fingerprint("ON JUNE 25 DEFENSE MINISTER TARO KONO")["sha256"]


def test_a_sentence_that_a_locator_names_has_its_fingerprint_and_no_other_sentence_has(copy):
    def other(items):
        prints = next(item for item in items if item["id"] == SOURCE)["custom"]["fingerprint"]
        prints[0]["begins"] = "Some other words"

    copy.sources(other)
    faults = copy.faults()
    assert any("has no fingerprint of the sentence" in fault for fault in faults)
    assert any("'Some other words' that no locator" in fault for fault in faults)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"language": "Japanese"}, "two letters"),
        ({"archive_location": "a library"}, "an archived copy has an address"),
        ({"publisher": ""}, "lacks its publisher"),
        ({"custom": {"fingerprint": [{"begins": "A", "sha256": "12"}]}}, "64 hexadecimal digits"),
        ({"custom": {"fingerprint": [{"begins": "a " * 8 + "a", "sha256": "0" * 64}]}}, "at most eight"),
    ],
)
def test_what_a_source_says_of_itself_has_its_form(cells, words):
    item = {**sources.store()[SOURCE], **cells}
    assert any(words in fault for fault in sources.faults_of([item]))


def _with_a_place(copy, name):
    """Rows of a table that stand outside the five documents, and whose locator quotes no sentence, so that it
    may be changed without leaving a fingerprint that nobody names.
    """
    fields = {field["name"] for field in tables.describe(name)["schema"]["fields"]}
    if not {"row_id", "locator", "evidence"} <= fields:
        return []
    return [row for row in copy.rows(name) if row["evidence"] != "seed" and "sentence" not in row["locator"]]


def _all_told(copy, planted):
    faults = copy.faults()
    untold = {row for row in planted if not any(row in fault for fault in faults)}
    beside = [fault for fault in faults if not any(row in fault for row in planted)]
    assert (untold, beside) == (set(), [])
