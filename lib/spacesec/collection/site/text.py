"""Markdown as HTML: tables with heads, formulas as MathML, names of questions as links."""

import re
from functools import lru_cache
from html import unescape

from markupsafe import Markup

from spacesec.collection.site.rows import records, rows
from spacesec.collection.site.words import foreign, quotes, said
from spacesec.words.language import ENGLISH, in_force

SHORT = re.compile(r"[^\s<]{1,14}")
RIGHT = ' class="number"'
# Stars between a sign such as ％ or 」 and a letter, with no space as in Japanese, are no emphasis to
# Markdown: private characters take their place before it.
STRONG, OPEN, SHUT = re.compile(r"\*\*([^*`\n]+)\*\*"), "\ue002", "\ue003"
NUMBER = re.compile(r"[-−+]?[\d,]*\.?\d+(e[-+]?\d+)?")


def html(markdown: str, root: str = "", math: bool = False) -> Markup:
    """A text as HTML; ``root`` leads to the site's root; ``math``: dollars stand around formulas, as in a
    notebook's own prose.

    Headings start at the third level, below those of page and section. A question's name in code type and the
    id of a row or a claim that fills a cell lead to their pages.
    """
    if in_force() != ENGLISH:
        markdown = STRONG.sub(f"{OPEN}\\1{SHUT}", markdown)
    made = _converter(math)(markdown).replace(OPEN, "<strong>").replace(SHUT, "</strong>")
    return Markup(_linked(made, root))


def plain(markdown: str) -> str:
    """The words alone."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html(markdown))).split())


def scrolling(table: str) -> str:
    """A table that is wider than the page scrolls by itself, for the keyboard too."""
    label = said("Table")
    return f'<div class="scroll" role="group" aria-label="{label}" tabindex="0">{table}</div>'


def shape(cell: str) -> str:
    """The class of a cell that holds a number, or a word that must not break."""
    return (
        ' class="number"'
        if NUMBER.fullmatch(cell.strip())
        else ' class="short"'
        if SHORT.fullmatch(cell.strip())
        else ""
    )


@lru_cache(maxsize=2)
def _converter(math: bool):
    from mistune import HTMLRenderer, create_markdown

    class Renderer(HTMLRenderer):
        def text(self, text):
            return quotes(super().text(text))

        def heading(self, text, level, **attributes):
            return super().heading(text, max(level, 3))

    converter = create_markdown(
        renderer=Renderer(escape=True), plugins=["table", *(["math"] if math else [])]
    )
    kinds = {
        "table": lambda _, text: scrolling(f"<table>{text}</table>"),
        "table_cell": _cell,
    }
    if math:
        kinds |= {
            "inline_math": lambda _, latex: _mathml(latex, "inline"),
            "block_math": lambda _, latex: (
                f'<div class="formula" role="group" aria-label="{said("Formula")}"'
                f' tabindex="0">{_mathml(latex, "block")}</div>'
            ),
        }
    for kind, render in kinds.items():
        converter.renderer.register(kind, render)
    return converter


def _cell(_, text: str, align: str | None = None, head: bool = False) -> str:
    if not head:
        return f"<td{shape(text)}{foreign(unescape(text))}>{text}</td>"
    right = RIGHT if align == "right" else ""
    return f'<th scope="col"{right}{foreign(unescape(text))}>{text}</th>'


def _mathml(latex: str, display: str) -> str:
    from latex2mathml.converter import convert

    return convert(latex.strip(), display=display)


def _linked(text: str, root: str) -> str:
    def link(found: re.Match) -> str:
        return (
            f'<a href="{root}questions/{found[1]}/{found[2]}.html">{found[2].replace("_", " ")}</a>'
            if f"{found[1]}/{found[2]}" in records()
            else found[0]
        )

    def cell(found: re.Match) -> str:
        page = rows().page(found[2])
        return f'<td{found[1]}><a href="{root}{page}">{found[2]}</a></td>' if page else found[0]

    return re.sub(r"<td([^>]*)>([\w-]+)</td>", cell, re.sub(r"<code>([a-z_]+)/([a-z_]+)</code>", link, text))
