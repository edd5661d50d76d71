"""The one door: what is read is shown beside what stands, and written only where told to, or not at all."""

import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.importing.test_orbits import FIELDS, as_csv

from spacesec.collection import addition, door
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing import kinds
from spacesec.importing.found import Unplaced
from spacesec.machine import paths

TABLE = "space_systems/elements"
GIVEN = {
    "constellation": "QPS",
    "kind": "public catalogue",
    "source_id": "celestrak-active-2026",
    "evidence": "independent",
    "quality": "B",
}
NEW = {**FIELDS, "NORAD_CAT_ID": "100123", "OBJECT_ID": "2026-201A", "EPOCH": "2026-11-20T03:04:05.678912"}


@pytest.fixture
def home(tmp_path, monkeypatch):
    """The collection's data in a folder of their own."""
    folder = tmp_path / "home"
    shutil.copytree(ROOT / "data", folder / "data")
    for name in ("figures", "notebooks"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "README.md", folder)
    monkeypatch.setenv("SPACESEC_HOME", str(folder))
    return folder


def written(folder: Path, *records) -> Path:
    (folder / "new.csv").write_text(as_csv(*records))
    return folder / "new.csv"


def come_in(path, into=None, check=False, given=GIVEN, options=None):
    asked = door.Asked(into, given, options or {}, check=check)
    return door.come_in(kinds.kind("orbits"), [path], asked, [])


def test_new_rows_are_added_with_every_field_and_what_stands_is_told(home, tmp_path):
    standing = tables.raw_rows(paths.data() / f"{TABLE}.csv")
    there = standing[0]
    again = {**FIELDS, "NORAD_CAT_ID": there["norad_id"], "OBJECT_ID": there["cospar_id"]}
    again["EPOCH"] = there["epoch_utc"][:-1]
    told = come_in(written(tmp_path, NEW, again), TABLE)
    assert any("new 1, standing otherwise 1, standing 0" in line for line in told)
    assert any(standing[0]["row_id"] in line and "inclination_deg" in line for line in told)
    rows = tables.raw_rows(home / "data" / f"{TABLE}.csv")
    assert rows[:-1] == standing
    made = rows[-1]
    assert made["row_id"] == "tle-100123-2026-11-20" and made["epoch_utc"] == "2026-11-20T03:04:05.678912Z"
    assert (made["bstar_per_er"], made["eccentricity"]) == ("0.28098E-4", "0.1859667")
    assert made["locator"] == "line 2, set of 100123"


def test_nothing_is_written_without_a_table_or_when_only_checked(home, tmp_path, capsys):
    before = (home / "data" / f"{TABLE}.csv").read_bytes()
    file = written(tmp_path, NEW)
    told = come_in(file)
    head, row = capsys.readouterr().out.splitlines()
    assert head.startswith("name,cospar_id,norad_id") and ",100123," in row
    assert come_in(file, TABLE, check=True)[0].startswith("new.csv: rows 1, dated 2026-11-20, SHA-256 ")
    assert "SHA-256" in told[0] and (home / "data" / f"{TABLE}.csv").read_bytes() == before


def test_what_cannot_be_added_is_refused_whole(home, tmp_path):
    before = (home / "data" / f"{TABLE}.csv").read_bytes()
    with pytest.raises(addition.Refused, match="new.csv, line 2, column constellation: is empty"):
        come_in(written(tmp_path, NEW), TABLE, given={})
    with pytest.raises(ParameterError, match="do not go into budgets/gdp"):
        come_in(written(tmp_path, NEW), "budgets/gdp")
    with pytest.raises(ParameterError, match="no column 'colour'"):
        come_in(written(tmp_path, NEW), TABLE, given={"colour": "red"})
    with pytest.raises(ParameterError, match="no option 'year'"):
        come_in(written(tmp_path, NEW), options={"year": "2026"})
    with pytest.raises(ParameterError, match="no kind of file 'stars'"):
        kinds.kind("stars")
    with pytest.raises(ParameterError, match=r"'orbis'; did you mean orbits\?"):
        kinds.kind("orbis")
    for unreadable in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Unplaced, match="cannot be read"):
            come_in(unreadable)
    assert (home / "data" / f"{TABLE}.csv").read_bytes() == before


def test_a_look_without_a_table_that_fits_is_told_and_prints_no_row(tmp_path, capsys):
    (tmp_path / "launch.tsv").write_text(
        "#Launch_Tag\tLaunch_JD\tLaunch_Date\tLV_Type\n2003-009\t2452726.56\t2003 Mar 28 0127\tH-IIA 2024\n"
    )
    told = door.come_in(kinds.kind("gcat"), [tmp_path / "launch.tsv"], door.Asked(check=True), [])
    assert told[0].startswith("launch.tsv: rows 1, ") and told[-1].startswith("no table takes these columns")
    assert capsys.readouterr().out == ""


def test_a_file_is_read_once_and_a_row_of_two_files_is_refused(home, tmp_path):
    first = written(tmp_path, NEW)
    other = first.rename(tmp_path / "other.csv")
    first = written(tmp_path, NEW)
    for files, said in (
        ([first, tmp_path / "." / "new.csv"], "new.csv is named twice"),
        ([first, other], "other.csv, line 2 is 100123, 2026-11-20T03:04:05.678912Z, as new.csv, line 2 is"),
    ):
        with pytest.raises(ParameterError, match=said):
            door.come_in(kinds.kind("orbits"), files, door.Asked(TABLE, GIVEN), [])


def test_a_row_without_its_key_is_refused(home, tmp_path):
    file = written(tmp_path, {**NEW, "NORAD_CAT_ID": "0", "OBJECT_ID": ""})
    with pytest.raises(
        ParameterError, match="line 2 has no norad_id, by which the table's rows are told apart"
    ):
        door.come_in(kinds.kind("orbits"), [file], door.Asked(TABLE, GIVEN, key=("norad_id",)), [])
    with pytest.raises(ParameterError, match="there is no column ''; the table has row_id"):
        door.come_in(kinds.kind("orbits"), [file], door.Asked(TABLE, GIVEN, key=("",)), [])


def test_numbers_are_compared_by_value_and_written_as_tables_write_them():
    assert [door.plain(text) for text in (".5", "-.5E-3", "+.5", "0.5", "+2", "TEME", "")] == [
        *("0.5", "-0.5E-3", "0.5", "0.5", "2", "TEME", "")
    ]
    assert door.alike("54.268", "54.2680") and door.alike(".88E-6", "0.00000088")
    assert not door.alike("GPS", "QPS") and not door.alike("1", "")


def test_every_row_of_the_table_goes_out_and_comes_back_to_the_digit(tmp_path):
    from spacesec.collection.exports import element_messages, orbits
    from spacesec.importing.orbits import KEYWORDS

    rows = orbits.sets(None, [])
    file = tmp_path / "all.csv"
    for form in ("csv", "kvn", "xml"):
        file.write_text(element_messages.WRITERS[form](rows), encoding="utf-8")
        found = kinds.kind("orbits").read(file, epochs="all").rows
        assert [[row.cells[column] for column, _ in KEYWORDS.values()] for row in found] == [
            [cells[column] for column, _ in KEYWORDS.values()] for cells in rows
        ]
    assert json.loads(element_messages.as_json(rows))[0]["NORAD_CAT_ID"] == int(rows[0]["norad_id"])
