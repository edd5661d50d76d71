"""Expected values: black-body integrals, a public program, an independent recomputation, identities of
custody.
"""

from dataclasses import replace

import numpy as np
import pytest

from spacesec.astrodynamics import glide
from spacesec.missile_warning import glide_tracking as question
from spacesec.missile_warning.glide_tracking import sensing

# Black body, emissivity 1, W/(m2 sr): temperature K -> 1.4-3.0, 2.69-2.95, 3-5, 4.2-4.45, 8-12 micrometers.
BLACK = {
    300: (0.01, 0.01, 1.87, 0.30, 38.5),
    500: (14.5, 6.45, 168, 25.4, 290),
    800: (1029, 295, 2518, 312, 1007),
    1000: (4791, 1061, 6507, 733, 1603),
    2000: (147254, 14717, 50933, 4607, 5043),
}
# Speed km/s, flow, stagnation K, wall at 1 m and 3.5 m K, kW/sr in 1.4-3.0, 2.69-2.95 (independent
# recomputation).
RECOMPUTED = [
    (6.0, "turbulent", 3323, 1859, 1509, 356.5, 41.05),
    (5.5, "laminar", 3234, 1367, 1067, 70.3, 11.8),
    (5.5, "turbulent", 3234, 1838, 1494, 340.7, 39.7),
    (4.0, "turbulent", 2767, 1632, 1334, 203.0, 26.9),
    (3.0, "turbulent", 2291, 1394, 1160, 95.9, 15.2),
    (3.0, "laminar", 2291, 1008, 793, 11.5, 2.7),
    (2.0, "turbulent", 1620, 1094, 929, 25.1, 5.3),
    (2.0, "laminar", 1620, 778, 620, 1.8, 0.56),
]


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters(launch_times=24, step_s=20))


def test_black_body_table():
    for temperature, values in BLACK.items():
        for band, printed in zip(("1.4-3.0", "2.69-2.95", "3-5", "4.2-4.45", "8-12"), values):
            assert float(sensing.band_radiance(temperature, sensing.BANDS[band])) == pytest.approx(
                printed, rel=4e-3, abs=5.1e-3
            )


def test_wide_band_is_stefan_and_boltzmann():
    bands = [(a, b) for a, b in zip(np.geomspace(0.1, 800, 60)[:-1], np.geomspace(0.1, 800, 60)[1:])]
    assert sum(float(sensing.band_radiance(1500, band)) for band in bands) == pytest.approx(
        sensing.STEFAN_BOLTZMANN * 1500**4 / np.pi, rel=1e-4
    )


@pytest.mark.parametrize("speed, flow, nose, near, far, wide, narrow", RECOMPUTED)
def test_temperatures_and_light_of_the_glider(speed, flow, nose, near, far, wide, narrow):
    altitude = glide.equilibrium_altitude_km(speed)
    assert float(sensing.stagnation_temperature_k(speed, altitude)) == pytest.approx(nose, rel=0.005)
    assert float(sensing.wall_temperature_k(speed, altitude, 1.0, 11.3, flow)) == pytest.approx(
        near, rel=0.005
    )
    assert float(sensing.wall_temperature_k(speed, altitude, 3.5, 7.6, flow)) == pytest.approx(far, rel=0.005)
    assert 1e-3 * float(sensing.intensity_w_sr(speed, altitude, flow, "1.4-3.0")) == pytest.approx(
        wide, rel=0.02
    )
    assert 1e-3 * float(sensing.intensity_w_sr(speed, altitude, flow)) == pytest.approx(narrow, rel=0.02)


def test_boundary_layer_is_a_factor_of_four_to_fourteen():
    speeds = np.array([2.0, 3.0, 4.0, 5.5])
    altitude = glide.equilibrium_altitude_km(speeds)
    ratio = sensing.intensity_w_sr(speeds, altitude, "turbulent", "1.4-3.0") / sensing.intensity_w_sr(
        speeds, altitude, "laminar", "1.4-3.0"
    )
    assert 4 <= ratio.min() <= ratio.max() <= 14.2


def test_irradiance_scaling():
    # 10 kW/sr gives 2.5e-9 W/m2 at 2,000 km, 6.9e-12 at 38,000 km: so these are the ranges for these noise
    # levels at a ratio of 1.
    assert float(sensing.detection_range_km(1e4, 2.5e-9, 1)) == pytest.approx(2000, rel=1e-3)
    assert float(sensing.detection_range_km(1e4, 6.925e-12, 1)) == pytest.approx(38_000, rel=1e-3)
    assert float(sensing.detection_range_km(4e4, 1e-11, 8)) == pytest.approx(
        2 * float(sensing.detection_range_km(1e4, 1e-11, 8))
    )


