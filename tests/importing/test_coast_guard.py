"""Monthly counts of the coast guard in both forms of its table; totals held against months."""

import pytest

from spacesec.data import tables
from spacesec.importing import coast_guard
from spacesec.importing.found import Unplaced

MONTHS = ",".join(f"{month}月" for month in range(1, 13))
YEARS = f"""尖閣諸島周辺の接続水域内入域（延べ隻数）,,,,,,,,,,,,,
年,{MONTHS},合計
令和５年,100,101,102,103,104,105,106,107,108,109,110,111,"1,266"
2024年,90,－,92,93,94,95,96,97,98,99,100,101,"1,055"
"""
LINES = """年月,接続水域,,領海,
,延べ隻数,日数,件数,延べ隻数
令和6年1月,90,31,3,8
2月,92,29,2,6
計,182,60,5,14
"""


def read(folder, text, **options):
    path = folder / "jcg.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return coast_guard.read(path, **options)


def test_a_line_a_year(tmp_path):
    found = read(tmp_path, YEARS)
    values = {(row.cells["date"], row.cells["period_end"]): row.cells["value"] for row in found.rows}
    assert len(values) == 23 and values["2023-12-01", "2023-12-31"] == "111"
    assert values["2024-03-01", "2024-03-31"] == "92" and found.notes == [
        "left out months without a count (1)"
    ]
    row = found.rows[0].cells
    assert (row["zone"], row["indicator"], row["unit"]) == ("contiguous", "vessels", "vessel-days")
    assert row["coverage"] == "partial" and row["date_precision"] == "day"
    assert sum(int(row.cells["value"]) for row in found.rows[:12]) == 1266


def test_a_line_a_month(tmp_path):
    rows = [row.cells for row in read(tmp_path, LINES.encode("cp932")).rows]
    assert [(r["date"][:7], r["zone"], r["indicator"], r["value"]) for r in rows] == [
        ("2024-01", "contiguous", "vessels", "90"),
        ("2024-01", "contiguous", "days", "31"),
        ("2024-01", "territorial", "cases", "3"),
        ("2024-01", "territorial", "vessels", "8"),
        ("2024-02", "contiguous", "vessels", "92"),
        ("2024-02", "contiguous", "days", "29"),
        ("2024-02", "territorial", "cases", "2"),
        ("2024-02", "territorial", "vessels", "6"),
    ]


def test_rows_fit_the_table(tmp_path):
    fields = {
        one["name"]: one for one in tables.describe("regional_cooperation/maritime")["schema"]["fields"]
    }
    for row in (*read(tmp_path, YEARS).rows, *read(tmp_path, LINES).rows):
        for name, cell in row.cells.items():
            assert cell in fields[name].get("constraints", {}).get("enum", [cell])


@pytest.mark.parametrize(
    "text, said",
    [
        (YEARS.replace("1,266", "1,267"), "its months make 1,266"),
        (YEARS.replace("（延べ隻数）", ""), "what is counted"),
        (YEARS.replace("接続水域", "海域"), "which zone"),
        (YEARS.replace("令和５年", "年"), "which year"),
        (YEARS.replace("101,102", "1O1,102"), "'1O1'"),
        (YEARS.replace("101,102", "-101,102"), "'-101'"),
        (YEARS.replace("2月", "13月", 1), "months follow"),
        (YEARS.replace("3月", "2月", 1), "months follow"),
        (YEARS.replace("令和５年", "1999年"), "begin in 2008"),
        (YEARS.replace("2024年", "令和５年"), "has this month already"),
        (YEARS.replace(f"年,{MONTHS},合計\n", ""), "names no month"),
        (YEARS[: YEARS.rindex("99")], "cut off"),
        (LINES.replace(",31,", ",32,"), "31 days"),
        (LINES.replace("2月", "1月"), "has this month already"),
        (LINES.replace("90,", "90.5,"), "'90.5'"),
        ("年,数\n2024,5\n", "no headings stand above"),
        ("<html></html>", "web page"),
        ("", "empty"),
    ],
)
def test_spoiled_tables_are_refused(tmp_path, text, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)
