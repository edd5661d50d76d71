"""The lessons to read: prose, code and what it shows; solutions and checks are folded. Code stays as it is
stored, in every language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby

from markupsafe import Markup

from spacesec.collection import prose
from spacesec.collection.site import notebook, text
from spacesec.collection.site.page import Page
from spacesec.collection.site.words import foreign, quotes, said

LISTED = "lessons/index.html"
BOLD = re.compile(r"\*\*.*?\*\*\s*")  # the word before a goal


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
        about = quotes(text.plain(BOLD.sub("", goal.strip().partition("\n")[0])))
        listed.append({"path": f"{name}.html", "title": quotes(title), "goal": about})
        context = {
            "goal": text.html(goal, "../"),
            "pieces": [
                (folded, list(found)) for folded, found in groupby(map(_piece, cells), lambda one: one.folded)
            ],
            "file": f"docs/{name}.ipynb",
        }
        yield Page(f"{name}.html", "lesson.html", quotes(title), context, "page", about, about=about)
    if listed:
        about = said("exercises with folded solutions, for readers who have written little code")
        yield Page(LISTED, "lessons.html", said("Lessons"), {"listed": listed}, "page", about)


def _piece(cell: dict) -> Piece:
    source, tags = "".join(cell["source"]), cell["metadata"].get("tags", ())
    if cell["cell_type"] == "markdown":
        return Piece(text.html(source, "../", math=True), False)
    code = f'<pre tabindex="0"{foreign(source)}><code>{escape(source)}</code></pre>'
    outputs = () if "check" in tags else cell.get("outputs", ())  # a check speaks to who runs it
    shown = "".join(str(block.html) for one in outputs for block in notebook.blocks(one, "../"))
    return Piece(Markup(code + shown), bool({"solution", "check"} & set(tags)))
