"""Offline maps: a coastline, three projections, great circles, labels that keep clear of each other,
rasterised heat fields.

``draw(axes, "east_asia")`` turns a Matplotlib Axes into a map and returns a ``Map``, which adds places, arcs,
circles and fields. Longitudes and latitudes are in degrees (east and north positive), map coordinates in
kilometres; formulas stand in ``spacesec.methods.sphere``. The coastline is ``data/geography/coastline.json``
(Natural Earth, public domain); it shows land only and no boundaries of states.
"""

import itertools
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.methods.sphere import (
    EARTH_RADIUS_KM,
    AzimuthalEquidistant,
    Equirectangular,
    LambertConformal,
    degrees,
    great_circle,
    small_circle,
)

SOURCE = (  # source id of the coastline, for a figure's list of sources
    "natural-earth-2018-1-10m-land-polygons"
)
LAND, SEA, COAST, GRID = "#e9e6df", "#f7fafc", "#7d7a72", "#c9d3da"
ROOM = 0.5  # between numbers on lines, of a line's height: the layout may still make the map smaller
NEAR_EDGE = 0.03  # of a map's shorter side: half a number's width
PROJECTIONS = ("equirectangular", "azimuthal_equidistant", "lambert_conformal")


@dataclass(frozen=True)
class Region:
    """A box of longitudes and latitudes, degrees; `east` may exceed 180 where the box crosses the
    antimeridian.
    """

    west: float
    east: float
    south: float
    north: float

    def __post_init__(self):
        if not (0 < self.east - self.west <= 360 and -90 <= self.south < self.north <= 90):
            raise ParameterError(
                f"a map from {self.west:g} to {self.east:g} degrees east and {self.south:g} to {self.north:g}"
                " degrees north is impossible; west must lie below east, south below north, latitudes within"
                " -90 to 90"
            )

    def __str__(self) -> str:
        return (
            f"{degrees(self.south, 'NS')} to {degrees(self.north, 'NS')} and {degrees(self.west, 'EW')} to"
            f" {degrees(self.east, 'EW')}"
        )

    @property
    def centre(self) -> tuple[float, float]:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def contains(self, lon, lat):
        """Whether points (degrees, any shape) lie in the box; longitudes may be given in any turn."""
        east_of_west = (np.asarray(lon, float) - self.west) % 360
        return (
            (east_of_west <= self.east - self.west)
            & (np.asarray(lat) >= self.south)
            & (np.asarray(lat) <= self.north)
        )

    def outline(self, step_deg: float = 0.5) -> tuple[np.ndarray, np.ndarray]:
        """Longitudes and latitudes along the box's edge, anticlockwise, closed."""
        across = np.linspace(self.west, self.east, max(2, int((self.east - self.west) / step_deg) + 1))
        up = np.linspace(self.south, self.north, max(2, int((self.north - self.south) / step_deg) + 1))
        lon = np.concatenate([across, np.full_like(up, self.east), across[::-1], np.full_like(up, self.west)])
        lat = np.concatenate(
            [np.full_like(across, self.south), up, np.full_like(across, self.north), up[::-1]]
        )
        return lon, lat


REGIONS = {
    "world": Region(-180, 180, -60, 80),
    "indo_pacific": Region(40, 180, -45, 55),
    "east_asia": Region(100, 150, 5, 50),
    "japan": Region(122, 147, 23, 46),
    "southwestern_islands": Region(119.5, 132, 21.5, 31.5),
    "taiwan": Region(117, 125.5, 20.5, 27),
    "korea_japan": Region(120, 147, 29, 46),
    "luzon_strait": Region(117, 125, 17, 24),
}


def region(box) -> Region:
    """A Region from its name, a (west, east, south, north) tuple in degrees, or a Region. Raises
    ParameterError otherwise.
    """
    if isinstance(box, Region):
        return box
    if isinstance(box, str):
        if box not in REGIONS:
            raise ParameterError(
                f"there is no region {box!r}; choose among {', '.join(REGIONS)} or give (west, east, south,"
                " north)"
            )
        return REGIONS[box]
    return Region(*map(float, box))


