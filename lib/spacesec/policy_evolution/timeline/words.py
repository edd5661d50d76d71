"""The words of the question ``timeline``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.policy_evolution.timeline.model import POSTURES, Parameters
from spacesec.words.numerals import counted


def answer(results: dict[str, Result], p: Parameters, planned: int) -> str:
    r = {name: result.value for name, result in results.items()}
    firsts = r["first_agreed_year"]
    known = "; ".join(f"{name} {year}" for name, year in firsts.items() if year) or "no posture"
    lines = [
        f"{counted(r['events'], 'dated event is', 'dated events are')} shown ({p.start_year} to"
        f" {p.end_year}), {r['external_shocks']} of them external shocks; {r['independent_percent']:.0f}"
        f" percent rest on a source other than the five documents. Half of them fall in {r['half_since']} or"
        " later: the list grows with its sources, so its pace is not yet the pace of policy."
    ]
    if planned:
        lines[0] += (
            f" {counted(planned, 'planned event is', 'planned events are')} left out until they happen."
        )
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


def in_order(drawn: pd.DataFrame) -> str:
    """Under how many codings (``view``) the first acts of the postures follow one another in their order; a
    posture without acts is passed over.
    """
    firsts = drawn.groupby(["view", "posture"])["date"].min().unstack().reindex(columns=list(POSTURES))
    held = sum(row.dropna().is_monotonic_increasing for _, row in firsts.iterrows())
    return f"all {held}" if held == len(firsts) else f"{held} of {len(firsts)}"


def spelled(number: int) -> str:
    """A small number in words: ``three``; from thirteen on in digits."""
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[number] if number < len(words) else str(number)


def left_out(bodies: pd.DataFrame, drawn: set[str]) -> str:
    """Which bodies (indexed by row id, with ``name``, ``branch``, ``start_date``, ``status``) are not
    drawn, and why; nothing where all are.
    """
    missing = bodies[~bodies.index.isin(drawn)]
    undated, planned = missing["start_date"].isna(), missing["status"] == "planned"
    parts = [
        f"{', '.join(missing.loc[chosen, 'name'])} ({why})"
        for chosen, why in (
            (undated, "no source read gives a first day"),
            (planned & ~undated, "planned"),
            (~planned & ~undated, "of another state, or without a place in the picture"),
        )
        if chosen.any()
    ]
    return f"Left out: {'; '.join(parts)}." if parts else ""
