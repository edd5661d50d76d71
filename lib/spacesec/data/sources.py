"""Who says this: the source store (CSL-JSON) and the ways from a row, a figure or a result to its sources."""

import html
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from spacesec.data import tables, vintage
from spacesec.errors import DataError
from spacesec.machine import markup, paths, untrusted

STYLE = Path(__file__).parents[1] / "assets" / "chicago-author-date-16th-edition.csl"
# Of an author who did not publish the page: who did is named in the source line.
PASSED_ON = ("quoted", "copied", "reposted")
REQUIRED = ("id", "type", "title", "author", "language")
# What a reader needs to open a source; a printed page number may stand in for an address.
REACHED_BY = ("URL", "DOI", "ISBN", "number")


def _named(author: object) -> None:
    if (
        not isinstance(author, dict)
        or not all(isinstance(part, str) for part in author.values())
        or not (author.get("family") or author.get("literal"))
    ):
        raise ValueError("an author has a family name or, as a body, a literal one")


def _dated(issued: object) -> None:
    parts = untrusted.shaped(issued, {"date-parts": [[int]]})["date-parts"]
    if not parts or not 1 <= len(parts[0]) <= 3:
        raise ValueError("a date has its parts: year, month, day")


def _authors(found: object) -> None:
    if not untrusted.shaped(found, [_named]):
        raise ValueError("there is nobody")


def _matching(pattern: str, words: str):
    def fits(text: object) -> None:
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            raise ValueError(words)

    return fits


_TEXT = (str, int)
_FINGERPRINT = {
    # No more than a few words of the passage are held: eight, or some letters where nothing parts words.
    "begins": _matching(r"(?=.{1,120}$)\S+( \S+){0,7}", "the first words of a passage are at most eight"),
    "sha256": _matching(r"[0-9a-f]{64}", "a SHA-256 has 64 hexadecimal digits"),
}
SHAPE = {
    "id": _matching(r"[a-z0-9][a-z0-9.-]*", "an id has small letters, digits, dots and hyphens"),
    "type": str,
    "title": str,
    "author": _authors,
    "language": _matching(r"[a-z]{2}", "a language is a code of two letters, e.g. ja"),
    "issued?": _dated,
    "accessed?": _dated,
    "archive_location?": _matching(r"https?://\S+", "an archived copy has an address"),
    "custom?": {"fingerprint?": [_FINGERPRINT], "short_name?": str},
    "original-title?": str,
    "URL?": _matching(r"https?://\S+", "an address begins with https:// or http://"),
    **{
        f"{name}?": _TEXT
        for name in (
            "DOI",
            "ISBN",
            "number",
            "publisher",
            "container-title",
            "volume",
            "issue",
            "page",
            "genre",
            "note",
            "version",
        )
    },
}


# Signs that mean something in HTML, and what stands for them while a style puts a reference together.
_ASIDE = str.maketrans("<>&", "\ue000\ue001\ue002")
_BACK = str.maketrans({"\ue000": "&lt;", "\ue001": "&gt;", "\ue002": "&amp;"})
_JAPANESE = re.compile(r"[\u3041-\u30fa\u4e00-\u9fff]")
VERBATIM = ("url", "doi")  # fields of BibTeX that are no LaTeX


def _shaped(item: dict) -> None:
    """Raises ValueError for what is no CSL-JSON item, or holds what no line of text does."""
    untrusted.shaped(item, SHAPE)
    if any(not text.isprintable() for text in _texts(item)):
        raise ValueError("a text has a line break or a control character in it")
    body = item["author"][0].get("literal", "").partition(" (")[0]
    if re.search(r", [A-Z][^;]* and [A-Z]", body) and "short_name" not in item.get("custom", {}):
        raise ValueError("a body with a list in its name needs custom.short_name, e.g. METI")
    if re.search(r", .*\b(at|by|copy|copied|extract|kept|mirrored|quoted|reposted|via)\b", body):
        raise ValueError("who passed an author's words on stands in brackets, e.g. NHK (copy at example.org)")


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, str):
        yield found
    elif isinstance(found, (dict, list)):
        for one in found.values() if isinstance(found, dict) else found:
            yield from _texts(one)


@dataclass(frozen=True)
class Statement:
    """One row's word for a fact: which row of which table says it, on which source's authority, and where in
    the source.
    """

    row_id: str
    table: str
    source_id: str
    locator: str
    evidence: str
    facts: dict

    def __str__(self) -> str:
        return f"{self.row_id} ({self.table}, {self.evidence}): {self.locator}. {cite(self.source_id)}"


