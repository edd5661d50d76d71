"""References as BibTeX and BibLaTeX, to and from items of the source store. One table holds their fields
beside those of CSL and serves both ways.
"""

import codecs
import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from typing import Any

from spacesec.data import sources
from spacesec.importing import dates, reference_names
from spacesec.importing.reference_items import Reader
from spacesec.importing.reference_types import BIB_GENRES, BIB_SORTS, BIB_TYPES, CSL_TYPES
from spacesec.words.language import noted

FIELDS = {
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
DATES = ("date", "year", "month", "urldate", "entrysubtype", "subtitle")
PEOPLE = ("author", "editor")
ASIDE = ("editora", "editorb", "editorc", "pages2", "volumes", "journalsubtitle")
INHERITED = ("crossref", "xdata", "xref")
VERBATIM = ("url", "doi", "file", "eprint")
SIGNS = {"textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”"}
_SHAPE = re.compile(
    r"\\(?:emph|text(?:it|bf|sc|rm|tt|sl|md|up|sf|normal)|mkbibemph|mkbibbold|mbox|it|bf|em|sc)\b\s*"
)
_QUOTED = re.compile(r"\\(?:enquote|mkbibquote)\*?\s*\{([^{}]*)\}")
_COMMAND = re.compile(r"\\[A-Za-z]+|\$[\^_][^$]*\$")
_ADDRESS = re.compile(r"\\(?:url|href|path)\s*\{([^{}]*)\}(?:\s*\{[^{}]*\})?|^\s*(https?://\S+)\s*$")
_ACCESSED = re.compile(
    r"(?:last )?(?:accessed|retrieved|visited|viewed)(?: on)?[:\s]+([^:]*?)[\s.\])]*$", re.IGNORECASE
)
_LEAD = re.compile(r"(?:available|online|retrieved|accessed|from|at|url|[\s\[\](){}.,:;])*", re.IGNORECASE)


def read(reader: Reader, whole: str) -> Iterator[tuple[int, dict[str, Any]]]:
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
        yield line, _item(reader, line, command.lower(), key, fields)


def _item(reader: Reader, line: int, kind: str, key: str, fields: list) -> dict[str, Any]:
    if kind not in BIB_TYPES:
        raise reader.Unplaced(line, f"@{kind}", "BibLaTeX has no such type; correct it")
    said: dict[str, str] = {}
    for name, values in fields:
        name = name.lower()
        if name in said:
            raise reader.Unplaced(line, name, f"the field stands there twice in {key}; keep one")
        said[name] = "".join(values)
    if name := next(filter(said.get, INHERITED), ""):
        raise reader.Unplaced(line, name, "it takes fields from another entry; export each with its own")
    _addresses(said)
    if genre := said.get("type") or kind * kind.endswith("sthesis"):
        said["type"] = BIB_GENRES.get(genre, genre)
    item: dict[str, Any] = {"type": BIB_TYPES[kind], "citation-key": key}
    sort = _letters(said.get("entrysubtype", ""))
    item["type"] = BIB_SORTS.get(sort, sort if sort in CSL_TYPES else item["type"])
    for role in PEOPLE:
        if people := _people(reader, line, said.get(role, "")):
            item[role] = people
    _fields(reader, line, kind, said, item)
    if "subtitle" in said:
        item["title"] = f"{item.get('title', '')}: {_letters(said['subtitle'])}"
    _dates(reader, line, {name: _day(said[name]) for name in DATES if said.get(name)}, item)
    return item


def _addresses(said: dict[str, str]) -> None:
    """Moves the address in howpublished or note into url, and the day on which it was opened into urldate."""
    for name in ("howpublished", "note"):
        found = _ADDRESS.search(said.get(name, ""))
        if not found:
            continue
        address = (found[1] or found[2]).strip()
        if said.setdefault("url", address) != address:
            said[name] = said[name].replace(found[0], address)
            continue
        rest = said[name].replace(found[0], " ")
        if (opened := _ACCESSED.search(rest)) and _is_day(_day(opened[1])):
            said.setdefault("urldate", opened[1])
            rest = rest[: opened.start()]
        said[name] = "" if _LEAD.fullmatch(rest) else rest.strip(" ,;:([")


def _is_day(text: str) -> bool:
    try:
        return bool(dates.of_words(text))
    except ValueError:
        return False


def _fields(reader: Reader, line: int, kind: str, said: dict[str, str], item: dict[str, Any]) -> None:
    key = item["citation-key"]
    for name, value in said.items():
        value = _verbatim(value) if name in VERBATIM else _letters(value)
        field = FIELDS.get(name)
        if field and name not in VERBATIM and (command := _COMMAND.search(_decoded(said[name]))):
            raise reader.Unplaced(
                line, command[0], "it is a command of LaTeX that is not known; write its words"
            )
        field = "issue" if name == "number" and kind == "article" and "issue" not in said else field
        if field and value:
            if item.get(field, value) != value and field != "publisher":
                raise reader.Unplaced(line, value, f"two fields of {key} say {field} differently; keep one")
            reader.aside[name] += item.get(field, value) != value
            item.setdefault(field, value)
        elif value and name not in (*DATES, *PEOPLE):
            _set_aside(reader, line, name)


def _set_aside(reader: Reader, line: int, name: str) -> None:
    """Counts a field that the store does not keep; raises Unplaced for one that is misspelled."""
    if name not in ASIDE and (near := get_close_matches(name, FIELDS, 1, cutoff=0.9)):
        raise reader.Unplaced(line, name, f"BibLaTeX has no such field; did you mean {near[0]}?")
    reader.aside[name] += 1


def _dates(reader: Reader, line: int, said: dict[str, str], item: dict[str, Any]) -> None:
    year, month = said.get("year", ""), said.get("month", "")
    told = {}
    if "date" in said:
        told = reader.date(line, said["date"], dates.of_field)
        if year and year[:4] != said["date"][:4]:
            raise reader.Unplaced(line, year, f"the year is not that of the date {said['date']}; keep one")
    elif year and month.isdigit():
        told = reader.date(line, f"{year}-{int(month):02d}")
    elif year:
        told = reader.date(line, month or year, partial(dates.of_year_and, year) if month else dates.of_words)
    opened = reader.date(line, said["urldate"], dates.of_field) if "urldate" in said else {}
    item |= {name: date for name, date in (("issued", told), ("accessed", opened)) if date}


def _day(value: str) -> str:
    """A date without LaTeX; of EDTF the tilde stays, which LaTeX has for a space."""
    plain = re.sub(r"[{}]", "", value.replace(r"\textasciitilde", "~").replace(r"\%", "%")).strip()
    return plain if re.fullmatch(dates.EDTF_SIGNS, plain) else _letters(value)


def _people(reader: Reader, line: int, text: str) -> list[dict[str, str]]:
    from pybtex.bibtex.utils import split_name_list

    text, more = reference_names.further(" ".join(text.split()))
    if more:
        text = f"{re.sub(r' and$', '', text)} and others"
    names = split_name_list(text) if text.strip() else []
    _held_together(reader, line, text, names)
    people = []
    for name in names:
        plain = _letters(name)
        if name == "others":
            reader.aside[noted("further authors (others)")] += 1
        elif re.fullmatch(r"\{[^{}]*(\{[^{}]*\}[^{}]*)*\}", name):
            people.append({"literal": plain})
        elif reference_names.KANJI.search(name) or re.search("[，;；&]", name) or reference_names.body(plain):
            people += reader.people(line, plain)
        else:
            people.append(_person(reader, line, name))
    return people


def _held_together(reader: Reader, line: int, text: str, names: list[str]) -> None:
    """Raises Unplaced where an `and` may stand inside the name of a body that has no braces."""
    bodies = [name for name in names if reference_names.body(name) and name[:1] != "{"]
    loose = [
        name for name in names if re.fullmatch(r"[A-Z][a-z]+( [A-Z]?[a-z]+)*", name) and name not in bodies
    ]
    if bodies and set(loose) - {"others"}:
        raise reader.Unplaced(line, text, str(reference_names.doubtful()))


def _person(reader: Reader, line: int, name: str) -> dict[str, str]:
    """A person by the rules of BibTeX, with particles and suffix."""
    from pybtex.database import InvalidNameString, Person

    try:
        person = Person(name)
    except InvalidNameString:
        why = "it is no name: authors are parted by `and`, a family name from a given one by a comma"
        raise reader.Unplaced(line, name, why) from None
    if name.count(",") == 1:
        reader.people(line, _letters(name))  # is refused where it is two
    parts = {
        "family": " ".join(person.last_names),
        "given": " ".join((*person.first_names, *person.middle_names)),
        "non-dropping-particle": " ".join(person.prelast_names),
        "suffix": " ".join(person.lineage_names),
    }
    found = {part: _letters(value) for part, value in parts.items() if value}
    if "suffix" in found and not reference_names.suffix(found["suffix"]):
        raise reader.Unplaced(line, name, str(reference_names.doubtful()))
    return found if len(found) > 1 else {"literal": next(iter(found.values()))}


def _letters(value: str) -> str:
    """The text of a field without LaTeX: accents and signs as letters, braces that only group left out."""
    return _decoded(value).translate({0xE000: "{", 0xE001: "}", 0xE002: "~", 0xE003: "$", 0xE004: "\\"})


def _decoded(value: str) -> str:
    """The same with private signs for those of LaTeX itself, so that no command of it is taken for one."""
    import latexcodec  # noqa: F401 (registers the codec)

    signs = {r"\textbraceleft{}": "\ue000", r"\textbraceright{}": "\ue001", r"\{": "\ue000", r"\}": "\ue001"}
    for told, sign in signs.items():
        value = value.replace(told, sign)
    for told, sign in SIGNS.items():
        value = re.sub(rf"\\{told}\b\s*(?:\{{\}})?", sign, value)
    value = _QUOTED.sub(r"“\1”", _SHAPE.sub("", value))
    value = value.replace("~", " ").replace(r"\textasciitilde{}", "\ue002").replace(r"\$", "\ue003")
    value = re.sub(r"\\textbackslash\b\s*(?:\{\})?", "\ue004", value)
    value = codecs.decode(value, "ulatex") if "\\" in value or "--" in value else value
    return " ".join(value.replace("{", "").replace("}", "").split())


def _verbatim(value: str) -> str:
    """An address, without the backslashes that some exporters put before signs of LaTeX."""
    value = re.sub(r"\\([_%&#~{}])", r"\1", value).strip()
    found = _ADDRESS.fullmatch(value)
    return found[1] if found and found[1] else value


def written(items: Iterable[dict[str, Any]]) -> str:
    """The items as BibLaTeX, with dates as EDTF; written by the one writer that `sources.bibtex` uses."""
    from pybtex.database import BibliographyData, Entry, Person

    kinds = {csl: kind for kind, csl in reversed(BIB_TYPES.items())}
    names = {field: name for name, field in reversed(FIELDS.items())}
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
            name: dates.edtf(item[field])
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
            for role in PEOPLE
            if item.get(role)
        }
        key = str(item.get("citation-key") or item.get("id") or f"item-{len(entries) + 1}")
        entries[key] = Entry(kind, fields=fields, persons=persons)
    return sources.bibtex_writer().to_string(BibliographyData(entries=entries))
