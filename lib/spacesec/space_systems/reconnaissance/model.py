"""Is the reconnaissance fleet growing, how long do its satellites last, and how often can they look at a test
area?

Japan publishes no orbit and no performance of these satellites. Orbits come from amateur observers, the angle
of view is an assumption of the reader, and a satellite counts as working in a year when its mean motion
equals that of a companion: station-keeping is an inference, and is called one.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator, model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics.earth import WGS84
from spacesec.data import sources, tables
from spacesec.errors import ParameterError
from spacesec.importing import orbits as element_files
from spacesec.importing import own
from spacesec.methods import statistics
from spacesec.parameters import value
from spacesec.space_systems import COMMERCIAL_RADAR
from spacesec.space_systems.reconnaissance import revisit

IMAGING = ("optical imaging", "radar imaging")


REPORT_FLEET = "2021"  # year of the sets nearest to the report of 2020
CATALOGUE = pd.Timestamp("2025-07-30")  # day of the catalogue that published counts are held against
ENOUGH = 0.5  # of the satellites with a set in the fullest year must have one in a year that is compared
TO_START = pd.Timedelta(days=2)  # from the day of the newest set to the start of a simulation


# mean motions this close hold two satellites together for years; drifting ones differ by 0.06 and more
SLOT_REV_DAY = 0.0005


STALE_DAYS = 30  # beyond this the place along the orbit is not known from a set in low orbit


MARK_YEARS = 5.0


ENDS = ("end in the catalogue", "last operation")  # readings of a satellite's end


PLAN = "eight of the plan"
OWN = "sets of the file"


# One ground station in eastern Japan, to the tenth of a degree; the true ones and their number are not asked.
GROUND = ((36.0, 140.1),)


WIDEST_DEG = 45.0  # angles off nadir up to this are compared


SEED, DRAWS = 20260724, 8


THIRD_GENERATION = ["IGS Optical-5", "IGS Optical-6", "IGS Optical-7", "IGS Radar-5", "IGS Radar-6"]


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    area: str = value(
        "Sunan",
        "area with missile tests that is looked at",
        known=lambda: tables.load("space_systems/watch_areas")["area"],
    )
    off_nadir_deg: float = value(
        30.0,
        "widest angle off the point under the satellite that counts as a look (assumed; no source was found)",
        unit="degrees",
        ge=5,
        le=60,
    )
    sun_elevation_deg: float = value(
        10.0, "least height of the Sun for an optical look", unit="degrees", ge=0, le=45
    )
    cloud_percent: float = value(
        50.0, "chance that cloud spoils an optical look", unit="percent", ge=0, le=95
    )
    days: int = value(
        14, "length of the simulated time; element sets do not carry further", unit="days", ge=3, le=28
    )
    fleet: str = value(
        "latest",
        "year of the fleet whose satellites are valued one by one",
        known=lambda: compared(),
        between=lambda: compared(),
    )
    without: list[str] = value(
        [],
        "satellites of that fleet taken away before the rest is valued",
        known=lambda: [name for year in reversed(compared()) for name in held(year)["name"]],
    )
    lifetime_end: Literal["end in the catalogue", "last operation"] = value(
        "end in the catalogue", "which reading of a satellite's end counts for lifetimes"
    )
    elements_file: str | None = value(
        None,
        "element sets of your own (TLE or OMM) of the program's imaging satellites, one more fleet beside"
        " those compared; null: none",
    )

    @field_validator("elements_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return own.usable("elements_file", given)

    @model_validator(mode="after")
    def _exist(self):
        areas = list(tables.load("space_systems/watch_areas")["area"])
        if self.area not in areas:
            raise ValueError(f"area = {self.area!r} is not known: the areas are {', '.join(areas)}.")
        if self.fleet not in compared():
            raise ValueError(f"fleet = {self.fleet!r} is not one of {', '.join(compared())}.")
        known = list(held(self.fleet)["name"])
        for name in self.without:
            if name not in known:
                raise ValueError(
                    f"without names {name!r}, which does not fly in the fleet of {self.fleet}: it has"
                    f" {', '.join(known)}."
                )
        if len(set(self.without)) >= len(known):
            raise ValueError(
                f"without takes away all {len(known)} satellites of the fleet of {self.fleet}: keep at least"
                " one."
            )
        return self


@tables.remembered
def fleet_rows() -> pd.DataFrame:
    """The programme's imaging satellites and demonstrators, planned ones included."""
    table = tables.load("space_systems/satellites")
    return table[(table["programme"] == "IGS") & (table["function"] != "data relay")].reset_index(drop=True)


