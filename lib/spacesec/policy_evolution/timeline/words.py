"""The words of the question ``timeline``."""

from spacesec.answers import Result
from spacesec.policy_evolution.timeline.model import Parameters
from spacesec.words.numerals import counted


def answer(results: dict[str, Result], p: Parameters) -> str:
    r = {name: result.value for name, result in results.items()}
    firsts = r["first_agreed_year"]
    known = "; ".join(f"{name} {year}" for name, year in firsts.items() if year) or "no posture"
    lines = [
        f"{counted(r['events'], 'dated event is', 'dated events are')} shown ({p.start_year} to"
        f" {p.end_year}), {r['external_shocks']} of them external shocks; {r['independent_percent']:.0f}"
        f" percent rest on a source other than the five documents. Half of them fall in {r['half_since']} or"
        " later: the list grows with its sources, so its pace is not yet the pace of policy."
    ]
    lines.append(f"First years in which **both coders** give a posture: **{known}**.")
    lines.append(
        f"Of the acts, {counted(sum(r['agreed_by_posture'].values()), 'carries', 'carry')} a posture on which"
        f" both coders agree; {counted(r['by_posture']['none'], 'carries', 'carry')} none."
    )
    lines.append(
        f"{r['jaxa_forerunners']} bodies became one agency. The air force's space unit went from"
        f" {r['unit_first_people']} to {r['unit_last_people']} people, **{r['unit_growth_multiple']:.1f}"
        f" times**. {r['basic_plans']} Basic Plans followed the law of 2008 at intervals of"
        f" {', '.join(f'{gap:.1f}' for gap in r['basic_plan_gap_years'])} years."
    )
    return "\n\n".join(lines)
