"""Can a glider be held in track?

A what-if glide along a great circle from a province's center; its infrared light with laminar and turbulent
flow as bounds; the distance at which a sensor of a stated noise level detects it; and which satellites of
which layer do so, moment by moment, over launch times spread through a day. Public parameters only: the body
is the one in public use for HTV-2, the sensor a parameter, the origins name no site. Orbits are circular with
secular J2 over WGS 84.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics import frames, glide, orbits, visibility
from spacesec.astrodynamics.earth import MEAN_SPHERE
from spacesec.data import tables
from spacesec.errors import SpacesecError
from spacesec.importing import real_layers
from spacesec.missile_warning import constellations
from spacesec.missile_warning.constellations import GEO_SEATS_DEG, STEREO_DEG
from spacesec.missile_warning.glide_tracking import sensing
from spacesec.parameters import value

LAYERS = ("geostationary pair", "Tracking Layer T1", "Tracking Layer T1 + T2", "own layer", "T1 + own layer")


FLOWS = sensing.FLOWS


FILE_MOST = 400  # satellites of a reader's own layer: every launch time sees all of them


NOISE_SWEEP = tuple(float(v) for v in 10.0 ** np.arange(-13, -8.5, 0.5))


PROGRAM = "remonyz-github-2025-hypersonic-missile-flight"

# Rows of the public program that the checks reproduce, with the tolerance of their light.
REPRODUCED = {
    "glider-light-turbulent-6-00": 0.02,
    "glider-light-turbulent-3-82": 0.03,
    "glider-light-laminar-5-49": 0.10,
}

SECOND = "Tracking Layer Tranche 2"
SECOND_PLANES = 6  # of nine: no source for the second tranche's planes was found


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    origin: Literal["Fujian", "Guangdong", "Henan", "Jilin"] = value(
        "Henan", "province whose center the what-if path starts from"
    )
    toward: Literal["Tokyo", "Osaka", "Fukuoka", "Naha", "Sapporo"] = value(
        "Tokyo", "city over which the path ends"
    )
    start_speed_km_s: float | None = value(
        None,
        "speed at which the glide starts; null: the speed that just covers the distance",
        unit="km/s",
        gt=1.6,
        le=7.0,
    )
    end_speed_km_s: float = value(1.5, "speed at which the glide ends", unit="km/s", ge=1.0, le=4.0)
    boost_range_km: float = value(200.0, "ground covered before the glide starts", unit="km", ge=0, le=1000)
    lift_to_drag: float = value(2.6, "lift-to-drag ratio", ge=0.5, le=5.0)
    ballistic_coefficient_kg_m2: float = value(
        13000.0, "mass over drag coefficient times area", unit="kg/m2", ge=1000, le=40000
    )
    path: Literal["equilibrium", "integrated"] = value(
        "equilibrium", "equilibrium glide, or the equations of motion integrated"
    )
    band: Literal["2.69-2.95", "1.4-3.0", "3-5", "4.2-4.45", "8-12"] = value(
        "2.69-2.95", "infrared band of the sensor", unit="micrometers"
    )
    noise_w_m2: float = value(
        1e-11,
        "noise-equivalent irradiance of the sensor: an assumption, no real sensor's is public",
        unit="W/m2",
        ge=1e-15,
        le=1e-6,
    )
    signal_to_noise: float = value(8.0, "signal over noise that counts as detection", ge=1, le=100)
    transmission: float = value(0.8, "share of the light that reaches the sensor", gt=0, le=1)
    view: Literal["elevation", "limb"] = value("limb", "rule of seeing")
    minimum_elevation_deg: float = value(
        5.0,
        "least elevation of the satellite above the glider's horizon (view elevation)",
        unit="degrees",
        ge=0,
        lt=90,
    )
    tangent_altitude_km: float = value(
        20.0, "lowest height the line of sight may pass (view limb)", unit="km", ge=0, le=60
    )
    own_satellites: int = value(
        24, "satellites of a Japanese layer (Walker delta)", unit="satellites", ge=1, le=200
    )
    own_planes: int = value(8, "its planes", unit="planes", ge=1, le=40)
    own_phasing: int = value(2, "its phasing", ge=0, le=39)
    own_altitude_km: float = value(1000.0, "its altitude", unit="km", ge=200, le=2000)
    own_inclination_deg: float = value(50.0, "its inclination", unit="degrees", ge=0, le=180)
    launch_times: int = value(96, "launch times spread evenly through a day", ge=4, le=288)
    step_s: float = value(10.0, "time step along the path", unit="s", ge=1, le=60)
    elements_file: str | None = value(
        None,
        "element sets of your own (TLE or OMM) of one real layer, which carries the same sensor beside the"
        " patterns; null: none",
    )

    @field_validator("elements_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return real_layers.usable(given)

    @model_validator(mode="after")
    def _possible(self):
        if self.start_speed_km_s is not None and self.start_speed_km_s <= self.end_speed_km_s:
            raise ValueError(
                f"start_speed_km_s = {self.start_speed_km_s:g} is not possible: a glide slows down, and"
                f" end_speed_km_s is {self.end_speed_km_s:g}."
            )
        try:
            own_layer(self)
            flight = fly(self)
            rule(self).check_targets(float(flight.altitude_km.min()))
        except SpacesecError as error:
            raise ValueError(str(error)) from None
        return self


def own_layer(p: Parameters) -> orbits.Constellation:
    return orbits.walker_delta(
        p.own_satellites, p.own_planes, p.own_phasing, p.own_altitude_km, p.own_inclination_deg
    )


def rule(p: Parameters) -> visibility.Rule:
    return (
        visibility.Rule(p.minimum_elevation_deg)
        if p.view == "elevation"
        else visibility.Rule(None, p.tangent_altitude_km)
    )


def ends(p: Parameters) -> tuple[float, float, float, float]:
    """Latitude and longitude of the origin and of the city, degrees."""
    start = tables.load("missile_warning/what_if_origins").set_index("province").loc[p.origin]
    city = tables.load("missile_warning/cities").set_index("city").loc[p.toward]
    return tuple(float(row[column]) for row in (start, city) for column in ("latitude_deg", "longitude_deg"))


def fly(p: Parameters, kind: str | None = None) -> glide.Path:
    """The glide from its start to its end speed. Refuses a distance that no glide of this vehicle covers."""
    vehicle, wanted = (
        glide.Glider(p.lift_to_drag, p.ballistic_coefficient_kg_m2),
        distance_km(p) - p.boost_range_km,
    )
    speed = p.start_speed_km_s
    if speed is None:
        if wanted <= 0:
            raise SpacesecError(
                f"boost_range_km = {p.boost_range_km:g} is not possible: {p.origin} and {p.toward} lie"
                f" {distance_km(p):,.0f} km apart, and some of it must be left to glide."
            )
        if glide.closed_form_range_km(glide.FASTEST_KM_S, p.end_speed_km_s, vehicle) < wanted:
            raise SpacesecError(
                f"lift_to_drag = {p.lift_to_drag:g} is not possible: no glide of this vehicle covers"
                f" {wanted:,.0f} km."
            )
        speed = glide.start_speed_km_s(wanted, p.end_speed_km_s, vehicle)
    make = glide.equilibrium_glide if (kind or p.path) == "equilibrium" else glide.integrated_glide
    return make(speed, p.end_speed_km_s, vehicle)


def distance_km(p: Parameters) -> float:
    return float(np.radians(frames.central_angle_deg(*ends(p))) * MEAN_SPHERE.equatorial_radius_km)


def second_statement() -> pd.Series:
    """The newest statement on the number of satellites of Tranche 2."""
    return constellations.stated(SECOND, "satellites")


def layers(p: Parameters) -> dict[str, orbits.Constellation]:
    """The layers by name. T2's planes, between and beside T1's, are an assumption."""
    first, own = constellations.tracking_layer(), own_layer(p)
    second = orbits.street_star(
        constellations.evenly(second_statement()["value"], SECOND_PLANES),
        SECOND_PLANES,
        first.semi_major_axis_km[0] - 6378.137,
        first.inclination_deg[0],
        30.0,
        node_deg=constellations.NODE_DEG + 7.5,
    )
    return {
        "geostationary pair": orbits.geostationary(GEO_SEATS_DEG),
        "Tracking Layer T1": first,
        "Tracking Layer T1 + T2": first + second,
        "own layer": own,
        "T1 + own layer": first + own,
    }


def _tracks(p: Parameters) -> dict[str, orbits.Track]:
    """Where each layer's satellites are: the patterns, and last the real layer of a file of the reader's
    own, from the epoch of its newest set on.
    """
    flown = {name: orbits.track(layer, j2=name != "geostationary pair") for name, layer in layers(p).items()}
    if p.elements_file:
        flown[real_layers.LAYER] = real_layers.track(p.elements_file, FILE_MOST)
    return flown


def sightings(p: Parameters, flight: glide.Path) -> dict:
    """Geometry of every layer over all launch times: time along the path (T,), and by layer positions (N,
    S*T, 3), who may see (N, S*T), range (km) and the irradiance (W/m2) of both flows at each satellite; S
    launch times, T steps.
    """
    times = np.arange(0.0, flight.time_s[-1] + 1e-9, p.step_s)
    way = flight.at(times)
    lat1, lon1, lat2, lon2 = ends(p)
    angle = np.degrees((p.boost_range_km + way.range_km) / MEAN_SPHERE.equatorial_radius_km)
    latitude, longitude = frames.destination(lat1, lon1, frames.bearing_deg(lat1, lon1, lat2, lon2), angle)
    points = frames.points(latitude, longitude, way.altitude_km)
    starts = np.arange(p.launch_times) * 86400.0 / p.launch_times
    clock = (starts[:, None] + times).ravel()
    target, up = (np.tile(v, (p.launch_times, 1)) for v in (points.position_km, points.up))
    light = {
        flow: np.tile(sensing.intensity_w_sr(way.speed_km_s, way.altitude_km, flow, p.band), p.launch_times)
        for flow in FLOWS
    }
    out = {
        "times": times,
        "way": way,
        "latitude": latitude,
        "longitude": longitude,
        "target": target,
        "light": light,
        "layers": {},
    }
    for name, flown in _tracks(p).items():
        positions = flown(clock)
        look = visibility.look(positions, target, up)
        shown = sensing.aspect(look.elevation_deg) * p.transmission / (1e3 * look.range_km) ** 2
        out["layers"][name] = {
            "positions": positions,
            "open": visibility.sees(positions, target, up, rule(p)),
            "range": look.range_km,
            "light": {flow: light[flow] * shown for flow in FLOWS},
        }
    return out


def custody(p: Parameters, seen: dict) -> pd.DataFrame:
    """One row a layer, flow and launch time: share of the glide in custody and in stereo, first detection and
    longest gap in seconds.
    """
    rows, steps = [], len(seen["times"])
    for name, layer in seen["layers"].items():
        for flow in FLOWS:
            found = layer["open"] & (layer["light"][flow] >= p.signal_to_noise * p.noise_w_m2)
            held = found.any(axis=0).reshape(-1, steps)
            stereo = (
                visibility.best_crossing_deg(layer["positions"], found, seen["target"]) >= STEREO_DEG
            ).reshape(-1, steps)
            for k, (one, two) in enumerate(zip(held, stereo)):
                edge = np.flatnonzero(np.diff(np.concatenate([[0], (~one).astype(int), [0]])))
                rows.append(
                    {
                        "layer": name,
                        "flow": flow,
                        "launch": k,
                        "custody_percent": 100 * one.mean(),
                        "stereo_percent": 100 * two.mean(),
                        "first_detection_s": float(seen["times"][one.argmax()]) if one.any() else np.nan,
                        "longest_gap_s": (
                            float((edge[1::2] - edge[::2]).max() * p.step_s) if len(edge) else 0.0
                        ),
                    }
                )
    return pd.DataFrame(rows)


def noise_sweep(p: Parameters, seen: dict) -> pd.DataFrame:
    """Mean custody (percent) of each layer and flow at other noise levels."""
    return pd.DataFrame(
        [
            {
                "layer": name,
                "flow": flow,
                "noise_w_m2": noise,
                "custody_percent": (
                    100
                    * (layer["open"] & (layer["light"][flow] >= p.signal_to_noise * noise)).any(axis=0).mean()
                ),
            }
            for name, layer in seen["layers"].items()
            for flow in FLOWS
            for noise in NOISE_SWEEP
        ]
    )


def answer(parameters: Parameters) -> Answer:
    """The path, its light, the detection range, and custody by layer with bounds."""
    p = parameters
    flight = fly(p)
    seen = sightings(p, flight)
    each, sweep, way = custody(p, seen), noise_sweep(p, seen), seen["way"]
    steps = len(seen["times"])
    paths = pd.concat(
        [
            pd.DataFrame(
                {
                    "kind": kind,
                    "time_s": one.time_s,
                    "range_km": one.range_km,
                    "altitude_km": one.altitude_km,
                    "speed_km_s": one.speed_km_s,
                }
            ).iloc[:: max(1, len(one.time_s) // 160)]
            for kind, one in ((kind, fly(p, kind)) for kind in ("equilibrium", "integrated"))
        ],
        ignore_index=True,
    )
    light = pd.concat(
        [
            pd.DataFrame(
                {
                    "flow": flow,
                    "band_um": band,
                    "time_s": seen["times"],
                    "speed_km_s": way.speed_km_s,
                    "altitude_km": way.altitude_km,
                    "intensity_kw_sr": (
                        1e-3 * sensing.intensity_w_sr(way.speed_km_s, way.altitude_km, flow, band)
                    ),
                }
            )
            for flow in FLOWS
            for band in dict.fromkeys((p.band, "2.69-2.95", "1.4-3.0"))
        ],
        ignore_index=True,
    )
    reach = pd.concat(
        [
            pd.DataFrame(
                {
                    "flow": flow,
                    "time_s": seen["times"],
                    "range_km": sensing.detection_range_km(
                        seen["light"][flow][:steps], p.noise_w_m2, p.signal_to_noise, p.transmission
                    ),
                }
            )
            for flow in FLOWS
        ],
        ignore_index=True,
    )
    timeline = _timeline(p, seen)
    mean = each.groupby(["layer", "flow"], sort=False)[
        ["custody_percent", "stereo_percent", "first_detection_s", "longest_gap_s"]
    ].mean()
    low, high = (
        light[(light["flow"] == flow) & (light["band_um"] == p.band)]["intensity_kw_sr"] for flow in FLOWS
    )
    model = (
        f"{p.view} rule, noise {p.noise_w_m2:g} W/m2, signal to noise {p.signal_to_noise:g}; mean over"
        f" {p.launch_times} launch times; laminar and turbulent flow as bounds"
    )
    claims = ("C3-067", "C2-007")
    results = {
        "basis": Result(
            constellations.basis(second_statement()).plain(),
            "statements",
            "statements that the tranches are modeled from, among those on record, and the newest one's day",
        ),
        "stereo_deg": Result(STEREO_DEG, "degrees", "crossing of two lines of sight that counts as stereo"),
        "custody_percent": Result(
            _bounds(mean["custody_percent"]),
            "percent of the glide",
            f"one satellite or more detects the glider ({model})",
            claims,
        ),
        "stereo_custody_percent": Result(
            _bounds(mean["stereo_percent"]),
            "percent of the glide",
            f"two detect it with lines that cross at {STEREO_DEG:g} degrees or more ({p.view} rule)",
            claims,
        ),
        "first_detection_s": Result(
            _bounds(mean["first_detection_s"]),
            "s after the glide starts",
            "first detection, mean of the launch times with any; null where there is none",
        ),
        "longest_gap_s": Result(
            _bounds(mean["longest_gap_s"]), "s", "longest time without detection, mean of the launch times"
        ),
        "start_speed_km_s": Result(
            float(flight.speed_km_s[0]), "km/s", f"speed at the start of the {p.path} glide"
        ),
        "glide_minutes": Result(float(flight.time_s[-1]) / 60, "minutes", "duration of the glide"),
        "glide_range_km": Result(float(flight.range_km[-1]), "km", "ground covered by the glide"),
        "intensity_start_kw_sr": Result(
            {FLOWS[0]: float(low.iloc[0]), FLOWS[1]: float(high.iloc[0])},
            "kW/sr",
            f"light at the start, {p.band} micrometers, seen from above",
        ),
        "intensity_end_kw_sr": Result(
            {FLOWS[0]: float(low.iloc[-1]), FLOWS[1]: float(high.iloc[-1])},
            "kW/sr",
            "light at the end of the glide",
        ),
        **_file(p, mean),
    }
    return Answer(
        results,
        {
            "paths": paths,
            "light": light,
            "reach": reach,
            "custody": each,
            "sweep": sweep,
            "timeline": timeline,
            "origins": tables.load("missile_warning/what_if_origins"),
            "public_light": tables.load("missile_warning/glider_light"),
            "constellations": tables.load(constellations.TABLE),
        },
        p,
    )


def _file(p: Parameters, mean: pd.DataFrame) -> dict[str, Result]:
    """What the real layer of a file of the reader's own holds, where there is one."""
    if p.elements_file is None:
        return {}
    columns = ("custody_percent", "stereo_percent")
    held, stereo = (_of_layer(mean[name], real_layers.LAYER) for name in columns)
    return {
        **real_layers.results(p.elements_file, FILE_MOST),
        "file_custody_percent": Result(held, "percent of the glide", "one satellite of the file or more"),
        "file_stereo_percent": Result(stereo, "percent of the glide", "two of the file, in stereo"),
    }