@tables.remembered
def imaging_sets() -> pd.DataFrame:
    """All sets of the programme's imaging satellites, with the year of their epoch as a text."""
    sats, sets = fleet_rows(), tables.load("space_systems/elements")
    sets = sets[sets["name"].isin(sats[sats["function"].isin(IMAGING)]["name"])]
    return sets.assign(year=sets["epoch_date"].dt.year.astype(str))


def full_years(sets: pd.DataFrame) -> list[str]:
    """Years in which enough of the satellites have a set for a fleet to be told."""
    count = sets.groupby("year")["name"].nunique()
    return list(count[count >= ENOUGH * count.max()].index)


def compared() -> tuple[str, str]:
    """The fleet of the report and the newest one that is known."""
    return REPORT_FLEET, full_years(imaging_sets())[-1]


def start(year: str) -> pd.Timestamp:
    """Start of the simulation of a year's fleet."""
    sets = imaging_sets()
    return sets.loc[sets["year"] == year, "epoch_date"].max() + TO_START


def mean_height_km(motion_rev_day: pd.Series) -> pd.Series:
    """Height over the equatorial radius of the circular orbit with this mean motion, km: Kepler's third
    law.
    """
    seconds = 86_400 / motion_rev_day
    axis = (WGS84.mu_km3_s2 * (seconds / (2 * np.pi)) ** 2) ** (1 / 3)
    return axis - WGS84.equatorial_radius_km


@tables.remembered
def element_sets(year: str) -> pd.DataFrame:
    """The newest set of each imaging satellite in the year before that fleet's start, with its age in days
    then.
    """
    sats, sets, begin = fleet_rows(), imaging_sets(), start(year)
    sets = sets[(sets["epoch_date"] < begin) & (sets["epoch_date"] >= begin - pd.DateOffset(years=1))]
    sets = sets.sort_values("epoch_date").groupby("name", as_index=False, observed=True).last()
    sets = sets.drop(columns="year")
    sets["mean_height_km"] = mean_height_km(sets["mean_motion_rev_day"])
    sets["age_days"] = (begin - sets["epoch_date"]).dt.days
    sets["function"] = sets["name"].map(sats.set_index("name")["function"].astype(str))
    sets["node_hours"] = [
        float(revisit.local_time_of_node(r.raan_deg, revisit.julian(pd.Timestamp(r.epoch_utc[:19]))))
        for r in sets.itertuples()
    ]
    return sets


@tables.remembered
def held(year: str) -> pd.DataFrame:
    """Satellites whose mean motion equals a companion's and whose last sign of operation is not past:
    station-kept, as inferred.
    """
    sets = element_sets(year)
    ends = tables.load("space_systems/service_ends")
    last = ends[ends["kind"] == "last operation"].groupby("satellite_id")["date"].max()
    row_of = fleet_rows().set_index("name")["row_id"]
    over = sets["name"].map(lambda name: last.get(row_of[name], pd.NaT)) < start(year)
    motion = sets["mean_motion_rev_day"].to_numpy()
    apart = np.abs(motion[:, None] - motion[None, :]) + np.where(np.eye(len(sets), dtype=bool), np.inf, 0)
    apart[:, over.to_numpy()] = np.inf
    sets["held"] = (apart.min(axis=1) <= SLOT_REV_DAY) & ~over.to_numpy()
    return sets[sets["held"]].reset_index(drop=True)


