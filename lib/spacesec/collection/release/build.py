"""Build a release: all of it in one folder, put in place whole or not at all."""

import hashlib
import zipfile
from datetime import date
from pathlib import Path

from spacesec.collection.release import about, database, parquet, table
from spacesec.data import sources, tables
from spacesec.errors import RunError
from spacesec.machine import files, paths

SUMS = "SHA256SUMS"
PACKED = "japan-space-security.zip"


def build(folder: Path) -> int:
    """Build the release into ``folder``, in the place of the one that stood there; gives the number of files.

    The same collection gives the same bytes, on one machine. Raises RunError for a folder that holds
    something else.
    """
    folder = Path(folder).absolute()
    if folder.exists() and not (
        folder.is_dir() and (not any(folder.iterdir()) or (folder / database.NAME).is_file())
    ):
        raise RunError(f"{folder} holds other things than a release; give a new or empty folder")
    found = table.every()
    with files.staged(folder) as staged:
        try:
            _write(staged, found)
        except OSError as error:
            raise RunError(
                f"the release could not be written ({files.reason(error)}); what stood there is unchanged"
            ) from None
        count = sum(path.is_file() for path in staged.rglob("*"))
        files.exchange(staged, folder)
    return count


def _write(folder: Path, found: list[table.Table]) -> None:
    for one in found:
        _put(folder / one.path, one.content)
    others = [
        resource
        for resource in tables.package()["resources"]
        if "schema" not in resource and resource["name"] != "sources"  # a table here
    ]
    for resource in others:
        _put(folder / "tables" / resource["path"], tables.sealed_path(resource, note=False).read_bytes())
    for name in ("CITATION.cff", "LICENSE-DATA", "CHANGELOG.md"):
        _put(folder / name, (paths.root() / name).read_bytes())
    _put(folder / "datapackage.json", about.json_bytes(about.package(found, others)))
    _put(folder / "references.bib", sources.bibtex(sources.store()).encode("utf-8"))
    _put(folder / "references.json", about.json_bytes(list(sources.store().values())))
    _put(folder / "README.md", about.readme(found).encode("utf-8"))
    _put(folder / "codemeta.json", about.json_bytes(about.codemeta()))
    parquet.write(folder / "parquet", found, folder)
    database.write(folder / database.NAME, found)
    _put(folder / "ro-crate-metadata.json", about.json_bytes(about.crate(folder, found)))
    _pack(folder, found)
    _put(
        folder / SUMS,
        "".join(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"
            for path in _files(folder)
        ).encode(),
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _pack(folder: Path, found: list[table.Table]) -> None:
    """Everything but the Parquet files in one archive, dated as its data are."""
    day = date.fromisoformat(tables.package()["as_of"])
    with zipfile.ZipFile(folder / PACKED, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in _files(folder):
            if path.name != PACKED and path.parent.name != "parquet":
                entry = zipfile.ZipInfo(
                    f"japan-space-security/{path.relative_to(folder).as_posix()}",
                    (day.year, day.month, day.day, 0, 0, 0),
                )
                entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
