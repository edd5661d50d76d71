"""Element sets of a whole catalog by columns: OMM as CSV as its publishers write it, one set an object.

The same checks as `spacesec.importing.orbits`, made on whole columns. A file that does not pass them, or is
written in another way (quotes, other separators, an object twice), is left to the reader of rows, which
accepts it or says why not. Rows and their texts are made from the file's own lines, where they are asked for.
"""

import io
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from spacesec.data.redundancy import heights_km
from spacesec.importing import element_fields as fields
from spacesec.importing.element_messages import Record
from spacesec.importing.found import ahead

# Texts of a column, one a line: designators, classes, whole numbers, epochs.
TEXTS = {
    "OBJECT_ID": re.compile(r"(?:(?:\d{4}-\d{3}[A-Z]{0,3})?\n)*", re.ASCII),
    "CLASSIFICATION_TYPE": re.compile(r"(?:[A-Z]?\n)*"),
    "EPHEMERIS_TYPE": re.compile(r"(?:0?\n)*"),
    "ELEMENT_SET_NO": re.compile(r"(?:\d{0,7}\n)*", re.ASCII),
    "REV_AT_EPOCH": re.compile(r"(?:\d{0,6}\n)*", re.ASCII),
    "NORAD_CAT_ID": re.compile(r"(?:[1-9]\d{0,8}\n)*", re.ASCII),
    "EPOCH": re.compile(r"(?:\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?\n)*", re.ASCII),
}
POWER = re.compile(b"," + fields.POWER.pattern.encode())
WHOLE = ("NORAD_CAT_ID", "EPHEMERIS_TYPE", "ELEMENT_SET_NO", "REV_AT_EPOCH")


class Sets(Sequence):
    """The sets of a file: ``values`` (keyword -> numbers), ``texts`` (keyword -> texts), ``epochs``; as rows
    by place, as a table by `frame`.
    """

    def __init__(
        self, path: Path, held: bytes, header: list[str], texts: dict[str, list[str]], values, epochs
    ):
        self.path, self.held, self.header, self.epochs = path, held, header, epochs
        self.values = values
        self.texts = {name: np.array(one, object) for name, one in texts.items()}

    @cached_property
    def lines(self) -> list[str]:
        return self.held.decode("utf-8-sig").replace("\r\n", "\n").split("\n")[1:]

    def __len__(self) -> int:
        return len(self.epochs)

    def __getitem__(self, place):
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        told = dict(zip(self.header, (cell.strip() for cell in self.lines[at].split(","))))
        texts = {name: told.get(name) or fields.SILENT.get(name, "") for name in fields.KEYWORDS}
        cells = {column: texts[name] for name, (column, _) in fields.KEYWORDS.items()}
        cells["epoch_utc"] += "Z"
        return fields.finished(self.path, Record(at + 2, told), cells)

    def frame(self) -> pd.DataFrame:
        """As `spacesec.importing.orbits.frame` has the same rows."""
        made: dict[str, object] = {}
        for keyword, (column, _) in fields.KEYWORDS.items():
            texts = self.texts.get(keyword)
            if keyword in self.values:
                made[column] = self.values[keyword]
            elif texts is None and keyword in WHOLE:
                made[column] = pd.array([pd.NA] * len(self), dtype="Int64")
            elif texts is None:
                one = fields.SILENT.get(keyword, pd.NA)
                made[column] = pd.Series(one, index=range(len(self)), dtype=object)
            elif keyword in WHOLE:
                made[column] = _whole_numbers(texts)
            elif keyword in TEXTS:  # without a space, as its form has none
                made[column] = pd.Series(np.where(texts == "", pd.NA, texts), dtype=object)
            else:
                made[column] = pd.Series([text.strip() or pd.NA for text in texts], dtype=object)
        numbers = self.texts["NORAD_CAT_ID"]
        heights = heights_km(self.values["MEAN_MOTION"], self.values["ECCENTRICITY"])
        made |= {
            "epoch_utc": pd.Series([f"{text}Z" for text in self.texts["EPOCH"]], dtype=object),
            "epoch_date": self.epochs.astype("datetime64[D]").astype("datetime64[us]"),
            **{name: np.round(height, 1) for name, height in heights.items()},
            "locator": [f"line {at}, set of {number}" for at, number in enumerate(numbers, start=2)],
        }
        return pd.DataFrame(made)[list(fields.COLUMNS)]