def store() -> dict[str, dict]:
    """All sources by id, as CSL-JSON items."""
    resource = tables.describe("sources")
    return _by_id(tables.sealed_path(resource, note=False), resource["hash"])


@lru_cache(maxsize=4)
def _by_id(path: Path, sealed: str) -> dict[str, dict]:
    return {item["id"]: item for item in _items(tables.read_json("sources", note=False))}


def _items(stored: object) -> list[dict]:
    try:
        return untrusted.shaped(stored, [{"id": str}])
    except ValueError as error:
        raise DataError(
            f"data/sources.json is not a list of CSL-JSON items with an id each ({error}); restore it from"
            " the repository"
        ) from None


def get(source_id: str) -> dict:
    """One CSL-JSON item; raises DataError for an unknown id."""
    resource = tables.describe("sources")
    item = _item(tables.sealed_path(resource, note=False), resource["hash"], source_id)
    tables.note_source(source_id)
    return item


@lru_cache(maxsize=4096)
def _item(path: Path, sealed: str, source_id: str) -> dict:
    item = _by_id(path, sealed).get(source_id)
    if item is None:
        raise DataError(
            f"there is no source {source_id!r} in data/sources.json; name one that exists or add it"
        )
    try:
        _shaped(item)
    except ValueError as error:
        raise DataError(f"data/sources.json: {source_id} is no CSL-JSON item ({error}); mend it") from None
    return item


def short(source_id: str) -> str:
    """``Cabinet Office 2012``: for the source line inside a figure."""
    item = get(source_id)
    return f"{credited(item)} {_year(item)}"


def shorts(source_ids: Iterable[str], most: int = 4) -> str:
    """Short names of several sources, years gathered by author in the order given; authors past ``most`` are
    counted.
    """
    years: dict[str, set[str]] = {}
    for item in map(get, dict.fromkeys(source_ids)):
        years.setdefault(credited(item), set()).add(_year(item))
    names = [f"{author} {', '.join(sorted(found))}" for author, found in years.items()]
    more = f"; and {len(names) - most} more" if len(names) > most else ""
    return "; ".join(names[:most]) + more


def cite(source_id: str, markup: str = "plain") -> str:
    """The reference in Chicago author-date style (16th edition); ``markup`` is ``plain`` or ``html``.

    A Japanese source carries its own title with the English one in brackets.
    """
    return cite_item(get(source_id), markup)


def cite_item(item: dict, markup: str = "plain") -> str:
    """The same for a CSL-JSON item that need not stand in the store."""
    text = _chicago(json.dumps(item, sort_keys=True))
    return text if markup == "html" else html.unescape(re.sub(r"<[^>]+>", "", text))


def references(source_ids: Iterable[str]) -> str:
    """A reference list in Markdown, sorted as Chicago sorts it."""
    lines = sorted((cite(identifier), identifier) for identifier in set(source_ids))
    return "\n".join(f"- {markup.reference(text)} `{identifier}`" for text, identifier in lines)


def bibtex(source_ids: Iterable[str]) -> str:
    """The sources as a BibTeX file."""
    return bibtex_items([get(identifier) for identifier in sorted(set(source_ids))])


def bibtex_items(items: Iterable[dict]) -> str:
    """The same for CSL-JSON items that need not stand in the store."""
    from pybtex.database import BibliographyData, Entry, Person

    kinds = {
        "report": "techreport",
        "article-journal": "article",
        "article-newspaper": "article",
        "article-magazine": "article",
        "book": "book",
        "chapter": "incollection",
    }
    entries = {}
    for item in items:
        fields = {"title": _title(item), "year": _year(item), "language": item["language"]}
        container = "booktitle" if item["type"] == "chapter" else "journal"
        fields |= {
            name: item[key]
            for name, key in (
                ("url", "URL"),
                ("doi", "DOI"),
                (container, "container-title"),
                ("institution", "publisher"),
                ("number", "number"),
                ("note", "note"),
            )
            if item.get(key)
        }
        people = [
            (
                Person(first=a.get("given", ""), last=a["family"])
                if "family" in a
                else Person("{" + a["literal"] + "}")
            )
            for a in item["author"]
        ]
        entries[item["id"]] = Entry(
            kinds.get(item["type"], "misc"), fields=fields, persons={"author": people}
        )
    return bibtex_writer().to_string(BibliographyData(entries=entries))


