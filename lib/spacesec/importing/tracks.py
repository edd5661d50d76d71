"""Tracks of ships: the hours in which nothing of a ship was received, in memory that grows with ships and
gaps alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

import numpy as np

from spacesec.importing.reports import Fixes


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


@dataclass
class Track:
    """One ship while its file is read: its last report and its gaps so far."""

    first: tuple[float, float, float]
    last: tuple[float, float, float]
    gaps: list[Gap] = field(default_factory=list)


def dark(pieces: Iterable[Fixes], least_hours: float) -> dict[int, Track]:
    """Every ship's gaps of so many hours or more.

    A report that comes late in the file divides the gap that it falls into. A gap says that nothing was
    received, not that the transponder was off.
    """
    tracks: dict[int, Track] = {}
    for chunk in pieces:
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
