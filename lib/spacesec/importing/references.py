"""References as libraries and reference managers write them (RIS, BibTeX and BibLaTeX, CSL-JSON), to and from
items of the source store.

One table a format holds its fields beside those of CSL-JSON and serves both ways. Names in kanji stand family
name first, whatever parts them; a name that nothing parts is kept whole. What a format says that the store
does not keep (abstracts, key words, attachments) is set aside and counted.
"""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

from spacesec.data import sources
from spacesec.importing import decoded, eras
from spacesec.importing.dates import edtf, of_edtf, of_words
from spacesec.importing.found import Found, Row, Unplaced, ahead_year, digest
from spacesec.machine import untrusted

COLUMNS = ("id", "type", "title", "original-title", "author", "publisher", "container-title", "issued", "URL")
# Type of RIS -> type of CSL; the first of those with one meaning is the one that is written.
RIS_TYPES = {
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "INPR": "article-journal",
    "MGZN": "article-magazine",
    "NEWS": "article-newspaper",
    "BOOK": "book",
    "EBOOK": "book",
    "EDBOOK": "book",
    "SER": "book",
    "CHAP": "chapter",
    "ECHAP": "chapter",
    "RPRT": "report",
    "GOVDOC": "report",
    "ELEC": "webpage",
    "WEB": "webpage",
    "BLOG": "post-weblog",
    "ICOMM": "post",
    "THES": "thesis",
    "CONF": "paper-conference",
    "CPAPER": "paper-conference",
    "STAT": "legislation",
    "LEGAL": "legislation",
    "BILL": "bill",
    "CASE": "legal_case",
    "HEAR": "hearing",
    "DATA": "dataset",
    "DBASE": "dataset",
    "COMP": "software",
    "ENCYC": "entry-encyclopedia",
    "DICT": "entry-dictionary",
    "MAP": "map",
    "SLIDE": "speech",
    "ADVS": "broadcast",
    "VIDEO": "motion_picture",
    "MPCT": "motion_picture",
    "SOUND": "song",
    "PAT": "patent",
    "PCOMM": "personal_communication",
    "UNPB": "article",
    "MANSCPT": "manuscript",
    "STAND": "standard",
    "PAMP": "pamphlet",
    "GEN": "document",
}
# Tag of RIS -> field of CSL, the one that is written first; where several say one thing the first decides.
RIS_FIELDS = {
    "TI": "title",
    "T1": "title",
    "TT": "translated",
    "T2": "container-title",
    "JF": "container-title",
    "JO": "container-title",
    "BT": "container-title",
    "J2": "container-title",
    "JA": "container-title",
    "T3": "collection-title",
    "VL": "volume",
    "IS": "issue",
    "M1": "number",
    "M3": "genre",
    "ET": "version",
    "PB": "publisher",
    "CY": "publisher-place",
    "PP": "publisher-place",
    "DO": "DOI",
    "SN": "serial",
    "UR": "URL",
    "AV": "archive_location",
    "LA": "language",
    "N1": "note",
    "SP": "first-page",
    "EP": "last-page",
    "PY": "year",
    "Y1": "year",
    "DA": "day",
    "Y2": "accessed",
    "ID": "citation-key",
}
RIS_PEOPLE = {"AU": "author", "A1": "author", "ED": "editor", "A2": "editor"}
RIS_ABBREVIATED = ("JO", "JA", "J2", "JF", "BT")  # names of a journal that another tag says in full
RIS_ASIDE = set(
    "A3 A4 AB AD AN C1 C2 C3 C4 C5 C6 C7 C8 CA CN DB DP KW L1 L2 L3 L4 LB LK M2 N2 NV OP RI RN RP SE ST"
    " TA U1 U2 U3 U4 U5".split()
)
BIB_TYPES = {
    "article": "article-journal",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "proceedings": "book",
    "manual": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "report": "report",
    "techreport": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "dataset": "dataset",
    "software": "software",
    "inreference": "entry-encyclopedia",
    "legislation": "legislation",
    "jurisdiction": "legal_case",
    "patent": "patent",
    "standard": "standard",
    "video": "motion_picture",
    "audio": "song",
    "letter": "personal_communication",
    "booklet": "pamphlet",
    "unpublished": "manuscript",
    "misc": "document",
}
BIB_SORTS = {"newspaper": "article-newspaper", "magazine": "article-magazine"}  # entrysubtype of an article
BIB_FIELDS = {
    "title": "title",
    "origtitle": "original-title",
    "journaltitle": "container-title",
    "journal": "container-title",
    "booktitle": "container-title",
    "series": "collection-title",
    "volume": "volume",
    "issue": "issue",
    "number": "number",
    "eid": "number",
    "pages": "page",
    "type": "genre",
    "edition": "version",
    "version": "version",
    "publisher": "publisher",
    "institution": "publisher",
    "organization": "publisher",
    "school": "publisher",
    "howpublished": "publisher",
    "location": "publisher-place",
    "address": "publisher-place",
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "url": "URL",
    "library": "archive_location",
    "langid": "language",
    "language": "language",
    "note": "note",
}
BIB_DATES = ("date", "year", "month", "urldate", "entrysubtype", "subtitle")
BIB_PEOPLE = ("author", "editor")
BIB_ASIDE = ("editora", "editorb", "editorc", "pages2", "volumes", "journalsubtitle")
VERBATIM = ("url", "doi", "file", "eprint")
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
CSL_FIELDS = {name.removesuffix("?") for name in sources.SHAPE} | {
    "collection-title",
    "publisher-place",
    "ISSN",
    "editor",
    "citation-key",
}
CSL_PERSON = ("family", "given", "literal", "suffix", "non-dropping-particle", "dropping-particle")
KANJI = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff々ヶ]")
# A name in kanji with a space after the family name; what ends as ministries, firms or schools do is none.
_HALF = r"[\u3041-\u30fa\u4e00-\u9fff々ヶー]{1,5}"
PERSON = re.compile(rf"{_HALF} {_HALF}(?<![省庁局部課室院会党所社学署隊団])")
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)$")
_ENTRY = re.compile(r"@\s*\w+\s*[{(]\s*([^\s,}]+)")


