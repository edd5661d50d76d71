"""The links of the warning chain whose length somebody stated, for the questions that lean on them."""

import pandas as pd

from spacesec.data import tables
from spacesec.errors import DataError

TABLE = "missile_warning/warning_delays"


def durations(component: str) -> pd.DataFrame:
    """The stated lengths of one link (``boost``, ``detection``, ``prediction``, ``message``), newest last;
    columns as in the table, minutes in min. Raises DataError where nobody stated one.
    """
    rows = tables.settled(TABLE)
    rows = rows[rows["component"].eq(component) & rows["direction"].eq("duration")]
    if rows.empty:
        raise DataError(
            f"data/{TABLE}.csv has no duration of the link {component!r}; restore it, or add the row"
        )
    return rows.sort_values("event_date", kind="stable").reset_index(drop=True)


def others(*components: str) -> int:
    """How many stated links of the chain are not durations of these components, and so stay out of a"
    " question."""
    rows = tables.settled(TABLE)
    return int((~(rows["component"].isin(components) & rows["direction"].eq("duration"))).sum())
