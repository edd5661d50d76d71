"""The words of the question ``positioning``."""

import numpy as np

from spacesec.answers import Result
from spacesec.regional_cooperation.positioning import fleets
from spacesec.regional_cooperation.positioning.model import Parameters


def words(v: float | None) -> str:
    """A PDOP as a reader wants it."""
    return "no fix half the day" if v is None or not np.isfinite(v) else f"{v:.1f}"


def answer(p: Parameters, results: dict[str, Result], chosen: fleets.Fleet) -> str:
    r = {name: result.value for name, result in results.items()}
    names = " and ".join(dict.fromkeys(chosen.systems))
    clock = "one common clock" if p.clock == "common" else "a clock for each system"
    india = r["india_usable_points"]
    most = max(india, key=india.get)
    alone = np.mean(list(r["qzss_alone_usable_percent"].values()))
    lines = [
        "**India.** On nominal orbits India's seven satellites as designed raise the usable time of Japan's"
        f" five from {alone:.1f}% to {alone + np.mean(list(india.values())):.1f}% of the day (mean over the"
        f" sites; most at {most}, by {india[most]:.0f} points). On the real orbits of July 2026, with the"
        " satellites that India then had in service, it rises from"
        f" {np.mean(list(r['real_qzss_usable_percent'].values())):.0f}% to"
        f" {np.mean(list(r['real_joint_usable_percent'].values())):.0f}%."
    ]
    lost, seventh = r["qzs5_usable_points"], r["qzs7_usable_points"]
    lines.append(
        f"**QZS-5.** Its loss costs the five {np.mean(list(lost.values())):.0f} points of usable time (mean"
        f" over the sites; most at {max(lost, key=lost.get)}, {max(lost.values()):.0f}). QZS-7, in orbit but"
        f" not known to serve yet, would bring {np.mean(list(seventh.values())):.0f}, the planned seven would"
        f" be usable {np.mean(list(r['seven_usable_percent'].values())):.0f}% of the day (mean over the"
        f" sites; {r['seven_usable_percent'][p.sites[0]]:.0f}% at {p.sites[0]})."
    )
    lines.append(
        f"**{names}, {r['satellites']} satellites** ({p.orbits} orbits, mask {p.mask_deg:g}°, {clock}): "
        + "; ".join(
            f"{s} median PDOP {words(r['median_pdop'][s])}, usable {r['usable_percent'][s]:.0f}% of the day"
            for s in p.sites
        )
        + "."
    )
    lines.append(
        "**Reach.** India's system as designed is usable for 95% of the day in"
        f" {r['navic_box_usable_percent']:.0f}% of the area between 30° S and 50° N, 30° and 130° E."
    )
    return "\n\n".join(lines)
