"""Glide against the standard atmosphere's table, a public program, an independent recomputation and closed
forms.
"""

import numpy as np
import pytest

from spacesec.astrodynamics import ballistic, glide
from spacesec.astrodynamics.earth import MEAN_SPHERE
from spacesec.errors import SpacesecError

# U.S. Standard Atmosphere 1976, geometric height km -> density kg/m3.
STANDARD = {0: 1.2250, 11: 0.36480, 20: 0.088910, 32: 0.013555, 50: 1.0269e-3, 70: 8.2829e-5, 80: 1.8458e-5}
# Start speed km/s -> start altitude km, range km and minutes to 1.5 km/s of an independent recomputation
# without the energy of height.
RECOMPUTED = {
    6.5: (52.9, 9159, 34.6),
    6.0: (49.3, 6879, 28.4),
    5.5: (46.3, 5225, 23.6),
    4.0: (39.2, 2159, 12.9),
    3.0: (34.4, 989, 7.3),
}


def test_standard_atmosphere():
    for height, density in STANDARD.items():
        assert float(glide.air_density(height)) == pytest.approx(density, rel=5e-4)
    assert float(glide.air_temperature_k(50)) == pytest.approx(270.65, abs=0.01)


def test_equilibrium_altitude():
    for speed, (altitude, _, _) in RECOMPUTED.items():
        assert float(glide.equilibrium_altitude_km(speed)) == pytest.approx(altitude, abs=0.1)


@pytest.mark.parametrize("speed", RECOMPUTED)
def test_range_is_the_recomputed_one_and_what_the_lost_height_adds(speed):
    """Falling dz gives energy g dz for K dz / (1 - u^2) more kilometers, which the recomputation
    leaves out.
    """
    _, published, minutes = RECOMPUTED[speed]
    path = glide.equilibrium_glide(speed, 1.5)
    u2 = path.speed_km_s**2 / 62.565
    extra = 2.6 * np.trapezoid(1 / (1 - u2), -path.altitude_km)
    assert path.range_km[-1] == pytest.approx(published + extra, rel=0.01)
    assert path.range_km[-1] == pytest.approx(glide.closed_form_range_km(speed, 1.5) + extra, rel=0.015)
    assert minutes < path.time_s[-1] / 60 < 1.035 * minutes


def test_integrated_glide_against_a_public_program():
    # The program, run unchanged: from 5.5 km/s to 1.63 km/s in 5,243 km, starting at 46.1 km.
    path = glide.integrated_glide(5.5, 1.63)
    assert path.range_km[-1] == pytest.approx(5243, rel=0.01) and path.altitude_km[0] == pytest.approx(
        46.1, abs=0.3
    )


@pytest.mark.parametrize("speed", (3.0, 4.0, 6.0))
def test_both_models_agree(speed):
    quasi, full = glide.equilibrium_glide(speed, 1.5), glide.integrated_glide(speed, 1.5)
    assert full.range_km[-1] == pytest.approx(quasi.range_km[-1], rel=0.02) and full.time_s[
        -1
    ] == pytest.approx(quasi.time_s[-1], rel=0.02)


def test_without_air_the_path_is_ballistic_and_keeps_its_energy():
    ghost = glide.Glider(1e-9, 1e12)
    path = glide.integrated_glide(3.0, 1.0, ghost, altitude_km=80.0, angle_deg=40.0)
    energy = path.speed_km_s**2 / 2 - 398600.4418 / (6371 + path.altitude_km)
    assert np.ptp(energy) < 1e-6


def test_range_grows_with_lift_to_drag_in_proportion():
    one, two = (glide.closed_form_range_km(5, 2, glide.Glider(k)) for k in (1.3, 2.6))
    assert two == pytest.approx(2 * one)


@pytest.mark.parametrize(
    "make, words",
    [
        (lambda: glide.equilibrium_glide(1.5, 3.0), "slows down"),
        (lambda: glide.integrated_glide(2.0, 2.0), "slows down"),
        (lambda: glide.equilibrium_altitude_km(8.0), r"below orbital speed \(7\.8\d km/s\)"),
        (lambda: glide.Glider(0.0), "above 0"),
    ],
)
def test_impossible_glides_are_refused(make, words):
    with pytest.raises(SpacesecError, match=words):
        make()


