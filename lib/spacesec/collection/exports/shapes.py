"""Lines and rings on the globe as GeoJSON has them: cut at the date line, closed over a pole that they hold.

Standard: RFC 7946 (2016), sections 3.1.6 (rings, the outer one counterclockwise) and 3.1.9 (antimeridian).
Longitudes come in unwrapped (running on past 180 degrees), as `spacesec.methods.sphere` gives them.
"""

from collections.abc import Sequence

Point = tuple[float, float]  # longitude, latitude, degrees
HALF, TURN = 180.0, 360.0


def line(points: Sequence[Point]) -> dict:
    """A path as MultiLineString, each piece within -180 to 180 degrees."""
    pieces: list[list[Point]] = [[points[0]]]
    for one, other in zip(points, points[1:]):
        for at in _crossings(one[0], other[0]):
            latitude = one[1] + (other[1] - one[1]) * (at - one[0]) / (other[0] - one[0])
            pieces[-1].append((at, latitude))
            pieces.append([(at, latitude)])
        pieces[-1].append(other)
    kept = [_moved(piece) for piece in pieces if len(piece) > 1]
    return {"type": "MultiLineString", "coordinates": [[list(point) for point in piece] for piece in kept]}


def ring(points: Sequence[Point], pole: float | None = None) -> dict:
    """A closed ring (first point last) as MultiPolygon. pole: 90 or -90 where the ring's inside holds that
    pole; its longitudes then run once round.
    """
    closed = list(points)
    if pole is not None:
        turn = closed[-1][0] - closed[0][0]
        if abs(abs(turn) - TURN) > 1e-6:
            raise ValueError("a ring round a pole runs once round the globe")
        closed += [(closed[-1][0], pole), (closed[0][0], pole), closed[0]]
    low, high = min(lon for lon, _ in closed), max(lon for lon, _ in closed)
    polygons = []
    edge = _edge_below(low)
    while edge < high - 1e-12:
        inside = _clipped(_clipped(closed, edge, 1), edge + TURN, -1)
        if len(inside) > 3 and abs(_area(inside)) > 1e-12:
            piece = _moved(inside, edge)
            polygons.append([_counterclockwise(piece)])
        edge += TURN
    return {"type": "MultiPolygon", "coordinates": polygons}


def _edge_below(longitude: float) -> float:
    """The last date line west of or at a longitude."""
    return (longitude + HALF) // TURN * TURN - HALF


def _crossings(one: float, other: float) -> list[float]:
    """Date lines between two longitudes, in the order in which they are met."""
    low, high = sorted((one, other))
    edge, found = _edge_below(low) + TURN, []
    while edge < high:
        if edge > low:
            found.append(edge)
        edge += TURN
    return found if other > one else found[::-1]


def _clipped(points: list[Point], edge: float, side: int) -> list[Point]:
    """The part of a ring on one side of a meridian (1: east of it, -1: west), closed (Sutherland-Hodgman)."""
    kept: list[Point] = []
    for one, other in zip(points, points[1:]):
        inside, next_inside = side * (one[0] - edge) >= 0, side * (other[0] - edge) >= 0
        if inside:
            kept.append(one)
        if inside != next_inside and edge not in (one[0], other[0]):  # a point on it stands already
            kept.append((edge, one[1] + (other[1] - one[1]) * (edge - one[0]) / (other[0] - one[0])))
    return [*kept, kept[0]] if kept else []


def _moved(points: list[Point], edge: float | None = None) -> list[Point]:
    """A piece brought to -180 to 180 degrees as a whole."""
    if edge is None:
        edge = _edge_below(sum(lon for lon, _ in points) / len(points))
    shift = edge + HALF
    return [(min(HALF, max(-HALF, lon - shift)), lat) for lon, lat in points]


def _area(points: list[Point]) -> float:
    """Twice the signed area in degrees; positive where the ring runs counterclockwise."""
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in zip(points, points[1:]))


def _counterclockwise(points: list[Point]) -> list[list[float]]:
    return [list(point) for point in (points if _area(points) > 0 else points[::-1])]
