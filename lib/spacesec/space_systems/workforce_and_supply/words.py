"""The words of the question ``workforce_and_supply``."""

from spacesec.answers import Answer
from spacesec.space_systems.workforce_and_supply.model import AGENCY, COMMERCIAL, FOREIGN, INDUSTRY, UNIT
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
)

NOTHING = say("")
SEEN = year(parameter("as_of"))
MOST_TOLD = 3


def answer(found: Answer) -> list[Told]:
    return [_people(found), _others(found), _supply(found), _measures(found), _unknown()]


def _people(found: Answer) -> Told:
    span = found["span"]
    told = []
    if UNIT in span:
        ahead = NOTHING
        if UNIT in found["planned"]:
            ahead = say(" (planned: about {n})", n=number(result("planned", UNIT)))
        told.append(
            say(
                "the space unit of the Self-Defense Forces was reported at **about {first} people in {since}"
                " and about {last} in {until}**{plan}",
                plan=ahead,
                **_ends(UNIT),
            )
            if _moved(found, UNIT)
            else say(
                "the space unit of the Self-Defense Forces was reported at **about {last} people in"
                " {until}**{plan}",
                plan=ahead,
                **_newest(UNIT),
            )
        )
    if AGENCY in span:
        told.append(
            say("JAXA's staff at {first} in {since} and {last} in {until}", **_ends(AGENCY))
            if _moved(found, AGENCY)
            else say("JAXA's staff at {last} in {until}", **_newest(AGENCY))
        )
    if INDUSTRY in span:
        told.append(
            say(
                "the workers of the space equipment industry at {first} in {since} and {last} in {until}",
                **_ends(INDUSTRY),
            )
            if _moved(found, INDUSTRY)
            else say("the workers of the space equipment industry at {last} in {until}", **_newest(INDUSTRY))
        )
    if not told:
        return say(
            "No count of Japan's space unit, of JAXA or of the industry, plans aside, is in the tables for"
            " this choice."
        )
    return say("Counts that sources print: {told}.", told=listed(told, last="; ", between="; "))


def _ends(name: str) -> dict[str, Told]:
    """The first and the newest count of an organization, with their years."""
    return {
        "first": number(result("span", name, "first")),
        "since": year(result("span", name, "first_year")),
        "last": number(result("span", name, "last")),
        "until": year(result("span", name, "last_year")),
    }


def _newest(name: str) -> dict[str, Told]:
    """The newest count of an organization, with its year."""
    return {key: told for key, told in _ends(name).items() if key in ("last", "until")}


def _moved(found: Answer, name: str) -> bool:
    """Whether an organization has counts of several years."""
    span = found["span"][name]
    return span["first_year"] < span["last_year"]


def _others(found: Answer) -> Told:
    names = [name for name in ("US Space Force", "French Space Command", "Taiwan Space Agency")
             if name in found["span"]]  # fmt: skip
    if not names:
        return say(
            "No count of the US Space Force, the French Space Command or the Taiwan Space Agency is in this"
            " choice."
        )
    told = [
        say(
            "{name} {n} ({in_year})",
            name=name,
            n=number(result("span", name, "last")),
            in_year=year(result("span", name, "last_year")),
        )
        for name in names
    ]
    french = (
        say(" Since the French command has its site in Toulouse, its count is of that site alone.")
        if "French Space Command" in names
        else NOTHING
    )
    return say(
        "Elsewhere, the newest counts are: {told}. Who is counted differs.{french}",
        told=listed(told),
        french=french,
    )


def _supply(found: Answer) -> Told:
    return say(
        "Of Japan's satellites whose launch was read, rockets of other states carried **{n} of {all}**"
        " commercial ones and {m} of {them} of the government.{products}",
        n=number(result("rides", COMMERCIAL, FOREIGN)),
        all=number(result("rides", COMMERCIAL, "all")),
        m=number(result("rides", "government", FOREIGN)),
        them=number(result("rides", "government", "all")),
        products=say(
            " Since {since} satellites and rocket parts have been among {n} critical products under the"
            " economic security act.",
            since=day(result("critical_since")),
            n=number(result("critical_products")),
        )
        if found["critical_since"]
        else NOTHING,
    )


