"""The words of the question ``interoperability``."""

from spacesec.answers import Answer
from spacesec.regional_cooperation.interoperability.model import EXISTS, NONE, PART
from spacesec.words.sentences import (
    Told,
    Words,
    choose,
    counted,
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

SEEN = year(parameter("as_of"))
FOCUS = named(parameter("focus"))
MOST_TOLD = 4  # names told one by one
GROUPS = choose(
    (":p_groups = 1", say("links that both have only within a wider group count")),
    otherwise=say("links that both have only within a wider group count in part"),
)
NOTHING = say("")


def answer(found: Answer) -> list[Told]:
    return [_existing(found), _warned(found), _set_beside(found), _asked(found), _unknown()]


def _existing(found: Answer) -> Told:
    if not found["exist"]:
        return say(
            "By the end of {seen} **no link** of the kinds asked for exists between Japan and the partners"
            " asked for, in any source read.",
            seen=SEEN,
        )
    names = [name for name, count in found["by_partner"].items() if count][:MOST_TOLD]
    told = [
        say(
            "{partner} {n}",
            partner=named(drawn(_key("by_partner", place))),
            n=number(result("by_partner", name)),
        )
        for place, name in enumerate(names)
    ]
    return say(
        "By the end of {seen} **{exist} of {pairs}** of a partner and a kind of link exist, {part} in part;"
        " of {none} there is no public sign. Partners with the most of {kinds}: {told}. Here {groups}; the"
        " other way {other} exist.",
        seen=SEEN,
        exist=number(result("exist")),
        pairs=counted(result("pairs"), "{n} pair", "{n} pairs"),
        part=number(result("in_part")),
        none=number(result("no_sign")),
        kinds=counted(result("kinds_asked"), "{n} kind of link", "{n} kinds of link"),
        told=listed(told),
        groups=GROUPS,
        other=number(result("exist_other_groups")),
    )


def _key(name: str, place: int) -> str:
    """The name at a place of a result that maps names."""
    return f"key FROM json_each(:{name}) LIMIT 1 OFFSET {place}"


def _warned(found: Answer) -> Told:
    names = list(found["warning_since"])[:MOST_TOLD]
    if not names:
        return say("No source read shows warning of missiles shared with the partners asked for.")
    told = [
        say(
            "{partner} (on record since {since})",
            partner=named(drawn(_key("warning_since", place))),
            since=year(result("warning_since", name)),
        )
        for place, name in enumerate(names)
    ]
    return say(
        "Partners with whom warning of missiles is shared: {told}.{way}",
        told=listed(told),
        way=choose(
            (
                "json_extract(:warning_since, '$.\"South Korea\"') IS NOT NULL",
                say(" What is shared with South Korea passes through systems of the United States."),
            ),
            otherwise=NOTHING,
        ),
    )


def _set_beside(found: Answer) -> Told:
    others = [
        say(
            "{partner} {ahead} of {all}",
            ahead=number(result("beside_ahead", name)),
            all=number(result("beside_exist", name)),
            partner=named(drawn(_key("beside_exist", place))),
        )
        for place, name in enumerate(found["beside_exist"])
    ]
    return say(
        "With {focus} **{exist}**{part}. Links of others of which it shows no sign: {others}{all}.{refused}",
        focus=FOCUS,
        exist=choose(
            ("json_array_length(:focus_exist) = 0", say("no kind of link exists")),
            otherwise=say(
                "{n}: {kinds}",
                n=counted(
                    drawn("json_array_length(:focus_exist)"),
                    "{n} kind of link exists",
                    "{n} kinds of link exist",
                ),
                kinds=_names(found, "focus_exist"),
            ),
        ),
        part=choose(
            ("json_array_length(:focus_part) = 0", NOTHING),
            otherwise=say("; in part: {kinds}", kinds=_names(found, "focus_part")),
        ),
        others=listed(others) if others else say("none"),
        all=choose(
            ("json_array_length(:lacking_beside) = 0", NOTHING),
            otherwise=say("; each of these has: {kinds}", kinds=_names(found, "lacking_beside")),
        ),
        refused=choose(
            ("json_array_length(:focus_refused) = 0", NOTHING),
            otherwise=say(
                " Refused, or denied by governments: {kinds}.",
                kinds=_names(found, "focus_refused"),
            ),
        ),
    )


def _names(found: Answer, name: str) -> Told:
    """The kinds of a result that lists them."""
    return listed([named(result(name, place)) for place in range(len(found[name]))])


def _asked(found: Answer) -> Told:
    if not found["demands"]:
        return say("No document read that is of {seen} or older asks for such a link.", seen=SEEN)
    unmet = found["pairs_unmet"][:MOST_TOLD]
    return say(
        "{demands} in {documents} ask for such links; the most, {n}, for: {kinds}. Of {pairs} that they name"
        " {unmet}.",
        demands=counted(result("demands"), "{n} demand", "{n} demands"),
        documents=counted(result("demand_documents"), "{n} document", "{n} documents"),
        n=number(drawn("(SELECT max(value) FROM json_each(:demands_by_kind))")),
        kinds=_most_asked(found),
        pairs=counted(
            result("pairs_demanded"), "{n} pair of a partner and a kind", "{n} pairs of a partner and a kind"
        ),
        unmet=choose(
            ("json_array_length(:pairs_unmet) = 0", say("none is missing")),
            otherwise=say(
                "{n}: {names}{more}",
                n=counted(drawn("json_array_length(:pairs_unmet)"), "{n} is missing", "{n} are missing"),
                names=listed(
                    [named(result("pairs_unmet", place)) for place in range(len(unmet))],
                    last="; ",
                    between="; ",
                ),
                more=choose(
                    (
                        f"json_array_length(:pairs_unmet) > {MOST_TOLD}",
                        say("; and others"),
                    ),
                    otherwise=NOTHING,
                ),
            ),
        ),
    )


def _most_asked(found: Answer) -> Told:
    """The kinds for which the most demands ask; several where they tie."""
    counts = found["demands_by_kind"]
    most = [place for place, n in enumerate(counts.values()) if n == max(counts.values())]
    return listed([named(drawn(_key("demands_by_kind", place))) for place in most[:MOST_TOLD]])


def _unknown() -> Told:
    return say(
        "**Not known from what was read**: what passes through a link, how fast, how often and at which"
        " classification, and links that nobody made public. No public sign is not the same as none."
    )


EXIST = f"verdict = '{EXISTS}'"
MATRIX = Words(
    title=choose(
        (":exist = 0", say("No link of these kinds exists in public between Japan and these partners")),
        (
            ":partners_asked = 1",
            say(
                "{n} of {kinds} exist between Japan and one partner, {partner}",
                n=number(drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST})")),
                kinds=counted(result("kinds_asked"), "{n} kind of link", "{n} kinds of link"),
                partner=named(drawn("(SELECT min(partner) FROM drawn)")),
            ),
        ),
        (
            "json_extract(:by_partner, '$.Taiwan') IS NOT NULL AND json_extract(:by_partner, '$.\"United"
            " States\"') > json_extract(:by_partner, '$.Taiwan')",
            say(
                "Of {kinds}, {most} exist between Japan and the United States and {few} between Japan and"
                " Taiwan",
                kinds=counted(result("kinds_asked"), "{n} kind of link", "{n} kinds of link"),
                most=number(
                    drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST} AND partner = 'United States')")
                ),
                few=number(drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST} AND partner = 'Taiwan')")),
            ),
        ),
        otherwise=say(
            "{n} of {all} of a partner and a kind of link exist",
            n=number(drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST})")),
            all=counted(result("pairs"), "{n} pair", "{n} pairs"),
        ),
    ),
    subtitle=say(
        "Links between Japan and each partner by kind, with the year of the first public sign read"
        " (exercises and what is in part: the last); beside the names: kinds that exist"
    ),
    caption=say(
        "A link exists where a source says that it is in force, that data flow, that an officer is posted,"
        " that equipment is in orbit, or that an exercise was held within {within}; in part where it is"
        " signed, talked of, older or in doubt. Here {groups}. Refused: declined, called off or denied."
        " Some links are older than the first source that says that they are there.",
        within=counted(parameter("held_within"), "{n} year", "{n} years"),
        groups=GROUPS,
    ),
    alt=say(
        "Matrix of {partners} partners and {kinds} kinds of link: {exist} exist, {part} in part, {none} show"
        " no public sign.",
        partners=number(drawn("(SELECT count(DISTINCT partner) FROM drawn)")),
        kinds=number(drawn("(SELECT count(DISTINCT kind) FROM drawn)")),
        exist=number(drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST})")),
        part=number(drawn(f"(SELECT count(*) FROM drawn WHERE verdict = '{PART}')")),
        none=number(drawn(f"(SELECT count(*) FROM drawn WHERE verdict = '{NONE}')")),
    ),
    note=say("No public sign is not the same as none; links may exist that nobody told."),
    until=SEEN,
)

