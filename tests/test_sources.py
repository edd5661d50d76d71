"""References as the Chicago Manual of Style (16th edition, author-date) prints them."""

import html
import re

import pytest

from spacesec.data import sources
from spacesec.errors import DataError


def test_a_japanese_source_carries_both_titles():
    text = sources.cite("yomiuri-2020-space-budget")
    # Author. Year. "Title". Publisher, as section 15.6 orders them; the translated title in brackets, section
    # 14.108.
    assert text.startswith("Yomiuri Shimbun. 2020.")
    assert (
        "宇宙開発予算" in text
        and "[Space Development Budget a Record 449.6 Billion Yen with the Supplementary]" in text
    )
    assert "https://www.yomiuri.co.jp/science/20201225-OYT1T50217/" in text


def test_names_in_kanji_stand_family_name_first_wherever_they_stand():
    item = {
        **sources.get("fatton-2020"),
        "author": [
            {"family": "山田", "given": "太郎"},
            {"family": "鈴木", "given": "花子"},
            {"family": "Smith", "given": "John"},
        ],
    }
    assert sources.cite_item(item).startswith("山田太郎, 鈴木花子, and John Smith. 2020.")


@pytest.mark.parametrize(
    ("issued", "year", "told"),
    [
        ({"date-parts": [[2019, 4], [2019, 6]]}, "2019", ""),
        ({"date-parts": [[2019, 4, 3], [2019, 4, 5]]}, "2019", "April"),
        ({"date-parts": [[2019], [2020]]}, "2019–2020", ""),
        ({"date-parts": [[2019, 4, 3]]}, "2019", "April 3"),
        ({"date-parts": [[2019]], "circa": True}, "ca. 2019", ""),
    ],
)
def test_a_reference_has_its_year_whatever_its_date_is(issued, year, told):
    item = {**sources.get("yomiuri-2020-space-budget"), "issued": issued}
    text = sources.cite_item(item)
    assert f". {year}. " in text and told in text


def test_nothing_in_a_title_acts_in_a_list_of_references(monkeypatch):
    item = {**sources.get("yomiuri-2020-space-budget"), "title": "A *b* `c` <b>d</b> $e$", "id": "x"}
    monkeypatch.setattr(sources, "cite", lambda one: sources.cite_item(item))
    assert "\\*b\\* \\`c\\` " in (line := sources.references(["x"])) and "\\$e\\$" in line
    assert not re.search(r"(?<!\\)[$*`<](?!x`)", line.removesuffix(" `x`"))


def test_html_keeps_italics_and_plain_has_no_markup():
    assert "<i>" in sources.cite("cabinet-office-2015-space-budget", "html")
    assert "<" not in sources.cite("cabinet-office-2015-space-budget")


def test_bibtex_reads_back():
    from pybtex.database import parse_string

    identifiers = ["fatton-2020", "cabinet-office-2015-space-budget", "yomiuri-2020-space-budget"]
    back = parse_string(sources.bibtex(identifiers), "bibtex")
    assert set(back.entries) == set(identifiers)
    assert back.entries["fatton-2020"].persons["author"][0].last_names == ["Fatton"]
    assert back.entries["cabinet-office-2015-space-budget"].fields["year"] == "2015"


def test_bibtex_has_every_address_as_the_store_has_it():
    from pybtex.database import parse_string

    store = sources.store()
    back = parse_string(sources.bibtex(store), "bibtex").entries
    assert back.keys() == store.keys()
    for field, key in (("url", "URL"), ("doi", "DOI")):
        told = {identifier: entry.fields.get(field) for identifier, entry in back.items()}
        assert told == {identifier: item.get(key) for identifier, item in store.items()}


LIVE = {
    "title": "A <b>bold</b> & <script>alert(1)</script> 5 < 6 {half",
    "author": [{"literal": "<img src=x onerror=alert(1)>"}],
    "URL": "https://example.org/a_b?c=%7B1%7D&d=#e",
    "publisher": "R&D <i>Ltd</i>",
}


def test_what_a_source_says_stands_in_every_format_and_acts_in_none():
    from pybtex.database import parse_string

    item = {**sources.get("fatton-2020"), **LIVE}
    shown = sources.cite_item(item, "html")
    assert set(re.findall(r"<[^>]*>", shown)) <= {"<i>", "</i>"}
    for text in (LIVE["title"], LIVE["author"][0]["literal"], LIVE["publisher"]):
        assert html.escape(text, quote=False) in shown and text in sources.cite_item(item)
    (entry,) = parse_string(sources.bibtex_items([item]), "bibtex").entries.values()
    assert entry.fields["url"] == LIVE["URL"]
    assert "5 < 6 \\textbraceleft{}half" in entry.fields["title"]


@pytest.mark.parametrize(
    "change, said",
    [
        ({"title": "two\nlines"}, "line break or a control character"),
        ({"publisher": "a \x1b[31mred\x1b[0m house"}, "line break or a control character"),
        ({"author": [{"literal": "a\u202eb"}]}, "line break or a control character"),
        ({"id": "../x"}, "an id has small letters, digits, dots and hyphens"),
        ({"URL": "javascript:alert(1)"}, "an address begins with https:// or http://"),
        ({"URL": "https://example.org/a b"}, "an address begins with https:// or http://"),
        ({"author": [{"literal": "Ministry of Health, Labour and Welfare"}]}, "needs custom.short_name"),
        ({"author": [{"literal": "NHK, copied at example.org"}]}, "stands in brackets"),
    ],
)
def test_what_no_line_of_text_holds_is_refused(change, said):
    (fault,) = sources.faults_of([{**sources.get("fatton-2020"), **change}])
    assert change.get("id", "fatton-2020") in fault and said in fault


def test_short_names_gather_the_years_of_one_author():
    assert (
        sources.shorts(["cabinet-office-2012-space-budget", "cabinet-office-2015-space-budget"])
        == "Cabinet Office 2012, 2015"
    )
    assert sources.shorts(["cabinet-office-2012-space-budget", "yomiuri-2020-space-budget"], most=1).endswith(
        "; and 1 more"
    )


def test_a_ministry_is_not_cut_within_its_name():
    # Names as the ministries write them in English; the short ones are their own.
    full = "Ministry of Land, Infrastructure, Transport and Tourism"
    of = [
        identifier for identifier, item in sources.store().items() if item["author"][0] == {"literal": full}
    ]
    assert re.fullmatch(r"MLIT( \d{4},?)+", sources.shorts(of))


def test_who_says_goes_from_a_row_to_its_page():
    said = sources.who_says("space-budget-2015-combined")
    assert said.source_id == "cabinet-office-2015-space-budget"
    assert "total row" in said.locator
    assert said.facts["amount_bn_jpy"] == 324.5


@pytest.mark.parametrize("call", [lambda: sources.get("nobody-1999"), lambda: sources.who_says("no-row")])
def test_unknown_names_end_in_a_sentence(call):
    with pytest.raises(DataError, match="no"):
        call()


def test_the_store_is_in_order():
    assert sources.problems() == []
