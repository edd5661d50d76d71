#!/usr/bin/env bash
# DuckDB reads 03/04/2024 day first, until one later row cannot be read so.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "duckdb==2.0.0"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import duckdb


def days(*rows):
    with open("rows.csv", "w") as file:
        file.write("\n".join(("day,value", *(f"{row},1" for row in rows))) + "\n")
    return [str(row[0]) for row in duckdb.sql("SELECT day FROM 'rows.csv'").fetchall()]


print("duckdb", version("duckdb"))
print("Guess: an American table of 3/4/2024 stays text, or the order is the same for every table.")
one_way = days("03/04/2024", "05/06/2024")
other_way = days("03/04/2024", "05/16/2024")
print("Seen: with 05/06/2024 in the next row:", one_way)
print("Seen: with 05/16/2024 in the next row:", other_way)
assert one_way == ["2024-04-03", "2024-06-05"], one_way
assert other_way == ["2024-03-04", "2024-05-16"], other_way
print("Matters: the same launch gets two dates in two yearly files; state dateformat when reading.")
PY
