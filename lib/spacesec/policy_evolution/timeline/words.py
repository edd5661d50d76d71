"""The words of the question ``timeline``."""

from spacesec.answers import Answer
from spacesec.policy_evolution.timeline.model import POSTURES, ROWS
from spacesec.words.sentences import (
    Choice,
    Joined,
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
    years_of,
)

NAMES = {
    "peaceful": "peaceful",
    "non-offensive": "non-offensive",
    "security-use": "security use",
    "warfighting": "operational domain",
    "none": "no posture in it",
}


ANY_YEAR = "(SELECT count(*) FROM json_each(:first_agreed_year) WHERE value IS NOT NULL) > 0"
SECURITY = "json_extract(:first_agreed_year, '$.\"security-use\"')"
LAW, STRATEGY = ROWS["law"], ROWS["strategy"]
SHOWN, HALF = years_of(parameter("start_year"), parameter("end_year")), year(result("half_since"))
CAVEAT = say("the list is fuller for recent years because sources are: counts are not rates of policy")


def answer(found: Answer) -> list:
    """The paragraphs of the answer."""
    return [
        say(
            "{shown} ({years}), {shocks}; {independent} rest on a source"
            " other than the five documents.{half} The list grows with its"
            " sources, so its pace is not yet the pace of policy.{planned}",
            shown=counted(result("events"), "{n} dated event is shown", "{n} dated events are shown"),
            years=SHOWN,
            shocks=choose(
                (":external_shocks = 0", say("no external shock among them")),
                otherwise=counted(
                    result("external_shocks"), "one of them an external shock", "{n} of them external shocks"
                ),
            ),
            independent=percent(result("independent_percent")),
            half=choose(
                (":events = 1", say("")),
                otherwise=say(" At least half of them fall in {half} or later.", half=HALF),
            ),
            planned=choose(
                (":planned = 0", say("")),
                (":planned = 1", say(" One planned event is left out until it happens.")),
                otherwise=say(
                    " {n} planned events are left out until they happen.", n=number(result("planned"))
                ),
            ),
        ),
        choose(
            (
                ANY_YEAR,
                say(
                    "First years{shown} in which **both coders** give a posture: **{years}**.",
                    shown=choose((":cuts_first", say(" shown")), otherwise=say("")),
                    years=_firsts(found),
                ),
            ),
            otherwise=say("**Both coders** agree on no posture."),
        ),
        say(
            "Of the acts, {agreed} a posture on which both coders agree; {none} none.",
            agreed=counted(
                drawn("(SELECT sum(value) FROM json_each(:agreed_by_posture))"), "{n} carries", "{n} carry"
            ),
            none=counted(drawn("json_extract(:by_posture, '$.none')"), "{n} carries", "{n} carry"),
        ),
        say(
            "{bodies} bodies became one agency. The air force's space unit went from {first} to {last}"
            " people, **{times} times**. {plans} Basic Plans followed the law of {law} at intervals of {gaps}"
            " years.",
            bodies=result("jaxa_forerunners"),
            first=result("unit_first_people"),
            last=result("unit_last_people"),
            times=number(result("unit_growth_multiple"), 1),
            plans=result("basic_plans"),
            law=year(result("law_year")),
            gaps=_gaps(found),
        ),
    ]


def _gaps(found: Answer) -> Joined:
    gaps = found["basic_plan_gap_years"]
    return listed([number(result("basic_plan_gap_years", place), 1) for place in range(len(gaps))])


def _firsts(found: Answer) -> Told:
    """The first years on which both coders agree, posture by posture; those without one are left out."""
    firsts = found["first_agreed_year"]
    known = [
        say("{name} {year}", name=NAMES[name], year=year(result("first_agreed_year", name)))
        for name in POSTURES
        if firsts[name]
    ]
    return say("{all}", all=listed(known, "; ", "; "))


