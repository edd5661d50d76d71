"""The words of the question ``government_space``."""

from spacesec.answers import Answer
from spacesec.budgets import words
from spacesec.words.sentences import (
    Joined,
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    fiscal_year,
    listed,
    month,
    number,
    percent,
    result,
    say,
)

BASES = {
    "combined": "supplementary of the year before plus initial budget",
    "initial": "initial budget alone",
}
LEFT_OUT = {"budgets/strategy_fund": "no tranche that a total books"}
COUNTS = {
    "narrow": "",
    "with_missile_defence": ", count with missile defense",
    "narrow_with_fund_execution": ", count with what funds pay out",
}
YEARS = {"first": fiscal_year(result("first_amount_year")), "last": fiscal_year(result("last_amount_year"))}


def answer(found: Answer) -> list[Told]:
    return [
        _growth(found),
        *words.carried(found),
        *words.untold(found),
        *_without_total(found),
        _claim(),
        _definitions(),
        *words.left_out(found, LEFT_OUT),
        *words.disputed(found),
        *words.loose_ends(found),
    ]


def _growth(found: Answer) -> Told:
    p = found.parameters
    digits = 1 if p.currency == "JPY" else 2
    amounts = [number(result(f"{end}_amount"), digits) for end in ("first", "last")]
    tranche = choose(
        (
            ":last_tranche > 0",
            say(
                " ({tranche} of it a tranche of the Space Strategy Fund, meant for {years} years; without it"
                " {without} times)",
                tranche=number(result("last_tranche"), digits),
                years=result("fund_years"),
                without=number(result("growth_multiple_without_last_tranche"), 2),
            ),
        ),
        otherwise=say(""),
    )
    return say(
        f"Between {{first}} and {{last}} the government space budget ({BASES[p.basis]}, without missile"
        " defense and aviation; {unit}) {verb} from {before} to {after}: **{multiple} times**, or"
        " {yearly} a year{tranche}.",
        unit=words.money_unit(p.currency, p.deflator),
        verb=_verb(say("grew"), say("fell"), say("went")),
        before=amounts[0],
        after=amounts[1],
        multiple=number(result("growth_multiple"), 2),
        yearly=percent(result("annual_growth_percent"), 1),
        tranche=tranche,
        **YEARS,
    )


def _verb(grew: Told, fell: Told, stayed: Told) -> Told:
    return choose((":growth_multiple > 1", grew), (":growth_multiple < 1", fell), otherwise=stayed)


def _without_total(found: Answer) -> list[Told]:
    """What is known of years after the last total: drawn, and in no growth."""
    known = [
        say(
            f"{{year}} {stage}{COUNTS[count]}, {{amount}} billion yen",
            year=fiscal_year(result("without_total", place, 0)),
            amount=number(result("without_total", place, 3), 1),
        )
        for place, (_, count, stage, _) in enumerate(found["without_total"])
    ]
    told = say(
        "No total is known yet for what comes after, which enters no growth: {known}.",
        known=listed(known, "; ", "; "),
    )
    return [told] if known else []


def _claim() -> Told:
    window = {end: fiscal_year(result("claim_years", place)) for place, end in enumerate(("first", "last"))}
    multiple = number(result("claim_multiple"), 2)
    return choose(
        (
            ":doubling_claim_holds IS NULL",
            say(
                'Whether it "more than doubled in five years" cannot be said on this basis: the totals for'
                " {first} to {last} could not both be read.",
                **window,
            ),
        ),
        (
            ":doubling_claim_holds",
            say(
                '"More than doubled in five years" **holds** on this basis: {first} to {last} gives'
                " {multiple} times.",
                multiple=multiple,
                **window,
            ),
        ),
        otherwise=say(
            '"More than doubled in five years" **does not hold** on this basis: {first} to {last} gives'
            " {multiple} times.",
            multiple=multiple,
            **window,
        ),
    )


def _definitions() -> Told:
    parts = {
        f"{part}_{what}": result(f"definitions_{part}_fund_{what}")
        for part in ("with", "without")
        for what in ("true", "known")
    }
    return say(
        "Over all {known} distinct definitions for which totals could be read, the sentence is true under"
        " {true}: {with_true} of {with_known} with the Space Strategy Fund counted when booked,"
        " {without_true} of {without_known} without it or before there was one.",
        known=result("definitions_decidable"),
        true=result("definitions_true"),
        **parts,
    )