EACH = f"(SELECT partner, sum({EXIST}) AS n FROM drawn WHERE partner <> :p_focus GROUP BY partner)"
OWN = counted(
    drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST} AND partner = :p_focus)"),
    "{n} kind of link exists",
    "{n} kinds of link exist",
)
BESIDE = Words(
    title=choose(
        (
            f"(SELECT count(DISTINCT n) FROM {EACH}) > 1",
            say(
                "{own} between Japan and {focus}, {least} to {most} with each of the others",
                own=OWN,
                focus=FOCUS,
                least=number(drawn(f"(SELECT min(n) FROM {EACH})")),
                most=number(drawn(f"(SELECT max(n) FROM {EACH})")),
            ),
        ),
        (
            f"(SELECT count(*) FROM {EACH}) > 0",
            say(
                "{own} between Japan and {focus}, {most} with each other partner here",
                own=OWN,
                focus=FOCUS,
                most=number(drawn(f"(SELECT max(n) FROM {EACH})")),
            ),
        ),
        otherwise=say("{own} between Japan and {focus}", own=OWN, focus=FOCUS),
    ),
    subtitle=say("Links between Japan and {focus} beside those with others, by kind", focus=FOCUS),
    caption=say(
        "The year is that of the first row that a link rests on; of an exercise, and of what exists in part,"
        " that of the last. What stands for a link in part differs: signed, talked of, older, or of lower"
        " standing."
    ),
    alt=say(
        "Table of {kinds} kinds of link and {partners} partners; {exist} cells exist.",
        kinds=number(drawn("(SELECT count(DISTINCT kind) FROM drawn)")),
        partners=number(drawn("(SELECT count(DISTINCT partner) FROM drawn)")),
        exist=number(drawn(f"(SELECT count(*) FROM drawn WHERE {EXIST})")),
    ),
    note=say("Red edge: refused, called off, or a report of it denied."),
    until=SEEN,
)