def planned_fleet(sets: pd.DataFrame, year: str) -> pd.DataFrame:
    """Eight of those held: the newest four optical and four radar satellites. A newer one of which no set was
    found takes the fourth's stead: it is put into the plane that holds one of its kind only, half a turn from
    it. An assumption, not an orbit that was observed.
    """
    sats = fleet_rows()
    launched, missing = sats.set_index("name")["launch_date"], unseen(sats, year)
    chosen, assumed = [], []
    for kind in IMAGING:
        absent = missing[missing["function"] == kind]
        known = sets[sets["function"] == kind].assign(launched=lambda s: s["name"].map(launched))
        known = known.nlargest(4 - min(len(absent), 1), "launched")
        chosen.append(known)
        early = known["node_hours"] < 12
        lone = known[early if early.sum() == 1 else ~early].iloc[:1]
        for name in absent["name"].tail(1) if len(lone) else ():
            anomaly = shifted(lone["mean_anomaly_deg"], 180.0)
            assumed.append(lone.assign(name=f"{name} (assumed)", mean_anomaly_deg=anomaly))
    return pd.concat([*chosen, *assumed], ignore_index=True)


def shifted(anomaly_deg, degrees):
    """Mean anomalies moved, with the four decimals of an element set."""
    return np.round((np.asarray(anomaly_deg, float) + degrees) % 360, 4)


def commercial() -> pd.DataFrame:
    """Public sets of the two commercial radar constellations, the newest of each satellite in the last year
    in which enough of them have one.
    """
    sats = tables.load("space_systems/satellites")
    names = sats[sats["programme"].isin(COMMERCIAL_RADAR) & (sats["state"] == "flying")]["name"]
    sets = tables.load("space_systems/elements")
    sets = sets[sets["name"].isin(names)]
    sets = sets.assign(function="radar imaging", year=sets["epoch_date"].dt.year.astype(str))
    sets = sets[sets["year"] <= full_years(sets)[-1]]
    newest = sets.groupby("name", observed=True)["epoch_date"].transform("max")
    return sets[sets["epoch_date"] == newest].reset_index(drop=True)


def firms_unseen() -> pd.DataFrame:
    """Commercial radar satellites that fly and of which no set is known here."""
    sats, sets = tables.load("space_systems/satellites"), tables.load("space_systems/elements")
    firms = sats[sats["programme"].isin(COMMERCIAL_RADAR) & (sats["state"] == "flying")]
    return firms[~firms["name"].isin(sets["name"])]


def last_known(sats: pd.DataFrame) -> pd.Timestamp:
    """The newest day of the fleet's history: start of the newest simulation, a launch or an end."""
    return max(start(compared()[1]), sats["launch_date"].max(), sats["end_date"].max())


def in_service(sats: pd.DataFrame) -> pd.DataFrame:
    """Satellites in service at each year's end by function; ``unknown`` counts those the sources do not
    settle.
    """
    rows, last = [], last_known(sats)
    for year in range(sats["launch_date"].min().year, last.year + 1):
        day = min(pd.Timestamp(year, 12, 31), last)
        up = sats[(sats["launch_date"] <= day) & (sats["outcome"] == "success") & ~(sats["end_date"] <= day)]
        for kind in IMAGING:
            of = up[up["function"] == kind]
            unsure = of["state"].eq("unknown") & (of["state_as_of"] < day)
            rows.append(
                {
                    "year": year,
                    "function": kind,
                    "in_service": int((~unsure).sum()),
                    "unknown": int(unsure.sum()),
                }
            )
    return pd.DataFrame(rows)


def lifetimes(end: str) -> pd.DataFrame:
    """One row per satellite that reached orbit: ``years``, ``ended``, after the chosen reading of its end;
    others are censored at the day their state was last read.
    """
    sats = fleet_rows()
    sats = sats[(sats["outcome"] == "success")].copy()
    ends = (
        tables.settled("space_systems/service_ends")
        if end == "end in the catalogue"
        else tables.load("space_systems/service_ends")
    )
    if end == "last operation":
        ends = (
            ends[ends["kind"] == end].groupby("satellite_id")["date"].min()
        )  # the earlier reading where two disagree
    else:
        decided = tables.conflicts("space_systems/service_ends")["decided_row_id"]
        chosen = (ends["kind"] == end) | ends["row_id"].isin(decided)
        ends = ends[chosen].groupby("satellite_id")["date"].min()
    sats["end"] = sats["row_id"].map(ends)
    sats["ended"] = sats["end"].notna()
    sats["years"] = (sats["end"].fillna(sats["state_as_of"]) - sats["launch_date"]).dt.days / 365.25
    return sats[
        [
            "row_id",
            "name",
            "function",
            "generation",
            "launch_date",
            "end",
            "ended",
            "years",
            "state",
            "source_id",
        ]
    ].reset_index(drop=True)


