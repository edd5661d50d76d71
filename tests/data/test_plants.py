"""One fault planted in a copy of the data is found, told in a sentence that names it, and nothing else
fails.
"""

import re

import pytest

from spacesec.data import tables, validation

SATELLITES, LAUNCHES = "space_systems/satellites", "space_systems/launches"
MISSILES, EVENTS, ACTS = "missile_warning/launches", "policy_evolution/events", "regional_cooperation/acts"
ELEMENTS, FUND = "space_systems/elements", "budgets/strategy_fund"


def test_the_data_as_they_are_hold_no_fault(copy):
    assert copy.faults() == []


def _wrong_day(copy):
    """The epoch of one satellite beside the day of another."""
    rows = copy.rows(ELEMENTS)
    rows[0]["epoch_utc"] = rows[0]["epoch_utc"].replace("-07-", "-08-")
    copy.write(ELEMENTS, rows)


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        ("policy_evolution/claim_facts", "value", "1_000"),
        ("policy_evolution/claim_facts", "value", "nan"),
        ("policy_evolution/claim_facts", "value", "INF"),
        ("budgets/government_space", "fiscal_year", "2_009"),
        ("budgets/government_space", "fiscal_year", "+2009"),
        ("policy_evolution/events", "external", "TRUE"),
    ],
)
def test_a_number_in_a_form_that_only_some_programs_read_is_told_by_its_cell(copy, table, column, text):
    rows = copy.rows(table)
    rows[0][column] = text
    copy.write(table, rows)
    told = validation.problems(tables.describe(table))
    assert any(f"data/{table}.csv, line 2, column {column}" in fault and text in fault for fault in told)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [("watch-|.*zzz", True), ("(?:watch-|.*zzz).*", False), (r"watch-[a|b\]]*.*\|?", False)],
)
def test_a_pattern_with_an_alternative_outside_brackets_is_told(copy, pattern, told):
    def change(resources):
        field = next(
            f for f in resources["space_systems/watch_areas"]["schema"]["fields"] if "row_id" in f["name"]
        )
        field["constraints"]["pattern"] = pattern

    copy.package(change)
    found = validation.problems(tables.describe("space_systems/watch_areas"))
    assert any("the pattern of row_id in space_systems/watch_areas" in one for one in found) == told


def _wrong_motion(copy):
    rows = copy.rows(ELEMENTS)
    rows[3]["mean_motion_rev_day"] = str(float(rows[3]["mean_motion_rev_day"]) + 1)
    copy.write(ELEMENTS, rows)


def _second_id(copy):
    def again(items):
        item = next(item for item in items if item["id"] == "yomiuri-2020-space-budget")
        address = item["URL"].replace("https://www.", "http://") + "?utm_source=feed#top"
        items.append({**item, "id": "yomiuri-2020-again", "URL": address})

    copy.sources(again)


def _both_days_slipped(copy):
    """Universal and Japanese day agree with each other and are both a day late."""
    copy.change(MISSILES, "nk-2017-05-14-1", launch_date="2017-05-14", launch_date_jst="2017-05-15")


def _elsewhere(copy, **said):
    """A row under a lead answer on a source that is new, but for what is said of it a paper's own page."""
    new = {"id": "new-source", "title": "A title of its own", **said}
    copy.sources(lambda items: items.append({**_source(items, "yomiuri-2020-space-budget"), **new}))
    copy.change(FUND, "strategy-fund-2024-tranche-2-mext", source_id="new-source", quality="B")


def _again(copy, **said):
    """A source that stands already, but for what is said of it."""
    copy.sources(
        lambda items: items.append(
            {**_source(items, "yomiuri-2020-space-budget"), **said, "id": "told-again"}
        )
    )


def _dated(copy, **parts):
    copy.sources(
        lambda items: _source(items, "yomiuri-2020-space-budget").update(
            {name: {"date-parts": [day]} for name, day in parts.items()}
        )
    )


def _source(items, name):
    return next(item for item in items if item["id"] == name)


