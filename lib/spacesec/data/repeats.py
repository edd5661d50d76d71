"""Is one fact told twice in other words?

A field of ``data/datapackage.json`` marked ``wording`` holds words for what other columns code (a title, a
description). Two rows of such a table tell the same where their coded columns say nothing different and their
dates may be one day; where the dates are of two precisions the words must be alike as well. What looks so and
is two facts stands in ``data/checks/apart.csv``.
"""

import re
from collections import defaultdict
from itertools import combinations

from spacesec.data import days, extent, tables

# Columns that tell where a fact comes from, not what the fact is.
PROVENANCE = {"row_id", "source_id", "locator", "note", "also_source_ids", "quality", "evidence"}
ALIKE = 0.6  # share of the shorter text's words that the longer one holds too
_WORD = re.compile(r"[^\W_][\w-]{2,}|\d+")
FILLING = {"the", "and", "for", "with", "from"}
STEM = 5  # letters of a word that count: passed and passes are one word


def problems() -> list[str]:
    """Rows that tell a fact again, as sentences."""
    apart = [set(row["row_ids"].split(";")) for row in extent.rows("checks/apart")]
    faults = []
    for name in tables.names():
        fields = tables.describe(name)["schema"]["fields"]
        worded = [field["name"] for field in fields if field.get("wording")]
        for one, other in _pairs(name, fields) if worded else []:
            if _same(one, other, fields, worded) and not any(
                {one["row_id"], other["row_id"]} <= rows for rows in apart
            ):
                faults.append(
                    f"data/{name}.csv: {other['row_id']} tells the fact of {one['row_id']} in other words;"
                    " remove one, or say in data/checks/apart.csv why both stand"
                )
    return faults


def _pairs(name: str, fields: list[dict]):
    """Pairs of rows whose year is one, or all where the table has no date."""
    dated = next((field["name"] for field in fields if field["type"] == "date"), None)
    years: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in extent.rows(name):
        years[row[dated][:4] if dated else ""].append(row)
    return (pair for rows in years.values() for pair in combinations(rows, 2))


def _same(one: dict[str, str], other: dict[str, str], fields: list[dict], worded: list[str]) -> bool:
    precise = True
    for field in fields:
        name = field["name"]
        if name in PROVENANCE or name in worded or _free(field) or not (one[name] and other[name]):
            continue
        if field["type"] == "date":
            if not _span(one, name).meets(_span(other, name)):
                return False
            precise = precise and one[name] == other[name]
        elif one[name] != other[name] and not name.endswith("precision"):
            return False
    told = [_words(" ".join(row[name] for name in worded)) for row in (one, other)]
    numbers = [{word for word in words if any(map(str.isdigit, word))} for words in told]
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    return precise or len(told[0] & told[1]) >= ALIKE * min(map(len, told))


def _free(field: dict) -> bool:
    """Free text that is no wording of the fact: further names, lists of domains."""
    return (
        field["type"] == "string"
        and "enum" not in field.get("constraints", {})
        and not field["name"].endswith("_id")
    )


def _span(row: dict[str, str], column: str) -> days.Span:
    return days.span(row[column], days.precision(row, column))


def _words(text: str) -> set[str]:
    found = set(_WORD.findall(text.casefold())) - FILLING
    return {word if any(map(str.isdigit, word)) else word[:STEM] for word in found}
