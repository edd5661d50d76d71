"""The words of the question ``strategy_fund``."""

from spacesec.answers import Answer
from spacesec.budgets import words
from spacesec.budgets.government_space.model import total_years
from spacesec.budgets.strategy_fund.model import SCOPES, TREATMENTS
from spacesec.words.sentences import (
    Told,
    Words,
    choose,
    counted,
    drawn,
    fiscal_year,
    listed,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

LEFT_OUT = {
    "budgets/government_space": "no total yet",
    "budgets/strategy_fund": "no tranche of its own",
    "budgets/projects": "nothing paid into the fund yet",
}


def answer(found: Answer) -> list[Told]:
    return [
        _voted(),
        _trend(found),
        *words.untold(found),
        *words.carried(found),
        _spread(),
        _industry(found),
        say(
            "This collection answers {known} of an investor's {asked} questions.",
            known=result("questions_known"),
            asked=result("questions_asked"),
        ),
        *words.left_out(found, LEFT_OUT),
        *words.disputed(found),
    ]


def _voted() -> Told:
    values = {
        "plan": result("plan"),
        "voted": result("voted"),
        "share": percent(result("voted_percent")),
        "budgets": counted(result("tranches_voted"), "one supplementary budget", "{n} supplementary budgets"),
    }
    voted = "Of about {plan} billion yen, **{voted} ({share}) were voted in {budgets}**"
    return choose(
        (":voted < :plan", say(f"{voted}; no date was found for the rest.", **values)),
        otherwise=say(f"{voted}.", **values),
    )


def _of(name: str, treatment: str) -> str:
    return f"json_extract(:{name}, '$.{treatment}')"


def _trend(found: Answer) -> Told:
    p = found.parameters
    times = {name: number(result("growth_multiple", name), 2) for name in TREATMENTS}
    grown = say(
        "In {last} the government space budget ({unit}) was {booked} times that of {base} with the fund"
        " booked when voted, {spread} times with it spread over {life} and {without} times without it.",
        base=fiscal_year(parameter("base_year")),
        last=fiscal_year(result("last_total_year")),
        unit=words.money_unit(p.currency, p.deflator),
        life=counted(parameter("life_years"), "{n} year", "{n} years"),
        **times,
    )
    jumps = {name: fiscal_year(result("largest_step_year", name)) for name in ("booked", "without")}
    booked, without = (_of("largest_step", name) for name in jumps)
    same = f"{_of('largest_step_year', 'booked')} = {_of('largest_step_year', 'without')}"
    step = choose(
        (
            f"{booked} > 0 AND {without} > 0 AND {same}",
            say(
                "The largest rise on the published year before falls in {booked}, with the fund and"
                " without it.",
                booked=jumps["booked"],
            ),
        ),
        (
            f"{booked} > 0 AND {without} > 0",
            say(
                "The largest rise on the published year before falls in {booked} when booked and in {without}"
                " without the fund.",
                **jumps,
            ),
        ),
        (f"{booked} > 0", say("Without the fund no published year lies above the one before.")),
        (
            f"{without} > 0",
            say(
                "When booked, no published year lies above the one before; without the fund the largest rise"
                " falls in {without}.",
                without=jumps["without"],
            ),
        ),
        otherwise=say("No published year lies above the one before, with the fund or without it."),
    )
    return say("{grown} {step}", grown=grown, step=step)


def _spread() -> Told:
    return say(
        "Spread over {life}, {share} billion yen of the fund fall on {last}{paid_out}.",
        life=counted(parameter("life_years"), "{n} year", "{n} years"),
        share=result("spread_last"),
        last=fiscal_year(result("last_total_year")),
        paid_out=choose(
            (
                ":planned_payout IS NOT NULL",
                say(
                    "; all funds for space planned to pay out {paid} in {year}",
                    paid=number(result("planned_payout"), 1),
                    year=fiscal_year(result("planned_payout_year")),
                ),
            ),
            otherwise=say(""),
        ),
    )


def _industry(found: Answer) -> Told:
    needed = [percent(result("industry_growth_needed_percent", place), 1) for place in (1, 0)]
    change = percent(result("industry_growth_stated_percent"))
    years = [year(result("industry_narrow_years", place)) for place in (0, 1)]
    return say(
        "To meet its target between {early} and {late} the industry ({scope}) must grow by {low} to {high} a"
        " year from its size stated for {stated}. The larger of its stated sizes is {ratio} times the"
        " smaller, by what is counted; {narrow}.",
        early=year(result("industry_target_years", 0)),
        late=year(result("industry_target_years", 1)),
        scope=SCOPES[found.parameters.industry_scope],
        low=needed[0],
        high=needed[1],
        stated=year(result("industry_size_year")),
        ratio=number(result("industry_scope_ratio"), 1),
        narrow=choose(
            (
                "round(:industry_growth_stated_percent) = 0",
                say("the smaller was stated alike for {first} and {last}", first=years[0], last=years[1]),
            ),
            otherwise=say(
                "the smaller changed by {change} from {first} to {last}",
                change=change,
                first=years[0],
                last=years[1],
            ),
        ),
    )


def tranches(answer: Answer) -> Words:
    voted = {
        "share": percent(result("voted_percent")),
        "plan": result("plan"),
        "winters": counted(drawn("count(DISTINCT tranche) FROM drawn"), "one winter", "{n} winters"),
        "first": fiscal_year(drawn("min(fiscal_year) FROM drawn")),
        "last": fiscal_year(drawn("max(fiscal_year) FROM drawn WHERE tranche IS NOT NULL")),
    }
    unsplit = "(SELECT count(*) FROM drawn WHERE ministry = 'MEXT and MIC') > 0"
    return Words(
        title=say(
            "Parliament has voted {share} of Japan's space fund of about {plan} billion yen, {first} to"
            " {last}",
            **{key: voted[key] for key in ("share", "plan", "first", "last")},
        ),
        subtitle=say(
            "Money voted for the fund at JAXA, billion yen; MEXT: science, METI: industry, MIC:"
            " communications ministry; dashed: planned, no date"
        ),
        caption=choose(
            (
                unsplit,
                say("All of it was voted in supplementary budgets; hatched: MEXT and MIC together."),
            ),
            otherwise=say("All of it was voted in supplementary budgets."),
        ),
        alt=say(
            "Stacked bars of {winters} of tranches by ministry, {voted} billion yen together, and a dashed"
            " bar of {rest} for the part of the plan that is not yet voted.",
            winters=voted["winters"],
            voted=drawn("sum(amount_bn_jpy) FROM drawn WHERE tranche IS NOT NULL"),
            rest=drawn("max(0, :plan - :voted)"),
        ),
        note=choose(
            (
                unsplit,
                say(
                    "each tranche was voted at once for projects of up to {years} years; how MEXT and MIC"
                    " split the hatched part could not be read.",
                    years=result("longest_support_years"),
                ),
            ),
            otherwise=say(
                "each tranche was voted at once for projects of up to {years} years.",
                years=result("longest_support_years"),
            ),
        ),
    )


def breaks(answer: Answer) -> Words:
    p = answer.parameters
    rates = {
        name: percent(drawn(f"annual_growth_percent FROM drawn WHERE treatment = '{name}'"))
        for name in ("booked", "without")
    }
    base, last = fiscal_year(parameter("base_year")), fiscal_year(result("last_total_year"))
    least, most = (
        "(SELECT min(annual_growth_percent) FROM drawn)",
        "(SELECT max(annual_growth_percent) FROM drawn)",
    )
    bends = "(SELECT count(DISTINCT break_year) FROM drawn)"
    span = _span(p.last_year == total_years()[1], base, last)
    title = choose(
        (
            f"round({least}) = round({most})",
            say(
                "Japan's space budget changed by {booked} {span}, whenever the fund counts",
                booked=rates["booked"],
                span=span,
            ),
        ),
        (
            f"{least} > 0",
            say(
                "Japan's space budget grew {without} {span} without the fund, {booked} with it booked at"
                " once",
                span=span,
                **rates,
            ),
        ),
        otherwise=say(
            "Japan's space budget changed by {without} {span} without the fund, {booked} with it booked at"
            " once",
            span=span,
            **rates,
        ),
    )
    bend = {
        "year": fiscal_year(drawn("max(break_year) FROM drawn")),
        "first": fiscal_year(drawn("min(break_year) FROM drawn")),
    }
    return Words(
        title=title,
        subtitle=say(
            "Compound growth {base} to {last}, {unit}, % a year, by the years over which each tranche is"
            " spread",
            base=base,
            last=last,
            unit=words.money_unit(p.currency, p.deflator),
        ),
        caption=choose(
            (
                f"{bends} = 0",
                say(
                    "Spreading over one year is booking; too few totals to say in which year growth changes"
                    " most."
                ),
            ),
            (
                f"{bends} = 1",
                say(
                    "Spreading over one year is booking. Growth changes most in {year} under every treatment"
                    " (best single bend by least squares; neighboring years fit nearly as well).",
                    year=bend["year"],
                ),
            ),
            otherwise=say(
                "Spreading over one year is booking. Growth changes most between {first} and {year}, by"
                " treatment (best single bend by least squares; neighboring years fit nearly as well).",
                **bend,
            ),
        ),
        alt=say(
            "A curve of yearly growth between {low} and {high} against the years over which the fund is"
            " spread, with a line for booking it at once ({booked}) and one for leaving it out ({without}).",
            low=percent(drawn("min(annual_growth_percent) FROM drawn WHERE treatment = 'spread'"), 1, "down"),
            high=percent(drawn("max(annual_growth_percent) FROM drawn WHERE treatment = 'spread'"), 1, "up"),
            **rates,
        ),
        note=say(
            "no rule was found for how many years the fund is to be spread over; the lives drawn are trials."
        ),
    )


def _span(newest: bool, base: Told, last: Told) -> Told:
    """Over which years a growth is told: "a year" of more than one, "since" of those up to the newest."""
    years = say("a year from {base} to {last}", base=base, last=last)
    return choose(
        (":last_total_year - :p_base_year = 1", say("from {base} to {last}", base=base, last=last)),
        otherwise=say("a year since {base}", base=base) if newest else years,
    )


def industry(answer: Answer) -> Words:
    low, high = (
        drawn(
            f"{end}(size_bn_jpy) FROM drawn WHERE older_goal = 0 AND evidence = 'independent'"
            " AND scope IN ('equipment_and_services', 'with_downstream_users')"
        )
        for end in ("min", "max")
    )
    needed = [
        percent(drawn(sql), 1)
        for sql in ("min(growth_low_percent) FROM drawn", "max(growth_high_percent) FROM drawn")
    ]
    ends = [
        year(drawn(f"{end} FROM drawn WHERE older_goal = 0"))
        for end in ("min(target_first_year)", "max(target_last_year)")
    ]
    older = year(drawn("max(year) FROM drawn WHERE older_goal = 1"))
    return Words(
        title=say(
            "Japan's space industry is put at {low} or {high} billion yen, by what is counted",
            low=low,
            high=high,
        ),
        subtitle=say(
            "Left: size as stated (point) and target (bar), billion yen; right: growth a year from one to the"
            " other, which takes {low} to {high}",
            low=needed[0],
            high=needed[1],
        ),
        caption=say(
            'A row is one statement; no two are joined. Targets for the "early'
            ' thirties" are taken as {first} to {last}. A cross is a digest that does not say what it'
            " counts.",
            first=ends[0],
            last=ends[1],
        ),
        alt=say(
            "{rows} with stated sizes of the industry from {low} to {high} billion yen, their targets, and"
            " the growth a year that each target needs.",
            rows=counted(drawn("count(*) FROM drawn"), "{n} row", "{n} rows"),
            low=drawn("min(size_bn_jpy) FROM drawn"),
            high=drawn("max(size_bn_jpy) FROM drawn"),
        ),
        note=choose(
            (
                "(SELECT count(*) FROM drawn WHERE older_goal = 1) > 0",
                say(
                    "rows count different things; the size of {older} belongs to an older goal and is no"
                    " earlier value of a later row.",
                    older=older,
                ),
            ),
            otherwise=say("rows count different things and are never joined."),
        ),
    )


def investor(answer: Answer) -> Words:
    states = {
        state: drawn(f"count(*) FROM drawn WHERE state = '{state}'")
        for state in ("known", "partly", "unknown")
    }
    counts = {"known": states["known"], "asked": drawn("count(*) FROM drawn")}
    return Words(
        title=choose(
            (
                "(SELECT state FROM drawn WHERE question = 'Who won, and how much?') = 'unknown'",
                say(
                    "This collection answers {known} of {asked} questions of an investor in the fund; no list"
                    " of awards was found",
                    **counts,
                ),
            ),
            otherwise=say(
                "This collection answers {known} of {asked} questions of an investor in the fund", **counts
            ),
        ),
        subtitle=say(
            "Questions to the Space Strategy Fund, and what the published rows gathered here answer"
        ),
        caption=say("Awards are those foreseen in the calls."),
        alt=say(
            "A list of {asked} questions with a short answer each: {known} known, {partly} known in part,"
            " {unknown} unknown.",
            asked=counts["asked"],
            **states,
        ),
        note=say(
            '"unknown" is a limit of this collection: nothing could be read here, which does not mean that'
            " nothing is published."
        ),
    )


def series(answer: Answer) -> Words:
    p = answer.parameters
    jumps = {name: fiscal_year(result("largest_step_year", name)) for name in ("booked", "without")}
    rising = f"{_of('largest_step', 'booked')} > 0 AND {_of('largest_step', 'without')} > 0"
    same = f"{_of('largest_step_year', 'booked')} = {_of('largest_step_year', 'without')}"
    years = {end: fiscal_year(drawn(f"{end}(fiscal_year) FROM drawn")) for end in ("min", "max")}
    last = {
        name: number(drawn(f"{name} FROM drawn ORDER BY fiscal_year DESC LIMIT 1"), 1) for name in TREATMENTS
    }
    return Words(
        title=choose(
            (
                f"{rising} AND NOT {same}",
                say(
                    "Booked at once, the fund puts the largest rise in {booked}; without it, it comes in"
                    " {without}",
                    **jumps,
                ),
            ),
            (
                rising,
                say(
                    "From {min} to {max} the space budget rose most in {booked}, with the fund and without",
                    booked=jumps["booked"],
                    **years,
                ),
            ),
            otherwise=say("Japan's space budget, {min} to {max}, with the fund and without", **years),
        ),
        subtitle=say(
            "Government space budget, {unit}, with the fund booked when voted, spread over {life}, or left"
            " out; dotted across years whose total was not found",
            unit=words.money_unit(p.currency, p.deflator),
            life=counted(parameter("life_years"), "{n} year", "{n} years"),
        ),
        caption=say(
            "A rise is measured on the published year before. The multiples beside the lines are of {base}.",
            base=fiscal_year(parameter("base_year")),
        ),
        alt=say(
            "Three lines, {min} to {max}: in the last year {booked} booked, {spread} spread and {without}"
            " left out.",
            **years,
            **last,
        ),
        note=_series_note(answer),
    )


def _series_note(answer: Answer) -> Told:
    about = "FROM drawn WHERE rounded"
    parts: list[Told] = [
        choose(
            (f"(SELECT count(*) {about}) = 0", say("totals as published")),
            (
                f"(SELECT count(*) {about}) = 1",
                say(
                    "the total of {year} is rounded by its source",
                    year=fiscal_year(drawn(f"max(fiscal_year) {about}")),
                ),
            ),
            otherwise=say("{n} totals are rounded by their source", n=drawn(f"count(*) {about}")),
        )
    ]
    parts += [
        say(
            "the {what} of {years} is the latest known",
            what=what,
            years=words.years_in(answer, "years_carried", what),
        )
        for what in answer["years_carried"]
    ]
    parts.append(say("spreading over years is a reckoning, not how the money is paid"))
    return say("{parts}.", parts=listed(parts, "; ", "; "))
