"""Positions of satellites over time: OEM, STK ephemerides, CZML, KML, GeoJSON.

Every time is UTC before anything is written; another time system (OEM) is converted, never relabeled. OEM and
STK ephemerides have SGP4's own frame (TEME); CZML, KML and GeoJSON are fixed to the Earth, by the model of
`spacesec.astrodynamics.frames`: mean rotation, UTC taken as UT1, no polar motion.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from xml.sax.saxutils import escape

import numpy as np

from spacesec.astrodynamics import elements, frames
from spacesec.collection.exports import shapes
from spacesec.data import time_scales
from spacesec.errors import ParameterError
from spacesec.methods import sphere

OLD_DAYS = 14  # a set further from the times asked for no longer says where a low satellite is
EARTH_KM = 6371.0
OEM_SCALES = ("UTC", "TAI", "GPS", "TT")


@dataclass(frozen=True)
class Span:
    """Times from ``start`` (UTC, without a zone) on, every ``step_s`` seconds for ``hours``."""

    start: datetime
    hours: float
    step_s: float

    @property
    def times(self) -> list[datetime]:
        count = int(self.hours * 3600 / self.step_s + 1e-9) + 1
        return [self.start + timedelta(seconds=self.step_s * number) for number in range(count)]


def utc(text: str) -> datetime:
    """An ISO time as UTC without a zone; one with a zone is turned, one without is UTC. Raises
    ParameterError.
    """
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise ParameterError(
            f"{text!r} is no time; write it as in 2026-11-05T21:00:00+09:00 (without a zone it is UTC)."
        ) from None
    return time.astimezone(UTC).replace(tzinfo=None) if time.tzinfo else time


def old(rows: Sequence[Mapping[str, str]], span: Span) -> list[str]:
    """The satellites whose set lies more than OLD_DAYS from the span, by name."""
    limit = timedelta(days=OLD_DAYS)
    epochs = ((cells, datetime.fromisoformat(cells["epoch_utc"].removesuffix("Z"))) for cells in rows)
    return [
        cells["name"] or cells["norad_id"]
        for cells, epoch in epochs
        if span.times[-1] - epoch > limit or epoch - span.start > limit
    ]


def oem(rows: Sequence[Mapping[str, str]], span: Span, scale: str = "UTC", created: str = "") -> str:
    """CCSDS OEM 2.0 (502.0-B-3, section 5) as KVN: km and km/s in TEME, one segment a satellite, times in
    ``scale``. Raises ParameterError for a scale that is not one of OEM_SCALES.
    """
    if scale not in OEM_SCALES:
        raise ParameterError(f"{scale!r} is no time system here; choose among {', '.join(OEM_SCALES)}.")
    times = span.times
    told = [_iso(time_scales.from_utc(time, scale)) for time in times]
    parts = [
        "CCSDS_OEM_VERS = 2.0",
        f"CREATION_DATE = {created or _iso(span.start)}",
        "ORIGINATOR = SPACESEC",
    ]
    for cells, (positions, velocities) in zip(rows, _teme(rows, times)):
        parts += [
            "",
            "META_START",
            f"OBJECT_NAME = {cells['name'] or cells['norad_id']}",
            f"OBJECT_ID = {cells['cospar_id'] or cells['norad_id']}",
            "CENTER_NAME = EARTH",
            "REF_FRAME = TEME",
            f"TIME_SYSTEM = {scale}",
            f"START_TIME = {told[0]}",
            f"STOP_TIME = {told[-1]}",
            "META_STOP",
            "",
            f"COMMENT SGP4, from the element set of {cells['epoch_utc']}",
        ]
        for time, position, velocity in zip(told, positions, velocities):
            numbers = [f"{value:.6f}" for value in position] + [f"{value:.9f}" for value in velocity]
            parts.append(f"{time} {' '.join(numbers)}")
    return "\n".join(parts) + "\n"


def stk(rows: Sequence[Mapping[str, str]], span: Span) -> str:
    """An ephemeris file of STK (``.e``): km and km/s in TEME of date at seconds after an epoch in UTC
    (UTCG). Raises ParameterError for more than one satellite, which no such file holds.
    """
    if len(rows) != 1:
        raise ParameterError(
            f"an ephemeris of STK holds one satellite, and {len(rows)} are asked for; name one with --only"
            " norad_id NUMBER."
        )
    [cells], times = rows, span.times
    clock = [time_scales.from_utc(time, "TAI") for time in times]  # seconds that also count a leap second
    [(positions, velocities)] = _teme(rows, times)
    parts = [
        "stk.v.11.0",
        f"# {cells['name'] or cells['norad_id']}: SGP4, from the element set of {cells['epoch_utc']}",
        "BEGIN Ephemeris",
        f"NumberOfEphemerisPoints {len(times)}",
        f"ScenarioEpoch {_gregorian(span.start)}",
        "InterpolationMethod Lagrange",
        f"InterpolationOrder {min(5, len(times) - 1)}",
        "CentralBody Earth",
        "CoordinateSystem TEMEOfDate",
        "DistanceUnit Kilometers",
        "EphemerisTimePosVel",
    ]
    for time, position, velocity in zip(clock, positions, velocities):
        numbers = [f"{value:.6f}" for value in position] + [f"{value:.9f}" for value in velocity]
        parts.append(f"{(time - clock[0]).total_seconds():.6f} {' '.join(numbers)}")
    return "\n".join([*parts, "END Ephemeris"]) + "\n"


def _gregorian(time: datetime) -> str:
    """A time as STK's UTCG has it, whatever the language of the machine: 5 Nov 2026 21:00:00.250000."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{time.day} {months[time.month - 1]} {time:%Y %H:%M:%S.%f}"


