"""How heavy is the pressure at sea, and how much would radar satellites see of a ship that has switched off
its transponder?

The pressure is the coast guard's count near the Senkaku Islands. Sight is geometry: published swaths on a
published repeat cycle, with tasking and the chance of finding the ship in one look as the reader's
assumptions. Nothing is claimed about real tasking.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import field_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import tables
from spacesec.parameters import value
from spacesec.regional_cooperation.maritime_awareness import swath

# Reference points chosen here: the middle of the Senkaku group, of the Luzon Strait and of the Sea of Japan
# (name, latitude, longitude).
SITES = {
    "senkaku": ("Senkaku Islands", 25.75, 123.5),
    "luzon_strait": ("Luzon Strait", 20.5, 121.0),
    "sea_of_japan": ("Sea of Japan", 39.5, 134.5),
}


SENKAKU = ("C3-074", "C0-003")


DARK = ("C3-075",)


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

    @field_validator("site")
    @classmethod
    def _known(cls, name: str) -> str:
        if name not in SITES:
            raise ValueError(f"site = {name!r} is not possible: the places are {', '.join(SITES)}.")
        return name


def yearly(zone: str, indicator: str, settled: bool = True) -> pd.DataFrame:
    """One row a calendar year (2012: from 11 September) with ``year`` and ``value``; years that no source
    gives have no row.

    settled False keeps also the counts against which a rule decided.
    """
    table = (tables.settled if settled else tables.load)("regional_cooperation/maritime")
    table = table[
        (table["zone"] == zone) & (table["indicator"] == indicator) & (table["coverage"] == "complete")
    ]
    return table.assign(year=table["date"].dt.year).sort_values(["year", "row_id"]).reset_index(drop=True)


def streaks() -> pd.DataFrame:
    """Longest unbroken runs of days in the contiguous zone: ``first``, ``last``, ``days`` and whether the run
    was still ``open``.
    """
    table = tables.load("regional_cooperation/maritime")
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


def reach() -> pd.DataFrame:
    """Passes a day over each place within REACH_DEG off nadir, by owner, from real element sets over the two
    days after their epoch.

    Reach, not looks: a radar within reach may be off, busy or looking elsewhere.
    """
    from spacesec.astrodynamics import elements, frames, visibility

    fleet = tables.load("space_systems/satellites")
    wanted = fleet[
        ((fleet["function"] == "radar imaging") & fleet["operator"].isin(["iQPS", "Synspective"]))
        | fleet["name"].isin(["ALOS-2", "ALOS-4"])
    ]
    wanted = wanted[wanted["state"] == "flying"]
    sets = tables.load("space_systems/elements")
    sets = (
        sets[sets["norad_id"].isin(wanted["norad_id"].dropna())]
        .sort_values("epoch_date")
        .groupby("norad_id", as_index=False)
        .last()
    )
    sets = sets.merge(wanted[["norad_id", "operator"]], on="norad_id")
    start = sets["epoch_date"].max()
    rows = []
    for operator, part in sets.groupby("operator", observed=True):
        track = elements.track(
            elements.read_lines("\n".join(f"{a}\n{b}" for a, b in zip(part["line1"], part["line2"]))),
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


def cooperation() -> pd.DataFrame:
    """Acts on the sea by partner: how many, how many carried out, and the first and last."""
    acts = tables.load("regional_cooperation/acts")
    acts = acts[acts["domains"].str.contains("maritime")]
    ties = tables.load("regional_cooperation/ties").merge(
        acts, left_on="act_id", right_on="row_id", suffixes=("", "_act")
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


def answer(parameters: Parameters) -> Answer:
    """The series of pressure, the waits and odds at the place asked for, and what partners add."""
    p = parameters
    name, latitude, _ = SITES[p.site]
    vessels, days = yearly("contiguous", "vessels"), yearly("contiguous", "days")
    last_vessels, last_days = vessels.iloc[-1], days.iloc[-1]
    full = days[days["year"] > 2012].set_index("year")["value"]
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
    partners = cooperation().set_index("partner")
    missing = sorted(set(range(2013, int(last_vessels["year"]) + 1)) - set(vessels["year"]))
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
            float(last_vessels["value"] / vessels.set_index("year")["value"].loc[2013]),
            "times",
            "vessel count of the last year over that of 2013, the first whole year of the series",
            SENKAKU,
        ),
        "presence_change_year": Result(
            change,
            "year",
            "year from which the share of days changes most within the series from 2013",
            SENKAKU,
        ),
        "longest_streak_days": Result(
            int(longest["days"]), "days", "longest unbroken run of days in the contiguous zone", SENKAKU
        ),
        "territorial_days_2012_2022": Result(
            int(yearly("territorial", "days").query("year <= 2022")["value"].sum()),
            "days",
            "days with vessels in the territorial sea from 11 September 2012 to 2022",
            SENKAKU,
        ),
        "track_spacing_km": Result(
            swath.track_spacing_km(latitude),
            "km",
            f"distance between neighbouring tracks of the 14-day cycle at {name}",
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
    }
    return Answer(
        results,
        {
            "vessels": vessels,
            "days": days,
            "territorial": yearly("territorial", "days"),
            "all_vessels": yearly("contiguous", "vessels", settled=False),
            "streaks": runs,
            "sites": everywhere,
            "reach": reach(),
            "cooperation": partners.reset_index(),
            "radars": tables.load("regional_cooperation/radar_satellites"),
        },
        parameters,
        facts={"p": p, "results": results, "here": here, "name": name},
    )


def checks(answer: Answer) -> list[Check]:
    """The yearly series against the totals once published, the runs against the calendar, the orbit against
    JAXA's altitude.
    """
    table = tables.load("regional_cooperation/maritime").set_index("row_id")["value"]
    days, vessels, territorial = (
        yearly("contiguous", "days"),
        yearly("contiguous", "vessels"),
        yearly("territorial", "vessels"),
    )
    to_2016 = lambda t: float(t[t["year"].between(2012, 2016)]["value"].sum())  # noqa: E731
    axis, _ = swath.repeating_orbit()
    radars = answer.tables["radars"].set_index("row_id")
    runs = answer.tables["streaks"]
    longest = runs.loc[runs["days"].idxmax()]
    sankei = "sankei-shimbun-2017-chinese-vessels-seen"
    return [
        Check(
            "Days in the contiguous zone, September 2012 to 2016",
            to_2016(days),
            float(table["senkaku-cz-days-2012-2016"]),
            0.0,
            "days",
            sankei,
            "paragraph on totals to the end of 2016",
        ),
        Check(
            "Vessels in the contiguous zone, September 2012 to 2016",
            to_2016(vessels),
            float(table["senkaku-cz-vessels-2012-2016"]),
            0.0,
            "vessel-days",
            sankei,
            "paragraph on totals to the end of 2016",
        ),
        Check(
            "Vessels in the territorial sea, September 2012 to 2016",
            to_2016(territorial),
            float(table["senkaku-ts-vessels-2012-2016"]),
            0.0,
            "vessel-days",
            sankei,
            "paragraph on totals to the end of 2016",
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
            axis - 6378.137,
            float(radars.loc["radar-alos-2-stripmap", "altitude_km"]),
            1.0,
            "km",
            "sed-co-nd-alos-2-palsar-2-specification",
            "orbit altitude",
        ),
    ]
