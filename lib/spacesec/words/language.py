"""The language in force, and what the catalogues have for an English text.

English is what the code holds. Another language is a folder of gettext files under ``locale``: one a question
(``budgets/comparison.po``), one a theme (``budgets.po``) and ``common.po``; a message is looked for in this
order, and a name that none has in the glossary (`spacesec.words.names`). Three kinds of text are looked up:
templates of sentences (`spacesec.words.sentences`), plain texts (labels, units, meanings: their numbers,
years and days become places), and the prose of notebooks, block by block. What a catalogue lacks stays
English and is noted in ``lacking``.
"""

import contextlib
import functools
import os
import re
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from spacesec.errors import ParameterError, SpacesecError
from spacesec.words import forms, japanese
from spacesec.words import names as glossary

ENGLISH = "en"
FORMS = {ENGLISH: forms.FORMS, "ja": {**forms.FORMS, **japanese.FORMS}}
LANGUAGES = tuple(FORMS)
LOCALE = Path(__file__).parent / "locale"
COMMON = "common"
ERRORS = "errors"  # sentences of errors, with places where they quote
HELP = "help"  # of the command and its options
SITE = "site"  # the words of pages
TABLES = "tables"  # what datapackage.json says of the tables
CELLS = "cells"  # values of which a column allows a few, told otherwise in some columns (``msgctxt "stage"``)
COLUMNS = "columns"  # their names as headings, told otherwise in some tables (``msgctxt "theme/table"``)
NOTES = "notes"  # of rows
LOCATORS = "locators"  # what a locator says of a place, with places for what it quotes (``section {name}``)
GLOSSARY = "glossary"  # the names of things, which is no file of this folder
# These have all of their messages in their own file.
OWN = {SITE, TABLES, CELLS, NOTES, LOCATORS, HELP, ERRORS}
SENTENCES = {  # table -> its columns that NOTES has; else the note alone
    "conflicts": ("fact", "rule", "note"),
    "gaps": ("what", "looked_at", "note"),
    "policy_evolution/forecasts": ("reasoning", "base_rate_from", "rule", "decider", "note"),
}
UNIT = "unit"  # the context of units: "launches" counts differently from the name of a line
END_OF_CONTEXT = "\x04"  # before the message, as in gettext's own files
NOTHING = "∅"  # a translation by no words at all; gettext takes an empty one for a missing one

# What stands for itself in a plain text: fiscal years, days, months, the words that a parameter takes, and
# numbers that are no part of a name.
TOKEN = re.compile(
    rf"(?P<fy>\bFY\d{{4}}\b)|(?P<day>\b\d{{1,2}} (?:{'|'.join(forms.MONTHS)}) \d{{4}}\b)"
    rf"|(?P<month>\b(?:{'|'.join(forms.MONTHS)}) \d{{4}}\b)"
    r"|(?P<iso>\b\d{4}-\d{2}-\d{2}\b)"
    r"|(?P<names>(?:(?<=\bone of )|(?<=\ba list of ))[\w.-]+(?:, [\w.-]+)+$)"
    r"|(?P<n>(?<![A-Za-z\d.,])(?<![A-Za-z]-)[−+]?\d[\d,]*(?:\.\d+)?(?![A-Za-z\d]))"
)
OTHER_LETTERS = re.compile("[\u3040-\u30ff\u3400-\u9fff]")  # kana and kanji: told already
LETTERS = re.compile(r"[^\W\d_]")
# The parts of a locator: marks within a quotation or a bracket part nothing.
LOCATOR_PARTS = re.compile(r'[,;:] (?=(?:[^"]*"[^"]*")*[^"]*$)(?![^(]*\))')
CODE = re.compile(r"[a-z0-9]+(?:[_/][a-z0-9]+)+")  # names of tables, columns and parameters
PLACES = re.compile(r"\{\w+\}")
NAMED = re.compile(r"\{[a-z_]+\}")  # places of names, not of numbers
BLOCK = re.compile(r"(?P<mark>#+ |[-*] |\d+\. |> )?(?P<body>.*)", re.DOTALL)

