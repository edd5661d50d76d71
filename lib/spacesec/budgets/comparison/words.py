"""The words of the question ``comparison``."""

from spacesec.answers import Answer
from spacesec.budgets import money, words
from spacesec.budgets.comparison.model import COUNTS, ESTIMATORS
from spacesec.words.sentences import (
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    fiscal_year,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

LEFT_OUT = {
    "budgets/government_space": "no total yet",
    "budgets/strategy_fund": "no tranche that a total books",
    "budgets/comparators": "no estimator's total",
    "budgets/countries": "no estimator's total to divide",
    "budgets/defense_totals": "not the year held against the threshold",
    "budgets/ministries": "parts without a total beside them",
    "budgets/gdp_usd": "the government's rule fixes an earlier year",
    "budgets/budget_book": "after the year that is compared with Taiwan",
}


def answer(found: Answer) -> list[Told]:
    return [
        _burden(found),
        _two_percent(),
        say(
            "The space budget of {last} was {yen} times that of {first} in yen and {dollars} times in"
            " dollars.",
            first=fiscal_year(parameter("first_year")),
            last=fiscal_year(parameter("last_year")),
            yen=number(result("yen_multiple"), 1),
            dollars=number(result("dollar_multiple"), 1),
        ),
        *words.carried(found),
        *_security(found),
        _members(),
        say(
            "JAXA's operating grant alone is {times} times Taiwan's space program per year.",
            times=result("jaxa_over_taiwan"),
        ),
        *words.left_out(found, LEFT_OUT),
        *words.disputed(found),
        *words.loose_ends(found),
    ]


def _burden(found: Answer) -> Told:
    p = found.parameters
    what = p.denominator.replace("_", " ").replace("gdp", "GDP")
    digits = 2 if p.denominator == "gdp" else 1
    if found["japan_burden_year"] is None:
        values = "(SELECT {}(value) FROM json_each(:space_share_percent))"
        return say(
            "{estimator}'s lists that could be read hold Japan in no year whose {what} is known; others range"
            " from {low} to {high}.",
            estimator=ESTIMATORS[p.estimator],
            what=what,
            low=percent(drawn(values.format("min")), digits),
            high=percent(drawn(values.format("max")), digits),
        )
    others = [
        say(
            "{country} {share}",
            country=named(drawn(f"key FROM json_each(:shares_beside_japan) LIMIT 1 OFFSET {place}")),
            share=percent(result("shares_beside_japan", country), digits),
        )
        for place, country in enumerate(found["shares_beside_japan"])
    ]
    return say(
        "{estimator} puts Japan's space spending of {year} at **{share} of {what}**{beside}.",
        estimator=ESTIMATORS[p.estimator],
        year=year(result("japan_burden_year")),
        share=percent(result("japan_burden_percent"), digits),
        what=what,
        beside=say(", beside {others}", others=listed(others)) if others else "",
    )


def _two_percent() -> Told:
    effect = number(result("two_percent_vintage_effect"), 1)
    return say(
        "That {year} defense spending rounds to {bound}% of GDP or more holds under **{true} of {all}"
        " definitions**, which give {low} to {high}. {revised}",
        year=fiscal_year(parameter("defense_year")),
        bound=named(parameter("threshold_percent")),
        true=result("two_percent_true"),
        all=result("two_percent_definitions"),
        low=percent(result("two_percent_lowest"), 2),
        high=percent(result("two_percent_highest"), 2),
        revised=choose(
            (
                ":two_percent_vintage_effect > 0",
                say(
                    "A revision alone raised the GDP of {year} by {effect}%.",
                    year=year(result("gdp_year")),
                    effect=effect,
                ),
            ),
            otherwise=say(
                "A revision changed the GDP of {year} by {effect}%.",
                year=year(result("gdp_year")),
                effect=effect,
            ),
        ),
    )


def _security(found: Answer) -> list[Told]:
    p = found.parameters
    if not found["security_share_percent"]:
        return []
    return [
        say(
            "Security ({what}, {count} count) took {low} ({first}) to {high} ({last}) of the space budget in"
            " the years whose parts are published.",
            what=COUNTS[p.security_count],
            count=p.security_count,
            low=percent(_secure("value", "ASC")),
            first=named(_secure("key", "ASC")),
            high=percent(_secure("value", "DESC")),
            last=named(_secure("key", "DESC")),
        )
    ]


def _secure(what: str, order: str) -> Value:
    return drawn(f"{what} FROM json_each(:security_share_percent) ORDER BY value {order}, id LIMIT 1")


def _members() -> Told:
    def end(order: str, what: str) -> Value:
        return drawn(f"{what} FROM json_each(:nato_members_at_two_percent) ORDER BY key {order} LIMIT 1")

    return say(
        "As for exceeding NATO members at two percent of GDP: {few} there in {start}, {many} in {end}.",
        few=counted(end("ASC", "value"), "{n} member was", "{n} members were"),
        start=named(end("ASC", "key")),
        many=number(end("DESC", "value")),
        end=named(end("DESC", "key")),
    )


def burdens(answer: Answer) -> Words:
    p = answer.parameters
    what = p.denominator.replace("_", " ").replace("gdp", "GDP")
    digits = 2 if p.denominator == "gdp" else 1
    japan = "FROM drawn WHERE country = 'Japan' AND share_percent IS NOT NULL ORDER BY year DESC LIMIT 1"
    of = f"FROM drawn WHERE year = (SELECT year {japan})"
    american = f"{of} AND country = 'United States'"
    values = {
        "about": _about(japan),
        "share": percent(drawn(f"share_percent {japan}"), digits),
        "what": what,
        "year": year(drawn(f"year {japan}")),
    }
    other = percent(drawn(f"share_percent {american}"), digits)
    low, high = (percent(drawn(f"{end}(share_percent) FROM drawn"), digits) for end in ("min", "max"))
    missing = "(SELECT count(*) FROM drawn WHERE share_percent IS NULL)"
    title = choose(
        (
            f"(SELECT count(*) {american}) = 1",
            say(
                "Japan spent {about}{share} of {what} on space in {year}, the United States {other}",
                other=say("{about}{share}", about=_about(american), share=other),
                **values,
            ),
        ),
        (
            f"(SELECT count(*) {of}) > 0",
            say("Japan spent {about}{share} of {what} on space in {year}", **values),
        ),
        otherwise=say(
            "Space took {low} to {high} of {what}; no share of Japan's is known",
            low=low,
            high=high,
            what=what,
        ),
    )
    panels = counted(drawn("count(DISTINCT year) FROM drawn"), "one panel", "{n} panels")
    return Words(
        title=title,
        subtitle=say(
            "Government space spending as {estimator} counts it, % of {what}; each panel is one year's list",
            estimator=ESTIMATORS[p.estimator],
            what=what,
        ),
        caption=say(
            "Lists are those that could be read and differ from year to year; a country missing from one was"
            " not necessarily small. Market exchange rates; GDP from the World Bank, military expenditure"
            " from SIPRI."
        ),
        alt=say(
            "Bars by country in {panels}, {low} to {high}; Japan hatched where it is listed, a question mark"
            " where not.",
            panels=panels,
            low=low,
            high=high,
        ),
        note=choose(
            (
                f"{missing} > 0",
                say(
                    "Japan is in {known} of {all} lists; a tilde marks amounts that the source rounds.",
                    known=drawn("count(*) FROM drawn WHERE country = 'Japan' AND share_percent IS NOT NULL"),
                    all=drawn("count(DISTINCT year) FROM drawn"),
                ),
            ),
            otherwise=say("a tilde marks amounts that the source rounds."),
        ),
    )


def _about(row: str) -> Told:
    """``about`` before what rests on an amount that the source rounds."""
    return choose((f"(SELECT approximate {row})", say("about ")), otherwise=say(""))


def two_percent(answer: Answer) -> Words:
    true = drawn("count(*) FROM drawn WHERE rounds_to_bound")
    every = drawn("count(*) FROM drawn")
    bound = {"bound": named(parameter("threshold_percent")), "year": fiscal_year(parameter("defense_year"))}
    low, high = (percent(drawn(f"{end}(percent) FROM drawn"), 2) for end in ("min", "max"))
    return Words(
        title=say(
            "Rounded, {year} defense spending reaches {bound}% of GDP under {true} of {all} definitions",
            true=true,
            all=every,
            **bound,
        ),
        subtitle=say(
            "Defense spending by what it counts (rows) over GDP by year and edition (columns): {low} to"
            " {high}; filled: rounds, to one decimal, to {bound}% or more",
            low=low,
            high=high,
            bound=bound["bound"],
        ),
        caption=say(
            "The government fixes the denominator at {year} and counts wider security spending. The GDP of"
            " that year was later revised; \"as known then\" is the World Bank's dollar value at the year's"
            " exchange rate.",
            year=fiscal_year(result("gdp_year")),
        ),
        alt=say(
            "A board of {rows} counts by {columns} denominators with shares between {low} and {high}.",
            rows=drawn("count(DISTINCT definition) FROM drawn"),
            columns=drawn("count(DISTINCT denominator) FROM drawn"),
            low=low,
            high=high,
        ),
        note=say(
            "the spending is that of {year} in every cell; columns differ in the GDP it is divided by.",
            year=bound["year"],
        ),
    )


def yen_dollar(answer: Answer) -> Words:
    years = {"first": fiscal_year(parameter("first_year")), "last": fiscal_year(parameter("last_year"))}
    steps = {
        name: number(drawn(f"multiple FROM drawn WHERE step = '{step}, nominal'"), 1)
        for name, step in (("yen", "yen"), ("dollars", "US dollars"))
    }
    worth = {
        "change": percent(drawn("100 * abs(1 - :yen_value_multiple)")),
        **years,
    }
    provisional = 0 < len(money.rate_months(answer.parameters.last_year)) < 12
    rate = say("; the last year's rate rests on the months known so far" if provisional else "")
    carried = answer["years_carried"]
    stand_in = [
        say("; {years} at the latest rate known", years=words.years_in(answer, "years_carried", what))
        for what in carried
    ]
    return Words(
        title=say(
            "Japan's space budget of {last} is {yen} times that of {first} in yen, {dollars} times in"
            " dollars",
            **years,
            **steps,
        ),
        subtitle=say(
            "Supplementary of the year before plus initial budget, the fund when booked, in four kinds of"
            " money; hatched: real{stand_in}",
            stand_in=listed(stand_in, "", ""),
        ),
        caption=say(
            "Real amounts use the GDP deflators of Japan and of the United States; where the last year's is"
            " not known, the latest stands in. Lines bought in dollars feel the lower bars, lines bought in"
            " yen the upper."
        ),
        alt=say(
            "Four horizontal bars: growth in nominal and real yen and in nominal and real dollars, from {low}"
            " to {high} times.",
            low=number(drawn("min(multiple) FROM drawn"), 2),
            high=number(drawn("max(multiple) FROM drawn"), 2),
        ),
        note=choose(
            (
                "round(100 * abs(1 - :yen_value_multiple)) = 0",
                say(
                    "a yen of {last} buys about as many dollars as one of {first}{rate}.", rate=rate, **years
                ),
            ),
            (
                ":yen_value_multiple < 1",
                say(
                    "a yen of {last} buys {change} fewer dollars than one of {first}{rate}.",
                    rate=rate,
                    **worth,
                ),
            ),
            otherwise=say(
                "a yen of {last} buys {change} more dollars than one of {first}{rate}.", rate=rate, **worth
            ),
        ),
        until=years["last"],
    )


def security_and_civil(answer: Answer) -> Words:
    ends = {
        f"{name}_{end}": percent(drawn(f"{end}({name}) FROM drawn"))
        for name in ("narrow", "wide")
        for end in ("min", "max")
    }
    years = {end: fiscal_year(drawn(f"{end}(fiscal_year) FROM drawn")) for end in ("min", "max")}
    return Words(
        title=say(
            "Security took {narrow_min} to {narrow_max} of Japan's space money counted narrowly, {wide_min}"
            " to {wide_max} counted widely",
            **ends,
        ),
        subtitle=say(
            "Share of security in the space budget, Cabinet Office count, {min} to {max}: Ministry of"
            ' Defense, plus reconnaissance satellites, plus Cabinet Office (QZSS); "?": the next part could'
            " not be read",
            **years,
        ),
        caption=say(
            "The counts with and without missile defense, and the two stages, are not joined. The ministry's"
            " own contract total would give far more."
        ),
        alt=say(
            "{bars} by fiscal year in groups for the old count, the new count and totals with"
            " supplementaries.",
            bars=counted(drawn("count(*) FROM drawn"), "{n} stacked bar", "{n} stacked bars"),
        ),
        note=say(
            "years without a table of parts are left out; the wide count is known for {wide} of {all} bars.",
            wide=drawn("count(wide) FROM drawn"),
            all=drawn("count(*) FROM drawn"),
        ),
    )


def estimators(answer: Answer) -> Words:
    newest = "FROM json_each(:estimator_over_own) ORDER BY key DESC LIMIT 1"
    carried = [
        say("; {years} at the latest known", years=words.years_in(answer, "years_carried", what))
        for what in answer["years_carried"]
    ]
    japan = "FROM drawn WHERE country = 'Japan'"
    return Words(
        title=choose(
            (
                "(SELECT count(*) FROM json_each(:estimator_over_own)) > 0",
                say(
                    "Novaspace put Japan's space spending of {year} at {times} times Japan's own count",
                    year=named(drawn(f"key {newest}")),
                    times=number(drawn(f"value {newest}"), 2),
                ),
            ),
            otherwise=say("Two estimators' lists of space spending, and Japan's own count"),
        ),
        subtitle=say(
            "Government space spending by country, civil and defense, as two estimators count it; hollow:"
            " Japan's budget at the fiscal year's mean exchange rate{carried}",
            carried=listed(carried, "", ""),
        ),
        caption=say(
            "Dotted lines join points of one estimator and one country only. Labels may be moved apart;"
            " points are where they belong."
        ),
        alt=say(
            "Two panels of points on a log scale, {first} to {last}, {low} to {high} billion dollars; Japan's"
            " points lie between {japan_low} and {japan_high}.",
            first=year(drawn("min(year) FROM drawn")),
            last=year(drawn("max(year) FROM drawn")),
            low=number(drawn("min(amount_bn_usd) FROM drawn"), 1, "down"),
            high=number(drawn("max(amount_bn_usd) FROM drawn"), 1, "up"),
            japan_low=number(drawn(f"min(amount_bn_usd) {japan}"), 1, "down"),
            japan_high=number(drawn(f"max(amount_bn_usd) {japan}"), 1, "up"),
        ),
        note=say("estimators' own tables are sold; these are the totals that press and summaries repeat."),
    )