LAST = "(SELECT exist FROM drawn WHERE partner = {0} AND year = (SELECT max(year) FROM drawn))"
MOST = "(SELECT max(exist) FROM drawn WHERE year = (SELECT max(year) FROM drawn))"
GROWTH = Words(
    title=choose(
        (f"{MOST} = 0", say("No link of these kinds exists with these partners")),
        (
            "(SELECT count(DISTINCT year) FROM drawn) > 1",
            say(
                "{n} with {focus} by {seen}; the most with one of these partners is {most}",
                n=counted(
                    drawn(LAST.format(":p_focus")), "{n} kind of link exists", "{n} kinds of link exist"
                ),
                focus=FOCUS,
                seen=SEEN,
                most=number(drawn(MOST)),
            ),
        ),
        otherwise=say(
            "The most kinds of link with one of these partners in {seen} is {most}",
            seen=SEEN,
            most=number(drawn(MOST)),
        ),
    ),
    subtitle=say("Kinds of link that exist by the end of each year"),
    caption=say(
        "By the same rule in every year. A line falls where a notice puts an agreement in doubt, or where no"
        " exercise was held for {within}.",
        within=counted(parameter("held_within"), "{n} year", "{n} years"),
    ),
    alt=say(
        "Step lines of {partners} partners, {years}, at most {most} kinds.",
        partners=number(drawn("(SELECT count(DISTINCT partner) FROM drawn)")),
        years=years_of(drawn("(SELECT min(year) FROM drawn)"), drawn("(SELECT max(year) FROM drawn)")),
        most=number(drawn("(SELECT max(exist) FROM drawn)")),
    ),
    note=say("A year counts to its end; the first public sign may be later than the link."),
    until=SEEN,
)

