"""Roll calls as the Digital Library, Voeten and sheets have them; spoiled ones.

The header is that of the library's file of February 2026 (record 4060887); the votes of Japan, Russia and
China on 79/18 are those of the press release that the tables cite.
"""

import pytest

from spacesec.data import tables
from spacesec.importing import votes
from spacesec.importing.found import Unplaced

HEAD = (
    "undl_id,ms_code,ms_name,ms_vote,date,session,resolution,draft,committee_report,meeting,title,agenda_title,"
    "subjects,vote_note,total_yes,total_no,total_abstentions,total_non_voting,total_ms,undl_link\n"
)
WMD = '"Weapons of mass destruction in outer space : resolution / adopted by the General Assembly"'


def line(
    code="JPN",
    name="JAPAN",
    vote="Y",
    day="2024-12-02",
    session="79",
    text="A/RES/79/18",
    title=WMD,
    totals="167.0,4.0,6.0,16.0,193.0",
):
    return (
        f"4067954,{code},{name},{vote},{day},{session},{text},A/79/L.1,,A/79/PV.45,{title},A,S,,{totals},u\n"
    )


FOUR = (
    line()
    + line("RUS", "RUSSIAN FEDERATION", "N")
    + line("CHN", "CHINA", "A")
    + line("PRK", "DEMOCRATIC PEOPLE'S REPUBLIC OF KOREA", "N")
    + line("VNM", "VIET NAM", "X")
)


def read(folder, text, **options):
    path = folder / "votes.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return votes.read(path, **options)


def cast(found):
    return {(row.cells["state"], row.cells["resolution"]): row.cells["vote"] for row in found.rows}


def test_the_library_s_file(tmp_path):
    found = read(tmp_path, HEAD + FOUR)
    assert cast(found) == {
        ("Japan", "79/18"): "yes",
        ("Russia", "79/18"): "no",
        ("China", "79/18"): "abstain",
        ("North Korea", "79/18"): "no",
    }
    first = found.rows[0].cells
    assert first["resolution_id"] == "resolution-79-18" and first["topic"] == "mass_destruction"
    assert first["row_id"] == "vote-79-18-japan"
    assert first["locator"] == "roll call of resolution 79/18, record 4067954 of the Digital Library"
    assert found.rows[0].place == "votes.csv, line 2" and found.dated == "2024-12-02"
    assert found.notes == ["left out states that did not vote (1)"]


def test_rows_are_those_of_the_table(tmp_path):
    """What the reader makes of a text that the tables hold is what stands there."""
    held = tables.load("regional_cooperation/un_votes")
    held = held[held["resolution_id"] == "resolution-76-23"].set_index("state")["vote"]
    codes = {state: (code, names[0]) for state, (code, *names) in votes.STATES.items()}
    letters = {"yes": "Y", "no": "N", "abstain": "A"}
    title = '"No first placement of weapons in outer space"'
    text = "".join(
        line(*codes[state], letters[vote], "2021-12-06", "76", "A/RES/76/23", title, "130,35,20,8,193")
        for state, vote in held.items()
    )
    found = read(tmp_path, HEAD + text)
    assert {state: vote for (state, _), vote in cast(found).items()} == dict(held)
    assert {row.cells["resolution_id"] for row in found.rows} == {"resolution-76-23"}
    assert {row.cells["topic"] for row in found.rows} == {"no_first_placement"}


def test_who_did_not_vote_is_told_apart(tmp_path):
    head = "rcid,ccode,countryname,session,vote,date,unres,descr\n"
    told = {"1": "yes", "2": "abstain", "3": "no", "8": "absent", "9": "not a member"}
    states = ["Japan", "India", "United States of America", "France", "South Korea"]
    text = "".join(
        f'1,2,{state},45,{vote},1990-12-04,R/45/55A,"Prevention of an arms race in outer space"\n'
        for state, vote in zip(states, told)
    )
    found = read(tmp_path, head + text, absent="yes")
    assert [row.cells["vote"] for row in found.rows] == list(told.values())
    assert found.rows[0].cells["resolution"] == "45/55A"
    assert found.rows[0].cells["resolution_id"] == "resolution-45-55a"
    assert sorted(read(tmp_path, head + text).notes) == [
        "left out states that were absent (1)",
        "left out states that were not a member (1)",
    ]


