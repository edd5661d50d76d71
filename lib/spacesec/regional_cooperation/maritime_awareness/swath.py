"""What a side-looking radar on a repeating orbit sees of one place: track spacing, looks in a cycle, waits,
odds of catching a ship.

Published parameters only: swath, repeat cycle, inclination, the near edge of the field. Whether a radar is
switched on is an assumption of the reader (``tasking``), and so is the chance that a look finds the ship.
"""

import functools

import numpy as np

from spacesec.astrodynamics import frames, orbits
from spacesec.astrodynamics.earth import WGS84, Earth
from spacesec.errors import ParameterError

CYCLE_DAYS, REVOLUTIONS, INCLINATION_DEG = (
    14,
    207,
    97.9,
)  # ALOS-2 and ALOS-4; rows of regional_cooperation/radar_satellites
NEAR_OFF_NADIR_DEG = 29.1  # inner edge of the 200 km stripmap field of ALOS-4, JAXA's observation plan
OFFSETS = 24  # places of the track grid against the site over which everything is averaged
STEP_S = 20.0
DAY_S = 86400.0
GOLDEN = (5**0.5 - 1) / 2


def track_spacing_km(
    latitude_deg: float,
    revolutions: int = REVOLUTIONS,
    days: float = CYCLE_DAYS,
    inclination_deg: float = INCLINATION_DEG,
    earth: Earth = WGS84,
) -> float:
    """Distance in km between neighbouring ground tracks of one repeat cycle, across the track, at a geodetic
    latitude.

    The parallel shared out among the revolutions, times the cosine of the track's angle to the meridian on
    the turning Earth: tan(angle) = (sin(b) - days / revolutions cos(c)) / cos(b), where sin(b) =
    cos(inclination) / cos(c) is the angle for an Earth at rest, c the geocentric latitude, and days /
    revolutions the turns of the Earth below the node in one revolution. Refuses latitudes that the orbit does
    not reach.
    """
    phi = np.radians(latitude_deg)
    squared = earth.flattening * (2 - earth.flattening)  # eccentricity of the meridian
    parallel_km = earth.equatorial_radius_km * np.cos(phi) / np.sqrt(1 - squared * np.sin(phi) ** 2)
    geocentric = np.arctan((1 - squared) * np.tan(phi))
    sine = np.cos(np.radians(inclination_deg)) / np.cos(geocentric)
    if abs(sine) > 1:
        raise ParameterError(
            f"an orbit of {inclination_deg:g} degrees does not reach {latitude_deg:g} degrees of latitude."
        )
    north, east = np.sqrt(1 - sine**2), sine - days / revolutions * np.cos(geocentric)
    return float(2 * np.pi * parallel_km / revolutions * north / np.hypot(north, east))


def looks_per_cycle(latitude_deg: float, swath_km: float, **orbit) -> float:
    """Mean looks of one satellite at a place in one cycle, going up and going down: twice the swath over the
    spacing.
    """
    return 2 * swath_km / track_spacing_km(latitude_deg, **orbit)


def near_edge_km(
    altitude_km: float, off_nadir_deg: float = NEAR_OFF_NADIR_DEG, earth: Earth = WGS84
) -> float:
    """Ground distance from the track to where the line of sight at this angle off nadir meets the sphere."""
    ratio = (earth.equatorial_radius_km + altitude_km) / earth.equatorial_radius_km
    return float(
        earth.equatorial_radius_km
        * (np.arcsin(ratio * np.sin(np.radians(off_nadir_deg))) - np.radians(off_nadir_deg))
    )


@functools.lru_cache(maxsize=4)
def repeating_orbit(
    revolutions: int = REVOLUTIONS, days: int = CYCLE_DAYS, inclination_deg: float = INCLINATION_DEG
) -> tuple[float, float]:
    """Semi-major axis in km and length of the cycle in s of the circular orbit whose track closes after this
    many revolutions and nodal days.

    Secular J2 rates: the track closes when revolutions x nodal period = days x 2 pi / (Earth's rotation -
    rate of the node).
    """
    from scipy.optimize import brentq

    def closing(axis_km: float) -> tuple[float, float]:
        node, perigee, anomaly = (
            float(rate[0])
            for rate in orbits.secular_rates(orbits.elements(axis_km, inclination_deg=inclination_deg))
        )
        return revolutions * 2 * np.pi / (anomaly + perigee), days * 2 * np.pi / (WGS84.rotation_rad_s - node)

    axis = brentq(
        lambda a: np.subtract(*closing(a)),
        WGS84.equatorial_radius_km + 200,
        WGS84.equatorial_radius_km + 2000,
    )
    return axis, closing(axis)[0]


def altitude_km() -> float:
    """Height of the closing orbit above the equatorial radius."""
    return repeating_orbit()[0] - WGS84.equatorial_radius_km


def ground_track(step_s: float = STEP_S) -> tuple[np.ndarray, np.ndarray]:
    """Times (T,) in s and Earth-fixed unit vectors (T, 3) under one satellite over one closed cycle."""
    axis, cycle = repeating_orbit()
    times = np.arange(0, cycle, step_s)
    positions = orbits.track(orbits.elements(axis, inclination_deg=INCLINATION_DEG))(times)[0]
    return times, positions / np.linalg.norm(positions, axis=1)[:, None]


