"""A whole catalog at once gives what sgp4's reader gives, and refuses what the reader of rows refuses."""

import io

import pytest
from sgp4 import omm
from sgp4.api import Satrec
from tests.importing.test_orbits import FIELDS, MENDED, SPOILED, as_csv

from spacesec.importing import catalogue, orbits
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
    assert found.rows == len(found.satellites) == 200
    for ours, other in zip(found.satellites, theirs(as_csv(*sets))):
        assert ours.sgp4(2451724.5, 0.125) == other.sgp4(2451724.5, 0.125)
        assert (ours.jdsatepoch, ours.jdsatepochF) == (other.jdsatepoch, other.jdsatepochF)


def test_nine_digits_and_older_epochs(tmp_path):
    old = {**FIELDS, "NORAD_CAT_ID": "799501234", "EPOCH": "2000-06-26T00:00:00"}
    new = {**old, "EPOCH": "2000-06-27T00:00:00"}
    found = read(tmp_path, as_csv(old, new, old, FIELDS))
    assert found.numbers == ["799501234", "5"] and found.rows == 4
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
