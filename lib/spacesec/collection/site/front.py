"""The front page with all questions, and the page that says what this is."""

from collections.abc import Iterator
from typing import Any

from spacesec.collection import prose, readme
from spacesec.collection.site import citation, drawing, notebook, programs, text
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import questions, records, rows
from spacesec.collection.site.words import said, themes
from spacesec.data import sources, tables
from spacesec.words.language import ENGLISH, in_force

FILES = ("data/datapackage.json", "data/sources.bib")  # by which all tables and sources are found


def pages() -> Iterator[Page | File]:
    """The two pages, and the small pictures of the first."""
    listed: dict[str, list[dict[str, Any]]] = {theme: [] for theme in themes()}
    pictures = []
    for question in questions():
        name = records()[question.name].figures[0].name
        pictures.append(f"figures/{question.name}/{name}.png")
        title, _ = notebook.sections(question, "")
        listed[question.theme].append(
            {"name": question.name, "title": title, "answer": text.html(readme.first_sentence(question))}
        )
        yield File(f"thumbnails/{question.name}.webp", drawing.thumbnail(question.folder / f"{name}.png"))
    runs = records().values()
    counts = {
        "questions": len(runs),
        "figures": sum(len(run.figures) for run in runs),
        "checks": sum(len(run.checks) for run in runs),
        "rows": sum(len(found) for found in rows().tables.values()),
        "tables": len(rows().tables),
        "sources": len(sources.store()),
        "claims": len(rows().tables.get("policy_evolution/claims", [])),
        "demands": len(rows().tables.get("policy_evolution/recommendations", [])),
        "lessons": len(prose.all_lessons()),
    }
    shared = {"counts": counts, "as_of": tables.package()["as_of"]}
    about = said(
        "{n} questions on Japan’s space security, each answered from sourced rows with open data and code.",
        n=counts["questions"],
    )
    yield Page(
        "index.html",
        "front.html",
        said("Japan Space Security Collection"),
        shared
        | {
            "themes": themes(),
            "listed": {theme: found for theme, found in listed.items() if found},
            "linked": programs.data_set(
                citation.stated()["title"], about, "../" * (in_force() != ENGLISH), FILES
            ),
        },
        about=about,
        picture=pictures[0],
    )
    yield Page(
        "about.html",
        "about.html",
        said("About this collection"),
        shared | {"cite": citation.collection()},
        "page",
        said("how to read, scope, rerun, cite, license"),
    )
