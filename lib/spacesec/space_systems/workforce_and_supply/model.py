"""How many people work on space in Japan, beside others; what is bought abroad, made at home or aimed at by
stage of supply; and which measures stand for people and security.
"""

from typing import Literal, get_args

import numpy as np
import pandas as pd

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.data import extent, tables
from spacesec.errors import ParameterError
from spacesec.parameters import value

WORKFORCE, SUPPLY = "space_systems/workforce", "space_systems/supply"
MEASURES, SATELLITES = "space_systems/workforce_measures", "space_systems/satellites"
UNIT_STRENGTH = "policy_evolution/unit_strength"

OrganizationName = Literal[
    "Space unit of the Self-Defense Forces",
    "JAXA",
    "Japan's space equipment industry",
    "Cabinet Satellite Intelligence Center",
    "Office of National Space Policy",
    "iQPS",
    "Axelspace",
    "ispace",
    "US Space Force",
    "French Space Command",
    "Taiwan Space Agency",
    "Department of Space of India",
    "Europe's space equipment industry",
]
CountName = Literal["actual", "planned", "estimate"]
SideName = Literal["Japan", "Taiwan", "Japan and Taiwan"]
ORGANIZATIONS, COUNTS, SIDES = get_args(OrganizationName), get_args(CountName), get_args(SideName)
UNIT, AGENCY, INDUSTRY = ORGANIZATIONS[:3]
FORCES, COMPANY = "space forces", "company"
# Of several counts of an organization the one that stands for all of it.
WHOLE = ("staff", "members", "workers", "employees")
STATUS = {"reported": "actual", "planned": "planned"}
SHARES = ("dependence", "target")
FOREIGN, COMMERCIAL = "foreign", "commercial"


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    as_of: int = value(
        "latest",
        "last year that counts; of plans, those for the year after it count too",
        "year",
        between=lambda: years_known(),
    )
    first_year: int = value("first", "first year that counts", "year", between=lambda: years_known())
    organizations: list[OrganizationName] = value([], "organizations to show; none: all of them")
    kinds: list[CountName] = value([], "kinds of head count; none: all of them")
    sides: list[SideName] = value([], "whose supply; none: all of them")


def years_known() -> tuple[int, int]:
    """The first year of the three tables, and the last of them, of the whole collection, or the year before
    the last plan for the space unit.
    """
    ends = [extent.years(name, "date") for name in (WORKFORCE, SUPPLY, MEASURES)]
    unit = extent.years(UNIT_STRENGTH, "date")[1] - 1
    return min(first for first, _ in ends), max(
        unit, int(tables.package()["as_of"][:4]), *(last for _, last in ends)
    )


def chosen(given: list[str], known: tuple[str, ...]) -> list[str]:
    """What was chosen, in the order of all; all of them where nothing was."""
    return [name for name in known if name in given or not given]


def heads(p: Parameters) -> pd.DataFrame:
    """Head counts that stand for a whole organization, oldest first, with the space unit's own."""
    columns = ["organization", "group", "country", "date", "people", "kind", "bound", "source_id", "row_id"]
    own = tables.settled(WORKFORCE)
    own = own[own["counted"].isin(WHOLE) & own["people_high"].isna()]
    unit = tables.settled(UNIT_STRENGTH)
    kind = unit["status"].astype(str).map(STATUS)
    unit = unit.assign(organization=UNIT, group=FORCES, country="Japan", kind=kind, bound="about")
    texts = dict.fromkeys(("organization", "group", "country", "kind", "bound"), str)
    rows = pd.concat([own[columns].astype(texts), unit[columns].astype(texts)], ignore_index=True)
    rows = rows.assign(year=rows["date"].dt.year, people=rows["people"].astype(int))
    last = rows["kind"].map({"planned": p.as_of + 1}).fillna(p.as_of)
    rows = rows[(rows["year"] >= p.first_year) & (rows["year"] <= last)]
    rows = rows[rows["organization"].isin(chosen(p.organizations, ORGANIZATIONS))]
    rows = rows[rows["kind"].isin(chosen(p.kinds, COUNTS))]
    return rows.sort_values(["date", "row_id"], kind="stable").reset_index(drop=True)