def _whole_numbers(texts: np.ndarray) -> object:
    """Whole numbers, missing where a text is empty."""
    empty = texts == ""
    numbers = np.array(list(map(int, np.where(empty, "0", texts))), np.int64)
    return pd.arrays.IntegerArray(numbers, empty)


def whole(path: Path) -> Sets | None:
    """The sets of a file, None where it is to be read row by row."""
    held = path.read_bytes()
    head, _, _ = held.partition(b"\n")
    header = head.removeprefix(b"\xef\xbb\xbf").decode("ascii", "replace").strip().split(",")
    count = held.count(b"\n")
    regular = held.count(b",") == count * (len(header) - 1) and held.endswith(b"\n") and count > 1
    known = set(fields.NEEDED) | {"NORAD_CAT_ID"}
    if not regular or len(set(header)) < len(header) or not known <= set(header):
        return None
    powers = (POWER.match(held, held.rfind(b",", 0, at)) for at in _may_be_powers(held))
    if b'"' in held or any(powers) or {"CREATION_DATE", "COMMENT"} & set(header):
        return None
    kinds = {name: float if name in fields.BOUNDS else object for name in header}
    try:
        read = pd.read_csv(io.BytesIO(held), dtype=kinds, na_filter=False, names=header, header=0)
    except (ValueError, pd.errors.ParserError):
        return None
    texts = {name: read[name].to_list() for name in header if name not in fields.BOUNDS}
    values = {name: read[name].to_numpy() for name in header if name in fields.BOUNDS}
    epochs = _epochs(texts["EPOCH"]) if len(read) == count - 1 else None
    if epochs is None or not _right(texts, values) or all(map(fields.rounded, values["MEAN_MOTION"])):
        return None
    return Sets(path, held, header, texts, values, epochs)


def _may_be_powers(held: bytes) -> list[int]:
    """Where an E before a plus or a digit stands: few places of a file, whose cells are then looked at."""
    signs = np.frombuffer(held, np.uint8)
    places = np.flatnonzero((signs[:-1] | 0x20) == ord("e"))  # of either case
    after = signs[places + 1]
    return places[(after == ord("+")) | (ord("0") <= after) & (after <= ord("9"))].tolist()


def _epochs(texts: list[str]) -> np.ndarray | None:
    """The epochs in microseconds of UTC; None for one that is none, or of a year that has no sets."""
    if not TEXTS["EPOCH"].fullmatch("\n".join(texts) + "\n") or ahead(max(texts)) or min(texts) < "1957":
        return None
    try:
        return np.array(texts, "datetime64[us]")
    except ValueError:
        return None


def _right(texts: dict[str, list[str]], values: dict[str, np.ndarray]) -> bool:
    """Whether every column but the epochs is as the reader of rows accepts it, and no object stands there
    twice.
    """
    for name, carried in fields.CARRIED.items():
        if name in texts and not set(texts[name]) <= set(carried):
            return False
    for name, form in TEXTS.items():
        if name in texts and name != "EPOCH" and not form.fullmatch("\n".join(set(texts[name])) + "\n"):
            return False
    for name, (low, high) in fields.BOUNDS.items():
        if name in values and not ((values[name] >= low) & (values[name] <= high)).all():  # false of nan, too
            return False
    if len(set(texts["NORAD_CAT_ID"])) < len(texts["NORAD_CAT_ID"]):
        return False
    launched = texts.get("OBJECT_ID", [])
    if any(designator[:4] > epoch[:4] for designator, epoch in zip(launched, texts["EPOCH"])):
        return False  # an object of a later year than its epoch
    heights = heights_km(values["MEAN_MOTION"], values["ECCENTRICITY"])
    return bool((heights["perigee_km"] >= fields.LOWEST_KM).all())
