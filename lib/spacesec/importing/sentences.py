"""Sentences of AIS (NMEA 0183: ``!AIVDM``), streamed as bytes.

Bits are those of Recommendation ITU-R M.1371-5, annex 8. A sentence whose checksum is wrong or missing is
never read.
"""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from spacesec.importing.decoded import MARKS
from spacesec.importing.found import ahead
from spacesec.importing.reports import (
    NO_LATITUDE,
    NO_LONGITUDE,
    NO_STATUS,
    SINCE,
    Fixes,
    Reader,
    shown_time,
    stamp,
)
from spacesec.words.language import noted

CHUNK = 4_000_000  # bytes of sentences at a time
LETTERS = "@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ !\"#$%&'()*+,-./0123456789:;<=>?"
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
HOLDS_S, BACK_S = 60, 600  # that a clock counts for reports; by which stations' clocks may differ
PAYLOAD = 28  # characters of the messages 1 to 4 and 18


def read(reader: Reader) -> Iterator[Fixes]:
    line, held, rest = 1, b"", b""
    with reader.path.open("rb") as file:
        while True:
            piece = file.read(CHUNK) if held else file.read(CHUNK).removeprefix(MARKS[0][0])
            if b"\r" in piece:
                piece += file.read(1) if piece.endswith(b"\r") else b""
                piece = piece.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
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
        reader.aside[noted("messages of which a part is missing")] += len(reader.halves)
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
        return self.held[self.start[place] : self.end[place]].decode("ascii", "replace")

    def beside(self, place: int) -> bytes:
        """What stands before the sentence, else after it."""
        before = self.held[self.begin[place] : self.start[place] - 1]
        return before or self.held[self.star[place] + 3 : self.end[place]].strip(b",; \t")


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
        reader.aside[noted("lines that are no sentence of AIS")] += bool(plain)
    has = bang < end
    reader.aside[noted("sentences behind another on its line")] += len(bangs) - 1 - int(has.sum())
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
    reader.aside[noted("reports without a position")] += int(none.sum())
    reader.aside[noted("positions that do not exist")] += int(wrong.sum())
    return found.where(~none & ~wrong)


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
        _by_base(reader, lines, np.array(bare), times, payload, kinds)
    return times


def _by_base(reader: Reader, lines: Lines, places, times, payload, kinds) -> None:
    """Times of sentences without one: from the clock of a base station on, by the second that each tells,
    as long as they are within a minute of that clock.
    """
    six, kinds = payload[places], kinds[places]
    base = np.column_stack([bits(six, *BASE[name]) for name in BASE]).tolist()
    seconds = np.where(kinds == 18, bits(six, *CLASS_B["second"]), bits(six, *CLASS_A["second"]))
    early = 0
    for number, place in enumerate(places.tolist()):
        if kinds[number] == 4:
            _set(reader, int(lines.number[place]), base[number])
            continue
        if seconds[number] < 60:
            reader.run += (seconds[number] - reader.run + 30) % 60 - 30
        if seconds[number] < 60 and abs(reader.run - reader.clock) <= HOLDS_S:
            times[place] = reader.run
        else:
            early += 1
    reader.aside[noted("reports of no known time")] += early


def _set(reader: Reader, line: int, told: list[int]) -> None:
    """Sets the clock by a base station's; raises Unplaced where two do not go together."""
    try:
        clock = datetime(*told, tzinfo=UTC)
    except ValueError:
        clock = None
    if clock is None or clock.timestamp() < SINCE or ahead(clock.date()):
        reader.aside[noted("clocks of base stations that tell no time or one to come")] += 1
        return
    seconds = clock.timestamp()
    if seconds < reader.clock - BACK_S:
        why = f"a base station on line {reader.clock_line} had a later time; take out the wrong one"
        raise reader.Unplaced(line, shown_time(seconds), why)
    reader.clock = reader.run = seconds
    reader.clock_line = line


def _other(reader: Reader, body: str) -> None:
    """Messages in parts and of other kinds: the names of ships are kept, the rest is counted."""
    parts = body.partition("*")[0].split(",")
    if (
        len(parts) != 7
        or parts[0][2:] not in ("VDM", "VDO")
        or not (parts[1].isdigit() and parts[2].isdigit())
    ):
        reader.aside[noted("sentences of other kinds")] += 1
        return
    total, number, payload = int(parts[1]), int(parts[2]), parts[5]
    if total > 1:
        key = (total, parts[3], parts[4])
        known = reader.halves.setdefault(key, {})
        if known.get(number) == payload:
            return  # another receiver's
        if number in known or not 1 <= number <= total:
            reader.aside[noted("messages of which a part is missing")] += 1
            known.clear()
        known[number] = payload
        if len(known) < total:
            return
        payload = "".join(known[place] for place in range(1, total + 1))
        del reader.halves[key]
    six = [ord(letter) - (48 if letter < "X" else 56) for letter in payload]
    if not re.fullmatch("[0-W`-w]+", payload):
        reader.aside[noted("messages that do not read")] += 1
    elif six[0] == 5 and len(six) >= 39:
        whole = functools.reduce(lambda value, one: value << 6 | one, six[:39], 0)  # to bit 234
        name = "".join(LETTERS[whole >> (234 - 118 - 6 * place) & 63] for place in range(20))
        reader.names[whole >> (234 - 38) & (1 << 30) - 1] = name.partition("@")[0].strip()
    elif six[0] in (1, 2, 3, 18):
        reader.aside[noted("position reports that are too short or too long")] += 1
    else:
        reader.aside[noted("messages of other kinds")] += 1
