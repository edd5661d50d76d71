"""References as the Chicago Manual of Style (16th edition, author-date) prints them."""

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


def test_short_names_gather_the_years_of_one_author():
    assert (
        sources.shorts(["cabinet-office-2012-space-budget", "cabinet-office-2015-space-budget"])
        == "Cabinet Office 2012, 2015"
    )
    assert sources.shorts(["cabinet-office-2012-space-budget", "yomiuri-2020-space-budget"], most=1).endswith(
        "; and 1 more"
    )


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