def days_without_radar(sats: pd.DataFrame) -> int:
    """Days between the first radar satellite's launch and the last reading on which no radar satellite was in
    service.
    """
    radar = sats[(sats["function"] == "radar imaging") & (sats["outcome"] == "success")]
    days = pd.date_range(radar["launch_date"].min(), last_known(sats))
    up = sum(
        (
            (days >= r.launch_date)
            & ~(days > r.end_date if pd.notna(r.end_date) else np.zeros(len(days), bool))
        ).astype(int)
        for r in radar.itertuples()
    )
    return int((up == 0).sum())


def of_file(given: str) -> tuple[pd.DataFrame, pd.Timestamp]:
    """The program's imaging satellites among the element sets of a file of the reader's own, with the start
    of their simulation; sets that are STALE_DAYS older than the newest say no more where a satellite is, and
    are left out.
    """
    sats = fleet_rows()
    sats = sats[sats["function"].isin(IMAGING) & sats["norad_id"].notna()].set_index("norad_id")
    sets = element_files.frame(own.read(element_files.read, given).rows)
    sets = sets[sets["norad_id"].isin(sats.index)]
    if sets.empty:
        raise ParameterError(
            f"elements_file = {given!r} is not possible: it has no set of the program's imaging satellites;"
            " name one with their catalog numbers."
        )
    begin = sets["epoch_date"].max() + TO_START
    sets = sets.assign(
        name=sets["norad_id"].map(sats["name"]),
        function=sets["norad_id"].map(sats["function"]).astype(str),
        age_days=(begin - sets["epoch_date"]).dt.days,
    )
    return sets[sets["age_days"] <= STALE_DAYS].sort_values("name", ignore_index=True), begin


def scenarios(
    kept: dict[str, pd.DataFrame], elements_file: str | None = None
) -> dict[str, tuple[pd.DataFrame, pd.Timestamp]]:
    """The fleets that are compared, each with the start of its simulation; ``kept`` holds those held in each
    year.
    """
    first, latest = compared()
    firms = commercial()
    begin = max(start(latest), firms["epoch_date"].max() + pd.Timedelta(days=1))
    return {
        f"held in {first}": (kept[first], start(first)),
        f"held in {latest}": (kept[latest], start(latest)),
        PLAN: (planned_fleet(kept[latest], latest), start(latest)),
        **({OWN: of_file(elements_file)} if elements_file else {}),
        f"commercial radar {begin.year}": (firms, begin),
    }


def states_read(sats: pd.DataFrame) -> list[str]:
    """The first and the last day on which the states of satellites that reached orbit were read."""
    flown = sats.loc[sats["launch_date"].notna() & (sats["outcome"] == "success"), "state_as_of"]
    return [f"{day:%Y-%m-%d}" for day in (flown.min(), flown.max())]


def left_out() -> list[list]:
    """Years whose element sets no fleet compared rests on, with how many they are and whether they would be
    enough.
    """
    sets = imaging_sets()
    full = full_years(sets)
    counts = sets["year"].value_counts().sort_index()
    return [[year, int(count), year in full] for year, count in counts.items() if year not in compared()]


def planned_by(sats: pd.DataFrame) -> pd.Series:
    """The year in which the source of a planned satellite was issued; missing for all others."""
    said = sats["source_id"].map(lambda source: sources.get(source)["issued"]["date-parts"][0][0])
    return said.where(sats["state"] == "planned").astype("Int64")


