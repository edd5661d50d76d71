"""The words of the question ``counterspace``."""

from spacesec.answers import Answer
from spacesec.space_systems.counterspace.model import UNKNOWN
from spacesec.words.sentences import (
    Told,
    Words,
    choose,
    counted,
    day,
    drawn,
    listed,
    named,
    number,
    parameter,
    result,
    say,
    year,
    years_of,
)

KINDS = counted(result("kinds_asked"), "{n} kind", "{n} kinds")
MOST_TOLD = 4  # states told by name
RULE = choose(
    (":p_rule = 'newest'", say("the newest edition that speaks of a state and kind decides")),
    otherwise=say("the report that puts a state furthest decides"),
)
ORBIT = {
    "low": say("in low orbits"),
    "medium": say("in medium orbits"),
    "quasi-zenith": say("in quasi-zenith orbits"),
    "geostationary": say("in the geostationary belt"),
}


def answer(found: Answer) -> list[Told]:
    return [_ascribed(found), _exposed(found), _dated(found), _answered(), _unknown()]


def _ascribed(found: Answer) -> Told:
    if not found["states_far"]:
        return say(
            "Public reports up to {edition} ascribe tested or fielded means against space systems to"
            " **none of the"
            " states** asked for.",
            edition=year(parameter("edition")),
        )
    names = list(found["kinds_far"])[:MOST_TOLD]
    told = [
        say(
            "{state} ({n} of {kinds})",
            state=named(drawn(f"key FROM json_each(:kinds_far) LIMIT 1 OFFSET {place}")),
            n=number(result("kinds_far", name)),
            kinds=KINDS,
        )
        for place, name in enumerate(names)
    ]
    return say(
        "Public reports up to {edition} ascribe means against space systems that are tested or fielded to"
        " **{n} of {all}**: {told}{more}. That they are fielded or used is said of {fielded}. Here {rule};"
        " by the other rule {other}.",
        edition=year(parameter("edition")),
        n=number(result("states_far")),
        all=counted(result("states_spoken_of"), "{n} state", "{n} states"),
        told=listed(told),
        more=choose(
            (
                f":states_far > {MOST_TOLD}",
                say(", then {n} more", n=number(drawn(f":states_far - {MOST_TOLD}"))),
            ),
            otherwise=say(""),
        ),
        fielded=counted(
            result("fielded"), "{n} pair of a state and a kind", "{n} pairs of a state and a kind"
        ),
        rule=RULE,
        other=_other_rule(found),
    )


def _other_rule(found: Answer) -> Told:
    """The states whose number of kinds the other rule changes, the largest change first."""
    here, there = found["kinds_far"], found["kinds_far_other_rule"]
    changed = {name: abs(here.get(name, 0) - there.get(name, 0)) for name in {**here, **there}}
    names = sorted((name for name in changed if changed[name]), key=lambda name: (-changed[name], name))
    if not names:
        return say("no number changes")
    told = [
        say(
            "{state} goes from {n} to {m}",
            state=name,
            n=number(drawn(f"coalesce(json_extract(:kinds_far, '$.\"{name}\"'), 0)")),
            m=number(drawn(f"coalesce(json_extract(:kinds_far_other_rule, '$.\"{name}\"'), 0)")),
        )
        for name in names
    ]
    return listed(told)


def _exposed(found: Answer) -> Told:
    if not found["satellites"]:
        return say("The collection knows **no Japanese satellite that flies** in the orbit asked for.")
    parts = [
        say(
            "{n} {where}, for which {reach}",
            n=counted(drawn(f"json_extract(:satellites_by_orbit, '$.\"{name}\"')"), "{n} is", "{n} are"),
            where=ORBIT[name],
            reach=choose(
                (
                    f"json_extract(:kinds_shown, '$.\"{name}\"') > 0",
                    say(
                        "{shown} of {kinds} {were} shown to reach something",
                        shown=number(result("kinds_shown", name)),
                        kinds=KINDS,
                        were=counted(drawn(f"json_extract(:kinds_shown, '$.\"{name}\"')"), "was", "were"),
                    ),
                ),
                otherwise=say("**nothing was shown in any source read**"),
            ),
        )
        for name, count in found["satellites_by_orbit"].items()
        if count and name != UNKNOWN
    ]
    if not parts:
        return say(
            "Of {n} no height was read, so that nothing can be said of what reaches them.",
            n=counted(
                result("satellites"), "{n} Japanese satellite that flies", "{n} Japanese satellites that fly"
            ),
        )
    return say(
        "Of Japan's satellites that fly {parts}{rest}. That a means reached a class of orbit does not say"
        " that it"
        " would reach a given satellite.",
        parts=listed(parts, last="; ", between="; "),
        rest=choose(
            (
                "json_extract(:satellites_by_orbit, '$.unknown') > 0",
                say("; of {n} no height was read", n=number(result("satellites_by_orbit", UNKNOWN))),
            ),
            otherwise=say(""),
        ),
    )


