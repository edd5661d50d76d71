"""Reports of ships, whatever file they came in: as arrays, with their times, and without what is no ship's.

Values that stand for "not available" are those of Recommendation ITU-R M.1371-5, annex 8; the forms of an
MMSI those of Recommendation ITU-R M.585.
"""

import functools
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from operator import xor
from pathlib import Path

import numpy as np

from spacesec.importing.found import SET_ASIDE, Unplaced, ahead, alone, tallied
from spacesec.words.language import noted, said

MOST_DAMAGED = 0.01
FEWEST = 10_000  # sentences before a share of damaged ones is judged in a file that goes on
# What no ship has: first and last number, and what reports under them are called.
OTHERS = (
    (0, 0, noted("reports without the number of a ship")),
    (2_000_000, 7_999_999, noted("reports of coast stations")),  # 00, a country's three figures
    (20_000_000, 79_999_999, noted("reports of groups of ships")),
    (111_200_000, 111_799_999, noted("reports of aircraft")),
    (970_000_000, 970_999_999, noted("reports of rescue transmitters")),
    (972_000_000, 972_999_999, noted("reports of rescue transmitters")),
    (974_000_000, 974_999_999, noted("reports of rescue transmitters")),
    (992_000_000, 997_999_999, noted("reports of aids to navigation")),
    (1_000_000_000, 1 << 30, noted("reports without the number of a ship")),
)
FASTEST_KN, NEAR_NM = 102.2, 1.0  # the greatest speed that a report tells; what two receivers may differ by
NO_LONGITUDE, NO_LATITUDE, NO_STATUS = 181.0, 91.0, 15
SINCE, UNTIL = datetime(2000, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_BLOCK = re.compile(rb"\\([^\\*]*)\*([0-9A-Fa-f]{2})\\")
_CLOCK = re.compile(rb"(?:^|,)c:(\d+)")
_STATION = re.compile(r"(?:[A-Za-z][\w.+-]*,)+(?=\d{9,10}$)")  # and other words of the US Coast Guard
_SECONDS = re.compile(r"\d{9,10}(\.\d+)?|\d{13}")


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
    """One file on its way: what was set aside, the names of ships, parts of messages, the clock of base
    stations, the last report of each ship, reports and first line of each day.
    """

    path: Path
    aside: Counter = field(default_factory=Counter)
    names: dict[int, str] = field(default_factory=dict)
    halves: dict[tuple, dict[int, str]] = field(default_factory=dict)
    clock: float = float("nan")
    clock_line: int = 0
    run: float = float("nan")
    last: tuple[np.ndarray, ...] = ()
    days: Counter = field(default_factory=Counter)
    begins: dict[int, int] = field(default_factory=dict)
    apart: int = 0
    first_apart: tuple[int, int] | None = None
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

    def sieve(self, found: Fixes) -> Fixes:
        """The reports of ships among these; the others are counted, and so are a ship's that lie farther
        apart than any goes.
        """
        nowhere = (found.lat == 0) & (found.lon == 0)
        self.aside[noted("reports at 0° N 0° E, which receivers give that know no position")] += int(
            nowhere.sum()
        )
        kept = ~nowhere
        for first, last, what in OTHERS:
            chosen = kept & (found.mmsi >= first) & (found.mmsi <= last)
            self.aside[what] += int(chosen.sum())
            kept &= ~chosen
        found = found if kept.all() else found.where(kept)
        if len(found):
            self._follow(found)
            self._count_days(found)
        return found

    def _follow(self, found: Fixes) -> None:
        own = (found.mmsi, found.time, found.lat, found.lon, found.line)
        ship, time, lat, lon, line = map(np.concatenate, zip(self.last, own)) if self.last else own
        order = np.lexsort((time, ship))
        ship, time, lat, lon, line = (one[order] for one in (ship, time, lat, lon, line))
        north = 60 * np.diff(lat)
        east = 60 * ((np.diff(lon) + 180) % 360 - 180) * np.cos(np.radians(lat[1:]))
        same = np.diff(ship) == 0
        far = same & (np.hypot(north, east) > NEAR_NM + FASTEST_KN / 3600 * np.diff(time))
        if far.any():
            self.apart += int(far.sum())
            self.first_apart = self.first_apart or (int(ship[1:][far][0]), int(line[1:][far][0]))
        ends = np.append(~same, True)
        self.last = tuple(one[ends] for one in (ship, time, lat, lon, line))

    def _count_days(self, found: Fixes) -> None:
        days = (found.time // 86_400).astype(np.int64)
        for day, first, count in zip(*map(np.ndarray.tolist, np.unique(days, True, return_counts=True))):
            self.days[day] += count
            self.begins.setdefault(day, int(found.line[first]))

    def refuse_alone(self) -> None:
        """Raises Unplaced for times that lie more than a year from all others: a clock was wrong."""
        if (day := alone(self.days)) is not None:
            raise self.Unplaced(
                self.begins[day],
                shown_time(86_400 * day)[:10],
                "the others lie more than a year from it: correct its time, or import them apart",
            )

    def notes(self) -> list[str]:
        damaged = {noted("sentences whose checksum is wrong or cut off"): self.damaged}
        told = tallied(self.aside, SET_ASIDE) + tallied(damaged, SET_ASIDE)
        if self.apart:
            ship, line = self.first_apart
            told.append(
                said(
                    "kept reports of one number farther apart than {knots} knots go, as of two ships"
                    " ({count}): one on line {line}, of {ship}",
                    knots=f"{FASTEST_KN:g}",
                    count=f"{self.apart:,}",
                    line=line,
                    ship=f"{ship:09d}",
                )
            )
        return told


def shown_time(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds" if moment.microsecond else "seconds").replace(
        "+00:00", "Z"
    )


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
        text = _STATION.sub("", told.decode("ascii", "replace").strip(" ,;\t\r"))
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
    plain = text.strip()
    if re.match(r"\d{4}/", plain):  # as spreadsheets write it in Japan: 2026/11/9 9:05
        plain = re.sub(r"\b(\d)(?=[-: ]|$)", r"0\1", plain.replace("/", "-"))
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
