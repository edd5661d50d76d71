"""What a surface radar cannot see: line of sight against ballistic, depressed and gliding paths, and whether
it shows in the reports.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics import ballistic
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.missile_warning import warning_chain
from spacesec.missile_warning.radar_horizon import horizon
from spacesec.parameters import Parameters as Base
from spacesec.parameters import value

RECORD, ATMOSPHERES = "missile_warning/launches", "missile_warning/reference_atmospheres"

# Who states what the checks reproduce.
STANDARD = "fs-1037c-1996-radio-horizon"
BENDING = "orekit-nd-itu-r-p834-refraction"

LOW_APOGEE_KM = 60  # of a low flight
TRUE_RHO = 0.3  # the correlation whose detection the power is told for

HEIGHTS_KM = (20, 40, 60, 100, 300)  # of targets whose horizon is told

PATHS = {"ballistic": ("blue", "-"), "depressed": ("green", "--"), "glide": ("vermilion", "-.")}


class Parameters(Base):
    range_km: float = value(1300.0, "ground range of the three model flights", unit="km", ge=200, le=5000)
    depressed_apogee_km: float = value(100.0, "apogee of the depressed flight", unit="km", ge=20, le=1000)
    glide_altitude_km: float = value(40.0, "height of the glider", unit="km", ge=20, le=80)
    glide_speed_km_s: float = value(3.0, "mean ground speed of the glider", unit="km/s", ge=1, le=7)
    radar_height_m: float = value(
        500.0, "height of the radar at the end of the flight", unit="m", ge=0, le=4000
    )
    rays: Literal["traced", "enlarged Earth"] = value(
        "traced",
        "how a radar's rays bend: traced through a reference atmosphere, or straight over an enlarged Earth"
        " (the 4/3 rule)",
    )
    atmosphere: str = value(
        "ITU-R P.834",
        "reference atmosphere of traced rays, by name",
        known=lambda: tables.load(ATMOSPHERES)["atmosphere"],
    )
    refraction_factor: float = value(
        4 / 3, "Earth radius enlargement (rays enlarged Earth); 1 is none", unit="", ge=1, le=2
    )
    boost_minutes: float = value(
        1.2,
        "time the boost phase adds to every path before its sight (reported minus computed times of the"
        " Hwasong-12 lie between 0.6 and 2.1)",
        unit="min",
        ge=0,
        le=5,
    )
    space_sight_minutes: float = value(
        1.0,
        "from launch to a satellite's first sight, an assumption; 3 minutes to the report were stated for"
        " 2012",
        unit="min",
        ge=0,
        le=10,
    )
    shortfall_km: float = value(
        100.0,
        "Tokyo's range short of Seoul's by more than this counts as a shortfall",
        unit="km",
        ge=20,
        le=500,
    )

    @model_validator(mode="after")
    def _depressed(self):
        lowest, least = (
            ballistic.lowest_apogee_km(self.range_km),
            ballistic.minimum_energy(self.range_km).apogee_km,
        )
        if not lowest <= self.depressed_apogee_km <= least:
            raise ValueError(
                f"depressed_apogee_km = {self.depressed_apogee_km:g} is not possible for range_km ="
                f" {self.range_km:g}: a depressed flight has an apogee from {np.ceil(lowest):.0f} to"
                f" {np.floor(least):.0f} km there."
            )
        return self


def rays_of(p: Parameters) -> horizon.Rays:
    """The rays that the parameters ask for; a ParameterError lists the atmospheres there are."""
    if p.rays == "enlarged Earth":
        return horizon.EnlargedEarth(p.refraction_factor)
    known = atmospheres()
    if p.atmosphere not in known:
        raise ParameterError(
            f"atmosphere = {p.atmosphere!r} is not possible; choose among {', '.join(sorted(known))}."
        )
    return known[p.atmosphere]


def atmospheres() -> dict[str, horizon.Atmosphere]:
    """The reference atmospheres on record, by name."""
    return {
        row.atmosphere: horizon.Atmosphere(row.surface_refractivity, row.decay_per_km)
        for row in tables.load(ATMOSPHERES).itertuples()
    }


def horizons(p: Parameters) -> pd.DataFrame:
    """Horizon of that radar by way of bending and height of the target: rays, altitude_km, horizon_km."""
    ways = atmospheres() | {
        "4/3 rule": horizon.EnlargedEarth(),
        "no bending": horizon.Atmosphere(0.0, 1.0),
    }
    return pd.DataFrame(
        [
            (name, height, float(horizon.horizon_km(height, p.radar_height_m / 1000, rays)))
            for name, rays in ways.items()
            for height in HEIGHTS_KM
        ],
        columns=["rays", "altitude_km", "horizon_km"],
    )


def answer(parameters: Parameters) -> Answer:
    p, rays = parameters, rays_of(parameters)
    radars, sites = tables.load("missile_warning/radar_sites"), tables.load("missile_warning/launch_sites")
    flights = model_flights(p)
    seen = first_seen(flights, p)
    launches, reports = tables.load(RECORD), tables.settled("missile_warning/observer_reports")
    cases = reported_pairs(first_statements(reports), p.shortfall_km)
    cases = with_hidden_end(cases, launches, sites, radars, rays)
    test = association(cases)
    low = cases[cases["apogee_km"] <= LOW_APOGEE_KM]
    short = cases[cases["shortfall"] & cases["hidden_end_km"].notna()]
    gained = {row.path: row.gained_min for row in seen.itertuples()}
    reach = {h: float(horizon.horizon_km(h, p.radar_height_m / 1000, rays)) for h in HEIGHTS_KM}
    ways, known = horizons(p), tables.load(ATMOSPHERES)
    rule = ways[ways["rays"] == "4/3 rule"].set_index("altitude_km")["horizon_km"]
    results = {
        "horizon_km": Result(
            {f"{h} km": km for h, km in reach.items()},
            "km",
            "ground distance at which a target of that height rises over the radar's horizon",
            ("C3-068",),
        ),
        "rule_excess_km": Result(
            {f"{h} km": float(rule[h] - km) for h, km in reach.items()},
            "km",
            "what the 4/3 rule says beyond that",
        ),
        "minutes_gained": Result(
            gained,
            "min",
            "first sight by a radar at the end of the flight minus first sight by a satellite (negative: the"
            " radar is first)",
            ("C2-007", "C3-068"),
        ),
        "minutes_seen_by_radar": Result(
            {row.path: row.left_min for row in seen.itertuples()},
            "min",
            "from first sight by that radar to the end of the flight",
            ("C3-068",),
        ),
        "unseen_percent": Result(
            {row.path: row.unseen_percent for row in seen.itertuples()},
            "%",
            "share of the time from launch to the end, the boost phase with it, before that radar's first"
            " sight",
            ("C3-068",),
        ),
        "launches_on_record": Result(len(launches), "launches", "launches on record, of all years"),
        "newest_launch": Result(
            extent.last_day(RECORD, "launch_date").isoformat(), "", "date of the newest of them (UTC)"
        ),
        "second_statements": Result(
            len(reports) - len(first_statements(reports)),
            "statements",
            "further statements of a capital on a launch it had spoken of, left out",
        ),
        "pairs": Result(len(cases), "launches", "launches with a range stated by both Seoul and Tokyo"),
        "shortfall_cases": Result(
            int(cases["shortfall"].sum()),
            "launches",
            "of these, Tokyo's range short of Seoul's by more than the chosen distance",
            ("C3-068",),
        ),
        "shortfall_cases_low": Result(
            int(low["shortfall"].sum()),
            "launches",
            f"of these, with an apogee of {LOW_APOGEE_KM} km or less (among {len(low)} such pairs)",
            ("C3-068",),
        ),
        "low_apogee_km": Result(LOW_APOGEE_KM, "km", "apogee up to which a flight counts as low"),
        "excess_cases": Result(
            int((cases["gap_km"] < -p.shortfall_km).sum()),
            "launches",
            "Tokyo's range beyond Seoul's by more than the chosen distance",
        ),
        "hidden_end_km": Result(
            (
                [float(short["hidden_end_km"].min()), float(short["hidden_end_km"].max())]
                if len(short)
                else None
            ),
            "km",
            "least and most of the end of the path below every Japanese radar's horizon, among the"
            " shortfalls",
            ("C3-068",),
        ),
        "explained_percent": Result(
            100 * float(short["hidden_end_km"].sum() / short["gap_km"].sum()) if len(short) else None,
            "%",
            "hidden end of the shortfall flights as a share of what Tokyo's ranges lack",
            ("C3-068",),
        ),
        "rank_correlation": Result(
            test["rho"],
            "",
            "Spearman correlation of the gap with the length of path below every Japanese radar's horizon"
            " before impact",
        ),
        "permutation_p": Result(test["p"], "", "one-sided permutation p of that correlation"),
        "low_flight_p": Result(
            low_flight_p(cases),
            "",
            f"exact one-sided p that shortfalls gather at {LOW_APOGEE_KM} km apogee or less by chance",
        ),
        "power_percent": Result(
            test["power"], "%", f"chance that so few cases show a correlation of {TRUE_RHO} at the 5% level"
        ),
        "power_at_correlation": Result(TRUE_RHO, "", "the true correlation that this power is told for"),
    }
    return Answer(
        results,
        {
            "flights": flights,
            "first_seen": seen,
            "cases": cases,
            "radars": radars,
            "sensitivity": sensitivity(p),
            "detections": warning_chain.durations("detection"),
            "horizons": ways,
            "atmosphere": known[known["atmosphere"].eq(p.atmosphere) & (p.rays == "traced")],
        },
        p,
    )


def model_flights(p: Parameters) -> pd.DataFrame:
    """Three flights over the same ground range: least energy, depressed, level glide; columns path, second,
    ground_km, altitude_km.

    The glide is drawn as level flight at one height after a straight climb and before a straight dive at 45
    degrees, all at one speed.
    """
    rows = []
    for name, flight in (
        ("ballistic", ballistic.minimum_energy(p.range_km)),
        ("depressed", ballistic.from_apogee_and_range(p.depressed_apogee_km, p.range_km)),
    ):
        rows.append(
            pd.DataFrame(dict(zip(("second", "ground_km", "altitude_km"), flight.path(721)))).assign(
                path=name
            )
        )
    ground = np.linspace(0, p.range_km, 721)
    altitude = np.minimum(p.glide_altitude_km, np.minimum(ground, p.range_km - ground))
    rows.append(
        pd.DataFrame(
            {
                "second": ground / p.glide_speed_km_s,
                "ground_km": ground,
                "altitude_km": altitude,
                "path": "glide",
            }
        )
    )
    return pd.concat(rows, ignore_index=True)[["path", "second", "ground_km", "altitude_km"]]


def first_seen(flights: pd.DataFrame, p: Parameters) -> pd.DataFrame:
    """When a radar at the end of the flight first sees each path, what is left then, and what a satellite
    would have gained.

    The paths start at full speed, so the boost phase is added to every moment; the share unseen is that of
    the whole flight, in which the boost phase counts as unseen.
    """
    rows, rays = [], rays_of(p)
    for name, path in flights.groupby("path", sort=False):
        total = path["second"].iloc[-1]
        at = horizon.first_seen_s(
            path["second"].to_numpy(),
            path["ground_km"].to_numpy(),
            path["altitude_km"].to_numpy(),
            p.range_km,
            p.radar_height_m / 1000,
            rays,
        )
        rows.append(
            (
                name,
                total / 60 + p.boost_minutes,
                at / 60 + p.boost_minutes,
                (total - at) / 60,
                at / 60 + p.boost_minutes - p.space_sight_minutes,
                100 * (at / 60 + p.boost_minutes) / (total / 60 + p.boost_minutes),
            )
        )
    return pd.DataFrame(
        rows, columns=["path", "flight_min", "first_seen_min", "left_min", "gained_min", "unseen_percent"]
    )


def sensitivity(p: Parameters) -> pd.DataFrame:
    """Minutes gained on the glide and the ballistic path as one assumption at a time goes to either end of
    its range.
    """
    latest_sight = float(warning_chain.durations("detection")["minutes"].max())
    ends = {
        "glide_altitude_km": (25, 60),
        "glide_speed_km_s": (2, 4),
        "radar_height_m": (0, 1042),
        "space_sight_minutes": (0.5, latest_sight),
        "range_km": (1000, 1600),
        "boost_minutes": (0.6, 2.1),
    }
    moves = [
        # A bar holds the chosen value.
        (name, which, f"{end:,g}", {name: end})
        for name, (low, high) in ends.items()
        for which, end in (("low", min(low, getattr(p, name))), ("high", max(high, getattr(p, name))))
    ]
    moves += [
        ("rays", "low", "straight", {"rays": "enlarged Earth", "refraction_factor": 1.0}),
        ("rays", "high", "4/3 rule", {"rays": "enlarged Earth", "refraction_factor": horizon.REFRACTION}),
    ]
    chosen = first_seen(model_flights(p), p).set_index("path")["gained_min"]
    rows = [("as chosen", "chosen", "", path, float(chosen[path])) for path in PATHS]
    for name, which, shown, change in moves:
        try:
            moved = Parameters.of({**p.plain(), **change})
        except ParameterError:
            continue
        found = first_seen(model_flights(moved), moved).set_index("path")["gained_min"]
        rows += [(name, which, shown, path, float(found[path])) for path in PATHS]
    return pd.DataFrame(rows, columns=["assumption", "end", "value", "path", "gained_min"])


def first_statements(reports: pd.DataFrame) -> pd.DataFrame:
    """One statement a launch, missile and capital, the first on record; what a capital said of the same
    launch in another row is left out.
    """
    launch = reports["launch_id"].fillna(reports["report_date"].dt.strftime("%Y-%m-%d"))
    return reports.assign(key=launch + reports["missile_label"]).drop_duplicates(["key", "observer"])


def reported_pairs(reports: pd.DataFrame, shortfall_km: float) -> pd.DataFrame:
    """One row a launch whose range both Seoul and Tokyo stated: both ranges, Seoul's apogee (Tokyo's where
    missing), the gap. reports: as `first_statements` gives them.
    """
    ranged = reports.dropna(subset=["range_km"])
    korea = ranged[ranged["observer"] == "KR"].set_index("key")
    japan = ranged[ranged["observer"] == "JP"].set_index("key")
    both = korea.join(
        japan[["range_km", "apogee_km", "bound", "row_id", "source_id"]].add_suffix("_jp"), how="inner"
    )
    both = both.assign(
        apogee_km=both["apogee_km"].fillna(both["apogee_km_jp"]),
        gap_km=both["range_km"] - both["range_km_jp"],
        row_ids=both["row_id"] + ";" + both["row_id_jp"],
    )
    both["shortfall"] = both["gap_km"] > shortfall_km
    columns = [
        "launch_id",
        "report_date",
        "missile_label",
        "apogee_km",
        "range_km",
        "range_km_jp",
        "bound_jp",
        "gap_km",
        "shortfall",
        "row_ids",
        "source_id",
        "source_id_jp",
    ]
    return both.reset_index(drop=True)[columns].sort_values("report_date").reset_index(drop=True)


def with_hidden_end(
    cases: pd.DataFrame, launches: pd.DataFrame, sites: pd.DataFrame, radars: pd.DataFrame, rays: horizon.Rays
) -> pd.DataFrame:
    """Add the length of path before impact that lies below the horizon of every Japanese radar; missing
    without bearing.

    Path: parabola in height over ground range through Seoul's apogee and range, along the great circle of the
    recorded bearing.
    """
    placed = (
        launches[["row_id", "site_id", "bearing_deg"]]
        .merge(
            sites[["row_id", "latitude_deg", "longitude_deg"]].rename(columns={"row_id": "site_id"}),
            on="site_id",
        )
        .set_index("row_id")
    )
    hidden = []
    for case in cases.itertuples():
        launch = placed.loc[case.launch_id] if case.launch_id in placed.index else None
        if launch is None or pd.isna(launch["bearing_deg"]) or pd.isna(case.apogee_km):
            hidden.append(np.nan)
            continue
        share = np.linspace(0, 1, 401)
        lon, lat = ballistic.destination(
            launch["longitude_deg"], launch["latitude_deg"], launch["bearing_deg"], share * case.range_km
        )
        height = 4 * case.apogee_km * share * (1 - share)
        seen = np.flatnonzero(
            height > horizon.lowest_visible_from(radars[radars["operator"] == "JP"], lon, lat, rays)
        )
        hidden.append(float(case.range_km * (1 - (share[seen[-1]] if len(seen) else 0))))
    # Steps of a hundredth of a percent or so: what differs only in the last bits is equal, also in rank.
    return cases.assign(hidden_end_km=np.round(hidden, 6))


def association(cases: pd.DataFrame, seed: int = 11, draws: int = 5000) -> dict[str, float]:
    """Does the gap grow with the hidden end? Spearman's rho, its one-sided permutation p, and the power for a
    true rho of ``TRUE_RHO``.
    """
    from scipy import stats

    known = cases.dropna(subset=["hidden_end_km"])
    gap, hidden = (known[name].to_numpy(float).round(6) for name in ("gap_km", "hidden_end_km"))
    rho = float(stats.spearmanr(gap, hidden).statistic)
    rng, ranks = np.random.default_rng(seed), stats.rankdata(gap)
    other = stats.rankdata(hidden)
    shuffled = np.array([np.corrcoef(rng.permutation(ranks), other)[0, 1] for _ in range(draws)])
    # Fisher's z: one-sided power of a test of no correlation when the true one is TRUE_RHO.
    power = 100 * float(
        stats.norm.sf(stats.norm.ppf(0.95) - np.arctanh(TRUE_RHO) * np.sqrt(max(len(known) - 3, 1)))
    )
    return {
        "rho": rho,
        "p": float((1 + (shuffled >= rho - 1e-12).sum()) / (draws + 1)),
        "power": power,
        "n": len(known),
    }


def low_flight_p(cases: pd.DataFrame) -> float:
    """Fisher's exact test, one-sided: do shortfalls gather among flights with a low apogee?"""
    from scipy import stats

    low = cases["apogee_km"] <= LOW_APOGEE_KM
    square = [
        [int((cases["shortfall"] & low).sum()), int((~cases["shortfall"] & low).sum())],
        [int((cases["shortfall"] & ~low).sum()), int((~cases["shortfall"] & ~low).sum())],
    ]
    return float(stats.fisher_exact(square, alternative="greater").pvalue)


