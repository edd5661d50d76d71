"""Expected values: printed counts (Washington Post 2017, SBS 2022, mediasapuri 2017), the record's lines
counted as text, identities.
"""

import csv
import re

import pandas as pd
import pytest
from tests.conftest import ROOT

from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.missile_warning import launch_record as question


@pytest.fixture(scope="module")
def answer():
    return question.answer(question.Parameters())


def lines(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / "missile_warning" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_counts_of_the_record(answer):
    counted = [line for line in lines("launches") if int(line["year"]) <= answer.parameters.end_year]
    with_apogee, with_range = (
        {line["row_id"] for line in counted if line[column]} for column in ("apogee_km", "range_km")
    )
    assert (answer["launches"], answer["apogee_known"], answer["range_known"], answer["both_known"]) == (
        len(counted),
        len(with_apogee),
        len(with_range),
        len(with_apogee & with_range),
    )
    known = {line["row_id"] for line in counted}
    events = [line["event"] for line in lines("overflights_and_falls") if line["launch_id"] in known]
    assert (answer["overflights"], answer["eez_falls"]) == (
        events.count("overflight"),
        events.count("eez_fall"),
    )
    # Washington Post 2017: 39 before 2014.
    assert question.answer(question.Parameters(end_year=2013))["launches"] == 39


def test_a_year_that_is_not_over_is_left_out_in_words_and_counted_when_asked():
    newest = max(line["launch_date"] for line in lines("launches"))
    last = int(newest[:4]) if newest.endswith("12-31") else int(newest[:4]) - 1
    waiting = [line for line in lines("launches") if int(line["year"]) > last]
    whole = question.answer(question.Parameters())
    assert whole.parameters.end_year == last
    assert (f"{len(waiting)} launch" in whole.text.split("Apogee")[1]) == bool(waiting)
    assert ("left out" in whole.text) == bool(waiting)
    asked = question.answer(question.Parameters(end_year=int(newest[:4])))
    assert asked["launches"] == whole["launches"] + len(waiting) and "left out" not in asked.text
    # Whoever asks for an earlier end is not told of what came later.
    assert "left out" not in question.answer(question.Parameters(end_year=2013)).text


def test_no_day_of_an_open_year_after_the_newest_launch_is_exposure():
    newest = extent.last_day("missile_warning/launches", "launch_date")
    asked = question.answer(question.Parameters(start_year=newest.year, end_year=newest.year))
    days = (newest - newest.replace(month=1, day=1)).days + 1
    assert asked.tables["leaders"]["years"].sum() == pytest.approx(days / 365.25)


def test_falls_by_occasion_match_the_press():
    # Mainichi, 29 May 2017: the fourth time; mediasapuri, 29 November 2017: the seventh.
    falls = (
        tables.load("missile_warning/overflights_and_falls")
        .query("event == 'eez_fall'")
        .drop_duplicates("event_date")["event_date"]
    )
    assert (falls <= "2017-05-29").sum() == 4 and (falls <= "2017-11-29").sum() == 7


def test_parts_add_up_to_the_whole(answer):
    assert answer.tables["annual"]["launches"].sum() == answer["launches"]
    assert answer.tables["leaders"]["launches"].sum() == answer["launches"]
    by_type = [
        question.answer(question.Parameters(types=[t]))["launches"]
        for t in ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "HGV", "SLV", "unknown")
    ]
    assert sum(by_type) == answer["launches"]


def test_first_passage_and_first_nodong(answer):
    assert answer["first_overflight_date"] == "1998-08-31"
    assert answer["first_nodong_success_date"] == "1993-05-29"


def test_tempo_ratio_of_equal_counts_in_equal_time_is_one():
    days = pd.to_datetime(["1996-01-01", "1997-01-01", "2013-01-01", "2014-01-01"])
    launches = pd.DataFrame(
        {
            "launch_date": days,
            "year": days.year,
            "outcome": "success",
            "missile_type": "SRBM",
            "record_status": "record",
        }
    )
    periods = pd.DataFrame(
        {
            "leader": ["Kim Jong Il", "Kim Jong Un"],
            "first_date": pd.to_datetime(["1995-01-01", "2012-01-01"]),
            "last_date": pd.to_datetime(["1998-12-31", "2015-12-31"]),
            "years": [4.0, 4.0],
        }
    )
    rows = question.model.tempo_ratios(launches, periods).set_index("counted")
    row = rows.loc["launch days"]
    assert row["ratio"] == pytest.approx(1.0) and row["low"] < 1 < row["high"]
    # Without 1996, the first of the busiest years: one day in three years against two in four.
    without = rows.loc["launch days, without 1996"]
    assert without["ratio"] == pytest.approx((2 / 4) / (1 / 3), rel=1e-3)


