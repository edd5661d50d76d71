"""How many satellites see each point at each instant, fast and in bounded memory, and what that amounts to.

Every rule of seeing becomes one or two products of a few numbers of the satellite with a few numbers of the
point, so a float32 matrix product answers a block of tests at once. Satellite-instants that cannot see any
point of a tile are left out first. float32 places the edge of a footprint to about a metre;
``visibility.sees`` is the exact rule.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spacesec.astrodynamics.earth import WGS84, Earth
from spacesec.astrodynamics.frames import Points
from spacesec.astrodynamics.orbits import Track
from spacesec.astrodynamics.visibility import Rule, limb_sphere
from spacesec.errors import SpacesecError

BLOCK_POSITIONS = 200_000  # satellite-instants propagated at once: about 20 MB of work space
BLOCK_TESTS = (
    120_000  # tests per matrix product: two float32 results and the verdicts stay near the second-level cache
)
TILES_DEG = (
    10.0,
    15.0,
    22.5,
    30.0,
)  # tiles of points for culling: the first that holds enough points on average
TILE_POINTS = 60


class _Forms:
    """The rule as products: features of satellites (rows, K) times features of points (K, M), lengths in
    Earth radii.
    """

    def __init__(self, points: Points, rule: Rule, earth: Earth, order: np.ndarray):
        self.rule, self.radius = rule, earth.equatorial_radius_km
        p, up = points.position_km[order] / self.radius, points.up[order]
        square = np.einsum("ij,ij->i", p, p)
        one = np.ones(len(p))
        # Rules that read "product at least root of product" and rules that read "product at least zero", by
        # names of satellite features.
        self.rooted, self.linear = [], []
        distance2 = np.column_stack([-2 * p, one, square]).T
        if rule.minimum_elevation_deg is not None:
            above = np.column_stack([up, -np.einsum("ij,ij->i", up, p)]).T
            sine = np.sin(np.radians(rule.minimum_elevation_deg))
            if sine > 0:
                self.rooted.append(("plain", above, "distance", sine**2 * distance2))
            else:
                self.linear.append(("plain", above))
        if rule.tangent_altitude_km is not None:
            self.scale, limb = limb_sphere(rule, earth)
            self.limb2 = (limb / self.radius) ** 2
            q = p * self.scale
            rest = np.sqrt(np.maximum(np.einsum("ij,ij->i", q, q) - self.limb2, 0))
            self.linear.append(("limb", np.column_stack([q, rest, -self.limb2 * one]).T))
        if rule.maximum_range_km is not None:
            near = -distance2.copy()
            near[4] += (rule.maximum_range_km / self.radius) ** 2
            self.linear.append(("distance", near))
        if rule.maximum_off_nadir_deg is not None:
            cosine = np.cos(np.radians(rule.maximum_off_nadir_deg))
            self.rooted.append(("nadir", np.column_stack([-p, one]).T, "distance", cosine**2 * distance2))

    def satellites(self, positions_km: np.ndarray) -> dict[str, np.ndarray]:
        """Features of satellite positions (rows, 3), each (rows, K) float32."""
        s = positions_km / self.radius
        square = np.einsum("ij,ij->i", s, s)

        def stack(vector, *more):
            out = np.empty((len(vector), 3 + len(more)), np.float32)
            out[:, :3] = vector
            for column, values in enumerate(more, 3):
                out[:, column] = values
            return out

        out = {"plain": stack(s, 1.0), "distance": stack(s, square, 1.0)}
        if self.rule.tangent_altitude_km is not None:
            q = s * self.scale
            out["limb"] = stack(q, np.sqrt(np.maximum(np.einsum("ij,ij->i", q, q) - self.limb2, 0)), 1.0)
        if self.rule.maximum_off_nadir_deg is not None:
            radius = np.sqrt(square)
            out["nadir"] = stack(s / radius[:, None], radius)
        return out

    def part(self, low: int, high: int):
        """The point features of one tile, contiguous float32."""

        def cut(matrix):
            return np.ascontiguousarray(matrix[:, low:high], dtype=np.float32)

        return [(a, cut(m), b, cut(n)) for a, m, b, n in self.rooted], [(a, cut(m)) for a, m in self.linear]


def _tiles(points: Points) -> list[tuple[np.ndarray, np.ndarray, float]]:
    """Groups of points near each other: indices, unit vector of the middle, angular radius in radians."""
    unit = points.position_km / np.linalg.norm(points.position_km, axis=1)[:, None]
    middle = unit.sum(axis=0)
    # One tile while it holds little more than a footprint's worth of points: extra products cost more than
    # they cull.
    if len(points) <= 1500 and np.linalg.norm(middle) > 0:
        middle /= np.linalg.norm(middle)
        radius = np.arccos(np.clip((unit @ middle).min(), -1, 1))
        if radius < np.radians(40):
            return [(np.arange(len(points)), middle, radius)]
    latitude, longitude = (
        np.degrees(np.arcsin(np.clip(unit[:, 2], -1, 1))),
        np.degrees(np.arctan2(unit[:, 1], unit[:, 0])) + 180,
    )
    for tile_deg in TILES_DEG:
        band = np.floor((latitude + 90) / tile_deg).astype(int)
        around = np.maximum(
            1, np.round(360 / tile_deg * np.cos(np.radians((band + 0.5) * tile_deg - 90)))
        ).astype(int)
        key = band * 1000 + np.minimum((longitude / 360 * around).astype(int), around - 1)
        names, counts = np.unique(key, return_counts=True)
        if len(points) >= TILE_POINTS * len(names):
            break
    out = []
    for index in np.split(np.argsort(key, kind="stable"), np.cumsum(counts)[:-1]):
        middle = unit[index].sum(axis=0)
        middle /= np.linalg.norm(middle)
        out.append((index, middle, float(np.arccos(np.clip((unit[index] @ middle).min(), -1, 1)))))
    return out


def _reach(radius_km: np.ndarray, points: Points, rule: Rule, earth: Earth) -> np.ndarray:
    """An angle (N,) in radians no satellite of these greatest radii can see beyond, on the safe side."""
    high = np.linalg.norm(points.position_km, axis=1)
    reach = np.full(len(radius_km), np.pi)
    if rule.minimum_elevation_deg is not None:
        el = np.radians(rule.minimum_elevation_deg)
        reach = np.minimum(reach, np.arccos(np.clip(high.min() * np.cos(el) / radius_km, -1, 1)) - el)
    if rule.tangent_altitude_km is not None:
        graze = earth.polar_radius_km + rule.tangent_altitude_km
        reach = np.minimum(
            reach,
            np.arccos(np.clip(graze / radius_km, -1, 1)) + np.arccos(np.clip(graze / high.max(), -1, 1)),
        )
    # The ellipsoid's normal leans from the radius by at most about the flattening.
    return reach + 2 * earth.flattening + 1e-3


def count_in_view(track: Track, times_s, points: Points, rule: Rule, earth: Earth = WGS84) -> np.ndarray:
    """Satellites in view (T, M), uint8 (uint16 from 256 satellites), at times (T,) over points (M,).

    track: function of time giving Earth-fixed positions (N, t, 3), from ``orbits.track`` or
    ``elements.track``; it is called for blocks of times, so memory holds the answer and one block, whatever
    N, T and M.
    """
    times = np.atleast_1d(np.asarray(times_s, dtype=float))
    if not len(points):
        raise SpacesecError("Coverage needs at least one point.")
    rule.check_targets(float(points.altitude_km.min()))
    satellites = track(times[:1]).shape[0]
    counts = np.zeros((len(times), len(points)), dtype=np.uint8 if satellites < 256 else np.uint16)
    tiles = _tiles(points)
    order = np.concatenate([index for index, _, _ in tiles])
    forms = _Forms(points, rule, earth, order)
    middles = np.stack([middle for _, middle, _ in tiles])
    ends = np.cumsum([len(index) for index, _, _ in tiles])
    cut = [forms.part(end - len(index), end) for end, (index, _, _) in zip(ends, tiles)]
    step = max(1, BLOCK_POSITIONS // max(satellites, 1))
    for start in range(0, len(times), step):
        block = track(times[start : start + step])
        radius = np.sqrt(np.einsum("ntk,ntk->nt", block, block))
        reach = _reach(radius.max(axis=1), points, rule, earth)
        radius = radius.T.astype(np.float32)
        # Time before satellite, so that the candidates of one instant stand together.
        flat = np.ascontiguousarray(block.transpose(1, 0, 2)).reshape(-1, 3)
        place, reach = flat.astype(np.float32), reach.astype(np.float32)
        # With few tiles most satellites are never candidates; with many each is one several times over.
        features = forms.satellites(flat) if len(tiles) > 4 else None
        for (index, _, width), end, middle, (rooted, linear) in zip(tiles, ends, middles, cut):
            bound = np.cos(np.minimum(reach + np.float32(width), np.float32(np.pi)))
            near = np.flatnonzero(
                (place @ middle.astype(np.float32)).reshape(-1, satellites) >= bound * radius
            )
            if near.size:
                part = counts[start : start + step, end - len(index) : end]
                if features is None:
                    _add(
                        part,
                        near // satellites,
                        forms.satellites(flat[near]),
                        np.arange(len(near)),
                        rooted,
                        linear,
                    )
                else:
                    _add(part, near // satellites, features, near, rooted, linear)
    return counts if len(tiles) == 1 else counts[:, np.argsort(order)]


def _add(counts, when, features, near, rooted, linear) -> None:
    """Add the visible satellites of one tile to counts (t, m): candidates at instants ``when``, whose
    features are in rows ``near``.

    They come in order of time and are taken in turns, in which every instant comes once, so that rows may be
    added by index.
    """
    turn = np.arange(len(when)) - np.searchsorted(when, when)
    order = np.argsort(turn, kind="stable")
    edges = np.searchsorted(turn[order], np.arange(turn.max() + 2))
    when, near = when[order], near[order]
    rows, width = max(1, BLOCK_TESTS // counts.shape[1]), counts.shape[1]
    one, two = np.empty((rows, width), np.float32), np.empty((rows, width), np.float32)
    first, other = np.empty((rows, width), bool), np.empty((rows, width), bool)
    for begin in range(0, len(when), rows):
        end = min(begin + rows, len(when))
        size = end - begin
        a, b, hit = one[:size], two[:size], first[:size]
        rowset = {name: value[near[begin:end]] for name, value in features.items()}
        target = hit
        for k, m, l, n in rooted:
            np.matmul(rowset[k], m, out=a)
            np.matmul(rowset[l], n, out=b)
            np.sqrt(b, out=b)
            target = _compare(a, b, target, hit, other[:size])
        for k, m in linear:
            np.matmul(rowset[k], m, out=a)
            target = _compare(a, np.float32(0), target, hit, other[:size])
        cuts = [begin, *edges[np.searchsorted(edges, begin, "right") : np.searchsorted(edges, end)], end]
        for low, high in zip(cuts[:-1], cuts[1:]):
            counts[when[low:high]] += hit[low - begin : high - begin].view(np.uint8)


def _compare(a, b, target, hit, other):
    np.greater_equal(a, b, out=target)
    if target is not hit:
        np.logical_and(hit, target, out=hit)
    return other


def availability(counts: np.ndarray, fold: int = 1) -> np.ndarray:
    """Share of instants (M,) at which ``fold`` or more satellites are in view; counts is (T, M)."""
    return (counts >= fold).mean(axis=0)


def mean_in_view(counts: np.ndarray) -> np.ndarray:
    """Mean number in view (M,) over the instants."""
    return counts.mean(axis=0, dtype=float)


@dataclass(frozen=True)
class Gaps:
    """Runs of instants with too few satellites, pooled over points: point (G,), start_s (G,), length_s (G,).

    A run is cut at the ends of the record; its length is its number of samples times the step.
    """

    point: np.ndarray
    start_s: np.ndarray
    length_s: np.ndarray

    def longest_s(self, points: int) -> np.ndarray:
        """Longest gap (M,) of each point, 0 where there is none."""
        out = np.zeros(points)
        np.maximum.at(out, self.point, self.length_s)
        return out


def gaps(counts: np.ndarray, step_s: float, fold: int = 1) -> Gaps:
    """Gaps of ``fold``-fold coverage in counts (T, M) sampled every step_s seconds."""
    short = np.zeros((counts.shape[1], counts.shape[0] + 2), dtype=bool)
    short[:, 1:-1] = (counts < fold).T
    change = np.flatnonzero(short.ravel()[1:] != short.ravel()[:-1])
    point, edge = np.divmod(change, short.shape[1])
    return Gaps(point[::2], edge[::2] * float(step_s), (edge[1::2] - edge[::2]) * float(step_s))
