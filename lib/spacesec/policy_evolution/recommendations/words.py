"""The words of the question ``recommendations``."""

from spacesec.answers import Answer
from spacesec.words.sentences import (
    Choice,
    Words,
    choose,
    counted,
    day,
    drawn,
    listed,
    named,
    number,
    parameter,
    percent,
    result,
    say,
)

SHOWN_YEARS = 20  # of the wait; later ones stand in the figure's table
FEW = 5  # demands under which no share is told of a group
SEEN = day(parameter("as_of"))
HAS_MEDIAN = ":median_months IS NOT NULL"
ASKED = counted(result("asked"), "{n} demand", "{n} demands")
DOCUMENTS = counted(result("documents"), "{n} document", "{n} documents")
ACT = choose((":p_act = 'done'", say("done")), otherwise=say("done at least in part"))


def _years(sql: str, rounded: str = "near") -> Choice:
    """A time in years with one decimal; ``no end`` where it is not reached."""
    return choose(
        (f"({sql}) IS NULL", say("no end")),
        otherwise=say("{n} years", n=number(drawn(f"({sql}) / 12.0"), 1, rounded)),
    )


# "Within" is a bound: rounded up, as its upper limit is; the lower one is rounded down.
MEDIAN = {
    "median": _years(":median_months", "up"),
    "low": _years("json_extract(:median_interval, '$[0]')", "down"),
    "high": _years("json_extract(:median_interval, '$[1]')", "up"),
}


# No estimate reaches beyond the longest time that anything was watched.
SPAN = choose((":waiting_months = 60", say("five years")), otherwise=_years(":waiting_months", "down"))


def answer(found: Answer) -> list:
    """The paragraph of the answer."""
    return [
        say(
            "**By {day} {heard} of {asked} in {documents} were done, {whole} in whole and {part} in part;"
            " {silent} no sign at all.** {wait} {old}{who}{five}{again}{unnamed}{due}The two codings of"
            " {facts} agree on {agreed}{kappa}; whoever coded second did not know the first coding.",
            day=SEEN,
            heard=result("heard"),
            asked=ASKED,
            documents=DOCUMENTS,
            whole=result("states", "done"),
            part=result("states", "partly"),
            silent=counted(result("silent"), "{n} shows", "{n} show"),
            wait=_wait(),
            old=_old(),
            who=_who(found),
            five=_five(),
            again=_again(),
            unnamed=_unnamed(),
            due=_due(),
            facts=counted(result("facts"), "{n} fact", "{n} facts"),
            agreed=result("facts_agreed"),
            kappa=choose(
                (":kappa IS NULL", say("")),
                otherwise=say(" (kappa {k})", k=number(result("kappa"), 2)),
            ),
        )
    ]


def _wait() -> Choice:
    return choose(
        (
            HAS_MEDIAN,
            say(
                "By estimate (Kaplan-Meier) half are {act} within {median} of the asking (95% interval {low}"
                " to {high}).",
                act=ACT,
                **MEDIAN,
            ),
        ),
        otherwise=say(
            "By estimate (Kaplan-Meier) more than half are not yet {act} after the longest wait known.",
            act=ACT,
        ),
    )


def _old() -> Choice:
    return choose(
        (":long_asked = 0", say("")),
        otherwise=say(
            "The newer ones had less time: of {old} watched for five years or more, {heard} {were} heard. ",
            old=result("long_asked"),
            heard=result("long_heard"),
            were=choose((":long_heard = 1", say("was")), otherwise=say("were")),
        ),
    )


def _who(found: Answer) -> Choice:
    rows = [
        say(
            "{who} {heard} of {asked}",
            who=who,
            heard=result("heard_by_asker", who),
            asked=result("asked_by_asker", who),
        )
        for who, asked in sorted(found["asked_by_asker"].items(), key=lambda one: (-one[1], one[0]))
    ]
    return choose(
        ("(SELECT count(*) FROM json_each(:asked_by_asker)) = 1", say("")),
        otherwise=say("By who asks: {rows}. ", rows=listed(rows, "; ", "; ")),
    )


def _five() -> Choice:
    return choose(
        (":five_asked = 0", say("")),
        otherwise=say(
            "Of {asked} of the five documents {heard} heard and {silent} no sign. ",
            asked=counted(result("five_asked"), "{n} demand", "{n} demands"),
            heard=counted(result("five_heard"), "{n} was", "{n} were"),
            silent=counted(result("five_silent"), "{n} shows", "{n} show"),
        ),
    )


def _again() -> Choice:
    return choose(
        (":recurring = 0", say("")),
        otherwise=say(
            "{again} made by more than one document; {done}. ",
            again=counted(result("recurring"), "{n} demand is", "{n} demands are"),
            done=counted(result("recurring_done"), "{n} is done", "{n} are done"),
        ),
    )


def _unnamed() -> Choice:
    return choose(
        (":unnamed = 0", say("")),
        otherwise=say(
            "{unnamed} nobody who should act; {heard} heard. ",
            unnamed=counted(result("unnamed"), "{n} demand names", "{n} demands name"),
            heard=counted(result("unnamed_heard"), "{n} was", "{n} were"),
        ),
    )


