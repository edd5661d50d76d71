"""The words of the question ``reconnaissance``."""

from spacesec.answers import Answer
from spacesec.space_systems.reconnaissance.model import OWN, PLAN
from spacesec.words.sentences import (
    Choice,
    Joined,
    Sentence,
    Told,
    Words,
    choose,
    counted,
    drawn,
    given,
    listed,
    month,
    named,
    number,
    parameter,
    percent,
    result,
    say,
    year,
)

AREA = named(parameter("area"))
DAYS = counted(parameter("days"), "{n} day", "{n} days")
READ = month(result("states_read", 1))
KNOWN_TO = month(result("known_to"))
LATEST_YEAR = year(result("compared_years", 1))
LATEST_FLEET = "'held in ' || json_extract(:compared_years, '$[1]')"
VALUED_FLEET = "'held in ' || :p_fleet"
PLANS = named(drawn("group_concat(value, ' and ') FROM json_each(:plans_of)"))
AMATEUR = "orbits are fitted by amateur observers, no official set is published"
LOOK = {
    "angle": given(parameter("off_nadir_deg")),
    "cloud": given(parameter("cloud_percent")),
}


def answer(found: Answer) -> list[Told]:
    return [
        _fleet(found),
        _lives(),
        _waits(found),
        say(
            "The relays of the plan shorten the way home, not the wait: a satellite reaches one Japanese"
            " ground station on {none} of the day, with one relay on {one}, with a second one opposite on"
            " {two}.",
            none=percent(result("contact_percent", "no relay")),
            one=percent(result("contact_percent", "one relay")),
            two=percent(result("contact_percent", "two relays"), rounded="down"),
        ),
        *_of_file(found),
        *_stale(found),
        *_left_out(found),
    ]


def _fleet(found: Answer) -> Sentence:
    first, latest = found["compared_years"]
    return say(
        "**{before} held an orbit slot in {first} and {now} in {latest}**, as far as amateur element sets"
        " show; the catalog of {read} leaves {serving} open that are not in doubt. {lost};"
        " {planned}.",
        before=counted(
            drawn(f"json_extract(:held_slots, '$.\"{first}\"')"),
            "{n} imaging satellite",
            "{n} imaging satellites",
        ),
        first=year(result("compared_years", 0)),
        now=result("held_slots", latest),
        latest=LATEST_YEAR,
        read=READ,
        serving=result("in_service"),
        lost=counted(result("lost_at_launch"), "{n} was destroyed at launch", "{n} were destroyed at launch"),
        planned=choose(
            (":planned = 0", say("none is planned that is not in orbit")),
            otherwise=say(
                "{n} not in orbit that the plan of {years} names",
                n=counted(result("planned"), "{n} is", "{n} are"),
                years=PLANS,
            ),
        ),
    )


def _lives() -> Sentence:
    return say(
        "{half}; {share} serve five years. On {gap} no radar satellite was in service.",
        half=_half(),
        share=percent(result("five_year_survival_percent")),
        gap=counted(result("days_without_radar"), "{n} day", "{n} days"),
    )


def _half() -> Choice:
    """How long half of the satellites serve, an estimate with its interval."""
    low, high = (f"json_extract(:median_life_interval_years, '$[{place}]')" for place in (0, 1))
    return choose(
        (
            ":median_life_years IS NULL",
            say("By estimate more than half still serve at the greatest age seen"),
        ),
        otherwise=say(
            "By estimate half of the satellites serve {median} years or longer (95%: {low} {high})",
            median=number(result("median_life_years"), 1, rounded="down"),
            low=choose(
                (f"{low} IS NULL", say("no lower limit")),
                otherwise=say("{low}", low=number(drawn(low), 1, rounded="down")),
            ),
            high=choose(
                (f"{high} IS NULL", say("or more")),
                otherwise=say("to {high}", high=number(drawn(high), 1, rounded="up")),
            ),
        ),
    )


