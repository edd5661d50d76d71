"""The text of a file in whichever encoding it was saved, and the cells of one with columns.

Japanese files come as UTF-8, UTF-16, Shift_JIS as Windows writes it (code page 932), EUC-JP and ISO-2022-JP.
Where both Shift_JIS and EUC-JP would do, the one is taken that gives Japanese and not a row of half-width
katakana; where neither does, or both alike, the file is refused: a wrong guess reads without an error.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacesec.importing.found import PACKED, PAGES, Unplaced, content, refuse_misread
from spacesec.machine import files

MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ESCAPES = (b"\x1b$B", b"\x1b$@", b"\x1b(J", b"\x1b(I", b"\x1b$(D")
# What reads as Japanese, and what only a wrong encoding gives in numbers: half-width katakana, private signs.
JAPANESE = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff、。「」]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
WRONG = re.compile(r"[\uff61-\uff9f\ue000-\uf8ff]")
# Scripts that stand in no text in Japanese or English, and in every one that was taken for UTF-16.
FOREIGN = re.compile(r"[\u0500-\u1fff\u3400-\u4dbf\ua000-\ud7ff]")
RARE_KANJI = 0x99  # first byte of the second level of JIS X 0208 in Shift_JIS, on whose last row it begins
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
# Western texts of one byte a letter: letters with marks inside words, typographic quotation marks and dashes.
WESTERN = re.compile(
    rb"[\x80\x85\x91-\x97\xa0\xa3\xa7\xa9\xab\xb0\xb2\xb3\xba\xbb\xc0-\xd6\xd8-\xf6\xf8-\xff]"
)
PAGE = re.compile(r"<(?:!doctype html|html|head|body|script)\b", re.IGNORECASE)
MOST_BYTES = 20_000_000
HEAD = 1_000_000  # bytes that tell the encoding of a file that is streamed
SEPARATORS = ",\t;|"


def text(path: Path, pages: bool = False, most: int = MOST_BYTES) -> tuple[str, str]:
    """The text of a file and the encoding it was read in; line ends become line feeds.

    pages: whether a web page is what is asked for. Raises Unplaced for a file that is empty, too large,
    packed, no text, or text in no encoding that is known.
    """
    held = content(path)
    if len(held) > most:
        raise Unplaced(path, None, None, f"it is larger than {most // 1_000_000} MB; divide it into parts")
    for mark, kind in PACKED.items():
        if held.startswith(mark):
            raise Unplaced(path, None, None, f"it is {kind}, not text; unpack it or save it as text")
    found, encoding = _decoded(path, held)
    if not pages and found[:512].lstrip().lower().startswith(tuple(page.decode() for page in PAGES)):
        raise Unplaced(path, None, None, "it is a web page, not the data it should hold; download it again")
    if not pages and (page := PAGE.search(found)):
        line = found.count("\n", 0, page.start()) + 1
        raise Unplaced(path, line, page[0], "a web page begins in the middle of the data; download it again")
    if sign := CONTROL.search(found):
        line = found.count("\n", 0, sign.start()) + 1
        raise Unplaced(path, line, sign[0], "no text holds this sign; save the file as UTF-8 text")
    if not found.strip():
        raise Unplaced(path, None, None, "it is empty; download it again")
    if not pages:  # of a page only what it shows is read
        refuse_misread(path, None, found)
    return found.replace("\r\n", "\n").replace("\r", "\n"), encoding


def _decoded(path: Path, held: bytes) -> tuple[str, str]:
    for mark, encoding in MARKS:
        if held.startswith(mark):
            return _in(path, held, {"utf-8": "utf-8-sig"}.get(encoding, encoding)), encoding
    if held[:200].count(b"\x00") > len(held[:200]) // 4:
        return _in(path, held, "utf-16-le" if held[1:2] == b"\x00" else "utf-16-be"), "utf-16"
    if any(escape in held for escape in ESCAPES):
        return _in(path, held, "iso2022_jp_2"), "iso-2022-jp"
    try:
        return held.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
    if any(len(JAPANESE.findall(one)) > 1 for one in _lines_in_utf_8(held)):
        raise Unplaced(path, line, None, "the file has lines in two encodings; save all of it as UTF-8")
    if likely := _likely(held):
        return likely
    high = re.findall(rb"[\x80-\xff]", held)
    if len(WESTERN.findall(held)) == len(high) and not re.search(rb"[\x80-\xff]{3}", held):
        return held.decode("cp1252"), "windows-1252"
    raise Unplaced(path, line, None, "it is text in no encoding that is known; save it as UTF-8")


def _likely(held: bytes) -> tuple[str, str] | None:
    """The text that looks most Japanese and its encoding; None where none does, or two do alike."""
    likely = {}
    for encoding in ("cp932", "euc_jp", "utf-16-le", "utf-16-be"):
        try:
            found = held.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROL.search(found):
            continue
        # Letters of one byte, read in twos, give kanji of every kind, no space, no line end and few kana.
        if (
            encoding.startswith("utf-16")
            and b"\x00" not in held
            and len(KANA.findall(found)) * 10 < len(found)
        ):
            continue
        likely[encoding] = (_likeness(found), found)
    ranked = sorted(likely, key=lambda name: likely[name][0], reverse=True)
    scores = [likely[name][0] for name in ranked]
    if scores and scores[0] > 0 and scores[0] > (scores[1:] or [0])[0]:
        # Code page 932 has the wave dash of JIS as a full-width tilde.
        return likely[ranked[0]][1].replace("\uff5e", "\u301c"), ranked[0]
    return None


def _lines_in_utf_8(held: bytes) -> Iterator[str]:
    for line in held.splitlines():
        if not line.isascii():
            try:
                yield line.decode("utf-8")
            except UnicodeDecodeError:
                continue


def _likeness(text: str) -> int:
    """How much a text looks Japanese: kana and the common kanji for it, rare kanji and signs that only a
    wrong encoding brings in numbers against it.
    """
    good, rare = 0, len(FOREIGN.findall(text))
    for sign in JAPANESE.findall(text):
        told = sign.encode("cp932", "replace")
        rare += told[0] >= RARE_KANJI
        good += told[0] < RARE_KANJI
    return good - 2 * rare - 3 * len(WRONG.findall(text))


def _in(path: Path, held: bytes, encoding: str) -> str:
    try:
        return held.decode(encoding)
    except UnicodeDecodeError as error:
        line = held[: error.start].count(b"\n") + 1
        raise Unplaced(path, line, None, f"it is not {encoding} text all through; save it as UTF-8") from None


def records(path: Path, whole: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a text with columns, each with the line on which it begins; blank ones are left out.

    The separator is the comma, tab, semicolon or bar that parts the first lines into most columns alike.
    Raises Unplaced where a quotation mark is not closed.
    """
    skipped = 0
    if whole.lower().startswith("sep="):  # a spreadsheet's own first line
        first, _, whole = whole.partition("\n")
        separator, skipped = first[4:5], 1
    else:
        separator = _separator(whole)
    reader = csv.reader(io.StringIO(whole, newline=""), delimiter=separator, strict=True)
    before, most, last = 0, 0, (0, [])
    try:
        for cells in reader:
            line, before = before + 1 + skipped, reader.line_num
            if any(cell.strip() for cell in cells):
                last, most = (line, cells), max(most, len(cells))
                yield line, cells
        if not whole.endswith("\n") and 0 < len(last[1]) < most:
            raise Unplaced(
                path,
                last[0],
                separator.join(last[1])[:80],
                "the last line is cut off; download the file again",
            )
    except csv.Error as error:
        raise Unplaced(
            path,
            before + 1 + skipped,
            None,
            f"it does not read as columns ({error}); close its quotation marks",
        ) from None


