"""The words of the question ``maritime_awareness``."""

from spacesec.answers import Result
from spacesec.regional_cooperation.maritime_awareness.model import Parameters

# What a small radar can turn to without leaving its track, as an angle off nadir: the reader's assumption,
# drawn as reach and never as looks.
MOST_TOLD = 1000  # satellites; a larger fleet is not told by its number


def answer(p: Parameters, results: dict[str, Result], here: dict[str, float], name: str) -> str:
    r = {key: result.value for key, result in results.items()}
    lines = [
        f"In {r['last_year']} the coast guard counted **{r['vessels_last_year']:,} vessel-days** of Chinese"
        f" government ships in the contiguous zone of the Senkaku Islands, {r['vessel_growth']:.1f} times the"
        f" count of 2013; ships were there on {r['days_last_year']} days, once for {r['longest_streak_days']}"
        f" days on end. The share of days rose most in {r['presence_change_year']}."
    ]
    fleet = (
        f"{p.satellites} radar satellite{'s' if p.satellites > 1 else ''} with a swath of {p.swath_km:g} km"
    )
    if r["mean_revisit_hours"] is None:
        lines.append(f"{fleet} would never see the {name}.")
    else:
        lines.append(
            f"{fleet} would look at the {name} every"
            f" **{r['mean_revisit_hours']:{',' if r['mean_revisit_hours'] >= 10_000 else ''}.0f} hours** on"
            f" average and catch a ship in reach for {p.transit_hours:g}"
            f" hour{'' if p.transit_hours == 1 else 's'} with a chance of"
            f" **{100 * r['catch_probability']:.0f} percent** (closed form:"
            f" {100 * r['catch_probability_poisson']:.0f})"
            + (
                "; for even odds it takes"
                f" {r['satellites_for_even_odds'] if r['satellites_for_even_odds'] <= MOST_TOLD else f'more than {MOST_TOLD:,}'}."
                if r["satellites_for_even_odds"]
                else "."
            )
        )
    lines.append(
        f"At sea Japan has {r['maritime_acts_india']} acts of cooperation with India and"
        f" {r['maritime_acts_taiwan']} with Taiwan, {r['maritime_operations_taiwan']} of these drills."
    )
    return "\n\n".join(lines)
