"""Money and prices by year, exact: tables of ministries (XLSX, CSV, pasted text), the budget review system,
World Bank, FRED, IMF, ECB and e-Stat files.

A row is one value of one item and period. ``year_kind`` keeps fiscal years (from April in Japan) apart from
calendar ones, which are never turned into each other; ``value`` is in single units, ``amount_bn`` a billionth
of it.
"""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from spacesec.importing import amounts, decoded, ministry_tables, published
from spacesec.importing.found import LEFT_OUT, Found, Row, Unplaced, ahead_year, content, digest, tallied
from spacesec.words.language import noted

COLUMNS = (
    "item",
    "code",
    "place",
    "period",
    "period_precision",
    "year_kind",
    "stage",
    "value",
    "amount_bn",
    "unit",
    "approximate",
    "estimate",
    "marks",
    "locator",
)
# Of these there is one value; the publisher's code tells items of one name apart.
KEY = ("item", "period", "code", "place", "period_precision", "stage")


class Reader:
    """One file: what was left out, what is asked of it."""

    def __init__(self, path: Path, unit: str, brackets: str):
        self.path, self.unit, self.brackets = path, unit, brackets
        self.Unplaced = partial(Unplaced, path)
        self.left: Counter = Counter()
        self.seen: dict[tuple, tuple[str, str]] = {}

    def row(self, at: int | str, cells: dict[str, str]) -> Iterator[Row]:
        """The row, once; raises Unplaced where the file gives the same item and period another value."""
        if int(cells["period"][:4]) > ahead_year():
            why = f"it is a year after {ahead_year()}, which no plan reaches; look at its heading"
            raise self.Unplaced(at, cells["period"][:4], why)
        key = tuple(cells.get(name, "") for name in KEY)
        said = cells["value"]
        before, place = self.seen.setdefault(key, (said, str(at)))
        if before != said:
            raise self.Unplaced(at, said, f"{place} gives {key[0]} in {key[1]} as {before}; keep one")
        if place != str(at):
            self.left[noted("values that stand there again")] += 1
            return
        shown = f"line {at}" if isinstance(at, int) else at
        yield Row(
            f"{self.path.name}, {shown}",
            {name: cells.get(name, "") for name in COLUMNS[:-1]} | {"locator": cells.get("locator", shown)},
        )


def read(path: Path, unit: str = "", brackets: str = "") -> Found:
    """The values of a file by item and period.

    unit: of a table that names none (``億円``). brackets: ``negative`` or ``part``, what (5) means. Raises
    Unplaced for a number, a unit, a heading or a period that cannot be placed.
    """
    if brackets not in ("", "negative", "part"):
        raise Unplaced(path, None, brackets, "brackets takes negative or part")
    if unit:
        try:
            amounts.scaled(unit)
        except ValueError as error:
            raise Unplaced(path, None, unit, f"{error}") from None
    reader = Reader(path, unit, brackets)
    rows = list(_shape(reader))
    if not rows:
        raise Unplaced(path, None, None, "it holds no value of a year that is known; name the right table")
    last = max(row.cells["period"] for row in rows)
    notes = tallied(reader.left, LEFT_OUT)
    return Found(rows, COLUMNS, path.name, digest(path), last, notes)


def _shape(reader: Reader) -> Iterator[Row]:
    if content(reader.path).startswith((b"PK", b"\xd0\xcf")):
        return ministry_tables.read(reader)
    whole, _ = decoded.text(reader.path)
    read_as = published.form(whole)
    return read_as(reader, whole) if read_as else ministry_tables.read(reader)
