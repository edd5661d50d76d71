"""Render every page, hold every link against what there is, and put the site in place whole or not at all."""

import json
import posixpath
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from spacesec.collection.site import claims, disagreements, front, questions, sources, tables, text
from spacesec.collection.site.page import File, Page
from spacesec.errors import RunError
from spacesec.machine import files
from spacesec.words import language

HERE = Path(__file__).parent
INDEX = "static/search-index.js"
# What each room of the site offers: `pages()` gives its pages and files.
ROOMS = (front, questions, claims, tables, sources, disagreements)


def build(folder: Path) -> int:
    """Build the site into ``folder``, in the place of the site that stood there; gives the number of pages.

    The same collection gives the same bytes. Raises RunError for a link that leads nowhere, a folder that
    holds something else, or a path that two rooms claim; what stood there before is then unchanged.
    """
    folder = Path(folder).absolute()
    if folder.exists() and not (
        folder.is_dir() and (not any(folder.iterdir()) or (folder / INDEX).is_file())
    ):
        raise RunError(f"{folder} holds other things than a site; give a new or empty folder")
    contents = render(list(parts()))
    check_links(
        {path: content for path, content in contents.items() if path.endswith(".html")}, set(contents)
    )
    staged = files.staging_folder(folder)
    try:
        for path, content in contents.items():
            target = staged / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content) if isinstance(content, bytes) else shutil.copyfile(content, target)
    except OSError as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise RunError(
            f"the site could not be written ({files.reason(error)}); what stood there is unchanged"
        ) from None
    files.exchange(staged, folder)
    return sum(path.endswith(".html") for path in contents)


def parts() -> Iterator[Page | File]:
    """Everything the rooms offer, and the files under static/."""
    for room in ROOMS:
        yield from room.pages()
    for path in sorted((HERE / "static").rglob("*")):
        if path.is_file():
            yield File(path.relative_to(HERE).as_posix(), path)


def render(found: list[Page | File]) -> dict[str, bytes | Path]:
    """Path -> bytes, or the file that holds them; raises RunError when two parts claim one path."""
    templates = environment()
    contents: dict[str, bytes | Path] = {}
    for part in found:
        if part.path in contents:
            raise RunError(f"the site has two files {part.path}; one of the rooms must name it otherwise")
        if isinstance(part, File):
            contents[part.path] = part.content
        else:
            root = "../" * part.path.count("/")
            page = templates.get_template(part.template).render(
                part.context | {"root": root, "title": part.title, "path": part.path}
            )
            contents[part.path] = page.encode("utf-8")
    contents[INDEX] = search_index([part for part in found if isinstance(part, Page) and part.kind])
    return dict(sorted(contents.items()))


def search_index(pages: list[Page]) -> bytes:
    """The documents that the search box searches, as a script, since a page opened from a folder may not
    fetch.
    """
    documents = [
        {"id": page.path, "kind": page.kind, "title": page.title, "words": page.words, "about": page.about}
        for page in pages
    ]
    return (
        "window.searchDocuments = " + json.dumps(documents, ensure_ascii=False, separators=(",", ":")) + ";\n"
    ).encode("utf-8")


def environment():
    """The Jinja2 environment of all templates: escaping on, unknown names refused."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["quotes"] = text.quotes
    made.globals["_"] = lambda english, **values: language.said(english, "site", **values)
    return made


@dataclass(frozen=True)
class Ends:
    """What of a page links can lead to (its ids), and where its own links lead, each once."""

    ids: set[str]
    links: list[str]


def ends(content: bytes) -> Ends:
    from lxml import html

    tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    return Ends(set(tree.xpath("//@id")), list(dict.fromkeys(tree.xpath("//@href | //@src"))))


def check_links(pages: dict[str, bytes], known: set[str]) -> None:
    """Every internal link of every page leads to a file of the site and, where it names one, to an id on that
    page; raises RunError otherwise.
    """
    found = {path: ends(content) for path, content in pages.items()}
    for path, page in found.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = (
                posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                if parts.path
                else path
            )
            fragment = (
                "" if "=" in parts.fragment else unquote(parts.fragment)
            )  # name=value is a filter's setting, not a place
            if target not in known or (target in found and fragment and fragment not in found[target].ids):
                raise RunError(f"{path} links to {link}, which the site does not hold")
