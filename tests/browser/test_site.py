"""The site as a whole: found by search, opened from a folder and from a host, by keyboard, on paper, without
scripts.
"""

import functools
import io
import json
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import expect

from spacesec.collection.site.text import quotes
from spacesec.data import tables
from tests.browser.reader import FIGURE, KINDS, QUESTION, TABLE, becomes, go, lines, raw, record
from tests.conftest import ROOT

RECORDS = sorted(
    path.parent.relative_to(ROOT / "figures").as_posix() for path in ROOT.glob("figures/*/*/run.json")
)
FOCUSABLE = (
    "a[href], button, input, select, summary, pre[tabindex], [role=button][tabindex='0'],"
    " .scroll[tabindex='0'], .formula[tabindex='0']"
)
A4 = (174, 261)  # millimeters inside margins of 18
FIRST_PAGE = 300_000  # bytes
INDEX = 1_500_000  # bytes
FIRST, SHARE, MOST = 3, 0.95, 24  # places of the right page, readers who see it there, results at most


def heading(question: str) -> str:
    """The title that a question's notebook gives itself."""
    cells = json.loads((ROOT / "notebooks" / f"{question}.ipynb").read_text(encoding="utf-8"))["cells"]
    return next(
        "".join(cell["source"]).splitlines()[0].removeprefix("# ")
        for cell in cells
        if cell["cell_type"] == "markdown"
    )


# --- search
# ----------------------------------------------------------------------------------------------------------


def wanted() -> dict[str, tuple[str, str]]:
    """What is searched for -> the words and the page, from notebooks, records, tables and the
    source store.
    """
    sources = {
        item["id"]: item for item in json.loads((ROOT / "data" / "sources.json").read_text(encoding="utf-8"))
    }
    claim = next(row for row in raw("data/policy_evolution/claims.csv") if row["claim_id"] == "C1-015")
    reason = next(
        row for row in raw("data/policy_evolution/claim_reasons.csv") if row["claim_id"] == "C3-003"
    )
    paper = sources["cabinet-office-2015-space-budget"]
    radar = "missile_warning/radar_horizon"
    return {
        "question by its title": (heading(radar), f"questions/{radar}.html"),
        "question by a figure": (record(radar)["figures"][1]["title"], f"questions/{radar}.html"),
        "question by its answer": (
            " ".join(record("budgets/strategy_fund")["answer"].replace("*", "").split()[:9]),
            "questions/budgets/strategy_fund.html",
        ),
        "question by a word that it does not use": (
            "Michibiki",
            "questions/regional_cooperation/positioning.html",
        ),
        "question by a Japanese word": ("準天頂衛星", "questions/regional_cooperation/positioning.html"),
        "question by a word of its prose": (
            "Starlink",
            "questions/regional_cooperation/taiwan_connectivity.html",
        ),
        "question as a reader would ask it": (
            "how much does Japan spend",
            "questions/budgets/government_space.html",
        ),
        "question by words that every question holds": ("how", "questions/space_systems/reconnaissance.html"),
        "claim by its text": (claim["claim"], "claims/C1-015.html"),
        "claim by its number": ("c1-015", "claims/C1-015.html"),
        "claim by its reason": (" ".join(reason["reason"].split()[:8]), "claims/C3-003.html"),
        "source by its title": (paper["title"], f"sources/{paper['id']}.html"),
        "source by its Japanese title": (paper["original-title"], f"sources/{paper['id']}.html"),
        "table by its title": (
            tables.describe("space_systems/satellites")["title"],
            "tables/space_systems/satellites.html",
        ),
        "disagreements": ("sources disagree", "disagreements.html"),
    }


@pytest.mark.parametrize("what", wanted())
def test_the_search_finds(page, site, what):
    words, target = wanted()[what]
    go(page, site, "index.html")
    page.get_by_role("searchbox").fill(words)
    found = page.locator(f"#results a[href='{target}']")
    found.wait_for()
    assert found.is_visible(), "among the first of its kind"
    assert (
        found.locator("xpath=..").locator(".about").inner_text()
        if not target.startswith("disagreements")
        else True
    )


