"""Broadcast orbits: RINEX navigation files of versions 3 and 4, mixed or of one system.

Format: IGS/RTCM, RINEX 4.02 (2024), section 8 and appendix A; 3.05 for version 3. A blank or spare field is
an empty cell, a last line may end early; every number is the text of the file with E for D.
"""

import contextlib
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from spacesec.data import time_scales
from spacesec.importing import found
from spacesec.importing.found import Row, Unplaced
from spacesec.words.language import said

MARK = "RINEX VERSION / TYPE"
SCALE = {"G": "GPS", "J": "QZS", "E": "GAL", "C": "BDT", "I": "IRN"}
# Messages with the Kepler elements of the first broadcasts: eight lines, alike in all systems.
KEPLER = {"LNAV", "INAV", "FNAV", "D1", "D2", "D1D2", "IFNV"}
FIELDS = (
    *("issue", "crs_m", "delta_n_rad_s", "mean_anomaly_rad"),
    *("cuc_rad", "eccentricity", "cus_rad", "sqrt_axis_sqrt_m"),
    *("toe_s", "cic_rad", "node_rad", "cis_rad"),
    *("inclination_rad", "crc_m", "arg_perigee_rad", "node_rate_rad_s"),
    *("inclination_rate_rad_s", "codes", "week", "flag"),
    *("accuracy", "health", "group_delay_s", "group_delay_2"),
    *("transmission_s", "fit_interval", "spare_1", "spare_2"),
)
CLOCK = ("clock_bias_s", "clock_drift", "clock_drift_rate")
COLUMNS = ("satellite", "message", "epoch", "time_system", "epoch_utc", "healthy", *CLOCK, *FIELDS, "locator")
NEEDED = {*FIELDS[:19], "health", *CLOCK} - {"codes"}
BOUNDS = {  # least, most: an orbit that such a satellite can have
    "eccentricity": (0, 0.5),
    "sqrt_axis_sqrt_m": (2500, 8000),
    "toe_s": (0, 604_800),
    "week": (0, 9999),
    "health": (0, 511),
    "inclination_rad": (-0.2, 1.4),  # all systems fly eastward, and none over the poles
    "node_rad": (-6.4, 6.4),
    "arg_perigee_rad": (-6.4, 6.4),
    "mean_anomaly_rad": (-6.4, 6.4),
}
ONE_OF_TWO = (0b000001, 0b010000)  # L1C/B not sent, L1C/A not sent
# Satellites of a system by number, and the square roots of the axes that its orbits have (m^0.5).
NUMBERS = {"G": 63, "J": 10, "E": 36, "C": 63, "I": 14}
OTHERS = "RS"  # GLONASS and augmentation systems, whose messages have no Kepler elements
MADE = "PGM / RUN BY / DATE"
AXES = {"G": (5100, 5200), "J": (6400, 6600), "E": (5200, 5500), "I": (6400, 6600)}
LEAPS = "LEAP SECONDS"
FIRST = re.compile(r"([A-Z])([ \d]\d) (\d{4}(?: [ \d]\d){5})(.{57})\s*", re.ASCII)
NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][+-]?\d{1,3})?", re.ASCII)


def rows(path: Path, text: str, notes: list[str]) -> Iterator[Row]:
    """One row a Kepler message; what else a file holds is counted in the notes. Raises Unplaced."""
    lines = text.splitlines()
    _refuse_header(path, lines)
    begin = next((n for n, line in enumerate(lines) if line[60:].strip() == "END OF HEADER"), None)
    if begin is None:
        raise Unplaced(path, None, None, "its header has no end; download it again")
    aside: Counter[str] = Counter()
    alone, made, known, twice = lines[0][40:41], _made(lines[:begin]), {}, 0
    for number, named, block in _blocks(path, lines, begin + 1):
        system = block[0][:1]
        message = named or "LNAV"
        if system not in SCALE and system not in OTHERS:
            why = "it is no letter of a navigation system in RINEX; look at the record"
            raise Unplaced(path, number, block[0][:3], why)
        if system not in SCALE or message not in KEPLER:
            aside[f"{system} {named}".strip()] += 1
        else:
            if alone in SCALE and system != alone:
                why = f"its header says that it holds {alone} alone; name a file of one system or a mixed one"
                raise Unplaced(path, number, block[0][:3], why)
            row = _row(path, number, message, block)
            if row.cells["epoch"][:10] > f"{made}":
                why = f"by its header the file was made before {made}; look at its days"
                raise Unplaced(path, number, block[0][4:23], why)
            if _told_before(path, row, known):
                twice += 1
            else:
                yield row
    _refuse_leaps(path, lines[:begin], known)
    if twice:
        notes.append(said("messages that stand there twice, of which one is kept: {count}", count=twice))
    if aside:
        told = ", ".join(f"{count} {name}" for name, count in sorted(aside.items()))
        notes.append(said("messages of other kinds that are left out: {told}", told=told))


