"""How long a ballistic flight lasts, how far the ellipse is from the clock, and what is left when the alert
comes.
"""

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec.answers import Answer, Check, Result
from spacesec.astrodynamics import ballistic
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.methods.sphere import great_circle_km
from spacesec.missile_warning import warning_chain
from spacesec.parameters import Parameters as Base
from spacesec.parameters import value

SITES = [
    "Sunan",
    "Wonsan Kalma International Airport",
    "Mupyong-ni Arms Plant",
    "Sohae Satellite Launching Station",
    "Tonghae Satellite Launching Ground",
]


CITIES = ["Tokyo", "Sapporo", "Aomori", "Niigata", "Osaka", "Fukuoka", "Naha"]


ICBM_RANGE_KM = 5500.0  # full range from which a missile counts as intercontinental

RECORD = "missile_warning/launches"

# The classes whose flights are set beside the ellipse, as the record names the type.
CLASSES = {"icbm": "ICBM", "irbm": "IRBM"}

DETECTION_YEAR = 2012  # of the launch that the claims speak of

# What the checks rest on: the flight that the others predict, and the lofted tests with a published full
# range.
PREDICTED_LAUNCH = "nk-2017-11-28-1"
PUBLISHED_RANGES = {
    "flight-2019-10-01-cns": ("full range of the Pukguksong-3 from its lofted test", 1900, 100, ""),
    "flight-2017-05-14-jp": (
        "full range of the Hwasong-12 from its lofted test (no boost, no rotation: a floor)",
        4500,
        200,
        "range estimate of about 4,500 km",
    ),
}
SOURCES = {
    "53 minutes": "kyodo-news-via-san-2017-missile-29-november-2017-fell",
    "10 minutes": "shiogama-city-nd-guidance-ballistic-missiles",
}


class Parameters(Base):
    range_km: float = value(1300.0, "ground range of the flight", unit="km", gt=0, lt=20015)
    apogee_km: float | None = value(
        None, "apogee; null: the flight of least speed for that range", unit="km", gt=0, le=20000
    )
    alert_minutes: float = value(5.0, "from launch to the alert", unit="min", ge=0, le=60)
    sites: list[str] = value(
        SITES,
        "launch sites of the record, by name",
        known=lambda: tables.load("missile_warning/launch_sites")["site_name"],
        min_length=1,
        max_length=12,
    )
    cities: list[str] = value(
        CITIES,
        "Japanese cities, by name",
        known=lambda: tables.load("missile_warning/cities")["city"],
        min_length=1,
        max_length=16,
    )

    @model_validator(mode="after")
    def _possible(self):
        try:
            flight_of(self.range_km, self.apogee_km)
        except ParameterError as error:
            raise ValueError(str(error)) from None
        return self


def flight_of(range_km: float, apogee_km: float | None) -> ballistic.Flight:
    return (
        ballistic.minimum_energy(range_km)
        if apogee_km is None
        else ballistic.from_apogee_and_range(apogee_km, range_km)
    )