@cache
def bibtex_writer():
    """The one writer of BibTeX: pybtex's, with addresses as they are."""
    from pybtex.database.output.bibtex import Writer

    class BibTeX(Writer):
        """Addresses as they are, texts as LaTeX; a brace without its other half is a sign, not a group."""

        def _write_field(self, stream, type, value):
            if type in VERBATIM:
                shown = value.replace("{", "%7B").replace("}", "%7D").replace('"', "%22")
                stream.write(f',\n    {type} = "{shown}"')
            else:
                super()._write_field(stream, type, value)

        def _encode(self, text):
            halves = text.count("{") != text.count("}")
            aside = text.translate(str.maketrans("{}", "\ue000\ue001")) if halves else text
            signs = {"\ue000": r"\textbraceleft{}", "\ue001": r"\textbraceright{}"}
            return super()._encode(aside).translate(str.maketrans(signs))

    return BibTeX()


def who_says(row_id: str) -> Statement:
    """From a row's id to its source and locator; raises DataError when no table has the row."""
    for name in tables.names():
        # The file is searched as text first: looking for a row does not make a run rest on every table.
        if any(
            row.get("row_id") == row_id and "source_id" in row
            for row in tables.raw_rows(paths.data() / tables.describe(name)["path"])
        ):
            with vintage.known_on(None):  # who says it, also of what was not known on the day in force
                table = tables.load(name)
            row = table[table["row_id"] == row_id].iloc[0].dropna().to_dict()
            return Statement(row_id, name, row["source_id"], row["locator"], str(row["evidence"]), row)
    raise DataError(f"no table has a row {row_id!r}; `spacesec tables` lists the tables")


def day(said: dict) -> tuple[str, str]:
    """A CSL date as the first day of its period, and its precision."""
    year, month, number = (*said["date-parts"][0], 1, 1)[:3]
    return f"{year:04d}-{month:02d}-{number:02d}", ("year", "month", "day")[len(said["date-parts"][0]) - 1]


def problems() -> list[str]:
    """Faults of the source store, sealed or not, as sentences."""
    try:
        return faults_of(_items(tables.parsed(paths.data() / "sources.json")))
    except DataError as error:
        return [str(error)]


def faults_of(items: list[dict]) -> list[str]:
    """The same of items that are to be the store."""
    faults, sound = [], []
    identifiers = [item["id"] for item in items]
    faults += [
        f"data/sources.json: the id {i!r} stands there twice; keep one"
        for i in sorted({i for i in identifiers if identifiers.count(i) > 1})
    ]
    for item in items:
        name = f"data/sources.json: {item['id']}"
        lacking = [f"{name} lacks {key}; add it" for key in REQUIRED if not item.get(key)]
        faults += lacking
        try:
            _shaped(item) if not lacking else None
            sound += [] if lacking else [item]
        except ValueError as error:
            faults.append(f"{name}: {error}; mend it")
        if not any(item.get(key) for key in REACHED_BY):
            faults.append(f"{name} has no address, DOI or number by which a reader could open it; add one")
        if not item.get("accessed"):
            faults.append(f"{name} lacks accessed; say the day on which it was read")
        if not (item.get("publisher") or item.get("container-title")):
            faults.append(f"{name} lacks its publisher, or the journal it stands in; add it")
    return [*faults, *_read_too_early(sound), *_same_page(sound)]


def _read_too_early(items: list[dict]) -> list[str]:
    return [
        f"data/sources.json: {item['id']} was read on {read}, before it appeared; mend one of the days"
        for item in items
        if item.get("issued") and item.get("accessed")
        if day(item["issued"])[0] > (read := day(item["accessed"])[0])
    ]


def _same_page(items: list[dict]) -> list[str]:
    """Sources that are one page, or one text on two sites, of one edition under two ids."""
    faults: dict[str, str] = {}
    seen: dict[tuple, list[dict]] = {}
    for item in items:
        title = (str(item.get("author")), str(item.get("title")).casefold(), str(item.get("issued")))
        keys = [("page", address(item["URL"])) if item.get("URL") else None, ("text", *title)]
        for key in filter(None, keys):
            others = seen.setdefault(key, [])
            other = next((other for other in others if _one_edition(item, other, key[0])), None)
            others.append(item)
            if other:
                faults.setdefault(
                    item["id"],
                    f"data/sources.json: {item['id']} and {other['id']} are one {key[0]}; keep one id, or say"
                    " in issued or version how the editions differ",
                )
    return list(faults.values())


