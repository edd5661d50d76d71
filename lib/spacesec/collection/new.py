"""A new question: folder, notebook and test from one skeleton, on a table that is there, run at once."""

import difflib
import itertools
import json
import keyword
import re
import shutil
import textwrap
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from string import Template
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from spacesec.collection import execution, readme
from spacesec.collection.questions import LIBRARY, METADATA, THEMES, Question
from spacesec.data import row_ids, tables
from spacesec.errors import ParameterError, RunError
from spacesec.machine import files, paths

SKELETON = Path(__file__).with_name("skeleton")
ROOMS = ("__init__.py", "model.py", "figures.py", "words.py")
FEWEST_YEARS, MOST_KINDS, MOST_COLUMNS = 3, 12, 3
WIDTH = 110


def new(name: str, table: str, title: str | None = None) -> dict[Path, int]:
    """Write a question, run it and renew the README; gives the files with their numbers of lines.

    name: ``<theme>/<question>``; table: of which the question asks for the largest amount of a year, until
    somebody asks it something else; title: the question in words. Raises SpacesecError in one sentence; then
    nothing of it is left.
    """
    theme, question = _named(name)
    filling = _filling(theme, question, table, title)
    folder, notebook = LIBRARY / theme / question, paths.notebooks() / f"{name}.ipynb"
    test = paths.root() / "tests" / theme / f"test_{question}.py"
    made = {folder / room: _filled(room, filling) for room in ROOMS} | {test: _filled("test.py", filling)}
    try:
        for path, text in made.items():
            files.write_text(path, text)
        files.write_text(notebook, nbformat.writes(_notebook(filling)) + "\n")
        [outcome] = execution.run([Question(name)], {}, None)
        if outcome.error:
            raise RunError(outcome.error)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.rmtree(paths.figures() / name, ignore_errors=True)
        for path in (test, notebook):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise
    readme.renew()
    return {path: text.count("\n") for path, text in made.items()}


def _named(name: str) -> tuple[str, str]:
    """Theme and question; raises ParameterError for a name that no new question can have."""
    theme, _, question = name.partition("/")
    if theme not in THEMES:
        near = difflib.get_close_matches(theme, THEMES, n=1, cutoff=0.5)
        mend = f"did you mean {near[0]}?" if near else f"the themes are {', '.join(THEMES)}."
        raise ParameterError(f"{theme!r} is no theme; {mend}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", question) or keyword.iskeyword(question):
        raise ParameterError(
            f"{question!r} is no name for a question; take small letters, digits and single underscores, as"
            " in launch_record."
        )
    if LIBRARY.resolve() != (paths.root() / "lib" / "spacesec").resolve():
        raise ParameterError(
            "the library in use is not this collection's; work in a checkout, set up by make."
        )
    standing = (LIBRARY / name, LIBRARY / f"{name}.py", paths.notebooks() / f"{name}.ipynb")
    if found := next((path for path in standing if path.exists()), None):
        shown = found.relative_to(paths.root())
        raise ParameterError(
            f"{name} is taken: {shown.as_posix()} is there; take another name, or remove it."
        )
    return theme, question


