"""What every picture says of itself: who says it, how good the weakest row is, and how far its data reach."""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from spacesec.data import extent, sources, tables, vintage
from spacesec.words import language
from spacesec.words.language import known, noted, said, text

if TYPE_CHECKING:
    import pandas as pd

ROW_COLUMNS = ("row_id", "row_ids")
GRADES = "ABC"  # official, reported, reposted or encyclopedic: `quality` in the tables
# How a source line names who copied, quoted or sent on what an author wrote; the first that fits counts.
CARRIED = (
    noted("{author} (copy at {carrier})"),
    noted("{author} (copy: {carrier})"),
    noted("{author} (mirror: {carrier})"),
    noted("{author} (quoted by {carrier})"),
    noted("{author} (reposted by {carrier})"),
    noted("{author} (after {carrier})"),
    noted("{author} ({carrier} data)"),
    noted("{author} (via {carrier})"),
    noted("{author} via {carrier}"),
    noted("{author} citing {carrier}"),
    noted("{author} ({carrier})"),
    noted("{author} / {carrier}"),
    noted("{author} copy at {carrier}"),
    noted("{author} copy"),
    noted("{author} et al."),
)
OURS = "Japan Space Security Collection, CC\u00a0BY\u00a04.0."


def credit(source_ids: tuple[str, ...], data: "pd.DataFrame", until: str = "") -> str:
    """The line under a picture: sources in the order in which they carry it, the weakest grade among the rows
    drawn where it is not the best, the last datum.

    until: the last datum where the figure's own data do not name their rows.
    """
    rows = list(behind(data))
    grades = [row["quality"] for _, row in rows if row.get("quality") in tuple(GRADES)]
    grade = max(grades, default="A")
    named = said("; ").join(map(cited, sources.shorts(source_ids).rstrip(".").split("; ")))
    parts = [said("Sources: {sources}.", sources=named)]
    if grade != "A":
        parts.append(said("Weakest source: grade {grade}.", grade=grade))
    if until := until or last_datum(rows):
        parts.append(said("Data to {until}.", until=until))
    return said(" ").join([*parts, said(OURS)])


def cited(short: str) -> str:
    """``Cabinet Office 2012`` as the language in force has it; a count of further authors likewise."""
    author, years = re.fullmatch(r"(.*?)((?:,? (?:\d{4}|n\.d\.?))*)", short).groups()
    if not years:
        return text(short) if short.startswith("and ") else _author(short)
    listed = said(", ").join(map(known, years.strip().split(", ")))
    return said("{author} {years}", author=_author(author), years=listed)


def _author(name: str) -> str:
    """An author as the language in force has it, also one whose words another carries."""
    if (told := known(name)) != name:
        return told
    words, parts = taken_apart(name)
    return said(words, **{place: _author(part) for place, part in parts.items()}) if parts else name


def taken_apart(name: str) -> tuple[str, dict[str, str]]:
    """The first of ``CARRIED`` that an author's name is made like, with author and carrier; none of them for
    a name that stands alone.
    """
    for words in CARRIED:
        pattern = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(words))
        if match := re.fullmatch(pattern, name):
            return words, match.groupdict()
    return name, {}


def alone(name: str) -> Iterator[str]:
    """The names that a source line's author is made of."""
    _, parts = taken_apart(name)
    for part in parts.values():
        yield from alone(part)
    if not parts:
        yield name


def behind(data: "pd.DataFrame") -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of the tables that a figure's data name, with the table each stands in; only tables that were
    read.
    """
    named = {
        one
        for column in ROW_COLUMNS
        if column in data
        for text in data[column].dropna().astype(str)
        for one in text.split(";")
    }
    if not named:
        return
    read = tables.files_read()
    for resource in tables.package()["resources"]:
        if "schema" in resource and f"data/{resource['path']}" in read:
            table = resource["name"]
            yield from ((table, row) for row in extent.rows(table) if row.get("row_id") in named)


def last_datum(rows: list[tuple[str, dict[str, str]]]) -> str:
    """``April 2026``, ``FY2026`` or ``2024``: the newest period that the rows tell of; days still to come are
    plans.
    """
    today = vintage.as_of().isoformat()
    newest, shown = "", ""
    for table, row in rows:
        column = tables.describe(table).get("dated")
        when = row.get(column, "") if column else ""
        key, words = _period(column or "", when, row)
        if newest < key <= today:
            newest, shown = key, words
    return shown


def _period(column: str, when: str, row: dict[str, str]) -> tuple[str, str]:
    """A period as a day that sorts, and in words; empty for none."""
    if not when:
        return "", ""
    if column == "fiscal_year":
        return f"{int(when):04d}-04-01", _formed("fiscal_year", int(when))
    if len(when) == 4 or row.get(f"{column}_precision", row.get("date_precision")) == "year":
        return f"{when[:4]}-01-01", _formed("year", when)
    return date.fromisoformat(when).isoformat(), _formed("month", when)


def _formed(form: str, when: int | str) -> str:
    return language.shown(when, {"form": form}, language.in_force())
