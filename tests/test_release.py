"""A release is read by others' programs as it stands: frictionless, pandas, SQLite, DuckDB, Datasette."""

import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from spacesec.collection.questions import all_questions
from spacesec.collection.release import build
from spacesec.data import sources, tables
from spacesec.errors import RunError
from tests.conftest import ROOT, awaited

DATABASE = "japan-space-security.sqlite"


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    folder = tmp_path_factory.mktemp("release") / "built"
    build.build(folder)
    return folder


@pytest.fixture
def database(release):
    connection = sqlite3.connect(f"file:{release / DATABASE}?mode=ro", uri=True)
    yield connection
    connection.close()


def flat(name: str) -> str:
    return name.replace("/", ".")


def test_frictionless_finds_every_table_valid(release):
    from frictionless import Package

    report = Package(str(release / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    assert report.stats["tasks"] > len(tables.names())


def test_names_are_those_that_both_versions_of_the_standard_want(release):
    stated = json.loads((release / "datapackage.json").read_text(encoding="utf-8"))
    names = [resource["name"] for resource in stated["resources"]]
    assert all(re.fullmatch(r"[a-z0-9._-]+", name) for name in names) and len(set(names)) == len(names)
    for resource in stated["resources"]:
        content = (release / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("name", tables.names())
def test_the_database_and_parquet_hold_what_the_table_holds(release, database, name):
    import duckdb

    wanted = tables.load(name)
    held = pd.read_sql(f'SELECT * FROM "{flat(name)}"', database)
    parquet = duckdb.sql(f"SELECT * FROM '{release}/parquet/{flat(name)}.parquet'").df()
    for found in (held, parquet):
        assert list(found.columns) == list(wanted.columns)
        for field in tables.describe(name)["schema"]["fields"]:
            assert _plain(found[field["name"]], field["type"]) == _plain(wanted[field["name"]], field["type"])


def _plain(column: pd.Series, kind: str) -> list:
    """Values as plain Python, whichever program gave them; None for what is empty."""
    if kind == "date":
        column = pd.to_datetime(column).dt.strftime("%Y-%m-%d")
    change = {"integer": int, "number": float, "boolean": bool}.get(kind, str)
    return [None if pd.isna(value) else change(value) for value in column.astype(object)]


def test_the_database_is_whole(database):
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    rows = sum(len(tables.load(name)) for name in tables.names() if "row_id" in tables.load(name))
    assert database.execute("SELECT count(*) FROM facts").fetchone() == (rows,)
    assert database.execute("SELECT count(*) FROM sources").fetchone() == (len(sources.store()),)
    assert database.execute("SELECT count(*) FROM verdicts").fetchone() == (
        len(tables.load("policy_evolution/claims")),
    )
    assert database.execute("SELECT count(*) FROM questions").fetchone() == (len(all_questions()),)


def test_a_fact_is_dated_by_its_own_table(database):
    # The budget of FY2026 begins on 1 April 2026, by the Public Finance Act, article 11.
    row = tables.load("budgets/government_space")
    last = row.loc[row["fiscal_year"] == 2026, "row_id"].iloc[0]
    assert database.execute("SELECT date, year FROM facts WHERE row_id = ?", [last]).fetchone() == (
        "2026-04-01",
        2026,
    )
    # The first of the satellites went up on 28 March 2003.
    assert database.execute("SELECT date FROM facts WHERE row_id = 'sat-igs-optical-1'").fetchone() == (
        "2003-03-28",
    )


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ('"Golden Dome"', "claim", "C4-008"),
        ("宇宙作戦群", "fact", "glossary-space-operations-group"),
        ("Kirameki", "fact", "kirameki"),
    ],
)
def test_full_text_finds(database, words, kind, part):
    found = database.execute("SELECT id FROM search WHERE search MATCH ? AND kind = ?", [words, kind])
    assert any(part.casefold() in identifier.casefold() for (identifier,) in found)


def test_the_queries_and_the_code_of_its_readme_run(release, database):
    text = (release / "README.md").read_text(encoding="utf-8")
    [queries] = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    for query in filter(str.strip, queries.split(";\n")):
        assert database.execute(query).fetchall(), query
    [code] = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", code], cwd=release, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "amount_bn_jpy" in done.stdout


@pytest.mark.skipif(not shutil.which("Rscript"), reason="R is not installed")
def test_the_r_of_its_readme_runs(release):
    [code] = re.findall(r"```r\n(.*?)```", (release / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    done = subprocess.run(["Rscript", "-e", code], cwd=release, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    rows = [row for row in tables.load("budgets/government_space").itertuples() if row.fiscal_year == 2026]
    assert all(row.source_id in done.stdout for row in rows)


def test_stata_takes_every_name_that_its_readme_uses_as_it_is(release):
    """By Stata's rule for names: letters, digits and underscores, no digit first, 32 at most."""
    for name in tables.names():
        for field in tables.describe(name)["schema"]["fields"]:
            assert re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,31}", field["name"]), f"{name}: {field['name']}"
    [code] = re.findall(r"```stata\n(.*?)```", (release / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    [file] = re.findall(r'import delimited "(.+?)"', code)
    head = (release / file).read_text(encoding="utf-8").splitlines()[0].split(",")
    assert set(re.search(r"list (.+) if (\w+)", code)[1].split()) <= set(head)


@pytest.mark.filterwarnings("ignore")  # of what Datasette itself imports
def test_datasette_opens_it(release):
    from datasette.app import Datasette

    async def ask() -> tuple[dict, dict]:
        served = Datasette(immutables=[str(release / DATABASE)])
        view = await served.client.get("/japan-space-security/years.json?_shape=objects&_size=max")
        facets = await served.client.get("/japan-space-security/facts.json?_facet=theme&_size=1")
        return view.json(), facets.json()

    view, facets = awaited(ask())
    launches = tables.load("missile_warning/launches")
    assert {row["year"]: row["missile_launch_rows"] for row in view["rows"]}[2022] == (
        launches["launch_date"].dt.year == 2022
    ).sum()
    assert {one["value"] for one in facets["facet_results"]["theme"]["results"]} >= {
        "budgets",
        "space_systems",
    }


def test_references_read_as_bibtex(release):
    from pybtex.database import parse_file

    assert len(parse_file(str(release / "references.bib")).entries) == len(sources.store())


def test_archive_checksums_and_crate_name_every_file(release):
    files = {path.relative_to(release).as_posix() for path in release.rglob("*") if path.is_file()}
    listed = dict(reversed(line.split("  ", 1)) for line in (release / build.SUMS).read_text().splitlines())
    assert set(listed) == files - {build.SUMS}
    for name, digest in listed.items():
        assert hashlib.sha256((release / name).read_bytes()).hexdigest() == digest
    crate = json.loads((release / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    parts = {entry["@id"] for entry in crate if entry["@type"] == "File"}
    assert parts == files - {build.SUMS, build.PACKED, "ro-crate-metadata.json"}
    with zipfile.ZipFile(release / build.PACKED) as archive:
        assert archive.testzip() is None
        packed = {name.removeprefix("japan-space-security/") for name in archive.namelist()}
    assert packed == {name for name in files if "parquet/" not in name} - {build.SUMS, build.PACKED}


def test_the_same_collection_gives_the_same_bytes(release, tmp_path):
    build.build(tmp_path / "again")
    assert (tmp_path / "again" / build.SUMS).read_text() == (release / build.SUMS).read_text()


@pytest.mark.parametrize("name", ["thesis.docx", "SHA256SUMS", "README.md", "datapackage.json"])
def test_a_folder_with_other_things_is_left_alone(tmp_path, name):
    (tmp_path / name).write_text("mine")  # names that others' folders have, too
    with pytest.raises(RunError, match="holds other things than a release"):
        build.build(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_codemeta_agrees_with_the_citation(release):
    stated = json.loads((release / "codemeta.json").read_text(encoding="utf-8"))
    assert stated["version"] in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert stated["version"] == tables.package()["version"]
