"""The General Catalog of Artificial Space Objects: vague dates as spans, doubt a field of its own, rows that
cannot be placed refused.
"""

from datetime import date

import pytest

from spacesec.importing import gcat, vague
from spacesec.importing.found import Unplaced

LOG = (
    "#Launch_Tag\tLaunch_Date\tPiece\tType\tName\tPLName\tJCAT\tSatOwner\tSatState\tLV_Type\tFlight_ID\tPlatform"
    "\tLaunch_Site\tLaunch_Pad\tAscent_Site\tAscent_Pad\tAgency\tLVState\tLaunch_Code\tLTCite"
)
# By hand, in the shape of the catalog's rows of 28 March 2003 and of a lost launch of 2003.
IGS = (
    "2003-009  \t2003 Mar 28 0127?\t2003-009A\tP           \tIGS-1a\tIGS O-1\tS27698\tCAO\tJ\tH-IIA 2024"
    "\tH-IIA-5F\t-\tTNSC\tY1\t-\t-\tJAXA\tJ\tOS\tNASDA"
)
LOST = IGS.replace("2003-009", "2003-F03").replace("S27698", "F01234").replace("\tOS\t", "\tOF40\t")
SITES = (
    "#Site\tCode\tUCode\tType\tStateCode\tTStart\tTStop\tShortName\tName\tLocation\tLongitude\tLatitude\tError"
    "\tParent\tShortEName\tEName\tGroup\tUName\n# Updated 2025 Dec  1 0108:57\n"
    "TNSC\t-\tTNSC\tLS\tJ\t1969 Oct  1\t*\tTanegashima\tTanegashima\tKagoshima"
    "\t130.9700\t30.4000\t0.0200\t-\t-\t-\t-\tX\n"
)
ORGS = (
    "#Code\tUCode\tStateCode\tType\tClass\tTStart\tTStop\tShortName\tName\tLocation\tLongitude\tLatitude\tError"
    "\tParent\tShortEName\tEName\tUName\n# Updated 2025 Dec  1 0108:57\n"
    "J\tJ\tJ\tCY\tA\t-\t-\tNihon\tNihon\tTokyo\t139.7\t35.7\t0.02\t-\tJapan\tJapan\tNihon\n"
)
SATCAT = (
    "#JCAT\tSatcat\tPiece\tType\tName\tLDate\tParent\tSDate\tPrimary\tDDate\tStatus\tDest\tOwner\tState\tPerigee"
    "\tApogee\tInc\nS27698\t27698\t2003-009A\tP\tIGS-1a\t2003 Mar 28\tA"
    "\t2003 Mar 28\tEarth\t*\tO\t-\tCAO\tJ\t483\t489\t97.30\n"
)


def read(folder, text, **options):
    path = folder / "gcat.tsv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return gcat.read(path, **options)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision", "time", "doubtful"),
    [
        ("2003 Mar 28 0127?", (2003, 3, 28), (2003, 3, 28), "minute", "01:27", True),
        ("2003 Mar 28 0127:05.5", (2003, 3, 28), (2003, 3, 28), "second", "01:27:05.5", False),
        (
            "2024 Nov 27 05:01:59",
            (2024, 11, 27),
            (2024, 11, 27),
            "second",
            "05:01:59",
            False,
        ),  # of its headers
        ("2003 Mar 28 01h", (2003, 3, 28), (2003, 3, 28), "hour", "01", False),
        ("2003 Mar 28?", (2003, 3, 28), (2003, 3, 28), "day", "", True),
        ("2003 Mar  8", (2003, 3, 8), (2003, 3, 8), "day", "", False),
        ("2012 Apr?", (2012, 4, 1), (2012, 4, 30), "month", "", True),
        ("2012 Feb", (2012, 2, 1), (2012, 2, 29), "month", "", False),
        ("2003 Q2", (2003, 4, 1), (2003, 6, 30), "quarter", "", False),
        ("2003 Q4?", (2003, 10, 1), (2003, 12, 31), "quarter", "", True),
        ("1957?", (1957, 1, 1), (1957, 12, 31), "year", "", True),
        ("1970s", (1970, 1, 1), (1979, 12, 31), "decade", "", False),
        ("2003 Q1", (2003, 1, 1), (2003, 3, 31), "quarter", "", False),
        ("1990s?", (1990, 1, 1), (1999, 12, 31), "decade", "", True),
        # As a peer's loader of the catalog has them: 20C begins in 1900, 2M in 1000.
        ("20C", (1900, 1, 1), (1999, 12, 31), "century", "", False),
        ("21C?", (2000, 1, 1), (2099, 12, 31), "century", "", True),
        ("2M", (1000, 1, 1), (1999, 12, 31), "millennium", "", False),
        ("1M", (1, 1, 1), (999, 12, 31), "millennium", "", False),
        # 0.98 of 1,440 minutes are 1,411.2: 23:31. Half a day is noon.
        ("2016 Jun  8.98", (2016, 6, 8), (2016, 6, 8), "centiday", "23:31", False),
        ("2003 Mar 28.5?", (2003, 3, 28), (2003, 3, 28), "deciday", "12:00", True),
        ("2003 Mar 28 0127:15?", (2003, 3, 28), (2003, 3, 28), "second", "01:27:15", True),
        ("2015 Feb ?", (2015, 2, 1), (2015, 2, 28), "month", "", True),  # as the catalog had it once
        ("2025 Oct    -", (2025, 10, 1), (2025, 10, 31), "month", "", False),  # the same
        ("1999 jan  9?", (1999, 1, 9), (1999, 1, 9), "day", "", True),  # as the catalog has it once
    ],
)
def test_a_vague_date_is_a_span_and_its_doubt_stays(text, first, last, precision, time, doubtful):
    found = vague.read(text)
    assert (found.first, found.last) == (date(*first), date(*last))
    assert (found.precision, found.time_utc, found.doubtful) == (precision, time, doubtful)


