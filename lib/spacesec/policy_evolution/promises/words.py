"""The words of the question ``promises``."""

from spacesec.answers import Answer
from spacesec.words.sentences import (
    Choice,
    Sentence,
    Told,
    Value,
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

FEW = 5  # promises under which no curve is drawn and no median told
SCORED = day(parameter("as_of"))
LOW, HIGH = (f"json_extract(:median_slip_interval, '$[{place}]')" for place in (0, 1))
HAS_MEDIAN = ":median_slip_months IS NOT NULL"
NONE_LATE = f"{HAS_MEDIAN} AND :median_slip_months <= 0"


def _months(sql: str) -> Choice:
    """A time in whole months; ``never`` where it is not reached."""
    return choose(
        (f"({sql}) IS NULL", say("never")),
        otherwise=say("{n}", n=counted(_whole(sql), "{n} month", "{n} months")),
    )


def _whole(sql: str) -> Value:
    return drawn(f"CAST(round({sql}) AS INTEGER)")


def answer(found: Answer) -> list:
    """The paragraph of the answer."""
    parts = [
        say("{name} {met} of {due}", name=name, met=_of(name, "met"), due=_of(name, "due"))
        for name in found["due_by_group"]
    ]
    return [
        say(
            "**{met} of {promises} due by {day} {were} met in time ({share}95% interval {low} to {high}).**"
            " {delay} By kind: {kinds}. {ahead}Read as probabilities, the wordings score {score} (Brier,"
            " zero is perfect, always saying one half gives {half}), {better} the bare share met"
            " ({base}).{later}",
            met=result("met"),
            promises=counted(result("due"), "{n} promise", "{n} promises"),
            were=choose((":due = 1", say("was")), otherwise=say("were")),
            day=SCORED,
            share=choose((":due < 20", say("")), otherwise=say("{p}, ", p=percent(result("met_percent")))),
            low=percent(result("met_percent_interval", 0), rounded="down"),
            high=percent(result("met_percent_interval", 1), rounded="up"),
            delay=_delay(),
            kinds=listed(parts, "; ", "; "),
            ahead=choose(
                (":delivered_ahead = 0", say("")),
                (":delivered_ahead = 1", say("One more was kept before its window closed and is apart. ")),
                otherwise=say(
                    "{n} more were kept before their window closed and are counted apart. ",
                    n=result("delivered_ahead"),
                ),
            ),
            score=number(result("brier"), 2),
            half=number(drawn("0.5 * 0.5"), 2),
            better=_better("better than", "worse than", "as well as"),
            base=number(result("brier_base_rate"), 2),
            later=choose(
                (":made_later = 0", say("")),
                otherwise=say(
                    " {n} left out.",
                    n=counted(
                        result("made_later"), "{n} promise made later is", "{n} promises made later are"
                    ),
                ),
            ),
        )
    ]


def _of(group: str, count: str) -> Value:
    return result(f"{count}_by_group", group)


def _better(more: str, less: str, same: str) -> Choice:
    """How the wording scored beside the share met; a lower score is the better one."""
    return choose(
        (":brier < :brier_base_rate", say(more)),
        (":brier > :brier_base_rate", say(less)),
        otherwise=say(same),
    )


def _delay() -> Choice:
    """How long delivery takes, an estimate with its interval, never a count."""
    return choose(
        (f":due < {FEW}", say("So few tell nothing of delays.")),
        (
            f"NOT ({HAS_MEDIAN})",
            say(
                "{delivered} of them have been delivered at all, so that no median delay exists; the 95%"
                " interval of the median begins at {low}.",
                delivered=result("delivered"),
                low=_months(LOW),
            ),
        ),
        otherwise=say(
            "By estimate (Kaplan-Meier) half arrive {then} (95% interval {low} to {high}).",
            then=choose(
                (NONE_LATE, say("within their window or before it")),
                otherwise=say(
                    "about {median} after their date or sooner", median=_months(":median_slip_months")
                ),
            ),
            low=_months(LOW),
            high=_months(HIGH),
        ),
    )


def promise_board(found: Answer) -> Words:
    """Every promise with its window and what came of it."""
    due = counted(drawn("sum(due) FROM drawn"), "{n} due promise was", "{n} due promises were")
    return Words(
        title=say(
            "{met} of {due} kept in time{rest}",
            met=drawn("sum(due AND met) FROM drawn"),
            due=due,
            rest=choose(
                ("(SELECT sum(due AND NOT met) FROM drawn) = 0", say("")),
                (":due = :delivered", say("; all have been delivered by now")),
                otherwise=say(
                    "; {n} still not been delivered",
                    n=counted(drawn("sum(due AND delivered IS NULL) FROM drawn"), "{n} has", "{n} have"),
                ),
            ),
        ),
        subtitle=say(
            "Bars: promised windows (dashed: still open). Lines: waiting since the window closed (dotted: not"
            " delivered). Score of {day}.",
            day=SCORED,
        ),
        caption=say(
            "Every dated promise of the chosen sources. A bar without a first date begins on the day of the"
            " promise. Given up by the rule: overdue, and nothing heard, for {months} months or more.",
            months=choose(
                (
                    ":p_dropped_after_months = CAST(:p_dropped_after_months AS INTEGER)",
                    say("{n}", n=number(parameter("dropped_after_months"))),
                ),
                otherwise=say("{n}", n=number(parameter("dropped_after_months"), 2)),
            ),
        ),
        alt=say(
            "Chart of {promises} as bars on a time axis with a mark for their state on {day}: {states}.",
            promises=counted(drawn("count(*) FROM drawn"), "{n} promise", "{n} promises"),
            day=SCORED,
            states=listed(
                [
                    say("{state} {n}", state=state, n=result("states", state))
                    for state, n in found["states"].items()
                    if n
                ]
            ),
        ),
        note=choose(
            ("(SELECT sum(promiser <> 'Japan') FROM drawn) = 0", say("a repeated promise counts again")),
            otherwise=say(
                "a repeated promise counts again; {n} of the {all} are promises of others ({who})",
                n=drawn("sum(promiser <> 'Japan') FROM drawn"),
                all=drawn("count(*) FROM drawn"),
                who=named(
                    drawn(
                        "(SELECT group_concat(promiser, '; ') FROM (SELECT DISTINCT promiser FROM drawn WHERE"
                        " promiser <> 'Japan' ORDER BY promiser))"
                    )
                ),
            ),
        ),
        until=SCORED,
    )


def _due(_: Answer) -> Told:
    return counted(result("due"), "{n} due promise", "{n} due promises")


def slip_survival(found: Answer) -> Words:
    """How long delivery takes after the promised window, by estimate."""
    median = "FROM drawn WHERE \"group\" = 'all' AND time <= :median_slip_months + 0.000001"
    delivered = counted(result("delivered"), "{n} has", "{n} have")
    return Words(
        title=choose(
            (
                f":due < {FEW} OR NOT ({HAS_MEDIAN})",
                say("Of {due} {delivered} been delivered at all", due=_due(found), delivered=delivered),
            ),
            (NONE_LATE, say("By estimate half of the due promises arrive within their window or before it")),
            otherwise=say(
                "By estimate half arrive about {median} after their date (95%: {low} to {high})",
                median=_months(":median_slip_months"),
                low=_months(LOW),
                high=_months(HIGH),
            ),
        ),
        subtitle=say(
            "Share of {due} not yet delivered, an estimate (Kaplan-Meier) with its 95% interval; ticks: not"
            " delivered, watched so long",
            due=_due(found),
        ),
        caption=choose(
            (
                f":due < {FEW} OR NOT ({HAS_MEDIAN})",
                say("Lost and given-up promises stay undelivered for good."),
            ),
            otherwise=say(
                "As a count: {n} of {due} had been delivered by then; {late}. Lost and given-up promises stay"
                " undelivered for good.",
                n=drawn(f"sum(events) {median}"),
                due=result("due"),
                late=choose(
                    (f"(SELECT sum(censored) {median}) = 0", say("all others are overdue for longer")),
                    otherwise=say(
                        "the estimate allows for {late}",
                        late=counted(
                            drawn(f"sum(censored) {median}"),
                            "one that is not overdue for so long",
                            "{n} that are not overdue for so long",
                        ),
                    ),
                ),
            ),
        ),
        alt=say(
            "Step chart of the share undelivered against months after the promised window, from {first}% to"
            " {last}% at the end, with a 95% band{kinds}.",
            first=number(drawn("100"), 0),
            last=number(
                drawn("100 * survival FROM drawn WHERE \"group\" = 'all' ORDER BY time DESC LIMIT 1"), 0
            ),
            kinds=choose(
                ('(SELECT count(DISTINCT "group") FROM drawn) = 1', say("")),
                otherwise=say("; beside it the same by kind"),
            ),
        ),
        note=say(
            "delivered so far: {delivered} of {due}{small}",
            delivered=result("delivered"),
            due=result("due"),
            small=choose(
                (
                    f"(SELECT min(value) FROM json_each(:due_by_group)) < {FEW}",
                    say("; kinds with fewer than {few} due promises have no curve", few=_spelled(FEW)),
                ),
                otherwise=say(""),
            ),
        ),
        until=SCORED,
    )


def _spelled(few: int) -> Sentence:
    return say({5: "five"}[few])


def wording(found: Answer) -> Words:
    """What each wording suggests against what came true."""
    most = "FROM drawn ORDER BY due DESC, wording LIMIT 1"
    return Words(
        title=choose(
            (
                f"(SELECT sum(due) FROM drawn) < {FEW}",
                say(
                    "{due} little of what a wording is worth",
                    due=counted(result("due"), "{n} due promise tells", "{n} due promises tell"),
                ),
            ),
            otherwise=say(
                "Promises worded “{word}” came true in {met} of {due} cases; the word reads as {read}",
                word=named(drawn(f"wording {most}")),
                met=drawn(f"met {most}"),
                due=drawn(f"due {most}"),
                read=percent(drawn(f"stated_percent {most}")),
            ),
        ),
        subtitle=say(
            "Circle: share met in time with its exact 95% interval (gray). Diamond: chance the wording is"
            " read as."
        ),
        caption=say(
            "Read as probabilities the wordings score {score} (Brier: zero is perfect, always one half gives"
            " {half}), {better} the share met known afterwards ({base}).",
            score=number(result("brier"), 2),
            half=number(drawn("0.5 * 0.5"), 2),
            better=_better("worth more than", "worth less than", "worth as much as"),
            base=number(result("brier_base_rate"), 2),
        ),
        alt=say(
            "Dot chart of {words}: {rows}.",
            words=counted(drawn("count(*) FROM drawn"), "{n} wording", "{n} wordings"),
            rows=listed(
                [
                    say(
                        "{word} {met} of {due}",
                        word=named(drawn(f"wording FROM drawn LIMIT 1 OFFSET {row}")),
                        met=drawn(f"met FROM drawn LIMIT 1 OFFSET {row}"),
                        due=drawn(f"due FROM drawn LIMIT 1 OFFSET {row}"),
                    )
                    for row in range(len(found.tables["wordings"]))
                ]
            ),
        ),
        note=say("the chances that wordings are read as are a convention of this collection, not a survey"),
        until=SCORED,
    )


def other_choices(found: Answer) -> Words:
    """The score-card under other defensible choices."""
    choices = counted(drawn("count(*) FROM drawn"), "{n} choice", "{n} choices")
    low, high = (percent(drawn(f"{end}(met_percent) FROM drawn")) for end in ("min", "max"))
    return Words(
        title=choose(
            (
                "(SELECT max(met_percent) FROM drawn) < 100",
                say(
                    "Under none of {choices} were more than {share} of the due promises met in time",
                    choices=choices,
                    share=percent(drawn("max(met_percent) FROM drawn"), rounded="up"),
                ),
            ),
            (
                "(SELECT min(met_percent) FROM drawn) = 100",
                say("Under all of {choices} every due promise was met in time", choices=choices),
            ),
            otherwise=say(
                "The share met in time runs from {low} to {high} over {choices}",
                low=low,
                high=high,
                choices=choices,
            ),
        ),
        subtitle=say(
            "Share met (met/due) and median delay with 95% intervals under other choices; an arrow: no upper"
            " limit"
        ),
        caption=say(
            "Each line changes one thing: which promises count, when a promise is given up, the day of the"
            " score."
        ),
        alt=say(
            "Two dot charts with intervals for {choices}: the share met, {shares}, and the median delay.",
            choices=choices,
            shares=choose(
                ("(SELECT min(met_percent) = max(met_percent) FROM drawn)", say("{low}", low=low)),
                otherwise=say("{low} to {high}", low=low, high=high),
            ),
        ),
        note=say(
            "{due} a line, mostly the same ones: the lines are no independent tests",
            due=choose(
                (
                    "(SELECT min(due) = max(due) FROM drawn)",
                    say(
                        "{n}", n=counted(drawn("max(due) FROM drawn"), "{n} due promise", "{n} due promises")
                    ),
                ),
                otherwise=say(
                    "{low} to {high} due promises",
                    low=drawn("min(due) FROM drawn"),
                    high=drawn("max(due) FROM drawn"),
                ),
            ),
        ),
        until=SCORED,
    )
