"""References as RIS, to and from items of the source store. One table holds its tags beside the fields of
CSL and serves both ways.
"""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from textwrap import dedent
from typing import Any

from spacesec.importing import dates, eras
from spacesec.importing.reference_items import Reader, page
from spacesec.importing.reference_names import one_line
from spacesec.importing.reference_types import RIS_TYPES
from spacesec.words.language import noted

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
    " TA U1 U2 U3 U4 U5 VO".split()
)
_WITH_ISBN = (
    "book",
    "chapter",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "paper-conference",
)
_COUNTED = ("book", "thesis", "manuscript")  # whose SP alone is the number of their pages
_HEAD = re.compile(r"[A-Z][\w-]+: ")  # lines of JSTOR before its first record
_DOI = re.compile(r"(?:doi: ?|https?://(?:dx\.)?doi\.org/)(10\.\S+)", re.IGNORECASE)
_TAG = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)$")


def read(reader: Reader, whole: str) -> Iterator[tuple[int, dict[str, Any]]]:
    record: list[tuple[int, str, str]] = []
    begun = 0
    for number, text in enumerate(dedent(whole.lstrip("\ufeff")).split("\n"), start=1):
        found = _TAG.match(text)
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", text.strip())
        if tag == "TY":
            if begun:
                raise reader.Unplaced(begun, None, "a record begins here and has no ER at its end; add it")
            begun, record = number, [(number, tag, value)]
        elif tag == "ER":
            if not begun:
                raise reader.Unplaced(number, text, "a record ends here that did not begin with TY; add it")
            yield begun, _item(reader, record)
            begun = 0
        elif tag and begun:
            record.append((number, tag, value))
        elif value and begun and len(record) > 1:
            line, last, before = record[-1]
            record[-1] = (line, last, f"{before} {value}".strip())
        elif value and (record or tag or not _HEAD.match(value)):
            raise reader.Unplaced(number, text.strip(), "no record has begun here; begin it with TY")
    if begun:
        raise reader.Unplaced(
            begun, None, "a record begins here and has no ER at its end; the file may be cut off"
        )


def _item(reader: Reader, record: list[tuple[int, str, str]]) -> dict[str, Any]:
    line, _, kind = record[0]
    if kind not in RIS_TYPES:
        raise reader.Unplaced(
            line,
            kind,
            "no type of CSL answers to this one of RIS; write one that has its like, such as RPRT or GEN",
        )
    item: dict[str, Any] = {"type": RIS_TYPES[kind]}
    given: dict[str, dict[str, tuple[int, str]]] = {}
    for number, tag, value in record[1:]:
        value = " ".join(value.split())
        if tag == "UR":
            value, *more = re.split(r"\s*;\s*(?=https?://)", value)
            reader.aside[noted("UR after the first")] += len(more)
        if tag in ("DO", "M3", "N1") and (doi := _DOI.fullmatch(value)):
            tag, value = "DO", doi[1]  # which some publishers write as kind or note, too
        if tag not in RIS_FIELDS and tag not in RIS_PEOPLE and tag not in RIS_ASIDE:
            raise reader.Unplaced(number, tag, "RIS has no such tag; correct it")
        if tag in RIS_ASIDE:
            reader.aside[tag] += bool(value)
        elif not value:
            continue
        elif tag in RIS_PEOPLE:
            item.setdefault(RIS_PEOPLE[tag], []).extend(reader.people(number, value))
        else:
            _once(reader, given.setdefault(RIS_FIELDS[tag], {}), number, tag, value)
    taken = {name: _first(reader, said) for name, said in given.items()}
    _parts(reader, taken, item)
    reader.lines = {name: number for name, (number, _) in taken.items()}
    return item | {name: value for name, (_, value) in taken.items()}


def _once(reader: Reader, said: dict[str, tuple[int, str]], number: int, tag: str, value: str) -> None:
    if tag not in said:
        said[tag] = (number, value)
    elif tag == "N1":
        said[tag] = (said[tag][0], f"{said[tag][1]}; {value}")
    elif tag == "UR":
        reader.aside[noted("UR after the first")] += 1
    elif said[tag][1] != value:
        raise reader.Unplaced(number, value, f"{tag} stands there twice with other words; keep one")


def _first(reader: Reader, said: dict[str, tuple[int, str]]) -> tuple[int, str]:
    """What the tag says that stands first in RIS_FIELDS; raises Unplaced where another contradicts it."""
    first, *others = sorted(said, key=list(RIS_FIELDS).index)
    for other in others:
        if said[other][1] == said[first][1]:
            continue
        if {first, other} == {"PY", "Y1"} and said[first][1] in said[other][1]:
            said[first] = said[other]  # a year, and its day
        elif other not in RIS_ABBREVIATED:
            number, value = said[other]
            raise reader.Unplaced(number, value, f"{first} says something else; keep one of the two")
        else:
            reader.aside[other] += 1
    return said[first]


