"""Expected values: closed forms, published constellations, the acceptance table of coverage studies, and
identities.
"""

from dataclasses import replace

import numpy as np
import pytest

from spacesec.astrodynamics import frames, orbits, visibility
from spacesec.errors import ParameterError
from spacesec.missile_warning import constellations
from spacesec.missile_warning import coverage as question

SMALL = {
    "satellites": 28,
    "planes": 4,
    "phasing": 2,
    "pattern": "star",
    "inclination_deg": 80.0,
    "tangent_altitude_km": 0.0,
    "target_altitude_km": 30.0,
}


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def place_shares(**values):
    """Percent of time with one and with two in view at the place, without the rest of the answer."""
    p = question.Parameters.of(values)
    count = question.model.seen(question.model.fly(question.model.layer(p), p), p, p.view).sum(axis=0)
    return 100 * (count >= 1).mean(), 100 * (count >= 2).mean()


def test_tracking_layer_over_korea_by_both_rules():
    # Acceptance values for 28 satellites in 4 planes at 1,000 km over 39 N, 126 E: grazing look at 30 km 100
    # and 90 percent; 20 degrees 44 and 0.
    assert place_shares(**SMALL) == (pytest.approx(100, abs=1), pytest.approx(90, abs=1))
    assert place_shares(
        **{**SMALL, "view": "elevation", "minimum_elevation_deg": 20.0, "target_altitude_km": 0.0}
    ) == (pytest.approx(44, abs=1), pytest.approx(0, abs=1))


def test_tracking_layer_is_as_published():
    layer = constellations.tracking_layer()
    assert (
        len(layer) == 28
        and set(layer.plane) == {0, 1, 2, 3}
        and np.allclose(layer.inclination_deg, 80)
        and np.allclose(layer.semi_major_axis_km, 7378.137)
    )


def test_mean_in_view_is_the_latitude_integral(answer):
    profile = answer.tables["profile"]
    rows = profile[(profile["fold"] == 1) & (profile["latitude_deg"] <= 50)]
    # The integral is on the sphere of the equator's radius; toward the pole the ellipsoid lies up to 21 km
    # deeper, and more is seen.
    assert np.allclose(rows["mean_in_view"], rows["mean_in_view_integral"], rtol=0.015)


def test_more_satellites_in_view_is_rarer(answer):
    assert (answer.tables["map"]["fold_2_percent"] <= answer.tables["map"]["fold_1_percent"]).all()
    wide = answer.tables["profile"].pivot(index=["view", "latitude_deg"], columns="fold", values="percent")
    assert (wide[1] >= wide[2]).all() and (wide[2] >= wide[3]).all()


def test_limb_rule_sees_whatever_the_elevation_rule_sees(answer):
    seen = answer.tables["map"].pivot(
        index=["latitude_deg", "longitude_deg"], columns="view", values="mean_in_view"
    )
    assert (seen["limb"] >= seen["elevation"]).all()


def test_smallest_patterns_respect_their_bound_and_fall_with_altitude(answer):
    table = answer.tables["smallest"].dropna(subset="satellites")
    assert (table["satellites"] >= table["bound"]).all()
    for _, line in table.groupby(["view", "fold"], observed=True):
        assert line.sort_values("altitude_km")["satellites"].is_monotonic_decreasing
    # Exploratory values for 1,000 km from outside (coarse grid): 30 and 48 by elevation of 5 degrees, 16 and
    # 24 by the limb above 20 km.
    found = answer["smallest_found"]
    for name, explored in {
        "elevation 1-fold": 30,
        "elevation 2-fold": 48,
        "limb 1-fold": 16,
        "limb 2-fold": 24,
    }.items():
        assert 0.8 * explored <= found[name] <= 1.125 * explored


