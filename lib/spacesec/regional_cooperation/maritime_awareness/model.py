"""How heavy is the pressure at sea, and how much would radar satellites see of a ship that has switched off
its transponder?

The pressure is the coast guard's count near the Senkaku Islands. Sight is geometry: published swaths on a
published repeat cycle, with tasking and the chance of finding the ship in one look as the reader's
assumptions. Nothing is claimed about real tasking.
"""

import re
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics.earth import WGS84
from spacesec.data import tables
from spacesec.importing import own, ships
from spacesec.methods import sphere
from spacesec.parameters import value
from spacesec.regional_cooperation import told_twice
from spacesec.regional_cooperation.maritime_awareness import swath

# Reference points chosen here: the middle of the Senkaku group, of the Luzon Strait and of the Sea of Japan
# (name, latitude, longitude).
SITES = {
    "senkaku": ("Senkaku Islands", 25.75, 123.5),
    "luzon_strait": ("Luzon Strait", 20.5, 121.0),
    "sea_of_japan": ("Sea of Japan", 39.5, 134.5),
}


# The day of nationalisation, on which the series starts anew, and its first whole year.
NATIONALISATION = pd.Timestamp(2012, 9, 11)
FIRST_WHOLE_YEAR = NATIONALISATION.year + 1


# Owners of commercial radars whose satellites are followed from orbit to orbit.
COMMERCIAL = ("iQPS", "Synspective")


# Published swaths set side by side, fleets and assumptions of the sensitivity tables.
SWATHS_KM = (50.0, 200.0, 700.0)
BOARD_SWATHS_KM, BOARD_SATELLITES = (20, 50, 100, 200, 350, 700), (1, 2, 4, 8, 12, 24, 36)
BOARD_CHANCES, BOARD_TASKING = (0.3, 0.5, 0.7, 0.9), (0.1, 0.25, 0.5, 0.75, 1.0)


BOARD_TARGET_PERCENT = 90.0  # odds for which the fewest satellites are looked for
LEAST_DARK_HOURS, MOST_DARK = 6.0, 50  # that count as dark, and gaps of a file that are told, the longest
MOST_TOLD = 1000  # satellites; a larger fleet is not told by its number


SENKAKU = ("C3-074", "C0-003")


DARK = ("C3-075",)


# What a small radar can turn to without leaving its track, as an angle off nadir: the reader's assumption,
# drawn as reach and never as looks.
REACH_DEG = (15.0, 45.0)


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    site: str = value("senkaku", "place to watch: senkaku, luzon_strait or sea_of_japan", known=lambda: SITES)
    swath_km: float = value(200.0, "width that the radar sees in one pass", unit="km", ge=5, le=1000)
    satellites: int = value(
        1, "radar satellites on the repeat cycle of ALOS-4", unit="satellites", ge=1, le=60
    )
    detection_probability: float = value(
        0.9, "chance that one look finds the ship", unit="probability", ge=0, le=1
    )
    tasking: float = value(1.0, "share of possible looks that are really taken", unit="share", gt=0, le=1)
    transit_hours: float = value(48.0, "time for which the ship is in reach", unit="hours", gt=0, le=1000)
    arrangement: Literal["even", "same_track", "random"] = value(
        "even",
        "satellites evenly spaced with interleaving tracks, evenly spaced on one track, or each on its own as"
        " those of different owners",
    )
    seed: int = value(14, "seed of the random arrangement", ge=0)
    tracks_file: str | None = value(
        None,
        "reports of ships of your own (AIS as NMEA sentences or CSV): their dark hours stand beside the odds;"
        " null: none",
    )

    @field_validator("tracks_file")
    @classmethod
    def _there(cls, given: str | None) -> str | None:
        return own.usable("tracks_file", given)

    @field_validator("site")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in SITES:
            raise ValueError(f"site = {name!r} is not possible: the places are {', '.join(SITES)}.")
        return name


