"""Tables, sources, claims and the rows behind a figure, as a reader meets them."""

import re

import pytest
from playwright.sync_api import expect

from spacesec.data import tables
from tests.browser.reader import FIGURE, JAPANESE, KINDS, QUESTION, TABLE, barriers, becomes, go, lines, raw
from tests.conftest import ROOT

# Of many lines alike some will do for axe, which takes its time: those with this word.
PHONE = {"width": 360, "height": 780}
SOME = {"source list": "French", "claim board": "contradicted", "wide table": "IGS"}
SOME |= {
    "source list in Japanese": "フランス語",
    "claim board in Japanese": "反証あり",
    "wide table in Japanese": "IGS",
}


def shows(page, count: int) -> None:
    """So many rows of the page's table are in sight."""
    expect(page.locator("table.data tbody tr[id]:visible")).to_have_count(count)


def status(page, words: str) -> None:
    expect(page.get_by_role("status")).to_have_text(words)


# --- claims and tables
# ----------------------------------------------------------------------------------------------------


def test_the_board_filters_counts_and_remembers(page, site):
    board = raw("figures/policy_evolution/claims/board.csv")
    go(page, site, "claims/index.html")
    shows(page, len(board))
    page.get_by_role("combobox", name="Verdict", exact=True).select_option("contradicted")
    wrong = [row["claim_id"] for row in board if row["verdict"] == "contradicted"]
    shows(page, len(wrong))
    assert sorted(
        page.locator("table.data tbody tr").evaluate_all("rows => rows.map(row => row.id)")
    ) == sorted(wrong)
    status(page, f"{len(wrong)} claims of {len(board)}")
    page.get_by_role("combobox", name="Theme", exact=True).select_option("Space systems")
    both = [row for row in board if row["verdict"] == "contradicted" and row["theme"] == "space_systems"]
    assert both
    shows(page, len(both))
    page.wait_for_url("**#theme=Space+systems&verdict=contradicted")
    page.reload()
    shows(page, len(both))
    expect(page.get_by_role("combobox", name="Theme", exact=True)).to_have_value("Space systems")
    page.get_by_role("button", name="Show all").click()
    becomes(page, "location.hash === ''")
    shows(page, len(board))


def test_a_count_of_the_matrix_opens_its_claims(page, site):
    board = raw("figures/policy_evolution/claims/board.csv")
    go(page, site, "claims/index.html")
    for link, wanted in (
        (page.get_by_label("All contested"), [row for row in board if row["verdict"] == "contested"]),
        (
            page.get_by_label(re.compile("^[0-9]+ open, Fang")),
            [row for row in board if row["verdict"] == "open" and row["document"] == "fang"],
        ),
    ):
        link.click()
        shows(page, len(wanted))
        assert link.inner_text() == str(len(wanted))
        assert sorted(
            page.locator("table.data tbody tr").evaluate_all("rows => rows.map(row => row.id)")
        ) == sorted(row["claim_id"] for row in wanted)


def test_a_table_filters_sorts_and_still_leads_to_its_rows(page, site):
    rows = raw(f"data/{TABLE}.csv")
    go(page, site, f"tables/{TABLE}.html")
    shows(page, len(rows))
    page.get_by_role("searchbox", name="Filter the rows").fill("Keidanren with_missile_defence")
    by_keidanren = [
        row
        for row in rows
        if row["source_id"].startswith("keidanren") and row["count"] == "with_missile_defence"
    ]
    assert len(by_keidanren) == 1
    shows(page, 1)
    status(page, f"1 row of {len(rows)}")
    hidden = next(row["row_id"] for row in rows if row not in by_keidanren and row["fiscal_year"] == "2024")
    page.evaluate("id => { location.hash = id; }", hidden)
    shows(page, len(rows))
    becomes(
        page,
        "id => { const r = document.getElementById(id).getBoundingClientRect(); return r.top >= 0 && r.bottom"
        " <= innerHeight; }",
        arg=hidden,
    )
    column = [field["name"] for field in tables.describe(TABLE)["schema"]["fields"]].index("amount_bn_jpy")
    head = page.locator("table.data thead th").nth(column)
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute(
        "aria-sort", "ascending"
    )  # DataTables sorts when it has let the page breathe
    amounts = [
        float(text)
        for text in page.locator(f"table.data tbody td:nth-child({column + 1})").all_inner_texts()
        if text
    ]
    assert amounts == sorted(float(row["amount_bn_jpy"]) for row in rows if row["amount_bn_jpy"])


def test_the_sources_can_be_searched(page, site):
    go(page, site, "sources/index.html")
    shows(page, len(tables.read_json("sources", note=False)))
    page.get_by_role("combobox", name="Language", exact=True).select_option("French")
    shows(page, sum(item["language"] == "fr" for item in tables.read_json("sources", note=False)))
    page.get_by_role("searchbox", name="Filter the sources").fill("no such words")
    shows(page, 0)
    page.wait_for_url("**words=no+such+words*")


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
        assert (site / "data" / resource["path"]).read_bytes() == (
            ROOT / "data" / resource["path"]
        ).read_bytes()


# --- from a mark to its rows
# ----------------------------------------------------------------------------------------------


def shows_row(panel, line: int) -> None:
    """The panel shows the row that the figure's file names on this line: its values, its locator, its
    sources, its place in the table.
    """
    table = {row["row_id"]: row for row in raw(f"data/{TABLE}.csv")}
    row = table[raw(f"figures/{QUESTION}/{FIGURE}.csv")[line]["row_id"]]
    text = " ".join(panel.inner_text().split())
    for column in ("fiscal_year", "count", "stage"):
        assert f"{column.replace('_', ' ')} {row[column]}" in text
    assert f"amount bn jpy {row['amount_bn_jpy']} billion yen" in text and row["locator"] in text
    links = panel.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert (
        f"../../tables/{TABLE}.html#{row['row_id']}" in links
        and f"../../sources/{row['source_id']}.html" in links
    )