def _waits(found: Answer) -> Sentence:
    fleets = [f"held in {year}" for year in found["compared_years"]] + [PLAN]
    before, now, planned = (_hours("mean_wait_hours", fleet) for fleet in fleets)
    first, latest = (f"json_extract(:mean_wait_hours, '$.\"{fleet}\"')" for fleet in fleets[:2])
    narrowest = (
        "(SELECT min(json_extract(value, '$[1]') - json_extract(value, '$[0]'))"
        " FROM json_each(:wait_by_lot_hours))"
    )
    return say(
        "A moment picked at random waits {before} hours for the next look at {area} with the fleet of"
        " {first}, {now} with that of {latest} and {planned} with the eight satellites of the plan, when a"
        " look may lie {angle}° off nadir and cloud spoils {cloud}% of optical looks. Radar alone: {radar}"
        " hours; the commercial radar satellites together: {firms} hours. If the places along the orbits were"
        " drawn by lot, the fleets would wait {lots} hours{within}.",
        before=before,
        now=now,
        planned=planned,
        area=AREA,
        first=year(result("compared_years", 0)),
        latest=LATEST_YEAR,
        radar=listed([_hours("radar_wait_hours", fleet) for fleet in fleets]),
        firms=_hours("radar_wait_hours", found["commercial_fleet"]),
        lots=_lots(found, fleets),
        within=choose(
            (
                f"abs({first} - {latest}) < {narrowest}",
                say(": the difference between the fleets is within that"),
            ),
            otherwise=say(""),
        ),
        **LOOK,
    )


def _of_file(found: Answer) -> list[Told]:
    """The fleet of a file of the reader's own, where there is one."""
    if "elements_file" not in found.results:
        return []
    return [
        say(
            "With the element sets of {file}, {n}, the wait is {hours} hours; sets more than {limit} days"
            " older than the newest are left out.",
            file=named(result("elements_file", "name")),
            n=counted(result("file_satellites"), "{n} satellite", "{n} satellites"),
            hours=_hours("mean_wait_hours", OWN),
            limit=result("file_limit_days"),
        )
    ]


def _hours(name: str, fleet: str) -> Choice:
    """The mean wait of a fleet; where no look comes in all the days, more than half of them: what a moment of
    these days waits at least, in the mean.
    """
    hours = f"json_extract(:{name}, '$.\"{fleet}\"')"
    return choose(
        (f"{hours} IS NULL", say("more than {n}", n=drawn("12 * :p_days"))),
        otherwise=say("{n}", n=number(drawn(hours), 1)),
    )


def _lots(found: Answer, fleets: list[str]) -> Joined:
    """The least and the greatest wait of each fleet over places drawn by lot."""
    ranges = []
    for fleet in fleets:
        low, high = (f"json_extract(:wait_by_lot_hours, '$.\"{fleet}\"[{place}]')" for place in (0, 1))
        beyond = say("more than {n}", n=drawn("12 * :p_days"))
        least = number(drawn(low), 1)
        to = choose(
            (f"{low} IS NULL", beyond),
            (f"{high} IS NULL", say("{low} to {beyond}", low=least, beyond=beyond)),
            otherwise=say("{low} to {high}", low=least, high=number(drawn(high), 1)),
        )
        ranges.append(to)
    return listed(ranges)


def _stale(found: Answer) -> list[Told]:
    """Satellites whose set is too old to tell their place."""
    fleets = [year for year, names in found["stale_sets"].items() if names]
    if not fleets:
        return []
    told = [
        say(
            "{names} (fleet of {year})",
            names=listed(
                [
                    named(result("stale_sets", fleet, place))
                    for place in range(len(found["stale_sets"][fleet]))
                ]
            ),
            year=year(result("compared_years", found["compared_years"].index(fleet))),
        )
        for fleet in fleets
    ]
    return [
        say(
            "Element sets too old to say where along the orbit a satellite is: {fleets}. Plane and rate still"
            " hold; the times of its passes are one draw of many.",
            fleets=listed(told, "; ", "; "),
        )
    ]


def _left_out(found: Answer) -> list[Told]:
    """Element sets that no fleet compared rests on, and why."""
    told = [
        say(
            "{sets} of {year} ({why})",
            sets=counted(
                drawn(f"json_extract(:sets_left_out, '$[{place}][1]')"), "{n} element set", "{n} element sets"
            ),
            year=year(result("sets_left_out", place, 0)),
            why="between the fleets compared" if enough else "few satellites have one",
        )
        for place, (_, _, enough) in enumerate(found["sets_left_out"])
    ]
    return [say("Left out: {sets}.", sets=listed(told, "; ", "; "))] if told else []


