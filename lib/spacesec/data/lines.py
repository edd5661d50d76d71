"""Two-line element sets as text: pairs of lines that belong together, with the sums they must have, and the
fields that they hold, both ways and to the last digit.

Format: T. S. Kelso, "Frequently Asked Questions: Two-Line Element Set Format" (CelesTrak): column 69 is the
sum of all digits of the line, a minus sign counting one, modulo ten; columns 3 to 7 of both lines are the
catalogue number. Alpha-5 (Space-Track): a letter without I and O stands for the first two digits, A for 10.
"""

import re
from datetime import datetime, timedelta
from decimal import Decimal

from spacesec.errors import SpacesecError

CENTURY_TURNS = 57  # years from 57 on are of the twentieth century, as SGP4 readers have it
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # of Alpha-5, for 10 to 33
LAST_ALPHA5 = 339_999
# The columns of a table or file that make an element set.
FIELDS = (
    *("norad_id", "cospar_id", "epoch_utc", "mean_motion_rev_day", "eccentricity", "inclination_deg"),
    *("raan_deg", "arg_perigee_deg", "mean_anomaly_deg", "ephemeris_type", "classification"),
    *("element_set_no", "rev_at_epoch", "bstar_per_er", "mean_motion_dot_rev_day2"),
    "mean_motion_ddot_rev_day3",
)

# The columns of each line, from 1 on, with what may stand there.
_NUMBER = r"(?P<number>[ \dA-Z][ \d]{3}\d)"
_ANGLE, _RATE = r"[ \d]{3}\.\d{4}", r"[ +-]\d{5}[+-]\d| [ \d]{4}\d[+-]\d"
_FIRST = re.compile(
    rf"1 {_NUMBER}(?P<classification>[ A-Z]) (?P<designator>[ \dA-Z]{{8}})"
    rf" (?P<year>\d\d)(?P<day>[ \d]{{3}}\.\d{{8}}) (?P<dot>[ +0-]\.\d{{8}}) (?P<ddot>{_RATE})"
    rf" (?P<bstar>{_RATE}) (?P<type>[ \d]) (?P<set>[ \d]{{4}})\d",
    re.ASCII,
)
_SECOND = re.compile(
    rf"2 {_NUMBER} (?P<inclination>{_ANGLE}) (?P<node>{_ANGLE}) (?P<eccentricity>[ \d]{{7}})"
    rf" (?P<perigee>{_ANGLE}) (?P<anomaly>{_ANGLE}) (?P<motion>[ \d]{{2}}\.\d{{8}})"
    r"(?P<revolution>[ \d]{5})\d",
    re.ASCII,
)


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
    return sum(int(letter) if letter in "0123456789" else letter == "-" for letter in line[:68]) % 10


def fields(first: str, second: str) -> dict[str, str]:
    """What the lines hold, each value the text of its digits; a rate ``22000-3`` is ``0.22000E-3``, a
    designator ``98067A`` is ``1998-067A``, the epoch ISO with microseconds and Z.

    Units: degrees, revolutions a day and its powers, one over Earth radii. The derivatives of the mean motion
    are as the lines have them (a half and a sixth of the derivatives), which OMM of the public catalogue
    repeats. Raises ValueError in a few words where a column holds what it may not.
    """
    one, two = _FIRST.fullmatch(first), _SECOND.fullmatch(second)
    if not (one and two):
        number = 2 if one else 1
        raise ValueError(f"line {number} has other signs in its columns than an element set")
    return {
        "norad_id": str(number_of(one["number"])),
        "cospar_id": _designator(one["designator"].rstrip()),
        "epoch_utc": f"{_epoch(int(one['year']), Decimal(one['day'].strip())):%Y-%m-%dT%H:%M:%S.%fZ}",
        "mean_motion_rev_day": two["motion"].strip(),
        "eccentricity": f"0.{two['eccentricity'].replace(' ', '0')}",
        "inclination_deg": two["inclination"].strip(),
        "raan_deg": two["node"].strip(),
        "arg_perigee_deg": two["perigee"].strip(),
        "mean_anomaly_deg": two["anomaly"].strip(),
        "ephemeris_type": one["type"].strip() or "0",
        "classification": one["classification"].strip() or "U",
        "element_set_no": one["set"].strip() or "0",
        "rev_at_epoch": two["revolution"].strip() or "0",
        "bstar_per_er": _rate(one["bstar"]),
        "mean_motion_dot_rev_day2": one["dot"].lstrip(" +0").replace(".", "0.", 1),
        "mean_motion_ddot_rev_day3": _rate(one["ddot"]),
    }


