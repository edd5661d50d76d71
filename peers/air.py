# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "ambiance==1.3.1", "fluids==1.3.1", "pymsis==0.13.0", "astropy==8.0.2", "numpy==2.4.6", "scipy==1.17.1",
# ]
# ///
"""Standard atmospheres, a glide flown through one, a hot body's light, and how long debris stays up."""

from peers.compare import Row, peer, serve

HEIGHTS = [20.0, 35.0, 50.0, 65.0, 80.0]
MU, RADIUS = 398600.4418, 6371.0  # km3/s2 and km, the sphere of the collection's glides


def rows():
    yield from _glide()
    yield from _debris()


def _glide():
    import numpy as np

    from peers.ours import answered
    from spacesec.astrodynamics import glide
    from spacesec.missile_warning.glide_tracking import sensing

    q = "missile_warning/glide_tracking"
    for name in ("ambiance_density", "fluids_density"):
        ours = (glide.air_density(np.array(HEIGHTS)) / glide.air_density(0.0)).tolist()
        words = f"over sea level, at {', '.join(f'{h:g}' for h in HEIGHTS)} km"
        given = {"heights_km": HEIGHTS}
        yield Row(q, "density of the standard atmosphere", words, ours, "", name, given, 1e-5)
    for band in ("2.69-2.95", "8-12"):
        for kelvin in (900.0, 1600.0):
            limits = sensing.BANDS[band]
            ours = float(sensing.band_radiance(kelvin, limits))
            given = {"kelvin": kelvin, "band_um": list(limits)}
            words = f"{kelvin:g} K, {band} µm"
            yield Row(q, "radiance of a black body", words, ours, "W/(m² sr)", "planck", given, 1e-6 * ours)
    slow = {"start_speed_km_s": 3.0, "end_speed_km_s": 1.2, "lift_to_drag": 2.2, "path": "integrated"}
    for words, change in (("default", {}), ("equations of motion, 3.0 to 1.2 km/s, lift to drag 2.2", slow)):
        answer = answered(q, **change)
        p, start = answer.parameters, answer["start_speed_km_s"]
        vehicle = glide.Glider(p.lift_to_drag, p.ballistic_coefficient_kg_m2)
        given = {"start": start, "end": p.end_speed_km_s, "lift_to_drag": p.lift_to_drag}
        given |= {"ballistic": p.ballistic_coefficient_kg_m2}
        given |= {"height_km": float(glide.equilibrium_altitude_km(start, vehicle))}
        ours = [answer["glide_minutes"], answer["glide_range_km"]]
        why = "equilibrium leaves out the swing about it, and starts level"
        yield Row(
            q, "duration and range of the glide", words, ours, "min, km", "glide", given, 0.01 * ours[1], why
        )


def _debris():
    import numpy as np

    from peers.ours import answered
    from spacesec.data import tables
    from spacesec.space_systems.situational_awareness import debris

    q = "space_systems/situational_awareness"
    layers = tables.load("space_systems/atmosphere")
    heights = [300.0, 500.0, 700.0, 850.0]
    factor = answered(q).parameters.solar_factor
    why = "a mean atmosphere times one factor at every height; MSIS follows the Sun, most of all high up"
    for words, times, flux in (("quiet Sun", 1.0 / factor, 70.0), ("active Sun", factor, 200.0)):
        ours = np.log10(debris.density_kg_m3(heights, layers) * times).tolist()
        given = {"heights_km": heights, "flux": flux}
        inputs = f"at {', '.join(f'{h:g}' for h in heights)} km, {words}: mean times {times:g}"
        what = "decimal logarithm of the upper air's density in kg/m³"
        yield Row(q, what, inputs, ours, "", "msis_density", given, 0.1, why)
    table = {name: layers[name].tolist() for name in ("base_altitude_km", "density_kg_m3", "scale_height_km")}
    for height, ratio in ((480.0, 0.01), (700.0, 0.07), (850.0, 0.07)):
        ours = float(debris.lifetime_years(height, layers, ratio)[0])
        given = {"height_km": height, "area_to_mass": ratio, "layers": table}
        words = f"circular at {height:g} km, {ratio:g} m²/kg"
        yield Row(q, "lifetime in the same air", words, ours, "years", "decay", given, 0.001 * ours)
        why = "the same decay in MSIS of a mean Sun: how far the choice of atmosphere carries"
        given = {"height_km": height, "area_to_mass": ratio}
        yield Row(
            q, "lifetime in MSIS at F10.7 = 130", words, ours, "years", "msis_decay", given, 0.1 * ours, why
        )