def test_path_covers_the_distance_that_is_left(answer):
    p = answer.parameters
    assert answer["glide_range_km"] + p.boost_range_km == pytest.approx(
        question.model.distance_km(p), rel=2e-3
    )


def test_bounds_and_sums_of_layers_are_in_order(answer):
    for name in ("custody_percent", "stereo_custody_percent"):
        value = answer[name]
        assert all(value[layer]["laminar"] <= value[layer]["turbulent"] for layer in question.model.LAYERS)
        for flow in question.model.FLOWS:
            assert value["T1 + own layer"][flow] >= max(
                value["own layer"][flow], value["Tracking Layer T1"][flow]
            )
            assert value["Tracking Layer T1 + T2"][flow] >= value["Tracking Layer T1"][flow]
    assert all(
        answer["stereo_custody_percent"][layer][flow] <= answer["custody_percent"][layer][flow]
        for layer in question.model.LAYERS
        for flow in question.model.FLOWS
    )


def test_sweep_falls_with_noise_and_meets_the_answer(answer):
    sweep = answer.tables["sweep"].set_index(["layer", "flow", "noise_w_m2"])["custody_percent"]
    for layer in question.model.LAYERS:
        for flow in question.model.FLOWS:
            assert sweep[layer][flow].is_monotonic_decreasing
            assert sweep[layer][flow].iloc[
                (np.abs(np.log10(sweep[layer][flow].index) + 11)).argmin()
            ] == pytest.approx(answer["custody_percent"][layer][flow])


def test_without_noise_custody_is_geometry():
    quiet = question.answer(question.Parameters(noise_w_m2=1e-15, launch_times=4, step_s=60))
    assert quiet["custody_percent"]["geostationary pair"] == {"laminar": 100.0, "turbulent": 100.0}
    assert (
        quiet["first_detection_s"]["geostationary pair"]["laminar"] == 0
        and quiet["longest_gap_s"]["geostationary pair"]["laminar"] == 0
    )


def test_blind_sensor_has_no_first_detection():
    blind = question.answer(question.Parameters(noise_w_m2=1e-6, launch_times=4, step_s=60))
    assert (
        blind["custody_percent"]["own layer"]["turbulent"] == 0
        and blind["first_detection_s"]["own layer"]["turbulent"] is None
    )


REFUSED = [
    ({"start_speed_km_s": 2.0, "end_speed_km_s": 3.0}, "slows down"),
    ({"start_speed_km_s": 3.0, "end_speed_km_s": 3.0}, "slows down"),
    ({"own_satellites": 7, "own_planes": 3}, "planes may be 1, 7"),
    ({"own_altitude_km": -1}, "from 200 to 2000"),
    ({"minimum_elevation_deg": 95}, "below 90"),
    ({"origin": "Tokyo"}, "one of Fujian"),
    ({"noise_w_m2": 0}, "noise_w_m2"),
    ({"boost_range_km": 1000, "origin": "Fujian", "toward": "Naha"}, "some of it must be left"),
    (
        {
            "lift_to_drag": 0.5,
            "ballistic_coefficient_kg_m2": 13000,
            "origin": "Guangdong",
            "toward": "Sapporo",
            "end_speed_km_s": 4.0,
        },
        "no glide of this vehicle",
    ),
    ({"tangent_altitude_km": 40.0}, "at or above that height"),
]


def test_a_share_that_does_not_move_is_one_number(answer):
    dark = replace(
        answer, tables={**answer.tables, "timeline": answer.tables["timeline"].assign(detecting=0)}
    )
    assert question.figures.timeline(dark).title.endswith("holds the glider 0% of the way")


def test_what_the_title_says_of_noise_holds_in_both_flows(answer):
    # "From geostationary orbit it takes 100 times less" stood over 57 percent of custody in laminar flow.
    picture = question.figures.noise(answer)
    times = float(picture.title.split(" times less")[0].rsplit(" ", 1)[1].replace(",", ""))
    rows = picture.data.query("layer == 'geostationary pair'")
    at = rows[rows["noise_w_m2"] <= 1.01 * answer.parameters.noise_w_m2 / times]
    assert set(at["flow"]) == {"laminar", "turbulent"} and at["custody_percent"].min() > 50
    assert "over half of its way" in picture.title


def test_layers_that_hold_alike_are_not_set_against_one_another():
    blind = question.answer(question.Parameters(noise_w_m2=1e-6, launch_times=4))
    assert {share for flows in blind["custody_percent"].values() for share in flows.values()} == {0}
    assert blind.text.startswith(
        "At the assumed noise level every layer keeps a what-if glider in custody for **0%**"
    )


