"""`spacesec verify` evaluates the words again: whatever is planted in a number, a word, a comparison, a year,
an expression or a cell is told, and the record as it stands is not.
"""

import json
import re

import pytest

from tests.conftest import Collection


def leaf(told: dict) -> dict:
    """The first value of a told sentence that comes from SQL over the figure's CSV, or the first at all."""
    found = list(leaves(told))
    return next((one for one in found if "sql" in one["from"]), found[0])


def leaves(told: dict):
    if "from" in told:
        yield told
    for inner in (*told.get("values", {}).values(), *told.get("parts", [])):
        yield from leaves(inner)


def conditions(told: dict):
    if "when" in told:
        yield told
    for inner in (*told.get("values", {}).values(), *told.get("parts", [])):
        yield from conditions(inner)


def title(record: dict) -> dict:
    return next(figure for figure in record["figures"] if figure["name"] == "series")


def another_number(record):
    one = leaf(title(record)["told"]["title"])
    one["value"], one["shown"] = one["value"] + 1, "9.9"


def another_number_in_the_words(record):
    series = title(record)
    series["title"] = series["told"]["title"]["shown"] = re.sub(r"\d+\.\d", "9.9", series["title"], count=1)


def another_word(record):
    told = title(record)["told"]["caption"]
    told["shown"] = title(record)["caption"] = "Nothing grew."


def another_year(record):
    record["answer"] = record["answer"].replace("FY2009", "FY2008", 1)


def another_year_where_it_is_told(record):
    text = record["told"][0]
    text["shown"] = text["shown"].replace("FY2009", "FY2008", 1)
    another_year(record)


def another_comparison(record):
    found = [
        one for figure in record["figures"] for told in figure["told"].values() for one in conditions(told)
    ]
    found[0]["when"] = f"NOT ({found[0]['when']})"


def another_expression(record):
    one = next(one for told in title(record)["told"].values() for one in leaves(told) if "sql" in one["from"])
    one["from"]["sql"] = "count(*) FROM drawn WHERE 1 = 0"


def another_result(record):
    record["results"]["last_amount"]["value"] += 100


def words_that_nothing_tells(record):
    del title(record)["told"]["title"]


PLANTED = [
    another_number,
    another_number_in_the_words,
    another_word,
    another_year,
    another_year_where_it_is_told,
    another_comparison,
    another_expression,
    another_result,
    words_that_nothing_tells,
]


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    return Collection(tmp_path_factory.mktemp("retold") / "collection")


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_planted_in_the_record_is_told(here, plant):
    path = here.figures / "run.json"
    stored = path.read_bytes()
    record = json.loads(stored)
    plant(record)
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    done = here.spacesec("verify")
    path.write_bytes(stored)
    assert done.returncode == 1 and "figures/budgets/government_space" in done.stderr + done.stdout
    assert re.search(
        r"does not hold|where the files give|nothing tells|not what its sentences say", done.stderr
    )


def test_a_cell_of_the_csv_is_told_by_the_words_that_rest_on_it(here):
    path = here.figures / "series.csv"
    stored = path.read_bytes()
    path.write_bytes(stored.replace(b"1001.0", b"1101.0").replace(b",1001,", b",1101,"))
    assert path.read_bytes() != stored
    done = here.spacesec("verify")
    path.write_bytes(stored)
    assert done.returncode == 1 and re.search(r"series: the \w+ (does not hold|says)", done.stderr)


def test_as_it_stands_it_holds(here):
    done = here.spacesec("verify")
    assert done.returncode == 0 and re.search(
        r"; \d+ sentences with \d+ values were evaluated again", done.stdout
    )
