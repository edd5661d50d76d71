"""How long does debris of the destructive tests stay, what of it crosses the heights where Japan flies, and
who watches the belt near 135° E?
"""

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.errors import DataError, ParameterError
from spacesec.importing import orbits as element_files
from spacesec.importing import own
from spacesec.parameters import value
from spacesec.space_systems import COMMERCIAL_RADAR
from spacesec.space_systems.situational_awareness import debris
from spacesec.space_systems.snapshots import middle, newest_whole

FAMILIES = {
    "fengyun-1c": "FENGYUN 1C",
    "cosmos-2251": "Cosmos 2251",
    "iridium-33": "Iridium 33",
    "cosmos-1408": "Cosmos 1408",
    "microsat-r": "Microsat-R",
    "usa-193": "USA-193",
}


LOW_PROGRAMMES = ("IGS", "ALOS", *COMMERCIAL_RADAR)  # drawn beside the fragments


COLLISION = ("cosmos-2251", "iridium-33")  # two families of one event
COLLISION_EVENT = "cosmos-iridium"


# Rows that results and claims speak of one by one.
SYSTEM, SATELLITE, HOSTED = "commitment-ssa-system", "commitment-sda-satellite", "commitment-qzss-payloads"


NORMS = {
    "event-134-japan-welcomes-us-halt-destructive": "Japan welcomes\nthe US halt",
    "event-135-japan-renounces-destructive-anti": "Japan renounces\nsuch tests",
    "event-136-un-assembly-calls-halt-destructive": "UN Assembly calls\nfor a halt",
}


EVENT = pd.Timestamp("2007-01-11")


TARGET_KM = 852.5  # mean of 843 and 862 km


SEED = 20070111


SUN_KM = 800  # height of the yearly densities, the nearest to where the pieces were set free


SPREAD_FACTOR = (
    2.5  # one standard deviation of area to mass, as a factor: pieces differ by two orders of magnitude
)


FOCUS_DEG = 135.0


STEP_DEG = 0.05


WINDOW = np.arange(
    40.0, 240.0, STEP_DEG
)  # from the western Indian Ocean to Hawaii: the stretch that the claim is about


US, PARTNERS = "US telescopes", "all partners"  # steps of the network, by name


# Heights of the set of crossing fragments that the table counts, km: where most imaging satellites fly.
BAND_KM = (480, 630)