def _swapped(copy):
    """Two satellites of one system and orbit under each other's catalogue numbers."""
    for row, number in (("nav-qzs-2", "42965"), ("nav-qzs-4", "42738")):
        copy.change("regional_cooperation/navigation_satellites", row, norad_id=number)


def _ended_first(copy):
    copy.change(SATELLITES, "sat-igs-radar-1", end_date="2002-03-25")
    copy.change("space_systems/service_ends", "end-igs-radar-1-catalogue", date="2002-03-25")


def _closed(copy):
    cells = {
        "row_id": "resolution-80-1",
        "session": "80",
        "date": "2025-12-01",
        "source_id": "united-nations-dag-2026-general-assembly-voting-data",
    }
    copy.add("regional_cooperation/un_resolutions", "resolution-79-18", **cells, also_source_ids="")


def _decided_elsewhere(copy):
    conflicts = copy.rows("conflicts")
    conflicts[0]["decided_row_id"] = "space-budget-2008-initial-with-missile-defence"
    copy.write("conflicts", conflicts)


def _another_object(copy):
    conflicts = copy.rows("conflicts")
    one = next(row for row in conflicts if row["conflict_id"] == "alos-infrared-sensor")
    one |= {"row_ids": "sat-igs-radar-6;sat-igs-radar-5", "decided_row_id": "sat-igs-radar-6"}
    copy.write("conflicts", conflicts)


