"""The words of the question ``positioning``."""

import dataclasses

from spacesec.answers import Answer
from spacesec.importing import own
from spacesec.regional_cooperation.positioning.model import FIFTH, SEVENTH
from spacesec.words.sentences import (
    Choice,
    Told,
    Value,
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
)

MEAN = "(SELECT avg(value) FROM json_each(:{}))"
MOST = "FROM json_each(:{}) ORDER BY value DESC, rowid LIMIT 1"
NOW = drawn("json_array_length(:serving)")
CLOCK = choose((":p_clock = 'common'", say("one common clock")), otherwise=say("a clock for each system"))


def answer(found: Answer) -> list[Told]:
    return [_india(), _fifth(found), _fleet(found), _reach(), *_left_out(found), *_of_file(found)]


ONE_SITE = "json_array_length(:p_sites) = 1"


def _india() -> Told:
    alone, gain = MEAN.format("qzss_alone_usable_percent"), MEAN.format("india_usable_points")
    before, after = (MEAN.format(f"real_{fleet}_usable_percent") for fleet in ("qzss", "joint"))
    told = {"now": NOW, "alone": percent(drawn(alone), 1)}
    points = counted(
        drawn(f"(SELECT round(value) {MOST.format('india_usable_points')})"), "{n} point", "{n} points"
    )
    return say(
        "**India.** On nominal orbits India's seven satellites as designed {raise_it}. On the real orbits of"
        " {month}, with the satellites that India then had in service, it {rises}.{age}",
        raise_it=choose(
            (
                f"round({alone} + {gain}, 1) <= round({alone}, 1)",
                say("leave the usable time of Japan's {now} at {alone} of the day", **told),
            ),
            otherwise=say(
                "raise the usable time of Japan's {now} from {alone} to {joint} of the day{where}",
                joint=percent(drawn(f"{alone} + {gain}"), 1),
                where=_over_sites(
                    "india_usable_points",
                    say(
                        " (mean over the sites; most at {site}, by {points})",
                        site=named(drawn(f"key {MOST.format('india_usable_points')}")),
                        points=points,
                    ),
                ),
                **told,
            ),
        ),
        month=month(result("elements_day")),
        rises=choose(
            (
                f"round({after}) > round({before})",
                say("rises from {real} to {joint}", real=percent(drawn(before)), joint=percent(drawn(after))),
            ),
            otherwise=say("stays at {real}", real=percent(drawn(before))),
        ),
        age=choose(
            (":set_age_days <= :fresh_days", say("")),
            otherwise=say(
                " The oldest of their element sets was {days} days old.", days=result("set_age_days")
            ),
        ),
    )


def _over_sites(of: str, several: Told) -> Told:
    """Where a mean holds: the one site, several without a difference, or several as told."""
    return choose(
        (ONE_SITE, say(" at {site}", site=named(parameter("sites", 0)))),
        (f"(SELECT max(value) FROM json_each(:{of})) < 0.5", say(" (mean over the sites)")),
        otherwise=several,
    )


def _fifth(found: Answer) -> Told:
    serves = SEVENTH in found["serving"]
    site = found.parameters.sites[0]
    return say(
        f"**{FIFTH}.** Its loss costs Japan's {{now}} satellites {{lost}} points of usable time{{where}}."
        f" {SEVENTH}, {{brings}} {{gain}}, the planned seven would be usable {{seven}} of the"
        " day{first}.",
        now=NOW,
        lost=number(drawn(MEAN.format("qzs5_usable_points"))),
        where=_over_sites(
            "qzs5_usable_points",
            say(
                " (mean over the sites; most at {site}, {most})",
                site=named(drawn(f"key {MOST.format('qzs5_usable_points')}")),
                most=number(drawn(f"value {MOST.format('qzs5_usable_points')}")),
            ),
        ),
        brings="which serves, brings" if serves else "in orbit but not known to serve yet, would bring",
        gain=number(drawn(MEAN.format("qzs7_usable_points"))),
        seven=percent(drawn(MEAN.format("seven_usable_percent"))),
        first=choose(
            (ONE_SITE, say("")),
            otherwise=say(
                " (mean over the sites; {first} at {first_site})",
                first=percent(result("seven_usable_percent", site)),
                first_site=named(parameter("sites", 0)),
            ),
        ),
    )


