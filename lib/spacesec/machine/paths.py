"""Where the collection lies."""

import os
from pathlib import Path

HERE = Path(__file__).resolve().parents[3]
GATHER = "SPACESEC_GATHER"


def root() -> Path:
    """The collection's top folder: two above the package, or ``SPACESEC_HOME`` where the package was
    installed apart from it.
    """
    return Path(os.environ.get("SPACESEC_HOME") or HERE)


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


def told_in(language: str) -> Path:
    """Where default runs in another language lie, notebooks and all."""
    return root() / "build" / language
