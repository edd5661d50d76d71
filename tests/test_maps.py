"""Maps: distances and projections against closed forms and Snyder's worked examples; the coastline against
known places.
"""

import numpy as np
import pytest

from spacesec.data import tables
from spacesec.drawing import maps
from spacesec.errors import ParameterError
from spacesec.methods import sphere

R = sphere.EARTH_RADIUS_KM


@pytest.fixture
def axes():
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 6), dpi=100)
    yield axes
    plt.close(figure)


def on_land(lon, lat) -> bool:
    from matplotlib.path import Path

    return any(
        sum(Path(ring).contains_point((lon, lat)) for ring in rings) % 2 == 1 for rings in maps.coastline()
    )


def test_distances_have_their_closed_forms():
    assert sphere.great_circle_km(0, 0, 90, 0) == pytest.approx(R * np.pi / 2)
    assert sphere.great_circle_km(33, -90, 120, 90) == pytest.approx(R * np.pi)
    assert sphere.great_circle_km(10, 20, 10, 21) == pytest.approx(
        111.195, abs=0.001
    )  # one degree of a meridian on the mean sphere
    assert sphere.great_circle_km(0, 60, 180, 60) == pytest.approx(R * np.pi / 3)  # over the pole


def test_arc_is_evenly_spaced_and_as_long_as_the_distance():
    lon, lat = sphere.great_circle(139.7, 35.7, -122.4, 37.8, 51)
    steps = sphere.great_circle_km(lon[:-1], lat[:-1], lon[1:], lat[1:])
    assert np.ptp(steps) < 1e-6 and steps.sum() == pytest.approx(
        sphere.great_circle_km(139.7, 35.7, -122.4, 37.8)
    )
    assert (np.diff(lon) > 0).all() and lat.max() > 45  # eastwards over the antimeridian, bending north


def test_small_circle_keeps_its_radius():
    lon, lat = sphere.small_circle(127, 26, 1500)
    assert sphere.great_circle_km(127, 26, lon, lat) == pytest.approx(np.full(len(lon), 1500.0))


def test_antipodal_arc_is_refused():
    with pytest.raises(ParameterError, match="antipodal"):
        sphere.great_circle(0, 10, 180, -10)


def test_azimuthal_equidistant_agrees_with_snyder():
    # Snyder (1987), numerical example for the sphere, p. 338: R = 3, centre 40 N 100 W, point 20 S 100 E
    x, y = sphere.AzimuthalEquidistant(-100, 40)(100, -20)
    assert (x / R * 3, y / R * 3) == pytest.approx((-5.8311398, 5.5444634), abs=1e-6)


def test_lambert_conformal_agrees_with_snyder():
    # Snyder (1987), numerical example for the sphere, p. 295: parallels 33 and 45 N, origin 23 N 96 W, point
    # 35 N 75 W
    x, y = sphere.LambertConformal(-96, 23, 33, 45)(-75, 35)
    assert (x / R, y / R) == pytest.approx((0.2966785, 0.2462112), abs=1e-6)


@pytest.mark.parametrize("name", maps.PROJECTIONS)
def test_scale_is_true_where_stated(name):
    project = maps.projection(name, (117, 125, 18, 30))
    lat = project.lat1 if name == "lambert_conformal" else 24
    x, y = project(np.array([120.999, 121.001]), np.array([lat, lat]))
    assert np.hypot(np.diff(x), np.diff(y)) == pytest.approx(
        sphere.great_circle_km(120.999, lat, 121.001, lat), rel=1e-4
    )


def test_equidistant_distance_from_centre_is_the_great_circle():
    x, y = sphere.AzimuthalEquidistant(121, 24)(139.7, 35.7)
    assert np.hypot(x, y) == pytest.approx(sphere.great_circle_km(121, 24, 139.7, 35.7))


@pytest.mark.parametrize(
    "name, lon, lat",
    [
        ("Taipei", 121.5, 25.0),
        ("Okinawa", 128.0, 26.6),
        ("Seoul", 127.0, 37.5),
        ("Manila", 121.1, 14.6),
        ("Ishigaki", 124.2, 24.42),
        ("Delhi", 77.2, 28.6),
        ("Sydney", 150.9, -33.8),
        ("Chukotka", 179.0, 67.0),
        ("Denver", -105, 39.7),
    ],
)
def test_places_on_land(name, lon, lat):
    assert on_land(lon, lat), name


@pytest.mark.parametrize("lon, lat", [(123, 30), (121.2, 20.8), (135, 38.5), (51, 42), (-150, 0), (80, -20)])
def test_seas_are_sea(lon, lat):
    assert not on_land(lon, lat)


def test_capes_lie_where_charts_put_them():
    taiwan = next(r[0] for r in maps.coastline() if np.allclose(r[0].mean(axis=0), (121, 23.8), atol=0.7))
    assert taiwan[:, 1].min() == pytest.approx(21.90, abs=0.03)  # Cape Eluanbi, 21 deg 54 min N
    assert taiwan[:, 1].max() == pytest.approx(25.30, abs=0.03)  # Fugui Cape, 25 deg 18 min N


