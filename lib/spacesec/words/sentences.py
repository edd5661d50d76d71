"""Sentences as functions of data: a template, named values, and for each value where it comes from.

A value is a named result, a parameter, or one SQL expression over the figure's own CSV (the table ``drawn``),
with results as ``:name`` and parameters as ``:p_name``. The record keeps template, values and expressions, so
that anybody can evaluate every number of every sentence again from the files alone, and `spacesec verify`
does.

    say("{country} flew {flights} times, more often than any other",
        country=named(drawn("country FROM drawn ORDER BY flights DESC LIMIT 1")),
        flights=drawn("max(flights) FROM drawn"))
"""

import csv
import dataclasses
import functools
import io
import json
import re
import sqlite3
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spacesec.answers import Answer, plain
from spacesec.words import japanese
from spacesec.words import language as languages

Record = dict[str, Any]
MOST_STEPS = 50_000_000  # of the database's machine, for one value


@dataclass(frozen=True)
class Value:
    """One value of a sentence: where it comes from, and the form it is told in.

    origin: ``{"result": [name, key, …]}``, ``{"parameter": [name, …]}`` or ``{"sql": "max(amount) FROM
    drawn"}``.
    """

    origin: Mapping[str, Any]
    form: Mapping[str, Any]

    def tell(self, context: "Context", style: str = "") -> tuple[str, Record]:
        """The value as the sentence has it; style: of the language's own (`spacesec.words.japanese`)."""
        form = {**self.form, **({"style": style} if style else {})}
        value = context.value(self.origin)
        shown = context.shown(value, form)
        return shown, {"shown": shown, "value": value, "from": dict(self.origin), **form}


@dataclass(frozen=True)
class Sentence:
    """A template with named places, and what fills them: values, or sentences again.

    when: SQL that must be true for the words to be true ("grew", "only", "highest"); it is held again by
    `verify`. spare: values that the English words leave out and another language may tell ("one year").
    """

    template: str
    values: Mapping[str, "Value | Sentence | Joined | Choice"] = field(default_factory=dict)
    when: str | None = None
    spare: Mapping[str, "Value"] = field(default_factory=dict)

    def tell(self, context: "Context", style: str = "") -> tuple[str, Record]:
        """The sentence and its record; raises ValueError where a value cannot be had or ``when`` is
        not true. style: the context of its words in the sentence around it (`language.template`).
        """
        if self.when and not context.true(self.when):
            raise ValueError(f"the words {self.template!r} need {self.when}, which is not so")
        places(self.template, self.values)
        words = context.translation(self.template, style)
        if words is None:  # English whole, with its values, rather than words of two languages
            text, record = self.tell(context.told_in(languages.ENGLISH))
            return text, {**record, "language": languages.ENGLISH}
        template, styles = styled(words)
        told = {
            name: value.tell(context, styles.get(name, ""))
            for name, value in {**self.values, **self.spare}.items()
            if name in places(template)
        }
        text = template.format(**{name: shown for name, (shown, _) in told.items()})
        record: Record = {"shown": text, "template": template}
        if self.when:
            record["when"] = self.when
        if told:
            record["values"] = {name: kept for name, (_, kept) in told.items()}
        return text, record

    def __bool__(self) -> bool:
        return bool(self.template)


@dataclass(frozen=True)
class Choice:
    """The first of several sentences whose condition holds; the last one has none."""

    cases: tuple[tuple[str, Sentence], ...]
    otherwise: Sentence

    def tell(self, context: "Context", style: str = "") -> tuple[str, Record]:
        if context.language != languages.ENGLISH:  # every branch is to be translated, not only the one told
            for template in templates(self):
                context.template(template)
        failed: list[str] = []
        for condition, sentence in self.cases:
            if context.true(condition):
                return self._told(sentence, [*failed, condition], context, style)
            failed.append(f"({condition}) IS NOT TRUE")
        return self._told(self.otherwise, failed, context, style)

    @staticmethod
    def _told(
        sentence: Sentence, conditions: list[str], context: "Context", style: str
    ) -> tuple[str, Record]:
        text, record = sentence.tell(context, style)
        both = [*conditions, *([record["when"]] if "when" in record else [])]
        return text, {**record, "when": " AND ".join(f"({one})" for one in both)}


