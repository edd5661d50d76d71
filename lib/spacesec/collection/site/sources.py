"""The sources: a list to search, and for each its reference, where to open it, and everything that rests on
it.
"""

import functools
import re
from collections.abc import Iterator

from markupsafe import Markup

from spacesec.collection.site import words
from spacesec.collection.site.claims import ledger, verdict_words
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import records, rows
from spacesec.collection.site.words import noted, said
from spacesec.data import grades, sources, tables

LANGUAGES = {
    "de": noted("German"),
    "en": noted("English"),
    "fr": noted("French"),
    "hi": noted("Hindi"),
    "it": noted("Italian"),
    "ja": noted("Japanese"),
    "ko": noted("Korean"),
    "pt": noted("Portuguese"),
    "tr": noted("Turkish"),
    "zh": noted("Chinese"),
}
KINDS = {
    "article": noted("article"),
    "article-journal": noted("journal article"),
    "article-magazine": noted("magazine article"),
    "article-newspaper": noted("newspaper article"),
    "book": noted("book"),
    "broadcast": noted("broadcast"),
    "dataset": noted("dataset"),
    "entry-encyclopedia": noted("encyclopedia entry"),
    "legislation": noted("legislation"),
    "post": noted("post"),
    "post-weblog": noted("weblog post"),
    "report": noted("report"),
    "software": noted("software"),
    "speech": noted("speech"),
    "webpage": noted("webpage"),
}
WAYS = {
    "pinned": noted("pinned"),
    "mirrored": noted("mirrored"),
    "reposted": noted("reposted"),
    "copied": noted("copied"),
    "quoted": noted("quoted"),
    "carried": noted("carried"),
}


def pages() -> Iterator[Page | File]:
    """The list, a page for every source, all references as BibTeX."""
    store, short, held = sources.store(), rows().short, rows().by_source
    titles = {name: tables.describe(name)["title"] for name in tables.names()}
    listed = sorted(store.values(), key=lambda item: (short(item["id"]).casefold(), item["id"]))
    about = {
        identifier: {
            "kind": kind(item),
            "language": LANGUAGES.get(item["language"], item["language"]),
            "date": date(item),
            "way": grades.passed_on(item),
            "grade": grades.proposed(item),
            "read": "-".join(f"{part:02}" for part in item["accessed"]["date-parts"][0]),
        }
        for identifier, item in store.items()
    }
    context = {
        "sources": listed,
        "about": about,
        "short": short,
        "held": held,
        "kinds": sorted({entry["kind"] for entry in about.values()}),
        "tongues": sorted({entry["language"] for entry in about.values()}),
        "own_title": words.title,
    }
    yield Page("sources/index.html", "sources.html", said("Sources"), context)
    made, judged, figures, checks = {}, {}, {}, {}
    for claim in ledger():
        made.setdefault(claim.source, []).append(claim)
        for source in claim.sources:
            judged.setdefault(source, []).append(claim)
    for question, run in records().items():
        for figure in run.figures:
            for source in figure.sources:
                figures.setdefault(source, []).append((question, figure))
        for check in run.checks:
            checks.setdefault(check.source_id, []).append((question, check))
    everything = _bibtex(tuple(store))
    entries = dict(
        zip(sorted(store), re.split(r"\n(?=@)", everything), strict=True)
    )  # in one go: pybtex takes its time to start
    for item in listed:
        identifier = item["id"]
        groups: dict[str, list] = {}
        for row in held.get(identifier, []):
            groups.setdefault(row.table, []).append(row)
        context = {
            "item": item,
            "about": about[identifier],
            "reference": Markup(sources.cite(identifier, "html")),
            "bibtex": entries[identifier].strip(),
            "groups": groups,
            "titles": titles,
            "made": made.get(identifier, []),
            "judged": judged.get(identifier, []),
            "figures": figures.get(identifier, []),
            "checks": checks.get(identifier, []),
            "short": short,
            "verdict": verdict_words,
            "ways": WAYS,
            "heading": words.title(item),
        }
        yield Page(
            f"sources/{identifier}.html",
            "source.html",
            Markup(words.title(item)).striptags(),
            context,
            "source",
            f"{item['title']} {item.get('original-title', '')} {item.get('publisher', '')}",
            short(identifier),
        )
    yield File("data/sources.bib", everything.encode("utf-8"), shared=True)


@functools.cache
def _bibtex(identifiers: tuple[str, ...]) -> str:
    return sources.bibtex(identifiers)


def kind(item: dict) -> str:
    """The kind of a source in English words: ``article-newspaper`` is a newspaper article."""
    return KINDS.get(item["type"], " ".join(reversed(item["type"].split("-"))))


def date(item: dict) -> str:
    """The day, month or year of publication, as exactly as it is known; ``n.d.`` without one."""
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" for part in parts) or "n.d."