QUESTION = "{question}"
NOT_TAKEN = " is not taken: "  # parts the place in a file from the clause that says why: read from outside in

_state: dict[str, str] = {"language": ENGLISH}
LOCK = threading.RLock()  # the language in force is the process's, and notebooks run in threads
# (domain, message) -> the domain that has it, or None; filled while texts are told in another language.
asked: dict[tuple[str, str], str | None] = {}

# Either form of a count -> both, as `spacesec.words.sentences.counted` has them.
plurals: dict[str, tuple[str, str]] = {}


def in_force() -> str:
    return _state["language"]


def use(language: str) -> None:
    """Tell everything in this language from now on; raises ParameterError for one that is not known."""
    if language not in LANGUAGES:
        raise ParameterError(
            f"output_language = {language!r} is not possible: it takes one of {', '.join(LANGUAGES)}."
        )
    _state["language"] = language
    asked.clear()


@contextlib.contextmanager
def speaking(language: str) -> Iterator[None]:
    """The same for a while."""
    before = in_force()
    use(language)
    try:
        yield
    finally:
        use(before)


def of_reader() -> str:
    """The language that the reader's own settings ask for (LC_ALL, LC_MESSAGES, LANG), where it is known."""
    named = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return named[:2] if named[:2] in LANGUAGES else ENGLISH


def domain_of(module: str) -> str:
    """``budgets/comparison`` for a module of that question; a name of theme and question as it is."""
    return "/".join(module.replace("/", ".").removeprefix("spacesec.").split(".")[:2])


def domains(domain: str) -> list[str]:
    """Where a message of this domain is looked for, in order; what errors quote is never taken for a name."""
    last = () if domain in OWN else (GLOSSARY,)
    return list(dict.fromkeys(filter(None, (domain, domain.split("/")[0], COMMON, *last))))


def path_of(language: str, domain: str) -> Path:
    return glossary.path() if domain == GLOSSARY else LOCALE / language / f"{domain}.po"


@functools.cache
def catalogue(language: str, domain: str) -> dict[str, str]:
    """Message -> translation, of one domain: what is finished (not fuzzy); both forms of a plural have the
    one.
    """
    from babel.messages import pofile

    path = path_of(language, domain)
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        finished = [one for one in pofile.read_po(file, locale=language) if one.id and not one.fuzzy]
    known: dict[str, str] = {}
    for one in finished:
        ids, texts = (part if isinstance(part, tuple) else (part,) for part in (one.id, one.string))
        known |= {in_context(message, one.context or ""): texts[0] for message in ids if texts[0]}
    return {message: "" if words == NOTHING else words for message, words in known.items()}


def in_context(message: str, context: str) -> str:
    """The key of a message that is told otherwise in some places, as gettext writes it."""
    return f"{context}{END_OF_CONTEXT}{message}" if context else message


def entries(language: str, domain: str) -> dict[str, str]:
    """What is looked up under a domain: its catalogue, or the names of the glossary."""
    return glossary.told(language) if domain == GLOSSARY else catalogue(language, domain)


def found(message: str, domain: str) -> str | None:
    """The translation that the first of its domains has, None where none has; noted in ``asked``."""
    language = in_force()
    place = next((name for name in domains(domain) if message in entries(language, name)), None)
    if place is None:
        return None
    asked[domain, message] = place
    return entries(language, place)[message]


def lacking() -> list[str]:
    """The messages asked for since the language was set that no catalogue has."""
    return [message for (_, message), place in asked.items() if place is None]


def template(english: str, domain: str = "", context: str = "") -> str:
    """A sentence's template in the language in force; the English one where it is not translated."""
    words = translation(english, domain, context)
    return english if words is None else words


def translation(english: str, domain: str = "", context: str = "") -> str | None:
    """The same, None where it is not translated, which is noted.

    context: of a place whose words a translator tells otherwise there (``msgctxt``); where the catalogue has
    none of it the message without context counts.
    """
    if in_force() == ENGLISH:
        return english
    words = found(in_context(english, context), domain) if context else None
    words = found(english, domain) if words is None else words
    if words is None and (CODE.fullmatch(english) or not PLACES.sub("", english)):
        return english  # a name of the tables, or places alone
    if words is None:
        _missing(english, domain)
    return words