def _separator(whole: str) -> str:
    lines = [line for line in whole[:20_000].splitlines() if line.strip()][:20]
    counts = {
        sign: sorted(len(next(csv.reader([line], delimiter=sign), [])) for line in lines)
        for sign in SEPARATORS
    }
    return max(SEPARATORS, key=lambda sign: counts[sign][len(lines) // 2] if lines else 0)


def lines(path: Path) -> tuple[Iterator[str], str]:
    """The lines of a text of any size, one at a time, and their encoding, which its beginning tells.

    Raises Unplaced as `text` does, and on the first line that is not in that encoding.
    """
    with opened(path) as file:
        head = file.read(HEAD)
    whole = len(head) < HEAD
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))  # two bytes a sign: no byte alone ends a line
    cut = 0 if whole or wide else max(head.rfind(end) for end in (b"\n", b"\r")) + 1
    held = head[:cut] or head
    for mark, kind in PACKED.items():
        if held.startswith(mark):
            raise Unplaced(path, None, None, f"it is {kind}, not text; unpack it or save it as text")
    found, encoding = _decoded(path, held)
    if found[:512].lstrip().lower().startswith(tuple(page.decode() for page in PAGES)):
        raise Unplaced(path, None, None, "it is a web page, not the data it should hold; download it again")
    if not found.strip():
        raise Unplaced(path, None, None, "it is empty; download it again")
    return _each(path, {"utf-8": "utf-8-sig", "windows-1252": "cp1252"}.get(encoding, encoding)), encoding


