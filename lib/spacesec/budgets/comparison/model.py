"""How does Japan compare, where only like is set beside like?

Estimators are never joined with one another or with budget documents. Shares of GDP name the vintage of GDP,
and the two-percent claim is computed under each count of defense spending and each denominator.
"""

from typing import Literal

import pandas as pd
from pydantic import model_validator

from spacesec import parameters
from spacesec.answers import Answer, Check, Result
from spacesec.budgets import money, rows
from spacesec.budgets.government_space import model as government_space
from spacesec.data import extent, tables
from spacesec.parameters import value

READ = (
    "budgets/government_space",
    "budgets/ministries",
    "budgets/strategy_fund",
    "budgets/comparators",
    "budgets/countries",
    "budgets/defense_totals",
    "budgets/nato_guideline",
    "budgets/budget_book",
    "budgets/gdp",
    "budgets/gdp_usd",
    "budgets/exchange_rates",
)
# The rows that the checks reproduce: share of GDP as printed -> the amount that it is a share of.
OFFICIAL_SHARES = {
    "security-related spending FY2024 over FY2022 GDP as known then": (
        "defense-total-security-related-2024-initial-share-fy2022",
        "defense-total-security-related-2024-initial",
    ),
    "security-related spending FY2025 over FY2022 GDP as known then": (
        "defense-total-security-related-2025-initial-share-fy2022",
        "defense-total-security-related-2025-initial",
    ),
    "the same with supplementary": (
        "defense-total-security-related-2025-initial-plus-supplementary-share-fy2022",
        "defense-total-security-related-2025-initial-plus-supplementary",
    ),
}
DOCUMENTS = ("fatton-2020", "csis-uchu-digest-2024")  # the two whose pairs of yen and dollars imply a rate

ESTIMATORS = {"novaspace": "Novaspace (Euroconsult)", "space_foundation": "Space Foundation"}


DEFENSE = {
    "without_saco": "defense budget, narrow",
    "with_saco": "defense budget with SACO and realignment",
    "security_related": "security-related spending",
    "security_related_supplementary": "the same with supplementary",
}


AGES = {"with_missile_defence": "old", "narrow": "new"}
COUNTED = ("without_saco", "with_saco", "security_related")
SUPPLEMENTED = "initial_plus_supplementary"

COUNTS = {
    "narrow": "Ministry of Defense",
    "middle": "and reconnaissance satellites",
    "wide": "and the Cabinet Office (QZSS)",
}


# The government fixes the denominator of its shares at the GDP of this fiscal year.
GDP_YEAR = 2022
# Fatton (2020) writes that defense was held at one percent: the last years before.
ONE_PERCENT = (1998, 2019)
# The year in which JAXA's grant is set beside Taiwan's programme.
AGENCY_YEAR = 2023
# Taiwan's third-phase programme with its extension, and the year of the pair that implies its rate.
PROGRAMME, PROGRAMME_RATE_YEAR = (2019, 2031), 2024


# "Two percent" is what rounds to 2.0: half of the last digit that officials print.
ROUNDING = 0.05


class Parameters(parameters.Parameters):
    """What the reader may vary."""

    estimator: Literal["novaspace", "space_foundation"] = value(
        "novaspace", "whose totals of national space spending are compared"
    )
    denominator: Literal["gdp", "military_expenditure"] = value(
        "gdp", "what national space spending is divided by: GDP or military expenditure"
    )
    defense_year: int = value(
        "latest",
        "fiscal year whose defense spending is held against the threshold",
        unit="fiscal year",
        between=lambda: (
            ONE_PERCENT[1] + 1,
            extent.years("budgets/defense_totals", "fiscal_year", definition=COUNTED, component="total")[1],
        ),
        latest=lambda: extent.years(
            "budgets/defense_totals", "fiscal_year", definition="security_related", stage=SUPPLEMENTED
        )[1],
    )
    threshold_percent: float = value(2.0, "share of GDP that is claimed", unit="percent", ge=0.5, le=5)
    security_count: Literal["narrow", "middle", "wide"] = value(
        "middle",
        "what counts as security space: the Ministry of Defense, with reconnaissance satellites, or with QZSS"
        " as well",
    )
    first_year: int = value(
        2012,
        "first year of the yen-dollar comparison",
        unit="fiscal year",
        between=lambda: (government_space.total_years()[0], government_space.total_years()[1] - 1),
    )
    last_year: int = value(
        "latest",
        "last year of the yen-dollar comparison",
        unit="fiscal year",
        between=lambda: (government_space.total_years()[0] + 1, government_space.total_years()[1]),
    )

    @model_validator(mode="after")
    def _possible(self):
        if self.first_year >= self.last_year:
            raise ValueError(
                f"first_year = {self.first_year} is not possible with last_year = {self.last_year}: the first"
                " year must come before the last."
            )
        known = government_space.totals("combined", True).index
        for name in ("first_year", "last_year"):
            if getattr(self, name) not in known:
                raise ValueError(
                    f"{name} = {getattr(self, name)} has no sourced total of Japan's space budget here;"
                    f" choose among {', '.join(map(str, known))}."
                )
        if burden(self.estimator, self.denominator).empty:
            raise ValueError(
                f"estimator = {self.estimator!r} has no country and year for which {self.denominator} is"
                " known; choose another estimator or denominator."
            )
        return self