def noted(english: str) -> str:
    """The text itself, noted for the catalogue: it is asked for later."""
    return english


def said(english: str, domain: str = "", /, **values: Any) -> str:
    """A template filled with texts, for words that no record keeps."""
    return template(english, domain).format(**values)


def text(english: str, domain: str = "", context: str = "") -> str:
    """A plain text in the language in force: whole, or by lines and the parts of a list where all are
    known. context: as for `template`.
    """
    if in_force() == ENGLISH or _told_already(english) or CODE.fullmatch(english):
        return english
    words = _in_place(english, domain, context) if context else None
    words = _known(english, domain) if words is None else words
    if words is not None:
        return words if LETTERS.search(words) else japanese.signs(words)
    _missing(tokens(english)[0], domain)
    return english


def error(english: str) -> str:
    """An error's sentence in the language in force."""
    if in_force() == ENGLISH:
        return english
    told = _told(english)
    return told.text if told.signs else _missing(english, ERRORS)


SpacesecError.told = staticmethod(error)


ONE_WORD = {"line", "row_number", "column", "field"}  # places of sentences


class _Told(NamedTuple):
    """A sentence told: how many of its signs are, by how many messages (negative, as fewer are better)."""

    signs: int
    messages: int
    text: str


def _told(english: str) -> _Told:
    """A sentence by the message with places that fits it so that most is told, what it quotes likewise: the
    fewest messages that tell as much, the shortest of them without. A single word that is quoted is a name.
    """
    sentences = catalogue(in_force(), ERRORS)
    fitting = [(message, match) for message in sentences for match in _fits(message, english)]
    fitting = [one for one in fitting if NOT_TAKEN in one[0]] or fitting
    readings = []
    for message, match in fitting:
        quoted = {name: _part(name, one) for name, one in match.groupdict().items()}
        own = len(PLACES.sub("", message))
        told = _Told(
            own + sum(one.signs for one in quoted.values()),
            sum(one.messages for one in quoted.values()) - 1,
            sentences[message].format(**{name: one.text for name, one in quoted.items()}),
        )
        readings.append((*told[:2], -own, told))
    if (listed := _listed(english)) is not None:
        readings.append((*listed[:2], 0, listed))
    if readings:
        return max(readings)[-1]
    words = _known(english, ERRORS)
    return _Told(0, 0, english) if words in (None, english) else _Told(len(english), -1, words)


def _listed(english: str) -> _Told | None:
    """A list whose last part, of several words, is told, and so is what stands before it."""
    head, comma, tail = english.rpartition(", ")
    first, last = (_told(head), _told(tail)) if comma and " " in tail else (None, None)
    if not (first and last and first.signs and last.signs):
        return None
    text = f"{first.text}{japanese.JOINTS[comma]}{last.text}"
    return _Told(first.signs + last.signs + len(comma), first.messages + last.messages, text)


def _part(place: str, quoted: str) -> _Told:
    """What a sentence quotes; a single word is a name, but for units."""
    if " " in quoted:
        return _told(quoted)
    return _Told(0, 0, catalogue(in_force(), ERRORS).get(quoted, quoted) if place == "unit" else quoted)


def _fits(message: str, english: str) -> Iterator[re.Match[str]]:
    """How a message fits a sentence: its first places as long as they can be, and as short; the number of a
    line and the name of a column are one word.
    """
    words, patterns = _patterns(message)
    end = 0
    for part in words:  # cheap, and nearly always the answer
        end = english.find(part, end) + len(part)
        if end < len(part):
            return
    found = [match for pattern in patterns if (match := pattern.fullmatch(english))]
    for match in {match.groups(): match for match in found}.values():
        if not any(" " in given for place, given in match.groupdict().items() if place in ONE_WORD):
            yield match


