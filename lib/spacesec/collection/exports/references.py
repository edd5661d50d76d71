"""References of the store, or of a file of the reader's own, in the formats of reference managers."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from spacesec.data import sources
from spacesec.errors import ParameterError
from spacesec.importing import biblatex, csl, references, ris

FORMS: dict[str, Callable[[Iterable[dict[str, Any]]], str]] = {
    "ris": ris.written,
    "biblatex": biblatex.written,
    "csl-json": csl.written,
}


def written(form: str, file: str | None, only: Iterable[tuple[str, str]]) -> str:
    """The references as a text; only: fields and the value that each must have. Raises ParameterError for
    another format, and where nothing is left.
    """
    if form not in FORMS:
        raise ParameterError(f"references have no format {form!r}; write {', '.join(FORMS)}.")
    items = list(sources.store().values())
    if file:
        items = [dict(row.cells) for row in references.read(Path(file)).rows]
    chosen = [one for one in items if all(str(one.get(name, "")) == value for name, value in only)]
    if not chosen:
        raise ParameterError("no reference has these values; leave --only out, or name others.")
    try:
        return FORMS[form](chosen)
    except ValueError as error:
        raise ParameterError(f"{error}; leave it out with --only.") from None
