"""Tomorrow's rows: read as a spreadsheet saves them, refused with line, value and mend, put in place whole or
not at all.
"""

import hashlib
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time

import pytest

from spacesec.collection import addition, handed_in
from spacesec.data import cells, row_ids, tables
from spacesec.errors import ParameterError
from spacesec.machine import paths
from tests.conftest import LONG, QUESTION, ROOT, Collection

SOURCE = "cabinet-office-2015-space-budget"
HEADER = (
    "fiscal_year,count,stage,amount_bn_jpy,precision,strategy_fund,source_id,locator,evidence,quality,note"
)
ROW = f'2031,narrow,request,1234.5,exact,,{SOURCE},"table 1, total",independent,A,'
ADDED = (
    f'space-budget-2031-request,2031,narrow,request,1234.5,exact,,{SOURCE},"table 1, total",independent,A,\n'
)
TAB = "\t"
NEW_SOURCE = {
    "type": "report",
    "title": "Space budget of FY2031 at a glance",
    "author": [{"literal": "Cabinet Office"}],
    "issued": {"date-parts": [[2030, 12]]},
    "URL": "https://example.org/2031",
    "publisher": "Cabinet Office",
    "accessed": {"date-parts": [[2030, 12, 25]]},
    "language": "ja",
}
# A command that is killed, or meets a full disk, at the n-th file that it puts in place or writes out.
STRIKE = """
import os, signal, sys
from spacesec.collection.cli import main
from spacesec.machine import files
kind, left = sys.argv[1], int(sys.argv[2])
def struck(call):
    def wrapped(*words, **more):
        global left
        left -= 1
        if left == 0 and kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if left == 0:
            raise OSError(28, "No space left on device")
        return call(*words, **more)
    return wrapped
os.replace, os.fsync, os.rename = map(struck, (os.replace, os.fsync, os.rename))
if kind == "kill":  # a link that cannot be made becomes a copy
    os.link = struck(os.link)
files._swap = struck(files._swap)
sys.exit(main(sys.argv[3:]))
"""


def written(folder, text: str | bytes, name="rows.csv"):
    (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return str(folder / name)


def held(root) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "data").rglob("[!.]*"))
        if path.is_file()
    } | {"README.md": (root / "README.md").read_bytes()}


@pytest.fixture
def here(collection) -> Collection:
    shutil.copy(ROOT / "README.md", collection.root)
    assert collection.spacesec("seal").returncode == 0
    return collection


def separated(line: str, separator: str) -> str:
    return re.sub(r",(?! )", separator, line)


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADER}\n{ROW}\n",
        f"\ufeff{HEADER}\r\n{ROW}\r\n",
        f"{HEADER},,\n{ROW},,\n,,,,,,,,,,,,\n\n",
        f"sep=;\r\n{separated(HEADER, ';')};\r\n{separated(ROW, ';')};\r\n",
        f"{separated(HEADER, TAB)}\n{separated(ROW, TAB)}\n",
        "\n".join(
            ",".join(reversed(line.split(","))) for line in (HEADER, ROW.replace('"table 1, total"', "t"))
        ),
    ],
    ids=["plain", "mark and line ends", "blank rows and columns", "semicolons", "tabs", "another order"],
)
def test_rows_are_read_however_a_spreadsheet_saves_them(tmp_path, text):
    fields = tables.describe(QUESTION)["schema"]["fields"]
    [row], faults = handed_in.rows(tmp_path / written(tmp_path, text), fields)
    assert faults == []
    expected = dict(zip(HEADER.split(","), ROW.split(",")[:7] + ["table 1, total", "independent", "A", ""]))
    expected["locator"] = row.cells["locator"] if "another" in text or "t," in text else "table 1, total"
    assert row.cells == {"row_id": "", **expected}


