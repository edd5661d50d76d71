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
from pydantic import model_validator

from spacesec import figures, maps, parameters, tables
from spacesec.astrodynamics import coverage, frames, orbits, search, theory, visibility
from spacesec.astrodynamics.earth import SPHERE, WGS84
from spacesec.errors import SpacesecError
from spacesec.figures import COLOURS, Picture
from spacesec.missile_warning.constellations import (
    DRAWS,
    GEO_SEATS_DEG,
    STEREO_DEG,
    losses,
    median_loss,
    sources,
    tracking_layer,
)
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = "How many satellites watch Japan's neighborhood, once or in stereo?"
BAND_DEG = (20.0, 50.0)  # latitudes of Japan and its neighborhood
REGION = (105.0, 155.0, 10.0, 55.0)
ALTITUDES_KM = (300.0, 500.0, 700.0, 1000.0, 1500.0, 2000.0)
METHOD = (
    "royal-aircraft-1977-continuous-whole-earth",
)  # what the pattern is; nothing else in such a figure is a datum
DIRECTOR = "defense-daily-2024-sda-expects-begin-get-data"
LAYERS = ("geostationary pair", "Tracking Layer", "own layer", "Tracking Layer + own", "all three")
STATES = {
    "geostationary pair": "geostationary pair, what-if",
    "Tracking Layer": "Tracking Layer, planned",
    "own layer": "own layer, what-if",
}


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
    sums = {"Tracking Layer + own": ("Tracking Layer", "own layer"), "all three": tuple(parts)}
    place, rows = frames.points(p.latitude_deg, p.longitude_deg, p.target_altitude_km), []
    for view in ("elevation", "limb"):
        sight = {name: (part, seen(part, p, view)) for name, part in parts.items()}
        for name in LAYERS:
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
    same = least[(least["altitude_km"] == 1000)].set_index(["view", "fold"])["satellites"]
    low = least[least["altitude_km"] == 300].set_index(["view", "fold"])
    model = f"WGS 84, mean rotation, secular J2, {chosen.words()}, target at {p.target_altitude_km:g} km"
    results = {
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
            f"fewest found at 1,000 km for unbroken cover of {BAND_DEG[0]:g} to {BAND_DEG[1]:g} degrees north"
            " (Walker delta)",
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
    }
    return Answer(
        _text(p, results, vary, extra),
        results,
        {
            "map": the_map,
            "profile": profile,
            "smallest": least,
            "losses": hit,
            "added": extra,
            "variations": vary,
            "constellations": tables.load("missile_warning/constellations"),
        },
        p,
    )


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


