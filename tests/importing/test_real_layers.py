"""A real layer beside the patterns: flown by SGP4 from its file, told with the age limit of its sets."""

import numpy as np
import pandas as pd
import pytest

from spacesec.astrodynamics import orbits, theory, visibility
from spacesec.errors import ParameterError
from spacesec.importing import real_layers
from spacesec.missile_warning import coverage, glide_tracking
from spacesec.regional_cooperation import taiwan_connectivity
from spacesec.words import language

GM_WGS72 = 398600.8  # km3/s2, what SGP4 reckons with
QUESTIONS = (coverage, glide_tracking, taiwan_connectivity)


def pattern(constellation: orbits.Constellation, days: dict[int, str] | None = None) -> str:
    """A pattern as OMM in CSV: mean motion by Kepler's third law; days: satellite -> epoch."""
    lines = [
        "OBJECT_NAME,OBJECT_ID,EPOCH,MEAN_MOTION,ECCENTRICITY,INCLINATION,RA_OF_ASC_NODE,ARG_OF_PERICENTER,"
        "MEAN_ANOMALY,EPHEMERIS_TYPE,CLASSIFICATION_TYPE,NORAD_CAT_ID,ELEMENT_SET_NO,REV_AT_EPOCH,BSTAR,"
        "MEAN_MOTION_DOT,MEAN_MOTION_DDOT"
    ]
    for k in range(len(constellation)):
        motion = 86400 / (2 * np.pi) * np.sqrt(GM_WGS72 / constellation.semi_major_axis_km[k] ** 3)
        epoch = (days or {}).get(k, "2026-11-01T00:00:00.000000")
        lines.append(
            f"LAYER {k},2026-001{chr(65 + k % 24)},{epoch},{motion:.8f},0.0001,"
            f"{constellation.inclination_deg[k]:.4f},{constellation.node_deg[k] % 360:.4f},0,"
            f"{constellation.anomaly_deg[k] % 360:.4f},0,U,{70001 + k},1,1,0,0,0"
        )
    return "\n".join(lines) + "\n"


@pytest.fixture
def own_layer(tmp_path):
    """The own layer of two questions' defaults, as a file of element sets."""
    path = tmp_path / "layer.csv"
    path.write_text(pattern(orbits.walker_delta(24, 8, 2, 1000, 50)), encoding="utf-8")
    return str(path)


def test_a_pattern_given_as_element_sets_is_held_as_the_pattern(own_layer):
    p = coverage.Parameters.of({"elements_file": own_layer, "days": 3})
    added = coverage.model.added(p, coverage.model.fly(coverage.model.layer(p), p))
    by_name = added.set_index(["view", "layer"])
    for view in ("limb", "elevation"):
        real, nominal = by_name.loc[(view, real_layers.LAYER)], by_name.loc[(view, "own layer")]
        assert real["satellites"] == nominal["satellites"] == 24
        # Other nodes against the place, so shares of three days move by a little, means hardly.
        assert real["mean_in_view"] == pytest.approx(nominal["mean_in_view"], rel=0.02)
        assert real["fold_2_percent"] == pytest.approx(nominal["fold_2_percent"], abs=4)


def test_a_glider_is_held_by_the_file_as_by_the_pattern(own_layer):
    answer = glide_tracking.answer(glide_tracking.Parameters.of({"elements_file": own_layer}))
    for flow in ("laminar", "turbulent"):
        held = answer["custody_percent"]["own layer"][flow]
        assert answer["file_custody_percent"][flow] == pytest.approx(held, abs=5)
    assert real_layers.LAYER not in answer["custody_percent"]  # drawn and told apart
    assert set(answer.tables["custody"]["layer"]) == {*glide_tracking.model.LAYERS, real_layers.LAYER}
    for draw in glide_tracking.FIGURES:
        if draw.__name__ in ("held", "timeline", "noise"):
            assert "layer.csv" in draw(answer).note and "more than 14 days older" in draw(answer).note


def test_a_real_network_over_taiwan_has_the_mean_of_the_closed_form(own_layer, tmp_path):
    p = taiwan_connectivity.Parameters.of({"elements_file": own_layer, "minimum_elevation_deg": 10})
    flown = taiwan_connectivity.model.of_file(p).set_index("place")
    angle = float(visibility.central_angle_deg(visibility.Rule(10.0), 1000))
    for name, latitude in (("central Taiwan", 23.7), ("Tokyo", 35.68)):
        mean = theory.mean_in_view(24, angle, 50, np.array([latitude]))[0]
        assert flown["mean_in_view"][name] == pytest.approx(mean, rel=0.03)
    # Whoever over Taipei sees a gateway is over Taipei.
    assert (flown["gateway_percent"] <= flown["percent"]["Taipei"] + 1e-9).all()
    assert flown["gateway_percent"]["Ishigaki"] > flown["gateway_percent"]["Tokyo"]


def test_a_big_network_is_flown_in_parts(own_layer, monkeypatch):
    p = taiwan_connectivity.Parameters.of({"elements_file": own_layer})
    whole = taiwan_connectivity.model.of_file(p)
    monkeypatch.setattr(real_layers, "AT_ONCE", 7)
    pd.testing.assert_frame_equal(taiwan_connectivity.model.of_file(p), whole)


def test_old_sets_are_left_out_and_told(tmp_path):
    layer, path = orbits.walker_delta(24, 8, 2, 1000, 50), tmp_path / "layer.csv"
    path.write_text(pattern(layer, {k: "2026-10-17T00:00:00.000000" for k in range(5)}), encoding="utf-8")
    table = real_layers.sets(str(path))
    assert len(table) == 19  # fifteen days is a day too old
    told = real_layers.results(str(path))
    assert (told["file_satellites"].value, told["file_left_out"].value) == (19, 5)
    path.write_text(pattern(layer, {k: "2026-10-17T00:00:00.000000" for k in range(12)}), encoding="utf-8")
    with pytest.raises(ParameterError, match="12 of its 24 sets are more than 14 days older"):
        real_layers.sets(str(path))


def test_a_file_of_more_than_one_layer_is_refused(own_layer):
    with pytest.raises(ParameterError, match="it has 24 satellites; name a file of one layer, of up to 20"):
        real_layers.sets(own_layer, 20)


def test_no_set_is_flown_for_longer_than_it_carries(own_layer):
    with pytest.raises(ParameterError, match="take days up to 14"):
        coverage.Parameters.of({"elements_file": own_layer, "days": 20, "step_s": 120})


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_file_that_is_none_is_refused_and_no_default_has_one(tmp_path, question):
    with pytest.raises(ParameterError, match="no such file"):
        question.Parameters.of({"elements_file": str(tmp_path / "none.tle")})
    (tmp_path / "page.tle").write_text("<html>login</html>")
    with pytest.raises(ValueError, match="web page"):
        question.answer(question.Parameters.of({"elements_file": str(tmp_path / "page.tle")}))
    assert question.Parameters.defaults()["elements_file"] is None


def test_the_real_network_is_told_and_drawn_in_japanese(own_layer):
    with language.speaking("ja"):
        answer = taiwan_connectivity.answer(taiwan_connectivity.Parameters.of({"elements_file": own_layer}))
        assert "**実在の衛星網**：ファイルlayer.csvの24機の" in answer.text
        together = next(draw for draw in taiwan_connectivity.FIGURES if draw.__name__ == "together")(answer)
    assert "14日を超えて古い軌道要素0件は除いた" in together.note
    assert {"real reader", "real gateway"} <= set(together.data["panel"])
