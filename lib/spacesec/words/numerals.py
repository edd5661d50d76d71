"""A number with its words in the singular or the plural."""


def counted(number: int, one: str, more: str = "") -> str:
    """``1 claim``, ``2 claims``, ``1,200 claims``; ``more`` where the plural is not the singular with an s:
    ``counted(2, "is", "are")``.
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()


def in_words(number: int) -> str:
    """``four``, ``twelve``, ``13``: a number in running text, in words up to twelve."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"