# ---- by hand


def test_side_and_top_of_the_body_are_polygons():
    def area(points):  # the surveyor's rule
        following = points[1:] + points[:1]
        return abs(sum(x * v - u * y for (x, y), (u, v) in zip(points, following))) / 2

    slope = {
        name: np.tan(np.radians(angle)) for name, angle in (("front", 11.3), ("rear", 7.6), ("nose", 22.3))
    }
    shoulder = 2.9 * slope["front"]
    end = shoulder + 0.77 * slope["rear"]
    side = area([(0, 0), (2.9, shoulder), (3.67, end), (3.67, 0)])
    nose = area([(0, 0), (2.9, 2.9 * slope["nose"]), (2.9, -2.9 * slope["nose"])])
    tail = area([(2.9, -1.1), (3.67, -1.1), (3.67, 1.1), (2.9, 1.1)])
    assert sensing.Body().side_share == pytest.approx(side / (nose + tail))
    assert sensing.aspect(90.0) == pytest.approx(1)
    assert sensing.aspect(0.0) == pytest.approx(side / (nose + tail)) == sensing.aspect(-0.0)
    assert sensing.aspect(30.0) == pytest.approx(0.5 + side / (nose + tail) * 3**0.5 / 2)
    # From below the upper side is hidden.
    assert sensing.aspect(-30.0) == pytest.approx(side / (nose + tail) * 3**0.5 / 2)


def test_radiance_in_a_band_is_the_integral_of_plancks_law():
    from scipy import constants
    from scipy.integrate import quad

    def planck(um, temperature):
        x = um * 1e-6
        heat = constants.h * constants.c / (x * constants.k * temperature)
        return 2 * constants.h * constants.c**2 / x**5 / np.expm1(heat) * 1e-6

    for temperature in (400.0, 1200.0, 2500.0):
        for band in sensing.BANDS.values():
            expected = quad(planck, *band, args=(temperature,), epsrel=1e-11)[0]
            assert float(sensing.band_radiance(temperature, band)) == pytest.approx(expected, rel=1e-6)


def test_a_small_flat_body_shines_with_its_area():
    # Cold-free check of the strips: one temperature all over gives radiance times area, times emissivity.
    body = sensing.Body(planform_angle_deg=30.0, rear_width_m=1.5)
    wall = {}

    def even(speed, altitude, distance, angle, flow, of):
        return np.broadcast_to(wall["k"], np.shape(speed))

    from unittest import mock

    wall["k"] = 1000.0
    with (
        mock.patch.object(sensing, "wall_temperature_k", even),
        mock.patch.dict(sensing.BANDS, {"whole": (0.1, 1000.0)}),
        mock.patch.object(sensing, "band_radiance", lambda t, band: np.asarray(t, float)),
    ):
        found = float(sensing.intensity_w_sr(np.array(3.0), np.array(40.0), "turbulent", "whole", body))

    # Temperature, standing in for light, falls with the twentieth root of the distance along the surface.
    from scipy.integrate import quad

    c1, c2 = np.cos(np.radians([11.3, 7.6]))
    front = quad(lambda x: 2 * x * np.tan(np.radians(30)) * (x / c1) ** -0.05, 0.034, 2.9)[0]
    rear = quad(lambda x: 1.5 * ((2.9 + (x - 2.9) / c2) / 3.5) ** -0.05, 2.9, 3.67)[0]
    assert found == pytest.approx(0.85 * 1000 * (front + rear), rel=1e-6)


@pytest.mark.parametrize("flow", ["laminar", "turbulent"])
def test_a_wall_radiates_what_it_receives_and_less_farther_back(flow):
    # Heat falls with the root of the distance in laminar flow, with its fifth root in turbulent flow.
    speed, altitude = np.array([2.5, 5.0]), np.array([35.0, 45.0])
    enthalpy = (1e3 * speed) ** 2 / 2 + 1e3 * glide.air_temperature_k(altitude)
    lost = 1e3 if flow == "laminar" else 1.11e3
    power = 0.5 if flow == "laminar" else 0.2

    def received(distance, angle):
        wall = sensing.wall_temperature_k(speed, altitude, distance, angle, flow)
        cold = (1 - lost * wall / enthalpy) * np.where(
            (flow == "turbulent") & (speed < 3.962), (556 / wall) ** 0.25, 1.0
        )
        return 0.85 * sensing.STEFAN_BOLTZMANN * wall**4 / cold

    assert received(1.0, 11.3) / received(3.0, 11.3) == pytest.approx(np.full(2, 3.0**power), rel=1e-6)
    sine, cosine = (f(np.radians(11.3)) / f(np.radians(7.6)) for f in (np.sin, np.cos))
    # Printed powers of sine and cosine of the surface's angle: slow and fast turbulent flow differ.
    expected = {
        "laminar": np.full(2, sine * cosine**0.5),
        "turbulent": sine**1.6 * cosine ** np.array([1.78, 2.08]),
    }[flow]
    assert received(1.0, 11.3) / received(1.0, 7.6) == pytest.approx(expected, rel=1e-6)


