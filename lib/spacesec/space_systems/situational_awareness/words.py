"""The words of the question ``situational_awareness``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.space_systems.situational_awareness.model import Parameters
from spacesec.words.numerals import counted
from spacesec.words.sentences import (
    Value,
    Words,
    choose,
    drawn,
    month,
    named,
    number,
    percent,
    result,
    say,
    year,
)

LAST = "max(snapshot_date) FROM drawn WHERE objects IS NOT NULL"


def _kept(family: str, digits: int = 0) -> Value:
    """Share of a family's highest count that is left in the last snapshot, %."""
    rows = f"FROM drawn WHERE family = '{family}'"
    last = f"(SELECT objects {rows} ORDER BY snapshot_date DESC LIMIT 1)"
    return percent(drawn(f"100.0 * {last} / max(objects) {rows}"), digits)


def _objects(family: str, order: str) -> Value:
    return number(drawn(f"objects FROM drawn WHERE family = '{family}' ORDER BY {order} LIMIT 1"))


FAMILIES = Words(
    title=say(
        "FENGYUN 1C keeps {fengyun} of its peak count in {year}, Iridium 33 {iridium}, Cosmos 1408 {low}",
        year=year(drawn(LAST)),
        fengyun=_kept("fengyun-1c"),
        iridium=_kept("iridium-33"),
        low=_kept("cosmos-1408", 1),
    ),
    subtitle=say(
        "Objects with element sets in archived catalog snapshots, by the parent's designator, {first} to"
        " {last}; log scale",
        first=year(drawn("min(snapshot_date) FROM drawn WHERE objects IS NOT NULL")),
        last=month(drawn(LAST)),
    ),
    caption=say(
        "Height is not all that counts: the clouds of Cosmos 2251 and Iridium 33 began in one collision and"
        " keep {cosmos} and {iridium}. USA-193, struck lower still, left {most} at most and {last} in the"
        " last snapshot; Solwind is not in the count.",
        cosmos=_kept("cosmos-2251"),
        iridium=_kept("iridium-33"),
        most=choose(
            ("json_extract(:family_peaks, '$.\"usa-193\"') = 1", say("one tracked fragment")),
            otherwise=say("{n} tracked fragments", n=number(result("family_peaks", "usa-193"))),
        ),
        last=choose(
            ("json_extract(:family_last, '$.\"usa-193\"') = 0", say("none")),
            otherwise=say("{n}", n=number(result("family_last", "usa-193"))),
        ),
    ),
    alt=say(
        "Line chart on a log scale: FENGYUN 1C climbs to {peak} by {peak_year} and stands at {last};"
        " Cosmos 1408 goes from {low_peak} to {low_last}.",
        peak=_objects("fengyun-1c", "objects DESC, snapshot_date"),
        peak_year=year(
            drawn(
                "snapshot_date FROM drawn WHERE family = 'fengyun-1c'"
                " ORDER BY objects DESC, snapshot_date LIMIT 1"
            )
        ),
        last=_objects("fengyun-1c", "snapshot_date DESC"),
        low_peak=_objects("cosmos-1408", "objects DESC, snapshot_date"),
        low_last=_objects("cosmos-1408", "snapshot_date DESC"),
    ),
    note=say(
        "counts rise for years because pieces are cataloged late; what is too small to track is not in them."
    ),
    until=month(drawn(LAST)),
)

STRIKES = "FROM drawn WHERE target IS NOT NULL"
COUNTED = "FROM drawn WHERE pieces IS NOT NULL"
STRUCK = Words(
    title=say(
        "{strikes} direct-ascent strikes: {target} leaves {share} of the pieces still tracked",
        when=f"(SELECT count(*) {COUNTED} AND pieces = (SELECT max(pieces) FROM drawn)) = 1"
        f" AND (SELECT count(*) {STRIKES}) > 1",
        strikes=number(drawn(f"count(*) {STRIKES}")),
        target=named(drawn(f"target {COUNTED} ORDER BY pieces DESC LIMIT 1")),
        share=percent(drawn(f"100.0 * max(pieces) / sum(pieces) {COUNTED}"), 1),
    ),
    subtitle=say(
        "Height of each satellite struck (bar: perigee to apogee) and its pieces with element sets, {month};"
        " dotted: steps of {year} against such tests",
        month=month(result("debris_counted")),
        year=year(drawn("max(date) FROM drawn WHERE label IS NOT NULL")),
    ),
    caption=say(
        "USA-193 was declared a measure against a falling fuel tank, not a test. Tests that hit no satellite,"
        " and means that leave no debris, are not shown; what they can do is not public.{unread}",
        unread=choose(
            (f"(SELECT count(*) {STRIKES} AND altitude_low_km IS NULL) = 0", say("")),
            otherwise=say(
                " Without a height that was read: {names}.",
                names=named(drawn(f"group_concat(target, ', ') {STRIKES} AND altitude_low_km IS NULL")),
            ),
        ),
    ),
    alt=say(
        "Scatter of {known} strikes at heights from {low} to {high} km, each with the pieces left, and"
        " {steps} dotted dates of {year}.",
        known=number(drawn(f"count(altitude_low_km) {STRIKES}")),
        low=number(drawn("min(altitude_low_km) FROM drawn"), rounded="down"),
        high=number(drawn("max(altitude_high_km) FROM drawn"), rounded="up"),
        steps=number(drawn("count(label) FROM drawn")),
        year=year(drawn("max(date) FROM drawn WHERE label IS NOT NULL")),
    ),
    note=choose(
        (
            f"(SELECT count(*) {STRIKES} AND pieces IS NULL) > 0",
            say(
                "direct-ascent strikes only; the Soviet co-orbital tests are not in the table. Not in the"
                " counts of pieces: {names}.",
                names=named(drawn(f"group_concat(target, ', ') {STRIKES} AND pieces IS NULL")),
            ),
        ),
        otherwise=say("direct-ascent strikes only; the Soviet co-orbital tests are not in the table."),
    ),
    until=month(result("debris_counted")),
)


