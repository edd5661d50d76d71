"""Beside each number of a sentence, where it comes from: the named result, the parameter, or the expression
over the figure's CSV with the lines that it reads.
"""

import csv
import functools
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from spacesec.collection.site import text
from spacesec.collection.site.words import counted, foreign, quotes, said
from spacesec.run.records import KeptFigure, Record
from spacesec.words.sentences import Context, filled, joined

# Around a value while its sentence is turned into HTML: private characters that no text here holds.
OPEN, SHUT = "\ue000", "\ue001"
MOST_LINES = 8  # of a figure's data, shown for one value


@dataclass(frozen=True)
class Pressed:
    """Words whose values can be pressed, and what each of them opens."""

    words: Markup
    origins: Markup = Markup()


class Teller:
    """The values of one question's sentences. folder: where its record and its figures' CSV files lie."""

    def __init__(self, run: Record, folder: Path) -> None:
        self.run, self.folder = run, folder
        self._results = {name: one.value for name, one in run.results.items()}

    def answer(self, root: str) -> Pressed:
        """The answer as HTML."""
        told = "\n\n".join(_marked(record) for record in self.run.told)
        html = functools.partial(text.html, root=root)
        return self._pressed("answer", told, self.run.answer, self.run.told, html)

    def figure(self, figure: KeptFigure, part: str) -> Pressed:
        """A figure's ``title``, ``caption`` …, which are plain text."""
        records = [figure.told[part]] if part in figure.told else []
        told, shown = "".join(map(_marked, records)), getattr(figure, part)
        return self._pressed(f"{figure.name}-{part}", told, shown, records, _quoted, figure)

    def _pressed(
        self,
        place: str,
        told: str,
        shown: str,
        records: list[dict],
        html: Callable[[str], str],
        figure: KeptFigure | None = None,
    ) -> Pressed:
        plain = str(html(shown))
        made = str(html(told))
        # Where the marks would change the words themselves (a quotation mark's side), the words go before.
        if not records or re.sub(f"[{OPEN}{SHUT}]", "", made) != plain:
            return Pressed(Markup(plain))
        values = [value for record in records for value in each_value(record)]
        ids = iter(range(len(values)))
        words = re.sub(f"{OPEN}([^{SHUT}]*){SHUT}", lambda found: _button(place, next(ids), found[1]), made)
        table = (self.folder / f"{figure.name}.csv").read_bytes() if figure else None
        context = Context(self._results, self.run.parameters, table)
        opened = [self._origin(f"{place}-{at}", value, context, figure) for at, value in enumerate(values)]
        return Pressed(Markup(words), Markup("".join(opened)))

    def _origin(self, name: str, value: dict, context: Context, figure: KeptFigure | None) -> str:
        [(kind, origin)] = value["from"].items()
        if kind == "sql":
            told = self._expression(origin, context, figure)
        elif kind == "result":
            named = _result(origin[0]) + _path(origin[1:])
            meaning = self.run.results[origin[0]].meaning
            told = said("{result}: {meaning}", result=named, meaning=meaning)
        else:
            link = Markup('<a href="#parameters"><code>{}</code></a>').format(origin[0])
            told = said("Parameter {name} of this run", name=link)
        told = told if kind == "sql" else f"<p>{told}</p>"
        head = f"<p><strong>{escape(value['shown'])}</strong></p>"
        return f'<div id="from-{name}" class="told-from" popover>{head}{told}</div>'

    def _expression(self, expression: str, context: Context, figure: KeptFigure | None) -> str:
        named = dict.fromkeys(re.findall(r":([A-Za-z_]\w*)", expression))
        links = Markup(", ").join(_result(name) for name in named if name in self.run.results)
        code = Markup("<code>SELECT {}</code>").format(expression)
        file = Markup("<code>drawn</code> ({}.csv)").format(figure.name) if figure else ""
        told = said("{code} over the figure’s data {file}", code=code, file=file) if figure else code
        after = f"; {links}" if links else ""
        lines = context.lines(expression)
        table = _table(context.table, lines, figure.name) if figure and lines else ""
        return f"<p>{told}{after}</p>{table}"


def _result(name: str) -> Markup:
    link = Markup('<a href="#result-{0}"><code>{0}</code></a>').format(name)
    return said("result {name}", name=link)


def _path(keys: list) -> str:
    return "".join(f", {key}" for key in keys)


def _table(data: bytes, lines: list[int], figure: str) -> str:
    """The lines of a figure's data that a value reads, each leading to its place under the figure."""
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    kept = [at for at, name in enumerate(head) if any(rows[line][at] for line in lines)]
    shown = lines[:MOST_LINES]
    body = "".join(
        f"<tr><td>{line + 1}</td>{''.join(_filled(rows[line][at]) for at in kept)}</tr>" for line in shown
    )
    heads = "".join(f'<th scope="col"{foreign(head[at])}>{escape(head[at])}</th>' for at in kept)
    rest = len(lines) - len(shown)
    told = counted(rest, "and {n} more line of the figure’s CSV", "and {n} more lines of the figure’s CSV")
    more = f"<p>{told}</p>" if rest else ""
    line = said("line")
    return text.scrolling(f'<table><tr><th scope="col">{line}</th>{heads}</tr>{body}</table>') + more


def _filled(cell: str) -> str:
    return f"<td{foreign(cell)}>{escape(cell)}</td>"


def _button(place: str, at: int, shown: str) -> str:
    return f'<button type="button" class="told" popovertarget="from-{place}-{at}">{shown}</button>'


def _quoted(words: str) -> str:
    return str(escape(quotes(words)))


def _marked(record: dict) -> str:
    """The text of a record with every value between marks."""
    if "parts" in record:
        return joined([_marked(part) for part in record["parts"]], record["between"], record["last"])
    if "template" in record:
        return filled(
            record["template"], {key: _marked(one) for key, one in record.get("values", {}).items()}
        )
    return f"{OPEN}{record['shown']}{SHUT}"


def each_value(record: dict) -> Iterator[dict]:
    """The values of a record in the order in which its text shows them."""
    if "parts" in record:
        for part in record["parts"]:
            yield from each_value(part)
    elif "template" in record:
        for name in re.findall(r"{(\w+)}", record["template"]):
            yield from each_value(record["values"][name])
    else:
        yield record
