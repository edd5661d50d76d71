"""The words of the question ``maritime_awareness``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.regional_cooperation import told_twice as twice
from spacesec.regional_cooperation.maritime_awareness.model import FIRST_WHOLE_YEAR, Parameters
from spacesec.words.numerals import counted

MOST_TOLD = 1000  # satellites; a larger fleet is not told by its number

# How an indicator of the table is told.
INDICATORS = {
    "vessels": "vessel-days",
    "days": "days",
    "cases": "entries",
    "stay": "longest stay in hours",
    "approaches": "approaches to fishing boats",
}


def answer(
    p: Parameters,
    results: dict[str, Result],
    name: str,
    days_year: int,
    territorial: pd.Series,
    at_sea: int,
    left_out: pd.DataFrame,
    told_twice: list[str],
) -> str:
    r = {key: result.value for key, result in results.items()}
    when = "" if days_year == r["last_year"] else f" of {days_year}"
    lines = [
        f"In {r['last_year']} the coast guard counted **{r['vessels_last_year']:,} vessel-days** of Chinese"
        f" government ships in the contiguous zone of the Senkaku Islands, {r['vessel_growth']:.1f} times the"
        f" count of {FIRST_WHOLE_YEAR}; ships were there on {r['days_last_year']} days{when}, once for"
        f" {r['longest_streak_days']} days on end. The share of days rose most in"
        f" {r['presence_change_year']}. In the territorial sea the newest whole year found is"
        f" {int(territorial['year'])}, with {int(territorial['value'])} days."
    ]
    fleet = (
        f"{p.satellites} radar satellite{'s' if p.satellites > 1 else ''} with a swath of {p.swath_km:g} km"
    )
    if r["mean_revisit_hours"] is None:
        lines.append(f"{fleet} would never see the {name}.")
    else:
        wait = r["mean_revisit_hours"]
        lines.append(
            f"{fleet} would look at the {name} every **{_hours(wait)} hours** on average and catch a ship in"
            f" reach for {p.transit_hours:g} hour{'' if p.transit_hours == 1 else 's'} with a chance of"
            f" **{100 * r['catch_probability']:.0f} percent** (closed form:"
            f" {100 * r['catch_probability_poisson']:.0f}){_even_odds(r['satellites_for_even_odds'])}"
        )
    lines.append(
        f"At sea Japan has {counted(at_sea, 'act')} of cooperation, {r['maritime_acts_india']} of them with"
        f" India and {r['maritime_acts_taiwan']} with Taiwan, {r['maritime_operations_taiwan']} of these"
        " drills."
    )
    return "\n\n".join(filter(None, [*lines, _newer(left_out), twice.sentence(told_twice)]))


def _hours(hours: float) -> str:
    return f"{hours:,.0f}" if hours >= 10_000 else f"{hours:.0f}"


def _even_odds(satellites: int | None) -> str:
    if not satellites:
        return "."
    told = satellites if satellites <= MOST_TOLD else f"more than {MOST_TOLD:,}"
    return f"; for even odds it takes {told}."


def _newer(left_out: pd.DataFrame) -> str:
    if left_out.empty:
        return ""
    zones = {"contiguous": "contiguous zone", "territorial": "territorial sea"}
    told = "; ".join(
        f"{INDICATORS[row.indicator]} in the {zones[row.zone]} from {row.date:%Y-%m-%d} to"
        f" {row.period_end:%Y-%m-%d}: {row.value:g}"
        for row in left_out.itertuples()
    )
    why = "because no whole year of the contiguous zone stands beside them"
    return f"Newer counts are left out, {why}: {told}."
