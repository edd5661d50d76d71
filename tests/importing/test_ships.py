"""AIS sentences of the published decoding guide (E. Raymond, AIVDM/AIVDO protocol decoding), CSV of two
publishers, dark hours by arithmetic; spoiled files.
"""

import functools
import operator

import pytest

from spacesec.importing import sentences, ships
from spacesec.importing.found import Unplaced

# Sentences of the guide, with the values that it prints for them.
CLASS_A = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C"
CLASS_B = "!AIVDM,1,1,,A,B52K>;h00Fc>jpUlNV@ikwpUoP06,0*4C"
VOYAGE = [
    "!AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0*1C",
    "!AIVDM,2,2,1,A,88888888880,2*25",
]
NOON = 1_796_040_000  # 2026-11-30T12:00:00Z
# Of another encoder: unavailable position of 002320001; base station clock 2026-11-29 12:00:10.
NOWHERE = "!AIVDO,1,1,,A,102=VPOP?w<tSF0l4Q@>4?wqP000,0*0C"
BASE = "!AIVDO,1,1,,A,40473tAvbvd0:9tBb0D1g@000000,0*26"


def checked(body):
    return f"{body}*{functools.reduce(operator.xor, body[1:].encode()):02X}"


def at(seconds, sentence):
    block = f"c:{seconds}"
    return f"\\{block}*{functools.reduce(operator.xor, block.encode()):02X}\\{sentence}"