def estimates() -> pd.DataFrame:
    """National totals by estimator: estimator, country, year, amount_bn_usd, approximate, row_id, source_id;
    civil or defense parts left out.
    """
    table = rows.facts("budgets/comparators")
    table = table[
        table["series"].isin(["national-space", "world-space"])
        & (table["scope"] == "all")
        & table["estimator"].isin(list(ESTIMATORS))
    ]
    table = table.astype({"estimator": str, "country": str, "year": int})
    return table.drop_duplicates(["estimator", "country", "year"])[
        ["estimator", "country", "year", "amount_bn_usd", "approximate", "row_id", "source_id"]
    ].sort_values(["estimator", "country", "year"], ignore_index=True)


def japan_own() -> pd.Series:
    """Japan's own combined total in billion dollars by fiscal year, with the fund when booked; its own count,
    not an estimator's. After the last known rate that rate stands in.
    """
    return money.convert(government_space.totals("combined", True)["amount_bn_jpy"], "USD")


def burden(estimator: str, denominator: str) -> pd.DataFrame:
    """National space spending over GDP or military expenditure (``share_percent``), where one estimator and
    one denominator meet in a year.

    Organisations of several countries have no GDP of their own and are left out.
    """
    below = rows.facts("budgets/countries").astype({"country": str, "quantity": str, "year": int})
    below = below[below["quantity"] == denominator].drop_duplicates(["country", "year"])[
        ["country", "year", "amount_bn_usd", "source_id"]
    ]
    above = estimates().query("estimator == @estimator and country not in ['World', 'European Union', 'ESA']")
    both = above.merge(below, on=["country", "year"], suffixes=("", "_below"))
    return both.assign(share_percent=100 * both["amount_bn_usd"] / both["amount_bn_usd_below"]).sort_values(
        ["year", "share_percent"], ascending=[True, False], ignore_index=True
    )


def gdp_by_fiscal_year() -> pd.Series:
    """Japan's nominal GDP in billion yen by fiscal year, newest vintage: the mean of four seasonally adjusted
    quarters at annual rate; years with fewer quarters have none.
    """
    table = rows.facts("budgets/gdp")
    table = table[(table["country"] == "Japan") & (table["measure"] == "nominal")]
    years = money.fiscal_year(table["quarter"])
    whole = table.groupby(years)["amount_bn_local"].agg(["mean", "size"])
    return whole[whole["size"] == 4]["mean"]


def vintage_effect(year: int) -> float:
    """By how many percent the newest vintage lies above the older one, calendar year against calendar
    year.
    """
    table = rows.facts("budgets/gdp")
    table = table[
        (table["country"] == "Japan") & (table["measure"] == "nominal") & (table["quarter"].dt.year == year)
    ]
    return 100 * (table["amount_bn_local"].mean() / older_gdp(year) - 1)


def older_gdp(year: int) -> float:
    """Japan's nominal GDP of a calendar year in billion yen, older vintage: the World Bank's dollar value at
    the year's mean exchange rate.
    """
    rates = rows.facts("budgets/exchange_rates")
    usd = rows.facts("budgets/gdp_usd").set_index("year")["amount_bn_usd"]
    return float(usd[year] * rates[rates["month"].dt.year == year]["jpy_per_usd"].mean())


def denominators(defense_year: int) -> dict[str, float]:
    """GDP in billion yen under each denominator that is known. The older one is the World Bank's dollar value
    of the calendar year at that year's exchange rate.
    """
    gdp = gdp_by_fiscal_year()
    found = {"2022_older": older_gdp(GDP_YEAR), "fy2022_2026": float(gdp[GDP_YEAR])}
    if defense_year in gdp.index:
        found["own_2026"] = float(gdp[defense_year])
    return found


