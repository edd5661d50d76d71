"""A number with its words in the singular or the plural."""


def counted(number: int, one: str, more: str = "") -> str:
    """``1 claim``, ``2 claims``, ``1,200 claims``; ``more`` where the plural is not the singular with an s:
    ``counted(2, "is", "are")``.
    """
    word = one if number == 1 else more or f"{one}s"
    return f"{number:,} {word}"


SMALL = "no one two three four five six seven eight nine ten eleven twelve".split()


def spelled(number: int) -> str:
    """``six``, ``twelve``, ``13``: whole numbers to twelve as words, ``no`` for none."""
    return SMALL[number] if 0 <= number < len(SMALL) else f"{number:,}"
