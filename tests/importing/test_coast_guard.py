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
        (YEARS.replace(f"年,{MONTHS},合計\n", ""), "beyond the last column"),
        (YEARS[: YEARS.rindex("99")], "cut off"),
        (LINES.replace(",31,", ",32,"), "its month has 31 days"),
        (LINES.replace("2月", "令和6年1月"), "has this month already"),
        (LINES.replace("2月", "1月"), "does not follow the month"),
        (LINES.replace("90,", "90.5,"), "'90.5'"),
        ("項,数\n2024,5\n", "no headings stand above"),
        (LINES.replace("31,3,8", "1,031,3,8"), "'8' is not taken: it stands beyond the last column"),
        (YEARS.replace("90,－", "1,090,－"), "beyond the last column"),
        (YEARS.replace("合計", "年合計").replace("1,266", "1,267"), "its months make 1,266"),
        (YEARS.replace("合計", "計（隻）").replace("1,266", "1,267"), "its months make 1,266"),
        ("尖閣諸島\n2024年1月,5\n", "no headings stand above"),
        (LINES.replace("182", "183"), "'183' is not taken: its months make 182"),
        (LINES.replace("182", "１８３"), "its months make 182"),
        (LINES.replace("計,182", "令和6年計,181"), "its months make 182"),
        (LINES.replace("延べ隻数,日数", "隻数,日数"), "what is counted"),  # of ships, or of ships a day
        (LINES.replace("件数,延べ隻数", "最大隻数,延べ隻数"), "what is counted"),
        (LINES.replace("令和6年1月", "令和9年1月"), "'2027-01' is not taken: it is a time to come"),
        (YEARS.replace("2024年", "2027年"), "'2027-01' is not taken: it is a time to come"),
        (
            LINES.replace("90,31", "30,31").replace("182", "122"),
            "'30' is not taken: ships were there on 31 days",
        ),
        (LINES.replace("90,31", "90,0").replace("60", "29"), "ships were there on 0 days"),
        (LINES.replace("令和6年1月,90,31", "平成24年9月,90,21"), "its month has 20 days"),  # from the 11th on
        (LINES.replace("令和6年1月", "令和6年1月5日"), "it is of a day"),
        (LINES.replace("90,", "90（うち4）,"), "no count"),
        (YEARS + "計,190,101,194,196,198,200,202,204,206,208,210,213,\n", "its months make 212"),
        ("<html></html>", "web page"),
        ("", "empty"),
    ],
)
def test_spoiled_tables_are_refused(tmp_path, text, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, text)
    assert said in str(refused.value)


def dates(found):
    return [row.cells["date"][:7] for row in found.rows if row.cells["indicator"] == "days"]


@pytest.mark.parametrize(
    "months, told",
    [
        (("令和6年11月", "12月", "1月"), ["2024-11", "2024-12", "2025-01"]),
        (("令和7年2月", "1月", "12月"), ["2025-02", "2025-01", "2024-12"]),
        (("令和6年11月", "12月", "令和7年1月", "2月"), ["2024-11", "2024-12", "2025-01", "2025-02"]),
        (("2024/11/1", "2024/12/1"), ["2024-11", "2024-12"]),
        (("令和６年１１月分", "１２月分"), ["2024-11", "2024-12"]),
    ],
)
def test_the_year_turns_within_a_table(tmp_path, months, told):
    text = "\n".join((*LINES.split("\n")[:2], *(f"{month},90,28,3,8" for month in months)))
    assert dates(read(tmp_path, text + "\n")) == told


@pytest.mark.parametrize("months", [("令和6年11月", "2月"), ("令和6年3月", "12月"), ("令和6年11月", "11月")])
def test_a_month_that_does_not_follow_needs_its_year(tmp_path, months):
    text = "\n".join((*LINES.split("\n")[:2], *(f"{month},90,28,3,8" for month in months)))
    with pytest.raises(Unplaced, match="it does not follow the month of the line before"):
        read(tmp_path, text + "\n")


def test_a_further_table_needs_its_own_year(tmp_path):
    head, body = LINES.split("\n")[:2], ["令和6年11月,90,28,3,8", "12月,90,28,3,8", "1月,90,28,3,8"]
    with pytest.raises(Unplaced, match="names no month of a year"):
        read(tmp_path, "\n".join((*head, *body, *head, "11月,90,28,3,8\n")))


def test_totals_of_each_year_and_of_all_are_held(tmp_path):
    head = "\n".join(LINES.split("\n")[:2])
    body = "令和6年12月,90,31,3,8\n計,90,31,3,8\n令和7年1月,92,29,2,6\n計,92,29,2,6\n"
    assert len(read(tmp_path, f"{head}\n{body}総計,182,60,5,14\n").rows) == 8
    with pytest.raises(Unplaced, match="'181' is not taken"):
        read(tmp_path, f"{head}\n{body}総計,181,60,5,14\n")
    both = "計,190,101,194,196,198,200,202,204,206,208,210,212,\n"
    assert len(read(tmp_path, YEARS + both).rows) == 23


def test_marks_of_notes_words_and_years_in_columns_of_their_own(tmp_path):
    """A note below headings says nothing of the zone; 年 and 月 stand above plain numbers."""
    text = LINES.replace("90,31", "延べ９０隻※1,31日(注2)").replace(
        "令和6年1月", "※1 領海に侵入した隻数を含む\n令和6年1月"
    )
    assert [r.cells["value"] for r in read(tmp_path, text).rows] == [
        "90",
        "31",
        "3",
        "8",
        "92",
        "29",
        "2",
        "6",
    ]
    note = "年,1月,2月\n※領海への侵入を含む。\n令和6年,90,92\n"
    found = read(tmp_path, "接続水域（延べ隻数）\n" + note)
    assert {r.cells["zone"] for r in found.rows} == {"contiguous"} and len(found.rows) == 2
    columns = "年,月,接続水域,領海\n,,延べ隻数,延べ隻数\n2024,12,90,3\n2025,1,91,4\n"
    rows = [(r.cells["date"], r.cells["zone"], r.cells["value"]) for r in read(tmp_path, columns).rows]
    assert rows == [
        ("2024-12-01", "contiguous", "90"),
        ("2024-12-01", "territorial", "3"),
        ("2025-01-01", "contiguous", "91"),
        ("2025-01-01", "territorial", "4"),
    ]


def test_ships_without_their_days_may_be_said_to_be_counted_each_day(tmp_path):
    text = "接続水域\n年,1月,2月\n令和6年,90,92\n"
    found = read(tmp_path, text, indicator="vessels")
    assert [r.cells["unit"] for r in found.rows] == ["vessel-days"] * 2