def read(folder, text, name="ais.nmea", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = ships.read(path, **options)
    return [row.cells for row in found.rows], found.notes


def lines(*given):
    return "".join(f"{one}\n" for one in given)


def test_class_a_and_b_as_the_guide_prints_them(tmp_path):
    rows, _ = read(tmp_path, lines(at(NOON, CLASS_A), at(NOON + 5, CLASS_B)))
    first, second = rows
    assert first["mmsi"] == "477553000" and first["status"] == "5" and first["speed_kn"] == "0.0"
    assert float(first["latitude_deg"]) == pytest.approx(47.582833, abs=1e-6)
    assert float(first["longitude_deg"]) == pytest.approx(-122.345833, abs=1e-6)
    assert (first["course_deg"], first["heading_deg"]) == ("51.0", "181")
    assert first["time_utc"] == "2026-11-30T12:00:00Z"
    assert second["mmsi"] == "338087471" and second["speed_kn"] == "0.1" and second["course_deg"] == "79.6"
    assert float(second["latitude_deg"]) == pytest.approx(40.684540, abs=1e-6)
    assert float(second["longitude_deg"]) == pytest.approx(-74.072132, abs=1e-6)
    assert second["heading_deg"] == "" and second["message"] == "18"


def test_a_message_in_two_sentences_names_its_ship(tmp_path):
    of_it = checked("!AIVDM,1,1,,B," + position(351759000, 25.75, 123.5) + ",0")
    rows, notes = read(tmp_path, lines(*VOYAGE, at(NOON, of_it)))
    assert rows[0]["mmsi"] == "351759000" and rows[0]["name"] == "EVER DIADEM" and notes == []
    rows, notes = read(tmp_path, lines(VOYAGE[0], at(NOON, of_it)))
    assert rows[0]["name"] == "" and "a part is missing (1)" in notes[0]


def position(mmsi, lat, lon, speed=0, course=0, heading=0, second=0):
    """The payload of a message of type 1, by the table of fields of Recommendation M.1371."""
    fields = [(1, 6), (0, 2), (mmsi, 30), (0, 4), (0, 8), (speed, 10), (0, 1)]
    fields += [
        (round(lon * 600_000), 28),
        (round(lat * 600_000), 27),
        (course, 12),
        (heading, 9),
        (second, 6),
    ]
    fields += [(0, 25)]
    bits = "".join(f"{value % (1 << count):0{count}b}" for value, count in fields)
    six = [int(bits[place : place + 6], 2) for place in range(0, 168, 6)]
    return "".join(chr(value + 48 if value < 40 else value + 56) for value in six)


def sentence(*arguments, **fields):
    return checked("!AIVDM,1,1,,A," + position(*arguments, **fields) + ",0")


def test_what_is_not_available_is_nothing(tmp_path):
    gone = sentence(232000100, 25.75, 123.5, speed=1023, course=3600, heading=511)
    rows, notes = read(tmp_path, lines(at(NOON, gone), at(NOON, NOWHERE)))
    assert len(rows) == 1 and rows[0]["mmsi"] == "232000100"
    assert [rows[0][name] for name in ("speed_kn", "course_deg", "heading_deg")] == ["", "", ""]
    assert notes == ["set aside reports without a position (1)"]


@pytest.mark.parametrize(
    "written",
    [
        f"{NOON} {CLASS_A}",
        f"{NOON}000,{CLASS_A}",
        f"2026-11-30T12:00:00Z {CLASS_A}",
        f"2026-11-30 21:00:00+09:00,{CLASS_A}",
        f"{CLASS_A},{NOON}",
        f"{CLASS_A},s27119,d089,T39.42,r003669945,{NOON}",
        f"2026/11/30 12:00:00 {CLASS_A}",
        f"{CLASS_A} 2026-11-29T24:00:00Z".replace("29T24", "30T12"),
        at(NOON, CLASS_A),
    ],
)
def test_times_beside_a_sentence(tmp_path, written):
    for end in ("\n", "\r\n", ""):
        rows, _ = read(tmp_path, written + end)
        assert rows[0]["time_utc"] == "2026-11-30T12:00:00Z"


def test_a_lost_end_of_a_line_is_told(tmp_path):
    rows, notes = read(tmp_path, lines(at(NOON, CLASS_A) + at(NOON, CLASS_B), at(NOON, CLASS_A)))
    assert len(rows) == 2 and notes == ["set aside sentences behind another on its line (1)"]


def test_without_times_the_base_station_s_clock_counts(tmp_path):
    early, after = sentence(431000001, 25, 123, second=58), sentence(431000001, 25, 123, second=12)
    rows, notes = read(tmp_path, lines(after, BASE, early, after))
    assert [row["time_utc"] for row in rows] == ["2026-11-29T11:59:58Z", "2026-11-29T12:00:12Z"]
    assert notes == ["set aside reports of no known time (1)"]


@pytest.mark.parametrize("head", ["MMSI,BaseDateTime,LAT,LON,SOG,COG,Heading,VesselName,Status\n"])
def test_csv(tmp_path, head):
    text = (
        "431000002,2026-11-29T24:00:00,25.75,123.5,102.3,360.0,511,ASAGIRI,0\n"
        "412000001,2026-11-29T10:00:00,91.0,181.0,0,0,0,,15\n"
        "412000001,2026/11/29 10:00:00,25.5,123.25,12.5,90.5,91,,15\n"
        "412000001,2026-11-29T19:00:00+09:00,25.5,123.25,12.5,90.5,91,,15\n"
    )
    rows, notes = read(tmp_path, head + text, "a.csv")
    assert [row["mmsi"] for row in rows] == ["431000002", "412000001", "412000001"]
    assert [row["time_utc"] for row in rows] == ["2026-11-30T00:00:00Z"] + ["2026-11-29T10:00:00Z"] * 2
    assert [rows[0][name] for name in ("speed_kn", "course_deg", "heading_deg", "name")] == [
        "",
        "",
        "",
        "ASAGIRI",
    ]
    assert rows[1]["course_deg"] == "90.5" and "without a position (1)" in notes[-1]
    assert read(tmp_path, (head + text).replace(",", ";").encode("utf-8-sig"), "a.csv")[0] == rows
    danish = (
        "# Timestamp,Type of mobile,MMSI,Latitude,Longitude,SOG\n03/04/2026 10:00:00,Class A,412000001,5,6,\n"
    )
    assert read(tmp_path, danish, "a.csv")[0][0]["time_utc"] == "2026-04-03T10:00:00Z"
    with pytest.raises(Unplaced, match="a month ahead"):
        read(tmp_path, danish.replace("2026 ", "2031 "), "a.csv")


def test_dark_hours(tmp_path, monkeypatch):
    hours = {431000001: (0, 1, 8, 9, 40), 412000002: (0, 5, 10)}
    text = [
        (hour, at(NOON + 3600 * hour, sentence(ship, 25 + hour / 100, 123)))
        for ship, told in hours.items()
        for hour in told
    ]
    path = tmp_path / "a.nmea"
    path.write_text(lines(*(one for _, one in sorted(text))))
    tracks = ships.dark(ships.Reader(path))
    assert [gap.hours for gap in tracks[431000001].gaps] == [7, 31] and tracks[412000002].gaps == []
    gap = tracks[431000001].gaps[0]
    assert gap.before == pytest.approx((25.01, 123)) and gap.after == pytest.approx((25.08, 123))
    # Reports that come late divide the gap that they fall into.
    late = at(NOON + 3600 * 20, sentence(431000001, 25, 123))
    for chunk in (sentences.CHUNK, 200):
        monkeypatch.setattr(sentences, "CHUNK", chunk)
        path.write_text(lines(*(one for _, one in sorted(text)), late))
        tracks = ships.dark(ships.Reader(path))
        assert sorted(gap.hours for gap in tracks[431000001].gaps) == [7, 11, 20]


def test_pieces_of_a_file_make_no_difference(tmp_path, monkeypatch):
    text = lines(
        *(at(NOON + n, sentence(431000000 + n % 7, 25, 123, second=n % 60)) for n in range(300)), *VOYAGE
    )
    whole, notes = read(tmp_path, text)
    for size in (90, 1000, 7777):
        monkeypatch.setattr(sentences, "CHUNK", size)
        assert read(tmp_path, text) == (whole, notes)
    assert len(whole) == 300


def test_a_few_damaged_sentences_are_set_aside_and_many_refused(tmp_path):
    good = [at(NOON + n, sentence(431000001, 25, 123)) for n in range(300)]
    bad = at(NOON, CLASS_A).replace("*5C", "*5D")
    rows, notes = read(tmp_path, lines(*good, bad, bad))
    assert len(rows) == 300 and "(2)" in notes[0]
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, lines(*good, *[bad] * 4))
    assert refused.value.line == 301 and "4 of 304" in str(refused.value)