def _made(header: list[str]) -> date:
    """The last day of messages in a file that was made when its header says, in whatever zone that was."""
    for line in header:
        told = re.fullmatch(r"(\d{4})(\d\d)(\d\d) ", line[40:49], re.ASCII)
        if told and line[60:].strip() == MADE:
            with contextlib.suppress(ValueError):
                return date(*map(int, told.groups())) + timedelta(days=1)
    return date.max


def _told_before(path: Path, row: Row, known: dict) -> bool:
    """Whether the same message stood there; raises Unplaced where it did with other elements."""
    cells = {name: text for name, text in row.cells.items() if name not in ("locator", "transmission_s")}
    key = tuple(cells[name] for name in ("satellite", "message", "epoch", "issue"))
    before = known.setdefault(key, (row.place, cells))
    if before[1] != cells:
        moved = next(name for name in cells if cells[name] != before[1][name])
        why = f"{before[0]} has another {moved} for the same satellite, time and issue; keep the right one"
        raise Unplaced(path, row.place.partition(", ")[2], cells[moved], why)
    return before[0] != row.place


def _refuse_leaps(path: Path, header: list[str], known: dict) -> None:
    """Leap seconds of the header are those of IERS at the file's messages; BeiDou counts from its own."""
    for number, line in enumerate(header, start=1):
        if line[60:].strip() != LEAPS or line[24:27] == "BDS" or not known:
            continue
        day = datetime.fromisoformat(max(cells["epoch"] for _, cells in known.values()))
        right = int(time_scales.behind_tai(day) - time_scales.BEHIND_TAI["GPS"])
        if line[:6].strip() != str(right):
            why = f"on {day:%Y-%m-%d} GPS time was {right} leap seconds ahead; look at the file's days"
            raise Unplaced(path, number, line[:6].strip(), why)


def _refuse_header(path: Path, lines: list[str]) -> None:
    first = lines[0]
    version = first[:9].strip()
    if not re.fullmatch(r"\d\.\d\d?", version) or first[20:21] != "N":
        raise Unplaced(path, 1, first.strip()[:40], "it is no navigation file of RINEX; name one of type N")
    if version[0] not in "34":
        raise Unplaced(path, 1, version, "only versions 3 and 4 are read; convert it")


def _blocks(path: Path, lines: list[str], begin: int) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, the message's name in version 4, and the lines of each record."""
    number, named, block, other, of = 0, "", [], False, ""
    each = lines[0].strip().startswith("4")  # version 4 names every message in a line before it
    for at, line in enumerate(lines[begin:], start=begin + 1):
        if not line.strip():
            continue
        opens, starts = line.startswith("> "), line[:1].isalpha()
        if (opens or starts) and block:
            yield number, named, block
            block, named = [], ""
        if opens:
            parts = line.split()
            other = parts[1:2] != ["EPH"]
            of, named = (parts[2], parts[3]) if len(parts) > 3 else ("", "")
        elif other:
            continue  # ionosphere, time offsets, orientation of the Earth
        elif starts:
            if each and line[:3].replace(" ", "0") != of:
                why = "the line before it names another satellite or none: lines are lost; download it again"
                raise Unplaced(path, at, line[:3], why)
            number, block, of = at, [line], ""
        elif block:
            block.append(line)
        else:
            raise Unplaced(path, at, line.strip()[:40], "it stands before any record; download it again")
    if block:
        yield number, named, block


