"""One fault planted in a copy of the data is found, told in a sentence that names it, and nothing else
fails.
"""

import re

import pytest

SATELLITES, LAUNCHES = "space_systems/satellites", "space_systems/launches"
MISSILES, EVENTS, ACTS = "missile_warning/launches", "policy_evolution/events", "regional_cooperation/acts"
ELEMENTS = "space_systems/elements"


def test_the_data_as_they_are_hold_no_fault(copy):
    assert copy.faults() == []


def _moved_set(copy):
    """Line 2 of one satellite under line 1 of another."""
    rows = copy.rows(ELEMENTS)
    rows[0]["line2"] = rows[1]["line2"]
    copy.write(ELEMENTS, rows)


def _wrong_sum(copy):
    rows = copy.rows(ELEMENTS)
    last = rows[2]["line1"][-1]
    rows[2]["line1"] = rows[2]["line1"][:-1] + str((int(last) + 1) % 10)
    copy.write(ELEMENTS, rows)


def _wrong_column(copy):
    rows = copy.rows(ELEMENTS)
    rows[3]["inclination_deg"] = str(float(rows[3]["inclination_deg"]) + 1)
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


# What is planted, and what the sentence must name.
PLANTS = {
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
    "checksum": (_wrong_sum, "checksum"),
    "lines of two satellites": (_moved_set, "stand as one element set"),
    "column that repeats the lines": (_wrong_column, "inclination_deg"),
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
            date="2025-11-03",
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
        lambda copy: copy.change("space_systems/commitments", "commitment-lupex", window_end="2026-06-30"),
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
