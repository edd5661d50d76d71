"""A whole public catalog: its numbers and epochs at once, the satellites of sgp4 where they are asked for.

OMM as CSV goes by columns (`spacesec.importing.element_columns`), any other form and whatever is not regular
by rows. Numbers are those of sgp4's own reader of OMM, bit for bit; catalog numbers of nine digits stand
beside the satellites, which carry none above Alpha-5.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from math import pi
from pathlib import Path

import numpy as np

from spacesec.astrodynamics import elements
from spacesec.data import lines
from spacesec.importing import element_columns, orbits
from spacesec.importing.element_columns import Sets
from spacesec.importing.found import content, digest

BEGIN = np.datetime64("1949-12-31T00:00:00", "us")  # from which sgp4 counts days
DEGREE = pi / 180.0


@dataclass
class Catalog:
    """One set an object, of its newest epoch: catalog numbers as texts, epochs (UTC, microseconds), the
    file's digest, and the satellites, made once.
    """

    numbers: list[str]
    epochs: np.ndarray
    sha256: str
    make: Callable[[], list]

    @cached_property
    def satellites(self) -> list:
        """Of sgp4, in the order of the numbers."""
        return self.make()


def read(path: Path) -> Catalog:
    """The catalog of a file of element sets. Raises Unplaced for the first set that cannot be placed."""
    content(path)
    if sets := element_columns.whole(path):
        numbers = list(sets.texts["NORAD_CAT_ID"])
        return Catalog(numbers, sets.epochs, digest(path), lambda: _satellites(sets))
    cells = [row.cells for row in orbits.read(path).rows]
    epochs = np.array([one["epoch_utc"].removesuffix("Z")[:26] for one in cells], "datetime64[us]")
    numbers = [one["norad_id"] for one in cells]
    return Catalog(numbers, epochs, digest(path), lambda: elements.from_fields(cells))


def _satellites(sets: Sets) -> list:
    from sgp4.api import WGS72, Satrec

    values, none = sets.values, np.zeros(len(sets))
    days = (sets.epochs - BEGIN).astype(np.int64) / 10**6 / 86400.0
    whole = sets.texts["NORAD_CAT_ID"].astype("U9").astype(np.int64)
    numbers = np.where(whole <= lines.LAST_ALPHA5, whole, 0)
    given = zip(
        numbers.tolist(),
        days.tolist(),
        values["BSTAR"].tolist(),
        (values.get("MEAN_MOTION_DOT", none) / (1036800.0 / pi)).tolist(),
        (values.get("MEAN_MOTION_DDOT", none) / (2985984000.0 / 2.0 / pi)).tolist(),
        values["ECCENTRICITY"].tolist(),
        (values["ARG_OF_PERICENTER"] * DEGREE).tolist(),
        (values["INCLINATION"] * DEGREE).tolist(),
        (values["MEAN_ANOMALY"] * DEGREE).tolist(),
        (values["MEAN_MOTION"] / 720.0 * pi).tolist(),
        (values["RA_OF_ASC_NODE"] * DEGREE).tolist(),
    )
    made = [Satrec() for _ in days]
    for satellite, one in zip(made, given):
        satellite.sgp4init(WGS72, "i", *one)
    return made
