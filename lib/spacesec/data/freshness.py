"""How fresh a table is: its newest row, when its sources were last looked at, how often the world moves it.

``datapackage.json`` says of each table ``dated`` (the column of its dates), ``looked_on`` (the day) and
``moves``.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from spacesec.data import extent, sources, tables

# Days after the last look when a table is due again; what moves once is never due.
MOVES = {"weekly": 7, "monthly": 31, "quarterly": 92, "yearly": 366, "once": None}


@dataclass(frozen=True)
class Freshness:
    """One table: its newest period as it stands there, the day of the last look, how often it moves, the
    source of the newest row.
    """

    table: str
    newest: str
    looked_on: date
    moves: str
    source_id: str

    @property
    def due(self) -> date | None:
        wait = MOVES[self.moves]
        return self.looked_on + timedelta(days=wait) if wait else None

    @property
    def address(self) -> str:
        """Where to look: the address, or the title, of the newest row's source."""
        item = sources.store().get(self.source_id, {})
        return item.get("URL") or item.get("title", "")


def of(name: str) -> Freshness | None:
    """A table's freshness; None for tables that hold no facts of the world (checks, conflicts, gaps)."""
    resource = tables.describe(name)
    if "looked_on" not in resource:
        return None
    column, today = resource.get("dated"), tables.package()["as_of"]
    rows = [row for row in extent.rows(name) if column and row[column] and _begins(row[column]) <= today]
    newest = max(rows, key=lambda row: row[column], default={})
    return Freshness(
        name,
        _shown(newest, column) if newest else "",
        date.fromisoformat(resource["looked_on"]),
        resource["moves"],
        newest.get("source_id", ""),
    )


def overdue(today: date) -> list[Freshness]:
    """Tables that are due on a day, the longest due first."""
    known = filter(None, map(of, tables.names()))
    return sorted(
        (one for one in known if one.due and one.due <= today), key=lambda one: (one.due, one.table)
    )


def problems() -> list[str]:
    """Tables of facts that do not say when they were looked at or how often they move, as sentences."""
    faults = []
    for name in tables.names():
        resource = tables.describe(name)
        columns = {field["name"] for field in resource["schema"]["fields"]}
        if "locator" not in columns:
            continue
        if resource.get("moves") not in MOVES:
            faults.append(f"data/datapackage.json: {name} lacks moves; say {', '.join(MOVES)}")
        elif not resource.get("looked_on"):
            faults.append(f"data/datapackage.json: {name} lacks looked_on; say the day of the last look")
        elif resource["moves"] != "once" and not resource.get("dated"):
            faults.append(
                f"data/datapackage.json: {name} moves {resource['moves']} and lacks dated; name the column"
            )
    return faults


def _begins(text: str) -> str:
    return text if len(text) > 4 else f"{text}-01-01"


def _shown(row: dict[str, str], column: str) -> str:
    text = row[column]
    precision = row.get(f"{column}_precision") or row.get("date_precision") or "day"
    length = {"year": 4, "fiscal_year": 4, "month": 7, "quarter": 7}.get(precision, 10)
    return f"FY{text}" if column == "fiscal_year" else text[:length]