def test_a_year_without_its_launches_is_no_exposure_of_the_leader_who_had_it():
    first, last = pd.Timestamp(2011, 12, 18), pd.Timestamp(2013, 12, 31)
    assert question.model.part_of_year(2011, first, last) == pytest.approx(14 / 365.25)
    assert question.model.part_of_year(2012, first, last) == pytest.approx(366 / 365.25)
    assert question.model.part_of_year(2014, first, last) == 0


REFUSED = [
    ({"start_year": 2020, "end_year": 2010}, "the first year comes first"),
    ({"start_year": 1900}, "from 1984 to "),
    ({"types": []}, "at least 1"),
    ({"types": ["cruise"]}, "types"),
    ({"strat_year": 2000}, "did you mean start_year"),
]


CHOICES = [{"types": ["SLV"]}]


@pytest.mark.parametrize(
    "first, last", [(2012, extent.years("missile_warning/launches", "year")[1]), (1984, 1984)]
)
def test_a_figure_without_rows_says_so_in_its_title(first, last):
    answer = question.answer(question.Parameters(start_year=first, end_year=last))
    pictures = [draw(answer) for draw in question.FIGURES]
    assert not all(len(picture.data) for picture in pictures)
    for picture in pictures:
        assert len(picture.data) or re.search(r"\b(0|no)\b", picture.title), picture.name
        assert picture.caption.endswith(".") and picture.alt.endswith(".")


def test_types_and_years_without_a_launch_are_refused_in_one_sentence():
    # The first glide vehicle flew in 2021.
    with pytest.raises(
        ParameterError,
        match="types = HGV has no launch on record between start_year = 1984 and end_year = 2019",
    ):
        question.answer(question.Parameters(types=["HGV"], end_year=2019))


def test_years_without_a_flight_over_japan_still_name_their_sources():
    # In 1984 a handful of short-range missiles flew; one year has no scatter.
    early = question.answer(question.Parameters(end_year=1984, types=["SRBM"]))
    assert early["overflights"] == early["eez_falls"] == 0 and "salvos" not in early.text
    assert all(draw(early).source_ids for draw in question.FIGURES)


def test_one_launch_is_told_in_the_singular():
    one = question.answer(question.Parameters(start_year=2025, end_year=2026, types=["IRBM", "HGV"]))
    assert one["launches"] == 1 and "**1 launch** of the chosen types on 1 date," in one.text
    assert "do not scatter more" in one.text
    assert all(
        tick == int(tick)
        for axes in question.figures.japan_events(one).figure.axes
        for tick in axes.get_xticks()
    )  # years


def test_the_means_told_are_launches_over_years(answer):
    picture = question.figures.tempo(answer)
    rows = picture.data.dropna(subset="leader").set_index("leader")
    periods = answer.tables["leaders"].set_index("leader")
    assert (rows["launches_per_year"] * periods["years"]).to_dict() == pytest.approx(
        periods["launches"].to_dict()
    )
    assert f"{rows.loc['Kim Jong Un', 'launches_per_year']:.1f} missiles a year" in picture.title
    # The bands of the means hide no bar.
    [axes] = picture.figure.axes
    assert max(band.get_zorder() for band in axes.collections) < min(bar.get_zorder() for bar in axes.patches)


def test_the_ways_of_counting_hold_the_bounds_of_the_title(answer):
    picture = question.figures.tempo_by_count(answer)
    low, high = (int(text) for text in picture.title.split("came ")[1].split(" times")[0].split(" to "))
    assert low <= picture.data["ratio"].min() < low + 1 and high - 1 < picture.data["ratio"].max() <= high
    # "However counted" stood over an interval that reaches below an unchanged tempo.
    proven = sum(not row.low <= 1 for row in picture.data.dropna(subset="low").itertuples())
    assert 0 < proven < len(picture.data)
    assert picture.title.startswith(f"{proven} of {len(picture.data)} counts prove a rise")


