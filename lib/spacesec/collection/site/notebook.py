"""A stored notebook by its sections, as HTML: prose, tables, lines of text, and the names of its figures in
their places; code is left out.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from markupsafe import Markup

from spacesec.collection.questions import Question
from spacesec.collection.site import text
from spacesec.collection.site.rows import rows
from spacesec.collection.site.words import foreign, quotes
from spacesec.errors import DataError
from spacesec.words import language

# What cells show that end with these lines, or with a line that begins so where the bracket is open, is read
# from the record instead; a panel turns nothing here.
FROM_RECORD = (
    "answer",
    "run.settings",
    "run.results",
    "run.check(",
    "run.references()",
    "run.finish()",
    "run.explore()",
)


# The sections, which every notebook has under the same headings.
HEADINGS = (
    "Question",
    "Parameters",
    "Answer",
    "Data",
    "Method",
    "Figures",
    "Checks",
    "What would change the answer",
    "What the data cannot say",
    "References",
)


@dataclass(frozen=True)
class Block:
    """One piece of a section: ``html``, or the name of a ``figure``."""

    html: Markup = Markup()
    figure: str = ""


def sections(question: Question, root: str) -> tuple[str, dict[str, list[Block]]]:
    """The notebook's own title, and its sections by their English headings; ``root`` leads to the site's
    root. Raises DataError for a notebook without a title.
    """
    title, heading = "", ""
    headings = {language.template(english): english for english in HEADINGS}
    found: dict[str, list[Block]] = {}
    for cell in question.stored()["cells"]:
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "markdown":
            for part in re.split(r"^(?=##? )", source, flags=re.MULTILINE):
                if part.startswith("# "):
                    title, _, part = part.removeprefix("# ").partition("\n")
                elif part.startswith("## "):
                    heading, _, part = part.removeprefix("## ").partition("\n")
                    heading = headings.get(heading.strip(), heading.strip())
                if part.strip():
                    found.setdefault(heading, []).append(Block(text.html(part, root, math=True)))
        elif cell["cell_type"] == "code" and not _from_record(source.split("\n")[-1]):
            found.setdefault(heading, []).extend(
                block for output in cell["outputs"] for block in blocks(output, root)
            )
    if not title:
        raise DataError(f"notebooks/{question.name}.ipynb has no title; begin it with a line '# …'")
    return quotes(title.strip()), found


def words(block: Block) -> str:
    """The words of a piece of prose, for the search; none of a table, a formula or a figure."""
    return " ".join(
        unescape(
            re.sub(r"<math.*?</math>|<table.*?</table>|<[^>]+>", " ", block.html, flags=re.DOTALL)
        ).split()
    )


def _from_record(last: str) -> bool:
    return any(last == line or line.endswith("(") and last.startswith(line) for line in FROM_RECORD)


def blocks(output: dict, root: str) -> list[Block]:
    """What an output of a cell shows."""
    data = {
        kind: "".join(content)
        for kind, content in output.get("data", {"text/plain": output.get("text", "")}).items()
    }
    if "image/png" in data:
        return [
            Block(figure=name)
            for name in re.findall(r"^\[(\w+)\.png shown", data["text/plain"], re.MULTILINE)
        ]
    if "text/markdown" in data:
        return [Block(text.html(data["text/markdown"], root))]
    first, space, rest = data["text/plain"].strip().partition(" ")
    lines = f"{_said(first, root)}{space}{escape(rest)}"
    return [Block(Markup(f'<p class="lines"{foreign(rest)}>{lines}</p>'))]


def _said(word: str, root: str) -> str:
    """A word of an output; the id of a row or of a claim leads to its page."""
    page = rows().page(word)
    return f'<a href="{root}{page}">{escape(word)}</a>' if page else escape(word)
