"""Texts as passages with the page, paragraph or line where each begins: PDF, DOCX, HTML, and plain text in
every Japanese encoding. The one door by which texts come in.

Readings set above words (ruby) are left out, words divided at the end of a line joined, Japanese lines joined
without a space, compatibility characters brought to their usual form; the wave dash of a span stays. A PDF
whose letters its fonts do not tell is refused: it reads as other kanji, without an error.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from spacesec.importing import decoded
from spacesec.importing.found import Found, Row, Unplaced, content, digest

COLUMNS = ("text", "locator")
SUFFIXES = (".txt", ".pdf", ".docx", ".html", ".htm")
KANJI = re.compile(r"[\u4e00-\u9fff]")
MOST_BYTES = 50_000_000
GUESSED = ("read as cp932", "read as euc_jp")  # in which Korean and Chinese texts can be read, too
FEW_KANJI = 20  # a text with as many and no kana is no Japanese that was read rightly
# UTF-8 read as Windows-1252 (each kana and kanji gives three such signs) or as Shift_JIS (kana begin with 縺
# or 繧), and the sign for what could not be read.
MISREAD = re.compile(
    r"(?:[\u00e3-\u00e9][\u0080-\u00bf\u0152-\u2122]{1,2}\s?){3}|(?:[縺繧繝].{1,2}){3}|\ufffd"
)
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")  # where a word may break, and joins
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u2010]\s*\n\s*(?=[^\W\d_])(?=[a-zà-öø-ÿ])")
_WRAPPED = re.compile(
    r"(?<=[\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u30ff\u4e00-\u9fff])"
)
# What a font without a table of its letters leaves: names of glyphs, private signs, the sign for none.
_UNTOLD = re.compile(
    r"/[a-z]+\.(?:oldstyle|smcp|alt|lf|onum)\b|/uni[0-9A-F]{4}|\(cid:\d+\)|[\ufffd\ue000-\uf8ff]"
)
_MOST_UNTOLD = 0.001  # share of a page's letters
_AOZORA = re.compile(
    r"[｜|]([^｜|《\n]{1,40})《[^》\n]{1,40}》|(?<=[\u4e00-\u9fff々〆ヶ])《[\u3041-\u30fa ー]{1,40}》"
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
MOST_XML = 100_000_000  # bytes of a part when unpacked
BLOCKS = set(
    "address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr legend li main nav ol option p pre section table td th title tr ul".split()
)
SILENT = {"head", "script", "style", "noscript", "template", "rt", "rp", "rtc", "svg", "select", "button"}
_ERROR_PAGE = re.compile(
    r"\b(40[0134]|50[0234])\b|not found|forbidden|access denied|just a moment", re.IGNORECASE
)
SHORT_PAGE = 600  # letters; an error page has no more


def normalised(text: str) -> str:
    """A text as its words are counted, however a program wrapped or encoded it: compatibility characters and
    ligatures in their usual form (Unicode NFKC), words divided at the end of a line joined, Japanese lines
    joined without a space, all other white space one space. The wave dash stays, also where Windows has it as
    a full-width tilde.
    """
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text.replace("\uff5e", "\u301c")))
    return " ".join(_WRAPPED.sub("", _HYPHENATED.sub("", text)).split())


def read(path: Path) -> Found:
    """The passages of a text. Raises Unplaced for a file that is no text, is locked, holds pictures of pages,
    or whose letters are not told.
    """
    notes: list[str] = []
    rows = []
    for place, passage in _passages(path, notes):
        if plain := normalised(passage):
            rows.append(Row(f"{path.name}, {place}", {"text": plain, "locator": place}))
    if not rows:
        raise Unplaced(path, None, None, "it is empty, or holds pictures of its pages alone; put its text in")
    whole = " ".join(row.cells["text"] for row in rows)
    for row in rows:
        if misread := MISREAD.search(row.cells["text"]):
            why = "it is text that a program read in the wrong encoding; use another copy"
            raise Unplaced(path, row.cells["locator"], misread[0][:20], why)
    guessed = path.suffix.lower() == ".pdf" or any(note in GUESSED for note in notes)
    if guessed and len(KANJI.findall(whole)) >= FEW_KANJI and not decoded.KANA.search(whole):
        why = "it has Chinese characters and no kana, as a PDF whose fonts are not told or a Korean text"
        raise Unplaced(path, None, None, f"{why}; use another copy, in UTF-8")
    return Found(rows, COLUMNS, path.name, digest(path), "", notes)


def whole(path: Path) -> str:
    """The text of a file in one line."""
    return normalised("\n".join(row.cells["text"] for row in read(path).rows))


def _passages(path: Path, notes: list[str]) -> Iterator[tuple[str, str]]:
    held = content(path)
    if len(held) > MOST_BYTES:
        raise Unplaced(
            path, None, None, f"it is larger than {MOST_BYTES // 1_000_000} MB; divide it into parts"
        )
    if held.startswith(b"%PDF") or b"%PDF-" in held[:1024]:
        return _pdf(path, notes)
    if held.startswith(b"PK"):
        return _docx(path)
    if held.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unplaced(
            path, None, None, "it is a document of the old form or is locked; save it as .docx or .txt"
        )
    if held.startswith(b"{\\rtf"):
        raise Unplaced(path, None, None, "it is rich text; save it as .docx or .txt")
    text, encoding = decoded.text(path, pages=True, most=MOST_BYTES)
    notes += [f"read as {encoding}"] if encoding != "utf-8" else []
    start = text[:2000].lower()
    if "<html" in start or "<!doctype html" in start or path.suffix.lower() in (".html", ".htm"):
        return _html(path, text)
    return _plain(text, notes)


# --- plain text


def _plain(text: str, notes: list[str]) -> Iterator[tuple[str, str]]:
    if "｜" in text and "《" in text or "テキスト中に現れる記号について" in text:
        text, count = _AOZORA.subn(lambda found: found[1] or "", text)
        notes.append(f"left out readings set in brackets ({count:,})")
    line = 1
    for passage in re.split(r"(\n[ \t\u3000]*\n\s*|\f)", text):
        if passage.strip():
            lead = len(passage) - len(passage.lstrip("\n"))
            yield f"line {line + lead}", passage
        line += passage.count("\n")


# --- PDF


def _pdf(path: Path, notes: list[str]) -> Iterator[tuple[str, str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        file = PdfReader(path)
        if file.is_encrypted and not file.decrypt(""):
            raise Unplaced(path, None, None, "it is locked with a password; unlock it first")
        count = len(file.pages)
    except (PyPdfError, ValueError, KeyError, TypeError, OSError, NotImplementedError) as error:
        if isinstance(error, Unplaced):
            raise
        raise Unplaced(path, None, None, f"it is a damaged PDF ({error}); download it again") from None
    blank = 0
    for number in range(count):
        try:
            text = file.pages[number].extract_text()
        except Exception as error:  # of any kind, in pages that no reader of PDF has met
            raise Unplaced(
                path, f"page {number + 1}", None, f"it cannot be read ({error}); use another copy"
            ) from None
        if not text.strip():
            blank += 1
            continue
        _told(path, number + 1, text)
        yield f"page {number + 1}", text
    if blank and blank < count:
        notes.append(f"found no text on pages that may be pictures ({blank:,} of {count:,})")


def _told(path: Path, page: int, text: str) -> None:
    """Raises Unplaced where a page's letters are not told, or stand one in a line, as of upright text."""
    untold = _UNTOLD.findall(text)
    if len(untold) > _MOST_UNTOLD * len(text):
        raise Unplaced(
            path, f"page {page}", untold[0], "its font does not tell this letter; use another copy"
        )
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) >= 20 and sum(len(line) == 1 for line in lines) > len(lines) / 2:
        raise Unplaced(
            path, f"page {page}", None, "its upright text stands one letter in a line; use another copy"
        )


