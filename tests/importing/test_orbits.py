"""Element sets in every published form: read alike, refused where spoiled, held against sgp4 and skyfield."""

import io
import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from sgp4 import omm
from sgp4.api import Satrec

from spacesec.astrodynamics import elements
from spacesec.data import extent, lines, redundancy
from spacesec.importing import orbits
from spacesec.importing.found import Unplaced

# A set of the published verification file of SGP4 (Vallado, Crawford, Hujsak and Kelso, AIAA 2006-6753).
VANGUARD = (
    "1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753",
    "2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667",
)
# The same by hand: day 179 of the leap year 2000 is 27 June; 0.78495062 d = 67,819.733568 s, which is
# 18:50:19.733568.
FIELDS = {
    "OBJECT_NAME": "VANGUARD 1",
    "OBJECT_ID": "1958-002B",
    "EPOCH": "2000-06-27T18:50:19.733568",
    "MEAN_MOTION": "10.82419157",
    "ECCENTRICITY": ".1859667",
    "INCLINATION": "34.2682",
    "RA_OF_ASC_NODE": "348.7242",
    "ARG_OF_PERICENTER": "331.7664",
    "MEAN_ANOMALY": "19.3264",
    "EPHEMERIS_TYPE": "0",
    "CLASSIFICATION_TYPE": "U",
    "NORAD_CAT_ID": "5",
    "ELEMENT_SET_NO": "475",
    "REV_AT_EPOCH": "41366",
    "BSTAR": ".28098E-4",
    "MEAN_MOTION_DOT": ".23E-6",
    "MEAN_MOTION_DDOT": "0",
}
META = {"CENTER_NAME": "EARTH", "REF_FRAME": "TEME", "TIME_SYSTEM": "UTC", "MEAN_ELEMENT_THEORY": "SGP4"}
UNITS = {"MEAN_MOTION": "rev/day", "INCLINATION": "deg", "BSTAR": "1/ER", "MEAN_MOTION_DOT": "rev/day**2"}


def as_csv(*records, separator=","):
    rows = [separator.join(records[0]), *(separator.join(one.values()) for one in records)]
    return "\n".join(rows) + "\n"


def as_json(*records, numbers=True):
    texts = {"OBJECT_NAME", "OBJECT_ID", "EPOCH", "CLASSIFICATION_TYPE", *META}

    def cell(name, text):
        return json.dumps(text) if name in texts or not numbers else f"0{text}" if text[0] == "." else text

    objects = [", ".join(f'"{name}": {cell(name, text)}' for name, text in one.items()) for one in records]
    return "[" + ",".join(f"{{{one}}}" for one in objects) + "]"


def as_kvn(*records):
    def line(name, text):
        return f"{name} = {text}" + (f" [{UNITS[name]}]" if name in UNITS else "")

    head = "CCSDS_OMM_VERS = 2.0\nCOMMENT by hand\nCREATION_DATE = 2026-11-05T00:00:00\nORIGINATOR = TEST\n"
    return "\n\n".join(head + "\n".join(line(n, t) for n, t in {**META, **one}.items()) for one in records)


def as_xml(*records):
    elements_ = ("EPOCH", "MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE")
    elements_ += ("ARG_OF_PERICENTER", "MEAN_ANOMALY")

    def tag(name, text):
        unit = f' units="{UNITS[name]}"' if name in UNITS else ""
        return f"<{name}{unit}>{text}</{name}>"

    def part(one, names):
        return "".join(tag(n, t) for n, t in {**META, **one}.items() if n in names)

    def message(one):
        tle = set(one) - set(elements_) - {"OBJECT_NAME", "OBJECT_ID"}
        return (
            '<omm id="CCSDS_OMM_VERS" version="2.0"><header>'
            "<CREATION_DATE>2026-11-05T00:00:00</CREATION_DATE><ORIGINATOR>TEST</ORIGINATOR></header><body><segment>"
            f"<metadata>{part(one, ('OBJECT_NAME', 'OBJECT_ID', *META))}</metadata>"
            f"<data><meanElements>{part(one, elements_)}</meanElements>"
            f"<tleParameters>{part(one, tle)}</tleParameters></data></segment></body></omm>"
        )

    return f'<?xml version="1.0" encoding="UTF-8"?><ndm>{"".join(map(message, records))}</ndm>'


FORMS = {"csv": as_csv, "json": as_json, "kvn": as_kvn, "xml": as_xml}


