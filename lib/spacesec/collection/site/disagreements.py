"""Where sources disagree, and where a series changes what it counts: told openly, with the rows on both
sides.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import ABOUT, Row, ids, rows
from spacesec.collection.site.tables import headings, theme
from spacesec.collection.site.words import marked, said
from spacesec.data import tables

# Columns by which tables say what a number counts. Rows alike in all else and different here are two counts
# of one thing.
COUNTS = ("count", "count_basis", "basis", "definition", "estimator", "scope")
# The steps of money are another kind of break: every step has its own number by nature, so they are listed
# and not set side by side.
STEPS = ("stage",)
UNCERTAINTY = {"approximate", "precision"}  # tells how well a number is known, not what it counts


@dataclass(frozen=True)
class Break:
    """A column of one table that says what is counted; the rows under each of its values; the facts held
    under several of them.
    """

    resource: dict
    field: dict
    values: dict[str, list[Row]]
    facts: list[list[Row]]

    def years(self, value: str) -> str:
        """First and last year of the rows under one value."""
        column = next(
            (
                f["name"]
                for f in self.resource["schema"]["fields"]
                if f["name"] in ("fiscal_year", "year", "date")
            ),
            None,
        )
        found = (
            sorted(row.cells[column][:4] for row in self.values[value] if row.cells[column]) if column else []
        )
        if not found or found[0] == found[-1]:
            return "".join(found[:1])
        return said("{low} to {high}", low=found[0], high=found[-1])

    def common(self, fact: list[Row]) -> str:
        """What the rows of one fact share, in one line."""
        shared = fact[0].facts
        return " · ".join(
            value
            for name, value, _ in shared
            if name != self.field["name"]
            and all((name, value) in [f[:2] for f in row.facts] for row in fact[1:])
            and name not in UNCERTAINTY
        )

    def amount(self, row: Row) -> str:
        """The row's first number with its unit."""
        numbers = [f["name"] for f in self.resource["schema"]["fields"] if f["type"] == "number"]
        amounts = (marked(f"{value} {unit}") for name, value, unit in row.facts if name in numbers)
        return next(amounts, said("no number"))


def pages() -> Iterator[Page | File]:
    groups: dict[str, list[tuple[dict, list[Row]]]] = {heading: [] for heading in headings()}
    for conflict in rows().tables["conflicts"]:
        groups.setdefault(theme(conflict.cells["table"]), []).append(
            (conflict.cells, [rows()[name] for name in ids(conflict.cells["row_ids"])])
        )
    every = [conflict for listed in groups.values() for conflict, _ in listed]
    context = {
        "groups": {heading: listed for heading, listed in groups.items() if listed},
        "headings": headings(),
        "short": rows().short,
        "breaks": breaks(),
        "count": len(every),
        "undecided": sum(not conflict["decided_row_id"] for conflict in every),
        "as_of": tables.package()["as_of"],
    }
    yield Page(
        "disagreements.html",
        "disagreements.html",
        said("Where sources disagree"),
        context,
        "page",
        said("conflicts, definition breaks, what a series counts"),
    )


def breaks() -> list[Break]:
    """Every column that says what is counted and takes more than one value, in the order of the tables."""
    found = []
    for name, table in rows().tables.items():
        resource = tables.describe(name)
        for field in resource["schema"]["fields"]:
            if field["name"] in COUNTS + STEPS and "enum" in field.get("constraints", {}):
                values = {
                    value: [row for row in table if row.cells[field["name"]] == value]
                    for value in field["constraints"]["enum"]
                }
                used = {value: held for value, held in values.items() if held}
                if len(used) > 1:
                    found.append(
                        Break(
                            resource,
                            field,
                            used,
                            _facts(resource, field["name"], table) if field["name"] in COUNTS else [],
                        )
                    )
    return found


def _facts(resource: dict, column: str, table: list[Row]) -> list[list[Row]]:
    """Rows alike in everything but one column and their numbers, where they differ in that column."""
    same = [
        f["name"]
        for f in resource["schema"]["fields"]
        if f["type"] != "number" and f["name"] not in ABOUT | UNCERTAINTY | {column}
    ]
    groups: dict[tuple, list[Row]] = {}
    for row in table:
        groups.setdefault(tuple(row.cells[name] for name in same), []).append(row)
    return [group for group in groups.values() if len({row.cells[column] for row in group}) > 1]