def numerators(defense_year: int) -> pd.DataFrame:
    """Defense spending of a year under each count: ``definition``, ``amount_bn_jpy``, ``row_id``,
    ``source_id``.
    """
    table = rows.facts("budgets/defense_totals")
    table = table[
        (table["fiscal_year"] == defense_year)
        & (table["component"] == "total")
        & table["amount_bn_jpy"].notna()
    ].astype({"definition": str, "stage": str})
    table = table[table["definition"].isin(COUNTED) & table["stage"].isin(["initial", SUPPLEMENTED])].copy()
    table.loc[table["stage"] == SUPPLEMENTED, "definition"] += "_supplementary"
    return (
        table.drop_duplicates("definition")
        .set_index("definition")
        .reindex([d for d in DEFENSE if d in set(table["definition"])])[
            ["amount_bn_jpy", "row_id", "source_id"]
        ]
        .reset_index()
    )


def board(defense_year: int) -> pd.DataFrame:
    """Every count over every denominator: ``percent``."""
    above, below = numerators(defense_year), denominators(defense_year)
    return pd.DataFrame(
        [
            {
                "definition": row.definition,
                "denominator": name,
                "percent": 100 * row.amount_bn_jpy / amount,
                "amount_bn_jpy": row.amount_bn_jpy,
                "gdp_bn_jpy": amount,
                "row_id": row.row_id,
                "source_id": row.source_id,
            }
            for row in above.itertuples()
            for name, amount in below.items()
        ]
    )


def security_share() -> pd.DataFrame:
    """Security space in percent of the government's space budget, Cabinet Office count, by year, count (old |
    narrow) and stage.

    Columns narrow, middle, wide are cumulative; NaN where no source for a ministry's part or the total was
    found.
    """
    parts = rows.facts("budgets/ministries").astype(
        {"ministry": str, "count": str, "stage": str, "fiscal_year": int}
    )
    totals = rows.facts("budgets/government_space").astype({"count": str, "stage": str, "fiscal_year": int})
    keys = ["fiscal_year", "count", "stage"]
    totals = totals[totals["precision"] == "exact"].set_index(keys)
    wide = parts[parts["stage"].isin(["initial", "combined"])]
    wide = wide.pivot(index=keys, columns="ministry", values="amount_bn_jpy")
    wide = (
        wide[["MoD", "Cabinet Secretariat", "Cabinet Office"]]
        .join(totals[["amount_bn_jpy", "source_id"]], how="inner")
        .dropna(subset=["MoD"])
    )
    sums = wide[["MoD", "Cabinet Secretariat", "Cabinet Office"]].cumsum(axis=1, skipna=False)
    return (
        sums.div(wide["amount_bn_jpy"], axis=0)
        .mul(100)
        .set_axis(list(COUNTS), axis=1)
        .assign(source_id=wide["source_id"])
        .reset_index()
    )


def agencies(year: int = AGENCY_YEAR) -> dict[str, float]:
    """JAXA's operating grant against Taiwan's whole third-phase programme per year, both in billion dollars
    (Taiwan at the rate its reports imply).
    """
    book = rows.facts("budgets/budget_book")
    grant = book[
        (book["item"] == "jaxa-grant") & (book["fiscal_year"] == year) & (book["stage"] == "initial")
    ]["amount_bn_jpy"].iloc[0]
    plan = rows.facts("budgets/comparators")
    plan = plan[plan["series"] == "third-phase-programme"]
    pair = plan[plan["year"] == PROGRAMME_RATE_YEAR].iloc[0]
    rate = pair["amount_bn_local"] / pair["amount_bn_usd"]
    whole = plan["amount_bn_local"].sum() / rate  # original total and its extension
    first, last = PROGRAMME
    return {"jaxa": grant / money.exchange_rate()[year], "taiwan": whole / (last - first + 1)}


def kinds_of_money(first_year: int, last_year: int) -> pd.DataFrame:
    """The space budget of one year as a ``multiple`` of another's, by ``step``: yen and dollars, nominal and
    real.
    """
    own = government_space.totals("combined", True)["amount_bn_jpy"].loc[[first_year, last_year]]
    steps = {
        "yen, nominal": ("JPY", "none"),
        "yen, real": ("JPY", "gdp"),
        "US dollars, nominal": ("USD", "none"),
        "US dollars, real": ("USD", "gdp"),
    }
    worth = [money.convert(own, currency, deflator, first_year) for currency, deflator in steps.values()]
    return pd.DataFrame(
        {"step": list(steps), "multiple": [amounts.iloc[1] / amounts.iloc[0] for amounts in worth]}
    )


