"""Closed forms that a simulation must meet: mean number in view, streets of coverage, the radius a pattern
needs.
"""

from __future__ import annotations

import numpy as np

from spacesec.astrodynamics.orbits import Constellation
from spacesec.errors import SpacesecError


def _angle(central_angle_deg: float) -> float:
    if not 0 < central_angle_deg < 180:
        raise SpacesecError(
            f"The central angle of a footprint must lie between 0 and 180 degrees, not {central_angle_deg:g}."
        )
    return float(np.radians(central_angle_deg))


def cap_share(central_angle_deg: float) -> float:
    """Share of the sphere within a central angle of one point: (1 - cos) / 2. Times N: the mean number in
    view anywhere.
    """
    return (1 - np.cos(_angle(central_angle_deg))) / 2


def mean_in_view(
    satellites: int, central_angle_deg: float, inclination_deg, latitude_deg, samples: int = 20_000
) -> np.ndarray:
    """Mean number of satellites in view of circular orbits whose tracks do not repeat; inclination_deg and
    latitude_deg broadcast, and the answer has their shape.

    The latitude u of a circular orbit of inclination i satisfies sin u = sin i sin(theta) with theta uniform;
    at each u the footprint holds the site for a share arccos[(cos lam - sin u sin phi)/(cos u cos phi)]/pi of
    longitudes. Averaging over theta instead of over u removes the singular density at the turning latitude.
    """
    lam, phi = _angle(central_angle_deg), np.radians(np.asarray(latitude_deg, dtype=float))
    # From the southernmost point to the northernmost: the way back passes the same latitudes.
    half = samples // 2
    theta = ((np.arange(half) + 0.5) / half - 0.5) * np.pi
    sine = np.sin(np.radians(np.asarray(inclination_deg, dtype=float)))[..., None] * np.sin(theta)
    cosine = np.sqrt(1 - sine**2)
    phi = phi[..., None]
    # At a pole the share is 0 or 1; keeping cos(phi) off zero gives just that through the clip.
    ratio = (np.cos(lam) - sine * np.sin(phi)) / (cosine * np.maximum(np.cos(phi), 1e-12))
    return satellites * (np.arccos(np.clip(ratio, -1, 1)) / np.pi).mean(axis=-1)


def street_half_width_deg(central_angle_deg: float, per_plane: int) -> float:
    """Half-width c of the street one plane covers without a break: cos c = cos(lam) / cos(pi/S); 0 where it
    breaks.
    """
    ratio = np.cos(_angle(central_angle_deg)) / np.cos(np.pi / per_plane) if per_plane > 2 else 2.0
    return float(np.degrees(np.arccos(ratio))) if ratio < 1 else 0.0


def streets(central_angle_deg: float, poleward_of_deg: float = 0.0, most: int = 2000) -> tuple[int, int, int]:
    """Fewest satellites of a phased polar star that cover everything poleward of a latitude: (satellites,
    planes, per plane).

    Neighbours that go the same way stand lam + c apart, the counter-rotating pair 2c: (P-1)(lam+c) + 2c >=
    180 degrees, each width x widened to 2 arcsin[sin(x/2)/cos(latitude)] away from the equator.
    """
    lam, narrow = _angle(central_angle_deg), np.cos(np.radians(poleward_of_deg))

    def widened(width: float) -> float:
        return 2 * np.arcsin(min(1.0, np.sin(width / 2) / narrow)) if width < np.pi else np.pi

    best = None
    for per_plane in range(3, most + 1):
        c = np.radians(street_half_width_deg(central_angle_deg, per_plane))
        if c <= 0:
            continue
        planes = max(1, int(np.ceil(1 + (np.pi - widened(2 * c)) / widened(lam + c) - 1e-12)))
        if best is None or planes * per_plane < best[0]:
            best = (planes * per_plane, planes, per_plane)
        # More satellites a plane cannot help once one plane alone would hold more than the best pattern.
        if best and per_plane > best[0]:
            break
    if best is None:
        raise SpacesecError(
            f"No pattern of up to {most} satellites a plane covers with footprints of {central_angle_deg:g}"
            " degrees."
        )
    return best


def rule_of_thumb(central_angle_deg: float, latitude_deg: float = 0.0, fold: int = 1) -> float:
    """Satellites of a polar star for single (4) or triple (11) cover poleward of a latitude: k cos(lat) / (1
    - cos lam).

    Approximations attributed to D. C. Beste, IEEE Trans. Aerospace and Electronic Systems 14 (1978).
    """
    if fold not in (1, 3):
        raise SpacesecError(f"The rule of thumb knows single and triple cover, not {fold}-fold.")
    return (
        {1: 4.0, 3: 11.0}[fold] * np.cos(np.radians(latitude_deg)) / (1 - np.cos(_angle(central_angle_deg)))
    )


def pattern_radius_deg(constellation: Constellation, phases: int = 400) -> float:
    """Central angle at which a circular pattern covers the whole Earth without a break.

    The largest empty circle among the sub-satellite points is the circumcircle of a facet of their convex
    hull; the worst over one revolution sampled at ``phases`` instants is what a footprint must reach (J. G.
    Walker 1977; A. H. Ballard 1980).
    """
    from scipy.spatial import ConvexHull

    if np.any(constellation.eccentricity > 0) or np.ptp(constellation.semi_major_axis_km) > 0:
        raise SpacesecError("The radius of a pattern is defined here for circular orbits of one altitude.")
    inclination, node = np.radians(constellation.inclination_deg), np.radians(constellation.node_deg)
    worst = 0.0
    for shift in 2 * np.pi * np.arange(phases) / phases:
        u = np.radians(constellation.anomaly_deg) + shift
        x = np.cos(u) * np.cos(node) - np.sin(u) * np.cos(inclination) * np.sin(node)
        y = np.cos(u) * np.sin(node) + np.sin(u) * np.cos(inclination) * np.cos(node)
        hull = ConvexHull(np.column_stack([x, y, np.sin(u) * np.sin(inclination)]))
        # The distance of a facet from the centre is the cosine of its circumradius; it is negative if the
        # hull leaves the centre out.
        worst = max(worst, float(np.degrees(np.arccos(-hull.equations[:, 3].max()))))
    return worst