def projection(name: str, box) -> Equirectangular | AzimuthalEquidistant | LambertConformal:
    """A projection centred on a region: true scale at mid latitude, or along parallels at a sixth of the
    height from either edge.
    """
    box = region(box)
    lon0, lat0 = box.centre
    if name == "equirectangular":
        return Equirectangular(lon0, lat0, lat0)
    if name == "azimuthal_equidistant":
        return AzimuthalEquidistant(lon0, lat0)
    if name == "lambert_conformal":
        sixth = (box.north - box.south) / 6
        if box.south + sixth <= 0 <= box.north - sixth or max(abs(box.south), abs(box.north)) > 85:
            raise ParameterError(
                "projection 'lambert_conformal' needs a region on one side of the equator and below 85"
                " degrees; use 'equirectangular' or 'azimuthal_equidistant'"
            )
        return LambertConformal(lon0, lat0, box.south + sixth, box.north - sixth)
    raise ParameterError(f"projection {name!r} does not exist; choose among {', '.join(PROJECTIONS)}")


# ---- the map


def coastline() -> tuple[tuple[np.ndarray, ...], ...]:
    """Land polygons: their rings (first the outer one, then holes) as (n, 2) arrays of longitude and latitude
    in degrees, which nobody may change. Outer rings run clockwise, against the way of the file (RFC 7946):
    thinning keeps the first point of a cell, so that the way round is part of the picture.
    """
    resource = tables.describe("geography/coastline")
    return _coastline(tables.sealed_path(resource), resource["hash"])


@lru_cache(maxsize=4)
def _coastline(path: Path, sealed: str) -> tuple[tuple[np.ndarray, ...], ...]:
    features = tables.read_json("geography/coastline", note=False)["features"]
    polygons = tuple(
        tuple(np.array(ring[::-1], float) for ring in polygon)
        for f in features
        for polygon in f["geometry"]["coordinates"]
    )
    for ring in itertools.chain(*polygons):
        ring.flags.writeable = False
    return polygons


def draw(
    axes,
    box,
    projection_name: str = "equirectangular",
    *,
    land: str = "filled",
    graticule: bool = True,
    step_deg: float | None = None,
    font_size: float = 9,
    outline: str = COAST,
) -> "Map":
    """Turn an Axes into a map of a region and return it.

    box: a name of REGIONS, (west, east, south, north) in degrees, or a Region. projection_name: one of
    PROJECTIONS.
    land: ``filled``, or ``outline`` where a heat field lies below. step_deg: spacing of meridians and
    parallels (chosen when None).
    outline: color of the coastline, for fields on which its gray is lost.
    """
    box = region(box)
    result = Map(axes, box, projection(projection_name, box), font_size)
    result._frame()
    if graticule:
        result.graticule(step_deg)
    result.coast(fill=land == "filled", color=outline)
    return result