GAP_ELEVATIONS = (5, 10, 15, 20, 25, 30)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    satellite: str = value(
        "IGS Optical-6",
        "Japanese satellite in low orbit whose exposure is computed",
        known=lambda: low_satellites()["name"],
    )
    area_m2: float = value(20.0, "its area as the debris sees it (assumed)", unit="m2", gt=0, le=500)
    years: float = value(5.0, "years of exposure", unit="years", gt=0, le=30)
    relative_speed_km_s: float = value(
        10.0, "speed at which fragments meet it (assumed the same for all)", unit="km/s", ge=1, le=15.5
    )
    area_to_mass_m2_kg: float = value(
        0.07, "median area to mass of fragments in the decay model", unit="m2/kg", ge=0.005, le=2
    )
    solar_factor: float = value(
        2.0,
        "factor by which solar activity may raise or lower the mean density over the years",
        unit="times",
        ge=1,
        le=10,
    )
    minimum_elevation_deg: float = value(
        20.0,
        "least height over the horizon at which a ground sensor watches the belt",
        unit="degrees",
        ge=0,
        le=60,
    )
    without: list[str] = value(
        [], "sensors taken away, by their short names", known=lambda: belt_sensors()["sensor_id"]
    )

    elements_file: str | None = value(
        None,
        "element sets of your own (TLE or OMM), for the heights of the Japanese satellites in them; null:"
        " those of the table",
    )

    @field_validator("elements_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return own.usable("elements_file", given)

    @model_validator(mode="after")
    def _exist(self):
        names = list(low_satellites()["name"])
        if self.satellite not in names:
            raise ValueError(
                f"satellite = {self.satellite!r} is not a Japanese satellite in low orbit of this collection:"
                f" it holds {', '.join(names)}."
            )
        known = list(belt_sensors()["sensor_id"])
        for name in self.without:
            if name not in known:
                raise ValueError(
                    f"without names {name!r}, which is no sensor that watches the belt: they are"
                    f" {', '.join(known)}."
                )
        if len(set(self.without)) >= len(known):
            raise ValueError(
                f"without takes away all {len(known)} sensors that watch the belt: keep at least one."
            )
        return self


def low_satellites(elements_file: str | None = None) -> pd.DataFrame:
    """Japanese satellites in low orbit, flying or unsettled, with the heights last read; where a file of the
    reader's own has a set, with those.
    """
    low = _low()
    if elements_file:
        low = _with_heights(low, elements_file)
    return low[
        ["name", "programme", "function", "state", "perigee_km", "apogee_km", "orbit_epoch", "source_id"]
    ].reset_index(drop=True)


def _low() -> pd.DataFrame:
    table = tables.load("space_systems/satellites")
    return table[table["state"].isin(["flying", "unknown"]) & (table["apogee_km"] < 2000)]


def _with_heights(low: pd.DataFrame, elements_file: str) -> pd.DataFrame:
    sets = of_file(low, elements_file).set_index("norad_id")
    if sets.empty:
        raise ParameterError(
            f"elements_file = {elements_file!r} is not possible: it has no set of a Japanese satellite in low"
            " orbit; name one with their catalog numbers."
        )
    known = low["norad_id"].isin(sets.index)
    low = low.copy()
    for column in ("perigee_km", "apogee_km"):
        low.loc[known, column] = low.loc[known, "norad_id"].map(sets[column]).astype(float)
    low.loc[known, "orbit_epoch"] = low.loc[known, "norad_id"].map(sets["epoch_date"])
    return low


def of_file(low: pd.DataFrame, elements_file: str) -> pd.DataFrame:
    """The element sets of a file of the reader's own that are of these satellites."""
    sets = element_files.frame(own.read(element_files.read, elements_file).rows)
    return sets[sets["norad_id"].isin(low["norad_id"].dropna())]


def _file(p: Parameters) -> dict[str, Result]:
    if p.elements_file is None:
        return {}
    held = own.read(element_files.read, p.elements_file)
    sets = of_file(_low(), p.elements_file)
    until = f"{sets['epoch_date'].max():%Y-%m-%d}"
    return own.results("elements_file", held, len(sets), until)


def without_orbit() -> int:
    """Satellites of the drawn programmes that fly and whose heights were not read."""
    table = tables.load("space_systems/satellites")
    drawn = table["programme"].isin(LOW_PROGRAMMES) & table["state"].isin(["flying", "unknown"])
    return int((drawn & table["apogee_km"].isna()).sum())


def belt_sensors() -> pd.DataFrame:
    """Sensors meant for deep space with a public position; ``ground`` is false for those in orbit, ``ready``
    for those in use.
    """
    table = tables.load("space_systems/sensors")
    table = table[(table["watches"] == "deep space") & table["longitude_deg"].notna()].copy()
    table["ground"] = table["kind"] != "optical sensor in orbit"
    table["ready"] = table["status"] == "in use"
    return table.reset_index(drop=True)


def families() -> pd.DataFrame:
    """Counts of fragments: one row a family and snapshot, the parent's intact pieces of the days before the
    event left out.
    """
    table = tables.settled("space_systems/debris_counts")
    table = table[table["family"].isin(FAMILIES)].copy()
    events = tables.settled("space_systems/destructive_events").drop_duplicates("event").set_index("event")
    since = {event: middle(r.date, r.date_precision) for event, r in events.iterrows()}
    event = {name: COLLISION_EVENT if name in COLLISION else name for name in FAMILIES}
    if missing := sorted(set(event.values()) - set(since)):
        raise DataError(
            f"data/space_systems/destructive_events.csv has no event {', '.join(missing)}, from which"
            " fragments are counted; restore the row."
        )
    start = {name: since[event[name]] for name in FAMILIES}
    table = table[table["snapshot_date"] >= table["family"].astype(str).map(start)]
    return (
        table[["family", "snapshot_date", "objects", "source_id"]]
        .assign(family=lambda t: t["family"].astype(str))
        .reset_index(drop=True)
    )


def impulse_spread() -> float:
    """Half the distance between the 16th and 84th percentile of the impulses (m/s) that the periods of
    today's fragments imply.
    """
    sample, _ = newest_whole("space_systems/fengyun_sample")
    axis = (debris.MU * (sample["period_min"] * 60 / (2 * np.pi)) ** 2) ** (1 / 3)
    r = debris.RADIUS_KM + TARGET_KM
    impulse = 1e3 * (np.sqrt(debris.MU * (2 / r - 1 / axis)) - np.sqrt(debris.MU / r))
    return float(impulse.quantile(0.84) - impulse.quantile(0.16)) / 2


def modelled(p: Parameters) -> pd.DataFrame:
    """Share of the cloud still up by year after the event, at mean density and at the two bounds of solar
    activity, for twenty years or to the last snapshot.
    """
    lives = cloud()
    seen = (extent.last_day("space_systems/debris_counts", "snapshot_date") - EVENT.date()).days / 365.25
    years = np.arange(0, max(20, 4 * np.ceil(seen / 4)) + 0.01, 0.5)
    out = pd.DataFrame({"years": years})
    for name, factor in (("dense", p.solar_factor), ("mean", 1.0), ("thin", 1 / p.solar_factor)):
        out[name] = debris.survival(lives, factor * years, p.area_to_mass_m2_kg)
    # A year of which the Sun is not known has no share under its course.
    known = years <= sun_years()["years"].max()
    out["sun"] = np.where(known, debris.survival(lives, at_mean_density(years), p.area_to_mass_m2_kg), np.nan)
    return out


def cloud() -> np.ndarray:
    layers = tables.load("space_systems/atmosphere")
    return debris.cloud_lives(layers, TARGET_KM, impulse_spread(), SPREAD_FACTOR, SEED)


def sun_years() -> pd.DataFrame:
    """Years after the event at each year's end, and how many years of mean density they were worth
    (``worth``) by the empirical density of SUN_KM.
    """
    course = tables.settled("space_systems/thermosphere")
    course = course[course["altitude_km"] == SUN_KM].drop_duplicates("year").sort_values("year")
    factor = course["density_kg_m3"].to_numpy() / debris.density_kg_m3(
        SUN_KM, tables.load("space_systems/atmosphere")
    )
    ends = (pd.to_datetime((course["year"] + 1).astype(str), format="%Y") - EVENT).dt.days.to_numpy() / 365.25
    years, after = np.append(0.0, ends[ends > 0]), ends > 0
    worth = np.append(0.0, np.cumsum(np.diff(years) * factor[after]))
    return pd.DataFrame({"years": years, "worth": worth})


def at_mean_density(years) -> np.ndarray:
    """Years of mean density that years (n,) after the event were worth."""
    course = sun_years()
    return np.interp(years, course["years"], course["worth"])


def demands(p: Parameters, seen: pd.DataFrame) -> pd.DataFrame:
    """What the published shares and the last snapshot ask of the model: the factor on a steady density
    (``density_factor``), or the median area to mass under the Sun's own course (``area_to_mass_m2_kg``), with
    the mean density of that course (``sun_factor``).
    """
    lives = cloud()
    points = pd.concat(
        [seen[seen["kind"] == "published share"], seen[seen["kind"] != "published share"].tail(1)]
    )
    rows = []
    for r in points.sort_values("date").itertuples():
        worth = float(at_mean_density(r.years))
        steady = debris.needed_area_to_mass(lives, r.share, r.years)
        rows.append(
            {
                "date": r.date,
                "density_factor": steady / p.area_to_mass_m2_kg,
                "area_to_mass_m2_kg": debris.needed_area_to_mass(lives, r.share, worth),
                "sun_factor": worth / r.years,
            }
        )
    return pd.DataFrame(rows)


def observed() -> pd.DataFrame:
    """Observed shares still up: element sets over all pieces ever catalogued, and the published shares with
    their own denominators.
    """
    counts = families()
    total = published("catalogued").max()
    rows = counts[counts["family"] == "fengyun-1c"].assign(
        kind="element sets over all ever catalogued",
        share=lambda t: t["objects"] / total,
        date=lambda t: t["snapshot_date"],
    )
    table = pd.concat(
        [rows[["date", "share", "kind", "source_id"]], published_shares().assign(kind="published share")],
        ignore_index=True,
    )
    return table.assign(years=(table["date"] - EVENT).dt.days / 365.25)


def published_shares() -> pd.DataFrame:
    """Shares in orbit that others published, or that two of their counts for one date give."""
    table = tables.load("space_systems/fengyun_milestones")
    listed = table[table["measure"] == "catalogued"].drop_duplicates("date").set_index("date")["value"]
    rows = table[table["measure"] != "catalogued"]
    whole = rows["date"].map(listed).where(rows["measure"] == "in orbit", 100)
    dates = [middle(date, precision) for date, precision in zip(rows["date"], rows["date_precision"])]
    rows = rows.assign(share=rows["value"] / whole, date=dates)
    return rows.loc[rows["share"].notna(), ["date", "share", "source_id"]]


def unpaired() -> pd.DataFrame:
    """Published counts that are newer than the newest published share and belong to none."""
    table = tables.load("space_systems/fengyun_milestones")
    return table[table["date"] > published_shares()["date"].max()]


def published(measure: str) -> pd.Series:
    """Published counts of one measure, an undated list among them."""
    table = tables.load("space_systems/fengyun_milestones")
    return table.loc[table["measure"] == measure, "value"].astype(float)


def norms() -> pd.DataFrame:
    """Steps of 2022 against destructive tests, from the collection's chronology."""
    table = tables.load("policy_evolution/events").set_index("row_id")
    rows = table.loc[list(NORMS)]
    return pd.DataFrame(
        {
            "date": rows["date"].to_numpy(),
            "label": list(NORMS.values()),
            "title": rows["title"].to_numpy(),
            "source_id": rows["source_id"].to_numpy(),
        }
    )


def shells_at(p: Parameters) -> dict[str, float]:
    """Fragments in the shells that the chosen satellite crosses (mean over its heights), flux and chance of a
    hit.
    """
    satellite = low_satellites(p.elements_file).set_index("name").loc[p.satellite]
    shells, _ = newest_whole("space_systems/shell_counts")
    part = shells[
        (shells["altitude_high_km"] > satellite["perigee_km"])
        & (shells["altitude_low_km"] < satellite["apogee_km"])
    ]
    flux = np.mean(
        [
            debris.flux_per_m2_year(
                r.objects_time_mean, r.altitude_low_km, r.altitude_high_km, p.relative_speed_km_s
            )
            for r in part.itertuples()
        ]
    )
    worst = max(
        debris.flux_per_m2_year(
            r.objects_time_mean, r.altitude_low_km, r.altitude_high_km, p.relative_speed_km_s
        )
        for r in shells.itertuples()
    )
    return {
        "flux": float(flux),
        "hit": debris.hit_percent(flux, p.area_m2, p.years),
        "share_of_peak": 100 * flux / worst,
        "low": float(satellite["perigee_km"]),
        "high": float(satellite["apogee_km"]),
    }


def heights_deg(sensors: pd.DataFrame) -> np.ndarray:
    """Elevation (k, n) at which each ground sensor sees each longitude of WINDOW."""
    ground = sensors[sensors["ground"]]
    return np.array(
        [debris.belt_elevation_deg(r.latitude_deg, r.longitude_deg, WINDOW) for r in ground.itertuples()]
    ).reshape(len(ground), WINDOW.size)


def gap(heights: np.ndarray, elevation_deg: float) -> tuple[float, float]:
    """The stretch that no sensor sees at this elevation or more and that holds 135° E or lies nearest to it
    within 40 degrees: (from, to); (nan, nan) when there is none.
    """
    blind = (heights < elevation_deg).all(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], blind.astype(int), [0]])))
    stretches = [(WINDOW[a], WINDOW[b - 1]) for a, b in zip(edges[::2], edges[1::2])]
    near = [
        (max(a - FOCUS_DEG, FOCUS_DEG - b, 0.0), a, b)
        for a, b in stretches
        if max(a - FOCUS_DEG, FOCUS_DEG - b, 0.0) < 40
    ]
    return min(near)[1:] if near else (np.nan, np.nan)