def test_a_row_is_appended_sealed_and_described(here, tmp_path):
    before = held(here.root)
    done = here.spacesec("add", QUESTION, "--from", written(tmp_path, f"\ufeff{HEADER}\r\n{ROW}\r\n"))
    assert done.returncode == 0, done.stderr
    assert "undo with `git checkout -- data/budgets/government_space.csv data/datapackage.json" in done.stdout
    after = held(here.root)
    table, package = f"data/{QUESTION}.csv", "data/datapackage.json"
    assert after[table] == before[table] + ADDED.encode()
    sealed = {one["name"]: one["hash"] for one in json.loads(after[package])["resources"]}
    assert sealed[QUESTION] == "sha256:" + hashlib.sha256(after[table]).hexdigest()
    assert {name for name in after if after[name] != before[name]} <= {
        table,
        package,
        "data/README.md",
        "data/README.ja.md",
        "README.md",
    }
    assert here.spacesec("check").returncode == 0


def test_a_new_source_comes_with_the_row_that_names_it(here, tmp_path):
    before = held(here.root)
    file = written(tmp_path, f"{HEADER}\n{ROW.replace(SOURCE, '')}\n")
    source = written(tmp_path, json.dumps(NEW_SOURCE), "source.json")
    done = here.spacesec("add", QUESTION, "--from", file, "--source", source)
    assert done.returncode == 0, done.stderr
    identifier = "cabinet-office-2030-space-budget-of-fy2031-at"  # who, when, five words
    items = {item["id"]: item for item in json.loads(held(here.root)["data/sources.json"])}
    assert items.pop(identifier) == {**NEW_SOURCE, "id": identifier}
    assert items == {item["id"]: item for item in json.loads(before["data/sources.json"])}
    assert list(items) == sorted(items)
    assert held(here.root)[f"data/{QUESTION}.csv"].decode().endswith(ADDED.replace(SOURCE, identifier))


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("1234.5", '"1,234.5"', "line 2, column amount_bn_jpy: '1,234.5' has a comma in it; write 1234.5"),
        ("1234.5", "2500", "line 2, column amount_bn_jpy: 2500 is above 2000, the bound of amount_bn_jpy"),
        ("narrow", "narow", "line 2, column count: 'narow' is none of its values; did you mean narrow?"),
        ("2031", "2031.5", "line 2, column fiscal_year: '2031.5' is no whole number; write digits alone"),
        ("2031", "", "line 2, column fiscal_year: is empty, and every row needs it; write it"),
        ("exact", " exact", "line 2, column precision: ' exact' has a space before or after it; write exact"),
        (SOURCE, "cabinet-office-2015-space", f"is no source in data/sources.json; did you mean {SOURCE}?"),
        (SOURCE, "", "line 2, column source_id: is empty; name a source, or give a new one with --source"),
        (",A,", ",A,x,y", "line 2: 'y' stands beyond the last column"),
        ("fiscal_year", "fiscal_yaer", "line 1: column 1 is called 'fiscal_yaer'; did you mean fiscal_year?"),
        ("evidence,", "stage,", "line 1: the column stage stands there twice; remove one."),
        ("evidence,quality,note", "note", "lacks what every row needs: evidence, quality; add"),
        ("1234.5,exact", "#REF!,exact", "'#REF!' is a spreadsheet's error, no value"),
        ("2031,narrow,request", "2026,narrow,combined", "space-budget-2026-combined, which the table"),
        ('"table 1, total"', '"table 1', "does not read as CSV"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_line_value_and_mend_and_nothing_is_written(
    here, tmp_path, old, new, said
):
    text = f"{HEADER}\n{ROW}\n"
    assert old in text
    before = held(here.root)
    done = here.spacesec("add", QUESTION, "--from", written(tmp_path, text.replace(old, new, 1)))
    assert done.returncode in (1, 2) and said in done.stderr and held(here.root) == before
    assert all(line.startswith("spacesec: ") for line in done.stderr.splitlines())


@pytest.mark.parametrize(
    "content, said",
    [
        (
            "日本".encode("cp932"),
            "is not UTF-8 text (line 1 is the first that is not); save it as CSV UTF-8.",
        ),
        ("a,b".encode("utf-16"), "is UTF-16 text; save it as CSV UTF-8."),
        (b"PK\x03\x04rest", "is a workbook; save the sheet with the rows as CSV UTF-8."),
        (b"", "has no row below its header"),
    ],
)
def test_a_file_of_another_kind_is_said_in_one_sentence(tmp_path, content, said):
    fields = tables.describe(QUESTION)["schema"]["fields"]
    with pytest.raises(ParameterError, match=re.escape(said)):
        handed_in.rows(tmp_path / written(tmp_path, content), fields)


@pytest.mark.parametrize(
    "text, meant",
    [
        # 5 November 2026 as spreadsheets and people write it; day 46,331 of the era that begins on
        # 1899-12-30.
        ("2026/11/5", "2026-11-05"),
        ("2026-11-5", "2026-11-05"),
        ("46331", "2026-11-05"),
        ("5-Nov-26", "2026-11-05"),
        ("Nov 5, 2026", "2026-11-05"),
        ("2026年11月5日", "2026-11-05"),
        ("2026-11-05 00:00:00", "2026-11-05"),
        ("25/12/2026", "2026-12-25"),
        ("11/5/2026", "2026-05-11 or 2026-11-05, whichever is meant"),
    ],
)
def test_a_day_that_a_spreadsheet_rewrote_is_named_with_the_day_that_was_meant(text, meant):
    field = {"name": "launch_date", "type": "date", "constraints": {"required": True}}
    assert cells.fault(field, text).endswith(f"write {meant}") and repr(text) in cells.fault(field, text)
    assert cells.fault(field, "2026-11-05") == ""


def test_every_cell_that_stands_in_a_table_is_one_that_may_be_added():
    for name in tables.names():
        resource = tables.describe(name)
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        for row in tables.raw_rows(paths.data() / resource["path"]):
            assert {
                column: told for column, text in row.items() if (told := cells.fault(fields[column], text))
            } == {}


@pytest.mark.parametrize(
    "table, identifier",
    [
        ("budgets/government_space", "space-budget-2026-combined"),
        ("budgets/exchange_rates", "jpy-per-usd-2026-06"),
        ("budgets/gdp", "gdp-us-real-2026-q2"),
        ("missile_warning/launches", "nk-2026-04-18-5"),
        ("missile_warning/warning_timeline", "mw-timeline-2024-05-15"),
        ("space_systems/payloads_by_state_year", "payloads-united-states-2025-defence"),
        ("policy_evolution/claim_rules", "rule-c0-010-1"),
    ],
)
def test_an_id_is_made_as_the_tables_own_rows_have_it(table, identifier):
    rows = tables.raw_rows(paths.data() / f"{table}.csv")
    others = [row for row in rows if row["row_id"] != identifier]
    [row] = [row for row in rows if row["row_id"] == identifier]
    assert row_ids.made(others, row, {other["row_id"] for other in others}) == identifier
    with pytest.raises(ValueError, match="is taken"):
        row_ids.made(rows, row, {identifier})


def test_an_id_whose_words_say_what_no_column_does_is_asked_for():
    rows = tables.raw_rows(paths.data() / "policy_evolution" / "events.csv")
    with pytest.raises(ValueError):
        row_ids.made(rows[:-1], rows[-1], set())


def test_a_number_in_the_file_of_a_question_that_is_not_sealed_stops_it(here, tmp_path):
    table = here.root / "data" / "budgets" / "strategy_fund.csv"
    table.write_bytes(table.read_bytes() + b"\n")
    done = here.spacesec("add", QUESTION, "--from", written(tmp_path, f"{HEADER}\n{ROW}\n"))
    assert (done.returncode, done.stderr) == (
        2,
        "spacesec: data/budgets/strategy_fund.csv has changes that are not sealed; run `spacesec seal` or"
        " restore it first.\n",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="two names are swapped at once on Linux alone")
@pytest.mark.parametrize("kind", ["kill", "full"])
def test_struck_at_any_file_it_leaves_all_or_nothing(here, tmp_path, kind):
    before = held(here.root)
    file = written(tmp_path, f"{HEADER}\n{ROW.replace(SOURCE, '')}\n")
    source = written(tmp_path, json.dumps(NEW_SOURCE), "source.json")
    struck, at = 0, 1
    while True:
        done = subprocess.run(
            [
                sys.executable,
                "-c",
                STRIKE,
                kind,
                str(at),
                "add",
                QUESTION,
                "--from",
                file,
                "--source",
                source,
            ],
            env={**here.environment, "TMPDIR": str(tmp_path)},
            cwd=here.root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=LONG,
        )
        if done.returncode == 0:
            break
        struck += 1
        assert done.returncode == (-9 if kind == "kill" else 1), done.stderr
        if kind == "full":
            assert "the disk is full" in done.stderr and done.stderr.count("\n") == 1
        now = held(here.root)
        if now != before:  # killed after the step that puts all in place
            assert now[f"data/{QUESTION}.csv"] != before[f"data/{QUESTION}.csv"]
            assert here.spacesec("check").returncode == 0
            break
        at += 1 if at < 3 else 2
    assert struck >= 5
    if kind == "full":
        assert held(here.root)[f"data/{QUESTION}.csv"].startswith(before[f"data/{QUESTION}.csv"])
        assert [path.name for path in here.root.glob(".*")] == []


def test_rows_typed_at_the_prompt(here):
    answers = [
        "2031",
        "narow",  # refused at once
        "narrow",
        "request",
        "1234.5",
        "exact",
        "",
        "no-such-source",
        "n",
        SOURCE,
        "table 1, total",
        "independent",
        "A",
        "",
        "",  # the id that is offered
        "n",
    ]
    driver, prompt = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "spacesec.collection", "add", QUESTION],
        env=here.environment,
        cwd=here.root,
        stdin=prompt,
        stdout=prompt,
        stderr=prompt,
        close_fds=True,
    )
    os.close(prompt)
    os.write(driver, "".join(f"{text}\n" for text in answers).encode())
    said = heard(driver, process)
    assert process.wait(LONG) == 0, said
    assert "'narow' is none of its values; did you mean narrow?" in said
    assert "'no-such-source' is no source in data/sources.json" in said
    assert "row_id [space-budget-2031-request] = " in said
    assert (here.root / "data" / f"{QUESTION}.csv").read_text(encoding="utf-8").endswith(ADDED)


