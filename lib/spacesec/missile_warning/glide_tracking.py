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
from pydantic import model_validator

from spacesec import figures, parameters, tables
from spacesec.astrodynamics import frames, glide, orbits, visibility
from spacesec.astrodynamics.earth import MEAN_SPHERE
from spacesec.errors import SpacesecError
from spacesec.figures import COLOURS, Picture
from spacesec.missile_warning import constellations, sensing
from spacesec.missile_warning.constellations import GEO_SEATS_DEG, STEREO_DEG
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = "Can a glider be held in track?"
LAYERS = ("geostationary pair", "Tracking Layer T1", "Tracking Layer T1 + T2", "own layer", "T1 + own layer")
STATES = {
    "geostationary pair": "geostationary pair, what-if",
    "Tracking Layer T1": "T1, planned",
    "Tracking Layer T1 + T2": "T1 + T2, planned",
    "own layer": "own layer, what-if",
    "T1 + own layer": "T1 + own layer",
}
FLOWS = sensing.FLOWS
NOISE_SWEEP = tuple(float(v) for v in 10.0 ** np.arange(-13, -8.5, 0.5))
PROGRAM = "remonyz-github-2025-hypersonic-missile-flight"


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


def layers(p: Parameters) -> dict[str, orbits.Constellation]:
    """The layers by name. No source for T2's planes was found: six planes of nine, between and beside T1's,
    are an assumption.
    """
    first, own = constellations.tracking_layer(), own_layer(p)
    number = int(
        tables.load("missile_warning/constellations").set_index("row_id")["value"]["warning-t2-satellites"]
    )
    second = orbits.street_star(
        number,
        6,
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
    for name, layer in layers(p).items():
        positions = orbits.track(layer, j2=name != "geostationary pair")(clock)
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
    }
    return Answer(
        _text(p, results),
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
            "constellations": tables.load("missile_warning/constellations"),
        },
        p,
    )


def _bounds(series: pd.Series) -> dict:
    return {
        name: {flow: None if pd.isna(series[(name, flow)]) else float(series[(name, flow)]) for flow in FLOWS}
        for name in LAYERS
    }


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


def _text(p: Parameters, results: dict[str, Result]) -> str:
    held, stereo = results["custody_percent"].value, results["stereo_custody_percent"].value

    def between(pair):
        low, high = sorted(pair.values())
        return f"{low:.0f}" if round(low) == round(high) else f"{low:.0f} to {high:.0f}"

    shares = sorted(LAYERS, key=lambda name: sum(held[name].values()))
    least, most = shares[0], shares[-1]
    lines = [
        (
            f"At the assumed noise level the {most} keeps a what-if glider in custody for"
            f" **{between(held[most])} percent** of its way, the {least} for {between(held[least])}."
        ),
        (
            f"A what-if glide from the center of {p.origin} toward {p.toward} starts at"
            f" {results['start_speed_km_s'].value:.1f} km/s and lasts {results['glide_minutes'].value:.0f}"
            f" minutes over {results['glide_range_km'].value:,.0f} km. Seen from above it shines with"
            f" {between(results['intensity_start_kw_sr'].value)} kW/sr ({p.band} μm) at the start; the bounds"
            " are laminar and turbulent flow."
        ),
        (
            f"With a noise level of {p.noise_w_m2:g} W/m² and the {p.view} rule, the share of the glide in"
            " custody (and in stereo) is, between the bounds:"
        ),
    ]
    lines.append(
        "\n".join(f"- {name}: **{between(held[name])} percent** ({between(stereo[name])})" for name in LAYERS)
    )
    lines.append(
        "The noise level is an assumption: the last figure shows how far the answer hangs on it. Orbits of T2"
        " are assumed; T1 flies at T0's published inclination."
    )
    return "\n\n".join(lines)


def checks(answer: Answer) -> list[Check]:
    """The public program's numbers, recomputed with another atmosphere and other code; whatever the
    parameters.
    """
    rows = answer.tables["public_light"].set_index("row_id")
    out = []
    for name, tolerance in (
        ("glider-light-turbulent-6-00", 0.02),
        ("glider-light-turbulent-3-82", 0.03),
        ("glider-light-laminar-5-49", 0.10),
    ):
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