def _measures(found: Answer) -> Told:
    if not found["measures"]:
        return say("No measure for people or security is in the table for these years.")
    kinds = list(found["measures_by_kind"])[:MOST_TOLD]
    told = [
        say(
            "{kind} ({n})",
            kind=named(drawn(f"key FROM json_each(:measures_by_kind) LIMIT 1 OFFSET {place}")),
            n=number(result("measures_by_kind", name)),
        )
        for place, name in enumerate(kinds)
    ]
    return say(
        "Of {all} for people and security, {n}; the largest kinds: {told}.",
        all=counted(result("measures"), "{n} measure", "{n} measures"),
        n=counted(result("measures_in_force"), "{n} is in force", "{n} are in force"),
        told=listed(told),
    )


def _unknown() -> Told:
    return say(
        "**Not known from what was read**: how many posts stand empty, how many people hold a security"
        " clearance, what share of parts comes from abroad today, and which companies meet the cyber rules."
    )


UNIT_REAL = f"(SELECT {{0}} FROM drawn WHERE organization = '{UNIT}' AND kind <> 'planned'{{1}})"
UNIT_FIRST = UNIT_REAL.format("people", " ORDER BY date, row_id LIMIT 1")
UNIT_LAST = UNIT_REAL.format("people", " ORDER BY date DESC, row_id DESC LIMIT 1")
PEOPLE = Words(
    title=choose(
        (
            f"{UNIT_REAL.format('count(*)', '')} > 1 AND {UNIT_LAST} > {UNIT_FIRST}",
            say(
                "Japan's military space unit grew from about {first} people in {since} to about {last} in"
                " {until}",
                first=number(drawn(UNIT_FIRST)),
                since=year(drawn(UNIT_REAL.format("min(year)", ""))),
                last=number(drawn(UNIT_LAST)),
                until=year(drawn(UNIT_REAL.format("max(year)", ""))),
            ),
        ),
        ("(SELECT count(*) FROM drawn) = 0", say("No head count in Japan is in the tables for this choice")),
        otherwise=say(
            "Head counts of {organizations} in Japan are known",
            organizations=counted(
                drawn("(SELECT count(DISTINCT organization) FROM drawn)"),
                "{n} organization",
                "{n} organizations",
            ),
        ),
    ),
    subtitle=say("People as reported; hollow: planned; at the end of each line, the newest count or plan"),
    caption=say(
        "Drawn are organizations with several counts, companies left out; where there are none, all of them."
        " Lines say nothing about the years between two counts. Numbers for the industry come from its"
        " association's survey, which more or fewer companies answer; a fiscal year stands on its first day."
    ),
    alt=choose(
        ("(SELECT count(*) FROM drawn) = 0", say("An empty chart.")),
        otherwise=say(
            "Lines of {organizations}, from {low} to {high} people.",
            organizations=counted(
                drawn("(SELECT count(DISTINCT organization) FROM drawn)"),
                "{n} organization",
                "{n} organizations",
            ),
            low=number(drawn("(SELECT min(people) FROM drawn)")),
            high=number(drawn("(SELECT max(people) FROM drawn)")),
        ),
    ),
    note=say("Round numbers are the sources' own; who is counted differs."),
    until=SEEN,
)

TOP = "(SELECT {0} FROM drawn ORDER BY people DESC, organization LIMIT 1)"
US = "(SELECT people FROM drawn WHERE organization = 'US Space Force')"
OURS = f"(SELECT people FROM drawn WHERE organization = '{UNIT}')"
SIZES = Words(
    title=choose(
        (
            f"{US} > {OURS}",
            say(
                "The US Space Force has about {us} members, Japan's space unit about {ours}",
                us=number(drawn(US)),
                ours=number(drawn(OURS)),
            ),
        ),
        ("(SELECT count(*) FROM drawn) = 0", say("No head count is in the tables for this choice")),
        otherwise=say(
            "The largest count here is {n} people: {name}",
            n=number(drawn(TOP.format("people"))),
            name=named(drawn(TOP.format("organization"))),
        ),
    ),
    subtitle=say("Newest count of each organization, with its year; blue: Japan"),
    caption=say(
        "Forces, agencies, offices, industries and companies are not of one kind: an agency buys from the"
        " industry, and a force counts its members. Counts of only a part of a body are left out, except that"
        " of the French command's site in Toulouse."
    ),
    alt=say(
        "Points for {n}.",
        n=counted(drawn("(SELECT count(*) FROM drawn)"), "{n} organization", "{n} organizations"),
    ),
    note=say(
        "Counts of different years and of different kinds of people; round numbers are the sources' own."
    ),
    until=SEEN,
)

