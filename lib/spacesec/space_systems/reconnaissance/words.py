"""The words of the question ``reconnaissance``."""

import numpy as np
import pandas as pd

from spacesec.answers import Result
from spacesec.space_systems.reconnaissance.model import MARK_YEARS, PLAN, Parameters, Times
from spacesec.words.numerals import counted
from spacesec.words.sentences import Words, choose, drawn, given, named, number, result, say, year

FIRST, LATEST = "(SELECT min(year) FROM drawn)", "(SELECT max(year) FROM drawn)"
HELD = "count(*) FROM drawn WHERE held AND year = "
OFF = f"FROM drawn WHERE NOT held AND year = {LATEST}"
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
        "Orbital plane and rate by amateur element sets; blue circles optical, orange squares radar; filled:"
        " held in a slot, hollow: off slot or ended"
    ),
    caption=say(
        "A slot is a mean motion shared within {width} turns a day; station-keeping is inferred from it. Off"
        " the slots in {latest}: {off}.",
        width=given(result("slot_rev_day")),
        latest=TWO_YEARS["latest"],
        off=choose(
            (f"(SELECT count(*) {OFF}) = 0", say("none")),
            otherwise=say(
                "{names}", names=named(drawn(f"group_concat(replace(name, 'IGS ', ''), ', ') {OFF}"))
            ),
        ),
    ),
    alt=say(
        "Two scatter charts by local time of the node and mean motion: {all_before} satellites in {first}, of"
        " which {before} hold a slot, and {all_now} in {latest}, of which {now} do.",
        all_before=number(drawn(f"count(*) FROM drawn WHERE year = {FIRST}")),
        all_now=number(drawn(f"count(*) FROM drawn WHERE year = {LATEST}")),
        **TWO_YEARS,
    ),
    note=say(
        "orbits are fitted by amateur observers, no official set is published.{absent}",
        absent=choose(
            ("json_array_length(:flying_without_set) = 0", say("")),
            otherwise=say(
                " Flying but not drawn, for want of a set: {names}.",
                names=named(drawn("group_concat(value, ', ') FROM json_each(:flying_without_set)")),
            ),
        ),
    ),
)


def answer(p: Parameters, results: dict[str, Result], table: pd.DataFrame, median, when: Times) -> str:
    before, now, firms = f"held in {when.first}", f"held in {when.latest}", f"commercial radar {when.firms}"
    lot = results["wait_by_lot_hours"].value
    both, slots = results["mean_wait_hours"].value, results["held_slots"].value
    radar = results["radar_wait_hours"].value

    def hours(waits: dict[str, float], fleet: str) -> str:
        return (
            f"{waits[fleet]:.1f}" if fleet in waits else f"more than {24 * p.days}"
        )  # no look in all the days

    def by_lot(fleet: str) -> str:
        low, high = lot.get(fleet, (np.nan, np.nan))
        return f"{low:.1f} to {high:.1f}" if low == low and high == high else f"more than {24 * p.days}"

    high = f"{median.high:.1f}" if median.high == median.high else "no upper limit"
    lines = [
        (
            f"**{slots[when.first]} imaging satellites held an orbit slot in {when.first} and"
            f" {slots[when.latest]} in {when.latest}**, as far as amateur element sets show; the catalogue of"
            f" {' to '.join(when.read)} leaves"
            f" {results['in_service'].value} open that are not in doubt. {results['lost_at_launch'].value}"
            f" were destroyed at launch and {results['planned'].value} are planned."
        ),
        (
            f"Half of those that reached orbit served {median.estimate:.1f} years or longer (95 % interval"
            f" {median.low:.1f} years to {high}); {results['five_year_survival_percent'].value:.0f} % passed"
            f" {MARK_YEARS:g} years. On {results['days_without_radar'].value} days no radar satellite was in"
            " service."
        ),
        (
            f"A moment picked at random waits {hours(both, before)} hours for the next look at"
            f" {p.area} with the fleet of {when.first}, {hours(both, now)} with that of {when.latest} and"
            f" {hours(both, PLAN)} with the eight satellites of the plan, when a look may lie"
            f" {p.off_nadir_deg:g}° off nadir and cloud spoils {p.cloud_percent:g} % of optical looks. Radar"
            f" alone: {hours(radar, before)}, {hours(radar, now)} and"
            f" {hours(radar, PLAN)} hours; the commercial radar satellites together:"
            f" {hours(radar, firms)} hours. If the places along the orbits were drawn by"
            f" lot, the fleets would wait {by_lot(before)}, {by_lot(now)} and"
            f" {by_lot(PLAN)} hours: the difference between them is within that."
        ),
    ]
    contact = results["contact_percent"].value
    lines.append(
        "The relays of the plan shorten the way home, not the wait: a satellite reaches one Japanese ground"
        f" station on {contact['no relay']:.0f} % of the day, with one relay on {contact['one relay']:.0f} %,"
        f" with a second one opposite on {contact['two relays']:.0f} %."
    )
    stale = {year: names for year, names in results["stale_sets"].value.items() if names}
    if stale:
        lines.append(
            "Element sets too old to say where along the orbit a satellite is: "
            + "; ".join(f"{', '.join(names)} (fleet of {year})" for year, names in stale.items())
            + ". Plane and rate still hold; the times of its passes are one draw of many."
        )
    return "\n\n".join([*lines, *left_out(when)])


def left_out(when: Times) -> list[str]:
    """Element sets that no fleet compared rests on, and why."""
    reasons = {True: "between the fleets compared", False: "few satellites have one"}
    said = [
        f"{counted(count, 'element set')} of {year} ({reasons[enough]})"
        for year, (count, enough) in when.left_out.items()
    ]
    return [f"Left out: {'; '.join(said)}."] if said else []