def test_what_the_map_shows_is_in_its_table(answer):
    # Arcs were called red and drawn orange; the sites were drawn and in no table.
    picture = question.figures.paths(answer)
    assert "orange arcs" in picture.subtitle
    kinds = picture.data["kind"].value_counts()
    assert (
        kinds["overflight"] + kinds["eez_fall"] + kinds["other"]
        == answer["launches"] - answer["launches_without_path"]
    )
    assert kinds["launch site"] == answer.tables["launches"]["site_id"].nunique()


def test_launches_of_some_types_are_told_as_such():
    few = question.answer(question.Parameters(types=["ICBM", "HGV"]))
    # Thirteen launches on thirteen dates are no salvos; none of them flew under Kim Jong Il.
    assert few["launches"] == few["launch_days"] == 13
    assert "salvo" not in few.text and "No two launches fell on one date" in few.text
    titles = {draw.__name__: draw(few).title for draw in question.FIGURES}
    named = ["tempo", "japan_events", "paths", "apogee_and_range"]
    assert all(" of the chosen types" in titles[name] for name in named)
    assert titles["tempo_by_count"] == "The chosen launches let no two leaders be compared"
    assert " of the chosen types" not in question.figures.tempo(question.answer(question.Parameters())).title


def test_two_launches_say_nothing_of_salvos_and_one_flight_is_told_as_one():
    two = question.answer(question.Parameters(start_year=2012, end_year=2013, types=["SLV"]))
    assert two["launches"] == 2 and "variance" not in two.text
    flown = question.figures.apogee_and_range(two)
    known = flown.data.dropna(subset=["apogee_km", "range_km"])
    assert len(known) == 1 and 0.75 < (known["apogee_km"] / known["least_speed_apogee_km"]).item() < 1.5
    assert flown.title.startswith("The one launch ") and " flew near the easiest path" in flown.title
    assert "interval" not in question.figures.tempo(two).subtitle  # none is drawn for two years


# ---- by hand


def test_mean_and_ratio_of_tempo_are_counts_over_days_ruled(answer):
    from datetime import date

    last = date(answer.parameters.end_year, 12, 31)
    rows = [line for line in lines("launches") if int(line["year"]) <= last.year]
    first = date(min(int(line["year"]) for line in rows), 1, 1)
    days = {}
    for leader in lines("leaders"):
        start = max(first, date.fromisoformat(leader["first_date"] or "0001-01-01"))
        end = min(last, date.fromisoformat(leader["last_date"] or "9999-12-31"))
        own = [line["launch_date"] for line in rows if str(start) <= line["launch_date"] <= str(end)]
        years = ((end - start).days + 1) / 365.25
        days[leader["leader"]] = len(set(own)) / years
        assert answer["launches_per_year"][leader["leader"]][0] == pytest.approx(len(own) / years)
        row = answer.tables["leaders"].set_index("leader").loc[leader["leader"]]
        assert (row["launches"], row["launch_days"]) == (len(own), len(set(own)))
        assert row["years"] == pytest.approx(years)
    assert answer["tempo_ratio"][0] == pytest.approx(days["Kim Jong Un"] / days["Kim Jong Il"])


def test_the_limits_of_a_tempo_are_those_of_its_years():
    from spacesec.methods import statistics

    # Two years and a half with four, five and three launches: the half year weighs a half.
    months = [(2001, 4), (2002, 5), (2003, 3)]
    days = pd.DatetimeIndex(
        [f"{year}-{month:02}-01" for year, most in months for month in range(1, most + 1)]
    )
    launches = pd.DataFrame({"launch_date": days, "year": days.year})
    leader = pd.DataFrame(
        {
            "leader": ["a"],
            "first_date": [pd.NaT],
            "last_date": [pd.Timestamp(2003, 6, 30)],
            "source_id": ["s"],
        }
    )
    p = question.Parameters(start_year=2001, end_year=2005)
    row = question.model.by_leader(launches, leader, pd.Timestamp(2005, 12, 31), p).iloc[0]
    share = [365 / 365.25, 365 / 365.25, 181 / 365.25]
    band = statistics.count_rate_interval([4, 5, 3], share)
    assert row["launches_per_year"] == pytest.approx(12 / sum(share)) == pytest.approx(band.estimate)
    assert (row["low"], row["high"]) == pytest.approx((band.low, band.high))
    # Who ruled only before or after has no row.
    gone = leader.assign(last_date=pd.Timestamp(2001, 1, 1))
    assert question.model.by_leader(launches, gone, pd.Timestamp(2005, 12, 31), p).empty