class Reader:
    """One file on its way to items: what was set aside, and where."""

    def __init__(self, path: Path, language: str = "", accessed: str = ""):
        self.Unplaced = partial(Unplaced, path)  # by this name its words are found for translation
        self.language, self.accessed = language, accessed
        self.aside: Counter = Counter()
        self.settled: Counter = Counter()
        self.lines: dict[str, int] = {}  # of the item at hand, by field, where a format has a line for each

    def date(self, line: int, text: str, words: bool = False) -> dict:
        """A CSL date of an EDTF date or, where asked for, of words; raises Unplaced."""
        try:
            return (of_words if words else of_edtf)(text)
        except ValueError as error:
            raise self.Unplaced(
                line, text, f"it is no date that can be placed ({error}); correct it"
            ) from None

    def finished(self, line: int, item: dict[str, Any]) -> dict[str, Any]:
        """The item with its fields held to what they may be; raises Unplaced."""
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
            item["accessed"] = of_edtf(self.accessed)
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
        """The last page is not before the first; one with fewer digits leaves out what both have."""
        ends = re.fullmatch(r"(\d+)-(\d+)", str(item.get("page", "")))
        if ends and len(ends[1]) == len(ends[2]) and int(ends[2]) < int(ends[1]):
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
            self.settled["took Japanese for the language where a title has kana and the file names none"] += 1
        elif self.language:
            item["language"] = self.language