@pytest.mark.parametrize("language", ["en", "ja"])
def test_readers_find_the_right_page_among_the_first_three(page, site, language):
    """The queries and their pages are written by hand, from what readers asked and were not told."""
    go(page, site, {"en": "index.html", "ja": "ja/index.html"}[language])
    box, results = page.get_by_role("searchbox"), page.locator("#results")
    asked = [row for row in raw("tests/searches.csv") if row["language"] == language]
    missed = []
    for row in asked:
        box.fill(row["words"])
        expect(results).to_have_attribute("data-words", row["words"])
        found = results.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(found) <= MOST
        right = {link.split("#")[0] for link in found[:FIRST]} & set(row["pages"].split())
        missed += [] if right else [(row["words"], found[:FIRST])]
    assert len(asked) > 30 and len(missed) <= (1 - SHARE) * len(asked), missed


def test_a_hit_says_the_answer(page, site):
    go(page, site, f"index.html?q={heading(QUESTION)}")
    hit = page.locator(f"#results li:has(a[href='questions/{QUESTION}.html'])")
    first = record(QUESTION)["answer"].replace("*", "").replace('"', "”")[:60]
    assert first in hit.locator(".about").inner_text() and hit.locator(".kind").inner_text() == "Question"


def test_nothing_of_the_search_is_loaded_before_a_word_is_typed(page, site):
    taken: list[str] = []
    page.on("request", lambda request: taken.append(request.url))
    go(page, site, "index.html")
    page.get_by_role("searchbox").focus()
    page.wait_for_load_state("networkidle")
    assert not [url for url in taken if "search-index" in url or "minisearch" in url]
    for index in ("static/search-index.js", "ja/static/search-index.js"):
        assert (site / index).stat().st_size < INDEX


# The same words as a Japanese keyboard, a copied file name or a careful typist writes them.
@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("ＱＺＳＳ", "QZSS"),
        ("ＨＧＶ", "HGV"),
        ("２０２５", "2025"),
        ("H３", "H3"),
        ("\u30c6\u3099\u30d5\u3099\u30ea", "デブリ"),
        ("Tōkyō", "Tokyo"),
        ("１兆円", "1兆円"),
        ("ミチビキ", "みちびき"),
        ("ﾐﾁﾋﾞｷ", "みちびき"),
        ("７号機", "7号機"),
    ],
)
def test_width_accents_and_kana_make_no_difference_to_the_search(page, site, typed, plain):
    found = []
    for words in (plain, typed):
        go(page, site, "index.html")
        page.get_by_role("searchbox").fill(words)
        page.locator("#results li").first.wait_for()
        found.append(page.locator("#found").inner_text())
    assert found[0] == found[1] and found[0].startswith("Found: ")


# A term as the page has it, by its reading, in the other kana, half or full width.
@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("準天頂衛星", "regional_cooperation/positioning"),
        ("じゅんてんちょう", "regional_cooperation/positioning"),
        ("みちびき", "regional_cooperation/positioning"),
        ("ミチビキ", "regional_cooperation/positioning"),
        ("ﾐﾁﾋﾞｷ", "regional_cooperation/positioning"),
        ("５号機", "regional_cooperation/positioning"),
        ("尖閣", "regional_cooperation/maritime_awareness"),
        ("せんかく", "regional_cooperation/maritime_awareness"),
        ("宇宙関係予算", "budgets/government_space"),
        ("うちゅうかんけいよさん", "budgets/government_space"),
        ("情報収集衛星", "space_systems/reconnaissance"),
        ("ＨＧＶ", "missile_warning/glide_tracking"),
    ],
)
def test_the_japanese_search_finds(page, site, typed, question):
    go(page, site, "ja/index.html")
    page.get_by_role("searchbox").fill(typed)
    page.locator(f"#results a[href='questions/{question}.html']").wait_for()
    expect(page.locator("#found")).to_contain_text(re.compile(r"検索結果：設問\d+件"))


@pytest.mark.parametrize("typed", ["宇宙作戦群", "うちゅうさくせんぐん"])
def test_a_japanese_source_is_found_by_its_own_title_and_its_reading(page, site, typed):
    go(page, site, f"ja/index.html?q={typed}")
    page.locator("#results a", has_text="宇宙作戦群").first.wait_for()


def test_another_language_keeps_the_page_its_place_and_its_filters(page, site):
    go(page, site, "claims/index.html#verdict=contradicted")
    shown = page.locator("table.data tbody tr[id]")
    count = shown.count()
    page.get_by_role("link", name="日本語").click()
    page.wait_for_url("**/ja/claims/index.html#verdict=contradicted")
    expect(page.get_by_role("combobox", name="判定")).to_have_value("contradicted")
    expect(shown).to_have_count(count)
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile("(?<!ja)/claims/index.html#verdict=contradicted"))
    go(page, site, f"ja/questions/{QUESTION}.html#results")
    page.get_by_role("link", name="English").click()
    page.wait_for_url(re.compile(f"(?<!ja)/questions/{QUESTION}.html#results"))


