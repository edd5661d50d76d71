"""Tables, sources, claims and the rows behind a figure, as a reader meets them."""

import re

import pytest

from spacesec import tables
from tests.browser.reader import FIGURE, KINDS, QUESTION, TABLE, barriers, go, lines, raw
from tests.conftest import ROOT

# Of many lines alike some will do for axe, which takes its time: those with this word.
SOME = {"source list": "French", "claim board": "contradicted", "wide table": "IGS"}


def shown(page) -> int:
    """Rows of the page's table that a reader sees."""
    return page.locator("table.data tbody tr[id]:visible").count()


# --- claims and tables ----------------------------------------------------------------------------------------------------


def test_the_board_filters_counts_and_remembers(page, site):
    board = raw("figures/policy_evolution/claims/board.csv")
    go(page, site, "claims/index.html")
    assert shown(page) == len(board)
    page.get_by_role("combobox", name="Verdict", exact=True).select_option("contradicted")
    wrong = [row["claim_id"] for row in board if row["verdict"] == "contradicted"]
    assert sorted(page.locator("table.data tbody tr").evaluate_all("rows => rows.map(row => row.id)")) == sorted(wrong)
    assert page.get_by_role("status").inner_text() == f"{len(wrong)} claims of {len(board)}"
    page.get_by_role("combobox", name="Theme", exact=True).select_option("Space systems")
    both = [row for row in board if row["verdict"] == "contradicted" and row["theme"] == "space_systems"]
    assert both and shown(page) == len(both)
    assert page.url.endswith("#theme=Space+systems&verdict=contradicted")
    page.reload()
    assert shown(page) == len(both) and page.get_by_role("combobox", name="Theme", exact=True).input_value() == "Space systems"
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("location.hash === ''")
    assert shown(page) == len(board)


def test_a_count_of_the_matrix_opens_its_claims(page, site):
    board = raw("figures/policy_evolution/claims/board.csv")
    go(page, site, "claims/index.html")
    for link, wanted in ((page.get_by_label("All contested"), [row for row in board if row["verdict"] == "contested"]),
                         (page.get_by_label(re.compile("^[0-9]+ open, Fang")), [row for row in board if row["verdict"] == "open" and row["document"] == "fang"])):
        link.click()
        page.wait_for_function("count => document.querySelectorAll('table.data tbody tr[id]').length === count", arg=len(wanted))
        assert link.inner_text() == str(len(wanted))
        assert sorted(page.locator("table.data tbody tr").evaluate_all("rows => rows.map(row => row.id)")) == sorted(row["claim_id"] for row in wanted)


def test_a_table_filters_sorts_and_still_leads_to_its_rows(page, site):
    rows = raw(f"data/{TABLE}.csv")
    go(page, site, f"tables/{TABLE}.html")
    assert shown(page) == len(rows)
    page.get_by_role("searchbox", name="Filter the rows").fill("Keidanren with_missile_defence")
    by_keidanren = [row for row in rows if row["source_id"].startswith("keidanren") and row["count"] == "with_missile_defence"]
    assert by_keidanren and shown(page) == len(by_keidanren)
    assert page.get_by_role("status").inner_text() == f"{len(by_keidanren)} rows of {len(rows)}" if len(by_keidanren) > 1 else True
    hidden = next(row["row_id"] for row in rows if row not in by_keidanren and row["fiscal_year"] == "2024")
    page.evaluate("id => { location.hash = id; }", hidden)
    page.wait_for_function("count => document.querySelectorAll('table.data tbody tr[id]').length === count", arg=len(rows))
    assert page.locator(f"[id='{hidden}']").evaluate("row => { const r = row.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight; }")
    column = [field["name"] for field in tables.describe(TABLE)["schema"]["fields"]].index("amount_bn_jpy")
    head = page.locator("table.data thead th").nth(column)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    amounts = [float(text) for text in page.locator(f"table.data tbody td:nth-child({column + 1})").all_inner_texts() if text]
    assert amounts == sorted(float(row["amount_bn_jpy"]) for row in rows if row["amount_bn_jpy"])


def test_the_sources_can_be_searched(page, site):
    go(page, site, "sources/index.html")
    assert shown(page) == len(tables.read_json("sources", note=False))
    page.get_by_role("combobox", name="Language", exact=True).select_option("French")
    assert shown(page) == sum(item["language"] == "fr" for item in tables.read_json("sources", note=False))
    page.get_by_role("searchbox", name="Filter the sources").fill("no such words")
    assert shown(page) == 0
    assert "words=no+such+words" in page.url