def _bounds(series: pd.Series) -> dict:
    return {name: _of_layer(series, name) for name in LAYERS}


def _of_layer(series: pd.Series, name: str) -> dict[str, float | None]:
    return {flow: None if pd.isna(series[(name, flow)]) else float(series[(name, flow)]) for flow in FLOWS}


def _timeline(p: Parameters, seen: dict) -> pd.DataFrame:
    """Number that detects at each step of the launch time in the middle of the day, and whether in stereo."""
    steps, rows = len(seen["times"]), []
    cut = slice(p.launch_times // 2 * steps, (p.launch_times // 2 + 1) * steps)
    for name, layer in seen["layers"].items():
        for flow in FLOWS:
            found = layer["open"][:, cut] & (layer["light"][flow][:, cut] >= p.signal_to_noise * p.noise_w_m2)
            crossing = visibility.best_crossing_deg(layer["positions"][:, cut], found, seen["target"][cut])
            rows.append(
                pd.DataFrame(
                    {
                        "layer": name,
                        "flow": flow,
                        "time_s": seen["times"],
                        "detecting": found.sum(axis=0),
                        "crossing_deg": crossing,
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def checks(answer: Answer) -> list[Check]:
    """The public program's numbers, recomputed with another atmosphere and other code; whatever the
    parameters.
    """
    rows = answer.tables["public_light"].set_index("row_id")
    out = []
    for name, tolerance in REPRODUCED.items():
        row = rows.loc[name]
        altitude = float(glide.equilibrium_altitude_km(row["speed_km_s"]))
        flow = str(row["boundary_layer"])
        out.append(
            Check(
                f"Altitude of equilibrium glide at {row['speed_km_s']:g} km/s",
                altitude,
                row["altitude_km"],
                0.4,
                "km",
                PROGRAM,
                row["locator"],
            )
        )
        out.append(
            Check(
                f"Light at {row['speed_km_s']:g} km/s, {flow}, 2.69-2.95 micrometers",
                1e-3 * float(sensing.intensity_w_sr(row["speed_km_s"], altitude, flow)),
                row["intensity_2_69_2_95_um_kw_sr"],
                tolerance * row["intensity_2_69_2_95_um_kw_sr"],
                "kW/sr",
                PROGRAM,
                row["locator"],
            )
        )
    out.append(
        Check(
            "Range of an integrated glide from 5.5 to 1.63 km/s",
            float(glide.integrated_glide(5.5, 1.63).range_km[-1]),
            5243,
            53,
            "km",
            PROGRAM,
            "laminar script, last line of its output",
        )
    )
    return out
