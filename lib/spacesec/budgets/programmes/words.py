"""The words of the question ``programmes``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets import words
from spacesec.budgets.programmes.model import STAGES, Parameters
from spacesec.budgets.rows import Newer

LEFT_OUT = {
    "budgets/projects": "no payment of that year yet",
    "budgets/budget_book": "other items",
    "budgets/defense_space": "neither the contract nor a payment for the X-band satellites",
    "budgets/programme_figures": "single figures that no check holds against the budget",
    "space_systems/satellites": "other systems, or launched after the years paid for",
}


def answer(
    p: Parameters,
    results: dict[str, Result],
    wide: pd.DataFrame,
    unit: str,
    igs: pd.DataFrame,
    newer: dict[str, Newer | None],
    disputes: dict[str, list[str]],
) -> str:
    r = {name: result.value for name, result in results.items()}
    names = wide.groupby("project_id")["project"].first()
    return "\n\n".join(
        [
            _reconnaissance(r, igs),
            *_leaning(p, r, names),
            *_carrying(r, names),
            _largest(p, r, names, unit),
            _satellite(r, igs["paid"].dropna().index),
            *words.left_out(newer, LEFT_OUT),
            *words.disputed(disputes),
        ]
    )


def _reconnaissance(r: dict, igs: pd.DataFrame) -> str:
    added = igs.dropna(subset=["initial", "supplementary"]).index
    return (
        f"The reconnaissance satellites' initial budget stood still between {r['igs_initial_low']:.1f} and"
        f" {r['igs_initial_high']:.1f} billion yen for {words.spelled(igs['initial'].count())} years, while"
        f" supplementaries grew from {r['igs_supplementary_first']:.1f} to {r['igs_supplementary_last']:.1f}:"
        f" **{r['igs_supplementary_share_first_percent']:.0f} percent of the money in FY{added[0]},"
        f" {r['igs_supplementary_share_last_percent']:.0f} percent in FY{added[-1]}**."
    )


def _leaning(p: Parameters, r: dict, names: pd.Series) -> list[str]:
    shares = {name: share for name, share in r["supplementary_share_percent"].items() if name in names}
    if not shares:
        return []
    most = max(shares, key=shares.get)
    share = f"on supplementary budgets ({shares[most]:.0f} percent of what was voted)."
    if len(r["shown_total"]) == 1:
        return [
            f"*{names[most]}*, the one chosen project with money shown FY{p.first_year}-{p.last_year},"
            f" leans {share}"
        ]
    return [
        f"Among the {len(r['shown_total'])} chosen projects FY{p.first_year}-{p.last_year},"
        f" *{names[most]}* leans most {share}"
    ]


def _carrying(r: dict, names: pd.Series) -> list[str]:
    if not r["carried_percent"]:
        return []
    late = max(r["carried_percent"], key=r["carried_percent"].get)
    return [
        f"*{names[late]}* carries most into the next year: {r['carried_percent'][late]:.0f} percent of"
        " what could be spent in a year."
    ]


def _largest(p: Parameters, r: dict, names: pd.Series, unit: str) -> str:
    largest = max(r["shown_total"], key=r["shown_total"].get)
    return (
        f"The largest of them is *{names[largest]}* with {r['shown_total'][largest]:,.1f} {unit},"
        f" {STAGES[p.stage]}."
    )


def _satellite(r: dict, paid: pd.Index) -> str:
    low, high = r["igs_per_satellite_year"]
    return (
        f"A reconnaissance satellite in orbit cost {low:.1f} to {high:.1f} billion yen a year"
        f" (FY{paid[0]}-{paid[-1] % 100:02d}, all"
        f" programme money). The constellation's contract comes to {r['constellation_per_year']:.0f} billion"
        f" yen a year; with more than about {r['parity_satellites']:.0f} satellites it is cheaper per"
        " satellite-year, but no number of satellites was found and the satellites are not alike."
    )
