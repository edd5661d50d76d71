"""Debris: the acceptance numbers of the catalogues, and closed forms."""

import numpy as np
import pandas as pd
import pytest

from spacesec.data import tables
from spacesec.space_systems.situational_awareness import debris


@pytest.fixture(scope="module")
def layers():
    return tables.load("space_systems/atmosphere")


def test_impulses_read_off_the_first_fragments():
    # McDowell 2007: from 843 x 862 km, -190 m/s leads to a perigee near 165 km and +550 m/s to an apogee near
    # 3,500 km.
    perigee, _, _ = debris.after_impulse(850, -190)
    _, apogee, _ = debris.after_impulse(850, 550)
    assert perigee == pytest.approx(165, abs=30)
    assert apogee == pytest.approx(3500, rel=0.05)


def test_no_impulse_leaves_the_circle():
    perigee, apogee, period = debris.after_impulse(786, 0.0)
    assert perigee == pytest.approx(786) and apogee == pytest.approx(786)
    assert period == pytest.approx(2 * np.pi * np.sqrt((6378.137 + 786) ** 3 / 398600.4418) / 60, rel=1e-12)


def test_density_at_the_edges_of_the_layers(layers):
    # Vallado 2013, table of the exponential atmosphere; continuous to a few percent by construction of the
    # table.
    assert debris.density_kg_m3(500, layers)[0] == pytest.approx(6.967e-13)
    assert debris.density_kg_m3(799.999, layers)[0] == pytest.approx(1.170e-14, rel=0.05)
    assert np.isnan(debris.density_kg_m3(50, layers)[0])


def test_lifetime_in_one_layer_has_a_closed_form():
    # rho = rho0 exp(-(h-h0)/H): t = [exp((h1-h0)/H) - exp((h2-h0)/H)] H / (k rho0 sqrt(mu a)) when a changes
    # little.
    one = pd.DataFrame({"base_altitude_km": [400], "density_kg_m3": [4e-12], "scale_height_km": [60.0]})
    k, a = 2.2 * 0.01, 6378.137 + 490
    expected = (
        60.0
        * (np.exp(100 / 60) - np.exp(80 / 60))
        / (k * 4e-12 * 1e3 * np.sqrt(398600.4418 * a))
        / debris.YEAR_S
    )
    assert debris.lifetime_years(500, one, 0.01, end_km=480.0)[0] == pytest.approx(expected, rel=2e-3)


def test_lifetime_scales_with_area_and_density(layers):
    base = debris.lifetime_years([600, 850], layers)
    assert debris.lifetime_years([600, 850], layers, 0.1, 3.0) == pytest.approx(base / 0.3, rel=1e-9)
    assert base[1] > base[0]


def test_cloud_survival_starts_whole_and_only_falls(layers):
    lives = debris.cloud_lives(layers, 852, 120, 2.5, seed=1)
    share = debris.survival(lives, np.arange(0, 19), 0.1)
    assert share[0] >= 0.97 and (np.diff(share) <= 0).all()


def test_density_and_area_to_mass_are_one_product(layers):
    # dh/dt is linear in both: twice the density for a time does what twice the area to mass does.
    lives = debris.cloud_lives(layers, 852, 60, 2.5, seed=2)
    twice_dense = debris.survival(lives, 2 * np.arange(0, 19), 0.07)
    assert twice_dense == pytest.approx(debris.survival(lives, np.arange(0, 19), 0.14))


@pytest.mark.parametrize("share, years", [(0.97, 3.7), (0.54, 18.6)])
def test_needed_area_to_mass_gives_the_share_back(layers, share, years):
    lives = debris.cloud_lives(layers, 852, 60, 2.5, seed=3)
    needed = debris.needed_area_to_mass(lives, share, years)
    assert debris.survival(lives, years, needed)[0] == pytest.approx(share, abs=1 / len(lives))
    # Half the time, or half the density, asks for twice the area.
    assert debris.needed_area_to_mass(lives, share, years / 2) == pytest.approx(2 * needed)


def test_yearly_densities_follow_the_sun():
    # The minimum of 2008 and 2009 was the deepest in a century; the maximum of 2024 above that of 2014.
    table = tables.load("space_systems/thermosphere").set_index("year")
    assert set(table.nsmallest(2, "density_kg_m3").index) <= {2008, 2009, 2018, 2019}
    assert table["density_kg_m3"][2024] > 2 * table["density_kg_m3"][2014] > 8 * table["density_kg_m3"][2009]
    assert table["density_kg_m3"].corr(table["solar_flux_sfu"], method="spearman") > 0.95


def test_flux_and_risk_in_closed_form():
    # One object in a shell of known volume at 10 km/s: 1 / V * 10 km/s * 1 m2.
    flux = debris.flux_per_m2_year(1, 480, 500, 10.0)
    volume = 4 / 3 * np.pi * (6878.137**3 - 6858.137**3)
    assert flux == pytest.approx(10 / volume * 1e-6 * 31557600, rel=1e-12)
    assert debris.hit_percent(0.01, 10, 3) == pytest.approx(100 * (1 - np.exp(-0.3)))
    assert debris.hit_percent(0.0, 10, 3) == 0


def test_shells_hold_the_time_of_all_fragments():
    # Shares of time add up to the number of objects, less what flies above 2,000 km.
    shells = tables.load("space_systems/shell_counts")
    total = tables.load("space_systems/fengyun_counts").set_index("set")["objects"]["all"]
    assert 0.99 * total < shells["objects_time_mean"].sum() <= total


