"""The words of the question ``comparison``."""

from spacesec.answers import Answer
from spacesec.budgets import words
from spacesec.budgets.comparison.model import COUNTS, ESTIMATORS
from spacesec.words.sentences import (
    Told,
    Value,
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
            "The space budget of {last} was {yen} times that of {first} in yen and {dollars} times in dollars.",
            first=fiscal_year(parameter("first_year")),
            last=fiscal_year(parameter("last_year")),
            yen=number(result("yen_multiple"), 1),
            dollars=number(result("dollar_multiple"), 1),
        ),
        *words.carried(found),
        *_security(found),
        _members(),
        say(
            "JAXA's operating grant alone is {times} times Taiwan's space programme per year.",
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
            "{estimator}'s lists that could be read do not hold Japan with a known {what}; others range from {low} to"
            " {high}.",
            estimator=ESTIMATORS[p.estimator],
            what=what,
            low=percent(drawn(values.format("min")), 2, "down"),
            high=percent(drawn(values.format("max")), 2, "up"),
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
        "That {year} defense spending rounds to {bound}% of GDP or more holds under **{true} of {all} definitions**, which"
        " give {low} to {high}. {revised}",
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
            "Security ({what}, {count} count) took {low} ({first}) to {high} ({last}) of the space budget in the years"
            " whose parts are published.",
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
