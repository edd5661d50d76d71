"""The words of the question ``partners``."""

from spacesec.answers import Answer
from spacesec.regional_cooperation import told_twice as twice
from spacesec.words.sentences import (
    Choice,
    Told,
    Words,
    begun_within,
    choose,
    counted,
    drawn,
    given,
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

AHEAD = 3  # partners told after the first
TOP = "FROM json_each(:depth) ORDER BY value DESC, rowid LIMIT 1 OFFSET {}"
RULE = choose(
    (
        ":p_operation_rule = 'same_domain'",
        say("a later act with the same partner in the same layer"),
    ),
    otherwise=say("an act that sources tie to the text"),
)


def _the(state: str, article: str = "the ") -> str:
    prefixed = f"{state} LIKE 'United %' OR {state} LIKE 'European %' OR {state} = 'Philippines'"
    return f"CASE WHEN {prefixed} THEN '{article}' ELSE '' END || {state}"


def answer(found: Answer) -> list[Told]:
    return [
        _depth(found),
        _operation(found),
        _washington(),
        *_without_partner(found),
        *twice.paragraphs(found),
    ]


def _depth(found: Answer) -> Told:
    share = "100 * value / (SELECT sum(value) FROM json_each(:depth))"

    def one(place: int) -> Told:
        return say(
            "{who} ({share})",
            who=named(drawn(f"{_the('key')} {TOP.format(place)}")),
            share=percent(drawn(f"{share} {TOP.format(place)}")),
        )

    others = [one(place) for place in range(1, min(AHEAD + 1, len(found["depth"])))]
    return say(
        "{span} the collection holds {acts} and {ties} with {partners}. **{top} holds"
        " {share} of the"
        " weight**{others}.",
        span=begun_within(parameter("start_year"), parameter("end_year")),
        acts=counted(result("acts"), "{n} act", "{n} acts"),
        ties=counted(result("ties"), "{n} tie", "{n} ties"),
        partners=counted(result("partners"), "{n} partner", "{n} partners"),
        top=named(drawn(f"{_the('key', 'The ')} {TOP.format(0)}")),
        share=percent(drawn(f"{share} {TOP.format(0)}")),
        others=_others(others),
    )


def _others(others: list[Told]) -> Told:
    """Who follows the first; where the second holds as much, nobody is ahead."""
    if not others:
        return say("")
    names = listed(others)
    level = f"(SELECT value {TOP.format(0)}) = (SELECT value {TOP.format(1)})"
    return choose(
        (level, say(", no more than {others}", others=others[0])),
        otherwise=say(", ahead of {others}", others=names),
    )


def _operation(found: Answer) -> Told:
    texts = {
        "signed": counted(result("texts_signed"), "{n} signed text", "{n} signed texts"),
        "done": result("texts_carried_out"),
        "rule": RULE,
    }
    if not found["texts_signed"]:
        return say("No signed text that could be carried out is among them.")
    if found["median_years_to_operation"] is None:
        return say(
            "Of {signed} {done} {were} followed by {rule}; fewer than half by the estimate, so that **no"
            " median time to"
            " operation exists**.",
            were=counted(result("texts_carried_out"), "was", "were"),
            **texts,
        )
    return say(
        "Of {signed} {done} {were} followed by {rule}: **estimated median {median} years** (Kaplan-Meier,"
        " 95% interval"
        " {low} to {high}). Sources tie an operation to {named} of them.",
        were=counted(result("texts_carried_out"), "was", "were"),
        median=number(result("median_years_to_operation"), 1),
        low=_years("median_years_low"),
        high=_years("median_years_high"),
        named=result("carried_out_named"),
        **texts,
    )


def _years(name: str) -> Choice:
    return choose((f":{name} IS NULL", say("open")), otherwise=say("{n}", n=number(result(name), 1)))


def _washington() -> Told:
    policy = result("us_policy_acts_from_2010")
    since = counted(policy, "there is {n}", "there are {n}")
    return choose(
        # A window that begins later, or ends before, has no two sides to set beside each other.
        (
            ":p_start_year >= :technical_until",
            say(
                "Of the acts with the United States {since}.",
                since=counted(
                    policy, "{n} is on space awareness or rules", "{n} are on space awareness or rules"
                ),
            ),
        ),
        (
            ":p_end_year < :technical_until AND :us_acts_before_2010 = 0",
            say("None is with the United States."),
        ),
        (
            ":p_end_year < :technical_until",
            say(
                "Of {acts} with the United States {policy}.",
                acts=counted(result("us_acts_before_2010"), "{n} act", "{n} acts"),
                policy=counted(
                    result("us_policy_acts_before_2010"),
                    "{n} is on space awareness or rules",
                    "{n} are on space awareness or rules",
                ),
            ),
        ),
        (
            ":us_acts_before_2010 = 0",
            say(
                "Before {year} none of the acts is with the United States; from then on {since} on space"
                " awareness or"
                " rules.",
                year=year(result("technical_until")),
                since=since,
            ),
        ),
        otherwise=say(
            "Before {year} {policy} of {acts} with the United States {were} on space awareness or rules;"
            " from then on"
            " {since}.",
            year=year(result("technical_until")),
            policy=choose(
                (":us_policy_acts_before_2010 = 0", say("none")),
                otherwise=say("{n}", n=result("us_policy_acts_before_2010")),
            ),
            acts=counted(result("us_acts_before_2010"), "{n} act", "{n} acts"),
            were=counted(result("us_acts_before_2010"), "was", "were"),
            since=since,
        ),
    )


def _without_partner(found: Answer) -> list[Told]:
    acts = [
        say(
            "{title} ({year})",
            title=named(result("without_partner", place, "title")),
            year=year(result("without_partner", place, "year")),
        )
        for place in range(len(found["without_partner"]))
    ]
    if not acts:
        return []
    return [
        say("Left out, because no partner is recorded: {acts}.", acts=listed(acts, last="; ", between="; "))
    ]


def layers() -> Words:
    wide = "FROM drawn GROUP BY partner ORDER BY count(*) DESC, min(rowid) LIMIT 1"
    all_layers, most = "count(DISTINCT domains) FROM drawn", f"count(*) {wide}"
    widest = f"(SELECT partner {wide})"
    alone = (
        "(SELECT count(*) FROM (SELECT count(*) AS n FROM drawn GROUP BY partner)"
        f" WHERE n = (SELECT {most})) = 1"
    )
    hard = drawn(f"count(*) FROM drawn WHERE partner = {widest} AND hard > 0")
    return Words(
        title=choose(
            (
                f"{alone} AND (SELECT count(DISTINCT partner) FROM drawn) > 1",
                say(
                    "Japan's acts with {wide} touch {most} of {all} layers, {hard} of them with more than"
                    " words",
                    wide=named(drawn(_the(widest))),
                    most=drawn(most),
                    all=drawn(all_layers),
                    hard=hard,
                ),
            ),
            otherwise=say(
                "The widest ties reach {most} of {all} layers", most=drawn(most), all=drawn(all_layers)
            ),
        ),
        subtitle=say(
            "Acts by partner and layer, partners in the order of depth; an act in several layers is"
            " counted in each"
        ),
        caption=say(
            "In {words} of the {cells} filled places nothing but talk or political texts is known. Filled:"
            " at least one"
            " binding or operational act.",
            words=drawn("count(*) FROM drawn WHERE hard = 0"),
            cells=drawn("count(*) FROM drawn"),
        ),
        alt=say(
            "Grid of {partners} and {layers} with the number of acts; {wide} fills {most} layers, {hard}"
            " of them with a"
            " binding or operational act.",
            partners=counted(drawn("count(DISTINCT partner) FROM drawn"), "{n} partner", "{n} partners"),
            layers=counted(drawn(all_layers), "{n} layer", "{n} layers"),
            wide=named(drawn(_the(widest))),
            most=drawn(most),
            hard=hard,
        ),
        note=say(
            "an empty place means that no act was collected, not that there is none; numbers count acts,"
            " not weight."
        ),
    )


def operation() -> Words:
    curve = "FROM drawn WHERE panel = 'curve' AND rule = '{}'"
    chosen = "FROM drawn WHERE panel = 'curve' AND rule = :p_operation_rule"

    def reached(rule: str) -> Told:
        share = f"100 * (1 - min(survival)) {curve.format(rule)}"
        return choose(
            (f"(SELECT {share}) IS NULL", say("nothing")), otherwise=say("{n}", n=percent(drawn(share)))
        )

    at_half = f"at_risk {chosen} AND survival <= 0.5 ORDER BY time LIMIT 1"
    return Words(
        title=choose(
            (
                ":texts_signed = 0",
                say("No text that could be carried out was signed in the chosen years and layers"),
            ),
            (
                ":median_years_to_operation IS NULL",
                say(
                    "{done} of {signed} followed by {act} so far, by estimate fewer than half",
                    done=result("texts_carried_out"),
                    signed=counted(
                        result("texts_signed"), "{n} signed text has been", "{n} signed texts have been"
                    ),
                    act=choose(
                        (":p_operation_rule = 'same_domain'", say("an operational act")),
                        otherwise=say("an act that sources tie to it"),
                    ),
                ),
            ),
            otherwise=say(
                "{done} of {signed} signed texts saw an operational act; for {named} a source names it",
                done=result("texts_carried_out"),
                signed=result("texts_signed"),
                named=result("carried_out_named"),
            ),
        ),
        subtitle=say(
            "Kaplan-Meier curves from signature to first operational act, in %; ticks: texts still without"
            " one; shaded:"
            " 95% interval"
        ),
        caption=say(
            "Blue counts any exercise, data flow or flight with the same partner in the same layer and is"
            " an upper bound"
            " of speed; red counts only acts tied to the text. Dates known to the year stand at its middle."
        ),
        alt=choose(
            (":texts_signed = 0", say("Empty axes: no text was signed.")),
            otherwise=say(
                "Two rising step curves: blue ends at {blue}, red at {red}; at the right {lines} texts"
                " with the years to"
                " the act that carried them out.",
                blue=reached("same_domain"),
                red=reached("named"),
                lines=drawn("count(*) FROM drawn WHERE panel = 'text'"),
            ),
        ),
        note=choose(
            (":texts_signed = 0", say("nothing is drawn where nothing was signed.")),
            (
                ":median_years_to_operation IS NULL",
                say("texts still without an act count for as long as they were followed."),
            ),
            otherwise=say(
                "the estimated median is {median} years, 95% interval {low} to {high}; it rests on {n}"
                " still followed"
                " then.",
                median=number(result("median_years_to_operation"), 1),
                low=_years("median_years_low"),
                high=_years("median_years_high"),
                n=counted(drawn(at_half), "{n} text", "{n} texts"),
            ),
        ),
    )


def exercises(found: Answer) -> Words:
    with_japan = "SELECT exercise_id FROM drawn WHERE participant = 'Japan'"
    others = f"FROM drawn WHERE participant <> 'Japan' AND exercise_id IN ({with_japan})"
    counts = f"SELECT participant, count(DISTINCT exercise_id) AS n {others} GROUP BY participant"
    top = f"(SELECT max(n) FROM ({counts}))"
    first = f"group_concat({_the('participant')}, ' and ') FROM ({counts}) WHERE n = {top}"
    level = f"(SELECT count(*) FROM ({counts}) WHERE n = {top})"
    attended = "count(DISTINCT exercise_id) FROM drawn WHERE participant = 'Japan'"
    unseated = [
        say(
            "{name} {year}",
            name=named(result("unseated", place, "exercise")),
            year=year(result("unseated", place, "year")),
        )
        for place in range(len(found["unseated"]))
    ]
    incomplete = "count(DISTINCT exercise_id) FROM drawn WHERE NOT list_complete"
    left = (
        "(SELECT count(*) FROM json_each(:exercises_shared)) - (SELECT count(DISTINCT participant) FROM"
        " drawn WHERE"
        " participant IN (SELECT key FROM json_each(:exercises_shared)))"
    )
    return Words(
        title=choose(
            (f"{top} IS NULL", say("No exercise shared with Japan falls in the chosen years")),
            (
                f"{level} > 2",
                say(
                    "Japan shared {n} of its {all} with each of {level} states, no more with any other",
                    n=drawn(top),
                    all=_exercises(attended),
                    level=drawn(level),
                ),
            ),
            otherwise=say(
                "Japan shared {n} of its {all} with {who}, more than with any other state",
                n=drawn(top),
                all=_exercises(attended),
                who=named(drawn(first)),
            ),
        ),
        subtitle=(
            say(
                "States named in space, coast guard and command exercises, {years}; in brackets:"
                " exercises shared"
                " with Japan",
                years=years_of(drawn("min(year) FROM drawn"), drawn("max(year) FROM drawn")),
            )
            if len(found.tables["seats"])
            else say("States named in space, coast guard and command exercises")
        ),
        caption=say(
            "An empty place in a plain column means not in the published list; in a dotted column it means"
            " unknown. Lists"
            " of spokesmen can be short.{left}{unseated}",
            left=choose(
                (f"{left} = 0", say("")),
                otherwise=counted(
                    drawn(left),
                    " {n} more state that shared few exercises is not drawn.",
                    " {n} more states that shared few exercises are not drawn.",
                ),
            ),
            unseated=(
                say(
                    " Not drawn, because no participant is recorded: {names}.",
                    names=listed(unseated, last=", "),
                )
                if unseated
                else say("")
            ),
        ),
        alt=say(
            "Dot grid of {states} and {exercises}, Japan in the first row.",
            states=counted(drawn("count(DISTINCT participant) FROM drawn"), "{n} state", "{n} states"),
            exercises=_exercises("count(DISTINCT exercise_id) FROM drawn"),
        ),
        note=say(
            "{n} of {all} {have} no complete list, so that the counts are lower bounds.",
            n=drawn(f"{incomplete}"),
            have=choose((f"(SELECT {incomplete}) = 1", say("has")), otherwise=say("have")),
            all=_exercises("count(DISTINCT exercise_id) FROM drawn"),
        ),
    )


def _exercises(expression: str) -> Choice:
    return counted(drawn(expression), "{n} exercise", "{n} exercises")


def depth_by_partner() -> Words:
    """Share of the whole weight by partner, with the range over all ways of counting."""
    first, second = (
        f"(SELECT {{}} FROM drawn ORDER BY depth DESC, rowid LIMIT 1 OFFSET {place})" for place in (0, 1)
    )
    one, other = first.format("partner"), second.format("partner")
    ratio = f"{first.format('depth')} / {second.format('depth')}"
    leads = f"{first.format('rank_low')} = 1 AND {first.format('rank_high')} = 1"
    ways = "(SELECT max(ways) FROM drawn)"
    return Words(
        title=choose(
            (
                "(SELECT count(*) FROM drawn) = 1",
                say("{one} is the only partner", one=named(drawn(_the(one, "The ")))),
            ),
            (
                f"{first.format('depth')} = {second.format('depth')}",
                say(
                    "No partner's ties with Japan weigh more than those with {one}",
                    one=named(drawn(_the(one))),
                ),
            ),
            otherwise=say(
                "Japan's ties with {one} weigh {ratio} times those with {other}{leads}",
                one=named(drawn(_the(one))),
                ratio=number(drawn(ratio), 1),
                other=named(drawn(_the(other))),
                leads=choose((leads, say(", first however counted")), otherwise=say("")),
            ),
        ),
        subtitle=say(
            "Weight of all acts with a partner: a binding act {binding}, an operational one {operational}, a"
            " political one {political}; line: range over all ways of counting; hatched: organizations and"
            " firms",
            binding=given(parameter("weight_binding")),
            operational=given(parameter("weight_operational")),
            political=given(parameter("weight_political")),
        ),
        caption=say(
            "Range and rank over {ways} of counting: multilateral texts, evidence, scope, weights of"
            " bindingness, and acts that fade. Weight says how much Japan has with a partner, not how central"
            " either is among all states.",
            ways=choose(
                (f"{ways} IS NULL", say("no further way")),
                otherwise=say("{n}", n=counted(drawn(ways), "{n} way", "{n} ways")),
            ),
        ),
        alt=say(
            "Bars of {partners}: {shares}.",
            partners=counted(drawn("count(*) FROM drawn"), "{n} partner", "{n} partners"),
            shares=named(
                drawn(
                    "group_concat(printf('%s %.0f%%', partner, share_percent), ', ') FROM (SELECT * FROM"
                    " drawn ORDER BY depth DESC, rowid LIMIT 3)"
                )
            ),
        ),
        note=say(
            "a weight of acts that were collected, not of what they bring; an act not collected weighs"
            " nothing."
        ),
    )


def through_time(partners: int) -> Words:
    """Snapshots of Japan's own ties; partners: places in each star."""
    first, last = (f"(SELECT {end}(year) FROM drawn)" for end in ("min", "max"))
    early, late = (f"(SELECT count(*) FROM drawn WHERE year = {at})" for at in (first, last))
    top = f"FROM drawn WHERE year = {last} ORDER BY depth DESC, partner LIMIT 1"
    with_early = counted(drawn(early), "{n} partner", "{n} partners")
    return Words(
        title=choose(
            (
                f"{late} > {early}",
                say(
                    "From {early} by {first} to {late} by {last}: Japan's own ties",
                    early=with_early,
                    first=year(drawn(first)),
                    late=drawn(late),
                    last=year(drawn(last)),
                ),
            ),
            otherwise=say(
                "Partners with whom Japan had acts by {last}: {late}",
                last=year(drawn(last)),
                late=drawn(late),
            ),
        ),
        subtitle=say(
            "Japan's ties accumulated to {years}; width: depth, line: the group of layers with most of it",
            years=named(
                drawn("group_concat(year, ', ') FROM (SELECT DISTINCT year FROM drawn ORDER BY year)")
            ),
        ),
        caption=say(
            "Only ties with Japan are drawn, because ties among the partners were not collected: the star"
            " says nothing of their places in the whole network, where Ben-Itzhak finds blocs. Ends of"
            " agreements are rarely recorded; ties fade only where a half-life is given."
        ),
        alt=say(
            "{stars} with {places}; {filled}, the thickest line in {last} leads to {top}.",
            stars=counted(drawn("count(DISTINCT year) FROM drawn"), "{n} star diagram", "{n} star diagrams"),
            places=counted(drawn(f"{partners}"), "{n} place", "{n} places"),
            filled=choose(
                (f"{early} = {late}", say("{late} of them filled", late=drawn(late))),
                otherwise=say(
                    "filled places go from {early} to {late}", early=drawn(early), late=drawn(late)
                ),
            ),
            last=year(drawn(last)),
            top=named(drawn(f"{_the('partner')} {top}")),
        ),
        note=say("partners of the acts that were collected; a hollow place may have acts that were not."),
    )
