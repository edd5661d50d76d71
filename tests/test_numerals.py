"""A number with its words."""

from spacesec.words.numerals import counted


def test_only_one_is_singular():
    assert [counted(n, "claim") for n in (0, 1, 2, 1200)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "1,200 claims",
    ]
    assert [counted(n, "is", "are") for n in (0, 1, 2)] == ["0 are", "1 is", "2 are"]