def _fleet(found: Answer) -> Told:
    sites = [
        say(
            "{site} {pdop}, usable {usable} of the day",
            site=named(parameter("sites", place)),
            pdop=_pdop(site),
            usable=percent(result("usable_percent", site)),
        )
        for place, site in enumerate(found.parameters.sites)
    ]
    systems = listed([named(result("systems_flown", place)) for place in range(len(found["systems_flown"]))])
    return say(
        "**{systems}, {satellites}** ({orbits} orbits, mask {mask}°, {clock}): {sites}.",
        systems=systems,
        satellites=counted(result("satellites"), "{n} satellite", "{n} satellites"),
        orbits=choose((":p_orbits = 'elements'", say("real")), otherwise=say("nominal")),
        mask=given(parameter("mask_deg")),
        clock=CLOCK,
        sites=listed(sites, last="; ", between="; "),
    )


def _pdop(site: str) -> Choice:
    at = f"json_extract(:median_pdop, '$.\"{site}\"')"
    return choose(
        (f"{at} IS NULL", say("no fix half the day")),
        otherwise=say("median PDOP {pdop}", pdop=number(result("median_pdop", site), 1)),
    )


def _reach() -> Told:
    return say(
        "**Reach.** India's system as designed is usable for 95% of the day in {share} of the area between"
        " {south}° S"
        " and {north}° N, {west}° and {east}° E.",
        share=percent(result("navic_box_usable_percent")),
        west=given(result("navic_box", 0)),
        east=given(result("navic_box", 1)),
        south=given(drawn("-json_extract(:navic_box, '$[2]')")),
        north=given(result("navic_box", 3)),
    )


def _left_out(found: Answer) -> list[Told]:
    """What stands in no fleet and why; nothing where everything does."""

    def names(of: str) -> Told:
        return listed([named(result(of, place)) for place in range(len(found[of]))], last=", ")

    told = [
        say(f"{why} {{names}}.", names=names(of))
        for why, of in (
            ("No nominal orbit is assumed for", "without_orbit"),
            ("No element set is at hand of", "without_elements"),
        )
        if found[of]
    ]
    return [say("**Left out.** {told}", told=listed(told, last=" ", between=" "))] if told else []


def _of_file(found: Answer) -> list[Told]:
    """A day of broadcast orbits from a file of the reader's own, where there is one."""
    if "orbits_file" not in found.results:
        return []
    fleets = [
        say(
            "{systems} {share}",
            systems=named(drawn(f"'{fleet}'")),
            share=percent(result("file_usable_percent", fleet), 1),
        )
        for fleet in found["file_usable_percent"]
    ]
    return [
        say(
            "**Broadcast orbits.** By the file {file} a position was usable on {day} for this share of the"
            " day (mean over the sites): {fleets}. A message is used up to {hours} hours before and after its"
            " time; {unhealthy}.",
            file=named(result("orbits_file", "name")),
            day=day(result("file_day")),
            fleets=listed(fleets, last=", "),
            hours=given(result("file_limit_hours")),
            unhealthy=_unhealthy(found),
        )
    ]


def _unhealthy(found: Answer) -> Told:
    names = [named(result("file_unhealthy", k)) for k in range(len(found["file_unhealthy"]))]
    if not names:
        return say("no satellite was marked unhealthy")
    return say("left out while marked unhealthy: {names}", names=listed(names, last=", "))


def with_file(words: Words, found: Answer) -> Words:
    """The board's words where broadcast orbits of a file stand below its line."""
    told = own.noted(words, "orbits_file", found)
    if "orbits_file" not in found.results:
        return told
    note = say(
        "{note} Below the line: broadcast orbits of {day}; {unhealthy}.",
        note=told.note,
        day=day(result("file_day")),
        unhealthy=_unhealthy(found),
    )
    return dataclasses.replace(told, note=note)


