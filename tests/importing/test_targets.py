"""Catalogs and tables of ministries beside our own: each row finds its own, and only what is new goes in."""

import csv

import pytest
from tests.conftest import ROOT
from tests.importing.test_door import home  # noqa: F401 (a fixture)
from tests.importing.test_gcat import LOG

from spacesec.collection import door
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.importing import kinds
from spacesec.importing.found import Unplaced

# Rows in the shape of the catalog's log, from which the table has these launches: tag, date, piece, name, id,
# vehicle, flight, site, code. The third is a second payload of the second.
FLOWN = (
    ("2024-123", "2024 Jul  1 0306:00", "2024-123A", "Daichi-4", "S60182", "H3-22S", "H3-F3", "TNSC", "OS"),
    ("2003-009", "2003 Mar 28 0127", "2003-009A", "IGS-1a", "S27698", "H-IIA 2024", "H-IIA-5F", "TNSC", "OS"),
    ("2003-009", "2003 Mar 28 0127", "2003-009B", "IGS-1b", "S27699", "H-IIA 2024", "H-IIA-5F", "TNSC", "OS"),
    ("2024-F01", "2024 Mar 13 0201:12", "2024-F01", "TUGKE 1", "F01692", "Kairos", "1", "KII", "OF"),
)
NEW = ("2026-251", "2026 Sep 20 0300", "2026-251A", "IGS", "S000100123", "H3-22S", "H3-F10", "TNSC", "OS")
GIVEN = {"source_id": "gcat-launches-2026", "evidence": "independent", "quality": "B"}
TABLE = """宇宙関係予算 (単位：億円)
事項	令和5年度	令和6年度
	補正予算	当初予算
内閣官房	100	778
合計	100	778
"""


def log(folder, *rows, state="J"):
    lines = [
        f"{tag}\t{date}\t{piece}\tP\t{name}\t-\t{jcat}\t-\tJ\t{vehicle}\t{flight}\t-\t{site}\t-\t-\t-\t-\t{state}\t"
        f"{code}\t-\n"
        for tag, date, piece, name, jcat, vehicle, flight, site, code in rows
    ]
    (folder / "launchlog.tsv").write_text(f"{LOG}\n" + "".join(lines), encoding="utf-8")
    return folder / "launchlog.tsv"


def counts(told):
    return [line for line in told if line.startswith("beside data/")]


def test_launches_that_stand_are_found_by_their_tag_and_payloads_counted_once(tmp_path):
    told = door.come_in(kinds.kind("gcat"), [log(tmp_path, *FLOWN)], door.Asked(check=True), [])
    assert counts(told) == ["beside data/space_systems/launches.csv: new 0, standing otherwise 0, standing 3"]


def test_a_log_that_tells_no_state_goes_into_no_table_by_itself(tmp_path):
    """Its editions of 2023 have no LVState."""
    file = log(tmp_path, *FLOWN)
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    file.write_text(
        "".join("\t".join(row[:8] + row[9:17] + row[18:]) + "\n" for row in rows), encoding="utf-8"
    )
    told = door.come_in(kinds.kind("gcat"), [file], door.Asked(check=True), [])
    assert told[-1].startswith("no table takes these columns")
    with pytest.raises(ParameterError, match="the file has no column 'LVState'"):
        door.come_in(kinds.kind("gcat"), [file], door.Asked("space_systems/launches", GIVEN), [])


def test_launches_of_others_do_not_belong_there(tmp_path):
    file = log(tmp_path, *FLOWN, state="US")
    told = door.come_in(kinds.kind("gcat"), [file], door.Asked(check=True), [])
    assert counts(told)[0].endswith("new 0, standing otherwise 0, standing 0")


def test_a_launch_that_stands_otherwise_is_told(tmp_path):
    moved = ("2024-123", "2024 Jul  2 0306:00", *FLOWN[0][2:])
    told = door.come_in(kinds.kind("gcat"), [log(tmp_path, moved)], door.Asked(check=True), [])
    assert told[-1] == "jlaunch-2024-123, column date: 2024-07-01 there, 2024-07-02 here"


def test_a_new_launch_goes_in_with_what_standing_rows_tell_of_its_vehicle(home, tmp_path):  # noqa: F811
    into = "space_systems/launches"
    door.come_in(kinds.kind("gcat"), [log(tmp_path, *FLOWN, NEW)], door.Asked(into, GIVEN), [])
    *before, made = tables.raw_rows(home / "data" / f"{into}.csv")
    assert before == tables.raw_rows(ROOT / "data" / f"{into}.csv")
    told = {
        name: made[name] for name in ("launch_tag", "date", "date_precision", "vehicle", "variant", "site")
    }
    assert told == {
        "launch_tag": "2026-251",
        "date": "2026-09-20",
        "date_precision": "day",
        "vehicle": "H3",
        "variant": "H3-22S",
        "site": "Tanegashima",
    }
    assert (made["row_id"], made["outcome"], made["flight"]) == ("jlaunch-2026-251", "success", "H3-F10")
    assert made["locator"] == "row 2026-251" and made["main_payload"] == "IGS"


def test_a_new_launch_of_a_doubtful_day_says_so_in_its_note(home, tmp_path):  # noqa: F811
    into, new = "space_systems/launches", (NEW[0], "2026 Sep 20?", *NEW[2:])
    door.come_in(kinds.kind("gcat"), [log(tmp_path, *FLOWN, new)], door.Asked(into, GIVEN), [])
    made = tables.raw_rows(home / "data" / f"{into}.csv")[-1]
    assert (made["date"], made["date_precision"]) == ("2026-09-20", "day")
    assert made["note"] == "launch date doubtful in the catalog: 2026 Sep 20?"


