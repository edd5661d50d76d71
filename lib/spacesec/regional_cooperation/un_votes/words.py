"""The words of the question ``un_votes``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.regional_cooperation import told_twice as twice
from spacesec.regional_cooperation.un_votes.model import WASHINGTON, Parameters


def answer(
    p: Parameters,
    results: dict[str, Result],
    whole: pd.DataFrame,
    both: pd.DataFrame,
    left_out: pd.DataFrame,
    told_twice: list[str],
) -> str:
    r = {name: result.value for name, result in results.items()}
    us = whole.set_index("partner").loc[WASHINGTON]
    rule = "cast the same vote" if p.abstention == "distinct" else "agreed, an abstention counting half,"
    lines = [
        f"Over {int(us['n'])} texts of {p.start_year} to {p.end_year} Japan and the United States {rule} in"
        f" **{us['percent']:.0f} percent** (95 percent interval {us['low']:.0f} to {us['high']:.0f}). "
        + (
            f"The partner nearest to Japan is {r['closest_partner']}, in raw agreement and beyond chance."
            if r["closest_partner"] == r["closest_beyond_chance"]
            else (
                f"The partner nearest to Japan is {r['closest_partner']} in raw agreement,"
                f" {r['closest_beyond_chance'] or 'and nothing can be said of any'} beyond chance."
            )
        )
    ]
    if r["washington_before_percent"] is not None and r["washington_after_percent"] is not None:
        lines.append(
            f"Agreement with Washington was {r['washington_before_percent']:.0f} percent before"
            f" {p.break_year} and {r['washington_after_percent']:.0f} percent since"
            f" ({r['washington_after_n']} texts). Of this change {r['change_from_votes']:+.0f} points come"
            f" from votes on the same topics and {r['change_from_mix']:+.0f} from which texts were put to the"
            " vote."
        )
    lines.append(
        f"On no first placement Japan and South Korea voted alike {r['first_placement_shared']} times of"
        f" {len(both)}; Japan's first vote against is dated {r['first_no_japan']}, South Korea's"
        f" {r['first_no_south_korea']}."
    )
    if len(left_out):
        texts = ", ".join(f"{text} ({year})" for text, year in zip(left_out["resolution"], left_out["year"]))
        lines.append(f"Left out, because no vote of Japan was found: {texts}.")
    return "\n\n".join(filter(None, [*lines, twice.sentence(told_twice)]))