@peer("ambiance")
def ambiance_density(heights_km):
    from ambiance import Atmosphere

    return [float(Atmosphere(1000 * h).density[0] / Atmosphere(0).density[0]) for h in heights_km]


@peer("fluids")
def fluids_density(heights_km):
    from fluids import ATMOSPHERE_1976

    return [ATMOSPHERE_1976(1000 * h).rho / ATMOSPHERE_1976(0).rho for h in heights_km]


@peer("astropy")
def planck(kelvin, band_um):
    from astropy import units
    from astropy.modeling.models import BlackBody
    from scipy.integrate import quad

    unit = units.W / units.m**2 / units.sr / units.um
    law = BlackBody(kelvin * units.K, scale=1 * unit)
    return quad(lambda um: law(um * units.um).to_value(unit), *band_um, epsrel=1e-9)[0]


@peer("fluids")
def glide(start, end, lift_to_drag, ballistic, height_km):
    """The equations of motion through the package's standard atmosphere, from level flight."""
    import numpy as np
    from fluids import ATMOSPHERE_1976
    from scipy.integrate import solve_ivp

    def motion(_, state):
        speed, gamma, z, _ = state
        push = 1e3 * ATMOSPHERE_1976(1000 * z).rho * speed**2 / (2 * ballistic)
        gravity, radius = MU / (RADIUS + z) ** 2, RADIUS + z
        turn = (lift_to_drag * push - (gravity - speed**2 / radius) * np.cos(gamma)) / speed
        climb = speed * np.sin(gamma)
        return [-push - gravity * np.sin(gamma), turn, climb, speed * np.cos(gamma) * RADIUS / radius]

    def slow(_, state):
        return state[0] - end

    slow.terminal = True
    run = solve_ivp(
        motion, (0, 3600), [start, 0.0, height_km, 0.0], events=slow, rtol=1e-7, atol=1e-7, max_step=10
    )
    return [run.t[-1] / 60, run.y[3, -1]]


def _msis(heights_km, flux):
    """Density (kg/m3) of NRLMSISE-00 averaged over the Earth's longitudes and latitudes at an equinox."""
    import numpy as np
    import pymsis

    latitudes = np.degrees(np.arcsin(np.linspace(-0.9, 0.9, 7)))
    date = np.datetime64("2026-03-21T00:00")
    ask = dict(f107s=[flux], f107as=[flux], aps=[[10] * 7], version=0)
    found = pymsis.calculate([date], np.arange(0, 360, 45.0), latitudes, heights_km, **ask)
    return found[..., 0].mean(axis=(0, 1, 2))


@peer("pymsis")
def msis_density(heights_km, flux):
    import numpy as np

    return np.log10(_msis(heights_km, flux)).tolist()


def _years(height_km, area_to_mass, density):
    """Years of a circular orbit down to 150 km: da/dt = -Cd A/m rho sqrt(mu a)."""
    import numpy as np
    from scipy.integrate import quad

    def slowness(h):
        return 1 / (2.2 * area_to_mass * density(h) * 1e3 * np.sqrt(MU * (6378.137 + h)))

    return quad(slowness, 150.0, height_km, limit=500)[0] / (365.25 * 86400)


@peer("scipy")
def decay(height_km, area_to_mass, layers):
    import numpy as np

    base, rho, scale = (np.array(layers[name]) for name in layers)

    def density(h):
        k = np.searchsorted(base, h, side="right") - 1
        return rho[k] * np.exp(-(h - base[k]) / scale[k])

    return _years(height_km, area_to_mass, density)


@peer("pymsis")
def msis_decay(height_km, area_to_mass):
    import numpy as np

    heights = np.arange(140.0, 1001.0, 10.0)
    logs = np.log(_msis(heights, 130.0))
    return _years(height_km, area_to_mass, lambda h: np.exp(np.interp(h, heights, logs)))


if __name__ == "__main__":
    serve()
