"""Can Japan launch its own: the record by vehicle, who launched its satellites, and how the industry grew."""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator
from scipy.stats import binom, fisher_exact

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.methods.statistics import clopper_pearson
from spacesec.parameters import value
from spacesec.space_systems import COMMERCIAL_RADAR

BOTH, SOVIET_UNTIL = "Russia and USSR", 1991
CLASSES = ("defence", "civil", "business", "amateur or academic")


MONTH_DAYS = 365.25 / 12

# Rows that results and claims speak of one by one.
PLANNED_KIRAMEKI_3, TENDER = "milcom-k3-plan-start", "milcom-tender"
FIRST_PAIR, LOST, VERY_LOW = "IGS Optical-1", "ALOS-3", "SLATS"
DAMAGE = "milcom-damage"


def payload_years() -> tuple[int, int]:
    return extent.years("space_systems/payloads_by_state_year", "year")


def last_counted_year() -> int:
    """The last year all of whose payloads were counted after it was over."""
    table = tables.settled("space_systems/payloads_by_state_year")
    whole = (table["counted_to"].dt.year > table["year"]).groupby(table["year"]).all()
    return int(whole[whole].index.max())


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    vehicle: str = value(
        "H3", "launcher whose record is put to the test", known=lambda: flights()["vehicle"].unique()
    )
    compare_with: str = value(
        "H-IIA",
        "launcher it is compared with, over its first flights and over all",
        known=lambda: flights()["vehicle"].unique(),
    )
    confidence_percent: float = value(
        95.0, "confidence of the exact intervals", unit="percent", ge=50, le=99.9
    )
    partial_counts_as: Literal["failure", "success"] = value("failure", "how a partial success is counted")
    target_percent: float = value(
        90.0,
        "success to be shown: how many flights in a row would lift the lower bound above it",
        unit="percent",
        ge=50,
        le=99,
    )
    first_year: int = value(
        2015, "first year of the comparison of payloads between states", between=payload_years
    )
    last_year: int = value(
        "latest",
        "last year of that comparison; a year that was not over when counted is not whole",
        between=payload_years,
        latest=last_counted_year,
    )

    @model_validator(mode="after")
    def _exist(self):
        known = list(flights()["vehicle"].unique())
        for name in ("vehicle", "compare_with"):
            if getattr(self, name) not in known:
                raise ValueError(
                    f"{name} = {getattr(self, name)!r} is not a launcher of this collection: it holds"
                    f" {', '.join(known)}."
                )
        if self.vehicle == self.compare_with:
            raise ValueError(
                f"vehicle and compare_with are both {self.vehicle!r}: choose two of {', '.join(known)}."
            )
        if self.first_year > self.last_year:
            first, last = payload_years()
            raise ValueError(
                f"first_year = {self.first_year} lies after last_year = {self.last_year}: the table of"
                f" payloads runs from {first} to {last}."
            )
        return self


def flights() -> pd.DataFrame:
    """Japanese orbital launch attempts in order, with the number of the attempt within its launcher."""
    table = (
        tables.load("space_systems/launches")
        .sort_values(["date", "row_id"], kind="stable")
        .reset_index(drop=True)
    )
    table["vehicle"], table["outcome"] = table["vehicle"].astype(str), table["outcome"].astype(str)
    table["attempt"] = table.groupby("vehicle").cumcount() + 1
    return table


def _good(outcome: pd.Series, partial: str) -> pd.Series:
    return (outcome == "success") | ((outcome == "partial") & (partial == "success"))


def records(p: Parameters) -> pd.DataFrame:
    """One row a launcher: attempts, successes, the share and its exact interval, in order of the first
    flight.
    """
    rows = []
    for name, part in flights().groupby("vehicle", sort=False):
        good = int(_good(part["outcome"], p.partial_counts_as).sum())
        share = clopper_pearson(good, len(part), level=p.confidence_percent / 100)
        rows.append(
            {
                "vehicle": name,
                "first": part["date"].min(),
                "last": part["date"].max(),
                "attempts": len(part),
                "successes": good,
                "partial": int((part["outcome"] == "partial").sum()),
                "share": 100 * good / len(part),
                "low": 100 * share.low,
                "high": 100 * share.high,
            }
        )
    return pd.DataFrame(rows)


