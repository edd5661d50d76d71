"""The words of the question ``promises``."""

import math

import pandas as pd

from spacesec.policy_evolution.promises.model import Parameters
from spacesec.words.numerals import counted


def _months(value: float) -> str:
    return "not reached" if math.isnan(value) else counted(round(value), "month")


def answer(
    parameters: Parameters, numbers: dict, groups: pd.DataFrame, ahead: pd.DataFrame, later: int
) -> str:
    parts = "; ".join(f"{row.group} {row.met} of {row.due}" for row in groups.itertuples())
    slip = (
        f"Half of them were delivered within {_months(numbers['median_slip_months'])} after their date "
        f"(95 % interval {_months(numbers['median_slip_low'])} to {_months(numbers['median_slip_high'])})."
        if not math.isnan(numbers["median_slip_months"])
        else (
            "Less than half of them have been delivered at all, so that no median delay exists; the 95 %"
            f" interval of the median begins at {_months(numbers['median_slip_low'])}."
        )
    )
    better = "better" if numbers["skill"] > 0 else "worse"
    text = (
        f"**{numbers['met']} of {numbers['due']} promises due by {parameters.as_of} were met in time"
        f" ({numbers['met_percent']:.0f} %, 95 % interval {numbers['met_percent_low']:.0f} to"
        f" {numbers['met_percent_high']:.0f} %).** {slip} By kind: {parts}. {len(ahead)} more were kept"
        " before their window closed and are counted apart. Read as probabilities, the wordings score"
        f" {numbers['brier']:.2f} (Brier, 0 perfect, 0.25 for always one half), {better} than the bare share"
        f" met ({numbers['brier_base_rate']:.2f})."
    )
    if later:
        text += f" {counted(later, 'promise made later is', 'promises made later are')} left out."
    return text
