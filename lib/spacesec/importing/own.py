"""Files of a reader's own that a question runs on: read once, told in the record and in every figure's note.

They never touch the tables, and no default run has one.
"""

import dataclasses
import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from spacesec.answers import Result
from spacesec.errors import ParameterError
from spacesec.importing.found import Found
from spacesec.words.sentences import Words, choose, counted, day, drawn, month, named, result, say


def usable(name: str, given: str | None) -> str | None:
    """The path as it is given; raises ParameterError in one sentence where there is no such file."""
    if given is not None and not Path(given).expanduser().is_file():
        raise ParameterError(
            f"{name} = {given!r} is not possible: there is no such file; name one that exists."
        )
    return given


def read(reader: Callable[..., Found], given: str) -> Found:
    """What the file holds, its rows as a list, read again only when it has changed."""
    path = Path(given).expanduser()
    stamp = path.stat()
    return _read(reader, path, (stamp.st_mtime_ns, stamp.st_size))


@functools.lru_cache(maxsize=4)
def _read(reader: Callable[..., Found], path: Path, stamp: tuple[int, int]) -> Found:
    found = reader(path)
    rows = found.rows if isinstance(found.rows, Sequence) else list(found.rows)
    return dataclasses.replace(found, rows=rows)


def results(name: str, found: Found | None, rows: int, until: str = "") -> dict[str, Result]:
    """The result by which a record tells the file: its name, hash and date, the rows used, and the day of the
    last datum of the run; nothing without a file.
    """
    if found is None:
        return {}
    told: dict[str, Any] = {
        "name": found.file,
        "sha256": found.sha256,
        "dated": found.dated,
        "rows": rows,
        "until": until or found.dated,
    }
    return {name: Result(told, "file", "the file of the reader's own that this run rests on")}


def noted(words: Words, name: str, answer: Any) -> Words:
    """The words of a figure with the file named in its note, where the answer rests on one."""
    if name not in answer.results:
        return words
    dated = choose(
        (f"json_extract(:{name}, '$.dated') = ''", say("")),
        otherwise=say(", to {day}", day=day(result(name, "dated"))),
    )
    file = say(
        "With {rows} of the file {file}{dated} (SHA-256 {hash}).",
        rows=counted(drawn(f"json_extract(:{name}, '$.rows')"), "{n} row", "{n} rows"),
        file=named(result(name, "name")),
        dated=dated,
        hash=named(drawn(f"substr(json_extract(:{name}, '$.sha256'), 1, 12)")),
    )
    until = month(result(name, "until")) if answer[name]["until"] else words.until
    return dataclasses.replace(words, note=say("{note} {file}", note=words.note, file=file), until=until)


def named_file(name: str) -> Callable[[Callable[[], Words]], Callable[[Any], Words]]:
    """Decorate a figure's words: they take the answer, and name its file in the note where it has one."""

    def decorate(words: Callable[[], Words]) -> Callable[[Any], Words]:
        return functools.wraps(words)(lambda answer: noted(words(), name, answer))

    return decorate