def test_a_click_on_a_mark_shows_the_row_behind_it(page, site):
    go(page, site, f"questions/{QUESTION}.html")
    panel = page.locator(f"#figure-{FIGURE} .behind-panel")
    assert panel.is_hidden() and len(lines(page)) > 20
    for line in lines(page)[::7]:
        page.locator(f"[id='{FIGURE}-row-{line}']").scroll_into_view_if_needed()
        page.locator(f"[id='{FIGURE}-row-{line}']").dispatch_event("click")
        expect(panel).to_be_visible()
        shows_row(panel, line)
    # A true pointer, on a bar that nothing covers: the middle of the tallest.
    tallest = max(
        lines(page), key=lambda line: page.locator(f"[id='{FIGURE}-row-{line}']").bounding_box()["height"]
    )
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    mark = page.locator(f"[id='{FIGURE}-row-{tallest}']")
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.9)
    shows_row(panel, tallest)
    panel.get_by_role("link").first.click()
    page.wait_for_url("**/government_space.html#*")
    page.locator("tr:target").wait_for()
    assert page.locator("tr:target").get_attribute("id") == page.url.split("#")[1]


def test_the_keyboard_reaches_every_mark_by_one_stop(page, site):
    go(page, site, f"questions/{QUESTION}.html")
    order = lines(page)
    stops = page.locator(f"#figure-{FIGURE} svg [tabindex='0']")
    assert stops.count() == 1
    stops.focus()
    for line in order[:3]:
        mark = page.locator(f"[id='{FIGURE}-row-{line}']")
        expect(mark).to_be_focused()
        page.keyboard.press("Enter")
        shows_row(page.locator(f"#figure-{FIGURE} .behind-panel"), line)
        page.keyboard.press("Escape")
        expect(mark, "the reader is back at the mark").to_be_focused()
        page.keyboard.press("ArrowRight")
    page.keyboard.press("End")
    expect(page.locator(f"[id='{FIGURE}-row-{order[-1]}']")).to_be_focused()
    expect(page.locator(f"#figure-{FIGURE} .behind-ring")).to_be_visible()
    assert stops.count() == 1
    table = {row["row_id"]: row for row in raw(f"data/{TABLE}.csv")}
    last = table[raw(f"figures/{QUESTION}/{FIGURE}.csv")[order[-1]]["row_id"]]
    assert last["fiscal_year"] in page.evaluate("document.activeElement.getAttribute('aria-label')")


# --- for everyone
# ---------------------------------------------------------------------------------------------------------


# The colors are those of one style for both languages.
@pytest.mark.parametrize(
    ("kind", "scheme"),
    [
        *((kind, scheme) for kind in KINDS for scheme in ("light", "dark")),
        *((kind, "light") for kind in JAPANESE),
    ],
)
def test_no_barrier(page, site, kind, scheme):
    page.emulate_media(color_scheme=scheme)
    go(page, site, (KINDS | JAPANESE)[kind])
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true; })")
    if kind in SOME:
        page.get_by_role("searchbox", name=re.compile("^Filter|絞り込み")).fill(SOME[kind])
        becomes(
            page,
            "() => { const rows = document.querySelectorAll('table.data tbody tr[id]').length; return rows >"
            " 3 && rows < 40; }",
        )
    if kind.removesuffix(" in Japanese") == "question":
        page.locator(f"[id='{FIGURE}-row-{lines(page)[0]}']").dispatch_event("click")
        expect(page.locator(f"#figure-{FIGURE} .behind-panel")).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("kind", KINDS | JAPANESE)
def test_a_phone_shows_it_without_sideways_scrolling(page, site, kind):
    page.set_viewport_size(PHONE)
    go(page, site, (KINDS | JAPANESE)[kind])
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_a_phone_a_row_is_a_card_with_its_value_first(page, site):
    page.set_viewport_size(PHONE)
    go(page, site, f"tables/{TABLE}.html")
    for row in raw(f"data/{TABLE}.csv")[:5]:
        card = page.locator(f"tr[id='{row['row_id']}']")
        cells = [cell for cell in card.locator("td").all() if cell.is_visible()]
        top = min(cells, key=lambda cell: cell.bounding_box()["y"])
        assert float(top.inner_text()) == float(row["amount_bn_jpy"])
        for cell in cells:
            box = cell.bounding_box()
            assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        label = top.evaluate("cell => getComputedStyle(cell, '::before').content")
        assert label == '"amount bn jpy"'
    assert page.locator(".tall").evaluate("frame => frame.scrollWidth <= frame.clientWidth")


def test_without_scripts_everything_reads(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, site, f"tables/{TABLE}.html")
    shows(page, len(raw(f"data/{TABLE}.csv")))
    go(page, site, "claims/index.html")
    shows(page, len(raw("data/policy_evolution/claims.csv")))
    assert not page.locator("form.filters").is_visible()
    go(page, site, f"questions/{QUESTION}.html")
    rows = page.locator(f"#figure-{FIGURE} .behind-rows")
    assert not page.locator(".behind-panel").first.is_visible()
    rows.locator("summary").click()
    named = {row["row_id"] for row in raw(f"figures/{QUESTION}/{FIGURE}.csv") if row["row_id"]}
    expect(rows.locator("tbody tr")).to_have_count(len(named))
    context.close()
