"""The words of the question ``maritime_awareness``."""

from spacesec.answers import Answer
from spacesec.importing import own
from spacesec.regional_cooperation import told_twice as twice
from spacesec.regional_cooperation.maritime_awareness.swath import CYCLE_DAYS
from spacesec.words.sentences import (
    Choice,
    Told,
    Words,
    choose,
    counted,
    day,
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

# How an indicator of the table is told.
INDICATORS = {
    "vessels": "vessel-days",
    "days": "days",
    "cases": "entries",
    "stay": "longest stay in hours",
    "approaches": "approaches to fishing boats",
}
ZONES = {"contiguous": "contiguous zone", "territorial": "territorial sea"}
TRANSIT = choose(
    (":p_transit_hours = 1", say("{n} hour", n=given(parameter("transit_hours")))),
    otherwise=say("{n} hours", n=given(parameter("transit_hours"))),
)
FLEET = say(
    "{fleet} with a swath of {swath} km",
    fleet=counted(parameter("satellites"), "{n} radar satellite", "{n} radar satellites"),
    swath=given(parameter("swath_km")),
)
PLACE = named(result("place"))


def answer(found: Answer) -> list[Told]:
    return [
        say(
            "In {last} the coast guard counted **{vessels} vessel-days** of Chinese government ships in the"
            " contiguous zone of the Senkaku Islands, {growth} times the count of {first}; ships were"
            " there on"
            " {days} days{of}, once for {run} days on end. The share of days rose most in {change}. In the"
            " territorial sea the newest whole year found is {sea_year}, with {sea_days}.",
            last=year(result("last_year")),
            vessels=result("vessels_last_year"),
            growth=number(result("vessel_growth"), 1),
            first=year(result("first_whole_year")),
            days=result("days_last_year"),
            of=choose(
                (":last_year_of_days = :last_year", say("")),
                otherwise=say(" of {year}", year=year(result("last_year_of_days"))),
            ),
            run=result("longest_streak_days"),
            change=year(result("presence_change_year")),
            sea_year=year(result("territorial_last_year")),
            sea_days=counted(result("territorial_days_last_year"), "{n} day", "{n} days"),
        ),
        _sight(found),
        say(
            "At sea Japan has {acts} of cooperation, {india} of them with India and {taiwan} with Taiwan,"
            " {drills}"
            " of these drills.",
            acts=counted(result("maritime_acts"), "{n} act", "{n} acts"),
            india=result("maritime_acts_india"),
            taiwan=result("maritime_acts_taiwan"),
            drills=result("maritime_operations_taiwan"),
        ),
        *_dark(found),
        *_newer(found),
        *twice.paragraphs(found),
    ]


def _dark(found: Answer) -> list[Told]:
    """What a reader's own file of reports says; nothing without one."""
    if "tracks_file" not in found.results:
        return []
    ships = counted(result("tracks_ships"), "{n} ship", "{n} ships")
    return [
        choose(
            (
                ":dark_gaps = 0",
                say(
                    "The file {file} holds reports of {ships}, none of which was silent for {least} hours.",
                    file=named(result("tracks_file", "name")),
                    ships=ships,
                    least=number(result("dark_least_hours")),
                ),
            ),
            otherwise=say(
                "The file {file} holds reports of {ships} with {gaps} of {least} hours or more between them:"
                " nothing was received, for whatever reason. In the longest, {hours} hours of ship {ship},"
                " a look at the {place} would find a ship with a chance of {chance}.",
                file=named(result("tracks_file", "name")),
                ships=ships,
                gaps=counted(result("dark_gaps"), "{n} gap", "{n} gaps"),
                least=number(result("dark_least_hours")),
                hours=number(result("dark_longest_hours"), 1),
                ship=named(result("dark_longest_ship")),
                place=PLACE,
                chance=percent(result("dark_longest_percent")),
            ),
        )
    ]


def _sight(found: Answer) -> Told:
    if found["mean_revisit_hours"] is None:
        return say("{fleet} would never see the {place}.", fleet=FLEET, place=PLACE)
    return say(
        "{fleet} would look at the {place} every **{wait} hours** on average and catch a ship in reach for"
        " {transit} with a chance of **{chance}** (closed form: {closed}){even}",
        fleet=FLEET,
        place=PLACE,
        wait=number(result("mean_revisit_hours")),
        transit=TRANSIT,
        chance=percent(drawn("100 * :catch_probability")),
        closed=percent(drawn("100 * :catch_probability_poisson")),
        even=_even_odds(),
    )


def _even_odds() -> Choice:
    return choose(
        (":satellites_for_even_odds IS NULL", say(".")),
        (
            ":satellites_for_even_odds > :most_told",
            say("; for even odds it takes more than {most}.", most=result("most_told")),
        ),
        otherwise=say("; for even odds it takes {n}.", n=result("satellites_for_even_odds")),
    )


def _newer(found: Answer) -> list[Told]:
    rows = found["newer_counts"]
    if not rows:
        return []
    told = [
        say(
            f"{INDICATORS[row['indicator']]} in the {ZONES[row['zone']]} from {{first}} to {{last}}:"
            " {value}",
            first=day(result("newer_counts", place, "first")),
            last=day(result("newer_counts", place, "last")),
            value=given(result("newer_counts", place, "value")),
        )
        for place, row in enumerate(rows)
    ]
    return [
        say(
            "Newer counts are left out, because no whole year of the contiguous zone stands beside them:"
            " {told}.",
            told=listed(told, last="; ", between="; "),
        )
    ]


def pressure() -> Words:
    run = "FROM drawn WHERE series LIKE 'unbroken%'"
    longest = f"{run} ORDER BY value DESC, first LIMIT 1"
    days = "FROM drawn WHERE series = 'days' ORDER BY year DESC LIMIT 1"
    vessels = "FROM drawn WHERE series = 'vessel-days' ORDER BY year DESC LIMIT 1"
    return Words(
        title=say(
            "Chinese ships were near the Senkaku Islands on {days} days of {year}; the longest run is"
            " {run} days",
            days=drawn(f"value {days}"),
            year=year(drawn(f"year {days}")),
            run=drawn(f"max(value) {run}"),
        ),
        subtitle=say(
            "Chinese government vessels in the contiguous zone, {first} to {last}: vessel-days (line),"
            " days (bars)"
            " and longest runs (below)",
            first=year(drawn("min(year) FROM drawn")),
            last=year(drawn("max(year) FROM drawn WHERE series IN ('days', 'vessel-days')")),
        ),
        caption=say(
            "The longest run lasted from {first} to {last}. The years before {start} stand on another"
            " footing and"
            " are drawn apart. A run reported while it lasted is open. The count of {broken} holds the"
            " rest of that"
            " year only.",
            first=day(drawn(f"first {longest}")),
            last=day(drawn(f"last {longest}")),
            start=month(result("series_starts")),
            broken=year(result("series_starts")),
        ),
        alt=say(
            "Line reaching {vessels} vessel-days in {vessel_year} and bars reaching {days} days in {year};"
            " below, runs"
            " of {runs} days, oldest first.",
            vessels=drawn(f"value {vessels}"),
            vessel_year=year(drawn(f"year {vessels}")),
            days=drawn(f"value {days}"),
            year=year(drawn(f"year {days}")),
            runs=named(
                drawn(
                    f"group_concat(value, ', ') FROM (SELECT CAST(value AS INTEGER) AS value {run} ORDER"
                    " BY first)"
                )
            ),
        ),
        note=say(
            "counts by Japan's coast guard; each vessel is counted anew every day; the longest run spans"
            " {first} to"
            " {last}.",
            first=day(drawn(f"first {longest}")),
            last=day(drawn(f"last {longest}")),
        ),
    )


def fleets() -> Words:
    here = "sum(passes_per_day) FROM drawn WHERE site = :p_site"
    totals = (
        "group_concat(told, ', ') FROM (SELECT place || ' ' || printf('%.1f', sum(passes_per_day)) AS told"
        " FROM"
        " drawn GROUP BY site ORDER BY min(rowid))"
    )
    return Words(
        title=say(
            "Commercial radars bring {commercial} of {all} daily chances to look at the {place}",
            commercial=number(drawn(f"{here} AND operator <> 'JAXA'"), 1),
            all=number(drawn(here), 1),
            place=PLACE,
        ),
        subtitle=say(
            "Passes a day in reach of Japanese radar satellites flying on {day}, by owner; either side of"
            " the track",
            day=day(drawn("max(epoch) FROM drawn")),
        ),
        caption=say(
            "A radar in reach may be off, charging or looking elsewhere, and stripmap swaths of the small"
            " satellites"
            " are not published in what was read. Counted over the two days after {day}; the oldest"
            " element set is of"
            " {oldest}.{unfollowed}",
            day=day(drawn("max(epoch) FROM drawn")),
            oldest=day(drawn("min(oldest_epoch) FROM drawn")),
            unfollowed=choose(
                ("(SELECT max(without_elements) FROM drawn) IS NULL", say("")),
                otherwise=say(
                    " Flying but left out, because no element set is at hand: {names}.",
                    names=named(drawn("max(without_elements) FROM drawn")),
                ),
            ),
        ),
        alt=say("Stacked bars of passes a day by place: {totals}.", totals=named(drawn(totals))),
        note=say(
            "reach, not looks; {n} followed for two days, so that every number is good to half a pass.",
            n=counted(
                drawn("sum(satellites) FROM drawn WHERE site = :p_site"), "{n} satellite", "{n} satellites"
            ),
        ),
        until=month(drawn("max(epoch) FROM drawn")),
    )


def board() -> Words:
    fewest = "FROM drawn WHERE panel = 'fewest' AND satellites IS NOT NULL"
    few, narrow = f"{fewest} ORDER BY satellites, swath_km LIMIT 1", f"{fewest} ORDER BY swath_km LIMIT 1"
    at = {
        "few": drawn(f"satellites {few}"),
        "wide": given(drawn(f"swath_km {few}")),
        "target": percent(result("board_target_percent")),
    }
    fleet = "FROM drawn WHERE panel = 'fleet'"
    return Words(
        title=choose(
            (
                f"(SELECT count(*) {fewest}) = 0",
                say(
                    "No fleet of up to {most} catches a ship with {target} odds within {transit}",
                    most=drawn(f"max(satellites) {fleet}"),
                    target=at["target"],
                    transit=TRANSIT,
                ),
            ),
            (
                f"(SELECT swath_km {few}) = (SELECT swath_km {narrow})",
                say(
                    "Odds of {target} take {n} with {wide} km",
                    target=at["target"],
                    n=counted(at["few"], "{n} satellite", "{n} satellites"),
                    wide=at["wide"],
                ),
            ),
            otherwise=say(
                "Odds of {target} take {n} with a swath of {wide} km, or {many} with {narrow} km",
                target=at["target"],
                n=counted(at["few"], "{n} satellite", "{n} satellites"),
                wide=at["wide"],
                many=drawn(f"satellites {narrow}"),
                narrow=given(drawn(f"swath_km {narrow}")),
            ),
        ),
        subtitle=say(
            "Chance in % to catch a ship in reach of the {place} for {transit}, simulated passes; top row:"
            " fewest"
            " satellites for {target}",
            place=PLACE,
            transit=TRANSIT,
            target=at["target"],
        ),
        caption=say(
            "Left: fleets. Right: what the two assumptions do to the fleet asked for. A dash: no fleet of"
            " up to {most}"
            " does it. The widest swaths see the sea too coarsely for small boats.",
            most=drawn(f"max(satellites) {fleet}"),
        ),
        alt=say(
            "Two shaded tables of odds: fleets of {few} to {many} satellites from {least} to {most}, and"
            " the fleet asked"
            " for from {low} to {high} under other assumptions.",
            few=drawn(f"min(satellites) {fleet}"),
            many=drawn(f"max(satellites) {fleet}"),
            least=percent(drawn(f"min(percent) {fleet}")),
            most=percent(drawn(f"max(percent) {fleet}")),
            low=percent(drawn("min(percent) FROM drawn WHERE panel = 'assumptions'")),
            high=percent(drawn("max(percent) FROM drawn WHERE panel = 'assumptions'")),
        ),
        note=say(
            "a calculation from published swaths on one repeat cycle; nothing is known of real tasking."
        ),
    )


def sight(true_latitude_deg: float) -> Words:
    """One satellite's looks at the place in one cycle; the map is true to scale along this latitude."""
    each = "(SELECT count(day_of_cycle) AS n FROM drawn WHERE panel = 'grid' GROUP BY shift_km)"
    low, high = (f"(SELECT {end}(n) FROM {each})" for end in ("min", "max"))
    cycle = drawn(f"{CYCLE_DAYS}")
    fewest = choose(
        (f"{low} = {high}", say("{high}", high=counted(drawn(high), "once", "{n} times"))),
        (f"{low} = 0", say("{high} at most", high=counted(drawn(high), "once", "{n} times"))),
        otherwise=say("{low} to {high} times", low=drawn(low), high=drawn(high)),
    )
    swath = {"swath": given(parameter("swath_km")), "place": PLACE, "days": cycle}
    return Words(
        title=choose(
            (f"{high} = 0", say("A swath of {swath} km never crosses the {place} in {days} days", **swath)),
            otherwise=say(
                "A swath of {swath} km crosses the {place} {times} in {days} days", times=fewest, **swath
            ),
        ),
        subtitle=say(
            "Left: one satellite's looks in a cycle (plain: northbound, hatched: southbound); right: the days"
            " on which they fall, by where the grid of tracks lies (blue: as on the map)"
        ),
        caption=say(
            "The swath lies right of the track from {near} to {far} km. Where the grid of tracks lies against"
            " the place is a matter of operation, so results average over {grids} places of it. Map:"
            " equirectangular, true to scale along {latitude}° N.",
            near=number(drawn("max(swath_from_km) FROM drawn")),
            far=number(drawn("max(swath_to_km) FROM drawn")),
            grids=drawn("count(DISTINCT shift_km) FROM drawn WHERE panel = 'grid'"),
            latitude=given(drawn(f"{true_latitude_deg:g}")),
        ),
        alt=say(
            "Map with {swaths} over the place, and a strip of look times for each place of the grid of"
            " tracks, {fewest} in {days} days.",
            swaths=counted(drawn("count(*) FROM drawn WHERE panel = 'look'"), "{n} swath", "{n} swaths"),
            fewest=choose((f"{high} = 0", say("no look")), otherwise=fewest),
            days=cycle,
        ),
        note=say("a calculation from the published orbit and swath; nothing is known of real tasking."),
    )


@own.named_file("tracks_file")
def odds() -> Words:
    """Chance of a catch by time in reach: simulated passes against looks at random."""
    end = "transit_hours = (SELECT max(transit_hours) FROM drawn)"
    each = (
        "(SELECT group_concat(printf('%g km %.0f%% and %.0f%%', swath_km, simulated_percent,"
        f" closed_form_percent), ', ') FROM (SELECT * FROM drawn WHERE {end} ORDER BY swath_km))"
    )
    found, closed = (
        percent(drawn(f"100 * :{name}")) for name in ("catch_probability", "catch_probability_poisson")
    )
    return Words(
        title=say(
            "{transit} in reach of {fleet}: {found} odds of a catch, {closed} if looks fell at random",
            transit=TRANSIT,
            fleet=say(
                "{fleet} with {swath} km",
                fleet=counted(parameter("satellites"), "{n} satellite", "{n} satellites"),
                swath=given(parameter("swath_km")),
            ),
            found=found,
            closed=closed,
        ),
        subtitle=say(
            "Chance of at least one catch near the {place}, by time in reach and swath; a look finds the ship"
            " with a chance of {chance}, {tasking} of possible looks are taken, {arrangement} arrangement",
            place=PLACE,
            chance=given(parameter("detection_probability")),
            tasking=percent(drawn("100 * :p_tasking")),
            arrangement=named(drawn("replace(:p_arrangement, '_', ' ')")),
        ),
        caption=say(
            "Real passes come in a fixed rhythm: two looks can fall half a day apart and leave days of"
            " nothing, so that simulated odds lie below or above those of random looks."
        ),
        alt=say(
            "A line and open marks for each swath against time in reach; at the right end, simulated and by"
            " the closed form: {each}.",
            each=named(drawn(each)),
        ),
        note=say("a calculation from the published orbit and swaths; nothing is known of real tasking."),
    )
