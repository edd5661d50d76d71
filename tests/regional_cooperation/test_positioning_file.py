"""Positioning on a day of broadcast orbits: nominal orbits sent as messages fly as the nominal orbits do."""

import numpy as np
import pytest

from spacesec.astrodynamics import broadcast
from spacesec.astrodynamics.earth import WGS84
from spacesec.errors import ParameterError
from spacesec.regional_cooperation import positioning
from spacesec.regional_cooperation.positioning import broadcast_day, fleets
from spacesec.words import language

HEAD = (
    "     3.05           N: GNSS NAV DATA    M: MIXED            RINEX VERSION / TYPE\n"
    "                                                            END OF HEADER\n"
)
BEGIN_S = 4 * 86_400  # of GPS week 2443: 5 November 2026


def record(satellite: str, elements: tuple, hour: int, health: int = 0) -> str:
    """A message of one satellite, its elements (eccentricity, inclination, node, perigee, anomaly in degrees
    at the day's beginning, node against Greenwich) carried to an hour.
    """
    e, tilt, node, perigee, anomaly = elements
    axis = WGS84.synchronous_radius_km * 1000
    motion = np.sqrt(broadcast.GM_M3_S2 / axis**3)
    mean = (np.radians(anomaly) + motion * hour * 3600 + np.pi) % (2 * np.pi) - np.pi
    ascending = (np.radians(node) + broadcast.TURN_RAD_S * BEGIN_S + np.pi) % (2 * np.pi) - np.pi
    numbers = [10, 0, 0, mean, 0, e, 0, np.sqrt(axis), BEGIN_S + hour * 3600, 0, ascending, 0]
    numbers += [np.radians(tilt), 0, np.radians(perigee - 360 if perigee > 180 else perigee), 0]
    numbers += [0, 2, 2443, 0, 2, health, 0, 10, BEGIN_S + hour * 3600, 0, 0, 0]
    lines = ["    " + "".join(f"{n:19.12E}" for n in numbers[k : k + 4]) for k in range(0, 28, 4)]
    first = f"{satellite} 2026 11 05 {hour:02d} 00 00" + "".join(f"{0:19.12E}" for _ in range(3))
    return "\n".join([first, *lines]) + "\n"


def nominal() -> dict[str, tuple]:
    """Japan's serving satellites and India's as the question takes them nominally, by broadcast names."""
    q, found = fleets.NOMINAL_QZO, {}
    for k, name in enumerate(fleets.serving(), start=1):
        if name in fleets.NOMINAL_QZO_ANOMALY_DEG:
            anomaly = fleets.NOMINAL_QZO_ANOMALY_DEG[name]
            node = (q["middle_longitude_deg"] - q["perigee_deg"] - anomaly) % 360
            found[f"J{k:02d}"] = (q["eccentricity"], q["inclination_deg"], node, q["perigee_deg"], anomaly)
        else:
            found[f"J{k:02d}"] = (0.0, 0.0, fleets.qzss_belt()[name], 0.0, 0.0)
    for k, longitude in enumerate(fleets.NOMINAL_NAVIC_BELT_DEG.values(), start=1):
        found[f"I{k:02d}"] = (0.0, 0.0, longitude, 0.0, 0.0)
    for k, (longitude, anomaly) in enumerate(fleets.NOMINAL_NAVIC_PAIRS.values(), start=4):
        tilt = fleets.NOMINAL_NAVIC_INCLINATION_DEG
        found[f"I{k:02d}"] = (0.0, tilt, (longitude - anomaly) % 360, 0.0, anomaly)
    return found


def written(folder, ill: str = "", hours=range(0, 25, 2)) -> str:
    text = "".join(
        record(name, elements, hour, 1 if name[0] == "J" else int(name == ill))
        for name, elements in nominal().items()
        for hour in hours
    )
    path = folder / "brdc.rnx"
    path.write_text(HEAD + text.replace("2026 11 05 24 00", "2026 11 06 00 00"), encoding="ascii")
    return str(path)


@pytest.fixture(scope="module")
def answer(tmp_path_factory):
    file = written(tmp_path_factory.mktemp("orbits"))
    return positioning.answer(positioning.Parameters.of({"orbits_file": file, "sites": ["Tokyo", "Naha"]}))