def flights_to_show(successes: int, attempts: int, target_percent: float, level: float) -> int:
    """Fewest further flights, all of them good, after which the lower exact bound lies above the target."""
    more = 0
    while 100 * clopper_pearson(successes + more, attempts + more, level=level).low <= target_percent:
        more += 1
    return more


def launchers() -> pd.DataFrame:
    """Japanese satellites by programme and the state that launched them; ``launched_by`` is 'not yet' or 'not
    read' where it must be.
    """
    table = tables.load("space_systems/satellites")
    table = table[
        [
            "row_id",
            "name",
            "programme",
            "sector",
            "state",
            "launch_date",
            "launcher",
            "launch_state",
            "source_id",
        ]
    ].astype({"launch_state": object, "programme": str, "sector": str, "state": str})
    table["launched_by"] = np.where(
        table["state"] == "planned", "not yet", table["launch_state"].fillna("not read")
    )
    table["lost"] = table["state"] == "lost"
    return table


def radar() -> pd.DataFrame:
    """Commercial radar satellites at the end of each quarter: in orbit and not known to have ended, and the
    rest, drawn apart.
    """
    table = built_from().astype({"programme": str, "state": str})
    table = table[table["launch_date"].notna()]
    first, last = table["launch_date"].min(), table["launch_date"].max()
    rows = []
    for day in [*pd.date_range(first, last, freq="QE"), last]:
        up = table[table["launch_date"] <= day]
        for name in COMMERCIAL_RADAR:
            part = up[up["programme"] == name]
            ended = part["end_date"].notna() & (part["end_date"] <= day)
            rows.append(
                {
                    "date": day,
                    "programme": name,
                    "launched": len(part),
                    "lost": int((part["state"] == "lost").sum()),
                    "ended": int((ended & (part["state"] != "lost")).sum()),
                    "unknown": int((part["state"] == "unknown").sum()),
                }
            )
    out = pd.DataFrame(rows)
    return out.assign(working=out["launched"] - out["lost"] - out["ended"] - out["unknown"])


def built_from() -> pd.DataFrame:
    """Rows of the commercial radar satellites."""
    table = tables.load("space_systems/satellites")
    return table[table["programme"].isin(COMMERCIAL_RADAR)]


def without_day(built: pd.DataFrame) -> pd.Series:
    """Years of launch of the satellites of which only the year is known."""
    return built.loc[built["date_precision"] == "year", "launch_date"].dt.year.sort_values()


def payloads(p: Parameters) -> pd.DataFrame:
    """Payloads by state and class over the chosen years, with the share of each class in its state and the
    source of most of its rows.
    """
    table = tables.settled("space_systems/payloads_by_state_year")
    table = table[table["year"].between(p.first_year, p.last_year)].astype(
        {"state": str, "payload_class": str}
    )
    table = table.drop_duplicates(
        ["state", "year", "payload_class"]
    )  # a rival count is not a further payload
    wide = (
        table.pivot_table(index="state", columns="payload_class", values="payloads", aggfunc="sum")
        .reindex(columns=CLASSES)
        .fillna(0)
    )
    long = wide.stack().rename("payloads").reset_index()
    long["share"] = 100 * long["payloads"] / long.groupby("state")["payloads"].transform("sum")
    long = long.assign(source_id=long["state"].map(table.groupby("state")["source_id"].agg(_most)))
    # The catalog holds both in one state; the years say which of the two flew.
    then = "Russia" if p.first_year > SOVIET_UNTIL else "USSR" if p.last_year <= SOVIET_UNTIL else BOTH
    return long.assign(state=long["state"].replace(BOTH, then))


def _most(values: pd.Series) -> str:
    return values.value_counts().index[0]


def part_counted() -> str:
    """The newest day on which a year was counted that was not over; empty where there is none."""
    table = tables.settled("space_systems/payloads_by_state_year")
    part = table.loc[table["counted_to"].dt.year <= table["year"], "counted_to"]
    return "" if part.empty else f"{part.max():%Y-%m-%d}"