@dataclass(frozen=True)
class Joined:
    """Several values or sentences in a row: ``a, b and c``."""

    parts: tuple["Value | Sentence | Choice | Joined", ...]
    between: str = ", "
    last: str = " and "

    def tell(self, context: "Context", style: str = "") -> tuple[str, Record]:
        told = [part.tell(context, style) for part in self.parts]
        texts = [shown for shown, _ in told]
        signs = (context.template(sign, style) for sign in (self.between, self.last))
        between, last = (japanese.joint(sign, texts) for sign in signs)
        text = joined(texts, between, last)
        kept = {"shown": text, "parts": [record for _, record in told]}
        return text, {**kept, "between": between, "last": last}


Told = Value | Sentence | Choice | Joined


@dataclass(frozen=True)
class Words:
    """The words of a figure. title: the message; subtitle: what is measured, in which unit; caption: one or
    two sentences under the figure; alt: what it shows, for who cannot see it; note: the caveat that goes
    wherever the picture goes; until: the last datum where the figure's data do not name the rows they come
    from.
    """

    title: Told
    subtitle: Told
    caption: Told
    alt: Told
    note: Told
    until: "Told" = Sentence("")


def say(template: str, when: str | None = None, **values: "Told | str") -> Sentence:
    """A sentence; text given for a place is put there as it is and must hold no digit."""
    filling = {name: Sentence(one) if isinstance(one, str) else one for name, one in values.items()}
    return Sentence(template, filling, when)


def choose(*cases: tuple[str, Sentence], otherwise: Sentence) -> Choice:
    """The first sentence whose condition (SQL over results, parameters and ``drawn``) is true."""
    return Choice(tuple(cases), otherwise)


def counted(number_of: Value, one: str, more: str) -> Choice:
    """``one`` or ``more`` by a count, each a template that may use ``{n}``: ``counted(n, "{n} act", "{n}
    acts")``.
    """
    condition = f"({_sql_of(number_of)}) = 1"
    languages.plurals[one] = languages.plurals[more] = (one, more)
    told = [
        say(words, n=number_of) if "{n}" in words else Sentence(words, spare={"n": number_of})
        for words in (one, more)
    ]
    return choose((condition, told[0]), otherwise=told[1])


def listed(parts: Sequence[Told], last: str = " and ", between: str = ", ") -> Joined:
    return Joined(tuple(parts), between, last)


def result(*path: str | int) -> Value:
    """A named result, or a part of it (``result("shares", "JPN", 0)``), told as a whole number
    until formed.
    """
    return Value({"result": list(path)}, {"form": "number"})


def parameter(*path: str | int) -> Value:
    """A parameter of the run, or a part of it."""
    return Value({"parameter": list(path)}, {"form": "number"})


def drawn(expression: str) -> Value:
    """``SELECT`` this expression: over ``drawn``, or of results and parameters alone (``:last - :first``).

    Lists and mappings among the results are JSON there: ``json_extract(:ratios, '$.launches[0]')``.
    """
    return Value({"sql": expression}, {"form": "number"})


def year(origin: Value) -> Value:
    return _formed(origin, "year")


def years_of(first: Value, last: Value) -> Choice:
    """``1981 to 2024``, or the one year where both are the same."""
    return _years(first, last, "{year}", "{first} to {last}")


def within(first: Value, last: Value) -> Choice:
    """``from 1981 to 2024``, or ``in 2024``."""
    return _years(first, last, "in {year}", "from {first} to {last}")


def begun_within(first: Value, last: Value) -> Choice:
    """The same at the beginning of a sentence."""
    return _years(first, last, "In {year}", "From {first} to {last}")


def _years(first: Value, last: Value, one: str, more: str) -> Choice:
    same = f"({_sql_of(first)}) = ({_sql_of(last)})"
    return choose((same, say(one, year=year(last))), otherwise=say(more, first=year(first), last=year(last)))


def fiscal_year(origin: Value) -> Value:
    return _formed(origin, "fiscal_year")


def percent(origin: Value, digits: int = 0, rounded: str = "near") -> Value:
    return _formed(origin, "percent", digits=digits, rounded=rounded)


def number(origin: Value, digits: int = 0, rounded: str = "near", sign: bool = False) -> Value:
    return _formed(origin, "number", digits=digits, rounded=rounded, sign=sign)


def named(origin: Value) -> Value:
    return _formed(origin, "name")


def day(origin: Value) -> Value:
    return _formed(origin, "day")


def month(origin: Value) -> Value:
    return _formed(origin, "month")


def given(origin: Value) -> Value:
    return _formed(origin, "given")


