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
