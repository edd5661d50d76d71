"""Files as they really occur, that were taken wrongly, or refused, before somebody tried them."""

import pytest
from tests.importing import test_gcat as catalog
from tests.importing.test_spoiled import SATCAT

from spacesec.errors import SpacesecError
from spacesec.importing import kinds
from spacesec.importing.found import Unplaced

UNIT = "（単位：億円）\n"


def read(folder, kind, content, name="table.txt", **options):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return kinds.kind(kind).read(path, **options)


def amounts(folder, text):
    cells = [row.cells for row in read(folder, "money", text).rows]
    return [(row["item"], row["period"][:4], row["stage"], row["amount_bn"]) for row in cells]


def test_western_text_of_an_even_number_of_bytes_is_no_utf_16(tmp_path):
    text = "Japan’s policy – “counterspace” is told here. " * 20
    for end in ("", "."):
        [row] = read(tmp_path, "texts", (text + end).encode("cp1252")).rows
        assert row.cells["text"].startswith("Japan’s policy – “counterspace”")


def test_korean_text_is_not_read_as_japanese(tmp_path):
    korean = "대한민국 우주 개발 계획은 다음과 같다. " * 10
    with pytest.raises(Unplaced, match="it has Chinese characters and no kana"):
        read(tmp_path, "texts", korean.encode("euc-kr"))


@pytest.mark.parametrize(
    "text, rows",
    [
        (
            f"令和8年度概算要求\n{UNIT}事項\t前年度予算額\t令和8年度概算要求額\nあ\t10\t12\n",
            [("あ", "2025", "initial", "1"), ("あ", "2026", "request", "1.2")],
        ),
        (
            f"令和7年度予算\n{UNIT}事項\t前々年度決算額\t前年度予算額\t予算額\nあ\t9\t10\t12\n",
            [
                ("あ", "2023", "settled", "0.9"),
                ("あ", "2024", "initial", "1"),
                ("あ", "2025", "initial", "1.2"),
            ],
        ),
        (f"{UNIT}事項\t令和5年度補正後予算額\nあ\t10\n", [("あ", "2023", "revised", "1")]),
        (
            f"{UNIT}事項\t令和5年度予算額\nあ\t10\n（注）単位未満は四捨五入している。\n",
            [("あ", "2023", "initial", "1")],
        ),
    ],
)
def test_headings_and_notes_of_ministries_are_read(tmp_path, text, rows):
    assert amounts(tmp_path, text) == rows


@pytest.mark.parametrize(
    "text, said",
    [
        (f"{UNIT}事項\tR6-R10年度\nあ\t10\n", "'R6-R10年度' is not taken: it names more than one year"),
        (f"{UNIT}事項\t令和6年度までの累計額\nあ\t10\n", "it names more than one year"),
        (f"{UNIT}事項\t令和6年度\nあ\t5\nい\tl234\nう\t7\n", "line 4: 'l234' is not taken: it is no amount"),
        (f"{UNIT}事項\t令和6年度\nあ\t5\nい\t#REF!\n", "line 4: '#REF!' is not taken: it is no amount"),
        ("（単位:百万円／千ドル）\n事項\t令和5年度予算額\nあ\t10\n", "it names two units"),
        (
            f"{UNIT}事項\t令和5年度予算額\t令和6年度予算額\nあ\t10\t20\nい\t5\t6\n【総　計】\t15\t99\n",
            "do not add up",
        ),
    ],
)
def test_amounts_that_cannot_be_placed_are_refused(tmp_path, text, said):
    with pytest.raises(Unplaced, match=said.replace("(", r"\(")):
        amounts(tmp_path, text)


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("a.json", '[{"type": "book", "title": "x", "author": 5}]', "these are no names"),
        (
            "a.bib",
            "@book{a, title={X}, year={2020}, author={J. Smith, A. Doe, B. Roe, C. Poe}}",
            "it is no name",
        ),
    ],
)
def test_authors_that_are_no_names_are_refused(tmp_path, name, content, said):
    with pytest.raises(Unplaced, match=said):
        list(read(tmp_path, "references", content, name).rows)


@pytest.mark.parametrize("hours", ["abc", "nan", "-1", "0"])
def test_dark_hours_are_above_nought(tmp_path, hours):
    with pytest.raises(SpacesecError, match="least_hours = .* is not possible"):
        read(tmp_path, "dark_hours", "a", least_hours=hours)


@pytest.mark.parametrize("day", ["1903 Mar 28", "203 Mar 28"])
def test_nothing_flew_before_the_first_satellite(tmp_path, day):
    with pytest.raises(Unplaced):
        read(tmp_path, "gcat", SATCAT.replace("2003 Mar 28\tA", f"{day}\tA"), "satcat.tsv")
    assert read(tmp_path, "gcat", catalog.SATCAT, "satcat.tsv").rows
