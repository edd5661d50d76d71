# /// script
# requires-python = ">=3.11"
# dependencies = ["hapsira==0.18.0", "numpy==2.4.6", "scipy==1.17.1"]
# ///
"""Ballistic flights: Lambert's problem between both ends by hapsira, and the same launch flown in steps."""

from peers.compare import Row, peer, serve

MU, RADIUS = 398600.4418, 6371.0  # km3/s2 and km, the sphere of the collection's flights


def rows():
    from peers.ours import answered, recorded
    from spacesec.astrodynamics import ballistic

    q = "missile_warning/flight_time"
    for words, change in (
        ("default", {}),
        ("4,500 km", {"range_km": 4500.0}),
        ("600 km lofted to 1,000 km", _LOFTED),
    ):
        answer = answered(q, **change)
        p = answer.parameters
        minutes, speed, apogee = (
            answer["flight_minutes"]["ellipse"],
            answer["speed_km_s"],
            answer["apogee_km"],
        )
        flight = (
            ballistic.from_apogee_and_range(p.apogee_km, p.range_km)
            if p.apogee_km
            else ballistic.minimum_energy(p.range_km)
        )
        given = {"range_km": p.range_km, "seconds": 60 * minutes}
        yield Row(q, "speed at the start", words, speed, "km/s", "lambert_speed", given, 1e-5)
        given = {"speed_km_s": speed, "elevation_deg": flight.elevation_deg}
        ours = [minutes, p.range_km, apogee]
        yield Row(q, "minutes, range and apogee", words, ours, "min, km, km", "flown", given, 1e-3)
    given = {"range_km": 1300.0}
    ours = recorded(q, "speed_km_s")
    yield Row(q, "least speed for the range", "default", ours, "km/s", "least_speed", given, 1e-5)


_LOFTED = {"range_km": 600.0, "apogee_km": 1000.0}


def _lambert(range_km, seconds):
    """Start speed of the direct flight between two points of the sphere in the given time."""
    import numpy as np
    from hapsira.core.iod import izzo

    turn = range_km / RADIUS
    start, end = np.array([RADIUS, 0.0, 0.0]), RADIUS * np.array([np.cos(turn), np.sin(turn), 0.0])
    velocity, _ = izzo(MU, start, end, seconds, 0, True, True, 50, 1e-10)
    return float(np.linalg.norm(velocity))


@peer("hapsira")
def lambert_speed(range_km, seconds):
    return _lambert(range_km, seconds)


@peer("hapsira")
def least_speed(range_km):
    from scipy.optimize import minimize_scalar

    return minimize_scalar(lambda t: _lambert(range_km, t), bounds=(200, 2000), method="bounded").fun


@peer("scipy")
def flown(speed_km_s, elevation_deg):
    import numpy as np
    from scipy.integrate import solve_ivp

    def motion(_, state):
        place = state[:2]
        return [*state[2:], *(-MU * place / np.linalg.norm(place) ** 3)]

    def ground(_, state):
        return np.hypot(*state[:2]) - RADIUS + 1e-9

    ground.terminal, ground.direction = True, -1
    slope = np.radians(elevation_deg)
    start = [RADIUS, 0.0, speed_km_s * np.sin(slope), speed_km_s * np.cos(slope)]
    run = solve_ivp(motion, (0, 6000), start, events=ground, rtol=1e-11, atol=1e-9, dense_output=True)
    top = np.hypot(*run.sol(np.linspace(0, run.t[-1], 20001))[:2]).max() - RADIUS
    x, y = run.y[:2, -1]
    return [run.t[-1] / 60, RADIUS * np.arctan2(y, x), top]


if __name__ == "__main__":
    serve()
