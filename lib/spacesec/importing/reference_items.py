"""Items of the source store on their way in from any format: dates, names, pages, numbers and languages held
to what they may be, and what is set aside.
"""

import html
import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from spacesec.importing import dates, decoded, eras, reference_names
from spacesec.importing.found import Unplaced, ahead_year
from spacesec.words.language import noted

LANGUAGES = {
    "japanese": "ja",
    "jpn": "ja",
    "日本語": "ja",
    "english": "en",
    "american": "en",
    "british": "en",
    "usenglish": "en",
    "ukenglish": "en",
    "eng": "en",
    "英語": "en",
    "german": "de",
    "ngerman": "de",
    "deu": "de",
    "ger": "de",
    "french": "fr",
    "fra": "fr",
    "fre": "fr",
    "chinese": "zh",
    "zho": "zh",
    "chi": "zh",
    "korean": "ko",
    "kor": "ko",
}
_ENTITY = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);", re.IGNORECASE
)  # of Crossref's BibTeX
WHOLE = ("book", "thesis", "report", "collection", "pamphlet")  # which have a number of pages


class Reader:
    """One file on its way to items: what was set aside, and where."""

    def __init__(self, path: Path, language: str = "", accessed: str = ""):
        self.Unplaced = partial(Unplaced, path)  # by this name its words are found for translation
        self.language, self.accessed = language, accessed
        self.aside: Counter = Counter()
        self.settled: Counter = Counter()
        self.lines: dict[str, int] = {}  # of the item at hand, by field, where a format has a line for each

    def date(self, line: int, text: str, read: Callable[[str], dict] = dates.of_words) -> dict:
        """A CSL date, of words or as ``read`` takes it; nothing where the text says that there is none.
        Raises Unplaced.
        """
        try:
            return {} if dates.none(text) else read(text)
        except ValueError as error:
            raise self.Unplaced(
                line, text, f"it is no date that can be placed ({error}); correct it"
            ) from None

    def people(self, line: int, text: str) -> list[dict[str, str]]:
        """The persons and bodies that a field names; raises Unplaced where it does not tell them apart."""
        named, more = reference_names.further(text)
        if more:
            self.aside[noted("further authors (others)")] += 1
        try:
            return reference_names.people(named)
        except ValueError as error:
            raise self.Unplaced(line, text, str(error)) from None

    def finished(self, line: int, item: dict[str, Any]) -> dict[str, Any]:
        """The item with its fields held to what they may be; raises Unplaced."""
        item |= {name: _ENTITY.sub(_sign, text) for name, text in item.items() if isinstance(text, str)}
        for name, check in (("DOI", _doi), ("URL", _url), ("ISBN", _isbn), ("ISSN", _issn)):
            if name in item:
                try:
                    item[name] = check(item[name])
                except ValueError as error:
                    at = self.lines.get(name, line)
                    raise self.Unplaced(at, item[name], f"{error}; correct it") from None
        self._dates(line, item)
        self._pages(line, item)
        if not item.get("title"):
            raise self.Unplaced(line, None, "it has no title; every source needs one")
        self._language(line, item)
        key = str(item.get("citation-key", ""))
        if re.fullmatch(r"[a-z0-9][a-z0-9-]*", key):
            item["id"] = item.pop("citation-key")
        if self.accessed and "accessed" not in item:
            item["accessed"] = dates.of_edtf(self.accessed)
        order = ("id", "type", "title", "original-title", "author")
        return {name: item[name] for name in (*order, *item) if name in item}

    def _dates(self, line: int, item: dict[str, Any]) -> None:
        """What is out, and was seen, is no more than a year ahead."""
        for name in ("issued", "accessed"):
            parts = (item.get(name) or {}).get("date-parts", [])
            if parts and int(parts[0][0]) > ahead_year(1):
                why = "its year lies more than one ahead of today; correct it"
                raise self.Unplaced(self.lines.get(name, line), str(parts[0][0]), why)

    def _pages(self, line: int, item: dict[str, Any]) -> None:
        """The last page is not before the first; one with fewer digits leaves out what both have. A number of
        pages, which a book has, is none of them.
        """
        told = str(item.pop("page", ""))
        if not told:
            return
        if item["type"] in WHOLE and re.fullmatch(
            r"(\w+, ?)*\d+ ?(p\.?|pages|頁|ページ)( ?; ?\d+ ?cm)?", eras.plain(told)
        ):
            self.aside[noted("pages in all")] += 1
            return
        item["page"] = page(told)
        ends = re.fullmatch(r"([A-Za-z]*)(\d+)-\1(\d+)", item["page"])
        if ends and len(ends[2]) == len(ends[3]) and int(ends[3]) < int(ends[2]):
            why = "its last page lies before its first; correct them"
            raise self.Unplaced(self.lines.get("page", line), item["page"], why)

    def _language(self, line: int, item: dict[str, Any]) -> None:
        given = str(item.get("language", "")).strip()
        if given:
            code = LANGUAGES.get(given.casefold(), given[:2].lower())
            if given.casefold() not in LANGUAGES and not re.fullmatch(r"[A-Za-z]{2}([-_]\w+)*", given):
                raise self.Unplaced(
                    self.lines.get("language", line),
                    given,
                    "it is no code of a language; write ja, en or another of two letters",
                )
            item["language"] = code
        elif decoded.KANA.search(item["title"] + item.get("original-title", "")):
            item["language"] = "ja"
            self.settled[
                noted("took Japanese for the language where a title has kana and the file names none")
            ] += 1
        elif self.language:
            item["language"] = self.language