def test_the_coastline_is_geojson_as_rfc_7946_has_it():
    """Sections 3.1.6 (closed, four positions, the outer ring counterclockwise, holes clockwise), 3.1.9
    (nothing passes the antimeridian) and 4 (longitudes to 180, latitudes to 90).
    """
    [feature] = tables.read_json("geography/coastline")["features"]
    for polygon in feature["geometry"]["coordinates"]:
        for place, ring in enumerate(polygon):
            x, y = np.array(ring, float).T
            assert ring[0] == ring[-1] and len(ring) >= 4
            assert max(abs(x)) <= 180 and max(abs(y)) <= 90
            # A step of half the globe is one along the pole, not one over the antimeridian.
            assert all(y[1:][abs(np.diff(x)) > 180] == -90)
            turn = (x[:-1] * y[1:] - x[1:] * y[:-1]).sum()
            assert turn * (1 if place == 0 else -1) >= 0


def test_senkaku_islands_are_drawn_from_east_to_west():
    centres = np.array([r[0].mean(axis=0) for r in maps.coastline()])
    near = centres[(np.abs(centres[:, 0] - 124) < 0.8) & (np.abs(centres[:, 1] - 25.8) < 0.3)]
    # Taisho lies 103 km east of Uotsuri and Kuba 22 km north-east of it (Ministry of Foreign Affairs of
    # Japan)
    assert len(near) >= 5 and sphere.great_circle_km(
        near[:, 0].min(), 25.75, near[:, 0].max(), 25.9
    ) == pytest.approx(103, abs=5)


def test_labels_keep_clear_of_each_other(axes):
    chart = maps.draw(axes, "southwestern_islands")
    places = {
        "Taipei": (121.56, 25.04),
        "Senkaku Islands": (123.5, 25.75),
        "Naha": (127.68, 26.21),
        "Ishigaki": (124.16, 24.34),
        "Yonaguni": (122.98, 24.46),
        "Miyako": (125.28, 24.8),
    }
    before = len(axes.texts)
    chart.places(list(places), *np.array(list(places.values())).T)
    axes.figure.canvas.draw()
    boxes = [t.get_window_extent() for t in axes.texts[before:]]
    assert len(boxes) == 6
    assert not any(a.overlaps(b) for i, a in enumerate(boxes) for b in boxes[i + 1 :])


def test_field_is_rasterised_and_lies_where_it_should(axes):
    chart = maps.draw(axes, "east_asia", "azimuthal_equidistant", land="outline")
    mesh = chart.heat(np.arange(101, 150), np.arange(6, 50), np.zeros((44, 49)))
    assert mesh.get_rasterized()
    corner = mesh.get_coordinates()[0, 0]
    assert corner.tolist() == pytest.approx(list(chart.project(100.5, 5.5)))


@pytest.mark.parametrize(
    "box, message",
    [
        ("atlantis", "there is no region 'atlantis'; choose among world"),
        ((10, 5, 0, 1), "impossible"),
        ((0, 1, 80, 95), "impossible"),
    ],
)
def test_impossible_regions_are_refused(box, message):
    with pytest.raises(ParameterError, match=message):
        maps.region(box)


def test_a_site_off_the_map_is_refused(axes):
    chart = maps.draw(axes, "taiwan")
    with pytest.raises(
        ParameterError,
        match=r"Tokyo at 35\.7° N, 139\.7° E lies outside the map, which shows 20\.5° N to 27° N",
    ):
        chart.places(["Tokyo"], [139.7], [35.7])


def test_a_number_on_a_line_does_not_stand_across_the_frame(axes):
    chart = maps.draw(axes, (110, 150, 20, 50), land="outline")
    lon, lat = np.linspace(110, 150, 81), np.linspace(20, 50, 61)
    # Lines of equal longitude that leave the map at its foot and head, and one that hugs the edge.
    chart.contour(lon, lat, np.meshgrid(lon, lat)[0], [110.5, 130], label="%g")
    told = [text.get_text() for text in axes.texts]
    assert "130" in told and "110.5" not in told


def vector(lon, lat):
    lon, lat = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def test_distances_are_the_angle_between_unit_vectors():
    chance = np.random.default_rng(2)
    lon, lat = chance.uniform(-180, 180, (2, 50)), chance.uniform(-90, 90, (2, 50))
    cosine = np.einsum("ij,ij->i", vector(lon[0], lat[0]), vector(lon[1], lat[1]))
    np.testing.assert_allclose(
        sphere.great_circle_km(lon[0], lat[0], lon[1], lat[1]), R * np.arccos(cosine), rtol=1e-9
    )


def test_an_arc_begins_and_ends_at_its_ends_and_stays_in_their_plane():
    lon, lat = sphere.great_circle(-30.0, 50.0, 100.0, -20.0)
    assert len(lon) == 101
    assert (lon[0], lat[0], lon[-1], lat[-1]) == pytest.approx((-30, 50, 100, -20))
    square = np.cross(vector(-30.0, 50.0), vector(100.0, -20.0))
    assert np.abs(vector(lon, lat) @ square).max() < 1e-12
    # The equator: a quarter of the arc is a quarter of the longitude.
    assert sphere.great_circle(10, 0, 50, 0, 5)[0] == pytest.approx([10, 20, 30, 40, 50])


