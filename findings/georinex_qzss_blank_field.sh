#!/usr/bin/env bash
# georinex gives up a whole mixed navigation file over one blank optional field of a QZSS record.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "georinex==1.16.2" "xarray==2026.9.0" "numpy==2.4.6"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import georinex

HEADER = [
    f"{'     3.04           N: GNSS NAV DATA    M: MIXED':<60}RINEX VERSION / TYPE",
    f"{'example             example             20261027 120000 UTC':<60}PGM / RUN BY / DATE",
    f"{'':<60}END OF HEADER",
]
BODY = [
    (1, 10, 4e-9, 0.5), (1e-6, 0.01, 1e-6, 5153.6), (216000, 1e-8, 1, 1e-8), (0.96, 200, 1, -8e-9),
    (1e-10, 1, 2442, 0), (2, 0, -1e-8, 1),
]  # fmt: skip


def record(satellite, last):
    lines = [f"{satellite} 2026 10 27 12 00 00" + "".join(f"{x:19.12E}" for x in (1e-4, 1e-12, 0))]
    rows = [*BODY, last]
    return lines + ["    " + "".join(f"{x:19.12E}" for x in row) for row in rows]


def read(qzss_last):
    text = [*HEADER, *record("G01", (216000, 4)), *record("J02", qzss_last)]
    with open("nav.rnx", "w") as file:
        file.write("\n".join(text) + "\n")
    try:
        return sorted(str(name) for name in georinex.load("nav.rnx").sv.values)
    except ValueError as refusal:
        return str(refusal)


print("georinex", version("georinex"))
print("Guess: a fit interval left blank, as in real daily files, comes as not-a-number; GPS is untouched.")
full, blank = read((216000, 0)), read((216000,))
print("Seen: with the field:", full)
print("Seen: without it:", blank)
assert full == ["G01", "J02"], full
assert blank == "System J NAV data is not the same length as the number of fields.", blank
print("Matters: files with QZSS are lost as a whole; fill the last line of each record first.")
PY
