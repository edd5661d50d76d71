"""Precise orbits: SP3 files of versions a, c and d.

Format: S. Hilla, "The Extended Standard Product 3 Orbit Format (SP3-d)", NGS 2016. A position of three
noughts and a clock of 999999.999999 mean that there is none: such cells are empty, never the Earth's center.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from spacesec.data import time_scales
from spacesec.importing import navigation
from spacesec.importing.found import Row, Unplaced
from spacesec.words.language import said

NO_CLOCK = 999_999.0
SCALES = {"GPS": "GPS", "GAL": "GAL", "BDT": "BDT", "QZS": "QZS", "IRN": "IRN", "TAI": "TAI", "UTC": "UTC"}
COLUMNS = ("satellite", "epoch", "time_system", "epoch_utc", "frame", "x_km", "y_km", "z_km", "clock_us")
COLUMNS += ("clock_event", "clock_predicted", "maneuver", "orbit_predicted", "locator")
FLAGS = {
    "clock_event": (74, "E"),
    "clock_predicted": (75, "P"),
    "maneuver": (78, "M"),
    "orbit_predicted": (79, "P"),
}
REACH_KM = (6_300.0, 500_000.0)
BEGINS = re.compile(r"#([acd])([PV])")
# Satellites by letter and number; without a letter they are of GPS, as in version a, which knows no other.
SATELLITE = re.compile(r"[GRLSECJI](?:0[1-9]|[1-9]\d)")


def rows(path: Path, text: str, notes: list[str]) -> Iterator[Row]:
    """One row a satellite and epoch, also where its position or its clock is missing. Raises Unplaced."""
    lines = text.splitlines()
    frame, scale, epochs, satellites = _header(path, lines)
    begin, step = _clock(path, lines)
    if not any(line.startswith("EOF") for line in lines):
        raise Unplaced(path, None, None, "its last line is not EOF: it was cut; download it again")
    epoch, found, lost, silent = None, 0, 0, 0
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if line.startswith("EOF"):
            _refuse_lack(path, number, satellites - seen if epoch else set())
            if any(rest.strip() for rest in lines[number:]):
                raise Unplaced(path, number + 1, lines[number][:40], "it stands behind EOF; mend the file")
            break
        if line.startswith("*"):
            _refuse_lack(path, number, satellites - seen if epoch else set())
            epoch, seen = _epoch(path, number, line), set()
            wanted = begin + found * step
            _refuse_moved(path, number, line, epoch, wanted)
            found += 1
        elif line.startswith("P") and epoch is not None:
            row = _row(path, number, line, epoch, scale, frame)
            satellite = row.cells["satellite"]
            if satellite not in satellites or satellite in seen:
                why = "the satellite stands there twice or is not in the header; download the file again"
                raise Unplaced(path, number, satellite, why)
            seen.add(satellite)
            lost += not row.cells["x_km"]
            silent += not row.cells["clock_us"]
            yield row
        elif not line.startswith(("#", "+", "%", "/*", "V", "EP", "EV")) and line.strip():
            raise Unplaced(path, number, line[:40], "it is no line of SP3; download it again")
    if found != epochs:
        raise Unplaced(
            path, 1, str(epochs), f"its header promises so many epochs, it has {found}; download it again"
        )
    if lost or silent:
        words = said("without a position: {lost}; without a clock: {silent}", lost=lost, silent=silent)
        notes.append(words)


def _refuse_lack(path: Path, number: int, lacking: set[str]) -> None:
    """Every epoch has all satellites of the header, those without a position with noughts."""
    if lacking:
        why = "the epoch before it lacks this satellite of the header; download it again"
        raise Unplaced(path, number, ", ".join(sorted(lacking)[:3]), why)


def _refuse_moved(path: Path, number: int, line: str, epoch: datetime, wanted: datetime) -> None:
    if abs((epoch - wanted).total_seconds()) > 0.001:
        why = f"by its header this epoch is {wanted.isoformat()}; look whether lines are lost or moved"
        raise Unplaced(path, number, line.strip(), why)


def _clock(path: Path, lines: list[str]) -> tuple[datetime, timedelta]:
    """The first epoch by line 1, which line 2 tells again by week and second, and the step between epochs."""
    if lines[0][2] == "V" and not any(line.startswith("V") for line in lines[1:]):
        raise Unplaced(path, 1, lines[0][:3], "it promises velocities and has none; download it again")
    begin = _epoch(path, 1, f"*  {lines[0][3:31]}")
    second = lines[1] if len(lines) > 1 else ""
    try:
        week, of_week, step = int(second[3:7]), float(second[8:23]), float(second[24:38])
    except ValueError:
        raise Unplaced(path, 2, second[:40], "it tells no week and no step; download it again") from None
    if abs((datetime(1980, 1, 6) + timedelta(weeks=week, seconds=of_week) - begin).total_seconds()) > 1:
        why = f"it is another time than line 1 has, {begin.isoformat()}; download it again"
        raise Unplaced(path, 2, second[3:23].strip(), why)
    return begin, timedelta(seconds=step)


def _header(path: Path, lines: list[str]) -> tuple[str, str, int, set[str]]:
    """Frame, time scale, number of epochs, satellites."""
    if not BEGINS.match(lines[0]):
        raise Unplaced(path, 1, lines[0][:40], "only versions a, c and d of SP3 are read; convert it")
    epochs = lines[0][32:39].strip()
    clock = next((line[9:12] for line in lines[:60] if line.startswith("%c")), "")
    listed = "".join(line[9:60] for line in lines[:60] if re.match(r"\+ ", line))
    names = [listed[at : at + 3] for at in range(0, len(listed), 3)]
    satellites = {_satellite(name) for name in names if name.strip(" 0")}
    if wrong := next((name for name in sorted(satellites) if not _possible(name)), None):
        raise Unplaced(path, None, wrong, "SP3 has no satellite of this letter and number; download it again")
    promised = next((line[3:6].strip() for line in lines[:60] if re.match(r"\+ ", line)), "")
    if promised.isdigit() and int(promised) != len(satellites):
        why = f"its header promises so many satellites and names {len(satellites)}; download it again"
        raise Unplaced(path, None, promised, why)
    if lines[0][1] == "a" and clock == "ccc":
        clock = "GPS"  # version a says nothing, and knows no other
    if clock not in SCALES or not epochs.isdigit():
        raise Unplaced(
            path, 1, clock or None, "its header tells no time scale or no epochs; download it again"
        )
    return lines[0][46:51].strip(), SCALES[clock], int(epochs), satellites


def _satellite(text: str) -> str:
    return f"{text[:1].strip() or 'G'}{text[1:].replace(' ', '0')}"


def _possible(satellite: str) -> bool:
    numbers = navigation.NUMBERS.get(satellite[0], 99)
    return bool(SATELLITE.fullmatch(satellite)) and int(satellite[1:]) <= numbers


def _epoch(path: Path, number: int, line: str) -> datetime:
    match = re.fullmatch(r"\*\s+(\d{4})\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s+(\d+\.\d+)\s*", line, re.ASCII)
    try:
        if match is None:
            raise ValueError
        epoch = datetime(*map(int, match.groups()[:5])) + timedelta(seconds=float(match[6]))
    except ValueError:
        raise Unplaced(
            path, number, line.strip(), "it is no time of the calendar; download it again"
        ) from None
    navigation.refuse_year(path, number, line.strip(), epoch)
    return epoch


def _row(path: Path, number: int, line: str, epoch: datetime, scale: str, frame: str) -> Row:
    satellite = _satellite(line[1:4])
    texts = [line[4 + 14 * k : 18 + 14 * k].strip() for k in range(4)]
    wrong = next((text for text in texts if not re.fullmatch(r"-?\d+\.\d+", text, re.ASCII)), None)
    if wrong is not None:
        raise Unplaced(path, number, wrong, "it is no number in its columns; download it again")
    values = [float(text) for text in texts]
    missing = not any(values[:3])
    radius = sum(value**2 for value in values[:3]) ** 0.5
    if not missing and not REACH_KM[0] <= radius <= REACH_KM[1]:
        why = (
            f"the position is {radius:.0f} km from the Earth's center: it is in kilometers; look at its unit"
        )
        raise Unplaced(path, number, texts[0], why)
    no_clock = abs(values[3]) >= NO_CLOCK
    return Row(
        f"{path.name}, line {number}",
        {
            "satellite": satellite,
            "epoch": epoch.isoformat(),
            "time_system": scale,
            "epoch_utc": f"{time_scales.to_utc(epoch, scale).isoformat()}Z",
            "frame": frame,
            **dict(zip(("x_km", "y_km", "z_km"), ("", "", "") if missing else texts)),
            "clock_us": "" if no_clock else texts[3],
            **{name: "true" if line[at : at + 1] == sign else "" for name, (at, sign) in FLAGS.items()},
            "locator": f"line {number}, {satellite} of {epoch.isoformat()}",
        },
    )