@pytest.mark.parametrize("text", ["-", "*", "?", "", " - ", "- -"])
def test_a_dash_is_no_date(text):
    assert vague.read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2003 Feb 30",
        "2003 Q5",
        "2003 Mrz 28",
        "2003-03-28",
        "28 Mar 2003",
        "2003 Mar 28 2460",
        "2003 Mar 28 2401",
    ]
    + [
        "8.98",
        "1998.5",
        "2003 Mar 28.123",
        "2003 Mar 28.",
        "500 BC",
        "0C",
        "31C",
        "28-Mar-03",
        "1974 Nov  6:",
    ]
    + ["1975s", "平成15年3月28日", "２００３ Mar 28", "2003 Mar 28??", "46331", "nan"],
)
def test_what_is_no_vague_date_is_refused(text):
    with pytest.raises(ValueError):
        vague.read(text)


def test_a_row_keeps_the_catalogs_columns_and_gets_its_spans(tmp_path):
    found = read(tmp_path, f"{LOG}\n{IGS}\n{LOST}\n")
    one, other = (row.cells for row in found.rows)
    assert one["Launch_Date"] == "2003 Mar 28 0127?" and one["Launch_Date_from"] == "2003-03-28"
    assert one["Launch_Date_doubt"] == "true" and one["Platform"] == "" and one["Launch_Tag"] == "2003-009"
    assert (one["outcome"], one["success_percent"]) == ("success", "")
    assert (other["outcome"], other["success_percent"]) == ("partial", "40")
    assert one["locator"] == "line 2, row S27698"


def test_what_has_not_ended_stays_open_and_state_codes_get_their_names(tmp_path):
    orgs = tmp_path / "orgs.tsv"
    orgs.write_text(ORGS)
    found = read(tmp_path, SITES, orgs=str(orgs))
    [row] = found.rows
    assert found.dated == "2025-12-01"
    assert (
        row.cells["TStop"] == "*" and row.cells["TStop_to"] == "" and row.cells["StateCode_name"] == "Japan"
    )
    [row] = read(tmp_path, SATCAT).rows
    assert row.cells["DDate"] == "*" and row.cells["Status"] == "O" and row.cells["Dest"] == ""