@dataclass(frozen=True)
class Map:
    """A map on an Axes; made by `draw`."""

    axes: object
    region: Region
    projection: object
    font_size: float = 9

    @property
    def statement(self) -> str:
        """The projection in words, for a caption."""
        return self.projection.statement

    def project(self, lon, lat):
        """Map coordinates x, y in km of points in degrees."""
        return self.projection(lon, lat)

    @cached_property
    def frame(self):
        """The region's edge as a patch; everything is clipped to it."""
        from matplotlib.patches import Polygon

        return Polygon(
            np.column_stack(self.project(*self.region.outline())),
            closed=True,
            facecolor=SEA,
            edgecolor=COAST,
            linewidth=0.6,
        )

    def _frame(self) -> None:
        corners = self.frame.get_xy()
        self.axes.add_patch(self.frame)
        self.frame.set_zorder(0)
        self.axes.set(
            aspect="equal",
            xlim=(corners[:, 0].min(), corners[:, 0].max()),
            ylim=(corners[:, 1].min(), corners[:, 1].max()),
        )
        self.axes.set_axis_off()

    def _add(self, artist):
        artist.set_clip_path(self.frame)
        return artist

    def coast(
        self, fill: bool = True, island_dot_pt: float = 1.3, zorder: float = 2, color: str = COAST
    ) -> None:
        """Draw the coastline. Islands smaller than `island_dot_pt` points at this scale become dots of that
        size, so that they stay visible; those under a tenth of a point are left out.
        """
        from matplotlib import path as paths
        from matplotlib.patches import PathPatch

        km_per_pt = self._km_per_point()
        outlines, dots = [], []
        for rings in coastline():
            low, high = rings[0].min(axis=0), rings[0].max(axis=0)
            for turn in (-360, 0, 360):
                if (
                    high[0] + turn < self.region.west
                    or low[0] + turn > self.region.east
                    or high[1] < self.region.south
                    or low[1] > self.region.north
                ):
                    continue
                shifted = [ring + (turn, 0) for ring in rings]
                x, y = self.project(*shifted[0].T)
                points = max(np.ptp(x), np.ptp(y)) / km_per_pt
                if points < island_dot_pt:
                    if points >= 0.1:
                        dots.append((x.mean(), y.mean()))
                    continue
                for ring in shifted:
                    clipped = _clip(ring, self.region, margin_deg=1.0)
                    if len(clipped) >= 3:
                        xy = _thin(
                            np.column_stack(self.project(*_dense(np.vstack([clipped, clipped[:1]])).T)),
                            0.25 * km_per_pt,
                        )
                        outlines.append(paths.Path(xy, closed=True))
        if outlines:
            path = paths.Path.make_compound_path(*outlines)
            # As an artist: the axes have their limits, and as a patch it would be walked bend by bend to find
            # them.
            self._add(
                self.axes.add_artist(
                    PathPatch(
                        path,
                        facecolor=LAND if fill else "none",
                        edgecolor=color,
                        linewidth=0.5,
                        zorder=zorder,
                        rasterized=len(path) > 9000,
                    )
                )
            )
        if dots:
            self._add(
                self.axes.scatter(
                    *np.array(dots).T,
                    s=island_dot_pt**2,
                    color=color,
                    linewidths=0,
                    zorder=zorder,
                    rasterized=len(dots) > 150,
                )
            )

    def graticule(self, step_deg: float | None = None, zorder: float = 1) -> None:
        """Meridians and parallels with their degrees below and left of the map."""
        west, east, south, north = self.region.west, self.region.east, self.region.south, self.region.north
        step = step_deg or next(
            s for s in (0.5, 1, 2, 5, 10, 15, 20, 30, 60) if max(east - west, north - south) / s <= 8
        )
        style = {"color": GRID, "linewidth": 0.5, "zorder": zorder}
        for lon in np.arange(np.ceil(west / step), np.floor(east / step) + 1) * step:
            self.line([lon, lon], [south, north], **style)
            if west + step / 4 < lon < east - step / 4:
                self._edge(
                    degrees(180 - (180 - lon) % 360, "EW"),
                    *self.project(lon, south),
                    (0, -3),
                    "center",
                    "top",
                )
        for lat in np.arange(np.ceil(south / step), np.floor(north / step) + 1) * step:
            self.line([west, east], [lat, lat], **style)
            if south + step / 4 < lat < north - step / 4:
                self._edge(degrees(lat, "NS"), *self.project(west, lat), (-3, 0), "right", "center")

    def _edge(self, text, x, y, offset, ha, va) -> None:
        self.axes.annotate(
            text,
            (x, y),
            xytext=offset,
            textcoords="offset points",
            ha=ha,
            va=va,
            fontsize=self.font_size,
            color="#5b6670",
            annotation_clip=False,
        )

    def line(self, lon, lat, **style):
        """A line through points in degrees, straight in longitude and latitude between them (not a great
        circle).
        """
        lon, lat = _dense(np.column_stack([np.degrees(np.unwrap(np.radians(lon))), lat])).T
        return self._path(lon, lat, **style)

    def arc(self, lon1: float, lat1: float, lon2: float, lat2: float, **style):
        """The great-circle arc between two points in degrees."""
        return self._path(*great_circle(lon1, lat1, lon2, lat2), **style)

    def circle(self, lon: float, lat: float, radius_km: float, **style):
        """The circle of points `radius_km` along the ground from a point: a footprint, a radar's horizon."""
        return self._path(*small_circle(lon, lat, radius_km), **style)

    def _path(self, lon, lat, **style):
        x, y = self.project(lon, lat)
        # Where a line leaves one edge of a map of the world it enters at the other: no stroke between.
        if self.region.east - self.region.west == 360:
            x, y = self._to_the_edges(x, y)
        else:
            jump = np.flatnonzero(np.abs(np.diff(x)) > np.pi * EARTH_RADIUS_KM / 2) + 1
            x, y = np.insert(x, jump, np.nan), np.insert(y, jump, np.nan)
        return self._add(self.axes.plot(x, y, **{"zorder": 4, **style})[0])

    def _to_the_edges(self, x, y):
        """The line with a point on either edge where it passes from one to the other."""
        edges = self.frame.get_xy()[:, 0]
        left, right = edges.min(), edges.max()
        x = left + (x - left) % (right - left)
        jump = np.flatnonzero(np.abs(np.diff(x)) > (right - left) / 2) + 1
        before, after = x[jump - 1], x[jump]
        out, back = np.where(before > after, right, left), np.where(before > after, left, right)
        span = after + out - back - before
        share = np.divide(out - before, span, out=np.zeros_like(span), where=span != 0)
        cut = y[jump - 1] + share * (y[jump] - y[jump - 1])
        gap = np.full_like(cut, np.nan)
        places = np.repeat(jump, 3)
        return (
            np.insert(x, places, np.column_stack([out, gap, back]).ravel()),
            np.insert(y, places, np.column_stack([cut, gap, cut]).ravel()),
        )

    def points(self, lon, lat, **style):
        """Markers at points in degrees (`Axes.scatter` style); returns the collection."""
        return self._add(self.axes.scatter(*self.project(lon, lat), **{"zorder": 5, **style}))

    def heat(self, lon, lat, values, **style):
        """A field on a grid as a rasterised mesh.

        lon (n), lat (m): evenly spaced cell centres in degrees, rising; values (m, n), nan stays empty.
        style: as for ``Axes.pcolormesh`` (cmap, norm, vmin, vmax). Returns the mesh, for a colour bar.
        """
        x, y = self.project(*np.meshgrid(_edges(lon), _edges(lat)))
        mesh = self.axes.pcolormesh(
            x, y, np.ma.masked_invalid(values), **{"zorder": 0.5, "rasterized": True, "linewidth": 0, **style}
        )
        return self._add(mesh)

    def contour(self, lon, lat, values, levels, label: str | None = None, **style):
        """Lines of equal value on the grid of `heat`; label is a format for the numbers on the lines, such as
        ``"%g"``.
        """
        x, y = self.project(*np.meshgrid(lon, lat))
        lines = self.axes.contour(
            x, y, values, levels, **{"zorder": 3, "linewidths": 0.8, "colors": "#333333", **style}
        )
        self._add(lines)
        if label:
            self._thin(self.axes.clabel(lines, fmt=label, fontsize=self.font_size))
        return lines

    def _thin(self, numbers) -> None:
        """Take away the numbers on lines that stand half outside, or upon one before (lines too close)."""
        kept = []
        for number in numbers:
            box, slanted = number.get_window_extent(), bool(number.get_rotation() % 90)
            wide = box.padded(ROOM * box.height)
            # The upright boxes of two slanted numbers say nothing of the letters.
            near = any(wide.overlaps(other) and not (slanted and leans) for other, leans in kept)
            if self._at_edge(number) or near:
                number.remove()
            else:
                kept.append((box, slanted))

    def _at_edge(self, number) -> bool:
        """Whether a number on a line stands half outside, among the degrees of the frame."""
        x, y = number.get_position()
        corners = self.frame.get_xy()
        near = NEAR_EDGE * float((corners.max(axis=0) - corners.min(axis=0)).min())
        around = [(x - near, y), (x + near, y), (x, y - near), (x, y + near)]
        return not self.frame.get_path().contains_points(around).all()

    def places(
        self,
        names,
        lon,
        lat,
        *,
        marker: str | None = "o",
        size: float = 14,
        color: str = "#222222",
        text_color: str | None = None,
        font_size: float | None = None,
    ) -> None:
        """Mark and name places; each name goes to the free spot nearest its mark, with a thin leader where
        that is far.

        names (n), lon (n), lat (n) in degrees. marker None writes names only. Points outside the region raise
        ParameterError.
        """
        lon, lat = np.atleast_1d(lon).astype(float), np.atleast_1d(lat).astype(float)
        for name, a, b in zip(names, lon, lat):
            self.require(name, a, b)
        if marker:
            self.points(
                lon, lat, s=size, marker=marker, color=color, edgecolors="white", linewidths=0.5, zorder=6
            )
        marks = np.column_stack(self.project(lon, lat))
        labels = [
            self._label(name, mark, font_size or self.font_size, text_color or color)
            for name, mark in zip(names, marks)
        ]
        self.axes.add_artist(_before_drawing(_Spots(self, labels, marks).seek))

    def _label(self, name, mark, font_size, color):
        import matplotlib.patheffects as effects

        leader = {"arrowstyle": "-", "color": color, "linewidth": 0.5, "shrinkA": 0, "shrinkB": 2}
        label = self.axes.annotate(
            name,
            mark,
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=font_size,
            color=color,
            zorder=8,
            arrowprops=leader,
            path_effects=[effects.withStroke(linewidth=2, foreground="white")],
        )
        label.arrow_patch.set_visible(False)
        label.set_in_layout(False)
        return label

    def require(self, name: str, lon: float, lat: float) -> None:
        """Raise ParameterError when a point lies off the map."""
        if not self.region.contains(lon, lat):
            raise ParameterError(
                f"{name} at {degrees(lat, 'NS')}, {degrees(lon, 'EW')} lies outside the map, which shows"
                f" {self.region}"
            )

    def scale_bar(self, length_km: float, corner: tuple[float, float] = (0.06, 0.07)) -> None:
        """A bar of `length_km`, true where the projection is; `corner` in axes fractions is its left end."""
        (x0, x1), (y0, y1) = self.axes.get_xlim(), self.axes.get_ylim()
        x, y = x0 + corner[0] * (x1 - x0), y0 + corner[1] * (y1 - y0)
        self.axes.plot(
            [x, x + length_km], [y, y], color="#222222", linewidth=1.6, solid_capstyle="butt", zorder=7
        )
        self.axes.annotate(
            f"{length_km:,.0f} km",
            (x + length_km / 2, y),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=self.font_size,
            zorder=7,
        )

    def _km_per_point(self) -> float:
        box = self.axes.get_position()
        width, height = box.size * self.axes.figure.get_size_inches() * 72
        (x0, x1), (y0, y1) = self.axes.get_xlim(), self.axes.get_ylim()
        return max((x1 - x0) / width, (y1 - y0) / height)


