"""The messages of the collection for its translators: gathered into gettext files, one a question.

A message is what `spacesec.words.language` is asked for. Most are heard by telling every question in the
other language, at its defaults and at each choice of a parameter; those that no such run tells (branches of
Python) are read off the source: literal templates of ``say``, ``counted``, ``listed``, ``said``. A message
stands in the narrowest file that covers its uses: the question's, the theme's, or ``common.po``.
"""

import ast
import functools
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from spacesec import lessons
from spacesec.collection import prose, usage, wording
from spacesec.collection.questions import LIBRARY, THEMES, Question, all_questions
from spacesec.data import extent, grades, sources, tables
from spacesec.machine import files, paths
from spacesec.words import language
from spacesec.words import names as glossary
from spacesec.words.language import CELLS, COLUMNS, COMMON, HELP, LOCATORS, NOTES, SITE, TABLES

# Function -> the places of its arguments that are templates, and the names: None for any name but "when".
TOLD = ("help", "description")  # of the command and its options
TEMPLATES: dict[str, tuple[tuple[int, ...], tuple[str, ...] | None]] = {
    "say": ((0,), None),
    "counted": ((1, 2), ()),
    "listed": ((), None),
    "said": ((0,), ()),
    "noted": ((0,), ()),
    "Parser": ((), TOLD),
    "add_parser": ((), TOLD),
    "add_argument": ((), TOLD),
    "_jobs": ((), TOLD),
    "_language": ((), TOLD),
}
OWN = language.OWN
# In the templates of pages: _("…") and counted(n, "…", "…").
PAGES = re.compile(r'\b_\(\s*"([^"]+)"|\bcounted\([^"]+"([^"]+)", "([^"]+)"\)')
RULE = 100  # columns of a file
ADDRESS = re.compile(r"\S+\.[a-z]{2,}")  # a site without another name
# Table -> its columns whose texts pages tell in the language in force: claims, what is tested of them, why.
WORDED = {
    "policy_evolution/claims": ("claim",),
    "policy_evolution/claim_rules": ("tests", "unit"),
    "policy_evolution/claim_reasons": ("reason",),
}


class Messages:
    """Message -> where it is used: domains, and for the translator the first place that asked for it."""

    def __init__(self) -> None:
        self.uses: dict[str, set[str]] = {}
        self.notes: dict[str, str] = {}

    def add(self, message: str, domain: str, note: str) -> None:
        message = message.split(language.END_OF_CONTEXT)[-1]  # a translator adds contexts by hand
        if not language.PLACES.sub("", message):
            return  # places alone
        self.uses.setdefault(message, set()).add(domain or COMMON)
        self.notes.setdefault(message, note)

    def heard(self, note: str) -> None:
        """Take over what was asked for since the last call; names of the glossary need no message."""
        for (domain, message), place in list(language.asked.items()):
            if place != language.GLOSSARY:
                self.add(message, domain, note)
        language.asked.clear()


def gather(questions: list[Question], into: str) -> Messages:
    """The messages of these questions, and those that the source names for all."""
    found = Messages()
    with language.speaking(into):
        for question in questions:
            hear(question, found)
        for title in THEMES.values():
            language.said(title)
        found.heard("themes")
        for name, lesson in prose.all_lessons().items():
            prose.told(lesson, name)
            found.heard("lesson")
        for domain, message, note in (*written(), *authors(into), *places()):
            found.add(message, domain, note)
    return found


def authors(into: str) -> Iterator[tuple[str, str, str]]:
    """(domain, name, source) of who wrote the sources in this language, whom its readers know by their own
    names wherever a credit names them; of others those whose name a catalogue has. Names of the glossary
    need no message.
    """
    from spacesec.drawing import stamp

    for item in sources.store().values():
        for name in set(stamp.alone(sources.credited(item))) - set(glossary.told(into)):
            own = item.get("language") == into and not ADDRESS.fullmatch(name)
            if own or language.known(name) != name:
                yield COMMON, name, item["id"]


