"""JupyterLab on the collection, opened at a start page that is made from the collection itself."""

import base64
import io
import os
import sys
from pathlib import Path

from spacesec import arithmetic, files, paths, record, tables
from spacesec.collection import readme
from spacesec.collection.questions import THEMES, Question, all_questions
from spacesec.errors import DataError
from spacesec.policy_evolution import claims

START = "build/start.ipynb"
THUMBNAIL_PIXELS = 300
# JupyterLab asks the network for news, for its own newest version and for extensions; here it is not to.
QUIET = ("--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate", "--LabApp.extension_manager=readonly")


def start(options: list[str]) -> None:
    """Write the start page and become JupyterLab (with these options of its own), in the arithmetic that gives a run the same bytes; does not return."""
    write()
    words = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={paths.root()}", f"--LabApp.default_url=/lab/tree/{START}", *QUIET, *options]
    os.execve(sys.executable, words, {**os.environ, **arithmetic.ENVIRONMENT})


def write() -> Path:
    """The start page, a notebook of text: themes, questions with their answers, the claim board, the tables."""
    import nbformat
    from nbformat.v4 import new_notebook

    cells = [_cell("top", _top()), *(_theme(theme, words) for theme, words in THEMES.items() if any(q.theme == theme for q in all_questions())), _cell("tables", _tables())]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    files.write_text(paths.root() / START, nbformat.writes(new_notebook(cells=cells, metadata=kernel)) + "\n")
    return paths.root() / START


def _top() -> str:
    """The collection's name and what it is, as its README has them."""
    path = paths.root() / "README.md"
    text = path.read_text(encoding="utf-8").split("\n\n") if path.is_file() else ["# " + tables.package()["title"]]
    board = next((f"\n\n[{claims.QUESTION}]({_notebook(q)}) The claim board is its [table](../figures/{q.name}/board.csv)." for q in all_questions() if q.module is claims), "")
    return "\n\n".join(text[:2]) + "\n\nOpen a question, run all its cells, and turn its parameters in the panel under *What would change the answer*." + board


def _theme(theme: str, words: str):
    lines, pictures = [f"## {words}", "", "| | |", "| --- | --- |"], {}
    for question in (q for q in all_questions() if q.theme == theme):
        picture = _thumbnail(question)
        if picture is not None:
            name = question.name.replace("/", "-") + ".png"
            pictures[name] = {"image/png": picture[0]}
        shown = f"[![{picture[1]}](attachment:{name})]({_notebook(question)})" if picture else ""
        lines.append(f"| {shown} | [**{_in_table(question.title)}**]({_notebook(question)})<br>{readme.first_sentence(question)} |")
    return _cell(theme, "\n".join(lines), attachments=pictures)


def _tables() -> str:
    rows = [f"| [{name}](../data/{tables.describe(name)['path']}) | {_in_table(tables.describe(name)['title'])} |" for name in tables.names()]
    return "\n".join(["## Tables", "", "Fields and units: [the codebook](../data/README.md).", "", "| table | what it holds |", "| --- | --- |", *rows])


def _thumbnail(question: Question) -> tuple[str, str] | None:
    """The first figure, small, in base64, and its alternative text; None where the question has not been run."""
    from PIL import Image

    try:
        first = record.read(question.folder)["figures"][0]
        picture = Image.open(question.folder / f"{first['name']}.png").convert("RGB")
    except (DataError, IndexError, OSError):
        return None
    picture.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    buffer = io.BytesIO()
    picture.save(buffer, "png", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode(), _in_table(first["title"]).translate(str.maketrans("[]", "()"))


def _notebook(question: Question) -> str:
    return f"../notebooks/{question.name}.ipynb"


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


def _cell(name: str, source: str, **more):
    from nbformat.v4 import new_markdown_cell

    return new_markdown_cell(source, id=name, **more)
