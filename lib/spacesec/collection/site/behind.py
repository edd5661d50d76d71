"""From a mark of a figure to the rows behind it: the figure's CSV names them line by line."""

from spacesec.collection.site.rows import Row, ids, named_rows, records, rows
from spacesec.data import tables
from spacesec.errors import DataError
from spacesec.machine import paths


def behind(question: str) -> dict[str, dict[int, list[Row]]]:
    """Figure -> line of its CSV (0 is the first after the head) -> the rows that this line was drawn from.

    Any column whose name ends in ``row_id`` or ``row_ids`` names rows, several separated by semicolons. A
    figure that names none has no entry. Raises DataError for a row that no table has.
    """
    found: dict[str, dict[int, list[Row]]] = {}
    known = rows()
    for path in sorted((paths.figures() / question).glob("*.csv")):
        lines = {}
        for number, line in enumerate(tables.raw_rows(path)):
            wanted = dict.fromkeys(
                name for column, cell in line.items() if named_rows(column) for name in ids(cell)
            )
            if missing := [name for name in wanted if name not in known.by_id]:
                raise DataError(
                    f"figures/{question}/{path.name} names the row {missing[0]}, which no table has; run"
                    f" {question} again"
                )
            if wanted:
                lines[number] = [known[name] for name in wanted]
        if lines:
            found[path.stem] = lines
    return found


def drawn() -> dict[str, list[tuple[str, dict]]]:
    """Row -> the figures that draw it, each as its question and its entry in the record."""
    found: dict[str, list[tuple[str, dict]]] = {}
    for question, run in records().items():
        lines = behind(question)
        for figure in run.figures:
            for row in dict.fromkeys(
                row.id for behind_line in lines.get(figure.name, {}).values() for row in behind_line
            ):
                found.setdefault(row, []).append((question, figure))
    return found
