"""Render every page, hold every link against what there is, and put the site in place whole or not at all."""

import functools
import json
import os
import posixpath
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from spacesec.collection import execution, points, states, usage
from spacesec.collection.questions import Question, named
from spacesec.collection.site import (
    citation,
    claims,
    demands,
    disagreements,
    face,
    front,
    lessons,
    narrow,
    programs,
    python,
    questions,
    rows,
    search,
    sources,
    tables,
    words,
)
from spacesec.collection.site.page import File, Page
from spacesec.data import tables as dataset
from spacesec.errors import RunError
from spacesec.machine import files
from spacesec.words.language import ENGLISH, LANGUAGES, in_force, speaking

HERE = Path(__file__).parent
INDEX = "static/search-index.js"
# What each room of the site offers: `pages()` gives its pages and files.
ROOMS = (front, questions, claims, demands, tables, sources, disagreements, programs, python, lessons)


def build(folder: Path, address: str = "", turned: Iterable[str] = ()) -> int:
    """Build the site into ``folder``, in the place of the site that stood there; gives the number of pages.
    address: where the site will stand, for those who share and index it; no page names a host without it.
    turned: the questions whose parameters turn on their pages.

    Runs in other languages are made first where they are stale. The same collection gives the same bytes.
    Raises RunError for a run that failed, a link that leads nowhere, a folder that holds something else, or a
    path that two rooms claim; what stood there before is then unchanged.
    """
    folder = Path(folder).absolute()
    if folder.exists() and not (
        folder.is_dir() and (not any(folder.iterdir()) or (folder / INDEX).is_file())
    ):
        raise RunError(f"{folder} holds other things than a site; give a new or empty folder")
    contents = everything(address and f"{address.rstrip('/')}/", turned)
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


def everything(address: str = "", turned: Iterable[str] = ()) -> dict[str, bytes | Path]:
    """The whole site by path, English at its root and every other language in a folder of its name."""
    names = list(turned)
    computed = points.of(named(names) if names else [], os.cpu_count() or 1, _count)
    recorded = [question.told_in(ENGLISH) for question in rows.questions()]
    contents: dict[str, bytes | Path] = {}
    narrow.draw(recorded)
    for language in LANGUAGES:
        if language != ENGLISH:
            told(recorded, language)
        with speaking(language):
            contents |= render(parts(computed), address)
    contents |= japanese_face(contents)
    if address:
        contents[programs.MAP] = programs.site_map(address, sorted(filter(_is_page, contents)))
    return dict(sorted(contents.items()))


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def japanese_face(contents: dict[str, bytes | Path]) -> dict[str, bytes]:
    """The files of the Japanese face, as the Japanese pages among these need it."""
    own = home("ja")
    pages = {
        path: content.decode("utf-8")
        for path, content in contents.items()
        if path.startswith(own) and path.endswith(".html") and isinstance(content, bytes)
    }
    return dict(face.parts(pages.get(f"{own}index.html", ""), list(pages.values())))


def told(recorded: list[Question], language: str) -> None:
    """Run what is stale of these questions' default runs in another language."""
    jobs = os.cpu_count() or 1
    outcomes = execution.run(recorded, {}, None, jobs, report=_show, language=language)
    if failed := [outcome for outcome in outcomes if outcome.error]:
        raise RunError(failed[0].error)


def _show(outcome: execution.Outcome, done: int, total: int) -> None:
    if outcome.seconds is not None:
        execution.show(outcome, done, total)


def _count(question: str, failed: int, done: int, total: int) -> None:
    usage.tell(f"points of {question} computed, {failed} of them failed ({done} of {total})")


def parts(turned: Mapping[str, Any] = MappingProxyType({})) -> Iterator[Page | File]:
    """Everything the rooms offer in the language in force, and the files under static/; ``turned`` as for
    the questions' pages.
    """
    for room in ROOMS:
        yield from room.pages(turned) if room is questions else room.pages()
    for path in sorted((HERE / "static").rglob("*")):
        if path.is_file():
            yield File(path.relative_to(HERE).as_posix(), path, shared=True)