def test_the_search_says_how_much_it_found_and_when_it_finds_nothing(page, site):
    go(page, site, "index.html?q=missile+warning")
    found = page.locator("#found")
    expect(found).to_contain_text("Found: ")
    said = found.inner_text()
    counted = {word.rstrip("s"): int(number) for number, word in re.findall(r"(\d+) (\w+)", said)}
    kinds = [
        kind.lower()
        for kind in page.locator("#results .kind").evaluate_all("all => all.map(one => one.textContent)")
    ]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == counted
    assert counted["question"] > 0 and len(kinds) == page.locator("#results a").count() <= MOST
    page.get_by_role("searchbox").fill("qqqqxxxx")
    page.get_by_text("Nothing found for “qqqqxxxx”").wait_for()
    assert page.locator("#results a").count() == 0


def test_search_by_keyboard_alone(page, site):
    go(page, site, "about.html")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[type=search]')"):
            break
    page.keyboard.type("surface radar")
    page.keyboard.press("Enter")
    page.wait_for_url("**/index.html?q=surface+radar")
    page.locator("#results a").first.wait_for()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#results') !== null"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/questions/missile_warning/radar_horizon.html")


@pytest.mark.parametrize("width", [390, 720, 1000, 1080, 1280])
def test_the_head_keeps_its_button_beside_the_name(page, site, width):
    page.set_viewport_size({"width": width, "height": 900})
    go(page, site, KINDS["question"])
    button, name = page.locator("button.theme").bounding_box(), page.locator(".site-name").bounding_box()
    assert button["y"] < name["y"] + name["height"] and name["y"] < button["y"] + button["height"]
    assert button["x"] + button["width"] <= width


# --- from a folder, from a host
# -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["folder", "host"])
def test_every_kind_of_page_asks_for_nothing_outside_the_site(page, site, host, place):
    address = site.as_uri() if place == "folder" else host[0]
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for path in KINDS.values():
        page.goto(f"{address}/{path}")
        page.evaluate("document.querySelectorAll('img').forEach(image => { image.loading = 'eager'; })")
        if "?q=" in path:
            page.locator("#results li").first.wait_for()
        becomes(page, "Array.from(document.images).every(image => image.complete && image.naturalWidth > 0)")
        becomes(
            page,
            "document.fonts.check('16px Newsreader') && document.fonts.check('16px \"Collection Sans\"')",
        )
        page.wait_for_load_state("networkidle")
    assert (
        len(requests) > 40 and [url for url in requests if not url.startswith((f"{address}/", "data:"))] == []
    )
    if place == "host":
        assert {code for _, code in host[1]} <= {"200", "304"} and all(
            path.startswith("/some/where/site/") for path, _ in host[1]
        )


@pytest.mark.parametrize(
    ("front", "faces"), [("index.html", {".woff2"}), ("ja/index.html", {".woff2", ".woff"})]
)
def test_the_first_page_is_light(page, site, front, faces):
    """Pictures aside; the icon (.svg) a browser fetches once, at its own time, for all pages or for none."""
    taken: set[str] = set()
    page.on("request", lambda request: taken.add(request.url) if request.resource_type != "image" else None)
    go(page, site, front)
    page.wait_for_load_state("networkidle")
    files = {Path(unquote(urlsplit(url).path)) for url in taken}
    assert {path.suffix for path in files} - {".svg"} == {".html", ".css", ".js"} | faces
    assert sum(path.stat().st_size for path in files) < FIRST_PAGE


# --- by keyboard
# ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["front", "search results", "question", "claim board", "table", "disagreements"]
)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page, site, kind):
    go(page, site, KINDS[kind])
    wanted = page.evaluate(
        """choice => {
        const shown = Array.from(document.querySelectorAll(choice)).filter(
            part => part.checkVisibility() && !part.disabled);
        shown.forEach((part, number) => { part.dataset.stop = number; });
        return shown.length; }""",
        FOCUSABLE,
    )
    page.evaluate("document.body.focus()")
    reached, unseen = [], []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        stop, ringed, words = page.evaluate(
            """() => { const part = document.activeElement, style = getComputedStyle(part);
            const ring = part.closest('svg') ? part.ownerSVGElement.querySelector('.behind-ring') : null;
            const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            return [part.dataset.stop ?? null, ring ? !ring.hasAttribute('hidden') : outlined,
                part.outerHTML.slice(0, 90)]; }"""
        )
        if stop is None or (reached and int(stop) == reached[0]):
            break
        reached.append(int(stop))
        unseen += [] if ringed else [words]
    assert sorted(reached) == list(range(wanted))
    assert reached == sorted(reached), "in the order of the page"
    assert unseen == []