def test_states_that_are_no_more(tmp_path):
    old = dict(day="1986-12-03", session="41", text="A/RES/41/53", totals=",,,,")
    title = '"Prevention of an arms race in outer space"'
    found = read(
        tmp_path,
        HEAD
        + line("SUN", "USSR", title=title, **old)
        + line("DDR", "GERMAN DEMOCRATIC REPUBLIC", title=title, **old)
        + line("DEU", '"GERMANY, FEDERAL REPUBLIC OF"', "A", title=title, **old)
        + line("YUG", "YUGOSLAVIA", title=title, **old),
        states="all",
    )
    assert cast(found) == {
        ("Russia", "41/53"): "yes",
        ("German Democratic Republic", "41/53"): "yes",
        ("Germany", "41/53"): "abstain",
        ("Yugoslavia", "41/53"): "yes",
    }
    assert [row.cells["as_voted"] for row in found.rows][0] == "USSR"
    assert found.rows[0].cells["note"] == "Voted as USSR"


def test_taiwan_is_the_republic_of_china_until_it_lost_the_seat(tmp_path):
    """Resolution 2758 of 25 October 1971."""
    then = dict(day="1970-12-04", session="25", text="A/RES/2660(XXV)", totals=",,,,")
    later = dict(day="1986-12-03", session="41", text="A/RES/41/53", totals=",,,,")
    found = read(tmp_path, HEAD + line("TWN", "TAIWAN", **then), states="all")
    assert cast(found) == {("Republic of China", "2660(XXV)"): "yes"}
    with pytest.raises(Unplaced, match="it held its seat until 1971-10-25"):
        read(tmp_path, HEAD + line("TWN", "TAIWAN", **later), states="all")


@pytest.mark.parametrize(
    "text",
    [
        "state,A/RES/79/18,A/RES/78/238\nJapan,Y,N\nRussian Federation,N,Y\nFrance,,N\n",
        "resolution;Japan;Russian Federation;France\n79/18;Yes;No;\n78/238;No;Yes;No\n",
        "sep=,\n国,79/18,78/238\nJapan,賛成,反対\nRussia,反対,賛成\nFrance,,反対\n",
    ],
)
def test_sheets_with_a_column_a_resolution_or_a_state(tmp_path, text):
    found = read(tmp_path, text)
    assert cast(found) == {
        ("Japan", "79/18"): "yes",
        ("Japan", "78/238"): "no",
        ("Russia", "79/18"): "no",
        ("Russia", "78/238"): "yes",
        ("France", "78/238"): "no",
    }
    assert found.rows[0].cells["date"][:4] == "2024" and "empty cells (1)" in found.notes[0]


def test_other_subjects_are_left_out_and_counted(tmp_path):
    other = line(text="A/RES/79/20", title='"Oceans and the law of the sea"')
    found = read(tmp_path, HEAD + FOUR + other.replace("4067954", "4067999"))
    assert len(found.rows) == 4 and "votes on texts of other subjects (1)" in found.notes[1]
    assert len(read(tmp_path, HEAD + FOUR + other.replace("4067954", "4067999"), subjects="all").rows) == 5


def full(resolution, record, upto=193):
    names = [f"STATE {chr(65 + k // 26)}{chr(65 + k % 26)}" for k in range(193)]
    return "".join(
        line("", name, "Y", text=f"A/RES/79/{resolution}", totals="193,0,0,0,193").replace("4067954", record)
        for name in names[:upto]
    )


def test_a_file_cut_off_in_its_last_roll_call_is_refused(tmp_path):
    assert len(read(tmp_path, HEAD + full(18, "4067954") + full(19, "4067955"), states="all").rows) == 386
    with pytest.raises(Unplaced, match="no vote"):  # of a state that the table holds
        read(tmp_path, HEAD + full(18, "4067954") + full(19, "4067955"))
    with pytest.raises(Unplaced, match="cut off"):
        read(tmp_path, HEAD + full(18, "4067954") + full(19, "4067955", 100))
    with pytest.raises(Unplaced, match="cut off"):
        read(tmp_path, (HEAD + FOUR)[:-30])


def test_ends_of_lines_marks_and_separators(tmp_path):
    plain = cast(read(tmp_path, HEAD + FOUR))
    assert cast(read(tmp_path, (HEAD + FOUR).replace("\n", "\r\n").encode("utf-8-sig"))) == plain
    assert cast(read(tmp_path, (HEAD + FOUR).encode("utf-16"))) == plain
    assert cast(read(tmp_path, HEAD + FOUR + FOUR)) == plain
    head = HEAD.replace("ms_code", "ms_codes").replace("ms_vote", "MS_VOTES ").replace("ms_name", "Ms Names")
    assert cast(read(tmp_path, head + FOUR)) == plain