def read(path: Path, language: str = "", accessed: str = "") -> Found:
    """The references of a .ris, .bib or CSL-JSON file as items of the source store.

    language, accessed: what to take where an item names none (a code of two letters; an ISO day). Raises
    Unplaced for a file of another kind, or the first item that cannot be placed.
    """
    whole, encoding = decoded.text(path)
    reader = Reader(path, language, accessed)
    kind = _kind(whole)
    if not kind:
        raise Unplaced(
            path, None, None, "it is neither RIS, BibTeX nor CSL-JSON; export it anew as one of them"
        )
    rows, seen = [], {}
    for line, item in {"ris": _ris, "bib": _bib, "csl": _csl}[kind](reader, whole):
        item = reader.finished(line, item)
        key = item.get("id") or item.get("citation-key") or json.dumps(item, sort_keys=True)
        if key in seen and seen[key] != item:
            raise reader.Unplaced(line, str(key), "two items have this key and differ; give one another key")
        if key in seen or item in seen.values():
            reader.settled["left out an item that stands in the file again"] += 1
            continue
        seen[key] = item
        rows.append(Row(f"{path.name}, line {line}", item))
    if not rows:
        raise Unplaced(path, None, None, "it holds no reference; export it anew")
    aside = ", ".join(f"{name} ({count})" for name, count in sorted(reader.aside.items()))
    notes = [f"set aside what the store does not keep: {aside}"] if aside else []
    notes += [f"{what} ({count})" for what, count in reader.settled.items()]
    notes += [f"read as {encoding}"] if encoding != "utf-8" else []
    return Found(rows, COLUMNS, path.name, digest(path), "", notes)


def _kind(whole: str) -> str:
    start = whole.lstrip("\ufeff \n\t")
    if start[:1] in "[{":
        return "csl"
    if re.search(r"^\s*TY {0,2}-", whole, re.MULTILINE):
        return "ris"
    return "bib" if _ENTRY.search(whole) else ""


# --- RIS


def _ris(reader: Reader, whole: str) -> Iterator[tuple[int, dict[str, Any]]]:
    record: list[tuple[int, str, str]] = []
    begun = 0
    for number, text in enumerate(whole.lstrip("\ufeff").split("\n"), start=1):
        found = _TAG.match(text)
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", text.strip())
        if tag == "TY":
            if begun:
                raise reader.Unplaced(begun, None, "a record begins here and has no ER at its end; add it")
            begun, record = number, [(number, tag, value)]
        elif tag == "ER":
            if not begun:
                raise reader.Unplaced(number, text, "a record ends here that did not begin with TY; add it")
            yield begun, _ris_item(reader, record)
            begun = 0
        elif tag and begun:
            record.append((number, tag, value))
        elif value and begun and len(record) > 1:
            line, last, before = record[-1]
            record[-1] = (line, last, f"{before} {value}".strip())
        elif value:
            raise reader.Unplaced(number, text.strip(), "no record has begun here; begin it with TY")
    if begun:
        raise reader.Unplaced(
            begun, None, "a record begins here and has no ER at its end; the file may be cut off"
        )


def _ris_item(reader: Reader, record: list[tuple[int, str, str]]) -> dict[str, Any]:
    line, _, kind = record[0]
    if kind not in RIS_TYPES:
        raise reader.Unplaced(line, kind, "RIS has no such type; correct it")
    item: dict[str, Any] = {"type": RIS_TYPES[kind]}
    given: dict[str, dict[str, tuple[int, str]]] = {}
    for number, tag, value in record[1:]:
        value = " ".join(value.split())
        if tag not in RIS_FIELDS and tag not in RIS_PEOPLE and tag not in RIS_ASIDE:
            raise reader.Unplaced(number, tag, "RIS has no such tag; correct it")
        if tag in RIS_ASIDE:
            reader.aside[tag] += bool(value)
        elif not value:
            continue
        elif tag in RIS_PEOPLE:
            item.setdefault(RIS_PEOPLE[tag], []).append(_person(value))
        else:
            _once(reader, given.setdefault(RIS_FIELDS[tag], {}), number, tag, value)
    taken = {name: _first(reader, said) for name, said in given.items()}
    _ris_parts(reader, taken, item)
    reader.lines = {name: number for name, (number, _) in taken.items()}
    return item | {name: value for name, (_, value) in taken.items()}


