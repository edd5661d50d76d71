"""Whether the totals of a table are those of the lines above them."""

import re
from collections import defaultdict
from decimal import Decimal

from spacesec.importing.found import Row

TOTALS = re.compile(r"計|総額|total|.*(?:合計|総計)額?", re.IGNORECASE)
ASIDE = re.compile(r"[\s()（）\[\]【】〔〕]")


def apart(rows: list[Row]) -> tuple[list[Row], int]:
    """The totals that are not the sum of the lines above them (since the last total) in their column, and how
    many are. Each number may be rounded by half a step of the table's last digit.

    Totals of a table whose lines hold one another (うち) are never such sums: then all are apart.
    """
    step = min((_step(row) for row in rows), default=Decimal(0))
    columns = defaultdict(list)
    for row in rows:
        columns[tuple(row.cells[name] for name in ("period", "stage", "place", "unit"))].append(row)
    off, right = [], 0
    for column in columns.values():
        parts: list[Decimal] = []
        for row in column:
            value = Decimal(row.cells["value"])
            if not TOTALS.fullmatch(ASIDE.sub("", row.cells["item"])):
                parts.append(value)
                continue
            if len(parts) > 1 and abs(sum(parts) - value) <= step * (len(parts) + 1) / 2:
                right += 1
            elif len(parts) > 1:
                off.append(row)
            parts = []
    return off, right


def _step(row: Row) -> Decimal:
    """One of the last digit that is no nought; of nothing, more than any."""
    value = Decimal(row.cells["value"]).normalize()
    return Decimal(1).scaleb(int(value.as_tuple().exponent)) if value else Decimal("Infinity")
