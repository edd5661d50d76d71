"""Numbers of workbooks in their formats, strict workbooks, cells without places.

Expected values: what a spreadsheet shows of the number by ECMA-376 Part 1, 18.8.31, with all stored digits;
day 45383 is 1 April 2024 (45292 is 1 January 2024), 43586 is 1 May 2019, the first day of Reiwa.
"""

import zipfile
from decimal import Decimal

import pytest
from tests.importing.test_money import MAIN, MERGED, ROWS, RUBY, RUNS, values, workbook

from spacesec.importing import money, number_formats
from spacesec.importing.found import Unplaced

BUILT_IN = number_formats.BUILT_IN


@pytest.mark.parametrize(
    "number, code, text",
    [
        ("1234567", "General", "1234567"),
        ("1234567", "#,##0,", "1234.567"),
        ("1234567", '0.0,"千円"', "1234.567千円"),
        ("1234567890", '#,##0,,"百万円"', "1234.56789百万円"),
        ("1234567", "#,##0,.0", "1234.567"),
        ("-1234567", "#,##0,", "-1234.567"),
        ("8.2", '0.00"億円"', "8.2億円"),
        ("0.034", "0.0%", "3.4%"),
        ("-0.038", '0.0%;"△"0.0%', "-3.8%"),
        ("0.034", BUILT_IN[10], "3.4%"),
        ("-5", '#,##0;"△"#,##0', "-5"),
        ("-5", "#,##0_);(#,##0)", "-5"),
        ("-5", "#,##0;[Red]#,##0", "-5"),
        ("5", "(#,##0)", "(5)"),
        ("5", '"△"#,##0', "△5"),
        ("0", '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ', "0"),
        ("5", "[$¥-411]#,##0", "¥5"),
        ("5", '#,##0"人"', "5人"),
        ("5", ";;;", ""),
        ("1.5", "# ?/?", "1.5"),
        ("123456789", "0.00E+00", "123456789"),
        ("1234567", '[>=1000000]#,##0,,"百万円";[>=1000]#,##0,"千円";0"円"', "1.234567百万円"),
        ("1234", '[>=1000000]#,##0,,"百万円";[>=1000]#,##0,"千円";0"円"', "1.234千円"),
        ("12", '[>=1000000]#,##0,,"百万円";[>=1000]#,##0,"千円";0"円"', "12円"),
        ("2024", '0"年度"', "2024年度"),
        ("6", '"令和"0"年度"', "令和6年度"),
        ("45383", BUILT_IN[14], "2024-04-01"),
        ("45383", "m/d/yyyy", "2024-04-01"),
        ("45383", "[$-F800]dddd, mmmm dd, yyyy", "2024-04-01"),
        ("45383", "mmm-yy", "2024-04"),
        ("45383", BUILT_IN[27], "令和6.4.1"),
        ("43586", BUILT_IN[28], "令和元年5月1日"),
        ("45383", '[$-411]ggge"年度"', "令和6年度"),
        ("45383", 'yyyy"年度"', "2024年度"),
        ("45383", BUILT_IN[55], "2024年4月"),
        ("45383", 'm"月"', "4月"),
        ("45383.5", "yyyy/m/d h:mm", "2024-04-01 12:00"),
        ("0.75", "[h]:mm", "18:00"),
        ("1", BUILT_IN[14], "1900-01-01"),
    ],
)
def test_what_a_workbook_shows_of_a_number(number, code, text):
    assert number_formats.shown(Decimal(number), code) == text


def test_days_of_a_workbook_from_1904():
    first = number_formats.FIRST_DAY_1904
    assert number_formats.shown(Decimal(43921), BUILT_IN[14], first) == "2024-04-01"  # 1,462 days apart


def styled(folder, cells, formats, strict=False):
    """A workbook whose lines are of (number, style) or text."""
    path = workbook(folder, [])
    numbers = "".join(f'<numFmt numFmtId="{n}" formatCode="{code}"/>' for n, code in enumerate(formats, 164))
    styles = "".join(f'<xf numFmtId="{n}"/>' for n in range(164, 164 + len(formats)))
    lines = ""
    for line in cells:
        made = ""
        for cell in line:
            if isinstance(cell, tuple):
                made += f'<c s="{cell[1]}"><v>{cell[0]}</v></c>'
            else:
                made += f'<c t="inlineStr"><is><t>{cell}</t></is></c>'
        lines += f"<row>{made}</row>"
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        f'<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>'
    )
    parts["xl/styles.xml"] = (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{numbers}</numFmts><cellXfs>{styles}</cellXfs></styleSheet>'
    )
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            if strict:
                text = text.replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    "http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            packed.writestr(name, text)
    return path


FORMATS = ("General", "#,##0,", "0.0%", "[$-411]ggge&quot;年度&quot;", "yyyy/m/d")
LINES = [
    ["（単位：千円）"],
    ["事項", (45017, 3), (45383, 3), "対前年度比"],
    ["あ", (1234567, 1), (2000, 0), (0.9, 2)],
]


@pytest.mark.parametrize("strict", [False, True])
def test_formats_strict_workbooks_and_cells_without_places(tmp_path, strict):
    """Days 45017 and 45383 are 1 April of 2023 and 2024; 1,234,567 yen are shown as 1,235 thousand."""
    found = money.read(styled(tmp_path, LINES, FORMATS, strict))
    assert values(found) == {("あ", "2023", ""): Decimal(1234567), ("あ", "2024", ""): Decimal(2000000)}
    assert [row.cells["locator"] for row in found.rows] == ["sheet 予算, cell B3", "sheet 予算, cell C3"]


@pytest.mark.parametrize(
    "line, said",
    [
        (["事項", (45383, 4), (45413, 4)], "cell B2: '2024-04-01' .* a month, a part of a year or a day"),
        (["事項", "令和6年度\ufffd"], "cell B2: .* wrong encoding"),
        (["事項", (5, 9)], "cell B2: '5' .* damaged"),
    ],
)
def test_headings_of_workbooks_that_are_refused(tmp_path, line, said):
    with pytest.raises(Unplaced, match=said):
        money.read(styled(tmp_path, [LINES[0], line, ["あ", (1, 0), (2, 0)]], FORMATS))


def test_a_workbook_with_other_names_of_parts(tmp_path):
    """Some writers begin the names of parts with a capital."""
    path = workbook(tmp_path, ROWS, MERGED, (RUBY, RUNS))
    expected = values(money.read(path))
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("sharedStrings", "SharedStrings").replace("sheet1", "Sheet1"), text)
    assert values(money.read(path)) == expected
