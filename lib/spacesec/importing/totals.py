"""Whether the totals of a table are those of the lines above or below them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from spacesec.importing.found import Row

# Names of totals; 一般会計 and 設計 are none.
TOTALS = re.compile(
    r"計|.*(?:[合総小中累]計|総額)額?|.*(?:会計|府|省|庁|局|部|課|関係|分)計|(?:sub|grand)?[- ]?total",
    re.IGNORECASE,
)
ASIDE = re.compile(r"[\s()（）\[\]【】〔〕［］〈〉・]")
INNER = re.compile(
    r"[\s(（\[【〔［〈・※]*(?:うち|内数|再掲)|.*[(（\[【〔［〈]?(?:再掲|内数)[)）\]】〕］〉]?$"
)


def is_total(row: Row) -> bool:
    return bool(TOTALS.fullmatch(ASIDE.sub("", row.cells["item"])))


def apart(rows: list[Row]) -> tuple[list[Row], int]:
    """The totals that are not the sum of the lines above or below them in their column, and how many are.
    Each line may be rounded or cut by one step of the table's last written digit.

    A sum begins and ends at another total, of the whole or of a part, and may be one of totals. Lines that
    others hold (うち, 再掲) count or do not, whichever fits.
    """
    step = min((_step(row) for row in rows), default=Decimal(0))
    columns = defaultdict(list)
    for row in rows:
        columns[tuple(row.cells[name] for name in ("period", "stage", "unit"))].append(row)
    off, right = [], 0
    for column in columns.values():
        totals = [number for number, row in enumerate(column) if is_total(row)]
        for number in totals:
            value = Decimal(column[number].cells["value"])
            sums = [parts for parts in _sums(column, totals, number) if len(parts) > 1]
            if any(abs(sum(parts) - value) <= step * len(parts) for parts in sums):
                right += 1
            elif sums:
                off.append(column[number])
    return off, right


def _sums(column: list[Row], totals: list[int], number: int) -> Iterator[list[Decimal]]:
    """The lines that a total may be the sum of."""
    starts = [0, *(one + 1 for one in totals if one < number)]
    ends = [*(one for one in totals if one > number), len(column)]
    spans = [(start, number) for start in starts] + [(number + 1, end) for end in ends]
    for first, last in spans:
        span = column[first:last]
        lines = [row for row in span if not is_total(row)]
        outer = [row for row in lines if not INNER.match(row.cells["item"])]
        for parts in (lines, outer, [row for row in span if is_total(row)]):
            yield [Decimal(row.cells["value"]) for row in parts]


def told_once(rows: list[Row]) -> tuple[list[Row], int]:
    """The rows without totals of one name with several values (小計), and how many these are."""
    values = defaultdict(set)
    for row in rows:
        values[_key(row)].add(row.cells["value"])
    kept = [row for row in rows if not (is_total(row) and len(values[_key(row)]) > 1)]
    return kept, len(rows) - len(kept)


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row.cells[name] for name in ("item", "place", "period", "stage"))


def _step(row: Row) -> Decimal:
    """What one of the last written digit is worth; of a value alone one of its last digit."""
    value = Decimal(row.cells["value"])
    return Decimal(row.cells.get("step") or Decimal(1).scaleb(int(value.as_tuple().exponent)))
