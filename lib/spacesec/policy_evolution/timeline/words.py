"""The words of the question ``timeline``."""

import pandas as pd

from spacesec.answers import Answer
from spacesec.policy_evolution.timeline.model import POSTURES, ROWS
from spacesec.words.sentences import (
    Joined,
    Told,
    Value,
    Words,
    choose,
    counted,
    drawn,
    listed,
    number,
    parameter,
    percent,
    result,
    say,
    year,
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
CAVEAT = say("the list is fuller for recent years because sources are: heights are not rates of policy")


def answer(found: Answer) -> list:
    """The paragraphs of the answer."""
    return [
        say(
            "{shown} ({start} to {end}), {shocks}; {independent} rest on a source"
            " other than the five documents. Half of them fall in {half} or later: the list grows with its"
            " sources, so its pace is not yet the pace of policy.{planned}",
            shown=counted(result("events"), "{n} dated event is shown", "{n} dated events are shown"),
            start=year(parameter("start_year")),
            end=year(parameter("end_year")),
            shocks=counted(
                result("external_shocks"), "one of them an external shock", "{n} of them external shocks"
            ),
            independent=percent(result("independent_percent")),
            half=year(result("half_since")),
            planned=choose(
                (":planned = 0", say("")),
                (":planned = 1", say(" One planned event is left out until it happens.")),
                otherwise=say(
                    " {n} planned events are left out until they happen.", n=number(result("planned"))
                ),
            ),
        ),
        say(
            "First years{shown} in which **both coders** give a posture: **{years}**.",
            shown=choose((":cuts_first", say(" shown")), otherwise=say("")),
            years=_firsts(found),
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
    return choose((ANY_YEAR, say("{all}", all=listed(known, "; ", "; "))), otherwise=say("no posture"))


def ladder(found: Answer) -> Words:
    """Every event one mark: from which year on both coders see each posture."""
    events = counted(drawn("count(*) FROM drawn"), "{n} dated event", "{n} dated events")
    return Words(
        title=_ladder_title(found),
        subtitle=say(
            "Every event on record {start} to {end}, one mark each, stacked by year and colored by the"
            " posture two coders gave it",
            start=year(parameter("start_year")),
            end=year(parameter("end_year")),
        ),
        caption=say(
            "Filled: both coders gave the posture; hollow: one did. Years named in the title are the first"
            " shown with a posture on which both agree. Landmarks stand on the ladder, in bold where both"
            " agree. Shocks stand under the axis."
        ),
        alt=say(
            "Unit chart of {events}, half of them in {half} or later. {firsts}",
            events=events,
            half=year(result("half_since")),
            firsts=choose(
                (ANY_YEAR, say("First acts to which both coders gave a posture: {all}.", all=_firsts(found))),
                otherwise=say("Both coders agree on no posture."),
            ),
        ),
        note=CAVEAT,
    )


def _ladder_title(found: Answer) -> Told:
    firsts = found["first_agreed_year"]
    events = counted(drawn("count(*) FROM drawn"), "{n} dated event", "{n} dated events")
    plain = say("{events} of Japan's space security", events=events)
    if not (firsts["security-use"] and firsts["warfighting"]):
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
                    "{law} documents stand under the space law of {law_year}, {strategy} under the strategy"
                    " of {strategy_year}, {later} under its successor",
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


def in_order(strokes: pd.DataFrame) -> str:
    """Under how many codings (``view``) the first acts of the postures follow one another in their order; a
    posture without acts is passed over.
    """
    firsts = strokes.groupby(["view", "posture"])["date"].min().unstack().reindex(columns=list(POSTURES))
    held = sum(row.dropna().is_monotonic_increasing for _, row in firsts.iterrows())
    return f"all {held}" if held == len(firsts) else f"{held} of {len(firsts)}"


def spelled(number: int) -> str:
    """A small number in words: ``three``; from thirteen on in digits."""
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if number < len(words) else str(number)


def left_out(bodies: pd.DataFrame, placed: set[str]) -> str:
    """Which bodies (indexed by row id, with ``name``, ``branch``, ``start_date``, ``status``) are not
    drawn, and why; nothing where all are.
    """
    missing = bodies[~bodies.index.isin(placed)]
    undated, planned = missing["start_date"].isna(), missing["status"] == "planned"
    parts = [
        f"{', '.join(missing.loc[chosen, 'name'])} ({why})"
        for chosen, why in (
            (undated, "no source read gives a first day"),
            (planned & ~undated, "planned"),
            (~planned & ~undated, "of another state, or without a place in the picture"),
        )
        if chosen.any()
    ]
    return f"Left out: {'; '.join(parts)}." if parts else ""