def _once(reader: Reader, said: dict[str, tuple[int, str]], number: int, tag: str, value: str) -> None:
    if tag not in said:
        said[tag] = (number, value)
    elif tag == "N1":
        said[tag] = (said[tag][0], f"{said[tag][1]}; {value}")
    elif tag == "UR":
        reader.aside["UR after the first"] += 1
    elif said[tag][1] != value:
        raise reader.Unplaced(number, value, f"{tag} stands there twice with other words; keep one")


def _first(reader: Reader, said: dict[str, tuple[int, str]]) -> tuple[int, str]:
    """What the tag says that stands first in RIS_FIELDS; raises Unplaced where another contradicts it."""
    first, *others = sorted(said, key=list(RIS_FIELDS).index)
    for other in others:
        if said[other][1] == said[first][1]:
            continue
        if {first, other} == {"PY", "Y1"} and said[other][1].startswith(said[first][1]):
            said[first] = said[other]  # a year, and its day
        elif other not in RIS_ABBREVIATED:
            number, value = said[other]
            raise reader.Unplaced(number, value, f"{first} says something else; keep one of the two")
        else:
            reader.aside[other] += 1
    return said[first]


def _ris_parts(reader: Reader, taken: dict[str, tuple[int, str]], item: dict[str, Any]) -> None:
    """Moves into the item what RIS divides or joins otherwise than CSL: pages, dates, numbers, titles."""
    if "translated" in taken and "title" in taken:
        taken["original-title"], taken["title"] = taken["title"], taken.pop("translated")
    if "serial" in taken:
        number, value = taken.pop("serial")
        taken["ISSN" if re.match(r"\d{4}-?\d{3}[\dXx]\b(?!-?\d)", value) else "ISBN"] = (number, value)
    if "first-page" in taken or "last-page" in taken:
        pages = [taken.pop(name)[1] for name in ("first-page", "last-page") if name in taken]
        item["page"] = "-".join(pages)
    if "accessed" in taken:
        item["accessed"] = reader.date(taken["accessed"][0], _ris_day(reader, *taken.pop("accessed")))
    said = [taken.pop(name) for name in ("day", "year") if name in taken]
    dates = [_ris_date(reader, *one) for one in said]
    if len(dates) == 2:
        both = [date["date-parts"][0] for date in dates]
        if any(one != other for one, other in zip(*both)):
            number, value = said[1]
            raise reader.Unplaced(number, value, f"the other date is {said[0][1]}; correct one of the two")
        dates.sort(key=lambda date: (len(date), len(date["date-parts"][0])), reverse=True)
    if dates:
        item["issued"] = dates[0]


def _ris_day(reader: Reader, number: int, value: str) -> str:
    """A RIS date (year/month/day/further words) as EDTF; a time of day after it is left out."""
    plain = eras.plain(value)
    head, *rest = re.split(r"/", plain, maxsplit=3)
    rest += [""] * (3 - len(rest))
    month, day, more = (part.strip() for part in rest)
    if re.fullmatch(r"T?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?Z?", more):
        more = ""
    if (
        re.fullmatch(r"\d{4}", head)
        and re.fullmatch(r"(\d{1,2})?", month)
        and re.fullmatch(r"(\d{1,2})?", day)
    ):
        if day and not month:
            raise reader.Unplaced(number, value, "it has a day without a month; correct it")
        told = "-".join([head, *(f"{int(part):02d}" for part in (month, day) if part)])
        return told if not more else f"{told}|{more}"
    return plain


def _ris_date(reader: Reader, number: int, value: str) -> dict:
    told, _, more = _ris_day(reader, number, value).partition("|")
    found = reader.date(number, told, words=True)
    if not more:
        return found
    further = reader.date(number, more if re.search(r"\d", more) else f"{more} {told[:4]}", words=True)
    if further["date-parts"][0][0] != found["date-parts"][0][0]:
        raise reader.Unplaced(number, value, "the words after the date name another year; correct one")
    return found if "season" in further and len(found["date-parts"][0]) > 1 else further


