"""What a phone shows of a question: its lead figure drawn for it, in either language, light or dark, with
scripts or without; what a wider screen shows instead.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.reader import FIGURE, QUESTION, barriers, go, record
from tests.browser.test_site import RECORDS, colors

PHONE, TABLET, DESK = ({"width": width, "height": 800} for width in (360, 768, 1440))
HOMES = {"en": "", "ja": "ja/"}
LARGEST = {"en": 155_000, "ja": 280_000}  # bytes; outlines of kanji weigh, a host sends a quarter of it


def lead(question: str) -> str:
    return record(question)["figures"][0]["name"]


@pytest.mark.parametrize("language", HOMES)
def test_every_question_has_a_slim_drawing_for_a_phone_with_nothing_over_anything(site, language):
    for question in RECORDS:
        path = site / HOMES[language] / "figures" / question / f"{lead(question)}.phone.svg"
        assert path.stat().st_size < LARGEST[language], question
        text = path.read_text(encoding="utf-8")
        assert re.search(r'viewBox="0 0 316\.8 \d', text), f"{question}: 4.4 inches"
        sizes = [100 * float(scale) for scale in re.findall(r"scale\(([\d.]+) -[\d.]+\)", text)]
        assert min(sizes) * 360 / 316.8 >= 11, f"{question}: letters of eleven pixels on a phone"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", HOMES)
def test_a_phone_shows_the_lead_figure_from_edge_to_edge(browser, site, language, scheme, scripts):
    context = browser.new_context(viewport=PHONE, color_scheme=scheme, java_script_enabled=scripts)
    page = context.new_page()
    go(page, site, f"{HOMES[language]}questions/{QUESTION}.html")
    shown = page.locator(f"#figure-{FIGURE} .card img")
    shown.scroll_into_view_if_needed()
    expect(shown).to_be_visible()
    page.wait_for_load_state("networkidle")
    box = shown.bounding_box()
    assert (box["x"], box["width"]) == (0, PHONE["width"]) and box["height"] > box["width"]
    assert len(colors(shown.screenshot())) > 10, "something is drawn"
    card = page.locator(f"#figure-{FIGURE}")
    assert not card.locator(".card > svg").is_visible()
    assert not card.locator(".swipe").is_visible() and not card.locator(".behind-how").is_visible()
    assert not card.locator(".message").is_visible(), "the drawing says it"
    if scripts:
        assert shown.evaluate("image => image.currentSrc").endswith(f"/{FIGURE}.phone.svg")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()


@pytest.mark.parametrize("size", [TABLET, DESK], ids=["tablet", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", HOMES)
def test_a_wider_screen_shows_the_wide_drawing_with_its_marks(page, site, language, scheme, size):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme)
    taken: list[str] = []
    page.on("request", lambda request: taken.append(request.url))
    go(page, site, f"{HOMES[language]}questions/{QUESTION}.html")
    page.wait_for_load_state("networkidle")
    assert page.locator(f"#figure-{FIGURE} .card > svg").is_visible()
    assert not page.locator(f"#figure-{FIGURE} .card img").is_visible()
    assert page.locator(f"#figure-{FIGURE} .behind-how").is_visible()
    assert not [url for url in taken if url.endswith(".phone.svg")], "not even taken"


def test_a_figure_to_share_fits_a_phone_too(page, site):
    page.set_viewport_size(PHONE)
    go(page, site, f"figures/{QUESTION}/{FIGURE}.html")
    page.wait_for_load_state("networkidle")
    shown = page.locator("figure img")
    assert Path(shown.evaluate("image => image.currentSrc")).name == f"{FIGURE}.phone.svg"
    assert shown.bounding_box()["width"] == PHONE["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(TABLET)
    assert not shown.evaluate("image => image.currentSrc").endswith(".phone.svg")


@pytest.mark.parametrize("language", HOMES)
def test_the_phones_page_has_no_barriers(page, site, language):
    page.set_viewport_size(PHONE)
    go(page, site, f"{HOMES[language]}questions/{QUESTION}.html")
    page.wait_for_load_state("networkidle")
    assert barriers(page) == []
