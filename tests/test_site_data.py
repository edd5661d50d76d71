"""The site's pages of tables, sources and claims hold what the tables hold, and the workbooks read back
equal.
"""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from spacesec.collection.site import behind, build, claims, disagreements, rows, sources, workbook
from spacesec.collection.site.page import Page
from spacesec.data import sources as store
from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.words import language
from tests.conftest import ROOT, Collection

PACKAGE = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
TABLES = {resource["name"]: resource for resource in PACKAGE["resources"] if "schema" in resource}
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def raw(path) -> list[dict[str, str]]:
    """A file of the repository read without the collection."""
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def built(site) -> dict[str, build.Ends]:
    """The ids and links of every page of data."""
    pages = [path for room in ("claims", "sources", "tables") for path in (site / room).rglob("*.html")]
    return {
        path.relative_to(site).as_posix(): build.ends(path.read_bytes())
        for path in (*pages, site / "disagreements.html")
    }


def test_every_table_has_a_page_with_every_row(built):
    for name, resource in TABLES.items():
        assert built[f"tables/{name}.html"].ids >= {
            "-".join(row[one] for one in resource["schema"]["primaryKey"])
            for row in raw(f"data/{resource['path']}")
        }
        assert f"../tables/{name}.html" in built["tables/index.html"].links


def test_every_source_has_a_page_that_leads_to_every_row_that_rests_on_it(built):
    wanted: dict[str, set[str]] = {
        item["id"]: set() for item in json.loads((ROOT / "data" / "sources.json").read_text(encoding="utf-8"))
    }
    for name, resource in TABLES.items():
        # A row that marks a source does not rest on it.
        for row in (row for row in raw(f"data/{resource['path']}") if "row_id" in row):
            for source in filter(None, [row.get("source_id"), *row.get("also_source_ids", "").split(";")]):
                wanted[source].add(f"../tables/{name}.html#{row['row_id']}")
    for source, links in wanted.items():
        assert {
            link
            for link in built[f"sources/{source}.html"].links
            if link.startswith("../tables/") and "#" in link
        } == links, source
        assert f"../sources/{source}.html" in built["sources/index.html"].links
    for run in ROOT.glob("figures/*/*/run.json"):
        record = json.loads(run.read_text(encoding="utf-8"))
        for figure in record["figures"]:
            for source in figure["sources"]:
                assert (
                    f"../questions/{record['notebook']}.html#figure-{figure['name']}"
                    in built[f"sources/{source}.html"].links
                )


def test_every_claim_has_a_page_and_the_verdicts_are_the_recorded_ones(built):
    listed = raw("data/policy_evolution/claims.csv")
    assert {f"claims/{row['claim_id']}.html" for row in listed} | {"claims/index.html"} == {
        path for path in built if path.startswith("claims/")
    }
    judged = {claim.id: claim for claim in claims.ledger()}
    recorded = {row["claim_id"]: row["verdict"] for row in raw("figures/policy_evolution/claims/board.csv")}
    assert {name: claim.verdict for name, claim in judged.items()} == recorded
    assert set(claims.MEANINGS) >= set(recorded.values())
    for rule in raw("data/policy_evolution/claim_rules.csv"):
        assert rule["row_id"] in built[f"claims/{rule['claim_id']}.html"].ids
    for reason in raw("data/policy_evolution/claim_reasons.csv"):
        assert judged[reason["claim_id"]].reason == reason["reason"]
        named = {
            reference.strip().partition(":")[2]
            for reference in reason["basis"].split(";")
            if "*" not in reference
        }
        assert named & {row["row_id"] for row in raw("data/policy_evolution/events.csv")} <= {
            row.id for row in judged[reason["claim_id"]].rows
        }


def test_a_claim_page_says_how_to_cite_the_verdict_and_where_the_words_stand(site):
    page = (site / "claims" / "C1-015.html").read_text(encoding="utf-8").split('<h2 id="cite">')[1]
    assert (
        "Claim C1-015, “Space spending more than doubled in five years”: contested." in page
        and f"data as of {PACKAGE['as_of']}" in page
    )
    assert "../sources/csis-uchu-digest-2024.html" in page


def test_what_a_claim_wants_is_said_in_words():
    def rule(**cells):
        return claims.wanted(
            {"rule": "number", "comparator": "=", "expected": "", "tolerance": "", "unit": ""} | cells
        )

    assert rule(expected="2800", tolerance=10.0, unit="pieces") == "2,800 pieces, give or take 10%"
    assert rule(comparator="between", expected="60..100", unit="cm") == "between 60 and 100 cm"
    assert (
        rule(rule="due", comparator="within", expected="2020-01..2021-03", tolerance=31.0, unit="days")
        == "within 2020-01 to 2021-03, give or take 31 days"
    )
    assert rule(rule="date", comparator="within", expected="2012..") == "from 2012 on"
    assert rule(comparator=">=", expected="0.5", unit="probability") == "at least 0.5 probability"