@pytest.mark.parametrize(
    "text, at, said",
    [
        (HEAD + line(vote="Z"), 2, "'Z'"),
        (HEAD + line() + "<!DOCTYPE html><html>503</html>\n", 3, "web page begins"),
        ("state,79/18,78/238\nJapan,Y,N\nRussia,N", 3, "cut off"),
        (HEAD + line(vote=""), None, "no vote"),
        (HEAD + line(vote="NaN"), 2, "'NaN'"),
        (HEAD + line("USA"), 2, "another state"),
        (HEAD + line("FRA", "GERMANY"), 2, "another state"),
        (HEAD + line("JAPAN", "JPN"), 2, "swapped"),
        (HEAD + line(name="Y", vote="JAPAN"), 2, "no vote"),
        (HEAD + line(name="Y"), 2, "no name of a state"),
        (HEAD + line(day="02/12/2024"), 2, "'02/12/2024'"),
        (HEAD + line(day="2024-02-30"), 2, "'2024-02-30'"),
        (HEAD + line(day="令和6年12月2日"), 2, "no day"),
        (HEAD + line(day="2004-12-02"), 2, "session 79"),
        (HEAD + line(session="78"), 2, "session 78"),
        (HEAD + line(text="79-18"), 2, "'79-18'"),
        (HEAD + line(text=""), 2, "no symbol"),
        (HEAD + line() + line(vote="N"), 3, "line 2 has another vote"),
        (HEAD + line(totals="0,4,6,16,193"), 2, "total of 0"),
        (HEAD + line(totals="167,4,6,16,193") + line("FRA", "FRANCE", totals="166,4,6,16,193"), 3, "total"),
        (HEAD + line(totals="-1,4,6,16,193"), 2, "'-1'"),
        (HEAD + line("SUN", "USSR", day="2024-12-02"), 2, "held its seat"),
        (HEAD.replace("ms_vote", "ballot") + line(), 1, "vote"),
        (HEAD.replace("ms_code", "ms_name") + line(), 1, "two columns"),
        (HEAD + line().replace(",u\n", "\n"), 2, "cells"),
        (HEAD + line(title='"Weapons of mass destruction in outer space'), 2, "columns"),
        (HEAD, None, "no vote"),
        ("<html><head>Sorry</head>", None, "web page"),
        ("", None, "empty"),
        ("TY  - JOUR\nER  - \n", 1, "no column"),
        ("PK\x03\x04 xlsx", None, "workbook"),
        ("state,79/18,79/18\nJapan,Y,N\n", 1, "two columns"),
        ("state,79/18\nJapan,maybe\n", 2, "'maybe'"),
        ("state,79/18\nJapan,Y\nJapan,N\n", 3, "another vote"),
        ("state,79/18\nJapan,Y,N\n", 2, "beyond"),
    ],
)
def test_spoiled_files_are_refused_by_line_and_value(tmp_path, text, at, said):
    with pytest.raises(Unplaced) as refused:
        read(tmp_path, text)
    assert refused.value.line == at and said in str(refused.value)


def test_a_line_in_another_encoding_is_refused(tmp_path):
    spoiled = HEAD.encode() + FOUR.encode() + line("CIV", "CÔTE D'IVOIRE").encode("cp1252")
    with pytest.raises(Unplaced):
        read(tmp_path, spoiled + line("TUR", "TÜRKİYE").encode())


def test_texts_with_their_totals(tmp_path):
    path = tmp_path / "votes.csv"
    path.write_text(HEAD + FOUR.replace("167.0,4.0,6.0,16.0,193.0", "1.0,2.0,1.0,1.0,5.0"), "utf-8")
    (row,) = votes.resolutions(path).rows
    cells = row.cells
    assert (cells["total_yes"], cells["total_no"], cells["total_abstain"]) == ("1", "2", "1")
    assert (cells["resolution"], cells["session"], cells["roll_call"]) == ("79/18", "79", "complete")
    path.write_text(HEAD + FOUR, "utf-8")  # five of 193 members
    assert votes.resolutions(path).rows[0].cells["roll_call"] == "partial"
    path.write_text("state,79/18\nJapan,Y\n", "utf-8")
    with pytest.raises(Unplaced, match="library's file"):
        votes.resolutions(path)


VOETEN = "rcid,ccode,Country,Countryname,session,vote,date,unres,amend,para,descr\n"
ROLL = '1,{},{},{},45,{},1990-12-04,R/45/55A,0,0,"Prevention of an arms race in outer space"\n'


