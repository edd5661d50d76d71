"""A page for every question: answer, figures, checks, limits, method, parameters, how to rerun, how
to cite.
"""

import functools
import re
import shlex
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from spacesec import answers
from spacesec.collection import lead, readme
from spacesec.collection.points import Point
from spacesec.collection.questions import Question
from spacesec.collection.site import (
    citation,
    drawing,
    narrow,
    notebook,
    programs,
    text,
    told,
    turning,
    words,
)
from spacesec.collection.site.behind import behind
from spacesec.collection.site.claims import Claim, ledger, verdict_words
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import Row, records, rows
from spacesec.collection.site.rows import questions as recorded
from spacesec.data import sources, tables
from spacesec.errors import ParameterError
from spacesec.parameters import Parameters, as_given, as_typed
from spacesec.run.records import NAME, KeptFigure, Record
from spacesec.words import language
from spacesec.words.language import ENGLISH, UNIT, in_force, speaking

CONFLICTS = "data/conflicts.csv"
ROOT = "../../"  # from a question's page to the site's root


def pages(turned: Mapping[str, Mapping[str, Point]] = MappingProxyType({})) -> Iterator[Page | File]:
    """Every recorded question's page; its figures, record and notebook as the repository holds them.

    turned: the points of the questions whose parameters turn on their pages.
    """
    claims = {claim.id: claim for claim in ledger()}
    themes = words.themes()
    for question in recorded():
        run = records()[question.name]
        title, parts = notebook.sections(question, ROOT)
        lines = behind(question.name)
        teller = told.Teller(run, question.folder)
        parameters, points = _parameters(question), turned.get(question.name)
        context = {
            "question": question,
            "turning": turning.context(question, points, parameters) if points else None,
            "run": run,
            "theme": themes[question.theme],
            "answer": teller.answer(ROOT),
            "sections": parts,
            "figures": {
                figure.name: _figure(question, figure, lines.get(figure.name, {}), teller)
                for figure in run.figures
            },
            "shown": answers.shown,
            "years": _years(question),
            "parameters": parameters,
            "example": _example(question.module.Parameters),
            "cite": citation.question(question.name, title),
            "references": _references(run),
            "claims": _claims(run, claims),
            "verdict": verdict_words,
            "option": "" if in_force() == ENGLISH else f" --language {in_force()}",
            "inputs": _inputs(run),
            "questions": {name: one.question for name, one in records().items()},
            "short": rows().short,
            "as_of": tables.package()["as_of"],
            "provisional": lead.provisional(question),
        }
        prose = [notebook.words(block) for blocks in parts.values() for block in blocks]
        searched = [
            text.plain(run.answer),
            *(f"{figure.title} {figure.caption}" for figure in run.figures),
            *prose,
        ]
        yield Page(
            f"questions/{question.name}.html",
            "question.html",
            title,
            context,
            "question",
            " ".join(searched),
            text.plain(readme.first_sentence(question)),
            f"{run.question} {question.module.KEYWORDS}",
            _files(question, run.figures[0], "png")[0],
        )
        for figure in run.figures:
            yield from _alone(question, title, figure, context["figures"][figure.name])
        if points:
            yield File(f"questions/{question.name}.turned.js", turning.script(points))
        bib = f"questions/{question.name}.bib"
        yield File(bib, (context["cite"]["bibtex"] + "\n").encode("utf-8"))
        yield from (
            File(f"figures/{question.name}/{name}", question.folder / name)
            for figure in run.figures
            for name in figure.files
        )
        phone = narrow.file(question)
        if phone.is_file():
            yield File(_files(question, run.figures[0], "phone.svg")[0], phone)
        yield File(f"figures/{question.name}/{NAME}", question.folder / NAME)
        yield File(f"notebooks/{question.name}.ipynb", question.notebook)
        references = f"figures/{question.name}/references.bib"
        yield File(references, _bibtex(frozenset(_cited(run))), shared=True)


@functools.cache
def _bibtex(cited: frozenset[str]) -> bytes:
    return sources.bibtex(cited).encode("utf-8")


def _years(question: Question) -> set[str]:
    """The results that are years: told without commas."""
    with speaking(ENGLISH):
        results = records()[question.name].results
    return {name for name, one in results.items() if "year" in one.unit}


def _parameters(question: Question) -> list[dict[str, Any]]:
    """The parameters' names, defaults and, in words, units, types, bounds and meaning."""

    def told(english: str, context: str = "") -> Markup:
        return words.marked(language.text(english, question.name, context))

    return [
        {
            "name": entry["name"],
            "default": entry["default"],
            "unit": told(entry["unit"], UNIT),
            "takes": words.said(", ").join(filter(None, (told(entry["type"]), told(entry["allowed"])))),
            "help": told(entry["help"]),
        }
        for entry in question.module.Parameters.describe()
    ]


