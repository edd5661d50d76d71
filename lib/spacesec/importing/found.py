"""What a public file holds: candidate rows with their places, the file's own hash and date, and what was
settled on the way.
"""

import functools
import hashlib
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from spacesec.errors import SpacesecError
from spacesec.machine import files
from spacesec.words.language import known, noted, said

PAGES = (b"<!doctype html", b"<html", b"<head", b"<!--")
PACKED = {b"PK\x03\x04": "ZIP or a workbook", b"\x1f\x8b": "gzip", b"%PDF": "PDF", b"\x89PNG": "a picture"}
# What a program leaves that read a text in a wrong encoding. One row a kind of fault; each stands in no text
# that was read rightly.
MISREAD = re.compile(
    "|".join(
        (
            r"\ufffd|[\x80-\x84\x86-\x9f]",  # the sign for what could not be read; controls that no text has
            "ï¿½|锟斤|ï»¿|â€",  # the same sign, a mark of UTF-8 and quotation marks, read anew
            r"(?:[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u2122]{1,2}\s?){3}",  # UTF-8 as Windows-1252: kanji
            r"Ã[\u00a1-\u00ba\u00bc-\u00bf]|Â[\u00a0-\u00ba\u00bc-\u00bf]",  # the same: letters with marks
            r"Ã[\u0152-\u2122](?=\w)",  # the same: capitals with marks
            r"(?:[縺繧繝].{1,2}){3}",  # UTF-8 as Shift_JIS: kana
            # The same: kanji. ｶ, ｹ and ﾉ also stand for ヶ and ノ in names of places.
            r"(?:[\u4e00-\u9fff][\uff66-\uff6f\uff71-\uff75\uff77\uff78\uff7a-\uff88\uff8a-\uff9d]){2}",
            r"(?:[､･][\uff61-\uff9f]){3}",  # EUC-JP as Shift_JIS: kana
            r"(?:[\u201a\u0192].){3}",  # Shift_JIS as Windows-1252: kana
            r"(?!(.)\1{5})[\u00a1-\u00ff]{6}",  # EUC as Latin-1
        )
    )
)
# One of these stands in each of them; without, there is no need to look closer.
_SUSPECT = re.compile(r"[\x80-\xff縺繧繝锟\u201a\u0192\uff61-\uff9f\ufffd]")
# Japanese mail (ISO-2022-JP) without its escape signs: two signs of ASCII a letter.
LOST_ESCAPES = re.compile(r"\$[B@](?:[!-t][!-~]){2,}\([BJ]")
YEAR = 366  # days without a time between two of one file, which no recording has
LEFT_OUT, SET_ASIDE = noted("left out {what} ({count})"), noted("set aside {what} ({count})")
AHEAD = timedelta(days=31)  # forecasts of orbits and texts of next month are published before their day


SPUTNIK = date(1957, 10, 4)  # before which nothing flew in orbit


def ahead(day: date | str, by: timedelta = AHEAD) -> bool:
    """Whether a day lies further ahead of the reader's clock (and of the collection's day) than a file can
    tell of it; ISO days that are cut are at their beginning.
    """
    return f"{day}"[:10] > f"{_today() + by}"


def alone(days: Mapping[int, int]) -> int | None:
    """The first of the days (by number) that lie more than a year from all others of a file, by how many
    times lie on each: the fewer. None where the times go together.
    """
    known = sorted(days)
    for before, after in itertools.pairwise(known):
        if after - before > YEAR:
            sides = [day for day in known if day <= before], [day for day in known if day >= after]
            return min(sides, key=lambda side: sum(days[day] for day in side))[0]
    return None


def ahead_year(years: int = 30) -> int:
    """The last year that a plan tells of, and a forecast."""
    return _today().year + years


@functools.lru_cache(maxsize=1)
def _today() -> date:
    from spacesec.data import tables

    return max(date.today(), date.fromisoformat(tables.package()["as_of"][:10]))


@dataclass(frozen=True)
class Row:
    """A row with the words that say where it stands (``rows.csv, line 3``) and its cells by column."""

    place: str
    cells: dict[str, str]