def own(part: pd.DataFrame) -> int:
    return int((part["launched_by"] == "Japan").sum())


def months_late(planned: pd.Timestamp, flown: pd.Timestamp) -> float:
    """Months from the end of the year that starts on the planned day to the launch."""
    return float((flown - last_day(planned)).days / MONTH_DAYS)


def last_day(planned: pd.Timestamp) -> pd.Timestamp:
    """The end of the year that starts on this day."""
    return planned + pd.DateOffset(years=1, days=-1)


def flown_kirameki(satellites: pd.DataFrame) -> list[str]:
    """Names of the defence communications satellites that flew, by launch."""
    flown = satellites[(satellites["programme"] == "Kirameki") & satellites["launch_date"].notna()]
    return list(flown.sort_values("launch_date", kind="stable").index)


def communications() -> pd.DataFrame:
    """What is known of the defence communications satellites; ``names`` lists those a row speaks of, ``days``
    says how long the period is that its date stands for.
    """
    table = tables.load("space_systems/military_communications").astype({"satellite": str, "event": str})
    numbers = table["satellite"].str.findall(r"-(\d+\w*)")
    base = table["satellite"].str.split("-").str[0]
    months = table["date_precision"].map({"day": 0, "month": 1}).fillna(12).astype(int)
    ends = [date + pd.DateOffset(months=count) for date, count in zip(table["date"], months)]
    return table.assign(
        names=[[f"{name}-{n}" for n in found] for name, found in zip(base, numbers)],
        days=(pd.Series(ends, index=table.index) - table["date"]).dt.days,
    )


