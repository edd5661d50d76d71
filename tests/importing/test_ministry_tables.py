"""Tables of ministries as they are really written: which columns and lines are money of a budget, which years
stand where, units, requests without an amount, totals.

Expected values by arithmetic: 1 in a table of 億円 is 0.1 billion yen.
"""

import pytest

from spacesec.importing import money
from spacesec.importing.found import Unplaced

UNIT = "（単位：億円）\n"


def read(folder, text, name="table.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return money.read(path)


def taken(folder, text, name="table.csv"):
    cells = [row.cells for row in read(folder, text, name).rows]
    return [(row["item"], row["period"][:4], row["stage"], row["amount_bn"]) for row in cells]


@pytest.mark.parametrize(
    "text, rows",
    [
        (  # amounts unused, shares and changes under a year
            "府省庁,令和5年度,,,,令和6年度\n,予算額,執行額,不用額,執行率,予算額\n内閣府,100,90,10,90.0,120\n",
            [
                ("内閣府", "2023", "initial", "10"),
                ("内閣府", "2023", "settled", "9"),
                ("内閣府", "2024", "initial", "12"),
            ],
        ),
        (  # posts, and columns with a unit of their own
            "府省庁,令和5年度予算額,令和5年度予算定員,令和5年度シェア,令和5年度（人）,対前年度比\n内閣府,100,9,8,7,6\n",
            [("内閣府", "2023", "initial", "10")],
        ),
        (  # the same beside years that stand before the lines
            "年度,予算額,定員,執行率\n令和5年度,100,5,90\n",
            [("予算額", "2023", "initial", "10")],
        ),
        (  # and as lines
            "区分,令和5年度,令和6年度\n当初予算,100,110\n定員（人）,5,6\n対前年度比,－,10.0\n",
            [("当初予算", "2023", "initial", "10"), ("当初予算", "2024", "initial", "11")],
        ),
        (  # a name that holds a year is no year of a line
            "事項,令和6年度予算額,令和7年度要求額\n令和5年度補正予算による事業,1,2\n令和元年打上げ衛星,3,4\n",
            [
                ("令和5年度補正予算による事業", "2024", "initial", "0.1"),
                ("令和5年度補正予算による事業", "2025", "request", "0.2"),
                ("令和元年打上げ衛星", "2024", "initial", "0.3"),
                ("令和元年打上げ衛星", "2025", "request", "0.4"),
            ],
        ),
        (  # nor a remark behind the amounts, or in a line that has none
            "事項,令和6年度,備考\nあ,1,令和5年度新規\nい,－,令和7年度開始\nえ,,新規要求\nう,3,\n",
            [("あ", "2024", "", "0.1"), ("う", "2024", "", "0.3")],
        ),
        (  # the stage may stand in the line
            "年度,金額\n令和5年度当初予算,100\n令和5年度補正予算,20\n令和6年度概算要求,30\n",
            [
                ("金額", "2023", "initial", "10"),
                ("金額", "2023", "supplementary", "2"),
                ("金額", "2024", "request", "3"),
            ],
        ),
        (
            "番号,年度,予算額\n1,令和5年度,100\n2,令和6年度,110\n",
            [("予算額", "2023", "initial", "10"), ("予算額", "2024", "initial", "11")],
        ),
        (  # a year without an amount is no heading
            "年度,当初予算,補正予算\n令和4年度,－,－\n令和5年度,10,2\n",
            [("当初予算", "2023", "initial", "1"), ("補正予算", "2023", "supplementary", "0.2")],
        ),
        (
            "事項,令和6年度\n1 準天頂衛星,100\n2 3号機,5\n",
            [("1 準天頂衛星", "2024", "", "10"), ("2 3号機", "2024", "", "0.5")],
        ),
        (  # the day of a decision is no year of a table
            "令和6年度予算案\n令和5年12月22日\n府省,当初予算案\n内閣府,5\n",
            [("内閣府", "2024", "initial", "0.5")],
        ),
        (
            "令和6年度予算案,令和5年12月22日\n府省,当初予算案\n内閣府,5\n",
            [("内閣府", "2024", "initial", "0.5")],
        ),
        (  # what is expected is not settled
            "府省,令和5年度予算額,令和5年度決算見込額\n内閣府,5,4\n",
            [("内閣府", "2023", "initial", "0.5")],
        ),
        (  # part of what another line holds
            "府省,令和5年度予算額\n内閣府,5\nA,20億円の内数\nB,（5の内数）\nC,内数\n",
            [("内閣府", "2023", "initial", "0.5")],
        ),
        (  # English headings, and one that is broken into lines
            'item,FY2023,FY2024 Request,FY2024 Personnel,"令和5年度\n対前年度\n比"\nA,1,2,3,4\n',
            [("A", "2023", "", "0.1"), ("A", "2024", "request", "0.2")],
        ),
        (  # a sum over years, and a column of notes, have no year
            "事項,令和5年度,令和6年度,合計,備考\nあ,5,6,11,3\n",
            [("あ", "2023", "", "0.5"), ("あ", "2024", "", "0.6")],
        ),
        (  # two tables, one below the other
            "府省,令和5年度\nA,1\n合計,1\n\n年度,当初予算額\n令和4年度,5\n",
            [("A", "2023", "", "0.1"), ("合計", "2023", "", "0.1"), ("当初予算額", "2022", "initial", "0.5")],
        ),
        (  # bare years below and beside 年度
            "年度,予算額\n2023,5\nR6,6\n",
            [("予算額", "2023", "initial", "0.5"), ("予算額", "2024", "initial", "0.6")],
        ),
        (
            "年度,平成30,令和元,2020\n当初予算,1,2,3\n",
            [("当初予算", year, "initial", f"0.{n}") for n, year in enumerate(("2018", "2019", "2020"), 1)],
        ),
        (  # a line an item and year
            "事業名,年度,予算額,執行額\n衛星A,令和5年度,100,90\n衛星B,2023,50,40\n",
            [
                ("衛星A", "2023", "initial", "10"),
                ("衛星A", "2023", "settled", "9"),
                ("衛星B", "2023", "initial", "5"),
                ("衛星B", "2023", "settled", "4"),
            ],
        ),
        (  # a second title, and a line in a unit of its own
            "令和5年度予算\n府省,予算額\nA,1\n令和6年度予算\nA,2\nB（百万円）,300\n基金（1000億円）,4\n",
            [
                ("A", "2023", "initial", "0.1"),
                ("A", "2024", "initial", "0.2"),
                ("B", "2024", "initial", "0.3"),
                ("基金（1000億円）", "2024", "initial", "0.4"),
            ],
        ),
        (  # the year before is that of the nearest title
            "令和8年度要求\n事項,前年度予算額,令和8年度要求額\nA,1,2\n"
            "令和7年度要求\n事項,前年度予算額,令和7年度要求額\nB,3,4\n",
            [
                ("A", "2025", "initial", "0.1"),
                ("A", "2026", "request", "0.2"),
                ("B", "2024", "initial", "0.3"),
                ("B", "2025", "request", "0.4"),
            ],
        ),
        (  # a sum and a mean below lines of years
            "年度,宇宙,防衛\n令和4年度,1,2\n令和5年度,3,4\n計,4,6\n平均,2,3\n",
            [("宇宙", "2022", "", "0.1"), ("防衛", "2022", "", "0.2")]
            + [("宇宙", "2023", "", "0.3"), ("防衛", "2023", "", "0.4")],
        ),
        (
            "事項,令和5年度 (2023),2024(R6)年度\nあ,1,2\n",
            [("あ", "2023", "", "0.1"), ("あ", "2024", "", "0.2")],
        ),
        (  # December's supplementary budget is of the year
            "府省,令和5年度12月補正予算\n内閣府,5\n",
            [("内閣府", "2023", "supplementary", "0.5")],
        ),
    ],
)
def test_what_is_money_of_which_year(tmp_path, text, rows):
    assert taken(tmp_path, UNIT + text) == rows


@pytest.mark.parametrize(
    "text, said",
    [
        ("府省庁,令和5年度,令和5年度隊員食\n内閣府,1,2\n", "'令和5年度隊員食' .* it is money of a budget"),
        ("事項,令和6年度,令和7年度\n令和5年度補正予算,1,2\n", "the line and the headings above it both"),
        ("年度,要求額\n令和5年度補正予算,1\n", "the line is of supplementary and its heading of request"),
        ("区分,令和5年4月,令和5年5月\nあ,1,2\n", "line 2: '令和5年4月' .* a month, a part of a year"),
        ("区分,令和5年度\n,4月,5月\nあ,1,2\n", "line 3: '4月' .* a month"),
        ("区分,令和5年度\n,4月\nあ,1\n", "line 3: '4月' .* a month"),
        ("区分,令和5年度上期,令和5年度下期\nあ,1,2\n", "'令和5年度上期' .* a part of a year"),
        ("区分,令和5年度第1四半期\nあ,1\n", "a part of a year"),
        ("区分,2023/4,2023/5\nあ,1,2\n", "line 2: '2023/4' .* a month"),
        ("item,Apr 2023\na,1\n", "'Apr 2023' .* a month"),
        ("item,FY2023 Q1\na,1\n", "'FY2023 Q1' .* a part of a year"),
        ("府省,令和5年度予算額,令和5年度執行額（令和6年3月末）\nあ,5,3\n", "it names two years"),
        ("月,予算額\n令和5年4月,5\n令和5年5月,6\n", "no value of a year"),
        (
            "令和5年度予算\n府省,予算額\nA,1\n別表2 令和6年度予算\nA,2\n",
            "line 5: .* another year than the title",
        ),
        (
            "府省,令和6年度\nA,1\n完成予定,令和8年度\nB,2\n",
            "line 4: '令和8年度' .* or a line without an amount",
        ),
        ("事項,令和5年度 (2022)\nあ,1\n", "its two ways of saying the year differ"),
        ("事項,2024,2025\nあ,5,6\n", "line 2: '2024' .* it may be a fiscal or a calendar year"),
        ("府省,令和6年度当初予算＋令和5年度補正予算\nあ,5\n", "it names two years"),
        ("事項,令和6年度\nあ,1 234\n", "line 3: '1 234'"),
        ("事項,令和6年度\nあ,$5\n", r"line 3: '\$5'"),
        ("事項,令和5年度国庫債務負担行為限度額\nあ,5\n", "it is money of a budget"),
        ("府省庁,令和5年度\nå†…é–£åºœ,1\n", "line 3: 'å†…é–£åºœ' .* wrong encoding"),
        ("府省庁,令和5年度\n内閣\ufffd,1\n", "line 3: .* wrong encoding"),
        ("府省庁,令和5年度\n???,1\n", "line 3: .* wrong encoding"),
    ],
)
def test_what_cannot_be_placed_is_refused(tmp_path, text, said):
    with pytest.raises(Unplaced, match=said):
        read(tmp_path, UNIT + text)


@pytest.mark.parametrize("left, right", ["（）", "［］", "【】", "〔〕", "〈〉", "《》", "｛｝", "[]", "()"])
def test_units_stand_in_every_bracket(tmp_path, left, right):
    for text in (
        f"{left}単位：億円{right}\n区分,令和5年度予算額\nあ,1\n",
        f"{left}億円{right}\n区分,令和5年度予算額\nあ,1\n",
        f"区分,令和5年度予算額{left}億円{right}\nあ,1\n",
        f"令和5年度,{left}単位：億円{right}\n区分,予算額\nあ,1\n",
        f"{left}単位：10億円{right}\n区分,令和5年度予算額\nあ,0.1\n",
        f'"{left}単位：1,000円、%{right}"\n区分,令和5年度予算額\nあ,100000\n',
    ):
        assert taken(tmp_path, text) == [("あ", "2023", "initial", "0.1")]


def test_requests_without_an_amount_are_told(tmp_path):
    text = "事項,令和5年度予算額,令和6年度要求額\nあ,1,事項要求\nい,2,10＋事項要求\nう,－,（事項要求）\n"
    found = read(tmp_path, UNIT + text)
    rows = [row.cells for row in found.rows]
    assert [(row["item"], row["amount_bn"], row["marks"], row["approximate"]) for row in rows] == [
        ("あ", "0.1", "", ""),
        ("い", "0.2", "", ""),
        ("い", "1", "＋事項要求", "true"),
    ]
    assert "left out requests without an amount (事項要求) (2)" in found.notes


PARTS = "府省,令和5年度,令和6年度\nA,1,2\nB,2,3\n小計,3,5\nC,4,5\nD,5,6\n小計,9,11\n合計,12,16\n"


@pytest.mark.parametrize(
    "text",
    [
        "府省,令和5年度,令和6年度\n計,300,330\n内閣府,100,110\n防衛省,200,220\n",
        "府省,令和5年度,令和6年度\n合計,10,14\n内閣府計,3,5\nA,1,2\nB,2,3\n防衛省計,7,9\nC,3,4\nD,4,5\n",
        PARTS,
        PARTS.replace("A,1", "一般会計,,\nA,1").replace("C,4", "特別会計,,\nC,4"),
        "府省,令和5年度,令和6年度\nA,100,200\nうち衛星,50,－\nB,200,300\n合計,300,500\n",
        "府省,令和5年度,令和6年度\nA,100,200\nB,200,300\nC（再掲）,50,60\n合計,300,500\n",
        # 0.9 + 0.9 + 0.9 = 2.7, each cut to whole ones.
        "府省,令和5年度,令和6年度\nA,0,1\nB,0,1\nC,0,1\n合計,2,3\n",
        # Numbers in whole ones stand beside round hundreds.
        "府省,令和5年度,令和6年度\nA,100,200\nB,200,301\n合計,300,501\n",
    ],
)
def test_totals_of_parts_above_below_and_of_parts_of_parts(tmp_path, text):
    assert not any("not the sum" in note for note in read(tmp_path, UNIT + text).notes)


@pytest.mark.parametrize(
    "text, at",
    [
        ("府省,令和5年度,令和6年度\n計,300,340\n内閣府,100,110\n防衛省,200,220\n", "line 3"),
        (PARTS.replace("12,16", "12,26"), "line 9"),
        # Round hundreds are written to one 億円: 70 億円 is no rounding.
        ("府省,令和5年度,令和6年度\nA,100,200\nB,200,300\n合計,300,570\n", "line 5"),
    ],
)
def test_totals_that_are_no_sum_are_refused(tmp_path, text, at):
    with pytest.raises(Unplaced, match=f"{at}: .* the lines of this total do not add up to it"):
        read(tmp_path, UNIT + text)


def test_totals_of_parts_under_one_name_are_left_out_and_told(tmp_path):
    found = read(tmp_path, UNIT + PARTS)
    assert {row.cells["item"] for row in found.rows} == {"A", "B", "C", "D", "合計"}
    assert "left out totals of one name with several values, as those of parts (4)" in found.notes
