"""Facts that two sources tell differently, undecided in ``data/conflicts.csv``: the earlier row stands."""

import pandas as pd


def once(table: pd.DataFrame, keys: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """The first row of every combination of the keys, and the ``row_id`` of each later row that is left out.

    Only rows without an entry in ``data/conflicts.csv`` come here twice (`spacesec.data.tables.settled`
    drops the others), so what is left out is to be said.
    """
    again = table.duplicated(keys)
    return table[~again].reset_index(drop=True), list(table.loc[again, "row_id"])


def sentence(row_ids: list[str]) -> str:
    """What an answer says of the rows left out; empty where there are none."""
    if not row_ids:
        return ""
    verb = "is" if len(row_ids) == 1 else "are"
    return (
        "Two sources disagree and no rule decides between them yet: the earlier row stands,"
        f" {', '.join(row_ids)} {verb} left out."
    )