def ladder(found: Answer) -> Words:
    """Every event one mark: from which year on both coders see each posture."""
    events = counted(drawn("count(*) FROM drawn"), "{n} dated event", "{n} dated events")
    return Words(
        title=_ladder_title(found),
        subtitle=say(
            "Every event on record {years}, one mark each, stacked by year and colored by the"
            " posture two coders gave it",
            years=SHOWN,
        ),
        caption=say(
            "Filled: both coders gave the posture; hollow: one did. {named}Landmarks stand on the ladder,"
            " in bold where both agree. Shocks stand under the axis.",
            named=(
                choose(
                    (":cuts_first", say("")),
                    otherwise=say(
                        "Years named in the title are the first shown with a posture on which both agree. "
                    ),
                )
                if _names_years(found)
                else say("")
            ),
        ),
        alt=say(
            "Unit chart of {events}{half}. {firsts}",
            events=events,
            half=choose(
                (":events = 1", say("")),
                otherwise=say(", at least half of them in {half} or later", half=HALF),
            ),
            firsts=choose(
                (ANY_YEAR, say("First acts to which both coders gave a posture: {all}.", all=_firsts(found))),
                otherwise=say("Both coders agree on no posture."),
            ),
        ),
        note=CAVEAT,
    )


def _names_years(found: Answer) -> bool:
    firsts = found["first_agreed_year"]
    return bool(firsts["security-use"] and firsts["warfighting"])


def _ladder_title(found: Answer) -> Told:
    events = counted(drawn("count(*) FROM drawn"), "{n} dated event", "{n} dated events")
    plain = say("{events} of Japan's space security", events=events)
    if not _names_years(found):
        return plain
    security, domain = (
        year(drawn(f"min(year) FROM drawn WHERE agreed AND NOT external_shock AND posture = '{name}'"))
        for name in ("security-use", "warfighting")
    )
    earlier = "json_extract(:first_agreed_year, '$.peaceful') < " + SECURITY
    return choose(
        # A window that begins after the first agreed act would tell its own start as history.
        (":cuts_first", plain),
        (
            earlier,
            say(
                "From peaceful purposes to security use in {security} and an operational domain in {domain}",
                security=security,
                domain=domain,
            ),
        ),
        otherwise=say(
            "Security use from {security}, an operational domain from {domain}",
            security=security,
            domain=domain,
        ),
    )


def _below(root: str) -> Value:
    """How many documents stand under this one, directly or under one that does."""
    return drawn(
        f"(WITH RECURSIVE below(id) AS (SELECT '{root}' UNION SELECT row_id FROM drawn JOIN below"
        " ON under_row_id = below.id) SELECT count(*) - 1 FROM below)"
    )


# Documents under those that replaced the strategy, without these themselves and without what stood under it.
LATER = (
    f"(WITH RECURSIVE line(id) AS (SELECT row_id FROM drawn WHERE replaces_row_id = '{STRATEGY}' UNION"
    " SELECT row_id FROM drawn JOIN line ON replaces_row_id = line.id), below(id) AS (SELECT id FROM line"
    " UNION SELECT row_id FROM drawn JOIN below ON under_row_id = below.id)"
    " SELECT count(*) - (SELECT count(*) FROM line) FROM below)"
)
ROOTS = f"(SELECT count(*) FROM drawn WHERE row_id IN ('{LAW}', '{STRATEGY}')) = 2"


def documents(found: Answer) -> Words:
    """What replaced what, and what stands under what."""
    papers = counted(drawn("count(*) FROM drawn"), "{n} document", "{n} documents")
    law, strategy = (year(drawn(f"date FROM drawn WHERE row_id = '{root}'")) for root in (LAW, STRATEGY))
    return Words(
        title=choose(
            (
                f"{ROOTS} AND {LATER} > 0",
                say(
                    "{law} documents stand under the {law_year} space law, {strategy} under the"
                    " {strategy_year} strategy, {later} under its successor",
                    law=_below(LAW),
                    law_year=law,
                    strategy=_below(STRATEGY),
                    strategy_year=strategy,
                    later=drawn(LATER),
                ),
            ),
            otherwise=say("{papers} of Japan's space security and what they replace", papers=papers),
        ),
        subtitle=say("Documents of Japan's space security by line; thick: replaced by, thin: stands under"),
        caption=say(
            "Years between Basic Plans: {gaps}. {under} of {papers} name another that they carry out; a"
            " document counts under the law or a strategy where that chain leads to it, not where it only"
            " replaces one that does. What replaces nothing stands above its line.",
            gaps=_gaps(found),
            under=drawn("count(under_row_id) FROM drawn"),
            papers=papers,
        ),
        alt=say(
            "Lineage chart of {papers} from {first} to {last}: {under} thin or same-line descents and {thick}"
            " replacements.",
            papers=papers,
            first=year(drawn("min(date) FROM drawn")),
            last=year(drawn("max(date) FROM drawn")),
            under=drawn("count(under_row_id) FROM drawn"),
            thick=drawn("count(replaces_row_id) FROM drawn"),
        ),
        note=say(
            "documents for which no source was read are missing; the policy of {year} is drawn as the"
            " forerunner of the Basic Plans",
            year=year(drawn("min(date) FROM drawn WHERE edition = 'forerunner'")),
            when="(SELECT count(*) FROM drawn WHERE edition = 'forerunner') > 0",
        ),
    )