def test_belt_from_the_equator_and_from_the_limit():
    # At the equator the half-width is the central angle itself: 81.2995, 76.3329 and 71.4327 degrees at 0, 5
    # and 10 degrees.
    assert debris.belt_half_width_deg(0.0, [0, 5, 10]) == pytest.approx([81.2995, 76.3329, 71.4327], abs=1e-3)
    assert np.isnan(debris.belt_half_width_deg(82.0, 0))
    # The edge of the stretch is seen at the elevation it was asked for.
    edge = debris.belt_half_width_deg(34.7, 15.0)
    assert debris.belt_elevation_deg(34.7, 133.5, 133.5 + edge) == pytest.approx(15.0, abs=1e-9)


def test_catalogue_snapshots_agree_with_published_counts():
    # methods: more than 2,000 pieces in 2007; 3,037 catalogued by September 2010, 97 % in orbit; at most 85 %
    # of 3,300 in 2017.
    counts = tables.load("space_systems/debris_counts")
    fengyun = counts[counts["family"] == "fengyun-1c"].set_index("snapshot_date")["objects"]
    first = fengyun[fengyun.index >= "2007-06-01"].iloc[0]
    assert 1500 < first < 3037
    near = fengyun.iloc[np.argmin(abs(fengyun.index - pd.Timestamp("2010-09-15")))]
    assert near == pytest.approx(0.97 * 3037, rel=0.10)
    assert fengyun[fengyun.index.year == 2017].max() <= 0.85 * 3300


def test_a_cloud_without_impulses_scatters_by_its_area_to_mass_alone(layers):
    # Pieces that stay on the circle live as long as a piece of the median ratio would, times a log-normal
    # factor of median 1 whose one standard deviation is the factor asked for.
    lives = debris.cloud_lives(layers, 600, 1e-9, 2.5, seed=5)
    logs = np.log(lives / debris.lifetime_years(600, layers)[0])
    assert len(lives) == 4000
    assert logs.mean() == pytest.approx(0, abs=4 * np.log(2.5) / np.sqrt(4000))
    assert logs.std() == pytest.approx(np.log(2.5), rel=4 / np.sqrt(2 * 4000))


def test_a_cloud_of_one_ratio_scatters_by_its_impulses_alone(layers):
    # A circle at the perigee and a quarter of the way up: with an impulse of v the other end of the orbit
    # moves by 4 v / n, so the height in the mean by a quarter or three quarters of that.
    lives = debris.cloud_lives(layers, 600, 5.0, 1.0, seed=5)
    rate = np.sqrt(398600.4418 / 6978.137**3)
    moved = 4 * 5e-3 / rate
    low, high = np.quantile(lives, [0.1587, 0.8413])
    assert low == pytest.approx(debris.lifetime_years(600 - 0.75 * moved, layers)[0], rel=0.05)
    assert high == pytest.approx(debris.lifetime_years(600 + 0.25 * moved, layers)[0], rel=0.05)


def test_a_piece_that_lived_as_long_as_asked_is_down():
    assert list(debris.survival(np.array([1.0, 2.0, 3.0]), [0, 1, 2, 3])) == pytest.approx(
        [1, 2 / 3, 1 / 3, 0]
    )
    assert list(debris.survival(np.array([1.0, 2.0, 3.0]), 4, 0.5)) == pytest.approx([1 / 3])


@pytest.mark.parametrize("impulse", [-190.0, -20.0, 35.0, 550.0])
def test_an_impulse_keeps_energy_and_angular_momentum(impulse):
    perigee, apogee, period = debris.after_impulse(850, impulse)
    r, mu = 6378.137 + 850, 398600.4418
    speed = np.sqrt(mu / r) + impulse / 1000
    low, high = 6378.137 + perigee, 6378.137 + apogee
    assert min(abs(low - r), abs(high - r)) < 1e-6 and low < high and (high > r + 1) == (impulse > 0)
    at_high = (r * speed) / high  # of one angular momentum
    assert at_high**2 / 2 - mu / high == pytest.approx(speed**2 / 2 - mu / r, rel=1e-12)
    assert period * 60 == pytest.approx(2 * np.pi * ((low + high) / 2) ** 1.5 / np.sqrt(mu))


def test_a_point_of_the_belt_overhead_and_one_on_the_horizon():
    assert debris.belt_elevation_deg(0.0, 135.0, 135.0) == pytest.approx(90)
    limit = np.degrees(np.arccos(6378.137 / 42164.17))
    assert debris.belt_elevation_deg(0.0, 0.0, limit) == pytest.approx(0, abs=1e-9)
    assert debris.belt_elevation_deg(0.0, 0.0, 180.0) == pytest.approx(-90)


def test_a_shell_is_a_ball_less_the_ball_inside():
    whole = debris.shell_volume_km3(-6378.137, 622.863 - 1000)  # of 6,000.726 km
    assert whole == pytest.approx(4 / 3 * np.pi * (622.863 - 1000 + 6378.137) ** 3)
    assert debris.shell_volume_km3(400, 500) + debris.shell_volume_km3(500, 700) == pytest.approx(
        debris.shell_volume_km3(400, 700)
    )


def test_a_small_chance_of_a_hit_keeps_its_digits():
    # 1 - exp(-x) is x - x**2 / 2 for small x.
    assert debris.hit_percent(1e-9, 2.0, 5.0) == pytest.approx(100 * (1e-8 - 0.5e-16), rel=1e-12)
