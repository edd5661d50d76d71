"""What programs read: figures, claims and tables as JSON, pages as JSON-LD, a feed of numbers that changed, a
list of pages, and a text that says where everything is.
"""

import csv
import io
import json
import re
import uuid
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from markupsafe import Markup

from spacesec.collection import readme
from spacesec.collection.questions import Question
from spacesec.collection.site import citation, text
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import questions, records, rows
from spacesec.data import sources, tables
from spacesec.machine import paths
from spacesec.run.records import KeptFigure
from spacesec.words.language import ENGLISH, in_force

FEED, MAP = "changes.atom", "sitemap.xml"
LICENSE = "https://creativecommons.org/licenses/by/4.0/"
MOVED = "Numbers that moved"
TYPED = {
    "number": float,
    "integer": int,
    "year": int,
    "boolean": lambda cell: cell == "true",
}
MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".bib": "application/x-bibtex",
}


def pages() -> Iterator[Page | File]:
    """The feed and the text for programs, once for all languages."""
    if in_force() == ENGLISH:
        yield File(FEED, feed(), shared=True)
        yield File("llms.txt", told().encode("utf-8"), shared=True)


def as_json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def figure(question: Question, drawn: KeptFigure) -> bytes:
    """A figure: its words, its data with numbers as such, its sources."""
    data = (question.folder / f"{drawn.name}.csv").read_text(encoding="utf-8")
    head, *lines = csv.reader(io.StringIO(data, newline=""))
    columns = [_numbers([line[at] for line in lines]) for at in range(len(head))]
    return as_json(
        {
            "question": question.name,
            "figure": drawn.name,
            "page": f"questions/{question.name}.html#figure-{drawn.name}",
            "title": drawn.title,
            "subtitle": drawn.subtitle,
            "caption": drawn.caption,
            "alt": drawn.alt,
            "note": drawn.note,
            "data_until": drawn.until,
            "license": LICENSE,
            "sources": {source: address(source) for source in drawn.sources},
            "columns": head,
            "rows": [list(line) for line in zip(*columns, strict=True)],
        }
    )


def address(source: str) -> dict[str, str]:
    """A source by its title, its address and its page."""
    item = sources.store()[source]
    return {"title": item["title"], "address": item.get("URL", ""), "page": f"sources/{source}.html"}


def _numbers(cells: list[str]) -> list[Any]:
    """A column's cells, as numbers where all that are filled are numbers; None where nothing stands."""
    try:
        return [json.loads(cell) if cell else None for cell in cells if not cell or _number(cell)]
    except ValueError:
        return [cell or None for cell in cells]


def _number(cell: str) -> bool:
    if not re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?", cell):
        raise ValueError(cell)
    return True


def table(name: str) -> bytes:
    """A table: what its columns say, and every row with its values as such."""
    resource = tables.describe(name)
    return as_json(
        {
            "table": name,
            "title": resource["title"],
            "description": resource["description"],
            "page": f"tables/{name}.html",
            "as_of": tables.package()["as_of"],
            "key": resource["schema"]["primaryKey"],
            "columns": resource["schema"]["fields"],
            "rows": [
                {
                    field["name"]: _value(row.cells[field["name"]], field["type"])
                    for field in resource["schema"]["fields"]
                }
                for row in rows().tables[name]
            ],
        }
    )


def _value(cell: str, kind: str) -> Any:
    return TYPED.get(kind, str)(cell) if cell else None


# --- on the pages themselves
# ---------------------------------------------------------------------------------------------------


def linked(described: dict[str, Any]) -> Markup:
    """JSON-LD for a page; nothing in it ends the script that holds it."""
    plain = json.dumps(described, ensure_ascii=False, separators=(",", ":"))
    return Markup(plain.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def data_set(name: str, description: str, root: str, files: Iterable[str], **more: Any) -> dict[str, Any]:
    """A schema.org Dataset. root: leads from the page to where the paths of its files begin."""
    stated = citation.stated()
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": str(name),
        "description": str(description),
        "license": LICENSE,
        "version": stated["version"],
        "datePublished": stated["date-released"].isoformat(),
        "dateModified": tables.package()["as_of"],
        "creator": [{"@type": "Organization", "name": author["name"]} for author in stated["authors"]],
        "keywords": stated["keywords"],
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": MEDIA[Path(file).suffix],
                "contentUrl": root + file,
            }
            for file in files
        ],
        **more,
    }