def heard(driver: int, process) -> str:
    said, until = b"", time.monotonic() + LONG
    while time.monotonic() < until:
        ready, _, _ = select.select([driver], [], [], 0.2)
        try:
            said += os.read(driver, 65536) if ready else b""
        except OSError:  # the other side is closed
            break
        if not ready and process.poll() is not None:
            break
    os.close(driver)
    return said.decode("utf-8", "replace")


def test_nobody_at_the_prompt_is_said_in_one_sentence(here):
    done = here.spacesec("add", QUESTION)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "spacesec: nobody is there to type rows; give them as --from FILE.csv.\n"


@pytest.mark.parametrize(
    "change, said",
    [
        ({"author": [{"name": "x"}]}, "an author has a family name or, as a body, a literal one"),
        ({"language": ""}, "lacks language; add it"),
        ({"URL": ""}, "has no address, DOI or number"),
        ({"id": "Not An Id"}, "its id is made of lower-case letters, digits and hyphens"),
        ({"id": SOURCE}, "stands in data/sources.json with other words; give the new one another id"),
        ({"URL": None}, "its address is that of the source"),
    ],
)
def test_a_source_that_cannot_stand_in_the_store_is_refused(change, said):
    from spacesec.data import sources

    store = sources.store()
    if change == {"URL": None}:
        change = {"URL": next(item["URL"] for item in store.values() if item.get("URL"))}
    item = {"id": "a-new-one", **NEW_SOURCE, **change}
    assert any(said in fault for fault in addition.source_faults(item, store))
    assert addition.source_faults({"id": "a-new-one", **NEW_SOURCE}, store) == []


def test_references_go_into_the_store_alone(here, tmp_path):
    issued = {"issued": {"date-parts": [[2025, 12]]}, "accessed": {"date-parts": [[2025, 12, 25]]}}
    item = {**NEW_SOURCE, **issued, "id": "cabinet-office-2025-fy2031"}
    name = written(tmp_path, json.dumps([item]), "new.json")
    before = held(here.root)
    done = here.spacesec("import", "references", name, "--into", "sources")
    assert done.returncode == 0, done.stderr
    after = held(here.root)
    store = {one["id"]: one for one in json.loads(after["data/sources.json"])}
    assert store[item["id"]] == item
    assert {name for name in after if after[name] != before[name]} <= {
        "data/sources.json",
        "data/datapackage.json",
        "data/README.md",
        "data/README.ja.md",
        "README.md",
    }
    again = here.spacesec("import", "references", name, "--into", "sources")
    assert again.returncode == 0 and "nothing is new" in again.stderr