def _one_edition(one: dict, other: dict, what: str) -> bool:
    """Whether nothing that two records say tells their editions apart: a year says no less than its day, and
    on one site two pages of one title are two pages.
    """
    if what == "text" and urlsplit(one.get("URL", "")).netloc == urlsplit(other.get("URL", "")).netloc:
        return False
    days = [item["issued"]["date-parts"][0] if item.get("issued") else [] for item in (one, other)]
    alike = all(first == second for first, second in zip(*days, strict=False))
    return alike and one.get("version") == other.get("version")


def address(url: str) -> str:
    """An address without what does not tell pages apart: scheme, www, a mobile host, capitals of the host,
    fragment, campaign words, a last slash.
    """
    parts = urlsplit(url)
    host = parts.netloc.casefold().rstrip(".")
    host = re.sub(r"^(www|m|amp)\.", "", host)
    kept = [
        word for word in parts.query.split("&") if word and not re.match(r"(utm_|fbclid|gclid|amp\b)", word)
    ]
    query = "?" + "&".join(kept) if kept else ""
    path = re.sub(r"/amp(?=/|$)", "", parts.path).rstrip("/")
    return f"{host}{path}{query}"


def credited(item: dict) -> str:
    """The author as a source line names it: whoever quotes, copies or reposts stays in its bracket, a
    body's department goes; a body with a comma in its own name has a short one in the store.
    """
    author = item["author"][0]
    if short := item.get("custom", {}).get("short_name"):
        return short
    if "family" not in author:
        head, bracket, rest = author["literal"].partition(" (")
        kind = rest.removesuffix(")")
        by = (
            f"{kind} by {item['publisher'].split(' (')[0]}"
            if kind in PASSED_ON and "publisher" in item
            else kind
        )
        end = ")" if rest.endswith(")") else ""
        return head.split(",")[0] + (f" ({by}{end}" if bracket else "")
    if len(item["author"]) > 2:
        return f"{author['family']} et al."
    second = item["author"][-1]
    return (
        f"{author['family']} and {second['family']}"
        if second != author and "family" in second
        else author["family"]
    )


def _year(item: dict) -> str:
    return str(item["issued"]["date-parts"][0][0]) if item.get("issued") else "n.d."


def _title(item: dict) -> str:
    return f"{item['original-title']} [{item['title']}]" if item.get("original-title") else item["title"]


@lru_cache(maxsize=2048)
def _chicago(content: str) -> str:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    known = (
        "id",
        "type",
        "author",
        "publisher",
        "container-title",
        "issued",
        "URL",
        "DOI",
        "volume",
        "issue",
        "page",
        "number",
        "genre",
    )
    item = json.loads(content)
    entry = {key: item[key] for key in known if key in item} | {"title": _title(item)}
    entry["author"] = [_in_its_order(one) for one in item["author"]]
    issued = item.get("issued", {})
    if "date-parts" in issued:
        entry["issued"] = {**issued, "date-parts": _told_parts(issued["date-parts"])}
    entry = json.loads(json.dumps(entry, ensure_ascii=False).translate(_ASIDE))
    bibliography = CitationStylesBibliography(_chicago_style(), CiteProcJSON([entry]), formatter.html)
    bibliography.register(Citation([CitationItem(item["id"])]))
    text = str(bibliography.bibliography()[0]).translate(_BACK)
    if issued.get("circa"):  # the processor leaves it out
        year = str(entry["issued"]["date-parts"][0][0])
        text = text.replace(f"{year}.", f"ca. {year}.", 1)
    return text


def _told_parts(parts: list[list[int]]) -> list[list[int]]:
    """A span within one year is told by what its ends share; the style would leave out its year."""
    if len(parts) == 2 and parts[0][0] == parts[1][0]:
        shared = [one for one, other in zip(*parts, strict=False) if one == other]
        return [shared if parts[0][: len(shared)] == shared else shared[:1]]
    return parts


def _in_its_order(author: dict[str, str]) -> dict[str, str]:
    """A name in kanji or kana as it stands in its own language, family name first and in one, wherever it
    stands in a list of authors; the style turns every other second name round.
    """
    family = author.get("family", "")
    return {"literal": family + author.get("given", "")} if _JAPANESE.search(family) else author


@cache
def _chicago_style():
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(str(STYLE), validate=False)
