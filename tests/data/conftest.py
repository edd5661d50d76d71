"""A copy of the data to plant faults in, sealed anew after each, and everything that is held against each
other.
"""

import csv
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from spacesec.collection import lead
from spacesec.data import sources, validation
from spacesec.words import language
from tests.conftest import ROOT


class Copy:
    """The tables in a folder of their own; every change is sealed, so that only what is said can be wrong."""

    def __init__(self, root: Path):
        self.root = root
        shutil.copytree(ROOT / "data", root / "data")
        for name in ("figures", "notebooks", "lib"):
            (root / name).symlink_to(ROOT / name)

    def rows(self, table: str) -> list[dict[str, str]]:
        with self._path(table).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        path = self._path(table)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        self._seal(table, path)

    def change(self, table: str, row_id: str, **cells: str) -> None:
        rows = self.rows(table)
        row = next(row for row in rows if row["row_id"] == row_id)
        assert set(cells) <= set(row)
        row.update(cells)
        self.write(table, rows)

    def add(self, table: str, like: str, **cells: str) -> None:
        """A row more, as another one but for some cells."""
        rows = self.rows(table)
        rows.append({**next(row for row in rows if row["row_id"] == like), **cells})
        self.write(table, rows)

    def without(self, table: str, column: str, value: str) -> None:
        self.write(table, [row for row in self.rows(table) if row[column] != value])

    def package(self, change) -> None:
        path = self.root / "data" / "datapackage.json"
        package = json.loads(path.read_text(encoding="utf-8"))
        change({resource["name"]: resource for resource in package["resources"]})
        path.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")

    def sources(self, change) -> None:
        path = self.root / "data" / "sources.json"
        items = json.loads(path.read_text(encoding="utf-8"))
        change(items)
        path.write_text(json.dumps(items, ensure_ascii=False), encoding="utf-8")
        self._seal("sources", path)

    def faults(self) -> list[str]:
        """All that is found beyond the schema of each table."""
        found = [*sources.problems(), *validation.held(), *lead.problems()]
        with language.speaking("ja"):  # a reader of Japanese is told each as well
            assert [one for one in found if language.error(one) == one] == []
        return found

    def _path(self, table: str) -> Path:
        return self.root / "data" / f"{table}.csv"

    def _seal(self, name: str, path: Path) -> None:
        digest = "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest()
        self.package(lambda resources: resources[name].update(hash=digest))


@pytest.fixture
def copy(tmp_path, monkeypatch) -> Copy:
    made = Copy(tmp_path / "collection")
    monkeypatch.setenv("SPACESEC_HOME", str(made.root))
    return made
