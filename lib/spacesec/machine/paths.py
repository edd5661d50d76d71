"""Where the collection lies."""

import functools
import os
import sys
from pathlib import Path

from spacesec.errors import RunError

HERE = Path(__file__).resolve().parents[3]
HELD = Path(__file__).resolve().parents[1] / "held"  # the collection inside an installed package
GATHER = "SPACESEC_GATHER"
DRAWN = "SPACESEC_DRAWN"
MARK = "data/datapackage.json"


def root() -> Path:
    """The collection's top folder: ``SPACESEC_HOME``, or two above the package, or, where the package was
    installed apart from it, the working folder or the nearest above it that is a checkout, or else the copy
    that came with the package.

    Raises RunError where none of them is the folder that is meant.
    """
    if named := os.environ.get("SPACESEC_HOME"):
        if not os.path.isdir(os.path.join(named, "data")):
            raise RunError(
                f"SPACESEC_HOME names {named}, where no collection lies; name its checkout's folder"
            )
        return _path(named)
    if _checkout(HERE):
        return _own(sys.argv[0], sys.prefix)
    for folder in (Path.cwd(), *Path.cwd().parents):
        if _checkout(folder) and (folder / "lib" / "spacesec").is_dir():  # others have data packages, too
            return folder
    if _checkout(HELD):
        return HELD
    raise RunError(
        "the collection's folder is not known, since this package was installed apart from it; go into the"
        " folder of the checkout, or set SPACESEC_HOME to it"
    )


@functools.cache
def _own(command: str, prefix: str) -> Path:
    """Where the package lies, unless that is another checkout than that in whose environment the command
    stands: in a copied folder, the original is still what its environment leads to. Who names the library
    (PYTHONPATH) means that one.
    """
    named = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    for place in map(os.path.abspath, () if str(HERE / "lib") in named else (command, prefix)):
        folder, environment, _ = f"{place}{os.sep}".partition(f"{os.sep}.venv{os.sep}")
        if environment and _checkout(Path(folder)) and Path(folder).resolve() != HERE:
            raise RunError(
                f"the environment in {folder} was made for the collection in {HERE}; run `make setup` in"
                f" {folder}"
            )
    return HERE


def _checkout(folder: Path) -> bool:
    return (folder / MARK).is_file()


def refuse_held(folder: Path) -> None:
    """Raises RunError for a folder in the copy that came with the package."""
    if folder.is_relative_to(HELD):
        raise RunError(
            "the collection that came with the installed package is for reading alone; name a checkout's"
            " folder in SPACESEC_HOME, or, to run a question, a folder of your own (--output-dir, in a"
            " notebook output_dir)"
        )


def data() -> Path:
    return below(root(), "data")


@functools.lru_cache(maxsize=1024)
def below(folder: Path, name: str) -> Path:
    """``folder / name``, remembered: paths of tables are asked for ten thousand times in a check."""
    return folder / name


_path = functools.lru_cache(maxsize=64)(Path)


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


def drawn() -> Path | None:
    """Where drawings are kept that need not be made anew, when the process that started the run allows it
    (``SPACESEC_DRAWN``).
    """
    found = os.environ.get(DRAWN)
    return Path(found) if found else None


def notebooks() -> Path:
    return root() / "notebooks"


def told_in(language: str) -> Path:
    """Where default runs in another language lie, notebooks and all."""
    return root() / "build" / language
