"""A whole catalog at once gives what sgp4's reader gives, and refuses what the reader of rows refuses."""

import io

import pandas as pd
import pytest
from sgp4 import omm
from sgp4.api import Satrec
from tests.importing.test_orbits import FIELDS, MENDED, SPOILED, as_csv

from spacesec.importing import catalogue, element_columns, orbits
from spacesec.importing.found import Unplaced


def read(folder, text):
    path = folder / "catalog.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return catalogue.read(path)


def theirs(text):
    made = []
    for fields in omm.parse_csv(io.StringIO(text)):
        satellite = Satrec()
        omm.initialize(satellite, fields)
        made.append(satellite)
    return made


def test_every_set_flies_bit_for_bit_as_sgp4s_own_reader_has_it(tmp_path):
    sets = [
        {
            **FIELDS,
            "NORAD_CAT_ID": str(1000 + k),
            "MEAN_ANOMALY": f"{k * 7 % 360}.{k:04}",
            "BSTAR": f".{k + 1:05}E-3",
        }
        for k in range(200)
    ]
    found = read(tmp_path, as_csv(*sets))
    assert len(found.numbers) == len(found.satellites) == 200
    for ours, other in zip(found.satellites, theirs(as_csv(*sets))):
        assert ours.sgp4(2451724.5, 0.125) == other.sgp4(2451724.5, 0.125)
        assert (ours.jdsatepoch, ours.jdsatepochF) == (other.jdsatepoch, other.jdsatepochF)


def test_nine_digits_and_older_epochs(tmp_path):
    old = {**FIELDS, "NORAD_CAT_ID": "799501234", "EPOCH": "2000-06-26T00:00:00"}
    new = {**old, "EPOCH": "2000-06-27T00:00:00"}
    found = read(tmp_path, as_csv(old, new, old, FIELDS))
    assert found.numbers == ["799501234", "5"] == [str(n) for n in ("799501234", found.satellites[1].satnum)]
    assert str(found.epochs[0]) == "2000-06-27T00:00:00.000000"


def test_rows_that_are_no_matter_of_columns_go_through_the_other_reader(tmp_path):
    odd = {**FIELDS, "NORAD_CAT_ID": "7", "EPOCH": "2000-179T18:50:19.733568"}
    found = read(tmp_path, as_csv(FIELDS, odd))
    assert found.epochs[0] == found.epochs[1] and found.numbers == ["5", "7"]


CSV = [name for name, text in SPOILED.items() if isinstance(text, str) and text.startswith("OBJECT_NAME,")]


@pytest.mark.parametrize("name", CSV)
def test_a_spoiled_file_is_refused_alike(tmp_path, name):
    with pytest.raises(Unplaced):
        read(tmp_path, SPOILED[name])


@pytest.mark.parametrize("name", ["byte order mark", "line ends", "quotes", "spaces", "two files in one"])
def test_how_a_file_is_saved_does_not_matter(tmp_path, name):
    found = read(tmp_path, MENDED[name])
    assert found.numbers == ["5"] and len(CSV) > 12
    assert orbits.NEEDED[0] == "EPOCH"


def test_columns_give_the_rows_and_the_table_of_the_reader_of_rows(tmp_path):
    path = tmp_path / "catalog.csv"
    path.write_text(
        as_csv(*({**FIELDS, "NORAD_CAT_ID": str(70_000 + k), "RA_OF_ASC_NODE": f"{k}.5"} for k in range(50)))
    )
    by_columns, notes = element_columns.whole(path), []
    by_rows = list(orbits._rows(path, path.read_text(), notes))
    assert list(by_columns) == by_rows and by_columns[-1] == by_rows[-1]
    table = orbits.frame(by_rows)
    pd.testing.assert_frame_equal(by_columns.frame(), table, check_dtype=False)


def test_a_file_of_a_catalog_is_read_by_columns_and_told_alike(tmp_path, monkeypatch):
    path = tmp_path / "catalog.csv"
    path.write_text(as_csv(*({**FIELDS, "NORAD_CAT_ID": str(70_000 + k)} for k in range(9))))
    slow = orbits.read(path)
    monkeypatch.setattr(orbits, "BIG", 1)
    fast = orbits.read(path)
    assert isinstance(fast.rows, element_columns.Sets) and list(fast.rows) == slow.rows
    assert (fast.notes, fast.dated, fast.sha256) == (slow.notes, slow.dated, slow.sha256)


@pytest.mark.parametrize(
    "changed",
    [
        {"OBJECT_NAME": '"A, B"'},
        {"EPOCH": "2000-179T18:50:19.733568"},
        {"NORAD_CAT_ID": "00007"},
        {"BSTAR": "inf"},
        {"RA_OF_ASC_NODE": "3.49E+02"},
        {"MEAN_MOTION": "10.8"},
        {"REF_FRAME": ""},
        {"OBJECT_ID": "2025-001A"},
    ],
)
def test_what_is_not_regular_is_left_to_the_reader_of_rows(tmp_path, changed):
    path = tmp_path / "catalog.csv"
    path.write_text(as_csv({**FIELDS, "NORAD_CAT_ID": "7", **changed}))
    assert element_columns.whole(path) is None
