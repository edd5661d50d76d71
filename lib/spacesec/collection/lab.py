"""JupyterLab on the collection, opened at a start page that is made from the collection itself."""

import base64
import html
import io
import json
import os
import sys
from pathlib import Path

from spacesec.collection import readme
from spacesec.collection.questions import METADATA, THEMES, Question, all_questions
from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.machine import arithmetic, files, paths
from spacesec.policy_evolution import claims
from spacesec.run import records

START = "build/start.ipynb"
SETTINGS = "build/lab"
THUMBNAIL_PIXELS, THUMBNAIL_WIDTH = 400, 200  # of the picture itself, and as it is shown on a wide screen
# JupyterLab asks the network for news, for its own newest version and for extensions; here it is not to, nor
# to ask the reader whether it may.
QUIET = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--KernelSpecManager.kernel_dirs=[]",  # this environment's Python and no other
)
UNASKED = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


# The settings of the kernels, in place of the reader's own.
KERNELS = f"""from ipykernel.ipkernel import IPythonKernel

IPythonKernel.language_info = {METADATA["language_info"]!r}
"""


def start(options: list[str]) -> None:
    """Write the start page and become JupyterLab (with these options of its own), in the arithmetic that
    gives a run the same bytes; does not return.
    """
    write()
    files.write_text(paths.root() / SETTINGS / "overrides.json", json.dumps(UNASKED))
    ipython = paths.root() / SETTINGS / ".ipython"
    files.write_text(ipython / "profile_default" / "ipython_kernel_config.py", KERNELS)
    words = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={paths.root()}",
        f"--LabApp.default_url=/lab/tree/{START}",
        f"--LabApp.app_settings_dir={paths.root() / SETTINGS}",
        *QUIET,
        *options,
    ]
    arithmetic.fix()
    os.execve(sys.executable, words, {**os.environ, "IPYTHONDIR": str(ipython)})


def write() -> Path:
    """The start page, a notebook of text: themes, questions with their answers, the claim board,
    the tables.
    """
    import nbformat
    from nbformat.v4 import new_notebook

    cells = [
        _cell("top", _top()),
        *(
            _theme(theme, words)
            for theme, words in THEMES.items()
            if any(q.theme == theme for q in all_questions())
        ),
        _cell("tables", _tables()),
    ]
    page = new_notebook(cells=cells, metadata=METADATA)
    files.write_text(paths.root() / START, nbformat.writes(page) + "\n")
    return paths.root() / START


def _top() -> str:
    """The collection's name and what it is, as its README has them."""
    path = paths.root() / "README.md"
    text = (
        path.read_text(encoding="utf-8").split("\n\n")
        if path.is_file()
        else ["# " + tables.package()["title"]]
    )
    board = next(
        (
            f"\n\n[{claims.QUESTION}]({_notebook(q)}) The claim board is its"
            f" [table](../figures/{q.name}/board.csv)."
            for q in all_questions()
            if q.module is claims
        ),
        "",
    )
    return (
        "\n\n".join(text[:2])
        + "\n\nOpen a question, run all its cells, and turn its parameters in the panel under *What would"
        " change the answer*." + board
    )


def _theme(theme: str, words: str):
    """A theme's questions: picture, question, answer."""
    rows, pictures = [], {}
    for question in (q for q in all_questions() if q.theme == theme):
        picture = _thumbnail(question)
        if picture is not None:
            name = question.name.replace("/", "-") + ".png"
            pictures[name] = {"image/png": picture[0]}
        shown = (
            f'<a href="{_notebook(question)}"><img src="attachment:{name}" width="{THUMBNAIL_WIDTH}"'
            f' alt="{html.escape(picture[1])}"></a>'
            if picture
            else ""
        )
        # A table of HTML, since Markdown's own gives its columns no width; the blank lines make what is
        # between them Markdown.
        rows.append(
            f'<tr><td width="23%">{shown}</td><td align="left">\n\n'
            f"[**{question.title}**]({_notebook(question)})\n\n"
            f"{readme.first_sentence(question)}\n\n</td></tr>"
        )
    return _cell(theme, "\n".join([f"## {words}", "", "<table>", *rows, "</table>"]), attachments=pictures)


def _tables() -> str:
    rows = [
        f"| [{name}](../data/{tables.describe(name)['path']}) | {_in_table(tables.describe(name)['title'])} |"
        for name in tables.names()
    ]
    return "\n".join(
        [
            "## Tables",
            "",
            "Fields and units: [the codebook](../data/README.md).",
            "",
            "| table | what it holds |",
            "| --- | --- |",
            *rows,
        ]
    )


def _thumbnail(question: Question) -> tuple[str, str] | None:
    """The first figure, small, in base64, and its alternative text; None where the question has not
    been run.
    """
    from PIL import Image

    try:
        first = records.read(question.folder).figures[0]
        picture = Image.open(question.folder / f"{first.name}.png").convert("RGB")
    except (DataError, IndexError, OSError):
        return None
    picture.thumbnail((THUMBNAIL_PIXELS, THUMBNAIL_PIXELS))
    buffer = io.BytesIO()
    picture.save(buffer, "png", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode(), first.title


def _notebook(question: Question) -> str:
    return f"../notebooks/{question.name}.ipynb"


def _in_table(text: str) -> str:
    return text.replace("|", "\\|")


def _cell(name: str, source: str, **more):
    from nbformat.v4 import new_markdown_cell

    return new_markdown_cell(source, id=name, **more)
