"""When had a row's source appeared, and had it by the day as known on which tables are read?

A source appeared on the last day that its date may mean (a year alone: its 31 December). Of a running series
or catalog (type ``dataset``), and of a source without a date, the row's own date counts: what it told then
may have been revised since. Only tables of dated facts are held so (``dated`` in datapackage.json); places,
sites, atmospheres and rules are always there.
"""

import calendar
from collections.abc import Mapping
from datetime import date
from typing import Any

_day: date | None = None


def in_force() -> date | None:
    """The day as known on which tables are read; None: all that is there."""
    return _day


def put(day: date | None) -> None:
    """Read tables as known on this day from now on, or whole."""
    global _day
    _day = day


def by(item: Mapping[str, Any]) -> date | None:
    """The day by which a source (CSL-JSON) had certainly appeared; None for a running series or catalog, and
    where no date is known.
    """
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    if item.get("type") == "dataset" or not parts:
        return None
    year, month, day = (*parts, None, None)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def known(item: Mapping[str, Any], when: str) -> bool:
    """Whether a row had appeared by the day in force. when: the row's own date or year, as its table has it,
    which counts where the source has no date.
    """
    day = by(item)
    if day is None and when[:4].isdigit():
        day = date.fromisoformat(when[:10]) if "-" in when else date(int(when[:4]), 12, 31)
    return _day is None or (day is not None and day <= _day)


def held(resource: Mapping[str, Any]) -> bool:
    """Whether the rows of a table are to be held to the day in force: it has dated facts and sources."""
    names = {field["name"] for field in resource["schema"]["fields"]}
    return _day is not None and "dated" in resource and "source_id" in names