def test_losses_by_hand():
    # Two satellites that take turns, and a third that always sees.
    view = np.array([[True, False] * 10, [False, True] * 10, [True] * 20])
    table = constellations.losses(view, np.array([0, 0, 1]), (1,)).set_index(["loss", "fold"])
    assert table.loc[("none", 1), "median"] == 100 and table.loc[("none", 2), "median"] == 100
    assert table.loc[("worst found", 2), "median"] == 0  # without the third nobody makes a pair
    assert table.loc[("one plane", 1), "low"] == 100 and table.loc[("one plane", 2), "low"] == 0
    assert table.loc[("random", 2), "high"] == 50 and table.loc[("random", 1), "low"] == 100


def test_loss_is_monotone(answer):
    table = answer.tables["losses"]
    for _, line in table[table["loss"].isin(["none", "random"])].groupby("fold"):
        assert line.sort_values("lost")["median"].is_monotonic_decreasing
    random = table[table["loss"] == "random"].set_index(["lost", "fold"])["low"]
    worst = table[table["loss"] == "worst found"].set_index(["lost", "fold"])["median"]
    assert (worst.loc[1] <= random.loc[1] + 1e-9).all()


def test_lost_satellites_lower_the_results(answer):
    hurt = question.answer(question.Parameters(lost_satellites=4))
    assert hurt["mean_in_view"] < answer["mean_in_view"] and hurt["fold_2_percent"] < answer["fold_2_percent"]
    assert hurt["mean_in_view"] == pytest.approx(answer["mean_in_view"] * 20 / 24, rel=0.05)


def test_layers_add_up(answer):
    table = answer.tables["added"].set_index(["view", "layer"])["mean_in_view"]
    for view in ("limb", "elevation"):
        assert table[(view, "all three")] == pytest.approx(
            table[(view, "geostationary pair")] + table[(view, "Tracking Layer + own")]
        )


def test_stereo_needs_crossing_lines():
    # Two satellites one behind the other as seen from the target never make stereo; one to the east and one
    # to the west do.
    p = question.Parameters()
    target = frames.points(0, 0, 50)
    near, far = (
        orbits.elements(7378.137, anomaly_deg=[2.0, 2.4]),
        orbits.elements(7378.137, anomaly_deg=[-10.0, 10.0]),
    )
    for pair, stereo in ((near, False), (far, True)):
        positions = orbits.propagate(pair, [0.0], j2=False)
        seen = visibility.sees(positions, target.position_km[0], target.up[0], question.model.rule(p, "limb"))
        assert (
            seen.all()
            and (
                visibility.best_crossing_deg(positions, seen, target.position_km[0])[0]
                >= constellations.STEREO_DEG
            )
            == stereo
        )


REFUSED = [
    ({"altitude_km": -500}, "from 200 to 36000"),
    ({"satellites": 7, "planes": 3}, "planes may be 1, 7"),
    ({"minimum_elevation_deg": 95}, "minimum_elevation_deg"),
    ({"phasing": 8}, "from 0 to 7"),
    ({"pattern": "rose"}, "one of delta, star"),
    ({"target_altitude_km": 10.0}, "at or above that height"),
    ({"lost_satellites": 24}, "at least one of 24"),
    ({"days": 30, "step_s": 5}, "between 2 and 50,000"),
    ({"altitude": 700}, "did you mean altitude_km"),
]


@pytest.mark.parametrize(
    "worst, told",
    [
        (100.0, "are always in view"),
        (99.7, "at least 99% of the time"),  # a floor of 98.73 was told as "99 or more"
        (98.73, "at least 98% of the time"),
        (62.4, "at least 62% of the time"),
        (0.0, "hardly ever in view at once"),
    ],
)
def test_the_map_is_not_said_to_be_watched_more_than_it_is(answer, worst, told):
    planted = answer.tables["map"].assign(
        fold_2_percent=lambda rows: rows["fold_2_percent"].clip(lower=worst)
    )
    spot = planted.index[planted["view"].eq("limb") & planted["latitude_deg"].between(20, 50)]
    planted.loc[spot, "fold_2_percent"] = 100.0
    planted.loc[spot[0], "fold_2_percent"] = worst
    assert told in question.figures.watch_map(replace(answer, tables={**answer.tables, "map": planted})).title


