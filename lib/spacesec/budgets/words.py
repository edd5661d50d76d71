"""Sentences that the answers of several budget questions share."""

from collections.abc import Iterable, Mapping

from spacesec.budgets.money import Loose
from spacesec.budgets.rows import Newer
from spacesec.words.numerals import counted

SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def spelled(number: int) -> str:
    """``three`` for 3; digits above twelve."""
    return SMALL[number] if number < len(SMALL) else str(number)


def trillions(bn_jpy: float) -> str:
    """``one trillion yen``, ``1.5 trillion yen`` for billions of yen."""
    number = spelled(int(bn_jpy / 1000)) if bn_jpy % 1000 == 0 else f"{bn_jpy / 1000:g}"
    return f"{number} trillion yen"


def listed(items: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


def fiscal_years(years: Iterable[int]) -> str:
    """``FY2026``, ``FY2026 and FY2027``."""
    return listed(f"FY{year}" for year in years)


def span(first: int, last: int, mark: str = "") -> str:
    """``2026``, or ``2025 to 2027``; ``mark`` stands before each year."""
    return f"{mark}{first}" if first == last else f"{mark}{first} to {mark}{last}"


def standing_in(carried: Mapping[str, list[int]]) -> list[str]:
    """A sentence for each of exchange rate and price index whose last known value stands in for later
    years.
    """
    return [
        f"The {what} of {fiscal_years(years)} is not known yet; the latest known one stands in."
        for what, years in carried.items()
    ]


def untold(years: list[int]) -> list[str]:
    """A sentence on totals that hold the fund, or leave it out, by a tranche that is not known."""
    if not years:
        return []
    return [
        f"The total of {fiscal_years(years)} is said to hold the fund or to leave it out, but no tranche is"
        " known: the published total stands."
    ]


def left_out(newer: Mapping[str, Newer | None], why: Mapping[str, str]) -> list[str]:
    """One sentence on the rows that are newer than what is used, table by table with the reason; none
    without rows.
    """
    parts = [
        f"{counted(rows.count, 'row')} of {span(rows.first, rows.last)} in {name} ({why[name]})"
        for name, rows in newer.items()
        if rows
    ]
    return [f"Newer than what is used here, and left out: {'; '.join(parts)}."] if parts else []


def disputed(facts: Mapping[str, list[str]]) -> list[str]:
    """One sentence on the facts of which sources say different things; none where they agree."""
    parts = [f"{listed(words)} in {name}" for name, words in facts.items()]
    return (
        [
            f"Sources disagree on {'; '.join(parts)}: the row that stands first is used until"
            " data/conflicts.csv decides."
        ]
        if parts
        else []
    )


def loose_ends(loose: Loose) -> list[str]:
    """Sentences on GDP and prices that are known in part and so enter no index; none where all do."""
    sentences = []
    if loose.quarters:
        sentences.append(
            f"GDP of {listed(loose.quarters)} enters no price index, for nominal and real GDP are not both"
            " known."
        )
    if loose.years:
        sentences.append(
            f"The price change of {listed(loose.years)} is left out, for the year before it is not known."
        )
    return sentences