# --- of the whole site
# ---------------------------------------------------------------------------------------------------


def feed() -> bytes:
    """The numbers that moved as CHANGELOG.md tells them, as an Atom feed. What no release holds yet is dated
    by the data.
    """
    stated, as_of = citation.stated(), tables.package()["as_of"]
    authors = "".join(f"<author><name>{escape(one['name'])}</name></author>" for one in stated["authors"])
    entries, days = [], [as_of]
    changes = paths.root() / "CHANGELOG.md"
    for day, told in moved(changes.read_text(encoding="utf-8") if changes.is_file() else ""):
        days.append(day or as_of)
        title = re.split(r"(?<=[.;])\s|: ", text.plain(told), maxsplit=1)[0].rstrip(".;")
        entries.append(
            f"<entry><id>{_urn(told)}</id><title>{escape(title)}</title>"
            f"<updated>{day or as_of}T00:00:00Z</updated>"
            f'<content type="html">{escape(str(text.html(told)))}</content></entry>\n'
        )
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>{_urn(stated['title'])}</id><title>{escape(stated['title'])}: numbers that moved</title>"
        f'<updated>{max(days)}T00:00:00Z</updated><link href="index.html"/>{authors}\n'
    )
    return (head + "".join(entries) + "</feed>\n").encode("utf-8")


def _urn(words: str) -> str:
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, words)}"


def moved(changes: str) -> Iterator[tuple[str, str]]:
    """Day of the release (empty for one to come) and words of every change of a number."""
    for release in re.split(r"^## ", changes, flags=re.MULTILINE)[1:]:
        day = re.search(r"\d{4}-\d{2}-\d{2}", release.split("\n")[0])
        for part in re.split(r"^### ", release, flags=re.MULTILINE)[1:]:
            if part.startswith(MOVED):
                for entry in re.split(r"^- ", part, flags=re.MULTILINE)[1:]:
                    yield day[0] if day and date.fromisoformat(day[0]) else "", " ".join(entry.split())


def site_map(root: str, pages: Iterable[str]) -> bytes:
    """The pages of the site whose root is at this address."""
    as_of = tables.package()["as_of"]
    listed = "".join(
        f"<url><loc>{escape(root + page)}</loc><lastmod>{as_of}</lastmod></url>\n" for page in pages
    )
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'{head}<urlset xmlns="{space}">\n{listed}</urlset>\n'.encode()


def told() -> str:
    """What a program that answers people should know, with the answers and where everything is."""
    stated, run = citation.stated(), records()
    answers = "".join(
        f"- [{run[one.name].question}](questions/{one.name}.html):"
        f" {text.plain(readme.first_sentence(one))} Record: figures/{one.name}/run.json\n"
        for one in questions()
    )
    held = "".join(
        f"- [{tables.describe(name)['title']}](tables/{name}.html): data/{name}.json\n"
        for name in tables.names()
    )
    return f"""# Japan Space Security Collection

> {stated["title"]}. Version {stated["version"]}, data as of {tables.package()["as_of"]}.
> Tables and figures: CC BY 4.0.

Every number is computed from rows, and every row names its source and the place in it.
A blank is unknown, never zero. Planned, flying, failed and unknown are different things.
Cite a fact by the source in its row, an answer by the question's page with version and day of the data.
What the collection does not hold it does not say: answer "no row" rather than guess.
Addresses here are relative to this file. Pages in Japanese stand below ja/.

## Answers
{answers}
## Figures
- figures/QUESTION/FIGURE.json: words, data and sources, beside .png, .svg and .csv; the record lists them

## Claims
- [Claims](claims/index.html): claims/ID.json has the verdict, its tests and the rows behind it

## Tables
- [Schemas of all tables](data/datapackage.json); a row's own place is tables/TABLE.html#ID
{held}
## More
- [Sources](sources/index.html): data/sources.bib
- [From Python](python.html), [its reference](python/reference.html)
- [Numbers that moved]({FEED})
"""