def answer(parameters: Parameters) -> Answer:
    p = parameters
    sites, cities = (
        named(tables.load("missile_warning/launch_sites"), "site_name", p.sites, "sites"),
        named(tables.load("missile_warning/cities"), "city", p.cities, "cities"),
    )
    stated = tables.settled("missile_warning/flight_times")
    residuals = against_ellipse(stated)
    bands = boost_bands(residuals)
    flight = flight_of(p.range_km, p.apogee_km)
    kind = "icbm" if ballistic.full_range_km(flight.speed_km_s) > ICBM_RANGE_KM else "irbm"
    low, high = bands.loc[kind, ["low", "high"]]
    alerts = alert_times(tables.load("missile_warning/jalert_events"))
    matrix = site_by_city(sites, cities, bands, p.alert_minutes)
    quick, slow = alerts.loc[alerts["announced"], "alert_min"], alerts.loc[~alerts["announced"], "alert_min"]
    passed = alerts[alerts["passage_kind"] == "overflight"]
    detected = alerts.dropna(subset=["detection_min"])
    of_the_claim = detected.loc[detected["event_date"].dt.year.eq(DETECTION_YEAR), "detection_min"]
    times = "the one time" if len(detected) == 1 else f"one of {len(detected)} times"
    results = {
        "flight_minutes": Result(
            {
                "ellipse": flight.time_min,
                "with_boost_low": flight.time_min + low,
                "with_boost_high": flight.time_min + high,
            },
            "min",
            "flight time: bare ellipse, and with the least and most boost residual seen on"
            f" {kind.upper()}-class flights",
        ),
        "minutes_left": Result(
            {
                "least": flight.time_min + low - p.alert_minutes,
                "most": flight.time_min + high - p.alert_minutes,
            },
            "min",
            "from the alert to the end of the flight (negative: the alert comes after it), with the same"
            " residuals",
        ),
        "minutes_left_at_record_delays": Result(
            {
                "slowest": flight.time_min + low - float(alerts["alert_min"].max()),
                "median": (
                    float(flight.time_min + bands.loc[kind, "mean"]) - float(alerts["alert_min"].median())
                ),
                "fastest": flight.time_min + high - float(alerts["alert_min"].min()),
            },
            "min",
            "the same at the slowest, median and fastest alert on record",
        ),
        "residual_minutes_mean": Result(
            {k: float(bands.loc[k, "mean"]) for k in bands.index},
            "min",
            "mean of reported minus elliptical flight time by class",
        ),
        "residual_minutes_range": Result(
            {k: [float(bands.loc[k, "low"]), float(bands.loc[k, "high"])] for k in bands.index},
            "min",
            "least and most residual by class",
        ),
        "residual_flights": Result(
            {k: int(bands.loc[k, "flights"]) for k in bands.index}, "flights", "flights behind each mean"
        ),
        "timed_launches": Result(
            timed_on_record(tables.load(RECORD), residuals),
            "launches",
            "launches of a class with apogee and range on record: those with a stated time, and all",
        ),
        "newest_launch": Result(
            extent.last_day(RECORD, "launch_date").isoformat(),
            "",
            "date of the newest launch on record (UTC)",
        ),
        "statements_without_time": Result(
            len(stated) - len(residuals), "statements", "statements on a flight without a time, left out"
        ),
        **{
            f"{link}_minutes_newest": Result(
                {"minutes": float(newest["minutes"]), "year": int(newest["event_date"].year)},
                "min",
                f"length of the link {link} of the warning chain as last stated, and the year it was"
                " stated for",
            )
            for link, newest in (
                (link, warning_chain.durations(link).iloc[-1]) for link in ("detection", "message")
            )
        },
        "apogee_km": Result(flight.apogee_km, "km", "apogee of the flight"),
        "speed_km_s": Result(flight.speed_km_s, "km/s", "speed at the start of the ellipse"),
        "full_range_km": Result(
            min(ballistic.full_range_km(flight.speed_km_s), ballistic.half_circumference_km()),
            "km",
            "farthest ground range at that speed (the half circumference where any point is in reach)",
        ),
        "alert_minutes_median": Result(
            float(alerts["alert_min"].median()),
            "min",
            "median from launch to alert over the alert areas on record",
        ),
        "alert_minutes_announced": Result(
            [float(quick.min()), float(quick.max())],
            "min",
            "fastest and slowest alert after launches that had been announced",
        ),
        "alert_minutes_unannounced": Result(
            [float(slow.min()), float(slow.max())],
            "min",
            "fastest and slowest alert after launches that had not",
        ),
        "minutes_to_passage": Result(
            [float(passed["left_min"].min()), float(passed["left_min"].max())],
            "min",
            "from alert to passage over Japan, least and most on record",
        ),
        "detection_minutes_2012": Result(
            float(of_the_claim.iloc[0]) if len(of_the_claim) else None,
            "min",
            f"from launch to its report by a US warning satellite, {times} on record ({DETECTION_YEAR})",
            ("C2-003", "C3-029"),
        ),
        "nearest_city_minutes": Result(
            float(matrix["ellipse_min"].min()),
            "min",
            "shortest least-speed flight from any chosen site to any chosen city",
        ),
    }
    return Answer(
        results,
        {
            "residuals": residuals,
            "bands": bands.reset_index(),
            "alerts": alerts,
            "matrix": matrix,
            "curve": curve(bands, p),
        },
        p,
    )


