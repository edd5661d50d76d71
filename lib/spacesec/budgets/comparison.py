"""How does Japan compare, where only like is set beside like?

Estimators are never joined with one another or with budget documents. Shares of GDP name the vintage of GDP,
and the two-percent claim is computed under each count of defense spending and each denominator.
"""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import model_validator

from spacesec import figures, parameters, tables
from spacesec.budgets import drawing, government_space, money
from spacesec.figures import COLOURS, Picture
from spacesec.parameters import value
from spacesec.record import Answer, Check, Result

QUESTION = (
    "How does Japan's space and defense spending compare with others', where only like is set beside like?"
)
ESTIMATORS = {"novaspace": "Novaspace (Euroconsult)", "space_foundation": "Space Foundation"}
DEFENSE = {
    "without_saco": "defense budget, narrow",
    "with_saco": "defense budget with SACO and realignment",
    "security_related": "security-related spending",
    "security_related_supplementary": "the same with supplementary",
}
GDP = {
    "2022_older": "2022 as known then",
    "fy2022_2026": "FY2022, vintage 2026",
    "own_2026": "its own fiscal year, vintage 2026",
}
COUNTS = {
    "narrow": "Ministry of Defense",
    "middle": "and reconnaissance satellites",
    "wide": "and the Cabinet Office (QZSS)",
}
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
        2025,
        "fiscal year whose defense spending is held against the threshold",
        unit="fiscal year",
        ge=2020,
        le=2026,
    )
    threshold_percent: float = value(2.0, "share of GDP that is claimed", unit="percent", ge=0.5, le=5)
    security_count: Literal["narrow", "middle", "wide"] = value(
        "middle",
        "what counts as security space: the Ministry of Defense, with reconnaissance satellites, or with QZSS"
        " as well",
    )
    first_year: int = value(
        2012, "first year of the yen-dollar comparison", unit="fiscal year", ge=2009, le=2025
    )
    last_year: int = value(
        2026, "last year of the yen-dollar comparison", unit="fiscal year", ge=2010, le=2026
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
    table = tables.settled("budgets/comparators")
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
    not an estimator's.
    """
    return money.convert(government_space.totals("combined", True)["amount_bn_jpy"], "USD")


def burden(estimator: str, denominator: str) -> pd.DataFrame:
    """National space spending over GDP or military expenditure (``share_percent``), where one estimator and
    one denominator meet in a year.

    Organisations of several countries have no GDP of their own and are left out.
    """
    below = tables.settled("budgets/countries").astype({"country": str, "quantity": str, "year": int})
    below = below[below["quantity"] == denominator].drop_duplicates(["country", "year"])[
        ["country", "year", "amount_bn_usd", "source_id"]
    ]
    above = estimates().query("estimator == @estimator and country not in ['World', 'European Union', 'ESA']")
    both = above.merge(below, on=["country", "year"], suffixes=("", "_below"))
    return both.assign(share_percent=100 * both["amount_bn_usd"] / both["amount_bn_usd_below"]).sort_values(
        ["year", "share_percent"], ascending=[True, False], ignore_index=True
    )


def gdp_by_fiscal_year() -> pd.Series:
    """Japan's nominal GDP in billion yen by fiscal year, vintage 2026: the mean of four seasonally adjusted
    quarters at annual rate.
    """
    table = tables.load("budgets/gdp")
    table = table[(table["country"] == "Japan") & (table["measure"] == "nominal")]
    years = money.fiscal_year(table["quarter"])
    whole = table.groupby(years)["amount_bn_local"].agg(["mean", "size"])
    return whole[whole["size"] == 4]["mean"]


def vintage_effect(year: int) -> float:
    """By how many percent the vintage of 2026 lies above the older one, calendar year against calendar year."""
    table = tables.load("budgets/gdp")
    table = table[
        (table["country"] == "Japan") & (table["measure"] == "nominal") & (table["quarter"].dt.year == year)
    ]
    return 100 * (table["amount_bn_local"].mean() / older_gdp(year) - 1)


def older_gdp(year: int) -> float:
    """Japan's nominal GDP of a calendar year in billion yen, older vintage: the World Bank's dollar value at
    the year's mean exchange rate.
    """
    rates = tables.load("budgets/exchange_rates")
    usd = tables.load("budgets/gdp_usd").set_index("year")["amount_bn_usd"]
    return float(usd[year] * rates[rates["month"].dt.year == year]["jpy_per_usd"].mean())


def denominators(defense_year: int) -> dict[str, float]:
    """GDP in billion yen under each denominator that is known. The older one is the World Bank's dollar value
    of calendar 2022 at that year's exchange rate.
    """
    gdp = gdp_by_fiscal_year()
    found = {"2022_older": older_gdp(2022), "fy2022_2026": float(gdp[2022])}
    if defense_year in gdp.index:
        found["own_2026"] = float(gdp[defense_year])
    return found


def numerators(defense_year: int) -> pd.DataFrame:
    """Defense spending of a year under each count: ``definition``, ``amount_bn_jpy``, ``row_id``,
    ``source_id``.
    """
    table = tables.settled("budgets/defense_totals")
    table = table[
        (table["fiscal_year"] == defense_year)
        & (table["component"] == "total")
        & table["amount_bn_jpy"].notna()
    ].astype({"definition": str, "stage": str})
    table = table[
        table["definition"].isin(["without_saco", "with_saco", "security_related"])
        & table["stage"].isin(["initial", "initial_plus_supplementary"])
    ].copy()
    table.loc[table["stage"] == "initial_plus_supplementary", "definition"] += "_supplementary"
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
    parts = tables.settled("budgets/ministries").astype(
        {"ministry": str, "count": str, "stage": str, "fiscal_year": int}
    )
    totals = tables.settled("budgets/government_space").astype(
        {"count": str, "stage": str, "fiscal_year": int}
    )
    totals = (
        totals[totals["precision"] == "exact"]
        .drop_duplicates(["fiscal_year", "count", "stage"])
        .set_index(["fiscal_year", "count", "stage"])
    )
    keys = ["fiscal_year", "count", "stage"]
    wide = (
        parts[parts["stage"].isin(["initial", "combined"])]
        .drop_duplicates([*keys, "ministry"])
        .pivot(index=keys, columns="ministry", values="amount_bn_jpy")
    )
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


def agencies(year: int = 2023) -> dict[str, float]:
    """JAXA's operating grant against Taiwan's whole third-phase programme per year, both in billion dollars
    (Taiwan at the rate its reports imply).
    """
    book = tables.load("budgets/budget_book")
    grant = book[
        (book["item"] == "jaxa-grant") & (book["fiscal_year"] == year) & (book["stage"] == "initial")
    ]["amount_bn_jpy"].iloc[0]
    plan = tables.load("budgets/comparators")
    plan = plan[plan["series"] == "third-phase-programme"].set_index("year")
    rate = plan.loc[2024, "amount_bn_local"] / plan.loc[2024, "amount_bn_usd"]
    whole = plan["amount_bn_local"].sum() / rate  # original total and its extension
    return {"jaxa": grant / money.exchange_rate()[year], "taiwan": whole / (2031 - 2019 + 1)}


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
    own, rate = government_space.totals("combined", True)["amount_bn_jpy"], money.exchange_rate()
    dollars, us_prices = japan_own(), money.convert(own, "USD", "gdp", p.first_year)
    yen_real = money.convert(own, "JPY", "gdp", p.first_year)
    a, b = p.first_year, p.last_year
    steps = pd.DataFrame(
        {
            "step": ["yen, nominal", "yen, real", "US dollars, nominal", "US dollars, real"],
            "multiple": [
                own[b] / own[a],
                yen_real[b] / yen_real[a],
                dollars[b] / dollars[a],
                us_prices[b] / us_prices[a],
            ],
        }
    )
    holds = cells["percent"] >= p.threshold_percent - ROUNDING
    gdp = gdp_by_fiscal_year()
    history = tables.settled("budgets/defense_totals").astype(
        {"definition": str, "stage": str, "fiscal_year": int}
    )
    history = (
        history[
            (history["definition"] == "without_saco")
            & (history["stage"] == "initial")
            & history["amount_bn_jpy"].notna()
        ]
        .drop_duplicates("fiscal_year")
        .set_index("fiscal_year")["amount_bn_jpy"]
    )
    ceiling = (100 * history / gdp.reindex(history.index)).dropna().loc[1998:2019]
    secure = security.dropna(subset=p.security_count)
    against = world[(world["estimator"] == "novaspace") & (world["country"] == "Japan")].set_index("year")[
        "amount_bn_usd"
    ]
    meet = against.index.intersection(dollars.index)
    pair = agencies()
    allies = tables.settled("budgets/nato_guideline").sort_values("year")
    seed = tables.load("budgets/seed_figures")
    rates = {
        source: seed[seed["source_id"] == source]["implied_jpy_per_usd"].dropna()
        for source in ("fatton-2020", "csis-uchu-digest-2024")
    }
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
            f"definitions under which FY{p.defense_year} rounds to {p.threshold_percent:g} percent or more",
            ("C4-003",),
        ),
        "two_percent_definitions": Result(
            len(cells),
            "definitions",
            "counts of defense spending times denominators that are known",
            ("C4-003",),
        ),
        "two_percent_vintage_effect": Result(
            vintage_effect(2022),
            "percent",
            "GDP of calendar 2022 in the vintage of 2026 over the value known then",
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
            "defense budget without SACO over GDP of vintage 2026, smallest and largest of FY1998-2019",
            ("C3-099",),
        ),
        "yen_multiple": Result(float(steps["multiple"][0]), "times", f"space budget FY{b} over FY{a} in yen"),
        "dollar_multiple": Result(
            float(steps["multiple"][2]), "times", f"space budget FY{b} over FY{a} in dollars"
        ),
        "yen_value_multiple": Result(
            float(rate[a] / rate[b]), "times", f"dollar value of the yen, FY{b} over FY{a}"
        ),
        "security_share_percent": Result(
            {
                f"FY{r.fiscal_year} {r.stage}, {'old' if r.count == 'with_missile_defence' else 'new'} count": float(
                    getattr(r, p.security_count)
                )
                for r in secure.itertuples()
            },
            "percent",
            f"security space ({p.security_count} count) in the government's space budget",
        ),
        "jaxa_over_taiwan": Result(
            pair["jaxa"] / pair["taiwan"],
            "times",
            "JAXA's operating grant FY2023 (with aviation) over Taiwan's third-phase programme 2019-31 per"
            " year",
            ("C0-007",),
        ),
        "document_rates": Result(
            {source: [float(r.min()), float(r.max())] for source, r in rates.items()},
            "yen per US dollar",
            "lowest and highest exchange rate that a document's pairs of amounts imply",
            ("C3-100", "C3-101"),
        ),
        "national_budget_2020": Result(
            float(own[2020]),
            "billion yen",
            "supplementary FY2019 plus initial FY2020, all ministries",
            ("C3-100",),
        ),
        "defense_share_of_space_2020_percent": Result(
            float(security.query("fiscal_year == 2020 and stage == 'combined'")["narrow"].iloc[0]),
            "percent",
            "Ministry of Defense in the space budget of FY2020, Cabinet Office count",
        ),
    }
    return Answer(
        _text(p, results, shares),
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
    older = older_gdp(2022)
    world = answer.tables["estimates"].set_index(["estimator", "country", "year"])

    def share(what: str, amount_row: str, share_row: str) -> Check:
        row = official.loc[share_row]
        return Check(
            what,
            100 * official.loc[amount_row, "amount_bn_jpy"] / older,
            float(row["share_gdp_percent"]),
            0.05,
            "percent of GDP",
            row["source_id"],
            row["locator"],
        )

    shop = world.loc[("novaspace", "United States", 2018)]
    return [
        share(
            "security-related spending FY2024 over FY2022 GDP as known then",
            "defense-total-security-related-2024-initial",
            "defense-total-security-related-2024-initial-share-fy2022",
        ),
        share(
            "security-related spending FY2025 over FY2022 GDP as known then",
            "defense-total-security-related-2025-initial",
            "defense-total-security-related-2025-initial-share-fy2022",
        ),
        share(
            "the same with supplementary",
            "defense-total-security-related-2025-initial-plus-supplementary",
            "defense-total-security-related-2025-initial-plus-supplementary-share-fy2022",
        ),
        Check(
            "United States in the world total 2018, Euroconsult",
            100 * shop["amount_bn_usd"] / world.loc[("novaspace", "World", 2018), "amount_bn_usd"],
            58.0,
            0.5,
            "percent",
            shop["source_id"],
            "text: share of the world market",
        ),
    ]


@figures.house
def estimators(answer: Answer) -> Picture:
    """National totals by year, one panel an estimator; Japan's own count hollow beside them, joined with
    nothing.
    """
    world, own = answer.tables["estimates"], answer.tables["own_usd"]
    world = world[world["year"] >= 2015].reset_index(drop=True)
    fig, panels = figures.canvas(1, 2, sharey=True, gridspec_kw={"width_ratios": [1.7, 1]})
    looks = {
        "World": (COLOURS["ink"], "s"),
        "United States": (COLOURS["blue"], "o"),
        "China": (COLOURS["vermilion"], "^"),
        "Japan": (COLOURS["green"], "D"),
    }
    for ax, (estimator, name) in zip(panels, ESTIMATORS.items()):
        rows = world[world["estimator"] == estimator]
        for row in rows.itertuples():
            figures.mark_point(ax, row.year, row.amount_bn_usd, row.Index)
        for country, part in rows.groupby("country"):
            colour, marker = looks.get(country, (COLOURS["grey"], "o"))
            ax.plot(
                part["year"],
                part["amount_bn_usd"],
                color=colour,
                marker=marker,
                ms=7 if country in looks else 4.5,
                lw=1.4 if country in looks else 0,
                ls=":",
            )
            last = part.iloc[-1]
            if country in looks:
                ax.annotate(
                    country,
                    (last["year"], last["amount_bn_usd"]),
                    xytext=(4, 8) if country == "Japan" else (9, -4),
                    textcoords="offset points",
                    color=colour,
                    size=11,
                    weight=600,
                )
        others = rows[~rows["country"].isin(list(looks))]
        for year, part in others.groupby("year"):
            part = part.sort_values("amount_bn_usd")
            levels = 10 ** drawing.apart(np.log10(part["amount_bn_usd"]).tolist(), 0.092)
            for (_, row), level in zip(part.iterrows(), levels * 0.86):
                ax.annotate(
                    row["country"],
                    (year, row["amount_bn_usd"]),
                    xytext=(year + 0.25, level),
                    va="center",
                    size=9.5,
                    color="#555b60",
                )
        if estimator == "novaspace":
            part = own[own["fiscal_year"] >= 2015]
            ax.plot(
                part["fiscal_year"],
                part["amount_bn_usd"],
                ls="",
                marker="D",
                ms=6,
                mfc="white",
                mec=COLOURS["green"],
                mew=1.4,
            )
            ax.annotate(
                "Japan's own count",
                (2017, part["amount_bn_usd"].iloc[1]),
                xytext=(2015.1, 2.05),
                size=10.5,
                color=COLOURS["green"],
                arrowprops={"arrowstyle": "-", "lw": 0.7, "color": COLOURS["green"]},
            )
        ax.set_title(name)
        ax.set_yscale("log")
        ax.set(xlim=(2014.6, 2027.4 if estimator == "novaspace" else 2027.8), ylim=(1.1, 260), xlabel="year")
        ax.set_xticks(range(2016, 2027, 4))
    panels[0].set_yticks([2, 5, 10, 20, 50, 100, 200], ["2", "5", "10", "20", "50", "100", "200"])
    panels[0].set_yticks([], minor=True)
    panels[0].set_ylabel("billion US dollars (log scale)")
    ratio = answer.results["estimator_over_own"].value
    years = list(ratio)
    return Picture(
        fig,
        "estimators",
        (
            f"Estimators stay apart: Novaspace put Japan at {ratio[years[0]]:.2f} times its own total in"
            f" {years[0]}"
            if years
            else "Estimators stay apart"
        ),
        "Government space spending by country as two estimators count it, civil and defense; hollow: Japan's"
        " budget at the fiscal year's mean exchange rate",
        "Dotted lines join points of one estimator and one country only. China publishes no budget. Labels"
        " may be moved apart; points are where they belong.",
        "Two panels of points on a log scale from 2015: the United States and the world far above, China"
        " between, Japan and others near four to five billion dollars and below.",
        world,
        figures.used(world),
    )


@figures.house
def burdens(answer: Answer) -> Picture:
    """Space spending over GDP or military expenditure, bars by country within each year."""
    shares, p = answer.tables["burden"], answer.parameters
    years = sorted(set(shares["year"]))
    fig, panels = figures.canvas(
        1,
        len(years),
        squeeze=False,
        sharey=True,
        gridspec_kw={"width_ratios": [1 + (shares["year"] == year).sum() for year in years]},
    )
    for ax, year in zip(panels[0], years):
        part = shares[shares["year"] == year].reset_index(names="line")
        for place, row in part.iterrows():
            japan = row["country"] == "Japan"
            figures.mark(
                row["line"],
                *ax.bar(
                    place,
                    row["share_percent"],
                    0.68,
                    color=COLOURS["green"] if japan else COLOURS["sky"],
                    hatch="//" if japan else None,
                    edgecolor="white",
                    lw=0.5,
                ),
            )
            ax.text(
                place,
                row["share_percent"],
                f"{row['share_percent']:.2f}" if p.denominator == "gdp" else f"{row['share_percent']:.1f}",
                ha="center",
                va="bottom",
                size=10.5,
            )
        ax.set_xticks(
            range(len(part)),
            [
                name.replace("United ", "United\n")
                .replace("European ", "European\n")
                .replace("South ", "South\n")
                for name in part["country"]
            ],
            rotation=90 if len(shares) > 12 else 0,
            size=10,
        )
        ax.set_title(str(year))
        ax.grid(False)
        ax.tick_params(axis="x", length=0)
    panels[0][0].set_ylabel("percent")
    panels[0][0].set_ylim(0, 1.14 * shares["share_percent"].max())
    what = {"gdp": "GDP", "military_expenditure": "military expenditure"}[p.denominator]
    japan = shares[shares["country"] == "Japan"]
    title = (
        f"Japan spent {japan['share_percent'].iloc[-1]:.2f} percent of {what} on space in"
        f" {japan['year'].iloc[-1]}, the United States"
        f" {shares[(shares['country'] == 'United States') & (shares['year'] == japan['year'].iloc[-1])]['share_percent'].iloc[0]:.2f}"
        if len(japan)
        else (
            f"Space took {shares['share_percent'].min():.1f} to {shares['share_percent'].max():.1f} percent"
            f" of {what}; Japan is not in the list"
        )
    )
    return Picture(
        fig,
        "burdens",
        title,
        f"Government space spending as {ESTIMATORS[p.estimator]} counts it, in percent of {what}; each panel"
        " is one year's list",
        "Lists are those that could be read and differ from year to year; a country missing from one was not"
        " necessarily small. Market exchange rates; GDP from the World Bank, military expenditure from"
        " SIPRI.",
        f"Bars by country in panels for {', '.join(map(str, years))}; the United States highest, Japan"
        " hatched where it is listed.",
        shares,
        (*figures.used(shares), *figures.used(shares, "source_id_below")),
    )


@figures.house
def two_percent(answer: Answer) -> Picture:
    """The claimed share under each count and each denominator: a board of percentages."""
    from matplotlib.patches import Rectangle

    cells, p, r = answer.tables["board"], answer.parameters, answer.results
    grid = cells.pivot(index="definition", columns="denominator", values="percent")
    grid = grid.reindex(
        index=[d for d in DEFENSE if d in grid.index], columns=[g for g in GDP if g in grid.columns]
    )
    lines = (
        cells.reset_index()
        .pivot(index="definition", columns="denominator", values="index")
        .reindex_like(grid)
    )
    fig, ax = figures.canvas(height=1.9 + 0.85 * len(grid))
    for y, row in enumerate(grid.to_numpy()):
        for x, percent in enumerate(row):
            true = percent >= p.threshold_percent - ROUNDING
            cell = Rectangle(
                (x - 0.47, y - 0.42),
                0.94,
                0.84,
                facecolor=COLOURS["blue"] if true else "white",
                edgecolor=COLOURS["blue"] if true else COLOURS["vermilion"],
                hatch=None,
                lw=1.6,
                ls="-" if true else "--",
            )
            figures.mark(lines.iloc[y, x], ax.add_patch(cell))
            ax.text(
                x,
                y,
                f"{percent:.2f} %",
                ha="center",
                va="center",
                size=14,
                weight=600,
                color="white" if true else COLOURS["ink"],
            )
    amounts = cells.drop_duplicates("definition").set_index("definition")["amount_bn_jpy"]
    below = cells.drop_duplicates("denominator").set_index("denominator")["gdp_bn_jpy"]
    ax.set_yticks(
        range(len(grid)), [f"{DEFENSE[d]}\n{amounts[d] / 1000:.1f} trillion yen" for d in grid.index]
    )
    ax.set_xticks(
        range(grid.shape[1]), [f"{GDP[g]}\n{below[g] / 1000:.0f} trillion yen" for g in grid.columns]
    )
    ax.xaxis.set_ticks_position("top")
    ax.set(xlim=(-0.55, grid.shape[1] - 0.45), ylim=(len(grid) - 0.5, -0.5))
    ax.tick_params(length=0)
    ax.grid(False)
    ax.spines[["left", "bottom"]].set_visible(False)
    return Picture(
        fig,
        "two_percent",
        f"{p.threshold_percent:g} percent of GDP in FY{p.defense_year}: true under"
        f" {r['two_percent_true'].value} of {r['two_percent_definitions'].value} definitions,"
        f" {r['two_percent_lowest'].value:.2f} to {r['two_percent_highest'].value:.2f} percent",
        "Defense spending by what it counts (rows) over GDP by year and vintage (columns); filled: rounds to"
        " the claimed share",
        "The government fixes the denominator at FY2022 and counts wider security spending. The GDP of that"
        " year was later revised upward; \"as known then\" is the World Bank's dollar value at the year's"
        " exchange rate.",
        f"A board of {len(grid)} counts by {grid.shape[1]} denominators with percentages between"
        f" {grid.min().min():.2f} and {grid.max().max():.2f}.",
        cells,
        (*figures.used(cells), "fred-jpnngdp", "world-bank-ny-gdp-mktp-cd"),
    )


@figures.house
def yen_dollar(answer: Answer) -> Picture:
    """Growth of the space budget in four kinds of money."""
    steps, p, r = answer.tables["steps"], answer.parameters, answer.results
    fig, ax = figures.canvas(height=4.6)
    colours = [COLOURS["blue"], COLOURS["blue"], COLOURS["vermilion"], COLOURS["vermilion"]]
    for place, (row, colour) in enumerate(zip(steps.itertuples(), colours)):
        realised = "real" in row.step
        ax.barh(
            place,
            row.multiple,
            0.6,
            facecolor="white" if realised else colour,
            edgecolor=colour,
            hatch="////" if realised else None,
            lw=1,
        )
        ax.text(row.multiple + 0.03, place, f"{row.multiple:.2f}", va="center", weight=600)
    ax.axvline(1, color=COLOURS["ink"], lw=1)
    ax.set_yticks(range(4), steps["step"])
    ax.set(
        ylim=(3.5, -0.5),
        xlim=(0, 1.12 * steps["multiple"].max()),
        xlabel=f"FY{p.last_year} as a multiple of FY{p.first_year}",
    )
    ax.grid(False)
    ax.tick_params(axis="y", length=0)
    return Picture(
        fig,
        "yen_dollar",
        (
            f"{r['yen_multiple'].value:.1f} times in yen, {r['dollar_multiple'].value:.1f} times in dollars:"
            f" a yen bought {100 * (1 - r['yen_value_multiple'].value):.0f} percent fewer dollars"
            if r["yen_value_multiple"].value < 1
            else (
                f"{r['yen_multiple'].value:.1f} times in yen, {r['dollar_multiple'].value:.1f} times in"
                " dollars"
            )
        ),
        "Japan's space budget (supplementary of the year before plus initial, fund when booked) in four kinds"
        " of money; hatched: real",
        "Real amounts use the GDP deflators of Japan and of the United States; where the last year's is not"
        " known, the latest stands in. Lines bought in dollars feel the lower bars, lines bought in yen the"
        " upper.",
        "Four horizontal bars: growth in nominal and real yen and in nominal and real dollars.",
        steps,
        (*figures.used(_totals(p)), "federal-reserve-h10", "fred-jpnngdp", "fred-jpnrgdpexp"),
    )


@figures.house
def security_and_civil(answer: Answer) -> Picture:
    """Security space under three counts, by year; the change of count and the two stages are kept apart."""
    table = answer.tables["security"]
    table = (
        table.assign(old=table["count"] == "with_missile_defence")
        .sort_values(["stage", "fiscal_year"], ascending=[False, True])
        .reset_index(drop=True)
    )
    fig, ax = figures.canvas()
    looks = {
        "narrow": {"facecolor": COLOURS["vermilion"]},
        "middle": {"facecolor": COLOURS["blue"]},
        "wide": {"facecolor": "white", "edgecolor": COLOURS["blue"], "hatch": "////", "lw": 1},
    }
    place, places, edges, previous = 0.0, [], [], None
    for row in table.itertuples():
        group = (row.stage, row.old)
        if previous is not None and group != previous:
            edges.append(place + 0.2)
            place += 0.9
        previous = group
        start = 0.0
        for name, keywords in looks.items():
            level = getattr(row, name)
            if np.isnan(level):
                ax.text(place, start + 0.8, "?", ha="center", size=12, color="#555b60")
                break
            ax.bar(place, level - start, 0.66, bottom=start, **keywords)
            if level - start > 1.5:
                ax.text(
                    place,
                    (start + level) / 2,
                    f"{level - start:.0f}",
                    ha="center",
                    va="center",
                    size=10.5,
                    color=COLOURS["ink"] if name == "wide" else "white",
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1} if name == "wide" else None,
                )
            start = level
        places.append(place)
        place += 1
    for edge in edges:
        ax.axvline(edge - 0.25, color=COLOURS["ink"], lw=1, ls=(0, (6, 4)))
    ax.set_xticks(places, [f"FY{year}" for year in table["fiscal_year"]])
    heads = table.assign(place=places).groupby(["stage", "old"], sort=False)["place"].mean()
    words = {
        ("initial", True): "initial budget,\nwith missile defense",
        ("initial", False): "initial budget,\nwithout missile defense",
        ("combined", False): "with supplementary,\nwithout missile defense",
        ("combined", True): "with supplementary,\nwith missile defense",
    }
    for group, middle in heads.items():
        ax.text(middle, 49, words[group], ha="center", va="top", size=11, color="#555b60")
    from matplotlib.patches import Patch

    handles = [
        Patch(**{"edgecolor": "white", **keywords}, label=COUNTS[name]) for name, keywords in looks.items()
    ]
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, handlelength=1.2)
    ax.set(ylim=(0, 50), ylabel="percent of the government's space budget")
    ax.grid(False)
    spread = table.dropna(subset="wide")
    return Picture(
        fig,
        "security_and_civil",
        f"Security takes {table['narrow'].min():.0f} to {table['narrow'].max():.0f} percent of space money on"
        f" the narrow count, {spread['wide'].min():.0f} to {spread['wide'].max():.0f} on the wide one",
        "Share of security in the space budget, Cabinet Office count: Ministry of Defense, reconnaissance"
        ' satellites, Cabinet Office (QZSS); "?": the next part could not be read',
        '"?": the next ministry\'s part could not be read. The counts with and without missile defense, and'
        " the two stages, are not joined. The ministry's own contract total would give far more.",
        "Stacked bars by fiscal year in groups for the old count, the new count and totals with"
        " supplementaries.",
        table.drop(columns="old"),
        figures.used(table),
    )


FIGURES = (estimators, burdens, two_percent, yen_dollar, security_and_civil)


def _totals(p: Parameters) -> pd.DataFrame:
    totals = tables.settled("budgets/government_space")
    return totals[
        totals["row_id"].isin(
            government_space.totals("combined", True).loc[[p.first_year, p.last_year], "row_id"]
        )
    ]


def _text(p: Parameters, results: dict[str, Result], shares: pd.DataFrame) -> str:
    r = {name: result.value for name, result in results.items()}
    what = p.denominator.replace("_", " ").replace("gdp", "GDP")
    japan = shares[shares["country"] == "Japan"]
    lines = []
    if len(japan):
        row = japan.iloc[-1]
        others = shares[(shares["year"] == row["year"]) & (shares["country"] != "Japan")]
        digits = 2 if p.denominator == "gdp" else 1
        lines.append(
            f"{ESTIMATORS[p.estimator]} puts Japan's space spending of {row['year']} at"
            f" **{row['share_percent']:.{digits}f} percent of {what}**, beside "
            + ", ".join(f"{o.country} {o.share_percent:.{digits}f}" for o in others.itertuples())
            + "."
        )
    else:
        lines.append(
            f"{ESTIMATORS[p.estimator]}'s lists that could be read do not hold Japan with a known {what};"
            f" others range from {shares['share_percent'].min():.2f} to {shares['share_percent'].max():.2f}"
            " percent."
        )
    lines += [
        (
            f"That FY{p.defense_year} defense spending is {p.threshold_percent:g} percent of GDP holds under"
            f" **{r['two_percent_true']} of {r['two_percent_definitions']} definitions**, which give"
            f" {r['two_percent_lowest']:.2f} to {r['two_percent_highest']:.2f} percent. A revision alone"
            f" raised the GDP of 2022 by {r['two_percent_vintage_effect']:.1f} percent."
        ),
        (
            f"From FY{p.first_year} to FY{p.last_year} the space budget grew {r['yen_multiple']:.1f} times in"
            f" yen and {r['dollar_multiple']:.1f} times in dollars."
        ),
    ]
    if r["security_share_percent"]:
        (first, low), (last, high) = (
            min(r["security_share_percent"].items(), key=lambda i: i[1]),
            max(r["security_share_percent"].items(), key=lambda i: i[1]),
        )
        lines.append(
            f"Security ({COUNTS[p.security_count]}, {p.security_count} count) took {low:.0f} percent"
            f" ({first}) to {high:.0f} percent ({last}) of the space budget in the years whose parts are"
            " published."
        )
    (start, few), (end, many) = (
        list(r["nato_members_at_two_percent"].items())[0],
        list(r["nato_members_at_two_percent"].items())[-1],
    )
    lines.append(
        f"As for exceeding NATO members at two percent: {few} members were there in {start}, {many} in {end}."
    )
    lines.append(
        f"JAXA's operating grant alone is {r['jaxa_over_taiwan']:.0f} times Taiwan's space programme per"
        " year."
    )
    return "\n\n".join(lines)