@functools.lru_cache(maxsize=2)
def frame() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Times (T,) in s, Earth-fixed unit vectors (T, 3) under the satellite and to the right of its track."""
    times, under, _, right = _frame()
    return times, under, right


@functools.lru_cache(maxsize=2)
def _frame():
    times, under = ground_track()
    ahead = np.roll(under, -1, axis=0) - np.roll(under, 1, axis=0)
    ahead -= np.einsum("ti,ti->t", ahead, under)[:, None] * under
    ahead[[0, -1]] = ahead[[1, -2]]
    ahead /= np.linalg.norm(ahead, axis=1)[:, None]
    return times, under, ahead, np.cross(ahead, under)


def passes(
    latitude_deg: float, longitude_deg: float, most_km: float = 2500.0
) -> tuple[np.ndarray, np.ndarray]:
    """Times (P,) in s and signed distances (P,) in km, right of the track positive, of every passage of one
    cycle within ``most_km``.
    """
    times, under, ahead, right = _frame()
    place = frames.points(latitude_deg, longitude_deg)
    up = place.position_km[0] / np.linalg.norm(place.position_km[0])
    along = ahead @ up
    abeam = np.flatnonzero((along[:-1] > 0) & (along[1:] <= 0) & (under[:-1] @ up > 0))
    part = along[abeam] / (along[abeam] - along[abeam + 1])
    distance = WGS84.equatorial_radius_km * np.arcsin(
        np.clip(right[abeam] @ up * (1 - part) + right[abeam + 1] @ up * part, -1, 1)
    )
    near = np.abs(distance) <= most_km
    return (times[abeam] + part * STEP_S)[near], distance[near]


@functools.lru_cache(maxsize=64)
def look_times(
    latitude_deg: float, longitude_deg: float, swath_km: float, offsets: int = OFFSETS
) -> tuple[np.ndarray, ...]:
    """Times in s at which the place lies in the right-hand swath of one satellite, for each of ``offsets``
    places of the track grid.

    The grid is moved in even steps over one gap between neighbouring tracks, because its true place is a
    matter of operation.
    """
    near = near_edge_km(altitude_km())
    found = []
    for shift in np.arange(offsets) * 360.0 / REVOLUTIONS / offsets:
        at, distance = passes(latitude_deg, longitude_deg + shift)
        found.append(at[(distance >= near) & (distance < near + swath_km)])
    return tuple(found)


def fleet_looks(
    base: tuple[np.ndarray, ...], satellites: int, arrangement: str, seed: int
) -> list[np.ndarray]:
    """Sorted look times of a fleet over one cycle, one array for each place of the track grid.

    ``even``: evenly spaced in time, with track grids that interleave. ``same_track``: evenly spaced in time
    on one track, so that a swath narrower than the gap between tracks can miss a place for ever. ``random``:
    each with its own grid and start, as satellites of different owners have.
    """
    _, cycle = repeating_orbit()
    generator = np.random.default_rng(seed)
    out = []
    for place in range(len(base)):
        if arrangement != "random":
            # Steps of the golden section spread the grids without tying a satellite's grid to its turn in
            # time.
            moved = [
                int(k * GOLDEN % 1 * len(base)) if arrangement == "even" else 0 for k in range(satellites)
            ]
            parts = [base[(place + m) % len(base)] + cycle * k / satellites for k, m in enumerate(moved)]
        else:
            grid = generator.integers(0, len(base), satellites)
            start = generator.uniform(0, cycle, satellites)
            grid[0], start[0] = place, 0.0
            parts = [base[g] + s for g, s in zip(grid, start)]
        out.append(np.sort(np.concatenate(parts) % cycle))
    return out


def catch_probability(looks: list[np.ndarray], transit_hours: float, chance: float) -> float:
    """Chance that at least one look finds a ship that is in reach for ``transit_hours`` from a moment picked
    at random.

    ``chance``: that one look is taken and finds it; looks are independent given their number. Averaged over
    all starts (every ten minutes of the cycle) and places of the track grid.
    """
    _, cycle = repeating_orbit()
    length = transit_hours * 3600.0
    starts = np.arange(0, cycle, 600.0)
    missed = []
    for own in looks:
        if own.size == 0:
            missed.append(np.ones(len(starts)))
            continue
        rounds = int(length // cycle)
        rest = length - rounds * cycle
        twice = np.concatenate([own, own + cycle])
        count = (
            rounds * own.size
            + np.searchsorted(twice, starts + rest, side="left")
            - np.searchsorted(twice, starts, side="left")
        )
        missed.append((1 - chance) ** count)
    return float(1 - np.mean(missed))


def poisson_catch(mean_looks: float, chance: float) -> float:
    """Closed form for looks that come at random: 1 - exp(-mean looks during the transit x chance)."""
    return float(1 - np.exp(-mean_looks * chance))


def gaps_hours(looks: list[np.ndarray]) -> np.ndarray:
    """All gaps between looks in hours, over a closed cycle, pooled over the places of the track grid; a cycle
    without a look is one gap of its length.
    """
    _, cycle = repeating_orbit()
    return (
        np.concatenate([np.diff(np.append(own, own[0] + cycle)) if own.size else [cycle] for own in looks])
        / 3600.0
    )
