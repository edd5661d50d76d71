"""The words of the question ``hedging``."""

from spacesec.answers import Answer
from spacesec.policy_evolution.hedging.model import STABLE
from spacesec.words.sentences import (
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
)

FIRST, BASE, LAST = (year(parameter(f"{name}_year")) for name in ("first", "base", "last"))
NOT_OVER = ":last_year_over = 0"
SO_FAR = choose(
    (NOT_OVER, say("{last} is not over: it counts as far as it is known", last=LAST)), otherwise=say("")
)


def _at(side: str, when: str) -> Value:
    """A yearly value at one of the years that are parameters."""
    return number(drawn(f"json_extract(:{side}, '$.\"' || :p_{when}_year || '\"')"), 2)


def _functions(kind: str) -> Told:
    """The functions that moved one way."""
    names = f"(SELECT group_concat(key, ', ') FROM json_each(:moves) WHERE value = '{kind}')"
    return named(drawn(f"coalesce({names}, 'none')"))


def _share(name: str) -> Value:
    """A share of draws; rounded down, for all are all only where none is missing."""
    return percent(drawn(f"100 * :{name}"), rounded="down")


def _where_any(kind: str) -> Told:
    found = f"(SELECT count(*) FROM json_each(:moves) WHERE value = '{kind}') > 0"
    return choose((found, say("; {kind} in {all}", kind=kind, all=_functions(kind))), otherwise=say(""))


def answer(found: Answer) -> list:
    """The paragraphs of the answer."""
    return [
        say(
            "By the written rule, autonomy went from {a_base} in {base} to **{a_last}** in {last} and"
            " integration with the United States from {g_base} to **{g_last}**; the hedging index, the"
            " smaller of the two, from {h_first} in {first} to **{h_last}** ({low} to {high} over nine tenths"
            " of {draws} weightings).{over} Integration rests on {acts} of the {known} cooperation acts"
            " known: made with the United States, {space}in one of the functions; the others, and what is"
            " pending or failed, do not count.",
            a_base=_at("autonomy", "base"),
            base=BASE,
            a_last=_at("autonomy", "last"),
            last=LAST,
            g_base=_at("integration", "base"),
            g_last=_at("integration", "last"),
            h_first=_at("hedging_index", "first"),
            first=FIRST,
            h_last=number(result("index_last"), 2),
            low=number(result("index_last_range", 0), 2, rounded="down"),
            high=number(result("index_last_range", 1), 2, rounded="up"),
            draws=number(result("draws")),
            over=choose((NOT_OVER, say(" {so_far}.", so_far=SO_FAR)), otherwise=say("")),
            acts=result("acts_counted"),
            known=result("acts_known"),
            space=choose((":p_space_specific", say("about space and ")), otherwise=say("")),
        ),
        say(
            "Both rose in {both} of the weightings. Function by function: hedging in {hedging}; autonomy"
            " alone in {autonomy}; integration alone in {integration}; no change in"
            " {same}{substitution}{retreat}.",
            both=_share("both_rise_share"),
            hedging=_functions("hedging"),
            autonomy=_functions("autonomy alone"),
            integration=_functions("integration alone"),
            same=_functions("no change"),
            substitution=_where_any("substitution"),
            retreat=_where_any("retreat"),
        ),
        say(
            "As a state rather than a change, {held} of {all} functions hold two thirds or more on both sides"
            " in {last}, against {before} in {base}; autonomy came first in {ahead} of the"
            " {reached} that ever reached both. Taken inside functions the index is {inside}: {part}.",
            held=result("holding_both_last"),
            all=number(result("functions")),
            last=LAST,
            before=result("holding_both_base"),
            base=BASE,
            ahead=result("autonomy_first"),
            reached=result("reached_both"),
            inside=number(result("index_within_functions"), 2),
            part=choose(
                (":index_last <= 0", say("there is no hedge to part")),
                (
                    ":index_within_functions < :index_last",
                    say("part of the whole is a division of labor between functions, not a hedge in each"),
                ),
                otherwise=say("the hedge lies inside functions"),
            ),
        ),
        say(
            "In {stable} of the weightings the years stand in much the same order, {enough}. Fatton's thesis"
            " is **{thesis}**: falling or flat autonomy, or falling or flat integration, would have refuted"
            " it. The rule reads deeds, not motives{burden}.",
            stable=_share("rank_stability"),
            enough=choose(
                (f":rank_stability >= {STABLE}", say("which is stable enough to speak of a trend")),
                otherwise=say("which is too few to claim a ranking of years"),
            ),
            thesis=named(result("thesis")),
            burden=choose(
                (":thesis = 'refuted'", say("")),
                otherwise=say("; the same rise fits burden-sharing that the ally asked for"),
            ),
        ),
    ]


def _path(side: str, when: str) -> str:
    return f"(SELECT {side} FROM drawn WHERE part = 'path' AND year = :p_{when}_year)"


