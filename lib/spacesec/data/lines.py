"""Two-line element sets as text: pairs of lines that belong together, with the sums they must have.

Format: T. S. Kelso, "Frequently Asked Questions: Two-Line Element Set Format" (CelesTrak): column 69 is the
sum of all digits of the line, a minus sign counting one, modulo ten; columns 3 to 7 of both lines are the
catalogue number.
"""

from datetime import datetime, timedelta

from spacesec.errors import SpacesecError

CENTURY_TURNS = 57  # years from 57 on are of the twentieth century, as SGP4 readers have it


def pairs(text: str) -> list[tuple[str, str]]:
    """The pairs of lines in a text of two-line or titled three-line sets.

    Raises SpacesecError where there is none, for a line without its other half, for lines of two satellites
    and for a wrong checksum.
    """
    rows = [row for row in (line.rstrip() for line in text.splitlines()) if row[:2] in ("1 ", "2 ")]
    if not rows:
        raise SpacesecError(
            "No two-line element set was found: each needs a line starting with '1 ' and the next starting"
            " with '2 '."
        )
    if [row[0] for row in rows] != ["1", "2"] * (len(rows) // 2):
        lone = next(at for at, row in enumerate(rows + [""]) if row[:1] != "12"[at % 2])
        near = rows[min(lone, len(rows) - 1)]
        raise SpacesecError(
            f"A line of an element set stands without its other half near {near[:18]!r}; give both lines of"
            " every satellite, line 1 first."
        )
    found = list(zip(rows[::2], rows[1::2], strict=True))
    for first, second in found:
        if fault := fault_of(first, second):
            raise SpacesecError(fault)
    return found


def fault_of(first: str, second: str) -> str | None:
    """What is wrong with two lines by themselves, as a sentence; None when nothing is."""
    if first[2:7] != second[2:7]:
        return (
            f"The lines of catalogue numbers {first[2:7].strip()} and {second[2:7].strip()} stand as one"
            " element set; put line 2 with its own line 1."
        )
    for line in (first, second):
        if len(line) < 69 or line[68] != str(checksum(line)):
            return (
                f"Line {line[:1]} of catalogue number {line[2:7].strip()} has checksum"
                f" {line[68:69] or 'none'}, but its digits give {checksum(line)}; take the set from its"
                " source again."
            )
    return None


def checksum(line: str) -> int:
    """The sum modulo ten of the digits in columns 1 to 68, a minus sign counting one."""
    return sum(int(letter) if letter.isdigit() else letter == "-" for letter in line[:68]) % 10


def columns(first: str, second: str) -> dict[str, float | int | str]:
    """What the lines say in columns: catalogue number, designator, epoch (ISO, whole seconds), angles
    (degrees), eccentricity, mean motion (revolutions a day).
    """
    year = int(first[18:20])
    start = datetime(year + (1900 if year >= CENTURY_TURNS else 2000), 1, 1)
    epoch = start + timedelta(days=float(first[20:32]) - 1, seconds=0.5)
    launched = first[9:17].strip()
    century = "19" if int(launched[:2]) >= CENTURY_TURNS else "20"
    return {
        "norad_id": int(first[2:7]) if first[2:7].strip().isdigit() else first[2:7],
        "cospar_id": f"{century}{launched[:2]}-{launched[2:]}",
        "epoch_utc": epoch.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "epoch_date": epoch.strftime("%Y-%m-%d"),
        "inclination_deg": float(second[8:16]),
        "raan_deg": float(second[17:25]),
        "eccentricity": float(f"0.{second[26:33].strip()}"),
        "arg_perigee_deg": float(second[34:42]),
        "mean_anomaly_deg": float(second[43:51]),
        "mean_motion_rev_day": float(second[52:63]),
    }