def seen_by_hand(light):
    """Two satellites and two launch times of four steps each; the target in the middle of the Earth."""
    east, north = np.array([7000.0, 0, 0]), np.array([0, 7000.0, 0])
    positions = np.repeat(np.stack([east, north])[:, None, :], 8, axis=1)
    open_ = np.array([[1, 1, 0, 1, 0, 0, 0, 0], [0, 1, 0, 0, 0, 1, 1, 0]], bool)
    return {
        "times": np.array([0.0, 10, 20, 30]),
        "target": np.zeros((8, 3)),
        "layers": {
            "two": {
                "positions": positions,
                "open": open_,
                "light": {"laminar": np.zeros((2, 8)), "turbulent": np.full((2, 8), light)},
            }
        },
    }


def test_custody_gaps_and_first_detection_counted_by_hand():
    p = question.Parameters(noise_w_m2=2e-11, signal_to_noise=4, launch_times=4)
    rows = question.model.custody(p, seen_by_hand(8e-11)).set_index(["flow", "launch"])
    # Held at steps 0, 1, 3 of the first launch, at 1 and 2 of the second; together at step 1 of the first.
    one, two = rows.loc[("turbulent", 0)], rows.loc[("turbulent", 1)]
    assert one[["custody_percent", "stereo_percent", "first_detection_s", "longest_gap_s"]].tolist() == [
        75,
        25,
        0,
        10,
    ]
    assert two[["custody_percent", "stereo_percent", "first_detection_s", "longest_gap_s"]].tolist() == [
        50,
        0,
        10,
        10,
    ]
    dark = rows.loc[("laminar", 0)]
    assert (
        dark["custody_percent"] == 0 and np.isnan(dark["first_detection_s"]) and dark["longest_gap_s"] == 40
    )
    # Just enough light is enough, a little less is not.
    faint = question.model.custody(p, seen_by_hand(7.99e-11))
    assert faint["custody_percent"].max() == 0


def test_the_sweep_of_noise_counts_the_same_steps():
    p = question.Parameters(signal_to_noise=4, launch_times=4)
    rows = question.model.noise_sweep(p, seen_by_hand(5e-11)).set_index(["flow", "noise_w_m2"])
    levels = rows.loc["turbulent"].index
    assert np.log10(levels.to_numpy()) == pytest.approx(np.arange(-13, -8.5, 0.5))
    for level in levels:
        expected = 100 * 5 / 8 if 4 * level <= 5e-11 else 0
        assert rows.loc[("turbulent", level), "custody_percent"] == expected
        assert rows.loc[("laminar", level), "custody_percent"] == 0


def test_the_path_runs_along_the_great_circle_from_the_end_of_the_boost_phase(answer):
    p = answer.parameters
    flight = question.model.fly(p)
    seen = question.model.sightings(p.model_copy(update={"launch_times": 4}), flight)
    assert seen["times"][0] == 0 and seen["times"][-1] > flight.time_s[-1] - p.step_s
    lat1, lon1, lat2, lon2 = np.radians(question.model.ends(p))

    def apart(a, b, c, d):  # law of cosines
        cosine = np.sin(a) * np.sin(c) + np.cos(a) * np.cos(c) * np.cos(b - d)
        return 6371 * np.arccos(np.clip(cosine, -1, 1))

    whole = apart(lat1, lon1, lat2, lon2)
    assert question.model.distance_km(p) == pytest.approx(whole)
    here = np.radians(seen["latitude"]), np.radians(seen["longitude"])
    behind, ahead = apart(lat1, lon1, *here), apart(*here, lat2, lon2)
    assert behind == pytest.approx(p.boost_range_km + seen["way"].range_km, rel=1e-6)
    assert behind[:-3] + ahead[:-3] == pytest.approx(np.full(len(behind) - 3, whole), rel=1e-4)