@functools.cache
def _patterns(message: str) -> tuple[list[str], list[re.Pattern[str]]]:
    """The words of a message between its places, and the patterns that both make."""
    parts = re.split(r"\{(\w+)\}", message)
    words = [part.replace("{{", "{").replace("}}", "}") for part in parts[::2]]
    patterns = []
    for size in ("", "?"):
        places = [f"(?P<{name}>.*{size})" for name in parts[1::2]]
        pattern = "".join(one for pair in zip(map(re.escape, words), [*places, ""]) for one in pair)
        patterns.append(re.compile(pattern, re.DOTALL))
    return words, patterns


def prose(markdown: str, domain: str) -> str:
    """A notebook's prose cell, block by block; the question's own name is a place."""
    if in_force() == ENGLISH:
        return markdown
    told = []
    for gap, mark, body in blocks(markdown.replace(domain, QUESTION)):
        words = found(body, domain)
        told.append(gap + mark + (_missing(body, domain) if words is None else words))
    return "".join(told).replace(QUESTION, domain)


def blocks(markdown: str) -> list[tuple[str, str, str]]:
    """The blocks of a prose cell (headings, paragraphs, points of lists): what parts it from the one before,
    its mark (``## ``, ``- ``), its text.
    """
    pieces = re.split(r"(\n\n+|\n(?=[-*] |\d+\. ))", markdown)
    parted = zip(["", *pieces[1::2]], pieces[::2])
    return [
        (gap, match["mark"] or "", match["body"]) for gap, one in parted if (match := BLOCK.fullmatch(one))
    ]


def shown(value: Any, form: dict[str, Any], language: str = ENGLISH, domain: str = "") -> str:
    """A value in the form that a record names: ``{"form": "number", "digits": 1}``."""
    options = {key: option for key, option in form.items() if key != "form"}
    told = FORMS[language][form["form"]](value, **options)
    return names(told, domain) if form["form"] == "name" and language != ENGLISH else told


def names(listed: str, domain: str = "") -> str:
    """A name, or several in a row, as tables have them: each is looked up by itself where the whole is not
    known.
    """
    if OTHER_LETTERS.search(listed) or (words := _known(listed, domain)) is not None:
        return listed if OTHER_LETTERS.search(listed) else words
    between = "; " if "; " in listed else ", "
    told = [text(one, domain) for one in listed.split(between)]
    return japanese.joint(japanese.JOINTS[between], told).join(told)


def known(name: str, domain: str = "", context: str = "") -> str:
    """A name that need not be translated: as a catalogue has it, else as it is. context: as in `template`."""
    if in_force() == ENGLISH:
        return name
    words = _in_place(name, domain, context) if context else None
    return words or _known(name, domain) or name


def heading(column: str, table: str = "") -> str:
    """A column's name as a heading: as files have it, or told in another language."""
    told = known(column.replace("_", " "), COLUMNS, table)
    return told if OTHER_LETTERS.search(told) else column


def cell(field: Mapping[str, Any], text: str, table: str = "") -> str:
    """A cell of a table, given its field, as it is told in the language in force: a note, a value of which
    the field allows a few, or a name; a text that no catalogue has as it is.
    """
    if field["name"] in SENTENCES.get(table, ("note",)):
        return known(text, NOTES)
    if field["name"] == "locator":
        return place(text)
    if field["type"] == "string" and "enum" in field.get("constraints", {}):
        return known(text, CELLS, field["name"])
    told = known(text, table) if field["type"] == "string" else text
    return known(text, CELLS) if told == text and field["type"] == "string" else told


def place(locator: str) -> str:
    """A place in a source, part by part; headings, names and words that it quotes stay as the source has
    them.
    """
    if in_force() == ENGLISH or not locator:
        return locator
    english = LOCATOR_PARTS.split(locator)
    told = [_place(part, in_force())[0] for part in english]
    return locator if told == english else japanese.joint(japanese.JOINTS[", "], told).join(told)