def test_amounts_find_their_year_stage_and_ministry(home, tmp_path):  # noqa: F811
    file = tmp_path / "table.txt"
    file.write_text(TABLE, encoding="utf-8")
    given = {
        "count": "narrow",
        "source_id": "sorabatake-2026-space-budget",
        "evidence": "independent",
        "quality": "B",
    }
    into = "budgets/ministries"
    asked = door.Asked(into, given, only={"item": "内閣官房"})
    told = door.come_in(kinds.kind("money"), [file], asked, [])
    assert counts(told)[0].endswith("new 2, standing otherwise 0, standing 0")
    made = tables.raw_rows(home / "data" / f"{into}.csv")[-2:]
    assert [(row["fiscal_year"], row["ministry"], row["stage"], row["amount_bn_jpy"]) for row in made] == [
        ("2023", "Cabinet Secretariat", "supplementary", "10"),
        ("2024", "Cabinet Secretariat", "initial", "77.8"),
    ]
    again = door.come_in(kinds.kind("money"), [file], asked, [])
    assert counts(again)[0].endswith("standing 2") and again[-1] == "nothing is new"
    whole = door.Asked("budgets/government_space", given)
    with pytest.raises(
        ParameterError, match="line 5 is 2023, supplementary, narrow, as table.txt, line 4 is"
    ):
        door.come_in(kinds.kind("money"), [file], whole, [])


DOLLARS = TABLE.replace("億円", "百万ドル")
CALENDAR = TABLE.replace("年度", "年")


@pytest.mark.parametrize(
    "text, cells, said",
    [
        (DOLLARS, {"amount_bn_jpy": "{amount_bn}"}, "line 4 is in USD, and the column amount_bn_jpy in JPY"),
        (TABLE, {"amount_bn_usd": "{amount_bn}"}, "line 4 is in JPY, and the column amount_bn_usd in USD"),
        (TABLE, {"amount_bn_jpy": "{value}"}, "amount_bn_jpy is in another scale than value"),
        (CALENDAR, {"fiscal_year": "{period:.4}"}, "line 4 is of a calendar year"),
    ],
)
def test_amounts_of_another_currency_scale_or_year_go_into_no_table(tmp_path, text, cells, said):
    file = tmp_path / "table.txt"
    file.write_text(text, encoding="utf-8")
    asked = door.Asked("budgets/seed_figures", cells, key=("fiscal_year",), check=True)
    with pytest.raises(ParameterError, match=said):
        door.come_in(kinds.kind("money"), [file], asked, [])


def test_any_table_takes_rows_whose_columns_are_named(tmp_path):
    file = log(tmp_path, *FLOWN, NEW)
    cells = {"cospar_id": "{Piece}", "launch_date": "{Launch_Date_from}", "launcher_family": "{LV_Type:.2}"}
    asked = door.Asked("space_systems/satellites", cells, key=("cospar_id",), check=True)
    told = door.come_in(kinds.kind("gcat"), [file], asked, [])
    assert counts(told) == [
        "beside data/space_systems/satellites.csv: new 2, standing otherwise 2, standing 1"
    ]
    with (tables.paths.data() / "space_systems" / "satellites.csv").open(encoding="utf-8") as lines:
        family = {row["cospar_id"]: row["launcher_family"] for row in csv.DictReader(lines)}
    assert (
        family["2024-123A"] == "H3" and family["2003-009A"] == "H-IIA"
    )  # of which the first two signs differ


@pytest.mark.parametrize(
    "asked, said",
    [
        (door.Asked("budgets/gdp"), "do not go into budgets/gdp without --key COLUMN"),
        (door.Asked("budgets/gdp", {"measure": "{none}"}, key=("measure",)), "the file has no column 'none'"),
        (door.Asked("budgets/gdp", {"measure": "{Name:4}"}, key=("measure",)), "'{Name:4}' names no cell"),
        (door.Asked(only={"none": "x"}), "the file has no column 'none'; it has Launch_Tag"),
        (door.Asked("budgets/gdp", key=("none",)), "there is no column 'none'; the table has row_id"),
    ],
)
def test_what_names_no_column_is_refused(tmp_path, asked, said):
    with pytest.raises(ParameterError, match=said):
        door.come_in(kinds.kind("gcat"), [log(tmp_path, *FLOWN)], asked, [])


def test_rows_of_the_file_can_be_chosen(tmp_path, capsys):
    asked = door.Asked(only={"Launch_Site": "KII"})
    door.come_in(kinds.kind("gcat"), [log(tmp_path, *FLOWN)], asked, [])
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_cargo_of_a_station_is_told_and_columns_that_changed_places_are_refused(tmp_path):
    cargo = ("1979-059", "1979 Jun 28 0925", "1977-097BD", "KRT", "S11439", "Soyuz", "-", "NIIP-5", "OS")
    told = door.come_in(kinds.kind("gcat"), [log(tmp_path, *FLOWN, cargo)], door.Asked(check=True), [])
    assert "rows of a piece of another launch, as of cargo of a station: line 6" in told
    later = [(tag, date, "2025-097A", *rest) for tag, date, _, *rest in FLOWN[:3]]
    with pytest.raises(Unplaced, match="piece of a later launch than its tag's"):
        door.come_in(kinds.kind("gcat"), [log(tmp_path, *later)], door.Asked(check=True), [])
