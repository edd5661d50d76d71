"""One escape a format, for every writer: what a table or a source says stands in a text and never acts
in it.
"""

import re

# An underscore inside a word marks nothing.
_MARKDOWN = re.compile(r"([\\`*{}\[\]<>$|~]|(?<!\w)_|_(?!\w))")


def markdown(text: str) -> str:
    """Plain text as Markdown that shows just that, in JupyterLab too, where dollars enclose a formula."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def dollars(text: str) -> str:
    """Markdown in which dollars are money: no formula begins at one."""
    return re.sub(r"(?<!\\)\$", r"\\$", text)