def test_the_first_stop_skips_to_the_content(page, site):
    go(page, site, KINDS["claim board"])
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_keyboard_filters_and_takes_away(page, site):
    go(page, site, KINDS["claim board"])
    page.get_by_role("combobox", name="Verdict", exact=True).focus()
    page.keyboard.type("contra")
    wrong = {
        row["claim_id"]
        for row in raw("figures/policy_evolution/claims/board.csv")
        if row["verdict"] == "contradicted"
    }
    expect(page.locator("table.data tbody tr[id]")).to_have_count(len(wrong))
    go(page, site, KINDS["question"])
    page.locator(f"#figure-{FIGURE} .downloads a", has_text="CSV").focus()
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert taken.value.path().read_bytes() == (ROOT / "figures" / QUESTION / f"{FIGURE}.csv").read_bytes()


def test_the_keyboard_goes_from_a_mark_through_the_panel_to_the_table(page, site):
    go(page, site, KINDS["question"])
    page.locator(f"#figure-{FIGURE} svg [tabindex='0']").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#figure-{FIGURE} .behind-panel")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("Tab")
    line = lines(page)[0]
    row = raw(f"figures/{QUESTION}/{FIGURE}.csv")[line]["row_id"]
    assert (
        page.evaluate(
            "document.activeElement.closest('.behind-panel') && document.activeElement.getAttribute('href')"
        )
        == f"../../tables/{TABLE}.html#{row}"
    )
    page.keyboard.press("Enter")
    page.locator(f"tr[id='{row}']:target").wait_for()


def test_the_theme_is_kept_from_page_to_page(page, site):
    go(page, site, "index.html")
    dark = page.get_by_role("button", name="Dark")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    expect(dark).to_have_attribute("aria-pressed", "false")
    dark.focus()
    page.keyboard.press("Enter")
    expect(dark).to_have_attribute("aria-pressed", "true")
    becomes(page, "paper => getComputedStyle(document.body).backgroundColor !== paper", arg=paper)
    go(page, site, KINDS["question"])
    expect(dark).to_have_attribute("aria-pressed", "true")
    becomes(page, "paper => getComputedStyle(document.body).backgroundColor !== paper", arg=paper)


# --- from a mark to its rows
# ----------------------------------------------------------------------------------------------


def marked() -> list[tuple[str, str]]:
    """Of each theme the first figure whose drawing has marks, with its question."""
    found: dict[str, tuple[str, str]] = {}
    for question in RECORDS:
        for figure in record(question)["figures"]:
            if 'id="row-' in (ROOT / "figures" / question / f"{figure['name']}.svg").read_text(
                encoding="utf-8"
            ):
                found.setdefault(question.split("/")[0], (question, figure["name"]))
    return list(found.values())


@functools.cache
def rows() -> dict[str, tuple[str, dict[str, str]]]:
    """Row -> its table and its cells, from the files."""
    named = [
        (name, row)
        for name in tables.names()
        for row in raw(f"data/{tables.describe(name)['path']}")
        if "row_id" in row
    ]
    return {row["row_id"]: (name, row) for name, row in named}


