"""The tables as Parquet files, typed as the data package says."""

from pathlib import Path

from spacesec.collection.release.table import Table

KINDS = {
    "string": "VARCHAR",
    "date": "DATE",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
}


def write(folder: Path, found: list[Table], csv: Path) -> None:
    """One file a table, ``<name>.parquet``; the CSV files lie under ``csv``."""
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 1}) as connection:
        for table in found:
            columns = {field["name"]: KINDS[field["type"]] for field in table.fields}
            read = connection.read_csv(
                str(csv / table.path),
                header=True,
                columns=columns,
                delimiter=",",
                quotechar='"',
                escapechar='"',
                na_values="",
            )
            read.write_parquet(str(folder / f"{table.name}.parquet"), compression="zstd")