def named(table: pd.DataFrame, column: str, names: list[str], parameter: str) -> pd.DataFrame:
    """The rows of a table by name, in the order asked; a ParameterError lists the names there are."""
    known = table.set_index(column, drop=False)
    for name in names:
        if name not in known.index:
            raise ParameterError(
                f"{parameter}: there is no {name!r}; choose among {', '.join(sorted(known.index))}."
            )
    return known.loc[list(dict.fromkeys(names))].reset_index(drop=True)


def against_ellipse(flights: pd.DataFrame) -> pd.DataFrame:
    """Reported minus elliptical flight time, one row a statement with a time; `main` marks one statement a
    flight (the exact one first).
    """
    timed = flights.dropna(subset=["minutes_low"]).copy()
    timed["ellipse_min"] = [
        ballistic.from_apogee_and_range(f.apogee_km, f.range_km).time_min for f in timed.itertuples()
    ]
    timed["minutes_high"] = timed["minutes_high"].fillna(timed["minutes_low"])
    timed["reported_min"] = (timed["minutes_low"] + timed["minutes_high"]) / 2
    timed["residual_min"] = timed["reported_min"] - timed["ellipse_min"]
    timed["residual_low_min"] = timed["minutes_low"] - timed["ellipse_min"]
    timed["residual_high_min"] = timed["minutes_high"] - timed["ellipse_min"]
    rank = timed["observer"].map({"DPRK": 0}).fillna(1).astype(int)
    timed["main"] = (
        timed.assign(rank=rank)
        .sort_values("rank", kind="stable")
        .groupby("launch_id")
        .cumcount()
        .reindex(timed.index)
        .eq(0)
    )
    return timed.reset_index(drop=True)


def timed_on_record(launches: pd.DataFrame, residuals: pd.DataFrame) -> dict[str, list[int]]:
    """By class: how many launches with a recorded apogee and range have a stated time, and how many there
    are.
    """
    known = launches.dropna(subset=["apogee_km", "range_km"])
    found = {}
    for kind, missile_type in CLASSES.items():
        own = known.loc[known["missile_type"].eq(missile_type), "row_id"]
        found[kind] = [int(own.isin(residuals["launch_id"]).sum()), len(own)]
    return found


def boost_bands(residuals: pd.DataFrame) -> pd.DataFrame:
    """Mean, least and most residual by missile class over one statement a flight."""
    main = residuals[residuals["main"]]
    return main.groupby(main["missile_class"].astype(str))["residual_min"].agg(
        mean="mean", low="min", high="max", flights="count"
    )


def alert_times(events: pd.DataFrame) -> pd.DataFrame:
    """Minutes after launch of detection, alert, passage and impact, and minutes from alert to passage, for
    each alert area.
    """
    out = events.copy()
    start = _minutes(out["launch_jst"])
    for name in ("detection", "alert", "passage", "impact", "lifted"):
        out[f"{name}_min"] = (_minutes(out[f"{name}_jst"]) - start) % 1440
    out["left_min"] = out["passage_min"] - out["alert_min"]
    out["announced"] = out["announced"].astype(bool)
    return out


