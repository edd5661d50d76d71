"""Spoiled files of every kind that look right: each is refused in one sentence with its line and its value.

What is spoiled stands in the words of each case; the values are those typed into the file.
"""

import pytest
from tests.importing import test_gcat as catalog
from tests.importing import test_money as tables
from tests.importing import test_orbits as sets
from tests.importing import test_positions as navigation
from tests.importing import test_references as library
from tests.importing import test_ships as ais
from tests.importing import test_votes as roll_calls

from spacesec.data import lines
from spacesec.importing import (
    catalogue,
    found,
    gcat,
    money,
    orbits,
    positions,
    references,
    ships,
    texts,
    totals,
    votes,
)
from spacesec.importing.found import Unplaced

FIELDS, (FIRST, SECOND) = sets.FIELDS, sets.VANGUARD
QZSS, NAVIC, SP3, YUMA = navigation.QZSS, navigation.NAVIC, navigation.SP3, navigation.YUMA
HEAD, HEAD3 = navigation.HEAD, navigation.HEAD3
LAUNCH, SATCAT = f"{catalog.LOG}\n{catalog.IGS}\n", catalog.SATCAT
VOTES, REPORTS, RIS = roll_calls.HEAD, ais.HEAD, library.HEAD
BUDGET = (
    "宇宙関係予算（単位：億円）\n府省庁,令和6年度,令和7年度\n内閣府,101,112\n防衛省,202,223\n合計,303,335\n"
)


def two_lines(first=FIRST, second=SECOND):
    """The lines with their checksums right again."""
    return "".join(f"{line[:68]}{lines.checksum(line)}\n" for line in (first, second))


def omm(**changed):
    return sets.as_csv({**FIELDS, **changed})