def opened(path: Path):
    """The file, open for reading bytes; raises Unplaced where it cannot be."""
    try:
        return path.open("rb")
    except OSError as error:
        raise Unplaced(
            path, None, None, f"it cannot be read ({files.reason(error)}); name one that exists"
        ) from None


def _each(path: Path, encoding: str) -> Iterator[str]:
    number = 0
    with path.open(encoding=encoding, newline="") as file:
        try:
            for line in file:
                number += 1
                if page := PAGE.search(line):
                    raise Unplaced(
                        path,
                        number,
                        page[0],
                        "a web page begins in the middle of the data; download it again",
                    )
                if "\x00" in line:
                    raise Unplaced(
                        path, number, None, "no text holds NUL; the file is cut or damaged, get it anew"
                    )
                refuse_misread(path, number, line)
                yield line
        except UnicodeDecodeError:
            raise Unplaced(
                path, number + 1, None, f"it is not {encoding} text as the lines before; save it as UTF-8"
            ) from None


def table(path: Path, known: Mapping[str, str], needed: Iterable[str], weaker: Iterable[str] = ()) -> "Table":
    """The records of a file with one header line, streamed; columns go by the names that ``known`` gives to
    spellings of the header (lower case, signs other than letters and digits as one underline). weaker:
    spellings that count only where no other column has their name.

    Raises Unplaced for a file without what is needed, and for a record that is longer or shorter than the
    header.
    """
    source, encoding = lines(path)
    first = next(source, "")
    skipped = 0
    while not first.strip() or first.lower().startswith("sep="):
        first, skipped = next(source, None), skipped + 1
        if first is None:
            raise Unplaced(path, None, None, "it has no header; download it again")
    separator = max(SEPARATORS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
    header = [spelled(cell) for cell in next(csv.reader([first], delimiter=separator))]
    strong = [known.get(name, "") for name in header if name not in weaker]
    columns = [known.get(name, "") for name in header]
    columns = ["" if one in weaker and name in strong else name for one, name in zip(header, columns)]
    if doubled := next((name for name in columns if name and columns.count(name) > 1), None):
        raise Unplaced(path, skipped + 1, doubled, "two columns of the header say this; remove one")
    lacking = [name for name in needed if name not in columns]
    if lacking:
        raise Unplaced(
            path, skipped + 1, first.strip(), f"the header has no column for {', '.join(lacking)}; name it so"
        )
    return Table(path, source, encoding, separator, columns, skipped + 1)


def spelled(name: str) -> str:
    return re.sub(r"[\W_]+", "_", unicodedata.normalize("NFKC", name).strip().lower()).strip("_")


@dataclass
class Table:
    """Records with a header, read once: iterate for (line, cells by column)."""

    path: Path
    source: Iterator[str]
    encoding: str
    separator: str
    columns: list[str]
    before: int

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        reader = csv.reader(self.source, delimiter=self.separator, strict=True)
        line = self.before + 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield line, self._record(line, cells)
                line = self.before + reader.line_num + 1
        except csv.Error as error:
            raise Unplaced(
                self.path, line, None, f"it does not read as columns ({error}); close its quotation marks"
            ) from None

    def _record(self, line: int, cells: list[str]) -> dict[str, str]:
        while len(cells) > len(self.columns) and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) != len(self.columns):
            raise Unplaced(
                self.path,
                line,
                self.separator.join(cells)[:80],
                f"it has {len(cells)} cells, the header has {len(self.columns)}; the file may be cut off",
            )
        return {name: cell.strip() for name, cell in zip(self.columns, cells) if name}