def test_a_place_in_the_south_and_west_is_named_so_and_not_seen_by_the_pair_over_asia():
    far = question.answer(question.Parameters(latitude_deg=-35, longitude_deg=-70, days=0.2))
    assert "35° S, 70° W" in far.text and "\u221235" not in far.text
    # Seats at 90 to 180 degrees east stand below the horizon of 70 degrees west.
    assert "pair does not see this place" in far.text
    assert question.figures.layers(far).note.endswith("the geostationary pair does not see this place.")
    assert "; 0.2 days" in question.figures.watch_map(far).subtitle


def test_one_satellite_is_never_two():
    one = question.answer(question.Parameters(satellites=1, planes=1, phasing=0, altitude_km=300, days=0.2))
    assert "The rule of seeing changes nothing here" in one.text and "does not move it" in one.text
    assert question.figures.what_changes(one).title == "No choice moves the time with two in view"
    assert "hardly ever" in question.figures.latitudes(one).title


# ---- by hand and by another way


def test_losses_at_the_number_that_is_just_enough():
    # Four satellites that always see: whoever is lost, the number left decides.
    view = np.ones((4, 30), bool)
    rows = constellations.losses(view, np.array([0, 0, 1, 0]), (2, 3)).set_index(["loss", "lost", "fold"])
    for kind in ("random", "worst found"):
        for lost, fold, share in ((2, 1, 100), (2, 2, 100), (3, 1, 100), (3, 2, 0)):
            assert set(rows.loc[(kind, lost, fold), ["low", "median", "high"]]) == {share}
    # The greater plane leaves one, the lesser three; the first one's size is told.
    assert rows.loc[("one plane", 3, 2), ["low", "median", "high"]].tolist() == [0, 50, 100]
    assert rows.loc[("one plane", 3, 1), ["low", "median", "high"]].tolist() == [100, 100, 100]
    assert rows.loc[("none", 0, 2), "low"] == 100 and len(rows) == 12