def test_nominal_orbits_as_messages_are_usable_as_the_nominal_fleet(answer):
    steps = answer.tables["steps"]
    told = steps[steps["orbits"] == "broadcast"].set_index(["fleet", "site"])
    nominal_rows = steps[steps["orbits"] == "nominal"].set_index(["fleet", "site"])
    alone = positioning.model.now_label(len(fleets.serving()))
    for mine, theirs in (("QZSS", alone), ("QZSS and NavIC", "QZSS now and NavIC")):
        for site in ("Tokyo", "Naha"):
            one, other = told.loc[(mine, site)], nominal_rows.loc[(theirs, site)]
            assert one["satellites"] == other["satellites"]
            # A day of 86,400 s against one of 86,164 s.
            assert one["mean_visible"] == pytest.approx(other["mean_visible"], abs=0.02)
            assert one["usable_percent"] == pytest.approx(other["usable_percent"], abs=0.7)


def test_the_file_stands_in_record_note_and_answer(answer):
    assert answer["file_day"] == "2026-11-05" and answer["file_unhealthy"] == []
    assert answer["file_satellites"] == {"QZSS": len(fleets.serving()), "NavIC": 7, "GPS": 0}
    assert answer["file_flown_percent"] == 100 and answer["orbits_file"]["name"] == "brdc.rnx"
    board = next(draw for draw in positioning.FIGURES if draw.__name__ == "sites")(answer)
    for text in (board.note, answer.text):
        assert "brdc.rnx" in text and "no satellite was marked unhealthy" in text
    assert answer["orbits_file"]["sha256"][:12] in board.note


def test_an_unhealthy_satellite_is_not_flown_and_named(tmp_path):
    file = written(tmp_path, ill="I02")
    day = broadcast_day.fleet(file)
    ill = day.names.index("I02")
    assert np.isnan(day.positions_km[ill]).all()
    assert np.isfinite(np.delete(day.positions_km, ill, axis=0)).all()
    assert broadcast_day.results(file)["file_unhealthy"].value == ["I02"]
    p = positioning.Parameters.of({"orbits_file": file, "sites": ["Tokyo"], "mask_deg": 0})
    values, visible = positioning.model.pdop(day, positioning.model.ground(p.sites), 0, "common")
    assert not np.isnan(values).any() and visible.max() < len(day)  # never seen, even without a mask


def test_a_message_holds_for_four_hours(tmp_path):
    day = broadcast_day.fleet(written(tmp_path, hours=(0,)))
    held = np.isfinite(day.positions_km[..., 0])
    assert held[:, day.times_s <= 4 * 3600].all() and not held[:, day.times_s > 4 * 3600].any()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<html>login</html>", "web page"),
        # BeiDou's own week: 1,356 less.
        (
            HEAD + record("C01", (0.0, 55.0, 0.0, 0.0, 0.0), 0).replace("2.443000", "1.087000"),
            "fewer than 4 messages",
        ),
        (HEAD + record("J02", (0.0, 0.0, 127.0, 0.0, 0.0), 0).replace(" 2026 ", " 2025 "), "another week"),
    ],
)
def test_a_file_that_tells_no_day_is_refused(tmp_path, text, why):
    path = tmp_path / "brdc.rnx"
    path.write_text(text)
    with pytest.raises(ValueError, match=why):
        positioning.answer(positioning.Parameters.of({"orbits_file": str(path)}))
    with pytest.raises(ParameterError, match="no such file"):
        positioning.Parameters.of({"orbits_file": str(tmp_path / "none.rnx")})


def test_the_day_is_told_and_drawn_in_japanese(tmp_path):
    with language.speaking("ja"):
        given = {"orbits_file": written(tmp_path, ill="I02"), "sites": ["Tokyo"]}
        answer = positioning.answer(positioning.Parameters.of(given))
        board = next(draw for draw in positioning.FIGURES if draw.__name__ == "sites")(answer)
    assert "**放送暦**：ファイルbrdc.rnxによれば" in answer.text and "I02" in board.note


def test_what_the_file_is_usable_for_is_the_mean_of_its_own_day(answer):
    steps = answer.tables["steps"]
    day = steps[(steps["orbits"] == "broadcast")].groupby("fleet")["usable_percent"].mean()
    assert answer["file_usable_percent"] == pytest.approx(day.to_dict())