def series(answer: Answer) -> Words:
    p = answer.parameters
    totals = "FROM drawn WHERE \"count\" = 'narrow' AND stage = 'combined'"
    rounded = f"{totals} AND precision = 'rounded'"
    return Words(
        title=_series_title(),
        subtitle=say(
            "Japan's government space budget by stage, {unit}; two counts that must not be joined",
            unit=words.money_unit(p.currency, p.deflator),
        ),
        caption=say(
            "Bars: supplementary budget of the previous fiscal year plus this year's initial budget, narrow"
            " count. Hatched: tranches of the Space Strategy Fund. Dashes: requests. Diamonds: the older"
            " count, which held missile defense and aviation."
        ),
        alt=say(
            "Bar chart of yearly budgets: {totals} from {first} to {last}, the last {amount}; the fund's"
            " tranches stand apart{gaps}.",
            gaps=_without(answer),
            totals=counted(drawn(f"count(DISTINCT fiscal_year) {totals}"), "{n} total", "{n} totals"),
            first=fiscal_year(drawn(f"min(fiscal_year) {totals}")),
            last=fiscal_year(drawn(f"max(fiscal_year) {totals}")),
            amount=number(
                drawn(f"amount {totals} ORDER BY fiscal_year DESC LIMIT 1"), 0 if p.currency == "JPY" else 1
            ),
        ),
        note=_series_note(rounded, answer),
    )


def _series_title() -> Told:
    """What grew by less than the digits of a multiple can tell is not said to have grown; nor what the fund
    alone makes grow.
    """
    multiple, without = "growth_multiple", "growth_multiple_without_last_tranche"
    fund = {
        "multiple": number(result(multiple), 1),
        "without": number(result(without), 1),
        "years": result("fund_years"),
    }
    return choose(
        (
            f":last_tranche > 0 AND round(:{without}, 1) > 1 AND :last_amount_year = (SELECT max(fiscal_year)"
            " FROM drawn)",
            say(
                "Japan's space budget: {without}-fold since {first}, {multiple}-fold with a fund for {years}"
                " years booked at once",
                first=YEARS["first"],
                **fund,
            ),
        ),
        (
            f":last_tranche > 0 AND round(:{without}, 1) > 1",
            say(
                "Japan's space budget: {without}-fold from {first} to {last}, {multiple}-fold with a fund for"
                " {years} years booked at once",
                **fund,
                **YEARS,
            ),
        ),
        (
            ":last_tranche > 0",
            say(
                "Japan's space budget of {last} is {without} times that of {first}, {multiple} times with a"
                " fund for {years} years booked at once",
                **fund,
                **YEARS,
            ),
        ),
        (
            f"round(:{multiple}, 1) > 1",
            say(
                "Japan's space budget grew {multiple}-fold from {first} to {last}",
                multiple=fund["multiple"],
                **YEARS,
            ),
        ),
        otherwise=say(
            "Japan's space budget of {last} is {multiple} times that of {first}",
            multiple=number(result(multiple), 2),
            **YEARS,
        ),
    )


def _without(answer: Answer) -> Told:
    if not answer["years_without_total"]:
        return say("")
    return say("; no total was found for {years}", years=words.years_in(answer, "years_without_total"))


def _series_note(rounded: str, answer: Answer) -> Told:
    """What is rounded, and what stands in; else that the two counts differ."""
    rows = answer.tables["drawn"]
    about = rows[
        (rows["count"] == "narrow") & (rows["stage"] == "combined") & (rows["precision"] == "rounded")
    ]
    parts: list[Told] = [
        say(
            "the total of {years} is rounded by its source",
            years=listed(
                [
                    fiscal_year(
                        drawn(
                            f"fiscal_year {rounded} GROUP BY fiscal_year ORDER BY fiscal_year LIMIT 1 OFFSET"
                            f" {place}"
                        )
                    )
                    for place in range(about["fiscal_year"].nunique())
                ]
            ),
        )
    ]
    if about.empty:
        parts = []
    if answer["years_at_last_rate_drawn"]:
        parts.append(
            say(
                "{years} at the latest rate or index known",
                years=words.years_in(answer, "years_at_last_rate_drawn"),
            )
        )
    parts.append(say("the fund is booked when voted, though paid out over years"))
    return say("{parts}.", parts=Joined(tuple(parts), "; ", "; "))


