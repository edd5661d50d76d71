"""Markdown as HTML: tables with heads, formulas as MathML, names of questions as links."""

import re
from functools import lru_cache
from html import unescape

from markupsafe import Markup

from spacesec.collection.questions import all_questions

NUMBER = re.compile(r"[-−+]?[\d,]*\.?\d+(e[-+]?\d+)?")


def html(markdown: str, root: str = "", math: bool = False) -> Markup:
    """A text as HTML; ``root`` leads to the site's root; ``math``: dollars stand around formulas, as in a notebook's own prose.

    Headings start at the third level, below those of page and section. A question's name in code type leads to its page.
    """
    return Markup(_linked(_converter(math)(markdown), root))


def plain(markdown: str) -> str:
    """The words alone."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(markdown))).split())


def scrolling(table: str) -> str:
    """A table that is wider than the page scrolls by itself, for the keyboard too."""
    return f'<div class="scroll" role="group" aria-label="Table" tabindex="0">{table}</div>'


def number(cell: str) -> str:
    """The class of a cell that holds a number."""
    return ' class="number"' if NUMBER.fullmatch(cell.strip()) else ""


@lru_cache(maxsize=2)
def _converter(math: bool):
    import mistune

    converter = mistune.create_markdown(escape=True, plugins=["table", *(["math"] if math else [])])
    kinds = {"table": lambda _, text: scrolling(f"<table>{text}</table>"),
             "table_cell": lambda _, text, align=None, head=False: f'<th scope="col">{text}</th>' if head else f"<td{number(text)}>{text}</td>",
             "heading": lambda _, text, level, **attributes: f"<h{max(level, 3)}>{text}</h{max(level, 3)}>"}
    if math:
        kinds |= {"inline_math": lambda _, latex: _mathml(latex, "inline"),
                  "block_math": lambda _, latex: f'<div class="formula">{_mathml(latex, "block")}</div>'}
    for kind, render in kinds.items():
        converter.renderer.register(kind, render)
    return converter


def _mathml(latex: str, display: str) -> str:
    from latex2mathml.converter import convert

    return convert(latex.strip(), display=display)


def _linked(text: str, root: str) -> str:
    known = {question.name for question in all_questions()}
    return re.sub(r"<code>([a-z_]+/[a-z_]+)</code>", lambda found: f'<a href="{root}questions/{found[1]}.html">{found[1]}</a>' if found[1] in known else found[0], text)