def _figure(
    question: Question, figure: KeptFigure, lines: dict[int, list[Row]], teller: told.Teller
) -> dict[str, Any]:
    """What the template needs of a figure: its entry in the record, its words, the drawing itself or the
    lighter of its two files, the rows behind it.
    """
    svg = (question.folder / f"{figure.name}.svg").read_text(encoding="utf-8")
    png = question.folder / f"{figure.name}.png"
    wide, high = drawing.size(svg)
    inline = drawing.inline(svg, figure.name, figure.alt) if drawing.marked(svg) else None
    return {
        "entry": figure,
        "words": {part: teller.figure(figure, part) for part in ("title", "caption")},
        "inline": inline,
        "width": wide,
        "height": high,
        "kind": "svg" if len(svg) <= png.stat().st_size else "png",
        "narrow": _narrow(question, figure),
        "lines": lines,
    }


def _narrow(question: Question, figure: KeptFigure) -> dict[str, Any] | None:
    """What a phone shows in the figure's place: the lead figure has a drawing of its own."""
    path = narrow.file(question)
    if figure.name != records()[question.name].figures[0].name or not path.is_file():
        return None
    wide, high = drawing.size(path.read_text(encoding="utf-8"))
    return {"media": narrow.MEDIA, "width": wide, "height": high}


def _files(question: Question, figure: KeptFigure, *kinds: str) -> list[str]:
    return [f"figures/{question.name}/{figure.name}.{kind}" for kind in kinds]


def _alone(question: Question, title: str, figure: KeptFigure, made: dict[str, Any]) -> Iterator[Page | File]:
    """A figure's own page, by which it is shared and embedded, and the figure as JSON."""
    [path, data, picture] = _files(question, figure, "html", "json", "png")
    taken = _files(question, figure, "csv", "json", "svg", "png")
    context = {"question": question, "heading": title, "made": made, "short": rows().short}
    context["linked"] = programs.data_set(figure.title, figure.caption, "../../../", taken)
    shown = words.quotes(figure.title)
    yield Page(path, "alone.html", shown, context, about=figure.caption, picture=picture)
    yield File(data, programs.figure(question, figure))


def _cited(run: Record) -> set[str]:
    """The sources of a question's figures and checks."""
    return {source for figure in run.figures for source in figure.sources} | {
        check.source_id for check in run.checks
    }


def _references(run: Record) -> list[tuple[str, Markup]]:
    """Source and reference, in the order of a reference list."""
    return [
        (identifier, _opened(sources.cite(identifier, "html")))
        for identifier in sorted(_cited(run), key=lambda identifier: sources.cite(identifier).casefold())
    ]


def _opened(reference: str) -> Markup:
    """A reference whose address is a link."""
    return Markup(
        re.sub(
            r"https?://[^\s<]*[^\s<.]",
            lambda found: f'<a href="{found[0]}" rel="noopener">{found[0]}</a>',
            reference,
        )
    )


def _claims(run: dict, claims: dict[str, Claim]) -> list[Claim]:
    """The claims on which the question's results bear."""
    return [
        claims[name]
        for name in sorted({name for result in run.results.values() for name in result.claims})
        if claims
    ]


def _inputs(run: dict) -> dict[str, list]:
    """What the run rested on: tables with their titles, and other questions."""
    files = dict.fromkeys(name.split("#")[0] for name in run.inputs)
    held = {
        f"data/{tables.describe(name)['path']}": (name, tables.describe(name)["title"])
        for name in tables.names()
    }
    return {
        "tables": [held[file] for file in files if file in held and file != CONFLICTS],
        "conflicts": CONFLICTS in files,
        "questions": [
            file.removeprefix("figures/").removesuffix(f"/{NAME}")
            for file in files
            if file.startswith("figures/")
        ],
    }


def _example(parameters: type[Parameters]) -> str:
    """A parameter and another value than its default, as a shell takes them: a choice where there is one,
    else a number, else the first of a list.
    """
    plain = [entry for entry in parameters.describe() if isinstance(entry["default"], (int, float, str))]
    choices = [
        (entry["name"], as_given(choice))
        for entry in plain
        if entry["type"].startswith("one of ")
        for choice in entry["type"].removeprefix("one of ").split(", ")
        if choice != str(entry["default"])
    ]
    numbers = [
        (
            entry["name"],
            entry["default"] + 1 if isinstance(entry["default"], int) else round(1.2 * entry["default"], 2),
        )
        for entry in plain
        if isinstance(entry["default"], (int, float)) and not isinstance(entry["default"], bool)
    ]
    lists = [
        (entry["name"], entry["default"][:1])
        for entry in parameters.describe()
        if isinstance(entry["default"], list) and len(entry["default"]) > 1
    ]
    return next(
        (
            f"{name} {shlex.quote(as_typed(value))}"
            for name, value in choices + numbers + lists
            if _possible(parameters, {name: value})
        ),
        "",
    )


def _possible(parameters: type[Parameters], values: dict[str, Any]) -> bool:
    try:
        parameters.of(values)
        return True
    except ParameterError:
        return False