def ris(items: Iterable[dict[str, Any]]) -> str:
    """The items as RIS; what it has no tag for (fingerprints of passages) is not told."""
    lines: list[str] = []
    kinds = {csl: kind for kind, csl in reversed(RIS_TYPES.items())}
    tags = {field: tag for tag, field in reversed(RIS_FIELDS.items())}
    for item in items:
        if item["type"] not in kinds:
            raise ValueError(f"RIS has no type for {item['type']}")
        said = {name: value for name, value in item.items() if name in tags and isinstance(value, (str, int))}
        if "original-title" in item:
            said |= {"title": item["original-title"], "translated": item["title"]}
        said |= {"citation-key": item.get("citation-key") or item.get("id", "")}
        said["serial"] = item.get("ISBN") or item.get("ISSN") or ""
        first, dash, last = str(item.get("page", "")).partition("-")
        said |= {"first-page": first, "last-page": last} if first else {}
        if issued := item.get("issued"):
            said |= {"year": str(issued["date-parts"][0][0]), "day": _ris_told(issued)}
            if not re.search(r"/[^/]", said["day"]):
                del said["day"]
        said |= {"accessed": _ris_told(item["accessed"])} if "accessed" in item else {}
        lines.append(f"TY  - {kinds[item['type']]}")
        people = {role: tag for tag, role in reversed(RIS_PEOPLE.items())}
        lines += [f"{tag}  - {_one_line(one)}" for role, tag in people.items() for one in item.get(role, [])]
        order = dict.fromkeys(RIS_FIELDS.values())
        lines += [f"{tags[name]}  - {said[name]}" for name in order if str(said.get(name, ""))]
        lines += ["ER  - ", ""]
    return "\n".join(lines) + "\n"


def _ris_told(date: dict) -> str:
    """A CSL date as RIS has it: year/month/day/, and in the place for other words what those cannot say."""
    parts = [f"{date['date-parts'][0][0]:04d}", *(f"{part:02d}" for part in date["date-parts"][0][1:])]
    more = edtf(date) if set(date) > {"date-parts"} or len(date["date-parts"]) > 1 else ""
    return "/".join([*parts, *[""] * (3 - len(parts)), more])


# --- BibTeX and BibLaTeX


def _bib(reader: Reader, whole: str) -> Iterator[tuple[int, dict[str, Any]]]:
    from pybtex.database.input.bibtex import LowLevelParser, month_names
    from pybtex.exceptions import PybtexError

    parser = LowLevelParser(whole.lstrip("\ufeff"), macros=dict(month_names))
    entries = iter(parser)
    while True:
        try:
            command, (key, fields) = next(entries)
        except StopIteration:
            return
        except ValueError:  # of @preamble, which has one part
            continue
        except PybtexError as error:
            line = getattr(error, "lineno", None) or parser.lineno
            raise reader.Unplaced(
                line, None, f"it does not read as BibTeX ({error.args[0]}); correct it"
            ) from None
        if command.lower() in ("string", "preamble", "comment"):
            continue
        line = whole.count("\n", 0, parser.command_start) + 1
        yield line, _bib_item(reader, line, command.lower(), key, fields)