def test_each_way_of_counting_by_hand(answer):
    from datetime import date

    start, end = date(answer.parameters.start_year, 1, 1), date(answer.parameters.end_year, 12, 31)
    rows = [line for line in lines("launches") if int(line["year"]) <= end.year]
    by_year = [line["year"] for line in rows]
    busiest = max(sorted(set(by_year)), key=by_year.count)
    spans = {}
    for leader in lines("leaders"):
        first = max(start, date.fromisoformat(leader["first_date"] or "0001-01-01"))
        spans[leader["leader"]] = first, min(end, date.fromisoformat(leader["last_date"] or "9999-12-31"))
    ways = {
        "launches": lambda line: True,
        "launch days": lambda line: True,
        "launch days, without failures": lambda line: line["outcome"] != "failure",
        "launch days, known types only": lambda line: line["missile_type"] != "unknown",
        f"launch days, without {busiest}": lambda line: line["year"] != busiest,
        "launch days, without preliminary rows": lambda line: line["record_status"] == "record",
    }
    found = answer.tables["ratios"].set_index("counted")
    assert set(found.index) == set(ways)
    for name, counts in ways.items():
        rates = []
        for leader, column in (("Kim Jong Il", "before"), ("Kim Jong Un", "after")):
            first, last = spans[leader]
            days = [
                x["launch_date"] for x in rows if counts(x) and str(first) <= x["launch_date"] <= str(last)
            ]
            number = len(days) if name == "launches" else len(set(days))
            assert found.loc[name, column] == number
            years = (last - first).days + 1
            if busiest in name:
                opened, closed = max(first, date(int(busiest), 1, 1)), min(last, date(int(busiest), 12, 31))
                years -= max((closed - opened).days + 1, 0)
            rates.append(number / years)
        assert found.loc[name, "ratio"] == pytest.approx(rates[1] / rates[0])
        assert found.loc[name, "low"] < found.loc[name, "ratio"] < found.loc[name, "high"]


def test_bars_of_years_are_counted_by_group_and_status(answer):
    rows = answer.tables["annual"]
    group = {kind: name for name, kinds in question.model.GROUPS.items() for kind in kinds}
    counted = {}
    for line in lines("launches"):
        key = int(line["year"]), group[line["missile_type"]], line["record_status"]
        counted.setdefault(key, []).append(line["row_id"])
    p = answer.parameters
    assert len(rows) == (p.end_year - p.start_year + 1) * len(question.model.GROUPS) * 2
    for row in rows.itertuples():
        own = counted.get((row.year, row.group, row.record_status), [])
        assert (row.launches, row.row_ids) == (len(own), ";".join(own))


def test_a_count_of_one_year_or_without_both_leaders_has_no_scatter_and_no_ratio():
    one = question.answer(question.Parameters(start_year=2012, end_year=2012))
    assert one["dispersion"] is None and one["tempo_ratio"] is None
    assert one["launches_per_year_2000s"] is None and one["launches_per_year_2010s"] is None


def test_the_end_of_a_count_is_the_end_of_its_year_or_the_newest_day():
    newest = extent.last_day("missile_warning/launches", "launch_date")
    whole, open_ = (
        question.model.counted_to(question.Parameters(start_year=2000, end_year=year))
        for year in (extent.last_whole_year("missile_warning/launches", "launch_date"), newest.year)
    )
    assert (whole.month, whole.day) == (12, 31) and open_ == pd.Timestamp(newest)


def test_printed_counts_are_met_and_without_leeway_but_for_the_one_added_later(answer):
    found = question.checks(answer)
    assert all(check.holds for check in found)
    assert [check.tolerance for check in found] == [0, 1, 0, 0]