def newest(rows: pd.DataFrame) -> pd.DataFrame:
    """The newest count of each organization that is no plan, the largest first."""
    real = rows[rows["kind"] != "planned"].groupby("organization", sort=False).tail(1)
    return real.sort_values(["people", "organization"], ascending=[False, True]).reset_index(drop=True)


def supply(p: Parameters) -> pd.DataFrame:
    """Facts about supply in the years and of the sides asked for, oldest first."""
    rows = tables.settled(SUPPLY)
    rows = rows.astype(dict.fromkeys(("title", "side", "stage", "kind", "supplier", "unit", "bound"), str))
    rows = rows.assign(year=rows["date"].dt.year)
    rows = rows[rows["year"].between(p.first_year, p.as_of) & rows["side"].isin(chosen(p.sides, SIDES))]
    return rows.sort_values(["date", "row_id"], kind="stable").reset_index(drop=True)


def measures(p: Parameters) -> pd.DataFrame:
    """Measures of the years asked for, oldest first."""
    rows = tables.settled(MEASURES)
    rows = rows.astype(dict.fromkeys(("title", "kind", "maker", "state"), str))
    rows = rows.assign(year=rows["date"].dt.year)
    rows = rows[rows["year"].between(p.first_year, p.as_of)]
    return rows.sort_values(["date", "row_id"], kind="stable").reset_index(drop=True)


def rides(p: Parameters) -> dict[str, dict[str, int]]:
    """Japan's satellites whose launch was read by sector: how many, and how many of them on rockets of other
    states.
    """
    flown = tables.settled(SATELLITES).dropna(subset=["launch_state", "launch_date"])
    flown = flown[flown["launch_date"].dt.year.between(p.first_year, p.as_of)]
    sector = flown["sector"].astype(str).where(flown["sector"] == COMMERCIAL, "government")
    abroad = flown["launch_state"].astype(str) != "Japan"
    return {
        name: {"all": int((sector == name).sum()), FOREIGN: int((abroad & (sector == name)).sum())}
        for name in (COMMERCIAL, "government")
    }


def answer(p: Parameters) -> Answer:
    """Tables ``heads``, ``newest``, ``supply``, ``shares`` and ``measures``."""
    if p.first_year > p.as_of:
        raise ParameterError(
            f"first_year = {p.first_year} is after as_of = {p.as_of}; choose one that is not later."
        )
    people, facts, acts = heads(p), supply(p), measures(p)
    shares = facts[(facts["unit"] == "percent") & facts["kind"].isin(SHARES)].reset_index(drop=True)
    results = {
        **_people(people),
        "counts": Result(len(people), "counts", "of whole organizations"),
        "facts": Result(len(facts), "facts", "about supply"),
        "facts_by_kind": Result(_by(facts, "kind"), "facts", "about supply by kind, the most first"),
        "shares": Result(len(shares), "shares", "of what is bought abroad or aimed at"),
        "rides": Result(
            rides(p), "satellites", "of Japan by sector: launched, and on rockets of other states"
        ),
        **_products(facts),
        "measures": Result(len(acts), "measures", "for people and security"),
        "measures_by_kind": Result(_by(acts, "kind"), "measures", "by kind, the most first"),
        "measures_in_force": Result(
            int((acts["state"] == "in force").sum()), "measures", "that are in force"
        ),
    }
    found = {"heads": people, "newest": newest(people), "supply": facts, "shares": shares, "measures": acts}
    return Answer(results, found, p)


def _by(rows: pd.DataFrame, column: str) -> dict[str, int]:
    counts = rows.groupby(column).size().sort_values(ascending=False, kind="stable")
    return {str(name): int(count) for name, count in counts.items()}


def _people(rows: pd.DataFrame) -> dict[str, Result]:
    """First, newest and planned count of each organization, with their years."""
    real, plans = rows[rows["kind"] != "planned"], rows[rows["kind"] == "planned"]
    span: dict[str, dict[str, int]] = {}
    for name, part in real.groupby("organization", sort=False):
        span[str(name)] = {
            "first": int(part["people"].iloc[0]),
            "first_year": int(part["year"].iloc[0]),
            "last": int(part["people"].iloc[-1]),
            "last_year": int(part["year"].iloc[-1]),
        }
    ahead = {}
    for name, part in plans.groupby("organization", sort=False):
        if part["date"].iloc[-1] > real.loc[real["organization"] == name, "date"].max():
            ahead[str(name)] = int(part["people"].iloc[-1])
    return {
        "span": Result(span, "people", "first and newest count by organization, with their years"),
        "planned": Result(ahead, "people", "planned after the newest count, by organization"),
    }