def answer(parameters: Parameters) -> Answer:
    """The record, its comparison, who launched what, and the build-up."""
    p = parameters
    level = p.confidence_percent / 100
    flown, record, owners, built, classes = flights(), records(p), launchers(), radar(), payloads(p)
    mine, other = record.set_index("vehicle").loc[p.vehicle], record.set_index("vehicle").loc[p.compare_with]
    early = flown[(flown["vehicle"] == p.compare_with) & (flown["attempt"] <= mine["attempts"])]
    early_good = int(_good(early["outcome"], p.partial_counts_as).sum())
    failed = int(mine["attempts"] - mine["successes"])
    odds = fisher_exact(
        [
            [int(mine["successes"]), failed],
            [int(other["successes"]), int(other["attempts"] - other["successes"])],
        ]
    )
    odds_early = fisher_exact([[int(mine["successes"]), failed], [early_good, len(early) - early_good]])
    security = owners[
        (owners["sector"] == "government security") & ~owners["launched_by"].isin(["not yet", "not read"])
    ]
    civil = owners[
        (owners["sector"] == "government civil") & ~owners["launched_by"].isin(["not yet", "not read"])
    ]
    commercial = owners[
        (owners["sector"] == "commercial") & ~owners["launched_by"].isin(["not yet", "not read"])
    ]
    first = flown[flown["outcome"] == "success"].iloc[0]
    satellites = tables.load("space_systems/satellites").set_index("name")
    dates, kirameki = satellites["launch_date"], flown_kirameki(satellites)
    events = communications().set_index("row_id")
    plan = events.loc[PLANNED_KIRAMEKI_3, "date"]
    window_end = last_day(plan)
    share = classes.set_index(["state", "payload_class"])
    by_class = {
        c: int(share.loc[("Japan", c), "payloads"]) if ("Japan", c) in share.index else 0 for c in CLASSES
    }
    defence = (
        classes[classes["payload_class"] == "defence"]
        .sort_values("payloads", ascending=False, kind="stable")
        .reset_index(drop=True)
    )
    rank = int((defence["payloads"] > by_class["defence"]).sum()) + 1
    total = flown["outcome"].value_counts()
    spread = clopper_pearson(own(security), len(security), level=level)
    ends = built[built["date"] == built["date"].max()]
    domestic = flown[flown["date"] >= flown["date"].max() - pd.DateOffset(years=5)]
    results = {
        "attempts": Result(
            len(flown),
            "launches",
            f"Japanese attempts at orbit from {flown['date'].min():%Y} to {flown['date'].max():%d %B %Y}",
        ),
        "outcomes": Result(
            {k: int(total.get(k, 0)) for k in ("success", "partial", "failure")}, "launches", "their outcomes"
        ),
        "first_success": Result(
            f"{first['date']:%Y-%m-%d}",
            "date",
            f"first Japanese satellite in orbit ({first['main_payload']})",
            ("C3-020",),
        ),
        "record": Result(
            [int(mine["successes"]), int(mine["attempts"])],
            "launches",
            f"{p.vehicle}: successes and attempts",
        ),
        "success_percent": Result(float(mine["share"]), "percent", f"{p.vehicle}: share of successes"),
        "success_interval_percent": Result(
            [float(mine["low"]), float(mine["high"])],
            "percent",
            f"its exact {p.confidence_percent:g}% interval",
        ),
        "compared_record": Result(
            [int(other["successes"]), int(other["attempts"])],
            "launches",
            f"{p.compare_with}: successes and attempts",
        ),
        "compared_interval_percent": Result(
            [float(other["low"]), float(other["high"])], "percent", "its exact interval"
        ),
        "compared_first_flights": Result(
            [early_good, len(early)], "launches", f"{p.compare_with}: successes among as many first flights"
        ),
        "p_value_all": Result(
            float(odds.pvalue),
            "probability",
            f"Fisher's exact test of {p.vehicle} against all flights of {p.compare_with}",
        ),
        "p_value_first": Result(
            float(odds_early.pvalue), "probability", "the same against its first flights only"
        ),
        "chance_of_as_many_failures": Result(
            float(binom.sf(failed - 1, int(mine["attempts"]), 1 - other["share"] / 100)),
            "probability",
            f"chance of {failed} or more failures for a launcher as good as {p.compare_with} was over its"
            " life",
        ),
        "flights_to_show_target": Result(
            flights_to_show(int(mine["successes"]), int(mine["attempts"]), p.target_percent, level),
            "launches",
            f"further flights without failure until the lower bound passes {p.target_percent:g}%",
        ),
        "own_launch_security": Result(
            [own(security), len(security)],
            "satellites",
            "government security satellites launched by Japan, of all launched",
            ("C3-034", "C3-069", "C3-070"),
        ),
        "security_lost_on_own": Result(
            int((security["lost"] & (security["launched_by"] == "Japan")).sum()),
            "satellites",
            "of those that Japan launched, lost at launch",
        ),
        "own_launch_security_interval_percent": Result(
            [100 * spread.low, 100 * spread.high], "percent", "exact interval of that share, were it a sample"
        ),
        "own_launch_civil": Result(
            [own(civil), len(civil)],
            "satellites",
            "government civil satellites of this collection launched by Japan, of all launched",
        ),
        "own_launch_commercial": Result(
            [own(commercial), len(commercial)],
            "satellites",
            "commercial satellites launched by Japan, of all whose launcher was read",
        ),
        "commercial_lost_on_own": Result(
            int((commercial["lost"] & (commercial["launched_by"] == "Japan")).sum()),
            "satellites",
            "of those, lost at launch",
        ),
        "commercial_by_state": Result(
            commercial["launched_by"].value_counts().to_dict(),
            "satellites",
            "commercial satellites by the state that launched them",
        ),
        "lost_on_own_launchers": Result(
            sorted(
                owners[
                    owners["lost"] & (owners["launched_by"] == "Japan") & (owners["sector"] != "commercial")
                ]["name"]
            ),
            "satellites",
            "government satellites lost at launch, all on Japanese launchers",
        ),
        "first_reconnaissance_pair": Result(
            f"{dates[FIRST_PAIR]:%Y-%m-%d}",
            "date",
            "first reconnaissance satellites in orbit",
            ("C3-034",),
        ),
        "kirameki": Result(
            {n: f"{dates[n]:%Y-%m-%d}" for n in kirameki},
            "date",
            "defense communications satellites by launch",
            ("C3-069", "C3-070", "C3-071"),
        ),
        "kirameki_3_months_late": Result(
            months_late(plan, dates["Kirameki-3"]),
            "months",
            f"Kirameki-3 after the end of the fiscal year it was planned for ({window_end:%d %B %Y})",
            ("C3-071",),
        ),
        "kirameki_1_years_from_tender": Result(
            float((dates["Kirameki-1"] - events.loc[TENDER, "date"]).days / 365.25),
            "years",
            "from the year of the tender to Kirameki-1 in orbit",
        ),
        "alos_3": Result(f"{dates[LOST]:%Y-%m-%d}", "date", "ALOS-3 lost at launch", ("C3-059",)),
        "slats_end": Result(
            f"{satellites.loc[VERY_LOW, 'end_date']:%Y-%m-%d}",
            "date",
            "end of the very low satellite SLATS",
            ("C3-066",),
        ),
        "radar_launched": Result(
            {r.programme: int(r.launched) for r in ends.itertuples()},
            "satellites",
            f"commercial radar satellites launched by {ends['date'].max():%d %B %Y}",
        ),
        "radar_last_year": Result(
            int((built_from()["launch_date"] > ends["date"].max() - pd.DateOffset(years=1)).sum()),
            "satellites",
            "of these, launched in the year to that day",
        ),
        "radar_without_day": Result(
            [int(year) for year in without_day(built_from())],
            "years",
            "years of launch of those of which the day is not known",
        ),
        "radar_working": Result(
            {r.programme: int(r.working) for r in ends.itertuples()},
            "satellites",
            "of these neither lost, ended nor unknown",
        ),
        "payloads_by_class": Result(
            by_class, "payloads", f"Japanese payloads by class, {p.first_year} to {p.last_year}"
        ),
        "payloads_part_counted": Result(
            part_counted(), "date", "day of the count of a year of payloads that was not over, if any"
        ),
        "last_attempt": Result(
            f"{flown['date'].max():%Y-%m-%d}", "date", "newest Japanese attempt at orbit in the table"
        ),
        "defence_rank": Result(
            [rank, len(defence)], "rank", "Japan's rank in defense payloads among the states of the table"
        ),
        "attempts_last_five_years": Result(
            len(domestic), "launches", "Japanese attempts in the last five years of the table"
        ),
    }
    return Answer(
        results,
        {
            "flights": flown,
            "records": record,
            "launchers": owners,
            "radar": built,
            "payloads": classes,
            "communications": communications(),
            "kirameki": satellites.loc[kirameki].reset_index(),
            "built": built_from(),
        },
        parameters,
    )