def groups(p: Parameters) -> dict[str, pd.DataFrame]:
    """Which sensors each step of the story has."""
    sensors = belt_sensors()
    sensors = sensors[sensors["ready"] & ~sensors["sensor_id"].isin(p.without)]
    american = sensors[sensors["state"] == "United States"]
    exmouth = sensors[sensors["sensor_id"] == "exmouth-telescope"]
    japan = sensors[(sensors["state"] == "Japan")]
    india = sensors[sensors["state"] == "India"]
    return {
        US: american,
        "with Exmouth (2022)": pd.concat([american, exmouth]),
        "with Japan": pd.concat([american, japan]),
        PARTNERS: pd.concat([american, exmouth, japan, india]),
    }


def gap_table(p: Parameters) -> pd.DataFrame:
    """The stretch without a sensor by least elevation, to 40 degrees or to the chosen one, for each step."""
    rows, end = [], max(40.0, p.minimum_elevation_deg)
    for name, sensors in groups(p).items():
        heights = heights_deg(sensors)
        for elevation in sorted({*np.arange(0.0, end + 0.5, 0.5), p.minimum_elevation_deg}):
            low, high = gap(heights, elevation)
            rows.append(
                {
                    "sensors": name,
                    "minimum_elevation_deg": elevation,
                    "from_deg": low,
                    "to_deg": high,
                    "width_deg": 0.0 if np.isnan(low) else high - low + STEP_DEG,
                    "holds_135": bool(low <= FOCUS_DEG <= high),
                }
            )
    return pd.DataFrame(rows)