# U.S. Standard Atmosphere 1976, geometric height km: temperature K, density kg/m3.
TABLE = {
    5: (255.676, 0.73643),
    10: (223.252, 0.41351),
    15: (216.650, 0.19476),
    25: (221.552, 0.040084),
    30: (226.509, 0.018410),
    40: (250.350, 3.9957e-3),
    60: (247.021, 3.0968e-4),
    70: (219.585, 8.2829e-5),
    80: (198.639, 1.8458e-5),
}


@pytest.mark.parametrize("height", TABLE)
def test_every_layer_of_the_air_is_that_of_the_table(height):
    temperature, density = TABLE[height]
    assert float(glide.air_temperature_k(height)) == pytest.approx(temperature, abs=0.02)
    assert float(glide.air_density(height)) == pytest.approx(density, rel=2e-4)


def test_air_thins_above_the_table_as_the_standard_has_it():
    # U.S. Standard Atmosphere 1976 at 90 km: 3.416e-6 kg/m3; composition changes up there.
    assert float(glide.air_density(90.0)) == pytest.approx(3.416e-6, rel=0.02)
    assert glide.air_temperature_k([86.0, 90.0, 120.0]) == pytest.approx([186.95] * 3, abs=0.01)
    heights = np.linspace(-0.5, 100, 2000)
    assert (np.diff(glide.air_density(heights)) < 0).all()


def test_density_does_not_jump_between_layers():
    for low in (11.019, 20.063, 32.162, 47.35, 51.413, 71.802, 86.0):  # geometric heights of the bases
        below, above = glide.air_density([low - 1e-4, low + 1e-4])
        assert above == pytest.approx(below, rel=1e-4)


def test_a_path_is_read_between_its_samples_and_held_at_its_ends():
    path = glide.Path(*(np.array([0.0, 10.0]) * k for k in (1, 2, 3, 4, 5)))
    found = path.at([-5.0, 2.5, 99.0])
    assert found.time_s.tolist() == [-5, 2.5, 99]
    assert found.range_km.tolist() == [0, 5, 20] and found.altitude_km.tolist() == [0, 7.5, 30]
    assert found.speed_km_s.tolist() == [0, 10, 40] and found.angle_deg.tolist() == [0, 12.5, 50]


@pytest.mark.parametrize("speed", [0.8, 2.0, 4.0, 7.0])
def test_at_equilibrium_lift_and_the_curve_of_the_path_carry_the_weight(speed):
    glider = glide.Glider(3.1, 9000.0)
    height = float(glide.equilibrium_altitude_km(speed, glider))
    r = 6_371_000 + 1000 * height  # in m and m/s
    lift = 3.1 * float(glide.air_density(height)) * (1000 * speed) ** 2 / (2 * 9000.0)
    assert lift + (1000 * speed) ** 2 / r == pytest.approx(3.986004418e14 / r**2, rel=1e-6)


def test_a_glide_has_no_equilibrium_at_rest_or_near_orbital_speed():
    circular = np.sqrt(MEAN_SPHERE.mu_km3_s2 / MEAN_SPHERE.equatorial_radius_km)
    for speed in (0.0, -1.0, 0.9951 * circular, 0.9949 * circular, [3.0, 8.0]):
        with pytest.raises(SpacesecError, match="below orbital speed"):
            glide.equilibrium_altitude_km(speed)
    assert 60 < float(glide.equilibrium_altitude_km(0.99 * circular)) < 120
    assert np.isfinite(glide.equilibrium_altitude_km(0.9))


def test_the_closed_range_is_the_integral_of_speed_over_drag():
    from scipy.integrate import quad

    radius, gravity = 6371.0, 398600.4418 / 6371.0**2
    wanted = quad(lambda v: v / ((gravity - v**2 / radius) / 2.0), 1.0, 6.0)[0]
    assert glide.closed_form_range_km(6.0, 1.0, glide.Glider(2.0)) == pytest.approx(wanted, rel=1e-9)


