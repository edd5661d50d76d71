"""A small collection to strike, to fill and to lock, and the commands that run in it."""

import contextlib
import functools
import hashlib
import json
import os
import re
import shutil
import tempfile
import textwrap
from pathlib import Path

import nbformat

from tests.conftest import LONG, QUESTION, ROOT, Collection
from tests.faults.starter import Started, Starter

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))  # more of them for a night
START = "import sys; from spacesec.collection.cli import main; print('ready', flush=True); sys.exit(main())"
STALE = (
    f"figures/{QUESTION} is stale: data/{QUESTION}.csv changed since the run; run `spacesec run {QUESTION}`"
)
SWEEP = (
    f"question: {QUESTION}\ngrid: {{first_year: [2009, 2012], currency: [JPY, USD]}}\nplot: {{x:"
    " first_year, y: growth_multiple, colour: currency}\n"
)
# The site's own builder on pages that cost nothing.
SITE = textwrap.dedent("""
    import sys
    from types import SimpleNamespace
    from spacesec.collection import cli
    from spacesec.collection.site import build
    from spacesec.collection.site.page import File
    content = sys.argv.pop().encode() * 3_000
    sys.argv.append("--turned")  # no question
    build.told = build.narrow.draw = lambda *_: None
    build.ROOMS = (SimpleNamespace(pages=lambda: [File(f"page-{n}.txt", content) for n in range(60)]),)
    print("ready", flush=True)
    sys.exit(cli.main())
    """)


@functools.cache
def starter(cold: bool) -> Starter:
    return Starter(preload=not cold)


class Place:
    """A small collection whose one notebook draws one figure, its table as it was or changed, and whatever a
    run needs, in a folder with a short name.
    """

    def __init__(self, folder: Path):
        self.folder = folder
        self.collection = Collection(folder / "c")
        self.root = self.collection.root
        shutil.copy(ROOT / "README.md", self.root)
        shutil.copy(ROOT / "CITATION.cff", self.root)
        self.table = self.root / "data" / f"{QUESTION}.csv"
        (folder / "t").mkdir()
        self.environment = {
            **self.collection.environment,
            "TMPDIR": str(folder / "t"),
            "WARM_KERNELS_STRICT": "",
            "WARM_KERNELS_PRELOAD": "ipykernel.kernelapp ipykernel.ipkernel pandas matplotlib.pyplot",
            "HOME": str(folder),
        }
        self.environment.pop("WARM_KERNELS", None)
        self.shorten()

    def shorten(self) -> None:
        path = self.root / "notebooks" / f"{QUESTION}.ipynb"
        notebook = nbformat.read(path, 4)
        wanted = (
            "first_year = ",
            "from spacesec.budgets import",
            "answer = ",
            "run.publish(question.figures.series",
            "run.finish",
        )
        notebook.cells = [
            cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith(wanted)
        ]
        # So short, it is the whole of its question.
        notebook.cells[1].source += "\nquestion.FIGURES, question.checks = question.FIGURES[:1], lambda _: []"
        nbformat.write(notebook, path)

    def edit(self, amount: str) -> None:
        """Another amount in the table, which its package does not know yet."""
        text = re.sub(
            r"(?m)^(space-budget-2026-combined,2026,narrow,combined,)[^,]+",
            rf"\g<1>{amount}",
            self.table.read_text(encoding="utf-8"),
        )
        self.table.write_text(text, encoding="utf-8")

    def change(self, amount: str) -> None:
        """The same, sealed by hand: 1001.0 is what stands there."""
        self.edit(amount)
        text = self.table.read_text(encoding="utf-8")
        path = self.root / "data" / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        next(r for r in package["resources"] if r["name"] == QUESTION)["hash"] = (
            "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        )
        path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")

    def start(self, *words: str, code: str = START, cold: bool = False, before: str = "") -> Started:
        """Begin a command, its imports done for it or, ``cold``, its own affair; ``before`` names what its
        process does first.
        """
        return starter(cold).start(code, words, self.environment, self.root, before)

    def done(self, *words: str, code: str = START, **more) -> tuple[int, str, str]:
        process = self.start(*words, code=code, **more)
        out, err = process.communicate(timeout=LONG)
        return process.returncode, out, without_progress(err)

    def fine(self, *words: str, code: str = START) -> None:
        returned, out, err = self.done(*words, code=code)
        assert (returned, err) == (0, ""), out

    def seen(self, *kinds: str) -> dict[str, bytes]:
        """All that a reader sees in these folders of the collection."""
        return {
            path.relative_to(self.root).as_posix(): path.read_bytes()
            for kind in kinds
            for path in (self.root / kind).rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(self.root).parts)
        }

    def restore(self, state: dict[str, bytes], *kinds: str) -> None:
        for name in self.seen(*kinds).keys() - state.keys():
            (self.root / name).unlink()
        for name, content in state.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_bytes(content)

    def leavings(self) -> list[str]:
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.suffix in (".partial", ".old")
        )


def without_progress(said: str) -> str:
    return "".join(line for line in said.splitlines(keepends=True) if " points, about " not in line)


@contextlib.contextmanager
def place(where: str | None = None):
    folder = Path(tempfile.mkdtemp(prefix="sf", dir=where))
    try:
        folder.chmod(0o755)
        yield Place(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
