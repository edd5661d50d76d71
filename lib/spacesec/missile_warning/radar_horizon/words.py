"""The words of the question ``radar_horizon``."""

from datetime import date

from spacesec.answers import Result
from spacesec.missile_warning.radar_horizon.model import PATHS, Parameters
from spacesec.words.numerals import counted

MOSTLY = 90  # percent of what is missing that could explain it


def _gained(minutes: float) -> str:
    return f"{round(minutes, 1) + 0:+.1f}"  # a loss that rounds to nothing is no loss


def bending(p: Parameters) -> str:
    """How the rays bend, in words."""
    if p.rays == "traced":
        return f"rays traced through the atmosphere of {p.atmosphere}"
    return f"straight rays over {p.refraction_factor:.2f} Earth radii"


def answer(
    results: dict[str, Result], p: Parameters, launches: int, newest: date, second_statements: int
) -> str:
    r = {name: result.value for name, result in results.items()}
    minutes = ", ".join(f"{name} {_gained(r['minutes_gained'][name])}" for name in PATHS)
    sight_alone = (
        "could explain them"
        if r["explained_percent"] is not None and r["explained_percent"] >= MOSTLY
        else "does not explain them"
    )
    explained = (
        ""
        if r["explained_percent"] is None
        else (
            f" The horizon of the Japanese radars hides the last {r['hidden_end_km'][0]:.0f} to"
            f" {r['hidden_end_km'][1]:.0f} km of those flights, **{r['explained_percent']:.0f} %** of what is"
            f" missing: line of sight alone {sight_alone}."
        )
    )
    said = [f"{r['horizon_km'][h] + r['rule_excess_km'][h]:,.0f}" for h in ("40 km", "300 km")]
    rule = f"; the 4/3 rule says {' and '.join(said)}" if p.rays == "traced" else ""
    are = "is" if second_statements == 1 else "are"
    second = (
        f" {counted(second_statements, 'further statement')} of a capital on the same launch {are} left out."
        if second_statements
        else ""
    )
    return (
        f"A radar {p.radar_height_m:,.0f} m up sees a target at 40 km from {r['horizon_km']['40 km']:,.0f}"
        f" km away and one at 300 km from {r['horizon_km']['300 km']:,.0f} km ({bending(p)}{rule}). On a"
        f" flight of {p.range_km:,.0f} km towards that radar a glider stays unseen for"
        f" {r['unseen_percent']['glide']:.0f} % of the way, a ballistic missile for"
        f" {r['unseen_percent']['ballistic']:.0f} %. Minutes gained by a satellite that sees the launch"
        f" after {p.space_sight_minutes:g} min: **{minutes}** (first sight against first sight; no alert is"
        f" timed here). Of {launches} launches on record up to {newest.day} {newest:%B %Y} both capitals"
        f" stated a range for {r['pairs']}. In **{r['shortfall_cases']}** of these Tokyo's range falls short"
        f" of Seoul's by more than {p.shortfall_km:g} km, {r['shortfall_cases_low']} of them at 60 km apogee"
        f" or less; the reverse happened {counted(r['excess_cases'], 'time')}.{explained} Over all pairs the"
        f" gap goes with the hidden end weakly if at all (rank correlation {r['rank_correlation']:.2f}, p ="
        f" {r['permutation_p']:.2f}); so few pairs would show a true correlation of 0.3 only"
        f" {r['power_percent']:.0f} times in 100.{second}"
    )
