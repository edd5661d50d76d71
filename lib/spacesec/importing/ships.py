"""Positions of ships as receivers report them, AIS as NMEA sentences or CSV, streamed; and a track's dark
hours.

Bits and unavailable values are those of Recommendation ITU-R M.1371-5, annex 8. A sentence whose checksum is
wrong or missing is never read; a file with more than one such sentence in a hundred is refused. Position,
speed, course and heading that are not available are none, not the numbers that stand for it, and a ship
without a position has no row.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import xor
from pathlib import Path

import numpy as np

from spacesec.errors import ParameterError
from spacesec.importing import decoded
from spacesec.importing.found import Found, Row, Unplaced, ahead, digest

COLUMNS = (
    "mmsi",
    "time_utc",
    "latitude_deg",
    "longitude_deg",
    "speed_kn",
    "course_deg",
    "heading_deg",
    "status",
    "name",
    "message",
    "locator",
)
CHUNK = 4_000_000  # bytes of sentences at a time
RECORDS = 50_000  # lines of CSV at a time
MOST_DAMAGED = 0.01
FEWEST = 10_000  # sentences before a share of damaged ones is judged in a file that goes on
LETTERS = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
NO_COURSES = (360.0, 409.5, 3600.0)  # as publishers scale or do not scale "not available"
NO_LONGITUDE, NO_LATITUDE, NO_SPEED, NO_COURSE, NO_HEADING, NO_STATUS = 181.0, 91.0, 102.3, 360.0, 511, 15
SINCE, UNTIL = datetime(2000, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()
# Fields by first bit, bits, signed; the place of a field in the arrays.
CLASS_A = {
    "status": (38, 4),
    "speed": (50, 10),
    "lon": (61, -28),
    "lat": (89, -27),
    "course": (116, 12),
    "heading": (128, 9),
    "second": (137, 6),
}
CLASS_B = {
    "speed": (46, 10),
    "lon": (57, -28),
    "lat": (85, -27),
    "course": (112, 12),
    "heading": (124, 9),
    "second": (133, 6),
}
BASE = {
    "year": (38, 14),
    "month": (52, 4),
    "day": (56, 5),
    "hour": (61, 5),
    "minute": (66, 6),
    "second": (72, 6),
}
PAYLOAD = 28  # characters of the messages 1 to 4 and 18
KNOWN = {
    "mmsi": "mmsi",
    "source_mmsi": "mmsi",
    "basedatetime": "time",
    "base_date_time": "time",
    "timestamp": "time",
    "time": "time",
    "datetime": "time",
    "date_time_utc": "time",
    "time_utc": "time",
    "lat": "lat",
    "latitude": "lat",
    "latitude_deg": "lat",
    "lon": "lon",
    "long": "lon",
    "longitude": "lon",
    "longitude_deg": "lon",
    "sog": "speed",
    "speed": "speed",
    "speed_kn": "speed",
    "cog": "course",
    "course": "course",
    "course_deg": "course",
    "heading": "heading",
    "heading_deg": "heading",
    "vesselname": "name",
    "vessel_name": "name",
    "name": "name",
    "shipname": "name",
}
_BLOCK = re.compile(rb"\\([^\\*]*)\*([0-9A-Fa-f]{2})\\")
_CLOCK = re.compile(rb"(?:^|,)c:(\d+)")
_SECONDS = re.compile(r"\d{9,10}(\.\d+)?|\d{13}")
_DANISH = re.compile(r"(\d{2})/(\d{2})/(\d{4}) (\d{2}:\d{2}:\d{2})")


@dataclass
class Fixes:
    """Reports as arrays of one length: ``mmsi``, ``time`` (seconds since 1970 UTC), ``lat``, ``lon``,
    ``speed``, ``course``, ``heading`` (nan where not available), ``status`` (-1), ``kind``, ``line``.
    """

    mmsi: np.ndarray
    time: np.ndarray
    lat: np.ndarray
    lon: np.ndarray
    speed: np.ndarray
    course: np.ndarray
    heading: np.ndarray
    status: np.ndarray
    kind: np.ndarray
    line: np.ndarray

    def __len__(self) -> int:
        return len(self.mmsi)

    def where(self, chosen: np.ndarray) -> "Fixes":
        return Fixes(**{name: values[chosen] for name, values in vars(self).items()})


@dataclass
class Reader:
    """One file on its way: what was set aside, the names of ships, halves of messages, the clock of base
    stations.
    """

    path: Path
    aside: Counter = field(default_factory=Counter)
    names: dict[int, str] = field(default_factory=dict)
    halves: dict[tuple, dict[int, str]] = field(default_factory=dict)
    clock: float = float("nan")
    sentences: int = 0
    reports: int = 0
    damaged: int = 0
    first_damaged: tuple[int, str] | None = None

    def __post_init__(self):
        self.Unplaced = partial(Unplaced, self.path)

    def damage(self, line: int, text: str) -> None:
        self.damaged += 1
        self.first_damaged = self.first_damaged or (line, text)

    def judge(self, last: bool) -> None:
        """Raises Unplaced where too many sentences are damaged to trust the rest."""
        if self.damaged > MOST_DAMAGED * self.sentences and (last or self.sentences > FEWEST):
            line, text = self.first_damaged
            raise self.Unplaced(
                line,
                text[:80],
                f"its checksum is wrong or cut off, as of {self.damaged:,} of {self.sentences:,} sentences",
            )

    def notes(self) -> list[str]:
        told = [f"set aside {what} ({count:,})" for what, count in sorted(self.aside.items()) if count]
        if self.damaged:
            told.append(f"set aside sentences whose checksum is wrong or cut off ({self.damaged:,})")
        return told


def read(path: Path, mmsi: str = "") -> Found:
    """The positions of a file, one row a report, read as they are asked for.

    mmsi: of one ship alone. Raises Unplaced, also while rows are read, for a line, number or time that cannot
    be placed; ``notes`` are whole when the rows are.
    """
    if mmsi and not re.fullmatch(r"\d{9}", mmsi):
        raise Unplaced(path, None, mmsi, "an MMSI has nine digits, zeros at its beginning among them")
    notes: list[str] = []
    return Found(_rows(path, mmsi, notes), COLUMNS, path.name, digest_of(path), "", notes)


def digest_of(path: Path) -> str:
    decoded.opened(path).close()
    return digest(path)


def _rows(path: Path, mmsi: str, notes: list[str]) -> Iterator[Row]:
    reader = Reader(path)
    count = 0
    for chunk in fixes(reader):
        if mmsi:
            chunk = chunk.where(chunk.mmsi == int(mmsi))
        columns = zip(*(values.tolist() for values in vars(chunk).values()))
        for ship, time, lat, lon, speed, course, heading, status, kind, line in columns:
            count += 1
            yield Row(
                f"{path.name}, line {line}",
                {
                    "mmsi": f"{ship:09d}",
                    "time_utc": shown_time(time),
                    "latitude_deg": f"{lat:.6f}",
                    "longitude_deg": f"{lon:.6f}",
                    "speed_kn": "" if speed != speed else f"{speed:.1f}",
                    "course_deg": "" if course != course else f"{course:.1f}",
                    "heading_deg": "" if heading != heading else f"{heading:.0f}",
                    "status": "" if status < 0 else str(status),
                    "name": reader.names.get(ship, ""),
                    "message": str(kind) if kind else "",
                    "locator": f"line {line}",
                },
            )
    notes += reader.notes()
    if not count:
        raise Unplaced(path, None, None, "it holds no position of a ship; give the file of the reports")


def shown_time(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace(
        "+00:00", "Z"
    )


def fixes(reader: Reader) -> Iterator[Fixes]:
    """The reports of a file with a position, in pieces, one after another as the file has them."""
    with decoded.opened(reader.path) as file:
        head = file.read(100_000)
    sentences = re.search(rb"^[^\n]{0,200}![A-Z]{2}VD[MO],", head, re.MULTILINE)
    if sentences and b"\x00" not in head:
        yield from _nmea(reader)
    else:
        yield from _table(reader)


# --- NMEA


def _nmea(reader: Reader) -> Iterator[Fixes]:
    line, rest = 1, b""
    with reader.path.open("rb") as file:
        while True:
            piece = file.read(CHUNK)
            held = rest + piece
            if piece:
                cut = held.rfind(b"\n") + 1
                held, rest = held[:cut], held[cut:]
            elif held and not held.endswith(b"\n"):
                held, rest = held + b"\n", b""
            if held:
                found = _piece(reader, held, line)
                line += held.count(b"\n")
                reader.judge(last=False)
                if len(found):
                    yield found
            if not piece:
                break
    if reader.halves:
        reader.aside["messages of which a part is missing"] += len(reader.halves)
    reader.judge(last=True)


@dataclass
class Lines:
    """Whole lines as bytes: where each that holds a sentence begins and ends, and the sentence in it (from
    after its ``!`` to its ``*``, -1 without one).
    """

    held: bytes
    letters: np.ndarray
    begin: np.ndarray
    start: np.ndarray
    star: np.ndarray
    end: np.ndarray
    number: np.ndarray

    def __len__(self) -> int:
        return len(self.start)

    def body(self, place: int) -> str:
        return self.held[self.start[place] : self.end[place]].decode("ascii", "replace").rstrip("\r")

    def beside(self, place: int) -> bytes:
        """What stands before the sentence, else after it."""
        before = self.held[self.begin[place] : self.start[place] - 1]
        return before or self.held[self.star[place] + 3 : self.end[place]].strip(b",; \t\r")


def _piece(reader: Reader, held: bytes, line: int) -> Fixes:
    """The position reports of whole lines."""
    lines = _lines(reader, held, line)
    reader.sentences += len(lines)
    sound = _sound(lines)
    for place in np.flatnonzero(~sound):
        reader.damage(int(lines.number[place]), lines.body(place))
    payload, kinds = _payloads(lines, sound)
    for place in np.flatnonzero(sound & (kinds == 0)):
        _other(reader, lines.body(place))
    times = _times(reader, lines, payload, kinds)
    chosen = np.isin(kinds, (1, 2, 3, 18)) & np.isfinite(times)
    return _positions(reader, payload, kinds, times, lines.number, chosen)


def _lines(reader: Reader, held: bytes, line: int) -> Lines:
    """The lines with a sentence; others are counted. Raises Unplaced for a line that is no talker's."""
    letters = np.frombuffer(held, np.uint8)
    end = np.flatnonzero(letters == 10)
    begin = np.concatenate(([0], end[:-1] + 1))
    bangs, stars = (np.append(np.flatnonzero(letters == sign), len(letters)) for sign in (33, 42))
    bang = bangs[np.searchsorted(bangs, begin)]
    for place in np.flatnonzero(bang >= end):
        plain = held[begin[place] : end[place]].strip()
        if plain and plain[:1] not in (b"$", b"#", b"\\"):
            text = plain[:80].decode("utf-8", "replace")
            raise reader.Unplaced(line + int(place), text, "it is no sentence of AIS; remove it")
        reader.aside["lines that are no sentence of AIS"] += bool(plain)
    has = bang < end
    begin, start, end, number = begin[has], bang[has] + 1, end[has], line + np.flatnonzero(has)
    star = stars[np.searchsorted(stars, start)]
    return Lines(held, letters, begin, start, np.where(star < end, star, -1), end, number)


