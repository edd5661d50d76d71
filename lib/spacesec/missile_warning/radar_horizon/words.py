"""The words of the question ``radar_horizon``."""

from spacesec.answers import Result
from spacesec.missile_warning.radar_horizon.model import PATHS, Parameters
from spacesec.words.numerals import counted

MOSTLY = 90  # percent of what is missing that could explain it


def _gained(minutes: float) -> str:
    return f"{round(minutes, 1) + 0:+.1f}"  # a loss that rounds to nothing is no loss


def answer(results: dict[str, Result], p: Parameters) -> str:
    r = {name: result.value for name, result in results.items()}
    minutes = ", ".join(f"{name} {_gained(r['minutes_gained'][name])}" for name in PATHS)
    explained = (
        ""
        if r["explained_percent"] is None
        else (
            f" The horizon of the Japanese radars hides the last {r['hidden_end_km'][0]:.0f} to"
            f" {r['hidden_end_km'][1]:.0f} km of those flights, **{r['explained_percent']:.0f} %** of what is"
            " missing: line of sight alone"
            f" {'does not explain them' if r['explained_percent'] < MOSTLY else 'could explain them'}."
        )
    )
    return (
        f"A radar {p.radar_height_m:,.0f} m up sees a target at 40 km from {r['horizon_km']['40 km']:,.0f} km"
        f" away and one at 300 km from {r['horizon_km']['300 km']:,.0f} km. On a flight of {p.range_km:,.0f}"
        f" km towards that radar a glider stays unseen for {r['unseen_percent']['glide']:.0f} % of the way, a"
        f" ballistic missile for {r['unseen_percent']['ballistic']:.0f} %. Minutes gained by a satellite that"
        f" sees the launch after {p.space_sight_minutes:g} min: **{minutes}** (first sight against first"
        f" sight; no alert is timed here). In **{r['shortfall_cases']}** of {r['pairs']} launches Tokyo's"
        f" range falls short of Seoul's by more than {p.shortfall_km:g} km, {r['shortfall_cases_low']} of"
        " them at 60 km apogee or less; the reverse happened"
        f" {counted(r['excess_cases'], 'time')}.{explained} Over all pairs the gap goes with the hidden end"
        f" weakly if at all (rank correlation {r['rank_correlation']:.2f}, p = {r['permutation_p']:.2f}); so"
        f" few pairs would show a true correlation of 0.3 only {r['power_percent']:.0f} times in 100."
    )