def _due() -> Choice:
    return choose(
        (":due = 0", say("")),
        otherwise=say(
            "Of {due} with a date that has passed, {met} done by it. ",
            due=result("due"),
            met=counted(result("met"), "{n} was", "{n} were"),
        ),
    )


def outcomes(found: Answer) -> Words:
    """Every document's demands by what became of them."""
    total = {state: f'(SELECT sum("{state}") FROM drawn)' for state in found["states"]}
    heard = drawn("sum(heard) FROM drawn")
    return Words(
        title=say(
            "Of {asked} in {documents} {heard} {were} done, in whole or in part",
            asked=counted(drawn("sum(asked) FROM drawn"), "{n} demand", "{n} demands"),
            documents=counted(drawn("count(*) FROM drawn"), "{n} document", "{n} documents"),
            heard=heard,
            were=choose(("(SELECT sum(heard) FROM drawn) = 1", say("was")), otherwise=say("were")),
        ),
        subtitle=say(
            "Each bar: the demands of one document, oldest first, by what had become of them on {day};"
            " number: done or partly",
            day=SEEN,
        ),
        caption=say(
            "A fact counts when it came after the document. “No sign” means that no dated fact was found"
            " although one would be public; “cannot be told” that none would."
        ),
        alt=say(
            "Stacked bars for {documents}: {states}.",
            documents=counted(drawn("count(*) FROM drawn"), "{n} document", "{n} documents"),
            states=listed(
                [
                    say("{state} {n}", state=state, n=drawn(total[state]))
                    for state, n in found["states"].items()
                    if n
                ]
            ),
        ),
        note=say(
            "{n} of the {all} different demands; one asked twice counts twice, and newer ones had less time",
            n=result("demands"),
            all=drawn("sum(asked) FROM drawn"),
        ),
        until=SEEN,
    )


def time_to_act(found: Answer) -> Words:
    """How long a demand waits, by estimate."""
    chosen = "FROM drawn WHERE act = :p_act"
    events, left = f"(SELECT sum(events) {chosen})", f"(SELECT sum(censored) {chosen})"
    return Words(
        title=choose(
            (
                HAS_MEDIAN,
                say(
                    "By estimate half of what is asked is {act} within {median} ({low} to {high})",
                    act=ACT,
                    **MEDIAN,
                ),
            ),
            otherwise=say(
                "By estimate {share} of what is asked still wait after {span}",
                share=percent(result("waiting_percent")),
                span=SPAN,
            ),
        ),
        subtitle=say(
            "Share of demands still waiting, an estimate (Kaplan-Meier) with its 95% interval; ticks: watched"
            " so long and still waiting"
        ),
        caption=say(
            "As a count: {events} of {all} {were} {act} by {day}. Demands that no public sign could show are"
            " left out; what was overtaken waits on. After {span} {share} still wait.",
            events=drawn(events),
            all=drawn(f"{events} + {left}"),
            were=choose((f"{events} = 1", say("was")), otherwise=say("were")),
            act=ACT,
            day=SEEN,
            share=percent(result("waiting_percent")),
            span=SPAN,
        ),
        alt=say(
            "Step chart of the share still waiting against years since the document, for two readings of an"
            " act; the chosen one ends at {last} with {n} at risk.",
            last=percent(drawn(f"100 * survival {chosen} ORDER BY time DESC LIMIT 1")),
            n=drawn(f"at_risk {chosen} ORDER BY time DESC LIMIT 1"),
        ),
        note=choose(
            (
                f"(SELECT max(years) FROM drawn) > {SHOWN_YEARS}",
                say(
                    "{n} waited longer than the axis shows; few are that old, so that the right end is weak",
                    n=drawn(f"(SELECT sum(events + censored) {chosen} AND years > {SHOWN_YEARS})"),
                ),
            ),
            otherwise=say("few are old, so that the right end is weak"),
        ),
        until=SEEN,
    )


def who_is_heard(found: Answer) -> Words:
    """The share heard by group."""
    big = f"FROM drawn WHERE \"by\" = 'asker' AND asked >= {FEW}"
    best, least = (f"{big} ORDER BY percent {way}, asked DESC LIMIT 1" for way in ("DESC", "ASC"))
    return Words(
        title=choose(
            (
                f"(SELECT count(*) {big}) > 1 AND (SELECT percent {best}) > (SELECT percent {least})",
                say(
                    "{high} heard in {n} of {of} cases, {low} in {m} of {all}",
                    high=_plural(f'"group" {best}'),
                    n=drawn(f"heard {best}"),
                    of=drawn(f"asked {best}"),
                    low=_plural(f'"group" {least}', start=False),
                    m=drawn(f"heard {least}"),
                    all=drawn(f"asked {least}"),
                ),
            ),
            otherwise=say("{heard} of {asked} were heard", heard=result("heard"), asked=ASKED),
        ),
        subtitle=say("Share done or partly done on {day} with its exact 95% interval (gray)", day=SEEN),
        caption=say(
            "Askers differ in when they asked and in what: industry asks for plans and satellites that the"
            " government already weighs, think tanks for new ties. The shares show no effect of asking."
        ),
        alt=say(
            "Dot charts of {rows}, from {low} to {high} heard.",
            rows=counted(drawn("count(*) FROM drawn"), "{n} group", "{n} groups"),
            low=percent(drawn("min(percent) FROM drawn")),
            high=percent(drawn("max(percent) FROM drawn")),
        ),
        note=choose(
            (
                f"(SELECT min(asked) FROM drawn) < {FEW}",
                say(
                    "{n} fewer than five demands: their intervals cover almost everything",
                    n=counted(
                        drawn(f"(SELECT count(*) FROM drawn WHERE asked < {FEW})"),
                        "{n} group has",
                        "{n} groups have",
                    ),
                ),
            ),
            otherwise=say("demands of one document are not independent"),
        ),
        until=SEEN,
    )


