"""The lessons to read: prose, code and what it shows; solutions and checks are folded. Code stays as it is
stored, in every language.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from spacesec.collection import prose
from spacesec.collection.site import notebook, text
from spacesec.collection.site.page import Page
from spacesec.collection.site.words import foreign, quotes, said

LISTED = "lessons/index.html"


@dataclass(frozen=True)
class Piece:
    """A cell: its HTML, and whether it is folded."""

    html: Markup
    folded: bool


def pages() -> Iterator[Page]:
    """The list and a page a lesson; none in a collection without lessons."""
    listed = []
    for name, lesson in prose.all_lessons().items():
        first, *cells = prose.told(lesson, name)["cells"]
        title, _, goal = "".join(first["source"]).removeprefix("# ").partition("\n")
        about = quotes(text.plain(goal.strip().partition("\n")[0]))
        listed.append({"path": f"{name}.html", "title": quotes(title), "goal": about})
        context = {
            "goal": text.html(goal, "../"),
            "pieces": [piece for cell in cells for piece in _pieces(cell)],
            "file": f"docs/{name}.ipynb",
        }
        yield Page(f"{name}.html", "lesson.html", quotes(title), context, "page", about, about=about)
    if listed:
        about = said("exercises with folded solutions, for readers who have never programmed much")
        yield Page(LISTED, "lessons.html", said("Lessons"), {"listed": listed}, "page", about)


def _pieces(cell: dict) -> Iterator[Piece]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield Piece(text.html(source, "../", math=True), False)
        return
    code = f'<pre tabindex="0"{foreign(source)}><code>{escape(source)}</code></pre>'
    shown = "".join(
        str(block.html) for out in cell.get("outputs", ()) for block in notebook.blocks(out, "../")
    )
    folded = bool({"solution", "check"} & set(cell["metadata"].get("tags", ())))
    yield Piece(Markup(code + shown), folded)