def places() -> Iterator[tuple[str, str, str]]:
    """(domain, message, table) of what tells the places in sources: of its file, what some locator needs."""
    for name in (one for one in tables.names() if not one.startswith("checks/")):
        for locator in dict.fromkeys(row.get("locator", "") for row in extent.rows(name)):
            yield from ((LOCATORS, one, name) for one in language.messages_of_place(locator))


def hear(question: Question, found: Messages) -> None:
    """Ask for all that the question tells, at its defaults and at each choice of a parameter."""
    module = question.module
    language.text(module.QUESTION, question.name)
    for cell in question.stored()["cells"]:
        if cell["cell_type"] == "markdown":
            language.prose("".join(cell["source"]), question.name)
    found.heard("notebook")
    for entry in module.Parameters.describe():
        for part in ("type", "allowed", "help"):
            language.text(entry[part], question.name)
        language.text(entry["unit"], question.name, language.UNIT)
    found.heard("parameters")
    for parameters in ({}, *choices(module.Parameters)):
        tell(question, parameters, found)


def tell(question: Question, parameters: dict[str, Any], found: Messages) -> None:
    """Ask for what one run of the question tells: results, checks, answer, figures."""
    from spacesec.drawing import figures
    from spacesec.errors import SpacesecError

    module = question.module
    try:
        answer = module.answer(module.Parameters.of(parameters))
    except SpacesecError:
        return  # a choice that needs another beside it
    found.heard("answer")
    for one in answer.results.values():
        language.text(one.unit, question.name, language.UNIT)
        language.text(one.meaning, question.name)
    found.heard("results")
    for check in module.checks(answer):
        language.text(check.what, question.name)
        language.text(check.unit, question.name, language.UNIT)
    found.heard("checks")
    for draw in module.FIGURES:
        picture = draw(answer)
        found.heard(f"figure {picture.name}: words")
        figures.words_drawn(picture)
        found.heard(f"figure {picture.name}: labels")


def choices(model: Any) -> Iterator[dict[str, Any]]:
    """Parameters that differ from the defaults by one choice."""
    defaults = model.defaults()
    for name, field in model.model_fields.items():
        kind = field.annotation
        options = get_args(kind) if get_origin(kind) is Literal else (True, False) if kind is bool else ()
        yield from ({name: option} for option in options if option != defaults[name])