def read(folder: Path, text: str | bytes, name="sets.txt", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return orbits.read(path, **options)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_gives_the_values_that_two_lines_have(tmp_path, form):
    [ours] = read(tmp_path, FORMS[form](FIELDS)).rows
    [lines_] = read(tmp_path, "\n".join(("0 VANGUARD 1", *VANGUARD))).rows
    for column, unit in orbits.KEYWORDS.values():
        pair = ours.cells[column], lines_.cells[column]
        assert (
            pair[0] == pair[1] or (unit or column == "eccentricity") and Decimal(pair[0]) == Decimal(pair[1])
        )
    assert ours.cells["epoch_utc"] == "2000-06-27T18:50:19.733568Z"
    # Kepler's third law with WGS-72: 10.82419157 revolutions a day are a semi-major axis of 8,634 km.
    assert float(ours.cells["perigee_km"]) == pytest.approx(8634 * (1 - 0.1859667) - 6378, abs=5)


def test_the_text_of_every_number_stays(tmp_path):
    [row] = read(tmp_path, as_csv(FIELDS)).rows
    kept = {name: row.cells[column] for name, (column, _) in orbits.KEYWORDS.items() if name in FIELDS}
    assert kept == {**FIELDS, "EPOCH": FIELDS["EPOCH"] + "Z"}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", ["339999", "340000", "100001234", "799501234"])
def test_numbers_of_nine_digits_are_kept_and_fly(tmp_path, form, number):
    [row] = read(tmp_path, FORMS[form]({**FIELDS, "NORAD_CAT_ID": number})).rows
    assert row.cells["norad_id"] == number
    [satellite] = elements.from_fields([row.cells])
    original = Satrec.twoline2rv(*VANGUARD)
    assert np.allclose(satellite.sgp4(2451723.5, 0.25)[1], original.sgp4(2451723.5, 0.25)[1], atol=1e-6)


@pytest.mark.parametrize(
    ("given", "right"),
    [
        ("2026-10-27T12:00:00", "2026-10-27T12:00:00Z"),
        ("2026-10-27T12:00:00Z", "2026-10-27T12:00:00Z"),
        ("2026-10-27T12:00:00.123456Z", "2026-10-27T12:00:00.123456Z"),
        ("2026-300T12:00:00.5", "2026-10-27T12:00:00.5Z"),  # 31+28+31+30+31+30+31+31+30 = 273, and 27
        ("2024-366T00:00:00", "2024-12-31T00:00:00Z"),
    ],
)
def test_every_form_of_an_epoch_is_the_same_time(tmp_path, given, right):
    [row] = read(tmp_path, as_csv({**FIELDS, "EPOCH": given})).rows
    assert row.cells["epoch_utc"] == right
    assert elements.from_fields([row.cells])[0].sgp4(2461341.0, 0.0)[0] == 0


def test_fields_that_the_standard_lets_out_may_lack(tmp_path):
    optional = ("ELEMENT_SET_NO", "REV_AT_EPOCH", "EPHEMERIS_TYPE", "CLASSIFICATION_TYPE", "MEAN_MOTION_DDOT")
    few = {name: text for name, text in FIELDS.items() if name not in (*optional, "OBJECT_NAME", "OBJECT_ID")}
    [row] = read(tmp_path, as_json(few)).rows
    assert row.cells["rev_at_epoch"] == "" and row.cells["name"] == ""
    original = Satrec.twoline2rv(*VANGUARD).sgp4(2451723.5, 0.25)[1]
    assert elements.from_fields([row.cells])[0].sgp4(2451723.5, 0.25)[1] == pytest.approx(original, abs=1e-6)


def test_alpha5_and_the_century_of_two_digits():
    # Space-Track's examples: A0000 is 100,000, Z9999 is 339,999; I and O are left out.
    assert [lines.number_of(text) for text in ("A0000", "H9999", "J0000", "Z9999")] == [
        100_000,
        179_999,
        180_000,
        339_999,
    ]
    assert [lines.alpha5(number) for number in (5, 99_999, 148_493)] == ["00005", "99999", "E8493"]
    for wrong in ("I0000", "O0000", "a0000", "1 234"):
        with pytest.raises(ValueError):
            lines.number_of(wrong)
    for digits, year in (("57", "1957"), ("56", "2056"), ("00", "2000"), ("99", "1999")):
        first = VANGUARD[0].replace(" 00179", f" {digits}179")
        assert lines.fields(first, VANGUARD[1])["epoch_utc"][:4] == year


def test_two_lines_come_back_to_the_last_sign():
    sets = [VANGUARD]
    # As issued, with every sign that a rate may have.
    sets.append(
        (
            "1 44542U 19061A   21180.78220369 -.00000015  00000-0 -66561+1 0  9997",
            "2 44542  54.7025 244.1098 0007981 318.8601 283.5781  1.86231125 12011",
        )
    )
    for pair in sets:
        assert lines.of_fields(lines.fields(*pair)) == pair
    for number in ("340000", ""):
        with pytest.raises(ValueError, match="no two-line form"):
            lines.of_fields({**lines.fields(*VANGUARD), "norad_id": number})
    with pytest.raises(ValueError, match="more digits"):
        lines.of_fields({**lines.fields(*VANGUARD), "inclination_deg": "34.26821"})


@pytest.mark.parametrize("form", ["csv", "xml"])
def test_what_sgp4s_own_reader_reads_flies_alike(tmp_path, form):
    text = FORMS[form](FIELDS)
    parse = omm.parse_csv if form == "csv" else omm.parse_xml
    theirs = Satrec()
    omm.initialize(theirs, next(parse(io.StringIO(text))))
    [row] = read(tmp_path, text).rows
    [ours] = elements.from_fields([row.cells])
    for day in (0.0, 0.5, 3.0):
        at = theirs.jdsatepoch, theirs.jdsatepochF + day
        assert ours.sgp4(*at)[1] == pytest.approx(theirs.sgp4(*at)[1], abs=1e-6)
        assert ours.sgp4(*at)[2] == pytest.approx(theirs.sgp4(*at)[2], abs=1e-9)


def test_skyfield_places_the_same_satellite_at_the_same_point(tmp_path):
    from skyfield.api import EarthSatellite, load

    ts = load.timescale(builtin=True)
    theirs = EarthSatellite.from_omm(ts, {**FIELDS, "MEAN_MOTION_DDOT": "0"})
    [row] = read(tmp_path, as_csv(FIELDS)).rows
    [ours] = elements.from_fields([row.cells])
    time = ts.utc(2000, 6, 28, 3, 4, 5.5)
    jd, part = theirs.model.jdsatepoch, theirs.model.jdsatepochF
    utc = 2451723.5 + (3 * 3600 + 4 * 60 + 5.5) / 86400
    teme = theirs._position_and_velocity_TEME_km(time)[0]
    assert ours.sgp4(2451723.5, utc - 2451723.5)[1] == pytest.approx(teme, abs=1e-3)
    assert (ours.jdsatepoch + ours.jdsatepochF) == pytest.approx(jd + part, abs=1e-8)


def test_of_several_sets_the_newest_epoch_counts_and_what_went_is_told(tmp_path):
    old = {**FIELDS, "EPOCH": "2000-06-26T00:00:00"}
    found = read(tmp_path, as_csv(old, FIELDS, FIELDS, old))
    assert [row.cells["epoch_utc"] for row in found.rows] == ["2000-06-27T18:50:19.733568Z"]
    assert any("newer one" in note and note.endswith("2") for note in found.notes)
    assert any("stand there twice" in note and note.endswith("1") for note in found.notes)
    assert len(read(tmp_path, as_csv(old, FIELDS), epochs="all").rows) == 2
    with pytest.raises(Unplaced, match="another value for the same object and epoch"):
        read(tmp_path, as_csv(FIELDS, {**FIELDS, "INCLINATION": "34.3"}))


def test_columns_without_a_name_are_left_out(tmp_path):
    head, row = as_csv(FIELDS).splitlines()
    found = read(tmp_path, f",{head},\n0,{row},\n")
    assert found.rows[0].cells["norad_id"] == "5" and not any("left out" in note for note in found.notes)


def test_brackets_in_a_name_are_no_unit(tmp_path):
    [row] = read(tmp_path, as_kvn({**FIELDS, "OBJECT_NAME": "STARLINK-11071 [DTC]"})).rows
    assert row.cells["name"] == "STARLINK-11071 [DTC]"


def test_what_the_file_does_not_state_is_told(tmp_path):
    found = read(tmp_path, as_csv({**FIELDS, "RMS": "0.1", "DATA_SOURCE": "SpaceX"}))
    assert any("EARTH, TEME, UTC, SGP4" in note for note in found.notes)
    assert any("DATA_SOURCE, RMS" in note for note in found.notes)
    assert read(tmp_path, as_kvn(FIELDS)).dated == "2026-11-05"


def swapped(one, two):
    return {**FIELDS, one: FIELDS[two], two: FIELDS[one]}


SPOILED = {
    "wrong checksum": "\n".join((VANGUARD[0][:-1] + "4", VANGUARD[1])),
    "lines of two": "\n".join(
        (VANGUARD[0], "2 06251  58.0579  54.0425 0030035 139.1568 221.1854 15.56387291  6774")
    ),
    "orphan line 1": "\n".join((*VANGUARD, VANGUARD[0])),
    "orphan line 2": "\n".join((VANGUARD[1], *VANGUARD)),
    "cut line": "\n".join((VANGUARD[0], VANGUARD[1][:60])),
    "trailing text": "\n".join((VANGUARD[0] + " 0.00 4320.0", VANGUARD[1])),
    "wide digits": "\n".join((VANGUARD[0], VANGUARD[1])).replace("34.2682", "３４.２６８２"),
    "lone title": "\n".join((*VANGUARD, "0 NEXT")),
    "words": "No GP data found",
    "empty": "",
    "blank": " \n\n",
    "binary": b"1 00005U\x00\x00\x00",
    "workbook": b"PK\x03\x04 sheets",
    "web page": "<!DOCTYPE html><html><body>503 Service Unavailable</body></html>",
    "web page of XML": "<?xml version='1.0'?><html><body>503</body></html>",
    "header alone": ",".join(FIELDS),
    "header renamed": as_csv(FIELDS).replace("MEAN_MOTION,", "MEANMOTION,", 1),
    "column twice": as_csv(FIELDS).replace("INCLINATION", "ECCENTRICITY", 1),
    "row cut": as_csv(FIELDS).rstrip()[:-12],
    "cut before the last cell": as_csv(FIELDS).rstrip()[:-1],
    "cell too many": as_csv(FIELDS).rstrip() + ",7",
    "decimal comma": as_csv(FIELDS, separator=";").replace("34.2682", "34,2682"),
    "nan": as_csv({**FIELDS, "BSTAR": "nan"}),
    "infinity": as_json(FIELDS).replace("34.2682", "Infinity"),
    "wrong unit": as_kvn(FIELDS).replace("34.2682 [deg]", "0.598 [rad]"),
    "wrong unit in XML": as_xml(FIELDS).replace('units="rev/day"', 'units="rad/min"'),
    "inclination": as_csv({**FIELDS, "INCLINATION": "198.1"}),
    "eccentricity": as_csv({**FIELDS, "ECCENTRICITY": "1.0"}),
    "eccentricity without point": as_csv({**FIELDS, "ECCENTRICITY": "1859667"}),
    "negative node": as_csv({**FIELDS, "RA_OF_ASC_NODE": "-11.3"}),
    "motion of nothing": as_csv({**FIELDS, "MEAN_MOTION": "0"}),
    "perigee in the ground": as_csv({**FIELDS, "MEAN_MOTION": "15.5"}),
    "swapped motion and inclination": as_csv(swapped("MEAN_MOTION", "INCLINATION")),
    "swapped names": as_csv(swapped("OBJECT_NAME", "OBJECT_ID")),
    "number too long": as_csv({**FIELDS, "NORAD_CAT_ID": "1000000000"}),
    "number of letters": as_csv({**FIELDS, "NORAD_CAT_ID": "A0001X"}),
    "epoch of no day": as_csv({**FIELDS, "EPOCH": "2026-02-30T00:00:00"}),
    "epoch of day 366": as_csv({**FIELDS, "EPOCH": "2026-366T00:00:00"}),
    "epoch with zone": as_csv({**FIELDS, "EPOCH": "2026-10-27T21:00:00+09:00"}),
    "epoch of an era": as_csv({**FIELDS, "EPOCH": "R8-10-27T12:00:00"}),
    "epoch of a spreadsheet": as_csv({**FIELDS, "EPOCH": "27/10/2026 12:00"}),
    "leap second": as_csv({**FIELDS, "EPOCH": "2016-12-31T23:59:60.5"}),
    "GPS time": as_kvn(FIELDS).replace("TIME_SYSTEM = UTC", "TIME_SYSTEM = GPS"),
    "another frame": as_xml(FIELDS).replace("TEME", "EME2000"),
    "another theory": as_kvn(FIELDS).replace("= SGP4", "= DSST"),
    "another center": as_kvn(FIELDS).replace("= EARTH", "= MOON"),
    "ephemeris type 4": as_csv({**FIELDS, "EPHEMERIS_TYPE": "4"}),
    "no drag": as_csv({name: text for name, text in FIELDS.items() if name != "BSTAR"}),
    "JSON cut": as_json(FIELDS)[:-30],
    "JSON of an error": '{"error": "You must be logged in"}',
    "JSON twice": as_json(FIELDS).replace("{", '{"INCLINATION": 1,', 1),
    "XML cut": as_xml(FIELDS)[:-40],
    "XML bomb": '<!DOCTYPE a [<!ENTITY b "c">]>' + as_xml(FIELDS).partition("?>")[2],
    "KVN cut": as_kvn(FIELDS)[:-120],
    "KVN twice": as_kvn(FIELDS) + "\nINCLINATION = 34.2682",
    "other message": "CCSDS_OEM_VERS = 2.0\nCREATION_DATE = 2026-11-05T00:00:00\n",
    "motion of a spreadsheet": as_csv({**FIELDS, "MEAN_MOTION": "1.08E+01"}),
    "motion of a spreadsheet in JSON": as_json(FIELDS).replace("10.82419157", "1.08E1"),
    "angle of a spreadsheet": as_csv({**FIELDS, "RA_OF_ASC_NODE": "3.49E+02"}),
    "eccentricity that a spreadsheet lost": as_csv({**FIELDS, "ECCENTRICITY": "0.00E+00"}),
    "number of a spreadsheet": as_csv({**FIELDS, "NORAD_CAT_ID": "2.5544E+04"}),
    "day of a spreadsheet": as_csv({**FIELDS, "EPOCH": "2000/06/27 18:50"}),
    "seconds that a spreadsheet cut": as_csv({**FIELDS, "EPOCH": "2000-06-27 18:50:19"}),
    "epoch in two columns": as_csv(
        {**FIELDS, "EPOCH": "2000-06-27 18:50:19", "EPOCH_MICROSECONDS": "733568"}
    ),
    "SGP4-XP": as_kvn({**{n: t for n, t in FIELDS.items() if n != "BSTAR"}, "BTERM": ".01"}).replace(
        "= SGP4", "= SGP4-XP"
    ),
    "one epoch in other digits": as_csv(
        FIELDS, {**FIELDS, "EPOCH": FIELDS["EPOCH"] + "000", "INCLINATION": "34.3"}
    ),
    "mail": "\n".join(("Subject: sets", *VANGUARD)),
    "notice": "\n".join(("No GP data found", *VANGUARD)),
    "rule above the lines": "\n".join(("----------", *VANGUARD)),
    "notice with its day": "\n".join(("Elements as of 28 November", *VANGUARD)),
    "name of a page": "\n".join(("A&amp;B", *VANGUARD)),
    "Latin 1": as_csv({**FIELDS, "OBJECT_NAME": "CAF\xc9"}).encode("latin-1"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_file_is_refused_in_one_sentence(tmp_path, name):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, SPOILED[name])
    told = str(refused.value)
    assert "sets.txt" in told and "is not taken: " in told and "\n" not in told and len(told) < 320


def part_of(cells, whole):
    """Whether all that is said is right, whatever is left out."""
    return all(text in ("", whole[column]) for column, text in cells.items())


@pytest.mark.parametrize("form", [*FORMS, "lines"])
def test_a_file_that_was_cut_anywhere_gives_no_wrong_set(tmp_path, form):
    other = {**FIELDS, "NORAD_CAT_ID": "6", "MEAN_MOTION_DDOT": ".123E-8"}
    two = "\n".join(("0 A", *VANGUARD, "0 B", *VANGUARD)) + "\n"
    whole = FORMS[form](FIELDS, other) if form in FORMS else two
    right = [row.cells for row in read(tmp_path, whole).rows]
    for length in range(len(whole.rstrip())):
        try:
            found = read(tmp_path, whole[:length])
        except Unplaced:
            continue
        wrong = [row.cells for row in found.rows if not any(part_of(row.cells, one) for one in right)]
        assert not wrong or any("may have been cut" in note for note in found.notes), whole[:length][-40:]
        assert all(form in ("csv", "kvn") for _ in wrong)


MENDED = {
    "no line end": as_csv(FIELDS).rstrip(),
    "byte order mark": "\ufeff" + as_csv(FIELDS),
    "UTF-16": as_csv(FIELDS).encode("utf-16"),
    "line ends": as_csv(FIELDS).replace("\n", "\r\n"),
    "semicolons": as_csv(FIELDS, separator=";"),
    "tabs": as_csv(FIELDS, separator="\t"),
    "quotes": as_csv({name: f'"{text}"' for name, text in FIELDS.items()}),
    "spaces": as_csv({name: f" {text} " for name, text in FIELDS.items()}),
    "two files in one": as_csv(FIELDS) + as_csv(FIELDS),
    "strings in JSON": as_json(FIELDS, numbers=False),
    "one object of JSON": as_json(FIELDS)[1:-1],
    "two messages": as_kvn(FIELDS, FIELDS),
    "three lines, blank lines": "\r\n\r\n0 VANGUARD 1\r\n" + "\r\n".join(VANGUARD) + "\r\n\r\n",
    "title without nought": "VANGUARD 1              \n" + "\n".join(VANGUARD),
    "epoch with a blank": as_csv({**FIELDS, "EPOCH": FIELDS["EPOCH"].replace("T", " ")}),
    "comment": "# downloaded by hand\n0 VANGUARD 1\n" + "\n".join(VANGUARD),
    "keys of small letters": as_json({name.lower(): text for name, text in FIELDS.items()}, numbers=False),
    "one epoch in other digits": as_csv(FIELDS, {**FIELDS, "EPOCH": FIELDS["EPOCH"] + "000"}),
    "one message of XML": as_xml(FIELDS).replace("<ndm>", "").replace("</ndm>", ""),
}


@pytest.mark.parametrize("name", MENDED)
def test_how_a_file_is_saved_does_not_matter(tmp_path, name):
    [row] = read(tmp_path, MENDED[name]).rows
    assert (row.cells["norad_id"], row.cells["name"]) == ("5", "VANGUARD 1")
    assert row.cells["epoch_utc"] == "2000-06-27T18:50:19.733568Z"
    assert Decimal(row.cells["bstar_per_er"]) == Decimal("0.000028098")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("0", ""),
        ("0 ", ""),
        ("0 1KUNS-PF", "1KUNS-PF"),
        ("1 KUNS-PF OF A LONGER NAME THAN MOST", "1 KUNS-PF OF A LONGER NAME THAN MOST"),
        ("2 OF THE FIRST PAIR OF SATELLITES", "2 OF THE FIRST PAIR OF SATELLITES"),
    ],
)
def test_a_title_may_be_empty_or_begin_like_a_line(tmp_path, title, name):
    [row] = read(tmp_path, "\n".join((title, *VANGUARD))).rows
    assert row.cells["name"] == name and row.cells["norad_id"] == "5"