def test_downloads_are_the_files_of_the_repository(page, site):
    go(page, site, f"tables/{TABLE}.html")
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("CSV")).click()
    assert taken.value.suggested_filename == "government_space.csv"
    assert taken.value.path().read_bytes() == (ROOT / "data" / f"{TABLE}.csv").read_bytes()
    with page.expect_download() as taken:
        page.get_by_role("link", name=re.compile("XLSX")).click()
    assert taken.value.path().read_bytes() == (site / "data" / f"{TABLE}.xlsx").read_bytes()
    for resource in tables.package()["resources"]:
        assert (site / "data" / resource["path"]).read_bytes() == (ROOT / "data" / resource["path"]).read_bytes()


# --- from a mark to its rows ----------------------------------------------------------------------------------------------


def expect(panel, line: int) -> None:
    """The panel shows the row that the figure's file names on this line: its values, its locator, its sources, its place in the table."""
    table = {row["row_id"]: row for row in raw(f"data/{TABLE}.csv")}
    row = table[raw(f"figures/{QUESTION}/{FIGURE}.csv")[line]["row_id"]]
    text = " ".join(panel.inner_text().split())
    for column in ("fiscal_year", "count", "stage"):
        assert f"{column.replace('_', ' ')} {row[column]}" in text
    assert f"amount bn jpy {row['amount_bn_jpy']} billion yen" in text and row["locator"] in text
    links = panel.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert f"../../tables/{TABLE}.html#{row['row_id']}" in links and f"../../sources/{row['source_id']}.html" in links


def test_a_click_on_a_mark_shows_the_row_behind_it(page, site):
    go(page, site, f"questions/{QUESTION}.html")
    panel = page.locator(f"#figure-{FIGURE} .behind-panel")
    assert panel.is_hidden() and len(lines(page)) > 20
    for line in lines(page)[::7]:
        page.locator(f"[id='{FIGURE}-row-{line}']").scroll_into_view_if_needed()
        page.locator(f"[id='{FIGURE}-row-{line}']").dispatch_event("click")
        assert panel.is_visible()
        expect(panel, line)
    # A true pointer, on a bar that nothing covers: the middle of the tallest.
    tallest = max(lines(page), key=lambda line: page.locator(f"[id='{FIGURE}-row-{line}']").bounding_box()["height"])
    page.keyboard.press("Escape")
    assert panel.is_hidden()
    mark = page.locator(f"[id='{FIGURE}-row-{tallest}']")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.9)
    expect(panel, tallest)
    panel.get_by_role("link").first.click()
    assert page.url.split("/")[-1].startswith("government_space.html#")
    page.locator("tr:target").wait_for()
    assert page.locator("tr:target").get_attribute("id") == page.url.split("#")[1]


def test_the_keyboard_reaches_every_mark_by_one_stop(page, site):
    go(page, site, f"questions/{QUESTION}.html")
    order = lines(page)
    stops = page.locator(f"#figure-{FIGURE} svg [tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    for line in order[:3]:
        active = page.evaluate("document.activeElement.id")
        assert active == f"{FIGURE}-row-{line}"
        page.keyboard.press("Enter")
        expect(page.locator(f"#figure-{FIGURE} .behind-panel"), line)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == active, "the reader is back at the mark"
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    assert page.evaluate("document.activeElement.id") == f"{FIGURE}-row-{order[-1]}"
    assert page.locator(f"#figure-{FIGURE} .behind-ring").is_visible()
    assert stops.count() == 1
    table = {row["row_id"]: row for row in raw(f"data/{TABLE}.csv")}
    last = table[raw(f"figures/{QUESTION}/{FIGURE}.csv")[order[-1]]["row_id"]]
    assert last["fiscal_year"] in page.evaluate("document.activeElement.getAttribute('aria-label')")


# --- for everyone ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_barrier(page, site, kind, scheme):
    page.emulate_media(color_scheme=scheme)
    go(page, site, KINDS[kind])
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    if kind in SOME:
        page.get_by_role("searchbox", name=re.compile("^Filter")).fill(SOME[kind])
        page.wait_for_function("document.querySelectorAll('table.data tbody tr[id]').length < 40")
        assert shown(page) > 3
    if kind == "question":
        page.locator(f"[id='{FIGURE}-row-{lines(page)[0]}']").dispatch_event("click")
    assert barriers(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_phone_shows_it_without_sideways_scrolling(page, site, kind):
    page.set_viewport_size({"width": 390, "height": 844})
    go(page, site, KINDS[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_everything_reads(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, site, f"tables/{TABLE}.html")
    assert shown(page) == len(raw(f"data/{TABLE}.csv"))
    go(page, site, "claims/index.html")
    assert shown(page) == len(raw("data/policy_evolution/claims.csv")) and not page.locator("form.filters").is_visible()
    go(page, site, f"questions/{QUESTION}.html")
    rows = page.locator(f"#figure-{FIGURE} .behind-rows")
    assert not page.locator(".behind-panel").first.is_visible()
    rows.locator("summary").click()
    named = {row["row_id"] for row in raw(f"figures/{QUESTION}/{FIGURE}.csv") if row["row_id"]}
    assert rows.locator("tbody tr").count() == len(named)
    context.close()
