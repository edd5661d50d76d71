"""The collection as it would have stood on a day: only rows whose source had appeared by then
(`spacesec.data.appeared` has the rules).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from spacesec.data import appeared, tables
from spacesec.data.appeared import in_force
from spacesec.errors import ParameterError, RunError, SpacesecError

Said = TypeVar("Said")


def use(day: str | date | None) -> None:
    """Read tables as known on a day from now on (ISO date), or whole. Raises ParameterError for no day, and
    for one after the collection's own.
    """
    appeared.put(None)
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
    appeared.put(asked)


@contextmanager
def known_on(day: str | date | None) -> Iterator[None]:
    """Read tables as known on a day, for as long as this lasts."""
    before = in_force()
    use(day)
    try:
        yield
    finally:
        use(before)


def as_of() -> date:
    """The day of the data: the collection's own, or that as known on which it is read."""
    return in_force() or date.fromisoformat(tables.package()["as_of"])


def shown(name: str, say: Callable[..., Said], *given: Any) -> Said:
    """What a question says, or RunError in one sentence where the rows known by the day do not carry it."""
    try:
        return say(*given)
    except Exception as error:
        if in_force() is None:
            raise
        reason = f" ({str(error).rstrip('.')})" if isinstance(error, SpacesecError) else ""
        day = in_force()
        raise RunError(
            f"{name} cannot be shown as known on {day}: the rows whose sources had appeared by then do not"
            f" carry it{reason}; choose a later day"
        ) from error