REACHED = "FROM drawn WHERE reached"
PLAIN_FIELDS = counted(drawn("count(DISTINCT domain) FROM drawn"), "{n} field", "{n} fields")


def fields() -> Words:
    """Acts by field and year: which fields security use or beyond has reached."""
    low, high = (f"(SELECT {end}(year) {REACHED})" for end in ("min", "max"))
    many = say("{n} of {fields}", n=drawn(f"count(*) {REACHED}"), fields=PLAIN_FIELDS)
    span = years_of(drawn("min(year) FROM drawn"), drawn("max(year) FROM drawn"))
    return Words(
        title=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("No act of the years shown stands in a field")),
            (f"(SELECT count(*) {REACHED}) = 0", say("Both coders see security use or beyond in no field")),
            # A window that begins after the first agreed act would tell its own start as history.
            (
                ":cuts_first",
                say("Acts of security use or beyond in {many}, {years}", many=many, years=span),
            ),
            (
                f"{low} = {high}",
                say("Security use reached {many} in {year}", many=many, year=year(drawn(low))),
            ),
            otherwise=say(
                "Security use reached {many} between {low} and {high}",
                many=many,
                low=year(drawn(low)),
                high=year(drawn(high)),
            ),
        ),
        subtitle=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("Acts by main field and year")),
            otherwise=say(
                "Acts by main field and year, {years}; area is the number of acts, color and shape"
                " the furthest posture among them",
                years=span,
            ),
        ),
        caption=say(
            "A stroke marks the first act in a field that both coders put under security use or beyond."
            " External shocks are left out here."
        ),
        alt=say(
            "Bubble matrix of {fields} by year; {reached}.",
            fields=PLAIN_FIELDS,
            reached=choose(
                (
                    f"(SELECT count(*) {REACHED}) = 0",
                    say("both coders agree on security use in none of them"),
                ),
                otherwise=say(
                    "first agreed on in {all}",
                    all=named(
                        drawn(
                            "(SELECT group_concat(replace(domain, '-', ' ') || ' ' || year, ', ')"
                            f" FROM (SELECT domain, year {REACHED} ORDER BY year, domain))"
                        )
                    ),
                ),
            ),
        ),
        note=CAVEAT,
        until=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("{end}", end=year(parameter("end_year")))),
            otherwise=say(""),
        ),
    )


def institutions() -> Words:
    """Bodies with what followed them, and the strength of the space unit."""
    bars = counted(
        drawn("count(*) FROM drawn WHERE \"table\" = 'institutions' AND left_out IS NULL"),
        "{n} body",
        "{n} bodies",
    )
    people = {"first": result("unit_first_people"), "last": result("unit_last_people")}
    reported = "FROM drawn WHERE \"table\" = 'unit_strength' AND status = 'reported'"
    years = drawn(f"round((julianday(max(date)) - julianday(min(date))) / 365.25) {reported}")
    agency = f"(SELECT start_date FROM drawn WHERE row_id = '{ROWS['agency']}')"
    merged = counted(result("jaxa_forerunners"), "{n} body", "{n} bodies")
    return Words(
        title=say(
            "{merged} became one agency; a space unit of {first} people {grew} in {years}",
            merged=merged,
            first=people["first"],
            grew=choose(
                (":unit_last_people > :unit_first_people", say("grew to {last}", last=people["last"])),
                (":unit_last_people < :unit_first_people", say("shrank to {last}", last=people["last"])),
                otherwise=say("did not grow"),
            ),
            years=counted(years, "{n} year", "{n} years"),
        ),
        subtitle=say(
            "Bodies of Japan's space policy with what followed them, and the strength of the air force's"
            " space unit"
        ),
        caption=say(
            "Lines show into which body an older one was merged.{left_out} Hollow: planned strength.",
            left_out=_left_out(),
        ),
        alt=say(
            "Timeline bars of {bars} from {start}, {merged} merging into JAXA{since}, and a line of people in"
            " the space unit from {first} to {last}.",
            bars=bars,
            start=year(
                drawn("min(start_date) FROM drawn WHERE \"table\" = 'institutions' AND left_out IS NULL")
            ),
            merged=number(result("jaxa_forerunners")),
            since=choose(
                (f"{agency} IS NULL", say("")), otherwise=say(" in {year}", year=year(drawn(agency)))
            ),
            **people,
        ),
        note=say(
            "between the marks of the unit nothing is known of its strength; bodies for which"
            " no source gives a first day are left out"
        ),
    )