def counts(settled: bool = True) -> pd.DataFrame:
    """The rows of `maritime` near the Senkaku Islands with the ``year`` in which each begins.

    settled False keeps also the counts against which a rule decided.
    """
    table = (tables.settled if settled else tables.load)("regional_cooperation/maritime")
    return table[table["area"] == "senkaku"].assign(year=lambda t: t["date"].dt.year)


def yearly(zone: str, indicator: str, settled: bool = True) -> pd.DataFrame:
    """One row a calendar year (2012: from 11 September) with ``year`` and ``value``; years that no source
    gives have no row.

    settled False keeps also the counts against which a rule decided.
    """
    table = whole_years(counts(settled))
    table = table[(table["zone"] == zone) & (table["indicator"] == indicator)]
    return told_twice.once(table, ["year"])[0] if settled else table.reset_index(drop=True)


def whole_years(table: pd.DataFrame) -> pd.DataFrame:
    """The counts of whole years, in order."""
    known = table[(table["coverage"] == "complete") & (table["indicator"] != "streak")]
    return known.sort_values(["year", "row_id"])


def again() -> list[str]:
    """Rows of whole years that say a year again, undecided."""
    return told_twice.once(whole_years(counts()), ["zone", "indicator", "year"])[1]


def left_out(last: dict[str, int]) -> pd.DataFrame:
    """Counts newer than what is told: of later years than the last whole one in the contiguous zone
    (indicator -> year), newest last.
    """
    table = counts()
    table = table[table["indicator"] != "streak"]
    own = table["indicator"].astype(str).map(last).where(table["zone"] == "contiguous")
    return table[table["year"] > own.fillna(max(last.values()))].sort_values("period_end", kind="stable")


def streaks() -> pd.DataFrame:
    """Longest unbroken runs of days in the contiguous zone: ``first``, ``last``, ``days`` and whether the run
    was still ``open``.
    """
    table = counts()
    table = table[table["indicator"] == "streak"]
    table = (
        table.sort_values("value").groupby("date", as_index=False).last()
    )  # one run reported twice: the longer report
    return pd.DataFrame(
        {
            "first": table["date"],
            "last": table["period_end"],
            "days": table["value"].astype(int),
            "open": (table["coverage"] == "partial").to_numpy(),
            "row_id": table["row_id"],
            "source_id": table["source_id"],
        }
    )


def change_year(days: pd.Series) -> tuple[int | None, float]:
    """The year from which a binomial share of days changes most, with the gain in log-likelihood over no
    change.

    days: index year, value days of that year. Each split into two constant shares is tried; at least two
    years on each side.
    """
    length = np.array([366 if y % 4 == 0 else 365 for y in days.index], float)
    hit = days.to_numpy(float)

    def fit(k: slice) -> float:
        share = hit[k].sum() / length[k].sum()
        return float(
            (hit[k] * np.log(max(share, 1e-12)) + (length[k] - hit[k]) * np.log(max(1 - share, 1e-12))).sum()
        )

    whole = fit(slice(None))
    gains = {
        int(days.index[i]): fit(slice(0, i)) + fit(slice(i, None)) - whole for i in range(2, len(days) - 1)
    }
    if not gains:
        return None, float("nan")
    best = max(gains, key=gains.get)
    return best, gains[best]


def sight_of(
    p: Parameters,
    site: str | None = None,
    swath_km: float | None = None,
    satellites: int | None = None,
    transit_hours: float | None = None,
) -> dict[str, float]:
    """Looks, waits and odds for a place, with any of the parameters replaced."""
    _, latitude, longitude = SITES[site or p.site]
    wide, count, hours = swath_km or p.swath_km, satellites or p.satellites, transit_hours or p.transit_hours
    _, cycle = swath.repeating_orbit()
    looks = swath.fleet_looks(swath.look_times(latitude, longitude, wide), count, p.arrangement, p.seed)
    seen = float(np.mean([len(own) for own in looks]))
    taken = seen * p.tasking
    gaps = swath.gaps_hours(looks)
    chance = p.tasking * p.detection_probability
    closed = swath.looks_per_cycle(latitude, wide) * count
    return {
        "looks_per_cycle": seen,
        "closed_looks_per_cycle": closed,
        "mean_revisit_hours": cycle / 3600 / taken if taken else float("inf"),
        "median_gap_hours": float(np.median(gaps)),
        "longest_gap_hours": float(gaps.max()),
        "catch_probability": swath.catch_probability(looks, hours, chance),
        "catch_probability_poisson": swath.poisson_catch(closed * hours / 24 / swath.CYCLE_DAYS, chance),
    }


