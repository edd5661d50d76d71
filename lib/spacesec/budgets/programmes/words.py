"""The words of the question ``programmes``."""

import pandas as pd

from spacesec.answers import Result
from spacesec.budgets.programmes.model import STAGES, Parameters


def answer(p: Parameters, results: dict[str, Result], wide: pd.DataFrame, unit: str) -> str:
    r = {name: result.value for name, result in results.items()}
    names = wide.groupby("project_id")["project"].first()
    shares = {name: share for name, share in r["supplementary_share_percent"].items() if name in names}
    lines = [
        f"The reconnaissance satellites' initial budget stood still between {r['igs_initial_low']:.1f} and"
        f" {r['igs_initial_high']:.1f} billion yen for ten years, while supplementaries grew from"
        f" {r['igs_supplementary_first']:.1f} to {r['igs_supplementary_last']:.1f}:"
        f" **{r['igs_supplementary_share_first_percent']:.0f} percent of the money in FY2017,"
        f" {r['igs_supplementary_share_last_percent']:.0f} percent in FY2025**."
    ]
    if shares:
        most = max(shares, key=shares.get)
        share = f"on supplementary budgets ({shares[most]:.0f} percent of what was voted)."
        lines.append(
            f"Among the {len(r['shown_total'])} chosen projects FY{p.first_year}-{p.last_year},"
            f" *{names[most]}* leans most {share}"
            if len(r["shown_total"]) > 1
            else (
                f"*{names[most]}*, the one chosen project with money shown FY{p.first_year}-{p.last_year},"
                f" leans {share}"
            )
        )
    if r["carried_percent"]:
        late = max(r["carried_percent"], key=r["carried_percent"].get)
        lines.append(
            f"*{names[late]}* carries most into the next year: {r['carried_percent'][late]:.0f} percent of"
            " what could be spent in a year."
        )
    largest = max(r["shown_total"], key=r["shown_total"].get)
    lines.append(
        f"The largest of them is *{names[largest]}* with {r['shown_total'][largest]:,.1f} {unit},"
        f" {STAGES[p.stage]}."
    )
    low, high = r["igs_per_satellite_year"]
    lines.append(
        f"A reconnaissance satellite in orbit cost {low:.1f} to {high:.1f} billion yen a year (FY2017-24, all"
        f" programme money). The constellation's contract comes to {r['constellation_per_year']:.0f} billion"
        f" yen a year; with more than about {r['parity_satellites']:.0f} satellites it is cheaper per"
        " satellite-year, but no number of satellites was found and the satellites are not alike."
    )
    return "\n\n".join(lines)