class _Spots:
    """Finds, each time the figure is drawn, the first spot around every mark that touches neither a mark, nor
    a text, nor the frame.

    Text can only be measured and the layout is only final when a figure is drawn; the spots are therefore
    sought then.
    """

    CHOICES = tuple(
        (distance, angle)
        for distance in (6, 10, 15, 22, 32, 44, 60, 80)
        for angle in (0, 180, 90, 270, 45, 315, 135, 225)
    )

    def __init__(self, chart: "Map", labels: list, marks: np.ndarray):
        self.chart, self.labels, self.marks = chart, labels, marks

    def seek(self, renderer) -> None:
        from matplotlib.transforms import Bbox

        axes, frame = self.chart.axes, self.chart.frame
        pixels = renderer.points_to_pixels(1)
        at = axes.transData.transform(self.marks)
        inside = axes.transData.transform_bbox(frame.get_path().get_extents(frame.get_patch_transform()))
        taken = [Bbox([mark - 3 * pixels, mark + 3 * pixels]) for mark in at]
        taken += [
            text.get_window_extent(renderer)
            for text in axes.texts
            if text not in self.labels and text.get_visible()
        ]
        for label, mark in zip(self.labels, at):
            size = np.array(_text_size(label, renderer)) + pixels
            spots = [
                (*_cost(_box(size, mark, pixels, *spot), taken, inside), order, spot)
                for order, spot in enumerate(self.CHOICES)
            ]
            _, box, _, spot = min(spots, key=lambda found: (found[0], found[2]))
            _set_spot(label, *spot)
            taken.append(box)