def _parts(reader: Reader, taken: dict[str, tuple[int, str]], item: dict[str, Any]) -> None:
    """Moves into the item what RIS divides or joins otherwise than CSL: pages, dates, numbers, titles."""
    if "translated" in taken and "title" in taken:
        taken["original-title"], taken["title"] = taken["title"], taken.pop("translated")
    if "serial" in taken:
        number, value = taken.pop("serial")
        taken[_serial(item["type"], value)] = (number, value)
    _pages(reader, taken, item)
    if "accessed" in taken:
        number, value = taken.pop("accessed")
        if told := reader.date(number, _day(reader, number, value)):
            item["accessed"] = told
    _issued(reader, taken, item)


def _serial(kind: str, value: str) -> str:
    """What SN holds: of a report and the like its own number."""
    if kind not in _WITH_ISBN and not re.fullmatch(r"[\d\s;,()Xx-]{8,}", value):
        return "number"
    return "ISSN" if re.match(r"\d{4}-?\d{3}[\dXx]\b(?!-?\d)", value) else "ISBN"


def _pages(reader: Reader, taken: dict[str, tuple[int, str]], item: dict[str, Any]) -> None:
    first, last = taken.pop("first-page", (0, "")), taken.pop("last-page", (0, ""))
    one, other = page(first[1]), page(last[1])
    if other and not one:
        raise reader.Unplaced(*last, "it has a last page and no first one; add SP")
    if "-" in one and other and not one.endswith(f"-{other}"):
        first = "SP"
        raise reader.Unplaced(*last, f"{first} says something else; keep one of the two")
    if one.isdigit() and not other and item["type"] in _COUNTED:
        reader.aside[noted("pages in all")] += 1
    elif one:
        item["page"] = f"{first[1]}-{last[1]}" if other and "-" not in one else first[1]


def _issued(reader: Reader, taken: dict[str, tuple[int, str]], item: dict[str, Any]) -> None:
    begins = eras.YEAR.match(eras.plain(taken.get("year", (0, ""))[1]))
    year = begins[0] if begins else ""
    said = [taken.pop(name) for name in ("day", "year") if name in taken]
    found = [told for one in said if (told := _date(reader, *one, year))]
    if len(found) == 2:
        both = [told["date-parts"][0] for told in found]
        if any(one != other for one, other in zip(*both)):
            number, value = said[1]
            raise reader.Unplaced(number, value, f"the other date is {said[0][1]}; correct one of the two")
        found.sort(key=lambda told: (len(told), len(told["date-parts"][0])), reverse=True)
    if found:
        item["issued"] = found[0]


def _day(reader: Reader, number: int, value: str) -> str:
    """A RIS date (year/month/day/further words) as EDTF; a time of day after it is left out."""
    plain = eras.plain(value)
    head, *rest = re.split(r"/", plain, maxsplit=3)
    rest += [""] * (3 - len(rest))
    month, day, more = (part.strip(" /") for part in rest)
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


def _date(reader: Reader, number: int, value: str, year: str) -> dict:
    told, _, more = _day(reader, number, value).partition("|")
    if year and not eras.YEAR.search(told):  # EndNote's day, whose year stands apart
        return reader.date(number, told, partial(dates.of_year_and, year))
    found = reader.date(number, told)
    if not more or not found:
        return found
    further = reader.date(number, more, partial(_further, told[:4]))
    if further["date-parts"][0][0] != found["date-parts"][0][0]:
        raise reader.Unplaced(number, value, "the words after the date name another year; correct one")
    return found if "season" in further and len(found["date-parts"][0]) > 1 else further


def _further(year: str, words: str) -> dict:
    """The date of the words that RIS allows after a day; as they are written here, EDTF."""
    whole = eras.YEAR.search(words) or re.fullmatch(dates.EDTF_SIGNS, words)
    return dates.of_field(words) if whole else dates.of_year_and(year, words)


def written(items: Iterable[dict[str, Any]]) -> str:
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
        last = last or first if item["type"] in _COUNTED else last
        said |= {"first-page": first, "last-page": last} if first else {}
        if issued := item.get("issued"):
            said |= {"year": str(issued["date-parts"][0][0]), "day": _told(issued)}
            if not re.search(r"/[^/]", said["day"]):
                del said["day"]
        said |= {"accessed": _told(item["accessed"])} if "accessed" in item else {}
        lines.append(f"TY  - {kinds[item['type']]}")
        people = {role: tag for tag, role in reversed(RIS_PEOPLE.items())}
        lines += [f"{tag}  - {one_line(one)}" for role, tag in people.items() for one in item.get(role, [])]
        order = dict.fromkeys(RIS_FIELDS.values())
        lines += [f"{tags[name]}  - {said[name]}" for name in order if str(said.get(name, ""))]
        lines += ["ER  - ", ""]
    return "\n".join(lines) + "\n"


def _told(date: dict) -> str:
    """A CSL date as RIS has it: year/month/day/, and in the place for other words what those cannot say."""
    parts = [f"{date['date-parts'][0][0]:04d}", *(f"{part:02d}" for part in date["date-parts"][0][1:])]
    more = dates.edtf(date) if set(date) > {"date-parts"} or len(date["date-parts"]) > 1 else ""
    return "/".join([*parts, *[""] * (3 - len(parts)), more])
