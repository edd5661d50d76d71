"""North Korea's launches on record: tempo by leader and type, passages over Japan, falls in its waters,
apogee against range.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.methods import statistics
from spacesec.parameters import Parameters as Base
from spacesec.parameters import value

TYPES = ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "HGV", "SLV", "unknown")


GROUPS = {
    "short range": ("SRBM",),
    "medium, intermediate, glide": ("MRBM", "IRBM", "HGV"),
    "intercontinental": ("ICBM",),
    "from submarines": ("SLBM",),
    "space launchers": ("SLV",),
    "type unknown": ("unknown",),
}


RECORD = "missile_warning/launches"

# The leaders whose tempo is compared, the earlier one first: the claim's own.
COMPARED = ("Kim Jong Il", "Kim Jong Un")

# Windows that the claims name: result -> first and last year.
DECADES = {"launches_per_year_2000s": (2000, 2009), "launches_per_year_2010s": (2010, 2019)}

# Who printed the counts that the checks reproduce.
PRINTED = {
    "count": "washington-post-2017-why-it-seems-like-north-korea",
    "passages": "sbs-japanese-2022-japan-seventh-overflight-first",
    "falls": "mediasapuri-jp-2017-launch-29-november-2017",
}

DAYS_A_YEAR = 365.25


def on_record() -> tuple[int, int]:
    """The first and last year with a launch on record."""
    return extent.years(RECORD, "year")


def last_whole_year() -> int:
    """The last year that is over by the newest launch on record."""
    return extent.last_whole_year(RECORD, "launch_date")


class Parameters(Base):
    start_year: int = value("first", "first year counted (UTC)", unit="year", between=on_record)
    end_year: int = value(
        "latest",
        "last year counted (UTC); latest: the last one that is over by the newest launch on record",
        unit="year",
        between=on_record,
        latest=last_whole_year,
    )
    types: list[Literal["SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "HGV", "SLV", "unknown"]] = value(
        list(TYPES), "missile types counted, as the record names them", min_length=1
    )

    @model_validator(mode="after")
    def _order(self):
        if self.start_year > self.end_year:
            first, last = on_record()
            raise ValueError(
                f"start_year = {self.start_year} is not possible with end_year = {self.end_year}: the first"
                f" year comes first; the record covers {first} to {last}."
            )
        return self


@dataclass(frozen=True)
class OpenYear:
    """What a count of whole years leaves out: launches of the chosen types in the year not over yet."""

    ends: date
    launches: int
    overflights: int
    eez_falls: int


def answer(parameters: Parameters) -> Answer:
    record = tables.load(RECORD)
    launches = chosen(record, parameters)
    if launches.empty:
        raise ParameterError(
            f"types = {', '.join(parameters.types)} has no launch on record between start_year ="
            f" {parameters.start_year} and end_year = {parameters.end_year}; choose other types or other"
            " years."
        )
    stated = tables.load("missile_warning/overflights_and_falls")
    events = stated[stated["launch_id"].isin(launches["row_id"])].merge(
        launches[["row_id", "missile_name", "missile_type", "year"]],
        left_on="launch_id",
        right_on="row_id",
        suffixes=("", "_launch"),
    )
    leaders = tables.settled("missile_warning/leaders")
    periods = by_leader(launches, leaders.drop_duplicates("leader"), counted_to(parameters), parameters)
    annual = by_year(launches, parameters)
    ratios = tempo_ratios(launches, periods)
    over, falls = events[events["event"] == "overflight"], events[events["event"] == "eez_fall"]
    per_year = annual.groupby("year")["launches"].sum()
    known = {"apogee": launches["apogee_km"].notna(), "range": launches["range_km"].notna()}
    first_over = over["event_date"].min()
    nodong = launches[launches["missile_name"].eq("Nodong") & launches["outcome"].eq("success")][
        "launch_date"
    ].min()
    preliminary = int(launches["record_status"].eq("preliminary").sum())
    rates = {row.leader: [row.launches_per_year, row.low, row.high] for row in periods.itertuples()}
    main = ratios[ratios["counted"] == "launch days"]
    open_ = open_year(record, stated, parameters)
    results = {
        "open_year": Result(
            None if open_ is None else {**asdict(open_), "ends": open_.ends.isoformat()},
            "launches",
            "the newest day on record, and what is left out because its year is not over: launches, passages"
            " over Japan, falls in its exclusive economic zone; null where nothing is",
        ),
        "second_periods": Result(
            int(leaders.duplicated("leader").sum()), "periods", "further periods of a leader, left out"
        ),
        "launches_without_path": Result(
            int(launches[["site_id", "bearing_deg", "range_km"]].isna().any(axis=1).sum()),
            "launches",
            "launches without a site, bearing or range on record, so without a path on the map",
        ),
        "launches": Result(len(launches), "launches", "launches of the chosen types and years"),
        "preliminary_launches": Result(
            preliminary, "launches", "of these, rows that the database has not filled in yet"
        ),
        "launch_days": Result(
            int(launches["launch_date"].nunique()),
            "days",
            "distinct launch dates (months where only the month is known)",
        ),
        "overflights": Result(len(over), "launches", "launches that passed over Japan", ("C3-026",)),
        "first_overflight_date": Result(
            _day(first_over), "", "date (UTC) of the first passage over Japan among them", ("C3-026",)
        ),
        "eez_falls": Result(
            len(falls), "missiles", "missiles that fell inside Japan's exclusive economic zone"
        ),
        "first_nodong_success_date": Result(
            _day(nodong), "", "date of the first Nodong flight recorded as a success", ("C3-025",)
        ),
        "launches_per_year": Result(
            rates,
            "launches a year",
            "mean by leader with 95% interval (launches of a year hang together)",
            ("C3-054", "C3-055"),
        ),
        "tempo_ratio": Result(
            _interval(main),
            "ratio",
            "launch days a year under Kim Jong Un over those under Kim Jong Il: estimate, 95% limits"
            " (days of a year hang together)",
            ("C3-054", "C3-055"),
        ),
        "interval_coverage_percent": Result(
            statistics.coverage_percent("count_rate_interval", "count_rate_ratio"),
            "%",
            "how many of such intervals held the truth over cases drawn by lot, least and most",
        ),
        **{
            name: Result(
                _mean(per_year, *window),
                "launches a year",
                "mean of {} to {}".format(*window),
                ("C3-054",),
            )
            for name, window in DECADES.items()
        },
        "dispersion": Result(
            float(per_year.var(ddof=1) / per_year.mean()) if len(per_year) > 1 and per_year.sum() else None,
            "ratio",
            "variance over mean of launches a year; 1 for a Poisson process",
        ),
        "apogee_known": Result(int(known["apogee"].sum()), "launches", "launches with a recorded apogee"),
        "range_known": Result(int(known["range"].sum()), "launches", "launches with a recorded range"),
        "both_known": Result(int((known["apogee"] & known["range"]).sum()), "launches", "launches with both"),
    }
    return Answer(
        results,
        {"launches": launches, "events": events, "leaders": periods, "annual": annual, "ratios": ratios},
        parameters,
    )


def chosen(launches: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The launches of the chosen years and types, in order."""
    keep = launches["year"].between(parameters.start_year, parameters.end_year) & launches[
        "missile_type"
    ].isin(parameters.types)
    return launches[keep].reset_index(drop=True)