def one_percent_shares() -> pd.Series:
    """The narrow defense budget in percent of GDP, newest vintage, over the years of the claim of one
    percent.
    """
    history = rows.facts("budgets/defense_totals").astype(
        {"definition": str, "stage": str, "fiscal_year": int}
    )
    history = history[
        (history["definition"] == "without_saco")
        & (history["stage"] == "initial")
        & history["amount_bn_jpy"].notna()
    ]
    history = history.drop_duplicates("fiscal_year").set_index("fiscal_year")["amount_bn_jpy"]
    gdp = gdp_by_fiscal_year()
    first, last = ONE_PERCENT
    return (100 * history / gdp.reindex(history.index)).dropna().loc[first:last]


def newer(p: Parameters, world: pd.DataFrame, shares: pd.DataFrame, security: pd.DataFrame) -> dict:
    """Rows newer than what the answer uses, by table: `rows.Newer`, or None."""
    used = {
        "budgets/government_space": ("fiscal_year", government_space.total_years()[1]),
        "budgets/comparators": ("year", world["year"].max()),
        "budgets/countries": ("year", shares["year"].max()),
        "budgets/defense_totals": ("fiscal_year", p.defense_year),
        "budgets/ministries": ("fiscal_year", security["fiscal_year"].max()),
        "budgets/gdp_usd": ("year", GDP_YEAR),
        "budgets/budget_book": ("fiscal_year", AGENCY_YEAR),
    }
    found = {name: rows.newer(name, column, int(last)) for name, (column, last) in used.items()}
    return found | {"budgets/strategy_fund": government_space.unbooked()}