def answer(
    p: Parameters,
    results: dict[str, Result],
    asked: pd.DataFrame,
    partial: dict[str, int],
    unpaired: list[str],
    further: int,
    unread: int,
) -> str:
    r = {name: result.value for name, result in results.items()}
    ends = r["modelled_in_orbit_percent"]
    low, high = r["gap_deg"]
    where = f"from {low:.0f}° to {high:.0f}° E" if low == low else "none"
    bounds = (
        f", between {ends['dense']:.0f} and {ends['thin']:.0f} % for an atmosphere {p.solar_factor:g} times"
        " denser or thinner"
        if p.solar_factor > 1
        else ""
    )
    return "\n\n".join(
        [
            (
                f"**{r['fengyun_in_orbit_percent']:.0f} % of the pieces of FENGYUN 1C ever catalogued were"
                f" still up at the last snapshot**; circular decay at mean density gives {ends['mean']:.0f}"
                f" %{bounds}. In 2017 {r['fengyun_2017'][0]:,} to {r['fengyun_2017'][1]:,} of them had"
                f" element sets. Cosmos 1408, hit lower down, fell from {r['family_peaks']['cosmos-1408']:,}"
                f" to {r['family_last']['cosmos-1408']}."
            ),
            area_to_mass(asked),
            (
                f"{r['crossing_480_630_km']} fragments cross the heights of 480 to 630 km where most Japanese"
                f" imaging satellites fly. The flux there is {r['share_of_peak_percent']:.0f} % of that in"
                f" the fullest shell: {p.satellite} with {p.area_m2:g} m² has a chance of"
                f" {r['hit_percent']:.3f} % to be hit by a catalogued one in {p.years:g} years. What is too"
                " small to be catalogued is many times more and is not in this number."
            ),
            (
                "**Near 135° E the three US telescopes leave a gap only when low elevations are given up**:"
                f" below {r['gap_opens_at_deg']:g}° there is none, at {p.minimum_elevation_deg:g}° it runs"
                f" {where}, and 135° E itself is lost from {r['gap_holds_135_from_deg']:g}° upward. With"
                " Exmouth and the Japanese and Indian sensors the stretch without a sensor is"
                f" {r['gap_all_partners_deg']:.0f}° wide. US sensors that ride on Japanese satellites in"
                f" orbit: {r['us_sensors_in_orbit']}; what they see is not public."
            ),
            *left_out(partial, unpaired, further),
        ]
    )


def area_to_mass(asked: pd.DataFrame) -> str:
    """Whether density can be what parts the model from the shares seen."""
    months, needed = [f"{date:%B %Y}" for date in asked["date"]], asked["area_to_mass_m2_kg"]
    apart = needed.max() / needed.min()
    verdict = "is not what misfits" if apart > 1.5 else "is enough to make them fit"
    return (
        f"**Density {verdict}.** Under the Sun as observed it was {_row(asked['sun_factor'])} times that"
        " of the"
        f" mean atmosphere, in the mean up to {_and(months)}; with that course the shares seen then ask for"
        f" fragments of {_row(needed)} m² to the kilogram. Density and area to mass enter decay as one"
        " product, so"
        " a band of densities is a band of areas too."
    )


def _row(values: pd.Series) -> str:
    return _and([f"{value:.2f}" for value in values])


def _and(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def left_out(partial: dict[str, int], unpaired: list[str], further: int) -> list[str]:
    """What the tables hold and the answer does not use, and why."""
    said = [
        f"{counted(rows, 'count')} of {month}, a snapshot that is not whole"
        for month, rows in partial.items()
    ]
    said += [f"the count of {count}, beside which no other of its date stands" for count in unpaired]
    if further:
        said.append(
            f"{counted(further, 'further promise')} on situational awareness, followed with the others"
        )
    return [f"Left out: {'; '.join(said)}."] if said else []