def _above(one: str, other: str) -> str:
    """One value above another as both are told: a rise from 0.57 to 0.57 is none."""
    return f"round({one}, 2) > round({other}, 2)"


def _moved(side: str) -> Told:
    """How a side went from the base year to the last, in words."""
    start, end = _path(side, "base"), _path(side, "last")
    values = {"a": number(drawn(start), 2), "b": number(drawn(end), 2)}
    return choose(
        (_above(end, start), say("rose from {a} to {b}", **values)),
        (_above(start, end), say("fell from {a} to {b}", **values)),
        otherwise=say("stayed at {b}", b=values["b"]),
    )


def phase(found: Answer) -> Words:
    """Autonomy against integration, year by year."""
    return Words(
        title=say(
            "Since {base} Japan's autonomy {autonomy}, integration {integration}",
            base=BASE,
            autonomy=_moved("autonomy"),
            integration=_moved("integration"),
        ),
        subtitle=say(
            "Seven functions of security space, each year {first} to {last}; clouds: {dots} random weightings"
            " for {base} (blue) and for {last} (orange)",
            first=FIRST,
            last=LAST,
            dots=number(drawn("count(*) / 2 FROM drawn WHERE part = 'cloud'")),
            base=BASE,
        ),
        caption=say(
            "Line: equal weights. Each function scores three questions on either side by a written rule. The"
            " index is the smaller of the two: its level lines turn at the diagonal. Both rose in {share} of"
            " {draws} weightings.",
            share=_share("both_rise_share"),
            draws=number(result("draws")),
        ),
        alt=say(
            "Path of autonomy and integration from {a}, {b} in {first} to {c}, {d} in {last}.",
            a=number(drawn(_path("autonomy", "first")), 2),
            b=number(drawn(_path("integration", "first")), 2),
            first=FIRST,
            c=number(drawn(_path("autonomy", "last")), 2),
            d=number(drawn(_path("integration", "last")), 2),
            last=LAST,
        ),
        note=say(
            "scores of a written rule from zero to one, not measurements{over}",
            over=choose((NOT_OVER, say("; {so_far}", so_far=SO_FAR)), otherwise=say("")),
        ),
        until=LAST,
    )


def index(found: Answer) -> Words:
    """The hedging index by year."""
    start, end = (
        f"(SELECT hedging_index FROM drawn WHERE year = :p_{when}_year)" for when in ("first", "last")
    )
    return Words(
        title=say(
            "The hedging index {rose} {start} in {first} to {end} in {last}",
            rose=choose(
                (_above(end, start), say("rose from")),
                (_above(start, end), say("did not rise: it fell from")),
                otherwise=say("did not rise:"),
            ),
            start=number(drawn(start), 2),
            first=FIRST,
            end=number(drawn(end), 2),
            last=LAST,
        ),
        subtitle=say(
            "Autonomy, integration and the smaller of them, the index, by year; band and hatching: nine"
            " tenths of {draws} weightings",
            draws=number(result("draws")),
        ),
        caption=say(
            "In {last} nine tenths of the weightings give {low} to {high}; in {share} of them the years stand"
            " in much the same order. Gray lines: dated acts for orientation. Integration falls back where"
            " {memory} without dealings in a function.",
            last=LAST,
            low=number(drawn("hedging_index_low FROM drawn WHERE year = :p_last_year"), 2, rounded="down"),
            high=number(drawn("hedging_index_high FROM drawn WHERE year = :p_last_year"), 2, rounded="up"),
            share=_share("rank_stability"),
            memory=counted(parameter("memory_years"), "{n} year passes", "{n} years pass"),
        ),
        alt=say(
            "Three lines by year; the index goes from {start} to {end}, its highest is {most}.",
            start=number(drawn(start), 2),
            end=number(drawn(end), 2),
            most=number(drawn("max(hedging_index) FROM drawn"), 2),
        ),
        note=say(
            "scores of a written rule, equal weights for seven functions{over}",
            over=choose((NOT_OVER, say("; {so_far}", so_far=SO_FAR)), otherwise=say("")),
        ),
        until=LAST,
    )