def test_what_a_claim_wants_is_said_in_japanese_steps_of_money_and_time():
    plain = {"rule": "number", "comparator": "=", "expected": "", "tolerance": "", "unit": "", "found": ""}

    def rule(**cells):
        return claims.wanted(plain | cells), claims.found(plain | cells)

    with language.speaking("ja"):
        money = rule(expected="3.3", found="3.45", tolerance=2.0, unit="billion yen")
        assert money == ("33億円（許容差2％）", "34億5,000万円")
        assert rule(expected="1000", found="1,000", unit="bn USD") == ("1兆ドル", "1兆ドル")
        due = {"rule": "due", "comparator": "within"}
        assert rule(**due, expected="..2024-03", found="2026-08-10") == ("2024年3月までに", "2026年8月10日")
        assert rule(**due, expected="2024-02..", found="not delivered") == ("2024年2月以降", "未実現")
        assert rule(**due, expected="FY2020", found="2023") == ("2020年度の範囲内", "2023年")
        between = rule(comparator="between", expected="60..100", found="60", unit="people")
        assert between == ("60～100人", "60")
        more = {"rule": "more", "comparator": "more than in 1984..2011", "expected": "2012..2019"}
        told = rule(**more, found="9 against 4")
        assert told == ("1984年～2011年より2012年～2019年の方が多い", "9対4")


def test_every_conflict_is_told_with_its_rows(built):
    page = built["disagreements.html"]
    for conflict in raw("data/conflicts.csv"):
        assert conflict["conflict_id"] in page.ids
        held = conflict["table"].split(";")
        for row in conflict["row_ids"].split(";"):
            assert any(f"tables/{table}.html#{row}" in page.links for table in held), row


def test_two_counts_of_one_thing_stand_side_by_side():
    counted = next(
        found
        for found in disagreements.breaks()
        if (found.resource["name"], found.field["name"]) == ("budgets/government_space", "count")
    )
    wanted: dict[tuple, dict[str, str]] = {}
    for row in raw("data/budgets/government_space.csv"):
        wanted.setdefault((row["fiscal_year"], row["stage"], row["strategy_fund"]), {}).setdefault(
            row["count"], row["amount_bn_jpy"]
        )
    assert len(counted.facts) == sum(len(counts) > 1 for counts in wanted.values())
    for fact in counted.facts:
        key = tuple(fact[0].cells[name] for name in ("fiscal_year", "stage", "strategy_fund"))
        assert {row.cells["count"] for row in fact} == set(wanted[key])


def test_the_rows_behind_a_figure_are_those_that_its_file_names_and_hold_what_it_draws():
    lines = raw("figures/budgets/government_space/series.csv")
    table = {row["row_id"]: row for row in raw("data/budgets/government_space.csv")}
    found = behind.behind("budgets/government_space")["series"]
    assert sorted(found) == [number for number, line in enumerate(lines) if line["row_id"]]
    for number, held in found.items():
        assert [row.cells for row in held] == [table[lines[number]["row_id"]]]
        assert float(held[0].cells["amount_bn_jpy"]) == float(lines[number]["amount_bn_jpy"])


def test_every_figure_that_names_rows_finds_them():
    every = {
        row["row_id"]: name
        for name, resource in TABLES.items()
        if name != "conflicts"
        for row in raw(f"data/{resource['path']}")
        if "row_id" in row
    }
    for folder in sorted(ROOT.glob("figures/*/*")):
        found = behind.behind("/".join(folder.parts[-2:]))
        for path in folder.glob("*.csv"):
            for number, line in enumerate(raw(path.relative_to(ROOT))):
                named = {
                    row
                    for column, cell in line.items()
                    if column.endswith(("row_id", "row_ids"))
                    for row in cell.split(";")
                    if row
                }
                assert {(row.id, row.table) for row in found.get(path.stem, {}).get(number, [])} == {
                    (row, every[row]) for row in named
                }


def test_a_figure_that_names_an_unknown_row_is_refused(collection: Collection, monkeypatch):
    monkeypatch.setenv("SPACESEC_HOME", str(collection.root))
    assert behind.behind("budgets/government_space")["series"]
    path = collection.figures / "series.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("space-budget-2009-initial", "space-budget-of-nobody", 1),
        encoding="utf-8",
    )
    with pytest.raises(
        DataError, match="series.csv names the row space-budget-of-nobody.*run budgets/government_space again"
    ):
        behind.behind("budgets/government_space")


# --- workbooks
# ------------------------------------------------------------------------------------------------------------


