"""What ``spacesec export orbits`` writes: the element sets asked for, or where their satellites are."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from spacesec.collection.exports import element_messages, ephemerides
from spacesec.collection.exports.ephemerides import Span
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing import orbits
from spacesec.words.language import said

TABLE = "space_systems/elements"
OVER_TIME = {
    "stk": ephemerides.stk,
    "czml": ephemerides.czml,
    "kml": ephemerides.kml,
    "geojson": ephemerides.geojson,
}
FORMS = (*element_messages.WRITERS, "oem", *OVER_TIME)


def sets(file: str | None, only: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The rows of a file of element sets, or of the table, that have these values in these columns. Raises
    ParameterError where none has.
    """
    if file:
        rows = [row.cells for row in orbits.read(Path(file)).rows]
    else:
        rows = tables.raw_rows(tables.sealed_path(tables.described(TABLE)))
    if unknown := [name for name, _ in only if name not in rows[0]]:
        raise ParameterError(f"there is no column {unknown[0]!r}; the columns are {', '.join(rows[0])}.")
    found = [cells for cells in rows if all(cells[name] == value for name, value in only)]
    if not found:
        raise ParameterError("no element set is as asked for; leave one --only out.")
    return found


def newest(rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """The newest set of each object."""
    by_object = {}
    for cells in sorted(rows, key=lambda cells: cells["epoch_utc"]):
        by_object[cells["norad_id"] or cells["cospar_id"] or cells["name"]] = cells
    return list(by_object.values())


def written(form: str, rows: list[dict[str, str]], span: Span | None, scale: str) -> tuple[str, list[str]]:
    """The text of an export, and what is to be told beside it. Raises ParameterError for a set that a form
    does not hold.
    """
    if form not in FORMS:
        raise ParameterError(f"{form!r} is no form; choose among {', '.join(FORMS)}.")
    if form in element_messages.WRITERS:
        try:
            return element_messages.WRITERS[form](rows), []
        except ValueError as error:
            raise ParameterError(f"{error}; choose a form of OMM: csv, json, xml, kvn.") from None
    rows = newest(rows)
    span = span or default_span(rows)
    old = ephemerides.old(rows, span)
    days = ephemerides.OLD_DAYS
    told = [said("more than {days} days from their element sets: {names}", days=days, names=", ".join(old))]
    told = told if old else []
    text = ephemerides.oem(rows, span, scale) if form == "oem" else OVER_TIME[form](rows, span)
    return text, told


def default_span(rows: list[dict[str, str]]) -> Span:
    """A day from the newest epoch on, every minute."""
    epoch = max(cells["epoch_utc"] for cells in rows).removesuffix("Z")
    return Span(datetime.fromisoformat(epoch), 24.0, 60.0)