def _left_out() -> Choice:
    """Which bodies are not drawn, and why; nothing where all are."""
    names = (
        "(SELECT group_concat(name || ' (' || left_out || ')', '; ') FROM drawn WHERE left_out IS NOT NULL)"
    )
    return choose(
        (f"{names} IS NULL", say("")), otherwise=say(" Left out: {names}.", names=named(drawn(names)))
    )


# In how many codings the first acts of the postures follow one another in their order; a posture without acts
# is passed over.
CODINGS = "(SELECT count(DISTINCT view) FROM drawn)"
IN_ORDER = (
    "(WITH firsts AS (SELECT view, min(date) AS date, CASE posture "
    + " ".join(f"WHEN '{name}' THEN {place}" for place, name in enumerate(POSTURES))
    + " END AS place FROM drawn GROUP BY view, posture) SELECT count(DISTINCT view) FROM firsts WHERE"
    " view NOT"
    " IN (SELECT a.view FROM firsts AS a JOIN firsts AS b ON a.view = b.view AND a.place < b.place AND"
    " a.date > b.date))"
)


def codings(found: Answer) -> Words:
    """When each posture is coded, by coder, by agreement and by evidence."""

    def peaceful(coder: str) -> str:
        return f"(SELECT count(*) FROM drawn WHERE posture = 'peaceful' AND view = '{coder} coder')"

    first, second = peaceful("first"), peaceful("second")
    acts = choose(
        (f"{first} = {second}", say("peaceful acts: {n} by either coder", n=drawn(first))),
        otherwise=say(
            "peaceful acts: {first} by one coder, {second} by the other",
            first=drawn(first),
            second=drawn(second),
        ),
    )
    alone = (
        "FROM drawn WHERE posture = 'peaceful' AND view = 'first coder' AND row_id NOT IN"
        " (SELECT row_id FROM drawn WHERE view = 'second coder')"
    )
    return Words(
        title=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("Neither coder gives a posture to any act shown")),
            (
                f"(SELECT count(DISTINCT posture) FROM drawn) < {len(POSTURES)}",
                say("Acts by posture and coding; {acts}", acts=acts),
            ),
            otherwise=say(
                "Postures appear in the same order in {held} codings; {acts}",
                held=choose(
                    (f"{IN_ORDER} = {CODINGS}", say("all {n}", n=drawn(CODINGS))),
                    otherwise=say("{held} of {n}", held=drawn(IN_ORDER), n=drawn(CODINGS)),
                ),
                acts=acts,
            ),
        ),
        subtitle=say("Acts by posture under each coding; stroke: one act, mark: median date, number: acts"),
        caption=say(
            "Who counts as peaceful depends on whether a civil act is coded at all{alone}. {firsts}",
            alone=choose(
                (f"(SELECT count(*) {alone}) = 0", say("")),
                otherwise=say(
                    ": the second coder left {n} of the first's {all} without a posture",
                    n=drawn(f"count(*) {alone}"),
                    all=drawn(first),
                ),
            ),
            firsts=choose(
                (ANY_YEAR, say("First years on which both agree: {years}.", years=_firsts(found))),
                otherwise=say("Both coders agree on no posture."),
            ),
        ),
        alt=say(
            "Strips of {strokes} for the postures under each coding; {acts}.",
            strokes=counted(drawn("count(*) FROM drawn"), "{n} dated stroke", "{n} dated strokes"),
            acts=acts,
        ),
        note=say("both coders are of one kind: agreement between people may be lower"),
    )