def _text(p: Parameters, results: dict[str, Result], vary: pd.DataFrame, extra: pd.DataFrame) -> str:
    value = {name: result.value for name, result in results.items()}
    views = vary[vary["varied"] == "view rule"].set_index("choice")
    phases = vary[vary["varied"] == "phasing"]["fold_2_percent"]
    lost = f" after the loss of {p.lost_satellites}" if p.lost_satellites else ""
    found = value["smallest_found"]
    return "\n\n".join(
        [
            (
                f"{p.satellites} satellites ({p.planes} planes, {p.pattern}, {p.altitude_km:,g} km,"
                f" {p.inclination_deg:g}°){lost} watch a target at {p.target_altitude_km:g} km over"
                f" {p.latitude_deg:g}° N, {p.longitude_deg:g}° E **{value['fold_1_percent']:.1f} percent** of"
                f" the time with one satellite and **{value['fold_2_percent']:.1f} percent** with two"
                f" ({rule(p, p.view).words()}); the longest gap is {value['longest_gap_minutes']:.0f}"
                " minutes."
            ),
            (
                f"The rule of seeing decides: two in view {views.loc['limb', 'fold_2_percent']:.0f} percent"
                f" of the time by the limb rule, {views.loc['elevation', 'fold_2_percent']:.0f} percent if"
                f" the satellite must stand {p.minimum_elevation_deg:g}° above the target's horizon. Phasing"
                f" alone moves it between {phases.min():.0f} and {phases.max():.0f} percent."
            ),
            (
                f"For unbroken cover of {BAND_DEG[0]:g} to {BAND_DEG[1]:g}° N from 1,000 km the search finds"
                f" {found.get('limb 1-fold', 'none')} satellites (two-fold"
                f" {found.get('limb 2-fold', 'none')}) by the limb rule and"
                f" {found.get('elevation 1-fold', 'none')} ({found.get('elevation 2-fold', 'none')}) by the"
                " elevation rule."
            ),
            (
                f"Joined to a Tracking Layer of {len(tracking_layer())} satellites, the layer raises the time"
                f" in stereo by {value['stereo_added_to_tracking_layer_points']:.0f} percentage points. This"
                " is geometry; a geostationary pair sees the place all the time and yet may not detect a dim"
                " target (`missile_warning/glide_tracking`)."
            ),
        ]
    )


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
    faa, place = (
        "federal-aviation-nd-launch-details-iridium",
        "text: 66 primary satellites in six groups of eleven",
    )
    number, planes, _ = theory.streets(iridium)
    wide = orbits.street_star(66, 6, 780, 86.4, 31.6, earth=MEAN_SPHERE)
    return [
        Check(
            "Iridium: satellites by streets of coverage from 780 km at 8.2 degrees",
            number,
            66,
            0,
            "satellites",
            faa,
            place,
        ),
        Check("Iridium: planes by streets of coverage", planes, 6, 0, "planes", faa, place),
        Check(
            "Iridium flown with its published plane spacing: time with one in view at 45 degrees north",
            share(wide, 45, 0, visibility.Rule(8.2), 1, MEAN_SPHERE),
            100,
            0,
            "percent",
            "profil-pelajar-nd-iridium-communication",
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


@figures.house
def watch_map(answer: Answer) -> Picture:
    """Where and how often two satellites watch, by either rule."""
    p, data = answer.parameters, answer.tables["map"]
    fig, axes = figures.canvas(1, 2, width=10, height=5.9)
    west, east, south, north = REGION
    inside = west < p.longitude_deg < east and south < p.latitude_deg < north
    for ax, view in zip(axes, ("limb", "elevation")):
        chart = maps.draw(ax, (west, east, south, north), land="outline", step_deg=10, outline=COLOURS["ink"])
        rows = data[data["view"] == view]
        latitudes, longitudes = np.unique(rows["latitude_deg"]), np.unique(rows["longitude_deg"])
        field = rows["fold_2_percent"].to_numpy().reshape(len(latitudes), -1)
        mesh = chart.heat(longitudes, latitudes, field, cmap="cividis", vmin=0, vmax=100)
        levels = [
            level for level in (10, 20, 30, 40, 50, 60, 70, 80, 90) if field.min() < level < field.max()
        ]
        if levels:
            chart.contour(longitudes, latitudes, field, levels, label="%g", colors="white")
        if inside:
            chart.points(
                [p.longitude_deg],
                [p.latitude_deg],
                s=110,
                marker="*",
                color=COLOURS["vermilion"],
                edgecolors="white",
            )
        ax.set_title(rule(p, view).words())
    fig.colorbar(mesh, ax=axes, fraction=0.035, pad=0.02, aspect=30).set_label(
        "percent of time with two or more in view"
    )
    share = (
        "all the time"
        if (worst := answer["band_worst_fold_2_percent"]) == 100
        else (
            "nearly all the time"
            if worst >= 99.5
            else (
                f"{worst:.0f} percent of the time or more"
                if worst >= 0.5
                else "hardly ever at the worst place"
            )
        )
    )
    return Picture(
        fig,
        "watch_map",
        f"By the {p.view} rule two of {p.satellites} satellites are in view {share} between"
        f" {BAND_DEG[0]:.0f}° and {BAND_DEG[1]:.0f}° north",
        f"{p.satellites} satellites, {p.planes} planes, {p.altitude_km:,g} km, {p.inclination_deg:g}°; target"
        f" at {p.target_altitude_km:g} km; {p.days:g} days{'; star: the place chosen' if inside else ''}",
        "Simulated share of time on a grid of 1.5 degrees; the star marks the place of the results. Model:"
        " WGS 84, mean rotation, secular"
        f" J2{'; ' + str(p.lost_satellites) + ' satellites lost' if p.lost_satellites else ''}.",
        "Two maps of East Asia and the western Pacific colored by the share of time with two satellites in"
        " view, by the limb and by the elevation rule; by the chosen rule the worst point of the band has"
        f" two in view {worst:.0f} percent of the time.",
        data,
        (maps.SOURCE, *METHOD),
    )


@figures.house
def latitudes(answer: Answer) -> Picture:
    """Availability by latitude under both rules."""
    p, data = answer.parameters, answer.tables["profile"]
    fig, axes = figures.canvas(1, 2, sharey=True)
    for ax, view in zip(axes, ("limb", "elevation")):
        ax.axvspan(*BAND_DEG, color="#f0f2f4", zorder=0)
        for fold, colour, marker in ((1, "blue", "o"), (2, "vermilion", "s"), (3, "green", "^")):
            line = data[(data["view"] == view) & (data["fold"] == fold)]
            ax.plot(
                line["latitude_deg"],
                line["percent"],
                color=COLOURS[colour],
                marker=marker,
                markevery=2,
                clip_on=False,
                label=f"{fold} or more in view",
            )
        ax.set(xlabel="latitude (degrees north)", ylim=(-3, 104), xlim=(0, 80))
        ax.set_title(rule(p, view).words())
    axes[0].set_ylabel("percent of time")
    axes[0].legend(
        loc="upper left",
        bbox_to_anchor=(-0.03, -0.13),
        ncols=3,
        columnspacing=1.0,
        handletextpad=0.4,
        handlelength=1.6,
    )
    both = (
        data[data["latitude_deg"].between(*BAND_DEG) & (data["fold"] == 2)].groupby("view")["percent"].mean()
    )
    return Picture(
        fig,
        "latitudes",
        f"Two in view over Japan's latitudes: {both['limb']:.0f} percent of the time by the limb rule,"
        f" {both['elevation']:.0f} by elevation",
        f"Share of time with one, two, three in view; {p.satellites} satellites at {p.altitude_km:,g} km,"
        f" {p.inclination_deg:g}°; gray: {BAND_DEG[0]:g} to {BAND_DEG[1]:g}° north",
        "The same constellation, mean over eight longitudes, under the two rules of seeing a target above the"
        " ground. The mean number in view of the latitude-density integral stands in the data.",
        "Two line charts of availability by latitude; between 20 and 50 degrees north two satellites are in"
        f" view {both['limb']:.0f} percent of the time by the limb rule and {both['elevation']:.0f} percent"
        " by the elevation rule.",
        data,
        METHOD,
    )


@figures.house
def smallest_patterns(answer: Answer) -> Picture:
    """Smallest pattern found and its bound, by altitude."""
    p, data = answer.parameters, answer.tables["smallest"]
    fig, axes = figures.canvas(1, 2, sharey=True)
    for ax, fold in zip(axes, (1, 2)):
        for view, colour, marker in (("elevation", "vermilion", "s"), ("limb", "blue", "o")):
            line = data[(data["view"] == view) & (data["fold"] == fold)]
            ax.plot(line["altitude_km"], line["satellites"], color=COLOURS[colour], marker=marker)
            ax.plot(line["altitude_km"], line["bound"], color=COLOURS[colour], ls=":", lw=1.3)
            ax.fill_between(
                line["altitude_km"],
                line["bound"],
                line["satellites"],
                color=COLOURS[colour],
                alpha=0.13,
                lw=0,
            )
            for _, row in line[
                line["altitude_km"].isin([300, 1000, 2000]) & line["satellites"].notna()
            ].iterrows():
                ax.annotate(
                    f"{row['satellites']:.0f}",
                    (row["altitude_km"], row["satellites"]),
                    xytext=(2, 6),
                    textcoords="offset points",
                    size=10.5,
                    color=COLOURS[colour],
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.4, "alpha": 0.8},
                )
        ax.set(xscale="log", yscale="log", xlabel="altitude of the orbits (km)", ylim=(5.5, 700))
        ax.set_xticks([300, 500, 1000, 2000], ["300", "500", "1,000", "2,000"])
        ax.set_yticks([10, 20, 50, 100, 200, 500], ["10", "20", "50", "100", "200", "500"])
        ax.minorticks_off()
        ax.set_title("one in view, always" if fold == 1 else "two in view, always")
    axes[0].set_ylabel("satellites (log scale)")
    for view, colour, marker in (("elevation", "vermilion", "s"), ("limb", "blue", "o")):
        axes[1].plot(
            [], [], color=COLOURS[colour], marker=marker, label=f"smallest found: {rule(p, view).words()}"
        )
    axes[1].plot([], [], color="#555b60", ls=":", lw=1.3, label="bound: no circular orbits do with fewer")
    axes[1].legend(loc="upper right", borderaxespad=0.1)
    found = answer["smallest_found"]
    ratio = found.get("elevation 1-fold", np.nan) / found.get("limb 1-fold", np.nan)
    return Picture(
        fig,
        "smallest_patterns",
        f"From 1,000 km the elevation rule asks for {ratio:.1f} times the satellites of the limb rule",
        f"Satellites for unbroken cover of {BAND_DEG[0]:g} to {BAND_DEG[1]:g} degrees north, target at"
        f" {p.target_altitude_km:g} km: found by search, and a bound below which none exists",
        "Search over all divisions into planes (up to 24), all phasings and inclinations of 35 to 60 degrees"
        " in steps of 5, tested on a grid of 1.25 degrees and 24 phases; sphere of 6,378.137 km. The bound is"
        " a linear program over mixtures of inclinations.",
        "Log-log lines of satellites against altitude for the two rules, single and double cover, each with a"
        " dotted bound below; numbers fall with altitude.",
        data,
        METHOD,
    )


@figures.house
def loss(answer: Answer) -> Picture:
    """What losses do to two-fold and one-fold cover at the place."""
    p, data = answer.parameters, answer.tables["losses"]
    fig, ax = figures.canvas()
    order = (
        [("none", 0)]
        + [
            (kind, n)
            for n in sorted(data[data["loss"] == "random"]["lost"].unique())
            for kind in ("random", "worst found")
        ]
        + [("one plane", int(data[data["loss"] == "one plane"]["lost"].iloc[0]))]
    )
    marks = {"none": "o", "random": "o", "worst found": "v", "one plane": "s"}
    for fold, colour, shift in ((1, "blue", -0.13), (2, "vermilion", 0.13)):
        for place, (kind, number) in enumerate(order):
            row = data[(data["fold"] == fold) & (data["loss"] == kind) & (data["lost"] == number)].iloc[0]
            ax.plot(
                [row["low"], row["high"]],
                [place + shift] * 2,
                color=COLOURS[colour],
                lw=5,
                alpha=0.35,
                solid_capstyle="butt",
            )
            ax.plot(
                row["median"],
                place + shift,
                color=COLOURS[colour],
                marker=marks[kind],
                ms=8,
                mfc="white" if kind == "worst found" else COLOURS[colour],
                mew=1.6,
                clip_on=False,
            )
            if fold == 2 or row["median"] < 99.95:
                near = row["low"] < 12
                ax.annotate(
                    f"{row['median']:.1f}",
                    (row["high" if near else "low"], place + shift),
                    xytext=(9 if near else -9, 0),
                    textcoords="offset points",
                    ha="left" if near else "right",
                    va="center",
                    size=10.5,
                    color=COLOURS[colour],
                )
    names = {
        "none": "whole",
        "random": "{} lost at random",
        "worst found": "{} lost, worst found",
        "one plane": "one plane lost ({})",
    }
    ax.set_yticks(range(len(order)), [names[kind].format(n) for kind, n in order])
    ax.invert_yaxis()
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    low = data["low"].min()
    ax.set(xlabel="percent of time", xlim=(max(0, low - 6), 101.5))
    ax.plot([], [], color=COLOURS["blue"], marker="o", label="one or more in view")
    ax.plot([], [], color=COLOURS["vermilion"], marker="o", label="two or more in view")
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.13), ncols=2)
    two = answer["median_after_two_lost_percent"]
    title = (
        "Losses at the place"
        if two is None
        else f"Two satellites lost at random leave two in view {two:.0f} percent of the time"
    )
    return Picture(
        fig,
        "loss",
        title,
        f"{p.satellites} satellites before the loss, no repositioning; place {p.latitude_deg:g}° N,"
        f" {p.longitude_deg:g}° E; {rule(p, p.view).words()}; bars: least to most",
        f"Bars: lowest to highest of {DRAWS} random draws, or of all planes; marks: median. Worst found:"
        " satellites removed one after the other, each time the most harmful one.",
        "Dot and range chart of the share of time with one and two satellites in view after no loss, random"
        " losses, a greedy worst case and the loss of a plane.",
        data,
        METHOD,
    )