def counted_to(parameters: Parameters) -> pd.Timestamp:
    """The last day counted: the end of the last year, or the newest launch where that year is open."""
    end = pd.Timestamp(parameters.end_year, 12, 31)
    if parameters.end_year <= last_whole_year():
        return end
    return min(end, pd.Timestamp(extent.last_day(RECORD, "launch_date")))


def open_year(record: pd.DataFrame, events: pd.DataFrame, parameters: Parameters) -> OpenYear | None:
    """What stays out of a count to the last whole year; None where nothing does, or where the reader chose
    another end.
    """
    ends = extent.last_day(RECORD, "launch_date")
    later = record[record["year"].gt(parameters.end_year) & record["missile_type"].isin(parameters.types)]
    if parameters.end_year != last_whole_year() or later.empty:
        return None
    kinds = events[events["launch_id"].isin(later["row_id"])]["event"]
    return OpenYear(ends, len(later), int(kinds.eq("overflight").sum()), int(kinds.eq("eez_fall").sum()))


def by_year(launches: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Launches a year, type group and record status, with their ``row_ids``; years without launches are there
    with none.
    """
    group = {t: name for name, members in GROUPS.items() for t in members}
    counted = (
        launches.assign(group=launches["missile_type"].astype(str).map(group))
        .groupby(["year", "group", "record_status"], observed=True)["row_id"]
        .agg(launches="size", row_ids=";".join)
    )
    index = pd.MultiIndex.from_product(
        [range(parameters.start_year, parameters.end_year + 1), GROUPS, ["record", "preliminary"]],
        names=["year", "group", "record_status"],
    )
    return (
        counted.reindex(index).fillna({"launches": 0, "row_ids": ""}).astype({"launches": int}).reset_index()
    )


def by_leader(
    launches: pd.DataFrame, leaders: pd.DataFrame, end: pd.Timestamp, parameters: Parameters
) -> pd.DataFrame:
    """One row a leader in the chosen years: exposure in years, launches, launch days, launches a year with a
    95 % interval. end: the last day counted.

    Launches of one year hang together: the interval is that of clustered counts, one unit a year; parts of a
    year weigh by their length (`statistics.count_rate_interval`).
    """
    rows = []
    for leader in leaders.itertuples():
        first = max(
            pd.Timestamp(parameters.start_year, 1, 1),
            pd.Timestamp.min if pd.isna(leader.first_date) else leader.first_date,
        )
        last = min(end, end if pd.isna(leader.last_date) else leader.last_date)
        if last <= first:
            continue
        own = launches[launches["launch_date"].between(first, last)]
        years = np.arange(first.year, last.year + 1)
        share = np.array([part_of_year(year, first, last) for year in years])
        counts = own.groupby("year").size().reindex(years, fill_value=0).to_numpy(float)
        band = statistics.count_rate_interval(counts, share)
        rows.append(
            (
                str(leader.leader),
                first,
                last,
                share.sum(),
                len(own),
                own["launch_date"].nunique(),
                band.estimate,
                band.low,
                band.high,
                leader.source_id,
            )
        )
    return pd.DataFrame(
        rows,
        columns=[
            "leader",
            "first_date",
            "last_date",
            "years",
            "launches",
            "launch_days",
            "launches_per_year",
            "low",
            "high",
            "source_id",
        ],
    )


def part_of_year(year: int, first: pd.Timestamp, last: pd.Timestamp) -> float:
    """How much of a calendar year lies within a period, in mean years; 0 where none does."""
    overlap = min(last, pd.Timestamp(year, 12, 31)) - max(first, pd.Timestamp(year, 1, 1))
    return max(overlap.days + 1, 0) / DAYS_A_YEAR


def tempo_ratios(launches: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Kim Jong Un's tempo over Kim Jong Il's, counted in several ways: launches, launch days, without the
    busiest year, and more.

    The interval takes units of one year as hanging together (`statistics.count_rate_ratio`).
    """
    columns = ["counted", "ratio", "low", "high", "before", "after"]
    order = periods.set_index("leader")
    if not set(COMPARED) <= set(order.index):
        return pd.DataFrame(columns=columns)
    busiest = int(launches.groupby("year").size().idxmax())
    # What is counted: its name, the launches it rests on, whether launches of one day are one, the year that
    # is taken out of the exposure too.
    ways = (
        ("launches", launches, False, None),
        ("launch days", launches, True, None),
        ("launch days, without failures", launches[launches["outcome"].ne("failure")], True, None),
        ("launch days, known types only", launches[launches["missile_type"].ne("unknown")], True, None),
        (f"launch days, without {busiest}", launches[launches["year"].ne(busiest)], True, busiest),
        (
            "launch days, without preliminary rows",
            launches[launches["record_status"].eq("record")],
            True,
            None,
        ),
    )
    rows = []
    for name, units, by_day, without in ways:
        days = units["launch_date"].drop_duplicates() if by_day else units["launch_date"]
        yearly = [
            _yearly(days, *order.loc[leader, ["first_date", "last_date"]], without) for leader in COMPARED
        ]
        counts = [int(own.sum()) for own, _ in yearly]
        if not all(counts):
            continue
        (before, before_years), (after, after_years) = yearly
        band = statistics.count_rate_ratio(before, after, before_years, after_years)
        rows.append((name, band.estimate, band.low, band.high, *counts))
    return pd.DataFrame(rows, columns=columns)


def _yearly(
    days: pd.Series, first: pd.Timestamp, last: pd.Timestamp, without: int | None
) -> tuple[np.ndarray, np.ndarray]:
    """Units in each calendar year of a period, and how much of the year it holds; one year left out."""
    years = np.array([year for year in range(first.year, last.year + 1) if year != without])
    own = days[days.between(first, last)].dt.year.value_counts()
    return own.reindex(years, fill_value=0).to_numpy(float), np.array(
        [part_of_year(year, first, last) for year in years]
    )


def checks(found: Answer) -> list[Check]:
    """Counts of the whole record against counts published elsewhere, whatever the parameters."""
    launches, events = tables.load(RECORD), tables.load("missile_warning/overflights_and_falls")
    before, day = launches["year"] < 2014, launches["launch_date"]
    until = day < "2017-08-29"
    falls = events[events["event"] == "eez_fall"]
    over = events[events["event"] == "overflight"]
    return [
        Check(
            "launches before 2014",
            int(before.sum()),
            39,
            0,
            "launches",
            PRINTED["count"],
            "count before 2014",
        ),
        Check(
            "launches from 2014 to 28 August 2017 (one was added to the database later)",
            int((~before & until).sum()),
            76,
            1,
            "launches",
            PRINTED["count"],
            "count since 2014",
        ),
        Check(
            "passages over Japan up to 4 October 2022",
            int((over["event_date"] < "2022-10-05").sum()),
            7,
            0,
            "launches",
            PRINTED["passages"],
            "headline: seventh",
        ),
        Check(
            "occasions of falls in the EEZ up to 29 November 2017",
            falls[falls["event_date"] < "2017-12-01"]["event_date"].nunique(),
            7,
            0,
            "occasions",
            PRINTED["falls"],
            "last sentence: seventh",
        ),
    ]


def _mean(per_year: pd.Series, first: int, last: int) -> float | None:
    part = per_year.loc[first:last]
    return float(part.mean()) if len(part) == last - first + 1 else None


def _day(moment) -> str | None:
    return None if pd.isna(moment) else moment.strftime("%Y-%m-%d")


def _interval(rows: pd.DataFrame) -> list[float] | None:
    return None if rows.empty else [float(rows.iloc[0][c]) for c in ("ratio", "low", "high")]