def sites() -> Words:
    nominal = "FROM drawn WHERE orbits = 'nominal'"
    return Words(
        title=choose(
            (
                f"{MEAN.format('india_usable_points')} <= 0",
                say("On nominal orbits India's satellites would add no usable time at these sites"),
            ),
            otherwise=say(
                "India's satellites would add {gain} of usable time to Japan's {now}",
                gain=choose(
                    (f"{MEAN.format('india_usable_points')} < 0.5", say("less than half a point")),
                    otherwise=counted(
                        drawn(f"round({MEAN.format('india_usable_points')})"), "{n} point", "{n} points"
                    ),
                ),
                now=NOW,
            ),
        ),
        subtitle=say(
            "Position dilution (PDOP, median of a day; small is good) and share of the day with PDOP below"
            " {usable};"
            " mask {mask}°, {clock}",
            usable=given(result("usable_pdop")),
            mask=given(parameter("mask_deg")),
            clock=CLOCK,
        ),
        caption=say(
            "Points: mean over the sites, on nominal orbits; QZS-5 would have added {lost}. The last rows:"
            " element sets of"
            " {month} with the satellites that then gave a position service. “No fix” means that half the"
            " day or more has"
            " no solution at all.",
            lost=number(drawn(MEAN.format("qzs5_usable_points"))),
            month=month(result("elements_day")),
        ),
        alt=say(
            "Board of {fleets} and {sites} with median PDOP and usable share of the day, from {low} to"
            " {high} on nominal"
            " orbits.",
            fleets=counted(
                drawn("count(*) FROM (SELECT DISTINCT fleet, orbits FROM drawn)"), "{n} fleet", "{n} fleets"
            ),
            sites=counted(drawn("count(DISTINCT site) FROM drawn"), "{n} site", "{n} sites"),
            low=percent(drawn(f"min(usable_percent) {nominal}")),
            high=percent(drawn(f"max(usable_percent) {nominal}")),
        ),
        note=say(
            "nominal rows take India's system as designed, which is not all in service; real orbits are in"
            " the last"
            " rows."
        ),
        until=month(result("elements_day")),
    )


def _setting() -> dict[str, Told]:
    return {
        "orbits": choose((":p_orbits = 'nominal'", say("nominal")), otherwise=say("real")),
        "mask": given(parameter("mask_deg")),
        "clock": CLOCK,
        "usable": given(result("usable_pdop")),
    }


def _systems(found: Answer, between: str = " and ") -> Told:
    return listed(
        [named(parameter("systems", place)) for place in range(len(found.parameters.systems))],
        between,
        between,
    )


def where(found: Answer, true_latitude_deg: float) -> Words:
    """Median PDOP on the map, true to scale along this latitude."""

    def share(fleet: str) -> Told:
        of = (
            "sum(area_weight * coalesce(median_pdop < :usable_pdop, 0)) / sum(area_weight) FROM drawn WHERE"
            f" {fleet}"
        )
        return percent(drawn(f"100.0 * {of}"))

    alone = "fleet LIKE '% alone'"
    south, north, west, east = (
        given(drawn(f"abs({end}({axis}_deg)) FROM drawn"))
        for axis, end in (
            ("latitude", "min"),
            ("latitude", "max"),
            ("longitude", "min"),
            ("longitude", "max"),
        )
    )
    setting = _setting()
    return Words(
        title=choose(
            (
                "(SELECT count(DISTINCT fleet) FROM drawn) = 1",
                say(
                    "{systems} {serves} {share} of the area drawn for half the day",
                    systems=_systems(found),
                    serves="serves" if len(found.parameters.systems) == 1 else "serve",
                    share=share("fleet IS NOT NULL"),
                ),
            ),
            otherwise=say(
                "{one} alone serves {alone} of the area drawn for half the day, {systems} {share}",
                one=named(parameter("systems", 0)),
                alone=share(alone),
                systems=_systems(found),
                share=share(f"NOT {alone}"),
            ),
        ),
        subtitle=say(
            "Median position dilution (PDOP; small is good) over a day on {orbits} orbits, mask {mask}°,"
            " {clock}; black line and turn of colors: {usable}, below which a place counts as served",
            **setting,
        ),
        caption=say(
            "Grid of {step} degrees; areas are weighted by their true size. Map: equirectangular, true to"
            " scale along {latitude}° N.",
            step=given(
                drawn(
                    "min(b.latitude_deg - a.latitude_deg) FROM (SELECT DISTINCT latitude_deg FROM drawn) AS a"
                    " JOIN (SELECT DISTINCT latitude_deg FROM drawn) AS b ON b.latitude_deg > a.latitude_deg"
                )
            ),
            latitude=given(drawn(f"{true_latitude_deg:g}")),
        ),
        alt=say(
            "{maps} from {west}° to {east}° E with the area of usable geometry: {all}.",
            maps=counted(drawn("count(DISTINCT fleet) FROM drawn"), "{n} map", "{n} maps"),
            west=west,
            east=east,
            all=choose(
                (
                    "(SELECT count(DISTINCT fleet) FROM drawn) = 1",
                    say("{share} of it", share=share("fleet IS NOT NULL")),
                ),
                otherwise=say(
                    "{alone} of it with {one} alone, {share} with {systems}",
                    alone=share(alone),
                    one=named(parameter("systems", 0)),
                    share=share(f"NOT {alone}"),
                    systems=_systems(found),
                ),
            ),
        ),
        note=say(
            "shares depend on where the map ends, here {south}° S to {north}° N and {west}° to {east}° E;"
            " gray: no fix for half the day or more.",
            south=south,
            north=north,
            west=west,
            east=east,
        ),
        until=_until(found),
    )