SERVING = "FROM drawn WHERE state = 'flying' AND \"function\" <> 'technology demonstration'"
BY_YEAR = "(SELECT year, sum(in_service) AS n FROM drawn WHERE year IS NOT NULL GROUP BY year)"
FLEET = Words(
    title=say(
        "{serving} in service when last read, in {read}; {lost} lost{planned}",
        serving=counted(drawn(f"count(*) {SERVING}"), "{n} imaging satellite", "{n} imaging satellites"),
        read=month(drawn("max(state_as_of) FROM drawn WHERE state = 'flying'")),
        lost=drawn("count(*) FROM drawn WHERE state = 'lost'"),
        planned=choose(
            ("(SELECT count(*) FROM drawn WHERE state = 'planned') = 0", say(" at launch")),
            otherwise=say(
                " at launch, {n} planned in {years}",
                n=drawn("count(*) FROM drawn WHERE state = 'planned'"),
                years=named(
                    drawn(
                        "group_concat(plan_of, ' and ') FROM (SELECT DISTINCT plan_of FROM drawn WHERE"
                        " plan_of IS NOT NULL ORDER BY plan_of)"
                    )
                ),
            ),
        ),
    ),
    subtitle=say(
        "Japan's information-gathering satellites from launch to end; below: imaging satellites in service at"
        " each year's end"
    ),
    caption=say(
        "Ends are those of the catalog, or of a press report that knows an earlier one. The last bar is for"
        " {month}. What is hollow was not read: satellites and years after {read}.",
        month=KNOWN_TO,
        read=READ,
    ),
    alt=say(
        "Timeline of {satellites} above bars of the imaging satellites in service: {first} in {start}, {most}"
        " at the most in {fullest}, {last} in {end}.",
        satellites=counted(drawn("count(row_id) FROM drawn"), "{n} satellite", "{n} satellites"),
        first=drawn(f"n FROM {BY_YEAR} ORDER BY year LIMIT 1"),
        start=year(drawn(f"min(year) FROM {BY_YEAR}")),
        most=drawn(f"max(n) FROM {BY_YEAR}"),
        fullest=year(drawn(f"year FROM {BY_YEAR} ORDER BY n DESC, year LIMIT 1")),
        last=drawn(f"n FROM {BY_YEAR} ORDER BY year DESC LIMIT 1"),
        end=year(drawn(f"max(year) FROM {BY_YEAR}")),
    ),
    note=say(
        "states were last read in {read}: what is drawn hollow after it was not. Plans may have changed since"
        " they were made.",
        read=READ,
    ),
    until=READ,
)

MINE = "FROM drawn WHERE reading = :p_lifetime_end"
SURVIVAL = Words(
    title=_half(),
    subtitle=say(
        "Share of {n} in orbit still in service (Kaplan-Meier, 95% band); dotted: five years, served by"
        " {share}",
        n=counted(drawn(f"sum(events + censored) {MINE}"), "{n} satellite", "{n} satellites"),
        share=percent(result("five_year_survival_percent")),
    ),
    caption=say(
        "Solid: ends by the reading chosen; dashed: by the other one{apart}. Demonstrators are counted.",
        apart=choose(
            ("(SELECT count(*) FROM json_each(:ends_apart_years)) = 0", say("")),
            otherwise=say(
                ", which moves {names}",
                names=named(
                    drawn(
                        "group_concat(printf('%s by %.1f years', replace(key, 'IGS ', ''), value), ', ')"
                        " FROM json_each(:ends_apart_years)"
                    )
                ),
            ),
        ),
    ),
    alt=say(
        "Falling step curve from all in service at launch to {last} at {age} years, with a band there from"
        " {low} to {high}; the other reading ends at {other}.",
        last=percent(drawn(f"100 * survival {MINE} ORDER BY time DESC LIMIT 1")),
        age=number(drawn(f"max(time) {MINE}"), 1),
        low=percent(drawn(f"100 * coalesce(low, 0) {MINE} ORDER BY time DESC LIMIT 1"), rounded="down"),
        high=percent(drawn(f"100 * coalesce(high, 1) {MINE} ORDER BY time DESC LIMIT 1"), rounded="up"),
        other=percent(
            drawn("100 * survival FROM drawn WHERE reading <> :p_lifetime_end ORDER BY time DESC LIMIT 1")
        ),
    ),
    note=say(
        "{n}, first ones and demonstrators among them; what the catalog leaves open counts as serving to"
        " {read}.",
        n=counted(drawn(f"sum(events + censored) {MINE}"), "{n} satellite", "{n} satellites"),
        read=READ,
    ),
    until=READ,
)

