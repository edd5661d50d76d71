"""Does the collection give again what it holds? Everything is run anew, apart from what is stored, and
compared byte for byte.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from spacesec.collection import execution
from spacesec.collection.questions import Question


def problems(
    questions: list[Question], jobs: int, kernel: str, report: Callable[..., None] = lambda *_: None
) -> list[str]:
    """One sentence for each question that fails or gives other figures, another record or other outputs than
    are stored; nothing stored is touched.
    """
    with tempfile.TemporaryDirectory(prefix="spacesec-rerun-") as folder:
        outcomes = execution.run(questions, {}, folder, jobs, report=report, kernel=kernel, redraw=True)
        faults = [
            f"{outcome.name} could not be run again: {outcome.error}" for outcome in outcomes if outcome.error
        ]
        failed = {outcome.name for outcome in outcomes if outcome.error}
        for question in (question for question in questions if question.name not in failed):
            again = Path(folder, question.name) if len(questions) > 1 else Path(folder)
            faults += [
                f"{fault}; run `spacesec run --force {question.name}`, and look for what is not the same"
                " every time if it comes back"
                for fault in _differences(question, again)
            ]
    return faults


def _differences(question: Question, again: Path) -> list[str]:
    made = {
        path.name: path.read_bytes()
        for path in again.iterdir()
        if path.suffix != ".ipynb" and not path.name.startswith(".")
    }
    held = {
        path.name: path.read_bytes() for path in question.folder.iterdir() if not path.name.startswith(".")
    }
    faults = [
        f"figures/{question.name}/{name} is not what a run gives"
        for name in sorted(made.keys() | held.keys())
        if made.get(name) != held.get(name)
    ]
    shown = json.loads((again / question.notebook.name).read_text(encoding="utf-8"))
    if _outputs(shown) != _outputs(question.stored()):
        faults.append(f"notebooks/{question.name}.ipynb shows other outputs than a run gives")
    return faults


def _outputs(notebook: dict[str, Any]) -> list[list[dict]]:
    """What the cells show, without the numbers of their runs: the cell that sets the folder moves them by
    one.
    """
    cells = [
        cell
        for cell in notebook["cells"]
        if cell["cell_type"] == "code" and "injected-parameters" not in cell["metadata"].get("tags", [])
    ]
    return [
        [
            {key: value for key, value in output.items() if key != "execution_count"}
            for output in cell["outputs"]
        ]
        for cell in cells
    ]