def answer(parameters: Parameters) -> Answer:
    """Estimates side by side, burdens, the two-percent claim under every count and denominator, yen and
    dollars, security and civil space.
    """
    p = parameters
    world, shares, cells, security = (
        estimates(),
        burden(p.estimator, p.denominator),
        board(p.defense_year),
        security_share(),
    )
    own, rate = government_space.totals("combined", True)["amount_bn_jpy"], money.exchange_rate_at
    dollars = japan_own()
    a, b = p.first_year, p.last_year
    steps = kinds_of_money(a, b)
    multiple = steps.set_index("step")["multiple"]
    holds = cells["percent"] >= p.threshold_percent - ROUNDING
    ceiling = one_percent_shares()
    secure = security.dropna(subset=p.security_count)
    against = world[(world["estimator"] == "novaspace") & (world["country"] == "Japan")].set_index("year")[
        "amount_bn_usd"
    ]
    meet = against.index.intersection(dollars.index)
    pair = agencies()
    allies = rows.facts("budgets/nato_guideline").sort_values("year")
    seed = tables.load("budgets/seed_figures")
    rates = {
        source: seed[seed["source_id"] == source]["implied_jpy_per_usd"].dropna() for source in DOCUMENTS
    }
    vintage = tables.load("budgets/gdp")["vintage"].max()
    results = {
        "space_share_percent": Result(
            {f"{r.country} {r.year}": float(r.share_percent) for r in shares.itertuples()},
            "percent",
            f"national space spending ({ESTIMATORS[p.estimator]}) over {p.denominator.replace('_', ' ')}",
        ),
        "estimator_over_own": Result(
            {str(y): float(against[y] / dollars[y]) for y in meet},
            "times",
            "Novaspace's Japan over Japan's own total at the fiscal year's mean rate",
        ),
        "two_percent_highest": Result(
            float(cells["percent"].max()),
            "percent of GDP",
            f"highest share in FY{p.defense_year} over all counts and denominators",
            ("C4-003",),
        ),
        "two_percent_lowest": Result(
            float(cells["percent"].min()),
            "percent of GDP",
            f"lowest share in FY{p.defense_year}",
            ("C4-003",),
        ),
        "two_percent_true": Result(
            int(holds.sum()),
            "definitions",
            f"definitions under which FY{p.defense_year} rounds to {p.threshold_percent:g}% or more",
            ("C4-003",),
        ),
        "two_percent_definitions": Result(
            len(cells),
            "definitions",
            "counts of defense spending times denominators that are known",
            ("C4-003",),
        ),
        "two_percent_vintage_effect": Result(
            vintage_effect(GDP_YEAR),
            "percent",
            f"GDP of calendar {GDP_YEAR} in the vintage of {vintage} over the value known then",
        ),
        "nato_members_at_two_percent": Result(
            {str(row.year): int(row.members_meeting) for row in allies.itertuples()},
            "members",
            "NATO members at or above two percent of GDP, by year",
            ("C4-004",),
        ),
        "one_percent_range": Result(
            [float(ceiling.min()), float(ceiling.max())],
            "percent of GDP",
            f"defense budget without SACO over GDP of vintage {vintage}, smallest and largest of"
            f" FY{ONE_PERCENT[0]}-{ONE_PERCENT[1]}",
            ("C3-099",),
        ),
        "yen_multiple": Result(
            float(multiple["yen, nominal"]), "times", f"space budget FY{b} over FY{a} in yen"
        ),
        "dollar_multiple": Result(
            float(multiple["US dollars, nominal"]), "times", f"space budget FY{b} over FY{a} in dollars"
        ),
        "yen_value_multiple": Result(
            float(rate(a) / rate(b)), "times", f"dollar value of the yen, FY{b} over FY{a}"
        ),
        "security_share_percent": Result(
            {
                f"FY{r.fiscal_year} {r.stage}, {AGES[r.count]} count": float(getattr(r, p.security_count))
                for r in secure.itertuples()
            },
            "percent",
            f"security space ({p.security_count} count) in the government's space budget",
        ),
        "jaxa_over_taiwan": Result(
            pair["jaxa"] / pair["taiwan"],
            "times",
            f"JAXA's operating grant FY{AGENCY_YEAR} (with aviation) over Taiwan's third-phase program"
            f" {PROGRAMME[0]}-{PROGRAMME[1] % 100} per year",
            ("C0-007",),
        ),
        "document_rates": Result(
            {source: [float(r.min()), float(r.max())] for source, r in rates.items()},
            "yen per US dollar",
            "lowest and highest exchange rate that a document's pairs of amounts imply",
            ("C3-100", "C3-101"),
        ),
        "national_budget_2020": Result(
            rows.at(own, 2020),
            "billion yen",
            "supplementary FY2019 plus initial FY2020, all ministries",
            ("C3-100",),
        ),
        "defense_share_of_space_2020_percent": Result(
            rows.at(
                security.set_index(["fiscal_year", "count", "stage"])["narrow"], (2020, "narrow", "combined")
            ),
            "percent",
            "Ministry of Defense in the space budget of FY2020, Cabinet Office count",
        ),
    }
    japan = shares[shares["country"] == "Japan"]
    newest = japan.iloc[-1] if len(japan) else None
    beside = (
        shares[(shares["year"] == newest["year"]) & (shares["country"] != "Japan")] if len(japan) else japan
    )
    results |= {
        "japan_burden_year": Result(
            int(newest["year"]) if len(japan) else None,
            "year",
            "newest year for which Japan's share is known",
        ),
        "japan_burden_percent": Result(
            float(newest["share_percent"]) if len(japan) else None, "percent", "Japan's share in that year"
        ),
        "shares_beside_japan": Result(
            {str(row.country): float(row.share_percent) for row in beside.itertuples()},
            "percent",
            "the shares of others in that year",
        ),
        "gdp_year": Result(GDP_YEAR, "year", "year whose GDP the government's rule fixes"),
        "years_carried": Result(
            money.standing_in([b], "USD", "none"),
            "fiscal years",
            "years for which the last known exchange rate stands in",
        ),
        "index_gaps": Result(
            {"quarters": (loose := money.loose_ends(["gdp"])).quarters, "years": loose.years},
            "periods",
            "GDP that is known in part and enters no index",
        ),
        **rows.loose_ends(newer(p, world, shares, security), READ),
    }
    return Answer(
        results,
        {
            "estimates": world,
            "burden": shares,
            "board": cells,
            "steps": steps,
            "security": security,
            "own_usd": dollars.rename("amount_bn_usd").reset_index(),
        },
        p,
    )


def checks(answer: Answer) -> list[Check]:
    """Official shares of GDP reproduced with the GDP known then, and a printed share of the world total."""
    official = tables.load("budgets/defense_totals").set_index("row_id")
    older = older_gdp(GDP_YEAR)
    made = []
    for what, (share_row, amount_row) in OFFICIAL_SHARES.items():
        if {share_row, amount_row} <= set(official.index):  # neither was withdrawn
            row = official.loc[share_row]
            made.append(
                Check(
                    what,
                    100 * official.loc[amount_row, "amount_bn_jpy"] / older,
                    float(row["share_gdp_percent"]),
                    0.05,
                    "percent of GDP",
                    row["source_id"],
                    row["locator"],
                )
            )
    world = answer.tables["estimates"].set_index(["estimator", "country", "year"])
    shop, whole = ("novaspace", "United States", 2018), ("novaspace", "World", 2018)
    if {shop, whole} <= set(world.index):
        made.append(
            Check(
                "United States in the world total 2018, Euroconsult",
                100 * world.loc[shop, "amount_bn_usd"] / world.loc[whole, "amount_bn_usd"],
                58.0,
                0.5,
                "percent",
                world.loc[shop, "source_id"],
                "text: share of the world market",
            )
        )
    return made
