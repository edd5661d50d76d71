"""Each notebook's Method works its formula or rule once by hand, beside the library."""

import nbformat
import pytest

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*/*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: "/".join(path.with_suffix("").parts[-2:]))
def test_the_method_is_worked_once(path):
    heading, worked = "", []
    for cell in nbformat.read(path, 4).cells:
        if cell.cell_type == "markdown":
            headings = [line for line in cell.source.splitlines() if line.startswith("## ")]
            heading = headings[-1] if headings else heading
        elif "worked" in cell.metadata.get("tags", []):
            worked.append((heading, cell))
    [(heading, cell)] = worked
    assert heading == "## Method"
    assert any("text/markdown" in output.get("data", {}) for output in cell.outputs)
