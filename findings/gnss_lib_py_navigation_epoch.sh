#!/usr/bin/env bash
# gnss_lib_py puts the epoch of a navigation message 18 s beside the SP3 epoch of the same instant.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet "gnss_lib_py==1.1.0" "georinex==1.16.1" "numpy==2.4.6" "pandas==2.3.3"
cd "$work"
venv/bin/python -W ignore - <<'PY'
from importlib.metadata import version

import gnss_lib_py

BODY = [
    (1, 10, 4e-9, 0.5), (1e-6, 0.01, 1e-6, 5153.6), (216000, 1e-8, 1, 1e-8), (0.96, 200, 1, -8e-9),
    (1e-10, 1, 2442, 0), (2, 0, -1e-8, 1), (216000, 4),
]  # fmt: skip
navigation = [
    f"{'     3.04           N: GNSS NAV DATA    G: GPS':<60}RINEX VERSION / TYPE",
    f"{'example             example             20261027 120000 UTC':<60}PGM / RUN BY / DATE",
    f"{'    18':<60}LEAP SECONDS",
    f"{'':<60}END OF HEADER",
    "G01 2026 10 27 12 00 00" + "".join(f"{x:19.12E}" for x in (1e-4, 1e-12, 0)),
    *("    " + "".join(f"{x:19.12E}" for x in row) for row in BODY),
]
orbit = [
    "#dP2026 10 27 12  0  0.00000000       1 ORBIT IGS20 HLM  XXX",
    "## 2442 216000.00000000   900.00000000 61340 0.5000000000000",
    "+    1   G01" + "  0" * 16,
    "++         0" + "  0" * 16,
    "%c G  cc GPS ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc",
    "%c cc cc ccc ccc cccc cccc cccc cccc ccccc ccccc ccccc ccccc",
    *["%f  1.2500000  1.025000000  0.00000000000  0.000000000000000"] * 2,
    *["%i    0    0    0    0      0      0      0      0         0"] * 2,
    "*  2026 10 27 12  0  0.00000000",
    "PG01  15600.000000  -7540.000000  20140.000000     12.000000",
    "EOF",
]
for name, lines in (("nav.rnx", navigation), ("orbit.sp3", orbit)):
    with open(name, "w") as file:
        file.write("\n".join(lines) + "\n")

print("gnss_lib_py", version("gnss_lib_py"))
print("Guess: both files state GPS time 12:00:00, so both get the same gps_millis.")
from_navigation = float(gnss_lib_py.RinexNav("nav.rnx")["gps_millis"])
from_orbit = float(gnss_lib_py.Sp3("orbit.sp3")["gps_millis"])
print("Seen: navigation file", from_navigation, "orbit file", from_orbit)
print("Seen: difference in seconds:", (from_navigation - from_orbit) / 1000)
assert (from_orbit, from_navigation) == (1477137600000.0, 1477137618000.0)
print("Matters: joined by time, broadcast and precise orbits differ by some 70 km along the track.")
PY