def answer(parameters: Parameters) -> Answer:
    """Fleet and lifetimes, slots, and looks at the area for four fleets, satellite by satellite and over the
    angle of view.
    """
    p = parameters
    sats = fleet_rows()
    place = tables.load("space_systems/watch_areas").set_index("area").loc[p.area]
    span = 24.0 * p.days
    life = lifetimes(p.lifetime_end)
    curve = statistics.kaplan_meier(life["years"], life["ended"], row_ids=life["row_id"])
    median = statistics.survival_median(curve)
    kept = {year: held(year) for year in compared()}
    fleets, widest = scenarios(kept, p.elements_file), max(WIDEST_DEG, p.off_nadir_deg)
    (first, latest), known = compared(), last_known(sats)
    firms, read = list(fleets)[-1], states_read(sats)
    looks = {
        name: revisit.passes(sets, start, p.days, place["latitude_deg"], place["longitude_deg"], widest)
        for name, (sets, start) in fleets.items()
    }
    rows, spread = [], []
    for name, (sets, _) in fleets.items():
        kinds = sets.set_index("name")["function"]
        for angle in sorted({15.0, 20.0, 30.0, WIDEST_DEG, p.off_nadir_deg}):
            near = looks[name][looks[name]["off_nadir_deg"] <= angle]
            for kind, found in revisit.summary(
                near, kinds, span, p.sun_elevation_deg, p.cloud_percent
            ).items():
                (rows if angle == p.off_nadir_deg else []).append(
                    {"fleet": name, "satellites": len(sets), "kind": kind, **found}
                )
                spread.append({"fleet": name, "off_nadir_deg": angle, "kind": kind, **found})
    table, spread = pd.DataFrame(rows), pd.DataFrame(spread)
    phases = phase_spread(p, fleets, place, span, widest)
    table = table.merge(
        phases.rename(
            columns={"min": "phase_low_hours", "median": "phase_median_hours", "max": "phase_high_hours"}
        ),
        how="left",
        on=["fleet", "kind"],
    )
    relay = relay_longitude()
    contact = {
        name: revisit.contact_percent(kept[latest], start(latest), GROUND, relays)
        for name, relays in (("no relay", ()), ("one relay", (relay,)), ("two relays", (relay, relay + 180)))
    }
    worth = values(p, looks[f"held in {p.fleet}"], kept[p.fleet], span)
    wait = {
        kind: {
            r.fleet: r.mean_wait_hours
            for r in table[table["kind"] == kind].itertuples()
            if r.mean_wait_hours == r.mean_wait_hours and r.mean_wait_hours is not None
        }
        for kind in table["kind"].unique()
    }
    both = wait["both, cloud"]
    slots = {year: len(sets) for year, sets in kept.items()}
    stale = {year: sorted(sets.query("age_days > @STALE_DAYS")["name"]) for year, sets in kept.items()}
    serving = in_service(sats)
    now = serving.query("year == @known.year")
    results = {
        "in_service": Result(
            int(now["in_service"].sum()),
            "satellites",
            f"imaging satellites open in the catalog of {pd.Timestamp(read[-1]):%B %Y} and not in doubt",
            ("C3-063",),
        ),
        "compared_years": Result([first, latest], "years", "of the fleets compared"),
        "commercial_fleet": Result(firms, "fleet", "name of the commercial radar fleet, with its year"),
        "states_read": Result(read, "dates", "first and last day on which the states were read"),
        "known_to": Result(f"{known:%Y-%m-%d}", "date", "newest day of the fleet's history"),
        "sets_left_out": Result(
            left_out(),
            "years, sets",
            "years whose element sets are not used, their number, and whether they would be enough",
        ),
        "draws": Result(DRAWS, "draws", "of the places along the orbits, by lot"),
        "held_slots": Result(
            slots,
            "satellites",
            "imaging satellites that hold an orbit slot in the amateur sets of that year (inferred)",
            ("C3-062", "C3-063"),
        ),
        "slot_rev_day": Result(
            SLOT_REV_DAY, "turns a day", "within what mean motions count as one slot (assumed)"
        ),
        "flying_without_set": Result(
            [
                f"{r.name.removeprefix('IGS ')} of {r.launch_date.year}"
                for r in unseen(sats, latest).itertuples()
            ],
            "satellites",
            f"imaging satellites that fly and of which no amateur set of {latest} was found",
        ),
        "fleet_in_2020": Result(
            counts_on(sats, "2020-07-01"),
            "satellites",
            "satellites in service on 1 July 2020 by function, after their ends in the catalog",
            ("C3-062",),
        ),
        "fleet_in_2020_by_operation": Result(
            counts_on(sats, "2020-07-01", "last operation"),
            "satellites",
            "the same after the last known operation",
            ("C3-062",),
        ),
        "first_launches": Result(
            [
                r.strftime("%Y-%m-%d")
                for r in sats[sats["outcome"] == "success"].sort_values("launch_date")["launch_date"].head(4)
            ],
            "dates",
            "launch dates of the first four satellites that reached orbit",
            ("C3-034", "C3-039"),
        ),
        "third_generation_launches": Result(
            {
                r.name_: r.launch_date.strftime("%Y-%m-%d")
                for r in sats.rename(columns={"name": "name_"}).itertuples()
                if r.name_ in THIRD_GENERATION
            },
            "dates",
            "launch dates that the 2020 report gives",
            ("C3-058", "C3-061"),
        ),
        "lost_at_launch": Result(
            int((sats["state"] == "lost").sum()),
            "satellites",
            "imaging satellites destroyed at launch",
            ("C3-039",),
        ),
        "plans_of": Result(
            sorted({int(year) for year in planned_by(sats).dropna()}), "years", "in which plans were issued"
        ),
        "firms_without_set": Result(
            len(firms_unseen()), "satellites", "commercial radar satellites that fly and have no set here"
        ),
        "ends_apart_years": Result(
            ends_apart(), "years", "satellites whose end the two readings put apart, by how much"
        ),
        "planned": Result(
            int((sats["state"] == "planned").sum()),
            "satellites",
            "imaging satellites named in plans and not found in orbit",
            ("C3-063",),
        ),
        "median_life_years": Result(
            median.estimate if median.estimate == median.estimate else None,
            "years",
            "Kaplan-Meier median of the time in service, satellites still working censored",
        ),
        "median_life_interval_years": Result(
            [median.low, median.high],
            "years",
            "95% interval of the median; null where the data give no limit",
        ),
        "five_year_survival_percent": Result(
            100 * statistics.survival_at(curve, MARK_YEARS),
            "percent",
            "satellites still in service five years after launch",
        ),
        "days_without_radar": Result(
            days_without_radar(sats),
            "days",
            f"days since {serving['year'].min()} on which no radar satellite was in service",
        ),
        "mean_wait_hours": Result(
            both,
            "hours",
            f"mean wait for the next look at {p.area}, optical by day through cloud and radar together, by"
            " fleet",
            ("C3-063",),
        ),
        "radar_wait_hours": Result(
            wait["radar"], "hours", f"mean wait for the next radar look at {p.area}, by fleet"
        ),
        "optical_wait_hours": Result(
            wait["optical, clear day"],
            "hours",
            f"mean wait for the next optical look at {p.area} under a clear sky, by fleet",
        ),
        "wait_by_lot_hours": Result(
            {r.fleet: [r.min, r.max] for r in phases[phases["kind"] == "both, cloud"].itertuples()},
            "hours",
            f"least and greatest mean wait over {DRAWS} draws of the places along the orbits",
        ),
        "contact_percent": Result(
            contact,
            "percent",
            f"share of the day on which a satellite of {latest} can reach Japan: by one ground"
            " station, and by"
            " relays (the second put opposite the first, the best case)",
            ("C3-063",),
        ),
        "most_valuable": Result(
            worth.iloc[0]["name"] if worth["wait_with_hours"].notna().any() else None,
            "satellite",
            f"satellite of the fleet of {p.fleet} whose loss lengthens the wait most",
        ),
        "stale_sets": Result(
            stale,
            "satellites",
            f"satellites whose set is more than {STALE_DAYS} days old at the start: plane and rate hold, the"
            " place along the orbit does not",
        ),
        **_file(p, fleets),
    }
    return Answer(
        results,
        {
            "fleet": sats.assign(plan_of=planned_by(sats)),
            "in_service": serving,
            "lifetimes": life,
            "survival": curve,
            "planes": pd.concat(
                [
                    element_sets(y).assign(year=y, held=lambda s, y=y: s["name"].isin(kept[y]["name"]))
                    for y in kept
                ],
                ignore_index=True,
            ),
            "looks": table,
            "sensitivity": spread,
            "worth": worth,
            "commercial": list(fleets.values())[-1][0],
            "other_lifetimes": other_lifetimes(p),
        },
        parameters,
    )


