"""The front page."""

from collections.abc import Iterator

from spacesec.collection.site.page import File, Page


def pages() -> Iterator[Page | File]:
    yield Page("index.html", "front.html", "Japan Space Security Collection")
