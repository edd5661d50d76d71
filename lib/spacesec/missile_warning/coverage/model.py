"""How many satellites watch Japan's neighborhood, once or in stereo?

Orbits are circular; the Earth is the WGS 84 ellipsoid turning at its mean rate; the node drifts with J2. A
satellite sees a target by one
of two rules: a least elevation above the target's horizon, or a line of sight that stays above a tangent
altitude (the limb rule).
Seeing is geometry: what a sensor detects at that distance is the question of
``missile_warning/glide_tracking``.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics import coverage, frames, orbits, search, theory, visibility
from spacesec.astrodynamics.earth import SPHERE, WGS84
from spacesec.data import tables
from spacesec.errors import SpacesecError
from spacesec.importing import real_layers
from spacesec.missile_warning import constellations
from spacesec.missile_warning.constellations import (
    GEO_SEATS_DEG,
    STEREO_DEG,
    losses,
    median_loss,
    tracking_layer,
)
from spacesec.parameters import value

BAND_DEG = (20.0, 50.0)  # latitudes of Japan and its neighborhood


REGION = (105.0, 155.0, 10.0, 55.0)


TOLD_KM = 1000.0  # the altitude whose smallest patterns are told
ALTITUDES_KM = (300.0, 500.0, 700.0, 1000.0, 1500.0, 2000.0)


# Who states what the checks reproduce.
DIRECTOR = "defense-daily-2024-sda-expects-begin-get-data"
AVIATION = "federal-aviation-nd-launch-details-iridium"
PLANES = "profil-pelajar-nd-iridium-communication"


LAYERS = ("geostationary pair", "Tracking Layer", "own layer", "Tracking Layer + own", "all three")


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    satellites: int = value(24, "satellites of the layer", unit="satellites", ge=1, le=400)
    planes: int = value(8, "orbital planes they stand in, evenly filled", unit="planes", ge=1, le=60)
    phasing: int = value(
        2,
        "Walker's phasing: neighbors in adjacent planes are shifted by 360 x phasing / satellites degrees",
        ge=0,
        le=59,
    )
    pattern: Literal["delta", "star"] = value(
        "delta", "planes spread over 360 degrees (delta) or 180 degrees (star)"
    )
    altitude_km: float = value(1000.0, "height of the circular orbits", unit="km", ge=200, le=36000)
    inclination_deg: float = value(50.0, "inclination of the orbits", unit="degrees", ge=0, le=180)
    view: Literal["elevation", "limb"] = value(
        "limb", "rule of seeing: least elevation at the target, or line of sight above the tangent altitude"
    )
    minimum_elevation_deg: float = value(
        5.0,
        "least elevation of the satellite above the target's horizon (view elevation)",
        unit="degrees",
        ge=0,
        lt=90,
    )
    tangent_altitude_km: float = value(
        20.0, "lowest height the line of sight may pass (view limb)", unit="km", ge=0, le=200
    )
    target_altitude_km: float = value(50.0, "height of the target", unit="km", ge=0, le=200)
    latitude_deg: float = value(39.0, "latitude of the place", unit="degrees north", ge=-90, le=90)
    longitude_deg: float = value(126.0, "longitude of the place", unit="degrees east", ge=-180, le=180)
    days: float = value(3.0, "length of the simulation", unit="days", gt=0, le=30)
    step_s: float = value(60.0, "time step", unit="s", ge=5, le=600)
    lost_satellites: int = value(
        0,
        "satellites lost at random (the draw of median availability is taken)",
        unit="satellites",
        ge=0,
        le=399,
    )

    elements_file: str | None = value(
        None,
        "element sets of your own (TLE or OMM) of one real layer, flown beside the patterns; null: none",
    )

    @field_validator("elements_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return real_layers.usable(given)

    @model_validator(mode="after")
    def _possible(self):
        try:
            layer(self)
            rule(self, self.view).check_targets(self.target_altitude_km)
        except SpacesecError as error:
            raise ValueError(str(error)) from None
        if self.view == "limb" and self.target_altitude_km >= self.altitude_km:
            raise ValueError(
                f"target_altitude_km = {self.target_altitude_km:g} must lie below altitude_km ="
                f" {self.altitude_km:g}."
            )
        if self.lost_satellites >= self.satellites:
            raise ValueError(
                f"lost_satellites = {self.lost_satellites} is not possible: at least one of {self.satellites}"
                " satellites must be left."
            )
        steps = self.days * 86400 / self.step_s
        if not 2 <= steps <= 50_000:
            raise ValueError(
                f"days = {self.days:g} and step_s = {self.step_s:g} make {steps:,.0f} steps; between 2 and"
                " 50,000 are possible."
            )
        real_layers.check_span(self.elements_file, self.days)
        return self


def layer(p: Parameters, **changes) -> orbits.Constellation:
    """The constellation of the parameters, with some of them changed."""
    values = {
        name: changes.get(name, getattr(p, name))
        for name in ("satellites", "planes", "phasing", "altitude_km", "inclination_deg")
    }
    make = orbits.walker_delta if changes.get("pattern", p.pattern) == "delta" else orbits.walker_star
    return make(
        values["satellites"],
        values["planes"],
        values["phasing"],
        values["altitude_km"],
        values["inclination_deg"],
    )


def rule(p: Parameters, view: str) -> visibility.Rule:
    """The rule of a view; where the limb rule is only shown beside the chosen one, its tangent is lowered to
    the target where need be.
    """
    if view == "elevation":
        return visibility.Rule(p.minimum_elevation_deg)
    return visibility.Rule(
        None, p.tangent_altitude_km if p.view == "limb" else min(p.tangent_altitude_km, p.target_altitude_km)
    )


def fly(constellation: orbits.Constellation, p: Parameters, earth=WGS84, j2: bool = True) -> np.ndarray:
    return orbits.track(constellation, earth, j2)(_times(p))


def seen(positions: np.ndarray, p: Parameters, view: str, earth=WGS84) -> np.ndarray:
    """Who of satellites at these positions (N, T, 3) sees the place (N, T)."""
    place = frames.points(p.latitude_deg, p.longitude_deg, p.target_altitude_km, earth)
    return visibility.sees(positions, place.position_km[0], place.up[0], rule(p, view), earth)


def _times(p: Parameters) -> np.ndarray:
    return np.arange(0, p.days * 86400, p.step_s)


def added(p: Parameters, own: np.ndarray) -> pd.DataFrame:
    """What each layer and each sum of layers gives at the place: one in view, two, and two whose lines cross
    at STEREO_DEG or more.
    """
    parts = {
        "geostationary pair": fly(orbits.geostationary(GEO_SEATS_DEG), p, j2=False),
        "Tracking Layer": fly(tracking_layer(), p),
        "own layer": own,
    }
    if p.elements_file:
        parts[real_layers.LAYER] = real_layers.track(p.elements_file)(_times(p))
    sums = {"Tracking Layer + own": ("Tracking Layer", "own layer"), "all three": tuple(parts)[:3]}
    place, rows = frames.points(p.latitude_deg, p.longitude_deg, p.target_altitude_km), []
    for view in ("elevation", "limb"):
        sight = {name: (part, seen(part, p, view)) for name, part in parts.items()}
        for name in (*LAYERS, *tuple(parts)[3:]):
            members = sums.get(name, (name,))
            positions, visible = (np.concatenate([sight[m][k] for m in members]) for k in (0, 1))
            count = visible.sum(axis=0)
            stereo = visibility.best_crossing_deg(positions, visible, place.position_km[0]) >= STEREO_DEG
            rows.append(
                {
                    "view": view,
                    "layer": name,
                    "satellites": len(visible),
                    "fold_1_percent": 100 * (count >= 1).mean(),
                    "fold_2_percent": 100 * (count >= 2).mean(),
                    "stereo_percent": 100 * stereo.mean(),
                    "mean_in_view": count.mean(),
                }
            )
    return pd.DataFrame(rows)


def smallest(p: Parameters) -> pd.DataFrame:
    """Smallest Walker delta found for the band, by altitude, rule and fold, with the fewest any mixture of
    circular orbits needs.
    """
    rows = []
    for altitude in ALTITUDES_KM:
        for view in ("elevation", "limb"):
            angle = float(visibility.central_angle_deg(rule(p, view), altitude, p.target_altitude_km, SPHERE))
            for fold in (1, 2):
                asked = {"altitude_km": altitude, "view": view, "fold": fold, "central_angle_deg": angle}
                try:
                    rows.append(
                        asked
                        | vars(
                            search.smallest(
                                angle, BAND_DEG, fold, inclinations_deg=tuple(range(35, 61, 5)), most=400
                            )
                        )
                    )
                except SpacesecError:
                    rows.append(asked | {"bound": search.least(angle, BAND_DEG, fold)})
    return pd.DataFrame(rows)


def variations(p: Parameters, own: np.ndarray) -> pd.DataFrame:
    """The same place under other rules, phasings, tilts and models, one change at a time; ``own``: where the
    layer's satellites are.
    """
    rows = []

    def add(kind, label, positions, view=p.view, earth=WGS84, chosen=False, of=p):
        count = seen(positions, of, view, earth).sum(axis=0)
        rows.append(
            {
                "varied": kind,
                "choice": label,
                "chosen": chosen,
                "fold_1_percent": 100 * (count >= 1).mean(),
                "fold_2_percent": 100 * (count >= 2).mean(),
                "mean_in_view": count.mean(),
            }
        )

    for view in ("limb", "elevation"):
        add("view rule", view, own, view, chosen=view == p.view)
    if p.view == "elevation":
        for elevation in sorted({5.0, 10.0, 20.0, p.minimum_elevation_deg}):
            add(
                "least elevation",
                f"{elevation:g}°",
                own,
                chosen=elevation == p.minimum_elevation_deg,
                of=p.model_copy(update={"minimum_elevation_deg": elevation}),
            )
    for phasing in range(min(p.planes, 12)):
        add("phasing", f"F = {phasing}", fly(layer(p, phasing=phasing), p), chosen=phasing == p.phasing)
    for tilt in sorted({40.0, 50.0, 60.0, 80.0, p.inclination_deg}):
        add(
            "inclination",
            f"{tilt:g}°",
            fly(layer(p, inclination_deg=tilt), p),
            chosen=tilt == p.inclination_deg,
        )
    add("model", "WGS 84, J2", own, chosen=True)
    add("model", "WGS 84, Kepler", fly(layer(p), p, j2=False))
    add("model", "sphere, J2", fly(layer(p), p, SPHERE), earth=SPHERE)
    return pd.DataFrame(rows)


def answer(parameters: Parameters) -> Answer:
    """Availability at the place, the map, the profile by latitude, the smallest patterns, losses and what an
    own layer adds.
    """
    p = parameters
    own = layer(p)
    positions = fly(own, p)
    view = seen(positions, p, p.view)
    left = median_loss(view, p.lost_satellites)
    count = view[left].sum(axis=0)
    flown, chosen = own.keep(left), rule(p, p.view)
    gaps = coverage.gaps(count[:, None], p.step_s)
    west, east, south, north = REGION
    points = frames.grid(
        np.arange(south, north + 1, 1.5), np.arange(west, east + 1, 1.5), p.target_altitude_km
    )
    the_map = pd.concat([_field(p, flown, points, name) for name in ("limb", "elevation")], ignore_index=True)
    profile = by_latitude(p, flown)
    least, hit = smallest(p), losses(view, own.plane, tuple(k for k in (1, 2, 4) if k < p.satellites))
    extra, vary = added(p, positions[left]), variations(p, positions)
    band = the_map[the_map["latitude_deg"].between(*BAND_DEG) & (the_map["view"] == p.view)]
    same = least[(least["altitude_km"] == TOLD_KM)].set_index(["view", "fold"])["satellites"]
    low = least[least["altitude_km"] == 300].set_index(["view", "fold"])
    model = f"WGS 84, mean rotation, secular J2, {chosen.words()}, target at {p.target_altitude_km:g} km"
    views = vary[vary["varied"] == "view rule"].set_index("choice")["fold_2_percent"]
    phases = vary[vary["varied"] == "phasing"]["fold_2_percent"]
    results = {
        "band_deg": Result(list(BAND_DEG), "degrees north", "latitudes of Japan and its neighborhood"),
        "fold_2_percent_by_view": Result(
            {view: float(views[view]) for view in ("limb", "elevation")},
            "percent of time",
            "two satellites or more see the place by either rule of seeing, the layer whole",
        ),
        "fold_2_percent_over_phasings": Result(
            [float(phases.min()), float(phases.max())],
            "percent of time",
            "least and most time with two or more over the phasings tried, the layer whole",
        ),
        "smallest_altitude_km": Result(TOLD_KM, "km", "altitude that the smallest patterns are told for"),
        "tracking_layer_satellites": Result(len(tracking_layer()), "satellites", "modeled Tracking Layer"),
        "loss_draws": Result(constellations.DRAWS, "draws", "random draws of losses"),
        "basis": Result(
            constellations.basis().plain(),
            "statements",
            "statements that the Tracking Layer is modeled from, among those on record, and the newest"
            " one's day",
        ),
        "fold_1_percent": Result(
            100 * (count >= 1).mean(), "percent of time", f"one satellite or more sees the place ({model})"
        ),
        "fold_2_percent": Result(
            100 * (count >= 2).mean(), "percent of time", "two satellites or more see the place"
        ),
        "mean_in_view": Result(count.mean(), "satellites", "mean number that sees the place"),
        "longest_gap_minutes": Result(
            gaps.length_s.max(initial=0) / 60, "minutes", "longest time that none sees the place"
        ),
        "band_worst_fold_2_percent": Result(
            band["fold_2_percent"].min(),
            "percent of time",
            f"two or more, at the worst point of the map between {BAND_DEG[0]:g} and {BAND_DEG[1]:g} degrees"
            " north",
        ),
        "smallest_found": Result(
            {f"{v} {f}-fold": int(n) for (v, f), n in same.items() if pd.notna(n)},
            "satellites",
            f"fewest found at {TOLD_KM:,.0f} km for unbroken cover of {BAND_DEG[0]:g} to {BAND_DEG[1]:g}"
            " degrees north (Walker delta)",
            ("C2-007",),
        ),
        "smallest_at_300_km": Result(
            {
                f"{v} {f}-fold": {
                    "bound": int(r["bound"]),
                    "found": None if pd.isna(r["satellites"]) else int(r["satellites"]),
                }
                for (v, f), r in low.iterrows()
            },
            "satellites",
            "fewest at 300 km: what no mixture of circular orbits can beat, and found (null: none up to 400)",
            ("C3-067",),
        ),
        "stereo_percent": Result(
            extra.set_index(["view", "layer"]).loc[(p.view, "own layer"), "stereo_percent"],
            "percent of time",
            f"two see the place with lines of sight that cross at {STEREO_DEG:g} degrees or more",
        ),
        "stereo_added_to_tracking_layer_points": Result(
            _gain(extra, p.view),
            "percentage points",
            "rise of stereo at the place when the own layer joins the Tracking Layer",
            ("C2-011",),
        ),
        "median_after_two_lost_percent": Result(
            next(iter(hit.query("loss == 'random' and lost == 2 and fold == 2")["median"]), None),
            "percent of time",
            "two or more in view after two satellites lost at random, median draw",
            ("C2-011",),
        ),
        **_file(p, extra),
    }
    return Answer(
        results,
        {
            "map": the_map,
            "profile": profile,
            "smallest": least,
            "losses": hit,
            "added": extra,
            "variations": vary,
            "constellations": tables.load(constellations.TABLE),
        },
        p,
    )


def _file(p: Parameters, extra: pd.DataFrame) -> dict[str, Result]:
    if p.elements_file is None:
        return {}
    rows = extra[extra["layer"] == real_layers.LAYER].set_index("view")
    return {
        **real_layers.results(p.elements_file),
        "file_fold_2_percent": Result(
            rows.loc[p.view, "fold_2_percent"], "percent of time", "two satellites of the file see the place"
        ),
        "file_stereo_percent": Result(
            rows.loc[p.view, "stereo_percent"], "percent of time", "two of the file see the place in stereo"
        ),
    }


def _field(p: Parameters, flown: orbits.Constellation, points: frames.Points, view: str) -> pd.DataFrame:
    count = coverage.count_in_view(orbits.track(flown), _times(p), points, rule(p, view))
    return pd.DataFrame(
        {
            "view": view,
            "latitude_deg": points.latitude_deg,
            "longitude_deg": points.longitude_deg,
            "fold_1_percent": 100 * coverage.availability(count),
            "fold_2_percent": 100 * coverage.availability(count, 2),
            "mean_in_view": coverage.mean_in_view(count),
        }
    )


def _gain(extra: pd.DataFrame, view: str) -> float:
    stereo = extra.set_index(["view", "layer"])["stereo_percent"]
    return stereo[(view, "Tracking Layer + own")] - stereo[(view, "Tracking Layer")]


def by_latitude(p: Parameters, flown: orbits.Constellation) -> pd.DataFrame:
    """Availability by latitude and rule, mean over eight longitudes, and the mean number of the
    latitude-density integral beside it.
    """
    latitudes, rows = np.arange(0.0, 81.0, 4.0), []
    points = frames.grid(latitudes, np.arange(0, 360, 45.0), p.target_altitude_km)
    for view in ("elevation", "limb"):
        field = coverage.count_in_view(orbits.track(flown), _times(p), points, rule(p, view))
        angle = float(
            visibility.central_angle_deg(rule(p, view), p.altitude_km, p.target_altitude_km, SPHERE)
        )
        closed = theory.mean_in_view(len(flown), angle, p.inclination_deg, latitudes)
        for fold in (1, 2, 3):
            share = 100 * coverage.availability(field, fold).reshape(len(latitudes), -1).mean(axis=1)
            rows.append(
                pd.DataFrame(
                    {
                        "view": view,
                        "fold": fold,
                        "latitude_deg": latitudes,
                        "percent": share,
                        "mean_in_view": coverage.mean_in_view(field).reshape(len(latitudes), -1).mean(axis=1),
                        "mean_in_view_integral": closed,
                    }
                )
            )
    return pd.concat(rows, ignore_index=True)


def checks(answer: Answer) -> list[Check]:
    """Iridium, the first tranches' geometry and published coverage statements reproduced, whatever the
    parameters.
    """
    from spacesec.astrodynamics.earth import MEAN_SPHERE

    three_days = np.arange(0, 3 * 86400, 30.0)

    def share(constellation, latitude, longitude, how, fold, earth=SPHERE, altitude=0.0):
        return 100 * float(
            coverage.availability(
                coverage.count_in_view(
                    orbits.track(constellation, earth, j2=False),
                    three_days,
                    frames.points(latitude, longitude, altitude, earth),
                    how,
                    earth,
                ),
                fold,
            )[0]
        )

    angle = float(visibility.central_angle_deg(visibility.Rule(5.0), 1000, earth=MEAN_SPHERE))
    fifteen = float(visibility.central_angle_deg(visibility.Rule(15.0), 1000, earth=MEAN_SPHERE))
    iridium = float(visibility.central_angle_deg(visibility.Rule(8.2), 780, earth=MEAN_SPHERE))
    place = "text: 66 primary satellites in six groups of eleven"
    number, planes, _ = theory.streets(iridium)
    wide = orbits.street_star(66, 6, 780, 86.4, 31.6, earth=MEAN_SPHERE)
    return [
        Check(
            "Iridium: satellites by streets of coverage from 780 km at 8.2 degrees",
            number,
            66,
            0,
            "satellites",
            AVIATION,
            place,
        ),
        Check("Iridium: planes by streets of coverage", planes, 6, 0, "planes", AVIATION, place),
        Check(
            "Iridium flown with its published plane spacing: time with one in view at 45 degrees north",
            share(wide, 45, 0, visibility.Rule(8.2), 1, MEAN_SPHERE),
            100,
            0,
            "percent",
            PLANES,
            "first paragraph: planes 31.6 degrees apart, 86.4 degrees, 780 km",
        ),
        Check(
            "Satellites for the whole Earth from 1,000 km at 5 degrees by streets of coverage, against the"
            " director's number",
            theory.streets(angle)[0],
            40,
            5,
            "satellites",
            DIRECTOR,
            "statement of the SDA director",
        ),
        Check(
            "Share of the Earth that four satellites see from 1,000 km at 15 degrees",
            400 * theory.cap_share(fifteen),
            10,
            0.5,
            "percent",
            DIRECTOR,
            "statement of the SDA director on four satellites",
        ),
    ]