def test_voeten_s_file_with_codes_and_names_of_states(tmp_path):
    """``Country`` has the codes of the Correlates of War project (GFR, DRV), ``Countryname`` the name."""
    text = ROLL.format(740, "JPN", "Japan", 1) + ROLL.format(260, "GFR", "German Federal Republic", 2)
    text += ROLL.format(816, "DRV", "Vietnam", 3) + ROLL.format(732, "ROK", "South Korea", 9)
    found = read(tmp_path, VOETEN + text)
    assert [(row.cells["state"], row.cells["vote"]) for row in found.rows] == [
        ("Japan", "yes"),
        ("Germany", "abstain"),
        ("Vietnam", "no"),
    ]
    assert found.rows[1].cells["as_voted"] == "German Federal Republic"
    parts = ROLL.format(740, "JPN", "Japan", 3).replace(",0,0,", ",{},{},")
    more = parts.format(1, 0) + parts.format(0, 1) + parts.format("", "").replace("R/45/55A", "")
    again = read(tmp_path, VOETEN + text + more)
    assert cast(again) == cast(found)
    assert "left out votes on amendments and paragraphs (2)" in again.notes
    assert "left out votes on what is no resolution (1)" in again.notes


@pytest.mark.parametrize(
    "day, session, text, taken",
    [
        ("2026-11-29", "81", "A/RES/81/18", True),  # the 81st session opened in September 2026
        ("2025-09-05", "79", "A/RES/79/318", True),  # the 79th closed on 9 September 2025
        ("2024-01-07", "79", "A/RES/79/18", False),
        ("2025-11-07", "79", "A/RES/79/18", False),
        ("2027-11-29", "82", "A/RES/82/18", False),
        ("1963-10-17", "18", "A/RES/1884(XVIII)", True),
        ("1963-10-17", "18.0", "A/RES/1884 (XVIII)", True),
        ("1963-10-17", "19", "A/RES/1884(XVIII)", False),
        ("1973-10-17", "18", "A/RES/1884(XVIII)", False),
        ("1946-01-24", "1", "A/RES/1(I)", True),
        ("2023-10-27", "ES-10", "A/RES/ES-10/21", True),
        ("2023-10-27", "ES-11", "A/RES/ES-10/21", False),
        ("1956-11-04", "ES-1", "A/RES/997(ES-I)", True),
    ],
)
def test_a_vote_lies_in_its_session_and_before_today(tmp_path, day, session, text, taken):
    state = ("FRA", "FRANCE")
    given = HEAD + line(*state, day=day, session=session, text=text, totals=",,,,")
    if taken:
        [row] = read(tmp_path, given, subjects="all").rows
        assert row.cells["date"] == day
        return
    with pytest.raises(Unplaced):
        read(tmp_path, given, subjects="all")


def test_a_sheet_of_a_session_to_come_is_refused(tmp_path):
    assert read(tmp_path, "state,81/18\nJapan,Y\n").rows[0].cells["date"] == "2026-01-01"
    for session in (82, 154):
        with pytest.raises(Unplaced, match=f"'{session}' is not taken: this session is one to come"):
            read(tmp_path, f"state,{session}/18\nJapan,Y\n")


@pytest.mark.parametrize(
    "code, name, first, session",
    [  # "Growth in United Nations membership"
        ("JPN", "JAPAN", "1956-12-18", "11"),
        ("DEU", '"GERMANY, FEDERAL REPUBLIC OF"', "1973-09-18", "28"),
        ("DDR", "GERMAN DEMOCRATIC REPUBLIC", "1973-09-18", "28"),
        ("KOR", "REPUBLIC OF KOREA", "1991-09-17", "46"),
        ("VNM", "VIET NAM", "1977-09-20", "32"),
        ("PLW", "PALAU", "1994-12-15", "49"),
        ("SSD", "SOUTH SUDAN", "2011-07-14", "65"),
    ],
)
def test_no_state_votes_before_its_seat(tmp_path, code, name, first, session):
    def given(day, vote="Y"):
        text = line(code, name, vote, day, session, f"A/RES/{session}/1", totals=",,,,")
        return read(tmp_path, HEAD + text, states="all", absent="yes")

    assert len(given(first).rows) == 1
    day = f"{first[:-2]}{int(first[-2:]) - 1:02}"
    with pytest.raises(Unplaced, match=f"it took its seat on {first}, and the day is {day}"):
        given(day)
    assert len(given(day, "X").rows) == 1  # who is told not to have voted did not
    if code == "PLW":  # of no interest where the table's states are asked for
        text = line(code, name, "Y", day, session, "A/RES/49/1", totals=",,,,")
        text += line("JPN", "JAPAN", "Y", day, session, "A/RES/49/1", totals=",,,,")
        assert cast(read(tmp_path, HEAD + text)) == {("Japan", "49/1"): "yes"}