FIRST, LATEST = "(SELECT min(year) FROM drawn)", "(SELECT max(year) FROM drawn)"
HELD = "count(*) FROM drawn WHERE held AND year = "
OFF = f"FROM drawn WHERE NOT held AND year = {LATEST}"
# By Kepler's third law: the height, in meters, that a slot's width in turns a day is.
SLOT_M = "1000 * :slot_rev_day * 2 / 3.0 * avg((6378.137 + mean_height_km) / mean_motion_rev_day)"
TWO_YEARS = {
    "before": number(drawn(HELD + FIRST)),
    "first": year(drawn("min(year) FROM drawn")),
    "now": number(drawn(HELD + LATEST)),
    "latest": year(drawn("max(year) FROM drawn")),
}
PLANES = Words(
    title=choose(
        (
            f"(SELECT {HELD}{LATEST}) = (SELECT {HELD}{FIRST})",
            say(
                "{now} imaging satellites hold an orbit slot in {latest}, as many as in {first}",
                **{key: one for key, one in TWO_YEARS.items() if key != "before"},
            ),
        ),
        otherwise=say(
            "{now} imaging satellites hold an orbit slot in {latest}, {before} in {first}", **TWO_YEARS
        ),
    ),
    subtitle=say(
        "Orbital plane and height by amateur element sets; blue circles optical, orange squares radar;"
        " filled: held in a slot, hollow: off slot or ended"
    ),
    caption=say(
        "A slot is a mean motion shared within {width} turns a day, some {meters} m of height;"
        " station-keeping is inferred from it. Off the slots in {latest}: {off}.",
        width=given(result("slot_rev_day")),
        meters=number(drawn(f"{SLOT_M} FROM drawn"), -1),
        latest=TWO_YEARS["latest"],
        off=choose(
            (f"(SELECT count(*) {OFF}) = 0", say("none")),
            otherwise=say(
                "{names}", names=named(drawn(f"group_concat(replace(name, 'IGS ', ''), ', ') {OFF}"))
            ),
        ),
    ),
    alt=say(
        "Two scatter charts by local time of the node and mean height: {all_before} satellites in {first}, of"
        " which {before} hold a slot, and {all_now} in {latest}, of which {now} do.",
        all_before=number(drawn(f"count(*) FROM drawn WHERE year = {FIRST}")),
        all_now=number(drawn(f"count(*) FROM drawn WHERE year = {LATEST}")),
        **TWO_YEARS,
    ),
    note=say(
        f"{AMATEUR}.{{absent}}",
        absent=choose(
            ("json_array_length(:flying_without_set) = 0", say("")),
            otherwise=say(
                " Flying but not drawn, for want of a set: {names}.",
                names=named(drawn("group_concat(value, ', ') FROM json_each(:flying_without_set)")),
            ),
        ),
    ),
)


def _wait_of(fleet: str, kind: str) -> str:
    return f"(SELECT mean_wait_hours FROM drawn WHERE fleet = {fleet} AND kind = '{kind}')"


MINE_WAITS, FIRMS_WAIT = _wait_of(LATEST_FLEET, "both, cloud"), _wait_of(":commercial_fleet", "radar")
WAITS = Words(
    title=choose(
        (
            f"{MINE_WAITS} IS NULL",
            say(
                "The next look at {area} does not come in {days} with the fleet of {year}",
                area=AREA,
                days=DAYS,
                year=LATEST_YEAR,
            ),
        ),
        otherwise=say(
            "The next look at {area} is {hours} hours away with the fleet of {year}{firms}",
            area=AREA,
            hours=number(drawn(MINE_WAITS), 1),
            year=LATEST_YEAR,
            firms=choose(
                (f"{FIRMS_WAIT} IS NULL", say("")),
                otherwise=say(", {n} with commercial radars", n=number(drawn(FIRMS_WAIT), 1)),
            ),
        ),
    ),
    subtitle=say(
        "Mean wait over {days}, looks within {angle}° of nadir; optical ones need the Sun at {sun}°, and"
        " cloud spoils {cloud}%",
        days=DAYS,
        sun=given(parameter("sun_elevation_deg")),
        **LOOK,
    ),
    caption=say(
        "The satellite of the plan that has no set is put where a plane has room: an assumption. Nothing is"
        " said of what an image shows.{unseen}",
        unseen=choose(
            (":firms_without_set = 0", say("")),
            otherwise=counted(
                result("firms_without_set"),
                " {n} commercial radar satellite that flies has no element set here.",
                " {n} commercial radar satellites that fly have no element set here.",
            ),
        ),
    ),
    alt=say(
        "Dot chart of mean waits on a log scale. {both}. By radar alone: {radar}.",
        both=say(
            "By both kinds of satellite, in hours: {told}",
            told=named(
                drawn(
                    "coalesce(group_concat(fleet || ' ' || printf('%.1f', mean_wait_hours), ', '), 'no look')"
                    " FROM drawn WHERE kind = 'both, cloud' AND mean_wait_hours IS NOT NULL"
                )
            ),
        ),
        radar=named(
            drawn(
                "coalesce(group_concat(fleet || ' ' || printf('%.1f', mean_wait_hours), ', '), 'no look')"
                " FROM drawn WHERE kind = 'radar' AND mean_wait_hours IS NOT NULL"
            )
        ),
    ),
    note=say(
        f"{AMATEUR}. Pale: {{draws}} draws of places along the orbits; a mark may lie outside.",
        draws=result("draws"),
    ),
    until=KNOWN_TO,
)

