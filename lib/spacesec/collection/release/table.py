"""The tables of a release: those under ``data/``, and what the store of sources and the records hold."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from spacesec.collection.site.claims import ledger
from spacesec.collection.site.rows import records
from spacesec.data import grades, sources, tables

# Standard names of both versions of the Data Package standard: no capitals, no slash.
SEPARATOR = "."


@dataclass(frozen=True)
class Table:
    """A table: its descriptor as the data package has it, and its file."""

    descriptor: dict[str, Any]
    content: bytes

    @property
    def name(self) -> str:
        return self.descriptor["name"]

    @property
    def path(self) -> str:
        return self.descriptor["path"]

    @property
    def fields(self) -> list[dict[str, Any]]:
        return self.descriptor["schema"]["fields"]

    @property
    def keys(self) -> list[str]:
        return self.descriptor["schema"]["primaryKey"]

    @property
    def links(self) -> list[tuple[list[str], str, list[str]]]:
        """Foreign keys: columns, the table that they lead to, its columns."""
        return [
            (key["fields"], key["reference"]["resource"] or self.name, key["reference"]["fields"])
            for key in self.descriptor["schema"].get("foreignKeys", [])
        ]

    def rows(self) -> Iterator[dict[str, str]]:
        return csv.DictReader(io.StringIO(self.content.decode("utf-8"), newline=""))


def every() -> list[Table]:
    """All tables of a release, those of ``data/`` first, in the order of the data package."""
    return [
        *(_sealed(tables.describe(name)) for name in tables.names()),
        _made("sources", "Sources", "Every source of the collection, one a row.", _SOURCE, _sources()),
        _made(
            "questions",
            "Questions",
            "The questions, and the answers of the default runs.",
            _QUESTION,
            _questions(),
        ),
        _made("results", "Results", "The named results of the default runs.", _RESULT, _results()),
        _made("checks", "Checks", "Published values reproduced by the default runs.", _CHECK, _checks()),
        _made("figures", "Figures", "What each stored figure says.", _FIGURE, _figures()),
        _made(
            "verdicts", "Verdicts", "The verdict on each claim of the five documents.", _VERDICT, _verdicts()
        ),
    ]


def flat(name: str) -> str:
    """``budgets.gdp`` for ``budgets/gdp``."""
    return name.replace("/", SEPARATOR)


def _sealed(resource: dict) -> Table:
    content = tables.sealed_path(resource, note=False).read_bytes()
    schema = json.loads(json.dumps(resource["schema"]))
    for key in schema.get("foreignKeys", []):
        key["reference"]["resource"] = flat(key["reference"]["resource"])
    return Table(
        resource
        | {
            "name": flat(resource["name"]),
            "profile": "tabular-data-resource",
            "path": f"tables/{resource['path']}",
            "schema": schema,
        },
        content,
    )


# Fields of the tables made here: name, type, description. The first is the key, ``+`` its next part; what
# stands after ``>`` is the table that the column leads to.
_SOURCE = (
    ("id", "string", "Identifier of the source."),
    ("type", "string", "Kind of publication, as CSL names them."),
    ("title", "string", "Title in English, paraphrased where the source is Japanese and has none."),
    ("original_title", "string", "Title as printed, where it was found."),
    ("author", "string", "Authors, divided by semicolons."),
    ("publisher", "string", "Publisher."),
    ("issued", "string", "Year, month or day of publication (ISO 8601)."),
    ("accessed", "string", "Day on which it was read (ISO 8601)."),
    ("language", "string", "Language (ISO 639-1)."),
    ("url", "string", "Address."),
    ("doi", "string", "Digital object identifier."),
    ("archive", "string", "Address of an archived copy."),
    ("kind", "string", "What its maker or its site is, by the rule of grades."),
    ("passed_on", "string", "How it came to the page that was read; empty for its maker's own page."),
    ("best_grade", "string", "Best grade that a row on it may have."),
    ("note", "string", "Remark."),
)
_QUESTION = (
    ("question", "string", "Name of the question: theme/question."),
    ("title", "string", "The question in words."),
    ("answer", "string", "Answer of the default run, Markdown."),
    ("parameters", "string", "Parameters of the default run, JSON."),
)
_RESULT = (
    ("question>questions", "string", "Name of the question."),
    ("+name", "string", "Name of the result."),
    ("value", "string", "Value as JSON."),
    ("number", "number", "Value, where it is one number."),
    ("unit", "string", "Unit."),
    ("meaning", "string", "What it means."),
)
_CHECK = (
    ("question>questions", "string", "Name of the question."),
    ("+place", "integer", "Place among the checks of the question, from 1."),
    ("what", "string", "What is compared."),
    ("ours", "number", "Value of this collection."),
    ("published", "number", "Published value."),
    ("tolerance", "number", "Largest difference allowed, in the same unit."),
    ("unit", "string", "Unit."),
    ("source_id>sources", "string", "Source of the published value."),
    ("locator", "string", "Place in the source."),
)
_FIGURE = (
    ("question>questions", "string", "Name of the question."),
    ("+name", "string", "Name of the figure."),
    ("title", "string", "Title."),
    ("subtitle", "string", "Subtitle."),
    ("caption", "string", "Caption."),
    ("note", "string", "Caveat printed in the picture."),
    ("alt", "string", "Alternative text."),
    ("png", "string", "Path of the picture in the repository."),
    ("csv", "string", "Path of the data drawn in the repository."),
)
_VERDICT = (
    ("claim_id>policy_evolution.claims", "string", "Identifier of the claim."),
    ("verdict", "string", "Verdict."),
    ("computed", "boolean", "Given by rules over rows and results; otherwise argued in words."),
    ("reason", "string", "Reason, where the verdict is argued."),
)
_LINKED = {"questions": "question", "sources": "id", "policy_evolution.claims": "claim_id"}


def _made(name: str, title: str, about: str, columns: tuple, rows: Iterable[tuple]) -> Table:
    fields, keys, links = [], [], []
    for place, (said, kind, description) in enumerate(columns):
        column, _, target = said.removeprefix("+").partition(">")
        fields.append({"name": column, "type": kind, "description": description})
        if place == 0 or said.startswith("+"):
            keys.append(column)
            fields[-1]["constraints"] = {"required": True}
        if target:
            links.append({"fields": [column], "reference": {"resource": target, "fields": [_LINKED[target]]}})
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([field["name"] for field in fields])
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    descriptor = {
        "name": name,
        "profile": "tabular-data-resource",
        "path": f"tables/{name}.csv",
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": title,
        "description": about,
        "licenses": tables.package()["licenses"],
        "schema": {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": fields,
            "missingValues": [""],
            "primaryKey": keys,
            "foreignKeys": links,
        },
    }
    return Table(descriptor, file.getvalue().encode("utf-8"))


def _sources() -> Iterator[tuple]:
    for identifier, item in sorted(sources.store().items()):
        authors = (
            " ".join(filter(None, (a.get("given"), a.get("family")))) or a["literal"] for a in item["author"]
        )
        yield (
            identifier,
            item["type"],
            item["title"],
            item.get("original-title"),
            "; ".join(authors),
            item.get("publisher"),
            _day(item.get("issued")),
            _day(item.get("accessed")),
            item["language"],
            item.get("URL"),
            item.get("DOI"),
            item.get("archive_location"),
            grades.kind(item),
            grades.passed_on(item),
            grades.proposed(item),
            item.get("note"),
        )


def _day(date: dict | None) -> str | None:
    """``2026-03`` for the parts 2026 and 3."""
    return date and "-".join(f"{part:02}" for part in date["date-parts"][0])


def _questions() -> Iterator[tuple]:
    for name, run in records().items():
        yield name, run.question, run.answer, _json(run.parameters)


def _results() -> Iterator[tuple]:
    for question, run in records().items():
        for name, result in run.results.items():
            number = isinstance(result.value, int | float) and not isinstance(result.value, bool)
            yield (
                question,
                name,
                _json(result.value),
                result.value if number else None,
                result.unit,
                result.meaning,
            )


def _checks() -> Iterator[tuple]:
    for question, run in records().items():
        for place, check in enumerate(run.checks, start=1):
            numbers = check.ours, check.published, check.tolerance
            yield question, place, check.what, *numbers, check.unit, check.source_id, check.locator


def _figures() -> Iterator[tuple]:
    for question, run in records().items():
        for one in run.figures:
            said = one.title, one.subtitle, one.caption, one.note, one.alt
            yield (
                question,
                one.name,
                *said,
                *(f"figures/{question}/{one.name}.{kind}" for kind in ("png", "csv")),
            )


def _verdicts() -> Iterator[tuple]:
    for claim in ledger():
        yield claim.id, claim.verdict, str(claim.computed).lower(), claim.reason


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
