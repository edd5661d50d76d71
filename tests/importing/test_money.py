"""Amounts exact to the yen, fiscal years of two eras, headings, units; the forms of six publishers; files
that are spoiled.

Expected values by arithmetic: 1億 is 10^8, 1兆 10^12; 令和元年度 and 平成31年度 are both 2019.
"""

import zipfile
from decimal import Decimal

import pytest

from spacesec.importing import amounts, money
from spacesec.importing.found import Unplaced, refuse_misread

D = Decimal


def read(folder, text, name="table.csv", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return money.read(path, **options)


def values(found):
    return {
        (row.cells["item"], row.cells["period"][:4], row.cells["stage"]): D(row.cells["value"])
        for row in found.rows
    }


@pytest.mark.parametrize(
    "text, unit, value",
    [
        ("8.2兆", "", D("8200000000000")),
        ("8.2兆円", "", D("8200000000000")),
        ("1兆2345億円", "", D("1234500000000")),
        ("1兆2,345億6,789万円", "", D("1234567890000")),
        ("1,234億円", "", D("123400000000")),
        ("１，２３４．５", "億円", D("123450000000")),
        ("△1,234", "百万円", D("-1234000000")),
        ("▲ 5", "千円", D("-5000")),
        ("－5", "円", D("-5")),
        ("−5", "円", D("-5")),
        ("0.1", "億円", D("10000000")),
        ("0.001", "千円", D("1")),
        ("9,999", "万円", D("99990000")),
        ("1", "十億円", D("1000000000")),
        ("1.5百万円", "", D("1500000")),
        ("300億円(注1)", "", D("30000000000")),
        ("＊1,234", "百万円", D("1234000000")),
        ("1,234※2", "百万円", D("1234000000")),
        ("1,234¹", "百万円", D("1234000000")),
        ("約82億円", "", D("8200000000")),
        ("15億ドル", "", D("1500000000")),
        ("¥1,000", "円", D("1000")),
    ],
)
def test_amounts_are_exact(text, unit, value):
    assert amounts.amount(text, unit).value == value


@pytest.mark.parametrize("count", range(1, 4000, 13))
def test_every_decimal_of_a_trillion_is_exact(count):
    """The fault of a common reader: a yen short on 222 of 3,996 decimals."""
    assert amounts.amount(f"{count // 10}.{count % 10}兆円").value == D(count) * 10**11


@pytest.mark.parametrize(
    "unit, power",
    [("円", 0), ("千円", 3), ("万円", 4), ("百万円", 6), ("億円", 8), ("十億円", 9), ("兆円", 12)],
)
def test_units_at_their_borders(unit, power):
    for text in ("1", "0.5", "999", "1,000", "9999.9999"):
        assert amounts.amount(text, unit).value == D(text.replace(",", "")) * 10**power


def test_what_a_cell_also_says():
    assert amounts.amount("約82億円").about and not amounts.amount("82億円").about
    assert amounts.amount("300(注1)", "億円").marks == "(注1)"
    assert amounts.amount("15億ドル").currency == "USD"
    assert [amounts.amount(text, "円") for text in ("－", "―", "…", "", "皆増", "***")] == [None] * 6
    assert amounts.amount("(5)", "円", "negative").value == -5 == -amounts.amount("(5)", "円", "part").value
    assert amounts.kept("8.1999999999999993") == D("8.2")
    assert amounts.kept("1234567890123") == D("1234567890123")


@pytest.mark.parametrize(
    "text, unit",
    [
        ("(5)", "億円"),
        ("1,23", "億円"),
        ("1,2345", "億円"),
        ("1.234,5", "億円"),
        ("1.2E+08", "円"),
        ("NaN", "円"),
        ("inf", "円"),
        ("######", "円"),
        ("#REF!", "円"),
        ("5", ""),
        ("5", "枚"),
        ("1億2兆円", ""),
        ("1兆12345億円", ""),
        ("1.5兆2億円", ""),
        ("△△5", "円"),
        ("△(5)", "円"),
        ("5 6", "円"),
        ("l234", "円"),
        ("数億円", ""),
        ("12円3", ""),
    ],
)
def test_what_is_no_amount_is_refused(text, unit):
    with pytest.raises(ValueError):
        amounts.amount(text, unit, "negative" if text.startswith("△") else "")


@pytest.mark.parametrize(
    "text, year",
    [
        ("令和元年度", (2019, "fiscal")),
        ("平成31年度", (2019, "fiscal")),
        ("平成３１年度予算額", (2019, "fiscal")),
        ("平成31(2019)年度", (2019, "fiscal")),
        ("2019年度(令和元年度)", (2019, "fiscal")),
        ("令和２年度 概算要求額", (2020, "fiscal")),
        ("平成35年度", (2023, "fiscal")),
        ("昭和63年度", (1988, "fiscal")),
        ("FY2024", (2024, "fiscal")),
        ("2019年", (2019, "calendar")),
        ("令和元年", (2019, "calendar")),
        ("H3ロケット", None),
        ("予算額", None),
    ],
)
def test_years_of_headings(text, year):
    assert amounts.fiscal_year(text) == year


@pytest.mark.parametrize("text", ["令和元年度〜令和3年度", "平成30(2019)年度", "令和0年度"])
def test_headings_that_name_no_one_year_are_refused(text):
    with pytest.raises(ValueError):
        amounts.fiscal_year(text)


TABLE = """宇宙関係予算,,,（単位：億円）
府省庁,平成31年度,,令和２年度
,当初予算,補正予算,概算要求
内閣府(注1),"1,234.5",△0.5,＊20
防衛省,100,－,110
（注1）みちびきを含む。,,,
"""


def test_a_ministry_s_table(tmp_path):
    found = read(tmp_path, TABLE)
    assert values(found) == {
        ("内閣府", "2019", "initial"): D("123450000000"),
        ("内閣府", "2019", "supplementary"): D("-50000000"),
        ("内閣府", "2020", "request"): D("2000000000"),
        ("防衛省", "2019", "initial"): D("10000000000"),
        ("防衛省", "2020", "request"): D("11000000000"),
    }
    first = found.rows[0].cells
    assert first["amount_bn"] == "123.45" and first["marks"] == "(注1)" and first["year_kind"] == "fiscal"
    assert first["period"] == "2019-04-01" and first["period_precision"] == "fiscal_year"
    assert "say there is none (1)" in found.notes[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932", "euc_jp", "utf-16", "iso2022_jp"])
def test_encodings_and_separators(tmp_path, encoding):
    text = TABLE.replace("億円", "億円").replace("－", "…")
    plain = values(read(tmp_path, text))
    assert values(read(tmp_path, text.replace("\n", "\r\n").encode(encoding))) == plain
    semicolons = text.replace('"1,234.5"', "1234.5").replace(",", ";").encode(encoding)
    assert values(read(tmp_path, semicolons)) == plain


PASTED = """                       (単位：百万円)
区分            令和元年度予算額    令和2年度要求額    増△減額
準天頂衛星        12,345   23,456   11,111
情報収集衛星      △1,000   2,000   3,000
"""


def test_pasted_text(tmp_path):
    found = values(read(tmp_path, PASTED, "pasted.txt"))
    assert found == {
        ("準天頂衛星", "2019", "initial"): D("12345000000"),
        ("準天頂衛星", "2020", "request"): D("23456000000"),
        ("情報収集衛星", "2019", "initial"): D("-1000000000"),
        ("情報収集衛星", "2020", "request"): D("2000000000"),
    }
    single = (
        PASTED.replace("   ", " ").replace("  ", " ").replace("  ", " ").replace("  ", " ").replace("  ", " ")
    )
    assert values(read(tmp_path, single, "single.txt")) == found
    assert values(read(tmp_path, single.replace(" ", "\t"), "tabs.txt")) == found


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
YEARS = """宇宙関係予算の推移（単位：億円）
年度,当初予算額,補正予算額,伸率
平成30年度,"2,904",631,-
令和元年度（2019年度）,"3,003",597,3.4%
令和2年度,"2,888",－,△3.8%
"""
TITLED = """令和6年度宇宙関係予算案
（単位：億円）
府省名 当初予算案 合計
内閣官房 644 826
文部科学省 1,513 1,513
"""
CABINET = """令和6年度当初予算案及び令和5年度補正予算における宇宙関係予算
（単位：億円）
府省名 令和5年度補正予算 令和6年度当初予算案 合計
内閣官房 182 644 826
その他
環境省 ― 105 105
"""


def test_years_before_the_lines(tmp_path):
    assert values(read(tmp_path, YEARS)) == {
        ("当初予算額", "2018", "initial"): D("290400000000"),
        ("補正予算額", "2018", "supplementary"): D("63100000000"),
        ("当初予算額", "2019", "initial"): D("300300000000"),
        ("補正予算額", "2019", "supplementary"): D("59700000000"),
        ("当初予算額", "2020", "initial"): D("288800000000"),
    }


def test_a_year_in_the_title_and_titles_with_two(tmp_path):
    assert values(read(tmp_path, TITLED, "t.txt")) == {
        ("内閣官房", "2024", "initial"): D("64400000000"),
        ("文部科学省", "2024", "initial"): D("151300000000"),
    }
    found = read(tmp_path, CABINET, "t.txt")
    assert values(found) == {
        ("内閣官房", "2023", "supplementary"): D("18200000000"),
        ("内閣官房", "2024", "initial"): D("64400000000"),
        ("環境省", "2024", "initial"): D("10500000000"),
    }
    assert found.rows[-1].cells["place"] == "その他"
    assert "columns without a year (2)" in " ".join(found.notes)


SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>{{}}</sheetData>{{}}</worksheet>'


def workbook(folder, rows, merged="", shared=()):
    path = folder / "table.xlsx"
    cells = "".join(
        f'<row r="{r}">' + "".join(_cell(f"{'ABCDE'[c]}{r}", value) for c, value in enumerate(row)) + "</row>"
        for r, row in enumerate(rows, 1)
    )
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{rel}"><sheets><sheet name="予算" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        packed.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="x"><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        packed.writestr("xl/worksheets/sheet1.xml", SHEET.format(cells, merged))
        packed.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{"".join(shared)}</sst>')
    return path


def _cell(place, value):
    if value is None:
        return ""
    if isinstance(value, int):
        return f'<c r="{place}" t="s"><v>{value}</v></c>'
    if value[:1].isdigit() or value[:1] == "-":
        return f'<c r="{place}"><v>{value}</v></c>'
    if value.startswith("="):
        return f'<c r="{place}"><f>{value[1:]}</f></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


RUBY = "<si><t>準天頂</t><rPh sb='0' eb='3'><t>ジュンテンチョウ</t></rPh></si>"
RUNS = "<si><r><t>防衛</t></r><r><t>省</t></r><phoneticPr fontId='1'/></si>"
ROWS = [
    ["（単位：億円）"],
    ["事項", "令和元年度", None, "令和２年度"],
    [None, "当初予算", "補正予算", "当初予算"],
    [0, "8.1999999999999993", "0.10000000000000001", "1234"],
    [1, "-5", None, "△6"],
]
MERGED = '<mergeCells count="1"><mergeCell ref="B2:C2"/></mergeCells>'


def test_a_workbook_keeps_decimals_and_leaves_readings_out(tmp_path):
    found = money.read(workbook(tmp_path, ROWS, MERGED, (RUBY, RUNS)))
    assert values(found) == {
        ("準天頂", "2019", "initial"): D("820000000"),
        ("準天頂", "2019", "supplementary"): D("10000000"),
        ("準天頂", "2020", "initial"): D("123400000000"),
        ("防衛省", "2019", "initial"): D("-500000000"),
        ("防衛省", "2020", "initial"): D("-600000000"),
    }
    assert found.rows[0].cells["locator"] == "sheet 予算, cell B4"


REVIEW = (
    "シート種別,事業年度,予算事業ID,事業名,府省庁,予算年度,当初予算(合計),補正予算(合計),計(歳出予算現額合計),"
    "執行額(合計),執行率,翌年度要求額(合計),会計区分\n"
    "レビュー,2024,6422,宇宙戦略基金事業,内閣府,2023,0,300000000000,300000000000,0,0,100000000,\n"
    "レビュー,2024,6422,宇宙戦略基金事業,内閣府,2023,0,300000000000,300000000000,,,,一般会計\n"
)


def test_the_budget_review_system(tmp_path):
    found = read(tmp_path, REVIEW)
    assert values(found)["宇宙戦略基金事業", "2023", "supplementary"] == D("300000000000")
    assert values(found)["宇宙戦略基金事業", "2024", "request"] == D("100000000")
    assert found.rows[0].cells["locator"] == "project 6422, budget table, FY2023, 当初予算(合計)"
    assert "single accounts" in found.notes[0]


SERIES = {
    "wb": (
        '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-03-01",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","1990","1991",\n'
        '"Japan","JPN","GDP (current US$)","NY.GDP.MKTP.CD","3185904656663.85","",\n',
        ("NY.GDP.MKTP.CD", "1990-01-01", "year", "3185904656663.85"),
    ),
    "fred": (
        "observation_date,EXJPUS\n1990-01-01,144.9819\n1990-02-01,.\n1990-03-01,153.3077\n",
        ("EXJPUS", "1990-01-01", "month", "144.9819"),
    ),
    "imf": (
        "WEO Country Code\tISO\tWEO Subject Code\tCountry\tUnits\tScale\t2024\t2025\tEstimates Start After\n"
        '158\tJPN\tNGDP\tJapan\tNational currency\tBillions\t"609,300.5"\tn/a\t2023\n\n'
        "International Monetary Fund\n",
        ("NGDP", "2024-01-01", "year", "609300500000000"),
    ),
    "ecb": (
        "KEY,FREQ,CURRENCY,CURRENCY_DENOM,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT\n"
        "EXR.Q.JPY.EUR.SP00.A,Q,JPY,EUR,2024-Q2,167.77,A,0\nEXR.Q.JPY.EUR.SP00.A,Q,JPY,EUR,2024-Q3,,A,0\n",
        ("EXR.Q.JPY.EUR.SP00.A", "2024-04-01", "quarter", "167.77"),
    ),
    "ecb_rates": (
        "Date,USD,JPY,BGN,\n2024-06-28,1.0705,171.94,1.9558,\n2024-06-27,N/A,171.8,1.9558,\n",
        ("USD per EUR", "2024-06-28", "day", "1.0705"),
    ),
    "e_stat": (
        '"統計名：","家計調査"\n\n'
        '"表章項目 コード","表章項目","時間軸(年度) コード","時間軸(年度)","unit","value"\n'
        '"01","支出","2019100000","2019年度","百万円","1,234"\n"01","支出","2020100000","2020年度","百万円","***"\n',
        ("支出", "2019-04-01", "fiscal_year", "1234000000"),
    ),
}


@pytest.mark.parametrize("name", SERIES)
def test_series_of_statistics(tmp_path, name):
    text, expected = SERIES[name]
    cells = read(tmp_path, text.encode("cp932" if name == "e_stat" else "utf-8")).rows[0].cells
    assert tuple(cells[key] for key in ("item", "period", "period_precision", "value")) == expected
    assert cells["year_kind"] == ("fiscal" if name == "e_stat" else "calendar")


PORTAL = '"DATE","TIME PERIOD","Japanese yen/Euro (EXR.{}.JPY.EUR.SP00.A)"\n"2024-06-30","{}","169.81"\n'


@pytest.mark.parametrize(
    "text, expected",
    [
        (  # the ECB's rates of one day, and of all days with currencies that ended
            "Date, USD, JPY, BGN, CZK, \n28 June 2024, 1.0705, 171.94, 1.9558, 25.025, \n",
            {
                "USD per EUR": "1.0705",
                "JPY per EUR": "171.94",
                "BGN per EUR": "1.9558",
                "CZK per EUR": "25.025",
            },
        ),
        (
            "Date,USD,JPY,BGN,CYP,\n2024-06-28,1.0705,171.94,1.9558,N/A,\n",
            {"USD per EUR": "1.0705", "JPY per EUR": "171.94", "BGN per EUR": "1.9558"},
        ),
    ],
)
def test_reference_rates_of_the_ecb(tmp_path, text, expected):
    rows = [row.cells for row in read(tmp_path, text).rows]
    assert {row["item"]: row["value"] for row in rows} == expected
    assert {row["period"] for row in rows} == {"2024-06-28"}


@pytest.mark.parametrize(
    "often, when, expected",
    [
        ("D", "2024-06-28", ("2024-06-28", "day")),
        ("M", "2024Jun", ("2024-06-01", "month")),
        ("Q", "2024Q2", ("2024-04-01", "quarter")),
        ("A", "2024", ("2024-01-01", "year")),
    ],
)
def test_series_of_the_ecb_s_portal(tmp_path, often, when, expected):
    [row] = read(tmp_path, PORTAL.format(often, when)).rows
    assert (row.cells["period"], row.cells["period_precision"]) == expected
    assert (row.cells["item"], row.cells["value"]) == (f"EXR.{often}.JPY.EUR.SP00.A", "169.81")


@pytest.mark.parametrize(
    "unit, value, currency",
    [
        ("10億円", "1234000000000", "JPY"),
        ("100万円", "1234000000", "JPY"),
        ("1,000円", "1234000", "JPY"),
        ("10億ドル", "1234000000000", "USD"),
        ("人", "1234", "人"),
    ],
)
def test_units_of_e_stat(tmp_path, unit, value, currency):
    """1,234 of ten times a hundred million yen are 1,234,000,000,000 yen."""
    row = read(tmp_path, SERIES["e_stat"][0].replace('"百万円"', f'"{unit}"')).rows[0]
    assert (row.cells["value"], row.cells["unit"]) == (value, currency)


def test_projects_of_one_name_are_told_apart_by_their_number(tmp_path):
    other = REVIEW.splitlines()[1].replace("6422", "6423").replace("300000000000", "5")
    rows = [row.cells for row in read(tmp_path, f"{REVIEW}{other}\n").rows if row.cells["stage"] == "revised"]
    assert {row["code"]: row["value"] for row in rows} == {"6422": "300000000000", "6423": "5"}


def test_months_that_a_spreadsheet_wrote_anew(tmp_path):
    rows = read(tmp_path, SERIES["fred"][0].replace("-0", "/")).rows
    assert [(row.cells["period"], row.cells["period_precision"]) for row in rows] == [
        ("1990-01-01", "month"),
        ("1990-03-01", "month"),
    ]


def test_estimates_of_the_imf_are_marked(tmp_path):
    assert read(tmp_path, SERIES["imf"][0]).rows[0].cells["estimate"] == "true"


@pytest.mark.parametrize(
    "text, name, at, said",
    [
        (TABLE.replace("（単位：億円）", ""), "t.csv", 4, "unit"),
        (TABLE.replace("単位：億円", "単位：人"), "t.csv", 1, "no unit of money"),
        (TABLE + "x,,,（単位：百万円）\n", "t.csv", 7, "億円 elsewhere"),
        (TABLE.replace("△0.5", "(0.5)"), "t.csv", 4, "brackets"),
        (TABLE.replace("△0.5", "0..5"), "t.csv", 4, "'0..5'"),
        (TABLE.replace('"1,234.5"', '"1,23.5"'), "t.csv", 4, "'1,23.5'"),
        (TABLE.replace('"1,234.5"', "1.2E+03"), "t.csv", 4, "'1.2E+03'"),
        (TABLE.replace('"1,234.5"', "#REF!"), "t.csv", 4, "could not show"),
        (TABLE.replace("令和２年度", "令和２年度〜3年度"), "t.csv", 2, "two years"),
        (TABLE.replace("補正予算", "当初予算"), "t.csv", 4, "two columns"),
        (TABLE.replace("防衛省,100", ",100"), "t.csv", 5, "no name"),
        (TABLE.replace("110", "110,120"), "t.csv", 5, "no heading"),
        (TABLE.replace("防衛省", "内閣府"), "t.csv", 5, "keep one"),
        (PASTED.replace("12,345   23,456   11,111", "12,345"), "t.txt", 3, "1 amounts"),
        ("名,額\nあ,5\n", "t.csv", None, "no value of a year"),
        ("<html><body>403</body></html>", "t.csv", None, "web page"),
        ("", "t.csv", None, "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 50, "t.xls", None, "old form"),
        (b"PK\x03\x04broken", "t.xlsx", None, "damaged"),
        (b"%PDF-1.7", "t.csv", None, "PDF"),
        (REVIEW.replace("300000000000", "3.0E+11"), "t.csv", 2, "whole yen"),
        (REVIEW.replace(",2023,", ",令和五,"), "t.csv", 2, "'令和五'"),
        (REVIEW.replace("府省庁", "省庁"), "t.csv", 1, "府省庁"),
        (REVIEW[:-14], "t.csv", 3, "cut off"),
        (SERIES["fred"][0].replace("144.9819", '"144,98"'), "t.csv", 2, "'144,98'"),
        (SERIES["fred"][0].replace("144.9819", "1.4E+02"), "t.csv", 2, "'1.4E+02'"),
        (SERIES["fred"][0].replace("1990-02-01,.", "1990-02-31,5"), "t.csv", 3, "'1990-02-31'"),
        (SERIES["fred"][0].replace("1990-03-01,153.3077", "1990-03-01"), "t.csv", 4, "cut off"),
        (SERIES["fred"][0] + "1990-01-01,145\n", "t.csv", 5, "144.9819"),
        (SERIES["wb"][0].replace('"Country Name"', '"Country"'), "t.csv", 1, "Country Name"),
        (SERIES["wb"][0].replace('"3185904656663.85","",', '"3185904656663.85"'), "t.csv", 6, "cut off"),
        (SERIES["imf"][0].replace("Billions", "Bn"), "t.csv", 2, "'Bn'"),
        (SERIES["ecb"][0].replace("2024-Q2", "2024-Q5"), "t.csv", 2, "'2024-Q5'"),
        (SERIES["e_stat"][0].replace('"value"', '"総数"'), "t.csv", 3, "value"),
        (SERIES["fred"][0].replace("144.9819", "NaN"), "t.csv", 2, "'NaN'"),
        (SERIES["fred"][0].replace("144.9819", "INF"), "t.csv", 2, "'INF'"),
        (SERIES["ecb_rates"][0][:-9], "t.csv", 3, "cut off"),
        (SERIES["ecb_rates"][0].replace("2024-06-28", "2049-06-28"), "t.csv", 2, "a time to come"),
        (SERIES["ecb_rates"][0].replace("2024-06-28", "2049/6/28"), "t.csv", 2, "a time to come"),
        (SERIES["ecb_rates"][0].replace("2024-06-28", "28/06/2024"), "t.csv", 2, "'28/06/2024'"),
        (SERIES["wb"][0].replace('"1990"', '"2049"'), "t.csv", 6, "a time to come"),
        (SERIES["e_stat"][0].replace("百万円", "20億円"), "t.csv", 4, "no unit of money"),
        (SERIES["imf"][0].replace("Estimates", "Estimate"), "t.csv", 1, "Estimates Start After"),
        (SERIES["wb"][0] + SERIES["wb"][0].split("\n")[4], "t.csv", 7, "header stands there again"),
        (TABLE.replace(",当初予算,補正予算,概算要求\n", ""), "t.csv", 3, "no heading"),
        (TABLE + "<html><body>timeout</body></html>\n", "t.csv", 7, "web page begins"),
        (TABLE[: TABLE.index("－")], "t.csv", 5, "cut off"),
        (SERIES["e_stat"][0].replace("1,234", "1,234人"), "t.csv", 4, "'1,234人'"),
    ],
)
def test_spoiled_files_are_refused_by_line_and_value(tmp_path, text, name, at, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, text, name)
    assert said in str(refused.value) and refused.value.line == at


JAPANESE = "ひらがなとカタカナの宇宙関係予算（単位：億円）"


@pytest.mark.parametrize(
    "written, taken_for",
    [
        ("utf-8", "cp1252"),
        ("utf-8", "latin-1"),
        ("utf-8", "cp932"),
        ("utf-8", "mac_roman"),
        ("cp932", "utf-8"),
        ("cp932", "cp1252"),
        ("cp932", "latin-1"),
        ("euc_jp", "utf-8"),
        ("euc_jp", "latin-1"),
        ("euc_jp", "cp932"),
    ],
)
def test_text_read_in_a_wrong_encoding_is_seen(tmp_path, written, taken_for):
    with pytest.raises(Unplaced, match="line 2: .* wrong encoding"):
        refuse_misread(tmp_path, None, "1\n" + JAPANESE.encode(written).decode(taken_for, "replace"))


@pytest.mark.parametrize(
    "text",
    [
        JAPANESE,
        "霞ｹ関、市ｹ谷、ﾐｻｲﾙ防衛、陸､海､空、ﾚｰﾀﾞｰ",
        "Universidad Politécnica, «L’été», SÃO PAULO, Île-de-France, Łódź, “Größe”, 5 °C ± 1 µm",
        "·········, §§ 3–5, ½, ©",
        "대한민국, 中国航天, Роскосмос",
    ],
)
def test_text_that_was_read_rightly_is_taken(tmp_path, text):
    refuse_misread(tmp_path, None, text)


def test_a_formula_that_was_never_computed_is_refused(tmp_path):
    rows = [*ROWS[:4], [1, "=SUM(B4:B4)", None, "5"]]
    with pytest.raises(Unplaced, match="cell B5, is not taken: a formula"):
        money.read(workbook(tmp_path, rows, MERGED, (RUBY, RUNS)))