LOSS, ANGLE = (
    "FROM drawn WHERE panel = 'loss'",
    f"FROM drawn WHERE panel = 'angle' AND fleet = {VALUED_FLEET}",
)
MOST = f"(SELECT max(added_hours) {LOSS})"
MOVES = f"(SELECT max(mean_wait_hours) - min(mean_wait_hours) {ANGLE})"
WORTHIEST = (
    "group_concat(replace(name, 'IGS ', ''), ' or ') FROM (SELECT name FROM drawn WHERE panel = 'loss'"
    " AND {0} ORDER BY name)"
)
WORTH = Words(
    title=choose(
        (
            ":most_valuable IS NULL",
            say(
                "Within {angle}° of nadir no look at {area} comes in {days}, whoever is lost",
                angle=LOOK["angle"],
                area=AREA,
                days=DAYS,
            ),
        ),
        (
            f"(SELECT count(*) {LOSS} AND wait_without_hours IS NULL) > 0",
            say(
                "Without {names} no look at {area} comes in {days}",
                names=named(drawn(WORTHIEST.format("wait_without_hours IS NULL"))),
                area=AREA,
                days=DAYS,
            ),
        ),
        (
            f"{MOST} < 0.05",
            say("The loss of no single satellite lengthens the wait for a look at {area}", area=AREA),
        ),
        otherwise=say(
            "Losing {names} lengthens the wait most, by {hours} hours{angle}",
            names=named(drawn(WORTHIEST.format(f"added_hours > {MOST} - 0.05"))),
            hours=number(drawn(MOST), 1),
            angle=choose(
                (f"coalesce({MOVES}, 0) = 0", say("")),
                otherwise=say("; the angle assumed moves it by {n}", n=number(drawn(MOVES), 1)),
            ),
        ),
    ),
    subtitle=say(
        "Mean wait for the next look at {area}, both kinds of satellite, optical through {cloud}% cloud;"
        " hatched: its place is uncertain",
        area=AREA,
        cloud=LOOK["cloud"],
    ),
    caption=say(
        "Orange bars: radar; blue: optical; hatched: the element set is old and the place along the orbit"
        " unknown. Losses are taken one at a time."
    ),
    alt=say(
        "Left, bars of hours added by the loss of one satellite: {losses}. Right, the wait over the angle:"
        " {waits}.",
        losses=named(
            drawn(
                "group_concat(replace(name, 'IGS ', '') || ' ' || coalesce(printf('%.1f', abs(added_hours)),"
                f" 'no look'), ', ') {LOSS}"
            )
        ),
        waits=named(
            drawn(
                "coalesce(group_concat(told, ', '), 'no look') FROM (SELECT fleet || ' ' || printf('%.1f to"
                " %.1f hours', max(mean_wait_hours), min(mean_wait_hours)) AS told FROM drawn WHERE panel ="
                " 'angle' AND mean_wait_hours IS NOT NULL GROUP BY fleet ORDER BY fleet)"
            )
        ),
    ),
    note=say(f"{AMATEUR}; the angle of view is assumed, for no source gives one."),
    until=KNOWN_TO,
)