def flying_radars() -> pd.DataFrame:
    """Japan's flying radar satellites: those of `radar_satellites` by name, and those of COMMERCIAL."""
    fleet = tables.load("space_systems/satellites")
    named = tables.load("regional_cooperation/radar_satellites")["satellite"]
    commercial = (fleet["function"] == "radar imaging") & fleet["operator"].isin(COMMERCIAL)
    return fleet[(commercial | fleet["name"].isin(named)) & (fleet["state"] == "flying")]


def without_elements() -> pd.DataFrame:
    """Flying radars of which no element set is at hand, or which share their number with another row."""
    radars = flying_radars()
    known = tables.load("space_systems/elements")["norad_id"]
    return radars[~radars["norad_id"].isin(known) | radars.duplicated("norad_id")]


def element_sets() -> pd.DataFrame:
    """The newest element set of each flying radar, with its ``operator``."""
    wanted = flying_radars()
    sets = tables.load("space_systems/elements")
    sets = (
        sets[sets["norad_id"].isin(wanted["norad_id"].dropna())]
        .sort_values("epoch_date")
        .groupby("norad_id", as_index=False)
        .last()
    )
    return sets.merge(wanted[["norad_id", "operator"]].drop_duplicates("norad_id"), on="norad_id")


def reach(sets: pd.DataFrame) -> pd.DataFrame:
    """Passes a day over each place within REACH_DEG off nadir, by owner, from real element sets over the two
    days after the newest epoch.

    Reach, not looks: a radar within reach may be off, busy or looking elsewhere.
    """
    from spacesec.astrodynamics import elements, frames, visibility

    start = sets["epoch_date"].max()
    rows = []
    for operator, part in sets.groupby("operator", observed=True):
        track = elements.track(
            elements.from_fields(elements.of_table(part)),
            start.to_julian_date(),
        )
        positions = track(np.arange(0, 2 * 86400.0, 15.0))
        for site, (_, latitude, longitude) in SITES.items():
            place = frames.points(latitude, longitude)
            look = visibility.look(positions, place.position_km[0], place.up[0])
            inside = (
                (look.elevation_deg > 0)
                & (look.off_nadir_deg >= REACH_DEG[0])
                & (look.off_nadir_deg <= REACH_DEG[1])
            )
            # A pass is a run above the horizon in which the angle is in reach at some time.
            up = look.elevation_deg > 0
            starts = np.diff(up.astype(int), axis=1, prepend=0) == 1
            number = np.cumsum(starts, axis=1) * up
            passes = sum(len(set(row[ok]) - {0}) for row, ok in zip(number, inside))
            rows.append(
                {
                    "operator": operator,
                    "site": site,
                    "satellites": len(part),
                    "passes_per_day": passes / 2,
                    "epoch": start,
                    "source_id": part["source_id"].iloc[0],
                }
            )
    return pd.DataFrame(rows)


def acts_at_sea() -> pd.DataFrame:
    """The acts of cooperation that touch the sea."""
    acts = tables.settled("regional_cooperation/acts")
    return acts[acts["domains"].str.contains("maritime")]


def cooperation() -> pd.DataFrame:
    """Acts on the sea by partner: how many, how many carried out, and the first and last."""
    ties = tables.load("regional_cooperation/ties").merge(
        acts_at_sea(), left_on="act_id", right_on="row_id", suffixes=("", "_act")
    )
    return (
        ties.groupby("partner")
        .agg(
            acts=("act_id", "size"),
            operations=("stage", lambda s: int((s == "operation").sum())),
            first=("date", "min"),
            last=("date", "max"),
        )
        .reset_index()
    )


