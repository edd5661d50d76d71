"""Where tools of the field behave otherwise than one would guess, the collection does what the format, the
standard or arithmetic says: one test a surprise, with the value that it must have.
"""

import json
import re

import numpy as np
import pytest
from tests.conftest import ROOT
from tests.data.conftest import Copy
from tests.importing.test_orbits import VANGUARD
from tests.importing.test_positions import HEAD3, QZSS
from tests.importing.test_positions import read as read_positions

from spacesec import answers
from spacesec.astrodynamics import orbits
from spacesec.data import lines, sources, tables, validation
from spacesec.errors import SpacesecError
from spacesec.importing import dates, money, ships, votes
from spacesec.importing import orbits as element_files
from spacesec.importing.found import Unplaced
from spacesec.policy_evolution.turning_points import agreement
from spacesec.policy_evolution.words import texts

AIS = "MMSI,BaseDateTime,LAT,LON,SOG,COG\n"


def saved(folder, text, name="file.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- element sets and patterns of orbits


def test_a_line_1_with_the_line_2_of_a_namesake_by_alpha_5_is_refused(tmp_path):
    """The common accelerated reader joins them without a word. T0001 is 270,001 (Space-Track's Alpha-5), and
    not the 00001 whose last digits it shares; both checksums are right.
    """
    bare = f"1 T0001{VANGUARD[0][7:68]}"
    first = f"{bare}{lines.checksum(bare)}"
    other = f"2 00001{VANGUARD[1][7:68]}"
    second = f"{other}{lines.checksum(other)}"
    assert lines.number_of("T0001") == 270_001
    with pytest.raises(Unplaced, match="the lines of T0001 and 00001 stand as one set"):
        element_files.read(saved(tmp_path, f"{first}\n{second}\n", "sets.tle"))


@pytest.mark.parametrize("count", [7, 11, 13])
def test_places_in_a_plane_are_shares_of_a_turn_and_no_whole_degrees(count):
    """Walker (1977): satellites of a plane lie 360 / S degrees apart, 51.43 for seven. Programs step by
    whole degrees, which leaves a gap behind the last.
    """
    pattern = orbits.walker_delta(2 * count, 2, 0, 550, 53)
    for plane in (0, 1):
        places = np.sort(pattern.anomaly_deg[pattern.plane == plane])
        gaps = np.diff([*places, places[0] + 360])
        assert gaps == pytest.approx(np.full(count, 360 / count), abs=1e-9)


def test_twenty_satellites_in_six_planes_are_no_pattern():
    """A Walker pattern has T / P satellites a plane (Walker 1977); programs make five planes of it."""
    with pytest.raises(SpacesecError, match="planes may be 1, 2, 4, 5, 10, 20"):
        orbits.walker_delta(20, 6, 0, 550, 53)


# --- navigation files


@pytest.mark.parametrize("hour", ["00", "01"])
def test_a_second_issue_is_of_the_same_satellite(tmp_path, hour):
    """RINEX 3.05, appendix A: a satellite's messages follow each other, told apart by their issue of data.
    Programs that must have one a satellite and time call the second J02_1, which is no satellite.
    """
    second = QZSS.replace("J02 2026 11 05 00", f"J02 2026 11 05 {hour}").replace(
        "\n     1.0", "\n     1.1", 1
    )
    rows = [row.cells for row in read_positions(tmp_path, HEAD3 + QZSS + second).rows]
    assert [row["satellite"] for row in rows] == ["J02", "J02"]
    assert [float(row["issue"]) for row in rows] == [10, 11]


# --- ships


@pytest.mark.parametrize("cell", ["25 44 36 N", "25°44'36\"N", "25-44-36", "N25.743", "25,743", "25 44.6"])
def test_a_latitude_that_is_not_plain_degrees_is_refused(tmp_path, cell):
    """25° 44' 36" N is 25.743; programs that look for numbers read 25, 28 or 44 without an error."""
    quoted = cell.replace('"', '""')
    with pytest.raises(Unplaced, match="in degrees") as refused:
        list(ships.read(saved(tmp_path, f'{AIS}431000001,2026-11-05T00:00:00,"{quoted}",123.5,1,1\n')).rows)
    assert refused.value.line == 2


def test_ships_with_one_report_or_one_time_are_counted(tmp_path):
    """Programs that build tracks leave such ships out in silence: here three ships are told, one of which has
    two times and so the only time between reports.
    """
    reports = [("431000001", 0), ("431000002", 0), ("431000002", 0), ("431000003", 0), ("431000003", 8)]
    text = AIS + "".join(f"{ship},2026-11-05T{hour:02}:00:00,25.7,123.4,1,1\n" for ship, hour in reports)
    found = ships.dark_hours(saved(tmp_path, text))
    [row] = found.rows
    assert (row.cells["mmsi"], float(row.cells["hours"])) == ("431000003", 8)
    assert "5 reports of 3 ships" in found.notes


# --- days


def test_a_day_with_slashes_that_does_not_begin_with_its_year_is_refused(tmp_path):
    """03/04/2024 is 3 April in Copenhagen and 4 March in Washington, and programs settle it by the rows
    beside it. Only a file whose publisher states the order may have it.
    """
    for text in ("03/04/2024", "3/4/2024", "3.4.2024"):
        with pytest.raises(ValueError):
            dates.of_words(text)
    row = "431000001,03/04/2024 00:00:00,25.7,123.4,1,1\n"
    with pytest.raises(Unplaced, match="it is no time"):
        list(ships.read(saved(tmp_path, AIS + row)).rows)
    head = "ms_code,ms_name,ms_vote,date,session,resolution,title\n"
    row = "JPN,JAPAN,Y,03/04/2024,79,A/RES/79/18,Prevention of an arms race in outer space\n"
    with pytest.raises(Unplaced, match="03/04/2024"):
        list(votes.read(saved(tmp_path, head + row)).rows)


def test_days_without_a_rate_have_no_row_and_none_is_made_up(tmp_path):
    """31 October and 1 November 2026 are a Saturday and a Sunday, on which the bank sets no rates; programs
    that convert give the day after, or an error.
    """
    text = "Date,USD,JPY,CZK,\n2026-11-02,1.17,177.1,25,\n2026-10-30,1.16,N/A,25.1,\n"
    rows = [row.cells for row in money.read(saved(tmp_path, text)).rows]
    told = {(row["item"], row["period"]): row["value"] for row in rows}
    assert {day for _, day in told} == {"2026-11-02", "2026-10-30"}
    assert told["JPY per EUR", "2026-11-02"] == "177.1" and ("JPY per EUR", "2026-10-30") not in told


# --- tables


def test_a_table_takes_no_number_whose_sign_a_reader_might_drop(tmp_path, monkeypatch):
    """Table Schema's ``bareNumber: false`` strips what is no digit, and with it the signs of Japanese
    accounts: △5 becomes 5. No column is declared so, and every such cell is told with its line.
    """
    copy = Copy(tmp_path / "collection")
    monkeypatch.setenv("SPACESEC_HOME", str(copy.root))
    name = "policy_evolution/claim_facts"
    spoiled = ["△5", "▲5", "−5", "－5", "(5)", "（5）", "5円", "1,234"]
    rows = copy.rows(name)
    filled = [number for number, row in enumerate(rows, start=2) if row["value"]][: len(spoiled)]
    for number, cell in zip(filled, spoiled, strict=True):
        rows[number - 2]["value"] = cell
    copy.write(name, rows)
    told = validation.problems(tables.describe(name))
    for number, cell in zip(filled, spoiled, strict=True):
        assert any(f"line {number}, column value: {cell!r}" in one for one in told), cell


def test_no_column_strips_signs_and_every_pattern_holds_for_the_whole_cell():
    """Table Schema means a pattern for the whole cell; readers put ^ and $ round it, so that of an
    unbracketed a|b each half is held at one end alone.
    """
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    fields = [one for each in package["resources"] for one in each.get("schema", {}).get("fields", [])]
    assert fields and not [field["name"] for field in fields if "bareNumber" in field]
    patterns = [
        field["constraints"]["pattern"] for field in fields if "pattern" in field.get("constraints", {})
    ]
    assert patterns and not list(filter(_has_open_alternatives, patterns))
    assert _has_open_alternatives("a|b") and not _has_open_alternatives(r"(a|b)(;[|(])*\|")


def _has_open_alternatives(pattern: str) -> bool:
    """Whether a | stands outside every bracket."""
    left = re.sub(r"\\.|\[[^\]]*\]", "", pattern)
    while (less := re.sub(r"\([^()]*\)", "", left)) != left:
        left = less
    return "|" in left


def test_what_is_no_number_leaves_as_nothing():
    """RFC 8259, section 6: JSON has no NaN and no infinity; programs that write them are read by few."""
    values = answers.plain({"a": float("nan"), "b": [float("inf"), np.float64(-np.inf)], "c": 1.5})
    assert json.loads(json.dumps(values, allow_nan=False)) == {"a": None, "b": [None, None], "c": 1.5}


# --- words


# How notebooks are parted before formulas are looked for (latex.ts of the interface's rendermime, 4.6).
PARTS = re.compile(
    r"(\$\$?|\\(?:begin|end)\{[a-z]*\*?\}|\\[{}$]|[{}]|(?:\n\s*)+|@@\d+@@|\\\\[()[\]])", re.IGNORECASE
)


def test_no_amount_of_a_reference_begins_a_formula():
    """Of a list of references with two amounts in dollars a reader saw what stood between them as a formula,
    and the rest not at all.
    """
    dear = [identifier for identifier, item in sources.store().items() if "$" in json.dumps(item)]
    listed = sources.references(dear)
    assert listed.count("$") == sum(sources.cite(identifier).count("$") for identifier in dear) > 10
    assert not {"$", "$$"} & set(PARTS.split(listed))
    assert len(listed.split("\n")) == len(dear)


def test_agreement_of_coders_who_never_vary_is_not_defined():
    """Krippendorff (2011): alpha is 1 - D_o / D_e, and without variation D_e is 0; kappa's chance agreement
    is then 1 (Cohen 1960). Programs give 1, an error, or a number that depends on how many items there are.
    """
    for items in (1, 4, 50):
        same = ["hedging"] * items
        assert np.isnan(agreement.cohen_kappa(same, same))
        assert np.isnan(agreement.krippendorff_alpha([same, same, same]))
        assert np.isnan(agreement.krippendorff_alpha([same, same], ["hedging", "restraint"], "ordinal"))


def test_terms_of_the_field_are_counted_though_a_divider_cuts_them():
    """Dividers cut 準天頂衛星 and 安全保障 in pieces, and 安全 alone is safety. The dictionary counts the
    terms as they are written: security twice, safety once, positioning once.
    """
    text = "国家安全保障のため準天頂衛星を整備する。安全保障と交通の安全に資する。"
    measured = texts.measure(text, "ja", tables.load("policy_evolution/terms"))
    assert (measured.terms["security"], measured.terms["safety"], measured.terms["positioning"]) == (2, 1, 1)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("種子島", "たねがしま"),
        ("尖閣諸島", "せんかくしょとう"),
        ("準天頂衛星", "じゅんてんちょうえいせい"),
        ("与那国", "よなぐに"),
    ],
)
def test_readings_of_names_are_those_of_the_places(name, reading):
    """As those who live there say them; programs read the first as shushi-shima."""
    glossary = tables.load("glossary").set_index("japanese")["reading"]
    assert glossary[name] == reading
