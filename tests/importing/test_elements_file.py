"""Questions on a file of the reader's own element sets: the file named, the tables untouched."""

import hashlib
from pathlib import Path

import pandas as pd
import pytest

from spacesec.astrodynamics import elements
from spacesec.collection.exports import element_messages
from spacesec.data import tables
from spacesec.errors import ParameterError
from spacesec.missile_warning import coverage
from spacesec.space_systems import reconnaissance, situational_awareness


def written(folder, sets: pd.DataFrame, form="csv"):
    path = folder / f"sets.{form}"
    rows = [
        {
            **cells,
            "name": name,
            "center": "EARTH",
            "ref_frame": "TEME",
            "time_system": "UTC",
            "theory": "SGP4",
        }
        for cells, name in zip(elements.of_table(sets), sets["name"])
    ]
    path.write_text(element_messages.WRITERS[form](rows), encoding="utf-8")
    return str(path)


def test_the_fleet_of_a_file_waits_as_the_same_fleet_of_the_table(tmp_path):
    model, revisit = reconnaissance.model, reconnaissance.model.revisit
    fleet = model.held("2026")
    fresh = fleet[fleet["epoch_date"].max() - fleet["epoch_date"] <= pd.Timedelta(days=20)]
    file = written(tmp_path, fresh, "xml")
    answer = reconnaissance.answer(reconnaissance.Parameters.of({"elements_file": file, "days": 3}))
    told = answer["elements_file"]
    assert told["name"] == "sets.xml" and told["rows"] == answer["file_satellites"] == len(fresh)
    assert told["sha256"] == hashlib.sha256(Path(file).read_bytes()).hexdigest()
    place = tables.load("space_systems/watch_areas").set_index("area").loc["Sunan"]
    begin = fresh["epoch_date"].max() + model.TO_START
    looks = revisit.passes(fresh, begin, 3, place["latitude_deg"], place["longitude_deg"], 30.0)
    table = revisit.summary(looks, fresh.set_index("name")["function"], 72.0, 10.0, 50.0)
    assert answer["mean_wait_hours"][model.OWN] == table["both, cloud"]["mean_wait_hours"]
    waits = next(draw(answer) for draw in reconnaissance.FIGURES if draw.__name__ == "waits")
    assert "sets.xml" in waits.note and told["sha256"][:12] in waits.note
    assert model.OWN in set(waits.data["fleet"])


def test_a_real_layer_is_flown_beside_the_patterns(tmp_path):
    sets = tables.load("space_systems/elements")
    file = written(tmp_path, sets[sets["constellation"] == "GPS"], "kvn")
    p = coverage.Parameters.of({"elements_file": file, "days": 0.5, "step_s": 120, "view": "elevation"})
    answer = coverage.answer(p)
    # Four or more of the system are in view everywhere (GPS Standard Positioning Service).
    assert answer["file_fold_2_percent"] == 100
    assert answer.tables["added"]["layer"].iloc[5] == coverage.model.real_layers.LAYER
    layers = next(draw(answer) for draw in coverage.FIGURES if draw.__name__ == "layers")
    assert "sets.kvn" in layers.note


def test_heights_come_from_the_file(tmp_path):
    sets = tables.load("space_systems/elements")
    one = sets[sets["name"] == "IGS Optical-6"].tail(1)
    lower = one.assign(mean_motion_rev_day=15.6)  # about 380 km, by Kepler's third law
    file = written(tmp_path, lower, "json")
    answer = situational_awareness.answer(situational_awareness.Parameters.of({"elements_file": file}))
    low = answer.tables["low"].set_index("name").loc["IGS Optical-6"]
    axis = (398600.8 * (86400 / 15.6 / 6.283185307) ** 2) ** (1 / 3)
    assert low["perigee_km"] == pytest.approx(axis * (1 - one["eccentricity"].iloc[0]) - 6378.135, abs=0.1)
    assert answer["elements_file"]["rows"] == 1


@pytest.mark.parametrize("question", [reconnaissance, situational_awareness])
def test_a_file_without_their_satellites_is_refused_in_one_sentence(tmp_path, question):
    sets = tables.load("space_systems/elements")
    file = written(tmp_path, sets[sets["constellation"] == "GPS"], "tle")
    with pytest.raises(ParameterError, match="is not possible"):
        question.answer(question.Parameters.of({"elements_file": file}))


@pytest.mark.parametrize("question", [reconnaissance, situational_awareness, coverage])
def test_a_file_that_is_not_there_or_is_spoiled_is_refused(tmp_path, question):
    with pytest.raises(ParameterError, match="no such file"):
        question.Parameters.of({"elements_file": str(tmp_path / "none.tle")})
    (tmp_path / "page.tle").write_text("<html>login</html>")
    with pytest.raises(ValueError, match="web page"):
        question.answer(question.Parameters.of({"elements_file": str(tmp_path / "page.tle")}))
    assert question.Parameters.defaults()["elements_file"] is None