def site_by_city(
    sites: pd.DataFrame, cities: pd.DataFrame, bands: pd.DataFrame, alert_minutes: float
) -> pd.DataFrame:
    """Least-speed flight and minutes left after the alert for every pair of site and city; boost band of
    intermediate-range flights.
    """
    rows = []
    for site in sites.itertuples():
        for city in cities.itertuples():
            distance = float(
                great_circle_km(site.longitude_deg, site.latitude_deg, city.longitude_deg, city.latitude_deg)
            )
            minutes = ballistic.minimum_energy(distance).time_min
            rows.append(
                (
                    site.site_name,
                    city.city,
                    distance,
                    minutes,
                    minutes + bands.loc["irbm", "low"] - alert_minutes,
                    minutes + bands.loc["irbm", "high"] - alert_minutes,
                    site.source_id,
                    city.source_id,
                )
            )
    return pd.DataFrame(
        rows,
        columns=[
            "site",
            "city",
            "range_km",
            "ellipse_min",
            "left_low_min",
            "left_high_min",
            "source_id",
            "city_source_id",
        ],
    )


def curve(bands: pd.DataFrame, p: Parameters) -> pd.DataFrame:
    """Flight minutes against range (km) for the depressed, the least-speed and a lofted flight (two fifths of
    the least-speed apogee, that apogee and four times it), with the boost phase's bounds.
    """
    rows = []
    for distance in np.unique(
        np.concatenate([np.arange(300, 5001, 50.0), [p.range_km] if 300 <= p.range_km <= 5000 else []])
    ):
        least = ballistic.minimum_energy(distance)
        for shape, factor in (("depressed", 0.4), ("least speed", 1.0), ("lofted", 4.0)):
            minutes = ballistic.from_apogee_and_range(factor * least.apogee_km, distance).time_min
            rows.append(
                (
                    shape,
                    distance,
                    factor * least.apogee_km,
                    minutes,
                    minutes + bands.loc["irbm", "low"],
                    minutes + bands.loc["irbm", "high"],
                )
            )
    return pd.DataFrame(
        rows, columns=["shape", "range_km", "apogee_km", "ellipse_min", "low_min", "high_min"]
    )


def checks(found: Answer) -> list[Check]:
    """Published times and ranges against the ellipse, whatever the parameters; a check whose row is gone from
    its table is gone too.
    """
    residuals = found.tables["residuals"]
    icbm = residuals[residuals["main"] & residuals["missile_class"].eq("icbm")]
    test = icbm["launch_id"].eq(PREDICTED_LAUNCH)
    predicted = icbm.loc[test, "ellipse_min"].head(1) + icbm.loc[~test, "residual_min"].mean()
    table = tables.load("missile_warning/flight_times").set_index("row_id")
    return [
        *(
            Check(
                "Hwasong-15 of November 2017: ellipse plus the mean residual of the other intercontinental"
                " flights",
                float(minutes),
                53.0,
                1.0,
                "min",
                SOURCES["53 minutes"],
                "about 53 minutes",
            )
            for minutes in predicted
        ),
        Check(
            "from the west coast to the Sakishima islands, about 1,600 km",
            ballistic.minimum_energy(1600).time_min,
            10.0,
            1.0,
            "min",
            SOURCES["10 minutes"],
            "about 10 minutes",
        ),
        *(
            Check(
                what,
                _reach(table.loc[row]),
                published,
                tolerance,
                "km",
                str(table.loc[row, "source_id"]),
                locator or str(table.loc[row, "locator"]),
            )
            for row, (what, published, tolerance, locator) in PUBLISHED_RANGES.items()
            if row in table.index
        ),
    ]


def _minutes(clock: pd.Series) -> pd.Series:
    return pd.Series(
        [np.nan if pd.isna(t) else 60.0 * int(t[:2]) + int(t[3:]) for t in clock], index=clock.index
    )


def _reach(row: pd.Series) -> float:
    return ballistic.full_range_km(
        ballistic.from_apogee_and_range(row["apogee_km"], row["range_km"]).speed_km_s
    )
