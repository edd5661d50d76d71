"""What was asked of Japan and its partners: a page for every demand of a document, and their list."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacesec.collection.site import words
from spacesec.collection.site.page import File, Page
from spacesec.collection.site.rows import Row, rows
from spacesec.collection.site.words import noted, said
from spacesec.data import tables
from spacesec.machine import paths
from spacesec.words import language

QUESTION = "policy_evolution/recommendations"
# What has become of a demand, after the rule of the question.
MEANINGS = {
    "done": noted("the test is met by a fact that came after the document"),
    "partly": noted("a part of it is met"),
    "begun": noted("decided, planned or paid for"),
    "overtaken": noted("it can no longer be done"),
    "no sign": noted("no dated fact was found, although one would be public"),
    "cannot be told": noted("no public sign could show it"),
}


@dataclass(frozen=True)
class Demand:
    """A demand of a document: its row and the rows of its document and of the act it asks for; what became of
    it; the facts behind that; the other documents that ask the same.
    """

    row: Row
    document: Row
    act: Row
    state: str
    facts: list[Row]
    others: list[Row]

    @property
    def page(self) -> str:
        return f"recommendations/{self.row.id}.html"


def pages() -> Iterator[Page | File]:
    """The list and the demands' pages; none where the collection holds no demands."""
    board = ledger()
    if not board:
        return
    shared = {
        "meanings": MEANINGS,
        "state": lambda name: language.known(name, QUESTION),
        "short": rows().short,
        "day": words.day,
        "said_day": _when,
        "as_of": tables.package()["as_of"],
    }
    counts = {name: sum(one.state == name for one in board) for name in MEANINGS}
    documents = {one.document.id: one.document for one in board}
    yield Page(
        "recommendations/index.html",
        "demands.html",
        said("What was asked"),
        shared | {"board": board, "counts": counts, "documents": documents},
        "page",
    )
    for place, one in enumerate(board):
        near = {
            "before": board[place - 1] if place else None,
            "after": board[place + 1] if place + 1 < len(board) else None,
        }
        title = f"{one.row.cells['ask']} ({rows().short(one.row.cells['source_id'])})"
        state = language.known(one.state, QUESTION)
        told = shared | near | {"one": one}
        yield Page(one.page, "demand.html", title, told, "demand", one.act.title, state)


def _when(fact: Row) -> str:
    """The day of a fact, or as much of it as is known."""
    kept = {"day": 10, "month": 7}.get(fact.cells["date_precision"], 4)
    return words.day(fact.cells["date"][:kept])


def ledger() -> list[Demand]:
    """Every demand as the question judges it at its defaults; judged once while no table changes."""
    if QUESTION not in tables.names():
        return []
    return _ledger(tables.digest(paths.data() / "datapackage.json"))


@lru_cache(maxsize=1)
def _ledger(_: str) -> list[Demand]:
    from spacesec.policy_evolution import recommendations as question

    board = question.model.answer(question.Parameters()).tables["board"].to_dict("records")
    asking: dict[str, list[str]] = {}
    for row in board:
        asking.setdefault(row["demand_id"], []).append(row["row_id"])
    return [
        Demand(
            rows()[row["row_id"]],
            rows()[row["document_id"]],
            rows()[row["demand_id"]],
            row["state"],
            [rows()[name] for name in row["facts"].split(";") if name],
            [rows()[name] for name in asking[row["demand_id"]] if name != row["row_id"]],
        )
        for row in board
    ]