def page(text: str) -> str:
    """Pages as CSL has them: ``12-18``, ``iii-ix``, ``e1234``, of whatever dashes, digits and words."""
    plain = re.sub(r"^(?:[Pp]{1,2}\. ?|[Pp]{1,2} |pp?(?=\d)|第)", "", eras.plain(text))
    plain = re.sub(r" ?(?:頁|ページ|(?<=\d) ?pp?\.?)$", "", plain)
    plain = re.sub(r" *(?:-{1,3}|[\u2010-\u2015\u2212~\u301c]|(?<=\d)ー(?=\d)) *", "-", plain)
    one = re.fullmatch(r"(\w+)-\1", plain)
    return one[1] if one else plain


def _sign(entity: re.Match) -> str:
    return html.unescape(entity[0])


def _doi(text: str) -> str:
    found = re.fullmatch(
        r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", str(text), re.IGNORECASE
    )
    if not found:
        raise ValueError("it is no DOI, which begins with 10.")
    return found[1]


def _url(text: str) -> str:
    if re.search(r"[^/=?&]https?://", str(text)):
        raise ValueError("it is two addresses in one")
    if not re.fullmatch(r"https?://\S+", str(text)):
        raise ValueError("it is no address, which begins with https:// or http://")
    return text


def _isbn(text: str) -> str:
    for one in re.split(r"[;,\s]+(?=[\dXx])", re.sub(r"\([^)]*\)", "", str(text)).strip()):
        digits = re.sub(r"[-‐\s]", "", one).upper()
        if re.fullmatch(r"\d{9}[\dX]", digits):
            sums = sum(
                (10 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)
            )
            right = sums % 11 == 0
        else:
            right = re.fullmatch(r"97[89]\d{10}", digits) and not (
                sum((1, 3)[place % 2] * int(digit) for place, digit in enumerate(digits)) % 10
            )
        if not right:
            raise ValueError("its check digit is not that of an ISBN")
    return re.sub(r"\s*\([A-Za-z ]+\)", "", str(text))


def _issn(text: str) -> str:
    digits = re.sub(r"[^\dX]", "", str(text).upper())[:8]
    if len(digits) < 8:
        raise ValueError("an ISSN has eight digits")
    if sum((8 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)) % 11:
        raise ValueError("its check digit is not that of an ISSN")
    return re.sub(r"\s*\([A-Za-z ]+\)", "", str(text))