def looks_of_one(p: Parameters) -> pd.DataFrame:
    """The looks of one satellite at the place in a cycle, in order: ``time_s`` and ``distance_km`` right of
    the track.
    """
    at, distance = swath.passes(*SITES[p.site][1:])
    near = swath.near_edge_km(swath.altitude_km())
    hit = (distance >= near) & (distance < near + p.swath_km)
    order = np.argsort(at[hit])
    return pd.DataFrame({"time_s": at[hit][order], "distance_km": distance[hit][order]}).rename_axis("look")


def odds(p: Parameters) -> pd.DataFrame:
    """Chance of a catch in percent by time in reach, simulated and in closed form, for SWATHS_KM and the one
    asked for: swath_km, transit_hours, simulated_percent, closed_form_percent.
    """
    _, latitude, longitude = SITES[p.site]
    chance = p.tasking * p.detection_probability
    hours = np.unique(np.concatenate([np.arange(6, 24, 6), np.arange(24, 337, 12)])).astype(float)
    parts = []
    for wide in dict.fromkeys((*SWATHS_KM, p.swath_km)):
        base = swath.look_times(latitude, longitude, wide)
        looks = swath.fleet_looks(base, p.satellites, p.arrangement, p.seed)
        rate = swath.looks_per_cycle(latitude, wide) * p.satellites / (24 * swath.CYCLE_DAYS)
        parts.append(
            pd.DataFrame(
                {
                    "swath_km": wide,
                    "transit_hours": hours,
                    "simulated_percent": [100 * swath.catch_probability(looks, h, chance) for h in hours],
                    "closed_form_percent": 100 * (1 - np.exp(-rate * hours * chance)),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def dark_hours(p: Parameters) -> pd.DataFrame:
    """The longest gaps between reports of the ships of a file, as they would fare at the place asked for:
    mmsi, start_utc, end_utc, transit_hours (of the gap), apart_km (of its ends), simulated_percent (chance of
    a look that finds the ship in such a time).
    """
    columns = ["mmsi", "start_utc", "end_utc", "transit_hours", "apart_km", "simulated_percent"]
    if p.tracks_file is None:
        return pd.DataFrame(columns=columns)
    gaps = pd.DataFrame([row.cells for row in own.read(_dark, p.tracks_file).rows[:MOST_DARK]])
    if gaps.empty:
        return pd.DataFrame(columns=columns)
    ends = ["from_longitude_deg", "from_latitude_deg", "to_longitude_deg", "to_latitude_deg"]
    _, latitude, longitude = SITES[p.site]
    base = swath.look_times(latitude, longitude, p.swath_km)
    looks = swath.fleet_looks(base, p.satellites, p.arrangement, p.seed)
    chance = p.tasking * p.detection_probability
    hours = gaps["hours"].astype(float)
    gaps["transit_hours"] = hours
    gaps["apart_km"] = sphere.great_circle_km(*(gaps[name].astype(float) for name in ends))
    gaps["simulated_percent"] = [100 * swath.catch_probability(looks, one, chance) for one in hours]
    return gaps[columns]


def _dark(path):
    return ships.dark_hours(path, LEAST_DARK_HOURS)


def _tracks(p: Parameters, gaps: pd.DataFrame) -> dict[str, Result]:
    if p.tracks_file is None:
        return {}
    held = own.read(_dark, p.tracks_file)
    reports, vessels = (int(one.replace(",", "")) for one in re.findall(r"[\d,]+", held.notes[0]))
    longest = gaps.iloc[0] if len(gaps) else None
    return own.results("tracks_file", held, reports) | {
        "tracks_ships": Result(vessels, "ships", "ships with a position in the file"),
        "dark_gaps": Result(
            len(held.rows), "gaps", f"times of {LEAST_DARK_HOURS:g} hours or more without a report of a ship"
        ),
        "dark_least_hours": Result(LEAST_DARK_HOURS, "hours", "shorter gaps between reports are not counted"),
        "dark_longest_hours": Result(
            None if longest is None else float(longest["transit_hours"]), "hours", "the longest of these gaps"
        ),
        "dark_longest_ship": Result(
            None if longest is None else longest["mmsi"], "MMSI", "the ship of the longest gap"
        ),
        "dark_longest_percent": Result(
            None if longest is None else float(longest["simulated_percent"]),
            "percent",
            "chance that a look at the place asked for finds a ship in so many hours",
        ),
    }


def board(p: Parameters) -> pd.DataFrame:
    """Simulated odds in percent, a row for each fleet (swath by satellites) and each assumption (chance by
    tasking), and the fewest satellites for BOARD_TARGET_PERCENT by swath: panel, swath_km, satellites,
    tasking, detection_probability, percent.
    """
    _, latitude, longitude = SITES[p.site]
    base = {
        wide: swath.look_times(latitude, longitude, float(wide)) for wide in (*BOARD_SWATHS_KM, p.swath_km)
    }
    cells = [
        ("fleet", wide, count, p.tasking, p.detection_probability)
        for wide in BOARD_SWATHS_KM
        for count in BOARD_SATELLITES
    ]
    cells += [
        ("assumptions", p.swath_km, p.satellites, share, chance)
        for chance in BOARD_CHANCES
        for share in BOARD_TASKING
    ]
    looks = {
        (wide, count): swath.fleet_looks(base[wide], count, p.arrangement, p.seed)
        for wide, count in {cell[1:3] for cell in cells}
    }
    table = pd.DataFrame(
        cells, columns=["panel", "swath_km", "satellites", "tasking", "detection_probability"], dtype=object
    )
    found = [
        100 * swath.catch_probability(looks[wide, count], p.transit_hours, share * chance)
        for _, wide, count, share, chance in cells
    ]
    fewest = [_fewest(p, wide, base[wide]) for wide in BOARD_SWATHS_KM]
    return pd.concat([table.infer_objects().assign(percent=found), pd.DataFrame(fewest)], ignore_index=True)


def _fewest(p: Parameters, wide: float, base: tuple[np.ndarray, ...]) -> dict[str, object]:
    """The fewest satellites, up to the most on the board, whose odds with this swath reach
    BOARD_TARGET_PERCENT: every number is tried, from one up, because odds need not rise with each.
    """
    chance = p.tasking * p.detection_probability
    row = {"panel": "fewest", "swath_km": float(wide), "tasking": p.tasking}
    row["detection_probability"] = p.detection_probability
    for count in range(1, max(BOARD_SATELLITES) + 1):
        looks = swath.fleet_looks(base, count, p.arrangement, p.seed)
        odds_percent = 100 * swath.catch_probability(looks, p.transit_hours, chance)
        if odds_percent >= BOARD_TARGET_PERCENT:
            return {**row, "satellites": count, "percent": odds_percent}
    return {**row, "satellites": None, "percent": None}


def answer(parameters: Parameters) -> Answer:
    """The series of pressure, the waits and odds at the place asked for, and what partners add."""
    p = parameters
    name, latitude, _ = SITES[p.site]
    vessels, days = yearly("contiguous", "vessels"), yearly("contiguous", "days")
    territorial = yearly("territorial", "days")
    last_vessels, last_days = vessels.iloc[-1], days.iloc[-1]
    full = days[days["year"] >= FIRST_WHOLE_YEAR].set_index("year")["value"]
    change, gain = change_year(full)
    runs = streaks()
    longest = runs.sort_values("days").iloc[-1]
    here = sight_of(p)
    everywhere = pd.DataFrame([{"site": site, **sight_of(p, site=site)} for site in SITES])
    single = sight_of(p, satellites=1)
    rate = (
        single["closed_looks_per_cycle"]
        * p.transit_hours
        / 24
        / swath.CYCLE_DAYS
        * p.tasking
        * p.detection_probability
    )
    half = int(np.ceil(np.log(2) / rate)) if rate > 0 else None
    sets = element_sets()
    partners = cooperation().set_index("partner")
    missing = sorted(set(range(FIRST_WHOLE_YEAR, int(last_vessels["year"]) + 1)) - set(vessels["year"]))
    told = {"vessels": int(last_vessels["year"]), "days": int(last_days["year"])}
    gaps = dark_hours(p)
    results = {
        "vessels_last_year": Result(
            int(last_vessels["value"]),
            "vessel-days",
            f"Chinese government vessels in the contiguous zone in {int(last_vessels['year'])}, each counted"
            " anew every day",
            SENKAKU,
        ),
        "last_year": Result(int(last_vessels["year"]), "year", "last year with a published count"),
        "days_last_year": Result(
            int(last_days["value"]), "days", f"days with such vessels in {int(last_days['year'])}", SENKAKU
        ),
        "years_without_vessel_count": Result(
            missing, "years", "years between for which no source of the vessel count was found"
        ),
        "vessel_growth": Result(
            float(last_vessels["value"] / vessels.set_index("year")["value"].loc[FIRST_WHOLE_YEAR]),
            "times",
            f"vessel count of the last year over that of {FIRST_WHOLE_YEAR}, the first whole year of the"
            " series",
            SENKAKU,
        ),
        "presence_change_year": Result(
            change,
            "year",
            f"year from which the share of days changes most within the series from {FIRST_WHOLE_YEAR}",
            SENKAKU,
        ),
        "longest_streak_days": Result(
            int(longest["days"]), "days", "longest unbroken run of days in the contiguous zone", SENKAKU
        ),
        "territorial_days_2012_2022": Result(
            int(territorial[territorial["year"] <= 2022]["value"].sum()),
            "days",
            "days with vessels in the territorial sea from 11 September 2012 to 2022",
            SENKAKU,
        ),
        "track_spacing_km": Result(
            swath.track_spacing_km(latitude),
            "km",
            f"distance between neighboring tracks of the 14-day cycle at {name}",
        ),
        "looks_per_cycle": Result(
            here["looks_per_cycle"],
            "looks in 14 days",
            "possible looks of the whole fleet in one cycle, simulated passes",
        ),
        "mean_revisit_hours": Result(
            here["mean_revisit_hours"] if np.isfinite(here["mean_revisit_hours"]) else None,
            "hours",
            "mean time between looks that are taken; null where the swath never meets the place",
            DARK,
        ),
        "longest_gap_hours": Result(
            here["longest_gap_hours"], "hours", "longest time between possible looks"
        ),
        "catch_probability": Result(
            here["catch_probability"],
            "probability",
            "chance that at least one look finds the ship, simulated pass times",
            DARK,
        ),
        "catch_probability_poisson": Result(
            here["catch_probability_poisson"],
            "probability",
            "the same from the closed form for looks that come at random",
            DARK,
        ),
        "satellites_for_even_odds": Result(
            half,
            "satellites",
            "satellites for a chance of one half by the closed form; null where no look can find the ship",
            DARK,
        ),
        "catch_probability_by_site": Result(
            dict(zip(everywhere["site"], everywhere["catch_probability"])),
            "probability",
            "the same odds at every place",
        ),
        "mean_revisit_hours_by_site": Result(
            {
                s: float(h) if np.isfinite(h) else None
                for s, h in zip(everywhere["site"], everywhere["mean_revisit_hours"])
            },
            "hours",
            "mean time between looks at every place",
        ),
        "maritime_acts_india": Result(
            int(partners["acts"].get("India", 0)),
            "acts",
            "acts of cooperation at sea with India",
            ("C3-116",),
        ),
        "maritime_acts_taiwan": Result(
            int(partners["acts"].get("Taiwan", 0)),
            "acts",
            "acts of cooperation at sea with Taiwan",
            ("C0-008", "C0-001"),
        ),
        "maritime_operations_taiwan": Result(
            int(partners["operations"].get("Taiwan", 0)), "acts", "of them drills held", ("C0-008",)
        ),
        "maritime_acts": Result(len(acts_at_sea()), "acts", "acts of cooperation at sea"),
        "place": Result(name, "", "the place asked for"),
        "series_starts": Result(
            f"{NATIONALISATION:%Y-%m-%d}", "date", "day from which the coast guard's series counts anew"
        ),
        "first_whole_year": Result(FIRST_WHOLE_YEAR, "year", "first whole year of the series"),
        "last_year_of_days": Result(told["days"], "year", "last year with a published count of days"),
        "territorial_last_year": Result(
            int(territorial["year"].iloc[-1]), "year", "newest whole year found of the territorial sea"
        ),
        "territorial_days_last_year": Result(
            int(territorial["value"].iloc[-1]),
            "days",
            "days with vessels in the territorial sea in that year",
        ),
        "newer_counts": Result(
            [
                {
                    "indicator": str(row.indicator),
                    "zone": str(row.zone),
                    "first": f"{row.date:%Y-%m-%d}",
                    "last": f"{row.period_end:%Y-%m-%d}",
                    "value": float(row.value),
                }
                for row in left_out(told).itertuples()
            ],
            "",
            "counts that are newer than the last whole year told",
        ),
        "told_twice": Result(again(), "row ids", "rows that say a fact again, undecided; left out"),
        "board_target_percent": Result(
            BOARD_TARGET_PERCENT, "percent", "odds for which the board looks for the fewest satellites"
        ),
        "most_told": Result(MOST_TOLD, "satellites", "a larger fleet is not told by its number"),
        **_tracks(p, gaps),
    }
    return Answer(
        results,
        {
            "vessels": vessels,
            "days": days,
            "territorial": territorial,
            "all_vessels": yearly("contiguous", "vessels", settled=False),
            "streaks": runs,
            "sites": everywhere,
            "reach": reach(sets),
            "element_sets": sets,
            "without_elements": without_elements(),
            "looks": looks_of_one(p),
            "odds": odds(p),
            "dark_hours": gaps,
            "board": board(p),
            "cooperation": partners.reset_index(),
            "radars": tables.load("regional_cooperation/radar_satellites"),
        },
        parameters,
    )


def checks(answer: Answer) -> list[Check]:
    """The yearly series against the totals once published, the runs against the calendar, the orbit against
    JAXA's altitude.
    """
    axis, _ = swath.repeating_orbit()
    radars = answer.tables["radars"]
    flown = radars[radars["altitude_km"].notna()].iloc[0]
    runs = answer.tables["streaks"]
    longest = runs.loc[runs["days"].idxmax()]
    return [
        *(
            _to_2016(f"{what} in the {place}, September 2012 to 2016", zone, indicator, unit)
            for what, place, zone, indicator, unit in (
                ("Days", "contiguous zone", "contiguous", "days", "days"),
                ("Vessels", "contiguous zone", "contiguous", "vessels", "vessel-days"),
                ("Vessels", "territorial sea", "territorial", "vessels", "vessel-days"),
            )
        ),
        Check(
            "Length of the longest run, by the calendar",
            float((longest["last"] - longest["first"]).days + 1),
            float(longest["days"]),
            0.0,
            "days",
            str(longest["source_id"]),
            "third paragraph",
        ),
        Check(
            "Altitude of the orbit that closes after 207 revolutions in 14 days",
            axis - WGS84.equatorial_radius_km,
            float(flown["altitude_km"]),
            1.0,
            "km",
            str(flown["source_id"]),
            "orbit altitude",
        ),
    ]


def _to_2016(what: str, zone: str, indicator: str, unit: str) -> Check:
    """The yearly counts to 2016 against the total since nationalisation that was printed then."""
    table = counts()
    printed = table[
        (table["coverage"] == "cumulative")
        & (table["zone"] == zone)
        & (table["indicator"] == indicator)
        & (table["period_end"] == "2016-12-31")
    ].iloc[0]
    series = yearly(zone, indicator)
    ours = float(series[series["year"].between(NATIONALISATION.year, 2016)]["value"].sum())
    return Check(
        what, ours, float(printed["value"]), 0.0, unit, str(printed["source_id"]), str(printed["locator"])
    )
