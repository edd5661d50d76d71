"""Dilution of precision: how the geometry of satellites in view turns ranging errors into position errors.

Each satellite in view gives a row (u, 1) of the geometry matrix G, u being the unit line of sight; Q =
inv(G'G) and PDOP = sqrt(Q11 + Q22 + Q33), GDOP = sqrt(trace Q) (Kaplan and Hegarty, Understanding GPS, 2nd
ed., chapter 7). A system whose clock is not tied to the others' adds its own column. The clocks are
eliminated here (Schur complement), which leaves a 3 x 3 matrix whatever the number of systems:

    N = sum over clocks of [ sum u u' - (sum u)(sum u)' / n ],    PDOP = sqrt(trace inv N).

A trace does not change when axes turn, so that Earth-fixed axes serve as well as east, north and up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from spacesec.astrodynamics.frames import Points
from spacesec.errors import SpacesecError

LARGEST_PDOP = 1e4  # taken as a solution; rounding alone makes 1e7 and more of a geometry without one


@dataclass(frozen=True)
class Sight:
    """What each point sees at each instant: unit lines of sight (N, T, M, 3) and which of them count (N, T,
    M).
    """

    direction: np.ndarray
    seen: np.ndarray

    @property
    def visible(self) -> np.ndarray:
        """Number of satellites in view (T, M)."""
        return self.seen.sum(axis=0)


def sight(satellites_km, points: Points, mask_deg: float) -> Sight:
    """Lines of sight from points (M,) to satellites (N, T, 3), Earth-fixed; those under the mask do not
    count, and neither does a satellite at times without a place (nan).

    Raises SpacesecError for a mask outside 0 to below 90 degrees, and where there is no satellite.
    """
    if not 0 <= mask_deg < 90:
        raise SpacesecError(f"The mask must be 0 or more and below 90 degrees, not {mask_deg:g}.")
    satellites = np.asarray(satellites_km, dtype=float)
    if not len(satellites):
        raise SpacesecError("At least one satellite is needed.")
    gap = satellites[:, :, None, :] - points.position_km
    direction = gap / np.sqrt(np.einsum("ntmi,ntmi->ntm", gap, gap))[..., None]
    seen = np.einsum("ntmi,mi->ntm", direction, points.up) >= np.sin(np.radians(mask_deg))
    return Sight(np.nan_to_num(direction, copy=False), seen)


def pdop(view: Sight, clocks=None) -> np.ndarray:
    """PDOP (T, M); infinite where no position can be had.

    clocks: the clock (any label) of each satellite (N,); one common clock when None.
    """
    labels = (
        np.zeros(len(view.seen), dtype=int)
        if clocks is None
        else np.unique(np.asarray(clocks), return_inverse=True)[1]
    )
    return _pdop([_moments(view, labels == label) for label in np.unique(labels)])


def gdop(view: Sight) -> np.ndarray:
    """GDOP (T, M) with one common clock; infinite where no position can be had."""
    _, first, count = part = _moments(view, np.ones(len(view.seen), dtype=bool))
    (cxx, cyy, czz, cxy, cxz, cyz), safe, good = _inverse([part])
    m = first / np.maximum(count, 1)
    bilinear = (
        cxx * m[0] ** 2
        + cyy * m[1] ** 2
        + czz * m[2] ** 2
        + 2 * (cxy * m[0] * m[1] + cxz * m[0] * m[2] + cyz * m[1] * m[2])
    ) / safe
    return np.where(
        good,
        np.sqrt(np.where(good, (cxx + cyy + czz) / safe + bilinear + 1 / np.maximum(count, 1), 0)),
        np.inf,
    )


def drop_each(view: Sight, clocks=None) -> np.ndarray:
    """PDOP (N, T, M) with each satellite left out in turn; the sums are built once and one satellite is taken
    from them.
    """
    labels = (
        np.zeros(len(view.seen), dtype=int)
        if clocks is None
        else np.unique(np.asarray(clocks), return_inverse=True)[1]
    )
    parts = {label: _moments(view, labels == label) for label in np.unique(labels)}
    out = []
    for number, label in enumerate(labels):
        only = np.arange(len(labels)) == number
        left = tuple(a - b for a, b in zip(parts[label], _moments(view, only)))
        out.append(_pdop([left if key == label else part for key, part in parts.items()]))
    return np.stack(out)


def subsets(view: Sight, groups, clocks=None):
    """Yield (members, PDOP) for every subset of the groups: members is a frozenset of group numbers from 0 to
    G - 1, PDOP is (T, M).

    groups: for each group the numbers of its satellites; a satellite in no group is always there. 2**G
    subsets: keep G below about 16.
    """
    labels = (
        np.zeros(len(view.seen), dtype=int)
        if clocks is None
        else np.unique(np.asarray(clocks), return_inverse=True)[1]
    )
    groups = [np.atleast_1d(group) for group in groups]
    inside = np.zeros(len(labels), dtype=bool)
    for group in groups:
        inside[group] = True
    names = np.unique(labels)
    number = np.arange(len(labels))
    base = [_moments(view, ~inside & (labels == name)) for name in names]
    gains = [
        [_moments(view, np.isin(number, group) & (labels == name)) for name in names] for group in groups
    ]

    def grown(members: frozenset, parts, first: int):
        yield members, _pdop(parts)
        for k in range(first, len(groups)):
            yield from grown(
                members | {k},
                [tuple(a + b for a, b in zip(part, more)) for part, more in zip(parts, gains[k])],
                k + 1,
            )

    yield from grown(frozenset(), base, 0)


PAIRS = ((0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2))


def _moments(view: Sight, which: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Sums over the chosen satellites in view: u u' as six terms (6, T, M), u (3, T, M), their
    number (T, M).
    """
    shape = view.seen.shape[1:]
    square, first, count = np.zeros((6, *shape)), np.zeros((3, *shape)), np.zeros(shape)
    for number in np.flatnonzero(which):
        seen = view.seen[number]
        u = np.moveaxis(view.direction[number], -1, 0) * seen
        for row, (i, j) in enumerate(PAIRS):
            square[row] += u[i] * u[j]
        first += u
        count += seen
    return square, first, count


def _inverse(parts) -> tuple[tuple[np.ndarray, ...], np.ndarray, np.ndarray]:
    """The inverse of N as cofactors (xx, yy, zz, xy, xz, yz) over a determinant, and where there is one; the
    determinant is 1 elsewhere.
    """
    normal, rank = 0.0, 0
    for square, first, count in parts:
        share = np.maximum(count, 1)
        rank = rank + share - 1  # of N at the most: a clock costs one satellite of its system
        normal = normal + square - np.stack([first[i] * first[j] for i, j in PAIRS]) / share
    xx, yy, zz, xy, xz, yz = normal
    cxx, cyy, czz = yy * zz - yz**2, xx * zz - xz**2, xx * yy - xy**2
    cxy, cxz, cyz = xz * yz - xy * zz, xy * yz - xz * yy, xy * xz - xx * yz
    determinant = xx * cxx + xy * cxy + xz * cxz
    good = (rank >= 3) & (cxx + cyy + czz < LARGEST_PDOP**2 * determinant)
    return (cxx, cyy, czz, cxy, cxz, cyz), np.where(good, determinant, 1.0), good


def _pdop(parts) -> np.ndarray:
    (cxx, cyy, czz, *_), safe, good = _inverse(parts)
    return np.sqrt(np.where(good, (cxx + cyy + czz) / safe, np.inf))