def _file(p: Parameters, fleets: dict[str, tuple[pd.DataFrame, pd.Timestamp]]) -> dict[str, Result]:
    if p.elements_file is None:
        return {}
    sets, _ = fleets[OWN]
    held = own.read(element_files.read, p.elements_file)
    until = max(sets["epoch_date"].max(), last_known(fleet_rows()))
    limit = Result(STALE_DAYS, "days", "greatest age of an element set of the file that is flown")
    return {
        **own.results("elements_file", held, len(sets), f"{until:%Y-%m-%d}"),
        "file_satellites": Result(len(sets), "satellites", "imaging satellites flown by sets of the file"),
        "file_limit_days": limit,
    }


def other_lifetimes(p: Parameters) -> pd.DataFrame:
    """The survival curve under the other reading of the ends, which ``attrs["end"]`` names."""
    [other] = [end for end in ENDS if end != p.lifetime_end]
    life = lifetimes(other)
    curve = statistics.kaplan_meier(life["years"], life["ended"], row_ids=life["row_id"])
    return curve.assign(reading=other)


def ends_apart() -> dict[str, float]:
    """By how many years the two readings of a satellite's end differ, for those of which they do."""
    one, two = (lifetimes(end).set_index("name")["years"] for end in ENDS)
    apart = (one - two).abs()
    return {str(name): float(years) for name, years in apart[apart > 0].items()}