def czml(rows: Sequence[Mapping[str, str]], span: Span) -> str:
    """CZML 1.0: positions in meters in the frame FIXED, at seconds after the start."""
    times = span.times
    seconds = [(time - span.start).total_seconds() for time in times]
    between = f"{_iso(times[0])}Z/{_iso(times[-1])}Z"
    clock = {"interval": between, "currentTime": f"{_iso(times[0])}Z", "multiplier": 60, "range": "LOOP_STOP"}
    packets: list[dict] = [
        {"id": "document", "name": "Japan Space Security Collection", "version": "1.0", "clock": clock}
    ]
    for cells, positions in zip(rows, _fixed(rows, times)):
        cartesian = [
            value
            for second, position in zip(seconds, positions)
            for value in (second, *(round(float(one) * 1000.0, 3) for one in position))
        ]
        packets.append(
            {
                "id": cells["norad_id"] or cells["name"],
                "name": cells["name"] or cells["norad_id"],
                "description": f"SGP4, from the element set of {cells['epoch_utc']}",
                "availability": between,
                "position": {
                    "epoch": f"{_iso(span.start)}Z",
                    "referenceFrame": "FIXED",
                    "interpolationAlgorithm": "LAGRANGE",
                    "interpolationDegree": min(5, len(times) - 1),
                    "cartesian": cartesian,
                },
                "point": {"pixelSize": 6, "color": {"rgba": [0, 114, 178, 255]}},
                "path": {
                    "material": {"solidColor": {"color": {"rgba": [0, 114, 178, 160]}}},
                    "width": 1,
                    "resolution": span.step_s,
                },
            }
        )
    return json.dumps(packets, ensure_ascii=False, indent=1) + "\n"


def kml(rows: Sequence[Mapping[str, str]], span: Span) -> str:
    """KML 2.2 with one track a satellite; altitudes are absolute, in meters above the WGS 84 ellipsoid."""
    times = span.times
    parts = []
    for cells, positions in zip(rows, _fixed(rows, times)):
        latitude, longitude, height = frames.geodetic(positions)
        whens = "".join(f"<when>{_iso(time)}Z</when>" for time in times)
        coordinates = "".join(
            f"<gx:coord>{lon:.6f} {lat:.6f} {1000 * km:.1f}</gx:coord>"
            for lon, lat, km in zip(longitude, latitude, height)
        )
        parts.append(
            f"<Placemark><name>{escape(cells['name'] or cells['norad_id'])}</name>"
            f"<description>SGP4, from the element set of {cells['epoch_utc']}</description>"
            f"<gx:Track><altitudeMode>absolute</altitudeMode>{whens}{coordinates}</gx:Track></Placemark>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"'
        ' xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>'
        f"<name>Japan Space Security Collection</name>{''.join(parts)}</Document></kml>\n"
    )