def _box(size, mark, pixels, distance, angle):
    from matplotlib.transforms import Bbox

    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    centre = mark + distance * pixels * along + np.where(np.abs(along) > 0.1, np.sign(along), 0) * size / 2
    return Bbox([centre - size / 2, centre + size / 2])


def _cost(box, taken, inside):
    outside = box.width * box.height - _overlap(box, inside)
    return sum(_overlap(box, other) for other in taken) + 2 * max(outside, 0.0), box


def _text_size(label, renderer) -> tuple[float, float]:
    from matplotlib.text import Text

    box = Text.get_window_extent(label, renderer)
    return box.width, box.height


def _set_spot(label, distance, angle) -> None:
    dx, dy = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    label.set_position((distance * dx, distance * dy))
    label.set_ha("left" if dx > 0.1 else "right" if dx < -0.1 else "center")
    label.set_va("bottom" if dy > 0.1 else "top" if dy < -0.1 else "center")
    label.arrow_patch.set_visible(distance > 12)


def _before_drawing(action):
    """An artist without a picture that runs `action(renderer)` below the labels, when all else has
    its place.
    """
    from matplotlib.artist import Artist

    hook = Artist()
    hook.draw = action
    hook.set_zorder(7.9)
    hook.set_in_layout(False)
    return hook


