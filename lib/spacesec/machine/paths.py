"""Where the collection lies."""

import os
from pathlib import Path

from spacesec.errors import DataError

HERE = Path(__file__).resolve().parents[3]
GATHER = "SPACESEC_GATHER"
MARK = "data/datapackage.json"


def root() -> Path:
    """The collection's top folder: ``SPACESEC_HOME``, or two above the package, or, where the package was
    installed apart from it, the working folder or the nearest above it that holds one.

    Raises DataError where there is none.
    """
    if named := os.environ.get("SPACESEC_HOME"):
        if (Path(named) / "data").is_dir():
            return Path(named)
        raise DataError(f"SPACESEC_HOME names {named}, where no collection lies; name its checkout's folder")
    for folder in (HERE, Path.cwd(), *Path.cwd().parents):
        if (folder / MARK).is_file():
            return folder
    raise DataError(
        "no collection lies here; go into the folder of its checkout, or name that folder in SPACESEC_HOME"
    )


def data() -> Path:
    return root() / "data"


def figures() -> Path:
    """The published figures and records."""
    return root() / "figures"


def outputs() -> Path:
    """Where default runs write: ``figures`` unless ``SPACESEC_OUTPUTS`` names another folder, as it does
    while the notebooks are tested.
    """
    return Path(os.environ.get("SPACESEC_OUTPUTS") or figures())


def gathered() -> Path | None:
    """Where a run leaves its files when the process that started it puts them in place together with its
    notebook (``SPACESEC_GATHER``).
    """
    found = os.environ.get(GATHER)
    return Path(found) if found else None


def notebooks() -> Path:
    return root() / "notebooks"
