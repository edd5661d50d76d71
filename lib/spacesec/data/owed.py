"""Is there an outcome for everything that has fallen due?

``data/checks/owed.csv`` says which column of which table is a day by which something must be known, and in
which table, or by which other state, it becomes known. ``data/gaps.csv`` says what was looked for in vain,
and by which rows such a gap is closed.
"""

from spacesec.data import extent, tables


def problems() -> list[str]:
    """Rows that fell due by the day of the data and have no outcome, and gaps that are none any more, as
    sentences.
    """
    return [*_overdue(), *_closed()]


def _closed() -> list[str]:
    return [
        f"data/gaps.csv, {gap['row_id']}, says that nothing was found, but data/{gap['table']}.csv has"
        f" {row['row_id']}; take the gap out, or say what of it is left"
        for gap in extent.rows("gaps")
        if gap["closed_by"]
        for row in extent.rows(gap["table"])
        if extent.meets(row, gap["closed_by"])
    ]


def _overdue() -> list[str]:
    today, faults = tables.package()["as_of"], []
    for declared in extent.rows("checks/owed"):
        told = declared["outcome_table"]
        known = {row[declared["outcome_key"]] for row in extent.rows(told)} if told else set()
        mend = f"add its outcome to data/{told}.csv" if told else "give it another state, or the outcome"
        faults += [
            f"data/{declared['table']}.csv, {row['row_id']}, fell due on {row[declared['due']]} without an"
            f" outcome; {mend}, be it that none is known"
            for row in extent.rows(declared["table"])
            if row[declared["due"]]
            and row[declared["due"]] < today
            and extent.meets(row, declared["where"])
            and row["row_id"] not in known
        ]
    return faults