def checks(answer: Answer) -> list[Check]:
    """Published totals of the launchers and dates of the first satellites."""
    record = records(Parameters()).set_index("vehicle")
    dates = tables.load("space_systems/satellites").set_index("name")["launch_date"]
    flown = answer.tables["flights"]
    kairos = flown[(flown["vehicle"] == "Kairos") & (flown["attempt"] <= 3)]  # what the text speaks of
    return [
        Check(
            "attempts of the H-IIA over its life",
            float(record.loc["H-IIA", "attempts"]),
            50,
            0,
            "launches",
            "tbs-news-dig-2025-last-h-iia-flight-50-launched",
            "title: 49 of 50 flights succeeded",
        ),
        Check(
            "successes of the H-IIA",
            float(record.loc["H-IIA", "successes"]),
            49,
            0,
            "launches",
            "tbs-news-dig-2025-last-h-iia-flight-50-launched",
            "title: 49 of 50 flights succeeded",
        ),
        Check(
            "failures of Kairos, of as many flights",
            float((kairos["outcome"] != "success").sum()),
            3,
            0,
            "launches",
            "yomiuri-shimbun-2026-kairos-flight-3-launched",
            "title: third failure in a row",
        ),
        Check(
            "day of January 2017 on which Kirameki-2 flew",
            float((dates["Kirameki-2"] - pd.Timestamp("2016-12-31")).days),
            24,
            1,
            "day",
            "japan-times-kyodo-2017-japan-defense-ministry",
            "title and date",
        ),
        Check(
            "day of February 1970 on which the first Japanese satellite flew",
            float((pd.Timestamp(answer["first_success"]) - pd.Timestamp("1970-01-31")).days),
            11,
            0,
            "day",
            "national-space-2019-space-domain-mission-assurance",
            "slide on the history of Japan's activities",
        ),
    ]
