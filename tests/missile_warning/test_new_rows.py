"""Rows that nobody knows today, planted in a copy: what the questions then have to say. Expected values: the
number of the rows planted, and calendar arithmetic.
"""

import pytest
from tests import tomorrow

LAUNCHES, EVENTS = "missile_warning/launches", "missile_warning/overflights_and_falls"
REPORTS, COSTS, GDP = (
    f"missile_warning/{name}" for name in ("observer_reports", "programme_costs", "partner_gdp")
)


def planted(tmp_path, new: dict[str, list[dict]], questions: list[str]) -> dict:
    """What the questions say once the rows are appended; each row: a known row_id it is like, and what it
    changes.
    """
    root = tomorrow.copy(tmp_path)
    for table, rows in new.items():
        known = tomorrow.rows_of(root, table)
        by_id = {row["row_id"]: row for row in known}
        tomorrow.write(root, table, [*known, *({**by_id[row.pop("like")], **row} for row in rows)])
    told = tomorrow.told(root, [f"missile_warning/{name}" for name in questions])
    errors = {name: now["error"] for name, now in told.items() if "error" in now}
    assert not errors
    return {name.split("/")[1]: now for name, now in told.items()}


def launch(day: str, name: str = "new", **more) -> dict:
    """An intercontinental missile over northern Japan, 9,500 km far."""
    return {
        "like": "nk-2017-11-28-1",
        "row_id": f"nk-{name}",
        "launch_date": day,
        "launch_date_jst": day,
        "year": day[:4],
        "bearing_deg": "80",
        "apogee_km": "1200",
        "range_km": "9500",
        **more,
    }


def newest() -> tuple[int, int]:
    """The year of the newest launch on record, and how many launches are of that year."""
    years = [row["year"] for row in tomorrow.rows_of(tomorrow.ROOT, LAUNCHES)]
    return int(max(years)), years.count(max(years))


def test_a_launch_of_a_year_that_is_not_over_is_left_out_in_words(tmp_path):
    year, so_far = newest()
    told = planted(
        tmp_path,
        {LAUNCHES: [launch(f"{year}-12-30")]},
        ["launch_record", "radar_horizon", "flight_time"],
    )
    said = f"{so_far + 1} launches of {year} are left out: the year is not over on record"
    assert said in told["launch_record"]["answer"]
    assert said in told["launch_record"]["figures"]["tempo"]["words"][2]
    for question in ("radar_horizon", "flight_time"):
        assert f"on record up to 30 December {year}" in told[question]["answer"]


def test_a_launch_of_january_makes_the_year_before_a_whole_one(tmp_path):
    year, so_far = newest()
    whole = [row for row in tomorrow.rows_of(tomorrow.ROOT, LAUNCHES) if int(row["year"]) <= year]
    told = planted(
        tmp_path,
        {
            LAUNCHES: [launch(f"{year}-12-30", "first"), launch(f"{year + 1}-01-05", "second")],
            EVENTS: [
                {
                    "like": "nk-over-1998-08-31-1",
                    "row_id": "nk-over-new",
                    "launch_id": "nk-first",
                    "event_date": f"{year}-12-30",
                }
            ],
        },
        ["launch_record"],
    )["launch_record"]
    assert f"to {year} the record holds **{len(whole) + 1} launches**" in told["answer"]
    assert f"1 launch of {year + 1} is left out" in told["answer"]
    assert f"{year},intercontinental" in told["figures"]["tempo"]["data"]
    assert "nk-over-new" in told["figures"]["japan_events"]["data"]
    assert "1 end beyond the edge of the map" in told["figures"]["paths"]["words"][2]
    assert not any(figure["beyond"] for figure in told["figures"].values())


def test_two_capitals_on_a_new_launch_make_a_pair(tmp_path):
    year, _ = newest()
    statements = [
        {
            "like": f"obs-2024-11-04-1-{capital}",
            "row_id": f"obs-new-{capital}",
            "launch_id": "nk-new",
            "report_date": f"{year}-12-30",
            "apogee_km": "1200",
            "range_km": km,
        }
        for capital, km in (("kr", "9500"), ("jp", "9000"))
    ]
    told = planted(tmp_path, {LAUNCHES: [launch(f"{year}-12-30")], REPORTS: statements}, ["radar_horizon"])
    gaps = told["radar_horizon"]["figures"]["reported_gaps"]["data"].splitlines()
    own = [line for line in gaps if line.startswith("nk-new,")]
    assert len(own) == 1 and ",9500.0,9000.0,about,500.0,True," in own[0]


@pytest.mark.parametrize("ahead", [1, 5])
def test_a_contract_of_a_year_without_prices_stands_on_the_last_ones(tmp_path, ahead):
    last = max(int(row["quarter"][:4]) for row in tomorrow.rows_of(tomorrow.ROOT, "budgets/gdp"))
    contract = {
        "like": "mwcost-sda-tracking-layer-tranche-3-l3harris-prime-contract-2025-contract",
        "row_id": "mwcost-new",
        "fiscal_year": str(last + ahead),
        "series": "SDA Tracking Layer Tranche 4",
        "satellites": "90",
    }
    told = planted(tmp_path, {COSTS: [contract]}, ["joint_or_independent"])["joint_or_independent"]
    said = f"US prices of {last + ahead} are taken as those of {last}"
    learning = told["figures"]["learning"]
    assert said in told["answer"] and said in learning["words"][2] and not learning["beyond"]
    assert "mwcost-new" in learning["data"] and learning["words"][2].startswith("5 points leave 3 degrees")


def test_a_gdp_of_one_country_is_used_and_the_others_are_named_as_older(tmp_path):
    known = {
        country: max(
            row["year"] for row in tomorrow.rows_of(tomorrow.ROOT, GDP) if row["country_code"] == country
        )
        for country in ("USA", "KOR")
    }
    ahead = str(int(max(known.values())) + 1)
    row = {"like": "partner-gdp-jpn-2023", "row_id": "partner-gdp-new", "year": ahead}
    told = planted(tmp_path, {GDP: [row]}, ["joint_or_independent"])["joint_or_independent"]
    older = ", ".join(f"{country} of {year}" for country, year in known.items())
    assert f"by GDP of {ahead} ({older}, the last on record)" in told["answer"]
