"""Facts that two sources tell differently, undecided in ``data/conflicts.csv``: the earlier row stands."""

import pandas as pd

from spacesec.answers import Answer
from spacesec.words.sentences import Told, counted, drawn, listed, named, result, say


def once(table: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The first row of every combination of the keys, and the ``row_id`` of each later row that is left out.

    Only rows without an entry in ``data/conflicts.csv`` come here twice (`spacesec.data.tables.settled`
    drops the others), so what is left out is to be said.
    """
    again = table.duplicated(keys)
    return table[~again].reset_index(drop=True), list(table.loc[again, "row_id"])


def paragraphs(found: Answer) -> list[Told]:
    """What an answer says of the rows left out, its result ``told_twice``; no paragraph where there are
    none.
    """
    rows = found["told_twice"]
    if not rows:
        return []
    return [
        say(
            "Two sources disagree and no rule decides between them yet: the earlier row stands, {rows}"
            " {are} left"
            " out.",
            rows=listed([named(result("told_twice", place)) for place in range(len(rows))], last=", "),
            are=counted(drawn("json_array_length(:told_twice)"), "is", "are"),
        )
    ]
