# /// script
# requires-python = ">=3.11"
# dependencies = ["pyrtklib==0.2.7", "gnss-lib-py==1.1.0", "numpy==2.4.6", "pandas==2.3.3"]
# ///
"""Dilution of precision of Japan's and India's satellites: RTKLIB (built for Python) and gnss_lib_py."""

from peers.compare import Row, peer, serve


def rows():
    import numpy as np

    from peers.ours import answered
    from spacesec.astrodynamics import dilution, frames
    from spacesec.data import tables
    from spacesec.regional_cooperation.positioning import fleets

    q = "regional_cooperation/positioning"
    places = tables.load("geography/places").set_index("place")
    real = {"orbits": "elements", "mask_deg": 20.0, "systems": ["QZSS", "NavIC", "GPS"]}
    for words, change in (("default", {}), ("real element sets, with GPS, mask of 20°", real)):
        answer = answered(q, **change)
        p = answer.parameters
        flown = fleets.fleet(p.orbits).keep(fleets.select(p.systems, p.lost, p.added, p.orbits))
        for site in ("Tokyo", "Naha", "New Delhi"):
            place = places.loc[site]
            point = [float(place["latitude_deg"]), float(place["longitude_deg"])]
            given = {"place": point, "mask_deg": p.mask_deg}
            given["satellites_km"] = np.round(flown.positions_km, 6).tolist()
            ours = [answer["median_pdop"][site], answer["usable_percent"][site]]
            what = f"median PDOP (the higher of two) and percent below {fleets.USABLE_PDOP:g}, {site}"
            yield Row(q, what, words, ours, "", "rtklib_day", given, 1e-4)
            at = frames.points(*point)
            some = list(range(0, len(flown.times_s), 24))
            view = dilution.sight(flown.positions_km[:, some], at, p.mask_deg)
            ours = [_finite(v) for v in dilution.gdop(view)[:, 0]]
            given = given | {"satellites_km": np.round(flown.positions_km[:, some], 6).tolist()}
            why = "the peer refuses fewer satellites, or a geometry, at other limits"
            yield Row(
                q, f"GDOP at {len(some)} instants, {site}", words, ours, "", "gnss_gdop", given, 1e-4, why
            )


def _finite(value):
    return float(value) if value < float("inf") else None


def _sky(place, satellites_km):
    """Azimuth and elevation (radians) of every satellite at every instant over a place, by RTKLIB."""
    import math

    import pyrtklib as rtk

    latitude, longitude = map(math.radians, place)
    position, receiver = rtk.Arr1Ddouble(3), rtk.Arr1Ddouble(3)
    for k, value in enumerate((latitude, longitude, 0.0)):
        position[k] = value
    rtk.pos2ecef(position, receiver)
    sight, look = rtk.Arr1Ddouble(3), rtk.Arr1Ddouble(2)
    for instant in zip(*satellites_km):
        found = []
        for satellite in instant:
            line = [1000 * x - receiver[k] for k, x in enumerate(satellite)]
            length = math.sqrt(sum(x * x for x in line))
            for k in range(3):
                sight[k] = line[k] / length
            rtk.satazel(position, sight, look)
            found.append((look[0], look[1]))
        yield found


@peer("pyrtklib")
def rtklib_day(place, satellites_km, mask_deg):
    import math
    import statistics

    import pyrtklib as rtk

    values = []
    for found in _sky(place, satellites_km):
        angles, dop = rtk.Arr1Ddouble(2 * len(found)), rtk.Arr1Ddouble(4)
        for k, pair in enumerate(found):
            angles[2 * k], angles[2 * k + 1] = pair
        rtk.dops(len(found), angles, math.radians(mask_deg), dop)
        values.append(dop[1] or math.inf)  # GDOP, PDOP, HDOP, VDOP; 0 where there is none
    return [statistics.median_high(values), 100 * sum(v < 6 for v in values) / len(values)]


@peer("gnss-lib-py")
def gnss_gdop(place, satellites_km, mask_deg):
    import math
    import warnings

    import numpy as np
    from gnss_lib_py import NavData
    from gnss_lib_py.utils.dop import calculate_dop

    found = []
    for sky in _sky(place, satellites_km):
        seen = [pair for pair in sky if pair[1] >= math.radians(mask_deg)]
        if len(seen) < 4:
            found.append(None)
            continue
        data = NavData()
        data["el_sv_deg"] = np.degrees([e for _, e in seen])
        data["az_sv_deg"] = np.degrees([a for a, _ in seen])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found.append(calculate_dop(data)["GDOP"])
    return found


if __name__ == "__main__":
    serve()