def unseen(sats: pd.DataFrame, year: str) -> pd.DataFrame:
    """Imaging satellites that fly and of which that year has no element set."""
    known = set(element_sets(year)["name"])
    flying = sats[(sats["state"] == "flying") & sats["function"].isin(IMAGING)]
    return flying[~flying["name"].isin(known) & (flying["launch_date"] < start(year))]


def relay_longitude() -> float:
    """Longitude of the one data relay in orbit, degrees east, at the start of the newest simulation, from its
    newest public set.
    """
    from spacesec.astrodynamics import elements

    sats, sets = tables.load("space_systems/satellites"), tables.load("space_systems/elements")
    relay = sats[
        (sats["programme"] == "IGS") & (sats["function"] == "data relay") & (sats["state"] == "flying")
    ]
    row = sets[sets["norad_id"].isin(relay["norad_id"])].sort_values("epoch_date", kind="stable").iloc[-1:]
    x, y, _ = elements.track(
        elements.from_fields(elements.of_table(row)), revisit.julian(start(compared()[1]))
    )([0.0])[0, 0]
    return float(np.degrees(np.arctan2(y, x)) % 360)


def counts_on(sats: pd.DataFrame, day: str, end: str = "end in the catalogue") -> dict[str, int]:
    """Satellites in service on a day, by function and by the chosen reading of their ends; the radar spare is
    among the radar ones.
    """
    at = pd.Timestamp(day)
    ends = lifetimes(end).set_index("name")["end"]
    up = sats[
        (sats["launch_date"] <= at)
        & (sats["outcome"] == "success")
        & ~(sats["name"].map(ends) <= at)
        & sats["function"].isin(IMAGING)
    ]
    return {kind: int((up["function"] == kind).sum()) for kind in IMAGING}