DEPENDENCE = "(SELECT count(*) FROM drawn WHERE kind = 'dependence')"
SUPPLY = Words(
    title=choose(
        ("(SELECT count(*) FROM drawn) = 0", say("No fact about supply is in the table for this choice")),
        otherwise=say(
            "Dependence on others makes up {n} of {all} about supply, disruption {m}",
            n=number(drawn(DEPENDENCE)),
            all=counted(drawn("(SELECT count(*) FROM drawn)"), "{n} fact", "{n} facts"),
            m=number(drawn("(SELECT count(*) FROM drawn WHERE kind = 'disruption')")),
        ),
    ),
    subtitle=say("Dated facts about supply by stage; hollow: Taiwan's, or of Japan and Taiwan"),
    caption=say(
        "Dependence: taken from abroad, or how little is made at home. Capacity: what there is, or what is"
        " made or done at home. Disruption: supply failed, was late or short, or was reported to move away."
        " Many marks show where much was published, not where need is greatest."
    ),
    alt=say(
        "Marks on {stages}, {n} in all.",
        stages=counted(drawn("(SELECT count(DISTINCT stage) FROM drawn)"), "{n} lane", "{n} lanes"),
        n=number(drawn("(SELECT count(*) FROM drawn)")),
    ),
    note=say("What was read, not a survey of suppliers."),
    until=SEEN,
)

AIMS = "(SELECT count(*) FROM drawn WHERE kind = 'target')"
SHARES = Words(
    title=choose(
        ("(SELECT count(*) FROM drawn) = 0", say("No share is printed in what was read for this choice")),
        (
            f"{AIMS} = 0",
            say(
                "Sources print {n} as things stood and no aim",
                n=counted(drawn("(SELECT count(*) FROM drawn)"), "{n} share", "{n} shares"),
            ),
        ),
        otherwise=say(
            "Few shares were found: {n} as things stood, {m} aimed at",
            n=number(drawn("(SELECT count(*) FROM drawn WHERE kind = 'dependence')")),
            m=number(drawn(AIMS)),
        ),
    ),
    subtitle=say("Shares as sources print them, with the year they stand for or were told; hollow: aimed at"),
    caption=say(
        "Each share has its own whole: imports, parts or equipment. A newer share of parts made at home or"
        " abroad was not found."
    ),
    alt=say("{n} of shares.", n=counted(drawn("(SELECT count(*) FROM drawn)"), "{n} bar", "{n} bars")),
    note=say("The shares have different wholes; bars are not to be compared with one another."),
    until=SEEN,
)

CYBER = "(SELECT count(*) FROM drawn WHERE kind = 'cyber rule')"
MEASURES = Words(
    title=choose(
        ("(SELECT count(*) FROM drawn) = 0", say("No measure is in the table for these years")),
        (
            f"{CYBER} > 0 AND EXISTS (SELECT 1 FROM drawn WHERE kind = 'education')",
            say(
                "The measures found include {cyber}, {education} on education and {law}",
                cyber=counted(drawn(CYBER), "{n} cyber rule", "{n} cyber rules"),
                education=number(drawn("(SELECT count(*) FROM drawn WHERE kind = 'education')")),
                law=counted(
                    drawn("(SELECT count(*) FROM drawn WHERE kind = 'law')"),
                    "{n} step of law",
                    "{n} steps of law",
                ),
            ),
        ),
        otherwise=say(
            "The table holds {n} for people and security",
            n=counted(drawn("(SELECT count(*) FROM drawn)"), "{n} measure", "{n} measures"),
        ),
    ),
    subtitle=say("Dated measures by kind and by what became of them"),
    caption=say(
        "A law counts once when it is passed and once for each of its systems as it begins, a yearly budget"
        " once a year. Replaced: a later version or program stands in its place."
    ),
    alt=say(
        "Marks on {kinds}, {n} in all.",
        kinds=counted(drawn("(SELECT count(DISTINCT kind) FROM drawn)"), "{n} lane", "{n} lanes"),
        n=number(drawn("(SELECT count(*) FROM drawn)")),
    ),
    note=say("That a measure is in force does not mean that it works."),
    until=SEEN,
)