def geojson(rows: Sequence[Mapping[str, str]], span: Span) -> str:
    """GeoJSON (RFC 7946): each satellite's path over the ground, and what stands over its horizon at the
    start.
    """
    times = span.times
    features = []
    for cells, positions in zip(rows, _fixed(rows, times)):
        latitude, longitude, height = frames.geodetic(positions)
        unwrapped = np.degrees(np.unwrap(np.radians(longitude)))
        said = {"name": cells["name"], "norad_id": cells["norad_id"], "epoch_utc": cells["epoch_utc"]}
        between = {"start_utc": f"{_iso(times[0])}Z", "end_utc": f"{_iso(times[-1])}Z"}
        path = shapes.line([(float(a), float(b)) for a, b in zip(unwrapped, latitude)])
        features.append(_feature({**said, **between, "what": "path over the ground"}, path))
        circle = horizon(float(longitude[0]), float(latitude[0]), float(height[0]))
        at = {"time_utc": f"{_iso(times[0])}Z", "what": "ground that has it over the horizon"}
        features.append(_feature({**said, **at}, circle))
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n"


def horizon(longitude_deg: float, latitude_deg: float, height_km: float) -> dict:
    """The ground on a sphere from which a point at this height stands over the horizon, as MultiPolygon."""
    angle = float(np.degrees(np.arccos(EARTH_KM / (EARTH_KM + height_km))))
    return around(longitude_deg, latitude_deg, np.radians(angle) * sphere.EARTH_RADIUS_KM)


def around(longitude_deg: float, latitude_deg: float, radius_km: float) -> dict:
    """All points within a distance along the ground, as MultiPolygon."""
    reach = np.degrees(radius_km / sphere.EARTH_RADIUS_KM)
    longitude, latitude = sphere.small_circle(longitude_deg, latitude_deg, radius_km)
    pole = 90.0 if latitude_deg + reach > 90 else -90.0 if latitude_deg - reach < -90 else None
    return shapes.ring([(float(a), float(b)) for a, b in zip(longitude, latitude)], pole)


def _feature(properties: dict, geometry: dict) -> dict:
    rounded = json.loads(json.dumps(geometry), parse_float=lambda text: round(float(text), 6))
    return {"type": "Feature", "properties": properties, "geometry": rounded}


def _teme(rows: Sequence[Mapping[str, str]], times: list[datetime]):
    """Positions and velocities (T, 3) of each satellite; refuses one that SGP4 cannot carry there."""
    from sgp4.api import SGP4_ERRORS

    whole, part = _julian(times)
    for cells, satellite in zip(rows, elements.from_fields(rows)):
        elements.refuse_decayed(satellite, float((whole + part).max()))
        error, position, velocity = satellite.sgp4_array(whole, part)
        if error.any():
            at = times[int(np.argmax(error != 0))]
            raise ParameterError(
                f"SGP4 cannot carry {cells['name'] or cells['norad_id']} to {_iso(at)}Z:"
                f" {SGP4_ERRORS[int(error[error != 0][0])]}; choose times near its epoch."
            )
        yield position, velocity


def _fixed(rows: Sequence[Mapping[str, str]], times: list[datetime]):
    """Earth-fixed positions (T, 3) in km of each satellite."""
    midnight = times[0].replace(hour=0, minute=0, second=0, microsecond=0)
    seconds = np.array([(time - midnight).total_seconds() for time in times])
    angle = float(frames.sidereal_angle(_julian([midnight])[0][0]))
    for position, _ in _teme(rows, times):
        yield frames.to_earth_fixed(position, seconds, angle_at_start_rad=angle)


def _julian(times: list[datetime]) -> tuple[np.ndarray, np.ndarray]:
    """Julian dates in two parts, the first at midnight, so that no digit of a second is lost."""
    days = [time.date().toordinal() + 1721424.5 for time in times]
    parts = [(time - datetime(time.year, time.month, time.day)).total_seconds() / 86400.0 for time in times]
    return np.array(days), np.array(parts)


def _iso(time: datetime) -> str:
    """ISO with the fraction that the time has, and no more."""
    text = time.isoformat()
    return text.rstrip("0") if "." in text else text