def _dated(found: Answer) -> Told:
    if not found["incidents"]:
        return say("No dated case of interference is known for these years and orbits.")
    first, last = (drawn(f"json_extract(:incidents_years, '$[{end}]')") for end in (0, 1))
    cases = counted(result("incidents"), "{n} dated case", "{n} dated cases")
    if not found["incidents_japan"]:
        return say(
            "Of {cases} ({years}) **none** has a Japanese target; governments or international bodies ascribe"
            " {public}.",
            cases=cases,
            years=years_of(first, last),
            public=number(result("incidents_public")),
        )
    return say(
        "Of {cases} ({years}) {japan} a Japanese target, **{where}**. {named};"
        " governments or international bodies ascribe {public} of all.",
        cases=cases,
        years=years_of(first, last),
        japan=counted(result("incidents_japan"), "{n} has", "{n} have"),
        where=choose(
            (":incidents_japan_orbit = 0", say("always networks on the ground, never a satellite in orbit")),
            otherwise=say("{n} of them in orbit", n=number(result("incidents_japan_orbit"))),
        ),
        named=choose(
            (":incidents_japan_named = 0", say("No source names who did it")),
            otherwise=say(
                "Sources name who did it in {n} of them", n=number(result("incidents_japan_named"))
            ),
        ),
        public=number(result("incidents_public")),
    )


def _answered() -> Told:
    return say(
        "In answer {pledged} states have pledged not to test destructive missiles against satellites,"
        " Japan on"
        " {day}; of the {testers} states that destroyed a satellite so, **{sworn} pledged**. The General"
        " Assembly"
        " called for it by {yes} to {no} on {vote}. The table of events holds {acts} on counterspace,"
        " {statements} of"
        " them statements.",
        pledged=number(result("pledged")),
        day=day(result("pledged_japan")),
        testers=number(drawn("json_array_length(:testers)")),
        sworn=choose(
            ("json_array_length(:testers_pledged) = 1", say("only one")),
            otherwise=say("{n}", n=number(drawn("json_array_length(:testers_pledged)"))),
        ),
        yes=number(result("vote", 0)),
        no=number(result("vote", 1)),
        vote=day(result("vote_day")),
        acts=counted(result("acts"), "{n} act of Japan's", "{n} acts of Japan's"),
        statements=number(result("statements")),
    )


def _unknown() -> Told:
    return say(
        "**Not known from what was read**: {unknown} of {cells} pairs of a state and a kind, performance,"
        " numbers"
        " and readiness of any of it, and whether a fault of a satellite was ever caused by somebody. No"
        " row is"
        " not the same as nothing there.",
        unknown=number(result("cells_unknown")),
        cells=number(result("cells")),
    )


FAR = "status IN ('tested', 'operational')"
MATRIX = Words(
    title=choose(
        (
            ":states_far = 0",
            say("Public reports ascribe no tested means against space systems to the states asked for"),
        ),
        (
            ":states_far = 1",
            say(
                "Public reports ascribe tested or fielded means against space systems to one state, {state}",
                state=named(drawn(f"(SELECT min(state) FROM drawn WHERE {FAR})")),
            ),
        ),
        otherwise=say(
            "Public reports ascribe tested or fielded means against space systems to {n} states",
            n=number(drawn(f"(SELECT count(DISTINCT state) FROM drawn WHERE {FAR})")),
        ),
    ),
    subtitle=say(
        "What the deciding report says, with the year of its edition; bold: states with some means tested"
        " or fielded"
    ),
    caption=say(
        "Each cell holds what one edition of one public report says; {rule}. Approaches to other"
        " satellites count"
        " as tests of co-orbital means, although inspection and servicing need the same. Reports: Secure"
        " World"
        " Foundation, CSIS, Defense Intelligence Agency, Ministry of Defense.{remarks}",
        rule=RULE,
        remarks=choose(
            ("NOT EXISTS (SELECT 1 FROM drawn WHERE note <> '')", say("")),
            otherwise=say(
                " Remarks on {n} stand in the figure's data; for some the report's own table says less than"
                " its chapter on the state.",
                n=counted(drawn("(SELECT count(*) FROM drawn WHERE note <> '')"), "{n} cell", "{n} cells"),
            ),
        ),
    ),
    alt=say(
        "Matrix of {states} states and {kinds} kinds: {far} cells say tested or fielded, {unknown} are"
        " unknown.",
        states=number(drawn("(SELECT count(DISTINCT state) FROM drawn)")),
        kinds=number(drawn("(SELECT count(DISTINCT kind) FROM drawn)")),
        far=number(drawn(f"(SELECT count(*) FROM drawn WHERE {FAR})")),
        unknown=number(drawn("(SELECT count(*) FROM drawn WHERE status = 'unknown')")),
    ),
    note=say("Unknown: no row was read, which is not the same as none."),
    until=year(parameter("edition")),
)

