"""The words of the question ``positioning``."""

import numpy as np
import pandas as pd

from spacesec.answers import Result
from spacesec.regional_cooperation.positioning import fleets
from spacesec.regional_cooperation.positioning.model import FIFTH, SEVENTH, Parameters
from spacesec.words.numerals import spelled


def words(v: float | None) -> str:
    """A PDOP as a reader wants it."""
    return "no fix half the day" if v is None or not np.isfinite(v) else f"{v:.1f}"


def answer(
    p: Parameters,
    results: dict[str, Result],
    chosen: fleets.Fleet,
    now: list[str],
    day: pd.Timestamp,
    set_age_days: int,
    no_place: list[str],
    no_set: list[str],
) -> str:
    r = {name: result.value for name, result in results.items()}
    names = " and ".join(dict.fromkeys(chosen.systems))
    clock = "one common clock" if p.clock == "common" else "a clock for each system"
    india = r["india_usable_points"]
    most = max(india, key=india.get)
    alone = np.mean(list(r["qzss_alone_usable_percent"].values()))
    five = spelled(len(now))
    age = f" The oldest of their element sets was {set_age_days} days old." if set_age_days else ""
    lines = [
        "**India.** On nominal orbits India's seven satellites as designed raise the usable time of Japan's"
        f" {five} from {alone:.1f}% to {alone + np.mean(list(india.values())):.1f}% of the day (mean over the"
        f" sites; most at {most}, by {india[most]:.0f} points). On the real orbits of {day:%B %Y}, with the"
        " satellites that India then had in service, it rises from"
        f" {np.mean(list(r['real_qzss_usable_percent'].values())):.0f}% to"
        f" {np.mean(list(r['real_joint_usable_percent'].values())):.0f}%.{age}"
    ]
    lost, seventh = r["qzs5_usable_points"], r["qzs7_usable_points"]
    brings = (
        f"{SEVENTH}, which serves, brings"
        if SEVENTH in now
        else f"{SEVENTH}, in orbit but not known to serve yet, would bring"
    )
    lines.append(
        f"**{FIFTH}.** Its loss costs the {five} {np.mean(list(lost.values())):.0f} points of usable time"
        f" (mean over the sites; most at {max(lost, key=lost.get)}, {max(lost.values()):.0f}). {brings}"
        f" {np.mean(list(seventh.values())):.0f}, the planned seven would"
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
    return "\n\n".join(filter(None, [*lines, _left_out(no_place, no_set)]))


def _left_out(no_place: list[str], no_set: list[str]) -> str:
    """What stands in no fleet and why; empty where everything does."""
    told = [
        f"No nominal orbit is assumed for {', '.join(no_place)}." if no_place else "",
        f"No element set is at hand of {', '.join(no_set)}." if no_set else "",
    ]
    found = " ".join(filter(None, told))
    return f"**Left out.** {found}" if found else ""
