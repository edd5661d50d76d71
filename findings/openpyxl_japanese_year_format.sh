#!/usr/bin/env bash
# openpyxl and python-calamine give a cell that a workbook shows as 令和5年度 as the number 45017, no date; and the
# cell beside it, in yen shown in thousands, in yen.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "openpyxl==3.1.5" "python-calamine==0.4.0" "XlsxWriter==3.2.5"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from datetime import date
from importlib.metadata import version

import openpyxl
import python_calamine
import xlsxwriter

DAY = date(2023, 4, 1)
with xlsxwriter.Workbook("budget.xlsx") as book:
    sheet = book.add_worksheet()
    sheet.write_string(0, 0, "単位：千円")
    for column, form in enumerate(('[$-411]ggge"年度"', "yyyy-mm-dd")):
        sheet.write_datetime(1, column, DAY, book.add_format({"num_format": form}))
    sheet.write_number(2, 0, 1_234_567_000, book.add_format({"num_format": "#,##0,"}))
print(*(f"{name} {version(name)}" for name in ("openpyxl", "python-calamine", "XlsxWriter")))
print("Guess: the first of April 2023 twice, and 1,234,567 under the unit of a thousand yen.")
sheet = openpyxl.load_workbook("budget.xlsx").active
one = [sheet["A2"].value, sheet["B2"].value.date(), sheet["A3"].value]
rows = python_calamine.CalamineWorkbook.from_path("budget.xlsx").get_sheet_by_index(0).to_python()
other = [rows[1][0], rows[1][1], rows[2][0]]
print("Seen:", one, other)
assert one == [45017, DAY, 1_234_567_000], one
assert other == [45017, DAY, 1_234_567_000], other
print("Matters: years above the columns are lost, or become amounts, and amounts are a thousand times too large.")
PY
