"""Where navigation satellites say they are: broadcast Kepler elements to Earth-fixed positions.

IS-GPS-200, section 20.3.3.4.3 and table 20-IV; QZSS and NavIC broadcast the same elements and constants. The
frame is the system's own realization of WGS 84.
"""

from collections.abc import Mapping

import numpy as np

GM_M3_S2 = 3.986005e14  # of the user's algorithm, not of the newest gravity model
TURN_RAD_S = 7.2921151467e-5
WEEK_S = 604_800


def epoch_s(message: Mapping[str, float]) -> float:
    """Time of ephemeris in seconds since 6 January 1980 of the system's time."""
    return message["week"] * WEEK_S + message["toe_s"]


def positions_km(message: Mapping[str, float], times_s) -> np.ndarray:
    """Earth-fixed positions (T, 3) at times (T,) in seconds since 6 January 1980 of the system's time.

    message: the fields of `spacesec.importing.navigation` as numbers.
    """
    since = np.asarray(times_s, dtype=float) - epoch_s(message)
    axis, e = message["sqrt_axis_sqrt_m"] ** 2, message["eccentricity"]
    motion = np.sqrt(GM_M3_S2 / axis**3) + message["delta_n_rad_s"]
    anomaly = _eccentric(message["mean_anomaly_rad"] + motion * since, e)
    true = np.arctan2(np.sqrt(1 - e**2) * np.sin(anomaly), np.cos(anomaly) - e)
    argument = true + message["arg_perigee_rad"]
    sine, cosine = np.sin(2 * argument), np.cos(2 * argument)
    argument = argument + message["cus_rad"] * sine + message["cuc_rad"] * cosine
    radius = axis * (1 - e * np.cos(anomaly)) + message["crs_m"] * sine + message["crc_m"] * cosine
    tilt = message["inclination_rad"] + message["inclination_rate_rad_s"] * since
    tilt = tilt + message["cis_rad"] * sine + message["cic_rad"] * cosine
    node = message["node_rad"] + (message["node_rate_rad_s"] - TURN_RAD_S) * since
    node = node - TURN_RAD_S * message["toe_s"]
    x, y = radius * np.cos(argument), radius * np.sin(argument)
    place = (
        x * np.cos(node) - y * np.cos(tilt) * np.sin(node),
        x * np.sin(node) + y * np.cos(tilt) * np.cos(node),
        y * np.sin(tilt),
    )
    return np.stack(place, axis=-1) / 1000


def _eccentric(mean: np.ndarray, e: float) -> np.ndarray:
    """Kepler's equation by Newton's method; e up to a half takes five steps to the last digit."""
    anomaly = mean + e * np.sin(mean)
    for _ in range(8):
        anomaly = anomaly - (anomaly - e * np.sin(anomaly) - mean) / (1 - e * np.cos(anomaly))
    return anomaly