def test_light_at_a_satellite_falls_with_the_square_of_its_distance(answer):
    p = answer.parameters.model_copy(update={"launch_times": 4})
    seen = question.model.sightings(p, question.model.fly(p))
    layer, steps = seen["layers"]["Tracking Layer T1"], len(seen["times"])
    sight = layer["positions"] - seen["target"]
    away = np.sqrt((sight**2).sum(axis=-1))
    assert layer["range"] == pytest.approx(away)
    # Elevation above the ellipsoid's horizon: with its normal.
    place = np.radians(seen["latitude"]), np.radians(seen["longitude"])
    up = np.tile(
        np.stack(
            [np.cos(place[0]) * np.cos(place[1]), np.cos(place[0]) * np.sin(place[1]), np.sin(place[0])], -1
        ),
        (4, 1),
    )
    elevation = np.degrees(np.arcsin((sight * up).sum(axis=-1) / away))
    way = seen["way"]
    for flow in question.model.FLOWS:
        light = np.tile(sensing.intensity_w_sr(way.speed_km_s, way.altitude_km, flow, p.band), 4)
        expected = 0.8 * light * sensing.aspect(elevation) / (1000 * away) ** 2
        assert layer["light"][flow] == pytest.approx(expected, rel=1e-6)
    assert layer["open"].shape == (28, 4 * steps)


def test_layers_are_as_published_or_chosen(answer):
    p = answer.parameters
    layers = question.model.layers(p)
    first, both, own = (layers[name] for name in ("Tracking Layer T1", "Tracking Layer T1 + T2", "own layer"))
    second = both.keep(np.arange(len(both)) >= len(first))
    assert (len(first), len(second), len(own)) == (28, 54, 24)
    for name in ("semi_major_axis_km", "inclination_deg"):
        assert np.unique(getattr(second, name)) == pytest.approx(np.unique(getattr(first, name)))
    # Six planes, 30 degrees apart, between those of the first tranche.
    assert np.unique(second.node_deg) == pytest.approx(np.unique(first.node_deg)[0] + 7.5 + 30 * np.arange(6))
    assert np.unique(own.semi_major_axis_km) == pytest.approx([7378.137])
    assert len(layers["T1 + own layer"]) == 52 and len(layers["geostationary pair"]) == 2


def test_results_of_the_answer_are_those_of_its_path_and_light(answer):
    flight = question.model.fly(answer.parameters)
    assert answer["glide_minutes"] == pytest.approx(flight.time_s[-1] / 60)
    assert (
        answer["glide_range_km"] == flight.range_km[-1] and answer["start_speed_km_s"] == flight.speed_km_s[0]
    )
    for flow in question.model.FLOWS:
        first = sensing.intensity_w_sr(flight.speed_km_s[0], flight.altitude_km[0], flow)
        assert answer["intensity_start_kw_sr"][flow] == pytest.approx(float(first) / 1000)
        reach = answer.tables["reach"].query("flow == @flow")["range_km"].iloc[0]
        # Where tau I / r^2 is eight times the noise.
        assert 0.8 * float(first) / (1000 * reach) ** 2 == pytest.approx(8 * 1e-11)
    each = answer.tables["custody"].groupby(["layer", "flow"])[["custody_percent", "longest_gap_s"]].mean()
    for layer in question.model.LAYERS:
        for flow in question.model.FLOWS:
            row = each.loc[(layer, flow)]
            assert answer["custody_percent"][layer][flow] == pytest.approx(row["custody_percent"])
            assert answer["longest_gap_s"][layer][flow] == pytest.approx(row["longest_gap_s"])


def test_the_timeline_is_the_launch_in_the_middle_of_the_day(answer):
    rows = answer.tables["timeline"].set_index(["layer", "flow"])
    each = answer.tables["custody"].query("launch == 12").set_index(["layer", "flow"])
    for layer in question.model.LAYERS:
        for flow in question.model.FLOWS:
            line, row = rows.loc[(layer, flow)], each.loc[(layer, flow)]
            assert 100 * (line["detecting"] > 0).mean() == pytest.approx(row["custody_percent"])
            assert 100 * (line["crossing_deg"] >= 20).mean() == pytest.approx(row["stereo_percent"])


def test_the_public_program_is_met(answer):
    found = question.checks(answer)
    assert len(found) == 7 and all(check.holds for check in found)


def test_turbulent_heat_changes_its_law_at_3962_meters_a_second():
    """Anderson (section 6.8) has one law up to 3,962 m/s, which are 13,000 ft/s, and another beyond."""
    at = np.array([3.9615, 3.9619, 3.9621, 3.9625, 3.9629, 3.9631])
    steps = abs(np.diff(sensing.wall_temperature_k(at, np.full(6, 40.0), 1.0, 11.3, "turbulent")))
    assert np.argmax(steps) == 1 and steps[1] > 10 * np.delete(steps, 1).max()
