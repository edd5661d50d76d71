"""Glide against the standard atmosphere's table, a public program, an independent recomputation and closed
forms.
"""

import numpy as np
import pytest

from spacesec.astrodynamics import glide
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
        (lambda: glide.equilibrium_altitude_km(8.0), "below orbital speed"),
        (lambda: glide.Glider(0.0), "above 0"),
    ],
)
def test_impossible_glides_are_refused(make, words):
    with pytest.raises(SpacesecError, match=words):
        make()
