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
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from spacesec.answers import Answer, plain
from spacesec.words import forms

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

    def tell(self, context: "Context") -> tuple[str, Record]:
        value = context.value(self.origin)
        shown = forms.shown(value, dict(self.form))
        return shown, {"shown": shown, "value": value, "from": dict(self.origin), **self.form}


@dataclass(frozen=True)
class Sentence:
    """A template with named places, and what fills them: values, or sentences again.

    when: SQL that must be true for the words to be true ("grew", "only", "highest"); it is held again by
    `verify`.
    """

    template: str
    values: Mapping[str, "Value | Sentence | Joined | Choice"] = field(default_factory=dict)
    when: str | None = None

    def tell(self, context: "Context") -> tuple[str, Record]:
        """The sentence and its record; raises ValueError where a value cannot be had or ``when`` is
        not true.
        """
        if self.when and not context.true(self.when):
            raise ValueError(f"the words {self.template!r} need {self.when}, which is not so")
        told = {name: value.tell(context) for name, value in self.values.items()}
        text = filled(self.template, {name: shown for name, (shown, _) in told.items()})
        record: Record = {"shown": text, "template": self.template}
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

    def tell(self, context: "Context") -> tuple[str, Record]:
        failed: list[str] = []
        for condition, sentence in self.cases:
            if context.true(condition):
                return self._told(sentence, [*failed, condition], context)
            failed.append(f"({condition}) IS NOT TRUE")
        return self._told(self.otherwise, failed, context)

    @staticmethod
    def _told(sentence: Sentence, conditions: list[str], context: "Context") -> tuple[str, Record]:
        text, record = sentence.tell(context)
        both = [*conditions, *([record["when"]] if "when" in record else [])]
        return text, {**record, "when": " AND ".join(f"({one})" for one in both)}


@dataclass(frozen=True)
class Joined:
    """Several values or sentences in a row: ``a, b and c``."""

    parts: tuple["Value | Sentence | Choice | Joined", ...]
    between: str = ", "
    last: str = " and "

    def tell(self, context: "Context") -> tuple[str, Record]:
        told = [part.tell(context) for part in self.parts]
        text = joined([shown for shown, _ in told], self.between, self.last)
        kept = {"shown": text, "parts": [record for _, record in told]}
        return text, {**kept, "between": self.between, "last": self.last}


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
    told = [say(words, n=number_of) if "{n}" in words else say(words) for words in (one, more)]
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
    answer).
    """

    def __init__(self, results: Mapping[str, Any], parameters: Mapping[str, Any], table: bytes | None = None):
        self.results, self.parameters, self.table = results, parameters, table

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
    given = parameters.plain() if parameters is not None else {}
    return Context({key: plain(one.value) for key, one in results.items()}, given, table)


def worded(model: Callable[[Any], Answer], words: Callable[..., Any]) -> Callable[[Any], Answer]:
    """A question's ``answer(parameters)``: what its model computes, in sentences.

    words: gives the answer's paragraphs from the model's Answer.
    """

    @functools.wraps(model)
    def answer(parameters: Any) -> Answer:
        found = model(parameters)
        context = of_answer(found.results, parameters)
        told = [paragraph.tell(context) for paragraph in words(found)]
        text = "\n\n".join(text for text, _ in told)
        return dataclasses.replace(found, text=text, told=tuple(kept for _, kept in told))

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
        inner = {name: retold(value, context) for name, value in record.get("values", {}).items()}
        return filled(record["template"], inner)
    value = context.value(record["from"])
    if value != record["value"]:
        raise ValueError(f"{record['from']} gives {value!r}, not {record['value']!r}")
    form = {key: one for key, one in record.items() if key not in ("shown", "value", "from")}
    return forms.shown(value, form)


def filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its places filled; raises ValueError where names and places are not the same."""
    places = {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}
    if places != set(values):
        raise ValueError(
            f"the template {template!r} has the places {sorted(places)}, given are {sorted(values)}"
        )
    return template.format(**values)


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
