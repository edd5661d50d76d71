"""Words of the pages in the language in force: the sentences of templates and rooms, and what stands English
among another language marked as English.
"""

import re
from typing import Any

from markupsafe import Markup, escape

from spacesec.collection.questions import THEMES
from spacesec.data import sources
from spacesec.drawing import labels, stamp
from spacesec.words import language
from spacesec.words.language import ENGLISH, OTHER_LETTERS, SITE, TABLES, heading, in_force, noted  # noqa: F401


def said(english: str, /, **values: Any) -> Markup:
    """A sentence of the site; values that are no markup are escaped, whole numbers get their commas."""
    words = escape(language.template(english, SITE))
    if not values:
        return words  # its places, if any, are filled by a script
    return words.format(**{key: _shown(key, one) for key, one in values.items()})


def _shown(key: str, value: Any) -> Any:
    if key == "day":
        return day(str(value))
    return f"{value:,}" if isinstance(value, int) else value


def day(value: str) -> str:
    """A day, or a period as tables have it, as the language in force writes it."""
    if in_force() != ENGLISH and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return language.FORMS[in_force()]["day"](value)
    return language.known(value)


def counted(n: int, one: str, many: str) -> Markup:
    """A number with what is counted, which stands in the sentence as ``{n}``."""
    return said(one if n == 1 else many, n=n)


def phrases(text: str) -> Markup:
    """A heading that breaks between phrases."""
    if in_force() == ENGLISH:
        return escape(text)
    return Markup("<wbr>").join(labels.pieces(str(text).rstrip()))


def own(english: str, domain: str = TABLES) -> Markup:
    """A text of tables or records in the language in force; marked as English where it has none."""
    return marked(language.known(english, domain))


def choice(field: dict, value: Any) -> Markup:
    """A value of which a column allows a few, as files have it, and what it says in another language."""
    told = language.cell(field, str(value))
    file = marked(str(value))
    return file if told == str(value) else Markup("{}（{}）").format(file, marked(told))


def marked(words: str) -> Markup:
    """Words as HTML, marked as English where they stand English among another language."""
    shown = escape(quotes(words))
    return Markup(f"<span{foreign(words)}>{shown}</span>") if foreign(words) else shown


def placed(locator: str) -> Markup:
    """A place in a source, marked likewise."""
    return marked(language.place(locator))


def foreign(words: str) -> Markup:
    """The attribute of an element whose words are English on a page in another language."""
    letters = in_force() != ENGLISH and re.search("[A-Za-z]{2}", words) and not OTHER_LETTERS.search(words)
    return Markup(' lang="en"') if letters and not language.own_name(words) else Markup()


def cell(text: str) -> Markup:
    """A cell of a table: as the file has it, after the name that the language in force has for it."""
    name = language.named(text) if text else None
    if name in (None, text):
        return escape(text)
    return Markup("{} <small{}>{}</small>").format(name, foreign(text), text)


def themes() -> dict[str, str]:
    """The themes with the words for them, in their order."""
    return {theme: language.said(words) for theme, words in THEMES.items()}


def short(source: str) -> str:
    """A source's short name: author and year."""
    return stamp.cited(sources.short(source))


def title(item: dict) -> Markup:
    """A source's title: on a Japanese page that of a Japanese source is its own, where it was found."""
    if item["language"] == in_force() and item.get("original-title"):
        return escape(item["original-title"])
    return marked(item["title"])


def first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def quotes(words: str) -> str:
    """Quotation marks and apostrophes as print has them; ``words`` is plain text or escaped as HTML."""
    words = words.replace("&quot;", '"').replace("&#x27;", "'").replace("&#39;", "'").replace("&#34;", '"')
    words = re.sub(r"(?<![\w.,!?])\"(?=[\w*])", "“", words).replace('"', "”")
    return re.sub(r"(?<!\w)'(?=\w)", "‘", words).replace("'", "’")