@figures.house
def layers(answer: Answer) -> Picture:
    """What an own layer adds."""
    p, data = answer.parameters, answer.tables["added"]
    fig, axes = figures.canvas(1, 2, sharey=True)
    for ax, view in zip(axes, ("limb", "elevation")):
        rows = data[data["view"] == view].set_index("layer").loc[list(LAYERS)]
        for place, (_, row) in enumerate(rows.iterrows()):
            ax.barh(place, row["stereo_percent"], 0.55, color=COLOURS["blue"])
            ax.barh(
                place,
                row["fold_2_percent"] - row["stereo_percent"],
                0.55,
                left=row["stereo_percent"],
                facecolor="white",
                edgecolor=COLOURS["blue"],
                hatch="////",
                linewidth=0.8,
            )
            ax.plot(
                row["fold_1_percent"], place, marker="|", ms=22, mew=2.4, color=COLOURS["vermilion"], ls=""
            )
            ax.text(
                2,
                place,
                f"{row['stereo_percent']:.0f}",
                color="white" if row["stereo_percent"] > 8 else COLOURS["ink"],
                va="center",
                size=11,
            )
        ax.set_yticks(
            range(len(LAYERS)),
            [f"{STATES.get(name, name)} ({int(rows.loc[name, 'satellites'])})" for name in LAYERS],
        )
        ax.set(xlabel="percent of time", xlim=(0, 102))
        ax.set_title(rule(p, view).words())
        ax.grid(axis="x")
        ax.grid(axis="y", visible=False)
    axes[0].invert_yaxis()
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    keys = [
        Patch(color=COLOURS["blue"], label=f"two, crossing at {STEREO_DEG:g}° or more (stereo)"),
        Patch(facecolor="white", edgecolor=COLOURS["blue"], hatch="////", label="two, crossing flatter"),
        Line2D([], [], ls="", marker="|", ms=14, mew=2.4, color=COLOURS["vermilion"], label="one or more"),
    ]
    axes[0].legend(handles=keys, loc="upper left", bbox_to_anchor=(-0.7, -0.16), ncols=3)
    gain = answer["stereo_added_to_tracking_layer_points"]
    return Picture(
        fig,
        "layers",
        f"Joined to the Tracking Layer, the own layer raises stereo by {gain:.0f} points by the {p.view}"
        " rule",
        f"Share of time at {p.latitude_deg:g}° N, {p.longitude_deg:g}° E, target at {p.target_altitude_km:g}"
        " km; number of satellites in brackets",
        "Geometry only. Tracking Layer: Tranche 1 as published, at Tranche 0's inclination, planned."
        f" Geostationary pair: what-if seats at {GEO_SEATS_DEG[0]:g}° and {GEO_SEATS_DEG[1]:g}° east, since"
        " the owner publishes no longitudes; it is always in view, but far away.",
        "Horizontal bars of the share of time in stereo and with one or two satellites in view for five sums"
        " of layers under two rules of seeing.",
        data,
        sources(),
    )