HEAD = "MMSI,BaseDateTime,LAT,LON,SOG\n"


@pytest.mark.parametrize(
    "text, line, said",
    [
        (at(NOON, CLASS_A).replace("*5C", "*00"), 1, "checksum"),
        (at(NOON, CLASS_A)[:-10], 1, "checksum"),
        (at(NOON, CLASS_A).replace("c:1", "c:2"), 1, "tag block"),
        (f"x {CLASS_A}\n", 1, "no time"),
        (f"12 {CLASS_A}\n", 1, "no time"),
        (f"123456789 {CLASS_A}\n", 1, "this century"),
        (CLASS_A + "\n", None, "no position"),
        (at(NOON, CLASS_A) + "\nhello\n", 2, "'hello'"),
        (at(NOON, NOWHERE) + "\n", None, "no position"),
        ("", None, "empty"),
        ("<html>not found</html>", None, "web page"),
        (b"\x00\x01\x02\x03", 1, "NUL"),
        (HEAD, None, "no position"),
        (HEAD + "431000001,2026-11-29T10:00:00,123.5,25.7,1\n", 2, "swapped"),
        (HEAD + "431000001,2026-11-29T10:00:00,25.7,181.5,1\n", 2, "'181.5'"),
        (HEAD + "431000001,2026-11-29T10:00:00,25.7N,123,1\n", 2, "'25.7N'"),
        (HEAD + "431000001,2026-11-29T10:00:00,NaN,123,1\n", 2, "'NaN'"),
        (HEAD + "431000001,2026-11-29T10:00:00,25,123,-4\n", 2, "'-4'"),
        (HEAD + "4.31E+08,2026-11-29T10:00:00,25,123,1\n", 2, "'4.31E+08'"),
        (HEAD + "4310000011,2026-11-29T10:00:00,25,123,1\n", 2, "no MMSI"),
        (HEAD + "431000001,2026-11-29T25:00:00,25,123,1\n", 2, "no time"),
        (HEAD + "431000001,2026-11-29,25,123,1\n", 2, "time of day"),
        (HEAD + "431000001,29/11/2026 10:00,25,123,1\n", 2, "no time"),
        (HEAD + "431000001,1970-01-01T00:00:00,25,123,1\n", 2, "this century"),
        (HEAD + "431000001,2026-11-29T10:00:00,25\n", 2, "cut off"),
        (HEAD.replace("LAT", "Breite") + "431000001,2026-11-29T10:00:00,25,123,1\n", 1, "lat"),
        (HEAD.replace("LON", "LAT") + "431000001,2026-11-29T10:00:00,25,123,1\n", 1, "two columns"),
    ],
)
def test_spoiled_files_are_refused_by_line_and_value(tmp_path, text, line, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, text, "a.txt")
    assert said in str(refused.value) and refused.value.line == line


