"""Sentences that the answers of several budget questions share."""

from collections.abc import Iterable, Mapping

from spacesec.answers import Answer
from spacesec.budgets import money
from spacesec.words import sentences
from spacesec.words.sentences import (
    Joined,
    Sentence,
    Told,
    counted,
    drawn,
    fiscal_year,
    named,
    parameter,
    result,
    say,
    year,
)


def listed(items: Iterable[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    *before, last = items
    return f"{', '.join(before)} and {last}" if before else last


def fiscal_years(years: Iterable[int]) -> str:
    """``FY2026``, ``FY2026 and FY2027``."""
    return listed(f"FY{year}" for year in years)


def money_unit(currency: money.Currency, deflator: money.Deflator) -> Sentence:
    """``billion yen, nominal``, or the year and index of its prices, as `money.words` has it."""
    unit = money.UNITS[currency]
    if deflator == "none":
        return say(f"{unit}, nominal")
    at = f"{unit} at {{year}} prices ({money.INDICES[deflator]})"
    return say(at, year=fiscal_year(parameter("price_base_year")))


def years_in(found: Answer, *path: str) -> Joined:
    """The fiscal years of a result that is a list, or of a list in one: ``FY2026 and FY2027``."""
    years = found[path[0]]
    for key in path[1:]:
        years = years[key]
    return sentences.listed([fiscal_year(result(*path, place)) for place in range(len(years))])


def carried(found: Answer) -> list[Told]:
    """A sentence for each of exchange rate and price index whose last known value stands in for later years;
    from the result ``years_carried``.
    """
    return [
        say(
            "The {what} of {years} is not known yet; the latest known one stands in.",
            what=what,
            years=years_in(found, "years_carried", what),
        )
        for what in found["years_carried"]
    ]


def untold(found: Answer) -> list[Told]:
    """A sentence on totals that hold the fund, or leave it out, by a tranche that is not known; from
    the result ``years_of_unknown_tranches``.
    """
    if not found["years_of_unknown_tranches"]:
        return []
    return [
        say(
            "The total of {years} is said to hold the fund or to leave it out, but no tranche is known: the"
            " published total stands.",
            years=years_in(found, "years_of_unknown_tranches"),
        )
    ]


def left_out(found: Answer, why: Mapping[str, str]) -> list[Told]:
    """One sentence on the rows that are newer than what is used, table by table with the reason; none without
    rows. From the result ``rows_left_out``.
    """
    parts = [
        say(
            "{rows} of {years} in {table} ({why})",
            rows=counted(drawn(f"""json_extract(:rows_left_out, '$."{name}"[0]')"""), "{n} row", "{n} rows"),
            years=_span(found["rows_left_out"][name], name),
            table=name,
            why=why[name],
        )
        for name in found["rows_left_out"]
    ]
    told = say(
        "Newer than what is used here, and left out: {parts}.", parts=sentences.listed(parts, "; ", "; ")
    )
    return [told] if parts else []


def _span(newer: list[int], name: str) -> Told:
    first, last = (year(result("rows_left_out", name, place)) for place in (1, 2))
    if newer[1] == newer[2]:
        return say("{year}", year=first)
    return say("{first} to {last}", first=first, last=last)


def disputed(found: Answer) -> list[Told]:
    """One sentence on the facts of which sources say different things; none where they agree. From the result
    ``facts_disputed``.
    """
    parts = [
        say(
            "{facts} in {table}",
            facts=sentences.listed(
                [named(result("facts_disputed", name, place)) for place in range(len(facts))]
            ),
            table=name,
        )
        for name, facts in found["facts_disputed"].items()
    ]
    told = say(
        "Sources disagree on {parts}: the row that stands first is used until data/conflicts.csv decides.",
        parts=sentences.listed(parts, "; ", "; "),
    )
    return [told] if parts else []


def loose_ends(found: Answer) -> list[Told]:
    """Sentences on GDP and prices that are known in part and so enter no index; none where all do. From the
    result ``index_gaps``.
    """
    said = {
        "quarters": "GDP of {which} enters no price index, for nominal and real GDP are not both known.",
        "years": "The price change of {which} is left out, for the year before it is not known.",
    }
    return [
        say(
            said[kind],
            which=sentences.listed([named(result("index_gaps", kind, place)) for place in range(len(gaps))]),
        )
        for kind, gaps in found["index_gaps"].items()
        if gaps
    ]
