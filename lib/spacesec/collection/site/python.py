"""The collection from Python: a page of worked code, and what the package's rooms say of themselves, read off
their source, so that it is what was written, in its order.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markupsafe import Markup

from spacesec.collection.questions import LIBRARY
from spacesec.collection.site import text
from spacesec.collection.site.page import Page
from spacesec.collection.site.words import said
from spacesec.words.language import ENGLISH, speaking

HERE = Path(__file__).parent
WORKED, REFERENCE = "python.html", "python/reference.html"
# What others may build on, by file or folder of the library.
ROOMS = ("__init__.py", "answers.py", "errors.py", "data/tables.py", "data/sources.py", "data/grades.py")
FOLDERS = ("astrodynamics", "methods")


@dataclass(frozen=True)
class Entry:
    """A function, a class or a method: its name, its head as it is written, what it says, what is in it."""

    name: str
    head: str
    said: str
    parts: tuple["Entry", ...] = ()


def pages() -> Iterator[Page]:
    """The two pages; what stands on them is English in every language."""
    rooms = list(reference())
    with speaking(ENGLISH):
        worked = _scrolled(text.html((HERE / "python.md").read_text(encoding="utf-8")))
        shown = [(room, _scrolled(text.html(words)), _rendered(entries)) for room, words, entries in rooms]
    about = said("worked code that runs as it stands: tables, answers, figures, sources, claims")
    yield Page(WORKED, "python.html", said("From Python"), {"worked": worked}, "page", about)
    about = said("functions and classes, with shapes, units and errors")
    yield Page(REFERENCE, "reference.html", said("Python reference"), {"rooms": shown}, "page", about)


def _scrolled(html: Markup) -> Markup:
    """Code scrolls by itself where it is wider than the page, for the keyboard too."""
    return Markup(str(html).replace("<pre>", '<pre tabindex="0">'))


def _rendered(entries: tuple[Entry, ...]) -> list[dict]:
    return [
        {
            "name": one.name,
            "head": one.head,
            "said": _scrolled(text.html(one.said)),
            "parts": _rendered(one.parts),
        }
        for one in entries
    ]


@cache
def reference() -> tuple[tuple[str, str, tuple[Entry, ...]], ...]:
    """Each room by its name, with what it says of itself and what it offers."""
    paths = [LIBRARY / name for name in ROOMS]
    paths += [path for folder in FOLDERS for path in sorted((LIBRARY / folder).glob("[!_]*.py"))]
    return tuple(_room(path) for path in paths)


def _room(path: Path) -> tuple[str, str, tuple[Entry, ...]]:
    parts = path.relative_to(LIBRARY.parent).with_suffix("").parts
    tree = _tree(path.read_text(encoding="utf-8"))
    return (
        ".".join(part for part in parts if part != "__init__"),
        ast.get_docstring(tree) or "",
        tuple(_entry(node) for node in tree.body if _offered(node)),
    )


def _offered(node: ast.stmt) -> bool:
    return isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")


def _entry(node: ast.FunctionDef | ast.ClassDef) -> Entry:
    words = ast.get_docstring(node) or ""
    if isinstance(node, ast.FunctionDef):
        return Entry(node.name, _head(node), words)
    fields = [ast.unparse(one) for one in node.body if isinstance(one, ast.AnnAssign)]
    inside = ", ".join(fields or map(ast.unparse, node.bases))
    parts = tuple(_entry(one) for one in node.body if isinstance(one, ast.FunctionDef) and _offered(one))
    return Entry(node.name, f"class {node.name}({inside})" if inside else f"class {node.name}", words, parts)


def _head(node: ast.FunctionDef) -> str:
    marks = {one.id for one in node.decorator_list if isinstance(one, ast.Name)}
    gives = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    if marks & {"property", "cached_property"}:
        return node.name + gives
    given = [one for one in ast.unparse(node.args).split(", ") if one not in ("self", "cls")]
    return f"{node.name}({', '.join(given)}){gives}"


class _Unquoted(ast.NodeTransformer):
    """A type that is loaded late by its name, without quotes."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return ast.Name(node.value) if isinstance(node.value, str) else node


def _tree(source: str) -> ast.Module:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for part in ("annotation", "returns"):
            if getattr(node, part, None) is not None:
                setattr(node, part, _Unquoted().visit(getattr(node, part)))
    return tree
