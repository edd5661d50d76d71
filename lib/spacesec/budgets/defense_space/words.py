"""The words of the question ``defense_space``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets.defense_space.model import DENOMINATORS, Parameters, _alone


def answer(p: Parameters, results: dict[str, Result], plan: dict[str, pd.Series]) -> str:
    r = {name: result.value for name, result in results.items()}
    years = " and ".join(
        filter(
            None,
            [
                ", ".join(f"FY{y}" for y in r["envelope_unknown_years"][:-1]),
                *(f"FY{y}" for y in r["envelope_unknown_years"][-1:]),
            ],
        )
    )
    asked = "".join(
        f" For {year} the request alone could be read: about {amount:.1f}."
        for year, amount in r["envelope_unknown_years_requests"].items()
    )
    needed = r["envelope_needed_per_unknown_year"]
    lines = [
        (
            f"The ministry put its space spending for FY2025 at **{r['space_total_2025']:.1f} billion yen**"
            f" on contract basis, {_alone(p.scope)} ({r['overlap_2025']:.1f} billion yen count twice in its"
            " programme)."
        ),
        (
            "The Cabinet Office counts far less: in FY2019 the ministry's own total was"
            f" {r['two_counts_ratio_2019']:.1f} times as high. The two are never joined."
        ),
        (
            f"Of what was asked, {r['granted_percent_constellation']:.0f} percent was granted for the"
            f" target-tracking constellation and {r['granted_percent_communications']:.0f} percent for the"
            " next communications satellite."
        ),
        (
            f"Toward the plan's {p.envelope_bn_jpy:,.0f} billion yen for FY2023-27, {r['envelope_known']:.0f}"
            f" billion yen are known, **{r['envelope_known_percent']:.0f} percent**; no total could be read"
            f" for {years}, "
            "which would"
            f" {f'have to bring {needed:.0f} billion yen each' if needed else 'not have to bring any more'}.{asked}"
        ),
    ]
    if r["space_share_percent"]:
        year, share = list(r["space_share_percent"].items())[-1]
        lines.append(
            f"In {year} the ministry's own total came to {share:.1f} percent of:"
            f" {DENOMINATORS[p.denominator]}"
            + ("." if p.denominator == "new_contracts" else " (contracts over a yearly budget).")
        )
    lines.append(
        f"The space units grew from {r['personnel_growth'][0]} to {r['personnel_growth'][1]} people."
    )
    return "\n\n".join(lines)