def checks(found: Answer) -> list[Check]:
    """The 4/3 rule against that of the US federal standard, in feet and in metres; the bending of a traced
    ray against the formula of the recommendation that its atmosphere comes from.
    """
    foot, mile = 0.0003048, 1.852
    feet = float(horizon.horizon_km(10_000 * foot, 100 * foot)) / mile
    metres = float(horizon.horizon_km(10.0, 0.5)) / mile
    return [
        Check(
            "horizon of a target at 10,000 feet for a radar at 100 feet, by the 4/3 rule",
            feet,
            1.23 * (100 + 10),
            0.5,
            "nautical miles",
            STANDARD,
            "1.23 (sqrt h1 + sqrt h2), feet",
        ),
        Check(
            "horizon of a target at 10 km for a radar at 500 m, by the 4/3 rule",
            metres,
            2.23 * (10_000**0.5 + 500**0.5),
            1.0,
            "nautical miles",
            STANDARD,
            "2.23 (sqrt h1 + sqrt h2), metres",
        ),
        Check(
            "bending of a ray that leaves the sea level, through the whole atmosphere of ITU-R P.834",
            horizon.bending_deg(atmospheres()["ITU-R P.834"]),
            1 / 1.314,
            0.01,
            "degrees",
            BENDING,
            "formula 9 of ITU-R P.834-9 at elevation 0 and height 0",
        ),
    ]
