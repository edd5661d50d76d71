"""What a release says of itself: data package, README, CodeMeta, RO-Crate."""

import hashlib
import json
import tomllib
from pathlib import Path

import yaml

from spacesec.collection.release.database import NAME
from spacesec.collection.release.table import Table, flat
from spacesec.data import tables
from spacesec.machine import paths

# Media types as registered, or as the format's keeper names them.
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".md": "text/markdown",
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
}
HERE = Path(__file__).parent


def package(found: list[Table], others: list[dict]) -> dict:
    """The descriptor, as both versions of the Data Package standard read it."""
    stated = tables.package()
    return {name: value for name, value in stated.items() if name not in ("resources", "as_of")} | {
        "profile": "data-package",
        "created": f"{stated['as_of']}T00:00:00Z",
        "resources": [
            *(
                table.descriptor
                | {
                    "bytes": len(table.content),
                    "hash": f"sha256:{hashlib.sha256(table.content).hexdigest()}",
                }
                for table in found
            ),
            *(other | {"name": flat(other["name"]), "path": f"tables/{other['path']}"} for other in others),
        ],
    }


def readme(found: list[Table]) -> str:
    stated = tables.package()
    return (
        (HERE / "README.md")
        .read_text(encoding="utf-8")
        .format(
            title=stated["title"],
            version=stated["version"],
            as_of=stated["as_of"],
            description=stated["description"],
            licence=stated["licenses"][0]["title"],
            count=len(found),
            database=NAME,
            tables="\n".join(
                f"| `{table.name}` | {sum(1 for _ in table.rows()):,} | {table.descriptor['title']} |"
                for table in found
            ),
        )
    )


def codemeta() -> dict:
    """CodeMeta 3.0, from CITATION.cff and pyproject.toml."""
    cited = yaml.safe_load((paths.root() / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((paths.root() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {
        "@context": "https://w3id.org/codemeta/3.0",
        "@type": "SoftwareSourceCode",
        "name": cited["title"],
        "description": project["description"],
        "version": cited["version"],
        "dateModified": tables.package()["as_of"],
        "datePublished": cited["date-released"].isoformat(),
        "license": f"https://spdx.org/licenses/{cited['license']}",
        "author": [{"@type": "Organization", "name": author["name"]} for author in cited["authors"]],
        "keywords": cited["keywords"],
        "programmingLanguage": "Python",
        "runtimePlatform": f"Python {project['requires-python']}",
        "softwareRequirements": project["dependencies"],
    }


def crate(folder: Path, found: list[Table]) -> dict:
    """RO-Crate 1.1: the folder as a data set, every file with its kind, size and fingerprint."""
    stated = tables.package()
    titles = {table.path: table.descriptor["title"] for table in found}
    inside = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": stated["title"],
                "description": stated["description"],
                "version": stated["version"],
                "datePublished": stated["as_of"],
                "license": {"@id": stated["licenses"][0]["path"]},
                "hasPart": [{"@id": name} for name in inside],
            },
            {
                "@id": stated["licenses"][0]["path"],
                "@type": "CreativeWork",
                "name": stated["licenses"][0]["title"],
            },
            *(_part(folder, name, titles.get(name, name)) for name in inside),
        ],
    }


def _part(folder: Path, name: str, title: str) -> dict:
    content = (folder / name).read_bytes()
    return {
        "@id": name,
        "@type": "File",
        "name": title,
        "encodingFormat": MEDIA_TYPES.get(Path(name).suffix, "text/plain"),
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def json_bytes(value: dict | list) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
