# /// script
# requires-python = ">=3.11"
# dependencies = ["numpy==2.4.6"]
# ///
"""Are the smallest constellations free of holes? Exact, by crossings of footprint edges; no package does it.

Points seen by fewer than ``fold`` satellites make up regions whose corners are crossings of two footprint
edges, or of one with an edge of the band. It is enough to count the other footprints at each.
"""

from peers.compare import Row, peer, serve

PHASES = 360  # instants of one shift of the pattern along its orbits, after which it looks the same again


def rows():
    from peers.ours import answered
    from spacesec.missile_warning.coverage.model import BAND_DEG

    q = "missile_warning/coverage"
    coarse = {"target_altitude_km": 80.0, "tangent_altitude_km": 40.0, "minimum_elevation_deg": 10.0}
    for words, change in (("default", {}), ("target at 80 km, 10° or line of sight above 40 km", coarse)):
        found = answered(q, **change).tables["smallest"].dropna(subset=["satellites"])
        for (view, fold), part in found.groupby(["view", "fold"], sort=False):
            patterns = part[["satellites", "planes", "phasing", "inclination_deg", "central_angle_deg"]]
            given = {
                "patterns": patterns.to_numpy(float).tolist(),
                "band_deg": list(BAND_DEG),
                "fold": int(fold),
            }
            heights = "/".join(f"{h:g}" for h in part["altitude_km"])
            what = f"instants with a hole in the smallest pattern, {view} {fold}-fold, {heights} km, exact"
            yield Row(q, what, words, [0.0] * len(part), "percent", "edges", given)


@peer("numpy")
def edges(patterns, band_deg, fold):
    import numpy as np

    return [100 * np.mean([_hole(u, *p, band_deg, fold) for u in range(PHASES)]) for p in patterns]


def _hole(step, satellites, planes, phasing, inclination_deg, angle_deg, band_deg, fold):
    """Whether some point of the band is seen by fewer than ``fold`` at this instant."""
    import numpy as np

    each, number = int(satellites // planes), np.arange(int(satellites))
    plane, place = np.divmod(number, each)
    u = 2 * np.pi * (place / each + phasing * plane / satellites + step / PHASES / each)
    node, tilt = 2 * np.pi * plane / planes, np.radians(inclination_deg)
    x = np.cos(u) * np.cos(node) - np.sin(u) * np.cos(tilt) * np.sin(node)
    y = np.cos(u) * np.sin(node) + np.sin(u) * np.cos(tilt) * np.cos(node)
    middle = np.column_stack([x, y, np.sin(u) * np.sin(tilt)])
    bound, low, high = np.cos(np.radians(angle_deg)), *np.sin(np.radians(band_deg))
    corners, edges = _crossings(middle, bound, low, high)
    inside = corners @ middle.T >= bound
    np.put_along_axis(inside, edges, False, axis=1)  # the regions outside both edges that meet here
    return bool((inside.sum(axis=1) < fold).any())


def _crossings(middle, bound, low, high):
    """Points (n, 3) where edges cross each other or the band's own edges, and the edges (n, 2) there."""
    import numpy as np

    i, j = np.triu_indices(len(middle), 1)
    cosine = np.einsum("nk,nk->n", middle[i], middle[j])
    meet = cosine > 2 * bound**2 - 1
    i, j, cosine = i[meet], j[meet], cosine[meet]
    along = (middle[i] + middle[j]) * (bound / (1 + cosine))[:, None]
    across = np.cross(middle[i], middle[j])
    height = np.sqrt(np.maximum(1 - (along**2).sum(axis=1), 0) / (1 - cosine**2))
    points = np.concatenate([along + across * height[:, None], along - across * height[:, None]])
    edges = np.concatenate([np.column_stack([i, j])] * 2)
    kept = (points[:, 2] >= low) & (points[:, 2] <= high)
    points, edges = [points[kept]], [edges[kept]]
    for sine in (low, high):
        flat = np.hypot(middle[:, 0], middle[:, 1]) * np.sqrt(1 - sine**2)
        ratio = (bound - middle[:, 2] * sine) / flat
        k = np.flatnonzero(np.abs(ratio) <= 1)
        for sign in (1, -1):
            longitude = np.arctan2(middle[k, 1], middle[k, 0]) + sign * np.arccos(ratio[k])
            ring = np.sqrt(1 - sine**2)
            points.append(
                np.column_stack([ring * np.cos(longitude), ring * np.sin(longitude), np.full(len(k), sine)])
            )
            edges.append(np.column_stack([k, k]))
    return np.concatenate(points), np.concatenate(edges)


if __name__ == "__main__":
    serve()