def _credit(answer: Answer, *more: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*more, *figures.used(answer.tables["origins"]))))


def _flow_line(ax, rows: pd.DataFrame, x: str, y: str, colour: str, label: str) -> None:
    low, high = (rows[rows["flow"] == flow].set_index(x)[y] for flow in FLOWS)
    ax.fill_between(low.index, low, high, color=COLOURS[colour], alpha=0.2, lw=0)
    ax.plot(low.index, low, color=COLOURS[colour], lw=1.5, ls="--")
    ax.plot(high.index, high, color=COLOURS[colour], lw=1.8, label=label)


@figures.house
def path(answer: Answer) -> Picture:
    """The glide by both models."""
    p, data = answer.parameters, answer.tables["paths"]
    fig, axes = figures.canvas(1, 2)
    for kind, colour, style in (("equilibrium", "blue", "-"), ("integrated", "vermilion", "--")):
        rows = data[data["kind"] == kind]
        axes[0].plot(
            rows["range_km"], rows["altitude_km"], color=COLOURS[colour], ls=style, label=f"{kind} glide"
        )
        axes[1].plot(rows["time_s"] / 60, rows["speed_km_s"], color=COLOURS[colour], ls=style)
    axes[0].set(xlabel="range from the start of the glide (km)", ylabel="altitude (km)", ylim=(0, None))
    axes[1].set(xlabel="minutes after the start of the glide", ylabel="speed (km/s)", ylim=(0, None))
    axes[0].legend(loc="lower left")
    low = data["altitude_km"].min()
    return Picture(
        fig,
        "path",
        f"The glider stays between {low:.0f} and {data['altitude_km'].max():.0f} km for"
        f" {answer['glide_minutes']:.0f} minutes",
        f"What-if glide from the center of {p.origin} toward {p.toward}; lift to drag {p.lift_to_drag:g},"
        f" ballistic coefficient {p.ballistic_coefficient_kg_m2:,.0f} kg/m²",
        "Sphere at rest, U.S. Standard Atmosphere 1976, no maneuver. The integrated path starts level at the"
        " equilibrium altitude.",
        "Two line charts of altitude against range and speed against time for the equilibrium and the"
        " integrated glide, which nearly coincide.",
        data,
        _credit(answer, PROGRAM),
    )


@figures.house
def light(answer: Answer) -> Picture:
    """Infrared light along the glide with its bounds."""
    p, data = answer.parameters, answer.tables["light"]
    fig, ax = figures.canvas()
    for band, colour in zip(data["band_um"].unique(), ("vermilion", "blue", "green")):
        _flow_line(ax, data[data["band_um"] == band], "speed_km_s", "intensity_kw_sr", colour, f"{band} μm")
    public = answer.tables["public_light"]
    public = public[
        public["speed_km_s"].between(data["speed_km_s"].min() - 0.1, data["speed_km_s"].max() + 0.1)
    ]
    for column, colour in (
        ("intensity_2_69_2_95_um_kw_sr", "vermilion" if p.band == "2.69-2.95" else "blue"),
        ("intensity_1_4_3_0_um_kw_sr", {"2.69-2.95": "blue", "1.4-3.0": "vermilion"}.get(p.band, "green")),
    ):
        ax.plot(
            public["speed_km_s"], public[column], ls="", marker="D", ms=6, mfc="white", mec=COLOURS[colour]
        )
    ax.plot([], [], color="#555b60", lw=1.8, label="turbulent flow")
    ax.plot([], [], color="#555b60", lw=1.5, ls="--", label="laminar flow")
    ax.plot([], [], ls="", marker="D", ms=6, mfc="white", mec="#555b60", label="a public program, turbulent")
    ax.set(
        yscale="log",
        xlabel="speed (km/s): the flight runs from right to left",
        ylabel="kW/sr, seen from above (log scale)",
    )
    ax.legend(loc="lower right", ncols=2)
    ratio = answer["intensity_end_kw_sr"]["turbulent"] / answer["intensity_end_kw_sr"]["laminar"]
    return Picture(
        fig,
        "light",
        "The state of the boundary layer alone changes the light"
        f" {answer['intensity_start_kw_sr']['turbulent'] / answer['intensity_start_kw_sr']['laminar']:.0f} to"
        f" {ratio:.0f}-fold",
        "Radiant intensity of the gliding body along the path, with laminar and turbulent flow as bounds",
        "Body in public use for HTV-2 (emissivity 0.85), upper surface seen from above; correlations for"
        " stagnation point and flat plates, wall in radiative balance, Planck's law. The step near 4 km/s is"
        " where the turbulent correlation changes.",
        "Bands of radiant intensity against speed on a log scale, one for each infrared band; the lower edge"
        " is laminar, the upper turbulent flow; diamonds of a public program lie on the upper edge.",
        data,
        _credit(answer, PROGRAM),
    )