def test_one_ship_alone(tmp_path):
    text = lines(at(NOON, CLASS_A), at(NOON, CLASS_B))
    assert [row["mmsi"] for row in read(tmp_path, text, mmsi="338087471")[0]] == ["338087471"]
    with pytest.raises(Unplaced, match="nine digits"):
        read(tmp_path, text, mmsi="2320001")


def test_lines_may_end_in_carriage_returns_alone(tmp_path):
    """As a spreadsheet on an old Macintosh saves them; also in a file that is read in pieces."""
    text = lines(*(at(NOON + n, sentence(431000001, 25, 123)) for n in range(50)))
    assert read(tmp_path, text.replace("\n", "\r")) == read(tmp_path, text)
    assert read(tmp_path, "\ufeff" + text) == read(tmp_path, text)
    record = f"431000001,2026-11-29T10:00:00,25,123,1,{5 * 'あさぎり'}\n"
    table = (
        HEAD.replace("SOG", "SOG,VesselName") + record * 12_000
    )  # past the beginning that tells the encoding
    rows, _ = read(tmp_path, table.replace("\n", "\r").replace("あ", "ああ", 1), "a.csv")
    assert len(rows) == 12_000 and rows[-1]["locator"] == "line 12001"
    assert len(read(tmp_path, table.encode("utf-16"), "a.csv")[0]) == 12_000


def test_a_receiver_without_a_fix_is_no_place(tmp_path):
    here = at(NOON, sentence(431000001, 25, 123))
    rows, notes = read(tmp_path, lines(here, at(NOON + 9, sentence(431000001, 0, 0))))
    assert len(rows) == 1 and "0° N 0° E, which receivers give that know no position (1)" in notes[0]
    # On the equator or on the meridian of Greenwich a ship may be.
    assert len(read(tmp_path, lines(at(NOON, sentence(431000001, 0, 9.5)), here))[0]) == 2


@pytest.mark.parametrize(
    "number, what",
    [
        ("004310001", "of coast stations"),  # M.585: 00, a country's three figures
        ("4310001", "of coast stations"),
        ("043100001", "of groups of ships"),
        ("111431001", "of aircraft"),
        ("970010001", "of rescue transmitters"),
        ("972010001", "of rescue transmitters"),
        ("974010001", "of rescue transmitters"),
        ("994310001", "of aids to navigation"),
        ("000000000", "without the number of a ship"),
    ],
)
def test_what_is_no_ship_by_its_number_is_set_aside(tmp_path, number, what):
    ship = f"431000001,2026-11-29T10:00:00,25,123,{102.2}\n"
    rows, notes = read(tmp_path, HEAD + ship + ship.replace("431000001", number), "a.csv")
    assert [row["mmsi"] for row in rows] == ["431000001"] and f"set aside reports {what} (1)" in notes
    rows, notes = read(
        tmp_path, lines(at(NOON, sentence(431000001, 25, 123)), at(NOON, sentence(int(number), 5, 6)))
    )
    assert [row["mmsi"] for row in rows] == ["431000001"] and f"set aside reports {what} (1)" in notes


def test_a_ship_in_two_places_at_once_is_told(tmp_path, monkeypatch):
    """25° N 123° E and 25.02° N: 1.2 nautical miles; an hour later 102.2 go, 120 (two degrees) do not."""
    for size in (sentences.CHUNK, 100):
        monkeypatch.setattr(sentences, "CHUNK", size)
        track = [(0, 25.0), (0, 25.01), (3600, 26.7)]
        reports = [at(NOON + second, sentence(431000001, lat, 123)) for second, lat in track]
        assert read(tmp_path, lines(*reports))[1] == []
        for second, lat in ((0, 25.02), (3600, 27.0)):
            moved = lines(reports[0], at(NOON + second, sentence(431000001, lat, 123)))
            rows, notes = read(tmp_path, moved)
            assert len(rows) == 2 and "as of two ships (1): one on line 2, of 431000001" in notes[0]
            path = tmp_path / "b.nmea"
            path.write_text(moved)
            assert notes[0] in ships.dark_hours(path).notes
    # Over the date line it is a mile and a half in a minute, not half the Earth.
    over = [at(NOON + 60 * n, sentence(431000001, 0.5, lon)) for n, lon in enumerate((179.99, -179.985))]
    assert read(tmp_path, lines(*over))[1] == []