def _until(found: Answer) -> Told:
    """The day of the element sets, where they are flown."""
    return (
        say("{day}", day=month(result("elements_day"))) if found.parameters.orbits == "elements" else say("")
    )


# What a mark of a satellite on the map means, by its state in the tables.
STATES = {
    "flying": "in service",
    "as designed": "as designed",
    "in orbit": "in orbit, not known to serve",
    "lost": "lost",
    "silent": "silent",
}


def tracks(found: Answer, true_latitude_deg: float) -> Words:
    """Where the satellites stand over the ground through the day."""
    shown = [name for name in found.parameters.systems if name in set(found.tables["tracks"]["system"])]

    def reach(system: str) -> Told:
        """Between which longitudes a system of the fleet stays."""
        of = f"FROM drawn WHERE system = '{system}' AND flown"
        low, high = f"(SELECT min(east_deg) {of})", f"(SELECT max(east_deg) {of})"
        return choose(
            (f"{low} IS NULL", say(f"{system} nowhere")),
            (f"{high} - {low} > 300", say(f"{system} all around the Earth")),
            otherwise=say(
                f"{system} over {{low}}° to {{high}}° E",
                low=number(drawn(low), rounded="down"),
                high=number(drawn(high), rounded="up"),
            ),
        )

    def count(which: str) -> Value:
        return drawn(f"count(DISTINCT satellite) FROM drawn WHERE {which}")

    return Words(
        title=say("Where they stand: {reach}", reach=listed([reach(name) for name in shown], ", ", ", ")),
        subtitle=say(
            "Ground tracks of {n} over one day on {orbits} orbits, marks at midnight",
            n=counted(count("satellite IS NOT NULL"), "{n} satellite", "{n} satellites"),
            orbits=_setting()["orbits"],
        ),
        caption=say(
            "{what} Map: equirectangular, true to scale along {latitude}° N.",
            what=choose(
                (
                    ":p_orbits = 'nominal'",
                    say(
                        "Nominal quasi-zenith satellites share one figure of eight; real ones have drifted"
                        " apart. Nominal slots are drawn as designed, whatever their satellites do today."
                    ),
                ),
                otherwise=say("Element sets of {month}.", month=month(result("elements_day"))),
            ),
            latitude=given(drawn(f"{true_latitude_deg:g}")),
        ),
        alt=say(
            "Map of ground tracks: {fleet} in the fleet, {rest} beside it; {reach}.",
            fleet=counted(count("flown"), "{n} satellite", "{n} satellites"),
            rest=count("NOT flown"),
            reach=listed([reach(name) for name in shown], ", ", ", "),
        ),
        note=choose(
            (
                f"(SELECT {count('NOT flown').origin['sql']}) = 0",
                say("all satellites drawn are in the fleet."),
            ),
            otherwise=say(
                "not in the fleet: {names}.",
                names=named(
                    drawn(
                        "group_concat(satellite || ' (' || state || ')', ', ') FROM (SELECT DISTINCT"
                        " satellite, state FROM drawn WHERE NOT flown ORDER BY satellite)"
                    )
                ),
            ),
        ),
        until=_until(found),
    )


