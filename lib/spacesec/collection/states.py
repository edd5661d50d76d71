"""States of the collection's tables: those of a commit, of a folder, of the files that lie here unsealed,
each in a folder of its own where it is sealed, computed and thrown away.
"""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

from spacesec.collection import verification
from spacesec.data import validation
from spacesec.errors import DataError, ParameterError, SpacesecError
from spacesec.machine import files, paths
from spacesec.run import records

PACKAGE = "datapackage.json"


def here(home: Path) -> None:
    """The tables as they lie here, sealed or not, in ``home/data``."""
    _copy(paths.data(), home)


def named(given: str, home: Path) -> None:
    """The tables of a folder, or else of a commit of this repository, in ``home/data``.

    The folder is a collection's or the ``data`` folder of one. Raises ParameterError for what is neither.
    """
    folder = next((path for path in (Path(given, "data"), Path(given)) if (path / PACKAGE).is_file()), None)
    if folder is not None:
        _copy(folder, home)
        return
    packed = _git("archive", "--format=zip", "--end-of-options", given, "data")
    if packed is None:
        raise ParameterError(
            f"{given!r} is neither a folder with a collection's tables nor a commit of this repository that"
            " has them; name one, as in `spacesec diff HEAD~1`."
        )
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(home)


def sealed(names: list[str]) -> tuple[list[str], dict[str, str | None]]:
    """Seal the tables where this process works; gives their faults, or the digests of the inputs named."""
    try:
        faults = validation.seal()
        return faults, {} if faults else {name: verification.present(name) for name in names}
    except SpacesecError as error:
        return [str(error)], {}


def with_records(home: Path, questions: list[str]) -> None:
    """The records of these questions' stored runs, which other questions read, in ``home/figures``."""
    for name in questions:
        stored = paths.figures() / name / records.NAME
        if stored.is_file():
            files.write_bytes(home / "figures" / name / records.NAME, stored.read_bytes())


def uncommitted(names: list[str]) -> list[str]:
    """Those of these files of the collection that hold what no commit does; none where there is no git."""
    told = _git("status", "--porcelain", "-z", "--", *names)
    return [line[3:] for line in (told or b"").decode("utf-8", "replace").split("\0") if line]


def commit() -> str:
    """The commit that stands here, shortened; empty where there is no git."""
    return (_git("rev-parse", "--short=12", "HEAD") or b"").decode().strip()


def _copy(data: Path, home: Path) -> None:
    try:
        shutil.copytree(data, home / "data", ignore=shutil.ignore_patterns(".*"))
    except (OSError, shutil.Error) as error:
        reason = files.reason(error) if type(error) is OSError else str(error)
        raise DataError(f"{data} could not be copied ({reason}); make room or mend its permissions") from None


def _git(*words: str) -> bytes | None:
    """What git says about this collection; None where it refuses or is not there."""
    try:
        done = subprocess.run(
            ["git", "-C", str(paths.root()), *words], capture_output=True, stdin=subprocess.DEVNULL
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
