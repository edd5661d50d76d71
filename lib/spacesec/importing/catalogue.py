"""A whole public catalog at once: OMM as CSV, column by column, straight to the satellites of sgp4.

The same checks as `spacesec.importing.orbits`, made on columns; whatever does not pass them goes through that
reader, line by line, which accepts it or says why not. Numbers are those of sgp4's own reader of OMM, bit for
bit; catalog numbers of nine digits stand beside the satellites, which carry none above Alpha-5.
"""

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import pi
from pathlib import Path

import numpy as np

from spacesec.astrodynamics import elements
from spacesec.data import lines
from spacesec.importing import orbits
from spacesec.importing.element_messages import Record
from spacesec.importing.found import Unplaced, ahead, digest

AT_ONCE = 10_000  # rows
PLAIN = re.compile(r"[0-9.eE+\-\n]*", re.ASCII)  # of numbers, one a line
# Texts of a column, one a line: designators, classes, whole numbers.
TEXTS = {
    "OBJECT_ID": re.compile(r"(?:(?:\d{4}-\d{3}[A-Z]{0,3})?\n)*", re.ASCII),
    "CLASSIFICATION_TYPE": re.compile(r"(?:[A-Z]?\n)*"),
    "ELEMENT_SET_NO": re.compile(r"(?:\d{0,7}\n)*", re.ASCII),
    "REV_AT_EPOCH": re.compile(r"(?:\d{0,6}\n)*", re.ASCII),
    "EPOCH": re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\n)*", re.ASCII),
}
BEGIN = np.datetime64("1949-12-31T00:00:00", "us")  # from which sgp4 counts days
DEGREE = pi / 180.0


@dataclass
class Catalog:
    """One set an object, of its newest epoch: catalog numbers as texts, epochs (UTC, microseconds), the
    satellites; how many rows were read, and the file's digest.
    """

    numbers: list[str]
    epochs: np.ndarray
    satellites: list
    rows: int
    sha256: str


def read(path: Path, report: Callable[[int], None] = lambda _: None) -> Catalog:
    """The catalog of an OMM file as CSV. report: told how many rows are read, now and then.

    Raises Unplaced for the first row that cannot be placed, and for a file that is no OMM as CSV.
    """
    numbers: list[str] = []
    epochs: list[np.ndarray] = []
    satellites: list = []
    for part in _parts(path):
        numbers += part[0]
        epochs.append(part[1])
        satellites += part[2]
        report(len(numbers))
    if not numbers:
        raise Unplaced(path, None, None, "it holds no element set; name a file of OMM as CSV")
    days, count = np.concatenate(epochs), len(numbers)
    if len(set(numbers)) < count:
        kept = _newest(numbers, days)
        numbers, days = [numbers[at] for at in kept], days[kept]
        satellites = [satellites[at] for at in kept]
    return Catalog(numbers, days, satellites, count, digest(path))


def _newest(numbers: list[str], epochs: np.ndarray) -> list[int]:
    """The places of each object's newest set, in the file's order."""
    held: dict[str, int] = {}
    for at, number in enumerate(numbers):
        if number not in held or epochs[at] > epochs[held[number]]:
            held[number] = at
    return sorted(held.values())


def _parts(path: Path) -> Iterator[tuple[list[str], np.ndarray, list]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            reader = csv.reader(file, strict=True)
            header = [name.strip().upper() for name in next(reader, [])]
            if missing := [name for name in (*orbits.NEEDED, "NORAD_CAT_ID") if name not in header]:
                why = f"it lacks {', '.join(missing)}; name a file of OMM as CSV"
                raise Unplaced(path, 1, None, why)
            ended = _ends(path)
            while part := list(islice(reader, AT_ONCE)):
                if not ended and part[-1] and not part[-1][-1] and len(part) < AT_ONCE:
                    why = "its last cell is empty and no line end follows: it was cut"
                    raise Unplaced(path, reader.line_num, None, why)
                yield _part(path, header, part, reader.line_num - len(part) + 1)
        except (csv.Error, UnicodeDecodeError) as error:
            why = f"it does not read as CSV in UTF-8 ({type(error).__name__}); download it again"
            raise Unplaced(path, None, None, why) from None


def _ends(path: Path) -> bool:
    """Whether the last line has an end."""
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) in b"\r\n"


