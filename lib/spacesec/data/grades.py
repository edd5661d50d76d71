"""How good a source is: its kind, who passed it on, and the best grade that a row on it may have.

``data/checks/source_kinds.csv`` says what the author or the address of a source is. An official text is A
wherever it is kept; papers, catalogues and named press are B, papers and catalogues also in a whole copy;
press that somebody else reposted or copied, and what nobody edited, is C.
"""

import functools
import re
from pathlib import Path
from urllib.parse import urlparse

from spacesec.data import extent, sources, tables
from spacesec.errors import DataError

GRADES = "ABC"
KINDS = "checks/source_kinds"
RULE = {
    "official": (
        "A",
        "a text of a government, parliament, court, agency or international body, or a mirror of it",
    ),
    "scholarly": ("B", "a paper, book or study of a named author or institute"),
    "data": ("B", "a catalog or data set with a named keeper"),
    "company": ("B", "a company or association about itself"),
    "press": ("B", "a newspaper, agency or trade journal with an editor"),
    "blog": ("C", "a page that its author alone answers for"),
    "encyclopaedia": ("C", "an encyclopedia or a copy of one"),
    "forum": ("C", "a post in a forum or list"),
    "aggregator": ("C", "a site that rewrites or collects what others wrote"),
    "mirror": ("C", "a site that keeps copies of others' documents; of an official text: A"),
}
# How a page got to where it was read, by the words that its author's bracket, publisher or note uses for it.
PASSED_ON = {
    "pinned": r"github\.com/",
    "mirrored": r"\bmirror",
    "reposted": r"\breposted?\b",
    "copied": r"\bcop(y|ied)\b",
    "quoted": r"\b(quoted|citing|cites|after|excerpt|rewrite|summary)\b",
    "carried": r"\bvia\b(?! satellite)",
}
# On these no number of a lead answer rests unmarked.
WEAK_KINDS = {"encyclopaedia", "forum", "aggregator", "mirror"}
DOCUMENTS = {"official", "scholarly", "data"}  # a whole copy of these keeps their grade
UNEDITED = {"blog", "forum"}  # what stands here was typed by somebody: no whole copy
WEAK_WAYS = {"mirrored", "reposted", "copied"}
UNLISTED = "press"  # what a site counts as until data/checks/source_kinds.csv names it


def kind(item: dict) -> str:
    """What a source is: its author where that is known by name, else its address; ``press`` where neither
    is.
    """
    return _by_author(_author(item)) or _by_author(item.get("publisher", "")) or carrier(item)


def carrier(item: dict) -> str:
    """What the site is on which the source was read."""
    return _listed(item) or UNLISTED


def site(item: dict) -> str:
    """The host of a source's address; empty where it has none."""
    return urlparse(item.get("URL", "")).netloc.split(":")[0].rstrip(".").casefold()


def _listed(item: dict) -> str | None:
    parts, known = site(item).split("."), _said_of("address")
    endings = (".".join(parts[at:]) for at in range(len(parts)))
    return next((known[ending] for ending in endings if ending in known), None)


def passed_on(item: dict) -> str | None:
    """Whether a page is its maker's own (None), or was quoted, mirrored, reposted or copied by another,
    carried by a portal or paper under licence, or pinned: a file in a repository at a stated commit. An
    official text on a site of another kind is mirrored there, whether its record says so or not.
    """
    text = f"{_author(item)} ; {item.get('publisher', '')} ; {item.get('note', '')}"
    found = next((way for way, words in PASSED_ON.items() if re.search(words, text, re.IGNORECASE)), None)
    strange = kind(item) == "official" and carrier(item) not in DOCUMENTS and site(item)
    return found or ("mirrored" if carrier(item) == "mirror" or strange else None)


def proposed(item: dict) -> str:
    """The best grade that the rule allows a row on this source."""
    found = kind(item)
    if carrier(item) in UNEDITED or (found not in DOCUMENTS and passed_on(item) in WEAK_WAYS):
        return "C"
    return RULE[found][0]


def weak(item: dict) -> bool:
    """Whether a lead answer may not rest on it unmarked: a mirror, copy, repost, encyclopaedia, forum,
    aggregator.
    """
    return carrier(item) in WEAK_KINDS or passed_on(item) in WEAK_WAYS


def problems() -> list[str]:
    """Rows graded better than the rule allows their source, one sentence a source and table; sites of no
    stated kind; the five documents used as if they were independent of themselves.
    """
    return [*_better(), *_unlisted(), *_own_word()]


def _unlisted() -> list[str]:
    return [
        f"data/sources.json: {name} stands on {site(item)}, of which no kind is stated; name the site in"
        " data/checks/source_kinds.csv"
        for name, item in sources.store().items()
        if site(item) and _listed(item) is None
    ]


def _own_word() -> list[str]:
    """Rows that call a source independent which other rows quote as one of the documents examined."""
    by = {"seed": {}, "independent": {}}
    for name in tables.names():
        for row in extent.rows(name):
            if row.get("source_id") and row.get("evidence") in by:
                by[row["evidence"]].setdefault(row["source_id"], f"data/{name}.csv, {row['row_id']}")
    return [
        f"{place}: evidence is independent, but {source} is one of the documents examined; call it seed"
        for source, place in by["independent"].items()
        if source in by["seed"]
    ]


def _better() -> list[str]:
    excused = {row["source_id"]: row["grade"] for row in extent.rows("checks/better_grades")}
    store, found = sources.store(), {}
    best = {source: min(proposed(item), excused.get(source, "C")) for source, item in store.items()}
    for name in tables.names():
        for row in extent.rows(name):
            given, source = row.get("quality"), row.get("source_id")
            if not given or source not in store:
                continue
            if given < best[source]:
                found.setdefault((name, source), (row["row_id"], given, best[source]))
    return [
        f"data/{name}.csv, {row}: quality is {given}, but {source} ({kind(store[source])},"
        f" {passed_on(store[source]) or 'as published'}) allows {allowed}; grade it so, or give the reason in"
        " data/checks/better_grades.csv"
        for (name, source), (row, given, allowed) in found.items()
    ]


def _author(item: dict) -> str:
    first = item["author"][0] if item.get("author") else {}
    return first.get("literal") or first.get("family") or ""


def _by_author(name: str) -> str | None:
    return next(
        (
            kind
            for begins, kind in _said_of("author").items()
            if name.startswith(begins) and not re.match(r"\w", name[len(begins) :])
        ),
        None,
    )


def _said_of(what: str) -> dict[str, str]:
    """Name -> kind as the collection says it; a part of it need not."""
    try:
        resource = tables.describe(KINDS)
    except DataError:
        return {}
    return _said(what, tables.sealed_path(resource), resource["hash"])


@functools.lru_cache(maxsize=4)
def _said(what: str, path: Path, sealed: str) -> dict[str, str]:
    return {row["name"]: row["kind"] for row in extent.rows(KINDS) if row["of"] == what}