def phase_spread(p: Parameters, fleets: dict, place: pd.Series, span: float, widest: float) -> pd.DataFrame:
    """The same waits when the places along the orbits are drawn by lot: what is left when only planes and
    rates are known. ``max`` is NaN where a draw brings no look in all the days.

    Passes are found out to the ``widest`` angle, whatever the reader's, so that turning it asks for no new
    ones.
    """
    draws = np.random.default_rng(SEED)
    rows = []
    for name, (sets, start) in fleets.items():
        if name.startswith("commercial"):
            continue  # its public sets are days old
        for _ in range(DRAWS):
            turns = draws.uniform(0, 360, len(sets))
            moved = sets.assign(mean_anomaly_deg=shifted(sets["mean_anomaly_deg"], turns))
            looks = revisit.passes(
                moved, start, p.days, place["latitude_deg"], place["longitude_deg"], widest
            )
            looks = looks[looks["off_nadir_deg"] <= p.off_nadir_deg]
            for kind, found in revisit.summary(
                looks, sets.set_index("name")["function"], span, p.sun_elevation_deg, p.cloud_percent
            ).items():
                rows.append({"fleet": name, "kind": kind, "mean_wait_hours": found["mean_wait_hours"]})
    waits = pd.DataFrame(rows).groupby(["fleet", "kind"], sort=False)["mean_wait_hours"]
    table = waits.agg(["min", "median", lambda draws: draws.max(skipna=False)])
    return table.set_axis(["min", "median", "max"], axis="columns").dropna(subset="min").reset_index()


def values(p: Parameters, looks: pd.DataFrame, sets: pd.DataFrame, span: float) -> pd.DataFrame:
    """What each satellite adds: by how much the mean wait (both kinds, through cloud) grows when it alone is
    lost; first those without which no look comes.
    """
    sets = sets[~sets["name"].isin(p.without)]
    near = looks[(looks["off_nadir_deg"] <= p.off_nadir_deg) & looks["name"].isin(sets["name"])]
    kinds = sets.set_index("name")["function"]

    def wait(rows: pd.DataFrame) -> float:
        found = revisit.summary(rows, kinds, span, p.sun_elevation_deg, p.cloud_percent)["both, cloud"][
            "mean_wait_hours"
        ]
        return np.nan if found is None else found

    whole = wait(near)
    rows = [
        {
            "name": r.name_,
            "function": r.function,
            "age_days": r.age_days,
            "wait_with_hours": whole,
            "wait_without_hours": wait(near[near["name"] != r.name_]),
        }
        for r in sets.rename(columns={"name": "name_"}).itertuples()
    ]
    return (
        pd.DataFrame(rows)
        .assign(added_hours=lambda d: d["wait_without_hours"] - d["wait_with_hours"])
        .sort_values(["added_hours", "name"], ascending=[False, True], ignore_index=True, na_position="first")
    )


def checks(answer: Answer) -> list[Check]:
    """Counts that others print, and the repeat of ground tracks in closed form."""
    counts, working = answer["fleet_in_2020"], answer["fleet_in_2020_by_operation"]
    catalogue = answer.tables["in_service"].query("year == 2024")
    life = answer.tables["lifetimes"]
    reached = int((life["launch_date"] <= CATALOGUE).sum())
    return [
        Check(
            "radar satellites in service in mid-2020, spare included",
            counts["radar imaging"],
            5,
            0,
            "satellites",
            "fatton-2020",
            "section on missile activities: four and a spare",
        ),
        Check(
            "optical satellites in service in mid-2020, after their last known operation",
            working["optical imaging"],
            3,
            0,
            "satellites",
            "fatton-2020",
            "section on missile activities: three",
        ),
        Check(
            "satellites that held an orbit slot in 2021",
            answer["held_slots"][REPORT_FLEET],
            8,
            0,
            "satellites",
            "fatton-2020",
            "section on missile activities: eight in all",
        ),
        Check(
            "satellites that reached orbit since 2003, demonstrators included",
            reached,
            19,
            0,
            "satellites",
            "gcat-payloads-2025",
            "rows of the program",
        ),
        Check(
            "satellites open at the end of 2024",
            int(catalogue["in_service"].sum()),
            11,
            0,
            "satellites",
            "gcat-payloads-2025",
            "rows without an end: four optical and seven radar",
        ),
    ]
