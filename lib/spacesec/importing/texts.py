"""Texts as passages with the page, paragraph or line where each begins: PDF, DOCX, HTML, and plain text in
every Japanese encoding. The one door by which texts come in.

Readings set above words (ruby) are left out, words divided at the end of a line joined, Japanese lines joined
without a space, compatibility characters brought to their usual form; the wave dash of a span stays. A PDF
whose letters its fonts do not tell is refused: it reads as other kanji, without an error.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from spacesec.importing import decoded, documents
from spacesec.importing.found import LEFT_OUT, Found, Row, Unplaced, content, digest, refuse_misread, tallied
from spacesec.words.language import noted, said

COLUMNS = ("text", "locator")
SUFFIXES = (".txt", ".pdf", ".docx", ".html", ".htm")
KANJI = re.compile(r"[\u4e00-\u9fff]")
MOST_BYTES = 50_000_000
GUESSED = ("read as cp932", "read as euc_jp")  # in which Korean and Chinese texts can be read, too
FEW_KANJI = 20  # a text with as many and no kana is no Japanese that was read rightly
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
TITLES = ("title", "h1")
BLOCKS = set(
    "address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form h1 h2"
    " h3 h4 h5 h6 header hr legend li main nav ol option p pre section table td th title tr ul".split()
)
SILENT = set(
    "head script style noscript template rt rp rtc svg select button del textarea datalist iframe noframes"
    " audio video canvas".split()
)
# A line that stands above no text but that of an error.
_ERROR = re.compile(
    r"(?:https? |error |エラー ?)*(?:40[0134]|410|429|50[0234])[ :：.-]*(?:error|エラー"
    r"|(?:page |file )?not found|forbidden|bad|unauthorized|internal|service|gateway|temporarily|gone"
    r"|too many|ページ|お探し).*"
    r"|(?:.{0,40}\b(?:page|file|url|resource|site|document)\b.{0,40} )?(?:not|cannot|can.t|couldn.t)(?: be)?"
    r" (?:found|displayed|reached)[.!]*|request rejected"
    r"|.{0,20}(?:ページ|ファイル|URL|コンテンツ|サイト)[がはを]?(?:見つか|みつか|存在し|表示でき|ござい|開け).*(?:せん|ない).*"
    r"|.{0,12}(?:ただいま|只今|現在).{0,6}メンテナンス中.*|(?:システム|サイト|サーバー?|サービス)?メンテナンス(?:中|のお知らせ)"
    r"|アクセスが(?:拒否|禁止).*|.{0,10}ページは.{0,8}(?:移動|削除).*",
    re.IGNORECASE,
)
MOST_ERROR = 80  # letters of such a line
# The same of a title above a few words.
_ERROR_OF_FEW = re.compile(
    r"\b(40[0134]|50[0234])\b|not found|forbidden|denied|rejected|just a moment|attention required"
    r"|\b30[12378]\b|moved|blocked|wayback machine|unavailable|gateway|redirecting|maintenance|\berror\b"
    r"|\b(?:log|sign) ?in\b|メンテナンス|エラー|見つかり|拒否|ログイン",
    re.IGNORECASE,
)
SHORT_PAGE = 600  # letters; an error page that its title tells of in passing has no more
FIRST = 3  # lines of a text among which an error is looked for


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
    titles: list[str] = []
    rows, lines = [], []
    for place, passage in _passages(path, notes, titles):
        refuse_misread(path, place, passage)
        lines += [
            " ".join(line.split()) for line in passage.strip().split("\n")[:FIRST] if len(lines) < FIRST
        ]
        if plain := normalised(passage):
            rows.append(Row(f"{path.name}, {place}", {"text": plain, "locator": place}))
    if not rows:
        raise Unplaced(path, None, None, "it is empty, or holds pictures of its pages alone; put its text in")
    whole = " ".join(row.cells["text"] for row in rows)
    _refuse_error(path, titles, lines, len(whole) < SHORT_PAGE)
    guessed = path.suffix.lower() == ".pdf" or any(note in GUESSED for note in notes)
    if guessed and len(KANJI.findall(whole)) >= FEW_KANJI and not decoded.KANA.search(whole):
        why = "it has Chinese characters and no kana, as a PDF whose fonts are not told or a Korean text"
        raise Unplaced(path, None, None, f"{why}; use another copy, in UTF-8")
    return Found(rows, COLUMNS, path.name, digest(path), "", notes)


def _refuse_error(path: Path, titles: list[str], lines: list[str], short: bool) -> None:
    """Raises Unplaced for the page that a site shows in the place of what was asked for."""
    parts = [part.strip() for title in titles for part in re.split(r"[|｜：]| [-–—] ", title)]
    sure = [line for line in (*parts, *lines) if len(line) <= MOST_ERROR and _ERROR.fullmatch(line)]
    likely = [title for title in titles if short and _ERROR_OF_FEW.search(title)]
    if found := (*sure, *likely):
        raise Unplaced(path, None, found[0], "it is the page of an error; download it again")


def whole(path: Path) -> str:
    """The text of a file in one line."""
    return normalised("\n".join(row.cells["text"] for row in read(path).rows))


def _passages(path: Path, notes: list[str], titles: list[str]) -> Iterable[tuple[str, str]]:
    held = content(path)
    if len(held) > MOST_BYTES:
        raise Unplaced(
            path, None, None, f"it is larger than {MOST_BYTES // 1_000_000} MB; divide it into parts"
        )
    if held.startswith(b"%PDF") or b"%PDF-" in held[:1024]:
        return _pdf(path, notes, titles)
    if held.startswith(b"PK"):
        return documents.passages(path, notes)
    if held.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unplaced(
            path, None, None, "it is a document of the old form or is locked; save it as .docx or .txt"
        )
    if held.startswith(b"{\\rtf"):
        raise Unplaced(path, None, None, "it is rich text; save it as .docx or .txt")
    text, encoding = decoded.text(path, pages=True, most=MOST_BYTES)
    notes += [said("read as {encoding}", encoding=encoding)] if encoding != "utf-8" else []
    start = text[:2000].lower()
    if re.search(r"^mime-version:", start, re.MULTILINE):
        raise Unplaced(path, None, None, "it is a mail or a web archive; save the page as HTML, or its text")
    if "<html" not in start and (start.lstrip("\ufeff \n").startswith("<?xml") or _is_json(text)):
        raise Unplaced(path, None, None, "it is XML or JSON, no text to be read; put its text in")
    if "<html" in start or "<!doctype html" in start or path.suffix.lower() in (".html", ".htm"):
        return _html(path, text, titles)
    return _plain(text, notes)


def _is_json(text: str) -> bool:
    try:
        return text.lstrip("\ufeff \n")[:1] in ("{", "[") and bool(json.loads(text))
    except (ValueError, RecursionError):
        return False


# --- plain text


def _plain(text: str, notes: list[str]) -> Iterator[tuple[str, str]]:
    if "｜" in text and "《" in text or "テキスト中に現れる記号について" in text:
        text, count = _AOZORA.subn(lambda found: found[1] or "", text)
        notes += tallied({noted("readings set in brackets"): count}, LEFT_OUT)
    line = 1
    for passage in re.split(r"(\n[ \t\u3000]*\n\s*|\f)", text):
        if passage.strip():
            lead = len(passage) - len(passage.lstrip("\n"))
            yield f"line {line + lead}", passage
        line += passage.count("\n")


# --- PDF


def _pdf(path: Path, notes: list[str], titles: list[str]) -> Iterator[tuple[str, str]]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        file = PdfReader(path)
        if file.is_encrypted and not file.decrypt(""):
            raise Unplaced(path, None, None, "it is locked with a password; unlock it first")
        count = len(file.pages)
        titles.append(str(file.metadata.title or "") if file.metadata else "")
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
        numbers = {"blank": f"{blank:,}", "count": f"{count:,}"}
        notes.append(said("found no text on pages that may be pictures ({blank} of {count})", **numbers))


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


# --- HTML


def _html(path: Path, text: str, titles: list[str]) -> Iterator[tuple[str, str]]:
    lower = text.lower()
    if lower.rfind("<") > lower.rfind(">") or ("<html" in lower and "</html" not in lower):
        raise Unplaced(path, text.count("\n") + 1, None, "the page is cut off; save it again")
    page = _Page()
    page.feed(text)
    page.close()
    page.ended()
    titles += [" ".join(title.split()) for title in page.titles]
    for line, words in page.passages:
        yield f"line {line}", words


class _Page(HTMLParser):
    """Passages of a page with the line on which each begins."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.passages: list[tuple[int, str]] = []
        self.words: list[str] = []
        self.line, self.titles, self.silent, self.in_title = 1, [""], [], ""

    def handle_starttag(self, tag, attributes):
        if tag in TITLES and not self.silent:
            self.titles.append("")
        if tag in TITLES or tag in BLOCKS:
            self.in_title = tag if tag in TITLES and not self.silent else ""
        if tag in SILENT and tag != "head":
            if self.silent and tag in ("rt", "rp") and self.silent[-1] in ("rt", "rp"):
                self.silent.pop()  # its end may be left out
            self.silent.append(tag)
        if tag in BLOCKS:
            self.ended()
        elif tag == "br":
            self.words.append("\n")

    def handle_endtag(self, tag):
        self.in_title = "" if tag in TITLES else self.in_title
        if tag == "ruby":
            self.silent = [one for one in self.silent if one not in ("rt", "rp", "rtc")]
        elif tag in self.silent:
            while self.silent.pop() != tag:
                pass
        if tag in BLOCKS:
            self.ended()

    def handle_data(self, data):
        if self.in_title:
            self.titles[-1] += data
        if not self.silent and self.in_title != "title":
            if not "".join(self.words).strip():
                self.line = self.getpos()[0] + len(data) - len(data.lstrip("\n"))
            self.words.append(data)

    def ended(self):
        text = "".join(self.words)
        if text.strip():
            self.passages.append((self.line, text))
        self.words = []