@figures.house
def detection_range(answer: Answer) -> Picture:
    """How far a sensor of the stated noise sees the glider."""
    p, data = answer.parameters, answer.tables["reach"]
    fig, ax = figures.canvas()
    rows = data.assign(minutes=data["time_s"] / 60)
    _flow_line(ax, rows, "minutes", "range_km", "blue", "")
    for flow, where in (("laminar", -22), ("turbulent", 8)):
        line = rows[rows["flow"] == flow]
        ax.annotate(
            f"{flow} flow",
            (line["minutes"].iloc[3 * len(line) // 8], line["range_km"].iloc[3 * len(line) // 8]),
            xytext=(0, where),
            textcoords="offset points",
            color=COLOURS["blue"],
        )
    limb = np.sqrt((6378.137 + p.own_altitude_km) ** 2 - (6378.137 + p.tangent_altitude_km) ** 2)
    marks = [
        (p.own_altitude_km, f"{p.own_altitude_km:,.0f} km: straight down from the own layer"),
        (limb, f"{limb:,.0f} km: from the own layer to the limb"),
        (37_500, "about 37,500 km: geostationary orbit"),
    ]
    for distance, label in marks:
        ax.axhline(distance, color=COLOURS["vermilion"], lw=1, ls=":")
        ax.text(0.12, distance * 1.04, label, va="bottom", size=10.5, color=COLOURS["vermilion"])
    ax.set(
        yscale="log",
        xlabel="minutes after the start of the glide",
        ylabel="km (log scale)",
        xlim=(0, rows["minutes"].max()),
        ylim=(min(rows["range_km"].min() * 0.7, p.own_altitude_km * 0.6), 70_000),
    )
    ticks = [tick for tick in (0.1, 1, 10, 100) if ax.get_ylim()[0] <= tick] + [
        300,
        1000,
        3000,
        10_000,
        30_000,
    ]
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.minorticks_off()
    first, last = (rows.groupby("flow")["range_km"].agg(how) for how in ("first", "last"))
    return Picture(
        fig,
        "detection_range",
        "Detection reaches {:,.0f} to {:,.0f} km at the start and {:,.0f} to {:,.0f} km at the end".format(
            *(float(f"{end[flow]:.2g}") for end in (first, last) for flow in FLOWS)
        ),
        f"Distance at which the light is {p.signal_to_noise:g} times the noise of {p.noise_w_m2:g} W/m²"
        f" ({p.band} μm), seen from above",
        "The noise level is an assumption; distance goes with the inverse root of it. Dotted: distances that"
        " the layers look over.",
        "A band of detection range falling along the glide, with horizontal lines at the distances of low and"
        " geostationary orbits.",
        data,
        _credit(answer, PROGRAM),
    )


@figures.house
def timeline(answer: Answer) -> Picture:
    """Who holds the glider when, for one launch time."""
    p, data = answer.parameters, answer.tables["timeline"]
    fig, ax = figures.canvas(height=6.0)
    place, ticks, names = 0.0, [], []
    for name in LAYERS:
        for flow in FLOWS:
            rows = data[(data["layer"] == name) & (data["flow"] == flow)]
            minutes, width = rows["time_s"].to_numpy() / 60, p.step_s / 60
            one, two = rows["detecting"].to_numpy() >= 1, rows["crossing_deg"].to_numpy() >= STEREO_DEG
            ax.barh([place], [minutes[-1] + width], 0.62, color="#f0f2f4")
            for mask, style in (
                (
                    one & ~two,
                    {"facecolor": "white", "edgecolor": COLOURS["blue"], "hatch": "/////", "linewidth": 0.8},
                ),
                (two, {"color": COLOURS["blue"]}),
            ):
                edge = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
                ax.broken_barh(
                    [(minutes[a], (b - a) * width) for a, b in zip(edge[::2], edge[1::2])],
                    (place - 0.31, 0.62),
                    **style,
                )
            ticks.append(place)
            names.append(f"{STATES[name]}: {flow}" if flow == FLOWS[0] else flow)
            place += 0.8
        place += 0.45
    ax.set_yticks(ticks, names)
    ax.set_ylim(place - 0.5, -0.6)
    ax.set(xlabel="minutes after the start of the glide", xlim=(0, data["time_s"].max() / 60 + p.step_s / 60))
    ax.grid(False)
    from matplotlib.patches import Patch

    ax.legend(
        handles=[
            Patch(color=COLOURS["blue"], label=f"two or more, crossing at {STEREO_DEG:g}° or more (stereo)"),
            Patch(facecolor="white", edgecolor=COLOURS["blue"], hatch="/////", label="detected, no stereo"),
            Patch(color="#f0f2f4", label="not detected"),
        ],
        loc="upper left",
        bbox_to_anchor=(-0.2, -0.11),
        ncols=3,
    )
    share = data.assign(held=data["detecting"] >= 1).groupby(["layer", "flow"])["held"].mean()
    low, high = (100 * share[("own layer", flow)] for flow in FLOWS)
    return Picture(
        fig,
        "timeline",
        f"One launch time: an own layer of {p.own_satellites} holds the glider"
        f" {f'{low:.0f} to ' if round(low) != round(high) else ''}{high:.0f} percent of the way",
        f"Detection along the what-if glide from {p.origin} toward {p.toward}, launch at the middle of the"
        " simulated day",
        f"Noise {p.noise_w_m2:g} W/m², {p.view} rule. T1 planned, orbits as published with T0's inclination;"
        " T2 planned, planes assumed; geostationary seats what-if, with the same sensor.",
        "Bars along the flight for five layers and two states of flow: not detected, detected, detected in"
        " stereo.",
        data,
        _credit(answer, *constellations.sources()),
    )


@figures.house
def held(answer: Answer) -> Picture:
    """Custody by layer, with the bounds of the flow."""
    p, data = answer.parameters, answer.tables["custody"]
    fig, ax = figures.canvas()
    mean = data.groupby(["layer", "flow"])[["custody_percent", "stereo_percent"]].mean()
    for place, name in enumerate(LAYERS):
        for column, colour, shift, marker in (
            ("custody_percent", "blue", -0.14, "o"),
            ("stereo_percent", "vermilion", 0.14, "s"),
        ):
            low, high = (mean.loc[(name, flow), column] for flow in FLOWS)
            ax.plot(
                [low, high],
                [place + shift] * 2,
                color=COLOURS[colour],
                lw=6,
                alpha=0.3,
                solid_capstyle="butt",
            )
            ax.plot(low, place + shift, marker=marker, mfc="white", mec=COLOURS[colour], mew=1.8, ms=8.5)
            ax.plot(high, place + shift, marker=marker, color=COLOURS[colour], ms=8.5)
            text = f"{low:.0f}" if round(low) == round(high) else f"{low:.0f} to {high:.0f}"
            ax.annotate(
                text,
                (high, place + shift),
                xytext=(9, 0),
                textcoords="offset points",
                va="center",
                size=10.5,
                color=COLOURS[colour],
            )
    ax.set_yticks(range(len(LAYERS)), [STATES[name] for name in LAYERS])
    ax.invert_yaxis()
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    ax.set(xlabel="percent of the glide, mean over launch times", xlim=(-2, 114), xticks=range(0, 101, 20))
    for label, colour, marker, face in (
        ("custody, turbulent", "blue", "o", None),
        ("custody, laminar", "blue", "o", "white"),
        ("stereo, turbulent", "vermilion", "s", None),
        ("stereo, laminar", "vermilion", "s", "white"),
    ):
        ax.plot(
            [],
            [],
            ls="",
            marker=marker,
            ms=8.5,
            mec=COLOURS[colour],
            mfc=face or COLOURS[colour],
            mew=1.8,
            label=label,
        )
    ax.legend(loc="upper left", bbox_to_anchor=(-0.16, -0.13), ncols=4, columnspacing=1.2)
    both, own, first = (
        answer["stereo_custody_percent"][name]
        for name in ("T1 + own layer", "own layer", "Tracking Layer T1")
    )
    best = max(own["laminar"], first["laminar"])
    return Picture(
        fig,
        "held",
        f"Dimmest case: T1 and an own layer together hold stereo {both['laminar']:.0f} percent of the way,"
        f" alone {best:.0f}",
        f"Share of the what-if glide in custody and in stereo, {p.launch_times} launch times; T1, T2:"
        " tranches of the US Tracking Layer",
        f"Noise {p.noise_w_m2:g} W/m², signal to noise {p.signal_to_noise:g}, {p.view} rule; stereo: lines of"
        f" sight that cross at {STEREO_DEG:g}° or more. T2's planes are assumed; the geostationary pair is"
        " given the same sensor.",
        "Range chart of custody and stereo custody for five layers between laminar and turbulent flow.",
        data,
        _credit(answer, PROGRAM, *constellations.sources()),
    )


@figures.house
def noise(answer: Answer) -> Picture:
    """Custody against the noise level."""
    p, data = answer.parameters, answer.tables["sweep"]
    fig, axes = figures.canvas(1, 2, sharey=True)
    looks = {
        "geostationary pair": ("ink", "D"),
        "Tracking Layer T1": ("vermilion", "s"),
        "Tracking Layer T1 + T2": ("orange", "v"),
        "own layer": ("blue", "o"),
        "T1 + own layer": ("green", "^"),
    }
    for ax, flow in zip(axes, FLOWS):
        for name, (colour, marker) in looks.items():
            line = data[(data["layer"] == name) & (data["flow"] == flow)]
            ax.plot(
                line["noise_w_m2"],
                line["custody_percent"],
                color=COLOURS[colour],
                marker=marker,
                label=STATES[name],
            )
        ax.axvline(p.noise_w_m2, color="#555b60", lw=1, ls=":")
        ax.set(
            xscale="log",
            xlabel="noise-equivalent irradiance (W/m²)",
            ylim=(-3, 104),
            xlim=(7e-14, 2e-8),
            xticks=[10.0**power for power in range(-13, -8)],
        )
        ax.set_title(f"{flow} flow")
    axes[0].set_ylabel("custody, percent of the glide")
    axes[0].legend(loc="upper right", borderaxespad=0.0, fontsize=10.5)
    whole = (
        data[(data["layer"] == "geostationary pair") & (data["custody_percent"] > 50)]
        .groupby("flow")["noise_w_m2"]
        .max()
    )
    tail = (
        f"; from geostationary orbit it takes {p.noise_w_m2 / whole.min():,.0f} times less than assumed"
        if len(whole) == 2 and whole.min() < p.noise_w_m2
        else ""
    )
    return Picture(
        fig,
        "noise",
        f"Custody hangs on noise{tail}",
        f"Mean custody against the sensor's noise level; dotted: the assumed {p.noise_w_m2:g} W/m²",
        "Half a decade between marks. The same sensor is given to all layers, so the difference is distance"
        " and number alone.",
        "Two panels, laminar and turbulent flow, of custody against noise for five layers; all fall with"
        " noise, the geostationary pair earliest.",
        data,
        _credit(answer, PROGRAM, *constellations.sources()),
    )


FIGURES = (path, light, detection_range, timeline, held, noise)