def functions() -> Words:
    """Autonomy and integration of each function by year."""

    def never(side: str) -> str:
        """The functions that score nothing on a side in any year, in words; NULL where all score."""
        of_one = f"SELECT function FROM drawn GROUP BY function HAVING max({side}) = 0 ORDER BY function"
        return f"(SELECT group_concat(function, ', ') FROM ({of_one}))"

    nothing = [
        choose(
            (f"{never(side)} IS NULL", say("")),
            otherwise=say(f" No {side} in any year: {{names}}.", names=named(drawn(never(side)))),
        )
        for side in ("autonomy", "integration")
    ]
    return Words(
        title=say(
            "{held} of {all} functions hold autonomy and integration in {last}, {before} in {base}",
            held=result("holding_both_last"),
            all=result("functions"),
            last=LAST,
            before=choose(
                (":holding_both_base = 0", say("none")), otherwise=say("{n}", n=result("holding_both_base"))
            ),
            base=BASE,
        ),
        subtitle=say(
            "Autonomy and integration by function and year, three questions on each side, {first} to {last};"
            " gray: what changed since {base}, bold: holds two thirds or more of both",
            first=FIRST,
            last=LAST,
            base=BASE,
        ),
        caption=say(
            "Autonomy: a working asset, its share flown on Japanese rockets, a spare. Integration: a binding"
            " or operational text, joint work, recent dealings. Of {reached} that ever reached"
            " two thirds of both autonomy came first in {ahead}.{nothing}",
            reached=result("reached_both"),
            ahead=result("autonomy_first"),
            nothing=listed(nothing, "", ""),
        ),
        alt=say(
            "{panels} by year; what changed since {base}: {moves}.",
            panels=counted(
                drawn("count(DISTINCT function) FROM drawn"), "{n} small chart", "{n} small charts"
            ),
            base=BASE,
            moves=named(drawn("(SELECT group_concat(key || ': ' || value, '; ') FROM json_each(:moves))")),
        ),
        note=say(
            "scores of a written rule from zero to one, not measurements{over}",
            over=choose((NOT_OVER, say("; {so_far}", so_far=SO_FAR)), otherwise=say("")),
        ),
        until=LAST,
    )


def thesis() -> Words:
    """Change of autonomy against change of integration by function."""
    each = "FROM drawn WHERE part = 'function'"
    moves = (
        f"(SELECT group_concat(n || ' ' || move, ', ') FROM (SELECT move, count(*) AS n {each} GROUP BY move"
        " ORDER BY n DESC, move))"
    )
    return Words(
        title=say(
            "Fatton's thesis of hedging is {verdict} as a whole; both sides rose in {both} of {all}"
            " functions",
            verdict=choose(
                (":thesis IN ('refuted', 'not refuted')", say("{one}", one=named(result("thesis")))),
                otherwise=say("open"),
            ),
            both=drawn(f"count(*) {each} AND move = 'hedging'"),
            all=drawn(f"count(*) {each}"),
        ),
        subtitle=say(
            "Change of autonomy and of integration, {base} to {last}, by function; star: all at equal"
            " weights; orange: at random weights; green: both rise, as the thesis says",
            base=BASE,
            last=LAST,
        ),
        caption=say(
            "The thesis would be refuted if the star lay on or left of the upright axis, or on or below the"
            " level one; it is open where the verdict hangs on the weights. Functions that rise on one side"
            " only show a division of labor rather than a hedge."
        ),
        alt=say(
            "Scatter of {all}: {moves}. The star stands at {x}, {y}.",
            all=counted(drawn(f"count(*) {each}"), "{n} function", "{n} functions"),
            moves=named(drawn(moves)),
            x=number(drawn("autonomy_change FROM drawn WHERE part = 'all'"), 2, sign=True),
            y=number(drawn("integration_change FROM drawn WHERE part = 'all'"), 2, sign=True),
        ),
        note=say(
            "scores of a written rule, which reads deeds and not motives{over}",
            over=choose((NOT_OVER, say("; {so_far}", so_far=SO_FAR)), otherwise=say("")),
        ),
        until=LAST,
    )


def variants() -> Words:
    """The outcome under other readings of the rule."""
    both = "(SELECT count(*) FROM drawn WHERE move = 'hedging')"
    rows = "(SELECT count(*) FROM drawn)"
    low, high = (f"(SELECT {end}(hedging_functions) FROM drawn)" for end in ("min", "max"))
    return Words(
        title=say(
            "Both sides rise as a whole under {held} readings of the rule, and inside {inside} of {all}"
            " functions",
            held=choose(
                (f"{both} = {rows}", say("all {n}", n=drawn(rows))),
                otherwise=say("{n} of {rows}", n=drawn(both), rows=drawn(rows)),
            ),
            inside=choose(
                (f"{low} = {high}", say("{n}", n=drawn(low))),
                otherwise=say("{low} to {high}", low=drawn(low), high=drawn(high)),
            ),
            all=result("functions"),
        ),
        subtitle=say(
            "Change of autonomy (squares) and integration (circles) to {last}; right: the index in {last},"
            " and functions in which both rose",
            last=LAST,
        ),
        caption=say(
            "Each line changes one thing in the rule or in the rows used; the first is the chosen setting,"
            " changes since {base} where no other year is named.",
            base=BASE,
        ),
        alt=say(
            "Dumbbell chart of {rows}; the index runs from {low} to {high}.",
            rows=counted(drawn(rows), "{n} reading", "{n} readings"),
            low=number(drawn("min(index_last) FROM drawn"), 2, rounded="down"),
            high=number(drawn("max(index_last) FROM drawn"), 2, rounded="up"),
        ),
        note=say(
            "the readings share most of their rows, so that they are no independent evidence{over}",
            over=choose((NOT_OVER, say("; {so_far}", so_far=SO_FAR)), otherwise=say("")),
        ),
        until=LAST,
    )
