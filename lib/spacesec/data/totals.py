"""Do parts add up to the totals that the tables print?

``data/checks/sums.csv`` says which rows of which table add up to which, or to no more (``at most``) or no
less (``at least``) than which. Rows against which ``data/conflicts.csv`` decided stay out, as in every
analysis, and totals that it holds undecided with all their parts; nothing is held where a part that the row
names is not in the table.
"""

from collections import defaultdict

from spacesec.data import extent

Rows = list[dict[str, str]]
# Total less parts, and what rounding allows.
HOLDS = {
    "": lambda more, most: abs(more) <= most,
    "at most": lambda more, most: more <= most,
    "at least": lambda more, most: more >= -most,
}


def problems() -> list[str]:
    """Totals that differ from the sum of their parts by more than rounding, as sentences."""
    return [fault for declared in extent.rows("checks/sums") for fault in _faults(declared)]


def _faults(declared: dict[str, str]) -> list[str]:
    parts = _by_key(
        _settled(declared["parts_table"], declared["parts"]), declared["parts_by"] or declared["by"]
    )
    faults = []
    for row in _settled(declared["table"], declared["total"]):
        own = parts.get(_key(row, declared["by"]), [])
        if not own or not _whole(own, declared["needs"]) or _held(row, own):
            continue
        total, added = _added([row], declared["column"]), _added(own, declared["parts_column"])
        added += float(declared["plus"] or 0)
        if not HOLDS[declared["relation"]](total - added, float(declared["tolerance"]) + 1e-9):
            faults.append(
                f"data/{declared['table']}.csv, {row['row_id']}, has {declared['column']} {total:g}, but its"
                f" {len(own)} parts in data/{declared['parts_table']}.csv add up to {added:g};"
                " mend one, or say in data/checks/sums.csv which rows are the parts"
            )
    return faults


def _held(total: dict[str, str], parts: Rows) -> bool:
    """Whether one undecided conflict holds the total and all its parts."""
    rows = {total["row_id"], *(part["row_id"] for part in parts)}
    return any(rows <= set(row["row_ids"].split(";")) for row in extent.rows("conflicts"))


def _settled(table: str, where: str) -> Rows:
    decided = [row for row in extent.rows("conflicts") if row["table"] == table and row["decided_row_id"]]
    rejected = {
        name for row in decided for name in row["row_ids"].split(";") if name != row["decided_row_id"]
    }
    return [row for row in extent.rows(table) if row["row_id"] not in rejected and extent.meets(row, where)]


def _key(row: dict[str, str], by: str) -> tuple[str, ...]:
    return tuple(extent.part(row, column) for column in by.split(";") if column)


def _by_key(rows: Rows, by: str) -> dict[tuple[str, ...], Rows]:
    found: dict[tuple[str, ...], Rows] = defaultdict(list)
    for row in rows:
        found[_key(row, by)].append(row)
    return found


def _whole(rows: Rows, needs: str) -> bool:
    column, _, values = needs.partition("=")
    return not needs or set(values.split("|")) <= {row[column] for row in rows}


def _added(rows: Rows, column: str) -> float:
    """The sum of a column, or of several joined by ``+``; the number of rows where none is named."""
    if not column:
        return float(len(rows))
    return sum(float(text) for row in rows for text in extent.part(row, column).split())