CASES = [
    # element sets
    (orbits, omm(TIME_SYSTEM="TAI"), 2, "'TAI'"),
    (orbits, sets.as_json(FIELDS).replace("348.7242", "NaN"), None, "NaN"),
    (orbits, omm(EPOCH="2026-10-27T12:34:60.000000"), 2, "'2026-10-27T12:34:60.000000'"),
    (orbits, omm(EPOCH="2026-10-27T24:00:00"), 2, "'2026-10-27T24:00:00'"),
    (orbits, omm(EPOCH="2099-10-27T12:34:00"), 2, "'2099-10-27T12:34:00'"),
    (orbits, omm(NORAD_CAT_ID="-5"), 2, "'-5'"),
    (orbits, omm(NORAD_CAT_ID="5.0"), 2, "'5.0'"),
    (orbits, omm(MEAN_MOTION_DOT="9"), 2, "'9'"),
    (orbits, omm(OBJECT_ID="2025-001A"), 2, "no set of 2000"),
    (
        orbits,
        sets.as_csv(FIELDS, {**FIELDS, "OBJECT_ID": "1999-025A", "EPOCH": "2000-06-28T00:00:00"}),
        3,
        "1958-002B",
    ),
    (orbits, two_lines(FIRST.replace("00179.7", "00367.7")), 1, "is not taken"),
    (orbits, two_lines(FIRST.replace("00179.7", "99366.7")), 1, "is not taken"),
    (orbits, two_lines(FIRST.replace("00179.7", "56179.7")), 1, "a month ahead"),
    (orbits, two_lines(second=SECOND.replace("1859667", "       ")), 1, "seven digits"),
    (orbits, two_lines(second=SECOND.replace(" 34.2682", "191.2682")), 1, "191.2682"),
    (orbits, two_lines(second=SECOND.replace("348.7242", "-48.7242")), 1, "is not taken"),
    # broadcast orbits
    (positions, HEAD.replace("    18 ", "    17 ") + NAVIC, 2, "'17'"),
    (positions, HEAD + NAVIC.replace("02 05 36", "02 05 60"), 5, "05 60"),
    (positions, HEAD3 + QZSS.replace("J02 2026", "J02 2099"), 4, "'2099 11 05 00 00 00'"),
    (positions, HEAD3 + QZSS + QZSS.replace("6.493373000000D+03", "6.493473000000D+03"), 12, "sqrt_axis"),
    (positions, HEAD3 + QZSS.replace("6.493373000000D+03", "5.153583000000D+03"), 4, "6400 to 6600"),
    (positions, HEAD3 + QZSS.replace("7.155849933177D-01", "2.155849933177D+00"), 4, "inclination_rad"),
    (positions, HEAD3 + QZSS.replace("J02 ", "J00 "), 4, "'J00'"),
    (positions, HEAD3.replace("M: MIXED", "G: GPS  ") + QZSS, 4, "G alone"),
    (positions, HEAD3 + QZSS.replace("7.155849933177D-01", "               NaN"), 4, "'NaN'"),
    # precise orbits
    (positions, SP3.replace("cc GPS", "cc GLO"), 1, "'GLO'"),
    (positions, SP3.replace("*  2026 11  5  0 15", "*  2026 11  4 23 45"), 12, "2026-11-05T00:15:00"),
    (positions, SP3.replace("*  2026 11  5  0 15", "*  2026 11  5  0  0"), 12, "2026-11-05T00:15:00"),
    (positions, SP3.replace("#dP2026 11  5", "#dP2026 11  6"), 2, "2026-11-06"),
    (positions, SP3.replace("## 2443", "## 2442"), 2, "'2442 345600.00000000'"),
    (positions, SP3.replace("   900.00000000", "   300.00000000"), 12, "00:05:00"),
    (positions, SP3.replace("+    3", "+    4"), None, "'4'"),
    (positions, SP3.replace("#dP", "#dV"), 1, "velocities"),
    (positions, "".join(line for line in SP3.splitlines(True) if not line.startswith("PJ02 -")), 15, "'J02'"),
    (positions, YUMA.replace("0.9772440325", "2.9772440325"), 6, "'2.9772440325'"),
    # launches and objects
    (gcat, LAUNCH.replace("2003 Mar 28", "2099 Mar 28"), 2, "2099 Mar 28"),
    (gcat, LAUNCH.replace("2003-009  ", "2013-009  "), 2, "'2013-009'"),
    (gcat, LAUNCH.replace("2003-009A", "2004-009A"), 2, "'2004-009A'"),
    (gcat, LAUNCH.replace("\tOS\t", "\tos\t"), 2, "'os'"),
    (gcat, SATCAT.replace("483\t489", "489\t483"), 2, "'489'"),
    (gcat, SATCAT.replace("97.30", "NaN"), 2, "'NaN'"),
    (gcat, SATCAT + SATCAT.splitlines()[1].replace("97.30", "98.30") + "\n", 3, "'S27698'"),
    (gcat, LAUNCH.encode() + "三菱\t".encode("cp932"), 3, "utf-8"),
    # votes
    (votes, VOTES + roll_calls.line(totals="167,4,6,15,193"), 2, "192 states"),
    (votes, VOTES + roll_calls.line(totals="250,4,6,16,276"), 2, "'276'"),
    (votes, VOTES + roll_calls.line(day="2099-12-02", session="154", text="A/RES/154/18"), 2, "'2099-12-02'"),
    (
        votes,
        VOTES + roll_calls.line() + roll_calls.line("FRA", "FRANCE", text="A/RES/79/19"),
        3,
        "'A/RES/79/19'",
    ),
    (votes, VOTES + roll_calls.line(text="A/RES/78/18"), 2, "session 79"),
    # money
    (money, BUDGET.replace("303,335", "303,355"), 5, "'35500000000'"),
    (money, BUDGET.replace("合計,303", "計,403"), 5, "'40300000000'"),
    (money, BUDGET.replace("令和7年度", "2099年度"), 3, "'2099'"),
    (money, BUDGET.replace("令和7年度", "令和70年度"), 3, "'2088'"),
    (money, BUDGET.replace("223", "△-223"), 4, "'△-223'"),
    (money, BUDGET.replace("223", "22O"), 4, "'22O'"),
    (money, BUDGET.encode() + "総務省,1,2\n".encode("cp932"), 6, "encod"),
    (money, tables.SERIES["fred"][0].replace("1990-03-01", "2099-03-01"), 4, "'2099'"),
    # ships
    (ships, REPORTS + "431000001,2099-11-29T10:00:00,25,123,1\n", 2, "2099-11-29"),
    (ships, REPORTS + "431000001,2026-11-29T10:00:60,25,123,1\n", 2, "10:00:60"),
    (ships, REPORTS + "431000001,2026-11-29T10:00:00,15000000,73800000,1\n", 2, "'15000000'"),
    (ships, REPORTS + "431000001,2026-11-29T10:00:00,0,0,1\n", None, "no position"),
    (ships, "MMSI,BaseDateTime,LAT,LON,SOG,Heading\n1,2026-11-29T10:00:00,25,123,1,400\n", 2, "'400'"),
    (ships, "MMSI,BaseDateTime,LAT,LON,SOG,COG\n1,2026-11-29T10:00:00,25,123,1,400\n", 2, "'400'"),
    # references
    (references, RIS + "ER  - \nTI  - Another\nER  - \n", 4, "no record has begun"),
    (references, "TY  - \nTI  - A title\nER  - \n", 1, "is not taken"),
    (references, RIS + "PY  - 2099\nER  - \n", 1, "'2099'"),
    (references, RIS + "DA  - 平成40年5月1日\nER  - \n", 1, "'2028'"),
    (references, RIS + "DA  - 令和元年1月5日\nER  - \n", 3, "2019-05-01"),
    (references, RIS + "SP  - 34\nEP  - 12\nER  - \n", 1, "'34-12'"),
    (references, RIS + "UR  - https://example.org/ahttps://example.org/b\nER  - \n", 3, "two addresses"),
    # texts
    (texts, "宇宙の平和利用\n安全保障\ufffd\ufffd確保\n", "line 1", "wrong encoding"),
    (texts, "宇宙の平和利用を推進する。".encode().decode("cp1252", "replace"), "line 1", "wrong encoding"),
    (texts, "ひらがなとカタカナ".encode().decode("cp932", "replace"), "line 1", "wrong encoding"),
]
NAMES = [f"{case[0].__name__.rpartition('.')[2]}-{number}" for number, case in enumerate(CASES)]