def _bib_item(reader: Reader, line: int, kind: str, key: str, fields: list) -> dict[str, Any]:
    if kind not in BIB_TYPES:
        raise reader.Unplaced(line, f"@{kind}", "BibLaTeX has no such type; correct it")
    said: dict[str, str] = {}
    for name, values in fields:
        name = name.lower()
        if name in said:
            raise reader.Unplaced(line, name, f"the field stands there twice in {key}; keep one")
        said[name] = "".join(values)
    item: dict[str, Any] = {"type": BIB_TYPES[kind], "citation-key": key}
    sort = said.get("entrysubtype", "")
    item["type"] = BIB_SORTS.get(sort, sort if sort in RIS_TYPES.values() else item["type"])
    for role in BIB_PEOPLE:
        if people := _bib_people(reader, said.get(role, "")):
            item[role] = people
    for name, value in said.items():
        value = _verbatim(value) if name in VERBATIM else _letters(value)
        field = BIB_FIELDS.get(name)
        if field and value:
            field = "issue" if name == "number" and kind == "article" and "issue" not in said else field
            if item.get(field, value) != value and field != "publisher":
                raise reader.Unplaced(line, value, f"two fields of {key} say {field} differently; keep one")
            item.setdefault(field, value)
        elif value and name not in (*BIB_DATES, *BIB_PEOPLE):
            _set_aside(reader, line, name)
    if "subtitle" in said:
        item["title"] = f"{item.get('title', '')}: {_letters(said['subtitle'])}"
    if "page" in item:
        item["page"] = re.sub(r"\s*[-–—]+\s*", "-", item["page"])
    _bib_dates(reader, line, {name: _letters(value) for name, value in said.items()}, item)
    return item


def _set_aside(reader: Reader, line: int, name: str) -> None:
    """Counts a field that the store does not keep; raises Unplaced for one that is misspelled."""
    if name not in BIB_ASIDE and (near := get_close_matches(name, BIB_FIELDS, 1, cutoff=0.9)):
        raise reader.Unplaced(line, name, f"BibLaTeX has no such field; did you mean {near[0]}?")
    reader.aside[name] += 1


def _bib_dates(reader: Reader, line: int, said: dict[str, str], item: dict[str, Any]) -> None:
    if said.get("date"):
        item["issued"] = reader.date(line, said["date"])
        if said.get("year", said["date"][:4]) != said["date"][:4]:
            raise reader.Unplaced(
                line, said["year"], f"the year is not that of the date {said['date']}; keep one"
            )
    elif said.get("year"):
        told = f"{said['month']} {said['year']}" if said.get("month") else said["year"]
        told = f"{said['year']}-{int(said['month']):02d}" if said.get("month", "").isdigit() else told
        if told.casefold() not in ("n.d.", "no date", "刊行年不明"):
            item["issued"] = reader.date(line, told, words=True)
    if said.get("urldate"):
        item["accessed"] = reader.date(line, said["urldate"], words=True)


def _bib_people(reader: Reader, text: str) -> list[dict[str, str]]:
    from pybtex.bibtex.utils import split_name_list
    from pybtex.database import InvalidNameString, Person

    people = []
    for name in split_name_list(" ".join(text.split())) if text.strip() else []:
        if name == "others":
            reader.aside["further authors (others)"] += 1
        elif re.fullmatch(r"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}", name):
            people.append({"literal": _letters(name)})
        elif KANJI.search(name) or "，" in name:
            people.append(_person(_letters(name)))
        else:
            try:
                person = Person(name)
            except InvalidNameString:
                why = "it is no name: authors are parted by `and`, a family name from a given one by a comma"
                raise reader.Unplaced(None, name, why) from None
            parts = {
                "family": " ".join(person.last_names),
                "given": " ".join((*person.first_names, *person.middle_names)),
                "non-dropping-particle": " ".join(person.prelast_names),
                "suffix": " ".join(person.lineage_names),
            }
            found = {part: _letters(value) for part, value in parts.items() if value}
            people.append(found if len(found) > 1 else {"literal": next(iter(found.values()))})
    return people


def _letters(value: str) -> str:
    """The text of a field without LaTeX: accents and signs as letters, braces that only group left out."""
    import latexcodec  # noqa: F401 (registers the codec)

    signs = {r"\textbraceleft{}": "\ue000", r"\textbraceright{}": "\ue001", r"\{": "\ue000", r"\}": "\ue001"}
    for told, sign in signs.items():
        value = value.replace(told, sign)
    value = value.replace("~", " ").replace(r"\textasciitilde{}", "\ue002").replace(r"\$", "\ue003")
    value = codecs.decode(value, "ulatex") if "\\" in value or "--" in value else value
    value = (
        value.replace("{", "")
        .replace("}", "")
        .translate({0xE000: "{", 0xE001: "}", 0xE002: "~", 0xE003: "$"})
    )
    return " ".join(value.split())


