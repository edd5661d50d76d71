"""What pyproject.toml cannot say: the built package holds the collection, under spacesec/held.

A checkout is its own collection, so an editable install copies nothing.
"""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
# What is read: tables, sources, notebooks, records and the data of the figures, not the figures.
HELD = (
    "data/**/*.*",
    "notebooks/**/*.ipynb",
    "figures/*/*/run.json",
    "figures/*/*/*.csv",
    "CHANGELOG.md",
    "CITATION.cff",
    "LICENSE-DATA",
    "README.md",
    "pyproject.toml",
)


class WithCollection(build_py):
    """The package, then the collection beside its modules."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        held = Path(self.build_lib, "spacesec", "held")
        shutil.rmtree(held, ignore_errors=True)  # of an earlier build
        for pattern in HELD:
            for path in filter(_meant, ROOT.glob(pattern)):
                place = held / path.relative_to(ROOT)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
        if not (held / "data" / "datapackage.json").is_file():
            raise SystemExit(f"{ROOT} holds no data/datapackage.json; build from a checkout")
        for path in Path(self.build_lib).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


def _meant(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
    return path.is_file() and not hidden


def _released() -> str:
    """The day of the release in seconds: the time that every file of the wheel bears."""
    cited = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    day = re.search(r"^date-released: (\S+)", cited, re.MULTILINE)[1]
    return str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))


os.umask(0o022)  # modes stand in the wheel, whatever the builder's own settings are
os.environ.setdefault("SOURCE_DATE_EPOCH", _released())
setup(cmdclass={"build_py": WithCollection})