def test_the_worst_losses_are_taken_one_after_the_other():
    rng = np.random.default_rng(5)
    view = rng.random((9, 400)) < 0.3
    rows = constellations.losses(view, np.arange(9) // 3, (1, 3)).set_index(["loss", "lost", "fold"])

    def percent(left, fold):
        return 100 * np.mean([sum(column) >= fold for column in view[sorted(left)].T])

    for fold in (1, 2):
        left, after = set(range(9)), {}
        for lost in (1, 2, 3):
            # The first of the satellites that are missed most.
            left -= {min(sorted(left), key=lambda k: percent(left - {k}, fold))}
            after[lost] = percent(left, fold)
        for lost in (1, 3):
            assert rows.loc[("worst found", lost, fold), "median"] == pytest.approx(after[lost])
        planes = [percent(set(range(9)) - {3 * k, 3 * k + 1, 3 * k + 2}, fold) for k in range(3)]
        found = rows.loc[("one plane", 3, fold), ["low", "median", "high"]].tolist()
        assert found == pytest.approx([min(planes), np.median(planes), max(planes)])
        assert rows.loc[("none", 0, fold), "high"] == pytest.approx(percent(range(9), fold))
        # One lost at random: the draws come upon every satellite.
        single = [percent(set(range(9)) - {k}, fold) for k in range(9)]
        found = rows.loc[("random", 1, fold), ["low", "high"]].tolist()
        assert found == pytest.approx([min(single), max(single)])


def test_the_draw_of_median_loss_leaves_the_median_availability():
    rng = np.random.default_rng(6)
    view = rng.random((8, 300)) < 0.25
    for lost in (1, 3):
        left = constellations.median_loss(view, lost)
        assert left.sum() == 8 - lost
        rows = constellations.losses(view, np.zeros(8, int), (lost,)).set_index(["loss", "fold"])
        share = 100 * view[left].any(axis=0).mean()
        # Of an even number of draws the upper of the two in the middle.
        assert rows.loc[("random", 1), "median"] == pytest.approx(share, abs=0.5)
    assert constellations.median_loss(view, 0).all()


def test_the_results_are_those_of_the_satellites_that_see_the_place(answer):
    p = answer.parameters
    count = question.model.seen(question.model.fly(question.model.layer(p), p), p, p.view).sum(axis=0)
    assert len(count) == 3 * 1440
    assert answer["fold_1_percent"] == pytest.approx(100 * np.mean(count > 0))
    assert answer["fold_2_percent"] == pytest.approx(100 * np.mean(count > 1))
    assert answer["mean_in_view"] == pytest.approx(sum(count) / len(count))
    runs = "".join("x" if n else " " for n in count).replace("x", ",").split(",")
    assert answer["longest_gap_minutes"] == max(map(len, runs))  # steps of one minute


def test_results_of_tables_are_their_rows(answer):
    extra = answer.tables["added"].set_index(["view", "layer"])["stereo_percent"]
    assert answer["stereo_percent"] == extra["limb", "own layer"]
    assert answer["stereo_added_to_tracking_layer_points"] + extra["limb", "Tracking Layer"] == pytest.approx(
        extra["limb", "Tracking Layer + own"]
    )
    the_map = answer.tables["map"]
    near = the_map[
        (the_map["view"] == "limb") & (the_map["latitude_deg"] >= 20) & (the_map["latitude_deg"] <= 50)
    ]
    assert answer["band_worst_fold_2_percent"] == near["fold_2_percent"].min()
    vary = answer.tables["variations"].set_index(["varied", "choice"])["fold_2_percent"]
    assert answer["fold_2_percent_over_phasings"] == [vary["phasing"].min(), vary["phasing"].max()]
    assert answer["fold_2_percent_by_view"] == {
        name: vary["view rule", name] for name in ("limb", "elevation")
    }
    least = answer.tables["smallest"].set_index(["altitude_km", "view", "fold"])
    for name, found in answer["smallest_at_300_km"].items():
        view, fold = name.split()
        row = least.loc[(300.0, view, int(fold[0]))]
        assert found["bound"] == row["bound"]
        assert found["found"] == (None if np.isnan(row["satellites"]) else row["satellites"])
    lost = answer.tables["losses"].set_index(["loss", "lost", "fold"])["median"]
    assert answer["median_after_two_lost_percent"] == lost["random", 2, 2]


def test_the_patterns_sought_tilt_by_five_degrees(answer):
    tilts = answer.tables["smallest"]["inclination_deg"].dropna()
    assert (tilts % 5 == 0).all() and tilts.between(35, 60).all()
    # A satellite of 1,000 km, 5 degrees up for a target of 50 km, on the sphere of the equator.
    radius = 6378.137
    angle = np.degrees(np.arccos((radius + 50) / (radius + 1000) * np.cos(np.radians(5)))) - 5
    rows = answer.tables["smallest"].set_index(["altitude_km", "view", "fold"])["central_angle_deg"]
    assert rows[1000.0, "elevation", 1] == pytest.approx(angle)
    limb = np.arccos((radius + 20) / (radius + 1000)) + np.arccos((radius + 20) / (radius + 50))
    assert rows[1000.0, "limb", 2] == pytest.approx(np.degrees(limb))


def test_lines_that_cross_at_just_the_angle_count_as_stereo(monkeypatch):
    p = question.Parameters(days=0.1)
    own = question.model.fly(question.model.layer(p), p)
    place = frames.points(p.latitude_deg, p.longitude_deg, p.target_altitude_km)
    seen = question.model.seen(own, p, "limb")
    widest = visibility.best_crossing_deg(own, seen, place.position_km[0]).max()
    monkeypatch.setattr(question.model, "STEREO_DEG", widest)
    rows = question.model.added(p, own).set_index(["view", "layer"])
    assert 0 < rows.loc[("limb", "own layer"), "stereo_percent"] < 100
    monkeypatch.setattr(question.model, "STEREO_DEG", np.nextafter(widest, 180))
    rows = question.model.added(p, own).set_index(["view", "layer"])
    assert rows.loc[("limb", "own layer"), "stereo_percent"] == 0


@pytest.mark.parametrize(
    "chosen, tried", [(5.0, ["5°", "10°", "20°"]), (12.5, ["5°", "10°", "12.5°", "20°"])]
)
def test_each_least_elevation_is_tried_once_and_the_chosen_one_marked(chosen, tried):
    p = question.Parameters(view="elevation", minimum_elevation_deg=chosen, days=0.1)
    own = question.model.fly(question.model.layer(p), p)
    rows = question.model.variations(p, own)
    steps = rows[rows["varied"] == "least elevation"]
    assert steps["choice"].tolist() == tried and steps["fold_1_percent"].is_monotonic_decreasing
    assert steps.loc[steps["chosen"], "choice"].tolist() == [f"{chosen:g}°"]
    # The layer as it is appears under every heading with the same shares.
    for kind in ("view rule", "phasing", "inclination", "least elevation"):
        marked = rows[(rows["varied"] == kind) & rows["chosen"]]
        own_row = rows[rows["choice"] == "WGS 84, J2"].iloc[0]
        assert len(marked) == 1 and marked["mean_in_view"].iloc[0] == pytest.approx(own_row["mean_in_view"])
    assert rows[rows["varied"] == "phasing"]["choice"].tolist() == [f"F = {k}" for k in range(8)]
    assert rows[rows["varied"] == "inclination"]["choice"].tolist() == ["40°", "50°", "60°", "80°"]


def test_two_steps_are_a_simulation_and_one_is_not():
    assert question.Parameters(days=0.0078125, step_s=337.5).days == 0.0078125  # 675 seconds
    assert question.Parameters(days=25, step_s=43.2).step_s == 43.2  # 50,000 steps
    for days, step in ((0.0078125, 338), (25, 43)):
        with pytest.raises(ParameterError, match="between 2 and 50,000"):
            question.Parameters.of({"days": days, "step_s": step})


def test_the_last_satellite_cannot_be_lost_and_the_target_lies_below_the_orbit():
    assert question.Parameters(satellites=2, planes=1, phasing=0, lost_satellites=1).lost_satellites == 1
    with pytest.raises(ParameterError, match="at least one of 2"):
        question.Parameters.of({"satellites": 2, "planes": 1, "phasing": 0, "lost_satellites": 2})
    with pytest.raises(ParameterError, match="must lie below"):
        question.Parameters.of({"altitude_km": 200, "target_altitude_km": 200})


def test_the_limb_rule_beside_the_elevation_rule_is_lowered_to_a_low_target():
    p = question.Parameters(view="elevation", target_altitude_km=5.0)
    assert question.model.rule(p, "limb").tangent_altitude_km == 5
    high = question.Parameters(view="elevation", target_altitude_km=50.0)
    assert question.model.rule(high, "limb").tangent_altitude_km == 20


def test_satellites_that_do_not_fill_the_planes_are_left_out():
    assert [constellations.evenly(n, 4) for n in (28.0, 30.9, 31, 32)] == [28, 28, 28, 32]
    nodes = np.unique(constellations.tracking_layer().node_deg)
    assert nodes == pytest.approx(constellations.NODE_DEG + np.array([0, 45, 90, 135]))


def test_published_constellations_are_met_and_counts_without_leeway(answer):
    found = question.checks(answer)
    assert all(check.holds for check in found)
    # The director's number is a round one of the whole Earth, his share a round percent.
    assert [check.tolerance for check in found] == [0, 0, 0, 5, 0.5]


def test_the_layer_as_it_is_stands_among_the_variations_as_it_is_answered(answer):
    rows = answer.tables["variations"]
    for row in rows[rows["chosen"]].itertuples():
        for name in ("fold_1_percent", "fold_2_percent", "mean_in_view"):
            assert getattr(row, name) == pytest.approx(answer[name]), (row.varied, name)