@pytest.mark.parametrize(("question", "figure"), marked())
def test_a_click_shows_the_rows_of_the_tables_in_every_theme(page, site, question, figure):
    go(page, site, f"questions/{question}.html")
    panel, file = page.locator(f"#figure-{figure} .behind-panel"), raw(f"figures/{question}/{figure}.csv")
    listed = lines(page, figure)
    for line in (listed[0], listed[len(listed) // 2], listed[-1]):
        mark = page.locator(f"[id='{figure}-row-{line}']")
        mark.scroll_into_view_if_needed()
        mark.dispatch_event("click")
        named = [
            row
            for column, cell in file[line].items()
            if column.endswith(("row_id", "row_ids"))
            for row in cell.split(";")
            if row
        ]
        assert named
        expect(panel.locator("li")).to_have_count(len(set(named)))
        text = " ".join(panel.inner_text().split())
        links = panel.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        for name in named:
            table, row = rows()[name]
            assert (
                f"../../tables/{table}.html#{name}" in links
                and f"../../sources/{row['source_id']}.html" in links
            )
            said = [
                " ".join(row[field["name"]].split())
                for field in tables.describe(table)["schema"]["fields"]
                if field["type"] in ("number", "integer", "year", "date")
            ]
            assert [
                value for value in [*said, quotes(" ".join(row["locator"].split()))] if value not in text
            ] == []
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
    assert {question.split("/")[0] for question, _ in marked()} == {
        question.split("/")[0] for question in RECORDS
    }


def test_every_file_of_a_question_can_be_taken_away(page, host):
    from pybtex.database import parse_bytes

    page.goto(
        f"{host[0]}/questions/{QUESTION}.html"
    )  # a page opened from a folder shows a picture rather than saving it
    folder = ROOT / "figures" / QUESTION
    held = {"PNG": folder / f"{FIGURE}.png", "SVG": folder / f"{FIGURE}.svg", "CSV": folder / f"{FIGURE}.csv"}
    links = {
        page.locator(f"#figure-{FIGURE} .downloads").get_by_role("link", name=kind): path
        for kind, path in held.items()
    }
    links |= {
        page.get_by_role("link", name="Record"): folder / "run.json",
        page.get_by_role("link", name="Notebook"): ROOT / "notebooks" / f"{QUESTION}.ipynb",
    }
    for link, path in links.items():
        with page.expect_download() as taken:
            link.click()
        assert (
            taken.value.suggested_filename == path.name
            and taken.value.path().read_bytes() == path.read_bytes()
        )
    run = record(QUESTION)
    cited = {source for figure in run["figures"] for source in figure["sources"]} | {
        check["source_id"] for check in run["checks"]
    }
    with page.expect_download() as taken:
        page.get_by_role("link", name="All references").click()
    assert set(parse_bytes(taken.value.path().read_bytes(), "bibtex").entries) == cited
    with page.expect_download() as taken:
        page.get_by_role("link", name="This citation").click()
    [entry] = parse_bytes(taken.value.path().read_bytes(), "bibtex").entries.values()
    assert entry.fields["title"].replace("{", "").replace("}", "").replace("’", "'") == heading(QUESTION)


# --- on paper, without scripts
# --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["question", "front", "claim board", "table"])
def test_on_paper_nothing_is_left_to_press(page, site, kind):
    page.emulate_media(media="print")
    page.set_viewport_size({"width": round(A4[0] / 25.4 * 96), "height": round(A4[1] / 25.4 * 96)})
    go(page, site, KINDS[kind])
    assert not any(
        part.is_visible()
        for part in page.locator("nav, form, button:not(.told), input, select, .downloads").all()
    )
    assert page.locator("h1").is_visible()
    for figure in page.locator("figure").all():
        assert figure.evaluate("figure => getComputedStyle(figure).breakInside") == "avoid"
        assert (
            figure.bounding_box()["height"] < A4[1] / 25.4 * 96 and figure.locator("figcaption").inner_text()
        )
        assert figure.locator(".card").evaluate("card => card.scrollWidth <= card.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_scripts_text_and_figures_read(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    go(page, site, "index.html")
    assert page.locator("noscript p").is_visible() and not page.locator("form.find").is_visible()
    for question in RECORDS:
        assert page.locator(f"h3 a[href='questions/{question}.html']").is_visible()
    for question in (QUESTION, "missile_warning/coverage"):
        run = record(question)
        go(page, site, f"questions/{question}.html")
        page.wait_for_load_state("networkidle")
        text = " ".join(page.locator(".answer").inner_text().split())
        assert run["answer"].split("\n\n")[0].replace("*", "").replace('"', "”")[:60] in text
        for figure in run["figures"]:
            shown = page.locator(f"#figure-{figure['name']} .card :is(svg, img)").first
            shown.scroll_into_view_if_needed()
            assert (
                shown.bounding_box()["height"] > 200
                and shown.get_attribute("aria-label" if shown.get_attribute("viewBox") else "alt")
                == figure["alt"]
            )
            assert len(colors(shown.screenshot())) > 10, "something is drawn"
    context.close()


def colors(content: bytes) -> set[tuple[int, ...]]:
    """The colors of a picture's pixels."""
    from PIL import Image

    with Image.open(io.BytesIO(content)) as picture:
        return {color for _, color in picture.convert("RGB").getcolors(1 << 24)}
