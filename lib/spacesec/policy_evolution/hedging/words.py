"""The words of the question ``hedging``."""

from spacesec.answers import Result
from spacesec.policy_evolution.hedging.model import FUNCTIONS, STABLE, Parameters


def answer(results: dict[str, Result], p: Parameters, count: dict[str, int], acts: tuple[int, int]) -> str:
    r = {name: result.value for name, result in results.items()}
    first, base, last = p.first_year, p.base_year, p.last_year
    named = lambda kind: ", ".join(name for name, move in r["moves"].items() if move == kind) or "none"  # noqa: E731
    lines = [
        f"By the written rule, autonomy went from {r['autonomy'][base]:.2f} in {base} to"
        f" **{r['autonomy'][last]:.2f}** in {last} and integration with the United States from"
        f" {r['integration'][base]:.2f} to **{r['integration'][last]:.2f}**; the hedging index, the smaller"
        f" of the two, from {r['hedging_index'][first]:.2f} in {first} to **{r['index_last']:.2f}**"
        f" ({r['index_last_range'][0]:.2f} to {r['index_last_range'][1]:.2f} over nine tenths of 10,000"
        " weightings)."
    ]
    about = "about space and " if p.space_specific else ""
    lines[0] += (
        f" Integration rests on {acts[0]} of the {acts[1]} cooperation acts known: made with the United"
        f" States, {about}in one of the functions; the others, and what is pending or failed, do not count."
    )
    lines.append(
        f"Both rose in {r['both_rise_share']:.0%} of the weightings. Function by function: hedging in"
        f" {named('hedging')}; autonomy alone in {named('autonomy alone')}; integration alone in"
        f" {named('integration alone')}; no change in {named('no change')}"
        + (f"; substitution in {named('substitution')}" if count["substitution"] else "")
        + (f"; retreat in {named('retreat')}" if count["retreat"] else "")
        + "."
    )
    lines.append(
        f"As a state rather than a change, {r['holding_both_last']} of {len(FUNCTIONS)} functions hold two"
        f" thirds or more on both sides in {last}, against {r['holding_both_base']} in {base}; autonomy came"
        f" first in {r['autonomy_first']} of them. Taken inside functions the index is"
        f" {r['index_within_functions']:.2f}: part of the joint rise is a division of labour between"
        " functions, not a hedge in each."
    )
    stable = (
        "which is stable enough to speak of a trend"
        if r["rank_stability"] >= STABLE
        else "which is too few to claim a ranking of years"
    )
    lines.append(
        f"The years rank alike in {r['rank_stability']:.0%} of the weightings, {stable}. Fatton's thesis is"
        f" **{r['thesis']}**: falling or flat autonomy, or falling or flat integration, would have refuted"
        " it. The rule reads deeds, not motives; the same rise fits burden-sharing that the ally asked for."
    )
    return "\n\n".join(lines)
