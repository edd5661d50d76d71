"""Is an amount of another order than the rest of its kind: a slip of the unit, of a digit, of a point?

``data/checks/scales.csv`` says which amounts of which table are of one kind (``by``) and by how many times
one may exceed the largest of the others, or fall below the smallest.
"""

from collections import defaultdict

from spacesec.data import extent

LEAST = 2  # others of its kind that an amount is held against


def problems() -> list[str]:
    """Amounts beyond all others of their kind, as sentences."""
    return [fault for declared in extent.rows("checks/scales") for fault in _faults(declared)]


def _faults(declared: dict[str, str]) -> list[str]:
    kinds: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for row in extent.rows(declared["table"]):
        text = row[declared["column"]]
        if text and float(text) > 0 and extent.meets(row, declared["where"]):
            kinds[extent.part(row, declared["by"])].append((float(text), row["row_id"]))
    return [fault for amounts in kinds.values() for fault in _beyond(sorted(amounts), declared)]


def _beyond(amounts: list[tuple[float, str]], declared: dict[str, str]) -> list[str]:
    """The largest and the smallest amount where they stand too far from the next."""
    if len(amounts) <= LEAST:
        return []
    times = float(declared["times"])
    (least, first), (low, _), (high, _), (most, last) = amounts[0], amounts[1], amounts[-2], amounts[-1]
    far = [(last, most, high)] if most > times * high else []
    far += [(first, least, low)] if least * times < low else []
    return [
        f"data/{declared['table']}.csv, {row}, has {declared['column']} {amount:g}, but the next of its kind"
        f" is {near:g}; mend the unit, or raise times in data/checks/scales.csv"
        for row, amount, near in far
    ]
