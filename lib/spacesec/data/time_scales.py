"""Time scales of satellites' files, in UTC and back.

Leap seconds: IERS Bulletin C, the last on 1 January 2017. GPS time, QZSS time, Galileo system time and NavIC
time run with the 19 s that TAI was ahead of GPS, BeiDou time with 33 s, TT with -32.184 s.
"""

from datetime import datetime, timedelta

# From this day on, UTC is so many seconds behind TAI.
LEAPS = tuple(
    (datetime(year, month, 1), seconds)
    for year, month, seconds in (
        *((1972, 1, 10), (1972, 7, 11), (1973, 1, 12), (1974, 1, 13), (1975, 1, 14), (1976, 1, 15)),
        *((1977, 1, 16), (1978, 1, 17), (1979, 1, 18), (1980, 1, 19), (1981, 7, 20), (1982, 7, 21)),
        *((1983, 7, 22), (1985, 7, 23), (1988, 1, 24), (1990, 1, 25), (1991, 1, 26), (1992, 7, 27)),
        *((1993, 7, 28), (1994, 7, 29), (1996, 1, 30), (1997, 7, 31), (1999, 1, 32), (2006, 1, 33)),
        *((2009, 1, 34), (2012, 7, 35), (2015, 7, 36), (2017, 1, 37)),
    )
)
# TAI less the scale, seconds.
BEHIND_TAI = {"TAI": 0.0, "GPS": 19.0, "QZS": 19.0, "GAL": 19.0, "IRN": 19.0, "BDT": 33.0, "TT": -32.184}
SCALES = ("UTC", *BEHIND_TAI)


def behind_tai(utc: datetime) -> float:
    """Seconds that a scale's clock shows less than TAI at this time of UTC; raises ValueError before 1972."""
    if utc < LEAPS[0][0]:
        raise ValueError(f"{utc:%Y-%m-%d} is before 1972, when UTC had no leap seconds yet")
    return float(next(seconds for day, seconds in reversed(LEAPS) if day <= utc))


def to_utc(time: datetime, scale: str) -> datetime:
    """A time of another scale as UTC; within a leap second it is the second before. Raises ValueError for a
    scale that is not known here.
    """
    if scale == "UTC":
        return time
    tai = time + timedelta(seconds=_offset(scale))
    for day, seconds in reversed(LEAPS):
        if (utc := tai - timedelta(seconds=seconds)) >= day:
            return utc
        if tai - timedelta(seconds=seconds - 1) >= day:  # the leap second itself
            return day - timedelta(microseconds=1)
    raise ValueError(f"{time:%Y-%m-%d} is before 1972, when UTC had no leap seconds yet")


def from_utc(utc: datetime, scale: str) -> datetime:
    """A time of UTC in another scale."""
    if scale == "UTC":
        return utc
    return utc + timedelta(seconds=behind_tai(utc) - _offset(scale))


def _offset(scale: str) -> float:
    if scale not in BEHIND_TAI:
        raise ValueError(f"the time scale {scale} is not known; the scales are {', '.join(SCALES)}")
    return BEHIND_TAI[scale]