SPOILED = {
    "renamed column": f"{LOG}\n{IGS}\n".replace("Launch_Code", "Code"),
    "no header": IGS,
    "header alone": LOG,
    "row cut": f"{LOG}\n{IGS[:-40]}\n",
    "cell too many": f"{LOG}\n{IGS}\tx\n",
    "commas": f"{LOG}\n{IGS}\n".replace("\t", ","),
    "swapped cells": f"{LOG}\n{IGS}\n".replace(
        "2003 Mar 28 0127?\t2003-009A", "2003-009A\t2003 Mar 28 0127?"
    ),
    "number for a name": f"{LOG}\n{IGS}\n".replace("S27698", "27698"),
    "code of three": f"{LOG}\n{IGS}\n".replace("\tOS\t", "\tsuccess\t"),
    "latitude": SITES.replace("30.4000", "130.9700"),
    "latitude in words": SITES.replace("30.4000", "30d24m"),
    "inclination": SATCAT.replace("97.30", "197.3"),
    "empty": "",
    "web page": "<html><body>404</body></html>",
    "workbook": b"PK\x03\x04",
    "Latin 1": f"{LOG}\n{IGS}\n".replace("IGS-1a", "Caf\xe9").encode("latin-1"),
    "no key": SATCAT.replace("S27698\t", "-\t"),
    "column twice": SATCAT.replace("Apogee", "Perigee"),
    "piece of a spreadsheet": f"{LOG}\n{IGS}\n".replace("2003-009A", "9-Mar-03"),
    "tag of a spreadsheet": f"{LOG}\n{IGS}\n".replace("2003-009  ", "Sep-03"),
    "number of a spreadsheet": SATCAT.replace("\t27698\t", "\t27,698\t"),
    "power of ten of a spreadsheet": SATCAT.replace("\t27698\t", "\t2.77E+04\t"),
    "days of a spreadsheet": SATCAT.replace("2003 Mar 28", "28-Mar-03"),
    "two sites of one launch": f"{LOG}\n{IGS}\n{IGS}\n".replace("S27698", "S27699", 1).replace(
        "TNSC", "KASC", 1
    ),
    "two days of one launch": f"{LOG}\n{IGS}\n{IGS}\n".replace("S27698", "S27699", 1).replace(
        "Mar 28 0127?", "Mar 29 0127?", 1
    ),
    "misread name": f"{LOG}\n{IGS}\n".replace("IGS-1a", "Caf\u00c3\u00a9"),
    "lost letter": f"{LOG}\n{IGS}\n".replace("IGS-1a", "Caf\ufffd"),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_file_is_refused_in_one_sentence(tmp_path, name):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, SPOILED[name])
    assert "gcat.tsv" in str(refused.value) and "is not taken: " in str(refused.value)


def test_rows_that_end_before_they_begin_are_told_and_many_refused(tmp_path):
    head, row = SATCAT.splitlines()
    rows = [row.replace("S27698", f"S{n:05}") for n in range(100)]
    rows[7] = rows[7].replace("\t*\t", "\t1999 Jan  1\t")
    found = read(tmp_path, "\n".join((head, *rows)))
    assert any("DDate lies before their LDate: line 9" in note for note in found.notes)
    with pytest.raises(Unplaced, match="as in many rows"):
        read(tmp_path, "\n".join((head, *(one.replace("\t*\t", "\t1999 Jan  1\t") for one in rows))))


def test_a_few_cells_that_cannot_be_are_emptied_and_told(tmp_path):
    """Real editions have such a year (2205 for 2025) and such a day (6: for 6)."""
    head, row = SATCAT.splitlines()
    rows = [row.replace("S27698", f"S{n:05}") for n in range(100)]
    rows[7] = rows[7].replace("A\t2003 Mar 28", "A\t2205 Mar 28")
    rows[9] = rows[9].replace("97.30", "9?7.30")
    found = read(tmp_path, "\n".join((head, *rows)) + "\n")
    cells = found.rows[7].cells
    assert (cells["SDate"], cells["SDate_from"], cells["LDate_from"]) == ("", "", "2003-03-28")
    assert found.rows[9].cells["Inc"] == "" and found.rows[8].cells["Inc"] == "97.30"
    assert any("left empty: 2; by line, 9: 2205 Mar 28; 11: 9?7.30" in note for note in found.notes)


@pytest.mark.parametrize(
    ("date", "note"),
    [
        ("2003 Mar 28?", "launch date doubtful in the catalog: 2003 Mar 28?"),
        ("2003 Mar?", "launch date doubtful in the catalog: 2003 Mar?"),
        ("2003 Mar 28 0127?", ""),  # by minutes: the day is sure
        ("2003 Mar 28", ""),
    ],
)
def test_the_doubt_of_a_launch_day_stands_in_its_note(tmp_path, date, note):
    for text in (
        f"{LOG}\n{IGS}\n".replace("2003 Mar 28 0127?", date),
        SATCAT.replace("2003 Mar 28\tA", f"{date}\tA"),
    ):
        assert read(tmp_path, text).rows[0].cells["note"] == note


def test_cells_in_quotation_marks_are_those_of_a_spreadsheet(tmp_path):
    saved = f"{LOG}\n{IGS}\n".replace("IGS-1a", '"IGS, 20"" wide"').replace("IGS O-1", 'NRL 20"')
    [row] = read(tmp_path, saved).rows
    assert (row.cells["Name"], row.cells["PLName"]) == ('IGS, 20" wide', 'NRL 20"')


def test_line_ends_marks_and_repeated_rows_do_not_matter(tmp_path):
    found = read(tmp_path, "\ufeff" + f"{LOG}\r\n{IGS}\r\n{IGS}\r\n")
    assert len(found.rows) == 1 and any("twice" in note for note in found.notes)