def _plural(sql: str, start: bool = True) -> Choice:
    """Who asks, as many."""
    told = {
        "think tank": "think tanks are",
        "industry": "industry is",
        "ruling party": "the ruling party is",
        "parliament": "parliament is",
        "government panel": "panels are",
        "auditor": "auditors are",
    }
    cases = [
        (f"(SELECT {sql}) = '{name}'", say(_capital(text) if start else text.rsplit(" ", 1)[0]))
        for name, text in told.items()
    ]
    return choose(*cases, otherwise=say("The press is") if start else say("the press"))


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def asked_again(found: Answer) -> Words:
    """What several documents ask."""
    first = "FROM drawn ORDER BY years DESC, demand_id LIMIT 1"
    many = counted(drawn("count(*) FROM drawn"), "{n} demand", "{n} demands")
    done = "(SELECT sum(state = 'done') FROM drawn)"
    return Words(
        title=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("No demand is made by more than one document")),
            otherwise=say(
                "{many} made again by another document; {done} done since the first asking",
                many=counted(drawn("count(*) FROM drawn"), "{n} demand was", "{n} demands were"),
                done=counted(drawn(done), "{n} was", "{n} were"),
            ),
        ),
        subtitle=say("Marks: documents that ask. Star: done. Dotted: still open on {day}", day=SEEN),
        caption=choose(
            ("(SELECT count(*) FROM drawn) = 0", say("Two documents make one demand when they ask one act.")),
            otherwise=say(
                "Longest between first and last asking: “{demand}”, {years} years. Two documents make one"
                " demand when they ask one act.",
                demand=named(drawn(f"demand {first}")),
                years=number(drawn(f"years {first}"), 1),
            ),
        ),
        alt=say("Chart of {many} on a line of time with a mark for each document that asks.", many=many),
        note=choose(
            (
                "(SELECT count(*) FROM drawn WHERE documents > 2) = 0",
                say("none by more than two documents"),
            ),
            otherwise=say(
                "by more than two documents: {n}", n=drawn("(SELECT count(*) FROM drawn WHERE documents > 2)")
            ),
        ),
        until=SEEN,
    )


def other_choices(found: Answer) -> Words:
    """The share heard under other choices."""
    low, high = (percent(drawn(f"{end}(percent) FROM drawn")) for end in ("min", "max"))
    choices = counted(drawn("count(*) FROM drawn"), "{n} choice", "{n} choices")
    return Words(
        title=choose(
            (
                "(SELECT min(percent) = max(percent) FROM drawn)",
                say("The share heard is {low} under {choices}", low=low, choices=choices),
            ),
            otherwise=say(
                "The share heard runs from {low} to {high} over {choices}",
                low=low,
                high=high,
                choices=choices,
            ),
        ),
        subtitle=say("Share done or partly done with its exact 95% interval (gray), one choice a line"),
        caption=say("Each line changes one thing: whose coding, which demands, which documents."),
        alt=say("Dot chart with intervals for {choices}.", choices=choices),
        note=say("mostly the same demands: the lines are no independent tests"),
        until=SEEN,
    )


def codings(found: Answer) -> Words:
    """The two codings of the facts."""
    same = '(SELECT sum(facts) FROM drawn WHERE "first" = "second")'
    return Words(
        title=say(
            "The two codings call {same} of {facts} the same",
            same=drawn(same),
            facts=counted(drawn("sum(facts) FROM drawn"), "{n} fact", "{n} facts"),
        ),
        subtitle=say("Facts by what each coding says that they amount to for the demand"),
        caption=choose(
            (":kappa IS NULL", say("Cohen's kappa is not defined here.")),
            otherwise=say(
                "Agreement beyond chance (Cohen's kappa) is {kappa}; one is perfect, zero is chance.",
                kappa=number(result("kappa"), 2),
            ),
        ),
        alt=say(
            "Field of numbers, first coding against second, with {same} of {all} on the diagonal.",
            same=drawn(same),
            all=drawn("sum(facts) FROM drawn"),
        ),
        note=say("second coding by readers who did not know the first"),
        until=SEEN,
    )
