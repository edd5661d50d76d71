"""The words of the question ``taiwan_connectivity``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.regional_cooperation import told_twice as twice
from spacesec.regional_cooperation.taiwan_connectivity.model import MOST, TARGET, Parameters
from spacesec.words.numerals import counted, spelled


def answer(
    p: Parameters,
    results: dict[str, Result],
    cables: int,
    wanted: int,
    planned: int,
    southern: list[str],
    incidents: pd.DataFrame,
    newest_fact: pd.Timestamp,
    told_twice: list[str],
) -> str:
    r = {name: result.value for name, result in results.items()}
    low, high = r["arrangement_range_percent"]
    fewest = (
        f"{r['satellites_needed']} would do in the best arrangement"
        if r["satellites_needed"]
        else f"not even {MOST} would do"
    )
    rest = ", ".join(
        f"{count if count else 'more than ' + str(MOST)} at {inclination}°"
        for inclination, count in r["needed_by_inclination"].items()
    )
    gate = {k: v for k, v in r["gateway_percent"].items() if k != "none needed"}
    near = max(gate, key=gate.get)
    spread = f"{low:.0f}% to " if round(low) != round(high) else ""
    suffice = (
        reach(r["needed_by_inclination"], r["agency_inclination_deg"], wanted)
        if r["agency_inclination_deg"]
        else "at no inclination"
    )
    return "\n\n".join(
        [
            f"**Coverage.** {counted(p.satellites, 'satellite')} in {counted(p.planes, 'plane')} (phasing"
            f" {p.phasing}, {p.pattern}, {p.inclination_deg:g}°, {p.altitude_km:g} km, elevation"
            f" {p.minimum_elevation_deg:g}°) {'is' if p.satellites == 1 else 'are'} over central Taiwan"
            f" {r['availability_percent']:.1f}% of the time; the same number arranged otherwise gives"
            f" {spread}{high:.0f}%. For {100 * TARGET:g}%,"
            f" {fewest}; by inclination: {rest}. The planned {spelled(planned)} reach"
            f" {r['planned_six_percent']:.0f}%. The agency's {wanted} suffice {suffice}.",
            (
                f"**Cables.** With {p.cables_cut} of {cables} cut,"
                f" {r['capacity_left_tbps']:.0f} Tbps are left; the chance that random cuts take"
                f" {the_south(southern)} is {r['south_dark_percent']:.0f}%."
                f" {_failures(incidents)} The newest fact on the links is of {_day(newest_fact)}."
            ),
            (
                f"**Fallback.** At most {r['fallback_gbps']:.1f} Gbps ({r['terminal_limit_gbps']:.1f} by"
                f" terminals, {min(r['satellite_limit_gbps'].values()):.1f} to"
                f" {max(r['satellite_limit_gbps'].values()):.1f} by satellites):"
                f" {share_in_words(r['fallback_share_percent'])} of the cables, the peak traffic of"
                f" {r['fallback_people']:,.0f} people as on Matsu. Left out: gateways, spectrum, beams shared"
                " with neighbours, rain, jamming, and whether a foreign operator consents."
            ),
            (
                f"**Together.** Without links between satellites, a gateway at {near} would carry Taipei"
                f" {gate[near]:.0f}% of the time. The same network would be over Naha"
                f" {r['reader_percent']['Naha']:.0f}% and over Tokyo {r['reader_percent']['Tokyo']:.0f}% of"
                " the time."
            ),
            *filter(None, [twice.sentence(told_twice)]),
        ]
    )


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"


def _failures(incidents: pd.DataFrame) -> str:
    """The single failures on record, from the first to the last, and how many a ship is suspected of."""
    if incidents.empty:
        return "No single failure is on record."
    first, last = incidents["date"].min(), incidents["date"].max()
    ships = int((incidents["cause"] == "ship suspected").sum())
    known = counted(len(incidents), "single failure")
    return f"Of {known} on record, from {_day(first)} to {_day(last)}, a ship is suspected in {ships}."


def the_south(southern: list[str]) -> str:
    return (
        "the south's only landing"
        if len(southern) == 1
        else f"all {spelled(len(southern))} southern landings"
    )


SMALLEST_SHARE = 0.001  # percent that is still written as a number


def reach(needed: dict[str, int | None], agency_deg: float, wanted: int) -> str:
    """Inclinations at which the agency's number suffices, in words; below the lowest of them they may not
    pass over Taiwan at all.
    """
    lowest = next(
        (float(inclination) for inclination, count in needed.items() if count and count <= wanted), agency_deg
    )
    start = "" if lowest == float(next(iter(needed))) or lowest >= agency_deg else f"from {lowest:g}° "
    return f"{start}up to an inclination of {agency_deg:g}°"


def share_in_words(percent: float) -> str:
    return (
        f"{percent:.2g}%"
        if percent >= SMALLEST_SHARE
        else f"less than {SMALLEST_SHARE:g}%"
        if percent
        else "nothing"
    )
