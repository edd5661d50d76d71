# /// script
# requires-python = ">=3.11"
# dependencies = ["itur==0.4.0", "numpy==2.4.6", "scipy==1.17.1"]
# ///
"""What a radar on the ground sees: rays through the atmospheres of ITU-R P.453 and P.835."""

from peers.compare import Row, peer, serve


def rows():
    from peers.ours import answered, recorded

    q = "missile_warning/radar_horizon"
    height = answered(q).parameters.radar_height_m / 1000
    horizon = recorded(q, "horizon_km")
    why = "the 4/3 rule is made for low targets: it overstates how far high ones are seen"
    given = {"heights_km": [float(name.split()[0]) for name in horizon], "radar_km": height}
    what = f"horizon of targets at {', '.join(horizon)}"
    low = answered(q, radar_height_m=50.0)["horizon_km"]
    for words, ours, asked in (
        (f"default: radar at {1000 * height:g} m", horizon, given),
        ("radar at 50 m", low, given | {"radar_km": 0.05}),
    ):
        for name, by in (
            ("exponential", "ray through the exponential atmosphere of P.453"),
            ("standard", "ray through the standard atmosphere of P.835"),
            ("exact_arcs", "straight rays over 4/3 of the radius"),
        ):
            yield Row(q, what, f"{words}; {by}", list(ours.values()), "km", name, asked, 10.0, why)


RADIUS = 6371.0


@peer("scipy")
def exponential(heights_km, radar_km):
    """The exponential reference atmosphere of ITU-R P.453: N0 = 315, scale height 7.35 km."""
    import numpy as np

    return _horizons(lambda h: 315.0 * np.exp(-h / 7.35), heights_km, radar_km)


@peer("itur")
def standard(heights_km, radar_km):
    """Refractivity (P.453) of the mean annual standard atmosphere (P.835), both as the package has them."""
    import numpy as np
    from itur.models import itu453, itu835
    from scipy.interpolate import PchipInterpolator

    heights = np.concatenate([np.arange(0, 20, 0.1), np.arange(20, 81, 1.0)])
    plain = lambda quantity: np.asarray(getattr(quantity, "value", quantity), float)  # noqa: E731
    temperature, pressure = (
        plain(f(heights)) for f in (itu835.standard_temperature, itu835.standard_pressure)
    )
    vapour = plain(itu835.standard_water_vapour_pressure(heights))
    n = plain(itu453.radio_refractive_index(pressure, vapour, temperature))
    n = 1e6 * (n - 1) if n.max() < 2 else n
    fit = PchipInterpolator(heights, n)
    return _horizons(lambda h: float(fit(h)) if h < heights[-1] else 0.0, heights_km, radar_km)


def _horizons(refractivity, heights_km, radar_km):
    """Ground distance of the ray that grazes the surface, from the radar down and up to each target."""
    return [_ground(refractivity, radar_km) + _ground(refractivity, height) for height in heights_km]


def _ground(refractivity, height_km):
    """Ground distance from where the ray is level, at the surface, up to a height.

    Snell's law on a sphere: n r cos(elevation) is constant; r = R + s^2 takes away the singular start.
    """
    import numpy as np
    from scipy.integrate import quad

    def bent(h):
        return (1 + 1e-6 * refractivity(h)) * (RADIUS + h)

    level = bent(0.0)

    def step(s):
        return 2 * s * level / ((RADIUS + s * s) * np.sqrt(bent(s * s) ** 2 - level**2))

    return RADIUS * quad(step, 1e-4, np.sqrt(height_km), limit=500)[0] if height_km else 0.0


@peer("scipy")
def exact_arcs(heights_km, radar_km):
    """Straight rays over a sphere of 4/3 of the radius, without the parabola: R' arccos(R' / (R' + h))."""
    import numpy as np

    big = 4 / 3 * RADIUS
    return [big * float(np.arccos(big / (big + radar_km)) + np.arccos(big / (big + h))) for h in heights_km]


if __name__ == "__main__":
    serve()
