"""When does a satellite look at a place? Passes of real element sets over a point, by day, by night and
through cloud.

A look is one pass during which the place lies within ``off_nadir_deg`` of the point under the satellite.
Nothing is said about what an
instrument resolves: the angle is an assumption of the reader. Optical looks need the Sun at least
``sun_elevation_deg`` above the place's horizon; radar looks need nothing.
"""

from functools import lru_cache

import numpy as np
import pandas as pd

from spacesec.astrodynamics import elements, frames, visibility
from spacesec.errors import ParameterError

STEP_S = 20.0  # a pass within 30 degrees of nadir lasts about 80 s in these orbits
DAY_S = 86400.0
# steps: one look in the middle of two minutes tells whether any of them can be above the place's horizon
BLOCK = 6
REACH_KM = 9.0 * STEP_S * BLOCK / 2  # no satellite moves faster than 9 km/s over the ground
GEO_RADIUS_KM = 42164.17


def julian(date: pd.Timestamp) -> float:
    """Julian date of a timestamp (UTC)."""
    return (date - pd.Timestamp("2000-01-01T12:00:00")) / pd.Timedelta(days=1) + 2451545.0


def sun_elevation_deg(julian_dates, latitude_deg: float, longitude_deg: float) -> np.ndarray:
    """Elevation (n,) of the Sun's centre over a place at Julian dates (n,), degrees, without refraction.

    Low-precision solar coordinates of the Astronomical Almanac (about 0.01 degrees between 1950 and 2050).
    """
    days = np.asarray(julian_dates, float) - 2451545.0
    anomaly = np.radians(357.528 + 0.9856003 * days)
    longitude = np.radians(280.460 + 0.9856474 * days + 1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
    obliquity = np.radians(23.439 - 4e-7 * days)
    ascension = np.arctan2(np.cos(obliquity) * np.sin(longitude), np.cos(longitude))
    declination = np.arcsin(np.sin(obliquity) * np.sin(longitude))
    hour = frames.sidereal_angle(julian_dates) + np.radians(longitude_deg) - ascension
    phi = np.radians(latitude_deg)
    return np.degrees(
        np.arcsin(np.sin(phi) * np.sin(declination) + np.cos(phi) * np.cos(declination) * np.cos(hour))
    )


def local_time_of_node(raan_deg, julian_date) -> np.ndarray:
    """Mean local solar time in hours at which orbits with these ascending nodes cross the equator
    northward.
    """
    days = np.asarray(julian_date, float) - 2451545.0
    mean_sun = 280.460 + 0.9856474 * days
    return (12.0 + (np.asarray(raan_deg, float) - mean_sun) / 15.0) % 24.0


def passes(
    sets: pd.DataFrame,
    start: pd.Timestamp,
    days: float,
    latitude_deg: float,
    longitude_deg: float,
    off_nadir_deg: float,
) -> pd.DataFrame:
    """Every look of the satellites in ``sets`` (columns name and those of an element set)
    at a place.

    One row a look: ``name``, ``hours`` after ``start`` (middle of the pass), ``off_nadir_deg`` (least) and
    ``sun_deg`` (elevation of the Sun at the place). Sets are carried with SGP4 in steps of 20 s, so a pass
    that only grazes the cone for less may be missed.
    """
    if sets.empty:
        raise ParameterError("no satellite is left: keep at least one of the fleet.")
    found = [
        (name, *look)
        for name, cells in zip(sets["name"], elements.of_table(sets))
        for look in _looks(
            tuple(cells.items()),
            julian(start),
            int(np.ceil(days)),
            latitude_deg,
            longitude_deg,
            off_nadir_deg,
        )
    ]
    looks = pd.DataFrame(found, columns=["name", "hours", "off_nadir_deg"]).sort_values(
        ["hours", "name"], ignore_index=True
    )
    looks = looks[looks["hours"] <= days * 24].reset_index(drop=True)
    looks["sun_deg"] = sun_elevation_deg(julian(start) + looks["hours"] / 24, latitude_deg, longitude_deg)
    return looks


@lru_cache(maxsize=1024)  # an interactive reader asks for the same satellites again
def _looks(
    cells: tuple[tuple[str, str], ...],
    start: float,
    days: int,
    latitude_deg: float,
    longitude_deg: float,
    off_nadir_deg: float,
) -> tuple[tuple[float, float], ...]:
    """Hours after the start (a Julian date) and angle off nadir of every look of one satellite."""
    times = np.arange(0, days * DAY_S, STEP_S)
    angle = _off_nadir(
        elements.track(elements.from_fields([dict(cells)]), start),
        times,
        frames.points(latitude_deg, longitude_deg),
    )
    edges = np.flatnonzero(np.diff(np.concatenate([[0], (angle <= off_nadir_deg).astype(int), [0]])))
    middles = [first + int(np.argmin(angle[first:last])) for first, last in zip(edges[::2], edges[1::2])]
    return tuple((times[middle] / 3600, angle[middle]) for middle in middles)


def _off_nadir(track, times: np.ndarray, place) -> np.ndarray:
    """Angle (T,) off nadir at which the one satellite of a track sees the place; 180 where it lies below its
    horizon.

    Most of the time a satellite is on the other side of the Earth: only blocks of times in which it can come
    above the plane of the place's horizon are worked out.
    """
    blocks = times.reshape(-1, BLOCK)
    up, horizon = place.up[0], place.position_km[0] @ place.up[0]
    chosen = np.flatnonzero(np.repeat(track(blocks[:, BLOCK // 2])[0] @ up > horizon - REACH_KM, BLOCK))
    angle = np.full(times.shape, 180.0)
    positions = track(times[chosen])[0]
    above = positions @ up > horizon
    angle[chosen[above]] = visibility.look(positions[above], place.position_km[0], up).off_nadir_deg
    return angle


def contact_percent(sets: pd.DataFrame, start: pd.Timestamp, stations, relays_deg) -> float:
    """Share of a day, in percent, during which a satellite can reach the ground, mean over the satellites in
    ``sets``.

    stations: (latitude, longitude) pairs seen at 5 degrees or more; relays_deg: longitudes of geostationary
    relays, reached whenever the line of sight stays 100 km above the ground. What a relay can carry at once
    is not asked.
    """
    fleet = elements.from_fields(elements.of_table(sets))
    positions = elements.track(fleet, julian(start))(np.arange(0, DAY_S, 60.0))
    reached = np.zeros(positions.shape[:2], bool)
    for latitude, longitude in stations:
        at = frames.points(latitude, longitude)
        reached |= visibility.sees(
            positions, at.position_km[0], at.up[0], visibility.Rule(minimum_elevation_deg=5)
        )
    for longitude in relays_deg:
        relay = GEO_RADIUS_KM * np.array([np.cos(np.radians(longitude)), np.sin(np.radians(longitude)), 0.0])
        reached |= visibility.sees(relay, positions, np.zeros(3), visibility.Rule(tangent_altitude_km=100))
    return float(100 * reached.mean())


def gaps(hours, span_hours: float) -> np.ndarray:
    """Times between looks, in hours, over a span that is treated as a circle (so that they add up to the
    span).
    """
    at = np.sort(np.asarray(hours, float))
    if at.size == 0:
        return np.array([span_hours])
    return np.append(np.diff(at), at[0] + span_hours - at[-1])


def mean_wait(hours, span_hours: float) -> float:
    """Mean time until the next look from a moment picked at random: half the sum of squared gaps over the
    span.
    """
    steps = gaps(hours, span_hours)
    return float((steps**2).sum() / (2 * span_hours))


def merge(hours, apart_hours: float = 0.25) -> np.ndarray:
    """Looks no further apart than a quarter of an hour count as one occasion."""
    at = np.sort(np.asarray(hours, float))
    return at if at.size == 0 else at[np.concatenate([[True], np.diff(at) > apart_hours])]


def summary(
    looks: pd.DataFrame,
    kinds: pd.Series,
    span_hours: float,
    sun_deg: float,
    cloud_percent: float,
    clear: float | None = None,
) -> dict[str, dict]:
    """Looks a day, mean wait and longest gap for radar, optical by day, and both, with and without cloud.

    kinds maps a satellite's name to "optical imaging" or "radar imaging". Cloud is a chance that an optical
    look fails, taken as independent from look to look; the wait under cloud is that of a thinned sequence, by
    averaging over all outcomes of the cloud.
    """
    optical = looks[looks["name"].map(kinds).eq("optical imaging") & (looks["sun_deg"] >= sun_deg)]
    radar = looks[looks["name"].map(kinds).eq("radar imaging")]
    night = radar[radar["sun_deg"] < 0]
    share = 1 - cloud_percent / 100 if clear is None else clear
    out = {}
    for name, fixed, chance in (
        ("radar", radar["hours"], ()),
        ("radar, night", night["hours"], ()),
        ("optical, clear day", optical["hours"], ()),
        ("optical, cloud", (), optical["hours"]),
        ("both, cloud", radar["hours"], optical["hours"]),
    ):
        sure = merge(fixed)
        maybe = merge(chance)
        out[name] = {
            "looks_per_day": (len(sure) + share * len(maybe)) / (span_hours / 24),
            "mean_wait_hours": thinned_wait(sure, maybe, share, span_hours),
            "longest_gap_hours": float(gaps(sure, span_hours).max()) if len(sure) else None,
        }
    return out


def thinned_wait(sure, maybe, share: float, span_hours: float) -> float | None:
    """Mean wait for the next look when those in ``maybe`` succeed with probability ``share`` each and those
    in ``sure`` always.

    Exact: from a moment in a step between looks, the wait is the rest of the step plus, with the chance that
    the look at its end fails, the expected wait there. The span is a circle; None when nothing can ever
    succeed.
    """
    at = np.concatenate([np.asarray(sure, float), np.asarray(maybe, float)])
    chance = np.concatenate([np.ones(len(sure)), np.full(len(maybe), share)])
    order = np.argsort(at, kind="stable")
    at, chance = at[order], chance[order]
    if at.size == 0 or chance.max() <= 0:
        return None
    step = np.append(np.diff(at), at[0] + span_hours - at[-1])  # from look k to look k + 1
    # ahead[k]: expected wait just after look k, = step[k] + (1 - chance[k+1]) * ahead[k+1] around the circle.
    fail = 1 - np.roll(chance, -1)
    whole = np.prod(fail)
    first, weight = 0.0, 1.0
    for k in range(at.size):
        first += weight * step[k]
        weight *= fail[k]
    ahead = np.empty(at.size)
    ahead[0] = first / (1 - whole)
    for k in range(at.size - 1, 0, -1):
        ahead[k] = step[k] + fail[k] * (ahead[k + 1] if k + 1 < at.size else ahead[0])
    beyond = fail * np.roll(ahead, -1)
    return float((step * (step / 2 + beyond)).sum() / span_hours)