JAPAN = "japan = 1"
INCIDENTS = Words(
    title=choose(
        ("NOT EXISTS (SELECT 1 FROM drawn)", say("No dated case of interference is known here")),
        (
            f"NOT EXISTS (SELECT 1 FROM drawn WHERE {JAPAN})",
            say("No dated case here has a Japanese target"),
        ),
        (
            f"(SELECT count(*) FROM drawn WHERE {JAPAN}) = 1",
            say("One dated case struck Japan, of {all}", all=number(drawn("(SELECT count(*) FROM drawn)"))),
        ),
        (
            f"NOT EXISTS (SELECT 1 FROM drawn WHERE {JAPAN} AND orbit <> 'ground')",
            say(
                "The {n} dated cases that struck Japan were all on the ground, none against its satellites",
                n=number(drawn(f"(SELECT count(*) FROM drawn WHERE {JAPAN})")),
                when=f"(SELECT count(*) FROM drawn WHERE {JAPAN}) > 1",
            ),
        ),
        otherwise=say(
            "{n} of {all} dated cases struck Japan",
            n=number(drawn(f"(SELECT count(*) FROM drawn WHERE {JAPAN})")),
            all=number(drawn("(SELECT count(*) FROM drawn)")),
        ),
    ),
    subtitle=say("Dated cases of interference with space systems by the year in which they began, by kind"),
    caption=say(
        "A campaign of years is one case, in its first year. Destructive tests are not among them."
        " Hatched: the"
        " target is Japanese. More cases in late years may show more watching rather than more doing."
    ),
    alt=say(
        "Stacked columns by year: {n} cases, {japan} with a Japanese target.",
        n=number(drawn("(SELECT count(*) FROM drawn)")),
        japan=number(drawn(f"(SELECT count(*) FROM drawn WHERE {JAPAN})")),
    ),
    note=say("Only what became public; not a count of what happened."),
)

LOW = "json_extract(:satellites_by_orbit, '$.low')"
SHOWN_KINDS = "(SELECT count(DISTINCT kind) FROM drawn WHERE reach = 'shown')"
SHOWN_LOW = "json_extract(:kinds_shown, '$.low')"
ASSETS = Words(
    title=choose(
        (
            "NOT EXISTS (SELECT 1 FROM drawn WHERE satellites > 0)",
            say("No Japanese satellite flies in this orbit"),
        ),
        (
            "NOT EXISTS (SELECT 1 FROM drawn WHERE reach = 'shown')",
            say("No source read shows anything reaching these orbits"),
        ),
        (
            f"{LOW} * 2 > :satellites AND {LOW} < :satellites AND {SHOWN_LOW} > 1",
            say(
                "{low} of Japan's {all} satellites fly low, where {n} kinds of means were shown",
                low=number(drawn(LOW)),
                all=number(result("satellites")),
                n=number(drawn(SHOWN_LOW)),
            ),
        ),
        otherwise=say(
            "{n} in orbits that {kinds} of means {were} shown to reach",
            n=counted(
                drawn(
                    "(SELECT sum(n) FROM (SELECT DISTINCT orbit, satellites AS n FROM drawn WHERE reach ="
                    " 'shown'))"
                ),
                "{n} Japanese satellite flies",
                "{n} Japanese satellites fly",
            ),
            kinds=counted(drawn(SHOWN_KINDS), "{n} kind", "{n} kinds"),
            were=counted(drawn(SHOWN_KINDS), "was", "were"),
        ),
    ),
    subtitle=say("Japan's satellites that fly by class of orbit, and what public sources say has reached it"),
    caption=say(
        "Shown: done once in public view by some state, on a satellite, on receivers or on networks on the"
        " ground"
        " as named in the cell. Suggested: said to be possible. Satellites of which no height was read: {n}.",
        n=number(drawn("coalesce(json_extract(:satellites_by_orbit, '$.unknown'), 0)")),
    ),
    alt=say(
        "Table of {orbits} classes of orbit and {kinds} kinds of means; {shown} pairs are shown, {unknown}"
        " unknown.",
        orbits=number(drawn("(SELECT count(DISTINCT orbit) FROM drawn)")),
        kinds=number(drawn("(SELECT count(DISTINCT kind) FROM drawn)")),
        shown=number(drawn("(SELECT count(*) FROM drawn WHERE reach = 'shown')")),
        unknown=number(drawn("(SELECT count(*) FROM drawn WHERE reach = 'unknown')")),
    ),
    note=say("Reaching a class of orbit is not reaching a given satellite."),
)

