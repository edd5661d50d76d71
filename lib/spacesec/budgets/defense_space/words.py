"""The words of the question ``defense_space``."""

from spacesec.answers import Answer
from spacesec.budgets import words
from spacesec.budgets.defense_space.model import (
    DENOMINATORS,
    SCOPES,
    Parameters,
    alone,
)
from spacesec.words.sentences import (
    Sentence,
    Told,
    Words,
    choose,
    counted,
    drawn,
    fiscal_year,
    given,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

LEFT_OUT = {
    "budgets/defense_space": "neither a total nor a pair of request and grant nor a payment",
    "budgets/ministries": "other ministries, or the ministry's own figure again",
    "budgets/defense_totals": "no space total to divide",
    "budgets/projects": "not paid yet, or another ministry's",
    "policy_evolution/unit_strength": "planned",
    "budgets/strike_support": "of no program that is drawn",
}
PLAN_YEARS = {"first": fiscal_year(result("plan_years", 0)), "last": fiscal_year(result("plan_years", 1))}


def answer(found: Answer) -> list[Told]:
    return [
        *_total(found),
        *_two_counts(found),
        *_granted(found),
        _plan(found),
        *_share(found),
        _people(),
        *_stand_off(found),
        *words.left_out(found, LEFT_OUT),
        *words.disputed(found),
    ]


def _total(found: Answer) -> list[Told]:
    if found["overlap_2025"] is None:
        return []
    return [
        say(
            "The ministry put its space spending for {year} at **{total} billion yen** on contract basis,"
            " {scope} ({overlap} billion yen count twice in its program).",
            year=fiscal_year(result("scope_year")),
            total=number(result("space_total_2025"), 1),
            scope=alone(found.parameters.scope),
            overlap=number(result("overlap_2025"), 1),
        )
    ]


def _two_counts(found: Answer) -> list[Told]:
    if found["two_counts_ratio_2019"] is None:
        return []
    return [
        say(
            "The Cabinet Office counts otherwise: in {year} the ministry's own total was {ratio} times the"
            " Cabinet Office's. The two are never joined.",
            year=fiscal_year(result("counts_year")),
            ratio=number(result("two_counts_ratio_2019"), 1),
        )
    ]


def _granted(found: Answer) -> list[Told]:
    if found["granted_percent_constellation"] is None or found["granted_percent_communications"] is None:
        return []
    return [
        say(
            "Of the money asked for {year}, {constellation} was granted for the target-tracking constellation"
            " and {communications} for the next communications satellite.",
            year=fiscal_year(result("scope_year")),
            constellation=percent(result("granted_percent_constellation")),
            communications=percent(result("granted_percent_communications")),
        )
    ]


def _plan(found: Answer) -> Told:
    known = say(
        "Toward the plan's {plan} billion yen for {first} to {last}, {known} billion yen are known,"
        " **{share}**",
        plan=given(parameter("envelope_bn_jpy")),
        known=result("envelope_known"),
        share=percent(result("envelope_known_percent")),
        **PLAN_YEARS,
    )
    if not found["envelope_unknown_years"]:
        return say("{known}, of all its years.", known=known)
    needed = choose(
        (
            ":envelope_needed_per_unknown_year > 0",
            say(
                "would have to bring {needed} billion yen each",
                needed=result("envelope_needed_per_unknown_year"),
            ),
        ),
        otherwise=say("would not have to bring any more"),
    )
    asked = [
        say(
            " For {year} the request alone could be read: about {amount}.",
            year=_key("envelope_unknown_years_requests", place),
            amount=number(result("envelope_unknown_years_requests", year), 1),
        )
        for place, year in enumerate(found["envelope_unknown_years_requests"])
    ]
    return say(
        "{known}; no total could be read for {years}, which {needed}.{asked}",
        known=known,
        years=words.years_in(found, "envelope_unknown_years"),
        needed=needed,
        asked=listed(asked, "", ""),
    )


def _share(found: Answer) -> list[Told]:
    p: Parameters = found.parameters
    if not found["space_share_percent"]:
        return []
    last = list(found["space_share_percent"])[-1]
    mixed = "" if p.denominator == "new_contracts" else " (contracts over a yearly budget)"
    return [
        say(
            "In {year} the ministry's own total came to {share} of: {whole}{mixed}.",
            year=_key("space_share_percent", len(found["space_share_percent"]) - 1),
            share=percent(result("space_share_percent", last), 1),
            whole=DENOMINATORS[p.denominator],
            mixed=mixed,
        )
    ]


def _key(name: str, place: int) -> Told:
    """The name of one part of a result that is a mapping, by its place."""
    return named(drawn(f"key FROM json_each(:{name}) LIMIT 1 OFFSET {place}"))


def _people() -> Told:
    people = {"first": result("personnel_growth", 0), "last": result("personnel_growth", 1)}
    return choose(
        (
            "json_extract(:personnel_growth, '$[1]') > json_extract(:personnel_growth, '$[0]')",
            say("The space units grew from {first} to {last} people.", **people),
        ),
        otherwise=say("The space units counted {first} people at first and {last} at last.", **people),
    )


def _stand_off(found: Answer) -> list[Told]:
    if len(found["stand_off_initial"]) < 2:
        return []
    amounts = "value FROM json_each(:stand_off_initial)"
    return [
        say(
            "The drafts of {first} to {last} set aside {low} to {high} billion yen a year for stand-off"
            " defense, as far as reported; the target-tracking constellation is booked there.",
            first=fiscal_year(result("stand_off_years", 0)),
            last=fiscal_year(result("stand_off_years", 1)),
            low=number(drawn(f"min(value) FROM (SELECT {amounts})"), 0),
            high=number(drawn(f"max(value) FROM (SELECT {amounts})"), 0),
        )
    ]


def five_year_plan(answer: Answer) -> Words:
    wide, narrow = (_known(scope) for scope in SCOPES)
    years = [_years_known(scope) for scope in SCOPES]
    title = say(
        "Known budgets make {wide} or {narrow} of the {first} to {last} plan for defense space",
        wide=percent(wide[1]),
        narrow=percent(narrow[1]),
        **PLAN_YEARS,
    )
    return Words(
        title=title,
        subtitle=say(
            "Initial budgets against {plan} billion yen planned: {wide} known with items that also count"
            " elsewhere, {narrow} without them; dotted: no total could be read, height would fill the plan"
            " evenly",
            plan=given(parameter("envelope_bn_jpy")),
            wide=years[0],
            narrow=years[1],
        ),
        caption=say(
            "Whether the constellation, booked under stand-off defense, counts toward the space heading"
            " decides between the two panels."
        ),
        alt=say(
            "Two bar charts of {years} fiscal years. Left {wide} billion yen are known, right {narrow}; other"
            " years are dotted boxes, with a diamond where a request is known.",
            years=drawn("count(DISTINCT fiscal_year) FROM drawn"),
            wide=wide[0],
            narrow=narrow[0],
        ),
        note=_plan_note(),
    )


def _known(scope: str) -> tuple:
    """What is known of the plan on one scope: billion yen, and percent of the plan's money."""
    amount = f"coalesce(sum(amount_bn_jpy), 0){{}} FROM drawn WHERE scope = '{scope}'"
    return drawn(amount.format("")), drawn(amount.format(" * 100 / :p_envelope_bn_jpy"))


def _years_known(scope: str) -> Told:
    count = f"count(amount_bn_jpy) FROM drawn WHERE scope = '{scope}'"
    return counted(drawn(count), "{n} year", "{n} years")


def _plan_note() -> Told:
    asked = "(SELECT count(*) FROM drawn WHERE amount_bn_jpy IS NULL AND request_bn_jpy IS NOT NULL) > 0"
    return choose(
        (
            asked,
            say(
                "requests are no budgets and enter no sum; amounts marked about are rounded by their source."
            ),
        ),
        otherwise=say("amounts marked about are rounded by their source; the plan's money is about as much."),
    )


def share_of_defense(answer: Answer) -> Words:
    whole = "denominator = 'new_contracts'"
    last = f"(SELECT max(fiscal_year) FROM drawn WHERE {whole})"
    of = f"FROM drawn WHERE {whole} AND fiscal_year = {last}"
    contracts = {
        "year": fiscal_year(drawn(f"max(fiscal_year) FROM drawn WHERE {whole}")),
        "low": percent(drawn(f"min(share_percent) {of}"), 1),
        "high": percent(drawn(f"max(share_percent) {of}"), 1),
    }
    budget = "count = 'cabinet_office'"
    office = {
        "year": fiscal_year(drawn(f"max(fiscal_year) FROM drawn WHERE {budget}")),
        "share": percent(
            drawn(
                f"share_percent FROM drawn WHERE {budget} AND fiscal_year = (SELECT max(fiscal_year) FROM"
                f" drawn WHERE {budget})"
            ),
            1,
        ),
    }
    mixed = "like_with_like = 0"
    third = {
        "year": fiscal_year(drawn(f"max(fiscal_year) FROM drawn WHERE {mixed}")),
        "share": percent(
            drawn(
                f"max(share_percent) FROM drawn WHERE {mixed} AND fiscal_year = (SELECT max(fiscal_year) FROM"
                f" drawn WHERE {mixed})"
            ),
            1,
        ),
    }
    title = choose(
        (
            f"(SELECT count(*) {of}) > 1",
            say(
                "Space took {low} to {high} of Japan's new defense contracts in {year}, by what counts as"
                " space",
                **contracts,
            ),
        ),
        (
            f"(SELECT count(*) {of}) = 1",
            say(
                "Space took {high} of Japan's new defense contracts in {year}",
                year=contracts["year"],
                high=contracts["high"],
            ),
        ),
        (
            f"(SELECT count(*) FROM drawn WHERE {budget}) > 0",
            say("The Cabinet Office's count of space was {share} of the defense budget of {year}", **office),
        ),
        otherwise=say(
            "Contracts for space came to {share} of the defense budget of {year}, two bases mixed", **third
        ),
    )
    return Words(
        title=title,
        subtitle=say(
            "The Ministry of Defense's space money as a share of its spending, in three measures that are not"
            " comparable; gray: no share known"
        ),
        caption=say(
            "A contract total over a yearly budget mixes bases and overstates the share in years of large"
            " contracts; it is drawn hollow. A bar joins one year's shares with and without items that also"
            " count elsewhere."
        ),
        alt=say(
            "Three panels of points by fiscal year: space contracts over new contracts, over the yearly"
            " defense budget, and the Cabinet Office's count over that budget, from {low} to {high}.",
            low=percent(drawn("min(share_percent) FROM drawn"), 1),
            high=percent(drawn("max(share_percent) FROM drawn"), 1),
        ),
        note=_share_note(),
    )


def _share_note() -> Sentence:
    return say(
        "panels do not follow one another: a contract counts whole in the year it is signed; {shares} in"
        " all.",
        shares=counted(drawn("count(*) FROM drawn"), "{n} share", "{n} shares"),
    )


def request_granted(answer: Answer) -> Words:
    share = "granted_percent FROM drawn WHERE item = '{}' AND fiscal_year = :scope_year"
    items = {"constellation": "target-constellation", "communications": "next-communications-satellite"}
    values = {name: percent(drawn(share.format(item))) for name, item in items.items()}
    known = " AND ".join(f"(SELECT {share.format(item)}) IS NOT NULL" for item in items.values())
    ends = {end: percent(drawn(f"{end}(granted_percent) FROM drawn")) for end in ("min", "max")}
    pairs = counted(drawn("count(*) FROM drawn"), "{n} pair", "{n} pairs")
    return Words(
        title=choose(
            (
                known,
                say(
                    "Of the money asked for {year}, {constellation} was granted for the tracking"
                    " constellation, {communications} for communications",
                    year=fiscal_year(result("scope_year")),
                    **values,
                ),
            ),
            otherwise=say("Space money asked and granted: {min} to {max}", **ends),
        ),
        subtitle=say(
            "Initial budgets as % of requests, amounts in billion yen; blue: all space items, red: single"
            " items; paler: rounded in the source"
        ),
        caption=say(
            "Only pairs on one basis. A total worked out from a stated growth rate counts as rounded."
        ),
        alt=say(
            "Horizontal bars for {pairs} of request and initial budget, between {min} and {max}.",
            pairs=pairs,
            **ends,
        ),
        note=say("{pairs}; other requests have no budget on the same basis beside them.", pairs=pairs),
    )


def paid(answer: Answer) -> Words:
    review = "FROM drawn WHERE basis = 'project review'"
    functions = answer.parameters.functions
    units = [" billion yen paid", *("" for _ in functions[1:])]
    amounts = [
        say(
            f"{{amount}}{unit} for {function.replace('_', ' ')}",
            amount=drawn(f"coalesce(sum(amount_bn_jpy), 0) {review} AND function = '{function}'"),
        )
        for unit, function in zip(units, functions)
    ]
    years = {end: fiscal_year(drawn(f"{end}(fiscal_year) FROM drawn")) for end in ("min", "max")}
    return Words(
        title=say("The project review shows {amounts}", amounts=listed(amounts)),
        subtitle=say(
            "Amounts paid by the Ministry of Defense for space projects, {min} to {max}, by function; panels"
            " have their own scales",
            **years,
        ),
        caption=say(
            "Expenditure basis. Filled marks: project review; hollow marks: one item of the budget book. The"
            " two are not added. Contracts of hundreds of billions signed since are not yet payments."
        ),
        alt=say(
            "Line charts of payments by project in {panels}, up to {most} billion yen a year.",
            panels=counted(drawn("count(DISTINCT function) FROM drawn"), "one panel", "{n} panels"),
            most=number(drawn("max(amount_bn_jpy) FROM drawn"), 1),
        ),
        note=say("no point: no payment could be read for that year; the budget book's item is in no sum."),
    )


def two_counts(answer: Answer) -> Words:
    both = "FROM drawn WHERE stage = 'initial' AND fiscal_year = :counts_year AND \"count\" = 'ministry'"
    office = "FROM drawn WHERE \"count\" = 'cabinet_office'"
    own = "FROM drawn WHERE \"count\" = 'ministry'"
    year = fiscal_year(result("counts_year"))
    ends = {
        f"{name}_{end}": drawn(f"{end}(amount_bn_jpy) {rows}")
        for name, rows in (("own", own), ("office", office))
        for end in ("min", "max")
    }
    told = {
        name: say("{low} to {high} billion yen", low=ends[f"{name}_min"], high=ends[f"{name}_max"])
        for name in ("own", "office")
    }
    return Words(
        title=choose(
            (
                f":two_counts_ratio_2019 IS NOT NULL AND (SELECT count(*) {both}) > 0",
                say(
                    "Two counts, never joined: in {year} the ministry's own was {ratio} times the Cabinet"
                    " Office's",
                    year=year,
                    ratio=number(result("two_counts_ratio_2019"), 1),
                ),
            ),
            otherwise=say("The Ministry of Defense's space money in two counts that are never joined"),
        ),
        subtitle=say(
            "Space spending of the Ministry of Defense, billion yen, nominal; hollow diamonds are requests"
        ),
        caption=say(
            "The ministry counts a contract of several years in the year of signature. That the Cabinet"
            " Office counts expenditure is inferred from the size of its figures."
        ),
        alt=say(
            "Two panels with points by fiscal year: the ministry's own totals, {own}, and the Cabinet"
            " Office's count, {office}.",
            own=choose((f"(SELECT count(*) {own}) > 0", told["own"]), otherwise=say("none in these years")),
            office=choose(
                (f"(SELECT count(*) {office}) > 0", told["office"]), otherwise=say("none in these years")
            ),
        ),
        note=say(
            "the two counts have other bases and scopes; lines join initial budgets of one scope in a row"
            " only."
        ),
    )


def strike_support(answer: Answer) -> Words:
    cruise = "FROM drawn WHERE panel = 'Tomahawk missiles' AND stage"
    asked = f"{cruise} = 'initial' AND item = 'tomahawk'"
    spent = f"{cruise} = 'paid' AND item = 'tomahawk'"
    return Words(
        title=choose(
            (
                f"(SELECT count(*) {asked}) = 1 AND (SELECT count(*) {spent}) > 0",
                say(
                    "Japan budgeted {budget} billion yen for Tomahawk missiles in {year} and paid {paid}"
                    " through {last}",
                    budget=number(drawn(f"max(amount_bn_jpy) {asked}"), 1),
                    year=fiscal_year(drawn(f"max(fiscal_year) {asked}")),
                    paid=number(drawn(f"sum(amount_bn_jpy) {spent}"), 1),
                    last=fiscal_year(drawn(f"max(fiscal_year) {spent}")),
                ),
            ),
            otherwise=say(
                "Requests, budgets, contracts and payments for strike and its support stand side by side"
            ),
        ),
        subtitle=say(
            "Nine programs for strike or its support, billion yen, nominal, each panel with its own scale;"
            " gray: nothing to draw for the year"
        ),
        caption=say(
            "A contract, or a budget on contract basis, commits the money of several years; a payment is what"
            " left in one of them. The review, whose requests and budgets are not drawn, gives payments for"
            " both kinds of the fighter together; the Joint Strike Missile has no sheet of its own."
        ),
        alt=say(
            "Nine panels of points by fiscal year: {asked}, {budgets}, {contracts} and {payments}.",
            asked=_marks("request", "{n} request", "{n} requests"),
            budgets=_marks("initial", "{n} budget", "{n} budgets"),
            contracts=_marks("contract", "{n} contract", "{n} contracts"),
            payments=_marks("paid", "{n} payment", "{n} payments"),
        ),
        note=say(
            "requests, drafts and contracts as reported, their basis seldom stated; payments from the"
            " project review. The two are not added; a year without a mark is not zero."
        ),
    )


def _marks(stage: str, one: str, more: str):
    return counted(drawn(f"count(*) FROM drawn WHERE stage = '{stage}'"), one, more)