def _verbatim(value: str) -> str:
    """An address, without the backslashes that some exporters put before signs of LaTeX."""
    return re.sub(r"\\([_%&#~{}])", r"\1", value).strip()


def biblatex(items: Iterable[dict[str, Any]]) -> str:
    """The items as BibLaTeX, with dates as EDTF; written by the one writer that `sources.bibtex` uses."""
    from pybtex.database import BibliographyData, Entry, Person

    kinds = {csl: kind for kind, csl in reversed(BIB_TYPES.items())}
    names = {field: name for name, field in reversed(BIB_FIELDS.items())}
    entries = {}
    for item in items:
        kind = kinds.get(item["type"], "article" if item["type"] in BIB_SORTS.values() else "misc")
        fields = {names[name]: str(item[name]) for name in item if name in names}
        fields = {
            name: value if name in VERBATIM else value.replace("--", "-{}-") for name, value in fields.items()
        }
        if kind == "article" and "number" in fields:  # there it is the issue
            fields["eid"] = fields.pop("number")
        if kind in ("incollection", "inbook", "inproceedings", "inreference") and "journaltitle" in fields:
            fields["booktitle"] = fields.pop("journaltitle")
        if item["type"] not in kinds:
            sorts = {csl: sort for sort, csl in BIB_SORTS.items()}
            fields["entrysubtype"] = sorts.get(item["type"], item["type"])
        fields |= {
            name: edtf(item[field])
            for name, field in (("date", "issued"), ("urldate", "accessed"))
            if field in item
        }
        persons = {
            role: [
                Person("{" + one["literal"] + "}")
                if "literal" in one
                else Person(
                    first=one.get("given", ""),
                    last=one["family"],
                    prelast=one.get("non-dropping-particle", ""),
                    lineage=one.get("suffix", ""),
                )
                for one in item[role]
            ]
            for role in BIB_PEOPLE
            if item.get(role)
        }
        key = str(item.get("citation-key") or item.get("id") or f"item-{len(entries) + 1}")
        entries[key] = Entry(kind, fields=fields, persons=persons)
    return sources.bibtex_writer().to_string(BibliographyData(entries=entries))


# --- CSL-JSON


def _csl(reader: Reader, whole: str) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        held = untrusted.parse(whole.encode())
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        raise reader.Unplaced(line, None, f"it is no JSON ({error}); export it anew") from None
    held = held.get("items", [held]) if isinstance(held, dict) else held
    lines = _csl_lines(whole)
    for number, item in enumerate(held):
        line = lines[number] if number < len(lines) else 1
        if not isinstance(item, dict) or not isinstance(item.get("type"), str):
            raise reader.Unplaced(line, None, "it is no CSL-JSON item, which has a type; export it anew")
        yield line, _csl_item(reader, line, item)


def _csl_lines(whole: str) -> list[int]:
    """The line on which each item of the list begins."""
    decoder, place, lines = json.JSONDecoder(), whole.find("["), []
    if whole.lstrip()[:1] == "{" and '"items"' not in whole[: max(place, 0)]:
        return [1]
    place += 1
    while (start := re.compile(r"[\s,]*").match(whole, place).end()) < len(whole) and whole[start] == "{":
        lines.append(whole.count("\n", 0, start) + 1)
        _, place = decoder.raw_decode(whole, start)
    return lines