def _formed(origin: Value, form: str, **options: Any) -> Value:
    kept = {key: option for key, option in options.items() if option not in (False, "near", 0)}
    return Value(origin.origin, {"form": form, **kept})


def _sql_of(value: Value) -> str:
    if "sql" in value.origin:
        return f"SELECT {value.origin['sql']}"
    [(kind, path)] = value.origin.items()
    if len(path) > 1:
        raise ValueError(f"only a result or parameter of one value can be counted, not {path}")
    sign = {"parameter": ":p_", "result": ":"}[kind]
    return f"SELECT {sign}{path[0]}"


class Context:
    """What sentences are told from: results, parameters, and the bytes of a figure's CSV (none for an
    answer); and how: the language, and the domain of its catalogue (the question's name).
    """

    def __init__(
        self,
        results: Mapping[str, Any],
        parameters: Mapping[str, Any],
        table: bytes | None = None,
        language: str = languages.ENGLISH,
        domain: str = "",
    ):
        self.results, self.parameters, self.table = results, parameters, table
        self.language, self.domain = language, domain

    def translation(self, english: str, style: str = "") -> str | None:
        """The template in the context's language; None where no catalogue has it."""
        known = self.language == languages.ENGLISH
        return english if known else languages.translation(english, self.domain, style)

    def template(self, english: str, style: str = "") -> str:
        words = self.translation(english, style)
        return english if words is None else words

    def told_in(self, language: str) -> "Context":
        """The same results, parameters and table, told in another language."""
        return Context(self.results, self.parameters, self.table, language, self.domain)

    def shown(self, value: Any, form: Mapping[str, Any]) -> str:
        return languages.shown(value, dict(form), self.language, self.domain)

    def value(self, origin: Mapping[str, Any]) -> Any:
        [(kind, place)] = origin.items()
        if kind == "sql":
            return self.selected(place)
        found: Any = self.results if kind == "result" else self.parameters
        for key in place:
            found = found[key if isinstance(found, (list, tuple)) else str(key)]
        return found

    def true(self, condition: str) -> bool:
        return bool(self.selected(condition))

    def selected(self, expression: str) -> Any:
        """The one value that the expression selects; raises ValueError in a sentence for bad SQL or several
        rows.
        """
        names = set(re.findall(r":([A-Za-z_]\w*)", re.sub(r"'[^']*'", "", expression)))
        try:
            rows = self._database.execute(
                f"SELECT {expression}", {n: self._bound(n) for n in names}
            ).fetchall()
        except (sqlite3.Error, KeyError) as error:
            raise ValueError(f"SELECT {expression} is not possible ({error})") from None
        if len(rows) != 1 or len(rows[0]) != 1:
            raise ValueError(f"SELECT {expression} gives {len(rows)} rows, not one value")
        value = rows[0][0]
        return float(f"{value:.10g}") if isinstance(value, float) else value

    def lines(self, expression: str) -> list[int]:
        """The lines of the figure's CSV (0 is the first after the head) that an expression reads: the one
        that has its least or greatest value, else all that its conditions let through; none where it cannot
        be told.
        """
        wanted, over, conditions = expression.partition(" FROM drawn")
        if not over:
            return []
        # With max() or min() alone SQLite gives the other columns of the row that has it.
        extreme = f"{wanted}, " if re.fullmatch(r"(max|min)\([^()]*\)", wanted.strip()) else ""
        names = set(re.findall(r":([A-Za-z_]\w*)", re.sub(r"'[^']*'", "", conditions)))
        try:
            rows = self._database.execute(
                f"SELECT {extreme}rowid FROM drawn{conditions}", {n: self._bound(n) for n in names}
            ).fetchall()
        except (sqlite3.Error, KeyError):
            return []
        return [row[-1] - 1 for row in rows if row[-1] is not None]

    def _bound(self, name: str) -> Any:
        # A result may begin with p_ as well (a p-value): what is a result's name means the result.
        a_result = name in self.results or not name.startswith("p_")
        value = self.results[name] if a_result else self.parameters[name[2:]]
        return json.dumps(value) if isinstance(value, (list, dict)) else value

    @cached_property
    def _database(self) -> sqlite3.Connection:
        base = sqlite3.connect(":memory:")
        base.set_progress_handler(lambda: 1, MOST_STEPS)  # a record from elsewhere may ask for anything
        if self.table is not None:
            head, *rows = csv.reader(io.StringIO(self.table.decode("utf-8"), newline=""))
            columns = [_typed(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in head]
            base.execute(f"CREATE TABLE drawn ({', '.join(_quoted(name) for name in head)})")
            places = ", ".join("?" for _ in head)
            base.executemany(f"INSERT INTO drawn VALUES ({places})", list(zip(*columns, strict=True)))
        return base


def of_answer(results: Mapping[str, Any], parameters: Any, table: bytes | None = None) -> Context:
    """The context of an answer's results (`spacesec.answers.Result`) and parameters (the typed model, or
    None).
    """
    values = {key: plain(one.value) for key, one in results.items()}
    if parameters is None:
        return Context(values, {}, table)
    domain = languages.domain_of(type(parameters).__module__)
    return Context(values, parameters.plain(), table, languages.in_force(), domain)


def worded(model: Callable[[Any], Answer], words: Callable[..., Any]) -> Callable[[Any], Answer]:
    """A question's ``answer(parameters)``: what its model computes, in sentences.

    words: gives the answer's paragraphs from the model's Answer. ``answer.tell(found, parameters)`` tells
    what was found before in the language in force.
    """

    def tell(found: Answer, parameters: Any) -> Answer:
        context = of_answer(found.results, parameters)
        told = [paragraph.tell(context) for paragraph in words(found)]
        text = "\n\n".join(text for text, _ in told)
        return dataclasses.replace(found, text=text, told=tuple(kept for _, kept in told))

    @functools.wraps(model)
    def answer(parameters: Any) -> Answer:
        return tell(model(parameters), parameters)

    answer.tell = tell  # type: ignore[attr-defined]
    return answer


def retold(record: Record, context: Context) -> str:
    """The text that a record's template gives with its values evaluated again; raises ValueError where one
    differs.
    """
    if "parts" in record:
        parts = [retold(part, context) for part in record["parts"]]
        return joined(parts, record["between"], record["last"])
    if "template" in record:
        if "when" in record and not context.true(record["when"]):
            raise ValueError(f"{record['when']} is not true")
        told_in = context.told_in(record["language"]) if "language" in record else context
        inner = {name: retold(value, told_in) for name, value in record.get("values", {}).items()}
        return filled(record["template"], inner)
    value = context.value(record["from"])
    if value != record["value"]:
        raise ValueError(f"{record['from']} gives {value!r}, not {record['value']!r}")
    form = {key: one for key, one in record.items() if key not in ("shown", "value", "from")}
    return context.shown(value, form)


def templates(told: Told) -> Iterator[str]:
    """Every template that these words may be told by, whichever branch is taken."""
    inner: Sequence[Any] = ()
    if isinstance(told, Sentence):
        yield told.template
        inner = tuple(told.values.values())
    elif isinstance(told, Choice):
        inner = (*(sentence for _, sentence in told.cases), told.otherwise)
    elif isinstance(told, Joined):
        yield from (told.between, told.last)
        inner = told.parts
    for one in inner:
        yield from templates(one)


def places(template: str, values: Mapping[str, Any] | None = None) -> list[str]:
    """The names of a template's places; raises ValueError where they are not those of the values given."""
    named = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    if values is not None and set(named) != set(values):
        raise ValueError(
            f"the template {template!r} has the places {sorted(set(named))}, given are {sorted(values)}"
        )
    return list(dict.fromkeys(named))


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its places filled; raises ValueError where names and places are not the same."""
    places(template, values)
    return template.format(**values)


def styled(template: str) -> tuple[str, dict[str, str]]:
    """A translator's template without its styles (``{last:和暦}``), and these by the name of their place."""
    parsed = list(string.Formatter().parse(template))
    plain_one = re.sub(r"\{(\w+):[^{}]*\}", r"{\1}", template)
    return plain_one, {name: style for _, name, style, _ in parsed if name and style}


def joined(parts: Sequence[str], between: str, last: str) -> str:
    return between.join(parts[:-1]) + (last if len(parts) > 1 else "") + (parts[-1] if parts else "")


def _typed(column: Sequence[str]) -> list[Any]:
    """A column of a CSV as numbers where all its cells are, true and false as 1 and 0, empty cells
    as NULL.
    """
    filled_cells = [cell for cell in column if cell]
    if filled_cells and set(filled_cells) <= {"True", "False"}:
        return [None if not cell else int(cell == "True") for cell in column]
    for kind in (int, float):
        try:
            return [None if not cell else kind(cell) for cell in column]
        except ValueError:
            continue
    return [cell or None for cell in column]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
