"""Constellations of the missile-warning questions, and what losses do to them.

The Tracking Layer is modelled from what is published of its tranches; seats of geostationary satellites are
what-if.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from spacesec.astrodynamics import orbits
from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.words.sentences import Sentence, month, result, say

GEO_SEATS_DEG = (
    100.0,
    165.0,
)  # what-if seats: no source for the longitudes of the SBIRS satellites was found
# of the Tracking Layer's first plane: any, but not that of an own layer, whose satellites it would hide
# behind
NODE_DEG = 20.0
STEREO_DEG = 20.0  # lines of sight that cross at less fix the distance badly
DRAWS, SEED = 200, 20_240_410
TABLE = "missile_warning/constellations"
# What the Tracking Layer is modelled from: the tilt is published for the tranche before alone.
MODELLED = {
    "satellites": "Tracking Layer Tranche 1",
    "planes": "Tracking Layer Tranche 1",
    "altitude_km": "Tracking Layer Tranche 1",
    "inclination_deg": "Tracking Layer Tranche 0",
}


def stated(system: str, attribute: str) -> pd.Series:
    """The newest statement on one attribute of a system, a row of the table. Raises DataError where there is
    none.
    """
    rows = tables.settled(TABLE)
    rows = rows[rows["system"].eq(system) & rows["attribute"].eq(attribute)]
    if rows.empty:
        raise DataError(
            f"data/{TABLE}.csv has no statement on {attribute} of {system!r}; restore it, or add the row"
        )
    return rows.sort_values("statement_date", kind="stable").iloc[-1]


def tracking_statements() -> pd.DataFrame:
    """The statements that the Tracking Layer is modelled from, by attribute."""
    return pd.DataFrame({name: stated(system, name) for name, system in MODELLED.items()}).T


def evenly(satellites: float, planes: int) -> int:
    """How many of the satellites fill the planes evenly: what the patterns ask for."""
    return int(satellites) // planes * planes


def tracking_layer() -> orbits.Constellation:
    """Tranche 1 as published (satellites, planes, altitude), with the inclination published for Tranche 0 and
    neighbors half a place apart.
    """
    value = tracking_statements()["value"]
    planes = int(value["planes"])
    return orbits.street_star(
        evenly(value["satellites"], planes),
        planes,
        float(value["altitude_km"]),
        float(value["inclination_deg"]),
        180 / planes,
        node_deg=NODE_DEG,
    )


@dataclass(frozen=True)
class Basis:
    """What the layers are modelled from: how many statements of how many on record, and the newest one's
    day.
    """

    used: int
    on_record: int
    newest: date

    def plain(self) -> dict[str, int | str]:
        return {"used": self.used, "on_record": self.on_record, "newest": f"{self.newest:%Y-%m-%d}"}


def basis_words() -> Sentence:
    """What the layers are modeled from, in words; needs the result ``basis``."""
    return say(
        "{used} of {all} statements on record, the newest of {newest}",
        used=result("basis", "used"),
        all=result("basis", "on_record"),
        newest=month(result("basis", "newest")),
    )


def basis(*more: pd.Series) -> Basis:
    """The Tracking Layer's statements, and further ones, among those on record."""
    used = pd.concat([tracking_statements(), pd.DataFrame(more)])
    return Basis(len(used), len(tables.load(TABLE)), used["statement_date"].max())


def sources() -> tuple[str, ...]:
    """Sources of the rows the Tracking Layer is modelled from."""
    return tuple(dict.fromkeys(tracking_statements()["source_id"]))


def losses(view: np.ndarray, planes: np.ndarray, counts: tuple[int, ...]) -> pd.DataFrame:
    """Availability (percent) of one and two satellites after losses, from who sees when (N, T).

    Random losses: lowest, median and highest of DRAWS seeded draws. Plane: the plane that is missed most.
    Worst: satellites taken one after the other, each time the one that is missed most at the place (a greedy
    search, so no less harm than shown is certain).
    """
    number, total, random = len(view), view.sum(axis=0), np.random.default_rng(SEED)
    rows = []

    def add(kind, lost, share, fold):
        rows.append(
            {"loss": kind, "lost": lost, "fold": fold, "low": share[0], "median": share[1], "high": share[2]}
        )

    for fold in (1, 2):
        whole = 100 * (total >= fold).mean()
        add("none", 0, (whole,) * 3, fold)
        for lost in counts:
            shares = [
                100 * (total - view[random.choice(number, lost, replace=False)].sum(axis=0) >= fold).mean()
                for _ in range(DRAWS)
            ]
            add("random", lost, (min(shares), float(np.median(shares)), max(shares)), fold)
            left = total.copy()
            remaining = list(range(number))
            for _ in range(lost):
                harm = [((left - view[k]) >= fold).sum() for k in remaining]
                left = left - view[remaining.pop(int(np.argmin(harm)))]
            add("worst found", lost, (100 * (left >= fold).mean(),) * 3, fold)
        for_plane = [100 * (total - view[planes == k].sum(axis=0) >= fold).mean() for k in np.unique(planes)]
        add(
            "one plane",
            int((planes == planes[0]).sum()),
            (min(for_plane), float(np.median(for_plane)), max(for_plane)),
            fold,
        )
    return pd.DataFrame(rows)


def median_loss(view: np.ndarray, lost: int) -> np.ndarray:
    """Mask of the satellites left in the draw of median availability."""
    number, total, random = len(view), view.sum(axis=0), np.random.default_rng(SEED)
    draws = [random.choice(number, lost, replace=False) for _ in range(DRAWS if lost else 1)]
    order = np.argsort([(total - view[d].sum(axis=0) >= 1).mean() for d in draws], kind="stable")
    return ~np.isin(np.arange(number), draws[order[len(draws) // 2]])