def read(content: bytes) -> dict[str, list[dict[str, object]]]:
    """Sheets by name as lists of ``{column letter: value}``: text, number, truth, or date where the cell's
    style is one.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        texts = [
            "".join(part.itertext()) for part in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
        dated = {
            f.get("numFmtId") for f in styles.iter(f"{SHEET}numFmt") if f.get("formatCode") == "yyyy-mm-dd"
        }
        dates = {
            str(number)
            for number, style in enumerate(styles.find(f"{SHEET}cellXfs"))
            if style.get("numFmtId") in dated
        }
        names = [
            sheet.get("name")
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).find(f"{SHEET}sheets")
        ]
        sheets = {}
        for number, name in enumerate(names, start=1):
            sheet = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert sheet.find(f".//{SHEET}f") is None, "a formula"
            sheets[name] = [
                {
                    cell.get("r").rstrip("0123456789"): _value(cell, texts, dates)
                    for cell in row
                    if cell.find(f"{SHEET}v") is not None
                }
                for row in sheet.iter(f"{SHEET}row")
            ]
        return sheets


def _value(cell, texts: list[str], dates: set[str]) -> object:
    value = cell.find(f"{SHEET}v").text
    if cell.get("t") == "s":
        return texts[int(value)]
    if cell.get("t") == "b":
        return value == "1"
    # Day 1 of Excel's calendar is 1 January 1900, and it counts a 29 February 1900 that was none.
    return date(1899, 12, 30) + timedelta(days=float(value)) if cell.get("s") in dates else float(value)


def letters(text: str) -> str:
    """Letters and digits alone: a style sets its own quotation marks and dashes."""
    return "".join(filter(str.isalnum, text)).casefold()


def typed(text: str, kind: str) -> object:
    made = {
        "integer": float,
        "number": float,
        "year": float,
        "boolean": lambda word: word == "true",
        "date": date.fromisoformat,
    }
    return made.get(kind, str)(text)


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_workbook_reads_back_equal_to_the_table_and_explains_every_column(name):
    resource = TABLES[name]
    made = workbook.workbook(resource, rows.rows().tables[name])
    sheets = read(made)
    fields = resource["schema"]["fields"]
    head, *lines = sheets[name.split("/")[-1][:31]]
    assert list(head.values()) == [field["name"] for field in fields]
    letters = {field["name"]: letter for letter, field in zip(head, fields, strict=True)}
    assert lines == [
        {
            letters[field["name"]]: typed(row[field["name"]], field["type"])
            for field in fields
            if row[field["name"]]
        }
        for row in raw(f"data/{resource['path']}")
    ]
    about = [list(line.values()) for line in sheets["About"]]
    assert about[0] == [resource["title"]]
    explained = {line[0]: line for line in about}
    for field in fields:
        assert explained[field["name"]][1] == field["description"] and (
            "unit" not in field or field["unit"] in explained[field["name"]]
        )
    assert (
        resource["licenses"][0]["path"] in explained["License"][1]
        and PACKAGE["as_of"] in explained["How to cite"][1]
    )


def test_a_japanese_workbook_tells_headings_values_and_notes():
    name = "budgets/strategy_fund"
    with language.speaking("ja"):
        sheets = read(workbook.workbook(TABLES[name], rows.rows().tables[name]))
    head, *lines = sheets["strategy_fund"]
    letters = {heading: letter for letter, heading in head.items()}
    (line,) = [one for one in lines if one[letters["行ID"]] == "strategy-fund-2025-tranche-3-mext-and-mic"]
    assert line[letters["府省"]] == "文部科学省・総務省" and line[letters["年度"]] == 2025
    assert line[letters["段階"]] == "補正予算" and "経済産業省の74" in line[letters["注記"]]
    assert sheets["概要"][0]["A"] == "宇宙戦略基金の府省別積増し" and "出典" in sheets


def test_text_that_looks_like_something_else_stays_text():
    cells = [
        "=1+1",
        "+81",
        "-5",
        "@sum",
        "007",
        "1e5",
        "https://example.org",
        "{=A1}",
        "2020-01-01",
        " space ",
    ]
    fields = tuple({"name": f"f{i}", "type": "string", "description": "x"} for i in range(len(cells)))
    resource = {"name": "a/b", "title": "t", "description": "d", "schema": {"fields": list(fields)}}
    row = rows.Row("a/b", 1, {f"f{i}": text for i, text in enumerate(cells)}, fields, "f0")
    assert list(read(workbook.workbook(resource, [row]))["b"][1].values()) == cells


def test_a_workbook_names_its_sources_in_full():
    made = [
        workbook.workbook(TABLES["budgets/strategy_fund"], rows.rows().tables["budgets/strategy_fund"])
        for _ in range(2)
    ]
    assert made[0] == made[1]
    sheet = read(made[0])["Sources"]
    named = {row["source_id"] for row in raw("data/budgets/strategy_fund.csv")} | {
        s
        for row in raw("data/budgets/strategy_fund.csv")
        for s in row.get("also_source_ids", "").split(";")
        if s
    }
    assert [line["A"] for line in sheet[1:]] == sorted(named)
    for line in sheet[1:]:
        item = store.get(line["A"])
        assert letters(item["title"]) in letters(line["B"]) and line.get("C", "") == item.get("URL", "")


def test_the_bibtex_of_a_page_is_that_of_its_source():
    for part in sources.pages():
        if isinstance(part, Page) and part.template == "source.html":
            assert part.context["bibtex"].split("{", 1)[1].startswith(part.context["item"]["id"] + ",")


def test_a_row_knows_where_it_stands():
    assert (
        rows.rows()["space-budget-2009-initial"].link
        == "tables/budgets/government_space.html#space-budget-2009-initial"
    )
    with pytest.raises(DataError, match="no table has a row 'nobody'"):
        rows.rows()["nobody"]
    assert tables.names() == list(rows.rows().tables)