def _overlap(a, b) -> float:
    return max(0.0, min(a.x1, b.x1) - max(a.x0, b.x0)) * max(0.0, min(a.y1, b.y1) - max(a.y0, b.y0))


def _edges(centres) -> np.ndarray:
    centres = np.asarray(centres, float)
    half = (centres[1] - centres[0]) / 2
    return np.append(centres - half, centres[-1] + half)


def _dense(points: np.ndarray, step_deg: float = 1.0) -> np.ndarray:
    """Extra points on long edges, which a projection bends."""
    count = np.maximum(1, np.ceil(np.abs(np.diff(points, axis=0)).max(axis=1) / step_deg)).astype(int)
    if (count == 1).all():
        return points
    parts = [a + (b - a) * np.arange(n)[:, None] / n for a, b, n in zip(points[:-1], points[1:], count)]
    return np.vstack([*parts, points[-1:]])


def _thin(points: np.ndarray, step: float) -> np.ndarray:
    """Points without those that fall into the same cell of `step` as the one before: detail nobody would see,
    but every file would carry.
    """
    cells = np.round(points / step)
    keep = np.append(True, (np.diff(cells, axis=0) != 0).any(axis=1))
    keep[-1] = True
    return points[keep]


def _clip(ring: np.ndarray, box: Region, margin_deg: float) -> np.ndarray:
    """A ring cut to the box and a margin around it (Sutherland-Hodgman), so that far land cannot blow up
    under the projection.
    """
    limits = (
        (0, box.west - margin_deg, 1),
        (0, box.east + margin_deg, -1),
        (1, box.south - margin_deg, 1),
        (1, box.north + margin_deg, -1),
    )
    for axis, limit, sign in limits:
        if len(ring) == 0:
            break
        inside = sign * (ring[:, axis] - limit) >= 0
        if inside.all():
            continue
        after = np.roll(ring, -1, axis=0)
        crosses = inside != np.roll(inside, -1)
        share = np.divide(
            limit - ring[:, axis], after[:, axis] - ring[:, axis], out=np.zeros(len(ring)), where=crosses
        )
        cut = ring + share[:, None] * (after - ring)
        kept = np.stack([ring, cut], axis=1)[np.stack([inside, crosses], axis=1)]
        ring = kept
    return ring