def _products(rows: pd.DataFrame) -> dict[str, Result]:
    """When satellites and rocket parts became critical products, and how many such products there are."""
    rule = rows[(rows["kind"] == "rule") & (rows["stage"] == "parts")].tail(1)
    return {
        "critical_products": Result(
            int(rule["value"].iloc[0]) if len(rule) else 0, "products", "critical, those for space among them"
        ),
        "critical_since": Result(
            rule["date"].iloc[0].date().isoformat() if len(rule) else None,
            "",
            "day from which those for space are",
        ),
    }


def checks(answer: Answer) -> list[Check]:
    """Changes, shares and sums as others printed them, over all rows whatever was asked for."""
    people = tables.settled(WORKFORCE).set_index("row_id")["people"]
    amounts = tables.settled(SUPPLY).set_index("row_id")["value"]

    def head(name: str) -> float:
        return float(people.get(f"workforce-{name}", np.nan))  # a row may not be known yet

    def amount(name: str) -> float:
        return float(amounts.get(f"supply-{name}", np.nan))

    def change(after: str, before: str) -> float:
        return 100 * (head(after) / head(before) - 1)

    made_abroad = amount("broadcast-satellites-2011") - amount("broadcast-satellites-own-2011")
    told: list[tuple[str, float, float, float, str, str, str]] = [
        ("growth of the industry's workers from 2008 to 2013", change("industry-2013", "industry-2008"), 53.7,
         0.1, "percent", "space-report-2014-japanese-employment", "second sentence: grown by that share"),
        ("fall of the industry's workers from 2007 to 2008", -change("industry-2008", "industry-2007"), 17,
         0.5, "percent", "space-report-2010-japanese-employment-snapshot", "second sentence: decline"),
        ("engineers and researchers among JAXA's staff in 2023",
         100 * head("jaxa-2023-engineers") / head("jaxa-2023"), 71, 0.5, "percent",
         "space-report-2023-japanese-workforce-by-sector", "second sentence: share in brackets"),
        ("staff of the Cabinet Satellite Intelligence Center, posts and concurrent",
         head("csice-2011-posts") + head("csice-2011-concurrent"), 330, 0, "people",
         "shimbun-akahata-2011-satellite-center-staff", "fifth paragraph: all staff"),
        ("seconded and concurrent staff of the Center",
         head("csice-2011-seconded") + head("csice-2011-concurrent"), 184, 0, "people",
         "shimbun-akahata-2011-satellite-center-staff", "fifth paragraph: seconded and concurrent"),
        ("growth of Europe's workers from 2020 to 2021", change("europe-2021", "europe-2020"), 5.4, 0.05,
         "percent", "space-report-2022-european-employment-2011-2021", "first sentence: increase"),
        ("fall of India's staff from 2016 to 2017", -change("india-2017", "india-2016"), 5, 0.5, "percent",
         "space-report-2017-indian-employment", "item 2017: decrease of nearly that share"),
        ("demand at home in FY2018: sales without exports", amount("sales-2018") - amount("exports-2018"),
         335.4, 0.05, "billion yen", "sjac-via-vdocuments-2019-survey-fy2018", "1 (3): demand at home"),
        ("share of final customers in that demand",
         100 * amount("home-demand-final-2018") / amount("home-demand-2018"), 71, 0.5, "percent",
         "sjac-via-vdocuments-2019-survey-fy2018", "1 (3): share of final customers"),
        ("sales of FY2013 beside the peak", 100 * amount("sales-2013") / amount("sales-peak"), 74, 0.5,
         "percent", "sjac-via-expydoc-2015-survey-fy2013", "1 (1): beside the peak"),
        ("satellites of Japanese companies that were made abroad", made_abroad, 19, 0, "satellites",
         "japan-echo-2010-catch-up-satellite-orders", "second paragraph: 19 of 20"),
        ("critical products: those before, and the four added", amount("critical-products-before-2025") + 4,
         16, 0, "products", "jiji-livedoor-2025-critical-products-16", "four products added, 16 in all"),
    ]  # fmt: skip
    return [Check(*one) for one in told]