VINTAGES = Words(
    title=choose(
        (":pairs_of_years = 0", say("No state and kind is told of in editions of several years")),
        (":pairs_moved = 0", say("No pair of a state and a kind that is told of in several years has moved")),
        otherwise=say(
            "Reports have changed what they say of {n} of {all} of a state and a kind",
            n=number(result("pairs_moved")),
            all=counted(result("pairs_of_years"), "{n} pair", "{n} pairs"),
        ),
    ),
    subtitle=say("What the edition of the year that puts it furthest says of a state and a kind of means"),
    caption=say(
        "Only pairs of which editions of several years were read. The reports are different ones and not"
        " one series:"
        " a change may be one of author, of words or of means."
    ),
    alt=say(
        "Table of {pairs} pairs of a state and a kind by {years} years of editions, {cells} cells filled.",
        pairs=number(drawn("(SELECT count(DISTINCT state || kind) FROM drawn)")),
        years=number(drawn("(SELECT count(DISTINCT edition_year) FROM drawn)")),
        cells=number(drawn("(SELECT count(*) FROM drawn)")),
    ),
    note=say("Different reports, not one series; empty: nothing of it was read for that year."),
    until=year(parameter("edition")),
)

COVERAGE = Words(
    title=choose(
        (
            "NOT EXISTS (SELECT 1 FROM drawn WHERE state = 'Japan')",
            say("No edition read up to {year} covers Japan itself", year=year(parameter("edition"))),
        ),
        otherwise=say(
            "The first edition read that covers Japan itself is of {since}; the widest covers {n} states",
            since=year(drawn("(SELECT min(edition_year) FROM drawn WHERE state = 'Japan')")),
            n=number(result("widest_states")),
        ),
    ),
    subtitle=say("States that each edition read covers, by report and year"),
    caption=say(
        "Editions of which only the number of states was read have no marks: {n}. An edition that is"
        " missing was"
        " not read. Being covered says nothing of what a state has.",
        n=number(drawn(":editions_read - (SELECT count(DISTINCT report || edition_year) FROM drawn)")),
    ),
    alt=say(
        "Marks for {states} states in {editions} editions of {reports}.",
        states=number(drawn("(SELECT count(DISTINCT state) FROM drawn)")),
        editions=number(drawn("(SELECT count(DISTINCT report || edition_year) FROM drawn)")),
        reports=counted(drawn("(SELECT count(DISTINCT report) FROM drawn)"), "{n} report", "{n} reports"),
    ),
    note=say("Editions as far as they were read."),
)

ANSWERS = Words(
    title=choose(
        (
            "json_array_length(:testers_pledged) = 1",
            say(
                "{n} states have pledged not to destroy satellites in tests; of the {m} that did, only one"
                " has",
                n=number(result("pledged")),
                m=number(drawn("json_array_length(:testers)")),
            ),
        ),
        otherwise=say(
            "{n} states have pledged not to destroy satellites in tests", n=number(result("pledged"))
        ),
    ),
    subtitle=say("Destructive tests, states that pledged not to make them, and Japan's acts"),
    caption=say(
        "Pledges whose day was not read stand on the last day that their date allows. Japan pledged on"
        " {day}. Acts:"
        " rows of the table of events on counterspace that are Japan's own.{unnamed}",
        day=day(result("pledged_japan")),
        unnamed=choose(
            (
                "EXISTS (SELECT 1 FROM drawn WHERE label = 'one further state')",
                say(" The name of one state that pledged was not read."),
            ),
            otherwise=say(""),
        ),
    ),
    alt=say(
        "A staircase of pledges that ends at {n} states, below marks of {tests} destructive tests and"
        " above marks of {acts} acts.",
        n=number(result("pledged")),
        tests=number(drawn("(SELECT count(*) FROM drawn WHERE series = 'test')")),
        acts=number(drawn("(SELECT count(*) FROM drawn WHERE series = 'act')")),
    ),
    note=say("Pledges are counted up to {day}.", day=day(result("pledges_until"))),
)
