"""The words of the question ``launch_and_industry``."""

from spacesec.answers import Answer
from spacesec.words.sentences import (
    Choice,
    Told,
    Words,
    choose,
    counted,
    day,
    drawn,
    given,
    month,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

JAPAN = "FROM drawn WHERE state = 'Japan'"
DEFENSE = "FROM drawn WHERE payload_class = 'defence'"
MINE = f"(SELECT share {DEFENSE} AND state = 'Japan')"
TOTAL = number(drawn(f"sum(payloads) {JAPAN}"))
COUNT = number(drawn(f"payloads {JAPAN} AND payload_class = 'defence'"))
STATES = number(drawn("count(DISTINCT state) FROM drawn"))
PERIOD = choose(
    (":p_first_year = :p_last_year", say("in {first}", first=year(parameter("first_year")))),
    otherwise=say(
        "from {first} to {last}", first=year(parameter("first_year")), last=year(parameter("last_year"))
    ),
)
RANKED = say(
    "number {rank} of {states} states by that share{tied}",
    rank=number(drawn(f"1 + count(*) {DEFENSE} AND share > {MINE}")),
    states=STATES,
    tied=choose((f"(SELECT count(*) {DEFENSE} AND share = {MINE}) > 1", say(" (tied)")), otherwise=say("")),
)
# The first year that the count of a year not over speaks of.
PART = "CAST(substr(:payloads_part_counted, 1, 4) AS INTEGER)"
PART_COUNTED = day(result("payloads_part_counted"))
PAYLOADS = Words(
    title=choose(
        (f"(SELECT count(*) {JAPAN}) = 0", say("Japan flew no payload {period}", period=PERIOD)),
        (
            f"{MINE} = 0",
            say(
                "None of Japan's payloads {period} counts as defense ({total} flew)",
                period=PERIOD,
                total=TOTAL,
            ),
        ),
        (
            f"(SELECT sum(payloads) {JAPAN}) < 20",
            say(
                "Defense is {count} of Japan's {total} payloads {period}, {ranked}",
                count=COUNT,
                total=TOTAL,
                period=PERIOD,
                ranked=RANKED,
            ),
        ),
        otherwise=say(
            "Defense is {share} of Japan's payloads {period}, {ranked}",
            share=percent(drawn(f"share {JAPAN} AND payload_class = 'defence'")),
            period=PERIOD,
            ranked=RANKED,
        ),
    ),
    subtitle=say(
        "Payloads by the class that the catalog gives them, as shares of each state, most defense first;"
        " numbers in the bars, totals by the names"
    ),
    caption=say(
        "{number}The catalog's state is that of registration, and its class that of the main user: Japan's"
        " imaging satellites count as defense, its positioning satellites do not.{left}",
        number=choose(
            (f"(SELECT count(*) {JAPAN}) = 0", say("")),
            otherwise=say(
                "By number Japan's defense payloads, {count}, are exceeded by those of {more} of the other"
                " states. ",
                count=COUNT,
                more=number(
                    drawn(
                        f"count(*) {DEFENSE} AND payloads > (SELECT payloads {DEFENSE} AND state = 'Japan')"
                    )
                ),
            ),
        ),
        left=choose(
            (
                f":payloads_part_counted <> '' AND :p_last_year < {PART}",
                say(
                    " Counts of {year} (to {day}) are left out: a year counts when it is over.",
                    year=year(result("payloads_part_counted")),
                    day=PART_COUNTED,
                ),
            ),
            otherwise=say(""),
        ),
    ),
    alt=say(
        "Stacked bars of class shares of {states} states; the largest share of defense is {most}, that of"
        " business {business}.",
        states=STATES,
        most=percent(drawn(f"max(share) {DEFENSE}")),
        business=percent(drawn("max(share) FROM drawn WHERE payload_class = 'business'"), rounded="down"),
    ),
    note=choose(
        (
            f":payloads_part_counted <> '' AND :p_last_year >= {PART}",
            say(
                "{year} was not over when it was counted ({day}); shares hide how many fly.",
                year=year(result("payloads_part_counted")),
                day=PART_COUNTED,
            ),
        ),
        otherwise=say("shares hide how many fly: totals are in brackets."),
    ),
    until=year(parameter("last_year")),
)

ALL = "failure + partial + success"
FULLEST = f"SELECT year FROM drawn WHERE {ALL} = (SELECT max({ALL}) FROM drawn) ORDER BY year"
FIRST = "CAST(substr(:first_success, 1, 4) AS INTEGER)"
EMPTY = f"SELECT year FROM drawn WHERE {ALL} = 0 AND year > {FIRST} ORDER BY year"
BEST = number(drawn(f"max({ALL}) FROM drawn"))
ATTEMPTS = Words(
    title=say(
        "{attempts} attempts at orbit since {first}, {failures} of them failures; never more than {best} in a"
        " year",
        attempts=number(drawn(f"sum({ALL}) FROM drawn")),
        first=year(drawn("min(year) FROM drawn")),
        failures=number(drawn("sum(failure) FROM drawn")),
        best=BEST,
    ),
    subtitle=say(
        "Japanese attempts at orbit by outcome, {first} to {last}",
        first=year(drawn("min(year) FROM drawn")),
        last=day(result("last_attempt")),
    ),
    caption=say(
        "Most in one year: {best}, in {years}. Attempts by companies count as well.",
        best=BEST,
        years=named(drawn(f"group_concat(year, ' and ') FROM ({FULLEST})")),
    ),
    alt=say(
        "Stacked bars by year: {early} attempts without success in the years before {success}, at most {best}"
        " a year from then on{empty}.",
        early=number(drawn(f"sum({ALL}) FROM drawn WHERE year < {FIRST}")),
        success=year(result("first_success")),
        best=number(drawn(f"max({ALL}) FROM drawn WHERE year >= {FIRST}")),
        empty=choose(
            (f"(SELECT count(*) FROM ({EMPTY})) = 0", say("")),
            otherwise=say(
                ", none in {years}", years=named(drawn(f"group_concat(year, ' and ') FROM ({EMPTY})"))
            ),
        ),
        when=f"(SELECT sum(success) FROM drawn WHERE year < {FIRST}) = 0",
    ),
    note=say("a partial success put its payload into a wrong orbit; the last year drawn may not be over."),
)


LOW, HIGH = (
    percent(result("success_interval_percent", place), rounded=rounded)
    for place, rounded in ((0, "down"), (1, "up"))
)
MORE_THAN_HALF = "json_extract(:own_launch_{0}, '$[0]') * 2.0 > json_extract(:own_launch_{0}, '$[1]')"
RECORD = Words(
    title=say(
        "{vehicle}: {good} of {tries} good, which fits a true rate of {low} to {high}",
        vehicle=named(parameter("vehicle")),
        good=result("record", 0),
        tries=counted(drawn("json_extract(:record, '$[1]')"), "{n} flight", "{n} flights"),
        low=LOW,
        high=HIGH,
    ),
    subtitle=say(
        "Flights in order with their outcome, and the exact {confidence}% interval of success; a partial"
        " success counts as {partial}",
        confidence=given(parameter("confidence_percent")),
        partial=named(parameter("partial_counts_as")),
    ),
    caption=say(
        "Versions of one launcher are put together. {other}, compared with it, had {good} of {tries} good.",
        other=named(parameter("compare_with")),
        good=result("compared_record", 0),
        tries=counted(drawn("json_extract(:compared_record, '$[1]')"), "{n} flight", "{n} flights"),
    ),
    alt=say(
        "Dots by flight for {launchers} launchers, with {failures} failures and {partial} partial successes"
        " marked; beside them intervals, of {vehicle} from {low} to {high}, of {other} from {their_low} to"
        " {their_high}.",
        launchers=drawn("count(DISTINCT vehicle) FROM drawn"),
        failures=drawn("count(*) FROM drawn WHERE outcome = 'failure'"),
        partial=drawn("count(*) FROM drawn WHERE outcome = 'partial'"),
        vehicle=named(parameter("vehicle")),
        low=LOW,
        high=HIGH,
        other=named(parameter("compare_with")),
        their_low=percent(result("compared_interval_percent", 0), rounded="down"),
        their_high=percent(result("compared_interval_percent", 1), rounded="up"),
    ),
    note=say(
        "flights are taken as tosses of one coin: that a launcher learns from its failures is not in the"
        " interval."
    ),
)

BY_PROGRAM = (
    "SELECT programme || ' ' || sum(iif(launched_by = 'Japan', satellites, 0)) || ' of ' || sum(satellites)"
    " AS told FROM drawn WHERE launched_by NOT IN ('not yet', 'not read') GROUP BY programme"
    " ORDER BY programme"
)
AUTONOMY = Words(
    title=say(
        "Japan launched {own} of its {flown} security satellites{lost}, {but} {ours} of {all} commercial"
        " ones",
        own=result("own_launch_security", 0),
        flown=result("own_launch_security", 1),
        lost=choose(
            (":security_lost_on_own = 0", say("")),
            otherwise=say(" ({n} lost)", n=result("security_lost_on_own")),
        ),
        but=choose(
            (
                f"{MORE_THAN_HALF.format('security')} AND NOT {MORE_THAN_HALF.format('commercial')}",
                say("but"),
            ),
            otherwise=say("and"),
        ),
        ours=result("own_launch_commercial", 0),
        all=result("own_launch_commercial", 1),
    ),
    subtitle=say("Satellites by program and by launch state, its letters in the bar; ?: launcher not read"),
    caption=say(
        "Of the {ours} commercial satellites that Japan launched {lost}. Commercial satellites are those"
        " of this collection, not all that Japanese firms ever flew.",
        ours=result("own_launch_commercial", 0),
        lost=counted(result("commercial_lost_on_own"), "{n} was lost", "{n} were lost"),
    ),
    alt=say(
        "Stacked bars by program; launched by Japan, of all whose launcher was read: {programs}.",
        programs=named(drawn(f"group_concat(told, ', ') FROM ({BY_PROGRAM})")),
    ),
    note=say(
        "New Zealand stands for the Electron, a US company's launcher that flies from there; lost satellites"
        " count as launched."
    ),
)

FIRST_IN_ORBIT = "FROM drawn WHERE event = 'in orbit' ORDER BY date LIMIT 1"
TENDERED = "(SELECT min(date) FROM drawn WHERE event = 'tender')"
KIRAMEKI = Words(
    title=say(
        "Defense satellite {first} flew {years} after its tender; Kirameki-3 came {late}",
        first=named(drawn(f"satellite {FIRST_IN_ORBIT}")),
        years=counted(
            drawn(f"substr(date, 1, 4) - substr({TENDERED}, 1, 4) {FIRST_IN_ORBIT}"), "{n} year", "{n} years"
        ),
        late=choose(
            (":kirameki_3_months_late <= 0", say("in the year planned")),
            otherwise=say(
                "{n} late",
                n=counted(
                    drawn("CAST(round(:kirameki_3_months_late) AS INTEGER)"), "{n} month", "{n} months"
                ),
            ),
        ),
    ),
    subtitle=say(
        "Defense communications satellites: what was announced (dashed) and the day each reached orbit"
    ),
    caption=say(
        "Kirameki-1 flew after Kirameki-2 because it was damaged on its way to the launch site. The dates"
        " first planned for these two were not found."
    ),
    alt=say(
        "Timeline of defense communications satellites with the tender of {tender}, the damage of {damage}"
        " and {flown} in {years}.",
        tender=year(drawn(TENDERED)),
        damage=year(drawn("min(date) FROM drawn WHERE event = 'delay'")),
        flown=counted(drawn("count(*) FROM drawn WHERE event = 'in orbit'"), "{n} launch", "{n} launches"),
        years=named(
            drawn(
                "group_concat(substr(date, 1, 4), ', ') FROM (SELECT date FROM drawn WHERE event = 'in orbit'"
                " ORDER BY date)"
            )
        ),
    ),
    note=say(
        "the tender is known by its year only; lateness counts from the end of the fiscal year planned."
    ),
)

NOW = "FROM drawn WHERE date = (SELECT max(date) FROM drawn)"
FLEETS = (
    "SELECT programme || ' ' || launched || ' launched, ' || working || ' flying, ' || unknown ||"
    f" ' unknown, ' || ended || ' ended, ' || lost || ' lost' AS told {NOW}"
)
RADAR_FLEETS = Words(
    title=say(
        "{working} of {launched} commercial radar satellites fly; {new} went up in the year to {month}",
        working=drawn(f"sum(working) {NOW}"),
        launched=drawn(f"sum(launched) {NOW}"),
        new=result("radar_last_year"),
        month=month(drawn("max(date) FROM drawn")),
    ),
    subtitle=say(
        "Launches of {firms} Japanese companies to {last}, by what became of the satellites",
        firms=drawn("count(DISTINCT programme) FROM drawn"),
        last=day(drawn("max(date) FROM drawn")),
    ),
    caption=say(
        "An end is the day of the catalog.{undated}",
        undated=choose(
            ("json_array_length(:radar_without_day) = 0", say("")),
            otherwise=say(
                " {n} only the year of launch ({years}), at the start of which {they}.",
                n=counted(
                    drawn("json_array_length(:radar_without_day)"), "{n} satellite has", "{n} satellites have"
                ),
                years=named(
                    drawn(
                        "group_concat(value, ', ') FROM (SELECT DISTINCT value FROM"
                        " json_each(:radar_without_day))"
                    )
                ),
                they=choose(
                    ("json_array_length(:radar_without_day) = 1", say("it stands")),
                    otherwise=say("they stand"),
                ),
            ),
        ),
    ),
    alt=say(
        "Stacked steps from {first} on; at the end {fleets}.",
        first=year(drawn("min(date) FROM drawn")),
        fleets=named(drawn(f"group_concat(told, '; ') FROM ({FLEETS})")),
    ),
    note=say("a satellite that is counted as flying may have stopped working."),
    until=month(drawn("max(date) FROM drawn")),
)


CHANCE = "1 - :p_confidence_percent / 100.0"
ABROAD = "json_extract(:own_launch_security, '$[1]') - json_extract(:own_launch_security, '$[0]')"
RADAR = "(SELECT sum(value) FROM json_each({}))"


def answer(found: Answer) -> list[Told]:
    return [_who_launches(), _record(), _communications(), _radar()]


def _who_launches() -> Told:
    return say(
        "**Yes for the state's own satellites: Japan launched {own} of the {launched} security satellites"
        " sent up; no for its industry: {ours} of {all} commercial ones.** The rest went up on launchers"
        " of other states: {others}. Of its own {ours} commercial ones {lost} were lost. {government}",
        when=f"{MORE_THAN_HALF.format('security')} AND NOT {MORE_THAN_HALF.format('commercial')}",
        own=result("own_launch_security", 0),
        launched=result("own_launch_security", 1),
        ours=result("own_launch_commercial", 0),
        all=result("own_launch_commercial", 1),
        others=named(
            drawn(
                "group_concat(key || ' ' || value, ', ') FROM json_each(:commercial_by_state)"
                " WHERE key <> 'Japan'"
            )
        ),
        lost=result("commercial_lost_on_own"),
        government=counted(
            drawn("json_array_length(:lost_on_own_launchers)"),
            "Japanese launchers lost {n} government satellite.",
            "Japanese launchers lost {n} government satellites.",
        ),
    )


def _record() -> Told:
    return say(
        "**{vehicle}: {good} of {tries} flights good, {low} to {high} at {confidence}% confidence.** {other}"
        " stands at {their_good} of {their_tries} and had {early_good} of its first {early}. The difference"
        " to those first flights is {first} ({p_first}), that to its whole life {whole} ({p_all}). {more}",
        vehicle=named(parameter("vehicle")),
        good=result("record", 0),
        tries=result("record", 1),
        low=LOW,
        high=HIGH,
        confidence=given(parameter("confidence_percent")),
        other=named(parameter("compare_with")),
        their_good=result("compared_record", 0),
        their_tries=result("compared_record", 1),
        early_good=result("compared_first_flights", 0),
        early=result("compared_first_flights", 1),
        first=_by_chance("p_value_first"),
        p_first=_p("p_value_first", 2),
        whole=_by_chance("p_value_all"),
        p_all=_p("p_value_all", 3),
        more=choose(
            (
                ":flights_to_show_target = 0",
                say(
                    "The lower bound lies above {target}% already.", target=given(parameter("target_percent"))
                ),
            ),
            otherwise=say(
                "{flights} without failure would lift the lower bound above {target}%.",
                flights=counted(result("flights_to_show_target"), "{n} more flight", "{n} more flights"),
                target=given(parameter("target_percent")),
            ),
        ),
    )


def _by_chance(name: str) -> Choice:
    return choose((f":{name} > {CHANCE}", say("within chance")), otherwise=say("beyond chance"))


def _p(name: str, digits: int) -> Choice:
    """A probability, or that it is less than its digits can tell."""
    least = 10.0**-digits
    return choose(
        (f":{name} < {least}", say("p < {p}", p=number(drawn(f"{least}"), digits))),
        otherwise=say("p = {p}", p=number(result(name), digits)),
    )


def _communications() -> Told:
    return say(
        "Kirameki-3 flew {months} months after the year planned for it{abroad}.",
        months=number(result("kirameki_3_months_late")),
        abroad=choose(
            (
                f"{ABROAD} = 1",
                say(
                    "; Kirameki-1 was the only security satellite launched abroad, {years} years after the"
                    " year of the tender",
                    years=number(result("kirameki_1_years_from_tender")),
                ),
            ),
            otherwise=say(""),
        ),
    )


def _radar() -> Told:
    return say(
        "{companies} companies have launched {launched} radar satellites, of which {working} are neither"
        " lost, ended nor unknown.",
        companies=number(drawn("count(*) FROM json_each(:radar_launched)")),
        launched=number(drawn(RADAR.format(":radar_launched"))),
        working=number(drawn(RADAR.format(":radar_working"))),
    )