def render(found: Iterable[Page | File], address: str = "") -> dict[str, bytes | Path]:
    """Path -> bytes, or the file that holds them, in the language in force; pages are rendered as they come.
    What all languages share is left to English. Raises RunError when two parts claim one path.
    """
    templates, folder = environment(), home(in_force())
    shared = {"address": address, "edition": edition()}
    contents: dict[str, bytes | Path] = {}
    searched = []
    for part in found:
        path = folder + part.path
        if path in contents:
            raise RunError(f"the site has two files {path}; one of the rooms must name it otherwise")
        if isinstance(part, Page):
            contents[path] = (
                templates.get_template(part.template).render(shared | frame(part)).encode("utf-8")
            )
            searched += [part] if part.kind else []
        elif not (part.shared and folder):
            contents[path] = part.content
    contents[folder + INDEX] = search.index(searched)
    return dict(sorted(contents.items()))


def home(language: str) -> str:
    """The folder of a language below the site's root."""
    return "" if language == ENGLISH else f"{language}/"


def edition() -> dict[str, Any]:
    """What every page says of the state that it shows: release, commit, last data, authors."""
    stated = citation.stated()
    return {
        "version": stated["version"],
        "released": stated["date-released"].isoformat(),
        "commit": states.commit(),
        "as_of": dataset.package()["as_of"],
        "authors": ", ".join(author["name"] for author in stated["authors"]),
    }


def frame(page: Page) -> dict[str, Any]:
    """What a page's template is given besides the page's own: ``root`` leads to the root of its language,
    ``base`` to the root of all, ``languages`` to the same page in each.
    """
    root = "../" * page.path.count("/")
    base = root + "../" * home(in_force()).count("/")
    return (
        {"linked": None}
        | page.context
        | {
            "root": root,
            "base": base,
            "title": page.title,
            "path": page.path,
            "shared": {"words": page.about, "picture": page.picture},
            "home": home(in_force()),
            "language": in_force(),
            "languages": {one: f"{base}{home(one)}{page.path}" for one in LANGUAGES},
        }
    )


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
    made.filters |= {"quotes": words.quotes, "first_upper": words.first_upper}
    made.globals |= {"_": words.said, "counted": words.counted, "own": words.own, "marked": words.marked}
    made.globals |= {"placed": words.placed}
    made.globals |= {"choice": words.choice, "heading": words.heading}
    made.globals |= {
        "foreign": words.foreign,
        "cell": words.cell,
        "link": link,
        "licence_link": licence_link,
        "phrases": words.phrases,
        "linked_data": programs.linked,
    }
    made.globals |= {"english": lambda: words.foreign("English"), "filtering": filtering}
    for name, tag in (("strong", "strong"), ("code", "code"), ("word", "em")):
        made.globals[name] = functools.partial(tagged, tag)
    made.filters["said_json"] = said_json
    return made


def link(address: str, words: str) -> Markup:
    """A link for a sentence."""
    return Markup('<a href="{}">{}</a>').format(address, words)


def licence_link(name: str) -> Markup:
    """The name of the licence of tables and figures, with a link to it."""
    address = "https://creativecommons.org/licenses/by/4.0/"
    return Markup('<a href="{}" rel="license noopener">{}</a>').format(address, name)


def tagged(tag: str, content: str | int) -> Markup:
    """Words, or a whole number, in an element."""
    shown = f"{content:,}" if isinstance(content, int) else content
    return Markup(f"<{tag}>{{}}</{tag}>").format(shown)


def said_json(said: Any) -> str:
    """What a script says, as JSON for an attribute: plain words."""
    plain = {
        key: [Markup(one).unescape() for one in found] if isinstance(found, list) else found.unescape()
        for key, found in said.items()
    }
    return json.dumps(plain, ensure_ascii=False)


def filtering(search: Markup, all: list[Markup], some: list[Markup], nothing: Markup) -> str:
    """What the filter of a table says, as JSON for an attribute; counts are for one and for many."""
    return said_json({"search": search, "all": all, "some": some, "nothing": nothing})


@dataclass(frozen=True)
class Ends:
    """What of a page links can lead to (its ids), and where its own links lead, each once."""

    ids: set[str]
    links: list[str]


def ends(content: bytes) -> Ends:
    from lxml import html

    tree = html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8", huge_tree=True))
    return Ends(set(tree.xpath("//@id")), list(dict.fromkeys(tree.xpath("//@href | //@src | //@srcset"))))


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