def messages_of_place(locator: str) -> Iterator[str]:
    """The messages of its catalogue that a locator is told by."""
    for part in LOCATOR_PARTS.split(locator):
        yield from _place(part, in_force())[1]


@functools.cache
def _place(part: str, language: str) -> tuple[str, tuple[str, ...]]:
    """One part of a locator told, and the messages that told it: one that has places for numbers and years
    alone, or that with the most words of its own which fits around names, told likewise.
    """
    told, (message, values) = catalogue(language, LOCATORS), tokens(part)
    if (words := told.get(message)) is not None:
        return words.format(**values), (message,)
    if not LETTERS.search(PLACES.sub("", message)):
        return message.format(**values), ()  # numbers, years and signs alone
    fitting = [(one, match.groupdict()) for one in told if NAMED.search(one) for match in _fits(one, part)]
    for message, quoted in sorted(fitting, key=lambda one: -len(PLACES.sub("", one[0]))):
        names = {name: _place(words, language) for name, words in quoted.items()}
        if all(_is_name(name, quoted[name], words, message) for name, (words, _) in names.items()):
            words = told[message].format(**{name: words for name, (words, _) in names.items()})
            return words, (message, *(one for _, used in names.values() for one in used))
    names_here = (entries(language, domain) for domain in (COMMON, GLOSSARY))
    return next((known[part] for known in names_here if part in known), part), ()


def _is_name(place: str, english: str, told: str, message: str) -> bool:
    """Whether words may stand in a place of a message: told, quoted, or a name, which has a capital or is a
    column's; half a place told would be none.
    """
    return told != english or f'"{{{place}}}"' in message or not english[:1].islower() or "_" in english


def named(listed: str) -> str | None:
    """A name of the glossary, or several in a row, in the language in force; None where one is no name."""
    known = glossary.told(in_force())
    parts = listed.split("; ")
    told = [known[one] for one in parts if one in known]
    return japanese.joint(japanese.JOINTS["; "], told).join(told) if len(told) == len(parts) else None


def own_name(words: str) -> bool:
    """Whether words in Latin letters are a name as the language in force itself writes it."""
    return words in glossary.latin(in_force())


def tokens(english: str) -> tuple[str, dict[str, str]]:
    """A plain text with places for its numbers, fiscal years, months and days (``{n1}``, ``{fy1}``), and
    these as Japanese has them.
    """
    values: dict[str, str] = {}
    parts, end = [], 0
    for match in TOKEN.finditer(english):
        kind = match.lastgroup or ""
        name = f"{kind}{sum(key.rstrip('0123456789') == kind for key in values) + 1}"
        values[name] = japanese.TOKENS[kind](match.group())
        parts += [_braced(english[end : match.start()]), f"{{{name}}}"]
        end = match.end()
    return "".join([*parts, _braced(english[end:])]), values


def _braced(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


def _in_place(english: str, domain: str, context: str) -> str | None:
    """The translation of a text in one context, whole or with places for its numbers and years."""
    words = found(in_context(english, context), domain)
    message, values = tokens(english)
    if words is None and values and (words := found(in_context(message, context), domain)) is not None:
        return words.format(**values)
    return words


def _told_already(words: str) -> bool:
    """Whether a line is Japanese; of several lines each is looked at."""
    return "\n" not in words and bool(OTHER_LETTERS.search(words))


def _known(english: str, domain: str) -> str | None:
    if _told_already(english):
        return english
    exact = found(english, domain)
    if exact is not None:
        return exact
    message, values = tokens(english)
    words = found(message, domain) if values else None
    if words is None and not re.search(r"[A-Za-z]", PLACES.sub("", message)):
        words = message  # numbers, years and signs alone
    if words is not None:
        return words.format(**values)
    for between, joint in japanese.JOINTS.items():
        parts = english.split(between)
        told = [_known(part, domain) for part in parts] if len(parts) > 1 else [None]
        if None not in told:
            kept = [one for one in told if one]
            return japanese.joint(joint, kept).join(kept)
    return None


def _missing(message: str, domain: str) -> str:
    asked[domain, message] = None
    return message