@dataclass(frozen=True)
class Found:
    """What a file holds.

    rows: each with its ``locator`` among the cells; a list, or an iterable read once where files are big.
    columns: their order. file: its name; sha256 its digest. dated: the ISO day that the file says of itself,
    or nothing. notes: one sentence each on what was set aside, mended or settled by a rule, and how many.
    """

    rows: Iterable[Row]
    columns: tuple[str, ...]
    file: str
    sha256: str
    dated: str = ""
    notes: list[str] = field(default_factory=list)


class Unplaced(SpacesecError):
    """Something in a file that cannot be placed: ``why`` is a clause that also says the mend.

    line: a number, or words such as ``page 3`` or ``sheet 1, cell B2``; None for the whole file. value: the
    text that is refused; None where it is the line as a whole.
    """

    def __init__(self, file: str | Path, line: int | str | None, value: str | None, why: str):
        self.file, self.line, self.value, self.why = Path(file).name, line, value, why
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        file, line, value, why = self.file, self.line, self.value, self.why
        if line is None:
            return (
                f"{file} is not taken: {why}" if value is None else f"{file}: {value!r} is not taken: {why}"
            )
        place = said("line {n1}", n1=line) if isinstance(line, int) else line
        if value is None:
            return f"{file}, {place}, is not taken: {why}"
        return f"{file}, {place}: {value!r} is not taken: {why}"


def content(path: Path) -> bytes:
    """The bytes of a file; raises Unplaced for one that cannot be read, or that is empty."""
    try:
        held = path.read_bytes()
    except OSError as error:
        raise Unplaced(
            path, None, None, f"it cannot be read ({files.reason(error)}); name one that exists"
        ) from None
    if not held.strip():
        raise Unplaced(path, None, None, "it is empty; download it again")
    return held


def text(path: Path, encodings: tuple[str, ...] = ("utf-8",)) -> str:
    """The text of a file without its byte order mark, in the first of these encodings that fits; line ends
    stay. Raises Unplaced for a web page, a packed or binary file, or text in none of them.
    """
    held = content(path)
    head = held[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if head.startswith(PAGES):
        raise Unplaced(path, None, None, "it is a web page, not the data it should hold; download it again")
    for mark, kind in PACKED.items():
        if held.startswith(mark):
            raise Unplaced(path, None, None, f"it is {kind}, not text; unpack it or save it as text")
    if held.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif b"\x00" in held:
        raise Unplaced(path, None, None, "it holds bytes that no text has; download it again")
    for encoding in encodings:
        try:
            found = held.decode("utf-8-sig" if encoding == "utf-8" else encoding)
        except UnicodeDecodeError as error:
            line = held[: error.start].count(b"\n") + 1
            continue
        refuse_misread(path, None, found)
        return found
    raise Unplaced(path, line, None, f"it is not {' or '.join(encodings)} text; save it as UTF-8")


def refuse_misread(path: Path, place: str | int | None, text: str) -> None:
    """Raises Unplaced where a text was read in a wrong encoding before it was saved (MISREAD).

    place: of the text; None for that of a whole file, whose line is told then.
    """
    misread = LOST_ESCAPES.search(text) or (MISREAD.search(text) if _SUSPECT.search(text) else None)
    if not misread:
        return
    place = place or text.count("\n", 0, misread.start()) + 1
    why = "it is text that a program read in the wrong encoding; use another copy"
    raise Unplaced(path, place, misread[0][:20], why)


def left_empty(wrong: list[Unplaced], most: float) -> list[str]:
    """The note on cells that cannot be and were emptied, as real editions have a few; raises the first where
    there are more than ``most``, which are columns that changed places.
    """
    if len(wrong) > most:
        raise wrong[0]
    told = "; ".join(f"{one.line}: {one.value}" for one in wrong[:5])
    words = said(
        "cells that cannot be and are left empty: {count}; by line, {told}", count=len(wrong), told=told
    )
    return [words] if wrong else []


def tallied(counts: Mapping[str, int], head: str) -> list[str]:
    """A note on each of what was counted, in the order of the words. head: its sentence, with {what} and
    {count}; what is counted was ``noted`` for the catalogue, or is a name of the file's own.
    """
    return [
        said(head, what=known(what), count=f"{count:,}") for what, count in sorted(counts.items()) if count
    ]


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