@functools.cache
def written() -> tuple[tuple[str, str, str], ...]:
    """(domain, message, file and line) of the literal templates in the library's source."""
    found = []
    for path in sorted(LIBRARY.rglob("*.py")):
        parts = path.relative_to(LIBRARY).parts
        domain = "/".join(parts[:-1][:2]) if parts[0] in THEMES else COMMON
        domain = SITE if parts[:2] == ("collection", "site") else domain
        domain = lessons.NAME if parts == ("lessons.py",) else domain
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for text, line in wording.sentences(tree, "/".join(parts).removesuffix(".py")):
            found.append((language.ERRORS, text, f"{'/'.join(parts)}:{line}"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                note = f"{'/'.join(parts)}:{node.lineno}"
                home = HELP if TEMPLATES.get(wording.name_of(node), ((), ()))[1] == TOLD else domain
                found += [(home, text, note) for text in _literals(node) if text]
    for path in sorted((LIBRARY / "collection" / "site" / "templates").glob("*.html")):
        for line, words in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for alone, one, many in PAGES.findall(words):
                found += [(SITE, text, f"{path.name}:{line}") for text in (alone, one, many) if text]
                if one:
                    language.plurals[one] = language.plurals[many] = (one, many)
    found += [(HELP, text, "argparse") for text in usage.HEADINGS]
    found += [(language.ERRORS, text, "argparse") for text in usage.REFUSALS]
    return (*found, *described())


def described() -> Iterator[tuple[str, str, str]]:
    """(domain, message, table and column) of what ``datapackage.json`` says of the collection, its tables and
    their columns, and of the texts in tables that pages tell.
    """
    package = tables.package()
    yield TABLES, package["description"], "the whole"
    yield from ((TABLES, words, f"grades: {kind}") for kind, (_, words) in grades.RULE.items())
    if "checks/columns" in tables.names():
        aspects = dict.fromkeys(row["aspect"] for row in extent.rows("checks/columns"))
        yield from ((language.ERRORS, one, "checks/columns.aspect") for one in aspects if " " in one)
    for one in (package, *package["resources"]):
        yield from ((TABLES, license["title"], one["name"]) for license in one.get("licenses", ()))
    for resource in package["resources"]:
        for part in ("title", "description"):
            yield TABLES, resource[part], resource["name"]
        for field in resource.get("schema", {}).get("fields", ()):
            place = f"{resource['name']}.{field['name']}"
            yield from ((TABLES, field[part], place) for part in ("description", "unit") if part in field)
        yield from cells(resource)
    for name in (name for name in WORDED if name in tables.names()):
        for row in tables.raw_rows(paths.data() / f"{name}.csv"):
            yield from ((TABLES, row[column], row["row_id"]) for column in WORDED[name] if row[column])


def cells(resource: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The same of a table's names of columns and of its cells: the values of which its columns allow a few,
    and its rows' notes. Tables that hold tests of the others are no reader's.
    """
    name, fields = resource["name"], resource.get("schema", {}).get("fields", ())
    if name.startswith("checks/"):
        return
    yield from ((COLUMNS, field["name"].replace("_", " "), name) for field in fields)
    for field in (one for one in fields if one["type"] == "string"):
        values = field.get("constraints", {}).get("enum", ())
        yield from ((CELLS, value, f"{name}.{field['name']}") for value in values)
    sentences = language.SENTENCES.get(name, ("note",))
    if any(field["name"] in sentences for field in fields):
        for row in tables.raw_rows(paths.data() / resource["path"]):
            yield from ((NOTES, row[column], name) for column in sentences if row.get(column))


def _literals(call: ast.AST) -> list[str]:
    if not isinstance(call, ast.Call):
        return []
    name = wording.name_of(call)
    if name not in TEMPLATES:
        return []
    spots, names = TEMPLATES[name]
    nodes = [call.args[spot] for spot in spots if spot < len(call.args)]
    nodes += [
        word.value for word in call.keywords if (word.arg != "when" if names is None else word.arg in names)
    ]
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    if name == "counted" and len(texts) == 2:
        language.plurals[texts[0]] = language.plurals[texts[1]] = (texts[0], texts[1])
    return texts


def homes(found: Messages) -> dict[str, list[str]]:
    """Domain -> its messages: the narrowest that covers every use, in the order in which they were met. Pages
    have all of theirs in their own file, worded for pages.
    """
    placed: dict[str, list[str]] = {}
    for message, uses in found.uses.items():
        for home in sorted(uses & OWN):
            placed.setdefault(home, []).append(message)
        uses = uses - OWN
        themes = {one.split("/")[0] for one in uses}
        home = next(iter(uses)) if len(uses) == 1 else next(iter(themes)) if len(themes) == 1 else COMMON
        if uses:
            placed.setdefault(home, []).append(message)
    return placed


def write(found: Messages, into: str, placed: dict[str, list[str]]) -> dict[str, tuple[int, int]]:
    """Renew files of one language, given their messages: what is translated stays, also where a message moved
    to another file; what is asked for no more is kept as obsolete. Domain -> messages, of which translated.
    """
    old = {domain: _stored(domain, into) for domain in stored(into)}
    known = {_key(one): one for entries in old.values() for one in entries if _translated(one)}
    counts = {}
    for domain in sorted(placed):
        own = {_key(one): one for one in old.get(domain, ())}
        ids = dict.fromkeys(language.plurals.get(one, one) for one in placed[domain])
        made = _catalogue(domain, into)
        for identity in ids:
            key = _first(identity), ""
            _add(made, identity, own.get(key) or known.get(key), found.notes.get(key[0], ""))
        for (message, context), one in own.items():
            if not _translated(one) or (made.get(one.id, context or None) is not None):
                continue
            if not _used(found, message, domain):
                made.obsolete[one.id] = one
            elif context or _strings(one) != _strings(known[message, ""]):
                _add(made, one.id, one, found.notes.get(message, ""), context)  # a translator's own entry
        _save(made, language.path_of(into, domain))
        entries = [one for one in made if one.id]
        counts[domain] = len(entries), sum(map(_translated, entries))
    language.catalogue.cache_clear()
    return counts


def stored(into: str) -> list[str]:
    """The domains that have a file."""
    folder = language.LOCALE / into
    return [path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.po"))]


def _used(found: Messages, message: str, domain: str) -> bool:
    """Whether a domain, or one that looks into it, asks for a message."""
    return any(domain in language.domains(use) for use in found.uses.get(message, ()))


def _key(entry: Any) -> tuple[str, str]:
    return _first(entry.id), entry.context or ""


def _first(identity: Any) -> str:
    return identity if isinstance(identity, str) else identity[0]


def _strings(entry: Any) -> tuple[str, ...]:
    return entry.string if isinstance(entry.string, tuple) else (entry.string,)


def _translated(entry: Any) -> bool:
    return any(_strings(entry)) and not entry.fuzzy


def _ids(domain: str, into: str) -> set[str]:
    """The messages that a domain's file holds, singulars and plurals, or the names of the glossary; none
    where it has no file.
    """
    if domain == language.GLOSSARY:
        return set(language.entries(into, domain))
    entries = _stored(domain, into) if language.path_of(into, domain).is_file() else ()
    return {form for one in entries for form in ((one.id,) if isinstance(one.id, str) else one.id)}


def _stored(domain: str, into: str) -> list[Any]:
    from babel.messages import pofile

    with language.path_of(into, domain).open("rb") as file:
        return [one for one in pofile.read_po(file, locale=into) if one.id]


def _catalogue(domain: str, into: str) -> Any:
    from babel.messages.catalog import Catalog

    return Catalog(into, domain, header_comment=f"# {domain}: English to {into}.", fuzzy=False)


def _add(made: Any, identity: Any, before: Any, note: str, context: str = "") -> None:
    empty = ("",) if isinstance(identity, tuple) else ""
    string = before.string if before else empty
    if isinstance(identity, tuple) != isinstance(string, tuple):
        string = (string,) if isinstance(identity, tuple) else string[0]
    entry = made.add(
        identity,
        string=string,
        auto_comments=[note] if note else [],
        user_comments=before.user_comments if before else (),
        context=context or None,
    )
    entry.flags = {"fuzzy"} if before and before.fuzzy else set()


def _save(made: Any, path: Path) -> None:
    """Without clocks and program versions: the same messages give the same bytes."""
    from babel.messages import pofile

    buffer = io.BytesIO()
    pofile.write_po(buffer, made, width=RULE, omit_header=True)
    head = (
        f"{made.header_comment}\n"
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {made.locale}\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n\n'
    )
    files.write_text(path, head + buffer.getvalue().decode("utf-8"))


def renew(questions: list[Question], into: str) -> dict[str, tuple[int, int]]:
    """Gather and write the files of these questions; those of all others, and what is shared, only where all
    questions are asked: what is shared cannot be told from one.
    """
    found = gather(questions, into)
    names = {question.name for question in questions}
    whole = names == {question.name for question in all_questions()}
    every = {**dict.fromkeys(stored(into), []), **homes(found)}
    return write(found, into, every if whole else of_questions(found, into, names))


def of_questions(found: Messages, into: str, names: set[str]) -> dict[str, list[str]]:
    """Question -> the messages that it asks for and no wider file holds."""
    placed = {}
    for name in names:
        wider = {one for domain in language.domains(name) if domain != name for one in _ids(domain, into)}
        placed[name] = [
            message for message, uses in found.uses.items() if name in uses and message not in wider
        ]
    return placed
