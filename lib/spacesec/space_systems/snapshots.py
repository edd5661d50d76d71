"""Tables that hold one snapshot after another: the newest that is whole, and what a date stands for."""

import pandas as pd

from spacesec.data import tables

WHOLE = 0.9  # of the rows of the fullest snapshot


def newest_whole(table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows of the newest snapshot (``epoch_date``) that is as good as whole, and the rows of newer ones,
    which are not.
    """
    rows = tables.settled(table)
    count = rows.groupby("epoch_date")["row_id"].transform("size")
    newest = rows.loc[count >= WHOLE * count.max(), "epoch_date"].max()
    chosen = rows["epoch_date"] == newest
    return rows[chosen].reset_index(drop=True), rows[rows["epoch_date"] > newest].reset_index(drop=True)


def middle(date: pd.Timestamp, precision: str) -> pd.Timestamp:
    """The middle of the period that a date stands for: 15th of a month, 1 July of a year, the day itself."""
    return {"month": date.replace(day=15), "year": date.replace(month=7)}.get(precision, date)