def _filling(theme: str, question: str, table: str, title: str | None) -> dict[str, Any]:
    """What the skeleton leaves open; raises ParameterError or DataError for a table that it cannot ask."""
    resource = tables.described(table)
    rows = tables.raw_rows(paths.data() / resource["path"])
    year, amount = _columns(resource)
    series = None if amount is None else _series(rows, _texts(resource), year, amount["name"])
    if series is None:
        suited = [name for name in tables.names() if _columns(tables.describe(name))[1] is not None]
        raise ParameterError(
            f"{table} has no series of amounts by year to begin with; take another with --table, such as"
            f" {', '.join(suited[:5])}."
        )
    chosen = sorted(
        (row for row in rows if all(row[column] == kept for column, kept in series.items())),
        key=lambda row: int(row[year]),
    )
    first, until = chosen[0], chosen[: max(2, len(chosen) // 2)]
    most = max(until, key=lambda row: float(row[amount["name"]]))
    asked = title or f"Which year had the largest amount in the table “{resource['title'].split(',')[0]}”?"
    if not asked.endswith("?") or not asked.isprintable():
        raise ParameterError(
            f"{asked!r} is no question; write it in one line that ends with a question mark."
        )
    form = "fiscal_year" if year == "fiscal_year" else "year"
    decimals = len(first[amount["name"]].partition(".")[2])
    return {
        "name": f"{theme}/{question}",
        "theme": theme,
        "question": question,
        "title": asked,
        "asked": _set("QUESTION", asked),
        "table": table,
        "described": resource["description"],
        "year": year,
        "amount": amount["name"],
        "unit": amount["unit"],
        "series": json.dumps(series, ensure_ascii=False),
        "digits": max(len(row[amount["name"]].partition(".")[2]) for row in chosen),
        "form": form,
        "forms": ", ".join(sorted(["number", "result", "say", form])),
        "first_year": first[year],
        "first_amount": first[amount["name"]],
        "tolerance": f"{0.5 * 10**-decimals:g}",
        "source": _set("SOURCE", first["source_id"]),
        "locator": _set("LOCATOR", first["locator"]),
        "test_year": until[-1][year],
        "test_amount": most[amount["name"]],
        "test_largest": most[year],
        "test_source": most["source_id"],
    }


def _columns(resource: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    """The column of whole years that dates a table, and its first amount with a unit; None where one is
    missing.
    """
    fields = {field["name"]: field for field in resource["schema"]["fields"]}
    year = resource.get("dated", "")
    amounts = (field for field in fields.values() if field["type"] == "number" and field.get("unit"))
    whole = fields.get(year, {}).get("type") in ("integer", "year")
    return year, next(amounts, None) if whole and "source_id" in fields else None


def _texts(resource: dict[str, Any]) -> list[str]:
    """The columns by whose texts rows of a table may be told apart."""
    fields = resource["schema"]["fields"]
    return [
        field["name"] for field in fields if field["type"] == "string" and field["name"] not in row_ids.ASIDE
    ]


def _series(rows: list[dict[str, str]], texts: list[str], year: str, amount: str) -> dict[str, str] | None:
    """Texts that leave one row a year: with the newest row if they can, the most years, the fewest columns;
    None where none do.
    """
    newest = max(rows, key=lambda row: row[year])
    kinds = [column for column in texts if 1 < len({row[column] for row in rows}) <= MOST_KINDS]
    found = [
        ((newest in part, len(part), -len(chosen)), chosen)
        for count in range(MOST_COLUMNS + 1)
        for columns in itertools.combinations(kinds, count)
        for chosen, part in _parts(rows, columns)
        if _by_year(part, year, amount)
    ]
    return dict(max(found, key=lambda one: one[0])[1]) if found else None


def _parts(
    rows: list[dict], columns: tuple[str, ...]
) -> Iterator[tuple[tuple[tuple[str, str], ...], list[dict]]]:
    parts: dict[tuple[tuple[str, str], ...], list[dict]] = {}
    for row in rows:
        parts.setdefault(tuple((column, row[column]) for column in columns), []).append(row)
    return ((chosen, part) for chosen, part in parts.items() if all(text for _, text in chosen))


def _by_year(rows: list[dict[str, str]], year: str, amount: str) -> bool:
    years = [row[year] for row in rows]
    return len(years) == len(set(years)) >= FEWEST_YEARS and all(row[year] and row[amount] for row in rows)


def _filled(room: str, filling: dict[str, Any]) -> str:
    text = Template((SKELETON / f"{room}.txt").read_text(encoding="utf-8")).substitute(filling)
    lines = text.splitlines(keepends=True)
    own = [at for at, line in enumerate(lines) if line.startswith("from spacesec")]
    for at, line in zip(own, sorted(lines[at] for at in own)):  # their order hangs on the theme's name
        lines[at] = line
    return "".join(lines)


def _set(name: str, text: str) -> str:
    """``NAME = "text"`` within the house's width."""
    line = f"{name} = {_literal(text)}"
    if len(line) <= WIDTH:
        return line
    parts = textwrap.wrap(text, WIDTH - 8, drop_whitespace=False)
    return "\n".join([f"{name} = (", *(f"    {_literal(part)}" for part in parts), ")"])


def _literal(text: str) -> str:
    return repr(text) if '"' in text else json.dumps(text, ensure_ascii=False)


WORKED = """by_hand, library = sorted(answer.tables["series"]["{amount}"])[-1], answer["largest"]
record.Listing(("by hand", "library", "difference"), [(by_hand, library, by_hand - library)])"""


def _notebook(filling: dict[str, Any]):
    """The notebook in the order of all."""
    fill = {key: str(value) for key, value in filling.items()}
    text, code = new_markdown_cell, new_code_cell
    own = f"from spacesec.{fill['theme']} import {fill['question']} as question"
    imported = sorted(["from spacesec.run import record", own])
    cells = [
        text(f"# {fill['title']}\n\n## Question\n\nWhy it is asked, and by whom."),
        text(f"## Parameters\n\n`spacesec describe {fill['name']}` explains each."),
        code(
            f'last_year = "latest"  # year\noutput_dir = None  # a folder; None: figures/{fill["name"]}',
            metadata={"tags": ["parameters"]},
        ),
        code("\n".join(imported) + "\n\nrun = record.start(question, globals())\nrun.settings"),
        text("## Answer"),
        code("answer = run.answer()\nanswer"),
        code("run.results"),
        text(f"## Data\n\n{fill['described']}"),
        code(f'answer.tables["series"][["{fill["year"]}", "{fill["amount"]}", "row_id"]]'),
        text("## Method\n\nThe largest of the amounts up to the last year. Worked once, beside the library:"),
        code(WORKED.format(amount=fill["amount"]), metadata={"tags": ["worked"]}),
        text("## Figures\n\n### Amounts by year"),
        code("run.publish(question.figures.amounts(answer))"),
        text("### From the largest to the smallest"),
        code("run.publish(question.figures.ranks(answer))"),
        text("## Checks\n\nThe first amount as its source prints it."),
        code("run.check(question.checks(answer))"),
        text("## What would change the answer\n\nThe last year that counts."),
        code("run.explore()", metadata={"tags": ["nbval-ignore-output"]}),  # a panel, where somebody reads
        text("## What the data cannot say\n\nWhat stands in no row."),
        text("## References"),
        code("run.finish()\nrun.references()"),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number:02d}"
    return new_notebook(cells=cells, metadata=METADATA)
