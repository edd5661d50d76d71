"""A day of real broadcast orbits from a navigation file of the reader's own (``orbits_file``): each satellite
flies its nearest message, and only while that message calls it healthy.
"""

from collections import defaultdict
from datetime import datetime, timedelta

import numpy as np

from spacesec.answers import Result
from spacesec.astrodynamics import broadcast
from spacesec.errors import ParameterError
from spacesec.importing import own, positions
from spacesec.importing.navigation import FIELDS
from spacesec.regional_cooperation.positioning import fleets

PARAMETER = "orbits_file"
SYSTEMS = {"J": "QZSS", "I": "NavIC", "G": "GPS"}
LONGEST_S = 4 * 3600  # from a message's time of ephemeris, beyond which it tells no place
BEGIN = datetime(1980, 1, 6)
DAY_S = 86_400
LEAST = 4  # messages of a day that make it one: a position needs four satellites


def messages(given: str) -> dict[str, list[dict[str, float]]]:
    """The messages of the three systems by satellite, as numbers; ``healthy`` is 1 or 0.

    Raises ParameterError for a file without one, or of another kind.
    """
    found = own.read(positions.read, given)
    by_satellite = defaultdict(list)
    for row in found.rows:
        cells = row.cells
        if cells["satellite"][0] in SYSTEMS and cells.get("toe_s"):
            numbers = {name: float(cells[name] or "nan") for name in FIELDS}
            by_satellite[cells["satellite"]].append(numbers | {"healthy": cells["healthy"] == "true"})
    if sum(map(len, by_satellite.values())) < LEAST:
        raise ParameterError(
            f"orbits_file = {given!r} is not possible: it has fewer than {LEAST} messages of QZSS, NavIC and"
            " GPS; name a RINEX navigation file of version 3 or 4 of one day."
        )
    return dict(sorted(by_satellite.items(), key=lambda pair: ("JIG".index(pair[0][0]), pair[0])))


def first_day(given: str) -> datetime:
    """The day of GPS time in which most messages lie, at its beginning."""
    days = [int(broadcast.epoch_s(one) // DAY_S) for several in messages(given).values() for one in several]
    return BEGIN + timedelta(days=max(set(days), key=lambda day: (days.count(day), day)))


def fleet(given: str, step_s: float = 300.0) -> fleets.Fleet:
    """The satellites of the file over that day; without a place (nan) where no message holds or the one that
    does calls the satellite unhealthy.
    """
    times = np.arange(0.0, DAY_S, step_s)
    clock = (first_day(given) - BEGIN).total_seconds() + times
    known = messages(given)
    places = np.stack([_flown(several, clock) for several in known.values()])
    return fleets.Fleet(tuple(known), tuple(SYSTEMS[name[0]] for name in known), times, places)


def _flown(several: list[dict[str, float]], clock: np.ndarray) -> np.ndarray:
    epochs = np.array([broadcast.epoch_s(one) for one in several])
    nearest = np.abs(clock[:, None] - epochs).argmin(axis=1)
    place = np.full((len(clock), 3), np.nan)
    for k in np.unique(nearest):
        mine = (nearest == k) & (np.abs(clock - epochs[k]) <= LONGEST_S)
        if several[k]["healthy"] and mine.any():
            place[mine] = broadcast.positions_km(several[k], clock[mine])
    return place


def unions(everyone: fleets.Fleet) -> list[tuple[str, ...]]:
    """The systems of the file, one more at a time: Japan's, with India's, with GPS."""
    present = [system for system in fleets.SYSTEMS if system in everyone.systems]
    return [tuple(present[: count + 1]) for count in range(len(present))]


def results(given: str | None) -> dict[str, Result]:
    """What a record tells of the file and its day; nothing without a file."""
    if given is None:
        return {}
    everyone, day = fleet(given), f"{first_day(given):%Y-%m-%d}"
    known = messages(given)
    silent = [name for name, several in known.items() if not all(one["healthy"] for one in several)]
    flown = np.isfinite(everyone.positions_km[..., 0])
    counts = {system: everyone.systems.count(system) for system in fleets.SYSTEMS}
    return {
        **own.results(PARAMETER, own.read(positions.read, given), sum(map(len, known.values())), day),
        "file_day": Result(day, "date", "day of GPS time that the broadcast orbits are flown over"),
        "file_satellites": Result(counts, "satellites", "with messages in the file, by system"),
        "file_unhealthy": Result(silent, "satellites", "that a message of the file calls unhealthy"),
        "file_limit_hours": Result(LONGEST_S / 3600, "hours", "a message holds before and after its time"),
        "file_flown_percent": Result(
            100 * float(flown.mean()), "percent of satellites and time", "with a message that holds, healthy"
        ),
    }
