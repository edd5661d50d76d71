"""Maps: distances and projections against closed forms and Snyder's worked examples; the coastline against
known places.
"""

import numpy as np
import pytest

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
