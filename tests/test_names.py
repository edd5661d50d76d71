"""Names of satellites, places, bodies, laws and documents in Japanese: each from a source, shown wherever a
table names it, and an honest count of what stays English.
"""

import re
import unicodedata

import pytest
from matplotlib.figure import Figure

from spacesec.collection.site import words
from spacesec.data import sources, tables
from spacesec.drawing import figures, labels
from spacesec.machine import paths
from spacesec.words import language


@pytest.fixture
def in_japanese():
    with language.speaking("ja"):
        yield


# What tables name, column by column; codes, kinds and sentences are no names.
NAMED = {
    "space_systems/satellites": ("name", "programme", "operator", "launch_site", "launcher_family"),
    "space_systems/launches": ("vehicle", "site", "main_payload"),
    "space_systems/partner_systems": ("name", "operator"),
    "space_systems/military_communications": ("satellite",),
    "geography/places": ("place",),
    "missile_warning/cities": ("city",),
    "missile_warning/launches": ("missile_name",),
    "missile_warning/launch_sites": ("site_name",),
    "missile_warning/radar_sites": ("site",),
    "missile_warning/what_if_origins": ("province",),
    "policy_evolution/documents": ("title", "issuer"),
    "policy_evolution/institutions": ("name",),
    "policy_evolution/events": ("actor",),
    "regional_cooperation/exercise_participants": ("participant",),
    "regional_cooperation/exercises": ("exercise",),
    "regional_cooperation/navigation_satellites": ("satellite",),
    "regional_cooperation/un_votes": ("state",),
    "budgets/projects": ("project",),
    "budgets/ministries": ("ministry",),
}
# Names that no Japanese source was found for, or that nobody looked for yet: may only fall.
UNTOLD = 269


def test_names_of_tables_are_told_in_japanese_and_what_is_not_is_counted(in_japanese):
    named = {
        (name, column, cell)
        for name, columns in NAMED.items()
        for row in tables.raw_rows(paths.data() / f"{name}.csv")
        for column in columns
        if (cell := row[column])
    }
    untold = [
        cell
        for name, _, cell in named
        if not language.OTHER_LETTERS.search(told := language.names(cell, name))
        and not language.own_name(told)
    ]
    assert len(untold) <= UNTOLD, sorted(untold)


@pytest.mark.parametrize(
    "english, japanese",
    [
        # As the Cabinet Office (qzss.go.jp), JAXA, the Ministry of Defense and the Diet's laws write them.
        ("QZS-7", "みちびき7号機"),
        ("Shinsei", "しんせい"),
        ("Kyogamisaki (US)", "経ヶ岬通信所"),
        ("National Defense Program Outline for FY1996 and after", "平成8年度以降に係る防衛計画の大綱"),
        ("Iran; Iraq", "イラン、イラク"),
        ("XRISM", "XRISM"),
        ("radar", None),  # a term, no name
        ("Iran; nobody", None),
    ],
)
def test_a_name_is_told_as_its_source_writes_it(in_japanese, english, japanese):
    assert language.named(english) == japanese


def test_a_cell_shows_the_name_and_what_the_file_holds(in_japanese):
    assert words.cell("Shinsei") == 'しんせい <small lang="en">Shinsei</small>'
    assert words.cell("QZS-7") == "みちびき7号機 <small>QZS-7</small>"  # Japanese writes both
    assert words.cell("XRISM") == "XRISM" and not words.foreign("XRISM")
    assert words.cell("no name & none") == "no name &amp; none"
    with language.speaking("en"):
        assert words.cell("QZS-7") == "QZS-7"


def test_a_figure_shows_the_name_where_no_catalog_has_one(in_japanese):
    with figures._style():
        figure = Figure()
        axes = figure.add_subplot()
        name = axes.text(0, 0, "Shinsei")
        axes.set_yticks([0, 1], ["QPS-SAR-14 Yachihoko-I", "XRISM"])
        labels.translate(figure, "space_systems/launch_and_industry")
        figure.draw_without_rendering()
        shown = [tick.get_text() for tick in axes.get_yticklabels()]
    assert name.get_text() == "しんせい"
    assert shown == ["QPS-SAR14号機「ヤチホコ-I」", "XRISM"]


def test_what_errors_quote_is_no_name(in_japanese):
    # A reader types parameters as the tables have them, so what an error quotes stays.
    assert language.known("New Zealand", language.ERRORS) == "New Zealand"
    assert language.known("New Zealand", "space_systems/satellites") == "ニュージーランド"


def test_names_of_the_glossary_are_written_alike():
    rows = tables.load("glossary").fillna("")
    for form in rows["japanese"]:
        assert unicodedata.normalize("NFKC", form).translate(str.maketrans("()&", "（）＆")) == form.replace(
            "～", "~"
        ), form
        assert not re.search(r"[ァ-ヺー] ?[ 　] ?[ァ-ヺ]", form), f"{form}: a middle dot parts words"
    assert rows["english"].is_unique and set(rows["kind"]) > {"term", "satellite", "place", "law"}


# Sources in Japanese whose own title nobody has read yet: may only fall. None is translated back.
WITHOUT_TITLE = 118


def test_titles_of_japanese_sources_are_found_one_by_one():
    kana = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    own = {name: item for name, item in sources.store().items() if item["language"] == "ja"}
    lacking = [
        name
        for name, item in own.items()
        if not item.get("original-title") and not kana.search(item["title"])
    ]
    assert len(lacking) <= WITHOUT_TITLE, lacking
    assert all(kana.search(item["original-title"]) for item in own.values() if "original-title" in item)