def _part(path: Path, header: list[str], part: list[list[str]], begin: int):
    """Numbers, epochs and satellites of some rows."""
    if set(map(len, part)) == {len(header)}:
        columns = dict(zip(header, zip(*part)))
        values = _values(columns)
        if values is not None:
            return list(columns["NORAD_CAT_ID"]), *_satellites(columns, values)
    rows = []
    for line, cells in enumerate(part, start=begin):
        if cells == header or not any(cells):
            continue
        if len(cells) != len(header):
            why = f"it has {len(cells)} cells where the header has {len(header)}; download it again"
            raise Unplaced(path, line, None, why)
        record = Record(line, dict(zip(header, (cell.strip() for cell in cells))))
        rows.append(orbits.row_of(path, record).cells)
    epochs = np.array([cells["epoch_utc"].removesuffix("Z")[:26] for cells in rows], "datetime64[us]")
    return [cells["norad_id"] for cells in rows], epochs, elements.from_fields(rows)


def _values(columns: dict[str, tuple[str, ...]]) -> dict[str, np.ndarray] | None:
    """Every number and the epochs, as columns; None where one is not as it should be."""
    for name, carried in orbits.CARRIED.items():
        if name in columns and not set(columns[name]) <= set(carried):
            return None
    epochs = columns["EPOCH"]
    if ahead(max(epochs)) or any(map(_before_launch, columns.get("OBJECT_ID", ()), epochs)):
        return None
    for name, form in TEXTS.items():
        if name in columns and not form.fullmatch("\n".join(columns[name]) + "\n"):
            return None
    values = {}
    try:
        for name, (low, high) in orbits.BOUNDS.items():
            texts = columns.get(name, ("0",) * len(epochs))
            if not PLAIN.fullmatch("\n".join(texts)):
                return None
            values[name] = np.array(list(map(float, texts)))
            if not ((values[name] >= low) & (values[name] <= high)).all():
                return None
        numbers = np.array(list(map(int, columns["NORAD_CAT_ID"])))
        values["EPOCH"] = np.array(epochs, "datetime64[us]")
    except ValueError:
        return None
    axis = (398600.8 * (86400 / (2 * pi * values["MEAN_MOTION"])) ** 2) ** (1 / 3)
    low = (axis * (1 - values["ECCENTRICITY"]) - 6378.135).min()
    right = (
        (numbers > 0).all() and (numbers <= orbits.WHOLE["NORAD_CAT_ID"]).all() and low >= orbits.LOWEST_KM
    )
    years = values["EPOCH"].astype("datetime64[Y]").astype(int) + 1970
    return values | {"NORAD_CAT_ID": numbers} if right and ((years >= 1957) & (years < 2100)).all() else None


def _before_launch(designator: str, epoch: str) -> bool:
    return designator[:4] > epoch[:4]


def _satellites(
    columns: dict[str, tuple[str, ...]], values: dict[str, np.ndarray]
) -> tuple[np.ndarray, list]:
    from sgp4.api import WGS72, Satrec

    days = (values["EPOCH"] - BEGIN).astype(np.int64) / 10**6 / 86400.0
    numbers = np.where(values["NORAD_CAT_ID"] <= lines.LAST_ALPHA5, values["NORAD_CAT_ID"], 0)
    given = zip(
        numbers.tolist(),
        days.tolist(),
        values["BSTAR"].tolist(),
        (values["MEAN_MOTION_DOT"] / (1036800.0 / pi)).tolist(),
        (values["MEAN_MOTION_DDOT"] / (2985984000.0 / 2.0 / pi)).tolist(),
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
    return values["EPOCH"], made
