"""What a site is made of: pages to be rendered and files to be copied."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Page:
    """A page: its path from the root of its language (POSIX), its template, its title, and what the template
    is given.

    kind: what a reader who searches is told the page is ("question", "claim", "demand", "table", "source",
    "page"); a page without a kind is not searched.
    words: what the search finds the page by, beside its title and ``about``.
    keys: words of the same weight as the title's.
    picture: what stands for the page where it is shared, as a path from the root of its language.
    about: what a list of results says of the page after its title.
    """

    path: str
    template: str
    title: str
    context: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    words: str = ""
    about: str = ""
    keys: str = ""
    picture: str = ""


@dataclass(frozen=True)
class File:
    """A file: its path from the root of its language (POSIX), and its bytes or the file that holds them.

    shared: it is the same in every language, and stands once, at the site's root.
    """

    path: str
    content: bytes | Path
    shared: bool = False