def base(year, month, day, hour, minute, second):
    """The payload of a base station's message 4."""
    fields = [
        (4, 6),
        (0, 2),
        (4310001, 30),
        (year, 14),
        (month, 4),
        (day, 5),
        (hour, 5),
        (minute, 6),
        (second, 6),
    ]
    bits = "".join(f"{value:0{count}b}" for value, count in [*fields, (0, 90)])
    six = [int(bits[place : place + 6], 2) for place in range(0, 168, 6)]
    return checked("!AIVDM,1,1,,A," + "".join(chr(v + 48 if v < 40 else v + 56) for v in six) + ",0")


def test_the_clock_of_a_base_station_that_cannot_be_is_set_aside(tmp_path):
    report, right = sentence(431000001, 25, 123, second=12), base(2026, 11, 29, 12, 0, 10)
    for wrong in (base(2031, 11, 29, 12, 0, 10), base(0, 0, 0, 24, 60, 60), base(1980, 1, 6, 0, 0, 0)):
        rows, notes = read(tmp_path, lines(right, wrong, report))
        assert rows[0]["time_utc"] == "2026-11-29T12:00:12Z" and "tell no time or one to come (1)" in notes[0]
    # GPS receivers that count weeks anew are 1,024 weeks behind: 2007-04-15.
    behind = base(2007, 4, 15, 12, 0, 10)
    with pytest.raises(Unplaced, match="line 1 had a later time") as refused:
        read(tmp_path, lines(right, behind, report))
    assert refused.value.line == 2 and "2007-04-15T12:00:10Z" in str(refused.value)
    with pytest.raises(Unplaced, match="'2007-04-15' is not taken: the others lie more than a year"):
        read(tmp_path, lines(behind, report, right, report, report))


def test_a_clock_does_not_count_for_what_comes_long_after_it(tmp_path):
    later = [sentence(431000001, 25, 123, second=20 * n % 60) for n in range(1, 7)]
    rows, notes = read(tmp_path, lines(base(2026, 11, 29, 12, 0, 0), *later))
    assert [row["time_utc"][14:19] for row in rows] == ["00:20", "00:40", "01:00"]
    assert notes == ["set aside reports of no known time (3)"]


def test_a_time_long_before_the_others_is_refused(tmp_path):
    text = HEAD + "431000001,2006-11-29T10:00:00,25,123,1\n" + 2 * "431000001,2026-11-29T10:00:00,25,123,1\n"
    with pytest.raises(
        Unplaced, match="'2006-11-29' is not taken: the others lie more than a year"
    ) as refused:
        read(tmp_path, text, "a.csv")
    assert refused.value.line == 2


def test_parts_of_a_message_in_any_order_and_twice(tmp_path):
    of_it = at(NOON, sentence(351759000, 25.75, 123.5))
    for parts in (VOYAGE[::-1], [VOYAGE[0], VOYAGE[0], VOYAGE[1]]):
        rows, notes = read(tmp_path, lines(*parts, of_it))
        assert rows[0]["name"] == "EVER DIADEM" and notes == []
    rows, notes = read(tmp_path, lines(VOYAGE[1], of_it))
    assert rows[0]["name"] == "" and notes == ["set aside messages of which a part is missing (1)"]


@pytest.mark.parametrize("speed, told", [("102.2", "102.2"), ("102.3", ""), ("1023", ""), ("", "")])
def test_a_speed_in_columns(tmp_path, speed, told):
    [row] = read(tmp_path, HEAD + f"431000001,2026-11-29T10:00:00,25,123,{speed}\n", "a.csv")[0]
    assert row["speed_kn"] == told
    with pytest.raises(Unplaced, match="'150' is not taken: it is no speed"):
        read(tmp_path, HEAD + "431000001,2026-11-29T10:00:00,25,123,150\n", "a.csv")


def test_a_spreadsheet_in_japanese(tmp_path):
    text = (
        "MMSI,日時,緯度,経度,速力,針路,船首方位,船名\n431000001,2026/11/9 9:05,25.5,123.5,5,90,91,あさぎり\n"
    )
    [row] = read(tmp_path, text, "a.csv")[0]
    assert (row["time_utc"], row["latitude_deg"], row["speed_kn"]) == (
        "2026-11-09T09:05:00Z",
        "25.500000",
        "5.0",
    )
    assert (row["course_deg"], row["heading_deg"], row["name"]) == ("90.0", "91", "あさぎり")
