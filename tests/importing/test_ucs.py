"""The UCS Satellite Database: its editions' headers, commas, two-digit years."""

import pytest

from spacesec.importing import ucs
from spacesec.importing.found import Unplaced

HEAD = [
    *(
        "Name of Satellite, Alternate Names",
        "Current Official Name of Satellite",
        "Country/Org of UN Registry",
    ),
    *(
        "Country of Operator/Owner",
        "Operator/Owner",
        "Users",
        "Purpose",
        "Detailed Purpose",
        "Class of Orbit",
    ),
    *("Type of Orbit", "Longitude of GEO (degrees)", "Perigee (km)", "Apogee (km)", "Eccentricity"),
    *("Inclination (degrees)", "Period (minutes)", "Launch Mass (kg.)", " Dry Mass (kg.) ", "Power (watts)"),
    *("Date of Launch", "Expected Lifetime (yrs.)", "Contractor", "Country of Contractor", "Launch Site"),
    *("Launch Vehicle", "COSPAR Number", "NORAD Number", "Comments", "", "Source Used for Orbital Data"),
    *("Source", "Source", "", ""),
]
ROW = [
    *(
        '"QZS-1 (Michibiki, Quasi-Zenith)"',
        "QZS-1",
        "NR",
        "Japan",
        "JAXA",
        "Government",
        "Navigation",
        "",
        "GEO",
    ),
    *(
        "",
        "135.00",
        '"32,618"',
        '"38,950"',
        "7.51E-02",
        "40.7",
        "1,436.0",
        '"4,100"',
        "",
        "",
        "9/11/10",
        "10",
    ),
    *("Mitsubishi", "Japan", "Tanegashima", "H2A", "2010-045A", "37158", "", "", "x", "y", "z", "", ""),
]
ROW[15] = '"1,436.0"'


def read(folder, text):
    path = folder / "ucs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return ucs.read(path)


def sheet(row=ROW, head=HEAD, separator=","):
    head = [f'"{name}"' if "," in name else name for name in head]
    return f"{separator.join(head)}\r\n{separator.join(row)}\r\n"


def changed(**cells):
    at = {"cospar": 25, "norad": 26, "date": 19, "perigee": 11, "inclination": 14}
    row = list(ROW)
    for name, text in cells.items():
        row[at[name]] = text
    return row


def test_an_editions_row_is_read_whatever_its_header_looks_like(tmp_path):
    for text in (sheet(), sheet(separator="\t"), "\ufeff" + sheet()):
        [row] = read(tmp_path, text).rows
        assert row.cells["name"] == "QZS-1" and row.cells["launch_date"] == "2010-09-11"
        assert (row.cells["perigee_km"], row.cells["period_min"]) == ("32618", "1436.0")
        assert (row.cells["norad_id"], row.cells["cospar_id"]) == ("37158", "2010-045A")


def test_years_and_numbers_that_a_spreadsheet_made_are_mended_and_told(tmp_path):
    found = read(tmp_path, sheet(changed(date="2074-03-01", cospar="1974-022A", norad="7221.0")))
    [row] = found.rows
    assert (row.cells["launch_date"], row.cells["norad_id"]) == ("1974-03-01", "7221")
    assert any("2074-03-01" in note for note in found.notes)
    assert (
        read(tmp_path, sheet(changed(date="3/1/74", cospar="1974-022A"))).rows[0].cells["launch_date"][:4]
        == "1974"
    )
    found = read(tmp_path, sheet(changed(cospar="2010--045A")))
    assert found.rows[0].cells["cospar_id"] == "" and "2010--045A" in found.notes[0]
    latin = read(tmp_path, sheet().replace("Mitsubishi", "Caf\xe9").encode("cp1252"))
    assert latin.rows[0].cells["operator"] == "JAXA"


@pytest.mark.parametrize(
    "text",
    [
        sheet(changed(date="平成22年9月11日")),
        sheet(changed(date="13/45/2010")),
        sheet(changed(inclination="407")),
        sheet(changed(perigee="low")),
        sheet(changed(norad="2010-045A", cospar="37158")),
        sheet(head=[name.replace("NORAD Number", "Number") for name in HEAD]),
        sheet().splitlines()[0],
        "",
        "<html>moved</html>",
        b"PK\x03\x04",
    ],
)
def test_a_spoiled_sheet_is_refused(tmp_path, text):
    with pytest.raises(Unplaced, match="is not taken"):
        read(tmp_path, text)