# What is planted, and what the sentence must name.
PLANTS = {
    "GDP of one year in two tables": (
        lambda copy: copy.change("missile_warning/partner_gdp", "partner-gdp-jpn-2023", gdp_bn_usd="4221.9"),
        "partner-gdp-jpn-2023.*4221.9|4221.9",
    ),
    "day of an exchange and of its act": (
        lambda copy: copy.change(
            "space_systems/exchange", "exchange-gateway-2021-batteries-for-the-halo-module", date="2021-01-21"
        ),
        "exchange-gateway-2021-batteries-for-the-halo-module.*2021-01-21",
    ),
    "year of a programme and day of its launch": (
        lambda copy: copy.change(
            "regional_cooperation/taiwan_programmes", "programme-formosat-8a", first_year="2024"
        ),
        "programme-formosat-8a",
    ),
    "state of a sensor and of the satellite under it": (
        lambda copy: copy.change("missile_warning/constellations", "warning-alos3-sensor", state="flying"),
        "warning-alos3-sensor.*flying",
    ),
    "catalogue numbers of two satellites exchanged": (_swapped, "catalog number"),
    "minute of a launch in an alert and in the record": (
        lambda copy: copy.change("missile_warning/jalert_events", "jalert-2017-08-29", launch_jst="04:58"),
        "jalert-2017-08-29",
    ),
    "apogee of another order in a report": (
        lambda copy: copy.change("missile_warning/observer_reports", "obs-2021-09-15-1-jp", apogee_km="5000"),
        "obs-2021-09-15-1-jp",
    ),
    "coordinates of one site in two tables": (
        lambda copy: copy.change("space_systems/watch_areas", "watch-sunan", latitude_deg="38.2"),
        "watch-sunan",
    ),
    "vote that the total does not hold": (
        lambda copy: copy.change("regional_cooperation/un_votes", "vote-39-59-canada", vote="no"),
        "resolution-39-59.*total_no 0.*1",
    ),
    "parties more than the ties": (
        lambda copy: copy.change(ACTS, "act-us-2021-gateway", parties="5"),
        "act-us-2021-gateway.*parties 5.*2",
    ),
    "money that leaves no account": (
        lambda copy: copy.change("budgets/budget_book", "budget-book-igs-2017-paid", amount_bn_jpy="67.24"),
        "budget-book-igs-2017-paid",
    ),
    "votes beyond the membership": (
        lambda copy: copy.change(
            "regional_cooperation/un_resolutions", "resolution-39-59", total_abstain="90"
        ),
        "resolution-39-59.*must be at most 193",
    ),
    "perigee above apogee": (
        lambda copy: copy.change(SATELLITES, "sat-igs-optical-1", perigee_km="489.0", apogee_km="486.0"),
        "sat-igs-optical-1.*perigee_km.*apogee_km",
    ),
    "end before the launch": (_ended_first, "radar-1.*2002-03-25"),
    "outcome before the promise": (
        lambda copy: copy.change(
            "policy_evolution/promise_outcomes", "outcome-kirameki-3-1", date="2013-11-04"
        ),
        "outcome-kirameki-3-1",
    ),
    "days that are not those between two days": (
        lambda copy: copy.change(
            "regional_cooperation/cable_incidents", "cable-taoyuan-nangan-3-2023", days_out="15"
        ),
        "cable-taoyuan-nangan-3-2023.*days_out .15. must be equal .*51",
    ),
    "alert before the launch": (
        lambda copy: copy.change("missile_warning/jalert_events", "jalert-2017-08-29", alert_jst="05:02"),
        "jalert-2017-08-29: launch_jst",
    ),
    "year that is not the date's": (
        lambda copy: copy.change(MISSILES, "nk-2017-07-04-1", year="2016"),
        "nk-2017-07-04-1: year .2016. must be equal launch_date:4 .2017.",
    ),
    "more days than the period has": (
        lambda copy: copy.change("regional_cooperation/maritime", "senkaku-cz-days-2020", value="533"),
        "senkaku-cz-days-2020",
    ),
    "told before it happened": (
        lambda copy: copy.change(
            "regional_cooperation/connectivity", "connectivity-matsu-microwave-2025", date="2025-07-23"
        ),
        "connectivity-matsu-microwave-2025.*issued",
    ),
    "reported of a day to come": (
        lambda copy: copy.change(
            "policy_evolution/unit_strength", "unit-strength-top-fy2026", status="reported"
        ),
        "unit-strength-top-fy2026.*(issued|accessed)",
    ),
    "read before it appeared": (
        lambda copy: _dated(copy, issued=[2026, 12, 24]),
        "yomiuri-2020-space-budget was read on .*before it appeared",
    ),
    "trillions among billions": (
        lambda copy: copy.change(
            "budgets/defense_totals", "defense-total-with-saco-2008-initial", amount_bn_jpy="4.7796"
        ),
        "defense-total-with-saco-2008-initial.*4.7796",
    ),
    "millions among billions": (
        lambda copy: copy.change(
            "budgets/programme_figures",
            "programme-artemis-2021-request-artemis-related",
            amount_bn_jpy="81000",
        ),
        "programme-artemis-2021-request-artemis-related.*81000",
    ),
    "dollars that no rate makes yen": (
        lambda copy: copy.change(
            "budgets/defense_space",
            "defense-space-next-communications-satellite-2025-contract-2",
            amount_bn_usd_as_reported="790",
        ),
        "defense-space-next-communications-satellite-2025-contract-2.*amount_bn_usd_as_reported",
    ),
    "document called independent of itself": (
        lambda copy: copy.change("policy_evolution/promises", "promise-alos-3", evidence="independent"),
        "promise-alos-3: evidence is independent, but fatton-2020",
    ),
    "page told again to the year": (
        lambda copy: _again(copy, issued={"date-parts": [[2020]]}),
        "told-again and yomiuri-2020-space-budget are one",
    ),
    "text told again at another site": (
        lambda copy: _again(copy, URL="https://news.livedoor.com/copy"),
        "told-again and yomiuri-2020-space-budget are one text",
    ),
    "site of no stated kind": (
        lambda copy: _elsewhere(copy, URL="https://en.wikibrief.org/x"),
        "new-source stands on en.wikibrief.org",
    ),
    "official text on a stranger's site": (
        lambda copy: _elsewhere(
            copy,
            author=[{"literal": "Cabinet Office"}],
            publisher="Cabinet Office",
            URL="https://www.sankei.com/x",
        ),
        "new-source .official, mirrored",
    ),
    "gap that is closed": (_closed, "gap-un-session-80.*resolution-80-1"),
    "conflict decided by a row outside it": (_decided_elsewhere, "space-budget-2011-initial is decided by"),
    "conflict that sets another satellite aside": (_another_object, "sets aside sat-igs-radar-5"),
    "rows chosen by a column that does not exist": (
        lambda copy: copy.change("checks/orders", "order-satellites-3", where="stat!=planned"),
        "checks/orders.csv: where names space_systems/satellites.stat,",
    ),
    "order over a column that does not exist": (
        lambda copy: copy.change("checks/orders", "order-satellites-1", other="apogee_miles"),
        "checks/orders.*apogee_miles",
    ),
    "launch day of a satellite and of its launch": (
        lambda copy: copy.change(SATELLITES, "sat-igs-radar-6", launch_date="2018-06-15"),
        "sat-igs-radar-6.*2018-06-15.*jlaunch-2018-052",
    ),
    "state in two tables": (
        lambda copy: copy.change("regional_cooperation/navigation_satellites", "nav-qzs-3", state="lost"),
        "nav-qzs-3.*lost|sat-qzs-3.*flying.*nav-qzs-3",
    ),
    "outcome of a launch": (
        lambda copy: copy.change(LAUNCHES, "jlaunch-2018-052", outcome="failure"),
        "failure",
    ),
    "class of one system": (
        lambda copy: copy.change("policy_evolution/promises", "promise-qzss-seven", sphere="civil"),
        "promise-qzss-seven.*civil|civil.*promise-qzss-seven|sphere civil",
    ),
    "amount of one contract": (
        lambda copy: copy.change(
            "missile_warning/programme_costs",
            "mwcost-satellite-constellation-isr-targeting-pfi-mod-fy2025-budget-2025-initi",
            amount_bn_jpy="238.2",
        ),
        "238.2",
    ),
    "two amounts of one item in one table": (
        lambda copy: copy.add(
            "budgets/ministries",
            "space-ministry-2018-initial-mod",
            row_id="space-ministry-2018-initial-mod-2",
            amount_bn_jpy="14.0",
        ),
        "space-ministry-2018-initial-mod-2",
    ),
    "day of an act and of its event": (
        lambda copy: copy.change(ACTS, "act-us-2024-rover", date="2024-04-12"),
        "act-us-2024-rover.*2024-04-12|2024-04-12.*act-us-2024-rover",
    ),
    "outcome of one promise in two ledgers": (
        lambda copy: copy.change("space_systems/commitments", "commitment-hayabusa2", status="failed"),
        "commitment-hayabusa2",
    ),
    "universal day slipped to the day before": (
        lambda copy: copy.change(MISSILES, "nk-2017-07-04-1", launch_date="2017-07-03"),
        "nk-2017-07-04-1",
    ),
    "Japanese day slipped to the day after": (
        lambda copy: copy.change(MISSILES, "nk-2022-10-03-1", launch_date_jst="2022-10-05"),
        "nk-2022-10-03-1.*2022-10-05|2022-10-05.*nk-2022-10-03-1",
    ),
    "both days against the title of a Japanese source": (
        _both_days_slipped,
        "nk-2017-05-14-1|flight-2017-05-14-jp",
    ),
    "day of an alert": (
        lambda copy: copy.change(
            "missile_warning/jalert_events", "jalert-2023-08-24", event_date="2023-08-23"
        ),
        "jalert-2023-08-24",
    ),
    "total one too high": (
        lambda copy: copy.change(
            "budgets/strategy_fund", "strategy-fund-2025-cumulative-total", amount_bn_jpy="801"
        ),
        "strategy-fund-2025-cumulative-total.*801.*800",
    ),
    "part one too low": (
        lambda copy: copy.change("regional_cooperation/maritime", "senkaku-ts-days-2021-b", value="18"),
        "senkaku-ts-days-2021.*40.*39",
    ),
    "day of another epoch": (_wrong_day, "epoch_date"),
    "motion of another orbit": (_wrong_motion, "(perigee|apogee)_km"),
    "unknown where another table knows the state": (
        lambda copy: copy.change(SATELLITES, "sat-alos-4", state="unknown"),
        "sat-alos-4.*unknown.*radar-alos-4",
    ),
    "no day where another table knows it": (
        lambda copy: copy.change(SATELLITES, "sat-qzs-7", launch_date="", date_precision=""),
        "sat-qzs-7.*launch_date empty.*2026-08-10",
    ),
    "month where another table knows the day": (
        lambda copy: copy.change(
            SATELLITES, "sat-kirameki-3", launch_date="2024-11-01", date_precision="month"
        ),
        "sat-kirameki-3.*to the month only.*2024-11-04",
    ),
    "event told again in other words": (
        lambda copy: copy.add(
            EVENTS,
            "event-043-basic-space-law-passed-national",
            row_id="event-900-diet-adopts-space-act",
            title="The Diet adopts an act by which space may serve national defence",
        ),
        "event-900-diet-adopts-space-act tells the fact of event-043",
    ),
    "act told again by the month": (
        lambda copy: copy.add(
            ACTS,
            "act-us-2024-rover",
            row_id="act-us-2024-lunar-rover",
            locator="first paragraph",
            date="2024-04-01",
            date_precision="month",
            title="Arrangement to implement a pressurised rover",
        ),
        "act-us-2024-lunar-rover tells the fact of act-us-2024-rover",
    ),
    "one page under two ids": (_second_id, "yomiuri-2020-again and yomiuri-2020-space-budget are one page"),
    "encyclopaedia under a lead answer": (
        lambda copy: copy.change(
            "budgets/strategy_fund",
            "strategy-fund-2024-tranche-2-mext",
            source_id="wikipedia-nd-lunar-cruiser",
            quality="C",
        ),
        "budgets/strategy_fund: strategy-fund-2024-tranche-2-mext .*wikipedia-nd-lunar-cruiser",
    ),
    "mirror whose mark was taken away": (
        lambda copy: copy.without("checks/provisional", "source_id", "cabinet-office-2012-space-budget"),
        "cabinet-office-2012-space-budget",
    ),
    "grade better than the source": (
        lambda copy: copy.change("missile_warning/warning_timeline", "mw-timeline-2012-12-12", quality="A"),
        "mw-timeline-2012-12-12.*quality is A.*allows C",
    ),
    "vague locator in a new row": (
        lambda copy: copy.add(
            "regional_cooperation/cable_incidents",
            copy.rows("regional_cooperation/cable_incidents")[0]["row_id"],
            row_id="cable-new",
            cable="Penghu No. 9",
            date="2023-11-03",
            date_precision="day",
            repaired_date="",
            days_out="",
            locator="body text, opening paragraphs",
        ),
        "cable-new: the locator 'body text, opening paragraphs'",
    ),
    "locator that repeats the label": (
        lambda copy: copy.change(
            "budgets/defense_space",
            "defense-space-awareness-satellite-2021-request",
            locator="article text: Situational-awareness satellite, FY2021 request",
        ),
        "defense-space-awareness-satellite-2021-request: the locator",
    ),
    "promise that fell due without an outcome": (
        lambda copy: copy.without("policy_evolution/promise_outcomes", "row_id", "outcome-igs-optical-9-1"),
        "promise-igs-optical-9, fell due on 2025-03-31",
    ),
    "commitment left open after its window": (
        lambda copy: copy.change(
            "space_systems/commitments",
            "commitment-lupex",
            window_start="2026-01-01",
            window_end="2026-06-30",
        ),
        "commitment-lupex, fell due on 2026-06-30",
    ),
    "declared column that does not exist": (
        lambda copy: copy.change("checks/sums", "sum-fund-by-tranche", column="amount_bn_yen"),
        "checks/sums.*amount_bn_yen",
    ),
    "table that does not say how often it moves": (
        lambda copy: copy.package(lambda resources: resources[ACTS].pop("moves")),
        "regional_cooperation/acts lacks moves",
    ),
}


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_fault_is_found_and_nothing_else_fails(copy, name):
    plant, words = PLANTS[name]
    plant(copy)
    faults = copy.faults()
    assert faults and all(re.search(words, fault) for fault in faults), faults
    assert all("; " in fault and fault == fault.strip() for fault in faults)