# --- DOCX


def _docx(path: Path) -> Iterator[tuple[str, str]]:
    try:
        with zipfile.ZipFile(path) as packed:
            if "word/document.xml" not in packed.namelist():
                raise Unplaced(
                    path, None, None, "it is packed, but no document (.docx); save it as .docx or .txt"
                )
            if packed.getinfo("word/document.xml").file_size > MOST_XML:
                raise Unplaced(path, None, None, "it is too large when unpacked; divide it into parts")
            xml = packed.read("word/document.xml")
        if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
            raise Unplaced(path, None, None, "a document declares no entities; get it from its publisher")
        document = ElementTree.fromstring(xml)
    except (zipfile.BadZipFile, ElementTree.ParseError, EOFError, RuntimeError, NotImplementedError) as error:
        raise Unplaced(path, None, None, f"it is a damaged document ({error}); download it again") from None
    number = 0
    for paragraph in document.iter(f"{_W}p"):
        number += 1
        yield f"paragraph {number}", "".join(_runs(paragraph))


def _runs(element: ElementTree.Element) -> Iterator[str]:
    """The words of a paragraph: without readings, without what was deleted or is hidden, shapes told once."""
    for child in element:
        name = child.tag.removeprefix(_W)
        if name in ("rt", "del", "moveFrom", "p") or child.tag == _FALLBACK:
            continue
        if name == "r" and child.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        if name == "t":
            yield child.text or ""
        elif name in ("tab", "br", "cr"):
            yield "\n" if name != "tab" else " "
        elif name == "noBreakHyphen":
            yield "-"
        else:
            yield from _runs(child)


# --- HTML


def _html(path: Path, text: str) -> Iterator[tuple[str, str]]:
    lower = text.lower()
    if lower.rfind("<") > lower.rfind(">") or ("<html" in lower and "</html" not in lower):
        raise Unplaced(path, text.count("\n") + 1, None, "the page is cut off; save it again")
    page = _Page()
    page.feed(text)
    page.close()
    page.ended()
    if len(" ".join(words for _, words in page.passages)) < SHORT_PAGE and _ERROR_PAGE.search(page.title):
        raise Unplaced(path, None, page.title.strip(), "it is the page of an error; download it again")
    for line, words in page.passages:
        yield f"line {line}", words


class _Page(HTMLParser):
    """Passages of a page with the line on which each begins."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.passages: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.line, self.title, self.silent, self.in_title = 1, "", [], False

    def handle_starttag(self, tag, attributes):
        self.in_title = tag == "title"
        if tag in SILENT and tag != "head":
            if self.silent and tag in ("rt", "rp") and self.silent[-1] in ("rt", "rp"):
                self.silent.pop()  # its end may be left out
            self.silent.append(tag)
        if tag in BLOCKS:
            self.ended()
        elif tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag):
        self.in_title = False
        if tag == "ruby":
            self.silent = [one for one in self.silent if one not in ("rt", "rp", "rtc")]
        elif tag in self.silent:
            while self.silent.pop() != tag:
                pass
        if tag in BLOCKS:
            self.ended()

    def handle_data(self, data):
        if self.in_title:
            self.title += data
        elif not self.silent:
            if not "".join(self.words).strip():
                self.line = self.getpos()[0] + len(data) - len(data.lstrip("\n"))
            self.words.append(data)

    def ended(self):
        text = "".join(self.words)
        if text.strip():
            self.passages.append((self.line, text))
        self.words = []