def _sound(lines: Lines) -> np.ndarray:
    """Which sentences end in the checksum that their letters have."""
    sound = (lines.star > lines.start) & (lines.star + 2 < lines.end)
    if not sound.any():
        return sound
    letters, first, last = lines.letters, lines.start[sound], lines.star[sound]
    told = np.bitwise_xor.reduceat(letters, np.column_stack((first, last)).ravel())[::2]
    digits = np.column_stack((letters[last + 1], letters[last + 2])).astype(np.int64)
    digits = np.where(digits >= 97, digits - 32, digits)
    valid = ((digits >= 48) & (digits <= 57)) | ((digits >= 65) & (digits <= 70))
    values = np.where(digits >= 65, digits - 55, digits - 48)
    sound[sound] = valid.all(axis=1) & (told == 16 * values[:, 0] + values[:, 1])
    return sound


def _payloads(lines: Lines, sound: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The six-bit values of whole messages of PAYLOAD characters, and their types; 0 for other sentences."""
    padded = np.concatenate((lines.letters, np.zeros(80, np.uint8)))
    head = padded[lines.start[:, None] + np.arange(12)]
    one = sound & (head[:, 2] == 86) & (head[:, 3] == 68) & ((head[:, 4] == 77) | (head[:, 4] == 79))
    for place, letter in zip(range(5, 11), b",1,1,,"):
        one &= head[:, place] == letter
    begin = lines.start + np.where(head[:, 11] == 44, 12, 13)
    raw = padded[begin[:, None] + np.arange(PAYLOAD + 1)]
    one &= raw[:, PAYLOAD] == 44
    six = raw[:, :PAYLOAD] - np.uint8(48)  # what is no letter of a payload wraps round, past all of them
    six = np.where(six > 40, six - np.uint8(8), six)
    one &= ((six < 64) & ((raw[:, :PAYLOAD] < 88) | (raw[:, :PAYLOAD] > 95))).all(axis=1)
    return six, np.where(one & np.isin(six[:, 0], (1, 2, 3, 4, 18)), six[:, 0], 0).astype(np.int64)


def bits(six: np.ndarray, first: int, count: int) -> np.ndarray:
    """The field of so many bits from a bit on, signed where the count is negative."""
    signed, count = count < 0, abs(count)
    last = (first + count - 1) // 6
    value = np.zeros(len(six), np.int64)
    for place in range(first // 6, last + 1):
        value = value * 64 + six[:, place].astype(np.int64)
    value = (value >> (6 * (last + 1) - first - count)) & ((1 << count) - 1)
    return np.where(value >= 1 << (count - 1), value - (1 << count), value) if signed else value


def _positions(reader: Reader, payload, kinds, times, lines, chosen) -> Fixes:
    six, kinds = payload[chosen], kinds[chosen]
    own = {name: bits(six, *CLASS_A[name]) for name in CLASS_A}
    other = {name: bits(six, *CLASS_B[name]) for name in CLASS_B}
    is_b = kinds == 18
    told = {name: np.where(is_b, other.get(name, -1), own[name]) for name in CLASS_A}
    lat, lon = told["lat"] / 600_000, told["lon"] / 600_000
    found = Fixes(
        bits(six, 8, 30),
        times[chosen],
        lat,
        lon,
        np.where(told["speed"] == 1023, np.nan, told["speed"] / 10),
        np.where(told["course"] >= 3600, np.nan, told["course"] / 10),
        np.where(told["heading"] >= 360, np.nan, told["heading"]).astype(float),
        np.where(told["status"] == NO_STATUS, -1, told["status"]),
        kinds,
        lines[chosen],
    )
    none = (lat == NO_LATITUDE) | (lon == NO_LONGITUDE)
    wrong = ~none & ((np.abs(lat) > 90) | (np.abs(lon) > 180))
    unnamed = ~none & ~wrong & ((found.mmsi == 0) | (found.mmsi > 999_999_999))
    reader.aside["reports without a position"] += int(none.sum())
    reader.aside["positions that do not exist"] += int(wrong.sum())
    reader.aside["reports without the number of a ship"] += int(unnamed.sum())
    return found.where(~none & ~wrong & ~unnamed)


def _times(reader: Reader, lines: Lines, payload: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """The time of each report: before or after its sentence, else by the clock of the last base station."""
    times = np.full(len(lines), np.nan)
    bare = []
    for place in np.flatnonzero(kinds).tolist():
        told = lines.beside(place)
        if told:
            try:
                times[place] = stamp(told)
            except ValueError as error:
                text = told.decode("utf-8", "replace")
                raise reader.Unplaced(int(lines.number[place]), text[:60], f"{error}") from None
        else:
            bare.append(place)
    if bare:
        _by_base(reader, np.array(bare), times, payload, kinds)
    return times


def _by_base(reader, places, times, payload, kinds) -> None:
    """Times of sentences without one: the minute of the last base station report, the second of their own."""
    six, kinds = payload[places], kinds[places]
    base = {name: bits(six, *BASE[name]) for name in BASE}
    seconds = np.where(kinds == 18, bits(six, *CLASS_B["second"]), bits(six, *CLASS_A["second"]))
    early = 0
    for number, place in enumerate(places.tolist()):
        if kinds[number] == 4:
            year, month, day, hour, minute, second = (int(base[name][number]) for name in BASE)
            if (
                2000 <= year < 2100
                and 1 <= month <= 12
                and 1 <= day
                and hour < 24
                and minute < 60
                and second < 60
            ):
                try:
                    reader.clock = datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()
                except ValueError:
                    reader.aside["clocks of base stations that do not exist"] += 1
            continue
        if reader.clock != reader.clock or seconds[number] > 59:
            early += 1
            continue
        shift = (seconds[number] - reader.clock + 30) % 60 - 30
        times[place] = reader.clock + shift
    reader.aside["reports of no known time"] += early


@functools.lru_cache(maxsize=20_000)
def stamp(told: bytes) -> float:
    """Seconds since 1970 of what stands beside a sentence: a tag block (``c:``), seconds or milliseconds, an
    ISO time. Raises ValueError in a few words.
    """
    if told[:1] == b"\\":
        block = _BLOCK.fullmatch(told)
        if not block or functools.reduce(xor, block[1], 0) != int(block[2], 16):
            raise ValueError("the checksum of its tag block is wrong; get the file anew")
        found = _CLOCK.search(block[1])
        if not found:
            raise ValueError("its tag block has no time (c:)")
        text = found[1].decode()
    else:
        text = told.decode("ascii", "replace").strip(" ,;\t\r")
    if _SECONDS.fullmatch(text):
        seconds = float(text) / (1000 if len(text) == 13 else 1)
    else:
        seconds = moment(text)
    if not SINCE <= seconds < UNTIL:
        raise ValueError("its time is not of this century")
    if ahead(datetime.fromtimestamp(seconds, UTC).date()):
        raise ValueError("its time lies more than a month ahead of today; look at its year")
    return seconds


def moment(text: str) -> float:
    """Seconds since 1970 of an ISO time, UTC unless it says another zone; hour 24 is the midnight that ends
    the day. Raises ValueError.
    """
    plain = text.strip().replace("/", "-") if re.match(r"\d{4}/", text) else text.strip()
    plain = re.sub(r"\s*(UTC|GMT)$", "Z", plain)
    plain = re.sub(r"\s*JST$", "+09:00", plain)
    ends = re.fullmatch(r"(\d{4}-\d{2}-\d{2}[T ])24(:00(?::00(?:\.0+)?)?.*)", plain)
    try:
        found = datetime.fromisoformat(f"{ends[1]}00{ends[2]}" if ends else plain)
    except ValueError:
        raise ValueError("it is no time as in 2026-11-29T12:00:00Z") from None
    if not re.search(r"\d{2}:\d{2}", plain):
        raise ValueError("it has no time of day")
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    return (found + timedelta(days=1 if ends else 0)).timestamp()


def _other(reader: Reader, body: str) -> None:
    """Messages in parts and of other kinds: the names of ships are kept, the rest is counted."""
    parts = body.partition("*")[0].split(",")
    if (
        len(parts) != 7
        or parts[0][2:] not in ("VDM", "VDO")
        or not (parts[1].isdigit() and parts[2].isdigit())
    ):
        reader.aside["sentences of other kinds"] += 1
        return
    total, number, payload = int(parts[1]), int(parts[2]), parts[5]
    if total > 1:
        key = (total, parts[3], parts[4])
        known = reader.halves.setdefault(key, {})
        if number == 1 and known or not 1 <= number <= total:
            reader.aside["messages of which a part is missing"] += 1
            known.clear()
        known[number] = payload
        if len(known) < total:
            if number == total:
                del reader.halves[key]
                reader.aside["messages of which a part is missing"] += 1
            return
        payload = "".join(known[place] for place in range(1, total + 1))
        del reader.halves[key]
    six = [ord(letter) - (48 if letter < "X" else 56) for letter in payload]
    if not re.fullmatch("[0-W`-w]+", payload):
        reader.aside["messages that do not read"] += 1
    elif six[0] == 5 and len(six) >= 39:
        whole = functools.reduce(lambda value, one: value << 6 | one, six[:39], 0)  # to bit 234
        name = "".join(LETTERS[whole >> (234 - 118 - 6 * place) & 63] for place in range(20))
        reader.names[whole >> (234 - 38) & (1 << 30) - 1] = name.partition("@")[0].strip()
    elif six[0] in (1, 2, 3, 18):
        reader.aside["position reports that are too short or too long"] += 1
    else:
        reader.aside["messages of other kinds"] += 1


# --- CSV


def _table(reader: Reader) -> Iterator[Fixes]:
    table = decoded.table(reader.path, KNOWN, ("mmsi", "time", "lat", "lon"))
    with decoded.opened(reader.path) as file:
        danish = file.read(20).lstrip(b"\xef\xbb\xbf").startswith(b"# Timestamp")
    made: list[tuple] = []
    for line, cells in table:
        if row := _record(reader, line, cells, danish):
            made.append(row)
            if len(made) == RECORDS:
                yield _arrays(made)
                made = []
    if made:
        yield _arrays(made)


def _arrays(made: list[tuple]) -> Fixes:
    columns = list(zip(*made))
    whole = [0, 7, 8, 9]
    return Fixes(*(np.array(one, np.int64 if place in whole else float) for place, one in enumerate(columns)))


def _record(reader: Reader, line: int, cells: dict[str, str], danish: bool) -> tuple | None:
    ship = cells["mmsi"].strip("'\" ")
    if not re.fullmatch(r"\d{1,9}", ship):
        raise reader.Unplaced(
            line, cells["mmsi"], "it is no MMSI, which has nine digits; save the column as text"
        )
    if len(ship) < 9:
        reader.aside["nothing; put back zeros at the beginning of an MMSI"] += 1
    try:
        time = _csv_time(cells["time"], danish)
    except ValueError as error:
        raise reader.Unplaced(line, cells["time"], f"{error}") from None
    lat, lon = (_number(reader, line, cells[name], name) for name in ("lat", "lon"))
    if lat is None or lon is None or lat == NO_LATITUDE or abs(lon) == NO_LONGITUDE:
        reader.aside["reports without a position"] += 1
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        value = cells["lat"] if abs(lat) > 90 else cells["lon"]
        raise reader.Unplaced(line, value, "it lies on no map; latitude and longitude may be swapped")
    if lat == lon == 0:
        reader.aside["reports at 0° N 0° E, which receivers give that know no position"] += 1
        return None
    if not int(ship):
        reader.aside["reports without the number of a ship"] += 1
        return None
    speed, course, heading = (
        _number(reader, line, cells.get(name, ""), name) for name in ("speed", "course", "heading")
    )
    for name, value, most in (
        ("speed", speed, 1023.5),
        ("course", course, 3600.5),
        ("heading", heading, 511.5),
    ):
        sentinel = name == "heading" and value != 511 or name == "course" and value not in NO_COURSES
        if value is not None and (not 0 <= value < most or (sentinel and value > 360)):
            raise reader.Unplaced(line, cells[name], f"it is no {name}; the columns may be swapped")
    if name := cells.get("name", ""):
        reader.names[int(ship)] = name
    gone = float("nan")
    return (
        int(ship),
        time,
        lat,
        lon,
        gone if speed is None or speed >= NO_SPEED else speed,
        gone if course is None or course >= NO_COURSE else course,
        gone if heading is None or heading >= 360 else heading,
        -1,
        0,
        line,
    )


def _csv_time(text: str, danish: bool) -> float:
    if re.fullmatch(r"\d{10}(\.\d+)?|\d{13}", text):
        return stamp(text.encode())
    if danish and (found := _DANISH.fullmatch(text)):
        return moment(f"{found[3]}-{found[2]}-{found[1]}T{found[4]}")
    return stamp(text.encode())


def _number(reader: Reader, line: int, text: str, name: str) -> float | None:
    if text.casefold() in ("", "na", "n/a", "null", "none", "unknown"):
        return None
    if not re.fullmatch(r"[+-]?\d{1,4}(\.\d+)?", text):
        raise reader.Unplaced(line, text, f"it is no {name} in degrees or knots; correct it")
    return float(text)


# --- dark hours


@dataclass(frozen=True)
class Gap:
    """Hours in which nothing of a ship was received: from the last report before to the first after."""

    mmsi: int
    start: float
    end: float
    before: tuple[float, float]
    after: tuple[float, float]

    @property
    def hours(self) -> float:
        return (self.end - self.start) / 3600


GAP_COLUMNS = (
    "mmsi",
    "start_utc",
    "end_utc",
    "hours",
    "from_latitude_deg",
    "from_longitude_deg",
    "to_latitude_deg",
    "to_longitude_deg",
    "locator",
)


@dataclass
class Track:
    """One ship while its file is read: its last report and its gaps so far."""

    first: tuple[float, float, float]
    last: tuple[float, float, float]
    gaps: list[Gap] = field(default_factory=list)


def dark_hours(path: Path, least_hours: float = 6.0) -> Found:
    """The gaps of every ship of a file, longest first, a row each; raises Unplaced as `read` does."""
    reader = Reader(path)
    tracks = dark(reader, _hours(least_hours))
    if not tracks:
        raise Unplaced(path, None, None, "it holds no position of a ship; give the file of the reports")
    gaps = sorted((gap for track in tracks.values() for gap in track.gaps), key=lambda g: (-g.hours, g.mmsi))
    rows = []
    for gap in gaps:
        start, end = shown_time(gap.start), shown_time(gap.end)
        places = [f"{value:.6f}" for value in (*gap.before, *gap.after)]
        cells = (f"{gap.mmsi:09d}", start, end, f"{gap.hours:.4f}", *places, f"reports of {start} and {end}")
        rows.append(Row(f"{path.name}, ship {cells[0]}", dict(zip(GAP_COLUMNS, cells))))
    last = shown_time(max(track.last[0] for track in tracks.values()))[:10]
    extent = f"{reader.reports:,} reports of {len(tracks):,} ships"
    return Found(rows, GAP_COLUMNS, path.name, digest(path), last, [extent, *reader.notes()])


def _hours(given: float | str) -> float:
    try:
        hours = float(given)
    except ValueError:
        hours = math.nan
    if not 0 < hours < math.inf:
        raise ParameterError(f"least_hours = {given} is not possible; give hours above 0, as in 6.")
    return hours


def dark(reader: Reader, least_hours: float = 6.0) -> dict[int, Track]:
    """Every ship's gaps of so many hours or more, in memory that grows with ships and gaps alone.

    A report that comes late in the file divides the gap that it falls into. A gap says that nothing was
    received, not that the transponder was off.
    """
    tracks: dict[int, Track] = {}
    for chunk in fixes(reader):
        reader.reports += len(chunk)
        order = np.lexsort((chunk.time, chunk.mmsi))
        ship, time = chunk.mmsi[order], chunk.time[order]
        lat, lon = chunk.lat[order], chunk.lon[order]
        begins = np.flatnonzero(np.diff(ship, prepend=-1))
        ends = np.append(begins[1:], len(ship))
        wide = np.flatnonzero((np.diff(time) >= 3600 * least_hours) & (np.diff(ship) == 0))
        for first, last in zip(begins.tolist(), ends.tolist()):
            points = partial(_point, time, lat, lon)
            own = wide[np.searchsorted(wide, first) : np.searchsorted(wide, last - 1)].tolist()
            number = int(ship[first])
            if number not in tracks:
                tracks[number] = Track(points(first), points(first))
            track = tracks[number]
            if time[first] < track.last[0]:
                for place in range(first, last):
                    _late(track, number, points(place), least_hours)
                continue
            for before, after in ((track.last, points(first)), *((points(w), points(w + 1)) for w in own)):
                _opened(track, number, before, after, least_hours)
            track.last = points(last - 1)
    return tracks


def _point(time, lat, lon, place: int) -> tuple[float, float, float]:
    return float(time[place]), float(lat[place]), float(lon[place])


def _opened(track: Track, number: int, before: tuple, after: tuple, least_hours: float) -> None:
    if after[0] - before[0] >= 3600 * least_hours:
        track.gaps.append(Gap(number, before[0], after[0], before[1:], after[1:]))


def _late(track: Track, number: int, point: tuple, least_hours: float) -> None:
    if point[0] >= track.last[0]:
        _opened(track, number, track.last, point, least_hours)
        track.last = point
    elif point[0] < track.first[0]:
        _opened(track, number, point, track.first, least_hours)
        track.first = point
    elif inside := next((gap for gap in track.gaps if gap.start < point[0] < gap.end), None):
        track.gaps.remove(inside)
        _opened(track, number, (inside.start, *inside.before), point, least_hours)
        _opened(track, number, point, (inside.end, *inside.after), least_hours)