@pytest.mark.parametrize(("reader", "spoiled", "line", "said"), CASES, ids=NAMES)
def test_it_is_refused_by_line_and_value(tmp_path, reader, spoiled, line, said):
    path = tmp_path / ("file.csv" if reader is money else "file.txt")
    path.write_bytes(spoiled if isinstance(spoiled, bytes) else spoiled.encode())
    with pytest.raises(Unplaced) as refused:
        list(reader.read(path).rows)
    told = str(refused.value)
    assert said in told and told.startswith(path.name) and "\n" not in told
    assert line is None or str(refused.value.line).removeprefix("line ") == str(line).removeprefix("line "), (
        told
    )


def test_there_are_more_than_fifty():
    assert len(CASES) > 50 and len({case[0] for case in CASES}) == 8


GOOD = [
    (orbits, two_lines()),
    (positions, HEAD.splitlines(True)[0] + HEAD.splitlines(True)[2] + NAVIC),  # no leap seconds told
    (positions, HEAD3 + QZSS),
    (positions, SP3),
    (positions, SP3.replace("cc GPS", "cc UTC")),
    (gcat, LAUNCH),
    (gcat, SATCAT.replace("483\t489", "489\t489")),
    (votes, VOTES + roll_calls.line()),
    (money, BUDGET),
    (ships, REPORTS + "431000001,2026-11-29T10:00:00+09:00,25,123,102.3\n"),
    (
        references,
        RIS + "SP  - 1234\nEP  - 41\nUR  - https://web.archive.org/web/2020/https://a.org\nER  - \n",
    ),
    (texts, "宇宙の平和利用を推進する。\n早期警戒と弾道ミサイル\n"),
]


@pytest.mark.parametrize(("reader", "good"), GOOD, ids=range(len(GOOD)))
def test_what_is_right_is_taken(tmp_path, reader, good):
    path = tmp_path / ("file.csv" if reader is money else "file.txt")
    path.write_text(good, encoding="utf-8")
    assert list(reader.read(path).rows)


def test_a_message_that_stands_twice_is_kept_once_and_told(tmp_path):
    path = tmp_path / "file.rnx"
    path.write_text(HEAD3 + QZSS + QZSS)
    taken = positions.read(path)
    assert len(list(taken.rows)) == 1 and "of which one is kept: 1" in taken.notes[0]


@pytest.mark.parametrize("parts", [(101, 202, 303), (101, 202, 304), (101, 202, 302)])
def test_a_total_may_be_rounded_by_half_a_digit_a_line(parts):
    cells = {"period": "2024", "stage": "", "place": "", "unit": "JPY"}
    names = ("内閣府", "防衛省", "合計")
    rows = [found.Row("", {**cells, "item": name, "value": str(part)}) for name, part in zip(names, parts)]
    assert totals.apart(rows) == ([], 1)


def test_totals_of_lines_that_hold_one_another_are_told(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("（単位：億円）\n府省庁,令和6年度\n内閣府,101\nうち衛星,51\n合計,101\n", encoding="utf-8")
    taken = money.read(path)
    assert len(list(taken.rows)) == 3 and "not the sum of the lines above them (1)" in " ".join(taken.notes)


def test_the_reader_of_columns_refuses_what_the_other_refuses(tmp_path):
    path = tmp_path / "catalog.csv"
    for text in (omm(EPOCH="2099-10-27T12:34:00"), omm(OBJECT_ID="2025-001A"), omm(MEAN_MOTION_DOT="9")):
        path.write_text(text)
        with pytest.raises(Unplaced):
            catalogue.read(path)