def of_fields(cells: dict[str, str]) -> tuple[str, str]:
    """The two lines that hold these values, the reverse of `fields`; raises ValueError in a few words for a
    value that has more digits than its columns.
    """
    number = alpha5(int(cells["norad_id"] or 0))
    launch = re.fullmatch(r"(?:19|20)(\d\d)-(\d{3}[A-Z]{0,3})", cells["cospar_id"])
    if cells["cospar_id"] and not launch:
        raise ValueError(f"the designator {cells['cospar_id']} has no two-line form")
    designator = "".join(launch.groups()) if launch else ""
    epoch = datetime.fromisoformat(cells["epoch_utc"].removesuffix("Z"))
    if _fraction(cells["epoch_utc"]) % 1 or not 1900 + CENTURY_TURNS <= epoch.year < 2000 + CENTURY_TURNS:
        raise ValueError(f"the epoch {cells['epoch_utc']} has no two-line form")
    day = Decimal((epoch - datetime(epoch.year, 1, 1)) // timedelta(microseconds=1)) / 86_400_000_000 + 1
    first = (
        f"1 {number}{cells['classification'] or 'U'} {designator:8}"
        f" {epoch:%y}{_fixed(day, 12, 8, '0')} {_dot(cells['mean_motion_dot_rev_day2'])}"
        f" {_rated(cells['mean_motion_ddot_rev_day3'])} {_rated(cells['bstar_per_er'])}"
        f" {int(cells['ephemeris_type'] or 0)} {_whole(cells['element_set_no'], 4)}"
    )
    eccentricity = _fixed(Decimal(cells["eccentricity"]), 9, 7, "0").partition(".")[2]
    angles = [
        _fixed(Decimal(cells[name]), 8, 4)
        for name in ("inclination_deg", "raan_deg", "arg_perigee_deg", "mean_anomaly_deg")
    ]
    second = (
        f"2 {number} {angles[0]} {angles[1]} {eccentricity} {angles[2]} {angles[3]}"
        f" {_fixed(Decimal(cells['mean_motion_rev_day']), 11, 8)}{_whole(cells['rev_at_epoch'], 5)}"
    )
    return f"{first}{checksum(first)}", f"{second}{checksum(second)}"


def number_of(text: str) -> int:
    """The catalogue number in five columns, Alpha-5 too; raises ValueError for other signs."""
    head, rest = text[0], text[1:]
    if head in LETTERS and rest.isdigit():
        return (LETTERS.index(head) + 10) * 10_000 + int(rest)
    if head.isalpha() or " " in text.lstrip():
        raise ValueError(f"the catalog number {text.strip()} is neither digits nor Alpha-5")
    return int(text)


def alpha5(number: int) -> str:
    """A catalogue number in five columns; raises ValueError for one that has no such form."""
    if not 0 < number <= LAST_ALPHA5:
        raise ValueError(f"the catalog number {number} has no two-line form, which ends at {LAST_ALPHA5}")
    return f"{number:05}" if number < 100_000 else f"{LETTERS[number // 10_000 - 10]}{number % 10_000:04}"


def _designator(text: str) -> str:
    if not text:
        return ""
    match = re.fullmatch(r"(\d\d)(\d{3}[A-Z]{0,3})", text)
    if not match:
        raise ValueError(f"the designator {text} is no year, launch and piece")
    return f"{_year(int(match[1]))}-{match[2]}"


def _year(two_digits: int) -> int:
    return two_digits + (1900 if two_digits >= CENTURY_TURNS else 2000)


def _epoch(two_digits: int, day: Decimal) -> datetime:
    start = datetime(_year(two_digits), 1, 1)
    days = (datetime(start.year + 1, 1, 1) - start).days
    if not 1 <= day < days + 1:
        raise ValueError(f"the epoch's day {day} is none of {start.year}")
    return start + timedelta(microseconds=int((day - 1) * 86_400_000_000))


def _rate(text: str) -> str:
    """``-11606-4`` as ``-0.11606E-4``."""
    match = re.fullmatch(r"([ +-])([ \d]{5})([+-]\d)", text)
    digits = match[2].replace(" ", "0")
    sign = match[1].strip().replace("+", "")
    return f"{sign}0.{digits}E{match[3]}"


def _rated(text: str) -> str:
    """The reverse, in eight columns: five digits and a power of ten of one digit."""
    value = Decimal(text or "0")
    written = re.fullmatch(r"(-?)0?\.(\d{5})E([+-]\d)", text)
    if written:
        return f"{written[1] or ' '}{written[2]}{written[3]}"
    if not value:
        return " 00000+0"
    power = value.adjusted() + 1
    digits = abs(value).scaleb(5 - power)
    if power < -9:
        digits, power = digits.scaleb(power + 9), -9
    if digits % 1 or power > 9:
        raise ValueError(f"{text} has more digits than a rate of two lines")
    signs = "-" if value < 0 else " ", "-" if power <= 0 else "+"
    return f"{signs[0]}{int(digits):05}{signs[1]}{abs(power)}"


def _dot(text: str) -> str:
    value = Decimal(text or "0")
    if abs(value) >= 1 or value.as_tuple().exponent < -8 and value != round(value, 8):
        raise ValueError(f"{text} has more digits than the first derivative of two lines")
    sign = "-" if text.startswith("-") else " "
    return f"{sign}{abs(value):.8f}".replace("0.", ".", 1)


def _fixed(value: Decimal, width: int, places: int, fill: str = " ") -> str:
    text = f"{value:.{places}f}"
    if Decimal(text) != value or len(text) > width:
        raise ValueError(f"{value} has more digits than its columns of two lines")
    return text.rjust(width, fill)


def _whole(text: str, width: int) -> str:
    if len(text := str(int(text or "0"))) > width:
        raise ValueError(f"{text} has more digits than its columns of two lines")
    return text.rjust(width)


def _fraction(epoch: str) -> Decimal:
    """Microseconds of an ISO time's fraction of a second."""
    return Decimal(f"0.{epoch.removesuffix('Z').partition('.')[2] or 0}") * 1_000_000
