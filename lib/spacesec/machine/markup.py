"""One escape a format, for every writer: what a table or a source says stands in a text and never acts
in it.
"""

import re

# An underscore inside a word marks nothing.
_MARKDOWN = re.compile(r"([\\`*{}\[\]<>$|~]|(?<!\w)_|_(?!\w))")


def markdown(text: str) -> str:
    """Plain text as Markdown that shows just that, in JupyterLab too, where dollars enclose a formula."""
    return _MARKDOWN.sub(r"\\\1", text.replace("\n", " "))


def reference(text: str) -> str:
    """A line of a reference list as Markdown: dollars are money, and stars, back quotes and angle brackets of
    a title stand as they are; brackets round a translation and addresses act in nothing and stay bare.
    """
    return re.sub(r"(?<!\\)([$*`<])", r"\\\1", text)