def snapshots() -> tuple[dict[str, pd.DataFrame], dict[str, int]]:
    """The newest whole snapshot of each table of counts, and how many rows of newer ones are left out, by
    their day.
    """
    chosen, left = {}, {}
    for name in ("fengyun_counts", "fengyun_sample", "shell_counts", "belt_counts"):
        chosen[f"space_systems/{name}"], newer = newest_whole(f"space_systems/{name}")
        for epoch, rows in newer.groupby("epoch_date"):
            left[f"{epoch:%Y-%m-%d}"] = left.get(f"{epoch:%Y-%m-%d}", 0) + len(rows)
    return chosen, left


def answer(parameters: Parameters) -> Answer:
    """Debris families, decay against the model, exposure of one satellite, and who sees the belt."""
    p = parameters
    counts, model, watched = families(), modelled(p), gap_table(p)
    fengyun = counts[counts["family"] == "fengyun-1c"].set_index("snapshot_date")["objects"]
    last = {name: int(counts[counts["family"] == name]["objects"].iloc[-1]) for name in FAMILIES}
    peak = {name: int(counts[counts["family"] == name]["objects"].max()) for name in FAMILIES}
    total = int(published("catalogued").max())
    age = (fengyun.index[-1] - EVENT).days / 365.25
    ends = {
        name: float(100 * np.interp(age, model["years"], model[name])) for name in ("dense", "mean", "thin")
    }
    exposure, seen = shells_at(p), observed()
    asked = demands(p, seen)
    american = watched[watched["sensors"] == US].set_index("minimum_elevation_deg")
    opens = american[american["width_deg"] > 0].index.min()
    holds = american[american["holds_135"]].index.min()
    sensors = belt_sensors()
    best = {
        r.name_: float(debris.belt_elevation_deg(r.latitude_deg, r.longitude_deg, FOCUS_DEG))
        for r in sensors[sensors["ground"] & sensors["ready"]].rename(columns={"name": "name_"}).itertuples()
    }
    everything = tables.settled("space_systems/debris_counts")
    everything = everything[everything["family"] == "all"].set_index("snapshot_date")["objects"]
    unit = tables.load("policy_evolution/unit_strength")
    events = tables.settled("space_systems/destructive_events")
    counts_now, partial = snapshots()
    counted = counts_now["space_systems/fengyun_counts"].drop_duplicates("set").set_index("set")["objects"]
    days = {name: table["epoch_date"].iloc[0] for name, table in counts_now.items()}
    month = f"{days['space_systems/fengyun_counts']:%B %Y}"
    commitments = tables.load("space_systems/commitments").set_index("row_id")
    further = commitments[commitments["domain"] == "situational awareness"].drop([SYSTEM, SATELLITE, HOSTED])
    chosen = american.loc[p.minimum_elevation_deg]
    results = {
        "family_peaks": Result(peak, "objects", "most objects with element sets at one time, by family"),
        "debris_counted": Result(
            f"{counts['snapshot_date'].max():%Y-%m-%d}", "date", "day of the last count of debris families"
        ),
        "family_last": Result(last, "objects", f"objects on {fengyun.index[-1]:%d %B %Y}, by family"),
        "fengyun_catalogued": Result(
            total,
            "objects",
            "pieces of FENGYUN 1C ever cataloged, by the largest published list",
            ("C3-077",),
        ),
        "fengyun_2017": Result(
            [int(fengyun["2017"].min()), int(fengyun["2017"].max())],
            "objects",
            "FENGYUN 1C objects with element sets during 2017, least and most",
            ("C3-078",),
        ),
        "fengyun_in_orbit_percent": Result(
            100 * last["fengyun-1c"] / total,
            "percent",
            "last snapshot over all ever cataloged",
            ("C3-077", "C3-078"),
        ),
        "modelled_in_orbit_percent": Result(
            ends, "percent", "the same day by circular decay: dense, mean and thin atmosphere"
        ),
        "needed_density_factor": Result(
            {f"{r.date:%Y-%m}": r.density_factor for r in asked.itertuples()},
            "times",
            "by what factor a steady density would have to differ from the mean to give the share seen",
        ),
        "sun_density_factor": Result(
            {f"{r.date:%Y-%m}": r.sun_factor for r in asked.itertuples()},
            "times",
            f"density at {SUN_KM} km under the Sun as observed, mean from the event to that month, over"
            " the mean"
            " atmosphere's",
        ),
        "needed_area_to_mass_m2_kg": Result(
            {f"{r.date:%Y-%m}": r.area_to_mass_m2_kg for r in asked.itertuples()},
            "m2/kg",
            "median area to mass that gives the share seen under that density",
        ),
        "asked_dates": Result(
            [f"{date:%Y-%m-%d}" for date in asked["date"]], "dates", "of the shares that the model is held to"
        ),
        "counts_left_out": Result(
            [[epoch, rows] for epoch, rows in partial.items()], "days, counts", "of snapshots not whole"
        ),
        "counts_unpaired": Result(
            [[f"{r.date:%Y-%m-%d}", int(r.value)] for r in unpaired().itertuples()],
            "days, pieces",
            "published counts beside which no other of their date stands",
        ),
        "further_promises": Result(
            len(further), "promises", "on situational awareness, followed with the others"
        ),
        "satellites_without_orbit": Result(
            without_orbit(), "satellites", "of the groups drawn, that fly and whose heights were not read"
        ),
        "impulse_spread_m_s": Result(
            impulse_spread(), "m/s", "spread of the impulses that today's periods imply"
        ),
        "catalogued_mid_2020": Result(
            int(everything["2020-07"].iloc[0]),
            "objects",
            "objects with element sets in July 2020",
            ("C3-090",),
        ),
        "crossing_480_630_km": Result(
            int(counted[f"crosses {BAND_KM[0]} to {BAND_KM[1]} km"]),
            "fragments",
            f"FENGYUN 1C fragments whose orbits cross 480 to 630 km in {month}",
        ),
        "crossed_km": Result(
            list(BAND_KM), "km", "those heights, where most Japanese imaging satellites fly"
        ),
        "fragments_counted": Result(
            f"{days['space_systems/fengyun_counts']:%Y-%m-%d}", "date", "day of those counts"
        ),
        "belt_counted": Result(
            f"{days['space_systems/belt_counts']:%Y-%m-%d}", "date", "day of the count in the belt"
        ),
        "fragments": Result(
            int(counted.max()), "fragments", f"FENGYUN 1C fragments with element sets in {month}"
        ),
        "flux_per_m2_year": Result(
            exposure["flux"],
            "hits per m2 and year",
            f"flux of cataloged FENGYUN 1C fragments at the heights of {p.satellite}",
        ),
        "hit_percent": Result(
            exposure["hit"],
            "percent",
            f"chance that {p.satellite} is hit by a cataloged fragment of FENGYUN 1C",
        ),
        "share_of_peak_percent": Result(
            exposure["share_of_peak"], "percent", "that flux as a share of the flux in the fullest shell"
        ),
        "focus_deg": Result(FOCUS_DEG, "degrees east", "longitude that the claim names", ("C3-113",)),
        "us_telescopes": Result(
            sorted(groups(p)[US]["name"].astype(str)), "telescopes", "US ground telescopes that count"
        ),
        "gap_us_deg": Result(
            float(chosen["width_deg"]),
            "degrees",
            f"width of the stretch near 135° E that they do not see at {p.minimum_elevation_deg:g}°",
            ("C3-113",),
        ),
        "gap_deg": Result(
            [round(float(chosen["from_deg"]), 2), round(float(chosen["to_deg"]), 2)],
            "degrees east",
            f"stretch near 135° E that no US ground telescope sees at {p.minimum_elevation_deg:g}°",
            ("C3-113",),
        ),
        "gap_width_deg": Result(
            {f"{e:g}": float(american.loc[float(e), "width_deg"]) for e in GAP_ELEVATIONS},
            "degrees",
            "width of that stretch by least elevation",
            ("C3-113",),
        ),
        "gap_opens_at_deg": Result(
            opens,
            "degrees",
            "least elevation at which a stretch near 135° E is lost to the US telescopes",
            ("C3-113",),
        ),
        "gap_opens_with_deg": Result(
            {
                str(name): float(part[part["width_deg"] > 0]["minimum_elevation_deg"].min())
                for name, part in watched.groupby("sensors")
            },
            "degrees",
            "the same for each set of sensors; none (NaN) where no stretch is lost at any tried",
            ("C3-113",),
        ),
        "gap_holds_135_from_deg": Result(
            holds, "degrees", "least elevation at which 135° E itself is lost to them", ("C3-113",)
        ),
        "gap_all_partners_deg": Result(
            float(
                watched[
                    (watched["sensors"] == PARTNERS)
                    & (watched["minimum_elevation_deg"] == p.minimum_elevation_deg)
                ]["width_deg"].iloc[0]
            ),
            "degrees",
            "the same stretch with the sensors of Australia, Japan and India",
            ("C3-113",),
        ),
        "elevation_at_135e": Result(
            best,
            "degrees",
            "height of the belt at 135° E over each ground sensor in use",
            ("C3-113", "C3-085", "C3-086"),
        ),
        "unit_personnel": Result(
            {
                f"{r.date:%Y-%m}": int(r.people)
                for r in unit[unit["status"] == "reported"].sort_values("date").itertuples()
            },
            "persons",
            "strength of the space unit by month",
            ("C3-095", "C3-096", "C3-097"),
        ),
        "system_start": Result(
            commitments.loc[SYSTEM, "actual_date"].strftime("%Y-%m-%d"),
            "date",
            "start of full operation of the ministry's surveillance system",
            ("C3-084",),
        ),
        "us_sensors_in_orbit": Result(
            int(((sensors["kind"] == "optical sensor in orbit") & sensors["ready"]).sum()),
            "sensors",
            "US sensors riding on Japanese satellites in orbit",
            ("C3-112",),
        ),
        "sda_satellite": Result(
            str(commitments.loc[SATELLITE, "status"]),
            "status",
            "first situational-awareness satellite",
            ("C3-088",),
        ),
        "destructive_tests": Result(
            events[events["kind"] == "destructive test"]["state"].value_counts().sort_index().to_dict(),
            "tests",
            "direct-ascent strikes that destroyed a satellite, by state; Japan has made none",
            ("C3-079", "C3-139"),
        ),
        **_file(p),
    }
    return Answer(
        results,
        {
            "families": counts,
            "model": model,
            "observed": seen,
            "asked": asked,
            "densities": pd.concat(
                [tables.load(f"space_systems/{name}") for name in ("atmosphere", "thermosphere")]
            ),
            "sample": counts_now["space_systems/fengyun_sample"],
            "shells": counts_now["space_systems/shell_counts"],
            "low": low_satellites(p.elements_file),
            "sensors": sensors,
            "gaps": watched,
            "belt": counts_now["space_systems/belt_counts"],
            "unit": unit,
            "events": events,
            "norms": norms(),
        },
        parameters,
    )