def test_an_equilibrium_glide_spends_its_energy_as_drag():
    """Told again from heights at many speeds: way, time, slope and ground range by quadrature."""
    glider, radius, mu = glide.Glider(2.0, 10_000.0), MEAN_SPHERE.equatorial_radius_km, MEAN_SPHERE.mu_km3_s2
    path = glide.equilibrium_glide(5.0, 2.0, glider)
    speed = np.linspace(5.0, 2.0, 4001)
    height = glide.equilibrium_altitude_km(speed, glider)
    r = radius + height
    slowness = 2.0 / (mu / r**2 - speed**2 / r)  # one over drag
    fall = -(speed + mu / r**2 * np.gradient(height, speed)) * slowness  # way per speed
    way = np.append(0, np.cumsum((fall[1:] + fall[:-1]) / 2 * np.diff(speed)))
    assert path.time_s[-1] == pytest.approx(np.trapezoid(1 / speed, way), rel=1e-4)
    sine = np.gradient(height, way)
    ground = np.trapezoid(np.sqrt(1 - sine**2) * radius / r, way)
    assert path.range_km[-1] == pytest.approx(ground, rel=1e-4)
    middle = np.interp(3.5, speed[::-1], np.degrees(np.arcsin(sine))[::-1])
    assert np.interp(3.5, path.speed_km_s[::-1], path.angle_deg[::-1]) == pytest.approx(middle, rel=0.01)
    assert (path.time_s[0], path.range_km[0]) == (0, 0) and (np.diff(path.range_km) > 0).all()
    assert (path.speed_km_s[0], path.speed_km_s[-1]) == (5.0, 2.0)


def test_a_glide_may_end_slower_than_a_kilometer_a_second_but_not_at_rest():
    assert glide.equilibrium_glide(1.5, 0.5, points=50).speed_km_s[-1] == 0.5
    assert glide.integrated_glide(1.0, 0.5).speed_km_s[-1] == pytest.approx(0.5)
    for make in (glide.equilibrium_glide, glide.integrated_glide):
        with pytest.raises(SpacesecError, match="slows down"):
            make(3.0, 0.0)
        with pytest.raises(SpacesecError, match="slows down"):
            make(3.0, 3.0)


@pytest.mark.parametrize("range_km", [300.0, 2500.0, 7000.0])
def test_the_start_speed_of_a_range_gives_that_range(range_km):
    speed = glide.start_speed_km_s(range_km, 1.5)
    assert glide.equilibrium_glide(speed, 1.5).range_km[-1] == pytest.approx(range_km, rel=2e-4)


def test_a_range_beyond_the_fastest_start_gives_the_fastest():
    assert glide.start_speed_km_s(1e6, 1.5) == pytest.approx(glide.FASTEST_KM_S, abs=1e-6)


def test_without_air_the_integrated_path_keeps_the_ellipse():
    """A vacuum flight from the ground lands where the closed form has it."""
    flight = ballistic.from_apogee_and_range(300, 1500)
    path = glide.integrated_glide(
        flight.speed_km_s, 0.1, glide.Glider(1e-9, 1e12), altitude_km=1e-6, angle_deg=flight.elevation_deg
    )
    assert path.time_s[-1] == pytest.approx(flight.time_s, rel=1e-5)
    assert path.range_km[-1] == pytest.approx(1500, rel=1e-5)
    assert path.altitude_km.max() == pytest.approx(300, rel=1e-4)
    assert path.altitude_km[-1] == pytest.approx(0, abs=1e-6)
    assert path.angle_deg[-1] == pytest.approx(-flight.elevation_deg, abs=1e-3)


def test_the_integrated_path_obeys_its_equations():
    """Differences of the sampled path in m and s: energy goes to drag, the path bends by lift and weight."""
    glider = glide.Glider(2.2, 8000.0)
    path = glide.integrated_glide(4.0, 2.0, glider, altitude_km=45.0, angle_deg=1.0)
    speed, r = 1000 * path.speed_km_s, 6_371_000 + 1000 * path.altitude_km
    gamma, air = np.radians(path.angle_deg), glide.air_density(path.altitude_km)
    drag, gravity = air * speed**2 / (2 * 8000.0), 3.986004418e14 / r**2
    energy = speed**2 / 2 - 3.986004418e14 / r
    assert energy[-1] - energy[0] == pytest.approx(-np.trapezoid(drag * speed, path.time_s), rel=2e-3)
    bend = (2.2 * drag - (gravity - speed**2 / r) * np.cos(gamma)) / speed
    told = np.gradient(gamma, path.time_s)
    assert np.abs(told - bend)[2:-2].max() < 0.02 * np.abs(bend).max()
    rise = np.trapezoid(speed * np.sin(gamma), path.time_s) / 1000
    assert path.altitude_km[-1] - 45.0 == pytest.approx(rise, abs=0.02)
    ground = np.trapezoid(speed * np.cos(gamma) * 6_371_000 / r, path.time_s) / 1000
    assert path.range_km[-1] == pytest.approx(ground, rel=1e-3)
    assert path.speed_km_s[-1] == pytest.approx(2.0) and path.angle_deg[0] == pytest.approx(1.0)