SOME = "EXISTS (SELECT 1 FROM drawn)"
PARTNERS = "(SELECT partner, sum(held) AS n FROM drawn GROUP BY partner)"
EXERCISES = Words(
    title=choose(
        (f"NOT {SOME}", say("No exercise with these partners is in the tables")),
        (
            f"(SELECT count(*) FROM {PARTNERS} WHERE n = (SELECT max(n) FROM {PARTNERS})) = 1"
            f" AND (SELECT count(*) FROM {PARTNERS}) > 1",
            say(
                "The partner that met Japan most often in exercises: {partner}, {n} times",
                partner=named(drawn(f"(SELECT partner FROM {PARTNERS} ORDER BY n DESC LIMIT 1)")),
                n=number(drawn(f"(SELECT max(n) FROM {PARTNERS})")),
                when=f"(SELECT max(n) FROM {PARTNERS}) > 1",
            ),
        ),
        otherwise=say(
            "No partner met Japan in exercises more often than {n}",
            n=counted(drawn(f"(SELECT max(n) FROM {PARTNERS})"), "once", "{n} times"),
        ),
    ),
    subtitle=say("Exercises in which Japan and the partner both took part, by year; beside the names: all"),
    caption=say(
        "Space, missile defense and forces' exercises and drills of coast guards, as far as lists of states"
        " were read. Observers do not count."
    ),
    alt=choose(
        (f"NOT {SOME}", say("An empty table.")),
        otherwise=say(
            "Table of {partners} by year, {years}.",
            partners=counted(
                drawn("(SELECT count(DISTINCT partner) FROM drawn)"), "{n} partner", "{n} partners"
            ),
            years=years_of(drawn("(SELECT min(year) FROM drawn)"), drawn("(SELECT max(year) FROM drawn)")),
        ),
    ),
    note=say("A floor: exercises without a published list of states are missing."),
    until=SEEN,
)

ASKED_MOST = "(SELECT {0} FROM drawn WHERE demands = (SELECT max(demands) FROM drawn))"
DEMANDS = Words(
    title=choose(
        (":demands = 0", say("No document read asks for a link of these kinds")),
        (
            f"{ASKED_MOST.format('count(*)')} = 1",
            say(
                "Documents ask most often for one kind of link, {kind}: {n}",
                kind=named(drawn(ASKED_MOST.format("min(kind)"))),
                n=counted(drawn("(SELECT max(demands) FROM drawn)"), "{n} demand", "{n} demands"),
            ),
        ),
        (
            f"{ASKED_MOST.format('count(*)')} = 2",
            say(
                "Documents ask most often for two kinds of link, {one} and {other}: {n} for each",
                one=named(drawn(ASKED_MOST.format("min(kind)"))),
                other=named(drawn(ASKED_MOST.format("max(kind)"))),
                n=counted(drawn("(SELECT max(demands) FROM drawn)"), "{n} demand", "{n} demands"),
            ),
        ),
        otherwise=say(
            "Documents ask alike for {kinds} kinds of link: {n} for each",
            kinds=number(drawn(ASKED_MOST.format("count(*)"))),
            n=counted(drawn("(SELECT max(demands) FROM drawn)"), "{n} demand", "{n} demands"),
        ),
    ),
    subtitle=say("Demands of documents for a kind of link, and partners with whom it exists"),
    caption=say(
        "A demand may ask for several kinds. Demands are those of the table of recommendations that bear on a"
        " link; a demand says what somebody asked for, not what is needed."
    ),
    alt=say(
        "Two rows of bars for {kinds} kinds of link: {n} demands in all, at most {most} partners.",
        kinds=number(drawn("(SELECT count(*) FROM drawn)")),
        n=number(drawn("(SELECT sum(demands) FROM drawn)")),
        most=number(drawn("(SELECT max(partners) FROM drawn)")),
    ),
    note=say("Few documents, most of them of think tanks; not a count of needs."),
    until=SEEN,
)