def checks(answer: Answer) -> list[Check]:
    """Published counts and the orbit read off the first fragments."""
    counts = answer.tables["families"]
    fengyun = counts[counts["family"] == "fengyun-1c"].set_index("snapshot_date")["objects"]
    near = float(fengyun.iloc[np.argmin(abs(fengyun.index - pd.Timestamp("2010-09-15")))])
    perigee, _, _ = debris.after_impulse(TARGET_KM, -190)
    _, apogee, _ = debris.after_impulse(TARGET_KM, 550)
    milestones = tables.load("space_systems/fengyun_milestones")
    ids = milestones.set_index("row_id")["source_id"]
    nasa, orbit = (
        ids["fengyun-milestone-catalogued-2010-09-01"],
        ids["fengyun-milestone-catalogued-2007-02-20"],
    )
    return [
        Check(
            "FENGYUN 1C objects with element sets near September 2010, against 97% of 3,037",
            near,
            0.97 * 3037,
            300,
            "objects",
            nasa,
            "text: 3,037 pieces, 97 percent",
        ),
        Check(
            "apogee after an impulse of 550 m/s",
            float(apogee),
            3500,
            150,
            "km",
            orbit,
            "paragraph 1: debris up to 850 x 3,500 km",
        ),
        Check(
            "perigee after an impulse of -190 m/s",
            float(perigee),
            165,
            40,
            "km",
            orbit,
            "paragraph 1: debris from 165 x 850 km",
        ),
        Check(
            "objects with element sets in mid-2020",
            float(answer["catalogued_mid_2020"]),
            20000,
            1000,
            "objects",
            "fatton-2020",
            "section on space situational awareness: about 20,000 above 10 cm",
        ),
    ]