@figures.house
def what_changes(answer: Answer) -> Picture:
    """One change at a time."""
    p, data = answer.parameters, answer.tables["variations"]
    fig, ax = figures.canvas(height=max(5.6, 0.27 * len(data) + 1.9))
    place, ticks, names = 0.0, [], []
    for kind, rows in data.groupby("varied", sort=False):
        for _, row in rows.iterrows():
            ax.plot(
                [row["fold_2_percent"], row["fold_1_percent"]],
                [place, place],
                color=COLOURS["pale"],
                lw=3,
                zorder=1,
            )
            ax.plot(
                row["fold_1_percent"], place, marker="o", color=COLOURS["blue"], mfc="white", mew=1.6, ms=11
            )
            ax.plot(row["fold_2_percent"], place, marker="s", color=COLOURS["vermilion"], ms=7)
            ticks.append(place)
            names.append(f"{kind}: {row['choice']}" + (" (chosen)" if row["chosen"] else ""))
            place += 1
        place += 0.6
    ax.set_yticks(ticks, names, size=10.5)
    ax.set_ylim(place - 0.4, -0.8)
    ax.set(
        xlabel="percent of time",
        xlim=(min(0.0 if data["fold_2_percent"].min() < 30 else data["fold_2_percent"].min() - 8, 92), 102),
    )
    ax.grid(axis="x")
    ax.grid(axis="y", visible=False)
    ax.plot(
        [],
        [],
        marker="o",
        color=COLOURS["blue"],
        mfc="white",
        mew=1.6,
        ms=11,
        ls="",
        label="one or more in view",
    )
    ax.plot([], [], marker="s", color=COLOURS["vermilion"], ls="", label="two or more in view")
    ax.legend(loc="upper left", bbox_to_anchor=(0, -0.09), ncols=2)
    spread = data.groupby("varied")["fold_2_percent"].agg(np.ptp).drop("model")
    model = np.ptp(data[data["varied"] == "model"]["fold_2_percent"])
    return Picture(
        fig,
        "what_changes",
        f"The {spread.idxmax()} moves two-fold cover by up to {spread.max():.0f} points, the Earth model by"
        f" {model:.1f}",
        f"One change at a time at {p.latitude_deg:g}° N, {p.longitude_deg:g}° E, {p.satellites} satellites;"
        " F: how far the satellites of adjacent planes are shifted",
        "Each row changes one choice and keeps the others as chosen.",
        "Dot chart of the share of time with one and two in view under other view rules, phasings,"
        " inclinations and Earth models.",
        data,
        METHOD,
    )


FIGURES = (watch_map, latitudes, smallest_patterns, loss, layers, what_changes)
