"""Can a stranger find the place in the source?

A locator names a page, table, row, line, paragraph, section or figure, or gives words by which the sentence
is found. Rows whose locator was vague on 28 November 2026 stand in ``data/checks/vague_locators.csv``, a list
that may only shrink; a new row with a vague one is a fault.
"""

import re

from spacesec.data import extent, tables

# Words that name no place; a locator of nothing else is vague.
NO_PLACE = set(
    "the a an of in on at and its to as by article body main full whole page pages web webpage site website"
    " online note news press release report text document opening paragraph paragraphs lead leads statement"
    " description story entry list content contents passage passages table tables section sections chapter"
    " part parts place places various several different relevant see passim throughout above below somewhere"
    " near around end n na none version english japanese original".split()
)
BARE = {"article text", "article text or table", "body text", "text", "note text", "article", "body"}
# Columns that name a row; a locator that only repeats them names no place.
LABELS = (
    "label",
    "title",
    "promise",
    "item",
    "fact",
    "exercise",
    "name",
    "programme",
    "event",
    "description",
    "cable",
    "country",
    "component",
    "year",
)


def vague(row: dict[str, str]) -> bool:
    """Whether a row's locator says no more than that the fact stands in the source, or repeats the row's own
    label.
    """
    head, colon, tail = row["locator"].partition(":")
    told = tail if colon and head.strip().casefold() in BARE else row["locator"]
    own = _words(" ".join(row.get(label) or "" for label in (*LABELS, "stage")))
    if year := row.get("fiscal_year"):
        own |= {year, f"fy{year}"}
    return not _words(told) - NO_PLACE - (own if told is tail else set())


def problems() -> list[str]:
    """Vague locators that are not in the list of old ones, and rows of that list that are vague no more."""
    listed = {row["row"] for row in extent.rows("checks/vague_locators")}
    found = found_vague()
    faults = [
        f"data/{name}.csv, {row_id}: the locator {locator!r} names no place; say page, table, row, paragraph"
        " or the words that begin the sentence"
        for row_id, (name, locator) in found.items()
        if row_id not in listed
    ]
    faults += [
        f"data/checks/vague_locators.csv: {row_id} has a locator that names a place; take the row out of the"
        " list"
        for row_id in sorted(listed - set(found))
    ]
    return faults


def found_vague() -> dict[str, tuple[str, str]]:
    """Every row with a vague locator: row id -> table and locator."""
    return {
        row["row_id"]: (name, row["locator"])
        for name in tables.names()
        for row in extent.rows(name)
        if "locator" in row and "row_id" in row and vague(row)
    }


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
