"""The words of the question ``programmes``."""

from spacesec.answers import Answer
from spacesec.budgets import words
from spacesec.budgets.programmes.model import STAGES
from spacesec.words.sentences import (
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    fiscal_year,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

LEFT_OUT = {
    "budgets/projects": "no payment of that year yet",
    "budgets/budget_book": "other items",
    "budgets/defense_space": "neither the contract nor a payment for the X-band satellites",
    "budgets/programme_figures": "single figures that no check holds against the budget",
    "space_systems/satellites": "other systems, or launched after the years paid for",
}

A_FIFTH = 20  # percent


def answer(found: Answer) -> list[Told]:
    return [
        _reconnaissance(),
        *_leaning(found),
        *_carrying(found),
        _largest(found),
        _satellite(),
        *words.left_out(found, LEFT_OUT),
        *words.disputed(found),
    ]


def _reconnaissance() -> Told:
    first, last = (result(f"igs_supplementary_{end}") for end in ("first", "last"))
    added = {"first": number(first, 1), "last": number(last, 1)}
    return say(
        "The reconnaissance satellites' initial budget lay between {low} and {high} billion yen in {years},"
        " while supplementaries {went}: **{before} of the money in {start}, {now} in {end}**.",
        low=number(result("igs_initial_low"), 1, "down"),
        high=number(result("igs_initial_high"), 1, "up"),
        years=counted(result("igs_initial_years"), "the one year known", "the {n} years known"),
        went=choose(
            (
                ":igs_supplementary_last > :igs_supplementary_first",
                say("grew from {first} to {last}", **added),
            ),
            (
                ":igs_supplementary_last < :igs_supplementary_first",
                say("fell from {first} to {last}", **added),
            ),
            otherwise=say("came to {last} at first and at last", last=added["last"]),
        ),
        before=percent(result("igs_supplementary_share_first_percent")),
        now=percent(result("igs_supplementary_share_last_percent")),
        start=fiscal_year(result("igs_share_years", 0)),
        end=fiscal_year(result("igs_share_years", 1)),
    )


def _most(name: str) -> str:
    """SQL for the project with the largest value in a result by project; the first of equals."""
    return f"(SELECT key FROM json_each(:{name}) ORDER BY value DESC, id LIMIT 1)"


def _project(name: str) -> Value:
    return named(drawn(f"value FROM json_each(:project_names) WHERE key = {_most(name)}"))


def _highest(name: str) -> Value:
    return drawn(f"max(value) FROM json_each(:{name})")


def _leaning(found: Answer) -> list[Told]:
    if not found["supplementary_share_percent"]:
        return []
    nothing = f"(SELECT {_highest('supplementary_share_percent').origin['sql']}) <= 0"
    values = {
        "project": _project("supplementary_share_percent"),
        "first": fiscal_year(parameter("first_year")),
        "last": fiscal_year(parameter("last_year")),
        "share": percent(_highest("supplementary_share_percent")),
    }
    if len(found["shown_total"]) == 1:
        return [
            say(
                "*{project}*, the one chosen project with money shown {first} to {last}, had {share} of what"
                " was voted from supplementary budgets.",
                **values,
            )
        ]
    count = drawn("(SELECT count(*) FROM json_each(:shown_total))")
    none = {name: values[name] for name in ("first", "last")}
    return [
        choose(
            (
                nothing,
                say(
                    "None of the {count} chosen projects with money shown {first} to {last} had any from"
                    " supplementary budgets.",
                    count=count,
                    **none,
                ),
            ),
            otherwise=say(
                "Among the {count} chosen projects with money shown {first} to {last}, *{project}* leans most"
                " on supplementary budgets ({share} of what was voted).",
                count=count,
                **values,
            ),
        )
    ]


def _carrying(found: Answer) -> list[Told]:
    if not found["carried_percent"]:
        return []
    values = {"project": _project("carried_percent"), "share": percent(_highest("carried_percent"))}
    return [
        choose(
            (
                f"(SELECT {_highest('carried_percent').origin['sql']}) <= 0",
                say("None of them carries money into the next year."),
            ),
            (
                "(SELECT count(*) FROM json_each(:carried_percent)) = 1",
                say(
                    "*{project}* carries {share} of what could be spent in a year into the next year.",
                    **values,
                ),
            ),
            otherwise=say(
                "*{project}* carries most into the next year: {share} of what could be spent in a year.",
                **values,
            ),
        )
    ]


def _largest(found: Answer) -> Told:
    p = found.parameters
    values = {
        "project": _project("shown_total"),
        "amount": number(_highest("shown_total"), 1),
        "unit": words.money_unit("JPY", p.deflator),
    }
    return choose(
        (
            "(SELECT count(*) FROM json_each(:shown_total)) = 1",
            say("*{project}* had {amount} {unit}, {stage}.", stage=STAGES[p.stage], **values),
        ),
        otherwise=say(
            "The largest of them is *{project}* with {amount} {unit}, {stage}.",
            stage=STAGES[p.stage],
            **values,
        ),
    )


def _satellite() -> Told:
    return say(
        "A reconnaissance satellite in orbit cost {low} to {high} billion yen a year ({first} to {last}, all"
        " program money). The constellation's contract comes to {contract} billion yen a year; with more"
        " than about {count} satellites it is cheaper per satellite-year, but no number of satellites was"
        " found and the satellites are not alike.",
        low=number(result("igs_per_satellite_year", 0), 1),
        high=number(result("igs_per_satellite_year", 1), 1),
        first=fiscal_year(result("igs_paid_years", 0)),
        last=fiscal_year(result("igs_paid_years", 1)),
        contract=result("constellation_per_year"),
        count=result("parity_satellites"),
    )


def reconnaissance(answer: Answer) -> Words:
    both = "FROM drawn WHERE initial IS NOT NULL AND supplementary IS NOT NULL ORDER BY fiscal_year"
    share = f"100.0 * supplementary / (initial + supplementary) {both}"
    ends = {"ASC": "first", "DESC": "last"}
    shares = {name: percent(drawn(f"{share} {order} LIMIT 1")) for order, name in ends.items()}
    years = {name: fiscal_year(drawn(f"fiscal_year {both} {order} LIMIT 1")) for order, name in ends.items()}
    added = {name: number(drawn(f"supplementary {both} {order} LIMIT 1"), 1) for order, name in ends.items()}
    initial = {
        end: number(drawn(f"{end}(initial) FROM drawn"), 1, way)
        for end, way in (("min", "down"), ("max", "up"))
    }
    return Words(
        title=say(
            "Supplementary budgets gave {share} of reconnaissance satellite money in {year}, {before} in"
            " {start}",
            share=shares["last"],
            year=years["last"],
            before=shares["first"],
            start=years["first"],
        ),
        subtitle=say(
            "Information Gathering Satellites in the general account, billion yen: initial budget, net"
            " supplementary budget (with its share) and amount paid"
        ),
        caption=say(
            "Money of a supplementary budget, voted in the winter, is mostly paid in the next fiscal year, so"
            " payments follow with a delay. Payments are settled to {year}.",
            year=fiscal_year(drawn("max(fiscal_year) FROM drawn WHERE paid IS NOT NULL")),
        ),
        alt=say(
            "Stacked bars {first} to {last}: the initial budget lies between {low} and {high} billion yen,"
            " the supplementary budget is {before} in {start} and {now} in {end}; a line of payments ends at"
            " {paid}.",
            first=fiscal_year(drawn("min(fiscal_year) FROM drawn")),
            last=fiscal_year(drawn("max(fiscal_year) FROM drawn")),
            low=initial["min"],
            high=initial["max"],
            before=added["first"],
            now=added["last"],
            start=years["first"],
            end=years["last"],
            paid=number(drawn("paid FROM drawn WHERE paid IS NOT NULL ORDER BY fiscal_year DESC LIMIT 1"), 1),
        ),
        note=say("general account as voted, nominal; a year's payments hold money voted the winter before."),
    )


def stages(answer: Answer) -> Words:
    whole = "request IS NOT NULL AND initial IS NOT NULL AND paid IS NOT NULL"
    of = f"FROM drawn WHERE {whole}"
    shares = {
        stage: percent(drawn(f"100.0 * sum({stage}) / sum(request) {of}")) for stage in ("paid", "initial")
    }
    projects = counted(
        drawn("count(DISTINCT project_id) FROM drawn"), "the largest project", "the {n} largest projects"
    )
    told = choose(
        (
            f"(SELECT sum(request) {of}) > 0",
            say(
                "Of the money asked for {projects}, {paid} was paid; initial budgets gave {initial}",
                projects=projects,
                **shares,
            ),
        ),
        otherwise=say("Money asked, voted and paid: {projects}", projects=projects),
    )
    return Words(
        title=told,
        subtitle=say(
            "Chosen projects with the largest payments, {first} to {last}; shares over years with request,"
            " initial budget and payment; from the dashed line on, available money still holds what goes to"
            " the next year",
            first=fiscal_year(drawn("min(fiscal_year) FROM drawn")),
            last=fiscal_year(drawn("max(fiscal_year) FROM drawn")),
        ),
        caption=say(
            "Project review. Both shares divide by the request; a payment can also come from supplementary"
            " budgets and from money carried over. Requests are as the sheets print them, often corrected"
            " after the draft budget, so the initial share is an upper bound of what was first asked."
        ),
        alt=say(
            "{panels} with bars of initial and supplementary budget, diamonds for requests, a stepped line"
            " for available money and dots for payments.",
            panels=counted(drawn("count(DISTINCT project_id) FROM drawn"), "{n} panel", "{n} panels"),
        ),
        note=_stages_note(whole),
    )


def _stages_note(whole: str) -> Told:
    """The one year of a project that lifts the share of payments most, and the share without it."""
    of = f"FROM drawn WHERE {whole}"
    top = f"(SELECT rowid {of} ORDER BY paid - request DESC LIMIT 1)"
    values = {
        "project": named(drawn(f"project FROM drawn WHERE rowid = {top}")),
        "year": fiscal_year(drawn(f"fiscal_year FROM drawn WHERE rowid = {top}")),
        "asked": number(drawn(f"request FROM drawn WHERE rowid = {top}"), 1),
        "paid": number(drawn(f"paid FROM drawn WHERE rowid = {top}"), 1),
        "without": percent(drawn(f"100.0 * sum(paid) / sum(request) {of} AND rowid <> {top}")),
    }
    return choose(
        (
            (
                f"(SELECT count(*) {of}) > 1 AND (SELECT max(paid - request) {of}) > 0"
                f" AND (SELECT sum(request) {of} AND rowid <> {top}) > 0"
            ),
            say(
                "payments of {project} in {year} ({paid} paid, {asked} asked) count in full; without them the"
                " share paid is {without}.",
                **values,
            ),
        ),
        otherwise=say("both shares divide by the request, nominal yen."),
    )


def where_money_goes(answer: Answer) -> Words:
    p = answer.parameters
    top = "FROM drawn GROUP BY project_id ORDER BY sum(shown) DESC, min(rowid) LIMIT 1"
    values = {
        "project": named(drawn(f"project {top}")),
        "amount": number(drawn(f"sum(shown) {top}")),
        "unit": words.money_unit("JPY", p.deflator),
        "done": "paid" if p.stage == "paid" else "voted",
        "count": drawn("count(DISTINCT project_id) FROM drawn"),
        "first": fiscal_year(parameter("first_year")),
        "last": fiscal_year(parameter("last_year")),
    }
    one = {key: values[key] for key in ("project", "amount", "done", "first", "last")}
    share = percent(drawn(f"100.0 * sum(shown) / (SELECT sum(shown) FROM drawn) {top}"))
    many = {key: values[key] for key in ("project", "done", "count")}
    basis = "expenditure" if p.stage == "paid" else "budget"
    return Words(
        title=choose(
            (
                "(SELECT count(DISTINCT project_id) FROM drawn) = 1",
                say("{project}: {amount} billion yen {done}, {first} to {last}", **one),
            ),
            otherwise=say(
                "{project}: {share} of what {count} chosen projects were {done}", share=share, **many
            ),
        ),
        subtitle=say(
            f"{STAGES[p.stage].capitalize()} by project and fiscal year, {{first}} to {{last}}, {{unit}};"
            " dotted: the sheets print no amount",
            **{key: values[key] for key in ("first", "last", "unit")},
        ),
        caption=say(
            f"Project review, {basis} basis. The reconnaissance line is the research and development part"
            " only; the whole program stands in another figure on another basis."
        ),
        alt=say(
            "A grid of {rows} by {first} to {last} with amounts; the largest total is {project} with"
            " {amount}.",
            rows=counted(values["count"], "{n} project", "{n} projects"),
            **{key: values[key] for key in ("first", "last", "project", "amount")},
        ),
        note=say("the projects are a selection; the shade grows with the logarithm of the amount."),
    )


def reliance(answer: Answer) -> Words:
    more = drawn(f"count(*) FROM drawn WHERE supplementary_share_percent > {A_FIFTH}")
    known = counted(drawn("count(supplementary_share_percent) FROM drawn"), "{n} project", "{n} projects")
    ends = [fiscal_year(parameter("first_year")), fiscal_year(parameter("last_year"))]
    most = percent(drawn("coalesce(max(supplementary_share_percent), 0) FROM drawn"))
    return Words(
        title=choose(
            (
                "(SELECT count(supplementary_share_percent) FROM drawn) = 1",
                say(
                    "The one project with money voted drew {most} of it from supplementary budgets", most=most
                ),
            ),
            otherwise=say(
                "{more} of {known} drew more than a fifth of their money from supplementary budgets",
                more=more,
                known=known,
            ),
        ),
        subtitle=say(
            "Left: share of money voted {first} to {last}; right: what became of what could be spent in a"
            " year (from {full})",
            first=ends[0],
            last=ends[1],
            full=fiscal_year(result("first_full_year")),
        ),
        caption=say(
            "Spendable money counts what was carried in. Sheets to {net} print it net of what was carried"
            " out, later editions gross; both are brought to the same footing here. Years whose payment"
            " exceeds what the sheet calls available are set aside.",
            net=fiscal_year(result("last_net_year")),
        ),
        alt=say(
            "Two bar charts by project: the supplementary share of money voted, highest {most}, and the split"
            " of spendable money into paid, carried over and unused.",
            most=most,
        ),
        note=say("the projects are a selection; {known} with money voted.", known=known),
    )


def satellite_years(answer: Answer) -> Words:
    paid = "FROM drawn WHERE basis <> 'contract'"
    return Words(
        title=say(
            "The tracking constellation costs {contract} billion yen a year by contract; its number of"
            " satellites was not found",
            contract=result("constellation_per_year"),
        ),
        subtitle=say(
            "Program money per satellite in orbit and year; the whisker leaves out, or counts, a satellite"
            " whose state is unknown"
        ),
        caption=say(
            "From about {count} satellites on, one would cost less a year than a reconnaissance satellite."
            " Bases differ: payments on the left, a contract with services and tax on the right; large and"
            " small satellites do different work.",
            count=number(result("parity_satellites"), 0, "up"),
        ),
        alt=say(
            "Left: bars of {low} to {high} billion yen a satellite and year for {systems}. Right: the"
            " constellation's cost per satellite falling with its assumed size.",
            low=number(drawn(f"min(low) {paid}"), 1),
            high=number(drawn(f"max(high) {paid}"), 1),
            systems=counted(drawn(f"count(DISTINCT system) {paid}"), "{n} system", "{n} systems"),
        ),
        note=say(
            "the curve is arithmetic, not an estimate: one contract divided by numbers of satellites from few"
            " to many."
        ),
        until=fiscal_year(result("igs_paid_years", 1)),
    )
