"""The UCS Satellite Database: its editions' headers, commas, two-digit years."""

import zipfile

import pytest

from spacesec.importing import sheets, ucs
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


UNITS = (" miles", ", miles", " [miles]", " (nautical miles)", " (mi.)")


def read(folder, text):
    path = folder / "ucs.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return ucs.read(path)


def sheet(row=ROW, head=HEAD, separator=","):
    head = [f'"{name}"' if "," in name else name for name in head]
    return f"{separator.join(head)}\r\n{separator.join(row)}\r\n"


def changed(**cells):
    at = {
        "name": 1,
        "apogee": 12,
        "eccentricity": 13,
        "mass": 16,
        "cospar": 25,
        "norad": 26,
        "date": 19,
        "perigee": 11,
        "inclination": 14,
    }
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
    assert read(tmp_path, sheet(changed(cospar="2010-045a"))).rows[0].cells["cospar_id"] == "2010-045A"
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
        sheet(changed(date="11-12-2019")),
        sheet(changed(date="9/11/2015")),
        sheet(changed(date="9/11/15")),
        *(sheet(head=[name.replace("Perigee (km)", f"Perigee{unit}") for name in HEAD]) for unit in UNITS),
        sheet(changed(date="12/11/019")),
        sheet(changed(perigee="38950", apogee="32618")),
        sheet(changed(eccentricity='"0,001"')),
        sheet(changed(mass="4.100 kg")),
        sheet(changed(mass='"41,00"')),
        sheet(changed(norad="3.7158E+04")),
        sheet(changed(name="Michibiki \u00e2\u20ac\u201c 1")),
        sheet(changed(name="Michibiki \ufffd 1")),
        sheet(changed(name="Caf\u00e9")).encode()
        + sheet(changed(name="Caf\u00e9")).splitlines()[1].encode("cp1252"),
        sheet().rstrip()[:-20],
        sheet(ROW[:26]),
        sheet(head=[name.replace("(kg.)", "(lb)") for name in HEAD]),
        sheet(head=[name.replace("Apogee (km)", "Perigee (km)") for name in HEAD]),
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


def test_units_breaks_and_repeated_sources_of_a_header_do_not_matter(tmp_path):
    head = list(HEAD)
    head[11], head[16], head[18], head[26] = (
        "Perigee\n(kilometers)",
        " Launch Mass (kg) ",
        "Power",
        "NORAD Number \xa0",
    )
    text = sheet(head=[f'"{name}"' if "\n" in name else name for name in head])
    [row] = read(tmp_path, text).rows
    assert (row.cells["perigee_km"], row.cells["launch_mass_kg"], row.cells["norad_id"]) == (
        "32618",
        "4100",
        "37158",
    )


def test_a_few_cells_that_cannot_be_are_emptied_and_told(tmp_path):
    """The edition of May 2023 has such a day (11/29/018) in 7,560 rows."""
    lines = sheet().splitlines(True)
    odd = sheet(changed(date="11/29/018", norad="37159")).splitlines(True)[1]
    found = read(tmp_path, "".join((lines[0], *lines[1:] * 100, odd)))
    assert found.rows[-1].cells["launch_date"] == "" and found.rows[0].cells["launch_date"] == "2010-09-11"
    assert found.notes == ["cells that cannot be and are left empty: 1; by line, 102: 11/29/018"]


def test_the_workbook_is_read_as_its_text(tmp_path):
    """Days are serial numbers there: 40,432 is 11 September 2010 (40,179 is 1 January; and 253 days)."""
    cells = [text.strip('"').replace(",", "") for text in ROW]
    cells[19] = "40432"

    def row(number, texts, styled=()):
        kinds = [
            f'<c r="{sheets.letters(at)}{number}" s="1"><v>{text}</v></c>'
            if at in styled
            else f'<c r="{sheets.letters(at)}{number}" t="inlineStr"><is><t>{text}</t></is></c>'
            for at, text in enumerate(texts, start=1)
            if text
        ]
        return f'<row r="{number}">{"".join(kinds)}</row>'

    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
    rows = f"<sheetData>{row(1, HEAD)}{row(2, cells, (20,))}</sheetData>"
    parts = {
        "workbook.xml": f'<workbook {main} {links}><sheets><sheet name="A" r:id="r"/></sheets></workbook>',
        "_rels/workbook.xml.rels": "<R><Relationship Id='r' Target='worksheets/sheet1.xml'/></R>",
        "styles.xml": f"<styleSheet {main}>{styles}</styleSheet>",
        "worksheets/sheet1.xml": f"<worksheet {main}>{rows}</worksheet>",
    }
    path = tmp_path / "ucs.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(f"xl/{name}", text)
    [found] = ucs.read(path).rows
    assert (found.cells["launch_date"], found.cells["norad_id"]) == ("2010-09-11", "37158")
    assert found.cells["locator"] == "sheet A, row 2, QZS-1"