def growth(answer: Answer) -> Words:
    p = answer.parameters
    last = {currency: _at_last(currency, "none") for currency in ("JPY", "USD")}
    ends = {
        "first": fiscal_year(drawn("min(fiscal_year) FROM drawn")),
        "last": fiscal_year(drawn("max(fiscal_year) FROM drawn")),
    }
    return Words(
        title=say(
            "Japan's space budget of {last} is {yen} times that of {first} in yen, {dollars} times in"
            " dollars",
            yen=number(last["JPY"], 1),
            dollars=number(last["USD"], 1),
            **ends,
        ),
        subtitle=say(
            f"Budget as a multiple of {{first}}, {p.basis} basis, {_fund(p)} the Space Strategy Fund; dotted"
            " across years whose total was not found",
            first=ends["first"],
        ),
        caption=say(
            "Real yen use Japan's prices; real dollars use each year's mean exchange rate and United States"
            " prices. Where the last year's index is not known yet, the latest one stands in."
        ),
        alt=say(
            "Two line charts. In yen the budget reaches {yen} times its first year nominally; in dollars"
            " {dollars} times.",
            yen=number(last["JPY"], 2),
            dollars=number(last["USD"], 2),
        ),
        note=_rate_note(answer, ends["last"]),
        until=ends["last"],
    )


def _rate_note(answer: Answer, last: Told) -> Told:
    if not answer["rate_months"]:
        return say("{last} stands in dollars at the latest exchange rate known.", last=last)
    values = {"last": last, "begin": month(result("rate_months", 0)), "end": month(result("rate_months", 1))}
    return choose(
        (
            ":rate_months_known >= 12",
            say("dollars of {last} rest on the mean rate of all its months.", last=last),
        ),
        otherwise=say(
            "dollars of {last} are provisional: the mean exchange rate of {begin} to {end} alone.", **values
        ),
    )


def _fund(p) -> str:
    return "with" if p.include_strategy_fund else "without"


def _at_last(currency: str, deflator: str) -> Value:
    return drawn(
        f"multiple_of_first_year FROM drawn WHERE currency = '{currency}' AND deflator = '{deflator}'"
        " ORDER BY fiscal_year DESC LIMIT 1"
    )


def multiverse_board(answer: Answer) -> Words:
    true = "multiple > :claim_bound"
    counts = {
        "true": drawn(f"count(*) FROM drawn WHERE {true}"),
        "all": drawn("count(*) FROM drawn"),
    }
    return Words(
        title=say('"More than doubled in five years" is true under {true} of {all} definitions', **counts),
        subtitle=say(
            "Combined budget at the end of a five-year window as a multiple of its start; blue dots: the"
            " claim is true, red crosses: false"
        ),
        caption=say(
            "All distinct definitions for which totals could be read; {missing} more, all on the initial"
            " budget alone or with a year whose total was not found, cannot be computed.",
            missing=result("definitions_unknown"),
        ),
        alt=say(
            "Sorted dots of {all} definitions from {low} to {high} times, with a grid of the choices below.",
            all=counts["all"],
            low=number(drawn("min(multiple) FROM drawn"), 1),
            high=number(drawn("max(multiple) FROM drawn"), 1),
        ),
        note=say(
            "a window that ends before the fund began is one definition, not two: {twins} such twins are not"
            " counted again.",
            twins=result("definitions_twins"),
        ),
    )


def ministries(answer: Answer) -> Words:
    of = "sum(amount_bn_jpy) FILTER (WHERE ministry = 'MEXT') / sum(amount_bn_jpy)"
    share = f"FROM (SELECT 100.0 * {of} AS share FROM drawn GROUP BY fiscal_year)"
    low, high = (percent(drawn(f"{end}(share) {share}")) for end in ("min", "max"))
    first, last = (fiscal_year(drawn(f"{end}(fiscal_year) FROM drawn")) for end in ("min", "max"))
    years = counted(drawn("count(DISTINCT fiscal_year) FROM drawn"), "one year", "{n} years")
    return Words(
        title=say(
            "The science ministry held {low} to {high} of Japan's space budget, {first} to {last}",
            low=low,
            high=high,
            first=first,
            last=last,
        ),
        subtitle=say(
            "Initial budget by ministry, billion yen, in the {years} for which a table of all ministries"
            " could be read; dashed line: the count changes",
            years=years,
        ),
        caption=say(
            "Amounts of the older count hold missile-defense cost in the Defense part and aviation in the"
            " MEXT part."
        ),
        alt=say(
            "Stacked bars by ministry for {years}, {first} to {last}; the science ministry's part is {low} to"
            " {high}.",
            years=years,
            first=first,
            last=last,
            low=low,
            high=high,
        ),
        note=choose(
            (
                ":last_ministry_year > (SELECT max(fiscal_year) FROM drawn)",
                say(
                    "the newest full table is that of {last}; later ones (to {later}) give single ministries"
                    " only.",
                    last=last,
                    later=fiscal_year(result("last_ministry_year")),
                ),
            ),
            otherwise=say("the newest full table is that of {last}.", last=last),
        ),
    )
