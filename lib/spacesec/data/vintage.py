"""The collection as it would have stood on a day: only rows whose source had appeared by then.

A source appeared on the last day that its date may mean (a year alone: its 31 December). Of a running series
or catalog (type ``dataset``), and of a source without a date, the row's own date counts: what it told then
may have been revised since. Only tables of dated facts are held so (``dated`` in datapackage.json); places,
sites, atmospheres and rules are always there.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any, TypeVar

from spacesec.errors import ParameterError, RunError, SpacesecError

Said = TypeVar("Said")
_day: date | None = None


def in_force() -> date | None:
    """The day as known on which tables are read; None: all that is there."""
    return _day


def use(day: str | date | None) -> None:
    """Read tables as known on a day from now on (ISO date), or whole. Raises ParameterError for no day, and
    for one after the collection's own.
    """
    global _day
    from spacesec.data import tables

    _day = None
    if day is None:
        return
    newest = tables.package()["as_of"]
    try:
        asked = day if isinstance(day, date) else date.fromisoformat(day)
    except (TypeError, ValueError):
        raise ParameterError(
            f"as_known_on = {day!r} is not possible: it takes a day such as 2020-12-31."
        ) from None
    if asked.isoformat() > newest:
        raise ParameterError(f"as_known_on = {asked} is not possible: the collection knows up to {newest}.")
    _day = asked


@contextmanager
def known_on(day: str | date | None) -> Iterator[None]:
    """Read tables as known on a day, for as long as this lasts."""
    before = _day
    use(day)
    try:
        yield
    finally:
        use(before)


def as_of() -> date:
    """The day of the data: the collection's own, or that as known on which it is read."""
    from spacesec.data import tables

    return _day or date.fromisoformat(tables.package()["as_of"])


def appeared(source_id: str) -> date | None:
    """The day by which a source had certainly appeared; None for a running series or catalog, and where no
    date is known.
    """
    from spacesec.data import sources

    item = sources.store().get(source_id, {})
    running = item.get("type") == "dataset" or "issued" not in item
    return None if running else _last(*sources.day(item["issued"]))


def known(source_id: str, when: str) -> bool:
    """Whether a row had appeared by the day in force. when: the row's own date or year, as its table has it,
    which counts where the source has no date.
    """
    day = appeared(source_id)
    when = str(when)  # not known in a row: nan
    if day is None and when[:4].isdigit():
        day = date.fromisoformat(when[:10]) if "-" in when else date(int(when[:4]), 12, 31)
    return _day is None or (day is not None and day <= _day)


def held(resource: Mapping[str, Any]) -> bool:
    """Whether the rows of a table are to be held to the day in force: it has dated facts and sources."""
    names = {field["name"] for field in resource["schema"]["fields"]}
    return _day is not None and "dated" in resource and "source_id" in names


def shown(name: str, say: Callable[..., Said], *given: Any) -> Said:
    """What a question says, or RunError in one sentence where the rows known by the day do not carry it."""
    try:
        return say(*given)
    except Exception as error:
        if _day is None:
            raise
        reason = f" ({str(error).rstrip('.')})" if isinstance(error, SpacesecError) else ""
        raise RunError(
            f"{name} cannot be shown as known on {_day}: the rows whose sources had appeared by then do not"
            f" carry it{reason}; choose a later day"
        ) from error


@functools.cache
def _last(day: str, precision: str) -> date:
    first = date.fromisoformat(day)
    if precision == "year":
        return date(first.year, 12, 31)
    if precision == "month":
        return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return first