def test_an_arc_from_a_place_to_itself_stays_there():
    lon, lat = sphere.great_circle(12.0, 34.0, 12.0, 34.0, 4)
    assert lon.tolist() == [12.0] * 4 and lat.tolist() == [34.0] * 4


def test_an_arc_of_nearly_half_the_globe_is_still_drawn():
    # A kilometer off the antipode there is one shortest way.
    lon, lat = sphere.great_circle(0, 0, 179.99, 0, 3)
    assert lon == pytest.approx([0, 89.995, 179.99]) and lat == pytest.approx([0, 0, 0])


def test_a_small_circle_begins_in_the_north_and_turns_to_the_east():
    lon, lat = sphere.small_circle(30.0, 0.0, R * np.radians(10), 5)
    assert (lon - 30).tolist() == pytest.approx([0, 10, 0, -10, 0], abs=1e-9)
    assert lat.tolist() == pytest.approx([10, 0, -10, 0, 10], abs=1e-9)


def test_an_equirectangular_map_is_arithmetic():
    project = sphere.Equirectangular(140.0, 30.0, 60.0)
    x, y = project(np.array([140, 141, 139]), np.array([30, 31, 28.5]))
    degree = R * np.pi / 180
    assert x.tolist() == pytest.approx([0, degree / 2, -degree / 2])
    assert y.tolist() == pytest.approx([0, degree, -1.5 * degree])


@pytest.mark.parametrize(
    "lon, turned",
    # Up to two degrees beyond the seam a place stays where it is; further ones come round.
    [(322, 182), (322.5, -177.5), (-42, -182), (-42.5, 177.5), (-170, 50), (140 + 541, -179), (500.0, 0)],
)
def test_longitudes_are_told_in_the_turn_around_the_middle_of_the_map(lon, turned):
    x, _ = sphere.Equirectangular(140.0, 0.0, 0.0)(lon, 0.0)
    assert float(x) == pytest.approx(R * np.radians(turned), abs=1e-6)


def test_a_cone_that_touches_along_one_parallel_is_the_limit_of_two():
    one = sphere.LambertConformal(130, 35, 40, 40)
    two = sphere.LambertConformal(130, 35, 39.999, 40.001)
    for lon, lat in ((120, 30), (150, 50), (130, 10)):
        assert one(lon, lat) == pytest.approx(two(lon, lat), abs=1e-3)
    # True along the parallel, too large on either side.
    for lat, least in ((40, 1), (30, 1.01), (50, 1.01)):
        x, y = one(np.array([129.999, 130.001]), np.array([lat, lat]))
        scale = np.hypot(np.diff(x), np.diff(y)) / sphere.great_circle_km(129.999, lat, 130.001, lat)
        assert scale == pytest.approx(1, abs=1e-6) if least == 1 else scale > least


def test_the_middle_of_a_map_lies_at_its_origin_and_north_is_up():
    for project in (sphere.AzimuthalEquidistant(130, 35), sphere.LambertConformal(130, 35, 30, 45)):
        assert project(130, 35) == pytest.approx((0, 0), abs=1e-9)
        x, y = project(130, 36)
        assert x == pytest.approx(0, abs=1e-9) and y > 100
    # Along its middle meridian a distance is true in the azimuthal map, also beyond the pole.
    assert sphere.AzimuthalEquidistant(130, 35)(130, 80)[1] == pytest.approx(R * np.radians(45))


@pytest.mark.parametrize(
    "value, letters, text",
    [
        (0, "NS", "0°"),
        (-0.00001, "NS", "0°"),
        (180, "EW", "180°"),
        (-180, "EW", "180°"),
        (179, "EW", "179° E"),
        (1, "EW", "1° E"),
        (-1, "NS", "1° S"),
        (-5, "EW", "5° W"),
        (0.5, "NS", "0.5° N"),
        (1.23456, "NS", "1.2346° N"),
    ],
)
def test_degrees_are_told_with_their_letter(value, letters, text):
    assert sphere.degrees(value, letters) == text


@pytest.mark.parametrize("longitude", [125.75, -120.0])
def test_a_circle_over_the_date_line_reaches_both_edges_of_a_map_of_the_world(axes, longitude):
    """Where it meets them it is as far from its center as everywhere (haversine), but for the
    chord between two of its points.
    """
    chart = maps.draw(axes, "world")
    line = chart.circle(longitude, 39.03, 5500)
    x, y = line.get_xdata(), line.get_ydata()
    left, right = axes.get_xlim()
    assert np.nanmin(x) == pytest.approx(left) and np.nanmax(x) == pytest.approx(right)
    at = np.flatnonzero(np.isclose(x, right))
    assert len(at) == np.isnan(x).sum() == 2
    low, high = chart.project([0, 0], [0, 1])[1]
    for latitude in (y[at] - low) / (high - low):
        assert sphere.great_circle_km(longitude, 39.03, 180, latitude) == pytest.approx(5500, rel=0.005)