def _csl_item(reader: Reader, line: int, item: dict[str, Any]) -> dict[str, Any]:
    kinds = {*RIS_TYPES.values(), *BIB_TYPES.values()}
    if item["type"] not in kinds:
        raise reader.Unplaced(line, item["type"], "CSL has no such type; correct it")
    made: dict[str, Any] = {}
    for name, value in item.items():
        if name in ("issued", "accessed"):
            made[name] = _csl_date(reader, line, value)
        elif name in BIB_PEOPLE:
            if not isinstance(value, list | None):
                raise reader.Unplaced(
                    line, str(value), "these are no names, which stand in a list; correct it"
                )
            made[name] = [_csl_person(reader, line, one) for one in value or ()]
        elif name == "custom":
            made[name] = value
        elif name in CSL_FIELDS and isinstance(value, (str, int)) and str(value).strip():
            made[name] = " ".join(f"{value}".split()) if isinstance(value, str) or "title" in name else value
        elif value not in ("", None, [], {}):
            reader.aside[name] += 1
    key = str(made.pop("id", ""))
    return made | ({"citation-key": made.get("citation-key", key)} if key else {})


def _csl_person(reader: Reader, line: int, person: Any) -> dict[str, str]:
    try:
        untrusted.shaped(person, {f"{part}?": str for part in CSL_PERSON})
    except ValueError as error:
        raise reader.Unplaced(
            line, None, f"it has an author who is no CSL name ({error}); correct it"
        ) from None
    made = {part: " ".join(person[part].split()) for part in CSL_PERSON if person.get(part)}
    if not (made.get("family") or made.get("literal")):
        raise reader.Unplaced(line, str(person), "an author has a family name or, as a body, a literal one")
    return made if "given" in made or "literal" in made else {"literal": made["family"]}


def _csl_date(reader: Reader, line: int, value: Any) -> dict:
    if isinstance(value, str):
        return reader.date(line, value)
    if isinstance(value, dict) and (told := value.get("edtf") or value.get("raw") or value.get("literal")):
        return reader.date(line, str(told), words=True)
    try:
        parts = [[int(part) for part in side] for side in value["date-parts"]]
        made: dict[str, Any] = {"date-parts": parts}
        if value.get("season"):
            made["season"] = int(value["season"])
        if value.get("circa"):
            made["circa"] = True
        return of_edtf(edtf(made))
    except (KeyError, TypeError, ValueError, IndexError):
        told = json.dumps(value, ensure_ascii=False)
        raise reader.Unplaced(line, told, "it is no date that can be placed; correct it") from None


def csl_json(items: Iterable[dict[str, Any]]) -> str:
    """The items as CSL-JSON, as they stand in the store."""
    return json.dumps(list(items), ensure_ascii=False, indent=1) + "\n"


# --- names and numbers


def _person(text: str) -> dict[str, str]:
    """A name as RIS has it, ``family, given, suffix``; in kanji also parted by a space, family name first. A
    name that nothing parts is a body's, or kept whole; so is one with EndNote's mark of a body, a comma too
    many.
    """
    text = " ".join(text.replace("，", ",").replace("\u3000", " ").split())
    if ",," in text or text.endswith(","):
        return {"literal": text.replace(",,", ",", 1).removesuffix(",").strip()}
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 1 and PERSON.fullmatch(text):
        parts = text.split(" ")
    if len(parts) not in (2, 3) or not all(parts):
        return {"literal": text}
    return dict(zip(("family", "given", "suffix"), parts))


def _one_line(person: dict[str, str]) -> str:
    if "literal" in person:
        name = person["literal"]
        if "," in name:
            return name.replace(",", ",,", 1)
        return name + "," * (_person(name) != person)
    family = " ".join(filter(None, (person.get("non-dropping-particle"), person["family"])))
    return ", ".join(filter(None, (family, person.get("given"), person.get("suffix"))))


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
    return text


def _issn(text: str) -> str:
    digits = re.sub(r"[^\dX]", "", str(text).upper())[:8]
    if len(digits) < 8:
        raise ValueError("an ISSN has eight digits")
    if sum((8 - place) * (10 if digit == "X" else int(digit)) for place, digit in enumerate(digits)) % 11:
        raise ValueError("its check digit is not that of an ISSN")
    return text
