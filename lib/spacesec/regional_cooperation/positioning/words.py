"""The words of the question ``positioning``."""

from spacesec.answers import Answer
from spacesec.regional_cooperation.positioning.model import FIFTH, SEVENTH
from spacesec.words.sentences import (
    Choice,
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
)

MEAN = "(SELECT avg(value) FROM json_each(:{}))"
MOST = "FROM json_each(:{}) ORDER BY value DESC, rowid LIMIT 1"
NOW = drawn("json_array_length(:serving)")
CLOCK = choose((":p_clock = 'common'", say("one common clock")), otherwise=say("a clock for each system"))


def answer(found: Answer) -> list[Told]:
    return [_india(), _fifth(found), _fleet(found), _reach(), *_left_out(found)]


def _india() -> Told:
    alone, gain = MEAN.format("qzss_alone_usable_percent"), MEAN.format("india_usable_points")
    return say(
        "**India.** On nominal orbits India's seven satellites as designed raise the usable time of"
        " Japan's {now} from"
        " {alone} to {joint} of the day (mean over the sites; most at {site}, by {points} points). On the"
        " real orbits of"
        " {month}, with the satellites that India then had in service, it rises from {real} to"
        " {real_joint}.{age}",
        now=NOW,
        alone=percent(drawn(alone), 1),
        joint=percent(drawn(f"{alone} + {gain}"), 1),
        site=named(drawn(f"key {MOST.format('india_usable_points')}")),
        points=number(drawn(f"value {MOST.format('india_usable_points')}")),
        month=month(result("elements_day")),
        real=percent(drawn(MEAN.format("real_qzss_usable_percent"))),
        real_joint=percent(drawn(MEAN.format("real_joint_usable_percent"))),
        age=choose(
            (":set_age_days <= :fresh_days", say("")),
            otherwise=say(
                " The oldest of their element sets was {days} days old.", days=result("set_age_days")
            ),
        ),
    )


def _fifth(found: Answer) -> Told:
    serves = SEVENTH in found["serving"]
    site = found.parameters.sites[0]
    return say(
        f"**{FIFTH}.** Its loss costs Japan's {{now}} satellites {{lost}} points of usable time (mean over"
        f" the sites;"
        f" most at {{site}},"
        f" {{most}}). {SEVENTH}, {{brings}} {{gain}}, the planned seven would be usable {{seven}} of the"
        f" day (mean over"
        " the sites; {first} at {first_site}).",
        now=NOW,
        lost=number(drawn(MEAN.format("qzs5_usable_points"))),
        site=named(drawn(f"key {MOST.format('qzs5_usable_points')}")),
        most=number(drawn(f"value {MOST.format('qzs5_usable_points')}")),
        brings="which serves, brings" if serves else "in orbit but not known to serve yet, would bring",
        gain=number(drawn(MEAN.format("qzs7_usable_points"))),
        seven=percent(drawn(MEAN.format("seven_usable_percent"))),
        first=percent(result("seven_usable_percent", site)),
        first_site=named(parameter("sites", 0)),
    )


def _fleet(found: Answer) -> Told:
    sites = [
        say(
            "{site} median PDOP {pdop}, usable {usable} of the day",
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
        orbits=named(parameter("orbits")),
        mask=given(parameter("mask_deg")),
        clock=CLOCK,
        sites=listed(sites, last="; ", between="; "),
    )


def _pdop(site: str) -> Choice:
    at = f"json_extract(:median_pdop, '$.\"{site}\"')"
    return choose(
        (f"{at} IS NULL", say("no fix half the day")),
        otherwise=say("{pdop}", pdop=number(result("median_pdop", site), 1)),
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


def sites() -> Words:
    nominal = "FROM drawn WHERE orbits = 'nominal'"
    return Words(
        title=choose(
            (
                f"{MEAN.format('india_usable_points')} < 0.5",
                say("On nominal orbits India's satellites would add no usable time at these sites"),
            ),
            otherwise=say(
                "India's satellites would add {gain} points of usable time to Japan's {now}",
                gain=number(drawn(MEAN.format("india_usable_points"))),
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
