"""Element sets leave as they came: every form read again gives every field back."""

import csv
import io
from decimal import Decimal

import pytest
from sgp4 import omm
from sgp4.api import Satrec
from tests.importing.test_orbits import FIELDS, FORMS, VANGUARD, read

from spacesec.collection.exports import element_messages
from spacesec.importing import orbits

ODD = {  # what other readers stumble over: nine digits, an ampersand, signs, powers, no fraction of a second
    **FIELDS,
    "OBJECT_NAME": 'A & B <"C">',
    "NORAD_CAT_ID": "799501234",
    "OBJECT_ID": "",
    "EPOCH": "2026-10-27T12:00:00",
    "BSTAR": "-.28098E-4",
    "MEAN_MOTION_DOT": "-1.5E-07",
    "ECCENTRICITY": "0",
    "MEAN_MOTION_DDOT": "0.0",
}


@pytest.mark.parametrize("form", ["csv", "json", "kvn", "xml"])
def test_a_message_goes_out_as_it_came_in_to_the_last_digit(tmp_path, form):
    for record in (FIELDS, ODD):
        source = io.StringIO()
        csv.DictWriter(source, FIELDS, lineterminator="\n").writerows([dict(zip(FIELDS, FIELDS)), record])
        [row] = read(tmp_path, source.getvalue()).rows
        [back] = read(tmp_path, element_messages.WRITERS[form]([row.cells])).rows
        for column, unit in orbits.KEYWORDS.values():
            came, went = row.cells[column], back.cells[column]
            if form == "json" and (unit or column == "eccentricity"):
                assert Decimal(came).as_tuple() == Decimal(went).as_tuple(), column
            else:
                assert came == went, column
        if form == "csv":  # as a whole, byte for byte
            assert element_messages.as_csv([row.cells]) == source.getvalue()


@pytest.mark.parametrize("form", FORMS)
def test_what_came_in_one_form_goes_out_in_every_other(tmp_path, form):
    [row] = read(tmp_path, FORMS[form](FIELDS)).rows
    for writer in element_messages.WRITERS.values():
        [back] = read(tmp_path, writer([row.cells])).rows
        for column, unit in orbits.KEYWORDS.values():
            pair = row.cells[column], back.cells[column]
            assert (
                pair[0] == pair[1]
                or (unit or column == "eccentricity")
                and Decimal(pair[0]) == Decimal(pair[1])
            )


def test_sgp4_reads_what_we_write(tmp_path):
    [row] = read(tmp_path, "\n".join(VANGUARD)).rows
    for parse, form in ((omm.parse_csv, "csv"), (omm.parse_xml, "xml")):
        theirs = Satrec()
        omm.initialize(theirs, next(parse(io.StringIO(element_messages.WRITERS[form]([row.cells])))))
        original = Satrec.twoline2rv(*VANGUARD).sgp4(2451723.5, 0.25)
        assert theirs.sgp4(2451723.5, 0.25)[1] == pytest.approx(original[1], abs=1e-6)
    assert element_messages.as_lines([row.cells]) == "\n".join(VANGUARD) + "\n"


def test_two_lines_are_not_made_of_what_they_cannot_hold(tmp_path):
    [row] = read(tmp_path, FORMS["csv"](ODD | {"OBJECT_NAME": "X"})).rows
    with pytest.raises(ValueError, match="no two-line form"):
        element_messages.as_lines([row.cells])
