"""A real layer of satellites from a file of the reader's own (``elements_file``), flown by SGP4 beside the
nominal patterns of a question; told in its record and in the notes of its figures.
"""

import dataclasses
from collections.abc import Iterator
from typing import Any

import pandas as pd

from spacesec.answers import Result
from spacesec.astrodynamics import elements, orbits
from spacesec.errors import ParameterError
from spacesec.importing import orbits as element_files
from spacesec.importing import own
from spacesec.words.language import said
from spacesec.words.sentences import Words, result, say

PARAMETER = "elements_file"
LAYER = "layer of the file"
LIMIT_DAYS = 14  # sets this much older than the newest no longer say where a low satellite is
MOST = 1000  # satellites of one layer that are flown at once
AT_ONCE = 250  # satellites of a bigger one


def usable(given: str | None) -> str | None:
    """The path as it is given; raises ParameterError where there is no such file."""
    return own.usable(PARAMETER, given)


def sets(given: str, most: int = MOST) -> pd.DataFrame:
    """The element sets of the file, without those LIMIT_DAYS older than its newest. Raises ParameterError for
    a file that is no layer of one time, or that has more satellites than ``most``.
    """
    table = element_files.frame(own.read(element_files.read, given).rows)
    fresh = table[(table["epoch_date"].max() - table["epoch_date"]).dt.days <= LIMIT_DAYS]
    if 2 * len(fresh) <= len(table):
        raise ParameterError(
            f"elements_file = {given!r} is not possible: {len(table) - len(fresh):,} of its {len(table):,}"
            f" sets are more than {LIMIT_DAYS} days older than its newest; name a file of one day."
        )
    if len(fresh) > most:
        raise ParameterError(
            f"elements_file = {given!r} is not possible: it has {len(fresh):,} satellites; name a file of"
            f" one layer, of up to {most:,}."
        )
    return fresh


def track(given: str, most: int = MOST) -> orbits.Track:
    """Where its satellites are (N, T, 3), Earth-fixed, by seconds after the epoch of its newest set."""
    table = sets(given, most)
    return elements.track(elements.from_fields(elements.of_table(table)), _begin(table))


def tracks(given: str, most: int) -> Iterator[orbits.Track]:
    """The same, some of the satellites at a time, where a layer is too big to be flown at once."""
    table = sets(given, most)
    for first in range(0, len(table), AT_ONCE):
        part = table.iloc[first : first + AT_ONCE]
        yield elements.track(elements.from_fields(elements.of_table(part)), _begin(table))


def _begin(table: pd.DataFrame) -> float:
    return pd.Timestamp(table["epoch_utc"].max().removesuffix("Z")).to_julian_date()


def check_span(given: str | None, days: float) -> None:
    """Raises ValueError for a time over which element sets do not carry."""
    if given is not None and days > LIMIT_DAYS:
        raise ValueError(
            f"days = {days:g} is not possible with elements_file: a set carries up to {LIMIT_DAYS} days; take"
            f" days up to {LIMIT_DAYS}."
        )


def results(given: str | None, most: int = MOST) -> dict[str, Result]:
    """What a record tells of the file, its satellites and the age limit; nothing without a file."""
    if given is None:
        return {}
    table = sets(given, most)
    held, until = own.read(element_files.read, given), f"{table['epoch_date'].max():%Y-%m-%d}"
    return {
        **own.results(PARAMETER, held, len(table), until),
        "file_satellites": Result(len(table), "satellites", "flown by element sets of the file"),
        "file_limit_days": Result(LIMIT_DAYS, "days", "a set may be older than the newest one of the file"),
        "file_left_out": Result(len(held.rows) - len(table), "sets", "older than that, and left out"),
    }


def label(answer: Any) -> str:
    """The layer's name in a figure, with its number of satellites."""
    return said("layer of the file ({n}), real", n=f"{answer['file_satellites']:,}")


def noted(words: Words, answer: Any) -> Words:
    """The words of a figure with the file and the age limit of its sets in the note, where there is one."""
    told = own.noted(words, PARAMETER, answer)
    if PARAMETER not in answer.results:
        return told
    note = say(
        "{note} Sets more than {limit} days older than its newest are left out: {old}.",
        note=told.note,
        limit=result("file_limit_days"),
        old=result("file_left_out"),
    )
    return dataclasses.replace(told, note=note)