def _row(path: Path, number: int, message: str, block: list[str]) -> Row:
    match = FIRST.fullmatch(block[0].ljust(80))
    if not match:
        why = "a record begins with satellite, time and three numbers in their columns; download it again"
        raise Unplaced(path, number, block[0].strip()[:40], why)
    if len(block) != 8:
        why = f"the record has {len(block)} lines where it needs 8; download it again"
        raise Unplaced(path, number, block[0][:23], why)
    system, satellite = match[1], f"{match[1]}{match[2].replace(' ', '0')}"
    if not 1 <= int(match[2]) <= NUMBERS[system]:
        why = f"{system} has satellites from 1 to {NUMBERS[system]}; download it again"
        raise Unplaced(path, number, satellite, why)
    epoch = _epoch(path, number, match[3])
    cells = {name: block[0][23 + 19 * k : 42 + 19 * k].strip() for k, name in enumerate(CLOCK)}
    texts = [line[4 + 19 * k : 23 + 19 * k].strip() for line in block[1:] for k in range(4)]
    cells |= dict(zip(FIELDS, texts))
    if beyond := next((line for line in block[1:] if line[80:].strip()), None):
        raise Unplaced(path, number, beyond[80:].strip(), "it stands beyond column 80; download it again")
    for line, first in zip(block, (23, *[4] * 7)):
        fields = (line[at : at + 19] for at in range(first, 80, 19))
        if cut := next((one for one in fields if one.strip() and (len(one) < 19 or one[-1] == " ")), None):
            why = "the number does not fill its columns: the line was cut or shifted; download it again"
            raise Unplaced(path, number, cut.strip(), why)
    for name, cell in cells.items():
        cells[name] = _number(path, number, name, cell)
    refuse_axis(path, number, satellite, cells["sqrt_axis_sqrt_m"])
    scale = SCALE[system]
    _refuse_week(path, number, system, epoch, cells)
    return Row(
        f"{path.name}, line {number}",
        {
            "satellite": satellite,
            "message": message,
            "epoch": epoch.isoformat(),
            "time_system": scale,
            "epoch_utc": f"{time_scales.to_utc(epoch, scale).isoformat()}Z",
            "healthy": "true" if healthy(system, int(float(cells["health"]))) else "false",
            **cells,
            "locator": f"line {number}, {satellite} of {epoch.isoformat()}",
        },
    )


def refuse_axis(path: Path, number: int, satellite: str, root: str) -> None:
    """Raises Unplaced for the square root of an axis that no orbit of the satellite's system has."""
    system = satellite[0]
    low, high = AXES.get(system, BOUNDS["sqrt_axis_sqrt_m"])
    if not low <= float(root) <= high:
        why = f"sqrt_axis_sqrt_m of {system} lies from {low:g} to {high:g}; look at the satellite's letter"
        raise Unplaced(path, number, root, why)


def healthy(system: str, bits: int) -> bool:
    """Whether a satellite's health bits call it usable: none is set, but for Japan's, of which one always
    tells the signal (L1C/A or L1C/B) that the satellite does not send.
    """
    return bits in (0, *ONE_OF_TWO) if system == "J" else bits == 0


def _refuse_week(path: Path, number: int, system: str, epoch: datetime, cells: dict[str, str]) -> None:
    """The record's time and its time of ephemeris are of one day or two."""
    seconds = float(cells["week"]) * 604_800 + float(cells["toe_s"])
    begins = datetime(2006, 1, 1) if system == "C" else datetime(1980, 1, 6)  # of weeks; BeiDou has its own
    if abs((epoch - begins).total_seconds() - seconds) > 86_400:
        why = f"the record is of {epoch:%Y-%m-%d}, which lies in another week; download it again"
        raise Unplaced(path, number, cells["week"], why)


def _epoch(path: Path, number: int, text: str) -> datetime:
    try:
        epoch = datetime(*map(int, text.split()))
    except ValueError:
        raise Unplaced(path, number, text, "it is no time of the calendar; download it again") from None
    refuse_year(path, number, text, epoch)
    return epoch


def refuse_year(path: Path, number: int, text: str, epoch: datetime) -> None:
    """Raises Unplaced for a time before navigation satellites, or that no file can tell of yet."""
    if not 1980 <= epoch.year < 2100:
        raise Unplaced(path, number, text, "it lies outside 1980 to 2099; look at its year")
    if found.ahead(epoch.date()):
        raise Unplaced(path, number, text, "it lies more than a month ahead of today; look at its year")


def _number(path: Path, number: int, name: str, text: str) -> str:
    if not text:
        if name in NEEDED:
            raise Unplaced(path, number, None, f"its field {name} is empty; download it again")
        return ""
    if not NUMBER.fullmatch(text):
        raise Unplaced(path, number, text, f"{name} is no number in its columns; download it again")
    plain = re.sub("[DdEe]", "E", text)
    low, high = BOUNDS.get(name, (-1e13, 1e13))
    if not low <= float(plain) <= high:
        raise Unplaced(path, number, text, f"{name} lies from {low:g} to {high:g}; look at its column")
    return plain
