"""A stored notebook by its sections, as HTML: prose, tables, lines of text, and the names of its figures in their places; code is left out."""

import re
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from markupsafe import Markup

from spacesec.collection.questions import Question
from spacesec.collection.site import text
from spacesec.collection.site.rows import rows
from spacesec.errors import DataError

# What cells that end with these lines show is read from the record instead.
FROM_RECORD = ("answer", "run.settings", "run.results", "run.check(", "run.references()", "run.finish()")


@dataclass(frozen=True)
class Block:
    """One piece of a section: ``html``, or the name of a ``figure``."""

    html: Markup = Markup()
    figure: str = ""


def sections(question: Question, root: str) -> tuple[str, dict[str, list[Block]]]:
    """The notebook's own title, and its sections by their headings; ``root`` leads to the site's root. Raises DataError for a notebook without a title."""
    title, heading = "", ""
    found: dict[str, list[Block]] = {}
    for cell in question.stored()["cells"]:
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "markdown":
            for part in re.split(r"^(?=##? )", source, flags=re.MULTILINE):
                if part.startswith("# "):
                    title, _, part = part.removeprefix("# ").partition("\n")
                elif part.startswith("## "):
                    heading, _, part = part.removeprefix("## ").partition("\n")
                if part.strip():
                    found.setdefault(heading.strip(), []).append(Block(text.html(part, root, math=True)))
        elif cell["cell_type"] == "code" and not source.split("\n")[-1].startswith(FROM_RECORD):
            found.setdefault(heading.strip(), []).extend(block for output in cell["outputs"] for block in _blocks(output, root))
    if not title:
        raise DataError(f"notebooks/{question.name}.ipynb has no title; begin it with a line '# …'")
    return text.quotes(title.strip()), found


def _blocks(output: dict, root: str) -> list[Block]:
    data = {kind: "".join(content) for kind, content in output.get("data", {"text/plain": output.get("text", "")}).items()}
    if "image/png" in data:
        return [Block(figure=name) for name in re.findall(r"^\[(\w+)\.png shown", data["text/plain"], re.MULTILINE)]
    if "text/markdown" in data:
        return [Block(text.html(data["text/markdown"], root))]
    if "text/html" in data:
        return [Block(_frame(data["text/html"], root))]
    first, space, rest = data["text/plain"].strip().partition(" ")
    return [Block(Markup(f'<p class="lines">{_said(first, root)}{space}{escape(rest)}</p>'))]


def _frame(shown: str, root: str) -> Markup:
    """pandas' table without its style; heads of columns and of rows are named as such, ids of rows are links."""
    frame = ElementTree.fromstring(re.sub(r"<style.*?</style>", "", shown, flags=re.DOTALL)).find(".//table")
    heads = [line[0].text for line in frame.find("tbody") if len(line)]
    if heads == [str(number) for number in range(len(heads))]:  # pandas' own count of the rows
        for line in frame.iter("tr"):
            line.remove(line[0])
    parts = [f"<{part}>" + "".join("<tr>" + "".join(_cell(cell, scope, root) for cell in line) + "</tr>" for line in frame.find(part)) + f"</{part}>"
             for part, scope in (("thead", "col"), ("tbody", "row"))]
    return Markup(text.scrolling(f"<table>{''.join(parts)}</table>"))


def _cell(cell: ElementTree.Element, scope: str, root: str) -> str:
    said = "".join(cell.itertext()).strip()
    spans = "".join(f' {name}="{cell.get(name)}"' for name in ("rowspan", "colspan") if cell.get(name))
    if cell.tag == "th" and said:
        return f'<th scope="{scope}"{spans}>{_said(said, root)}</th>'
    return f'<td{spans}{text.number(said)}>{_said(said, root)}</td>'


def _said(word: str, root: str) -> str:
    """A word of an output; the id of a row leads to the row."""
    row = rows().by_id.get(word)
    return f'<a href="{root}{row.link}">{escape(word)}</a>' if row else escape(word)