def worths() -> Words:
    """What each satellite is worth."""

    def top(measure: str) -> tuple[str, Told]:
        best = f"(SELECT max({measure}) FROM drawn)"
        names = f"group_concat(player, ' and ') FROM drawn WHERE {measure} > {best} - 0.05"
        return best, named(drawn(names))

    (most, carrier), (loss, lone) = top("shapley"), top("leave_one_out")
    setting = _setting()
    return Words(
        title=choose(
            (f"{most} <= 0", say("No satellite is worth anything here: not even all together are usable")),
            (
                f"{loss} < 0.05",
                say(
                    "Most carry {who} ({points} points); losing any one alone costs nothing",
                    who=carrier,
                    points=number(drawn(most), 1),
                ),
            ),
            otherwise=say(
                "Worth most: {who} ({points} points); lost alone, {lone} would be missed most ({loss})",
                who=carrier,
                points=number(drawn(most), 1),
                lone=lone,
                loss=number(drawn(loss), 1),
            ),
        ),
        subtitle=say(
            "Worth of each satellite in usable time (PDOP below {usable}), mean over {sites}, {orbits}"
            " orbits, mask {mask}°, {clock}",
            sites=counted(drawn("json_array_length(:p_sites)"), "{n} site", "{n} sites"),
            **setting,
        ),
        caption=say(
            "Bars, Shapley value: mean gain when satellites join in every possible order; they sum to what"
            " the whole fleet achieves, {sum} of the day. Diamonds: what is missing when one is lost alone.",
            sum=percent(drawn("sum(shapley) FROM drawn")),
        ),
        alt=say(
            "Bars of Shapley values for {players} from {low} to {high} points, with marks of leave-one-out"
            " from {least} to {most}.",
            players=counted(
                drawn("count(*) FROM drawn"), "{n} satellite or system", "{n} satellites or systems"
            ),
            low=number(drawn("min(shapley) FROM drawn"), 1),
            high=number(drawn("max(shapley) FROM drawn"), 1),
            least=number(drawn("min(leave_one_out) FROM drawn"), 1),
            most=number(drawn("max(leave_one_out) FROM drawn"), 1),
        ),
        note=say("a satellite can matter much in a thin fleet and little in a full one."),
    )


def masks() -> Words:
    """Usable share against the mask, for combinations of systems."""

    def reach(systems: str) -> Told:
        """The masks between which a combination on one clock falls below half the day."""
        of = f"FROM drawn WHERE systems = '{systems}' AND clock = 'common'"
        last = f"(SELECT max(mask_deg) {of} AND usable_percent >= 50)"
        next_one = f"(SELECT min(mask_deg) {of} AND mask_deg > {last})"
        return choose(
            (f"{last} IS NULL", say("under all masks")),
            (f"{next_one} IS NULL", say("under none")),
            otherwise=say(
                "at masks of {last}° to {next}°",
                last=given(drawn(last)),
                next=given(drawn(next_one)),
            ),
        )

    return Words(
        title=say(
            "QZSS and NavIC fall below half the day {both}, QZSS alone {one}",
            both=reach("QZSS and NavIC"),
            one=reach("QZSS"),
        ),
        subtitle=say(
            "Share of the day with PDOP below {usable}, mean over {sites}, against the mask; solid: one"
            " common clock, dashed: a clock for each system; {orbits} orbits",
            usable=given(result("usable_pdop")),
            sites=counted(drawn("json_array_length(:p_sites)"), "{n} site", "{n} sites"),
            orbits=_setting()["orbits"],
        ),
        caption=say(
            "A mask of {open} degrees is open ground, {valley} a valley, {street} a street between tall"
            " buildings. A clock for each system costs one satellite for each system that joins.",
            open=drawn("10"),
            valley=drawn("30"),
            street=drawn("45"),
        ),
        alt=say(
            "Lines of usable time against the mask for {systems} and two kinds of clock: QZSS alone from"
            " {first} to {last}, with NavIC from {first_both} to {last_both}.",
            systems=counted(
                drawn("count(DISTINCT systems) FROM drawn"), "{n} choice of systems", "{n} choices of systems"
            ),
            first=_at_mask("QZSS", "min"),
            last=_at_mask("QZSS", "max"),
            first_both=_at_mask("QZSS and NavIC", "min"),
            last_both=_at_mask("QZSS and NavIC", "max"),
        ),
        note=say(
            "drawn at masks {step} degrees apart: between two of them the line is a guide for the eye.",
            step=given(
                drawn(
                    "min(b.mask_deg - a.mask_deg) FROM drawn AS a JOIN drawn AS b ON b.mask_deg > a.mask_deg"
                )
            ),
        ),
    )


def _at_mask(systems: str, end: str) -> Value:
    of = f"FROM drawn WHERE systems = '{systems}' AND clock = 'common'"
    return percent(drawn(f"usable_percent {of} AND mask_deg = (SELECT {end}(mask_deg) {of})"))