def test_a_sheet_of_the_session_in_which_a_seat_began_is_taken(tmp_path):
    assert len(read(tmp_path, "state,11/18\nJapan,Y\n").rows) == 1
    with pytest.raises(Unplaced, match="took its seat on 1956-12-18"):
        read(tmp_path, "state,10/18\nJapan,Y\n")


def test_yugoslavia_s_seat_ended_with_its_name(tmp_path):
    last = dict(session="57", text="A/RES/57/57", totals=",,,,")
    assert read(tmp_path, HEAD + line("YUG", "YUGOSLAVIA", day="2002-11-22", **last), states="all").rows
    with pytest.raises(Unplaced, match="until 2003-02-04"):
        read(tmp_path, HEAD + line("YUG", "YUGOSLAVIA", day="2003-05-22", **last), states="all")


def test_no_vote_in_the_cell_is_a_state_that_did_not_vote(tmp_path):
    """As the library's pages show who did not; no more of them than its total."""
    found = read(tmp_path, HEAD + FOUR.replace(",X,", ",,"))
    assert cast(found) == cast(read(tmp_path, HEAD + FOUR))
    assert found.notes == ["left out states that did not vote (1)"]
    text = FOUR.replace(",X,", ",,").replace("167.0,4.0,6.0,16.0,193.0", "183,4,6,0,193")
    with pytest.raises(Unplaced, match="more states stand there with not voting than its total of 0"):
        read(tmp_path, HEAD + text)


def test_the_library_s_release_of_2024(tmp_path):
    """Its own names of columns, by its description of 12 September 2024."""
    head = "undl_id,ms_codes,ms_names,ms_votes,resolutions,title,modality,draft,committee_report,meeting,"
    head += "agenda_titles,subjects,date,yes,no,abstentions,non-voting,total-voting,undl_link\n"
    row = "1,{},{},{},A/RES/78/20," + WMD + ",recorded,A,B,C,,,2023-12-04,166,4,6,{},193,u\n"
    text = row.format("JPN", "JAPAN", "Y", 17) + row.format("VNM", "VIET NAM", "NV", 17)
    assert cast(read(tmp_path, head + text)) == {("Japan", "78/20"): "yes"}
    with pytest.raises(Unplaced, match="give 192 states"):
        read(tmp_path, head + row.format("JPN", "JAPAN", "Y", 16))


def test_states_by_their_japanese_names_and_with_brackets(tmp_path):
    text = "国,79/18\n日本,賛成\n米国,賛成\nロシア,反対\n韓国,賛成\nKorea (Republic of),賛成\n"
    found = read(tmp_path, text)
    assert {state for state, _ in cast(found)} == {"Japan", "United States", "Russia", "South Korea"}
    assert "left out votes that stand there again (1)" in found.notes


def test_a_day_and_a_vote_as_a_spreadsheet_in_japan_writes_them(tmp_path):
    for day in ("2024/12/2", "2024/12/02 0:00:00", "2024-12-2"):
        [row] = read(tmp_path, HEAD + line(day=day, vote="Ｙ")).rows
        assert (row.cells["date"], row.cells["vote"]) == ("2024-12-02", "yes")


def test_codes_of_the_correlates_of_war_are_no_names(tmp_path):
    text = VOETEN.replace("Countryname,", "").replace("ccode,", "") + ROLL.replace("{},", "", 2)
    with pytest.raises(Unplaced, match="'GMY' is not taken: it is no name of a state"):
        read(tmp_path, text.format("GMY", 1), states="all")


@pytest.mark.parametrize("name", ["CÔTE D'IVOIRE", "TÜRKİYE", "Côte d'Ivoire", "CURAÇAO"])
def test_names_read_in_a_wrong_encoding_are_refused(tmp_path, name):
    assert len(read(tmp_path, HEAD + line() + line("", name)).rows) == 1
    for wrong in (name.encode().decode("cp1252", "replace"), name.encode("ascii", "replace").decode()):
        text = HEAD + line() + line("", wrong.replace("?", "\ufffd"))
        with pytest.raises(Unplaced, match="wrong encoding") as refused:
            read(tmp_path, text)
        assert refused.value.line == 3