def numbered(number, designator):
    """The lines with another number and designator, their sums right again."""
    pair = VANGUARD[0].replace("00005U 58002B  ", f"{number}U {designator:8}"), VANGUARD[1]
    pair = pair[0], pair[1].replace("2 00005", f"2 {number}")
    return "\n".join(f"{line[:68]}{lines.checksum(line)}" for line in pair)


@pytest.mark.parametrize(
    ("number", "told", "analysts"),
    [
        ("00000", "", True),
        ("80001", "80001", True),
        ("89999", "89999", True),
        ("T0000", "270000", True),  # T stands for 27
        ("79999", "79999", False),
        ("90000", "90000", False),
        ("S9999", "269999", False),
    ],
)
def test_objects_of_analysts_are_taken_and_told(tmp_path, number, told, analysts):
    found = read(tmp_path, f"0 OBJECT A\n{numbered(number, '')}")
    [row] = found.rows
    assert (row.cells["norad_id"], row.cells["cospar_id"]) == (told, "")
    assert any("with an analyst's" in note and note.endswith(" 1") for note in found.notes) == analysts


def test_mean_motions_that_a_program_rounded_are_told(tmp_path):
    cut = [{**FIELDS, "NORAD_CAT_ID": str(n), "MEAN_MOTION": f"10.8{n}"} for n in (5, 6)]
    assert any("have rounded" in note for note in read(tmp_path, as_csv(*cut)).notes)
    found = read(tmp_path, as_csv(cut[0], {**FIELDS, "NORAD_CAT_ID": "6"}))  # trimmed noughts are no loss
    assert not any("have rounded" in note for note in found.notes)


def test_heights_of_a_file_are_reckoned_as_those_of_the_table():
    """Else every set that stands already would seem to stand otherwise."""
    for row in extent.rows("space_systems/elements"):
        found = redundancy.heights_km(float(row["mean_motion_rev_day"]), float(row["eccentricity"]))
        told = {name: f"{height:.1f}" for name, height in found.items()}
        assert told == {name: row[name] for name in told}, row["row_id"]
